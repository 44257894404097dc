//! The Job lane.

use super::layout::{BESIDE, Labels, percent, text_width};
use super::on_track::OnTrack;
use super::pod_row::Drawing;
use super::shapes;
use super::track::{TrackProps, pile_of};
use crate::api::{ConditionStatus, ConditionType, ObjectKey};
use crate::explain::Selection;
use crate::time::Time;
use crate::timeline::JobTrack;
use crate::timeline::job_lane::{ConditionFlag, StatusCounts, StretchKind};
use std::fmt::Write;
use std::rc::Rc;
use yew::prelude::*;

/// Bottom of the counters, and the height that all pods alive together take.
const FLOOR: f64 = 52.0;
/// Where flags end.
const FLAG_FOOT: f64 = 26.0;
const HEIGHT: f64 = 16.0;
const FAILURE: f64 = 5.0;
const FAILURES: f64 = 20.0;

/// The track of a Job lane.
pub(super) fn job_track(props: &TrackProps) -> Html {
    let track = &props.stage.timeline.jobs[props.track];
    let mut drawing = Drawing::default();
    let mut labels = Labels::default();
    stretches(props, track, &mut drawing);
    flags(props, track, &mut drawing, &mut labels);
    overlaps(props, track, &mut drawing, &mut labels);
    // Counters and TTL stand lower, beneath the flags.
    let mut low = Labels::default();
    counters(props, track, &mut drawing, &mut low, &labels);
    ttl(props, track, &mut drawing, &mut low);
    drawing.html()
}

fn stretches(props: &TrackProps, track: &JobTrack, drawing: &mut Drawing) {
    let lane = &track.lane;
    let gone = lane.deleted.map_or(props.stage.timeline.end, |(mark, _)| mark.at);
    let (x, width) = props.extent(lane.created.at, gone);
    drawing.marks.push(html! { <rect {x} y="52" {width} height="1" fill="var(--line-2)"/> });
    let suspended: Vec<_> = lane.stretches.iter().filter(|stretch| stretch.kind == StretchKind::Suspended).collect();
    for pile in shapes::piles(&suspended, |stretch| props.x(stretch.from), |_, _, gap| gap >= 4.0) {
        let stretch = suspended[pile.start];
        let extent = props.extent(stretch.from, stretch.to);
        drawing.marks.push(shapes::dashes(&extent, "44.500", "var(--line-3)", "2 4"));
    }
}

/// Active pods as an area; failures and successes as lines that step up.
fn counters(props: &TrackProps, track: &JobTrack, drawing: &mut Drawing, labels: &mut Labels, flags: &Labels) {
    let counts = &track.lane.counts;
    let most = f64::from(track.lane.most_alive.max(1));
    let worst = counts.iter().map(|counts| counts.failed.max(counts.succeeded)).max().unwrap_or(1).max(1);
    let step = (FAILURES / f64::from(worst)).min(FAILURE);
    let gone = track.lane.deleted.map_or(props.stage.timeline.end, |(mark, _)| mark.at);
    let over = track.lane.finished().map_or(gone, |flag| flag.mark.at);
    let until = |n: usize| counts.get(n + 1).map_or(over, |next| next.mark.at).min(over);
    // However many counts there are, they are a few paths.
    let (mut running, mut terminating) = (Area::default(), Area::default());
    for (n, now) in counts.iter().enumerate() {
        let height = f64::from(now.active + now.terminating) / most * HEIGHT;
        if height > 0.0 && now.mark.at < over {
            let area = if now.active == 0 { &mut terminating } else { &mut running };
            area.add(props.x(now.mark.at), props.x(until(n)), FLOOR - height);
        }
    }
    let needed = track.lane.last.spec.completions.unwrap_or(2);
    let line = |of: fn(&StatusCounts) -> u32, colour: &'static str| {
        let d = steps(props, counts, over, step, of);
        (!d.is_empty())
            .then(|| html! { <path {d} fill="none" stroke={colour} stroke-width="2" stroke-linejoin="round"/> })
    };
    drawing.marks.push(html! {
        <svg viewBox={format!("0 0 {} 58", props.width)} preserveAspectRatio="none" width="100%" height="58" overflow="visible">
            { running.html("var(--running)") }
            { terminating.html("var(--terminating)") }
            { (needed > 1).then(|| line(|counts| counts.succeeded, "var(--succeeded)")).flatten() }
            { line(|counts| counts.failed, "var(--failed)") }
        </svg>
    });
    let words = props.stage.lang.timeline();
    for pair in counts.windows(2) {
        let (before, now) = (&pair[0], &pair[1]);
        if now.failed <= before.failed {
            continue;
        }
        let text = (words.failed)(now.failed);
        let left = props.x(now.mark.at) + 6.0;
        let y = FLOOR - f64::from(now.failed) * step - 5.0;
        let right = left + text_width(&text);
        let is_under_flag = y > FLAG_FOOT + 14.0 || flags.is_free(left, right);
        if is_under_flag && labels.fits(left, right + 24.0) {
            let y = format!("{y:.1}");
            let label = shapes::label("x-failed halo thick", (&props.at(now.mark.at), "6"), y, "start", text);
            drawing.words(now.mark.at, props.now, label);
        }
    }
}

/// Pods alive: an area with an edge, as two paths.
#[derive(Default)]
struct Area {
    fill: String,
    edge: String,
}

impl Area {
    fn add(&mut self, from: f64, to: f64, y: f64) {
        // Writing to a String cannot fail.
        let _ = write!(self.fill, "M{from:.1} {FLOOR}V{y:.1}H{to:.1}V{FLOOR}z");
        let _ = write!(self.edge, "M{from:.1} {:.2}H{to:.1}", y + 0.75);
    }

    fn html(self, colour: &'static str) -> Option<Html> {
        (!self.fill.is_empty()).then(|| {
            html! { <>
                <path d={self.fill} fill={colour} opacity=".17"/>
                <path d={self.edge} fill="none" stroke={colour} stroke-width="1.5"/>
            </> }
        })
    }
}

/// A counter as a line that steps up and down.
fn steps(props: &TrackProps, counts: &[StatusCounts], over: Time, step: f64, of: fn(&StatusCounts) -> u32) -> String {
    let mut path = String::new();
    let mut before = 0;
    for now in counts.iter().filter(|now| now.mark.at <= over) {
        let count = of(now);
        if count == before {
            continue;
        }
        if path.is_empty() {
            path = format!("M{:.1} {FLOOR}", props.x(now.mark.at));
        }
        let _ = write!(path, "H{:.1}V{:.1}", props.x(now.mark.at), FLOOR + 1.0 - f64::from(count) * step);
        before = count;
    }
    if !path.is_empty() {
        let _ = write!(path, "H{:.1}", props.x(over));
    }
    path
}

fn flags(props: &TrackProps, track: &JobTrack, drawing: &mut Drawing, labels: &mut Labels) {
    let (terminal, interim): (Vec<&ConditionFlag>, Vec<&ConditionFlag>) =
        track.lane.flags.iter().partition(|flag| flag.is_terminal());
    for flag in &terminal {
        terminal_flag(props, track, flag, drawing, labels);
    }
    let piles = shapes::piles(&interim, |flag| props.x(flag.mark.at), |_, _, gap| gap >= 12.0);
    for pile in piles {
        let (flag, more) = (interim[pile.start], &interim[pile.start + 1..pile.end]);
        let with_terminal = terminal.iter().any(|other| other.mark.at == flag.mark.at);
        interim_flag(props, track, (flag, more), with_terminal, drawing, labels);
    }
}

fn colour(condition: ConditionType) -> &'static str {
    match condition {
        ConditionType::Complete | ConditionType::SuccessCriteriaMet => "var(--succeeded)",
        ConditionType::Failed | ConditionType::FailureTarget => "var(--failed)",
        ConditionType::Suspended => "var(--line-3)",
    }
}

fn terminal_flag(
    props: &TrackProps,
    track: &JobTrack,
    flag: &ConditionFlag,
    drawing: &mut Drawing,
    labels: &mut Labels,
) {
    let (x, fill, name) = (props.at(flag.mark.at), colour(flag.condition), flag.condition.as_str());
    let width = text_width(name).ceil() + 20.0;
    let left = props.x(flag.mark.at);
    // No room to fly to the right: it flies to the left.
    let flips = left + width > props.width + 16.0 && left <= props.width;
    let tip = if flips { -width } else { width };
    let notch = if flips { tip + 5.0 } else { tip - 5.0 };
    let d = format!("M0 0H{tip}L{notch} 8 {tip} 16H0z");
    let (anchor, dx) = if flips { ("end", "-7") } else { ("start", "7") };
    drawing.marks.push(html! { <>
        <rect x={x.clone()} y="8" width="1.5" height="44" fill={fill}/>
        { shapes::mark(&x, "8", html! { <path {d} fill={fill}/> }) }
    </> });
    drawing.words(flag.mark.at, props.now, shapes::label("x-inv", (&x, dx), "20.5", anchor, name));
    labels.take(left.min(left + tip), left.max(left + tip));
    let text = flag.reason;
    if flag.condition == ConditionType::Failed && !flips {
        let room = text_width(text) + 10.0;
        let right = left + width + room <= props.width + 16.0 && labels.fits(left + width + 4.0, left + width + room);
        if right {
            let dx = format!("{:.0}", width + 8.0);
            drawing.words(flag.mark.at, props.now, shapes::label("x-2", (&x, &dx), "20.5", "start", text));
        }
    }
    let selection = Selection { step: flag.mark.step, object: Some(ObjectKey::Job(track.job)) };
    let style =
        if flips { format!("left:calc({x} - {width}px);width:{width}px") } else { format!("left:{x};width:{width}px") };
    let words = props.stage.lang.timeline();
    let label = format!("{name}, {text}. {}", words.press_enter);
    let on = props.selection == Some(selection);
    drawing.buttons.push((flag.mark.at, props.button(selection, on, style, "flag", label)));
}

fn interim_flag(
    props: &TrackProps,
    track: &JobTrack,
    (flag, more): (&ConditionFlag, &[&ConditionFlag]),
    with_terminal: bool,
    drawing: &mut Drawing,
    labels: &mut Labels,
) {
    let words = props.stage.lang.timeline();
    let text = (words.condition)(flag.condition, flag.status == ConditionStatus::True);
    let (x, left, width) = (props.at(flag.mark.at), props.x(flag.mark.at), text_width(text));
    if !with_terminal {
        drawing.marks.push(html! { <rect x={x.clone()} y="8" width="1.5" height="44" fill={colour(flag.condition)}/> });
    }
    // Beside a flag it stands left; alone it stands right, if it has room there.
    let (before, after) = ((left - width - 9.0, left - 1.0), (left + 1.0, left + width + 9.0));
    let is_left = with_terminal || !labels.is_free(after.0, after.1) || after.1 > props.width + 16.0;
    let stretch = if is_left { before } else { after };
    if stretch.0 >= 0.0 && labels.fits(stretch.0, stretch.1) {
        let (anchor, dx) = if is_left { ("end", "-9") } else { ("start", "7") };
        let label = shapes::label("x-2 halo", (&x, dx), "20", anchor, text);
        drawing.words(flag.mark.at, props.now, label);
    }
    let button = if is_left {
        format!("left:calc({x} - {:.0}px);width:{:.0}px", width + 8.0, width + 6.0)
    } else {
        format!("left:{x};width:{:.0}px", width + 8.0)
    };
    let selection = Selection { step: flag.mark.step, object: Some(ObjectKey::Job(track.job)) };
    let on = props.selection == Some(selection) && !with_terminal;
    let mut label = format!("{text}, {}. {}", flag.reason, words.press_enter);
    if more.is_empty() {
        drawing.buttons.push((flag.mark.at, props.button(selection, on, button, "flag", label)));
        return;
    }
    let _ = write!(label, " {}", (words.many.more_here)(more.len()));
    let others = more.iter().map(|flag| Selection { step: flag.mark.step, ..selection });
    let marks: Rc<[Selection]> = std::iter::once(selection).chain(others).collect();
    drawing.buttons.push((flag.mark.at, pile_of(props, marks, selection, button, "flag", label)));
}

fn ttl(props: &TrackProps, track: &JobTrack, drawing: &mut Drawing, labels: &mut Labels) {
    let words = props.stage.lang.timeline();
    let axis = &props.stage.timeline.axis;
    if let Some(ttl) = track.lane.ttl {
        let until = track.lane.deleted.map_or(ttl.until.min(props.stage.timeline.end), |(mark, _)| mark.at);
        let gap = axis.breaks.iter().find(|gap| ttl.from <= gap.from && gap.to <= until);
        let from = gap.map_or(props.share(ttl.from), |gap| gap.left);
        let width = props.share(until) - from;
        let middle = gap.map_or(from + width / 2.0, |gap| (gap.left + gap.right) / 2.0);
        let extent = (percent(from), percent(width.max(0.0)));
        drawing.marks.push(shapes::dashes(&extent, "44.500", "var(--ghost)", "5 4"));
        let label = shapes::label("x-2", (&percent(middle), "0"), "40", "middle", words.ttl);
        drawing.words(ttl.from, props.now, label);
        let (at, half) = (middle * props.width, text_width(words.ttl) / 2.0);
        labels.take(at - half, at + half);
    }
    let Some((mark, by)) = track.lane.deleted else { return };
    let x = props.at(mark.at);
    let left = props.x(mark.at);
    drawing.marks.push(shapes::mark(&x, "36", html! { <path class="m-hollow" d="M0 0V16"/> }));
    // At its left, where there is no room at its right.
    let width = text_width(words.deleted) + 8.0;
    let (dx, anchor, from) = match left + width <= props.width + BESIDE || left > props.width {
        true => ("6", "start", left),
        false => ("-6", "end", left - width),
    };
    if labels.fits(from, from + width) {
        drawing.words(mark.at, props.now, shapes::label("x-2 halo", (&x, dx), "47", anchor, words.deleted));
    }
    let selection = Selection { step: mark.step, object: Some(ObjectKey::Job(track.job)) };
    let on = props.selection == Some(selection);
    let name = format!("{}. {}", (words.deleted_by)(by), words.press_enter);
    let style = format!("left:{x};width:52px");
    drawing.buttons.push((mark.at, props.button(selection, on, style, "low", name)));
}

fn overlaps(props: &TrackProps, track: &JobTrack, drawing: &mut Drawing, labels: &mut Labels) {
    let overlaps = &track.lane.overlaps;
    for pile in shapes::piles(overlaps, |overlap| props.x(overlap.from.at), |_, _, gap| gap >= 4.0) {
        let overlap = &overlaps[pile.start];
        let (x, width) = props.extent(overlap.from.at, overlap.to);
        drawing
            .marks
            .push(html! { <rect x={x.clone()} y="29" {width} height="3" rx="1.5" fill="var(--terminating)"/> });
        let text = (props.stage.lang.timeline().alive_at_once)(overlap.alive);
        let left = props.x(overlap.from.at);
        if labels.fits(left, left + text_width(&text)) {
            let label = shapes::label("x-term halo", (&x, "0"), "25", "start", text);
            drawing.words(overlap.from.at, props.now, label);
        }
    }
}
