//! Doors into lessons: which lesson shows what a remark says, and which is about the same as an example.

use crate::advice::{About, Surprise};

/// The lesson that shows what a remark is about.
pub(crate) fn of_remark(about: &About) -> Option<&'static str> {
    match about {
        About::Surprise(surprise) => of_surprise(surprise),
        About::Refused { field, .. } if *field == *"restartPolicy" => Some("restart-policy"),
        About::RefusedInRun { is_about_template: true } => Some("immutable"),
        _ => None,
    }
}

fn of_surprise(surprise: &Surprise) -> Option<&'static str> {
    Some(match surprise {
        Surprise::OnFailureDeletesPod { .. } => "lost-logs",
        Surprise::NeverEnds { beside_others: true, .. } => "sidecar",
        Surprise::ImageName { .. } => "pending",
        Surprise::DeadlineBeforeRetries { .. } => "deadline",
        Surprise::TooLargeForNodes { .. } => "no-room",
        Surprise::InitFailsJob { .. } => "init",
        Surprise::PodDeadline { .. } => "two-deadlines",
        Surprise::EvictionFailsJob => "eviction",
        Surprise::DeletedSoon { .. } => "ttl",
        Surprise::ReplacementOverlaps { .. } => "overlap",
        Surprise::ParallelismAboveCompletions { .. } => "ceiling",
        Surprise::WorkQueue { .. } => "no-completions",
        Surprise::SharedBudget { .. } => "shared-budget",
        Surprise::PolicyMayBeLate { .. } | Surprise::PartialFailure { .. } => "one-bad-index",
        Surprise::ForbidHoldsBack => "forbid",
        Surprise::NoHistory { .. } => "history",
        Surprise::CronSuspended => "missed",
        _ => return None,
    })
}

/// The lessons that are about what an example shows, by the names of their Scenarios.
const OF_EXAMPLES: [(&str, &str); 15] = [
    ("two-failures", "six-retries"),
    ("deadline", "deadline"),
    ("pod-deadline", "two-deadlines"),
    ("init", "init"),
    ("lost-logs", "lost-logs"),
    ("no-room", "no-room"),
    ("image", "image-pull"),
    ("sidecar", "sidecar"),
    ("immutable", "immutable"),
    ("drain-node", "drain"),
    ("node-dies", "node-lost"),
    ("overlap", "overlap"),
    ("bad-index", "shared-budget"),
    ("suspend", "suspend"),
    ("work-queue", "no-completions"),
];

/// The lesson that is about what an example shows.
pub(crate) fn of_example(name: &str) -> Option<&'static str> {
    OF_EXAMPLES.iter().find(|(known, _)| *known == name).map(|(_, lesson)| *lesson)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::EXAMPLES;
    use crate::lessons::COURSES;

    #[test]
    fn doors_lead_from_examples_that_exist_to_lessons_that_exist() {
        for (example, lesson) in OF_EXAMPLES {
            assert!(EXAMPLES.iter().any(|known| known.name == example), "{example}");
            assert!(COURSES.iter().any(|world| world.lessons.contains(&lesson)), "{lesson}");
        }
    }
}
