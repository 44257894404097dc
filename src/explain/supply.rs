//! What of the things that a pod names can be taken away from the start of a run, or be provided in the middle of it.

use super::needs::{images, needed_objects};
use crate::api::{Name, PodSpec};
use crate::cluster::input::InputAction;
use crate::cluster::inventory::{ImageRule, Provided, PullError, Reference};
use crate::cluster::provisions::Provisions;
use crate::manifest::edit::{ClusterChange, ClusterLine, ClusterList};
use crate::scenario::Scenario;
use crate::time::Time;

/// Something that a pod names, and what can be done about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Supply {
    /// An image that can be pulled: it cannot, from the start.
    ImageFails(Name),
    /// Images that cannot be pulled, by the pattern of their rule: they can, from now on.
    ImageThere(Name),
    /// An object that is there: it is missing from the start.
    ObjectMissing(Reference),
    /// An object that is missing: it is there from now on.
    ObjectThere(Reference),
}

/// What has to be written into the text.
#[derive(Clone, Debug, PartialEq)]
pub enum SupplyChange {
    /// A line of the cluster.
    Cluster(ClusterChange),
    /// An input.
    Input(InputAction),
}

impl Supply {
    /// All that can be done about what a pod names, at a time.
    pub fn of(scenario: &Scenario, spec: &PodSpec, at: Time) -> Vec<Supply> {
        let inventory = &scenario.cluster.inventory;
        let mut provisions = Provisions::new(inventory.clone());
        for input in scenario.inputs.iter().filter(|input| !input.disabled && input.at <= at) {
            if let InputAction::Provide(provided) = &input.action {
                provisions.provide(provided.clone());
            }
        }
        let of_image = |image: Name| {
            let rule = ImageRule::of(&inventory.images, &image).map(|rule| &inventory.images[rule]);
            let Some(rule) = rule.filter(|rule| rule.error.is_some()) else { return Some(Supply::ImageFails(image)) };
            let is_there = rule.until.is_some_and(|until| until <= at) || provisions.has_image(&rule.pattern);
            (!is_there).then(|| Supply::ImageThere(rule.pattern.clone()))
        };
        let of_object = |object: Reference| {
            if !provisions.exists(object.kind, &object.name) {
                return Some(Supply::ObjectThere(object));
            }
            let is_decided = inventory.line_of_missing(object.kind, &object.name).is_some()
                || inventory.object(object.kind, &object.name).is_some();
            (!is_decided).then_some(Supply::ObjectMissing(object))
        };
        let images = images(spec).into_iter().filter_map(of_image);
        images.chain(needed_objects(spec).into_iter().filter_map(of_object)).collect()
    }

    /// What it is called: the image, its pattern, `KIND/NAME`.
    pub fn name(&self) -> String {
        match self {
            Supply::ImageFails(name) | Supply::ImageThere(name) => name.to_string(),
            Supply::ObjectMissing(object) | Supply::ObjectThere(object) => object.to_string(),
        }
    }

    /// What has to be written.
    pub fn change(&self, scenario: &Scenario) -> SupplyChange {
        match self {
            Supply::ImageFails(image) => {
                let (rule, error) = (ImageRule::of(&scenario.cluster.inventory.images, image), PullError::NotFound);
                SupplyChange::Cluster(match rule {
                    Some(rule) => {
                        let error = Some(error.as_str().into());
                        ClusterChange::Set(ClusterList::Images, rule, "error".to_owned(), error)
                    }
                    None => ClusterChange::Add(ClusterLine::Image(ImageRule {
                        pattern: image.clone(),
                        pull: None,
                        error: Some(error),
                        until: None,
                    })),
                })
            }
            Supply::ImageThere(pattern) => SupplyChange::Input(InputAction::Provide(Provided::Images(pattern.clone()))),
            Supply::ObjectMissing(object) => {
                SupplyChange::Cluster(ClusterChange::Add(ClusterLine::Missing(object.clone())))
            }
            Supply::ObjectThere(object) => SupplyChange::Input(InputAction::Provide(Provided::Objects(object.clone()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::edit::{apply, change_cluster};
    use crate::manifest::read;
    use crate::recording::Recording;

    fn supplies(scenario: &str, at: i64) -> (String, Vec<Supply>) {
        let text = format!(
            "apiVersion: batch/v1\nkind: Job\nmetadata: {{name: a}}\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      \
             containers: [{{name: m, image: app:1, envFrom: [{{secretRef: {{name: s}}}}]}}]\n---\napiVersion: \
             job-playground/v1\nkind: Scenario\nspec: {{kubernetes: \"1.36\"{scenario}}}\n"
        );
        let scenario = read(&text).scenario;
        let recording = Recording::of(&scenario);
        let pod = recording.pods().next().and_then(|pod| recording.born(pod)).expect("a pod");
        let found = Supply::of(&scenario, &pod.birth.template.spec, Time::from_seconds(at));
        (text, found)
    }

    #[test]
    fn what_is_there_can_be_taken_and_what_is_missing_given() {
        let image = |name: &str| Supply::ImageFails(name.into());
        let given = |name: &str| Supply::ImageThere(name.into());
        let secret = || Reference { kind: crate::cluster::inventory::ReferencedKind::Secret, name: "s".into() };
        let (there, missing) = (Supply::ObjectThere(secret()), Supply::ObjectMissing(secret()));
        for (scenario, at, expected) in [
            ("", 5, vec![image("app:1"), missing.clone()]),
            (", cluster: {images: [{match: \"app:*\", error: NotFound}]}", 5, vec![given("app:*"), missing.clone()]),
            (", cluster: {images: [{match: \"app:*\", error: NotFound, until: 4s}]}", 5, vec![missing.clone()]),
            (", cluster: {images: [{match: \"app:*\"}], missing: [Secret/*]}", 5, vec![image("app:1"), there.clone()]),
            (", cluster: {missing: [Secret/*]}, inputs: [{at: 9s, provide: Secret/s}]", 5, vec![image("app:1"), there]),
            (", cluster: {missing: [Secret/*]}, inputs: [{at: 5s, provide: Secret/s}]", 5, vec![image("app:1")]),
        ] {
            assert_eq!(supplies(scenario, at).1, expected, "{scenario}");
        }
    }

    #[test]
    fn an_image_that_fails_has_one_rule() {
        let after = |scenario: &str| {
            let (text, found) = supplies(scenario, 5);
            let reading = read(&text);
            let SupplyChange::Cluster(change) = found[0].change(&reading.scenario) else { panic!("no change") };
            let edits = change_cluster(&reading, &change).expect("it can be written");
            read(&apply(&text, &edits)).scenario.cluster.inventory.images.to_vec()
        };
        for scenario in ["", ", cluster: {images: [{match: \"app:*\", pull: 9s}]}"] {
            let images = after(scenario);
            assert_eq!((images.len(), images[0].error.clone()), (1, Some(PullError::NotFound)), "{scenario}");
        }
    }
}
