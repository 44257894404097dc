//! How a run went, in a line.

use super::{Class, Run};
use crate::api::{ConditionType, RestartPolicy};
use crate::texts::Lang;
use crate::time::Time;
use crate::timeline::JobTrack;
use crate::timeline::crowd::CellState;
use crate::timeline::instruments::Instruments;
use crate::timeline::many::Many;
use crate::timeline::outcome::OutcomeKind;
use crate::timeline::pods::{Bar, PodEnding};

/// How a run went.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    /// Its colour.
    pub(super) class: Class,
    /// The condition of the Job, or how many Jobs there are.
    pub(super) name: String,
    /// The reason of the condition, in Kubernetes's word; may be empty.
    pub(super) reason: &'static str,
    /// How long it took, and what it cost.
    pub(super) told: String,
    /// What it is about: the Job, the CronJob.
    pub(super) what: String,
}

/// More pods than this are counted in a description.
const DESCRIBED: usize = 24;

impl Verdict {
    /// Of the whole run, or as it stands at a moment.
    pub(super) fn of(run: &Run<'_>, lang: Lang, at: Option<Time>) -> Verdict {
        let timeline = run.timeline;
        match (&*timeline.jobs, &*timeline.cron_jobs) {
            ([track], []) => of_job(run, track, lang, at),
            ([], []) => Verdict {
                class: Class::Base,
                name: lang.explain().nothing_recorded.to_owned(),
                reason: "",
                told: String::new(),
                what: String::new(),
            },
            (jobs, cron_jobs) => {
                let what = match (cron_jobs, jobs) {
                    ([lane], _) => format!("CronJob {}", lane.name),
                    (_, [track]) => format!("Job {}", track.name),
                    _ => String::new(),
                };
                of_jobs(run, lang, at.unwrap_or(Time::NEVER), what)
            }
        }
    }

    /// In a sentence: `Job pi: Complete after 51 s, with 2 of 3 failures used`.
    pub(super) fn sentence(&self, lang: Lang) -> String {
        let reason = if self.reason.is_empty() { String::new() } else { format!(" ({})", self.reason) };
        let told = if self.told.is_empty() { String::new() } else { format!("{}{}", lang.format().comma, self.told) };
        let how = format!("{}{reason}{told}", self.name);
        if self.what.is_empty() { how } else { (lang.picture().went)(&self.what, &how) }
    }
}

fn of_job(run: &Run<'_>, track: &JobTrack, lang: Lang, at: Option<Time>) -> Verdict {
    let words = lang.timeline();
    let outcome = &track.outcome;
    let what = format!("Job {}", track.name);
    let over = match outcome.verdict {
        OutcomeKind::Finished { mark, .. } | OutcomeKind::Deleted(mark) => Some(mark.at),
        OutcomeKind::Suspended | OutcomeKind::Active => None,
    };
    if let Some(at) = at.filter(|at| over.is_none_or(|over| *at < over)) {
        let name = format!("{} {}", words.at, words.format.clock_exact(at));
        let budget = Instruments::at(run.recording, track.job, at).map(|instruments| instruments.budget);
        let told = budget.map_or(String::new(), |budget| {
            (lang.picture().went)((words.budget)(&budget), &(words.budget_read)(&budget))
        });
        return Verdict { class: Class::Running, name, reason: "", told, what };
    }
    let (class, name, reason) = match outcome.verdict {
        OutcomeKind::Finished { condition: ConditionType::Failed, reason, .. } => (Class::Failed, "Failed", reason),
        OutcomeKind::Finished { condition, reason, .. } => (Class::Succeeded, condition.as_str(), reason),
        OutcomeKind::Deleted(_) => (Class::Gone, words.deleted_early, ""),
        OutcomeKind::Suspended => (Class::Suspended, words.suspended, ""),
        OutcomeKind::Active => (Class::Running, words.active, ""),
    };
    let restarts = track.lane.last.spec.template.spec.restart_policy == RestartPolicy::OnFailure;
    let used = if restarts { outcome.restarts } else { outcome.failures };
    let count = if restarts { lang.picture().restarts } else { lang.picture().failures };
    let used = (used > 0).then(|| count(used, outcome.limit));
    Verdict { class, name: name.to_owned(), reason, told: lang.picture().told(outcome.took, used), what }
}

/// Several Jobs, or those of a CronJob: how many are in which state.
fn of_jobs(run: &Run<'_>, lang: Lang, at: Time, what: String) -> Verdict {
    let words = lang.timeline();
    let mut counts = [0usize; 7];
    for track in run.timeline.jobs.iter().filter(|track| track.lane.created.at <= at) {
        counts[track.state_at(at) as usize] += 1;
    }
    let there: Vec<CellState> = CellState::ALL.into_iter().filter(|state| counts[*state as usize] > 0).collect();
    let told = there.iter().map(|state| words.many_in_state(Many::Jobs, *state, counts[*state as usize]));
    let class = match *there {
        [CellState::Succeeded] => Class::Succeeded,
        [CellState::Failed] => Class::Failed,
        _ => Class::Base,
    };
    let name = (lang.picture().jobs)(counts.iter().sum::<usize>() as u32);
    Verdict { class, name, reason: "", told: told.collect::<Vec<_>>().join(words.format.comma), what }
}

/// What happened, for those who cannot see it: a sentence per scheduled time and per pod; of many pods how many went how.
pub(super) fn description(run: &Run<'_>, lang: Lang) -> String {
    let words = lang.timeline();
    let (full_stop, gap) = (words.format.full_stop, words.format.gap);
    let mut sentences: Vec<String> = Vec::new();
    for lane in run.timeline.cron_jobs.iter() {
        let ticks = lane.ticks.iter().take(DESCRIBED);
        sentences.extend(ticks.map(|tick| words.tick_name(lane, tick) + full_stop));
    }
    let bars = || run.timeline.jobs.iter().flat_map(|track| track.bars.iter().map(move |bar| (track, bar)));
    if bars().count() <= DESCRIBED {
        sentences.extend(bars().map(|(track, bar)| words.bar_name(bar, track.outcome.limit)));
    } else {
        let is = |state| bars().filter(|(_, bar)| state_of(bar) == state).count();
        let counts = CellState::ALL.into_iter().map(|state| (state, is(state))).filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts.map(|(state, count)| (words.cells)(state, count)).collect();
        sentences.push(counts.join(words.format.comma) + full_stop);
    }
    sentences.join(gap)
}

fn state_of(bar: &Bar) -> CellState {
    match bar.end.map(|end| end.how) {
        Some(PodEnding::Succeeded) => CellState::Succeeded,
        Some(PodEnding::Failed | PodEnding::Vanished) => CellState::Failed,
        None => CellState::Running,
    }
}
