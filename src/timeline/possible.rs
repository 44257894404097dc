//! When an input can have an effect, and the nearest time to another at which it can.

use super::faults::PodFault;
use super::node_faults::{Reach, node_of};
use crate::api::{NodeId, ObjectKey, Pod, PodId};
use crate::cluster::input::{InputAction, ObjectKind, ObjectSelector};
use crate::cluster::reason::NoEffect;
use crate::order;
use crate::recording::{Object, Recording, Verb, Version};
use crate::time::Time;

/// When something can be done in a run: from each of these times on it can, or why not.
#[derive(Clone, Debug, PartialEq)]
pub struct Possible(Vec<(Time, Option<NoEffect>)>);

impl Possible {
    /// When an input would have an effect; `None` if that is not a matter of time. The run must be one in which it has
    /// none yet: an input changes what comes after it.
    pub fn of_input(recording: &Recording, action: &InputAction) -> Option<Possible> {
        let (fault, target) = match action {
            InputAction::Fail { target, .. } => (PodFault::Fail, target),
            InputAction::OomKill(target) => (PodFault::OomKill, target),
            InputAction::Evict(target) => (PodFault::Evict, target),
            InputAction::Preempt(target) => (PodFault::Preempt, target),
            InputAction::NodePressureEvict(target) => (PodFault::NodePressure, target),
            InputAction::DeletePod { target, .. } => (PodFault::Delete, target),
            InputAction::Delete { target, .. } | InputAction::Patch { target, .. } => {
                return Some(Possible::of_object(recording, target));
            }
            InputAction::Cordon(_)
            | InputAction::Uncordon(_)
            | InputAction::Drain(_)
            | InputAction::Taint { .. }
            | InputAction::NodeLost(_)
            | InputAction::NodeBack(_)
            | InputAction::NodeDelete(_) => return Some(Possible::of_node(recording, &Reach::of(recording), action)),
            InputAction::Create(_)
            | InputAction::RestartControllers
            | InputAction::NodeAdd(_)
            | InputAction::Provide(_) => return None,
        };
        let pods = recording
            .pods()
            .filter(|pod| recording.born(*pod).is_some_and(|made| target.fits(made.id, &made.birth, None)));
        Some(Possible::of_pods(recording, pods, |pod| fault.refusal(Some(pod))))
    }

    /// When a fault of the tray can hit a pod. It could evict or delete one that has ended, too: a live one is meant.
    pub fn of_pod(recording: &Recording, pod: PodId, fault: PodFault) -> Possible {
        let ended = |pod: &Pod| pod.phase.is_terminal().then_some(NoEffect::AlreadyEnded);
        Possible::of_pods(recording, std::iter::once(pod), |pod| fault.refusal(Some(pod)).or(ended(pod)))
    }

    /// Of several pods that are there at once, the newest is meant.
    fn of_pods(
        recording: &Recording,
        pods: impl Iterator<Item = PodId>,
        refusal: impl Fn(&Pod) -> Option<NoEffect>,
    ) -> Possible {
        let mut versions: Vec<&Version> = pods.flat_map(|pod| recording.history(ObjectKey::Pod(pod))).collect();
        order::sort_by_key(&mut versions, |version| version.step);
        let mut alive: Vec<&Pod> = Vec::new();
        let mut changes = vec![(Time::ZERO, Some(NoEffect::NoSuchPod))];
        for version in versions {
            let Object::Pod(pod) = &version.object else { continue };
            match (version.verb, alive.binary_search_by_key(&pod.id, |pod| pod.id)) {
                (Verb::Remove, Ok(place)) => drop(alive.remove(place)),
                (Verb::Remove, Err(_)) => {}
                (_, Ok(place)) => alive[place] = pod,
                (_, Err(place)) => alive.insert(place, pod),
            }
            let why = alive.last().map_or(Some(NoEffect::NoSuchPod), |newest| refusal(newest));
            changes.push((recording.written_at(version), why));
        }
        Possible(changes)
    }

    /// A Job or CronJob can be changed as long as it is there.
    fn of_object(recording: &Recording, target: &ObjectSelector) -> Possible {
        let keys: Vec<ObjectKey> = match target.kind {
            ObjectKind::Job => recording.jobs().map(ObjectKey::Job).collect(),
            ObjectKind::CronJob => recording.cron_jobs().map(ObjectKey::CronJob).collect(),
        };
        let mut versions: Vec<&Version> = keys.into_iter().flat_map(|key| recording.history(key)).collect();
        order::sort_by_key(&mut versions, |version| version.step);
        let mut alive = 0u32;
        let mut changes = vec![(Time::ZERO, Some(NoEffect::NoSuchObject))];
        for version in versions {
            let name = match &version.object {
                Object::Job(job) => &job.meta.name,
                Object::CronJob(cron_job) => &cron_job.meta.name,
                Object::Pod(_) | Object::Node(_) => continue,
            };
            if target.name.as_ref().is_some_and(|wanted| wanted != name) {
                continue;
            }
            match version.verb {
                Verb::Create => alive += 1,
                Verb::Remove => alive -= 1,
                Verb::Update | Verb::Status => continue,
            }
            changes.push((recording.written_at(version), (alive == 0).then_some(NoEffect::NoSuchObject)));
        }
        Possible(changes)
    }

    /// A node can be changed while it is there, and is not so already.
    pub fn of_node(recording: &Recording, reach: &Reach, action: &InputAction) -> Possible {
        let named = node_of(action);
        let is_meant = |id: &NodeId| recording.node_name(*id) == named.map(|name| &**name);
        let nodes: Vec<NodeId> = recording.nodes().filter(is_meant).collect();
        let written = |id: NodeId| recording.history(ObjectKey::Node(id)).map(|version| recording.written_at(version));
        let mut times: Vec<Time> =
            nodes.iter().flat_map(|id| written(*id).chain(reach.changes(*id).map(|(_, mark)| mark.at))).collect();
        times.push(Time::ZERO);
        order::sort(&mut times);
        times.dedup();
        let changes = times.into_iter().map(|at| {
            let node = nodes.iter().rev().find_map(|id| recording.node_at(*id, at));
            (at, reach.refusal(action, node, at))
        });
        Possible(changes.collect())
    }

    /// Why it cannot be done at a time; `None` if it can. Inputs of an instant come after all else in it.
    pub fn refusal(&self, at: Time) -> Option<NoEffect> {
        self.0[self.0.partition_point(|(from, _)| *from <= at).max(1) - 1].1
    }

    /// The nearest time at which it can be done.
    pub fn nearest(&self, at: Time) -> Option<Time> {
        if self.refusal(at).is_none() {
            return Some(at);
        }
        let next = self.0.partition_point(|(from, _)| *from <= at);
        // The state after the last write of an instant is the one that counts.
        let holds = |position: usize| {
            let (from, refusal) = self.0[position];
            let until = self.0.get(position + 1).map(|(until, _)| *until);
            refusal.is_none() && until != Some(from)
        };
        let after = (next..self.0.len()).find(|position| holds(*position)).map(|position| self.0[position].0);
        let before = (1..next).rev().find(|position| holds(*position - 1));
        let before = before.map(|position| Time::from_millis(self.0[position].0.millis() - 1));
        match (before, after) {
            (Some(before), Some(after)) => Some(if at - before <= after - at { before } else { after }),
            (before, after) => before.or(after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;

    /// A pod that runs from 2 s to 12 s, fails, and is replaced.
    fn recording() -> Recording {
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  backoffLimit: 1\n  template:\n    spec: \
                    {restartPolicy: Never, containers: [{name: m, image: b, command: [sh, -c, sleep 10 && exit 1]}]}\n";
        Recording::of(&read(text).scenario)
    }

    #[test]
    fn outside_a_pods_run_the_nearest_end_of_it_is_meant() {
        let recording = recording();
        let pod = |fault| Possible::of_pod(&recording, PodId(1), fault);
        let runs = pod(PodFault::Fail);
        let start = runs.nearest(Time::ZERO).expect("it runs");
        let last = runs.nearest(Time::NEVER).expect("it runs");
        assert_eq!(runs.refusal(start), None);
        assert!(runs.refusal(Time::from_millis(start.millis() - 1)).is_some());
        assert_eq!(runs.refusal(last), None);
        assert_eq!(runs.refusal(Time::from_millis(last.millis() + 1)), Some(NoEffect::AlreadyEnded));
        assert_eq!((last - start).millis(), 9_999, "at the end it has ended");
        let middle = Time::from_millis(start.millis() + 5_000);
        assert_eq!(runs.nearest(middle), Some(middle));
        // An eviction needs no container that runs.
        assert_eq!(pod(PodFault::Evict).nearest(Time::ZERO), Some(Time::ZERO));
    }

    #[test]
    fn a_node_is_changed_while_it_is_there_and_otherwise() {
        let text = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  template:\n    spec: {restartPolicy: Never, \
                    containers: [{name: m, image: b}]}\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec:\n  kubernetes: \
                    \"1.36\"\n  cluster: {nodes: [{name: w, count: 2, taints: [\"x:NoExecute\"]}]}\n  until: 10m\n  inputs:\n";
        let inputs = "  - {at: 10s, cordon: {node: w-1}}\n  - {at: 20s, nodeLost: {node: w-2}}\n  - {at: 30s, nodeBack: {node: \
                      w-2}}\n  - {at: 40s, nodeDelete: {node: w-1}}\n";
        let recording = Recording::of(&read(&format!("{text}{inputs}")).scenario);
        let nearest = |verb: &str, at: i64| {
            let scenario = read(&format!("{text}  - {{at: 1s, {verb}}}\n")).scenario;
            let possible = Possible::of_input(&recording, &scenario.inputs[0].action).expect("it is about a node");
            possible.nearest(Time::from_seconds(at)).map(Time::millis)
        };
        for (verb, at, expected) in [
            ("cordon: {node: w-1}", 5, Some(5_000)),
            ("cordon: {node: w-1}", 15, Some(9_999)),
            ("uncordon: {node: w-1}", 5, Some(10_000)),
            ("uncordon: {node: w-2}", 5, None),
            ("drain: {node: w-1}", 60, Some(39_999)),
            ("nodeLost: {node: w-2}", 24, Some(19_999)),
            ("nodeLost: {node: w-2}", 28, Some(30_000)),
            ("nodeBack: {node: w-2}", 28, Some(28_000)),
            ("nodeBack: {node: w-2}", 0, Some(20_000)),
            ("taint: {node: w-2, add: \"x:NoExecute\"}", 5, None),
            ("taint: {node: w-2, add: \"x=y:NoExecute\"}", 5, Some(5_000)),
            ("taint: {node: w-2, remove: x}", 5, Some(5_000)),
            ("nodeDelete: {node: other}", 5, None),
        ] {
            assert_eq!(nearest(verb, at), expected, "{verb} at {at}");
        }
    }

    #[test]
    fn what_names_no_pod_of_the_run_is_never_possible() {
        let text = "apiVersion: job-playground/v1\nkind: Scenario\nspec:\n  kubernetes: \"1.36\"\n  inputs:\n  - {at: 1s, fail: \
                    {attempt: 9}}\n  - {at: 1s, restartControllers: {}}\n";
        let inputs = read(text).scenario.inputs;
        let recording = recording();
        let of = |input: usize| Possible::of_input(&recording, &inputs[input].action);
        assert_eq!(of(0).and_then(|possible| possible.nearest(Time::ZERO)), None);
        assert_eq!(of(1), None, "that can always be done");
    }
}
