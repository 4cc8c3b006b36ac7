//! Declining: who is not let in leaves the queue, in the file nothing changes, and it can be taken back.

use std::time::Duration;

use serde_json::{Value, json};

use crate::browser_live::{at, not_loaded_again, queue, rows};
use crate::pages::page_of;
use crate::spawn::*;

const SOON: Duration = Duration::from_secs(10);
const LIST: &str = "/api/v1/sessions";
const NAME: &str = "UTT7VDX8W5.com.contactApp.Contact";
const FAKE: &str = "FAKETEAMID.com.contactApp.Contact";

fn waiting(n: u32, device: &str) -> SessionFile {
    session(CONTACT, &id(n)).status("pending").set("/device/id", device)
}

fn decline_path(file: &SessionFile) -> String {
    format!("{}/decline", file.path())
}

#[track_caller]
fn decline(user: &impl User, file: &SessionFile) -> Answer {
    user.post(&decline_path(file), json!({ "reason": "a private phone" })).status(200)
}

fn declined(user: &impl User, file: &SessionFile) -> Value {
    user.json(&file.path())["declined"].clone()
}

#[test]
fn a_declined_session_leaves_the_queue_and_its_file_alone() {
    let (one, other) = (waiting(1, "d-1"), waiting(2, "d-2"));
    let site = Site::with(&[one.clone(), other.clone()]);
    let server = site.serve();
    let operator = server.operator();
    let stream = server.viewer().request("GET", "/api/v1/events").listen();
    let before = snapshot(&site.root());
    let answer = decline(&operator, &one);
    assert!(answer.has_header("x-change-id") && answer.header("etag").starts_with('"'));
    let session = answer.json();
    let me = operator.json("/api/v1/me")["name"].clone();
    assert_eq!(session["status"], "pending");
    assert_eq!(session["declined"]["by"], json!({ "kind": "token", "name": me }));
    assert_eq!(session["declined"]["reason"], "a private phone");
    let told = stream.next_of("session.declined").data;
    assert_eq!((&told["id"], &told["status"], &told["declined"]), (&json!(id(1)), &json!("pending"), &json!(true)));
    assert_eq!(told["actor"], session["declined"]["by"]);
    assert_unchanged(&before, &snapshot(&site.root()));

    assert_eq!(operator.ids(&format!("{LIST}?status=pending&sort=id")), [id(2), id(1)], "as it ever was");
    assert_eq!(operator.ids(&format!("{LIST}?status=pending&declined=false")), [id(2)]);
    assert_eq!(operator.ids(&format!("{LIST}?declined=true")), [id(1)]);
    assert_eq!(operator.json(&format!("{LIST}?declined=true&q=iphone"))["total"], 1);
    let counts = operator.json(&app_path(CONTACT))["sessions"].clone();
    assert_eq!((&counts["pending"], &counts["declined"]), (&json!(2), &json!(1)));

    // Once more changes nothing, and a push has nothing to tell.
    let again = decline(&operator, &one);
    assert!(!again.has_header("x-change-id"));
    assert_eq!(operator.json("/api/v1/push")["unpushed"], 0);

    let back = operator.delete(&decline_path(&one)).status(200);
    assert_eq!(back.json()["declined"], Value::Null);
    assert_eq!(stream.next_of("session.undeclined").data["declined"], false);
    assert_eq!(operator.ids(&format!("{LIST}?declined=false&status=pending&sort=id")), [id(2), id(1)]);
    assert!(!operator.delete(&decline_path(&one)).status(200).has_header("x-change-id"));
    assert_unchanged(&before, &snapshot(&site.root()));
    let actions: Vec<Value> = journal(&operator, "").into_iter().map(|(_, entry)| entry["action"].clone()).collect();
    assert_eq!(actions, [json!("undecline"), json!("decline")]);
}

#[test]
fn what_was_read_before_a_decline_is_stale() {
    let file = waiting(1, "d-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let (operator, owner) = (server.operator(), server.first_owner());
    let accept = |tag: &str| {
        let request = operator.request("PATCH", &file.path()).header("if-match", tag);
        request.json(json!({ "status": "accepted" })).send()
    };
    let tag = || operator.get(&file.path()).header("etag").to_owned();
    let before = tag();
    let own = page_of(CONTACT, &id(1));
    let form = Form::button(&owner.get(&own).text(), &format!("{own}/status"));
    decline(&operator, &file);
    accept(&before).problem(412, "precondition-failed");
    let batch = json!({ "action": "set_status", "status": "accepted",
        "sessions": [{ "app": CONTACT, "id": id(1), "etag": before }] });
    let failed = operator.post("/api/v1/sessions/batch", batch).status(200).json();
    assert_eq!(failed["items"][0]["problem"]["status"], 412);
    form.fill("status", "accepted").submit(&owner).status(412);
    assert!(declined(&operator, &file).is_object());
    // Who has seen the decline decides anew.
    accept(&tag()).status(200);
    assert_eq!(declined(&operator, &file), Value::Null);
}

#[test]
fn an_undo_does_not_let_in_who_was_declined_since() {
    let file = session(CONTACT, &id(1));
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let pending = operator.patch(&file.path(), json!({ "status": "pending" })).status(200);
    let path = format!("/api/v1/changes/{}", pending.header("x-change-id"));
    assert_eq!(operator.json(&path)["can_undo"], true);
    decline(&operator, &file);
    assert_eq!(operator.json(&path)["can_undo"], false);
    let undone = operator.post(&format!("{path}/undo"), json!({})).status(200).json();
    assert_eq!((&undone["changed"], &undone["failed"]), (&json!(0), &json!(1)), "{undone}");
    assert!(declined(&operator, &file).is_object());
    operator.delete(&decline_path(&file)).status(200);
    assert_eq!(operator.post(&format!("{path}/undo"), json!({})).status(200).json()["changed"], 1);
}

#[test]
fn who_may_not_change_may_not_decline() {
    let file = waiting(1, "d-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let (viewer, elsewhere) = (server.viewer(), server.token_with("operator", &["other.*"], false));
    viewer.post(&decline_path(&file), json!({})).problem(403, "forbidden");
    elsewhere.post(&decline_path(&file), json!({})).problem(404, "not-found");
    let operator = server.operator();
    operator.post(&decline_path(&file), json!({ "reason": "x".repeat(501) })).problem(422, "invalid-value");
    let stale = operator.request("POST", &decline_path(&file)).header("if-match", "\"0123\"").json(json!({}));
    stale.send().problem(412, "precondition-failed");
    let etag = operator.etag(CONTACT, &id(1));
    operator.request("POST", &decline_path(&file)).header("if-match", &etag).json(json!({})).send().status(200);
}

#[test]
fn only_a_pending_session_can_be_declined() {
    let file = session(CONTACT, &id(1));
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    operator.post(&decline_path(&file), json!({})).problem(409, "conflict");
    let none = session(CONTACT, &id(9));
    operator.post(&decline_path(&none), json!({})).problem(404, "not-found");
}

#[test]
fn a_declined_device_that_comes_back_stays_declined() {
    let site = Site::with(&[waiting(1, "d-1"), session(TASKS, &id(8))]);
    let server = site.serve();
    let (operator, owner) = (server.operator(), server.owner());
    owner.post("/api/v1/rules", json!({ "name": "all", "when": {} })).status(201);
    decline(&operator, &waiting(1, "d-1"));
    operator.delete(&waiting(1, "d-1").path()).status(204);
    let stream = server.viewer().request("GET", "/api/v1/events").listen();
    // In the other folder of the same app, and once more after a restart.
    let back = session(FAKE, &id(2)).status("pending").set("/device/id", "D-1").set("/team/id", "FAKETEAMID");
    site.put(&back);
    let told = stream.next_of("session.created").data;
    assert_eq!((&told["id"], &told["declined"]), (&json!(id(2)), &json!(true)));
    assert_eq!(declined(&operator, &back)["reason"], "a private phone");
    // Another device, and the same one in another app, are let in by the rule.
    let others = [waiting(3, "d-3"), session(TASKS, &id(4)).status("pending").set("/device/id", "d-1")];
    others.iter().for_each(|file| drop(site.put(file)));
    for file in &others {
        until(SOON, "the rule lets it in", || operator.json(&file.path())["status"] == "accepted");
    }
    assert_eq!(operator.json(&back.path())["status"], "pending", "no rule lets in who is declined");
    drop(server);
    let server = site.serve();
    let operator = server.operator();
    let again = waiting(5, "d-1");
    site.put(&again);
    until(SOON, "it is seen", || operator.get(&again.path()).status == 200);
    assert_eq!(declined(&operator, &again)["reason"], "a private phone");
    // Taken back, it is so for what comes next.
    operator.delete(&decline_path(&again)).status(200);
    let next = waiting(6, "d-1");
    site.put(&next);
    until(SOON, "the rule lets it in", || {
        operator.get(&next.path()).status == 200 && operator.json(&next.path())["status"] == "accepted"
    });
}

#[test]
fn a_rule_can_name_declined_sessions() {
    let file = waiting(1, "d-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let owner = server.owner();
    decline(&owner, &file);
    let preview =
        |when: Value| owner.post("/api/v1/rules/preview", json!({ "when": when })).status(200).json()["total"].clone();
    assert_eq!(preview(json!({})), 0);
    assert_eq!(preview(json!({ "declined": false })), 0);
    assert_eq!(preview(json!({ "declined": true })), 1);
    let rule = json!({ "name": "back", "when": { "declined": true } });
    let made = owner.post("/api/v1/rules", rule).status(201).json();
    assert_eq!(made["when"]["declined"], true);
    let back = waiting(2, "d-1");
    site.put(&back);
    until(SOON, "it is let in", || {
        owner.get(&back.path()).status == 200 && owner.json(&back.path())["status"] == "accepted"
    });
}

#[test]
fn accepting_ends_the_decline_and_undo_restores_it() {
    let file = waiting(1, "d-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let first = decline(&operator, &file).json()["declined"].clone();
    let accepted = operator.patch(&file.path(), json!({ "status": "accepted" })).status(200);
    assert_eq!(accepted.json()["declined"], Value::Null);
    assert_eq!(operator.json(LIST)["items"][0]["declined"], Value::Null);
    let change = accepted.header("x-change-id").to_owned();
    operator.post(&format!("/api/v1/changes/{change}/undo"), json!({})).status(200);
    assert_eq!(declined(&operator, &file), first, "as it was");
    // Set to pending by a person who had accepted it, it waits.
    operator.patch(&file.path(), json!({ "status": "accepted" })).status(200);
    let pending = operator.patch(&file.path(), json!({ "status": "pending" })).status(200);
    assert_eq!(pending.json()["declined"], Value::Null);
    let next = waiting(2, "d-1");
    site.put(&next);
    until(SOON, "it is seen", || operator.get(&next.path()).status == 200);
    assert_eq!(declined(&operator, &next), Value::Null, "its device was let in since");
}

#[test]
fn a_decline_is_undone_and_the_undo_too() {
    let file = waiting(1, "d-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let change = decline(&operator, &file).header("x-change-id").to_owned();
    let first = declined(&operator, &file);
    let undo = |id: &str| operator.post(&format!("/api/v1/changes/{id}/undo"), json!({}));
    assert_eq!(operator.json(&format!("/api/v1/changes/{change}"))["can_undo"], true);
    let undone = undo(&change).status(200).json();
    assert_eq!((&undone["changed"], declined(&operator, &file)), (&json!(1), Value::Null));
    assert_eq!(operator.json(&format!("/api/v1/changes/{change}"))["can_undo"], false);
    undo(undone["change_id"].as_str().unwrap()).status(200);
    assert_eq!(declined(&operator, &file), first);
    // What is not so any more is not undone.
    operator.patch(&file.path(), json!({ "status": "accepted" })).status(200);
    assert_eq!(operator.json(&format!("/api/v1/changes/{change}"))["can_undo"], false);
    assert_eq!(undo(&change).status(200).json()["failed"], 1);
}

#[test]
fn many_are_declined_at_once() {
    let files = [waiting(1, "d-1"), waiting(2, "d-2"), session(CONTACT, &id(3))];
    let site = Site::with(&files);
    let server = site.serve();
    let operator = server.operator();
    let order = |more: Value| {
        let mut order = json!({ "action": "decline", "reason": "by many" });
        order.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        operator.post("/api/v1/sessions/batch", order).status(200).json()
    };
    let all = json!({ "filter": {}, "all": true });
    let mut dry = all.clone();
    dry["dry_run"] = json!(true);
    assert_eq!((&order(dry)["changed"], declined(&operator, &files[0])), (&json!(2), Value::Null));
    let done = order(all);
    assert_eq!((&done["changed"], &done["failed"]), (&json!(2), &json!(1)), "{done}");
    assert_eq!(operator.json(&format!("{LIST}?declined=true"))["total"], 2);
    let back = json!({ "action": "undecline", "filter": { "declined": true } });
    let back = operator.post("/api/v1/sessions/batch", back).status(200).json();
    assert_eq!(back["changed"], 2);
    let undone = operator.post(&format!("/api/v1/changes/{}/undo", back["change_id"].as_str().unwrap()), json!({}));
    assert_eq!(undone.status(200).json()["changed"], 2);
    assert_eq!(operator.json(&format!("{LIST}?declined=true"))["total"], 2);
    let csv = operator.request("GET", &format!("{LIST}?declined=true")).header("accept", "text/csv").send();
    let text = csv.status(200).text();
    assert!(text.contains("declined_at,declined_by_kind,declined_by_name,declined_reason"), "{text}");
    assert!(text.contains("by many"), "{text}");
}

#[test]
fn a_declined_session_stays_so_after_a_restart() {
    let file = waiting(1, "d-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    decline(&server.operator(), &file);
    server.kill();
    drop(server);
    let server = site.serve();
    assert_eq!(declined(&server.viewer(), &file)["reason"], "a private phone");
}

#[test]
fn a_person_declines_without_scripts_and_takes_it_back() {
    let site = Site::with(&[waiting(1, "d-1"), waiting(2, "d-2")]);
    let server = site.serve();
    let owner = server.first_owner();
    let status = format!("/apps/{NAME}/sessions/{}/status", id(1));
    let page = owner.get(&format!("/apps/{NAME}/sessions/{}", id(1))).status(200).text();
    let form = Form::find(&page, &format!("/apps/{NAME}/sessions/{}/email", id(1))).at(&status);
    form.add("status", "declined").fill("reason", "stolen").submit(&owner).status(303);
    let page = owner.get(&format!("/apps/{NAME}/sessions/{}", id(1))).status(200).text();
    assert!(page.contains("Declined by") && page.contains("stolen") && page.contains("is declined. For 4D"), "{page}");
    let overview = owner.get("/").status(200).text();
    assert!(overview.contains("1 device is waiting") && overview.contains("<title>(1) "), "{overview}");
    let list = owner.get("/sessions?status=pending").status(200).text();
    assert!(!list.contains(&format!("id=\"s-{NAME}/{}\"", id(1))) && list.contains(&id(2)));
    assert!(list.contains("1 declined"), "{list}");
    let list = owner.get("/sessions?declined=true").status(200).text();
    assert!(
        list.contains(&format!("id=\"s-{NAME}/{}\"", id(1))) && !list.contains(&format!("id=\"s-{NAME}/{}\"", id(2)))
    );
    // All that are declined, back in the queue.
    let form = Form::find(&list, "/sessions/selected").add("pick", &format!("{NAME}/{}", id(1))).add("do", "undecline");
    form.submit(&owner).status(303);
    assert!(owner.get("/").text().contains("2 devices are waiting"));
    let journal = owner.get("/changes").status(200).text();
    assert!(journal.contains("back in the queue") && journal.contains("declined"), "{journal}");
}

#[test]
fn who_was_accepted_meanwhile_is_not_declined() {
    let site = Site::with(&[waiting(1, "d-1")]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/").status(200).text();
    let own = format!("/apps/{NAME}/sessions/{}/status", id(1));
    let form = Form::find(&page, &own).fill("status", "declined");
    server.operator().patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" })).status(200);
    let answer = form.submit(&owner).status(409).text();
    assert!(answer.contains("Only a pending session can be declined"), "{answer}");
}

#[test]
fn declined_in_the_queue_with_one_key_and_undone() {
    let site = queue(&[1, 2, 3]);
    let server = site.serve();
    let browser = at(&server, "/");
    rows(&browser, &["Phone 3", "Phone 2", "Phone 1"]);
    browser.keys("j");
    browser.keys("d");
    browser.reads(".toast", "Phone 3 · p3@x.example is declined. For 4D it stays pending.");
    browser.reads("h1", "2 devices are waiting");
    browser.reads("tr.let-in .done", "Declined");
    assert!(browser.run("return document.title").as_str().unwrap().starts_with("(2)"));
    browser.click(".toast button");
    browser.reads("h1", "3 devices are waiting");
    assert!(!browser.has(".let-in"));
    not_loaded_again(&browser);
}

#[test]
fn a_chip_leads_to_the_declined_and_the_list_follows() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    decline(&server.operator(), &session(CONTACT, &id(1)));
    let browser = at(&server, "/sessions");
    browser.reads("tr.declined", "Phone 1");
    let chip =
        browser.run("return [...document.querySelectorAll('.chip')].map((chip) => chip.textContent.trim()).join()");
    assert!(chip.as_str().unwrap().contains("Declined 1"), "{chip}");
    browser.click(".chip[href*='declined=true']");
    rows(&browser, &["Phone 1"]);
    browser.run(
        "const choice = document.querySelector('tr.declined select'); choice.value = 'pending'; \
         choice.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    browser.reads(".toast", "Phone 1 · p1@x.example is back in the queue.");
    browser.click("a[href='/']");
    rows(&browser, &["Phone 2", "Phone 1"]);
}
