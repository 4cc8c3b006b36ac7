//! What a session is and what may be done to it. Pure: no disk, no clock, no network, no SQL.

pub mod account;
pub mod address;
pub mod app_id;
pub mod change;
pub mod compliance;
pub mod details;
pub mod document;
pub mod event;
pub mod folding;
mod known;
mod members;
pub mod name;
pub mod push;
pub mod query;
pub mod rule;
pub mod schema;
pub mod secrets;
pub mod session;
pub mod splice;
pub mod system;
pub mod timestamp;
pub mod token;
mod tree;
pub mod webhook;
