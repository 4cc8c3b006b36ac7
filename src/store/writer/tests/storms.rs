//! The other program writes as often as it can, and we do too: no write is lost.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::{ID, Place, key, number, write_beside};
use crate::domain::change::Digest;
use crate::domain::session::document::Document;
use crate::store::os;
use crate::store::writer::error::WriteError;
use crate::store::writer::replaced::OnLateWrite;
use crate::store::writer::service::Writer;

/// How the other program writes: it does not know of us, and takes no lock.
#[derive(Clone, Copy)]
enum Manner {
    Replaces,
    RewritesInPlace,
    /// It opens the file some time before it writes into it: by then we may have taken the name away.
    WritesLate,
}

fn write_as(manner: Manner, file: &Path, n: u64) {
    let text = format!(r#"{{"status":"pending","n":{n},"filling":"{}"}}"#, "x".repeat(600));
    match manner {
        Manner::Replaces => write_beside(file, text.as_bytes()),
        Manner::RewritesInPlace => fs::write(file, text).unwrap(),
        Manner::WritesLate => {
            let mut open = fs::OpenOptions::new().write(true).open(file).unwrap();
            let id_of = |file: &Path| os::look_at(file).ok().map(|(id, _)| id);
            let (id, start) = (id_of(file), Instant::now());
            // Each sixteenth until we have taken the name away, and some time more; the others at any time.
            let waits = n.is_multiple_of(16);
            let patience = Duration::from_micros(if waits { 100_000 } else { n * 104_729 % 400 });
            while id_of(file) == id && start.elapsed() < patience {}
            std::thread::sleep(Duration::from_micros(if waits { n * 7919 % 2000 } else { 0 }));
            open.set_len(0).unwrap();
            open.write_all(text.as_bytes()).unwrap();
        }
    }
}

/// The other program writes `rounds` times, and on a busy machine until we got to write too, each time another number,
/// while we set the status as fast as we can. Its last number must stand at the end, and no number may go back.
fn storm(manner: Manner, rounds: u64) {
    let place = Place::new();
    write_beside(&place.file(), br#"{"status":"pending","n":0}"#);
    let written = AtomicU64::new(0);
    let ours = AtomicU64::new(0);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            let ours = || ours.load(Ordering::SeqCst);
            for n in (1..=20 * rounds).take_while(|n| *n <= rounds || ours() == 0) {
                write_as(manner, &place.file(), n);
                written.store(n, Ordering::SeqCst);
                match manner {
                    // What is written late must come to stand there while we go on, too.
                    Manner::WritesLate if n % 16 == 0 => place.wait_for_number(n),
                    // These come close on one another, too, within what one exchange and the way back take.
                    Manner::Replaces if n % 8 >= 4 => {}
                    // 4D pauses between two writes of one session; without, there is no gap to write in.
                    _ => std::thread::sleep(Duration::from_micros(n * 7919 % 700)),
                }
            }
        });
        let mut newest = 0;
        while !other.is_finished() {
            if matches!(manner, Manner::Replaces) {
                // Into a file that was open, a write can end before it stands under the name.
                newest = written.load(Ordering::SeqCst);
            }
            let Ok(old) = fs::read(place.file()) else { continue };
            let Ok(document) = Document::parse(&old) else { continue };
            let found = number(&old).unwrap();
            assert!(found >= newest, "a number went back: {found} after {newest}");
            newest = found;
            let status = if document.text("status").as_deref() == Some("pending") { "accepted" } else { "pending" };
            let new = document.with("status", Some(&format!("\"{status}\"")));
            let merge: OnLateWrite = Box::new(move |late| {
                Document::parse(late).map_or(late.to_vec(), |d| d.with("status", Some(&format!("\"{status}\""))))
            });
            let prepared = place.writer.prepare(&key(), new.clone());
            match prepared.and_then(|prepared| place.writer.replace(&key(), &Digest::of(&old), prepared, merge)) {
                Ok(()) => drop(ours.fetch_add(1, Ordering::SeqCst)),
                Err(WriteError::Changed | WriteError::Gone) => {}
                Err(other) => panic!("{other}"),
            }
        }
    });
    place.writer.drain();
    let last = fs::read(place.file()).unwrap();
    let written = written.load(Ordering::SeqCst);
    assert_eq!(number(&last), Some(written), "the last write was lost: {}", String::from_utf8_lossy(&last));
    assert_eq!(place.names(), [ID]);
    assert!(ours.load(Ordering::SeqCst) > 0, "we never got to write");
}

#[test]
fn no_write_of_a_program_that_replaces_files_is_lost() {
    storm(Manner::Replaces, 500);
}

#[test]
fn no_write_in_place_is_lost() {
    storm(Manner::RewritesInPlace, 500);
}

#[test]
fn no_write_of_a_program_that_writes_late_is_lost() {
    storm(Manner::WritesLate, 500);
}

/// What stands there at any time: a file, and a whole one.
fn whole(place: &Place) -> Vec<u8> {
    let bytes = fs::read(place.file()).expect("a file");
    let filling = Document::parse(&bytes).ok().and_then(|document| document.text("filling").map(|text| text.len()));
    assert_eq!(filling, Some(600), "it is whole: {}", String::from_utf8_lossy(&bytes));
    bytes
}

enum Wrote {
    Ours,
    /// The other program had written before we began to replace the file.
    TheirsStays,
    Between,
}

/// Sets the other status in what was read just now.
fn write_if_as_read(place: &Place) -> Wrote {
    let old = whole(place);
    let document = Document::parse(&old).unwrap();
    let status = if document.text("status").as_deref() == Some("pending") { "accepted" } else { "pending" };
    let new = document.with("status", Some(&format!("\"{status}\"")));
    let prepared = place.writer.prepare(&key(), new).unwrap();
    let other_was_there = whole(place) != old;
    match place.writer.replace(&key(), &Digest::of(&old), prepared, Box::new(<[u8]>::to_vec)) {
        Ok(()) if other_was_there => panic!("it was written over"),
        Ok(()) => Wrote::Ours,
        Err(WriteError::Changed) if other_was_there => Wrote::TheirsStays,
        Err(WriteError::Changed) => Wrote::Between,
        Err(error) => panic!("{error}"),
    }
}

/// Without an exchange, a write between our look at the file and our rename is lost: that none is lost cannot be
/// promised. What had come before our look is never written over; whoever reads finds a file, and a whole one; and what
/// is written when we are done stays.
#[test]
fn without_exchange_an_earlier_write_is_not_overwritten() {
    const ROUNDS: u64 = 500;
    let place = Place::with(Writer::comparing);
    write_as(Manner::Replaces, &place.file(), 0);
    // How often we wrote, and how often we found that the other program had been there before.
    let (mut ours, mut refused) = (0, 0);
    let (written, done) = (AtomicU64::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            for n in (1..=20 * ROUNDS).take_while(|n| *n <= ROUNDS || !done.load(Ordering::SeqCst)) {
                write_as(Manner::Replaces, &place.file(), n);
                written.store(n, Ordering::SeqCst);
                std::thread::sleep(Duration::from_micros(n * 7919 % 3000));
            }
        });
        std::thread::scope(|looking| {
            looking.spawn(|| {
                while !other.is_finished() {
                    drop(whole(&place))
                }
            });
            while !other.is_finished() {
                match write_if_as_read(&place) {
                    Wrote::Ours => ours += 1,
                    Wrote::TheirsStays => refused += 1,
                    Wrote::Between => {}
                }
                done.store(ours > 0 && refused > 0, Ordering::SeqCst);
            }
        });
    });
    assert!(ours > 0 && refused > 0, "nothing was shown: {ours} and {refused}");
    assert_eq!(place.names(), [ID]);
    let last = written.load(Ordering::SeqCst) + 1;
    write_as(Manner::Replaces, &place.file(), last);
    let theirs = whole(&place);
    place.writer.drain();
    assert_eq!(number(&theirs), Some(last));
    assert_eq!(whole(&place), theirs, "what was written last does not stand");
    assert_eq!(place.names(), [ID]);
}

#[test]
#[ignore = "slow: 5,000 rounds each"]
fn no_write_is_lost_in_5000_rounds_of_any_manner() {
    let start = Instant::now();
    storm(Manner::Replaces, 5000);
    storm(Manner::RewritesInPlace, 5000);
    storm(Manner::WritesLate, 5000);
    println!("15,000 rounds in {:?}", start.elapsed());
}
