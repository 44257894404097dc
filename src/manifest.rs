//! Text ⇄ scenario, with places.
