//! What the editor's card is opened for: where the pointer rests, or the caret stands.

use super::card::{self, By, Hands, OpenCard, Subject};
use super::sight::Hit;
use super::{Editor, EditorMessage};
use crate::explain::{Counterfactual, FieldEffect};
use crate::late::Late;
use crate::recording::Recording;
use crate::scenario::Scenario;
use crate::texts::Lang;
use crate::texts::help::Help;
use crate::web::browser;
use yew::prelude::*;

/// The run without a field is not made if it takes more steps than this: some milliseconds.
const WITHOUT_STEPS: usize = 3_000;

/// The run without what had an effect.
type Without = fn(&Recording, &Scenario, &FieldEffect) -> Option<Counterfactual>;

/// It comes with a chunk.
pub(crate) static WITHOUT: Late<Without> = Late::new(&RUN_WITHOUT);
pub(crate) static RUN_WITHOUT: Without = |recording, scenario, effect| {
    Counterfactual::without(recording, scenario, effect.source, effect.field, WITHOUT_STEPS)
};

impl Editor {
    pub(super) fn help(&self, lang: Lang) -> Option<&Help> {
        self.help.as_ref().filter(|(known, _)| *known == lang).map(|(_, help)| help)
    }

    /// Fetches the paragraphs about fields, once for each language.
    pub(super) fn ask_for_help(&mut self, ctx: &Context<Editor>) {
        let lang = ctx.props().stage.lang;
        if self.help_asked != Some(lang) && self.help(lang).is_none() {
            self.help_asked = Some(lang);
            let link = ctx.link().clone();
            browser::files::fetch(&format!("static/{}", lang.help_file()), move |file| {
                link.send_message(EditorMessage::Help(lang, file.unwrap_or_default()));
            });
        }
    }

    pub(super) fn aim(&mut self, ctx: &Context<Editor>, subject: Option<Subject>) {
        if subject.is_some() {
            self.ask_for_help(ctx);
        }
        self.hover.aim(subject, ctx.link());
    }

    pub(super) fn rested(&mut self, ctx: &Context<Editor>) -> bool {
        match self.hover.aimed().filter(|subject| subject.bytes.end <= ctx.props().reading.text.len()) {
            Some(subject) => self.open(ctx, subject, By::Pointer),
            None => self.hover.close_if(By::Pointer),
        }
    }

    pub(super) fn card_of_caret(&mut self, ctx: &Context<Editor>) -> bool {
        self.ask_for_help(ctx);
        let Some(caret) = self.selection().map(|selection| selection.start) else { return false };
        let props = ctx.props();
        let at = Subject::at(props, &self.layer, Hit::Byte(caret - self.layer.range.start));
        let line = || Subject::at(props, &self.layer, Hit::Gutter(self.layer.line_at(caret)));
        match at.or_else(line) {
            Some(subject) => {
                let opened = self.open(ctx, subject, By::Key);
                self.said = self
                    .hover
                    .card
                    .as_ref()
                    .map(|card| card::spoken(props, &self.layer, card, self.help(props.stage.lang)))
                    .unwrap_or_default();
                opened
            }
            None => {
                self.said = props.stage.lang.editor().nothing_to_say.to_owned();
                true
            }
        }
    }

    pub(super) fn open(&mut self, ctx: &Context<Editor>, subject: Subject, by: By) -> bool {
        let start = self.layer.range.start;
        let within = subject.bytes.start.saturating_sub(start)..subject.bytes.end.saturating_sub(start);
        let spot = self.measure(ctx).and_then(|sight| sight.spot(&within));
        let without = self.without(ctx, &subject);
        spot.is_some_and(|spot| self.hover.open(OpenCard { subject, spot, by, without }))
    }

    /// The run without the field that a card is about; `None` if it would take too long.
    pub(super) fn without(&self, ctx: &Context<Editor>, subject: &Subject) -> Option<Counterfactual> {
        let props = ctx.props();
        let content = subject.content(props, &self.layer);
        let effect = content.effect.filter(|effect| effect.has_decided())?;
        let without = WITHOUT.get()?;
        without(&props.stage.recording, &props.stage.scenario, effect)
    }

    /// Closes the card when the text changes, unless the card itself changed it.
    pub(super) fn follow_text(&mut self, ctx: &Context<Editor>) {
        let keeps = std::mem::take(&mut self.hover.keeps);
        let start = self.hover.card.as_ref().map(|card| card.subject.bytes.start);
        let number = start.filter(|_| keeps).and_then(|at| self.layer.number_at(&ctx.props().reading.text, at));
        match (number, &mut self.hover.card) {
            (Some(number), Some(card)) if !card.subject.is_line => card.subject.bytes = number.span,
            (_, Some(_)) if keeps => {}
            _ => {
                self.hover.close();
            }
        }
    }

    pub(super) fn hands(&self, ctx: &Context<Editor>) -> Hands {
        let link = ctx.link();
        Hands {
            on_action: ctx.props().stage.on_action.clone(),
            on_step: link.callback(EditorMessage::Step),
            on_done: link.callback(|()| EditorMessage::Done),
            on_hold: link.callback(EditorMessage::Held),
        }
    }
}
