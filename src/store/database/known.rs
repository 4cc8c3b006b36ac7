//! What is known of sessions across restarts: first seen, since when pending, what they were.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use sqlx::{Row, SqliteConnection};

use super::{Database, Error};
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;

/// What is known of one session. Times are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// When it was first seen.
    pub first_seen: i64,
    /// Since when it has been pending.
    pub pending_since: Option<i64>,
    /// When it was found to be gone.
    pub gone_at: Option<i64>,
    /// The first bytes of its file's digest; 0 for a file that was not read, `None` where it is not known.
    pub content: Option<u64>,
    /// Its status, if it has one.
    pub status: Option<Cow<'static, str>>,
}

/// What is known of all sessions, by app and id.
pub type AllKnown = HashMap<String, HashMap<String, Known>>;

impl Database {
    /// Everything that is known of sessions.
    pub async fn all_known(&self) -> Result<AllKnown, Error> {
        // One row an app: a row a session takes sqlx longer than reading the files.
        let rows = sqlx::query(
            "SELECT app, group_concat(id || ' ' || first_seen || ' ' || ifnull(pending_since, '') || ' ' ||
             ifnull(gone_at, '') || ' ' || ifnull(content, '') || ' ' || CASE status WHEN 'accepted' THEN 'a'
             WHEN 'pending' THEN 'p' ELSE ifnull('x' || hex(status), '') END, char(10)) FROM known_sessions
             GROUP BY app",
        )
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get::<&str, _>(1)?.lines().filter_map(line).collect())))
            .collect()
    }

    /// What is known of one session.
    pub async fn known(&self, key: &SessionKey) -> Result<Option<Known>, Error> {
        let row = sqlx::query(
            "SELECT first_seen, pending_since, gone_at, content, status FROM known_sessions WHERE app = ? AND id = ?",
        )
        .bind(key.app.as_str())
        .bind(key.id.as_str())
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| {
            Ok(Known {
                first_seen: row.try_get(0)?,
                pending_since: row.try_get(1)?,
                gone_at: row.try_get(2)?,
                content: row.try_get::<Option<i64>, _>(3)?.map(i64::cast_unsigned),
                status: row.try_get::<Option<String>, _>(4)?.map(Cow::Owned),
            })
        })
        .transpose()
    }

    /// The apps that were listed at last.
    pub async fn known_apps(&self) -> Result<HashSet<String>, Error> {
        sqlx::query_scalar("SELECT app FROM known_apps").fetch_all(self.readers()).await.map(HashSet::from_iter)
    }

    /// Whether the folder has been read before by this installation.
    pub async fn has_scanned(&self) -> Result<bool, Error> {
        Ok(sqlx::query("SELECT 1 FROM first_scan").fetch_optional(self.readers()).await?.is_some())
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

/// Notes that the folder has been read for the first time.
pub(super) async fn note_first_scan(tx: &mut SqliteConnection, at: Timestamp) -> Result<(), Error> {
    sqlx::query("INSERT INTO first_scan (one, at) VALUES (1, ?) ON CONFLICT DO NOTHING")
        .bind(at.millis())
        .execute(tx)
        .await
        .map(drop)
}

/// Remembers these sessions; what was known of them before is replaced.
pub(super) async fn remember<'a>(
    tx: &mut SqliteConnection,
    sessions: impl Iterator<Item = (&'a SessionKey, &'a Known)>,
) -> Result<(), Error> {
    // One statement for all: a statement a session keeps a core busy for a second at the start.
    let rows = sessions.map(|(key, known)| {
        let content = known.content.map(u64::cast_signed);
        serde_json::json!([
            key.app,
            key.id,
            known.first_seen,
            known.pending_since,
            known.gone_at,
            content,
            known.status
        ])
    });
    let rows: Vec<serde_json::Value> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO known_sessions (app, id, first_seen, pending_since, gone_at, content, status)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
         FROM json_each(?) WHERE true
         ON CONFLICT (app, id) DO UPDATE SET first_seen = excluded.first_seen,
         pending_since = excluded.pending_since, gone_at = excluded.gone_at, content = excluded.content,
         status = excluded.status",
    )
    .bind(serde_json::Value::Array(rows).to_string())
    .execute(tx)
    .await
    .map(drop)
}

fn line(line: &str) -> Option<(String, Known)> {
    let mut parts = line.split(' ');
    let id = parts.next()?.to_owned();
    let mut number = || parts.next().and_then(|part| part.parse::<i64>().ok());
    let (first_seen, pending_since, gone_at) = (number()?, number(), number());
    let content = number().map(i64::cast_unsigned);
    Some((id, Known { first_seen, pending_since, gone_at, content, status: status(parts.next()?)? }))
}

/// The outer `None` for what the query did not make.
fn status(spelled: &str) -> Option<Option<Cow<'static, str>>> {
    match spelled {
        "" => Some(None),
        "a" => Some(Some(Cow::Borrowed("accepted"))),
        "p" => Some(Some(Cow::Borrowed("pending"))),
        other => {
            let digits = other.strip_prefix('x')?.as_bytes().chunks(2);
            let bytes = digits.map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
            Some(Some(Cow::Owned(String::from_utf8(bytes.collect::<Option<_>>()?).ok()?)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::database::events::Note;

    #[tokio::test]
    async fn what_is_known_is_known_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).await.unwrap();
        let known = |first_seen| Known { first_seen, pending_since: None, gone_at: None, content: None, status: None };
        let one = Known { gone_at: Some(-3), content: Some(u64::MAX), status: Some("a b\nc".into()), ..known(1) };
        let two = Known { pending_since: Some(5), content: Some(0), status: Some("pending".into()), ..known(4) };
        let key = |id| SessionKey::parse("com.a 'b\"", id).unwrap();
        let note = |id, known: &Known| Note::Session(key(id), known.clone(), None);
        database.record(&[note("0a", &two), note("0b", &two)]).await.unwrap();
        database.record(&[note("0a", &one)]).await.unwrap();
        database.close().await;
        let database = Database::open(folder.path()).await.unwrap();
        let expected = HashMap::from([("0a".to_owned(), one), ("0b".to_owned(), two.clone())]);
        assert_eq!(database.all_known().await.unwrap(), AllKnown::from([("com.a 'b\"".to_owned(), expected)]));
        assert_eq!(database.known(&key("0b")).await.unwrap(), Some(two.clone()));
        database.forget_gone_before(Timestamp::from_millis(0)).await.unwrap();
        assert_eq!(database.known(&key("0a")).await.unwrap(), None);
        assert_eq!(database.known(&key("0b")).await.unwrap(), Some(two));
    }
}
