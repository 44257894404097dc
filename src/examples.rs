//! The examples: whole texts, grouped by the question that each of them answers. Their words are in
//! [`crate::texts::page`], in the same order.

use crate::time::Time;

/// A text that everybody has.
pub struct Example {
    /// `metadata.name` of its Scenario.
    pub name: &'static str,
    /// Manifests and Scenario.
    pub text: &'static str,
    /// Where the playhead stands when it is opened.
    pub opens_at: Time,
}

/// How many there are.
pub const COUNT: usize = 23;

/// All examples; the first is what a first visit shows.
pub const EXAMPLES: [Example; COUNT] = [
    Example {
        name: "two-failures",
        text: include_str!("examples/two-failures.yaml"),
        opens_at: Time::from_millis(25_301),
    },
    Example { name: "deadline", text: include_str!("examples/deadline.yaml"), opens_at: Time::from_millis(45_000) },
    Example {
        name: "pod-deadline",
        text: include_str!("examples/pod-deadline.yaml"),
        opens_at: Time::from_millis(20_100),
    },
    Example { name: "init", text: include_str!("examples/init.yaml"), opens_at: Time::from_millis(7_500) },
    Example { name: "lost-logs", text: include_str!("examples/lost-logs.yaml"), opens_at: Time::from_millis(46_000) },
    Example { name: "pending", text: include_str!("examples/pending.yaml"), opens_at: Time::from_millis(100) },
    Example { name: "no-room", text: include_str!("examples/no-room.yaml"), opens_at: Time::from_millis(100) },
    Example { name: "image", text: include_str!("examples/image.yaml"), opens_at: Time::from_millis(15_500) },
    Example { name: "sidecar", text: include_str!("examples/sidecar.yaml"), opens_at: Time::from_millis(13_500) },
    Example { name: "immutable", text: include_str!("examples/immutable.yaml"), opens_at: Time::from_millis(10_000) },
    Example { name: "drain", text: include_str!("examples/drain.yaml"), opens_at: Time::from_millis(16_000) },
    Example { name: "drain-node", text: include_str!("examples/drain-node.yaml"), opens_at: Time::from_millis(16_000) },
    Example { name: "node-dies", text: include_str!("examples/node-dies.yaml"), opens_at: Time::from_millis(371_050) },
    Example { name: "overlap", text: include_str!("examples/overlap.yaml"), opens_at: Time::from_millis(22_000) },
    Example { name: "bad-index", text: include_str!("examples/bad-index.yaml"), opens_at: Time::from_millis(23_500) },
    Example { name: "suspend", text: include_str!("examples/suspend.yaml"), opens_at: Time::from_millis(15_000) },
    Example { name: "cron", text: include_str!("examples/cron.yaml"), opens_at: Time::from_millis(120_100) },
    Example { name: "backup", text: include_str!("examples/backup.yaml"), opens_at: Time::from_millis(50_400_100) },
    Example { name: "pi", text: include_str!("examples/pi.yaml"), opens_at: Time::from_millis(9_500) },
    Example { name: "items", text: include_str!("examples/items.yaml"), opens_at: Time::from_millis(4_500) },
    Example {
        name: "data-processing",
        text: include_str!("examples/data-processing.yaml"),
        opens_at: Time::from_millis(5_500),
    },
    Example { name: "work-queue", text: include_str!("examples/work-queue.yaml"), opens_at: Time::from_millis(15_500) },
    Example { name: "by-index", text: include_str!("examples/by-index.yaml"), opens_at: Time::from_millis(4_500) },
];

/// Whether everybody has this text.
pub fn is_example(text: &str) -> bool {
    EXAMPLES.iter().any(|example| *example.text == *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::admission;
    use crate::cluster::input::{Input, InputAction};
    use crate::manifest;
    use crate::recording::Recording;
    use crate::texts::Lang;
    use crate::timeline::Timeline;

    #[test]
    fn every_example_reads_without_a_remark_and_opens_at_a_moment_of_its_run() {
        for example in &EXAMPLES {
            let reading = manifest::read(example.text);
            assert_eq!(reading.diagnostics, [], "{}", example.name);
            assert_eq!(reading.scenario.name.as_deref(), Some(example.name));
            let scenario = reading.scenario.clone().with_time_zones();
            let recording = Recording::of(&scenario);
            let timeline = Timeline::of(&recording, &scenario);
            let times: Vec<Time> = timeline.moments.iter().map(|moment| moment.at).collect();
            assert!(times.contains(&example.opens_at), "{} opens at none of {times:?}", example.name);
        }
    }

    /// The page runs it before the rules of the API server are there.
    #[test]
    fn nothing_of_the_first_example_is_refused_or_warned_of() {
        let scenario = manifest::read(EXAMPLES[0].text).scenario;
        for manifest in scenario.manifests.iter() {
            let admitted = admission::admit_job(&manifest.value, "uid").expect("it is accepted");
            assert_eq!(admitted.warnings, []);
        }
        let is_asked_of_the_server = |input: &&Input| !matches!(input.action, InputAction::Fail { .. });
        assert_eq!(scenario.inputs.iter().find(is_asked_of_the_server), None);
    }

    #[test]
    fn every_example_has_words_in_every_language() {
        for lang in Lang::ALL {
            let count: usize = lang.page().example_groups.iter().map(|group| group.examples.len()).sum();
            assert_eq!(count, COUNT, "{lang:?}");
        }
    }
}
