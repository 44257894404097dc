//! What a browser downloads, against the budget.

use crate::{Failure, browser, files};
use brotli::enc::BrotliEncoderParams;

/// The whole page, compressed, may be this large. A K is 1,000 bytes.
const BUDGET: usize = 220_000;

/// Prints a table of `dist/`; fails if what the first visit loads is over the budget.
pub(crate) fn print() -> Result<(), Failure> {
    let dist = files::dist();
    let all = files::under(&dist)?;
    if all.is_empty() {
        return Err("dist/ is empty: cargo xtask build --release".into());
    }
    let html = files::read_text(&dist.join("index.html"))?;
    let mut total = 0;
    let mut later = 0;
    println!("{:<34} {:>10} {:>10}", "file", "raw", "brotli");
    for path in all {
        let name = files::address(&path, &dist);
        let content = files::read(&path)?;
        let compressed = compressed(&content)?;
        // Files of `static/` that the page does not name are fetched when they are needed, or never.
        let at_once = !name.starts_with("static/") || html.contains(&name);
        if at_once {
            total += compressed;
        } else {
            later += compressed;
        }
        println!("{name:<34} {:>10} {compressed:>10}{}", content.len(), if at_once { "" } else { "  when needed" });
    }
    println!("{:<34} {:>10} {total:>10}  of {BUDGET}", "first visit", "");
    println!("{:<34} {:>10} {later:>10}", "when needed", "");
    let is_release = dist.join("sw.js").exists();
    if !is_release || browser::wasm_opt().is_none() {
        println!("not compared with the budget: that is for a release build made with wasm-opt");
        return Ok(());
    }
    if total > BUDGET {
        return Err(format!("the page is {} bytes over its budget of {BUDGET}", total - BUDGET).into());
    }
    Ok(())
}

fn compressed(content: &[u8]) -> Result<usize, Failure> {
    let mut output = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, ..BrotliEncoderParams::default() };
    Ok(brotli::BrotliCompress(&mut &content[..], &mut output, &parameters)?)
}
