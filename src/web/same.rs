//! Shared values as properties of components: equal if they are the same one, so that nothing large is compared.

use std::ops::Deref;
use std::rc::Rc;

/// A shared value that is equal to itself alone.
#[derive(Debug)]
pub(super) struct Same<T>(pub(super) Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Same<T> {
        Same(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Same<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
