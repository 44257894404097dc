//! A piece of the page whose drawing may come later: how it is drawn is in a chunk of the program. Until then its place
//! says that it is being loaded, and if it cannot be had, that something is missing, with a way to try again.

use super::button::{button, icon_button, press};
use super::piece::{Piece, piece};
use crate::late::Late;
use crate::texts::Lang;
use crate::web::browser::chunks;
use crate::web::browser::listener::Listener;
use crate::web::state::action::Action;
use std::rc::Rc;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// How a piece is drawn.
pub(crate) type Drawing<P> = fn(&P, &mut HookContext) -> Html;

/// A piece whose drawing may come later: [`drawn_late`] makes one.
pub(crate) trait LatePiece: PartialEq + Sized + 'static {
    /// Where its drawing will be.
    fn slot() -> &'static Late<Drawing<Self>>;
    /// Its chunk is there. Only the chunk calls this: it names the drawing.
    #[cfg(feature = "chunks")]
    fn bring();
    /// In which language its place says that it is missing, and who tries again.
    fn host(&self) -> (Lang, &Callback<Action>);
    /// What closes it, if it lies over the page: so does what stands in for it.
    fn on_close(&self) -> Option<Callback<MouseEvent>> {
        None
    }
}

/// A piece whose drawing may come later: its type; what of it has its language and takes its actions; how it is drawn; what
/// closes it, if something does.
macro_rules! drawn_late {
    ($piece:ty, |$from:ident| $host:expr, $drawing:expr $(, |$of:ident| $on_close:expr)?) => {
        const _: () = {
            use $crate::late::Late;
            use $crate::web::controls::late::{Drawing, LatePiece};

            static DRAWING: Drawing<$piece> = $drawing;
            static SLOT: Late<Drawing<$piece>> = Late::new(&DRAWING);

            impl LatePiece for $piece {
                fn slot() -> &'static Late<Drawing<$piece>> {
                    &SLOT
                }

                #[cfg(feature = "chunks")]
                fn bring() {
                    SLOT.bring(&DRAWING);
                }

                fn host(&self) -> ($crate::texts::Lang, &yew::Callback<$crate::web::state::action::Action>) {
                    let $from = self;
                    let host = $host;
                    (host.lang, &host.on_action)
                }

                $(fn on_close(&self) -> Option<yew::Callback<yew::MouseEvent>> {
                    let $of = self;
                    Some($on_close)
                })?
            }
        };
    };
}
pub(crate) use drawn_late;

/// A piece in its place, or what stands in for it.
pub(crate) fn late_piece<P: LatePiece>(props: P) -> Html {
    piece(Place(Rc::new(props)))
}

#[derive(PartialEq)]
struct Place<P: LatePiece>(Rc<P>);

impl<P: LatePiece> Piece for Place<P> {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        use_chunks(is_there::<P>).run(hooks);
        match P::slot().get() {
            Some(drawing) => piece(Here { drawing: *drawing, props: Rc::clone(&self.0) }),
            None => missing(self.0.host(), self.0.on_close()),
        }
    }
}

/// A piece whose drawing is here.
struct Here<P: LatePiece> {
    drawing: Drawing<P>,
    props: Rc<P>,
}

impl<P: LatePiece> PartialEq for Here<P> {
    fn eq(&self, other: &Here<P>) -> bool {
        self.props == other.props
    }
}

impl<P: LatePiece> Piece for Here<P> {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        (self.drawing)(&self.props, hooks)
    }
}

fn is_there<P: LatePiece>() -> bool {
    P::slot().get().is_some()
}

/// Draws again whenever a chunk has come, or could not be had.
#[hook]
fn use_chunks(is_there: fn() -> bool) {
    let update = use_force_update();
    let was_there = is_there();
    use_effect_with((), move |()| {
        // It may have come between the drawing and now, when nobody listened yet.
        if !was_there && is_there() {
            update.force_update();
        }
        let listener = chunks::target().map(|target| {
            Listener::new(&target, chunks::SETTLED, Callback::from(move |_: Event| update.force_update()))
        });
        move || drop(listener)
    });
}

/// Says that a part of the page is on its way, or cannot be had.
fn missing((lang, on_action): (Lang, &Callback<Action>), on_close: Option<Callback<MouseEvent>>) -> Html {
    let words = lang.page();
    let is_coming = chunks::is_coming();
    let class = classes!("late", is_coming.then_some("coming"), on_close.as_ref().map(|_| "over-page"));
    html! {
        <div {class} role="status">
            <p>{ if is_coming { words.part_coming } else { words.part_missing } }</p>
            if !is_coming { { button("btn ring", None, words.try_again, press(on_action, Action::FetchChunks)) } }
            if on_close.is_some() { { icon_button("btn icon", "close", words.close, on_close) } }
        </div>
    }
}
