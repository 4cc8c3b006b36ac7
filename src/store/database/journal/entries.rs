//! The journal as it is read: entries, and what an undo needs of them.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::account::{Actor, ActorKind};
use crate::domain::change::{Action, Digest, Outcome, Reason, Values};
use crate::domain::decision::{Decision, Declined};
use crate::domain::session::SessionKey;
use crate::domain::session::splice::Splice;
use crate::domain::timestamp::Timestamp;
use crate::store::database::columns::{flag, number, stored, text};
use crate::store::database::sql::Sql;
use crate::store::database::{Database, Error};
use crate::store::writer::KeptFile;

/// A change as it stands in the journal.
#[derive(Clone, Debug)]
pub struct Entry {
    /// A ULID.
    pub id: String,
    /// Shared by all of one batch.
    pub batch_id: Option<String>,
    pub at: Timestamp,
    pub actor: Actor,
    pub action: Action,
    pub key: SessionKey,
    pub before: Option<Values>,
    pub after: Option<Values>,
    pub reason: Option<Reason>,
    pub request_id: String,
    pub outcome: Outcome,
    /// The change that it took back.
    pub undoes: Option<String>,
    /// The change that undid it and is in effect.
    pub undone_by: Option<String>,
    /// When it was pushed to 4D.
    pub pushed_at: Option<Timestamp>,
    pub pushed_by: Option<Actor>,
    /// Of the file that it left; `None` for a delete.
    pub digest_after: Option<Digest>,
    /// Whether the bytes that a delete took away are still kept.
    pub kept: bool,
    /// What the session's device was called.
    pub device: Option<String>,
    /// What people had decided on the session.
    pub decision_before: Option<Decision>,
    /// What they have decided since.
    pub decision_after: Option<Decision>,
}

/// What the entries of one batch are together.
#[derive(Clone, Debug)]
pub struct BatchFacts {
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
    pub key: SessionKey,
    pub action: Action,
    /// The change that it took back.
    pub undoes: Option<String>,
}

/// A change with all that is needed to take it back.
pub struct Recorded {
    pub entry: Entry,
    /// What it changed in the document.
    pub splices: Vec<Splice>,
    /// What a delete took away, unless that was let go.
    pub kept: Option<KeptFile>,
    /// Since when the session had been waiting before it, in milliseconds since 1970, if it had.
    pub waited_since: Option<i64>,
}

impl Entry {
    /// Whether it set the status, and somebody declined the session later: to take it back would end what was decided
    /// since.
    pub fn is_before_decline(&self, declined: Option<&Declined>) -> bool {
        let (before, after) = (self.before.as_ref(), self.after.as_ref());
        let sets_status = before.map(|values| &values.status) != after.map(|values| &values.status);
        sets_status && declined.is_some_and(|declined| declined.at > self.at)
    }
}

/// Which entries. A condition that is `None` holds for all.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// Of one of these apps.
    pub apps: Option<Vec<String>>,
    pub session: Option<String>,
    /// By the actor of this name.
    pub actor: Option<String>,
    pub action: Option<Action>,
    pub batch: Option<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// A text, in lower case, within the session's id, the device's name, a note or an e-mail.
    pub q: Option<String>,
    /// Of each batch the newest of these entries alone, which stands for all of it.
    pub batch_as_one: bool,
}

const COLUMNS: &str = "id, batch_id, at, actor_kind, actor_name, action, app, session, before_values, after_values, \
    digest_after, reason, request_id, outcome, undoes, undone_by, pushed_at, pushed_by_kind, pushed_by_name, device, \
    decision_before, decision_after, \
    EXISTS (SELECT 1 FROM kept_file WHERE change_id = change.id) AS kept";

const FACTS: &str = "COUNT(*) AS total, MIN(action) AS action, MAX(action) AS last_action, \
    MIN(json_extract(after_values, '$.status')) AS status, MAX(json_extract(after_values, '$.status')) AS last_status, \
    COUNT(undoes) > 0 AS undoes, COUNT(undone_by) > 0 AS undone";

impl Database {
    /// The newest id of a change or batch: later ones must be larger, whatever the clock says.
    pub async fn last_change_id(&self) -> Result<Option<String>, Error> {
        sqlx::query_scalar("SELECT MAX(id) FROM change").fetch_one(self.readers()).await
    }

    /// Entries, newest first: those behind `after`, if it is given.
    pub async fn entries(&self, filter: &EntryFilter, after: Option<&str>, limit: usize) -> Result<Vec<Entry>, Error> {
        let mut query = select(COLUMNS, filter);
        if filter.batch_as_one {
            query.push(" AND (batch_id IS NULL OR id = (SELECT MAX(id) FROM change AS other");
            query.push(" WHERE other.batch_id = change.batch_id AND outcome IS NOT NULL");
            push_conditions(&mut query, filter);
            query.push("))");
        }
        if let Some(after) = after {
            query.push(" AND id < ").push_bind(after.to_owned());
        }
        query.push(" ORDER BY id DESC LIMIT ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
        query.build()?.fetch_all(self.readers()).await?.iter().map(entry).collect()
    }

    /// How many entries there are.
    pub async fn count_entries(&self, filter: &EntryFilter) -> Result<u64, Error> {
        let what = match filter.batch_as_one {
            true => "COUNT(*) - COUNT(batch_id) + COUNT(DISTINCT batch_id)",
            false => "COUNT(*)",
        };
        let count: i64 = select(what, filter).build_scalar()?.fetch_one(self.readers()).await?;
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
        Ok(undoable.build()?.fetch_optional(self.readers()).await?.is_some())
    }

    /// What the entries of a filter are together: those of a batch.
    pub async fn batch_facts(&self, filter: &EntryFilter) -> Result<BatchFacts, Error> {
        let row = select(FACTS, filter).build()?.fetch_one(self.readers()).await?;
        let alike = |one: &str, last: &str| -> Result<Option<String>, Error> {
            let (one, last): (Option<String>, Option<String>) = (row.try_get(one)?, row.try_get(last)?);
            Ok(one.filter(|one| last.as_ref() == Some(one)))
        };
        Ok(BatchFacts {
            total: u64::try_from(row.try_get::<i64, _>("total")?).unwrap_or(0),
            action: alike("action", "last_action")?.and_then(|action| Action::parse(&action)),
            status: alike("status", "last_status")?,
            undoes: flag(&row, "undoes")?,
            undone: flag(&row, "undone")?,
        })
    }

    pub async fn entry(&self, id: &str) -> Result<Option<Entry>, Error> {
        let mut query = select(COLUMNS, &EntryFilter::default());
        query.push(" AND id = ").push_bind(id.to_owned());
        query.build()?.fetch_optional(self.readers()).await?.as_ref().map(entry).transpose()
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
            "SELECT id, app, session FROM change WHERE id = $1 AND outcome IS NOT NULL UNION \
             SELECT id, app, session FROM change WHERE batch_id = $2 AND outcome IS NOT NULL ORDER BY id DESC",
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
            "SELECT app, session, action, undoes FROM change WHERE batch_id = $1 AND outcome IS NOT NULL ORDER BY id",
        )
        .bind(batch_id)
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| Ok(MadeChange { key: key(row)?, action: action(row)?, undoes: row.try_get("undoes")? }))
            .collect()
    }

    /// A change with all that is needed to take it back.
    pub async fn recorded(&self, id: &str) -> Result<Option<Recorded>, Error> {
        let mut query = select(COLUMNS, &EntryFilter::default());
        query.push(" AND id = ").push_bind(id.to_owned());
        let Some(row) = query.build()?.fetch_optional(self.readers()).await? else { return Ok(None) };
        let more = sqlx::query(
            "SELECT splices, waited_since, bytes, mode, uid, gid, acl FROM change \
             LEFT JOIN kept_file ON change_id = id WHERE id = $1",
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
}

fn select(what: &str, filter: &EntryFilter) -> Sql {
    let mut query = Sql::new("SELECT ");
    query.push(what).push(" FROM change WHERE outcome IS NOT NULL");
    push_conditions(&mut query, filter);
    query
}

/// The columns are those of the innermost table.
fn push_conditions(query: &mut Sql, filter: &EntryFilter) {
    if let Some(apps) = &filter.apps {
        query.push_in(" AND app", apps.iter().cloned());
    }
    let texts = [
        (" AND session = ", filter.session.as_deref()),
        (" AND actor_name = ", filter.actor.as_deref()),
        (" AND action = ", filter.action.map(Action::as_str)),
        (" AND batch_id = ", filter.batch.as_deref()),
    ];
    for (condition, value) in texts {
        if let Some(value) = value {
            query.push(condition).push_bind(stored(value));
        }
    }
    for (condition, time) in [(" AND at >= ", filter.since), (" AND at < ", filter.until)] {
        if let Some(time) = time {
            query.push(condition).push_bind(time.millis());
        }
    }
    if let Some(q) = &filter.q {
        query.push(" AND instr(search, ").push_bind(stored(q)).push(") > 0");
    }
}

fn entry(row: &AnyRow) -> Result<Entry, Error> {
    let outcome: String = row.try_get("outcome")?;
    let reason: Option<String> = row.try_get("reason")?;
    let pushed_at: Option<i64> = row.try_get("pushed_at")?;
    Ok(Entry {
        id: row.try_get("id")?,
        batch_id: row.try_get("batch_id")?,
        at: Timestamp::from_millis(row.try_get("at")?),
        actor: actor(row)?,
        action: action(row)?,
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
        kept: flag(row, "kept")?,
        device: text(row, "device")?,
        decision_before: json(row, "decision_before")?,
        decision_after: json(row, "decision_after")?,
    })
}

pub(super) fn action(row: &AnyRow) -> Result<Action, Error> {
    Action::parse(row.try_get("action")?).ok_or_else(|| unreadable("action"))
}

pub(super) fn actor(row: &AnyRow) -> Result<Actor, Error> {
    let kind = ActorKind::parse(row.try_get("actor_kind")?).ok_or_else(|| unreadable("actor_kind"))?;
    Ok(Actor { kind, name: row.try_get("actor_name")? })
}

fn pushed_by(row: &AnyRow) -> Result<Option<Actor>, Error> {
    let Some(kind) = row.try_get::<Option<&str>, _>("pushed_by_kind")? else { return Ok(None) };
    let kind = ActorKind::parse(kind).ok_or_else(|| unreadable("pushed_by_kind"))?;
    Ok(Some(Actor { kind, name: row.try_get("pushed_by_name")? }))
}

pub(super) fn key(row: &AnyRow) -> Result<SessionKey, Error> {
    let (app, session): (String, String) = (row.try_get("app")?, row.try_get("session")?);
    SessionKey::parse(&app, &session).ok_or_else(|| unreadable("session"))
}

fn kept(row: &AnyRow) -> Result<Option<KeptFile>, Error> {
    let Some(bytes) = row.try_get("bytes")? else { return Ok(None) };
    Ok(Some(KeptFile {
        bytes,
        mode: number(row, "mode")?,
        uid: number(row, "uid")?,
        gid: number(row, "gid")?,
        acl: row.try_get("acl")?,
    }))
}

pub(super) fn digest(row: &AnyRow, column: &'static str) -> Result<Option<Digest>, Error> {
    let bytes: Option<Vec<u8>> = row.try_get(column)?;
    bytes.map(|bytes| Digest::from_bytes(&bytes).ok_or_else(|| unreadable(column))).transpose()
}

pub(super) fn json<T: serde::de::DeserializeOwned>(row: &AnyRow, column: &'static str) -> Result<Option<T>, Error> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| unreadable(column))).transpose()
}

fn unreadable(column: &'static str) -> Error {
    Error::Decode(format!("the journal's column {column} holds what was never written there").into())
}
