//! The API's document against what the program really answers.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};

use crate::spawn::*;

/// The document, and what of it each answer was held against.
struct Document {
    api: Value,
}

impl Document {
    fn of(server: &Server<'_>) -> Self {
        Self { api: server.anonymous().json("/api/v1/openapi.json") }
    }

    /// Every operation: method, path, description.
    fn operations(&self) -> impl Iterator<Item = (String, &String, &Value)> {
        let paths = self.api["paths"].as_object().unwrap();
        paths.iter().flat_map(|(path, item)| {
            item.as_object().unwrap().iter().map(move |(method, operation)| (method.to_uppercase(), path, operation))
        })
    }

    fn operation(&self, method: &str, path: &str) -> &Value {
        let operation = &self.api["paths"][path][method.to_lowercase()];
        assert!(operation.is_object(), "{method} {path} is not in the document");
        operation
    }

    /// Whether this answer is one that the document tells of: its status, its headers, its body.
    #[track_caller]
    fn check(&self, method: &str, path: &str, answer: &Answer) {
        let responses = &self.operation(method, path)["responses"];
        let told = &responses[answer.status.to_string()];
        assert!(told.is_object(), "{method} {path}: {} is not told of: {answer:?}", answer.status);
        let declared: BTreeSet<String> =
            told["headers"].as_object().into_iter().flatten().map(|(name, _)| name.to_lowercase()).collect();
        let known = self.api["components"]["headers"].as_object().unwrap().keys().map(|name| name.to_lowercase());
        for name in known.filter(|name| name != "vary" && answer.has_header(name)) {
            assert!(declared.contains(&name), "{method} {path} {}: {name} is not declared", answer.status);
        }
        for name in ["x-request-id", "etag", "location", "ratelimit", "ratelimit-policy"] {
            let given = !declared.contains(name) || answer.has_header(name);
            assert!(given, "{method} {path}: {name} is declared, and not there: {answer:?}");
        }
        let Some(kind) = answer.headers.get("content-type").map(|kind| kind.to_str().unwrap()) else {
            assert!(answer.body.is_empty(), "{answer:?}");
            return;
        };
        let kind = kind.split(';').next().unwrap();
        let content = &told["content"][kind];
        assert!(content.is_object(), "{method} {path} {}: {kind} is not told of", answer.status);
        if kind.ends_with("json") {
            self.check_body(&content["schema"], &answer.json(), &format!("{method} {path}"));
        }
    }

    #[track_caller]
    fn check_body(&self, schema: &Value, body: &Value, what: &str) {
        let mut schema = schema.clone();
        schema["components"] = self.api["components"].clone();
        let schema = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{what}: {error}"));
        let wrong: Vec<String> =
            schema.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{what}: {wrong:#?}\n{body:#}");
    }

    /// An example of the body that an operation takes.
    fn example(&self, operation: &Value) -> Option<Value> {
        let named = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str()?;
        self.api.pointer(&format!("{}/examples/0", &named[1..])).cloned()
    }
}

#[test]
fn the_document_is_the_same_after_each_start() {
    let site = Site::new();
    let text = || site.serve().anonymous().get("/api/v1/openapi.json").status(200).text();
    let first = text();
    assert!((0..3).all(|_| text() == first));
}

/// A server with one of everything, and the address of each.
pub struct World<'a> {
    owner: Token<'a>,
    ids: BTreeMap<&'static str, String>,
}

pub fn site() -> Site {
    let site = Site::with(&[
        session(CONTACT, &id(1)).status("pending").email("ann@example.org").set("/device/token", "a push token"),
        session(CONTACT, &id(2)),
        session(CONTACT, &id(3)).without("/team").without("/email").without("/language"),
        session(TASKS, &id(4)).set("/status", 5),
        session(ANDROID, &id(5)).status("pending"),
    ]);
    site.write(CONTACT, &id(6), "{");
    site.write(CONTACT, &id(7), "[]");
    site.write(CONTACT, "manifest.json", json!({ "application": { "name": "Contact" } }).to_string());
    site
}

impl<'a> World<'a> {
    pub fn new(server: &'a Server<'a>) -> Self {
        let owner = server.token_with("owner", &[], true);
        let made = |path: &str, body: Value| {
            let made = owner.post(path, body).status(201);
            made.header("location").rsplit('/').next().unwrap().to_owned()
        };
        let mut ids = BTreeMap::new();
        let user = json!({ "name": "ann", "role": "viewer", "password": "a long and winding sentence" });
        ids.insert("/users/{name}", made("/api/v1/users", user));
        ids.insert("/tokens/{id}", made("/api/v1/tokens", json!({ "name": "other", "role": "viewer" })));
        ids.insert("/rules/{id}", made("/api/v1/rules", json!({ "name": "none", "when": { "emails": ["x@x"] } })));
        owner.request("PUT", "/api/v1/views/mine").json(json!({ "query": "status=pending" })).send().status(201);
        ids.insert("/views/{name}", "mine".to_owned());
        let webhook = made("/api/v1/webhooks", json!({ "name": "other", "url": "http://127.0.0.1:9/", "apps": [] }));
        let link = format!("{}/approval-links", session_path(CONTACT, &id(1)));
        ids.insert("/approval-links/{id}", made(&link, json!({})));
        let patch = owner.patch(&session_path(CONTACT, &id(2)), json!({ "email": "b@example.org" })).status(200);
        ids.insert("/changes/{id}", patch.header("x-change-id").to_owned());
        let body =
            json!({ "action": "set_email", "email": "c@example.org", "sessions": [{ "app": CONTACT, "id": id(3) }] });
        let batch = owner.request("POST", "/api/v1/sessions/batch").header("prefer", "respond-async").json(body).send();
        let at = batch.status(202).header("location").to_owned();
        until(Duration::from_secs(10), "the batch ends", || owner.json(&at)["state"] != "running");
        ids.insert("/batches/{id}", at.rsplit('/').next().unwrap().to_owned());
        let deliveries = format!("/api/v1/webhooks/{webhook}/deliveries");
        until(Duration::from_secs(10), "something is delivered", || owner.json(&deliveries)["total"] != 0);
        ids.insert("/deliveries/{delivery}", owner.ids(&deliveries)[0].clone());
        ids.insert("/webhooks/{id}", webhook);
        ids.insert("/sessions/{id}", id(1));
        ids.insert("/apps/{app}", CONTACT.to_owned());
        Self { owner, ids }
    }

    /// A path of the document with what is there in place of its parameters.
    pub fn address(&self, path: &str) -> String {
        let named = self.ids.iter().fold(path.to_owned(), |path, (part, id)| {
            let (collection, _) = part.rsplit_once('/').unwrap();
            path.replace(part, &format!("{collection}/{id}"))
        });
        assert!(!named.contains('{'), "{named}: of which this test knows no example");
        named
    }
}

#[test]
fn every_operation_answers_as_the_document_says() {
    let site = site();
    let server = site.serve();
    let (document, world) = (Document::of(&server), World::new(&server));
    let mut statuses = BTreeSet::new();
    // What is deleted is deleted last.
    for wanted in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        for (method, path, operation) in document.operations().filter(|(method, ..)| method == wanted) {
            let mut request = world.owner.request(&method, &world.address(path));
            if let Some(body) = document.example(operation) {
                request = request.json(body);
            }
            let answer = request.send();
            assert!(answer.status < 500, "{answer:?}");
            document.check(&method, path, &answer);
            statuses.insert(answer.status);
            if let Some(tag) = answer.headers.get("etag").filter(|_| method == "GET") {
                let again = world.owner.request("GET", &world.address(path));
                let again = again.header("if-none-match", tag.to_str().unwrap()).send();
                document.check("GET", path, &again);
                statuses.insert(again.status);
            }
        }
    }
    assert!([200, 201, 204, 304].iter().all(|status| statuses.contains(status)), "{statuses:?}");
}

#[test]
fn lists_of_all_files_match_the_document() {
    let site = site();
    let server = site.serve();
    let (document, world) = (Document::of(&server), World::new(&server));
    for n in 1..8 {
        let app = [TASKS, ANDROID, CONTACT][usize::try_from(n).unwrap().saturating_sub(4).min(2)];
        for app in [app, CONTACT] {
            let answer = world.owner.get(&session_path(app, &id(n)));
            document.check("GET", "/api/v1/apps/{app}/sessions/{id}", &answer);
        }
    }
    for query in ["limit=1", "status=other", "compliant=false", "sort=-email"] {
        let answer = world.owner.get(&format!("/api/v1/sessions?{query}")).status(200);
        document.check("GET", "/api/v1/sessions", &answer);
    }
    let undo = world.owner.request("POST", &world.address("/api/v1/changes/{id}/undo")).send().status(200);
    document.check("POST", "/api/v1/changes/{id}/undo", &undo);
    world.owner.delete(&session_path(ANDROID, &id(5))).status(204);
    for path in ["/api/v1/changes", "/api/v1/changes?limit=1", "/api/v1/push", "/api/v1/access-log"] {
        let answer = world.owner.get(path).status(200);
        document.check("GET", path.split('?').next().unwrap(), &answer);
    }
}

#[test]
fn every_kind_of_refusal_is_as_the_document_says() {
    let site = site();
    let server = site.serve();
    let (document, owner, viewer) = (Document::of(&server), server.owner(), server.viewer());
    let one = "/api/v1/apps/{app}/sessions/{id}";
    let patch =
        |user: &Token<'_>, body: &str| user.request("PATCH", &session_path(CONTACT, &id(1))).json(json!({})).body(body);
    for (path, answer) in [
        (one, patch(&owner, "{").send().status(400)),
        (one, server.anonymous().patch(&session_path(CONTACT, &id(1)), json!({})).status(401)),
        (one, patch(&viewer, "{}").send().status(403)),
        (one, owner.patch(&session_path(CONTACT, "none"), json!({ "status": "accepted" })).status(404)),
        (one, patch(&owner, "{\"status\":\"accepted\"}").header("if-match", "\"x-y\"").send().status(412)),
        (one, patch(&owner, &" ".repeat(100_000)).send().status(413)),
        (one, patch(&owner, "{}").header("content-type", "text/plain").send().status(415)),
        (one, patch(&owner, "{\"status\":\"banned\"}").send().status(422)),
    ] {
        document.check("PATCH", path, &answer);
    }
    document.check("GET", "/api/v1/sessions", &owner.get("/api/v1/sessions?colour=red").status(400));
    document.check("POST", "/api/v1/push", &owner.post("/api/v1/push", json!({})).status(409));
    let limited = site.temp().join("moved");
    std::fs::rename(site.root(), &limited).unwrap();
    until(Duration::from_secs(5), "the folder is away", || owner.get("/api/v1/apps").status == 503);
    document.check("GET", "/api/v1/apps", &owner.get("/api/v1/apps").status(503));
    document.check("GET", "/readyz", &server.anonymous().get("/readyz").status(503));
}

#[test]
fn every_operation_needs_the_role_it_names() {
    let site = site();
    let server = site.serve();
    let document = Document::of(&server);
    let roles = ["viewer", "operator", "owner"];
    for (method, path, operation) in document.operations() {
        let id = &operation["operationId"];
        if operation["security"] == json!([{}]) {
            assert!(operation.get("x-required-role").is_none(), "{id}");
            continue;
        }
        let role = operation["x-required-role"].as_str().unwrap_or_else(|| panic!("{id} names no role"));
        let description = operation["description"].as_str().unwrap();
        assert!(description.contains(&format!("the role `{role}`")), "{id}: {description}");
        let secrets = operation.get("x-required-right") == Some(&json!("secrets:read"));
        assert_eq!(secrets, description.contains("and the right `secrets:read`"), "{id}: {description}");
        let all_apps = operation.get("x-required-apps") == Some(&json!("all"));
        let needed = roles.iter().position(|one| *one == role).unwrap();
        // What is not there, so that nothing is changed by asking.
        let address = path.replace("{app}", "com.none").replace("{", "none-").replace('}', "");
        let method = if method == "GET" { "HEAD" } else { method.as_str() };
        for (n, caller) in roles.iter().enumerate() {
            for (globs, reads) in [(&[][..], false), (&[][..], true), (&["com.x"][..], true)] {
                let answer = server.token_with(caller, globs, reads).request(method, &address).send();
                let may = n >= needed && (reads || !secrets) && (globs.is_empty() || !all_apps);
                assert_eq!(answer.status != 403, may, "{id} as {caller}, secrets {reads}, {globs:?}: {answer:?}");
            }
        }
    }
}

#[test]
fn every_property_of_an_answer_is_always_there() {
    let site = site();
    let server = site.serve();
    let document = Document::of(&server);
    let mut names: Vec<String> = Vec::new();
    for (_, _, operation) in document.operations() {
        gather(&operation["responses"], &mut names);
    }
    let mut n = 0;
    while n < names.len() {
        let schema = document.api.pointer(&names[n][1..]).unwrap().clone();
        gather(&schema, &mut names);
        let mut objects = vec![schema];
        while let Some(part) = objects.pop() {
            if let Some(properties) = part["properties"].as_object() {
                let required: BTreeSet<&str> =
                    part["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                let missing: Vec<&String> = properties.keys().filter(|key| !required.contains(key.as_str())).collect();
                assert!(missing.is_empty(), "{}: {missing:?} can be absent", names[n]);
            }
            match part {
                Value::Object(members) => objects.extend(members.into_iter().map(|(_, value)| value)),
                Value::Array(items) => objects.extend(items),
                _ => {}
            }
        }
        n += 1;
    }
    assert!(names.len() > 30, "only {}", names.len());
}

/// The references within a part of the document, each once.
fn gather(part: &Value, names: &mut Vec<String>) {
    match part {
        Value::Object(members) => {
            let name = members.get("$ref").and_then(Value::as_str).filter(|name| name.contains("/schemas/"));
            names.extend(name.map(str::to_owned).filter(|name| !names.contains(name)).into_iter().collect::<Vec<_>>());
            members.values().for_each(|value| gather(value, names));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, names)),
        _ => {}
    }
}

#[test]
fn every_example_is_valid() {
    let site = site();
    let server = site.serve();
    let document = Document::of(&server);
    let mut count = 0;
    for (name, schema) in document.api["components"]["schemas"].as_object().unwrap() {
        for example in schema["examples"].as_array().into_iter().flatten() {
            document.check_body(schema, example, name);
            count += 1;
        }
    }
    assert!(count > 10, "only {count}");
    assert_eq!(document.api["servers"][0]["url"], "/");
}
