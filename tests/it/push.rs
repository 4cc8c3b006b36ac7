//! Pushes: what 4D is told, what counts as pushed afterwards, what is refused, and every way in which it can fail.
//! 4D itself is a stand-in that keeps sessions in memory as the real one is documented to.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use actix_web::web;
use mobile_sessions::demo::stand_in::{self, StandIn};
use mobile_sessions::domain::session::SessionKey;
use mobile_sessions::domain::token::Secret;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::pages::{page_of, user, words};
use crate::spawn::*;

const PUSH: &str = "/api/v1/push";
/// Unlike anything else that is printed.
const SECRET: &str = "s3cr3t-of-the-bridge-0815";
const SOON: Duration = Duration::from_secs(10);

/// A 4D that runs in this process.
pub struct FourD {
    state: web::Data<StandIn>,
    address: String,
    handle: actix_web::dev::ServerHandle,
}

impl FourD {
    pub fn of(site: &Site) -> Self {
        Self::at(site, "127.0.0.1:0")
    }

    fn at(site: &Site, address: &str) -> Self {
        let state = web::Data::new(StandIn::new(site.root(), Secret::new(SECRET.to_owned())).unwrap());
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (tell, told) = mpsc::channel();
        let served = state.clone();
        // A runtime of its own, as the program has.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let server = stand_in::server(served, listener).unwrap();
                tell.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        Self { state, address, handle: told.recv().unwrap() }
    }

    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, stand_in::PATH)
    }

    /// What it has of a session: its status, or nothing for one that is logged out.
    fn status_of(&self, app: &str, id: &str) -> Option<String> {
        let bytes = self.state.session(&SessionKey::parse(app, id).unwrap())?;
        Some(serde_json::from_slice::<Value>(&bytes).unwrap()["status"].as_str().unwrap().to_owned())
    }

    fn orders(&self) -> Vec<Value> {
        self.state.orders()
    }
}

impl Drop for FourD {
    fn drop(&mut self) {
        wait(self.handle.stop(false));
    }
}

/// The program, with a way to this address.
pub fn serve<'a>(site: &'a Site, url: &str, more: &[&str]) -> Server<'a> {
    let mut command = Command::new(program());
    command.args(site.serve_args()).args(["--push-url", url]).args(more).env("MOBILE_SESSIONS_PUSH_SECRET", SECRET);
    site.serve_command(command)
}

fn ok(user: &impl User, body: Value) -> Value {
    user.post(PUSH, body).status(200).json()
}

fn set(user: &impl User, app: &str, n: u32, status: &str) -> Answer {
    user.patch(&session_path(app, &id(n)), json!({ "status": status })).status(200)
}

fn named(app: &str, n: u32) -> Value {
    json!({ "app": app, "id": id(n) })
}

/// The ids of a list of the preview.
fn previewed(user: &impl User, list: &str) -> Vec<String> {
    let state = user.json(PUSH);
    state["preview"][list].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// A file that certainly lies in the wrong place: 4D's code 1.
fn misplaced(app: &str, n: u32) -> SessionFile {
    session(app, &id(n)).set("/team/id", "ABCDEFGHIJ")
}

#[test]
fn a_push_clears_what_was_not_pushed() {
    let site =
        Site::with(&[session(CONTACT, &id(1)).status("pending"), session(CONTACT, &id(2)), session(TASKS, &id(3))]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    let state = operator.json(PUSH);
    assert_eq!((&state["configured"], &state["unpushed"], &state["last"]), (&json!(true), &json!(0), &Value::Null));
    let accepted = set(&operator, CONTACT, 1, "accepted").header("x-change-id").to_owned();
    operator.delete(&session_path(TASKS, &id(3))).status(204);
    assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some("pending"), "4D does not look by itself");
    assert_eq!(operator.json(PUSH)["unpushed"], 2);

    let pushed = ok(&operator, json!({ "allow_noncompliant": false }));
    assert_eq!((&pushed["outcome"], &pushed["push_errors"]), (&json!("ok"), &json!([])));
    assert_eq!(pushed["by"], json!({ "kind": "token", "name": "token0" }));
    assert!(pushed["at"].as_str().unwrap().ends_with('Z') && pushed["duration_ms"].is_u64(), "{pushed}");
    assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some("accepted"));
    assert_eq!(four_d.status_of(TASKS, &id(3)), None, "a deleted session is logged out");
    let order = &four_d.orders()[0];
    assert!(order["request_id"].as_str().is_some_and(|id| !id.is_empty()), "{order}");
    let sessions = json!([{ "app": CONTACT, "id": id(1), "action": "refresh" },
        { "app": TASKS, "id": id(3), "action": "remove" }]);
    assert_eq!(order["sessions"], sessions);
    assert!(order.get("test").is_none());

    let state = operator.json(PUSH);
    assert_eq!((&state["unpushed"], &state["last"]), (&json!(0), &pushed));
    assert_eq!(state["preview"], json!({ "refresh": [], "remove": [], "outside": [], "noncompliant": [] }));
    assert_eq!(operator.json(&session_path(CONTACT, &id(1)))["unpushed"], false);
    let change = operator.json(&format!("/api/v1/changes/{accepted}"));
    assert_eq!((&change["pushed_at"], &change["pushed_by"]), (&pushed["at"], &pushed["by"]));
    let csv = operator.request("GET", "/api/v1/changes").header("accept", "text/csv").send().status(200).text();
    assert!(csv.contains(",pushed_at,pushed_by_kind,pushed_by_name") && csv.contains(",token,token0"), "{csv}");
}

#[test]
fn complaints_of_4d_leave_the_rest_pushed() {
    let site = Site::with(&[
        session(CONTACT, &id(1)),
        session(CONTACT, &id(2)),
        session(CONTACT, &id(3)),
        misplaced(CONTACT, 4),
    ]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    set(&operator, CONTACT, 1, "pending");
    operator.delete(&session_path(CONTACT, &id(2))).status(204);
    set(&operator, CONTACT, 4, "pending");
    assert_eq!(previewed(&operator, "noncompliant"), [id(4)]);
    let state = operator.json(PUSH);
    assert_eq!(state["preview"]["noncompliant"][0]["problems"][0]["code"], 1, "{state}");

    let refused = operator.post(PUSH, json!({})).problem(409, "push-would-drop-sessions");
    assert!(refused["detail"].as_str().unwrap().contains(&format!("{CONTACT}/{}", id(4))), "{refused}");
    assert!(four_d.orders().is_empty(), "4D was not asked");
    assert_eq!(operator.json(PUSH)["unpushed"], 3);

    let pushed = ok(&operator, json!({ "allow_noncompliant": true }));
    assert_eq!(pushed["outcome"], "errors");
    let error = &pushed["push_errors"][0];
    assert_eq!((&error["component"], &error["code"]), (&json!("mobi"), &json!(1)), "{pushed}");
    assert!(error["message"].as_str().unwrap().contains(&id(4)), "{error}");
    assert_eq!(previewed(&operator, "refresh"), [id(4)], "what 4D did not take stays");
    assert_eq!(operator.json(PUSH)["unpushed"], 1);
    assert_eq!(operator.json(PUSH)["last"], pushed);
}

#[test]
fn an_old_bad_file_does_not_block_pushes() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)), misplaced(CONTACT, 9)]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    set(&operator, CONTACT, 1, "pending");
    operator.post(PUSH, json!({})).problem(409, "push-would-drop-sessions");
    assert_eq!(ok(&operator, json!({ "allow_noncompliant": true }))["outcome"], "errors");
    assert_eq!(operator.json(PUSH)["unpushed"], 0);
    // From now on it is old: 4D complains each time, and nobody has to allow anything.
    assert!(previewed(&operator, "noncompliant").is_empty());
    for (round, status) in ["accepted", "pending", "accepted"].into_iter().enumerate() {
        set(&operator, CONTACT, 1, status);
        let pushed = ok(&operator, json!({}));
        assert_eq!((&pushed["outcome"], &pushed["push_errors"][0]["code"]), (&json!("errors"), &json!(1)), "{round}");
        assert_eq!(operator.json(PUSH)["unpushed"], 0);
        assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some(status));
    }
    // With other bytes, it may be another session: it counts anew.
    site.put(&misplaced(CONTACT, 9).email("new@corp.example"));
    set(&operator, CONTACT, 1, "pending");
    operator.post(PUSH, json!({})).problem(409, "push-would-drop-sessions");
    assert_eq!(previewed(&operator, "noncompliant"), [id(9)]);
    // And so does one that becomes bad, though it was pushed.
    fs::remove_file(site.path(CONTACT, &id(9))).unwrap();
    site.write(CONTACT, &id(2), "{");
    operator.post(PUSH, json!({})).problem(409, "push-would-drop-sessions");
    assert_eq!(previewed(&operator, "noncompliant"), [id(2)]);
    assert_eq!(four_d.status_of(CONTACT, &id(2)).as_deref(), Some("accepted"), "its device is still in");
}

#[test]
fn what_is_only_assumed_of_a_file_blocks_nothing() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)).without("/status")]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    set(&operator, CONTACT, 1, "pending");
    assert!(previewed(&operator, "noncompliant").is_empty());
    // The stand-in goes by the same guess: that the file is known here not to be compliant explains its error.
    let pushed = ok(&operator, json!({}));
    assert_eq!((&pushed["outcome"], &pushed["push_errors"][0]["code"]), (&json!("errors"), &json!(3)));
    assert_eq!(operator.json(PUSH)["unpushed"], 0);
}

#[test]
fn what_somebody_else_changed_is_previewed_until_4d_has_answered() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)), session(TASKS, &id(3))]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    assert!(previewed(&operator, "outside").is_empty(), "what was there at the first run was changed by nobody");
    site.put(&session(CONTACT, &id(1)).email("by@4d.example"));
    fs::remove_file(site.path(TASKS, &id(3))).unwrap();
    site.put(&session(CONTACT, &id(4)));
    operator.refresh();
    set(&operator, CONTACT, 2, "pending");
    until(SOON, "three changes outside", || previewed(&operator, "outside") == [id(4), id(1), id(3)]);
    let held = server.token_with("viewer", &[CONTACT], false);
    assert_eq!(previewed(&held, "outside"), [id(4), id(1)]);
    assert_eq!(operator.json(PUSH)["unpushed"], 1, "what others change is not unpushed");
    ok(&operator, json!({}));
    assert_eq!(four_d.orders()[0]["sessions"], json!([{ "app": CONTACT, "id": id(2), "action": "refresh" }]));
    assert!(previewed(&operator, "outside").is_empty());
}

#[test]
fn a_caller_of_some_apps_logs_out_no_others() {
    let site =
        Site::with(&[session(CONTACT, &id(1)), misplaced(CONTACT, 2), session(TASKS, &id(3)), misplaced(TASKS, 4)]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let (operator, held) = (server.operator(), server.token_with("operator", &[CONTACT], false));
    set(&operator, CONTACT, 1, "pending");
    set(&operator, TASKS, 3, "pending");
    let state = held.json(PUSH);
    assert_eq!(state["unpushed"], 1);
    assert_eq!(state["preview"]["refresh"], json!([named(CONTACT, 1)]));
    assert_eq!(previewed(&held, "noncompliant"), [id(2)]);
    for body in [json!({}), json!({ "allow_noncompliant": true })] {
        let refused = held.post(PUSH, body).problem(409, "push-would-drop-sessions");
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains(&id(2)) && detail.contains("and others in other apps"), "{detail}");
        assert!(!refused.to_string().contains(TASKS) && !refused.to_string().contains(&id(4)), "{refused}");
    }
    // None of theirs: they are told that there are others, and no more.
    fs::remove_file(site.path(CONTACT, &id(2))).unwrap();
    let refused = held.post(PUSH, json!({ "allow_noncompliant": true })).problem(409, "push-would-drop-sessions");
    assert!(refused["detail"].as_str().unwrap().contains("and others in other apps"), "{refused}");
    assert!(four_d.orders().is_empty());
    assert_eq!(four_d.status_of(TASKS, &id(3)).as_deref(), Some("accepted"));

    // Somebody who may see all apps allows it. From then on, those who are held push as well, and for all.
    assert_eq!(ok(&operator, json!({ "allow_noncompliant": true }))["outcome"], "errors");
    set(&held, CONTACT, 1, "accepted");
    set(&operator, TASKS, 3, "accepted");
    let pushed = ok(&held, json!({}));
    assert_eq!(four_d.orders()[1]["sessions"].as_array().unwrap().len(), 2, "a push is of all apps");
    assert_eq!((&pushed["outcome"], &pushed["push_errors"][0]["code"]), (&json!("errors"), &json!(1)));
    assert!(!pushed.to_string().contains(&id(4)), "4D's words name files of other apps: {pushed}");
    assert!(!held.json(PUSH).to_string().contains(&id(4)));
    assert!(operator.json(PUSH)["last"].to_string().contains(&id(4)));
    assert_eq!(operator.json(PUSH)["unpushed"], 0);
}

#[test]
fn a_viewer_looks_and_does_not_push() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let viewer = server.viewer();
    viewer.get(PUSH).status(200);
    viewer.post(PUSH, json!({})).problem(403, "forbidden");
    viewer.post(&format!("{PUSH}/test"), json!({})).problem(403, "forbidden");
    assert!(four_d.orders().is_empty());
    let operator = server.operator();
    operator.post(PUSH, json!({ "force": true })).problem_at(422, "invalid-value", "/force");
    operator.post(PUSH, json!({ "allow_noncompliant": "yes" })).problem_at(422, "invalid-value", "/allow_noncompliant");
    operator.request("POST", PUSH).send().status(200);
}

#[test]
fn a_test_of_the_connection_changes_nothing() {
    let site = Site::with(&[session(CONTACT, &id(1)), misplaced(CONTACT, 2)]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    set(&operator, CONTACT, 1, "pending");
    let before = (operator.json(PUSH), snapshot(&site.root()));
    let tested = operator.post(&format!("{PUSH}/test"), json!({})).status(200).json();
    assert_eq!(tested["outcome"], "ok");
    let order = &four_d.orders()[0];
    assert_eq!((&order["test"], &order["sessions"]), (&json!(true), &json!([])));
    assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some("accepted"), "the command did not run");
    assert_eq!(operator.json(PUSH), before.0);
    assert_unchanged(&before.1, &snapshot(&site.root()));
    assert!(!server.log().contains("outcome="), "it is no push: {}", server.log());
}

// What happens meanwhile

/// A 4D of which a test says when it answers, and how: one connection after another.
struct Puppet {
    listener: TcpListener,
}

/// A request that waits for its answer.
struct Waiting {
    stream: TcpStream,
    head: String,
    body: Value,
}

impl Puppet {
    fn new() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").unwrap() }
    }

    fn url(&self) -> String {
        format!("http://{}/push", self.listener.local_addr().unwrap())
    }

    fn next(&self) -> Waiting {
        let (stream, _) = self.listener.accept().unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut head, mut line) = (String::new(), String::new());
        while reader.read_line(&mut line).unwrap() > 2 {
            head.push_str(&line);
            line.clear();
        }
        let length =
            head.to_lowercase().split("content-length: ").nth(1).unwrap().lines().next().unwrap().trim().to_owned();
        let mut body = vec![0; length.parse().unwrap()];
        reader.read_exact(&mut body).unwrap();
        Waiting { stream, head, body: serde_json::from_slice(&body).unwrap() }
    }

    /// Answers every request in this way.
    fn always(self, answer: impl Fn(Waiting) + Send + 'static) {
        std::thread::spawn(move || {
            loop {
                answer(self.next());
            }
        });
    }
}

impl Waiting {
    fn answer(mut self, status: &str, headers: &str, body: &[u8]) {
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", body.len());
        // Who has read enough closes.
        let _ = self.stream.write_all(head.as_bytes()).and_then(|()| self.stream.write_all(body));
    }

    fn json(self, body: &Value) {
        self.answer("200 OK", "Content-Type: application/json\r\n", body.to_string().as_bytes());
    }
}

fn success() -> Value {
    json!({ "success": true, "errors": [] })
}

#[test]
fn a_change_during_a_push_stays_unpushed() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)), session(CONTACT, &id(3))]);
    let puppet = Puppet::new();
    let server = serve(&site, &puppet.url(), &[]);
    let operator = server.operator();
    let first = set(&operator, CONTACT, 1, "pending").header("x-change-id").to_owned();
    set(&operator, CONTACT, 2, "pending");
    site.put(&session(CONTACT, &id(3)).email("once@corp.example"));
    operator.refresh();
    let second = std::thread::scope(|scope| {
        let push = scope.spawn(|| ok(&operator, json!({})));
        let waiting = puppet.next();
        assert!(waiting.head.contains(&format!("authorization: Bearer {SECRET}")), "{}", waiting.head);
        assert_eq!(waiting.body["sessions"].as_array().unwrap().len(), 2);
        // Neither of these does 4D have to know.
        let second = set(&operator, CONTACT, 1, "accepted").header("x-change-id").to_owned();
        site.put(&session(CONTACT, &id(3)).email("again@corp.example"));
        operator.refresh();
        waiting.json(&success());
        assert_eq!(push.join().unwrap()["outcome"], "ok");
        second
    });
    assert_eq!(previewed(&operator, "refresh"), [id(1)]);
    assert_eq!(previewed(&operator, "outside"), [id(3)]);
    assert!(operator.json(&format!("/api/v1/changes/{first}"))["pushed_at"].is_string());
    assert!(operator.json(&format!("/api/v1/changes/{second}"))["pushed_at"].is_null());
    assert_eq!(operator.json(&session_path(CONTACT, &id(1)))["unpushed"], true);
    assert_eq!(operator.json(&session_path(CONTACT, &id(2)))["unpushed"], false);
}

#[test]
fn pushes_run_in_turn_and_to_their_end() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let puppet = Puppet::new();
    let server = serve(&site, &puppet.url(), &[]);
    let operator = server.operator();
    set(&operator, CONTACT, 1, "pending");
    // The client is gone before 4D has answered.
    let leaving = operator.request("POST", PUSH).json(json!({})).try_send();
    let left = wait(async { tokio::time::timeout(Duration::from_millis(500), leaving).await.is_err() });
    assert!(left, "4D has not answered yet");
    let first = puppet.next();
    std::thread::scope(|scope| {
        let second = scope.spawn(|| ok(&operator, json!({})));
        std::thread::sleep(Duration::from_millis(300));
        puppet.listener.set_nonblocking(true).unwrap();
        assert!(puppet.listener.accept().is_err(), "the second waits for the first");
        puppet.listener.set_nonblocking(false).unwrap();
        first.json(&success());
        let waiting = puppet.next();
        assert_eq!(waiting.body["sessions"], json!([]), "the first has done it");
        waiting.json(&success());
        assert_eq!(second.join().unwrap()["outcome"], "ok");
    });
    assert_eq!(operator.json(PUSH)["unpushed"], 0);
}

#[test]
fn a_third_simultaneous_push_is_refused() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let puppet = Puppet::new();
    let server = serve(&site, &puppet.url(), &[]);
    let operator = server.operator();
    std::thread::scope(|scope| {
        let first = scope.spawn(|| operator.post(PUSH, json!({})));
        let running = puppet.next();
        let second = scope.spawn(|| operator.post(PUSH, json!({})));
        std::thread::sleep(Duration::from_millis(500));
        set(&operator, CONTACT, 1, "pending");
        let begun = Instant::now();
        let third = operator.post(PUSH, json!({}));
        third.problem(409, "push-running");
        assert!(third.header("retry-after").parse::<u32>().is_ok());
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        running.json(&success());
        first.join().unwrap().status(200);
        let waiting = puppet.next();
        assert_eq!(waiting.body["sessions"].as_array().unwrap().len(), 1, "what the third was about");
        waiting.json(&success());
        second.join().unwrap().status(200);
    });
    assert_eq!(operator.json(PUSH)["unpushed"], 0);
}

#[test]
fn a_stop_does_not_wait_for_a_hanging_4d() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let puppet = Puppet::new();
    let server = serve(&site, &puppet.url(), &[]);
    let operator = server.operator();
    set(&operator, CONTACT, 1, "pending");
    std::thread::scope(|scope| {
        let first = scope.spawn(|| operator.post(PUSH, json!({})));
        let _hanging = puppet.next();
        let second = scope.spawn(|| operator.post(PUSH, json!({})));
        std::thread::sleep(Duration::from_millis(300));
        let begun = Instant::now();
        assert_eq!(server.stop(), Some(0));
        assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
        for pushed in [first, second] {
            let problem = pushed.join().unwrap().problem(502, "push-failed");
            assert!(problem["detail"].as_str().unwrap().contains("was stopped before 4D answered"), "{problem}");
        }
    });
    assert!(server.log().contains("was stopped before 4D answered"), "{}", server.log());
    drop(server);
    let server = serve(&site, &puppet.url(), &[]);
    let state = server.viewer().json(PUSH);
    assert_eq!((state["unpushed"].clone(), state["last"]["outcome"].clone()), (json!(1), json!("failed")));
    assert!(state["last"]["detail"].as_str().unwrap().contains("was stopped"), "{state}");
}

#[test]
fn a_restart_keeps_what_was_pushed_and_what_was_not() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)), misplaced(CONTACT, 3)]);
    let four_d = FourD::of(&site);
    let (last, change) = {
        let server = serve(&site, &four_d.url(), &[]);
        let operator = server.operator();
        let change = set(&operator, CONTACT, 1, "pending").header("x-change-id").to_owned();
        let last = ok(&operator, json!({ "allow_noncompliant": true }));
        set(&operator, CONTACT, 2, "pending");
        site.put(&session(CONTACT, &id(4)));
        operator.refresh();
        until(SOON, "one outside", || previewed(&operator, "outside") == [id(4)]);
        assert_eq!(server.stop(), Some(0));
        (last, change)
    };
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    let state = operator.json(PUSH);
    assert_eq!(state["last"], last);
    assert_eq!((&state["unpushed"], &state["preview"]["refresh"]), (&json!(1), &json!([named(CONTACT, 2)])));
    assert_eq!(previewed(&operator, "outside"), [id(4)]);
    assert!(previewed(&operator, "noncompliant").is_empty(), "4D has dropped it already");
    assert_eq!(operator.json(&format!("/api/v1/changes/{change}"))["pushed_by"], last["by"]);
    ok(&operator, json!({}));
    assert_eq!(operator.json(PUSH)["unpushed"], 0);
}

#[test]
fn the_end_of_a_push_is_an_event() {
    // The event is looked for in the file of its database.
    let site = Site::with(&[session(CONTACT, &id(1))]).keep_in(None);
    let puppet = Puppet::new();
    let server = serve(&site, &puppet.url(), &[]);
    let operator = server.operator();
    puppet.always(|waiting| waiting.answer("500 Oops", "", b""));
    operator.post(PUSH, json!({})).problem(502, "push-failed");
    until(SOON, "an event", || kept(&site).contains("push.completed"));
}

/// All that is kept in the data folder.
fn kept(site: &Site) -> String {
    let files = fs::read_dir(site.data()).unwrap().map(|entry| entry.unwrap().path());
    files.filter_map(|file| fs::read(file).ok()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

#[test]
fn a_push_without_the_folder_is_503() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    set(&operator, CONTACT, 1, "pending");
    fs::rename(site.root(), site.temp().join("away")).unwrap();
    operator.post(PUSH, json!({})).problem(503, "folder-unavailable");
    until(SOON, "the folder is seen to be away", || operator.get(PUSH).status == 503);
    operator.get(PUSH).problem(503, "folder-unavailable");
    assert!(four_d.orders().is_empty());
    fs::rename(site.temp().join("away"), site.root()).unwrap();
    until(SOON, "the folder is back", || operator.get(PUSH).status == 200);
    assert_eq!(operator.json(PUSH)["unpushed"], 1);
}

// Every failure of the bridge

/// A push that fails, in these words; nothing counts as pushed.
#[track_caller]
fn fails(site: &Site, url: &str, words: &str) -> Value {
    let server = serve(site, url, &[]);
    fails_on(&server, words)
}

#[track_caller]
fn fails_on(server: &Server<'_>, words: &str) -> Value {
    let operator = server.operator();
    let _ = operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" })).status(200);
    assert_eq!(operator.json(PUSH)["unpushed"], 1);
    let problem = operator.post(PUSH, json!({})).problem(502, "push-failed");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(words), "{words}: {problem}");
    assert!(problem["push_errors"].is_array(), "{problem}");
    let state = operator.json(PUSH);
    assert_eq!(state["unpushed"], 1, "everything stays unpushed");
    assert_eq!((&state["last"]["outcome"], &state["last"]["push_errors"]), (&json!("failed"), &problem["push_errors"]));
    assert!(detail.starts_with(state["last"]["detail"].as_str().unwrap()), "{state}");
    let tested = operator.post(&format!("{PUSH}/test"), json!({})).problem(502, "push-failed");
    assert!(tested["detail"].as_str().unwrap().contains(words), "{tested}");
    assert!(!server.log().contains(SECRET) && !problem.to_string().contains(SECRET));
    problem
}

fn one() -> Site {
    Site::with(&[session(CONTACT, &id(1))])
}

#[test]
fn each_failure_to_reach_4d_is_named() {
    let site = one();
    // Bound and not listened on any more: nobody answers there.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    fails(&site, &format!("http://{free}/push"), "refused the connection");
    fails(&site, "http://no-such-host.invalid/push", "host name in --push-url is not known");
    // Closed without an answer.
    let puppet = Puppet::new();
    let url = puppet.url();
    puppet.always(drop);
    fails(&site, &url, "broke before the whole answer");
}

#[test]
fn each_answer_that_is_none_is_told_apart() {
    type Answers = fn(Waiting);
    let table: [(&str, Answers); 12] = [
        ("another secret (401)", |w| w.answer("401 Unauthorized", "", b"")),
        ("forbids it (403)", |w| w.answer("403 Forbidden", "", b"")),
        ("nothing at this address (404)", |w| w.answer("404 Not Found", "Content-Type: text/html\r\n", b"<html>")),
        ("sends to another address (302)", |w| w.answer("302 Found", "Location: http://127.0.0.1:1/\r\n", b"")),
        ("status 500", |w| w.answer("500 Oops", "", b"")),
        ("status 204", |w| w.answer("204 No Content", "", b"")),
        ("not JSON", |w| w.answer("200 OK", "Content-Type: text/html\r\n", b"<html>hello</html>")),
        ("JSON of another shape", |w| w.json(&json!({ "ok": true }))),
        ("JSON of another shape", |w| w.json(&json!([true]))),
        ("longer than 1 MiB", |w| w.answer("200 OK", "", &vec![b' '; (1 << 20) + 1])),
        ("and not why", |w| w.json(&json!({ "success": false, "errors": [] }))),
        ("for other reasons than a file", |w| {
            w.json(&json!({ "success": false, "errors": [{ "errCode": -43, "componentSignature": "file", "message": "m" }] }))
        }),
    ];
    let site = one();
    for (words, answer) in table {
        let puppet = Puppet::new();
        let url = puppet.url();
        puppet.always(answer);
        let problem = fails(&site, &url, words);
        if words.contains("other reasons") {
            let error = json!([{ "component": "file", "code": -43, "message": "m" }]);
            assert_eq!(problem["push_errors"], error);
        }
    }
}

#[test]
fn a_file_error_without_bad_files_is_a_failure() {
    let puppet = Puppet::new();
    let url = puppet.url();
    puppet.always(|waiting| {
        let errors = [json!({ "errCode": 2, "componentSignature": "mobi", "message": "bad" })];
        waiting.json(&json!({ "success": false, "errors": errors }));
    });
    fails(&one(), &url, "all files here are in order");
}

#[test]
fn an_answer_may_be_as_long_as_1_mib() {
    let site = one();
    let puppet = Puppet::new();
    let server = serve(&site, &puppet.url(), &[]);
    puppet.always(|waiting| {
        let mut body = success().to_string().into_bytes();
        body.resize(1 << 20, b' ');
        waiting.answer("200 OK", "", &body);
    });
    assert_eq!(ok(&server.operator(), json!({}))["outcome"], "ok");
}

#[test]
fn a_push_goes_to_no_link_local_address() {
    let site = one();
    for url in
        ["http://169.254.169.254/x", "http://[fe80::1]/x", "http://[::ffff:169.254.169.254]/x", "http://0.0.0.0/x"]
    {
        let server = serve(&site, url, &[]);
        let refused = server.operator().post("/api/v1/push/test", json!({})).problem(502, "push-failed");
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains("is an address that nothing is sent to"), "{url}: {detail}");
    }
}

#[test]
fn who_takes_too_long_is_not_waited_for() {
    use mobile_sessions::domain::push::FailureKind;
    use mobile_sessions::services::push::bridge::{Bridge, Connection, Order, PATIENCE};
    assert_eq!(PATIENCE, Duration::from_secs(30));
    let patience = Duration::from_millis(700);
    let ask = |url: String| {
        let connection = Connection { url, secret: Secret::new(SECRET.to_owned()) };
        let bridge = Bridge::new(connection, patience).unwrap();
        let begun = Instant::now();
        let answer = wait(bridge.send(&Order { request_id: "r", sessions: Vec::new(), test: false }));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        answer
    };
    // Nobody takes the connection; somebody takes it and says nothing; somebody never comes to the end.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    assert_eq!(ask(format!("http://{}/", silent.local_addr().unwrap())), Err(FailureKind::TimedOut.into()));
    let puppet = Puppet::new();
    let url = puppet.url();
    puppet.always(|mut waiting| {
        std::thread::spawn(move || {
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
            let mut sent = waiting.stream.write_all(head);
            while sent.is_ok() {
                std::thread::sleep(Duration::from_millis(50));
                sent = waiting.stream.write_all(b" ");
            }
        });
    });
    assert_eq!(ask(url), Err(FailureKind::TimedOut.into()));
}

#[test]
fn an_untrusted_certificate_of_4d_is_refused() {
    let site = one();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let certificate = site.temp().join("cert.pem");
    fs::write(&certificate, made.cert.pem()).unwrap();
    let key = site.temp().join("key.pem");
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    // Any server with TLS will do: another of our own, which knows no such address.
    let other = one();
    let encrypted = other.serve_with(&["--tls-cert", path(&certificate), "--tls-key", path(&key)]);
    let url = format!("https://{}/mobile-sessions/push", encrypted.address);
    fails(&site, &url, "does not trust whoever issued 4D’s certificate");
    // What does not speak TLS at all.
    let puppet = FourD::of(&site);
    fails(&site, &format!("https://{}/push", puppet.address), "does not encrypt");
    // With the certificate among those of the system, the request arrives.
    let mut command = Command::new(program());
    command.args(site.serve_args()).args(["--push-url", &url]).env("MOBILE_SESSIONS_PUSH_SECRET", SECRET);
    command.env("SSL_CERT_FILE", &certificate);
    let trusting = site.serve_command(command);
    fails_on(&trusting, "nothing at this address (404)");
}

fn path(path: &std::path::Path) -> &str {
    path.to_str().unwrap()
}

// The secret

#[test]
fn the_secret_stands_in_no_log_answer_page_or_file() {
    let site = one();
    let puppet = Puppet::new();
    let url = puppet.url();
    let server = serve(&site, &url, &["--log", "debug"]);
    // A server that says it back in every way there is.
    puppet.always(|waiting| {
        let line = waiting.head.lines().find(|line| line.starts_with("authorization")).unwrap_or_default().to_owned();
        let errors = [json!({ "errCode": 1, "componentSignature": line, "message": line })];
        waiting.json(&json!({ "success": false, "errors": errors }));
    });
    let operator = server.operator();
    set(&operator, CONTACT, 1, "pending");
    let problem = operator.post(PUSH, json!({})).problem(502, "push-failed");
    assert!(problem.to_string().contains("Bearer …"), "it was said back: {problem}");
    let mut told =
        vec![problem.to_string(), operator.json(PUSH).to_string(), operator.json("/api/v1/changes").to_string()];
    let owner = server.first_owner();
    for page in ["/", "/push", "/changes", "/push/HTTPHandlers.json", "/push/MobileSessionsPush.4dm"] {
        told.push(owner.get(page).text());
    }
    assert_eq!(server.stop(), Some(0));
    told.push(server.log());
    told.push(kept(&site));
    for text in told {
        assert!(
            !text.contains(SECRET),
            "{}",
            &text[text.find(SECRET).unwrap_or(0)..].chars().take(300).collect::<String>()
        );
    }
}

#[test]
fn contradictory_push_options_are_refused() {
    let site = one();
    let file = |name: &str, text: &str| -> PathBuf {
        let path = site.temp().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let good = file("secret", &format!("{SECRET}\n"));
    let url = ["--push-url", "http://127.0.0.1:9/push"];
    let refused = |more: &[&str], words: &str| {
        let mut command = Command::new(program());
        let output = command.args(site.serve_args()).args(more).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(words), "{more:?}: {said}");
        assert!(!said.contains(SECRET), "{said}");
    };
    refused(&url, "--push-url needs the secret too");
    refused(&["--push-secret", SECRET], "needs --push-url too");
    refused(&["--push-secret-file", path(&good)], "needs --push-url too");
    refused(&["--auto-push", "2s"], "--auto-push needs a connection");
    refused(&[&url[..], &["--push-secret", SECRET, "--push-secret-file", path(&good)]].concat(), "not by both");
    refused(&[&url[..], &["--push-secret-file", "/no/such/file"]].concat(), "cannot be read");
    for (name, text) in [("empty", ""), ("spaces", "a b"), ("lines", "a\nb"), ("binary", "\0")] {
        refused(&[&url[..], &["--push-secret-file", path(&file(name, text))]].concat(), "holds no secret");
    }
    for address in ["http://user:hunter2@127.0.0.1/", "ftp://127.0.0.1/", "127.0.0.1", "http://127.0.0.1/?a=b"] {
        refused(&["--push-url", address, "--push-secret", SECRET], "--push-url");
    }
    let mut command = Command::new(program());
    command.args(["serve", "--help"]).env("MOBILE_SESSIONS_PUSH_SECRET", SECRET);
    let help = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(help.contains("--push-secret-file") && help.contains("--auto-push") && !help.contains(SECRET), "{help}");
    // From a file, with the end of its line.
    let four_d = FourD::of(&site);
    let server = site.serve_with(&["--push-url", &four_d.url(), "--push-secret-file", path(&good)]);
    assert_eq!(ok(&server.operator(), json!({}))["outcome"], "ok");
}

// By itself

#[test]
fn an_owner_switches_automatic_push() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let owner = server.first_owner();
    let page = |user: &Cookie<'_>| user.get("/push").status(200).text();
    assert!(page(&owner).contains("Switch automatic push on"));
    let checklist = Form::button(&owner.get("/").status(200).text(), "/push/auto");
    assert_eq!(checklist.submit(&owner).header("location"), "/");
    set(&server.operator(), CONTACT, 1, "pending");
    until(SOON, "it pushes", || server.operator().json(PUSH)["unpushed"] == 0);
    assert_eq!(server.operator().json(PUSH)["last"]["by"]["name"], "auto-push");

    // So it does after a start, until it is switched off.
    server.stop();
    let server = serve(&site, &four_d.url(), &[]);
    set(&server.operator(), CONTACT, 1, "accepted");
    until(SOON, "it pushes", || server.operator().json(PUSH)["unpushed"] == 0);
    let owner = server.log_in("owner1", PASSWORD);
    let off = Form::find(&page(&owner), "/push/auto").submit(&owner).status(303);
    assert!(owner.get(off.header("location")).text().contains("Automatic push is off."));
    set(&server.operator(), CONTACT, 1, "pending");
    assert_eq!(ok(&server.operator(), json!({}))["outcome"], "ok");
    assert_eq!(server.operator().json(PUSH)["last"]["by"]["kind"], "token", "nothing was pushed before");
    let log = owner.json("/api/v1/access-log");
    let done = |action: &str| log["items"].as_array().unwrap().iter().any(|entry| entry["action"] == action);
    assert!(done("auto_push_on") && done("auto_push_off"), "{log}");

    // An option comes first, and says so.
    server.stop();
    let server = serve(&site, &four_d.url(), &["--auto-push", "1s"]);
    let owner = server.log_in("owner1", PASSWORD);
    assert!(page(&owner).contains("is set by the option --auto-push"));
    Form::to("/push/auto").fill("csrf", &Form::button(&page(&owner), "/logout").field("csrf").unwrap()).submit(&owner);
    assert!(
        page(&owner).contains("is set by the option --auto-push") && page(&owner).contains("Automatic push is on.")
    );
}

#[test]
fn an_automatic_push_follows_the_last_change() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2))]);
    let four_d = FourD::of(&site);
    let (url, address) = (four_d.url(), four_d.address.clone());
    let server = serve(&site, &url, &["--auto-push", "1s"]);
    let operator = server.operator();
    // The first change goes at once; as long as more follow, they wait.
    let pushed = loop {
        until(SOON, "it is quiet", || operator.json(PUSH)["unpushed"] == 0);
        std::thread::sleep(Duration::from_millis(1100));
        let pushed = four_d.orders().len();
        set(&operator, CONTACT, 2, "pending");
        until(SOON, "it pushes at once", || four_d.orders().len() == pushed + 1);
        set(&operator, CONTACT, 2, "accepted");
        let begun = Instant::now();
        if changes_without_a_pause(&operator, || begun.elapsed() < Duration::from_millis(2500)) {
            assert_eq!(four_d.orders().len(), pushed + 1, "it did not wait for the last change");
            break pushed + 1;
        }
    };
    set(&operator, CONTACT, 1, "pending");
    until(SOON, "it pushes", || operator.json(PUSH)["unpushed"] == 0);
    let state = operator.json(PUSH);
    assert_eq!(
        (&state["last"]["outcome"], &state["last"]["by"]),
        (&json!("ok"), &json!({ "kind": "cli", "name": "auto-push" }))
    );
    assert_eq!(four_d.orders().len(), pushed + 1);
    assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some("pending"));

    // 4D is away, and comes back.
    drop(four_d);
    set(&operator, CONTACT, 2, "pending");
    until(SOON, "it fails", || operator.json(PUSH)["last"]["outcome"] == "failed");
    assert_eq!(operator.json(PUSH)["unpushed"], 1);
    let four_d = FourD::at(&site, &address);
    until(Duration::from_secs(20), "it pushes again", || operator.json(PUSH)["unpushed"] == 0);
    assert_eq!(four_d.status_of(CONTACT, &id(2)).as_deref(), Some("pending"));
    let orders = four_d.orders().len();
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(four_d.orders().len(), orders, "without a change, it is quiet");
}

#[test]
fn an_automatic_push_is_not_delayed_forever() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &["--auto-push", "1s"]);
    let operator = server.operator();
    loop {
        until(SOON, "it is quiet", || operator.json(PUSH)["unpushed"] == 0);
        let first = four_d.orders().len();
        set(&operator, CONTACT, 1, "pending");
        until(SOON, "the first goes at once", || four_d.orders().len() > first);
        let pushed = four_d.orders().len();
        let begun = Instant::now();
        let went_on = changes_without_a_pause(&operator, || {
            assert!(begun.elapsed() < 2 * SOON, "no push while changes went on");
            four_d.orders().len() == pushed
        });
        if went_on {
            assert!(begun.elapsed() > Duration::from_secs(7), "it waits for quiet as long as it may");
            break;
        }
    }
}

/// Changes a session again and again while `go_on` says so. `false` if the machine stalled between two changes for as
/// long as an automatic push waits for quiet: such a push is right.
fn changes_without_a_pause(operator: &impl User, mut go_on: impl FnMut() -> bool) -> bool {
    let mut last = Instant::now();
    while go_on() {
        for status in ["pending", "accepted"] {
            let begun = Instant::now();
            set(operator, CONTACT, 1, status);
            if last.elapsed() >= Duration::from_millis(900) {
                return false;
            }
            last = begun;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    true
}

#[test]
fn an_automatic_push_allows_no_drop() {
    let site = Site::with(&[session(CONTACT, &id(1)), misplaced(TASKS, 2)]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &["--auto-push", "1s"]);
    let owner = server.first_owner();
    let operator = server.operator();
    set(&operator, CONTACT, 1, "pending");
    until(SOON, "it says that it waits", || {
        owner.get("/sessions").text().contains("The automatic push waits: 1 broken file would log its device out.")
    });
    assert!(owner.get("/account").text().contains("href=\"/push\""));
    assert!(four_d.orders().is_empty());
    assert_eq!(operator.json(PUSH)["unpushed"], 1);
    fs::remove_file(site.path(TASKS, &id(2))).unwrap();
    until(SOON, "it goes on", || operator.json(PUSH)["unpushed"] == 0);
    assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some("pending"));
    until(SOON, "it says nothing more", || !owner.get("/sessions").text().contains("push waits"));
}

#[test]
fn a_start_pushes_what_was_left() {
    let site = one();
    let four_d = FourD::of(&site);
    {
        let server = site.serve();
        set(&server.operator(), CONTACT, 1, "pending");
        assert_eq!(server.stop(), Some(0));
    }
    let server = serve(&site, &four_d.url(), &["--auto-push", "1s"]);
    let operator = server.operator();
    until(SOON, "it pushes", || operator.json(PUSH)["unpushed"] == 0);
    assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some("pending"));
}

#[test]
fn changes_to_a_dropped_file_hold_up_nobody() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).status("pending"),
        misplaced(CONTACT, 8).status("pending"),
        misplaced(CONTACT, 9),
    ]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    ok(&operator, json!({ "allow_noncompliant": true }));
    // A colleague accepts one of those that 4D has dropped, and writes an address into it.
    set(&operator, CONTACT, 8, "accepted");
    operator.patch(&session_path(CONTACT, &id(8)), json!({ "email": "a@corp.example" })).status(200);
    set(&operator, CONTACT, 1, "accepted");
    assert!(previewed(&operator, "noncompliant").is_empty());
    assert_eq!(ok(&operator, json!({}))["outcome"], "errors");
    assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some("accepted"));
    // Bytes of somebody else's may be those of a device that has signed in again.
    set(&operator, CONTACT, 8, "pending");
    site.put(&misplaced(CONTACT, 8).email("from4d@corp.example"));
    operator.refresh();
    assert_eq!(previewed(&operator, "noncompliant"), [id(8)]);
    operator.post(PUSH, json!({})).problem(409, "push-would-drop-sessions");
}

// The pages

/// Where words stand in a page.
fn place(page: &str, words: &str) -> usize {
    page.find(words).unwrap_or_else(|| panic!("no {words}: {page}"))
}

#[test]
fn what_was_taken_back_is_nothing_to_push() {
    let files = [1, 2, 3].map(|n| session(CONTACT, &id(n)).status("pending"));
    let site = Site::with(&files);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    let undo = |change: &str| operator.post(&format!("/api/v1/changes/{change}/undo"), json!({})).status(200);
    let nothing = |why: &str| {
        let state = operator.json(PUSH);
        assert_eq!(state["unpushed"], 0, "{why}: {state}");
        for list in ["refresh", "remove", "outside"] {
            assert_eq!(state["preview"][list], json!([]), "{why}: {state}");
        }
        assert_eq!(operator.json("/api/v1/sessions?unpushed=true")["total"], 0, "{why}");
    };
    undo(set(&operator, CONTACT, 1, "accepted").header("x-change-id"));
    nothing("accepted and undone");
    set(&operator, CONTACT, 2, "accepted");
    set(&operator, CONTACT, 2, "pending");
    nothing("accepted and set pending");
    let deleted = operator.delete(&session_path(CONTACT, &id(3))).status(204);
    assert_eq!(operator.json(PUSH)["unpushed"], 1);
    let restored = undo(deleted.header("x-change-id")).json()["change_id"].as_str().unwrap().to_owned();
    nothing("deleted and restored");
    undo(&restored);
    assert_eq!(previewed(&operator, "remove"), [id(3)]);
    let secret = operator.secret.clone();
    drop(server);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.caller(&secret);
    assert_eq!(operator.json(PUSH)["unpushed"], 1, "also after a restart");
    ok(&operator, json!({}));
    assert_eq!(
        four_d.orders().last().unwrap()["sessions"],
        json!([{ "app": CONTACT, "id": id(3), "action": "remove" }])
    );
    let entries = operator.json("/api/v1/changes");
    assert!(entries["items"].as_array().unwrap().iter().all(|entry| entry["pushed_at"].is_string()), "{entries}");
    // What 4D has read is what the next change is compared with.
    set(&operator, CONTACT, 1, "accepted");
    ok(&operator, json!({}));
    set(&operator, CONTACT, 1, "pending");
    assert_eq!(previewed(&operator, "refresh"), [id(1)]);
    let owner = user(&server, "olga", "owner", &[]);
    assert!(owner.get("/account").text().contains("1 change not pushed"));
    set(&operator, CONTACT, 1, "accepted");
    assert!(owner.get("/account").text().contains(">In sync with 4D<"));
}

#[test]
fn what_somebody_else_removed_is_not_deleted_here() {
    let site = Site::with(&[1, 2, 3, 4].map(|n| session(CONTACT, &id(n)).status("pending")));
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let operator = server.operator();
    set(&operator, CONTACT, 1, "accepted");
    fs::remove_file(site.path(CONTACT, &id(1))).unwrap();
    set(&operator, CONTACT, 2, "accepted");
    site.put(&session(CONTACT, &id(2)).status("pending"));
    site.put(&session(CONTACT, &id(3)).status("pending").email("from4d@corp.example"));
    operator.refresh();
    operator.delete(&session_path(CONTACT, &id(3))).status(204);
    operator.delete(&session_path(CONTACT, &id(4))).status(204);
    site.put(&session(CONTACT, &id(4)).status("banned"));
    operator.refresh();
    until(SOON, "all is written down", || previewed(&operator, "outside").len() == 3);
    let mut outside = previewed(&operator, "outside");
    outside.sort();
    let mut expected = [id(1), id(2), id(4)];
    expected.sort();
    assert_eq!(outside, expected);
    assert_eq!(previewed(&operator, "remove"), [id(3)]);
    assert_eq!(previewed(&operator, "refresh"), [""; 0]);
    assert_eq!(operator.json(PUSH)["unpushed"], 1);
    let page = words(&user(&server, "olga", "owner", &[]).get("/push").text());
    assert!(page.contains("1 session was deleted here") && !page.contains("was changed here"), "{page}");
    assert!(page.contains("3 sessions were changed by somebody else"), "{page}");
    ok(&operator, json!({}));
    assert_eq!(operator.json(PUSH)["preview"]["outside"], json!([]));
}

#[test]
fn what_4d_may_drop_is_told_beside_what_it_drops() {
    let doubtful = session(CONTACT, &id(1)).set("/email", 5);
    let site = Site::with(&[doubtful, misplaced(TASKS, 2), session(TASKS, &id(3))]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let owner = user(&server, "olga", "owner", &[]);
    let both = "1 broken file: the next push logs its device out. 1 more device may be logged out.";
    assert!(owner.get("/").text().contains(both));
    assert_eq!(previewed(&owner, "noncompliant"), [id(2)]);
    let page = words(&owner.get("/push").text());
    assert!(page.contains("1 device will be logged out, 1 more may be 4D does not take these files."), "{page}");
    assert!(page.contains("1 device may be logged out 4D’s schema is not public"), "{page}");
    let checked = Command::new(program()).args(["check", path(&site.root())]).output().unwrap();
    let checked = String::from_utf8(checked.stdout).unwrap();
    assert!(checked.contains("1 device will be logged out, 1 more may be."), "in the same words: {checked}");
    fs::remove_file(site.path(TASKS, &id(2))).unwrap();
    owner.refresh();
    assert!(!owner.get("/").text().contains("be logged out"), "a guess alone is no alarm");
    // It holds up no push; and what 4D has read, it drops no more.
    let operator = server.operator();
    ok(&operator, json!({}));
    assert!(!words(&owner.get("/push").text()).contains("be logged out"));
}

#[test]
fn without_a_connection_pages_claim_nothing_of_4d() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = user(&server, "olga", "owner", &[]);
    let page = words(&owner.get("/push").text());
    assert!(page.contains("4D is not connected, so what it has read is not known here."), "{page}");
    let overview = words(&owner.get("/").text());
    assert!(overview.contains("gets in once somebody runs the refresh in 4D"), "{overview}");
    for path in ["/", "/push", "/sessions", "/changes", "/account"] {
        let page = owner.get(path).text();
        for said in ["has been pushed", "at the next push", "after the next push", "In sync"] {
            assert!(!page.contains(said), "{path}: {said}");
        }
    }
}

#[test]
fn every_page_warns_of_what_4d_would_drop() {
    let drops = "1 broken file: the next push logs its device out.";
    let site = Site::with(&[session(CONTACT, &id(1)), misplaced(TASKS, 2)]);
    let four_d = FourD::of(&site);
    {
        let server = serve(&site, &four_d.url(), &[]);
        let owner = server.first_owner();
        for page in ["/", "/sessions", "/account"] {
            let page = owner.get(page).text();
            assert!(page.contains(drops) && !page.contains(">In sync with 4D<"), "{page}");
        }
        let held = user(&server, "held", "operator", &[CONTACT]);
        assert!(!held.get("/").text().contains("broken file"), "another app's files do not exist");
        let operator = server.operator();
        let (would, did) = ("At the next push, 4D refuses the file", "At the last push, 4D did not take the file");
        let its_page = || owner.get(&page_of(TASKS, &id(2))).status(200).text();
        assert!(its_page().contains(would) && !its_page().contains(did), "{}", its_page());
        // 4D has dropped it: there is nothing to warn of any more, and its page says so.
        ok(&operator, json!({ "allow_noncompliant": true }));
        assert!(!owner.get("/account").text().contains("broken file"));
        let page = its_page();
        assert!(page.contains(did) && !page.contains(would), "{page}");
        assert!(page.contains("4D did not take this file at the last push, "), "{page}");
        site.put(&misplaced(TASKS, 3));
        until(SOON, "it warns of a new one", || owner.get("/account").text().contains(drops));
        let away = site.temp().join("away");
        fs::rename(site.root(), &away).unwrap();
        until(SOON, "the folder is away", || owner.get("/account").text().contains("folder unavailable"));
        let page = owner.get("/account").text();
        assert!(!page.contains(">In sync with 4D<") && !page.contains("broken file"), "{page}");
        fs::rename(&away, site.root()).unwrap();
    }
    let bare = site.serve();
    let page = bare.log_in("owner1", PASSWORD).get("/account").text();
    assert!(page.contains("not connected") && !page.contains(">In sync with 4D<"), "{page}");
}

#[test]
fn the_header_pushes_and_returns() {
    let site = Site::with(&[session(CONTACT, &id(1)).email("anna@corp.example"), misplaced(CONTACT, 9)]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let (owner, operator) = (server.first_owner(), server.operator());
    ok(&operator, json!({ "allow_noncompliant": true }));
    set(&operator, CONTACT, 1, "pending");
    // What is to be pushed is told by what was changed, whose it is and in which app.
    let page = owner.get("/push").text();
    let list = words(&page[place(&page, "1 session was changed here")..]);
    for part in ["Accepted → Pending", "anna@corp.example"] {
        assert!(list.contains(part), "{part}: {list}");
    }
    let sessions = owner.get("/sessions?status=pending").text();
    let answer = Form::button(&sessions, "/push").submit(&owner).status(303);
    assert_eq!(answer.header("location"), "/sessions?status=pending");
    assert!(owner.get(answer.header("location")).text().contains("Pushed. There are files that 4D does not take"));
    // Who may not see all apps is told how many they are, and no empty lines.
    let held = user(&server, "held", "operator", &[CONTACT]);
    let page = held.get("/push").text();
    let last = words(&page[place(&page, ">The last push<")..place(&page, ">Connect 4D<")]);
    assert!(last.contains("4D had 1 complaint. Only those who may see all apps") && !last.contains("mobi"), "{last}");
}

#[test]
fn the_push_page_works_without_scripts() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).set("/device/description", "Pixel 8"),
        session(CONTACT, &id(2)),
        misplaced(CONTACT, 3).set("/device/description", "iPhone <b>13</b>"),
    ]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let owner = server.first_owner();
    let operator = server.operator();
    set(&operator, CONTACT, 1, "pending");
    operator.delete(&session_path(CONTACT, &id(2))).status(204);
    let home = owner.get("/").text();
    assert!(home.contains("2 changes not pushed"), "deleted sessions count too: {home}");

    // The button in the header of any page; it never allows a drop.
    let answer = Form::button(&home, "/push").submit(&owner).status(303);
    let refused = owner.get(answer.header("location")).status(200).text();
    assert!(refused.contains("Nothing was pushed") && refused.contains("aria-invalid=\"true\""), "{refused}");
    let order = [
        "Nothing was pushed",
        "1 device will be logged out",
        "1 session was changed here",
        "name=\"allow\"",
        ">Push now<",
        ">Connect 4D<",
    ];
    assert!(order.map(|part| place(&refused, part)).is_sorted(), "what is wrong, what goes, the button: {refused}");
    for words in ["1 session was changed here", "1 session was deleted here", "Pixel 8"] {
        assert!(refused.contains(words), "{words}: {refused}");
    }
    assert!(refused.contains("iPhone &#60;b&#62;13") || refused.contains("iPhone &lt;b&gt;13"), "{refused}");
    assert!(four_d.orders().is_empty());

    let page = owner.get("/push").status(200).text();
    let form = Form::find(&page, "/push");
    assert_eq!(form.submit(&owner).status(303).header("location"), "/push?refused=drops");
    let answer = form.fill("allow", "yes").submit(&owner).status(303);
    let told = owner.get(answer.header("location")).status(200).text();
    assert!(told.contains("4D did not take some files, and has read the rest") && told.contains("mobi 1"), "{told}");
    assert!(told.contains(">In sync with 4D<") && !told.contains("will be logged out"), "{told}");
    assert!(place(&told, ">Push now<") < place(&told, ">The last push<"), "the last result comes last: {told}");
    assert!(place(&told, ">The last push<") < place(&told, ">Connect 4D<"), "{told}");
    // What 4D complains of goes by the device's name, and leads to it.
    let last = &told[place(&told, "The last push")..];
    assert!(
        last.contains(&format!("href=\"{}\"", page_of(CONTACT, &id(3)))) && !words(last).contains(&id(3)),
        "{last}"
    );
    assert!(!owner.get("/push?refused=drops").text().contains("Nothing was pushed"), "it is so no more");
    assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some("pending"));
    let journal = owner.get("/changes").text();
    assert!(journal.contains("</time> · <b><bdi>owner1</bdi></b>"), "{journal}");

    // Back to where the button was pressed.
    fs::remove_file(site.path(CONTACT, &id(3))).unwrap();
    set(&operator, CONTACT, 1, "accepted");
    let changes = owner.get("/changes?action=delete").text();
    let answer = Form::button(&changes, "/push").submit(&owner).status(303);
    assert_eq!(answer.header("location"), "/changes?action=delete");
    assert!(owner.get(answer.header("location")).text().contains("Pushed: 4D has read the changes."));
}

#[test]
fn a_failed_push_shows_on_every_page() {
    let site = one();
    let four_d = FourD::of(&site);
    let (url, address) = (four_d.url(), four_d.address.clone());
    let server = serve(&site, &url, &[]);
    let owner = server.first_owner();
    drop(four_d);
    set(&server.operator(), CONTACT, 1, "pending");
    let page = owner.get("/push").text();
    let answer = Form::find(&page, "/push").submit(&owner).status(303);
    assert_eq!(answer.header("location"), "/push?refused=failed");
    let failed = owner.get(answer.header("location")).status(200).text();
    let alert = &failed[place(&failed, "id=\"refused\" role=\"alert\"")..];
    assert!(alert.contains("The push failed, and everything stays"), "{alert}");
    assert!(
        failed.contains("4D refused the connection") && failed.contains("Everything stays as not pushed"),
        "{failed}"
    );
    assert!(owner.get("/account").text().contains("The last push failed."));
    let answer = Form::find(&page, "/push/test").submit(&owner).status(303);
    let tested = owner.get(answer.header("location")).text();
    let toast = &tested[place(&tested, "class=\"toast\"")..];
    assert!(toast.contains("The test of the connection failed. 4D refused the connection"), "{toast}");
    let beside = words(&tested[place(&tested, "class=\"tested\"")..]);
    assert!(beside.starts_with("Failed") || beside.contains("4D refused the connection"), "{beside}");
    let _four_d = FourD::at(&site, &address);
    let answer = Form::find(&page, "/push/test").submit(&owner).status(303);
    assert!(owner.get(answer.header("location")).text().contains("4D answers, and knows the secret"));
    Form::find(&page, "/push").submit(&owner).status(303);
    assert!(!owner.get("/account").text().contains("The last push failed."));
}

#[test]
fn the_page_has_the_code_to_install_filled_in() {
    let site = one();
    let server = serve(&site, "https://4d.corp.example/panel/sessions/push", &[]);
    let owner = server.first_owner();
    let page = unescape(&owner.get("/push").status(200).text());
    for words in [
        "\"pattern\": \"panel/sessions\"",
        "shared singleton Class constructor()",
        "ON ERR CALL(",
        "https://4d.corp.example",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains(SECRET));
    let file = owner.get("/push/HTTPHandlers.json").status(200);
    assert_eq!(file.header("content-type"), "text/plain; charset=utf-8");
    assert!(file.header("content-disposition").contains("attachment; filename=\"HTTPHandlers.json\""));
    let entry: Value = serde_json::from_str(&file.text()).unwrap();
    let handler =
        json!([{ "class": "MobileSessionsPush", "method": "push", "pattern": "panel/sessions", "verbs": "post" }]);
    assert_eq!(entry, handler);
    for name in
        ["MobileSessionsPush.4dm", "onWebConnection.4dm", "MobileSessions_answer.4dm", "MobileSessions_error.4dm"]
    {
        assert!(!owner.get(&format!("/push/{name}")).status(200).body.is_empty());
    }
    owner.get("/push/passwd").status(404);
    // Without a connection, the page teaches, and offers no button.
    let other = one();
    let bare = other.serve();
    let page = bare.first_owner().get("/push").status(200).text();
    assert!(page.contains("Once 4D is connected") && page.contains("mobile-sessions/push"), "{page}");
    assert!(!page.contains("action=\"/push\"") && !page.contains("action=\"/push/test\""), "{page}");
}

#[test]
fn a_demo_has_a_stand_in_for_4d() {
    // A demo keeps all it has in its folder.
    let site = Site::new().keep_in(None);
    let mut command = Command::new(program());
    command.args(["demo", "--listen", "127.0.0.1:0", "--data-dir", path(&site.data()), "--no-devices"]);
    command.env("TMPDIR", site.temp());
    let server = site.serve_command(command);
    assert!(server.log().contains("A stand-in of 4D, which is no 4D"), "{}", server.log());
    let operator = server.operator();
    let session = operator.json("/api/v1/sessions?compliant=true&status=accepted&limit=1")["items"][0].clone();
    let path = session_path(session["app"].as_str().unwrap(), session["id"].as_str().unwrap());
    operator.patch(&path, json!({ "status": "pending" })).status(200);
    operator.post(PUSH, json!({})).problem(409, "push-would-drop-sessions");
    assert_eq!(ok(&operator, json!({ "allow_noncompliant": true }))["outcome"], "errors");
    operator.patch(&path, json!({ "status": "accepted" })).status(200);
    assert_eq!(ok(&operator, json!({}))["outcome"], "errors");
    assert_eq!(operator.json(PUSH)["unpushed"], 0);
    assert!(server.first_owner().get("/push").text().contains("a stand-in answers here, not 4D"));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_person_lets_somebody_in_and_pushes_in_a_browser() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), misplaced(CONTACT, 2)]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let browser = Browser::start();
    browser.go(&server.url(&server.setup_link()));
    browser.fill("#name", "owner1");
    browser.fill("#password", PASSWORD);
    browser.click(".fields button");
    browser.click(".queue .row-actions button");
    browser.reads(".bar", "1 change not pushed");
    browser.click(".push button");
    browser.reads("#allow-error", "Nothing was pushed");
    assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some("pending"));
    browser.click("input[name=allow]");
    browser.click("#push-form button");
    browser.reads(".toast", "4D did not take some files");
    browser.reads("main", "4D did not take some files, and has read the rest");
    browser.reads(".bar", "In sync with 4D");
    assert_eq!(four_d.status_of(CONTACT, &id(1)).as_deref(), Some("accepted"));
    browser.click("section:has(#connect-title) summary");
    browser.reads("#code-1", "MobileSessionsPush");
    browser.click("form[action='/push/test'] button:not(.primary)");
    browser.reads(".toast", "4D answers, and knows the secret");
}

#[test]
fn a_failed_push_is_wholly_french_in_french() {
    let site = one();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let made = site.command_with_input(&["user", "create", "olga", "--role", "owner"], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    let made = site.command_with_input(&["user", "create", "vera", "--role", "viewer"], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    let server = serve(&site, &format!("http://{free}/push"), &[]);
    let _ = set(&server.operator(), CONTACT, 1, "pending");
    let owner = server.log_in("olga", PASSWORD);
    let page = owner.get("/account").status(200).text();
    Form::find(&page, "/account/settings").fill("language", "fr").fill("theme", "").submit(&owner).status(303);
    let page = owner.get("/push").status(200).text();
    let answer = Form::find(&page, "/push").submit(&owner).status(303);
    let failed = owner.get(answer.header("location")).status(200).text();
    for page in [failed, owner.get("/sessions").status(200).text()] {
        assert!(page.contains("4D a refusé la connexion") && !page.contains("refused the connection"), "{page}");
    }
    let viewer = server.log_in("vera", PASSWORD);
    let page = viewer.get("/account").status(200).text();
    Form::find(&page, "/account/settings").fill("language", "fr").fill("theme", "").submit(&viewer).status(303);
    let refused = viewer.get("/users").status(403).text();
    assert!(refused.contains("Il faut pour cela le rôle"), "{refused}");
    assert!(!refused.contains("This needs"), "{refused}");
}
