//! Starts the real program on a folder of its own and speaks HTTP to it as a user would.
//!
//! Every test has its own [`Site`] (a temporary *MobileApps* folder and data folder) and shares
//! nothing, so tests run side by side and in any order.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use mobile_sessions::domain::app_id::AppId;
use mobile_sessions::domain::token::ConnectionToken;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The program for Windows, by a script that runs it under Wine (`tests/windows`); `None` for the one of this system.
static WINDOWS_PROGRAM: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("TESTED_PROGRAM").ok());

/// The folder with the socket of a PostgreSQL server that keeps what the programs under test keep (`tests/postgres`);
/// `None` for SQLite.
static POSTGRES: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("TESTED_POSTGRES").ok());

/// The program under test.
pub fn program() -> &'static str {
    WINDOWS_PROGRAM.as_deref().unwrap_or(env!("CARGO_BIN_EXE_mobile-sessions"))
}

/// Whether the program under test is the one for Windows.
pub fn is_windows() -> bool {
    WINDOWS_PROGRAM.is_some()
}

/// Asks the program to stop: by SIGTERM, and on Windows by Ctrl-C, which Wine makes of SIGINT.
pub fn ask_to_stop(child: &Child) {
    let signal = if is_windows() { Signal::INT } else { Signal::TERM };
    kill_process(Pid::from_child(child), signal).expect("a signal");
}

/// An app with a team.
pub const CONTACT: &str = "UTT7VDX8W5.com.contactApp.Contact";
/// Another app of the same team.
pub const TASKS: &str = "UTT7VDX8W5.com.contactApp.Tasks";
/// An app without a team.
pub const ANDROID: &str = "com.myCompany.android.only";

/// Lets tests be plain functions: every request is waited for here.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
});

/// Waits for a future.
pub fn wait<F: Future>(future: F) -> F::Output {
    RUNTIME.block_on(future)
}

/// Asks again until the answer is right, or fails after `limit`.
#[track_caller]
pub fn eventually<T: fmt::Debug>(limit: Duration, mut ask: impl FnMut() -> Result<(), T>) {
    let start = Instant::now();
    loop {
        match ask() {
            Ok(()) => return,
            Err(last) if start.elapsed() > limit => panic!("not within {limit:?}; at last: {last:?}"),
            Err(_) => std::thread::sleep(Duration::from_millis(15)),
        }
    }
}

/// Asks again until `ask` is true, or fails after `limit`.
#[track_caller]
pub fn until(limit: Duration, what: &str, mut ask: impl FnMut() -> bool) {
    eventually(limit, || if ask() { Ok(()) } else { Err(what.to_owned()) });
}

/// The 40 hexadecimal digits of the n-th session.
pub fn id(n: u32) -> String {
    format!("{:08x}{:032x}", n.wrapping_mul(0x9e37_79b9), n)
}

/// Percent-encodes one segment of a path.
pub fn segment(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'~' | b'.' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}

/// The path of an app in the API.
pub fn app_path(app: &str) -> String {
    format!("/api/v1/apps/{}", segment(app))
}

/// The path of a session in the API.
pub fn session_path(app: &str, id: &str) -> String {
    format!("/api/v1/apps/{}/sessions/{}", segment(app), segment(id))
}

/// A session's file: valid, until a field is overridden.
#[derive(Clone, Debug)]
pub struct SessionFile {
    pub app: String,
    pub id: String,
    pub document: Value,
}

/// A valid, accepted session of this app.
pub fn session(app: &str, id: &str) -> SessionFile {
    let name = AppId::parse(app).expect("an app id");
    let (team, bundle) = (name.team_id().unwrap_or_default(), name.bundle_id());
    let document = json!({
        "application": { "id": bundle, "name": "Contact", "version": "1.0.0" },
        "team": { "id": team },
        "language": { "id": "en_US", "code": "en", "region": "US" },
        "email": "",
        "device": { "description": "iPhone X", "version": "11.3",
                    "id": "0DC5132E-1EF4-407C-A832-5FE33D818AF3", "simulator": false },
        "send": "link",
        "session": { "id": id, "ip": "::ffff:192.168.5.4" },
        "status": "accepted",
        "token": ConnectionToken::encode(bundle, id, team),
    });
    SessionFile { app: app.to_owned(), id: id.to_owned(), document }
}

impl SessionFile {
    /// Overrides (or adds) the value at a JSON pointer.
    pub fn set(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        self.document.pointer_mut(parent).expect("the parent")[name] = value.into();
        self
    }

    /// Takes the value at a JSON pointer away.
    pub fn without(mut self, pointer: &str) -> Self {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        let parent = self.document.pointer_mut(parent).and_then(Value::as_object_mut).expect("the parent");
        parent.shift_remove(name).expect("the value");
        self
    }

    pub fn status(self, status: &str) -> Self {
        self.set("/status", status)
    }

    pub fn email(self, email: &str) -> Self {
        self.set("/email", email)
    }

    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(&self.document).expect("bytes")
    }

    pub fn path(&self) -> String {
        session_path(&self.app, &self.id)
    }
}

/// A *MobileApps* folder and a data folder of one test.
pub struct Site {
    temp: TempDir,
    /// The address of its database, where that is on PostgreSQL.
    database: Option<String>,
    tokens: AtomicU32,
}

impl Site {
    pub fn new() -> Self {
        let temp = tempfile::Builder::new().prefix("mobile-sessions-it-").tempdir().expect("a folder");
        fs::create_dir(temp.path().join("MobileApps")).expect("a folder");
        let mut site = Self { temp, database: None, tokens: AtomicU32::new(0) };
        site.database = POSTGRES.as_deref().map(|socket| site.new_database(socket));
        site
    }

    /// Makes an empty schema on the server with this socket; its address.
    pub fn new_database(&self, socket: &str) -> String {
        let name = self.temp.path().file_name().and_then(|name| name.to_str()).expect("a name");
        let schema = format!("s{}", hex::encode(name.trim_start_matches("mobile-sessions-it-")));
        let create = format!("CREATE SCHEMA {schema}");
        let made = Command::new("psql").args(["-qh", socket, "-U", "tests", "-d", "tests", "-c", &create]).status();
        assert!(made.expect("psql").success(), "no schema was made");
        format!("postgres:///tests?host={socket}&user=tests&options=-c%20search_path%3D{schema}")
    }

    /// Keeps what it keeps there from now on, and on SQLite with `None`.
    pub fn keep_in(mut self, database: Option<String>) -> Self {
        self.database = database;
        self
    }

    /// With these sessions.
    pub fn with(files: &[SessionFile]) -> Self {
        let site = Self::new();
        for file in files {
            site.put(file);
        }
        site
    }

    /// Everything of this test lies below it.
    pub fn temp(&self) -> &Path {
        self.temp.path()
    }

    pub fn root(&self) -> PathBuf {
        self.temp.path().join("MobileApps")
    }

    pub fn data(&self) -> PathBuf {
        self.temp.path().join("data")
    }

    pub fn path(&self, app: &str, id: &str) -> PathBuf {
        self.root().join(app).join(id)
    }

    pub fn read(&self, app: &str, id: &str) -> Vec<u8> {
        fs::read(self.path(app, id)).expect("the file")
    }

    /// Writes any bytes in place, as 4D may do.
    pub fn write(&self, app: &str, id: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(app, id);
        fs::create_dir_all(path.parent().expect("the app's folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }

    pub fn put(&self, file: &SessionFile) -> PathBuf {
        self.write(&file.app, &file.id, file.bytes())
    }

    /// With a file's time of that many seconds ago.
    pub fn put_aged(&self, file: &SessionFile, seconds: u64) -> PathBuf {
        let path = self.put(file);
        age(&path, seconds);
        path
    }

    /// Runs a command on this site's data folder, which it appends.
    pub fn command(&self, args: &[&str]) -> Output {
        self.command_with_input(args, "")
    }

    pub fn command_with_input(&self, args: &[&str], input: &str) -> Output {
        let data = self.data();
        let mut all = args.to_vec();
        all.extend(["--data-dir", data.to_str().expect("a path")]);
        if let (Some(database), Some(&("user" | "token"))) = (&self.database, args.first()) {
            all.extend(["--database", database]);
        }
        run_with_input(&all, input)
    }

    /// Makes a token on the command line; its secret.
    #[track_caller]
    pub fn token_with(&self, role: &str, globs: &[&str], secrets: bool) -> String {
        let name = self.token_name();
        let mut args = vec!["token", "create", &name, "--role", role];
        for glob in globs {
            args.extend(["--app", glob]);
        }
        if secrets {
            args.push("--secrets");
        }
        let output = self.command(&args);
        let printed = String::from_utf8(output.stdout).expect("text");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        let token = printed.trim_end().to_owned();
        assert!(token.starts_with("mst_") && !token.contains(char::is_whitespace), "not a token alone: {printed:?}");
        token
    }

    fn token_name(&self) -> String {
        format!("token{}", self.tokens.fetch_add(1, Ordering::Relaxed))
    }

    /// Starts the program and waits until it listens.
    #[track_caller]
    pub fn serve(&self) -> Server<'_> {
        self.serve_with(&[])
    }

    #[track_caller]
    pub fn serve_with(&self, args: &[&str]) -> Server<'_> {
        let mut command = Command::new(program());
        command.args(self.serve_args()).args(args);
        self.serve_command(command)
    }

    pub fn serve_args(&self) -> Vec<String> {
        let text = |path: PathBuf| path.to_str().expect("a path").to_owned();
        let place = ["serve", &text(self.root()), "--listen", "127.0.0.1:0", "--data-dir", &text(self.data())];
        let database = self.database.iter().flat_map(|address| ["--database".to_owned(), address.clone()]);
        place.map(str::to_owned).into_iter().chain(database).collect()
    }

    /// Starts this very command, which must end in starting the program.
    #[track_caller]
    pub fn serve_command(&self, command: Command) -> Server<'_> {
        Server::start(self, command)
    }
}

/// Gives a file a time of that many seconds ago.
pub fn age(path: &Path, seconds: u64) {
    let time = SystemTime::now() - Duration::from_secs(seconds);
    fs::File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("the file's time");
}

/// Runs the program to its end.
pub fn run(args: &[&str]) -> Output {
    run_with_input(args, "")
}

pub fn run_with_input(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(program())
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    // It may end without reading.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("its end")
}

/// Waits until a program that was asked to stop has ended; its exit code.
#[track_caller]
fn end_of(child: &mut Child) -> Option<i32> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("its status") {
            return status.code();
        }
        assert!(start.elapsed() < Duration::from_secs(40), "nothing ends it");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// A running program; killed when dropped.
pub struct Server<'a> {
    pub site: &'a Site,
    /// `http://` or `https://`.
    pub scheme: &'static str,
    pub address: String,
    child: Mutex<Child>,
    log: Arc<Mutex<String>>,
    pub client: reqwest::Client,
    /// Tokens that were made, by role, globs and right: making one costs a process.
    tokens: Mutex<BTreeMap<String, String>>,
}

impl<'a> Server<'a> {
    #[track_caller]
    fn start(site: &'a Site, mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let log = Arc::new(Mutex::new(String::new()));
        let (tell, listening) = mpsc::channel();
        keep(child.stdout.take().expect("a pipe"), Arc::clone(&log), Some(tell));
        keep(child.stderr.take().expect("a pipe"), Arc::clone(&log), None);
        let Ok((scheme, address)) = listening.recv_timeout(Duration::from_secs(30)) else {
            let _ = child.kill();
            let status = child.wait();
            panic!("it does not listen ({status:?}); it said:\n{}", log.lock().expect("the log"));
        };
        let client = new_client(false);
        Self { site, scheme, address, child: Mutex::new(child), log, client, tokens: Mutex::default() }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{}{path}", self.scheme, self.address)
    }

    /// What the program printed, on both streams.
    pub fn log(&self) -> String {
        self.log.lock().expect("the log").clone()
    }

    pub fn pid(&self) -> u32 {
        self.child.lock().expect("the child").id()
    }

    /// `kill -9`.
    pub fn kill(&self) {
        // Also after a test has failed: it must not take the others with it.
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }

    /// Asks it to stop, and waits for its exit code.
    #[track_caller]
    pub fn stop(&self) -> Option<i32> {
        let mut child = self.child.lock().expect("the child");
        ask_to_stop(&child);
        end_of(&mut child)
    }

    /// A signal, and the exit code.
    #[track_caller]
    pub fn stop_by(&self, signal: Signal) -> Option<i32> {
        let mut child = self.child.lock().expect("the child");
        kill_process(Pid::from_child(&child), signal).expect("a signal");
        end_of(&mut child)
    }

    /// A caller with a token of this role, for all apps and without secrets.
    #[track_caller]
    pub fn token(&self, role: &str) -> Token<'_> {
        self.token_with(role, &[], false)
    }

    #[track_caller]
    pub fn token_with(&self, role: &str, globs: &[&str], secrets: bool) -> Token<'_> {
        let key = format!("{role} {globs:?} {secrets}");
        let known = self.tokens.lock().expect("tokens").get(&key).cloned();
        let secret = known.unwrap_or_else(|| {
            let secret = self.site.token_with(role, globs, secrets);
            self.tokens.lock().expect("tokens").insert(key, secret.clone());
            secret
        });
        Token { server: self, secret }
    }

    /// A caller with a token that was made before.
    pub fn caller(&self, secret: &str) -> Token<'_> {
        Token { server: self, secret: secret.to_owned() }
    }

    #[track_caller]
    pub fn viewer(&self) -> Token<'_> {
        self.token("viewer")
    }

    #[track_caller]
    pub fn operator(&self) -> Token<'_> {
        self.token("operator")
    }

    #[track_caller]
    pub fn owner(&self) -> Token<'_> {
        self.token("owner")
    }

    pub fn anonymous(&self) -> Anonymous<'_> {
        Anonymous { server: self }
    }

    /// The one-time link that was printed at first start, without scheme and host.
    #[track_caller]
    pub fn setup_link(&self) -> String {
        let mut found = String::new();
        until(Duration::from_secs(5), "a link …/setup?token=…", || {
            let log = self.log();
            let link = log.split_whitespace().find(|word| word.contains("/setup?token="));
            found = link.map(|link| link[link.find("/setup").expect("a path")..].to_owned()).unwrap_or_default();
            !found.is_empty()
        });
        found
    }

    /// The first owner, logged in through `/setup`.
    #[track_caller]
    pub fn first_owner(&self) -> Cookie<'_> {
        let owner = Cookie { server: self, client: new_client(true) };
        let link = self.setup_link();
        let page = owner.get(&link).status(200).text();
        let form = Form::find(&page, "/setup");
        let answer = form.fill("name", "owner1").fill("password", PASSWORD).submit(&owner);
        assert_eq!(answer.status, 303, "{answer:?}");
        owner
    }

    /// A user that was made on the command line, logged in through `/login`.
    #[track_caller]
    pub fn log_in(&self, name: &str, password: &str) -> Cookie<'_> {
        let user = Cookie { server: self, client: new_client(true) };
        let page = user.get("/login").status(200).text();
        let answer = Form::find(&page, "/login").fill("name", name).fill("password", password).submit(&user);
        assert_eq!(answer.status, 303, "{answer:?}");
        user
    }

    /// A browser without a login, with a cookie jar.
    pub fn stranger(&self) -> Cookie<'_> {
        Cookie { server: self, client: new_client(true) }
    }

    /// Sends bytes as they are (no client tidies the path) and reads to the end.
    #[track_caller]
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        stream.write_all(request).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        Answer::parse(&answer)
    }

    /// A request by a path that no client tidies.
    #[track_caller]
    pub fn raw_path(&self, method: &str, path: &str, secret: &str) -> Answer {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {secret}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}",
            self.address
        );
        self.raw(request.as_bytes())
    }
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("--- the program said:\n{}---", self.log());
        }
    }
}

fn keep(
    stream: impl Read + Send + 'static,
    log: Arc<Mutex<String>>,
    tell: Option<mpsc::Sender<(&'static str, String)>>,
) {
    std::thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).into_owned();
            log.lock().expect("the log").push_str(&text);
            for scheme in ["http://", "https://"] {
                if let Some(tell) = &tell
                    && let Some(address) = text.trim_end().strip_prefix(&format!("listening on {scheme}"))
                {
                    let _ = tell.send((scheme, address.trim_end_matches('/').to_owned()));
                }
            }
            line.clear();
        }
    });
}

/// A client that follows no redirect and takes any certificate; with a cookie jar or without.
pub fn new_client(cookies: bool) -> reqwest::Client {
    // Another test may have said the same already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .tls_danger_accept_invalid_certs(true)
        .cookie_store(cookies)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(60))
        .no_proxy()
        .build()
        .expect("a client")
}

/// A password that is long enough.
pub const PASSWORD: &str = "correct horse battery";

/// Somebody who sends requests.
pub trait User {
    fn server(&self) -> &Server<'_>;
    fn client(&self) -> &reqwest::Client;
    /// Adds what shows who it is.
    fn prove(&self, headers: &mut HeaderMap);

    /// Where a path is asked for.
    fn address(&self, path: &str) -> String {
        self.server().url(path)
    }

    fn request(&self, method: &str, path: &str) -> Request {
        let mut headers = HeaderMap::new();
        self.prove(&mut headers);
        Request {
            client: self.client().clone(),
            method: method.to_owned(),
            url: self.address(path),
            headers,
            body: Vec::new(),
        }
    }

    #[track_caller]
    fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    #[track_caller]
    fn head(&self, path: &str) -> Answer {
        self.request("HEAD", path).send()
    }

    #[track_caller]
    fn post(&self, path: &str, body: Value) -> Answer {
        self.request("POST", path).json(body).send()
    }

    #[track_caller]
    fn patch(&self, path: &str, body: Value) -> Answer {
        self.request("PATCH", path).json(body).send()
    }

    #[track_caller]
    fn delete(&self, path: &str) -> Answer {
        self.request("DELETE", path).send()
    }

    /// The JSON of a GET that must work.
    #[track_caller]
    fn json(&self, path: &str) -> Value {
        self.get(path).status(200).json()
    }

    /// The ids of a list's items, in its order.
    #[track_caller]
    fn ids(&self, path: &str) -> Vec<String> {
        let list = self.json(path);
        let items = list["items"].as_array().expect("items");
        items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
    }

    /// Reads the folder again, now.
    #[track_caller]
    fn refresh(&self) -> Value {
        self.post("/api/v1/refresh", json!({})).status(200).json()
    }

    /// The current ETag of a session.
    #[track_caller]
    fn etag(&self, app: &str, id: &str) -> String {
        self.get(&session_path(app, id)).status(200).header("etag").to_owned()
    }
}

/// Nobody in particular.
pub struct Anonymous<'a> {
    server: &'a Server<'a>,
}

/// A program with a token.
pub struct Token<'a> {
    server: &'a Server<'a>,
    pub secret: String,
}

/// A browser.
pub struct Cookie<'a> {
    server: &'a Server<'a>,
    client: reqwest::Client,
}

impl User for Anonymous<'_> {
    fn server(&self) -> &Server<'_> {
        self.server
    }
    fn client(&self) -> &reqwest::Client {
        &self.server.client
    }
    fn prove(&self, _: &mut HeaderMap) {}
}

impl User for Token<'_> {
    fn server(&self) -> &Server<'_> {
        self.server
    }
    fn client(&self) -> &reqwest::Client {
        &self.server.client
    }
    fn prove(&self, headers: &mut HeaderMap) {
        let bearer = format!("Bearer {}", self.secret).parse().expect("a header");
        headers.insert("authorization", bearer);
    }
}

impl User for Cookie<'_> {
    fn server(&self) -> &Server<'_> {
        self.server
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    /// What a browser says of a page's own request.
    fn prove(&self, headers: &mut HeaderMap) {
        headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        headers.insert("accept", HeaderValue::from_static("text/html,application/xhtml+xml,*/*;q=0.8"));
        headers.insert("accept-language", HeaderValue::from_static("en"));
    }
}

/// A request that is being made.
#[must_use]
pub struct Request {
    client: reqwest::Client,
    method: String,
    url: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Request {
    /// Sets a header; an empty value takes it away.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header's name");
        self.headers.remove(&name);
        if !value.is_empty() {
            self.headers.insert(name, value.parse().expect("a header's value"));
        }
        self
    }

    pub fn json(self, body: Value) -> Self {
        self.header("content-type", "application/json").body(body.to_string())
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    #[track_caller]
    pub fn send(self) -> Answer {
        let what = format!("{} {}", self.method, self.url);
        match wait(self.try_send()) {
            Ok(answer) => answer,
            Err(error) => panic!("{what}: {error:?}"),
        }
    }

    /// Opens a stream of events, which must be there.
    #[track_caller]
    pub fn listen(self) -> Stream {
        let request = self.client.get(&self.url).headers(self.headers).timeout(Duration::from_secs(600));
        let response = wait(async { request.send().await }).expect("an answer");
        assert_eq!(response.status(), 200, "{response:?}");
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Stream::read(response)
    }

    pub async fn try_send(self) -> Result<Answer, reqwest::Error> {
        let method = reqwest::Method::from_bytes(self.method.as_bytes()).expect("a method");
        let what = format!("{method} {}", self.url);
        let response = self.client.request(method, self.url).headers(self.headers).body(self.body).send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        // A stream has no end: its head is the answer.
        let is_stream = headers.get("content-type").is_some_and(|value| value == "text/event-stream");
        let body = if is_stream { Vec::new() } else { response.bytes().await?.to_vec() };
        Ok(Answer { what, status, headers, body })
    }
}

/// One event of a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub number: u64,
    pub kind: String,
    pub data: Value,
}

/// A stream of events that is being read.
pub struct Stream {
    told: mpsc::Receiver<Told>,
    reader: tokio::task::JoinHandle<()>,
}

impl Stream {
    fn read(mut response: reqwest::Response) -> Self {
        let (tell, told) = mpsc::channel();
        let reader = RUNTIME.spawn(async move {
            let mut text = String::new();
            while let Ok(Some(chunk)) = response.chunk().await {
                text.push_str(std::str::from_utf8(&chunk).expect("whole characters"));
                while let Some(end) = text.find("\n\n") {
                    if let Some(event) = parse_event(&text[..end]) {
                        let _ = tell.send(event);
                    }
                    text.drain(..end + 2);
                }
            }
        });
        Self { told, reader }
    }

    /// The next event, which must come.
    #[track_caller]
    pub fn next(&self) -> Told {
        self.told.recv_timeout(Duration::from_secs(15)).expect("an event")
    }

    /// The next event of this kind; others are passed over.
    #[track_caller]
    pub fn next_of(&self, kind: &str) -> Told {
        loop {
            let told = self.next();
            if told.kind == kind {
                return told;
            }
        }
    }

    /// What has come by now.
    pub fn so_far(&self) -> Vec<Told> {
        self.told.try_iter().collect()
    }

    /// Everything until the stream ends, which must be soon.
    #[track_caller]
    pub fn to_the_end(&self, limit: Duration) -> Vec<Told> {
        let (start, mut all) = (Instant::now(), Vec::new());
        loop {
            match self.told.recv_timeout(limit.saturating_sub(start.elapsed())) {
                Ok(told) => all.push(told),
                Err(mpsc::RecvTimeoutError::Disconnected) => return all,
                Err(mpsc::RecvTimeoutError::Timeout) => panic!("no end within {limit:?}; {} events", all.len()),
            }
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

/// `None` for what has no name: comments, and numbers alone.
fn parse_event(text: &str) -> Option<Told> {
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    Some(Told {
        kind: value("event")?.to_owned(),
        number: value("id").expect("an id").parse().expect("a number"),
        data: value("data").expect("data").parse().expect("JSON"),
    })
}

/// What came back.
#[derive(Clone)]
pub struct Answer {
    what: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = String::from_utf8_lossy(&self.body);
        let body: String = body.chars().take(2_000).collect();
        write!(f, "{} -> {}\n{:#?}\n{body}", self.what, self.status, self.headers)
    }
}

impl Answer {
    #[track_caller]
    fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("the head of an answer");
        let head = std::str::from_utf8(&bytes[..end]).expect("a head of text");
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
        let mut headers = HeaderMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            headers.append(name.parse::<HeaderName>().expect("a name"), value.trim().parse().expect("a value"));
        }
        Self {
            what: "a raw request".to_owned(),
            status: status.expect("a status"),
            headers,
            body: bytes[end + 4..].to_vec(),
        }
    }

    #[track_caller]
    pub fn status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).unwrap_or_else(|| panic!("no header {name}: {self:?}"));
        value.to_str().expect("a header of text")
    }

    pub fn has_header(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        let kind = self.header("content-type");
        assert!(kind.starts_with("application/json") || kind.starts_with("application/problem+json"), "{self:?}");
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    #[track_caller]
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("text")
    }

    /// An error as the contract shapes it; its problem.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        let kind = self.header("content-type");
        assert!(kind.starts_with("application/problem+json"), "content type {kind}: {self:?}");
        let problem = self.json();
        assert_eq!(problem["type"], format!("/problems/{code}"), "{self:?}");
        assert_eq!(problem["status"], status, "{self:?}");
        for key in ["title", "detail", "request_id"] {
            assert!(problem[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {self:?}");
        }
        assert_eq!(problem["request_id"], self.header("x-request-id"), "{self:?}");
        if status == 401 {
            assert!(self.header("www-authenticate").starts_with("Bearer"), "{self:?}");
        }
        if status == 405 {
            assert!(!self.header("allow").is_empty(), "{self:?}");
        }
        if status == 503 || status == 429 {
            assert!(self.header("retry-after").parse::<u32>().is_ok(), "{self:?}");
        }
        problem
    }

    /// An error whose list of errors names this pointer.
    #[track_caller]
    pub fn problem_at(&self, status: u16, code: &str, pointer: &str) {
        let problem = self.problem(status, code);
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        let named = errors.iter().any(|error| {
            error["pointer"] == pointer && error["detail"].as_str().is_some_and(|detail| !detail.is_empty())
        });
        assert!(named, "no error at {pointer}: {self:?}");
    }
}

/// A form of a page, filled in as a browser without JavaScript would.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// The form of a page that is sent to this address.
    #[track_caller]
    pub fn find(page: &str, action: &str) -> Self {
        let forms = tags(page, "form");
        let (at, form) = forms
            .iter()
            .find(|(_, tag)| attribute(tag, "action").as_deref() == Some(action))
            .unwrap_or_else(|| panic!("no form with action {action}:\n{page}"));
        Self::read(page, *at, form, action)
    }

    /// The first form of a page that is sent to this address by POST.
    pub fn find_post(page: &str, action: &str) -> Option<Self> {
        let forms = tags(page, "form");
        let (at, tag) = forms.iter().find(|(_, tag)| {
            attribute(tag, "action").as_deref() == Some(action) && attribute(tag, "method").as_deref() == Some("post")
        })?;
        Some(Self::read(page, *at, tag, action))
    }

    /// The form that a button of a page sends to this address (`formaction`).
    #[track_caller]
    pub fn button(page: &str, action: &str) -> Self {
        for (at, tag) in tags(page, "button") {
            if attribute(&tag, "formaction").as_deref() != Some(action) {
                continue;
            }
            let forms = tags(page, "form");
            let owner = match attribute(&tag, "form") {
                Some(id) => forms.iter().find(|(_, form)| attribute(form, "id").as_deref() == Some(&id)),
                None => forms.iter().rev().find(|(start, _)| *start < at),
            };
            let (start, form) = owner.unwrap_or_else(|| panic!("the button for {action} has no form:\n{page}"));
            let mut found = Self::read(page, *start, form, action);
            if let (Some(name), Some(value)) = (attribute(&tag, "name"), attribute(&tag, "value")) {
                found.fields.push((name, value));
            }
            return found;
        }
        panic!("no button for {action}:\n{page}");
    }

    fn read(page: &str, at: usize, tag: &str, action: &str) -> Self {
        let method = attribute(tag, "method").unwrap_or_default();
        assert_eq!(method.to_lowercase(), "post", "{tag}");
        let end = page[at..].find("</form>").map_or(page.len(), |end| at + end);
        let mut fields = Vec::new();
        for (_, input) in tags(&page[at..end], "input") {
            let kind = attribute(&input, "type").unwrap_or_default();
            let Some(name) = attribute(&input, "name") else { continue };
            if kind != "checkbox" || has_attribute(&input, "checked") {
                fields.push((name, attribute(&input, "value").unwrap_or_default()));
            }
        }
        Self { action: action.to_owned(), fields }
    }

    /// An empty form that no page has.
    pub fn to(action: &str) -> Self {
        Self { action: action.to_owned(), fields: Vec::new() }
    }

    /// The same fields, sent to another address.
    pub fn at(mut self, action: &str) -> Self {
        self.action = action.to_owned();
        self
    }

    pub fn field(&self, name: &str) -> Option<String> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone())
    }

    pub fn fill(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|(field, _)| field == name) {
            Some(field) => field.1 = value.to_owned(),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// One more field, whatever fields of its name there are.
    pub fn add(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with the page's box for all that match ticked.
    #[track_caller]
    pub fn all_that_match(self, page: &str) -> Self {
        let boxes = tags(page, "input").into_iter().map(|(_, tag)| tag);
        let all = boxes.into_iter().find(|tag| attribute(tag, "name").as_deref() == Some("all"));
        self.fill("all", &all.and_then(|tag| attribute(&tag, "value")).expect("a box for all that match"))
    }

    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self
    }

    /// The same fields, sent to another address.
    pub fn sent_to(mut self, action: &str) -> Self {
        self.action = action.to_owned();
        self
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    pub fn request(&self, user: &impl User) -> Request {
        let body = self.fields.iter().map(|(k, v)| format!("{}={}", segment(k), segment(v)));
        user.request("POST", &self.action)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &user.server().url(""))
            .body(body.collect::<Vec<_>>().join("&"))
    }

    #[track_caller]
    pub fn submit(&self, user: &impl User) -> Answer {
        self.request(user).send()
    }
}

/// Every opening tag of this name, with its place.
pub fn tags(page: &str, name: &str) -> Vec<(usize, String)> {
    let start = format!("<{name}");
    page.match_indices(&start)
        .filter(|(at, _)| page[at + start.len()..].starts_with([' ', '>', '\n']))
        .map(|(at, _)| (at, page[at..].split_inclusive('>').next().unwrap_or_default().to_owned()))
        .collect()
}

pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..start + tag[start..].find('"')?];
    Some(unescape(value))
}

fn has_attribute(tag: &str, name: &str) -> bool {
    tag.contains(&format!(" {name}"))
}

/// HTML's own escapes that a template engine writes.
pub fn unescape(text: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

/// All that can be seen of one name below a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    kind: &'static str,
    mode: u32,
    owner: (u32, u32),
    modified: (i64, i64),
    inode: u64,
    size: u64,
    content: Vec<u8>,
}

/// Every name below a folder with all that can be seen of it; large files by their size alone.
pub fn snapshot(root: &Path) -> BTreeMap<PathBuf, Seen> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).follow_links(false) {
        let entry = entry.expect("an entry");
        let meta = fs::symlink_metadata(entry.path()).expect("its metadata");
        let kind = meta.file_type();
        let (kind, content) = if kind.is_symlink() {
            let target = fs::read_link(entry.path()).expect("its target");
            ("link", target.into_os_string().into_encoded_bytes())
        } else if kind.is_dir() {
            ("folder", Vec::new())
        } else if kind.is_file() {
            let small = meta.size() <= 2 << 20;
            ("file", if small { fs::read(entry.path()).unwrap_or_default() } else { Vec::new() })
        } else if kind.is_fifo() {
            ("fifo", Vec::new())
        } else {
            ("other", Vec::new())
        };
        let seen = Seen {
            kind,
            mode: meta.mode(),
            owner: (meta.uid(), meta.gid()),
            modified: (meta.mtime(), meta.mtime_nsec()),
            inode: meta.ino(),
            size: meta.size(),
            content,
        };
        all.insert(entry.path().to_owned(), seen);
    }
    all
}

/// Fails with the names that differ.
#[track_caller]
pub fn assert_unchanged(before: &BTreeMap<PathBuf, Seen>, after: &BTreeMap<PathBuf, Seen>) {
    let names = before.keys().chain(after.keys());
    let differ: Vec<_> = names.filter(|name| before.get(*name) != after.get(*name)).collect();
    assert!(differ.is_empty(), "changed: {differ:?}");
}

/// The whole journal by id, of what a query lets through (`&app=…`).
#[track_caller]
pub fn journal(user: &impl User, query: &str) -> Vec<(String, Value)> {
    let mut entries = Vec::new();
    let mut path = format!("/api/v1/changes?limit=500{query}");
    loop {
        let page = user.json(&path);
        let items = page["items"].as_array().expect("items");
        entries.extend(items.iter().map(|entry| (entry["id"].as_str().expect("an id").to_owned(), entry.clone())));
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/api/v1/changes?limit=500{query}&cursor={cursor}"),
            None => return entries,
        }
    }
}

/// The names in an app's folder. On Windows, a file that was removed keeps its name while anybody has it open: a temporary
/// one is waited for.
pub fn names(folder: &Path) -> Vec<String> {
    let start = Instant::now();
    loop {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        let is_going = is_windows() && names.iter().any(|name| name.ends_with(".tmp"));
        if !is_going || start.elapsed() > Duration::from_secs(5) {
            names.sort();
            return names;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
