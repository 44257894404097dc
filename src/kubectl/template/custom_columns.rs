//! `-o custom-columns` (K10.3). Upstream: kubectl/pkg/cmd/get/customcolumn.go.

use super::go_value::printed;
use super::jsonpath::JsonPath;
use crate::kubectl::columns::{Widths, align, escaped};
use serde_json::Value;

/// Columns with their headers, in order.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct CustomColumns(Vec<(String, JsonPath)>);

impl CustomColumns {
    /// Reads `HEADER:PATH,HEADER:PATH`.
    ///
    /// # Errors
    /// kubectl's reason why it is none.
    pub(in crate::kubectl) fn parse(text: &str) -> Result<CustomColumns, String> {
        if text.is_empty() {
            return Err("custom-columns format specified but no custom columns given".to_owned());
        }
        let column = |part: &str| {
            let spec = part.split_once(':').filter(|(_, path)| !path.contains(':') || path.contains('['));
            let (header, path) = spec
                .ok_or_else(|| format!("unexpected custom-columns spec: {part}, expected <header>:<json-path-expr>"))?;
            Ok((header.to_owned(), JsonPath::relaxed(path)?))
        };
        text.split(',').map(column).collect::<Result<_, String>>().map(CustomColumns)
    }

    /// A row for each object.
    ///
    /// # Errors
    /// A path that cannot be followed.
    pub(in crate::kubectl) fn print(&self, objects: &[Value], no_headers: bool) -> Result<String, String> {
        let mut text = String::new();
        if !no_headers {
            text += &self.0.iter().map(|(header, _)| header.as_str()).collect::<Vec<_>>().join("\t");
            text.push('\n');
        }
        for object in objects {
            let mut cells = Vec::new();
            for (_, path) in &self.0 {
                let values = path.values(object)?;
                cells.push(match values.is_empty() {
                    true => "<none>".to_owned(),
                    false => values.iter().map(|value| escaped(&printed(value))).collect::<Vec<_>>().join(","),
                });
            }
            text += &cells.join("\t");
            text.push('\n');
        }
        Ok(align(&text, Widths { least: 6, padding: 3 }))
    }
}
