//! `/api/docs`: the API's document in a browser, with nothing from elsewhere.

use std::process::Command;

use serde_json::Value;

use crate::browser_live;
use crate::spawn::*;

#[test]
fn the_documentation_needs_no_login_no_script_and_no_other_server() {
    let site = Site::new();
    let server = site.serve();
    let anonymous = server.anonymous();
    let page = anonymous.get("/api/docs").status(200);
    assert!(page.header("content-type").starts_with("text/html"));
    let policy = page.header("content-security-policy");
    assert_eq!(policy, anonymous.get("/login").header("content-security-policy"), "as every page");
    let text = page.text();
    for foreign in ["src=\"http", "href=\"http", "<style", " style=", "<script>", " onload="] {
        assert!(!text.contains(foreign), "{foreign}: {text}");
    }
    let api = anonymous.json("/api/v1/openapi.json");
    for operation in operations(&api) {
        assert!(text.contains(&format!("id=\"{operation}\"")), "{operation} is not shown");
    }
    for name in api["components"]["schemas"].as_object().unwrap().keys() {
        assert!(text.contains(&format!("id=\"type-{name}\"")), "{name} is not shown");
    }
    for link in text.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        let names = format!(" id=\"{link}\"");
        assert!(link.starts_with("i-") || text.contains(&names), "#{link} leads nowhere");
    }
    assert!(!text.contains("data-try"), "a request is sent by who is logged in");
    for missing in ["/api/docs/index.html", "/api/docs/none", "/api/docs/..%2f..", "/api/docs/"] {
        anonymous.get(missing).problem(404, "not-found");
    }
    anonymous.post("/api/docs", serde_json::json!({})).problem(405, "method-not-allowed");
}

/// The names of all operations.
fn operations(api: &Value) -> Vec<String> {
    let items = ["paths", "webhooks"].into_iter().flat_map(|part| api[part].as_object().unwrap().values());
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    operations.map(|operation| operation["operationId"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_browser_unfolds_an_operation_and_sends_its_request() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let browser = browser_live::at(&server, "/sessions");
    browser.go(&server.url("/api/docs"));
    browser.click("details:has(> #list_sessions) > summary");
    browser.reads("#list_sessions", "pending_since");
    browser.fill("#list_sessions [data-name=status]", "pending");
    browser.click("#list_sessions [data-try] button");
    browser.reads("#list_sessions output", &id(1));
    let said = browser.console();
    assert!(said.is_empty(), "the browser says: {said:#?}");
}

#[test]
fn a_line_of_the_documentation_runs_in_a_shell() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let page = server.anonymous().get("/api/docs").status(200).text();
    let line = page.split("id=\"curl-search_sessions\">").nth(1).unwrap().split('<').next().unwrap();
    let line = line.replace("&#39;", "'").replace("&#34;", "\"").replace("&quot;", "\"").replace("&amp;", "&");
    let token = server.token("viewer").secret;
    let output = Command::new("sh").args(["-c", &line]).env("TOKEN", token).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{line}: {output:?}"));
    assert!(answer["items"].is_array(), "{line}: {answer}");
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
