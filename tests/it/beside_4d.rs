//! Changes of a session beside a stand-in for 4D that rewrites its file, deletes it and makes it again, renames its
//! app's folder, or keeps the file open; and beside a file whose read hangs.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::spawn::*;
use crate::steps::*;

fn pending(n: u32) -> SessionFile {
    session(CONTACT, &id(n)).status("pending")
}

/// Ends what a stand-in does all the time, also where the test fails.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

const ACCEPT: fn() -> Value = || json!({ "status": "accepted" });

#[test]
fn a_half_written_file_is_busy() {
    let file = pending(1);
    let bytes = file.bytes();
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let user = server.operator();
    for half in [&bytes[..0], &bytes[..1], &bytes[..bytes.len() / 2], &bytes[..bytes.len() - 1]] {
        let mut open = fs::File::create(site.path(CONTACT, &id(1))).unwrap();
        open.write_all(half).unwrap();
        // Whatever the clock says: the program has it open.
        open.set_modified(std::time::SystemTime::now() - Duration::from_secs(1000)).unwrap();
        for answer in [user.patch(&file.path(), ACCEPT()), user.delete(&file.path())] {
            assert_eq!(answer.header("retry-after"), "1");
            let problem = answer.problem(409, "busy");
            assert!(!problem["detail"].as_str().unwrap().contains("delete"), "{problem}");
        }
        assert_eq!(fs::read(site.path(CONTACT, &id(1))).unwrap(), half);
        drop(open);
        site.put(&file);
        user.patch(&file.path(), ACCEPT()).status(200);
    }
    // Without anybody who has it open, what was cut off a moment ago is busy, and long ago it is no object.
    site.write(CONTACT, &id(1), &bytes[..9]);
    user.patch(&file.path(), ACCEPT()).problem(409, "busy");
    age(&site.path(CONTACT, &id(1)), 100);
    user.patch(&file.path(), ACCEPT()).problem(422, "not-an-object");
}

#[test]
fn a_change_waits_for_a_file_that_is_being_rewritten() {
    let file = pending(1);
    let bytes = file.clone().email("after@x.yz").bytes();
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let user = server.operator();
    let mut open = fs::File::create(site.path(CONTACT, &id(1))).unwrap();
    open.write_all(&bytes[..40]).unwrap();
    std::thread::scope(|scope| {
        let answer = scope.spawn(|| user.patch(&file.path(), ACCEPT()));
        std::thread::sleep(Duration::from_millis(250));
        open.write_all(&bytes[40..]).unwrap();
        drop(open);
        let answer = answer.join().unwrap().status(200).json();
        assert_eq!((&answer["status"], &answer["email"]), (&json!("accepted"), &json!("after@x.yz")));
    });
    assert_eq!(site.read(CONTACT, &id(1)), file.email("after@x.yz").status("accepted").bytes());
}

/// 4D rewrites in place all the time, with a pause in the middle; no change is ever told that the file is no object.
#[test]
fn a_constantly_rewritten_file_is_never_called_broken() {
    let file = pending(1);
    let bytes = file.bytes();
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let user = server.operator();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                let mut open = fs::File::create(site.path(CONTACT, &id(1))).unwrap();
                std::thread::sleep(Duration::from_millis(30));
                open.write_all(&bytes).unwrap();
                drop(open);
                std::thread::sleep(Duration::from_millis(3));
            }
        });
        let _ending = Ending(&done);
        let mut met = [0; 2];
        // On a busy machine, the pause between two writes is met late.
        for n in 0..600 {
            if n >= 60 && met[0] > 0 {
                break;
            }
            let answer = user.patch(&file.path(), json!({ "email": format!("n{n}@x.yz") }));
            match answer.status {
                200 => met[0] += 1,
                _ => {
                    answer.problem(409, "busy");
                    met[1] += 1;
                }
            }
        }
        println!("{} changes, {} busy", met[0], met[1]);
        assert!(met[0] > 0);
    });
}

#[test]
fn a_change_is_answered_whatever_follows_on_disk() {
    let file = pending(1);
    let site = Site::with(std::slice::from_ref(&file));
    let app = site.root().join(CONTACT);
    let away = site.root().join("renamed");
    let (server, steps) = serve_counted(&site, &[&app]);
    let user = server.operator();
    let accepted = file.clone().status("accepted");
    // Which call is the last of the change, by one that nothing happens to.
    steps.plan::<&str>(&[]);
    user.patch(&file.path(), ACCEPT()).status(200);
    let calls = steps.calls();
    let synced = calls.iter().rposition(|call| call.starts_with("fsync:")).unwrap() + 1;
    let mut moved = 0;
    for at in synced + 1..=calls.len() {
        site.put(&file);
        user.refresh();
        steps.plan(&[format!("move:{}:{}@{at}", app.display(), away.display())]);
        let answer = user.patch(&file.path(), ACCEPT()).status(200);
        assert!(answer.has_header("x-change-id") && answer.has_header("etag"), "{answer:?}");
        let shown = answer.json();
        assert_eq!((&shown["status"], &shown["id"]), (&json!("accepted"), &json!(id(1))), "at {at}");
        if !away.exists() {
            // One of these calls was not the change's own.
            continue;
        }
        moved += 1;
        assert_eq!(fs::read(away.join(id(1))).unwrap(), accepted.bytes());
        let entry = user.json(&format!("/api/v1/changes/{}", answer.header("x-change-id")));
        assert_eq!(entry["outcome"], "done", "at {at}");
        steps.plan::<&str>(&[]);
        fs::rename(&away, &app).unwrap();
    }
    assert!(moved > 0, "nothing came between: {calls:?}");
}

#[test]
fn a_session_constantly_recreated_is_never_404() {
    let file = pending(1);
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve_with(&["--max-requests", "100000"]);
    let user = server.operator();
    let done = AtomicBool::new(false);
    let path = site.path(CONTACT, &id(1));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                let beside = site.temp().join("beside");
                fs::write(&beside, file.bytes()).unwrap();
                let _ = fs::remove_file(&path);
                std::thread::sleep(Duration::from_millis(2));
                fs::rename(&beside, &path).unwrap();
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let _ending = Ending(&done);
        let (mut made, mut ids) = (0, Vec::new());
        for n in 0..100 {
            let answer = user.patch(&file.path(), json!({ "email": format!("n{n}@x.yz") }));
            if answer.status == 200 {
                assert_eq!(answer.json()["email"], format!("n{n}@x.yz"), "what was written");
                ids.push(answer.header("x-change-id").to_owned());
                made += 1;
            } else {
                answer.problem(409, "busy");
            }
            user.get(&file.path()).status(200);
        }
        println!("{made} of 100 changes were made");
        assert!(made > 50);
        let entries: std::collections::BTreeMap<_, _> = journal(&user, "").into_iter().collect();
        assert!(ids.iter().all(|id| entries[id]["outcome"] == "done"));
        assert_eq!(entries.len(), made, "what was not made is not in the journal");
    });
}

#[test]
fn an_unknown_session_is_404_at_once() {
    let site = Site::with(&[pending(1)]);
    let server = site.serve();
    let user = server.operator();
    fs::remove_file(site.path(CONTACT, &id(1))).unwrap();
    user.get(&pending(1).path()).problem(404, "not-found");
    user.patch(&pending(1).path(), ACCEPT()).problem(404, "not-found");
    let start = Instant::now();
    user.patch(&pending(2).path(), ACCEPT()).problem(404, "not-found");
    user.get(&pending(2).path()).problem(404, "not-found");
    assert!(start.elapsed() < Duration::from_millis(350), "{:?}", start.elapsed());
}

/// The read of one file takes long: others are read, changed and noticed meanwhile.
#[test]
fn a_hanging_file_does_not_block_other_files() {
    const HANGS: Duration = Duration::from_secs(8);
    let site = Site::with(&[pending(1), pending(2), pending(3)]);
    let (server, steps) = serve_counted(&site, &[&site.root().join(CONTACT)]);
    let user = server.operator();
    steps.plan(&[format!("[read:{}]sleep:{}@*", id(1), HANGS.as_millis())]);
    let start = Instant::now();
    std::thread::scope(|scope| {
        let hung = scope.spawn(|| server.caller(&user.secret).get(&pending(1).path()));
        let changed = scope.spawn(|| server.caller(&user.secret).patch(&pending(1).path(), ACCEPT()));
        // The program notices the change of this one too, and hangs.
        site.put(&pending(1).email("touched@x.yz"));
        std::thread::sleep(Duration::from_millis(300));
        user.patch(&pending(2).path(), ACCEPT()).status(200);
        assert_eq!(user.json(&pending(2).path())["status"], "accepted");
        user.delete(&pending(2).path()).status(204);
        site.put(&pending(3).email("seen@x.yz"));
        until(Duration::from_secs(5), "what another program does is noticed", || {
            user.json("/api/v1/sessions?email=seen@x.yz")["total"] == 1
        });
        assert!(start.elapsed() < HANGS, "they waited: {:?}", start.elapsed());
        steps.plan::<&str>(&[]);
        hung.join().unwrap().status(200);
        changed.join().unwrap().status(200);
    });
}

/// However long a program keeps a file open, what it writes then is kept, and the change on top of it.
#[test]
fn a_write_through_a_long_open_file_is_kept() {
    let file = pending(1);
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let user = server.operator();
    let mut open = fs::OpenOptions::new().write(true).open(site.path(CONTACT, &id(1))).unwrap();
    user.patch(&file.path(), ACCEPT()).status(200);
    std::thread::sleep(Duration::from_millis(3500));
    let theirs = file.clone().email("late@x.yz");
    open.seek(SeekFrom::Start(0)).unwrap();
    open.set_len(0).unwrap();
    open.write_all(&theirs.bytes()).unwrap();
    drop(open);
    let both = theirs.status("accepted");
    until(Duration::from_secs(2), "the late write", || site.read(CONTACT, &id(1)) == both.bytes());
    until(Duration::from_secs(5), "nothing is left behind", || names(&site.root().join(CONTACT)) == [id(1)]);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_stop_does_not_wait_for_open_files() {
    let file = pending(1);
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let _open = fs::OpenOptions::new().write(true).open(site.path(CONTACT, &id(1))).unwrap();
    server.operator().patch(&file.path(), ACCEPT()).status(200);
    let start = Instant::now();
    assert_eq!(server.stop(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

/// Where a file gets no second name and a free one cannot be asked for, as on FAT.
#[test]
fn a_delete_is_undone_without_hard_links() {
    let file = pending(1);
    for error in ["EPERM", "EOPNOTSUPP"] {
        let site = Site::with(std::slice::from_ref(&file));
        let mut command = Command::new("python3");
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/refusing.py"));
        command.args(["renameat2=EINVAL", &format!("linkat={error}"), "--", program()]).args(site.serve_args());
        let server = site.serve_command(command);
        let user = server.operator();
        let undo = |change: &str| user.post(&format!("/api/v1/changes/{change}/undo"), json!({})).status(200).json();
        let deleted = user.delete(&file.path()).status(204).header("x-change-id").to_owned();
        let undone = undo(&deleted);
        assert_eq!(undone["changed"], 1, "{undone}");
        assert_eq!(site.read(CONTACT, &id(1)), file.bytes());
        assert_eq!(names(&site.root().join(CONTACT)), [id(1)], "nothing else is left there");
        // One that is there again is kept.
        let deleted = user.delete(&file.path()).status(204).header("x-change-id").to_owned();
        site.put(&file.clone().email("again@x.yz"));
        let undone = undo(&deleted);
        assert_eq!(undone["items"][0]["problem"]["type"], "/problems/already-there", "{undone}");
        assert_eq!(site.read(CONTACT, &id(1)), file.clone().email("again@x.yz").bytes());
    }
}

/// A restore that was stopped between the empty file that reserves the name and the real one is finished at the start.
#[test]
fn an_interrupted_restore_finishes_without_hard_links() {
    let file = pending(1);
    let site = Site::with(std::slice::from_ref(&file));
    let (server, steps) = serve_counted(&site, &[&site.root().join(CONTACT)]);
    let user = server.operator();
    let deleted = user.delete(&file.path()).status(204).header("x-change-id").to_owned();
    steps.plan(&["[renameat2]EINVAL@*", "[linkat]EPERM@*", "[renameat]kill@1"]);
    let undo = user.request("POST", &format!("/api/v1/changes/{deleted}/undo")).json(json!({}));
    assert!(wait(undo.try_send()).is_err(), "it was killed");
    server.kill();
    assert_eq!(site.read(CONTACT, &id(1)), b"", "the name is reserved");
    let server = site.serve();
    assert_eq!(site.read(CONTACT, &id(1)), file.bytes());
    let (_, last) = journal(&server.caller(&user.secret), "").into_iter().next().unwrap();
    assert_eq!((&last["action"], &last["outcome"]), (&json!("restore"), &json!("done")));
}
