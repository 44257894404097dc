//! What holds for the poster and the film of every recorded case, of every example and of many pods.

use crate::FOLDERS;
use crate::schema::Schema;
use job_playground::picture::svg::{self, Look, Theme, Width};
use job_playground::picture::{Class, Frame, Kind, OwnedRun, Picture, Shape, film};
use job_playground::texts::Lang;
use job_playground::time::Time;
use serde_json::Value;
use std::path::PathBuf;
use support::{files_with, root, stem, text};

/// Bytes that are downloaded of a film, at most, by folder: those of the first have very many pods.
const FILM_BYTES: [usize; 4] = [7_500, 6_000, 6_500, 6_000];
const POSTER_BYTES: usize = 3_500;

fn texts() -> Vec<PathBuf> {
    let texts: Vec<PathBuf> = FOLDERS.iter().flat_map(|folder| files_with("yaml", folder)).collect();
    assert!(texts.len() > 200, "only {} texts", texts.len());
    texts
}

/// Bytes of a text as a browser downloads it, if they are more than this: the best compression takes its time, and is
/// tried where a quicker one is not enough.
fn more_than(most: usize, text: &str) -> Option<usize> {
    let packed = |quality| {
        let mut packed = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
        brotli::BrotliCompress(&mut text.as_bytes(), &mut packed, &parameters).expect("a Vec takes everything");
        packed.len()
    };
    [5, 11].into_iter().map(packed).find(|bytes| *bytes <= most).map_or_else(|| Some(packed(11)), |_| None)
}

#[test]
fn films_keep_to_their_format_and_answer_every_mark() {
    let schema = Schema::of_films();
    for path in texts() {
        let name = stem(&path);
        let folder = FOLDERS.iter().position(|folder| path.starts_with(root().join(folder))).unwrap_or_default();
        let most = FILM_BYTES[folder];
        let run = OwnedRun::of(&text(&path));
        // Of cases about nodes and containers Chinese is enough: their films are the longer ones.
        for lang in Lang::ALL.into_iter().filter(|lang| folder < 2 || *lang == Lang::Zh) {
            let written = film::film(&run.as_run(), lang);
            let film: Value = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{name}: {error}"));
            let faults = schema.faults(&film);
            assert!(faults.is_empty(), "{name} {}: {}", lang.tag(), faults.join("\n"));
            let has = |key: String| film["why"].get(key).is_some();
            for mark in film["marks"].as_array().into_iter().flatten() {
                let (step, object) = (&mark[6], mark[7].as_str().unwrap_or_default());
                assert!(has(format!("{step}.{object}")) || has(step.to_string()), "{name}: no answer to {mark}");
            }
            for moment in film["moments"].as_array().into_iter().flatten() {
                assert!(has(moment[3].to_string()), "{name}: no answer at {moment}");
            }
            assert_eq!(more_than(most, &written), None, "{name} {}: more than {most} B", lang.tag());
        }
    }
}

#[test]
fn posters_are_well_formed_and_small() {
    for path in texts() {
        let name = stem(&path);
        let run = OwnedRun::of(&text(&path));
        for (lang, width) in [(Lang::En, Width::Wide), (Lang::Zh, Width::Narrow)] {
            let poster = svg::poster(&run.as_run(), Look { lang, width, theme: Theme::Auto, at: None });
            let document = roxmltree::Document::parse(&poster).unwrap_or_else(|error| panic!("{name}: {error}"));
            for tag in ["title", "metadata", "style"] {
                let node = document.root_element().children().find(|node| node.tag_name().name() == tag);
                let says = node.and_then(|node| node.text()).is_some_and(|text| !text.is_empty());
                assert!(says, "{name}: no {tag}");
            }
            assert_eq!(more_than(POSTER_BYTES, &poster), None, "{name}: more than {POSTER_BYTES} B");
        }
    }
}

/// Every moment is drawn alike, and again alike.
#[test]
fn pictures_are_deterministic() {
    for path in texts().iter().step_by(23) {
        let text = text(path);
        let (one, other) = (OwnedRun::of(&text), OwnedRun::of(&text));
        let look = Look { at: Some(Time::from_seconds(20)), ..Look::default() };
        assert_eq!(svg::poster(&one.as_run(), look), svg::poster(&other.as_run(), look), "{}", stem(path));
        assert_eq!(film::film(&one.as_run(), Lang::En), film::film(&other.as_run(), Lang::En), "{}", stem(path));
    }
}

/// Words lie on no words, on no bar but their own, and on the sheet.
#[test]
fn words_have_room() {
    let mut looks = 0;
    for path in texts() {
        let run = OwnedRun::of(&text(&path));
        for (lang, width) in Lang::ALL.into_iter().flat_map(|lang| [(lang, Width::Wide), (lang, Width::Narrow)]) {
            let width = svg::track_width(width);
            let picture = Picture::of(&run.as_run(), Frame { width, lang, at: Time::NEVER });
            let faults = collisions(&picture.shapes, width);
            assert!(faults.is_empty(), "{} {} {width}: {}", stem(&path), lang.tag(), faults.join("\n"));
            looks += picture.shapes.iter().filter(|shape| shape.kind.is_words()).count();
        }
    }
    assert!(looks > 10_000, "{looks}");
}

/// Of the words that a player on a track half as wide shows, none lie on each other either.
#[test]
fn words_that_fit_their_room_lie_on_nothing_on_a_narrower_track() {
    let (laid_out, drawn) = (svg::track_width(Width::Wide), svg::track_width(Width::Wide) / 2.0);
    for path in texts() {
        let run = OwnedRun::of(&text(&path));
        let picture = Picture::of(&run.as_run(), Frame { width: laid_out, lang: Lang::En, at: Time::NEVER });
        let fits = |shape: &&Shape| {
            let span = shape.words_span(drawn).map_or(0.0, |(left, right)| right - left);
            shape.kind.is_words() && span + shape.h.abs() <= shape.w * drawn
        };
        let shown: Vec<Shape> = picture.shapes.iter().filter(fits).cloned().collect();
        let faults = on_each_other(&shown, drawn);
        assert!(faults.is_empty(), "{}: {}", stem(&path), faults.join("\n"));
    }
}

fn collisions(shapes: &[Shape], width: f64) -> Vec<String> {
    let mut faults = on_each_other(shapes, width);
    for words in shapes.iter().filter(|shape| shape.kind.is_words()) {
        let (left, right) = words.words_span(width).unwrap_or_default();
        if left < -20.0 || right > width + 40.0 {
            faults.push(format!("{:?} goes from {left} to {right}", words.text));
        }
        // Others stand on what they are about.
        let is_beside = matches!(words.class, Class::Failed | Class::Succeeded | Class::Second | Class::Fault);
        let under = shapes.iter().filter(|shape| is_beside && is_bar(shape, words.y - 5.0)).filter(|bar| {
            let from = bar.x * width + bar.w.min(0.0);
            let to = if bar.kind == Kind::Glyph { bar.x * width + bar.w.max(0.0) } else { (bar.x + bar.w) * width };
            left + 0.5 < to && from + 0.5 < right
        });
        faults.extend(under.map(|bar| format!("{:?} lies on {bar:?}", words.text)));
    }
    faults
}

fn is_bar(shape: &Shape, y: f64) -> bool {
    let is_solid = match shape.kind {
        Kind::Rect => matches!(shape.class, Class::Running | Class::Backoff | Class::Terminating | Class::Pending),
        Kind::Glyph => true,
        _ => false,
    };
    is_solid && shape.y < y && y < shape.y + shape.h
}

fn on_each_other(shapes: &[Shape], width: f64) -> Vec<String> {
    let words: Vec<(&Shape, (f64, f64))> =
        shapes.iter().filter_map(|shape| Some((shape, shape.words_span(width)?))).collect();
    let mut faults = Vec::new();
    for (n, (one, (from, to))) in words.iter().enumerate() {
        let others = words[n + 1..].iter().filter(|(other, _)| (other.y - one.y).abs() < 12.0);
        let under = others.filter(|(_, (left, right))| left + 0.5 < *to && from + 0.5 < *right);
        faults.extend(under.map(|(other, _)| format!("{:?} and {:?} at {}", one.text, other.text, one.y)));
    }
    faults
}
