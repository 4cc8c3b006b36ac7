//! What can be done in the rows of a list, in a real browser with its scripts: by mouse and by keyboard.

use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::{Browser, ENTER};
use crate::browser_live::{SOON, at, not_loaded_again, point, queue, rows, waits};
use crate::spawn::*;

const ESCAPE: &str = "\u{e00c}";
const DOWN: &str = "\u{e015}";
const DELETE: &str = "\u{e017}";

fn on_disk(site: &Site, n: u32, field: &str) -> Value {
    let document: Value = serde_json::from_slice(&site.read(CONTACT, &id(n))).unwrap_or_default();
    document[field].clone()
}

/// What has the focus.
#[track_caller]
fn focus(browser: &Browser, css: &str) {
    let script = format!("return document.activeElement.matches({})", json!(css));
    until(SOON, css, || browser.run(&script) == true);
}

#[test]
fn a_status_is_sent_when_it_is_chosen() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=email");
    assert!(!browser.visible(".set-status button"), "the choice is its own button");
    browser.click("tbody tr:first-child select[name=status] option[value=accepted]");
    browser.reads(".toast", "Phone 1 · p1@x.example is accepted.");
    assert_eq!((on_disk(&site, 1, "status"), on_disk(&site, 2, "status")), (json!("accepted"), json!("pending")));
    browser.click("tbody tr:first-child select[name=status] option[value=pending]");
    browser.reads(".toast", "Phone 1 · p1@x.example is pending.");

    browser.run("document.querySelector('tbody tr:nth-child(2) select').focus()");
    browser.keys("a");
    browser.reads(".toast", "Phone 2 · p2@x.example is accepted.");
    assert_eq!(on_disk(&site, 2, "status"), "accepted");
    browser.keys(DOWN);
    browser.reads(".toast", "Phone 2 · p2@x.example is pending.");
    focus(&browser, "tbody tr:nth-child(2) select");
    not_loaded_again(&browser);
    assert!(browser.console().is_empty());
}

#[test]
fn an_email_is_edited_where_it_stands() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=device");
    let second = "tbody tr:nth-child(2)";
    browser.press("j");
    browser.keys("j");
    browser.keys("e");
    focus(&browser, "tbody tr:nth-child(2) #email");
    browser.fill("#email", "typed@x.example");
    browser.keys(ESCAPE);
    until(SOON, "given up", || !browser.has("#email"));
    assert_eq!(on_disk(&site, 2, "email"), "p2@x.example");
    focus(&browser, &format!("{second} *"));
    browser.keys("e");
    focus(&browser, "#email");
    assert_eq!(browser.run("return email.value"), "p2@x.example", "what was given up is gone");
    browser.fill("#email", "no address");
    browser.keys(ENTER);
    browser.reads("#email-error", "This is no e-mail address");
    focus(&browser, "#email");
    browser.fill("#email", "new@x.example");
    browser.keys(ENTER);
    browser.reads(".toast", "The e-mail of Phone 2 · p2@x.example is new@x.example.");
    browser.reads(&format!("{second} .who"), "new@x.example");
    assert!(!browser.has("#email"));
    assert_eq!(on_disk(&site, 2, "email"), "new@x.example");
    focus(&browser, &format!("{second} *"));
    browser.click("tbody tr:first-child .edit");
    focus(&browser, "#email");
    // What comes meanwhile takes nothing away.
    browser.fill("#email", "half");
    site.put(&waits(3));
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    assert_eq!(browser.run("return email.value"), "half");
    focus(&browser, "#email");
}

#[test]
fn a_session_is_deleted_by_one_key_and_comes_back_by_another() {
    let site = queue(&[1, 2, 3]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=device");
    browser.press("j");
    browser.keys("j");
    browser.keys(DELETE);
    browser.reads(".toast", "is deleted.");
    browser.reads("tr[data-js-gone]", "Deleted");
    assert!(!site.path(CONTACT, &id(2)).exists());
    browser.keys("u");
    until(SOON, "it is back", || site.path(CONTACT, &id(2)).exists());
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    point(&browser, Some("tbody tr:first-child th"));
    browser.click("tbody tr:first-child [data-delete]");
    until(SOON, "it is deleted", || !site.path(CONTACT, &id(1)).exists());
    browser.reads(".toast", "is deleted.");
    assert!(!site.path(CONTACT, &id(1)).exists());
    not_loaded_again(&browser);
    assert!(browser.console().is_empty());
}

#[test]
fn a_device_is_shown_beside_its_row_to_who_points_at_it_or_comes_to_it() {
    let site = Site::with(&[waits(1).set("/device/token", "push-SECRET-42"), waits(2)]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=device");
    point(&browser, Some("tbody tr:first-child th a[data-peek]"));
    browser.reads("#peek", "\"description\": \"Phone 1\"");
    assert!(!browser.text("#peek").contains("SECRET"));
    browser.press(ESCAPE);
    until(SOON, "put away", || !browser.visible("#peek"));
    point(&browser, None);
    browser.press("j");
    browser.keys("j");
    browser.reads("#peek", "\"description\": \"Phone 2\"");
    assert_eq!(browser.run("return document.activeElement.getAttribute('aria-describedby')"), "peek");
    browser.keys("k");
    browser.reads("#peek", "\"description\": \"Phone 1\"");
    not_loaded_again(&browser);
    assert!(browser.console().is_empty());
}

#[test]
fn many_are_changed_while_one_looks_on_and_another_app_is_one_choice_away() {
    let mut files: Vec<_> = (1..=400).map(waits).collect();
    files.push(session(TASKS, &id(500)).set("/application/name", "Tasks"));
    let site = Site::with(&files);
    let server = site.serve();
    let browser = at(&server, "/sessions?status=pending");
    browser.click("tbody tr:first-child [name=pick]");
    browser.click(".selected .all input");
    browser.click(".selected button[value=accept]");
    until(SOON, "its page", || browser.run("return location.pathname.startsWith('/batches/')") == true);
    browser.run("window.same = true");
    browser.reads("h1", "400 sessions are accepted.");
    browser.click("main button[formaction$='/undo']");
    browser.reads("#main", "It was undone.");
    assert_eq!(on_disk(&site, 400, "status"), "pending");
    not_loaded_again(&browser);
    browser.click("main a.button");
    browser.click(&format!(".to-app option[value='{TASKS}']"));
    browser.reads("h1", "Tasks");
    std::thread::sleep(Duration::from_millis(300));
    assert!(browser.console().is_empty());
}
