//! Few open files are allowed: nothing fails for want of one that a moment's wait gives.

use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::spawn::*;
use crate::steps::*;

/// Starts the program where so many files may be open.
#[track_caller]
fn serve_within<'a>(site: &'a Site, files: u32) -> Server<'a> {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -n {files}; exec \"$@\""), "sh", program()]).args(site.serve_args());
    site.serve_command(command)
}

fn many(app: &str, count: u32) -> Site {
    let site = Site::new();
    for n in 0..count {
        site.put(&session(app, &id(n)).status("pending"));
    }
    site
}

#[test]
fn with_1024_files_a_batch_of_5000_changes_all() {
    const MANY: u32 = 5_000;
    let site = many(CONTACT, MANY);
    let server = serve_within(&site, 1024);
    let items: Vec<_> = (0..MANY).map(|n| json!({ "app": CONTACT, "id": id(n) })).collect();
    let body = json!({ "action": "set_status", "status": "accepted", "sessions": items });
    let result = server.operator().post("/api/v1/sessions/batch", body).status(200).json();
    assert_eq!((&result["changed"], &result["failed"]), (&json!(MANY), &json!(0)));
    assert!(!server.log().contains("needs 512"), "it has enough");
}

#[test]
fn with_64_files_it_warns_and_serves() {
    let site = many(CONTACT, 100);
    let server = serve_within(&site, 64);
    until(Duration::from_secs(5), "a warning", || server.log().contains("64 files open, and needs 512"));
    let secret = server.operator().secret;
    std::thread::scope(|scope| {
        // Of eight connections, one address may have six.
        for worker in 0..3 {
            let user = server.caller(&secret);
            scope.spawn(move || {
                for n in (worker * 32)..(worker * 32 + 32) {
                    let path = session_path(CONTACT, &id(n));
                    user.patch(&path, json!({ "status": "accepted" })).status(200);
                    assert_eq!(user.json(&path)["status"], "accepted");
                }
            });
        }
    });
    let user = server.caller(&secret);
    let left = (96..100).map(|n| json!({ "app": CONTACT, "id": id(n) })).collect::<Vec<_>>();
    let batch = user.post("/api/v1/sessions/batch", json!({ "action": "delete", "sessions": left }));
    assert_eq!(batch.status(200).json()["changed"], 4);
    assert_eq!(user.refresh()["scanned"], 96);
    assert_eq!(user.json("/api/v1/sessions?status=accepted")["total"], 96);
}

#[test]
fn ten_thousand_apps_are_read_with_1024_files() {
    const APPS: u32 = 10_000;
    let site = Site::new();
    for n in 0..APPS {
        site.put(&session(&format!("com.example.app{n}"), &id(n)));
    }
    let server = serve_within(&site, 1024);
    let viewer = server.viewer();
    assert_eq!(viewer.json("/api/v1/sessions?limit=1")["total"], APPS);
    assert_eq!(viewer.json("/api/v1/apps")["total"], APPS);
    assert_eq!(viewer.refresh()["scanned"], APPS);
    server.anonymous().get("/readyz").status(200);
}

#[test]
fn too_few_descriptors_are_named_and_nothing_disappears() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let (server, steps) = serve_counted(&site, &[&site.root().join(CONTACT)]);
    let user = server.operator();
    for error in ["EMFILE", "ENFILE"] {
        steps.plan(&[format!("[openat]{error}@*")]);
        for answer in [user.get(&file.path()), user.patch(&file.path(), json!({ "status": "accepted" }))] {
            assert_eq!(answer.header("retry-after"), "1");
            answer.problem(503, "too-many-open-files");
        }
        let batch =
            user.post("/api/v1/sessions/batch", json!({ "action": "delete", "filter": { "status": "pending" } }));
        assert_eq!(batch.status(200).json()["items"][0]["problem"]["type"], "/problems/too-many-open-files");
        steps.plan::<&str>(&[]);
        let session = user.json(&file.path());
        assert_eq!((&session["status"], &session["compliant"]), (&json!("pending"), &json!(true)));
    }
    // What comes free in time is waited for.
    steps.plan(&["[openat]EMFILE@1", "[openat]EMFILE@3", "[openat]ENFILE@4"]);
    user.patch(&file.path(), json!({ "status": "accepted" })).status(200);
    assert!(steps.calls().len() > 4);
    assert_eq!(fs::read(site.path(CONTACT, &id(1))).unwrap(), file.status("accepted").bytes());
}
