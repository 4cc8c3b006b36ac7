//! The log: who asked for what from where, never a secret, never too much of it, and nobody who waits for its reader.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::spawn::*;

/// The last line of the log that has all of these.
#[track_caller]
fn line(server: &Server<'_>, parts: &[&str]) -> String {
    let mut found = String::new();
    eventually(Duration::from_secs(10), || {
        let log = server.log();
        match log.lines().rev().find(|line| parts.iter().all(|part| line.contains(part))) {
            Some(line) => found = line.to_owned(),
            None => return Err(log),
        }
        Ok(())
    });
    found
}

#[test]
fn a_line_names_the_client_and_the_caller() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve_with(&["--trusted-proxy", "127.0.0.1"]);
    let made = server.owner().post("/api/v1/tokens", json!({ "name": "approvals", "role": "operator" }));
    let secret = made.status(201).json()["secret"].as_str().unwrap().to_owned();
    let token = server.caller(&secret);
    let patch = token.request("PATCH", &file.path()).json(json!({ "status": "accepted" }));
    patch.header("x-forwarded-for", "192.0.2.1").send().status(200);
    line(&server, &["PATCH", &file.path(), "client=192.0.2.1", "caller=token:approvals", "status=200"]);
    token.get("/api/v1/users").status(403);
    line(&server, &["/api/v1/users", "client=127.0.0.1", "token:approvals", "status=403", "refused"]);
    server.anonymous().get("/api/v1/me").status(401);
    line(&server, &["/api/v1/me", "caller=-", "status=401"]);
    let owner = server.first_owner();
    let page = owner.get("/account").text();
    Form::find(&page, "/account/settings").submit(&owner);
    line(&server, &["POST", "/account/settings", "user:owner1"]);
    assert!(!server.log().contains(&secret));
}

#[test]
fn json_lines_are_objects_with_time_level_message_and_fields() {
    let file = session(CONTACT, &id(1));
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve_with(&["--log-format", "json", "--log", "debug"]);
    server.viewer().get("/api/v1/sessions?q=a%22b").status(200);
    server.viewer().delete(&file.path()).status(403);
    let text = line(&server, &["\"status\":403"]);
    let refused: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((refused["level"].as_str(), refused["message"].as_str()), (Some("INFO"), Some("refused")));
    assert!(refused["time"].as_str().is_some_and(|time| time.ends_with('Z') && time.len() >= 20), "{refused}");
    let fields = &refused["fields"];
    assert_eq!((fields["method"].as_str(), fields["client"].as_str()), (Some("DELETE"), Some("127.0.0.1")));
    assert_eq!((fields["path"].as_str(), fields["status"].as_u64()), (Some(file.path().as_str()), Some(403)));
    assert!(fields["caller"].as_str().unwrap().starts_with("token:") && fields["id"].is_string(), "{refused}");
    let on_standard_output = ["listening on ", "Nobody can log in yet", "http://"];
    for line in server.log().lines().filter(|line| !on_standard_output.iter().any(|start| line.starts_with(start))) {
        let object: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let keys: Vec<_> = object.as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, ["time", "level", "message", "fields"], "{line}");
    }
}

#[test]
fn a_burst_of_refusals_is_counted() {
    let site = Site::new();
    let server = site.serve_with(&["--max-requests", "100"]);
    let one = b"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer mst_x\r\n\r\n";
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let mut reader = stream.try_clone().unwrap();
    let counted = std::thread::spawn(move || {
        let (mut answers, mut part, mut all) = (0, [0; 65536], Vec::new());
        while answers < 20_000 {
            let read = reader.read(&mut part).unwrap();
            assert!(read > 0, "cut after {answers}");
            all.extend_from_slice(&part[..read]);
            answers += all.windows(9).filter(|nine| *nine == b"HTTP/1.1 ").count();
            all.drain(..all.len().saturating_sub(8));
        }
    });
    stream.write_all(&one.repeat(20_000)).unwrap();
    counted.join().unwrap();
    let lines = server.log().lines().count();
    assert!(lines < 200, "{lines} lines");
    assert_eq!(server.stop(), Some(0));
    let log = server.log();
    let more: u64 = log
        .lines()
        .filter(|line| line.contains("without a line each"))
        .filter_map(|line| line.split("more=").nth(1)?.split(' ').next()?.parse::<u64>().ok())
        .sum();
    assert!((19_000..20_000).contains(&more), "{more} are counted: {log}");
}

#[test]
fn no_log_line_has_a_secret_of_an_address() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve_with(&["--log", "debug"]);
    let owner = server.owner();
    let answer = owner.post(&format!("{}/approval-links", file.path()), json!({})).status(201).json();
    let secret = answer["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let token = server.setup_link().split("token=").nth(1).unwrap().to_owned();
    for path in [
        "/link/S",
        "/%6Cink/S",
        "/%256Cink/S",
        "//link/S",
        "/link//S",
        "/LINK/S",
        "/Link/S/more",
        "/link/S/",
        "/x/link/S",
        "/%2flink%2fS",
        "/link%2fS",
        "/link;a=b/S",
        "/S",
        "/api/v1/S",
        "/apps/S",
        "/static/../link/S",
        "/setup?token=S",
        "/SETUP?token=S",
        "/setup%3ftoken=S",
        "/setup/S",
        "/problems/S",
        "/users/S",
        "/link/%53?next=/link/S",
    ] {
        for secret in [&secret, &token] {
            for (method, more) in [("GET", ""), ("POST", "Sec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n")] {
                let path = path.replace('S', secret);
                let referer = format!("Referer: http://{}/link/{secret}\r\n", server.address);
                let request = format!(
                    "{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n{referer}{more}Connection: close\r\n\r\n",
                    server.address
                );
                server.raw(request.as_bytes());
            }
        }
    }
    until(Duration::from_secs(10), "they are logged", || server.log().matches("/link/…").count() > 10);
    let printed = |line: &&str| !line.starts_with("http://");
    let log: Vec<String> = server.log().lines().filter(printed).map(str::to_owned).collect();
    for secret in [&secret[..12], &secret[20..32], &token[..12], &token[20..32]] {
        let found: Vec<_> = log.iter().filter(|line| line.contains(secret)).collect();
        assert!(found.is_empty(), "{found:?}");
        for path in ["/metrics", "/api/v1/access-log?limit=500"] {
            assert!(!owner.get(path).status(200).text().contains(secret), "{path}");
        }
    }
}

/// Starts the program with standard error as it is given, and waits until it listens; where.
fn listening(site: &Site, stderr: Stdio, more: &[&str]) -> (std::process::Child, String) {
    let mut command = Command::new(program());
    command.args(site.serve_args()).args(["--max-requests", "0", "--log", "debug"]).args(more);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
    let out = std::io::BufReader::new(child.stdout.take().unwrap());
    let line = std::io::BufRead::lines(out).next().unwrap().unwrap();
    (child, line.trim_start_matches("listening on http://").to_owned())
}

fn ask_often(address: &str, times: usize) {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut part = [0; 4096];
    for _ in 0..times {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut got = Vec::new();
        while !got.ends_with(br#"{"status":"ok"}"#) {
            let read = stream.read(&mut part).unwrap();
            assert!(read > 0);
            got.extend_from_slice(&part[..read]);
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn an_unread_log_stops_nothing() {
    let site = Site::new();
    let token = site.token_with("viewer", &[], false);
    let (mut child, address) = listening(&site, Stdio::piped(), &[]);
    let mut stderr = child.stderr.take().unwrap();
    // Some 150 bytes each: more than the pipe and what waits for it hold.
    ask_often(&address, 8_000);
    let metrics = format!(
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    let mut stream = TcpStream::connect(&address).unwrap();
    stream.write_all(metrics.as_bytes()).unwrap();
    let mut measured = String::new();
    stream.read_to_string(&mut measured).unwrap();
    let lost = measured.lines().find_map(|line| line.strip_prefix("mobile_sessions_log_lines_dropped_total "));
    assert!(lost.unwrap().parse::<u64>().unwrap() > 1_000, "{measured}");
    // Who reads again is told how many are missing.
    let reader = std::thread::spawn(move || {
        let mut all = String::new();
        stderr.read_to_string(&mut all).unwrap();
        all
    });
    std::thread::sleep(Duration::from_millis(300));
    ask_often(&address, 10);
    ask_to_stop(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let all = reader.join().unwrap();
    assert!(all.contains("lines of the log were dropped"), "{} lines", all.lines().count());
    assert!(all.contains("stopping"), "the end is told");
}

#[test]
fn a_closed_standard_error_stops_nothing() {
    let site = Site::new();
    let (mut child, address) = listening(&site, Stdio::piped(), &[]);
    drop(child.stderr.take());
    ask_often(&address, 500);
    ask_to_stop(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_full_pipe_does_not_keep_the_program_from_ending() {
    let site = Site::new();
    let (mut child, address) = listening(&site, Stdio::piped(), &[]);
    ask_often(&address, 8_000);
    let begun = Instant::now();
    ask_to_stop(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn no_color_is_honoured_on_a_terminal() {
    let site = Site::new();
    let program = site.serve_args().join(" ");
    let said = |environment: &str| {
        // `script` gives it a terminal.
        let line = format!("{environment} timeout -s TERM 3 {} {program}", self::program());
        let output = Command::new("script").args(["-qec", &line, "/dev/null"]).stdin(Stdio::null()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(said("NO_COLOR=").contains("\u{1b}["), "a terminal has colours");
    let plain = said("NO_COLOR=1");
    assert!(plain.contains("starting") && !plain.contains("\u{1b}["), "{plain}");
}

#[test]
fn no_name_forges_a_line_of_the_log() {
    let site = Site::new();
    let server = site.serve();
    let rule = json!({ "name": "all", "when": {} });
    server.owner().post("/api/v1/rules", rule).status(201);
    let app = "x\n2026-11-29T17:00:00Z  INFO forged\u{1b}[31m\u{9b}.app";
    site.put(&session(app, &id(1)).status("pending"));
    let line = line(&server, &["let in by a rule", "forged", &id(1)]);
    assert!(line.contains(r"app=x\u{a}2026-11-29T17:00:00Z  INFO forged\u{1b}[31m\u{9b}.app session="), "{line}");
    assert!(!server.log().contains(['\u{1b}', '\u{9b}']), "{}", server.log());
}
