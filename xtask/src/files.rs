//! Files of the project; every error names the path.

use crate::Failure;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// The root of the project: the folder above xtask's own.
pub(crate) fn root() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.parent().map(Path::to_owned).unwrap_or(own)
}

/// Where the built page lies.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()).into())
}

pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()).into())
}

/// Writes a file, and its folder if there is none.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, content))
        .map_err(|error| format!("cannot write {}: {error}", path.display()).into())
}

/// The text of a file with something in the one place that was left for it.
pub(crate) fn filled(name: &str, text: &str, place: &str, content: &str) -> Result<String, Failure> {
    match text.matches(place).count() {
        1 => Ok(text.replacen(place, content, 1)),
        other => Err(format!("{name} has {other} places for what was built, and not one: {place}").into()),
    }
}

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove(folder: &Path) -> Result<(), Failure> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()).into())
}

/// All files under a folder, sorted; none if there is no such folder.
pub(crate) fn under(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    for path in under(from)? {
        write(&to.join(path.strip_prefix(from)?), read(&path)?)?;
    }
    Ok(())
}

/// A path below a folder as an address has it: with `/`.
pub(crate) fn address(path: &Path, folder: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    relative.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Sixteen hexadecimal digits that change with the content.
pub(crate) fn hash(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("{:016x}", hasher.finish())
}

/// When the newest of these files and folders changed.
#[expect(clippy::disallowed_types, reason = "when a person saved a file is no time of the engine")]
pub(crate) fn newest_change(paths: &[PathBuf]) -> Result<Option<std::time::SystemTime>, Failure> {
    let mut newest = None;
    for path in paths {
        let files = if path.is_dir() { under(path)? } else { vec![path.clone()] };
        for file in files {
            newest = newest.max(fs::metadata(&file).and_then(|data| data.modified()).ok());
        }
    }
    Ok(newest)
}

/// FNV-1a, 32 bits: finds files that are damaged or of another version. The service worker computes it, too.
pub(crate) fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |all, byte| (all ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
