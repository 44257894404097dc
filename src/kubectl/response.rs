//! What comes of a command: the text that it prints, and the inputs that it adds.

use super::note::Note;
use crate::api::quoted;
use crate::cluster::input::Input;
use crate::time::Time;

/// What kubectl writes to the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Printed {
    pub stdout: String,
    /// Errors, warnings, and that nothing was found.
    pub stderr: String,
    /// The exit code is 1.
    pub failed: bool,
    /// What kubectl does not say, and this cluster can.
    pub notes: Vec<Note>,
    /// For a command that follows what happens: what of the output comes later, in the order of their bytes.
    pub later: Option<Vec<Later>>,
}

/// From a byte of the output on, up to the next one: when it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Later {
    pub byte: usize,
    pub at: Time,
}

impl Printed {
    pub(super) fn fail(&mut self, error: &str) {
        self.stderr += error;
        self.stderr.push('\n');
        self.failed = true;
    }

    /// What is written from now on is printed at this time.
    pub(super) fn goes_on_at(&mut self, at: Time) {
        self.later.get_or_insert_default().push(Later { byte: self.stdout.len(), at });
    }

    /// What another command prints behind it.
    pub(super) fn add(&mut self, other: Printed) {
        self.add_later(other.later.as_deref());
        self.stdout += &other.stdout;
        self.stderr += &other.stderr;
        self.notes.extend(other.notes);
        self.failed = other.failed;
    }

    /// Before the output is added that they are of.
    pub(super) fn add_later(&mut self, later: Option<&[Later]>) {
        let before = self.stdout.len();
        if let Some(later) = later {
            let moved = later.iter().map(|later| Later { byte: before + later.byte, ..*later });
            self.later.get_or_insert_default().extend(moved);
        }
    }

    pub(super) fn warn(&mut self, warning: &str) {
        self.stderr += &format!("Warning: {warning}\n");
    }

    pub(super) fn not_found(&mut self, resource: &str, name: &str) {
        self.fail(&format!("Error from server (NotFound): {resource} {} not found", quoted(name)));
    }
}

/// What a command prints and does.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Response {
    pub printed: Printed,
    /// To be added to the scenario, at the moment of the snapshot; empty for a command that only reads.
    pub inputs: Vec<Input>,
    /// When it returns, for a command that waits or follows; `None` is at once.
    pub until: Option<Time>,
    /// What kubectl does not say, and this cluster can.
    pub notes: Vec<Note>,
}

impl From<Printed> for Response {
    fn from(printed: Printed) -> Response {
        Response { printed, ..Response::default() }
    }
}
