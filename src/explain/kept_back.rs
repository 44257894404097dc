//! From what keeps a pod back, or drives it out, to the field, the missing object, the fault: why no node takes it, why a
//! container cannot start, which taint its node has.

use super::film::Film;
use super::inputs;
use super::link::{self, Fact, Link};
use super::needs::missing_object;
use super::origin::Origin;
use super::rule::Rule;
use super::spec_field::{ContainerField, SpecField};
use super::statement::Statement;
use crate::api::{ContainerPlace, NodeId, ObjectKey, Pod, PodId, PodSpec, Taint, TaintEffect};
use crate::cluster::input::{InputAction, TaintChange};
use crate::cluster::inventory::{ImageRule, ReferencedKind};
use crate::cluster::reason::{Reason, Step, StepId};
use crate::cluster::scheduler::{Obstacle, Refusals};
use crate::cluster::told::Told;
use crate::recording::{End, Object};

/// The chain behind what was told of a pod in a step; empty where nothing is behind it.
pub(super) fn chain(film: Film<'_>, id: StepId, pod: PodId, told: &Told) -> Vec<Link> {
    let Some(object) = film.pod(pod, id) else { return Vec::new() };
    let about = About { film, id, pod: object, spec: &object.birth.template.spec };
    match told {
        Told::Unschedulable { .. } | Told::UnschedulableAgain { .. } => about.without_node(),
        Told::PullFailed { container, .. } | Told::BackOffPulling(container) => about.unpulled(*container),
        Told::Pulling(container) => about.container_fields(*container, &[ContainerField::Image]),
        Told::NeverPulled(container) => {
            about.stuck(*container, &[ContainerField::Image, ContainerField::ImagePullPolicy])
        }
        Told::InvalidImageName(container) => about.stuck(*container, &[ContainerField::Image]),
        Told::ConfigMissing { container, need, .. } => about.without_config(*container, *need, told),
        Told::MountFailed { .. } => about.without_volume(told),
        Told::MarkedForDeletion(_) => about.driven_out(),
        Told::DeadlineExceeded => about.fields(&[SpecField::PodDeadline]),
        _ => Vec::new(),
    }
}

/// What was told of a pod that the statement about a step is about.
pub(super) fn told<'a>(film: Film<'a>, step: StepId, statement: &'a Statement) -> Option<(PodId, &'a Told)> {
    let ObjectKey::Pod(pod) = film.recording.step(step).key? else { return None };
    match statement {
        Statement::Reason(Reason::Told(told)) => Some((pod, told)),
        Statement::Unplaced { .. } => {
            let mut told = film.reasons(step).iter().filter_map(|reason| match reason {
                Reason::Told(told @ (Told::Unschedulable { .. } | Told::UnschedulableAgain { .. })) => Some(told),
                _ => None,
            });
            Some((pod, told.next()?))
        }
        _ => None,
    }
}

struct About<'a> {
    film: Film<'a>,
    id: StepId,
    pod: &'a Pod,
    spec: &'a PodSpec,
}

impl<'a> About<'a> {
    /// No node takes it.
    fn without_node(&self) -> Vec<Link> {
        let mut chain = vec![
            link::effect(self.node_found(), self.later(|reason| matches!(reason, Reason::Bound { .. }))),
            link::rule(Rule::EveryFilter),
            link::rule(Rule::WaitingIsNoFailure),
        ];
        let refusals = self.film.refusals(self.id);
        let obstacles = || refusals.iter().flat_map(|all| &all.first).flat_map(|(_, obstacles)| obstacles);
        let mut fields: Vec<SpecField> = Vec::new();
        for obstacle in obstacles() {
            match obstacle {
                Obstacle::Insufficient { resource, .. } => {
                    fields.extend(self.asking(resource));
                }
                Obstacle::Taint(_) | Obstacle::Cordoned => fields.push(SpecField::Tolerations),
                Obstacle::Selector => fields.extend([SpecField::NodeSelector, SpecField::Affinity]),
                Obstacle::Spread | Obstacle::SpreadLabel => fields.push(SpecField::TopologySpread),
                Obstacle::Affinity | Obstacle::AntiAffinity | Obstacle::OthersAntiAffinity => {
                    fields.push(SpecField::Affinity);
                }
                Obstacle::Ports | Obstacle::TooManyPods { .. } => {}
            }
        }
        crate::order::sort(&mut fields);
        fields.dedup();
        chain.extend(self.fields(&fields));
        if !self.spec.placement.claims.is_empty() && refusals.is_none() {
            chain.extend(self.fields(&[SpecField::Volumes]));
            let claims = self.spec.placement.claims.iter();
            chain.extend(claims.flat_map(|claim| self.missing(ReferencedKind::PersistentVolumeClaim, claim)));
        }
        chain.extend(refusals.and_then(|all| self.closed_by(all)));
        if obstacles().next().is_some() && self.film.scenario.cluster.inventory.nodes.is_some() {
            chain.push(self.of_cluster("nodes", String::new()));
        }
        chain
    }

    /// The last input that closed one of the nodes to new pods.
    fn closed_by(&self, refusals: &Refusals) -> Option<Link> {
        let closed = |obstacle: &Obstacle| matches!(obstacle, Obstacle::Cordoned | Obstacle::Taint(_));
        let nodes = refusals.first.iter().filter(|(_, obstacles)| obstacles.iter().any(closed));
        let names: Vec<&str> = nodes.filter_map(|(node, _)| self.film.recording.node_name(*node)).collect();
        let now = self.film.recording.step(self.id).at;
        let came = (0..).zip(self.film.scenario.inputs.iter()).filter(|(_, input)| input.at <= now && !input.disabled);
        let closing = came.filter(|(_, input)| match &input.action {
            InputAction::Cordon(node) | InputAction::Drain(node) | InputAction::NodeLost(node) => {
                names.contains(&&**node)
            }
            InputAction::Taint { node, change: TaintChange::Add(_) } => names.contains(&&**node),
            _ => false,
        });
        let (number, _) = closing.max_by_key(|(number, input)| (input.at, *number))?;
        inputs::numbered_input(self.film, number, self.id, None)
    }

    /// The fields of the containers that ask for a resource.
    fn asking(&self, resource: &str) -> Vec<SpecField> {
        let asking = self.spec.all_containers().filter(|(_, one)| one.requests.of(resource) > 0);
        asking.map(|(place, _)| SpecField::OfContainer(place, ContainerField::requesting(resource))).collect()
    }

    fn node_found(&self) -> Fact {
        let found =
            self.film.recording.history(ObjectKey::Pod(self.pod.id)).find_map(|version| match &version.object {
                Object::Pod(pod) => Some((self.film.recording.written_at(version), pod.bound?.node)),
                _ => None,
            });
        Fact::NodeFound { pod: self.pod.id, found }
    }

    /// An image could not be pulled, and will be tried again.
    fn unpulled(&self, container: ContainerPlace) -> Vec<Link> {
        let pulls = |reason: &Reason| matches!(reason, Reason::Told(Told::Pulling(place)) if *place == container);
        let again = self.later(pulls);
        let at = again.map(|step| self.film.recording.step(step).at);
        let goes_on = match self.film.recording.end() {
            Some((End::Settled, _)) | None => false,
            Some((_, end)) => self.film.recording.pod_at(self.pod.id, end).is_some_and(|pod| pod.deletion.is_none()),
        };
        let then = if at.is_none() && goes_on { Fact::PulledAfterRecording } else { Fact::PulledAgain { at } };
        let mut chain =
            vec![link::effect(then, again), link::rule(Rule::PullBackoff), link::rule(Rule::WaitingIsNoFailure)];
        chain.extend(self.last_failed_pull(container).filter(|_| !self.fails_here(container)));
        chain.extend(self.container_fields(container, &[ContainerField::Image]));
        chain.extend(self.image_rule(container));
        chain
    }

    /// Whether a pull fails in this step.
    fn fails_here(&self, container: ContainerPlace) -> bool {
        self.film.reasons(self.id).iter().any(|reason| is_failed_pull(reason, container))
    }

    /// What the last pull came to, while the next one waits.
    fn last_failed_pull(&self, container: ContainerPlace) -> Option<Link> {
        let key = Some(ObjectKey::Pod(self.pod.id));
        let born = self.film.recording.history(ObjectKey::Pod(self.pod.id)).next()?.step;
        let earlier = (born.0..self.id.0).rev().map(StepId);
        { earlier.filter(|id| self.film.recording.step(*id).key == key) }.find_map(|id| {
            let failed = self.film.reasons(id).iter().find(|reason| is_failed_pull(reason, container))?;
            Some(link::facts(Fact::Reason(failed.clone()), Some(id)))
        })
    }

    /// A container that waits for somebody to change something.
    fn stuck(&self, container: ContainerPlace, fields: &[ContainerField]) -> Vec<Link> {
        let mut chain = vec![link::rule(Rule::WaitingIsNoFailure)];
        chain.extend(self.container_fields(container, fields));
        chain
    }

    fn without_config(&self, container: ContainerPlace, need: u16, told: &Told) -> Vec<Link> {
        let mut chain = self.starts(container);
        let need = self.spec.container(container).and_then(|container| container.config.get(usize::from(need)));
        let Some(need) = need else { return chain };
        let field = if need.key.is_some() { ContainerField::Env } else { ContainerField::EnvFrom };
        chain.extend(self.container_fields(container, &[field]));
        chain.extend(self.missing_object(told));
        chain
    }

    fn without_volume(&self, told: &Told) -> Vec<Link> {
        let mut chain = vec![link::rule(Rule::WaitingIsNoFailure)];
        chain.extend(self.fields(&[SpecField::Volumes]));
        chain.extend(self.missing_object(told));
        chain
    }

    fn missing_object(&self, told: &Told) -> Option<Link> {
        let (kind, name) = missing_object(self.spec, told)?;
        self.missing(kind, name)
    }

    /// When a container starts after all.
    fn starts(&self, container: ContainerPlace) -> Vec<Link> {
        let starts = |reason: &Reason| matches!(reason, Reason::Told(Told::Started(place)) if *place == container);
        let step = self.later(starts);
        let at = step.map(|step| self.film.recording.step(step).at);
        let pod = self.pod.id;
        vec![link::effect(Fact::Starts { pod, container, at }, step), link::rule(Rule::WaitingIsNoFailure)]
    }

    /// A taint of its node that it does not tolerate, or not for longer.
    fn driven_out(&self) -> Vec<Link> {
        let mut chain = Vec::new();
        let recording = self.film.recording;
        let Some(node) = self.pod.bound.map(|bound| bound.node) else { return chain };
        let tainted = recording.step(self.id).trigger.cause.filter(|cause| *cause < self.id);
        let taint = driving_taint(self.film, self.id, self.pod);
        if let Some(taint) = taint {
            let tolerated = self.spec.placement.tolerates(&taint);
            chain.push(link::rule(if tolerated { Rule::ToleratedForAWhile } else { Rule::TaintDrivesOut }));
            let at = tainted.map(|step| recording.step(step).at);
            chain.push(link::facts(Fact::Tainted { node, taint, at }, tainted));
        }
        chain.extend(self.fields(&[SpecField::Tolerations]));
        let by_hand = tainted.and_then(|step| inputs::input_link(self.film, step, None));
        chain.extend(by_hand.or_else(|| self.loss(node, tainted.unwrap_or(self.id))));
        chain
    }

    /// The input by which the node was lost.
    fn loss(&self, node: NodeId, until: StepId) -> Option<Link> {
        let lost = (0..=until.0).rev().map(StepId).find(|step| {
            self.film.reasons(*step).iter().any(|reason| matches!(reason, Reason::NodeLost(lost) if *lost == node))
        })?;
        inputs::input_link(self.film, lost, None)
    }

    /// The first step of the pod after this one that says something.
    fn later(&self, says: impl Fn(&Reason) -> bool) -> Option<StepId> {
        let key = Some(ObjectKey::Pod(self.pod.id));
        let steps: &[Step] = self.film.recording.steps();
        let later = (self.id.0 + 1..steps.len() as u32).map(StepId);
        { later }.find(|id| steps[id.0 as usize].key == key && self.film.reasons(*id).iter().any(&says))
    }

    fn fields(&self, fields: &[SpecField]) -> Vec<Link> {
        let job = ObjectKey::Job(self.pod.birth.job);
        let settings = fields.iter().filter_map(|field| self.film.setting(job, *field, self.id));
        settings.filter_map(|setting| link::spec(Some(setting))).collect()
    }

    fn container_fields(&self, container: ContainerPlace, fields: &[ContainerField]) -> Vec<Link> {
        let fields: Vec<SpecField> = fields.iter().map(|field| SpecField::OfContainer(container, *field)).collect();
        self.fields(&fields)
    }

    /// The line of the cluster that makes the pulls of an image fail.
    fn image_rule(&self, container: ContainerPlace) -> Option<Link> {
        let image = &self.spec.container(container)?.image;
        let rules = &self.film.scenario.cluster.inventory.images;
        Some(self.of_cluster("images", rules[ImageRule::of(rules, image)?].pattern.to_string()))
    }

    /// The line of the cluster that says that an object does not exist.
    fn missing(&self, kind: ReferencedKind, name: &str) -> Option<Link> {
        let inventory = &self.film.scenario.cluster.inventory;
        let line = inventory.line_of_missing(kind, name)?;
        Some(self.of_cluster("missing", inventory.missing[line].to_string()))
    }

    fn of_cluster(&self, setting: &'static str, value: String) -> Link {
        let fact = Fact::OfCluster { setting, value };
        Link { role: link::LinkRole::Spec, fact, step: None, origin: Some(Origin::ClusterSetting(setting)) }
    }
}

fn is_failed_pull(reason: &Reason, container: ContainerPlace) -> bool {
    matches!(reason, Reason::Told(Told::PullFailed { container: place, .. }) if *place == container)
}

/// The taint that drives a pod off its node: one with NoExecute that it does not tolerate, else one that it does not
/// tolerate for longer.
pub(super) fn driving_taint(film: Film<'_>, step: StepId, pod: &Pod) -> Option<Taint> {
    let node = film.recording.node_at(pod.bound?.node, film.recording.step(step).at)?;
    let placement = &pod.birth.template.spec.placement;
    let mut taints = node.taints.iter().filter(|taint| taint.effect == TaintEffect::NoExecute);
    let first = taints.clone().next();
    taints.find(|taint| !placement.tolerates(taint)).or(first).cloned()
}
