//! A lane: its header, its track, and the button that opens its menu.

use crate::api::{ObjectKey, PodId};
use crate::texts::Lang;
use crate::time::Time;
use crate::timeline::many::Many;
use crate::timeline::pods::{Row, RowOf};
use crate::timeline::{DetailLevel, JobTrack, Timeline};
use crate::web::controls::icon::icon;
use crate::web::controls::late::late_piece;
use crate::web::controls::piece::{Piece, piece};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use crate::web::timeline::SheetProps;
use crate::web::timeline::container_row::ContainerProps;
use crate::web::timeline::controller_row::controller_track;
use crate::web::timeline::cron_row::cron_track;
use crate::web::timeline::crowd::CrowdProps;
use crate::web::timeline::crowd_of::{CrowdOf, detail};
use crate::web::timeline::fault_menu::MenuTarget;
use crate::web::timeline::job_row::job_track;
use crate::web::timeline::layout::{self, FaultTracks, Lane, LaneKind, RowIs};
use crate::web::timeline::many_marks::{InputMarks, TickMarks};
use crate::web::timeline::node_row::NodeProps;
use crate::web::timeline::pod_row::RowProps;
use crate::web::timeline::track::{TrackOf, TrackProps};
use yew::functional::HookContext;
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

/// The menu that is open.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct OpenMenu {
    pub(super) of: MenuTarget,
    pub(super) top: f64,
    pub(super) to_number: bool,
}

/// Draws lanes.
pub(super) struct LanePainter<'p> {
    pub(super) props: &'p SheetProps,
    pub(super) whole: &'p Shared<Stage>,
    pub(super) now: Time,
    pub(super) width: f64,
    pub(super) tracks: FaultTracks,
    pub(super) menu: UseStateHandle<Option<OpenMenu>>,
    pub(super) open_input: usize,
    pub(super) on_open: Callback<usize>,
}

impl LanePainter<'_> {
    pub(super) fn lane(&self, lane: &Lane) -> Html {
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

/// What a menu is called.
pub(super) fn menu_title(timeline: &Timeline, of: MenuTarget, lang: Lang) -> String {
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
