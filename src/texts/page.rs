//! Words of the page itself: header, editor, transport, dialogs. What happens in a run is in other topics.

use super::EXAMPLES;
use super::keys::KeyWords;
use crate::recording::{End, FullOf, Recording};
use crate::time::Time;

/// An example in the menu.
#[allow(missing_docs)]
pub struct ExampleWords {
    pub title: &'static str,
    pub about: &'static str,
    /// What else people search for whom it helps: errors, fields, tools, symptoms.
    pub search: &'static str,
}

impl ExampleWords {
    /// Whether it and the question above it have all words of a query, in any order and in any case.
    fn has(&self, question: &str, query: &str) -> bool {
        let words = [question, self.title, self.about, self.search].join(" ").to_lowercase();
        query.to_lowercase().split_whitespace().all(|word| words.contains(word))
    }
}

/// A question with the examples that answer it.
#[allow(missing_docs)]
pub struct ExampleGroup {
    pub question: &'static str,
    /// Their words, in the order of the list of examples.
    pub examples: &'static [ExampleWords],
}

/// What is simulated and what is not, and by what it is judged.
#[allow(missing_docs)]
pub struct AboutWords {
    pub simulated: &'static str,
    pub simulated_list: &'static [&'static str],
    pub not_simulated: &'static str,
    pub not_simulated_list: &'static [&'static str],
    pub judge: &'static str,
    /// How many recorded cases are equal.
    pub judged: fn(usize) -> String,
    pub report: &'static str,
    pub report_how: &'static str,
}

/// Words of the page.
#[allow(missing_docs)]
pub struct PageWords {
    /// Behind the name of the text in the title of the window.
    pub product: &'static str,
    /// Jumps to a region.
    pub skip: [&'static str; 4],
    /// A text without name.
    pub untitled: &'static str,
    /// The menu of examples.
    pub examples: &'static str,
    pub example_groups: &'static [ExampleGroup],
    /// In the empty box in which one searches them.
    pub search_examples: &'static str,
    pub no_example: &'static str,
    pub paste: &'static str,
    /// What this is, in a line: for who is here for the first time.
    pub purpose: &'static str,
    /// Opens what is simulated and what is not.
    pub models: &'static str,
    pub about: AboutWords,
    pub share: &'static str,
    pub theme: &'static str,
    /// As the system has it, light, dark.
    pub themes: [&'static str; 3],
    pub help: &'static str,
    /// Undo the last change.
    pub undo: &'static str,
    pub redo: &'static str,
    pub close: &'static str,

    /// The region of the editor.
    pub spec_region: &'static str,
    /// The region of the timeline.
    pub stage_region: &'static str,
    /// The region of the details.
    pub detail_region: &'static str,

    pub spec: &'static str,
    pub scenario: &'static str,
    /// The API server refuses it; its words follow.
    pub refused: &'static str,
    /// Shown while the text is refused: the run before, of an object with this name, is on the stage.
    pub run_before: fn(&str) -> String,
    /// There is no Scenario.
    pub no_scenario: &'static str,
    pub begin_scenario: &'static str,

    /// The region of the transport.
    pub playback: &'static str,
    pub start: &'static str,
    pub true_scale: &'static str,
    /// Further away, closer, all of the run.
    pub zoom: [&'static str; 3],
    /// On a phone: what happened as a story, or as rows.
    pub story_or_rows: [&'static str; 2],
    pub speed: &'static str,
    /// One event per beat.
    pub beat: &'static str,
    /// Announced to screen readers after a step: time, number, count, what happened.
    pub announce: fn(&str, usize, usize, &str) -> String,
    /// What a screen reader is told after a step: all, when and which step, nothing.
    pub voice: &'static str,
    pub voices: [&'static str; 3],
    /// After playing: how many events that were, and the announcement of the last.
    pub played: fn(usize, &str) -> String,

    /// Tabs: events, status, YAML.
    pub details: [&'static str; 4],
    /// No object is there at this time.
    pub nothing_there: &'static str,
    pub no_conditions: &'static str,
    /// So many events of the same moment are not listed.
    pub more_events: fn(usize) -> String,
    /// Behind something that was told, but is in no event: there were too many.
    pub not_sent: &'static str,
    /// First and last time of an event that was counted up.
    pub event_times: fn(Time, Time) -> String,
    /// Nothing could be read yet.
    pub not_readable: &'static str,
    /// The run goes on after the 10 days that are recorded.
    pub ten_days: &'static str,
    /// It goes on as it does at its end, and nothing ends that.
    pub for_ever: &'static str,
    /// The run goes on, but the recording is full: until when, and of what.
    pub full: fn(Time, FullOf) -> String,
    /// The recording is cut at a question.
    pub cut: &'static str,
    /// The recording was stopped: when.
    pub stopped: fn(Time) -> String,
    /// Records once more what was stopped.
    pub record_again: &'static str,
    /// The first run is being recorded.
    pub records: &'static str,
    /// How far the recording is: the time that it has reached, its steps.
    pub records_at: fn(Time, usize) -> String,
    /// All is recorded, so many steps, and is being drawn.
    pub lays_out: fn(usize) -> String,
    /// Ends the recording where it is.
    pub stop_recording: &'static str,
    /// Said to screen readers: the key that stops it.
    pub escape_stops: &'static str,
    /// No run is there.
    pub no_run: &'static str,
    /// To fetch them once more.
    pub try_again: &'static str,
    /// A part of the page is on its way.
    pub part_coming: &'static str,
    /// It cannot be had.
    pub part_missing: &'static str,
    /// The text cannot be run before a part of the page is there that cannot be had.
    pub rules_missing: &'static str,
    /// The words of another language cannot be had.
    pub words_missing: fn(&str) -> String,

    /// The text was replaced.
    pub replaced: &'static str,
    pub paste_by_key: &'static str,
    /// The browser does not let the page copy the text.
    pub select_and_copy: &'static str,

    pub copy: &'static str,
    pub copied: &'static str,
    /// Keys of the page.
    pub keys: &'static KeyWords,

    /// The edges between regions that can be moved: spec and timeline, those and what is below them, WHY and details.
    pub edges: [&'static str; 3],
    pub fold_spec: &'static str,
    pub unfold_spec: &'static str,
    /// Bottom tabs of the phone: Spec, Run, Why.
    pub panes: [&'static str; 3],
}

impl PageWords {
    /// That a run goes on where its recording ends; `None` if it does not.
    pub fn goes_on(&self, recording: &Recording) -> Option<String> {
        match recording.end()? {
            (End::Settled | End::Horizon, _) => None,
            (End::Limit, _) => Some(self.ten_days.to_owned()),
            (End::Cut, _) => Some(self.cut.to_owned()),
            (End::Stopped, at) => Some((self.stopped)(at)),
            (End::Full(of), at) => Some((self.full)(at, of)),
        }
    }

    /// The words of an example, by its place in the list of examples.
    pub fn example(&self, number: usize) -> Option<&'static ExampleWords> {
        self.example_groups.iter().flat_map(|group| group.examples).nth(number)
    }
}

/// Whether an example has the words of a query, in any language: errors are English everywhere.
pub fn example_has(number: usize, query: &str) -> bool {
    let has = |groups: &&[ExampleGroup]| {
        let mut examples = groups.iter().flat_map(|group| group.examples.iter().map(|words| (group.question, words)));
        examples.nth(number).is_some_and(|(question, words)| words.has(question, query))
    };
    EXAMPLES.iter().any(has)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;

    #[test]
    fn examples_are_found_by_what_people_search_for() {
        let found = |query: &str| -> Vec<&str> {
            let all = (0..).map_while(|number| Some((number, Lang::En.page().example(number)?)));
            all.filter(|(number, _)| example_has(*number, query)).map(|(_, words)| words.title).collect()
        };
        for (query, title) in [
            ("BackoffLimitExceeded", "OnFailure takes its pod along"),
            ("logs vanished", "OnFailure takes its pod along"),
            ("日志没了", "OnFailure takes its pod along"),
            ("DeadlineExceeded", "The deadline beats the retries"),
            ("超时", "The deadline beats the retries"),
            ("field is immutable", "Field is immutable"),
            ("  Immutable FIELD ", "Field is immutable"),
            ("istio", "The sidecar that keeps the Job alive, and the one that does not"),
            ("why pending", "Each node has its own reason"),
            ("ImagePullBackOff", "ImagePullBackOff, and does it ever end?"),
            ("镜像拉不下来", "ImagePullBackOff, and does it ever end?"),
            ("Insufficient cpu", "It does not fit"),
            ("untolerated taint", "Each node has its own reason"),
            ("init container", "Init container fails: who counts it?"),
            ("drain", "Drain a node under a Job"),
            ("节点宕机", "A node dies"),
            ("stuck", "The sidecar that keeps the Job alive, and the one that does not"),
            ("survive", "An eviction that does not count"),
            ("SuccessPolicy", "Each index its own part"),
            ("MaxFailedIndexesExceeded", "Index 1 always fails"),
            ("OOMKilled", "Two failures, then success"),
            ("字段不可变", "Field is immutable"),
            ("DeadlineExceeded pod", "One name, two deadlines"),
            ("evicted", "An eviction that does not count"),
            ("twice", "Two at once"),
            ("backoffLimitPerIndex", "Index 1 always fails"),
            ("pause", "Suspended is not paused"),
            ("concurrencyPolicy", "Forbid starts late, or never"),
            ("时区", "A backup each night"),
            ("pi", "One pod, once"),
            ("redis", "A queue, fewer pods than items"),
            ("shard", "Each index its own part"),
        ] {
            assert!(found(query).contains(&title), "{query}: {:?}", found(query));
            assert!(found(query).len() < 9, "{query}: {:?}", found(query));
        }
        assert_eq!(found("no such word"), [""; 0]);
    }
}
