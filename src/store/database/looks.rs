//! Two looks at the clock before anything is let go of: one that is wrong for a moment takes nothing away.

use std::time::Duration;

use super::{Database, Error};
use crate::domain::timestamp::Timestamp;

impl Database {
    /// When this was looked at last, if that was at least so long ago: by then it was due already. The look of now is
    /// remembered, across restarts too; one of a clock that has been set back since counts for nothing.
    pub async fn looked_before(&self, what: &str, now: Timestamp, apart: Duration) -> Result<Option<Timestamp>, Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        let before: Option<i64> =
            sqlx::query_scalar("SELECT at FROM look WHERE what = $1").bind(what).fetch_optional(&mut *tx).await?;
        let apart = i64::try_from(apart.as_millis()).unwrap_or(i64::MAX);
        let since = before.map(|before| now.millis().saturating_sub(before));
        if since.is_some_and(|since| (0..apart).contains(&since)) {
            return Ok(None);
        }
        sqlx::query("INSERT INTO look (what, at) VALUES ($1, $2) ON CONFLICT (what) DO UPDATE SET at = excluded.at")
            .bind(what)
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(before.filter(|before| *before <= now.millis()).map(Timestamp::from_millis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;
    const DAY: i64 = 24 * HOUR;

    #[tokio::test]
    async fn a_clock_briefly_ahead_deletes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::for_tests(folder.path()).await;
        let look = async |at: i64| {
            let at = Timestamp::from_millis(at);
            let before = database.looked_before("kept", at, Duration::from_secs(3600)).await.unwrap();
            before.map(Timestamp::millis)
        };
        assert_eq!(look(1000 * DAY).await, None, "the first look");
        assert_eq!(look(1000 * DAY + HOUR / 2).await, None, "too soon");
        assert_eq!(look(1000 * DAY + HOUR).await, Some(1000 * DAY));
        // A hundred days ahead: what was due an hour ago is due.
        assert_eq!(look(1100 * DAY).await, Some(1000 * DAY + HOUR));
        // Set back in time.
        assert_eq!(look(1000 * DAY + 2 * HOUR).await, None, "what the wrong clock said counts for nothing");
        assert_eq!(look(1000 * DAY + 3 * HOUR).await, Some(1000 * DAY + 2 * HOUR));
        assert_eq!(database.looked_before("other", Timestamp::from_millis(0), Duration::ZERO).await.unwrap(), None);
    }
}
