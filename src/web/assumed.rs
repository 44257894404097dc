//! What programs are taken to do because nothing in the text says more: what their command tells, else the default.
//! Shown beside the text, so that nobody takes it for what the program does in life.

use crate::api::{Name, ObjectKey};
use crate::cluster::behavior::{Behavior, ContainerRun, Program};
use crate::cluster::input::PodSelector;
use crate::recording::Object;
use crate::web::state::Run;

/// So many pods are looked at: what differs, differs early.
const PODS: usize = 64;

/// What the program of a container is taken to do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Assumed {
    pub(crate) container: Name,
    /// What; `None` if that is another thing for each index.
    pub(crate) program: Option<Program>,
    /// What would be written down.
    pub(crate) behavior: Behavior,
}

/// What is assumed in a run, container by container of its first Job.
pub(crate) fn of(run: &Run) -> Vec<Assumed> {
    let mut found: Vec<Assumed> = Vec::new();
    let mut first_job = None;
    for pod in run.recording.pods().take(PODS) {
        let version = run.recording.history(ObjectKey::Pod(pod)).next();
        let Some(Object::Pod(object)) = version.map(|version| &version.object) else { continue };
        let birth = &object.birth;
        if *first_job.get_or_insert(birth.job) != birth.job {
            continue;
        }
        let containers = &birth.template.containers;
        for (container, declared) in containers.iter().enumerate() {
            let asked = ContainerRun { pod, birth, container, restart: 0 };
            if run.scenario.behaviors.position(asked).is_some() {
                continue;
            }
            let program = run.scenario.behaviors.program(asked);
            match found.iter_mut().find(|known| known.container == declared.name) {
                Some(known) if known.program.is_some_and(|known| known != program) => known.program = None,
                Some(_) => {}
                None => {
                    let name = (containers.len() > 1).then(|| declared.name.clone());
                    found.push(Assumed {
                        container: declared.name.clone(),
                        program: Some(program),
                        behavior: Behavior {
                            selector: PodSelector { container: name, ..PodSelector::default() },
                            run: Some(program.run),
                            exit_code: Some(program.exit_code),
                            ..Behavior::default()
                        },
                    });
                }
            }
        }
    }
    found
}
