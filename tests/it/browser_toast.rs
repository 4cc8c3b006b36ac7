//! What was just done, in a real browser: how it is undone a while later.

use std::time::Duration;

use crate::browser::Browser;
use crate::browser_live::{at, not_loaded_again, open, queue};
use crate::spawn::*;

/// As if the toast had been there for its time.
fn toast_goes(browser: &Browser) {
    browser.run("document.querySelector('.toast').dispatchEvent(new Event('animationend', { bubbles: true }))");
    assert!(!browser.has(".toast"));
}

#[test]
fn what_was_done_a_while_ago_is_shown_again_before_it_is_undone() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/");
    let owner = server.owner();
    let accepted = "Phone 1 · p1@x.example is accepted.";
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
