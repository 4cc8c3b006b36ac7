//! One session: what lists and its own address show of a file, and what they never show.

use std::fs;
use std::time::{Duration, SystemTime};

use mobile_sessions::domain::token::ConnectionToken;
use serde_json::{Value, json};

use crate::spawn::*;

/// A file's time of so many milliseconds since 1970.
fn put_at(site: &Site, file: &SessionFile, bytes: &[u8], millis: u64) {
    let path = site.write(&file.app, &file.id, bytes);
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
    fs::File::options().write(true).open(path).and_then(|file| file.set_modified(time)).unwrap();
}

/// What a list shows of the only session of an app.
#[track_caller]
fn listed(server: &Server<'_>, app: &str) -> Value {
    let list = server.viewer().json(&format!("{}/sessions", app_path(app)));
    assert_eq!(list["total"], 1, "{list}");
    list["items"][0].clone()
}

/// The problems of one session, as code, pointer and whether they are assumed.
fn problems(session: &Value) -> Vec<(u64, Option<String>, bool)> {
    let all = session["problems"].as_array().unwrap();
    all.iter()
        .map(|problem| {
            let keys: Vec<&String> = problem.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["code", "title", "detail", "pointer", "assumed"], "{problem}");
            assert!(!problem["title"].as_str().unwrap().is_empty() && !problem["detail"].as_str().unwrap().is_empty());
            let pointer = problem["pointer"].as_str().map(str::to_owned);
            (problem["code"].as_u64().unwrap(), pointer, problem["assumed"].as_bool().unwrap())
        })
        .collect()
}

fn at(pointer: &str) -> Option<String> {
    Some(pointer.to_owned())
}

#[test]
fn a_session_has_every_field_of_the_contract() {
    let site = Site::new();
    let file = session(CONTACT, &id(1))
        .set("/email", "ann@corp.example")
        .set("/device/os", "iOS")
        .set("/device/simulator", true)
        .set("/device/token", "push-secret");
    put_at(&site, &file, &file.bytes(), 1_700_000_000_123);
    let server = site.serve();
    let expected = json!({
        "app": CONTACT, "id": id(1), "status": "accepted", "email": "ann@corp.example",
        "application": { "id": "com.contactApp.Contact", "name": "Contact", "version": "1.0.0" },
        "team": { "id": "UTT7VDX8W5" },
        "device": { "id": "0DC5132E-1EF4-407C-A832-5FE33D818AF3", "description": "iPhone X", "os": "iOS",
                    "version": "11.3", "simulator": true, "jailbroken": false, "has_push_token": true },
        "language": { "id": "en_US", "code": "en", "region": "US" },
        "ip": "192.168.5.4", "modified_at": "2023-11-14T22:13:20.123Z", "first_seen_at": "2023-11-14T22:13:20.123Z",
        "pending_since": null, "size": file.bytes().len(), "compliant": true, "problems": [], "unpushed": false,
        "declined": null, "note": null,
    });
    assert_eq!(listed(&server, CONTACT), expected);
    let mut detail = server.viewer().json(&file.path());
    let object = detail.as_object_mut().unwrap();
    let document = object.remove("document").unwrap();
    assert_eq!(object.remove("document_note"), Some(Value::Null));
    assert_eq!(object.remove("redacted"), Some(json!(["/token", "/device/token"])));
    assert_eq!(detail, expected);
    assert_eq!(document, file.without("/token").without("/device/token").document);
}

#[test]
fn an_absent_value_is_null() {
    let site = Site::new();
    let file = session(CONTACT, &id(1));
    let bytes = format!(
        r#"{{"status":"pending","token":{},"session":{{"id":"{}"}},"application":{{"id":"com.contactApp.Contact"}},"team":{{"id":"UTT7VDX8W5"}}}}"#,
        file.document["token"],
        id(1)
    );
    put_at(&site, &file, bytes.as_bytes(), 1_700_000_000_000);
    let server = site.serve();
    let session = listed(&server, CONTACT);
    assert_eq!(
        session,
        json!({
            "app": CONTACT, "id": id(1), "status": "pending", "email": null,
            "application": { "id": "com.contactApp.Contact", "name": null, "version": null },
            "team": { "id": "UTT7VDX8W5" },
            "device": { "id": null, "description": null, "os": null, "version": null, "simulator": null,
                        "jailbroken": false, "has_push_token": false },
            "language": { "id": null, "code": null, "region": null },
            "ip": null, "modified_at": "2023-11-14T22:13:20.000Z", "first_seen_at": "2023-11-14T22:13:20.000Z",
            "pending_since": "2023-11-14T22:13:20.000Z", "size": bytes.len(), "compliant": true, "problems": [],
            "unpushed": false, "declined": null, "note": null,
        })
    );
}

#[test]
fn a_file_without_json_is_listed() {
    for (bytes, detail) in [
        (&b"{ broken"[..], "not JSON"),
        (b"", "empty"),
        (b"[1, 2]", "not an object"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        (b"{} trailing", "not JSON"),
        (b"{\"a\": 01}", "not JSON"),
        (b"// a comment\n{}", "not JSON"),
    ] {
        let site = Site::new();
        put_at(&site, &session(CONTACT, &id(1)), bytes, 1_700_000_000_000);
        let server = site.serve();
        let mut session = listed(&server, CONTACT);
        let told = session.as_object_mut().unwrap().remove("problems").unwrap();
        assert_eq!(
            session,
            json!({
                "app": CONTACT, "id": id(1), "status": null, "email": null, "application": null, "team": null,
                "device": null, "language": null, "ip": null, "modified_at": "2023-11-14T22:13:20.000Z",
                "first_seen_at": "2023-11-14T22:13:20.000Z", "pending_since": null, "size": bytes.len(),
                "compliant": false, "unpushed": false, "declined": null, "note": null,
            }),
            "{detail}"
        );
        assert_eq!(problems(&json!({ "problems": told })), [(2, None, false)], "{detail}");
        let detail = server.viewer().json(&session_path(CONTACT, &id(1)));
        assert_eq!((&detail["document"], &detail["redacted"]), (&Value::Null, &json!([])));
        assert!(!detail["document_note"].as_str().unwrap().is_empty());
        assert_eq!(server.viewer().json(&app_path(CONTACT))["sessions"]["other"], 1);
    }
}

#[test]
fn an_ipv4_mapped_address_is_shown_as_ipv4() {
    let cases = [
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("::FFFF:c0a8:504", "192.168.5.4"),
        ("192.168.1.1", "192.168.1.1"),
        ("2001:DB8::1", "2001:DB8::1"),
        ("not an address", "not an address"),
        ("", ""),
    ];
    let site = Site::new();
    for (n, (ip, _)) in (1..).zip(cases) {
        site.put(&session(CONTACT, &id(n)).set("/session/ip", ip));
    }
    let server = site.serve();
    for (n, (_, shown)) in (1..).zip(cases) {
        assert_eq!(server.viewer().json(&session_path(CONTACT, &id(n)))["ip"], shown);
    }
}

#[test]
fn an_unknown_status_is_kept_and_shown() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).status("Accepted"),
        session(CONTACT, &id(2)).status("banned ✗"),
        session(CONTACT, &id(3)).status(""),
    ]);
    let server = site.serve();
    let viewer = server.viewer();
    for (n, status) in [(1, "Accepted"), (2, "banned ✗"), (3, "")] {
        let session = viewer.json(&session_path(CONTACT, &id(n)));
        assert_eq!((&session["status"], &session["compliant"]), (&json!(status), &json!(true)), "{session}");
    }
    assert_eq!(viewer.json("/api/v1/sessions?status=other")["total"], 3);
    assert_eq!(viewer.json("/api/v1/sessions?status=accepted")["total"], 0);
}

#[test]
fn every_encoding_and_shape_that_4d_writes_is_read() {
    let file = session(CONTACT, &id(1)).email("ann@corp.example");
    let tabs = String::from_utf8(file.bytes()).unwrap().replace("  ", "\t");
    let compact = format!(
        r#"{{"status":"accepted","session":{{"ip":"::ffff:192.168.5.4","id":"{}"}},"token":{},"device":{{"id":"X","description":"iPhone X","simulator":false}},"email":"ann@corp.example","team":{{"id":"UTT7VDX8W5"}},"language":{{"code":"en","id":"en_US"}},"application":{{"version":"1.0.0","name":"Contact","id":"com.contactApp.Contact"}}}}"#,
        id(1),
        file.document["token"]
    );
    let cases = [
        tabs.clone(),
        format!("\u{feff}{tabs}"),
        format!("\u{feff}{}", tabs.replace('\n', "\r")),
        format!("\u{feff}{}", tabs.replace('\n', "\r\n")),
        format!("{}\r\n", tabs.replace('\n', "\r\n")),
        compact,
    ];
    for text in cases {
        let site = Site::new();
        site.write(CONTACT, &id(1), &text);
        let server = site.serve();
        let session = listed(&server, CONTACT);
        assert_eq!(session["problems"], json!([]), "{text}");
        assert_eq!((&session["status"], &session["email"]), (&json!("accepted"), &json!("ann@corp.example")));
        assert_eq!(session["size"], text.len());
        let document = server.viewer().json(&file.path())["document"].clone();
        assert_eq!(document["application"]["name"], "Contact", "{text}");
    }
}

#[test]
fn problems_have_4ds_codes_and_pointers() {
    let token = |app: &str, id: &str, team: &str| ConnectionToken::encode(app, id, team);
    let (bundle, team) = ("com.contactApp.Contact", "UTT7VDX8W5");
    let cases = [
        (
            session(CONTACT, &id(1)).set("/team/id", "ABCDEFGHIJ"),
            vec![(1, at("/application/id"), false), (4, at("/team/id"), false)],
        ),
        (
            session(CONTACT, &id(2)).set("/session/id", id(99)),
            vec![(1, at("/session/id"), false), (4, at("/session/id"), false)],
        ),
        (session(CONTACT, &id(3)).set("/token", token(bundle, &id(3), "ABCDEFGHIJ")), vec![(4, at("/team/id"), false)]),
        (
            session(CONTACT, &id(4)).set("/token", token("com.other", &id(4), team)),
            vec![(4, at("/application/id"), false)],
        ),
        (session(CONTACT, &id(5)).set("/token", "?? not base64 ??"), vec![(4, at("/token"), false)]),
        (session(CONTACT, &id(6)).set("/email", 5), vec![(3, at("/email"), true)]),
        (session(CONTACT, &id(7)).without("/status"), vec![(3, at("/status"), true)]),
        (session(CONTACT, &id(8)).set("/device", "phone"), vec![(3, at("/device"), true)]),
    ];
    let site = Site::new();
    cases.iter().for_each(|(file, _)| drop(site.put(file)));
    let doubled = String::from_utf8(session(CONTACT, &id(9)).bytes()).unwrap();
    site.write(CONTACT, &id(9), doubled.replacen('{', "{\"st\\u0061tus\":\"pending\",", 1));
    let server = site.serve();
    let viewer = server.viewer();
    for (file, expected) in &cases {
        let session = viewer.json(&file.path());
        assert_eq!(&problems(&session), expected, "{session}");
        assert_eq!(session["compliant"], false);
    }
    assert_eq!(problems(&viewer.json(&session_path(CONTACT, &id(9)))), [(3, at("/status"), true)]);
    assert_eq!(viewer.json(&app_path(CONTACT))["sessions"]["noncompliant"], 9);
    assert_eq!(viewer.json("/api/v1/sessions?compliant=false")["total"], 9);
}

#[test]
fn tokens_of_both_alphabets_padded_or_not_agree() {
    // This app and team make "+" and "/" in base64.
    let site = Site::new();
    let file = session(CONTACT, &id(1));
    let plain = file.document["token"].as_str().unwrap().trim_end_matches('=').to_owned();
    let padded = format!("{plain}{}", "=".repeat((4 - plain.len() % 4) % 4));
    let url = |text: &str| text.replace('+', "-").replace('/', "_");
    let standard = |text: &str| text.replace('-', "+").replace('_', "/");
    for text in [plain.clone(), padded.clone(), url(&plain), url(&padded), standard(&plain), standard(&padded)] {
        site.put(&file.clone().set("/token", text.as_str()));
        let server = site.serve();
        assert_eq!(listed(&server, CONTACT)["problems"], json!([]), "{text}");
    }
}

#[test]
fn valid_json_that_cannot_be_shown_has_a_note() {
    let with = |extra: &str| {
        let text = String::from_utf8(session(CONTACT, &id(1)).bytes()).unwrap();
        text.replacen('{', &format!("{{\"userInfo\":{extra},"), 1)
    };
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for extra in ["1e400", "-1e999999", r#""\ud800""#, r#""\udc00\ud800""#, &deep] {
        let site = Site::new();
        site.write(CONTACT, &id(1), with(extra));
        let server = site.serve();
        let session = server.viewer().json(&session_path(CONTACT, &id(1)));
        let start: String = extra.chars().take(20).collect();
        assert_eq!((&session["problems"], &session["compliant"]), (&json!([]), &json!(true)), "{start}");
        assert_eq!((&session["status"], &session["document"]), (&json!("accepted"), &Value::Null), "{start}");
        assert!(!session["document_note"].as_str().unwrap().is_empty());
        let token = server.token_with("viewer", &[], true);
        let answer = token.get(&format!("{}/file", session_path(CONTACT, &id(1)))).status(200);
        assert_eq!(answer.body, with(extra).as_bytes());
    }
}

#[test]
fn a_file_over_the_limit_is_listed_and_not_read() {
    let site = Site::new();
    let mut bytes = session(CONTACT, &id(1)).bytes();
    bytes.resize((1 << 20) + 1, b' ');
    site.write(CONTACT, &id(1), &bytes);
    let mut fits = session(CONTACT, &id(2)).bytes();
    fits.resize(1 << 20, b' ');
    site.write(CONTACT, &id(2), &fits);
    let server = site.serve();
    let large = server.viewer().json(&session_path(CONTACT, &id(1)));
    assert_eq!(
        (&large["size"], &large["status"], &large["document"]),
        (&json!((1 << 20) + 1), &Value::Null, &Value::Null)
    );
    assert!(large["document_note"].as_str().unwrap().contains("limit"));
    assert_eq!(problems(&large), [(2, None, false)]);
    assert_eq!(server.viewer().json(&session_path(CONTACT, &id(2)))["compliant"], true);
}

#[test]
fn the_document_leaves_the_secrets_out_however_they_are_spelled() {
    let site = Site::new();
    site.write(
        CONTACT,
        &id(1),
        r#"{"t\u006fken":"SECRET-a","device":{"tok\u0065n":"SECRET-b","id":"D"},"token":"SECRET-c","userInfo":{"token":"SECRET-d","a":1}}"#,
    );
    site.write(CONTACT, &id(2), r#"{"status":"accepted","device":"text","token":null}"#);
    site.write(CONTACT, &id(3), r#"{"status":"accepted"}"#);
    let server = site.serve();
    let one = server.viewer().get(&session_path(CONTACT, &id(1))).status(200);
    assert!(!one.text().contains("SECRET"), "{one:?}");
    let one = one.json();
    assert_eq!(one["document"], json!({ "device": { "id": "D" }, "userInfo": { "a": 1 } }));
    assert_eq!(one["redacted"], json!(["/token", "/device/token", "/userInfo/token"]));
    let two = server.viewer().json(&session_path(CONTACT, &id(2)));
    assert_eq!(
        (&two["document"], &two["redacted"]),
        (&json!({ "status": "accepted", "device": "text" }), &json!(["/token"]))
    );
    assert_eq!(server.viewer().json(&session_path(CONTACT, &id(3)))["redacted"], json!([]));
}

/// The two parts of an entity tag.
#[track_caller]
fn parts(etag: &str) -> (String, String) {
    let inner = etag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).expect("a strong tag");
    let (bytes, view) = inner.split_once('-').expect("two parts");
    let digest = |part: &str| part.len() >= 16 && part.bytes().all(|b| b.is_ascii_hexdigit());
    assert!(digest(bytes) && digest(view), "{etag}");
    (bytes.to_owned(), view.to_owned())
}

#[test]
fn the_etag_tells_the_bytes_from_the_view() {
    let site = Site::new();
    let file = session(CONTACT, &id(1));
    site.put_aged(&file, 100);
    site.put_aged(&session(CONTACT, &id(2)), 100);
    let server = site.serve();
    let tag = || parts(&server.viewer().etag(CONTACT, &id(1)));
    let first = tag();
    assert_eq!(tag(), first, "nothing changed");
    age(&site.path(CONTACT, &id(1)), 50);
    let touched = tag();
    assert_eq!(touched.0, first.0, "the bytes are the same");
    assert_ne!(touched.1, first.1, "the time that is shown is another");
    site.put(&file.clone().email("ann@corp.example"));
    let changed = tag();
    assert_ne!(changed.0, first.0);
    assert_ne!(parts(&server.viewer().etag(CONTACT, &id(2))).0, first.0);
}

#[test]
fn if_none_match_is_answered_with_304() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let viewer = server.viewer();
    let path = session_path(CONTACT, &id(1));
    let full = viewer.get(&path).status(200);
    let etag = full.header("etag").to_owned();
    let ask = |tag: &str| viewer.request("GET", &path).header("if-none-match", tag).send();
    for tag in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
        let answer = ask(&tag).status(304);
        assert!(answer.body.is_empty(), "{answer:?}");
        for (name, value) in &full.headers {
            if !["date", "x-request-id", "content-length", "content-type", "ratelimit"].contains(&name.as_str()) {
                assert_eq!(answer.headers.get(name), Some(value), "{name}: {answer:?}");
            }
        }
    }
    let (bytes, view) = parts(&etag);
    for tag in [format!("\"{bytes}\""), format!("\"{bytes}-{}\"", "0".repeat(view.len())), "\"x\"".to_owned()] {
        ask(&tag).status(200);
    }
    viewer.request("HEAD", &path).header("if-none-match", &etag).send().status(304);
    site.put(&session(CONTACT, &id(1)).email("ann@corp.example"));
    ask(&etag).status(200);
}

#[test]
fn a_session_is_not_compressed_and_a_list_is() {
    let site = Site::with(&(1..40).map(|n| session(CONTACT, &id(n))).collect::<Vec<_>>());
    let server = site.serve();
    let viewer = server.viewer();
    let ask = |path: &str| viewer.request("GET", path).header("accept-encoding", "gzip, br").send().status(200);
    let list = ask("/api/v1/sessions");
    assert_eq!(list.header("content-encoding"), "gzip");
    let vary: Vec<_> = list.headers.get_all("vary").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(vary.join(",").to_lowercase().contains("accept-encoding"), "{list:?}");
    assert!(list.body.starts_with(&[0x1f, 0x8b]));
    let one = ask(&session_path(CONTACT, &id(1)));
    assert!(!one.has_header("content-encoding"), "{one:?}");
    assert_eq!(one.json()["id"], id(1));
    let etag = one.header("etag").to_owned();
    let changed = viewer.server().operator();
    let changed = changed.request("PATCH", &session_path(CONTACT, &id(1))).header("accept-encoding", "gzip");
    let changed = changed.header("if-match", &etag).json(json!({ "status": "pending" })).send().status(200);
    assert!(!changed.has_header("content-encoding"), "{changed:?}");
    parts(changed.header("etag"));
    assert_eq!(changed.header("etag"), viewer.etag(CONTACT, &id(1)));
}

#[test]
fn the_whole_file_needs_the_right_to_secrets() {
    let site = Site::new();
    let bytes = b"\xef\xbb\xbf{\r\t\"token\" : \"x\",\r\t\"\xff\" : 1e400\r}".to_vec();
    site.write(CONTACT, &id(1), &bytes);
    let server = site.serve();
    let path = format!("{}/file", session_path(CONTACT, &id(1)));
    for role in ["viewer", "operator", "owner"] {
        server.token(role).get(&path).problem(403, "forbidden");
    }
    let answer = server.token_with("viewer", &[], true).get(&path).status(200);
    assert_eq!(answer.body, bytes);
    assert!(answer.header("content-disposition").starts_with("attachment"), "{answer:?}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    server.token_with("viewer", &[TASKS], true).get(&path).problem(404, "not-found");
    let none = format!("{}/file", session_path(CONTACT, &id(2)));
    server.token_with("viewer", &[], true).get(&none).problem(404, "not-found");
}

#[test]
fn a_session_that_is_not_there_is_404() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    site.write(CONTACT, "abc.json", b"{}");
    site.write(CONTACT, "manifest.json", b"{}");
    site.write(CONTACT, "xyz", b"{}");
    let server = site.serve();
    for (app, name) in [(CONTACT, id(2)), (TASKS, id(1)), ("com.none", id(1))] {
        server.viewer().get(&session_path(app, &name)).problem(404, "not-found");
    }
    for name in ["abc.json", "manifest.json", "xyz", ".", "g"] {
        server.viewer().get(&session_path(CONTACT, name)).problem(404, "not-found");
    }
    assert_eq!(server.viewer().json("/api/v1/sessions")["total"], 1);
    server.viewer().get(&format!("{}?x=1", session_path(CONTACT, &id(1)))).problem_at(400, "invalid-query", "/x");
}

#[test]
fn no_answer_and_no_log_line_holds_a_devices_secret() {
    let site = Site::new();
    let files = [
        session(CONTACT, &id(1)).status("pending").set("/device/token", "PUSH-SECRET-1"),
        session(CONTACT, &id(2)).set("/token", "CONN-SECRET-2").set("/device/token", "PUSH-SECRET-2"),
        session(TASKS, &id(3))
            .set("/token", json!(["CONN-SECRET-3"]))
            .set("/device/token", json!({ "a": "PUSH-SECRET-3" })),
    ];
    let mut secrets: Vec<String> = files[0].document["token"].as_str().map(str::to_owned).into_iter().collect();
    secrets.push("PUSH-SECRET".to_owned());
    secrets.push("CONN-SECRET".to_owned());
    files.iter().for_each(|file| drop(site.put(file)));
    site.write(CONTACT, &id(4), b"{\"token\":\"CONN-SECRET-4\",");
    site.write(CONTACT, &id(5), b"{\"token\":\"CONN-SECRET-5\",\"token\":\"CONN-SECRET-6\",\"a\":1e400}");
    let server = site.serve_with(&["--log", "debug"]);
    let owner = server.owner();
    let check = |answer: Answer| {
        let text = format!("{:?} {}", answer.headers, String::from_utf8_lossy(&answer.body));
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{secret} in {answer:?}");
        }
        answer
    };
    let change = owner.patch(&files[0].path(), json!({ "status": "accepted", "reason": "let in" })).status(200);
    let change_id = check(change).header("x-change-id").to_owned();
    check(owner.patch(&files[2].path(), json!({ "email": "ann@corp.example" })).status(200));
    check(owner.delete(&files[1].path()).status(204));
    check(owner.patch(&session_path(CONTACT, &id(4)), json!({ "status": "pending" })));
    check(owner.patch(&session_path(CONTACT, &id(5)), json!({ "status": "pending" })));
    let deleted = owner.json("/api/v1/changes?action=delete")["items"][0]["id"].as_str().unwrap().to_owned();
    check(owner.post(&format!("/api/v1/changes/{deleted}/undo"), json!({})).status(200));
    let batch = json!({ "action": "set_email", "email": "b@corp.example", "filter": {}, "all": true });
    let asked = owner.request("POST", "/api/v1/sessions/batch").header("prefer", "respond-async").json(batch.clone());
    let batch_path = check(asked.send().status(202)).header("location").to_owned();
    until(Duration::from_secs(10), "the batch ends", || check(owner.get(&batch_path)).json()["state"] == "done");
    check(owner.post("/api/v1/sessions/batch", batch).status(200));
    check(owner.post("/api/v1/sessions/search", json!({ "q": "contact" })).status(200));
    check(owner.post("/api/v1/sessions/search", json!({ "push_token": "PUSH-1" })));
    check(owner.post("/api/v1/refresh", json!({})).status(200));
    check(owner.post("/api/v1/push", json!({})));
    // Nor can one be found out by searching.
    for secret in ["PUSH-SECRET-1", "push-secret", "CONN", &secrets[0]] {
        assert_eq!(owner.json(&format!("/api/v1/sessions?q={}", segment(secret)))["total"], 0);
    }
    let pages = ["/", "/sessions", "/changes", "/apps", "/openapi.json", "/healthz", "/readyz"];
    let api = owner.json("/api/v1/openapi.json");
    let known = api["paths"].as_object().unwrap().iter().filter(|(_, item)| item.get("get").is_some());
    let mut paths: Vec<String> = known.map(|(path, _)| path.clone()).chain(pages.map(str::to_owned)).collect();
    for (app, name) in [(CONTACT, 2), (TASKS, 3), (CONTACT, 4), (CONTACT, 5)] {
        paths.push(session_path(app, &id(name)));
        paths.push(format!("{}/file", session_path(app, &id(name))));
        paths.push(format!("/apps/{}/sessions/{}", segment(app), id(name)));
    }
    for path in paths {
        let name = if path.contains("batches") { batch_path.rsplit('/').next().unwrap() } else { &change_id };
        let name = if path.contains("/sessions/{id}") { id(1) } else { name.to_owned() };
        let path = path.replace("{app}", &segment(CONTACT)).replace("{id}", &name);
        for accept in ["application/json", "text/csv", "text/html"] {
            let answer = check(owner.request("GET", &path).header("accept", accept).send());
            assert!(answer.status < 500, "{answer:?}");
        }
    }
    server.stop();
    let log = server.log();
    assert!(log.contains("PATCH"), "the log tells of requests: {log}");
    for secret in secrets.iter().chain([&owner.secret]) {
        assert!(!log.contains(secret.as_str()), "{secret} in the log:\n{log}");
    }
}
