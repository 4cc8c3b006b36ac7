//! What is known of sessions across restarts: first seen, and since when pending.

use std::collections::HashMap;

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
        // One row an app: a row a session takes sqlx longer than reading the files.
        let rows = sqlx::query(
            "SELECT app, group_concat(id || ' ' || first_seen || ' ' || ifnull(pending_since, '') || ' ' ||
             ifnull(gone_at, ''), char(10)) FROM known_sessions GROUP BY app",
        )
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get::<&str, _>(1)?.lines().filter_map(line).collect())))
            .collect()
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
        // One statement for all: a statement a session keeps a core busy for a second at the start.
        let rows = sessions.iter().map(|(key, known)| {
            serde_json::json!([key.app, key.id, known.first_seen, known.pending_since, known.gone_at])
        });
        let rows = serde_json::Value::from_iter(rows).to_string();
        let turn = self.relaxed().await;
        let mut transaction = turn.begin().await?;
        sqlx::query(
            "INSERT INTO known_sessions (app, id, first_seen, pending_since, gone_at)
             SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) WHERE true
             ON CONFLICT (app, id) DO UPDATE SET first_seen = excluded.first_seen,
             pending_since = excluded.pending_since, gone_at = excluded.gone_at",
        )
        .bind(rows)
        .execute(&mut *transaction)
        .await?;
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

fn line(line: &str) -> Option<(String, Known)> {
    let mut parts = line.split(' ');
    let id = parts.next()?.to_owned();
    let mut number = || parts.next().and_then(|part| part.parse().ok());
    Some((id, Known { first_seen: number()?, pending_since: number(), gone_at: number() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_known_is_known_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).await.unwrap();
        let one = Known { first_seen: 1, pending_since: None, gone_at: Some(-3) };
        let two = Known { first_seen: 4, pending_since: Some(5), gone_at: None };
        let key = |id| SessionKey::parse("com.a 'b\"", id).unwrap();
        database.remember(&[(key("0a"), two), (key("0b"), two)]).await.unwrap();
        database.remember(&[(key("0a"), one)]).await.unwrap();
        database.close().await;
        let database = Database::open(folder.path()).await.unwrap();
        let expected = HashMap::from([("0a".to_owned(), one), ("0b".to_owned(), two)]);
        assert_eq!(database.all_known().await.unwrap(), AllKnown::from([("com.a 'b\"".to_owned(), expected)]));
        assert_eq!(database.known(&key("0b")).await.unwrap(), Some(two));
        database.forget_gone_before(Timestamp::from_millis(0)).await.unwrap();
        assert_eq!(database.known(&key("0a")).await.unwrap(), None);
        assert_eq!(database.known(&key("0b")).await.unwrap(), Some(two));
    }
}
