//! Why a command line is not run.

/// Why a command line is not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsageError {
    /// kubectl would refuse it too. Its words, line break included.
    Invalid(String),
    /// kubectl knows this word, the simulated cluster does not.
    NotModelled(String),
}

impl UsageError {
    /// An error as kubectl prints most of them.
    pub(super) fn error(text: impl std::fmt::Display) -> UsageError {
        UsageError::Invalid(format!("error: {text}\n"))
    }

    /// What kubectl says, with where to look.
    pub(super) fn with_help(command: &str, text: impl std::fmt::Display) -> UsageError {
        UsageError::Invalid(format!("{text}\nSee 'kubectl {command} -h' for help and examples\n"))
    }
}
