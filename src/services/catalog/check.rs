//! The compliance of a whole folder, read once: nothing is kept, written or watched.

use std::io;

use parking_lot::{Mutex, RwLock};

use serde::Serialize;

use super::files::Files;
use super::look::READ_AGAIN;
use super::reading::{Read, read};
use super::scan::{Progress, scan_folder};
use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::domain::session::finding::Finding;
use crate::store::folder::{Folder, OpenFolder};

/// What is wrong in a folder.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// How many apps were read.
    pub apps: u64,
    /// How many session files were read.
    pub sessions: u64,
    /// How many of them 4D would report.
    pub noncompliant: u64,
    /// Those, by app then id.
    pub items: Vec<Item>,
    /// The apps that could not be read, and why.
    #[serde(skip)]
    pub unread: Vec<(AppId, io::Error)>,
}

/// A session file that is not compliant.
#[derive(Debug, Serialize)]
pub struct Item {
    #[serde(flatten)]
    pub key: SessionKey,
    /// What is wrong with it.
    pub problems: Vec<Finding>,
}

/// Reads and judges every session file. Half-written ones are read again, twice, before they count.
pub fn check(folder: &Folder) -> io::Result<Report> {
    let open = folder.open()?;
    let mut report = Report::default();
    let mut unfinished = Vec::new();
    for app in open.apps()? {
        match check_app(&open, &app, &mut report) {
            Ok(more) => unfinished.extend(more),
            Err(error) => report.unread.push((app, error)),
        }
    }
    settle(&open, unfinished, &mut report);
    if folder.id()? != open.id() {
        return Err(io::Error::other("it was replaced meanwhile"));
    }
    report.items.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    report.unread.sort_by(|a, b| a.0.cmp(&b.0));
    report.unread.dedup_by(|a, b| a.0 == b.0);
    report.noncompliant = report.items.len() as u64;
    Ok(report)
}

/// Judges an app's files; those that may be half-written are given back.
fn check_app(open: &OpenFolder, app: &AppId, report: &mut Report) -> io::Result<Vec<SessionKey>> {
    // Nothing is known: so every file is read.
    let (files, reads) = (RwLock::new(Files::default()), Mutex::new(Vec::new()));
    let take = |part: Vec<Read>| {
        reads.lock().extend(part);
        Ok(())
    };
    let scan = scan_folder(open, &files, Some(std::slice::from_ref(app)), &Progress::default(), &take)?;
    if let Some((_, error)) = scan.closed.into_iter().next() {
        return Err(error);
    }
    report.apps += scan.apps.len() as u64;
    let reads = reads.into_inner().into_iter().chain(scan.failed);
    let (unfinished, reads): (Vec<Read>, Vec<Read>) = reads.partition(|read| read.unfinished);
    reads.into_iter().for_each(|read| count(read, report));
    Ok(unfinished.iter().map(Read::key).collect())
}

fn count(read: Read, report: &mut Report) {
    report.sessions += 1;
    let session = read.reading.session;
    if !session.compliant {
        report.items.push(Item { key: session.key(), problems: session.problems });
    }
}

fn settle(open: &OpenFolder, mut keys: Vec<SessionKey>, report: &mut Report) {
    for (attempt, pause) in READ_AGAIN.iter().enumerate() {
        if keys.is_empty() {
            return;
        }
        std::thread::sleep(*pause);
        let last = attempt + 1 == READ_AGAIN.len();
        keys.retain(|key| match read_again(open, key) {
            Ok(Some(read)) if read.unfinished && !last => true,
            Ok(Some(read)) => {
                count(read, report);
                false
            }
            Ok(None) => false,
            Err(error) => {
                report.unread.push((key.app.clone(), error));
                false
            }
        });
    }
}

fn read_again(open: &OpenFolder, key: &SessionKey) -> io::Result<Option<Read>> {
    let folder = open.app(&key.app)?;
    folder.map_or(Ok(None), |folder| read(&folder, key.id.clone()))
}
