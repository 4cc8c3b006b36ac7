//! The apps: what is one, how it is named and counted, how it is found.

use std::fs;

use serde_json::{Value, json};

use crate::spawn::*;

#[test]
fn an_app_has_every_field_of_the_contract() {
    let site = Site::with(&[
        session(CONTACT, &id(1)),
        session(CONTACT, &id(2)).status("pending"),
        session(CONTACT, &id(3)).status("banned"),
    ]);
    site.write(CONTACT, &id(4), b"{ broken");
    site.write(CONTACT, "manifest.json", br#"{"info":{"target":"iOS"},"application":{"name":"Other"}}"#);
    let server = site.serve();
    let mut app = server.viewer().json(&app_path(CONTACT));
    let manifest = app.as_object_mut().unwrap().remove("manifest");
    assert_eq!(
        app,
        json!({
            "id": CONTACT, "team_id": "UTT7VDX8W5", "bundle_id": "com.contactApp.Contact",
            "name": "Contact", "label": format!("Contact ({CONTACT})"), "targets": ["ios"], "has_manifest": true,
            "sessions": { "total": 4, "accepted": 1, "pending": 1, "other": 2, "noncompliant": 1, "declined": 0 },
            "manifest_redacted": [],
        })
    );
    app.as_object_mut().unwrap().remove("manifest_redacted");
    assert_eq!(manifest, Some(json!({ "info": { "target": "iOS" }, "application": { "name": "Other" } })));
    let list = server.viewer().json("/api/v1/apps");
    assert_eq!(list, json!({ "items": [app], "total": 1 }), "a list shows the same without the manifest");
}

#[test]
fn an_app_has_a_session_or_a_manifest() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    site.write("com.manifest.alone", "manifest.json", b"{}");
    fs::create_dir(site.root().join("com.empty")).unwrap();
    site.write("com.other.files", ".DS_Store", b"x");
    site.write("com.other.files", "readme.txt", b"x");
    fs::write(site.root().join("key.mobileapp"), b"key").unwrap();
    let server = site.serve();
    let viewer = server.viewer();
    assert_eq!(viewer.ids("/api/v1/apps"), ["com.manifest.alone", CONTACT]);
    let alone = viewer.json(&app_path("com.manifest.alone"));
    assert_eq!(
        alone["sessions"],
        json!({ "total": 0, "accepted": 0, "pending": 0, "other": 0, "noncompliant": 0, "declined": 0 })
    );
    assert_eq!(alone["name"], "com.manifest.alone", "without a name anywhere, the folder's");
    assert_eq!(alone["team_id"], Value::Null);
    viewer.get(&app_path("com.empty")).problem(404, "not-found");
    viewer.get(&app_path("com.other.files")).problem(404, "not-found");
    viewer.get(&app_path("key.mobileapp")).problem(404, "not-found");
    assert_eq!(viewer.ids(&format!("{}/sessions", app_path("com.manifest.alone"))), [""; 0]);
}

#[test]
fn targets_are_read_in_every_spelling() {
    let site = Site::new();
    for (app, target) in [("com.a", r#""iOS""#), ("com.b", r#""android""#), ("com.c", r#"["iOS","android"]"#)] {
        site.write(app, "manifest.json", format!(r#"{{"info":{{"target":{target}}}}}"#));
    }
    site.write("com.d", "manifest.json", b"not json");
    site.put(&session("com.d", &id(1)));
    let server = site.serve();
    let list = server.viewer().json("/api/v1/apps");
    let by_id = |id: &str| list["items"].as_array().unwrap().iter().find(|app| app["id"] == id).unwrap().clone();
    assert_eq!(by_id("com.a")["targets"], json!(["ios"]));
    assert_eq!(by_id("com.b")["targets"], json!(["android"]));
    assert_eq!(by_id("com.c")["targets"], json!(["ios", "android"]));
    let broken = server.viewer().json(&app_path("com.d"));
    assert_eq!((&broken["manifest"], &broken["targets"]), (&Value::Null, &json!([])));
}

#[test]
fn an_apps_name_falls_back_to_manifest_and_folder() {
    let site = Site::with(&[session(CONTACT, &id(1)).set("/application/name", "From session")]);
    site.write(CONTACT, "manifest.json", br#"{"application":{"name":"From manifest"}}"#);
    site.put(&session(TASKS, &id(1)).without("/application/name"));
    site.write(TASKS, "manifest.json", br#"{"application":{"name":"From manifest"}}"#);
    site.put(&session(ANDROID, &id(1)).without("/application/name"));
    let server = site.serve();
    let viewer = server.viewer();
    assert_eq!(viewer.json(&app_path(CONTACT))["name"], "From session");
    assert_eq!(viewer.json(&app_path(TASKS))["name"], "From manifest");
    assert_eq!(viewer.json(&app_path(ANDROID))["name"], ANDROID);
    assert_eq!(viewer.json(&app_path(ANDROID))["label"], format!("{ANDROID} ({ANDROID})"));
}

#[test]
fn apps_are_sorted_by_name() {
    let site = Site::with(&[
        session("com.z", &id(1)).set("/application/name", "Alpha"),
        session("com.a", &id(1)).set("/application/name", "Zulu"),
        session("com.m", &id(1)).set("/application/name", "Mike"),
    ]);
    let server = site.serve();
    assert_eq!(server.viewer().ids("/api/v1/apps"), ["com.z", "com.m", "com.a"]);
}

#[test]
fn match_finds_apps_by_id_and_by_team() {
    let site = Site::with(&[
        session(CONTACT, &id(1)),
        session(TASKS, &id(1)),
        session("ABCDEFGHIJ.com.contactApp.Contact", &id(1)),
        session("com.other.Contact", &id(1)),
        session(ANDROID, &id(1)),
    ]);
    let server = site.serve();
    let viewer = server.viewer();
    let found = |query: &str| {
        let mut ids = viewer.ids(&format!("/api/v1/apps?{query}"));
        ids.sort();
        ids
    };
    assert_eq!(found(&format!("match={CONTACT}")), [CONTACT]);
    assert_eq!(found("match=com.contactApp.Contact"), ["ABCDEFGHIJ.com.contactApp.Contact", CONTACT]);
    assert_eq!(found("match=Contact"), ["ABCDEFGHIJ.com.contactApp.Contact", CONTACT, "com.other.Contact"]);
    assert_eq!(found("team=UTT7VDX8W5"), [CONTACT, TASKS]);
    assert_eq!(found("team=UTT7VDX8W5&match=Contact"), [CONTACT]);
    assert_eq!(found("match=nothing"), [""; 0]);
    assert_eq!(viewer.json("/api/v1/apps?match=Contact")["total"], 3);
    viewer.get("/api/v1/apps?colour=red").problem_at(400, "invalid-query", "/colour");
}

#[test]
fn emails_are_distinct_and_none_is_empty() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).email("b@x.example"),
        session(CONTACT, &id(2)).email("a@x.example"),
        session(CONTACT, &id(3)).email("b@x.example"),
        session(CONTACT, &id(4)),
        session(CONTACT, &id(5)).without("/email"),
        session(TASKS, &id(1)).email("other@x.example"),
    ]);
    let server = site.serve();
    let emails = server.viewer().json(&format!("{}/emails", app_path(CONTACT)));
    assert_eq!(emails, json!({ "items": ["a@x.example", "b@x.example"], "total": 2 }));
    server.viewer().get(&format!("{}/emails", app_path("com.none"))).problem(404, "not-found");
}

#[test]
fn push_tokens_need_the_right_to_read_secrets() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).set("/device/token", "push-b"),
        session(CONTACT, &id(2)).set("/device/token", "push-a"),
        session(CONTACT, &id(3)).set("/device/token", "push-b"),
        session(CONTACT, &id(4)).set("/device/token", ""),
        session(CONTACT, &id(5)),
    ]);
    let server = site.serve();
    let path = format!("{}/push-tokens", app_path(CONTACT));
    server.viewer().get(&path).problem(403, "forbidden");
    server.owner().get(&path).problem(403, "forbidden");
    let reader = server.token_with("viewer", &[], true);
    let mut tokens = reader.json(&path);
    assert_eq!(tokens["total"], 2);
    let items = tokens["items"].as_array_mut().unwrap();
    items.sort_by_key(Value::to_string);
    assert_eq!(items, &[json!("push-a"), json!("push-b")]);
}
