//! Image references, as far as the default pull policy needs them: which tag does a name have?
//! The grammar is the container distribution project's.

use serde_json::{Map, Value, json};

/// `Always` for the tag `latest`, written or implied. A text that is not a reference has no tag.
pub(super) fn pull_policy(fields: &mut Map<String, Value>, image: &str, policy: &str) {
    if fields.get(policy).is_none_or(|value| value == "") {
        let name = fields.get(image).and_then(Value::as_str).unwrap_or_default();
        let value = if is_latest(name) { "Always" } else { "IfNotPresent" };
        fields.insert(policy.into(), json!(value));
    }
}

fn is_latest(image: &str) -> bool {
    parts(image).is_some_and(|(tag, digest)| tag.map_or(digest.is_none(), |tag| tag == "latest"))
}

/// Whether an image may have this name. What the grammar here leaves out (IPv6 addresses, limits of length) counts as
/// valid.
pub fn may_be_image(image: &str) -> bool {
    image.starts_with('[') || image.len() > 255 || parts(image).is_some()
}

/// The tag and the digest of a reference; `None` if the text is not one.
fn parts(image: &str) -> Option<(Option<&str>, Option<&str>)> {
    let (rest, digest) = match image.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (image, None),
    };
    let last = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (name, tag) = match rest[last..].find(':') {
        Some(colon) => (&rest[..last + colon], Some(&rest[last + colon + 1..])),
        None => (rest, None),
    };
    let is_reference = is_name(name) && tag.is_none_or(is_tag) && digest.is_none_or(is_digest);
    is_reference.then_some((tag, digest))
}

/// `registry.example.com:5000/team/app`.
fn is_name(name: &str) -> bool {
    let is_id = name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let path = match name.split_once('/') {
        Some((host, path)) if is_registry(host) && is_host(host) => path,
        _ => name,
    };
    // Without a registry it is one of Docker's library.
    let length = if name.contains('/') { path.len() } else { "library/".len() + name.len() };
    !is_id && length <= 255 && path.split('/').all(is_component)
}

fn is_registry(host: &str) -> bool {
    host.contains(['.', ':']) || host == "localhost" || host.contains(char::is_uppercase)
}

fn is_host(host: &str) -> bool {
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (host, None),
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.split('.').all(is_label)
        && port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Lower-case letters and digits, joined by `.`, `_`, `__` or any number of `-`.
fn is_component(component: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = component.as_bytes();
    let ends_well = bytes.first().is_some_and(|byte| is_word(*byte)) && bytes.last().is_some_and(|byte| is_word(*byte));
    ends_well
        && component
            .split(|c: char| is_word(c as u8) && c.is_ascii())
            .all(|separator| matches!(separator, "" | "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-'))
}

fn is_tag(tag: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.len() <= 128
        && tag.bytes().next().is_some_and(is_word)
        && tag.bytes().all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

fn is_digest(digest: &str) -> bool {
    digest.split_once(':').is_some_and(|(algorithm, hex)| {
        algorithm.starts_with(|c: char| c.is_ascii_alphabetic())
            && hex.len() >= 32
            && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_latest_is_always_pulled() {
        let sha = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        for (image, latest) in [
            ("busybox".to_owned(), true),
            ("busybox:latest".to_owned(), true),
            ("localhost:5000/team/app".to_owned(), true),
            ("registry.example.com/a--b/c__d".to_owned(), true),
            // No host, but a path.
            ("under_scores.example.com/a".to_owned(), true),
            ("under_Scores.example.com/a".to_owned(), false),
            ("busybox:1.36".to_owned(), false),
            (format!("busybox{sha}"), false),
            (format!("busybox:latest{sha}"), true),
            (String::new(), false),
            (" busybox".to_owned(), false),
            ("Busybox".to_owned(), false),
            ("busy..box".to_owned(), false),
            ("busybox:".to_owned(), false),
            ("bus|ybox".to_owned(), false),
        ] {
            assert_eq!(is_latest(&image), latest, "{image}");
        }
    }
}
