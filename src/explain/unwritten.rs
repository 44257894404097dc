//! What counts in a run although the text does not say it: the defaults of the fields that shape every Job, and what
//! programs are taken to do. Shown beside the text, so that nobody takes it for what the program does in life.

use super::{ObjectSource, Origin, SpecField};
use crate::api::{ContainerPlace, JobId, Name, ObjectKey};
use crate::cluster::behavior::{Behavior, ContainerRun, Program};
use crate::cluster::input::{JobSelector, ObjectKind, PodSelector};
use crate::manifest::{Place, Reading};
use crate::recording::{Object, Recording};
use crate::scenario::{Manifest, Scenario};
use serde_json::Value;

/// Fields that shape every Job.
const SHAPING: [SpecField; 3] = [SpecField::Parallelism, SpecField::Completions, SpecField::BackoffLimit];

/// A field that is not written, and the value that the API server filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnwrittenField {
    /// Where it would stand.
    pub place: Place,
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: Value,
    /// What has to be written so that nothing changes, in order: itself, and what its presence would take the default of.
    pub writes: Vec<(Place, Value)>,
}

/// What the first Job of a run leaves to its defaults.
pub fn unwritten_fields(reading: &Reading, recording: &Recording) -> Vec<UnwrittenField> {
    let first = recording.jobs().next().and_then(|id| recording.history(ObjectKey::Job(id)).next());
    let Some(Object::Job(job)) = first.map(|version| &version.object) else { return Vec::new() };
    // The first manifest that was not refused: the one with the Job's name, or the CronJob that made it.
    let wrote = |manifest: &Manifest| match manifest.kind {
        ObjectKind::Job => manifest.value["metadata"]["name"] == *job.meta.name,
        ObjectKind::CronJob => job.meta.name.starts_with(manifest.value["metadata"]["name"].as_str().unwrap_or("?")),
    };
    let mut manifests = (0..).zip(reading.scenario.manifests.iter());
    let Some((number, manifest)) = manifests.find(|(_, manifest)| wrote(manifest)) else { return Vec::new() };
    let source = match manifest.kind {
        ObjectKind::Job => ObjectSource::Manifest(number),
        ObjectKind::CronJob => ObjectSource::JobTemplate(number),
    };
    let fields = SHAPING.into_iter().filter_map(|field| {
        let value = job.spec.field(&[field.name()])?;
        // A limit without limit comes from the limit per index.
        let says_something = !value.is_null() && *value != i32::MAX;
        let is_missing = |field| {
            let place = Origin::Field { source, field, rule: None, written: false }.in_text();
            reading.key_span(&place).is_none().then_some(place)
        };
        let place = is_missing(field).filter(|_| says_something)?;
        let mut writes = vec![(place.clone(), value.clone())];
        // With parallelism alone completions have no default: a work queue.
        if field == SpecField::Parallelism
            && let Some(place) = is_missing(SpecField::Completions)
            && let Some(completions) = job.spec.field(&[SpecField::Completions.name()])
            && !completions.is_null()
        {
            writes.insert(0, (place, completions.clone()));
        }
        Some(UnwrittenField { place, name: field.name(), value: value.clone(), writes })
    });
    fields.collect()
}

/// That many pods are looked at: what differs, differs early.
const PODS: usize = 64;

/// What the program of a container is taken to do because no behavior says it: what its command tells, else the default.
#[derive(Clone, Debug, PartialEq)]
pub struct AssumedProgram {
    /// The container.
    pub container: Name,
    /// What its program does; `None` if that is another thing for each index.
    pub program: Option<Program>,
    /// What would be written down; nothing if it cannot be said in one line, or would hold for other Jobs as well.
    pub behavior: Option<Behavior>,
}

/// What is assumed in a run, container by container of its first Job.
pub fn assumed_programs(recording: &Recording, scenario: &Scenario) -> Vec<AssumedProgram> {
    let mut found: Vec<AssumedProgram> = Vec::new();
    let mut first_job = None;
    for pod in recording.pods().take(PODS) {
        let Some(object) = recording.born(pod) else { continue };
        let birth = &object.birth;
        if *first_job.get_or_insert(birth.job) != birth.job {
            continue;
        }
        let containers = &birth.template.spec.containers;
        for (container, declared) in containers.iter().enumerate() {
            let container = ContainerPlace::Regular(container as u16);
            let asked = ContainerRun { pod, birth, container, restart: 0, node: recording.node_of(object) };
            if scenario.behaviors.position(asked).is_some() {
                continue;
            }
            let program = scenario.behaviors.program(asked);
            match found.iter_mut().find(|known| known.container == declared.name) {
                Some(known) if known.program.is_some_and(|known| known != program) => {
                    (known.program, known.behavior) = (None, None);
                }
                Some(_) => {}
                None => {
                    let name = (containers.len() > 1).then(|| declared.name.clone());
                    found.push(AssumedProgram {
                        container: declared.name.clone(),
                        program: Some(program),
                        behavior: selector_of(recording, scenario, birth.job).map(|job| Behavior {
                            selector: PodSelector { container: name, job, ..PodSelector::default() },
                            run: Some(program.run),
                            exit_code: Some(program.exit_code),
                            ..Behavior::default()
                        }),
                    });
                }
            }
        }
    }
    found
}

/// What chooses a Job, or those of its CronJob, among all of a text: `Some(None)` if there is no other object.
fn selector_of(recording: &Recording, scenario: &Scenario, job: JobId) -> Option<Option<JobSelector>> {
    if scenario.manifests.len() == 1 {
        return Some(None);
    }
    let version = recording.history(ObjectKey::Job(job)).next()?;
    let Object::Job(job) = &version.object else { return None };
    let is_written =
        |manifest: &Manifest| manifest.kind == ObjectKind::Job && manifest.value["metadata"]["name"] == *job.meta.name;
    let written = scenario.manifests.iter().any(is_written);
    written.then(|| Some(JobSelector::Name(job.meta.name.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;

    const JOB: &str = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  backoffLimit: 0\n  template:\n    \
        spec:\n      restartPolicy: Never\n      containers:\n      - {name: main, image: a, command: [sh, -c, exit 3]}\n";

    #[test]
    fn defaults_and_guesses_count_until_they_are_written() {
        let reading = manifest::read(JOB);
        let recording = Recording::of(&reading.scenario);
        let names = |reading: &Reading| -> Vec<&str> {
            unwritten_fields(reading, &recording).iter().map(|field| field.name).collect()
        };
        assert_eq!(names(&reading), ["parallelism", "completions"]);
        let assumed = assumed_programs(&recording, &reading.scenario);
        assert_eq!(assumed.len(), 1);
        assert_eq!(assumed[0].program.map(|program| program.exit_code), Some(3));
        let mut written = reading.scenario.clone();
        written.behaviors.list = assumed[0].behavior.iter().cloned().collect::<Vec<_>>().into();
        assert_eq!(assumed_programs(&Recording::of(&written), &written), []);
    }
}
