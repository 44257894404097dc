//! Many pods: thin rows, cells at the playhead, bands with a page of cells. Names go first, then patterns, then single
//! pods; colour, order and the worst state stay. One cell at a time is a button: arrow keys lead it over the others.

use super::cell_grid::CellGrid;
use super::layout::{BAND, THIN_ROW, percent};
use super::outcome::cell_class;
use super::pod_row::telling_step;
use super::thin::thin_paths;
use crate::api::{IndexSet, ObjectKey, PodId};
use crate::cluster::reason::StepId;
use crate::explain::Selection;
use crate::texts::format::count;
use crate::texts::timeline::Attempt;
use crate::time::Time;
use crate::timeline::crowd::{self, Band, CellState};
use crate::timeline::pods::{Bar, RowOf};
use crate::timeline::{DetailLevel, JobTrack};
use crate::web::controls::drag::{Drag, use_press_and_drag};
use crate::web::controls::piece::{Piece, piece};
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(super) struct CrowdProps {
    pub(super) stage: Shared<Stage>,
    pub(super) track: usize,
    /// The last moment that the playhead has passed: cells change only there.
    pub(super) now: Time,
    pub(super) selection: Option<Selection>,
    pub(super) width: f64,
}

/// Up to this many failed cells are listed by number.
const NAMED: u32 = 8;

impl CrowdProps {
    fn job(&self) -> &JobTrack {
        &self.stage.timeline.jobs[self.track]
    }

    fn is_thin(&self) -> bool {
        self.job().detail() <= DetailLevel::Thin
    }

    fn len(&self) -> usize {
        if self.is_thin() { self.job().rows.len() } else { self.job().crowd.len() }
    }

    /// What the n-th stands for: thin rows leave out what has no pod yet.
    fn of(&self, number: usize) -> Option<RowOf> {
        if self.is_thin() { self.job().rows.get(number).map(|row| row.of) } else { self.job().of_cell(number) }
    }

    fn number(&self, of: RowOf) -> Option<usize> {
        if self.is_thin() { self.job().row(of) } else { self.job().cell_of(of) }
    }

    /// The cell of the selected pod.
    fn selected(&self) -> Option<usize> {
        match self.selection?.object? {
            ObjectKey::Pod(pod) => self.number(self.job().row_of(pod)?),
            ObjectKey::Job(_) | ObjectKey::CronJob(_) => None,
        }
    }

    fn grid(&self, cell: usize) -> CellGrid {
        match self.job().detail() {
            DetailLevel::Rows | DetailLevel::Thin => CellGrid::rows(self.len(), self.width, THIN_ROW),
            DetailLevel::Cells => CellGrid::of(self.len(), self.width),
            DetailLevel::Bands => CellGrid::page(self.len(), cell, self.width),
        }
    }

    /// Selects the pod of a cell that is there at a time, and what it is doing then.
    fn select(&self, number: usize, at: Time) {
        let Some(bar) = self.of(number).and_then(|of| self.job().newest(of, at)) else { return };
        let step = if self.is_thin() { telling_step(bar) } else { step_at(bar, at) };
        self.stage.on_action.emit(Action::Select(Some(Selection { step, object: Some(ObjectKey::Pod(bar.pod)) })));
    }
}

/// The step that put a pod into the state that it has at a time.
fn step_at(bar: &Bar, at: Time) -> StepId {
    let ended = bar.end.filter(|end| end.mark.at <= at);
    let segment = bar.segment_at(at).map(|segment| segment.step);
    segment.or(ended.map(|_| telling_step(bar))).unwrap_or(bar.created.step)
}

impl Piece for CrowdProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_crowd(self).run(hooks)
    }
}

/// All rows of a Job that has too many for a lane each.
#[hook]
fn use_crowd(props: &CrowdProps) -> Html {
    let chosen = use_state_eq(|| 0usize);
    let (area, pick, takes_focus) = (use_node_ref(), use_node_ref(), use_mut_ref(|| false));
    let selected = props.selected();
    // A pod that was selected elsewhere is chosen here, too.
    use_effect_with(selected, {
        let chosen = chosen.clone();
        move |selected| {
            if let Some(cell) = *selected {
                chosen.set(cell);
            }
        }
    });
    use_effect({
        let (pick, takes_focus) = (pick.clone(), takes_focus.clone());
        move || {
            if takes_focus.replace(false)
                && let Some(button) = pick.cast::<HtmlElement>()
            {
                // A page that refuses the focus keeps working.
                let _ = button.focus();
            }
        }
    });
    let cell = (*chosen).min(props.len().saturating_sub(1));
    let grid = props.grid(cell);
    let go = {
        let (chosen, takes_focus) = (chosen.clone(), takes_focus.clone());
        Callback::from(move |(cell, focus): (usize, bool)| {
            *takes_focus.borrow_mut() = focus;
            chosen.set(cell);
        })
    };
    html! {
        <div class={classes!("crowd", props.is_thin().then_some("rows"))}>
            if !props.is_thin() { { summary(props, cell, &go) } }
            if props.job().detail() == DetailLevel::Bands {
                { piece(BandsProps { stage: props.stage.clone(), track: props.track, now: props.now, first: grid.first, count: grid.count, sets: sets(props), go: go.clone() }) }
            }
            <div class="plot" role="presentation" ref={area.clone()} ~style={format!("height:{}px", grid.tall())}
                onclick={press(props, grid, cell, &area, &go)} onkeydown={walk(grid, cell, props.len(), &go)}>
                if props.is_thin() {
                    { piece(ThinProps { stage: props.stage.clone(), track: props.track }) }
                } else {
                    { cells(props, grid) }
                }
                if let Some((style, _)) = selected.and_then(|selected| button_at(props, grid, selected)) { <i class="chosen" ~{style}/> }
                if let Some((style, name)) = button_at(props, grid, cell) {
                    <div role="gridcell" class="cell" key={cell}>
                        <button type="button" class="hit cellbtn" tabindex="0" ref={pick} ~{style} aria-label={name} aria-current={(selected == Some(cell)).then_some("true")}/>
                    </div>
                }
            </div>
        </div>
    }
}

/// Where the button of a cell stands, and what it is called.
fn button_at(props: &CrowdProps, grid: CellGrid, cell: usize) -> Option<(String, String)> {
    let words = props.stage.lang.timeline();
    let (track, of) = (props.job(), props.of(cell)?);
    let (x, y) = grid.corner(cell)?;
    if props.is_thin() {
        let row = &track.rows[cell];
        let (first, last) = (&track.bars[*row.bars.first()?], &track.bars[*row.bars.last()?]);
        let (left, right) = (props.stage.timeline.axis.x(first.created.at), props.stage.timeline.axis.x(last.last()));
        let width = percent(right - left);
        let style = format!("left:{};top:{y}px;height:{THIN_ROW}px;width:calc({width} + 8px)", percent(left));
        return Some((style, format!("{} {}", words.bar_name(last, track.outcome.limit), words.press_enter)));
    }
    let (gap, _) = grid.gap();
    let style = format!("left:{x:.2}px;top:{y}px;width:{:.2}px;height:{}px", grid.width - gap, grid.height - gap);
    let state = track.crowd.states(cell..cell + 1, props.now).next()?;
    let pod = track.newest(of, props.now).map(|bar| {
        let ended = bar.end.filter(|end| end.mark.at <= props.now);
        Attempt { number: bar.birth.attempt, exit_code: ended.and_then(|end| end.exit_code) }
    });
    Some((style, words.cell_name(of, state, pod)))
}

/// A press anywhere on the grid: the button follows, and the pod under it is selected.
fn press(
    props: &CrowdProps,
    grid: CellGrid,
    cell: usize,
    area: &NodeRef,
    go: &Callback<(usize, bool)>,
) -> Callback<MouseEvent> {
    let (props, area, go) = (props.clone(), area.clone(), go.clone());
    Callback::from(move |event: MouseEvent| {
        let by_pointer = event.detail() > 0;
        let rect = area.cast::<Element>().filter(|_| by_pointer).map(|area| area.get_bounding_client_rect());
        let spot =
            rect.map(|rect| (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top()));
        let Some(pressed) = spot.map_or(Some(cell), |(x, y)| grid.cell_at(x, y)) else { return };
        go.emit((pressed, true));
        let at = match spot {
            // Of a thin row with several attempts the one under the pointer, the first if it is before them all.
            Some((x, _)) if props.is_thin() => {
                let first = props.job().rows[pressed].bars.first().map(|first| props.job().bars[*first].created.at);
                props.stage.timeline.axis.time(x / grid.width).max(first.unwrap_or(Time::ZERO))
            }
            None if props.is_thin() => Time::NEVER,
            _ => props.now,
        };
        props.select(pressed, at);
    })
}

/// Arrow keys and page keys move the button over the cells; at the edges the focus goes on to the next lane.
fn walk(grid: CellGrid, cell: usize, len: usize, go: &Callback<(usize, bool)>) -> Callback<KeyboardEvent> {
    let go = go.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if let Some(next) = grid.step(cell, &event.key(), len) {
            event.prevent_default();
            event.stop_propagation();
            go.emit((next, true));
        }
    })
}

/// How many cells are in which state, which ones have failed, and an input to go to any of them by number.
fn summary(props: &CrowdProps, cell: usize, go: &Callback<(usize, bool)>) -> Html {
    let (words, track) = (props.stage.lang.timeline(), props.job());
    let counts = track.crowd.counts(props.now);
    let legend = CellState::ALL.iter().filter(|state| counts[**state as usize] > 0).map(|state| {
        let number = counts[*state as usize];
        let which = if *state == CellState::Failed && number <= NAMED { which(props, *state) } else { String::new() };
        html! {
            <span class={classes!("st", cell_class(*state))}><i class={cell_class(*state)}/>{ (words.cells)(*state, number as usize) }{ which }</span>
        }
    });
    let numbered = |cell: usize| match props.of(cell) {
        Some(RowOf::Index(index)) => index,
        Some(RowOf::Pod(pod)) => pod.0,
        Some(RowOf::NeverMade) | None => 0,
    };
    let onchange = {
        let (props, go) = (props.clone(), go.clone());
        Callback::from(move |event: Event| {
            let Some(number) = event.target_unchecked_into::<HtmlInputElement>().value().trim().parse().ok() else {
                return;
            };
            let of = if props.job().lane.is_indexed { RowOf::Index(number) } else { RowOf::Pod(PodId(number)) };
            if let Some(cell) = props.number(of) {
                go.emit((cell, true));
                props.select(cell, props.now);
            }
        })
    };
    html! {
        <div class="sum" role="gridcell">
            { for legend }
            <label class="goto">{ (words.go_to)(track.lane.is_indexed) }
                <input type="number" min={numbered(0).to_string()} max={numbered(props.len().saturating_sub(1)).to_string()}
                    value={numbered(cell).to_string()} {onchange}/>
            </label>
        </div>
    }
}

/// The cells of a state, by number. Among very many, looking for them would cost each frame.
fn which(props: &CrowdProps, state: CellState) -> String {
    let track = props.job();
    if track.detail() == DetailLevel::Bands {
        return String::new();
    }
    let states = track.crowd.states(0..track.crowd.len(), props.now).enumerate();
    let cells = states.filter(|(_, other)| *other == state).filter_map(|(cell, _)| match props.of(cell)? {
        RowOf::Index(index) => Some(index as usize),
        RowOf::Pod(pod) => Some(pod.0 as usize),
        RowOf::NeverMade => None,
    });
    (props.stage.lang.timeline().listed)(&cells.collect::<Vec<usize>>())
}

/// A rectangle per stretch of equal neighbours; the gaps between cells lie over them as a sheet with holes.
fn cells(props: &CrowdProps, grid: CellGrid) -> Html {
    let states: Vec<CellState> = props.job().crowd.states(grid.first..grid.first + grid.count, props.now).collect();
    let id = format!("cells-{}", props.track);
    let (gap, round) = grid.gap();
    let (width, height) = (grid.width, grid.height);
    let hole = format!(
        "M0 0H{width}V{height}H0zM{round} 0H{:.2}q{round} 0 {round} {round}V{:.2}q0 {round} -{round} {round}H{round}q-{round} 0 -{round} -{round}V{round}q0 -{round} {round} -{round}z",
        width - gap - round,
        height - gap - round,
    );
    let class = if height > 12.0 { "marks" } else { "marks fine" };
    let (full, tall) = (grid.columns as f64 * width, grid.tall());
    html! {
        <svg {class} aria-hidden="true" viewBox={format!("0 0 {full} {tall}")} preserveAspectRatio="none">
            <defs><pattern id={id.clone()} width={width.to_string()} height={height.to_string()} patternUnits="userSpaceOnUse"><path d={hole} fill="var(--sheet)" fill-rule="evenodd"/></pattern></defs>
            { for grid.paths(&states).into_iter().map(|(state, d)| html! { <>
                <path class={state_class(state)} d={d.clone()}/>
                if state == CellState::Failed { <path class="m-cross" {d}/> }
            </> }) }
            <rect width={full.to_string()} height={tall.to_string()} fill={format!("url(#{id})")}/>
        </svg>
    }
}

fn state_class(state: CellState) -> &'static str {
    match state {
        CellState::NotStarted => "k-none",
        CellState::Succeeded => "k-succeeded",
        CellState::Running => "k-running",
        CellState::Pending => "k-pending",
        CellState::Waiting => "k-waiting",
        CellState::Terminating => "k-terminating",
        CellState::Failed => "k-failed",
    }
}

#[derive(Clone, PartialEq)]
struct ThinProps {
    stage: Shared<Stage>,
    track: usize,
}

impl Piece for ThinProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        thin_rows(self)
    }
}

/// A thin row per pod.
fn thin_rows(props: &ThinProps) -> Html {
    let track = &props.stage.timeline.jobs[props.track];
    let height = THIN_ROW * track.rows.len() as f64;
    html! {
        <svg class="marks thin" aria-hidden="true" viewBox={format!("0 0 10000 {height}")} preserveAspectRatio="none">
            { for thin_paths(&props.stage.timeline, track).into_iter().map(|(class, d)| html! { <path {class} {d}/> }) }
        </svg>
    }
}

/// The columns of the strip, whatever the number of pods.
const COLUMNS: usize = 500;

#[derive(Clone, PartialEq)]
struct BandsProps {
    stage: Shared<Stage>,
    track: usize,
    now: Time,
    /// The page that is shown below.
    first: usize,
    count: usize,
    /// Sets of indexes, by the name of their field, as the Job's status has them.
    sets: Vec<(&'static str, String)>,
    go: Callback<(usize, bool)>,
}

/// The most intervals of a set that are written out: more than there is room for.
const STRETCHES: usize = 40;

/// `completedIndexes` and `failedIndexes` at the playhead.
fn sets(props: &CrowdProps) -> Vec<(&'static str, String)> {
    let Some(job) = props.stage.recording.job_at(props.job().job, props.now).filter(|job| job.spec.is_indexed()) else {
        return Vec::new();
    };
    let written = |set: &IndexSet| match set.intervals() {
        [] => "–".to_owned(),
        all if all.len() <= STRETCHES => set.to_string(),
        all => format!("{},…", IndexSet::from_intervals(all[..STRETCHES].to_vec())),
    };
    let completed = ("completedIndexes", written(&job.status.completed_indexes));
    let failed = job.status.failed_indexes.iter().map(|set| ("failedIndexes", written(set)));
    std::iter::once(completed).chain(failed).collect()
}

impl Piece for BandsProps {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_bands(self).run(hooks)
    }
}

/// All of them in one strip, failed ones standing out; a press or drag chooses the page below.
#[hook]
fn use_bands(props: &BandsProps) -> Html {
    let merged = use_memo((props.stage.timeline.clone(), props.track), |(timeline, track)| {
        timeline.jobs[*track].crowd.merged(COLUMNS)
    });
    let strip = use_node_ref();
    let track = &props.stage.timeline.jobs[props.track];
    let total = track.crowd.len();
    let go = {
        let (strip, go) = (strip.clone(), props.go.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(share) = super::share_of(&strip, event.client_x()) {
                go.emit(((share.clamp(0.0, 1.0) * total as f64) as usize, false));
            }
        })
    };
    let Drag { onpointerdown, onpointermove, onpointerup } = use_press_and_drag(go);
    let states: Vec<CellState> = merged.states(0..merged.len(), props.now).collect();
    let bands = crowd::bands(&states);
    let share = |cells: usize| percent(cells as f64 / total.max(1) as f64);
    let first = usize::from(!track.lane.is_indexed);
    let words = props.stage.lang.timeline();
    let page = (words.rows)(track.lane.is_indexed, props.first + first, props.first + props.count + first - 1);
    html! { <>
        if !props.sets.is_empty() {
            <p class="sets" role="gridcell">{ for props.sets.iter().map(|(name, set)| html! { <span><code>{ *name }</code>{ " " }<code class="set">{ set }</code></span> }) }</p>
        }
        <div role="gridcell">
        <div class="band" ref={strip} title={words.bands} ~style={format!("height:{BAND}px")} {onpointerdown} {onpointermove} {onpointerup}
            role="slider" tabindex="0" aria-label={words.bands} onkeydown={turn_pages(props, &bands)}
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
    for state in props.stage.timeline.jobs[props.track].crowd.states(page, props.now) {
        counts[state as usize] += 1;
    }
    let there = CellState::ALL.into_iter().filter(|state| counts[*state as usize] > 0);
    let words = there.map(|state| (props.stage.lang.timeline().cells)(state, counts[state as usize]));
    words.collect::<Vec<String>>().join(props.stage.lang.format().comma)
}

/// Arrow keys turn the pages below, page keys go to the next stretch of another state.
fn turn_pages(props: &BandsProps, bands: &[Band]) -> Callback<KeyboardEvent> {
    let total = props.stage.timeline.jobs[props.track].crowd.len();
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
