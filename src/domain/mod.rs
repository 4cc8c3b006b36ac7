//! What a session is and what may be done to it. Pure: no disk, no clock, no network, no SQL.

pub mod account;
pub(crate) mod address;
pub mod app_id;
pub mod change;
pub(crate) mod details;
pub(crate) mod event;
pub(crate) mod folding;
pub(crate) mod name;
pub mod push;
pub mod query;
pub(crate) mod rule;
pub mod session;
pub(crate) mod spelling;
pub(crate) mod system;
pub mod timestamp;
pub mod token;
pub(crate) mod webhook;
