//! What carrying out an input comes to.

use super::reason::NoEffect;
use crate::api::ObjectKey;
use crate::api::admission::Refusal;
use std::rc::Rc;

/// Why an input changed nothing.
pub(crate) enum NotDone {
    NoEffect(NoEffect),
    /// The API server refused the request, which was about this object, if there is one.
    Refused(Option<ObjectKey>, Rc<Refusal>),
}

impl From<NoEffect> for NotDone {
    fn from(why: NoEffect) -> NotDone {
        NotDone::NoEffect(why)
    }
}

/// The object that an input changed, if it is one; or why it changed nothing.
pub(crate) type InputResult = Result<Option<ObjectKey>, NotDone>;
