//! English words about kubectl commands.

use crate::texts::kubectl::KubectlWords;

pub(super) const KUBECTL: KubectlWords =
    KubectlWords { not_modelled: |what| format!("error: not modelled here: {what}") };
