//! A store of values by key, such as the browser's local storage: what keeping asks of it, and how it fails.

/// Why a store does not do what it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoreError {
    /// The page may not use it: forbidden in the browser's settings, or a frame without an origin of its own.
    Denied,
    /// The value has no room.
    Full,
    /// It throws, for whatever reason.
    Broken,
}

/// Values by key.
pub(crate) trait Store {
    /// # Errors
    /// If the store cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;

    /// # Errors
    /// If the store cannot be written; it holds the old value then.
    fn set(&self, key: &str, value: &str) -> Result<(), StoreError>;

    /// # Errors
    /// If the store cannot be written.
    fn remove(&self, key: &str) -> Result<(), StoreError>;

    /// All keys, in no order that means anything.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn keys(&self) -> Result<Vec<String>, StoreError>;
}

/// A store in memory that fails when it is asked to.
#[cfg(test)]
pub(crate) mod fake {
    use super::{Store, StoreError};
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;

    /// What fails, counted over all that is asked of the store.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Faults {
        pub(crate) error: StoreError,
        /// Every so many: 1 is always.
        pub(crate) every: usize,
        /// Of reading, writing and removing, those that are counted and fail.
        pub(crate) of: [bool; 3],
    }

    #[derive(Default)]
    pub(crate) struct FakeStore {
        pub(crate) values: RefCell<BTreeMap<String, String>>,
        pub(crate) faults: Cell<Option<Faults>>,
        /// Bytes of keys and values that have room; `None` for no end.
        pub(crate) room: Cell<Option<usize>>,
        asked: Cell<usize>,
    }

    impl FakeStore {
        pub(crate) fn put(&self, key: &str, value: &str) {
            self.values.borrow_mut().insert(key.to_owned(), value.to_owned());
        }

        pub(crate) fn value(&self, key: &str) -> Option<String> {
            self.values.borrow().get(key).cloned()
        }

        /// How often something was asked of it that might have failed.
        pub(crate) fn asked(&self) -> usize {
            self.asked.get()
        }

        fn ask(&self, what: usize) -> Result<(), StoreError> {
            let Some(faults) = self.faults.get().filter(|faults| faults.of[what]) else { return Ok(()) };
            self.asked.set(self.asked.get() + 1);
            if self.asked.get().is_multiple_of(faults.every) { Err(faults.error) } else { Ok(()) }
        }
    }

    impl Store for FakeStore {
        fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
            self.ask(0)?;
            Ok(self.value(key))
        }

        fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
            self.ask(1)?;
            let values = self.values.borrow();
            let others = values.iter().filter(|(known, _)| *known != key);
            let bytes: usize = others.map(|(key, value)| key.len() + value.len()).sum();
            drop(values);
            if self.room.get().is_some_and(|room| bytes + key.len() + value.len() > room) {
                return Err(StoreError::Full);
            }
            self.put(key, value);
            Ok(())
        }

        fn remove(&self, key: &str) -> Result<(), StoreError> {
            self.ask(2)?;
            self.values.borrow_mut().remove(key);
            Ok(())
        }

        fn keys(&self) -> Result<Vec<String>, StoreError> {
            self.ask(0)?;
            Ok(self.values.borrow().keys().cloned().collect())
        }
    }
}
