//! The editor and the pointer: cards where it rests, marks that are pressed, numbers that are dragged; and how a number
//! is stepped, by pointer or by key.

use super::Editor;
use super::card::{By, Subject};
use super::number::Number;
use super::sight::Hit;
use super::text_box::Replacement;
use crate::web::controls::drag::capture;
use crate::web::state::action::Action;
use std::rc::Rc;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// How far the pointer is dragged for one step of a number.
const STEP_PIXELS: f64 = 6.0;

/// A number that is being dragged.
pub(super) struct Drag {
    number: Number,
    from: f64,
}

/// The whole text as the box has it. Keys come faster than a text is read: of what was read a step would be lost.
fn written(ctx: &Context<Editor>, text_box: &HtmlTextAreaElement) -> String {
    let props = ctx.props();
    props.part.spliced(&props.reading.text, &text_box.value())
}

impl Editor {
    /// Steps the number at a byte of the whole text. Returns whether there is one.
    pub(super) fn step_at(&self, ctx: &Context<Editor>, byte: usize, by: i64) -> bool {
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return false };
        let Some(number) = self.layer.number_at(&written(ctx, &text_box), byte) else { return false };
        self.write(ctx, &number, number.stepped(by));
        true
    }

    /// Writes another value in place of a number. The caret stays in it.
    pub(super) fn write(&self, ctx: &Context<Editor>, number: &Number, value: i64) {
        let Some(text_box) = self.text_box.cast::<HtmlTextAreaElement>() else { return };
        // While it is dragged it may have fewer digits or more than at the start.
        let Some(now) = self.layer.number_at(&written(ctx, &text_box), number.span.start) else { return };
        let start = self.layer.range.start;
        let text = value.to_string();
        let end = now.span.start - start + text.len();
        Replacement { range: now.span.start - start..now.span.end - start, text, selection: end..end }.make(&text_box);
        let text = written(ctx, &text_box);
        ctx.props().stage.on_action.emit(Action::StepNumber { text, number: number.span.start });
    }

    pub(super) fn step_card(&mut self, ctx: &Context<Editor>, by: i64) {
        if let Some(card) = &self.hover.card {
            let at = card.subject.content(ctx.props(), &self.layer).number.map(|number| number.span.start);
            if let Some(at) = at {
                self.hover.keeps = true;
                self.step_at(ctx, at, by);
            }
        }
    }

    pub(super) fn pointer_moved(&mut self, ctx: &Context<Editor>, event: &PointerEvent) -> bool {
        if let Some(drag) = &self.drag {
            event.prevent_default();
            let steps = ((f64::from(event.client_x()) - drag.from) / STEP_PIXELS) as i64;
            let value = drag.number.stepped(if event.shift_key() { steps * 10 } else { steps });
            self.write(ctx, &drag.number, value);
            return false;
        }
        if event.pointer_type() == "touch" || event.buttons() != 0 {
            return false;
        }
        let hit =
            self.measure(ctx).and_then(|sight| sight.hit(f64::from(event.client_x()), f64::from(event.client_y())));
        self.set_cursor(ctx, hit, event.alt_key());
        let subject = hit.and_then(|hit| Subject::at(ctx.props(), &self.layer, hit));
        self.aim(ctx, subject);
        false
    }

    /// With Alt a number can be dragged; a mark in the gutter can be pressed.
    pub(super) fn set_cursor(&self, ctx: &Context<Editor>, hit: Option<Hit>, alt: bool) {
        let byte = match hit {
            Some(Hit::Byte(byte)) if alt => Some(self.layer.range.start + byte),
            _ => None,
        };
        let number = byte.and_then(|byte| self.layer.number_at(&ctx.props().reading.text, byte));
        let pressed = matches!(hit, Some(Hit::Gutter(_)));
        if let Some(text_box) = self.text_box.cast::<HtmlElement>() {
            let class = if number.is_some() {
                "drags"
            } else if pressed {
                "gutter"
            } else {
                ""
            };
            text_box.set_class_name(class);
        }
    }

    pub(super) fn pointer_down(&mut self, ctx: &Context<Editor>, event: &PointerEvent) -> bool {
        let Some(sight) = self.measure(ctx).filter(|_| event.button() == 0) else { return false };
        match sight.hit(f64::from(event.client_x()), f64::from(event.client_y())) {
            Some(Hit::Gutter(line)) => {
                let subject = Subject::at(ctx.props(), &self.layer, Hit::Gutter(line));
                let Some(subject) = subject else { return false };
                event.prevent_default();
                let content = subject.content(ctx.props(), &self.layer);
                match content.effect.filter(|effect| effect.has_decided() && content.remarks.is_empty()) {
                    Some(effect) => {
                        ctx.props().stage.on_action.emit(Action::Cycle(Rc::clone(&effect.marks)));
                        self.hover.close()
                    }
                    None => self.open(ctx, subject, By::Key),
                }
            }
            Some(Hit::Byte(byte)) if event.alt_key() => {
                let text = &ctx.props().reading.text;
                let Some(number) = self.layer.number_at(text, self.layer.range.start + byte) else { return false };
                event.prevent_default();
                if let Some(text_box) = self.text_box.cast::<HtmlElement>() {
                    capture(&text_box, event.pointer_id());
                }
                self.drag = Some(Drag { number, from: f64::from(event.client_x()) });
                self.hover.close()
            }
            _ => self.hover.close(),
        }
    }

    pub(super) fn let_go(&mut self, ctx: &Context<Editor>) -> bool {
        if self.drag.take().is_some() {
            ctx.props().stage.on_action.emit(Action::EndSteps);
        }
        false
    }
}
