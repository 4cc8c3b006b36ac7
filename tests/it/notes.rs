//! Notes: a name for a device and what is said of it, outside its file, for all its sessions in the app.

use std::time::Duration;

use serde_json::{Value, json};

use crate::spawn::*;

const SOON: Duration = Duration::from_secs(10);
const LIST: &str = "/api/v1/sessions";
const FAKE: &str = "FAKETEAMID.com.contactApp.Contact";
const HOSTILE: &str = "=cmd()|\"<script>alert(1)</script>\u{202e}";

fn of_device(n: u32, device: &str) -> SessionFile {
    session(CONTACT, &id(n)).status("pending").set("/device/id", device)
}

fn note_path(file: &SessionFile) -> String {
    format!("{}/note", file.path())
}

fn page_path(file: &SessionFile) -> String {
    format!("/apps/{}/sessions/{}", file.app, file.id)
}

#[track_caller]
fn set(user: &impl User, file: &SessionFile, note: Value) -> Answer {
    user.request("PUT", &note_path(file)).json(note).send().status(200)
}

fn note(user: &impl User, file: &SessionFile) -> Value {
    user.json(&file.path())["note"].clone()
}

fn undo(user: &impl User, change: &str) -> Value {
    user.post(&format!("/api/v1/changes/{change}/undo"), json!({})).status(200).json()
}

#[test]
fn a_device_has_a_name_and_a_note_outside_its_file() {
    let (one, other) = (of_device(1, "d-1"), of_device(2, "d-2"));
    let site = Site::with(&[one.clone(), other.clone()]);
    let server = site.serve();
    let operator = server.operator();
    let stream = server.viewer().request("GET", "/api/v1/events").listen();
    let before = snapshot(&site.root());
    let etag = operator.etag(CONTACT, &id(1));
    let answer = set(&operator, &one, json!({ "name": " Depot, 2nd phone ", "note": "Ask Nina.\r\nÉvier" }));
    assert!(answer.has_header("x-change-id"));
    assert_eq!(answer.header("etag").split('-').next(), etag.split('-').next(), "its file is the same");
    assert_ne!(answer.header("etag"), etag);
    let noted = answer.json()["note"].clone();
    let me = operator.json("/api/v1/me")["name"].clone();
    assert_eq!(noted["by"], json!({ "kind": "token", "name": me }));
    assert_eq!((&noted["name"], &noted["note"]), (&json!("Depot, 2nd phone"), &json!("Ask Nina.\nÉvier")));
    let told = stream.next_of("session.noted").data;
    assert_eq!((&told["id"], &told["status"], &told["actor"]), (&json!(id(1)), &json!("pending"), &noted["by"]));
    assert_unchanged(&before, &snapshot(&site.root()));

    for q in ["DEPOT", "évier", "2nd+phone", &id(1)] {
        assert_eq!(operator.ids(&format!("{LIST}?q={q}")), [id(1)], "{q}");
        assert_eq!(operator.json(&format!("/api/v1/search?q={q}"))["items"][0]["note"], noted, "{q}");
    }
    assert_eq!(operator.json("/api/v1/push")["unpushed"], 0);
    let csv = operator.request("GET", &format!("{LIST}?q=depot")).header("accept", "text/csv").send().text();
    assert!(csv.contains("note_name,note_text,note_at,note_by_kind,note_by_name"), "{csv}");
    assert!(csv.contains("\"Depot, 2nd phone\",\"Ask Nina.\nÉvier\""), "{csv}");
    // The same once more changes nothing; without either, nothing is left.
    let again = set(&operator, &one, json!({ "name": "Depot, 2nd phone", "note": "Ask Nina.\nÉvier" }));
    assert!(!again.has_header("x-change-id"));
    assert_eq!(note(&operator, &one), noted);
    assert_eq!(set(&operator, &one, json!({ "name": "", "note": null })).json()["note"], Value::Null);
    assert!(!set(&operator, &one, json!({})).has_header("x-change-id"));
    assert_eq!(operator.json(&format!("{LIST}?q=depot"))["total"], 0);
    // One that 4D has let in long since, and another program writes, has one too.
    set(&operator, &other, json!({ "note": "kept" }));
    site.put(&other.clone().status("accepted").email("new@x.example"));
    until(SOON, "it is seen", || operator.json(&other.path())["email"] == "new@x.example");
    assert_eq!(note(&operator, &other)["note"], "kept");
    assert_eq!(operator.ids(&format!("{LIST}?q=kept")), [id(2)]);
}

#[test]
fn who_may_not_change_may_not_note() {
    let file = of_device(1, "d-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let put = |user: &dyn Fn() -> Request, note: Value| user().json(note).send();
    let (viewer, elsewhere) = (server.viewer(), server.token_with("operator", &["other.*"], false));
    let own = server.token_with("operator", &["*.com.contactApp.*"], false);
    put(&|| viewer.request("PUT", &note_path(&file)), json!({})).problem(403, "forbidden");
    put(&|| elsewhere.request("PUT", &note_path(&file)), json!({})).problem(404, "not-found");
    for (order, pointer) in [
        (json!({ "name": "x".repeat(65) }), "/name"),
        (json!({ "name": "two\nlines" }), "/name"),
        (json!({ "name": 7 }), "/name"),
        (json!({ "note": "x".repeat(1001) }), "/note"),
        (json!({ "note": "bell\u{7}" }), "/note"),
        (json!({ "notes": "" }), "/notes"),
    ] {
        let refused = put(&|| own.request("PUT", &note_path(&file)), order.clone()).problem(422, "invalid-value");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{order}");
    }
    let stale = || own.request("PUT", &note_path(&file)).header("if-match", "\"0123\"");
    put(&stale, json!({ "name": "a" })).problem(412, "precondition-failed");
    let etag = own.etag(CONTACT, &id(1));
    put(&|| own.request("PUT", &note_path(&file)).header("if-match", &etag), json!({ "name": "é".repeat(64) }))
        .status(200);
    let none = session(CONTACT, &id(9));
    put(&|| own.request("PUT", &note_path(&none)), json!({ "name": "a" })).problem(404, "not-found");
    let page = viewer.get(&page_path(&file)).status(200).text();
    assert!(page.contains(&"é".repeat(64)) && !page.contains("id=\"note-text\""), "read, not written");
}

#[test]
fn a_device_that_comes_back_keeps_its_name() {
    let (one, twin) = (of_device(1, "d-1"), of_device(2, "D-1"));
    let site = Site::with(&[one.clone(), twin.clone(), session(TASKS, &id(8))]);
    let server = site.serve();
    let operator = server.operator();
    set(&operator, &one, json!({ "name": "depot" }));
    assert_eq!(note(&operator, &twin)["name"], "depot", "the same device");
    operator.delete(&one.path()).status(204);
    operator.delete(&twin.path()).status(204);
    assert_eq!(operator.json("/api/v1/search?q=depot")["deleted"]["total"], 2);
    // In the other folder of the same app, after a restart; not in another app.
    drop(server);
    let server = site.serve();
    let operator = server.operator();
    let back = session(FAKE, &id(3)).set("/device/id", "d-1").set("/team/id", "FAKETEAMID");
    let elsewhere = session(TASKS, &id(4)).set("/device/id", "d-1");
    [&back, &elsewhere].iter().for_each(|file| drop(site.put(file)));
    until(SOON, "both are seen", || [&back, &elsewhere].iter().all(|file| operator.get(&file.path()).status == 200));
    assert_eq!((&note(&operator, &back)["name"], note(&operator, &elsewhere)), (&json!("depot"), Value::Null));
    assert_eq!(operator.ids(&format!("{LIST}?q=depot")), [id(3)]);
    // A decline that ends leaves the name, and a name that goes leaves the decline.
    let again = of_device(5, "d-1");
    site.put(&again);
    until(SOON, "it is seen", || operator.get(&again.path()).status == 200);
    operator.post(&format!("{}/decline", again.path()), json!({})).status(200);
    set(&operator, &again, json!({}));
    let next = of_device(6, "d-1");
    site.put(&next);
    until(SOON, "it is seen", || operator.get(&next.path()).status == 200);
    let seen = operator.json(&next.path());
    assert!(seen["note"].is_null() && seen["declined"].is_object(), "{seen}");
    set(&operator, &next, json!({ "name": "depot" }));
    operator.delete(&format!("{}/decline", next.path())).status(200);
    let last = of_device(7, "d-1");
    site.put(&last);
    until(SOON, "it is seen", || operator.get(&last.path()).status == 200);
    let seen = operator.json(&last.path());
    assert!(seen["note"]["name"] == "depot" && seen["declined"].is_null(), "{seen}");
}

#[test]
fn a_note_is_undone_and_the_undo_too() {
    let file = of_device(1, "d-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let first = set(&operator, &file, json!({ "name": "depot" }));
    let second = set(&operator, &file, json!({ "name": "depot", "note": "lost" }));
    let [first_id, second_id] = [&first, &second].map(|answer| answer.header("x-change-id").to_owned());
    let entry = |id: &str| operator.json(&format!("/api/v1/changes/{id}"));
    let made = entry(&second_id);
    assert_eq!((&made["action"], &made["can_undo"]), (&json!("set_note"), &json!(true)));
    assert_eq!((&made["note_before"], &made["note_after"]), (&first.json()["note"], &second.json()["note"]));
    assert_eq!(entry(&first_id)["can_undo"], false, "another one stands now");
    assert_eq!(undo(&operator, &first_id)["failed"], 1);
    let undone = undo(&operator, &second_id);
    assert_eq!((&undone["changed"], note(&operator, &file)), (&json!(1), first.json()["note"].clone()));
    undo(&operator, undone["change_id"].as_str().unwrap());
    assert_eq!(note(&operator, &file), second.json()["note"]);
    assert_eq!(operator.json("/api/v1/changes?q=LOST")["total"], 3, "the journal is searched by notes");
    assert_eq!(operator.json("/api/v1/changes?action=set_note")["total"], 4);
    // What was accepted and noted since is still the last that was accepted.
    operator.patch(&file.path(), json!({ "status": "accepted" })).status(200);
    assert_eq!(note(&operator, &file), second.json()["note"], "whatever its status");
    assert_eq!(entry(&second_id)["can_undo"], true, "it stands again");
    let csv = operator.request("GET", "/api/v1/changes?action=set_note").header("accept", "text/csv").send().text();
    assert!(csv.contains("before_note_name,before_note_text,after_note_name,after_note_text"), "{csv}");
    assert!(csv.contains("depot,,depot,lost"), "{csv}");
}

#[test]
fn a_note_stands_after_a_kill() {
    let file = session(CONTACT, &id(1)).without("/device/id");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    set(&server.operator(), &file, json!({ "name": "no id, one session" }));
    server.kill();
    drop(server);
    let server = site.serve();
    assert_eq!(note(&server.viewer(), &file)["name"], "no id, one session");
}

#[test]
fn a_person_names_a_device_without_scripts() {
    let (file, twin) = (of_device(1, "d-1"), of_device(2, "d-2"));
    let site = Site::with(&[file.clone(), twin]);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_path(&file);
    let form = |page: &str| Form::find(page, &format!("{own}/note"));
    let page = owner.get(&own).status(200).text();
    form(&page).fill("name", "Depot").fill("note", "Ask Nina.\r\nTwice.").submit(&owner).status(303);
    let page = owner.get(&own).status(200).text();
    assert!(page.contains("value=\"Depot\"") && page.contains("Ask Nina.\nTwice.</textarea>"), "{page}");
    for path in ["/", "/sessions", "/search?q=nina", &format!("{own}/look")] {
        let page = owner.get(path).status(200).text();
        assert!(page.contains("<span class=\"called\"><bdi>Depot</bdi></span>"), "{path}");
    }
    assert!(owner.get(&format!("{own}/look")).text().contains("<p><bdi>Twice.</bdi></p>"));
    let list = owner.get("/sessions?q=twice").status(200).text();
    assert!(list.contains(&id(1)) && !list.contains(&format!("{}\"", id(2))));
    let journal = owner.get("/changes").status(200).text();
    assert!(journal.contains("named") && journal.contains("Depot"), "{journal}");
    // What will not do is kept, and why is said beside it.
    let refused = form(&page).fill("name", &"x".repeat(65)).fill("note", "typed").submit(&owner).status(422).text();
    assert!(refused.contains("id=\"note-name-error\"") && refused.contains("typed</textarea>"), "{refused}");
    assert!(!refused.contains("id=\"note-text-error\""));
    // Without a name, the note stands for it; without either, nothing does.
    form(&page).fill("name", "").fill("note", "Ask Nina.\r\nTwice.").submit(&owner).status(303);
    assert!(owner.get("/").text().contains("<bdi>Ask Nina. Twice.</bdi>"));
    form(&page).fill("name", "").fill("note", " ").submit(&owner).status(303);
    assert!(!owner.get("/sessions").text().contains("class=\"called\""));
    assert!(owner.get("/changes").text().contains("removed the note"));
}

#[test]
fn hostile_text_is_escaped_wherever_it_stands() {
    let file = of_device(1, "d-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let owner = server.first_owner();
    let operator = server.operator();
    for order in [json!({ "name": HOSTILE, "note": HOSTILE }), json!({ "note": HOSTILE })] {
        set(&operator, &file, order);
        assert_eq!(note(&operator, &file)["note"], HOSTILE, "as it was written");
        let own = page_path(&file);
        for path in ["/", "/sessions", "/search?q=cmd", "/changes", &own, &format!("{own}/look")] {
            let page = owner.get(path).status(200).text();
            assert!(page.contains("=cmd()|"), "{path} shows it");
            assert!(!page.contains("<script>alert"), "{path}");
        }
        for path in [LIST, "/api/v1/changes"] {
            let csv = operator.request("GET", path).header("accept", "text/csv").send().status(200).text();
            assert!(csv.contains("'=cmd()|") && !csv.contains(",=cmd") && !csv.contains(",\"=cmd"), "{csv}");
        }
    }
}

#[test]
fn the_drawer_takes_a_reason() {
    let file = of_device(1, "d-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_path(&file);
    let page = owner.get(&format!("{own}/look")).status(200).text();
    let form = Form::find(&page, &format!("{own}/status"));
    form.add("status", "declined").fill("reason", "a private phone").submit(&owner).status(303);
    assert_eq!(server.viewer().json(&file.path())["declined"]["reason"], "a private phone");
}
