//! Words of the dialog that shares a run.

use crate::manifest::redact::What;

/// Words about sharing.
#[allow(missing_docs)]
pub struct ShareWords {
    /// What links carry, and that nothing is sent.
    pub about: &'static str,
    pub link: &'static str,
    pub copy_link: &'static str,
    /// The browser lets the page copy nothing; what is to be copied is selected.
    pub copy_by_key: &'static str,
    /// So many characters; a word of warning for long ones.
    pub link_length: fn(usize) -> String,
    /// The link leads to this moment.
    pub at_moment: fn(&str) -> String,
    /// And to what is explained there.
    pub at_mark: fn(&str) -> String,
    pub redact: &'static str,
    /// What redacting replaces: so many of each.
    pub would_replace: fn(&[(What, usize)]) -> String,
    pub replaced: fn(&[(What, usize)]) -> String,
    pub nothing_to_replace: &'static str,
    /// Other names have other luck.
    pub has_chance: &'static str,
    /// The redacted run is being recorded.
    pub records: &'static str,
    /// There is no run of this text.
    pub no_run: &'static str,

    pub embed: &'static str,
    pub frame: &'static str,
    pub element: &'static str,
    /// Where a form is for, and what it needs: files of this name.
    pub for_frame: &'static str,
    pub for_element: fn(&str) -> String,
    pub for_picture: fn(&str) -> String,
    pub for_hugo: fn(&str) -> String,
    pub for_kit: &'static str,
    pub snippet: &'static str,
    /// So many characters.
    pub characters: fn(usize) -> String,
    pub qr: &'static str,
    /// So long, of at most so many characters.
    pub qr_too_long: fn(usize, usize) -> String,

    pub save: &'static str,
    pub file: &'static str,
    pub picture: &'static str,
    /// A picture of pixels, so many times as large.
    pub pixels: fn(u32) -> String,
    /// The browser does not make one.
    pub no_pixels: &'static str,
    pub film: &'static str,
    pub trace: &'static str,
    pub perfetto: &'static str,
    /// The code as a file.
    pub qr_file: &'static str,
    /// Its width and its colours.
    pub width: &'static str,
    pub widths: [&'static str; 2],
    pub colours: &'static str,
    pub themes: [&'static str; 3],
}

/// So many bytes.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..=999 => format!("{bytes}\u{a0}B"),
        1_000..=999_999 => format!("{:.1}\u{a0}KB", bytes as f64 / 1e3),
        _ => format!("{:.1}\u{a0}MB", bytes as f64 / 1e6),
    }
}
