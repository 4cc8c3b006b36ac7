//! `/api/docs`: the API's document in a browser, with nothing from elsewhere and nothing relaxed but what is said here.

use std::time::Duration;

use crate::browser::Browser;
use crate::spawn::*;

/// To the letter: as on every page, and pictures within the style sheet.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src \
     'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

#[test]
fn the_documentation_needs_no_login_and_relaxes_nothing_but_pictures() {
    let site = Site::new();
    let server = site.serve();
    let anonymous = server.anonymous();
    let page = anonymous.get("/api/docs").status(200);
    assert_eq!(page.header("content-security-policy"), POLICY);
    assert!(page.header("content-type").starts_with("text/html"));
    let text = page.text();
    for foreign in ["://", "<style", " style=", "<script>", " onload="] {
        assert!(!text.contains(foreign), "{foreign}: {text}");
    }
    for (file, kind) in [("swagger-ui.css", "text/css"), ("swagger-ui-bundle.js", "text/javascript")] {
        let path = format!("/api/docs/{file}");
        let answer = anonymous.get(&path).status(200);
        assert!(answer.header("content-type").starts_with(kind), "{answer:?}");
        // What is no page has the policy of everything else.
        assert!(!answer.header("content-security-policy").contains("data:"));
        let tag = answer.header("etag").to_owned();
        anonymous.request("GET", &path).header("if-none-match", &tag).send().status(304);
        assert_eq!(anonymous.head(&path).status, 200);
    }
    for missing in ["/api/docs/index.html", "/api/docs/none", "/api/docs/..%2f..", "/api/docs/"] {
        anonymous.get(missing).problem(404, "not-found");
    }
    anonymous.post("/api/docs", serde_json::json!({})).problem(405, "method-not-allowed");
}

#[test]
fn a_browser_shows_every_operation_and_refuses_nothing() {
    let site = Site::new();
    let server = site.serve();
    let api = server.anonymous().json("/api/v1/openapi.json");
    let items = ["paths", "webhooks"].into_iter().flat_map(|part| api[part].as_object().unwrap().values());
    let operations = items.map(|item| item.as_object().unwrap().len()).sum::<usize>();
    let browser = Browser::start();
    browser.go(&server.url("/api/docs"));
    until(Duration::from_secs(20), "every operation is listed", || browser.count(".opblock") == operations);
    browser.click("#operations-sessions-list_sessions button.opblock-summary-control");
    browser.reads("#operations-sessions-list_sessions", "pending_since");
    let said = browser.console();
    assert!(said.is_empty(), "the browser says: {said:#?}");
}

#[test]
fn every_request_body_has_an_example() {
    let site = Site::new();
    let server = site.serve();
    let api = server.anonymous().json("/api/v1/openapi.json");
    let schemas = &api["components"]["schemas"];
    let mut bodies = 0;
    for operation in api["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values()) {
        let id = &operation["operationId"];
        for content in operation["requestBody"]["content"].as_object().into_iter().flat_map(|all| all.values()) {
            let name = content["schema"]["$ref"].as_str().unwrap_or_else(|| panic!("the body of {id} has no name"));
            let schema = &schemas[name.rsplit('/').next().unwrap()];
            assert!(schema["examples"].as_array().is_some_and(|all| !all.is_empty()), "{id}: {name} has no example");
            bodies += 1;
        }
        for (status, answer) in operation["responses"].as_object().unwrap() {
            assert!(!answer["description"].as_str().unwrap_or_default().is_empty(), "{id}: what {status} means");
        }
    }
    assert!(bodies >= 8, "only {bodies}");
    for name in ["Session", "App", "Change", "Problem"] {
        assert!(schemas[name]["examples"].is_array(), "{name} has no example");
    }
    // Two types of one name would be described as one of them.
    assert!(schemas["Problem"]["properties"]["request_id"].is_object());
    assert!(schemas["SessionProblem"]["properties"]["assumed"].is_object());
    assert_eq!(schemas["Session"]["properties"]["problems"]["items"]["$ref"], "#/components/schemas/SessionProblem");
}

#[test]
fn each_operation_tells_of_the_errors_that_a_client_meets() {
    let site = Site::new();
    let server = site.serve();
    let api = server.anonymous().json("/api/v1/openapi.json");
    for (operation, statuses) in [
        ("/apps/{app}/sessions/{id} patch", "200 400 401 403 404 409 412 413 415 422 429 503 507 default"),
        ("/apps/{app}/sessions/{id} delete", "204 400 401 403 404 409 412 429 503 507 default"),
        ("/apps/{app} get", "200 304 401 403 404 429 503 default"),
        ("/sessions get", "200 304 400 401 403 429 503 default"),
        ("/sessions/batch post", "200 202 400 401 403 409 413 415 422 429 503 507 default"),
        ("/refresh post", "200 400 401 403 409 422 429 503 default"),
        ("/tokens post", "201 400 401 403 409 413 415 422 429 503 default"),
        ("/me get", "200 304 401 403 429 default"),
        ("/openapi.json get", "200 304 default"),
    ] {
        let (path, method) = operation.split_once(' ').unwrap();
        let answers = api["paths"][format!("/api/v1{path}")][method]["responses"].as_object().unwrap();
        let mut told: Vec<&str> = answers.keys().map(String::as_str).collect();
        told.sort_unstable();
        assert_eq!(told.join(" "), statuses, "{operation}");
    }
}
