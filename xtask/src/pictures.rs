//! Pictures that have to be pixels: the card that others show for a link, and the icons of an installed page. They are kept
//! in `static/`, since to make them needs a browser: `cargo xtask pictures`. `pictures.txt` says of what each was made, and
//! a test that it still is.

use crate::still::escaped;
use crate::{Failure, browser, files, site};
use job_playground::examples::EXAMPLES;
use job_playground::picture::OwnedRun;
use job_playground::picture::svg::{Look, Theme, poster};
use job_playground::texts::Lang;
use std::path::PathBuf;
use std::process::Command;

/// Where it is said of what they were made.
const SUMS: &str = "xtask/pictures.txt";

/// The glyph of the product on its ground, in a box of 24.
const GLYPH: &str = "<rect x=\"2\" y=\"4\" width=\"9\" height=\"4\" rx=\"2\" fill=\"#c2410c\"/>\
    <rect x=\"8\" y=\"10\" width=\"9\" height=\"4\" rx=\"2\" fill=\"#c2410c\"/>\
    <path d=\"M3 12h3M4 18h7\" fill=\"none\" stroke=\"#8e887c\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-dasharray=\".1 3\"/>\
    <rect x=\"13\" y=\"16\" width=\"9\" height=\"4\" rx=\"2\" fill=\"#0b7a5b\"/>";

const PAPER: &str = "#f6f5f1";

/// A picture to be made.
struct Picture {
    name: &'static str,
    size: (u32, u32),
    svg: String,
}

fn all() -> Vec<Picture> {
    // Of a maskable icon only the middle is sure to be seen.
    let icon = |name, side, room: f64| Picture { name, size: (side, side), svg: icon(side, room) };
    vec![
        Picture { name: site::CARD, size: (1200, 630), svg: card() },
        icon("static/icon-192.png", 192, 0.84),
        icon("static/icon-512.png", 512, 0.84),
        icon("static/icon-maskable-512.png", 512, 0.58),
    ]
}

fn icon(side: u32, room: f64) -> String {
    let side = f64::from(side);
    let (from, scale) = (side * (1.0 - room) / 2.0, side * room / 24.0);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\"><rect width=\"100%\" height=\"100%\" \
         fill=\"{PAPER}\"/><g transform=\"translate({from} {from}) scale({scale})\">{GLYPH}</g></svg>"
    )
}

/// The name, what it is for, and the run of the first example.
fn card() -> String {
    let words = Lang::En.page();
    let poster = poster(&OwnedRun::of(EXAMPLES[0].text).as_run(), Look { theme: Theme::Light, ..Look::default() });
    // One and a half times as large, in a place of its own.
    let poster = poster.replacen("width=\"720\" height=\"282\"", "x=\"60\" y=\"176\" width=\"1080\" height=\"423\"", 1);
    let (half, rest) = words.purpose.split_once(", rewind").unwrap_or((words.purpose, ""));
    // The style of the poster is for all text, so that of these words is their own.
    let text = |y: u32, style: &str, words: &str| format!("<text x=\"156\" y=\"{y}\" style=\"{style}\">{words}</text>");
    let quiet = "font:24px Roboto,'Noto Sans',sans-serif;fill:#55514a";
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><rect width=\"100%\" height=\"100%\" \
         fill=\"{PAPER}\"/><g transform=\"translate(56 40) scale(3.4)\">{GLYPH}</g>{}{}{}{poster}</svg>",
        text(72, "font:700 44px Roboto,'Noto Sans',sans-serif;fill:#1b1a17", words.product),
        text(112, quiet, &format!("{},", escaped(half))),
        text(144, quiet, &escaped(&format!("rewind{rest}"))),
    )
}

/// Makes all of them.
pub(crate) fn make() -> Result<(), Failure> {
    let chromium = browser::chromium().ok_or("there is no Chromium")?;
    let folder = files::root().join("target/pictures");
    let mut lines = String::new();
    for Picture { name, size: (width, height), svg } in all() {
        let source = folder.join("picture.svg");
        files::write(&source, &svg)?;
        let path = files::root().join(name);
        let status = Command::new(&chromium)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"])
            .arg(format!("--window-size={width},{height}"))
            .arg(format!("--screenshot={}", path.display()))
            .arg(&source)
            .status()?;
        if !status.success() {
            return Err(format!("Chromium did not draw {name}").into());
        }
        lines += &line(name, &svg, &files::read(&path)?);
    }
    files::write(&sums(), lines)
}

/// What it was made of, and what it is.
fn line(name: &str, svg: &str, png: &[u8]) -> String {
    format!("{name} of {} is {}\n", files::sum(svg.as_bytes()), files::sum(png))
}

fn sums() -> PathBuf {
    files::root().join(SUMS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_made_of_what_there_is_now() {
        let kept = files::read_text(&sums()).unwrap();
        let now: String = all()
            .iter()
            .map(|picture| line(picture.name, &picture.svg, &files::read(&files::root().join(picture.name)).unwrap()))
            .collect();
        assert_eq!(kept, now, "cargo xtask pictures");
    }

    #[test]
    fn they_have_the_sizes_that_are_said_of_them() {
        for picture in all() {
            let png = files::read(&files::root().join(picture.name)).unwrap();
            let side = |from: usize| u32::from_be_bytes(png[from..from + 4].try_into().unwrap());
            assert_eq!((side(16), side(20)), picture.size, "{}", picture.name);
        }
    }
}
