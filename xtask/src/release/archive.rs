//! Archives that depend on nothing but what is in them: sorted, all of one time, packed by one program.

use crate::Failure;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Files by their path in an archive, with `/`.
#[derive(Default)]
pub(super) struct Files(BTreeMap<String, File>);

struct File {
    content: Vec<u8>,
    is_program: bool,
}

impl Files {
    /// Adds a file, in the place of another of this name.
    pub(super) fn add(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), File { content: content.into(), is_program: false });
    }

    /// Adds a file that can be started.
    pub(super) fn add_program(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), File { content: content.into(), is_program: true });
    }

    /// Those below a folder, without its name, in order.
    pub(super) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.0.iter().filter_map(move |(path, file)| Some((path.strip_prefix(folder)?, &*file.content)))
    }

    /// A zip of them.
    pub(super) fn zipped(&self) -> Result<Vec<u8>, Failure> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, file) in &self.0 {
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .compression_level(Some(9))
                .last_modified_time(DateTime::default())
                .unix_permissions(if file.is_program { 0o755 } else { 0o644 });
            zip.start_file(path.as_str(), options)?;
            zip.write_all(&file.content)?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// What is in a zip: paths, contents, and whether they can be started.
pub(super) fn unzipped(content: Vec<u8>) -> Result<Vec<(String, Vec<u8>, bool)>, Failure> {
    let mut zip = zip::ZipArchive::new(Cursor::new(content))?;
    let mut found = Vec::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index)?;
        let mut content = Vec::new();
        std::io::copy(&mut file, &mut content)?;
        found.push((file.name()?.into_owned(), content, file.unix_mode().is_some_and(|mode| mode & 0o100 != 0)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_give_the_same_bytes_in_whatever_order_they_come() {
        let pages = [("b/index.html", "<p>"), ("a.js", "let a;")];
        let zipped = |pages: &[(&str, &str)]| {
            let mut files = Files::default();
            pages.iter().for_each(|(path, content)| files.add(*path, *content));
            files.add_program("bin", "run me");
            files.zipped().expect("a zip")
        };
        let zip = zipped(&pages);
        assert_eq!(zip, zipped(&[pages[1], pages[0]]));
        let found = unzipped(zip).expect("what is in it");
        let paths: Vec<(&str, bool)> = found.iter().map(|(path, _, is_program)| (path.as_str(), *is_program)).collect();
        assert_eq!(paths, [("a.js", false), ("b/index.html", false), ("bin", true)]);
        assert_eq!(found[0].1, b"let a;");
    }
}
