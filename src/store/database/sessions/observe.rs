//! What was seen of the folder, written down with one commit: rows, counts, numbered events, what webhooks are to be
//! told, and which sessions arrived for rules.

use std::collections::HashMap;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::apps::{AppChanges, Manifest};
use super::attribution::{Now, OwnChange, find_change};
use super::decided;
use super::row::{Counted, FileMark, History, MARK, SAID, STATE, SessionRow, class, device_hash, naming, said};
use super::unpushed::{UnpushedChanges, refresh_unpushed};
use crate::domain::account::Actor;
use crate::domain::app_id::AppId;
use crate::domain::change::Values;
use crate::domain::event::{Event, EventKind, Numbered};
use crate::domain::session::{Session, SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::store::database::columns::{Flag, flag, from_json, text};
use crate::store::database::decisions::{self, Devices};
use crate::store::database::journal::{End, end_changes};
use crate::store::database::sql::Sql;
use crate::store::database::{Database, Error, deliveries, events};

/// How many rows are written by one statement: SQLite takes at most 32,766 values.
const ROWS_AT_ONCE: usize = 200;
/// How many rows are looked for by one statement.
const KEYS_AT_ONCE: usize = 500;

/// A file that was read just now. First seen, pending since and unpushed are not known to who reads it.
#[derive(Debug)]
pub struct Reading {
    pub session: Session,
    pub mark: FileMark,
    /// See [`super::hash`].
    pub push_token: Option<i64>,
}

/// What was seen of the folder.
#[derive(Debug, Default)]
pub struct Observation {
    /// Files that are new, or not those that were read before.
    pub found: Vec<Reading>,
    /// Sessions that are gone.
    pub gone: Vec<SessionKey>,
    /// Manifests that were read anew; `None` where there is none any more.
    pub manifests: Vec<(AppId, Option<Manifest>)>,
    /// Apps that cannot be looked into at a start: of their sessions nothing is known, until they can be read.
    pub closed: Vec<AppId>,
    /// How changes made here ended.
    pub ends: Vec<(String, End)>,
    /// Sessions that were changed here and whose files are known already.
    pub compare: Vec<SessionKey>,
    /// Whether sessions that are found were there before this program's first run.
    pub first_run: bool,
}

/// What came of an observation.
#[derive(Debug, Default)]
pub struct Observed {
    pub events: Vec<Numbered>,
    /// Whether sessions came, or became, pending by no doing of this program's.
    pub arrivals: bool,
    pub added: u64,
    pub changed: u64,
    pub removed: u64,
}

/// What the database had of a session.
struct Before {
    /// Whether lists show it.
    there: bool,
    class: i64,
    /// See [`said`].
    said: Option<i64>,
    noncompliant: bool,
    /// See [`naming`].
    naming: i64,
    mark: FileMark,
    status: Option<String>,
    history: History,
}

impl Database {
    /// Writes an observation down: all of it, or nothing if it fails. Not synced: after a crash of the system, the
    /// folder is found to differ again.
    pub async fn observe(&self, at: Timestamp, observation: Observation) -> Result<Observed, Error> {
        let most_events = observation.found.len() + observation.gone.len() + observation.ends.len() + 2 * MOST_APPS;
        self.reserve_for(most_events).await?;
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        let decisions = end_changes(&mut tx, &observation.ends).await?;
        for app in &observation.closed {
            close(&mut tx, app).await?;
        }
        let mut observing = Observing::new(&mut tx, at, &observation).await?;
        for Reading { session, mark, push_token } in observation.found {
            observing.found(session, mark, push_token).await?;
        }
        for key in &observation.gone {
            observing.gone(key).await?;
        }
        let Observing { rows, states, news, mut apps, mut observed, .. } = observing;
        write(&mut tx, &rows).await?;
        write_states(&mut tx, &states).await?;
        for key in &observation.compare {
            refresh_unpushed(&mut tx, key).await?;
        }
        for (app, manifest) in observation.manifests {
            apps.set_manifest(&app, manifest);
        }
        let (come, went) = apps.write(&mut tx).await?;
        let app_event = |app: AppId, kind| Numbered::unnumbered(Event { app: Some(app), ..Event::new(kind, at) }, None);
        let come = come.into_iter().map(|app| app_event(app, EventKind::AppCreated));
        let went = went.into_iter().map(|app| app_event(app, EventKind::AppDeleted));
        let mut all: Vec<Numbered> = come.chain(news).chain(went).collect();
        for one in decisions {
            all.push(decided::event(&mut tx, one, at).await?);
        }
        if observation.first_run {
            all.clear();
        }
        events::number(&mut tx, &mut all).await?;
        deliveries::enqueue(&mut tx, &all).await?;
        tx.commit().await?;
        observed.events = all;
        Ok(observed)
    }

    /// What lists would show of a session whose file were this one, which is not kept: its bytes were replaced since.
    pub async fn as_if_read(&self, at: Timestamp, reading: Reading) -> Result<Session, Error> {
        let mut connection = self.readers().acquire().await?;
        let key = reading.session.key();
        let before = read_before(&mut connection, &[&key]).await?.remove(&key);
        let unpushed = UnpushedChanges::of(&mut connection, &[&key]).await?;
        let mut session = reading.session;
        let history = history(before.as_ref(), &session, at, false);
        settle(&mut session, &history, &unpushed);
        Ok(session)
    }
}

/// How many apps an observation may make come or go, for the numbers of their events.
const MOST_APPS: usize = 1000;

/// An observation that is being worked out.
struct Observing<'t> {
    tx: &'t mut AnyConnection,
    at: Timestamp,
    first_run: bool,
    before: HashMap<SessionKey, Before>,
    unpushed: UnpushedChanges,
    devices: Devices,
    /// Rows that are new, or whose files say something else.
    rows: Vec<SessionRow>,
    /// Those whose files say what they said, but for the status.
    states: Vec<SessionRow>,
    news: Vec<Numbered>,
    apps: AppChanges,
    observed: Observed,
}

impl<'t> Observing<'t> {
    async fn new(tx: &'t mut AnyConnection, at: Timestamp, observation: &Observation) -> Result<Observing<'t>, Error> {
        let found: Vec<SessionKey> = observation.found.iter().map(|reading| reading.session.key()).collect();
        let keys: Vec<&SessionKey> = found.iter().chain(&observation.gone).collect();
        let before = read_before(&mut *tx, &keys).await?;
        let unpushed = UnpushedChanges::of(&mut *tx, &keys).await?;
        let is_new = |session: &Session| before.get(&session.key()).is_none_or(|known| known.history.gone_at.is_some());
        let new = observation.found.iter().map(|reading| &reading.session).filter(|session| is_new(session));
        let devices = Devices::of(&mut *tx, &new.filter_map(device_hash).collect::<Vec<_>>()).await?;
        let manifests = observation.manifests.iter().map(|(app, _)| app);
        let apps = AppChanges::of(&mut *tx, keys.iter().map(|key| &key.app).chain(manifests)).await?;
        Ok(Self {
            tx,
            at,
            first_run: observation.first_run,
            before,
            unpushed,
            devices,
            rows: Vec::with_capacity(found.len()),
            states: Vec::new(),
            news: Vec::new(),
            apps,
            observed: Observed::default(),
        })
    }

    async fn found(&mut self, mut session: Session, mark: FileMark, push_token: Option<i64>) -> Result<(), Error> {
        let key = session.key();
        let before = self.before.remove(&key);
        // Its file differs, and nobody knows in what.
        let unread = before.as_ref().is_some_and(|before| before.there && before.became_unreadable(mark));
        let kind = news(before.as_ref(), mark, unread, self.first_run);
        let previous_status = match kind {
            Some(EventKind::SessionChanged) => before.as_ref().and_then(|before| before.status.clone()),
            _ => None,
        };
        let change = match kind {
            None => None,
            Some(_) => {
                let now = Now {
                    content: mark.content,
                    status: session.status.as_deref(),
                    previous_status: previous_status.as_deref(),
                };
                let change_id = before.as_ref().and_then(|before| before.history.change_id.as_deref());
                find_change(&mut *self.tx, &key, change_id, &now).await?
            }
        };
        let mut history = history(before.as_ref(), &session, self.at, self.first_run);
        if kind.is_some() {
            let waited = before.as_ref().and_then(|before| before.history.pending_since);
            history.follow(before.as_ref(), &session, waited, change.as_ref(), self.at);
        }
        if kind == Some(EventKind::SessionCreated) {
            let known = self.devices.marks(&key.app, device_hash(&session));
            let declined = known.declined.filter(|_| session.class() == StatusClass::Pending);
            history.declined = history.declined.or(declined);
            history.note = history.note.or(known.note);
        }
        self.remember(before.as_ref(), &session, &history).await?;
        settle(&mut session, &history, &self.unpushed);
        match before.as_ref().filter(|before| before.there) {
            Some(before) => self.observed.changed += u64::from(before.mark.content != mark.content || unread),
            None => self.observed.added += 1,
        }
        self.observed.arrivals |= history.arrived && kind.is_some();
        if let Some(kind) = kind {
            let event = self.event(kind, &key, change.map(|change| change.actor));
            let declined = session.declined.is_some();
            let event = Event { status: session.status.clone(), previous_status, declined, ..event };
            self.news.push(Numbered::unnumbered(event, Some(session.clone())));
        }
        self.apps.count(&key.app, before.as_ref().and_then(Before::counted), Some(counted(&session)));
        let name = session.application.as_ref().and_then(|application| application.name.as_deref());
        if before.as_ref().is_some_and(|before| before.naming > 0) || naming(name) > 0 {
            self.apps.rename(&key.app, name);
        }
        self.apps.learn_bundle(&session);
        let says_the_same = before.as_ref().is_some_and(|before| before.there && before.said == Some(said(&session)));
        let rows = if says_the_same { &mut self.states } else { &mut self.rows };
        rows.push(SessionRow { session, mark, push_token, history });
        Ok(())
    }

    /// Remembers of the device whether it is declined, where that has changed: somebody was let in, or that was undone.
    async fn remember(&mut self, before: Option<&Before>, session: &Session, history: &History) -> Result<(), Error> {
        let declined = before.and_then(|before| before.history.declined.as_ref());
        let is_told = declined == history.declined.as_ref() || before.is_none();
        match device_hash(session).filter(|_| !is_told) {
            Some(device) => decisions::remember(&mut *self.tx, &session.app, device, history.declined.as_ref()).await,
            None => Ok(()),
        }
    }

    async fn gone(&mut self, key: &SessionKey) -> Result<(), Error> {
        let Some(before) = self.before.remove(key).filter(|before| before.history.gone_at.is_none()) else {
            return Ok(());
        };
        let now = Now { content: None, status: None, previous_status: None };
        let change = find_change(&mut *self.tx, key, before.history.change_id.as_deref(), &now).await?;
        let is_ours = change.is_some();
        // One that was gone for a moment with its folder is still to be looked at by rules.
        let arrived = before.history.arrived && before.history.pending_since.is_some() && !is_ours;
        sqlx::query(
            "UPDATE session SET there = 0, gone_at = $1, change_id = coalesce($2, change_id), outside = CASE WHEN $3 = 1 THEN 1 ELSE outside END,
             arrived = $4, unpushed = $5, naming = 0, waiting = $6 WHERE app = $7 AND id = $8",
        )
        .bind(self.at.millis())
        .bind(change.as_ref().map(|change| change.id.as_str()))
        .bind(Flag(!is_ours))
        .bind(Flag(arrived))
        .bind(Flag(self.unpushed.differ(key, None)))
        .bind(i64::MAX)
        .bind(key.app.as_str())
        .bind(key.id.as_str())
        .execute(&mut *self.tx)
        .await?;
        self.observed.removed += 1;
        let event = self.event(EventKind::SessionDeleted, key, change.map(|change| change.actor));
        self.news.push(Numbered::unnumbered(Event { previous_status: before.status.clone(), ..event }, None));
        self.apps.count(&key.app, before.counted(), None);
        if before.naming > 0 {
            self.apps.rename(&key.app, None);
        }
        Ok(())
    }

    fn event(&self, kind: EventKind, key: &SessionKey, actor: Option<Actor>) -> Event {
        Event { app: Some(key.app.clone()), id: Some(key.id.clone()), actor, ..Event::new(kind, self.at) }
    }
}

impl Before {
    fn became_unreadable(&self, mark: FileMark) -> bool {
        mark.content == Some(0) && self.mark.fingerprint != mark.fingerprint
    }

    /// How it counts for its app, if it does.
    fn counted(&self) -> Option<Counted> {
        self.there.then_some(Counted { class: self.class, noncompliant: self.noncompliant })
    }
}

fn counted(session: &Session) -> Counted {
    Counted { class: class(session.class()), noncompliant: !session.compliant }
}

/// What is to be told of a file that was found, if anything is.
fn news(before: Option<&Before>, mark: FileMark, unread: bool, first_run: bool) -> Option<EventKind> {
    match before {
        None if first_run => None,
        None => Some(EventKind::SessionCreated),
        Some(before) if before.history.gone_at.is_some() => Some(EventKind::SessionCreated),
        // Remembered by a version that did not keep what it was.
        Some(before) if before.mark.content.is_none() => None,
        Some(before) if before.mark.content == mark.content && !unread => None,
        Some(_) => Some(EventKind::SessionChanged),
    }
}

/// What is known of a session beside its file, as the file is now.
fn history(before: Option<&Before>, session: &Session, at: Timestamp, first_run: bool) -> History {
    let (now, class, is_readable) = (at.millis(), session.class(), session.application.is_some());
    let Some(Before { history, .. }) = before else {
        let modified = session.modified_at.millis();
        let first_seen = if first_run && is_plausible(modified, now) { modified } else { now };
        let pending_since = (class == StatusClass::Pending).then_some(first_seen);
        return History { first_seen, pending_since, ..History::default() };
    };
    let pending_since = match class {
        // The clock may have been ahead when it was noted.
        StatusClass::Pending => Some(history.pending_since.unwrap_or(now).min(now)),
        _ if !is_readable => history.pending_since,
        _ => None,
    };
    let declined = history.declined.clone().filter(|_| class == StatusClass::Pending || !is_readable);
    History { first_seen: history.first_seen.min(now), pending_since, gone_at: None, declined, ..history.clone() }
}

/// Whether a session can have come then: not in the future, and not before there were any.
fn is_plausible(time: i64, now: i64) -> bool {
    /// The beginning of 2015.
    const EARLIEST: i64 = 1_420_070_400_000;
    (EARLIEST..=now).contains(&time)
}

impl History {
    /// Takes note of who made the session what it is now.
    fn follow(
        &mut self,
        before: Option<&Before>,
        session: &Session,
        waited: Option<i64>,
        change: Option<&OwnChange>,
        at: Timestamp,
    ) {
        let is_pending = session.class() == StatusClass::Pending;
        let begins_to_wait = is_pending && waited.is_none();
        // What an undo lets wait again keeps its place among those that wait.
        if let (true, Some(since)) = (begins_to_wait, change.and_then(|change| change.waited_since)) {
            self.pending_since = Some(since.min(at.millis()));
        }
        if let (true, Some(declined)) = (begins_to_wait, change.and_then(|change| change.declined.as_ref())) {
            self.declined = Some(declined.clone());
        }
        let had_arrived = before.is_some_and(|before| before.history.arrived);
        // One that no rule has looked at yet stays one, whatever else changes in it, also while it cannot be read.
        self.arrived = match begins_to_wait {
            true => change.is_none(),
            false => had_arrived && self.pending_since.is_some(),
        };
        self.outside |= change.is_none();
        if let Some(change) = change {
            self.change_id = Some(change.id.clone());
        }
    }
}

/// Gives a session what is known of it beside its file.
fn settle(session: &mut Session, history: &History, unpushed: &UnpushedChanges) {
    let values = Values { status: session.status.clone(), email: session.email.clone() };
    session.first_seen_at = Timestamp::from_millis(history.first_seen);
    let is_pending = session.class() == StatusClass::Pending;
    session.pending_since = history.pending_since.filter(|_| is_pending).map(Timestamp::from_millis);
    session.declined = history.declined.clone().filter(|_| is_pending);
    session.note.clone_from(&history.note);
    session.unpushed = unpushed.differ(&session.key(), Some(&values));
}

const BEFORE: &str = "app, id, there, class, said, compliance <> 0, naming, status, first_seen, pending_since, gone_at, change_id, \
    arrived, outside, declined, note";

async fn read_before(
    connection: &mut AnyConnection,
    keys: &[&SessionKey],
) -> Result<HashMap<SessionKey, Before>, Error> {
    let mut all = HashMap::with_capacity(keys.len());
    for some in keys.chunks(KEYS_AT_ONCE) {
        let mut sql = Sql::new(format!("SELECT {BEFORE}, {MARK} FROM session WHERE (app, id) IN (VALUES "));
        sql.push_pairs(some.iter().map(|key| (key.app.as_str(), key.id.as_str()))).push(")");
        let query = sql.build()?.persistent(some.len() == 1 || some.len() == KEYS_AT_ONCE);
        for row in query.fetch_all(&mut *connection).await? {
            if let Some(key) = SessionKey::parse(row.try_get(0)?, row.try_get(1)?) {
                all.insert(key, before(&row)?);
            }
        }
    }
    Ok(all)
}

fn before(row: &AnyRow) -> Result<Before, Error> {
    Ok(Before {
        there: flag(row, 2)?,
        class: row.try_get(3)?,
        said: row.try_get(4)?,
        noncompliant: flag(row, 5)?,
        naming: row.try_get(6)?,
        mark: FileMark::read(row)?,
        status: text(row, 7)?,
        history: History {
            first_seen: row.try_get(8)?,
            pending_since: row.try_get(9)?,
            gone_at: row.try_get(10)?,
            change_id: row.try_get(11)?,
            arrived: flag(row, 12)?,
            outside: flag(row, 13)?,
            declined: from_json(row.try_get(14)?)?,
            note: from_json(row.try_get(15)?)?,
        },
    })
}

/// The app's sessions are as if they had not been read yet. The app itself is there.
async fn close(tx: &mut AnyConnection, app: &AppId) -> Result<(), Error> {
    let sessions = sqlx::query(
        "UPDATE session SET there = 0, racy = 1, naming = 0, waiting = $1 WHERE app = $2 AND gone_at IS NULL",
    );
    sessions.bind(i64::MAX).bind(app.as_str()).execute(&mut *tx).await?;
    let counts = sqlx::query("UPDATE app SET accepted = 0, pending = 0, other = 0, noncompliant = 0 WHERE app = $1");
    counts.bind(app.as_str()).execute(tx).await.map(drop)
}

async fn write(tx: &mut AnyConnection, rows: &[SessionRow]) -> Result<(), Error> {
    let columns = format!("{SAID}, {STATE}");
    let count = columns.split(", ").count() + 2;
    let one = |first: usize| format!("(${})", numbers(first, count).join(", $"));
    let update: Vec<String> = columns.split(", ").map(|column| format!("{column} = excluded.{column}")).collect();
    for some in rows.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO session (app, id, {columns}) VALUES {} ON CONFLICT (app, id) DO UPDATE SET {}",
            (0..some.len()).map(|nth| one(nth * count + 1)).collect::<Vec<_>>().join(", "),
            update.join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(some.len() == 1 || some.len() == ROWS_AT_ONCE);
        for row in some {
            query = row.bind_state(row.bind_said(row.bind_key(query)))?;
        }
        query.execute(&mut *tx).await?;
    }
    Ok(())
}

/// So many numbers of parameters, from this one on.
fn numbers(first: usize, count: usize) -> Vec<String> {
    (first..first + count).map(|number| number.to_string()).collect()
}

async fn write_states(tx: &mut AnyConnection, rows: &[SessionRow]) -> Result<(), Error> {
    let columns: Vec<String> =
        STATE.split(", ").enumerate().map(|(nth, column)| format!("{column} = ${}", nth + 3)).collect();
    let sql = format!("UPDATE session SET {} WHERE app = $1 AND id = $2", columns.join(", "));
    for row in rows {
        let query = row.bind_key(sqlx::query(AssertSqlSafe(sql.clone())));
        row.bind_state(query)?.execute(&mut *tx).await?;
    }
    Ok(())
}
