//! What the scheduler asked of each node, as a table: only the answer that refused carries the thread.

use crate::cluster::reason::Reason;
use crate::cluster::told::Told;
use crate::explain::{self, NodeAnswer, NodeFilter, NodeRow, NodeTable, Selection};
use crate::texts::explain::NodeWords;
use crate::web::state::run::Stage;
use yew::prelude::*;

/// The table, and the scheduler's own words below it; nothing where a step is about something else.
pub(super) fn nodes(stage: &Stage, selected: Selection) -> Html {
    let Some(table) = explain::node_table(&stage.recording, &stage.scenario, selected.step) else {
        return Html::default();
    };
    let words = stage.lang.explain().nodes;
    let at = stage.recording.step(selected.step).at;
    let message = stage.recording.reasons(stage.recording.step(selected.step)).iter().find_map(|reason| match reason {
        Reason::Told(Told::Unschedulable { message, .. } | Told::UnschedulableAgain { message, .. }) => Some(message),
        _ => None,
    });
    html! {
        <div class="asked">
            <h3 id="why-nodes">{ (words.asked_at)(at) }</h3>
            // Wider than a phone: it scrolls in itself, and can be reached by Tab for that.
            <div class="scrolls" tabindex="0" role="group" aria-labelledby="why-nodes">
                <table class="filters" aria-labelledby="why-nodes">
                    <thead><tr>
                        <th scope="col">{ words.node }</th>
                        <th scope="col" class="first">{ words.refuses }</th>
                        { for table.filters.iter().map(|filter| html! { <th scope="col" class={number(filter)}>{ (words.filter)(filter) }</th> }) }
                        <th scope="col">{ words.answer }</th>
                    </tr></thead>
                    <tbody>{ for table.rows.iter().map(|row| node(stage, words, &table, row)) }</tbody>
                </table>
            </div>
            if table.more > 0 { <p class="quiet">{ (words.more)(table.more) }</p> }
            if let Some(message) = message { <code class="message" lang="en">{ &**message }</code> }
        </div>
    }
}

fn node(stage: &Stage, words: &'static NodeWords, table: &NodeTable, row: &NodeRow) -> Html {
    let cells = table.filters.iter().zip(&row.cells).map(|(filter, cell)| {
        let state = match cell.answer {
            NodeAnswer::Refuses(_) => Some("refuses"),
            NodeAnswer::NotAsked => Some("off"),
            NodeAnswer::Passes => None,
        };
        html! { <td class={classes!(number(filter), state)}>{ words.cell(filter, cell) }</td> }
    });
    // Where the whole table is too wide, what refused comes first, with its question.
    let first = table.filters.iter().zip(&row.cells).find(|(_, cell)| matches!(cell.answer, NodeAnswer::Refuses(_)));
    let first = first.map(|(filter, cell)| html! { <><span>{ (words.filter)(filter) }</span>{ " " }<b>{ words.cell(filter, cell) }</b></> });
    let answers: Vec<String> = row.obstacles.iter().map(|obstacle| obstacle.text().into_owned()).collect();
    html! {
        <tr>
            <th scope="row">{ stage.recording.node_name(row.node).unwrap_or_default() }</th>
            <td class="first">{ first.unwrap_or_default() }</td>
            { for cells }
            <td class="answer" lang="en">{ answers.join(", ") }</td>
        </tr>
    }
}

/// Numbers stand to the right.
fn number(filter: &NodeFilter) -> Option<&'static str> {
    matches!(filter, NodeFilter::Resource { .. } | NodeFilter::Pods).then_some("n")
}
