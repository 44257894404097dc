//! Other programs, run to their end.

use crate::Failure;
use std::process::Command;

/// Runs a command, and fails if it does.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    run_as(&format!("{command:?}"), command)
}

/// The same, under a name for people.
pub(crate) fn run_as(name: &str, command: &mut Command) -> Result<(), Failure> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name}: {status}").into()),
        Err(error) => Err(format!("{name} cannot start: {error}").into()),
    }
}
