//! Layout: lanes, bars, marks and waits of a recording. No pixels, no words.
