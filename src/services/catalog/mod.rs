//! The session catalogue: what lists show, kept true by hints and rescans. Lists read the database and no file.

mod apply;
mod blocking;
mod check;
mod detail;
mod files;
mod follow;
mod identity;
mod lists;
mod look;
mod probe;
mod reading;
mod refresh;
mod refreshes;
mod scan;
mod service;
mod session;
mod start;

pub use self::check::{Item, Report, check};
pub use self::detail::NoDocument;
pub use self::lists::{AcceptedDevices, SessionPage};
pub use self::look::OwnChange;
pub use self::refreshes::Refreshed;
pub use self::service::{Catalog, Options};
pub use self::session::SessionDetail;
pub use crate::store::database::sessions::{Related, RelatedSession, Statistics};
