//! kubectl over a recording: what its printers show at a moment, byte for byte, and which inputs its commands that act
//! come to (docs/kubectl.md). Knows no front end; the words are kubectl's own, in English only.

mod act;
mod as_recorded;
mod columns;
mod command;
mod create;
mod describe;
mod duration;
mod events;
mod get;
mod listing;
mod resource;
mod response;
mod rows;
mod selector;
mod snapshot;
mod table;
mod usage_error;

pub use command::{Command, words};
pub use create::Creation;
pub use response::{Printed, Response};
pub use rows::{POD_COLUMNS, pod_cells, pod_node};
pub use snapshot::{Conventions, Snapshot};
pub use usage_error::UsageError;

/// Runs a command against a snapshot.
///
/// # Errors
/// A command that is not modelled, which shows only now.
pub fn run(command: &Command, snapshot: &Snapshot<'_>) -> Result<Response, UsageError> {
    let reads = |printed: Printed| Response { printed, inputs: Vec::new() };
    match command {
        Command::Get(get) => Ok(reads(get::run(get, snapshot))),
        Command::Events(events) => Ok(reads(events::run(events, snapshot))),
        Command::Describe(describe) => Ok(reads(describe::run(describe, snapshot))),
        Command::Delete(delete) => act::delete(delete, snapshot),
        Command::Patch(patch) => act::patch(patch, snapshot),
    }
}
