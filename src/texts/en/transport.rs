//! English words of the transport.

use crate::texts::transport::TransportWords;

pub(in crate::texts) static TRANSPORT: TransportWords = TransportWords {
    previous: "Previous event",
    next: "Next event",
    play: "Play",
    pause: "Pause",
    step: ["step ", " of\u{a0}", ""],
};
