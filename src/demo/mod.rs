//! What the demo shows: a sample folder, and a 4D that is none. Nothing but the demo's command and tests use it.

mod names;
mod random;
pub mod running;
pub mod sample;
pub mod stand_in;
