//! Chinese words about kubectl commands.

use crate::texts::kubectl::KubectlWords;

pub(super) const KUBECTL: KubectlWords =
    KubectlWords { not_modelled: |what| format!("error: 这里没有模拟：{what}") };
