//! Invariants of objects of every kind.

use super::{Run, Verdict, ensure};
use job_playground::api::ObjectKey;
use job_playground::recording::{Object, Verb};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn live_once(run: &Run) -> Verdict {
    let mut were: BTreeSet<ObjectKey> = BTreeSet::new();
    run.walk(|world, moment| {
        for change in &moment.changes {
            let key = change.key;
            // Nodes of the text are there without having been created.
            let is_there = change.before.is_some() || matches!(key, ObjectKey::Node(_));
            match change.verb {
                Verb::Create => ensure!(were.insert(key), "{key:?} is created twice"),
                Verb::Update | Verb::Status => ensure!(is_there, "{key:?} is changed but not there"),
                Verb::Remove => {
                    ensure!(is_there, "{key:?} is removed but not there");
                    let held = match change.after {
                        Object::Job(job) => !job.meta.finalizers.is_empty() && job.meta.deletion.is_some(),
                        Object::CronJob(cron_job) => {
                            !cron_job.meta.finalizers.is_empty() && cron_job.meta.deletion.is_some()
                        }
                        Object::Pod(pod) => pod.tracked,
                        Object::Node(_) => false,
                    };
                    let foreground = matches!(change.after, Object::Job(_) | Object::CronJob(_));
                    ensure!(!held || foreground, "{key:?} is removed with a finalizer");
                }
            }
        }
        if moment.changes.iter().all(|change| change.verb != Verb::Create) {
            return Ok(());
        }
        let mut names = BTreeSet::new();
        for job in world.jobs.values() {
            ensure!(names.insert(job.meta.name.clone()), "two Jobs are called {}", job.meta.name);
        }
        let mut names = BTreeSet::new();
        for pod in world.pods.values() {
            let name = (pod.birth.prefix.clone(), pod.birth.suffix);
            ensure!(names.insert(name), "two pods are called {}", pod.name());
        }
        Ok(())
    })
}

/// A status write changes only the status, any other write only the rest.
pub(super) fn writes_keep_their_part(run: &Run) -> Verdict {
    run.walk(|_, moment| {
        for change in &moment.changes {
            let (same_spec, same_status) = match (change.before, change.after) {
                (Some(Object::Job(old)), Object::Job(new)) => {
                    ensure!(old.meta.created == new.meta.created, "{} has another creation time", new.id);
                    (old.spec == new.spec && old.meta == new.meta, old.status == new.status)
                }
                (Some(Object::CronJob(old)), Object::CronJob(new)) => {
                    (old.spec == new.spec && old.meta == new.meta, old.status == new.status)
                }
                (Some(Object::Pod(old)), Object::Pod(new)) => {
                    let meta = old.owner == new.owner && old.tracked == new.tracked && old.deletion == new.deletion;
                    let status = (old.phase, old.ready, old.disruption, old.reason)
                        == (new.phase, new.ready, new.disruption, new.reason)
                        && (old.started, old.sandbox) == (new.started, new.sandbox)
                        && old.containers == new.containers
                        && old.init_containers == new.init_containers;
                    (meta && old.birth == new.birth, status)
                }
                _ => continue,
            };
            match change.verb {
                Verb::Status => ensure!(same_spec, "a status write changes more of {:?}", change.key),
                Verb::Update => ensure!(same_status, "a write changes the status of {:?}", change.key),
                Verb::Create | Verb::Remove => {}
            }
        }
        Ok(())
    })
}

/// By one with a change of the spec, and with a deletion that has to wait; never otherwise.
pub(super) fn generation_rises(run: &Run) -> Verdict {
    let mut first = BTreeMap::new();
    run.walk(|_, moment| {
        for change in &moment.changes {
            let (old, new, spec_changed) = match (change.before, change.after) {
                (None, Object::Job(job)) => {
                    ensure!(job.meta.generation == 1, "{} is created with generation {}", job.id, job.meta.generation);
                    first.insert(change.key, ());
                    continue;
                }
                (Some(Object::Job(old)), Object::Job(new)) => {
                    (&old.meta, &new.meta, old.spec.to_value() != new.spec.to_value())
                }
                (Some(Object::CronJob(old)), Object::CronJob(new)) => {
                    (&old.meta, &new.meta, old.spec.value != new.spec.value)
                }
                _ => continue,
            };
            if change.verb == Verb::Remove {
                continue;
            }
            let deletion_began = old.deletion.is_none() && new.deletion.is_some();
            let expected = old.generation + u32::from(spec_changed) + u32::from(deletion_began);
            ensure!(new.generation == expected, "{:?}: generation {} is not {expected}", change.key, new.generation);
            ensure!(old.deletion.is_none() || old.deletion == new.deletion, "{:?}: its deletion is undone", change.key);
        }
        Ok(())
    })
}
