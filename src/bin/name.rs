//! What a text is called in messages.

use job_playground::manifest::line_column;
use std::ffi::OsString;
use std::fmt;
use std::path::Path;

/// A file, and the line of it in which the text begins: 1 unless the text is a part of a page.
pub(super) struct Name {
    file: String,
    line: usize,
}

impl Name {
    /// A file that is the text.
    pub(super) fn of(file: &OsString) -> Name {
        Name { file: Path::new(file).display().to_string(), line: 1 }
    }

    /// A part of a file.
    pub(super) fn part(file: String, line: usize) -> Name {
        Name { file, line }
    }

    /// `FILE:LINE`, or a file.
    pub(super) fn read(word: &str) -> Name {
        let split = word.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
        let (file, line) = split.unwrap_or((word, 1));
        Name::part(file.to_owned(), line)
    }

    /// A place in the text, as editors find it.
    pub(super) fn place(&self, text: &str, offset: usize) -> String {
        let (line, column) = line_column(text, offset);
        format!("{}:{}:{column}", self.file, self.line + line - 1)
    }

    /// Where the text begins.
    pub(super) fn first_line(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 1 { f.write_str(&self.file) } else { f.write_str(&self.first_line()) }
    }
}
