//! The command lines that create, change and delete objects.

use super::flags::Flags;
use super::output::OutputFormat;
use super::select::{Selection, namespace};
use super::{patch_text, select};
use crate::cluster::input::Cascade;
use crate::kubectl::resource::Resource;
use crate::kubectl::usage_error::UsageError;
use serde_json::Value;

/// `--dry-run`: nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::kubectl) enum DryRun {
    None,
    Client,
    Server,
}

impl DryRun {
    pub(super) fn read(flags: &Flags) -> Result<DryRun, UsageError> {
        match flags.value("dry-run") {
            None | Some("none" | "false") => Ok(DryRun::None),
            Some("client" | "unchanged" | "true") => Ok(DryRun::Client),
            Some("server") => Ok(DryRun::Server),
            Some(other) => {
                let choice = "Must be \"none\", \"server\", or \"client\"";
                Err(UsageError::error(format!("Invalid dry-run value ({other}). {choice}.")))
            }
        }
    }

    /// What stands behind the words of a result.
    pub(in crate::kubectl) fn suffix(self) -> &'static str {
        match self {
            DryRun::None => "",
            DryRun::Client => " (dry run)",
            DryRun::Server => " (server dry run)",
        }
    }
}

/// `kubectl delete`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Delete {
    pub(in crate::kubectl) selection: Selection,
    pub(in crate::kubectl) cascade: Cascade,
    /// The word of an old form, and what is to be written instead.
    pub(in crate::kubectl) deprecated: Option<(&'static str, &'static str)>,
    pub(in crate::kubectl) grace_seconds: Option<i64>,
    pub(in crate::kubectl) force: bool,
    pub(in crate::kubectl) by_name: bool,
    pub(in crate::kubectl) dry_run: DryRun,
}

pub(super) fn delete(flags: &Flags) -> Result<Delete, UsageError> {
    let selection = Selection::read(flags)?;
    selection.is_enough()?;
    if selection.wanted.iter().any(|(resource, _)| *resource == Resource::Event) {
        return Err(UsageError::NotModelled("delete events".to_owned()));
    }
    let (cascade, deprecated) = cascade(flags)?;
    let force = flags.is_set("force")?;
    let grace = flags.number("grace-period")?.filter(|seconds| *seconds >= 0);
    if force && grace.is_some_and(|seconds| seconds > 0) {
        return Err(UsageError::error("--force and --grace-period greater than 0 cannot be specified together"));
    }
    let now = flags.is_set("now")?;
    if now && grace.is_some() {
        return Err(UsageError::error("--now and --grace-period cannot be specified together"));
    }
    let grace_seconds = match grace {
        _ if force => Some(0),
        // Without --force, "at once" is one second.
        Some(seconds) => Some(seconds.max(1)),
        None => now.then_some(1),
    };
    flags.is_set("wait")?;
    flags.duration("timeout")?;
    let by_name = match flags.value("output") {
        None | Some("") => false,
        Some("name") => true,
        Some(other) => {
            let text = format!("unexpected -o output mode: {other}. We only support '-o name'");
            return Err(UsageError::error(text));
        }
    };
    Ok(Delete { selection, cascade, deprecated, grace_seconds, force, by_name, dry_run: DryRun::read(flags)? })
}

/// What `--cascade` asks for, and the word of an old form with that of today.
type CascadeRead = (Cascade, Option<(&'static str, &'static str)>);

fn cascade(flags: &Flags) -> Result<CascadeRead, UsageError> {
    Ok(match flags.value("cascade") {
        None | Some("background" | "") => (Cascade::Background, None),
        Some("true") => (Cascade::Background, Some(("true", "background"))),
        Some("false") => (Cascade::Orphan, Some(("false", "orphan"))),
        Some("foreground") => (Cascade::Foreground, None),
        Some("orphan") => (Cascade::Orphan, None),
        Some(other) => {
            let choice = "Must be \"background\", \"foreground\", or \"orphan\"";
            return Err(UsageError::error(format!("invalid cascade value ({other}). {choice}")));
        }
    })
}

/// `--type` of a patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::kubectl) enum PatchType {
    Strategic,
    /// RFC 7386.
    Merge,
    /// RFC 6902.
    Json,
}

/// `kubectl patch`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Patch {
    pub(in crate::kubectl) selection: Selection,
    pub(in crate::kubectl) patch_type: PatchType,
    /// An error where the text is not JSON: the API server would refuse it, but only if the object exists.
    pub(in crate::kubectl) patch: Result<Value, String>,
    pub(in crate::kubectl) dry_run: DryRun,
    pub(in crate::kubectl) format: Option<OutputFormat>,
}

pub(super) fn patch(flags: &Flags) -> Result<Patch, UsageError> {
    let selection = Selection::read(flags)?;
    let text = flags.value("patch").unwrap_or_default();
    if selection.wanted.is_empty() && selection.file.is_none() && !text.is_empty() {
        return Err(select::nothing_named());
    }
    if text.is_empty() {
        return Err(UsageError::error("must specify --patch or --patch-file containing the contents of the patch"));
    }
    let patch_type = match flags.value("type").map(str::to_lowercase).as_deref() {
        None | Some("strategic") => PatchType::Strategic,
        Some("merge") => PatchType::Merge,
        Some("json") => PatchType::Json,
        Some(other) => {
            return Err(UsageError::error(format!("--type must be one of [json merge strategic], not \"{other}\"")));
        }
    };
    selection.is_enough()?;
    if let Some((resource, _)) = selection.wanted.iter().find(|(resource, _)| !resource.is_written_here()) {
        return Err(UsageError::NotModelled(format!("patch {}", resource.qualified())));
    }
    let (dry_run, format) = (DryRun::read(flags)?, OutputFormat::of_result(flags)?);
    Ok(Patch { selection, patch_type, patch: patch_text::read(text)?, dry_run, format })
}

/// What is done with the objects of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::kubectl) enum FileVerb {
    Create,
    Apply,
    Replace,
    /// `replace --force`: deleted, and created again.
    ReplaceByForce,
}

/// `kubectl create -f`, `apply -f`, `replace -f`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct CreateFile {
    pub(in crate::kubectl) verb: FileVerb,
    pub(in crate::kubectl) file: String,
    /// `None` if the command says none: then that of the manifest.
    pub(in crate::kubectl) namespace: Option<String>,
    pub(in crate::kubectl) dry_run: DryRun,
    pub(in crate::kubectl) format: Option<OutputFormat>,
    pub(in crate::kubectl) cascade: Cascade,
}

pub(super) fn create_file(name: &str, flags: &Flags) -> Result<CreateFile, UsageError> {
    let force = flags.is_set("force")?;
    let verb = match name {
        "create" => FileVerb::Create,
        "apply" => FileVerb::Apply,
        _ if force => FileVerb::ReplaceByForce,
        _ => FileVerb::Replace,
    };
    let Some(file) = flags.value("filename") else {
        if let (FileVerb::Create, Some(word)) = (verb, flags.words.first()) {
            return Err(match super::answers::CREATORS.contains(&word.as_str()) {
                true => UsageError::NotModelled(format!("create {word}")),
                false => UsageError::error("must specify one of -f and -k"),
            });
        }
        return Err(UsageError::error("must specify one of -f and -k"));
    };
    if let Some(word) = flags.words.first() {
        return Err(UsageError::with_help(name, format!("error: Unexpected args: [{word}]")));
    }
    Ok(CreateFile {
        verb,
        file: file.to_owned(),
        namespace: flags.value("namespace").map(str::to_owned),
        dry_run: DryRun::read(flags)?,
        format: OutputFormat::of_result(flags)?,
        cascade: cascade(flags)?.0,
    })
}

/// `kubectl create job`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct CreateJob {
    pub(in crate::kubectl) name: String,
    pub(in crate::kubectl) namespace: String,
    pub(in crate::kubectl) image: String,
    /// What `--from` names.
    pub(in crate::kubectl) from: Option<(Resource, String)>,
    pub(in crate::kubectl) command: Vec<String>,
    pub(in crate::kubectl) dry_run: DryRun,
    pub(in crate::kubectl) format: Option<OutputFormat>,
}

/// Upstream: kubectl/pkg/cmd/create/create_job.go.
pub(super) fn create_job(flags: &Flags) -> Result<CreateJob, UsageError> {
    let (name, command) = name_and_command("job", flags)?;
    let image = flags.value("image").unwrap_or_default().to_owned();
    let from = flags.value("from").filter(|from| !from.is_empty());
    if image.is_empty() == from.is_none() {
        return Err(UsageError::error("either --image or --from must be specified"));
    }
    if from.is_some() && !command.is_empty() {
        return Err(UsageError::error("cannot specify --from and command"));
    }
    let from = match from.map(|from| select::wanted(&[from.to_owned()])) {
        None => None,
        Some(wanted) => match wanted?.pop() {
            Some((resource, mut names)) if names.len() == 1 => Some((resource, names.remove(0))),
            _ => return Err(UsageError::error("from must be an existing cronjob")),
        },
    };
    let (dry_run, format) = (DryRun::read(flags)?, OutputFormat::of_result(flags)?);
    Ok(CreateJob { name, namespace: namespace(flags), image, from, command, dry_run, format })
}

/// `kubectl create cronjob`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct CreateCronJob {
    pub(in crate::kubectl) name: String,
    pub(in crate::kubectl) namespace: String,
    pub(in crate::kubectl) image: String,
    pub(in crate::kubectl) schedule: String,
    pub(in crate::kubectl) restart: String,
    pub(in crate::kubectl) command: Vec<String>,
    pub(in crate::kubectl) dry_run: DryRun,
    pub(in crate::kubectl) format: Option<OutputFormat>,
}

pub(super) fn create_cron_job(flags: &Flags) -> Result<CreateCronJob, UsageError> {
    let missing: Vec<String> = ["image", "schedule"]
        .iter()
        .filter(|flag| flags.value(flag).is_none())
        .map(|flag| format!("\"{flag}\""))
        .collect();
    if !missing.is_empty() {
        return Err(UsageError::error(format!("required flag(s) {} not set", missing.join(", "))));
    }
    let (name, command) = name_and_command("cronjob", flags)?;
    let text = |flag: &str| flags.value(flag).unwrap_or_default().to_owned();
    let restart = Some(text("restart")).filter(|text| !text.is_empty()).unwrap_or_else(|| "OnFailure".to_owned());
    if !matches!(&*restart, "OnFailure" | "Never") {
        return Err(UsageError::error(format!("invalid restart policy: {restart}")));
    }
    Ok(CreateCronJob {
        name,
        namespace: namespace(flags),
        image: text("image"),
        schedule: text("schedule"),
        restart,
        command,
        dry_run: DryRun::read(flags)?,
        format: OutputFormat::of_result(flags)?,
    })
}

fn name_and_command(kind: &str, flags: &Flags) -> Result<(String, Vec<String>), UsageError> {
    let before = flags.dash.unwrap_or(flags.words.len());
    let (names, command) = flags.words.split_at(before);
    match (names, command) {
        ([name], command) => Ok((name.clone(), command.to_vec())),
        // Words without `--` are the command too.
        ([name, rest @ ..], []) if flags.dash.is_none() => Ok((name.clone(), rest.to_vec())),
        (names, _) => {
            let text = format!("error: exactly one NAME is required, got {}", names.len());
            Err(UsageError::with_help(&format!("create {kind}"), text))
        }
    }
}
