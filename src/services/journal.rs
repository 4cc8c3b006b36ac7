//! The journal as people and programs read it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::catalog::Catalog;
use super::error::Error;
use crate::domain::account::{Actor, ActorKind, AppScope, Caller};
use crate::domain::app_id::AppId;
use crate::domain::change::{Action, FileState, Outcome, Reason, ReasonCode, Values};
use crate::domain::decision::{Decision, Note};
use crate::domain::query::Query;
use crate::domain::session::{SessionId, SessionKey, Status};
use crate::domain::timestamp::Timestamp;
use crate::store::database::Database;
pub use crate::store::database::journal::BatchFacts;
use crate::store::database::journal::{Entry, EntryFilter};
pub use crate::store::database::let_in::LetIn;

/// One entry of the journal.
#[derive(Clone, Debug)]
pub struct Change {
    pub id: String,
    pub batch_id: Option<String>,
    pub at: Timestamp,
    pub actor: Actor,
    pub action: Action,
    pub app: AppId,
    pub session: SessionId,
    pub before: Option<Values>,
    pub after: Option<Values>,
    pub reason: Option<Reason>,
    pub reason_code: Option<ReasonCode>,
    pub request_id: String,
    pub outcome: Outcome,
    pub undoes: Option<String>,
    pub undone_by: Option<String>,
    pub pushed_at: Option<Timestamp>,
    pub pushed_by: Option<Actor>,
    pub can_undo: bool,
    pub device: Option<String>,
    /// What people had said of the device; `None` for a change of anything else, too.
    pub note_before: Option<Note>,
    /// What they have said of it since.
    pub note_after: Option<Note>,
}

impl Change {
    fn new(entry: Entry, can_undo: bool) -> Self {
        let by_itself = entry.reason.as_ref().filter(|_| entry.actor.kind == ActorKind::Cli);
        let reason_code = by_itself.and_then(|reason| ReasonCode::parse(reason.as_str()));
        Self {
            id: entry.id,
            batch_id: entry.batch_id,
            at: entry.at,
            actor: entry.actor,
            action: entry.action,
            app: entry.key.app,
            session: entry.key.id,
            before: entry.before,
            after: entry.after,
            reason: reason_code.map(ReasonCode::sentence).or(entry.reason),
            reason_code,
            request_id: entry.request_id,
            outcome: entry.outcome,
            undoes: entry.undoes,
            undone_by: entry.undone_by,
            pushed_at: entry.pushed_at,
            pushed_by: entry.pushed_by,
            can_undo,
            device: entry.device,
            note_before: entry.decision_before.as_ref().and_then(Decision::note).cloned(),
            note_after: entry.decision_after.as_ref().and_then(Decision::note).cloned(),
        }
    }
}

/// One page of the journal, newest first.
#[derive(Clone, Debug)]
pub struct ChangePage {
    pub items: Vec<Change>,
    pub total: u64,
    pub next_cursor: Option<String>,
}

/// Which entries of the journal.
#[derive(Clone, Debug)]
pub struct ChangeQuery {
    /// Of this app, or of several with commas between.
    pub app: Option<String>,
    pub session: Option<String>,
    /// By the actor of this name.
    pub actor: Option<String>,
    pub action: Option<Action>,
    pub batch: Option<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// A text, in either case, within the session's id, the device's name, a note or an e-mail.
    pub q: Option<String>,
    /// Whether the newest entry of a batch stands for all of it.
    pub batch_as_one: bool,
    /// 1 to 500.
    pub limit: usize,
    /// The id after which the page begins.
    pub cursor: Option<String>,
}

impl Default for ChangeQuery {
    fn default() -> Self {
        Self {
            app: None,
            session: None,
            actor: None,
            action: None,
            batch: None,
            since: None,
            until: None,
            q: None,
            batch_as_one: false,
            limit: Query::DEFAULT_LIMIT,
            cursor: None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct BatchSummary {
    /// Of all its entries together.
    pub facts: BatchFacts,
    /// Whether any of it can still be undone.
    pub can_undo: bool,
}

/// Of how many entries of a batch it is looked whether one can be undone.
const LOOKED_AT: usize = 1000;

pub struct Journal {
    database: Database,
    catalog: Arc<Catalog>,
}

impl Journal {
    /// The journal of this database, about the sessions of this catalogue.
    pub fn new(database: Database, catalog: Arc<Catalog>) -> Self {
        Self { database, catalog }
    }

    async fn changes_of(&self, entries: Vec<Entry>) -> Vec<Change> {
        let files = self.files_of(&entries).await;
        let change = |entry: Entry| {
            let can_undo = can_undo(&entry, files.as_ref());
            Change::new(entry, can_undo)
        };
        entries.into_iter().map(change).collect()
    }

    /// What the files of entries' sessions hold now; `None` while the folder is away.
    async fn files_of(&self, entries: &[Entry]) -> Option<HashMap<SessionKey, FileState>> {
        let keys: HashSet<&SessionKey> = entries.iter().map(|entry| &entry.key).collect();
        let keys: Vec<SessionKey> = keys.into_iter().cloned().collect();
        self.catalog.file_states(&keys).await.ok()
    }

    /// Whether any entry of a batch can be undone; of a large one where none of the first can, by what the journal
    /// knows.
    async fn any_can_be_undone(&self, filter: &EntryFilter) -> Result<bool, Error> {
        let mut after: Option<String> = None;
        for limit in [10, LOOKED_AT] {
            let entries = self.database.entries(filter, after.as_deref(), limit).await?;
            let files = self.files_of(&entries).await;
            if entries.iter().any(|entry| can_undo(entry, files.as_ref())) {
                return Ok(true);
            }
            if entries.len() < limit {
                return Ok(false);
            }
            after = entries.into_iter().next_back().map(|entry| entry.id);
        }
        Ok(self.database.any_can_be_undone(filter).await?)
    }

    /// One page of what a caller may see.
    pub async fn list(&self, scope: &AppScope, query: &ChangeQuery) -> Result<ChangePage, Error> {
        let filter = self.filter(scope, query).await?;
        let total = self.database.count_entries(&filter).await?;
        let (items, next_cursor) = self.part(&filter, query.cursor.as_deref(), query.limit).await?;
        Ok(ChangePage { items, total, next_cursor })
    }

    /// The change or batch that the caller's request of this id made, if it is among their newest.
    pub async fn made_by_request(&self, caller: &Caller, request_id: &str) -> Result<Option<String>, Error> {
        let actor = Some(caller.actor.name.clone());
        let query = ChangeQuery { actor, batch_as_one: true, ..ChangeQuery::default() };
        let newest = self.list(&caller.apps, &query).await?.items;
        let made = newest.into_iter().find(|change| change.request_id == request_id && change.actor == caller.actor);
        Ok(made.map(|change| change.batch_id.unwrap_or(change.id)))
    }

    /// The next entries of a whole list, and where those behind them begin: nothing is counted.
    pub async fn walk(
        &self,
        scope: &AppScope,
        query: &ChangeQuery,
        cursor: Option<&str>,
    ) -> Result<(Vec<Change>, Option<String>), Error> {
        let filter = self.filter(scope, query).await?;
        self.part(&filter, cursor, Query::LARGEST_LIMIT).await
    }

    async fn part(
        &self,
        filter: &EntryFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<Change>, Option<String>), Error> {
        let mut entries = self.database.entries(filter, cursor, limit + 1).await?;
        let more = entries.len() > limit;
        entries.truncate(limit);
        let next = entries.last().filter(|_| more).map(|entry| entry.id.clone());
        Ok((self.changes_of(entries).await, next))
    }

    async fn filter(&self, scope: &AppScope, query: &ChangeQuery) -> Result<EntryFilter, Error> {
        Ok(EntryFilter {
            apps: self.apps(scope, query.app.as_deref()).await?,
            session: query.session.clone(),
            actor: query.actor.clone(),
            action: query.action,
            batch: query.batch.clone(),
            since: query.since,
            until: query.until,
            q: query.q.as_deref().map(|q| q.trim().to_lowercase()).filter(|q| !q.is_empty()),
            batch_as_one: query.batch_as_one,
        })
    }

    /// The sessions that this caller took out of the queue one by one since then, the last first, at most so many.
    pub async fn let_in_by(&self, caller: &Caller, since: Timestamp, most: usize) -> Result<Vec<LetIn>, Error> {
        let mut all = self.database.let_in_by(&caller.actor, since, most).await?;
        all.retain(|one| caller.apps.allows(&one.key.app));
        Ok(all)
    }

    /// One entry; `None` where there is none for this caller.
    pub async fn change(&self, scope: &AppScope, id: &str) -> Result<Option<Change>, Error> {
        let entry = self.database.entry(id).await?.filter(|entry| scope.allows(&entry.key.app));
        Ok(self.changes_of(entry.into_iter().collect()).await.pop())
    }

    /// What a batch did, as far as this caller sees it; `None` where there is nothing of it for them.
    pub async fn batch(&self, scope: &AppScope, id: &str) -> Result<Option<BatchSummary>, Error> {
        let query = ChangeQuery { batch: Some(id.to_owned()), ..ChangeQuery::default() };
        let filter = self.filter(scope, &query).await?;
        let facts = self.database.batch_facts(&filter).await?;
        if facts.total == 0 {
            return Ok(None);
        }
        Ok(Some(BatchSummary { facts, can_undo: self.any_can_be_undone(&filter).await? }))
    }

    /// The apps whose entries are asked for; `None` for all.
    async fn apps(&self, scope: &AppScope, asked: Option<&str>) -> Result<Option<Vec<String>>, Error> {
        let visible = |app: &str| AppId::parse(app).is_some_and(|app| scope.allows(&app));
        match asked {
            Some(apps) => {
                let several = apps.contains(',') && !self.database.journal_apps().await?.iter().any(|app| app == apps);
                let apps = if several { apps.split(',').collect() } else { vec![apps] };
                Ok(Some(apps.into_iter().filter(|app| visible(app)).map(str::to_owned).collect()))
            }
            None if scope.is_all() => Ok(None),
            None => Ok(Some(self.database.journal_apps().await?.into_iter().filter(|app| visible(app)).collect())),
        }
    }
}

/// Whether undo would find what the change left, as far as that is known: while the folder is away, nobody knows.
fn can_undo(entry: &Entry, files: Option<&HashMap<SessionKey, FileState>>) -> bool {
    if entry.undone_by.is_some() || (entry.action == Action::Delete && !entry.kept) {
        return false;
    }
    let Some(files) = files else { return true };
    match (entry.action, files.get(&entry.key)) {
        (Action::Delete, now) => now.is_none(),
        (_, None) => false,
        (Action::SetNote, Some(now)) => now.note == entry.decision_after,
        (action, Some(now)) if action.is_decision() => {
            now.declined == entry.decision_after && now.values.status.as_deref() == Some(Status::Pending.as_str())
        }
        (Action::Restore, Some(now)) => entry.digest_after.is_none_or(|digest| digest.content() == now.content),
        (_, Some(now)) => {
            still_there(entry, &now.values)
                && !entry.is_before_decline(now.declined.as_ref().and_then(Decision::declined))
        }
    }
}

/// Whether each value that a change set is still what it made it.
fn still_there(entry: &Entry, now: &Values) -> bool {
    let (Some(before), Some(after)) = (&entry.before, &entry.after) else { return true };
    (before.status == after.status || now.status == after.status)
        && (before.email == after.email || now.email == after.email)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::domain::session::SessionKey;
    use crate::services::catalog::Options;
    use crate::services::events::Events;
    use crate::store::database::journal::{End, Intent};
    use crate::store::folder::Folder;

    async fn journal(apps: &[&str]) -> (tempfile::TempDir, Journal) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::for_tests(folder.path()).await;
        for (n, app) in apps.iter().enumerate() {
            let id = ulid::Ulid::from_parts(n as u64 + 1, 0).to_string();
            let intent = Intent {
                id: id.clone(),
                batch_id: None,
                at: Timestamp::from_millis(n as i64),
                actor: Actor { kind: ActorKind::User, name: format!("user{}", n % 2) },
                action: Action::ALL[n % 5],
                key: SessionKey::parse(app, "ab").unwrap(),
                before: None,
                after: None,
                splices: Vec::new(),
                digest_before: None,
                digest_after: None,
                reason: None,
                request_id: String::new(),
                undoes: None,
                kept: None,
                device: None,
                waited_since: None,
                decision_before: None,
                decision_after: None,
            };
            database.begin_changes(&[intent]).await.unwrap();
            database.end_changes(&[(id, End::Outcome(Outcome::Done))]).await.unwrap();
        }
        let files = Arc::new(Folder::new(folder.path().join("away"), 4096));
        let events = Events::start(database.clone()).await.unwrap();
        let options = Options { rescan: Duration::from_secs(3600), poll: false, moved: false };
        let catalog = Catalog::start(files, database.clone(), events, options).await.unwrap();
        (folder, Journal::new(database, catalog))
    }

    #[tokio::test]
    async fn a_scoped_caller_sees_and_counts_their_apps_alone() {
        let (_folder, journal) = journal(&["a.x", "b.x", "a.y", "c.z", "a.x"]).await;
        let total = async |globs: &[&str], app: Option<&str>| {
            let scope = AppScope::parse(&globs.iter().map(|glob| (*glob).to_owned()).collect::<Vec<_>>()).unwrap();
            let query = ChangeQuery { app: app.map(str::to_owned), ..ChangeQuery::default() };
            let page = journal.list(&scope, &query).await.unwrap();
            assert_eq!(page.items.len() as u64, page.total);
            assert!(page.items.iter().all(|change| scope.allows(&change.app)));
            page.total
        };
        assert_eq!(total(&[], None).await, 5);
        assert_eq!(total(&["a.*"], None).await, 3);
        assert_eq!(total(&["a.*", "c.?"], None).await, 4);
        assert_eq!(total(&["nothing"], None).await, 0);
        assert_eq!(total(&["a.*"], Some("b.x")).await, 0);
        assert_eq!(total(&["a.*"], Some("a.x")).await, 2);
        assert_eq!(total(&[], Some("../a")).await, 0);
        let query = ChangeQuery { app: Some("b.x".into()), ..ChangeQuery::default() };
        let id = journal.list(&AppScope::all(), &query).await.unwrap().items[0].id.clone();
        let scope = AppScope::parse(&["a.*".to_owned()]).unwrap();
        assert!(journal.change(&scope, &id).await.unwrap().is_none());
        assert!(journal.change(&AppScope::all(), &id).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn pages_show_every_entry_once_newest_first() {
        let (_folder, journal) = journal(&["a"; 7]).await;
        let mut query = ChangeQuery { limit: 3, ..ChangeQuery::default() };
        let mut seen = Vec::new();
        loop {
            let page = journal.list(&AppScope::all(), &query).await.unwrap();
            assert_eq!(page.total, 7);
            seen.extend(page.items.into_iter().map(|change| change.id));
            match page.next_cursor {
                Some(cursor) => query.cursor = Some(cursor),
                None => break,
            }
        }
        assert_eq!(seen.len(), 7);
        assert!(seen.is_sorted_by(|one, next| one > next));
    }
}
