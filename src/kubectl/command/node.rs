//! The command lines about nodes.

use super::act::DryRun;
use super::flags::Flags;
use super::select::Selection;
use crate::api::{Taint as NodeTaint, TaintEffect, is_label_key, is_label_value};
use crate::cluster::input::TaintChange;
use crate::kubectl::resource::Resource;
use crate::kubectl::snapshot::Namespaces;
use crate::kubectl::usage_error::UsageError;
use crate::time::Span;

/// `kubectl cordon` or `kubectl uncordon`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Cordon {
    pub(in crate::kubectl) selection: Selection,
    pub(in crate::kubectl) is_cordon: bool,
    pub(in crate::kubectl) dry_run: DryRun,
}

/// `kubectl drain`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Drain {
    pub(in crate::kubectl) selection: Selection,
    pub(in crate::kubectl) deletes_local_data: bool,
    pub(in crate::kubectl) dry_run: DryRun,
}

/// `kubectl taint`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::kubectl) struct Taint {
    pub(in crate::kubectl) selection: Selection,
    pub(in crate::kubectl) changes: Vec<TaintChange>,
    pub(in crate::kubectl) overwrite: bool,
    pub(in crate::kubectl) dry_run: DryRun,
}

/// Nodes by their names alone, or by a selector.
fn nodes(command: &str, flags: &Flags) -> Result<Selection, UsageError> {
    let selector = flags.value("selector").map(str::to_owned);
    if flags.words.is_empty() && selector.is_none() {
        return Err(UsageError::with_help(command, format!("error: USAGE: {command} NODE [flags]")));
    }
    if !flags.words.is_empty() && selector.is_some() {
        return Err(UsageError::error("error: cannot specify both a node name and a --selector option"));
    }
    let names = flags.words.iter().map(|word| word.strip_prefix("node/").unwrap_or(word).to_owned()).collect();
    Ok(Selection {
        wanted: vec![(Resource::Node, names)],
        namespaces: Namespaces::All,
        labels: selector,
        fields: None,
        file: None,
        all: false,
        ignores_missing: false,
    })
}

pub(super) fn cordon(name: &str, flags: &Flags) -> Result<Cordon, UsageError> {
    Ok(Cordon { selection: nodes(name, flags)?, is_cordon: name == "cordon", dry_run: DryRun::read(flags)? })
}

pub(super) fn drain(flags: &Flags) -> Result<Drain, UsageError> {
    let selection = nodes("drain", flags)?;
    for flag in ["force", "ignore-daemonsets"] {
        flags.is_set(flag)?;
    }
    if flags.value("pod-selector").is_some() {
        return Err(UsageError::NotModelled("drain --pod-selector".to_owned()));
    }
    if flags.duration("timeout")?.is_some_and(|timeout| timeout != Span::ZERO)
        || flags.number("grace-period")?.is_some()
    {
        return Err(UsageError::NotModelled("drain --timeout, --grace-period".to_owned()));
    }
    let deletes_local_data = flags.is_set("delete-emptydir-data")?;
    Ok(Drain { selection, deletes_local_data, dry_run: DryRun::read(flags)? })
}

/// Upstream: kubectl/pkg/cmd/taint.
pub(super) fn taint(flags: &Flags) -> Result<Taint, UsageError> {
    let is_change = |word: &&String| word.contains(['=', ':']) || word.ends_with('-');
    let changes: Vec<&String> = flags.words.iter().filter(is_change).collect();
    let words: Vec<String> = flags.words.iter().filter(|word| !is_change(word)).cloned().collect();
    if words.is_empty() {
        return Err(UsageError::error("one or more resources must be specified as <resource> <name>"));
    }
    if changes.is_empty() {
        return Err(UsageError::error("at least one taint update is required"));
    }
    let words: Vec<String> =
        words.iter().map(|word| word.strip_prefix("node/").map_or(word.clone(), str::to_owned)).collect();
    let words = if flags.words.iter().any(|word| word.starts_with("node/")) {
        ["nodes".to_owned()].into_iter().chain(words).collect()
    } else {
        words
    };
    let selection = Selection::of_words(&words, flags)?;
    if let Some((resource, _)) = selection.wanted.iter().find(|(resource, _)| *resource != Resource::Node) {
        let (resource, known) = (resource.qualified(), "\"node\", \"nodes\"");
        return Err(UsageError::error(format!("invalid resource type {resource}, only {known} are supported")));
    }
    if !selection.is_named() && !selection.selects() {
        return Err(UsageError::error("one or more resources must be specified as <resource> <name>"));
    }
    let changes = changes.into_iter().map(|word| taint_change(word)).collect::<Result<_, _>>()?;
    Ok(Taint { selection, changes, overwrite: flags.is_set("overwrite")?, dry_run: DryRun::read(flags)? })
}

/// Upstream: kubectl/pkg/cmd/taint/utils.go parseTaints, parseTaint.
fn taint_change(word: &str) -> Result<TaintChange, UsageError> {
    let invalid = || UsageError::error(format!("invalid taint spec: {word}"));
    let effect = |text: &str| {
        let known = [TaintEffect::NoSchedule, TaintEffect::PreferNoSchedule, TaintEffect::NoExecute];
        known
            .into_iter()
            .find(|effect| effect.as_str() == text)
            .ok_or_else(|| UsageError::error(format!("invalid taint effect: {text}, unsupported taint effect")))
    };
    if let Some(removed) = word.strip_suffix('-') {
        let (key, of) = match removed.split_once(':') {
            None => (removed, None),
            Some((key, of)) => (key, Some(effect(of)?)),
        };
        let key = key.split('=').next().unwrap_or_default();
        return if !is_label_key(key) {
            Err(invalid())
        } else {
            Ok(TaintChange::Remove { key: key.into(), effect: of })
        };
    }
    let (pair, of) = word.split_once(':').filter(|(_, of)| !of.contains(':')).ok_or_else(invalid)?;
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    if !is_label_key(key) || !is_label_value(value) {
        return Err(invalid());
    }
    Ok(TaintChange::Add(NodeTaint { key: key.into(), value: value.into(), effect: effect(of)?, added: None }))
}
