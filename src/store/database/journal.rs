//! The journal as it is written: intents, outcomes, and what deletes keep.

mod entries;

use sqlx::{AnyConnection, AnyExecutor, AssertSqlSafe, Row};

pub use self::entries::{BatchFacts, Entry, EntryFilter, MadeChange, Recorded};
use self::entries::{action, actor, digest, json, key};
use super::columns::{flag, searched, stored, to_json};
use super::decisions::{self, Decided};
use super::sessions::note::set_note;
use super::{Database, Error};
use crate::domain::account::Actor;
use crate::domain::change::{Action, Digest, Outcome, Reason, Values};
use crate::domain::decision::Decision;
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
    pub at: Timestamp,
    pub actor: Actor,
    pub action: Action,
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
    pub reason: Option<Reason>,
    pub request_id: String,
    /// The change that this one takes back.
    pub undoes: Option<String>,
    /// What a delete takes away.
    pub kept: Option<KeptFile>,
    /// What the session's device is called.
    pub device: Option<String>,
    /// Since when the session has been waiting, in milliseconds since 1970, if it has.
    pub waited_since: Option<i64>,
    /// What people had decided on the session.
    pub decision_before: Option<Decision>,
    /// What they have decided since.
    pub decision_after: Option<Decision>,
}

/// Of changes, those of files.
pub(super) const OF_FILES: &str = "action NOT IN ('decline', 'undecline', 'set_note')";

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
    pub id: String,
    pub key: SessionKey,
    /// Whether it is to do nothing to the file.
    pub is_decision: bool,
    /// Of the file before; `None` where there was none.
    pub digest_before: Option<Digest>,
    /// Of the file after; `None` for a delete.
    pub digest_after: Option<Digest>,
}

const INSERT: &str = "INSERT INTO change (id, batch_id, at, actor_kind, actor_name, action, app, session, \
    before_values, after_values, splices, digest_before, digest_after, reason, request_id, undoes, device, \
    waited_since, search, decision_before, decision_after) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) \
    ON CONFLICT (id) DO UPDATE SET before_values = excluded.before_values, after_values = excluded.after_values, \
    splices = excluded.splices, digest_before = excluded.digest_before, digest_after = excluded.digest_after, \
    device = excluded.device, waited_since = excluded.waited_since, search = excluded.search, \
    decision_before = excluded.decision_before, decision_after = excluded.decision_after";

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
                if !tries.again(done.as_ref().err()).await {
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
        let mut tx = turn.begin().await?;
        end_changes(&mut tx, ends).await?;
        tx.commit().await
    }

    /// The intents whose end is not known, oldest first.
    pub async fn open_changes(&self) -> Result<Vec<OpenIntent>, Error> {
        let rows = sqlx::query(
            "SELECT id, app, session, action, digest_before, digest_after FROM change WHERE outcome IS NULL ORDER BY id",
        )
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(OpenIntent {
                    id: row.try_get("id")?,
                    key: key(row)?,
                    is_decision: Action::parse(row.try_get("action")?).is_some_and(Action::is_decision),
                    digest_before: digest(row, "digest_before")?,
                    digest_after: digest(row, "digest_after")?,
                })
            })
            .collect()
    }

    /// What the next change of the same session found: the digest of the file, `Some(None)` where there
    /// was none. `None` if there was no change since.
    pub async fn found_by_next(&self, intent: &OpenIntent) -> Result<Option<Option<Digest>>, Error> {
        let row = sqlx::query(AssertSqlSafe(format!(
            "SELECT digest_before FROM change WHERE session = $1 AND app = $2 AND id > $3 AND {OF_FILES}
             ORDER BY id LIMIT 1"
        )))
        .bind(intent.key.id.as_str())
        .bind(intent.key.app.as_str())
        .bind(&intent.id)
        .fetch_optional(self.readers())
        .await?;
        row.as_ref().map(|row| digest(row, "digest_before")).transpose()
    }

    /// Whether this intent's end is still not known.
    pub async fn is_open(&self, id: &str) -> Result<bool, Error> {
        let open = sqlx::query("SELECT EXISTS (SELECT 1 FROM change WHERE id = $1 AND outcome IS NULL)").bind(id);
        flag(&open.fetch_one(self.readers()).await?, 0)
    }

    /// Whether a delete of this session keeps a file with these bytes.
    pub async fn keeps(&self, key: &SessionKey, digest: &Digest) -> Result<bool, Error> {
        let kept = sqlx::query(
            "SELECT EXISTS (SELECT 1 FROM change JOIN kept_file ON change_id = id \
             WHERE session = $1 AND app = $2 AND digest_before = $3)",
        )
        .bind(key.id.as_str())
        .bind(key.app.as_str())
        .bind(digest.as_bytes().to_vec())
        .fetch_one(self.readers())
        .await?;
        flag(&kept, 0)
    }

    /// Lets go of what deletes before this time took away; of how many.
    pub async fn prune_kept(&self, before: Timestamp) -> Result<u64, Error> {
        // A ULID begins with its time, so the key's index finds them.
        let first = ulid::Ulid::from_parts(u64::try_from(before.millis()).unwrap_or(0), 0).to_string();
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        let pruned = sqlx::query(
            "DELETE FROM kept_file WHERE change_id < $1 AND \
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

/// Gives the decisions among them that count from now on.
pub(super) async fn end_changes(tx: &mut AnyConnection, ends: &[(String, End)]) -> Result<Vec<Decided>, Error> {
    let mut decided = Vec::new();
    for (id, end) in ends {
        match end {
            End::NotDone => {
                let delete = sqlx::query("DELETE FROM change WHERE id = $1 AND outcome IS NULL").bind(id);
                delete.execute(&mut *tx).await?;
            }
            End::Outcome(outcome) => decided.extend(set_outcome(tx, id, *outcome).await?),
        }
    }
    Ok(decided)
}

/// What a search of the journal looks at.
fn search_text(intent: &Intent) -> String {
    let values =
        [&intent.before, &intent.after].map(|values| values.as_ref().and_then(|values| values.email.as_deref()));
    let [before, after] = values;
    let notes = [&intent.decision_before, &intent.decision_after].map(|decision| decision.as_ref()?.note());
    let [[old_name, old_note], [name, note]] =
        notes.map(|note| [note.and_then(|note| note.name.as_deref()), note.and_then(|note| note.note.as_deref())]);
    let (id, device) = (intent.key.id.as_str(), intent.device.as_deref());
    searched(&[Some(id), device, before, after, old_name, old_note, name, note])
}

/// Without what it takes away.
async fn insert_change(to: impl AnyExecutor<'_>, intent: &Intent) -> Result<(), Error> {
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
        .bind(intent.device.as_deref().map(stored))
        .bind(intent.waited_since)
        .bind(search_text(intent))
        .bind(intent.decision_before.as_ref().map(to_json).transpose()?)
        .bind(intent.decision_after.as_ref().map(to_json).transpose()?)
        .execute(to)
        .await
        .map(drop)
}

async fn insert(tx: &mut AnyConnection, intent: &Intent) -> Result<(), Error> {
    insert_change(&mut *tx, intent).await?;
    if let Some(file) = &intent.kept {
        sqlx::query(
            "INSERT INTO kept_file (change_id, bytes, mode, uid, gid, acl) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (change_id) DO UPDATE SET bytes = excluded.bytes, mode = excluded.mode, uid = excluded.uid,
             gid = excluded.gid, acl = excluded.acl",
        )
        .bind(&intent.id)
        .bind(&file.bytes)
        .bind(i64::from(file.mode))
        .bind(i64::from(file.uid))
        .bind(i64::from(file.gid))
        .bind(&file.acl)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

async fn set_outcome(tx: &mut AnyConnection, id: &str, outcome: Outcome) -> Result<Option<Decided>, Error> {
    let ended = sqlx::query(
        "UPDATE change SET outcome = $1 WHERE id = $2 AND outcome IS NULL
         RETURNING undoes, action, app, session, actor_kind, actor_name, decision_after",
    )
    .bind(outcome.as_str())
    .bind(id)
    .fetch_optional(&mut *tx)
    .await?;
    // What was overwritten may have undone nothing.
    let Some(ended) = ended.filter(|_| outcome == Outcome::Done) else { return Ok(None) };
    if let Some(undone) = ended.try_get("undoes")? {
        set_undone(tx, undone, id.to_owned()).await?;
    }
    let (action, key) = (action(&ended)?, key(&ended)?);
    if !action.is_decision() {
        return Ok(None);
    }
    let decision: Option<Decision> = json(&ended, "decision_after")?;
    match action {
        Action::SetNote => set_note(tx, &key, decision.as_ref().and_then(Decision::note)).await?,
        _ => decisions::apply(tx, &key, decision.as_ref().and_then(Decision::declined)).await?,
    }
    Ok(Some(Decided { key, action, actor: actor(&ended)? }))
}

/// `undone` is not in effect any more. If it was an undo itself, what it undid is in effect again;
/// and if that was an undo, it undoes again: so down the chain.
async fn set_undone(tx: &mut AnyConnection, undone: String, by: String) -> Result<(), Error> {
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
async fn set_undone_by(tx: &mut AnyConnection, id: &str, by: Option<&str>) -> Result<Option<String>, Error> {
    let undoes: Option<Option<String>> =
        sqlx::query_scalar("UPDATE change SET undone_by = $1 WHERE id = $2 RETURNING undoes")
            .bind(by)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
    Ok(undoes.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::ActorKind;

    async fn database() -> (tempfile::TempDir, Database) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::for_tests(folder.path()).await;
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
            decision_before: None,
            decision_after: None,
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
        assert_eq!(unpushed, [((made.key, made.id), false)], "no session is known to differ");
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
