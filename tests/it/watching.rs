//! Lists follow the folder: what others do in it, half-written files, a folder that goes and comes.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::spawn::*;
use crate::steps::counted;

const SOON: Duration = Duration::from_secs(10);

/// That something shows within a second. A busy machine gets three tries, each with its own number.
#[track_caller]
fn within_a_second(what: &str, mut act: impl FnMut(u32), mut shows: impl FnMut(u32) -> bool) {
    for attempt in 0..3 {
        act(attempt);
        let start = Instant::now();
        let mut shown = false;
        until(SOON, what, || {
            shown = shows(attempt);
            shown
        });
        if shown && start.elapsed() <= Duration::from_secs(1) {
            return;
        }
    }
    panic!("not within a second in any of three tries: {what}");
}

fn total(user: &impl User, query: &str) -> u64 {
    user.json(&format!("/api/v1/sessions?{query}"))["total"].as_u64().unwrap()
}

/// Writes beside and puts in place, as a careful writer does.
fn replace(site: &Site, file: &SessionFile) {
    let beside = site.temp().join("beside");
    fs::write(&beside, file.bytes()).unwrap();
    fs::rename(beside, site.path(&file.app, &file.id)).unwrap();
}

/// Everything that can happen to a file, in a folder that is known and in new ones. The rescan is
/// far away unless it is what is tested.
fn whatever_happens_shows_within_a_second(args: &[&str]) {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve_with(args);
    let viewer = server.viewer();
    let in_app = |app: &str| total(&viewer, &format!("app={}", segment(app)));
    let email = |app: &str, email: &str| total(&viewer, &format!("app={}&email={email}", segment(app)));

    let file = |n: u32| session(CONTACT, &id(10 + n));
    within_a_second("a new file", |n| drop(site.put(&file(n))), |n| in_app(CONTACT) == 2 + u64::from(n));
    let made = in_app(CONTACT);
    let changed = |n: u32| format!("in-place-{n}@corp.example");
    within_a_second(
        "a file that is written over",
        |n| drop(site.put(&file(0).email(&changed(n)))),
        |n| email(CONTACT, &changed(n)) == 1,
    );
    let replaced = |n: u32| format!("replaced-{n}@corp.example");
    within_a_second(
        "a file that is replaced",
        |n| replace(&site, &file(0).email(&replaced(n))),
        |n| email(CONTACT, &replaced(n)) == 1,
    );
    within_a_second(
        "a file that is appended to",
        |n| {
            let mut bytes = file(0).email(&format!("a{n}@corp.example")).bytes();
            bytes.extend(vec![b'\n'; n as usize]);
            site.write(CONTACT, &id(10), bytes);
        },
        |n| email(CONTACT, &format!("a{n}@corp.example")) == 1,
    );
    (20..23).for_each(|n| drop(site.put(&session(CONTACT, &id(n)))));
    viewer.refresh();
    within_a_second(
        "a file that is deleted",
        |n| fs::remove_file(site.path(CONTACT, &id(20 + n))).unwrap(),
        |n| in_app(CONTACT) == made + 2 - u64::from(n),
    );
    within_a_second(
        "a file that gets another name",
        |n| {
            let from = if n == 0 { 10 } else { 30 + n - 1 };
            fs::rename(site.path(CONTACT, &id(from)), site.path(CONTACT, &id(30 + n))).unwrap();
        },
        |n| viewer.json(&format!("/api/v1/sessions?app={CONTACT}&q={}", id(30 + n)))["total"] == 1,
    );
    within_a_second(
        "a new app with its first session",
        |n| drop(site.put(&session(&format!("com.new.app{n}"), &id(1)))),
        |n| in_app(&format!("com.new.app{n}")) == 1,
    );
    within_a_second(
        "one more in the new app",
        |n| drop(site.put(&session("com.new.app0", &id(2 + n)))),
        |n| in_app("com.new.app0") == u64::from(n) + 2,
    );
    within_a_second(
        "a folder that is moved in with all its files",
        |n| {
            let app = format!("com.moved.app{n}");
            let away = site.temp().join(&app);
            fs::create_dir(&away).unwrap();
            fs::write(away.join(id(1)), session(&app, &id(1)).bytes()).unwrap();
            fs::write(away.join(id(2)), session(&app, &id(2)).bytes()).unwrap();
            fs::rename(away, site.root().join(app)).unwrap();
        },
        |n| in_app(&format!("com.moved.app{n}")) == 2,
    );
    within_a_second(
        "a manifest",
        |n| drop(site.write(&format!("com.manifest.app{n}"), "manifest.json", b"{}")),
        |n| viewer.get(&app_path(&format!("com.manifest.app{n}"))).status == 200,
    );
    (0..3).for_each(|n| drop(site.put(&session(&format!("com.gone.app{n}"), &id(1)))));
    viewer.refresh();
    within_a_second(
        "an app that is deleted",
        |n| fs::remove_dir_all(site.root().join(format!("com.gone.app{n}"))).unwrap(),
        |n| {
            in_app(&format!("com.gone.app{n}")) == 0 && viewer.get(&app_path(&format!("com.gone.app{n}"))).status == 404
        },
    );
    within_a_second(
        "an app that comes again under its name",
        |n| drop(site.put(&session(&format!("com.gone.app{n}"), &id(7)))),
        |n| in_app(&format!("com.gone.app{n}")) == 1,
    );
}

#[test]
fn whatever_happens_in_the_folder_shows_within_a_second() {
    whatever_happens_shows_within_a_second(&["--rescan", "1h"]);
}

#[test]
fn it_does_so_by_looking_all_the_time_too() {
    whatever_happens_shows_within_a_second(&["--poll"]);
}

#[test]
fn a_refresh_shows_changes_made_elsewhere() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2))]);
    let server = site.serve_with(&["--rescan", "1h"]);
    let viewer = server.viewer();
    for round in 0..20 {
        site.put(&session(CONTACT, &id(1)).email(&format!("r{round}@corp.example")));
        site.put(&session(TASKS, &id(100 + round)));
        let _ = fs::remove_file(site.path(TASKS, &id(100 + round - 1)));
        viewer.refresh();
        assert_eq!(total(&viewer, &format!("email=r{round}@corp.example")), 1);
        assert_eq!(total(&viewer, &format!("app={TASKS}")), 1);
    }
}

#[test]
fn a_change_within_one_clock_tick_is_seen() {
    // Same size, same inode, and written so soon that the file's time may be the same too.
    let site = Site::with(&[session(CONTACT, &id(1)).email("r1000@corp.example")]);
    let server = site.serve_with(&["--rescan", "1h", "--max-requests", "0"]);
    let viewer = server.viewer();
    for round in 1000..1200 {
        let email = format!("r{round}@corp.example");
        site.put(&session(CONTACT, &id(1)).email(&email));
        assert_eq!(viewer.json(&session_path(CONTACT, &id(1)))["document"]["email"], email);
        assert_eq!(total(&viewer, &format!("email={email}")), 1, "the list says what the file says");
    }
}

/// Writes a file in place: emptied, a third, half, whole. How long it took.
fn write_in_parts(site: &Site, file: &SessionFile) -> Duration {
    let (bytes, start) = (file.bytes(), Instant::now());
    let path = site.write(&file.app, &file.id, b"");
    for end in [bytes.len() / 3, bytes.len() / 2, bytes.len()] {
        std::thread::sleep(Duration::from_millis(12));
        fs::write(&path, &bytes[..end]).unwrap();
    }
    start.elapsed()
}

#[test]
fn a_half_written_file_completes_and_is_never_called_malformed() {
    // Half of them are there already, and are written over.
    let site = Site::with(&(0..80).step_by(2).map(|n| session(CONTACT, &id(n))).collect::<Vec<_>>());
    let server = site.serve_with(&["--max-requests", "0"]);
    let viewer = server.viewer();
    let (stop, now, looks) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    // Rounds of either kind that have shown something, and the others.
    let (mut shown, mut slow) = ([0; 2], Vec::new());
    let seen = std::thread::scope(|scope| {
        // Somebody looks all the time, by every way there is.
        let looking = scope.spawn(|| {
            let mut seen: Vec<Value> = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                looks.fetch_add(1, Ordering::Relaxed);
                let list = viewer.json("/api/v1/sessions?compliant=false");
                seen.extend(list["items"].as_array().unwrap().iter().cloned());
                looks.fetch_add(1, Ordering::Relaxed);
                let answer = viewer.get(&session_path(CONTACT, &id(now.load(Ordering::Relaxed))));
                if answer.status == 200 && answer.json()["compliant"] == false {
                    seen.push(answer.json());
                }
            }
            seen
        });
        for n in (0..80).take_while(|_| !looking.is_finished()) {
            if shown.iter().all(|rounds| *rounds >= 4) {
                break;
            }
            now.store(n, Ordering::Relaxed);
            let before = looks.load(Ordering::Relaxed);
            let took = write_in_parts(&site, &session(CONTACT, &id(n)).email(&format!("w{n}@corp.example")));
            // A machine that was too busy to write in less time than is waited for, or to begin a look meanwhile, has
            // shown nothing.
            if took <= Duration::from_millis(150) && looks.load(Ordering::Relaxed) > before {
                shown[n as usize % 2] += 1;
            } else {
                slow.push(id(n));
            }
            until(SOON, "it is whole", || total(&viewer, &format!("email=w{n}@corp.example")) == 1);
        }
        stop.store(true, Ordering::Relaxed);
        looking.join().unwrap()
    });
    let seen: Vec<&Value> = seen.iter().filter(|one| !slow.iter().any(|id| one["id"] == *id)).collect();
    assert!(seen.is_empty(), "{} times, first: {:?}", seen.len(), seen.first());
    assert!(shown.iter().all(|rounds| *rounds >= 4), "too few rounds were quick enough to show it: {shown:?}");
}

#[test]
fn a_half_written_file_is_recognised_without_clocks() {
    let site = Site::with(&[session(CONTACT, &id(0))]);
    let server = site.serve_with(&["--max-requests", "0"]);
    let viewer = server.viewer();
    let stream = viewer.request("GET", "/api/v1/events").listen();
    let (mut shown, mut n) = (0, 0);
    while shown < 3 {
        n += 1;
        assert!(n < 30, "the machine is too busy to show it");
        let file = session(CONTACT, &id(n)).status("pending");
        let (bytes, beside) = (file.bytes(), site.temp().join("beside"));
        fs::write(&beside, &bytes[..bytes.len() / 2]).unwrap();
        age(&beside, 3600);
        let start = Instant::now();
        fs::rename(&beside, site.path(CONTACT, &id(n))).unwrap();
        std::thread::sleep(Duration::from_millis(90));
        site.put(&file);
        let took = start.elapsed();
        let told = stream.next();
        // A machine that was too busy to write it in time has shown nothing.
        if took <= Duration::from_millis(150) {
            assert_eq!((told.kind.as_str(), &told.data["status"]), ("session.created", &json!("pending")), "{told:?}");
            shown += 1;
        }
        until(SOON, "it is whole", || total(&viewer, "status=pending") == u64::from(n));
        stream.so_far();
    }
}

#[test]
fn a_file_left_half_written_becomes_malformed() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let viewer = server.viewer();
    let bytes = session(CONTACT, &id(2)).bytes();
    site.write(CONTACT, &id(2), &bytes[..100]);
    until(SOON, "it is shown", || total(&viewer, "compliant=false") == 1);
    site.put(&session(CONTACT, &id(2)));
    until(SOON, "it is well", || total(&viewer, "compliant=true") == 2);
    // A refresh waits until that is settled.
    site.write(CONTACT, &id(3), &bytes[..100]);
    viewer.refresh();
    assert_eq!(total(&viewer, "compliant=false"), 1);
}

#[test]
fn lists_are_503_while_the_folder_is_missing() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)), session(TASKS, &id(3))]);
    let server = site.serve();
    let operator = server.operator();
    let away = site.temp().join("away");
    for round in 0..2 {
        fs::rename(site.root(), &away).unwrap();
        until(SOON, "503", || operator.get("/api/v1/sessions").status == 503);
        let lists = ["/api/v1/sessions", "/api/v1/apps", "/api/v1/push"].map(str::to_owned);
        let of_app = [app_path(CONTACT), format!("{}/sessions", app_path(CONTACT)), session_path(CONTACT, &id(1))];
        for path in lists.iter().chain(&of_app) {
            let answer = operator.get(path);
            answer.problem(503, "folder-unavailable");
            assert!(!answer.text().contains(&id(1)), "no stale row: {answer:?}");
            let csv = operator.request("GET", path).header("accept", "text/csv").send();
            csv.problem(503, "folder-unavailable");
        }
        operator.post("/api/v1/sessions/search", json!({})).problem(503, "folder-unavailable");
        operator.post("/api/v1/refresh", json!({})).problem(503, "folder-unavailable");
        operator
            .patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" }))
            .problem(503, "folder-unavailable");
        operator.delete(&session_path(CONTACT, &id(1))).problem(503, "folder-unavailable");
        let body = json!({ "action": "delete", "filter": {}, "all": true });
        operator.post("/api/v1/sessions/batch", body).problem(503, "folder-unavailable");
        operator.get("/api/v1/changes").status(200);
        operator.get("/api/v1/me").status(200);
        assert!(!site.root().exists(), "it is not made here");
        // What differs when it is back: one more, one less, one changed.
        let in_away = |app: &str, n: u32| away.join(app).join(id(n));
        fs::write(in_away(CONTACT, 10 + round), session(CONTACT, &id(10 + round)).bytes()).unwrap();
        let _ = fs::remove_file(in_away(TASKS, 3));
        fs::rename(&away, site.root()).unwrap();
        let start = Instant::now();
        until(SOON, "it is back", || {
            let answer = operator.get("/api/v1/sessions");
            if answer.status == 200 {
                assert_eq!(answer.json()["total"], 3 + round, "never a stale list");
            }
            answer.status == 200
        });
        assert!(start.elapsed() < Duration::from_secs(4), "it took {:?}", start.elapsed());
        // Hints work again, in the folder that came.
        site.put(&session(CONTACT, &id(50)).email(&format!("r{round}@corp.example")));
        until(SOON, "a change shows", || total(&operator, &format!("email=r{round}@corp.example")) == 1);
        fs::remove_file(site.path(CONTACT, &id(50))).unwrap();
        until(SOON, "it is gone", || total(&operator, "") == 3 + u64::from(round));
    }
}

#[test]
fn a_folder_that_is_deleted_and_made_anew_is_followed() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2))]);
    let server = site.serve_with(&["--rescan", "1h"]);
    let viewer = server.viewer();
    // As 4D's documentation has it: the way to reset all sessions.
    fs::remove_dir_all(site.root()).unwrap();
    until(SOON, "503, or nothing", || {
        let answer = viewer.get("/api/v1/sessions");
        answer.status == 503
    });
    fs::create_dir(site.root()).unwrap();
    until(SOON, "empty, it is not taken yet", || {
        viewer.get("/api/v1/sessions").json()["type"] == "/problems/folder-changed"
    });
    site.put(&session(CONTACT, &id(3)));
    until(SOON, "with its first session, it is", || viewer.get("/api/v1/sessions").status == 200);
    within_a_second(
        "a session",
        |n| drop(site.put(&session(CONTACT, &id(4 + n)))),
        |n| total(&viewer, "") == u64::from(n) + 2,
    );
    // At once, between two looks at it.
    let now = total(&viewer, "");
    fs::rename(site.root(), site.temp().join("old")).unwrap();
    site.put(&session(TASKS, &id(9)));
    until(SOON, "the new folder's session alone", || {
        let answer = viewer.get("/api/v1/sessions");
        let found = (answer.status == 200).then(|| answer.json()["total"].as_u64().unwrap());
        assert!(found.is_none_or(|found| found <= now), "{answer:?}");
        answer.status == 200 && viewer.ids("/api/v1/sessions") == [id(9)]
    });
}

#[test]
fn a_folder_replaced_by_a_file_ends_nothing() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let viewer = server.viewer();
    fs::rename(site.root(), site.temp().join("away")).unwrap();
    fs::write(site.root(), b"a file").unwrap();
    until(SOON, "503", || viewer.get("/api/v1/sessions").status == 503);
    fs::remove_file(site.root()).unwrap();
    fs::rename(site.temp().join("away"), site.root()).unwrap();
    until(SOON, "it is back", || viewer.get("/api/v1/sessions").status == 200);
    assert_eq!(total(&viewer, ""), 1);
    // An app's folder that becomes a file, and a folder again.
    let app = site.root().join(CONTACT);
    fs::rename(&app, site.temp().join("app")).unwrap();
    fs::write(&app, b"a file").unwrap();
    until(SOON, "the app is gone", || total(&viewer, "") == 0);
    fs::remove_file(&app).unwrap();
    fs::rename(site.temp().join("app"), &app).unwrap();
    until(SOON, "it is there again", || total(&viewer, "") == 1);
}

fn times(user: &impl User, app: &str, n: u32) -> (Value, Value) {
    let session = user.json(&session_path(app, &id(n)));
    (session["first_seen_at"].clone(), session["pending_since"].clone())
}

fn millis(path: &Path) -> u128 {
    let time = fs::metadata(path).unwrap().modified().unwrap();
    time.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis()
}

#[test]
fn first_seen_and_pending_since_survive_a_restart() {
    let site = Site::new();
    site.put_aged(&session(CONTACT, &id(1)).status("pending"), 5000);
    site.put_aged(&session(CONTACT, &id(2)), 5000);
    let before = {
        let server = site.serve();
        let viewer = server.viewer();
        let old = viewer.json(&session_path(CONTACT, &id(1)));
        assert_eq!(old["first_seen_at"], old["modified_at"], "what was there before has the file's own time");
        assert_eq!(old["pending_since"], old["modified_at"]);
        // A new one, whose file says it is old, is new all the same.
        site.put_aged(&session(CONTACT, &id(3)).status("pending"), 5000);
        until(SOON, "it shows", || total(&viewer, "") == 3);
        let new = viewer.json(&session_path(CONTACT, &id(3)));
        assert_ne!(new["first_seen_at"], new["modified_at"]);
        assert_eq!(new["pending_since"], new["first_seen_at"]);
        // One that becomes pending now.
        server.operator().patch(&session_path(CONTACT, &id(2)), json!({ "status": "pending" })).status(200);
        let pending = viewer.json(&session_path(CONTACT, &id(2)));
        assert!(pending["pending_since"].as_str() > pending["first_seen_at"].as_str(), "{pending}");
        // Another value does not make it pending anew.
        let since = times(&viewer, CONTACT, 3);
        server.operator().patch(&session_path(CONTACT, &id(3)), json!({ "email": "a@corp.example" })).status(200);
        assert_eq!(times(&viewer, CONTACT, 3), since);
        let before: Vec<_> = (1..=3).map(|n| times(&viewer, CONTACT, n)).collect();
        assert_eq!(server.stop(), Some(0));
        before
    };
    // While it is off: one is touched, one is new.
    age(&site.path(CONTACT, &id(1)), 10);
    site.put_aged(&session(CONTACT, &id(4)), 5000);
    let server = site.serve();
    let viewer = server.viewer();
    let after: Vec<_> = (1..=3).map(|n| times(&viewer, CONTACT, n)).collect();
    assert_eq!(after, before);
    let new = viewer.json(&session_path(CONTACT, &id(4)));
    assert!(new["first_seen_at"].as_str() > new["modified_at"].as_str(), "it is new since the first run: {new}");
    assert!(millis(&site.path(CONTACT, &id(4))) > 0);
    // The folder goes and comes: the same.
    fs::rename(site.root(), site.temp().join("away")).unwrap();
    until(SOON, "503", || viewer.get("/api/v1/sessions").status == 503);
    fs::rename(site.temp().join("away"), site.root()).unwrap();
    until(SOON, "it is back", || viewer.get("/api/v1/sessions").status == 200);
    let back: Vec<_> = (1..=3).map(|n| times(&viewer, CONTACT, n)).collect();
    assert_eq!(back, before);
    // Accepted, it is not pending; pending again, it is so from now on.
    let operator = server.operator();
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" })).status(200);
    assert_eq!(times(&viewer, CONTACT, 1).1, Value::Null);
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" })).status(200);
    let (first, since) = times(&viewer, CONTACT, 1);
    assert_eq!(first, before[0].0);
    assert!(since.as_str() > before[0].1.as_str());
}

#[test]
fn an_unreadable_session_keeps_its_times() {
    let site = Site::new();
    let file = session(CONTACT, &id(1)).status("pending");
    site.put_aged(&file, 5000);
    let server = site.serve();
    let viewer = server.viewer();
    let before = times(&viewer, CONTACT, 1);
    site.write(CONTACT, &id(1), b"{ broken");
    viewer.refresh();
    let broken = viewer.json(&session_path(CONTACT, &id(1)));
    assert_eq!((&broken["first_seen_at"], &broken["pending_since"]), (&before.0, &Value::Null));
    site.put(&file);
    viewer.refresh();
    assert_eq!(times(&viewer, CONTACT, 1), before);
}

/// Changes a letter of a file through memory, which gives no hint, and has it open until it is dropped, which would.
struct ThroughMemory(Child);

impl ThroughMemory {
    fn change(path: &Path, from: &str, to: &str) -> Self {
        let script = "import mmap, sys; path, old, new = sys.argv[1:]; file = open(path, 'r+b')
with mmap.mmap(file.fileno(), 0) as memory:
    at = memory.find(old.encode()); memory[at:at + len(new)] = new.encode(); memory.flush()
print(flush=True); sys.stdin.read()";
        let mut python = Command::new("python3");
        python.args(["-c", script]).arg(path).args([from, to]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = python.spawn().unwrap();
        let changed = child.stdout.take().unwrap().read(&mut [0]).unwrap();
        assert_eq!(changed, 1, "the file was not changed");
        Self(child)
    }
}

impl Drop for ThroughMemory {
    fn drop(&mut self) {
        let _ = (self.0.kill(), self.0.wait());
    }
}

#[test]
fn what_gives_no_hint_is_seen_at_the_next_rescan() {
    for (rescan, is_seen) in [("1h", false), ("1s", true)] {
        let site = Site::with(&[session(CONTACT, &id(1)).email("ann@corp.example")]);
        age(&site.path(CONTACT, &id(1)), 60);
        let server = site.serve_with(&["--rescan", rescan]);
        let viewer = server.viewer();
        let _open = ThroughMemory::change(&site.path(CONTACT, &id(1)), "ann@", "eve@");
        if is_seen {
            until(SOON, "a rescan", || total(&viewer, "email=eve@corp.example") == 1);
        } else {
            std::thread::sleep(Duration::from_secs(3));
            assert_eq!(total(&viewer, "email=ann@corp.example"), 1, "it has given no hint");
            server.operator().refresh();
            assert_eq!(total(&viewer, "email=eve@corp.example"), 1);
        }
    }
}

#[test]
fn lists_read_no_disk_and_one_session_is_read_anew() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)).status("pending")]);
    let server = site.serve_with(&["--rescan", "1h"]);
    let (viewer, person) = (server.viewer(), server.first_owner());
    viewer.get("/api/v1/sessions").status(200);
    let (tell, opened) = std::sync::mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event| drop(tell.send(event))).unwrap();
    for folder in [site.root(), site.root().join(CONTACT)] {
        notify::Watcher::watch(&mut watcher, &folder, notify::RecursiveMode::NonRecursive).unwrap();
    }
    let opened = || opened.try_iter().flat_map(|event: notify::Result<notify::Event>| event.unwrap().paths).count();
    until(SOON, "what its start has to look at is done", || {
        std::thread::sleep(Duration::from_millis(300));
        opened() == 0
    });
    for path in ["/api/v1/sessions", "/api/v1/sessions?q=phone&sort=email", "/api/v1/apps"] {
        viewer.get(path).status(200);
        viewer.request("GET", path).header("accept", "text/csv").send();
    }
    for path in ["/", "/sessions", "/sessions?status=pending&q=phone", &format!("/apps/{}", segment(CONTACT))] {
        person.get(path).status(200);
    }
    assert_eq!(opened(), 0, "something was opened in the folder");
    viewer.get(&session_path(CONTACT, &id(1))).status(200);
    until(SOON, "the session's own file is opened", || opened() > 0);
}

#[test]
fn a_restart_reads_changed_files_alone() {
    let files: Vec<SessionFile> = (1..=20).map(|n| session(CONTACT, &id(n)).status("pending")).collect();
    let site = Site::new();
    files.iter().for_each(|file| drop(site.put_aged(file, 60)));
    // What was written a moment ago is read again: it may be written once more within one tick of the disk's clock.
    std::thread::sleep(Duration::from_millis(2_100));
    assert_eq!(site.serve().stop(), Some(0));
    site.put(&files[1].clone().email("new@x.yz"));
    let (command, steps) = counted(&site, program(), &[&site.root().join(CONTACT)], &[]);
    let server = site.serve_command(command);
    assert_eq!(server.operator().json(&files[1].path())["email"], "new@x.yz");
    let calls = steps.calls();
    let opened = |n: u32| calls.iter().any(|call| call.contains("openat") && call.contains(&id(n)));
    assert!(opened(2), "{calls:?}");
    // Whether the disk can be read at all is tried by a few.
    let others = (1..=20).filter(|n| *n != 2 && opened(*n)).count();
    assert!(others <= 3, "{others} files were read: {calls:?}");
}
