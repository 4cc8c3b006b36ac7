//! Replace a file whole, durably, losing nobody's write.
//!
//! The new bytes are written to a temporary file beside the old one, and the two names are exchanged
//! at once. What comes out is looked at: if it is not what the change was built on, another program
//! has written in between, and the names are exchanged back.

mod error;
mod exchange;
mod file;
mod late;
mod leftover;
mod recovery;
mod replaced;
mod service;
mod signals;
#[cfg(test)]
mod tests;
#[cfg(all(test, unix))]
mod unix_tests;

pub use self::error::WriteError;
pub use self::exchange::{Guard, Prepared};
#[cfg(test)]
pub(crate) use self::file::{BYTES_NEVER_SYNCED, NEVER_SYNCED};
pub use self::leftover::Leftover;
pub use self::recovery::{Interrupted, Recovered};
pub use self::replaced::OnLateWrite;
pub use self::service::Writer;
pub use crate::store::os::KeptFile;
