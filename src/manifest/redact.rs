//! A text that can be shown to anyone: what people have named is replaced by neutral names, the same one everywhere, and
//! what programs are given by nothing of it. The run stays what it was.
//!
//! It is not the text with holes but a new one, printed from what was read: comments, notes and documents that are not
//! modelled cannot be in it.

mod command;
mod kept;
mod names;
mod object;
mod world;

use super::{Reading, print};
use crate::scenario::Scenario;
use names::Names;
pub use names::{Replaced, What};
use object::Objects;
use std::rc::Rc;

/// A redacted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The text.
    pub text: String,
    /// What stands for what: each once, by kind and name.
    pub replaced: Vec<Replaced>,
    /// Whether chance decides anything: draws are made for names, so other pods may be lucky.
    pub has_chance: bool,
}

/// The redacted form of a text that can be read.
pub fn redact(reading: &Reading) -> Redacted {
    let scenario = &reading.scenario;
    let mut names = Names::of(scenario);
    // First it is seen what there is, so that the order of names stays.
    let _ = redacted(scenario, &mut names);
    names.number();
    let text = print::text(&redacted(scenario, &mut names));
    let has_chance = scenario.behaviors.list.iter().any(|behavior| behavior.chance_millionths.is_some());
    Redacted { text, replaced: names.replaced(), has_chance }
}

fn redacted(scenario: &Scenario, names: &mut Names) -> Scenario {
    let first_kind = scenario.manifests.first().map(|manifest| manifest.kind);
    let mut objects = Objects { names, indexes: 0, most_indexes: command::most_indexes(scenario) };
    let manifests = scenario.manifests.iter().map(|manifest| {
        let value = objects.object(manifest.kind.as_str(), &manifest.value);
        crate::scenario::Manifest { kind: manifest.kind, value: Rc::new(value) }
    });
    let manifests: Rc<[_]> = manifests.collect();
    let cluster = world::cluster(&scenario.cluster, &mut objects);
    let inputs = scenario.inputs.iter().map(|input| world::input(input, first_kind, &mut objects)).collect();
    let list = scenario.behaviors.list.iter().map(|behavior| world::behavior(behavior, objects.names)).collect();
    let behaviors = crate::cluster::behavior::Behaviors { list, ..scenario.behaviors.clone() };
    Scenario { name: None, manifests, cluster, inputs, behaviors, ..scenario.clone() }
}
