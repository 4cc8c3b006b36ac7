//! Search over all sessions, deleted ones too: by the API and by the page without scripts.

use serde_json::json;

use crate::pages::{page_of, rows, user};
use crate::spawn::*;

fn phone(n: u32, email: &str) -> SessionFile {
    session(CONTACT, &id(n)).email(email).set("/device/description", format!("Phone {n}"))
}

/// One waits, one is accepted, one was deleted here and one by another program.
fn everybody(site: &Site) -> Server<'_> {
    site.put_aged(&phone(1, "ann@x.example"), 50);
    site.put_aged(&phone(2, "Ann.B@x.example").status("pending"), 900);
    for n in 3..=4 {
        site.put(&phone(n, "ann.c@x.example"));
    }
    site.put(&phone(5, "bob@x.example"));
    let server = site.serve();
    server.operator().delete(&session_path(CONTACT, &id(3))).status(204);
    std::fs::remove_file(site.path(CONTACT, &id(4))).expect("removed");
    server.operator().refresh();
    server
}

#[test]
fn search_finds_waiting_accepted_and_deleted_sessions() {
    let site = Site::new();
    let server = everybody(&site);
    let found = server.viewer().json("/api/v1/search?q=%20ANN");
    let ids = |items: &serde_json::Value| -> Vec<String> {
        items.as_array().expect("items").iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(&found["items"]), [id(2), id(1)], "who waits comes first");
    assert_eq!((&found["total"], &found["deleted"]["total"]), (&json!(2), &json!(2)));
    let by = |n: u32| {
        let deleted = found["deleted"]["items"].as_array().expect("items").iter();
        deleted.clone().find(|one| one["session"]["id"] == id(n)).expect("a deleted session").clone()
    };
    assert_eq!((&by(3)["deleted_by"]["kind"], &by(3)["can_restore"]), (&json!("token"), &json!(true)));
    assert_eq!(by(3)["session"]["email"], "ann.c@x.example");
    assert_eq!(
        (&by(4)["deleted_by"], &by(4)["change_id"], &by(4)["can_restore"]),
        (&json!(null), &json!(null), &json!(false))
    );

    let undo = format!("/api/v1/changes/{}/undo", by(3)["change_id"].as_str().expect("a change"));
    server.operator().post(&undo, json!({})).status(200);
    let found = server.viewer().json(&format!("/api/v1/search?q={}", &id(3)[..20]));
    assert_eq!((ids(&found["items"]), &found["deleted"]["total"]), (vec![id(3)], &json!(0)));
    for nothing in ["/api/v1/search", "/api/v1/search?q=", "/api/v1/search?q=nobody"] {
        assert_eq!(
            server.viewer().json(nothing),
            json!({ "items": [], "total": 0, "deleted": { "items": [], "total": 0 } })
        );
    }
    let few = server.viewer().json("/api/v1/search?q=ann&limit=1");
    assert_eq!((ids(&few["items"]), &few["total"]), (vec![id(2)], &json!(3)));
    server.viewer().get("/api/v1/search?q=a&colour=red").problem(400, "invalid-query");
}

#[test]
fn a_session_that_came_back_and_went_again_is_nobodys_delete() {
    let site = Site::new();
    let server = everybody(&site);
    site.put(&phone(3, "ann.c@x.example").set("/device/version", "17.1"));
    server.operator().refresh();
    std::fs::remove_file(site.path(CONTACT, &id(3))).expect("removed");
    server.operator().refresh();
    let found = server.viewer().json(&format!("/api/v1/search?q={}", id(3)));
    let deleted = &found["deleted"]["items"][0];
    assert_eq!((&deleted["session"]["id"], &deleted["deleted_by"]), (&json!(id(3)), &json!(null)));
}

#[test]
fn search_shows_nothing_of_other_apps() {
    let site = Site::new();
    let server = everybody(&site);
    site.put(&session(TASKS, &id(8)).email("ann@tasks.example"));
    server.operator().refresh();
    let held = server.token_with("viewer", &["*.Tasks"], false);
    let found = held.json("/api/v1/search?q=ann");
    assert_eq!((&found["total"], &found["items"][0]["id"]), (&json!(1), &json!(id(8))));
    assert_eq!(found["deleted"], json!({ "items": [], "total": 0 }));
}

#[test]
fn the_search_page_restores_without_scripts() {
    let site = Site::new();
    let server = everybody(&site);
    let otto = user(&server, "otto", "operator", &[]);
    let start = otto.get("/changes").status(200).text();
    assert!(start.contains("role=\"search\"") && start.contains("action=\"/search\""), "in every page: {start}");
    let page = otto.get("/search?q=ann").status(200).text();
    assert!(page.contains("2 sessions found · 2 deleted"), "{page}");
    assert_eq!(rows(&page).len(), 4, "{page}");
    assert!(page.contains("Deleted outside this panel"), "{page}");
    let button = tags(&page, "button").into_iter().filter(|(_, tag)| tag.contains("/undo")).collect::<Vec<_>>();
    assert_eq!(button.len(), 1, "what another program deleted is not kept: {page}");
    let undo = attribute(&button[0].1, "formaction").expect("an address");
    let answer = Form::button(&page, &undo).submit(&otto).status(303);
    assert!(answer.header("location").starts_with("/search?q=ann"), "{answer:?}");
    assert_eq!(site.read(CONTACT, &id(3)), phone(3, "ann.c@x.example").bytes());
    let viewer = user(&server, "vera", "viewer", &[]);
    assert!(!viewer.get("/search?q=ann").status(200).text().contains("/undo"));
}

#[test]
fn a_search_with_one_hit_opens_it() {
    let site = Site::new();
    let server = everybody(&site);
    let otto = user(&server, "otto", "operator", &[]);
    let opens = |q: &str| otto.get(&format!("/search?q={q}&open=yes")).status(303).header("location").to_owned();
    assert_eq!(opens("bob"), page_of(CONTACT, &id(5)));
    assert_eq!(opens("ann"), "/search?q=ann");
    assert_eq!(opens("nobody"), "/search?q=nobody");
    assert_eq!(opens(&id(3)), page_of(CONTACT, &id(3)), "a deleted one");
    assert!(otto.get("/search?q=nobody").status(200).text().contains("Nothing fits “nobody”"));
}

#[test]
fn the_journal_is_searched_by_device_email_and_id() {
    let site = Site::with(&[
        phone(1, "Ann@x.example"),
        phone(2, "bob@x.example").set("/device/description", "Pixel Ä"),
        phone(3, ""),
    ]);
    let server = site.serve();
    let operator = server.operator();
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "email": "new@x.example" })).status(200);
    operator.patch(&session_path(CONTACT, &id(2)), json!({ "status": "pending" })).status(200);
    operator.delete(&session_path(CONTACT, &id(3))).status(204);
    let found = |q: &str| {
        let list = operator.json(&format!("/api/v1/changes?q={}", segment(q)));
        let sessions = list["items"].as_array().expect("items").iter().map(|one| one["session"].clone());
        let sessions: Vec<_> = sessions.collect();
        assert_eq!(list["total"], sessions.len(), "{q}");
        sessions
    };
    for (q, n) in [("ann@", 1), ("NEW@X", 1), ("pixel ä", 2), ("Phone 3", 3), (&id(2)[2..], 2)] {
        assert_eq!(found(q), [json!(id(n))], "{q}");
    }
    assert_eq!(found("x.example").len(), 2);
    assert_eq!(found("nobody"), Vec::<serde_json::Value>::new());
    assert_eq!(found(" ").len(), 3, "nothing is asked for");
    let csv = operator.request("GET", "/api/v1/changes?q=ann").header("accept", "text/csv").send().status(200).text();
    assert_eq!(csv.lines().count(), 2, "{csv}");
    let otto = user(&server, "otto", "operator", &[]);
    let page = otto.get("/changes?q=ann").status(200).text();
    assert_eq!(page.matches("<tr id=\"c-").count(), 1, "{page}");
    assert!(page.contains("<time class=\"exact\"") && page.contains("Ann@x.example"), "{page}");
    assert!(page.contains("/changes.csv?q=ann"), "{page}");
}
