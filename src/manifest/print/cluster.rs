//! `cluster`: its times, its nodes and images, what is missing.

use super::{Piece, named, span, time};
use crate::api::Name;
use crate::cluster::inventory::{ImageRule, NodeGroup};
use crate::manifest::yaml::Scalar;
use crate::scenario::ClusterSettings;

/// Its fields, without those that have their default.
pub(super) fn fields(settings: &ClusterSettings) -> Vec<(String, Piece)> {
    let default = ClusterSettings::default();
    let inventory = &settings.inventory;
    named([
        (settings.scheduling != default.scheduling).then(|| ("scheduling", span(settings.scheduling))),
        (settings.starting != default.starting).then(|| ("starting", span(settings.starting))),
        settings.pod_quota.map(|quota| ("podQuota", Piece::plain(quota))),
        inventory.nodes.as_ref().map(|nodes| ("nodes", Piece::List(nodes.iter().map(node_group).collect()))),
        list("images", &inventory.images, image),
        list("missing", &inventory.missing, |reference| Piece::text(&reference.to_string())),
    ])
}

/// A list, if it has items.
fn list<T>(name: &'static str, items: &[T], piece: impl Fn(&T) -> Piece) -> Option<(&'static str, Piece)> {
    (!items.is_empty()).then(|| (name, Piece::List(items.iter().map(piece).collect())))
}

/// One line of `nodes`.
pub(in crate::manifest) fn node_group(group: &NodeGroup) -> Piece {
    let capacity = group.capacity.iter().map(|(name, amount)| (name.to_string(), quantity(amount))).collect();
    let labels = group.labels.iter().map(|(key, value)| (key.to_string(), Piece::text(value))).collect();
    Piece::Map(named([
        Some(("name", Piece::text(&group.name))),
        group.count.map(|count| ("count", Piece::plain(count))),
        (!group.capacity.is_empty()).then_some(("capacity", Piece::Map(capacity))),
        (!group.labels.is_empty()).then_some(("labels", Piece::Map(labels))),
        list("taints", &group.taints, |taint| Piece::text(&taint.to_string())),
    ]))
}

/// A quantity stands without quotes where it can: `4`, `500m`.
fn quantity(amount: &Name) -> Piece {
    let is_plain = amount.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
        && matches!(Scalar::plain(amount), Scalar::Text(_) | Scalar::Int(_) | Scalar::Float(_));
    if is_plain { Piece::plain(amount) } else { Piece::quoted(amount) }
}

/// One line of `images`.
pub(in crate::manifest) fn image(rule: &ImageRule) -> Piece {
    Piece::Map(named([
        Some(("match", Piece::text(&rule.pattern))),
        rule.pull.map(|pull| ("pull", span(pull))),
        rule.error.as_ref().map(|error| ("error", Piece::text(error.as_str()))),
        rule.until.map(|until| ("until", time(until))),
    ]))
}
