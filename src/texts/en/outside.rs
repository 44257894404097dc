//! English words of what stands outside of the program.

use crate::texts::outside::OutsideWords;

pub(in crate::texts) static OUTSIDE: OutsideWords = OutsideWords {
    own_name: "English",
    starting: "Step through it already. The engine is loading: with it you can change the text, break the run and read the \
               whole chain of causes.",
    opens_own: "Your text is being opened: the engine is loading.",
    opens_link: "The text of this link is being opened: the engine is loading.",
    text: "The text",
    all_examples: "Examples of Kubernetes Jobs, as runs to step through",
    try_it: "Change the text, break the run, and ask why: it runs in your browser, and nothing leaves it.",
};
