//! From sources to `dist/`: cargo, wasm-bindgen, and what `index.html` asks for.

use crate::index::{Asset, assets};
use crate::{Failure, browser, cargo, files, service_worker};
use std::path::Path;
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

/// What the page may do; `index.html` carries it, and the local server sends it. What each part asks of the page:
/// docs/security.md, Strict hosts.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types service-worker";

/// The policy stands behind it: before anything is loaded.
const CHARSET: &str = "<meta charset=\"utf-8\">";

/// Builds the page into `dist/`.
pub(crate) fn build(kind: Kind) -> Result<(), Failure> {
    cargo::add_wasm_target()?;
    let root = files::root();
    let mut html = files::read_text(&root.join("index.html"))?;
    // Everything is made beside `dist/` and moved at the end, so that a build that fails leaves the last page alone.
    let next = root.join("target/page");
    files::remove(&next)?;

    let mut style = String::new();
    let mut tags = Vec::new();
    let mut first_sheet = None;
    for (place, asset) in assets(&html)? {
        let mut tag = String::new();
        match asset {
            Asset::Css { href } => {
                style.push_str(&files::read_text(&root.join(href))?);
                first_sheet.get_or_insert(tags.len());
            }
            Asset::CopyDir { href } => files::copy(&root.join(&href), &next.join(&href))?,
            Asset::Rust { bin, features, release_profile, wasm_opt } => {
                let profile = if kind == Kind::Release { &release_profile } else { SERVE_PROFILE };
                let wasm = cargo::build_wasm(&bin, &features, profile)?;
                tag = program(&bin, &wasm, kind, &wasm_opt, &next)?;
            }
        }
        tags.push((place, tag));
    }
    // One sheet for all: one request, and they compress better together.
    if let Some(first) = first_sheet {
        let sheet = named("style", "css", style.as_bytes(), kind);
        files::write(&next.join(&sheet), &style)?;
        tags[first].1 = format!("<link rel=\"stylesheet\" href=\"{sheet}\">");
    }
    for (place, tag) in tags.into_iter().rev() {
        html.replace_range(place, &tag);
    }
    let policy =
        format!("{CHARSET}\n<meta http-equiv=\"Content-Security-Policy\" content=\"{CONTENT_SECURITY_POLICY}\">");
    let html = html.replacen(CHARSET, &policy, 1);
    let html: Vec<&str> = html.lines().filter(|line| !line.trim().is_empty()).collect();
    files::write(&next.join("index.html"), html.join("\n") + "\n")?;
    if kind == Kind::Release {
        service_worker::write(&next)?;
    }
    files::remove(&files::dist())?;
    std::fs::rename(&next, files::dist()).map_err(|error| format!("cannot write dist/: {error}").into())
}

/// The wasm, its JavaScript and the script that starts both; returns the tags that load them.
fn program(bin: &str, wasm: &Path, kind: Kind, level: &str, next: &Path) -> Result<String, Failure> {
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
        .generate(&folder)
        .map_err(bindgen)?;
    let built = folder.join(format!("{bin}_bg.wasm"));
    if release {
        optimize(&built, level)?;
    }

    let wasm = files::read(&built)?;
    let script = files::read_text(&folder.join(format!("{bin}.js")))?;
    let wasm_name = named(&format!("{bin}_bg"), "wasm", &wasm, kind);
    let script_name = named(bin, "js", script.as_bytes(), kind);
    files::write(&next.join(&wasm_name), &wasm)?;
    files::write(&next.join(&script_name), &script)?;
    files::copy(&folder.join("snippets"), &next.join("snippets"))?;
    let start = start_script(&script_name, &wasm_name, kind);
    let start_name = named("start", "js", start.as_bytes(), kind);
    files::write(&next.join(&start_name), &start)?;
    Ok(format!(
        "<link rel=\"modulepreload\" href=\"{script_name}\">\n\
         <link rel=\"preload\" href=\"{wasm_name}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
         <script type=\"module\" src=\"{start_name}\"></script>"
    ))
}

/// Starts the page as Trunk does: the exports are `window.wasmBindings`, then `TrunkApplicationStarted` is fired.
fn start_script(script: &str, wasm: &str, kind: Kind) -> String {
    let worker = match kind {
        Kind::Release => service_worker::REGISTER,
        Kind::Serve => service_worker::UNREGISTER,
    };
    format!(
        "import init, * as bindings from \"./{script}\";\n\
         const wasm = await init({{ module_or_path: new URL(\"{wasm}\", import.meta.url) }});\n\
         window.wasmBindings = bindings;\n\
         dispatchEvent(new CustomEvent(\"TrunkApplicationStarted\", {{ detail: {{ wasm }} }}));\n\
         {worker}"
    )
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

fn named(stem: &str, extension: &str, content: &[u8], kind: Kind) -> String {
    match kind {
        Kind::Release => format!("{stem}-{}.{extension}", files::hash(content)),
        Kind::Serve => format!("{stem}.{extension}"),
    }
}
