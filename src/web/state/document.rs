//! Which objects a text is about: a run is only ever shown beside a text about the same ones.

use crate::manifest::Reading;
use crate::scenario::Scenario;
use serde_json::Value;

/// What an object is found by in a cluster.
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    kind: String,
    namespace: String,
    name: String,
}

impl Identity {
    /// `None` for an object without a name.
    fn of(value: &Value) -> Option<Identity> {
        let meta = &value["metadata"];
        let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        Some(Identity {
            kind: text(&value["kind"])?,
            namespace: text(&meta["namespace"]).unwrap_or_else(|| "default".to_owned()),
            name: text(&meta["name"]).or_else(|| text(&meta["generateName"]))?,
        })
    }

    /// Of a document that cannot be read, by what stands behind the first `kind:` and in its metadata. `None` if there is
    /// no such thing.
    fn of_broken(document: &str) -> Option<Identity> {
        let behind = |text: &str, key: &str| {
            let found =
                text.match_indices(key).find(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric()))?;
            let rest = text[found.0 + key.len()..].trim_start_matches([' ', '"', '\'', '[', '{', ':']);
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.')).unwrap_or(rest.len());
            (end > 0).then(|| rest[..end].to_owned())
        };
        let meta = &document[document.find("metadata")?..];
        let meta = &meta[..meta.find("\nspec").unwrap_or(meta.len())];
        Some(Identity {
            kind: behind(document, "kind")?,
            namespace: behind(meta, "namespace").unwrap_or_else(|| "default".to_owned()),
            name: behind(meta, "name").or_else(|| behind(meta, "generateName"))?,
        })
    }
}

/// Whether a text is about an object of this scenario's, changed or not. A text that cannot be read is taken for what can
/// be made out of it.
pub(super) fn is_same(ran: &Scenario, reading: &Reading) -> bool {
    let identities = |scenario: &Scenario| -> Vec<Identity> {
        scenario.manifests.iter().filter_map(|manifest| Identity::of(&manifest.value)).collect()
    };
    let ran = identities(ran);
    if identities(&reading.scenario).iter().any(|identity| ran.contains(identity)) {
        return true;
    }
    let mut broken = reading.text.split("\n---").filter_map(Identity::of_broken);
    reading.has_errors() && broken.any(|identity| ran.contains(&identity))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;

    const JOB: &str = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  labels: {a: b}\n  name: pi\nspec: {}\n";

    #[test]
    fn a_text_is_about_what_its_objects_are_called() {
        let ran = manifest::read(JOB).scenario;
        let same = |text: &str| is_same(&ran, &manifest::read(text));
        assert!(same(&JOB.replace("{}", "{parallelism: 2}")));
        assert!(same(&JOB.replace("  name", "  namespace: default\n  name")));
        assert!(same(&format!("{}---\n{JOB}", JOB.replace("pi", "other"))));
        for foreign in [
            JOB.replace("pi", "migrate"),
            JOB.replace("kind: Job", "kind: CronJob"),
            JOB.replace("  name", "  namespace: b\n  name"),
            JOB.replace("name: pi", "generateName: pi-"),
            JOB.replace("  name: pi\n", ""),
            String::new(),
        ] {
            assert!(!same(&foreign), "{foreign}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_taken_for_what_can_be_made_out() {
        let ran = manifest::read(JOB).scenario;
        let same = |text: &str| {
            let reading = manifest::read(text);
            assert!(reading.has_errors(), "{text}");
            is_same(&ran, &reading)
        };
        for edited in
            [("kind: Job", "kind: [Job"), ("spec: {}", "spec: {"), ("name: pi", "name: \"pi"), ("{a: b}", "{a")]
        {
            assert!(same(&JOB.replace(edited.0, edited.1)), "{edited:?}");
        }
        for foreign in [("pi\nspec: {}", "migrate\nspec: {"), ("Job\n", "CronJob: [\n")] {
            assert!(!same(&JOB.replace(foreign.0, foreign.1)), "{foreign:?}");
        }
        assert!(!same("Error: INSTALLATION FAILED: [pi"));
    }
}
