//! `cargo xtask`: builds, serves and checks the page. Knows cargo, wasm-bindgen and the browser tests; knows nothing
//! of Jobs.

#![forbid(unsafe_code)]

mod bench;
mod browser;
mod cargo;
mod check;
mod chunks;
mod command;
mod embed;
mod example_pages;
mod files;
mod first;
mod headers;
mod hosts;
mod index;
mod install;
mod lessons;
mod page;
mod pictures;
mod release;
mod server;
mod service_worker;
mod site;
mod sizes;
mod still;
mod style;

use browser::Browsers;
use std::process::ExitCode;

/// What went wrong, in words for the person at the terminal.
pub(crate) type Failure = Box<dyn std::error::Error>;

const HELP: &str = "\
cargo xtask serve [--release] [--port N]   build the page and serve it; reload the page to rebuild it
cargo xtask build [--release] [--site URL] build the page into dist/, for this address
cargo xtask sizes                          what of dist/ a browser downloads, against the budget
cargo xtask test [--no-browser]            everything that must hold, with one closing line
cargo xtask test --all-browsers            that, and gestures in Firefox and WebKitGTK
cargo xtask hosts NAME                     a site of others with runs in it: mdbook, mkdocs, sphinx, hugo, ...
cargo xtask pictures                       the card for links and the icons, after a change of what they show
cargo xtask release [--check]              all files of a release into target/release-files; --check tries them
cargo xtask release --terminal             that of the program alone, for this machine
cargo xtask bench                          how long recording, seeking and a frame of the page take";

/// The port of `serve`, unless another is asked for.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Failure> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve", options @ ..] => serve(options),
        ["build", options @ ..] => build(options),
        ["sizes"] => sizes::check(),
        ["test"] => check::all(Browsers::Chromium),
        ["test", "--all-browsers"] => check::all(Browsers::All),
        ["test", "--no-browser"] => check::all_but_browser(),
        ["hosts", name] => hosts::check(name),
        ["pictures"] => pictures::make(),
        ["release"] => release::all(),
        ["release", "--check"] => release::checked(),
        ["release", "--terminal"] => release::terminal(),
        ["bench"] => bench::run(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(format!("what is `cargo xtask {}`?\n\n{HELP}", arguments.join(" ")).into()),
    }
}

fn build(options: &[&str]) -> Result<(), Failure> {
    let mut kind = page::Kind::Serve;
    let mut site = None;
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match *option {
            "--release" => kind = page::Kind::Release,
            "--site" => site = Some(*options.next().ok_or("--site needs an address")?),
            other => return Err(format!("`build` does not know `{other}`\n\n{HELP}").into()),
        }
    }
    page::build_for(&site::Site::at(site)?, kind)?;
    if kind == page::Kind::Release { sizes::print().map(drop) } else { Ok(()) }
}

fn serve(options: &[&str]) -> Result<(), Failure> {
    let mut kind = page::Kind::Serve;
    let mut port = PORT;
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match *option {
            "--release" => kind = page::Kind::Release,
            "--port" => {
                let number = options.next().ok_or("--port needs a number")?;
                port = number.parse().map_err(|_| format!("--port needs a number up to 65535, not `{number}`"))?;
            }
            other => return Err(format!("`serve` does not know `{other}`\n\n{HELP}").into()),
        }
    }
    server::serve_sources(kind, port)
}
