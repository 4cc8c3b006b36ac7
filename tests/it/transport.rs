//! What lies below a request: TLS, proxies, limits, and the headers of every answer.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::spawn::*;

/// A certificate and its key, made here.
struct Pair {
    cert: String,
    key: String,
    der: CertificateDer<'static>,
}

fn pair() -> Pair {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    Pair { cert: made.cert.pem(), key: made.signing_key.serialize_pem(), der: made.cert.der().clone() }
}

/// The two files of a site.
struct Files {
    cert: PathBuf,
    key: PathBuf,
}

impl Files {
    fn new(site: &Site, pair: &Pair) -> Self {
        let files = Self { cert: site.temp().join("cert.pem"), key: site.temp().join("key.pem") };
        files.put(pair);
        files
    }

    fn put(&self, pair: &Pair) {
        fs::write(&self.cert, &pair.cert).unwrap();
        fs::write(&self.key, &pair.key).unwrap();
    }

    fn args(&self) -> [&str; 4] {
        ["--tls-cert", self.cert.to_str().unwrap(), "--tls-key", self.key.to_str().unwrap()]
    }
}

type Tls = StreamOwned<ClientConnection, TcpStream>;

/// An encrypted connection that trusts this certificate and no other.
fn connect_tls(server: &Server<'_>, trusted: &Pair) -> Result<Tls, std::io::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.der.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = StreamOwned::new(ClientConnection::new(Arc::new(config), name).unwrap(), connect(server));
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    Ok(stream)
}

fn connect(server: &Server<'_>) -> TcpStream {
    let stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

/// A connection from another address of this machine.
fn connect_from(server: &Server<'_>, address: &str) -> TcpStream {
    let to: SocketAddr = server.address.parse().unwrap();
    let stream = wait(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(address.parse().unwrap(), 0)).unwrap();
        socket.connect(to).await.unwrap()
    });
    let stream = stream.into_std().unwrap();
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

const ALIVE: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Asks whether the server is alive, on a connection that stays open; the status, `None` where it is closed.
fn alive(stream: &mut (impl Read + Write)) -> Option<u16> {
    stream.write_all(ALIVE).ok()?;
    let mut answer = Vec::new();
    let mut part = [0; 4096];
    while !answer.ends_with(br#"{"status":"ok"}"#) {
        match stream.read(&mut part) {
            Ok(0) | Err(_) => return None,
            Ok(read) => answer.extend_from_slice(&part[..read]),
        }
    }
    std::str::from_utf8(&answer[9..12]).ok()?.parse().ok()
}

/// All that comes until the server closes.
fn to_the_end(stream: &mut impl Read) -> String {
    let mut all = Vec::new();
    match stream.read_to_end(&mut all) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => panic!("it is not closed"),
        // Closed without ceremony is closed.
        _ => String::from_utf8_lossy(&all).into_owned(),
    }
}

fn said(output: &Output) -> String {
    assert!(!output.status.success(), "it should not start");
    assert_eq!(output.stdout, b"", "nothing is served");
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn serve_and_fail(site: &Site, args: &[&str]) -> String {
    let all = site.serve_args();
    let all: Vec<&str> = all.iter().map(String::as_str).chain(args.iter().copied()).collect();
    said(&run(&all))
}

#[test]
fn with_a_certificate_everything_is_https() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let files = Files::new(&site, &pair());
    let server = site.serve_with(&files.args());
    assert_eq!(server.scheme, "https://");
    server.setup_link();
    assert!(server.log().contains(&format!("https://{}/setup?token=", server.address)), "{}", server.log());
    let (owner, cookie) = first_owner(&server);
    let answer = owner.get("/sessions").status(200);
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
    assert!(cookie.starts_with("__Host-login="), "{cookie}");
    for part in ["; Secure", "; HttpOnly", "; Path=/", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert_eq!(server.viewer().ids("/api/v1/sessions"), [id(1)]);
    // The same origin by http is another origin.
    let page = server.stranger().get("/login").status(200).text();
    let form = Form::find(&page, "/login").fill("name", "owner1").fill("password", PASSWORD);
    let forged = form.request(&server.stranger()).header("sec-fetch-site", "");
    forged.header("origin", &format!("http://{}", server.address)).send().status(403);
}

/// The first owner, and the cookie as it was set.
fn first_owner<'a>(server: &'a Server<'a>) -> (Cookie<'a>, String) {
    let browser = server.stranger();
    let page = browser.get(&server.setup_link()).status(200).text();
    let form = Form::find(&page, "/setup").fill("name", "owner1").fill("password", PASSWORD);
    let cookie = form.submit(&browser).status(303).header("set-cookie").to_owned();
    (browser, cookie)
}

/// The beginning of HTTP/2 by somebody who asks nobody before: its preface, and a frame of settings.
const HTTP_2: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

#[test]
fn http_2_is_never_spoken() {
    let site = Site::new();
    let trusted = pair();
    let files = Files::new(&site, &trusted);
    let server = site.serve_with(&files.args());
    let client = || reqwest::Client::builder().tls_danger_accept_invalid_certs(true).no_proxy();
    let answer = wait(client().build().unwrap().get(server.url("/login")).send()).unwrap();
    assert_eq!((answer.version(), answer.status().as_u16()), (reqwest::Version::HTTP_11, 200));
    let stubborn = client().http2_prior_knowledge().build().unwrap();
    assert!(wait(stubborn.get(server.url("/login")).send()).is_err());
    let refused = |mut stream: &mut dyn ReadWrite| {
        stream.write_all(HTTP_2).unwrap();
        let got = to_the_end(&mut stream);
        assert!(got.is_empty() || got.starts_with("HTTP/1.1 400"), "{got}");
    };
    refused(&mut connect_tls(&server, &trusted).unwrap());
    drop(server);

    let server = site.serve();
    refused(&mut connect(&server));
    let mut stream = connect(&server);
    let upgrade = "GET /login HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\
                   HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";
    stream.write_all(upgrade.as_bytes()).unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200", "the upgrade is passed over");
}

trait ReadWrite: Read + Write {}

impl<T: Read + Write> ReadWrite for T {}

/// The most memory that the program ever held, in bytes.
fn peak(server: &Server<'_>) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
}

/// 60 MiB of zeros in some 60 KiB.
fn packed() -> Vec<u8> {
    let mut gzip = Command::new("gzip").arg("-c").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = gzip.stdin.take().unwrap();
    let feed = std::thread::spawn(move || (0..60).for_each(|_| input.write_all(&[0; 1 << 20]).unwrap()));
    let packed = gzip.wait_with_output().unwrap().stdout;
    feed.join().unwrap();
    assert!(packed.len() < 100_000);
    packed
}

#[test]
fn a_packed_body_is_refused_and_never_unpacked() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve_with(&["--max-requests", "0"]);
    let (owner, token) = (server.first_owner(), server.owner());
    let bomb = packed();
    let before = peak(&server);
    let form = |path: &str, coding: &str| {
        let request = owner.request("POST", path).header("content-type", "application/x-www-form-urlencoded");
        request.header("content-encoding", coding).body(bomb.clone()).send()
    };
    for coding in ["gzip", "x-gzip", "GZIP", "deflate", "br", "zstd", "identity, gzip", "nonsense"] {
        let page = form("/login", coding).status(415);
        assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
    }
    for path in ["/setup", "/link/x", "/logout", "/users", "/sessions/selected", "/push", "/nothing"] {
        form(path, "gzip").status(415);
    }
    for (method, path) in [
        ("POST", "/api/v1/sessions/batch"),
        ("POST", "/api/v1/sessions/search"),
        ("POST", "/api/v1/refresh"),
        ("PUT", "/api/v1/me/password"),
        ("PATCH", &session_path(CONTACT, &id(1))),
        ("POST", "/api/v1/webhooks"),
    ] {
        let request = token.request(method, path).header("content-type", "application/json");
        let answer = request.header("content-encoding", "gzip").body(bomb.clone()).send();
        answer.problem(415, "unsupported-media-type");
    }
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| form("/login", "gzip").status(415));
        }
    });
    let more = peak(&server) - before;
    assert!(more < 40 << 20, "{more} bytes more");
    form("/login", "identity").status(422);
}

#[test]
fn answers_that_nobody_reads_take_little_memory() {
    let site = Site::new();
    let server = site.serve_with(&["--max-requests", "0"]);
    let before = peak(&server);
    let many = b"GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(5_000);
    let streams: Vec<_> = (0..20).map(|_| connect(&server)).collect();
    std::thread::scope(|scope| {
        for mut stream in &streams {
            let many = &many;
            scope.spawn(move || {
                stream.set_write_timeout(Some(Duration::from_secs(3))).unwrap();
                // More than the server and the system take in, so that it does not end.
                let _ = stream.write_all(many);
            });
        }
    });
    let more = peak(&server) - before;
    assert!(more < 40 << 20, "{more} bytes more for 100,000 requests");
    assert_eq!(alive(&mut connect_from(&server, "127.0.0.9")), Some(200));
}

/// How long one answer of many takes, asked for one after another on one connection.
fn median(stream: &mut (impl Read + Write), path: &str, headers: &str) -> Duration {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
    let mut times: Vec<Duration> = (0..41)
        .map(|_| {
            let begun = Instant::now();
            stream.write_all(request.as_bytes()).unwrap();
            one_answer(stream);
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[20]
}

/// Reads to the end of one answer, by its length or its last chunk.
fn one_answer(stream: &mut impl Read) {
    let (mut got, mut part) = (Vec::new(), [0; 65536]);
    loop {
        let read = stream.read(&mut part).unwrap();
        assert!(read > 0, "it hung up");
        got.extend_from_slice(&part[..read]);
        let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&got[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        match length {
            Some(length) if got.len() >= end + 4 + length => return,
            None if got.ends_with(b"0\r\n\r\n") => return,
            _ => {}
        }
    }
}

#[test]
fn a_compressed_answer_comes_as_soon_as_a_plain_one() {
    let site = Site::with(&(0..50).map(|n| session(CONTACT, &id(n))).collect::<Vec<_>>());
    let trusted = pair();
    let files = Files::new(&site, &trusted);
    let [a, b, c, d] = files.args();
    let server = site.serve_with(&[a, b, c, d, "--metrics-listen", "127.0.0.1:0"]);
    let who = format!("Authorization: Bearer {}\r\n", server.viewer().secret);
    let compressed = format!("{who}Accept-Encoding: gzip\r\n");
    let check = |stream: &mut dyn ReadWrite, path: &str| {
        let mut stream = stream;
        let (plain, packed) = (median(&mut stream, path, &who), median(&mut stream, path, &compressed));
        // Without it, each waits 40 ms for the acknowledgement of its head.
        assert!(packed < plain + Duration::from_millis(25), "{path}: {packed:?}, plain {plain:?}");
    };
    for path in ["/api/v1/sessions", "/sessions", "/login", "/api/v1/openapi.json"] {
        check(&mut connect_tls(&server, &trusted).unwrap(), path);
    }
    let log = server.log();
    let metrics = log.split("metrics on http://").nth(1).unwrap().split('/').next().unwrap();
    check(&mut TcpStream::connect(metrics).unwrap(), "/metrics");
    drop(server);
    let server = site.serve();
    for path in ["/api/v1/sessions", "/sessions", "/login"] {
        check(&mut connect(&server), path);
    }
}

#[test]
fn behind_a_proxy_a_browser_keeps_its_login_to_https() {
    let cookie = |server: &Server<'_>, proto: &str| {
        let browser = server.stranger();
        let link = server.setup_link();
        let page = browser.get(&link).status(200).text();
        let form = Form::find(&page, "/setup").fill("name", "owner1").fill("password", PASSWORD);
        let answer = form.request(&browser).header("x-forwarded-proto", proto).send().status(303);
        (answer.header("set-cookie").to_owned(), answer.has_header("strict-transport-security"))
    };
    let proxy = ["--behind-proxy", "--trusted-proxy", "127.0.0.1"];
    for (more, proto, https) in [
        (&proxy[..], "", true),
        (&proxy, "https", true),
        (&["--behind-proxy", "--proxy-is-anyone"], "", true),
        (&["--behind-proxy", "--trusted-proxy", "10.0.0.7"], "", true),
        (&["--trusted-proxy", "127.0.0.1"], "https", true),
        (&["--trusted-proxy", "127.0.0.1"], "http", false),
        (&["--trusted-proxy", "10.0.0.7"], "https", false),
        (&["--behind-proxy", "--trusted-proxy", "127.0.0.1", "--plain-http-proxy"], "", false),
        (&["--behind-proxy", "--trusted-proxy", "127.0.0.1", "--public-url", "http://panel.example"], "", false),
        (&["--behind-proxy", "--trusted-proxy", "127.0.0.1", "--public-url", "https://panel.example"], "", true),
    ] {
        let site = Site::new();
        let server = site.serve_with(more);
        let (cookie, hsts) = cookie(&server, proto);
        assert_eq!(cookie.starts_with("__Host-login="), https, "{more:?}: {cookie}");
        assert_eq!((cookie.contains("; Secure"), hsts), (https, https), "{more:?}: {cookie}");
    }
}

#[test]
fn a_proxy_that_nobody_names_stops_the_start() {
    let site = Site::new();
    let said = serve_and_fail(&site, &["--behind-proxy"]);
    assert!(said.contains("--trusted-proxy") && said.contains("--proxy-is-anyone"), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    for option in ["--proxy-is-anyone", "--plain-http-proxy"] {
        assert!(serve_and_fail(&site, &[option]).contains("--behind-proxy"));
    }
    // Every address names no proxy, and would make any that a client invents the first in the row.
    for all in ["0.0.0.0/0", "::/0", "10.0.0.7,0.0.0.0/0"] {
        let said = serve_and_fail(&site, &["--behind-proxy", "--trusted-proxy", all]);
        assert!(said.contains("/0 is every address") && said.contains("--proxy-is-anyone"), "{said}");
    }
    assert!(!site.data().exists(), "nothing was begun");
    let server = site.serve_with(&["--behind-proxy", "--proxy-is-anyone"]);
    until(Duration::from_secs(10), "what it costs", || server.log().contains("can pretend to be any address"));
}

#[test]
fn an_untrusted_proxy_is_named_once() {
    let site = Site::new();
    let server = site.serve_with(&["--trusted-proxy", "10.0.0.7"]);
    let named = || server.log().matches("is not believed").count();
    for header in ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: evil.example", "Forwarded: for=203.0.113.9"] {
        for address in ["127.0.0.1", "127.0.0.2"] {
            let mut stream = connect_from(&server, address);
            write!(stream, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n{header}\r\nConnection: close\r\n\r\n")
                .unwrap();
            to_the_end(&mut stream);
        }
    }
    until(Duration::from_secs(10), "both are named", || named() == 2);
    assert!(server.log().contains("127.0.0.2") && server.log().contains("--trusted-proxy"));
    server.anonymous().get("/healthz").status(200);
    assert_eq!(named(), 2);
}

#[test]
fn only_api_tokens_replace_the_origin_check() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let token = server.owner();
    let evil = "http://evil.example";
    for scheme in
        ["Basic b3duZXIxOng=", "Digest username=\"x\"", "Bearer", "Bearer ", &format!("Bearer {}", token.secret)]
    {
        for path in ["/login", "/setup", "/logout", "/refresh", "/link/x"] {
            let request = owner.request("POST", path).header("authorization", scheme).header("sec-fetch-site", "");
            let answer = request.header("origin", evil).header("content-type", "application/x-www-form-urlencoded");
            let answer = answer.body("name=owner1&password=x").send().status(403);
            assert!(answer.text().contains("came from elsewhere"), "{scheme} {path}: {answer:?}");
        }
    }
    let change = |scheme: &str| {
        let request = owner.request("PATCH", &session_path(CONTACT, &id(1))).header("authorization", scheme);
        request
            .header("sec-fetch-site", "")
            .header("origin", evil)
            .json(serde_json::json!({ "status": "accepted" }))
            .send()
    };
    change("Basic b3duZXIxOng=").problem(403, "cross-origin");
    change("Bearer ").problem(403, "cross-origin");
    change(&format!("Bearer {}", token.secret)).status(200);
}

#[test]
fn credentials_that_nobody_asks_for_do_not_lift_the_limit() {
    let site = Site::new();
    let server = site.serve_with(&["--max-requests", "5"]);
    for (n, path) in
        ["/problems/not-found", "/api/v1/openapi.json", "/api/docs", "/api/v1/nothing", "/login"].iter().enumerate()
    {
        for (m, scheme) in ["Basic x", "Bearer mst_wrong"].iter().enumerate() {
            let address = format!("127.0.1.{}", 2 * n + m + 1);
            let ask = || {
                let mut stream = connect_from(&server, &address);
                let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {scheme}\r\n");
                write!(stream, "{head}Connection: close\r\n\r\n").unwrap();
                to_the_end(&mut stream)
            };
            let limited = (0..20).filter(|_| ask().starts_with("HTTP/1.1 429")).count();
            assert!(limited > 5, "{path} {scheme}: {limited}");
        }
    }
}

#[test]
fn no_requested_address_becomes_a_foreign_link() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/").text();
    assert!(page.contains("name=\"return\""), "forms say where they are");
    for path in [
        "//evil.example/?edit=x",
        "//evil.example/%2e%2e?back=1",
        "///evil.example",
        "/%2f/evil.example?from=x",
        "/.//evil.example/?edit=x",
        "/x//evil.example/",
        "/sessions//evil.example?cursor=x",
        "/sessions?limit=0&return=//evil.example",
    ] {
        let cookie = owner_cookie(&server);
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n",
            server.address
        );
        let answer = server.raw(request.as_bytes());
        let page = answer.text();
        let location = answer.headers.get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        for name in ["a", "link", "form", "button", "input"] {
            for (_, tag) in tags(&page, name) {
                let led = ["href", "action", "formaction", "value"].map(|key| attribute(&tag, key).unwrap_or_default());
                assert!(led.iter().all(|to| !leaves(to)), "{path}: {tag}");
            }
        }
        assert!(!leaves(&location), "{path}: {location}");
    }
    for back in [
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example",
        "/x//evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
    ] {
        let answer = Form::find(&owner.get("/account").text(), "/account/settings").fill("return", back).submit(&owner);
        let location = answer.headers.get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        assert!(!leaves(&location), "{back}: {answer:?}");
    }
}

/// Whether a browser could take it for an address elsewhere.
fn leaves(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.contains("//") || path.contains('\\') || path.contains(':')
}

/// The cookie of somebody who has just logged in.
fn owner_cookie(server: &Server<'_>) -> String {
    let browser = server.stranger();
    let page = browser.get("/login").status(200).text();
    let form = Form::find(&page, "/login").fill("name", "owner1").fill("password", PASSWORD);
    let answer = form.submit(&browser).status(303);
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

#[test]
fn a_new_certificate_is_taken_while_connections_go_on() {
    let site = Site::new();
    let (old, new) = (pair(), pair());
    let files = Files::new(&site, &old);
    let server = site.serve_with(&files.args());
    let mut before = connect_tls(&server, &old).unwrap();
    assert_eq!(alive(&mut before), Some(200));
    assert!(connect_tls(&server, &new).is_err());

    files.put(&new);
    until(Duration::from_secs(20), "the new certificate", || connect_tls(&server, &new).is_ok());
    assert_eq!(alive(&mut before), Some(200), "the open connection goes on");
    assert!(connect_tls(&server, &old).is_err());

    fs::write(&files.cert, "nonsense").unwrap();
    until(Duration::from_secs(20), "a warning", || server.log().contains("--tls-cert: there is no certificate"));
    assert_eq!(alive(&mut connect_tls(&server, &new).unwrap()), Some(200), "the old pair is kept");
    fs::write(&files.cert, &old.cert).unwrap();
    until(Duration::from_secs(20), "a warning", || server.log().contains("does not belong to the certificate"));
    fs::remove_file(&files.key).unwrap();
    until(Duration::from_secs(20), "a warning", || server.log().contains("key.pem cannot be read"));
    assert_eq!(alive(&mut connect_tls(&server, &new).unwrap()), Some(200), "the old pair is kept");

    files.put(&old);
    until(Duration::from_secs(20), "the certificate after it", || connect_tls(&server, &old).is_ok());
    assert_eq!(alive(&mut before), Some(200), "the open connection goes on");
    assert_eq!(server.log().matches("is kept").count(), 3, "each is told of once: {}", server.log());
}

#[test]
fn a_wrong_certificate_stops_the_start() {
    let site = Site::new();
    let (one, other) = (pair(), pair());
    let file = |name: &str, content: &str| {
        let path = site.temp().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (cert, key) = (file("cert.pem", &one.cert), file("key.pem", &one.key));
    let missing = site.temp().join("missing.pem").to_str().unwrap().to_owned();
    let folder = site.temp().to_str().unwrap().to_owned();
    let (empty, nonsense) = (file("empty.pem", ""), file("nonsense.pem", "nonsense"));
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let (broken, other_key) = (file("broken.pem", broken), file("other.pem", &other.key));
    let cut = file("cut.pem", &one.cert[..one.cert.len() / 2]);
    for (cert, key, option) in [
        (&missing, &key, "--tls-cert"),
        (&folder, &key, "--tls-cert"),
        (&empty, &key, "--tls-cert"),
        (&nonsense, &key, "--tls-cert"),
        (&broken, &key, "--tls-cert"),
        (&cut, &key, "--tls-cert"),
        (&key, &key, "--tls-cert"),
        (&cert, &missing, "--tls-key"),
        (&cert, &folder, "--tls-key"),
        (&cert, &empty, "--tls-key"),
        (&cert, &nonsense, "--tls-key"),
        (&cert, &cert, "--tls-key"),
        (&cert, &other_key, "--tls-key"),
    ] {
        let said = serve_and_fail(&site, &["--tls-cert", cert, "--tls-key", key]);
        assert!(said.starts_with(option) && said.trim_end().lines().count() == 1, "{cert} {key}: {said}");
        assert!(said.trim_end().ends_with('.') && !said.contains("PRIVATE KEY-----"), "{said}");
    }
    for (args, option) in [
        (&["--tls-cert", &cert][..], "--tls-key"),
        (&["--tls-key", &key], "--tls-cert"),
        (&["--tls-cert", &cert, "--tls-key", &key, "--public-url", "http://a.example"], "--public-url"),
    ] {
        let said = serve_and_fail(&site, args);
        assert!(said.contains(option) && said.trim_end().lines().count() == 1, "{args:?}: {said}");
    }
    assert!(!site.data().exists(), "nothing was begun");
}

#[test]
fn the_environment_can_name_the_tls_files() {
    let site = Site::new();
    let files = Files::new(&site, &pair());
    let (root, data) = (site.root(), site.data());
    let mut command = Command::new(program());
    command.env("MOBILE_SESSIONS_TLS_CERT", &files.cert).env("MOBILE_SESSIONS_TLS_KEY", &files.key);
    command.arg("serve").arg(&root).args(["--listen", "0.0.0.0:0", "--data-dir"]).arg(&data);
    let server = site.serve_command(command);
    assert!(server.log().contains("listening on https://0.0.0.0:"), "{}", server.log());
    server.setup_link();
    assert!(server.log().contains("https://127.0.0.1:"), "a link that works here: {}", server.log());
    server.anonymous().get("/login").status(200);

    let root = root.to_str().unwrap();
    let said = said(&run(&["serve", root, "--listen", "0.0.0.0:0"]));
    assert!(said.contains("--tls-cert") && said.contains("--insecure"), "{said}");
}

#[test]
fn what_is_no_tls_is_cut_and_harms_nobody() {
    let site = Site::new();
    let trusted = pair();
    let files = Files::new(&site, &trusted);
    let server = site.serve_with(&files.args());
    let mut plain = connect(&server);
    plain.write_all(ALIVE).unwrap();
    assert!(!to_the_end(&mut plain).contains("200 OK"));
    let mut silent = connect(&server);
    let begun = Instant::now();
    to_the_end(&mut silent);
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    assert_eq!(alive(&mut connect_tls(&server, &trusted).unwrap()), Some(200));
}

#[test]
fn who_keeps_the_server_waiting_under_tls_is_cut_too() {
    let site = Site::new();
    let trusted = pair();
    let files = Files::new(&site, &trusted);
    let [a, b, c, d] = files.args();
    let server = site.serve_with(&[a, b, c, d, "--keep-alive", "1s", "--max-connections", "4"]);
    let mut one = connect_tls(&server, &trusted).unwrap();
    let mut two = connect_tls(&server, &trusted).unwrap();
    assert_eq!((alive(&mut one), alive(&mut two)), (Some(200), Some(200)));
    let third = connect_tls(&server, &trusted).ok().and_then(|mut third| alive(&mut third));
    assert_eq!(third, None, "one too many of this address");
    let begun = Instant::now();
    one.write_all(b"GET /healthz HTTP/1.1\r\n").unwrap();
    assert_eq!(to_the_end(&mut one), "");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(alive(&mut connect_tls(&server, &trusted).unwrap()), Some(200));
}

/// The address that a token was last used from, as the command line tells it.
fn last_used(site: &Site, secret: &str, server: &Server<'_>, forwarded: &[&str]) -> String {
    let headers: String = forwarded.iter().map(|value| format!("X-Forwarded-For: {value}\r\n")).collect();
    let request = format!(
        "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\n{headers}\
         Forwarded: for=198.51.100.1\r\nX-Real-IP: 198.51.100.2\r\nConnection: close\r\n\r\n"
    );
    server.raw(request.as_bytes()).status(200);
    let mut from = String::new();
    until(Duration::from_secs(10), "its use is noted", || {
        let list = String::from_utf8(site.command(&["token", "list"]).stdout).unwrap();
        from = list.split_whitespace().next_back().unwrap().to_owned();
        from != "never"
    });
    from
}

#[test]
fn a_forwarded_address_counts_from_a_trusted_proxy_alone() {
    for (args, forwarded, address) in [
        (&[][..], &["203.0.113.9"][..], "127.0.0.1"),
        (&["--behind-proxy", "--trusted-proxy", "10.0.0.0/8"], &["203.0.113.9"], "127.0.0.1"),
        (&["--behind-proxy", "--proxy-is-anyone"], &["8.8.8.8, 203.0.113.9"], "203.0.113.9"),
        (&["--trusted-proxy", "10.0.0.0/8"], &["203.0.113.9"], "127.0.0.1"),
        (&["--trusted-proxy", "127.0.0.1"], &["203.0.113.9"], "203.0.113.9"),
        (&["--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "127.0.0.0/8"], &["203.0.113.9"], "203.0.113.9"),
        (&["--trusted-proxy", "10.0.0.0/8,127.0.0.0/8"], &["8.8.8.8, 203.0.113.9", "10.2.3.4"], "203.0.113.9"),
        (&["--trusted-proxy", "127.0.0.1"], &["::ffff:203.0.113.9"], "203.0.113.9"),
        (&["--trusted-proxy", "127.0.0.1"], &["nonsense"], "127.0.0.1"),
        (&["--trusted-proxy", "127.0.0.1"], &[], "127.0.0.1"),
    ] {
        let site = Site::new();
        let secret = site.token_with("viewer", &[], false);
        let server = site.serve_with(args);
        assert_eq!(last_used(&site, &secret, &server, forwarded), address, "{args:?} {forwarded:?}");
    }
}

#[test]
fn a_proxy_that_is_no_network_stops_the_start() {
    let site = Site::new();
    for wrong in ["proxy.example", "10.0.0.0/33", "127.0.0.1,nonsense", "10.0.0"] {
        let said = serve_and_fail(&site, &["--trusted-proxy", wrong]);
        assert!(said.contains("--trusted-proxy") && said.contains("10.0.0.0/8"), "{said}");
    }
    let mut command = Command::new(program());
    let output = command.args(site.serve_args()).env("MOBILE_SESSIONS_TRUSTED_PROXY", "10.0.0.0/8,x").output();
    assert!(said(&output.unwrap()).contains("--trusted-proxy"));
}

#[test]
fn a_forwarded_host_counts_from_a_trusted_proxy_alone() {
    let ask = |server: &Server<'_>, host: &str, forwarded: &str| {
        let user = server.anonymous();
        user.request("GET", "/login").header("host", host).header("x-forwarded-host", forwarded).send().status
    };
    let site = Site::new();
    let server = site.serve_with(&["--host", "panel.example"]);
    assert_eq!(ask(&server, "panel.example", ""), 200);
    assert_eq!(ask(&server, "evil.example", "panel.example"), 421);
    assert_eq!(ask(&server, "panel.example", "evil.example"), 200, "it is not read");
    drop(server);
    let server = site.serve_with(&["--host", "panel.example", "--trusted-proxy", "127.0.0.1"]);
    assert_eq!(ask(&server, "inside", "panel.example"), 200);
    assert_eq!(ask(&server, "panel.example", "evil.example"), 421);
    assert_eq!(ask(&server, "panel.example", ""), 200);

    let log_in = |origin: &str, scheme: &str| {
        let page = server.stranger().get("/login").status(200).text();
        let request = Form::find(&page, "/login").fill("name", "x").fill("password", PASSWORD);
        let request = request.request(&server.stranger()).header("sec-fetch-site", "").header("origin", origin);
        let request = request.header("x-forwarded-proto", scheme).header("x-forwarded-host", "panel.example");
        request.header("host", "inside").send().status
    };
    assert_eq!(log_in("https://panel.example", "https"), 422, "our own form, wrong password");
    assert_eq!(log_in("http://panel.example", "https"), 403);
    assert_eq!(log_in("https://evil.example", "https"), 403);
}

#[test]
fn a_dribbled_head_is_cut() {
    let site = Site::new();
    let server = site.serve_with(&["--keep-alive", "1s"]);
    let dribble = |mut stream: TcpStream| {
        let begun = Instant::now();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n").unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        let mut all = Vec::new();
        let mut part = [0; 4096];
        while begun.elapsed() < Duration::from_secs(25) {
            match stream.read(&mut part) {
                Ok(read) if read > 0 => all.extend_from_slice(&part[..read]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    // What is sent to a closed connection fails at the next try.
                    let _ = stream.write_all(b"X-A: b\r\n");
                }
                _ => return String::from_utf8(all).unwrap(),
            }
        }
        panic!("a dribbled head is still waited for");
    };
    std::thread::scope(|scope| {
        scope.spawn(|| assert!(dribble(connect(&server)).starts_with("HTTP/1.1 408")));
        scope.spawn(|| {
            let mut stream = connect(&server);
            assert_eq!(alive(&mut stream), Some(200));
            assert_eq!(dribble(stream), "");
        });
        scope.spawn(|| {
            let mut stream = connect(&server);
            assert_eq!(alive(&mut stream), Some(200));
            let begun = Instant::now();
            assert_eq!(to_the_end(&mut stream), "", "who is silent is let go");
            assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        });
        for _ in 0..20 {
            assert_eq!(alive(&mut connect(&server)), Some(200));
            std::thread::sleep(Duration::from_millis(500));
        }
    });
}

#[test]
fn an_answer_nobody_takes_is_dropped() {
    let sessions: Vec<_> = (0..500).map(|n| session(CONTACT, &id(n))).collect();
    let site = Site::with(&sessions);
    let server = site.serve_with(&["--keep-alive", "1s"]);
    let secret = server.viewer().secret;
    let one =
        format!("GET /api/v1/sessions?limit=500 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\n\r\n");
    let mut stream = connect(&server);
    // More than the buffers on the way hold.
    stream.write_all(one.repeat(100).as_bytes()).unwrap();
    std::thread::sleep(Duration::from_secs(16));
    let got = to_the_end(&mut stream);
    assert!(got.starts_with("HTTP/1.1 200"));
    assert!(got.matches("HTTP/1.1 200").count() < 100, "it was not cut");
    server.anonymous().get("/healthz").status(200);
}

#[test]
fn a_dribbled_body_is_refused() {
    let site = Site::new();
    let server = site.serve();
    let secret = server.viewer().secret;
    let api = format!(
        "POST /api/v1/refresh HTTP/1.1\r\nAuthorization: Bearer {secret}\r\nContent-Type: application/json\r\n"
    );
    let form =
        "POST /login HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    std::thread::scope(|scope| {
        for (head, status) in [(api.as_str(), "400"), (form, "400")] {
            for length in ["Content-Length: 1000", "Transfer-Encoding: chunked"] {
                let server = &server;
                scope.spawn(move || {
                    let mut stream = connect(server);
                    let begun = Instant::now();
                    let first = if length.contains("chunked") { "3e8\r\n{" } else { "{" };
                    write!(stream, "{head}Host: localhost\r\n{length}\r\n\r\n{first}").unwrap();
                    let got = to_the_end(&mut stream);
                    assert!(got.starts_with(&format!("HTTP/1.1 {status}")), "{length}: {got}");
                    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
                });
            }
        }
    });
    server.anonymous().get("/healthz").status(200);
}

#[test]
fn one_address_gets_half_of_the_connections() {
    let site = Site::new();
    let server = site.serve_with(&["--max-connections", "4"]);
    let mut held: Vec<_> =
        ["127.0.0.2", "127.0.0.2", "127.0.0.3", "127.0.0.3"].map(|a| connect_from(&server, a)).into();
    assert!(held.iter_mut().all(|stream| alive(stream) == Some(200)), "so many are let in");
    let mut late = connect_from(&server, "127.0.0.4");
    late.set_read_timeout(Some(Duration::from_millis(700))).unwrap();
    assert_eq!(alive(&mut late), None, "nobody answers yet");
    assert_eq!(alive(&mut held[3]), Some(200), "those inside are served");
    held.clear();
    late.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut first = [0; 12];
    late.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");

    let mut greedy: Vec<_> = (0..3).map(|_| connect_from(&server, "127.0.0.5")).collect();
    let served: Vec<_> = greedy.iter_mut().map(|stream| alive(stream).is_some()).collect();
    assert_eq!(served.iter().filter(|served| **served).count(), 2, "{served:?}");
    assert_eq!(alive(&mut connect_from(&server, "127.0.0.6")), Some(200));
}

#[test]
fn a_crowd_that_says_nothing_leaves_room_for_others() {
    let site = Site::new();
    let server = site.serve_with(&["--max-connections", "20"]);
    let crowd: Vec<_> = (0..200).map(|_| connect_from(&server, "127.0.0.2")).collect();
    assert_eq!(alive(&mut connect_from(&server, "127.0.0.3")), Some(200));
    drop(crowd);
    server.anonymous().get("/healthz").status(200);
    for wrong in ["0", "-1", "many"] {
        assert!(serve_and_fail(&Site::new(), &[&format!("--max-connections={wrong}")]).contains("--max-connections"));
    }
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let site = Site::new();
    let server = site.serve();
    let many: String = (0..200).map(|n| format!("X-{n}: a\r\n")).collect();
    for (what, head, statuses) in [
        (
            "a long value",
            format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: {}\r\n\r\n", "a".repeat(300_000)),
            &[431][..],
        ),
        ("many headers", format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"), &[400, 431]),
        ("a long line", format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(70_000)), &[400, 414, 431]),
        ("no end", "G".repeat(300_000), &[400, 431]),
        ("no HTTP", "nonsense\r\n\r\n".to_owned(), &[400]),
    ] {
        let mut stream = connect(&server);
        // It may close before it has read all.
        let _ = stream.write_all(head.as_bytes());
        let got = to_the_end(&mut stream);
        let status = got.get(9..12).and_then(|status| status.parse::<u16>().ok());
        assert!(status.is_none_or(|status| statuses.contains(&status)), "{what}: {got}");
        assert!(got.len() < 2_000, "{what}: {got}");
    }
    assert!(!server.log().contains("ERROR"), "a client's nonsense is no fault of the server: {}", server.log());
    server.anonymous().get("/healthz").status(200);
}

#[test]
fn who_is_not_known_is_limited_by_address() {
    let site = Site::new();
    let server = site.serve_with(&["--max-requests", "5"]);
    let ask = |path: &str, more: &str, address: &str| {
        let mut stream = connect_from(&server, address);
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}Connection: close\r\n\r\n").unwrap();
        to_the_end(&mut stream).get(9..12).unwrap_or_default().to_owned()
    };
    let flood = |path: &str, more: &str, address: &str| {
        let statuses: Vec<_> = (0..20).map(|_| ask(path, more, address)).collect();
        statuses.iter().filter(|status| *status == "429").count()
    };
    assert!(flood("/api/v1/sessions", "", "127.0.0.2") > 5);
    assert!(flood("/api/v1/sessions", "Authorization: Bearer mst_wrong\r\n", "127.0.0.3") > 5);
    assert!(flood("/login", "", "127.0.0.4") > 5);
    assert!(flood("/nothing", "X-Forwarded-For: 203.0.113.9\r\n", "127.0.0.5") > 5);
    assert!(flood("/", "Cookie: login=wrong\r\n", "127.0.0.6") > 5);
    assert_eq!(flood("/healthz", "", "127.0.0.7"), 0);
    assert_eq!(flood("/static/app.css", "", "127.0.0.7"), 0);
    assert_eq!(ask("/login", "", "127.0.0.8"), "200", "others are not limited");
    let secret = server.viewer().secret;
    assert!(flood("/login", "", "127.0.0.9") > 5);
    assert_eq!(
        ask("/api/v1/me", &format!("Authorization: Bearer {secret}\r\n"), "127.0.0.9"),
        "200",
        "nor who is known"
    );
}

/// Of every answer that this program makes.
const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), \
         payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

#[track_caller]
fn assert_headers(answer: &Answer, status: u16, cache: &str, https: bool) {
    assert_eq!(answer.status, status, "{answer:?}");
    for (name, value) in HEADERS {
        assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{name}: {answer:?}");
        assert_eq!(answer.header(name), value, "{answer:?}");
    }
    assert_eq!(answer.header("cache-control"), cache, "{answer:?}");
    assert!(!answer.header("x-request-id").is_empty());
    let hsts = answer.has_header("strict-transport-security").then(|| answer.header("strict-transport-security"));
    assert_eq!(hsts, https.then_some("max-age=31536000"), "{answer:?}");
    for name in ["server", "x-powered-by", "access-control-allow-origin"] {
        assert!(!answer.has_header(name), "{name}: {answer:?}");
    }
}

#[test]
fn every_answer_has_the_headers_to_the_letter() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2))]);
    let server = site.serve();
    let owner = server.first_owner();
    let anonymous = server.anonymous();
    let viewer = server.viewer();
    let is = |answer: Answer, status, cache| assert_headers(&answer, status, cache, false);
    // HTML, with and without a login.
    is(owner.get("/"), 200, "no-store");
    is(owner.get("/sessions"), 200, "no-store");
    is(owner.get(&format!("/apps/{CONTACT}/sessions/{}", id(1))), 200, "no-store");
    is(server.stranger().get("/login"), 200, "no-store");
    is(anonymous.get("/problems/not-found"), 200, "no-store");
    is(owner.head("/"), 200, "no-store");
    // Redirects.
    is(owner.get("/login"), 303, "no-store");
    is(server.stranger().get("/sessions"), 303, "no-store");
    // JSON, CSV, bytes, nothing.
    is(viewer.get("/api/v1/sessions"), 200, "no-store");
    is(viewer.head("/api/v1/sessions"), 200, "no-store");
    is(viewer.request("GET", "/api/v1/sessions").header("accept", "text/csv").send(), 200, "no-store");
    is(viewer.request("GET", "/api/v1/sessions").header("accept-encoding", "gzip").send(), 200, "no-store");
    is(anonymous.get("/healthz"), 200, "no-store");
    is(anonymous.get("/api/v1/openapi.json"), 200, "no-store");
    let operator = server.operator();
    is(operator.delete(&session_path(CONTACT, &id(2))), 204, "no-store");
    // Static files, and 304.
    let kept = anonymous.get("/static/app.css");
    let tag = kept.header("etag").to_owned();
    is(kept, 200, "no-cache");
    is(anonymous.request("GET", "/static/app.css").header("if-none-match", &tag).send(), 304, "no-cache");
    let page = server.stranger().get("/login").text();
    let start = page.find("/static/").unwrap();
    let css = &page[start..start + page[start..].find('"').unwrap()];
    is(anonymous.get(css), 200, "public, max-age=31536000, immutable");
    let path = session_path(CONTACT, &id(1));
    let tag = viewer.etag(CONTACT, &id(1));
    let cache = viewer.get(&path).header("cache-control").to_owned();
    assert!(["no-store", "private, no-cache"].contains(&cache.as_str()), "{cache}");
    is(viewer.request("GET", &path).header("if-none-match", &tag).send(), 304, &cache);
    // Errors of every kind and face.
    is(anonymous.get("/api/v1/sessions"), 401, "no-store");
    is(viewer.delete(&path), 403, "no-store");
    is(owner.get("/nothing"), 404, "no-store");
    is(viewer.get("/api/v1/nothing"), 404, "no-store");
    is(anonymous.get("/static/nothing"), 404, "no-store");
    is(anonymous.delete("/healthz"), 405, "no-store");
    is(operator.request("PATCH", &path).header("content-type", "text/plain").body("x").send(), 415, "no-store");
    is(operator.request("PATCH", &path).header("content-type", "application/json").body("{").send(), 400, "no-store");
    is(operator.request("PATCH", &path).json("x".repeat(100_000).into()).send(), 413, "no-store");
    is(viewer.request("GET", "/login").header("host", "evil.example").send(), 421, "no-store");
    let forged = server.stranger();
    is(forged.request("POST", "/login").header("sec-fetch-site", "cross-site").send(), 403, "no-store");
}

#[test]
fn and_under_tls_tells_browsers_to_stay_there() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2))]);
    let files = Files::new(&site, &pair());
    let server = site.serve_with(&files.args());
    assert_headers(&server.anonymous().get("/healthz"), 200, "no-store", true);
    assert_headers(&server.stranger().get("/login"), 200, "no-store", true);
    assert_headers(&server.anonymous().get("/static/app.css"), 200, "no-cache", true);
    assert_headers(&server.anonymous().get("/api/v1/me"), 401, "no-store", true);
    assert_headers(&server.stranger().get("/"), 303, "no-store", true);
    drop(server);
    let server = site.serve_with(&["--public-url", "https://panel.example"]);
    assert_headers(&server.anonymous().get("/healthz"), 200, "no-store", true);
    drop(server);
    let server = site.serve_with(&["--public-url", "http://panel.example"]);
    assert_headers(&server.anonymous().get("/healthz"), 200, "no-store", false);
}

#[test]
fn no_page_has_anything_inline() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let one = format!("/apps/{CONTACT}/sessions/{}", id(1));
    for path in ["/", "/sessions", "/changes", &one, "/nothing", "/problems/not-found"] {
        let page = owner.get(path).text();
        for inline in ["<style", " style=\"", " onclick=", " onload=", "javascript:"] {
            assert!(!page.contains(inline), "{path} has {inline}");
        }
        let scripts = page.match_indices("<script");
        assert!(scripts.into_iter().all(|(at, _)| page[at..].split('>').next().unwrap().contains(" src=")), "{path}");
    }
}
