//! What a run shows of the pods of its text, at the fields that decide it: what keeps them from every node, helpers that
//! never end, images that are pulled anew at each start.

use super::finding::Finding;
use super::fix::{Fix, FixBudget, Fixer};
use super::references::{containers, items};
use super::surprise::{RefusedBy, Surprise};
use super::values;
use crate::api::{
    ContainerPlace, ContainerState, ImageName, JobId, Name, Node, NodeId, ObjectKey, Pod, Taint, amount_of,
};
use crate::cluster::behavior::ContainerRun;
use crate::cluster::reason::Reason;
use crate::cluster::scheduler::{Obstacle, Refusals};
use crate::cluster::told::Told;
use crate::explain::{ObjectSource, source};
use crate::manifest::{Path, Reading, print};
use crate::order::{self, Map, Set};
use crate::recording::{Object, Recording};
use crate::time::{Span, Time};
use serde_json::{Value, json};

/// Where the template of a pod is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Template {
    manifest: usize,
    is_of_cron_job: bool,
}

/// Looks at the pods of a run.
struct Look<'a> {
    reading: &'a Reading,
    recording: &'a Recording,
    budget: FixBudget,
    /// The templates of the Jobs.
    templates: Map<JobId, Option<Template>>,
    /// Pods of one template meet the same fate: said of the first.
    refused: Set<Template>,
    /// Containers of which it has been said that they do not end.
    endless: Set<(Template, ContainerPlace)>,
    findings: Vec<Finding>,
}

/// What the run shows of pods, beside the findings of the text itself.
pub(super) fn findings(reading: &Reading, recording: &Recording) -> Vec<Finding> {
    let mut look = Look {
        reading,
        recording,
        budget: FixBudget::default(),
        templates: Map::new(),
        refused: Set::new(),
        endless: Set::new(),
        findings: Vec::new(),
    };
    let may_be_refused = reading.scenario.has_nodes();
    let may_be_endless = reading.scenario.behaviors.list.iter().any(|behavior| behavior.run == Some(Span::FOREVER));
    if may_be_refused || may_be_endless {
        for id in recording.pods() {
            let Some(Object::Pod(pod)) = recording.history(ObjectKey::Pod(id)).next_back().map(|last| &last.object)
            else {
                continue;
            };
            if may_be_refused && pod.bound.is_none() {
                look.refused(pod);
            }
            if may_be_endless && pod.birth.template.spec.containers.len() > 1 {
                look.endless(pod);
            }
        }
    }
    look.pulls();
    look.findings
}

impl<'a> Look<'a> {
    /// Where the template of a pod is written; `None` if no manifest has it.
    fn template(&mut self, pod: &Pod) -> Option<Template> {
        let recording = self.recording;
        let job = pod.birth.job;
        *self.templates.get_or_insert_with(job, || match source(recording, ObjectKey::Job(job))? {
            ObjectSource::Manifest(number) => Some(Template { manifest: number as usize, is_of_cron_job: false }),
            ObjectSource::JobTemplate(number) => Some(Template { manifest: number as usize, is_of_cron_job: true }),
            ObjectSource::Input(_) => None,
        })
    }

    fn at(&self, template: Template) -> At<'_> {
        let fixer = Fixer { reading: self.reading, manifest: template.manifest, budget: &self.budget };
        let manifest = &*self.reading.scenario.manifests[template.manifest].value;
        let job = Path::parse(if template.is_of_cron_job { "spec.jobTemplate.spec" } else { "spec" });
        At { fixer, pod: job.joined("template").joined("spec"), job, spec: values::pod_spec(manifest) }
    }

    /// A pod without a node: fields for which no node can ever take it.
    fn refused(&mut self, pod: &Pod) {
        let Some(template) = self.template(pod).filter(|template| !self.refused.contains(template)) else { return };
        // Of a cluster with more nodes than are kept it is not known what all of them lack.
        let Some(refusals) = self.last_refusals(pod).filter(|refusals| refusals.more == 0) else { return };
        let is_for_good = |obstacles: &Vec<Obstacle>| obstacles.iter().any(|obstacle| !obstacle.is_resolvable());
        if !refusals.first.iter().all(|(_, obstacles)| is_for_good(obstacles)) {
            return;
        }
        self.refused.insert(template);
        let at = self.at(template);
        let refused = Refused { refusals, deadline: self.deadline(pod) };
        let mut findings = Vec::new();
        for (resource, (wanted, most)) in refused.resources().iter() {
            let nodes = refused.by(|obstacle| too_large_of(obstacle).is_some_and(|(of, ..)| of == resource));
            let written = self.written_amount(&nodes, resource);
            findings.push(at.too_large(resource, *wanted, *most, refused.nodes(&nodes), written));
        }
        let nodes = refused.by(|obstacle| *obstacle == Obstacle::Selector);
        if !nodes.is_empty() {
            findings.push(at.no_match(&self.labels_of(pod, &nodes), refused.nodes(&nodes)));
        }
        for (text, taint) in refused.taints().iter() {
            let nodes = refused.by(|obstacle| taint_of(obstacle).is_some_and(|taint| taint.to_string() == *text));
            findings.push(at.untolerated(taint, refused.nodes(&nodes)));
        }
        self.findings.extend(findings);
    }

    /// The deadline of a pod's Job, in seconds.
    fn deadline(&self, pod: &Pod) -> Option<i64> {
        match &self.recording.history(ObjectKey::Job(pod.birth.job)).next_back()?.object {
            Object::Job(job) => job.spec.active_deadline_seconds,
            _ => None,
        }
    }

    /// Why the nodes could not take a pod when it was last said.
    fn last_refusals(&self, pod: &Pod) -> Option<&'a Refusals> {
        let recording = self.recording;
        let key = ObjectKey::Pod(pod.id);
        let steps = recording.history(key).rev().map(|version| recording.step(version.step));
        steps.filter(|step| step.key == Some(key)).find_map(|step| {
            recording.reasons(step).iter().find_map(|reason| match reason {
                Reason::NodesRefused(refusals) => Some(&**refusals),
                _ => None,
            })
        })
    }

    /// The most that one of these nodes has of a resource, as it is written.
    fn written_amount(&self, nodes: &[NodeId], resource: &str) -> Option<Name> {
        let capacities = nodes.iter().filter_map(|node| self.node(*node)?.capacity.clone());
        let most = capacities.max_by_key(|capacity| capacity.amount(resource))?;
        most.written.iter().find(|(name, _)| **name == *resource).map(|(_, amount)| amount.clone())
    }

    /// A node as it was last; one of the text that was never written, as it was at the beginning.
    fn node(&self, id: NodeId) -> Option<&'a Node> {
        let last = self.recording.history(ObjectKey::Node(id)).next_back();
        match last.map(|version| &version.object) {
            Some(Object::Node(node)) => Some(node),
            _ => self.recording.node_at(id, Time::ZERO),
        }
    }

    /// The values that nodes have for each key of a pod's nodeSelector.
    fn labels_of(&self, pod: &Pod, nodes: &[NodeId]) -> Vec<Label> {
        let selector = pod.birth.template.spec.placement.node_selector.iter();
        let of = |key: &Name| nodes.iter().filter_map(|node| self.node(*node)?.labels.get(key).cloned()).collect();
        selector.map(|(key, value)| Label { key: key.clone(), wanted: value.clone(), there: of(key) }).collect()
    }

    /// Containers that go on when another of their pod has done its work, without an end.
    fn endless(&mut self, pod: &Pod) {
        let Some(template) = self.template(pod) else { return };
        for version in self.recording.history(ObjectKey::Pod(pod.id)) {
            let Object::Pod(pod) = &version.object else { continue };
            let is_done = |state: ContainerState| match state {
                ContainerState::Terminated(terminated) => terminated.exit_code == 0,
                ContainerState::Waiting(_) | ContainerState::Running(_) => false,
            };
            if pod.statuses().iter().all(|(_, status)| !is_done(status.state)) {
                continue;
            }
            for (number, status) in pod.statuses() {
                let container = ContainerPlace::Regular(number as u16);
                let node = self.recording.node_of(pod);
                let run =
                    ContainerRun { pod: pod.id, birth: &pod.birth, container, restart: status.restart_count, node };
                let runs = matches!(status.state, ContainerState::Running(_));
                if !runs || self.reading.scenario.behaviors.program(run).run < Span::FOREVER {
                    continue;
                }
                if !self.endless.insert((template, container)) {
                    continue;
                }
                let finding = self.at(template).never_ends(number, self.deadline(pod));
                self.findings.extend(finding);
            }
        }
    }

    /// Images without a tag that nodes had to pull several times.
    fn pulls(&mut self) {
        if self.reading.scenario.cluster.inventory.images.is_empty() {
            return;
        }
        let recording = self.recording;
        let mut pulls: Map<(Template, ContainerPlace), (usize, bool)> = Map::new();
        for step in recording.steps() {
            let Some(ObjectKey::Pod(id)) = step.key else { continue };
            for reason in recording.reasons(step) {
                let (place, begins, takes) = match reason {
                    Reason::Told(Told::Pulling(place)) => (*place, 1, false),
                    Reason::Told(Told::PullFailed { container, .. }) => (*container, 0, true),
                    Reason::Told(Told::Pulled { container, took: Some(took) }) => (*container, 0, *took > Span::ZERO),
                    _ => continue,
                };
                let Some(pod) = recording.pod_at(id, step.at) else { continue };
                let Some(template) = self.template(pod) else { continue };
                let known = pulls.get_or_insert_with((template, place), || (0, false));
                *known = (known.0 + begins, known.1 || takes);
            }
        }
        for ((template, place), (count, takes)) in pulls.iter() {
            if *count > 1 && *takes {
                let finding = self.at(*template).pulled(*place, *count);
                self.findings.extend(finding);
            }
        }
    }
}

/// Why the nodes cannot take a pod.
struct Refused<'a> {
    refusals: &'a Refusals,
    deadline: Option<i64>,
}

impl<'a> Refused<'a> {
    fn obstacles(&self) -> impl Iterator<Item = &'a Obstacle> {
        self.refusals.first.iter().flat_map(|(_, obstacles)| obstacles)
    }

    /// The nodes with such an obstacle.
    fn by(&self, is_so: impl Fn(&Obstacle) -> bool) -> Vec<NodeId> {
        self.refusals.first.iter().filter(|(_, all)| all.iter().any(&is_so)).map(|(node, _)| *node).collect()
    }

    fn nodes(&self, nodes: &[NodeId]) -> RefusedBy {
        RefusedBy { count: nodes.len(), all: self.refusals.total(), deadline: self.deadline }
    }

    /// The resources of which nodes have too little when they are empty: what is wanted, and the most that one has.
    fn resources(&self) -> Map<Name, (i64, i64)> {
        let mut resources: Map<Name, (i64, i64)> = Map::new();
        for (resource, wanted, whole) in self.obstacles().filter_map(too_large_of) {
            let known = resources.get_or_insert_with(resource.clone(), || (wanted, whole));
            known.1 = known.1.max(whole);
        }
        resources
    }

    /// The taints by their texts, without those that the cluster itself puts on nodes: they are no question of the text.
    fn taints(&self) -> Map<String, Taint> {
        let taints = self.obstacles().filter_map(taint_of).filter(|taint| !taint.is_of_system());
        order::collect(taints.map(|taint| (taint.to_string(), taint.clone())))
    }
}

/// The resource of which a whole node has too little, what is wanted, and what it has.
fn too_large_of(obstacle: &Obstacle) -> Option<(&Name, i64, i64)> {
    match obstacle {
        Obstacle::Insufficient { resource, wanted, whole, .. } if wanted > whole => Some((resource, *wanted, *whole)),
        _ => None,
    }
}

fn taint_of(obstacle: &Obstacle) -> Option<&Taint> {
    if let Obstacle::Taint(taint) = obstacle { Some(taint) } else { None }
}

/// A label that a pod's nodeSelector asks for.
struct Label {
    key: Name,
    wanted: Name,
    /// The values that nodes have for the key.
    there: Vec<Name>,
}

/// Makes findings in the template of a pod.
struct At<'a> {
    fixer: Fixer<'a>,
    /// The way to the Job's spec.
    job: Path,
    /// The way to the pod's spec.
    pod: Path,
    /// The pod's spec as written.
    spec: &'a Value,
}

impl At<'_> {
    /// A way below the pod's spec.
    fn path(&self, below: &str) -> Path {
        self.pod.below(below)
    }

    fn finding<const N: usize>(&self, path: &Path, surprise: Surprise, fixes: [Option<Fix>; N]) -> Finding {
        Finding::of_surprise(&self.fixer, path, surprise, fixes)
    }

    /// At the container that asks for most; there is a fix if it is the only one that asks.
    fn too_large(&self, resource: &str, wanted: i64, most: i64, by: RefusedBy, written: Option<Name>) -> Finding {
        let asks =
            |resources: &Value| ["requests", "limits"].into_iter().find(|list| !resources[*list][resource].is_null());
        let of_containers = containers(self.spec).filter_map(|(path, one)| {
            let list = asks(&one["resources"])?;
            Some((format!("{path}.resources.{list}"), amount_of(resource, &one["resources"][list][resource])))
        });
        let asking: Vec<(String, i64)> = of_containers.collect();
        let most_asking = asking.iter().max_by_key(|(_, amount)| *amount);
        let path = self.path(most_asking.map_or("resources", |(path, _)| path)).joined(resource);
        let is_only = asking.len() == 1 && by.count == by.all;
        let as_written = |amount: Name| amount.parse::<i64>().map_or_else(|_| json!(*amount), |number| json!(number));
        let fix = written.filter(|_| is_only).and_then(|amount| self.fixer.write(&path, &as_written(amount)));
        let surprise = Surprise::TooLargeForNodes { resource: resource.to_owned(), wanted, most, by };
        self.finding(&path, surprise, [fix])
    }

    /// At the first label that no node has; at what asks for all of them, if each of them is on some node.
    fn no_match(&self, labels: &[Label], by: RefusedBy) -> Finding {
        let selector = self.path("nodeSelector");
        let Some(label) = labels.iter().find(|label| !label.there.contains(&label.wanted)) else {
            let path = if labels.is_empty() { self.path("affinity") } else { selector };
            return self.finding(&path, Surprise::NoNodeMatches { label: None, by }, []);
        };
        let path = selector.joined(&label.key);
        let is_one = label.there.first().filter(|first| label.there.iter().all(|other| other == *first));
        let written = is_one.and_then(|value| self.fixer.write(&path, &json!(**value)));
        let removed = self.fixer.remove(if labels.len() == 1 { &selector } else { &path });
        let pair = (label.key.to_string(), label.wanted.to_string());
        self.finding(&path, Surprise::NoNodeMatches { label: Some(pair), by }, [written, removed])
    }

    fn untolerated(&self, taint: &Taint, by: RefusedBy) -> Finding {
        let (key, effect) = (print::scalar(&taint.key), taint.effect.as_str());
        let value = match &*taint.value {
            "" => "operator: Exists".to_owned(),
            value => format!("operator: Equal, value: {}", print::scalar(value)),
        };
        let toleration = format!("{{key: {key}, {value}, effect: {effect}}}");
        let path = self.path("tolerations");
        let fix = self.fixer.add_item(&path, &toleration);
        self.finding(&path, Surprise::TaintNotTolerated { taint: taint.to_string(), by }, [fix])
    }

    fn never_ends(&self, number: usize, deadline: Option<i64>) -> Option<Finding> {
        let container = self.path(&format!("containers[{number}]"));
        let name = items(&self.spec["containers"]).nth(number)?["name"].as_str()?.to_owned();
        let surprise = Surprise::NeverEnds { container: name, beside_others: true, deadline };
        let sidecar = self.fixer.make_sidecar(&self.pod, number);
        let ends = self.fixer.end_in_time(&self.job, deadline);
        Some(self.finding(&container.joined("name"), surprise, [sidecar, ends]))
    }

    fn pulled(&self, place: ContainerPlace, pulls: usize) -> Option<Finding> {
        let (list, number) = match place {
            ContainerPlace::Init(number) => ("initContainers", usize::from(number)),
            ContainerPlace::Regular(number) => ("containers", usize::from(number)),
        };
        let container = items(&self.spec[list]).nth(number)?;
        let has_no_tag = ImageName::parse(container["image"].as_str()?).is_ok_and(|name| name.is_untagged());
        if !has_no_tag || !container["imagePullPolicy"].is_null() {
            return None;
        }
        let path = self.path(&format!("{list}[{number}]"));
        let fix = self.fixer.write(&path.joined("imagePullPolicy"), &json!("IfNotPresent"));
        Some(self.finding(&path.joined("image"), Surprise::PulledEachTime { pulls: Some(pulls) }, [fix]))
    }
}
