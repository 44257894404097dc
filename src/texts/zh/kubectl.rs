//! Chinese words about kubectl commands.

use crate::texts::kubectl::KubectlWords;

pub(in crate::texts) static KUBECTL: KubectlWords =
    KubectlWords { not_modelled: |what| format!("error: 这里没有模拟：{what}") };
