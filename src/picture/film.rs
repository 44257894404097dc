//! The film: what a player without the engine needs to show a run, to step through it and to say why, in one language.
//! Its format is `static/film.v1.schema.json`; like links, films can be played for ever.

use super::verdict::Verdict;
use super::why::answers;
use super::{Frame, Mark, Picture, Run, Shape, svg};
use crate::explain::Selection;
use crate::explain::mark::called;
use crate::limits::{FILM_MOMENTS, FILM_ROWS};
use crate::manifest::link;
use crate::texts::Lang;
use crate::time::Time;
use crate::timeline::instruments::Instruments;
use crate::timeline::moments::Moment;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The version of Kubernetes that is modelled.
const KUBERNETES: &str = "1.36";

/// A film, in the order in which it is written.
#[derive(Serialize)]
struct Film {
    film: u8,
    kubernetes: &'static str,
    lang: &'static str,
    title: String,
    verdict: Value,
    height: Value,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    truncated: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    still: Vec<Value>,
    labels: Vec<Value>,
    shapes: Vec<Value>,
    marks: Vec<Value>,
    moments: Vec<Value>,
    why: Map<String, Value>,
    words: Value,
    state: String,
}

/// A run as a film, one line of JSON.
pub fn film(run: &Run<'_>, lang: Lang) -> String {
    let frame = Frame { width: svg::track_width(svg::Width::Wide), lang, at: Time::NEVER };
    let picture = Picture::of(run, frame);
    let verdict = Verdict::of(run, lang, None);
    let (moments, marks, truncated) = told(run, &picture);
    let mut asked: Vec<Selection> = marks.iter().map(|mark| mark.selection).collect();
    asked.extend(moments.iter().map(|moment| Selection { step: moment.telling, object: None }));
    let answers = answers(run, &asked);
    let film = Film {
        film: 1,
        kubernetes: KUBERNETES,
        lang: lang.tag(),
        title: verdict.sentence(lang),
        verdict: json!([verdict.class.as_str(), verdict.name, verdict.reason, verdict.told]),
        height: px(picture.height),
        truncated,
        still: picture.still.iter().map(|(top, height)| json!([px(*top), px(*height)])).collect(),
        labels: picture
            .labels
            .iter()
            .map(|label| json!([px(label.y), px(label.height), label.name, label.rest]))
            .collect(),
        shapes: picture.shapes.iter().map(shape).collect(),
        marks: marks.iter().map(|mark| written(mark)).collect(),
        moments: moments.iter().map(|moment| moment_of(run, moment, lang)).collect(),
        why: answers.iter().map(|answer| (answer.key.clone(), answer.written(run, lang))).collect(),
        words: words(lang),
        state: link::encode(run.text),
    };
    // It holds nothing that JSON cannot say.
    serde_json::to_string(&film).unwrap_or_default() + "\n"
}

/// The moments and the marks that can be asked about; whether there are more of them. Of a long run, and of one with
/// many rows, they are the first: of the moments in order of time, of the marks from top to bottom.
fn told<'r>(run: &Run<'r>, picture: &'r Picture) -> (&'r [Moment], Vec<&'r Mark>, bool) {
    let moments = &*run.timeline.moments;
    let rows: usize = run.timeline.jobs.iter().map(|track| track.rows.len()).sum();
    let marks = picture.marks.iter();
    if moments.len() <= FILM_MOMENTS && rows <= FILM_ROWS {
        return (moments, marks.collect(), false);
    }
    (&moments[..moments.len().min(FILM_ROWS)], marks.take(2 * FILM_ROWS).collect(), true)
}

fn shape(shape: &Shape) -> Value {
    let (kind, class) = (shape.kind.as_str(), shape.class.as_str());
    let w = if shape.kind == super::Kind::Glyph { px(shape.w) } else { share(shape.w) };
    let mut values = vec![json!(kind), share(shape.x), px(shape.y), w, px(shape.h), json!(class)];
    values.extend((!shape.text.is_empty()).then(|| json!(shape.text)));
    Value::Array(values)
}

fn written(mark: &Mark) -> Value {
    let object = mark.selection.object.map(called);
    json!([
        share(mark.x),
        share(mark.w),
        px(mark.before),
        px(mark.behind),
        px(mark.y),
        px(mark.h),
        mark.step().0,
        object,
        mark.name
    ])
}

fn moment_of(run: &Run<'_>, moment: &Moment, lang: Lang) -> Value {
    let subject = run.timeline.subject(None, moment.at);
    let budget = subject.and_then(|track| Instruments::at(run.recording, track.job, moment.at)).map(|now| now.budget);
    let budget = budget.map(|budget| (lang.timeline().budget_read)(&budget));
    json!([
        moment.at.millis(),
        lang.format().clock_exact(moment.at),
        share(run.timeline.axis.x(moment.at)),
        moment.telling.0,
        budget
    ])
}

/// What a player says beside what the run says.
fn words(lang: Lang) -> Value {
    let (transport, explain, picture) = (lang.transport(), lang.explain(), lang.picture());
    json!({
        "step": picture.step_through,
        "open": picture.open,
        "truncated": picture.truncated,
        "play": transport.play,
        "pause": transport.pause,
        "previous": transport.previous,
        "next": transport.next,
        "position": transport.step,
        "why": explain.why,
        "because": explain.because,
        "whatIf": explain.what_if,
        "decided": explain.decided,
    })
}

/// A share of the track to a ten-thousandth.
fn share(share: f64) -> Value {
    number((share * 1e4).round() / 1e4)
}

/// A length to a hundredth of a pixel.
fn px(length: f64) -> Value {
    number((length * 100.0).round() / 100.0)
}

/// Whole numbers without a point.
fn number(number: f64) -> Value {
    if number.fract() == 0.0 { json!(number as i64) } else { json!(number) }
}
