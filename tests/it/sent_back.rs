//! What was read and is sent back changes nothing, for whatever can be changed by PATCH.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::pages::user;
use crate::receiver::{Receiver, Reply};
use crate::spawn::*;

/// One of each resource that a PATCH changes: its path in the document, and its own. Those that hold globs are made by an
/// owner of some apps, and so are held by more of them than are shown.
fn patchable(server: &Server<'_>, receiver: &Receiver) -> Vec<(&'static str, String)> {
    let held = server.token_with("owner", &["*.Contact"], false);
    let made = |path: &str, body: Value| held.post(path, body).status(201).header("location").to_owned();
    let hook = json!({ "name": "chat", "url": receiver.url, "events": ["session.changed"], "apps": ["*"],
                       "approval_links": true });
    let token = |name: &str, life: Value| {
        json!({ "name": name, "role": "viewer", "apps": ["*"], "expires_in": life,
                                                       "networks": ["127.0.0.1", "10.0.0.0/8"] })
    };
    let user = json!({ "name": "olga", "role": "operator", "apps": ["*"], "password": PASSWORD });
    let when = json!({ "apps": ["*"], "emails": ["*@Corp.example", ""], "os": ["iOS"], "app_versions": ["1.*"],
                       "languages": ["en_*"], "networks": ["10.1.2.3", "fd00::/8", "192.168.0.0/16"], "simulator": false,
                       "known_device": true });
    let rule =
        json!({ "name": "staff", "when": when, "note": "in the office", "expires_at": "2099-01-01T00:00:00.123Z" });
    vec![
        ("/apps/{app}/sessions/{id}", session_path(CONTACT, &id(1))),
        ("/users/{name}", made("/api/v1/users", user)),
        ("/tokens/{id}", made("/api/v1/tokens", token("short", json!("30d")))),
        ("/tokens/{id}", made("/api/v1/tokens", token("long", Value::Null))),
        ("/rules/{id}", made("/api/v1/rules", rule)),
        ("/webhooks/{id}", made("/api/v1/webhooks", hook)),
    ]
}

#[test]
fn sending_back_what_was_read_changes_nothing() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending").email("Ann@x.example")]);
    let server = site.serve_with(&["--allow-webhook-to", "127.0.0.0/8"]);
    let receiver = Receiver::answering(|_| Reply::Status(410));
    let (owner, passing) = (server.owner(), server.token_with("owner", &[], false));
    let all = patchable(&server, &receiver);
    // The program itself switches this webhook off.
    owner.patch(&session_path(CONTACT, &id(1)), json!({ "email": "ann@x.example" })).status(200);
    let hook = &all.last().unwrap().1;
    until(Duration::from_secs(20), "it is switched off", || owner.json(hook)["disabled_reason"] == "gone");
    let document = owner.json("/api/v1/openapi.json");
    let paths: BTreeSet<&str> = all.iter().map(|(path, _)| *path).collect();
    let documented = document["paths"].as_object().unwrap().iter().filter(|(_, item)| item.get("patch").is_some());
    assert_eq!(documented.map(|(path, _)| path.trim_start_matches("/api/v1")).collect::<BTreeSet<_>>(), paths);

    let written = || {
        ["access-log", "changes", "approval-links"].map(|list| owner.json(&format!("/api/v1/{list}"))["total"].clone())
    };
    for (path, own) in &all {
        let body = document["paths"].as_object().unwrap().iter().find(|(key, _)| key.ends_with(path)).unwrap().1;
        let schema = body["patch"]["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str().unwrap();
        let keys = document.pointer(&format!("{}/properties", &schema[1..])).unwrap().as_object().unwrap();
        let read = owner.get(own).status(200);
        let (tag, now, before) = (read.header("etag").to_owned(), read.json(), written());
        let known: Map<String, Value> = now
            .as_object()
            .unwrap()
            .iter()
            .filter(|(key, _)| keys.contains_key(*key))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        assert!(known.len() >= 2, "{path}: {known:?}");
        let each = known.iter().map(|(key, value)| json!({ key.as_str(): value }));
        for patch in each.chain([Value::Object(known.clone())]) {
            let answer = passing.patch(own, patch.clone()).status(200);
            assert!(!answer.has_header("x-change-id"), "{own} {patch}");
            let after = owner.get(own).status(200);
            assert_eq!((after.header("etag"), &after.json()), (tag.as_str(), &now), "{own} {patch}");
            assert_eq!(written(), before, "{own} {patch}");
        }
    }
    // A life that never ends stays so, whoever says it again.
    let short =
        owner.post("/api/v1/tokens", json!({ "name": "asks", "role": "owner", "expires_in": "1h" })).status(201);
    let short = server.caller(short.json()["secret"].as_str().unwrap());
    let endless = json!({ "name": "endless", "role": "viewer", "expires_in": null });
    let endless =
        user(&server, "zoe", "owner", &[]).post("/api/v1/tokens", endless).status(201).header("location").to_owned();
    assert_eq!(short.patch(&endless, json!({ "expires_in": null })).status(200).json()["expires_at"], Value::Null);
    // Who says something else is held to it.
    for (path, own) in all.iter().filter(|(path, _)| !path.starts_with("/apps")) {
        let (globs, at) =
            (json!(["*.Contact", "*.Tasks"]), if *path == "/rules/{id}" { "/when/apps" } else { "/apps" });
        let patch =
            if *path == "/rules/{id}" { json!({ "when": { "apps": globs } }) } else { json!({ "apps": globs }) };
        assert_eq!(owner.patch(own, patch).status(200).json().pointer(at), Some(&globs), "{own}");
    }
}
