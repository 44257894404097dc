//! A film that stands still, as markup: what the player (`static/embed/job-playground.js`) draws at a moment, in the same
//! places, for a page in which it does not run yet. Nothing in it is a style: what has no attribute of its own has a
//! class of `src/web/style/first.css`.

use job_playground::picture::Glyph;
use job_playground::picture::glyphs::{Pen, flag};
use serde_json::Value;
use std::fmt::Write;

/// Solid colours have none; these are filled with a pattern: how far its lines are apart, how they are turned, how thick
/// they are.
const PATTERNS: [(&str, f64, i32, f64); 4] =
    [("pending", 4.0, 0, 1.2), ("backoff", 7.0, 45, 0.8), ("terminating", 5.0, -45, 2.4), ("ink-inv", 4.0, 45, 0.6)];

/// Where the lanes begin, below the axis.
const AXIS: f64 = 22.0;

/// Text in markup.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A film at its last moment up to so many milliseconds: first what the poster of a player is, then what is below it.
pub(crate) fn drawn(film: &Value, millis: u64) -> String {
    let moments = array(&film["moments"]);
    let up_to = moments.iter().rposition(|moment| moment[0].as_u64().is_some_and(|at| at <= millis));
    let index = up_to.unwrap_or_default();
    let Some(moment) = moments.get(index) else { return String::new() };
    let still = Still { film, index, moment, ids: word(&film["lang"]) };
    format!(
        "<div class=\"still\">{}<div class=\"lanes\">{}<div class=\"track\">{}</div></div></div><div class=\"still rest\">{}{}</div>",
        still.head(),
        still.names(),
        still.track(),
        still.why(),
        still.foot()
    )
}

struct Still<'f> {
    film: &'f Value,
    index: usize,
    moment: &'f Value,
    /// Ids begin with it: a page may hold several.
    ids: &'f str,
}

impl Still<'_> {
    fn head(&self) -> String {
        let verdict = &self.film["verdict"];
        let [tone, name, reason, told] = [0, 1, 2, 3].map(|place| escaped(word(&verdict[place])));
        let glyph = match tone.as_str() {
            "succeeded" => Glyph::Tick,
            _ => Glyph::Cross,
        };
        let reason = if reason.is_empty() { reason } else { format!("<span class=\"reason\">{reason} ·</span>") };
        format!(
            "<div class=\"head\"><svg class=\"{tone}\" width=\"20\" height=\"20\" aria-hidden=\"true\">{}</svg><b>{name}</b>{reason}\
             <span class=\"told\">{told}</span><span class=\"budget\">{}</span></div>",
            self.glyph(glyph, 20.0, 20.0),
            escaped(word(&self.moment[4]))
        )
    }

    fn names(&self) -> String {
        let mut out =
            format!("<svg class=\"names\" width=\"116\" height=\"{}\" aria-hidden=\"true\">", self.film["height"]);
        for label in array(&self.film["labels"]) {
            let middle = number(&label[0]) + number(&label[1]) / 2.0 + 4.5;
            let (name, rest) = (escaped(word(&label[2])), escaped(word(&label[3])));
            // Writing to a String cannot fail.
            let _ = write!(out, "<text y=\"{middle}\"><tspan>{name}</tspan> {rest}</text>");
        }
        out + "</svg>"
    }

    fn track(&self) -> String {
        let (height, now) = (number(&self.film["height"]), number(&self.moment[2]));
        let title = escaped(word(&self.film["title"]));
        let mut out = format!("<svg role=\"img\" aria-label=\"{title}\"><defs>");
        for (name, side, angle, width) in PATTERNS {
            let d = if angle == 0 { "M1 2h1.5" } else { "M1 0v9" };
            // Writing to a String cannot fail.
            let _ = write!(
                out,
                "<pattern id=\"{}-{name}\" class=\"{name}\" width=\"{side}\" height=\"{side}\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate({angle})\"><path d=\"{d}\" stroke=\"currentColor\" stroke-width=\"{width}\"/></pattern>",
                self.ids
            );
        }
        out += "</defs>";
        let stays = |shape: &Value| {
            let y = number(&shape[2]);
            array(&self.film["still"]).iter().any(|one| y >= number(&one[0]) && y < number(&one[0]) + number(&one[1]))
        };
        // What stands at one place is past or still to come; the rest has a length, and is under the veil.
        let is_above =
            |shape: &Value| stays(shape) || matches!(word(&shape[0]), "dot" | "glyph" | "start" | "middle" | "end");
        let shapes = array(&self.film["shapes"]);
        for shape in shapes.iter().filter(|shape| !is_above(shape)) {
            out += &self.shape(shape, "");
        }
        let (at, below) = (percent(now), height - AXIS);
        out += &format!(
            "<rect class=\"veil\" x=\"{at}\" y=\"{AXIS}\" width=\"100%\" height=\"{below}\"/>\
             <line class=\"now\" x1=\"{at}\" x2=\"{at}\" y1=\"0\" y2=\"{height}\"/>"
        );
        for shape in shapes.iter().filter(|shape| is_above(shape)) {
            let is_later = !stays(shape) && number(&shape[1]) > now;
            out += &self.shape(shape, if is_later { " later" } else { "" });
        }
        if let Some(mark) = self.mark() {
            let [before, behind, y, h] = [2, 3, 4, 5].map(|place| number(&mark[place]));
            let (x, w) = (percent(number(&mark[0])), before + behind);
            out += &format!(
                "<rect class=\"on\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"6\" transform=\"translate(-{before})\"/>"
            );
        }
        let clock = escaped(word(&self.moment[1]));
        // As wide as its words, roughly.
        let wide = 16.0 + 6.6 * clock.chars().count() as f64;
        out += &format!(
            "<rect class=\"chip\" x=\"{at}\" width=\"{wide}\" height=\"22\" rx=\"11\" transform=\"translate(-{})\"/>\
             <text class=\"clock middle\" x=\"{at}\" y=\"15\">{clock}</text></svg>",
            wide / 2.0
        );
        out
    }

    /// The mark of the moment, if it is one at a point.
    fn mark(&self) -> Option<&Value> {
        let is_of_it = |mark: &&Value| mark[6] == self.moment[3];
        array(&self.film["marks"]).iter().find(is_of_it).filter(|mark| number(&mark[1]) == 0.0)
    }

    fn shape(&self, shape: &Value, later: &str) -> String {
        let (kind, look, text) = (word(&shape[0]), word(&shape[5]), word(&shape[6]));
        let [x, y, w, h] = [1, 2, 3, 4].map(|place| number(&shape[place]));
        let (left, right, middle) = (percent(x), percent(x + w), y + h / 2.0);
        let class = format!("{look} {kind}{later}");
        match kind {
            "dot" => format!("<circle class=\"{class}\" cx=\"{left}\" cy=\"{y}\" r=\"{h}\"/>"),
            "stem" => {
                format!("<line class=\"{class}\" x1=\"{left}\" x2=\"{left}\" y1=\"{y}\" y2=\"{}\"/>", y + h)
            }
            "line" | "cells" => {
                let cells = if text.is_empty() { String::new() } else { format!(" pathLength=\"{text}\"") };
                format!(
                    "<line class=\"{class}\" x1=\"{left}\" x2=\"{right}\" y1=\"{middle}\" y2=\"{middle}\" stroke-width=\"{h}\"{cells}/>"
                )
            }
            "rect" => {
                let is_patterned = h > 8.0 && PATTERNS.iter().any(|(name, ..)| *name == look);
                let fill = if is_patterned { format!(" fill=\"url(#{}-{look})\"", self.ids) } else { String::new() };
                format!(
                    "<rect class=\"{class}\" x=\"{left}\" y=\"{y}\" width=\"{}\" height=\"{h}\"{fill}/>",
                    percent(w)
                )
            }
            "glyph" => {
                let glyph = Glyph::ALL.into_iter().find(|glyph| glyph.as_str() == text);
                let paths = glyph.map_or_else(String::new, |glyph| self.glyph(glyph, w, h));
                format!("<svg class=\"{look}{later}\" x=\"{left}\" y=\"{y}\">{paths}</svg>")
            }
            _ => {
                let halo = if matches!(look, "axis" | "value") { "" } else { " halo" };
                let beside = if h == 0.0 { String::new() } else { format!(" dx=\"{h}\"") };
                // Words that have no room are left out. They are some 6 or 12 pixels a letter.
                let need: f64 = text.chars().map(|letter| if letter < '\u{100}' { 6.3 } else { 12.2 }).sum();
                let size = format!("clamp(0px,({}cqw - {}px)*99,12px)", short(w * 100.0), short(need + h.abs()));
                format!(
                    "<text class=\"{class}{halo}\" x=\"{left}\" y=\"{y}\"{beside} font-size=\"{size}\">{}</text>",
                    escaped(text)
                )
            }
        }
    }

    fn glyph(&self, glyph: Glyph, w: f64, h: f64) -> String {
        if glyph == Glyph::Flag {
            return format!("<path class=\"fill\" d=\"{}\"/>", flag(w));
        }
        let own = glyph.size().1;
        let scale = if h == own { String::new() } else { format!(" transform=\"scale({})\"", short(h / own)) };
        let path = |(pen, d): &(Pen, &str)| match pen.as_str() {
            "cross" => format!("<path fill=\"url(#{}-ink-inv)\" d=\"{d}\"{scale}/>", self.ids),
            pen => format!("<path class=\"{pen}\" d=\"{d}\"{scale}/>"),
        };
        glyph.paths().iter().map(path).collect()
    }

    fn why(&self) -> String {
        let why = &self.film["why"][self.moment[3].to_string()];
        let [tone, subject, rest] = [0, 1, 2].map(|place| escaped(word(&why[place])));
        format!(
            "<div class=\"because\"><div><b class=\"{tone}\">{subject}</b> {rest}</div><p>{}</p></div>",
            said(&why[3])
        )
    }

    /// Where one stands; the buttons come with the player.
    fn foot(&self) -> String {
        let (number, all) = (self.index + 1, array(&self.film["moments"]).len());
        let words = &self.film["words"]["position"];
        let [before, between, behind] = [0, 1, 2].map(|place| escaped(word(&words[place])));
        format!("<div class=\"foot\">{before}<b>{number}</b>{between}{all}{behind}</div>")
    }
}

/// A sentence of a film.
pub(crate) fn said(sentence: &Value) -> String {
    let part = |part: &Value| match part {
        Value::String(words) => escaped(words),
        part => {
            let (kind, words) = (word(&part[0]), escaped(word(&part[1])));
            if kind == "strong" { format!("<b>{words}</b>") } else { format!("<span class=\"{kind}\">{words}</span>") }
        }
    };
    array(sentence).iter().map(part).collect()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

/// A share of the width.
fn percent(share: f64) -> String {
    if share == 0.0 { "0".to_owned() } else { format!("{}%", short(share * 100.0)) }
}

/// To a hundredth.
fn short(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
