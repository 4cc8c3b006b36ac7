//! The commands against a running panel: `sessions`, `undo`, `push`, `events`.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use serde_json::{Value, json};

use crate::programs::{recipe, works};
use crate::push::{self, FourD};
use crate::spawn::*;

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A command for the panel at this address.
fn command(url: &str, secret: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(args).env("MOBILE_SESSIONS_URL", url).env("MOBILE_SESSIONS_TOKEN", secret);
    command
}

fn ask(server: &Server<'_>, role: &str, args: &[&str]) -> Output {
    command(&server.url(""), &server.token(role).secret, args).output().unwrap()
}

/// What it prints, on both streams; it must end with this code.
#[track_caller]
fn told(output: &Output, code: i32) -> (String, String) {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}{err}");
    (out, err)
}

/// What it says where it must fail with this code: nothing on standard output.
#[track_caller]
fn refused(output: &Output, code: i32) -> String {
    let (out, err) = told(output, code);
    assert_eq!(out, "", "{err}");
    assert!(!err.contains("mst_a") && !err.contains("panicked"), "{err}");
    err
}

#[test]
fn a_list_is_a_table_for_people_and_json_for_programs() {
    let site = Site::new();
    site.put_aged(&session(CONTACT, &id(1)).status("pending").email("ann@example.org"), 30);
    site.put_aged(&session(TASKS, &id(2)), 20);
    site.put_aged(
        &session(ANDROID, &id(3)).status("pending").set("/device/description", "Pixel\u{1b}[31m \u{9b}\u{202e}4"),
        10,
    );
    let server = site.serve();
    let (table, said) = told(&ask(&server, "viewer", &["sessions", "list"]), 0);
    assert_eq!(said, "3 sessions\n");
    let lines: Vec<&str> = table.lines().collect();
    let column = |head: &str| lines[0].find(head).unwrap();
    let by_age = [(ANDROID, 3), (TASKS, 2), (CONTACT, 1)];
    for (line, (app, n)) in lines[1..].iter().zip(by_age) {
        assert!(line[column("APP")..].starts_with(app) && line.ends_with(&id(n)), "{table}");
    }
    assert!(lines[3].starts_with("pending") && lines[3][column("E-MAIL")..].starts_with("ann@example.org"), "{table}");
    assert!(lines[1].contains("Pixel\\u{1b}[31m \\u{9b}\\u{202e}4"), "{table}");
    let (json, _) = told(&ask(&server, "viewer", &["sessions", "list", "--json"]), 0);
    assert!(json.contains("\\u009b\\u202e4") && !json.contains(['\u{9b}', '\u{202e}']), "{json}");
    for (args, ids) in [
        (&["--status", "pending"][..], &[3, 1][..]),
        (&["--status", "accepted,other"], &[2]),
        (&["--app", "UTT7VDX8W5.*"], &[2, 1]),
        (&["--app", CONTACT, "--status", "pending"], &[1]),
        (&["--app", "*.nobody.*"], &[]),
        (&["-q", "ANN@"], &[1]),
    ] {
        let output = ask(&server, "viewer", &[&["sessions", "list", "--json"], args].concat());
        let list: Value = serde_json::from_str(&told(&output, 0).0).unwrap();
        let found: Vec<&str> =
            list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(found, ids.iter().map(|n| id(*n)).collect::<Vec<_>>(), "{args:?}");
        assert_eq!(list["total"], found.len());
    }
    let one: Value =
        serde_json::from_str(&told(&ask(&server, "viewer", &["sessions", "list", "-q", "ann@", "--json"]), 0).0)
            .unwrap();
    assert_eq!(one["items"][0], server.viewer().json("/api/v1/sessions?q=ann%40")["items"][0], "as the API shows it");
}

#[test]
fn every_page_of_a_list_is_followed() {
    let site = Site::new();
    for n in 0..1100 {
        site.put(&session(CONTACT, &id(n)));
    }
    let server = site.serve();
    let list: Value =
        serde_json::from_str(&told(&ask(&server, "viewer", &["sessions", "list", "--json"]), 0).0).unwrap();
    let mut ids: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), &list["total"]), (1100, &json!(1100)));
}

#[test]
fn devices_are_declined_and_named() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let (one, operator) = (id(1), server.operator());
    let decline = ["sessions", "decline", CONTACT, &one, "--reason", "a private phone"];
    assert_eq!(told(&ask(&server, "operator", &decline), 0).0, format!("declined   {CONTACT} {one}\n"));
    assert_eq!(operator.json(&file.path())["declined"]["reason"], "a private phone");
    assert!(told(&ask(&server, "viewer", &["sessions", "list"]), 0).0.contains("pending, declined "));
    let note = |args: &[&str]| ask(&server, "operator", &[&["sessions", "note", CONTACT, &one], args].concat());
    assert_eq!(told(&note(&["--name", "depot"]), 0).0, format!("noted      {CONTACT} {one}\n"));
    let said = told(&note(&["--note", "Ask Nina."]), 0).1;
    let noted = operator.json(&file.path())["note"].clone();
    assert_eq!((&noted["name"], &noted["note"]), (&json!("depot"), &json!("Ask Nina.")), "what is not given stays");
    assert!(told(&note(&["--name", "depot"]), 0).0.starts_with("unchanged"));
    let (json, _) = told(&note(&["--name", "", "--note", "", "--json"]), 0);
    let session: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&session["note"], &session["id"]), (&Value::Null, &json!(one)));
    let change = said.trim().rsplit(' ').next().unwrap();
    assert!(refused(&note(&["--name", &"x".repeat(65)]), 1).contains("64 characters"));
    assert!(refused(&note(&[]), 2).contains("--name"));
    assert_eq!(operator.json(&format!("/api/v1/changes/{change}"))["action"], "set_note");
}

#[test]
fn each_session_of_a_change_is_told_of_and_undo_takes_it_back() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(CONTACT, &id(2))]);
    let server = site.serve();
    let (one, two, none) = (id(1), id(2), id(3));
    let accept = ["sessions", "accept", CONTACT, &one, &two, &none, &one, "--reason", "called in"];
    let (out, said) = told(&ask(&server, "operator", &accept), 1);
    let mut lines: Vec<&str> = out.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines[0], format!("accepted   {CONTACT} {one}"));
    assert!(lines[1].starts_with(&format!("failed     {CONTACT} {none}  There is no session")), "{out}");
    assert_eq!(lines[2], format!("unchanged  {CONTACT} {two}"));
    let change = said.trim_end().rsplit(' ').next().unwrap();
    assert!(said.starts_with("1 accepted, 1 unchanged, 1 failed. To take it back: mobile-sessions undo "), "{said}");
    assert_eq!(server.viewer().json("/api/v1/changes")["items"][0]["reason"], "called in");
    let (out, _) = told(&ask(&server, "operator", &["undo", change]), 0);
    assert_eq!(out, format!("undone     {CONTACT} {one}\n"));
    assert_eq!(server.viewer().json(&session_path(CONTACT, &one))["status"], "pending");
    let (out, said) = told(&ask(&server, "operator", &["undo", change]), 1);
    assert!(out.contains("has undone this change") && said == "1 failed.\n", "{out}{said}");
    assert!(refused(&ask(&server, "operator", &["undo", "../x"]), 1).contains("There is no change"));
}

#[test]
fn sessions_are_kept_out_and_deleted() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2))]);
    let server = site.serve();
    told(&ask(&server, "operator", &["sessions", "pending", CONTACT, &id(1)]), 0);
    assert_eq!(server.viewer().json(&session_path(CONTACT, &id(1)))["status"], "pending");
    let before = site.read(CONTACT, &id(2));
    let (out, _) = told(&ask(&server, "operator", &["sessions", "delete", CONTACT, &id(2), "--json"]), 0);
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&answer["changed"], &answer["items"][0]["id"]), (&json!(1), &json!(id(2))));
    assert!(!site.path(CONTACT, &id(2)).exists());
    told(&ask(&server, "operator", &["undo", answer["change_id"].as_str().unwrap()]), 0);
    assert_eq!(site.read(CONTACT, &id(2)), before);
    let said = refused(&ask(&server, "viewer", &["sessions", "delete", CONTACT, &id(1)]), 1);
    assert!(said.contains("needs the role Operator"), "{said}");
}

#[test]
fn a_push_says_what_4d_did() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(CONTACT, &id(2))]);
    let server = site.serve();
    assert!(refused(&ask(&server, "operator", &["push"]), 1).contains("No connection to 4D is configured"));
    drop(server);
    let four_d = FourD::of(&site);
    let server = push::serve(&site, &four_d.url(), &[]);
    told(&ask(&server, "operator", &["sessions", "accept", CONTACT, &id(1)]), 0);
    let (out, said) = told(&ask(&server, "operator", &["push"]), 0);
    assert!(out.starts_with("4D has read the folder (") && said.is_empty(), "{out}{said}");
    assert_eq!(server.viewer().json("/api/v1/push")["unpushed"], 0);
    site.put_aged(&SessionFile { id: id(2), ..session(TASKS, &id(9)) }, 60);
    server.viewer().refresh();
    let said = refused(&ask(&server, "operator", &["push"]), 1);
    assert!(said.contains(&id(2)) && said.contains("--allow-noncompliant"), "{said}");
    let (out, said) = told(&ask(&server, "operator", &["push", "--allow-noncompliant", "--json"]), 0);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["outcome"], "errors");
    assert!(said.contains("4D reports: mobi 1"), "{said}");
}

/// A running `events`, with the lines that it prints.
struct Listener {
    child: Child,
    lines: Receiver<String>,
}

impl Listener {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (tell, lines) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { child, lines }
    }

    #[track_caller]
    fn next(&self) -> String {
        self.lines.recv_timeout(Duration::from_secs(30)).expect("an event")
    }

    /// How it ends when it is asked to, and what it said.
    fn stop(mut self) -> (Option<i32>, String) {
        ask_to_stop(&self.child);
        self.end()
    }

    /// How it ends by itself, and what it said.
    fn end(&mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // Also after a test has failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until somebody listens to this server.
#[track_caller]
fn listened_to(server: &Server<'_>) {
    let viewer = server.viewer();
    until(Duration::from_secs(30), "a listener", || {
        viewer.get("/metrics").text().contains("mobile_sessions_event_listeners 1")
    });
}

#[test]
fn events_go_on_after_the_panel_was_away() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let (address, secret) = (server.address.clone(), server.viewer().secret);
    let listener =
        Listener::start(command(&server.url(""), &secret, &["events", "--json", "--types", "session.created"]));
    listened_to(&server);
    site.put(&session(CONTACT, &id(2)));
    let first: Value = serde_json::from_str(&listener.next()).unwrap();
    assert_eq!((&first["type"], &first["id"]), (&json!("session.created"), &json!(id(2))));
    assert_eq!(server.stop(), Some(0));
    site.put(&session(CONTACT, &id(3)).status("pending"));
    let args = site.serve_args().into_iter().map(|arg| if arg == "127.0.0.1:0" { address.clone() } else { arg });
    let mut again = Command::new(program());
    again.args(args);
    let server = site.serve_command(again);
    let second: Value = serde_json::from_str(&listener.next()).unwrap();
    assert_eq!((&second["id"], &second["status"]), (&json!(id(3)), &json!("pending")));
    drop(server);
    let (code, said) = listener.stop();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("It is tried again.") && !said.contains(&secret), "{said}");
}

#[test]
fn events_are_sentences_for_people() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let operator = server.operator();
    let listener = Listener::start(command(&server.url(""), &operator.secret, &["events"]));
    listened_to(&server);
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" })).status(200);
    let line = listener.next();
    let parts = ["session.changed", "pending -> accepted", CONTACT, &id(1), "by token:"];
    assert!(parts.iter().all(|part| line.contains(part)), "{line}");
    assert_eq!(listener.stop().0, Some(0));
}

#[test]
fn events_end_quietly_when_nobody_reads_on() {
    let site = Site::new();
    let server = site.serve();
    let mut command = command(&server.url(""), &server.viewer().secret, &["events", "--json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    listened_to(&server);
    drop(child.stdout.take());
    site.put(&session(CONTACT, &id(1)));
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
}

#[test]
fn a_revoked_token_ends_events_with_its_reason() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.owner();
    let made = owner.post("/api/v1/tokens", json!({ "name": "ears", "role": "viewer" })).status(201).json();
    let secret = made["secret"].as_str().unwrap();
    let mut listener = Listener::start(command(&server.url(""), secret, &["events"]));
    listened_to(&server);
    owner.delete(&format!("/api/v1/tokens/{}", made["id"].as_str().unwrap())).status(204);
    let (code, said) = listener.end();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("revoked") && said.contains("--token-file") && !said.contains(secret), "{said}");
}

/// Stands before a server below the path `/below`. Of the first so many changes, the answer is lost.
struct Proxy {
    url: String,
    changes: Arc<AtomicUsize>,
}

impl Proxy {
    fn of(server: &Server<'_>, lost: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/below", listener.local_addr().unwrap());
        let changes = Arc::new(AtomicUsize::new(0));
        let (target, counted) = (server.address.clone(), Arc::clone(&changes));
        std::thread::spawn(move || {
            for client in listener.incoming() {
                Self::pass(client.unwrap(), &target, &counted, lost);
            }
        });
        Self { url, changes }
    }

    fn pass(mut client: TcpStream, target: &str, counted: &AtomicUsize, lost: usize) {
        let mut reader = BufReader::new(client.try_clone().unwrap());
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap() == 0 {
                return;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
            head.push_str(&line);
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let mut server = TcpStream::connect(target).unwrap();
        write!(server, "{}connection: close\r\n\r\n", head.replacen(" /below/", " /", 1)).unwrap();
        server.write_all(&body).unwrap();
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).unwrap();
        let is_change = head.contains("/sessions/batch ");
        if !is_change || counted.fetch_add(1, Ordering::SeqCst) >= lost {
            client.write_all(&answer).unwrap();
        }
    }
}

#[test]
fn a_change_whose_answer_is_lost_is_made_once() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let proxy = Proxy::of(&server, 2);
    let secret = server.operator().secret;
    let accept = ["sessions", "accept", CONTACT, &id(1)];
    let (out, _) = told(&command(&proxy.url, &secret, &accept).output().unwrap(), 0);
    assert_eq!(out, format!("accepted   {CONTACT} {}\n", id(1)), "the first answer");
    assert_eq!(proxy.changes.load(Ordering::SeqCst), 3);
    assert_eq!(server.viewer().json("/api/v1/changes")["total"], 1);
}

#[test]
fn a_panel_below_a_path_is_asked_there() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let proxy = Proxy::of(&server, 0);
    let secret = server.viewer().secret;
    for url in [proxy.url.clone(), format!("{}/", proxy.url)] {
        let (out, _) = told(&command(&url, &secret, &["sessions", "list"]).output().unwrap(), 0);
        assert!(out.contains(&id(1)), "{out}");
    }
    let said = refused(&command(&server.url("/elsewhere"), &secret, &["sessions", "list"]).output().unwrap(), 1);
    assert!(said.contains("no panel") || said.contains("There is no"), "{said}");
}

fn token_file(site: &Site, text: &str, mode: u32) -> PathBuf {
    let file = site.temp().join("token");
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    file
}

#[test]
fn a_token_is_read_from_its_file_and_never_shown() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let secret = server.viewer().secret;
    let file = token_file(&site, &format!("{secret}\n"), 0o600);
    let list = |file: &Path| {
        let mut command = command(&server.url(""), "mst_another", &["sessions", "list", "--token-file", path(file)]);
        command.output().unwrap()
    };
    let (_, said) = told(&list(&file), 0);
    assert_eq!(said, "1 session\n");
    let file = token_file(&site, &secret, 0o644);
    let (_, said) = told(&list(&file), 0);
    assert!(said.contains("warning: --token-file: every user of this machine can read") || is_windows(), "{said}");
    for wrong in ["", "no token", "mst_a b", "mst_ab\nmst_cd\n"] {
        let said = refused(&list(&token_file(&site, wrong, 0o600)), 2);
        assert!(said.contains("holds no token") && !said.contains("mst_a"), "{wrong:?}: {said}");
    }
    refused(&list(&site.temp().join("none")), 2);
    let unknown = refused(&list(&token_file(&site, "mst_abcdefghij", 0o600)), 1);
    assert!(
        unknown.contains("token") && unknown.contains("--token-file") && !unknown.contains("abcdefghij"),
        "{unknown}"
    );
}

#[test]
fn what_names_no_panel_is_wrong_use() {
    let list = ["sessions", "list"];
    let run = |url: &str, token: &str| command(url, token, &list).output().unwrap();
    let mut without = Command::new(program());
    let without = without.args(list).env_remove("MOBILE_SESSIONS_URL").env("MOBILE_SESSIONS_TOKEN", "mst_abc").output();
    assert!(refused(&without.unwrap(), 2).contains("--url"));
    assert!(refused(&run("http://127.0.0.1:1", ""), 2).contains("MOBILE_SESSIONS_TOKEN"));
    for url in
        ["https://mst_abc@panel.example", "https://u:mst_abc@panel.example", "https://panel.example/?token=mst_abc"]
    {
        let output = Command::new(program()).args(["sessions", "list", "--url", url]).output().unwrap();
        let (_, said) = told(&output, 2);
        assert!(said.contains("leave the token out of the address") && !said.contains("mst_abc"), "{said}");
    }
    for (variable, address, command) in [
        ("MOBILE_SESSIONS_URL", "https://panel.example/%6dst_abc", &list[..]),
        ("MOBILE_SESSIONS_DATABASE", "postgres://u:mst_abc@h/db", &["serve", "folder"]),
        ("MOBILE_SESSIONS_PUSH_URL", "http://u:mst_abc@h/", &["serve", "folder"]),
        ("MOBILE_SESSIONS_PUBLIC_URL", "http://u:mst_abc@h/", &["serve", "folder"]),
    ] {
        for args in [command, &[command, &["--help"]].concat()] {
            let output = Command::new(program()).args(args).env(variable, address).output().unwrap();
            let said = text(&output.stdout) + &text(&output.stderr);
            assert!(!said.contains("mst_abc") && !said.contains("%6dst"), "{variable}: {said}");
        }
    }
    for args in
        [&["sessions", "accept", CONTACT][..], &["sessions", "list", "--status", "new"], &["undo"], &["sessions"]]
    {
        assert_eq!(command("http://127.0.0.1:1", "mst_abc", args).output().unwrap().status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn a_panel_that_cannot_be_reached_is_told_in_plain_words() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    drop(taken);
    let run = |url: &str| refused(&command(url, "mst_abc", &["sessions", "list"]).output().unwrap(), 1);
    let said = run(&format!("http://{address}"));
    assert!(said.contains("Nothing answers at") && said.contains("--url"), "{said}");
    let said = run("http://no-such-host.invalid");
    assert!(said.contains("Nobody knows the host name"), "{said}");
    let said = refused(&command(&format!("http://{address}"), "mst_abc", &["events"]).output().unwrap(), 1);
    assert!(said.contains("Nothing answers at"), "{said}");
}

#[test]
fn a_token_does_not_follow_a_redirect() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = format!("http://{}/", elsewhere.local_addr().unwrap());
    let panel = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", panel.local_addr().unwrap());
    let sent = target.clone();
    std::thread::spawn(move || {
        let (mut client, _) = panel.accept().unwrap();
        let _ = client.read(&mut [0; 4096]).unwrap();
        write!(client, "HTTP/1.1 302 Found\r\nlocation: {sent}\r\ncontent-length: 0\r\n\r\n").unwrap();
    });
    let said = refused(&command(&url, "mst_abc", &["sessions", "list"]).output().unwrap(), 1);
    assert!(said.contains(&target) && said.contains("--url"), "{said}");
    elsewhere.set_nonblocking(true).unwrap();
    assert!(elsewhere.accept().is_err(), "nobody asked there");
}

#[test]
fn a_private_authority_is_trusted_by_its_file_alone() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (cert, key) = (site.temp().join("cert.pem"), site.temp().join("key.pem"));
    fs::write(&cert, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let server = site.serve_with(&["--tls-cert", path(&cert), "--tls-key", path(&key)]);
    let secret = server.viewer().secret;
    let port = server.address.rsplit(':').next().unwrap();
    let run = |host: &str, more: &[&str]| {
        let url = format!("https://{host}:{port}");
        command(&url, &secret, &[&["sessions", "list"], more].concat()).output().unwrap()
    };
    let said = refused(&run("localhost", &[]), 1);
    assert!(said.contains("The certificate of") && said.contains("--ca-file"), "{said}");
    let (out, _) = told(&run("localhost", &["--ca-file", path(&cert)]), 0);
    assert!(out.contains(&id(1)), "{out}");
    let said = refused(&run("127.0.0.1", &["--ca-file", path(&cert)]), 1);
    assert!(said.contains("another host name"), "{said}");
    refused(&run("localhost", &["--ca-file", path(&key)]), 2);
    let said = refused(&command(&format!("https://localhost:{port}/"), "mst_abc", &["push"]).output().unwrap(), 1);
    assert!(said.contains("certificate"), "{said}");
}

#[test]
fn the_recipe_from_another_machine_runs_as_written() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(TASKS, &id(2)).status("pending")]);
    let server = site.serve();
    let folder = Path::new(program()).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    bash.args(["-euo", "pipefail", "-c", &recipe("README.md", "Automate")]).env("PATH", path);
    let said = works({
        bash.env("PANEL", server.url("")).env("TOKEN", server.operator().secret);
        bash
    });
    assert!(said.contains(&id(1)) && said.contains(&format!("accepted   {TASKS} {}", id(2))), "{said}");
    assert_eq!(server.viewer().ids("/api/v1/sessions?status=accepted").len(), 2);
}
