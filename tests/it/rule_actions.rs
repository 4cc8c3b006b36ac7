//! Rules that decline, that wait, and that delete: what they take, when, and that it is undone.

use std::time::Duration;

use serde_json::{Value, json};

use crate::spawn::*;

const SOON: Duration = Duration::from_secs(20);
const DAY: u64 = 24 * 60 * 60;
const OFTEN: [&str; 2] = ["--rules-interval", "1s"];

fn pending(n: u32) -> SessionFile {
    session(CONTACT, &id(n)).status("pending")
}

#[track_caller]
fn rule(owner: &impl User, body: Value) -> String {
    let made = owner.post("/api/v1/rules", body).status(201).json();
    format!("/api/v1/rules/{}", made["id"].as_str().unwrap())
}

fn is_declined(user: &impl User, file: &SessionFile) -> bool {
    !user.json(&file.path())["declined"].is_null()
}

fn status(user: &impl User, file: &SessionFile) -> String {
    user.json(&file.path())["status"].as_str().unwrap_or_default().to_owned()
}

fn is_there(user: &impl User, file: &SessionFile) -> bool {
    user.get(&file.path()).status == 200
}

/// The rule looks again, twice: what it was to do is done by then.
#[track_caller]
fn runs_again(owner: &impl User, rule: &str) {
    for _ in 0..2 {
        let before = owner.json(rule)["ran_at"].clone();
        until(SOON, "the rule runs", || owner.json(rule)["ran_at"] != before);
    }
}

#[test]
fn a_rule_declines_arrivals_once() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let owner_token = site.token_with("owner", &[], false);
    let server = site.serve();
    let owner = server.caller(&owner_token);
    rule(&owner, json!({ "name": "no emulators", "action": "decline", "when": { "simulator": true }, "note": "Test" }));
    rule(&owner, json!({ "name": "others", "when": {} }));
    let (emulator, phone) =
        (pending(2).set("/device/simulator", true).set("/device/id", "e"), pending(3).set("/device/simulator", false));
    let before = emulator.bytes();
    site.put(&emulator);
    site.put(&phone);
    until(SOON, "it is declined", || is_there(&owner, &emulator) && is_declined(&owner, &emulator));
    until(SOON, "the other is let in", || status(&owner, &phone) == "accepted");
    let declined = owner.json(&emulator.path());
    assert_eq!((&declined["status"], &declined["unpushed"]), (&json!("pending"), &json!(false)));
    assert_eq!(declined["declined"]["by"], json!({ "kind": "rule", "name": "no emulators" }));
    assert_eq!(declined["declined"]["reason"], "Test");
    assert_eq!(site.read(CONTACT, &emulator.id), before);
    let entries = journal(&owner, &format!("&session={}", emulator.id));
    assert_eq!((entries.len(), &entries[0].1["action"]), (1, &json!("decline")));
    // What a person takes back stays so, after a restart too.
    owner.delete(&format!("{}/decline", emulator.path())).status(200);
    server.kill();
    let server = site.serve();
    let owner = server.caller(&owner_token);
    let marker = pending(4).set("/device/simulator", false);
    site.put(&marker);
    until(SOON, "a marker is let in", || is_there(&owner, &marker) && status(&owner, &marker) == "accepted");
    assert!(!is_declined(&owner, &emulator));
    assert_eq!(status(&owner, &emulator), "pending");
}

#[test]
fn rules_act_on_who_waits_long_enough() {
    let site = Site::new();
    let (old, odd, by_hand, undone) = (pending(1), pending(2).email("odd@x.example"), pending(3), pending(4));
    site.put_aged(&old, 4 * DAY);
    for file in [&odd, &by_hand, &undone] {
        site.put_aged(file, 3 * DAY);
    }
    site.put_aged(&pending(5), DAY);
    let server = site.serve_with(&OFTEN);
    let owner = server.owner();
    owner.patch(&by_hand.path(), json!({ "status": "accepted" })).status(200);
    owner.patch(&by_hand.path(), json!({ "status": "pending" })).status(200);
    let change = owner.patch(&undone.path(), json!({ "status": "accepted" })).status(200);
    // An undo leaves it in its place in the queue: it has been waiting for three days again.
    owner.post(&format!("/api/v1/changes/{}/undo", change.header("x-change-id")), json!({})).status(200);
    let wait = json!({ "waiting_for": "2d" });
    let tried = owner.post("/api/v1/rules/preview", json!({ "when": wait, "action": "decline" })).status(200).json();
    let ids: Vec<_> = tried["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
    assert_eq!((tried["total"].clone(), ids), (json!(2), vec![json!(id(1)), json!(id(2))]));
    rule(&owner, json!({ "name": "odd", "action": "decline", "when": { "waiting_for": "48h", "emails": ["odd@*"] } }));
    rule(&owner, json!({ "name": "patient", "when": wait }));
    until(SOON, "the patient are let in", || status(&owner, &old) == "accepted");
    until(SOON, "the odd are declined", || is_declined(&owner, &odd));
    for left in [&odd, &by_hand, &undone, &pending(5)] {
        assert_eq!(status(&owner, left), "pending", "{}", left.id);
    }
    assert!(!is_declined(&owner, &by_hand) && !is_declined(&owner, &undone));
    // Who arrives now has not been waiting.
    site.put(&pending(6));
    until(SOON, "it is there", || is_there(&owner, &pending(6)));
    assert_eq!(status(&owner, &pending(6)), "pending");
}

#[test]
fn a_rule_deletes_what_is_quiet_once_it_was_tried() {
    let site = Site::new();
    let quiet: Vec<SessionFile> = (1..=3).map(|n| session(CONTACT, &id(n)).email("gone@x.example")).collect();
    for (file, days) in quiet.iter().zip([300, 200, 100]) {
        site.put_aged(file, days * DAY);
    }
    site.put_aged(&session(CONTACT, &id(4)).status("blocked"), 300 * DAY);
    site.put(&session(CONTACT, &id(5)));
    let server = site.serve_with(&OFTEN);
    let owner = server.owner();
    let when = json!({ "quiet_for": "90d" });
    let body = json!({ "name": "tidy", "action": "delete", "when": when, "at_most": 2, "note": "Unused" });
    let mut on = body.clone();
    on["enabled"] = json!(true);
    on["if_total"] = json!(4);
    owner.post("/api/v1/rules", on).problem(409, "total-differs");
    let path = rule(&owner, body);
    let made = owner.json(&path);
    assert_eq!((&made["enabled"], &made["at_most"], &made["ran_at"]), (&json!(false), &json!(2), &Value::Null));
    assert_eq!(made["when"]["quiet_for"], "90d");
    let tried = owner.post("/api/v1/rules/preview", json!({ "when": when, "action": "delete" })).status(200).json();
    let ids: Vec<_> = tried["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
    assert_eq!(
        (&tried["total"], ids),
        (&json!(3), vec![json!(id(1)), json!(id(2)), json!(id(3))]),
        "the quietest first"
    );
    owner.patch(&path, json!({ "enabled": true, "if_total": 4 })).problem(409, "total-differs");
    let before: Vec<Vec<u8>> = quiet.iter().map(|file| site.read(CONTACT, &file.id)).collect();
    assert_eq!(owner.json("/api/v1/sessions")["total"], 5, "nothing is deleted before it is switched on");
    assert_eq!(owner.patch(&path, json!({ "enabled": true, "if_total": 3 })).status(200).json()["enabled"], true);
    until(SOON, "the first two are deleted", || !is_there(&owner, &quiet[0]) && !is_there(&owner, &quiet[1]));
    until(SOON, "the third is deleted", || !is_there(&owner, &quiet[2]));
    let entries = journal(&owner, "&action=delete");
    let batches: Vec<_> = entries.iter().map(|(_, entry)| entry["batch_id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(batches.len(), 3);
    assert!(batches[1] == batches[2] && batches[0] != batches[1], "{batches:?}");
    assert_eq!(entries[2].1["actor"], json!({ "kind": "rule", "name": "tidy" }));
    assert_eq!(entries[2].1["reason"], "Unused");
    let undone = owner.post(&format!("/api/v1/changes/{}/undo", batches[1]), json!({})).status(200).json();
    assert_eq!((&undone["changed"], &undone["failed"]), (&json!(2), &json!(0)));
    runs_again(&owner, &path);
    for (file, bytes) in quiet.iter().zip(&before).take(2) {
        assert_eq!(&site.read(CONTACT, &file.id), bytes, "what is brought back stays");
    }
    assert_eq!(owner.json("/api/v1/sessions")["total"], 4);
    assert!(server.log().contains("deleted by a rule") && server.log().contains("tidy"), "{}", server.log());
    // Sending back what was read changes nothing; what changes what it takes switches it off.
    let read = owner.json(&path);
    let same = json!({ "enabled": true, "action": "delete", "when": read["when"], "at_most": 2 });
    assert_eq!(owner.patch(&path, same).status(200).json()["enabled"], true);
    assert_eq!(owner.patch(&path, json!({ "at_most": 5 })).status(200).json()["enabled"], true);
    let changed = owner.patch(&path, json!({ "when": { "quiet_for": "1h" } })).status(200).json();
    assert_eq!((&changed["enabled"], &changed["when"]["quiet_for"]), (&json!(false), &json!("1h")));
}

#[test]
fn a_restart_is_no_reason_to_delete_again() {
    let site = Site::new();
    for n in 1..=3 {
        site.put_aged(&pending(n), (10 - u64::from(n)) * DAY);
    }
    let owner_token = site.token_with("owner", &[], false);
    let server = site.serve();
    let owner = server.caller(&owner_token);
    let when = json!({ "waiting_for": "2d" });
    let path = rule(&owner, json!({ "name": "tidy", "action": "delete", "when": when, "at_most": 1 }));
    owner.patch(&path, json!({ "enabled": true, "if_total": 3 })).status(200);
    until(SOON, "the first is deleted", || !is_there(&owner, &pending(1)));
    server.kill();
    let server = site.serve();
    let owner = server.caller(&owner_token);
    let other = rule(&owner, json!({ "name": "all", "when": { "apps": [TASKS] } }));
    let marker = session(TASKS, &id(9)).status("pending");
    site.put(&marker);
    until(SOON, "a marker is let in", || is_there(&owner, &marker) && status(&owner, &marker) == "accepted");
    assert!(is_there(&owner, &pending(2)) && is_there(&owner, &pending(3)));
    assert_eq!(owner.json(&other)["ran_at"], Value::Null);
    // An earlier rule's sessions are not a later one's, even while the earlier one rests.
    rule(&owner, json!({ "name": "late", "action": "decline", "when": { "waiting_for": "1d" } }));
    let marker = session(TASKS, &id(10)).status("pending");
    site.put(&marker);
    until(SOON, "a marker is let in", || is_there(&owner, &marker) && status(&owner, &marker) == "accepted");
    assert!(!is_declined(&owner, &pending(2)) && !is_declined(&owner, &pending(3)));
    owner.patch(&path, json!({ "enabled": false })).status(200);
    until(SOON, "the later rule has them once the earlier one is off", || is_declined(&owner, &pending(3)));
}

#[test]
fn what_a_rule_cannot_say_is_refused_by_field() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.owner();
    for (pointer, action, when, at_most) in [
        ("/when", "delete", json!({}), Value::Null),
        ("/when", "delete", json!({ "emails": ["*"] }), Value::Null),
        ("/when/quiet_for", "delete", json!({ "quiet_for": "59m" }), Value::Null),
        ("/when/waiting_for", "delete", json!({ "quiet_for": "2d", "waiting_for": "1s" }), Value::Null),
        ("/when/quiet_for", "delete", json!({ "quiet_for": "90" }), Value::Null),
        ("/when/quiet_for", "delete", json!({ "quiet_for": 90 }), Value::Null),
        ("/when/quiet_for", "delete", json!({ "quiet_for": "0d" }), Value::Null),
        ("/when/waiting_for", "accept", json!({ "waiting_for": "-1d" }), Value::Null),
        ("/when/waiting_for", "accept", json!({ "waiting_for": "99999d" }), Value::Null),
        ("/when/quiet_for", "accept", json!({ "quiet_for": "90d" }), Value::Null),
        ("/when/declined", "decline", json!({ "declined": true }), Value::Null),
        ("/at_most", "accept", json!({}), json!(5)),
        ("/at_most", "delete", json!({ "quiet_for": "90d" }), json!(0)),
        ("/at_most", "delete", json!({ "quiet_for": "90d" }), json!(10_001)),
        ("/at_most", "delete", json!({ "quiet_for": "90d" }), json!("5")),
        ("/action", "refuse", json!({}), Value::Null),
    ] {
        let body = json!({ "name": "bad", "action": action, "when": when, "at_most": at_most });
        owner.post("/api/v1/rules", body).problem_at(422, "invalid-value", pointer);
        if pointer != "/at_most" {
            let preview = json!({ "action": action, "when": when });
            owner.post("/api/v1/rules/preview", preview).problem_at(422, "invalid-value", pointer);
        }
    }
    assert_eq!(owner.json("/api/v1/rules")["total"], 0);
    // What becomes a rule that deletes is switched off by that, and gets the usual number.
    let path = rule(&owner, json!({ "name": "good", "when": { "waiting_for": "2d" } }));
    let changed = owner.patch(&path, json!({ "action": "delete" })).status(200).json();
    assert_eq!((&changed["enabled"], &changed["at_most"]), (&json!(false), &json!(100)));
    owner.patch(&path, json!({ "when": { "waiting_for": null } })).problem_at(422, "invalid-value", "/when");
    let back = owner.patch(&path, json!({ "action": "accept" })).status(200).json();
    assert_eq!((&back["at_most"], &back["when"]["waiting_for"]), (&Value::Null, &json!("2d")));
}

#[test]
fn rules_are_built_moved_and_switched_on_by_pages() {
    let site = Site::new();
    for n in 1..=2 {
        site.put_aged(&session(CONTACT, &id(n)).email("old@x.example"), 100 * DAY);
    }
    let server = site.serve();
    let owner = server.first_owner();
    let new = || Form::find(&owner.get("/rules").status(200).text(), "/rules").fill("apps", "");
    let row = |form: Form, field: &str, value: &str| form.add("field", field).add("value", value);
    // A row more, a row less, and nothing that was typed is lost.
    let typed = row(row(new().fill("name", "staff"), "emails", "*@x.example"), "simulator", "");
    let more = typed.clone().fill("do", "add").submit(&owner).status(200).text();
    assert_eq!(more.matches("class=\"condition\"").count(), 3);
    assert!(more.contains("*@x.example") && more.contains("<option value=\"simulator\" selected>"));
    let less = typed.clone().fill("do", "remove-1").submit(&owner).status(200).text();
    assert_eq!(less.matches("class=\"condition\"").count(), 1);
    assert!(!less.contains("*@x.example") && less.contains("value=\"staff\""));
    for (form, why) in [
        (row(new(), "emails", " "), "Write at least one value"),
        (row(new(), "", "x"), "Choose what these values are about"),
        (new().fill("action", "delete"), "needs a time"),
        (new().fill("action", "delete").fill("quiet_for", "5").fill("quiet_for_unit", "m"), "Give at least 1 hour"),
        (new().fill("waiting_for", "soon").fill("waiting_for_unit", "d"), "Write a whole number"),
        (row(new().fill("action", "decline"), "declined", ""), "cannot be declined again"),
    ] {
        let wrong = form.fill("name", "bad").fill("do", "save").submit(&owner).status(422).text();
        assert!(wrong.contains(why) && wrong.contains("aria-invalid"), "{why}: {wrong}");
    }
    typed.fill("do", "save").submit(&owner).status(303);
    let tidy = new().fill("name", "tidy").fill("action", "delete").fill("quiet_for", "90").fill("quiet_for_unit", "d");
    let tried = tidy.clone().fill("do", "preview").submit(&owner).status(200).text();
    assert!(tried.contains("2 sessions would be deleted now") && !tried.contains("switch-on"), "{tried}");
    let saved = tidy.fill("do", "save").fill("enabled", "yes").submit(&owner).status(303);
    let page = owner.get(saved.header("location")).status(200).text();
    for words in ["Delete when it has been quiet for 90 days, at most 100 at a time", "disabled", "old@x.example"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let list = owner.get("/rules").status(200).text();
    assert!(list.contains("Let in when the e-mail is *@x.example and it is a simulator"), "{list}");
    let href = saved.header("location").to_owned();
    assert!(!list.contains(&format!("{href}/state")), "it is switched on where one sees what it takes");
    // Up, and no further.
    let names = || {
        let rules = server.owner().json("/api/v1/rules");
        rules["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|rule| rule["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(), ["staff", "tidy"]);
    Form::button(&list, &format!("{href}/move")).submit(&owner).status(303);
    assert_eq!(names(), ["tidy", "staff"]);
    // Another number than what one saw is shown, and nothing is deleted.
    let switch = Form::find(&page, &format!("{href}/state"));
    let other = switch.clone().fill("total", "1").submit(&owner).status(409).text();
    assert!(other.contains("another number of sessions"), "{other}");
    assert_eq!(server.owner().json("/api/v1/sessions")["total"], 2);
    switch.submit(&owner).status(303);
    until(SOON, "both are deleted", || server.owner().json("/api/v1/sessions")["total"] == 0);
    let page = owner.get(&href).status(200).text();
    Form::find(&page, &format!("{href}/state")).submit(&owner).status(303);
    assert_eq!(server.owner().json("/api/v1/rules")["items"][0]["enabled"], false);
}
