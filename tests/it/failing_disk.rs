//! A disk on which nothing can be read any more, though it lists all names: it says nothing of any session.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::spawn::*;

const SOON: Duration = Duration::from_secs(15);

/// The library that makes reads fail.
fn library(site: &Site) -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/failing_disk.c");
    let library = site.temp().join("failing_disk.so");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).arg("-ldl");
    assert!(compiler.status().expect("a C compiler").success());
    library.to_str().unwrap().to_owned()
}

#[test]
fn a_disk_without_reads_makes_the_folder_unavailable() {
    let site = Site::with(&(1..=5).map(|n| session(CONTACT, &id(n)).status("pending")).collect::<Vec<_>>());
    let secret = site.token_with("operator", &[], false);
    let (library, now) = (library(&site), site.temp().join("now"));
    let serve = || {
        let mut command = Command::new(program());
        command.args(site.serve_args()).env("LD_PRELOAD", &library).env("FAILING_NOW", &now);
        command.env("FAILING_ROOT", site.root().canonicalize().unwrap());
        site.serve_command(command)
    };
    let server = serve();
    let operator = server.caller(&secret);
    let stream = operator.request("GET", "/api/v1/events").listen();
    assert_eq!(operator.json("/api/v1/sessions")["total"], 5);
    server.anonymous().get("/readyz").status(200);
    fs::write(&now, "").unwrap();
    until(SOON, "it is not ready", || server.anonymous().get("/readyz").status == 503);
    server.anonymous().get("/readyz").problem(503, "folder-unavailable");
    operator.get("/api/v1/sessions").problem(503, "folder-unavailable");
    fs::remove_file(&now).unwrap();
    until(SOON, "it is back", || operator.get("/api/v1/sessions").status == 200);
    fs::write(&now, "").unwrap();
    assert_eq!(server.stop(), Some(0));

    // From the start.
    let server = serve();
    let operator = server.caller(&secret);
    operator.get("/api/v1/sessions").problem(503, "folder-unavailable");
    server.anonymous().get("/readyz").problem(503, "folder-unavailable");
    fs::remove_file(&now).unwrap();
    until(SOON, "it is back", || operator.get("/api/v1/sessions").status == 200);
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "email": "at@the.end" })).status(200);
    let stream_of_all = operator.request("GET", "/api/v1/events").header("last-event-id", "0").listen();
    let told = stream_of_all.next_of("session.changed");
    assert_eq!(told.data["id"], id(1), "no other session is said to have changed");
    assert!(stream.so_far().iter().all(|told| told.kind.starts_with("folder.")));
}
