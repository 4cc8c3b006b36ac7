//! What is noticed: how a new reading of a session, an app or the folder differs from what was known.

use super::*;

/// From this many records on, two threads share the work.
const MANY_RECORDS: usize = 1000;

/// What applying a scan changed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Applied {
    pub(super) added: u64,
    pub(super) changed: u64,
    pub(super) removed: u64,
    /// Of those added, how many were there when the program stopped.
    pub(super) as_known: u64,
}

impl Applied {
    pub(super) fn add(&mut self, other: Applied) {
        self.added += other.added;
        self.changed += other.changed;
        self.removed += other.removed;
        self.as_known += other.as_known;
    }
}

impl Catalog {
    /// Hands on what was noticed of sessions, between the apps that came and those that went.
    pub(super) fn tell(&self, of_app: Option<&AppId>, notes: impl Iterator<Item = Note>) {
        let (new, gone) = self.apps_come_and_gone(of_app);
        new.into_iter().chain(notes).chain(gone).for_each(|note| self.events.note(note));
    }

    /// Which apps are listed now and were not, and the other way round; of all, or of this one.
    fn apps_come_and_gone(&self, of_app: Option<&AppId>) -> (Vec<Note>, Vec<Note>) {
        let mut listed = self.listed.lock();
        let table = self.table.read();
        let is_listed =
            |app: &AppId| table.app_number(app).and_then(|n| table.app(n)).is_some_and(|app| app.is_listed());
        let note = |app: &AppId, there: bool| {
            let kind = if there { EventKind::AppCreated } else { EventKind::AppDeleted };
            let event = Event { app: Some(app.clone()), ..Event::new(kind, now()) };
            Note::App(app.clone(), there, Some(event).filter(|_| !self.first_run.load(Ordering::Acquire)))
        };
        let (come, gone): (Vec<AppId>, Vec<AppId>) = match of_app {
            Some(app) => match (is_listed(app), listed.contains(app)) {
                (true, false) => (vec![app.clone()], Vec::new()),
                (false, true) => (Vec::new(), vec![app.clone()]),
                _ => return Default::default(),
            },
            None => {
                let come = table.apps().map(|(_, app)| app).filter(|app| app.is_listed() && !listed.contains(&app.id));
                let come = come.map(|app| app.id.clone()).collect();
                // Of one that cannot be looked into, nothing is known.
                let closed = self.closed.lock();
                (come, listed.iter().filter(|app| !is_listed(app) && !closed.contains(*app)).cloned().collect())
            }
        };
        listed.extend(come.iter().cloned());
        listed.retain(|app| !gone.contains(app));
        (come.iter().map(|app| note(app, true)).collect(), gone.iter().map(|app| note(app, false)).collect())
    }

    /// What was there when the program stopped and is not there any more.
    pub(super) fn notes_of_lost(
        &self,
        known: &AllKnown,
        unfinished: &[SessionKey],
        closed: &HashMap<AppId, io::Error>,
    ) -> Vec<Note> {
        let table = self.table.read();
        let mut notes = Vec::new();
        for (app, sessions) in known {
            let Some(app) = AppId::parse(app).filter(|app| !closed.contains_key(app)) else { continue };
            let number = table.app_number(&app);
            for (id, known) in sessions.iter().filter(|(_, known)| known.gone_at.is_none()) {
                let is_there = number.is_some_and(|number| table.find_in(number, id).is_some());
                let Some(id) = SessionId::parse(id).filter(|_| !is_there) else { continue };
                let key = SessionKey { app: app.clone(), id };
                // One that is half-written is looked at again in a moment.
                if !unfinished.contains(&key) {
                    notes.push(note_of_gone(key, known.clone()));
                }
            }
        }
        notes
    }

    /// Gives new readings what was known of their sessions before, many by two threads; what is to be remembered.
    pub(super) fn carry_over(&self, mut reads: Vec<Read>, known: &AllKnown) -> (Applied, Vec<Record>, Vec<Note>) {
        let table = self.table.read();
        let before = Before {
            table: &table,
            unpushed: &self.unpushed.lock(),
            waited: &self.waited.lock(),
            known,
            first_run: self.first_run.load(Ordering::Acquire),
            at: now(),
        };
        if reads.len() < MANY_RECORDS {
            return before.carry_all_over(reads);
        }
        let half = reads.split_off(reads.len() / 2);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| before.carry_all_over(half));
            let (mut applied, mut records, mut notes) = before.carry_all_over(reads);
            let other = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            applied.add(other.0);
            records.extend(other.1);
            notes.extend(other.2);
            (applied, records, notes)
        })
    }

    pub(super) fn notes_of_gone(&self, missing: &[Number]) -> Vec<Note> {
        let table = self.table.read();
        let records = missing.iter().filter_map(|&number| table.record(number));
        records.filter_map(|record| Some(note_of_gone(table.key_of(record)?, record.known(None)))).collect()
    }
}

/// What was known when new readings came.
struct Before<'a> {
    table: &'a Table,
    unpushed: &'a UnpushedChanges,
    waited: &'a HashMap<SessionKey, i64>,
    /// What the database knows, at least of sessions that the table does not know.
    known: &'a AllKnown,
    first_run: bool,
    at: Timestamp,
}

impl Before<'_> {
    fn carry_all_over(&self, reads: Vec<Read>) -> (Applied, Vec<Record>, Vec<Note>) {
        let (mut applied, mut notes) = (Applied::default(), Vec::new());
        let mut carry_over = |Read { key, mut record, .. }: Read| {
            notes.extend(self.carry_over(key, &mut record, &mut applied));
            record
        };
        let records: Vec<Record> = reads.into_iter().map(&mut carry_over).collect();
        (applied, records, notes)
    }

    /// Gives a new reading what was known of its session; what is to be remembered, if it is new.
    fn carry_over(&self, key: SessionKey, record: &mut Record, applied: &mut Applied) -> Option<Note> {
        let before = self.table.find_in(record.app, record.id()).and_then(|number| self.table.record(number));
        let unread = before.is_some_and(|before| record.content == 0 && before.fingerprint != record.fingerprint);
        let known = match before {
            Some(before) => {
                applied.changed += u64::from(before.content != record.content || unread);
                Some(before.known(None))
            }
            None => {
                applied.added += 1;
                self.known.get(key.app.as_str()).and_then(|sessions| sessions.get(key.id.as_str())).cloned()
            }
        };
        applied.as_known += u64::from(before.is_none() && known.as_ref().is_some_and(|known| known.gone_at.is_none()));
        let (at, first_run) = (self.at, self.first_run);
        match &known {
            Some(known) => {
                let waited = || self.waited.get(&key).copied();
                // The clock was ahead when it was noted.
                let past = |time: i64| time.min(at.millis());
                let since = known.pending_since.or_else(waited).map(past);
                record.carry_over(past(known.first_seen), since, at.millis());
            }
            None if first_run => {
                let time = if is_plausible(record.modified(), at) { record.modified() } else { at.millis() };
                record.carry_over(time, None, time);
            }
            None => record.carry_over(at.millis(), None, at.millis()),
        }
        record.unpushed = self.unpushed.differs(&key, record);
        let now_known = record.known(None);
        let news = match &known {
            None if first_run => None,
            None => Some((EventKind::SessionCreated, None)),
            Some(known) if known.gone_at.is_some() => Some((EventKind::SessionCreated, None)),
            // Remembered by a version that did not keep it.
            Some(known) if known.content.is_none() => None,
            Some(known) if known.content == now_known.content && !unread => None,
            Some(known) => Some((EventKind::SessionChanged, known.status.as_deref())),
        };
        let news = news.map(|(kind, previous_status)| {
            let event = session_event(kind, &key, at);
            let status = now_known.status.as_deref().map(str::to_owned);
            Box::new(News {
                event: Event { status, previous_status: previous_status.map(str::to_owned), ..event },
                session: record.session(&key.app),
                arrives: record.class() == StatusClass::Pending
                    && known.as_ref().is_none_or(|known| known.pending_since.is_none()),
            })
        });
        (news.is_some() || known.as_ref() != Some(&now_known)).then_some(Note::Session(key, now_known, news))
    }
}

/// Whether a session can have come then: not in the future, and not before there were any.
fn is_plausible(time: i64, now: Timestamp) -> bool {
    /// The beginning of 2015.
    const EARLIEST: i64 = 1_420_070_400_000;
    (EARLIEST..=now.millis()).contains(&time)
}

/// How many sessions were there when the program stopped.
pub(super) fn known_to_be_there(known: &AllKnown) -> u64 {
    known.values().flat_map(HashMap::values).filter(|known| known.gone_at.is_none()).count() as u64
}

fn note_of_gone(key: SessionKey, known: Known) -> Note {
    let at = now();
    let previous_status = known.status.as_deref().map(str::to_owned);
    let event = Event { previous_status, ..session_event(EventKind::SessionDeleted, &key, at) };
    let known = Known { gone_at: Some(at.millis()), ..known };
    Note::Session(key, known, Some(Box::new(News { event, session: None, arrives: false })))
}

fn session_event(kind: EventKind, key: &SessionKey, at: Timestamp) -> Event {
    Event { app: Some(key.app.clone()), id: Some(key.id.clone()), ..Event::new(kind, at) }
}
