//! `--schema FILE`: 4D's own JSON Schema instead of a guess at it.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::spawn::*;

/// As 4D's own may be: stricter than the guess.
fn schema(site: &Site) -> PathBuf {
    let path = site.temp().join("mobileSessionSchema.json");
    let schema = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "required": ["application", "session", "status", "token", "send"],
        "properties": {
            "status": { "type": "string", "enum": ["accepted", "pending"] },
            "email": { "type": "string", "maxLength": 20 },
            "userInfo": { "type": "object" },
        },
    });
    fs::write(&path, format!("\u{feff}{schema}")).unwrap();
    path
}

fn check(site: &Site, more: &[&str]) -> Value {
    let root = site.root();
    let output = run(&[&["check", root.to_str().unwrap(), "--json"], more].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn what_4ds_own_schema_finds_is_not_assumed() {
    let site = Site::with(&[
        session(CONTACT, "1").without("/send"),
        session(CONTACT, "2").status("banned"),
        session(CONTACT, "3"),
    ]);
    let guessed = check(&site, &[]);
    assert_eq!(guessed["noncompliant"], 0, "{guessed}");
    let file = schema(&site);
    let report = check(&site, &["--schema", file.to_str().unwrap()]);
    assert_eq!(report["noncompliant"], 2, "{report}");
    let problems: Vec<&Value> = report["items"].as_array().unwrap().iter().map(|item| &item["problems"][0]).collect();
    for (problem, pointer) in problems.iter().zip(["/send", "/status"]) {
        assert_eq!(problem["code"], 3);
        assert_eq!(problem["assumed"], false);
        assert_eq!(problem["pointer"], pointer);
    }
    assert!(!report.to_string().contains("banned"), "no value is told");
}

#[test]
fn serve_judges_files_and_changes_by_4ds_own_schema() {
    let site = Site::with(&[session(CONTACT, &id(1)).without("/send"), session(CONTACT, &id(2))]);
    let file = schema(&site);
    let server = site.serve_with(&["--schema", file.to_str().unwrap()]);
    let user = server.operator();
    let found = user.json(&session_path(CONTACT, &id(1)));
    assert_eq!(found["problems"][0]["assumed"], false, "{found}");
    assert_eq!(user.json("/api/v1/push")["preview"]["noncompliant"][0]["id"], id(1).as_str(), "4D would drop it");
    let before = site.read(CONTACT, &id(2));
    let path = session_path(CONTACT, &id(2));
    let refused = user.patch(&path, json!({ "email": "somebody.with.a.long.name@example.org" })).status(422).json();
    assert_eq!(refused["errors"][0]["pointer"], "/email");
    assert_eq!(site.read(CONTACT, &id(2)), before);
    user.patch(&path, json!({ "email": "a@example.org" })).status(200);
    user.patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" })).status(200);
}

#[test]
fn values_beyond_json_types_pass_a_permissive_schema() {
    let site = Site::with(&[session(CONTACT, "1")]);
    let text = String::from_utf8(site.read(CONTACT, "1")).unwrap();
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let info = format!("{{\"userInfo\": {{\"n\": 1e400, \"s\": \"\\ud800\", \"d\": {deep}}},");
    site.write(CONTACT, "1", text.replacen('{', &info, 1));
    let file = schema(&site);
    let report = check(&site, &["--schema", file.to_str().unwrap()]);
    assert_eq!(report["noncompliant"], 0, "{report}");
    site.write(CONTACT, "1", text.replacen('{', "{\"userInfo\": 1e400,", 1));
    let report = check(&site, &["--schema", file.to_str().unwrap()]);
    assert_eq!(report["items"][0]["problems"][0]["pointer"], "/userInfo", "{report}");
}

#[test]
fn a_schema_that_is_none_is_refused_at_the_start() {
    let site = Site::with(&[session(CONTACT, "1")]);
    let file = site.temp().join("schema.json");
    let (root, data) = (site.root(), site.data());
    for (text, reason) in [
        (None, "cannot be read"),
        (Some("{"), "not JSON"),
        (Some("[]"), "no object"),
        (Some("{\"type\": \"text\"}"), "no JSON Schema"),
        (Some("{\"$ref\": \"http://127.0.0.1:9/schema.json\"}"), "nothing is fetched"),
        (Some("{\"$ref\": \"file:///etc/hostname\"}"), "nothing is fetched"),
    ] {
        let _ = fs::remove_file(&file);
        if let Some(text) = text {
            fs::write(&file, text).unwrap();
        }
        let schema = ["--schema", file.to_str().unwrap()];
        for command in [
            vec!["check", root.to_str().unwrap()],
            vec!["serve", root.to_str().unwrap(), "--data-dir", data.to_str().unwrap(), "--listen", "127.0.0.1:0"],
            vec!["demo", "--listen", "127.0.0.1:0"],
        ] {
            let output = run(&[command.as_slice(), &schema].concat());
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(reason) && said.contains(file.to_str().unwrap()), "{text:?}: {said}");
        }
    }
    assert!(!data.exists(), "nothing was made");
}
