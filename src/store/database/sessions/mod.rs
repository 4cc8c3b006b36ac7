//! The session catalogue: one row a session, one a folder of an app. Lists, counts, look-ups and search are SQL.

mod apps;
mod attribution;
mod decided;
mod files;
mod gone;
mod indexes;
mod lists;
mod lookups;
pub(super) mod note;
mod observe;
mod related;
mod row;
mod statistics;
#[cfg(test)]
mod tests;
mod unpushed;

pub use self::apps::by_bundle;
pub use self::apps::{AppRow, Manifest};
pub use self::files::StoredFile;
pub use self::gone::GoneSession;
pub use self::lists::{Apps, Page, Selection, cursor_behind};
pub use self::lookups::Contents;
pub use self::observe::{Observation, Observed, Reading};
pub use self::related::{MOST_RELATED, Related, RelatedSession};
pub use self::row::{FileMark, hash};
pub use self::statistics::Statistics;
pub(super) use self::unpushed::refresh_unpushed;
