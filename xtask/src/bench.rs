//! How long recording, layout and seeking take: `cargo bench`, then the same loads in Chromium; how long a frame of the
//! page takes while the playhead is dragged, and a key in the editor. Prints tables for `benches/README.md`.

use crate::{Failure, browser, cargo, page, server};
use std::collections::BTreeMap;
use std::process::{Command, Stdio};

/// Runs all and prints the tables.
pub(crate) fn run() -> Result<(), Failure> {
    browser::prepare(browser::Browsers::Chromium)?;
    let native = lines(cargo::cargo().args(["bench", "--bench", "recording"]))?;
    page::build(page::Kind::Release)?;
    let address = server::serve_dist()?;
    let chromium = lines(&mut browser::script("bench.mjs", &address)?)?;
    let chromium: BTreeMap<&str, Vec<&str>> = chromium.iter().filter_map(|line| load(line)).collect();
    let frames = lines(&mut browser::script("frames.mjs", &address)?)?;

    println!("\n| load | native: record | layout | seek | Chromium: record | layout | seek | memory |");
    println!("|---|---|---|---|---|---|---|---|");
    for (name, figures) in native.iter().filter_map(|line| load(line)) {
        let beside = chromium.get(name).map_or_else(|| "– | – | – | –".to_owned(), |figures| figures.join(" | "));
        println!("| {name} | {} | {beside} |", figures.join(" | "));
    }
    println!("\n| page | frame: median | 95th of 100 | worst | busy, mean | memory |\n|---|---|---|---|---|---|");
    for (name, figures) in frames.iter().filter_map(|line| load(line)) {
        println!("| {name} | {} |", figures.join(" | "));
    }
    println!();
    for line in lines(&mut browser::script("typing.bench.mjs", &address)?)? {
        println!("{line}");
    }
    Ok(())
}

/// `100000-at-10000: 12.3 ms, 0.4 ms`: a load and its figures.
fn load(line: &str) -> Option<(&str, Vec<&str>)> {
    let (name, figures) = line.split_once(": ")?;
    let figures: Vec<&str> = figures.split(", ").collect();
    figures.iter().all(|figure| figure.ends_with(" ms") || figure.ends_with(" MB")).then_some((name, figures))
}

fn lines(command: &mut Command) -> Result<Vec<String>, Failure> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| format!("cannot start: {error}"))?;
    if !output.status.success() {
        return Err(format!("the benches failed: {}", output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}
