//! Saved views, and the columns of the list: by the API and by pages without scripts.

use serde_json::json;

use crate::pages::{list_of, row, rows, user};
use crate::spawn::*;

fn two_sessions() -> Site {
    Site::with(&[
        session(CONTACT, &id(1)).email("ann@x.example").status("pending").set("/application/version", "7.8.9"),
        session(CONTACT, &id(2)).email("bob@x.example"),
    ])
}

#[test]
fn each_caller_has_views_of_their_own() {
    let site = two_sessions();
    let server = site.serve();
    let viewer = server.viewer();
    let put = |query: &str| viewer.request("PUT", "/api/v1/views/Depot%20now").json(json!({ "query": query })).send();
    let made = put("status=pending&email=ann%40x.example").status(201);
    assert_eq!(made.header("location"), "/api/v1/views/Depot%20now");
    assert_eq!(made.json()["query"], "email=ann%40x.example&status=pending", "keys have one order");
    assert_eq!(put("sort=email&q=").status(200).json()["query"], "sort=email");
    let list = viewer.get("/api/v1/views").status(200);
    assert_eq!((&list.json()["total"], &list.json()["items"][0]["name"]), (&json!(1), &json!("Depot now")));
    viewer.request("GET", "/api/v1/views").header("if-none-match", list.header("etag")).send().status(304);
    assert_eq!(viewer.json("/api/v1/views/DEPOT%20NOW")["query"], "sort=email");
    let other = server.operator();
    assert_eq!(other.json("/api/v1/views")["total"], 0);
    other.get("/api/v1/views/Depot%20now").problem(404, "not-found");
    other.delete("/api/v1/views/Depot%20now").problem(404, "not-found");
    viewer.delete("/api/v1/views/Depot%20now").status(204);
    viewer.get("/api/v1/views/Depot%20now").problem(404, "not-found");
}

#[test]
fn what_no_list_can_be_asked_by_is_no_view() {
    let site = two_sessions();
    let server = site.serve();
    let viewer = server.viewer();
    let put = |name: &str, body| viewer.request("PUT", &format!("/api/v1/views/{name}")).json(body).send();
    for query in ["status=banned", "colour=red", "cursor=x", "status=pending&status=other", "push_token=x"] {
        put("a", json!({ "query": query })).problem_at(422, "invalid-value", "/query");
    }
    // Percent-encoded, it is longer.
    put("a", json!({ "query": format!("q={}", "é".repeat(1300)) })).problem_at(422, "invalid-value", "/query");
    put("%09", json!({ "query": "" })).problem_at(422, "invalid-value", "/name");
    put("a", json!({ "query": "", "name": "b" })).problem_at(422, "invalid-value", "/name");
    assert_eq!(viewer.json("/api/v1/views")["total"], 0);
    for n in 0..50 {
        put(&format!("view{n}"), json!({ "query": "q=a" })).status(201);
    }
    put("one-more", json!({ "query": "q=a" })).problem(409, "conflict");
    put("view7", json!({ "query": "q=b" })).status(200);
}

#[test]
fn a_filter_is_saved_shown_and_deleted() {
    let site = two_sessions();
    let server = site.serve();
    let olga = user(&server, "olga", "operator", &[]);
    let page = olga.get("/sessions?q=ann&status=pending").status(200).text();
    let save = Form::find(&page, "/views").fill("name", " Ann waits ");
    let saved = save.submit(&olga).status(303);
    let page = olga.get(saved.header("location")).status(200).text();
    assert_eq!(rows(&page), [id(1)]);
    assert!(page.contains("<bdi>Ann waits</bdi>") && page.contains("The view is saved."), "{page}");
    let views = tags(&page, "a").into_iter().filter(|(_, tag)| tag.contains("q=ann&#38;status=pending"));
    assert!(views.clone().any(|(_, tag)| tag.contains("aria-current=\"true\"")), "it is the one that is shown");
    assert!(!page.contains("action=\"/views\""), "what is saved is not saved again");

    // Elsewhere it is offered, and another person has none.
    let all = olga.get("/sessions").status(200).text();
    assert!(all.contains("<bdi>Ann waits</bdi>") && !all.contains("/views/Ann%20waits/delete"));
    let other = user(&server, "otto", "operator", &[]);
    assert!(!other.get("/sessions").status(200).text().contains("Ann waits"));
    assert_eq!(rows(&olga.get(&format!("{}?q=ann", list_of(CONTACT))).text()), [id(1)]);

    assert!(page.contains("formaction=\"/views/Ann%20waits/delete\""));
    let left = save.clone().at("/views/Ann%20waits/delete").submit(&olga).status(303);
    assert!(!olga.get(left.header("location")).status(200).text().contains("<bdi>Ann waits</bdi>"));
    // A browser would take these two for steps in the address.
    for step in [".", ".."] {
        save.clone().fill("name", step).submit(&olga).status(422);
    }
    Form::find(&page, "/account/columns")
        .at("/views")
        .fill("name", "\t")
        .fill("query", "q=a")
        .submit(&olga)
        .status(422);
}

#[test]
fn a_person_chooses_the_columns_of_lists() {
    let site = two_sessions();
    let server = site.serve();
    let olga = user(&server, "olga", "viewer", &[]);
    let page = olga.get("/sessions").status(200).text();
    let first = row(&page, &id(1));
    assert!(first.contains("class=\"ip wide") && first.contains("class=\"app wide") && !first.contains("7.8.9"));
    let columns = Form::find(&page, "/account/columns").without("column");
    let chosen = columns.add("column", "app_version").add("column", "first_seen").submit(&olga).status(303);
    assert_eq!(chosen.header("location"), "/sessions");
    let page = olga.get("/sessions").status(200).text();
    let first = row(&page, &id(1));
    assert!(first.contains("<bdi>7.8.9</bdi>") && first.contains("class=\"first wide"), "{first}");
    assert!(!first.contains("class=\"ip wide") && !first.contains("class=\"app wide"), "{first}");
    assert!(page.contains("sort=-first_seen"), "the new column sorts");
    // Another choice of theirs leaves the columns as they are.
    let account = olga.get("/account").text();
    Form::find(&account, "/account/settings").fill("language", "").fill("theme", "dark").submit(&olga).status(303);
    assert!(olga.get("/sessions").text().contains("7.8.9"));
    let other = user(&server, "otto", "viewer", &[]);
    assert!(!other.get("/sessions").text().contains("7.8.9"));
}
