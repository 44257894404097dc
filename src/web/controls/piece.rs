//! A piece of the page that is drawn again only if what it shows has changed. Yew generates the life cycle of every
//! component type, several KB of WebAssembly each; here there is one type for all, and pieces differ in what they draw.

use std::any::{Any, type_name};
use std::rc::Rc;
use yew::functional::{Hook, HookContext};
use yew::prelude::*;
use yew::virtual_dom::{Key, VChild};

/// What a piece shows, and how it is drawn.
pub(crate) trait Piece: PartialEq + 'static {
    /// Draws it. A function that uses hooks is made with `#[hook]` and run with them.
    fn draw(&self, hooks: &mut HookContext) -> Html;
}

/// A piece in its place. A piece of another type in the same place starts with fresh hooks.
pub(crate) fn piece<P: Piece>(piece: P) -> Html {
    keyed(Key::from(type_name::<P>()), Rc::new(piece))
}

/// One of many pieces in a list.
pub(crate) fn piece_of_list<P: Piece>(key: impl Into<Key>, piece: P) -> Html {
    keyed(key.into(), Rc::new(piece))
}

fn keyed(key: Key, piece: Rc<dyn AnyPiece>) -> Html {
    VChild::<Shown>::new(ShownProps { piece }, Some(key)).into()
}

/// [`Piece`] without its type, to be held by the one component.
trait AnyPiece {
    fn draw_any(&self, hooks: &mut HookContext) -> Html;
    fn shows_the_same(&self, other: &dyn AnyPiece) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<P: Piece> AnyPiece for P {
    fn draw_any(&self, hooks: &mut HookContext) -> Html {
        self.draw(hooks)
    }

    fn shows_the_same(&self, other: &dyn AnyPiece) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Properties)]
struct ShownProps {
    piece: Rc<dyn AnyPiece>,
}

impl PartialEq for ShownProps {
    fn eq(&self, other: &ShownProps) -> bool {
        self.piece.shows_the_same(&*other.piece)
    }
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    use_drawing(&*props.piece)
}

struct Drawing<'p>(&'p dyn AnyPiece);

fn use_drawing(piece: &dyn AnyPiece) -> Drawing<'_> {
    Drawing(piece)
}

impl Hook for Drawing<'_> {
    type Output = Html;

    fn run(self, hooks: &mut HookContext) -> Html {
        self.0.draw_any(hooks)
    }
}
