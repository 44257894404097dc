//! Many pods, Jobs, CronJobs, scheduled times or inputs: thin rows, cells at the playhead, bands with a page of cells. Names go first, then patterns, then single
//! pods; colour, order and the worst state stay. One cell at a time is a button: arrow keys lead it over the others.

mod tips;

use super::bands::BandsProps;
use super::cell_grid::{CellGrid, state_class};
use super::crowd_of::{CrowdOf, crowd_of, detail, in_state};
use super::layout::{THIN_ROW, percent};
use super::outcome::cell_class;
use super::thin::thin_paths;
use crate::api::{IndexSet, ObjectKey, PodId};
use crate::explain::Selection;
use crate::texts::format::day_and_time;
use crate::texts::timeline::Attempt;
use crate::time::Time;
use crate::timeline::crowd::{CellState, Crowd};
use crate::timeline::many::Many;
use crate::timeline::pods::{Row, RowOf};
use crate::timeline::sorted::RowOrder;
use crate::timeline::{DetailLevel, JobTrack};
use crate::web::controls::late::drawn_late;
use crate::web::controls::piece::{Piece, piece};
use crate::web::state::action::Action;
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use tips::TipsProps;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub(crate) struct CrowdProps {
    pub(super) stage: Shared<Stage>,
    pub(super) of: CrowdOf,
    /// The order of thin rows. Cells stand in that of their numbers.
    pub(super) order: RowOrder,
    /// The one that is open, where no selection says so: of inputs.
    pub(super) open: usize,
    pub(super) on_open: Callback<usize>,
    /// The last moment that the playhead has passed: cells change only there.
    pub(super) now: Time,
    pub(super) selection: Option<Selection>,
    pub(super) width: f64,
}

/// Up to this many failed cells are listed by number.
const NAMED: u32 = 8;

impl CrowdProps {
    /// The Job whose pods they are.
    fn job(&self) -> Option<&JobTrack> {
        match self.of {
            CrowdOf::Pods(track) => Some(&self.stage.timeline.jobs[track]),
            CrowdOf::Many(_) => None,
        }
    }

    fn crowd(&self) -> &Crowd {
        crowd_of(&self.stage.timeline, self.of)
    }

    fn detail(&self) -> DetailLevel {
        detail(&self.stage.timeline, self.of)
    }

    /// The Job whose rows are thin.
    fn thin(&self) -> Option<&JobTrack> {
        self.job().filter(|_| self.detail() <= DetailLevel::Thin)
    }

    fn is_thin(&self) -> bool {
        self.thin().is_some()
    }

    /// The n-th of the thin rows.
    fn row(&self, number: usize) -> Option<&Row> {
        let track = self.thin()?;
        track.rows.get(*self.rows(track).get(number)?)
    }

    /// The positions of the thin rows.
    fn rows(&self, track: &JobTrack) -> Vec<usize> {
        track.sorted_rows(self.order)
    }

    fn len(&self) -> usize {
        self.thin().map_or_else(|| self.crowd().len(), |track| track.rows.len())
    }

    /// Which pod or index the n-th stands for: thin rows leave out what has no pod yet.
    fn of(&self, number: usize) -> Option<RowOf> {
        let track = self.job()?;
        if self.is_thin() { self.row(number).map(|row| row.of) } else { track.of_cell(number) }
    }

    fn number(&self, of: RowOf) -> Option<usize> {
        let track = self.job()?;
        if self.is_thin() {
            let row = track.row(of)?;
            return self.rows(track).iter().position(|position| *position == row);
        }
        track.cell_of(of)
    }

    /// The number that a cell is called by.
    fn called(&self, cell: usize) -> usize {
        match (self.of, self.of(cell)) {
            (CrowdOf::Many(_), _) => cell + 1,
            (CrowdOf::Pods(_), Some(RowOf::Index(index))) => index as usize,
            (CrowdOf::Pods(_), Some(RowOf::Pod(pod))) => pod.0 as usize,
            (CrowdOf::Pods(_), Some(RowOf::NeverMade) | None) => 0,
        }
    }

    /// The cell that is called by a number.
    fn cell_called(&self, number: u32) -> Option<usize> {
        match self.job() {
            Some(track) if track.lane.is_indexed => self.number(RowOf::Index(number)),
            Some(_) => self.number(RowOf::Pod(PodId(number))),
            None => (number as usize).checked_sub(1).filter(|cell| *cell < self.len()),
        }
    }

    /// The cell of what is selected, or open.
    fn selected(&self) -> Option<usize> {
        let timeline = &self.stage.timeline;
        let object = || self.selection?.object;
        match self.of {
            CrowdOf::Pods(_) => match object()? {
                ObjectKey::Pod(pod) => self.number(self.job()?.row_of(pod)?),
                ObjectKey::Job(_) | ObjectKey::CronJob(_) | ObjectKey::Node(_) => None,
            },
            CrowdOf::Many(Many::Jobs) => {
                let track = timeline.subject(object(), self.now)?;
                timeline.jobs.binary_search_by_key(&track.job, |track| track.job).ok()
            }
            CrowdOf::Many(Many::CronJobs) => timeline.cron_lane(object()),
            CrowdOf::Many(Many::Ticks(lane)) => {
                let step = self.selection?.step;
                timeline.cron_jobs[lane].ticks.binary_search_by_key(&step, |tick| tick.mark.step).ok()
            }
            CrowdOf::Many(Many::Inputs) => Some(self.open),
        }
    }

    fn grid(&self, cell: usize) -> CellGrid {
        match self.detail() {
            DetailLevel::Rows | DetailLevel::Thin => CellGrid::rows(self.len(), self.width, THIN_ROW),
            DetailLevel::Cells => CellGrid::of(self.len(), self.width),
            DetailLevel::Bands => CellGrid::page(self.len(), cell, self.width),
        }
    }

    /// Selects what a cell stands for, as it is at a time: of a pod the newest attempt, and what it is doing then.
    /// Time stays, unless what is selected comes later.
    fn select(&self, number: usize, at: Time) {
        let selection = match self.of {
            CrowdOf::Pods(_) => {
                let bar = self.of(number).and_then(|of| self.job()?.newest(of, at));
                bar.map(|bar| {
                    let step = if self.is_thin() { bar.telling_step() } else { bar.step_at(at) };
                    (Selection { step, object: Some(ObjectKey::Pod(bar.pod)) }, self.is_thin())
                })
            }
            CrowdOf::Many(many) => {
                self.on_open.emit(number);
                let mark = self.stage.timeline.mark_of(many, number, at);
                let is_moment = matches!(many, Many::Ticks(_) | Many::Inputs);
                mark.map(|(mark, object)| {
                    (Selection { step: mark.step, object: Some(object) }, is_moment || mark.at > self.now)
                })
            }
        };
        if let Some((selection, goes_there)) = selection {
            let action = if goes_there { Action::Select(Some(selection)) } else { Action::Pick(selection) };
            self.stage.on_action.emit(action);
        }
    }
}

drawn_late!(CrowdProps, |props| &props.stage, |props, hooks| use_crowd(props).run(hooks));

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
            if props.detail() == DetailLevel::Bands {
                { piece(BandsProps { stage: props.stage.clone(), of: props.of, now: props.now, first: grid.first, count: grid.count, sets: sets(props), go: go.clone() }) }
            }
            <div class="plot" role="presentation" ref={area.clone()} ~style={format!("height:{}px", grid.tall())}
                onclick={press(props, grid, cell, &area, &go)} onkeydown={walk(grid, cell, props.len(), &go)}>
                if let (true, CrowdOf::Pods(track)) = (props.is_thin(), props.of) {
                    { piece(ThinProps { stage: props.stage.clone(), track, order: props.order }) }
                } else {
                    { cells(props, grid) }
                }
                if let Some((style, _)) = selected.and_then(|selected| button_at(props, grid, selected)) { <i class="chosen" ~{style}/> }
                { piece(TipsProps { crowd: props.clone(), grid, area: area.clone() }) }
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
    let (x, y) = grid.corner(cell)?;
    let action = match props.of {
        CrowdOf::Many(_) => Some(words.many.opens),
        CrowdOf::Pods(_) => {
            props.of(cell).and_then(|of| props.job()?.newest(of, Time::NEVER)).map(|_| words.press_enter)
        }
    };
    let what = what_is(props, cell)?;
    let format = words.format;
    let name = action.map_or(what.clone(), |action| format!("{what}{}{}{action}", format.full_stop, format.gap));
    if let Some(track) = props.thin() {
        let row = props.row(cell)?;
        let (first, last) = (&track.bars[*row.bars.first()?], &track.bars[*row.bars.last()?]);
        let (left, right) = (props.stage.timeline.axis.x(first.created.at), props.stage.timeline.axis.x(last.last()));
        let width = percent(right - left);
        let style = format!("left:{};top:{y}px;height:{THIN_ROW}px;width:calc({width} + 8px)", percent(left));
        return Some((style, name));
    }
    let (gap, _) = grid.gap();
    let style = format!("left:{x:.2}px;top:{y}px;width:{:.2}px;height:{}px", grid.width - gap, grid.height - gap);
    Some((style, name))
}

/// What a cell or a thin row is, in words.
fn what_is(props: &CrowdProps, cell: usize) -> Option<String> {
    let words = props.stage.lang.timeline();
    if let Some(track) = props.thin() {
        let last = &track.bars[*props.row(cell)?.bars.last()?];
        return Some(words.bar_name(last, track.outcome.limit).trim_end_matches(words.format.full_stop).to_owned());
    }
    let state = props.crowd().states(cell..cell + 1, props.now).next()?;
    if let CrowdOf::Many(many) = props.of {
        return Some(words.one_of_many(many, cell + 1, props.len(), &name(&props.stage, many, cell), state));
    }
    let (track, of) = (props.job()?, props.of(cell)?);
    let pod = track.newest(of, props.now).map(|bar| {
        let ended = bar.end.filter(|end| end.mark.at <= props.now);
        Attempt { number: bar.birth.attempt, exit_code: ended.and_then(|end| end.exit_code) }
    });
    Some(words.cell_name(of, state, pod))
}

/// The name of one of many, or what stands for it.
fn name(stage: &Stage, many: Many, number: usize) -> String {
    let timeline = &stage.timeline;
    let name = match many {
        Many::Jobs => timeline.jobs.get(number).map(|track| track.name.to_string()),
        Many::CronJobs => timeline.cron_jobs.get(number).map(|lane| lane.name.to_string()),
        Many::Ticks(lane) => {
            let lane = &timeline.cron_jobs[lane];
            lane.ticks.get(number).map(|tick| day_and_time(lane.wall_clock(tick.scheduled)))
        }
        Many::Inputs => timeline.faults.get(number).map(|fault| (stage.lang.timeline().fault)(fault)),
    };
    name.unwrap_or_default()
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
        let at = match (spot, props.thin()) {
            // Of a thin row with several attempts the one under the pointer, the first if it is before them all.
            (Some((x, _)), Some(track)) => {
                let first = props.row(pressed).and_then(|row| row.bars.first());
                let first = first.map(|first| track.bars[*first].created.at);
                props.stage.timeline.axis.time(x / grid.width).max(first.unwrap_or(Time::ZERO))
            }
            (None, Some(_)) => Time::NEVER,
            (_, None) => props.now,
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
    let words = props.stage.lang.timeline();
    let counts = props.crowd().counts(props.now);
    let legend = CellState::ALL.iter().filter(|state| counts[**state as usize] > 0).map(|state| {
        let number = counts[*state as usize];
        let which = if *state == CellState::Failed && number <= NAMED { which(props, *state) } else { String::new() };
        html! {
            <span class={classes!("st", cell_class(*state))}><i class={cell_class(*state)}/>{ in_state(&props.stage, props.of, *state, number as usize) }{ which }</span>
        }
    });
    let onchange = {
        let (props, go) = (props.clone(), go.clone());
        Callback::from(move |event: Event| {
            let number = event.target_unchecked_into::<HtmlInputElement>().value().trim().parse().ok();
            if let Some(cell) = number.and_then(|number| props.cell_called(number)) {
                go.emit((cell, true));
                props.select(cell, props.now);
            }
        })
    };
    let go_to = match (props.of, props.job()) {
        (CrowdOf::Many(many), _) => (words.many.go_to)(many),
        (CrowdOf::Pods(_), track) => (words.go_to)(track.is_some_and(|track| track.lane.is_indexed)),
    };
    html! {
        <div class="sum" role="gridcell">
            { for legend }
            <label class="goto">{ go_to }
                <input type="number" min={props.called(0).to_string()} max={props.called(props.len().saturating_sub(1)).to_string()}
                    value={props.called(cell).to_string()} {onchange}/>
            </label>
        </div>
    }
}

/// The cells of a state, by number. Among very many, looking for them would cost each frame.
fn which(props: &CrowdProps, state: CellState) -> String {
    if props.detail() == DetailLevel::Bands {
        return String::new();
    }
    let states = props.crowd().states(0..props.len(), props.now).enumerate();
    let cells = states.filter(|(_, other)| *other == state).map(|(cell, _)| props.called(cell));
    (props.stage.lang.timeline().listed)(&cells.collect::<Vec<usize>>())
}

/// A rectangle per stretch of equal neighbours; the gaps between cells lie over them as a sheet with holes.
fn cells(props: &CrowdProps, grid: CellGrid) -> Html {
    let states: Vec<CellState> = props.crowd().states(grid.first..grid.first + grid.count, props.now).collect();
    let id = match props.of {
        CrowdOf::Pods(track) => format!("cells-{track}"),
        CrowdOf::Many(Many::Ticks(lane)) => format!("ticks-{lane}"),
        CrowdOf::Many(many) => format!("cells-{many:?}"),
    };
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

#[derive(Clone, PartialEq)]
struct ThinProps {
    stage: Shared<Stage>,
    track: usize,
    order: RowOrder,
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
            { for thin_paths(&props.stage.timeline, track, &track.sorted_rows(props.order)).into_iter().map(|(class, d)| html! { <path {class} {d}/> }) }
        </svg>
    }
}

/// The most intervals of a set that are written out: more than there is room for.
const STRETCHES: usize = 40;

/// `completedIndexes` and `failedIndexes` at the playhead.
fn sets(props: &CrowdProps) -> Vec<(&'static str, String)> {
    let job = props.job().and_then(|track| props.stage.recording.job_at(track.job, props.now));
    let Some(job) = job.filter(|job| job.spec.is_indexed()) else { return Vec::new() };
    let written = |set: &IndexSet| match set.intervals() {
        [] => "–".to_owned(),
        all if all.len() <= STRETCHES => set.to_string(),
        all => format!("{},…", IndexSet::from_intervals(all[..STRETCHES].to_vec())),
    };
    let completed = ("completedIndexes", written(&job.status.completed_indexes));
    let failed = job.status.failed_indexes.iter().map(|set| ("failedIndexes", written(set)));
    std::iter::once(completed).chain(failed).collect()
}
