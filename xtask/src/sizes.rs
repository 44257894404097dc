//! What a browser downloads, against the budget: stage by stage, since somebody sees the run before the program is there.

use crate::{Failure, browser, embed, example_pages, files, headers, site};
use brotli::enc::BrotliEncoderParams;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The whole page, compressed, is to be this large. A K is 1,000 bytes.
const BUDGET: usize = 220_000;

/// What a first visit loads, one after the other. Each stage has the files of those before it, too. A ceiling is to be
/// lowered with each diet, and raised only for what users get: benches/README.md says for what.
const STAGES: [Stage; 4] = [
    Stage { name: "picture", files: &[("index", "html"), ("first", "css"), ("static/first", "js")], ceiling: 10_000 },
    // Of the films only that of one language is loaded.
    Stage {
        name: "first step",
        files: &[("static/boot", "js"), ("player", "js"), ("film.zh-CN", "json")],
        ceiling: 30_000,
    },
    // Everything else that is named at the start, and the words of one language.
    Stage { name: "first chunk", files: &[], ceiling: 792_000 },
    // The chunks that come behind it.
    Stage { name: "all", files: &[], ceiling: 1_245_000 },
];

/// The place among [`STAGES`] of what the program needs to begin.
const FIRST_CHUNK: usize = 2;

/// A part of the first visit.
struct Stage {
    name: &'static str,
    /// How names begin and end of what it adds; between the two there may be a hash.
    files: &'static [(&'static str, &'static str)],
    /// What it and the stages before it may weigh, compressed.
    ceiling: usize,
}

/// The player may be this large: every page of documentation with a run in it loads it.
const PLAYER: usize = 7_150;

/// Fails if what the first visit loads is over the budget.
pub(crate) fn check() -> Result<(), Failure> {
    match print()?.map(|sizes| sizes.stages[STAGES.len() - 1]) {
        Some(all) if all > BUDGET => {
            Err(format!("the page is {} bytes over its budget of {BUDGET}", all - BUDGET).into())
        }
        Some(_) | None => Ok(()),
    }
}

/// Fails if a stage of the first visit, or the player, is over its ceiling.
pub(crate) fn check_ceiling() -> Result<(), Failure> {
    let Some(Sizes { stages, player }) = print()? else { return Ok(()) };
    let weighed = STAGES.iter().zip(stages).map(|(stage, size)| (stage.name, size, stage.ceiling));
    for (name, size, ceiling) in weighed.chain([("the player", player, PLAYER)]) {
        if size > ceiling {
            return Err(format!("{name}: {} bytes over {ceiling}", size - ceiling).into());
        }
    }
    Ok(())
}

/// In bytes, compressed.
pub(crate) struct Sizes {
    /// What each of [`STAGES`] weighs, with those before it.
    stages: [usize; STAGES.len()],
    /// The script of other pages.
    player: usize,
}

/// When a file is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// In a stage of the first visit, by its place.
    Stage(usize),
    /// The film or the words of another language.
    OtherLanguage,
    /// When it is needed, or never.
    Later,
    /// In pages of others, or to be found by others.
    Elsewhere,
}

impl When {
    /// Of a file that the page names, or not, and that is of these chunks.
    fn of(name: &str, is_named: bool, chunks: &BTreeSet<String>) -> When {
        let of_stage = |stage: &Stage| stage.files.iter().any(|(stem, extension)| is_called(name, stem, extension));
        if name.starts_with(embed::FOLDER) || is_for_others(name) {
            return When::Elsewhere;
        }
        if !chunks.is_empty() {
            // As of the films, those of Chinese count.
            return match chunks.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["en"] => When::OtherLanguage,
                ["console"] => When::Later,
                _ if chunks.contains("zh") => When::Stage(FIRST_CHUNK),
                _ => When::Stage(FIRST_CHUNK + 1),
            };
        }
        match STAGES[..FIRST_CHUNK].iter().position(of_stage) {
            Some(stage) => When::Stage(stage),
            None if name.starts_with("film.") => When::OtherLanguage,
            // Icons of an installed page.
            None if name.ends_with(".png") => When::Later,
            // Files of `static/` that the page does not name are fetched when they are needed.
            None if !name.starts_with("static/") || is_named => When::Stage(FIRST_CHUNK),
            None => When::Later,
        }
    }
}

/// Whether a file is not for the page: for searchers, for cards, without scripts.
pub(crate) fn is_for_others(name: &str) -> bool {
    name.starts_with(example_pages::FOLDER) || [site::CARD, "robots.txt", "sitemap.xml"].contains(&name)
}

/// Whether a name is this one, with a hash in it or not.
fn is_called(name: &str, stem: &str, extension: &str) -> bool {
    let rest =
        name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(extension)).and_then(|rest| rest.strip_suffix('.'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Prints a table of `dist/`; how much there is of it, if it was made to be weighed.
pub(crate) fn print() -> Result<Option<Sizes>, Failure> {
    let dist = files::dist();
    let all = files::under(&dist)?;
    if all.is_empty() {
        return Err("dist/ is empty: cargo xtask build --release".into());
    }
    let html = files::read_text(&dist.join("index.html"))?;
    let chunks = chunks_of(&dist)?;
    let mut added = [0; STAGES.len()];
    let (mut later, mut player, mut examples) = (0, 0, 0);
    println!("{:<40} {:>10} {:>10}", "file", "raw", "brotli");
    for path in all {
        let name = files::address(&path, &dist);
        // No browser asks for it.
        if name == headers::NAME {
            continue;
        }
        let content = files::read(&path)?;
        let compressed = compressed(&content)?;
        if name.starts_with(example_pages::FOLDER) {
            examples += compressed;
            continue;
        }
        if name == embed::PLAYER {
            player = compressed;
        }
        let when = match When::of(&name, html.contains(&name), chunks.get(&name).unwrap_or(&BTreeSet::new())) {
            When::Stage(stage) => {
                added[stage] += compressed;
                STAGES[stage].name
            }
            When::OtherLanguage => "in the other language",
            When::Later => {
                later += compressed;
                "when needed"
            }
            When::Elsewhere => "for others",
        };
        println!("{name:<40} {:>10} {compressed:>10}  {when}", content.len());
    }
    println!("{:<40} {:>10} {examples:>10}  for others", example_pages::FOLDER, "");
    let mut stages = [0; STAGES.len()];
    let mut total = 0;
    for (place, stage) in STAGES.iter().enumerate() {
        total += added[place];
        stages[place] = total;
        println!("{:<40} {:>10} {total:>10}  of {}", stage.name, "", stage.ceiling);
    }
    println!("{:<40} {:>10} {total:>10}  of {BUDGET}", "first visit, against its budget", "");
    println!("{:<40} {:>10} {later:>10}", "when needed", "");
    let is_release = dist.join("sw.js").exists();
    if !is_release || browser::wasm_opt().is_none() {
        println!("not compared with the budget: that is for a release build made with wasm-opt");
        return Ok(None);
    }
    Ok(Some(Sizes { stages, player }))
}

/// The files of chunks that come later, each with the chunks that it is of: as the script says that loads them.
fn chunks_of(dist: &Path) -> Result<BTreeMap<String, BTreeSet<String>>, Failure> {
    let mut chunks: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files::under(&dist.join("static"))? {
        if !files::address(&path, dist).starts_with("static/boot") {
            continue;
        }
        let script = files::read_text(&path)?;
        let built = script.lines().find_map(|line| line.trim().strip_prefix("const BUILT = ")?.strip_suffix(';'));
        let built: Value = serde_json::from_str(built.ok_or("the first script does not say what was built")?)?;
        for (chunk, names) in built["chunks"].as_object().into_iter().flatten() {
            for name in names.as_array().into_iter().flatten().filter_map(Value::as_str) {
                chunks.entry(name.to_owned()).or_default().insert(chunk.clone());
            }
        }
    }
    Ok(chunks)
}

fn compressed(content: &[u8]) -> Result<usize, Failure> {
    let mut output = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, ..BrotliEncoderParams::default() };
    Ok(brotli::BrotliCompress(&mut &content[..], &mut output, &parameters)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_belongs_to_one_stage() {
        for (name, is_named, when) in [
            ("index.html", false, When::Stage(0)),
            ("first-0123.css", true, When::Stage(0)),
            ("static/first-0123.js", true, When::Stage(0)),
            ("static/boot.js", true, When::Stage(1)),
            ("player-0123.js", false, When::Stage(1)),
            ("film.zh-CN-0123.json", false, When::Stage(1)),
            ("film.en-0123.json", false, When::OtherLanguage),
            ("web_bg-0123.wasm", true, When::Stage(2)),
            ("static/icon.svg", true, When::Stage(2)),
            ("static/help.en-0123.txt", false, When::Later),
            ("static/icon-192.png", true, When::Later),
            ("static/embed/job-playground.js", false, When::Elsewhere),
            ("examples/pi/index.html", false, When::Elsewhere),
            (site::CARD, true, When::Elsewhere),
        ] {
            assert_eq!(When::of(name, is_named, &BTreeSet::new()), when, "{name}");
        }
    }

    #[test]
    fn chunks_come_with_their_language_or_behind_the_first() {
        for (chunks, when) in [
            (&["zh"][..], When::Stage(2)),
            (&["en"], When::OtherLanguage),
            (&["en", "zh"], When::Stage(2)),
            (&["en", "more"], When::Stage(3)),
            (&["more", "zh"], When::Stage(2)),
            (&["check", "more"], When::Stage(3)),
            (&["more"], When::Stage(3)),
            (&["console"], When::Later),
        ] {
            let set = chunks.iter().map(|chunk| (*chunk).to_owned()).collect();
            assert_eq!(When::of("web_more-0123.wasm", false, &set), when, "{chunks:?}");
        }
    }
}
