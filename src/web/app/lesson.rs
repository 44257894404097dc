//! What lessons ask of the world outside the state.

use super::{App, AppMessage, slot};
use crate::web::browser::{address, files};
use crate::web::state::effect::Effect;
use crate::web::state::lesson::{Shelf, shelf};
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
            Effect::KeepProgress => return slot::keep_progress(&mut self.state, slot::KEEPING),
            Effect::ForgetProgress => return slot::forget_progress(&mut self.state, slot::KEEPING),
            Effect::SaveProgress => {
                files::save(self.state.preferences.lang.learn().file, &self.state.learn.progress.written());
            }
            _ => {}
        }
        Vec::new()
    }

    /// The lessons are fetched when someone wants them.
    fn fetch_lessons(&mut self, ctx: &Context<App>) {
        if matches!(self.state.learn.shelf, Shelf::Absent | Shelf::Missing) {
            self.state.learn.shelf = Shelf::Asked;
            let link = ctx.link().clone();
            files::fetch(shelf::FILE, move |file| link.send_message(AppMessage::Lessons(file)));
        }
    }
}
