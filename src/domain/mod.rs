//! What a session is and what may be done to it. Pure: no disk, no clock, no network, no SQL.

pub mod account;
pub mod address;
pub mod app_id;
pub mod app_name;
pub mod change;
pub mod decision;
pub mod details;
pub mod event;
pub mod folding;
pub mod name;
pub mod network_scope;
pub mod printable;
pub mod push;
pub mod query;
pub mod rule;
pub mod session;
pub mod span;
pub(crate) mod spelling;
pub mod system;
pub mod timestamp;
pub mod token;
pub mod webhook;
