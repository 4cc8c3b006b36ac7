//! What can be done in the rows of a list, in a real browser with its scripts: by mouse and by keyboard.

use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::{Browser, ENTER};
use crate::browser_live::{SOON, at, not_loaded_again, open, point, queue, rows, waits};
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
    browser.reads(".toast", "Phone 1 · p1@x.example is accepted in the file.");
    assert_eq!((on_disk(&site, 1, "status"), on_disk(&site, 2, "status")), (json!("accepted"), json!("pending")));
    browser.click("tbody tr:first-child select[name=status] option[value=pending]");
    browser.reads(".toast", "Phone 1 · p1@x.example is pending.");

    browser.run("document.querySelector('tbody tr:nth-child(2) select').focus()");
    browser.keys("a");
    browser.reads(".toast", "Phone 2 · p2@x.example is accepted in the file.");
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
    browser.click("tbody tr:first-child [name=pick]");
    browser.press("j");
    browser.keys("j");
    browser.keys("e");
    focus(&browser, "tbody tr:nth-child(2) #email");
    let selected = "return [email.selectionStart, email.selectionEnd, email.value]";
    assert_eq!(browser.run(selected), json!([0, 12, "p2@x.example"]), "what is typed takes its place");
    browser.fill("#email", "typed@x.example");
    browser.keys(ESCAPE);
    until(SOON, "given up", || !browser.has("#email"));
    assert_eq!(on_disk(&site, 2, "email"), "p2@x.example");
    focus(&browser, &format!("{second} [data-edit]"));
    browser.keys("e");
    focus(&browser, "#email");
    assert_eq!(browser.run("return email.value"), "p2@x.example", "what was given up is gone");
    browser.fill("#email", "no\u{85}address");
    browser.keys(ENTER);
    browser.reads("#email-error", "This is neither an e-mail address");
    focus(&browser, "#email");
    assert!(browser.has("tbody tr:first-child [name=pick]:checked"), "what was ticked stays so");
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
fn keys_delete_a_session_and_undo_it() {
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
fn what_one_decides_by_opens_beside_the_list() {
    let site = Site::with(&[waits(1).set("/device/token", "push-SECRET-42"), waits(2)]);
    let server = site.serve();
    let browser = at(&server, "/sessions?status=pending&sort=device");
    rows(&browser, &["Phone 1", "Phone 2"]);
    browser.press("j");
    browser.keys("o");
    browser.reads(".drawer[open] h1", "Phone 1");
    browser.reads(".drawer[open]", "p1@x.example");
    assert!(!browser.run("return document.body.innerHTML").to_string().contains("SECRET"));
    browser.keys(ESCAPE);
    until(SOON, "put away", || !browser.has(".drawer[open]"));
    focus(&browser, "tbody tr:first-child a");
    browser.keys("j");
    browser.keys("o");
    browser.reads(".drawer[open] h1", "Phone 2");
    browser.click(".drawer button[value=accepted]");
    browser.reads(".toast", "Phone 2 · p2@x.example is accepted in the file.");
    assert!(!browser.has(".drawer[open]"));
    assert_eq!(on_disk(&site, 2, "status"), "accepted");
    point(&browser, None);
    browser.reads("table[data-rows]", "Phone 1");
    not_loaded_again(&browser);
    assert!(browser.console().is_empty());
}

#[test]
fn typing_in_a_deleted_row_keeps_the_field() {
    let site = queue(&[1, 2, 3]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=device");
    browser.press("j");
    browser.keys("j");
    browser.keys("e");
    focus(&browser, "tbody tr:nth-child(2) #email");
    browser.fill("#email", "half");
    std::fs::remove_file(site.path(CONTACT, &id(2))).expect("the file");
    browser.reads(".meanwhile", "Deleted meanwhile");
    focus(&browser, "#email:enabled");
    browser.keys("ja");
    assert_eq!(browser.run("return email.value"), "halfja");
    browser.keys(ENTER);
    browser.reads(".toast", "What you typed is kept.");
    assert_eq!(browser.run("return email.value"), "halfja");
    browser.keys(ESCAPE);
    rows(&browser, &["Phone 1", "Phone 3"]);

    // Wherever the focus comes to be while somebody types.
    browser.fill("main [type=search]", "pho");
    browser.run("document.querySelector('tbody tr:first-child th a').focus()");
    browser.keys("ea");
    std::thread::sleep(Duration::from_millis(300));
    assert!(!browser.has("#email") && !browser.has(".toast:not(.stays)"));
    browser.keys(ESCAPE);
    browser.keys("a");
    browser.reads(".toast", "Phone 1 · p1@x.example is accepted in the file.");
    assert_eq!((on_disk(&site, 1, "status"), on_disk(&site, 3, "status")), (json!("accepted"), json!("pending")));
    not_loaded_again(&browser);
}

#[test]
fn keys_act_on_what_is_ticked() {
    let site = queue(&[1, 2, 3]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=device");
    browser.press("j");
    for key in ["x", "j", "j", "x", "k", "a"] {
        browser.keys(key);
    }
    browser.reads(".toast", "2 sessions are accepted in their files.");
    let status = |n: u32| on_disk(&site, n, "status");
    assert_eq!((status(1), status(2), status(3)), (json!("accepted"), json!("pending"), json!("accepted")));
    browser.press("?");
    browser.reads("#keys", "act on all of them");
}

#[test]
fn looking_after_a_logout_shows_no_login_page() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/");
    wait(browser.client().delete_all_cookies()).expect("no cookies");
    browser.click("tbody tr:last-child a[data-look]");
    browser.reads("#live", "You are logged out.");
    assert!(!browser.has(".drawer[open]"));
    not_loaded_again(&browser);
}

#[test]
fn an_older_journal_entry_is_not_called_gone() {
    let site = queue(&[1]);
    let server = site.serve();
    let operator = server.operator();
    let status = |status: &str| {
        operator.patch(&session(CONTACT, &id(1)).path(), json!({ "status": status })).status(200);
    };
    for what in ["accepted", "pending", "accepted"] {
        status(what);
    }
    let browser = at(&server, "/changes?limit=3");
    point(&browser, Some("tbody tr:first-child th"));
    status("pending");
    browser.reads(".strip", "Show what is new (1)");
    assert!(!browser.has("[data-js-gone], .fate"));
    assert_eq!(browser.count("tbody tr"), 3);
}

#[test]
fn a_row_that_only_moved_to_another_page_stays_enabled() {
    let site = queue(&[2, 3, 4, 5]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=device&limit=4");
    point(&browser, Some("tbody tr:last-child th"));
    site.put(&waits(1));
    browser.reads(".strip", "Show what is new (1)");
    rows(&browser, &["Phone 2", "Phone 3", "Phone 4", "Phone 5"]);
    assert!(!browser.has("[data-js-gone], .fate"), "Phone 5 begins the next page");
    assert!(!browser.has("tbody tr:last-child :is(input, button, select):disabled"));
    browser.click("tbody tr:last-child .row-actions button:not(.delete)");
    until(SOON, "it is accepted", || on_disk(&site, 5, "status") == "accepted");

    point(&browser, Some("tbody tr:last-child th"));
    std::fs::remove_file(site.path(CONTACT, &id(5))).unwrap();
    browser.reads("tr[data-js-gone] .fate", "Deleted");
    assert_eq!(browser.count("tr[data-js-gone]"), 1);
}

#[test]
fn a_row_leaving_its_filter_says_why() {
    let site = queue(&[1, 2, 3]);
    let server = site.serve();
    let browser = at(&server, "/sessions?status=pending&sort=device");
    point(&browser, Some("tbody tr:first-child th"));
    server.operator().patch(&session(CONTACT, &id(3)).path(), json!({ "status": "accepted" })).status(200);
    browser.reads("tr[data-js-gone] .fate", "Accepted · ");
    assert_eq!(browser.count("tr[data-js-gone]"), 1);
    assert!(browser.has("tr[data-js-gone] button:disabled"));
}

/// The name in the row that has the focus.
fn focused_row(browser: &Browser) -> Value {
    browser.run("return document.activeElement.closest('tr')?.querySelector('th bdi').textContent ?? null")
}

#[test]
fn the_focus_goes_on_to_the_next_row() {
    let site = queue(&[1, 2, 3, 4, 5]);
    let server = site.serve();
    let browser = at(&server, "/sessions?status=pending&sort=device");
    browser.press("j");
    browser.keys("x");
    browser.keys("j");
    browser.keys("x");
    browser.run("document.querySelector('#selected button[value=accept]').focus()");
    browser.keys(ENTER);
    rows(&browser, &["Phone 3", "Phone 4", "Phone 5"]);
    until(SOON, "the row behind those that went", || focused_row(&browser) == "Phone 3");
    browser.keys(DELETE);
    until(SOON, "it is deleted", || !site.path(CONTACT, &id(3)).exists());
    until(SOON, "the row behind it", || focused_row(&browser) == "Phone 4");

    // Where the rows stay, one goes on behind the last of them.
    open(&browser, &server, "/sessions?sort=device");
    browser.press("j");
    browser.keys("x");
    browser.run("document.querySelector('#selected button[value=pending]').focus()");
    browser.keys(ENTER);
    until(SOON, "it waits", || on_disk(&site, 1, "status") == "pending");
    until(SOON, "the row behind it", || focused_row(&browser) == "Phone 2");

    // Nothing is left.
    open(&browser, &server, "/sessions?status=pending&sort=device");
    browser.run("document.querySelector('#pick-all').focus()");
    browser.run("document.activeElement.click()");
    browser.run("document.querySelector('#selected button[value=accept]').focus()");
    browser.keys(ENTER);
    until(SOON, "all are accepted", || !browser.has("table[data-rows]"));
    until(SOON, "the page itself", || browser.run("return document.activeElement.id") == "main");
}

#[test]
fn all_results_follow_rows_that_arrive() {
    let site = queue(&[1, 2, 3, 4, 5, 6, 7, 8]);
    let server = site.serve();
    let browser = at(&server, "/sessions?status=pending&sort=device&limit=5");
    let first = browser.run("return document.querySelector('[name=all]').value");
    site.put(&waits(9));
    let all = |count: u32| {
        let said = browser.run("return document.querySelector('.selected .all')?.textContent.trim()");
        said == format!("Select all {count} results")
    };
    until(SOON, "all of them", || all(9));
    assert_ne!(browser.run("return document.querySelector('[name=all]').value"), first);
    browser.click("tbody tr:first-child [name=pick]");
    browser.click(".selected .all input");
    browser.click(".selected button[value=accept]");
    browser.reads(".toast", "9 sessions are accepted in their files.");
    assert!((1..=9).all(|n| on_disk(&site, n, "status") == "accepted"));

    // A row that waits until nobody points at the list is not shown, and is asked about.
    for n in 11..=18 {
        site.put(&waits(n));
    }
    until(SOON, "all of them", || all(8));
    point(&browser, Some("tbody tr:first-child th"));
    site.put(&waits(0));
    browser.reads(".strip", "Show what is new (1)");
    assert!(all(8), "as long as it is not shown");
    browser.run("document.querySelector('[name=all]').checked = true");
    browser.run("selected.requestSubmit(document.querySelector('.selected [value=accept]'))");
    browser.reads("h1", "Accept 9 sessions?");
    browser.reads("main", "1 of them was not shown");
    assert_eq!((on_disk(&site, 0, "status"), on_disk(&site, 11, "status")), (json!("pending"), json!("pending")));
    assert!(browser.console().is_empty());
}

#[test]
fn a_bulk_change_shows_progress_in_place() {
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
    not_loaded_again(&browser);
    browser.click("main button[formaction$='/undo']");
    browser.reads("h1", "Undone: 400 sessions are pending.");
    assert_eq!(on_disk(&site, 400, "status"), "pending");
    browser.click("main a.button");
    browser.click(&format!(".to-app option[value='{TASKS}']"));
    browser.reads("h1", "Tasks");
    std::thread::sleep(Duration::from_millis(300));
    let console = browser.console();
    assert!(console.is_empty(), "{console:?}");
}
