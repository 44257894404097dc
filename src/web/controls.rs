//! What every region is built from: pieces that are drawn again only when they change, buttons,
//! icons and their drawings, menus, selects, dragging.

pub(crate) mod button;
pub(crate) mod drag;
pub(crate) mod icon;
pub(crate) mod late;
pub(crate) mod menu;
pub(crate) mod piece;
pub(crate) mod select;
pub(crate) mod sprite;
