//! Small drawings of a fixed size, as paths.

use super::Glyph;

/// How a path of a glyph is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pen {
    /// Filled with the colour of the class.
    Fill,
    /// The ground of the sheet, outlined in the colour of the class.
    Outline,
    /// A line in the colour of the class.
    Line,
    /// A line on a filled ground.
    Ink,
    /// A fine line on a filled ground.
    FineInk,
    /// Filled with the ground of the sheet.
    Sheet,
    /// Filled with the colour of ink on a filled ground.
    FillInk,
    /// A hatch over a filled ground.
    Hatch,
}

impl Pen {
    /// Its name in the style.
    pub fn as_str(self) -> &'static str {
        match self {
            Pen::Fill => "fill",
            Pen::Outline => "outline",
            Pen::Line => "pen",
            Pen::Ink => "ink",
            Pen::FineInk => "fine",
            Pen::Sheet => "paper",
            Pen::FillInk => "inked",
            Pen::Hatch => "cross",
        }
    }
}

const CAP: &str = "M0 0h16a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H0z";
const BOX: &str = "M3 0h6a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z";

impl Glyph {
    /// Its paths, from back to front; of a flag none, since it is as long as its word.
    pub fn paths(self) -> &'static [(Pen, &'static str)] {
        match self {
            Glyph::Tick => &[(Pen::Fill, CAP), (Pen::Ink, "M6 10.5l3 3 5.5-6.5")],
            Glyph::Cross => &[(Pen::Fill, CAP), (Pen::Hatch, CAP), (Pen::Ink, "M6.5 6.5l7 7M13.5 6.5l-7 7")],
            Glyph::Ignored => &[
                (Pen::Outline, "M0 .75h16a3.25 3.25 0 0 1 3.25 3.25v12a3.25 3.25 0 0 1-3.25 3.25H0z"),
                (Pen::Line, "M5.5 10a4 4 0 1 0 8 0a4 4 0 1 0-8 0M6.7 12.8l5.6-5.6"),
            ],
            Glyph::Killed => &[(Pen::Fill, "M0 0h12v20H0z"), (Pen::FillInk, "M3.5 7.5h5v5h-5z")],
            Glyph::Vanished => &[(Pen::Sheet, "M-19-1H4v22h-23z"), (Pen::Fill, "M-19 .75L0 10l-19 9.25z")],
            Glyph::Notch => &[(Pen::Sheet, "M-1-.5h9L3.5 7z")],
            Glyph::Flag => &[],
            Glyph::Diamond => &[(Pen::Fill, "M0-.5l4.5 4.5L0 8.5l-4.5-4.5z")],
            Glyph::Time => &[(Pen::Fill, "M0 0l4 5v17h-8V5z")],
            Glyph::SmallTick => &[(Pen::Fill, BOX), (Pen::FineInk, "M3 6.5l2 2 4-4.5")],
            Glyph::SmallCross => &[(Pen::Fill, BOX), (Pen::FineInk, "M3.5 3.5l5 5M8.5 3.5l-5 5")],
            Glyph::NoLogs => &[
                (
                    Pen::Outline,
                    "M4 .75h18a3.25 3.25 0 0 1 3.25 3.25v10a3.25 3.25 0 0 1-3.25 3.25H4A3.25 3.25 0 0 1 .75 14V4A3.25 3.25 0 0 1 4 .75z",
                ),
                (Pen::Line, "M8 5.5h10M8 9h6M8 12.5h4M15.5 10l3.5 3.5M19 10l-3.5 3.5"),
            ],
            Glyph::Pin => &[(Pen::Fill, "M-4 0h8v5l-4 5-4-5z")],
        }
    }
}

/// The path of a flag; it flies to the left if its length is negative.
pub fn flag(length: f64) -> String {
    let notch = if length < 0.0 { length + 5.0 } else { length - 5.0 };
    format!("M0 0H{length}L{notch} 8 {length} 16H0z")
}
