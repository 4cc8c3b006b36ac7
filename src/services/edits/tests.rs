//! Changes from end to end: a folder, a database, and what stands in both afterwards.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::plan::{Ask, Job, Origin};
use super::*;
use crate::domain::account::{Actor, ActorKind, AppScope, Caller, Role};
use crate::domain::change::{Action, Email, Expectation, Outcome, Patch, Reason};
use crate::domain::push::{Completed, PushOutcome};
use crate::domain::query::Filter;
use crate::domain::session::{SessionKey, Status, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::ConnectionToken;
use crate::services::catalog::{Catalog, Options};
use crate::services::error::Error;
use crate::services::events::Events;
use crate::services::journal::{Change, ChangeQuery, Journal};
use crate::store::database::Database;
use crate::store::database::pushes::{Mark, Pushed};
use crate::store::folder::Folder;
use crate::store::writer::{BYTES_NEVER_SYNCED, NEVER_SYNCED, Writer};

const APP: &str = "UTT7VDX8W5.com.a";

fn context(caller: Caller, reason: Option<Reason>, expected: Expectation) -> ChangeContext {
    ChangeContext { caller, request_id: "request".to_owned(), reason, expected }
}

fn origin() -> Origin {
    let (actor, request_id) = (operator().actor, "request".to_owned());
    Origin { actor, request_id, reason: None, batch_id: None, supervision: None }
}

/// A MobileApps folder with everything that changes it.
pub(crate) struct World {
    _data: tempfile::TempDir,
    root: tempfile::TempDir,
    pub(crate) database: Database,
    catalog: Arc<Catalog>,
    pub(crate) edits: Arc<Edits>,
    journal: Journal,
}

impl World {
    pub(crate) async fn with(files: &[(&str, Vec<u8>)]) -> Self {
        let (data, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::create_dir(root.path().join(APP)).unwrap();
        for (id, bytes) in files {
            std::fs::write(root.path().join(APP).join(id), bytes).unwrap();
        }
        let database = Database::for_tests(data.path()).await;
        let folder = Arc::new(Folder::new(root.path().to_owned(), 4096));
        let options = Options { rescan: Duration::from_secs(3600), poll: false, moved: false };
        let events = Events::start(database.clone()).await.unwrap();
        let catalog = Catalog::start(folder.clone(), database.clone(), events, options).await.unwrap();
        let writer = Arc::new(Writer::new(folder.clone(), database.installation().to_owned()));
        let edits = Edits::new(database.clone(), catalog.clone(), writer, folder);
        let journal = Journal::new(database.clone(), catalog.clone());
        Self { _data: data, root, database, catalog, edits, journal }
    }

    /// As after a push that 4D answered.
    async fn pushed(&self, marks: &[Mark]) {
        let completed = Completed {
            at: Timestamp::from_millis(1),
            by: Actor { kind: ActorKind::Cli, name: "auto-push".into() },
            outcome: PushOutcome::Ok,
            detail: None,
            push_errors: Vec::new(),
            duration_ms: 1,
        };
        self.database.record_push(&Pushed { completed: &completed, marks, looked_at: None }).await.unwrap();
    }

    fn path(&self, id: &str) -> PathBuf {
        self.root.path().join(APP).join(id)
    }

    pub(crate) fn bytes(&self, id: &str) -> Vec<u8> {
        std::fs::read(self.path(id)).unwrap()
    }

    fn write(&self, id: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(id), bytes).unwrap();
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(self.root.path().join(APP))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    async fn accept(&self, id: &str) -> Result<Changed, Error> {
        self.set(id, Some(Status::Accepted), None, Expectation::Nothing).await
    }

    async fn set(
        &self,
        id: &str,
        status: Option<Status>,
        email: Option<&str>,
        expected: Expectation,
    ) -> Result<Changed, Error> {
        let patch = Patch { status, email: email.map(|email| Email::parse(email).unwrap()) };
        self.edits.change(context(operator(), Reason::parse("why"), expected), key(id), patch).await
    }

    async fn delete(&self, id: &str) -> Result<Changed, Error> {
        self.edits.delete(context(operator(), None, Expectation::Nothing), key(id)).await
    }

    async fn undo_as(&self, caller: &Caller, id: &str) -> Result<BatchResult, Error> {
        let request = BatchRequest::Undo(self.edits.undoing(caller, id).await?);
        self.edits.batch(caller, "request", request, None, false).await
    }

    async fn undo(&self, id: &str) -> BatchResult {
        self.undo_as(&operator(), id).await.unwrap()
    }

    /// Undoes one change, which must work; the id of the undo.
    async fn undone(&self, id: &str) -> String {
        let result = self.undo(id).await;
        assert_eq!((result.changed, result.failed), (1, 0), "{result:?}");
        result.change_id.unwrap()
    }

    pub(crate) async fn entries(&self) -> Vec<Change> {
        let query = ChangeQuery { limit: 500, ..ChangeQuery::default() };
        self.journal.list(&AppScope::all(), &query).await.unwrap().items
    }

    async fn entry(&self, id: &str) -> Change {
        self.journal.change(&AppScope::all(), id).await.unwrap().unwrap()
    }

    async fn batch(&self, action: BatchAction, target: BatchTarget, dry_run: bool) -> BatchResult {
        let request = BatchRequest::Each(action, target);
        self.edits.batch(&operator(), "request", request, None, dry_run).await.unwrap()
    }
}

pub(crate) fn caller(role: Role, globs: &[&str]) -> Caller {
    Caller {
        id: "caller".into(),
        actor: Actor { kind: ActorKind::Token, name: "robot".into() },
        role,
        apps: AppScope::parse(&globs.iter().map(|glob| (*glob).to_owned()).collect::<Vec<_>>()).unwrap(),
        secrets: false,
    }
}

fn operator() -> Caller {
    caller(Role::Operator, &[])
}

fn key(id: &str) -> SessionKey {
    SessionKey::parse(APP, id).unwrap()
}

fn item(id: &str) -> BatchItem {
    BatchItem { app: APP.into(), id: id.into(), expected: Expectation::Nothing, replaces: None }
}

pub(crate) fn items(ids: &[&str]) -> BatchTarget {
    BatchTarget::Sessions(ids.iter().map(|id| item(id)).collect())
}

/// A compliant file in the hand of 4D before v19 R2: mark, CR line ends, tabs.
pub(crate) fn file(id: &str, status: &str) -> Vec<u8> {
    let token = ConnectionToken::encode("com.a", id, "UTT7VDX8W5");
    format!(
        "\u{feff}{{\r\t\"application\": {{\"id\":\"com.a\"}},\r\t\"team\" :{{ \"id\":\"UTT7VDX8W5\"}},\
         \r\t\"session\":{{\"id\":\"{id}\"}},\r\t\"st\\u0061tus\" : \"{status}\",\r\t\"n\": 1e400,\
         \r\t\"token\":\"{token}\"\r}}\r"
    )
    .into_bytes()
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(bytes.to_vec()).unwrap().replacen(from, to, 1).into_bytes()
}

fn outcomes(result: &BatchResult) -> Vec<(&str, ItemOutcome, Option<&str>)> {
    result
        .items
        .iter()
        .map(|item| {
            let kind = item.problem.as_ref().map(|problem| problem.kind.trim_start_matches("/problems/"));
            (item.id.as_str(), item.outcome, kind)
        })
        .collect()
}

use ItemOutcome::Failed as FAILED;

#[tokio::test(flavor = "multi_thread")]
async fn undo_keeps_what_4d_wrote_since() {
    let world = World::with(&[("70ab", file("70ab", "pending"))]).await;
    let change = world.accept("70ab").await.unwrap().change_id.unwrap();
    let since = replaced(&world.bytes("70ab"), "1e400", "[2]");
    world.write("70ab", &since);
    let undo = world.undone(&change).await;
    assert_eq!(world.bytes("70ab"), replaced(&since, "\"accepted\"", "\"pending\""));

    let banned = file("70ab", "banned");
    world.write("70ab", &banned);
    assert_eq!(outcomes(&world.undo(&undo).await), [("70ab", FAILED, Some("changed-since"))]);
    assert_eq!(world.bytes("70ab"), banned);
    std::fs::remove_file(world.path("70ab")).unwrap();
    assert_eq!(outcomes(&world.undo(&undo).await), [("70ab", FAILED, Some("not-found"))]);
    assert_eq!(world.entries().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_batch_by_filter_is_undone_whole() {
    let ids: Vec<String> = (0..600).map(|n| format!("{n:04x}")).collect();
    let files: Vec<_> = ids.iter().map(|id| (id.as_str(), file(id, "pending"))).collect();
    let world = World::with(&files).await;
    let pending = Filter { status: vec![StatusClass::Pending], ..Filter::default() };
    let result = world
        .batch(BatchAction::Delete, BatchTarget::Filter(Box::new(Selection { filter: pending, if_total: None })), false)
        .await;
    assert_eq!((result.total, result.changed), (600, 600));
    assert!(world.names().is_empty());
    let undo = world.undo(&result.change_id.unwrap()).await;
    assert_eq!((undo.changed, undo.failed), (600, 0));
    assert!(files.iter().all(|(id, bytes)| world.bytes(id) == *bytes));
    assert_eq!(world.names().len(), 600);
    let nothing = world.undo(&undo.change_id.unwrap()).await;
    assert_eq!(nothing.changed, 600);
    assert!(world.names().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn simultaneous_changes_are_all_made_and_share_commits() {
    let ids: Vec<String> = (0..8).map(|n| format!("a{n}")).collect();
    let files: Vec<_> = ids.iter().map(|id| (id.as_str(), file(id, "pending"))).collect();
    let world = Arc::new(World::with(&files).await);
    let tasks: Vec<_> = (0..80)
        .map(|n| {
            let (world, id) = (world.clone(), ids[n % 8].clone());
            tokio::spawn(async move {
                world.set(&id, None, Some(&format!("user{n}@b.c")), Expectation::Nothing).await.unwrap()
            })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap().change_id.is_some());
    }
    let entries = world.entries().await;
    for id in &ids {
        let mut of_this: Vec<_> = entries.iter().filter(|entry| entry.session.as_str() == id).collect();
        assert_eq!(of_this.len(), 10);
        of_this.reverse();
        for two in of_this.windows(2) {
            assert_eq!(two[0].after, two[1].before, "each was built on the one before");
        }
    }
    assert!(world.database.open_changes().await.unwrap().is_empty());
    assert_eq!(world.names().len(), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_goes_on_when_nobody_waits_for_it() {
    let world = World::with(&[("70ab", file("70ab", "pending"))]).await;
    let waited = tokio::time::timeout(Duration::from_nanos(1), world.accept("70ab")).await;
    drop(waited);
    for _ in 0..500 {
        if world.entries().await.len() == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(world.entries().await.len(), 1);
    assert_eq!(world.bytes("70ab"), file("70ab", "accepted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn interrupted_changes_are_settled_by_the_file() {
    let ids = ["a1", "a2", "a3", "a4", "a5"];
    let world = World::with(&ids.map(|id| (id, file(id, "pending")))).await;
    let origin = origin();
    let mut intents = Vec::new();
    for id in ids {
        let accept = Ask::Patch(Patch { status: Some(Status::Accepted), email: None });
        let ask = if matches!(id, "a4" | "a5") { Ask::Delete } else { accept };
        let job = Job { key: key(id), ask, expected: Expectation::Nothing };
        let plan::Plan::Change(planned) = world.edits.plan(&origin, &job, None).await.unwrap() else { panic!("{id}") };
        intents.push(planned.intent);
    }
    let change = |n: usize| intents[n].id.clone();
    world.database.begin_changes(&intents).await.unwrap();
    // The program stops here: a1 and a5 not begun, a2 and a4 done, a3 written by 4D since.
    world.write("a2", file("a2", "accepted"));
    world.write("a3", file("a3", "banned"));
    std::fs::remove_file(world.path("a4")).unwrap();
    assert_eq!(world.edits.settle().await.unwrap(), 5);
    assert_eq!(world.edits.settle().await.unwrap(), 0);

    let shown: Vec<_> = world.entries().await.into_iter().map(|entry| (entry.id, entry.outcome)).collect();
    let expected = [(change(3), Outcome::Done), (change(2), Outcome::Overwritten), (change(1), Outcome::Done)];
    assert_eq!(shown, expected);
    world.undone(&change(3)).await;
    assert_eq!(world.bytes("a4"), file("a4", "pending"));
    assert!(world.entries().await[0].id > change(4), "ids go on behind those of before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_without_an_outcome_is_settled_later() {
    let ids = ["a1", "a2"];
    let world = World::with(&ids.map(|id| (id, file(id, "pending")))).await;
    let origin = origin();
    let mut intents = Vec::new();
    for id in ids {
        let ask = Ask::Patch(Patch { status: Some(Status::Accepted), email: None });
        let job = Job { key: key(id), ask, expected: Expectation::Nothing };
        let plan::Plan::Change(planned) = world.edits.plan(&origin, &job, None).await.unwrap() else { panic!("{id}") };
        intents.push(planned.intent);
    }
    world.database.begin_changes(&intents).await.unwrap();
    // a1 was done, a2 was not; neither outcome was written, and then both files are deleted.
    world.write("a1", file("a1", "accepted"));
    let mut deletes = Vec::new();
    for id in ids {
        let delete = world.edits.delete(context(operator(), None, Expectation::Nothing), key(id)).await.unwrap();
        deletes.push((delete.change_id.unwrap(), Outcome::Done));
    }
    assert_eq!(world.edits.settle().await.unwrap(), 2);
    let mut shown: Vec<_> = world.entries().await.into_iter().map(|entry| (entry.id, entry.outcome)).collect();
    shown.reverse();
    assert_eq!(shown, [vec![(intents[0].id.clone(), Outcome::Done)], deletes].concat());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_that_was_interrupted_counts_once_it_is_settled() {
    let world = World::with(&[("70ab", file("70ab", "pending"))]).await;
    let change = world.accept("70ab").await.unwrap().change_id.unwrap();
    let origin = origin();
    let job = Job { key: key("70ab"), ask: Ask::Undo(change.clone()), expected: Expectation::Nothing };
    let plan::Plan::Change(planned) = world.edits.plan(&origin, &job, None).await.unwrap() else { panic!() };
    world.database.begin_changes(&[planned.intent]).await.unwrap();
    world.write("70ab", file("70ab", "pending"));
    world.edits.settle().await.unwrap();
    assert!(world.entry(&change).await.undone_by.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_settled_while_the_folder_is_away() {
    let world = World::with(&[("70ab", file("70ab", "pending"))]).await;
    let change = world.accept("70ab").await.unwrap().change_id.unwrap();
    let away = world.root.path().with_extension("away");
    std::fs::rename(world.root.path(), &away).unwrap();
    let failed = world.accept("70ab").await;
    assert!(matches!(failed, Err(Error::FolderUnavailable { .. })), "{failed:?}");
    assert!(world.undo(&change).await.items[0].problem.as_ref().unwrap().status == 503);
    std::fs::rename(&away, world.root.path()).unwrap();
    world.undone(&change).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_4d_writes_loses_none_of_them() {
    let world = Arc::new(World::with(&[("70ab", file("70ab", "pending"))]).await);
    let path = world.path("70ab");
    let other = std::thread::spawn(move || {
        for n in 0..200 {
            // As 4D may: a new file takes the old one's place.
            let now = loop {
                match std::fs::read(&path) {
                    Ok(bytes) if !bytes.is_empty() => break bytes,
                    _ => std::thread::yield_now(),
                }
            };
            let text = String::from_utf8(now).unwrap();
            let at = text.find("\"n\": ").unwrap() + 5;
            let end = at + text[at..].find(',').unwrap();
            let next = path.with_extension("4d");
            std::fs::write(&next, format!("{}{n}{}", &text[..at], &text[end..])).unwrap();
            std::fs::rename(&next, &path).unwrap();
            std::thread::sleep(Duration::from_millis(2));
        }
    });
    let mut made = 0;
    while !other.is_finished() {
        let status = if made % 2 == 0 { Status::Accepted } else { Status::Pending };
        match world.set("70ab", Some(status), None, Expectation::Nothing).await {
            Ok(_) => made += 1,
            Err(Error::Busy) => (),
            Err(error) => panic!("{error:?}"),
        }
    }
    other.join().unwrap();
    let text = String::from_utf8(world.bytes("70ab")).unwrap();
    assert!(text.contains("\"n\": 199,"), "4D's last write is there: {text}");
    assert!(world.database.open_changes().await.unwrap().is_empty());
    assert!(made > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn undoing_a_pushed_delete_mentions_the_new_sign_in() {
    let world = World::with(&[("70ab", file("70ab", "pending"))]).await;
    let delete = world.delete("70ab").await.unwrap().change_id.unwrap();
    world.pushed(&[(key("70ab"), delete.clone())]).await;
    assert!(world.entry(&delete).await.pushed_at.is_some());
    assert!(world.database.unpushed().await.unwrap().is_empty());
    let note = world.undo(&delete).await.items.remove(0).note.unwrap();
    assert!(note.contains("sign in again"), "{note}");
    let again = world.entries().await[0].id.clone();
    world.undone(&again).await;
}

#[tokio::test]
async fn a_change_on_a_failing_disk_is_journaled_and_undoable() {
    let world = World::with(&[]).await;
    let app = world.root.path().join(NEVER_SYNCED);
    std::fs::create_dir(&app).unwrap();
    let file = app.join("70ab");
    let original = br#"{"status":"pending","email":"ann@x.example"}"#;
    std::fs::write(&file, original).unwrap();
    world.catalog.refresh().await.unwrap();
    let key = SessionKey::parse(NEVER_SYNCED, "70ab").unwrap();
    let deleted = world.edits.delete(context(operator(), None, Expectation::Nothing), key).await;
    assert!(matches!(deleted, Err(Error::Unsure { change: Some(_), .. })), "{deleted:?}");
    assert!(!file.exists());

    // The intent is open until upkeep looks at the file.
    assert_eq!(world.edits.settle().await.unwrap(), 1);
    let entries = world.entries().await;
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert!(entry.action == Action::Delete && entry.can_undo, "{entry:?}");
    assert_eq!(world.undo(&entry.id).await.failed, 1, "the disk still fails");
    world.edits.settle().await.unwrap();
    assert_eq!(std::fs::read(&file).unwrap(), original, "and yet the bytes were kept, and are back");
}

#[tokio::test]
async fn what_a_failing_disk_did_not_take_was_never_done() {
    let world = World::with(&[]).await;
    let app = world.root.path().join(BYTES_NEVER_SYNCED);
    std::fs::create_dir(&app).unwrap();
    let original = br#"{"status":"pending","email":"ann@x.example"}"#;
    std::fs::write(app.join("70ab"), original).unwrap();
    world.catalog.refresh().await.unwrap();
    let key = SessionKey::parse(BYTES_NEVER_SYNCED, "70ab").unwrap();
    let patch = Patch { status: Some(Status::Accepted), email: None };
    let changed = world.edits.change(context(operator(), None, Expectation::Nothing), key, patch).await;
    assert!(matches!(changed, Err(Error::Internal(_))), "{changed:?}");
    assert_eq!(std::fs::read(app.join("70ab")).unwrap(), original);
    assert_eq!(std::fs::read_dir(&app).unwrap().count(), 1, "nothing of ours lies there");
    assert!(world.entries().await.is_empty(), "what was not done is not in the journal");
    assert!(world.database.open_changes().await.unwrap().is_empty());
}
