//! What holds for every operation: how many requests are left, where a new thing is, bodies that may be absent, and
//! that what is not known is named.

use serde_json::{Value, json};

use crate::spawn::*;

fn site() -> Site {
    Site::with(&[session(CONTACT, &id(1)).status("pending"), session(CONTACT, &id(2))])
}

/// How many requests are left by `RateLimit`, after the policy says the quota.
#[track_caller]
fn left(answer: &Answer, quota: u32) -> u32 {
    assert_eq!(answer.header("ratelimit-policy"), format!("\"default\";q={quota};w=1"), "{answer:?}");
    let left = answer.header("ratelimit").strip_prefix("\"default\";r=").and_then(|rest| rest.strip_suffix(";t=1"));
    left.and_then(|left| left.parse().ok()).unwrap_or_else(|| panic!("{answer:?}"))
}

#[test]
fn answers_say_how_many_requests_are_left() {
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    assert_eq!(left(&viewer.get("/api/v1/me"), 1000), 999);
    let tag = viewer.get("/api/v1/apps").header("etag").to_owned();
    for answer in [
        viewer.get("/api/v1/sessions").status(200),
        viewer.request("GET", "/api/v1/apps").header("if-none-match", &tag).send().status(304),
        viewer.head("/api/v1/apps").status(200),
        viewer.get("/api/v1/sessions?colour=red").status(400),
        viewer.delete(&session_path(CONTACT, &id(1))).status(403),
        viewer.get("/api/v1/apps/com.none").status(404),
        viewer.get("/api/v1/none").status(404),
        viewer.request("PUT", "/api/v1/me").send().status(405),
        viewer
            .request("POST", "/api/v1/sessions/search")
            .body("{}")
            .header("content-type", "text/plain")
            .send()
            .status(415),
        viewer.post("/api/v1/refresh", json!({ "x": 1 })).status(422),
        viewer.get("/api/v1/events"),
    ] {
        assert!((900..1000).contains(&left(&answer, 1000)), "{answer:?}");
    }
    for stranger in [
        server.anonymous().get("/api/v1/me"),
        server.anonymous().get("/api/v1/none"),
        server.caller("mst_none").get("/api/v1/me"),
        server.anonymous().get("/healthz"),
    ] {
        assert!(!stranger.has_header("ratelimit") && !stranger.has_header("ratelimit-policy"), "{stranger:?}");
    }
}

#[test]
fn the_number_of_requests_that_are_left_is_true() {
    let site = site();
    let server = site.serve_with(&["--max-requests", "3"]);
    let viewer = server.viewer();
    assert_eq!(left(&viewer.get("/api/v1/me"), 3), 2);
    // However fast it asks, what is left never grows by more than three a second; at the end there is none.
    let mut answers: Vec<Answer> = (0..100).map(|_| viewer.get("/api/v1/me")).collect();
    let refused = answers.iter().position(|answer| answer.status == 429).expect("the limit is held to");
    let refused = answers.swap_remove(refused);
    refused.problem(429, "too-many-requests");
    assert_eq!(left(&refused, 3), 0);
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| (1..=2).contains(&seconds)));
    assert!(answers.iter().filter(|answer| answer.status == 200).all(|answer| left(answer, 3) <= 2));
    // Addresses that are none count too.
    let unrouted: Vec<u16> = (0..20).map(|_| viewer.get("/api/v1/none").status).collect();
    assert!(unrouted.contains(&429), "{unrouted:?}");
    // Another caller has their own.
    assert_eq!(left(&server.owner().get("/api/v1/me"), 3), 2);
}

#[test]
fn without_a_limit_nothing_is_said_of_one() {
    let site = site();
    let server = site.serve_with(&["--max-requests", "0"]);
    let answer = server.viewer().get("/api/v1/me").status(200);
    assert!(!answer.has_header("ratelimit") && !answer.has_header("ratelimit-policy"), "{answer:?}");
}

#[test]
fn what_was_made_says_where_it_is() {
    let site = site();
    let server = site.serve();
    let owner = server.owner();
    let link = format!("{}/approval-links", session_path(CONTACT, &id(1)));
    for (path, body) in [
        ("/api/v1/users", json!({ "name": "olga", "role": "viewer", "password": "a long and winding sentence" })),
        ("/api/v1/tokens", json!({ "name": "nightly / new", "role": "viewer" })),
        ("/api/v1/rules", json!({ "name": "staff", "when": {} })),
        ("/api/v1/webhooks", json!({ "name": "hook", "url": "http://127.0.0.1:9/" })),
        (link.as_str(), json!({})),
    ] {
        let made = owner.post(path, body).status(201);
        owner.delete(made.header("location")).status(204);
    }
    let body = json!({ "action": "delete", "sessions": [{ "app": CONTACT, "id": "none" }] });
    let batch = owner.request("POST", "/api/v1/sessions/batch").header("prefer", "respond-async").json(body).send();
    let batch = batch.status(202);
    assert!(batch.header("retry-after").parse::<u32>().is_ok(), "{batch:?}");
    owner.get(batch.header("location")).status(200);
}

/// Every operation that takes a body, by its address with real ids, and the schema of that body.
fn with_bodies(api: &Value) -> Vec<(String, String, Value)> {
    let mut found = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if let Some(body) = operation.get("requestBody") {
                found.push((method.to_uppercase(), path.clone(), body.clone()));
            }
        }
    }
    assert!(found.len() >= 12, "only {}", found.len());
    found
}

#[test]
fn a_body_whose_keys_are_all_optional_may_be_absent() {
    let site = site();
    let server = site.serve();
    let owner = server.owner();
    let webhook = json!({ "name": "hook", "url": "http://127.0.0.1:9/" });
    let webhook = owner.post("/api/v1/webhooks", webhook).status(201).header("location").to_owned();
    let change = owner.patch(&session_path(CONTACT, &id(2)), json!({ "status": "pending" })).status(200);
    let undo = format!("/api/v1/changes/{}/undo", change.header("x-change-id"));
    let link = format!("{}/approval-links", session_path(CONTACT, &id(1)));
    for (path, status) in [
        ("/api/v1/push", 409),
        ("/api/v1/push/test", 409),
        ("/api/v1/refresh", 200),
        ("/api/v1/sessions/search", 200),
        (&link, 201),
        (&format!("{webhook}/test"), 200),
        (&undo, 200),
    ] {
        owner.request("POST", path).send().status(status);
    }
    for path in ["/api/v1/push", "/api/v1/push/test"] {
        owner.post(path, json!({})).problem(409, "push-not-configured");
    }
    for path in ["/api/v1/refresh", "/api/v1/sessions/search", &format!("{webhook}/test")] {
        owner.post(path, json!({})).status(200);
    }
    owner.post(&link, json!({})).status(201);
    let patched = owner.request("PATCH", &session_path(CONTACT, &id(1))).send().status(200);
    assert!(!patched.has_header("x-change-id"), "nothing was to be changed");
    // What is needed is asked for by name, also where nothing was sent.
    for (path, pointer) in [
        ("/api/v1/users", "/name"),
        ("/api/v1/tokens", "/name"),
        ("/api/v1/rules", "/name"),
        ("/api/v1/rules/preview", "/when"),
        ("/api/v1/webhooks", "/name"),
        ("/api/v1/sessions/batch", "/action"),
    ] {
        owner.request("POST", path).send().problem_at(422, "invalid-value", pointer);
    }
}

/// Every operation that changes something, by its address; ids stand for nothing that there is.
fn unsafe_operations(api: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|method| *method != "get") {
            let path = path.replace("{app}", CONTACT).replace("/sessions/{id}", &format!("/sessions/{}", id(1)));
            found.push((method.to_uppercase(), path.replace(['{', '}'], "")));
        }
    }
    assert!(found.len() >= 25, "only {}", found.len());
    found
}

#[test]
fn an_empty_body_is_absent_and_json_the_default() {
    let site = site();
    let server = site.serve();
    let owner = server.owner();
    let ask = |method: &str, path: &str, kind: &str, body: &str| {
        let request = owner.request(method, path).body(body);
        let answer = if kind.is_empty() { request } else { request.header("content-type", kind) }.send();
        let problem = answer.status >= 400;
        (answer.status, if problem { answer.json()["type"].to_string() } else { String::new() })
    };
    for (method, path) in unsafe_operations(&owner.json("/api/v1/openapi.json")) {
        // The session is there until it is deleted, and made again for each.
        site.put(&session(CONTACT, &id(1)).status("pending"));
        owner.refresh();
        let absent = ask(&method, &path, "", "");
        assert!(!matches!(absent.0, 400 | 415), "{method} {path}: {absent:?}");
        for kind in
            ["application/json", "text/plain", "application/x-www-form-urlencoded", "application/json;charset=utf-8"]
        {
            site.put(&session(CONTACT, &id(1)).status("pending"));
            owner.refresh();
            assert_eq!(ask(&method, &path, kind, ""), absent, "{method} {path} {kind}");
        }
        for kind in ["", "application/json"] {
            site.put(&session(CONTACT, &id(1)).status("pending"));
            owner.refresh();
            assert_eq!(ask(&method, &path, kind, "{}"), absent, "{method} {path} {kind:?}");
        }
        let null = ask(&method, &path, "application/json", "null");
        assert!(null.0 >= 400, "{method} {path}: null is no object: {null:?}");
        // As curl -d sends it.
        for (kind, body) in [
            ("application/x-www-form-urlencoded", "{}"),
            ("text/plain", "{}"),
            ("application/json;charset=latin1", "{}"),
        ] {
            let refused = ask(&method, &path, kind, body);
            // A token has no password, whatever it sends.
            let expected = if path.ends_with("/me/password") {
                absent.clone()
            } else {
                (415, "\"/problems/unsupported-media-type\"".to_owned())
            };
            assert_eq!(refused, expected, "{method} {path} {kind}");
        }
        let malformed = ask(&method, &path, "", "status=accepted").0;
        assert!(malformed == 400 || path.ends_with("/me/password"), "{method} {path}: {malformed}");
    }
    let person = server.first_owner();
    let body = json!({ "current_password": PASSWORD, "password": "a long and winding sentence" }).to_string();
    person.request("PUT", "/api/v1/me/password").body(body).send().status(204);
}

#[test]
fn the_document_says_which_bodies_may_be_absent() {
    let site = site();
    let server = site.serve();
    let api = server.anonymous().json("/api/v1/openapi.json");
    for (method, path, body) in with_bodies(&api) {
        let named = body["content"]["application/json"]["schema"]["$ref"].as_str().unwrap();
        let schema = api.pointer(&named[1..]).unwrap();
        let optional = schema["oneOf"].is_null() && schema["required"].as_array().is_none_or(Vec::is_empty);
        assert_eq!(body["required"].as_bool().unwrap_or_default(), !optional, "{method} {path}");
        let merge = body["content"].get("application/merge-patch+json");
        assert_eq!(merge.is_some(), method == "PATCH", "{method} {path}");
    }
}

#[test]
fn an_unknown_key_is_named_wherever_it_stands() {
    let site = site();
    let server = site.serve();
    let owner = server.owner();
    let api = owner.json("/api/v1/openapi.json");
    for (method, path, body) in with_bodies(&api) {
        let named = body["content"]["application/json"]["schema"]["$ref"].as_str().unwrap();
        let example = api.pointer(&format!("{}/examples/0", &named[1..])).cloned();
        let mut body = example.unwrap_or_else(|| panic!("{named} has no example"));
        body["wholly/unknown"] = json!(1);
        // A token has no password, so it is not asked for one.
        if path == "/api/v1/me/password" {
            continue;
        }
        let (app, session) = (CONTACT, id(1));
        let path = path.replace("{app}", app).replace("/sessions/{id}", &format!("/sessions/{session}"));
        let answer = owner.request(&method, &path).json(body).send();
        let (status, code) = if path.ends_with("/search") { (400, "invalid-query") } else { (422, "invalid-value") };
        answer.problem_at(status, code, "/wholly~1unknown");
    }
    for (path, body, status, pointer) in [
        ("rules", json!({ "name": "a", "when": { "colour": [] } }), 422, "/when/colour"),
        ("rules/preview", json!({ "when": { "colour": [] } }), 422, "/when/colour"),
        ("sessions/batch", json!({ "action": "delete", "filter": { "colour": 1 } }), 422, "/filter/colour"),
        (
            "sessions/batch",
            json!({ "action": "delete", "sessions": [{ "app": "a", "id": "b", "x": 1 }] }),
            422,
            "/sessions/0/x",
        ),
        (
            "sessions/batch",
            json!({ "action": "replace", "sessions": [{ "app": "a", "id": "b", "replaces": { "app": "a", "id": "c", "x": 1 } }] }),
            422,
            "/sessions/0/replaces/x",
        ),
        ("refresh", json!({ "x": 1 }), 422, "/x"),
        ("push/test", json!({ "x": 1 }), 422, "/x"),
    ] {
        let code = if status == 400 { "invalid-query" } else { "invalid-value" };
        owner.post(&format!("/api/v1/{path}"), body).problem_at(status, code, pointer);
    }
}

#[test]
fn null_in_a_session_patch_is_refused() {
    let site = site();
    let server = site.serve();
    let operator = server.operator();
    let before = snapshot(&site.root());
    for key in ["status", "email"] {
        for kind in ["application/json", "application/merge-patch+json"] {
            let mut body = json!({ "status": "accepted" });
            body[key] = Value::Null;
            let patch =
                operator.request("PATCH", &session_path(CONTACT, &id(1))).json(body).header("content-type", kind);
            patch.send().problem_at(422, "invalid-value", &format!("/{key}"));
        }
    }
    assert_unchanged(&before, &snapshot(&site.root()));
    let patch = operator.request("PATCH", &session_path(CONTACT, &id(1))).json(json!({ "status": "accepted" }));
    patch.header("content-type", "application/merge-patch+json; charset=utf-8").send().status(200);
}

#[test]
fn push_tokens_cannot_be_guessed_without_the_right() {
    let site = Site::with(&[session(CONTACT, &id(1)).set("/device/token", "a push token")]);
    let server = site.serve();
    let (owner, reader) = (server.owner(), server.token_with("owner", &[], true));
    for guess in ["a push token", "another"] {
        let search = json!({ "push_token": guess });
        let batch = json!({ "action": "delete", "filter": { "push_token": guess }, "dry_run": true });
        owner.post("/api/v1/sessions/search", search.clone()).problem(403, "forbidden");
        owner.post("/api/v1/sessions/batch", batch.clone()).problem(403, "forbidden");
        let found = u32::from(guess == "a push token");
        assert_eq!(reader.post("/api/v1/sessions/search", search).status(200).json()["total"], found);
        assert_eq!(reader.post("/api/v1/sessions/batch", batch).status(200).json()["total"], found);
    }
    // It must not stand in an address, whoever asks.
    for user in [&owner, &reader] {
        user.get("/api/v1/sessions?push_token=x").problem_at(400, "invalid-query", "/push_token");
    }
}

#[test]
fn the_version_names_program_commit_and_schema() {
    let site = site();
    let server = site.serve();
    server.anonymous().get("/api/v1/version").problem(401, "unauthenticated");
    let version = server.viewer().json("/api/v1/version");
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    let migrations = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/database/migrations/sqlite");
    let numbers = names(migrations.as_ref()).into_iter().filter_map(|name| name.split('_').next()?.parse::<i64>().ok());
    assert_eq!(version["schema"], json!(numbers.max().unwrap()));
    let commit = &version["commit"];
    let known = commit.as_str().is_some_and(|text| text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit()));
    assert!(known || commit.is_null(), "{version}");
    assert_eq!(version.as_object().unwrap().len(), 3, "{version}");
}

#[test]
fn no_answer_invites_other_sites() {
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    let preflight = |request: Request| {
        request.header("origin", "https://evil.example").header("access-control-request-method", "PATCH").send()
    };
    for path in ["/api/v1/sessions".to_owned(), session_path(CONTACT, &id(1)), "/api/v1/openapi.json".to_owned()] {
        for answer in [
            preflight(server.anonymous().request("OPTIONS", &path)),
            preflight(viewer.request("GET", &path)),
            preflight(viewer.request("PATCH", &path).json(json!({}))),
        ] {
            let names: Vec<&str> = answer.headers.keys().map(|name| name.as_str()).collect();
            assert!(!names.iter().any(|name| name.starts_with("access-control-")), "{answer:?}");
        }
    }
    let api = viewer.json("/api/v1/openapi.json");
    let told = api["info"]["description"].as_str().unwrap();
    assert!(told.contains("CORS") && told.contains("Deprecation"), "{told}");
}
