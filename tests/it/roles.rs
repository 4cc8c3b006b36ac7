//! What is no token, and that what a caller may not see does not exist: in no list, count or journal.
//! Who may use which route stands in `access`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;

use crate::spawn::*;

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
fn an_almost_valid_token_is_refused() {
    let world = World::new();
    let server = world.site.serve();
    let before = world.folder();
    let known = server.owner().secret.clone();
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
    let almost = [&known[..known.len() - 1], &format!("{known}x"), &known.to_uppercase(), &format!("{known}\u{e9}")];
    let almost = almost.map(|almost| format!("Bearer {almost}"));
    let path = session_path(CONTACT, &id(1));
    for (method, path) in [("GET", "/api/v1/me"), ("DELETE", &path), ("POST", "/api/v1/sessions/batch")] {
        let request = || server.anonymous().request(method, path);
        for authorization in garbage.iter().copied().chain(almost.iter().map(String::as_str)) {
            request().header("authorization", authorization).send().problem(401, "unauthenticated");
        }
        let cookie = request().header("cookie", "login=garbage").header("sec-fetch-site", "same-origin");
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
        server.raw_path(method, path, "none").problem(401, "unauthenticated");
    }
    assert_unchanged(&before, &world.folder());
    assert_eq!(server.owner().json("/api/v1/changes")["total"], 0);
}

#[test]
fn other_apps_do_not_exist_for_restricted_callers() {
    for (role, secrets) in [("viewer", true), ("operator", false), ("owner", true)] {
        let world = World::new();
        let server = world.site.serve();
        let (_, own) = (changed(&server, TASKS), changed(&server, CONTACT));
        let user = server.token_with(role, &[CONTACT], secrets);
        let before = world.folder();
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
                [(json!({ "filter": {}, "all": true }), 1), (json!({ "sessions": [{ "app": TASKS, "id": id(1) }] }), 1)]
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
