//! A command line as kubectl reads it: a closed list of what is modelled here, and kubectl's own words for what is
//! wrong with the rest (K1, K10).

mod flags;
mod line;
mod patch_text;

pub use line::words;

use super::resource::Resource;
use super::selector;
use super::snapshot::Namespaces;
use super::usage_error::UsageError;
use crate::api::LabelSelector;
use crate::cluster::input::Cascade;
use flags::{Flag, Flags};
use serde_json::Value;

/// A command that is modelled.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// `kubectl get`.
    Get(Get),
    /// `kubectl events`.
    Events(Events),
    /// `kubectl describe`.
    Describe(Describe),
    /// `kubectl delete`.
    Delete(Delete),
    /// `kubectl patch`.
    Patch(Patch),
}

/// What a command is about: resources, each with the names of objects; no names stand for all objects.
pub(super) type Wanted = Vec<(Resource, Vec<String>)>;

/// `kubectl get`.
#[derive(Clone, Debug, PartialEq)]
pub struct Get {
    pub(super) wanted: Wanted,
    pub(super) namespaces: Namespaces,
    pub(super) selector: Option<LabelSelector>,
    pub(super) format: OutputFormat,
    /// `--no-headers`.
    pub(super) no_headers: bool,
    /// `--show-labels`.
    pub(super) show_labels: bool,
}

/// `--output`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutputFormat {
    /// `wide` or nothing.
    Table {
        wide: bool,
    },
    Name,
    Yaml,
    Json,
}

/// `kubectl events`.
#[derive(Clone, Debug, PartialEq)]
pub struct Events {
    pub(super) namespaces: Namespaces,
    /// `--for`: the object that they are about.
    pub(super) about: Option<(Resource, String)>,
    /// `--types`; none is all.
    pub(super) types: Vec<String>,
    /// `--no-headers`.
    pub(super) no_headers: bool,
}

/// `kubectl describe`.
#[derive(Clone, Debug, PartialEq)]
pub struct Describe {
    pub(super) wanted: Wanted,
    pub(super) namespaces: Namespaces,
    pub(super) selector: Option<LabelSelector>,
    /// Unless it says so, events are shown if there is one object only.
    pub(super) show_events: Option<bool>,
    /// Whether a name that no object has may be the beginning of names: only after one type, as a word of its own.
    pub(super) by_prefix: bool,
}

/// `kubectl delete`.
#[derive(Clone, Debug, PartialEq)]
pub struct Delete {
    pub(super) wanted: Wanted,
    pub(super) namespace: String,
    pub(super) cascade: Cascade,
    pub(super) grace_seconds: Option<i64>,
    pub(super) force: bool,
}

/// `kubectl patch`.
#[derive(Clone, Debug, PartialEq)]
pub struct Patch {
    pub(super) resource: Resource,
    pub(super) name: String,
    pub(super) namespace: String,
    /// An error where the text is not JSON: the API server would refuse it, but only if the object exists.
    pub(super) patch: Result<Value, String>,
}

/// Commands of kubectl that are not modelled.
const OTHER_COMMANDS: [&str; 37] = [
    "annotate",
    "api-resources",
    "api-versions",
    "apply",
    "attach",
    "auth",
    "autoscale",
    "certificate",
    "cluster-info",
    "completion",
    "config",
    "cordon",
    "cp",
    "create",
    "debug",
    "diff",
    "drain",
    "edit",
    "exec",
    "explain",
    "expose",
    "kustomize",
    "label",
    "logs",
    "options",
    "plugin",
    "port-forward",
    "proxy",
    "replace",
    "rollout",
    "run",
    "scale",
    "set",
    "taint",
    "top",
    "uncordon",
    "wait",
];

impl Command {
    /// Reads a command line, word by word, with or without `kubectl` in front.
    ///
    /// # Errors
    /// kubectl would refuse it too, or it is not modelled here.
    pub fn parse(words: &[String]) -> Result<Command, UsageError> {
        let words = match words {
            [first, rest @ ..] if first == "kubectl" => rest,
            words => words,
        };
        let Some((name, arguments)) = words.split_first() else {
            return Err(UsageError::NotModelled("kubectl".to_owned()));
        };
        let flags = |known| Flags::read(name, arguments, known);
        match name.as_str() {
            "get" => Ok(Command::Get(get(flags(flags::GET)?)?)),
            "events" => Ok(Command::Events(events(flags(flags::EVENTS)?)?)),
            "describe" => Ok(Command::Describe(describe(flags(flags::DESCRIBE)?)?)),
            "delete" => Ok(Command::Delete(delete(flags(flags::DELETE)?)?)),
            "patch" => Ok(Command::Patch(patch(flags(flags::PATCH)?)?)),
            other if OTHER_COMMANDS.contains(&other) => Err(UsageError::NotModelled(other.to_owned())),
            other => Err(UsageError::error(format!("unknown command \"{other}\" for \"kubectl\""))),
        }
    }
}

fn get(flags: Flags) -> Result<Get, UsageError> {
    if flags.words.is_empty() {
        return Err(nothing_given(
            "get",
            "You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of supported \
             resources.\n\nerror: Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed \
             description of that resource (e.g. kubectl explain pods).",
        ));
    }
    let wanted = wanted(&flags.words)?;
    let selector = selector_of(&flags)?;
    let is_named = wanted.iter().any(|(_, names)| !names.is_empty());
    let is_named_in_namespace = wanted.iter().any(|(resource, names)| resource.is_namespaced() && !names.is_empty());
    if is_named && selector.is_some() {
        return Err(UsageError::error("name cannot be provided when a selector is specified".to_owned()));
    }
    let namespaces = namespaces(&flags);
    if is_named_in_namespace && namespaces == Namespaces::All {
        return Err(UsageError::error("a resource cannot be retrieved by name across all namespaces".to_owned()));
    }
    Ok(Get {
        wanted,
        namespaces,
        selector,
        format: format(flags.value(Flag::Output))?,
        no_headers: flags.is_set(Flag::NoHeaders)?,
        show_labels: flags.is_set(Flag::ShowLabels)?,
    })
}

fn format(word: Option<&str>) -> Result<OutputFormat, UsageError> {
    /// Formats of kubectl that are not modelled; some have an argument behind `=`.
    const OTHERS: [&str; 11] = [
        "custom-columns",
        "custom-columns-file",
        "go-template",
        "go-template-file",
        "jsonpath",
        "jsonpath-as-json",
        "jsonpath-file",
        "kyaml",
        "template",
        "templatefile",
        "json-path",
    ];
    match word {
        None => Ok(OutputFormat::Table { wide: false }),
        Some("wide") => Ok(OutputFormat::Table { wide: true }),
        Some("name") => Ok(OutputFormat::Name),
        Some("yaml") => Ok(OutputFormat::Yaml),
        Some("json") => Ok(OutputFormat::Json),
        Some(other) if OTHERS.contains(&other.split('=').next().unwrap_or_default()) => {
            Err(UsageError::NotModelled(format!("-o {other}")))
        }
        Some(other) => Err(UsageError::error(format!(
            "unable to match a printer suitable for the output format \"{other}\", allowed formats are: custom-columns,\
             custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,\
             template,templatefile,wide,yaml"
        ))),
    }
}

/// Upstream: kubectl/pkg/cmd/events.
fn events(flags: Flags) -> Result<Events, UsageError> {
    let about = match flags.value(Flag::For) {
        None => None,
        Some(text) => match text.split_once('/') {
            Some((resource, name)) if !resource.is_empty() && !name.is_empty() => {
                Some((Resource::read(resource)?, name.to_owned()))
            }
            _ => return Err(UsageError::error("--for must be in resource/name form".to_owned())),
        },
    };
    let types = flags.value(Flag::Types).unwrap_or_default().split(',').filter(|word| !word.is_empty());
    let types: Vec<String> = types.map(str::to_owned).collect();
    let is_known = |word: &String| ["Normal", "Warning"].iter().any(|known| known.eq_ignore_ascii_case(word));
    if !types.iter().all(is_known) {
        return Err(UsageError::error("valid --types are Normal or Warning".to_owned()));
    }
    Ok(Events { namespaces: namespaces(&flags), about, types, no_headers: flags.is_set(Flag::NoHeaders)? })
}

fn describe(flags: Flags) -> Result<Describe, UsageError> {
    if flags.words.is_empty() {
        let text = "You must specify the type of resource to describe. Use \"kubectl api-resources\" for a complete list of \
                    supported resources.\nerror: Required resource not specified.";
        return Err(UsageError::Invalid(format!("{text}\n")));
    }
    let wanted = wanted(&flags.words)?;
    if wanted.iter().any(|(resource, _)| *resource == Resource::Event) {
        return Err(UsageError::NotModelled("describe events".to_owned()));
    }
    Ok(Describe {
        wanted,
        namespaces: namespaces(&flags),
        selector: selector_of(&flags)?,
        show_events: flags.switch(Flag::ShowEvents)?,
        by_prefix: flags.words.len() == 2,
    })
}

fn delete(flags: Flags) -> Result<Delete, UsageError> {
    let wanted = wanted(&flags.words)?;
    if wanted.is_empty() {
        return Err(nothing_named());
    }
    if wanted.iter().any(|(_, names)| names.is_empty()) {
        return Err(UsageError::error("resource(s) were provided, but no name was specified".to_owned()));
    }
    if wanted.iter().any(|(resource, _)| *resource == Resource::Event) {
        return Err(UsageError::NotModelled("delete events".to_owned()));
    }
    let cascade = match flags.value(Flag::Cascade) {
        None | Some("background" | "true" | "") => Cascade::Background,
        Some("foreground") => Cascade::Foreground,
        Some("orphan" | "false") => Cascade::Orphan,
        Some(other) => {
            let choice = "Must be \"background\", \"foreground\", or \"orphan\"";
            return Err(UsageError::error(format!("invalid cascade value ({other}). {choice}")));
        }
    };
    let force = flags.is_set(Flag::Force)?;
    let grace = flags.number(Flag::GracePeriod)?.filter(|seconds| *seconds >= 0);
    if force && grace.is_some_and(|seconds| seconds > 0) {
        return Err(UsageError::error(
            "--force and --grace-period greater than 0 cannot be specified together".to_owned(),
        ));
    }
    let now = flags.is_set(Flag::Now)?;
    if now && grace.is_some() {
        return Err(UsageError::error("--now and --grace-period cannot be specified together".to_owned()));
    }
    let grace_seconds = match grace {
        _ if force => Some(0),
        // Without --force, "at once" is one second.
        Some(seconds) => Some(seconds.max(1)),
        None => now.then_some(1),
    };
    Ok(Delete { wanted, namespace: namespace(&flags), cascade, grace_seconds, force })
}

fn patch(flags: Flags) -> Result<Patch, UsageError> {
    let wanted = wanted(&flags.words)?;
    if wanted.is_empty() && flags.value(Flag::Patch).is_some() {
        return Err(nothing_named());
    }
    let named = wanted.iter().flat_map(|(resource, names)| names.iter().map(|name| (*resource, name.clone())));
    let named: Vec<(Resource, String)> = named.collect();
    let text = flags.value(Flag::Patch).unwrap_or_default();
    if text.is_empty() {
        let text = "must specify --patch or --patch-file containing the contents of the patch";
        return Err(UsageError::error(text.to_owned()));
    }
    match flags.value(Flag::Type) {
        None | Some("strategic") => {}
        Some(known @ ("merge" | "json")) => return Err(UsageError::NotModelled(format!("--type={known}"))),
        Some(other) => {
            return Err(UsageError::error(format!("--type must be one of [json merge strategic], not \"{other}\"")));
        }
    }
    let [(resource, name)] = <[_; 1]>::try_from(named).map_err(|named: Vec<_>| match named.len() {
        0 => UsageError::error("resource(s) were provided, but no name was specified".to_owned()),
        _ => UsageError::NotModelled("patch".to_owned()),
    })?;
    if matches!(resource, Resource::Pod | Resource::Node | Resource::Event) {
        return Err(UsageError::NotModelled(format!("patch {}", resource.qualified())));
    }
    Ok(Patch { resource, name, namespace: namespace(&flags), patch: patch_text::read(text)? })
}

fn nothing_named() -> UsageError {
    let examples = "\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   \
                    '<resource> <name>'\n   '<resource>'";
    UsageError::error(format!("You must provide one or more resources by argument or filename.{examples}"))
}

/// `pods`, `job pi`, `job/pi pod/x`, `jobs,pods`, `all`.
fn wanted(words: &[String]) -> Result<Wanted, UsageError> {
    let Some((first, names)) = words.split_first() else { return Ok(Vec::new()) };
    if words.iter().any(|word| word.contains('/')) {
        return with_slashes(words);
    }
    let mut wanted: Wanted = Vec::new();
    for word in first.split(',') {
        let resources = match word {
            "all" => vec![Resource::Pod, Resource::CronJob, Resource::Job],
            word => vec![Resource::read(word)?],
        };
        for resource in resources {
            if wanted.iter().all(|(known, _)| *known != resource) {
                wanted.push((resource, names.to_vec()));
            }
        }
    }
    Ok(wanted)
}

fn with_slashes(words: &[String]) -> Result<Wanted, UsageError> {
    let mut wanted: Wanted = Vec::new();
    for word in words {
        let Some((resource, name)) =
            word.split_once('/').filter(|(resource, name)| !resource.is_empty() && !name.is_empty())
        else {
            let text = "there is no need to specify a resource type as a separate argument when passing arguments in \
                        resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource \
                        resource/<resource_name>'";
            return Err(UsageError::error(text.to_owned()));
        };
        let resource = Resource::read(resource)?;
        match wanted.last_mut() {
            Some((last, names)) if *last == resource => names.push(name.to_owned()),
            _ => wanted.push((resource, vec![name.to_owned()])),
        }
    }
    Ok(wanted)
}

fn nothing_given(command: &str, text: &str) -> UsageError {
    UsageError::Invalid(format!("{text}\nSee 'kubectl {command} -h' for help and examples\n"))
}

fn namespace(flags: &Flags) -> String {
    flags.value(Flag::Namespace).unwrap_or("default").to_owned()
}

fn namespaces(flags: &Flags) -> Namespaces {
    match flags.is_set(Flag::AllNamespaces) {
        Ok(true) => Namespaces::All,
        _ => Namespaces::One(namespace(flags)),
    }
}

fn selector_of(flags: &Flags) -> Result<Option<LabelSelector>, UsageError> {
    let Some(text) = flags.value(Flag::Selector) else { return Ok(None) };
    let selector = selector::parse(text);
    selector.map(Some).ok_or_else(|| UsageError::error(format!("unable to parse requirement: {text}")))
}
