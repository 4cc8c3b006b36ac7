//! On PostgreSQL: a server that stops, a second program, and the move from SQLite. Each test has a server of its own.
//! `tests/postgres` runs them.

use std::fs;
use std::os::unix::fs::chown;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

use crate::spawn::{CONTACT, Site, User, id, journal, session, session_path, until};

const SOON: Duration = Duration::from_secs(30);

/// A PostgreSQL server, which ends with the test.
struct Cluster {
    folder: TempDir,
}

impl Cluster {
    fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("pg").tempdir().unwrap();
        if rustix::process::getuid().is_root() {
            // The server refuses to run as root.
            let (user, group) = (number_of("-u"), number_of("-g"));
            chown(folder.path(), Some(user), Some(group)).unwrap();
        }
        let cluster = Self { folder };
        cluster.run("initdb", &["--username", "tests", "--auth", "trust", "--encoding", "UTF8", "--no-locale"]);
        cluster.up();
        let made = Command::new("createdb").args(["-h", cluster.socket(), "-U", "tests", "tests"]).status();
        assert!(made.unwrap().success());
        cluster
    }

    fn socket(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    fn up(&self) {
        let options = format!("-k {} -c listen_addresses='' -c max_connections=50", self.socket());
        let log = self.folder.path().join("log");
        self.run("pg_ctl", &["start", "--wait", "--log", log.to_str().unwrap(), "--options", &options]);
    }

    /// Without a chance to write anything.
    fn kill(&self) {
        let pid = fs::read_to_string(self.folder.path().join("data/postmaster.pid")).unwrap();
        let group = format!("-{}", pid.lines().next().unwrap());
        let killed = Command::new("kill").args(["-KILL", "--", &group]).status().unwrap();
        assert!(killed.success());
        until(SOON, "the server is gone", || {
            let ready = Command::new("pg_isready").args(["-qh", self.socket()]).status().unwrap();
            ready.code() == Some(2)
        });
    }

    fn run(&self, program: &str, args: &[&str]) {
        let data = self.folder.path().join("data");
        let mut command = match rustix::process::getuid().is_root() {
            true => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", program]);
                command
            }
            false => Command::new(program),
        };
        command.args(["--pgdata", data.to_str().unwrap()]).args(args).current_dir("/");
        assert!(command.stdout(Stdio::null()).status().unwrap().success(), "{program} {args:?}");
    }

    fn site(&self, n: u32) -> Site {
        let files: Vec<_> = (1..=n).map(|n| session(CONTACT, &id(n)).status("pending")).collect();
        let site = Site::with(&files).keep_in(None);
        let database = site.new_database(self.socket());
        site.keep_in(Some(database))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.run("pg_ctl", &["stop", "--mode", "immediate"]);
    }
}

fn number_of(which: &str) -> u32 {
    let output = Command::new("id").args([which, "postgres"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

fn is_accepted(site: &Site, n: u32) -> bool {
    String::from_utf8(site.read(CONTACT, &id(n))).unwrap().contains("accepted")
}

/// Kills the server again and again while sessions are accepted, and checks what was acknowledged.
fn a_killed_server_loses_nothing(rounds: u32) {
    let cluster = Cluster::start();
    let site = cluster.site(rounds * 2);
    let server = site.serve();
    let operator = server.operator();
    let set = |n: u32| operator.patch(&session_path(CONTACT, &id(n)), json!({ "status": "accepted" }));
    let mut acknowledged = Vec::new();
    for round in 0..rounds {
        let (before, during) = (round * 2 + 1, round * 2 + 2);
        set(before).status(200);
        acknowledged.push(before);
        cluster.kill();
        set(during).problem(503, "store-unavailable");
        assert!(!is_accepted(&site, during), "a change that cannot be noted is not made");
        cluster.up();
        until(SOON, "it goes on by itself", || set(during).status == 200);
        acknowledged.push(during);
    }
    let noted = journal(&operator, "");
    for n in acknowledged {
        assert!(is_accepted(&site, n));
        assert!(noted.iter().any(|(_, entry)| entry["session"] == id(n).as_str()), "{n} is in the journal");
    }
    assert_eq!(operator.json("/api/v1/sessions?status=accepted&limit=1")["total"], rounds * 2);
}

#[test]
#[ignore = "needs PostgreSQL's programs: tests/postgres"]
fn a_server_that_is_killed_loses_nothing_acknowledged() {
    a_killed_server_loses_nothing(3);
}

#[test]
#[ignore = "takes minutes: tests/postgres --ignored postgres::a_server_that_is_killed_50_times"]
fn a_server_that_is_killed_50_times_loses_nothing() {
    a_killed_server_loses_nothing(50);
}

#[test]
#[ignore = "needs PostgreSQL's programs: tests/postgres"]
fn a_second_program_waits_and_takes_over() {
    let cluster = Cluster::start();
    let site = cluster.site(1);
    let first = site.serve();
    let token = site.token_with("operator", &[], false);
    let other_data = site.temp().join("other");
    let mut args = site.serve_args();
    let place = args.iter().position(|arg| *arg == site.data().to_str().unwrap()).unwrap();
    args[place] = other_data.to_str().unwrap().to_owned();
    let log = site.temp().join("second.log");
    let mut second = Command::new(crate::spawn::program())
        .args(&args)
        .stdout(Stdio::null())
        .stderr(fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let said = |what: &str| fs::read_to_string(&log).unwrap().contains(what);
    until(SOON, "it says who serves", || said(&format!("Waiting for another mobile-sessions ({}", first.pid())));
    first.kill();
    until(Duration::from_secs(10), "it takes over", || said("the MobileApps folder is available"));
    second.kill().unwrap();
    second.wait().unwrap();
    // What the first one kept is what the next one knows.
    let third = site.serve();
    assert_eq!(third.caller(&token).json("/api/v1/me")["role"], "operator");
}

#[test]
#[ignore = "needs PostgreSQL's programs: tests/postgres"]
fn an_installation_moves_from_sqlite_with_every_row() {
    let cluster = Cluster::start();
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)).status("pending")]).keep_in(None);
    let token = site.token_with("owner", &[], true);
    let before = {
        let server = site.serve();
        let owner = server.caller(&token);
        owner.patch(&session_path(CONTACT, &id(2)), json!({ "status": "accepted" })).status(200);
        owner.delete(&session_path(CONTACT, &id(1))).status(204);
        let before = journal(&owner, "");
        assert_eq!(server.stop(), Some(0));
        before
    };
    let address = site.new_database(cluster.socket());
    let file = site.data().join("mobile-sessions.db");
    let from = format!("sqlite:{}", file.display());
    let migrate = || crate::spawn::run(&["migrate", "--from", &from, "--to", &address]);
    let moved = migrate();
    assert!(moved.status.success(), "{}", String::from_utf8_lossy(&moved.stderr));
    assert!(String::from_utf8_lossy(&moved.stdout).contains("change: 2 rows"));

    let refused = crate::spawn::run(&[
        "serve",
        site.root().to_str().unwrap(),
        "--data-dir",
        site.data().to_str().unwrap(),
        "--listen",
        "127.0.0.1:0",
    ]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("name it with --database"));
    let again = migrate();
    assert!(!again.status.success(), "nothing is overwritten");
    let copy = site.temp().join("copy.db");
    fs::copy(&file, &copy).unwrap();
    for command in ["backup", "restore"] {
        let refused = site.command(&[command, copy.to_str().unwrap()]);
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("pg_dump"), "{command} names what does it");
    }

    let site = site.keep_in(Some(address));
    let server = site.serve();
    let owner = server.caller(&token);
    assert_eq!(journal(&owner, ""), before);
    // A deleted session comes back from there.
    let delete = before.iter().find(|(_, entry)| entry["action"] == "delete").map(|(id, _)| id.clone()).unwrap();
    owner.post(&format!("/api/v1/changes/{delete}/undo"), json!({})).status(200);
    assert!(site.path(CONTACT, &id(1)).is_file());
    assert!(Path::new(&file).is_file(), "the old database is left");
}

#[test]
#[ignore = "needs PostgreSQL's programs: tests/postgres"]
fn accounts_changed_elsewhere_count_within_seconds() {
    let cluster = Cluster::start();
    let site = cluster.site(1);
    let server = site.serve();
    let here = site.token_with("viewer", &[], false);
    assert_eq!(server.caller(&here).get("/api/v1/me").status, 200);
    // Another machine has a data folder of its own.
    let elsewhere = site.temp().join("elsewhere");
    let database = site.serve_args().pop().unwrap();
    let token = |args: &[&str]| {
        let place = ["--data-dir", elsewhere.to_str().unwrap(), "--database", &database];
        let output = crate::spawn::run(&[&["token"], args, &place].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let made = token(&["create", "made-elsewhere", "--role", "viewer"]);
    until(SOON, "it counts", || server.caller(made.trim()).get("/api/v1/me").status == 200);
    token(&["revoke", "token0"]);
    until(SOON, "it counts no more", || server.caller(&here).get("/api/v1/me").status == 401);
}
