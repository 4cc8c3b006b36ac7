//! What operating systems do differently about files: both of its files offer the same.
//!
//! Errors are [`std::io::Error`]s by their kinds: `NotFound`, `AlreadyExists`, `Unsupported` where the file system cannot
//! do it, `ResourceBusy` where another program keeps the file from it.

mod kinds;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use self::kinds::{GiveError, KeptFile, Kind, Stat, Time};
#[cfg(unix)]
pub use self::unix::*;
#[cfg(windows)]
pub use self::windows::*;
