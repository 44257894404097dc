//! How long recording, seeking and typing take: `cargo bench`, then the same loads in Chromium, then keys in the
//! editor. Prints a table for `benches/README.md`.

use crate::{Failure, browser, cargo, page, server};
use std::collections::BTreeMap;
use std::process::{Command, Stdio};

/// Runs both and prints the table.
pub(crate) fn run() -> Result<(), Failure> {
    browser::prepare()?;
    let native = lines(cargo::cargo().args(["bench", "--bench", "recording"]))?;
    page::build(page::Kind::Release)?;
    let address = server::serve_dist()?;
    let chromium = lines(&mut browser::script("bench.mjs", &address)?)?;
    let chromium: BTreeMap<&str, Vec<&str>> = chromium.iter().filter_map(|line| load(line)).collect();

    println!("\n| load | native: record | seek | Chromium: record | seek |\n|---|---|---|---|---|");
    for (name, figures) in native.iter().filter_map(|line| load(line)) {
        let beside = chromium.get(name).map_or_else(|| "– | –".to_owned(), |figures| figures.join(" | "));
        println!("| {name} | {} | {beside} |", figures.join(" | "));
    }
    for line in lines(&mut browser::script("typing.bench.mjs", &address)?)? {
        println!("{line}");
    }
    Ok(())
}

/// `100000-at-10000: 12.3 ms, 0.4 ms`: a load and its two figures.
fn load(line: &str) -> Option<(&str, Vec<&str>)> {
    let (name, figures) = line.split_once(": ")?;
    let figures: Vec<&str> = figures.split(", ").collect();
    (figures.len() == 2).then_some((name, figures))
}

fn lines(command: &mut Command) -> Result<Vec<String>, Failure> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| format!("cannot start: {error}"))?;
    if !output.status.success() {
        return Err(format!("the benches failed: {}", output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}
