//! For who writes a lesson: four buttons that write into it, what came of the last one, and what its checks see now.

use crate::lessons::{Checked, Line};
use crate::texts::Lang;
use crate::web::controls::button::press;
use crate::web::controls::icon::icon;
use crate::web::controls::late::drawn_late;
use crate::web::state::action::Action;
use crate::web::state::lesson::{Gesture, LearnAction, Outcome};
use crate::web::state::shared::Shared;
use yew::prelude::*;

/// What an author is shown.
#[derive(Clone, PartialEq)]
pub(crate) struct AuthorProps {
    /// Whether there is a Lesson.
    pub(crate) is_begun: bool,
    /// What was found in the text as it is now; `None` until it has been looked at.
    pub(crate) checked: Option<Shared<Checked>>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) lang: Lang,
    pub(crate) on_action: Callback<Action>,
}

drawn_late!(AuthorProps, |props| props, |props, _| if props.is_begun { props.desk() } else { props.nothing() });

impl AuthorProps {
    fn nothing(&self) -> Html {
        let words = self.lang.workshop();
        html! { <div class="nothing"><p>{ words.no_lesson }</p>{ self.button("btn ring", words.make, words.no_lesson, Gesture::Make) }</div> }
    }

    fn button(&self, class: &'static str, name: &'static str, title: &'static str, gesture: Gesture) -> Html {
        let onclick = press(&self.on_action, Action::Learn(LearnAction::Write(gesture)));
        html! { <button type="button" {class} {title} {onclick}>{ name }</button> }
    }

    fn desk(&self) -> Html {
        let words = self.lang.workshop();
        let said = self.outcome.as_ref().map(|outcome| self.said(outcome));
        html! {
            <section class="author" aria-label={words.lesson}>
                <div class="acts" role="group" aria-label={words.write}>
                    { self.button("btn ring", words.stop_here, words.stop_here_hint, Gesture::Stop) }
                    { self.button("btn ring", words.ask_here, words.ask_here_hint, Gesture::Ask) }
                    { self.button("btn ring", words.solution, words.solution_hint, Gesture::Solution) }
                    { self.button("btn ring", words.try_it, words.try_it_hint, Gesture::Try) }
                </div>
                <p class="said" role="status">{ said.unwrap_or_default() }</p>
                { for self.checked.as_ref().map(|checked| self.observations(checked)) }
            </section>
        }
    }

    fn observations(&self, checked: &Checked) -> Html {
        let words = self.lang.workshop();
        let count = checked.faults.len();
        html! {
            <details class="observed" open=true>
                <summary>{ words.observations }<small>{ if count == 0 { (words.sound)(checked.letters) } else { (words.unsound)(count) } }</small></summary>
                <ul tabindex="0" aria-label={words.observations}>{ for checked.lines.iter().map(|line| self.line(line)) }</ul>
            </details>
        }
    }

    /// What one check sees on the start, and a goal on the solution, too.
    fn line(&self, line: &Line) -> Html {
        let (words, lessons, learn) = (self.lang.workshop(), self.lang.lessons(), self.lang.learn());
        let (glyph, holds) = if line.start.holds { ("tick", learn.reached) } else { ("ring", learn.open) };
        let solution = line.solution.as_ref().map(|solution| (words.on_solution)(&lessons.seen(solution)));
        html! {
            <li>
                { icon(glyph) }<span class="sr">{ holds }{ ": " }</span>
                <code lang="en">{ line.path.clone() }</code>
                <span>{ (lessons.sentence)(&line.check, &line.start) }{ for solution.map(|solution| html! { <small>{ solution }</small> }) }</span>
            </li>
        }
    }

    fn said(&self, outcome: &Outcome) -> String {
        let words = self.lang.workshop();
        match outcome {
            Outcome::NothingSelected => words.nothing_selected.to_owned(),
            Outcome::TooManyStops => words.too_many_stops.to_owned(),
            Outcome::StopIsThere(key) => (words.stop_is_there)(key),
            Outcome::Stop(key) => (words.stop_written)(key),
            Outcome::Ask(at) => (words.ask_written)(&self.lang.format().clock_short(*at)),
            Outcome::NoGoal => words.no_goal_yet.to_owned(),
            Outcome::GoalMissed => words.goal_missed.to_owned(),
            Outcome::Solution => words.solution_written.to_owned(),
            Outcome::SolutionIsStart => words.solution_is_start.to_owned(),
            Outcome::NotReadable => words.not_readable.to_owned(),
        }
    }
}
