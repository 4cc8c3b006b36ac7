//! What is said at the start, and what SIGHUP changes while the program runs.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::spawn::*;

const SOON: Duration = Duration::from_secs(10);

fn hang_up(server: &Server<'_>) {
    let pid = Pid::from_raw(i32::try_from(server.pid()).unwrap()).unwrap();
    kill_process(pid, Signal::HUP).unwrap();
}

fn config(site: &Site, text: &str) -> PathBuf {
    let file = site.temp().join("panel.toml");
    fs::write(&file, text).unwrap();
    file
}

fn serve_by<'a>(site: &'a Site, file: &PathBuf, more: &[&str]) -> Server<'a> {
    let mut command = Command::new(program());
    command.args(site.serve_args()).arg("--config").arg(file).args(more);
    site.serve_command(command)
}

#[test]
fn sighup_reloads_options_and_names_the_others() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let file = config(&site, "host = [\"one.example\"]\nlog = \"info\"\nrescan = \"10s\"\n");
    let server = serve_by(&site, &file, &[]);
    let viewer = server.viewer();
    let ask = |host: &str| viewer.request("GET", "/api/v1/me").header("host", host).send().status;
    assert_eq!((ask("one.example"), ask("two.example")), (200, 421));
    assert!(!server.log().contains("DEBUG"));

    config(&site, "host = [\"two.example\"]\nlog = \"debug\"\nrescan = \"20s\"\n");
    hang_up(&server);
    until(SOON, "the new host is answered to", || ask("two.example") == 200);
    assert_eq!(ask("one.example"), 421);
    until(SOON, "debug is told", || server.log().contains("DEBUG"));
    let says = |parts: &[&str]| server.log().lines().any(|line| parts.iter().all(|part| line.contains(part)));
    until(SOON, "which", || says(&["SIGHUP", "--host", "--log"]));
    until(SOON, "which need a start", || says(&["SIGHUP", "--rescan", "started again"]));

    config(&site, "hosst = 5\n");
    hang_up(&server);
    until(SOON, "what is wrong", || says(&["SIGHUP", "stay as they are", "hosst"]));
    assert_eq!(ask("two.example"), 200);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn sighup_does_not_end_requests_in_hand() {
    let files: Vec<SessionFile> = (0..100).map(|n| session(CONTACT, &id(n)).status("pending")).collect();
    let site = Site::with(&files);
    let server = site.serve();
    let operator = server.operator();
    let body = json!({ "action": "set_status", "status": "accepted", "filter": { "status": "pending" } });
    let answer = std::thread::scope(|scope| {
        let batch = scope.spawn(|| operator.post("/api/v1/sessions/batch", body));
        for _ in 0..5 {
            hang_up(&server);
            std::thread::sleep(Duration::from_millis(20));
        }
        batch.join().unwrap()
    });
    assert_eq!(answer.status(200).json()["changed"], 100);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn sighup_reads_the_certificate_again() {
    let site = Site::new();
    let pair = || rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let (cert, key) = (site.temp().join("cert.pem"), site.temp().join("key.pem"));
    let put = || {
        let made = pair();
        fs::write(&cert, made.cert.pem()).unwrap();
        fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    };
    put();
    let server = site.serve_with(&["--tls-cert", cert.to_str().unwrap(), "--tls-key", key.to_str().unwrap()]);
    put();
    hang_up(&server);
    until(SOON, "it is taken", || server.log().contains("new connections get the new certificate"));
    until(SOON, "it is said", || server.log().contains("the certificate is read again"));
}

#[test]
fn a_mistyped_variable_is_named_without_its_value() {
    let site = Site::new();
    let mut command = Command::new(program());
    command.args(site.serve_args()).env("MOBILE_SESSIONS_LISTN", "hunter2").env("MOBILE_SESSIONS_COLOUR", "hunter3");
    command.env("MOBILE_SESSIONS_LOG", "info").env("MOBILE_SESSIONS_SEED", "1");
    let server = site.serve_command(command);
    let says = |parts: &[&str]| server.log().lines().any(|line| parts.iter().all(|part| line.contains(part)));
    until(SOON, "near", || says(&["WARN", "MOBILE_SESSIONS_LISTN ", "MOBILE_SESSIONS_LISTEN?"]));
    until(SOON, "none", || says(&["WARN", "MOBILE_SESSIONS_COLOUR "]));
    assert!(!server.log().contains("hunter"), "{}", server.log());
    assert!(!server.log().contains("MOBILE_SESSIONS_LOG "), "{}", server.log());
    let mut list = Command::new(program());
    list.args(["token", "list", "--data-dir"]).arg(site.data()).env("MOBILE_SESSIONS_DATADIR", "x");
    let output = list.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.contains("MOBILE_SESSIONS_DATA_DIR?"), "{said}");
}

#[test]
fn a_start_warns_of_open_secrets_and_root() {
    let site = Site::new();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (cert, key) = (site.temp().join("cert.pem"), site.temp().join("key.pem"));
    fs::write(&cert, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let mode = |mode: u32| fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
    let tls = ["--tls-cert", cert.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let push = ["--push-url", "http://127.0.0.1:1/push", "--push-secret", "hunter2hunter2"];
    mode(0o644);
    let server = site.serve_with(&[&tls[..], &push].concat());
    let says = |server: &Server<'_>, parts: &[&str]| {
        server.log().lines().any(|line| line.contains("WARN") && parts.iter().all(|part| line.contains(part)))
    };
    until(SOON, "the key", || says(&server, &["--tls-key", "key.pem", "chmod o-r"]));
    until(SOON, "the command line", || says(&server, &["--push-secret on the command line", "--push-secret-file"]));
    let root = rustix::process::geteuid().is_root();
    until(SOON, "the user", || says(&server, &["runs as root"]) == root);
    assert!(!server.log().contains("hunter2"));
    drop(server);

    mode(0o640);
    let secret = site.temp().join("secret");
    fs::write(&secret, "hunter2hunter2").unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
    let push = ["--push-url", "http://127.0.0.1:1/push", "--push-secret-file", secret.to_str().unwrap()];
    let server = site.serve_with(&[&tls[..], &push].concat());
    until(SOON, "it has started", || server.log().contains("starting"));
    assert!(!says(&server, &["chmod"]) && !says(&server, &["command line"]), "{}", server.log());
}

#[test]
fn a_file_size_limit_ends_nothing() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let mut large = file.document.clone();
    large["userInfo"] = json!({ "note": "x".repeat(300_000) });
    site.write(CONTACT, &id(2), large.to_string().replace(&id(1), &id(2)));
    drop(site.serve());
    let operator = site.token_with("operator", &[], false);
    // 256 KiB: the database has room for what it was, the session's file has none.
    let mut command = Command::new("bash");
    command.args(["-c", "ulimit -f 256; exec \"$0\" \"$@\"", program()]).args(site.serve_args());
    let server = site.serve_command(command);
    let operator = server.caller(&operator);
    let answer = operator.patch(&session_path(CONTACT, &id(2)), json!({ "status": "accepted" }));
    answer.problem(507, "no-space");
    operator.get("/api/v1/sessions").status(200);
    assert_eq!(server.stop(), Some(0));
}
