//! English words about kubectl commands.

use crate::texts::kubectl::KubectlWords;

pub(super) static KUBECTL: KubectlWords =
    KubectlWords { not_modelled: |what| format!("error: not modelled here: {what}") };
