//! Disks that are full or read-only, and other users' files: the answer says so, the files are as they were, and it
//! works again as soon as it can.
//!
//! A full or read-only disk is a small `tmpfs`, and only root may mount one, or give a file away. `tests/run` by another
//! user leaves this module out and says so; nothing in it passes without having shown anything.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::ordinary_user::{NOBODY, OrdinaryUser, mode};
use crate::refused::access_list;
use crate::spawn::*;

#[track_caller]
fn require_root() {
    let root = rustix::process::geteuid().is_root();
    assert!(root, "only root can show this: run it as root, or leave it out with `-- --skip needs_root::`");
}

/// A small disk of its own, gone at the end.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: &Path, size: &str) -> Self {
        fs::create_dir_all(at).unwrap();
        let options = format!("size={size},mode=700");
        let status = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(at).status();
        assert!(status.unwrap().success(), "mount");
        Self(at.to_owned())
    }

    fn remount(&self, how: &str) {
        let status = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&self.0).status();
        assert!(status.unwrap().success(), "remount");
    }

    /// Takes all of its space, to the last byte.
    fn fill(&self) -> PathBuf {
        let path = self.0.join("filling.bin");
        let mut file = fs::File::create(&path).unwrap();
        for size in [65_536, 4_096, 1] {
            while file.write_all(&vec![b'x'; size]).is_ok() {}
        }
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: the program can still be in it.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Mounts a folder at another place too.
fn bind(from: &Path, to: &Path) {
    let status = Command::new("mount").arg("--bind").arg(from).arg(to).status();
    assert!(status.unwrap().success(), "mount --bind");
}

fn unmount(at: &Path) {
    let status = Command::new("umount").arg("-l").arg(at).status();
    assert!(status.unwrap().success(), "umount");
}

fn of(n: u32) -> SessionFile {
    session(CONTACT, &id(n)).status("pending")
}

fn entries(user: &impl User) -> usize {
    journal(user, "").len()
}

#[test]
fn a_full_session_disk_halves_no_change() {
    require_root();
    let site = Site::new();
    let disk = Disk::mount(&site.root(), "256k");
    (1..=4).for_each(|n| drop(site.put(&of(n))));
    let server = site.serve();
    let operator = server.operator();
    let deleted = operator.delete(&of(4).path()).status(204).header("x-change-id").to_owned();
    let filling = disk.fill();
    let before = snapshot(&site.root());

    operator.patch(&of(1).path(), json!({ "status": "accepted" })).problem(507, "no-space");
    operator.patch(&of(1).path(), json!({ "email": "a@b.c", "status": "accepted" })).problem(507, "no-space");
    let items: Vec<_> = (1..=3).map(|n| json!({ "app": CONTACT, "id": id(n) })).collect();
    let batch = json!({ "action": "set_status", "status": "accepted", "sessions": items });
    let result = operator.post("/api/v1/sessions/batch", batch.clone()).status(200).json();
    assert_eq!((&result["changed"], &result["failed"]), (&json!(0), &json!(3)), "{result}");
    for item in result["items"].as_array().unwrap() {
        assert_eq!(item["problem"]["type"], "/problems/no-space", "{item}");
    }
    let undo = operator.post(&format!("/api/v1/changes/{deleted}/undo"), json!({})).status(200).json();
    assert_eq!(undo["items"][0]["problem"]["status"], 507, "{undo}");

    // By all that can be seen: not even a time has changed.
    let mut after = snapshot(&site.root());
    let folder = site.root().join(CONTACT);
    after.insert(folder.clone(), before[&folder].clone());
    assert_unchanged(&before, &after);
    assert_eq!(names(&folder).len(), 3, "no temporary file is left");
    assert_eq!(entries(&operator), 1, "what was not done is not in the journal");
    // Taking away needs no space.
    let gone = operator.delete(&of(3).path()).status(204).header("x-change-id").to_owned();

    fs::remove_file(filling).unwrap();
    operator.patch(&of(1).path(), json!({ "status": "accepted" })).status(200);
    assert_eq!(site.read(CONTACT, &id(1)), of(1).status("accepted").bytes());
    for (n, change) in [(4, deleted), (3, gone)] {
        let undo = operator.post(&format!("/api/v1/changes/{change}/undo"), json!({})).status(200).json();
        assert_eq!(undo["changed"], 1, "{undo}");
        assert_eq!(site.read(CONTACT, &id(n)), of(n).bytes());
    }
    assert_eq!(operator.post("/api/v1/sessions/batch", batch).status(200).json()["failed"], 0);
}

#[test]
fn a_full_journal_disk_halves_no_change() {
    require_root();
    let site = Site::with(&[of(1), of(2), of(3)]);
    let disk = Disk::mount(&site.data(), "3m");
    let secret = site.token_with("operator", &[], false);
    let server = site.serve();
    let operator = server.caller(&secret);
    operator.get("/api/v1/me").status(200);
    let filling = disk.fill();
    let mut acknowledged = Vec::new();
    let mut last = String::new();
    let mut refused = 0;
    // What is left in the journal's own files may still take some.
    for n in 0..2_000 {
        let email = format!("n{n}@x.yz");
        let before = site.read(CONTACT, &id(1));
        let answer = operator.patch(&of(1).path(), json!({ "email": email }));
        if answer.status == 200 {
            acknowledged.push(answer.header("x-change-id").to_owned());
            last = email;
            continue;
        }
        answer.problem(507, "no-space");
        assert_eq!(site.read(CONTACT, &id(1)), before, "it was refused and is as it was");
        refused += 1;
        if refused == 20 {
            break;
        }
    }
    assert_eq!(refused, 20, "the disk was never full");
    operator.delete(&of(2).path()).problem(507, "no-space");
    assert_eq!(site.read(CONTACT, &id(2)), of(2).bytes());
    let batch = json!({ "action": "delete", "sessions": [{ "app": CONTACT, "id": id(3) }] });
    let answer = operator.post("/api/v1/sessions/batch", batch);
    if answer.status == 200 {
        assert_eq!(answer.json()["items"][0]["problem"]["status"], 507, "{answer:?}");
    } else {
        answer.problem(507, "no-space");
    }
    assert_eq!(site.read(CONTACT, &id(3)), of(3).bytes());
    assert_eq!(names(&site.root().join(CONTACT)).len(), 3, "no temporary file is left");
    operator.get(&of(1).path()).status(200);

    fs::remove_file(filling).unwrap();
    let changed = operator.patch(&of(1).path(), json!({ "status": "accepted" })).status(200);
    acknowledged.push(changed.header("x-change-id").to_owned());
    assert_eq!(site.read(CONTACT, &id(1)), of(1).status("accepted").email(&last).bytes());
    operator.delete(&of(2).path()).status(204);
    assert_eq!(server.stop(), Some(0));

    // Outcomes that found no space are worked out at the next start.
    let server = site.serve();
    let entries = journal(&server.caller(&secret), "");
    let of_one: Vec<_> = entries.iter().filter(|(_, entry)| entry["session"] == id(1)).collect();
    let mut found: Vec<&str> = of_one.iter().map(|(id, _)| id.as_str()).collect();
    found.reverse();
    assert_eq!(found, acknowledged, "what was acknowledged is in the journal, and nothing else");
    assert!(entries.iter().all(|(_, entry)| entry["outcome"] == "done"), "{entries:#?}");
}

#[test]
fn a_read_only_disk_halves_no_change() {
    require_root();
    let site = Site::new();
    let disk = Disk::mount(&site.root(), "1m");
    (1..=3).for_each(|n| drop(site.put(&of(n))));
    let server = site.serve();
    let operator = server.operator();
    let deleted = operator.delete(&of(3).path()).status(204).header("x-change-id").to_owned();
    // A file of the last second is still open, but not for writing.
    eventually(Duration::from_secs(5), || {
        let status = Command::new("mount").args(["-o", "remount,ro"]).arg(site.root()).output();
        if status.as_ref().is_ok_and(|done| done.status.success()) { Ok(()) } else { Err(status) }
    });
    let before = snapshot(&site.root());
    operator.patch(&of(1).path(), json!({ "status": "accepted" })).problem(409, "not-writable");
    operator.delete(&of(1).path()).problem(409, "not-writable");
    let undo = operator.post(&format!("/api/v1/changes/{deleted}/undo"), json!({})).status(200).json();
    assert_eq!(undo["items"][0]["problem"]["type"], "/problems/not-writable", "{undo}");
    assert_unchanged(&before, &snapshot(&site.root()));
    assert_eq!(entries(&operator), 1, "what was not done is not in the journal");
    operator.get("/readyz").status(200);
    disk.remount("rw");
    operator.patch(&of(1).path(), json!({ "status": "accepted" })).status(200);
    operator.delete(&of(1).path()).status(204);
    let undo = operator.post(&format!("/api/v1/changes/{deleted}/undo"), json!({})).status(200).json();
    assert_eq!(undo["changed"], 1, "{undo}");
    assert_eq!(site.read(CONTACT, &id(3)), of(3).bytes());
}

#[test]
fn another_users_files_are_left_alone() {
    require_root();
    let site = Site::new();
    for (app, n) in [(CONTACT, 1), (CONTACT, 2), (TASKS, 3), (ANDROID, 4), ("com.closed", 5)] {
        mode(&site.put(&session(app, &id(n)).status("pending")), 0o644);
    }
    let folder = |app: &str| site.root().join(app);
    mode(&site.root(), 0o755);
    mode(&folder(CONTACT), 0o777);
    mode(&folder(TASKS), 0o755);
    mode(&folder(ANDROID), 0o1777);
    mode(&folder("com.closed"), 0o777);
    mode(&site.path("com.closed", &id(5)), 0o600);
    // One that is nobody's own.
    let own = site.put(&session(CONTACT, &id(6)).status("pending"));
    mode(&own, 0o640);
    chown(&own, Some(NOBODY), Some(NOBODY)).unwrap();
    let (server, secret) = OrdinaryUser::of(&site).serve();
    let operator = server.caller(&secret);
    // The guard was tried where it may be: names came and went.
    let before = snapshot(&site.root());
    let accept = json!({ "status": "accepted" });

    let refused = operator.patch(&session_path(CONTACT, &id(1)), accept.clone());
    let problem = refused.problem(409, "owner-cannot-be-kept");
    assert!(problem["detail"].as_str().unwrap().contains("user \"root\""), "{problem}");
    operator.patch(&session_path(TASKS, &id(3)), accept.clone()).problem(409, "not-writable");
    operator.delete(&session_path(TASKS, &id(3))).problem(409, "not-writable");
    operator.patch(&session_path(ANDROID, &id(4)), accept.clone()).problem(409, "owner-cannot-be-kept");
    operator.delete(&session_path(ANDROID, &id(4))).problem(409, "not-writable");
    operator.patch(&session_path("com.closed", &id(5)), accept.clone()).problem(409, "not-writable");
    operator.delete(&session_path("com.closed", &id(5))).problem(409, "not-writable");
    let mut after = snapshot(&site.root());
    for app in [CONTACT, ANDROID, "com.closed"] {
        // A temporary file was made and taken away: the folder's time says so, and nothing else.
        after.insert(folder(app), before[&folder(app)].clone());
    }
    assert_unchanged(&before, &after);
    assert_eq!(entries(&operator), 0);

    // What belongs to the user it runs as can be changed, and stays so.
    operator.patch(&session_path(CONTACT, &id(6)), accept).status(200);
    let meta = fs::metadata(&own).unwrap();
    assert_eq!((meta.uid(), meta.gid(), meta.mode() & 0o7777), (NOBODY, NOBODY, 0o640));
    assert_eq!(site.read(CONTACT, &id(6)), session(CONTACT, &id(6)).status("accepted").bytes());
}

#[test]
fn owner_mode_and_rights_survive_changes() {
    require_root();
    const ACL: &str = "system.posix_acl_access";
    let site = Site::with(&[of(1)]);
    let path = site.path(CONTACT, &id(1));
    mode(&path, 0o640);
    chown(&path, Some(1234), Some(NOBODY)).unwrap();
    rustix::fs::setxattr(&path, ACL, &access_list(), rustix::fs::XattrFlags::empty()).expect("access-control lists");
    let belongings = || {
        let meta = fs::metadata(&path).unwrap();
        let mut list = Vec::with_capacity(1024);
        let read = rustix::fs::getxattr(&path, ACL, rustix::buffer::spare_capacity(&mut list)).is_ok();
        assert!(read, "no access-control list");
        (meta.uid(), meta.gid(), meta.mode() & 0o7777, list)
    };
    let before = belongings();
    let server = site.serve();
    let operator = server.operator();
    operator.patch(&of(1).path(), json!({ "status": "accepted" })).status(200);
    assert_eq!(belongings(), before);
    let deleted = operator.delete(&of(1).path()).status(204).header("x-change-id").to_owned();
    let undo = operator.post(&format!("/api/v1/changes/{deleted}/undo"), json!({})).status(200).json();
    assert_eq!(undo["changed"], 1, "{undo}");
    assert_eq!(belongings(), before);
}

#[test]
fn changes_are_seen_with_too_few_watches() {
    require_root();
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2)), session(ANDROID, &id(3))]);
    let mut command = Command::new("unshare");
    // The limit of a user namespace of its own: one watch for the root, one for an app.
    command.args(["--user", "--map-root-user", "sh", "-c"]);
    command.arg("echo 2 >/proc/sys/user/max_inotify_watches && exec \"$0\" \"$@\"").arg(program());
    command.args(site.serve_args()).args(["--rescan", "1h"]);
    let server = site.serve_command(command);
    let viewer = server.viewer();
    for (app, n) in [(CONTACT, 1), (TASKS, 2), (ANDROID, 3)] {
        site.put(&session(app, &id(n)).status("pending"));
        site.put(&session(app, &id(n + 10)));
        until(Duration::from_secs(10), "both are seen", || {
            let list = viewer.json(&format!("/api/v1/sessions?app={app}"));
            list["total"] == 2 && viewer.json(&format!("/api/v1/sessions?app={app}&status=pending"))["total"] == 1
        });
    }
}

/// Until something on disk is seen, on a machine with much to do.
const SOON: Duration = Duration::from_secs(15);

/// What was told of apps and sessions so far.
fn told_of_sessions(stream: &Stream) -> Vec<String> {
    let told = stream.so_far().into_iter().map(|told| told.kind);
    told.filter(|kind| !kind.starts_with("folder.")).collect()
}

#[test]
fn a_disk_that_is_unmounted_takes_no_session_away() {
    require_root();
    let site = Site::new();
    let disk = Disk::mount(&site.temp().join("disk"), "1m");
    let away = disk.0.join("MobileApps");
    fs::create_dir(&away).unwrap();
    bind(&away, &site.root());
    (1..=60).for_each(|n| drop(site.put(&of(n))));
    let secret = site.token_with("operator", &[], false);
    let server = site.serve();
    let operator = server.caller(&secret);
    let stream = operator.request("GET", "/api/v1/events").listen();
    for restart in [false, true] {
        unmount(&site.root());
        until(SOON, "it is noticed", || {
            let answer = operator.get("/api/v1/sessions");
            assert!(answer.status == 503 || answer.json()["total"] == 60, "{answer:?}");
            answer.status == 503 && answer.json()["type"] == "/problems/folder-changed"
        });
        operator.get("/readyz").problem(503, "folder-changed");
        operator.patch(&of(1).path(), json!({ "status": "accepted" })).problem(503, "folder-changed");
        if restart {
            break;
        }
        bind(&away, &site.root());
        until(SOON, "it is back by itself", || operator.get("/api/v1/sessions").status == 200);
        assert_eq!(operator.json("/api/v1/sessions")["total"], 60);
        assert_eq!(told_of_sessions(&stream), [""; 0]);
    }
    assert_eq!(server.stop(), Some(0));
    // Started on the empty mount point.
    let server = site.serve();
    let operator = server.caller(&secret);
    let stream = operator.request("GET", "/api/v1/events").header("last-event-id", "0").listen();
    operator.get("/api/v1/sessions").problem(503, "folder-changed");
    bind(&away, &site.root());
    fs::remove_file(site.path(CONTACT, &id(60))).unwrap();
    until(SOON, "it is back by itself", || operator.get("/api/v1/sessions").status == 200);
    assert_eq!(operator.json("/api/v1/sessions")["total"], 59);
    until(SOON, "what differs is told", || !told_of_sessions(&stream).is_empty());
    unmount(&site.root());
}

#[test]
fn another_disk_with_other_sessions_needs_confirmation() {
    require_root();
    let site = Site::new();
    let _first = Disk::mount(&site.root(), "1m");
    (1..=4).for_each(|n| drop(site.put(&of(n))));
    let secret = site.token_with("operator", &[], false);
    assert_eq!(site.serve().stop(), Some(0));
    let _same = Disk::mount(&site.root(), "1m");
    // As a share that has another number each time it is mounted; one session came meanwhile, one went.
    (2..=5).for_each(|n| drop(site.put(&of(n))));
    let server = site.serve();
    let operator = server.caller(&secret);
    assert_eq!(operator.json("/api/v1/sessions")["total"], 4);
    assert_eq!(server.stop(), Some(0));

    let _other = Disk::mount(&site.root(), "1m");
    (10..=14).for_each(|n| drop(site.put(&of(n))));
    let server = site.serve();
    let operator = server.caller(&secret);
    let problem = operator.get("/api/v1/sessions").problem(503, "folder-changed");
    assert!(problem["detail"].as_str().unwrap().contains("disk"), "{problem}");
    assert_eq!(server.stop(), Some(0));
    let server = site.serve_with(&["--moved"]);
    let operator = server.caller(&secret);
    assert_eq!(operator.json("/api/v1/sessions")["total"], 5);
}

/// Mounts a disk that has this number. The system gives the lowest one that is free: lower ones are used up meanwhile, and
/// a disk of another test that has just got it is waited for.
fn mount_with_number(site: &Site, number: u64) -> Disk {
    let mut lower = Vec::new();
    for n in 0..600 {
        let disk = Disk::mount(&site.root(), "1m");
        let given = fs::metadata(site.root()).unwrap().dev();
        if given == number {
            return disk;
        }
        drop(disk);
        if given < number {
            lower.push(Disk::mount(&site.temp().join(format!("lower-{n}")), "1m"));
        } else {
            lower.clear();
            std::thread::sleep(Duration::from_millis(100));
        }
    }
    panic!("no disk got the number {number} in a minute");
}

#[test]
fn another_disk_with_the_same_number_needs_confirmation() {
    require_root();
    let site = Site::new();
    let first = Disk::mount(&site.root(), "1m");
    (1..=4).for_each(|n| drop(site.put(&of(n))));
    let secret = site.token_with("operator", &[], false);
    let number = fs::metadata(site.root()).unwrap().dev();
    assert_eq!(site.serve().stop(), Some(0));
    drop(first);
    let _other = mount_with_number(&site, number);
    (10..=14).for_each(|n| drop(site.put(&of(n))));
    let server = site.serve();
    server.caller(&secret).get("/api/v1/sessions").problem(503, "folder-changed");
    drop(server);

    // On one disk, a new folder is what 4D makes when all sessions are reset.
    let site = Site::new();
    let disk = Disk::mount(&site.temp().join("disk"), "1m");
    let folder = disk.0.join("MobileApps");
    fs::create_dir_all(folder.join(CONTACT)).unwrap();
    fs::remove_dir_all(site.root()).unwrap();
    let mut command = Command::new(program());
    command.arg("serve").arg(&folder).args(["--listen", "127.0.0.1:0", "--data-dir"]).arg(site.data());
    fs::write(folder.join(CONTACT).join(id(1)), of(1).bytes()).unwrap();
    let server = site.serve_command(command);
    let operator = server.operator();
    assert_eq!(operator.ids("/api/v1/sessions"), [id(1)]);
    fs::remove_dir_all(&folder).unwrap();
    until(SOON, "it is away", || operator.get("/api/v1/sessions").status == 503);
    fs::create_dir_all(folder.join(CONTACT)).unwrap();
    fs::write(folder.join(CONTACT).join(id(2)), of(2).bytes()).unwrap();
    until(SOON, "it is taken", || operator.get("/api/v1/sessions").status == 200);
    assert_eq!(operator.ids("/api/v1/sessions"), [id(2)]);
}

#[test]
fn a_full_data_disk_is_not_ready() {
    require_root();
    let site = Site::with(&[of(1)]);
    let disk = Disk::mount(&site.data(), "3m");
    let secret = site.token_with("operator", &[], false);
    let server = site.serve();
    let operator = server.caller(&secret);
    server.anonymous().get("/readyz").status(200);
    let filling = disk.fill();
    // What is left in the journal's own files may still take some.
    for n in 0..2_000 {
        if operator.patch(&of(1).path(), json!({ "email": format!("n{n}@x.yz") })).status == 507 {
            break;
        }
    }
    until(SOON, "it is not ready", || server.anonymous().get("/readyz").status == 503);
    server.anonymous().get("/readyz").problem(503, "store-unavailable");
    fs::remove_file(filling).unwrap();
    until(SOON, "it is ready again", || server.anonymous().get("/readyz").status == 200);
    assert_eq!(server.stop(), Some(0));
    let filling = disk.fill();
    let args = site.serve_args();
    let output = run(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("full") && !said.contains("code:"), "{said}");
    assert!(said.contains(site.data().to_str().unwrap()), "which one: {said}");
    fs::remove_file(filling).unwrap();
    let server = site.serve();
    server.caller(&secret).patch(&of(1).path(), json!({ "email": "at@the.end" })).status(200);
}

#[test]
fn without_watches_a_new_file_shows_soon() {
    require_root();
    for watches in [0, 1, 2] {
        let site = Site::with(&[session(CONTACT, &id(1))]);
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "sh", "-c"]);
        command.arg(format!("echo {watches} >/proc/sys/user/max_inotify_watches && exec \"$0\" \"$@\"")).arg(program());
        command.args(site.serve_args());
        let server = site.serve_command(command);
        let viewer = server.viewer();
        for (n, app) in [(2, CONTACT), (3, TASKS), (4, TASKS), (5, ANDROID)] {
            site.put(&session(app, &id(n)));
            until(Duration::from_secs(4), &format!("the file {n} with {watches} watches"), || {
                viewer.json("/api/v1/sessions")["total"] == n
            });
        }
    }
}

#[test]
fn a_full_disk_frees_the_key() {
    require_root();
    let site = Site::with(&(1..=400).map(of).collect::<Vec<_>>());
    let disk = Disk::mount(&site.data(), "8m");
    let secret = site.token_with("operator", &[], false);
    let server = site.serve();
    let operator = server.caller(&secret);
    let search = |key: &str| {
        let request = operator.request("POST", "/api/v1/sessions/search").header("idempotency-key", key);
        request.json(json!({ "limit": 500, "q": "iPhone" })).send()
    };
    assert_eq!(search("a").status(200).json()["total"], 400);
    let filling = disk.fill();
    // Room for a key, and for no answer of 400 sessions.
    let room = fs::metadata(&filling).unwrap().len() - 96 * 1024;
    fs::OpenOptions::new().write(true).open(&filling).unwrap().set_len(room).unwrap();
    let first = search("b").status(200);
    assert!(first.body.len() > 200_000);
    let again = search("b").status(200);
    assert!(!again.has_header("idempotency-replayed"), "it was not kept");
    fs::remove_file(filling).unwrap();
    search("b").status(200);
    assert!(search("b").status(200).has_header("idempotency-replayed"));
}
