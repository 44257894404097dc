//! What differs from run to run in a pod, as the recordings have it ([`super::Conventions::Recordings`]).

use crate::recording::image_id::sha256;
use crate::recording::pod_value::TOKEN_VOLUME;
use serde_json::Value;

/// The name of the volume with the token, and the IDs of containers and images.
pub(super) fn pod(mut pod: Value) -> Value {
    let spec = &mut pod["spec"];
    items(spec, "volumes").into_iter().for_each(|volume| without_random_characters(&mut volume["name"]));
    for list in ["initContainers", "containers"] {
        for container in items(spec, list) {
            let mounts = items(container, "volumeMounts");
            mounts.into_iter().for_each(|mount| without_random_characters(&mut mount["name"]));
        }
    }
    for list in ["initContainerStatuses", "containerStatuses"] {
        for status in items(&mut pod["status"], list) {
            if status["containerID"].is_string() {
                status["containerID"] = "containerd://ID".into();
            }
            let is_by_digest = status["image"].as_str().is_some_and(|image| image.contains('@'));
            if let Some(id) = status["imageID"].as_str().filter(|_| is_by_digest).map(by_digest) {
                status["imageID"] = id.into();
            }
        }
    }
    pod
}

fn items<'v>(object: &'v mut Value, list: &str) -> Vec<&'v mut Value> {
    object.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten().collect()
}

fn without_random_characters(name: &mut Value) {
    if name.as_str().is_some_and(|name| name.starts_with(TOKEN_VOLUME)) {
        *name = format!("{TOKEN_VOLUME}#####").into();
    }
}

/// Of an image that is named by a digest: the recordings take what is behind the last colon for a tag, and make another
/// digest.
fn by_digest(id: &str) -> String {
    match id.rsplit_once(':') {
        Some((name, _)) => format!("{name}@sha256:{}", sha256(id.as_bytes())),
        None => String::new(),
    }
}
