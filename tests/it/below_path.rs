//! The panel below a path of a host that others share (`--public-url https://4d.example/sessions/`), behind Debian's
//! nginx with the block of the manual: TLS ends there, and it buffers as it does by default.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mobile_sessions::demo::sample::{self, Sample};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::access::routes_of_the_code;
use crate::browser::Browser;
use crate::spawn::*;

/// The panel's own list stands at this path too: nothing is told apart by the name.
const PATH: &str = "/sessions";
const SOON: Duration = Duration::from_secs(15);

/// What a proxy does with the path before it passes a request on.
#[derive(Clone, Copy, PartialEq)]
enum Passes {
    Whole,
    Stripped,
}

/// An nginx of one test; ended when dropped.
struct Nginx(Child);

impl Nginx {
    /// Passes what is below the path on to this address.
    fn start(site: &Site, port: u16, path: &str, passes: Passes, to: &str) -> Self {
        let dir = site.temp().join("nginx");
        fs::create_dir(&dir).unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        fs::write(dir.join("cert.pem"), made.cert.pem()).unwrap();
        fs::write(dir.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        let slash = if passes == Passes::Stripped { "/" } else { "" };
        let block = block_of_the_manual().replace("/sessions/", &format!("{path}/"));
        let block = block.replace("http://127.0.0.1:8080", &format!("http://{to}{slash}"));
        let temp: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|what| format!("{what}_temp_path {}/{what};\n", dir.display()))
            .concat();
        let config = format!(
            "daemon off;\nmaster_process off;\npid {dir}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temp}server {{\n\
             listen 127.0.0.1:{port} ssl;\nssl_certificate {dir}/cert.pem;\nssl_certificate_key {dir}/key.pem;\n\
             location / {{ return 404 \"4D has no such page\"; }}\n{block}}}\n}}\n",
            dir = dir.display(),
        );
        fs::write(dir.join("nginx.conf"), config).unwrap();
        let binary =
            ["/usr/sbin/nginx", "nginx"].into_iter().find(|name| !name.starts_with('/') || Path::new(name).exists());
        let child = Command::new(binary.unwrap())
            .arg("-c")
            .arg(dir.join("nginx.conf"))
            .arg("-e")
            .arg(dir.join("error.log"))
            .stdin(Stdio::null())
            .spawn()
            .expect("nginx: install nginx-light");
        until(SOON, "nginx listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        Self(child)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the manual says nginx needs.
fn block_of_the_manual() -> String {
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("manual/run.md")).unwrap();
    let block = manual.split("```nginx\n").nth(1).and_then(|rest| rest.split("```").next());
    block.expect("a block for nginx").to_owned()
}

/// A port that is free now.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A running panel below a path, with nginx in front.
struct Below<'a> {
    server: Server<'a>,
    /// `https://localhost:PORT`.
    origin: String,
    client: reqwest::Client,
    _nginx: Nginx,
}

impl<'a> Below<'a> {
    fn start(site: &'a Site, path: &str, passes: Passes) -> Self {
        let port = free_port();
        let origin = format!("https://localhost:{port}");
        let public = format!("{origin}{path}/");
        let options =
            ["--public-url", &public, "--behind-proxy", "--trusted-proxy", "127.0.0.1", "--max-requests", "0"];
        let server = site.serve_with(&options);
        let nginx = Nginx::start(site, port, path, passes, &server.address);
        Self { server, origin, client: new_client(true), _nginx: nginx }
    }
}

impl User for Below<'_> {
    fn server(&self) -> &Server<'_> {
        &self.server
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
    fn prove(&self, headers: &mut HeaderMap) {
        headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
        headers.insert("accept", "text/html,application/xhtml+xml,*/*;q=0.8".parse().unwrap());
        headers.insert("accept-language", "en".parse().unwrap());
    }
}

/// A program with a token, through nginx.
struct Program<'a> {
    below: &'a Below<'a>,
    secret: String,
}

impl User for Program<'_> {
    fn server(&self) -> &Server<'_> {
        &self.below.server
    }
    fn client(&self) -> &reqwest::Client {
        &self.below.server.client
    }
    fn address(&self, path: &str) -> String {
        self.below.address(path)
    }
    fn prove(&self, headers: &mut HeaderMap) {
        headers.insert("authorization", format!("Bearer {}", self.secret).parse().unwrap());
    }
}

fn program<'a>(below: &'a Below<'a>, role: &str) -> Program<'a> {
    Program { below, secret: below.server.token(role).secret }
}

/// Every address in a page, with the attribute that holds it.
fn addresses(page: &str) -> Vec<(&'static str, String)> {
    let tags = page.split('<').skip(1).map(|rest| rest.split_inclusive('>').next().unwrap_or_default());
    tags.flat_map(|tag| {
        ["href", "src", "action", "formaction", "srcset", "poster", "data", "ping", "manifest"]
            .into_iter()
            .filter_map(|name| Some((name, attribute(tag, name)?)))
    })
    .collect()
}

/// Whether a browser stays below the path by this address.
fn stays(address: &str) -> bool {
    let elsewhere = ["https://developer.4d.com/", "https://www.standardwebhooks.com", "otpauth://totp/"];
    address.starts_with(['#', '?'])
        || address.starts_with(&format!("{PATH}/"))
        || elsewhere.iter().any(|site| address.starts_with(site))
}

/// What in an answer leads out of the path.
fn leaks(answer: &Answer) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["location", "link", "content-location", "refresh"] {
        if let Some(value) = answer.headers.get(name).map(|value| value.to_str().unwrap().trim_start_matches('<')) {
            found.extend((!stays(value)).then(|| format!("{name}: {value}")));
        }
    }
    for cookie in answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()) {
        found.extend((!cookie.contains("; Path=/sessions;")).then(|| format!("set-cookie: {cookie}")));
    }
    if answer.headers.get("content-type").is_some_and(|kind| kind.to_str().unwrap().starts_with("text/html")) {
        let out = addresses(&answer.text()).into_iter().filter(|(_, address)| !stays(address));
        found.extend(out.map(|(name, address)| format!("{name}={address}")));
    }
    found
}

/// The route of the code that answers an address below the path.
fn route_of(routes: &BTreeSet<String>, method: &str, address: &str) -> Option<String> {
    let path = address.strip_prefix(PATH)?.split(['?', '#']).next()?;
    let fits = |pattern: &str| {
        let (mut parts, mut found) = (pattern.split('/'), path.split('/'));
        loop {
            match (parts.next(), found.next()) {
                (Some("{path:.*}"), Some(_)) | (None, None) => return true,
                (Some(part), Some(name)) if part == name || part.starts_with('{') && !name.is_empty() => {}
                _ => return false,
            }
        }
    };
    let patterns = || routes.iter().filter_map(|route| route.strip_prefix(&format!("{method} ")));
    let exact = patterns().find(|pattern| *pattern == path);
    exact.or_else(|| patterns().find(|pattern| fits(pattern))).map(str::to_owned)
}

/// One of everything that has a page.
fn furnish(below: &Below) {
    let site = below.server.site;
    sample::write(&site.root(), &Sample { apps: 3, sessions: 120, seed: 1, oddities: true }).unwrap();
    site.put(&session(CONTACT, &id(1)).status("pending").email("ann@x.example"));
    site.put(&session(CONTACT, &id(2)));
    for (name, role) in [("olga", "owner"), ("vera", "viewer")] {
        let made = site.command_with_input(&["user", "create", name, "--role", role], PASSWORD);
        assert!(made.status.success(), "{made:?}");
    }
    let owner = below.server.owner();
    owner.refresh();
    let when = json!({ "emails": ["*@none.example"] });
    owner.post("/api/v1/rules", json!({ "name": "none", "when": when, "action": "accept" })).status(201);
    let hook = json!({ "name": "chat", "url": "http://127.0.0.1:9/", "events": ["session.changed"] });
    owner.post("/api/v1/webhooks", hook).status(201);
    owner.patch(&session_path(CONTACT, &id(2)), json!({ "email": "new@x.example" })).status(200);
}

/// Pages to which no other page leads, in the order in which they are read.
fn doors(below: &Below) -> Vec<String> {
    let link = |path: &str| format!("{PATH}{path}");
    let owner = below.server.owner();
    let made = owner.post(&format!("{}/approval-links", session_path(CONTACT, &id(1))), json!({})).status(201).json();
    let approval = made["url"].as_str().unwrap().strip_prefix(&below.origin).expect("the address that people use");
    let batch =
        json!({ "action": "set_status", "status": "accepted", "all": true, "filter": { "q": "nobody has this" } });
    let batch = owner.request("POST", "/api/v1/sessions/batch").json(batch).header("prefer", "respond-async").send();
    let batch = batch.status(202).header("location").to_owned();
    assert!(batch.starts_with("/sessions/api/v1/batches/"), "{batch}");
    vec![
        approval.to_owned(),
        link("/users/vera"),
        link("/"),
        batch.replace("/api/v1", ""),
        link("/password"),
        link("/second-factor"),
        link("/login/code"),
        link("/apps"),
        link("/help"),
        link("/search?q=ann"),
        link("/api/docs"),
        link("/problems/busy"),
        link("/nothing/here"),
        link("/sessions?status=blue"),
        link("/apps/none"),
    ]
}

/// Reads all pages through the proxy, follows every link and sends every form.
fn walk(passes: Passes) {
    let site = Site::new();
    let below = Below::start(&site, PATH, passes);
    let setup = below.server.log();
    let setup =
        setup.split_whitespace().find(|word| word.contains("/setup?token=")).expect("the link of the first start");
    let setup = setup.strip_prefix(&below.origin).expect("the address that people use").to_owned();
    let mut faults = Vec::new();
    for stranger in [&setup, "/sessions/login", "/sessions/"] {
        let answer = below.get(stranger);
        faults.extend(leaks(&answer).into_iter().map(|leak| format!("{stranger}: {leak}")));
    }
    furnish(&below);
    let routes = routes_of_the_code();
    let doors = doors(&below);
    let page = below.get("/sessions/login").status(200).text();
    let answer = Form::find(&page, "/sessions/login").fill("name", "olga").fill("password", PASSWORD).submit(&below);
    assert_eq!((answer.status, answer.header("location")), (303, "/sessions/"), "{answer:?}");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Secure-login=") && cookie.contains("; Path=/sessions; ") && cookie.contains("; Secure"),
        "{cookie}"
    );
    assert!(!answer.has_header("strict-transport-security"), "the host is not ours alone");
    faults.extend(leaks(&answer));

    let mut left: VecDeque<String> = doors.into();
    let (mut seen, mut read, mut forms) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    while let Some(address) = left.pop_front() {
        let query =
            address.split_once('?').map(|(_, query)| query.split('&').map(|pair| pair.split('=').next().unwrap()));
        let keys: BTreeSet<&str> = query.into_iter().flatten().collect();
        let route = route_of(&routes, "GET", &address);
        // Of pages that differ by values alone, one is read.
        if !seen.insert((route.clone().unwrap_or_else(|| address.clone()), format!("{keys:?}"))) {
            continue;
        }
        let answer = below.get(&address);
        faults.extend(leaks(&answer).into_iter().map(|leak| format!("{address}: {leak}")));
        if answer.status < 400 {
            read.extend(route);
        } else if !address.contains("none") && !address.contains("/nothing/") && !address.contains("=blue") {
            faults.push(format!("{address}: {}", answer.status));
        }
        let is_page =
            answer.headers.get("content-type").is_some_and(|kind| kind.to_str().unwrap().starts_with("text/html"));
        let text = if is_page { answer.text() } else { String::new() };
        let posts = text.split("<form").skip(1).any(|form| form.contains("method=\"post\""));
        for (name, link) in addresses(&text) {
            let action = link.split('#').next().unwrap_or_default().to_owned();
            match name {
                "href" | "src" if link.starts_with(&format!("{PATH}/")) => left.push_back(action),
                "formaction" | "action" if posts => {
                    let Some(route) = route_of(&routes, "POST", &action) else { continue };
                    let found = if name == "action" {
                        Form::find_post(&text, &action)
                    } else {
                        Some(Form::button(&text, &action))
                    };
                    if let Some(form) = found {
                        forms.entry(route).or_insert(form);
                    }
                }
                _ => {}
            }
        }
    }
    let pages = routes.iter().filter_map(|route| route.strip_prefix("GET "));
    let skipped = ["/setup", "/metrics", "/healthz", "/readyz", "/login"];
    let unread: Vec<_> =
        pages.filter(|page| !page.starts_with("/api/v1") && !skipped.contains(page) && !read.contains(*page)).collect();
    assert!(unread.is_empty(), "no link leads to {unread:?}; read were {read:?}");

    let last = ["/account/password", "/users/{name}/delete", "/logout"];
    let (mut late, mut order): (Vec<_>, Vec<_>) =
        forms.into_iter().partition(|(route, _)| last.contains(&route.as_str()));
    late.sort_by_key(|(route, _)| last.iter().position(|name| name == route));
    order.append(&mut late);
    assert!(order.len() > 25, "{:?}", order.iter().map(|(route, _)| route).collect::<Vec<_>>());
    for (route, form) in &order {
        let answer = form.submit(&below);
        assert!(answer.status < 500 || route.starts_with("/push"), "{route}: {answer:?}");
        faults.extend(leaks(&answer).into_iter().map(|leak| format!("POST {route}: {leak}")));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_page_and_form_stays_below_the_path() {
    walk(Passes::Whole);
}

#[test]
fn a_proxy_may_take_the_path_off() {
    walk(Passes::Stripped);
}

#[test]
fn scripts_and_styles_come_from_below_the_path() {
    let site = Site::new();
    let below = Below::start(&site, PATH, Passes::Whole);
    let mut left: Vec<String> = addresses(&below.get("/sessions/login").status(200).text())
        .into_iter()
        .filter(|(_, address)| address.contains("/static/"))
        .map(|(_, address)| address)
        .collect();
    let mut seen = BTreeSet::new();
    while let Some(address) = left.pop() {
        seen.insert(address.clone());
        let text = below.get(&address).status(200).text();
        assert!(!text.contains("url("), "{address}");
        if address.ends_with(".js") {
            for quote in ["\"/", "`/"] {
                for (before, after) in text.match_indices(quote).map(|(at, _)| text.split_at(at)) {
                    let is_address = after[quote.len()..].starts_with(|c: char| c.is_ascii_lowercase());
                    let is_put_below = ["at(", "endsWith("].iter().any(|call| before.ends_with(call));
                    assert!(!is_address || is_put_below, "{address} asks the root of the host: {after:.60}");
                }
            }
        }
    }
    assert!(seen.len() >= 3, "style sheet, script and icon: {seen:?}");
}

#[test]
fn programs_find_everything_below_the_path() {
    let site = Site::new();
    for n in 1..=3 {
        site.put(&session(CONTACT, &id(n)));
    }
    for passes in [Passes::Whole, Passes::Stripped] {
        let _ = fs::remove_dir_all(site.temp().join("nginx"));
        let below = Below::start(&site, PATH, passes);
        let owner = program(&below, "owner");
        owner.post("/sessions/api/v1/refresh", json!({})).status(200);

        let document = owner.json("/sessions/api/v1/openapi.json");
        assert_eq!(document["servers"][0]["url"], "/sessions");
        let page = owner.get("/sessions/api/v1/sessions?limit=2&sort=id").status(200);
        let next = page.header("link").strip_prefix('<').and_then(|link| link.split('>').next()).unwrap();
        assert!(next.starts_with("/sessions/api/v1/sessions?"), "{next}");
        assert_eq!(owner.json(next)["items"].as_array().unwrap().len(), 1);

        let name = format!("t{}", u8::from(passes == Passes::Whole));
        let made = owner.post("/sessions/api/v1/tokens", json!({ "name": name, "role": "viewer" })).status(201);
        assert_eq!(owner.json(made.header("location"))["name"], name);
        let path = format!("{PATH}{}", session_path(CONTACT, &id(1)));
        owner.patch(&path, json!({ "status": "pending" })).status(200);
        let link = owner.post(&format!("{path}/approval-links"), json!({})).status(201);
        assert!(link.json()["url"].as_str().unwrap().starts_with(&format!("{}/sessions/link/", below.origin)));
        owner.get(link.header("location")).status(200);
        owner.patch(&path, json!({ "status": "accepted" })).status(200);

        let missing = owner.get("/sessions/api/v1/nothing").problem(404, "not-found");
        let page = below.get(&format!("{PATH}{}", missing["type"].as_str().unwrap())).status(200);
        assert_eq!(leaks(&page), Vec::<String>::new());
        for probe in ["/healthz", "/readyz"] {
            owner.get(&format!("{PATH}{probe}")).status(200);
            // A probe that asks the port itself knows of no path.
            below.server.anonymous().get(probe).status(200);
            below.server.anonymous().get(&format!("{PATH}{probe}")).status(200);
        }
        assert!(owner.get("/sessions/metrics").status(200).text().contains("mobile_sessions_"));
        assert_eq!(below.get("/changes").status, 404, "4D's own");
        assert_eq!(below.server.stop(), Some(0));
    }
}

#[test]
fn events_come_through_a_proxy_that_buffers() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let below = Below::start(&site, PATH, Passes::Whole);
    let viewer = program(&below, "viewer");
    let stream = viewer.request("GET", "/sessions/api/v1/events").listen();
    let operator = program(&below, "operator");
    let path = format!("{PATH}{}", session_path(CONTACT, &id(1)));
    // The best of some: a loaded machine is no buffer.
    let mut fastest = Duration::MAX;
    for status in ["pending", "accepted", "pending", "accepted"] {
        let start = Instant::now();
        operator.patch(&path, json!({ "status": status })).status(200);
        assert_eq!(stream.next_of("session.changed").data["status"], status);
        fastest = fastest.min(start.elapsed());
    }
    assert!(fastest < Duration::from_secs(1), "{fastest:?}");
}

#[test]
fn no_address_changes_without_a_path() {
    let site = Site::new();
    let server = site.serve_with(&["--public-url", "https://panel.example"]);
    let asked = |path: &str| server.anonymous().request("GET", path).header("accept", "text/html").send();
    assert_eq!(asked("/").status(303).header("location"), "/login?next=%2F");
    let page = asked("/login").status(200).text();
    let out = addresses(&page).into_iter().filter(|(_, address)| !address.starts_with(['/', '#']));
    assert_eq!(out.collect::<Vec<_>>(), []);
    assert_eq!(server.anonymous().json("/api/v1/openapi.json")["servers"][0]["url"], "/");
    asked("/sessions/login").status(404);
}

#[test]
fn a_person_works_in_a_browser_below_a_path() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).status("pending").email("ann@x.example").set("/device/description", "Pixel 4"),
        session(CONTACT, &id(2)).email("bob@x.example"),
    ]);
    let below = Below::start(&site, "/contacts/sessions", Passes::Stripped);
    let made = site.command_with_input(&["user", "create", "olga", "--role", "owner"], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    let browser = Browser::start();
    let at = |path: &str| format!("{}/contacts/sessions{path}", below.origin);
    let is_at = |path: &str| {
        until(SOON, path, || browser.run("return location.href") == at(path).as_str());
    };
    browser.go(&at("/changes"));
    is_at("/login?next=%2Fchanges");
    browser.fill("#name", "olga");
    browser.fill("#password", PASSWORD);
    browser.click(".gate button");
    is_at("/changes");
    browser.click("nav.main a");
    is_at("/");
    browser.run("window.same = true");

    browser.click(".queue .row-actions button");
    browser.reads(".toast", "Pixel 4");
    browser.reads("h1", "Nobody is waiting");
    browser.press("u");
    browser.reads("h1", "1 device is waiting");
    assert_eq!(serde_json::from_slice::<Value>(&site.read(CONTACT, &id(1))).unwrap()["status"], "pending");
    // What happens elsewhere comes by the event stream.
    site.put(&session(CONTACT, &id(3)).status("pending").set("/device/description", "Nexus 9"));
    browser.reads("h1", "2 devices are waiting");
    browser.click(".strip button");
    browser.reads(".queue", "Nexus 9");
    // What is found as one types, and the drawer beside a list.
    browser.fill(".anybody [type=search]", "bob");
    browser.reads(".found", "bob@x.example");
    browser.press("r");
    assert_eq!(browser.run("return window.same"), true, "no page was loaded again");
    is_at("/");
    browser.go(&at("/sessions"));
    browser.run("window.same = true");
    browser.click("tbody tr:last-child [data-look]");
    until(SOON, "the drawer", || browser.visible(".drawer"));
    browser.click(".drawer button[name=status], .drawer [formaction$='/status']");
    browser.reads(".toast", "");
    until(SOON, "the drawer is closed", || !browser.visible(".drawer"));
    is_at("/sessions");
    assert_eq!(browser.run("return window.same"), true, "no page was loaded again");
    browser.click(".menu summary");
    browser.click(".menu [formaction$='/logout']");
    is_at("/login");
    let said = browser.console();
    assert!(said.is_empty(), "the browser says: {said:#?}");
}
