//! The state's part in the table of the cluster.

use super::edits::EDITS;
use super::effect::Effect;
use super::{State, Toast};
use crate::manifest::Place;
use crate::manifest::edit::{self, ClusterChange, cluster_field};
use crate::manifest::read;
use serde_json::Value;

impl State {
    /// What the text says of the cluster.
    pub(super) fn cluster(&self) -> Option<Value> {
        self.draft.text.reading().value_at(&Place::scenario("spec.cluster"))
    }

    /// A gesture on the table: it is meant from the start of the run, so the playhead and what is selected stay.
    pub(super) fn change_cluster(&mut self, change: &ClusterChange) -> Vec<Effect> {
        match self.text_after(change) {
            Ok(None) => self.lacks_part(),
            Ok(Some(text)) => self.change(|words| words.set(&text), true),
            Err(error) => self.notify(Toast::Edit(error)),
        }
    }

    /// A step of a number in the table.
    pub(super) fn step_cluster(&mut self, change: &ClusterChange) -> Vec<Effect> {
        let ClusterChange::Set(list, line, field, _) = change else { return Vec::new() };
        let text = match self.text_after(change) {
            Ok(None) => return self.lacks_part(),
            Ok(Some(text)) => text,
            Err(error) => return self.notify(Toast::Edit(error)),
        };
        let place = cluster_field(*list, *line, field);
        let written = read(&text).value_span(&place).or_else(|| self.draft.text.reading().value_span(&place));
        let number = written.map_or(0, |span| span.start);
        self.change(|words| words.step(&text, number), true)
    }

    /// `None` if edits are not there yet.
    fn text_after(&mut self, change: &ClusterChange) -> Result<Option<String>, edit::EditError> {
        self.playing = false;
        self.breaking = false;
        self.draft.text.read_now();
        let reading = self.draft.text.reading();
        let Some(edits) = EDITS.get() else { return Ok(None) };
        Ok(Some(edit::apply(&reading.text, &(edits.change_cluster)(reading, change)?)))
    }
}
