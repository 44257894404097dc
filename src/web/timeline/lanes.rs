//! The grid of lanes: a row header per lane and its marks as buttons; over them the breaks, the veil, the thread and the
//! playhead. The keyboard walks over the buttons.

use super::aim::{Aiming, use_aim};
use super::container_row::ContainerProps;
use super::controller_row::controller_track;
use super::cron_row::cron_track;
use super::crowd::CrowdProps;
use super::crowd_of::{CrowdOf, detail};
use super::fault_menu::{FaultMenuProps, MenuTarget};
use super::faults::FaultProps;
use super::job_row::job_track;
use super::layout::{self, AXIS, CLUSTER, FaultPlace, FaultTracks, Lane, LaneKind, Open, RowIs, percent};
use super::many_marks::{InputMarks, TickMarks};
use super::node_row::{NodeProps, Ties};
use super::overlay::{AxisProps, ThreadProps, axis, breaks, old_future};
use super::pod_row::RowProps;
use super::track::{TrackOf, TrackProps};
use super::{SheetProps, gestures, grid_keys};
use crate::api::{ObjectKey, PodId};
use crate::order;
use crate::texts::Lang;
use crate::time::Time;
use crate::timeline::faults::Fault;
use crate::timeline::many::Many;
use crate::timeline::pods::{Row, RowOf};
use crate::timeline::{DetailLevel, JobTrack, Timeline, stepping};
use crate::web::browser;
use crate::web::controls::icon::icon;
use crate::web::controls::late::late_piece;
use crate::web::controls::piece::{Piece, piece, piece_of_list};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use gestures::Gestures;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

impl Piece for TrackProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        match self.of {
            TrackOf::Job => job_track(self),
            TrackOf::Controller => controller_track(self),
            TrackOf::CronJob => cron_track(self),
        }
    }
}

/// Width of the track until it is measured.
const WIDTH: f64 = 880.0;

/// The lanes of a sheet.
#[derive(PartialEq)]
pub(super) struct Lanes {
    /// On the axis of the part that is shown.
    pub(super) sheet: SheetProps,
    /// For what does not depend on the axis.
    pub(super) whole: Shared<Stage>,
}

impl Piece for Lanes {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_lanes(&self.sheet, &self.whole).run(hooks)
    }
}

/// Everything between the instruments and the tray.
#[hook]
fn use_lanes(props: &SheetProps, whole: &Shared<Stage>) -> Html {
    let words = props.stage.lang.timeline();
    let track = use_node_ref();
    let grid = use_node_ref();
    let width = use_width(&track);
    let menu = use_state(|| None::<OpenMenu>);
    let timeline = &props.stage.timeline;
    let now = stepping::current(&timeline.moments, props.playhead).map_or(Time::ZERO, |moment| moment.at);

    let kept_places = use_mut_ref(|| (Vec::<(usize, FaultPlace)>::new(), FaultTracks::default()));
    // Of many inputs only the open one has a box.
    let opened = use_state(|| 0usize);
    let are_many = timeline.crowd(Many::Inputs).is_some();
    let held = props.held.and_then(|held| timeline.faults.iter().position(|fault| fault.input == held.input));
    let open_input = held.or_else(|| open_input(props, *opened)).unwrap_or(*opened);
    let open_input = open_input.min(timeline.faults.len().saturating_sub(1));
    let boxes = if are_many { open_input..open_input + 1 } else { 0..timeline.faults.len() };
    let named: Vec<(usize, &Fault, String)> =
        boxes.map(|n| (n, &timeline.faults[n], (words.fault)(&timeline.faults[n]))).collect();
    let by_node = layout::is_by_node(timeline, props.rows);
    let (mut places, mut tracks) = layout::fault_places(timeline, &named, by_node, width);
    // While one is dragged, each stays in its track.
    if held.is_some() {
        let (kept, count) = &*kept_places.borrow();
        let place = |fault: &Fault| kept.iter().find(|(input, _)| *input == fault.input).map(|(_, place)| *place);
        places = named.iter().map(|(_, fault, _)| place(fault).unwrap_or_default()).collect();
        tracks = count.clone();
    } else {
        let inputs = named.iter().map(|(_, fault, _)| fault.input);
        *kept_places.borrow_mut() = (inputs.zip(places.iter().copied()).collect(), tracks.clone());
    }
    // In the order of the text: an element that is moved in the document is let go.
    let mut boxes: Vec<(&(usize, &Fault, String), FaultPlace)> = named.iter().zip(places.iter().copied()).collect();
    order::sort_by_key(&mut boxes, |((_, fault, _), _)| fault.input);
    let object = props.selection.and_then(|on| on.object);
    let subject = timeline.subject(object, props.playhead).map(|track| track.job);
    let open = Open {
        job: subject.and_then(|job| timeline.jobs.binary_search_by_key(&job, |track| track.job).ok()),
        cron_job: timeline.cron_lane(object.or(subject.map(ObjectKey::Job))),
        row: match object {
            Some(ObjectKey::Pod(pod)) => layout::open_row(timeline, pod),
            Some(ObjectKey::Job(_) | ObjectKey::CronJob(_) | ObjectKey::Node(_)) | None => None,
        },
    };
    let of_lanes = (timeline.clone(), (props.order, props.rows), tracks.clone(), open, width.to_bits());
    let lanes = use_memo(of_lanes, |(timeline, order, tracks, open, width)| {
        layout::lanes(timeline, *order, tracks, *open, f64::from_bits(*width))
    });
    let height = lanes.last().map_or(AXIS, |lane| lane.top + lane.height);
    let on_open = Callback::from(move |input: usize| opened.set(input));
    let painter = LanePainter { props, whole, now, width, tracks, menu: menu.clone(), open_input, on_open };
    let axis_props = AxisProps { stage: props.stage.clone(), playhead: props.playhead, width, track: track.clone() };
    use_roving(&grid, props.stage.timeline.clone());

    let on_exit_code = {
        let (menu, lanes, timeline) = (menu.clone(), Rc::clone(&lanes), timeline.clone());
        Callback::from(move |pod: PodId| {
            let top =
                lanes.iter().find(|lane| layout::is_row_of(&timeline, lane.kind, pod)).map_or(AXIS, |lane| lane.top);
            menu.set(Some(OpenMenu { of: MenuTarget::Pod(pod), top, to_number: true }));
        })
    };
    let onkeydown = grid_keys::grid(props, &grid, &on_exit_code);
    let Aiming { aim, ondragover, ondragleave, ondrop } = use_aim(props, &track, &lanes, width);
    let onfocusin = grid_keys::keep_focus(props, &grid, &track);
    let is_part = props.sight.window.is_some();
    let (Gestures { onpointerdown, onpointermove, onpointerup, onpointercancel, ondblclick }, range) =
        gestures::use_gestures(&grid, &track, &props.stage.on_action, is_part);
    let class = classes!("lanes", held.is_some().then_some("held"), is_part.then_some("part"));
    // One for the life of the lanes: a menu that is drawn anew forgets what was typed into it.
    let close = use_callback(menu.setter(), |(), menu| menu.set(None));
    let scroller = use_node_ref();
    super::scroller::use_in_sight(props, &lanes, &scroller);
    html! {<>
        <div class="scroller" ref={scroller.clone()}>
        <div {class} ref={grid} ~style={format!("min-height:{:.0}px", height + 8.0)} {onkeydown} {onfocusin} {ondrop} {ondragover} {ondragleave}
            {onpointerdown} {onpointermove} {onpointercancel} {onpointerup} {ondblclick}>
            { axis(&axis_props) }
            <div role="grid" aria-label={words.timeline} class="grid">
                { for lanes.iter().map(|lane| painter.lane(lane)) }
            </div>
            { breaks(timeline) }
            if let Some(old) = &props.ghost { { old_future(old, timeline, &lanes, props.playhead, held.is_some()) } }
            <div class="over veils" aria-hidden="true"><div class="veil" ~style={layout::moved(timeline.axis.x(props.playhead).clamp(0.0, 1.0))}/></div>
            { piece(ThreadProps { stage: props.stage.clone(), selection: props.selection, lanes: Rc::clone(&lanes), width }) }
            { piece(Ties { stage: props.stage.clone(), lanes: Rc::clone(&lanes) }) }
            { stems(timeline, &lanes, &named, &places) }
            { piece(axis_props) }
            <div class="over faults">
                { for boxes.into_iter().map(|((n, fault, words), place)| html! {
                    { piece_of_list(fault.input, FaultProps { stage: props.stage.clone(), fault: *n, words: words.clone().into(), top: layout::fault_top(&lanes, place), width, on: is_on(props, fault), held: props.held.filter(|held| held.input == fault.input), track: track.clone() }) }
                }) }
            </div>
            { aim }
            { range }
        </div>
        </div>
        if let Some(OpenMenu { of, top, to_number }) = *menu {
            { late_piece(FaultMenuProps { stage: props.stage.clone(), of, place: super::scroller::menu_place(&scroller, top).into(), to_number, title: menu_title(timeline, of, props.stage.lang).into(), playhead: props.playhead, on_close: close }) }
        }
    </>}
}

/// The input that is selected, else the one that was opened last.
fn open_input(props: &SheetProps, opened: usize) -> Option<usize> {
    let step = props.selection?.step;
    let is_selected = |fault: &Fault| fault.mark.is_some_and(|mark| mark.step == step);
    let faults = &props.stage.timeline.faults;
    if faults.get(opened).is_some_and(is_selected) { Some(opened) } else { faults.iter().position(is_selected) }
}

fn is_on(props: &SheetProps, fault: &Fault) -> bool {
    props.selection.is_some_and(|on| fault.mark.is_some_and(|mark| mark.step == on.step))
}

/// The menu that is open.
#[derive(Clone, Copy, PartialEq)]
struct OpenMenu {
    of: MenuTarget,
    top: f64,
    to_number: bool,
}

struct LanePainter<'p> {
    props: &'p SheetProps,
    whole: &'p Shared<Stage>,
    now: Time,
    width: f64,
    tracks: FaultTracks,
    menu: UseStateHandle<Option<OpenMenu>>,
    open_input: usize,
    on_open: Callback<usize>,
}

impl LanePainter<'_> {
    fn lane(&self, lane: &Lane) -> Html {
        let words = self.props.stage.lang.timeline();
        let timeline = &self.props.stage.timeline;
        let (class, head, track) = match lane.kind {
            LaneKind::Cluster => {
                let marks = timeline.crowd(Many::Inputs).map(|_| piece(InputMarks(self.props.stage.clone())));
                (
                    "",
                    html! { words.cluster },
                    html! { <div role="gridcell" class="cell">{ marks.unwrap_or_default() }</div> },
                )
            }
            LaneKind::Cron(n) => {
                let cron_job = &timeline.cron_jobs[n];
                let head = html! { <><b>{ "CronJob" }</b><span class="name" title={cron_job.name.to_string()}>{ &*cron_job.name }</span>{ self.more(MenuTarget::CronJob(cron_job.cron_job), lane.top) }</> };
                let track = match timeline.crowd(Many::Ticks(n)) {
                    Some(_) => {
                        html! { <div role="gridcell" class="cell">{ piece(TickMarks { stage: self.props.stage.clone(), lane: n }) }</div> }
                    }
                    None => self.track_of(TrackOf::CronJob, n),
                };
                ("", head, track)
            }
            LaneKind::Job(n) => {
                let job = &timeline.jobs[n];
                let head = html! { <><b>{ "Job" }</b><span class="name" title={job.name.to_string()}>{ &*job.name }</span>{ self.more(MenuTarget::Job(job.job), lane.top + 16.0) }</> };
                ("joblane", head, self.track_of(TrackOf::Job, n))
            }
            LaneKind::Controller(n) => ("ctrl", html! { words.controller }, self.track_of(TrackOf::Controller, n)),
            LaneKind::Group(_, outcome, count) => {
                ("group", html! { (words.rows_words.group)(outcome, count) }, Html::default())
            }
            LaneKind::Row(n, row) => return self.pod_row(lane, n, row),
            LaneKind::Container(n, row, container) => return self.container_row(lane, n, row, container),
            LaneKind::NoNode => ("node", html! { <b>{ words.depth.no_node }</b> }, Html::default()),
            LaneKind::Node(n) => {
                let node = &timeline.nodes[n];
                let head = html! { <><b class="nodename" title={node.name.to_string()}>{ &*node.name }</b><span class="cpu">{ words.node_cpu(node, self.now) }</span>{ self.more(MenuTarget::Node(node.node), lane.top) }</> };
                let track = piece(NodeProps {
                    stage: self.props.stage.clone(),
                    node: n,
                    over: self.tracks.over_node(n),
                    now: self.now,
                    selection: self.props.selection,
                    width: self.width,
                });
                ("node", head, track)
            }
            LaneKind::Crowd(of) => {
                let head = match of {
                    CrowdOf::Pods(n) => html! { crowd_name(&timeline.jobs[n], self.props.stage.lang) },
                    CrowdOf::Many(many) => html! { (words.many.what)(many) },
                };
                let props = self.props;
                let (open, on_open) = match of {
                    CrowdOf::Many(Many::Inputs) => (self.open_input, self.on_open.clone()),
                    CrowdOf::Many(_) | CrowdOf::Pods(_) => (0, Callback::noop()),
                };
                // Cells are the same whatever part is shown.
                let is_thin = detail(&props.stage.timeline, of) <= DetailLevel::Thin;
                let stage = if is_thin { &props.stage } else { self.whole };
                let track = html! {
                    { late_piece(CrowdProps { stage: stage.clone(), of, order: props.order, open, on_open, now: self.now, selection: props.selection, width: self.width }) }
                };
                ("dense", head, track)
            }
        };
        self.frame(lane, class, head, track)
    }

    fn frame(&self, lane: &Lane, class: &'static str, head: Html, track: Html) -> Html {
        html! {
            <div key={format!("{:?}", lane.kind)} class={classes!("lane", class)} role="row" ~style={format!("height:{:.0}px", lane.height)}>
                <div class="lab" role="rowheader">{ head }</div>
                <div class="track" role="presentation">{ track }</div>
            </div>
        }
    }

    fn track_of(&self, of: TrackOf, track: usize) -> Html {
        let props = self.props;
        piece(TrackProps {
            of,
            stage: props.stage.clone(),
            track,
            now: self.now,
            selection: props.selection,
            width: self.width,
        })
    }

    /// A container of a row of pods. The row of the pod has the menu and the name.
    fn container_row(&self, lane: &Lane, n: usize, row: RowIs, position: usize) -> Html {
        let props = self.props;
        let track = &props.stage.timeline.jobs[n];
        let of = layout::row_of(track, row);
        let Some(container) = track.all_containers_of(&of).get(position) else { return Html::default() };
        let head = html! { <>
            <span class="kind">{ (props.stage.lang.timeline().depth.role)(container.role) }</span>
            <span class="mono" title={container.name.to_string()}>{ &*container.name }</span>
        </> };
        let selection = props.selection.filter(|_| self.is_on(n, &of));
        let body = piece(ContainerProps {
            stage: props.stage.clone(),
            track: n,
            row,
            position,
            now: self.now,
            selection,
            width: self.width,
        });
        self.row_frame(lane, ("podrow inner", "lab inner"), selection.is_some(), head, body)
    }

    /// Whether one of the pods of a row is selected.
    fn is_on(&self, n: usize, row: &Row) -> bool {
        let track = &self.props.stage.timeline.jobs[n];
        let is_on = |pod: PodId| self.props.selection.is_some_and(|on| on.object == Some(ObjectKey::Pod(pod)));
        row.bars.iter().any(|position| is_on(track.bars[*position].pod))
    }

    fn row_frame(
        &self,
        lane: &Lane,
        (class, lab): (&'static str, &'static str),
        on: bool,
        head: Html,
        body: Html,
    ) -> Html {
        html! {
            <div key={format!("{:?}", lane.kind)} class={classes!("lane", class, on.then_some("on"))} role="row" ~style={format!("height:{:.0}px", lane.height)}>
                <div class={lab} role="rowheader">{ head }</div>
                <div class="track" role="presentation">{ body }</div>
            </div>
        }
    }

    fn pod_row(&self, lane: &Lane, n: usize, row: RowIs) -> Html {
        let props = self.props;
        let track = &props.stage.timeline.jobs[n];
        let of = &*layout::row_of(track, row);
        let (name, more) = (props.stage.lang.timeline().row)(of.of, of.bars.len());
        let suffix = match of.of {
            RowOf::Pod(pod) => {
                track.bar(pod).map(|bar| bar.birth.suffix.iter().map(|byte| char::from(*byte)).collect::<String>())
            }
            RowOf::Index(_) | RowOf::NeverMade => None,
        };
        // Before its first pod, that one is meant.
        let target = newest(track, of, props.playhead).or(of.bars.last().map(|bar| track.bars[*bar].pod));
        let on = self.is_on(n, of);
        let head = html! { <>
            <b>{ name }</b>
            if let Some(suffix) = suffix { <span class="mono">{ suffix }</span> }
            if !more.is_empty() { <span class="attempts">{ more }</span> }
            if let Some(pod) = target { { self.more(MenuTarget::Pod(pod), lane.top) } }
        </> };
        let body = html! {
            { piece(RowProps { stage: props.stage.clone(), track: n, row, now: self.now, selection: props.selection.filter(|_| on || self.is_of_job(n)), width: self.width }) }
        };
        let class = if matches!(row, RowIs::Pod(..)) { "podrow onnode" } else { "podrow" };
        self.row_frame(lane, (class, "lab pod"), on, head, body)
    }

    fn is_of_job(&self, n: usize) -> bool {
        self.props.selection.is_some_and(|on| on.object == Some(ObjectKey::Job(self.props.stage.timeline.jobs[n].job)))
    }

    /// The button that opens the menu of verbs.
    fn more(&self, of: MenuTarget, top: f64) -> Html {
        let menu = self.menu.clone();
        let title = menu_title(&self.props.stage.timeline, of, self.props.stage.lang);
        let is_open = menu.is_some_and(|open| open.of == of);
        let open = OpenMenu { of, top, to_number: false };
        let onclick = Callback::from(move |_: MouseEvent| menu.set((!is_open).then_some(open)));
        html! {
            <button type="button" class="more" tabindex="-1" {onclick} aria-haspopup="dialog" aria-expanded={is_open.to_string()} aria-label={title.clone()} title={title}>{ icon("bolt") }</button>
        }
    }
}

/// From which to which index or pod a crowd goes.
fn crowd_name(track: &JobTrack, lang: Lang) -> String {
    let all = track.lane.is_indexed && track.detail() >= DetailLevel::Cells;
    let ends = if all { None } else { track.rows.first().zip(track.rows.last()) };
    match ends.map(|(first, last)| (first.of, last.of)) {
        Some((RowOf::Index(first), RowOf::Index(last))) => (lang.timeline().rows)(true, first as usize, last as usize),
        Some(_) => (lang.timeline().rows)(false, 1, track.rows.len()),
        None => (lang.timeline().rows)(true, 0, track.crowd.len().saturating_sub(1)),
    }
}

/// The newest pod of a row that there is at the playhead.
fn newest(track: &JobTrack, row: &Row, at: Time) -> Option<PodId> {
    let started = row.bars.partition_point(|position| track.bars[*position].created.at <= at);
    let bar = &track.bars[*row.bars[..started].last()?];
    bar.ghost.is_none_or(|ghost| ghost.mark.at > at).then_some(bar.pod)
}

fn menu_title(timeline: &Timeline, of: MenuTarget, lang: Lang) -> String {
    let words = lang.timeline();
    let name = match of {
        MenuTarget::Pod(pod) => (words.row)(RowOf::Pod(pod), 1).0,
        MenuTarget::Job(job) => format!("Job {}", timeline.track(job).map_or("", |track| &track.name)),
        MenuTarget::CronJob(cron_job) => {
            let lane = timeline.cron_jobs.iter().find(|lane| lane.cron_job == cron_job);
            format!("CronJob {}", lane.map_or("", |lane| &lane.name))
        }
        MenuTarget::Node(node) => timeline.node(node).map_or_else(String::new, |lane| lane.name.to_string()),
    };
    (words.menu)(&name)
}

/// Dashed lines from the faults down to what they hit.
fn stems(
    timeline: &Shared<Timeline>,
    lanes: &[Lane],
    named: &[(usize, &Fault, String)],
    places: &[FaultPlace],
) -> Html {
    let foot = |fault: &Fault, (node, _): FaultPlace| {
        if let Some(lane) = lanes.iter().find(|lane| node.is_some_and(|node| lane.kind == LaneKind::Node(node))) {
            return lane.top + lane.height - 4.0;
        }
        let track = |n: usize| &timeline.jobs[n];
        let hit = lanes.iter().find(|lane| match (lane.kind, fault.pod, fault.job) {
            (row @ LaneKind::Row(..), Some(pod), _) => layout::is_row_of(timeline, row, pod),
            (LaneKind::Job(n), None, Some(job)) => track(n).job == job,
            (LaneKind::Controller(_), None, None) => true,
            _ => false,
        });
        hit.map_or(AXIS + CLUSTER, |lane| lane.top + 9.0)
    };
    html! {
        <div class="over" aria-hidden="true">
            { for named.iter().map(|(_, fault, _)| *fault).zip(places).filter(|(fault, _)| !fault.disabled).map(|(fault, place)| {
                let top = layout::fault_top(lanes, *place) + 13.0;
                let style = format!("left:{};top:{top:.0}px;height:{:.0}px", percent(timeline.axis.x(fault.at)), (foot(fault, *place) - top).max(0.0));
                html! { <div class="stem" ~{style}/> }
            }) }
        </div>
    }
}

/// The width of an element, kept up to date.
#[hook]
fn use_width(node: &NodeRef) -> f64 {
    let width = use_state(|| WIDTH);
    {
        let (node, width) = (node.clone(), width.clone());
        use_effect_with((), move |()| {
            let element = node.cast::<Element>();
            let measured = element.clone();
            let on_resize = Closure::<dyn FnMut()>::new(move || {
                let now: f64 = measured.as_ref().map_or(0.0, |element| element.get_bounding_client_rect().width());
                if now > 0.0 {
                    // Whole steps: a pixel more changes no label.
                    width.set((now / 4.0).round() * 4.0);
                }
            });
            let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(element)) = (&observer, &element) {
                observer.observe(element);
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(on_resize);
            }
        });
    }
    *width
}

/// One button of the grid can be reached by Tab; the arrow keys go on from there. If the one that has the focus goes, its
/// place is taken.
#[hook]
fn use_roving(grid: &NodeRef, timeline: Shared<Timeline>) {
    let had_focus =
        grid.cast::<Element>().is_some_and(|grid| browser::first_in::<Element>(&grid, ".grid .hit:focus").is_some());
    let grid = grid.clone();
    use_effect_with(timeline, move |_| {
        let Some(grid) = grid.cast::<Element>() else { return };
        let first = |selector| browser::first_in::<HtmlElement>(&grid, selector);
        let reached = first(".grid button[tabindex='0']");
        let reached = reached.or_else(|| first(".podrow .hit")).or_else(|| first(".hit"));
        let Some(reached) = reached else { return };
        reached.set_tab_index(0);
        if had_focus && first(".hit:focus").is_none() {
            // A page that refuses the focus keeps working.
            let _ = reached.focus();
        }
    });
}
