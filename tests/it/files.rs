//! What 4D's own files hold, in all the ways that versions of it and of apps wrote them: `tests/fixtures`.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::pages::user;
use crate::spawn::*;

const DEPOT: &str = "8Q2LKX5T7M.com.example.depot";
const OLD_ANDROID: &str = "e713acd7c9a00cc89263ae0bed3a0e73e7ef571a";
const LOGIN: &str = "f132bb54e1b77b5067a725ed9fb7d2d7fb75110e";
const JAILBROKEN: &str = "74f9e0de73d3d119adda010494686ce441d61c67";
const SIMULATOR: &str = "abb7c2a225b110f16f63b14f6fffaebf015891af";
const SURROGATE: &str = "deb650b10c9a70429c6134fc1b4575a771a00c58";
const CONTROL_KEY: &str = "bbc092dd164a6dd59049a77b33aec1fc20690484";
const DEVICE_CHECK: &str = "260318357aab536cf0e49ca5848c6fe43f68fe0c";
const FAKE: &str = "FAKETEAMID.com.example.fake";
const FAKE_BEFORE: &str = ".com.example.fake";
const FAKE_NEW_ID: &str = "03e0e45530d90a71ee0d29eeaeab81ac20674779";
const FAKE_OLD_ID: &str = "7206915df1720cc66de49b71696ae3e1fbe9aad7";
const CASE: &str = "8Q2LKX5T7M.com.example.Case";
const CASE_ID: &str = "6406510c31e0c9925733c7f21414bf6428333ed2";

/// A site with a copy of the fixtures.
pub fn fixtures() -> Site {
    let site = Site::new();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/MobileApps");
    for app in fs::read_dir(from).unwrap() {
        let app = app.unwrap();
        for file in fs::read_dir(app.path()).unwrap() {
            let file = file.unwrap();
            let (app, name) = (app.file_name(), file.file_name());
            site.write(app.to_str().unwrap(), name.to_str().unwrap(), fs::read(file.path()).unwrap());
        }
    }
    site
}

fn page_of(app: &str, id: &str) -> String {
    format!("/apps/{}/sessions/{id}", segment(app))
}

fn on_disk(site: &Site, app: &str, id: &str) -> Value {
    serde_json::from_slice(&site.read(app, id)).unwrap()
}

#[test]
fn an_old_android_is_shown_whole_and_found_under_android() {
    let site = fixtures();
    let server = site.serve();
    let operator = server.operator();
    let path = session_path(DEPOT, OLD_ANDROID);
    let session = operator.json(&path);
    assert_eq!(session["device"]["version"], "28");
    assert_eq!(session["application"]["version"], "1");
    assert_eq!((&session["compliant"], &session["problems"]), (&json!(true), &json!([])));
    for os in ["Android", "ANDROID", "android p", "Windows,Android"] {
        assert_eq!(operator.ids(&format!("/api/v1/sessions?os={}", segment(os))), [OLD_ANDROID], "{os}");
    }
    operator.patch(&path, json!({ "email": "a@x.example" })).status(200);
    let file = on_disk(&site, DEPOT, OLD_ANDROID);
    assert_eq!((&file["device"]["version"], &file["application"]["version"]), (&json!(28), &json!(1)));
    let owner = server.first_owner();
    for page in ["/", "/sessions", &page_of(DEPOT, OLD_ANDROID)] {
        assert!(owner.get(page).status(200).text().contains("Android 9"), "{page}");
    }
}

#[test]
fn numbers_are_shown_as_versions_as_they_are_spelled() {
    let site = Site::new();
    for (n, raw) in (1..).zip(["28", "1.10", "-3", "0", "1e2"]) {
        let text = String::from_utf8(session(CONTACT, &id(n)).bytes()).unwrap();
        let text = text.replace("\"11.3\"", raw).replace("\"1.0.0\"", raw);
        site.write(CONTACT, &id(n), &text);
        let server = site.serve();
        let session = server.viewer().json(&session_path(CONTACT, &id(n)));
        assert_eq!((&session["device"]["version"], &session["application"]["version"]), (&json!(raw), &json!(raw)));
        assert_eq!(session["compliant"], true, "{raw}");
    }
}

#[test]
fn a_list_by_system_goes_as_it_is_shown() {
    let site = Site::new();
    let systems = [
        (Some("Android P"), json!(28), "Android 9"),
        (Some("Android"), json!("29 (Android Q)"), "Android 10"),
        (Some("iOS"), json!(" 9"), "iOS 9"),
        (Some("iOS"), json!("15.4"), "iOS 15.4"),
        (None, json!("11.3"), "11.3"),
        (Some(""), json!("12"), "12"),
    ];
    for (n, (os, version, _)) in (1..).zip(&systems) {
        site.put(&session(CONTACT, &id(n)).set("/device/os", json!(os)).set("/device/version", version.clone()));
    }
    let server = site.serve();
    let mut shown: Vec<(&str, String)> = (1..).zip(&systems).map(|(n, (.., shown))| (*shown, id(n))).collect();
    shown.sort_by_key(|(shown, _)| shown.to_lowercase());
    let ids: Vec<String> = shown.into_iter().map(|(_, id)| id).collect();
    assert_eq!(server.viewer().ids("/api/v1/sessions?sort=os"), ids);
    assert_eq!(server.viewer().ids("/api/v1/sessions?os=android&sort=id").len(), 2);
}

#[test]
fn jailbroken_devices_have_mark_filter_and_condition() {
    let site = fixtures();
    let server = site.serve();
    let owner = server.owner();
    assert_eq!(owner.ids("/api/v1/sessions?jailbroken=true"), [JAILBROKEN]);
    let all = owner.json("/api/v1/sessions")["total"].as_u64().unwrap();
    // The file that is no JSON says nothing of its device.
    assert_eq!(owner.json("/api/v1/sessions?jailbroken=false")["total"], all - 2);
    let found = owner.post("/api/v1/sessions/search", json!({ "jailbroken": true })).status(200).json();
    assert_eq!(found["items"][0]["device"]["jailbroken"], true);
    owner.get("/api/v1/sessions?jailbroken=yes").problem_at(400, "invalid-query", "/jailbroken");
    for (wanted, total) in [(json!(true), 1), (json!(null), 9)] {
        let when = json!({ "when": { "jailbroken": wanted, "apps": [DEPOT, FAKE, "com.example.mix"] } });
        let preview = owner.post("/api/v1/rules/preview", when).status(200).json();
        assert_eq!(preview["total"], total, "{preview}");
    }
    let rule = json!({ "name": "no jailbreak", "when": { "jailbroken": false } });
    let made = owner.post("/api/v1/rules", rule).status(201).json();
    assert_eq!(made["when"]["jailbroken"], false);
    let batch =
        json!({ "action": "set_status", "status": "accepted", "dry_run": true, "filter": { "jailbroken": true } });
    assert_eq!(owner.post("/api/v1/sessions/batch", batch).status(200).json()["total"], 1);
    let user = server.first_owner();
    for page in ["/sessions?jailbroken=true", &page_of(DEPOT, JAILBROKEN)] {
        assert!(user.get(page).status(200).text().contains("<span class=\"tag bad\">Jailbroken</span>"), "{page}");
    }
    let other = user.get("/sessions?jailbroken=false").text();
    assert!(other.contains("Not jailbroken") && !other.contains("<span class=\"tag bad\">Jailbroken</span>"));
    assert!(user.get("/rules").text().contains("the device is not jailbroken"));
}

#[test]
fn a_simulator_that_says_so_is_not_marked_twice() {
    let site = fixtures();
    site.put(&session(CONTACT, &id(1)).set("/device/simulator", true));
    let server = site.serve();
    let owner = server.first_owner();
    let count = |page: &str| owner.get(page).status(200).text().matches("<span class=\"tag\">Simulator</span>").count();
    assert_eq!(count(&page_of(DEPOT, SIMULATOR)), 0);
    assert_eq!(count(&page_of(CONTACT, &id(1))), 1);
    assert_eq!(count("/sessions?simulator=true"), 1);
}

#[test]
fn half_a_character_is_one_sign_with_a_note() {
    let site = fixtures();
    let server = site.serve();
    let session = server.viewer().json(&session_path(DEPOT, SURROGATE));
    assert_eq!(session["device"]["description"], "iPhone \u{fffd}");
    assert_eq!((&session["compliant"], &session["document"]), (&json!(true), &Value::Null));
    let owner = server.first_owner();
    let own = page_of(DEPOT, SURROGATE);
    let note = "more than can be shown here";
    let page = owner.get(&own).status(200).text();
    assert!(page.contains("iPhone \u{fffd}") && page.contains(note), "{page}");
    assert_eq!(server.operator().patch(&session_path(DEPOT, SURROGATE), json!({ "status": "accepted" })).status, 200);
    assert!(String::from_utf8(site.read(DEPOT, SURROGATE)).unwrap().contains(r"iPhone \ud83d"));
}

#[test]
fn a_device_is_shown_whatever_else_its_file_holds() {
    let site = Site::new();
    let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
    let values = ["1e400", r#""\udc00""#, &deep];
    for (n, value) in (1..).zip(values) {
        let text = format!(r#"{{"status":"pending","device":{{"description":"Pixel","x":{value},"token":"SECRET"}}}}"#);
        site.write(CONTACT, &id(n), text);
    }
    let server = site.serve();
    let owner = server.first_owner();
    for (n, _) in (1..).zip(values) {
        let own = page_of(CONTACT, &id(n));
        for path in [own.clone(), format!("{own}/look")] {
            let text = owner.get(&path).status(200).text();
            assert!(text.contains("Pixel") && !text.contains("SECRET"), "{text}");
        }
    }
}

#[test]
fn a_raw_control_character_in_a_key_is_no_json() {
    let site = fixtures();
    for control in 0..0x20_u8 {
        let text = String::from_utf8(session(CONTACT, &id(control.into())).bytes()).unwrap();
        let raw = if control % 2 == 0 { format!("\"a{}\": 1,", char::from(control)) } else { String::new() };
        let nested = if control % 2 == 1 { format!("\"{}b\": 1,", char::from(control)) } else { String::new() };
        let text =
            text.replacen('{', &format!("{{{raw}"), 1).replacen("\"device\": {", &format!("\"device\": {{{nested}"), 1);
        site.write(CONTACT, &id(control.into()), text);
    }
    let server = site.serve();
    let operator = server.operator();
    let controls = (0..0x20_u32).map(|n| (CONTACT, id(n))).chain([(DEPOT, CONTROL_KEY.to_owned())]);
    for (app, id) in controls {
        let session = operator.json(&session_path(app, &id));
        assert_eq!((&session["problems"][0]["code"], &session["status"]), (&json!(2), &Value::Null), "{id}");
    }
    let path = session_path(DEPOT, CONTROL_KEY);
    operator.patch(&path, json!({ "status": "accepted" })).status(422);
    operator.delete(&path).status(204);
}

#[test]
fn a_device_id_of_some_kb_is_found_and_shortened() {
    let site = fixtures();
    let whole = on_disk(&site, DEPOT, DEVICE_CHECK)["device"]["id"].as_str().unwrap().to_owned();
    assert!(whole.len() > 1500, "{}", whole.len());
    let server = site.serve();
    let viewer = server.viewer();
    assert_eq!(viewer.ids(&format!("/api/v1/sessions?device_id={}", segment(&whole))), [DEVICE_CHECK]);
    let found = viewer.post("/api/v1/sessions/search", json!({ "device_id": whole })).status(200).json();
    assert_eq!(found["items"][0]["device"]["id"], whole.as_str());
    let owner = server.first_owner();
    let page = owner.get(&page_of(DEPOT, DEVICE_CHECK)).status(200).text();
    let escaped = whole.replace('+', "&#43;");
    assert!(
        page.contains(&format!("<span id=\"field-device-id\" hidden>{whole}</span>"))
            || page.contains(&format!("<span id=\"field-device-id\" hidden>{escaped}</span>")),
        "the copy is whole: {page}"
    );
    let short = format!("<bdi>{}…{}</bdi>", &whole[..48], &whole[whole.len() - 12..]);
    assert!(page.contains(&short), "{page}");
    owner.get(&format!("/sessions?device_id={}", segment(&whole))).status(200);
}

#[test]
fn one_app_in_several_folders_is_one_where_people_look() {
    let site = fixtures();
    let names = ["ABCDE12345.com.example.fake", "com.example.fake", "ACME Inc.com.example.fake"];
    for app in names {
        site.put(&session(app, &id(1)).set("/application/name", "Depot"));
    }
    // The team's name in the place of its id.
    let file = session(names[2], &id(1)).set("/application/id", "com.example.fake").set("/team/id", "ACME Inc");
    site.put(&file.set("/token", Value::from("x")).set("/email", "user1@example.org"));
    let server = site.serve();
    let owner = server.first_owner();
    let list = owner.get(&format!("/apps/{}", segment(FAKE))).status(200).text();
    assert!(list.contains("also in"), "{list}");
    for app in names.iter().copied().chain([FAKE_BEFORE]) {
        assert!(list.contains(&format!("href=\"/apps/{}\"", segment(app))), "{app}: {list}");
    }
    let seen = owner.get(&page_of(FAKE, FAKE_NEW_ID)).status(200).text();
    for (app, id) in [(FAKE_BEFORE, FAKE_OLD_ID), (names[2], &id(1))] {
        assert!(seen.contains(&format!("href=\"{}\"", page_of(app, id))), "seen before in {app}: {seen}");
    }
    // One name to choose, and one list; each session tells which folder it is in.
    let choice = "<option value=\"";
    let list = owner.get("/sessions").status(200).text();
    let values: Vec<&str> = list.split(choice).skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let [value] = values.iter().filter(|value| value.contains("com.example.fake")).collect::<Vec<_>>()[..] else {
        panic!("one choice: {values:?}");
    };
    assert_eq!(value.split(',').count(), 5, "{value}");
    let all = format!("/sessions?app={}", segment(value));
    let list = owner.get(&all).status(200).text();
    assert!(list.contains("5 sessions ·") && list.contains("· <bdi>ABCDE12345</bdi>"), "{list}");
    assert!(list.contains(&format!("<option value=\"{value}\" selected>")), "{list}");
    let csv = owner.get(&format!("/sessions.csv?app={}", segment(value))).status(200).text();
    assert_eq!(csv.lines().count(), 6, "{csv}");
    let overview = owner.get("/").status(200).text();
    let apps = overview.split("class=\"list apps\"").nth(1).expect("the apps");
    assert_eq!(apps.matches("href=\"/sessions?app=").count(), 1, "one row: {apps}");
    assert!(apps.contains("<bdi>ACME Inc</bdi>") && apps.contains("<bdi>FAKETEAMID</bdi>"), "{apps}");
    let operator = server.operator();
    operator.patch(&session_path(names[0], &id(1)), json!({ "email": "new@x.example" })).status(200);
    let journal = |apps: &str| operator.json(&format!("/api/v1/changes?app={}", segment(apps)))["total"].clone();
    assert_eq!((journal(value), journal(names[0]), journal(FAKE)), (json!(1), json!(1), json!(0)));
    let folders = operator.json("/api/v1/apps")["items"].as_array().unwrap().clone();
    let is_fake = |app: &&Value| app["id"].as_str().unwrap().ends_with("com.example.fake");
    assert_eq!(folders.iter().filter(is_fake).count(), 5, "programs name folders");
    // Who may not see the other folder is told nothing of it.
    let vera = user(&server, "vera", "viewer", &["FAKETEAMID.*"]);
    for page in [page_of(FAKE, FAKE_NEW_ID), format!("/apps/{}", segment(FAKE))] {
        let text = vera.get(&page).status(200).text();
        assert!(!text.contains(FAKE_OLD_ID) && !text.contains("also in"), "{text}");
    }
}

#[test]
fn a_session_of_the_apps_other_folder_can_be_replaced() {
    let site = fixtures();
    age(&site.path(FAKE_BEFORE, FAKE_OLD_ID), 1000);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(FAKE, FAKE_NEW_ID);
    let page = owner.get(&own).text();
    let old =
        page.split("name=\"old\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a way to replace");
    let form = Form::find(&page, &format!("{own}/email")).at(&format!("{own}/replace")).fill("old", old);
    assert_eq!(form.submit(&owner).status, 303);
    assert_eq!(on_disk(&site, FAKE, FAKE_NEW_ID)["status"], "accepted");
    assert!(!site.path(FAKE_BEFORE, FAKE_OLD_ID).exists());
}

#[test]
fn a_bare_version_is_no_apps_name() {
    let site = fixtures();
    for (n, name) in (1..).zip(["1.0-beta", "Tasks", "Aufgaben", "Tasks", "1.0-beta", "1.0-beta"]) {
        site.put_aged(&session(TASKS, &id(n)).set("/application/name", name), n.into());
    }
    site.put(&session(ANDROID, &id(1)).set("/application/name", "1.1"));
    site.put(&session("com.number", &id(1)).set("/application/name", 1.1));
    site.write("com.manifest", "manifest.json", r#"{"application":{"name":"2.0"}}"#);
    site.put(&session(CONTACT, &id(1)).set("/application/name", "2048"));
    let server = site.serve();
    let label = |app: &str| server.viewer().json(&app_path(app))["label"].as_str().unwrap().to_owned();
    assert_eq!(label("com.example.mix"), "Mix App (com.example.mix)");
    assert_eq!(label(TASKS), format!("Tasks ({TASKS})"));
    assert_eq!(label(ANDROID), format!("{ANDROID} ({ANDROID})"));
    assert_eq!(label("com.number"), "com.number (com.number)");
    assert_eq!(label("com.manifest"), "com.manifest (com.manifest)");
    assert_eq!(label(CONTACT), format!("2048 ({CONTACT})"));
    let owner = server.first_owner();
    let list = owner.get("/sessions?app=com.example.mix,x").status(200).text();
    assert!(list.contains("<bdi>Mix App</bdi>") && !list.contains("<bdi>1.1</bdi>"), "{list}");
}

#[test]
fn differences_in_case_are_assumed_and_block_no_push() {
    let site = fixtures();
    site.put(&session(CONTACT, "abcd").set("/session/id", "ABCD"));
    let server = site.serve();
    let operator = server.operator();
    for (app, id, codes) in [(CASE, CASE_ID, vec![1]), (CONTACT, "abcd", vec![1, 4])] {
        let session = operator.json(&session_path(app, id));
        let problems = session["problems"].as_array().unwrap();
        let found: Vec<&Value> = problems.iter().map(|problem| &problem["code"]).collect();
        assert_eq!(json!(found), json!(codes), "{session}");
        assert!(problems.iter().all(|problem| problem["assumed"] == true), "{session}");
    }
    let preview = operator.json("/api/v1/push")["preview"]["noncompliant"].clone();
    let apps: Vec<&str> = preview.as_array().unwrap().iter().map(|one| one["app"].as_str().unwrap()).collect();
    assert!(!apps.contains(&CASE) && !apps.contains(&CONTACT), "{preview}");
    let page = server.first_owner().get(&page_of(CASE, CASE_ID)).status(200).text();
    assert!(page.contains("Probably nothing: 4D treats names that differ only in letter case"), "{page}");
    let report = run(&["check", site.root().to_str().unwrap(), "--json"]);
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    let items = report["items"].as_array().unwrap();
    let case = items.iter().find(|item| item["app"] == CASE).expect("it is named");
    assert_eq!(case["problems"][0]["assumed"], true);
}

#[test]
fn a_name_reserved_on_windows_is_listed() {
    let site = fixtures();
    for app in ["NUL", "com1.example", "aux.example.app", "con"] {
        site.put(&session(app, &id(1)));
    }
    let (app, name) = ("con.example.reserved", "c3fed1dae28105416889eb25d33d7d24c7a20450");
    let server = site.serve();
    let operator = server.operator();
    assert_eq!(operator.json("/api/v1/apps")["total"], 11);
    assert_eq!(operator.json(&session_path(app, name))["compliant"], true);
    operator.patch(&session_path(app, name), json!({ "status": "accepted" })).status(200);
    assert_eq!(on_disk(&site, app, name)["status"], "accepted");
    assert_eq!(operator.json(&session_path("NUL", &id(1)))["id"], id(1).as_str());
    let report = run(&["check", site.root().to_str().unwrap(), "--json"]);
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["apps"], 11, "{report}");
    assert_eq!(server.first_owner().get(&page_of(app, name)).status, 200);
}

#[test]
fn emails_are_distinct_whatever_their_case_as_most_spell_them() {
    let site = fixtures();
    let spellings = ["ÉVA", "éva", "éva", "zoë", "ZOË", "jdoe", "", " "];
    for (n, email) in (1..).zip(spellings) {
        site.put(&session(CONTACT, &id(n)).email(email));
    }
    let server = site.serve();
    let emails = |app: &str| server.viewer().json(&format!("{}/emails", app_path(app)))["items"].clone();
    assert_eq!(
        emails("8Q2LKX5T7M.com.example.mails"),
        json!(["Bob@Example.org"]),
        "of two that are as frequent, the first"
    );
    assert_eq!(emails(CONTACT), json!([" ", "jdoe", "ZOË", "éva"]));
    assert_eq!(server.viewer().json(&format!("/api/v1/sessions?email={}", segment("ÉvA")))["total"], 3);
    assert_eq!(server.viewer().ids("/api/v1/sessions?email=BOB%40example.ORG").len(), 2);
}

#[test]
fn a_login_name_is_an_email_everywhere() {
    let site = fixtures();
    let server = site.serve();
    let operator = server.operator();
    let path = session_path(DEPOT, LOGIN);
    assert_eq!(operator.json(&path)["email"], "jdoe");
    let before = site.read(DEPOT, LOGIN);
    let longest = "é".repeat(254);
    for email in ["j", "John Doe", "DOMAIN\\jdoe", "a@b@c", "user@", "\u{202e}x", " jdoe ", &longest, "jdoe"] {
        operator.patch(&path, json!({ "email": email })).status(200);
        assert_eq!(on_disk(&site, DEPOT, LOGIN)["email"], email);
    }
    for email in ["a\nb", "a\u{0}", "a\u{7f}", "a\u{85}b", "\t", &"é".repeat(255)] {
        operator.patch(&path, json!({ "email": email })).problem_at(422, "invalid-value", "/email");
    }
    assert_eq!(site.read(DEPOT, LOGIN), before);
    let batch = json!({ "action": "set_email", "email": "asmith", "sessions": [{ "app": DEPOT, "id": LOGIN }] });
    let done = operator.post("/api/v1/sessions/batch", batch).status(200).json();
    assert_eq!(on_disk(&site, DEPOT, LOGIN)["email"], "asmith");
    let change = done["change_id"].as_str().unwrap();
    operator.post(&format!("/api/v1/changes/{change}/undo"), json!({})).status(200);
    assert_eq!(site.read(DEPOT, LOGIN), before);
    let owner = server.first_owner();
    let own = page_of(DEPOT, LOGIN);
    let form = Form::find(&owner.get(&own).text(), &format!("{own}/email"));
    assert_eq!(form.fill("email", "  bsmith ").submit(&owner).status, 303);
    assert_eq!(on_disk(&site, DEPOT, LOGIN)["email"], "bsmith", "a form's spaces are nobody's");
}

#[test]
fn address_rules_and_login_name_rules_differ() {
    let site = Site::new();
    for (n, email) in (1..).zip(["jdoe", "a@corp.example", "x, a@corp.example", "John Doe"]) {
        site.put(&session(CONTACT, &id(n)).status("pending").email(email));
    }
    let server = site.serve();
    let found = |globs: Value| {
        let preview = server.owner().post("/api/v1/rules/preview", json!({ "when": { "emails": globs } })).status(200);
        let mut emails: Vec<String> = preview.json()["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["email"].as_str().unwrap().to_owned())
            .collect();
        emails.sort();
        emails
    };
    assert_eq!(found(json!(["*@corp.example"])), ["a@corp.example"]);
    assert_eq!(found(json!(["JDOE"])), ["jdoe"]);
    assert_eq!(found(json!(["*"])), ["a@corp.example", "jdoe"]);
}

#[test]
fn filters_take_several_values() {
    let site = Site::with(&[
        session(CONTACT, &id(1)),
        session(CONTACT, &id(2)).status("pending").set("/device/os", "iOS"),
        session(TASKS, &id(3)).status("banned").set("/device/os", "Android"),
        session(ANDROID, &id(4)).set("/device/os", "iPadOS"),
    ]);
    let server = site.serve();
    let (operator, owner) = (server.operator(), server.first_owner());
    for (query, expected) in [
        ("status=pending,other".to_owned(), vec![2, 3]),
        ("status=accepted,accepted".to_owned(), vec![1, 4]),
        ("os=ios,android".to_owned(), vec![2, 3]),
        (format!("app={TASKS},{ANDROID},com.none"), vec![3, 4]),
        (format!("app={TASKS},{CONTACT}&status=other,pending&os=Android"), vec![3]),
    ] {
        let ids: Vec<String> = expected.iter().map(|&n| id(n)).collect();
        assert_eq!(operator.ids(&format!("/api/v1/sessions?{query}&sort=app")).len(), ids.len(), "{query}");
        let walked = operator.json(&format!("/api/v1/sessions?{query}&limit=1&sort=-id"));
        assert_eq!(walked["total"], ids.len(), "{query}");
        let csv = operator.request("GET", &format!("/api/v1/sessions?{query}")).header("accept", "text/csv").send();
        assert!(ids.iter().all(|id| csv.text().contains(id)) && csv.text().lines().count() == ids.len() + 1, "{query}");
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
        let keys: serde_json::Map<String, Value> = pairs.map(|(key, value)| (key.to_owned(), value.into())).collect();
        let found = operator.post("/api/v1/sessions/search", Value::Object(keys.clone())).status(200).json();
        assert_eq!(found["total"], ids.len(), "{query}");
        let batch = json!({ "action": "delete", "dry_run": true, "filter": keys });
        assert_eq!(operator.post("/api/v1/sessions/batch", batch).status(200).json()["total"], ids.len(), "{query}");
        let page = owner.get(&format!("/sessions?{query}")).status(200).text();
        assert_eq!(page.matches("<th scope=\"row\"").count(), ids.len(), "{query}");
    }
    let chips = owner.get("/sessions?status=pending,other").text();
    assert!(chips.contains("Pending, Other"), "{chips}");
    for wrong in ["status=pending,", "status=pending,Banned", "status=pending%20other"] {
        operator.get(&format!("/api/v1/sessions?{wrong}")).problem_at(400, "invalid-query", "/status");
    }
}

#[test]
fn an_app_name_with_a_comma_is_one_app() {
    let site = Site::with(&[session("a,b", &id(1)), session("a", &id(2)), session("b", &id(3))]);
    let server = site.serve();
    assert_eq!(server.viewer().ids("/api/v1/sessions?app=a,b"), [id(1)]);
    assert_eq!(server.viewer().ids("/api/v1/apps/a%2Cb/sessions"), [id(1)]);
    assert_eq!(server.token_with("viewer", &["?"], false).json("/api/v1/sessions?app=a,b")["total"], 2);
}

#[test]
fn odd_languages_and_manifests_are_read() {
    let site = Site::new();
    for (n, language) in (1..).zip(["zh_CN_#Hans", "en_US@rg=gbzzzz", "zh-Hans_CN@calendar=chinese"]) {
        site.put(&session(CONTACT, &id(n)).status("pending").set("/language/id", language));
    }
    let manifest =
        "\u{feff}{\"application\":{\"id\":\"com.a\"},\"info\":{\"target\":\"android\"},\"urlScheme\":\"contact\"}";
    site.write(CONTACT, "manifest.json", manifest);
    let server = site.serve();
    let (owner, person) = (server.owner(), server.first_owner());
    for (n, language) in (1..).zip(["zh_CN_#Hans", "en_US@rg=gbzzzz", "zh-Hans_CN@calendar=chinese"]) {
        let session = owner.json(&session_path(CONTACT, &id(n)));
        assert_eq!((&session["language"]["id"], &session["compliant"]), (&json!(language), &json!(true)));
        let when = json!({ "when": { "languages": [language] } });
        assert_eq!(owner.post("/api/v1/rules/preview", when).status(200).json()["total"], 1, "{language}");
        assert_eq!(person.get(&page_of(CONTACT, &id(n))).status, 200);
    }
    let app = owner.json(&app_path(CONTACT));
    assert_eq!((&app["targets"], &app["manifest"]["urlScheme"]), (&json!(["android"]), &json!("contact")));
}

/// Gives a file this time.
fn set_time(path: &Path, time: SystemTime) {
    fs::File::options().write(true).open(path).and_then(|file| file.set_modified(time)).unwrap();
}

#[test]
fn implausible_file_times_count_as_first_seen_now() {
    let year = Duration::from_secs(365 * 24 * 3600);
    let site = Site::new();
    let now = SystemTime::now();
    let times = [now + 2 * year, SystemTime::UNIX_EPOCH - 10 * year, SystemTime::UNIX_EPOCH, now - year];
    for (n, time) in (1..).zip(times) {
        set_time(&site.put(&session(CONTACT, &id(n)).status("pending")), time);
    }
    let server = site.serve();
    let viewer = server.viewer();
    let time = |session: &Value, key: &str| session[key].as_str().unwrap().to_owned();
    let plausible = viewer.json(&session_path(CONTACT, &id(4)));
    assert_eq!(time(&plausible, "first_seen_at"), time(&plausible, "modified_at"));
    // Newer ones come later, and none of them in the future.
    set_time(&site.put(&session(CONTACT, &id(5)).status("pending")), now + 3 * year);
    viewer.refresh();
    let after = viewer.request("GET", "/api/v1/sessions").send().header("date").to_owned();
    let list = viewer.json("/api/v1/sessions?sort=pending_since");
    let order: Vec<&str> = list["items"].as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap()).collect();
    assert_eq!((order[0], order[4]), (id(4).as_str(), id(5).as_str()), "{after}");
    for n in [1, 2, 3, 5] {
        let session = viewer.json(&session_path(CONTACT, &id(n)));
        let (seen, since) = (time(&session, "first_seen_at"), time(&session, "pending_since"));
        assert_eq!(seen, since);
        assert_ne!(seen, time(&session, "modified_at"), "the file's own time stays what it is");
        let age = now_as_text();
        assert!(seen <= age && seen[..4] == age[..4], "{seen} {age}");
    }
    assert!(time(&viewer.json(&session_path(CONTACT, &id(1))), "modified_at") > now_as_text());
}

fn now_as_text() -> String {
    mobile_sessions::domain::timestamp::Timestamp::from(SystemTime::now()).to_string()
}
