//! Why: the chain from a mark to the field, fault or rule that caused it. No words.
