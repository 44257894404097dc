//! From text to scenario and back: reading, editing, printing, links.

mod cluster;
mod editing;
mod generate;
mod inventory;
mod limits;
mod linking;
mod lists;
mod mistakes;
mod printing;
mod reading;
