//! Rules that show in a run: tests/rules/run/*.txt. The title of a case begins with the rules that it is about. The input
//! is a line for each object (`job NAME {spec}`, `cron NAME {spec}`, `object {…}`) and one for the `scenario {…}`. In
//! them `<template>` stands for the template that a spec gets which names none. If the scenario does not say otherwise,
//! a pod gets its node after 0.1 s and runs 0.4 s later. An expected line is a fact about a time in seconds:
//!
//! - `T NAME FIELD=VALUE …`: the Job or CronJob as it is after T. A condition that is True is a field whose value is its
//!   reason; `-` is an absent value.
//! - `T pod N FIELD=VALUE …`: a pod as it is after T.
//! - `T NAME writes N`: how often it was written at T. `T quiet`: nothing happened at T.
//! - `T value pod|job NUMBER POINTER TEXT`: a value in the whole object.
//! - `T event TEXT`: at T there is an event that begins so; `T events N TEXT`: there are so many; `T no event TEXT`.
//! - `T refused TEXT`: a request at T was refused with a message that contains this.

use job_playground::api::{JobId, ObjectKey, PodId};
use job_playground::manifest;
use job_playground::recording::Recording;
use job_playground::time::{Span, Time};
use serde_json::Value;
use std::fmt::Write;
use support::{Case, cases, files};

const TEMPLATE: &str = "template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}";

/// The facts that are wrong about a case.
fn wrong_facts(Case { title, input, expected, .. }: &Case) -> Vec<String> {
    let (mut objects, mut scenario) = (Vec::new(), "");
    for line in input.lines() {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("job", rest) => objects.push(object("Job", rest, "template:", TEMPLATE)),
            ("cron", rest) => {
                objects.push(object("CronJob", rest, "jobTemplate:", &format!("jobTemplate: {{spec: {{{TEMPLATE}}}}}")))
            }
            ("object", rest) => objects.push(rest.replace("<template>", TEMPLATE)),
            ("scenario", spec) => {
                scenario =
                    spec.strip_prefix('{').and_then(|spec| spec.strip_suffix('}')).unwrap_or_else(|| panic!("{line}"))
            }
            _ => panic!("{title}: neither an object nor the scenario: {line}"),
        }
    }
    let facts: Vec<&str> = expected.lines().collect();
    let cluster = if scenario.contains("cluster:") { "" } else { "cluster: {scheduling: 100ms, starting: 400ms}, " };
    let scenario = scenario.replace("<template>", TEMPLATE);
    objects.push(format!("{{apiVersion: job-playground/v1, kind: Scenario, spec: {{{cluster}{scenario}}}}}"));
    let reading = manifest::read(&objects.join("\n---\n"));
    assert!(reading.diagnostics.is_empty(), "{title}: {:?}\n{objects:#?}", reading.diagnostics);
    assert!(!facts.is_empty(), "{title}: no facts");
    let recording = Recording::of(&reading.scenario.with_time_zones());
    let trace = recording.trace("case").iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let trace = Trace(trace);
    let refused = trace.0[0]["rejected"].is_string() && !facts.iter().any(|fact| fact.contains(" refused "));
    assert!(!refused, "{title}: {}", trace.0[0]);
    facts.into_iter().filter_map(|fact| trace.check(fact, &recording).err()).collect()
}

/// The text of an object, with the usual template if its spec has none.
fn object(kind: &str, rest: &str, key: &str, default: &str) -> String {
    let (name, spec) = rest.split_once(' ').unwrap_or((rest, "{}"));
    let inner = spec.strip_prefix('{').and_then(|spec| spec.strip_suffix('}')).unwrap_or_else(|| panic!("{spec}"));
    let spec = match inner {
        "" => default.to_owned(),
        _ if inner.contains(key) => inner.replace("<template>", TEMPLATE),
        _ => format!("{inner}, {default}"),
    };
    format!("{{apiVersion: batch/v1, kind: {kind}, metadata: {{name: {name}}}, spec: {{{spec}}}}}")
}

/// The lines of a trace (tests/conformance/README.md, Traces).
struct Trace(Vec<Value>);

impl Trace {
    fn check(&self, fact: &str, recording: &Recording) -> Result<(), String> {
        let mut words = fact.split(' ');
        let at: f64 = words.next().and_then(|word| word.parse().ok()).unwrap_or_else(|| panic!("no time: {fact}"));
        let said = fact.split_once(' ').map_or("", |(_, said)| said);
        let (subject, rest) = said.split_once(' ').unwrap_or((said, ""));
        let now = self.0.iter().skip(1).find(|line| line["t"].as_f64() == Some(at));
        let events = || now.and_then(|line| line["events"].as_array()).into_iter().flatten().filter_map(Value::as_str);
        let there = |text: &str| events().any(|event| event.starts_with(text));
        let holds = match subject {
            "quiet" => now.is_none(),
            "event" => there(rest),
            "events" => {
                let (count, text) = rest.split_once(' ').unwrap_or((rest, ""));
                events().filter(|event| event.starts_with(text)).count().to_string() == count
            }
            "no" => !there(rest.strip_prefix("event ").unwrap_or_else(|| panic!("{fact}"))),
            "refused" => self.refusals(at).iter().any(|message| message.contains(rest)),
            "value" => {
                return value_of(rest, at, recording).and_then(|found| match found == expected_value(rest) {
                    true => Ok(()),
                    false => Err(format!("{fact}\n      it is {found}")),
                });
            }
            "pod" => {
                let (number, fields) = rest.split_once(' ').unwrap_or((rest, ""));
                let number: Option<u64> = number.parse().ok();
                let is_it = |pod: &Value| pod["pod"].as_u64() == number;
                return compare(fact, fields, self.last(at, "pods", is_it).cloned());
            }
            name => match rest.strip_prefix("writes ") {
                Some(count) => {
                    let writes = now.and_then(|line| line["job"].as_array()).into_iter().flatten();
                    writes.filter(|write| write["name"] == name).count().to_string() == count
                }
                None => {
                    let is_it = |object: &Value| object["name"] == name;
                    let found = self.last(at, "job", is_it).or_else(|| self.last(at, "cronJob", is_it));
                    return compare(fact, rest, found.map(status));
                }
            },
        };
        if holds { Ok(()) } else { Err(format!("{fact}\n      at that time: {}", now.unwrap_or(&Value::Null))) }
    }

    fn refusals(&self, at: f64) -> Vec<&str> {
        let refused = self.0[0]["refused"].as_array().into_iter().flatten();
        let messages = refused
            .filter(|refused| refused["t"].as_f64() == Some(at))
            .filter_map(|refused| refused["message"].as_str());
        messages.chain(self.0[0]["rejected"].as_str()).collect()
    }

    fn last(&self, until: f64, list: &str, is_it: impl Fn(&Value) -> bool) -> Option<&Value> {
        let before = self.0.iter().skip(1).filter(|line| line["t"].as_f64().is_some_and(|at| at <= until));
        before.rev().find_map(|line| line[list].as_array()?.iter().rfind(|object| is_it(object)))
    }
}

/// `KIND NUMBER POINTER EXPECTED`: the value at the pointer in the whole object.
fn value_of(words: &str, at: f64, recording: &Recording) -> Result<String, String> {
    let mut words = words.split(' ');
    let (kind, number) = (words.next(), words.next().and_then(|number| number.parse().ok()).unwrap_or_default());
    let key = match kind {
        Some("pod") => ObjectKey::Pod(PodId(number)),
        Some("job") => ObjectKey::Job(JobId(number)),
        _ => panic!("{kind:?}"),
    };
    let at = Time::ZERO + Span::from_millis((at * 1000.0).round() as i64);
    let value = recording.value_at(key, at, 946_728_000).ok_or("there is no such object")?;
    Ok(match value.pointer(words.next().unwrap_or_default()) {
        None | Some(Value::Null) => "-".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    })
}

fn expected_value(words: &str) -> String {
    words.splitn(4, ' ').nth(3).unwrap_or_default().to_owned()
}

/// A write of a Job or CronJob as one flat object.
fn status(write: &Value) -> Value {
    let mut flat = write["status"].clone();
    for condition in write["status"]["conditions"].as_array().into_iter().flatten() {
        let kind = condition["type"].as_str().unwrap_or_default();
        let holds = condition["status"] == "True";
        flat[kind] = if holds { condition["reason"].clone() } else { "False".into() };
        flat[format!("{kind}At")] = condition["lastTransitionTime"].clone();
        flat[format!("{kind}Message")] = condition["message"].clone();
    }
    for field in ["deleting", "deleted", "active"] {
        if let Some(value) = write.get(field) {
            flat[field] = value.clone();
        }
    }
    flat
}

fn compare(fact: &str, fields: &str, found: Option<Value>) -> Result<(), String> {
    let Some(found) = found else { return Err(format!("{fact}\n      there is no such thing")) };
    let mut wrong = String::new();
    for field in fields.split(' ').filter(|field| !field.is_empty()) {
        let (name, expected) = field.split_once('=').unwrap_or_else(|| panic!("no value: {fact}"));
        let value = match &found[name] {
            Value::Null => "-".to_owned(),
            Value::String(text) => text.replace(' ', "_"),
            Value::Array(list) => list.iter().map(|one| one.as_str().unwrap_or_default()).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        };
        if value != expected {
            let _ = write!(wrong, "\n      {name} is {value}");
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{fact}{wrong}")) }
}

pub(super) fn all_cases() -> Vec<Case> {
    files("tests/rules/run").iter().flat_map(|path| cases(path)).collect()
}

#[test]
fn each_case_runs_as_its_rule_says() {
    let cases = all_cases();
    assert!(cases.len() > 200, "{}", cases.len());
    let judged = cases.iter().map(|case| (&case.title, wrong_facts(case))).filter(|(_, wrong)| !wrong.is_empty());
    let wrong: Vec<String> = judged.map(|(title, wrong)| format!("{title}\n    {}", wrong.join("\n    "))).collect();
    assert!(wrong.is_empty(), "{} cases\n\n{}\n", wrong.len(), wrong.join("\n\n"));
}
