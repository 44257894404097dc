//! What an editor says about a text (`findings/*.txt`), and what it says at the caret (`caret/*.txt`).

mod caret;
mod findings;
