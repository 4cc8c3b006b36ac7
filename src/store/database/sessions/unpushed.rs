//! Whether changes made here are left to push: the net difference, not the number of changes.

use std::collections::HashMap;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::domain::change::{Digest, FileState, Values};
use crate::domain::session::SessionKey;
use crate::store::database::columns::{Flag, flag, text, unreadable};
use crate::store::database::journal::OF_FILES;
use crate::store::database::{Database, Error};

/// From this many sessions on, all that is not pushed is read at once.
const MANY: usize = 50;

/// What was changed here of a session since the last push that 4D answered.
#[derive(Debug)]
pub(super) struct Unpushed {
    pub key: SessionKey,
    /// The file before the oldest change; `None` where there was none.
    pub before: Option<FileState>,
    /// The file after the newest.
    pub after: Option<FileState>,
}

/// What was changed of some sessions since the last push that 4D answered.
pub(super) struct UnpushedChanges(HashMap<SessionKey, Unpushed>);

/// The oldest and the newest change of each session that 4D was not told of. [`OF_FILES`] follows.
const UNPUSHED: &str = "SELECT newest.app, newest.session, oldest.before_values, oldest.digest_before,
     newest.after_values, newest.digest_after
     FROM (SELECT MIN(id) AS oldest, MAX(id) AS newest FROM change
           WHERE pushed_at IS NULL AND outcome IS NOT NULL AND ";

/// The end of [`UNPUSHED`].
const UNPUSHED_END: &str = " GROUP BY app, session) AS ends
     JOIN change AS oldest ON oldest.id = ends.oldest JOIN change AS newest ON newest.id = ends.newest";

impl UnpushedChanges {
    /// Of these sessions.
    pub(super) async fn of(tx: &mut AnyConnection, keys: &[&SessionKey]) -> Result<Self, Error> {
        let mut found = HashMap::new();
        if keys.len() > MANY {
            let all =
                sqlx::query(sqlx::AssertSqlSafe(format!("{UNPUSHED}{OF_FILES}{UNPUSHED_END}"))).fetch_all(tx).await?;
            for row in &all {
                let one = unpushed(row)?;
                found.insert(one.key.clone(), one);
            }
            return Ok(Self(found));
        }
        for key in keys {
            found.extend(of_one(&mut *tx, key).await?.map(|one| ((*key).clone(), one)));
        }
        Ok(Self(found))
    }

    /// Whether something that was changed here is left, where the file holds these values now; `None` where it is gone.
    pub(super) fn differ(&self, key: &SessionKey, now: Option<&Values>) -> bool {
        self.0.get(key).is_some_and(|change| is_left(change, now))
    }
}

impl Database {
    /// Which bytes a session's file had before the oldest change made here that 4D was not told of, and after the newest;
    /// `None` where there is no such change, or was no file.
    pub async fn rewritten_here(&self, key: &SessionKey) -> Result<Option<(u64, u64)>, Error> {
        let mut connection = self.readers().acquire().await?;
        let change = of_one(&mut connection, key).await?;
        Ok(change.and_then(|change| Some((change.before?.content, change.after?.content))))
    }
}

async fn of_one(tx: &mut AnyConnection, key: &SessionKey) -> Result<Option<Unpushed>, Error> {
    let sql = format!("{UNPUSHED}{OF_FILES} AND app = $1 AND session = $2{UNPUSHED_END}");
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(key.app.to_string()).bind(key.id.to_string());
    query.fetch_optional(tx).await?.as_ref().map(unpushed).transpose()
}

fn unpushed(row: &AnyRow) -> Result<Unpushed, Error> {
    Ok(Unpushed {
        key: SessionKey::parse(row.try_get("app")?, row.try_get("session")?).ok_or_else(what_is_none)?,
        before: file_state(row, "digest_before", "before_values")?,
        after: file_state(row, "digest_after", "after_values")?,
    })
}

fn file_state(row: &AnyRow, digest: &str, values: &str) -> Result<Option<FileState>, Error> {
    let Some(digest) = row.try_get::<Option<&[u8]>, _>(digest)? else { return Ok(None) };
    let content = Digest::from_bytes(digest).ok_or_else(what_is_none)?.content();
    let values = row.try_get::<Option<&str>, _>(values)?.map(serde_json::from_str).transpose();
    let values = values.map_err(|_| what_is_none())?.unwrap_or_default();
    Ok(Some(FileState { content, values, declined: None, note: None }))
}

fn what_is_none() -> Error {
    unreadable("a change that is none")
}

/// What somebody else made of a file is not ours to tell.
fn is_left(change: &Unpushed, now: Option<&Values>) -> bool {
    match (&change.before, &change.after, now) {
        // Restored, and gone again.
        (None, _, None) => false,
        (Some(_), after, None) => after.is_none(),
        // Deleted here, and made again by somebody else.
        (_, None, Some(_)) => false,
        (None, Some(_), Some(_)) => true,
        (Some(before), Some(after), Some(now)) => are_left(before, after, now),
    }
}

/// Whether a value is another than it was, and the one that was set here.
fn are_left(before: &FileState, after: &FileState, now: &Values) -> bool {
    let (before, after) = (&before.values, &after.values);
    (now.status != before.status && now.status == after.status)
        || (now.email != before.email && now.email == after.email)
}

/// Compares what was changed here of a session with its row again.
pub(in crate::store::database) async fn refresh_unpushed(
    tx: &mut AnyConnection,
    key: &SessionKey,
) -> Result<(), Error> {
    let row = sqlx::query("SELECT number, status, email, gone_at IS NOT NULL FROM session WHERE app = $1 AND id = $2")
        .bind(key.app.as_str())
        .bind(key.id.as_str())
        .fetch_optional(&mut *tx)
        .await?;
    let Some(row) = row else { return Ok(()) };
    let now = Values { status: text(&row, 1)?, email: text(&row, 2)? };
    let is_gone = flag(&row, 3)?;
    let left = of_one(&mut *tx, key).await?.is_some_and(|change| is_left(&change, (!is_gone).then_some(&now)));
    sqlx::query("UPDATE session SET unpushed = $1 WHERE number = $2 AND unpushed <> $3")
        .bind(Flag(left))
        .bind(row.try_get::<i64, _>(0)?)
        .bind(Flag(left))
        .execute(tx)
        .await
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(status: &str) -> Option<FileState> {
        Some(FileState {
            content: 1,
            values: Values { status: Some(status.into()), email: None },
            declined: None,
            note: None,
        })
    }

    #[test]
    fn what_somebody_else_made_of_a_file_is_not_ours() {
        let left = |before, after, now: Option<FileState>| {
            let key = SessionKey::parse("app", "ab").unwrap();
            let change = Unpushed { key, before, after };
            is_left(&change, now.as_ref().map(|now| &now.values))
        };
        assert!(!left(file("pending"), file("accepted"), None), "deleted by somebody else");
        assert!(!left(file("pending"), None, file("pending")), "made again by somebody else");
        assert!(!left(file("pending"), file("accepted"), file("banned")), "overwritten");
        assert!(!left(file("pending"), file("pending"), file("pending")), "changed back");
        assert!(left(file("pending"), None, None));
        assert!(left(None, file("pending"), file("pending")), "restored after a push of its delete");
        assert!(!left(None, file("pending"), None));
    }
}
