//! The journal: intents, outcomes, and what deletes keep.
