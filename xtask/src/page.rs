//! From sources to `dist/`: cargo, wasm-bindgen, and what `index.html` asks for.

use crate::index::{Asset, assets};
use crate::site::Site;
use crate::{
    Failure, browser, cargo, chunks, embed, example_pages, files, first, headers, lessons, service_worker, site, style,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// What a page is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// To look at while working: quick to build, plain names.
    Serve,
    /// To publish: small, names with a hash, works offline.
    Release,
}

/// The profile of [`Kind::Serve`].
const SERVE_PROFILE: &str = "serve";

/// The bin of the engine for pages of others, and the feature that it needs.
const ENGINE: &str = "engine";

/// What the page may do; `index.html` carries it, and the local server sends it. What each part asks of the page:
/// docs/security.md, Strict hosts.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types service-worker";

/// Loads the program, and says what is wrong if it does not come.
const BOOT: &str = "static/boot.js";

/// What stands in it for what was built.
const BUILT: &str = "const BUILT = {};";

/// Files of `static/` that others than the page fetch, or that name each other: their addresses stay.
const NAMED_BY_OTHERS: [&str; 7] = [
    "static/icon.svg",
    "static/job-playground.v1.schema.json",
    "static/film.v1.schema.json",
    "static/icon-192.png",
    "static/icon-512.png",
    "static/icon-maskable-512.png",
    site::CARD,
];

/// What stands in `index.html` for what others are told about it.
const HEAD: &str = "<title>Job Playground</title>\n";

/// Builds the page into `dist/`, for the site that the environment names, if it does.
pub(crate) fn build(kind: Kind) -> Result<(), Failure> {
    build_for(&Site::at(None)?, kind)
}

/// Builds the page for a site.
pub(crate) fn build_for(site: &Site, kind: Kind) -> Result<(), Failure> {
    cargo::add_wasm_target()?;
    let root = files::root();
    let mut html = files::read_text(&root.join("index.html"))?;
    // Everything is made beside `dist/` and moved at the end, so that a build that fails leaves the last page alone.
    let next = root.join("target/page");
    files::remove(&next)?;

    let mut sheets = style::Sheets::default();
    let mut tags = Vec::new();
    // What `BUILT` becomes: where the program is, and what files are called that it fetches.
    let mut built = Map::new();
    for (place, asset) in assets(&html)? {
        let mut tag = String::new();
        match asset {
            Asset::Css { href, is_first } => tag = sheets.add(&href, is_first, kind)?,
            Asset::CopyDir { href } => {
                let mut names = copy_named(&root.join(&href), &href, kind, &next)?;
                lessons::write(kind, &next, &mut names)?;
                built.insert("files".into(), names.into());
            }
            Asset::Rust { bin, features, release_profile, wasm_opt } => {
                let profile = if kind == Kind::Release { &release_profile } else { SERVE_PROFILE };
                let features = format!("{features},{}", chunks::FEATURE);
                let wasm = cargo::build_wasm(&bin, &features, profile, &[chunks::LINK_ARGUMENT])?;
                let Program { script, wasm, chunks } = program(&bin, &wasm, kind, &wasm_opt, &next)?;
                if kind == Kind::Release {
                    engine(&wasm_opt, profile, &next)?;
                }
                tag = format!(
                    "<link rel=\"modulepreload\" href=\"{script}\">\n\
                     <link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
                );
                built.insert("script".into(), script.into());
                built.insert("wasm".into(), wasm.into());
                built.insert("chunks".into(), chunks.into());
            }
        }
        tags.push((place, tag));
    }
    for (place, tag) in tags.into_iter().rev() {
        html.replace_range(place, &tag);
    }
    html = sheets.write(&html, kind, &next, &mut built)?;
    let before = first::fill(&mut html, kind, &next)?;
    if kind == Kind::Release {
        built.insert("worker".into(), service_worker::NAME.into());
    }
    // Other names for what `index.html` itself asks for.
    let mut addresses = built["files"].as_object().cloned().unwrap_or_default();
    addresses.insert(first::SCRIPT.into(), script(first::SCRIPT, &before, kind, &next)?.into());
    addresses.insert(BOOT.into(), boot(&before, &built, kind, &next)?.into());
    for (plain, name) in &addresses {
        html = html.replace(&format!("=\"{plain}\""), &format!("=\"{}\"", name.as_str().unwrap_or(plain)));
    }
    html = files::filled("index.html", &html, HEAD, &site::of_the_page(site))?;
    example_pages::write(site, kind, &next)?;
    site::write(site, &next)?;
    let html = headers::with_policy(&html, CONTENT_SECURITY_POLICY);
    let html: Vec<&str> = html.lines().filter(|line| !line.trim().is_empty()).collect();
    files::write(&next.join("index.html"), html.join("\n") + "\n")?;
    if kind == Kind::Release {
        service_worker::write(&next)?;
    }
    headers::write(&next)?;
    files::remove(&files::dist())?;
    std::fs::rename(&next, files::dist()).map_err(|error| format!("cannot write dist/: {error}").into())
}

/// Copies a folder's files under names with a hash. Returns what each is called now, but for those that keep their name.
fn copy_named(from: &Path, href: &str, kind: Kind, next: &Path) -> Result<Map<String, Value>, Failure> {
    let mut names = Map::new();
    for path in files::under(from)? {
        let plain = format!("{href}/{}", files::address(&path, from));
        let content = files::read(&path)?;
        if [BOOT, first::SCRIPT].contains(&plain.as_str()) {
            continue;
        }
        if plain.starts_with(embed::FOLDER) {
            embed::write(&plain, kind, next)?;
            continue;
        }
        let (stem, extension) = plain.rsplit_once('.').ok_or_else(|| format!("{plain} has no extension"))?;
        let name = if NAMED_BY_OTHERS.contains(&plain.as_str()) {
            plain.clone()
        } else {
            named(stem, extension, &content, kind)
        };
        files::write(&next.join(&name), content)?;
        if name != plain {
            names.insert(plain, name.into());
        }
    }
    Ok(names)
}

/// Writes the script that loads the rest; returns its name. It names all other files, so it has another one in each
/// version. The script that runs before the first paint is in it once more: one may come without the other.
fn boot(before: &str, built: &Map<String, Value>, kind: Kind, next: &Path) -> Result<String, Failure> {
    let source = files::read_text(&files::root().join(BOOT))?;
    let own = files::filled(BOOT, &source, BUILT, &format!("const BUILT = {};", json!(built)))?;
    // A fifth of its download are comments.
    let own = if kind == Kind::Release { embed::without_comments(&own) } else { own };
    script(BOOT, &format!("{before}{own}"), kind, next)
}

/// Writes a script of `static/` as it was built; returns its name.
fn script(plain: &str, content: &str, kind: Kind, next: &Path) -> Result<String, Failure> {
    let (stem, extension) = plain.rsplit_once('.').unwrap_or((plain, "js"));
    let name = named(stem, extension, content.as_bytes(), kind);
    files::write(&next.join(&name), content)?;
    Ok(name)
}

/// What the files of a program are called.
struct Program {
    script: String,
    wasm: String,
    /// The files of each chunk that comes later.
    chunks: Map<String, Value>,
}

/// The wasm in chunks, and the JavaScript of the first of them.
fn program(bin: &str, wasm: &Path, kind: Kind, level: &str, next: &Path) -> Result<Program, Failure> {
    let cut = chunks::cut(wasm)?;
    let mut names = BTreeMap::new();
    let mut chunks = Map::new();
    for (chunk, paths) in &cut.chunks {
        let mut files = Vec::new();
        for path in paths {
            if !names.contains_key(path) {
                if kind == Kind::Release {
                    optimize(path, level)?;
                }
                let wasm = files::read(path)?;
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                // By its content in every build: a page asks for it when another one may have been built.
                let name = named(&format!("{bin}_{stem}"), "wasm", &wasm, Kind::Release);
                files::write(&next.join(&name), wasm)?;
                names.insert(path, name);
            }
            files.push(names[path].clone());
        }
        chunks.insert(chunk.clone(), files.into());
    }
    let folder = bound(bin, &cut.first, kind, level)?;
    let wasm = files::read(&folder.join(format!("{bin}_bg.wasm")))?;
    let script = chunks::with_loaders(&files::read_text(&folder.join(format!("{bin}.js")))?)?;
    let wasm_name = named(&format!("{bin}_bg"), "wasm", &wasm, kind);
    let script_name = named(bin, "js", script.as_bytes(), kind);
    files::write(&next.join(&wasm_name), &wasm)?;
    files::write(&next.join(&script_name), &script)?;
    files::copy(&folder.join("snippets"), &next.join("snippets"))?;
    Ok(Program { script: script_name, wasm: wasm_name, chunks })
}

/// The engine for pages of others, and the rules of time zones that it may ask for: beside the player, under names that
/// stay. Only of a release: it takes as long to build as the page.
fn engine(level: &str, profile: &str, next: &Path) -> Result<(), Failure> {
    let folder = bound(ENGINE, &cargo::build_wasm(ENGINE, ENGINE, profile, &[])?, Kind::Release, level)?;
    let beside = next.join(embed::FOLDER);
    for name in [format!("{ENGINE}_bg.wasm"), format!("{ENGINE}.js")] {
        files::write(&beside.join(&name), files::read(&folder.join(&name))?)?;
    }
    files::write(&beside.join("time-zones.bin"), files::read(&files::root().join("static/time-zones.bin"))?)
}

/// Makes the JavaScript for a program, and the program smaller; returns the folder with both.
fn bound(bin: &str, wasm: &Path, kind: Kind, level: &str) -> Result<PathBuf, Failure> {
    let release = kind == Kind::Release;
    let folder = files::root().join("target/bindgen");
    files::remove(&folder)?;
    let bindgen = |error| format!("wasm-bindgen: {error:#}");
    Bindgen::new()
        .input_path(wasm)
        .out_name(bin)
        .web(true)
        .map_err(bindgen)?
        .typescript(false)
        .remove_name_section(release)
        .remove_producers_section(release)
        .keep_debug(!release)
        // Among them the table of functions, which chunks are put into.
        .keep_lld_exports(bin != ENGINE)
        .generate(&folder)
        .map_err(bindgen)?;
    if release {
        optimize(&folder.join(format!("{bin}_bg.wasm")), level)?;
    }
    Ok(folder)
}

/// Makes the wasm smaller, where the tool for it is installed.
fn optimize(wasm: &Path, level: &str) -> Result<(), Failure> {
    let Some(tool) = browser::wasm_opt() else {
        println!("wasm-opt is not installed (npm ci in tests/browser): the page is a little larger than it could be");
        return Ok(());
    };
    let optimized = wasm.with_extension("optimized");
    let mut command = Command::new("node");
    command.arg(tool).arg(format!("-O{level}"));
    // These make a smaller file and a larger download: what is alike no longer looks alike, or stands far apart.
    command.args(["reorder-functions", "code-folding", "local-cse"].map(|pass| format!("--skip-pass={pass}")));
    // Offsets go into the loads: what lies below 1024 is the end of the stack, and nothing is laid there on purpose.
    command.arg("--low-memory-unused");
    let status = command.arg(wasm).arg("-o").arg(&optimized).status();
    match status {
        Ok(status) if status.success() => Ok(std::fs::rename(&optimized, wasm)?),
        _ => Err("wasm-opt failed".into()),
    }
}

pub(crate) fn named(stem: &str, extension: &str, content: &[u8], kind: Kind) -> String {
    match kind {
        Kind::Release => format!("{stem}-{}.{extension}", files::hash(content)),
        Kind::Serve => format!("{stem}.{extension}"),
    }
}
