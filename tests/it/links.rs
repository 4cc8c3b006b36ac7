//! Approval links: one session, once, by whoever has the link; and nothing by looking at it.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::receiver::{Receiver, Reply};
use crate::spawn::*;

const SOON: Duration = Duration::from_secs(10);

fn waiting(n: u32) -> SessionFile {
    session(CONTACT, &id(n)).status("pending").email("olga@corp.example")
}

/// Makes a link; its path.
#[track_caller]
fn link(user: &impl User, file: &SessionFile) -> String {
    link_for(user, file, "1h")
}

#[track_caller]
fn link_for(user: &impl User, file: &SessionFile, life: &str) -> String {
    let made = user.post(&format!("{}/approval-links", file.path()), json!({ "expires_in": life })).status(201).json();
    let url = made["url"].as_str().unwrap();
    url[url.find("/link/").unwrap()..].to_owned()
}

fn status(user: &impl User, file: &SessionFile) -> String {
    user.json(&file.path())["status"].as_str().unwrap_or_default().to_owned()
}

/// Presses the button.
#[track_caller]
fn press(user: &impl User, link: &str) -> Answer {
    Form::to(link).submit(user)
}

#[test]
fn looking_changes_nothing_and_pressing_lets_in_once() {
    let file = waiting(1).set("/device/description", "iPhone <13>");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let operator = server.operator();
    let link = link(&operator, &file);
    let before = (snapshot(&site.root()), journal(&operator, ""));
    let stranger = server.stranger();
    for _ in 0..5 {
        let page = stranger.get(&link).status(200);
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert!(!page.has_header("set-cookie"));
        let page = page.text();
        for word in ["iPhone &#60;13&#62;", "Contact", "olga@corp.example", "<button"] {
            assert!(page.contains(word), "{word}: {page}");
        }
        let secret = link.rsplit_once('/').unwrap().1;
        assert!(!page.contains(secret), "the page needs not name its own address");
        stranger.head(&link).status(200);
        server.anonymous().get(&link).status(200);
        server.anonymous().request("OPTIONS", &link).send();
    }
    assert_unchanged(&before.0, &snapshot(&site.root()));
    assert_eq!(journal(&operator, ""), before.1);
    let done = press(&stranger, &link).status(200).text();
    assert!(done.contains("The device is let in") && !done.contains("<button"), "{done}");
    assert_eq!(status(&operator, &file), "accepted");
    for _ in 0..2 {
        assert!(press(&stranger, &link).status(410).text().contains("This link was used"));
        stranger.get(&link).status(410);
    }
    let entries = journal(&operator, "");
    assert_eq!(entries.len(), 1);
    let (change, entry) = &entries[0];
    assert_eq!(entry["actor"]["kind"], "link");
    let name = entry["actor"]["name"].as_str().unwrap();
    assert!(name.ends_with(" by token0"), "{name}");
    let reason = entry["reason"].as_str().unwrap();
    assert!(reason.contains(name.split(' ').next().unwrap()), "{reason} names the link");
    assert!(reason.contains("made by token token0") && reason.contains("used from 127.0.0.1"), "{reason}");
    // It is undone as any change, and the link stays used.
    operator.post(&format!("/api/v1/changes/{change}/undo"), json!({})).status(200);
    assert_eq!(site.read(CONTACT, &file.id), file.bytes());
    press(&stranger, &link).status(410);
    assert_eq!(status(&operator, &file), "pending");
    let log = server.owner().json("/api/v1/access-log");
    let made = log["items"].as_array().unwrap().iter().find(|entry| entry["action"] == "link_created").unwrap();
    assert_eq!(made["subject"], format!("{CONTACT}/{}", file.id));
}

#[test]
fn a_link_ends() {
    let file = waiting(1);
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let (operator, stranger) = (server.operator(), server.stranger());
    let link = link_for(&operator, &file, "1s");
    until(SOON, "it ends", || stranger.get(&link).status == 410);
    assert!(press(&stranger, &link).status(410).text().contains("This link has ended"));
    assert_eq!(status(&operator, &file), "pending");
}

#[test]
fn what_is_asked_of_a_link_is_checked() {
    let file = waiting(1);
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve_with(&["--public-url", "https://panel.example"]);
    let operator = server.operator();
    let path = format!("{}/approval-links", file.path());
    let made = operator.post(&path, json!({})).status(201).json();
    let url = made["url"].as_str().unwrap();
    let secret = url.strip_prefix("https://panel.example/link/").unwrap_or_else(|| panic!("{url}"));
    assert_eq!(secret.len(), 43, "256 bits");
    assert!(made["expires_at"].as_str().unwrap().ends_with('Z'));
    for wrong in ["31d", "721h", "", "1", "0s", "-1h", "1w", "99999999999d"] {
        operator.post(&path, json!({ "expires_in": wrong })).problem_at(422, "invalid-value", "/expires_in");
    }
    operator.post(&path, json!({ "expires_in": 5 })).problem_at(422, "invalid-value", "/expires_in");
    operator.post(&path, json!({ "expires": "1h" })).problem_at(422, "invalid-value", "/expires");
    operator.post(&path, json!({ "expires_in": "30d" })).status(201);
    let other = format!("{}/approval-links", session_path(CONTACT, &id(7)));
    operator.post(&other, json!({})).problem(404, "not-found");
    server.viewer().post(&path, json!({})).problem(403, "forbidden");
    server.token_with("operator", &["*.Tasks"], false).post(&path, json!({})).problem(404, "not-found");
}

#[test]
fn a_link_can_do_what_its_maker_may_do_now() {
    let file = waiting(1);
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let (owner, stranger) = (server.owner(), server.stranger());
    let made = site.command_with_input(&["user", "create", "olga", "--role", "operator"], PASSWORD);
    assert!(made.status.success());
    let olga = server.log_in("olga", PASSWORD);
    let page = olga.get(&file.path()["/api/v1".len()..]).status(200).text();
    let action = format!("{}/approval-links", &file.path()["/api/v1".len()..]);
    let shown = Form::find(&page, &action).fill("expires", "8h").submit(&olga).status(200).text();
    let at = shown.find("/link/").expect("the link");
    let link = shown[at..].split('<').next().unwrap().to_owned();
    assert!(shown.contains(&format!("{}{link}", server.url(""))), "{shown}");
    Form::find(&page, &action).fill("expires", "1y").submit(&olga).status(422);
    let token = json!({ "name": "mailer", "role": "operator" });
    let token = owner.post("/api/v1/tokens", token).status(201).json();
    let by_token = self::link(&server.caller(token["secret"].as_str().unwrap()), &file);
    let refused = |link: &str| {
        for answer in [stranger.get(link), press(&stranger, link)] {
            assert!(answer.clone().status(403).text().contains("does not work any more"));
            assert!(!answer.text().contains("olga@corp.example"), "what the link cannot do, it does not show");
        }
        assert_eq!(status(&owner, &file), "pending");
    };
    for body in [json!({ "disabled": true }), json!({ "role": "viewer" }), json!({ "apps": ["*.Tasks"] })] {
        owner.patch("/api/v1/users/olga", body).status(200);
        refused(&link);
        owner.patch("/api/v1/users/olga", json!({ "disabled": false, "role": "operator", "apps": [] })).status(200);
        stranger.get(&link).status(200);
    }
    owner.delete(&format!("/api/v1/tokens/{}", token["id"].as_str().unwrap())).status(204);
    refused(&by_token);
    press(&stranger, &link).status(200);
    let name = journal(&owner, "")[0].1["actor"]["name"].as_str().unwrap().to_owned();
    assert!(name.ends_with(" by olga"), "{name}");
    let shown = server.log_in("olga", PASSWORD).get("/changes").status(200).text();
    let id = name.strip_suffix(" by olga").unwrap();
    assert!(shown.contains(&format!("link <b><bdi>{id}</bdi></b> by <b><bdi>olga</bdi></b>")), "{shown}");
    // A link of a user who is deleted is none.
    let again = waiting(2);
    site.put(&again);
    until(SOON, "it is seen", || owner.get(&again.path()).status == 200);
    let olga = server.log_in("olga", PASSWORD);
    let page = olga.get(&again.path()["/api/v1".len()..]).status(200).text();
    let action = format!("{}/approval-links", &again.path()["/api/v1".len()..]);
    let shown = Form::find(&page, &action).fill("expires", "1h").submit(&olga).status(200).text();
    let link = shown[shown.find("/link/").unwrap()..].split('<').next().unwrap().to_owned();
    owner.delete("/api/v1/users/olga").status(204);
    stranger.get(&link).status(403);
    press(&stranger, &link).status(403);
}

/// The links that the list shows.
#[track_caller]
fn listed(user: &impl User, query: &str) -> Vec<Value> {
    let list = user.json(&format!("/api/v1/approval-links{query}"));
    let items = list["items"].as_array().unwrap().clone();
    assert_eq!(list["total"], items.len());
    items
}

#[test]
fn a_link_is_listed_and_revoked() {
    let (file, other) = (waiting(1), session(TASKS, &id(2)).status("pending"));
    let site = Site::with(&[file.clone(), other.clone()]);
    let server = site.serve();
    let (owner, operator, stranger) = (server.owner(), server.operator(), server.stranger());
    let made = operator.post(&format!("{}/approval-links", file.path()), json!({ "expires_in": "8h" })).status(201);
    let link_id = made.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/approval-links/{link_id}");
    assert_eq!(made.header("location"), path);
    let url = made.json()["url"].as_str().unwrap().to_owned();
    let opened = url[url.find("/link/").unwrap()..].to_owned();
    let others = link(&owner, &other);
    let item = listed(&operator, &format!("?app={CONTACT}&session={}", file.id)).remove(0);
    let name = operator.json("/api/v1/me")["name"].clone();
    assert_eq!((&item["id"], &item["app"], &item["session"]), (&json!(link_id), &json!(CONTACT), &json!(file.id)));
    assert_eq!((&item["made_by"], &item["webhook"]), (&json!({ "kind": "token", "name": name }), &Value::Null));
    assert_eq!(item["expires_at"], made.json()["expires_at"]);
    assert_eq!(operator.json(&path), item);
    assert_eq!(listed(&operator, "").len(), 2);
    assert_eq!(listed(&operator, "?app=com.none").len(), 0);
    assert_eq!(listed(&operator, &format!("?session={}", id(7))).len(), 0);
    assert!(!operator.get("/api/v1/approval-links").text().contains("/link/"), "a secret is shown once");
    operator.get("/api/v1/approval-links?colour=red").problem(400, "invalid-query");
    // Another app does not exist.
    let held = server.token_with("operator", &["*.Tasks"], false);
    assert_eq!(listed(&held, "").len(), 1);
    held.get(&path).problem(404, "not-found");
    held.delete(&path).problem(404, "not-found");
    server.viewer().get("/api/v1/approval-links").problem(403, "forbidden");
    server.viewer().delete(&path).problem(403, "forbidden");
    stranger.get(&opened).status(200);

    // Anybody who may make one may end it.
    owner.delete(&path).status(204);
    for answer in [stranger.get(&opened), press(&stranger, &opened)] {
        assert!(answer.status(403).text().contains("does not work any more"));
    }
    assert_eq!(status(&operator, &file), "pending");
    owner.delete(&path).problem(404, "not-found");
    assert_eq!(listed(&operator, "").len(), 1);
    let log = owner.json("/api/v1/access-log?action=link_revoked");
    assert_eq!((&log["total"], &log["items"][0]["subject"]), (&json!(1), &json!(format!("{CONTACT}/{}", file.id))));
    assert!(log["items"][0]["detail"].as_str().unwrap().contains(&link_id));
    // What was used or has ended is not listed.
    press(&stranger, &others).status(200);
    let short = link_for(&operator, &file, "1s");
    until(SOON, "it ends", || stranger.get(&short).status == 410);
    assert_eq!(listed(&operator, "").len(), 0);
}

#[test]
fn a_link_is_revoked_on_the_pages_that_list_it() {
    let files = [waiting(1), waiting(2)];
    let site = Site::with(&files);
    for (name, role) in [("olga", "operator"), ("vera", "viewer")] {
        assert!(site.command_with_input(&["user", "create", name, "--role", role], PASSWORD).status.success());
    }
    let server = site.serve();
    let (olga, vera, stranger) = (server.log_in("olga", PASSWORD), server.log_in("vera", PASSWORD), server.stranger());
    let of_others = link(&server.owner(), &files[0]);
    let own = link(&olga, &files[1]);
    let page = |n: usize| files[n].path()["/api/v1".len()..].to_owned();
    let button = |shown: &str| {
        let all = tags(shown, "button").into_iter().filter_map(|(_, tag)| attribute(&tag, "formaction"));
        all.filter(|to| to.starts_with("/approval-links/")).collect::<Vec<_>>()
    };
    // Those of a session, whoever made them.
    let shown = olga.get(&page(0)).status(200).text();
    let [to] = &button(&shown)[..] else { panic!("{shown}") };
    assert!(shown.contains("Active approval links") && !shown.contains(&of_others));
    assert!(button(&vera.get(&page(0)).status(200).text()).is_empty());
    let back = Form::button(&shown, to).submit(&olga).status(303).header("location").to_owned();
    assert_eq!(back, page(0));
    let shown = olga.get(&back).status(200).text();
    assert!(shown.contains("The link is revoked") && button(&shown).is_empty(), "{shown}");
    press(&stranger, &of_others).status(403);
    Form::to(to).fill("csrf", "made-up").submit(&olga).status(403);
    // One's own, on the page of the account.
    let shown = olga.get("/account").status(200).text();
    let [to] = &button(&shown)[..] else { panic!("{shown}") };
    assert!(shown.contains(&page(1)), "{shown}");
    Form::button(&shown, to).submit(&olga).status(303);
    assert!(button(&olga.get("/account").status(200).text()).is_empty());
    press(&stranger, &own).status(403);
    assert_eq!(listed(&olga, "").len(), 0);
}

#[test]
fn a_session_that_does_not_wait_gets_no_link() {
    let (accepted, odd) = (session(CONTACT, &id(1)), session(CONTACT, &id(2)).status("blocked"));
    let site = Site::with(&[accepted.clone(), odd.clone()]);
    let server = site.serve();
    let operator = server.operator();
    for (file, words) in [(&accepted, "accepted already"), (&odd, "does not wait")] {
        let refused = operator.post(&format!("{}/approval-links", file.path()), json!({})).problem(409, "conflict");
        assert!(refused["detail"].as_str().unwrap().contains(words), "{refused}");
    }
    assert_eq!(listed(&operator, "").len(), 0);
    assert!(site.command_with_input(&["user", "create", "olga", "--role", "operator"], PASSWORD).status.success());
    let olga = server.log_in("olga", PASSWORD);
    let page = olga.get("/account").status(200).text();
    let csrf = Form::find(&page, "/account/password").field("csrf").unwrap();
    let to = format!("{}/approval-links", &accepted.path()["/api/v1".len()..]);
    let refused = Form::to(&to).fill("csrf", &csrf).fill("expires", "1h").submit(&olga).status(409).text();
    assert!(refused.contains("accepted already"), "{refused}");
}

#[test]
fn only_one_of_simultaneous_presses_lets_in() {
    let files: Vec<SessionFile> = (1..=5).map(waiting).collect();
    let site = Site::with(&files);
    let server = site.serve();
    let operator = server.operator();
    for file in &files {
        // The same link, and another one of the same session.
        let links = [link(&operator, file), link(&operator, file)];
        let answers: Vec<u16> = std::thread::scope(|scope| {
            let pressed: Vec<_> = (0..8)
                .map(|n| {
                    let (server, link) = (&server, &links[n % 2]);
                    scope.spawn(move || press(&server.stranger(), link).status)
                })
                .collect();
            pressed.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let mut count = BTreeMap::new();
        answers.iter().for_each(|status| *count.entry(*status).or_insert(0) += 1);
        assert_eq!(count.remove(&200), Some(1), "{answers:?}");
        assert!(count.keys().all(|status| [409, 410].contains(status)), "{answers:?}");
        assert_eq!(journal(&operator, &format!("&session={}", file.id)).len(), 1);
    }
}

#[test]
fn a_failed_press_explains_and_keeps_the_link() {
    let (file, gone) = (waiting(1), waiting(2));
    let site = Site::with(&[file.clone(), gone.clone()]);
    let server = site.serve();
    let (operator, stranger) = (server.operator(), server.stranger());
    let (link, of_gone) = (link(&operator, &file), link(&operator, &gone));
    operator.patch(&file.path(), json!({ "status": "accepted" })).status(200);
    assert!(stranger.get(&link).status(200).text().contains("The device is in already"));
    assert!(press(&stranger, &link).status(409).text().contains("The device is in already"));
    site.put(&file.clone().status("blocked"));
    until(SOON, "it is seen", || status(&operator, &file) == "blocked");
    assert!(press(&stranger, &link).status(409).text().contains("does not wait"));
    operator.delete(&gone.path()).status(204);
    stranger.get(&of_gone).status(410);
    assert!(press(&stranger, &of_gone).status(410).text().contains("This device is gone"));
    site.put(&file);
    until(SOON, "it is seen", || status(&operator, &file) == "pending");
    let aside = site.temp().join("aside");
    fs::rename(site.root(), &aside).unwrap();
    until(SOON, "the folder is away", || stranger.get(&link).status == 503);
    let away = press(&stranger, &link).status(503);
    assert!(away.has_header("retry-after") && away.text().contains("as good as before"));
    fs::rename(&aside, site.root()).unwrap();
    until(SOON, "the folder is back", || stranger.get(&link).status == 200);
    // Another site cannot press it.
    let other = Form::to(&link).request(&stranger).header("sec-fetch-site", "cross-site").send();
    other.status(403);
    let other = Form::to(&link).request(&stranger).header("sec-fetch-site", "").header("origin", "http://evil.example");
    other.send().status(403);
    assert_eq!(status(&operator, &file), "pending");
    press(&stranger, &link).status(200);
    assert_eq!(status(&operator, &file), "accepted");
}

#[test]
fn guessing_links_waits_and_good_links_work() {
    let file = waiting(1);
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve_with(&["--trusted-proxy", "127.0.0.1"]);
    let operator = server.operator();
    let link = link(&operator, &file);
    let ask = |link: &str, from: &str| server.stranger().request("GET", link).header("x-forwarded-for", from).send();
    let answers: Vec<u16> = (0..50).map(|n| ask(&format!("/link/guess{n}"), "203.0.113.1").status).collect();
    assert_eq!(answers.iter().filter(|status| **status == 404).count(), 5, "{answers:?}");
    assert!(answers[5..].iter().all(|status| *status == 429), "{answers:?}");
    assert!(ask("/link/x", "203.0.113.1").has_header("retry-after"));
    for odd in ["/link/%00", "/link/%FF", "/link/..%2F..", &format!("/link/{}", "x".repeat(5000))] {
        let answer = ask(odd, "203.0.113.2");
        assert_eq!(answer.status, 404, "{answer:?}");
    }
    ask("/link/x", "198.51.100.1").status(404);
    ask(&link, "203.0.113.1").status(200);
    let pressed = Form::to(&link).request(&server.stranger()).header("x-forwarded-for", "203.0.113.1").send();
    pressed.status(200);
    assert!(journal(&operator, "")[0].1["reason"].as_str().unwrap().ends_with("used from 203.0.113.1."));
}

#[test]
fn a_links_secret_is_nowhere() {
    let file = waiting(1);
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve_with(&["--log", "debug"]);
    let (owner, stranger) = (server.owner(), server.stranger());
    let link = link(&owner, &file);
    let secret = link.rsplit_once('/').unwrap().1.to_owned();
    stranger.get(&link).status(200);
    press(&stranger, &link).status(200);
    for answer in [press(&stranger, &link), stranger.get(&format!("{link}/more")), stranger.get(&format!("{link}x"))] {
        assert!(answer.status >= 400 && !answer.text().contains(&secret), "{answer:?}");
    }
    stranger.request("PUT", &link).send().status(405);
    for path in ["/api/v1/changes", "/api/v1/access-log", &file.path()] {
        assert!(!owner.get(path).status(200).text().contains(&secret), "{path}");
    }
    assert!(!server.log().contains(&secret), "the log holds it");
    assert!(server.log().contains("/link/…"));
    server.stop();
    for entry in walkdir::WalkDir::new(site.data()).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let bytes = fs::read(entry.path()).unwrap();
            let there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!there, "{} holds it", entry.path().display());
        }
    }
}

#[test]
fn links_live_through_restarts() {
    let file = waiting(1);
    let site = Site::with(std::slice::from_ref(&file));
    let operator = site.token_with("operator", &[], false);
    let server = site.serve();
    let link = link(&server.caller(&operator), &file);
    server.kill();
    let server = site.serve();
    let stranger = server.stranger();
    stranger.get(&link).status(200);
    press(&stranger, &link).status(200);
    server.kill();
    let server = site.serve();
    press(&server.stranger(), &link).status(410);
    let entries: Vec<Value> = journal(&server.caller(&operator), "").into_iter().map(|(_, entry)| entry).collect();
    assert_eq!(entries.len(), 1);
}

#[test]
fn a_link_works_without_scripts() {
    let file = waiting(1);
    let site = Site::with(std::slice::from_ref(&file));
    assert!(site.command_with_input(&["user", "create", "olga", "--role", "operator"], PASSWORD).status.success());
    let server = site.serve();
    let browser = Browser::start_with(json!({ "prefs": { "profile.managed_default_content_settings.javascript": 2 } }));
    browser.go(&server.url("/login"));
    browser.fill("#name", "olga");
    browser.fill("#password", PASSWORD);
    browser.click(".gate button");
    browser.reads("h1", "1 device is waiting");
    browser.go(&server.url(&file.path()["/api/v1".len()..]));
    browser.click("#link-life option[value='8h']");
    browser.click("form[action$='/approval-links'] button");
    browser.reads("h1", "A link for iPhone X");
    let link = browser.text("#secret");
    assert!(link.starts_with(&server.url("/link/")), "{link}");
    browser.click(".menu summary");
    browser.click(".menu button[formaction='/logout']");
    browser.reads("h1", "Log in");
    browser.go(&link);
    browser.reads("h1", "Let this device in?");
    browser.reads("dl", "olga@corp.example");
    assert_eq!(status(&server.operator(), &file), "pending");
    browser.click("form .primary");
    browser.reads("h1", "The device is let in");
    assert_eq!(status(&server.operator(), &file), "accepted");
    browser.go(&link);
    browser.reads("h1", "This link was used");
}

#[test]
fn a_webhook_receives_an_approval_link() {
    let site = Site::with(&[session(CONTACT, &id(99))]);
    let server = site.serve();
    let mut statuses = [503].into_iter();
    let receiver = Receiver::answering(move |_| Reply::Status(statuses.next().unwrap_or(200)));
    let owner = server.owner();
    let wanted = json!({ "name": "chat", "url": receiver.url, "approval_links": true });
    let made = owner.post("/api/v1/webhooks", wanted).status(201).json();
    assert_eq!(made["approval_links"], true);
    let plain = Receiver::new();
    owner.post("/api/v1/webhooks", json!({ "name": "plain", "url": plain.url })).status(201);
    let file = waiting(1);
    site.put(&file);
    // The first attempt fails: the second sends the same.
    let got = receiver.wait(2, Duration::from_secs(20));
    assert_eq!((got[0].id(), &got[0].body), (got[1].id(), &got[1].body));
    let given = &got[1].json()["data"]["approval_link"];
    let url = given["url"].as_str().unwrap();
    let link = &url[url.find("/link/").unwrap()..];
    assert!(given["expires_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(plain.wait(1, SOON)[0].json()["data"].get("approval_link"), None, "it was not asked for");
    assert!(!owner.get("/api/v1/webhooks").text().contains("/link/") && !server.log().contains(link));
    let deliveries = format!("/api/v1/webhooks/{}/deliveries", made["id"].as_str().unwrap());
    assert!(!owner.get(&deliveries).status(200).text().contains("/link/"));

    press(&server.stranger(), link).status(200);
    assert_eq!(status(&owner, &file), "accepted");
    let name = journal(&owner, "")[0].1["actor"]["name"].as_str().unwrap().to_owned();
    let log = owner.json("/api/v1/access-log");
    let made_link = log["items"].as_array().unwrap().iter().find(|entry| entry["action"] == "link_created").unwrap();
    assert!(name.ends_with(&format!(" by {}", made_link["actor"]["name"].as_str().unwrap())), "{name}: {made_link}");
    let reason = journal(&owner, "")[0].1["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("made by webhook chat of token") && reason.contains("used from 127.0.0.1"), "{reason}");
    // Who is let in needs none.
    let told = receiver.wait(3, SOON);
    assert_eq!(
        (&told[2].json()["data"]["status"], told[2].json()["data"].get("approval_link")),
        (&json!("accepted"), None)
    );
}

#[test]
fn a_webhooks_links_have_its_owners_rights() {
    let site = Site::with(&[session(CONTACT, &id(99))]);
    let server = site.serve();
    let (owner, receiver) = (server.owner(), Receiver::new());
    for name in ["anna", "otto"] {
        assert!(site.command_with_input(&["user", "create", name, "--role", "owner"], PASSWORD).status.success());
    }
    let anna = server.log_in("anna", PASSWORD);
    let page = anna.get("/webhooks").status(200).text();
    let form = Form::find(&page, "/webhooks").fill("name", "chat").fill("url", &receiver.url).fill("apps", "");
    form.fill("approval_links", "yes").submit(&anna).status(200);
    let hooks = owner.json("/api/v1/webhooks");
    assert_eq!(hooks["items"][0]["approval_links"], true);
    let path = format!("/api/v1/webhooks/{}", hooks["items"][0]["id"].as_str().unwrap());
    let link = |n: usize| {
        let url = receiver.wait(n, SOON)[n - 1].json()["data"]["approval_link"]["url"].clone();
        url.as_str().map(|url| url[url.find("/link/").unwrap()..].to_owned())
    };
    let file = waiting(1);
    site.put(&file);
    let stranger = server.stranger();
    let annas = link(1).expect("a link");
    stranger.get(&annas).status(200);
    owner.patch("/api/v1/users/anna", json!({ "disabled": true })).status(200);
    assert!(stranger.get(&annas).status(403).text().contains("does not work any more"));
    // Saved again by somebody else they stay anna's; switched off and on they are the other's.
    owner.patch(&path, json!({ "name": "chat 2", "approval_links": true })).status(200);
    site.put(&waiting(2));
    stranger.get(&link(2).expect("a link")).status(403);
    owner.patch(&path, json!({ "approval_links": false })).status(200);
    site.put(&waiting(3));
    assert_eq!(link(3), None);
    owner.patch(&path, json!({ "approval_links": true })).status(200);
    site.put(&waiting(4));
    stranger.get(&link(4).expect("a link")).status(200);
    owner.patch(&path, json!({ "approval_links": "yes" })).problem_at(422, "invalid-value", "/approval_links");
}
