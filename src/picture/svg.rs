//! The poster: a picture as an SVG file. It needs no script, no style and no font of its own, follows the theme of the
//! page that shows it, says in words what it shows, and carries the link to the run.

use super::glyphs::{self, Pen};
use super::labels::text_width;
pub use super::style::Theme;
use super::verdict::{Verdict, description};
use super::{Class, Frame, Glyph, Kind, Label, Picture, Run, Shape, style};
use crate::manifest::link;
use crate::texts::Lang;
use crate::time::Time;
use std::fmt::Write;

/// How a poster is to look.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// The language of its words.
    pub lang: Lang,
    /// Wide or narrow.
    pub width: Width,
    /// Its colours.
    pub theme: Theme,
    /// Shows this moment, with a playhead; else the whole run.
    pub at: Option<Time>,
}

/// How wide a poster is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// 720 pixels: a column of text.
    #[default]
    Wide,
    /// 380 pixels: a phone.
    Narrow,
}

/// Where things stand.
struct Sheet {
    width: f64,
    margin: f64,
    /// Where the track begins, and how wide it is.
    track: (f64, f64),
    head: f64,
}

/// Below the last lane.
const FOOT: f64 = 8.0;

impl Sheet {
    fn of(width: Width) -> Sheet {
        match width {
            Width::Wide => Sheet { width: 720.0, margin: 20.0, track: (116.0, 564.0), head: 50.0 },
            Width::Narrow => Sheet { width: 380.0, margin: 14.0, track: (82.0, 262.0), head: 62.0 },
        }
    }
}

/// The width of the track of a poster.
pub fn track_width(width: Width) -> f64 {
    Sheet::of(width).track.1
}

/// A run as an SVG file.
pub fn poster(run: &Run<'_>, look: Look) -> String {
    let sheet = Sheet::of(look.width);
    let frame = Frame { width: sheet.track.1, lang: look.lang, at: look.at.unwrap_or(Time::NEVER) };
    let picture = Picture::of(run, frame);
    let verdict = Verdict::of(run, look.lang, look.at);
    let mut svg = Svg { out: String::new(), sheet: &sheet };
    let height = sheet.head + picture.height + FOOT;
    let width = sheet.width;
    svg.push(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         lang=\"{}\" role=\"img\" aria-labelledby=\"jp-title jp-desc\">\n",
        look.lang.tag()
    ));
    svg.push(format_args!("<title id=\"jp-title\">{}</title>\n", escaped(&verdict.sentence(look.lang))));
    svg.push(format_args!("<desc id=\"jp-desc\">{}</desc>\n", escaped(&description(run, look.lang))));
    svg.push(format_args!("<metadata>{METADATA}{}</metadata>\n", escaped(&link::encode(run.text))));
    svg.push(format_args!("<style>{}</style>\n", style::sheet(look.theme)));
    svg.patterns(&picture, look.theme);
    let (w, h) = (width - 1.0, height - 1.0);
    svg.push(format_args!("<rect class=\"sheet\" x=\".5\" y=\".5\" width=\"{w}\" height=\"{h}\" rx=\"14\"/>\n"));
    svg.head(&verdict);
    svg.push(format_args!("<g transform=\"translate(0 {})\">\n", sheet.head));
    picture.labels.iter().for_each(|label| svg.label(label));
    svg.push(format_args!("</g>\n<g transform=\"translate({} {})\">\n", sheet.track.0, sheet.head));
    svg.shapes(&picture.shapes);
    if let Some(at) = look.at {
        svg.playhead(run.timeline.axis.x(at).clamp(0.0, 1.0), &look.lang.format().clock_exact(at), picture.height);
    }
    svg.push(format_args!("</g>\n</svg>\n"));
    svg.out
}

/// What stands before the link in the metadata.
const METADATA: &str = "job-playground#";

/// The fragment of the link that a poster carries.
pub fn link_of(svg: &str) -> Option<&str> {
    let (_, rest) = svg.split_once(&format!("<metadata>{METADATA}"))?;
    rest.split_once('<').map(|(link, _)| link)
}

struct Svg<'s> {
    out: String,
    sheet: &'s Sheet,
}

impl Svg<'_> {
    fn push(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.out.write_fmt(text);
    }

    /// Those patterns that the picture uses.
    fn patterns(&mut self, picture: &Picture, theme: Theme) {
        let colour = |name: &str| style::value(name, theme);
        let uses = |class: Class| picture.shapes.iter().any(|shape| shape.class == class);
        let turned = |id: &str, side: u8, angle: &str, inside: String| {
            format!(
                "<pattern id=\"jp-{id}\" width=\"{side}\" height=\"{side}\" patternUnits=\"userSpaceOnUse\"{angle}>{inside}</pattern>"
            )
        };
        let line = |d: &str, colour: String, width: &str, opacity: &str| {
            format!("<path d=\"{d}\" stroke=\"{colour}\" stroke-width=\"{width}\"{opacity}/>")
        };
        let (right, left) = (" patternTransform=\"rotate(45)\"", " patternTransform=\"rotate(-45)\"");
        let dots = format!("<circle cx=\"2\" cy=\"2\" r=\".9\" fill=\"{}\" opacity=\".75\"/>", colour("pending"));
        let patterns = [
            (Class::Pending, turned("dots", 4, "", dots)),
            (Class::Backoff, turned("hatch", 7, right, line("M0 0V7", colour("backoff"), "1.6", " opacity=\".42\""))),
            (Class::Terminating, turned("stripes", 6, left, line("M1.5 0V6", colour("terminating"), "2.6", ""))),
            (
                Class::Failed,
                turned("cross", 5, right, line("M0 0V5M0 0H5", colour("ink-inv"), "1", " opacity=\".42\"")),
            ),
        ];
        let used: String = patterns.into_iter().filter(|(class, _)| uses(*class)).map(|(_, pattern)| pattern).collect();
        if !used.is_empty() {
            self.push(format_args!("<defs>{used}</defs>\n"));
        }
    }

    /// How it went.
    fn head(&mut self, verdict: &Verdict) {
        let margin = self.sheet.margin;
        let y = if self.sheet.head > 50.0 { 12.0 } else { 15.0 };
        self.push(format_args!("<g transform=\"translate({margin} {y})\">"));
        match verdict.class {
            Class::Succeeded => self.glyph(Glyph::Tick, Class::Succeeded, 0.0),
            Class::Failed => self.glyph(Glyph::Cross, Class::Failed, 0.0),
            class => {
                let class = class.as_str();
                self.push(format_args!("<rect width=\"20\" height=\"20\" rx=\"5\" class=\"thin {class}\"/>"));
            }
        }
        self.push(format_args!("</g>"));
        let (x, y) = (margin + 30.0, y + 16.0);
        let room = self.sheet.width - x - margin;
        let name = fitted(&verdict.name, room / TITLE);
        let told: Vec<&str> = [verdict.reason, &verdict.told].into_iter().filter(|text| !text.is_empty()).collect();
        // Behind the name if there is room, else below it.
        let beside = text_width(&name) * TITLE + 12.0;
        let is_beside = self.sheet.head <= 50.0;
        let (left, baseline) = if is_beside { (x + beside, y) } else { (x, y + 20.0) };
        let room = (if is_beside { room - beside } else { room }) / TOLD;
        let told = match told.join(" · ") {
            all if text_width(&all) > room => fitted(told.last().copied().unwrap_or_default(), room),
            all => all,
        };
        self.push(format_args!("<text class=\"title\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(&name)));
        self.push(format_args!("<text class=\"told\" x=\"{left}\" y=\"{baseline}\">{}</text>\n", escaped(&told)));
    }

    /// The name of a lane, and what is added beside or below it.
    fn label(&mut self, label: &Label) {
        let (x, room) = (self.sheet.margin, self.sheet.track.0 - self.sheet.margin - 6.0);
        let middle = label.y + label.height / 2.0 + 4.5;
        let (name, rest) = (fitted(&label.name, room), label.rest.as_str());
        let beside = if name.is_empty() { 0.0 } else { text_width(&name) + 6.0 };
        let is_beside = rest.is_empty() || beside + text_width(rest) <= room || label.height < 28.0;
        let middle = if is_beside { middle } else { middle - 7.0 };
        if !name.is_empty() {
            self.push(format_args!("<text class=\"name\" x=\"{x}\" y=\"{middle}\">{}</text>", escaped(&name)));
        }
        if !rest.is_empty() {
            let (x, y, room) = if is_beside { (x + beside, middle, room - beside) } else { (x, middle + 14.0, room) };
            self.push(format_args!("<text class=\"rest\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(&ended(rest, room))));
        }
        self.push(format_args!("\n"));
    }

    /// Rectangles and cells of one class that follow each other are one path.
    fn shapes(&mut self, shapes: &[Shape]) {
        let is_fine = |shape: &Shape| shape.kind == Kind::Cells || shape.kind == Kind::Rect && shape.h < FINE;
        for run in shapes.chunk_by(|one, other| is_fine(one) && is_fine(other) && one.class == other.class) {
            match run {
                [shape] if !is_fine(shape) => self.shape(shape),
                run => {
                    let mut d = String::new();
                    run.iter().for_each(|shape| self.path_of(shape, &mut d));
                    let class = run[0].class.as_str();
                    self.push(format_args!("<path class=\"thin {class}\" d=\"{d}\"/>\n"));
                }
            }
        }
    }

    fn path_of(&self, shape: &Shape, d: &mut String) {
        let width = self.sheet.track.1;
        let count: u32 = if shape.kind == Kind::Cells { shape.text.parse().unwrap_or(1) } else { 1 };
        let (left, whole) = (shape.x * width, (shape.w * width).max(LEAST));
        let pitch = whole / f64::from(count);
        let own = if shape.kind == Kind::Cells { pitch - if pitch > 12.0 { 2.0 } else { 1.0 } } else { whole };
        for cell in 0..count {
            let (x, y, h) = (px(left + pitch * f64::from(cell)), px(shape.y), px(shape.h));
            // Writing to a String cannot fail.
            let _ = write!(d, "M{x} {y}h{}v{h}h-{0}z", px(own));
        }
    }

    fn shape(&mut self, shape: &Shape) {
        let width = self.sheet.track.1;
        let (x, y, w, h) = (px(shape.x * width), px(shape.y), (shape.w * width).max(LEAST), px(shape.h));
        let class = shape.class.as_str();
        match shape.kind {
            Kind::Rect | Kind::Cells => {
                let rx = match shape.class {
                    Class::Gap | Class::Alive => "",
                    Class::Terminating => " rx=\"1\"",
                    Class::Pending => " rx=\"3\"",
                    _ => " rx=\"4\"",
                };
                let w = px(w);
                self.push(format_args!(
                    "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{rx}/>\n"
                ));
            }
            Kind::Line if shape.class == Class::Base || shape.class == Class::Terminating => {
                let w = px(w);
                self.push(format_args!("<path class=\"thin {class}\" d=\"M{x} {y}h{w}v{h}h-{w}z\"/>\n"));
            }
            Kind::Line => {
                let class = if shape.class == Class::Log { "line log".to_owned() } else { format!("line {class}") };
                let (y, w) = (px(shape.y + shape.h / 2.0), px(w));
                self.push(format_args!("<path class=\"{class}\" d=\"M{x} {y}h{w}\"/>\n"));
            }
            Kind::Stem if shape.class == Class::Base => {
                self.push(format_args!("<path class=\"base\" d=\"M{x} {y}h1v{h}h-1z\"/>\n"));
            }
            Kind::Stem => {
                let solid = if shape.class == Class::Fault { "" } else { " solid" };
                self.push(format_args!("<path class=\"line {class}{solid}\" d=\"M{x} {y}v{h}\"/>\n"));
            }
            Kind::Dot => {
                self.push(format_args!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{h}\"/>\n"));
            }
            Kind::Glyph => {
                self.push(format_args!("<g transform=\"translate({x} {y})\">"));
                let glyph = Glyph::ALL.into_iter().find(|glyph| glyph.as_str() == shape.text);
                glyph.into_iter().for_each(|glyph| self.glyph(glyph, shape.class, shape.w));
                self.push(format_args!("</g>\n"));
            }
            Kind::Start | Kind::Middle | Kind::End => {
                let anchor = match shape.kind {
                    Kind::Start => "",
                    Kind::Middle => " m",
                    _ => " e",
                };
                let halo = match shape.class {
                    Class::Value | Class::Axis => "",
                    Class::Backoff if shape.kind == Kind::Middle => " halo on-well",
                    _ => " halo",
                };
                let x = px(shape.x * width + shape.h);
                let text = escaped(&shape.text);
                self.push(format_args!("<text class=\"{class}{halo}{anchor}\" x=\"{x}\" y=\"{y}\">{text}</text>\n"));
            }
        }
    }

    fn glyph(&mut self, glyph: Glyph, class: Class, length: f64) {
        let class = class.as_str();
        if glyph == Glyph::Flag {
            return self.push(format_args!("<path class=\"{class}\" d=\"{}\"/>", glyphs::flag(length)));
        }
        for (pen, d) in glyph.paths() {
            let class = match pen {
                Pen::Fill => class.to_owned(),
                Pen::Outline | Pen::Line => format!("{class} {}", pen.as_str()),
                _ => pen.as_str().to_owned(),
            };
            self.push(format_args!("<path class=\"{class}\" d=\"{d}\"/>"));
        }
    }

    /// The line at a moment, its time, and a veil over what comes later.
    fn playhead(&mut self, share: f64, clock: &str, height: f64) {
        let (x, width) = (share * self.sheet.track.1, self.sheet.width - self.sheet.track.0 - 1.0);
        let chip = text_width(clock) + 16.0;
        let left = (x - chip / 2.0).clamp(-8.0, width - 8.0 - chip);
        let (x, rest, deep) = (px(x), px(width - x), px(height - 22.0));
        self.push(format_args!("<path class=\"veil\" d=\"M{x} 22h{rest}v{deep}h-{rest}z\"/>"));
        self.push(format_args!("<path class=\"head\" d=\"M{x} 4V{height}\"/>"));
        let (left, middle, chip) = (px(left), px(left + chip / 2.0), px(chip));
        self.push(format_args!(
            "<rect class=\"chip\" x=\"{left}\" y=\"-1\" width=\"{chip}\" height=\"22\" rx=\"11\"/>"
        ));
        self.push(format_args!("<text class=\"chip-text m\" x=\"{middle}\" y=\"14\">{clock}</text>\n"));
    }
}

/// How much wider words are at the sizes of the head.
const TITLE: f64 = 1.5;
const TOLD: f64 = 1.1;
/// What is lower than this has no pattern and no outline.
const FINE: f64 = 8.5;
/// What is shorter could not be seen.
const LEAST: f64 = 1.5;

/// A length to a tenth of a pixel.
fn px(length: f64) -> String {
    let text = format!("{length:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// As much of the beginning of words as there is room for.
fn fitted(text: &str, room: f64) -> String {
    cut(text, room, false)
}

/// As much of the end of a name as there is room for: the end tells it from others.
fn ended(text: &str, room: f64) -> String {
    cut(text, room, true)
}

fn cut(text: &str, room: f64, keeps_end: bool) -> String {
    if text_width(text) <= room {
        return text.to_owned();
    }
    let mut letters: std::collections::VecDeque<char> = text.chars().collect();
    while !letters.is_empty() && text_width(&letters.iter().collect::<String>()) + 12.2 > room {
        let _ = if keeps_end { letters.pop_front() } else { letters.pop_back() };
    }
    let left: String = letters.into_iter().collect();
    if keeps_end { format!("…{left}") } else { format!("{left}…") }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
