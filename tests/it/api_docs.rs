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
    let operations =
        api["paths"].as_object().unwrap().values().map(|item| item.as_object().unwrap().len()).sum::<usize>();
    let browser = Browser::start();
    browser.go(&server.url("/api/docs"));
    until(Duration::from_secs(20), "every operation is listed", || browser.count(".opblock") == operations);
    browser.click("#operations-sessions-list_sessions button.opblock-summary-control");
    browser.reads("#operations-sessions-list_sessions", "pending_since");
    let said = browser.console();
    assert!(said.is_empty(), "the browser says: {said:#?}");
}
