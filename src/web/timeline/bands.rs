//! All cells in one strip, above a page of them.

use super::cell_grid::state_class;
use super::crowd_of::{CrowdOf, crowd_of, in_state};
use super::layout::{BAND, percent};
use crate::texts::format::count;
use crate::time::Time;
use crate::timeline::crowd::{self, Band, CellState};
use crate::web::controls::drag::{Drag, use_press_and_drag};
use crate::web::controls::piece::Piece;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// The columns of the strip, whatever the number of pods.
const COLUMNS: usize = 500;

#[derive(Clone, PartialEq)]
pub(super) struct BandsProps {
    pub(super) stage: Shared<Stage>,
    pub(super) of: CrowdOf,
    pub(super) now: Time,
    /// The page that is shown below.
    pub(super) first: usize,
    pub(super) count: usize,
    /// Sets of indexes, by the name of their field, as the Job's status has them.
    pub(super) sets: Vec<(&'static str, String)>,
    pub(super) go: Callback<(usize, bool)>,
}

impl Piece for BandsProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_bands(self).run(hooks)
    }
}

/// All of them in one strip, failed ones standing out; a press or drag chooses the page below.
#[hook]
fn use_bands(props: &BandsProps) -> Html {
    let merged =
        use_memo((props.stage.timeline.clone(), props.of), |(timeline, of)| crowd_of(timeline, *of).merged(COLUMNS));
    let strip = use_node_ref();
    let total = crowd_of(&props.stage.timeline, props.of).len();
    let go = {
        let (strip, go) = (strip.clone(), props.go.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(share) = super::share_of(&strip, f64::from(event.client_x())) {
                go.emit(((share.clamp(0.0, 1.0) * total as f64) as usize, false));
            }
        })
    };
    let Drag { onpointerdown, onpointermove, onpointerup } = use_press_and_drag(go);
    let states: Vec<CellState> = merged.states(0..merged.len(), props.now).collect();
    let bands = crowd::bands(&states);
    let share = |cells: usize| percent(cells as f64 / total.max(1) as f64);
    let words = props.stage.lang.timeline();
    let is_indexed = matches!(props.of, CrowdOf::Pods(track) if props.stage.timeline.jobs[track].lane.is_indexed);
    let first = usize::from(!is_indexed);
    let (from, to) = (props.first + first, props.first + props.count + first - 1);
    let (page, about) = match props.of {
        CrowdOf::Pods(_) => ((words.rows)(is_indexed, from, to), words.bands),
        CrowdOf::Many(many) => ((words.many.part)(many, from, to), words.many.strip),
    };
    html! { <>
        if !props.sets.is_empty() {
            <p class="sets" role="gridcell">{ for props.sets.iter().map(|(name, set)| html! { <span><code>{ *name }</code>{ " " }<code class="set">{ set }</code></span> }) }</p>
        }
        <div role="gridcell">
        <div class="band" ref={strip} title={about} ~style={format!("height:{BAND}px")} {onpointerdown} {onpointermove} {onpointerup}
            role="slider" tabindex="0" aria-label={about} onkeydown={turn_pages(props, &bands)}
            aria-valuemin={first.to_string()} aria-valuemax={(total.saturating_sub(1) + first).to_string()} aria-valuenow={(props.first + first).to_string()} aria-valuetext={format!("{page}: {}", counts_of_page(props))}>
            <svg class="marks" aria-hidden="true" viewBox={format!("0 0 {COLUMNS} {BAND}")} preserveAspectRatio="none">
                { for bands.iter().map(|band| {
                    let (y, height) = if band.state == CellState::Failed { ("1", BAND - 2.0) } else { ("6", BAND - 12.0) };
                    html! { <rect class={classes!("fine", state_class(band.state))} x={band.from.to_string()} {y} width={(band.to - band.from + 1).to_string()} height={height.to_string()}/> }
                }) }
            </svg>
            <i class="pageframe" ~style={format!("left:{};width:{}", share(props.first), share(props.count))}/>
        </div>
        </div>
        <p class="ends" aria-hidden="true">
            { for (0..=4).map(|quarter| html! { <span>{ count((first as u64 + total.saturating_sub(1) as u64 * quarter / 4) as i64) }</span> }) }
        </p>
        <p class="pagename">{ page }</p>
    </> }
}

/// How many cells of the page are in which state.
fn counts_of_page(props: &BandsProps) -> String {
    let mut counts = [0; CellState::ALL.len()];
    let page = props.first..props.first + props.count;
    for state in crowd_of(&props.stage.timeline, props.of).states(page, props.now) {
        counts[state as usize] += 1;
    }
    let there = CellState::ALL.into_iter().filter(|state| counts[*state as usize] > 0);
    let words = there.map(|state| in_state(&props.stage, props.of, state, counts[state as usize]));
    words.collect::<Vec<String>>().join(props.stage.lang.format().comma)
}

/// Arrow keys turn the pages below, page keys go to the next stretch of another state.
fn turn_pages(props: &BandsProps, bands: &[Band]) -> Callback<KeyboardEvent> {
    let total = crowd_of(&props.stage.timeline, props.of).len();
    let (first, count, go) = (props.first, props.count, props.go.clone());
    let edge = |band: &Band| band.from as usize * total / COLUMNS;
    let before = bands.iter().map(edge).take_while(|edge| *edge < first).last();
    let behind = bands.iter().map(edge).find(|edge| *edge >= first + count);
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let last = total.saturating_sub(1);
        let cell = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => first.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => (first + count).min(last),
            "PageUp" => before.unwrap_or(0),
            "PageDown" => behind.unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        go.emit((cell, false));
    })
}
