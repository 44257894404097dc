//! `--output`: how objects are printed (K10).

use super::flags::Flags;
use crate::kubectl::template::custom_columns::CustomColumns;
use crate::kubectl::template::go_template::GoTemplate;
use crate::kubectl::template::jsonpath::JsonPath;
use crate::kubectl::usage_error::UsageError;

/// `--output`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) enum OutputFormat {
    /// `wide` or nothing.
    Table {
        wide: bool,
    },
    Name,
    Yaml,
    Json,
    JsonPath(JsonPath),
    JsonPathAsJson(JsonPath),
    GoTemplate(GoTemplate),
    CustomColumns(CustomColumns),
}

/// All formats, in the order in which kubectl lists them.
const FORMATS: &str = "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,\
                       jsonpath-file,kyaml,name,template,templatefile";

impl OutputFormat {
    /// What `get` prints; without `-o` a table.
    pub(super) fn read(flags: &Flags) -> Result<OutputFormat, UsageError> {
        match flags.value("output") {
            Some("wide") => Ok(OutputFormat::Table { wide: true }),
            word => match OutputFormat::of(word, flags, "wide,yaml")? {
                Some(format) => Ok(format),
                None => Ok(OutputFormat::Table { wide: false }),
            },
        }
    }

    /// What a command that acts prints; without `-o` a line of words.
    pub(super) fn of_result(flags: &Flags) -> Result<Option<OutputFormat>, UsageError> {
        OutputFormat::of(flags.value("output"), flags, "yaml")
    }

    fn of(word: Option<&str>, flags: &Flags, last: &str) -> Result<Option<OutputFormat>, UsageError> {
        let template = flags.value("template").filter(|text| !text.is_empty());
        let word = match (word.unwrap_or_default(), template) {
            ("", None) => return Ok(None),
            ("", Some(_)) => "go-template",
            (word, _) => word,
        };
        let (name, argument) = word.split_once('=').map_or((word, None), |(name, argument)| (name, Some(argument)));
        let argument = argument.or(template);
        let format_without = || UsageError::error("template format specified but no template given");
        let json_path = || {
            let text = argument.filter(|text| !text.is_empty()).ok_or_else(format_without)?;
            JsonPath::parse(text).map_err(|why| UsageError::error(format!("error parsing jsonpath {text}, {why}")))
        };
        Ok(Some(match name {
            "name" => OutputFormat::Name,
            "yaml" => OutputFormat::Yaml,
            "json" => OutputFormat::Json,
            "jsonpath" => OutputFormat::JsonPath(json_path()?),
            "jsonpath-as-json" => OutputFormat::JsonPathAsJson(json_path()?),
            "go-template" | "template" => {
                let text = argument.filter(|text| !text.is_empty()).ok_or_else(format_without)?;
                OutputFormat::GoTemplate(GoTemplate::parse(text).map_err(|why| {
                    UsageError::error(format!("error parsing template {text}, template: output:1: {why}"))
                })?)
            }
            "custom-columns" => OutputFormat::CustomColumns(
                CustomColumns::parse(argument.unwrap_or_default()).map_err(UsageError::error)?,
            ),
            "jsonpath-file" | "go-template-file" | "templatefile" | "custom-columns-file" => {
                let file = argument.filter(|text| !text.is_empty()).ok_or_else(format_without)?;
                let what = match name {
                    "custom-columns-file" => format!("open {file}: no such file or directory"),
                    _ => format!("error reading --template {file}, open {file}: no such file or directory"),
                };
                return Err(UsageError::error(what));
            }
            "kyaml" => return Err(UsageError::NotModelled("-o kyaml".to_owned())),
            _ => {
                return Err(UsageError::error(format!(
                    "unable to match a printer suitable for the output format \"{word}\", allowed formats are: \
                     {FORMATS},{last}"
                )));
            }
        }))
    }
}
