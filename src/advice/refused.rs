//! What fixes a field that the API server refuses.

use super::fix::{Fix, FixAction, Fixer};
use super::server_written;
use super::unknown::closest;
use super::values::{self, job_spec, pod_spec};
use crate::api::schedule::{Schedule, ScheduleError};
use crate::api::time_zone;
use crate::api::validation::{Cause, FieldError, Limit};
use crate::manifest::Path;
use crate::order;
use serde_json::{Map, Value, json};

/// Of a DNS label, in bytes.
const MAX_LABEL: usize = 63;

/// A refused field of a manifest.
pub(super) struct Refused<'a> {
    pub(super) fixer: &'a Fixer<'a>,
    pub(super) manifest: &'a Value,
    pub(super) error: &'a FieldError,
    /// Where the error stands in the text.
    pub(super) path: &'a Path,
}

impl Refused<'_> {
    /// Fixes, the likeliest first. The causes at the end have none: what was meant cannot be known.
    pub(super) fn fixes(&self) -> Vec<Fix> {
        let field = values::name_of(&self.error.path);
        let fixes: Vec<Option<Fix>> = match &self.error.cause {
            Cause::Required => self.required(),
            Cause::NotSupported { allowed } => self.one_of(allowed),
            Cause::Duplicate { .. } => vec![self.another_name(), self.remove_item()],
            Cause::OwnSelector => vec![server_written::removed(self.fixer, self.manifest).or_else(|| self.remove())],
            Cause::GeneratedLabel { .. } => vec![server_written::removed(self.fixer, self.manifest)],
            Cause::Forbidden => vec![self.remove()],
            Cause::NameRequired => vec![self.write(json!(self.example_name()))],
            Cause::BadName => vec![self.valid_name(MAX_LABEL)],
            Cause::CronJobNameTooLong { most } | Cause::JobNameTooLong { most } => vec![self.valid_name(*most)],
            Cause::IndexedHostName { .. } => vec![self.indexed_name()],
            Cause::ManualSelector => vec![self.selector()],
            Cause::Negative => self.negative(&field),
            Cause::OutOfRange { least, most } => {
                vec![self.remove().filter(|_| field == "activeDeadlineSeconds"), self.within(*least, *most)]
            }
            Cause::Above { most } => vec![self.at_most(*most)],
            Cause::RequestAboveLimit { resource, limit, .. } => vec![self.request(resource, limit)],
            Cause::IndexedWithoutCompletions => vec![self.completions()],
            Cause::NeedsIndexed => self.indexed(),
            Cause::NeedsLimitPerIndex => self.limit_per_index(),
            Cause::RestartPolicyRequired => vec![self.write(json!("Never")), self.write(json!("OnFailure"))],
            Cause::OnFailureWithPodFailurePolicy => vec![self.write(json!("Never"))],
            Cause::ReplacementWithPodFailurePolicy => vec![self.write(json!("Failed"))],
            Cause::FailIndexWithoutLimit => vec![self.write(json!("FailJob"))],
            Cause::TwoMatchers => {
                ["onPodConditions", "onExitCodes"].map(|matcher| self.fixer.remove(&self.path.joined(matcher))).into()
            }
            Cause::NoMatcher => {
                let disruption = json!([{ "type": "DisruptionTarget" }]);
                vec![self.fixer.write(&self.path.joined("onPodConditions"), &disruption)]
            }
            Cause::ExitCodeZero => vec![self.remove_item(), self.not_in()],
            Cause::ExitCodesUnordered => vec![self.sorted()],
            Cause::Schedule(error) => vec![self.schedule(error)],
            Cause::ZoneInSchedule => vec![self.zone_out_of_schedule()],
            Cause::TimeZone => vec![self.zone(), self.remove()],
            Cause::ContainersRequired => vec![self.write(json!([{ "name": "main", "image": "busybox" }]))],
            Cause::ImageRequired => vec![self.write(json!("busybox"))],
            Cause::NoSuchVolume { name } => vec![self.volume(name)],
            Cause::Invalid | Cause::NotFound | Cause::TooLong { .. } | Cause::TooMany { .. } | Cause::Immutable => {
                Vec::new()
            }
        };
        fixes.into_iter().flatten().collect()
    }

    fn write(&self, value: Value) -> Option<Fix> {
        self.fixer.write(self.path, &value)
    }

    fn remove(&self) -> Option<Fix> {
        self.fixer.remove(self.path)
    }

    /// Zero where that is a limit; elsewhere it would stop the Job, or delete it: the default, or one.
    fn negative(&self, field: &str) -> Vec<Option<Fix>> {
        match field {
            "parallelism" => vec![self.remove(), self.write(json!(1))],
            "completions" => vec![self.write(json!(1))],
            "ttlSecondsAfterFinished" | "activeDeadlineSeconds" | "startingDeadlineSeconds" => vec![self.remove()],
            _ => vec![self.write(json!(0)), self.remove()],
        }
    }

    fn found(&self) -> &Value {
        values::at_field(self.manifest, &self.error.path)
    }

    /// A field beside this one.
    fn beside(&self, field: &str) -> (Path, &Value) {
        let mut around = self.error.path.clone();
        around.0.pop();
        (self.path.parent().joined(field), &values::at_field(self.manifest, &around)[field])
    }

    fn within(&self, least: i64, most: i64) -> Option<Fix> {
        let found = self.found().as_i64()?;
        self.write(json!(found.clamp(least, most)))
    }

    fn at_most(&self, most: Limit) -> Option<Fix> {
        match most {
            Limit::Number(most) => self.write(json!(most)),
            Limit::Field(field) => self.write(self.beside(field).1.as_i64().map(Value::from)?),
        }
    }

    /// The word that was meant; where none is, and each would do, every word there is.
    fn one_of(&self, allowed: &[&'static str]) -> Vec<Option<Fix>> {
        let spec = job_spec(self.manifest);
        let is_possible = |word: &&str| match *word {
            "OnFailure" => spec["podFailurePolicy"].is_null(),
            "In" => !self.beside("values").1.as_array().is_some_and(|values| values.contains(&json!(0))),
            "FailIndex" => !spec["backoffLimitPerIndex"].is_null(),
            _ => true,
        };
        let allowed = allowed.iter().copied().filter(is_possible);
        let meant = self.found().as_str().and_then(|word| closest(word, allowed.clone()));
        let each_would_do = ["restartPolicy", "action", "concurrencyPolicy", "imagePullPolicy"]
            .iter()
            .any(|field| self.path.last_key() == Some(*field));
        let words: Vec<&str> = match meant {
            Some(word) => vec![word],
            None if each_would_do => allowed.collect(),
            None => Vec::new(),
        };
        words.into_iter().map(|word| self.write(json!(word))).collect()
    }

    fn example_name(&self) -> &'static str {
        if values::kind(self.manifest) == Some("CronJob") { "my-cron-job" } else { "my-job" }
    }

    /// The name in the letters, and of the length, that are allowed.
    fn valid_name(&self, most: usize) -> Option<Fix> {
        self.spelt_name(most, self.error.field == "metadata.name")
    }

    /// With room for a dash and the last index.
    fn indexed_name(&self) -> Option<Fix> {
        let count = self.manifest["spec"]["completions"].as_i64().unwrap_or(1);
        self.spelt_name(MAX_LABEL - 1 - (count - 1).max(0).to_string().len(), false)
    }

    fn spelt_name(&self, most: usize, keeps_dots: bool) -> Option<Fix> {
        let name = values::at_path(self.manifest, self.path).as_str()?.to_lowercase();
        // A placeholder waits to be filled in.
        if name.contains(['{', '}', '$', '<', '>']) {
            return None;
        }
        let letter = |letter: char| match letter {
            'a'..='z' | '0'..='9' | '-' => letter,
            '.' if keeps_dots => letter,
            _ => '-',
        };
        let name: String = name.chars().map(letter).take(most).collect();
        let name = name.trim_matches(['-', '.']);
        if name.is_empty() { None } else { self.write(json!(name)) }
    }

    fn another_name(&self) -> Option<Fix> {
        let name = self.found().as_str().filter(|_| self.path.last_key() == Some("name"))?;
        self.write(json!(format!("{name}-2")))
    }

    /// Takes an item out of a list that keeps others.
    fn remove_item(&self) -> Option<Fix> {
        let mut around = self.error.path.clone();
        around.0.pop();
        let list = values::at_field(self.manifest, &around).as_array()?;
        if list.len() > 1 { self.remove() } else { None }
    }

    /// As many completions as run at a time.
    fn completions(&self) -> Option<Fix> {
        let parallelism = self.beside("parallelism").1.as_i64().filter(|count| *count > 0);
        self.write(json!(parallelism.unwrap_or(1)))
    }

    fn limit_per_index(&self) -> Vec<Option<Fix>> {
        let is_indexed = self.beside("completionMode").1 == "Indexed";
        let limit = if is_indexed { self.write(json!(1)) } else { None };
        vec![limit, self.fixer.remove(&self.path.parent().joined("maxFailedIndexes"))]
    }

    fn indexed(&self) -> Vec<Option<Fix>> {
        let has_completions = self.beside("completions").1.is_i64();
        let to_indexed = || self.fixer.write(&self.beside("completionMode").0, &json!("Indexed"));
        vec![if has_completions { to_indexed() } else { None }, self.remove()]
    }

    /// Gives the template the labels that the selector requires. Without `manualSelector`, or without a selector, leaves
    /// both to Kubernetes.
    fn selector(&self) -> Option<Fix> {
        let spec = Path::parse("spec");
        if self.manifest["spec"]["manualSelector"] != true {
            return server_written::removed(self.fixer, self.manifest)
                .or_else(|| self.fixer.remove(&spec.joined("selector")));
        }
        let wanted = &self.manifest["spec"]["selector"]["matchLabels"];
        let Some(wanted) = wanted.as_object() else { return self.fixer.remove(&spec.joined("manualSelector")) };
        let labels_path = Path::parse("spec.template.metadata.labels");
        let labels = self.manifest["spec"]["template"]["metadata"]["labels"].as_object();
        let differing: Vec<(&String, &Value)> =
            wanted.iter().filter(|(key, value)| labels.and_then(|labels| labels.get(*key)) != Some(*value)).collect();
        match (labels, differing.as_slice()) {
            (Some(_), [(key, value)]) => self.fixer.write(&labels_path.joined(key), value),
            _ => {
                let mut all: Map<String, Value> = labels.cloned().unwrap_or_default();
                all.extend(wanted.clone());
                self.fixer.write(&labels_path, &Value::Object(all))
            }
        }
    }

    /// Without seconds in front, and with Sunday as 0.
    fn schedule(&self, error: &ScheduleError) -> Option<Fix> {
        let text = self.found().as_str()?;
        let words: Vec<&str> = text.split_whitespace().collect();
        let meant = match error {
            ScheduleError::FieldCount(_) if words.len() == 6 || words.len() == 7 => words[1..6].join(" "),
            ScheduleError::AboveMaximum { last: 7, maximum: 6, .. } => {
                let (days, rest) = words.split_last()?;
                [rest, &[days.replace('7', "0").as_str()]].concat().join(" ")
            }
            ScheduleError::UnknownDescriptor(word) => {
                let known = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
                closest(word, known.into_iter())?.to_owned()
            }
            _ => return None,
        };
        Schedule::parse(&meant).ok()?;
        self.write(json!(meant))
    }

    fn zone_out_of_schedule(&self) -> Option<Fix> {
        let (zone_path, zone) = self.beside("timeZone");
        let (prefix, rest) = self.found().as_str()?.split_once(char::is_whitespace)?;
        let (_, name) = prefix.split_once('=').filter(|_| zone.is_null())?;
        Schedule::parse(rest.trim()).ok()?;
        let fixes = [self.write(json!(rest.trim())), self.fixer.write(&zone_path, &json!(name))];
        let known = time_zone::is_known(name);
        let action = FixAction::Move { field: prefix.to_owned(), to: "timeZone".to_owned() };
        if known { Fixer::together(action, fixes) } else { None }
    }

    /// The zone in its own letters, the one of this city, or the one that is spelt nearly so.
    fn zone(&self) -> Option<Fix> {
        let name = self.found().as_str()?.trim().replace(' ', "_");
        let same = |known: &&str| known.eq_ignore_ascii_case(&name);
        let city = |known: &&str| known.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&name));
        let meant = time_zone::names().find(same).or_else(|| time_zone::names().find(city));
        // There are six hundred: those with another first letter are not meant.
        let first = name.chars().next()?.to_ascii_uppercase();
        let meant = meant.or_else(|| closest(&name, time_zone::names().filter(|known| known.starts_with(first))))?;
        self.write(json!(meant))
    }

    /// Where 0 is the only code: every failure, which is every code but 0.
    fn not_in(&self) -> Option<Fix> {
        let values = self.path.parent();
        let only = self.remove_item().is_none();
        if only { self.fixer.write(&values.parent().joined("operator"), &json!("NotIn")) } else { None }
    }

    fn sorted(&self) -> Option<Fix> {
        let mut codes: Vec<i64> = self.found().as_array()?.iter().filter_map(Value::as_i64).collect();
        order::sort(&mut codes);
        codes.dedup();
        self.write(json!(codes))
    }

    /// As much as the limit, unless that is below zero, which is refused itself.
    fn request(&self, resource: &str, limit: &str) -> Option<Fix> {
        if limit.starts_with('-') { None } else { self.fixer.write(&self.requests()?.joined(resource), &json!(limit)) }
    }

    fn requests(&self) -> Option<Path> {
        let from = |path: &Path| (path.last_key() == Some("requests")).then(|| path.clone());
        from(self.path).or_else(|| from(&self.path.parent()))
    }

    /// A volume that is spelt nearly so.
    fn volume(&self, name: &str) -> Option<Fix> {
        let spec = pod_spec(self.manifest);
        let volumes = spec["volumes"].as_array().into_iter().flatten().filter_map(|volume| volume["name"].as_str());
        self.write(json!(closest(name, volumes)?))
    }

    /// A name that no other container has.
    fn container_name(&self) -> Option<Fix> {
        let container = self.path.parent();
        let is_container = matches!(container.parent().last_key(), Some("containers" | "initContainers"));
        let spec = pod_spec(self.manifest);
        let lists = ["containers", "initContainers"].map(|list| spec[list].as_array().into_iter().flatten());
        let taken: Vec<&Value> = lists.into_iter().flatten().map(|container| &container["name"]).collect();
        let names = ["main", "main-2", "main-3"].into_iter();
        let name = names.filter(|_| is_container).find(|name| !taken.iter().any(|taken| *taken == name))?;
        self.write(json!(name))
    }

    fn required(&self) -> Vec<Option<Fix>> {
        match self.path.last_key() {
            Some("action") => vec![self.write(json!("Ignore")), self.write(json!("FailJob"))],
            Some("operator") if self.beside("values").1.is_array() => {
                let has_zero = self.beside("values").1.as_array().is_some_and(|values| values.contains(&json!(0)));
                vec![if has_zero { None } else { self.write(json!("In")) }, self.write(json!("NotIn"))]
            }
            Some("schedule") => vec![self.write(json!("*/5 * * * *"))],
            Some("name") => vec![self.container_name()],
            _ => Vec::new(),
        }
    }
}
