//! A command line as kubectl reads it: a closed list of what is modelled here, and kubectl's own words for what is
//! wrong with the rest (K1, K10).

mod flags;
mod line;
mod patch_text;

pub use line::words;

use super::rows::Detail;
use super::selector;
use super::view::Namespaces;
use crate::api::LabelSelector;
use crate::cluster::input::Cascade;
use flags::{Flag, Flags};
use serde_json::Value;

/// What can be asked of kubectl here.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// `kubectl get`.
    Get(Get),
    /// `kubectl describe`.
    Describe(Describe),
    /// `kubectl delete`.
    Delete(Delete),
    /// `kubectl patch`.
    Patch(Patch),
}

/// Why a command line is not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// kubectl would refuse it too, in these words.
    Kubectl(String),
    /// kubectl knows this word, the simulated cluster does not.
    NotModelled(String),
}

/// A kind of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pod,
    CronJob,
    Job,
    Event,
}

/// What is asked for: kinds, each with names or all.
pub(super) type Wanted = Vec<(Kind, Vec<String>)>;

/// `kubectl get`.
#[derive(Clone, Debug, PartialEq)]
pub struct Get {
    pub(super) wanted: Wanted,
    pub(super) namespaces: Namespaces,
    pub(super) selector: Option<LabelSelector>,
    pub(super) format: Format,
    pub(super) headers: Headers,
    pub(super) label_column: LabelColumn,
}

/// `-o`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Table(Detail),
    Name,
    Yaml,
    Json,
}

/// `--no-headers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Headers {
    Shown,
    Hidden,
}

/// `--show-labels`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelColumn {
    Shown,
    Hidden,
}

/// `kubectl describe`.
#[derive(Clone, Debug, PartialEq)]
pub struct Describe {
    pub(super) wanted: Wanted,
    pub(super) namespaces: Namespaces,
    pub(super) selector: Option<LabelSelector>,
    pub(super) show_events: ShowEvents,
}

/// `--show-events`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShowEvents {
    Yes,
    No,
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
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) namespace: String,
    /// Or what the API server says of it, if it is no JSON.
    pub(super) patch: Result<Value, String>,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Pod, Kind::CronJob, Kind::Job, Kind::Event];

    /// All spellings of it, in small letters (K1.7).
    fn spellings(self) -> &'static [&'static str] {
        match self {
            Kind::Pod => &["pod", "pods", "po", "pods.v1."],
            Kind::CronJob => &["cronjob", "cronjobs", "cj", "cronjob.batch", "cronjobs.batch", "cronjobs.v1.batch"],
            Kind::Job => &["job", "jobs", "job.batch", "jobs.batch", "jobs.v1.batch"],
            Kind::Event => &["event", "events", "ev", "events.v1."],
        }
    }

    /// As in `pods "x" not found`.
    pub(super) fn resource(self) -> &'static str {
        match self {
            Kind::Pod => "pods",
            Kind::CronJob => "cronjobs.batch",
            Kind::Job => "jobs.batch",
            Kind::Event => "events",
        }
    }

    /// As in `job.batch/pi patched`.
    pub(super) fn qualified(self) -> &'static str {
        match self {
            Kind::Pod => "pod",
            Kind::CronJob => "cronjob.batch",
            Kind::Job => "job.batch",
            Kind::Event => "event",
        }
    }

    fn read(word: &str) -> Result<Kind, Refusal> {
        /// Kinds of a usual cluster that are not simulated.
        const OTHERS: [&str; 30] = [
            "configmap",
            "configmaps",
            "cm",
            "daemonset",
            "daemonsets",
            "ds",
            "deployment",
            "deployments",
            "deploy",
            "endpoints",
            "ep",
            "ingress",
            "namespace",
            "namespaces",
            "ns",
            "node",
            "nodes",
            "no",
            "pvc",
            "pdb",
            "replicaset",
            "replicasets",
            "rs",
            "secret",
            "secrets",
            "service",
            "services",
            "svc",
            "statefulset",
            "statefulsets",
        ];
        let small = word.to_lowercase();
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.spellings().contains(&&*small)) {
            return Ok(kind);
        }
        match OTHERS.contains(&&*small) {
            true => Err(Refusal::NotModelled(word.to_owned())),
            false => Err(error(format!("the server doesn't have a resource type \"{word}\""))),
        }
    }
}

/// Commands of kubectl that are not modelled.
const OTHER_COMMANDS: [&str; 38] = [
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
    "events",
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
    /// [`Refusal`].
    pub fn parse(words: &[String]) -> Result<Command, Refusal> {
        let words = match words {
            [first, rest @ ..] if first == "kubectl" => rest,
            words => words,
        };
        let Some((name, arguments)) = words.split_first() else {
            return Err(Refusal::NotModelled("kubectl".to_owned()));
        };
        let flags = |known| Flags::read(name, arguments, known);
        match name.as_str() {
            "get" => Ok(Command::Get(get(flags(flags::GET)?)?)),
            "describe" => Ok(Command::Describe(describe(flags(flags::DESCRIBE)?)?)),
            "delete" => Ok(Command::Delete(delete(flags(flags::DELETE)?)?)),
            "patch" => Ok(Command::Patch(patch(flags(flags::PATCH)?)?)),
            other if OTHER_COMMANDS.contains(&other) => Err(Refusal::NotModelled(other.to_owned())),
            other => Err(error(format!("unknown command \"{other}\" for \"kubectl\""))),
        }
    }
}

fn error(text: String) -> Refusal {
    Refusal::Kubectl(format!("error: {text}\n"))
}

fn get(flags: Flags) -> Result<Get, Refusal> {
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
    if is_named && selector.is_some() {
        return Err(error("name cannot be provided when a selector is specified".to_owned()));
    }
    let namespaces = namespaces(&flags);
    if is_named && namespaces == Namespaces::All {
        return Err(error("a resource cannot be retrieved by name across all namespaces".to_owned()));
    }
    Ok(Get {
        wanted,
        namespaces,
        selector,
        format: format(flags.value(Flag::Output))?,
        headers: if flags.is_set(Flag::NoHeaders)? { Headers::Hidden } else { Headers::Shown },
        label_column: if flags.is_set(Flag::ShowLabels)? { LabelColumn::Shown } else { LabelColumn::Hidden },
    })
}

fn format(word: Option<&str>) -> Result<Format, Refusal> {
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
        None => Ok(Format::Table(Detail::Usual)),
        Some("wide") => Ok(Format::Table(Detail::Wide)),
        Some("name") => Ok(Format::Name),
        Some("yaml") => Ok(Format::Yaml),
        Some("json") => Ok(Format::Json),
        Some(other) if OTHERS.contains(&other.split('=').next().unwrap_or_default()) => {
            Err(Refusal::NotModelled(format!("-o {other}")))
        }
        Some(other) => Err(error(format!(
            "unable to match a printer suitable for the output format \"{other}\", allowed formats are: custom-columns,\
             custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,\
             template,templatefile,wide,yaml"
        ))),
    }
}

fn describe(flags: Flags) -> Result<Describe, Refusal> {
    if flags.words.is_empty() {
        let text = "You must specify the type of resource to describe. Use \"kubectl api-resources\" for a complete list of \
                    supported resources.\nerror: Required resource not specified.";
        return Err(Refusal::Kubectl(format!("{text}\n")));
    }
    let wanted = wanted(&flags.words)?;
    if wanted.iter().any(|(kind, _)| *kind == Kind::Event) {
        return Err(Refusal::NotModelled("describe events".to_owned()));
    }
    Ok(Describe {
        wanted,
        namespaces: namespaces(&flags),
        selector: selector_of(&flags)?,
        show_events: if flags.is_set_or(Flag::ShowEvents, true)? { ShowEvents::Yes } else { ShowEvents::No },
    })
}

fn delete(flags: Flags) -> Result<Delete, Refusal> {
    let wanted = wanted(&flags.words)?;
    if wanted.is_empty() {
        return Err(nothing_named());
    }
    if wanted.iter().any(|(_, names)| names.is_empty()) {
        return Err(error("resource(s) were provided, but no name was specified".to_owned()));
    }
    if wanted.iter().any(|(kind, _)| *kind == Kind::Event) {
        return Err(Refusal::NotModelled("delete events".to_owned()));
    }
    let cascade = match flags.value(Flag::Cascade) {
        None | Some("background" | "true" | "") => Cascade::Background,
        Some("foreground") => Cascade::Foreground,
        Some("orphan" | "false") => Cascade::Orphan,
        Some(other) => {
            let choice = "Must be \"background\", \"foreground\", or \"orphan\"";
            return Err(error(format!("invalid cascade value ({other}). {choice}")));
        }
    };
    let force = flags.is_set(Flag::Force)?;
    let grace = flags.number(Flag::GracePeriod)?.filter(|seconds| *seconds >= 0);
    if force && grace.is_some_and(|seconds| seconds > 0) {
        return Err(error("--force and --grace-period greater than 0 cannot be specified together".to_owned()));
    }
    let now = flags.is_set(Flag::Now)?;
    if now && grace.is_some() {
        return Err(error("--now and --grace-period cannot be specified together".to_owned()));
    }
    let grace_seconds = match grace {
        _ if force => Some(0),
        // Without --force, "at once" is one second.
        Some(seconds) => Some(seconds.max(1)),
        None => now.then_some(1),
    };
    Ok(Delete { wanted, namespace: namespace(&flags), cascade, grace_seconds, force })
}

fn patch(flags: Flags) -> Result<Patch, Refusal> {
    let wanted = wanted(&flags.words)?;
    if wanted.is_empty() && flags.value(Flag::Patch).is_some() {
        return Err(nothing_named());
    }
    let named = wanted.iter().flat_map(|(kind, names)| names.iter().map(|name| (*kind, name.clone())));
    let named: Vec<(Kind, String)> = named.collect();
    let text = flags.value(Flag::Patch).unwrap_or_default();
    if text.is_empty() {
        let text = "must specify --patch or --patch-file containing the contents of the patch";
        return Err(error(text.to_owned()));
    }
    match flags.value(Flag::Type) {
        None | Some("strategic") => {}
        Some(known @ ("merge" | "json")) => return Err(Refusal::NotModelled(format!("--type={known}"))),
        Some(other) => {
            return Err(error(format!("--type must be one of [json merge strategic], not \"{other}\"")));
        }
    }
    let [(kind, name)] = <[_; 1]>::try_from(named).map_err(|named: Vec<_>| match named.len() {
        0 => error("resource(s) were provided, but no name was specified".to_owned()),
        _ => Refusal::NotModelled("patch".to_owned()),
    })?;
    if matches!(kind, Kind::Pod | Kind::Event) {
        return Err(Refusal::NotModelled(format!("patch {}", kind.qualified())));
    }
    Ok(Patch { kind, name, namespace: namespace(&flags), patch: patch_text::read(text)? })
}

fn nothing_named() -> Refusal {
    let examples = "\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   \
                    '<resource> <name>'\n   '<resource>'";
    error(format!("You must provide one or more resources by argument or filename.{examples}"))
}

/// `pods`, `job pi`, `job/pi pod/x`, `jobs,pods`, `all`.
fn wanted(words: &[String]) -> Result<Wanted, Refusal> {
    let Some((first, names)) = words.split_first() else { return Ok(Vec::new()) };
    if words.iter().any(|word| word.contains('/')) {
        return with_slashes(words);
    }
    let mut wanted: Wanted = Vec::new();
    for word in first.split(',') {
        let kinds = match word {
            "all" => vec![Kind::Pod, Kind::CronJob, Kind::Job],
            word => vec![Kind::read(word)?],
        };
        for kind in kinds {
            if wanted.iter().all(|(known, _)| *known != kind) {
                wanted.push((kind, names.to_vec()));
            }
        }
    }
    Ok(wanted)
}

fn with_slashes(words: &[String]) -> Result<Wanted, Refusal> {
    let mut wanted: Wanted = Vec::new();
    for word in words {
        let Some((kind, name)) = word.split_once('/').filter(|(kind, name)| !kind.is_empty() && !name.is_empty())
        else {
            let text = "there is no need to specify a resource type as a separate argument when passing arguments in \
                        resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource \
                        resource/<resource_name>'";
            return Err(error(text.to_owned()));
        };
        let kind = Kind::read(kind)?;
        match wanted.last_mut() {
            Some((last, names)) if *last == kind => names.push(name.to_owned()),
            _ => wanted.push((kind, vec![name.to_owned()])),
        }
    }
    Ok(wanted)
}

fn nothing_given(command: &str, text: &str) -> Refusal {
    Refusal::Kubectl(format!("{text}\nSee 'kubectl {command} -h' for help and examples\n"))
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

fn selector_of(flags: &Flags) -> Result<Option<LabelSelector>, Refusal> {
    let Some(text) = flags.value(Flag::Selector) else { return Ok(None) };
    let selector = selector::parse(text);
    selector.map(Some).ok_or_else(|| error(format!("unable to parse requirement: {text}")))
}
