//! Webhooks: who is told of what, that it is signed, in order, as long as it takes, and that a kill loses nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::programs::python;
use crate::receiver::*;
use crate::spawn::*;

const SOON: Duration = Duration::from_secs(10);

/// Makes a webhook; its id and its secret.
#[track_caller]
fn hook(owner: &impl User, name: &str, url: &str, more: Value) -> (String, String) {
    let mut body = json!({ "name": name, "url": url });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let made = owner.post("/api/v1/webhooks", body).status(201).json();
    (made["id"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned())
}

fn path(id: &str) -> String {
    format!("/api/v1/webhooks/{id}")
}

#[track_caller]
fn deliveries(owner: &impl User, id: &str) -> Vec<Value> {
    owner.json(&format!("{}/deliveries?limit=500", path(id)))["items"].as_array().unwrap().clone()
}

/// The webhook as the list shows it.
#[track_caller]
fn shown(owner: &impl User, id: &str) -> Value {
    let list = owner.json("/api/v1/webhooks");
    list["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap().clone()
}

#[test]
fn events_are_signed_and_name_the_actor() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let (owner, receiver) = (server.owner(), Receiver::new());
    let (hook_id, secret) = hook(&owner, "crm", &receiver.url, json!({}));
    site.put(&session(CONTACT, &id(2)).set("/device/token", "push-secret"));
    receiver.wait(1, SOON);
    let operator = server.operator();
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" })).status(200);
    receiver.wait(2, SOON);
    operator.delete(&session_path(CONTACT, &id(1))).status(204);
    let got = receiver.wait(3, SOON);
    let kinds: Vec<String> = got.iter().map(Got::kind).collect();
    assert_eq!(kinds, ["session.created", "session.changed", "session.deleted"]);

    let created = got[0].json();
    assert_eq!(created["data"]["actor"], Value::Null, "4D did it");
    assert_eq!((&created["data"]["app"], &created["data"]["id"]), (&json!(CONTACT), &json!(id(2))));
    let listed = owner.json(&session_path(CONTACT, &id(2)));
    for key in ["app", "id", "status", "email", "device", "modified_at", "compliant"] {
        assert_eq!(created["data"]["session"][key], listed[key], "{key}");
    }
    let changed = got[1].json();
    let keys: Vec<&String> = changed.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["type", "timestamp", "data"]);
    let data = &changed["data"];
    let keys: Vec<&String> = data.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["type", "app", "id", "status", "previous_status", "actor", "at", "declined", "session"]);
    assert_eq!(data["type"], changed["type"]);
    assert_eq!((&data["status"], &data["previous_status"]), (&json!("accepted"), &json!("pending")));
    let me = operator.json("/api/v1/me");
    assert_eq!(data["actor"], json!({ "kind": "token", "name": me["name"] }), "{me}");
    assert_eq!((&data["at"], &data["session"]["status"]), (&changed["timestamp"], &json!("accepted")));
    assert_eq!(got[2].json()["data"]["session"], Value::Null);

    for got in &got {
        assert_eq!(got.head, "POST /hook HTTP/1.1");
        assert_eq!(got.headers["content-type"], "application/json");
        assert_eq!(got.headers["user-agent"], concat!("mobile-sessions/", env!("CARGO_PKG_VERSION")));
        assert!(!got.body.contains("push-secret") && !got.body.contains("eyJ"), "{}", got.body);
    }
    assert_eq!(verify(got.iter().map(|got| (got, secret.as_str()))), ["good"; 3]);
    let forged = Got { body: got[0].body.replace("accepted", "pending"), ..got[0].clone() };
    let other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let said = verify([(&forged, secret.as_str()), (&got[0], other)]);
    assert!(said.iter().all(|said| said.starts_with("bad")), "{said:?}");

    until(SOON, "all are noted as delivered", || shown(&owner, &hook_id)["pending"] == 0);
    let kept = deliveries(&owner, &hook_id);
    assert_eq!(kept.len(), 3);
    for (kept, got) in kept.iter().rev().zip(&got) {
        assert_eq!((kept["id"].as_str(), kept["event"].as_str()), (Some(got.id()), Some(&*got.kind())));
        assert_eq!((&kept["state"], &kept["attempts"]), (&json!("delivered"), &json!(1)), "{kept}");
        assert_eq!(
            (&kept["status_code"], &kept["error"], &kept["next_attempt_at"]),
            (&json!(200), &json!(null), &json!(null))
        );
    }
}

#[test]
fn a_webhook_receives_its_events_of_its_apps() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(1)), session(ANDROID, &id(1))]);
    let server = site.serve();
    let (owner, all, some) = (server.owner(), Receiver::new(), Receiver::new());
    hook(&owner, "all", &all.url, json!({ "events": [], "apps": [] }));
    let choice = json!({ "events": ["session.changed", "app.created"], "apps": ["*.Contact", "com.*"] });
    hook(&owner, "some", &some.url, choice);
    for app in [TASKS, CONTACT, ANDROID] {
        owner.patch(&session_path(app, &id(1)), json!({ "email": "a@x.example" })).status(200);
    }
    site.put(&session(CONTACT, &id(2)));
    site.put(&session("com.new.app", &id(3)));
    let told = all.wait(6, SOON);
    let mut kinds: Vec<String> = told.iter().map(Got::kind).collect();
    kinds.sort();
    let expected = ["app.created", "session.changed", "session.changed", "session.changed"];
    assert_eq!(kinds, [&expected[..], &["session.created", "session.created"]].concat());
    let told = some.wait(3, SOON);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(some.got().len(), 3, "and nothing else");
    let mut what: Vec<_> =
        told.iter().map(|got| (got.kind(), got.json()["data"]["app"].as_str().unwrap().to_owned())).collect();
    what.sort();
    let expected = [("app.created", "com.new.app"), ("session.changed", CONTACT), ("session.changed", ANDROID)];
    assert_eq!(what, expected.map(|(kind, app)| (kind.to_owned(), app.to_owned())));
}

#[test]
fn a_new_secret_signs_beside_the_old_one() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let (owner, receiver) = (server.owner(), Receiver::new());
    let (hook_id, first) = hook(&owner, "crm", &receiver.url, json!({}));
    assert!(first.starts_with("whsec_"), "{first}");
    let rotate = || {
        let changed = owner.patch(&path(&hook_id), json!({ "rotate_secret": true })).status(200).json();
        assert!(changed["previous_secret_until"].is_string(), "{changed}");
        changed["secret"].as_str().unwrap().to_owned()
    };
    let second = rotate();
    owner.patch(&session_path(CONTACT, &id(1)), json!({ "email": "a@x.example" })).status(200);
    let got = receiver.wait(1, SOON).remove(0);
    assert_eq!(verify([(&got, &*first), (&got, &*second)]), ["good", "good"]);
    let third = rotate();
    assert!(first != second && second != third);
    owner.patch(&session_path(CONTACT, &id(1)), json!({ "email": "b@x.example" })).status(200);
    let got = receiver.wait(2, SOON).remove(1);
    assert_eq!(verify([(&got, &*second), (&got, &*third)]), ["good", "good"]);
    assert!(verify([(&got, &*first)])[0].starts_with("bad"), "two are valid, not three");
    let unchanged = owner.patch(&path(&hook_id), json!({ "name": "crm" })).status(200).json();
    assert_eq!(unchanged["secret"], Value::Null);
    let seen = [
        owner.get("/api/v1/webhooks").text(),
        owner.get(&format!("{}/deliveries", path(&hook_id))).text(),
        owner.get("/api/v1/access-log").text(),
        server.log(),
    ];
    for secret in [first, second, third] {
        assert!(seen.iter().all(|text| !text.contains(&secret["whsec_".len()..])));
    }
    let log = owner.json("/api/v1/access-log?limit=4");
    let actions: Vec<_> = log["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions[..3], ["webhook_secret_rotated", "webhook_secret_rotated", "webhook_created"]);
    assert_eq!(log["items"][0]["subject"], "crm");
}

#[test]
fn a_refused_event_is_retried_before_the_next() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2))]);
    let server = site.serve();
    let (owner, receiver) = (server.owner(), Receiver::answering(|_| Reply::Status(500)));
    let (hook_id, secret) = hook(&owner, "crm", &receiver.url, json!({}));
    let change = |n: u32, email: &str| {
        owner.patch(&session_path(CONTACT, &id(n)), json!({ "email": email })).status(200);
    };
    change(1, "a@x.example");
    receiver.wait(1, SOON);
    until(SOON, "the failure is noted", || deliveries(&owner, &hook_id)[0]["attempts"] == 1);
    let failed = deliveries(&owner, &hook_id).remove(0);
    assert_eq!((&failed["state"], &failed["status_code"]), (&json!("pending"), &json!(500)), "{failed}");
    assert_eq!(failed["error"], "The receiver answered 500.");
    assert!(failed["next_attempt_at"].is_string() && shown(&owner, &hook_id)["failing_since"].is_string());
    receiver.answer(|_| Reply::Status(204));
    change(1, "b@x.example");
    change(2, "c@x.example");
    let got = receiver.wait(4, Duration::from_secs(15));
    let order: Vec<_> = got.iter().map(|got| got.json()["data"]["session"]["email"].clone()).collect();
    assert_eq!(order, ["a@x.example", "c@x.example", "a@x.example", "b@x.example"]);
    let pause = got[2].at - got[0].at;
    assert!((4_900..7_500).contains(&pause.as_millis()), "{pause:?}");
    assert_eq!((got[0].id(), &got[0].body), (got[2].id(), &got[2].body), "the same again");
    assert_eq!(verify(got.iter().map(|got| (got, &*secret))), ["good"; 4]);
    until(SOON, "it works again", || shown(&owner, &hook_id)["failing_since"].is_null());
}

#[test]
fn a_receiver_that_hangs_or_fails_holds_up_no_other() {
    const MANY: u32 = 60;
    let files: Vec<_> = (0..MANY).map(|n| session(CONTACT, &id(n)).status("pending")).collect();
    let site = Site::with(&files);
    let server = site.serve();
    let owner = server.owner();
    let hanging = Receiver::answering(|_| Reply::Hang(Duration::from_secs(60)));
    let failing = Receiver::answering(|_| Reply::Status(503));
    let good = Receiver::new();
    let (hanging_id, _) = hook(&owner, "hangs", &hanging.url, json!({}));
    hook(&owner, "fails", &failing.url, json!({}));
    hook(&owner, "nobody", "http://127.0.0.1:9/", json!({}));
    let (good_id, _) = hook(&owner, "works", &good.url, json!({}));
    let body = json!({ "action": "set_status", "status": "accepted", "filter": { "status": "pending" } });
    assert_eq!(owner.post("/api/v1/sessions/batch", body).status(200).json()["changed"], MANY);
    let begun = Instant::now();
    good.wait(MANY as usize, SOON);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    until(SOON, "all are delivered", || shown(&owner, &good_id)["pending"] == 0);
    assert_eq!(hanging.got().len(), 8, "so many at once, and no more");
    // It gives up waiting, says so, and the end of the program is not held up either.
    until(Duration::from_secs(25), "the time is over", || {
        deliveries(&owner, &hanging_id).iter().any(|one| one["error"] == "The receiver did not answer in time.")
    });
    let begun = Instant::now();
    assert_eq!(server.stop(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    let (said, address) = (server.log(), hanging.url.trim_end_matches("/hook").to_owned());
    assert!(said.contains(&address) && !said.contains("/hook"), "the log shows no paths: {said}");
}

#[test]
fn redirects_are_not_followed_and_endless_answers_not_read() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let (owner, elsewhere) = (server.owner(), Receiver::new());
    let to = elsewhere.url.clone();
    let redirecting = Receiver::answering(move |_| {
        Reply::Raw(format!("HTTP/1.1 307 X\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n").into_bytes())
    });
    let endless = Receiver::answering(|_| {
        let mut bytes = b"HTTP/1.1 200 X\r\ncontent-length: 100000000000\r\n\r\n".to_vec();
        bytes.resize(4 << 20, b'x');
        Reply::Raw(bytes)
    });
    let broken = Receiver::answering(|_| Reply::Raw(b"nonsense\r\n\r\n".to_vec()));
    let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let (cert, key) = (site.temp().join("cert.pem"), site.temp().join("key.pem"));
    fs::write(&cert, own.cert.pem()).unwrap();
    fs::write(&key, own.signing_key.serialize_pem()).unwrap();
    let secure = Site::new();
    let not_trusted = secure.serve_with(&["--tls-cert", cert.to_str().unwrap(), "--tls-key", key.to_str().unwrap()]);
    let test = |name: &str, url: &str| {
        let (id, _) = hook(&owner, name, url, json!({}));
        (owner.post(&format!("{}/test", path(&id)), json!({})).status(200).json(), id)
    };
    let (said, redirecting_id) = test("redirecting", &redirecting.url);
    assert_eq!((&said["delivered"], &said["status_code"]), (&json!(false), &json!(307)), "{said}");
    assert_eq!(
        said["error"],
        "The receiver answered 307: redirects are not followed. Give the address that it leads to."
    );
    let begun = Instant::now();
    let (said, endless_id) = test("endless", &endless.url);
    assert_eq!((&said["delivered"], &said["status_code"], &said["error"]), (&json!(true), &json!(200), &json!(null)));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    let (said, _) = test("broken", &broken.url);
    assert_eq!((&said["delivered"], &said["status_code"]), (&json!(false), &json!(null)), "{said}");
    assert!(said["error"].as_str().unwrap().starts_with("The connection ended before an answer:"), "{said}");
    let (said, _) = test("nobody", "http://127.0.0.1:9/?key=hidden");
    let error = said["error"].as_str().unwrap();
    assert!(error.starts_with("The receiver cannot be reached:") && !error.contains("hidden"), "{said}");
    let (said, _) = test("not trusted", &not_trusted.url("/"));
    assert!(said["error"].as_str().unwrap().starts_with("No secure connection to the receiver:"), "{said}");
    let test = redirecting.got().remove(0);
    assert_eq!((test.kind().as_str(), &test.json()["data"]["actor"]["kind"]), ("test", &json!("token")));
    assert!(deliveries(&owner, &redirecting_id).is_empty(), "a test is no delivery");

    owner.patch(&session_path(CONTACT, &id(1)), json!({ "email": "a@x.example" })).status(200);
    until(SOON, "both are noted", || {
        [&redirecting_id, &endless_id].iter().all(|id| deliveries(&owner, id).iter().any(|one| one["attempts"] == 1))
    });
    assert_eq!(deliveries(&owner, &redirecting_id)[0]["state"], "pending");
    assert_eq!(deliveries(&owner, &endless_id)[0]["state"], "delivered");
    assert!(elsewhere.got().is_empty());
}

#[test]
fn a_delivery_is_retried_by_hand() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let (owner, receiver) = (server.owner(), Receiver::answering(|_| Reply::Status(503)));
    let (hook_id, _) = hook(&owner, "crm", &receiver.url, json!({}));
    let change = |email: &str| {
        owner.patch(&session_path(CONTACT, &id(1)), json!({ "email": email })).status(200);
    };
    let retry = |delivery: &Value| {
        let delivery = delivery["id"].as_str().unwrap();
        owner.post(&format!("{}/deliveries/{delivery}/retry", path(&hook_id)), json!({}))
    };
    change("a@x.example");
    until(SOON, "it failed", || deliveries(&owner, &hook_id).iter().any(|one| one["attempts"] == 1));
    change("b@x.example");
    until(SOON, "the second waits", || deliveries(&owner, &hook_id).len() == 2);
    let [second, first] = &deliveries(&owner, &hook_id)[..] else { panic!() };
    assert_eq!(second["next_attempt_at"], Value::Null);
    retry(second).problem(409, "conflict");
    receiver.answer(|_| Reply::Status(200));
    let begun = Instant::now();
    assert_eq!(retry(first).status(200).json()["state"], "pending");
    let got = receiver.wait(3, SOON);
    assert!(begun.elapsed() < Duration::from_secs(4), "at once: {:?}", begun.elapsed());
    let order: Vec<_> = got.iter().map(|got| got.json()["data"]["session"]["email"].clone()).collect();
    assert_eq!(order, ["a@x.example", "a@x.example", "b@x.example"]);
    // What was delivered is sent again too.
    until(SOON, "both are delivered", || shown(&owner, &hook_id)["pending"] == 0);
    retry(first).status(200);
    assert_eq!(receiver.wait(4, SOON)[3].id(), first["id"]);
    until(SOON, "it is noted", || deliveries(&owner, &hook_id)[1]["attempts"] == 3);

    receiver.answer(|_| Reply::Status(410));
    change("c@x.example");
    until(SOON, "it is switched off", || shown(&owner, &hook_id)["enabled"] == false);
    assert_eq!(shown(&owner, &hook_id)["disabled_reason"], "gone");
    receiver.answer(|_| Reply::Status(200));
    change("d@x.example");
    retry(&deliveries(&owner, &hook_id)[0]).problem(409, "conflict");
    let before = receiver.got().len();
    let on = owner.patch(&path(&hook_id), json!({ "enabled": true })).status(200).json();
    assert_eq!((&on["enabled"], &on["disabled_reason"]), (&json!(true), &json!(null)));
    let last = receiver.wait(before + 1, SOON).pop().unwrap();
    assert_eq!(
        last.json()["data"]["session"]["email"],
        "c@x.example",
        "what waited comes, what happened meanwhile not"
    );
    until(SOON, "it is noted", || shown(&owner, &hook_id)["pending"] == 0);
    assert_eq!(shown(&owner, &hook_id)["last_delivery"]["state"], "delivered");
}

#[test]
fn deliveries_are_read_in_pages_newest_first() {
    let files: Vec<_> = (0..5).map(|n| session(CONTACT, &id(n)).status("pending")).collect();
    let site = Site::with(&files);
    let server = site.serve();
    let (owner, receiver) = (server.owner(), Receiver::new());
    let (hook_id, _) = hook(&owner, "crm", &receiver.url, json!({}));
    let body = json!({ "action": "set_status", "status": "accepted", "filter": { "status": "pending" } });
    owner.post("/api/v1/sessions/batch", body).status(200);
    receiver.wait(5, SOON);
    let all: Vec<_> = deliveries(&owner, &hook_id).iter().map(|one| one["id"].clone()).collect();
    assert_eq!(all.len(), 5);
    let (mut at, mut walked) = (format!("{}/deliveries?limit=2", path(&hook_id)), Vec::new());
    loop {
        let answer = owner.get(&at).status(200);
        let page = answer.json();
        assert_eq!(page["total"], 5);
        walked.extend(page["items"].as_array().unwrap().iter().map(|one| one["id"].clone()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        assert!(answer.header("link").contains(cursor));
        at = format!("{}/deliveries?limit=2&cursor={cursor}", path(&hook_id));
    }
    assert_eq!(walked, all);
    for bad in ["limit=0", "cursor=x", "colour=red"] {
        owner.get(&format!("{}/deliveries?{bad}", path(&hook_id))).problem(400, "invalid-query");
    }
    owner.get(&format!("{}/deliveries", path("none"))).problem(404, "not-found");
}

#[test]
fn only_owners_make_webhooks_within_their_apps() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(1))]);
    // Whoever is held to some apps sends to public addresses alone, but for those that are opened.
    let server = site.serve_with(&["--allow-webhook-to", "127.0.0.0/8"]);
    let (owner, held) = (server.owner(), server.token_with("owner", &["*.Tasks"], false));
    let (all, some) = (Receiver::new(), Receiver::new());
    let (other, _) = hook(&owner, "all", &all.url, json!({}));
    // As wide as it asks for, and no wider than its maker.
    let (own, _) = hook(&held, "held", &some.url, json!({ "apps": ["*"] }));
    for app in [CONTACT, TASKS] {
        owner.patch(&session_path(app, &id(1)), json!({ "email": "a@x.example" })).status(200);
    }
    all.wait(2, SOON);
    let got = some.wait(1, SOON);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!((some.got().len(), &got[0].json()["data"]["app"]), (1, &json!(TASKS)));
    let list = held.json("/api/v1/webhooks");
    assert_eq!((&list["total"], &list["items"][0]["id"]), (&json!(1), &json!(own)));
    assert_eq!(owner.json("/api/v1/webhooks")["total"], 2);
    held.patch(&path(&other), json!({ "enabled": false })).problem(404, "not-found");
    held.delete(&path(&other)).problem(404, "not-found");
    held.patch(&path(&own), json!({ "apps": [] })).status(200);
    owner.patch(&session_path(CONTACT, &id(1)), json!({ "email": "b@x.example" })).status(200);
    all.wait(3, SOON);
    assert_eq!(some.got().len(), 1, "all that its maker may see, and no more");
    let order = json!({ "name": "x", "url": some.url });
    server.operator().post("/api/v1/webhooks", order.clone()).problem(403, "forbidden");
    server.viewer().get("/api/v1/webhooks").problem(403, "forbidden");
    owner.post("/api/v1/webhooks", json!({ "name": "ALL", "url": some.url })).problem(409, "conflict");
    owner.delete(&path(&other)).status(204);
    owner.delete(&path(&other)).problem(404, "not-found");
    owner.patch(&session_path(TASKS, &id(1)), json!({ "email": "c@x.example" })).status(200);
    some.wait(2, SOON);
    assert_eq!(all.got().len(), 3);
}

#[test]
fn a_webhook_is_read_alone_and_null_changes_nothing() {
    let site = Site::new();
    let server = site.serve();
    let (owner, held) = (server.owner(), server.token_with("owner", &["*.Tasks"], false));
    let order = json!({ "name": "crm", "url": "https://a.example/", "events": ["app.created"] });
    let made = owner.post("/api/v1/webhooks", order).status(201);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(made.header("location"), path(&id));
    let one = owner.json(&path(&id));
    assert_eq!(one, shown(&owner, &id));
    assert_eq!((&one["owner"]["kind"], &one["paused"]), (&json!("token"), &json!(false)));
    held.get(&path(&id)).problem(404, "not-found");
    owner.get(&path("none")).problem(404, "not-found");
    for key in ["name", "url", "events", "apps", "approval_links", "enabled", "rotate_secret"] {
        let pointer = format!("/{key}");
        owner.patch(&path(&id), json!({ key: Value::Null })).problem_at(422, "invalid-value", &pointer);
    }
    assert_eq!(owner.json(&path(&id)), one);
    let patch = owner.request("PATCH", &path(&id)).json(json!({ "name": "renamed" }));
    let patched = patch.header("content-type", "application/merge-patch+json").send().status(200).json();
    assert_eq!(patched["name"], "renamed");
}

#[test]
fn the_document_describes_what_receivers_get() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let (owner, receiver) = (server.owner(), Receiver::new());
    let document = server.anonymous().json("/api/v1/openapi.json");
    let described = document["webhooks"].as_object().expect("webhooks");
    let kinds: Vec<&str> = described.keys().map(String::as_str).collect();
    let expected = [
        "session.created",
        "session.changed",
        "session.deleted",
        "session.declined",
        "session.undeclined",
        "session.noted",
        "app.created",
        "app.deleted",
        "folder.unavailable",
        "folder.available",
        "push.completed",
        "test",
    ];
    assert_eq!(kinds, expected);
    let (hook_id, _) = hook(&owner, "crm", &receiver.url, json!({ "approval_links": true }));
    owner.post(&format!("{}/test", path(&hook_id)), json!({})).status(200);
    site.put(&session(CONTACT, &id(2)).status("pending"));
    receiver.wait(2, SOON);
    owner.delete(&session_path(CONTACT, &id(1))).status(204);
    owner.delete(&session_path(CONTACT, &id(2))).status(204);
    let mut seen = std::collections::BTreeSet::new();
    for got in receiver.wait(5, SOON) {
        let kind = got.kind();
        let operation = &described[&kind]["post"];
        let pointer = format!("#/webhooks/{kind}/post/requestBody/content/application~1json/schema");
        let mut root = document.clone();
        root["$ref"] = json!(pointer);
        let schema = jsonschema::options().should_validate_formats(true).build(&root).expect("a schema");
        if let Err(wrong) = schema.validate(&got.json()) {
            panic!("{kind}: {wrong}: {}", got.body);
        }
        let other = json!({ "type": "other", "timestamp": got.json()["timestamp"], "data": got.json()["data"] });
        assert!(!schema.is_valid(&other));
        for header in operation["parameters"].as_array().unwrap() {
            let name = header["name"].as_str().unwrap();
            let value = got.headers.get(name).unwrap_or_else(|| panic!("{kind} has no {name}"));
            let value =
                if header["schema"]["type"] == "integer" { json!(value.parse::<i64>().unwrap()) } else { json!(value) };
            assert!(jsonschema::is_valid(&header["schema"], &value), "{name}: {value}");
        }
        seen.insert(kind);
    }
    let expected = ["app.deleted", "session.created", "session.deleted", "test"];
    assert_eq!(seen, expected.map(str::to_owned).into());
}

/// The path of the approval link that was sent.
#[track_caller]
fn link_in(got: &Got) -> String {
    let url = got.json()["data"]["approval_link"]["url"].as_str().expect("a link").to_owned();
    url[url.find("/link/").unwrap()..].to_owned()
}

#[test]
fn a_narrowed_webhook_shows_and_sends_nothing_of_other_apps() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(1))]);
    assert!(
        site.command_with_input(&["user", "create", "tessa", "--role", "owner", "--app", "*.Tasks"], PASSWORD)
            .status
            .success()
    );
    let server = site.serve_with(&["--allow-webhook-to", "127.0.0.0/8"]);
    let (owner, held) = (server.owner(), server.token_with("owner", &["*.Tasks"], false));
    let (first, second) = (Receiver::answering(|_| Reply::Status(503)), Receiver::new());
    let (hook_id, _) = hook(&owner, "crm", &first.url, json!({ "approval_links": true }));
    site.put(&session(CONTACT, &id(2)).status("pending"));
    let opened = link_in(&first.wait(1, SOON)[0]);
    until(SOON, "the failure is noted", || deliveries(&owner, &hook_id)[0]["attempts"] == 1);
    let delivery = deliveries(&owner, &hook_id)[0]["id"].as_str().unwrap().to_owned();
    server.stranger().get(&opened).status(200);

    let narrowed = owner.patch(&path(&hook_id), json!({ "apps": ["*.Tasks"] })).status(200).json();
    assert_eq!((&narrowed["pending"], &narrowed["last_delivery"]), (&json!(0), &Value::Null));
    server.stranger().get(&opened).status(403);
    let retry = format!("{}/deliveries/{delivery}/retry", path(&hook_id));
    let tessa = server.log_in("tessa", PASSWORD);
    for user in [&owner, &held] {
        let list = user.json(&format!("{}/deliveries", path(&hook_id)));
        assert_eq!((&list["total"], &list["items"]), (&json!(0), &json!([])));
        user.post(&retry, json!({})).problem(404, "not-found");
        assert_eq!(shown(user, &hook_id)["last_delivery"], Value::Null);
    }
    let page = tessa.get(&format!("/webhooks/{hook_id}")).status(200).text();
    assert!(!page.contains(CONTACT) && !page.contains(&id(2)), "{page}");
    // Whoever points it elsewhere gets nothing that waited for the old address.
    held.patch(&path(&hook_id), json!({ "url": second.url })).status(200);
    held.post(&retry, json!({})).problem(404, "not-found");
    site.put(&session(CONTACT, &id(3)).status("pending"));
    let file = session(TASKS, &id(2)).status("pending");
    site.put(&file);
    let got = second.wait(1, SOON);
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!((second.got().len(), &got[0].json()["data"]["app"]), (1, &json!(TASKS)));
    assert_eq!(first.got().len(), 1);
    // The links are theirs now, and the journal says so.
    let link = link_in(&got[0]);
    let listed = held.json("/api/v1/approval-links")["items"].as_array().unwrap().clone();
    let name = held.json("/api/v1/me")["name"].as_str().unwrap().to_owned();
    assert_eq!((listed.len(), &listed[0]["made_by"]["name"]), (1, &json!(name)));
    assert_eq!(listed[0]["webhook"], json!({ "id": hook_id, "name": "crm" }));
    Form::to(&link).submit(&server.stranger()).status(200);
    let reason = journal(&owner, "")[0].1["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains(&format!("made by webhook crm of token {name} at")), "{reason}");
    assert!(reason.contains("used from 127.0.0.1"), "{reason}");
}

#[test]
fn a_new_address_ends_waiting_events_and_links() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.owner();
    let (first, second) = (Receiver::answering(|_| Reply::Status(500)), Receiver::new());
    let (hook_id, _) = hook(&owner, "crm", &first.url, json!({ "approval_links": true }));
    site.put(&session(CONTACT, &id(2)).status("pending"));
    let opened = link_in(&first.wait(1, SOON)[0]);
    owner.patch(&session_path(CONTACT, &id(2)), json!({ "email": "a@x.example" })).status(200);
    until(SOON, "both wait", || {
        let all = deliveries(&owner, &hook_id);
        all.len() == 2 && all[1]["attempts"] == 1
    });
    let stranger = server.stranger();
    stranger.get(&opened).status(200);
    let moved = owner.patch(&path(&hook_id), json!({ "url": second.url })).status(200).json();
    assert_eq!((&moved["pending"], &moved["failing_since"]), (&json!(0), &Value::Null));
    assert!(stranger.get(&opened).status(403).text().contains("does not work any more"));
    for ended in deliveries(&owner, &hook_id) {
        assert_eq!((&ended["state"], &ended["next_attempt_at"]), (&json!("failed"), &Value::Null), "{ended}");
        assert_eq!(ended["error"], "The webhook was changed before this was sent.");
    }
    // Longer than the first pause.
    std::thread::sleep(Duration::from_secs(7));
    assert_eq!((first.got().len(), second.got().len()), (1, 0));
    owner.patch(&session_path(CONTACT, &id(1)), json!({ "email": "b@x.example" })).status(200);
    let got = second.wait(1, SOON);
    assert_eq!(got[0].session(), id(1));
    stranger.get(&link_in(&got[0])).status(200);
    // One that is deleted takes its links along.
    let link = link_in(&got[0]);
    owner.delete(&path(&hook_id)).status(204);
    stranger.get(&link).status(403);
}

#[test]
fn a_running_attempt_revives_no_ended_delivery() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.owner();
    let slow = Receiver::answering(|_| {
        std::thread::sleep(Duration::from_secs(1));
        Reply::Status(500)
    });
    let second = Receiver::new();
    let (hook_id, _) = hook(&owner, "crm", &slow.url, json!({}));
    owner.patch(&session_path(CONTACT, &id(1)), json!({ "email": "a@x.example" })).status(200);
    slow.wait(1, SOON);
    owner.patch(&path(&hook_id), json!({ "url": second.url })).status(200);
    std::thread::sleep(Duration::from_secs(7));
    assert_eq!(deliveries(&owner, &hook_id)[0]["state"], "failed");
    assert_eq!(second.got().len(), 0);
}

#[test]
fn a_webhook_sends_what_its_owner_may_see_now() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(1))]);
    let server = site.serve_with(&["--allow-webhook-to", "127.0.0.0/8"]);
    let (owner, receiver) = (server.owner(), Receiver::new());
    assert!(site.command_with_input(&["user", "create", "anna", "--role", "owner"], PASSWORD).status.success());
    assert!(site.command_with_input(&["user", "create", "otto", "--role", "owner"], PASSWORD).status.success());
    let (hook_id, _) = hook(&server.log_in("anna", PASSWORD), "crm", &receiver.url, json!({}));
    let change = |app: &str, email: &str| {
        owner.patch(&session_path(app, &id(1)), json!({ "email": email })).status(200);
    };
    let anna = |rights: Value| {
        owner.patch("/api/v1/users/anna", rights).status(200);
    };
    change(CONTACT, "a@x.example");
    receiver.wait(1, SOON);
    anna(json!({ "apps": ["*.Tasks"] }));
    change(CONTACT, "b@x.example");
    change(TASKS, "b@x.example");
    let got = receiver.wait(2, SOON);
    assert_eq!(got[1].json()["data"]["app"], TASKS);
    let refused = |one: &Value| one["error"] == "The owner of the webhook may not see this app any more.";
    until(SOON, "it is ended", || deliveries(&owner, &hook_id).iter().any(refused));
    // Who is no owner any more sends nothing: it waits, and owners are told.
    anna(json!({ "disabled": true }));
    change(TASKS, "c@x.example");
    let otto = server.log_in("otto", PASSWORD);
    let words = "sends nothing: the user or token whose rights it has";
    until(SOON, "it is said", || otto.get("/").status(200).text().contains(words));
    assert!(otto.get(&format!("/webhooks/{hook_id}")).status(200).text().contains("paused"));
    until(SOON, "it waits", || shown(&owner, &hook_id)["pending"] == 1);
    assert_eq!((&shown(&owner, &hook_id)["paused"], receiver.got().len()), (&json!(true), 2));
    // Whoever saves it becomes its owner.
    let saved = owner.patch(&path(&hook_id), json!({})).status(200).json();
    assert_eq!((&saved["paused"], &saved["owner"]["kind"]), (&json!(false), &json!("token")));
    assert_eq!(receiver.wait(3, SOON)[2].json()["data"]["session"]["email"], "c@x.example");
}

#[test]
fn nothing_is_sent_to_link_local_and_metadata_addresses() {
    let site = Site::new();
    let server = site.serve_with(&["--allow-webhook-to", "169.254.7.0/24"]);
    let owner = server.owner();
    let (hook_id, _) = hook(&owner, "crm", "http://192.0.2.1/", json!({}));
    for host in [
        "169.254.169.254",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "100.100.100.200",
        "0.0.0.0",
        "[::]",
        "224.0.0.1",
        "255.255.255.255",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::169.254.169.254]",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
    ] {
        owner.patch(&path(&hook_id), json!({ "url": format!("http://{host}:9/latest") })).status(200);
        let said = owner.post(&format!("{}/test", path(&hook_id)), json!({})).status(200).json();
        assert_eq!((&said["delivered"], &said["status_code"]), (&json!(false), &Value::Null), "{host}");
        assert!(said["error"].as_str().unwrap().starts_with("Nothing is sent to "), "{host}: {said}");
    }
}

#[test]
fn owners_of_some_apps_learn_nothing_of_the_network() {
    let site = Site::with(&[session(TASKS, &id(1))]);
    // One address of this machine is opened: it stands for the open network.
    let server = site.serve_with(&["--allow-webhook-to", "127.0.0.1/32"]);
    let (owner, held) = (server.owner(), server.token_with("owner", &["*.Tasks"], false));
    let inside = std::net::TcpListener::bind("127.0.0.2:0").unwrap();
    let port = inside.local_addr().unwrap().port();
    let hanging = Receiver::answering(|_| Reply::Hang(Duration::from_secs(60)));
    let addresses = [
        "http://127.0.0.1:9/closed".to_owned(),
        hanging.url.clone(),
        format!("http://127.0.0.2:{port}/refused"),
        format!("http://2130706434:{port}/spelled"),
        format!("http://[::ffff:127.0.0.2]:{port}/mapped"),
        "http://10.0.0.1/private".to_owned(),
        "http://169.254.169.254/metadata".to_owned(),
        "http://no-such-host.invalid/".to_owned(),
    ];
    std::thread::scope(|scope| {
        for (n, url) in addresses.iter().enumerate() {
            let (held, owner) = (&held, &owner);
            scope.spawn(move || {
                let (hook_id, _) = hook(held, &format!("hook {n}"), url, json!({}));
                let begun = Instant::now();
                let said = held.post(&format!("{}/test", path(&hook_id)), json!({})).status(200).json();
                let took = begun.elapsed();
                let expected = json!({
                    "delivered": false, "status_code": null, "duration_ms": 5000,
                    "error": "The receiver did not answer. Check its address; webhooks of owners who are held to some \
                              apps are sent to public addresses only.",
                });
                assert_eq!(said, expected, "{url}");
                assert!((4_900..8_000).contains(&took.as_millis()), "{url}: {took:?}");
                let list = owner.json(&path(&hook_id));
                assert_eq!(list["url"], **url);
            });
        }
    });
    inside.set_nonblocking(true).unwrap();
    assert!(inside.accept().is_err(), "nobody connected");
    // What is told of deliveries is the same sentence; owners of all apps see why.
    let (hook_id, _) = hook(&held, "deliveries", "http://127.0.0.1:9/", json!({}));
    owner.patch(&session_path(TASKS, &id(1)), json!({ "email": "a@x.example" })).status(200);
    until(Duration::from_secs(30), "it failed", || {
        deliveries(&held, &hook_id).iter().any(|one| one["attempts"].as_u64() > Some(0))
    });
    let error = |user: &Token<'_>| deliveries(user, &hook_id)[0]["error"].as_str().unwrap().to_owned();
    assert!(error(&held).starts_with("The receiver did not answer."), "{}", error(&held));
    assert!(error(&owner).starts_with("The receiver cannot be reached:"), "{}", error(&owner));
}

#[test]
fn an_invalid_webhook_is_refused_by_field() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.owner();
    let long = format!("http://x.example/{}", "x".repeat(2048));
    for url in ["", "x", "ftp://a.example/", "https://u:p@a.example/", "http://a.example/#x", "http://a b/", &long] {
        let answer = owner.post("/api/v1/webhooks", json!({ "name": "x", "url": url }));
        answer.problem_at(422, "invalid-value", "/url");
    }
    for (key, value) in [
        ("events", json!(["session.exploded"])),
        ("events", json!("session.created")),
        ("events", json!([1])),
        ("apps", json!([""])),
        ("secret", json!("whsec_x")),
    ] {
        let mut body = json!({ "name": "x", "url": "https://a.example/" });
        body[key] = value;
        owner.post("/api/v1/webhooks", body).problem_at(422, "invalid-value", &format!("/{key}"));
    }
    assert_eq!(owner.json("/api/v1/webhooks")["total"], 0);
    let (id, _) = hook(&owner, "x", "http://192.168.7.7:8/in?key=1", json!({ "events": ["app.created"] }));
    let shown = shown(&owner, &id);
    assert_eq!(shown["url"], "http://192.168.7.7:8/in?key=1");
    assert_eq!(
        (&shown["events"], &shown["apps"], &shown["enabled"]),
        (&json!(["app.created"]), &json!([]), &json!(true))
    );
    assert!(shown.get("secret").is_none() && shown["last_delivery"].is_null());
}

// ---------------------------------------------------------------------------------------------
// kill -9.

/// A session, and the serials of the states that were asked for.
struct Known {
    id: String,
    /// Those that were answered with success, oldest first, round by round.
    done: Vec<Vec<u64>>,
    /// The one without an answer.
    asked: Option<u64>,
}

struct Client {
    sessions: Vec<Known>,
    dice: Dice,
    serial: u64,
}

fn email(serial: u64) -> String {
    format!("n{serial}@x.yz")
}

fn serial(value: &Value) -> u64 {
    let email = value["email"].as_str().unwrap();
    email.trim_start_matches('n').split('@').next().unwrap().parse().unwrap()
}

impl Client {
    /// Changes sessions until the program is gone.
    fn storm(&mut self, user: &Token<'_>, gone: &AtomicBool) {
        loop {
            self.serial += 1;
            let at = self.dice.below(self.sessions.len() as u64) as usize;
            let known = &mut self.sessions[at];
            known.asked = Some(self.serial);
            let status = if self.serial.is_multiple_of(2) { "pending" } else { "accepted" };
            let body = json!({ "email": email(self.serial), "status": status });
            match wait(user.request("PATCH", &session_path(CONTACT, &known.id)).json(body).try_send()) {
                Ok(answer) => {
                    answer.status(200);
                    known.done.last_mut().unwrap().push(self.serial);
                    known.asked = None;
                }
                Err(_) => {
                    until(Duration::from_secs(5), "the program is killed", || gone.load(Ordering::SeqCst));
                    return;
                }
            }
        }
    }
}

/// What a start finds out, it has written down once it tells of something that happened after it.
fn started(operator: &Token<'_>, receiver: &Receiver, round: u64) {
    operator.patch(&session_path(TASKS, &id(1)), json!({ "email": email(round + 1) })).status(200);
    let told = |got: &Got| got.session() == id(1) && serial(&got.json()["data"]["session"]) == round + 1;
    until(Duration::from_secs(20), "the start is told", || receiver.got().iter().any(told));
}

#[test]
fn a_kill_loses_no_last_event() {
    const ROUNDS: u64 = 20;
    let begun = Instant::now();
    let site = Site::with(&[session(TASKS, &id(1)).email(&email(0))]);
    let known = |id: String| {
        site.put(&session(CONTACT, &id).email(&email(0)));
        Known { id, done: Vec::new(), asked: None }
    };
    let client = |n: u32| Client {
        sessions: (0..4).map(|m| known(id(1000 + n * 100 + m))).collect(),
        dice: Dice::new(u64::from(n)),
        serial: 0,
    };
    let mut clients: Vec<Client> = (0..4).map(client).collect();
    let (owner, operator) = (site.token_with("owner", &[], false), site.token_with("operator", &[], false));
    // It takes its time, and fails twice.
    let (mut failures, mut moods) = (2, Dice::new(7));
    let receiver = Receiver::answering(move |_| {
        std::thread::sleep(moods.pause(Duration::from_millis(3)));
        if failures > 0 && moods.one_in(50) {
            failures -= 1;
            return Reply::Status(500);
        }
        Reply::Status(200)
    });
    let mut hook_id = String::new();
    let mut dice = Dice::new(99);
    for round in 0..=ROUNDS {
        let server = site.serve_with(&["--max-requests", "1000000", "--log", "warn"]);
        let (owner, operator) = (server.caller(&owner), server.caller(&operator));
        if round == 0 {
            (hook_id, _) = hook(&owner, "crm", &receiver.url, json!({ "events": ["session.changed"] }));
        }
        started(&operator, &receiver, round);
        if round == ROUNDS {
            until(Duration::from_secs(20), "all is told", || shown(&owner, &hook_id)["pending"] == 0);
            break;
        }
        let gone = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for client in &mut clients {
                client.sessions.iter_mut().for_each(|known| known.done.push(Vec::new()));
                let (operator, gone) = (&operator, &gone);
                scope.spawn(move || client.storm(operator, gone));
            }
            std::thread::sleep(dice.pause(Duration::from_millis(400)));
            server.kill();
            gone.store(true, Ordering::SeqCst);
        });
        // What was not answered was made or not: the file says so.
        for known in clients.iter_mut().flat_map(|client| &mut client.sessions) {
            let now = serial(&serde_json::from_slice(&site.read(CONTACT, &known.id)).unwrap());
            if known.asked.take() == Some(now) {
                known.done.last_mut().unwrap().push(now);
            }
            assert_eq!(known.done.iter().flatten().last().copied().unwrap_or_default(), now, "round {round}");
        }
    }
    let mut told: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
    for got in receiver.got() {
        let state = (serial(&got.json()["data"]["session"]), got.id().to_owned());
        told.entry(got.session()).or_default().push(state);
    }
    let (mut made, mut merged, mut repeated) = (0, 0, 0);
    for Known { id, done, .. } in clients.iter().flat_map(|client| &client.sessions) {
        let told = told.remove(id).unwrap_or_default();
        assert!(told.is_sorted_by_key(|(serial, _)| *serial), "{id} is told out of order: {told:?}");
        repeated += told.windows(2).filter(|two| two[0].1 == two[1].1).count();
        for round in done {
            let is_told: Vec<bool> = round.iter().map(|serial| told.iter().any(|(told, _)| told == serial)).collect();
            let Some((last, before)) = is_told.split_last() else { continue };
            assert!(last, "{id}: the last of {round:?} is not told: {told:?}");
            // Where the kill came before the last few were written down, they are told as one: a tail, no gap.
            assert!(before.is_sorted_by_key(|told| !told), "{id}: a gap in {round:?}: {told:?}");
            made += round.len();
            merged += before.iter().filter(|told| !**told).count();
        }
    }
    println!(
        "{ROUNDS} kills, {made} changes: {merged} told as one with the next, {repeated} told twice; in {:?}",
        begun.elapsed()
    );
    assert!(made > 100, "the storm was a breeze");
}

// ---------------------------------------------------------------------------------------------
// The pages.

/// The action of the form, or the address of the button, that ends so.
#[track_caller]
fn action(page: &str, end: &str) -> String {
    let tags = tags(page, "form").into_iter().chain(tags(page, "button"));
    let mut all = tags.flat_map(|(_, tag)| ["action", "formaction"].map(|name| attribute(&tag, name)));
    all.find_map(|action| action.filter(|action| action.ends_with(end))).unwrap_or_else(|| panic!("{end}:\n{page}"))
}

#[test]
fn a_webhooks_pages_create_test_and_delete() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let (owner, receiver) = (server.first_owner(), Receiver::new());
    let page = owner.get("/webhooks").status(200).text();
    assert!(page.contains("There is none yet"));
    let form = Form::find(&page, "/webhooks").fill("apps", "*.Contact").add("events", "session.changed");
    for (name, url, words) in [
        ("crm", "ftp://a.example/", "must begin with https://"),
        ("crm", "https://u:p@a.example/", "no user name and no password"),
        ("crm", "nothing", "This is not an address"),
        ("c\u{202e}rm", &receiver.url, "none of them invisible"),
    ] {
        let again = form.clone().fill("name", name).fill("url", url).submit(&owner).status(422).text();
        assert!(again.contains(words) && again.contains("*.Contact"), "{again}");
        assert!(
            tags(&again, "input").iter().any(|(_, tag)| tag.contains("session.changed") && tag.contains("checked"))
        );
    }
    let form = form.fill("name", "<b>crm</b>").fill("url", &receiver.url);
    let made = form.submit(&owner).status(200).text();
    let secret = made.split("<code id=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(secret.starts_with("whsec_") && made.contains("&#60;b&#62;crm") && !made.contains("<b>crm"), "{made}");
    let form = form.fill("name", "<B>CRM</B>");
    assert!(form.submit(&owner).status(409).text().contains("has this name already"));

    let list = owner.get("/webhooks").status(200).text();
    assert!(!list.contains(&secret) && list.contains("session.changed"), "{list}");
    let own = tags(&list, "a")
        .into_iter()
        .find_map(|(_, tag)| attribute(&tag, "href").filter(|to| to.starts_with("/webhooks/")));
    let own = own.unwrap();
    let show = || owner.get(&own).status(200).text();
    let press = |end: &str| Form::find(&show(), &action(&show(), end)).submit(&owner);
    let tried = press("/test").status(200).text();
    assert!(tried.contains("The receiver took the test: it answered 200"), "{tried}");
    receiver.answer(|_| Reply::Status(500));
    let tried = press("/test").status(200).text();
    assert!(tried.contains("did not take the test. The receiver answered 500."), "{tried}");

    server.operator().patch(&session_path(CONTACT, &id(1)), json!({ "email": "a@x.example" })).status(200);
    until(SOON, "it failed", || show().contains("on, but failing"));
    receiver.answer(|_| Reply::Status(200));
    let page = show();
    assert!(page.contains("The receiver answered 500.") && page.contains(&id(1)));
    Form::button(&page, &action(&page, "/retry")).submit(&owner).status(303);
    until(SOON, "it is delivered", || show().contains(">delivered<"));
    assert_eq!(receiver.got().iter().filter(|got| got.kind() == "session.changed").count(), 2);

    let rotated = press("/secret").status(200).text();
    assert!(rotated.contains("whsec_") && !rotated.contains(&secret));
    assert!(show().contains("Old secret also signs until"));
    let form = Form::find(&show(), &own).fill("name", "renamed").fill("apps", "*.Contact");
    let form = form.without("events").add("events", "push.completed");
    assert_eq!(form.submit(&owner).status(303).header("location"), own);
    let page = show();
    assert!(page.contains("class=\"toast\"") && page.contains("renamed") && page.contains("*.Contact"), "{page}");
    let off = Form::find(&show(), &action(&show(), "/state")).fill("state", "off").submit(&owner).status(303);
    let page = owner.get(off.header("location")).status(200).text();
    assert!(page.contains("switched off") && page.contains("Switch on"));
    let ask = press("/delete").status(200).text();
    assert!(ask.contains("Delete renamed?"));
    Form::find(&ask, &action(&ask, "/delete")).submit(&owner).status(303);
    owner.get(&own).status(404);
    let log = owner.get("/access-log").status(200).text();
    for words in ["created the webhook", "changed the webhook", "gave the webhook", "deleted the webhook"] {
        assert!(log.contains(words), "{words}");
    }
    assert!(!log.contains("/hook") && !log.contains("whsec_"));
}

#[test]
fn owners_see_that_a_webhook_was_switched_off() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let (owner, receiver) = (server.first_owner(), Receiver::answering(|_| Reply::Status(410)));
    hook(&server.owner(), "old crm", &receiver.url, json!({}));
    server.operator().patch(&session_path(CONTACT, &id(1)), json!({ "email": "a@x.example" })).status(200);
    let words = "old crm</bdi></b> is switched off";
    until(SOON, "it is said", || owner.get("/").status(200).text().contains(words));
    assert!(owner.get("/webhooks").status(200).text().contains("switched off"));
    let made = site.command_with_input(&["user", "create", "vera", "--role", "operator"], PASSWORD);
    assert!(made.status.success());
    let vera = server.log_in("vera", PASSWORD);
    assert!(!vera.get("/").status(200).text().contains("old crm"));
}

// ---------------------------------------------------------------------------------------------
// The manual

/// The block of the recipes that holds this.
fn block(language: &str, holds: &str) -> String {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/manual/recipes.md")).unwrap();
    let fence = format!("```{language}\n");
    let blocks = text.split(&fence).skip(1).filter_map(|rest| rest.split("```").next());
    let mut found: Vec<String> = blocks.filter(|block| block.contains(holds)).map(str::to_owned).collect();
    assert_eq!(found.len(), 1, "blocks with {holds}");
    found.remove(0)
}

#[test]
fn the_manuals_receiver_checks_signatures() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.owner();
    let port = {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        free.local_addr().unwrap().port()
    };
    let url = format!("http://127.0.0.1:{port}/");
    let (hook_id, secret) = hook(&owner, "recipe", &url, json!({ "events": ["session.changed"] }));
    let program = site.temp().join("receiver.py");
    fs::write(&program, block("python", "WEBHOOK_SECRET")).unwrap();
    let mut child = python("python")
        .arg(&program)
        .arg(port.to_string())
        .env("WEBHOOK_SECRET", &secret)
        .env("PYTHONUNBUFFERED", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let test = || owner.post(&format!("{}/test", path(&hook_id)), json!({})).status(200).json();
    until(SOON, "it listens", || test()["delivered"] == true);
    server.operator().patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" })).status(200);
    until(SOON, "it is told", || deliveries(&owner, &hook_id).iter().any(|one| one["state"] == "delivered"));
    // Somebody else's request is refused.
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    let forged = "POST / HTTP/1.1\r\nHost: x\r\nwebhook-id: a\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,AAAA\r\n\
                  Content-Length: 2\r\nConnection: close\r\n\r\n{}";
    stream.write_all(forged.as_bytes()).unwrap();
    let mut answer = String::new();
    BufReader::new(&stream).read_line(&mut answer).unwrap();
    assert!(answer.contains(" 401 ") || answer.contains(" 400 "), "{answer}");
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let told = printed.lines().find(|line| line.contains("session.changed")).unwrap_or_else(|| panic!("{printed}"));
    assert!(told.contains(&id(1)) && told.contains("accepted"), "{told}");
    assert_eq!(printed.lines().filter(|line| !line.contains("test")).count(), 1, "{printed}");
}

#[test]
fn a_delivery_goes_on_after_the_clock_was_set_back() {
    // Its database is written to by hand.
    let site = Site::with(&[session(CONTACT, &id(1))]).keep_in(None);
    let server = site.serve();
    let (owner, receiver) = (server.owner(), Receiver::answering(|_| Reply::Status(503)));
    let (hook_id, _) = hook(&owner, "crm", &receiver.url, json!({}));
    site.put(&session(CONTACT, &id(2)));
    receiver.wait(1, SOON);
    until(SOON, "it waits", || shown(&owner, &hook_id)["pending"] == 1);
    until(SOON, "it was tried", || deliveries(&owner, &hook_id)[0]["attempts"] == 1);
    receiver.answer(|_| Reply::Status(200));
    // As it was written down by a clock that was a day ahead.
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(site.data().join("mobile-sessions.db"));
    let mut other = wait(<sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options)).unwrap();
    let later = "UPDATE delivery SET next_attempt_at = next_attempt_at + 86400000 WHERE state = 'pending'";
    wait(sqlx::query(later).execute(&mut other)).unwrap();
    until(Duration::from_secs(45), "it is delivered", || shown(&owner, &hook_id)["pending"] == 0);
}
