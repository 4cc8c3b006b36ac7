//! `Idempotency-Key`: every POST and PATCH of the API is made once, however often it is sent; also when the program was
//! killed in the middle.

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::pages::user;
use crate::spawn::*;

const BATCH: &str = "/api/v1/sessions/batch";
const SOON: Duration = Duration::from_secs(60);

fn send(user: &impl User, method: &str, path: &str, key: &str, body: &Value) -> Answer {
    user.request(method, path).header("idempotency-key", key).json(body.clone()).send()
}

#[test]
fn every_post_and_patch_is_made_once() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(CONTACT, &id(2)).status("pending")]);
    let server = site.serve();
    let owner = server.owner();
    let sessions = json!([{ "app": CONTACT, "id": id(2) }]);
    let links = format!("{}/approval-links", session_path(CONTACT, &id(1)));
    let rule = json!({ "name": "r", "enabled": false, "when": {}, "action": "accept" });
    let webhook = json!({ "name": "w", "url": "http://example.org/", "events": ["session.created"] });
    let mut undo = String::new();
    for (n, (method, path, body, status)) in [
        ("POST", links.as_str(), json!({ "expires_in": "1h" }), 201),
        ("PATCH", &session_path(CONTACT, &id(1)), json!({ "email": "a@corp.example" }), 200),
        ("POST", BATCH, json!({ "action": "set_status", "status": "accepted", "sessions": sessions }), 200),
        ("POST", "UNDO", json!({}), 200),
        ("POST", "/api/v1/users", json!({ "name": "u", "role": "viewer", "apps": [], "password": PASSWORD }), 201),
        ("PATCH", "/api/v1/users/u", json!({ "role": "operator" }), 200),
        ("POST", "/api/v1/tokens", json!({ "name": "t", "role": "viewer" }), 201),
        ("POST", "/api/v1/rules", rule, 201),
        ("POST", "/api/v1/rules/preview", json!({ "when": {} }), 200),
        ("POST", "/api/v1/webhooks", webhook, 201),
        ("POST", "/api/v1/sessions/search", json!({ "status": "pending" }), 200),
        ("POST", "/api/v1/refresh", json!({}), 200),
    ]
    .into_iter()
    .enumerate()
    {
        let undo_path = undo.clone();
        let path = if path == "UNDO" { undo_path.as_str() } else { path };
        let key = format!("key-{n}");
        let first = send(&owner, method, path, &key, &body).status(status);
        assert!(!first.has_header("idempotency-replayed"), "{path}");
        if path == BATCH {
            undo = format!("/api/v1/changes/{}/undo", first.json()["change_id"].as_str().unwrap());
        }
        let again = send(&owner, method, path, &key, &body).status(status);
        assert_eq!((&again.body, again.header("idempotency-replayed")), (&first.body, "true"), "{path}");
        for header in ["content-type", "location", "etag", "x-change-id"] {
            assert_eq!(first.has_header(header), again.has_header(header), "{path}: {header}");
        }
        let mut other = body.clone();
        other["another"] = json!(1);
        send(&owner, method, path, &key, &other).problem(422, "idempotency-mismatch");
    }
    assert_eq!(owner.json("/api/v1/changes")["total"], 3, "one e-mail, one status, one undo");
    assert_eq!(owner.json("/api/v1/webhooks")["items"].as_array().unwrap().len(), 1);
    // The same key at another address, or with another method, is another request.
    let other = session_path(CONTACT, &id(2));
    send(&owner, "PATCH", &other, "key-1", &json!({ "email": "a@corp.example" })).problem(422, "idempotency-mismatch");
}

#[test]
fn bodies_are_compared_as_json_values() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let operator = server.operator();
    let send = |body: &str| {
        let request = operator.request("PATCH", &session_path(CONTACT, &id(1))).json(json!({})).body(body);
        request.header("idempotency-key", "k").send()
    };
    let first = send(r#"{"status":"accepted","reason":"é"}"#).status(200);
    let again = send("{ \"reason\": \"\\u00e9\",\n \"status\": \"accepted\" }").status(200);
    assert_eq!((&again.body, again.header("x-change-id")), (&first.body, first.header("x-change-id")));
    assert_eq!(again.header("idempotency-replayed"), "true");
    send(r#"{"status":"accepted","reason":"e"}"#).problem(422, "idempotency-mismatch");
}

#[test]
fn what_failed_is_tried_again_under_the_same_key() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let operator = server.operator();
    let path = session_path(CONTACT, &id(2));
    let body = json!({ "status": "accepted" });
    send(&operator, "PATCH", &path, "k", &body).problem(404, "not-found");
    site.put(&session(CONTACT, &id(2)).status("pending"));
    operator.refresh();
    let made = send(&operator, "PATCH", &path, "k", &body).status(200);
    assert!(made.has_header("x-change-id") && !made.has_header("idempotency-replayed"));
    // Another caller's key is another key; a viewer's request is refused as ever.
    send(&server.viewer(), "PATCH", &path, "k", &body).problem(403, "forbidden");
    send(&server.anonymous(), "PATCH", &path, "k", &body).problem(401, "unauthenticated");
    let owners = send(&server.owner(), "PATCH", &path, "k", &json!({ "status": "pending" })).status(200);
    assert!(owners.has_header("x-change-id"));
    for wrong in ["a b", &"x".repeat(256)] {
        send(&operator, "PATCH", &path, wrong, &body).problem_at(400, "invalid-query", "/Idempotency-Key");
    }
}

#[test]
fn a_replayed_secret_is_nowhere_on_disk() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.owner();
    let links = format!("{}/approval-links", session_path(CONTACT, &id(1)));
    let webhook = json!({ "name": "w", "url": "http://example.org/", "events": ["session.created"] });
    let requests = [
        ("/api/v1/tokens", json!({ "name": "t", "role": "viewer" }), "/secret"),
        ("/api/v1/webhooks", webhook, "/secret"),
        (&links, json!({ "expires_in": "1h" }), "/url"),
    ];
    let key = |n: usize| format!("a-key-as-good-as-a-secret-{n}");
    let post = |user: &Token<'_>, n: usize| send(user, "POST", requests[n].0, &key(n), &requests[n].1).status(201);
    let firsts: Vec<Answer> = (0..requests.len()).map(|n| post(&owner, n)).collect();
    let secret = owner.secret.clone();
    drop(server);
    let server = site.serve();
    let owner = server.caller(&secret);
    let mut secrets = vec!["a-key-as-good-as-a-secret".to_owned()];
    for (n, first) in firsts.iter().enumerate() {
        let again = post(&owner, n);
        assert_eq!((&again.body, again.header("idempotency-replayed")), (&first.body, "true"), "also after a restart");
        let told = again.json().pointer(requests[n].2).unwrap().as_str().unwrap().to_owned();
        // A webhook's secret signs what is sent: it is kept by itself.
        if !told.starts_with("whsec_") {
            secrets.push(told.rsplit('/').next().unwrap().to_owned());
        }
    }
    assert_eq!(secrets.len(), 3);
    drop(server);
    for file in fs::read_dir(site.data()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        let bytes = fs::read(&file).unwrap();
        for secret in &secrets {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} stands in {}", file.display());
        }
    }
}

#[test]
fn a_replay_needs_present_rights() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(TASKS, &id(2))]);
    let server = site.serve();
    let owner = server.owner();
    user(&server, "eve", "owner", &[]);
    // A token has what its maker has.
    let made = user(&server, "olga", "owner", &[]).post("/api/v1/tokens", json!({ "name": "t", "role": "owner" }));
    let olga = server.caller(made.status(201).json()["secret"].as_str().unwrap());
    let path = session_path(TASKS, &id(2));
    let email = json!({ "email": "a@corp.example" });
    let rule = json!({ "name": "r", "enabled": false, "when": { "apps": [TASKS] }, "action": "accept" });
    let own = session_path(CONTACT, &id(1));
    send(&olga, "PATCH", &path, "a", &email).status(200);
    send(&olga, "PATCH", &own, "b", &email).status(200);
    send(&olga, "POST", "/api/v1/rules", "c", &rule).status(201);
    owner.patch("/api/v1/users/olga", json!({ "apps": [CONTACT] })).status(200);
    send(&olga, "PATCH", &path, "a", &email).problem(404, "not-found");
    assert_eq!(send(&olga, "PATCH", &own, "b", &email).status(200).header("idempotency-replayed"), "true");
    send(&olga, "POST", "/api/v1/rules", "c", &rule).problem(403, "replay-withheld");
    owner.patch("/api/v1/users/olga", json!({ "apps": [], "role": "viewer" })).status(200);
    send(&olga, "PATCH", &own, "b", &email).problem(403, "forbidden");
    send(&olga, "POST", "/api/v1/rules", "c", &rule).problem(403, "forbidden");
}

#[test]
fn a_client_that_left_finds_the_answer() {
    let site = Site::with(&(0..200).map(|n| session(CONTACT, &id(n)).status("pending")).collect::<Vec<_>>());
    let server = site.serve();
    let operator = server.operator();
    let body = json!({ "action": "set_status", "status": "accepted", "filter": { "status": "pending" } });
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let text = body.to_string();
    let head = format!(
        "POST {BATCH} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nIdempotency-Key: k\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{text}",
        server.address,
        operator.secret,
        text.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    until(SOON, "the first change", || operator.json("/api/v1/changes?limit=1")["total"] != 0);
    drop(stream);
    let mut answer = None;
    until(SOON, "the answer", || {
        let again = send(&operator, "POST", BATCH, "k", &body);
        answer = Some(again.clone()).filter(|again| again.status == 200);
        answer.is_some() || again.status != 409
    });
    let answer = answer.expect("an answer");
    assert_eq!((&answer.json()["changed"], answer.header("idempotency-replayed")), (&json!(200), "true"));
    assert_eq!(operator.json("/api/v1/changes?limit=1")["total"], 200);
}

const MANY: u32 = 1_500;

fn many() -> Site {
    Site::with(&(0..MANY).map(|n| session(CONTACT, &id(n)).status("pending")).collect::<Vec<_>>())
}

/// Kills the program in this request, once `begun` holds; what the same request is answered after a restart, and how
/// many changes there were by then.
fn killed_in(site: &Site, path: &str, body: &Value, asynchronous: bool, begun: impl FnMut() -> bool) -> (Value, u64) {
    let server = site.serve();
    let secret = server.operator().secret.clone();
    let text = body.to_string();
    let prefer = if asynchronous { "Prefer: respond-async\r\n" } else { "" };
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {secret}\r\nIdempotency-Key: k\r\n{prefer}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{text}",
        server.address,
        text.len()
    );
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    until(SOON, "it begins", begun);
    server.kill();
    drop(server);

    let server = site.serve();
    let operator = server.caller(&secret);
    let before = operator.json("/api/v1/changes?limit=1")["total"].as_u64().unwrap();
    let request = operator.request("POST", path).header("idempotency-key", "k").json(body.clone());
    if !asynchronous {
        return (request.send().status(200).json(), before);
    }
    let location = request.header("prefer", "respond-async").send().status(202).header("location").to_owned();
    let mut state = Value::Null;
    until(SOON, "the batch ends", || {
        state = operator.json(&location);
        state["state"] == "done"
    });
    assert_eq!(state["interrupted"], false);
    (state["result"].clone(), before)
}

/// That a batch went on: every session is told as changed, each by one entry of the batch.
fn check_whole(site: &Site, result: &Value, before: u64) {
    assert!(0 < before && before < u64::from(MANY), "{before}");
    assert_eq!((&result["total"], &result["changed"], &result["failed"]), (&json!(MANY), &json!(MANY), &json!(0)));
    let server = site.serve();
    let operator = server.operator();
    let batch = result["change_id"].as_str().unwrap();
    assert_eq!(operator.json(&format!("/api/v1/changes?batch_id={batch}&limit=1"))["total"], MANY);
    assert_eq!(operator.json("/api/v1/changes?limit=1")["total"], MANY);
    let undone = operator.post(&format!("/api/v1/changes/{batch}/undo"), json!({})).status(200).json();
    assert_eq!((&undone["changed"], &undone["failed"]), (&json!(MANY), &json!(0)));
    for n in 0..MANY {
        assert_eq!(site.read(CONTACT, &id(n)), session(CONTACT, &id(n)).status("pending").bytes());
    }
}

#[test]
fn deletes_that_were_cut_off_go_on_under_their_key() {
    let site = many();
    let sessions: Vec<Value> = (0..MANY).map(|n| json!({ "app": CONTACT, "id": id(n) })).collect();
    let body = json!({ "action": "delete", "sessions": sessions });
    let begun = || !site.path(CONTACT, &id(0)).exists();
    let (result, before) = killed_in(&site, BATCH, &body, false, begun);
    assert_eq!(names(&site.root().join(CONTACT)), [""; 0]);
    check_whole(&site, &result, before);
}

#[test]
fn an_interrupted_batch_continues_with_its_selection() {
    for asynchronous in [false, true] {
        let site = many();
        let filter = json!({ "status": "pending" });
        let body = json!({ "action": "set_status", "status": "accepted", "filter": filter, "if_total": MANY });
        let begun = || site.read(CONTACT, &id(0)) != session(CONTACT, &id(0)).status("pending").bytes();
        let (result, before) = killed_in(&site, BATCH, &body, asynchronous, begun);
        check_whole(&site, &result, before);
    }
}

#[test]
fn an_interrupted_undo_continues_under_its_key() {
    let site = many();
    let batch = {
        let server = site.serve();
        let body = json!({ "action": "set_status", "status": "accepted", "filter": { "status": "pending" } });
        server.operator().post(BATCH, body).status(200).json()["change_id"].as_str().unwrap().to_owned()
    };
    let accepted: Vec<Vec<u8>> = (0..MANY).map(|n| site.read(CONTACT, &id(n))).collect();
    let begun = || (0..MANY).rev().any(|n| site.read(CONTACT, &id(n)) != accepted[n as usize]);
    let undo = format!("/api/v1/changes/{batch}/undo");
    let (result, before) = killed_in(&site, &undo, &json!({}), false, begun);
    assert!(u64::from(MANY) < before && before < u64::from(2 * MANY), "{before}");
    assert_eq!((&result["total"], &result["changed"], &result["failed"]), (&json!(MANY), &json!(MANY), &json!(0)));
    let server = site.serve();
    let of = format!("/api/v1/changes?batch_id={}&limit=1", result["change_id"].as_str().unwrap());
    assert_eq!(server.operator().json(&of)["total"], MANY);
    for n in 0..MANY {
        assert_eq!(site.read(CONTACT, &id(n)), session(CONTACT, &id(n)).status("pending").bytes());
    }
}

#[test]
fn a_used_key_does_not_hide_405() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.owner();
    let refresh = |method: &str| owner.request(method, "/api/v1/refresh").header("idempotency-key", "once").send();
    refresh("POST").status(200);
    assert_eq!(refresh("PATCH").status(405).header("allow"), "POST");
}

#[test]
fn few_answers_of_what_changes_nothing_are_kept() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let (viewer, operator, owner) = (server.viewer(), server.operator(), server.owner());
    let dry = |n: i32| json!({ "action": "set_status", "status": "accepted", "filter": { "q": "iPhone" }, "dry_run": true, "reason": n.to_string() });
    let ask = |n: i32| {
        let searched =
            send(&viewer, "POST", "/api/v1/sessions/search", &format!("k{n}"), &json!({ "q": n.to_string() }));
        let tried = send(&operator, "POST", BATCH, &format!("k{n}"), &dry(n));
        let shown = send(
            &owner,
            "POST",
            "/api/v1/rules/preview",
            &format!("k{n}"),
            &json!({ "when": { "emails": [n.to_string()] } }),
        );
        [searched, tried, shown].map(|answer| answer.status(200).has_header("idempotency-replayed"))
    };
    let change = json!({ "email": "a@corp.example" });
    send(&operator, "PATCH", &session_path(CONTACT, &id(1)), "change", &change).status(200);
    send(&operator, "PATCH", &session_path(CONTACT, &id(1)), "no-change", &change).status(200);
    for n in 0..120 {
        assert_eq!(ask(n), [false; 3], "{n}");
    }
    assert_eq!(ask(119), [true; 3], "the newest are kept");
    assert_eq!(ask(0), [false; 3], "the oldest are not");
    let changed = send(&operator, "PATCH", &session_path(CONTACT, &id(1)), "change", &change).status(200);
    assert!(changed.has_header("idempotency-replayed"), "what changed something is kept");
    let unchanged = send(&operator, "PATCH", &session_path(CONTACT, &id(1)), "no-change", &change).status(200);
    assert!(!unchanged.has_header("idempotency-replayed"), "what changed nothing is not");
}
