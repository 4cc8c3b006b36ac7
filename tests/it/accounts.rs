//! Accounts and tokens: whose password is asked when, what ends with a password, what a token may pass on, and names.

use std::time::Duration;

use serde_json::{Value, json};

use crate::spawn::*;

const OTHER: &str = "another horse battery";
const THIRD: &str = "four lazy walruses knit";

/// Makes a user on the command line.
#[track_caller]
fn create(site: &Site, name: &str, role: &str, globs: &[&str]) {
    let mut args = vec!["user", "create", name, "--role", role];
    globs.iter().for_each(|glob| args.extend(["--app", glob]));
    let made = site.command_with_input(&args, PASSWORD);
    assert!(made.status.success(), "{made:?}");
}

/// A user made on the command line, logged in.
#[track_caller]
fn person<'a>(server: &'a Server<'a>, name: &str, role: &str) -> Cookie<'a> {
    create(server.site, name, role, &[]);
    server.log_in(name, PASSWORD)
}

/// A token of this user; its id and secret.
#[track_caller]
fn new_token(user: &impl User, name: &str, more: Value) -> (String, String) {
    let mut body = json!({ "name": name, "role": "owner" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let made = user.post("/api/v1/tokens", body).status(201).json();
    let text = |key: &str| made[key].as_str().unwrap().to_owned();
    (text("id"), text("secret"))
}

/// Sends the form of a page, with these fields filled in.
#[track_caller]
fn send(user: &impl User, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let form = Form::find(&user.get(page).status(200).text(), action);
    fields.iter().fold(form, |form, (key, value)| form.fill(key, value)).submit(user)
}

/// A try to log in; its answer.
#[track_caller]
fn try_login(user: &impl User, name: &str, password: &str) -> Answer {
    Form::to("/login").fill("name", name).fill("password", password).submit(user)
}

// One's own password

#[test]
fn nobody_changes_their_own_password_without_the_present_one() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let (_, secret) = new_token(&owner, "mine", json!({}));
    let token = server.caller(&secret);
    let user = "/api/v1/users/owner1";
    for ask in [&|body| owner.patch(user, body), &|body| token.patch(user, body)] as [&dyn Fn(Value) -> Answer; 2] {
        ask(json!({ "password": OTHER })).problem_at(422, "invalid-value", "/current_password");
        let wrong = json!({ "password": OTHER, "current_password": "a wrong password" });
        ask(wrong).problem_at(422, "invalid-value", "/current_password");
    }
    owner.request("PUT", "/api/v1/me/password").json(json!({ "password": OTHER })).send().problem(422, "invalid-value");
    let csrf = Form::find(&owner.get("/account").text(), "/account/password").field("csrf").unwrap();
    let form = Form::to("/users/owner1/password").fill("csrf", &csrf).fill("return", "/").fill("password", OTHER);
    assert_eq!(form.submit(&owner).status, 422);
    server.log_in("owner1", PASSWORD);

    owner.patch(user, json!({ "password": OTHER, "current_password": PASSWORD, "revoke": false })).status(200);
    server.log_in("owner1", OTHER);
    token.patch(user, json!({ "password": THIRD, "current_password": OTHER })).status(200);
    server.log_in("owner1", THIRD);
    token.get("/api/v1/me").problem(401, "unauthenticated");
}

#[test]
fn guesses_at_ones_own_password_are_limited() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let (_, secret) = new_token(&owner, "mine", json!({}));
    let token = server.caller(&secret);
    let guess = json!({ "password": OTHER, "current_password": "a wrong password" });
    let statuses: Vec<u16> = (0..6).map(|_| token.patch("/api/v1/users/owner1", guess.clone()).status).collect();
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429]);
    owner.request("PUT", "/api/v1/me/password").json(guess.clone()).send().problem(429, "too-many-requests");
    owner.patch("/api/v1/users/owner1", guess).problem(429, "too-many-requests");
    // Others' passwords, and the login, are another matter.
    create(&site, "vera", "viewer", &[]);
    owner.patch("/api/v1/users/vera", json!({ "password": OTHER })).status(200);
    server.log_in("owner1", PASSWORD);
}

// The password again

/// A page, the form on it, and what is filled in.
type Filled<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// Waits until the passwords of a server with `--confirm-after 1s` are old.
fn grow_old() {
    std::thread::sleep(Duration::from_millis(1100));
}

#[test]
fn giving_rights_asks_for_the_password_again() {
    let site = Site::new();
    let server = site.serve_with(&["--confirm-after", "1s"]);
    let owner = server.first_owner();
    create(&site, "vera", "viewer", &[]);
    grow_old();
    let forms: [Filled<'_>; 6] = [
        ("/users", "/users", &[("name", "eve"), ("role", "owner"), ("apps", ""), ("password", OTHER)]),
        ("/users/vera", "/users/vera", &[("role", "operator"), ("apps", "")]),
        ("/users/vera", "/users/vera/password", &[("password", OTHER)]),
        ("/users/vera", "/users/vera/state", &[("state", "disabled")]),
        ("/tokens", "/tokens", &[("name", "all"), ("role", "owner"), ("apps", ""), ("expires", "90d")]),
        (
            "/tokens",
            "/tokens",
            &[("name", "peek"), ("role", "viewer"), ("apps", ""), ("expires", "90d"), ("secrets", "yes")],
        ),
    ];
    let before = (owner.json("/api/v1/users"), owner.json("/api/v1/tokens"));
    for (n, (page, action, fields)) in forms.into_iter().enumerate() {
        let asked = send(&owner, page, action, fields);
        assert_eq!(asked.status, 403, "{action}: {asked:?}");
        let html = asked.text();
        assert!(html.contains("Confirm your password") && !html.contains(OTHER), "{html}");
        // The form waits meanwhile, but for a new password, which is typed again.
        let waiting = Form::find(&html, action);
        for (key, value) in fields.iter().filter(|(key, _)| *key != "password") {
            assert_eq!(waiting.field(key).as_deref(), Some(*value), "{action}: {key}");
        }
        // Guesses are limited, as at the login.
        let wrong = waiting.fill("confirm_password", "a wrong password").submit(&owner);
        assert_eq!(wrong.status, if n < 5 { 422 } else { 429 }, "{wrong:?}");
        assert!(n == 5 || wrong.text().contains("This is not your password."), "{wrong:?}");
    }
    for (method, path, body) in [
        ("POST", "/api/v1/users", json!({ "name": "eve", "role": "owner", "password": OTHER })),
        ("PATCH", "/api/v1/users/vera", json!({ "role": "owner" })),
        ("PATCH", "/api/v1/users/vera", json!({ "password": OTHER })),
        ("DELETE", "/api/v1/users/vera", Value::Null),
        ("POST", "/api/v1/tokens", json!({ "name": "all", "role": "owner" })),
        ("POST", "/api/v1/tokens", json!({ "name": "peek", "role": "viewer", "secrets": true })),
    ] {
        let request = owner.request(method, path);
        let request = if body.is_null() { request } else { request.json(body) };
        let problem = request.send().problem(403, "password-needed");
        assert!(problem["detail"].as_str().unwrap().contains("Log in again"), "{problem}");
    }
    assert_eq!((owner.json("/api/v1/users"), owner.json("/api/v1/tokens")), before);
    // What gives no rights goes on without, and so do programs.
    new_token(&owner, "plain", json!({ "role": "viewer" }));
    owner.post("/api/v1/users", json!({ "name": "olga", "role": "operator", "password": OTHER })).status(201);
    server.owner().patch("/api/v1/users/olga", json!({ "role": "viewer" })).status(200);
}

#[test]
fn the_password_given_again_lets_the_waiting_form_go_on() {
    let site = Site::new();
    let server = site.serve_with(&["--confirm-after", "2s"]);
    let owner = server.first_owner();
    std::thread::sleep(Duration::from_millis(2100));
    let fields = [("name", "eve"), ("role", "owner"), ("apps", "com.*"), ("password", OTHER)];
    let asked = send(&owner, "/users", "/users", &fields).status(403).text();
    let form = Form::find(&asked, "/users").fill("confirm_password", PASSWORD).fill("password", OTHER);
    form.submit(&owner).status(303);
    let eve = owner.json("/api/v1/users/eve");
    assert_eq!((&eve["role"], &eve["apps"]), (&json!("owner"), &json!(["com.*"])));
    server.log_in("eve", OTHER);
    // For a while, nothing more is asked.
    owner.patch("/api/v1/users/eve", json!({ "role": "viewer" })).status(200);
    std::thread::sleep(Duration::from_millis(2100));
    owner.patch("/api/v1/users/eve", json!({ "role": "owner" })).problem(403, "password-needed");
    // The way out that the problem names.
    try_login(&owner, "owner1", PASSWORD).status(303);
    owner.patch("/api/v1/users/eve", json!({ "role": "owner" })).status(200);
}

#[test]
fn webhooks_with_approval_links_ask_for_the_password_too() {
    let site = Site::new();
    let server = site.serve_with(&["--confirm-after", "1s"]);
    let owner = server.first_owner();
    let hook =
        |links: bool| json!({ "name": format!("hook {links}"), "url": "http://127.0.0.1:9/", "approval_links": links });
    let made = owner.post("/api/v1/webhooks", hook(true)).status(201).json();
    let path = format!("/api/v1/webhooks/{}", made["id"].as_str().unwrap());
    grow_old();
    owner.post("/api/v1/webhooks", hook(false)).status(201);
    let another = json!({ "name": "third", "url": "http://127.0.0.1:9/", "approval_links": true });
    owner.post("/api/v1/webhooks", another).problem(403, "password-needed");
    owner.patch(&path, json!({ "url": "http://127.0.0.1:10/" })).problem(403, "password-needed");
    owner.patch(&path, json!({ "enabled": false })).status(200);
    let fields = [("name", "fourth"), ("url", "http://127.0.0.1:9/"), ("approval_links", "yes"), ("apps", "")];
    let asked = send(&owner, "/webhooks", "/webhooks", &fields).status(403).text();
    let done = Form::find(&asked, "/webhooks").fill("confirm_password", PASSWORD).submit(&owner);
    assert!(done.status(200).text().contains("whsec_"));
}

// What ends with a password

#[test]
fn a_new_password_ends_tokens_and_links() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let owner = server.first_owner();
    let make = |name: &str| {
        let (_, secret) = new_token(&owner, name, json!({}));
        let child = new_token(&server.caller(&secret), &format!("{name} child"), json!({})).1;
        let link = format!("{}/approval-links", file.path());
        let links = [&secret, &child].map(|secret| {
            let url =
                server.caller(secret).post(&link, json!({})).status(201).json()["url"].as_str().unwrap().to_owned();
            url[url.find("/link/").unwrap()..].to_owned()
        });
        (secret, child, links)
    };
    let works = |(secret, child, links): &(String, String, [String; 2])| {
        let tokens = [secret, child].map(|secret| server.caller(secret).get("/api/v1/me").status == 200);
        let links = [0, 1].map(|n| server.stranger().get(&links[n]).text().contains("<button"));
        assert!(tokens[0] == tokens[1] && tokens[0] == links[0] && links[0] == links[1], "{tokens:?} {links:?}");
        tokens[0]
    };
    let own = |body: Value| owner.request("PUT", "/api/v1/me/password").json(body).send().status(204);
    let made = make("api");
    own(json!({ "current_password": PASSWORD, "password": OTHER, "revoke": false }));
    assert!(works(&made), "unless told otherwise");
    own(json!({ "current_password": OTHER, "password": PASSWORD }));
    assert!(!works(&made));

    // The page names them, ticked.
    let made = make("page");
    let html = owner.get("/account").status(200).text();
    let form = Form::find(&html, "/account/password");
    assert_eq!(form.field("revoke").as_deref(), Some("yes"));
    assert!(html.contains("page child") && html.contains("iPhone X, until"), "{html}");
    form.clone().without("revoke").fill("current", PASSWORD).fill("password", OTHER).submit(&owner).status(303);
    assert!(works(&made));
    form.fill("current", OTHER).fill("password", PASSWORD).submit(&owner).status(303);
    assert!(!works(&made));

    // By another owner, by page, API and command line.
    let boss = person(&server, "boss", "owner");
    let made = make("boss");
    let form = Form::find(&boss.get("/users/owner1").text(), "/users/owner1/password");
    assert_eq!(form.field("revoke").as_deref(), Some("yes"));
    form.fill("password", OTHER).submit(&boss).status(303);
    assert!(!works(&made));
    let owner = server.log_in("owner1", OTHER);
    let (_, secret) = new_token(&owner, "again", json!({}));
    boss.patch("/api/v1/users/owner1", json!({ "password": PASSWORD })).status(200);
    server.caller(&secret).get("/api/v1/me").problem(401, "unauthenticated");
    let owner = server.log_in("owner1", PASSWORD);
    let (_, secret) = new_token(&owner, "last", json!({}));
    let kept = site.command_with_input(&["user", "password", "owner1", "--keep-tokens"], OTHER);
    assert!(kept.status.success() && server.caller(&secret).get("/api/v1/me").status == 200, "{kept:?}");
    assert!(site.command_with_input(&["user", "password", "owner1"], PASSWORD).status.success());
    server.caller(&secret).get("/api/v1/me").problem(401, "unauthenticated");
    let log = boss.json("/api/v1/access-log?action=link_revoked");
    assert_eq!(log["total"], 6, "{log}");
}

#[test]
fn an_account_lists_its_tokens_and_links_and_ends_each() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let owner = server.first_owner();
    let olga = person(&server, "olga", "owner");
    let (token, secret) = new_token(&olga, "nightly", json!({ "role": "viewer" }));
    let (others, _) = new_token(&owner, "not hers", json!({ "role": "viewer" }));
    owner.patch("/api/v1/users/olga", json!({ "role": "operator" })).status(200);
    let olga = server.log_in("olga", PASSWORD);
    let url = olga.post(&format!("{}/approval-links", file.path()), json!({})).status(201).json();
    let link = url["url"].as_str().unwrap();
    let link = link[link.find("/link/").unwrap()..].to_owned();
    let html = olga.get("/account").status(200).text();
    assert!(html.contains("nightly") && html.contains("iPhone X, until") && !html.contains("not hers"), "{html}");
    let own = format!("/account/tokens/{token}/revoke");
    let form = Form::button(&html, &own);
    form.clone().sent_to(&format!("/account/tokens/{others}/revoke")).submit(&olga).status(404);
    form.submit(&olga).status(303);
    server.caller(&secret).get("/api/v1/me").problem(401, "unauthenticated");
    let at = html.find("/approval-links/").unwrap();
    let own = html[at..].split('"').next().unwrap();
    Form::button(&html, own).submit(&olga).status(303);
    assert!(!server.stranger().get(&link).text().contains("<button"));
    let html = olga.get("/account").text();
    assert!(!html.contains("Your tokens") && !html.contains("/approval-links/"), "{html}");
    owner.get(&format!("/api/v1/tokens/{others}")).status(200);
}

#[test]
fn a_new_password_switches_off_webhooks_and_rules() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let boss = person(&server, "boss", "owner");
    let made = |user: &dyn Fn(&str, Value) -> Answer, path: &str, body: Value| {
        user(path, body).status(201).header("location").to_owned()
    };
    let (by_owner, by_boss) =
        (|path: &str, body: Value| owner.post(path, body), |path: &str, body: Value| boss.post(path, body));
    let hook = |name: &str, links: bool| json!({ "name": name, "url": "http://example.org/", "approval_links": links });
    let rule = |name: &str| json!({ "name": name, "when": { "os": ["iOS"] } });
    let (_, token) = new_token(&owner, "a token", json!({}));
    let by_token = |path: &str, body: Value| server.caller(&token).post(path, body);
    let hooks = [
        made(&by_owner, "/api/v1/webhooks", hook("with links", true)),
        made(&by_token, "/api/v1/webhooks", hook("by a token", true)),
        made(&by_owner, "/api/v1/webhooks", hook("without", false)),
    ];
    let rules = [made(&by_owner, "/api/v1/rules", rule("let in")), made(&by_token, "/api/v1/rules", rule("by token"))];
    let others = [
        made(&by_boss, "/api/v1/webhooks", hook("of the boss", true)),
        made(&by_boss, "/api/v1/rules", rule("of the boss")),
    ];
    let on = |paths: &[String]| paths.iter().map(|path| boss.json(path)["enabled"] == true).collect::<Vec<_>>();
    // They are named, ticked, on one's own page and on that for other owners.
    for html in [owner.get("/account").text(), boss.get("/users/owner1").text()] {
        for name in ["with links", "by a token", "without", "let in", "by token"] {
            assert!(html.contains(&format!("<bdi>{name}</bdi>")), "{name}: {html}");
        }
        assert!(!html.contains("<bdi>of the boss</bdi>"), "{html}");
    }
    let own = |body: Value| owner.request("PUT", "/api/v1/me/password").json(body).send().status(204);
    own(json!({ "current_password": PASSWORD, "password": OTHER, "revoke": false }));
    assert_eq!((on(&hooks), on(&rules)), (vec![true; 3], vec![true; 2]), "unless told otherwise");
    boss.patch("/api/v1/users/owner1", json!({ "password": PASSWORD })).status(200);
    assert_eq!((on(&hooks), on(&rules), on(&others)), (vec![false; 3], vec![false; 2], vec![true; 2]));
    assert_eq!(
        hooks.iter().map(|path| boss.json(path)["approval_links"].clone()).collect::<Vec<_>>(),
        [json!(false), json!(false), json!(false)]
    );
    assert_eq!(boss.json(&others[0])["approval_links"], true);
    for action in ["webhook_changed", "rule_changed"] {
        let log = boss.json(&format!("/api/v1/access-log?action={action}"));
        assert_eq!(log["total"], if action == "rule_changed" { 2 } else { 3 }, "{log}");
        assert!(log["items"][0]["detail"].as_str().unwrap().contains("\"enabled\":false"), "{log}");
    }
    assert!(boss.get("/access-log").status(200).text().contains("with links"));
}

// What others do meanwhile

#[test]
fn a_reset_password_is_not_overwritten() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.owner();
    let mut present = PASSWORD.to_owned();
    create(&site, "olga", "operator", &[]);
    let mut refused = 0;
    for n in 0..8 {
        let olga = server.log_in("olga", &present);
        let (own, reset) = (format!("my own winding sentence {n}"), format!("four lazy walruses knit {n}"));
        let body = json!({ "current_password": present, "password": own });
        std::thread::scope(|scope| {
            let change = scope.spawn(|| olga.request("PUT", "/api/v1/me/password").json(body).send());
            std::thread::sleep(Duration::from_millis(3 * n));
            owner.patch("/api/v1/users/olga", json!({ "password": reset })).status(200);
            refused += u32::from(change.join().unwrap().status != 204);
        });
        assert_eq!(try_login(&server.stranger(), "olga", &reset).status, 303, "{n}: the reset counts");
        present = reset;
    }
    println!("{refused} of 8 changes were refused");
}

#[test]
fn whoever_loses_their_rights_meanwhile_changes_nothing_any_more() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.owner();
    create(&site, "olga", "viewer", &[]);
    create(&site, "boss", "owner", &[]);
    create(&site, "stays", "owner", &[]);
    for n in 0..8 {
        owner.patch("/api/v1/users/boss", json!({ "disabled": false, "role": "owner" })).status(200);
        let boss = server.log_in("boss", PASSWORD);
        let body = json!({ "password": format!("four lazy walruses knit {n}") });
        std::thread::scope(|scope| {
            let change = scope.spawn(|| boss.patch("/api/v1/users/olga", body));
            std::thread::sleep(Duration::from_millis(3 * n));
            let lost = if n % 2 == 0 { json!({ "disabled": true }) } else { json!({ "role": "viewer" }) };
            owner.patch("/api/v1/users/boss", lost).status(200);
            change.join().unwrap();
        });
        // The newest first: nothing of the boss stands after what took their rights away.
        let log = owner.json("/api/v1/access-log?limit=1")["items"][0].clone();
        assert_eq!((&log["subject"], &log["actor"]["kind"]), (&json!("boss"), &json!("token")), "{n}: {log}");
    }
}

#[test]
fn an_open_page_returns_no_revoked_right() {
    let site = Site::new();
    let server = site.serve();
    let (owner, boss) = (server.owner(), server.first_owner());
    create(&site, "olga", "owner", &["*.Tasks"]);
    let page = boss.get("/users/olga").status(200).text();
    owner.patch("/api/v1/users/olga", json!({ "role": "viewer" })).status(200);
    // Only the apps are touched, and then only the role.
    let form = Form::find(&page, "/users/olga").fill("role", "owner").fill("apps", "*.Tasks");
    form.clone().fill("apps", "*.Contact").submit(&boss).status(303);
    let olga = owner.json("/api/v1/users/olga");
    assert_eq!((&olga["role"], &olga["apps"]), (&json!("viewer"), &json!(["*.Contact"])));
    form.fill("role", "operator").submit(&boss).status(303);
    let olga = owner.json("/api/v1/users/olga");
    assert_eq!((&olga["role"], &olga["apps"]), (&json!("operator"), &json!(["*.Contact"])));
}

// Tokens

#[test]
fn a_token_passes_on_no_more_than_it_has() {
    let file = session(CONTACT, &id(1)).set("/device/token", "push");
    let site = Site::with(&[file.clone(), session(TASKS, &id(2))]);
    let server = site.serve();
    let owner = server.first_owner();
    let (parent_id, parent) = new_token(&owner, "parent", json!({ "apps": [CONTACT], "expires_in": "1h" }));
    let parent = server.caller(&parent);
    let end = parent.json(&format!("/api/v1/tokens/{parent_id}"))["expires_at"].clone();
    let child = json!({ "name": "child", "role": "owner", "secrets": true, "apps": [], "expires_in": null });
    let made = parent.post("/api/v1/tokens", child).status(201).json();
    assert_eq!((&made["secrets"], &made["expires_at"]), (&json!(false), &end));
    assert_eq!(made["made_by_token"], parent_id);
    let child = server.caller(made["secret"].as_str().unwrap());
    child.get(&format!("{}/file", file.path())).problem(403, "forbidden");
    assert_eq!(child.json("/api/v1/apps")["total"], 1);
    let grandchild = server.caller(&new_token(&child, "grandchild", json!({ "expires_in": "90d" })).1);
    assert_eq!(grandchild.get("/api/v1/me").status, 200);
    // A change lengthens nothing either, of itself or of what it made.
    for (who, id) in [(&parent, &made["id"]), (&child, &made["id"]), (&parent, &json!(parent_id))] {
        let path = format!("/api/v1/tokens/{}", id.as_str().unwrap());
        let changed = who.patch(&path, json!({ "expires_in": null, "apps": [] })).status(200).json();
        assert!(changed["expires_at"].as_str().unwrap() <= end.as_str().unwrap(), "{changed}");
        assert_eq!(changed["apps"], json!([CONTACT]));
    }
    // What the parent has now is what they have.
    let parent_path = format!("/api/v1/tokens/{parent_id}");
    owner.patch(&parent_path, json!({ "apps": [TASKS] })).status(200);
    assert_eq!(grandchild.json("/api/v1/apps")["total"], 0);
    owner.patch(&parent_path, json!({ "expires_in": "1s" })).status(200);
    until(Duration::from_secs(5), "all expire", || grandchild.get("/api/v1/me").status == 401);
    owner.patch(&parent_path, json!({ "expires_in": "1h" })).status(200);
    assert_eq!(parent.get("/api/v1/me").status, 200);
    let (_, late) = new_token(&parent, "late child", json!({}));
    owner.delete(&parent_path).status(204);
    server.caller(&late).get("/api/v1/me").problem(401, "unauthenticated");
    assert_eq!(owner.json("/api/v1/tokens")["total"], 0, "all went with it");
}

#[test]
fn a_token_is_read_and_changed_by_itself() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let order = json!({ "name": "ci", "role": "viewer", "apps": ["com.*"], "expires_in": "1d" });
    let answer = owner.post("/api/v1/tokens", order).status(201);
    let made = answer.json();
    let path = format!("/api/v1/tokens/{}", made["id"].as_str().unwrap());
    assert_eq!(answer.header("location"), path);
    let mut shown = made.clone();
    shown.as_object_mut().unwrap().shift_remove("secret");
    assert_eq!(owner.json(&path), shown);
    let merge = owner.request("PATCH", &path).json(json!({ "name": "cd", "apps": [], "expires_in": null }));
    let changed = merge.header("content-type", "application/merge-patch+json").send().status(200).json();
    assert_eq!((&changed["name"], &changed["apps"], &changed["expires_at"]), (&json!("cd"), &json!([]), &Value::Null));
    assert_eq!(owner.patch(&path, json!({})).status(200).json(), changed);
    for key in ["name", "apps"] {
        owner.patch(&path, json!({ key: null })).problem_at(422, "invalid-value", &format!("/{key}"));
    }
    for (key, value) in [("expires_in", json!("0d")), ("role", json!("owner")), ("secrets", json!(true))] {
        owner.patch(&path, json!({ key: value })).problem_at(422, "invalid-value", &format!("/{key}"));
    }
    owner.post("/api/v1/tokens", json!({ "name": "other", "role": "viewer" })).status(201);
    owner.patch(&path, json!({ "name": "OTHER" })).problem(409, "conflict");
    owner.get("/api/v1/tokens/none").problem(404, "not-found");
    owner.patch("/api/v1/tokens/none", json!({})).problem(404, "not-found");
    let held = server.token_with("owner", &["com.*"], false);
    held.get(&path).problem(404, "not-found");
    held.patch(&path, json!({ "name": "mine" })).problem(404, "not-found");
    let log = owner.json("/api/v1/access-log?action=token_changed");
    assert_eq!((&log["total"], &log["items"][0]["subject"]), (&json!(1), &json!("cd")));
}

#[test]
fn a_user_has_an_address_and_null_is_refused() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.owner();
    let order = json!({ "name": "Zoë Ö.", "role": "viewer", "apps": ["com.*"], "password": OTHER });
    let answer = owner.post("/api/v1/users", order).status(201);
    let path = format!("/api/v1/users/{}", segment("Zoë Ö."));
    assert_eq!(answer.header("location"), path);
    assert_eq!(owner.json(&path), answer.json());
    assert_eq!(owner.json(&format!("/api/v1/users/{}", segment("zoë ö."))), answer.json());
    owner.get("/api/v1/users/nobody").problem(404, "not-found");
    server.token_with("owner", &["org.*"], false).get(&path).problem(404, "not-found");
    for key in ["role", "apps", "disabled", "password", "current_password", "revoke"] {
        owner.patch(&path, json!({ key: null })).problem_at(422, "invalid-value", &format!("/{key}"));
    }
    let merge = owner.request("PATCH", &path).json(json!({ "role": "operator" }));
    let changed = merge.header("content-type", "application/merge-patch+json").send().status(200).json();
    assert_eq!((&changed["role"], &changed["apps"]), (&json!("operator"), &json!(["com.*"])));
}

#[test]
fn a_token_that_is_none_says_why() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.owner();
    let (_, secret) = new_token(&owner, "short", json!({ "expires_in": "1s" }));
    let (revoked_id, revoked) = new_token(&owner, "revoked", json!({}));
    owner.delete(&format!("/api/v1/tokens/{revoked_id}")).status(204);
    let challenge = |secret: &str| {
        let answer = server.caller(secret).get("/api/v1/me");
        answer.problem(401, "unauthenticated");
        answer.header("www-authenticate").to_owned()
    };
    until(Duration::from_secs(5), "it expires", || server.caller(&secret).get("/api/v1/me").status == 401);
    let expired = challenge(&secret);
    assert!(
        expired.starts_with("Bearer error=\"invalid_token\", error_description=\"") && expired.contains("expired"),
        "{expired}"
    );
    for none in [revoked.as_str(), "mst_unknown", "x"] {
        let unknown = challenge(none);
        assert!(unknown.starts_with("Bearer error=\"invalid_token\"") && !unknown.contains("expired"), "{unknown}");
    }
    assert_eq!(server.anonymous().get("/api/v1/me").status(401).header("www-authenticate"), "Bearer");
    assert_eq!(owner.head("/api/v1/me").status, 200);
}

// Logins

#[test]
fn a_known_browser_waits_for_its_own_guesses_alone() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    create(&site, "vera", "viewer", &[]);
    try_login(&owner, "vera", PASSWORD).status(303);
    Form::button(&owner.get("/").text(), "/logout").submit(&owner).status(303);
    // Everybody seems to come from one address, as behind a proxy that says nothing.
    let stranger = server.stranger();
    for name in ["owner1", "vera"] {
        while try_login(&stranger, name, "a wrong password").status != 429 {}
        try_login(&stranger, name, PASSWORD).status(429);
    }
    for name in ["owner1", "vera"] {
        try_login(&owner, name, PASSWORD).status(303);
    }
    let statuses: Vec<u16> = (0..6).map(|_| try_login(&owner, "vera", "a wrong password").status).collect();
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429], "its own guesses are limited");
    try_login(&owner, "vera", PASSWORD).status(429);
    try_login(&owner, "owner1", PASSWORD).status(303);
    create(&site, "olga", "viewer", &[]);
    while try_login(&stranger, "olga", "a wrong password").status != 429 {}
    try_login(&owner, "olga", PASSWORD).status(429);
}

#[test]
fn the_cookie_of_a_known_browser_outlives_its_login() {
    let site = Site::new();
    let server = site.serve_with(&["--public-url", "https://panel.example"]);
    create(&site, "vera", "viewer", &[]);
    let form = Form::to("/login").fill("name", "vera").fill("password", PASSWORD);
    let answer = form.request(&server.anonymous()).header("sec-fetch-site", "same-origin").send().status(303);
    let cookies: Vec<&str> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    let browser = cookies.iter().find(|cookie| cookie.starts_with("__Host-browser=")).unwrap();
    for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=34560000"] {
        assert!(browser.contains(part), "{part}: {browser}");
    }
    assert!(cookies[0].starts_with("__Host-login="), "{cookies:?}");
    let value = browser.split(['=', ';']).nth(1).unwrap();
    let all = walkdir::WalkDir::new(site.data()).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    let kept = all
        .map(|file| std::fs::read(file.path()).unwrap())
        .any(|bytes| memchr::memmem::find(&bytes, value.as_bytes()).is_some());
    assert!(!kept && !server.log().contains(value), "its digest alone is kept");
}

#[test]
fn logging_in_again_ends_the_login_before_in_that_browser() {
    let site = Site::new();
    let server = site.serve();
    create(&site, "vera", "viewer", &[]);
    create(&site, "olga", "viewer", &[]);
    let elsewhere = server.log_in("vera", PASSWORD);
    let log_in = |name: &str, before: &str| {
        let form = Form::to("/login").fill("name", name).fill("password", PASSWORD);
        let answer = form.request(&server.anonymous()).header("cookie", before).send().status(303);
        answer.header("set-cookie").split(';').next().unwrap().to_owned()
    };
    let is_in =
        |cookie: &str| server.anonymous().request("GET", "/api/v1/me").header("cookie", cookie).send().status == 200;
    let first = log_in("vera", "");
    let second = log_in("vera", &first);
    assert!(!is_in(&first) && is_in(&second));
    let third = log_in("olga", &second);
    assert!(!is_in(&second) && is_in(&third), "somebody else in the same browser");
    let wrong = Form::to("/login").fill("name", "olga").fill("password", "a wrong password");
    wrong.request(&server.anonymous()).header("cookie", &third).send().status(422);
    assert!(is_in(&third), "a try that fails ends nothing");
    elsewhere.get("/api/v1/me").status(200);
}

#[test]
fn a_login_in_use_outlives_a_short_idle_time() {
    let site = Site::new();
    let server = site.serve_with(&["--login-idle", "2s"]);
    create(&site, "vera", "viewer", &[]);
    create(&site, "olga", "viewer", &[]);
    let vera = server.log_in("vera", PASSWORD);
    for _ in 0..5 {
        std::thread::sleep(Duration::from_millis(1200));
        vera.get("/api/v1/me").status(200);
        // Another's login takes away those that have ended.
        server.log_in("olga", PASSWORD);
    }
    std::thread::sleep(Duration::from_millis(2100));
    vera.get("/api/v1/me").problem(401, "unauthenticated");
}

// The last owner

#[test]
fn the_last_owner_of_all_apps_stays_one() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    create(&site, "held", "owner", &["com.*"]);
    create(&site, "vera", "viewer", &[]);
    let root = server.owner();
    let path = "/api/v1/users/owner1";
    for change in [
        json!({ "apps": ["com.*"] }),
        json!({ "apps": ["*"] }),
        json!({ "role": "operator" }),
        json!({ "disabled": true }),
    ] {
        owner.patch(path, change.clone()).problem(409, "conflict");
        root.patch(path, change).problem(409, "conflict");
    }
    owner.delete(path).problem(409, "conflict");
    let narrowed = send(&owner, "/users/owner1", "/users/owner1", &[("role", "owner"), ("apps", "com.*")]);
    assert!(narrowed.status(409).text().contains("this is the last owner"));
    for args in [["user", "disable", "owner1"], ["user", "delete", "owner1"]] {
        assert_eq!(site.command(&args).status.code(), Some(1), "{args:?}");
    }
    let html = owner.get("/users/owner1").text();
    assert!(html.contains("This is the last owner.") && !html.contains("/users/owner1/delete"), "{html}");
    // With another owner of all apps, each of them may.
    owner.patch("/api/v1/users/vera", json!({ "role": "owner" })).status(200);
    owner.patch(path, json!({ "apps": ["com.*"] })).status(200);
    root.patch("/api/v1/users/vera", json!({ "disabled": true })).problem(409, "conflict");
}

// Passwords

#[test]
fn a_guessable_password_is_refused_everywhere() {
    let site = Site::new();
    let server = site.serve_with(&["--public-url", "http://panel.acme-tools.example", "--host", "127.0.0.1"]);
    let link = server.setup_link();
    let setup = Form::find(&server.stranger().get(&link).text(), "/setup").fill("name", "olga");
    let easy = [
        "letmein12345",
        "Password123!",
        "Summer2026!!",
        "qwertyuiop12",
        "mobile-sessions",
        "MobileSessions1",
        "Acme-tools-2026",
        "olga-olga-olga",
        "olga12345678",
        "aaaaaaaaaaaa",
        "123456789012",
    ];
    for password in easy {
        let html = setup.clone().fill("password", password).submit(&server.stranger()).status(422).text();
        assert!(html.contains("password-error"), "{password}: {html}");
    }
    setup.fill("password", PASSWORD).submit(&server.stranger()).status(303);
    let olga = server.log_in("olga", PASSWORD);
    create(&site, "vera", "viewer", &[]);
    for password in easy.into_iter().filter(|password| !password.contains("olga")) {
        let own = json!({ "current_password": PASSWORD, "password": password });
        olga.request("PUT", "/api/v1/me/password").json(own).send().problem_at(422, "invalid-value", "/password");
        let user = json!({ "name": "eve", "role": "viewer", "password": password });
        olga.post("/api/v1/users", user).problem_at(422, "invalid-value", "/password");
        olga.patch("/api/v1/users/vera", json!({ "password": password })).problem_at(422, "invalid-value", "/password");
        assert_eq!(send(&olga, "/users/vera", "/users/vera/password", &[("password", password)]).status, 422);
    }
    for password in ["letmein12345", "Password123!", "vera-vera-1234"] {
        assert_eq!(
            site.command_with_input(&["user", "password", "vera"], password).status.code(),
            Some(1),
            "{password}"
        );
    }
    server.log_in("vera", PASSWORD);
}

#[test]
fn a_generated_password_is_replaced_first() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let made = site.command(&["user", "create", "vera", "--role", "operator"]);
    let password = String::from_utf8(made.stdout).unwrap().trim().to_owned();
    assert_eq!(owner.json("/api/v1/users/vera")["must_change_password"], true);
    let vera = server.log_in("vera", &password);
    for path in ["/", "/sessions", "/account", "/push", "/changes.csv"] {
        assert_eq!(vera.get(path).status(303).header("location"), "/password", "{path}");
    }
    for path in ["/api/v1/me", "/api/v1/sessions", "/api/v1/events"] {
        let problem = vera.get(path).problem(403, "password-change-needed");
        assert!(problem["detail"].as_str().unwrap().contains("PUT /api/v1/me/password"), "{problem}");
    }
    let file = session(CONTACT, &id(1));
    vera.patch(&file.path(), json!({ "status": "accepted" })).problem(403, "password-change-needed");
    let html = vera.get("/password").status(200).text();
    assert!(
        html.contains("Choose your own password") && !html.contains("/sessions") && !html.contains("waiting"),
        "{html}"
    );
    let form = Form::find(&html, "/account/password");
    let again = form.clone().fill("current", &password).fill("password", &password).submit(&vera).status(422).text();
    assert!(again.contains("This is already your password."), "{again}");
    form.clone().fill("current", "a wrong password").fill("password", OTHER).submit(&vera).status(422);
    assert_eq!(
        form.fill("current", &password).fill("password", OTHER).submit(&vera).status(303).header("location"),
        "/"
    );
    assert!(vera.get("/").status(200).text().contains("class=\"toast\""));
    vera.get("/sessions").status(200);
    assert_eq!(owner.json("/api/v1/users/vera")["must_change_password"], false);

    // By a page that makes one up, and out by the API.
    let html = send(&owner, "/users/vera", "/users/vera/password", &[("password", "")]).status(200).text();
    let at = html.find(" id=\"secret\">").unwrap();
    let password = html[at..].split(['>', '<']).nth(1).unwrap();
    let vera = server.log_in("vera", password);
    vera.get("/api/v1/me").problem(403, "password-change-needed");
    let own = json!({ "current_password": password, "password": THIRD });
    vera.request("PUT", "/api/v1/me/password").json(own).send().status(204);
    vera.get("/api/v1/me").status(200);
    // One that an owner chose is theirs to keep.
    owner.patch("/api/v1/users/vera", json!({ "password": OTHER })).status(200);
    server.log_in("vera", OTHER).get("/").status(200);
}

// Names

#[test]
fn user_names_have_one_script_and_no_lookalikes() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let make = |name: &str| owner.post("/api/v1/users", json!({ "name": name, "role": "viewer", "password": OTHER }));
    for good in ["olga", "Zoë", "山田 たろう", "Ольга", "o.neill_2@example-x", "김철수"] {
        assert_eq!(make(good).status(201).json()["name"], good);
        server.log_in(good, OTHER);
    }
    let bad = [
        "ol\u{34f}ga",
        "\u{3164}",
        "a\u{2800}b",
        "ev\u{200b}e",
        "\u{202e}eve",
        "ev\u{ad}e",
        "e\u{200d}ve",
        "eve\u{2066}",
        "еve",
        "evе",
        "a/b",
        "..",
        "<eve>",
        "👩",
        "e\u{a0}ve",
        " eve",
        "eve\u{fe0f}",
    ];
    for name in bad {
        make(name).problem_at(422, "invalid-value", "/name");
        let fields = [("name", name), ("role", "viewer"), ("apps", ""), ("password", OTHER)];
        let form = send(&owner, "/users", "/users", &fields);
        // A form's spaces at the ends are taken away.
        assert!(form.status == 422 || name.trim() != name, "{name:?}: {form:?}");
        let made = site.command_with_input(&["user", "create", name, "--role", "viewer"], OTHER);
        assert_eq!(made.status.code(), Some(2), "{name:?}: {made:?}");
    }
    for alike in ["OLGA", "ｏｌｇａ", "o1ga", "оӏга"] {
        let answer = make(alike);
        assert!(alike == "оӏга" || answer.status == 409, "{alike}: {answer:?}");
    }
    make("Zoe\u{308}").problem(409, "conflict");
    server.log_in("zoe\u{308}", OTHER);
}

#[test]
fn names_of_tokens_rules_and_webhooks_hide_nothing() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.owner();
    let bodies = [
        ("/api/v1/tokens", json!({ "role": "viewer" })),
        ("/api/v1/rules", json!({ "enabled": false, "when": {} })),
        ("/api/v1/webhooks", json!({ "url": "http://127.0.0.1:9/" })),
    ];
    for (path, body) in bodies {
        let make = |name: &str| {
            let mut body = body.clone();
            body["name"] = json!(name);
            owner.post(path, body)
        };
        make("CRM → Ночь (東京) 👩").status(201);
        for name in [
            "c\u{34f}i",
            "\u{3164}",
            "\u{2800}",
            "c\u{200b}i",
            "\u{202e}ci",
            "c\u{2066}i",
            "c\u{ad}i",
            "ci\u{e0061}",
            "c\u{200d}i",
            "c  i",
            "\u{301}ci",
            "ci\u{338}\u{338}",
            "c\u{334}\u{335}\u{336}\u{337}\u{338}i",
        ] {
            make(name).problem_at(422, "invalid-value", "/name");
        }
        make("Cafe\u{301}").status(201);
        make("Café").problem(409, "conflict");
    }
}

#[test]
fn user_names_have_few_marks_and_one_kind_of_digits() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.owner();
    let make =
        |name: &str| owner.post("/api/v1/users", json!({ "name": name, "role": "viewer", "password": PASSWORD }));
    make("ol ga").status(201);
    for name in [
        "ol  ga",
        "olga\u{301}\u{301}\u{301}",
        "ol\u{321}\u{322}\u{327}\u{328}\u{338}ga",
        "\u{301}olga",
        "olga \u{301}x",
        "1\u{662}3",
        "\u{967}\u{968}45",
    ] {
        make(name).problem_at(422, "invalid-value", "/name");
    }
    for name in ["Việt", "สมชาย กี่", "\u{661}\u{662}\u{663}", "हिन्दी"] {
        make(name).status(201);
    }
}
