//! What the program does, for both faces alike.

pub mod accounts;
pub mod batches;
pub mod catalog;
pub mod checklist;
pub mod edits;
pub mod error;
pub mod events;
pub mod idempotency;
pub mod journal;
pub mod links;
pub mod measures;
pub mod outbound;
pub mod push;
pub mod refusals;
pub mod rules;
pub mod sealing;
pub mod search;
pub mod tasks;
pub mod views;
pub mod webhooks;
