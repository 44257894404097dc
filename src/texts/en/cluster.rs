//! English: the table of the cluster.

use crate::cluster::inventory::Inventory;
use crate::explain::Room;
use crate::texts::cluster::ClusterWords;
use crate::texts::format::{NO_BREAK, amount, count};
use crate::texts::sentence::{Sentence, code, say};

pub(in crate::texts) static CLUSTER: ClusterWords = ClusterWords {
    cluster: "Cluster",
    node: "Node",
    add: [("node", "Add a node"), ("image", "Add an image"), ("object", "Add an object that is missing")],
    heads: ["Images that fail or are slow", "Missing objects"],
    empty: ["None: every image is on every node", "None: what pods name exists"],
    none: "none",
    for_ever: "for ever",
    field: |field, line| format!("{field} of {line}"),
    number_keys: "↑ ↓, or drag it",
    remove: |line| format!("Remove {line}"),
    more: |lines| format!("{} more lines in the Scenario", count(lines as i64)),
    unreadable: "The Scenario cannot be read, so there is no table of it.",
    unlimited: || say!("*Every pod fits*: there is one node without limits, {}.", code(Inventory::ONLY_NODE)),
    no_nodes: || say!("There is *no node*: no pod can start."),
    room,
};

fn number(number: usize, of: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{}{NO_BREAK}{of}{plural}", count(number as i64))
}

fn room(room: &Room) -> Sentence {
    let pods = number(room.pods, "pod");
    let nodes = number(room.nodes, "node");
    let asks = if room.pods == 1 { "asks" } else { "ask" };
    let offers = if room.nodes == 1 { "offers" } else { "offer" };
    let room_for_them = match &room.resource {
        Some(resource) => {
            let of = |amount_of: i64| amount(resource.name, amount_of);
            let asked = format!("{}{NO_BREAK}{}", of(resource.asked), resource.name);
            let asked = say!("Up to *{}* at once {} for *{}*", pods, asks.to_owned(), asked);
            match room.nodes {
                0 => asked.and("", say!(". *No node* may take them")),
                _ => asked.and("", say!(". *{}* {} *{}*", nodes, offers.to_owned(), of(resource.offered))),
            }
        }
        None => {
            let asked = say!("Up to *{}* at once {} for no cpu and no memory", pods, asks.to_owned());
            match room.nodes {
                0 => asked.and("", say!(". *No node* may take them")),
                _ => asked.and("", say!(". *{}* may have *{}*", nodes, number(room.most_pods as usize, "pod"))),
            }
        }
    };
    let too_large = room.too_large.as_ref().map(|resource| {
        let of = |amount_of: i64| amount(resource.name, amount_of);
        let one = format!("{}{NO_BREAK}{}", of(resource.asked), resource.name);
        say!(". But *one pod asks for {}*, and no node has more than *{}*: it fits nowhere", one, of(resource.offered))
    });
    let kept = room.kept.as_ref().map(|(kept, taint)| {
        let verb = if *kept == 1 { "is" } else { "are" };
        say!("; {} {} kept for pods that tolerate {}", number(*kept, "node"), verb.to_owned(), code(&*taint.key))
    });
    room_for_them.and("", kept.unwrap_or_default()).and("", too_large.unwrap_or_default()).and("", say!("."))
}
