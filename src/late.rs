//! Parts of the program that may come later than the rest. The page is downloaded in chunks (`src/web/chunks.rs`): what
//! comes later is reached through a table of functions or words, and only that. In every other program, and in a page that
//! is built in one piece, the tables are there from the beginning.

/// A table that may come later.
pub struct Late<T: 'static> {
    #[cfg(feature = "chunks")]
    table: std::sync::OnceLock<&'static T>,
    #[cfg(not(feature = "chunks"))]
    table: &'static T,
}

impl<T: 'static> Late<T> {
    /// In a program of one piece this table. In one of chunks nothing names it here: whoever fetches its chunk brings it.
    #[cfg_attr(feature = "chunks", expect(unused_variables, reason = "a table that is named is no longer apart"))]
    pub const fn new(table: &'static T) -> Late<T> {
        Late {
            #[cfg(feature = "chunks")]
            table: std::sync::OnceLock::new(),
            #[cfg(not(feature = "chunks"))]
            table,
        }
    }

    /// The table, if it is there.
    pub fn get(&self) -> Option<&'static T> {
        #[cfg(feature = "chunks")]
        return self.table.get().copied();
        #[cfg(not(feature = "chunks"))]
        return Some(self.table);
    }

    /// Its chunk is there.
    #[cfg(feature = "chunks")]
    pub fn bring(&self, table: &'static T) {
        // Brought twice it is the same one.
        let _ = self.table.set(table);
    }
}

impl<T: 'static> std::fmt::Debug for Late<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Late").field("is_there", &self.get().is_some()).finish_non_exhaustive()
    }
}
