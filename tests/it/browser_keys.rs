//! Without a mouse, in a real browser: by single keys, and by Tab and Enter alone; and without motion.

use std::fs;
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Value, json};

use crate::browser::{Browser, ENTER};
use crate::browser_layout::size;
use crate::browser_live::{SOON, at, not_loaded_again, open, point, queue, rows, waits};
use crate::pages::page_of;
use crate::spawn::*;

const TAB: char = '\u{e004}';
const ESCAPE: &str = "\u{e00c}";

pub fn status(site: &Site, n: u32) -> Value {
    let document: Value = serde_json::from_slice(&site.read(CONTACT, &id(n))).unwrap_or_default();
    document["status"].clone()
}

/// Changes a session's file by another name of it, elsewhere: the folder's watcher is not told.
fn change_unseen(site: &Site, file: &SessionFile, n: u32) {
    let elsewhere = site.temp().join("another-name");
    fs::hard_link(site.path(CONTACT, &id(n)), &elsewhere).expect("another name");
    fs::write(&elsewhere, file.bytes()).expect("written");
    fs::remove_file(&elsewhere).expect("removed");
}

#[test]
fn a_key_or_the_windows_focus_rescans_the_folder() {
    let site = queue(&[1]);
    let server = site.serve_with(&["--rescan", "1h"]);
    let browser = at(&server, "/");
    // The first key brings one to the window.
    browser.press(ESCAPE);
    until(SOON, "the window in use", || browser.run("return document.hasFocus()") == true);
    let owner = server.owner();
    let named = |name: &str| waits(1).set("/device/description", name);
    let still = |name: &str| {
        std::thread::sleep(Duration::from_millis(1500));
        let known = owner.json("/api/v1/sessions");
        assert_eq!(known["items"][0]["device"]["description"], name, "no one told the server");
    };
    change_unseen(&site, &named("By r"), 1);
    still("Phone 1");
    browser.press("r");
    rows(&browser, &["By r"]);

    // Who is back soon gets the page; who was away for longer, what the folder holds.
    let later = "const now = performance.now.bind(performance); performance.now = () => now() + 6000";
    change_unseen(&site, &named("By focus"), 1);
    still("By r");
    browser.run(&format!("{later}; dispatchEvent(new Event('focus'))"));
    rows(&browser, &["By focus"]);
    change_unseen(&site, &named("By sight"), 1);
    still("By focus");
    browser.run(&format!("{later}; document.dispatchEvent(new Event('visibilitychange'))"));
    rows(&browser, &["By sight"]);
    not_loaded_again(&browser);
}

#[test]
fn a_key_sets_an_accepted_session_to_pending() {
    let site = Site::new();
    for n in 1..=3 {
        site.put_aged(&waits(n).status("accepted"), 1000 - u64::from(n));
    }
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=device");
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    browser.press("j");
    for key in ["j", "j", "k", "p"] {
        browser.keys(key);
    }
    browser.reads(".toast", "Phone 2 · p2@x.example is pending.");
    assert_eq!([1, 2, 3].map(|n| status(&site, n)), [json!("accepted"), json!("pending"), json!("accepted")]);
    open(&browser, &server, &page_of(CONTACT, &id(3)));
    browser.press("p");
    browser.reads(".toast", "Phone 3 · p3@x.example is pending.");
    assert_eq!(status(&site, 3), "pending");
    not_loaded_again(&browser);
}

/// Presses Tab until this has the focus; every stop on the way is seen, in the window and below nothing else.
#[track_caller]
fn tab_to(browser: &Browser, css: &str) {
    let stop = "const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
        const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && style.visibility === 'visible';
        const inside = box.width && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
        const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        const open = over !== null && (e.contains(over) || over.contains(e));
        return [e.matches(arguments[0]), seen && Boolean(inside) && open, e.outerHTML.slice(0, 200) + JSON.stringify(box)]";
    for _ in 0..100 {
        let press =
            KeyActions::new("keyboard".into()).then(KeyAction::Down { value: TAB }).then(KeyAction::Up { value: TAB });
        wait(browser.client().perform_actions(press)).expect("a key");
        let at = browser.script(stop, vec![json!(css)]);
        assert_eq!(at[1], true, "no focus is seen at {}", at[2]);
        if at[0] == true {
            return;
        }
    }
    panic!("Tab never comes to {css}");
}

#[test]
fn tab_and_enter_accept_and_undo() {
    let site = queue(&[1, 2, 3, 4, 5, 6, 7, 8]);
    let server = site.serve();
    let browser = at(&server, "/?order=longest");
    // So low that one has to scroll.
    size(&browser, 1280, 480);
    tab_to(&browser, "tbody tr:nth-child(7) .row-actions .primary");
    assert_eq!(browser.run("return scrollY > 0"), true);
    browser.keys(ENTER);
    browser.reads(".toast", "Phone 7 · p7@x.example is accepted in the file.");
    assert_eq!(status(&site, 7), "accepted");
    tab_to(&browser, ".toast button");
    browser.keys(ENTER);
    browser.reads(".toast", "Undone: Phone 7 · p7@x.example waits again.");
    assert_eq!(status(&site, 7), "pending");
    not_loaded_again(&browser);
}

#[test]
fn nothing_moves_for_who_wants_no_motion() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    point(&browser, None);
    browser.run("document.querySelector('.row-actions button').click()");
    browser.reads(".toast", "is accepted in the file.");
    // As while a page is on its way, and as a row comes.
    browser.run(
        "main.setAttribute('data-js-busy', ''); document.querySelector('tbody tr').setAttribute('data-js-new', '')",
    );
    let moves =
        "const ms = (text) => text.split(',').map((one) => parseFloat(one) * (one.trim().endsWith('ms') ? 1 : 1000));
        return [...document.querySelectorAll('*')].flatMap((e) => ['', '::before', '::after'].flatMap((part) => {
            const style = getComputedStyle(e, part || null);
            const long = Math.max(...ms(style.transitionDuration), ...ms(style.animationDuration));
            return long > 1 ? [e.localName + part] : [];
        }))";
    assert_eq!(browser.run(moves), json!(["main", "tr", "div"]), "what moves for others");
    let calm = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "", "features": calm }));
    assert_eq!(browser.run(moves), json!([]));
    assert!(browser.visible(".toast"), "it stays as long as for others");
}
