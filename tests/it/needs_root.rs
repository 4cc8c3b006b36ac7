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

fn of(n: u32) -> SessionFile {
    session(CONTACT, &id(n)).status("pending")
}

fn entries(user: &impl User) -> usize {
    journal(user, "").len()
}

#[test]
fn a_full_disk_under_the_sessions_is_told_and_nothing_is_half_done() {
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
fn a_full_disk_under_the_journal_is_told_and_nothing_is_half_done() {
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
fn a_read_only_disk_is_told_and_nothing_is_half_done() {
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
fn another_users_files_are_left_alone_and_the_user_to_run_as_is_named() {
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
fn what_belongs_to_a_file_stays_through_change_delete_and_undo() {
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
fn where_the_system_allows_too_few_watches_changes_are_seen_all_the_same() {
    require_root();
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2)), session(ANDROID, &id(3))]);
    let mut command = Command::new("unshare");
    // The limit of a user namespace of its own: one watch for the root, one for an app.
    command.args(["--user", "--map-root-user", "sh", "-c"]);
    command.arg("echo 2 >/proc/sys/user/max_inotify_watches && exec \"$0\" \"$@\"").arg(PROGRAM);
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
