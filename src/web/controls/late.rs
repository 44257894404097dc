//! A piece of the page whose drawing may come later: how it is drawn is in a chunk of the program. Until then its place
//! says that it is being loaded, and if it cannot be had, that something is missing, with a way to try again.

use super::button::{button, icon_button};
use super::piece::{Piece, piece};
use crate::late::Late;
use crate::texts::Lang;
use crate::web::browser::listener::Listener;
use crate::web::browser::{self, chunks};
use crate::web::state::action::Action;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
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
        let stand_in = use_stand_in(is_there::<P>()).run(hooks);
        match P::slot().get() {
            Some(drawing) => piece(Here { drawing: *drawing, props: Rc::clone(&self.0) }),
            None => missing(self.0.host(), self.0.on_close(), stand_in),
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

/// Whether its drawing is here.
pub(crate) fn is_there<P: LatePiece>() -> bool {
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

/// What stands in for a piece. If the focus is in it when the piece comes, it goes to the piece, or to what is around.
#[hook]
fn use_stand_in(is_there: bool) -> NodeRef {
    let stand_in = use_node_ref();
    let place = stand_in.cast::<Element>().filter(|_| is_there).and_then(|element| place_of_focus(&element));
    use_effect_with(is_there, move |_| {
        // Some pieces take the focus by themselves.
        let Some((around, at)) = place.filter(|_| browser::first::<Element>(":focus").is_none()) else { return };
        let first = around.children().item(at).and_then(|piece| first_to_focus(&piece));
        if let Some(element) = first.or_else(|| around.closest("[tabindex]").ok()??.dyn_into::<HtmlElement>().ok()) {
            // A page that refuses the focus keeps working.
            let _ = element.focus();
        }
    });
    stand_in
}

/// If the focus is in this element: what the element is in, and at which place.
fn place_of_focus(element: &Element) -> Option<(Element, u32)> {
    if !element.matches(":focus-within").unwrap_or(false) {
        return None;
    }
    let around = element.parent_element()?;
    let children = around.children();
    let at = (0..children.length()).find(|at| children.item(*at).as_ref() == Some(element))?;
    Some((around, at))
}

/// What can have the focus, of an element and all that is in it.
fn first_to_focus(element: &Element) -> Option<HtmlElement> {
    const CAN: &str = "button, input, textarea, select, a[href], summary, [tabindex]";
    match element.matches(CAN).unwrap_or(false) {
        true => element.clone().dyn_into().ok(),
        false => browser::first_in(element, CAN),
    }
}

/// Says that a part of the page is on its way, or cannot be had.
fn missing(
    (lang, on_action): (Lang, &Callback<Action>),
    on_close: Option<Callback<MouseEvent>>,
    stand_in: NodeRef,
) -> Html {
    let words = lang.page();
    let is_coming = chunks::is_coming();
    // The button goes when it was pressed: what it stands in has the focus from then on.
    let again = on_action.reform({
        let stand_in = stand_in.clone();
        move |_: MouseEvent| {
            if let Some(stand_in) = stand_in.cast::<HtmlElement>() {
                // A page that refuses the focus keeps working.
                let _ = stand_in.focus();
            }
            Action::FetchChunks
        }
    });
    let class = classes!("late", is_coming.then_some("coming"), on_close.as_ref().map(|_| "over-page"));
    html! {
        <div {class} role="status" tabindex="-1" ref={stand_in}>
            <p>{ if is_coming { words.part_coming } else { words.part_missing } }</p>
            if !is_coming { { button("btn ring", None, words.try_again, again) } }
            if on_close.is_some() { { icon_button("btn icon", "close", words.close, on_close) } }
        </div>
    }
}
