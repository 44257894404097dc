//! A small API server on loopback: one recording at one moment, through the REST paths that kubectl asks for.

use job_playground::kubectl::{self, Command, Snapshot, World};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// A request: its path without the query, what the query says, and whether a table is wanted.
pub(crate) struct Request {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    wants_table: bool,
}

impl Request {
    fn read(stream: &TcpStream) -> Option<Request> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let mut words = line.split_whitespace();
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let (mut wants_table, mut length) = (false, 0);
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            let header = header.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            wants_table |= header.starts_with("accept:") && header.contains("as=table");
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let query = pairs.map(|(key, value)| (key.to_owned(), decoded(value))).collect();
        Some(Request { method, path: path.to_owned(), query, wants_table })
    }

    fn value(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match first {
            b'+' => bytes.push(b' '),
            b'%' if rest.len() >= 2 => {
                let hex = std::str::from_utf8(&rest[..2]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
                bytes.push(hex.unwrap_or(b'%'));
                rest = &rest[2..];
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Answers one request.
pub(crate) fn serve(mut stream: TcpStream, world: &World<'_>) {
    let Some(request) = Request::read(&stream) else { return };
    let (status, kind, body) = answer(&request, world);
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

const JSON: &str = "application/json";

fn answer(request: &Request, world: &World<'_>) -> (u16, &'static str, String) {
    let ok = |value: Value| (200, JSON, value.to_string());
    let path = request.path.trim_matches('/');
    let parts: Vec<&str> = path.split('/').collect();
    if request.method == "POST" && path.ends_with("selfsubjectaccessreviews") {
        return ok(json!({
            "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "status": { "allowed": true }
        }));
    }
    match &parts[..] {
        ["api"] => ok(json!({ "kind": "APIVersions", "versions": ["v1"] })),
        ["apis"] => ok(json!({
            "kind": "APIGroupList", "apiVersion": "v1",
            "groups": [{
                "name": "batch",
                "versions": [{ "groupVersion": "batch/v1", "version": "v1" }],
                "preferredVersion": { "groupVersion": "batch/v1", "version": "v1" },
            }],
        })),
        ["version"] => ok(json!({ "major": "1", "minor": "36", "gitVersion": "v1.36.0" })),
        ["api", "v1"] => ok(resources(
            "v1",
            &[
                ("events", "event", true, "Event", &["ev"]),
                ("nodes", "node", false, "Node", &["no"]),
                ("pods", "pod", true, "Pod", &["po"]),
            ],
        )),
        ["apis", "batch", "v1"] => ok(resources(
            "batch/v1",
            &[("cronjobs", "cronjob", true, "CronJob", &["cj"]), ("jobs", "job", true, "Job", &[])],
        )),
        ["api", "v1", rest @ ..] | ["apis", "batch", "v1", rest @ ..] => objects(request, rest, world),
        _ => status(404, "NotFound", "the server could not find the requested resource"),
    }
}

type Known<'a> = (&'a str, &'a str, bool, &'a str, &'a [&'a str]);

fn resources(version: &str, known: &[Known<'_>]) -> Value {
    let resources = known.iter().map(|(name, singular, namespaced, kind, short)| {
        json!({
            "name": name, "singularName": singular, "namespaced": namespaced, "kind": kind, "shortNames": short,
            "categories": if matches!(*name, "pods" | "jobs" | "cronjobs") { vec!["all"] } else { vec![] },
            "verbs": ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
        })
    });
    let resources: Vec<Value> = resources.collect();
    json!({ "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": version, "resources": resources })
}

fn status(code: u16, reason: &str, message: &str) -> (u16, &'static str, String) {
    let status = json!({
        "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": message, "reason": reason,
        "code": code,
    });
    (code, JSON, status.to_string())
}

/// `namespaces/NS/pods/NAME/log`, `nodes/NAME`, `jobs`.
fn objects(request: &Request, rest: &[&str], world: &World<'_>) -> (u16, &'static str, String) {
    let (namespace, rest) = match rest {
        ["namespaces", namespace, rest @ ..] => (Some(*namespace), rest),
        rest => (None, rest),
    };
    let Some((resource, rest)) = rest.split_first() else { return status(404, "NotFound", "no such path") };
    let mut words = vec!["get".to_owned(), (*resource).to_owned(), "-o".to_owned(), "json".to_owned()];
    match namespace {
        Some(namespace) => words.extend(["-n".to_owned(), namespace.to_owned()]),
        None => words.push("-A".to_owned()),
    }
    for (key, flag) in [("labelSelector", "-l"), ("fieldSelector", "--field-selector")] {
        // What a name is is found below; what describe asks of events is more than our own reader has to know.
        if let Some(value) = request.value(key).filter(|value| !value.is_empty()) {
            words.extend([flag.to_owned(), value.to_owned()]);
        }
    }
    if request.value("watch").is_some() {
        // Nothing changes any more.
        return (200, JSON, String::new());
    }
    if let ("pods", [name, "log"]) = (*resource, rest) {
        return log(request, namespace.unwrap_or("default"), name, world);
    }
    let printed = run(&words, world);
    if printed.failed {
        let why = printed.stderr.split_once("field selector ").map_or(&*printed.stderr, |(_, rest)| rest);
        let why = why.split_once(": ").map_or(why, |(_, rest)| rest).trim_end();
        return status(400, "BadRequest", why);
    }
    let list: Value = serde_json::from_str(&printed.stdout).unwrap_or_default();
    let items: Vec<Value> = list["items"].as_array().cloned().unwrap_or_default();
    let (api_version, kind) = match *resource {
        "jobs" => ("batch/v1", "Job"),
        "cronjobs" => ("batch/v1", "CronJob"),
        "pods" => ("v1", "Pod"),
        "nodes" => ("v1", "Node"),
        _ => ("v1", "Event"),
    };
    let group = if api_version == "v1" { "" } else { ".batch" };
    if let [name] = rest {
        let Some(item) = items.iter().find(|item| item["metadata"]["name"] == **name) else {
            return status(404, "NotFound", &format!("{resource}{group} \"{name}\" not found"));
        };
        return match request.wants_table {
            true => (200, JSON, table(request, resource, std::slice::from_ref(item), world).to_string()),
            false => (200, JSON, item.to_string()),
        };
    }
    if request.wants_table {
        return (200, JSON, table(request, resource, &items, world).to_string());
    }
    let list = json!({
        "apiVersion": api_version, "kind": format!("{kind}List"), "items": items, "metadata": { "resourceVersion": "1" },
    });
    (200, JSON, list.to_string())
}

fn table(request: &Request, resource: &str, items: &[Value], world: &World<'_>) -> Value {
    let kubectl::ServerTable { columns, rows } = kubectl::server_table(resource, &world.snapshot).unwrap_or_default();
    let all = run(&["get".to_owned(), resource.to_owned(), "-A".to_owned(), "-o".to_owned(), "json".to_owned()], world);
    let all: Value = serde_json::from_str(&all.stdout).unwrap_or_default();
    let all: Vec<Value> = all["items"].as_array().cloned().unwrap_or_default();
    let rows = items.iter().filter_map(|item| {
        let place = all.iter().position(|known| known["metadata"] == item["metadata"])?;
        let metadata = json!({
            "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": item["metadata"]
        });
        let object = if request.value("includeObject") == Some("Object") { item.clone() } else { metadata };
        Some(json!({ "cells": rows.get(place)?, "object": object }))
    });
    let rows: Vec<Value> = rows.collect();
    let columns = columns.iter().map(|(name, is_wide)| {
        let format = if name == "NAME" { "name" } else { "" };
        json!({ "name": name, "type": "string", "format": format, "description": "", "priority": i32::from(*is_wide) })
    });
    json!({
        "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": { "resourceVersion": "1" },
        "columnDefinitions": columns.collect::<Vec<Value>>(), "rows": rows,
    })
}

/// The kubelet's text: what our own reader prints of this one container.
fn log(request: &Request, namespace: &str, name: &str, world: &World<'_>) -> (u16, &'static str, String) {
    let mut words = vec!["logs".to_owned(), name.to_owned(), "-n".to_owned(), namespace.to_owned()];
    let flags = [
        ("container", "-c="),
        ("tailLines", "--tail="),
        ("previous", "--previous="),
        ("timestamps", "--timestamps="),
        ("sinceSeconds", "--since="),
    ];
    for (key, flag) in flags {
        if let Some(value) = request.value(key) {
            let unit = if key == "sinceSeconds" { "s" } else { "" };
            words.push(format!("{flag}{value}{unit}"));
        }
    }
    let printed = run(&words, world);
    match printed.stderr.strip_prefix("Error from server (BadRequest): ") {
        Some(why) => status(400, "BadRequest", why.trim_end()),
        None => (200, "text/plain", printed.stdout),
    }
}

/// What our own kubectl prints.
pub(crate) fn run(words: &[String], world: &World<'_>) -> kubectl::Printed {
    let refused = |text: String| kubectl::Printed { stderr: text, failed: true, ..kubectl::Printed::default() };
    match Command::parse(words).and_then(|command| kubectl::run_in(&command, world)) {
        Ok(response) => response.printed,
        Err(kubectl::UsageError::Invalid(text)) => refused(text),
        Err(kubectl::UsageError::NotModelled(what)) => refused(format!("not modelled: {what}\n")),
    }
}

/// A snapshot as if its moment were now: the client counts ages from its own clock.
pub(crate) fn as_of_now<'a>(snapshot: Snapshot<'a>, now: i64) -> Snapshot<'a> {
    let after_start = (snapshot.at - job_playground::time::Time::ZERO).seconds();
    Snapshot { start_unix_seconds: now - after_start, ..snapshot }
}
