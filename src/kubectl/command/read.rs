//! The command lines that only read.

use super::flags::Flags;
use super::output::OutputFormat;
use super::select::{Selection, namespace, namespaces};
use crate::kubectl::resource::Resource;
use crate::kubectl::snapshot::Namespaces;
use crate::kubectl::template::jsonpath::JsonPath;
use crate::kubectl::usage_error::UsageError;
use crate::time::Span;

/// `kubectl get`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Get {
    pub(in crate::kubectl) selection: Selection,
    pub(in crate::kubectl) format: OutputFormat,
    /// `--sort-by`, or why it is no path.
    pub(in crate::kubectl) sort_by: Option<Result<JsonPath, String>>,
    /// `--label-columns`.
    pub(in crate::kubectl) label_columns: Vec<String>,
    pub(in crate::kubectl) no_headers: bool,
    pub(in crate::kubectl) show_labels: bool,
    pub(in crate::kubectl) show_kind: bool,
    /// `--watch` or `--watch-only`.
    pub(in crate::kubectl) watch: bool,
    /// Whether it begins with what is there: not with `--watch-only`.
    pub(in crate::kubectl) lists: bool,
    pub(in crate::kubectl) shows_changes: bool,
}

pub(super) fn get(flags: &Flags) -> Result<Get, UsageError> {
    let file = flags.value("filename");
    if flags.words.is_empty() && file.is_none() {
        return Err(UsageError::with_help(
            "get",
            "You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of supported \
             resources.\n\nerror: Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed \
             description of that resource (e.g. kubectl explain pods).",
        ));
    }
    let selection = Selection::read(flags)?;
    let named_in = |(resource, names): &(Resource, Vec<String>)| resource.is_namespaced() && !names.is_empty();
    if selection.wanted.iter().any(named_in) && selection.namespaces == Namespaces::All {
        return Err(UsageError::error("a resource cannot be retrieved by name across all namespaces"));
    }
    let watch_only = flags.is_set("watch-only")?;
    let watch = flags.is_set("watch")? || watch_only;
    if watch && selection.wanted.len() > 1 {
        return Err(UsageError::error("you may only specify a single resource type"));
    }
    let columns = flags.values("label-columns").flat_map(|text| text.split(','));
    let sort_by = flags.value("sort-by").filter(|text| !text.is_empty());
    Ok(Get {
        selection,
        format: OutputFormat::read(flags)?,
        sort_by: sort_by.map(JsonPath::relaxed),
        label_columns: columns.filter(|column| !column.is_empty()).map(str::to_owned).collect(),
        no_headers: flags.is_set("no-headers")?,
        show_labels: flags.is_set("show-labels")?,
        show_kind: flags.is_set("show-kind")?,
        watch,
        lists: !watch_only,
        shows_changes: flags.is_set("output-watch-events")?,
    })
}

/// `kubectl events`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Events {
    pub(in crate::kubectl) namespaces: Namespaces,
    /// `--for`: the object that they are about.
    pub(in crate::kubectl) about: Option<(Resource, String)>,
    /// `--types`; none is all.
    pub(in crate::kubectl) types: Vec<String>,
    pub(in crate::kubectl) no_headers: bool,
    pub(in crate::kubectl) format: OutputFormat,
    pub(in crate::kubectl) watch: bool,
}

/// Upstream: kubectl/pkg/cmd/events.
pub(super) fn events(flags: &Flags) -> Result<Events, UsageError> {
    let about = match flags.value("for") {
        None => None,
        Some(text) => match text.split_once('/') {
            Some((resource, name)) if !resource.is_empty() && !name.is_empty() => {
                Some((Resource::read(resource)?, name.to_owned()))
            }
            _ => return Err(UsageError::error("--for must be in resource/name form")),
        },
    };
    let types = flags.values("types").flat_map(|text| text.split(',')).filter(|word| !word.is_empty());
    let types: Vec<String> = types.map(str::to_owned).collect();
    let is_known = |word: &String| ["Normal", "Warning"].iter().any(|known| known.eq_ignore_ascii_case(word));
    if !types.iter().all(is_known) {
        return Err(UsageError::error("valid --types are Normal or Warning"));
    }
    Ok(Events {
        namespaces: namespaces(flags)?,
        about,
        types,
        no_headers: flags.is_set("no-headers")?,
        format: OutputFormat::read(flags)?,
        watch: flags.is_set("watch")?,
    })
}

/// `kubectl describe`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Describe {
    pub(in crate::kubectl) selection: Selection,
    /// Unless it says so, events are shown if there is one object only.
    pub(in crate::kubectl) show_events: Option<bool>,
    /// Whether a name that no object has may be the beginning of names: only after one type, as a word of its own.
    pub(in crate::kubectl) by_prefix: bool,
}

pub(super) fn describe(flags: &Flags) -> Result<Describe, UsageError> {
    if flags.words.is_empty() && flags.value("filename").is_none() {
        return Err(UsageError::error(
            "You must specify the type of resource to describe. Use \"kubectl api-resources\" for a complete list of \
             supported resources.",
        ));
    }
    let selection = Selection::read(flags)?;
    if selection.wanted.iter().any(|(resource, _)| *resource == Resource::Event) {
        return Err(UsageError::NotModelled("describe events".to_owned()));
    }
    Ok(Describe {
        selection,
        show_events: flags.switch("show-events")?,
        by_prefix: flags.words.len() == 2 && !flags.words[0].contains('/'),
    })
}

/// `kubectl logs`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Logs {
    pub(in crate::kubectl) namespace: String,
    /// A pod, or an object with pods; `None` with a selector.
    pub(in crate::kubectl) of: Option<(Resource, String)>,
    pub(in crate::kubectl) labels: Option<String>,
    pub(in crate::kubectl) container: Option<String>,
    pub(in crate::kubectl) all_containers: bool,
    pub(in crate::kubectl) all_pods: bool,
    pub(in crate::kubectl) follow: bool,
    pub(in crate::kubectl) previous: bool,
    pub(in crate::kubectl) prefix: bool,
    pub(in crate::kubectl) timestamps: bool,
    /// `None` is all lines.
    pub(in crate::kubectl) tail: Option<usize>,
    pub(in crate::kubectl) since: Option<Span>,
    pub(in crate::kubectl) limit_bytes: Option<usize>,
    pub(in crate::kubectl) most_streams: usize,
}

/// Upstream: kubectl/pkg/cmd/logs/logs.go.
pub(super) fn logs(flags: &Flags) -> Result<Logs, UsageError> {
    let usage = || {
        UsageError::with_help(
            "logs",
            "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument \
             for the logs command",
        )
    };
    let labels = flags.value("selector").filter(|text| !text.is_empty()).map(str::to_owned);
    let mut container = flags.value("container").filter(|name| !name.is_empty()).map(str::to_owned);
    let words: Vec<&String> = flags.words.iter().filter(|word| !word.is_empty()).collect();
    let of = match (&words[..], &labels) {
        ([], None) => return Err(usage()),
        ([], Some(_)) => None,
        ([_], Some(_)) => return Err(UsageError::error("only a selector (-l) or a POD name is allowed")),
        ([one], None) => Some(one),
        ([one, second], None) => {
            if container.is_some() {
                return Err(UsageError::error("only one of -c or an inline [CONTAINER] arg is allowed"));
            }
            container = Some((*second).clone());
            Some(one)
        }
        _ => return Err(usage()),
    };
    let of = match of.map(|word| (word.as_str(), word.split_once('/'))) {
        None => None,
        Some((name, None)) => Some((Resource::Pod, name.to_owned())),
        Some((_, Some((resource, name)))) if !resource.is_empty() && !name.is_empty() && !name.contains('/') => {
            Some((Resource::read(resource)?, name.to_owned()))
        }
        Some((_, Some(_))) => {
            return Err(UsageError::error("arguments in resource/name form must have a single resource and name"));
        }
    };
    let tail = flags.number("tail")?;
    if tail.is_some_and(|tail| tail < -1) {
        return Err(UsageError::error("--tail must be greater than or equal to -1"));
    }
    if flags.value("since-time").is_some() {
        return Err(UsageError::NotModelled("--since-time".to_owned()));
    }
    let all_containers = flags.is_set("all-containers")?;
    if let Some(name) = container.as_ref().filter(|_| all_containers) {
        let text = format!("--all-containers=true should not be specified with container name {name}");
        return Err(UsageError::error(text));
    }
    let since = flags.duration("since")?.filter(|since| *since != Span::ZERO);
    if since.is_some_and(|since| since < Span::ZERO) {
        return Err(UsageError::error("--since must be greater than 0"));
    }
    let all_pods = flags.is_set("all-pods")?;
    // Of many pods at once the last ten lines each.
    let tail = tail.or(labels.is_some().then_some(10));
    Ok(Logs {
        namespace: namespace(flags),
        of,
        labels,
        container,
        all_containers,
        all_pods,
        follow: flags.is_set("follow")?,
        previous: flags.is_set("previous")?,
        prefix: flags.is_set("prefix")? || all_pods,
        timestamps: flags.is_set("timestamps")?,
        tail: tail.and_then(|tail| usize::try_from(tail).ok()),
        since,
        limit_bytes: flags
            .number("limit-bytes")?
            .and_then(|bytes| usize::try_from(bytes).ok())
            .filter(|bytes| *bytes > 0),
        most_streams: flags.number("max-log-requests")?.and_then(|most| usize::try_from(most).ok()).unwrap_or(5),
    })
}

/// `kubectl wait`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Wait {
    pub(in crate::kubectl) selection: Selection,
    /// One after the other.
    pub(in crate::kubectl) until: Vec<Until>,
    pub(in crate::kubectl) timeout: Span,
    pub(in crate::kubectl) by_name: bool,
}

/// What `kubectl wait` waits for.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) enum Until {
    Created,
    Deleted,
    /// The name of a condition and its status, in small letters.
    Condition(String, String),
    /// A path, and the value that it is to have; any will do without one.
    Path(JsonPath, Option<String>),
}

/// Upstream: kubectl/pkg/cmd/wait/wait.go.
pub(super) fn wait(flags: &Flags) -> Result<Wait, UsageError> {
    let timeout = flags.duration("timeout")?.unwrap_or(Span::from_seconds(30));
    let mut until = Vec::new();
    for text in flags.values("for") {
        until.push(condition(text)?);
    }
    if until.is_empty() {
        return Err(UsageError::error("unrecognized condition: \"\""));
    }
    let selection = Selection::read(flags)?;
    if selection.file.is_none() {
        if selection.wanted.is_empty() {
            return Err(super::select::nothing_named());
        }
        if !selection.is_named() && !selection.selects() {
            return Err(UsageError::error("resource(s) were provided, but no name was specified"));
        }
    }
    let by_name = match OutputFormat::of_result(flags)? {
        None => false,
        Some(OutputFormat::Name) => true,
        Some(_) => return Err(UsageError::NotModelled("wait -o".to_owned())),
    };
    Ok(Wait { selection, until, timeout, by_name })
}

fn condition(text: &str) -> Result<Until, UsageError> {
    let small = text.to_lowercase();
    if small == "delete" {
        return Ok(Until::Deleted);
    }
    if small == "create" {
        return Ok(Until::Created);
    }
    if let Some(condition) = text.strip_prefix("condition=") {
        let (name, value) = condition.split_once('=').unwrap_or((condition, "true"));
        return Ok(Until::Condition(name.to_owned(), value.to_owned()));
    }
    if let Some(path) = text.strip_prefix("jsonpath=") {
        let format = || {
            UsageError::error(
                "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or \
                 --for=jsonpath='{.status.readyReplicas}'",
            )
        };
        let unquoted = |text: &str| text.trim_matches(|c| c == '\'' || c == '"').to_owned();
        // The value is behind the last `=` outside of the braces.
        let end = path.rfind('}').map_or(0, |end| end + 1);
        let (path, value) = match path[end..].split_once('=') {
            Some((behind, value)) => (&path[..end + behind.len()], Some(unquoted(value))),
            None => (path, None),
        };
        if path.is_empty() || value.as_deref() == Some("") {
            return Err(format());
        }
        let read = JsonPath::relaxed(&unquoted(path)).map_err(UsageError::error)?;
        return Ok(Until::Path(read, value));
    }
    Err(UsageError::error(format!("unrecognized condition: {}", crate::api::quoted(text))))
}

/// `kubectl explain`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Explain {
    /// As it was given: `job.spec.backoffLimit`.
    pub(in crate::kubectl) path: String,
    pub(in crate::kubectl) recursive: bool,
}

pub(super) fn explain(flags: &Flags) -> Result<Explain, UsageError> {
    match &flags.words[..] {
        [] => Err(UsageError::error(
            "You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete list of \
             supported resources.",
        )),
        [path] => Ok(Explain { path: path.clone(), recursive: flags.is_set("recursive")? }),
        _ => Err(UsageError::error("We accept only this format: explain RESOURCE")),
    }
}

/// `kubectl api-resources`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Resources {
    pub(in crate::kubectl) group: Option<String>,
    pub(in crate::kubectl) namespaced: Option<bool>,
    pub(in crate::kubectl) no_headers: bool,
    pub(in crate::kubectl) wide: bool,
    pub(in crate::kubectl) by_name: bool,
}

pub(super) fn resources(flags: &Flags) -> Result<Resources, UsageError> {
    let output = flags.value("output").unwrap_or_default();
    if !matches!(output, "" | "wide" | "name") {
        return Err(UsageError::error(format!("--output {output} is not available")));
    }
    Ok(Resources {
        group: flags.value("api-group").map(str::to_owned),
        namespaced: flags.switch("namespaced")?,
        no_headers: flags.is_set("no-headers")?,
        wide: output == "wide",
        by_name: output == "name",
    })
}

/// `kubectl auth can-i`: whoever uses this cluster may do everything.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct CanI {
    pub(in crate::kubectl) quiet: bool,
    /// Of objects in no namespace there is a warning.
    pub(in crate::kubectl) warns_of: Option<Resource>,
}

pub(super) fn can_i(flags: &Flags) -> Result<CanI, UsageError> {
    if flags.is_set("list")? {
        return Err(UsageError::NotModelled("auth can-i --list".to_owned()));
    }
    let [_, resource] = &flags.words[..] else {
        let text = "you must specify two arguments: verb resource or verb resource/resourceName.";
        return Err(UsageError::Invalid(format!(
            "error: {text}\nSee 'kubectl auth can-i -h' for help and examples.\n"
        )));
    };
    let resource = resource.split(['/', '.']).next().and_then(|word| Resource::read(word).ok());
    let warns_of = resource.filter(|resource| !resource.is_namespaced() && flags.value("namespace").is_none());
    Ok(CanI { quiet: flags.is_set("quiet")?, warns_of })
}

/// The pod of `kubectl exec`, or the Job whose pod it picks.
pub(super) fn pod_of_exec(flags: &Flags) -> Result<Selection, UsageError> {
    let words = &flags.words[..flags.dash.unwrap_or(flags.words.len())];
    let Some(word) = words.first() else {
        let text = "pod, type/name or --filename must be specified";
        return Err(UsageError::error(text));
    };
    if flags.dash.is_none_or(|dash| dash == flags.words.len()) && words.len() < 2 {
        return Err(UsageError::error("you must specify at least one command for the container"));
    }
    let word = if word.contains('/') { word.clone() } else { format!("pod/{word}") };
    Selection::of_words(&[word], flags)
}
