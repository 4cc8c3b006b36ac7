//! Changes beside a stand-in for 4D, which writes the same files and knows of nobody.
//!
//! # What must hold
//!
//! A file belongs to one stand-in and one client of the API. They work in rounds. In a round the
//! stand-in writes one to three times: the whole document, with a counter that never repeats in a
//! field the program does not know, and with the status and e-mail that the file had when the round
//! began (4D writes from its memory and does not know of changes made meanwhile). The client sends
//! one to three changes of the e-mail, each to another value, or one that flips the status; so every
//! change really changes something. When both are through, nothing is under way in the file.
//!
//! With W the stand-in's last write and P the client's last change, both as intervals of time:
//!
//! 1. The counter is W's: nothing of the stand-in's is lost. (Right away, if it replaces files. One
//!    that rewrites in place may have opened the file before an exchange and write after it: that is
//!    noticed and put on top within a moment, so there the file is looked at again for `LATE`.)
//! 2. If P began after W had ended, the changed value is P's: an acknowledged change stands.
//! 3. If P had ended before W began, the values are W's: it replaced the document.
//! 4. If they overlap, either order is right; the changed value is P's or W's and nothing else.
//! 5. The file is, to the byte, the document made of this counter and these values: nothing is torn,
//!    nothing lost, nothing reformatted.
//! 6. Every change is acknowledged: the stand-in pauses long enough between rounds that no change can
//!    meet it more often than the program tries again. Every acknowledged change is in the journal,
//!    done, with the value that it set, and nothing else is.
//! 7. Whoever reads the file at any moment finds it there and whole; so does GET. The only exception
//!    is a read during which a stand-in that rewrites in place was itself between opening and closing.
//! 8. At the end there is no file in the folder that was not there before.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::spawn::*;
use crate::windows_stand_in::WindowsStandIn;

/// How long a write through a file that was open during an exchange may take to appear.
const LATE: Duration = Duration::from_secs(5);

/// How the stand-in writes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    /// A new file elsewhere on the disk, moved over the old one.
    Replaces,
    /// Opened and emptied at once, then written, whole or in two halves.
    RewritesInPlace,
    /// Opened, and only after a pause emptied and written.
    OpensFirst,
}

/// What a document says.
#[derive(Clone, Debug, PartialEq)]
struct State {
    counter: u64,
    status: String,
    email: String,
}

impl State {
    /// Its length differs from one counter to the next, so that a torn file shows.
    fn bytes(&self, id: &str) -> Vec<u8> {
        let filling = "x".repeat((self.counter * 7919 % 1500) as usize);
        session(CONTACT, id)
            .status(&self.status)
            .email(&self.email)
            .set("/userInfo", json!({ "counter": self.counter, "filling": filling, "beyond": [1e-7, null] }))
            .bytes()
    }

    /// What a whole document says; `None` for anything else.
    fn read(id: &str, bytes: &[u8]) -> Option<Self> {
        let state = Self::of(&serde_json::from_slice(bytes).ok()?)?;
        (state.bytes(id) == bytes).then_some(state)
    }

    fn of(document: &Value) -> Option<Self> {
        let text = |name: &str| document[name].as_str().map(str::to_owned);
        let counter = document["userInfo"]["counter"].as_u64()?;
        Some(Self { counter, status: text("status")?, email: text("email")? })
    }
}

/// One file, and what is known of who is at it.
struct File {
    id: String,
    path: PathBuf,
    /// Where the stand-in makes a new file: never in the app's folder.
    beside: PathBuf,
    /// Odd while the stand-in is writing.
    writing: AtomicU64,
    /// Who writes where the program under test is the one for Windows.
    windows: Option<Mutex<WindowsStandIn>>,
}

impl File {
    fn write(&self, manner: Manner, state: &State, dice: &mut Dice) -> (Instant, Instant) {
        let bytes = state.bytes(&self.id);
        let start = Instant::now();
        self.writing.fetch_add(1, Ordering::SeqCst);
        if let Some(stand_in) = &self.windows {
            self.write_on_windows(&mut stand_in.lock().unwrap(), manner, &bytes, dice);
            self.writing.fetch_add(1, Ordering::SeqCst);
            return (start, Instant::now());
        }
        match manner {
            Manner::Replaces => {
                fs::write(&self.beside, &bytes).unwrap();
                fs::rename(&self.beside, &self.path).unwrap();
            }
            Manner::RewritesInPlace => {
                let mut file = fs::File::options().write(true).truncate(true).open(&self.path).unwrap();
                let cut = if dice.one_in(2) { dice.below(bytes.len() as u64) as usize } else { 0 };
                file.write_all(&bytes[..cut]).unwrap();
                if cut > 0 {
                    let longest = if dice.one_in(50) { 70_000 } else { 4_000 };
                    std::thread::sleep(dice.pause(Duration::from_micros(longest)));
                }
                file.write_all(&bytes[cut..]).unwrap();
            }
            Manner::OpensFirst => {
                let mut file = fs::File::options().write(true).open(&self.path).unwrap();
                std::thread::sleep(dice.pause(Duration::from_millis(6)));
                file.set_len(0).unwrap();
                file.write_all(&bytes).unwrap();
            }
        }
        self.writing.fetch_add(1, Ordering::SeqCst);
        (start, Instant::now())
    }
}

impl File {
    fn write_on_windows(&self, stand_in: &mut WindowsStandIn, manner: Manner, bytes: &[u8], dice: &mut Dice) {
        match manner {
            Manner::Replaces => stand_in.replace(&self.path, &self.beside, bytes),
            Manner::RewritesInPlace => {
                let cut = if dice.one_in(2) { dice.below(bytes.len() as u64) as usize } else { 0 };
                let longest = if dice.one_in(50) { 70_000 } else { 4_000 };
                stand_in.rewrite(&self.path, cut, dice.pause(Duration::from_micros(longest)).as_micros(), bytes)
            }
            Manner::OpensFirst => {
                stand_in.open_first(&self.path, dice.pause(Duration::from_millis(6)).as_micros(), bytes)
            }
        };
    }

    /// What stands there. On Windows nothing does for a moment, while names are exchanged.
    fn read(&self) -> Vec<u8> {
        let start = Instant::now();
        loop {
            match fs::read(&self.path) {
                Err(_) if is_windows() && start.elapsed() < Duration::from_secs(1) => {
                    std::thread::sleep(Duration::from_millis(1));
                }
                read => return read.unwrap_or_else(|error| panic!("a file is not there for a reader: {error}")),
            }
        }
    }
}

/// A change that was answered with success.
struct Acknowledged {
    id: String,
    session: String,
    field: &'static str,
    value: String,
}

#[derive(Default)]
struct Counts {
    overlaps: AtomicU64,
    late: AtomicU64,
    reads: AtomicU64,
    gets: AtomicU64,
    torn_by_stand_in: AtomicU64,
}

struct Storm<'a> {
    manner: Manner,
    files: Vec<File>,
    operator: Token<'a>,
    acknowledged: Mutex<Vec<Acknowledged>>,
    counts: Counts,
    done: AtomicBool,
}

pub fn storm(manner: Manner, rounds: u64, files: u32) {
    let start = Instant::now();
    let site = Site::new();
    let beside = site.temp().join("beside");
    fs::create_dir(&beside).unwrap();
    let first = State { counter: 0, status: "pending".into(), email: String::new() };
    let files: Vec<File> = (1..=files)
        .map(|n| {
            let path = site.write(CONTACT, &id(n), first.bytes(&id(n)));
            let windows = is_windows().then(|| Mutex::new(WindowsStandIn::start()));
            File { id: id(n), path, beside: beside.join(id(n)), writing: AtomicU64::new(0), windows }
        })
        .collect();
    let server = site.serve_with(&["--max-requests", "1000000", "--log", "warn"]);
    let operator = server.operator();
    let storm = Storm {
        manner,
        files,
        operator,
        acknowledged: Mutex::default(),
        counts: Counts::default(),
        done: AtomicBool::new(false),
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = storm
            .files
            .iter()
            .enumerate()
            .map(|(n, file)| {
                let each = rounds.div_ceil(storm.files.len() as u64);
                let storm = &storm;
                scope.spawn(move || storm.rounds(file, each, n as u64))
            })
            .collect();
        scope.spawn(|| storm.read_files());
        scope.spawn(|| storm.get_sessions());
        let failed = workers.into_iter().filter_map(|worker| worker.join().err()).next();
        storm.done.store(true, Ordering::SeqCst);
        if let Some(failure) = failed {
            std::panic::resume_unwind(failure);
        }
    });
    let acknowledged = storm.acknowledged.into_inner().unwrap();
    check_journal(&storm.operator, &acknowledged);
    let mut expected: Vec<String> = storm.files.iter().map(|file| file.id.clone()).collect();
    expected.sort();
    assert_eq!(names(&site.root().join(CONTACT)), expected, "nothing is left behind");
    assert_eq!(names(&site.root()), [CONTACT]);
    let count = |count: &AtomicU64| count.load(Ordering::SeqCst);
    let Counts { overlaps, late, reads, gets, torn_by_stand_in } = &storm.counts;
    println!(
        "{manner:?}: {rounds} rounds, {} changes, {} overlapped, {} late writes, {} reads ({} in a half-done write), \
         {} GETs, in {:?}",
        acknowledged.len(),
        count(overlaps),
        count(late),
        count(reads),
        count(torn_by_stand_in),
        count(gets),
        start.elapsed()
    );
    assert!(count(overlaps) > rounds / 10, "writes and changes hardly ever met");
    assert!(count(reads) > rounds / 5 && count(gets) > rounds / 50, "nobody was reading");
    assert_eq!(server.stop(), Some(0));
}

impl Storm<'_> {
    fn rounds(&self, file: &File, rounds: u64, seed: u64) {
        let mut dice = Dice::new(seed);
        let mut state = State::read(&file.id, &file.read()).unwrap();
        // How long a change takes here: the two must meet.
        let mut usual = Duration::from_millis(5);
        for round in 0..rounds {
            state = self.round(file, state, round, &mut dice, &mut usual);
        }
    }

    fn round(&self, file: &File, old: State, round: u64, dice: &mut Dice, usual: &mut Duration) -> State {
        let flips = dice.one_in(2);
        let field = if flips { "status" } else { "email" };
        let wanted: Vec<String> = if flips {
            vec![if old.status == "pending" { "accepted" } else { "pending" }.to_owned()]
        } else {
            let changes = [1, 1, 2, 3][dice.below(4) as usize];
            (0..changes).map(|n| format!("r{round}n{n}@x.yz")).collect()
        };
        let writes = [1, 1, 1, 2, 3][dice.below(5) as usize];
        let order = dice.below(10);
        let (seed, longest) = (dice.throw(), usual.mul_f32(1.3));
        let last = State { counter: old.counter + writes, ..old.clone() };
        let stand_in = || {
            let mut dice = Dice::new(seed);
            let mut when = None;
            for n in 1..=writes {
                if order > 1 || n > 1 {
                    std::thread::sleep(dice.pause(longest));
                }
                let state = State { counter: old.counter + n, ..old.clone() };
                when = Some(file.write(self.manner, &state, &mut dice));
            }
            when.unwrap()
        };
        let client = || {
            let mut when = None;
            for value in &wanted {
                let start = Instant::now();
                let answer = self.operator.patch(&session_path(CONTACT, &file.id), json!({ field: value }));
                let end = Instant::now();
                assert_eq!(answer.status, 200, "{answer:?}");
                let id = answer.header("x-change-id").to_owned();
                let (session, value) = (file.id.clone(), value.clone());
                self.acknowledged.lock().unwrap().push(Acknowledged { id, session, field, value });
                when = Some((start, end));
            }
            when.unwrap()
        };
        let (write, change) = match order {
            0 => {
                let change = client();
                (stand_in(), change)
            }
            1 => (stand_in(), client()),
            _ => std::thread::scope(|scope| {
                let write = scope.spawn(stand_in);
                let change = client();
                *usual = (*usual * 7 + (change.1 - change.0)) / 8;
                (write.join().unwrap(), change)
            }),
        };
        let mut theirs_with_ours = last.clone();
        match field {
            "status" => theirs_with_ours.status = wanted.last().unwrap().clone(),
            _ => theirs_with_ours.email = wanted.last().unwrap().clone(),
        }
        let allowed = if change.0 >= write.1 {
            vec![theirs_with_ours]
        } else if write.0 >= change.1 {
            vec![last]
        } else {
            self.counts.overlaps.fetch_add(1, Ordering::SeqCst);
            vec![theirs_with_ours, last]
        };
        let now = || State::read(&file.id, &file.read()).ok_or_else(|| file.read());
        let start = Instant::now();
        loop {
            let found = now();
            if let Ok(state) = &found
                && allowed.contains(state)
            {
                return state.clone();
            }
            let waited = start.elapsed();
            let late = self.manner != Manner::Replaces && waited < LATE;
            assert!(
                late,
                "round {round}, order {order}: {found:?} is none of {allowed:?} after {waited:?}; was {old:?}"
            );
            if waited < Duration::from_millis(5) {
                self.counts.late.fetch_add(1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(5));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn next<'f>(&'f self, dice: &mut Dice) -> &'f File {
        &self.files[dice.below(self.files.len() as u64) as usize]
    }

    /// Whether the stand-in was writing at any time while this was done.
    fn beside<T>(&self, file: &File, what: impl FnOnce() -> T) -> (bool, T) {
        let before = file.writing.load(Ordering::SeqCst);
        let result = what();
        let after = file.writing.load(Ordering::SeqCst);
        (self.manner != Manner::Replaces && (before != after || before % 2 == 1), result)
    }

    fn read_files(&self) {
        let mut dice = Dice::new(1 << 32);
        while !self.done.load(Ordering::SeqCst) {
            let file = self.next(&mut dice);
            let (is_writing, bytes) = self.beside(file, || file.read());
            self.counts.reads.fetch_add(1, Ordering::SeqCst);
            if State::read(&file.id, &bytes).is_none() {
                let text = String::from_utf8_lossy(&bytes);
                assert!(is_writing, "torn for a reader, and the stand-in was not at it: {text}");
                self.counts.torn_by_stand_in.fetch_add(1, Ordering::SeqCst);
            }
            std::thread::sleep(dice.pause(Duration::from_micros(600)));
        }
    }

    fn get_sessions(&self) {
        let mut dice = Dice::new(2 << 32);
        while !self.done.load(Ordering::SeqCst) {
            let file = self.next(&mut dice);
            let path = session_path(CONTACT, &file.id);
            let (is_writing, answer) = self.beside(file, || self.operator.get(&path));
            let session = answer.status(200).json();
            self.counts.gets.fetch_add(1, Ordering::SeqCst);
            match State::of(&session["document"]) {
                Some(state) => {
                    let mut whole: Value = serde_json::from_slice(&state.bytes(&file.id)).unwrap();
                    whole.as_object_mut().unwrap().remove("token");
                    assert_eq!(session["document"], whole, "torn for GET");
                }
                None => assert!(is_writing, "torn for GET, and the stand-in was not at it: {session}"),
            }
            std::thread::sleep(dice.pause(Duration::from_millis(8)));
        }
    }
}

/// Every acknowledged change is there, done, with its value; and nothing else is.
fn check_journal(user: &impl User, acknowledged: &[Acknowledged]) {
    let mut entries: BTreeMap<String, Value> = journal(user, "").into_iter().collect();
    for Acknowledged { id, session, field, value } in acknowledged {
        let entry = entries.remove(id).unwrap_or_else(|| panic!("the change {id} is not in the journal"));
        assert_eq!(entry["outcome"], "done", "{entry}");
        assert_eq!(entry["session"], **session, "{entry}");
        assert_eq!(entry["after"][field], **value, "{entry}");
        assert_ne!(entry["before"][field], **value, "{entry}");
    }
    assert!(entries.is_empty(), "entries of changes that nobody was told of: {entries:?}");
}

#[test]
fn no_write_by_replacement_is_lost() {
    storm(Manner::Replaces, 5_000, 16);
}

#[test]
fn no_write_in_place_is_lost() {
    storm(Manner::RewritesInPlace, 5_000, 16);
}

#[test]
fn no_write_through_an_open_file_is_lost() {
    storm(Manner::OpensFirst, 5_000, 32);
}
