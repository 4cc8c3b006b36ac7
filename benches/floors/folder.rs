//! Reading the folder: at the start, and again with nothing changed.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use mobile_sessions::domain::account::AppScope;
use mobile_sessions::domain::query::Query;
use mobile_sessions::services::catalog::{Catalog, Options};
use mobile_sessions::services::events::Events;
use mobile_sessions::store::database::Database;
use mobile_sessions::store::folder::Folder;
use tokio::runtime::Runtime;

use crate::table::Table;
use crate::{Layout, medians, time};

/// Short ones are run more often: one that was disturbed counts less.
fn runs(layout: &Layout) -> usize {
    if layout.sessions > 10_000 { 5 } else { 15 }
}

/// Of floors that read with as many threads as the promise names.
const THREADS: usize = 2;

pub fn measure(runtime: &Runtime, layout: &Layout, table: &mut Table) {
    let files = files(layout);
    let [start, parse] = medians(runs(layout), || scan_at_start(runtime, layout), || time(|| read_and_parse(&files)));
    table.ratio("scan at start", start, parse, start.as_secs_f64() / parse.as_secs_f64(), 1.5);
    let catalog = runtime.block_on(open(layout)).1;
    // The first one also watches the apps.
    runtime.block_on(catalog.read_again()).unwrap();
    let rescan = || time(|| runtime.block_on(catalog.read_again()).unwrap());
    let [rescan, stat] = medians(runs(layout), rescan, || time(|| stat(&files)));
    table.ratio("rescan, nothing changed", rescan, stat, rescan.as_secs_f64() / stat.as_secs_f64(), 2.0);
}

/// Every session's file.
fn files(layout: &Layout) -> Vec<PathBuf> {
    let apps = fs::read_dir(&layout.root).unwrap().map(|app| app.unwrap().path()).filter(|app| app.is_dir());
    let names = apps.flat_map(|app| fs::read_dir(app).unwrap()).map(|file| file.unwrap().path());
    let files: Vec<PathBuf> = names.filter(|file| file.extension().is_none()).collect();
    assert_eq!(files.len(), layout.sessions);
    files
}

/// A catalog of the folder with a database of its own, which is empty.
pub async fn open(layout: &Layout) -> (tempfile::TempDir, Arc<Catalog>) {
    let data = tempfile::tempdir().unwrap();
    let database = Database::open(data.path()).await.unwrap();
    let folder = Arc::new(Folder::new(layout.root.clone(), 1 << 20));
    let options = Options { rescan: Duration::from_secs(3600), poll: false, moved: false };
    let events = Events::start(database.clone()).await.unwrap();
    let catalog = Catalog::start(folder, database.clone(), events, Vec::new(), options).await.unwrap();
    settle(&catalog, &database, layout).await;
    (data, catalog)
}

/// Waits for what goes on in the background after the first scan: what follows shall share neither processors nor disk
/// with it.
pub async fn settle(catalog: &Catalog, database: &Database, layout: &Layout) {
    while !catalog.has_all_indexes() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // What is remembered of each session.
    while database.all_known().await.unwrap().values().map(|app| app.len()).sum::<usize>() < layout.sessions {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn scan_at_start(runtime: &Runtime, layout: &Layout) -> Duration {
    runtime.block_on(async {
        let data = tempfile::tempdir().unwrap();
        let database = Database::open(data.path()).await.unwrap();
        let folder = Arc::new(Folder::new(layout.root.clone(), 1 << 20));
        let options = Options { rescan: Duration::from_secs(3600), poll: false, moved: false };
        let start = std::time::Instant::now();
        let events = Events::start(database.clone()).await.unwrap();
        let catalog = Catalog::start(folder, database.clone(), events, Vec::new(), options).await.unwrap();
        // Until the first list is answered: which ones are ready then is our business.
        assert_eq!(catalog.list(&AppScope::all(), &usual_list()).unwrap().total, layout.sessions as u64);
        let took = start.elapsed();
        settle(&catalog, &database, layout).await;
        drop(catalog);
        database.close().await;
        took
    })
}

/// The list that is asked for without a word.
fn usual_list() -> Query {
    Query::default()
}

/// The floor of a scan: the same files read and parsed by two threads, nothing kept.
fn read_and_parse(files: &[PathBuf]) {
    in_parts(files, |file| {
        let value: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        std::hint::black_box(value);
    });
}

/// The floor of a rescan: the same files looked at by two threads.
fn stat(files: &[PathBuf]) {
    in_parts(files, |file| {
        std::hint::black_box(fs::symlink_metadata(file).unwrap());
    });
}

fn in_parts(files: &[PathBuf], each: impl Fn(&PathBuf) + Sync) {
    std::thread::scope(|scope| {
        for part in files.chunks(files.len().div_ceil(THREADS)) {
            scope.spawn(|| part.iter().for_each(&each));
        }
    });
}
