//! The data folder and its database: gone, damaged, locked, newer, copied, backed up, put back.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};

use crate::programs::recipe;
use crate::spawn::*;

const SOON: Duration = Duration::from_secs(15);
const DATABASE: &str = "mobile-sessions.db";

fn database(site: &Site) -> PathBuf {
    site.data().join(DATABASE)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}{suffix}", path.display()))
}

/// Another program on the database.
fn connect(path: &Path) -> SqliteConnection {
    wait(SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path))).unwrap()
}

fn execute(connection: &mut SqliteConnection, sql: &'static str) {
    wait(sqlx::query(sql).execute(connection)).unwrap();
}

/// What is said by a start that must fail.
#[track_caller]
fn refused(site: &Site) -> String {
    let args = site.serve_args();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let output = run(&args);
    assert!(!output.status.success(), "it started: {output:?}");
    let said = text(&output);
    assert!(!said.contains("/setup?token="), "it was taken for a first start: {said}");
    said
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(output));
    text(output)
}

#[test]
fn without_a_database_changes_touch_no_file() {
    let gone: [fn(&Site); 4] = [
        |site| fs::remove_dir_all(site.data()).unwrap(),
        |site| fs::remove_file(database(site)).unwrap(),
        |site| fs::remove_file(beside(&database(site), "-wal")).unwrap(),
        |site| {
            // Another one in its place.
            let copy = site.temp().join("copy");
            fs::copy(database(site), &copy).unwrap();
            fs::rename(copy, database(site)).unwrap();
        },
    ];
    for (case, go) in gone.iter().enumerate() {
        let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
        let server = site.serve();
        let operator = server.operator();
        operator.patch(&session_path(CONTACT, &id(1)), json!({ "email": "first@x.yz" })).status(200);
        std::thread::sleep(Duration::from_millis(1500));
        let before = site.read(CONTACT, &id(1));
        go(&site);
        for _ in 0..2 {
            let answer = operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" }));
            answer.problem(503, "store-unavailable");
            assert!(answer.has_header("retry-after"), "case {case}: {answer:?}");
            operator.delete(&session_path(CONTACT, &id(1))).problem(503, "store-unavailable");
            assert_eq!(site.read(CONTACT, &id(1)), before, "case {case}");
        }
        assert_eq!(names(&site.root().join(CONTACT)), [id(1)], "case {case}: no temporary file is left");
        until(SOON, "it is not ready", || server.anonymous().get("/readyz").status == 503);
        let ready = server.anonymous().get("/readyz").problem(503, "store-unavailable");
        assert!(!ready["detail"].as_str().unwrap().contains(site.temp().to_str().unwrap()), "no path: {ready}");
        until(SOON, "it is said once", || server.log().contains("nothing can be changed"));
        server.kill();
    }
}

/// What the refusal says, and what breaks the database so.
type Damage = (&'static str, fn(&Site));

#[test]
fn a_missing_or_damaged_database_is_no_first_start() {
    let damage: [Damage; 6] = [
        ("missing", |site| fs::remove_file(database(site)).unwrap()),
        ("empty", |site| fs::write(database(site), "").unwrap()),
        ("cut off", |site| {
            let file = fs::File::options().write(true).open(database(site)).unwrap();
            file.set_len(file.metadata().unwrap().len() / 2).unwrap();
        }),
        ("no SQLite database", |site| fs::write(database(site), vec![b'x'; 8192]).unwrap()),
        ("-wal", |site| fs::remove_file(beside(&database(site), "-wal")).unwrap()),
        ("-wal", |site| {
            fs::remove_file(beside(&database(site), "-wal")).unwrap();
            fs::remove_file(beside(&database(site), "-shm")).unwrap();
        }),
    ];
    for (said, break_it) in damage {
        let site = Site::with(&[session(CONTACT, &id(1))]);
        let server = site.serve();
        server.first_owner();
        if said == "-wal" {
            server.kill();
        } else {
            assert_eq!(server.stop(), Some(0));
        }
        drop(server);
        break_it(&site);
        let refused = refused(&site);
        assert!(refused.contains(said) && refused.contains("restore"), "{said}: {refused}");
        let command = site.command(&["user", "list"]);
        assert!(!command.status.success(), "{said}: {}", text(&command));
    }
}

#[test]
fn a_database_of_a_newer_version_is_refused_by_name() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    assert_eq!(site.serve().stop(), Some(0));
    let mut newer = connect(&database(&site));
    execute(
        &mut newer,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'later', TRUE, x'00', 0)",
    );
    execute(&mut newer, "UPDATE installation SET program = '99.1.2'");
    wait(newer.close()).unwrap();
    let before = fs::read(database(&site)).unwrap();
    for said in [refused(&site), text(&site.command(&["token", "list"]))] {
        for part in ["99.1.2", "9999", env!("CARGO_PKG_VERSION"), "newer", "restore"] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    assert!(fs::read(database(&site)).unwrap() == before, "it was changed");
}

#[test]
fn reads_answer_while_the_database_is_locked() {
    let site = Site::with(&(1..=8).map(|n| session(CONTACT, &id(n)).status("pending")).collect::<Vec<_>>());
    let server = site.serve();
    let (operator, owner) = (server.operator(), server.first_owner());
    owner.get("/").status(200);
    operator.get("/api/v1/me").status(200);
    let mut other = connect(&database(&site));
    execute(&mut other, "BEGIN IMMEDIATE");
    // Whoever comes in has to be read anew.
    let stamp = site.data().join("accounts.stamp");
    let longer = fs::metadata(&stamp).unwrap().len() + 1;
    fs::File::options().write(true).open(&stamp).unwrap().set_len(longer).unwrap();
    let begun = Instant::now();
    for path in ["/api/v1/sessions", "/api/v1/apps", "/api/v1/changes", &session_path(CONTACT, &id(1))] {
        operator.get(path).status(200);
    }
    for path in ["/", "/sessions", "/changes"] {
        owner.get(path).status(200);
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "reads waited {:?}", begun.elapsed());
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for n in 1..=8 {
            let operator = &operator;
            scope.spawn(move || {
                let answer = operator.patch(&session_path(CONTACT, &id(n)), json!({ "status": "accepted" }));
                answer.problem(503, "store-unavailable");
                assert!(answer.has_header("retry-after"), "{answer:?}");
            });
        }
    });
    assert!(begun.elapsed() < Duration::from_secs(6), "eight changes waited {:?}", begun.elapsed());
    execute(&mut other, "ROLLBACK");
    until(SOON, "it can be changed again", || {
        operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" })).status == 200
    });
    (2..=8).for_each(|n| {
        operator.patch(&session_path(CONTACT, &id(n)), json!({ "status": "accepted" })).status(200);
    });
}

#[test]
fn a_command_waits_for_a_locked_database() {
    let site = Site::with(&[]);
    assert_eq!(site.serve().stop(), Some(0));
    let mut other = connect(&database(&site));
    execute(&mut other, "BEGIN IMMEDIATE");
    std::thread::scope(|scope| {
        let create = scope.spawn(|| site.command(&["token", "create", "later", "--role", "viewer"]));
        // Longer than a server lets its clients wait.
        std::thread::sleep(Duration::from_secs(3));
        assert!(!create.is_finished());
        execute(&mut other, "ROLLBACK");
        let output = create.join().unwrap();
        assert!(output.status.success(), "{}", text(&output));
    });
}

#[test]
fn a_start_says_for_whom_it_waits_and_gives_up() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    assert_eq!(site.serve().stop(), Some(0));
    let held = fs::File::options().write(true).open(site.data().join("opening.lock")).unwrap();
    held.set_len(0).unwrap();
    fs::write(site.data().join("opening.lock"), format!("{}\n", std::process::id())).unwrap();
    held.lock().unwrap();
    let begun = Instant::now();
    let said = refused(&site);
    assert!(begun.elapsed() < Duration::from_secs(40), "it waited {:?}", begun.elapsed());
    let process = format!("process {}", std::process::id());
    assert!(said.contains("Waiting for another") && said.contains("does not come to an end"), "{said}");
    assert_eq!(said.matches(&process).count(), 2, "{said}");
    // One that lets go in time is waited for.
    let args = site.serve_args();
    let child = Command::new(program()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(2));
    drop(held);
    std::thread::sleep(Duration::from_secs(3));
    ask_to_stop(&child);
    let said = text(&child.wait_with_output().unwrap());
    assert!(said.contains("listening on"), "{said}");
}

#[test]
fn a_waiting_server_takes_over_when_the_other_dies() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let first = site.serve();
    let token = site.token_with("operator", &[], false);
    let address = first.url("").trim_start_matches("http://").to_owned();
    let mut args = site.serve_args();
    let listen = args.iter().position(|arg| arg == "127.0.0.1:0").unwrap();
    // Both may be configured alike: who waits leaves the address alone.
    args[listen] = address.clone();
    args.push("--wait".into());
    let log = site.temp().join("waiting.log");
    let mut second = Command::new(program())
        .args(&args)
        .stdout(Stdio::null())
        .stderr(fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let said = |what: &str| fs::read_to_string(&log).unwrap().contains(what);
    until(SOON, "it says who has the folder", || {
        said(&format!("another server (process {}) has the data folder", first.pid()))
    });
    first.operator().json("/api/v1/me");
    first.kill();
    until(SOON, "it takes over", || said("the MobileApps folder is available"));
    until(SOON, "it listens at the same address", || std::net::TcpStream::connect(&address).is_ok());
    first.caller(&token).json("/api/v1/me");
    second.kill().unwrap();
    second.wait().unwrap();
}

/// A database that takes a moment for each session, or none at all.
fn hinder_new_sessions(site: &Site, statement: &'static str) {
    assert_eq!(site.serve().stop(), Some(0));
    let mut other = connect(&database(site));
    execute(&mut other, statement);
    wait(other.close()).unwrap();
}

#[test]
fn lists_say_that_they_are_parts_of_a_long_first_reading() {
    let site = Site::new();
    hinder_new_sessions(
        &site,
        "CREATE TRIGGER slow AFTER INSERT ON session BEGIN SELECT length(hex(randomblob(250000))); END",
    );
    // They are written in parts: what a start writes comes between them.
    const MANY: u32 = 12000;
    (0..MANY).for_each(|n| drop(site.put(&session(CONTACT, &id(n)))));
    let token = site.token_with("viewer", &[], false);
    let server = site.serve();
    let viewer = server.caller(&token);
    let list = viewer.get("/api/v1/sessions?limit=1").status(200);
    let ready = server.anonymous().get("/readyz").json();
    assert_eq!((list.header("x-partial"), &ready["state"]), ("true", &json!("reading")), "{list:?} {ready}");
    for path in ["/api/v1/apps", "/api/v1/search?q=a"] {
        assert_eq!(viewer.get(path).status(200).header("x-partial"), "true", "{path}");
    }
    until(Duration::from_secs(60), "all is read", || {
        let list = viewer.get("/api/v1/sessions?limit=1").status(200);
        !list.has_header("x-partial") && list.json()["total"] == MANY
    });
    assert!(!server.log().contains("INSERT"), "the log shows statements: {}", server.log());
}

#[test]
fn a_database_that_takes_nothing_is_not_called_an_unavailable_folder() {
    let site = Site::new();
    hinder_new_sessions(&site, "CREATE TRIGGER no BEFORE INSERT ON session BEGIN SELECT RAISE(ABORT, 'no'); END");
    site.put(&session(CONTACT, &id(1)));
    let server = site.serve();
    let refused = server.viewer().get("/api/v1/sessions").status(503).json();
    assert_eq!(refused["type"], "/problems/store-unavailable");
    assert!(!server.log().contains("folder is not available"), "{}", server.log());
    let mut other = connect(&database(&site));
    execute(&mut other, "DROP TRIGGER no");
    until(SOON, "it goes on", || server.viewer().get("/api/v1/sessions").json()["total"] == 1);
}

#[test]
fn no_event_number_repeats_after_a_power_loss() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let secret = site.token_with("operator", &[], false);
    let server = site.serve();
    let operator = server.caller(&secret);
    let change = |operator: &Token, n: u32| {
        operator.patch(&session_path(CONTACT, &id(1)), json!({ "email": format!("n{n}@x.yz") })).status(200);
    };
    let stream = operator.request("GET", "/api/v1/events").listen();
    change(&operator, 0);
    let first = stream.next_of("session.changed").number.to_string();
    // What is synced last: what came later is in the system's memory alone.
    let kept: Vec<_> = ["", "-wal"]
        .map(|suffix| beside(&database(&site), suffix))
        .into_iter()
        .map(|path| {
            let bytes = fs::read(&path).unwrap();
            (path, bytes)
        })
        .collect();
    (1..=5).for_each(|n| change(&operator, n));
    let told: Vec<u64> = (1..=5).map(|_| stream.next_of("session.changed").number).collect();
    server.kill();
    drop(server);
    kept.iter().for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    let server = site.serve();
    let operator = server.caller(&secret);
    // From a future that is lost: told to read everything again, also when later events have larger numbers.
    let lost = told.last().unwrap().to_string();
    let reset = operator.request("GET", "/api/v1/events").header("last-event-id", &lost).listen().next();
    assert_eq!(reset.kind, "reset");
    let stream = operator.request("GET", "/api/v1/events").header("last-event-id", &first).listen();
    change(&operator, 9);
    let after: u64 = stream.next_of("session.changed").number;
    assert!(after > *told.last().unwrap(), "{after} was given before: {told:?}");
    let reset = operator.request("GET", "/api/v1/events").header("last-event-id", &lost).listen().next();
    assert_eq!(reset.kind, "reset");
}

#[test]
fn events_from_before_a_restart_are_still_told() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let secret = site.token_with("operator", &[], false);
    let mut last = "0".to_owned();
    for n in 0..4 {
        let server = site.serve();
        let operator = server.caller(&secret);
        operator.patch(&session_path(CONTACT, &id(1)), json!({ "email": format!("n{n}@x.yz") })).status(200);
        let stream = operator.request("GET", "/api/v1/events").header("last-event-id", &last).listen();
        let told = stream.next();
        assert_eq!(told.kind, "session.changed", "no reset in start {n}");
        last = told.number.to_string();
        let all = operator.request("GET", "/api/v1/events").header("last-event-id", "0").listen();
        for _ in 0..=n {
            assert_eq!(all.next().kind, "session.changed");
        }
        assert_eq!(server.stop(), Some(0));
    }
}

#[test]
fn a_backup_of_a_running_server_is_restored() {
    let site = Site::with(&(1..=3).map(|n| session(CONTACT, &id(n)).status("pending")).collect::<Vec<_>>());
    let server = site.serve();
    let operator = server.operator();
    let deleted = operator.delete(&session_path(CONTACT, &id(3))).status(204).header("x-change-id").to_owned();
    let copy = site.temp().join("copy.db");
    let file = copy.to_str().unwrap();
    // In the middle of changes.
    std::thread::scope(|scope| {
        let changing = scope.spawn(|| {
            for n in 0..40 {
                operator.patch(&session_path(CONTACT, &id(1)), json!({ "email": format!("n{n}@x.yz") })).status(200);
            }
        });
        let said = succeeds(&site.command(&["backup", file]));
        assert!(said.contains(file), "{said}");
        changing.join().unwrap();
    });
    assert_eq!(fs::metadata(&copy).unwrap().mode() & 0o777, 0o600);
    let again = site.command(&["backup", file]);
    assert!(!again.status.success() && text(&again).contains("exists already"), "{}", text(&again));
    let inside = site.root().join("copy.db");
    let refused = site.command(&["backup", inside.to_str().unwrap()]);
    assert!(!refused.status.success() && !inside.exists(), "{}", text(&refused));

    operator.patch(&session_path(CONTACT, &id(2)), json!({ "email": "after@the.backup" })).status(200);
    let stream = operator.request("GET", "/api/v1/events").header("last-event-id", "0").listen();
    let told: u64 = stream.next_of("session.changed").number;
    let revoked = site.token_with("viewer", &[], false);
    let running = site.command(&["restore", file]);
    assert!(!running.status.success() && text(&running).contains("serves from the data folder"), "{}", text(&running));
    assert_eq!(server.stop(), Some(0));
    let stopped = fs::read(database(&site)).unwrap();
    let said = succeeds(&site.command(&["restore", file]));
    assert!(said.contains("replaced-") && said.contains("token list"), "{said}");
    let aside = fs::read_dir(site.data()).unwrap().map(|entry| entry.unwrap().path());
    let aside = aside.into_iter().find(|path| path.is_dir()).expect("what stood there is kept");
    assert!(fs::read(aside.join(DATABASE)).unwrap() == stopped, "as it was");

    let server = site.serve();
    let again = server.caller(operator.secret.as_str());
    let entries = journal(&again, "");
    assert!(entries.iter().any(|(id, _)| *id == deleted), "{entries:?}");
    assert!(entries.iter().all(|(_, entry)| entry["after"]["email"] != "after@the.backup"), "{entries:?}");
    let undo = again.post(&format!("/api/v1/changes/{deleted}/undo"), json!({})).status(200).json();
    assert_eq!(undo["changed"], 1, "what was deleted is in the backup: {undo}");
    assert_eq!(site.read(CONTACT, &id(3)), session(CONTACT, &id(3)).status("pending").bytes());
    server.caller(&revoked).get("/api/v1/me").status(401);
    again.patch(&session_path(CONTACT, &id(2)), json!({ "email": "at@the.end" })).status(200);
    let stream = again.request("GET", "/api/v1/events").header("last-event-id", "0").listen();
    until(SOON, "numbers jump ahead", || stream.next().number > told + 1000);
}

#[test]
fn a_restore_that_fails_leaves_what_stood_there() {
    for plan in [
        "[mkdir]ENOSPC@1",
        "[rename:restoring.db]EIO@1",
        "[rename:installation]EIO@1",
        "[rename:installation.new]EIO@1",
    ] {
        let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
        let secret = site.token_with("operator", &[], false);
        assert_eq!(site.serve().stop(), Some(0));
        let copy = site.temp().join("copy.db");
        succeeds(&site.command(&["backup", copy.to_str().unwrap()]));
        let server = site.serve();
        server
            .caller(&secret)
            .patch(&session_path(CONTACT, &id(1)), json!({ "email": "after@the.backup" }))
            .status(200);
        assert_eq!(server.stop(), Some(0));
        let program = std::env::var("SWEPT_PROGRAM").unwrap_or_else(|_| program().to_owned());
        let mut command = Command::new("python3");
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/steps.py"));
        command.arg(site.temp().join("steps")).arg(site.data()).arg(plan).arg("--").arg(program).arg("restore");
        let failed = command.arg(&copy).arg("--data-dir").arg(site.data()).output().unwrap();
        assert!(!failed.status.success(), "{plan}: {}", text(&failed));
        let left = names(&site.data());
        assert!(
            left.iter().all(|name| !name.starts_with("replaced-") && !name.starts_with("restoring")),
            "{plan}: {left:?}"
        );
        let server = site.serve();
        let entries = journal(&server.caller(&secret), "");
        assert_eq!(entries[0].1["after"]["email"], "after@the.backup", "{plan}");
    }
}

#[test]
fn a_restore_names_the_folder_it_makes() {
    let site = Site::new();
    assert_eq!(site.serve().stop(), Some(0));
    let copy = site.temp().join("copy.db");
    succeeds(&site.command(&["backup", copy.to_str().unwrap()]));
    let restore = |data: &Path| {
        let mut command = Command::new(program());
        command.arg("restore").arg(&copy).arg("--data-dir").arg(data).output().unwrap()
    };
    let mistyped = site.temp().join("dtaa/mobile-sessions");
    let refused = restore(&mistyped);
    assert!(!refused.status.success() && text(&refused).contains("--data-dir"), "{}", text(&refused));
    assert!(!site.temp().join("dtaa").exists());
    let new = site.temp().join("new");
    let made = restore(&new);
    let said = String::from_utf8(made.stderr.clone()).unwrap();
    assert!(made.status.success() && said.contains(new.to_str().unwrap()), "{said}");
    let again = restore(&new);
    assert!(again.status.success() && again.stderr.is_empty(), "{}", text(&again));
}

#[test]
fn only_a_backup_is_restored_on_a_new_machine() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let secret = site.token_with("operator", &[], false);
    assert_eq!(site.serve().stop(), Some(0));
    let copy = site.temp().join("copy.db");
    succeeds(&site.command(&["backup", copy.to_str().unwrap()]));

    let other = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let broken = other.temp().join("broken.db");
    let mut bytes = fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0x5a);
    fs::write(&broken, &bytes).unwrap();
    fs::write(other.temp().join("text.db"), "no database at all").unwrap();
    for wrong in ["broken.db", "text.db", "missing.db"] {
        let refused = other.command(&["restore", other.temp().join(wrong).to_str().unwrap()]);
        assert!(!refused.status.success() && text(&refused).contains("Nothing was changed"), "{}", text(&refused));
        assert!(!database(&other).exists(), "{wrong}");
    }
    let newer = other.temp().join("newer.db");
    fs::copy(&copy, &newer).unwrap();
    let mut connection = connect(&newer);
    execute(
        &mut connection,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'later', TRUE, x'00', 0)",
    );
    wait(connection.close()).unwrap();
    let refused = other.command(&["restore", newer.to_str().unwrap()]);
    assert!(!refused.status.success() && text(&refused).contains("9999"), "{}", text(&refused));
    succeeds(&other.command(&["restore", copy.to_str().unwrap()]));
    // The folder has another path there: a person says so.
    let server = other.serve_with(&["--moved"]);
    let operator = server.caller(&secret);
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" })).status(200);
}

#[test]
fn files_in_the_data_folder_are_its_users_alone() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let secret = site.token_with("operator", &[], false);
    fs::set_permissions(database(&site), fs::Permissions::from_mode(0o644)).unwrap();
    let server = site.serve();
    server.caller(&secret).patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" })).status(200);
    let open: Vec<_> = fs::read_dir(site.data())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.metadata().unwrap().mode() & 0o077 != 0)
        .collect();
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_copied_data_folder_is_its_own_installation() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    assert_eq!(site.serve().stop(), Some(0));
    let installation = |data: &Path| {
        let marker = fs::read_to_string(data.join("installation")).unwrap();
        marker.lines().find_map(|line| line.strip_prefix("id = ")).unwrap().to_owned()
    };
    let own = installation(&site.data());
    let copy = site.temp().join("copy");
    let copied = Command::new("cp").arg("-a").arg(site.data()).arg(&copy).status().unwrap();
    assert!(copied.success());
    // What the first one has beside a file for a moment.
    let temporary = site.root().join(CONTACT).join(format!(".{own}-1-0123456789abcdef.tmp"));
    fs::write(&temporary, session(CONTACT, &id(1)).bytes()).unwrap();
    let mut command = Command::new(program());
    command.arg("serve").arg(site.root()).args(["--listen", "127.0.0.1:0", "--data-dir"]).arg(&copy);
    let server = site.serve_command(command);
    assert!(temporary.exists(), "the copy swept what is not its own");
    assert_ne!(installation(&copy), own);
    assert_eq!(server.stop(), Some(0));
    let server = site.serve();
    assert_eq!(installation(&site.data()), own);
    until(SOON, "its own is swept", || !temporary.exists());
    drop(server);
}

#[test]
fn expired_deleted_sessions_are_overwritten() {
    const SECRET: &str = "a-token-that-nobody-may-find-in-free-pages";
    let site = Site::with(&[session(CONTACT, &id(1)).set("/device/token", SECRET), session(CONTACT, &id(2))]);
    let server = site.serve_with(&["--keep-deleted", "1s"]);
    server.operator().delete(&session_path(CONTACT, &id(1))).status(204);
    let holds = || {
        let files = fs::read_dir(site.data()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        files
            .filter(|path| {
                let bytes = fs::read(path).unwrap_or_default();
                bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes())
            })
            .collect::<Vec<_>>()
    };
    assert!(!holds().is_empty(), "it is kept for undo");
    assert_eq!(server.stop(), Some(0));
    // Two looks at it, so that a clock that is wrong for a moment takes nothing away.
    for _ in 0..2 {
        std::thread::sleep(Duration::from_secs(2));
        let server = site.serve_with(&["--keep-deleted", "1s"]);
        std::thread::sleep(Duration::from_secs(1));
        assert_eq!(server.stop(), Some(0));
    }
    assert_eq!(holds(), Vec::<PathBuf>::new(), "it is nowhere");
}

#[test]
fn refreshes_that_are_asked_for_at_once_are_shared() {
    let site = Site::with(&(1..=300).map(|n| session(CONTACT, &id(n))).collect::<Vec<_>>());
    let server = site.serve_with(&["--rescan", "1h", "--max-requests", "0"]);
    let viewer = server.viewer();
    let scans = || {
        let metrics = viewer.get("/metrics").status(200).text();
        let line =
            metrics.lines().find(|line| line.starts_with("mobile_sessions_folder_scans_total{outcome=\"done\"}"));
        line.and_then(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).unwrap()
    };
    viewer.refresh();
    let before = scans();
    std::thread::scope(|scope| {
        for client in 0..20 {
            let (viewer, site) = (&viewer, &site);
            scope.spawn(move || {
                for round in 0..5 {
                    // What was there when it was asked for is seen.
                    let n = 1000 + client * 10 + round;
                    site.put(&session(TASKS, &id(n)));
                    viewer.post("/api/v1/refresh", json!({})).status(200);
                    viewer.get(&session_path(TASKS, &id(n))).status(200);
                }
            });
        }
    });
    assert!(scans() - before < 60.0, "{} scans for 100 refreshes", scans() - before);
}

#[test]
fn the_recipes_that_back_up_and_restore_run_as_written() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let backups = site.temp().join("backups");
    fs::create_dir(&backups).unwrap();
    let programs = Path::new(program()).parent().unwrap();
    let runs = |heading: &str| {
        let mut bash = Command::new("bash");
        bash.args(["-euo", "pipefail", "-c", &recipe("manual/backup.md", heading)]).env("BACKUPS", &backups);
        bash.env("MOBILE_SESSIONS_DATA_DIR", site.data());
        bash.env("PATH", format!("{}:{}", programs.display(), std::env::var("PATH").unwrap()));
        succeeds(&bash.output().unwrap())
    };
    let server = site.serve();
    let operator = server.operator();
    let deleted = operator.delete(&session_path(CONTACT, &id(1))).status(204).header("x-change-id").to_owned();
    runs("Back up every night");
    let undo = operator.post(&format!("/api/v1/changes/{deleted}/undo"), json!({})).status(200).json();
    assert_eq!(undo["changed"], 1);
    let secret = operator.secret.clone();
    assert_eq!(server.stop(), Some(0));
    runs("Restore a backup");
    let server = site.serve();
    assert_eq!(journal(&server.caller(&secret), "").len(), 1, "the undo is not in the backup");
}
