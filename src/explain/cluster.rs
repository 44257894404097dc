//! What the lines of `spec.cluster` decided in a run, and whether the nodes have room for what the pods ask.

use super::Selection;
use super::film::Film;
use super::needs::missing_object;
use crate::api::{Amounts, Capacity, Name, Node, NodeId, ObjectKey, PodSpec, Taint, TaintEffect};
use crate::cluster::inventory::{ImageRule, Inventory, ReferencedKind};
use crate::cluster::reason::{Reason, StepId};
use crate::cluster::told::Told;
use crate::order::{self, Map};
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::time::Time;
use crate::timeline::Timeline;

/// That many steps of a run are looked at: what decides, decides early.
const STEPS: usize = 20_000;
/// That many marks of one line are kept: pressing its dot goes from one to the next.
const MARKS: usize = 100;
/// That many Jobs are asked what their pods tolerate.
const SPECS: usize = 64;
/// That many answers of nodes to pods are looked at.
const ANSWERS: usize = 200_000;

/// The marks of what a line decided, in the order of time; none if it never came into play.
pub type Marks = Vec<Selection>;

/// What the lines of the cluster decided, list by list in the order of the text.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterEffects {
    pub nodes: Vec<Marks>,
    pub images: Vec<Marks>,
    pub missing: Vec<Marks>,
    pub room: Option<Room>,
}

/// What the pods of a run ask for when they ask for most, and what the nodes have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// That many pods at once.
    pub pods: usize,
    /// The resource of which there is least for them; `None` if they ask for none.
    pub resource: Option<Resource>,
    /// Nodes that may take them …
    pub nodes: usize,
    /// … and as many pods as all of these may have.
    pub most_pods: i64,
    /// What one pod asks for of a resource, where no node that may take it has as much; `offered`: the most that one has.
    pub too_large: Option<Resource>,
    /// Nodes that are kept by a taint that none of the pods tolerates, and the first such taint.
    pub kept: Option<(usize, Taint)>,
}

/// How much of a resource is asked for, and how much there is.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource {
    pub name: &'static str,
    pub asked: i64,
    pub offered: i64,
}

impl ClusterEffects {
    /// Looks through the first [`STEPS`] steps of a run.
    pub fn of(recording: &Recording, scenario: &Scenario, timeline: &Timeline) -> ClusterEffects {
        let inventory = &scenario.cluster.inventory;
        let effects = ClusterEffects {
            nodes: vec![Marks::new(); inventory.nodes.as_ref().map_or(0, |groups| groups.len())],
            images: vec![Marks::new(); inventory.images.len()],
            missing: vec![Marks::new(); inventory.missing.len()],
            room: room(recording, inventory, timeline),
        };
        if effects.nodes.is_empty() && effects.images.is_empty() && effects.missing.is_empty() {
            return effects;
        }
        let film = Film { recording, scenario };
        let (known_images, known_missing) = (Map::new(), Map::new());
        let mut notes = Notes { effects, film, answers: ANSWERS, known_images, known_missing };
        for (id, step) in (0..).map(StepId).zip(recording.steps()).take(STEPS) {
            for reason in recording.reasons(step) {
                notes.note(Selection { step: id, object: step.key }, reason);
            }
        }
        notes.effects
    }
}

/// Looks through a run.
struct Notes<'r> {
    effects: ClusterEffects,
    film: Film<'r>,
    /// How many more answers of nodes are looked at.
    answers: usize,
    /// The lines of images and of objects that were looked for: a pod that waits names the same at each look.
    known_images: Map<Name, Option<usize>>,
    known_missing: Map<(ReferencedKind, Name), Option<usize>>,
}

impl Notes<'_> {
    fn note(&mut self, selected: Selection, reason: &Reason) {
        let (inventory, effects) = (&self.film.scenario.cluster.inventory, &mut self.effects);
        let known = &mut self.known_missing;
        let mut line_of_missing = |kind: ReferencedKind, name: &str| {
            *known.get_or_insert_with((kind, name.into()), || inventory.line_of_missing(kind, name))
        };
        match reason {
            Reason::NodesRefused(refusals) => {
                for (node, _) in refusals.first.iter().take(self.answers) {
                    mark(&mut effects.nodes, group_of(inventory, *node), selected);
                }
                self.answers = self.answers.saturating_sub(refusals.first.len());
            }
            Reason::Bound { .. } => {
                let Some(ObjectKey::Pod(pod)) = selected.object else { return };
                let bound = self.film.pod(pod, selected.step).and_then(|pod| pod.bound);
                mark(&mut effects.nodes, bound.and_then(|bound| group_of(inventory, bound.node)), selected);
            }
            Reason::CreationForbidden { kind, name, .. } => {
                mark(&mut effects.missing, line_of_missing(*kind, name), selected);
            }
            Reason::Told(told) | Reason::Untold(told) => {
                let Some(ObjectKey::Pod(pod)) = selected.object else { return };
                let Some(born) = self.film.recording.born(pod) else { return };
                let spec = &born.birth.template.spec;
                let line = match told {
                    Told::Pulling(place) | Told::PullFailed { container: place, .. } => {
                        let Some(container) = spec.container(*place) else { return };
                        let rule = || ImageRule::of(&inventory.images, &container.image);
                        let rule = *self.known_images.get_or_insert_with(container.image.clone(), rule);
                        return mark(&mut effects.images, rule, selected);
                    }
                    // Nodes that were asked and refused are another reason than a claim that is missing.
                    Told::Unschedulable { .. } if self.film.refusals(selected.step).is_none() => {
                        let kind = ReferencedKind::PersistentVolumeClaim;
                        spec.placement.claims.iter().find_map(|claim| line_of_missing(kind, claim))
                    }
                    told => missing_object(spec, told).and_then(|(kind, name)| line_of_missing(kind, name)),
                };
                mark(&mut effects.missing, line, selected);
            }
            _ => {}
        }
    }
}

fn mark(lines: &mut [Marks], line: Option<usize>, selected: Selection) {
    let Some(marks) = line.and_then(|line| lines.get_mut(line)) else { return };
    if marks.len() < MARKS && marks.last().is_none_or(|last| last.step != selected.step) {
        marks.push(selected);
    }
}

/// The line that made a node: nodes are numbered in the order of the text.
fn group_of(inventory: &Inventory, node: NodeId) -> Option<usize> {
    let mut last = 0;
    inventory.nodes.as_ref()?.iter().position(|group| {
        last += group.count.unwrap_or(1);
        node.0 <= last
    })
}

/// Whether there is room; `None` where nodes have no limits, or there is no node or no pod.
fn room(recording: &Recording, inventory: &Inventory, timeline: &Timeline) -> Option<Room> {
    inventory.nodes.as_ref()?;
    let bars = timeline.jobs.iter().flat_map(|track| track.bars.iter());
    let mut changes: Vec<(Time, bool, &PodSpec)> = Vec::new();
    for bar in bars {
        let spec: &PodSpec = &bar.birth.template.spec;
        changes.push((bar.created.at, true, spec));
        let end = bar.end.map(|end| end.mark.at).or(bar.ghost.map(|ghost| ghost.mark.at));
        changes.extend(end.map(|at| (at, false, spec)));
    }
    // What ends at an instant makes room for what begins at it.
    order::sort_by_key(&mut changes, |(at, begins, _)| (*at, *begins));
    let (mut now, mut pods) = (Amounts::default(), 0usize);
    let (mut most, mut at_most) = ((0, Amounts::default()), Time::ZERO);
    for (at, begins, spec) in &changes {
        let requests = &spec.placement.requests;
        if *begins {
            pods += 1;
            now.add_all(requests);
        } else {
            pods -= 1;
            now.subtract_all(requests);
        }
        if (now.of("cpu"), now.of("memory"), pods) > (most.1.of("cpu"), most.1.of("memory"), most.0) {
            (most, at_most) = ((pods, now.clone()), *at);
        }
    }
    let firsts = timeline.jobs.iter().filter_map(|track| track.bars.first()).take(SPECS);
    let specs: Vec<&PodSpec> = firsts.map(|bar| &*bar.birth.template.spec).collect();
    if specs.is_empty() {
        return None;
    }
    let (mut offering, mut kept) = (Vec::new(), None);
    for node in recording.nodes().filter_map(|node| recording.node_at(node, at_most)) {
        let mut keeping = node.taints.iter().filter(|taint| taint.effect != TaintEffect::PreferNoSchedule);
        match keeping.find(|taint| !specs.iter().any(|spec| spec.placement.tolerates(taint))) {
            // A node that is lost or cordoned is kept for nobody.
            Some(taint) if taint.is_of_system() => {}
            Some(taint) => kept = Some(kept.map_or((1, taint.clone()), |(count, first)| (count + 1, first))),
            None if specs.iter().any(|spec| spec.placement.selects(node)) => offering.push(node),
            None => {}
        }
    }
    let offered =
        |name: &str| offering.iter().filter_map(|node| node.capacity.as_ref()).map(|all| all.amount(name)).sum();
    let (pods, asked) = most;
    let resources = ["cpu", "memory"].map(|name| Resource { name, asked: asked.of(name), offered: offered(name) });
    let asked_for = resources.into_iter().filter(|resource| resource.asked > 0);
    let share = |resource: &Resource| resource.asked as f64 / (resource.offered as f64).max(1.0);
    Some(Room {
        pods,
        resource: asked_for.max_by(|one, other| share(one).total_cmp(&share(other))),
        nodes: offering.len(),
        most_pods: offered("pods"),
        too_large: specs.iter().find_map(|spec| too_large(spec, &offering)),
        kept,
    })
}

/// A resource of which a pod asks for more than any of the nodes has that may take it.
fn too_large(spec: &PodSpec, nodes: &[&Node]) -> Option<Resource> {
    let placement = &spec.placement;
    let own = nodes.iter().filter(|node| placement.selects(node) && placement.untolerated(node).is_none());
    // A node without limits takes every pod.
    let own: Vec<&Capacity> = own.map(|node| node.capacity.as_deref()).collect::<Option<Vec<_>>>()?;
    let resources = ["cpu", "memory"].into_iter().filter_map(|name| {
        let (asked, offered) = (placement.requests.of(name), own.iter().map(|all| all.amount(name)).max()?);
        Some(Resource { name, asked, offered })
    });
    { resources }.find(|resource| resource.asked > resource.offered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;

    /// Six pods at once that ask for 2 cpu, on what follows.
    fn effects(cluster: &str) -> ClusterEffects {
        let text = format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n  completions: 6\n  parallelism: 6\n  template:\n    \
             spec:\n      restartPolicy: Never\n      containers:\n      - {{name: m, image: app:1, envFrom: [{{configMapRef: {{name: \
             app}}}}], resources: {{requests: {{cpu: 2}}}}}}\n---\napiVersion: job-playground/v1\nkind: Scenario\nspec:\n  \
             kubernetes: \"1.36\"\n  cluster: {cluster}\n  until: 1h\n"
        );
        let reading = manifest::read(&text);
        assert!(!reading.has_errors(), "{cluster}");
        let recording = Recording::of(&reading.scenario);
        let timeline = Timeline::of(&recording, &reading.scenario);
        ClusterEffects::of(&recording, &reading.scenario, &timeline)
    }

    #[test]
    fn lines_that_came_into_play_have_marks() {
        let found = effects(
            "{nodes: [{name: w, count: 2}, {name: gpu, taints: [\"gpu=yes:NoSchedule\"]}], images: [{match: \"app:*\"}, {match: \
             other, error: NotFound}], missing: [Secret/x, ConfigMap/*]}",
        );
        let decided = |lines: &[Marks]| lines.iter().map(|marks| !marks.is_empty()).collect::<Vec<_>>();
        assert_eq!(decided(&found.nodes), [true, true]);
        assert_eq!(decided(&found.images), [true, false]);
        assert_eq!(decided(&found.missing), [false, true]);
    }

    #[test]
    fn a_line_is_not_marked_for_what_it_did_not_decide() {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\n---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: \
                    a}\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - {name: m, image: i, env: \
                    [{name: X, valueFrom: {configMapKeyRef: {name: app, key: x}}}]}\n---\napiVersion: \
                    job-playground/v1\nkind: Scenario\nspec: {kubernetes: \"1.36\", until: 1m, cluster: {missing: [ConfigMap/*]}}\n";
        let reading = manifest::read(text);
        assert!(!reading.has_errors());
        let recording = Recording::of(&reading.scenario);
        let told = |reason: &Reason| matches!(reason, Reason::Told(Told::ConfigMissing { .. }));
        assert!(recording.steps().iter().any(|step| recording.reasons(step).iter().any(told)), "its key is missing");
        let timeline = Timeline::of(&recording, &reading.scenario);
        let found = ClusterEffects::of(&recording, &reading.scenario, &timeline);
        assert_eq!(found.missing, [Marks::new()], "the ConfigMap itself is there");
    }

    #[test]
    fn room_is_what_open_nodes_have_for_most_pods_at_once() {
        let room = effects("{nodes: [{name: w, count: 2}, {name: gpu, taints: [\"gpu=yes:NoSchedule\"]}]}").room;
        let cpu = Resource { name: "cpu", asked: 12_000, offered: 8_000 };
        let gpu = Taint::parse("gpu=yes:NoSchedule").expect("a taint");
        let expected =
            Room { pods: 6, resource: Some(cpu), nodes: 2, most_pods: 220, too_large: None, kept: Some((1, gpu)) };
        assert_eq!(room, Some(expected));
        assert_eq!(effects("{podQuota: 9}").room, None, "a node without limits has room for all");
        assert_eq!(effects("{nodes: []}").room.map(|room| room.nodes), Some(0));
        let small = effects("{nodes: [{name: w, count: 6, capacity: {cpu: 1500m}}]}").room.expect("there are nodes");
        assert_eq!(
            small.too_large,
            Some(Resource { name: "cpu", asked: 2_000, offered: 1_500 }),
            "six make no large one"
        );
    }
}
