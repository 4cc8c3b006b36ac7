//! Rules: who is let in without a person, who never is, and that nothing that arrived is lost.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::spawn::*;

const SOON: Duration = Duration::from_secs(10);
const CORP: &str = "olga@corp.example";

fn pending(n: u32) -> SessionFile {
    session(CONTACT, &id(n)).status("pending").email(CORP)
}

/// Creates a rule; its id.
#[track_caller]
fn rule(owner: &impl User, name: &str, when: Value) -> String {
    let made = owner.post("/api/v1/rules", json!({ "name": name, "when": when })).status(201).json();
    made["id"].as_str().unwrap().to_owned()
}

fn status(user: &impl User, file: &SessionFile) -> String {
    user.json(&file.path())["status"].as_str().unwrap_or_default().to_owned()
}

#[track_caller]
fn is_let_in(user: &impl User, file: &SessionFile) {
    // The folder can be seen to have changed a moment before the journal has the outcome.
    until(SOON, "it is let in", || {
        user.get(&file.path()).status == 200 && status(user, file) == "accepted" && !history(user, file).is_empty()
    });
}

/// One more session arrives and is let in: everything that arrived before has been looked at by then.
#[track_caller]
fn all_looked_at(site: &Site, user: &impl User, n: u32) {
    // Files of several apps are not noticed in the order in which they were written.
    user.refresh();
    let marker = session(TASKS, &id(n)).status("pending").email(CORP);
    site.put(&marker);
    is_let_in(user, &marker);
}

/// The journal's entries of one session, the newest first: who, and what came of it.
#[track_caller]
fn history(user: &impl User, file: &SessionFile) -> Vec<(String, String, String)> {
    let entries = journal(user, &format!("&app={}&session={}", file.app, file.id));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    entries
        .iter()
        .map(|(_, entry)| {
            (text(&entry["actor"]["kind"]), text(&entry["actor"]["name"]), text(&entry["after"]["status"]))
        })
        .collect()
}

fn by_rule(name: &str) -> (String, String, String) {
    ("rule".to_owned(), name.to_owned(), "accepted".to_owned())
}

#[test]
fn the_first_matching_rule_accepts_an_arrival() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.owner();
    rule(&owner, "nobody", json!({ "emails": ["*@other.example"] }));
    let second = json!({ "name": "second", "order": 5.0, "when": { "emails": ["*@corp.example"] }, "note": "Staff" });
    let second = owner.post("/api/v1/rules", second).status(201).json();
    for (key, value) in [("enabled", json!(true)), ("action", json!("accept")), ("expires_at", Value::Null)] {
        assert_eq!(second[key], value, "{second}");
    }
    rule(&owner, "last", json!({}));
    let names: Vec<Value> = owner.json("/api/v1/rules")["items"].as_array().unwrap().to_vec();
    let names: Vec<_> =
        names.iter().map(|rule| (rule["name"].as_str().unwrap(), rule["order"].as_i64().unwrap())).collect();
    assert_eq!(names, [("nobody", 1), ("second", 5), ("last", 6)]);
    let (staff, guest) = (pending(2), pending(3).email(""));
    let before = staff.bytes();
    site.put(&staff);
    site.put(&guest);
    is_let_in(&owner, &staff);
    is_let_in(&owner, &guest);
    assert_eq!(history(&owner, &staff), [by_rule("second")]);
    assert_eq!(history(&owner, &guest), [by_rule("last")]);
    let entry = &journal(&owner, &format!("&session={}", staff.id))[0].1;
    assert_eq!(
        (&entry["reason"], &entry["can_undo"], &entry["outcome"]),
        (&json!("Staff"), &json!(true), &json!("done"))
    );
    // Nothing but the value is another one.
    let text = String::from_utf8(before).unwrap().replace("\"pending\"", "\"accepted\"");
    assert_eq!(String::from_utf8(site.read(CONTACT, &staff.id)).unwrap(), text);
    assert!(owner.json(&staff.path())["unpushed"].as_bool().unwrap());
}

#[test]
fn rules_leave_earlier_pending_sessions_alone() {
    let first = pending(1);
    let site = Site::with(&[first.clone(), session(CONTACT, &id(2)).email(CORP)]);
    let server = site.serve();
    let owner = server.owner();
    let seen = pending(3);
    site.put(&seen);
    until(SOON, "it is seen", || owner.get(&seen.path()).status == 200);
    let disabled = json!({ "name": "all", "enabled": false, "when": {} });
    let made = owner.post("/api/v1/rules", disabled).status(201).json();
    let path = format!("/api/v1/rules/{}", made["id"].as_str().unwrap());
    let later = pending(4);
    site.put(&later);
    until(SOON, "it is seen", || owner.get(&later.path()).status == 200);
    owner.patch(&path, json!({ "enabled": true })).status(200);
    let by_hand = session(CONTACT, &id(2));
    owner.patch(&by_hand.path(), json!({ "status": "pending" })).status(200);
    // What is set pending by a form, and what else changes in it, is a person's too.
    owner.patch(&by_hand.path(), json!({ "email": "b@corp.example" })).status(200);
    all_looked_at(&site, &owner, 9);
    for file in [&first, &seen, &later, &by_hand] {
        assert_eq!(status(&owner, file), "pending", "{}", file.id);
    }
    // 4D writes into one that a person set pending: it stays a person's.
    site.put(&pending(2).set("/device/version", "12.0"));
    until(SOON, "it is seen", || owner.json(&by_hand.path())["device"]["version"] == "12.0");
    all_looked_at(&site, &owner, 10);
    assert_eq!(status(&owner, &by_hand), "pending");
    assert!(history(&owner, &first).is_empty());
}

#[test]
fn whom_4d_makes_pending_is_let_in() {
    let file = session(CONTACT, &id(1)).email(CORP);
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let owner = server.owner();
    rule(&owner, "all", json!({}));
    site.put(&file.clone().status("pending"));
    until(SOON, "a rule lets it in", || history(&owner, &file) == [by_rule("all")]);
    // And again, with the very same bytes.
    is_let_in(&owner, &file);
    site.put(&file.clone().status("pending"));
    until(SOON, "a rule lets it in again", || history(&owner, &file).len() == 2);
    is_let_in(&owner, &file);
}

#[test]
fn a_restart_or_the_folders_return_is_no_arrival() {
    let (old, new, meanwhile) = (pending(1), pending(2), pending(3));
    let site = Site::with(std::slice::from_ref(&old));
    let owner_token = site.token_with("owner", &[], false);
    let server = site.serve();
    rule(&server.caller(&owner_token), "all", json!({}));
    site.put(&new);
    is_let_in(&server.caller(&owner_token), &new);
    let undo = journal(&server.caller(&owner_token), "")[0].0.clone();
    server.caller(&owner_token).post(&format!("/api/v1/changes/{undo}/undo"), json!({})).status(200);
    assert_eq!(server.stop(), Some(0));
    site.put(&meanwhile);
    let server = site.serve();
    let owner = server.caller(&owner_token);
    // What came while the program was away is an arrival.
    is_let_in(&owner, &meanwhile);
    all_looked_at(&site, &owner, 20);
    assert_eq!((status(&owner, &old), status(&owner, &new)), ("pending".into(), "pending".into()));
    let aside = site.temp().join("aside");
    fs::rename(site.root(), &aside).unwrap();
    until(SOON, "the folder is away", || owner.get("/api/v1/sessions").status == 503);
    let late = pending(4);
    fs::write(aside.join(CONTACT).join(&late.id), late.bytes()).unwrap();
    fs::rename(&aside, site.root()).unwrap();
    until(SOON, "the folder is back", || owner.get("/api/v1/sessions").status == 200);
    is_let_in(&owner, &late);
    all_looked_at(&site, &owner, 21);
    // Even when it comes back in two steps.
    fs::rename(site.root(), &aside).unwrap();
    until(SOON, "the folder is away", || owner.get("/api/v1/sessions").status == 503);
    fs::create_dir(site.root()).unwrap();
    until(SOON, "the folder is empty", || owner.get("/api/v1/sessions").json()["type"] == "/problems/folder-changed");
    for app in names(&aside) {
        fs::rename(aside.join(&app), site.root().join(&app)).unwrap();
    }
    until(SOON, "they are back", || owner.get(&old.path()).status == 200 && owner.get(&new.path()).status == 200);
    all_looked_at(&site, &owner, 22);
    assert_eq!((status(&owner, &old), status(&owner, &new)), ("pending".into(), "pending".into()));
}

#[test]
fn a_kill_loses_no_arrival_for_rules() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let owner_token = site.token_with("owner", &[], false);
    let server = site.serve();
    rule(&server.caller(&owner_token), "all", json!({}));
    let mut server = Some(server);
    for round in 0..10_u32 {
        let file = pending(100 + round);
        site.put(&file);
        // The file is noticed after about 50 ms, and let in a few milliseconds later.
        std::thread::sleep(Duration::from_millis(u64::from(40 + round * 4)));
        server.take().unwrap().kill();
        let next = site.serve();
        let owner = next.caller(&owner_token);
        is_let_in(&owner, &file);
        assert_eq!(history(&owner, &file), [by_rule("all")]);
        server = Some(next);
    }
}

#[test]
fn what_a_person_takes_back_stays_so() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let owner_token = site.token_with("owner", &[], false);
    let server = site.serve();
    let owner = server.caller(&owner_token);
    rule(&owner, "all", json!({}));
    let (undone, set) = (pending(2), pending(3));
    site.put(&undone);
    site.put(&set);
    is_let_in(&owner, &undone);
    is_let_in(&owner, &set);
    let change = journal(&owner, &format!("&session={}", undone.id))[0].0.clone();
    owner.post(&format!("/api/v1/changes/{change}/undo"), json!({})).status(200);
    owner.patch(&set.path(), json!({ "status": "pending" })).status(200);
    all_looked_at(&site, &owner, 20);
    assert_eq!(site.read(CONTACT, &undone.id), undone.bytes());
    server.kill();
    let server = site.serve();
    let owner = server.caller(&owner_token);
    all_looked_at(&site, &owner, 21);
    assert_eq!((status(&owner, &undone), status(&owner, &set)), ("pending".into(), "pending".into()));
}

#[test]
fn each_condition_keeps_out_whom_it_does_not_match() {
    let known = "0DC5132E-1EF4-407C-A832-5FE33D818AF3";
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.owner();
    let base = |n: u32| pending(n).set("/device/id", format!("device {n}"));
    let cases = [
        (json!({ "apps": ["*.Tasks"] }), base(10)),
        (json!({ "emails": ["*@corp.example"] }), base(11).email("a@corp.example.evil.example")),
        (json!({ "emails": ["*"] }), base(12).email("")),
        (json!({ "emails": ["*@corp.example", ""] }), base(13).without("/email")),
        (json!({ "os": ["Android"] }), base(14).set("/device/os", "iOS")),
        (json!({ "os": ["IOS"] }), base(15).set("/device/os", "iOS")),
        (json!({ "app_versions": ["2.*"] }), base(16)),
        (json!({ "languages": ["fr"] }), base(17)),
        (json!({ "languages": ["EN-us"] }), base(18)),
        (json!({ "networks": ["10.0.0.0/8"] }), base(19)),
        (json!({ "networks": ["::ffff:192.168.5.0/120"] }), base(20)),
        (json!({ "networks": ["0.0.0.0/0"] }), base(21).without("/session/ip")),
        (json!({ "simulator": true }), base(22)),
        (json!({ "simulator": false }), base(23)),
        (json!({ "known_device": true }), base(24)),
        (json!({ "known_device": true }), base(25).set("/device/id", known)),
        (json!({ "known_device": true }), base(26).set("/device/id", "")),
        (json!({ "known_device": false }), base(27)),
    ];
    let let_in = [13, 15, 18, 20, 23, 25, 27].map(id);
    for (when, file) in &cases {
        let made = rule(&owner, "only", when.clone());
        // The preview and the rule agree.
        let marker = json!({ "name": "marker", "when": { "apps": [TASKS], "emails": [CORP] } });
        let marker = owner.post("/api/v1/rules", marker).status(201).json();
        site.put(file);
        all_looked_at(&site, &owner, 1000 + u32::from_str_radix(&file.id[32..], 16).unwrap());
        let expected = if let_in.contains(&file.id) { "accepted" } else { "pending" };
        assert_eq!(status(&owner, file), expected, "{when}");
        for id in [made.as_str(), marker["id"].as_str().unwrap()] {
            owner.delete(&format!("/api/v1/rules/{id}")).status(204);
        }
    }
    let told = |when: &Value| {
        let preview = owner.post("/api/v1/rules/preview", json!({ "when": when })).status(200).json();
        let items = preview["items"].as_array().unwrap().clone();
        assert_eq!(preview["total"], items.len());
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for (when, file) in cases.iter().filter(|(_, file)| !let_in.contains(&file.id)) {
        assert!(!told(when).contains(&file.id), "{when}");
    }
}

#[test]
fn a_device_is_known_across_visible_folders() {
    let [old, new, other] = ["com.example.fake", "FAKETEAMID.com.example.fake", "FAKETEAMID.com.example.other"];
    let with = |app: &str, n: u32, device: &str| session(app, &id(n)).set("/device/id", device);
    let site = Site::with(&[with(old, 1, "Known"), with(new, 1, "another"), with(other, 1, "elsewhere")]);
    let server = site.serve();
    let (owner, held) = (server.owner(), server.token_with("owner", &["FAKETEAMID.*"], false));
    let waits = with(new, 2, "known").status("pending");
    site.put(&waits);
    owner.refresh();
    let when = json!({ "when": { "known_device": true } });
    let previewed =
        |user: &Token<'_>| user.post("/api/v1/rules/preview", when.clone()).status(200).json()["total"].clone();
    assert_eq!((previewed(&owner), previewed(&held)), (json!(1), json!(0)), "each knows what they may see");
    rule(&held, "of some", json!({ "known_device": true, "emails": ["held@x.example"] }));
    rule(&owner, "of all", json!({ "known_device": true, "apps": [new], "emails": ["all@x.example"] }));
    let of_held = with(new, 3, "KNOWN").status("pending").email("held@x.example");
    let of_all = with(new, 4, "KNOWN").status("pending").email("all@x.example");
    let stranger = with(new, 5, "elsewhere").status("pending").email("all@x.example");
    rule(&owner, "marker", json!({ "apps": [TASKS] }));
    site.put(&of_held);
    site.put(&stranger);
    // A session of this device that is let in first, in a folder that both may see, makes it known to both.
    all_looked_at(&site, &owner, 9);
    site.put(&of_all);
    is_let_in(&owner, &of_all);
    assert_eq!([status(&owner, &of_held), status(&owner, &stranger)], ["pending", "pending"]);
}

#[test]
fn rules_that_are_disabled_or_over_let_nobody_in() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.owner();
    let make = |body: Value| owner.post("/api/v1/rules", body).status(201).json()["id"].as_str().unwrap().to_owned();
    make(json!({ "name": "disabled", "enabled": false, "order": 0, "when": {} }));
    make(json!({ "name": "over", "order": 0, "expires_at": "2020-01-01T00:00:00Z", "when": {} }));
    make(json!({ "name": "marker", "when": { "apps": [TASKS] } }));
    let file = pending(2);
    site.put(&file);
    all_looked_at(&site, &owner, 20);
    assert_eq!(status(&owner, &file), "pending");
    let b = make(json!({ "name": "b", "order": 3, "expires_at": "2999-01-01T00:00:00Z", "when": {} }));
    make(json!({ "name": "A", "order": 3, "when": {} }));
    let file = pending(3);
    site.put(&file);
    is_let_in(&owner, &file);
    assert_eq!(history(&owner, &file), [by_rule("A")], "at one place, the name counts");
    let changed = owner.patch(&format!("/api/v1/rules/{b}"), json!({ "order": 2 })).status(200).json();
    assert_eq!((&changed["name"], &changed["expires_at"]), (&json!("b"), &json!("2999-01-01T00:00:00.000Z")));
    let file = pending(4);
    site.put(&file);
    is_let_in(&owner, &file);
    assert_eq!(history(&owner, &file), [by_rule("b")]);
}

#[test]
fn a_preview_changes_nothing() {
    let files: Vec<SessionFile> = (1..=4)
        .map(|n| pending(n).email(if n % 2 == 0 { CORP } else { "" }))
        .chain([session(CONTACT, &id(9))])
        .collect();
    let site = Site::with(&files);
    let server = site.serve();
    let owner = server.owner();
    let before = snapshot(&site.root());
    let preview = owner.post("/api/v1/rules/preview", json!({ "when": { "emails": ["*@corp.example"] } })).status(200);
    let preview = preview.json();
    let mut ids: Vec<_> =
        preview["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    let mut expected = [id(2), id(4)];
    expected.sort();
    assert_eq!((ids, &preview["total"]), (expected.iter().map(String::as_str).collect(), &json!(2)));
    assert_eq!(owner.post("/api/v1/rules/preview", json!({ "when": {} })).status(200).json()["total"], 4);
    assert_unchanged(&before, &snapshot(&site.root()));
    assert_eq!(owner.json("/api/v1/rules")["total"], 0);
    assert!(journal(&owner, "").is_empty());
}

#[test]
fn an_owner_of_some_apps_has_rules_within_them() {
    let site =
        Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(1)), session(ANDROID, &id(30)).status("pending")]);
    let server = site.serve();
    let (owner, held) = (server.owner(), server.token_with("owner", &["*.Contact"], false));
    let all = rule(&owner, "of all", json!({ "apps": [ANDROID] }));
    let made = rule(&held, "of some", json!({ "apps": [] }));
    let wide = rule(&held, "wide", json!({ "apps": ["*"] }));
    assert_eq!(held.json("/api/v1/rules")["total"], 2);
    assert_eq!(owner.json("/api/v1/rules")["total"], 3);
    held.patch(&format!("/api/v1/rules/{all}"), json!({ "enabled": false })).problem(404, "not-found");
    held.delete(&format!("/api/v1/rules/{all}")).problem(404, "not-found");
    assert_eq!(held.post("/api/v1/rules/preview", json!({ "when": {} })).status(200).json()["total"], 0);
    let (inside, outside, marker) =
        (pending(2), session(TASKS, &id(2)).status("pending"), session(ANDROID, &id(2)).status("pending"));
    for file in [&inside, &outside, &marker] {
        site.put(file);
    }
    is_let_in(&owner, &inside);
    is_let_in(&owner, &marker);
    assert_eq!(status(&owner, &outside), "pending");
    // Whoever touches other things of a held rule leaves it held.
    for id in [&made, &wide] {
        owner.patch(&format!("/api/v1/rules/{id}"), json!({ "note": "x", "when": { "os": [] } })).status(200);
    }
    let (outside, marker) = (session(TASKS, &id(3)).status("pending"), session(ANDROID, &id(3)).status("pending"));
    site.put(&outside);
    site.put(&marker);
    is_let_in(&owner, &marker);
    assert_eq!(status(&owner, &outside), "pending");
    // Who widens it says so.
    owner.patch(&format!("/api/v1/rules/{made}"), json!({ "when": { "apps": [] } })).status(200);
    assert_eq!(held.json("/api/v1/rules")["total"], 1);
    let outside = session(TASKS, &id(4)).status("pending");
    site.put(&outside);
    is_let_in(&owner, &outside);
}

#[test]
fn a_rule_lets_in_where_its_owner_may_administer_now() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(1)), session(ANDROID, &id(1))]);
    for name in ["anna", "otto"] {
        assert!(site.command_with_input(&["user", "create", name, "--role", "owner"], PASSWORD).status.success());
    }
    let server = site.serve();
    let owner = server.owner();
    let of_anna = rule(&server.log_in("anna", PASSWORD), "of anna", json!({}));
    let path = format!("/api/v1/rules/{of_anna}");
    let arrive = |app: &str, n: u32| {
        let file = session(app, &id(n)).status("pending");
        site.put(&file);
        file
    };
    is_let_in(&owner, &arrive(CONTACT, 2));
    owner.patch("/api/v1/users/anna", json!({ "apps": ["*.Tasks"] })).status(200);
    let outside = arrive(CONTACT, 3);
    owner.refresh();
    is_let_in(&owner, &arrive(TASKS, 3));
    assert_eq!(status(&owner, &outside), "pending");
    // Whoever is no owner any more lets nobody in, in whatever way.
    for (n, rights) in
        [(10, json!({ "role": "operator", "apps": [] })), (11, json!({ "role": "owner", "disabled": true }))]
    {
        owner.patch("/api/v1/users/anna", rights).status(200);
        assert_eq!(owner.json(&path)["paused"], true);
        let waits = arrive(CONTACT, n);
        owner.refresh();
        std::thread::sleep(Duration::from_millis(500));
        assert_eq!(status(&owner, &waits), "pending");
    }
    // Another owner who saves it becomes its owner.
    let saved = owner.patch(&path, json!({})).status(200).json();
    assert_eq!((&saved["paused"], &saved["owner"]["kind"]), (&json!(false), &json!("token")));
    assert_eq!(saved["made_by"], json!({ "kind": "user", "name": "anna" }));
    is_let_in(&owner, &arrive(CONTACT, 90));
    assert_eq!(status(&owner, &outside), "pending");
}

#[test]
fn null_in_a_rule_changes_only_meaningful_keys() {
    let site = Site::new();
    let server = site.serve();
    let (owner, held) = (server.owner(), server.token_with("owner", &["*.Contact"], false));
    let order = json!({ "name": "staff", "when": { "os": ["iOS"], "simulator": false }, "note": "office",
                        "expires_at": "2099-01-01T00:00:00Z" });
    let made = owner.post("/api/v1/rules", order).status(201);
    let path = format!("/api/v1/rules/{}", made.json()["id"].as_str().unwrap());
    assert_eq!(made.header("location"), path);
    assert_eq!(owner.json(&path), made.json());
    held.get(&path).problem(404, "not-found");
    owner.get("/api/v1/rules/none").problem(404, "not-found");
    for key in ["name", "enabled", "order", "when", "action"] {
        let pointer = format!("/{key}");
        owner.patch(&path, json!({ key: Value::Null })).problem_at(422, "invalid-value", &pointer);
    }
    assert_eq!(owner.json(&path), made.json());
    let when = json!({ "os": null, "simulator": null });
    let request = owner.request("PATCH", &path).json(json!({ "note": null, "expires_at": null, "when": when }));
    let patched = request.header("content-type", "application/merge-patch+json").send().status(200).json();
    assert_eq!((&patched["note"], &patched["expires_at"]), (&Value::Null, &Value::Null));
    assert_eq!((&patched["when"]["os"], &patched["when"]["simulator"]), (&json!([]), &Value::Null));
}

#[test]
fn a_thousand_arrivals_are_accepted_quickly() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(1))]);
    let server = site.serve_with(&["--max-requests", "0"]);
    let owner = server.owner();
    rule(&owner, "known", json!({ "known_device": false, "emails": ["*@x.example"] }));
    rule(&owner, "all", json!({ "emails": ["*@corp.example"], "networks": ["192.168.0.0/16"] }));
    let begun = Instant::now();
    for n in 1000..2000 {
        site.put(&pending(n));
    }
    let written = begun.elapsed();
    let (mut slowest, other) = (Duration::ZERO, session(TASKS, &id(1)));
    let mut round = 0;
    until(Duration::from_secs(60), "all are let in", || {
        let look = Instant::now();
        owner.patch(&other.path(), json!({ "email": format!("a{round}@x.example") })).status(200);
        slowest = slowest.max(look.elapsed());
        round += 1;
        owner.json(&format!("/api/v1/sessions?app={CONTACT}&status=accepted"))["total"] == 1001
    });
    eprintln!("1,000 files in {written:?}, all let in after {:?}; slowest other change {slowest:?}", begun.elapsed());
    assert!(slowest < Duration::from_secs(3), "another change waited for {slowest:?}");
    let by_rules = journal(&owner, "&actor=all");
    assert_eq!(by_rules.len(), 1000);
}

#[test]
fn an_invalid_rule_is_refused_by_field() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.owner();
    let good = json!({ "name": "good", "enabled": true, "order": 1, "when": {}, "action": "accept", "expires_at": null,
        "note": null });
    for (pointer, value) in [
        ("/name", json!("")),
        ("/name", Value::Null),
        ("/name", json!("a\u{202e}b")),
        ("/enabled", json!("yes")),
        ("/order", json!(-1)),
        ("/order", json!(1.5)),
        ("/order", json!("1")),
        ("/order", json!(1_000_001)),
        ("/when", json!([])),
        ("/when", Value::Null),
        ("/when/colour", json!("red")),
        ("/when/apps", json!([""])),
        ("/when/apps", json!("*")),
        ("/when/emails", json!([5])),
        ("/when/emails", json!(["a\u{0}b"])),
        ("/when/os", json!([""])),
        ("/when/os", json!(["x".repeat(256)])),
        ("/when/languages", json!(vec!["x"; 101])),
        ("/when/networks/1", json!(["10.0.0.0/8", "10.0.0.0/33"])),
        ("/when/simulator", json!("true")),
        ("/when/known_device", json!(1)),
        ("/action", json!("refuse")),
        ("/action", Value::Null),
        ("/expires_at", json!("tomorrow")),
        ("/note", json!("x".repeat(501))),
        ("/colour", json!("red")),
    ] {
        let mut body = good.clone();
        match pointer.strip_prefix("/when/") {
            Some(rest) => body["when"][rest.split('/').next().unwrap()] = value.clone(),
            None => body[&pointer[1..]] = value.clone(),
        }
        owner.post("/api/v1/rules", body).problem_at(422, "invalid-value", pointer);
    }
    owner.post("/api/v1/rules", json!({ "name": "x" })).problem_at(422, "invalid-value", "/when");
    owner.post("/api/v1/rules/preview", json!({})).problem_at(422, "invalid-value", "/when");
    assert_eq!(owner.json("/api/v1/rules")["total"], 0);
    let made = owner.post("/api/v1/rules", good.clone()).status(201).json();
    owner.post("/api/v1/rules", json!({ "name": "GOOD", "when": {} })).problem(409, "conflict");
    let path = format!("/api/v1/rules/{}", made["id"].as_str().unwrap());
    owner.patch(&path, json!({ "name": null })).problem_at(422, "invalid-value", "/name");
    owner.patch(&path, json!({ "when": { "os": ["iOS"], "simulator": false } })).status(200);
    let changed = owner.patch(&path, json!({ "when": { "os": null } })).status(200).json();
    assert_eq!((&changed["when"]["os"], &changed["when"]["simulator"]), (&json!([]), &json!(false)));
    owner.patch("/api/v1/rules/none", json!({})).problem(404, "not-found");
    owner.delete(&path).status(204);
    owner.delete(&path).problem(404, "not-found");
    let log = owner.json("/api/v1/access-log");
    let actions: Vec<_> =
        log["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    let of_rules: Vec<_> = actions.iter().filter(|action| action.starts_with("rule_")).collect();
    assert_eq!(of_rules, [&"rule_deleted", &"rule_changed", &"rule_changed", &"rule_created"]);
}

/// The form of a new rule, as a browser sends it.
fn form(page: &str, action: &str) -> Form {
    Form::find(page, action).fill("apps", "")
}

#[test]
fn a_rules_page_previews_saves_and_deletes() {
    let site = Site::with(&[pending(1), pending(2).email("<b>@corp.example")]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/rules").status(200).text();
    assert!(page.contains("On Mobile App Authentication"));
    let before = snapshot(&site.root());
    let typed = form(&page, "/rules").fill("note", "Staff <3");
    let anybody = typed.clone();
    let typed = typed.fill("field", "emails").fill("value", " *@corp.example\n");
    let tried = typed.clone().fill("do", "preview").submit(&owner).status(200).text();
    assert!(tried.contains("2 of those who are pending now match") && tried.contains("&#60;b&#62;@corp.example"));
    assert!(tried.contains("*@corp.example") && tried.contains("Nothing was saved"));
    // It stands before the form, and is where one reads on.
    let found = tried.find("id=\"preview\" tabindex=\"-1\" autofocus").unwrap();
    assert!(found < tried.find("action=\"/rules\"").unwrap(), "{tried}");
    assert!(!tried.contains("Show these in the list"), "no filter says it");
    let all = anybody.fill("apps", CONTACT).fill("do", "preview").submit(&owner).status(200);
    let link = format!("href=\"/sessions?status=pending&#38;app={CONTACT}\"");
    assert!(all.text().contains(&link), "{}", all.text());
    assert_unchanged(&before, &snapshot(&site.root()));
    assert_eq!(server.owner().json("/api/v1/rules")["total"], 0);
    let also = |field: &str, value: &str| typed.clone().fill("do", "save").add("field", field).add("value", value);
    let wrong = also("networks", "10.0.0.0/99").submit(&owner).status(422).text();
    assert!(
        wrong.contains("id=\"value-2-error\"") && wrong.contains("id=\"name-error\"") && wrong.contains("Staff &#60;3")
    );
    assert!(also("os", "a\u{202e}b").submit(&owner).status(422).text().contains("id=\"value-2-error\""));
    for (field, value) in [("expires", "soon"), ("note", &"x".repeat(501))] {
        let wrong =
            typed.clone().fill("do", "save").fill("name", "staff").fill(field, value).submit(&owner).status(422);
        assert!(wrong.text().contains(&format!("id=\"{field}-error\"")), "{field}");
    }
    for (field, value) in [("do", "other"), ("do", "remove-x"), ("action", "perhaps"), ("field", "perhaps")] {
        typed.clone().fill("do", "save").fill("name", "staff").fill(field, value).submit(&owner).status(400);
    }
    let made = typed.fill("do", "save").fill("name", "staff").fill("expires", "2999-12-31").submit(&owner).status(303);
    let list = owner.get(made.header("location")).status(200).text();
    for word in
        ["The rule is created", "Let in when the e-mail is *@corp.example", "31 Dec 2999", "Staff &#60;3", "owner1"]
    {
        assert!(list.contains(word), "{word}");
    }
    let rule = server.owner().json("/api/v1/rules")["items"][0].clone();
    let href = format!("/rules/{}", rule["id"].as_str().unwrap());
    let file = pending(3);
    site.put(&file);
    is_let_in(&server.owner(), &file);
    let shown = owner.get(&file.path()["/api/v1".len()..]).status(200).text();
    assert!(shown.contains("rule <b><bdi>staff</bdi></b>"), "{shown}");
    Form::button(&list, &format!("{href}/state")).submit(&owner).status(303);
    assert_eq!(server.owner().json("/api/v1/rules")["items"][0]["enabled"], false);
    let page = owner.get(&href).status(200).text();
    let typed = form(&page, &href).fill("name", "everybody").fill("enabled", "yes");
    let typed = typed.add("field", "no_email").add("value", "");
    let taken = typed.clone().fill("do", "save");
    rule_named(&server, "taken");
    taken.clone().fill("name", "Taken").submit(&owner).status(409);
    taken.submit(&owner).status(303);
    let rule = server.owner().json("/api/v1/rules")["items"][0].clone();
    assert_eq!((&rule["name"], &rule["when"]["emails"]), (&json!("everybody"), &json!([""])));
    assert_eq!(rule["expires_at"], "2999-12-31T00:00:00.000Z");
    let page = owner.get(&href).status(200).text();
    let sure = Form::find(&page, &format!("{href}/delete")).submit(&owner).status(200).text();
    assert!(sure.contains("Delete everybody?"));
    Form::find(&sure, &format!("{href}/delete")).submit(&owner).status(303);
    owner.get(&href).status(404);
    // Who is no owner has no such page.
    let made = site.command_with_input(&["user", "create", "olga", "--role", "operator"], PASSWORD);
    assert!(made.status.success());
    let olga = server.log_in("olga", PASSWORD);
    olga.get("/rules").status(403);
    assert!(!olga.get("/").status(200).text().contains("href=\"/rules\""));
}

fn rule_named(server: &Server<'_>, name: &str) {
    rule(&server.owner(), name, json!({ "apps": ["none"] }));
}
