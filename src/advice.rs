//! Advice on a text: what a field is and what can be written where. Ids and places, no words of any language.

mod completion;
mod documents;
mod fields;
mod flow;
mod kind;
mod names;
mod outline;

pub use completion::{Completions, Item, ItemKind, complete};
pub use fields::{Field, TypeName, field_at};
pub use kind::{FieldId, all_fields};
