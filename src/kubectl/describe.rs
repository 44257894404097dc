//! `kubectl describe` (K11 to K15): which objects, in which order. What is said of each is in [`job`], [`cron_job`],
//! [`pod`] and [`node`], and what these have in common in [`template`] and [`volumes`].

mod cron_job;
mod job;
mod node;
mod page;
mod pod;
mod template;
mod volumes;

use super::command::Describe;
use super::listing::Listing;
use super::response::Printed;
use super::select::{self, nothing_found};
use super::snapshot::Snapshot;
use super::world::World;
use cron_job::cron_job;
use job::job;
use node::node;
use pod::pod;

/// Every object that was asked for, two blank lines between them. A name that no object has may be the beginning of
/// names: the texts of these have a blank line behind each.
///
/// Upstream: describe.go Run, DescribeMatchingResources.
pub(super) fn run(describe: &Describe, world: &World<'_>) -> Printed {
    let snapshot = &world.snapshot;
    let mut printed = Printed::default();
    let mut found = Vec::new();
    for (resource, names) in &select::named(&describe.selection, world) {
        let all = match select::all(&describe.selection, *resource, snapshot) {
            Ok(all) => all,
            Err(why) => {
                printed.fail(&why);
                continue;
            }
        };
        for name in names {
            let (exact, _) = all.named(std::slice::from_ref(name), snapshot);
            if exact.count() > 0 {
                found.push(exact);
                continue;
            }
            if describe.by_prefix {
                let known = all.names(snapshot);
                let prefixed: Vec<String> = known.into_iter().filter(|known| known.starts_with(name)).collect();
                let alike = all.named(&prefixed, snapshot).0;
                if alike.count() > 0 {
                    if !world.bears(alike.count(), &mut printed) {
                        return printed;
                    }
                    let texts = alike.describe(describe.show_events == Some(true), snapshot);
                    printed.stdout = texts.iter().map(|text| format!("{text}\n")).collect();
                    return printed;
                }
            }
            printed.not_found(resource.plural(), name);
        }
        if names.is_empty() {
            found.push(all);
        }
    }
    let count: usize = found.iter().map(Listing::count).sum();
    if !world.bears(count, &mut printed) {
        return printed;
    }
    let show_events = describe.show_events.unwrap_or(count == 1);
    let texts: Vec<String> = found.iter().flat_map(|listing| listing.describe(show_events, snapshot)).collect();
    printed.stdout = texts.join("\n\n");
    if texts.is_empty() && !printed.failed {
        printed.stderr = nothing_found(&describe.selection, snapshot);
    }
    printed
}

impl Listing<'_> {
    fn describe(&self, show_events: bool, snapshot: &Snapshot<'_>) -> Vec<String> {
        match self {
            Listing::Jobs(jobs) => jobs.iter().map(|object| job(object, show_events, snapshot)).collect(),
            Listing::CronJobs(all) => all.iter().map(|object| cron_job(object, show_events, snapshot)).collect(),
            Listing::Pods(pods) => pods.iter().map(|object| pod(object, show_events, snapshot)).collect(),
            Listing::Nodes(nodes) => nodes.iter().map(|object| node(object, show_events, snapshot)).collect(),
            // The command line refuses it.
            Listing::Events(_) => Vec::new(),
        }
    }
}
