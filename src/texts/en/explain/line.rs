//! English: each step in a line, and what is waited for.

use crate::api::ObjectKey;
use crate::cluster::reason::DeletedBecause;
use crate::explain::{Brief, ContainerDoes, Names, NodeChange, PodSlots, WaitingFor};
use crate::texts::en::called::{clock, container_of, many, pods, span};
use crate::texts::en::format::FORMAT;
use crate::texts::en::reason::REASON;
use crate::texts::format::NO_BREAK;
use crate::texts::sentence::{Sentence, say};

pub(super) fn brief(brief: &Brief, names: Names<'_>) -> String {
    let called = |key| (REASON.called)(&names.called(key));
    let the_pod = |id| called(ObjectKey::Pod(id));
    let arrow = format!("{NO_BREAK}→{NO_BREAK}");
    match brief {
        Brief::ObjectCreated(key) => format!("{} created", called(*key)),
        Brief::ObjectChanged(key) => format!("{} changed", called(*key)),
        Brief::NodeChanged(node, change) => {
            let node = called(ObjectKey::Node(*node));
            match change {
                NodeChange::Cordoned => format!("{node} cordoned"),
                NodeChange::Uncordoned => format!("{node} uncordoned"),
                NodeChange::Drained => format!("{node} drained"),
                NodeChange::Tainted(taint) => format!("{node} has the taint {taint}"),
                NodeChange::Untainted(taint) => format!("{node} has lost the taint {taint}"),
            }
        }
        Brief::DeletionBegan(key, cascade) => format!("{} is being deleted ({})", called(*key), cascade.as_str()),
        Brief::ObjectGone(key) => format!("{} gone", called(*key)),
        Brief::PodsCreated { first, count: 1 } => format!("{} created", the_pod(*first)),
        Brief::PodsCreated { count, .. } => format!("{} created", pods(*count)),
        Brief::PodsDeleted { first, count: 1, because } => {
            format!("{} deleted, {}", the_pod(*first), deleted(*because))
        }
        Brief::PodsDeleted { count, because, .. } => format!("{} deleted, {}", pods(*count), deleted(*because)),
        Brief::PodBound(id) => format!("{} has a node", the_pod(*id)),
        Brief::PodShows { pod: id, what } => format!("{} {what}", the_pod(*id)),
        Brief::NodeShows { node, what } => format!("{} {what}", called(ObjectKey::Node(*node))),
        Brief::SandboxUp(id) => format!("sandbox of {} up", the_pod(*id)),
        Brief::Container { pod: id, container, does } => {
            let of = container_of(*id, *container, names).plain();
            match does {
                ContainerDoes::Pulls => format!("{of}: image being pulled"),
                ContainerDoes::Pulled => format!("{of}: image pulled"),
                ContainerDoes::Runs => format!("{of} runs"),
                ContainerDoes::Stops => format!("{of} is stopped"),
                ContainerDoes::Ends { exit_code } => format!("{of} ended, exit{NO_BREAK}{exit_code}"),
            }
        }
        Brief::DrivenOut(id) => format!("{} has to go for a taint", the_pod(*id)),
        Brief::MayStay(id) => format!("{} may stay", the_pod(*id)),
        Brief::NodeLost(node) => format!("{} lost", called(ObjectKey::Node(*node))),
        Brief::NodeBack(node) => format!("{} back", called(ObjectKey::Node(*node))),
        Brief::Unheard => "nobody hears of it".to_owned(),
        Brief::NodeOfPodGone(id) => format!("{} has lost its node", the_pod(*id)),
        Brief::Provided(what) => format!("{what} is there"),
        Brief::PodRefused(kind, name) => format!("a pod refused: no {} {name}", kind.as_str()),
        Brief::NothingRan => "nothing of it ever ran".to_owned(),
        Brief::Ready(id, true) => format!("{} Ready", the_pod(*id)),
        Brief::Ready(id, false) => format!("{} no longer Ready", the_pod(*id)),
        Brief::StatusWritten => "status written".to_owned(),
        Brief::PodRuns(id) => format!("{} runs", the_pod(*id)),
        Brief::PodStops { pod: id, grace } => format!("{} is stopped, {} grace", the_pod(*id), span(*grace)),
        Brief::StopUnheard(id) => format!("{} is to stop, nobody there hears it", the_pod(*id)),
        Brief::PodDisrupted(id) => format!("{} is a DisruptionTarget", the_pod(*id)),
        Brief::PodEnded { pod: id, phase } => format!("{} {}", the_pod(*id), phase.as_str().to_lowercase()),
        Brief::Exit { code, after, yours } => {
            let after = after.map(|after| format!(" after {}", span(after))).unwrap_or_default();
            format!("exit{NO_BREAK}{code}{after}{}", if *yours { " (fault injected)" } else { "" })
        }
        Brief::RestartAt(at) => format!("restarts at {}", clock(*at)),
        Brief::Restarted { pod: Some(id), restart_count } => {
            format!("{} restarted, {} time", the_pod(*id), (FORMAT.ordinal)(*restart_count))
        }
        Brief::Restarted { pod: None, restart_count } => {
            format!("restarted, {} time", (FORMAT.ordinal)(*restart_count))
        }
        Brief::CrashLoopBackOff => "CrashLoopBackOff".to_owned(),
        Brief::OthersRun(count) => format!("{} on", many(*count, "container goes", "containers go")),
        Brief::Counter { counter, before, after } => format!("{} {before}{arrow}{after}", counter.name()),
        Brief::Ignored(id) => format!("{} not counted", the_pod(*id)),
        Brief::WaitsUntil(until) => format!("waits until {}", clock(*until)),
        Brief::IndexWaitsUntil { index, until } => format!("index {index} waits until {}", clock(*until)),
        Brief::IndexFailed(index) => format!("index {index} failed"),
        Brief::Condition { condition, reason } => format!("{}: {reason}", condition.as_str()),
        Brief::EndWaits(count) => format!("waits for {} to stop", pods(*count)),
        Brief::QuotaRefused => "a pod refused by the quota".to_owned(),
        Brief::TemplateRefused => "refused: the pod template cannot be changed".to_owned(),
        Brief::Refused(message) => format!("refused: {message}"),
        Brief::NoEffect(why) => format!("no effect: {}", (REASON.no_effect)(*why).trim_end_matches('.')),
        Brief::MemoryLost => "controllers restarted".to_owned(),
        Brief::PodsFreed(count) => format!("{} freed", pods(*count)),
        Brief::TtlUntil(until) => format!("to be deleted at {}", clock(*until)),
        Brief::TtlOver => "TTL over".to_owned(),
        Brief::RunStarted(job) => format!("{} started", called(ObjectKey::Job(*job))),
        Brief::RunSkipped(at) => format!("run of {} held back", clock(*at)),
        Brief::RunMissed(at) => format!("run of {} missed", clock(*at)),
        Brief::JobPruned(job) => format!("{} deleted", called(ObjectKey::Job(*job))),
        Brief::RunFinished(job) => format!("{} finished", called(ObjectKey::Job(*job))),
        Brief::NextRun(at) => format!("next run at {}", clock(*at)),
        Brief::More(more) => format!("and {more} more"),
        Brief::NothingToDo => "nothing to do".to_owned(),
    }
}

fn deleted(because: DeletedBecause) -> &'static str {
    match because {
        DeletedBecause::TooMany => "too many",
        DeletedBecause::WrongIndex => "wrong index",
        DeletedBecause::Suspended => "suspended",
        DeletedBecause::JobEnds => "the Job ends",
    }
}

pub(super) fn wait(wait: &WaitingFor) -> Sentence {
    let left = |left| FORMAT.span_rounded(left);
    match wait {
        WaitingFor::Backoff { until, left: rest } => {
            say!("waiting for the *back-off, until {}* ({} left)", clock(*until), left(*rest))
        }
        WaitingFor::IndexBackoff { index, until, left: rest } => {
            say!("index {} waits for its *back-off, until {}* ({} left)", *index, clock(*until), left(*rest))
        }
        WaitingFor::Running(count) => say!("*{}*", many(*count, "pod runs", "pods run")),
        WaitingFor::Pending(count) => say!(
            "*{} to start*: what has not started cannot fail, and nothing is counted",
            many(*count, "pod has", "pods have")
        ),
        WaitingFor::Stopping(count) => say!("*{}*", many(*count, "pod is stopping", "pods are stopping")),
        WaitingFor::EndWaits(0) => say!("the end is decided and is written down with the next sync"),
        WaitingFor::EndWaits(count) => say!("the end is decided and waits for *{} to stop*", pods(*count)),
        WaitingFor::Batch { at } => say!("something has changed: the controller looks at it at *{}*", clock(*at)),
        WaitingFor::Quota { again: Some(again) } => {
            say!("a pod was refused by the quota; the next try is at *{}*", clock(*again))
        }
        WaitingFor::Quota { again: None } => say!("a pod was refused by the quota"),
        WaitingFor::Suspended => say!("*suspended*: nothing happens until somebody sets suspend: false"),
        WaitingFor::ManagedByOther => say!("another controller manages it; Kubernetes itself does nothing"),
        WaitingFor::NoPodsWanted => say!("*parallelism is 0*: no pod is wanted"),
        WaitingFor::Ttl { until, left: rest } => {
            say!("finished; deleted with its pods at *{}* ({} left)", clock(*until), left(*rest))
        }
        WaitingFor::Finished => say!("*finished*: nothing more happens, and without a TTL it stays"),
        WaitingFor::Gone => say!("the object is *gone*"),
        WaitingFor::NotYetCreated => say!("the object is not there yet"),
        WaitingFor::NextRun { at } => say!("the next run is at *{}*", clock(*at)),
        WaitingFor::Nothing => say!("nothing is waited for"),
    }
}

pub(super) fn slots(slots: PodSlots) -> Sentence {
    say!("{} of {} used", slots.used, many(slots.wanted, "place", "places"))
}
