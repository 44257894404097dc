//! Text ⇄ scenario.

mod editing;
mod generate;
mod limits;
mod linking;
mod printing;
mod reading;
