//! The client goes away in the middle of a change; the program is killed in the middle of many; the
//! program is asked to stop in the middle of a batch. Every change is whole or not at all, and the
//! journal agrees with the files.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::spawn::*;

/// What a session's file says of the two values that can be changed.
#[derive(Clone, Debug, PartialEq)]
struct State {
    status: String,
    email: String,
}

impl State {
    fn new() -> Self {
        Self { status: "pending".into(), email: String::new() }
    }

    /// With bytes that only an edit in place keeps.
    fn bytes(&self, id: &str) -> Vec<u8> {
        let file =
            session(CONTACT, id).status(&self.status).email(&self.email).set("/userInfo", json!({ "n": [1, 2] }));
        [b"\xEF\xBB\xBF".to_vec(), file.bytes(), b"\r\n".to_vec()].concat()
    }

    fn of(values: &Value) -> Option<Self> {
        let text = |name: &str| values[name].as_str().map(str::to_owned);
        Some(Self { status: text("status")?, email: text("email")? })
    }

    /// The state of a session's file, which must be whole; `None` where there is none.
    #[track_caller]
    fn read(site: &Site, id: &str) -> Option<Self> {
        let bytes = match fs::read(site.path(CONTACT, id)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
            read => read.unwrap(),
        };
        let parsed = serde_json::from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)).ok();
        let state = parsed.as_ref().and_then(State::of);
        let whole = state.as_ref().is_some_and(|state| state.bytes(id) == bytes);
        assert!(whole, "torn: {}", String::from_utf8_lossy(&bytes));
        state
    }
}

#[track_caller]
fn assert_no_temporary_file(site: &Site) {
    assert_eq!(names(&site.root()), [CONTACT], "nothing is made in the root");
    let names = names(&site.root().join(CONTACT));
    let odd: Vec<_> = names.iter().filter(|name| !name.bytes().all(|b| b.is_ascii_hexdigit())).collect();
    assert!(odd.is_empty(), "left behind: {odd:?}");
}

/// Follows one session's entries from its first state to its last: each must begin where the one
/// before it ended.
#[track_caller]
fn follow(first: Option<State>, entries: &[&Value]) -> Option<State> {
    entries.iter().fold(first, |state, entry| {
        assert_eq!(entry["outcome"], "done", "{entry}");
        assert_eq!(State::of(&entry["before"]), state, "{entry}");
        let after = State::of(&entry["after"]);
        assert_eq!(after.is_none(), entry["action"] == "delete", "{entry}");
        after
    })
}

// ---------------------------------------------------------------------------------------------
// 200 connections that are reset.

/// When the connection is reset.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
enum Moment {
    BeforeAnything,
    InTheHead,
    InTheBody,
    AfterAll,
    AMomentAfterAll,
    InTheAnswer,
    AfterTheAnswer,
}

const MOMENTS: [Moment; 7] = [
    Moment::BeforeAnything,
    Moment::InTheHead,
    Moment::InTheBody,
    Moment::AfterAll,
    Moment::AMomentAfterAll,
    Moment::InTheAnswer,
    Moment::AfterTheAnswer,
];

/// Sends a request and resets the connection at this moment; whether success was answered before.
fn send_and_reset(address: &str, head: &str, body: &str, moment: Moment, dice: &mut Dice) -> bool {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // Closing resets.
    socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap();
    let request = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
    let head_end = request.len() - body.len();
    let sent = match moment {
        Moment::BeforeAnything => 0,
        Moment::InTheHead => 1 + dice.below(head_end as u64 - 2) as usize,
        // Without a body, the head is all there is.
        Moment::InTheBody if body.is_empty() => head_end - 1,
        Moment::InTheBody => head_end + dice.below(body.len() as u64) as usize,
        _ => request.len(),
    };
    stream.write_all(&request.as_bytes()[..sent]).unwrap();
    if moment < Moment::AfterAll {
        std::thread::sleep(dice.pause(Duration::from_millis(2)));
    }
    if moment == Moment::AMomentAfterAll {
        std::thread::sleep(dice.pause(Duration::from_millis(8)));
    }
    if moment < Moment::InTheAnswer {
        return false;
    }
    let mut answer = vec![0; 12];
    stream.read_exact(&mut answer).unwrap();
    if moment == Moment::AfterTheAnswer {
        let mut rest = [0; 4096];
        while !answer.windows(4).any(|four| four == b"\r\n\r\n") {
            let read = stream.read(&mut rest).unwrap();
            answer.extend_from_slice(&rest[..read]);
        }
    }
    let status = String::from_utf8_lossy(&answer[9..12]).into_owned();
    assert!(status.starts_with('2'), "{status}");
    true
}

/// A change that a reset connection asked for: what would be in the journal, for which sessions.
struct Asked {
    email: String,
    sessions: Vec<String>,
    moment: Moment,
    acknowledged: bool,
}

#[test]
fn a_reset_connection_never_halves_a_change() {
    const WORKERS: u32 = 8;
    const EACH: u32 = 25;
    let site = Site::new();
    let shared: Vec<String> = (0..20).map(id).collect();
    let doomed = |worker: u32, n: u32| id(1000 + worker * EACH + n);
    for name in shared.iter().cloned().chain((0..WORKERS).flat_map(|w| (0..EACH).map(move |n| doomed(w, n)))) {
        site.write(CONTACT, &name, State::new().bytes(&name));
    }
    let server = site.serve();
    let secret = server.operator().secret;
    let (asked, deletes) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            let (shared, server, secret, asked, deletes) = (&shared, &server, &secret, &asked, &deletes);
            scope.spawn(move || {
                let mut dice = Dice::new(u64::from(worker));
                for n in 0..EACH {
                    let moment = MOMENTS[dice.below(MOMENTS.len() as u64) as usize];
                    let head = |method: &str, path: &str| {
                        format!(
                            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {secret}\r\n\
                             Content-Type: application/json\r\n",
                            server.address
                        )
                    };
                    let email = format!("w{worker}n{n}@x.yz");
                    let one = &shared[dice.below(shared.len() as u64) as usize];
                    match dice.below(4) {
                        0 => {
                            let name = doomed(worker, n);
                            let head = head("DELETE", &session_path(CONTACT, &name));
                            let done = send_and_reset(&server.address, &head, "", moment, &mut dice);
                            deletes.lock().unwrap().push((name, moment, done));
                        }
                        1 => {
                            let start = dice.below(15) as usize;
                            let sessions = shared[start..start + 5].to_vec();
                            let items: Vec<_> = sessions.iter().map(|id| json!({ "app": CONTACT, "id": id })).collect();
                            let body = json!({ "action": "set_email", "email": email, "sessions": items }).to_string();
                            let head = head("POST", "/api/v1/sessions/batch");
                            let acknowledged = send_and_reset(&server.address, &head, &body, moment, &mut dice);
                            asked.lock().unwrap().push(Asked { email, sessions, moment, acknowledged });
                        }
                        _ => {
                            let body = json!({ "email": email }).to_string();
                            let head = head("PATCH", &session_path(CONTACT, one));
                            let acknowledged = send_and_reset(&server.address, &head, &body, moment, &mut dice);
                            asked.lock().unwrap().push(Asked {
                                email,
                                sessions: vec![one.clone()],
                                moment,
                                acknowledged,
                            });
                        }
                    }
                }
            });
        }
    });
    let (asked, deletes) = (asked.into_inner().unwrap(), deletes.into_inner().unwrap());
    assert_eq!(asked.len() + deletes.len(), 200);
    // What was begun is finished before it ends.
    assert_eq!(server.stop(), Some(0));
    assert_no_temporary_file(&site);

    let server = site.serve();
    let entries: Vec<Value> = journal(&server.caller(&secret), "").into_iter().rev().map(|(_, entry)| entry).collect();
    let of = |name: &str| entries.iter().filter(|entry| entry["session"] == *name).collect::<Vec<_>>();
    for name in &shared {
        assert_eq!(follow(Some(State::new()), &of(name)), State::read(&site, name), "{name}");
    }
    for (name, moment, acknowledged) in &deletes {
        let entries = of(name);
        assert!(entries.len() <= 1 && (!acknowledged || entries.len() == 1), "{moment:?}: {entries:?}");
        assert!(entries.is_empty() || *moment >= Moment::AfterAll, "a request that was not sent: {entries:?}");
        assert_eq!(follow(Some(State::new()), &entries), State::read(&site, name), "{name}");
    }
    let mut made = 0;
    for Asked { email, sessions, moment, acknowledged } in &asked {
        let entries = entries.iter().filter(|entry| entry["after"]["email"] == **email);
        let mut found: Vec<&str> = entries.map(|entry| entry["session"].as_str().unwrap()).collect();
        found.sort();
        let mut all: Vec<&str> = sessions.iter().map(String::as_str).collect();
        all.sort();
        // A batch that was begun runs to its end.
        assert!(found == all || (found.is_empty() && !acknowledged), "{moment:?} {email}: {found:?}");
        assert!(found.is_empty() || *moment >= Moment::AfterAll, "a request that was not sent: {email}");
        made += usize::from(!found.is_empty());
    }
    println!("200 resets: {made} of {} changes and {} deletes", asked.len(), deletes.len());
    assert!(made > 20, "hardly any change was made");
}

// ---------------------------------------------------------------------------------------------
// kill -9.

/// A session, as the one client knows it that changes it.
struct Known {
    id: String,
    state: Option<State>,
    /// The last change, which can be undone, and the state before it.
    last: Option<(String, Option<State>)>,
    /// What it was before it was deleted.
    alive: State,
    /// The state that a change without an answer would make.
    asked: Option<Option<State>>,
}

/// A change that was answered with success: its id or its batch's, the session, the state it made.
type Acknowledged = (String, String, Option<State>);

struct Client {
    sessions: Vec<Known>,
    acknowledged: Vec<Acknowledged>,
    dice: Dice,
    serial: u64,
}

impl Client {
    /// Changes sessions until the program is gone.
    fn storm(&mut self, server: &Server<'_>, secret: &str, gone: &AtomicBool) {
        let user = server.caller(secret);
        while self.change(&user, gone).is_some() {}
    }

    fn fresh_email(&mut self) -> String {
        self.serial += 1;
        format!("n{}@x.yz", self.serial)
    }

    fn change(&mut self, user: &Token<'_>, gone: &AtomicBool) -> Option<()> {
        let at = self.dice.below(self.sessions.len() as u64) as usize;
        let choice = self.dice.below(10);
        if choice < 2 {
            return self.batch(user, gone);
        }
        let email = self.fresh_email();
        let known = &self.sessions[at];
        let path = session_path(CONTACT, &known.id);
        let (request, next) = match (&known.state, &known.last) {
            (None, None) => return Some(()),
            (state, Some((last, before))) if choice < 4 || state.is_none() => {
                (user.request("POST", &format!("/api/v1/changes/{last}/undo")), before.clone())
            }
            (Some(_), _) if choice < 6 => (user.request("DELETE", &path), None),
            (Some(state), _) => {
                let flipped = if state.status == "pending" { "accepted" } else { "pending" };
                let (body, next) = match choice {
                    6 => (json!({ "status": flipped }), State { status: flipped.into(), ..state.clone() }),
                    7 => (json!({ "status": flipped, "email": email }), State { status: flipped.into(), email }),
                    _ => (json!({ "email": email }), State { email, ..state.clone() }),
                };
                (user.request("PATCH", &path).json(body), Some(next))
            }
            (None, _) => return Some(()),
        };
        self.sessions[at].asked = Some(next.clone());
        let answer = answered(request, gone)?;
        let id = match answer.has_header("x-change-id") {
            true => answer.header("x-change-id").to_owned(),
            false => {
                let result = answer.json();
                assert_eq!(result["changed"], 1, "{answer:?}");
                result["change_id"].as_str().unwrap().to_owned()
            }
        };
        let known = &mut self.sessions[at];
        known.last = Some((id.clone(), known.state.take()));
        known.became(next.clone());
        let id_of_session = known.id.clone();
        self.acknowledged.push((id, id_of_session, next));
        Some(())
    }

    fn batch(&mut self, user: &Token<'_>, gone: &AtomicBool) -> Option<()> {
        let email = self.fresh_email();
        let deletes = self.dice.one_in(4);
        let from = self.dice.below(3) as usize;
        let mut items = Vec::new();
        for known in &mut self.sessions[from..from + 3] {
            let Some(state) = &known.state else { continue };
            known.asked = Some((!deletes).then(|| State { email: email.clone(), ..state.clone() }));
            items.push(json!({ "app": CONTACT, "id": known.id }));
        }
        let mut body = json!({ "action": "delete", "sessions": items });
        if !deletes {
            body = json!({ "action": "set_email", "email": email, "sessions": items });
        }
        let answer = answered(user.request("POST", "/api/v1/sessions/batch").json(body), gone)?;
        let result = answer.json();
        assert_eq!(result["changed"].as_u64(), Some(items.len() as u64), "{answer:?}");
        for known in &mut self.sessions {
            let Some(next) = known.asked.clone() else { continue };
            known.last = None;
            known.became(next.clone());
            self.acknowledged.push((result["change_id"].as_str().unwrap().to_owned(), known.id.clone(), next));
        }
        Some(())
    }
}

impl Known {
    fn became(&mut self, state: Option<State>) {
        self.asked = None;
        if let Some(state) = &state {
            self.alive = state.clone();
        }
        self.state = state;
    }
}

/// The answer, unless the program was killed before it was all there.
fn answered(request: Request, gone: &AtomicBool) -> Option<Answer> {
    match wait(request.try_send()) {
        Ok(answer) => {
            assert!((200..300).contains(&answer.status), "{answer:?}");
            Some(answer)
        }
        Err(error) => {
            // The connection can break a moment before the killer says so.
            until(Duration::from_secs(5), "the program is killed", || gone.load(Ordering::SeqCst));
            drop(error);
            None
        }
    }
}

#[test]
fn a_kill_during_changes_tears_and_loses_nothing() {
    const ROUNDS: u64 = 50;
    let start = Instant::now();
    let site = Site::new();
    let mut clients: Vec<Client> = (0..4)
        .map(|n| {
            let known = |id: String| {
                site.write(CONTACT, &id, State::new().bytes(&id));
                Known { id, state: Some(State::new()), last: None, alive: State::new(), asked: None }
            };
            let sessions = (0..6).map(|m| known(id(n * 100 + m))).collect();
            Client { sessions, acknowledged: Vec::new(), dice: Dice::new(u64::from(n)), serial: u64::from(n) << 32 }
        })
        .collect();
    let secret = site.token_with("operator", &[], false);
    let mut dice = Dice::new(99);
    let (mut newest, mut total, mut cut, mut made) = (String::new(), 0, 0, 0);
    for round in 0..=ROUNDS {
        let server = site.serve_with(&["--max-requests", "1000000", "--log", "warn"]);
        let user = server.caller(&secret);
        assert_no_temporary_file(&site);
        let fresh = entries_since(&user, &mut newest);
        for client in &mut clients {
            let (missing, done) = check_client(&site, client, &fresh);
            cut += missing;
            made += done;
        }
        let acknowledged: usize = clients.iter().map(|client| client.acknowledged.len()).sum();
        total += acknowledged;
        clients.iter_mut().for_each(|client| client.acknowledged.clear());
        restore_deleted(&site, &user, &mut clients);
        entries_since(&user, &mut newest);
        if round == ROUNDS {
            assert_eq!(server.stop(), Some(0));
            break;
        }
        let gone = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for client in &mut clients {
                scope.spawn(|| client.storm(&server, &secret, &gone));
            }
            std::thread::sleep(Duration::from_millis(5) + dice.pause(Duration::from_millis(350)));
            server.kill();
            gone.store(true, Ordering::SeqCst);
        });
        // What it was about to do, it did or did not.
        for known in clients.iter().flat_map(|client| &client.sessions) {
            let found = State::read(&site, &known.id);
            let allowed = found == known.state || known.asked.as_ref() == Some(&found);
            assert!(allowed, "round {round}: {found:?} is neither {:?} nor {:?}", known.state, known.asked);
        }
        // Now and then it is killed while it finds out what became of the last time.
        if dice.one_in(3) {
            kill_while_starting(&site, dice.pause(Duration::from_millis(80)));
        }
    }
    println!(
        "{ROUNDS} rounds: {total} changes acknowledged; of {cut} without an answer, {made} were made; in {:?}",
        start.elapsed()
    );
    assert!(total > 1_000 && cut > 20 && made > 0, "the storm was a breeze");
}

/// The entries that came since the last call, oldest first.
fn entries_since(user: &Token<'_>, newest: &mut String) -> Vec<Value> {
    let mut fresh = Vec::new();
    let mut path = "/api/v1/changes?limit=500".to_owned();
    loop {
        let page = user.json(&path);
        let items = page["items"].as_array().unwrap();
        let is_fresh = |entry: &&Value| entry["id"].as_str().unwrap() > newest.as_str();
        fresh.extend(items.iter().filter(is_fresh).cloned());
        match page["next_cursor"].as_str() {
            Some(cursor) if items.iter().all(|entry| is_fresh(&entry)) => {
                path = format!("/api/v1/changes?limit=500&cursor={cursor}");
            }
            _ => break,
        }
    }
    fresh.reverse();
    if let Some(last) = fresh.last() {
        *newest = last["id"].as_str().unwrap().to_owned();
    }
    fresh
}

/// The journal of the round before holds what this client was told of, and what the file shows
/// of the change without an answer: not more and not less. How many there were without an answer, and
/// how many of them were made.
fn check_client(site: &Site, client: &mut Client, fresh: &[Value]) -> (usize, usize) {
    let (mut cut, mut made) = (0, 0);
    for known in &mut client.sessions {
        let entries: Vec<&Value> = fresh.iter().filter(|entry| entry["session"] == *known.id).collect();
        let mut expected: Vec<(Option<&str>, Option<State>)> = client
            .acknowledged
            .iter()
            .filter(|(_, session, _)| *session == known.id)
            .map(|(id, _, state)| (Some(id.as_str()), state.clone()))
            .collect();
        let found = State::read(site, &known.id);
        let was = known.state.clone();
        cut += usize::from(known.asked.is_some());
        if found != known.state {
            assert_eq!(known.asked.as_ref(), Some(&found), "{}", known.id);
            made += 1;
            expected.push((None, found.clone()));
        }
        assert_eq!(entries.len(), expected.len(), "{}: {entries:#?}\nand not {expected:#?}", known.id);
        for (entry, (id, state)) in entries.iter().zip(expected) {
            assert_eq!(entry["outcome"], "done", "{entry}");
            assert!(id.is_none_or(|id| entry["id"] == *id || entry["batch_id"] == *id), "{entry} and not {id:?}");
            assert_eq!(State::of(&entry["after"]), state, "{entry}");
        }
        if let (Some(last), true) = (entries.last(), found != was) {
            known.last = Some((last["id"].as_str().unwrap().to_owned(), was));
        }
        known.became(found);
        if let (Some(last), None) = (entries.last(), &known.last) {
            let before = State::of(&last["before"]);
            known.last = Some((last["id"].as_str().unwrap().to_owned(), before));
        }
    }
    (cut, made)
}

/// Undo brings every deleted file back byte for byte.
fn restore_deleted(site: &Site, user: &Token<'_>, clients: &mut [Client]) {
    for known in clients.iter_mut().flat_map(|client| &mut client.sessions).filter(|known| known.state.is_none()) {
        let (last, _) = known.last.take().expect("the delete");
        let answer = user.post(&format!("/api/v1/changes/{last}/undo"), json!({}));
        assert_eq!(answer.clone().status(200).json()["changed"], 1, "{answer:?}");
        assert_eq!(site.read(CONTACT, &known.id), known.alive.bytes(&known.id));
        known.became(Some(known.alive.clone()));
    }
}

fn kill_while_starting(site: &Site, after: Duration) {
    let mut child = Command::new(program())
        .args(site.serve_args())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

// ---------------------------------------------------------------------------------------------
// SIGTERM.

const MANY: u32 = 2_000;

fn many() -> Site {
    let site = Site::new();
    for n in 0..MANY {
        site.write(CONTACT, &id(n), State::new().bytes(&id(n)));
    }
    site
}

fn items() -> Vec<Value> {
    (0..MANY).map(|n| json!({ "app": CONTACT, "id": id(n) })).collect()
}

/// Waits until a batch has begun to write.
fn begun(site: &Site) {
    until(Duration::from_secs(20), "the batch begins", || {
        fs::read(site.path(CONTACT, &id(0))).map_or(true, |bytes| bytes != State::new().bytes(&id(0)))
    });
}

#[test]
fn asked_to_stop_in_a_batch_it_answers_and_ends() {
    let site = many();
    let server = site.serve();
    let operator = server.operator();
    let body = json!({ "action": "set_status", "status": "accepted", "sessions": items() });
    let (answer, code) = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| operator.post("/api/v1/sessions/batch", body));
        begun(&site);
        let code = server.stop();
        (waiting.join().unwrap(), code)
    });
    assert_eq!(code, Some(0));
    let result = answer.status(200).json();
    assert_eq!(result["changed"], MANY, "{}", result["failed"]);
    let accepted = State { status: "accepted".into(), ..State::new() };
    for n in 0..MANY {
        assert_eq!(State::read(&site, &id(n)), Some(accepted.clone()));
    }
    assert_no_temporary_file(&site);
    let server = site.serve();
    check_batch(&server.caller(&operator.secret), &result["change_id"], Some(&accepted));
}

#[test]
fn a_stop_finishes_a_batch_nobody_waits_for() {
    let site = many();
    let server = site.serve();
    let operator = server.operator();
    let body = json!({ "action": "delete", "sessions": items() });
    let request = operator.request("POST", "/api/v1/sessions/batch").header("prefer", "respond-async").json(body);
    let answer = request.send().status(202);
    let path = answer.header("location").to_owned();
    begun(&site);
    assert_eq!(server.stop(), Some(0));
    assert_eq!(names(&site.root().join(CONTACT)), [""; 0]);

    let server = site.serve();
    let operator = server.caller(&operator.secret);
    let state = operator.json(&path);
    assert_eq!((&state["state"], &state["done"]), (&json!("done"), &json!(MANY)), "{state}");
    assert_eq!(state["result"]["changed"], MANY);
    let id_of_batch = state["result"]["change_id"].clone();
    check_batch(&operator, &id_of_batch, None);
    let undo = operator.post(&format!("/api/v1/changes/{}/undo", id_of_batch.as_str().unwrap()), json!({}));
    assert_eq!(undo.status(200).json()["changed"], MANY);
    for n in 0..MANY {
        assert_eq!(site.read(CONTACT, &id(n)), State::new().bytes(&id(n)));
    }
}

#[test]
fn a_killed_undo_is_finished_by_another() {
    let site = many();
    let server = site.serve();
    let operator = server.operator();
    let body = json!({ "action": "set_status", "status": "accepted", "sessions": items() });
    let batch = operator.post("/api/v1/sessions/batch", body).status(200).json()["change_id"].clone();
    let undo = format!("/api/v1/changes/{}/undo", batch.as_str().unwrap());
    let answer = operator.request("POST", &undo).header("prefer", "respond-async").send().status(202);
    let path = answer.header("location").to_owned();
    let as_it_was = |n: &u32| site.read(CONTACT, &id(*n)) == State::new().bytes(&id(*n));
    until(Duration::from_secs(20), "the undo begins", || (0..MANY).rev().any(|n| as_it_was(&n)));
    server.kill();

    let server = site.serve();
    let operator = server.caller(&operator.secret);
    let state = operator.json(&path);
    let done = (0..MANY).filter(as_it_was).count();
    // Where the kill comes late, all of it is done.
    assert_eq!((&state["state"], done > 0), (&json!("done"), true), "{state}");
    assert!(done == MANY as usize || state["interrupted"] == true, "{state}");
    let result = &state["result"];
    assert_eq!((&result["total"], &result["changed"]), (&json!(MANY), &json!(done)), "as the folder says");
    let rest = operator.post(&undo, json!({})).status(200).json();
    assert_eq!((&rest["changed"], &rest["failed"]), (&json!(MANY as usize - done), &json!(done)));
    assert!((0..MANY).all(|n| as_it_was(&n)));
    assert_no_temporary_file(&site);
}

/// Each session has one entry of this batch, done.
fn check_batch(user: &Token<'_>, batch: &Value, after: Option<&State>) {
    let mut sessions = BTreeMap::new();
    for (_, entry) in journal(user, "") {
        assert_eq!((&entry["batch_id"], &entry["outcome"]), (batch, &json!("done")));
        assert_eq!(State::of(&entry["after"]).as_ref(), after, "{entry}");
        sessions.insert(entry["session"].clone().to_string(), entry);
    }
    assert_eq!(sessions.len(), MANY as usize);
}
