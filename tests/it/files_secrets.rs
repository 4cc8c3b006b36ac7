//! Secrets in 4D's files, and what a spreadsheet is given of them: nothing of a secret is shown, wherever it stands.

use serde_json::{Value, json};

use crate::pages::user;
use crate::spawn::*;

/// A file with a secret under every name and in every place, and what is none. Every secret's value begins with
/// `SECRET`, and every other value with `plain`.
const FILE: &str = r#"{
  "application": { "id": "com.contactApp.Contact", "name": "plain-name", "version": 1 },
  "status": "pending", "email": "plain-email", "session": { "id": "1" },
  "Token": "SECRET-01", "TOKEN": ["SECRET-02"], "t\u006fken": "SECRET-03", "p\u0061ssword": "SECRET-04",
  "Password": { "x": "SECRET-05" }, "password": "SECRET-06", "password": "SECRET-07",
  "device": [ { "token": "SECRET-08", "id": "plain-id" }, { "a": { "Token": "SECRET-09" } } ],
  "Device": { "TOKEN": "SECRET-10" },
  "parameters": {
    "city": "plain-city", "passenger": "plain-passenger", "shipping": { "pinned": "plain-pinned" },
    "user": { "passWord": "SECRET-11", "deep": [[[ { "API-Key": "SECRET-12" } ]]] },
    "pin": "SECRET-13", "otp": [ "SECRET-14" ], "jwt": { "a": "SECRET-15" }, "Authorization": "SECRET-16",
    "session_key": "SECRET-17", "privateKey": "SECRET-18", "Set-Cookie": "SECRET-19", "PWD": "SECRET-20",
    "credentials": { "login": "SECRET-21" }, "clientSecret": "SECRET-22",
    "json": "{\"password\":\"SECRET-23\"}", "form": "user=a&password=SECRET-24",
    "list": [ { "name": "password", "value": "SECRET-25" }, { "name": "city", "value": "plain-value" } ]
  },
  "USERINFO": { "access_token": "SECRET-26", "note": "plain-note" },
  "userInfo": "{ \"pass\": \"SECRET-27\", ",
  "other": { "token": "SECRET-28", "text": "plain-text" },
  "push": "{\"device\":{\"Token\":\"SECRET-29\"}}", "history": [ [ "[{\"apiKey\":\"SECRET-30\"}]" ] ]
}"#;
const SECRETS: usize = 30;
const PLAIN: [&str; 9] = ["name", "email", "id", "city", "passenger", "pinned", "value", "note", "text"];

fn site() -> Site {
    let site = Site::new();
    site.write(CONTACT, "1", FILE);
    // The same with more than can be shown exactly.
    site.write(CONTACT, "2", FILE.replacen('{', r#"{ "n": 1e400, "s": "\ud800","#, 1));
    site
}

#[track_caller]
fn assert_masked(text: &str, plain: bool) {
    assert!(!text.contains("SECRET"), "{text}");
    for word in PLAIN.iter().filter(|_| plain) {
        assert!(text.contains(&format!("plain-{word}")), "plain-{word}: {text}");
    }
}

#[test]
fn no_face_shows_a_secret_however_it_is_spelled() {
    assert_eq!(FILE.matches("SECRET").count(), SECRETS);
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    let one = viewer.get(&session_path(CONTACT, "1")).status(200);
    assert_masked(&one.text(), true);
    let one = one.json();
    let redacted: Vec<&str> = one["redacted"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
    for pointer in [
        "/Token",
        "/token",
        "/password",
        "/Password",
        "/device/0/token",
        "/device/1/a/Token",
        "/Device/TOKEN",
        "/parameters/user/passWord",
        "/parameters/user/deep/0/0/0/API-Key",
        "/parameters/jwt",
        "/parameters/otp",
        "/parameters/json",
        "/parameters/form",
        "/parameters/list/0/value",
        "/USERINFO/access_token",
        "/userInfo",
        "/push",
        "/history/0/0",
    ] {
        assert!(redacted.contains(&pointer), "{pointer}: {redacted:?}");
        let shown = one["document"].pointer(pointer);
        assert!(pointer.contains("/device/") || shown.is_none_or(Value::is_null), "{pointer}");
    }
    assert_eq!(one["document"]["parameters"]["city"], "plain-city");
    let two = viewer.get(&session_path(CONTACT, "2")).status(200);
    assert_masked(&two.text(), false);
    assert!(two.json()["redacted"].as_array().unwrap().len() >= redacted.len());
    server.first_owner();
    let vera = user(&server, "vera", "viewer", &[]);
    for id in ["1", "2"] {
        let own = format!("/apps/{CONTACT}/sessions/{id}");
        assert_masked(&vera.get(&own).status(200).text(), true);
        assert_masked(&vera.get(&format!("{own}/file")).status(200).text(), true);
        assert_masked(&vera.get(&format!("{own}/look")).status(200).text(), false);
    }
    for path in ["/api/v1/sessions", "/api/v1/apps", "/api/v1/changes", "/api/v1/push"] {
        for accept in ["application/json", "text/csv"] {
            assert_masked(&viewer.request("GET", path).header("accept", accept).send().text(), false);
        }
    }
    assert!(!server.log().contains("SECRET"), "{}", server.log());
}

#[test]
fn who_may_read_secrets_sees_the_whole_document() {
    let site = site();
    let server = site.serve();
    let reader = server.token_with("viewer", &[], true);
    let one = reader.json(&session_path(CONTACT, "1"));
    assert_eq!((&one["redacted"], &one["document"]["parameters"]["pin"]), (&json!([]), &json!("SECRET-13")));
    assert_eq!(one["document"]["token"], "SECRET-03");
    let (all, masked) = (reader.etag(CONTACT, "1"), server.viewer().etag(CONTACT, "1"));
    assert!(all != masked && all.split('-').next() == masked.split('-').next(), "{all} {masked}");
}

#[test]
fn a_manifest_is_shown_without_its_secrets() {
    let site = site();
    let manifest = r#"{ "application": { "id": "com.contactApp.Contact", "name": "Contact" }, "team": { "id": "UTT7VDX8W5" },
        "info": { "target": "iOS", "apiKey": "SECRET-1" }, "urlScheme": "contact", "password": "SECRET-2",
        "server": { "urls": { "production": "plain-url" }, "push": [ { "authToken": "SECRET-3" } ] },
        "parameters": "pin=SECRET-4" }"#;
    std::fs::write(site.root().join(CONTACT).join("manifest.json"), manifest).unwrap();
    let server = site.serve();
    let (owner, viewer, reader) = (server.owner(), server.viewer(), server.token_with("viewer", &[], true));
    for user in [&owner, &viewer] {
        let answer = user.get(&app_path(CONTACT)).status(200);
        assert!(!answer.text().contains("SECRET") && answer.text().contains("plain-url"), "{answer:?}");
        let redacted = json!(["/password", "/parameters", "/info/apiKey", "/server/push/0/authToken"]);
        assert_eq!(answer.json()["manifest_redacted"], redacted);
    }
    let log = |action: &str| owner.json(&format!("/api/v1/access-log?action={action}"));
    assert_eq!(log("secret_read")["total"], 0);
    let whole = reader.json(&app_path(CONTACT));
    assert_eq!(whole["manifest"], serde_json::from_str::<Value>(manifest).unwrap());
    assert_eq!(
        (&whole["manifest_redacted"], &log("secret_read")["items"][0]["subject"]),
        (&json!([]), &json!(CONTACT))
    );
}

#[test]
fn a_search_does_not_find_by_a_secret() {
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    for n in 1..=SECRETS {
        for key in ["q", "email", "device_id", "os"] {
            let path = format!("/api/v1/sessions?{key}=SECRET-{n:02}");
            assert_eq!(viewer.json(&path)["total"], 0, "{path}");
        }
    }
    assert_eq!(viewer.json("/api/v1/sessions?q=plain-email")["total"], 2);
}

#[test]
fn a_change_keeps_secrets_and_shows_none() {
    let site = site();
    let file = FILE.replace(r#""password": "SECRET-06", "#, "").replace(r#""t\u006fken": "SECRET-03", "#, "");
    site.write(CONTACT, "1", &file);
    let server = site.serve();
    let operator = server.operator();
    let events = operator.request("GET", "/api/v1/events").listen();
    operator.patch(&session_path(CONTACT, "1"), json!({ "status": "accepted" })).status(200);
    assert_eq!(site.read(CONTACT, "1"), file.replacen("pending", "accepted", 1).into_bytes());
    let told = events.next_of("session.changed");
    assert_masked(&told.data.to_string(), false);
    assert_masked(&operator.get("/api/v1/changes").text(), false);
    assert_masked(&server.log(), false);
}

#[test]
fn no_cell_of_a_spreadsheet_is_a_formula() {
    let site = Site::new();
    let cases = [
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("\n=1", "'\n'=1"),
        ("\t=1", "'\t'=1"),
        ("\r\nx", "'\r\nx"),
        ("  =1", "'  =1"),
        ("a;=1+1", "a;'=1+1"),
        ("a,=1+1", "a,'=1+1"),
        ("a\n@x", "a\n'@x"),
        ("\"=1+1", "'\"=1+1"),
        ("a;\"=1+1\"", "a;'\"=1+1\""),
        ("\u{0}=1", "'\u{2400}=1"),
        ("x\u{1b}[31my", "x\u{241b}[31my"),
        ("x\u{85}y\u{9b}z\u{7f}", "x\u{fffd}y\u{fffd}z\u{2421}"),
        ("\u{feff}=1", "'\u{feff}=1"),
        ("\u{61c}\u{2800}\u{e0001}=1", "'\u{61c}\u{2800}\u{e0001}=1"),
        ("“=1”", "'“=1”"),
        ("\u{2212}1", "'\u{2212}1"),
        ("⁼1", "'⁼1"),
        ("a\u{2028}=1", "a\u{2028}'=1"),
        ("a；=1，=2", "a；'=1，'=2"),
        ("plain a=b, c-d", "plain a=b, c-d"),
    ];
    for (n, (text, _)) in (1..).zip(cases) {
        let file = session(CONTACT, &id(n)).set("/device/description", text).set("/application/name", text);
        site.put(&file.set("/language/id", text).email(text).set("/device/os", text).set("/session/ip", text));
    }
    let server = site.serve();
    let operator = server.operator();
    let answer = operator.request("GET", "/api/v1/sessions").header("accept", "text/csv").send().status(200);
    let mut reader = csv::Reader::from_reader(answer.body.as_slice());
    let heads = reader.headers().unwrap().clone();
    let mut found = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let cell = |head: &str| &row[heads.iter().position(|one| one == head).expect("a head")];
        let n = (1..=cases.len() as u32).find(|&n| id(n) == cell("id")).expect("a session");
        for head in ["email", "device_description", "application_name", "language_id", "device_os", "ip"] {
            assert_eq!(cell(head), cases[n as usize - 1].1, "{head}");
        }
        found += 1;
    }
    assert_eq!(found, cases.len());
    // The journal's texts come from people and files as well.
    let path = session_path(CONTACT, &id(25));
    operator.patch(&path, json!({ "status": "pending", "email": "＝2;=3", "reason": "x\n=1+1\u{1b}" })).status(200);
    let journal = operator.request("GET", "/api/v1/changes").header("accept", "text/csv").send().status(200).text();
    for cell in ["'＝2;'=3", "x\n'=1+1\u{241b}"] {
        assert!(journal.contains(cell), "{journal:?}");
    }
    let kept: Value = serde_json::from_slice(&site.read(CONTACT, &id(25))).unwrap();
    assert_eq!(kept["email"], "＝2;=3", "the file is what it was set to");
}

#[test]
fn a_copy_of_a_connection_token_is_hidden_wherever_it_stands() {
    let file = session(CONTACT, &id(1));
    let token = file.document["token"].as_str().unwrap().to_owned();
    let file = file.set("/backup", json!({ "was": [token.clone()], "of": "eyesight" }));
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let shown = server.viewer().get(&file.path()).status(200);
    assert!(!shown.text().contains(&token) && shown.text().contains("eyesight"), "{}", shown.text());
    assert_eq!(shown.json()["redacted"], json!(["/token", "/backup/was/0"]));
}
