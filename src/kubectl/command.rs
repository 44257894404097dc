//! A command line as kubectl reads it: what is modelled here, and kubectl's own words for what is wrong with the rest
//! (K1, K10).

mod act;
mod flag_table;
pub(super) mod flags;
mod line;
mod manage;
mod node;
mod output;
mod patch_text;
mod read;
mod select;

pub(super) use flags::{flag_names, takes_value};
pub use line::words;

pub(super) use act::{CreateCronJob, CreateFile, CreateJob, Delete, DryRun, FileVerb, Patch, PatchType};
pub(super) use manage::{Labelling, SetImage};
pub(super) use node::{Cordon, Drain, Taint};
pub(super) use output::OutputFormat;
pub(super) use read::{CanI, Describe, Events, Explain, Get, Logs, Resources, Until, Wait};
pub(super) use select::Selection;

use super::answers;
use super::response::Printed;
use super::usage_error::UsageError;
use flags::Flags;

/// A command that is modelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Command(pub(super) Verb);

/// What a command is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verb {
    Get(Box<Get>),
    Events(Events),
    Describe(Describe),
    Logs(Logs),
    Wait(Wait),
    Explain(Explain),
    Resources(Resources),
    CanI(CanI),
    Delete(Delete),
    Patch(Patch),
    /// `label` and `annotate`.
    Labelling(Labelling),
    SetImage(SetImage),
    /// `create -f`, `apply -f` and `replace -f`.
    CreateFile(CreateFile),
    CreateJob(CreateJob),
    CreateCronJob(CreateCronJob),
    /// `cordon` and `uncordon`.
    Cordon(Cordon),
    Drain(Drain),
    Taint(Taint),
    /// kubectl answers so whatever the cluster has.
    Says(Printed),
    /// It has no answer for Jobs, once the object is found.
    Refuses {
        selection: Selection,
        how: Refusal,
    },
}

/// What kubectl or the server cannot do with Jobs and their like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Scale,
    Rollout(&'static str),
    Expose,
    Autoscale,
    /// Into a container, or through a port: what would run there is not simulated, unless nothing could.
    Exec,
}

impl Command {
    /// Reads a command line, word by word, with or without `kubectl` in front.
    ///
    /// # Errors
    /// kubectl would refuse it too, or it is not modelled here.
    pub fn parse(words: &[String]) -> Result<Command, UsageError> {
        let words = match words {
            [first, rest @ ..] if first == "kubectl" || first == "k" => rest,
            words => words,
        };
        let place = flags::place_of_command(words).filter(|place| !words[*place].starts_with('-'));
        let Some(place) = place else {
            return match words.iter().find(|word| word.starts_with('-') && !matches!(&***word, "-h" | "--help")) {
                None => Ok(Command(Verb::Says(answers::help()))),
                Some(_) => {
                    Flags::read("", words.iter())?;
                    Ok(Command(Verb::Says(answers::help())))
                }
            };
        };
        let name = words[place].as_str();
        let arguments = || words[..place].iter().chain(&words[place + 1..]);
        if !answers::is_command(name) {
            return Err(UsageError::Invalid(answers::unknown_command(name)));
        }
        let (name, rest) = sub_command(name, &words[place + 1..]);
        let flags = match rest {
            None => Flags::read(&name, arguments())?,
            Some(at) => {
                let behind = &words[place + 1..];
                let arguments = words[..place].iter().chain(&behind[..at]).chain(&behind[at + 1..]);
                Flags::read(&name, arguments)?
            }
        };
        if flags.is_set("help")? {
            return match name.as_str() {
                "help" => Ok(Command(Verb::Says(answers::help()))),
                name => Err(UsageError::NotModelled(format!("{name} --help"))),
            };
        }
        verb(&name, &flags).map(Command)
    }
}

/// Commands with commands of their own, `create job`: both words, and the place of the second among the arguments.
fn sub_command(name: &str, arguments: &[String]) -> (String, Option<usize>) {
    let known: &[&str] = match name {
        "create" => &["job", "cronjob", "cj"],
        "set" => &["image"],
        "auth" => &["can-i", "whoami"],
        "rollout" => &["status", "history", "undo", "restart", "pause", "resume"],
        "top" => &["pod", "pods", "po", "node", "nodes", "no"],
        _ => &[],
    };
    let place = flags::place_of_command(arguments);
    match place.and_then(|place| known.iter().find(|known| **known == arguments[place]).map(|known| (place, known))) {
        Some((place, known)) => (format!("{name} {}", if *known == "cj" { "cronjob" } else { known }), Some(place)),
        None => (name.to_owned(), None),
    }
}

fn verb(name: &str, flags: &Flags) -> Result<Verb, UsageError> {
    let refused = |how| Ok(Verb::Refuses { selection: Selection::read(flags)?, how });
    Ok(match name {
        "get" => Verb::Get(Box::new(read::get(flags)?)),
        "events" => Verb::Events(read::events(flags)?),
        "describe" => Verb::Describe(read::describe(flags)?),
        "logs" | "log" => Verb::Logs(read::logs(flags)?),
        "wait" => Verb::Wait(read::wait(flags)?),
        "explain" => Verb::Explain(read::explain(flags)?),
        "api-resources" => Verb::Resources(read::resources(flags)?),
        "api-versions" => Verb::Says(answers::api_versions()),
        "version" => Verb::Says(answers::version(flags.is_set("client")?, flags.value("output"))),
        "help" => Verb::Says(answers::help()),
        "auth can-i" => Verb::CanI(read::can_i(flags)?),
        "delete" => Verb::Delete(act::delete(flags)?),
        "patch" => Verb::Patch(act::patch(flags)?),
        "create" | "apply" | "replace" => Verb::CreateFile(act::create_file(name, flags)?),
        "create job" => Verb::CreateJob(act::create_job(flags)?),
        "create cronjob" => Verb::CreateCronJob(act::create_cron_job(flags)?),
        "label" | "annotate" => Verb::Labelling(manage::labelling(name, flags)?),
        "set image" => Verb::SetImage(manage::set_image(flags)?),
        "cordon" | "uncordon" => Verb::Cordon(node::cordon(name, flags)?),
        "drain" => Verb::Drain(node::drain(flags)?),
        "taint" => Verb::Taint(node::taint(flags)?),
        "scale" => {
            if flags.number("replicas")?.is_none() {
                return Err(UsageError::error("required flag(s) \"replicas\" not set"));
            }
            refused(Refusal::Scale)?
        }
        "rollout status" | "rollout history" | "rollout undo" | "rollout restart" | "rollout pause"
        | "rollout resume" => {
            if flags.words.is_empty() {
                return Err(UsageError::error("required resource not specified"));
            }
            let words = ["status", "history", "undo", "restart", "pause", "resume"];
            let word = words.into_iter().find(|word| name.ends_with(word)).unwrap_or_default();
            refused(Refusal::Rollout(word))?
        }
        "expose" => refused(Refusal::Expose)?,
        "autoscale" => refused(Refusal::Autoscale)?,
        "exec" => Verb::Refuses { selection: read::pod_of_exec(flags)?, how: Refusal::Exec },
        "top pod" | "top pods" | "top po" | "top node" | "top nodes" | "top no" => {
            return Err(UsageError::error("Metrics API not available"));
        }
        other => return Err(UsageError::NotModelled(other.to_owned())),
    })
}
