//! Words of pods in depth: containers, what keeps a pod from starting, and nodes.

use super::TimelineWords;
use crate::api::ContainerRole;
use crate::cluster::reason::EndedBy;
use crate::texts::format::{NO_BREAK, amount};
use crate::time::Time;
use crate::timeline::depth::Run;
use crate::timeline::nodes::{NodeLane, RowsBy};

/// Words of pods in depth.
#[allow(missing_docs)]
pub struct DepthWords {
    /// By what the rows stand.
    pub rows: &'static str,
    pub by: fn(RowsBy) -> &'static str,
    /// Too many to stand so.
    pub too_many: &'static str,

    /// What a container is for its pod.
    pub role: fn(ContainerRole) -> &'static str,
    /// It runs on.
    pub running: &'static str,
    /// It was stopped, which decides nothing.
    pub stopped: &'static str,
    /// How often it was pulled.
    pub pulls: fn(usize) -> String,
    /// No failure of the Job.
    pub counts_as_nothing: &'static str,

    /// Pods that have no node.
    pub no_node: &'static str,
    /// A pod without a node, and its part on one.
    pub waits_for_node: &'static str,
    /// `cpu 2 of 4`, without limits `cpu 2`.
    pub cpu: fn(&str, Option<&str>) -> String,
    /// It is cordoned.
    pub closed: &'static str,
    pub taint: &'static str,
    /// It cannot reach the API server.
    pub lost: &'static str,
    /// What lies on such a node is what was last said.
    pub no_news: &'static str,
    /// A pod is to stop, and its node does not hear of it: longer and shorter.
    pub unheard_stop: [&'static str; 2],
    /// Its strip, in words.
    pub strip: fn(&str, &str) -> String,
}

impl TimelineWords {
    /// What stands at the end of a container's run.
    pub fn run_label(&self, run: &Run) -> Option<String> {
        let end = run.end?;
        let oom = if end.by == EndedBy::OomKill { format!("OOM{}", self.format.comma) } else { String::new() };
        Some(format!("{oom}exit{NO_BREAK}{}", end.exit_code))
    }

    /// A run of a container, in words: `sidecar proxy, ran 10.3 s, exit 143, stopped.`
    pub fn run_name(&self, role: ContainerRole, name: &str, run: &Run) -> String {
        let length = self.format.span_rounded(run.to - run.from.at);
        let mut parts = vec![format!("{} {name}", (self.depth.role)(role)), (self.bar.ran)(&length)];
        match run.end {
            Some(end) => {
                parts.push((self.bar.exit_code)(end.exit_code));
                parts.extend((end.by == EndedBy::OomKill).then(|| self.bar.oom.to_owned()));
                parts.extend(run.stopped.map(|_| self.depth.stopped.to_owned()));
            }
            None => parts.push(self.depth.running.to_owned()),
        }
        parts.join(self.format.comma) + self.format.full_stop
    }

    /// How much of a node's cpu is reserved at a time.
    pub fn node_cpu(&self, lane: &NodeLane, at: Time) -> String {
        let cores = |thousandths| amount("cpu", thousandths);
        (self.depth.cpu)(&cores(lane.reserved_at(at)), lane.cpu.map(cores).as_deref())
    }

    /// A node and how full it is at a time, in words.
    pub fn node_name(&self, lane: &NodeLane, at: Time) -> String {
        let mut parts = vec![(self.depth.strip)(&lane.name, &self.node_cpu(lane, at))];
        let holds = |stretches: &[crate::timeline::nodes::Stretch]| stretches.iter().any(|one| one.covers(at));
        parts.extend(holds(&lane.closed).then(|| self.depth.closed.to_owned()));
        parts.extend(holds(&lane.lost).then(|| self.depth.lost.to_owned()));
        let taints = lane.taints.iter().filter(|(_, stretch)| stretch.covers(at));
        parts.extend(taints.map(|(taint, _)| format!("{} {taint}", self.depth.taint)));
        parts.join(self.format.comma) + self.format.full_stop
    }
}
