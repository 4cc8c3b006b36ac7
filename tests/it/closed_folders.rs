//! Folders and files that may not be read, from the start or from some moment on: it is said of them, nothing else is
//! taken away, and no session is taken for one that is gone.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use crate::ordinary_user::{OrdinaryUser, mode};
use crate::spawn::*;

/// Until what is on disk is seen, on a machine with much to do.
const SOON: Duration = Duration::from_secs(15);

#[test]
fn one_closed_app_hides_no_other() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2))]);
    mode(&site.root().join(TASKS), 0o600);
    let user = OrdinaryUser::of(&site);
    user.give(&site.root());
    let (server, secret) = user.serve();
    let operator = server.caller(&secret);
    assert_eq!(operator.ids("/api/v1/apps"), [CONTACT]);
    assert_eq!(operator.ids("/api/v1/sessions"), [id(1)]);
    operator.get(&session_path(TASKS, &id(2))).problem(404, "not-found");
}

#[test]
fn an_unreadable_file_is_listed_with_its_problem() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)), session(TASKS, &id(3))]);
    let path = site.path(CONTACT, &id(1));
    mode(&path, 0o000);
    mode(&site.root().join(TASKS), 0o000);
    let user = OrdinaryUser::of(&site);
    user.give(&site.root());
    let (server, secret) = user.serve();
    let operator = server.caller(&secret);
    let session = operator.json(&session_path(CONTACT, &id(1)));
    assert_eq!((&session["status"], &session["problems"][0]["code"]), (&Value::Null, &json!(2)), "{session}");
    assert_eq!(operator.json(&format!("/api/v1/sessions?app={CONTACT}"))["total"], 2);
    let answer = operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" }));
    answer.problem(409, "not-writable");
    operator.get("/api/v1/apps").status(200);
    mode(&site.root().join(TASKS), 0o755);
    mode(&path, 0o644);
    operator.refresh();
    assert_eq!(operator.json("/api/v1/sessions?compliant=true")["total"], 3);
}

#[test]
fn a_closed_folder_is_unavailable_until_it_opens() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2))]);
    let user = OrdinaryUser::of(&site);
    user.give(&site.root());
    let (server, secret) = user.serve();
    let operator = server.caller(&secret);
    let stream = operator.request("GET", "/api/v1/events").listen();
    assert_eq!(operator.json("/api/v1/sessions")["total"], 2);
    // It is there, and can be asked which folder it is, but not what is in it.
    mode(&site.root(), 0o000);
    until(SOON, "said to be away", || operator.get("/api/v1/sessions").status == 503);
    operator.get("/api/v1/sessions").problem(503, "folder-unavailable");
    operator.get(&session_path(CONTACT, &id(1))).problem(503, "folder-unavailable");
    operator.post("/api/v1/refresh", json!({})).problem(503, "folder-unavailable");
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" })).problem(503, "folder-unavailable");
    operator.post("/api/v1/changes/any/undo", json!({})).problem(503, "folder-unavailable");
    operator.get("/readyz").status(503);
    mode(&site.root(), 0o755);
    until(SOON, "said to be back", || operator.get("/api/v1/sessions").status == 200);
    assert_eq!(operator.ids("/api/v1/sessions?sort=app"), [id(1), id(2)]);
    operator.get("/readyz").status(200);
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" })).status(200);
    let told: Vec<_> = std::iter::from_fn(|| Some(stream.next())).take(3).map(|told| told.kind).collect();
    assert_eq!(told, ["folder.unavailable", "folder.available", "session.changed"], "and nothing else was said");
}

#[test]
fn a_closed_app_keeps_its_sessions_as_unreadable() {
    let files = [(CONTACT, 1, "pending"), (CONTACT, 2, "accepted"), (TASKS, 3, "accepted")];
    let site = Site::with(&files.map(|(app, n, status)| session(app, &id(n)).status(status)));
    let user = OrdinaryUser::of(&site);
    user.give(&site.root());
    let (server, secret) = user.serve();
    let operator = server.caller(&secret);
    let stream = operator.request("GET", "/api/v1/events").listen();
    let before = operator.json("/api/v1/sessions?sort=id");
    let closed: PathBuf = site.root().join(CONTACT);
    let first = session_path(CONTACT, &id(1));

    for stops in [false, true] {
        mode(&closed, 0o000);
        let operator = server.caller(&secret);
        until(SOON, "unreadable", || operator.json("/api/v1/sessions?compliant=false")["total"] == 2);
        let list = operator.json("/api/v1/sessions?sort=id");
        let facts = |item: &Value| json!([item["status"], item["problems"][0]["code"]]);
        let seen: Vec<Value> = list["items"].as_array().unwrap().iter().map(facts).collect();
        assert_eq!(seen, [json!([null, 2]), json!([null, 2]), json!(["accepted", null])], "{list}");
        operator.get("/readyz").status(200);
        let detail = operator.json(&first);
        assert_eq!((&detail["status"], &detail["document"]), (&Value::Null, &Value::Null), "{detail}");
        operator.patch(&first, json!({ "status": "accepted" })).problem(409, "not-writable");
        operator.delete(&first).problem(409, "not-writable");
        operator.patch(&session_path(TASKS, &id(3)), json!({ "email": format!("{stops}@x.yz") })).status(200);
        mode(&closed, 0o755);
        until(SOON, "readable", || operator.json("/api/v1/sessions?compliant=false")["total"] == 0);
    }
    let again = operator.json("/api/v1/sessions?sort=id");
    for n in 0..2 {
        assert_eq!(again["items"][n], before["items"][n], "by when it was first seen, and since when it waits, too");
    }
    for told in stream.so_far() {
        assert_eq!(told.kind, "session.changed", "none was told to be gone, or to be new: {told:?}");
    }
}

#[test]
fn a_closed_app_loses_no_session_at_a_restart() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(TASKS, &id(2))]);
    let user = OrdinaryUser::of(&site);
    user.give(&site.root());
    let (server, secret) = user.serve();
    let before = server.caller(&secret).json(&session_path(CONTACT, &id(1)));
    assert_eq!(server.stop(), Some(0));
    mode(&site.root().join(CONTACT), 0o000);
    let server = user.serve_again();
    let operator = server.caller(&secret);
    let stream = operator.request("GET", "/api/v1/events").header("last-event-id", "0").listen();
    assert_eq!(operator.ids("/api/v1/sessions"), [id(2)]);
    mode(&site.root().join(CONTACT), 0o755);
    until(SOON, "readable", || operator.json("/api/v1/sessions")["total"] == 2);
    let now = operator.json(&session_path(CONTACT, &id(1)));
    for field in ["first_seen_at", "pending_since"] {
        assert_eq!(now[field], before[field], "{field}");
    }
    operator.patch(&session_path(TASKS, &id(2)), json!({ "email": "at@the.end" })).status(200);
    let told = stream.next();
    assert_eq!((told.kind.as_str(), &told.data["id"]), ("session.changed", &json!(id(2))), "nothing else was said");
}
