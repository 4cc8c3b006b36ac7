//! Batches that end before their end: stopped by somebody, or with their caller's rights. And what is told of a batch
//! to a caller whose rights are others by then.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::pages::{user, words};
use crate::spawn::*;

const BATCH: &str = "/api/v1/sessions/batch";
const MANY: u32 = 1_500;
const SOON: Duration = Duration::from_secs(60);

fn many() -> Site {
    let files: Vec<SessionFile> = (0..MANY).map(|n| session(CONTACT, &id(n)).status("pending")).collect();
    Site::with(&files)
}

/// How many files have this e-mail.
fn written(site: &Site, email: &str) -> u64 {
    let has = |n: &u32| fs::read_to_string(site.path(CONTACT, &id(*n))).is_ok_and(|text| text.contains(email));
    (0..MANY).filter(has).count() as u64
}

/// Starts a batch that sets this e-mail everywhere, and waits until it has begun to write; where its state is.
fn start(site: &Site, user: &impl User, email: &str) -> String {
    let body = json!({ "action": "set_email", "email": email, "filter": {}, "all": true });
    let answer = user.request("POST", BATCH).header("prefer", "respond-async").json(body).send().status(202);
    until(SOON, "the batch begins", || {
        fs::read_to_string(site.path(CONTACT, &id(0))).is_ok_and(|text| text.contains(email))
    });
    answer.header("location").to_owned()
}

fn ended(user: &impl User, location: &str) -> Value {
    let mut last = Value::Null;
    until(SOON, "the batch ends", || {
        last = user.json(location);
        last["state"] != "running"
    });
    last
}

/// That a batch was stopped, tells what it did, and is undone by its id.
fn check_stopped(site: &Site, owner: &impl User, state: &Value, email: &str) {
    assert_eq!(
        (&state["state"], &state["total"], &state["interrupted"]),
        (&json!("stopped"), &json!(MANY), &json!(false))
    );
    let result = &state["result"];
    let changed = written(site, email);
    assert!(0 < changed && changed < u64::from(MANY), "{changed}");
    let counts = json!([result["state"], result["changed"], result["failed"], result["unchanged"]]);
    assert_eq!(counts, json!(["stopped", changed, u64::from(MANY) - changed, 0]));
    for item in result["items"].as_array().unwrap() {
        let expected = if item["outcome"] == "changed" { Value::Null } else { json!("/problems/batch-stopped") };
        assert_eq!(item["problem"]["type"], expected, "{item}");
    }
    let batch = result["change_id"].as_str().unwrap();
    assert_eq!(owner.json(&format!("/api/v1/changes?batch_id={batch}&limit=1"))["total"], changed);
    let undone = owner.post(&format!("/api/v1/changes/{batch}/undo"), json!({})).status(200).json();
    assert_eq!((&undone["changed"], written(site, email)), (&json!(changed), 0));
}

#[test]
fn a_batch_ends_when_its_token_is_revoked() {
    let site = many();
    let server = site.serve();
    let owner = server.owner();
    let made = owner.post("/api/v1/tokens", json!({ "name": "script", "role": "operator" })).status(201).json();
    let script = server.caller(made["secret"].as_str().unwrap());
    let location = start(&site, &script, "a@corp.example");
    owner.delete(&format!("/api/v1/tokens/{}", made["id"].as_str().unwrap())).status(204);
    check_stopped(&site, &owner, &ended(&owner, &location), "a@corp.example");
    script.get(&location).problem(401, "unauthenticated");
}

#[test]
fn a_batch_ends_when_its_user_may_not_go_on() {
    let site = many();
    let server = site.serve();
    let owner = server.owner();
    for (n, change) in
        [json!({ "role": "viewer" }), json!({ "apps": [TASKS] }), json!({ "disabled": true })].into_iter().enumerate()
    {
        let (name, email) = (format!("operator{n}"), format!("n{n}@corp.example"));
        let location = start(&site, &user(&server, &name, "operator", &[]), &email);
        owner.patch(&format!("/api/v1/users/{name}"), change).status(200);
        check_stopped(&site, &owner, &ended(&owner, &location), &email);
    }
}

#[test]
fn a_batch_that_is_waited_for_answers_what_was_done() {
    let site = many();
    let server = site.serve();
    let owner = server.owner();
    let operator = user(&server, "olga", "operator", &[]);
    let body = json!({ "action": "set_email", "email": "a@corp.example", "filter": {}, "all": true });
    let result = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| operator.post(BATCH, body).status(200).json());
        until(SOON, "the batch begins", || written(&site, "a@corp.example") > 0);
        owner.patch("/api/v1/users/olga", json!({ "role": "viewer" })).status(200);
        waiting.join().unwrap()
    });
    let changed = written(&site, "a@corp.example");
    assert_eq!((&result["state"], &result["changed"]), (&json!("stopped"), &json!(changed)));
    assert_eq!((&result["total"], &result["failed"]), (&json!(MANY), &json!(u64::from(MANY) - changed)));
}

#[test]
fn callers_and_owners_stop_batches_and_undos() {
    let site = many();
    let server = site.serve();
    let (operator, owner) = (server.operator(), server.owner());
    let location = start(&site, &operator, "a@corp.example");
    server.viewer().delete(&location).problem(403, "forbidden");
    server.token_with("operator", &[CONTACT], false).delete(&location).problem(404, "not-found");
    server.token_with("owner", &[CONTACT], false).delete(&location).problem(404, "not-found");
    for _ in 0..2 {
        operator.delete(&location).status(204);
    }
    check_stopped(&site, &owner, &ended(&operator, &location), "a@corp.example");
    operator.delete(&location).status(204);
    operator.delete("/api/v1/batches/none").problem(404, "not-found");
    assert_eq!(operator.json(&location)["state"], "stopped");

    let body = json!({ "action": "set_email", "email": "b@corp.example", "filter": {}, "all": true });
    let batch = operator.post(BATCH, body).status(200).json();
    assert_eq!((&batch["state"], &batch["changed"]), (&json!("done"), &json!(MANY)));
    let undo = format!("/api/v1/changes/{}/undo", batch["change_id"].as_str().unwrap());
    let answer = operator.request("POST", &undo).header("prefer", "respond-async").send().status(202);
    let location = answer.header("location").to_owned();
    until(SOON, "the undo begins", || operator.json(&location)["done"] != 0);
    owner.delete(&location).status(204);
    let state = ended(&owner, &location);
    let left = written(&site, "b@corp.example");
    assert!(left > 0, "{left}");
    assert_eq!((&state["state"], &state["result"]["failed"]), (&json!("stopped"), &json!(left)));
    let rest = operator.post(&undo, json!({})).status(200).json();
    assert_eq!((&rest["changed"], written(&site, "b@corp.example")), (&json!(left), 0));
}

#[test]
fn a_batch_is_stopped_from_its_page_without_scripts() {
    let site = many();
    let server = site.serve();
    let operator = user(&server, "olga", "operator", &[]);
    let location = start(&site, &operator, "a@corp.example");
    let path = location.strip_prefix("/api/v1").unwrap();
    let page = operator.get(&format!("{path}?to=/changes")).status(200).text();
    let stopped = Form::find(&page, &format!("{path}/stop")).submit(&operator).status(303);
    assert_eq!(stopped.header("location"), format!("{path}?to=%2Fchanges"));
    ended(&operator, &location);
    let page = operator.get(stopped.header("location")).status(200).text();
    let changed = written(&site, "a@corp.example");
    assert!(words(&page).contains(&format!("Stopped: {changed} of 1,500 changed")), "{}", words(&page));
    assert!(!page.contains(&format!("{path}/stop")), "there is nothing to stop any more");
    Form::button(&page, &format!("{}/undo", path.replace("/batches/", "/changes/"))).submit(&operator).status(303);
}

#[test]
fn a_batch_hides_apps_no_longer_visible() {
    let files = [session(CONTACT, &id(1)), session(CONTACT, &id(2)), session(TASKS, &id(3)), session(TASKS, &id(4))];
    let site = Site::with(&files);
    let server = site.serve();
    let owner = server.owner();
    user(&server, "eve", "owner", &[]);
    let olga = user(&server, "olga", "owner", &[]);
    let made = olga.post("/api/v1/tokens", json!({ "name": "script", "role": "operator" })).status(201).json();
    let operator = server.caller(made["secret"].as_str().unwrap());
    let send = |asynchronous: bool, key: &str| {
        let sessions =
            json!([{ "app": CONTACT, "id": id(1) }, { "app": TASKS, "id": id(3) }, { "app": TASKS, "id": "none" }]);
        let body = json!({ "action": "set_email", "email": format!("{key}@corp.example"), "sessions": sessions });
        let request = operator.request("POST", BATCH).header("idempotency-key", key).json(body);
        if asynchronous { request.header("prefer", "respond-async").send() } else { request.send() }
    };
    let first = send(false, "one").status(200);
    let location = send(true, "two").status(202).header("location").to_owned();
    let state = ended(&operator, &location);
    assert_eq!(
        (&state["total"], &state["result"]["changed"], &state["result"]["failed"]),
        (&json!(3), &json!(2), &json!(1))
    );
    let again = send(false, "one").status(200);
    assert_eq!((&again.body, again.header("idempotency-replayed")), (&first.body, "true"));

    owner.patch("/api/v1/users/olga", json!({ "apps": [CONTACT] })).status(200);
    let state = operator.json(&location);
    let counts = json!([
        state["total"],
        state["done"],
        state["result"]["total"],
        state["result"]["changed"],
        state["result"]["failed"]
    ]);
    assert_eq!(counts, json!([1, 1, 1, 1, 0]));
    let replay = send(false, "one").status(200);
    assert_eq!((&replay.json()["total"], replay.header("idempotency-replayed")), (&json!(1), "true"));
    for told in [state.to_string(), replay.text(), send(true, "two").text()] {
        assert!(!told.contains(TASKS) && !told.contains(&id(3)), "{told}");
    }
    let undo = format!("/api/v1/changes/{}/undo", state["result"]["change_id"].as_str().unwrap());
    assert_eq!(operator.post(&undo, json!({})).status(200).json()["total"], 1);
    assert_eq!(owner.json(&session_path(TASKS, &id(3)))["email"], "two@corp.example");
    // In apps of which nothing is left, nothing was done.
    owner.patch("/api/v1/users/olga", json!({ "apps": ["com.other"] })).status(200);
    let state = operator.json(&location);
    assert_eq!((&state["total"], &state["result"]["change_id"]), (&json!(0), &Value::Null));
    owner.patch("/api/v1/users/olga", json!({ "apps": [], "role": "viewer" })).status(200);
    send(false, "one").problem(403, "forbidden");
}
