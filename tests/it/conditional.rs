//! Entity tags of lists and single items: 304 while nothing has changed that the caller could see.

use std::time::Duration;

use serde_json::json;

use crate::spawn::*;

fn site() -> Site {
    let contact = |n: u32| session(CONTACT, &id(n)).status("pending").email("ann@example.org");
    Site::with(&[contact(1), contact(2), session(TASKS, &id(3))])
}

fn ask(user: &impl User, path: &str, tags: &str, coding: &str) -> Answer {
    user.request("GET", path).header("if-none-match", tags).header("accept-encoding", coding).send()
}

fn tag(user: &impl User, path: &str) -> String {
    user.request("GET", path).header("accept-encoding", "").send().status(200).header("etag").to_owned()
}

/// One of everything that has an entity tag, but for the list of tokens: to use one is to change when it was used last.
fn tagged(owner: &Token<'_>) -> Vec<String> {
    let made = |path: &str, body: serde_json::Value| owner.post(path, body).status(201).header("location").to_owned();
    let change = owner.patch(&session_path(CONTACT, &id(2)), json!({ "status": "accepted" })).status(200);
    let user = json!({ "name": "olga", "role": "viewer", "password": "a long and winding sentence" });
    made("/api/v1/users", user);
    made("/api/v1/rules", json!({ "name": "staff", "when": { "emails": ["*@example.com"] } }));
    made("/api/v1/webhooks", json!({ "name": "hook", "url": "http://127.0.0.1:9/", "events": ["app.deleted"] }));
    let mut paths: Vec<String> = [
        "sessions",
        "sessions?limit=1",
        "apps",
        "openapi.json",
        "rules",
        "users",
        "webhooks",
        "changes",
        "push",
        "me",
        "version",
    ]
    .map(|name| format!("/api/v1/{name}"))
    .into();
    paths.extend([
        app_path(CONTACT),
        format!("{}/sessions", app_path(CONTACT)),
        format!("{}/emails", app_path(CONTACT)),
    ]);
    paths.push(session_path(CONTACT, &id(1)));
    paths.push(format!("/api/v1/changes/{}", change.header("x-change-id")));
    paths
}

#[test]
fn an_answer_that_is_the_same_still_is_304() {
    let site = site();
    let server = site.serve();
    let owner = server.owner();
    for path in tagged(&owner) {
        let full = ask(&owner, &path, "", "").status(200);
        let etag = full.header("etag").to_owned();
        assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 18, "{path}: {etag}");
        let lists = [format!("\"other\", {etag}"), format!("{etag},\"x\""), format!("W/\"a\" , W/{etag}")];
        let same = [etag.clone(), format!("W/{etag}"), "*".to_owned()].into_iter().chain(lists);
        for tags in same {
            let answer = ask(&owner, &path, &tags, "").status(304);
            assert!(answer.body.is_empty() && !answer.has_header("content-type"), "{tags}: {answer:?}");
            for name in ["etag", "cache-control", "vary"] {
                assert_eq!(
                    answer.headers.get_all(name).iter().collect::<Vec<_>>(),
                    full.headers.get_all(name).iter().collect::<Vec<_>>(),
                    "{name} of {path}"
                );
            }
            assert!(answer.has_header("x-request-id"));
            let head = owner.request("HEAD", &path).header("accept-encoding", "").header("if-none-match", &tags).send();
            assert_eq!((head.status, head.header("etag")), (304, etag.as_str()), "{path}");
        }
        for tags in ["\"other\"", "W/\"other\", \"\"", &etag[1..etag.len() - 1], "nonsense"] {
            let answer = ask(&owner, &path, tags, "").status(200);
            assert_eq!((answer.header("etag"), &answer.body), (etag.as_str(), &full.body), "{path}");
        }
    }
}

#[test]
fn a_compressed_answer_has_a_weak_tag_that_matches_too() {
    let site = site();
    let server = site.serve();
    let owner = server.owner();
    for path in ["/api/v1/sessions", "/api/v1/apps", "/api/v1/openapi.json", "/api/v1/users"] {
        let plain = tag(&owner, path);
        let packed = ask(&owner, path, "", "gzip").status(200);
        assert_eq!(packed.header("content-encoding"), "gzip");
        let weak = packed.header("etag").to_owned();
        assert_eq!(weak, format!("W/{plain}"), "{path}");
        for (tags, coding) in [(&weak, "gzip"), (&weak, ""), (&plain, "gzip"), (&plain, "")] {
            let answer = ask(&owner, path, tags, coding).status(304);
            assert_eq!(answer.header("etag"), if coding == "gzip" { &weak } else { &plain }, "{path}");
            assert!(!answer.has_header("content-encoding"), "{answer:?}");
        }
    }
    // Whose tag guards changes is never weak.
    let one = ask(&owner, &session_path(CONTACT, &id(1)), "*", "gzip").status(304);
    assert!(one.header("etag").starts_with('"'), "{one:?}");
}

#[test]
fn a_tag_follows_what_the_caller_can_see() {
    let site = site();
    let server = site.serve();
    let owner = server.owner();
    let (all, held) = (server.viewer(), server.token_with("viewer", &[CONTACT], false));
    for path in ["/api/v1/sessions", "/api/v1/apps"] {
        let (before, of_held) = (tag(&all, path), tag(&held, path));
        assert_ne!(before, of_held, "{path} is not the same for both");
        // In an app that one of them may not see.
        site.put(&session(TASKS, &id(30 + u32::try_from(path.len()).unwrap())));
        owner.refresh();
        assert_ne!(tag(&all, path), before, "{path}");
        assert_eq!(tag(&held, path), of_held, "{path}");
    }
    let pending = "/api/v1/sessions?status=pending";
    let before = tag(&held, pending);
    owner.patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" })).status(200);
    assert_ne!(tag(&held, pending), before);
    assert_eq!(ask(&held, pending, &before, "").status(200).json()["total"], 1);

    for (list, body, changed) in [
        ("rules", json!({ "name": "a", "when": {} }), json!({ "enabled": false })),
        (
            "webhooks",
            json!({ "name": "a", "url": "http://127.0.0.1:9/", "events": ["app.deleted"] }),
            json!({ "name": "b" }),
        ),
        (
            "users",
            json!({ "name": "ann", "role": "viewer", "password": "a long and winding sentence" }),
            json!({ "role": "operator" }),
        ),
    ] {
        let list = format!("/api/v1/{list}");
        let first = tag(&owner, &list);
        let one = owner.post(&list, body).status(201).header("location").to_owned();
        let second = tag(&owner, &list);
        owner.patch(&one, changed).status(200);
        let third = tag(&owner, &list);
        assert!(first != second && second != third && third != first, "{list}");
        owner.delete(&one).status(204);
        assert_eq!(tag(&owner, &list), first, "{list} is as it was");
    }
}

#[test]
fn answers_that_cannot_be_cached_have_no_tag() {
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    let csv =
        viewer.request("GET", "/api/v1/sessions").header("accept", "text/csv").header("if-none-match", "*").send();
    assert!(!csv.status(200).has_header("etag"));
    for path in ["/api/v1/none", "/api/v1/sessions?colour=red", "/api/v1/apps/com.none"] {
        let answer = ask(&viewer, path, "*", "");
        assert!(answer.status >= 400 && !answer.has_header("etag"), "{answer:?}");
    }
    server
        .anonymous()
        .request("GET", "/api/v1/sessions")
        .header("if-none-match", "*")
        .send()
        .problem(401, "unauthenticated");
    // A search is a POST: there, If-None-Match means nothing.
    let search = viewer.request("POST", "/api/v1/sessions/search").json(json!({})).header("if-none-match", "*").send();
    search.status(200);
    // An event is there for whoever waits for it, whatever they have.
    let events = viewer.request("GET", "/api/v1/events").header("if-none-match", "*").send().status(200);
    assert!(!events.has_header("etag"));
}

#[test]
fn a_missing_folder_is_503_despite_a_tag() {
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    let etag = tag(&viewer, "/api/v1/sessions");
    let moved = site.temp().join("moved");
    std::fs::rename(site.root(), &moved).unwrap();
    until(Duration::from_secs(5), "it is away", || ask(&viewer, "/api/v1/sessions", &etag, "").status == 503);
    std::fs::rename(&moved, site.root()).unwrap();
    until(Duration::from_secs(5), "it is the same again", || ask(&viewer, "/api/v1/sessions", &etag, "").status == 304);
}
