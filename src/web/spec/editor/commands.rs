//! What the keys and chips of the editor do, and the list of completions at the caret.

use super::card::By;
use super::chips::Chip;
use super::key_bindings::{self, KeyCommand};
use super::list::{self, OpenList};
use super::text_box::{self, Replacement};
use super::{Editor, typing};
use crate::web::state::action::Action;
use std::ops::Range;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

impl Editor {
    /// Carries out a key; undo and redo are the page's. Returns whether the editor has to be drawn again.
    pub(super) fn key(&mut self, ctx: &Context<Editor>, event: &KeyboardEvent) -> bool {
        let Some(key) = key_bindings::of(event).filter(|_| !self.composing) else { return false };
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return false };
        if let Some(chosen) = self.list_key(ctx, key) {
            event.prevent_default();
            return chosen;
        }
        let (value, selection) = (text_box.value(), text_box::selection(&text_box));
        let spans_lines = typing::spans_lines(&value, &selection);
        let change = match key {
            KeyCommand::Enter => {
                let literal = self.layer.lines.partition_point(|line| line.end < selection.start);
                let is_yaml = !self.layer.literal.get(literal).copied().unwrap_or(false);
                Some(typing::new_line(&value, selection, is_yaml))
            }
            KeyCommand::Tab if spans_lines => Some(typing::indent(&value, selection)),
            KeyCommand::ShiftTab if spans_lines => Some(typing::outdent(&value, selection)),
            KeyCommand::Indent => Some(typing::indent(&value, selection)),
            KeyCommand::Outdent => Some(typing::outdent(&value, selection)),
            KeyCommand::Step(by) if self.step_at(ctx, self.layer.range.start + selection.end, by) => None,
            KeyCommand::Finding(by) => {
                event.prevent_default();
                return self.next_finding(ctx, by);
            }
            KeyCommand::Card => {
                event.prevent_default();
                return self.card_of_caret(ctx);
            }
            KeyCommand::Complete => {
                event.prevent_default();
                return self.suggest(ctx, true);
            }
            KeyCommand::Away | KeyCommand::Choose(_) => {
                return self.list.take().is_some() | self.hover.close_if(By::Key);
            }
            KeyCommand::Tab | KeyCommand::ShiftTab | KeyCommand::Step(_) | KeyCommand::Escape => return false,
        };
        event.prevent_default();
        if let Some(change) = change {
            self.make(ctx, &change);
        }
        false
    }

    pub(super) fn make(&self, ctx: &Context<Editor>, change: &Replacement) {
        if let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() {
            change.make(&text_box);
            self.report(ctx);
        }
    }

    pub(super) fn chip(&mut self, ctx: &Context<Editor>, chip: Chip) -> bool {
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return false };
        let (value, selection) = (text_box.value(), text_box::selection(&text_box));
        let change = match chip {
            Chip::Text(text) => Replacement::insert(selection, text.to_owned()),
            Chip::Indent => typing::indent(&value, selection),
            Chip::Outdent => typing::outdent(&value, selection),
            Chip::Undo => {
                ctx.props().stage.on_action.emit(Action::Undo);
                return false;
            }
            Chip::Card => return self.card_of_caret(ctx),
        };
        self.make(ctx, &change);
        false
    }

    /// Goes to the next finding after the caret, or the one before it; from the last one to the first.
    pub(super) fn next_finding(&mut self, ctx: &Context<Editor>, by: i32) -> bool {
        let props = ctx.props();
        let Some(caret) = self.selection().map(|selection| selection.start) else { return false };
        let mut starts: Vec<&Range<usize>> = props.notes.remarks.iter().map(|remark| &remark.span).collect();
        starts.dedup_by_key(|span| span.start);
        let next = if by > 0 {
            starts.iter().find(|span| span.start > caret).or(starts.first())
        } else {
            starts.iter().rfind(|span| span.start < caret).or(starts.last())
        };
        if let Some(span) = next {
            self.next_card = Some(span.start);
            props.stage.on_action.emit(Action::GoTo((*span).clone()));
        }
        false
    }

    /// Carries out a key of the open list, and returns whether the editor has to be drawn again; `None` if there is no
    /// list, or the key does nothing to it.
    pub(super) fn list_key(&mut self, ctx: &Context<Editor>, key: KeyCommand) -> Option<bool> {
        let list = self.list.as_mut()?;
        match key {
            KeyCommand::Choose(by) => {
                list.choose(by);
                Some(true)
            }
            KeyCommand::Enter => list.chosen.map(|chosen| self.take(ctx, chosen)).or_else(|| {
                self.list = None;
                None
            }),
            KeyCommand::Tab => {
                let chosen = list.chosen.unwrap_or(0);
                Some(self.take(ctx, chosen))
            }
            _ => None,
        }
    }

    /// Opens the list at the caret, or lets it follow the word. Returns whether the editor has to be drawn again.
    pub(super) fn suggest(&mut self, ctx: &Context<Editor>, by_hand: bool) -> bool {
        let had = self.list.take();
        let by_hand = by_hand || had.as_ref().is_some_and(|list| list.by_hand);
        let props = ctx.props();
        let caret = self.selection().filter(|selection| selection.is_empty() && !self.composing);
        let found = caret.and_then(|caret| list::at(&props.reading, caret.start, by_hand));
        let start = self.layer.range.start;
        if let Some((range, items, chosen)) = found
            && let Some(from) = range.start.checked_sub(start)
            && let Some(spot) = self.measure(ctx).and_then(|sight| sight.spot(&(from..from)))
        {
            self.hover.close();
            if had.as_ref().is_none_or(|had| had.items.len() != items.len()) {
                self.said = (props.stage.lang.editor().suggestions)(items.len());
            }
            self.list = Some(OpenList { range, items, chosen, by_hand, spot });
        } else if by_hand && had.is_none() {
            self.said = (props.stage.lang.editor().suggestions)(0);
            return true;
        }
        had != self.list
    }

    /// Writes an item of the list; after a field that has a few values the list goes on with these.
    pub(super) fn take(&mut self, ctx: &Context<Editor>, item: usize) -> bool {
        let Some(list) = self.list.take() else { return false };
        if let Some(change) = list.change(item, self.layer.range.start) {
            self.suggests = change.text.ends_with(": ");
            self.make(ctx, &change);
        }
        true
    }

    /// Scrolls the chosen item into sight.
    pub(super) fn show_chosen(&self) {
        let Some(id) = list::active(self.list.as_ref()) else { return };
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(item) = document.and_then(|document| document.get_element_by_id(&id)) {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            item.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    }
}

/// Whether a letter of a word was typed.
pub(super) fn is_of_word(event: &InputEvent) -> bool {
    let letter = |data: String| data.chars().count() == 1 && data.chars().all(char::is_alphanumeric);
    event.input_type() == "insertText" && event.data().is_some_and(letter)
}
