//! The protocol: the face of every error, headers, hosts, limits, health, and the API's document.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use crate::document::{self, World};
use crate::spawn::*;

/// Every code with its status, as the contract and the program's table have them.
const PROBLEMS: [(&str, u16); 33] = [
    ("invalid-query", 400),
    ("malformed-body", 400),
    ("unauthenticated", 401),
    ("forbidden", 403),
    ("cross-origin", 403),
    ("not-found", 404),
    ("method-not-allowed", 405),
    ("busy", 409),
    ("already-there", 409),
    ("changed-since", 409),
    ("already-undone", 409),
    ("not-kept", 409),
    ("owner-cannot-be-kept", 409),
    ("not-writable", 409),
    ("push-not-configured", 409),
    ("conflict", 409),
    ("idempotency-running", 409),
    ("precondition-failed", 412),
    ("too-large", 413),
    ("unsupported-media-type", 415),
    ("unknown-host", 421),
    ("invalid-value", 422),
    ("duplicate-keys", 422),
    ("not-an-object", 422),
    ("idempotency-mismatch", 422),
    ("too-many-requests", 429),
    ("internal", 500),
    ("unsure", 500),
    ("folder-unavailable", 503),
    ("folder-changed", 503),
    ("store-unavailable", 503),
    ("too-many-open-files", 503),
    ("no-space", 507),
];

fn site() -> Site {
    Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2))])
}

#[test]
fn an_unknown_address_is_a_404_problem() {
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    for path in [
        "/api/v1/none",
        "/api/v1",
        "/api/v1/",
        "/api",
        "/api/v2/apps",
        "/api/v1/apps/",
        "/api/v1/sessions/",
        "//api/v1/apps",
        "/api/v1/apps/x/y",
        "/api/v1/sessions/x",
        "/metrics.txt",
        "/none",
        "/healthz/",
        "/API/v1/apps",
    ] {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
            let answer = viewer.request(method, path).header("accept", "application/json").send();
            answer.problem(404, "not-found");
        }
    }
    for accept in ["", "text/html", "*/*", "image/png"] {
        viewer.request("GET", "/api/v1/none").header("accept", accept).send().problem(404, "not-found");
    }
}

#[test]
fn a_wrong_method_is_405_with_allow() {
    let site = site();
    let server = site.serve();
    let owner = server.owner();
    let api = owner.json("/api/v1/openapi.json");
    for (path, item) in api["paths"].as_object().unwrap() {
        let known: BTreeSet<String> = item.as_object().unwrap().keys().map(|method| method.to_uppercase()).collect();
        let path = path.replace("{app}", CONTACT).replace("{id}", &id(1));
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
            if known.contains(method) {
                continue;
            }
            for answer in [owner.request(method, &path).send(), server.anonymous().request(method, &path).send()] {
                if method == "TRACE" && answer.status != 405 {
                    continue;
                }
                answer.problem(405, "method-not-allowed");
                let allow: BTreeSet<String> =
                    answer.header("allow").split(',').map(|one| one.trim().to_owned()).collect();
                let documented: BTreeSet<String> = allow.iter().filter(|method| *method != "HEAD").cloned().collect();
                assert_eq!(documented, known, "{answer:?}");
                assert_eq!(allow.contains("HEAD"), known.contains("GET"), "every GET answers HEAD: {answer:?}");
            }
        }
        if !known.contains("GET") {
            assert_eq!(owner.head(&path).status, 405, "{path}");
        }
    }
}

#[test]
fn documented_routes_need_a_login_unless_they_say_otherwise() {
    let site = site();
    let server = site.serve();
    let api = server.anonymous().json("/api/v1/openapi.json");
    assert!(api["openapi"].as_str().unwrap().starts_with("3.1"), "{}", api["openapi"]);
    let mut ids = BTreeSet::new();
    let mut count = 0;
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            count += 1;
            let id = operation["operationId"].as_str().expect("an operation id");
            assert!(ids.insert(id.to_owned()), "{id} stands twice");
            assert!(!operation["summary"].as_str().unwrap_or_default().is_empty(), "{id} has no summary");
            assert!(operation["responses"].as_object().is_some_and(|all| all.len() > 1), "{id} tells no answers");
            let default = &operation["responses"]["default"]["content"]["application/problem+json"];
            assert!(default.is_object(), "{id} does not tell of problems");
            // Every part of the path is described, and nothing else is.
            let described: BTreeSet<&str> = operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|parameter| parameter["in"] == "path")
                .map(|parameter| parameter["name"].as_str().unwrap())
                .collect();
            let parts: BTreeSet<&str> =
                path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
            assert_eq!(described, parts, "{id}");
            let open = operation["security"] == json!([{}]) || operation["security"] == json!([]);
            let path = path.replace("{app}", CONTACT).replace("{id}", "none");
            let answer = server.anonymous().request(&method.to_uppercase(), &path).send();
            if open {
                answer.status(200);
            } else {
                answer.problem(401, "unauthenticated");
            }
        }
    }
    assert!(count >= 20, "only {count} operations");
    // Every reference leads somewhere.
    let text = api.to_string();
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(api.pointer(pointer).is_some(), "{pointer} is nowhere");
    }
}

#[test]
fn every_route_of_the_code_is_documented() {
    let site = site();
    let server = site.serve();
    let api = server.anonymous().json("/api/v1/openapi.json");
    let source = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/http/api/mod.rs")).unwrap();
    let mut count = 0;
    for found in source.split("resource(\"").skip(1) {
        let path = found.split('"').next().unwrap();
        let full = if path.starts_with("/healthz") || path.starts_with("/readyz") {
            path.to_owned()
        } else {
            format!("/api/v1{path}")
        };
        if full == "/api/v1/docs" || path.starts_with("/metrics") {
            continue;
        }
        let item = api["paths"][&full].as_object().unwrap_or_else(|| panic!("{full} is not documented"));
        count += 1;
        // Up to the next service: its methods.
        let rest = found.split("resource(").next().unwrap();
        for method in ["get", "post", "put", "patch", "delete"] {
            assert_eq!(rest.contains(&format!(".{method}(")), item.contains_key(method), "{method} {full}");
        }
    }
    assert!(count >= 20, "only {count} routes");
}

#[test]
fn head_has_the_headers_of_get() {
    let site = document::site();
    let server = site.serve();
    let reader = server.token_with("owner", &[], true);
    let world = World::new(&server);
    let api = reader.json("/api/v1/openapi.json");
    let gets = api["paths"].as_object().unwrap().iter().filter(|(_, item)| item.get("get").is_some());
    let mut paths: Vec<String> = gets.map(|(path, _)| path.clone()).collect();
    paths.extend(["/problems/not-found", "/login", "/api/v1/none", "/api/v1/sessions?colour=red"].map(str::to_owned));
    for path in paths {
        let named = world.address(&path);
        for (name, value) in [("accept", "application/json"), ("accept", "text/csv"), ("accept-encoding", "gzip")] {
            let get = reader.request("GET", &named).header(name, value).send();
            let head = reader.request("HEAD", &named).header(name, value).send();
            assert_eq!(head.status, get.status, "{named}");
            assert!(head.body.is_empty(), "{head:?}");
            assert!(get.status < 500 && (get.status < 400 || !path.contains('{')), "{get:?}");
            let told = |answer: &Answer| -> Vec<(String, String)> {
                let apart = ["date", "x-request-id", "content-length", "transfer-encoding", "ratelimit"];
                let headers = answer.headers.iter().filter(|(name, _)| !apart.contains(&name.as_str()));
                let mut all: Vec<_> =
                    headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
                all.sort();
                all
            };
            assert_eq!(told(&head), told(&get), "{named}");
        }
    }
}

#[test]
fn malformed_json_is_400_and_another_type_415() {
    let site = site();
    let server = site.serve();
    let operator = server.operator();
    let before = snapshot(&site.root());
    let one = session_path(CONTACT, &id(1));
    let search = "/api/v1/sessions/search".to_owned();
    let batch = "/api/v1/sessions/batch".to_owned();
    let bodies: [&[u8]; 8] = [
        b"{",
        b"{\"a\":1,}",
        b"{'a':1}",
        b"{\"q\":\"x\",\"q\":\"x\"}",
        b"{\"status\":\"accepted\",\"st\\u0061tus\":\"pending\"}",
        b"{\"q\":\"\xff\"}",
        b"\xff\xfe{\x00}\x00",
        b"{} x",
    ];
    for (method, path) in [("PATCH", &one), ("POST", &search), ("POST", &batch)] {
        for body in bodies {
            operator.request(method, path).json(json!({})).body(body).send().problem(400, "malformed-body");
        }
        let deep = "[".repeat(50_000);
        operator.request(method, path).json(json!({})).body(deep).send().problem(400, "malformed-body");
        for kind in
            ["text/plain", "application/xml", "application/json; charset=latin1", "application/x-www-form-urlencoded"]
        {
            let request = operator.request(method, path).body("{}").header("content-type", kind);
            request.send().problem(415, "unsupported-media-type");
        }
    }
    operator
        .request("POST", &search)
        .body("{}")
        .header("content-type", "application/merge-patch+json")
        .send()
        .problem(415, "unsupported-media-type");
    operator.request("POST", "/api/v1/refresh").json(json!({ "x": 1 })).send().problem_at(422, "invalid-value", "/x");
    operator.request("POST", "/api/v1/refresh").body("{").send().problem(400, "malformed-body");
    assert_unchanged(&before, &snapshot(&site.root()));
}

#[test]
fn a_body_that_is_too_large_is_413() {
    let site = site();
    let server = site.serve();
    let operator = server.operator();
    let before = snapshot(&site.root());
    let large = format!("{{\"reason\":\"{}\"}}", "x".repeat(200_000));
    for (method, path) in [
        ("PATCH", session_path(CONTACT, &id(1))),
        ("POST", "/api/v1/sessions/search".into()),
        ("POST", "/api/v1/refresh".into()),
    ] {
        operator.request(method, &path).json(json!({})).body(large.clone()).send().problem(413, "too-large");
    }
    let huge = format!("{{\"action\":\"{}\"}}", "x".repeat(17 << 20));
    // The server may answer, and hang up, before it has all of it.
    let sent = wait(operator.request("POST", "/api/v1/sessions/batch").json(json!({})).body(huge).try_send());
    if let Ok(answer) = sent {
        answer.problem(413, "too-large");
    }
    // Told beforehand, it is not even waited for.
    let head = format!(
        "POST /api/v1/sessions/batch HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: 999999999999\r\nConnection: close\r\n\r\n",
        server.address, operator.secret
    );
    server.raw(head.as_bytes()).problem(413, "too-large");
    // In chunks, it is stopped where it is too much.
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "PATCH {} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        session_path(CONTACT, &id(1)),
        server.address,
        operator.secret
    );
    stream.write_all(head.as_bytes()).unwrap();
    for _ in 0..10 {
        if stream.write_all(format!("4000\r\n{}\r\n", " ".repeat(0x4000)).as_bytes()).is_err() {
            break;
        }
    }
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
    assert_unchanged(&before, &snapshot(&site.root()));
    operator.get("/api/v1/me").status(200);
}

#[test]
fn an_id_that_could_leave_its_folder_is_404() {
    let site = site();
    site.write(CONTACT, "manifest.json", b"{\"status\":\"pending\"}");
    site.write(CONTACT, "notes.txt", b"{\"status\":\"pending\"}");
    fs::write(site.root().join("key.mobileapp"), b"{\"status\":\"OUTSIDE\"}").unwrap();
    fs::write(site.temp().join("abc"), b"{\"status\":\"OUTSIDE\"}").unwrap();
    fs::create_dir(site.temp().join("other")).unwrap();
    fs::write(site.temp().join("other/abc"), b"{\"status\":\"OUTSIDE\"}").unwrap();
    let server = site.serve();
    let secret = server.token_with("owner", &[], true).secret.clone();
    let parts = |temp: &std::path::Path| {
        let all = snapshot(temp);
        all.into_iter().filter(|(path, _)| !path.starts_with(site.data()) && path != temp).collect()
    };
    let before = parts(site.temp());
    let long = "a".repeat(256);
    let apps = [
        "..",
        ".",
        "%2e%2e",
        "%2E%2E",
        "%2e",
        "..%2Fother",
        "%2e%2e%2fother",
        "..%5Cother",
        "%00",
        "other%00",
        "C:",
        "C%3A",
        "c:x",
        "CON",
        "con.txt",
        "NUL",
        "AUX",
        "LPT1",
        "COM1.a",
        "%2Fetc",
        "%5C",
        "%2e%2e%2f%2e%2e%2fetc",
        "..;",
        "%c0%ae%c0%ae",
        "%ff",
        "%252e%252e",
        "...%2F",
        "key.mobileapp",
        &long,
        "%20",
        "",
    ];
    let ids = [
        "..",
        ".",
        "%2e%2e",
        "..%2Fabc",
        "%2e%2e%2fabc",
        "..%2f..%2fother%2fabc",
        "%2Fetc%2Fpasswd",
        "..%5Cabc",
        "abc%00",
        "%00",
        "C:",
        "C:abc",
        "CON",
        "NUL",
        "aux",
        "manifest.json",
        "notes.txt",
        "key.mobileapp",
        &long,
        "%c0%ae",
        "abc%2F",
        "abc%0a",
        "%252e%252e%252fabc",
        "abc%20",
        "+",
        "abc.",
        "abc::$DATA",
    ];
    let mut paths: Vec<String> = Vec::new();
    for app in apps {
        paths.extend([
            format!("/api/v1/apps/{app}"),
            format!("/api/v1/apps/{app}/emails"),
            format!("/api/v1/apps/{app}/push-tokens"),
        ]);
        paths.extend([format!("/api/v1/apps/{app}/sessions"), format!("/api/v1/apps/{app}/sessions/abc")]);
        paths.push(format!("/api/v1/apps/{app}/sessions/abc/file"));
    }
    for id in ids {
        let one = format!("/api/v1/apps/{CONTACT}/sessions/{id}");
        paths.extend([format!("{one}/file"), one]);
    }
    for path in paths {
        for method in ["GET", "HEAD", "PATCH", "DELETE"] {
            let answer = server.raw_path(method, &path, &secret);
            // What takes GET alone says so, by its shape, before anything is asked.
            let by_shape = answer.status == 405 && matches!(method, "PATCH" | "DELETE") && answer.has_header("allow");
            assert!(answer.status == 404 || by_shape, "{method} {path}: {answer:?}");
            let text = String::from_utf8_lossy(&answer.body);
            assert!(!text.contains("OUTSIDE") && !text.contains("root:"), "{method} {path}: {answer:?}");
            if method != "HEAD" {
                answer.problem(answer.status, if by_shape { "method-not-allowed" } else { "not-found" });
            }
        }
    }
    assert_unchanged(&before, &parts(site.temp()));
    assert_eq!(server.owner().json("/api/v1/changes")["total"], 0);
}

#[test]
fn a_request_without_http_harms_nothing() {
    let site = site();
    let server = site.serve();
    let secret = server.owner().secret.clone();
    // Bytes in an address that no address has: refused by whoever reads it first.
    for path in [
        "/api/v1/apps/\u{0}",
        "/api/v1/apps/a b",
        "/api/v1/apps/\\..\\",
        "/api/v1/apps/<script>",
        "/api/v1/apps/%zz",
        "/api/v1/apps/%",
    ] {
        let answer = server.raw_path("GET", path, &secret);
        assert!([400, 404].contains(&answer.status), "{path}: {answer:?}");
        assert!(!answer.text().contains('<'), "{path}: {answer:?}");
    }
    let long = format!("/api/v1/apps/{}", "a".repeat(20_000));
    let answer = server.raw_path("GET", &long, &secret);
    assert!([400, 404, 414].contains(&answer.status), "{answer:?}");
    let missing = server.raw(
        format!("GET /api/v1/me HTTP/1.1\r\nAuthorization: Bearer {secret}\r\nConnection: close\r\n\r\n").as_bytes(),
    );
    assert_eq!(missing.status, 400, "HTTP asks for a Host");
    server.owner().get("/api/v1/me").status(200);
}

#[test]
fn a_foreign_host_is_421_but_for_health_checks() {
    let site = site();
    let server = site.serve_with(&["--host", "panel.example"]);
    let owner = server.owner();
    let port = server.address.rsplit(':').next().unwrap().to_owned();
    let ask = |path: &str, host: &str| owner.request("GET", path).header("host", host).send();
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        "localhost.evil.example",
        "192.0.2.1",
        "panel.example.evil.example",
        "[::2]",
    ] {
        ask("/api/v1/me", host).problem(421, "unknown-host");
        let patch = owner.request("PATCH", &session_path(CONTACT, &id(1))).json(json!({ "status": "pending" }));
        patch.header("host", host).send().problem(421, "unknown-host");
        ask("/healthz", host).status(200);
        ask("/readyz", host).status(200);
    }
    for host in ["localhost", &format!("localhost:{port}"), "127.0.0.1", "[::1]:1", "panel.example", "PANEL.example:99"]
    {
        ask("/api/v1/me", host).status(200);
    }
    assert_eq!(owner.json("/api/v1/changes")["total"], 0);
    // What a proxy in front may have been told by anybody does not count.
    let forwarded =
        owner.request("GET", "/api/v1/me").header("host", "evil.example").header("x-forwarded-host", "localhost");
    forwarded.header("forwarded", "host=localhost").send().problem(421, "unknown-host");
}

#[test]
fn every_answer_has_the_headers_that_protect_a_browser() {
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    let answers = [
        viewer.get("/api/v1/me"),
        viewer.get("/api/v1/none"),
        viewer.get("/api/v1/sessions?colour=red"),
        server.anonymous().get("/api/v1/me"),
        viewer.request("GET", "/api/v1/me").header("host", "evil.example").send(),
        viewer.request("PUT", "/api/v1/me").send(),
        viewer.get("/healthz"),
        viewer.get("/problems/not-found"),
        viewer.get("/login"),
        viewer.request("GET", "/none").header("accept", "text/html").send(),
    ];
    for answer in answers {
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'none'"), "{answer:?}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{answer:?}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{answer:?}");
        }
        assert_eq!(answer.header("cache-control"), "no-store", "{answer:?}");
        assert!(!answer.header("referrer-policy").is_empty() && !answer.header("x-request-id").is_empty());
        for name in ["server", "x-powered-by", "access-control-allow-origin", "strict-transport-security"] {
            assert!(!answer.has_header(name), "{name}: {answer:?}");
        }
    }
}

#[test]
fn a_plain_client_request_id_is_returned() {
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    let ask = |id: &str| viewer.request("GET", "/api/v1/none").header("x-request-id", id).send();
    for id in ["abcdefgh", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "a.b-c_d.42", &"x".repeat(64)] {
        let answer = ask(id);
        assert_eq!((answer.header("x-request-id"), &answer.json()["request_id"]), (id, &json!(id)));
    }
    let mut seen = BTreeSet::new();
    for id in ["", "short", &"x".repeat(65), "with space", "<script>alert(1)</script>", "a\"b\"c\"d\"e", "éééééééé"]
    {
        let answer = ask(id);
        let given = answer.header("x-request-id");
        assert_ne!(given, id);
        assert!((8..=64).contains(&given.len()) && given.bytes().all(|b| b.is_ascii_alphanumeric()), "{given}");
        assert!(seen.insert(given.to_owned()), "{given} was given twice");
    }
}

#[test]
fn answers_are_compressed_for_those_who_take_it() {
    let site = Site::with(&(0..50).map(|n| session(CONTACT, &id(n))).collect::<Vec<_>>());
    let server = site.serve();
    let viewer = server.viewer();
    let ask =
        |path: &str, coding: &str| viewer.request("GET", path).header("accept-encoding", coding).send().status(200);
    for path in ["/api/v1/sessions", "/api/v1/openapi.json"] {
        for coding in ["gzip", "br, gzip;q=0.5", "*", "GZIP"] {
            let answer = ask(path, coding);
            assert_eq!(answer.header("content-encoding"), "gzip", "{coding}");
            assert!(answer.body.starts_with(&[0x1f, 0x8b]), "{coding}");
            assert!(answer.body.len() * 2 < ask(path, "").body.len(), "it is smaller");
        }
        for coding in ["", "identity", "br", "gzip;q=0", "*;q=0", "nonsense"] {
            let answer = ask(path, coding);
            assert!(!answer.has_header("content-encoding"), "{coding}: {answer:?}");
            answer.json();
        }
    }
}

#[test]
fn every_problem_has_a_page_that_explains_it() {
    let site = site();
    let server = site.serve();
    let anonymous = server.anonymous();
    for (code, status) in PROBLEMS {
        let page = anonymous.get(&format!("/problems/{code}")).status(200);
        assert!(page.header("content-type").starts_with("text/html"), "{page:?}");
        assert!(page.text().contains(&status.to_string()), "{code}");
    }
    anonymous.get("/problems/none").problem(404, "not-found");
    anonymous.get("/problems/..%2f").problem(404, "not-found");
    for code in mobile_sessions::services::error::Code::all() {
        anonymous.get(&format!("/problems/{}", code.as_str())).status(200);
    }
}

#[test]
fn who_asks_too_often_is_told_when_to_come_back() {
    let site = site();
    let server = site.serve_with(&["--max-requests", "5"]);
    let (viewer, owner) = (server.viewer(), server.owner());
    let mut refused = None;
    for _ in 0..100 {
        let answer = viewer.get("/api/v1/me");
        match answer.status {
            200 => {}
            _ => {
                refused = Some(answer);
                break;
            }
        }
    }
    let refused = refused.expect("the limit is held to");
    refused.problem(429, "too-many-requests");
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=2).contains(&seconds), "{seconds}");
    owner.get("/api/v1/me").status(200);
    server.anonymous().get("/healthz").status(200);
    until(Duration::from_secs(5), "it may ask again", || viewer.get("/api/v1/me").status == 200);
}

#[test]
fn health_is_told_without_a_login() {
    let site = site();
    let server = site.serve();
    let anonymous = server.anonymous();
    assert_eq!(anonymous.json("/healthz")["status"], "ok");
    let ready = anonymous.json("/readyz");
    assert_eq!(ready["status"], "ok");
    assert!(["exclusive", "compared"].contains(&ready["writes"].as_str().unwrap()), "how writes are guarded: {ready}");
    let moved = site.temp().join("moved");
    fs::rename(site.root(), &moved).unwrap();
    until(Duration::from_secs(5), "it is not ready", || anonymous.get("/readyz").status == 503);
    let problem = anonymous.get("/readyz").problem(503, "folder-unavailable");
    assert!(!problem["detail"].as_str().unwrap().is_empty());
    anonymous.get("/healthz").status(200);
    fs::rename(&moved, site.root()).unwrap();
    until(Duration::from_secs(5), "it is ready again", || anonymous.get("/readyz").status == 200);
}

#[test]
fn a_server_starts_without_apps_or_folder() {
    let site = Site::new();
    let server = site.serve();
    assert_eq!(server.viewer().json("/api/v1/apps"), json!({ "items": [], "total": 0 }));
    let list = json!({ "items": [], "total": 0, "next_cursor": null });
    assert_eq!(server.viewer().json("/api/v1/sessions"), list);
    assert_eq!(server.anonymous().json("/readyz")["status"], "ok");
    let log = server.log();
    assert!(log.contains("listening on http://127.0.0.1:"), "{log}");
    drop(server);
    fs::remove_dir(site.root()).unwrap();
    let server = site.serve();
    server.anonymous().get("/readyz").problem(503, "folder-unavailable");
    server.viewer().get("/api/v1/sessions").problem(503, "folder-unavailable");
    assert!(!site.root().exists(), "it is never made here");
    site.put(&session(CONTACT, &id(1)));
    until(Duration::from_secs(5), "it is there", || server.viewer().get("/api/v1/sessions").status == 200);
    assert_eq!(server.viewer().json("/api/v1/sessions")["total"], 1);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn requests_in_hand_are_finished_when_it_is_stopped() {
    let files: Vec<SessionFile> = (0..100).map(|n| session(CONTACT, &id(n)).status("pending")).collect();
    let site = Site::with(&files);
    let server = site.serve();
    let operator = server.operator();
    let body = json!({ "action": "set_status", "status": "accepted", "filter": {}, "all": true });
    let (answer, code) = std::thread::scope(|scope| {
        let batch = scope.spawn(|| operator.post("/api/v1/sessions/batch", body));
        until(Duration::from_secs(10), "it has begun", || operator.json("/api/v1/changes?limit=1")["total"] != 0);
        let code = server.stop();
        (batch.join().unwrap(), code)
    });
    assert_eq!((answer.status(200).json()["changed"].clone(), code), (json!(100), Some(0)));
    let accepted = |file: &SessionFile| site.read(&file.app, &file.id) == file.clone().status("accepted").bytes();
    assert!(files.iter().all(accepted));
    assert_eq!(names(&site.root().join(CONTACT)).len(), 100, "nothing is left behind");
}
