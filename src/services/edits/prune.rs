//! Lets go of what deletes keep, after a while.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::service::Edits;
use crate::domain::timestamp::Timestamp;
use crate::services::error::Error;

/// Two looks at the clock, so far apart, must agree before anything is let go.
const APART: Duration = Duration::from_secs(60 * 60);

impl Edits {
    /// Never returns: lets go of what deletes took away, after `keep_deleted`. To be spawned once.
    pub async fn prune_now_and_then(self: Arc<Self>, keep_deleted: Duration) {
        // Who keeps them for less than an hour is not told that they are kept for longer.
        let apart = APART.min(keep_deleted);
        loop {
            if let Err(error) = self.prune(keep_deleted, apart).await {
                tracing::warn!(%error, "old deleted files could not be let go");
            }
            tokio::time::sleep(apart).await;
        }
    }

    /// Lets go of what deletes took away before this long, also by the clock of a look before, and of sessions that have
    /// been gone for as long. The journal's entries stay.
    pub async fn prune(&self, keep_deleted: Duration, apart: Duration) -> Result<u64, Error> {
        let now = Timestamp::from(SystemTime::now());
        let Some(before) = self.database.looked_before("kept_file", now, apart).await? else { return Ok(0) };
        let millis = i64::try_from(keep_deleted.as_millis()).unwrap_or(i64::MAX);
        let before = before.plus_millis(-millis);
        self.database.forget_gone_before(before).await?;
        Ok(self.database.prune_kept(before).await?)
    }
}
