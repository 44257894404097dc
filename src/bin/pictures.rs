//! Links, and the posters and films of whole folders.

use super::{CliError, Name, note, print, read, report_diagnostics, report_end, time};
use job_playground::manifest::{self, link};
use job_playground::picture::attributes::{Attributes, Mistake};
use job_playground::picture::svg::{self, Look, Theme, Width};
use job_playground::picture::{OwnedRun, film};
use job_playground::recording::Recording;
use job_playground::texts::Lang;
use lexopt::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

const LINK_HELP: &str = "\
Prints the link to a run: what stands behind # in the address of the page, or the whole address. It holds the whole text.

job-playground link FILE
               --at TIME       to a time after the start: 90s, 1m30s
               --page ADDRESS  in the page there
";

const EMBED_HELP: &str = "\
Writes a poster and a film of every manifest in folders: NAME.svg and NAME.film.json for NAME.yaml. Manifests without a
Job or a CronJob are left out.

job-playground embed DIR\u{2026} --out DIR
               --lang en,zh      in these languages: NAME.svg, NAME.zh.svg
               --width 720,380   in these widths: NAME.svg, NAME.380.svg
               --check           writes nothing; the exit code is 1 if something would be written anew
";

const REDACT_HELP: &str = "\
Prints a text whose run is the same, without what its author has named: names, images, labels, values of the environment
and commands are replaced, the same one everywhere; comments, notes and what is not modelled are left out.

job-playground redact FILE
";

pub(super) fn redact(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let mut file = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => return print(REDACT_HELP),
            Value(path) if file.is_none() => file = Some(path),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| CliError::Usage("redact: which file?".to_owned()))?;
    let reading = manifest::read(&read(&file)?);
    let name = Name::of(&file);
    report_diagnostics(&name, &reading)?;
    let redacted = manifest::redact::redact(&reading);
    if redacted.has_chance {
        note(&format!("{name}: {}", Lang::En.share().has_chance));
    }
    print(&redacted.text)
}

pub(super) fn link(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let (mut file, mut at, mut page) = (None, None, String::new());
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("at") => at = Some(time(&arguments.value()?.string()?)?),
            Long("page") => page = arguments.value()?.string()?,
            Short('h') | Long("help") => return print(LINK_HELP),
            Value(path) if file.is_none() => file = Some(path),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| CliError::Usage("link: which file?".to_owned()))?;
    let text = read(&file)?;
    let fragment = at.map_or_else(|| link::encode(&text), |at| link::encode_at(&text, at));
    print(&format!("{page}#{fragment}\n"))
}

/// What `embed` is to make.
struct Embedding {
    out: PathBuf,
    langs: Vec<Lang>,
    widths: Vec<Width>,
    is_check: bool,
}

pub(super) fn embed(mut arguments: lexopt::Parser) -> Result<(), CliError> {
    let (mut folders, mut out): (Vec<PathBuf>, Option<PathBuf>) = (Vec::new(), None);
    let (mut langs, mut widths, mut is_check) = (vec![Lang::En], vec![Width::Wide], false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("out") => out = Some(arguments.value()?.into()),
            Long("lang") => langs = list(&arguments.value()?.string()?, lang)?,
            Long("width") => widths = list(&arguments.value()?.string()?, width)?,
            Long("check") => is_check = true,
            Short('h') | Long("help") => return print(EMBED_HELP),
            Value(folder) => folders.push(folder.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let out = out.ok_or_else(|| CliError::Usage("embed: --out names the folder to write to".to_owned()))?;
    if folders.is_empty() {
        return Err(CliError::Usage("embed: which folders?".to_owned()));
    }
    let embedding = Embedding { out, langs, widths, is_check };
    let (mut made, mut changed) = (0, Vec::new());
    for folder in &folders {
        for path in manifests(folder)? {
            for (file, content) in embedding.files(folder, &path)? {
                made += 1;
                if fs::read(&file).is_ok_and(|before| before == content.as_bytes()) {
                    continue;
                }
                embedding.write(&file, &content)?;
                changed.push(file);
            }
        }
    }
    let what = if is_check { "would be written anew" } else { "written" };
    let names: String = changed.iter().map(|file| format!("{}\n", file.display())).collect();
    print(&format!("{names}{} of {made} files {what}\n", changed.len()))?;
    if is_check && !changed.is_empty() { Err(CliError::Reported) } else { Ok(()) }
}

impl Embedding {
    /// The files of a manifest, with what they hold; none if there is nothing to run in it.
    fn files(&self, folder: &Path, path: &Path) -> Result<Vec<(PathBuf, String)>, CliError> {
        let file = path.as_os_str().to_owned();
        let (name, reading) = (Name::of(&file), manifest::read(&read(&file)?));
        if reading.scenario.manifests.is_empty() && !reading.has_errors() {
            note(&format!("{}: no Job or CronJob in it", path.display()));
            return Ok(Vec::new());
        }
        report_diagnostics(&name, &reading)?;
        let scenario = reading.scenario.clone().with_time_zones();
        let recording = Recording::of(&scenario);
        report_end(&name, &recording);
        let run = OwnedRun::recorded(reading, scenario, recording);
        let run = run.as_run();
        let place = self.out.join(path.strip_prefix(folder).unwrap_or(path)).with_extension("");
        let mut files = Vec::new();
        // The first language and the first width have plain names.
        for (n, lang) in self.langs.iter().copied().enumerate() {
            let place = if n == 0 { place.clone() } else { with(&place, tag_of(lang)) };
            for (n, width) in self.widths.iter().copied().enumerate() {
                let place = if n == 0 { place.clone() } else { with(&place, &width.pixels().to_string()) };
                files.push((with(&place, "svg"), svg::poster(&run, Look { lang, width, ..Look::default() })));
            }
            files.push((with(&place, "film.json"), film::film(&run, lang)));
        }
        Ok(files)
    }

    fn write(&self, file: &Path, content: &str) -> Result<(), CliError> {
        if self.is_check {
            return Ok(());
        }
        let failed = |error: std::io::Error| CliError::Usage(format!("{}: {error}", file.display()));
        file.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
        fs::write(file, content).map_err(failed)
    }
}

/// What is said about a figure whose text begins there.
pub(super) fn attributes(name: &Name, line: &str) -> Result<Attributes, CliError> {
    Attributes::read(line).map_err(|mistake| {
        let words = match mistake {
            Mistake::Malformed(rest) => format!("write attributes like at=\"25s\", not `{rest}`"),
            Mistake::Unknown(name) => format!("a run has no attribute `{name}`"),
            Mistake::Value(name, value) => format!("{name}=\"{value}\" is none of the values that there are"),
        };
        CliError::Usage(format!("{}: {words}", name.first_line()))
    })
}

pub(super) fn lang(word: &str) -> Result<Lang, CliError> {
    match word {
        "en" => Ok(Lang::En),
        "zh" | "zh-CN" => Ok(Lang::Zh),
        other => Err(CliError::Usage(format!("--lang {other}: en or zh"))),
    }
}

pub(super) fn width(word: &str) -> Result<Width, CliError> {
    match word {
        "720" => Ok(Width::Wide),
        "380" => Ok(Width::Narrow),
        other => Err(CliError::Usage(format!("--width {other}: 720 or 380"))),
    }
}

pub(super) fn theme(word: &str) -> Result<Theme, CliError> {
    match word {
        "auto" => Ok(Theme::Auto),
        "light" => Ok(Theme::Light),
        "dark" => Ok(Theme::Dark),
        "print" => Ok(Theme::Print),
        "mono" => Ok(Theme::Mono),
        other => Err(CliError::Usage(format!("--theme {other}: auto, light, dark, print or mono"))),
    }
}

/// A list of words with commas between them.
fn list<T>(words: &str, of: fn(&str) -> Result<T, CliError>) -> Result<Vec<T>, CliError> {
    words.split(',').map(of).collect()
}

/// What a language is called in names of files.
fn tag_of(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh",
    }
}

/// A path with one more extension.
fn with(path: &Path, extension: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(".");
    path.push(extension);
    path.into()
}

/// The YAML files below a folder, by path.
fn manifests(folder: &Path) -> Result<Vec<PathBuf>, CliError> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        let failed = |error: std::io::Error| CliError::Usage(format!("{}: {error}", folder.display()));
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
            match path.is_dir() {
                true => folders.push(path),
                false => files.extend(is_yaml.then_some(path)),
            }
        }
    }
    files.sort();
    Ok(files)
}
