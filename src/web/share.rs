//! Sharing: a sheet with the link to the text, what is pasted into pages of others, and what can be saved. All of it comes
//! when it is opened: [`sheet`] is the one way in.

mod draw;
mod made;
mod png;
mod props;
mod run;

pub(crate) use props::ShareProps;
use yew::prelude::*;

/// How the sheet is drawn.
pub(crate) type Draw = fn(ShareProps) -> Html;

/// Fetches it.
pub(crate) async fn sheet() -> Draw {
    draw::sheet
}
