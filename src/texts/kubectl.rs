//! Words about kubectl commands that the simulated cluster does not know.

/// Words for refusals that are not kubectl's own.
pub struct KubectlWords {
    /// kubectl knows this word, the simulated cluster does not.
    pub not_modelled: fn(&str) -> String,
}
