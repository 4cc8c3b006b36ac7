//! Programs of others against the API: a client made from its document, one that tries everything that the document
//! allows and forbids, and the recipes of the manual as they stand there.
//!
//! `tests/run` installs what these need: Python packages below `target/python`, curl and jq.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use serde_json::json;

use crate::spawn::*;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A program of the Python packages that `tests/run` installs.
#[track_caller]
pub fn python(program: &str) -> Command {
    let bin = Path::new(ROOT).join("target/python/bin");
    let path = bin.join(program);
    assert!(path.exists(), "{} is missing: tests/run installs it", path.display());
    let mut command = Command::new(path);
    // Its own helpers are found beside it.
    let others = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{others}", bin.display())).env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

#[track_caller]
pub fn works(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", both(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn both(output: &Output) -> String {
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_python_client_made_from_the_document_approves_a_session() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(TASKS, &id(2))]);
    let server = site.serve();
    let operator = server.operator();
    let document = site.temp().join("openapi.json");
    fs::write(&document, server.anonymous().get("/api/v1/openapi.json").status(200).body).unwrap();
    let mut generate = python("openapi-python-client");
    generate.args(["generate", "--meta", "none", "--fail-on-warning", "--path"]).arg(&document);
    works({
        generate.arg("--output-path").arg(site.temp().join("mobile_sessions_client"));
        generate
    });
    let mut approve = python("python");
    approve.arg(Path::new(ROOT).join("tests/programs/approve.py"));
    approve.args([server.url(""), operator.secret.clone()]).env("PYTHONPATH", site.temp());
    assert_eq!(works(approve).trim(), format!("accepted {CONTACT} {}", id(1)));
    assert_eq!(operator.json(&session_path(CONTACT, &id(1)))["status"], "accepted");
    let journal = operator.json("/api/v1/changes");
    assert_eq!(journal["items"][0]["reason"], "approved by the client", "{journal}");
}

/// A server with something of everything, to be tried by somebody who breaks what can be broken.
fn seeded() -> Site {
    let named = |pointer: &str, n: u32| session(CONTACT, &id(n)).set(pointer, "x");
    let site = Site::with(&[
        session(CONTACT, "7023d9205074199d1c16fc00d24354e778137675").status("pending").email("ann@example.org"),
        session(CONTACT, &id(1)).set("/device/token", "a push token").set("/device/os", "iOS"),
        session(TASKS, &id(2)).set("/device/simulator", true).status("banned"),
        session(ANDROID, &id(3)).without("/team").without("/email").without("/language"),
        named("/token", 4),
        named("/session/id", 5),
        named("/email", 6).without("/status"),
    ]);
    site.write(CONTACT, &id(7), "{");
    site.write(CONTACT, "manifest.json", json!({ "application": { "name": "Contact" } }).to_string());
    site
}

#[test]
fn schemathesis_finds_nothing_but_what_is_listed_with_its_reason() {
    let site = seeded();
    let server = site.serve_with(&["--max-requests", "0"]);
    let owner = server.token_with("owner", &[], true);
    // Something in every list.
    for body in [json!({ "status": "accepted" }), json!({ "email": "b@example.org", "reason": "moved" })] {
        owner.patch(&session_path(CONTACT, &id(1)), body).status(200);
    }
    owner.delete(&session_path(TASKS, &id(2))).status(204);
    let user = json!({ "name": "olga", "role": "viewer", "password": "a long and winding sentence" });
    owner.post("/api/v1/users", user).status(201);

    let own = owner.json("/api/v1/tokens")["items"][0]["id"].as_str().unwrap().to_owned();
    let programs = Path::new(ROOT).join("tests/programs");
    let mut run = python("schemathesis");
    run.arg("--config-file").arg(programs.join("schemathesis.toml")).arg("run");
    // From a file: it leaves out the address that it has a document from.
    let document = site.temp().join("openapi.json");
    fs::write(&document, server.anonymous().get("/api/v1/openapi.json").status(200).body).unwrap();
    run.arg(&document).arg("--url").arg(server.url(""));
    run.arg("--header").arg(format!("Authorization: Bearer {}", owner.secret));
    // What it remembers of a run is of that run alone.
    run.current_dir(site.temp()).env("PYTHONPATH", &programs).env("SCHEMATHESIS_HOOKS", "schemathesis_hooks");
    run.env("OWN_TOKEN_ID", own);
    let output = run.output().unwrap();
    assert!(output.status.success(), "{}\n--- the program said:\n{}", both(&output), server.log());
    let said = both(&output);
    let operations: usize = server.anonymous().json("/api/v1/openapi.json")["paths"]
        .as_object()
        .unwrap()
        .values()
        .map(|item| item.as_object().unwrap().len())
        .sum();
    let config = fs::read_to_string(programs.join("schemathesis.toml")).unwrap();
    let excluded = config.split("[[operations]]").skip(1).filter(|part| part.contains("\nenabled = false")).count();
    assert!(said.contains(&format!("Tested: {}", operations - excluded)), "all but {excluded} of {operations}: {said}");
    owner.get("/api/v1/me").status(200);
}

const RECIPES: &str = "manual/recipes.md";

/// The recipe under this heading of the README or the manual: the lines of its first block of shell.
#[track_caller]
pub fn recipe(file: &str, heading: &str) -> String {
    let text = fs::read_to_string(Path::new(ROOT).join(file)).unwrap();
    let (_, below) = text.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no recipe {heading}"));
    let below = below.split("\n## ").next().unwrap();
    let (_, block) = below.split_once("\n```sh\n").unwrap_or_else(|| panic!("{heading} has no block of shell"));
    block.split("\n```").next().unwrap().to_owned()
}

/// Runs it as it stands, with the two variables that all recipes start from.
fn shell(server: &Server<'_>, secret: &str, script: &str) -> Command {
    let mut bash = Command::new("bash");
    bash.args(["-euo", "pipefail", "-c", script]).env("PANEL", server.url("")).env("TOKEN", secret);
    bash
}

#[test]
fn the_recipe_for_a_domain_runs_as_written() {
    let waiting = |n: u32, email: &str| session(CONTACT, &id(n)).status("pending").email(email);
    let site = Site::with(&[
        waiting(1, "ann@example.org"),
        waiting(2, "BOB@EXAMPLE.ORG"),
        // Not of the domain, though it looks like it.
        waiting(3, "eve@example.org.evil.example"),
        waiting(4, "example.org@evil.example"),
        waiting(5, ""),
        session(TASKS, &id(6)).status("pending").email("eva@example.org"),
    ]);
    let server = site.serve();
    let operator = server.operator();
    let script = recipe(RECIPES, "Approve everyone of a domain");
    works(shell(&server, &operator.secret, &script));
    let mut accepted = operator.ids("/api/v1/sessions?status=accepted&sort=id");
    accepted.sort();
    let mut expected = vec![id(1), id(2), id(6)];
    expected.sort();
    assert_eq!(accepted, expected);
    // Again, with nobody left.
    works(shell(&server, &operator.secret, &script));
    assert_eq!(operator.json("/api/v1/changes")["total"], 3);
}

#[test]
fn the_recipe_that_cleans_up_simulators_runs_as_written() {
    let old = SystemTime::now() - Duration::from_secs(40 * 24 * 60 * 60);
    let put = |site: &Site, n: u32, simulator: bool, aged: bool| {
        let path: PathBuf = site.put(&session(CONTACT, &id(n)).set("/device/simulator", simulator));
        if aged {
            fs::File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
        }
    };
    let site = Site::new();
    put(&site, 1, true, true);
    put(&site, 2, true, false);
    put(&site, 3, false, true);
    let server = site.serve();
    let operator = server.operator();
    let said = works(shell(&server, &operator.secret, &recipe(RECIPES, "Clean up simulators every night")));
    assert!(said.contains(&id(1)), "it says what went: {said}");
    let mut left = operator.ids("/api/v1/sessions");
    left.sort();
    let mut expected = vec![id(2), id(3)];
    expected.sort();
    assert_eq!(left, expected);
    // A night on which nothing is to be done.
    works(shell(&server, &operator.secret, &recipe(RECIPES, "Clean up simulators every night")));
    assert_eq!(operator.json("/api/v1/changes")["total"], 1);
}

#[test]
fn the_recipe_that_watches_the_stream_runs_as_written() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let operator = server.operator();
    let seen = site.temp().join("seen");
    let mut watch = shell(&server, &operator.secret, &recipe(RECIPES, "Watch what happens"));
    let mut watching = watch.stdout(fs::File::create(&seen).unwrap()).spawn().unwrap();
    let said = || fs::read_to_string(&seen).unwrap();
    let mut n = 0;
    until(Duration::from_secs(20), "the stream tells of a change", || {
        // The stream may have been opened after the first change.
        n += 1;
        let status = if n % 2 == 1 { "accepted" } else { "pending" };
        operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": status })).status(200);
        std::thread::sleep(Duration::from_millis(200));
        said().lines().any(|line| line.contains("session.changed") && line.contains(&id(1)))
    });
    server.stop();
    // It ends with the server.
    let mut ended = None;
    until(Duration::from_secs(10), "the recipe ends", || {
        ended = watching.try_wait().unwrap();
        ended.is_some()
    });
}
