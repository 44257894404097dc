//! Words of the table of the cluster: its nodes, its images, and what is missing. Names of fields stay as the text has
//! them.

use super::sentence::Sentence;
use crate::explain::Room;

/// Words of the table.
#[allow(missing_docs)]
pub struct ClusterWords {
    /// The tab.
    pub cluster: &'static str,
    /// The head of the column of names.
    pub node: &'static str,
    /// Adds a node, an image, an object: the word on the button, and its name.
    pub add: [(&'static str, &'static str); 3],
    /// Over the lists of images and of missing objects.
    pub heads: [&'static str; 2],
    /// There is no line in them.
    pub empty: [&'static str; 2],
    /// No labels, no taints; no error of an image.
    pub none: &'static str,
    /// The error is never over.
    pub for_ever: &'static str,
    /// A field of a line: `cpu of node-1`.
    pub field: fn(&str, &str) -> String,
    /// How a number can be changed without typing it.
    pub number_keys: &'static str,
    /// Takes a line out.
    pub remove: fn(&str) -> String,
    /// There are more lines than are shown.
    pub more: fn(usize) -> String,
    /// The Scenario is no YAML at the moment.
    pub unreadable: &'static str,
    /// Nothing is said of nodes.
    pub unlimited: fn() -> Sentence,
    /// The list of nodes is empty.
    pub no_nodes: fn() -> Sentence,
    /// What the pods ask for, and what the nodes have.
    pub room: fn(&Room) -> Sentence,
}
