//! What is known of sessions across restarts: first seen, and since when pending.

use std::collections::HashMap;

use futures_util::TryStreamExt;
use sqlx::Row;

use super::{Database, Error};
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;

/// What is known of one session. Times are milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// When it was first seen.
    pub first_seen: i64,
    /// Since when it has been pending.
    pub pending_since: Option<i64>,
    /// When it was found to be gone.
    pub gone_at: Option<i64>,
}

/// What is known of all sessions, by app and id.
pub type AllKnown = HashMap<String, HashMap<String, Known>>;

impl Database {
    /// Everything that is known of sessions.
    pub async fn all_known(&self) -> Result<AllKnown, Error> {
        let mut all = AllKnown::new();
        let mut app = String::new();
        let mut sessions = HashMap::new();
        let mut rows =
            sqlx::query("SELECT app, id, first_seen, pending_since, gone_at FROM known_sessions ORDER BY app, id")
                .fetch(self.readers());
        while let Some(row) = rows.try_next().await? {
            let row_app: &str = row.try_get(0)?;
            if row_app != app {
                all.insert(std::mem::replace(&mut app, row_app.to_owned()), std::mem::take(&mut sessions));
            }
            let known = Known { first_seen: row.try_get(2)?, pending_since: row.try_get(3)?, gone_at: row.try_get(4)? };
            sessions.insert(row.try_get(1)?, known);
        }
        all.insert(app, sessions);
        Ok(all)
    }

    /// What is known of one session.
    pub async fn known(&self, key: &SessionKey) -> Result<Option<Known>, Error> {
        let row = sqlx::query("SELECT first_seen, pending_since, gone_at FROM known_sessions WHERE app = ? AND id = ?")
            .bind(key.app.as_str())
            .bind(key.id.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| {
            Ok(Known { first_seen: row.try_get(0)?, pending_since: row.try_get(1)?, gone_at: row.try_get(2)? })
        })
        .transpose()
    }

    /// Remembers these sessions; what was known of them before is replaced.
    pub async fn remember(&self, sessions: &[(SessionKey, Known)]) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut transaction = turn.begin().await?;
        for (key, known) in sessions {
            sqlx::query(
                "INSERT INTO known_sessions (app, id, first_seen, pending_since, gone_at) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (app, id) DO UPDATE SET first_seen = excluded.first_seen,
                 pending_since = excluded.pending_since, gone_at = excluded.gone_at",
            )
            .bind(key.app.as_str())
            .bind(key.id.as_str())
            .bind(known.first_seen)
            .bind(known.pending_since)
            .bind(known.gone_at)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
    }

    /// Whether the folder has been read before by this installation.
    pub async fn has_scanned(&self) -> Result<bool, Error> {
        Ok(sqlx::query("SELECT 1 FROM first_scan").fetch_optional(self.readers()).await?.is_some())
    }

    /// Notes that the folder has been read for the first time.
    pub async fn note_first_scan(&self, at: Timestamp) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut transaction = turn.begin().await?;
        sqlx::query("INSERT INTO first_scan (one, at) VALUES (1, ?) ON CONFLICT DO NOTHING")
            .bind(at.millis())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await
    }

    /// Forgets sessions that have been gone since before this time.
    pub async fn forget_gone_before(&self, time: Timestamp) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut transaction = turn.begin().await?;
        sqlx::query("DELETE FROM known_sessions WHERE gone_at < ?")
            .bind(time.millis())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await
    }
}
