//! The console: kubectl on the cluster of the run, at the time of the playhead. Below each line what it printed, with the
//! time at which that was so; what kubectl prints stands as it is, what the page adds behind a rule.

mod entry;
mod prompt;

use crate::limits::CONSOLE_NODES;
use crate::time::Time;
use crate::web::controls::button::{button, press};
use crate::web::controls::late::drawn_late;
use crate::web::controls::piece::{piece, piece_of_list};
use crate::web::state::action::Action;
use crate::web::state::console::{ConsoleAction, Entry};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use entry::EntryProps;
use prompt::PromptProps;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::functional::Hook;
use yew::prelude::*;

/// What the console shows.
#[derive(Clone, PartialEq)]
pub(crate) struct ConsoleProps {
    pub(crate) stage: Shared<Stage>,
    pub(crate) playhead: Time,
    pub(crate) entries: Shared<Vec<Shared<Entry>>>,
    pub(crate) history: Shared<Vec<Rc<str>>>,
    /// Whether a command waits for the run, or follows the playhead.
    pub(crate) is_busy: bool,
    pub(crate) is_following: bool,
    /// The text as it is now, if its last change can be undone.
    pub(crate) undoable: Option<Rc<str>>,
}

drawn_late!(ConsoleProps, |props| &props.stage, |props, hooks| use_console(props).run(hooks));

/// Lines to begin with.
const TRIES: [&str; 3] = ["kubectl get pods", "kubectl get events", "help"];

#[hook]
fn use_console(props: &ConsoleProps) -> Html {
    let log = use_node_ref();
    // What is new comes into sight.
    let shown =
        props.entries.last().map(|entry| (entry.number, entry.said.len(), entry::followed(entry, props.playhead)));
    use_effect_with(shown, {
        let log = log.clone();
        move |_| {
            if let Some(log) = log.cast::<HtmlElement>() {
                log.set_scroll_top(log.scroll_height());
            }
        }
    });
    let words = props.stage.lang.console();
    let act = |action| press(&props.stage.on_action, Action::Console(action));
    let first = first_shown(props);
    let entries = props.entries[first..].iter().map(|entry| {
        let is_last = props.entries.last() == Some(entry);
        piece_of_list(
            entry.number,
            EntryProps {
                stage: props.stage.clone(),
                entry: entry.clone(),
                // What is printed already does not change with the playhead.
                playhead: entry.follow.as_ref().filter(|follow| follow.ended.is_none()).map(|_| props.playhead),
                undoable: props.undoable.clone().filter(|_| is_last),
            },
        )
    });
    html! {
        <div class="console">
            <div class="con" role="log" aria-label={words.log} tabindex="0" ref={log}>
                if props.entries.is_empty() { { invitation(props) } }
                if first > 0 { <p class="more">{ (words.earlier)(first) }</p> }
                { for entries }
            </div>
            if props.is_busy {
                <p class="goes-on">
                    <span role="status">{ if props.is_following { words.follows } else { words.waits } }</span>
                    { button("btn ring", None, words.stop, act(ConsoleAction::Stop)) }
                </p>
            }
            { piece(PromptProps {
                stage: props.stage.clone(),
                playhead: props.playhead,
                history: props.history.clone(),
                is_busy: props.is_busy,
                has_lines: !props.entries.is_empty(),
            }) }
        </div>
    }
}

/// The oldest line that is shown: the newest ones are, up to a number of nodes, and the last one always.
fn first_shown(props: &ConsoleProps) -> usize {
    let mut left = CONSOLE_NODES;
    let fits = |entry: &&Shared<Entry>| {
        let nodes = entry::nodes(entry, props.playhead);
        let fits = nodes <= left;
        left = left.saturating_sub(nodes);
        fits
    };
    let shown = props.entries.iter().rev().take_while(fits).count().max(1);
    props.entries.len().saturating_sub(shown)
}

/// What an empty console says.
fn invitation(props: &ConsoleProps) -> Html {
    let words = props.stage.lang.console();
    let job = props.stage.scenario.manifests.first().and_then(|manifest| manifest.value["metadata"]["name"].as_str());
    let describe = job.map(|job| format!("kubectl describe job {job}"));
    let tries = describe.into_iter().chain(TRIES.map(str::to_owned)).map(|line| {
        let onclick = press(&props.stage.on_action, Action::Console(ConsoleAction::Run(line.clone())));
        html! { <button type="button" class="link" lang="en" {onclick}><code>{ line }</code></button> }
    });
    html! {
        <div class="invites">
            <p>{ words.invitation }</p>
            <p class="tries"><span>{ words.tries }</span>{ for tries }</p>
        </div>
    }
}

/// All that is in the console, as text.
pub(crate) fn written(entries: &[Shared<Entry>], playhead: Time) -> String {
    entries.iter().map(|entry| entry::written(entry, playhead)).collect()
}
