//! The writer beside another program that writes the same files.

mod storms;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::error::WriteError;
use super::exchange::{Guard, Prepared};
use super::file::{BYTES_NEVER_SYNCED, NEVER_SYNCED, OpenFile};
use super::late::LateWrites;
use super::recovery::{Interrupted, Recovered};
use super::replaced::OnLateWrite;
use super::service::Writer;
use crate::domain::change::Digest;
use crate::domain::session::SessionKey;
use crate::domain::session::document::Document;
use crate::store::folder::Folder;
use crate::store::os::KeptFile;

pub(super) const APP: &str = "com.a";
pub(super) const ID: &str = "70ab";

pub(super) struct Place {
    pub(super) root: tempfile::TempDir,
    pub(super) writer: Writer,
}

impl Place {
    pub(super) fn new() -> Self {
        Self::with(Writer::new)
    }

    /// In this folder, or where temporary files usually are.
    fn within(folder: &Path) -> Self {
        Self::at(tempfile::tempdir_in(folder).or_else(|_| tempfile::tempdir()).unwrap(), Writer::new)
    }

    fn with(make: impl Fn(Arc<Folder>, String) -> Writer) -> Self {
        Self::at(tempfile::tempdir().unwrap(), make)
    }

    fn at(root: tempfile::TempDir, make: impl Fn(Arc<Folder>, String) -> Writer) -> Self {
        fs::create_dir(root.path().join(APP)).unwrap();
        let folder = Arc::new(Folder::new(root.path().to_owned(), 1 << 20));
        Self { writer: make(folder, "0123456789abcdef".into()), root }
    }

    pub(super) fn file(&self) -> PathBuf {
        self.root.path().join(APP).join(ID)
    }

    pub(super) fn put(&self, bytes: &[u8]) {
        fs::write(self.file(), bytes).unwrap();
    }

    pub(super) fn replace(&self, old: &[u8], new: &[u8]) -> Result<(), WriteError> {
        let prepared = self.writer.prepare(&key(), new.to_vec())?;
        self.writer.replace(&key(), &Digest::of(old), prepared, Box::new(<[u8]>::to_vec))
    }

    fn wait_for_number(&self, n: u64) {
        let start = Instant::now();
        while fs::read(self.file()).ok().and_then(|bytes| number(&bytes)) != Some(n) {
            assert!(start.elapsed() < Duration::from_secs(10), "{n} does not come to stand there");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// On Windows, a file that was removed keeps its name while anybody has it open: a temporary one is waited for.
    pub(super) fn names(&self) -> Vec<String> {
        let start = Instant::now();
        loop {
            let entries = fs::read_dir(self.root.path().join(APP)).unwrap();
            let names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            let is_going = cfg!(windows) && names.iter().any(|name| name.ends_with(".tmp"));
            if !is_going || start.elapsed() > Duration::from_secs(5) {
                return names;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

pub(super) fn key() -> SessionKey {
    SessionKey::parse(APP, ID).unwrap()
}

pub(super) fn both_ways(test: impl Fn(Place)) {
    test(Place::new());
    test(Place::with(Writer::comparing));
}

#[test]
fn other_bytes_than_expected_are_left_alone() {
    both_ways(|place| {
        place.put(b"theirs");
        assert!(matches!(place.replace(b"old", b"new"), Err(WriteError::Changed)));
        assert!(matches!(place.writer.remove(&key(), &Digest::of(b"old")), Err(WriteError::Changed)));
        assert_eq!(fs::read(place.file()).unwrap(), b"theirs");
        assert_eq!(place.names(), [ID]);
    });
}

#[test]
fn a_file_that_is_gone_is_said_to_be_gone() {
    let place = Place::new();
    assert!(matches!(place.replace(b"old", b"new"), Err(WriteError::Gone)));
    assert!(matches!(place.writer.keep(&key()), Err(WriteError::Gone)));
    assert!(matches!(place.writer.remove(&key(), &Digest::of(b"old")), Err(WriteError::Gone)));
    fs::remove_dir(place.root.path().join(APP)).unwrap();
    assert!(matches!(place.replace(b"old", b"new"), Err(WriteError::Gone)));
    let kept = KeptFile { bytes: b"x".into(), mode: 0o600, uid: 0, gid: 0, acl: None };
    assert!(matches!(place.writer.restore(&key(), &kept), Err(WriteError::Gone)), "no folder is ever made");
}

#[test]
fn a_removed_file_comes_back_unless_there_is_another() {
    both_ways(|place| {
        place.put(b"\xEF\xBB\xBF{}\r");
        #[cfg(unix)]
        fs::set_permissions(place.file(), std::os::unix::fs::PermissionsExt::from_mode(0o604)).unwrap();
        let kept = place.writer.keep(&key()).unwrap();
        place.writer.remove(&key(), &Digest::of(&kept.bytes)).unwrap();
        assert!(place.names().is_empty());
        place.writer.restore(&key(), &kept).unwrap();
        assert!(place.writer.keep(&key()).unwrap() == kept);
        assert!(matches!(place.writer.restore(&key(), &kept), Err(WriteError::AlreadyThere)));
        assert_eq!(place.names(), [ID]);
    });
}

/// Recovers whatever lies there; what is to be kept of it, and how many files stay.
fn recover(place: &Place, interrupted: &[Interrupted]) -> (Vec<Vec<u8>>, usize) {
    let (mut kept, mut unknown) = (Vec::new(), 0);
    for leftover in place.writer.leftovers().unwrap().0 {
        match place.writer.recover(&leftover, interrupted).unwrap() {
            Recovered::Removed => {}
            Recovered::PutBack(of) => assert_eq!(of, key()),
            Recovered::Older(of, file) => {
                assert_eq!(of, key());
                place.writer.let_go(&leftover, &Digest::of(b"others")).unwrap();
                assert!(place.names().contains(&leftover.name().to_owned()), "it has other bytes");
                place.writer.let_go(&leftover, &Digest::of(&file.bytes)).unwrap();
                kept.push(file.bytes);
            }
            Recovered::Unknown => unknown += 1,
        }
    }
    (kept, unknown)
}

#[test]
fn only_this_installations_temporary_files_are_recovered() {
    let place = Place::new();
    let app = place.root.path().join(APP);
    let ours =
        [".0123456789abcdef-0-00-.new.tmp", ".0123456789abcdef-0-00-70ab.new.tmp", ".0123456789abcdef-0-01-.tmp"];
    for name in [".fedcba9876543210-0-00-.new.tmp", ".0123456789abcdef-00.bak", ID].iter().chain(&ours[..2]) {
        fs::write(app.join(name), b"x").unwrap();
    }
    fs::write(app.join(ours[2]), b"").unwrap();
    fs::write(place.root.path().join(ours[0]), b"x").unwrap();
    assert_eq!(recover(&place, &[]), (Vec::new(), 0));
    assert_eq!(place.names().len(), 3, "{:?}", place.names());
    assert!(place.root.path().join(ours[0]).exists(), "nothing of ours lies in the root");
}

#[test]
fn after_a_stop_the_newer_version_gets_the_name() {
    let (before, ours, theirs) = (&b"{\"n\":1}"[..], &b"{\"n\":2}"[..], &b"{\"n\":3}"[..]);
    let newer = &b"{\"n\":4}"[..];
    let half = &theirs[..4];
    let half_ours = &ours[..4];
    // What lay in the temporary file, what stood under the name, what the change made of it; what stands there then,
    // and what is kept.
    let replaced = Some(ours);
    type Bytes<'a> = Option<&'a [u8]>;
    type Case<'a> = (&'a [u8], Bytes<'a>, Bytes<'a>, Bytes<'a>, &'a [&'a [u8]], &'a str);
    let cases: [Case<'_>; 12] = [
        (before, replaced, replaced, replaced, &[], "the change was made"),
        (ours, Some(before), replaced, Some(before), &[], "it was not yet exchanged"),
        (before, None, None, None, &[], "the delete was made"),
        (theirs, replaced, replaced, Some(theirs), &[], "it came out of the exchange"),
        (half, replaced, replaced, replaced, &[half], "what a power failure damaged takes no good file's place"),
        (theirs, Some(half_ours), replaced, Some(theirs), &[half_ours], "nor does it keep it"),
        (before, Some(half), replaced, Some(before), &[half], "what stood there before is whole"),
        (theirs, None, None, Some(theirs), &[], "it was moved out by a delete"),
        (theirs, None, replaced, None, &[theirs], "the newer one was taken away since"),
        (theirs, Some(newer), replaced, Some(newer), &[theirs], "the one that stands there is newer"),
        (newer, Some(theirs), replaced, Some(newer), &[theirs], "the one that lies there is newer"),
        (newer, Some(theirs), None, Some(newer), &[theirs], "the same after a delete"),
    ];
    for (lies, stands, after, then, kept, why) in cases {
        let place = Place::new();
        let leftover = place.root.path().join(APP).join(format!(".0123456789abcdef-0-00-{ID}.tmp"));
        let put = |path: &Path, bytes: &[u8]| {
            fs::write(path, bytes).unwrap();
            let time = std::time::UNIX_EPOCH + Duration::from_secs(if bytes == newer { 2000 } else { 1000 });
            fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
        };
        put(&leftover, lies);
        stands.into_iter().for_each(|bytes| put(&place.file(), bytes));
        let change = Interrupted { key: key(), before: Some(Digest::of(before)), after: after.map(Digest::of) };
        let (found, unknown) = recover(&place, std::slice::from_ref(&change));
        assert_eq!(fs::read(place.file()).ok().as_deref(), then, "{why}");
        assert_eq!((found, unknown), (kept.iter().map(|bytes| bytes.to_vec()).collect(), 0), "{why}");
        assert!(place.names().iter().all(|name| name == ID), "{why}: {:?}", place.names());
    }
}

#[test]
fn what_is_still_being_written_is_recovered_later() {
    let place = Place::new();
    place.put(b"{}");
    let leftover = place.root.path().join(APP).join(format!(".0123456789abcdef-0-00-{ID}.tmp"));
    let mut open = fs::File::create(&leftover).unwrap();
    open.write_all(b"{\"n\":").unwrap();
    let found = place.writer.leftovers().unwrap().0.remove(0);
    assert!(matches!(place.writer.recover(&found, &[]), Err(WriteError::Changed)));
    assert!(place.writer.has_left(&key()));
    open.write_all(b"1}").unwrap();
    drop(open);
    assert_eq!(recover(&place, &[]), (vec![b"{}".to_vec()], 0));
    assert_eq!(fs::read(place.file()).unwrap(), b"{\"n\":1}");
    assert!(!place.writer.has_left(&key()));
}

#[test]
fn recovery_never_names_bytes_of_a_forgotten_change() {
    let place = Place::new();
    place.put(b"{}");
    let digest = Digest::of(b"{\"ours\":1}").short_hex();
    let leftover = place.root.path().join(APP).join(format!(".0123456789abcdef-0-00-{ID}-{digest}.tmp"));
    fs::write(&leftover, b"{\"ours\":1}").unwrap();
    assert_eq!(recover(&place, &[]), (Vec::new(), 0));
    assert_eq!(fs::read(place.file()).unwrap(), b"{}");
    assert_eq!(place.names(), [ID]);
}

#[test]
fn bytes_of_an_unknown_session_stay_in_place() {
    let place = Place::new();
    let leftover = place.root.path().join(APP).join(".0123456789abcdef-0-00.tmp");
    fs::write(&leftover, b"half of someth").unwrap();
    assert_eq!(recover(&place, &[]), (Vec::new(), 1));
    assert_eq!(fs::read(&leftover).unwrap(), b"half of someth");
    let document = format!(r#"{{"session":{{"id":"{ID}"}}}}"#);
    fs::write(&leftover, &document).unwrap();
    let delete = Interrupted { key: key(), before: None, after: None };
    assert_eq!(recover(&place, &[delete]), (Vec::new(), 0));
    assert_eq!(fs::read_to_string(place.file()).unwrap(), document, "its bytes tell the session");
}

#[test]
fn how_writes_are_guarded_is_tried_without_a_trace() {
    let place = Place::new();
    assert_eq!(place.writer.guard(), Guard::Exclusive);
    assert!(place.names().is_empty());
    let empty = tempfile::tempdir().unwrap();
    let folder = Arc::new(Folder::new(empty.path().to_owned(), 1));
    assert_eq!(Writer::new(folder, "0".into()).guard(), Guard::Unknown);
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0, "nothing is made in the root");
    assert_eq!(Place::with(Writer::comparing).writer.guard(), Guard::Compared);
}

#[test]
fn a_late_write_through_an_open_file_wins() {
    let place = Place::new();
    place.put(br#"{"status":"pending","n":1}"#);
    let mut open = fs::OpenOptions::new().write(true).open(place.file()).unwrap();
    let merge: OnLateWrite =
        Box::new(|late| Document::parse(late).map_or(late.to_vec(), |d| d.with("status", Some("\"accepted\""))));
    let old = fs::read(place.file()).unwrap();
    let prepared = place.writer.prepare(&key(), br#"{"status":"accepted","n":1}"#.to_vec()).unwrap();
    place.writer.replace(&key(), &Digest::of(&old), prepared, merge).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    open.set_len(0).unwrap();
    open.write_all(br#"{"status":"pending","n":2}"#).unwrap();
    place.writer.drain();
    assert_eq!(fs::read_to_string(place.file()).unwrap(), r#"{"status":"accepted","n":2}"#);
    assert_eq!(place.names(), [ID]);
}

#[test]
fn with_few_descriptors_the_oldest_watch_is_given_up() {
    let place = Place::new();
    let app = place.root.path().join(APP);
    let writer = Writer { late: LateWrites::new(2), core: place.writer.core.clone() };
    for n in 0..20 {
        let key = SessionKey::parse(APP, &format!("{n:x}")).unwrap();
        let path = app.join(key.id.as_str());
        fs::write(&path, b"old").unwrap();
        // One that a program has open goes only where no other can.
        let mut open = (n == 3).then(|| fs::OpenOptions::new().write(true).open(&path).unwrap());
        let prepared = writer.prepare(&key, b"new".to_vec()).unwrap();
        writer.replace(&key, &Digest::of(b"old"), prepared, Box::new(<[u8]>::to_vec)).unwrap();
        if let Some(open) = &mut open {
            let next = SessionKey::parse(APP, "ff").unwrap();
            fs::write(app.join("ff"), b"old").unwrap();
            writer.remove(&next, &Digest::of(b"old")).unwrap();
            open.write_all(b"late").unwrap();
            open.set_len(4).unwrap();
            std::thread::sleep(Duration::from_millis(200));
        }
    }
    writer.drain();
    assert_eq!(fs::read(app.join("3")).unwrap(), b"late");
    assert_eq!(place.names().len(), 20, "{:?}", place.names());
}

#[test]
fn a_late_write_brings_a_removed_file_back() {
    let place = Place::new();
    place.put(b"old");
    let mut open = fs::OpenOptions::new().write(true).open(place.file()).unwrap();
    place.writer.remove(&key(), &Digest::of(b"old")).unwrap();
    open.write_all(b"new").unwrap();
    place.writer.drain();
    assert_eq!(fs::read(place.file()).unwrap(), b"new");
}

fn number(bytes: &[u8]) -> Option<u64> {
    Document::parse(bytes).ok()?.value("n")?.parse().ok()
}

/// A program opens the file before we replace it, writes right after, and reads the file back: how long it sees what is
/// older than it wrote, each time.
fn times_until_a_late_write_shows(rounds: u64) -> Vec<Duration> {
    // Where there is memory for it, the disk is not what is measured.
    let place = Place::within(Path::new("/dev/shm"));
    write_beside(&place.file(), br#"{"status":"pending","n":0}"#);
    let mut times = Vec::new();
    for n in 1..=rounds {
        let old = fs::read(place.file()).unwrap();
        let mut open = fs::OpenOptions::new().write(true).open(place.file()).unwrap();
        let status = if n.is_multiple_of(2) { "\"pending\"" } else { "\"accepted\"" };
        let set = move |bytes: &[u8]| Document::parse(bytes).map_or(bytes.to_vec(), |d| d.with("status", Some(status)));
        let prepared = place.writer.prepare(&key(), set(&old)).unwrap();
        place.writer.replace(&key(), &Digest::of(&old), prepared, Box::new(set)).unwrap();
        open.set_len(0).unwrap();
        open.write_all(format!(r#"{{"status":"other","n":{n}}}"#).as_bytes()).unwrap();
        drop(open);
        let start = Instant::now();
        while number(&fs::read(place.file()).unwrap()) != Some(n) {
            assert!(start.elapsed() < Duration::from_secs(10), "it is lost");
        }
        times.push(start.elapsed());
    }
    times.sort();
    println!("{rounds} late writes: half within {:?}, the last within {:?}", times[times.len() / 2], times.last());
    times
}

#[test]
fn a_late_write_shows_once_its_writer_is_done() {
    let times = times_until_a_late_write_shows(100);
    // Others may have the processor for a moment; who waits for a quiet time always waits longer.
    assert!(times[times.len() / 2] < Duration::from_millis(25), "{:?}", times[times.len() / 2]);
}

/// How long another thread takes to notice what it waits for, each time, while this one reads a file all the time as
/// above: nobody can put a late write on top sooner.
fn times_until_a_thread_wakes(rounds: u64) -> Vec<Duration> {
    let place = Place::within(Path::new("/dev/shm"));
    write_beside(&place.file(), br#"{"status":"pending","n":0}"#);
    let (ask, asked) = std::sync::mpsc::channel();
    let seen = AtomicU64::new(0);
    let mut times = Vec::new();
    std::thread::scope(|scope| {
        let seen = &seen;
        scope.spawn(move || {
            while let Ok(n) = asked.recv() {
                seen.store(n, Ordering::SeqCst);
            }
        });
        for n in 1..=rounds {
            // As long as a round with a late write takes.
            std::thread::sleep(Duration::from_millis(1));
            let start = Instant::now();
            ask.send(n).unwrap();
            while seen.load(Ordering::SeqCst) != n {
                fs::read(place.file()).unwrap();
            }
            times.push(start.elapsed());
        }
        drop(ask);
    });
    times
}

#[test]
#[ignore = "slow, and measures time: it needs the machine for itself"]
fn ten_thousand_late_writes_show_within_5_ms() {
    let beyond = |times: &[Duration]| times.iter().filter(|time| **time > Duration::from_millis(5)).count();
    let floor = times_until_a_thread_wakes(10_000);
    let times = times_until_a_late_write_shows(10_000);
    let (late, floor) = (beyond(&times), beyond(&floor));
    println!("{late} of 10,000 beyond 5 ms; a thread that only wakes: {floor}");
    // A late write waits to be noticed twice: that it began, and that its writer is done.
    let last = times.last();
    assert!(late <= 2 * floor.max(1), "{late} late, the last within {last:?}; the machine accounts for {floor} of one");
}

#[test]
fn the_newest_write_during_an_exchange_back_stays() {
    let place = Place::new();
    let core = &place.writer.core;
    let folder = core.app(&key()).unwrap();
    for round in 0..300_u64 {
        // We exchanged, the other program's first write came out, and its second took our file's name away.
        place.put(b"first");
        let original = OpenFile::open(&folder, ID).unwrap().unwrap().belongings().unwrap();
        let ours = core.prepare(&folder, &key(), b"ours".to_vec(), true).unwrap();
        ours.temporary.exchange(ID, None).unwrap();
        write_beside(&place.file(), b"second");
        std::thread::scope(|scope| {
            let third = scope.spawn(|| {
                let start = Instant::now();
                while start.elapsed() < Duration::from_micros(round % 100) {}
                write_beside(&place.file(), b"third");
            });
            let mut replaced = Vec::new();
            let Prepared { temporary, file, .. } = ours;
            core.give_back(temporary, ID, file, Digest::of(b"ours"), &mut replaced).unwrap();
            third.join().unwrap();
        });
        assert_eq!(fs::read(place.file()).unwrap(), b"third", "round {round}");
        assert!(OpenFile::open(&folder, ID).unwrap().unwrap().belongings().unwrap() == original);
    }
    assert_eq!(place.names(), [ID]);
}

/// As a program does that replaces files.
fn write_beside(file: &Path, bytes: &[u8]) {
    let beside = file.with_extension("4d");
    fs::write(&beside, bytes).unwrap();
    fs::rename(beside, file).unwrap();
}

#[test]
fn a_failure_after_the_change_is_told_apart() {
    both_ways(|place| {
        let app = place.root.path().join(NEVER_SYNCED);
        fs::create_dir(&app).unwrap();
        fs::write(app.join(ID), b"old").unwrap();
        let key = SessionKey::parse(NEVER_SYNCED, ID).unwrap();
        let prepared = place.writer.prepare(&key, b"new".to_vec()).unwrap();
        let done = place.writer.replace(&key, &Digest::of(b"old"), prepared, Box::new(<[u8]>::to_vec));
        assert!(matches!(done, Err(WriteError::Unsure(_))), "{done:?}");
        assert_eq!(fs::read(app.join(ID)).unwrap(), b"new");
        let done = place.writer.remove(&key, &Digest::of(b"new"));
        assert!(matches!(done, Err(WriteError::Unsure(_))), "{done:?}");
        assert_eq!(fs::read_dir(&app).unwrap().count(), 0, "nothing of ours lies there");
    });
}

#[test]
fn unsynced_bytes_never_replace_a_file() {
    both_ways(|place| {
        let app = place.root.path().join(BYTES_NEVER_SYNCED);
        fs::create_dir(&app).unwrap();
        fs::write(app.join(ID), b"old").unwrap();
        let key = SessionKey::parse(BYTES_NEVER_SYNCED, ID).unwrap();
        let prepared = place.writer.prepare(&key, b"new".to_vec()).map(drop);
        assert!(matches!(prepared, Err(WriteError::Io(_))), "{prepared:?}");
        assert_eq!(fs::read(app.join(ID)).unwrap(), b"old");
        let kept = place.writer.keep(&key).unwrap();
        fs::remove_file(app.join(ID)).unwrap();
        let restored = place.writer.restore(&key, &kept);
        assert!(matches!(restored, Err(WriteError::Io(_))), "{restored:?}");
        assert_eq!(fs::read_dir(&app).unwrap().count(), 0, "nothing of ours lies there");
    });
}
