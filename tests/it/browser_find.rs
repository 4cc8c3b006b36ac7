//! Finding anybody in a real browser: the field in the bar, what stands below it as one types.

use serde_json::json;

use crate::browser::ENTER;
use crate::browser_layout::size;
use crate::browser_live::{SOON, at, not_loaded_again, queue, rows, waits};
use crate::pages::page_of;
use crate::spawn::*;

const DOWN: &str = "\u{e015}";
const ESCAPE: &str = "\u{e00c}";

fn found(browser: &crate::browser::Browser, names: &[&str]) {
    let names_now = "return [...document.querySelectorAll('.found tbody th bdi')].map((bdi) => bdi.textContent)";
    eventually(SOON, || {
        let now = browser.run(names_now);
        if now == json!(names) { Ok(()) } else { Err(now) }
    });
}

#[test]
fn what_is_found_stands_below_the_field_as_one_types() {
    let site = queue(&[1, 2]);
    site.put_aged(&waits(3).status("accepted"), 5000);
    let server = site.serve();
    server.owner().delete(&session_path(CONTACT, &id(2))).status(204);
    let browser = at(&server, "/changes");
    browser.press("/");
    for key in ["p", "h", "o"] {
        browser.keys(key);
    }
    found(&browser, &["Phone 1", "Phone 3", "Phone 2"]);
    browser.reads(".found tr.deleted", "Deleted by");
    until(SOON, "told", || browser.run("return said.textContent") == "2 sessions found · 1 deleted");
    browser.keys(ESCAPE);
    assert!(!browser.visible(".found"));
    not_loaded_again(&browser);

    // By keyboard alone to one of them; what is typed in the field is no command meanwhile.
    browser.keys("n");
    found(&browser, &["Phone 1", "Phone 3", "Phone 2"]);
    browser.keys(&format!("{DOWN}{DOWN}"));
    let focus = "return document.activeElement.getAttribute('href')";
    assert_eq!(browser.run(focus), page_of(CONTACT, &id(3)));
    browser.keys(ENTER);
    browser.reads("h1", "Phone 3");
}

#[test]
fn enter_opens_the_one_that_is_found() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/");
    browser.press("/");
    browser.keys(&format!("p2@{ENTER}"));
    browser.reads("h1", "Phone 2");
    browser.press("/");
    browser.keys(&format!("@x.ex{ENTER}"));
    browser.reads(".head p", "2 sessions found");
    rows(&browser, &["Phone 2", "Phone 1"]);
    // The page goes along, and does what its rows offer.
    browser.run("window.same = true");
    browser.fill(".anybody input", "p1");
    rows(&browser, &["Phone 1"]);
    browser.click("#hits button[value=accepted]");
    browser.reads(".toast", "Phone 1 · p1@x.example is accepted in the file.");
    browser.reads("#hits .state", "Accepted");
    not_loaded_again(&browser);
}

#[test]
fn the_field_opens_over_the_bar_where_there_is_no_room() {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    for width in [320, 375, 768, 1000] {
        size(&browser, width, 700);
        let inside = "const box = document.querySelector('.anybody input').getBoundingClientRect();
            const wide = document.documentElement.scrollWidth <= innerWidth;
            return [Math.round(box.width), box.left >= 0 && box.right <= innerWidth && wide]";
        let closed = browser.run(inside);
        assert!(closed[0].as_u64() <= Some(40) && closed[1] == true, "{width}: {closed}");
        browser.press("/");
        browser.keys("p1");
        found(&browser, &["Phone 1"]);
        let open = browser.run(inside);
        assert!(open[0].as_u64() >= Some(200) && open[1] == true, "{width}: {open}");
        let below = "const box = document.querySelector('.found').getBoundingClientRect();
            return box.left >= 0 && box.right <= innerWidth && box.height > 30";
        assert_eq!(browser.run(below), true, "{width}");
        browser.keys(ESCAPE);
        browser.run("document.activeElement.value = ''; document.activeElement.blur()");
        assert!(!browser.visible(".found"));
    }
}
