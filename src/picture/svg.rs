//! The poster: a picture as an SVG file. It needs no script, no style and no font of its own, follows the theme of the
//! page that shows it, says in words what it shows, and carries the link to the run.

use super::glyphs::{self, Pen};
use super::labels::{BOLD, bold_width, ended, fitted, text_width};
use super::room::reach;
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

impl Width {
    /// In pixels.
    pub fn pixels(self) -> u32 {
        match self {
            Width::Wide => 720,
            Width::Narrow => 380,
        }
    }
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
        let pixels = f64::from(width.pixels());
        match width {
            Width::Wide => Sheet { width: pixels, margin: 20.0, track: (116.0, 564.0), head: 50.0 },
            Width::Narrow => Sheet { width: pixels, margin: 14.0, track: (90.0, 256.0), head: 62.0 },
        }
    }
}

/// The width of the track of a poster.
pub fn track_width(width: Width) -> f64 {
    Sheet::of(width).track.1
}

/// A run as an SVG file.
pub fn poster(run: &Run<'_>, look: Look) -> String {
    drawn(run, look).0
}

/// A poster, and how high it is.
pub fn drawn(run: &Run<'_>, look: Look) -> (String, f64) {
    let sheet = Sheet::of(look.width);
    let frame = Frame { width: sheet.track.1, lang: look.lang, at: look.at.unwrap_or(Time::NEVER) };
    let picture = Picture::of(run, frame);
    let verdict = Verdict::of(run, look.lang, look.at);
    let is_gap = |shape: &&Shape| shape.kind == Kind::Rect && shape.class == Class::Gap;
    let gaps = picture.shapes.iter().filter(is_gap).map(|gap| (gap.x, gap.x + gap.w)).collect();
    let mut svg = Svg { out: String::new(), gaps, sheet: &sheet };
    let height = sheet.head + picture.height + FOOT;
    let width = sheet.width;
    svg.push(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         lang=\"{}\" role=\"img\" aria-labelledby=\"jp-title jp-desc\">\n",
        look.lang.tag()
    ));
    svg.push(format_args!("<title id=\"jp-title\">{}</title>\n", escaped(&verdict.sentence(look.lang))));
    svg.push(format_args!("<desc id=\"jp-desc\">{}</desc>\n", escaped(&description(run, look.lang))));
    svg.push(format_args!("{METADATA}{}</metadata>\n", escaped(&fragment(run, look.at))));
    svg.push(format_args!("<style>{}</style>\n", style::sheet(look.theme)));
    svg.patterns(&picture, look.theme);
    let (w, h) = (width - 1.0, height - 1.0);
    svg.push(format_args!("<rect class=\"sheet\" x=\".5\" y=\".5\" width=\"{w}\" height=\"{h}\" rx=\"14\"/>\n"));
    svg.head(&verdict);
    svg.push(format_args!("<g transform=\"translate(0 {})\">\n", sheet.head));
    picture.labels.iter().for_each(|label| svg.label(label));
    svg.push(format_args!("</g>\n<g transform=\"translate({} {})\">\n", sheet.track.0, sheet.head));
    match look.at {
        Some(at) => {
            let clock = look.lang.format().clock_exact(at);
            let head = Playhead::of(run.timeline.axis.x(at).clamp(0.0, 1.0), clock, &sheet);
            // It carries its own time; what it would cover is left out.
            let seen = picture.shapes.iter().filter(|shape| !head.covers(shape, sheet.track.1));
            svg.shapes(&seen.collect::<Vec<_>>());
            svg.playhead(&head, &picture);
        }
        None => svg.shapes(&picture.shapes.iter().collect::<Vec<_>>()),
    }
    svg.push(format_args!("</g>\n</svg>\n"));
    (svg.out, height)
}

/// What stands before the link in the metadata.
const METADATA: &str = "<metadata>job-playground#";

/// The fragment of the link that a poster carries; `None` if a text is no poster.
pub fn link_of(svg: &str) -> Option<String> {
    let (_, rest) = svg.trim_start().strip_prefix("<svg")?.split_once(METADATA)?;
    rest.split_once('<').map(|(link, _)| link.replace("&amp;", "&"))
}

/// The fragment of the link to a run, or to a moment of it.
pub(super) fn fragment(run: &Run<'_>, at: Option<Time>) -> String {
    at.map_or_else(|| link::encode(run.text), |at| link::encode_at(run.text, at))
}

struct Svg<'s> {
    out: String,
    /// What is collapsed: words on it have another ground.
    gaps: Vec<(f64, f64)>,
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
        let is_beside = self.sheet.head <= 50.0;
        let y = if is_beside { 15.0 } else { 12.0 };
        self.push(format_args!("<g transform=\"translate({margin} {y})\">"));
        self.verdict_box(verdict.class);
        self.push(format_args!("</g>"));
        let (x, y) = (margin + 30.0, y + 16.0);
        let room = self.sheet.width - x - margin;
        let name = fitted(&verdict.name, room / TITLE);
        let told: Vec<&str> = [verdict.reason, &verdict.told].into_iter().filter(|text| !text.is_empty()).collect();
        // Behind the name if there is room, else below it.
        let left = if is_beside { room - bold_width(&name) * TITLE - 12.0 } else { room };
        let told = match told.join(" · ") {
            all if text_width(&all) * TOLD > left => fitted(told.last().copied().unwrap_or_default(), left / TOLD),
            all => all,
        };
        let (name, told) = (escaped(&name), escaped(&told));
        let place = if is_beside { "dx=\"10\"".to_owned() } else { format!("x=\"{x}\" dy=\"20\"") };
        self.push(format_args!(
            "<text class=\"title\" x=\"{x}\" y=\"{y}\">{name}<tspan class=\"told\" {place}>{told}</tspan></text>\n"
        ));
    }

    /// The box before it: a glyph, unless there are several Jobs that went differently.
    fn verdict_box(&mut self, class: Class) {
        let (pen, d) = match class {
            Class::Succeeded => return self.glyph(Glyph::Tick, class, 0.0),
            Class::Failed => return self.glyph(Glyph::Cross, class, 0.0),
            Class::Running => ("inked", "M7.5 5.5v9l7-4.5z"),
            Class::Suspended => ("ink", "M7.5 6.5v7M12.5 6.5v7"),
            Class::Gone => ("ink", "M6 10h8"),
            _ => ("ink", ""),
        };
        let class = class.as_str();
        self.push(format_args!("<rect width=\"20\" height=\"20\" rx=\"5\" class=\"thin {class}\"/>"));
        if !d.is_empty() {
            self.push(format_args!("<path class=\"{pen}\" d=\"{d}\"/>"));
        }
    }

    /// The name of a lane, and what is added beside or below it.
    fn label(&mut self, label: &Label) {
        let (x, room) = (self.sheet.margin, self.sheet.track.0 - self.sheet.margin - 6.0);
        let middle = label.y + label.height / 2.0 + 4.5;
        let (name, rest) = (fitted(&label.name, room / BOLD), label.rest.as_str());
        let beside = if name.is_empty() { 0.0 } else { bold_width(&name) + 6.0 };
        let has_room = name.is_empty() || beside + text_width(rest) <= room;
        let is_beside = rest.is_empty() || has_room || label.height < 28.0;
        // In a low lane there is no place for it but beside the name.
        let rest = if has_room || !is_beside { rest } else { "" };
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

    /// Fine rectangles of one class that follow each other are one path, and so are cells.
    fn shapes(&mut self, shapes: &[&Shape]) {
        let is_fine = |shape: &Shape| match shape.kind {
            Kind::Cells => true,
            Kind::Rect => shape.h < FINE || shape.class == Class::Alive,
            _ => false,
        };
        let are_one = |one: &&Shape, other: &&Shape| {
            let are_cells = one.kind == Kind::Cells && other.kind == Kind::Cells;
            are_cells || is_fine(one) && is_fine(other) && one.class == other.class && one.kind == other.kind
        };
        for run in shapes.chunk_by(are_one) {
            match run {
                [shape] if !is_fine(shape) => self.shape(shape),
                [shape, ..] if shape.kind == Kind::Cells => self.cells(run),
                run => self.path_of(run[0].class, run),
            }
        }
    }

    /// Rectangles as one path.
    fn path_of(&mut self, class: Class, shapes: &[&Shape]) {
        let width = self.sheet.track.1;
        let mut d = String::new();
        for shape in shapes {
            let (left, own) = (shape.x * width, (shape.w * width).max(LEAST));
            let (x, right, y, h) = (px(left), px(left + own), px(shape.y), px(shape.h));
            // Writing to a String cannot fail.
            let _ = write!(d, "M{x} {y}H{right}v{h}H{x}z");
        }
        self.push(format_args!("<path class=\"thin {}\" d=\"{d}\"/>\n", class.as_str()));
    }

    /// Cells as stretches of equal neighbours, by their state; the gaps between them lie over them.
    fn cells(&mut self, cells: &[&Shape]) {
        for class in Class::ALL {
            let own: Vec<&Shape> = cells.iter().copied().filter(|shape| shape.class == class).collect();
            if !own.is_empty() {
                self.path_of(class, &own);
            }
        }
        let width = self.sheet.track.1;
        let (first, last) = (cells[0], cells[cells.len() - 1]);
        let pitch = first.w * width / f64::from(first.text.parse::<u32>().unwrap_or(1));
        let right = cells.iter().map(|shape| (shape.x + shape.w) * width).fold(0.0, f64::max);
        let gap = if pitch > 12.0 { 2.0 } else { 1.0 };
        let (top, height) = (px(first.y), px(last.y + last.h - first.y));
        let mut d = String::new();
        for column in 1..=(right / pitch).round() as u32 {
            // Writing to a String cannot fail.
            let _ = write!(d, "M{} {top}v{height}", px(pitch * f64::from(column) - gap / 2.0));
        }
        self.push(format_args!("<path class=\"rules\" stroke-width=\"{gap}\" d=\"{d}\"/>\n"));
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
                let (y, w) = (px(shape.y + shape.h / 2.0), px(w));
                self.push(format_args!("<path class=\"line {class}\" d=\"M{x} {y}h{w}\"/>\n"));
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
                let Some(glyph) = Glyph::ALL.into_iter().find(|glyph| glyph.as_str() == shape.text) else { return };
                let scale = shape.h / glyph.size().1;
                let scale = if scale == 1.0 { String::new() } else { format!(" scale({scale:.2})") };
                self.push(format_args!("<g transform=\"translate({x} {y}){scale}\">"));
                self.glyph(glyph, shape.class, shape.w);
                self.push(format_args!("</g>\n"));
            }
            Kind::Start | Kind::Middle | Kind::End => {
                let anchor = match shape.kind {
                    Kind::Start => "",
                    Kind::Middle => " m",
                    _ => " e",
                };
                let halo = match shape.class {
                    Class::Backoff | Class::Pending if self.is_on_gap(shape.x) => " halo on-well",
                    Class::Backoff | Class::Pending => " halo",
                    Class::Terminating => " halo thick",
                    _ => "",
                };
                let x = px(shape.x * width + shape.h);
                let text = escaped(&shape.text);
                self.push(format_args!("<text class=\"{class}{halo}{anchor}\" x=\"{x}\" y=\"{y}\">{text}</text>\n"));
            }
        }
    }

    fn is_on_gap(&self, x: f64) -> bool {
        self.gaps.iter().any(|(from, to)| (*from..=*to).contains(&x))
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
    fn playhead(&mut self, head: &Playhead, picture: &Picture) {
        let end = self.sheet.width - self.sheet.track.0 - 1.0;
        let (x, rest) = (px(head.x), px(end - head.x));
        let mut y = AXIS_WORDS;
        let still = picture.still.iter().copied().chain([(picture.height, 0.0)]);
        for (top, height) in still {
            if y < top {
                let deep = px(top - y);
                self.push(format_args!("<path class=\"veil\" d=\"M{x} {y}h{rest}v{deep}h-{rest}z\"/>"));
                self.push(format_args!("<path class=\"head\" d=\"M{x} {y}v{deep}\"/>"));
            }
            y = top + height;
        }
        let (left, right) = head.chip;
        let (x, middle, width, clock) = (px(left), px((left + right) / 2.0), px(right - left), &head.clock);
        self.push(format_args!("<rect class=\"chip\" x=\"{x}\" y=\"-1\" width=\"{width}\" height=\"22\" rx=\"11\"/>"));
        self.push(format_args!("<text class=\"chip-text m\" x=\"{middle}\" y=\"14\">{clock}</text>\n"));
    }
}

/// The moment of a poster.
struct Playhead {
    x: f64,
    /// From where to where its time stands.
    chip: (f64, f64),
    clock: String,
}

impl Playhead {
    fn of(share: f64, clock: String, sheet: &Sheet) -> Playhead {
        let (x, width) = (share * sheet.track.1, bold_width(&clock) + 16.0);
        let end = sheet.width - sheet.track.0 - 8.0;
        let left = (x - width / 2.0).clamp(-8.0, end - width);
        Playhead { x, chip: (left, left + width), clock }
    }

    /// Whether words of the axis lie under its time.
    fn covers(&self, shape: &Shape, width: f64) -> bool {
        let (before, behind) = reach(shape);
        let (left, right) = (shape.x * width - before, shape.x * width + behind);
        shape.class == Class::Axis && left < self.chip.1 + 4.0 && self.chip.0 - 4.0 < right
    }
}

/// Below the words of the axis.
const AXIS_WORDS: f64 = 21.0;
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

/// Words between tags.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' | '\t' => escaped.push(letter),
            // XML has no place for them, however they are written.
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}
