//! Objects as `-o` wants them (K10).

use super::command::OutputFormat;
use super::template::go_value::in_go_syntax;
use crate::manifest::print::yaml;
use serde_json::Value;

/// What kubectl prints of an object in a format that is not a table.
///
/// # Errors
/// kubectl's words.
pub(super) fn print(format: &OutputFormat, value: &Value, no_headers: bool) -> Result<String, String> {
    match format {
        OutputFormat::Table { .. } | OutputFormat::Name => Ok(String::new()),
        OutputFormat::Yaml => Ok(yaml(value)),
        OutputFormat::Json => Ok(json(value)),
        OutputFormat::JsonPath(path) => path.print(value).map_err(|why| failed_path(&path.text, value, &why)),
        OutputFormat::JsonPathAsJson(path) => {
            path.print_as_json(value).map_err(|why| failed_path(&path.text, value, &why))
        }
        OutputFormat::GoTemplate(template) => template.print(value).map_err(|why| {
            let text = &template.text;
            format!("error: error executing template {}: template: output: {why}", crate::api::quoted(text))
        }),
        OutputFormat::CustomColumns(columns) => {
            let items = match &value["items"] {
                Value::Array(items) => items.clone(),
                _ => vec![value.clone()],
            };
            columns.print(&items, no_headers).map_err(|why| format!("error: {why}"))
        }
    }
}

fn failed_path(path: &str, value: &Value, why: &str) -> String {
    format!(
        "error: error executing jsonpath {}: Error executing template: {why}. Printing more information for debugging the \
         template:\n\ttemplate was:\n\t\t{path}\n\tobject given to jsonpath engine was:\n\t\t{}\n\n",
        crate::api::quoted(path),
        in_go_syntax(value)
    )
}

/// kubectl indents JSON by four blanks.
fn json(value: &Value) -> String {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    // Writing a value to a Vec does not fail.
    let _ = serde::Serialize::serialize(value, &mut serializer);
    String::from_utf8_lossy(&bytes).into_owned() + "\n"
}
