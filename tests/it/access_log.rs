//! The access log has whoever was refused, read secrets or took a list along.

use std::time::Duration;

use serde_json::{Value, json};

use crate::spawn::*;

/// The newest entries with this action.
fn entries(owner: &impl User, action: &str) -> Vec<Value> {
    let page = owner.json(&format!("/api/v1/access-log?limit=500&action={action}"));
    page["items"].as_array().unwrap().clone()
}

/// The one entry with this action, once it says so many.
#[track_caller]
fn one(owner: &impl User, action: &str, count: u64) -> Value {
    let mut found = Value::Null;
    eventually(Duration::from_secs(10), || {
        let all = entries(owner, action);
        found = all.first().cloned().unwrap_or_default();
        if all.len() == 1 && found["count"] == count { Ok(()) } else { Err(all) }
    });
    found
}

#[test]
fn refused_calls_are_one_entry_a_minute_with_a_count() {
    let file = session(CONTACT, &id(1));
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let (owner, viewer) = (server.owner(), server.viewer());
    for _ in 0..30 {
        viewer.delete(&file.path()).problem(403, "forbidden");
    }
    let denied = one(&owner, "denied", 30);
    assert_eq!(denied["actor"]["kind"], "token");
    assert!(denied["actor"]["name"].as_str().unwrap().starts_with("token"), "{denied}");
    assert_eq!(
        (denied["detail"].clone(), denied["address"].clone()),
        (json!(format!("DELETE {}", file.path())), json!("127.0.0.1"))
    );

    for n in 0..20 {
        server.caller(&format!("mst_made-up-{n}")).get("/api/v1/me").problem(401, "unauthenticated");
    }
    let refused = one(&owner, "token_refused", 20);
    assert_eq!((refused["actor"]["name"].clone(), refused["detail"].clone()), (json!(""), json!("GET /api/v1/me")));
    assert!(!refused.to_string().contains("made-up"), "what was shown is not written down: {refused}");
    // Who shows nothing was not refused a token.
    server.anonymous().get("/api/v1/me").problem(401, "unauthenticated");
    assert_eq!(entries(&owner, "token_refused").len(), 1);

    let forged = server.stranger().request("POST", "/login").header("sec-fetch-site", "cross-site");
    forged.header("accept", "text/html").send().status(403);
    eventually(Duration::from_secs(10), || {
        let all = entries(&owner, "denied");
        if all.len() == 2 && all[0]["detail"] == "POST /login" { Ok(()) } else { Err(all) }
    });
}

#[test]
fn an_expired_and_a_revoked_token_leave_an_entry() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.owner();
    let made = owner.post("/api/v1/tokens", json!({ "name": "gone", "role": "viewer" })).status(201).json();
    owner.delete(&format!("/api/v1/tokens/{}", made["id"].as_str().unwrap())).status(204);
    server.caller(made["secret"].as_str().unwrap()).get("/api/v1/sessions").problem(401, "unauthenticated");
    one(&owner, "token_refused", 1);
}

#[test]
fn every_read_of_secrets_and_every_export_has_its_entry() {
    let file = session(CONTACT, &id(1)).set("/device/token", "push-token-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let owner = server.owner();
    let reader = server.token_with("viewer", &[], true);
    reader.get(&format!("{}/file", file.path())).status(200);
    reader.get(&format!("{}/push-tokens", app_path(CONTACT))).status(200);
    let found = reader.post("/api/v1/sessions/search", json!({ "push_token": "push-token-1" })).status(200).json();
    assert_eq!(found["total"], 1);
    reader.post("/api/v1/sessions/search", json!({ "q": "x" })).status(200);
    let read = entries(&owner, "secret_read");
    let subjects: Vec<_> = read.iter().map(|entry| entry["subject"].as_str().unwrap().to_owned()).collect();
    assert_eq!(subjects, ["sessions/search".to_owned(), CONTACT.to_owned(), format!("{CONTACT}/{}", id(1))]);
    assert!(read.iter().all(|entry| entry["actor"]["kind"] == "token" && entry["address"] == "127.0.0.1"), "{read:?}");
    assert!(!serde_json::to_string(&read).unwrap().contains("push-token-1"));

    let csv = |path: &str| owner.request("GET", path).header("accept", "text/csv").send().status(200).text();
    csv("/api/v1/sessions");
    csv(&format!("{}/sessions", app_path(CONTACT)));
    csv("/api/v1/changes");
    let search = owner.request("POST", "/api/v1/sessions/search").json(json!({}));
    search.header("accept", "text/csv").send().status(200);
    let person = server.first_owner();
    person.get("/sessions.csv").status(200);
    person.get("/changes.csv").status(200);
    let log = csv("/api/v1/access-log");
    assert!(log.starts_with("id,at,actor_kind,actor_name,action,subject,detail,count,address\r\n"), "{log}");
    assert!(log.contains(",secret_read,sessions/search,,1,127.0.0.1\r\n"), "{log}");
    let exported = entries(&owner, "exported");
    let subjects: Vec<_> = exported.iter().rev().map(|entry| entry["subject"].as_str().unwrap().to_owned()).collect();
    assert_eq!(subjects, ["sessions", "changes", "sessions", "changes", "access-log"]);
    let counts: Vec<_> = exported.iter().rev().map(|entry| entry["count"].as_u64().unwrap()).collect();
    assert_eq!(counts, [3, 1, 1, 1, 1], "one caller's within a minute are one entry");
    owner.get("/api/v1/sessions").status(200);
    assert_eq!(entries(&owner, "exported"), exported, "a page of a list is no export");
}

#[test]
fn repeated_reads_are_one_entry_with_a_count() {
    let file = session(CONTACT, &id(1)).set("/device/token", "push-token-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let (owner, reader) = (server.owner(), server.token_with("viewer", &[], true));
    for n in 0..40 {
        let method = if n % 2 == 0 { "GET" } else { "HEAD" };
        owner.request(method, "/api/v1/sessions").header("accept", "text/csv").send().status(200);
        reader.request(method, &format!("{}/file", file.path())).send().status(200);
        reader.request(method, &file.path()).send().status(200);
    }
    let exported = entries(&owner, "exported");
    assert_eq!((exported.len(), &exported[0]["count"], &exported[0]["detail"]), (1, &json!(40), &Value::Null));
    let read = entries(&owner, "secret_read");
    assert_eq!((read.len(), &read[0]["count"]), (1, &json!(80)), "the document is whole for them, too");
    let page = server.first_owner().get("/access-log").text();
    assert!(page.contains("80 times"), "{page}");
}

#[test]
fn a_batch_that_goes_by_a_secret_has_its_entry() {
    let file = session(CONTACT, &id(1)).set("/device/token", "push-token-1");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let (owner, reader) = (server.owner(), server.token_with("operator", &[], true));
    let batch = |filter: Value| {
        reader
            .post("/api/v1/sessions/batch", json!({ "action": "delete", "filter": filter, "dry_run": true }))
            .status(200)
            .json()
    };
    assert_eq!(batch(json!({ "q": "iPhone" }))["total"], 1);
    assert_eq!(entries(&owner, "secret_read").len(), 0);
    assert_eq!(batch(json!({ "push_token": "push-token-1" }))["total"], 1);
    let read = entries(&owner, "secret_read");
    assert_eq!((read.len(), &read[0]["subject"]), (1, &json!("sessions/batch")));
    assert!(!serde_json::to_string(&read).unwrap().contains("push-token-1"));
    // Who may read none leaves none.
    server.viewer().get(&file.path()).status(200);
    assert_eq!(entries(&owner, "secret_read").len(), 1);
}

#[test]
fn the_page_tells_them_in_words_in_every_language() {
    let file = session(CONTACT, &id(1)).set("/device/token", "t");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let person = server.first_owner();
    server.viewer().delete(&file.path()).status(403);
    server.caller("mst_x").get("/api/v1/me").status(401);
    server.token_with("viewer", &[], true).get(&format!("{}/file", file.path())).status(200);
    person.get("/sessions.csv").status(200);
    one(&person, "token_refused", 1);
    for language in ["en", "fr", "de", "es", "ja", "pt"] {
        let page = person.request("GET", "/access-log").header("accept-language", language).send().status(200).text();
        for key in ["access-", "{ $", "secret_read", "token_refused", ">exported<"] {
            let main = page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
            assert!(!main.contains(key), "{language}: {key}");
        }
    }
    let page = person.get("/access-log").text();
    assert!(
        page.contains("exported the sessions") && page.contains("Somebody used a token that is not valid"),
        "{page}"
    );
}

#[test]
fn wrong_own_passwords_and_links_leave_an_entry() {
    let site = Site::new();
    let server = site.serve();
    let person = server.first_owner();
    let owner = server.owner();
    let wrong = json!({ "current_password": "a guess", "password": "quite another long sentence 7" });
    person.request("PUT", "/api/v1/me/password").json(wrong.clone()).send().status(422);
    let name = person.json("/api/v1/me")["name"].clone();
    let path = format!("/api/v1/users/{}", name.as_str().unwrap());
    person.request("PATCH", &path).json(wrong).send().status(422);
    let failed = entries(&owner, "login_failed");
    assert_eq!(failed.len(), 2, "{failed:?}");
    assert!(failed.iter().all(|entry| entry["actor"] == json!({ "kind": "user", "name": name })), "{failed:?}");
    assert!(!json!(failed).to_string().contains("a guess"));

    let guess = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";
    for _ in 0..3 {
        server.stranger().get(&format!("/link/{guess}")).status(404);
    }
    let denied = one(&owner, "denied", 3);
    assert_eq!((&denied["detail"], &denied["address"]), (&json!("GET /link/…"), &json!("127.0.0.1")));
    server.stranger().get("/nothing-here").status(404);
    assert_eq!(entries(&owner, "denied").len(), 1, "an address that is none is no guess");
}
