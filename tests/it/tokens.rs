//! Tokens in use: a new secret under the same name, limits to networks, and the warning before one ends.

use std::time::Duration;

use serde_json::{Value, json};

use crate::spawn::*;

const ME: &str = "/api/v1/me";

/// A new token with its secret; `rights` stand beside its name.
#[track_caller]
fn made(by: &impl User, name: &str, rights: Value) -> (String, Value) {
    let mut order = json!({ "name": name, "role": "viewer" });
    order.as_object_mut().unwrap().extend(rights.as_object().unwrap().clone());
    let token = by.post("/api/v1/tokens", order).status(201).json();
    (token["secret"].as_str().unwrap().to_owned(), token)
}

fn path(token: &Value) -> String {
    format!("/api/v1/tokens/{}", token["id"].as_str().unwrap())
}

#[track_caller]
fn rotated(by: &impl User, token: &Value, grace: Value) -> (String, Value) {
    let answer = by.post(&format!("{}/rotate", path(token)), json!({ "grace": grace })).status(201);
    assert_eq!(answer.header("location"), path(token));
    let token = answer.json();
    (token["secret"].as_str().unwrap().to_owned(), token)
}

/// The entries of the access log with this action, as who did it and to what.
fn noted(owner: &impl User, action: &str) -> Vec<(String, String)> {
    let page = owner.json(&format!("/api/v1/access-log?action={action}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let items = page["items"].as_array().unwrap().iter();
    items.map(|entry| (text(&entry["actor"]["name"]), text(&entry["subject"]))).collect()
}

#[test]
fn a_rotated_token_keeps_its_name_and_rights() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.owner();
    let status = |secret: &str| server.caller(secret).get(ME).status;
    let (first, token) = made(&owner, "nightly", json!({ "role": "operator", "apps": ["com.*"] }));
    let (second, after) = rotated(&owner, &token, Value::Null);
    assert_eq!((status(&first), status(&second)), (401, 200), "without a grace, the old one ends at once");
    for key in ["id", "name", "role", "apps", "secrets", "networks", "expires_at", "created_at"] {
        assert_eq!(after[key], token[key], "{key}");
    }
    assert_eq!(after["previous_secret_until"], Value::Null);
    let (third, after) = rotated(&owner, &token, json!("1h"));
    assert_eq!((status(&second), status(&third)), (200, 200), "both work for an hour");
    assert!(after["previous_secret_until"].is_string(), "{after}");
    assert!(!owner.get(&path(&token)).text().contains("mst_"));
    let (fourth, _) = rotated(&owner, &token, json!("1s"));
    assert_eq!(status(&second), 401, "one secret before works, and no more");
    until(Duration::from_secs(5), "the grace ends", || status(&third) == 401);
    assert_eq!((status(&fourth), owner.json(&path(&token))["previous_secret_until"].clone()), (200, Value::Null));
    assert_eq!(noted(&owner, "token_rotated").len(), 3);
    assert_eq!(noted(&owner, "token_rotated")[0].1, "nightly");
    assert!(!server.log().contains(&fourth));
    // Revoked, it is gone with all of its secrets.
    owner.delete(&path(&token)).status(204);
    assert_eq!((status(&third), status(&fourth)), (401, 401));
    owner.post(&format!("{}/rotate", path(&token)), json!({})).problem(404, "not-found");
}

#[test]
fn rotating_gives_nobody_more_than_they_have() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.token_with("owner", &[], true);
    let (_, short) = made(&owner, "short", json!({ "expires_in": "1s" }));
    let rotate = |by: &Token<'_>, token: &Value| by.post(&format!("{}/rotate", path(token)), json!({}));
    let (secret, asking) =
        made(&owner, "asking", json!({ "role": "owner", "expires_in": "30d", "networks": ["127.0.0.0/8"] }));
    let asks = server.caller(&secret);
    for (name, rights) in [
        ("reads secrets", json!({ "secrets": true, "expires_in": "1d", "networks": ["127.0.0.1"] })),
        ("lives longer", json!({ "expires_in": "40d", "networks": ["127.0.0.1"] })),
        ("never ends", json!({ "expires_in": null, "networks": ["127.0.0.1"] })),
        ("from anywhere", json!({ "expires_in": "1d" })),
    ] {
        let (_, token) = made(&owner, name, rights);
        rotate(&asks, &token).problem(409, "conflict");
    }
    // What it made has its limits, though nobody said so, and it takes off none of its own.
    let (_, child) = made(&asks, "child", json!({}));
    assert_eq!((&child["networks"], &child["expires_at"]), (&json!(["127.0.0.0/8"]), &asking["expires_at"]));
    rotate(&asks, &child).status(201);
    for networks in [json!([]), json!(["0.0.0.0/0"])] {
        let widened = asks.patch(&path(&asking), json!({ "networks": networks }));
        match networks.as_array().unwrap().is_empty() {
            true => assert_eq!(widened.status(200).json()["networks"], json!(["127.0.0.0/8"])),
            false => widened.problem_at(422, "invalid-value", "/networks"),
        }
    }
    rotate(&server.viewer(), &child).problem(403, "forbidden");
    rotate(&server.token_with("owner", &[CONTACT], false), &child).problem(404, "not-found");
    until(Duration::from_secs(5), "it expires", || rotate(&owner, &short).status == 409);
    rotate(&owner, &short).problem(409, "conflict");
    rotate(&asks, &asking).status(201);
    asks.get(ME).problem(401, "unauthenticated");
}

#[test]
fn a_token_works_from_its_networks_alone() {
    let site = Site::new();
    let server = site.serve_with(&["--trusted-proxy", "127.0.0.1"]);
    let owner = server.owner();
    let (secret, token) =
        made(&owner, "office", json!({ "role": "owner", "networks": ["10.1.2.3/8", "2001:db8::/32"] }));
    assert_eq!(token["networks"], json!(["10.0.0.0/8", "2001:db8::/32"]));
    let ask =
        |secret: &str, from: &str| server.caller(secret).request("GET", ME).header("x-forwarded-for", from).send();
    for inside in ["10.0.0.7", "::ffff:10.0.0.7", "2001:db8::7"] {
        ask(&secret, inside).status(200);
    }
    for outside in ["192.0.2.7", "2001:db9::7", ""] {
        let (refused, unknown) = (ask(&secret, outside), ask("mst_made-up", outside));
        let said = |answer: &Answer| (answer.header("www-authenticate").to_owned(), answer.json()["detail"].clone());
        assert_eq!(said(&refused), said(&unknown), "nothing tells it from a token that there is not");
        refused.problem(401, "unauthenticated");
    }
    eventually(Duration::from_secs(5), || {
        let all = noted(&owner, "token_elsewhere");
        let named = all.iter().all(|(actor, subject)| actor == "office" && subject.is_empty());
        if named && all.len() == 3 { Ok(()) } else { Err(all) }
    });
    // What it made is limited as it is, also where that was changed since.
    let order = json!({ "name": "child", "role": "viewer" });
    let made =
        server.caller(&secret).request("POST", "/api/v1/tokens").header("x-forwarded-for", "10.0.0.7").json(order);
    let child = made.send().status(201).json()["secret"].as_str().unwrap().to_owned();
    ask(&child, "10.0.0.7").status(200);
    owner.patch(&path(&token), json!({ "networks": ["192.0.2.0/24"] })).status(200);
    for (secret, from, status) in
        [(&secret, "192.0.2.7", 200), (&secret, "10.0.0.7", 401), (&child, "10.0.0.7", 401), (&child, "192.0.2.7", 401)]
    {
        ask(secret, from).status(status);
    }
    owner.patch(&path(&token), json!({ "networks": [] })).status(200);
    ask(&secret, "203.0.113.9").status(200);
    for wrong in [json!(["10.0.0.0/33"]), json!(["office"]), json!([7])] {
        owner.patch(&path(&token), json!({ "networks": wrong })).problem_at(422, "invalid-value", "/networks/0");
    }
    owner.patch(&path(&token), json!({ "networks": null })).problem_at(422, "invalid-value", "/networks");
}

#[test]
fn a_token_that_ends_soon_is_warned_of() {
    let site = Site::new();
    let made = |name: &str, expires: &str| {
        let made = site.command(&["token", "create", name, "--role", "viewer", "--expires", expires]);
        assert!(made.status.success(), "{made:?}");
    };
    made("far", "90d");
    made("near", "13d");
    let server = site.serve();
    let owner = server.owner();
    let list = owner.json("/api/v1/tokens");
    let soon = |name: &str| {
        let items = list["items"].as_array().unwrap();
        items.iter().find(|token| token["name"] == name).unwrap()["expires_soon"].clone()
    };
    assert_eq!((soon("far"), soon("near")), (json!(false), json!(true)));
    assert!(owner.get("/metrics").text().contains("\nmobile_sessions_tokens_ending 1\n"));
    until(Duration::from_secs(5), "the log names it", || server.log().contains("a token ends soon"));
    assert!(server.log().lines().any(|line| line.contains("WARN") && line.contains("token=near")), "{}", server.log());
}

#[test]
fn tokens_are_limited_and_rotated_on_the_command_line() {
    let site = Site::new();
    let server = site.serve();
    let run = |args: &[&str]| {
        let output = site.command(args);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.success(), text(&output.stdout).trim_end().to_owned(), text(&output.stderr))
    };
    let create = ["token", "create", "job", "--role", "viewer", "--network", "127.0.0.1", "--network", "fd00::/8"];
    let (_, first, _) = run(&create);
    assert!(run(&["token", "list"]).1.contains("127.0.0.1/32 fd00::/8"));
    server.caller(&first).get(ME).status(200);
    let (done, second, said) = run(&["token", "rotate", "job", "--grace", "1h"]);
    assert!(done && second.starts_with("mst_") && said.contains("the one before works until"), "{said}");
    server.caller(&first).get(ME).status(200);
    let (done, third, said) = run(&["token", "rotate", "job"]);
    assert!(done && said.contains("the one before has ended"), "{said}");
    for (secret, status) in [(&first, 401), (&second, 401), (&third, 200)] {
        server.caller(secret).get(ME).status(status);
    }
    let (done, _, said) = run(&["token", "rotate", "nobody"]);
    assert!(!done && said.contains("There is no token"), "{said}");
    assert!(!run(&["token", "create", "bad", "--role", "viewer", "--network", "office"]).0);
}

#[test]
fn the_page_limits_and_rotates_tokens() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = || owner.get("/tokens").status(200).text();
    let form = |networks: &str| {
        let form = Form::find(&page(), "/tokens").fill("name", "backup").fill("networks", networks);
        let form = form.fill("role", "viewer").fill("apps", "").fill("expires", "90d");
        form.submit(&owner)
    };
    assert!(form("office").status(422).text().contains("id=\"networks-error\""));
    form("127.0.0.0/8\r\n::1").status(200);
    assert!(page().contains("from 127.0.0.0/8 ::1/128"));
    let token = owner.json("/api/v1/tokens")["items"][0].clone();
    let action = format!("/tokens/{}/rotate", token["id"].as_str().unwrap());
    assert!(page().contains(&format!("href=\"{action}\"")));
    let asked = owner.get(&action).status(200).text();
    let shown = Form::find(&asked, &action).fill("grace", "24h").submit(&owner).status(200).text();
    assert!(shown.contains("Token backup has a new secret") && shown.contains("mst_"), "{shown}");
    assert!(page().contains("old secret works until"));
    Form::find(&asked, &action).fill("grace", "1y").submit(&owner).status(422);
    let log = owner.get("/access-log").status(200).text();
    assert!(log.contains("gave the token") && log.contains("old secret until"), "{log}");
}
