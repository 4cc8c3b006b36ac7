//! Who may do what: every route for every caller, and what a caller may not see does not exist.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use crate::spawn::*;

/// What a route asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Needs {
    Nothing,
    Read,
    Secrets,
    Change,
}

/// A request and what it answers to those who may; `None` for any good answer.
struct Route {
    method: &'static str,
    path: String,
    body: Value,
    needs: Needs,
    answers: u16,
}

fn route(method: &'static str, path: impl Into<String>, body: Value, needs: Needs, answers: u16) -> Route {
    Route { method, path: path.into(), body, needs, answers }
}

/// Every route on this app and session. None of them changes anything when it is refused.
fn routes(app: &str, id: &str, change: &str) -> Vec<Route> {
    let (here, one) = (app_path(app), session_path(app, id));
    let none = Value::Null;
    vec![
        route("GET", "/healthz", none.clone(), Needs::Nothing, 200),
        route("GET", "/readyz", none.clone(), Needs::Nothing, 200),
        route("GET", "/api/v1/openapi.json", none.clone(), Needs::Nothing, 200),
        route("GET", "/api/v1/me", none.clone(), Needs::Read, 200),
        route("GET", "/api/v1/apps", none.clone(), Needs::Read, 200),
        route("GET", &here, none.clone(), Needs::Read, 200),
        route("GET", format!("{here}/emails"), none.clone(), Needs::Read, 200),
        route("GET", format!("{here}/push-tokens"), none.clone(), Needs::Secrets, 200),
        route("GET", format!("{here}/sessions"), none.clone(), Needs::Read, 200),
        route("GET", "/api/v1/sessions", none.clone(), Needs::Read, 200),
        route("POST", "/api/v1/sessions/search", json!({}), Needs::Read, 200),
        route("GET", &one, none.clone(), Needs::Read, 200),
        route("GET", format!("{one}/file"), none.clone(), Needs::Secrets, 200),
        route("POST", "/api/v1/refresh", none.clone(), Needs::Read, 200),
        route("GET", "/api/v1/changes", none.clone(), Needs::Read, 200),
        route("GET", format!("/api/v1/changes/{change}"), none.clone(), Needs::Read, 200),
        route("GET", "/api/v1/push", none.clone(), Needs::Read, 200),
        route("GET", "/api/v1/batches/none", none.clone(), Needs::Read, 404),
        // What changes, in an order in which each can work.
        route("PATCH", &one, json!({ "status": "pending" }), Needs::Change, 200),
        route("POST", format!("/api/v1/changes/{change}/undo"), json!({}), Needs::Change, 200),
        route(
            "POST",
            "/api/v1/sessions/batch",
            json!({ "action": "set_email", "email": "b@x.example", "sessions": [{ "app": app, "id": id }] }),
            Needs::Change,
            200,
        ),
        route("POST", "/api/v1/push", json!({}), Needs::Change, 409),
        route("DELETE", &one, none, Needs::Change, 204),
    ]
}

#[track_caller]
fn ask(user: &impl User, route: &Route) -> Answer {
    let request = user.request(route.method, &route.path);
    let request = if route.body.is_null() { request } else { request.json(route.body.clone()) };
    request.send()
}

struct World {
    site: Site,
}

impl World {
    fn new() -> Self {
        let site = Site::with(&[
            session(CONTACT, &id(1)).set("/device/token", "p").email("a@x.example"),
            session(TASKS, &id(1)).set("/device/token", "p").email("a@x.example"),
            session(TASKS, &id(2)).set("/team/id", "ABCDEFGHIJ"),
        ]);
        Self { site }
    }

    fn folder(&self) -> BTreeMap<PathBuf, Seen> {
        snapshot(&self.site.root())
    }
}

/// Makes a change of each app for the journal; the id of that of `app`.
fn changed(server: &Server<'_>, app: &str) -> String {
    let path = session_path(app, &id(1));
    let answer = server.owner().patch(&path, json!({ "email": "c@x.example" })).status(200);
    answer.header("x-change-id").to_owned()
}

#[test]
fn every_route_is_refused_without_a_login_and_nothing_happens() {
    let world = World::new();
    let server = world.site.serve();
    let change = changed(&server, CONTACT);
    let before = world.folder();
    let garbage = [
        "",
        "Bearer",
        "Bearer ",
        "Bearer mst_",
        "Bearer mst_0000000000000000000000000000000000000000000",
        "Basic YTpi",
        "mst_x",
        "Bearer a b",
        "Bearer \u{e9}",
    ];
    let known = server.owner().secret.clone();
    for route in routes(CONTACT, &id(1), &change) {
        if route.needs == Needs::Nothing {
            ask(&server.anonymous(), &route).status(route.answers);
            continue;
        }
        ask(&server.anonymous(), &route).problem(401, "unauthenticated");
        let request = |authorization: &str| {
            let request = server.anonymous().request(route.method, &route.path).header("authorization", authorization);
            if route.body.is_null() { request.send() } else { request.json(route.body.clone()).send() }
        };
        for authorization in garbage {
            request(authorization).problem(401, "unauthenticated");
        }
        for almost in
            [&known[..known.len() - 1], &format!("{known}x"), &known.to_uppercase(), &format!("{known}\u{e9}")]
        {
            request(&format!("Bearer {almost}")).problem(401, "unauthenticated");
        }
        let cookie = server.anonymous().request(route.method, &route.path).header("cookie", "login=garbage");
        let cookie = cookie.header("sec-fetch-site", "same-origin");
        let cookie = if route.body.is_null() { cookie } else { cookie.json(route.body.clone()) };
        cookie.send().problem(401, "unauthenticated");
    }
    // Before anything of the request is looked at: what is wrong with it is not told.
    for (method, path) in [
        ("GET", "/api/v1/sessions?colour=red"),
        ("GET", "/api/v1/apps/com.none"),
        ("PATCH", "/api/v1/apps/../sessions/.."),
        ("POST", "/api/v1/sessions/batch"),
        ("GET", "/api/v1/changes?limit=0"),
    ] {
        let answer = server.raw_path(method, path, "none");
        answer.problem(401, "unauthenticated");
    }
    assert_unchanged(&before, &world.folder());
    assert_eq!(server.owner().json("/api/v1/changes")["total"], 1);
}

#[test]
fn every_route_answers_each_role_by_its_rights() {
    for (role, secrets, globs) in [
        ("viewer", false, &[][..]),
        ("viewer", true, &[][..]),
        ("operator", false, &[][..]),
        ("owner", false, &[][..]),
        ("owner", true, &[][..]),
        ("viewer", false, &[CONTACT][..]),
        ("operator", false, &["*.Contact"][..]),
        ("owner", true, &["UTT7VDX8W5.*.Con?act", "com.other"][..]),
    ] {
        let world = World::new();
        let server = world.site.serve();
        let change = changed(&server, CONTACT);
        let user = server.token_with(role, globs, secrets);
        for route in routes(CONTACT, &id(1), &change) {
            let before = world.folder();
            let allowed = match route.needs {
                Needs::Nothing | Needs::Read => true,
                Needs::Secrets => secrets,
                Needs::Change => role != "viewer",
            };
            let answer = ask(&user, &route);
            let what = format!("{role} {globs:?} {} {}: {answer:?}", route.method, route.path);
            if allowed {
                assert_eq!(answer.status, route.answers, "{what}");
            } else {
                assert_eq!(answer.status, 403, "{what}");
                answer.problem(403, "forbidden");
            }
            if !allowed || route.needs != Needs::Change {
                assert_unchanged(&before, &world.folder());
            }
        }
    }
}

#[test]
fn another_app_does_not_exist_for_a_caller_held_to_some() {
    for (role, secrets) in [("viewer", true), ("operator", false), ("owner", true)] {
        let world = World::new();
        let server = world.site.serve();
        let (there, own) = (changed(&server, TASKS), changed(&server, CONTACT));
        let user = server.token_with(role, &[CONTACT], secrets);
        let before = world.folder();
        for route in routes(TASKS, &id(1), &there) {
            let on_it = route.path.contains(&segment(TASKS)) || route.path.contains(&there);
            let allowed = match route.needs {
                Needs::Nothing | Needs::Read => true,
                Needs::Secrets => secrets,
                Needs::Change => role != "viewer",
            };
            if on_it {
                let answer = ask(&user, &route);
                // No right is one thing, no such app another; neither tells that it is there.
                if allowed {
                    answer.problem(404, "not-found");
                } else {
                    answer.problem(403, "forbidden");
                }
            }
        }
        // The same answer as for an app that nobody has.
        let without_id = |answer: Answer| {
            let mut problem = answer.json();
            problem.as_object_mut().unwrap().remove("request_id");
            problem
        };
        for path in [app_path, |app: &str| session_path(app, &id(1)), |app: &str| format!("{}/sessions", app_path(app))]
        {
            assert_eq!(without_id(user.get(&path(TASKS))), without_id(user.get(&path("com.none"))));
        }
        // Nor is it counted.
        assert_eq!(user.ids("/api/v1/apps"), [CONTACT]);
        assert_eq!(user.json("/api/v1/apps")["total"], 1);
        assert_eq!(user.json("/api/v1/sessions")["total"], 1);
        assert_eq!(user.json(&format!("/api/v1/sessions?app={TASKS}"))["total"], 0);
        assert_eq!(user.json("/api/v1/sessions?compliant=false")["total"], 0);
        assert_eq!(user.post("/api/v1/sessions/search", json!({ "app": TASKS })).json()["total"], 0);
        let csv = user.request("GET", "/api/v1/sessions").header("accept", "text/csv").send().status(200).text();
        assert_eq!(csv.lines().count(), 2, "{csv}");
        assert!(!csv.contains(TASKS));
        assert_eq!(user.ids("/api/v1/changes"), [own]);
        assert_eq!(user.json("/api/v1/changes")["total"], 1);
        assert_eq!(user.json(&format!("/api/v1/changes?app={TASKS}"))["total"], 0);
        let journal = user.request("GET", "/api/v1/changes").header("accept", "text/csv").send().status(200).text();
        assert!(!journal.contains(TASKS), "{journal}");
        let push = user.json("/api/v1/push");
        assert_eq!(push["unpushed"], 1);
        assert!(!push.to_string().contains(TASKS), "{push}");
        if role != "viewer" {
            for (target, total) in
                [(json!({ "filter": {} }), 1), (json!({ "sessions": [{ "app": TASKS, "id": id(1) }] }), 1)]
            {
                let mut body = json!({ "action": "set_status", "status": "pending", "dry_run": true });
                body.as_object_mut().unwrap().extend(target.as_object().unwrap().clone());
                let result = user.post("/api/v1/sessions/batch", body).status(200).json();
                assert_eq!(result["total"], total);
                let app = &result["items"][0]["app"];
                assert!(app == CONTACT || result["items"][0]["problem"]["status"] == 404, "{result}");
            }
            let pair = json!([{ "app": CONTACT, "id": id(1), "replaces": { "app": TASKS, "id": id(1) } }]);
            let result =
                user.post("/api/v1/sessions/batch", json!({ "action": "replace", "sessions": pair })).status(200);
            assert_eq!(result.json()["items"][0]["problem"]["status"], 404);
        }
        assert_unchanged(&before, &world.folder());
    }
}

#[test]
fn undo_of_a_batch_leaves_other_apps_alone() {
    let world = World::new();
    let server = world.site.serve();
    let body = json!({ "action": "set_email", "email": "d@x.example", "filter": { "compliant": true } });
    let batch = server.owner().post("/api/v1/sessions/batch", body).status(200).json();
    assert_eq!(batch["changed"], 2);
    let held = server.token_with("operator", &[CONTACT], false);
    let path = format!("/api/v1/changes/{}/undo", batch["change_id"].as_str().unwrap());
    let undone = held.post(&path, json!({})).status(200).json();
    assert_eq!((&undone["total"], &undone["changed"]), (&json!(1), &json!(1)));
    assert_eq!(server.owner().json(&session_path(TASKS, &id(1)))["email"], "d@x.example");
    assert_eq!(server.owner().json(&session_path(CONTACT, &id(1)))["email"], "a@x.example");
}

#[test]
fn a_viewer_reads_the_journal_and_refreshes() {
    let world = World::new();
    let server = world.site.serve();
    let change = changed(&server, CONTACT);
    let viewer = server.viewer();
    assert_eq!(viewer.ids("/api/v1/changes"), [change.as_str()]);
    assert_eq!(viewer.json(&format!("/api/v1/changes/{change}"))["session"], id(1));
    world.site.put(&session(CONTACT, &id(7)));
    let seen = viewer.refresh();
    assert_eq!(seen["scanned"], 4);
    let keys: Vec<&str> = seen.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["scanned", "added", "changed", "removed", "duration_ms"]);
    viewer.post(&format!("/api/v1/changes/{change}/undo"), json!({})).problem(403, "forbidden");
}

#[test]
fn me_tells_who_asks() {
    let world = World::new();
    let server = world.site.serve();
    let me = server.token_with("operator", &["com.*", CONTACT], true).json("/api/v1/me");
    let name = me["name"].clone();
    assert_eq!(
        me,
        json!({ "kind": "token", "name": name, "role": "operator", "apps": ["com.*", CONTACT], "secrets": true })
    );
    let user = server.first_owner().json("/api/v1/me");
    assert_eq!(user, json!({ "kind": "user", "name": "owner1", "role": "owner", "apps": [], "secrets": false }));
}

/// A token made on the command line with these arguments.
#[track_caller]
fn make(site: &Site, args: &[&str]) -> String {
    let mut all = vec!["token", "create"];
    all.extend(args);
    let output = site.command(&all);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

#[test]
fn an_expired_token_is_no_token() {
    let world = World::new();
    let server = world.site.serve();
    let secret = make(&world.site, &["short", "--role", "owner", "--expires", "1s"]);
    let lasting = make(&world.site, &["lasting", "--role", "owner", "--expires", "never"]);
    let ask = |secret: &str| {
        let bearer = format!("Bearer {secret}");
        server.anonymous().request("GET", "/api/v1/me").header("authorization", &bearer).send()
    };
    until(Duration::from_secs(5), "it expires", || ask(&secret).status == 401);
    ask(&secret).problem(401, "unauthenticated");
    ask(&lasting).status(200);
}

#[test]
fn a_revoked_token_is_no_token_at_once() {
    let world = World::new();
    let server = world.site.serve();
    let secret = make(&world.site, &["leaked", "--role", "owner"]);
    let bearer = format!("Bearer {secret}");
    let ask = || server.anonymous().request("GET", "/api/v1/me").header("authorization", &bearer).send();
    // It is known to be good before: no cache makes it live on.
    (0..3).for_each(|_| drop(ask().status(200)));
    let list = world.site.command(&["token", "list"]);
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(!list.contains(&secret), "{list}");
    let line = list.lines().find(|line| line.contains("leaked")).expect("its line");
    let revoked = line.split_whitespace().any(|word| world.site.command(&["token", "revoke", word]).status.success());
    assert!(revoked, "{list}");
    ask().problem(401, "unauthenticated");
    server.owner().get("/api/v1/me").status(200);
}

#[test]
fn a_login_from_another_site_changes_nothing() {
    let world = World::new();
    let server = world.site.serve();
    let owner = server.first_owner();
    let before = world.folder();
    let path = session_path(CONTACT, &id(1));
    let patch = || owner.request("PATCH", &path).json(json!({ "status": "pending" }));
    for (site, origin) in [
        ("cross-site", "http://evil.example"),
        ("same-site", "http://evil.localhost"),
        ("", "http://evil.example"),
        ("", "null"),
        ("", ""),
    ] {
        patch().header("sec-fetch-site", site).header("origin", origin).send().problem(403, "cross-origin");
        let delete = owner.request("DELETE", &path).header("sec-fetch-site", site).header("origin", origin);
        delete.send().problem(403, "cross-origin");
    }
    assert_unchanged(&before, &world.folder());
    patch().send().status(200);
    let own = server.url("");
    let by_origin = owner.request("PATCH", &path).json(json!({ "status": "accepted" }));
    by_origin.header("sec-fetch-site", "").header("origin", &own).send().status(200);
}
