//! What was just done, in a real browser: how long it is told, how it is undone a while later; and what is copied.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser::Browser;
use crate::browser_keys::status;
use crate::browser_live::{SOON, at, not_loaded_again, open, point, queue, waits};
use crate::pages::page_of;
use crate::spawn::*;

/// As if the toast had been there for its time.
fn toast_goes(browser: &Browser) {
    browser.run("document.querySelector('.toast').dispatchEvent(new Event('animationend', { bubbles: true }))");
    assert!(!browser.has(".toast"));
}

#[test]
fn an_old_change_is_shown_before_it_is_undone() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/?order=longest");
    let owner = server.owner();
    let accepted = "Phone 1 · p1@x.example is accepted in the file.";
    browser.press("u");
    assert!(!browser.has(".toast"), "nothing was done yet");
    browser.press("j");
    browser.keys("a");
    browser.reads(".toast", accepted);
    toast_goes(&browser);
    browser.press("u");
    browser.reads(".toast", accepted);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(journal(&owner, "").len(), 1, "shown, not undone");

    // On another page of the tab as well.
    open(&browser, &server, "/sessions");
    assert!(!browser.has(".toast"));
    browser.press("u");
    browser.reads(".toast", accepted);
    browser.press("u");
    browser.reads(".toast", "Undone: Phone 1 · p1@x.example waits again.");
    assert_eq!(journal(&owner, "").len(), 2);
    toast_goes(&browser);
    browser.press("u");
    browser.reads(".toast", "Undone: Phone 1");

    // Not for whoever comes next, nor for good.
    let change = |last: &str| {
        toast_goes(&browser);
        browser.run(&format!(
            "const was = JSON.parse(sessionStorage.last); {last}; sessionStorage.last = JSON.stringify(was)"
        ));
        browser.press("u");
        browser.has(".toast")
    };
    assert!(change("was.at -= 4 * 60_000"));
    assert!(!change("was.at -= 2 * 60_000"));
    browser.run("sessionStorage.last = JSON.stringify({ ...JSON.parse(sessionStorage.last), at: Date.now() })");
    browser.press("u");
    browser.reads(".toast", "Undone: Phone 1");
    assert!(!change("was.by = 'vera'"));
    not_loaded_again(&browser);
}

/// As if so many more seconds had passed since the toast came: its end is an animation.
fn pass(browser: &Browser, seconds: u32) {
    let on = format!(
        "document.querySelector('.toast').getAnimations().forEach((one) => (one.currentTime += {seconds} * 1000))"
    );
    browser.run(&on);
}

/// Accepts the n-th that waits by a press that points at nothing.
fn accept(browser: &Browser, n: u32) {
    browser.run(&format!(
        "document.getElementById('s-{CONTACT}/{}').querySelector('.row-actions .primary').click()",
        id(n)
    ));
    browser.reads(".toast", &format!("Phone {n} · p{n}@x.example is accepted in the file."));
}

#[test]
fn a_message_stays_ten_seconds_or_while_hovered() {
    let site = queue(&[1, 2, 3, 4]);
    let server = site.serve();
    let browser = at(&server, "/?order=longest");
    point(&browser, None);
    accept(&browser, 1);
    let came = Instant::now();
    while came.elapsed() < Duration::from_secs(8) {
        assert!(browser.visible(".toast"), "gone after {:?}", came.elapsed());
        std::thread::sleep(Duration::from_millis(500));
    }
    until(SOON, "it goes by itself", || !browser.has(".toast"));
    assert!(came.elapsed() >= Duration::from_secs(10), "gone after {:?}", came.elapsed());

    accept(&browser, 2);
    point(&browser, Some(".toast p"));
    let pointed = Instant::now();
    while pointed.elapsed() < Duration::from_secs(12) {
        assert!(browser.visible(".toast"), "gone from under the pointer after {:?}", pointed.elapsed());
        std::thread::sleep(Duration::from_millis(500));
    }
    point(&browser, None);
    until(SOON, "it goes on", || browser.run("return document.querySelector('.toast').getAnimations().length") == 1);
    pass(&browser, 11);
    until(SOON, "it goes once one points elsewhere", || !browser.has(".toast"));

    accept(&browser, 3);
    browser.run("document.querySelector('.toast button').focus()");
    pass(&browser, 11);
    std::thread::sleep(Duration::from_millis(500));
    assert!(browser.visible(".toast"), "gone while it has the focus");
    browser.run("document.querySelector('.toast button').blur()");
    until(SOON, "it goes on", || browser.run("return document.querySelector('.toast').getAnimations().length") == 1);
    pass(&browser, 11);
    until(SOON, "it goes once the focus is elsewhere", || !browser.has(".toast"));
    not_loaded_again(&browser);
}

#[test]
fn a_failure_stays_until_it_is_dismissed() {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, "/?order=longest");
    point(&browser, None);
    browser.run("window.real = window.fetch; window.fetch = () => Promise.reject(new TypeError('no network'))");
    browser.run("document.querySelector('.row-actions .primary').click()");
    browser.reads(".toast", "No connection: this may not have been saved.");
    assert_eq!(browser.run("return document.querySelector('.toast').getAnimations().length"), 0, "nothing ends it");
    browser.click(".toast .close");
    assert!(!browser.has(".toast"));
    not_loaded_again(&browser);
}

#[test]
fn what_became_of_a_change_without_answer_is_told() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=device");
    let accept = |row: u32| {
        browser.run(&format!("document.querySelector('tbody tr:nth-child({row}) .row-actions button').click()"));
        browser.reads(".toast", "No connection: this may not have been saved.");
    };
    // It never gets there.
    browser.run("window.real = window.fetch; window.fetch = () => Promise.reject(new TypeError('no network'))");
    accept(1);
    browser.run("window.fetch = window.real");
    browser.click(".toast button");
    browser.reads(".toast", "Connected again: your last change was not saved.");
    assert_eq!(status(&site, 1), "pending");
    // It gets there, and its answer is lost; the connection is back before anybody asks.
    browser.run(
        "window.fetch = async (address, options) => {
            if (options?.method === 'POST') await window.real(address, options);
            throw new TypeError('no network');
        }",
    );
    accept(2);
    until(SOON, "it is done", || status(&site, 2) == "accepted");
    browser.run("window.fetch = window.real; dispatchEvent(new Event('online'))");
    browser.reads(".toast", "Phone 2 · p2@x.example is accepted in the file.");
    browser.click(".toast button");
    until(SOON, "it is undone", || status(&site, 2) == "pending");
    not_loaded_again(&browser);
}

#[test]
fn what_a_button_says_it_copies_is_what_is_pasted() {
    let site = Site::with(&[waits(1)]);
    let server = site.serve();
    let browser = at(&server, &page_of(CONTACT, &id(1)));
    let may = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": server.url("") });
    browser.devtools("Browser.grantPermissions", may);
    let ids = browser.run("return [...document.querySelectorAll('[data-copy]')].map((button) => button.dataset.copy)");
    let ids: Vec<String> = serde_json::from_value(ids).expect("ids");
    for name in ["field-session-id", "field-path", "field-device-id", "col-ip", "col-email"] {
        assert!(ids.iter().any(|id| id == name), "{name} can be copied: {ids:?}");
    }
    let path = site.path(CONTACT, &id(1));
    let known = [("field-session-id", id(1)), ("field-path", path.display().to_string())];
    for name in &ids {
        let button = format!("[data-copy='{name}']");
        browser.click(&button);
        browser.reads(&button, "Copied");
        let pasted = browser.script("return navigator.clipboard.readText()", vec![]);
        let shown = browser.text(&format!("#{name}"));
        assert_eq!(pasted, shown, "{name}");
        if let Some((_, value)) = known.iter().find(|(known, _)| known == name) {
            assert_eq!(pasted, *value, "{name}");
        }
    }
}
