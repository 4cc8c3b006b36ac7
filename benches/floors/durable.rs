//! One durable change, beside the least that a durable change with a journal can be.

use std::fs::{self, File};
use std::io::Write;
use std::process::Command;
use std::time::Duration;

use mobile_sessions::app::App;
use mobile_sessions::config::{Config, Options};
use mobile_sessions::domain::account::{Actor, ActorKind, AppScope, Caller, Role};
use mobile_sessions::domain::change::{Expectation, Patch};
use mobile_sessions::domain::query::Filter;
use mobile_sessions::domain::session::{SessionKey, Status};
use mobile_sessions::services::edits::ChangeContext;
use mobile_sessions::store::data_dir::DataDir;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::runtime::Runtime;

use crate::table::Table;
use crate::{Layout, folder, medians, time};

const RUNS: usize = 200;

/// The time of one change, and of its floor in the same run.
pub struct Change {
    pub took: Duration,
    pub floor: Duration,
}

pub fn measure(runtime: &Runtime, layout: &Layout, table: &mut Table) -> Change {
    let temp = tempfile::tempdir().unwrap();
    let (app, floor) = runtime.block_on(async {
        let options = Options { data_dir: Some(temp.path().join("data")), ..Options::default() };
        let data_dir = DataDir::lock(options.data_dir.as_deref(), &layout.root).unwrap();
        let app = App::start(Config { folder: layout.root.clone(), options, moved: false }, data_dir).await.unwrap();
        folder::wait_until_read(&app.catalog).await;
        (app, Floor::new(temp.path(), layout).await)
    });
    let keys = runtime.block_on(app.catalog.keys(&AppScope::all(), &Filter::default())).unwrap();
    // Far from each other, so that no two changes meet the same place of a list.
    let mut keys = keys.iter().step_by(layout.sessions / RUNS);
    let mut changes = 0;
    let change = || time(|| runtime.block_on(change(&app, keys.next().unwrap())));
    let floor = || {
        changes += 1;
        time(|| runtime.block_on(floor.change(changes)))
    };
    let [change, floor] = medians(RUNS, change, floor);
    table.ratio("one durable change", change, floor, change.as_secs_f64() / floor.as_secs_f64(), 1.5);
    runtime.block_on(app.stop());
    Change { took: change, floor }
}

/// The other one of the two statuses.
async fn change(app: &App, key: &SessionKey) {
    let caller = Caller {
        id: "token:bench".into(),
        actor: Actor { kind: ActorKind::Token, name: "bench".into() },
        role: Role::Operator,
        apps: AppScope::all(),
        secrets: false,
    };
    let session = app.catalog.session(&caller.apps, key).await.unwrap().unwrap();
    let accepted = session.status.as_deref() == Some("accepted");
    let status = Some(if accepted { Status::Pending } else { Status::Accepted });
    let patch = Patch { status, email: None };
    let context = ChangeContext {
        caller: caller.clone(),
        request_id: "bench".to_owned(),
        reason: None,
        expected: Expectation::Nothing,
    };
    let changed = app.edits.change(context, key.clone(), patch).await.unwrap();
    assert!(changed.change_id.is_some());
}

/// Write, sync, rename, sync the folder, and one synced commit.
struct Floor {
    folder: std::path::PathBuf,
    database: SqlitePool,
}

impl Floor {
    /// In a folder of as many files as an app's.
    async fn new(temp: &std::path::Path, layout: &Layout) -> Self {
        let folder = temp.join("floor");
        fs::create_dir(&folder).unwrap();
        let app = fs::read_dir(&layout.root).unwrap().map(|app| app.unwrap().path()).find(|app| app.is_dir()).unwrap();
        for file in fs::read_dir(app).unwrap().map(Result::unwrap) {
            fs::copy(file.path(), folder.join(file.file_name())).unwrap();
        }
        Command::new("sync").status().unwrap();
        let options = SqliteConnectOptions::new()
            .filename(temp.join("floor.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let database = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
        sqlx::query("CREATE TABLE change (id INTEGER PRIMARY KEY, old BLOB)").execute(&database).await.unwrap();
        Self { folder, database }
    }

    async fn change(&self, n: i64) {
        let bytes = vec![b' '; 800];
        sqlx::query("INSERT INTO change VALUES (?, ?)").bind(n).bind(&bytes).execute(&self.database).await.unwrap();
        let folder = self.folder.clone();
        let write = move || {
            let mut file = File::create(folder.join("new")).unwrap();
            file.write_all(&bytes).unwrap();
            file.sync_all().unwrap();
            fs::rename(folder.join("new"), folder.join("session")).unwrap();
            File::open(&folder).unwrap().sync_all().unwrap();
        };
        tokio::task::spawn_blocking(write).await.unwrap();
    }
}
