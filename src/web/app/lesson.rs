//! The app's part in lessons: what they ask of the world outside the state, and what of the state they show.

use super::{App, AppMessage, slot};
use crate::texts::Lang;
use crate::web::browser::{address, clipboard, files};
use crate::web::controls::button::{button, press};
use crate::web::controls::late::late_piece;
use crate::web::lessons::panel::PanelProps;
use crate::web::lessons::phone;
use crate::web::lessons::{self, AuthorProps, CardProps, QuestionProps};
use crate::web::state::action::Action;
use crate::web::state::effect::Effect;
use crate::web::state::lesson::locks::lines_changed;
use crate::web::state::lesson::own::World;
use crate::web::state::lesson::{LearnAction, OpenLesson, Said, Shelf, Stage};
use crate::web::state::{Slot, State};
use crate::web::why::WhySummary;
use std::rc::Rc;
use yew::prelude::*;

impl App {
    /// Returns what follows from it.
    pub(super) fn carry_out_of_lesson(&mut self, ctx: &Context<App>, effect: Effect) -> Vec<Effect> {
        match effect {
            // The fragment that is there already changes nothing, and tells nobody.
            Effect::GoToFragment(fragment) if address::fragment().as_ref() == Some(&fragment) => {
                return vec![Effect::FollowFragment];
            }
            Effect::GoToFragment(fragment) => address::go_to(&fragment),
            Effect::Then(action) => return self.state.apply(*action),
            Effect::FetchLessons => self.fetch_lessons(ctx),
            Effect::CopyResults => self.copy_results(ctx),
            Effect::KeepHanded => return slot::keep_handed(&mut self.state, slot::KEEPING),
            Effect::KeepProgress => return slot::keep_progress(&mut self.state, slot::KEEPING),
            Effect::ForgetProgress => return slot::forget_progress(&mut self.state, slot::KEEPING),
            Effect::SaveProgress => {
                files::save(self.state.preferences.lang.learn().file, &self.state.learn.progress.written());
            }
            _ => {}
        }
        Vec::new()
    }

    fn copy_results(&mut self, ctx: &Context<App>) {
        let (lines, link) = (self.state.results(address::address_with), ctx.link().clone());
        let copied = lines.clone();
        clipboard::copy_unseen(&lines, move |done| link.send_message(AppMessage::ResultsCopied(copied, done)));
    }

    /// The lessons are fetched when someone wants them.
    fn fetch_lessons(&mut self, ctx: &Context<App>) {
        if let Some(lang) = self.state.asks_for_lessons() {
            let link = ctx.link().clone();
            let name = format!("static/{}", lang.lessons_file());
            files::fetch(&name, move |file| link.send_message(AppMessage::Lessons(lang, file)));
        }
    }
}

impl App {
    /// The card of the lesson that is open.
    pub(super) fn card(&self) -> Option<CardProps> {
        let (state, lesson) = (&self.state, self.state.lesson()?);
        let next = state.learn.next(&lesson.unit.id);
        let next = next.and_then(|unit| Some((Rc::clone(&unit.id), Rc::clone(&unit.prose(self.lang())?.title))));
        Some(CardProps {
            unit: Rc::clone(&lesson.unit).into(),
            stage: lesson.stage,
            guess: lesson.guess,
            truth: lesson.truth,
            stops: lesson.stops,
            stop_at: lesson.stop_at,
            hints: lesson.hints,
            is_seen: lesson.is_seen,
            is_others: lesson.is_others,
            goals: Rc::clone(&lesson.goals),
            is_whole: lesson.locks.is_whole,
            edits: lines_changed(&lesson.unit.start, state.draft.text.as_str()),
            is_folded: lesson.is_folded,
            place: self.place(&lesson.unit.id),
            fragment: state.learn.fragment_of(&lesson.unit.id),
            next,
            is_kept: state.learn.not_kept.is_none(),
            lang: self.lang(),
            on_action: self.on_action.clone(),
        })
    }

    /// Which lesson is open, of how many.
    pub(super) fn lesson_number(&self) -> Option<(usize, usize)> {
        let Slot::Lesson(id) = &self.state.draft.slot else { return None };
        Some(self.state.learn.place(id).map_or((0, 0), |place| (place.number, place.of)))
    }

    /// Where a lesson stands, in words.
    fn place(&self, id: &str) -> Option<String> {
        let placed = self.state.learn.place(id)?;
        let title = match placed.world {
            World::BuiltIn(id) => (self.lang().lessons().world)(id),
            World::Handed(course) => course.title(self.lang()).unwrap_or(self.lang().workshop().untitled),
        };
        Some((self.lang().learn().place)(placed.number, placed.of, title))
    }

    fn lang(&self) -> Lang {
        self.state.preferences.lang
    }

    /// What an author of a lesson can do, where the text is one's own.
    pub(super) fn author(&self) -> Option<AuthorProps> {
        let state = &self.state;
        let is_learned = state.lesson().is_some() || matches!(state.draft.slot, Slot::Lesson(_));
        (!is_learned).then(|| AuthorProps {
            is_begun: state.is_writing(),
            checked: state.learn.writing.checked(state.draft.text.rc()).cloned(),
            outcome: state.learn.writing.outcome(state.draft.text.rc()).cloned(),
            lang: self.lang(),
            on_action: self.on_action.clone(),
        })
    }

    /// The question, while it is open.
    pub(super) fn question(&self) -> Option<Html> {
        let lesson = self.state.lesson().filter(|_| self.state.question().is_some())?;
        Some(late_piece(QuestionProps {
            unit: Rc::clone(&lesson.unit).into(),
            chosen: lesson.chosen,
            cut: self.state.cut_at(),
            narrow: self.narrow,
            lang: self.lang(),
            on_action: self.on_action.clone(),
        }))
    }

    /// All lessons, and how far one came.
    pub(super) fn panel(&self) -> PanelProps {
        let learn = &self.state.learn;
        PanelProps {
            shelf: learn.shelf.clone(),
            handed: learn.handed.clone(),
            progress: learn.progress.clone(),
            open: self.state.lesson().map(|lesson| Rc::clone(&lesson.unit.id)),
            course: learn.course.clone(),
            read_in: learn.read_in,
            results: learn.results.clone(),
            is_kept: learn.not_kept.is_none(),
            lang: self.lang(),
            on_action: self.on_action.clone(),
        }
    }

    /// What the open card of the story says: the sentence of a stop, and why.
    pub(super) fn told(&self) -> Html {
        let stop = self.card().map(|card| phone::stop(&card)).unwrap_or_default();
        html! { <>{ stop }{ late_piece(WhySummary(self.why())) }</> }
    }

    /// Why nothing can be broken now.
    pub(super) fn closed(&self) -> Option<&'static str> {
        let (words, lesson) = (self.lang().learn(), self.state.lesson()?);
        match lesson.stage {
            _ if lesson.is_others => Some(words.read_only),
            Stage::Guess | Stage::Watch => Some(words.faults_closed),
            Stage::Fix if lesson.locks.keeps_inputs => Some(words.faults_kept),
            Stage::Fix | Stage::Kept => None,
        }
    }

    /// Whether something else than the play button is what is to be pressed.
    pub(super) fn has_ink(&self) -> bool {
        match self.state.lesson() {
            Some(lesson) => lesson.is_others || lesson.stage != Stage::Fix,
            None => slot::began_as(&self.state).is_some(),
        }
    }

    /// In the place of the run: a lesson that is not here yet; a film that is cut before anything happens.
    pub(super) fn lesson_waits(&self) -> Option<Html> {
        let words = self.lang().learn();
        if self.state.lesson().is_none() {
            let Slot::Lesson(_) = self.state.draft.slot else { return None };
            let again = press(&self.on_action, Action::Learn(LearnAction::Fetch));
            return Some(match self.state.learn.shelf {
                Shelf::Missing => html! {
                    <div class="empty"><p role="status">{ words.not_fetched }</p>{ button("btn ring", None, self.lang().page().try_again, again) }</div>
                },
                _ => html! { <div class="empty"><p role="status">{ words.fetching }</p></div> },
            });
        }
        let question = self.question().filter(|_| self.state.run.is_empty())?;
        Some(html! {
            <div class="film closed">
                <div class="rows views cut before"><p class="support">{ words.before_answer }</p>{ question }</div>
            </div>
        })
    }

    /// What a screen reader is told of a lesson.
    pub(super) fn lesson_said(&self, said: Said) -> String {
        let lang = self.lang();
        let Some((lesson, prose)) = self.state.lesson().and_then(|lesson| Some((lesson, lesson.prose(lang)?))) else {
            return String::new();
        };
        lessons::plain(&match said {
            Said::Answer => answer(&self.state, lesson),
            Said::Stop(number) => {
                let stop = lesson.lesson().stops.get(number).map_or("", |stop| lessons::stop_words(prose, &stop.key));
                stop.to_owned()
            }
            Said::Goals(met, of) => (lang.learn().goals_told)(met, of),
            Said::Kept => format!("{} {}", lang.learn().steps[3], prose.takeaway),
        })
    }
}

/// The answer that holds, in words.
fn answer(state: &State, lesson: &OpenLesson) -> String {
    let lang = state.preferences.lang;
    let key = lesson.lesson().ask.as_ref().zip(lesson.truth).and_then(|(ask, truth)| Some(&ask.options.get(truth)?.0));
    let say = key.zip(lesson.prose(lang)).map_or("", |(key, prose)| lessons::say(prose, key));
    (lang.learn().answered)(say)
}
