//! A line, and what became of it.

use crate::kubectl::beside::called;
use crate::kubectl::{Mention, last_step};
use crate::limits::{CONSOLE_FOLLOWED, CONSOLE_LINES};
use crate::texts::Lang;
use crate::time::Time;
use crate::web::browser;
use crate::web::controls::button::press;
use crate::web::controls::icon::icon;
use crate::web::controls::piece::Piece;
use crate::web::state::action::Action;
use crate::web::state::console::{Entry, Printed, Said};
use crate::web::state::run::Stage;
use crate::web::state::shared::Shared;
use std::rc::Rc;
use yew::functional::HookContext;
use yew::prelude::*;

/// What is shown of a line.
#[derive(PartialEq)]
pub(super) struct EntryProps {
    pub(super) stage: Shared<Stage>,
    pub(super) entry: Shared<Entry>,
    /// Where the playhead is, for what follows it.
    pub(super) playhead: Option<Time>,
    /// The text as it is now, if its last change can be undone.
    pub(super) undoable: Option<Rc<str>>,
}

impl Piece for EntryProps {
    fn draw(&self, _: &mut HookContext) -> Html {
        let Entry { at, line, said, follow, .. } = &*self.entry;
        let format = self.stage.lang.format();
        let mut now = Some(*at);
        let mut row = |at: Time, class: &'static str, body: Html| {
            // A time stands once.
            let is_new = now.replace(at) != Some(at) || class == "cmd";
            html! { <div class={classes!("line", class)}><time>{ is_new.then(|| format.clock_short(at)) }</time>{ body }</div> }
        };
        let typed = html! { <pre lang="en"><span class="pr" aria-hidden="true">{ "$ " }</span>{ line }</pre> };
        let mut rows = vec![row(*at, "cmd", typed)];
        for said in said {
            rows.push(match said {
                Said::Printed(printed) => {
                    row(printed.at, if printed.is_error { "err" } else { "out-row" }, self.printed(printed))
                }
                Said::Note(note) => {
                    let words = note.text(self.stage.lang, |at| format.clock_short(at));
                    row(*at, "said", html! { <p>{ words }</p> })
                }
                Said::Locked => row(*at, "err", html! { <pre>{ self.stage.lang.console().locked }</pre> }),
                Said::Broken => row(*at, "err", html! { <pre>{ self.stage.lang.console().broken }</pre> }),
                Said::Added(text) => row(*at, "mine", self.added(text)),
            });
        }
        let followed = follow.as_ref().map_or(&[][..], |follow| follow.shown(self.playhead.unwrap_or(*at)));
        let hidden = followed.len().saturating_sub(CONSOLE_FOLLOWED);
        if hidden > 0 {
            rows.push(row(*at, "out-row", self.more(hidden)));
        }
        for printed in &followed[hidden..] {
            rows.push(row(printed.at, "out-row", self.printed(printed)));
        }
        html! { <div class="turn">{ for rows }</div> }
    }
}

impl EntryProps {
    /// What kubectl prints, word for word; names and statuses lead to what they are about.
    fn printed(&self, printed: &Printed) -> Html {
        let text = &printed.text;
        let lines = text.split_inclusive('\n').take(CONSOLE_LINES);
        let (count, shown) = lines.fold((0, 0), |(count, bytes), line| (count + 1, bytes + line.len()));
        let mut parts = Vec::new();
        let mut at = 0;
        for link in printed.links.iter().filter(|link| link.range.end <= shown) {
            parts.push(html! { { &text[at..link.range.start] } });
            parts.push(self.link(link, printed.at, &text[link.range.clone()]));
            at = link.range.end;
        }
        parts.push(html! { { text[at..shown].trim_end_matches('\n') } });
        let left = printed.lines.saturating_sub(count);
        html! {
            <div class="block">
                <pre lang="en">{ for parts }</pre>
                if left > 0 { { self.more(left) } }
            </div>
        }
    }

    /// That so many lines are not shown.
    fn more(&self, count: usize) -> Html {
        html! { <p class="more">{ (self.stage.lang.console().more_lines)(count) }</p> }
    }

    fn link(&self, link: &Mention, at: Time, text: &str) -> Html {
        let words = self.stage.lang.console();
        let Mention { name, is_status, .. } = link;
        let title = if *is_status { (words.explain)(text, name) } else { (words.show)(name) };
        let (stage, name, is_status) = (self.stage.clone(), Rc::clone(name), *is_status);
        let selection = {
            let (stage, name) = (stage.clone(), Rc::clone(&name));
            move || {
                let snapshot = stage.snapshot(at);
                last_step(&snapshot, called(&name, &snapshot)?)
            }
        };
        let onclick = {
            let (stage, selection) = (stage.clone(), selection.clone());
            Callback::from(move |_: MouseEvent| {
                if let Some(selection) = selection() {
                    // A status is explained where it began; a name stays where the playhead is.
                    let action = if is_status { Action::Select(Some(selection)) } else { Action::Pick(selection) };
                    stage.on_action.emit(action);
                }
            })
        };
        let point = move |on: bool| {
            let selection = selection.clone();
            move || browser::point_at(selection().and_then(|selection| selection.object).filter(|_| on))
        };
        let (enter, leave) = (point(true), point(false));
        let (focus, blur) = (enter.clone(), leave.clone());
        html! {
            <button type="button" class="link" {title} {onclick}
                onmouseenter={Callback::from(move |_: MouseEvent| enter())} onmouseleave={Callback::from(move |_: MouseEvent| leave())}
                onfocus={Callback::from(move |_: FocusEvent| focus())} onblur={Callback::from(move |_: FocusEvent| blur())}>{ text.to_owned() }</button>
        }
    }

    fn added(&self, text: &Rc<str>) -> Html {
        let words = self.stage.lang.console();
        let undo = press(&self.stage.on_action, Action::Undo);
        let can_undo = self.undoable.as_ref() == Some(text);
        html! {
            <div>
                { icon("bolt") }<span>{ words.added }</span>
                if can_undo { <button type="button" class="link" onclick={undo}>{ words.undo }</button> }
            </div>
        }
    }
}

/// How many lines are there that follow the playhead.
pub(super) fn followed(entry: &Entry, playhead: Time) -> usize {
    entry.follow.as_ref().map_or(0, |follow| follow.shown(playhead).len())
}

/// About how many nodes of the document it takes.
pub(super) fn nodes(entry: &Entry, playhead: Time) -> usize {
    const OF_ROW: usize = 7;
    const OF_LINK: usize = 2;
    const OF_FOLLOWED: usize = OF_ROW + 2 * OF_LINK;
    let followed = followed(entry, playhead).min(CONSOLE_FOLLOWED);
    (1 + entry.said.len()) * OF_ROW + entry.links() * OF_LINK + followed * OF_FOLLOWED
}

/// As text, with what the page adds behind `#`.
pub(super) fn written(entry: &Entry, playhead: Time) -> String {
    let mut text = format!("$ {}\n", entry.line);
    for said in &entry.said {
        match said {
            Said::Printed(printed) => text += &printed.text,
            Said::Note(note) => {
                let words = note.text(Lang::En, |at| Lang::En.format().clock_short(at));
                text += &format!("# {words}\n");
            }
            Said::Added(_) | Said::Locked | Said::Broken => {}
        }
    }
    let lines = entry.follow.iter().flat_map(|follow| follow.shown(playhead));
    text.extend(lines.map(|line| &*line.text));
    text
}
