//! What a learner must leave alone.

use crate::manifest::{Path, Place, Reading};
use crate::scenario::lesson::Kept;

/// Whether what is to be kept is as it was at the start.
pub fn stays(kept: &Kept, start: &Reading, now: &Reading) -> bool {
    let (was, is) = (&start.scenario, &now.scenario);
    match kept {
        Kept::Path(_) => {
            let values = |reading: &Reading| -> Vec<_> {
                places(kept, reading).iter().map(|place| reading.value_at(place)).collect()
            };
            let first = |reading: &Reading| reading.scenario.manifests.first().map(|first| first.kind);
            first(start) == first(now) && values(start) == values(now)
        }
        Kept::Behaviors => was.behaviors.list == is.behaviors.list,
        Kept::Inputs => was.inputs == is.inputs,
        Kept::Scenario => {
            was.seed == is.seed
                && was.start_unix_seconds == is.start_unix_seconds
                && was.cluster == is.cluster
                && was.behaviors.list == is.behaviors.list
                && was.inputs == is.inputs
                && was.until == is.until
        }
    }
}

/// Where what is to be kept stands in a text, if it is there.
pub fn places(kept: &Kept, reading: &Reading) -> Vec<Place> {
    let place = match kept {
        Kept::Path(path) => Place::Manifest { manifest: 0, path: Path::parse(path) },
        Kept::Scenario => Place::scenario("spec"),
        Kept::Inputs => Place::scenario("spec.inputs"),
        Kept::Behaviors => Place::scenario("spec.behaviors"),
    };
    reading.span_of(&place).map(|_| place).into_iter().collect()
}
