//! The compliance of a whole folder, read once: nothing is kept, written or watched.

use parking_lot::RwLock;
use std::io;

use serde::Serialize;

use super::scan::{self, Read};
use super::sync::READ_AGAIN;
use super::table::Table;
use crate::domain::app_id::AppId;
use crate::domain::session::finding::Finding;
use crate::domain::session::{SessionId, SessionKey};
use crate::store::folder::{AppFolder, Folder, OpenFolder};

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
    // Of its own for each app, and empty: so every file is read.
    let table = RwLock::new(Table::default());
    let scan = scan::scan_folder(open, &table, Some(std::slice::from_ref(app)))?;
    if let Some((_, error)) = scan.closed.into_iter().next() {
        return Err(error);
    }
    report.apps += scan.apps.len() as u64;
    let (unfinished, reads): (Vec<Read>, Vec<Read>) = scan.reads.into_iter().partition(|read| read.unfinished);
    reads.into_iter().for_each(|read| count(read, app, report));
    let key = |read: Read| Some(SessionKey { app: app.clone(), id: SessionId::parse(read.record.id())? });
    Ok(unfinished.into_iter().filter_map(key).collect())
}

fn count(read: Read, app: &AppId, report: &mut Report) {
    report.sessions += 1;
    if !read.record.compliant()
        && let Some(session) = read.record.session(app)
    {
        let key = SessionKey { app: session.app, id: session.id };
        report.items.push(Item { key, problems: session.problems });
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
                count(read, &key.app, report);
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
    let folder: Option<AppFolder> = open.app(&key.app)?;
    folder.map_or(Ok(None), |folder| scan::read(&folder, 0, key.id.clone()))
}
