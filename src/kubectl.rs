//! kubectl over a recording: what its printers would show at a moment, byte for byte, and which inputs its commands
//! that act come to (docs/kubectl.md). Knows no front end; the words are kubectl's own, in no other language.

mod act;
mod columns;
mod command;
mod describe;
mod duration;
mod get;
mod listing;
mod pod_status;
mod rows;
mod selector;
mod table;
mod view;

pub use command::{Command, Refusal, words};
pub use view::{Conventions, View};

use crate::cluster::input::Input;

/// What kubectl writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// Standard output.
    pub stdout: String,
    /// Standard error: errors, warnings, and that nothing was found.
    pub stderr: String,
    /// Whether something went wrong: exit code 1.
    pub failed: bool,
}

impl Printed {
    fn fail(&mut self, error: &str) {
        self.stderr += error;
        self.stderr.push('\n');
        self.failed = true;
    }

    fn not_found(&mut self, resource: &str, name: &str) {
        self.fail(&format!("Error from server (NotFound): {resource} \"{name}\" not found"));
    }
}

/// What a command comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// What kubectl writes.
    pub printed: Printed,
    /// What it does to the cluster, to be added to the scenario at the moment of the view.
    pub inputs: Vec<Input>,
}

/// Runs a command at the moment of a view.
///
/// # Errors
/// [`Refusal`], where the command cannot be told apart before the objects are known.
pub fn run(command: &Command, view: &View<'_>) -> Result<Response, Refusal> {
    let reads = |printed: Printed| Response { printed, inputs: Vec::new() };
    match command {
        Command::Get(get) => Ok(reads(get::run(get, view))),
        Command::Describe(describe) => Ok(reads(describe::run(describe, view))),
        Command::Delete(delete) => act::delete(delete, view),
        Command::Patch(patch) => act::patch(patch, view),
    }
}
