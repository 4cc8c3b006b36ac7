//! The stream of events: what is told, to whom, and how a listener goes on after a break.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::spawn::*;

const EVENTS: &str = "/api/v1/events";
const SOON: Duration = Duration::from_secs(10);

/// What is told, without when.
fn facts(told: &Told) -> Value {
    let mut data = told.data.clone();
    let at = data.as_object_mut().unwrap().shift_remove("at").unwrap();
    assert!(at.as_str().unwrap().ends_with('Z'), "{at}");
    assert_eq!(data.as_object_mut().unwrap().shift_remove("type"), Some(json!(told.kind)), "the data says it too");
    json!([told.kind, data])
}

fn of_session(kind: &str, id: &str, status: Value, before: Value, actor: Value) -> Value {
    json!([kind, { "app": CONTACT, "id": id, "status": status, "previous_status": before, "actor": actor, "declined": false }])
}

#[test]
fn every_event_has_the_old_values_and_actor() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let operator = server.operator();
    let me = operator.json("/api/v1/me")["name"].clone();
    let actor = json!({ "kind": "token", "name": me });
    let stream = server.viewer().request("GET", EVENTS).listen();

    site.put(&session(CONTACT, &id(2)).status("pending"));
    assert_eq!(
        facts(&stream.next()),
        of_session("session.created", &id(2), json!("pending"), Value::Null, Value::Null)
    );
    operator.patch(&session_path(CONTACT, &id(2)), json!({ "status": "accepted" })).status(200);
    let told = of_session("session.changed", &id(2), json!("accepted"), json!("pending"), actor.clone());
    assert_eq!(facts(&stream.next()), told);
    site.put(&session(CONTACT, &id(1)).status("odd"));
    assert_eq!(
        facts(&stream.next()),
        of_session("session.changed", &id(1), json!("odd"), json!("accepted"), Value::Null)
    );
    operator.delete(&session_path(CONTACT, &id(2))).status(204);
    let told = of_session("session.deleted", &id(2), Value::Null, json!("accepted"), actor);
    assert_eq!(facts(&stream.next()), told);
    fs::remove_file(site.path(CONTACT, &id(1))).unwrap();
    assert_eq!(facts(&stream.next()), of_session("session.deleted", &id(1), Value::Null, json!("odd"), Value::Null));
    let gone = stream.next();
    assert_eq!((gone.kind.as_str(), &gone.data["app"]), ("app.deleted", &json!(CONTACT)));
    site.put(&session(TASKS, &id(3)));
    assert_eq!(stream.next_of("app.created").data["app"], TASKS);
}

#[test]
fn an_overwritten_change_keeps_its_actor() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let operator = server.operator();
    let stream = operator.request("GET", EVENTS).listen();
    for round in 0..20 {
        let status = if round % 2 == 0 { "pending" } else { "accepted" };
        operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": status })).status(200);
        let told = stream.next();
        assert_eq!((&told.data["status"], &told.data["actor"]["kind"]), (&json!(status), &json!("token")), "{round}");
    }
    assert_eq!(stream.so_far(), []);
}

#[test]
fn who_comes_back_gets_what_was_missed_and_nothing_twice() {
    let site = Site::with(&(1..=40).map(|n| session(CONTACT, &id(n))).collect::<Vec<_>>());
    let args = site.serve_args();
    let (first, at) = {
        let server = site.serve();
        let operator = server.operator();
        let stream = operator.request("GET", EVENTS).listen();
        let change = |n: u32| {
            operator.patch(&session_path(CONTACT, &id(n)), json!({ "status": "pending" })).status(200);
        };
        (1..=10).for_each(change);
        let heard: Vec<Told> = (1..=10).map(|_| stream.next()).collect();
        drop(stream);
        (11..=20).for_each(change);
        let stream = operator.request("GET", EVENTS).header("last-event-id", &heard[4].number.to_string()).listen();
        let again: Vec<Told> = (6..=20).map(|_| stream.next()).collect();
        assert_eq!(again[..5], heard[5..]);
        assert!(again.windows(2).all(|two| two[0].number < two[1].number));
        let ids: Vec<&Value> = again.iter().map(|told| &told.data["id"]).collect();
        assert_eq!(
            ids,
            (6..=20)
                .map(id)
                .collect::<Vec<_>>()
                .iter()
                .map(|id| json!(id))
                .collect::<Vec<_>>()
                .iter()
                .collect::<Vec<_>>()
        );
        change(21);
        let last = stream.next();
        assert_eq!(stream.so_far(), []);
        assert_eq!(server.stop(), Some(0));
        (heard[9].number, last.number)
    };
    // What happened while nobody looked is told after the start, and nothing else.
    site.put(&session(CONTACT, &id(30)).email("new@corp.example"));
    fs::remove_file(site.path(CONTACT, &id(31))).unwrap();
    site.put(&session(CONTACT, &id(50)));
    let mut command = std::process::Command::new(program());
    command.args(args);
    let server = site.serve_command(command);
    let stream = server.viewer().request("GET", EVENTS).header("last-event-id", &first.to_string()).listen();
    let missed: Vec<Told> = (0..14).map(|_| stream.next()).collect();
    assert_eq!(missed[10].number, at);
    let mut since: Vec<(String, Value)> =
        missed[11..].iter().map(|told| (told.kind.clone(), told.data["id"].clone())).collect();
    since.sort_by_key(|(kind, _)| kind.clone());
    let expected = [("session.changed", 30), ("session.created", 50), ("session.deleted", 31)];
    assert_eq!(since, expected.map(|(kind, n)| (kind.to_owned(), json!(id(n)))));
    assert_eq!(stream.so_far(), []);
}

#[test]
fn a_late_listener_gets_a_reset() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let operator = server.operator();
    let stream = operator.request("GET", EVENTS).header("last-event-id", "123456789").listen();
    let reset = stream.next();
    assert_eq!((reset.kind.as_str(), &reset.data), ("reset", &json!({ "type": "reset" })));
    for unknown in ["abc", "-1", "99999999999999999999"] {
        let stream = operator.request("GET", EVENTS).header("last-event-id", unknown).listen();
        assert_eq!(stream.next().kind, "reset", "{unknown}");
    }
    operator.delete(&session_path(CONTACT, &id(1))).status(204);
    let next = stream.next();
    assert_eq!(next.kind, "session.deleted");
    // From the number of the reset on, nothing is missing.
    let stream = operator.request("GET", EVENTS).header("last-event-id", &reset.number.to_string()).listen();
    assert_eq!(stream.next(), next);
    // So do those who cannot send the header; it comes first.
    let stream = operator.request("GET", &format!("{EVENTS}?after={}", reset.number)).listen();
    assert_eq!(stream.next(), next);
    let stream = operator.request("GET", &format!("{EVENTS}?after=123456789"));
    assert_eq!(stream.header("last-event-id", &reset.number.to_string()).listen().next(), next);
    operator.get("/api/v1/events?after=x").problem(400, "invalid-query");
    operator.get("/api/v1/events?app=..").problem(400, "invalid-query");
    operator.get("/api/v1/events?apps=x").problem(400, "invalid-query");
}

#[test]
fn nobody_hears_of_apps_that_do_not_exist_for_them() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2))]);
    let server = site.serve();
    let owner = server.owner();
    let held = server.token_with("viewer", &["*.Tasks"], false).request("GET", EVENTS).listen();
    let asked = owner.request("GET", &format!("{EVENTS}?app={TASKS}")).listen();
    let all = owner.request("GET", EVENTS).listen();
    site.put(&session(CONTACT, &id(3)));
    assert_eq!(all.next().data["id"], id(3));
    owner.patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" })).status(200);
    owner.patch(&session_path(TASKS, &id(2)), json!({ "status": "pending" })).status(200);
    for stream in [&held, &asked] {
        assert_eq!(stream.next().data["app"], TASKS);
        assert_eq!(stream.so_far(), []);
    }
    while all.next().data["app"] != TASKS {}
    fs::rename(site.root(), site.temp().join("away")).unwrap();
    for stream in [&held, &asked, &all] {
        assert_eq!(stream.next_of("folder.unavailable").data["app"], Value::Null);
    }
    fs::rename(site.temp().join("away"), site.root()).unwrap();
    for stream in [&held, &asked, &all] {
        assert_eq!(stream.next().kind, "folder.available", "the same folder came back");
    }
}

#[test]
fn a_listener_chooses_kinds_of_event() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let operator = server.operator();
    let all = operator.request("GET", EVENTS).listen();
    let deleted = operator.request("GET", &format!("{EVENTS}?types=session.deleted,app.created")).listen();
    let of_app = operator.request("GET", &format!("{EVENTS}?types=session.created&app={TASKS}")).listen();
    site.put(&session(CONTACT, &id(2)));
    let first = all.next();
    operator.patch(&session_path(CONTACT, &id(2)), json!({ "status": "pending" })).status(200);
    operator.delete(&session_path(CONTACT, &id(2))).status(204);
    site.put(&session(TASKS, &id(3)));
    let told = deleted.next();
    assert_eq!((told.kind.as_str(), &told.data["type"]), ("session.deleted", &json!("session.deleted")));
    assert_eq!(deleted.next().kind, "app.created");
    let told = of_app.next();
    assert_eq!((told.kind.as_str(), &told.data["app"]), ("session.created", &json!(TASKS)));
    // What was missed is chosen too.
    let request = operator.request("GET", &format!("{EVENTS}?types=session.deleted"));
    let again = request.header("last-event-id", &first.number.to_string()).listen();
    assert_eq!(again.next().kind, "session.deleted");
    for (types, named) in [("session.exploded", "session.exploded"), ("session.created,reset", "reset"), ("", "")] {
        let refused = operator.get(&format!("{EVENTS}?types={types}")).problem(400, "invalid-query");
        assert!(refused["detail"].as_str().unwrap().contains(&format!("\"{named}\"")), "{refused}");
    }
}

#[test]
fn a_returning_folder_sends_only_differences() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)), session(TASKS, &id(3))]);
    let server = site.serve();
    let stream = server.viewer().request("GET", EVENTS).listen();
    let away = site.temp().join("away");
    fs::rename(site.root(), &away).unwrap();
    assert_eq!(stream.next().kind, "folder.unavailable");
    fs::write(away.join(CONTACT).join(id(1)), session(CONTACT, &id(1)).status("pending").bytes()).unwrap();
    fs::remove_dir_all(away.join(TASKS)).unwrap();
    fs::rename(&away, site.root()).unwrap();
    let mut told: Vec<(String, Value)> =
        (0..4).map(|_| stream.next()).map(|told| (told.kind, told.data["id"].clone())).collect();
    told.sort_by_key(|(kind, _)| kind.clone());
    let expected = [
        ("app.deleted", Value::Null),
        ("folder.available", Value::Null),
        ("session.changed", json!(id(1))),
        ("session.deleted", json!(id(3))),
    ];
    assert_eq!(told, expected.map(|(kind, id)| (kind.to_owned(), id)));
    assert_eq!(stream.so_far(), []);
}

#[test]
fn a_stream_ends_when_the_right_to_it_ends() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let token = owner.server().owner();
    let made = token.post("/api/v1/tokens", json!({ "name": "listener", "role": "viewer" })).status(201).json();
    let listener = server.caller(made["secret"].as_str().unwrap());
    let by_token = listener.request("GET", EVENTS).listen();
    let by_login = owner.request("GET", EVENTS).listen();
    let other = token.request("GET", EVENTS).listen();
    token.delete(&format!("/api/v1/tokens/{}", made["id"].as_str().unwrap())).status(204);
    by_token.to_the_end(SOON);
    listener.get(EVENTS).problem(401, "unauthenticated");
    // Another role is another right: who listens comes again with it.
    assert!(site.command(&["user", "create", "second", "--role", "owner"]).status.success());
    token.patch("/api/v1/users/owner1", json!({ "apps": [TASKS] })).status(200);
    by_login.to_the_end(SOON);
    token.patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" })).status(200);
    assert_eq!(other.next().data["id"], id(1));
}

#[test]
fn streams_are_closed_when_the_program_ends() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let streams: Vec<Stream> = (0..20).map(|_| server.viewer().request("GET", EVENTS).listen()).collect();
    let start = Instant::now();
    assert_eq!(server.stop(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    streams.iter().for_each(|stream| assert_eq!(stream.to_the_end(SOON), []));
}

#[test]
fn the_head_of_the_stream_can_be_asked_for() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let head = server.viewer().head(EVENTS).status(200);
    assert_eq!(head.header("content-type"), "text/event-stream");
    assert_eq!(head.header("cache-control"), "no-store");
    let raw = format!(
        "HEAD {EVENTS} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\r\n",
        server.address,
        server.viewer().secret
    );
    assert_eq!(server.raw(raw.as_bytes()).status(200).body, b"");
}

/// Opens a stream and reads nothing of it but the head.
fn open_and_read_no_more(server: &Server<'_>, secret: &str) -> TcpStream {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    // Little fits into what the system keeps for a client that does not read.
    socket.set_recv_buffer_size(4096).unwrap();
    socket.connect(&server.address.parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
    let mut stream = TcpStream::from(socket);
    let head = format!("GET {EVENTS} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {secret}\r\n\r\n", server.address);
    stream.write_all(head.as_bytes()).unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    stream
}

#[test]
fn a_listener_that_does_not_read_is_cut() {
    let many = 6000;
    let file = |n: u32, round: u32| session(CONTACT, &id(n)).email(&format!("r{round}@corp.example"));
    let site = Site::with(&(0..many).map(|n| file(n, 0)).collect::<Vec<_>>());
    let server = site.serve_with(&["--keep-alive", "2s"]);
    let viewer = server.viewer();
    let stream = viewer.request("GET", EVENTS).listen();
    let mut stuck = open_and_read_no_more(&server, &viewer.secret);
    let mut heard = 0;
    for round in 1..=5 {
        (0..many).for_each(|n| drop(site.put(&file(n, round))));
        viewer.refresh();
        (0..many).for_each(|_| assert_eq!(stream.next().kind, "session.changed"));
        heard += many;
    }
    stuck.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    std::thread::sleep(Duration::from_secs(15));
    let mut rest = Vec::new();
    // Cut, with or without what was on its way.
    let _ = stuck.read_to_end(&mut rest);
    let got = String::from_utf8_lossy(&rest).matches("event: session.changed").count();
    assert!(got < heard as usize, "it got everything: {got}");
    assert!(server.viewer().json("/api/v1/sessions?limit=1")["total"] == many);
}

#[test]
fn a_thousand_listeners_hear_every_event() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let operator = server.operator();
    let streams: Vec<Stream> = (0..1000).map(|_| operator.request("GET", EVENTS).listen()).collect();
    let start = Instant::now();
    for round in 0..20 {
        let status = if round % 2 == 0 { "pending" } else { "accepted" };
        operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": status })).status(200);
    }
    let first: Vec<Told> = (0..20).map(|_| streams[0].next()).collect();
    for stream in &streams[1..] {
        let heard: Vec<Told> = (0..20).map(|_| stream.next()).collect();
        assert_eq!(heard, first);
    }
    println!("20 changes, 1000 listeners: {:?}", start.elapsed());
}
