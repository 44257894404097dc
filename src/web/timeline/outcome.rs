//! The outcome strip and the three instruments under it.

use crate::api::{ConditionType, JobId, RestartPolicy};
use crate::texts::Lang;
use crate::texts::timeline::Figure;
use crate::time::Time;
use crate::timeline::JobTrack;
use crate::timeline::crowd::CellState;
use crate::timeline::instruments::{BudgetOf, CompletionProgress, FailureBudget, Fuse, Instruments};
use crate::timeline::outcome::OutcomeKind;
use crate::web::controls::icon::icon;
use crate::web::controls::piece::{Piece, piece};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use yew::functional::HookContext;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(super) struct OutcomeProps {
    pub(super) stage: Shared<Stage>,
    pub(super) job: JobId,
    /// Whether the film ends before it is over.
    pub(super) is_cut: bool,
}

impl Piece for OutcomeProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        outcome_strip(self)
    }
}

/// How the Job went, in one line.
fn outcome_strip(props: &OutcomeProps) -> Html {
    let words = props.stage.lang.timeline();
    let Some(track) = props.stage.timeline.track(props.job) else { return Html::default() };
    if props.is_cut {
        return not_over(props.stage.lang);
    }
    let outcome = &track.outcome;
    let restarts = track.lane.last.spec.template.spec.restart_policy == RestartPolicy::OnFailure;
    let figures: Vec<(&str, Figure)> = [
        outcome.took.map(|took| (words.took, words.length(took))),
        Some(((words.pods)(outcome.pods), words.used_of(outcome.pods, None))),
        Some(if restarts {
            (words.restarts_used, words.used_of(outcome.restarts, outcome.limit))
        } else {
            (words.failures_used, words.used_of(outcome.failures, outcome.limit))
        }),
        Some((words.pod_time, words.length(outcome.pod_time))),
        Some((words.logs_readable, words.logs(outcome.logs))),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        <div class="row outcome">
            <h2 class="lab">{ words.outcome }</h2>
            { verdict(track, props.stage.lang) }
            if props.stage.timeline.jobs.len() > 1 { <p class="whose">{ &*track.name }</p> }
            <dl>
                { for figures.into_iter().map(|(name, figure)| html! {
                    <div><dt>{ name }</dt><dd>{ lead(figure.before) }<b>{ figure.figure }</b>{ format!(" {}", figure.unit) }</dd></div>
                }) }
            </dl>
        </div>
    }
}

/// Of a film that ends with a question.
fn not_over(lang: Lang) -> Html {
    let words = lang.learn();
    html! {
        <div class="row outcome">
            <h2 class="lab">{ lang.timeline().outcome }</h2>
            <p class="verdict unended"><b>{ words.not_over }</b><span class="film-stops">{ words.film_stops }</span></p>
        </div>
    }
}

fn lead(before: &str) -> String {
    if before.is_empty() { String::new() } else { format!("{before} ") }
}

/// The cap, the condition and its reason.
pub(super) fn verdict(track: &JobTrack, lang: Lang) -> Html {
    let words = lang.timeline();
    let (class, glyph, title, reason) = match track.outcome.verdict {
        OutcomeKind::Finished { condition: ConditionType::Failed, reason, .. } => ("failed", "cross", "Failed", reason),
        OutcomeKind::Finished { condition, reason, .. } => ("succeeded", "tick", condition.as_str(), reason),
        OutcomeKind::Deleted(_) => ("ghost", "trash", words.deleted_early, ""),
        OutcomeKind::Suspended => ("ghost", "pause", words.suspended, ""),
        OutcomeKind::Active => ("running", "play", words.active, ""),
    };
    html! {
        <p class="verdict">
            <span class={classes!("cap", class)}>{ icon(glyph) }</span>
            <b>{ title }</b>
            if !reason.is_empty() { <span class="reason">{ reason }</span> }
        </p>
    }
}

#[derive(Clone, PartialEq)]
pub(super) struct InstrumentProps {
    pub(super) stage: Shared<Stage>,
    pub(super) job: JobId,
    pub(super) playhead: Time,
    pub(super) is_cut: bool,
}

/// Completions, budget and deadline at the playhead.
pub(super) fn instrument_panel(props: &InstrumentProps) -> Html {
    let words = props.stage.lang.timeline();
    let Some(instruments) = Instruments::at(&props.stage.recording, props.job, props.playhead) else {
        return Html::default();
    };
    let budget = &instruments.budget;
    let [before, left, behind] = words.deadline_read(instruments.fuse);
    html! {
        <div class="row instruments">
            <h2 class="lab">{ words.at }{ " " }<span class="mono-num">{ props.stage.lang.format().clock(props.playhead) }</span></h2>
            <div class="inst">
                <h3>{ words.completions }<span class="read">{ words.completions_read(&instruments.completions) }</span></h3>
                { completions(props, &instruments.completions) }
            </div>
            <div class="inst" role="group" aria-label={if props.is_cut { (words.budget)(budget).to_owned() } else { (words.budget_name)(budget) }}>
                <h3>{ (words.budget)(budget) }<span class="read">{ if props.is_cut { String::new() } else { (words.budget_read)(budget) } }</span></h3>
                if props.is_cut { { unknown_budget(budget) } } else { { boxes_of_budget(budget, props.stage.lang) } }
            </div>
            <div class={classes!("inst", instruments.fuse.is_none().then_some("unset"))}>
                <h3>{ words.deadline }<span class="read"><span class="spare">{ before }</span>{ left }<span class="spare">{ behind }</span></span></h3>
                { fuse(instruments.fuse) }
            </div>
        </div>
    }
}

/// More boxes than this are a bar.
const BOXES: u32 = 8;

pub(super) fn completions(props: &InstrumentProps, completions: &CompletionProgress) -> Html {
    match completions {
        CompletionProgress::Pods { done, needed } => boxes_done(*done, *needed),
        CompletionProgress::WorkQueue { done, active } => boxes_done(*done, done + active),
        CompletionProgress::Indexes { count, done, .. } => {
            let Some(track) = props.stage.timeline.track(props.job) else { return Html::default() };
            if *count <= BOXES {
                let cells = track.crowd.states(0..track.crowd.len(), props.playhead);
                return html! { <div class="boxes" aria-hidden="true">{ for cells.map(cell_box) }</div> };
            }
            piece(IndexBarProps {
                stage: props.stage.clone(),
                job: props.job,
                playhead: props.playhead,
                done: done.len() as usize,
            })
        }
    }
}

/// More indexes than this have no place of their own in the bar: it shows how many are in which state, to scale.
const PLACES: usize = 48;
/// From left to right; what has not started leaves its place empty.
const STATES: [CellState; 6] = [
    CellState::Succeeded,
    CellState::Failed,
    CellState::Running,
    CellState::Terminating,
    CellState::Waiting,
    CellState::Pending,
];

#[derive(Clone, PartialEq)]
pub(super) struct IndexBarProps {
    stage: Shared<Stage>,
    job: JobId,
    playhead: Time,
    /// How many the Job has counted: those that succeeded a moment ago are not among them.
    done: usize,
}

impl Piece for IndexBarProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        index_bar(self)
    }
}

/// The indexes of a Job in a bar.
fn index_bar(props: &IndexBarProps) -> Html {
    let Some(track) = props.stage.timeline.track(props.job) else { return Html::default() };
    let crowd = &track.crowd;
    let parts: Vec<(CellState, usize)> = if crowd.len() <= PLACES {
        crowd.states(0..crowd.len(), props.playhead).map(|state| (state, 1)).collect()
    } else {
        let counts = crowd.counts(props.playhead);
        let count = |state| if state == CellState::Succeeded { props.done } else { counts[state as usize] as usize };
        STATES.into_iter().map(|state| (state, count(state))).filter(|(_, count)| *count > 0).collect()
    };
    let share = |count: usize| count as f64 * 100.0 / crowd.len().max(1) as f64;
    html! {
        <div class="cellbar" aria-hidden="true">
            { for parts.into_iter().map(|(state, count)| html! { <i class={cell_class(state)} ~style={format!("width:{:.3}%", share(count))}/> }) }
        </div>
    }
}

fn boxes_done(done: u32, needed: u32) -> Html {
    if needed > BOXES {
        let share = f64::from(done) * 100.0 / f64::from(needed);
        return html! { <div class="cellbar" aria-hidden="true"><i class="c-succeeded fill" ~style={format!("transform:translateX({:.2}%)", share - 100.0)}/></div> };
    }
    html! {
        <div class="boxes" aria-hidden="true">
            { for (0..needed).map(|n| cell_box(if n < done { CellState::Succeeded } else { CellState::NotStarted })) }
        </div>
    }
}

fn cell_box(cell: CellState) -> Html {
    match cell {
        CellState::Succeeded => html! { <span class="box succeeded">{ icon("tick") }</span> },
        CellState::Failed => html! { <span class="box failed">{ icon("cross") }</span> },
        CellState::NotStarted
        | CellState::Pending
        | CellState::Running
        | CellState::Waiting
        | CellState::Terminating => {
            html! { <span class={classes!("box", cell_class(cell))}/> }
        }
    }
}

/// The class of a cell's colour and pattern.
pub(super) fn cell_class(cell: CellState) -> &'static str {
    match cell {
        CellState::NotStarted => "c-none",
        CellState::Succeeded => "c-succeeded",
        CellState::Running => "c-running",
        CellState::Pending => "c-pending",
        CellState::Waiting => "c-waiting",
        CellState::Terminating => "c-terminating",
        CellState::Failed => "c-failed",
    }
}

/// A box per tolerated failure, and set apart the one that ends the Job.
pub(super) fn boxes_of_budget(budget: &FailureBudget, lang: Lang) -> Html {
    let words = lang.timeline();
    let filled = |n: u32| n < budget.used;
    let one = |n: u32| {
        html! { <span key={n} class={classes!("box", filled(n).then_some("failed"))}>if filled(n) { { icon("cross") } }</span> }
    };
    if matches!(budget.counts, BudgetOf::PerIndex { .. }) {
        let shown = budget.used.min(BOXES);
        return html! { <div class="boxes" aria-hidden="true">{ for (0..shown).map(one) }</div> };
    }
    let spent = budget.is_spent();
    let last = html! {
        <><span class={classes!("box", "last", spent.then_some("failed"))}>{ icon("cross") }</span><span class="ends">{ words.ends_the_job }</span></>
    };
    if budget.allowed > BOXES {
        let share = f64::from(budget.used.min(budget.allowed)) * 100.0 / f64::from(budget.allowed);
        return html! {
            <div class="boxes" aria-hidden="true">
                <div class="cellbar"><i class="c-failed fill" ~style={format!("transform:translateX({:.2}%)", share - 100.0)}/></div>{ last }
            </div>
        };
    }
    html! { <div class="boxes" aria-hidden="true">{ for (0..budget.allowed).map(one) }{ last }</div> }
}

/// What is used of the budget; how much there is of it is the question.
fn unknown_budget(budget: &FailureBudget) -> Html {
    html! {
        <div class="boxes" aria-hidden="true">
            { for (0..budget.used.min(BOXES)).map(|n| html! { <span key={n} class="box failed">{ icon("cross") }</span> }) }
            { for ["?", "?", "…"].map(|unknown| html! { <span class="box unknown">{ unknown }</span> }) }
        </div>
    }
}

/// The fuse burns from the left.
pub(super) fn fuse(fuse: Option<Fuse>) -> Html {
    let left = fuse.map_or(0.0, |fuse| fuse.elapsed.millis() as f64 * 100.0 / fuse.total.millis().max(1) as f64);
    html! {
        <div class="fusebox" aria-hidden="true">
            <div class={classes!("fuse", fuse.is_none().then_some("none"))}>
                if fuse.is_some() { <i ~style={format!("left:{left:.2}%")}/> }
            </div>
        </div>
    }
}
