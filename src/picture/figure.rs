//! The figure: a poster with its film in a custom element, for a page of somebody else's.
