//! Authorise, check, journal, write, rescan: every change of a session goes through here.

mod apply;
mod batch;
mod chunks;
mod decide;
mod draft;
mod ids;
mod intents;
mod locks;
mod plan;
mod prune;
mod reading;
mod request;
mod result;
mod service;
mod settle;
mod single;
mod supervision;
#[cfg(test)]
pub(super) mod tests;
mod undo;

pub use batch::{BatchRun, LARGEST_BATCH};
pub use request::{BatchAction, BatchItem, BatchRequest, BatchTarget, ChangeContext, Decide, Selection, Undoing};
pub use result::{BatchResult, Changed, EndState, ItemOutcome, ItemResult};
pub use service::Edits;
pub use supervision::{Progress, Supervision};
