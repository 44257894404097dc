//! Lines of a document.
