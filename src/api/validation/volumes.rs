//! Rules of volumes (V9.3 … V9.7). One source each; of most sources only that some field is given.

use super::at::At;
use super::field_error::Errors;
use super::files::{file_mode, key_to_path, no_backsteps};
use super::values::{one_of, one_of_if_set, required};
use super::{downward_api, names, projected, volume_claim, volume_sources};
use crate::api::quantity::Quantity;
use crate::api::words;
use crate::order::Map;

/// Sources in the order in which they are checked, and what the refusal of a second one calls them.
const SOURCES: [(&str, &str); 30] = [
    ("emptyDir", "emptyDir"),
    ("hostPath", "hostPath"),
    ("gitRepo", "gitRepo"),
    ("gcePersistentDisk", "gcePersistentDisk"),
    ("awsElasticBlockStore", "awsElasticBlockStore"),
    ("secret", "secret"),
    ("nfs", "nfs"),
    ("iscsi", "iscsi"),
    ("glusterfs", "glusterfs"),
    ("flocker", "flocker"),
    ("persistentVolumeClaim", "persistentVolumeClaim"),
    ("rbd", "rbd"),
    ("cinder", "cinder"),
    ("cephfs", "cephFS"),
    ("quobyte", "quobyte"),
    ("downwardAPI", "downwarAPI"), // sic
    ("fc", "fc"),
    ("flexVolume", "flexVolume"),
    ("configMap", "configMap"),
    ("azureFile", "azureFile"),
    ("vsphereVolume", "vsphereVolume"),
    ("photonPersistentDisk", "photonPersistentDisk"),
    ("portworxVolume", "portworxVolume"),
    ("azureDisk", "azureDisk"),
    ("storageos", "storageos"),
    ("projected", "projected"),
    ("scaleIO", "scaleIO"),
    ("csi", "csi"),
    ("ephemeral", "ephemeral"),
    ("image", "image"),
];

/// The volumes without a mistake: only they can be mounted.
pub(super) struct Volumes<'v>(Map<&'v str, bool>);

impl Volumes<'_> {
    /// Whether there is such a volume.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    /// Whether it may be used as a block device.
    pub(super) fn may_be_block(&self, name: &str) -> bool {
        self.0.get(name) == Some(&true)
    }
}

/// `spec.volumes`.
pub(super) fn volumes<'v>(list: &At<'v>, errors: &mut Errors) -> Volumes<'v> {
    let mut volumes = Volumes(Map::new());
    for volume in list.items() {
        let before = errors.count();
        let name = volume.get("name");
        source(&volume, errors);
        if name.is_empty() {
            errors.required(&name, "");
        } else {
            errors.invalid_each(&name, names::dns_label(name.text()));
        }
        if volumes.contains(name.text()) {
            errors.duplicate(&name);
        }
        if errors.count() == before {
            let is_claim = volume.get("persistentVolumeClaim").is_set() || volume.get("ephemeral").is_set();
            volumes.0.insert(name.text(), is_claim);
        }
    }
    volumes
}

fn source(volume: &At<'_>, errors: &mut Errors) {
    let mut found = false;
    for (name, called) in SOURCES {
        let at = volume.get(name);
        if !at.is_set() {
            continue;
        }
        if found {
            errors.forbidden(&at.clone().shown_below(volume, called), "may not specify more than 1 volume type");
        } else {
            found = true;
            one_source(volume, name, &at, errors);
        }
        let initiator = at.get("initiatorName");
        let length = volume.get("name").text().len() + 1 + at.get("targetPortal").text().len();
        if name == "iscsi" && initiator.is_set() && length > 64 {
            let detail = "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if \
                          iscsi.initiatorName is specified.";
            errors.invalid(&volume.get("name"), detail);
        }
    }
    if !found {
        errors.required(volume, "must specify a volume type");
    }
}

fn one_source(volume: &At<'_>, name: &str, at: &At<'_>, errors: &mut Errors) {
    match name {
        "emptyDir" => {
            let limit = at.get("sizeLimit");
            if Quantity::parse(limit.text()).is_ok_and(Quantity::is_negative) {
                errors.forbidden(&limit, "SizeLimit field must be a valid resource quantity");
            }
        }
        "hostPath" => {
            required(at, &["path"], errors);
            if !at.get("path").is_empty() {
                no_backsteps(&at.get("path"), errors);
                one_of_if_set(&at.get("type"), words::HOST_PATH_TYPES, errors);
            }
        }
        "secret" => files(at, "secretName", errors),
        "configMap" => files(at, "name", errors),
        "nfs" => {
            required(at, &["server", "path"], errors);
            if !at.get("path").text().starts_with('/') {
                let path = at.get("path");
                errors.invalid(&path, "must be an absolute path");
            }
        }
        "persistentVolumeClaim" => required(at, &["claimName"], errors),
        "downwardAPI" => downward_api::volume(at, errors),
        "projected" => projected::volume(at, errors),
        "ephemeral" => volume_claim::ephemeral(at, errors),
        "image" => one_of(&at.get("pullPolicy"), words::PULL_POLICIES, errors),
        _ => volume_sources::other(volume, name, at, errors),
    }
}

/// Keys of a config map or secret as files.
fn files(source: &At<'_>, name: &'static str, errors: &mut Errors) {
    required(source, &[name], errors);
    file_mode(&source.get("defaultMode"), errors);
    source.get("items").items().for_each(|item| key_to_path(&item, errors));
}
