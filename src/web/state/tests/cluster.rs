//! Gestures of the cluster's table.

use super::*;
use crate::cluster::inventory::NodeGroup;
use crate::manifest::edit::{ClusterChange, ClusterLine, ClusterList};
use crate::web::state::part::{Part, Tab};
use serde_json::json;

pub(super) fn node(name: &str) -> Action {
    Action::ChangeCluster(ClusterChange::Add(ClusterLine::Node(NodeGroup {
        name: name.into(),
        count: None,
        capacity: Vec::new(),
        labels: Rc::default(),
        taints: Rc::default(),
    })))
}

pub(super) fn step(cpu: Option<i64>) -> Action {
    let cpu = cpu.map(|cpu| json!(cpu));
    Action::StepCluster(ClusterChange::Set(ClusterList::Nodes, 0, "capacity.cpu".to_owned(), cpu))
}

impl Page {
    /// The nodes of the text, and their cpu where it is written.
    pub(super) fn nodes(&self) -> Vec<(String, Option<String>)> {
        let nodes = &self.state.draft.text.reading().scenario.cluster.inventory.nodes;
        let cpu = |group: &NodeGroup| group.capacity.first().map(|(_, amount)| amount.to_string());
        nodes.iter().flat_map(|groups| groups.iter()).map(|group| (group.name.to_string(), cpu(group))).collect()
    }
}

#[test]
fn the_table_stays_in_sight_for_what_it_shows() {
    let mut page = Page::open(JOB);
    page.act(Action::ShowTab(Tab::Cluster));
    page.act(node("node-1"));
    assert_eq!((page.nodes(), page.state.tab), (vec![("node-1".to_owned(), None)], Tab::Cluster));
    page.act(Action::Undo);
    assert_eq!((page.text(), page.state.tab), (JOB, Tab::Cluster));
    page.act(Action::Redo);
    page.act(Page::restart_at(3));
    assert_eq!(page.state.tab, Tab::Text(Part::Scenario), "an input is not in the table");
}

#[test]
fn steps_of_a_number_in_the_table_are_one_change() {
    let mut page = Page::open(JOB);
    page.act(node("node-1"));
    let before = page.text().to_owned();
    for cpu in [5, 6, 7] {
        page.act(step(Some(cpu)));
    }
    page.act(Action::EndSteps);
    page.act(step(Some(8)));
    page.act(Action::Undo);
    assert_eq!(page.nodes(), [("node-1".to_owned(), Some("7".to_owned()))]);
    page.act(Action::Undo);
    assert_eq!(page.text(), before);
    page.act(step(Some(5)));
    page.act(step(None));
    assert_eq!(page.text(), before, "dragged back to where it was");
}
