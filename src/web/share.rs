//! Sharing: a sheet with the link to the text, what is pasted into pages of others, and what can be saved. It comes with the
//! other dialogs, when it is drawn.

mod draw;
mod made;
mod png;
mod props;
mod run;

pub(crate) use props::ShareProps;
