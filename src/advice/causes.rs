//! What mends a field that the API server refuses.

use super::fix::{Fix, FixAction, Mender};
use super::mistake::{self, Mistake};
use super::unknown::closest;
use crate::api::schedule::{Schedule, ScheduleError};
use crate::api::time_zone;
use crate::api::validation::FieldError;
use crate::manifest::Path;
use crate::order;
use serde_json::{Map, Value, json};

/// A manifest and one mistake in it.
pub(super) struct Cause<'a> {
    pub(super) mender: &'a Mender<'a>,
    pub(super) manifest: &'a Value,
    pub(super) cause: &'a FieldError,
    /// Where the mistake stands in the text.
    pub(super) path: &'a Path,
}

impl Cause<'_> {
    /// What mends it, the likeliest first.
    pub(super) fn fixes(&self, mistake: &Mistake) -> Vec<Fix> {
        let fixes: Vec<Option<Fix>> = match mistake {
            Mistake::RestartPolicy => vec![self.write(json!("Never")), self.write(json!("OnFailure"))],
            Mistake::OnFailureWithPolicy => vec![self.write(json!("Never"))],
            Mistake::ReplacementWithPolicy => vec![self.write(json!("Failed"))],
            Mistake::Negative { field } => vec![self.write(json!(0)), self.remove().filter(|_| field != "completions")],
            Mistake::OutOfRange { least, most, field } => {
                vec![self.remove().filter(|_| field == "activeDeadlineSeconds"), self.within(*least, *most)]
            }
            Mistake::Above { most, .. } => vec![self.at_most(most)],
            Mistake::NotSupported { allowed, .. } => self.one_of(allowed),
            Mistake::NoName => vec![self.write(json!(self.a_name()))],
            Mistake::BadName { .. } | Mistake::IndexedName | Mistake::LongName { .. } => vec![self.valid_name(mistake)],
            Mistake::Duplicate { .. } => vec![self.another_name(), self.item()],
            Mistake::IndexedWithoutCompletions | Mistake::NeedsIndexed { .. } | Mistake::NeedsLimitPerIndex => {
                self.indexed(mistake)
            }
            Mistake::FailIndexWithoutLimit => vec![self.write(json!("FailJob"))],
            Mistake::OwnSelector | Mistake::GeneratedLabel { .. } | Mistake::Forbidden { .. } => vec![self.remove()],
            Mistake::ManualSelector => vec![self.selector()],
            Mistake::NoContainers => vec![self.write(json!([{ "name": "main", "image": "busybox" }]))],
            Mistake::NoImage => vec![self.write(json!("busybox"))],
            Mistake::Schedule => vec![self.schedule()],
            Mistake::ZoneInSchedule => vec![self.zone_out_of_schedule()],
            Mistake::TimeZone => vec![self.zone(), self.remove()],
            Mistake::RuleMatchers { both: true } => {
                ["onPodConditions", "onExitCodes"].map(|matcher| self.mender.remove(&self.path.joined(matcher))).into()
            }
            Mistake::RuleMatchers { both: false } => {
                let disruption = json!([{ "type": "DisruptionTarget" }]);
                vec![self.mender.write(&self.path.joined("onPodConditions"), &disruption)]
            }
            Mistake::ExitCodeZero => vec![self.item(), self.not_in()],
            Mistake::ExitCodesUnordered => vec![self.sorted()],
            Mistake::RequestAboveLimit => vec![self.request()],
            Mistake::NoSuchVolume { name } => vec![self.volume(name)],
            Mistake::Required { .. } => self.required(),
            _ => Vec::new(),
        };
        fixes.into_iter().flatten().collect()
    }

    fn write(&self, value: Value) -> Option<Fix> {
        self.mender.write(self.path, &value)
    }

    fn remove(&self) -> Option<Fix> {
        self.mender.remove(self.path)
    }

    fn found(&self) -> &Value {
        mistake::value_at(self.manifest, &self.cause.path)
    }

    /// A field beside this one.
    fn beside(&self, field: &str) -> (Path, &Value) {
        let mut around = self.cause.path.clone();
        around.0.pop();
        (self.path.parent().joined(field), &mistake::value_at(self.manifest, &around)[field])
    }

    fn within(&self, least: i64, most: i64) -> Option<Fix> {
        let found = self.found().as_i64()?;
        self.write(json!(found.clamp(least, most)))
    }

    fn at_most(&self, most: &str) -> Option<Fix> {
        match most.parse::<i64>() {
            Ok(most) => self.write(json!(most)),
            Err(_) => self.write(self.beside(most).1.as_i64().map(Value::from)?),
        }
    }

    /// The word that was meant; where none is, and each would do, every word there is.
    fn one_of(&self, allowed: &[String]) -> Vec<Option<Fix>> {
        let spec = job_spec(self.manifest);
        let is_possible = |word: &&str| match *word {
            "OnFailure" => spec["podFailurePolicy"].is_null(),
            "In" => !self.beside("values").1.as_array().is_some_and(|values| values.contains(&json!(0))),
            "FailIndex" => !spec["backoffLimitPerIndex"].is_null(),
            _ => true,
        };
        let allowed = allowed.iter().map(String::as_str).filter(is_possible);
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

    fn a_name(&self) -> &'static str {
        if mistake::kind(self.manifest) == Some("CronJob") { "my-cron-job" } else { "my-job" }
    }

    /// The name in the letters, and of the length, that are allowed.
    fn valid_name(&self, mistake: &Mistake) -> Option<Fix> {
        let keeps_dots = self.cause.field == "metadata.name" && !matches!(mistake, Mistake::IndexedName);
        let name = value_at_path(self.manifest, self.path).as_str()?.to_lowercase();
        let letter = |letter: char| match letter {
            'a'..='z' | '0'..='9' | '-' => letter,
            '.' if keeps_dots => letter,
            _ => '-',
        };
        let most = match mistake {
            Mistake::LongName { most } => *most,
            // Room for a dash and the last index.
            Mistake::IndexedName => {
                let count = self.manifest["spec"]["completions"].as_i64().unwrap_or(1);
                63 - 1 - (count - 1).max(0).to_string().len()
            }
            _ => 63,
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
    fn item(&self) -> Option<Fix> {
        let mut around = self.cause.path.clone();
        around.0.pop();
        let list = mistake::value_at(self.manifest, &around).as_array()?;
        if list.len() > 1 { self.remove() } else { None }
    }

    fn indexed(&self, mistake: &Mistake) -> Vec<Option<Fix>> {
        let (mode, _) = self.beside("completionMode");
        let parallelism = self.beside("parallelism").1.as_i64().filter(|count| *count > 0);
        match mistake {
            Mistake::IndexedWithoutCompletions => vec![self.write(json!(parallelism.unwrap_or(1)))],
            Mistake::NeedsLimitPerIndex => {
                let is_indexed = self.beside("completionMode").1 == "Indexed";
                let limit = if is_indexed { self.write(json!(1)) } else { None };
                vec![limit, self.mender.remove(&self.path.parent().joined("maxFailedIndexes"))]
            }
            _ => {
                let has_completions = self.beside("completions").1.is_i64();
                let to_indexed = || self.mender.write(&mode, &json!("Indexed"));
                vec![if has_completions { to_indexed() } else { None }, self.remove()]
            }
        }
    }

    /// Gives the template the labels that the selector asks for; where nobody said or gave one, leaves both to
    /// Kubernetes.
    fn selector(&self) -> Option<Fix> {
        let spec = Path::parse("spec");
        if self.manifest["spec"]["manualSelector"] != true {
            return self.mender.remove(&spec.joined("selector"));
        }
        let wanted = &self.manifest["spec"]["selector"]["matchLabels"];
        let Some(wanted) = wanted.as_object() else { return self.mender.remove(&spec.joined("manualSelector")) };
        let labels_path = Path::parse("spec.template.metadata.labels");
        let labels = self.manifest["spec"]["template"]["metadata"]["labels"].as_object();
        let differing: Vec<(&String, &Value)> =
            wanted.iter().filter(|(key, value)| labels.and_then(|labels| labels.get(*key)) != Some(*value)).collect();
        match (labels, differing.as_slice()) {
            (Some(_), [(key, value)]) => self.mender.write(&labels_path.joined(key), value),
            _ => {
                let mut all: Map<String, Value> = labels.cloned().unwrap_or_default();
                all.extend(wanted.clone());
                self.mender.write(&labels_path, &Value::Object(all))
            }
        }
    }

    /// Without seconds in front, and with Sunday as 0.
    fn schedule(&self) -> Option<Fix> {
        let text = self.found().as_str()?;
        let words: Vec<&str> = text.split_whitespace().collect();
        let meant = match Schedule::parse(text).err()? {
            ScheduleError::FieldCount(_) if words.len() == 6 || words.len() == 7 => words[1..6].join(" "),
            ScheduleError::AboveMaximum { last: 7, maximum: 6, .. } => {
                let (days, rest) = words.split_last()?;
                [rest, &[days.replace('7', "0").as_str()]].concat().join(" ")
            }
            ScheduleError::UnknownDescriptor(word) => {
                let known = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
                closest(&word, known.into_iter())?.to_owned()
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
        let fixes = [self.write(json!(rest.trim())), self.mender.write(&zone_path, &json!(name))];
        let known = time_zone::is_known(name);
        let change = FixAction::Move { field: prefix.to_owned(), to: "timeZone".to_owned() };
        if known { Mender::together(change, fixes) } else { None }
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
        let only = self.item().is_none();
        if only { self.mender.write(&values.parent().joined("operator"), &json!("NotIn")) } else { None }
    }

    fn sorted(&self) -> Option<Fix> {
        let mut codes: Vec<i64> = self.found().as_array()?.iter().filter_map(Value::as_i64).collect();
        order::sort(&mut codes);
        codes.dedup();
        self.write(json!(codes))
    }

    /// `must be less than or equal to memory limit of 64Mi`
    fn request(&self) -> Option<Fix> {
        let rest = self.cause.detail.strip_prefix("must be less than or equal to ");
        let rest = rest.or_else(|| self.cause.detail.strip_prefix("must be equal to "))?;
        let (resource, limit) = rest.split_once(" limit of ").filter(|(_, limit)| !limit.starts_with('-'))?;
        self.mender.write(&self.requests()?.joined(resource), &json!(limit))
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

/// The spec of the Job, wherever the kind has it.
fn job_spec(manifest: &Value) -> &Value {
    match mistake::kind(manifest) {
        Some("CronJob") => &manifest["spec"]["jobTemplate"]["spec"],
        _ => &manifest["spec"],
    }
}

/// The spec of the pods.
pub(super) fn pod_spec(manifest: &Value) -> &Value {
    &job_spec(manifest)["template"]["spec"]
}

pub(super) fn value_at_path<'v>(value: &'v Value, path: &Path) -> &'v Value {
    use crate::manifest::PathStep;
    path.0.iter().fold(value, |value, step| match step {
        PathStep::Key(key) => &value[key.as_str()],
        PathStep::Index(index) => &value[*index],
    })
}
