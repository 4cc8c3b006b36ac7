//! Requests of a list, as data and as a page, against the real program, beside a handler that has the
//! same bytes ready; and the memory that the program takes.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};

use mobile_sessions::demo::sample::{self, Sample};

use crate::table::Table;
use crate::{Layout, medians, time};

/// The argument by which this program is the floor's server, with a file of bytes.
pub const FLOOR: &str = "--floor-server";
const PROGRAM: &str = env!("CARGO_BIN_EXE_mobile-sessions");
const PATH: &str = "/api/v1/sessions?limit=50";
const CONNECTIONS: usize = 4;
const SPAN: Duration = Duration::from_secs(2);
const ROUNDS: usize = 5;
/// The list as a person sees it, asked for on one connection.
const PAGE: &str = "/sessions";
const PAGE_ROUNDS: usize = 15;
const PAGES_A_ROUND: u32 = 100;
const PASSWORD: &str = "correct horse battery staple";

pub fn measure(layout: &Layout, table: &mut Table) {
    let temp = tempfile::tempdir().unwrap();
    // With one session, so that what the program itself needs for any is there.
    let one = temp.path().join("One");
    sample::write(&one, &Sample { apps: 1, sessions: 1, seed: 1, oddities: false }).unwrap();
    let data = |name: &str| temp.path().join(name).to_str().unwrap().to_owned();
    let serve = |root: &Path, data: &str| {
        let root = root.to_str().unwrap();
        Served::start(Command::new(PROGRAM).args([
            "serve",
            root,
            "--listen",
            "127.0.0.1:0",
            "--data-dir",
            data,
            "--max-requests",
            "0",
            "--log",
            "error",
        ]))
    };
    let baseline = serve(&one, &data("one"));
    let program = serve(&layout.root, &data("data"));
    // What the scan needed and gave back is not what a session takes; let it be written down first.
    std::thread::sleep(Duration::from_secs(3));
    let baseline = baseline.memory();
    let bytes = program.memory().saturating_sub(baseline) / (layout.sessions as u64 - 1);
    let each = bytes <= 600;
    table.row("memory per session", format!("{bytes} B"), String::new(), String::new(), "≤ 600 B", each);

    let token = Command::new(PROGRAM)
        .args(["token", "create", "bench", "--role", "viewer", "--data-dir", &data("data")])
        .output()
        .unwrap();
    let token = format!("Authorization: Bearer {}", String::from_utf8(token.stdout).unwrap().trim());
    let floor = floor_of(temp.path(), Client::new(&program.address, PATH, &token).body());
    let mut rates: Vec<(f64, f64)> =
        (0..ROUNDS).map(|_| (rate(&program.address, &token), rate(&floor.address, &token))).collect();
    rates.sort_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
    let (ours, theirs) = rates[ROUNDS / 2];
    let ratio = ours / theirs;
    table.row(
        "`GET /sessions?limit=50`",
        format!("{ours:.0} /s"),
        format!("{theirs:.0} /s"),
        format!("{ratio:.2} ×"),
        "≥ 0.4 ×",
        ratio >= 0.4,
    );
    let moving = while_a_file_changes(&layout.root, || rate(&program.address, &token));
    table.row(
        "the same, while a file changes each 100 ms",
        format!("{moving:.0} /s"),
        format!("{theirs:.0} /s"),
        format!("{:.2} ×", moving / theirs),
        "≥ 0.4 ×",
        moving / theirs >= 0.4,
    );
    measure_compressed(&program, &token, temp.path(), table);
    let cookie = log_in(&program.address, &data("data"));
    let mut client = Client::new(&program.address, PAGE, &cookie);
    let page = client.body();
    assert_eq!(String::from_utf8_lossy(&page).matches("<tr id=").count(), 50);
    let floor = floor_of(temp.path(), page);
    let mut ready = Client::new(&floor.address, PAGE, &cookie);
    let each = |client: &mut Client| time(|| (0..PAGES_A_ROUND).for_each(|_| _ = client.ask())) / PAGES_A_ROUND;
    let [page, floor] = medians(PAGE_ROUNDS, || each(&mut client), || each(&mut ready));
    table.at_most_beside(&format!("the page `{PAGE}`"), page, floor, Duration::from_millis(1));
}

/// The list as most clients ask for it: compressed, one request after another on one connection. Head and body of such an
/// answer are written apart: the second must not wait until the first is acknowledged.
fn measure_compressed(program: &Served, token: &str, temp: &Path, table: &mut Table) {
    let compressed = format!("{token}\r\nAccept-Encoding: gzip");
    let mut ours = Client::new(&program.address, PATH, &compressed);
    let floor = floor_of(temp, ours.body());
    let mut ready = Client::new(&floor.address, PATH, token);
    let each = |client: &mut Client| time(|| (0..PAGES_A_ROUND).for_each(|_| _ = client.ask())) / PAGES_A_ROUND;
    let [ours, floor] = medians(PAGE_ROUNDS, || each(&mut ours), || each(&mut ready));
    table.at_most_beside("the same with gzip, on one connection", ours, floor, Duration::from_millis(2));
}

/// As 4D does it: a file is put in the place of another, so that no answer from before is good any more.
fn while_a_file_changes(root: &Path, measure: impl FnOnce() -> f64) -> f64 {
    let files = walkdir::WalkDir::new(root).min_depth(2).into_iter().filter_map(Result::ok);
    let file = files.map(walkdir::DirEntry::into_path).find(|path| path.extension().is_none()).unwrap();
    let (bytes, beside) = (fs::read(&file).unwrap(), file.with_extension("4d"));
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                fs::write(&beside, &bytes).unwrap();
                fs::rename(&beside, &file).unwrap();
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        let measured = measure();
        stop.store(true, Ordering::Relaxed);
        measured
    })
}

/// A server that has these bytes ready.
fn floor_of(temp: &Path, body: Vec<u8>) -> Served {
    let file = temp.join("body");
    fs::write(&file, body).unwrap();
    Served::start(Command::new(std::env::current_exe().unwrap()).args([FLOOR, file.to_str().unwrap()]))
}

/// The header of a person who is logged in.
fn log_in(address: &str, data: &str) -> String {
    let mut create = Command::new(PROGRAM)
        .args(["user", "create", "bench", "--role", "owner", "--data-dir", data])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    writeln!(create.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(create.wait().unwrap().success());
    let form = format!("name=bench&password={}", PASSWORD.replace(' ', "+"));
    let request = format!(
        "POST /login HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect(&answer);
    format!("Cookie: {}", cookie.split(';').next().unwrap())
}

/// A server in a process of its own, killed when dropped.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .find_map(|line| line.unwrap().strip_prefix("listening on http://").map(str::to_owned))
            .expect("it listens");
        // What else it prints is read, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// Bytes of memory in use.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An actix handler that has the bytes of this file ready.
pub fn floor_server(file: &str) {
    let body = web::Bytes::from(fs::read(file).unwrap());
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            let body = body.clone();
            let answer = move || {
                let body = body.clone();
                async move { HttpResponse::Ok().content_type("application/json").body(body) }
            };
            App::new().default_service(web::to(answer))
        })
        .bind("127.0.0.1:0")
        .unwrap();
        println!("listening on http://{}", server.addrs()[0]);
        server.run().await.unwrap();
    });
}

/// Requests a second over a few connections that are kept.
fn rate(address: &str, who: &str) -> f64 {
    let (stop, count) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut client = Client::new(address, PATH, who);
                while !stop.load(Ordering::Relaxed) {
                    client.ask();
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        std::thread::sleep(SPAN / 4);
        count.store(0, Ordering::Relaxed);
        std::thread::sleep(SPAN);
        let counted = count.load(Ordering::Relaxed);
        stop.store(true, Ordering::Relaxed);
        counted as f64 / SPAN.as_secs_f64()
    })
}

/// The lightest client that there is: it shares the processors with the server.
struct Client {
    stream: TcpStream,
    request: Vec<u8>,
    /// The last answer.
    buffer: Vec<u8>,
}

impl Client {
    /// `who` is the header that says so.
    fn new(address: &str, path: &str, who: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{who}\r\n\r\n");
        Self { stream, request: request.into_bytes(), buffer: Vec::new() }
    }

    /// One request; what it is answered.
    fn body(&mut self) -> Vec<u8> {
        let length = self.ask();
        let body = &self.buffer[self.buffer.len() - length..];
        if self.is_chunked() { without_chunks(body) } else { body.to_vec() }
    }

    fn is_chunked(&self) -> bool {
        let head = self.buffer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_default();
        self.buffer[..head].windows(7).any(|seven| seven == b"chunked")
    }

    /// One request; the length of the body as it was sent.
    fn ask(&mut self) -> usize {
        self.stream.write_all(&self.request).unwrap();
        self.buffer.clear();
        let mut chunk = [0; 64 << 10];
        let mut whole = None;
        while whole.is_none_or(|(head, length)| self.buffer.len() < head + length) {
            let read = self.stream.read(&mut chunk).unwrap();
            assert!(read > 0, "the server hung up");
            self.buffer.extend_from_slice(&chunk[..read]);
            whole = whole.or_else(|| head_and_length(&self.buffer));
        }
        whole.unwrap().1
    }
}

fn head_and_length(answer: &[u8]) -> Option<(usize, usize)> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&answer[..head]).unwrap();
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    match text.lines().find_map(|line| line.strip_prefix("content-length: ")) {
        Some(length) => Some((head, length.parse().unwrap())),
        None => answer.ends_with(b"0\r\n\r\n").then(|| (head, answer.len() - head)),
    }
}

fn without_chunks(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|two| two == b"\r\n").unwrap();
        let length = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if length == 0 {
            return whole;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + length]);
        body = &body[end + 4 + length..];
    }
}
