//! What the program does, for both faces alike.

pub(crate) mod accounts;
pub(crate) mod batches;
pub mod catalog;
pub mod edits;
pub mod error;
pub mod events;
pub(crate) mod idempotency;
pub(crate) mod journal;
pub(crate) mod links;
pub(crate) mod measures;
mod outbound;
pub mod push;
pub(crate) mod refusals;
pub(crate) mod rules;
pub(crate) mod tasks;
pub(crate) mod webhooks;
