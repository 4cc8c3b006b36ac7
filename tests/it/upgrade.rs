//! A database of an earlier version, made by that version's program: `tests/fixtures/version-25.db.gz`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::files::fixtures;
use crate::spawn::*;

const MIX: &str = "com.example.mix";
/// Accepted by the earlier version.
const ACCEPTED: &str = "ec8f07f5f29c978421e6a39e1595104325ddbb74";
const PENDING: &str = "eae351880ecab7480632042fdec20a823b1950ba";
/// Deleted by the earlier version.
const DELETED: (&str, &str) = (".com.example.fake", "7206915df1720cc66de49b71696ae3e1fbe9aad7");

/// The folder as the earlier version left it, with its database.
fn left_by_version_25() -> Site {
    let site = fixtures();
    fs::remove_file(site.path(DELETED.0, DELETED.1)).unwrap();
    let accepted = String::from_utf8(site.read(MIX, ACCEPTED)).unwrap().replace("\"pending\"", "\"accepted\"");
    site.write(MIX, ACCEPTED, accepted);
    fs::create_dir_all(site.data()).unwrap();
    fs::set_permissions(site.data(), fs::Permissions::from_mode(0o700)).unwrap();
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/version-25.db.gz");
    let unpacked = Command::new("gzip").args(["-d", "-c"]).arg(packed).output().unwrap();
    assert!(unpacked.status.success());
    fs::write(site.data().join("mobile-sessions.db"), unpacked.stdout).unwrap();
    site
}

#[test]
fn an_earlier_database_keeps_what_it_knows_of_sessions() {
    let site = left_by_version_25();
    // The folder lay elsewhere then.
    let server = site.serve_with(&["--moved"]);
    assert!(server.log().contains("before-version-"), "where the copy is, is said: {}", server.log());
    assert!(names(&site.data()).iter().any(|name| name.starts_with("before-version-") && name.ends_with(".db")));
    let operator = server.operator();
    let since = json!("2026-11-30T01:29:23.259Z");
    let pending = operator.json(&session_path(MIX, PENDING));
    assert_eq!((&pending["first_seen_at"], &pending["pending_since"]), (&since, &since));
    let accepted = operator.json(&session_path(MIX, ACCEPTED));
    assert_eq!((&accepted["status"], &accepted["unpushed"]), (&json!("accepted"), &json!(true)));
    assert_eq!(operator.json("/api/v1/sessions")["total"], 14);
    let stream = operator.request("GET", "/api/v1/events").header("last-event-id", "0").listen();
    operator.patch(&session_path(MIX, PENDING), json!({ "email": "after@the.upgrade" })).status(200);
    let told: Vec<String> = std::iter::from_fn(|| Some(stream.next()))
        .take(4)
        .map(|told| format!("{} {}", told.kind, told.data["id"].as_str().unwrap_or_default()))
        .collect();
    let kind = |kind: &str, id: &str| format!("session.{kind} {id}");
    assert_eq!(told[0], kind("changed", ACCEPTED), "told by the earlier version");
    assert_eq!(told[1], kind("deleted", DELETED.1), "told by the earlier version");
    assert_eq!(told[2], "app.deleted ", "told by the earlier version");
    assert_eq!(told[3], kind("changed", PENDING), "an upgrade is no news");
}

#[test]
fn a_delete_of_an_earlier_version_can_be_undone() {
    let site = left_by_version_25();
    let server = site.serve_with(&["--moved"]);
    let operator = server.operator();
    let changes = operator.json("/api/v1/changes?action=delete");
    let change = &changes["items"][0];
    assert_eq!((&change["session"], &change["can_undo"]), (&json!(DELETED.1), &json!(true)));
    let undo = format!("/api/v1/changes/{}/undo", change["id"].as_str().unwrap());
    operator.post(&undo, json!({})).status(200);
    assert_eq!(operator.json(&session_path(DELETED.0, DELETED.1))["status"], "accepted");
}
