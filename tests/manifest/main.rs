//! Text ⇄ scenario.

mod editing;
mod generate;
mod limits;
mod linking;
mod lists;
mod mistakes;
mod printing;
mod reading;
