//! The journal: intents, outcomes, and what deletes keep.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection, SqliteExecutor, Transaction};

use super::pushes::Unpushed;
use super::{Database, Error, Turn};
use crate::domain::account::{Actor, ActorKind};
use crate::domain::change::{Action, Digest, FileState, Outcome, Reason, Values};
use crate::domain::session::SessionKey;
use crate::domain::session::splice::Splice;
use crate::domain::timestamp::Timestamp;
use crate::store::writer::KeptFile;

/// What is about to be done to a file.
pub struct Intent {
    /// A ULID.
    pub id: String,
    /// Shared by all of one batch.
    pub batch_id: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: Action,
    /// To which session.
    pub key: SessionKey,
    /// The values before; `None` where there is no file, or none that can be read.
    pub before: Option<Values>,
    /// The values after; `None` for a delete.
    pub after: Option<Values>,
    /// What is changed in the document.
    pub splices: Vec<Splice>,
    /// Of the file before; `None` where there is none.
    pub digest_before: Option<Digest>,
    /// Of the file after; `None` for a delete.
    pub digest_after: Option<Digest>,
    /// Why.
    pub reason: Option<Reason>,
    /// For which request.
    pub request_id: String,
    /// The change that this one takes back.
    pub undoes: Option<String>,
    /// What a delete takes away.
    pub kept: Option<KeptFile>,
    /// What the session's device is called.
    pub device: Option<String>,
    /// Since when the session has been waiting, in milliseconds since 1970, if it has.
    pub waited_since: Option<i64>,
}

/// What became of an intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It is in the journal from now on.
    Outcome(Outcome),
    /// Nothing was done: it leaves no trace.
    NotDone,
}

/// An intent whose end is not known.
#[derive(Clone, Debug)]
pub struct OpenIntent {
    /// The change.
    pub id: String,
    /// The session.
    pub key: SessionKey,
    /// Of the file before; `None` where there was none.
    pub digest_before: Option<Digest>,
    /// Of the file after; `None` for a delete.
    pub digest_after: Option<Digest>,
}

/// A change as it stands in the journal.
#[derive(Clone, Debug)]
pub struct Entry {
    /// A ULID.
    pub id: String,
    /// Shared by all of one batch.
    pub batch_id: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: Action,
    /// To which session.
    pub key: SessionKey,
    /// The values before.
    pub before: Option<Values>,
    /// The values after.
    pub after: Option<Values>,
    /// Why.
    pub reason: Option<Reason>,
    /// For which request.
    pub request_id: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The change that it took back.
    pub undoes: Option<String>,
    /// The change that undid it and is in effect.
    pub undone_by: Option<String>,
    /// When it was pushed to 4D.
    pub pushed_at: Option<Timestamp>,
    /// By whom.
    pub pushed_by: Option<Actor>,
    /// Of the file that it left; `None` for a delete.
    pub digest_after: Option<Digest>,
    /// Whether the bytes that a delete took away are still kept.
    pub kept: bool,
    /// What the session's device was called.
    pub device: Option<String>,
}

/// What the entries of one batch are together.
#[derive(Clone, Debug)]
pub struct BatchFacts {
    /// How many there are.
    pub total: u64,
    /// What was done, if the same was to all.
    pub action: Option<Action>,
    /// The status after it, if all have the same.
    pub status: Option<String>,
    /// Whether it took others back.
    pub undoes: bool,
    /// Whether any of it was undone.
    pub undone: bool,
}

/// What one change of a batch did.
#[derive(Clone, Debug)]
pub struct MadeChange {
    /// To which session.
    pub key: SessionKey,
    /// What.
    pub action: Action,
    /// The change that it took back.
    pub undoes: Option<String>,
}

/// A change with all that is needed to take it back.
pub struct Recorded {
    /// The change.
    pub entry: Entry,
    /// What it changed in the document.
    pub splices: Vec<Splice>,
    /// What a delete took away, unless that was let go.
    pub kept: Option<KeptFile>,
    /// Since when the session had been waiting before it, in milliseconds since 1970, if it had.
    pub waited_since: Option<i64>,
}

/// Which entries. A condition that is `None` holds for all.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// Of one of these apps.
    pub apps: Option<Vec<String>>,
    /// Of this session.
    pub session: Option<String>,
    /// By the actor of this name.
    pub actor: Option<String>,
    /// With this action.
    pub action: Option<Action>,
    /// Of this batch.
    pub batch: Option<String>,
    /// At or after.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

const INSERT: &str = "INSERT INTO change (id, batch_id, at, actor_kind, actor_name, action, app, session, \
    before_values, after_values, splices, digest_before, digest_after, reason, request_id, undoes, device, \
    waited_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (id) DO UPDATE SET before_values = excluded.before_values, after_values = excluded.after_values, \
    splices = excluded.splices, digest_before = excluded.digest_before, digest_after = excluded.digest_after, \
    device = excluded.device, waited_since = excluded.waited_since";

const COLUMNS: &str = "id, batch_id, at, actor_kind, actor_name, action, app, session, before_values, after_values, \
    digest_after, reason, request_id, outcome, undoes, undone_by, pushed_at, pushed_by_kind, pushed_by_name, device, \
    EXISTS (SELECT 1 FROM kept_file WHERE change_id = change.id) AS kept";

const FACTS: &str = "COUNT(*) AS total, MIN(action) AS action, MAX(action) AS last_action, \
    MIN(json_extract(after_values, '$.status')) AS status, MAX(json_extract(after_values, '$.status')) AS last_status, \
    COALESCE(MAX(undoes IS NOT NULL), 0) AS undoes, COALESCE(MAX(undone_by IS NOT NULL), 0) AS undone";

impl From<&Intent> for Unpushed {
    fn from(intent: &Intent) -> Self {
        let state = |digest: Option<Digest>, values: &Option<Values>| {
            let values = values.clone().unwrap_or_default();
            digest.map(|digest| FileState { content: digest.content(), values })
        };
        Self {
            key: intent.key.clone(),
            newest: intent.id.clone(),
            before: state(intent.digest_before, &intent.before),
            after: state(intent.digest_after, &intent.after),
        }
    }
}

impl Database {
    /// Writes intents down, synced to disk with one commit. One that is there already (it could not
    /// be carried out on the bytes it was made for) is replaced.
    pub async fn begin_changes(&self, intents: &[Intent]) -> Result<(), Error> {
        let turn = self.durable().await;
        if let [intent] = intents
            && intent.kept.is_none()
        {
            let (pool, mut tries) = turn.alone()?;
            loop {
                let done = insert_change(pool, intent).await;
                if !tries.again(&done).await {
                    return done;
                }
            }
        }
        let mut tx = turn.begin().await?;
        for intent in intents {
            insert(&mut tx, intent).await?;
        }
        tx.commit().await
    }

    /// Writes down what became of intents. Not synced: a start works it out again.
    pub async fn end_changes(&self, ends: &[(String, End)]) -> Result<(), Error> {
        if ends.is_empty() {
            return Ok(());
        }
        let turn = self.relaxed().await;
        if let [(id, End::Outcome(outcome))] = ends
            && end_patiently(&turn, id, *outcome).await?
        {
            return Ok(());
        }
        let mut tx = turn.begin().await?;
        for (id, end) in ends {
            match end {
                End::NotDone => {
                    sqlx::query("DELETE FROM change WHERE id = ? AND outcome IS NULL")
                        .bind(id)
                        .execute(&mut *tx)
                        .await?;
                }
                End::Outcome(outcome) => set_outcome(&mut tx, id, *outcome).await?,
            }
        }
        tx.commit().await
    }

    /// The intents whose end is not known, oldest first.
    pub async fn open_changes(&self) -> Result<Vec<OpenIntent>, Error> {
        let rows = sqlx::query(
            "SELECT id, app, session, digest_before, digest_after FROM change WHERE outcome IS NULL ORDER BY id",
        )
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(OpenIntent {
                    id: row.try_get("id")?,
                    key: key(row)?,
                    digest_before: digest(row, "digest_before")?,
                    digest_after: digest(row, "digest_after")?,
                })
            })
            .collect()
    }

    /// What the next change of the same session found: the digest of the file, `Some(None)` where there
    /// was none. `None` if there was no change since.
    pub async fn found_by_next(&self, intent: &OpenIntent) -> Result<Option<Option<Digest>>, Error> {
        let row = sqlx::query(
            "SELECT digest_before FROM change WHERE session = ? AND app = ? AND id > ? ORDER BY id LIMIT 1",
        )
        .bind(intent.key.id.as_str())
        .bind(intent.key.app.as_str())
        .bind(&intent.id)
        .fetch_optional(self.readers())
        .await?;
        row.as_ref().map(|row| digest(row, "digest_before")).transpose()
    }

    /// Whether this intent's end is still not known.
    pub async fn is_open(&self, id: &str) -> Result<bool, Error> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM change WHERE id = ? AND outcome IS NULL)")
            .bind(id)
            .fetch_one(self.readers())
            .await
    }

    /// Whether a delete of this session keeps a file with these bytes.
    pub async fn keeps(&self, key: &SessionKey, digest: &Digest) -> Result<bool, Error> {
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM change JOIN kept_file ON change_id = id \
             WHERE session = ? AND app = ? AND digest_before = ?)",
        )
        .bind(key.id.as_str())
        .bind(key.app.as_str())
        .bind(digest.as_bytes().to_vec())
        .fetch_one(self.readers())
        .await
    }

    /// The newest id of a change or batch: later ones must be larger, whatever the clock says.
    pub async fn last_change_id(&self) -> Result<Option<String>, Error> {
        sqlx::query_scalar("SELECT MAX(id) FROM change").fetch_one(self.readers()).await
    }

    /// Entries, newest first: those behind `after`, if it is given.
    pub async fn entries(&self, filter: &EntryFilter, after: Option<&str>, limit: usize) -> Result<Vec<Entry>, Error> {
        let mut query = select(COLUMNS, filter);
        if let Some(after) = after {
            query.push(" AND id < ").push_bind(after.to_owned());
        }
        query.push(" ORDER BY id DESC LIMIT ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
        query.build().fetch_all(self.readers()).await?.iter().map(entry).collect()
    }

    /// How many entries there are.
    pub async fn count_entries(&self, filter: &EntryFilter) -> Result<u64, Error> {
        let count: i64 = select("COUNT(*)", filter).build_query_scalar().fetch_one(self.readers()).await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Whether any entry of a filter can still be undone.
    pub async fn any_can_be_undone(&self, filter: &EntryFilter) -> Result<bool, Error> {
        // The first that is found will do: not all are looked at.
        let mut undoable = select("1", filter);
        undoable.push(
            " AND undone_by IS NULL AND (action <> 'delete' OR \
             EXISTS (SELECT 1 FROM kept_file WHERE change_id = change.id)) LIMIT 1",
        );
        Ok(undoable.build().fetch_optional(self.readers()).await?.is_some())
    }

    /// What the entries of a filter are together: those of a batch.
    pub async fn batch_facts(&self, filter: &EntryFilter) -> Result<BatchFacts, Error> {
        let row = select(FACTS, filter).build().fetch_one(self.readers()).await?;
        let alike = |one: &str, last: &str| -> Result<Option<String>, Error> {
            let (one, last): (Option<String>, Option<String>) = (row.try_get(one)?, row.try_get(last)?);
            Ok(one.filter(|one| last.as_ref() == Some(one)))
        };
        Ok(BatchFacts {
            total: u64::try_from(row.try_get::<i64, _>("total")?).unwrap_or(0),
            action: alike("action", "last_action")?.and_then(|action| Action::parse(&action)),
            status: alike("status", "last_status")?,
            undoes: row.try_get("undoes")?,
            undone: row.try_get("undone")?,
        })
    }

    /// One entry.
    pub async fn entry(&self, id: &str) -> Result<Option<Entry>, Error> {
        let mut query = select(COLUMNS, &EntryFilter::default());
        query.push(" AND id = ").push_bind(id.to_owned());
        query.build().fetch_optional(self.readers()).await?.as_ref().map(entry).transpose()
    }

    /// The apps that have entries.
    pub async fn journal_apps(&self) -> Result<Vec<String>, Error> {
        // From one app to the next by the index: a plain DISTINCT would read all entries.
        sqlx::query_scalar(
            "WITH RECURSIVE apps (app) AS (SELECT MIN(app) FROM change UNION ALL \
             SELECT (SELECT MIN(app) FROM change WHERE app > apps.app) FROM apps WHERE apps.app IS NOT NULL) \
             SELECT app FROM apps WHERE app IS NOT NULL",
        )
        .fetch_all(self.readers())
        .await
    }

    /// The changes that an id names, its own or its batch's, newest first.
    pub async fn changes_of(&self, id: &str) -> Result<Vec<(String, SessionKey)>, Error> {
        let rows = sqlx::query(
            "SELECT id, app, session FROM change WHERE id = ? AND outcome IS NOT NULL UNION \
             SELECT id, app, session FROM change WHERE batch_id = ? AND outcome IS NOT NULL ORDER BY id DESC",
        )
        .bind(id)
        .bind(id)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| Ok((row.try_get("id")?, key(row)?))).collect()
    }

    /// What the changes of a batch did.
    pub async fn changes_in(&self, batch_id: &str) -> Result<Vec<MadeChange>, Error> {
        let rows = sqlx::query(
            "SELECT app, session, action, undoes FROM change WHERE batch_id = ? AND outcome IS NOT NULL ORDER BY id",
        )
        .bind(batch_id)
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                let action = Action::parse(row.try_get("action")?).ok_or_else(|| unreadable("action"))?;
                Ok(MadeChange { key: key(row)?, action, undoes: row.try_get("undoes")? })
            })
            .collect()
    }

    /// A change with all that is needed to take it back.
    pub async fn recorded(&self, id: &str) -> Result<Option<Recorded>, Error> {
        let mut query = select(COLUMNS, &EntryFilter::default());
        query.push(" AND id = ").push_bind(id.to_owned());
        let Some(row) = query.build().fetch_optional(self.readers()).await? else { return Ok(None) };
        let more = sqlx::query(
            "SELECT splices, waited_since, bytes, mode, uid, gid, acl FROM change \
             LEFT JOIN kept_file ON change_id = id WHERE id = ?",
        )
        .bind(id)
        .fetch_one(self.readers())
        .await?;
        Ok(Some(Recorded {
            entry: entry(&row)?,
            splices: json(&more, "splices")?.unwrap_or_default(),
            kept: kept(&more)?,
            waited_since: more.try_get("waited_since")?,
        }))
    }

    /// Lets go of what deletes before this time took away; of how many.
    pub async fn prune_kept(&self, before: Timestamp) -> Result<u64, Error> {
        // A ULID begins with its time, so the key's index finds them.
        let first = ulid::Ulid::from_parts(u64::try_from(before.millis()).unwrap_or(0), 0).to_string();
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        let pruned = sqlx::query(
            "DELETE FROM kept_file WHERE change_id < ? AND \
             EXISTS (SELECT 1 FROM change WHERE id = change_id AND outcome IS NOT NULL)",
        )
        .bind(first)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        drop(turn);
        if pruned.rows_affected() > 0 {
            self.clear_log().await?;
        }
        Ok(pruned.rows_affected())
    }
}

async fn end_patiently(turn: &Turn<'_>, id: &str, outcome: Outcome) -> Result<bool, Error> {
    let (pool, mut tries) = turn.alone()?;
    loop {
        let done = end_alone(pool, id, outcome).await;
        if !tries.again(&done).await {
            return done;
        }
    }
}

/// Without what it takes away.
async fn insert_change(to: impl SqliteExecutor<'_>, intent: &Intent) -> Result<(), Error> {
    sqlx::query(INSERT)
        .bind(&intent.id)
        .bind(&intent.batch_id)
        .bind(intent.at.millis())
        .bind(intent.actor.kind.as_str())
        .bind(&intent.actor.name)
        .bind(intent.action.as_str())
        .bind(intent.key.app.as_str())
        .bind(intent.key.id.as_str())
        .bind(intent.before.as_ref().map(to_json).transpose()?)
        .bind(intent.after.as_ref().map(to_json).transpose()?)
        .bind(to_json(&intent.splices)?)
        .bind(intent.digest_before.map(|digest| digest.as_bytes().to_vec()))
        .bind(intent.digest_after.map(|digest| digest.as_bytes().to_vec()))
        .bind(intent.reason.as_ref().map(Reason::as_str))
        .bind(&intent.request_id)
        .bind(&intent.undoes)
        .bind(&intent.device)
        .bind(intent.waited_since)
        .execute(to)
        .await
        .map(drop)
}

async fn insert(tx: &mut SqliteConnection, intent: &Intent) -> Result<(), Error> {
    insert_change(&mut *tx, intent).await?;
    if let Some(file) = &intent.kept {
        sqlx::query(
            "INSERT OR REPLACE INTO kept_file (change_id, bytes, mode, uid, gid, acl) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&intent.id)
        .bind(&file.bytes)
        .bind(file.mode)
        .bind(file.uid)
        .bind(file.gid)
        .bind(&file.acl)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Writes the outcome of a change that undoes nothing; whether it was one.
async fn end_alone(to: impl SqliteExecutor<'_>, id: &str, outcome: Outcome) -> Result<bool, Error> {
    let ended = sqlx::query("UPDATE change SET outcome = ? WHERE id = ? AND outcome IS NULL AND undoes IS NULL")
        .bind(outcome.as_str())
        .bind(id)
        .execute(to)
        .await?;
    Ok(ended.rows_affected() == 1)
}

async fn set_outcome(tx: &mut Transaction<'_, Sqlite>, id: &str, outcome: Outcome) -> Result<(), Error> {
    let name = outcome.as_str();
    let undoes: Option<Option<String>> =
        sqlx::query_scalar("UPDATE change SET outcome = ? WHERE id = ? AND outcome IS NULL RETURNING undoes")
            .bind(name)
            .bind(id)
            .fetch_optional(&mut **tx)
            .await?;
    match undoes.flatten() {
        // What was overwritten may have undone nothing.
        Some(undone) if outcome == Outcome::Done => set_undone(tx, undone, id.to_owned()).await,
        _ => Ok(()),
    }
}

/// `undone` is not in effect any more. If it was an undo itself, what it undid is in effect again;
/// and if that was an undo, it undoes again: so down the chain.
async fn set_undone(tx: &mut Transaction<'_, Sqlite>, undone: String, by: String) -> Result<(), Error> {
    let mut next = Some((undone, by));
    while let Some((undone, by)) = next.take() {
        let Some(again) = set_undone_by(tx, &undone, Some(&by)).await? else { break };
        if let Some(further) = set_undone_by(tx, &again, None).await? {
            next = Some((further, again));
        }
    }
    Ok(())
}

/// Sets it, and gives the change that this one undid.
async fn set_undone_by(tx: &mut Transaction<'_, Sqlite>, id: &str, by: Option<&str>) -> Result<Option<String>, Error> {
    let undoes: Option<Option<String>> =
        sqlx::query_scalar("UPDATE change SET undone_by = ? WHERE id = ? RETURNING undoes")
            .bind(by)
            .bind(id)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(undoes.flatten())
}

fn select(what: &str, filter: &EntryFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(what).push(" FROM change WHERE outcome IS NOT NULL");
    if let Some(apps) = &filter.apps {
        query.push(" AND app IN (");
        let mut list = query.separated(", ");
        for app in apps {
            list.push_bind(app.clone());
        }
        query.push(")");
    }
    let texts = [
        (" AND session = ", filter.session.as_deref()),
        (" AND actor_name = ", filter.actor.as_deref()),
        (" AND action = ", filter.action.map(Action::as_str)),
        (" AND batch_id = ", filter.batch.as_deref()),
    ];
    for (condition, value) in texts {
        if let Some(value) = value {
            query.push(condition).push_bind(value.to_owned());
        }
    }
    for (condition, time) in [(" AND at >= ", filter.since), (" AND at < ", filter.until)] {
        if let Some(time) = time {
            query.push(condition).push_bind(time.millis());
        }
    }
    query
}

fn entry(row: &SqliteRow) -> Result<Entry, Error> {
    let outcome: String = row.try_get("outcome")?;
    let kind: String = row.try_get("actor_kind")?;
    let action: String = row.try_get("action")?;
    let reason: Option<String> = row.try_get("reason")?;
    let pushed_at: Option<i64> = row.try_get("pushed_at")?;
    Ok(Entry {
        id: row.try_get("id")?,
        batch_id: row.try_get("batch_id")?,
        at: Timestamp::from_millis(row.try_get("at")?),
        actor: Actor {
            kind: ActorKind::parse(&kind).ok_or_else(|| unreadable("actor_kind"))?,
            name: row.try_get("actor_name")?,
        },
        action: Action::parse(&action).ok_or_else(|| unreadable("action"))?,
        key: key(row)?,
        before: json(row, "before_values")?,
        after: json(row, "after_values")?,
        reason: reason.and_then(|reason| Reason::parse(&reason)),
        request_id: row.try_get("request_id")?,
        outcome: if outcome == "done" { Outcome::Done } else { Outcome::Overwritten },
        undoes: row.try_get("undoes")?,
        undone_by: row.try_get("undone_by")?,
        pushed_at: pushed_at.map(Timestamp::from_millis),
        pushed_by: pushed_by(row)?,
        digest_after: digest(row, "digest_after")?,
        kept: row.try_get("kept")?,
        device: row.try_get("device")?,
    })
}

fn pushed_by(row: &SqliteRow) -> Result<Option<Actor>, Error> {
    let Some(kind) = row.try_get::<Option<&str>, _>("pushed_by_kind")? else { return Ok(None) };
    let kind = ActorKind::parse(kind).ok_or_else(|| unreadable("pushed_by_kind"))?;
    Ok(Some(Actor { kind, name: row.try_get("pushed_by_name")? }))
}

fn key(row: &SqliteRow) -> Result<SessionKey, Error> {
    let (app, session): (String, String) = (row.try_get("app")?, row.try_get("session")?);
    SessionKey::parse(&app, &session).ok_or_else(|| unreadable("session"))
}

fn kept(row: &SqliteRow) -> Result<Option<KeptFile>, Error> {
    let Some(bytes) = row.try_get("bytes")? else { return Ok(None) };
    Ok(Some(KeptFile {
        bytes,
        mode: row.try_get("mode")?,
        uid: row.try_get("uid")?,
        gid: row.try_get("gid")?,
        acl: row.try_get("acl")?,
    }))
}

fn digest(row: &SqliteRow, column: &'static str) -> Result<Option<Digest>, Error> {
    let bytes: Option<Vec<u8>> = row.try_get(column)?;
    bytes.map(|bytes| Digest::from_bytes(&bytes).ok_or_else(|| unreadable(column))).transpose()
}

fn json<T: serde::de::DeserializeOwned>(row: &SqliteRow, column: &'static str) -> Result<Option<T>, Error> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| unreadable(column))).transpose()
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Encode(Box::new(error)))
}

fn unreadable(column: &'static str) -> Error {
    Error::Decode(format!("the journal's column {column} holds what was never written there").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn database() -> (tempfile::TempDir, Database) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).await.unwrap();
        (folder, database)
    }

    fn intent(n: u32, action: Action, undoes: Option<&str>) -> Intent {
        let values = Values { status: Some("pending".into()), email: None };
        Intent {
            id: id(n),
            batch_id: (n > 5).then(|| "BATCH".into()),
            at: Timestamp::from_millis(i64::from(n) * 1000),
            actor: Actor { kind: ActorKind::Token, name: "robot".into() },
            action,
            key: SessionKey::parse(if n.is_multiple_of(2) { "even" } else { "odd" }, "ab").unwrap(),
            before: Some(values),
            after: None,
            splices: vec![Splice { name: "status".into(), old: Some("\"p\"".into()), new: None }],
            digest_before: Some(Digest::of(b"before")),
            digest_after: Some(Digest::of(b"after")),
            reason: Reason::parse("because"),
            request_id: "request".into(),
            undoes: undoes.map(str::to_owned),
            kept: None,
            device: Some("Pixel 8".into()),
            waited_since: None,
        }
    }

    fn id(n: u32) -> String {
        ulid::Ulid::from_parts(u64::from(n) * 1000, 7).to_string()
    }

    fn kept_file() -> KeptFile {
        KeptFile { bytes: b"\xff{}".to_vec(), mode: 0o640, uid: 5, gid: 6, acl: Some(vec![1, 2]) }
    }

    const DONE: End = End::Outcome(Outcome::Done);

    async fn make(database: &Database, intent: Intent) {
        let id = intent.id.clone();
        database.begin_changes(&[intent]).await.unwrap();
        database.end_changes(&[(id, DONE)]).await.unwrap();
    }

    #[tokio::test]
    async fn an_intent_is_shown_once_it_has_an_outcome() {
        let (_folder, database) = database().await;
        database.begin_changes(&[intent(1, Action::SetStatus, None), intent(2, Action::SetEmail, None)]).await.unwrap();
        assert_eq!(database.count_entries(&EntryFilter::default()).await.unwrap(), 0);
        assert_eq!(database.open_changes().await.unwrap().len(), 2);
        assert!(database.unpushed().await.unwrap().is_empty());

        database.end_changes(&[(id(1), DONE), (id(2), End::NotDone)]).await.unwrap();
        assert!(database.open_changes().await.unwrap().is_empty());
        let entries = database.entries(&EntryFilter::default(), None, 9).await.unwrap();
        assert_eq!(entries.len(), 1);
        let (entry, made) = (&entries[0], intent(1, Action::SetStatus, None));
        assert_eq!((&entry.id, entry.at, &entry.actor, &entry.key), (&made.id, made.at, &made.actor, &made.key));
        assert_eq!((&entry.before, &entry.after, &entry.reason), (&made.before, &made.after, &made.reason));
        assert_eq!(entry.device.as_deref(), Some("Pixel 8"));
        let unpushed = database.unpushed().await.unwrap();
        let FileState { content, values } = unpushed[0].before.clone().unwrap();
        assert_eq!((&unpushed[0].key, &unpushed[0].newest, unpushed.len()), (&made.key, &made.id, 1));
        assert_eq!((content, Some(values)), (Digest::of(b"before").content(), made.before));
        let recorded = database.recorded(&id(1)).await.unwrap().unwrap();
        assert_eq!((recorded.splices, recorded.entry.digest_after), (made.splices, made.digest_after));
        assert_eq!(database.last_change_id().await.unwrap(), Some(id(1)));
    }

    #[tokio::test]
    async fn an_outcome_once_written_stays() {
        let (_folder, database) = database().await;
        make(&database, intent(1, Action::SetStatus, None)).await;
        database.end_changes(&[(id(1), End::NotDone), (id(1), End::Outcome(Outcome::Overwritten))]).await.unwrap();
        assert_eq!(database.entry(&id(1)).await.unwrap().unwrap().outcome, Outcome::Done);
    }

    #[tokio::test]
    async fn a_new_intent_replaces_the_one_before() {
        let (_folder, database) = database().await;
        let first = Intent { kept: Some(kept_file()), ..intent(1, Action::Delete, None) };
        database.begin_changes(&[first]).await.unwrap();
        let file = KeptFile { bytes: b"newer".to_vec(), acl: None, ..kept_file() };
        let again = Intent {
            kept: Some(file.clone()),
            digest_before: Some(Digest::of(b"newer")),
            ..intent(1, Action::Delete, None)
        };
        make(&database, again).await;
        assert!(database.recorded(&id(1)).await.unwrap().unwrap().kept.unwrap() == file);
    }

    #[tokio::test]
    async fn what_is_undone_follows_the_undo_of_an_undo() {
        let (_folder, database) = database().await;
        let undone = async |n: u32| database.entry(&id(n)).await.unwrap().unwrap().undone_by;
        make(&database, intent(1, Action::SetStatus, None)).await;
        assert_eq!(undone(1).await, None);
        make(&database, intent(2, Action::SetStatus, Some(&id(1)))).await;
        assert_eq!(undone(1).await, Some(id(2)));
        make(&database, intent(3, Action::SetStatus, Some(&id(2)))).await;
        assert_eq!((undone(2).await, undone(1).await), (Some(id(3)), None));
        make(&database, intent(4, Action::SetStatus, Some(&id(3)))).await;
        assert_eq!((undone(3).await, undone(2).await, undone(1).await), (Some(id(4)), None, Some(id(2))));
    }

    #[tokio::test]
    async fn an_undo_that_was_overwritten_undid_nothing() {
        let (_folder, database) = database().await;
        make(&database, intent(1, Action::SetStatus, None)).await;
        database.begin_changes(&[intent(2, Action::SetStatus, Some(&id(1)))]).await.unwrap();
        database.end_changes(&[(id(2), End::Outcome(Outcome::Overwritten))]).await.unwrap();
        assert_eq!(database.entry(&id(1)).await.unwrap().unwrap().undone_by, None);
    }

    #[tokio::test]
    async fn pruning_lets_go_of_the_bytes_and_keeps_the_entry() {
        let (_folder, database) = database().await;
        for n in [1, 2] {
            make(&database, Intent { kept: Some(kept_file()), ..intent(n, Action::Delete, None) }).await;
        }
        let open = Intent { kept: Some(kept_file()), ..intent(0, Action::Delete, None) };
        database.begin_changes(&[open]).await.unwrap();
        assert_eq!(database.prune_kept(Timestamp::from_millis(2000)).await.unwrap(), 1);
        assert!(!database.entry(&id(1)).await.unwrap().unwrap().kept);
        assert!(database.entry(&id(2)).await.unwrap().unwrap().kept);
        assert!(database.recorded(&id(1)).await.unwrap().unwrap().kept.is_none());
        assert_eq!(database.open_changes().await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn filters_and_batches_find_their_entries() {
        let (_folder, database) = database().await;
        for n in 1..=8 {
            make(&database, intent(n, Action::SetStatus, None)).await;
        }
        let ids = async |filter: EntryFilter| -> Vec<String> {
            let entries = database.entries(&filter, None, 100).await.unwrap();
            assert_eq!(database.count_entries(&filter).await.unwrap(), entries.len() as u64);
            entries.into_iter().map(|entry| entry.id).collect()
        };
        let apps = |apps: &[&str]| EntryFilter {
            apps: Some(apps.iter().map(|app| (*app).to_owned()).collect()),
            ..EntryFilter::default()
        };
        assert_eq!(ids(apps(&["odd"])).await, [id(7), id(5), id(3), id(1)]);
        assert!(ids(apps(&[])).await.is_empty());
        let times = EntryFilter {
            since: Some(Timestamp::from_millis(3000)),
            until: Some(Timestamp::from_millis(5000)),
            ..EntryFilter::default()
        };
        assert_eq!(ids(times).await, [id(4), id(3)]);
        assert!(ids(EntryFilter { actor: Some("x".into()), ..EntryFilter::default() }).await.is_empty());
        assert_eq!(ids(EntryFilter { batch: Some("BATCH".into()), ..EntryFilter::default() }).await.len(), 3);
        let of =
            async |id: &str| database.changes_of(id).await.unwrap().into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(of("BATCH").await, [id(8), id(7), id(6)]);
        assert_eq!(of(&id(1)).await, [id(1)]);
        assert!(of("nothing").await.is_empty());
        assert_eq!(database.journal_apps().await.unwrap(), ["even", "odd"]);
    }
}
