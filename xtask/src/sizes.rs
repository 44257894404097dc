//! What a browser downloads, against the budget.

use crate::{Failure, browser, embed, files, headers};
use brotli::enc::BrotliEncoderParams;

/// The whole page, compressed, is to be this large. A K is 1,000 bytes.
const BUDGET: usize = 220_000;
/// It is not yet; until then it may not grow beyond this. To be lowered with each diet, and raised only for what users get:
/// benches/README.md says for what.
const CEILING: usize = 982_500;

/// The player may be this large: every page of documentation with a run in it loads it.
const PLAYER: usize = 7_150;

/// Fails if what the first visit loads is over the budget.
pub(crate) fn check() -> Result<(), Failure> {
    at_most(BUDGET, "its budget")
}

/// Fails if what the first visit loads is over the ceiling.
pub(crate) fn check_ceiling() -> Result<(), Failure> {
    at_most(CEILING, "what it may weigh until it meets its budget")
}

fn at_most(limit: usize, what: &str) -> Result<(), Failure> {
    match print()? {
        Some(Sizes { player, .. }) if player > PLAYER => {
            Err(format!("the player is {} bytes over its {PLAYER}", player - PLAYER).into())
        }
        Some(Sizes { total, .. }) if total > limit => {
            Err(format!("the page is {} bytes over {what} of {limit}", total - limit).into())
        }
        Some(_) | None => Ok(()),
    }
}

/// In bytes, compressed.
pub(crate) struct Sizes {
    /// What the first visit loads.
    total: usize,
    /// The script of other pages.
    player: usize,
}

/// Prints a table of `dist/`; how much there is of it, if it was made to be weighed.
pub(crate) fn print() -> Result<Option<Sizes>, Failure> {
    let dist = files::dist();
    let all = files::under(&dist)?;
    if all.is_empty() {
        return Err("dist/ is empty: cargo xtask build --release".into());
    }
    let html = files::read_text(&dist.join("index.html"))?;
    let mut total = 0;
    let mut later = 0;
    let mut player = 0;
    println!("{:<34} {:>10} {:>10}", "file", "raw", "brotli");
    for path in all {
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
        let when = if at_once {
            total += compressed;
            ""
        } else if name.starts_with(embed::FOLDER) {
            "  in pages of others"
        } else {
            later += compressed;
            "  when needed"
        };
        println!("{name:<34} {:>10} {compressed:>10}{when}", content.len());
    }
    println!("{:<34} {:>10} {total:>10}  of {BUDGET}", "first visit", "");
    println!("{:<34} {:>10} {later:>10}", "when needed", "");
    let is_release = dist.join("sw.js").exists();
    if !is_release || browser::wasm_opt().is_none() {
        println!("not compared with the budget: that is for a release build made with wasm-opt");
        return Ok(None);
    }
    Ok(Some(Sizes { total, player }))
}

fn compressed(content: &[u8]) -> Result<usize, Failure> {
    let mut output = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, ..BrotliEncoderParams::default() };
    Ok(brotli::BrotliCompress(&mut &content[..], &mut output, &parameters)?)
}
