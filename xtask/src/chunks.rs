//! Cuts the page's wasm where `src/web/chunks/cuts.rs` says, before wasm-bindgen makes JavaScript for what remains.

use crate::{Failure, files};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

/// The feature of the crate with the functions at which it is cut.
pub(crate) const FEATURE: &str = "chunks";

/// For the linker: the tool has to know what refers to what.
pub(crate) const LINK_ARGUMENT: &str = "-Clink-arg=--emit-relocs";

/// What the program imports its loaders from, as far as the tool knows; in truth `static/boot.js` has them.
const LOADERS: &str = "./loaders.js";

/// A program that was cut.
pub(crate) struct Cut {
    /// What wasm-bindgen is to see.
    pub(crate) first: PathBuf,
    /// The wasm of each chunk. One may be of several: what they share.
    pub(crate) chunks: BTreeMap<String, Vec<PathBuf>>,
}

/// Cuts a program.
pub(crate) fn cut(wasm: &Path) -> Result<Cut, Failure> {
    let folder = files::root().join("target/chunks");
    files::remove(&folder)?;
    std::fs::create_dir_all(&folder)?;
    let whole = files::read(wasm)?;
    let first = folder.join("first.wasm");
    let mut options = Options::new(&whole);
    options.output_dir = &folder;
    options.main_out_path = &first;
    options.link_name = LOADERS;
    let split = transform(options).map_err(|error| format!("the wasm cannot be cut: {error:#}"))?;
    let named = split.prefetch_map.into_iter().map(|(chunk, names)| {
        let paths = names.into_iter().map(|name| folder.join(name).with_extension("wasm"));
        (chunk, paths.collect())
    });
    let chunks = named.collect();
    Ok(Cut { first, chunks })
}

/// The JavaScript of the program takes the loaders from `static/boot.js`, which was there before it.
pub(crate) fn with_loaders(script: &str) -> Result<String, Failure> {
    let is_import = |line: &str| line.starts_with("import * as ") && line.contains(LOADERS);
    if !script.lines().any(is_import) {
        return Err("the program asks for no chunks".into());
    }
    // One for each chunk.
    let lines = script.lines().map(|line| match line.split(' ').nth(3) {
        Some(name) if is_import(line) => format!("const {name} = globalThis.jobPlayground.loaders;\n"),
        _ => format!("{line}\n"),
    });
    Ok(lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loaders_are_those_of_the_page() {
        let script = "import * as one from \"./loaders.js\"\nimport * as two from \"./loaders.js\"\nlet wasm;\n";
        let loaders = "globalThis.jobPlayground.loaders;\n";
        let expected = format!("const one = {loaders}const two = {loaders}let wasm;\n");
        assert_eq!(with_loaders(script).unwrap(), expected);
        assert!(with_loaders("let wasm;").is_err());
    }
}
