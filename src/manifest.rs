//! Text ⇄ scenario, with places. The whole state of the product is one text; this room reads it into a scenario, reports
//! what is wrong and where, finds the bytes of any field, and changes no byte that need not change. Knows nothing of what
//! a run will do.

pub mod answer;
mod decode;
mod diagnostic;
mod documents;
pub mod edit;
pub mod json_error;
mod json_stream;
pub mod link;
mod lookalike;
mod place;
pub mod print;
mod reader;
mod reading;
pub mod redact;
pub mod schema;
mod text_edit;
mod units;
mod wrapping;
mod yaml;

pub use diagnostic::{Code, Diagnostic, Expected, Limited, ManifestKind, Tier, ValueKind, line_column};
pub use lookalike::{Lookalike, lookalikes};
pub use place::{Path, PathStep, Place};
pub use reader::{Reader, read};
pub use reading::{Document, DocumentKind, Reading};
pub use units::{Unit, Units, units};
pub use wrapping::{Wrapped, Wrapping, wrapping};
pub use yaml::YamlProblem;

/// One YAML document as a value.
pub(crate) fn value(text: &str) -> Result<serde_json::Value, YamlProblem> {
    yaml::Tree::parse(text, 0)
        .and_then(|tree| tree.to_value(&mut yaml::Aliased::default()))
        .map_err(|located| located.problem)
}

/// A file as a text.
///
/// # Errors
/// It is not UTF-8: the readable beginning, and the diagnostic for its end.
pub fn text_of(bytes: &[u8]) -> Result<&str, (&str, Code)> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (readable, _) = bytes.split_at(error.valid_up_to());
        let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        (std::str::from_utf8(readable).unwrap_or_default(), Code::NotUtf8 { utf16 })
    })
}

/// Whether a text without separators is YAML that Kubernetes reads.
pub fn is_yaml(text: &str) -> bool {
    value(text).is_ok()
}

/// The names of all fields of the format's own documents, whatever they are in.
pub fn own_fields() -> impl Iterator<Item = &'static str> + Clone {
    schema::ALL.iter().chain(&schema::lesson::ALL).flat_map(|object| object.fields).map(|(name, _)| *name)
}
