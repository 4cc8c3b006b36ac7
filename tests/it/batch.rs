//! Batches: the same for many sessions, one in place of another, retries, and running on alone.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::spawn::*;

const BATCH: &str = "/api/v1/sessions/batch";
const SOON: Duration = Duration::from_secs(20);

fn item(app: &str, n: u32) -> Value {
    json!({ "app": app, "id": id(n) })
}

#[track_caller]
fn run(user: &impl User, body: Value) -> Value {
    let result = user.post(BATCH, body).status(200).json();
    let keys: Vec<&str> = result.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["state", "total", "changed", "unchanged", "failed", "dry_run", "change_id", "items"]);
    let sum = ["changed", "unchanged", "failed"].iter().map(|key| result[*key].as_u64().unwrap()).sum::<u64>();
    assert_eq!(result["total"], sum);
    assert_eq!(result["items"].as_array().unwrap().len() as u64, sum);
    result
}

/// The outcomes of a result, in its order; a failed one with its problem's code.
fn outcomes(result: &Value) -> Vec<String> {
    let items = result["items"].as_array().unwrap();
    let one = |item: &Value| {
        let outcome = item["outcome"].as_str().unwrap().to_owned();
        match item["problem"]["type"].as_str() {
            Some(kind) => format!("{outcome} {}", kind.strip_prefix("/problems/").unwrap()),
            None => {
                assert_eq!(item["problem"], Value::Null);
                outcome
            }
        }
    };
    items.iter().map(one).collect()
}

fn status(user: &impl User, app: &str, n: u32) -> String {
    user.json(&session_path(app, &id(n)))["status"].as_str().unwrap().to_owned()
}

fn pending(app: &str, numbers: std::ops::RangeInclusive<u32>) -> Vec<SessionFile> {
    numbers.map(|n| session(app, &id(n)).status("pending")).collect()
}

#[test]
fn a_batch_sets_the_status_of_named_sessions() {
    let mut files = pending(CONTACT, 1..=3);
    files.push(session(TASKS, &id(4)));
    let site = Site::with(&files);
    site.write(TASKS, &id(5), b"[]");
    age(&site.path(TASKS, &id(5)), 100);
    let server = site.serve();
    let operator = server.operator();
    let untouched = snapshot(&site.path(CONTACT, &id(3)));
    let result = run(
        &operator,
        json!({
            "action": "set_status", "status": "accepted", "reason": "all known",
            "sessions": [item(CONTACT, 1), item(TASKS, 4), item(CONTACT, 99), item(TASKS, 5), item(CONTACT, 2),
                         item("com.none", 1)],
        }),
    );
    let expected = ["changed", "unchanged", "failed not-found", "failed not-an-object", "changed", "failed not-found"];
    assert_eq!(outcomes(&result), expected);
    assert_eq!((&result["total"], &result["changed"], &result["dry_run"]), (&json!(6), &json!(2), &json!(false)));
    assert_eq!((&result["items"][0]["app"], &result["items"][0]["id"]), (&json!(CONTACT), &json!(id(1))));
    assert_unchanged(&untouched, &snapshot(&site.path(CONTACT, &id(3))));
    // Its entries share the batch's id.
    let batch_id = result["change_id"].as_str().unwrap();
    let entries = operator.json("/api/v1/changes");
    assert_eq!(entries["total"], 2);
    for entry in entries["items"].as_array().unwrap() {
        assert_eq!((&entry["batch_id"], &entry["reason"]), (&json!(batch_id), &json!("all known")));
    }
    assert_eq!(status(&operator, CONTACT, 1), "accepted");
}

#[test]
fn an_email_is_set_and_sessions_are_deleted() {
    let site = Site::with(&pending(CONTACT, 1..=3));
    let server = site.serve();
    let operator = server.operator();
    let body =
        json!({ "action": "set_email", "email": "ann@corp.example", "sessions": [item(CONTACT, 1), item(CONTACT, 2)] });
    assert_eq!(outcomes(&run(&operator, body.clone())), ["changed", "changed"]);
    let again = run(&operator, body);
    assert_eq!(outcomes(&again), ["unchanged", "unchanged"]);
    assert_eq!(again["change_id"], Value::Null);
    let result = run(&operator, json!({ "action": "delete", "sessions": [item(CONTACT, 1), item(CONTACT, 3)] }));
    assert_eq!(outcomes(&result), ["changed", "changed"]);
    assert_eq!(names(&site.root().join(CONTACT)), [id(2)]);
}

#[test]
fn a_filter_takes_all_that_a_list_would_show() {
    let mut files = pending(CONTACT, 1..=60);
    files.extend(pending(TASKS, 61..=65));
    files.push(session(CONTACT, &id(70)));
    let site = Site::with(&files);
    let server = site.serve();
    let operator = server.operator();
    let filter = json!({ "status": "pending", "app": CONTACT, "q": "iphone", "compliant": true });
    let result = run(&operator, json!({ "action": "set_status", "status": "accepted", "filter": filter }));
    assert_eq!((&result["total"], &result["changed"]), (&json!(60), &json!(60)));
    assert_eq!(operator.json("/api/v1/sessions?status=pending")["total"], 5);
    let nothing = run(&operator, json!({ "action": "delete", "filter": { "q": "nobody" } }));
    assert_eq!((&nothing["total"], &nothing["change_id"]), (&json!(0), &Value::Null));
    let result = run(&operator, json!({ "action": "delete", "filter": {}, "all": true }));
    assert_eq!(result["changed"], 66, "all of them, where that is said");
}

#[test]
fn each_item_is_held_to_its_etag() {
    let site = Site::with(&pending(CONTACT, 1..=4));
    let server = site.serve();
    let operator = server.operator();
    let (one, two, three) =
        (operator.etag(CONTACT, &id(1)), operator.etag(CONTACT, &id(2)), operator.etag(CONTACT, &id(3)));
    site.put(&session(CONTACT, &id(2)).status("pending").email("from4d@corp.example"));
    let bytes = three.trim_matches('"').split('-').next().unwrap();
    let result = run(
        &operator,
        json!({
            "action": "set_status", "status": "accepted",
            "sessions": [
                { "app": CONTACT, "id": id(1), "etag": one },
                { "app": CONTACT, "id": id(2), "etag": two },
                { "app": CONTACT, "id": id(3), "etag": format!("\"{bytes}-anything\"") },
                { "app": CONTACT, "id": id(4), "etag": null },
            ],
        }),
    );
    assert_eq!(outcomes(&result), ["changed", "failed precondition-failed", "changed", "changed"]);
    assert_eq!(status(&operator, CONTACT, 2), "pending");
    let result =
        run(&operator, json!({ "action": "delete", "sessions": [{ "app": CONTACT, "id": id(1), "etag": one }] }));
    assert_eq!(outcomes(&result), ["failed precondition-failed"]);
}

#[test]
fn a_dry_run_tells_what_would_be_and_writes_nothing() {
    let mut files = pending(CONTACT, 1..=2);
    files.push(session(CONTACT, &id(3)));
    let site = Site::with(&files);
    let server = site.serve();
    let operator = server.operator();
    let before = snapshot(&site.root());
    let sessions = json!([item(CONTACT, 1), item(CONTACT, 3), item(CONTACT, 9)]);
    let pair = json!([{ "app": CONTACT, "id": id(1), "replaces": item(CONTACT, 3) }]);
    for (mut body, expected) in [
        (
            json!({ "action": "set_status", "status": "accepted", "sessions": sessions }),
            vec!["changed", "unchanged", "failed not-found"],
        ),
        (
            json!({ "action": "set_email", "email": "a@corp.example", "sessions": sessions }),
            vec!["changed", "changed", "failed not-found"],
        ),
        (json!({ "action": "delete", "sessions": sessions }), vec!["changed", "changed", "failed not-found"]),
        (json!({ "action": "delete", "filter": {}, "all": true }), vec!["changed", "changed", "changed"]),
        (json!({ "action": "replace", "sessions": pair }), vec!["changed"]),
    ] {
        body["dry_run"] = json!(true);
        let result = run(&operator, body);
        assert_eq!(outcomes(&result), expected);
        assert_eq!((&result["dry_run"], &result["change_id"]), (&json!(true), &Value::Null));
    }
    assert_unchanged(&before, &snapshot(&site.root()));
    assert_eq!(operator.json("/api/v1/changes")["total"], 0);
    assert_eq!(operator.json("/api/v1/push")["unpushed"], 0);
}

#[test]
fn a_session_that_is_named_twice_is_changed_once() {
    let site = Site::with(&pending(CONTACT, 1..=2));
    let server = site.serve();
    let operator = server.operator();
    let sessions = json!([item(CONTACT, 1), item(CONTACT, 2), item(CONTACT, 1), item(CONTACT, 9), item(CONTACT, 9)]);
    let body = json!({ "action": "set_status", "status": "accepted", "sessions": sessions });
    let expected = ["changed", "changed", "unchanged", "failed not-found", "failed not-found"];
    assert_eq!(outcomes(&run(&operator, body)), expected);
    assert_eq!(operator.json("/api/v1/changes")["total"], 2);
    let result = run(&operator, json!({ "action": "delete", "sessions": [item(CONTACT, 1), item(CONTACT, 1)] }));
    assert_eq!(result["changed"], 1, "{result}");
    assert_eq!(operator.json("/api/v1/changes?action=delete")["total"], 1);
}

#[test]
fn names_that_no_session_has_fail_and_harm_nothing() {
    let site = Site::with(&pending(CONTACT, 1..=1));
    site.write(CONTACT, "manifest.json", b"{}");
    std::fs::write(site.temp().join("outside"), b"{\"status\":\"pending\"}").unwrap();
    std::fs::write(site.root().join("key.mobileapp"), b"{\"status\":\"pending\"}").unwrap();
    let server = site.serve();
    let before = snapshot(site.temp());
    let names = [
        ("..", "outside"),
        (CONTACT, "../outside"),
        (CONTACT, ".."),
        (CONTACT, "."),
        (CONTACT, ""),
        ("", &id(1)),
        (CONTACT, "manifest.json"),
        (".", "key.mobileapp"),
        (CONTACT, "a\0b"),
        (CONTACT, "/etc/passwd"),
        ("C:", &id(1)),
        (CONTACT, "CON"),
        (CONTACT, &"a".repeat(300)),
        ("a/b", &id(1)),
        (CONTACT, "../../outside"),
        ("\u{202e}", "abc"),
    ];
    let sessions: Vec<Value> = names.iter().map(|(app, id)| json!({ "app": app, "id": id })).collect();
    for action in [json!({ "action": "delete" }), json!({ "action": "set_status", "status": "accepted" })] {
        let mut body = action;
        body["sessions"] = json!(sessions);
        let result = run(&server.operator(), body);
        assert!(outcomes(&result).iter().all(|outcome| outcome == "failed not-found"), "{result}");
        assert_eq!(result["items"][1]["id"], "../outside", "as it was named");
    }
    let inside = |all: &std::collections::BTreeMap<std::path::PathBuf, Seen>| {
        all.iter().filter(|(path, _)| !path.starts_with(site.data())).map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    assert_unchanged(&inside(&before), &inside(&snapshot(site.temp())));
}

#[test]
fn replace_accepts_the_one_and_then_deletes_the_other() {
    let mut files = pending(CONTACT, 1..=5);
    files.extend([session(CONTACT, &id(11)), session(TASKS, &id(12))]);
    let site = Site::with(&files);
    let server = site.serve();
    let operator = server.operator();
    let stale = operator.etag(CONTACT, &id(11));
    let pair = |n: u32, app: &str, other: u32| json!({ "app": CONTACT, "id": id(n), "replaces": item(app, other) });
    let mut held = pair(1, CONTACT, 11);
    held["replaces"]["etag"] = json!(operator.etag(CONTACT, &id(11)));
    let result = run(
        &operator,
        json!({ "action": "replace", "sessions": [held, pair(2, TASKS, 12), pair(3, CONTACT, 99), pair(98, CONTACT, 5), pair(4, CONTACT, 4)] }),
    );
    let found = outcomes(&result);
    assert_eq!(found[..4], ["changed", "changed", "failed not-found", "failed not-found"]);
    assert!(found[4].starts_with("failed"), "a session cannot replace itself: {result}");
    for (n, expected) in [(1, "accepted"), (2, "accepted"), (3, "pending"), (4, "pending"), (5, "pending")] {
        assert_eq!(status(&operator, CONTACT, n), expected, "session {n}");
    }
    assert!(!site.path(CONTACT, &id(11)).exists() && !site.path(TASKS, &id(12)).exists());
    // What is to be deleted has changed since: nothing is accepted in its place.
    site.put(&session(CONTACT, &id(11)).email("from4d@corp.example"));
    let mut held = pair(5, CONTACT, 11);
    held["replaces"]["etag"] = json!(stale);
    let again = run(&operator, json!({ "action": "replace", "sessions": [held] }));
    assert_eq!(outcomes(&again), ["failed precondition-failed"]);
    assert_eq!(status(&operator, CONTACT, 5), "pending");
    // All of it is undone by its id.
    std::fs::remove_file(site.path(CONTACT, &id(11))).unwrap();
    let undone = operator.post(&format!("/api/v1/changes/{}/undo", result["change_id"].as_str().unwrap()), json!({}));
    assert_eq!(undone.status(200).json()["changed"], 4);
    assert_eq!(status(&operator, CONTACT, 1), "pending");
    assert_eq!(site.read(CONTACT, &id(11)), session(CONTACT, &id(11)).bytes());
    assert_eq!(site.read(TASKS, &id(12)), session(TASKS, &id(12)).bytes());
}

#[test]
fn what_is_not_acceptable_is_422_and_names_it() {
    let site = Site::with(&pending(CONTACT, 1..=2));
    let server = site.serve();
    let operator = server.operator();
    let before = snapshot(&site.root());
    let sessions = json!([item(CONTACT, 1)]);
    for (body, pointer) in [
        (json!({ "action": "delete", "sessions": sessions, "filter": {} }), "/filter"),
        (json!({ "action": "delete" }), "/sessions"),
        (json!({ "sessions": sessions }), "/action"),
        (json!({ "action": "drop", "sessions": sessions }), "/action"),
        (json!({ "action": 1, "sessions": sessions }), "/action"),
        (json!({ "action": "set_status", "sessions": sessions }), "/status"),
        (json!({ "action": "set_status", "status": "other", "sessions": sessions }), "/status"),
        (json!({ "action": "set_email", "sessions": sessions }), "/email"),
        (json!({ "action": "set_email", "email": null, "sessions": sessions }), "/email"),
        (json!({ "action": "delete", "status": "accepted", "sessions": sessions }), "/status"),
        (json!({ "action": "delete", "sessions": sessions, "colour": "red" }), "/colour"),
        (json!({ "action": "delete", "sessions": sessions, "reason": "x".repeat(501) }), "/reason"),
        (json!({ "action": "delete", "sessions": sessions, "dry_run": "yes" }), "/dry_run"),
        (json!({ "action": "delete", "sessions": {} }), "/sessions"),
        (json!({ "action": "delete", "sessions": [5] }), "/sessions/0"),
        (json!({ "action": "delete", "sessions": [item(CONTACT, 1), { "app": CONTACT }] }), "/sessions/1/id"),
        (json!({ "action": "delete", "sessions": [{ "app": 5, "id": id(1) }] }), "/sessions/0/app"),
        (json!({ "action": "delete", "sessions": [{ "app": CONTACT, "id": id(1), "tag": "x" }] }), "/sessions/0/tag"),
        (json!({ "action": "delete", "sessions": [{ "app": CONTACT, "id": id(1), "etag": 5 }] }), "/sessions/0/etag"),
        (
            json!({ "action": "delete", "sessions": [{ "app": CONTACT, "id": id(1), "replaces": item(CONTACT, 2) }] }),
            "/sessions/0/replaces",
        ),
        (json!({ "action": "replace", "sessions": [item(CONTACT, 1)] }), "/sessions/0/replaces"),
        (
            json!({ "action": "replace", "sessions": [{ "app": CONTACT, "id": id(1), "replaces": { "app": CONTACT } }] }),
            "/sessions/0/replaces/id",
        ),
        (
            json!({ "action": "replace", "sessions": [{ "app": CONTACT, "id": id(1), "replaces": { "app": CONTACT, "id": id(2), "x": 1 } }] }),
            "/sessions/0/replaces/x",
        ),
        (json!({ "action": "replace", "filter": {} }), "/sessions"),
        (json!({ "action": "delete", "filter": [] }), "/filter"),
        (json!({ "action": "delete", "filter": { "colour": "red" } }), "/filter/colour"),
        (json!({ "action": "delete", "filter": { "status": "none" } }), "/filter/status"),
        (json!({ "action": "delete", "filter": { "sort": "id" } }), "/filter/sort"),
        (json!({ "action": "delete", "filter": { "limit": 5 } }), "/filter/limit"),
        (json!({ "action": "delete", "filter": { "cursor": "x" } }), "/filter/cursor"),
    ] {
        operator.post(BATCH, body).problem_at(422, "invalid-value", pointer);
    }
    operator
        .request("POST", BATCH)
        .body("{}")
        .header("content-type", "text/plain")
        .send()
        .problem(415, "unsupported-media-type");
    operator.request("POST", BATCH).json(json!({})).body("{").send().problem(400, "malformed-body");
    operator.post(&format!("{BATCH}?x=1"), json!({})).problem_at(400, "invalid-query", "/x");
    assert_unchanged(&before, &snapshot(&site.root()));
}

#[test]
fn what_an_unset_variable_leaves_empty_selects_nothing() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2)).email("")]);
    let server = site.serve();
    let operator = server.operator();
    let before = snapshot(&site.root());
    let refused = |mut body: Value, pointer: &str| {
        body["action"] = json!("delete");
        let answer = operator.post(BATCH, body.clone());
        answer.problem_at(422, "invalid-value", pointer);
        answer.json()["detail"].as_str().unwrap().to_owned()
    };
    for (filter, pointer) in [
        (json!({}), "/filter"),
        (json!({ "app": null }), "/filter/app"),
        (json!({ "app": "" }), "/filter/app"),
        (json!({ "app": " " }), "/filter/app"),
        (json!({ "q": "" }), "/filter/q"),
        (json!({ "device_id": "", "os": "" }), "/filter/device_id"),
        (json!({ "status": "accepted", "app": "" }), "/filter/app"),
        (json!({ "status": null, "app": null, "compliant": null, "modified_before": null }), "/filter/status"),
        (json!({ "app": [] }), "/filter/app"),
        (json!({ "modified_before": "" }), "/filter/modified_before"),
    ] {
        for all in [Value::Null, json!(false)] {
            let detail = refused(json!({ "filter": filter, "all": all }), pointer);
            assert!(detail.contains("\"all\": true"), "{detail}");
        }
        refused(json!({ "filter": filter, "dry_run": true }), pointer);
    }
    let sessions = json!([{ "app": CONTACT, "id": id(1) }]);
    for (body, pointer) in [
        (json!({ "filter": null }), "/filter"),
        (json!({ "filter": null, "all": true }), "/filter"),
        (json!({ "filter": "" }), "/filter"),
        (json!({ "all": true }), "/sessions"),
        (json!({ "sessions": null, "all": true }), "/sessions"),
        (json!({ "sessions": null }), "/sessions"),
        (json!({ "sessions": sessions, "filter": null }), "/filter"),
        (json!({ "sessions": null, "filter": { "app": CONTACT } }), "/filter"),
        (json!({ "sessions": sessions, "all": true }), "/all"),
        (json!({ "sessions": sessions, "if_total": 1 }), "/if_total"),
        (json!({ "filter": { "app": CONTACT }, "if_total": null }), "/if_total"),
        (json!({ "filter": { "app": CONTACT }, "if_total": "1" }), "/if_total"),
        (json!({ "filter": { "app": CONTACT }, "if_total": -1 }), "/if_total"),
        (json!({ "filter": { "app": CONTACT }, "if_total": 1.5 }), "/if_total"),
    ] {
        refused(body, pointer);
    }
    // A list of none is none, not all.
    assert_eq!(run(&operator, json!({ "action": "delete", "sessions": [] }))["total"], 0);
    assert_unchanged(&before, &snapshot(&site.root()));
    // One value that is none is no condition, beside another that is one; and guests have the empty e-mail.
    for (filter, total) in [(json!({ "app": CONTACT, "status": null }), 1), (json!({ "email": "" }), 2)] {
        assert_eq!(run(&operator, json!({ "action": "delete", "filter": filter, "dry_run": true }))["total"], total);
    }
    // Where all is said, all is meant.
    for filter in [json!({}), json!({ "app": null, "status": null })] {
        let body = json!({ "action": "delete", "filter": filter, "all": true, "dry_run": true });
        assert_eq!(run(&operator, body)["changed"], 2);
    }
}

#[test]
fn another_number_of_sessions_than_expected_is_left_alone() {
    let site = Site::with(&pending(CONTACT, 1..=5));
    let server = site.serve();
    let operator = server.operator();
    let body = |total: f64| json!({ "action": "set_status", "status": "accepted", "filter": { "status": "pending" }, "if_total": total });
    let before = snapshot(&site.root());
    for total in [0.0, 4.0, 6.0] {
        for prefer in ["", "respond-async"] {
            let answer = operator.request("POST", BATCH).header("prefer", prefer).json(body(total)).send();
            let problem = answer.problem(409, "total-differs");
            let detail = problem["detail"].as_str().unwrap();
            assert!(detail.starts_with(&format!("5 sessions match, not {total}")), "{detail}");
        }
        let mut dry = body(total);
        dry["dry_run"] = json!(true);
        operator.post(BATCH, dry).problem(409, "total-differs");
    }
    assert_unchanged(&before, &snapshot(&site.root()));
    assert_eq!(run(&operator, body(5.0))["changed"], 5);
    assert_eq!(run(&operator, body(0.0))["total"], 0, "none is a number as well");
}

#[test]
fn ten_thousand_sessions_are_taken_and_no_more() {
    let site = Site::with(&pending(CONTACT, 1..=1));
    let server = site.serve();
    let operator = server.operator();
    let body = |count: u32| {
        let sessions: Vec<Value> = (0..count).map(|n| item(CONTACT, n + 1)).collect();
        json!({ "action": "set_status", "status": "accepted", "sessions": sessions, "dry_run": true })
    };
    operator.post(BATCH, body(10_001)).problem_at(422, "invalid-value", "/sessions");
    let result = run(&operator, body(10_000));
    assert_eq!((&result["total"], &result["changed"], &result["failed"]), (&json!(10_000), &json!(1), &json!(9_999)));
}

#[test]
fn a_batch_can_run_without_its_client() {
    let site = Site::with(&pending(CONTACT, 1..=30));
    let server = site.serve();
    let operator = server.operator();
    let body = json!({ "action": "set_status", "status": "accepted", "filter": { "status": "pending" } });
    let answer = operator
        .request("POST", BATCH)
        .header("prefer", "handling=strict, Respond-Async ; wait=10")
        .json(body)
        .send()
        .status(202);
    let location = answer.header("location").to_owned();
    assert!(location.starts_with("/api/v1/batches/"), "{answer:?}");
    let mut last = Value::Null;
    until(SOON, "the batch is done", || {
        last = operator.json(&location);
        assert!(last["state"] == "done" || last["state"] == "running" && last["result"].is_null(), "{last}");
        last["state"] == "done"
    });
    assert_eq!((&last["total"], &last["done"]), (&json!(30), &json!(30)));
    assert_eq!((&last["result"]["changed"], &last["result"]["dry_run"]), (&json!(30), &json!(false)));
    assert_eq!(operator.json("/api/v1/sessions?status=accepted")["total"], 30);
    server.viewer().get(&location).problem(404, "not-found");
    operator.get("/api/v1/batches/none").problem(404, "not-found");
    // What is wrong with it is told at once.
    let wrong = operator.request("POST", BATCH).header("prefer", "respond-async").json(json!({ "action": "x" }));
    wrong.send().problem_at(422, "invalid-value", "/action");
    // Its result is kept over a restart.
    drop(server);
    let server = site.serve();
    let owner = server.owner();
    assert_eq!(owner.json(&location)["result"], last["result"]);
}

#[test]
fn a_retry_with_the_same_key_gets_the_first_answer() {
    let site = Site::with(&pending(CONTACT, 1..=3));
    let server = site.serve();
    let operator = server.operator();
    let send = |user: &Token<'_>, key: &str, body: &Value| {
        user.request("POST", BATCH).header("idempotency-key", key).json(body.clone()).send()
    };
    let body =
        json!({ "action": "set_status", "status": "accepted", "sessions": [item(CONTACT, 1), item(CONTACT, 9)] });
    let first = send(&operator, "key-1", &body).status(200);
    assert_eq!(first.json()["changed"], 1);
    // 4D, or somebody, changes it back: a retry still does nothing.
    site.put(&session(CONTACT, &id(1)).status("pending"));
    for _ in 0..2 {
        let retry = send(&operator, "key-1", &body).status(200);
        assert_eq!(retry.body, first.body, "byte for byte");
    }
    assert_eq!(status(&operator, CONTACT, 1), "pending");
    let other = json!({ "action": "delete", "sessions": [item(CONTACT, 1)] });
    send(&operator, "key-1", &other).problem(422, "idempotency-mismatch");
    assert_eq!(send(&operator, "key-2", &body).status(200).json()["changed"], 1, "another key is another request");
    // Another caller's key is another key.
    let owner = server.owner();
    assert_eq!(send(&owner, "key-1", &other).status(200).json()["changed"], 1);
    // A request that was refused as a whole leaves its key free.
    send(&operator, "key-3", &json!({ "action": "x" })).problem(422, "invalid-value");
    let body = json!({ "action": "set_status", "status": "accepted", "sessions": [item(CONTACT, 2)] });
    let first = send(&operator, "key-3", &body).status(200);
    assert_eq!(first.json()["changed"], 1);
    for wrong in [" ", "a b", &"x".repeat(256)] {
        let answer = send(&operator, wrong, &body);
        assert_eq!(answer.status, 400, "{answer:?}");
    }
    // It is kept over a restart.
    let secret = operator.secret.clone();
    drop(server);
    let server = site.serve();
    let request = server.anonymous().request("POST", BATCH).header("authorization", &format!("Bearer {secret}"));
    assert_eq!(request.header("idempotency-key", "key-3").json(body).send().status(200).body, first.body);
}

#[test]
fn retries_at_the_same_time_are_one_batch() {
    let site = Site::with(&pending(CONTACT, 1..=40));
    let server = site.serve();
    let operator = server.operator();
    let body = json!({ "action": "set_status", "status": "accepted", "filter": {}, "all": true });
    let answers = std::thread::scope(|scope| {
        let send = || operator.request("POST", BATCH).header("idempotency-key", "k").json(body.clone()).send();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(send)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    let done: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert!(!done.is_empty() && done.iter().all(|answer| answer.body == done[0].body));
    for running in answers.iter().filter(|answer| answer.status != 200) {
        running.problem(409, "idempotency-running");
    }
    assert_eq!(operator.json("/api/v1/changes")["total"], 40);
}

#[test]
fn a_batch_is_undone_by_its_id_item_by_item() {
    let site = Site::with(&pending(CONTACT, 1..=4));
    let server = site.serve();
    let operator = server.operator();
    let result = run(&operator, json!({ "action": "set_status", "status": "accepted", "filter": {}, "all": true }));
    let batch = result["change_id"].as_str().unwrap();
    assert_eq!(operator.json(&format!("/api/v1/changes?batch={batch}"))["total"], 4);
    site.put(&session(CONTACT, &id(2)).status("banned"));
    let undone = operator.post(&format!("/api/v1/changes/{batch}/undo"), json!({})).status(200).json();
    assert_eq!((&undone["changed"], &undone["failed"]), (&json!(3), &json!(1)));
    let failed = undone["items"].as_array().unwrap().iter().find(|item| item["outcome"] == "failed").unwrap();
    assert_eq!((&failed["id"], &failed["problem"]["status"]), (&json!(id(2)), &json!(409)));
    for n in [1, 3, 4] {
        assert_eq!(site.read(CONTACT, &id(n)), session(CONTACT, &id(n)).status("pending").bytes());
    }
    // And the undo, by its own id.
    let again = operator.post(&format!("/api/v1/changes/{}/undo", undone["change_id"].as_str().unwrap()), json!({}));
    assert_eq!(again.status(200).json()["changed"], 3);
    operator.refresh();
    assert_eq!(operator.json("/api/v1/sessions?status=accepted")["total"], 3);
    // A batch of deletes comes back too.
    let result = run(&operator, json!({ "action": "delete", "filter": {}, "all": true }));
    assert_eq!(names(&site.root().join(CONTACT)), [""; 0]);
    let batch = result["change_id"].as_str().unwrap();
    let undone = operator.post(&format!("/api/v1/changes/{batch}/undo"), json!({})).status(200).json();
    assert_eq!(undone["changed"], 4);
    assert_eq!(operator.json("/api/v1/sessions")["total"], 4);
}

#[test]
fn an_undo_can_run_without_its_client() {
    let site = Site::with(&pending(CONTACT, 1..=200));
    let server = site.serve();
    let operator = server.operator();
    let result = run(&operator, json!({ "action": "set_status", "status": "accepted", "filter": {}, "all": true }));
    let undo = |user: &Token<'_>, id: &Value| {
        let path = format!("/api/v1/changes/{}/undo", id.as_str().unwrap());
        user.request("POST", &path).header("prefer", "respond-async").send()
    };
    let ended = |answer: Answer| {
        let location = answer.status(202).header("location").to_owned();
        let mut last = Value::Null;
        until(SOON, "the undo is done", || {
            last = operator.json(&location);
            last["state"] == "done"
        });
        (location, last)
    };
    let answer = undo(&operator, &result["change_id"]);
    assert_eq!(answer.header("preference-applied"), "respond-async");
    let first = answer.json();
    assert_eq!((&first["state"], &first["total"]), (&json!("running"), &json!(200)), "{first}");
    let (location, last) = ended(answer);
    assert_eq!((&last["total"], &last["done"], &last["result"]["changed"]), (&json!(200), &json!(200), &json!(200)));
    for n in 1..=200 {
        assert_eq!(site.read(CONTACT, &id(n)), session(CONTACT, &id(n)).status("pending").bytes());
    }
    let of = format!("/api/v1/changes?batch={}", last["result"]["change_id"].as_str().unwrap());
    let entries = operator.json(&of);
    assert_eq!(entries["total"], 200);
    assert!(entries["items"].as_array().unwrap().iter().all(|entry| entry["undoes"].is_string()), "{entries}");
    server.viewer().get(&location).problem(404, "not-found");
    // Of one change too, and the undo of it; what there is not is told at once.
    let one = entries["items"][0]["id"].clone();
    let (_, last) = ended(undo(&operator, &one));
    assert_eq!((&last["total"], &last["result"]["changed"]), (&json!(1), &json!(1)), "{last}");
    let (_, last) = ended(undo(&operator, &last["result"]["change_id"]));
    assert_eq!(last["result"]["changed"], 1, "{last}");
    undo(&operator, &json!("none")).problem(404, "not-found");
    undo(&server.viewer(), &one).problem(403, "forbidden");
}

#[test]
fn a_batch_runs_to_its_end_when_the_client_leaves() {
    let site = Site::with(&pending(CONTACT, 1..=200));
    let server = site.serve();
    let operator = server.operator();
    let body = json!({ "action": "set_status", "status": "accepted", "filter": {}, "all": true }).to_string();
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST {BATCH} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        server.address,
        operator.secret,
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    // It has begun; then the connection is gone.
    until(SOON, "the first change", || operator.json("/api/v1/changes?limit=1")["total"] != 0);
    drop(stream);
    until(SOON, "all are accepted", || operator.json("/api/v1/sessions?status=accepted")["total"] == 200);
    let entries = operator.json("/api/v1/changes?limit=500");
    assert_eq!(entries["total"], 200);
    let batch = &entries["items"][0]["batch_id"];
    assert!(batch.is_string() && entries["items"].as_array().unwrap().iter().all(|entry| &entry["batch_id"] == batch));
}
