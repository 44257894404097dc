//! What a browser downloads, against the budget.

use crate::{Failure, browser, embed, files, headers};
use brotli::enc::BrotliEncoderParams;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The whole page, compressed, is to be this large. A K is 1,000 bytes.
const BUDGET: usize = 220_000;
/// It is not yet; until then neither stage of it may grow beyond this. To be lowered with each diet, and raised only for
/// what users get: benches/README.md says for what.
const FIRST_CHUNK: usize = 691_000;
const ALL: usize = 994_000;

/// The player may be this large: every page of documentation with a run in it loads it.
const PLAYER: usize = 7_200;

/// Fails if what the first visit loads is over the budget.
pub(crate) fn check() -> Result<(), Failure> {
    at_most(|sizes| [("the player", sizes.player, PLAYER), ("the page", sizes.all, BUDGET)].into())
}

/// Fails if a stage of the first visit is over its ceiling.
pub(crate) fn check_ceiling() -> Result<(), Failure> {
    at_most(|sizes| {
        [
            ("the player", sizes.player, PLAYER),
            ("the page with its first chunk", sizes.first_chunk, FIRST_CHUNK),
            ("the page with all its chunks", sizes.all, ALL),
        ]
        .into()
    })
}

fn at_most(limits: impl FnOnce(&Sizes) -> Vec<(&'static str, usize, usize)>) -> Result<(), Failure> {
    let Some(sizes) = print()? else { return Ok(()) };
    let over = limits(&sizes).into_iter().filter(|(_, size, limit)| size > limit);
    let faults: Vec<String> =
        over.map(|(what, size, limit)| format!("{what} is {} bytes over its {limit}", size - limit)).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.join("; ").into()) }
}

/// In bytes, compressed.
pub(crate) struct Sizes {
    /// What the first visit loads until the run of a text is shown, in the language with more words.
    first_chunk: usize,
    /// What it loads in all.
    all: usize,
    /// The script of other pages.
    player: usize,
}

/// Prints a table of `dist/`; how much there is of it, if it was made to be weighed.
pub(crate) fn print() -> Result<Option<Sizes>, Failure> {
    let dist = files::dist();
    let every = files::under(&dist)?;
    if every.is_empty() {
        return Err("dist/ is empty: cargo xtask build --release".into());
    }
    let html = files::read_text(&dist.join("index.html"))?;
    let chunks = chunks_of(&dist)?;
    let (mut first_chunk, mut all) = (0, 0);
    let mut words = BTreeMap::new();
    let mut later = 0;
    let mut player = 0;
    println!("{:<34} {:>10} {:>10}", "file", "raw", "brotli");
    for path in every {
        let name = files::address(&path, &dist);
        // No browser asks for it.
        if name == headers::NAME {
            continue;
        }
        let content = files::read(&path)?;
        let compressed = compressed(&content)?;
        // Files of `static/` that the page does not name are fetched when they are needed, or never.
        let at_once = !name.starts_with("static/") || html.contains(&name);
        if name == embed::PLAYER {
            player = compressed;
        }
        let when = if let Some(names) = chunks.get(&name) {
            // What languages share comes with each.
            if let [language @ ("en" | "zh")] = names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                words.insert(language.to_owned(), compressed);
                "  in its language"
            } else {
                all += compressed;
                if names.contains("en") || names.contains("zh") {
                    first_chunk += compressed;
                    ""
                } else {
                    "  behind the first chunk"
                }
            }
        } else if at_once {
            first_chunk += compressed;
            all += compressed;
            ""
        } else if name.starts_with(embed::FOLDER) {
            "  in pages of others"
        } else {
            later += compressed;
            "  when needed"
        };
        println!("{name:<34} {:>10} {compressed:>10}{when}", content.len());
    }
    let words = words.into_values().max().unwrap_or(0);
    first_chunk += words;
    all += words;
    println!("{:<34} {:>10} {first_chunk:>10}  of {FIRST_CHUNK}", "first chunk, with all before", "");
    println!("{:<34} {:>10} {all:>10}  of {ALL}, to be {BUDGET}", "first visit", "");
    println!("{:<34} {:>10} {later:>10}", "when needed", "");
    let is_release = dist.join("sw.js").exists();
    if !is_release || browser::wasm_opt().is_none() {
        println!("not compared with the budget: that is for a release build made with wasm-opt");
        return Ok(None);
    }
    Ok(Some(Sizes { first_chunk, all, player }))
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
