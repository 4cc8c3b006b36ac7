//! Reading the folder: at the start, and again with nothing changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use mobile_sessions::domain::account::AppScope;
use mobile_sessions::domain::query::Query;
use mobile_sessions::services::catalog::{Catalog, Options};
use mobile_sessions::services::events::Events;
use mobile_sessions::store::database::{Database, Purpose};
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
    table.ratio("first start", start, parse, start.as_secs_f64() / parse.as_secs_f64(), 5.0);
    let (data, catalog) = runtime.block_on(open(layout));
    let again = || start_again(runtime, layout, data.path());
    let [again, looks] = medians(runs(layout), again, || time(|| stat(&files)));
    table.ratio("start again, nothing changed", again, looks, again.as_secs_f64() / looks.as_secs_f64(), 4.0);
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
    let database = Database::open(data.path(), Purpose::Serve).await.unwrap();
    let folder = Arc::new(Folder::new(layout.root.clone(), 1 << 20));
    let options = Options { rescan: Duration::from_secs(3600), poll: false, moved: false };
    let events = Events::start(database.clone()).await.unwrap();
    let catalog = Catalog::start(folder, database, events, options).await.unwrap();
    wait_until_read(&catalog).await;
    (data, catalog)
}

/// Waits for the end of the first reading, which goes on behind a start that takes long.
pub async fn wait_until_read(catalog: &Catalog) {
    while catalog.reading().is_some() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn scan_at_start(runtime: &Runtime, layout: &Layout) -> Duration {
    let data = tempfile::tempdir().unwrap();
    start_again(runtime, layout, data.path())
}

/// Until the first list is answered.
fn start_again(runtime: &Runtime, layout: &Layout, data: &Path) -> Duration {
    runtime.block_on(async {
        let database = Database::open(data, Purpose::Serve).await.unwrap();
        let folder = Arc::new(Folder::new(layout.root.clone(), 1 << 20));
        let options = Options { rescan: Duration::from_secs(3600), poll: false, moved: false };
        let start = std::time::Instant::now();
        let events = Events::start(database.clone()).await.unwrap();
        let catalog = Catalog::start(folder, database.clone(), events, options).await.unwrap();
        wait_until_read(&catalog).await;
        let list = catalog.list(&AppScope::all(), &Query::default()).await.unwrap();
        assert_eq!(list.total, layout.sessions as u64);
        let took = start.elapsed();
        drop(catalog);
        database.close().await;
        took
    })
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
