//! From a step of a recording to the moment that it is, and as it is written: how an author says "here".

use super::observe::step_of;
use crate::api::{IndexSet, ObjectKey};
use crate::cluster::input::{JobSelector, PodSelector};
use crate::cluster::reason::{StepId, Wake};
use crate::recording::{Object, Recording};
use crate::scenario::Scenario;
use crate::scenario::lesson::{JobChange, Moment, PodChange};
use serde_json::{Map, Value, json};

/// What happens to a pod; what ends it comes first, as one step may be several of them.
const POD_CHANGES: [PodChange; 6] = [
    PodChange::Succeeded,
    PodChange::Failed,
    PodChange::Deleted,
    PodChange::Terminating,
    PodChange::Running,
    PodChange::Created,
];

/// The same of a Job.
const JOB_CHANGES: [JobChange; 8] = [
    JobChange::Complete,
    JobChange::Failed,
    JobChange::Deleted,
    JobChange::FailureTarget,
    JobChange::SuccessCriteriaMet,
    JobChange::Suspended,
    JobChange::Resumed,
    JobChange::Created,
];

/// The moment that a step is: what happens to the object, or to another one of the step, or an input, or its time.
pub fn moment_at(step: StepId, object: Option<ObjectKey>, scenario: &Scenario, recording: &Recording) -> Moment {
    let at = recording.step(step);
    let versions = recording.versions(at);
    let own = object.and_then(|object| recording.object_after(object, step));
    let objects = own.into_iter().chain(versions.iter().map(|version| &version.object));
    let of_objects = objects.flat_map(|object| of_object(object, recording));
    let input = match at.trigger.wake {
        Wake::Input(number) => Some(Moment::Input(number + 1)),
        _ => None,
    };
    let is_here = |moment: &Moment| step_of(moment, scenario, recording) == Some(step);
    input.into_iter().chain(of_objects).find(is_here).unwrap_or(Moment::At(at.at))
}

fn of_object(object: &Object, recording: &Recording) -> Vec<Moment> {
    let is_only = recording.jobs().nth(1).is_none();
    match object {
        Object::Pod(pod) => {
            let pods = PodSelector {
                job: (!is_only).then(|| JobSelector::Name(pod.birth.job_name.clone())),
                index: pod.birth.index.map(|index| IndexSet::from_indexes([index])),
                attempt: Some(pod.birth.attempt),
                ..PodSelector::default()
            };
            POD_CHANGES.map(|is| Moment::Pod { pods: pods.clone(), is }).to_vec()
        }
        Object::Job(job) => {
            let name = (!is_only).then(|| JobSelector::Name(job.meta.name.clone()));
            let of = PodSelector { job: name, ..PodSelector::default() };
            JOB_CHANGES.map(|is| Moment::Job { job: of.clone(), is }).to_vec()
        }
        Object::CronJob(_) | Object::Node(_) => Vec::new(),
    }
}

/// Such a moment as it stands in a Lesson; `None` for one that [`moment_at`] does not make.
pub fn written(moment: &Moment) -> Option<Value> {
    Some(match moment {
        Moment::Pod { pods, is } => json!({ "pod": filter(pods), "is": is.word() }),
        Moment::Job { job, is } => json!({ "job": filter(job), "is": is.word() }),
        Moment::Input(number) => json!({ "input": number }),
        Moment::At(at) => json!({ "at": (*at - crate::time::Time::ZERO).to_string() }),
        Moment::Schedule { .. } | Moment::Event { .. } | Moment::Count(..) => return None,
    })
}

fn filter(pods: &PodSelector) -> Value {
    let mut fields = Map::new();
    match &pods.job {
        Some(JobSelector::Name(name)) => drop(fields.insert("job".to_owned(), json!(**name))),
        Some(JobSelector::Number(number)) => drop(fields.insert("job".to_owned(), json!(number))),
        None => {}
    }
    if let Some(index) = &pods.index {
        let index = index.to_string();
        fields.insert("index".to_owned(), index.parse::<u32>().map_or_else(|_| json!(index), |index| json!(index)));
    }
    if let Some(attempt) = pods.attempt {
        fields.insert("attempt".to_owned(), json!(attempt));
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;

    const TEXT: &str = "\
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: a, command: [sh, -c, sleep 5; exit 1]}]
---
apiVersion: job-playground/v1
kind: Scenario
spec:
  inputs: [{at: 2s, delete: {attempt: 1}}]
";

    /// Every step is written as a moment that leads to it, or at least to its instant.
    #[test]
    fn what_is_written_is_the_moment_again() {
        let scenario = read(TEXT).scenario;
        let recording = Recording::of(&scenario);
        let mut kinds = [0; 4];
        for number in 0..recording.steps().len() as u32 {
            let step = recording.step(StepId(number));
            let moment = moment_at(StepId(number), step.key, &scenario, &recording);
            let lesson = format!(
                "{TEXT}---\napiVersion: job-playground/v1\nkind: Lesson\nmetadata: {{name: a}}\nspec: {{stops: {{here: {}}}}}\n",
                written(&moment).expect("it can be written")
            );
            let read = read(&lesson).lesson.expect("it has a Lesson");
            assert_eq!(read.stops.first().map(|stop| &stop.moment), Some(&moment));
            let found = step_of(&moment, &scenario, &recording).expect("it comes");
            assert_eq!(recording.step(found).at, step.at);
            let kind = match moment {
                Moment::Pod { .. } => 0,
                Moment::Job { .. } => 1,
                Moment::Input(_) => 2,
                _ => 3,
            };
            kinds[kind] += 1;
            assert!(kind == 3 || found == StepId(number));
        }
        assert!(kinds[..3].iter().all(|count| *count > 0), "{kinds:?}");
    }
}
