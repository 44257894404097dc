//! Which objects a command is about: types, names, selectors, a file.

use super::flags::Flags;
use crate::kubectl::resource::Resource;
use crate::kubectl::snapshot::Namespaces;
use crate::kubectl::usage_error::UsageError;

/// Resources, each with the names of objects; no names stand for all objects.
pub(in crate::kubectl) type Wanted = Vec<(Resource, Vec<String>)>;

/// Which objects a command is about.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Selection {
    pub(in crate::kubectl) wanted: Wanted,
    pub(in crate::kubectl) namespaces: Namespaces,
    /// `--selector`.
    pub(in crate::kubectl) labels: Option<String>,
    /// `--field-selector`.
    pub(in crate::kubectl) fields: Option<String>,
    /// `--filename`.
    pub(in crate::kubectl) file: Option<String>,
    /// `--all`.
    pub(in crate::kubectl) all: bool,
    /// What is missing is not spoken of.
    pub(in crate::kubectl) ignores_missing: bool,
}

impl Selection {
    /// The objects that the words and flags of a command name.
    pub(super) fn read(flags: &Flags) -> Result<Selection, UsageError> {
        Selection::of_words(&flags.words, flags)
    }

    pub(super) fn of_words(words: &[String], flags: &Flags) -> Result<Selection, UsageError> {
        let text = |flag| flags.value(flag).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let selection = Selection {
            wanted: wanted(words)?,
            namespaces: namespaces(flags)?,
            labels: text("selector"),
            fields: text("field-selector"),
            file: flags.value("filename").map(str::to_owned),
            all: flags.is_set("all")?,
            ignores_missing: flags.is_set("ignore-not-found")?,
        };
        let has_names = selection.wanted.iter().any(|(_, names)| !names.is_empty());
        let selects = selection.labels.is_some() || selection.fields.is_some() || selection.all;
        if has_names && selects {
            let has_slash = words.iter().any(|word| word.contains('/'));
            return Err(UsageError::error(match has_slash {
                true => "selectors and the all flag cannot be used when passing resource/name arguments",
                false => "name cannot be provided when a selector is specified",
            }));
        }
        if selection.all && selection.labels.is_some() {
            let text = "found non-empty label selector %q with previously set 'all' parameter. ";
            let label = crate::api::quoted(selection.labels.as_deref().unwrap_or_default()).to_string();
            return Err(UsageError::error(text.replace("%q", &label)));
        }
        Ok(selection)
    }

    /// Whether it names objects.
    pub(in crate::kubectl) fn is_named(&self) -> bool {
        self.wanted.iter().any(|(_, names)| !names.is_empty())
    }

    /// Whether something chooses among all objects of its types.
    pub(in crate::kubectl) fn selects(&self) -> bool {
        self.labels.is_some() || self.fields.is_some() || self.all
    }

    /// The namespace for objects that are named.
    pub(in crate::kubectl) fn namespace(&self) -> &str {
        match &self.namespaces {
            Namespaces::One(namespace) => namespace,
            Namespaces::All => "default",
        }
    }

    /// A command that acts needs names, a selector or a file.
    pub(super) fn is_enough(&self) -> Result<(), UsageError> {
        if self.file.is_some() {
            return Ok(());
        }
        if self.wanted.is_empty() {
            return Err(nothing_named());
        }
        match self.is_named() || self.selects() {
            true => Ok(()),
            false => Err(UsageError::error("resource(s) were provided, but no name was specified")),
        }
    }
}

/// What kubectl says to a command without objects.
pub(super) fn nothing_named() -> UsageError {
    let examples = "\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   \
                    '<resource> <name>'\n   '<resource>'";
    UsageError::error(format!("You must provide one or more resources by argument or filename.{examples}"))
}

/// `pods`, `job pi`, `job/pi pod/x`, `jobs,pods`, `all`. Upstream: cli-runtime resource/builder.go.
pub(super) fn wanted(words: &[String]) -> Result<Wanted, UsageError> {
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
                wanted.push((resource, names.iter().filter(|name| !name.is_empty()).cloned().collect()));
            }
        }
    }
    Ok(wanted)
}

fn with_slashes(words: &[String]) -> Result<Wanted, UsageError> {
    let mut wanted: Wanted = Vec::new();
    if !words.iter().all(|word| word.contains('/')) {
        return Err(UsageError::error(
            "there is no need to specify a resource type as a separate argument when passing arguments in \
             resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource \
             resource/<resource_name>'",
        ));
    }
    for word in words {
        let parts: Vec<&str> = word.split('/').collect();
        let [resource, name] = parts[..] else {
            return Err(UsageError::error("arguments in resource/name form may not have more than one slash"));
        };
        if resource.is_empty() || name.is_empty() || resource.contains(',') {
            return Err(UsageError::error("arguments in resource/name form must have a single resource and name"));
        }
        let resource = Resource::read(resource)?;
        match wanted.last_mut() {
            Some((last, names)) if *last == resource => names.push(name.to_owned()),
            _ => wanted.push((resource, vec![name.to_owned()])),
        }
    }
    Ok(wanted)
}

pub(super) fn namespace(flags: &Flags) -> String {
    flags.value("namespace").filter(|name| !name.is_empty()).unwrap_or("default").to_owned()
}

pub(super) fn namespaces(flags: &Flags) -> Result<Namespaces, UsageError> {
    Ok(match flags.is_set("all-namespaces")? {
        true => Namespaces::All,
        false => Namespaces::One(namespace(flags)),
    })
}
