//! The command lines that change something small: labels, annotations, images.

use super::act::DryRun;
use super::flags::Flags;
use super::output::OutputFormat;
use super::select::{Selection, nothing_named};
use crate::kubectl::usage_error::UsageError;

/// `kubectl label` or `kubectl annotate`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Labelling {
    pub(in crate::kubectl) selection: Selection,
    pub(in crate::kubectl) is_annotation: bool,
    /// Keys with their values; `None` takes one away.
    pub(in crate::kubectl) changes: Vec<(String, Option<String>)>,
    pub(in crate::kubectl) overwrite: bool,
    pub(in crate::kubectl) dry_run: DryRun,
    pub(in crate::kubectl) format: Option<OutputFormat>,
}

/// Upstream: kubectl/pkg/cmd/label/label.go.
pub(super) fn labelling(name: &str, flags: &Flags) -> Result<Labelling, UsageError> {
    let is_annotation = name == "annotate";
    let what = if is_annotation { "annotation" } else { "label" };
    let is_change =
        |word: &String| !word.is_empty() && (word[1..].contains('=') || word.ends_with('-')) && !word.starts_with('=');
    let is_change = |word: &String| word.is_char_boundary(1.min(word.len())) && is_change(word);
    let first = flags.words.iter().position(is_change).unwrap_or(flags.words.len());
    let (words, changes) = flags.words.split_at(first);
    if let Some(word) = changes.iter().find(|word| !is_change(word)) {
        return Err(UsageError::error(format!("all resources must be specified before {what} changes: {word}")));
    }
    if words.is_empty() && flags.value("filename").is_none() {
        return Err(UsageError::error(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>",
        ));
    }
    if changes.is_empty() {
        return Err(UsageError::error(format!("at least one {what} update is required")));
    }
    let selection = Selection::of_words(words, flags)?;
    selection.is_enough()?;
    if flags.is_set("list")? {
        return Err(UsageError::NotModelled(format!("{name} --list")));
    }
    let mut read: Vec<(String, Option<String>)> = Vec::new();
    for word in changes {
        let change = match word.split_once('=') {
            Some((key, value)) => (key.to_owned(), Some(value.to_owned())),
            None => (word[..word.len() - 1].to_owned(), None),
        };
        let other_way = read.iter().any(|(key, value)| *key == change.0 && value.is_some() != change.1.is_some());
        if other_way {
            return Err(UsageError::error(format!(
                "can not both modify and remove {} in the same command",
                article(what)
            )));
        }
        read.retain(|(key, _)| *key != change.0);
        read.push(change);
    }
    Ok(Labelling {
        selection,
        is_annotation,
        changes: read,
        overwrite: flags.is_set("overwrite")?,
        dry_run: DryRun::read(flags)?,
        format: OutputFormat::of_result(flags)?,
    })
}

fn article(what: &str) -> String {
    if what == "annotation" { "an annotation".to_owned() } else { format!("a {what}") }
}

/// `kubectl set image`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct SetImage {
    pub(in crate::kubectl) selection: Selection,
    /// Containers with their new images; `*` is all of them.
    pub(in crate::kubectl) images: Vec<(String, String)>,
    pub(in crate::kubectl) dry_run: DryRun,
    pub(in crate::kubectl) format: Option<OutputFormat>,
}

pub(super) fn set_image(flags: &Flags) -> Result<SetImage, UsageError> {
    let (images, words): (Vec<String>, Vec<String>) = flags.words.iter().cloned().partition(|word| word.contains('='));
    if words.is_empty() && flags.value("filename").is_none() {
        return Err(nothing_named());
    }
    if images.is_empty() {
        return Err(UsageError::error("at least one image update is required"));
    }
    let selection = Selection::of_words(&words, flags)?;
    selection.is_enough()?;
    let images = images.iter().filter_map(|word| word.split_once('='));
    Ok(SetImage {
        selection,
        images: images.map(|(container, image)| (container.to_owned(), image.to_owned())).collect(),
        dry_run: DryRun::read(flags)?,
        format: OutputFormat::of_result(flags)?,
    })
}
