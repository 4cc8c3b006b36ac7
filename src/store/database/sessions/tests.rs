use super::lists::sort_value;
use super::row::class;
use super::*;
use crate::domain::app_id::AppId;
use crate::domain::change::Digest;
use crate::domain::event::EventKind;
use crate::domain::query::{Filter, Query, Sort, SortKey, SortValue};
use crate::domain::session::{Application, Device, Session, SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::store::database::{Database, Purpose};

/// splitmix64: enough to shuffle.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn one_of(&mut self, texts: &[&str]) -> String {
        texts[self.below(texts.len() as u64) as usize].to_owned()
    }
}

fn reading(random: &mut Random) -> Reading {
    let app = AppId::parse(&random.one_of(&["com.b", "com.a", "UTT7VDX8W5.com.c"])).unwrap();
    let id = Digest::of(&random.below(400).to_le_bytes()).short_hex();
    let key = SessionKey::parse(app.as_str(), &id).unwrap();
    let is_readable = random.below(9) > 0;
    let device = Device {
        id: Some(random.one_of(&["D-1", "d-1 ", "D-2", "", "Δ", "δ"])),
        description: Some(random.one_of(&["iPhone 13", "iphone 13", "Nexus", "Ein langer Name", "Ein langer name"])),
        os: Some(random.one_of(&["iOS", "Android", "Android P"])),
        version: Some(random.one_of(&["9", "15.4"])),
        simulator: Some(random.below(2) == 1),
        jailbroken: random.below(5) == 0,
        has_push_token: false,
    };
    let name = Some(random.one_of(&["Contact", "contact", "1.0"]));
    let session = Session {
        app: key.app,
        id: key.id,
        status: is_readable.then(|| random.one_of(&["accepted", "pending", "banned"])),
        email: is_readable.then(|| random.one_of(&["", "a@corp.example", "A@corp.example", "É@corp.example"])),
        application: is_readable.then_some(Application { id: None, name, version: None }),
        team: None,
        device: is_readable.then_some(device),
        language: None,
        ip: None,
        modified_at: Timestamp::from_millis(1_700_000_000_000 + random.below(7) as i64 * 1000),
        first_seen_at: Timestamp::from_millis(0),
        pending_since: None,
        size: 1,
        compliant: true,
        problems: Vec::new(),
        unpushed: false,
        declined: None,
        note: None,
    };
    let content = Some(if is_readable { random.below(u64::MAX).max(1) } else { 0 });
    let mark = FileMark { fingerprint: Some(random.below(u64::MAX)), racy: false, content };
    Reading { session, mark, push_token: None }
}

async fn database() -> (tempfile::TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::for_tests(folder.path()).await;
    (folder, database)
}

/// A database of some 400 sessions, which have come, changed and gone.
async fn filled(random: &mut Random) -> (tempfile::TempDir, Database) {
    let (folder, database) = database().await;
    database.make_indexes().await.unwrap();
    for round in 0..8 {
        let mut found: Vec<Reading> = Vec::new();
        for _ in 0..150 {
            let new = reading(random);
            found.retain(|other| other.session.key() != new.session.key());
            found.push(new);
        }
        let gone = found.split_off(130).into_iter().map(|reading| reading.session.key()).collect();
        let at = Timestamp::from_millis(1_800_000_000_000 + round * 1000);
        database.observe(at, Observation { found, gone, ..Observation::default() }).await.unwrap();
    }
    (folder, database)
}

async fn all(database: &Database) -> Vec<Session> {
    let keys: Vec<SessionKey> = database.files().await.unwrap().into_iter().map(|file| file.key).collect();
    database.sessions(&keys).await.unwrap().into_values().map(|(session, _)| session).collect()
}

/// The contract's order, written once more as plainly as possible.
fn sorted(mut sessions: Vec<Session>, sort: Sort) -> Vec<Session> {
    sessions.sort_by(|one, other| {
        let key = |session: &Session| match sort_value(session, sort.key) {
            SortValue::Time(time) => (0, time, String::new()),
            SortValue::Text(text) => (0, 0, text),
            SortValue::Null => (1, 0, String::new()),
        };
        let order = key(one).cmp(&key(other));
        let order = if sort.descending { order.reverse() } else { order };
        order.then_with(|| one.key().cmp(&other.key()))
    });
    sessions
}

async fn paged(database: &Database, selection: &Selection<'_>, query: &Query, matches: u64, all: u64) -> Vec<Session> {
    let (mut query, mut found) = (query.clone(), Vec::new());
    loop {
        let page = database.page(selection, &query, matches, all).await.unwrap();
        found.extend(page.sessions);
        if !page.more {
            return found;
        }
        query.cursor = found.last().map(|last| cursor_behind(last, &query));
    }
}

/// Whether a filter lets a session through, written once more.
type Wanted = fn(&Session) -> bool;

#[tokio::test]
async fn every_list_has_the_documented_order_page_by_page() {
    let (_folder, database) = filled(&mut Random(7)).await;
    let all = all(&database).await;
    assert!(all.len() > 200, "{}", all.len());
    let filters: [(Filter, Wanted); 4] = [
        (Filter::default(), |_| true),
        (Filter { status: vec![StatusClass::Pending], ..Filter::default() }, |s| s.class() == StatusClass::Pending),
        (Filter { q: Some("hone 13".into()), ..Filter::default() }, |s| {
            let description = s.device.as_ref().and_then(|device| device.description.as_deref());
            description.is_some_and(|description| description.contains("hone 13"))
        }),
        (Filter { email: Some("é@corp.example".into()), ..Filter::default() }, |s| {
            s.email.as_deref() == Some("É@corp.example")
        }),
    ];
    for (filter, wanted) in &filters {
        let selection = Selection { apps: Apps::All, filter, named: Vec::new() };
        let matches = all.iter().filter(|session| wanted(session)).count() as u64;
        assert_eq!(database.count(&selection).await.unwrap(), matches);
        for key in SortKey::all() {
            for descending in [false, true] {
                let sort = Sort { key, descending };
                let expected = sorted(all.iter().filter(|session| wanted(session)).cloned().collect(), sort);
                for limit in [3, 50, 500] {
                    let query = Query { sort, limit, ..Query::default() };
                    // Whichever way the page is found.
                    for all in [matches, matches * matches] {
                        let found = paged(&database, &selection, &query, matches, all).await;
                        assert_eq!(found, expected, "{sort} by {limit}, of {all}");
                    }
                }
                let keys = database.keys(&selection, sort).await.unwrap();
                assert_eq!(keys, expected.iter().map(Session::key).collect::<Vec<_>>(), "keys by {sort}");
            }
        }
    }
}

#[tokio::test]
async fn counts_of_apps_stay_true() {
    let (_folder, database) = filled(&mut Random(3)).await;
    let all = all(&database).await;
    let count = |class| all.iter().filter(|session| session.class() == class).count() as u64;
    let counts = database.counts().await.unwrap();
    assert_eq!(counts.total, all.len() as u64);
    assert_eq!(counts.accepted, count(StatusClass::Accepted));
    assert_eq!(counts.pending, count(StatusClass::Pending));
    assert_eq!(counts.other, count(StatusClass::Other));
    for app in database.apps().await.unwrap() {
        assert_eq!(app.counts.total, all.iter().filter(|session| session.app == app.id).count() as u64);
    }
}

#[tokio::test]
async fn statistics_equal_a_full_count() {
    let (_folder, database) = filled(&mut Random(11)).await;
    let all = all(&database).await;
    let now = Timestamp::from_millis(1_800_000_000_000 + 60_000);
    let statistics = database.statistics(&Apps::All, now, 3).await.unwrap();
    assert_eq!(statistics.first_seen.iter().map(|(_, count)| count).sum::<u64>(), all.len() as u64);
    for (system, count) in &statistics.systems {
        let of =
            |session: &&Session| session.device.as_ref().map(|device| device.system()).unwrap_or_default() == *system;
        assert_eq!(all.iter().filter(of).count() as u64, *count, "{system}");
    }
    let jailbroken = |session: &&Session| session.device.as_ref().is_some_and(|device| device.jailbroken);
    assert_eq!(database.count_jailbroken(&Apps::All).await.unwrap(), all.iter().filter(jailbroken).count() as u64);
}

#[tokio::test]
async fn who_may_see_no_app_gets_empty_answers() {
    let (_folder, database) = filled(&mut Random(13)).await;
    let (nothing, now) = (Apps::Some(Vec::new()), Timestamp::from_millis(1_800_000_000_000));
    assert_eq!(database.count_jailbroken(&nothing).await.unwrap(), 0);
    let statistics = database.statistics(&nothing, now, 3).await.unwrap();
    assert!(statistics.systems.is_empty() && statistics.first_seen.iter().all(|(_, count)| *count == 0));
    let filter = Filter { q: Some("iphone".into()), ..Filter::default() };
    let selection = Selection { apps: nothing, filter: &filter, named: Vec::new() };
    assert_eq!(database.count(&selection).await.unwrap(), 0);
    assert!(database.keys(&selection, Sort::default()).await.unwrap().is_empty());
}

#[tokio::test]
async fn those_that_are_alike_are_related_and_no_others() {
    let (_folder, database) = filled(&mut Random(5)).await;
    let all = all(&database).await;
    let folders = [AppId::parse("com.a").unwrap(), AppId::parse("com.b").unwrap()];
    let here: Vec<&Session> = all.iter().filter(|session| folders.contains(&session.app)).collect();
    let folded = |text: Option<&str>| crate::domain::session::folded(text);
    let device = |session: &Session| folded(session.device.as_ref().and_then(|device| device.id.as_deref()));
    let email = |session: &Session| folded(session.email.as_deref());
    for (session, related) in here.iter().zip(database.related(&folders, &here).await.unwrap()) {
        let same = |key: &dyn Fn(&Session) -> Option<String>| {
            let others = here.iter().filter(|other| other.key() != session.key());
            others.filter(|other| key(session).is_some() && key(other) == key(session)).count() as u64
        };
        assert_eq!((related.of_device, related.of_email), (same(&device), same(&email)));
        assert_eq!(related.others.is_empty(), related.of_device + related.of_email == 0);
        for other in related.others {
            assert_eq!(other.device, device(session).is_some() && device(&other.session) == device(session));
            assert_eq!(other.email, email(session).is_some() && email(&other.session) == email(session));
            assert!(other.device || other.email);
        }
    }
}

#[tokio::test]
async fn lists_of_many_sessions_are_read_from_an_index() {
    // PostgreSQL chooses by how many there are.
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(folder.path(), Purpose::Serve).await.unwrap();
    database.make_indexes().await.unwrap();
    for key in SortKey::all() {
        for descending in [false, true] {
            let plan = database.plan(Sort { key, descending }).await.unwrap();
            assert!(plan.iter().all(|step| !step.contains("TEMP B-TREE")), "{key:?} {descending}: {plan:?}");
        }
    }
}

fn key() -> SessionKey {
    SessionKey::parse("com.a", "0a").unwrap()
}

/// A file of one session with this status; without one, a file that cannot be read.
fn file(status: Option<&str>, content: u64) -> Observation {
    let mut reading = reading(&mut Random(1));
    (reading.session.app, reading.session.id) = (key().app, key().id);
    reading.session.status = status.map(str::to_owned);
    if status.is_none() {
        reading.session.application = None;
    } else {
        reading.session.application = Some(Application { id: None, name: None, version: None });
    }
    reading.mark = FileMark { fingerprint: Some(content), racy: false, content: Some(content) };
    Observation { found: vec![reading], ..Observation::default() }
}

#[tokio::test]
async fn who_arrived_waits_for_rules_until_they_have_looked() {
    let (_folder, database) = database().await;
    let waits = async || !database.arrivals(Timestamp::from_millis(0)).await.unwrap().keys.is_empty();
    let at = |n: i64| Timestamp::from_millis(1_800_000_000_000 + n);
    let kinds = |observed: Observed| observed.events.iter().map(|event| event.event.kind).collect::<Vec<_>>();
    let observed = database.observe(at(0), file(Some("pending"), 1)).await.unwrap();
    assert!(observed.arrivals);
    assert_eq!(kinds(observed), [EventKind::AppCreated, EventKind::SessionCreated]);
    assert!(waits().await);
    // It changes, cannot be read for a moment, and is gone for a moment with its folder: nobody has looked yet.
    assert_eq!(kinds(database.observe(at(1), file(Some("pending"), 2)).await.unwrap()), [EventKind::SessionChanged]);
    assert!(waits().await);
    database.observe(at(2), file(None, 3)).await.unwrap();
    assert!(waits().await);
    let gone = Observation { gone: vec![key()], ..Observation::default() };
    let kinds_of_gone = kinds(database.observe(at(3), gone).await.unwrap());
    assert_eq!(kinds_of_gone, [EventKind::SessionDeleted, EventKind::AppDeleted]);
    assert!(!waits().await);
    database.observe(at(4), file(Some("pending"), 4)).await.unwrap();
    assert!(waits().await);
    let (session, _) = database.session(&key()).await.unwrap().unwrap();
    assert_eq!((session.first_seen_at, session.pending_since), (at(0), Some(at(0))));
    database.observe(at(5), file(Some("accepted"), 5)).await.unwrap();
    assert!(!waits().await, "somebody let it in");
    database.observe(at(6), file(Some("pending"), 6)).await.unwrap();
    database.forget_arrivals(&[key()]).await.unwrap();
    database.observe(at(7), file(Some("pending"), 7)).await.unwrap();
    assert!(!waits().await, "it did not arrive again");
}

#[tokio::test]
async fn sessions_of_the_first_run_are_no_news() {
    let (_folder, database) = database().await;
    let at = Timestamp::from_millis(1_800_000_000_000);
    let first = Observation { first_run: true, ..file(Some("pending"), 1) };
    let modified = first.found[0].session.modified_at;
    assert!(database.observe(at, first).await.unwrap().events.is_empty());
    let (session, mark) = database.session(&key()).await.unwrap().unwrap();
    assert_eq!((session.first_seen_at, session.pending_since), (modified, Some(modified)));
    assert_eq!((class(session.class()), mark.content), (1, Some(1)));
}
