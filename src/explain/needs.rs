//! What a pod names that need not be there: images and objects.

use crate::api::{Container, Name, PodSpec};
use crate::cluster::inventory::{Reference, ReferencedKind};
use crate::cluster::told::{Missing, Told};

/// The images of its containers, each once.
pub fn images(spec: &PodSpec) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for container in containers(spec) {
        if !found.contains(&container.image) {
            found.push(container.image.clone());
        }
    }
    found
}

/// The objects that it needs, each once.
pub fn needed_objects(spec: &PodSpec) -> Vec<Reference> {
    let config = containers(spec).flat_map(|container| &container.config);
    let config = config.map(|need| (ReferencedKind::from(need.kind), &need.name));
    let mounts = spec.mounts.iter().map(|mount| (ReferencedKind::from(mount.kind), &mount.name));
    let claims = spec.placement.claims.iter().map(|claim| (ReferencedKind::PersistentVolumeClaim, claim));
    let class = spec.priority_class.iter().filter(|class| !class.starts_with("system-"));
    let class = class.map(|class| (ReferencedKind::PriorityClass, class));
    let account = Some(&spec.service_account).filter(|account| ***account != *"default");
    let account = account.map(|account| (ReferencedKind::ServiceAccount, account));
    let mut found: Vec<Reference> = Vec::new();
    for (kind, name) in config.chain(mounts).chain(claims).chain(class).chain(account) {
        let reference = Reference { kind, name: name.clone() };
        if !found.contains(&reference) {
            found.push(reference);
        }
    }
    found
}

/// The object without which a container cannot start, or a volume be mounted; `None` where only a key of it is missing,
/// and for all else that is told.
pub(super) fn missing_object<'s>(spec: &'s PodSpec, told: &Told) -> Option<(ReferencedKind, &'s Name)> {
    match told {
        Told::ConfigMissing { container, need, missing: Missing::Object } => {
            let need = spec.container(*container)?.config.get(usize::from(*need))?;
            Some((need.kind.into(), &need.name))
        }
        Told::MountFailed { mount, missing: Missing::Object } => {
            let mount = spec.mounts.get(usize::from(*mount))?;
            Some((mount.kind.into(), &mount.name))
        }
        _ => None,
    }
}

fn containers(spec: &PodSpec) -> impl Iterator<Item = &Container> {
    spec.containers.iter().chain(&spec.init_containers)
}
