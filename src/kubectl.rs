//! kubectl over a recording: what its printers show at a moment, byte for byte, and which inputs its commands that act
//! come to (docs/kubectl.md). Knows no front end; the words are kubectl's own, in English only.

mod act;
mod answers;
mod as_recorded;
pub mod beside;
mod columns;
mod command;
pub mod complete;
mod create;
mod describe;
mod duration;
mod events;
mod events_command;
mod explain;
mod field_selector;
mod get;
mod get_table;
mod listing;
mod logs;
mod mentions;
mod note;
mod printer;
mod resource;
mod response;
mod rows;
mod select;
mod selector;
mod server_table;
mod session;
mod shell;
mod snapshot;
mod table;
mod template;
mod usage_error;
mod wait;
mod watch;
mod world;

pub use command::{Command, words};
pub use create::Creation;
pub use mentions::{Mention, Names};
pub use note::Note;
pub use response::{Later, Printed, Response};
pub use rows::{POD_COLUMNS, pod_cells, pod_node};
pub use server_table::{ServerTable, server_table};
pub use session::{Answer, Session, last_step};
pub use shell::{Host, Script, Shell, goes_on};
pub use snapshot::{Conventions, Snapshot};
pub use usage_error::UsageError;
pub use world::World;

use command::Verb;

/// Runs a command against a snapshot.
///
/// # Errors
/// A command that is not modelled, which shows only now.
pub fn run(command: &Command, snapshot: &Snapshot<'_>) -> Result<Response, UsageError> {
    run_in(command, &World::of(*snapshot))
}

/// Runs a command in a world.
///
/// # Errors
/// A command that is not modelled, which shows only now.
pub fn run_in(command: &Command, world: &World<'_>) -> Result<Response, UsageError> {
    match &command.0 {
        Verb::Get(get) => Ok(get::run(get, world)),
        Verb::Events(events) => Ok(events_command::run(events, world)),
        Verb::Describe(describe) => Ok(describe::run(describe, world).into()),
        Verb::Logs(logs) => logs::run(logs, world),
        Verb::Wait(wait) => Ok(wait::run(wait, world)),
        Verb::Explain(explain) => explain::run(explain, world).map(Response::from),
        Verb::Resources(resources) => Ok(answers::api_resources(resources).into()),
        Verb::CanI(can_i) => Ok(act::can_i(can_i).into()),
        Verb::Delete(delete) => act::delete(delete, world),
        Verb::Patch(patch) => act::patch(patch, world),
        Verb::Labelling(labelling) => act::labelling(labelling, world),
        Verb::SetImage(set) => act::set_image(set, world),
        Verb::CreateFile(create) => act::create_file(create, world),
        Verb::CreateJob(create) => act::create_job(create, world),
        Verb::CreateCronJob(create) => act::create_cron_job(create, world),
        Verb::Cordon(cordon) => act::cordon(cordon, world),
        Verb::Drain(drain) => act::drain(drain, world),
        Verb::Taint(taint) => act::taint(taint, world),
        Verb::Says(printed) => Ok(printed.clone().into()),
        Verb::Refuses { selection, how } => act::refuse(selection, *how, world),
    }
}
