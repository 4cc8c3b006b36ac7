//! All the way in: from Accept until 4D has read it, before one's eyes, and how long that takes.

use std::time::{Duration, SystemTime};

use serde_json::json;

use crate::browser::Browser;
use crate::browser_live::{SOON, at, not_loaded_again, point, queue, rows, waits};
use crate::push::{FourD, serve};
use crate::spawn::*;

/// What a row says in the place of its buttons.
fn said(browser: &Browser, n: u32) -> String {
    let row = format!("document.getElementById('s-{CONTACT}/{}')", id(n));
    browser.run(&format!("return {row}?.querySelector('.done b')?.textContent ?? ''")).as_str().unwrap_or("").to_owned()
}

fn height(browser: &Browser, n: u32) -> f64 {
    let script = format!("return document.getElementById('s-{CONTACT}/{}').offsetHeight", id(n));
    browser.run(&script).as_f64().expect("a height")
}

/// The value that 95 of 100 do not exceed, and the largest.
pub fn p95(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times[(times.len() * 95).div_ceil(100) - 1], *times.last().expect("times"))
}

#[test]
fn a_row_says_in_once_4d_has_read_it() {
    let site = queue(&[1, 2, 3]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &["--auto-push", "1s"]);
    let browser = at(&server, "/");
    browser.reads(".head p", "An accepted device is in at once.");
    rows(&browser, &["Phone 3", "Phone 2", "Phone 1"]);
    let before = height(&browser, 2);
    browser.click("tbody tr:nth-child(2) .primary");
    until(SOON, "the row says In", || said(&browser, 2) == "In");
    rows(&browser, &["Phone 3", "Phone 2", "Phone 1"]);
    assert_eq!(height(&browser, 2), before, "the row keeps its height");
    browser.reads("h1", "2 devices are waiting");
    browser.reads(".toast", "Phone 2 · p2@x.example is in. 4D has read it; its user presses Login again.");
    browser.reads(".bar", "In sync with 4D");
    // It leaves under nobody's eyes, and its undo is where it was.
    point(&browser, None);
    browser.click("tr.let-in button");
    browser.reads(".toast", "Undone: Phone 2 · p2@x.example waits again.");
    browser.reads("h1", "3 devices are waiting");
    assert!(!browser.has(".let-in"));
    not_loaded_again(&browser);
}

#[test]
fn accept_offers_the_push_where_nothing_pushes_by_itself() {
    let site = queue(&[1, 2]);
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &[]);
    let browser = at(&server, "/");
    browser.click("tbody tr:nth-child(2) .primary");
    browser.reads(".toast", "Phone 1 · p1@x.example is accepted here, not in 4D yet.");
    assert_eq!(said(&browser, 1), "Accepted");
    assert_eq!(browser.text(".toast button"), "Push now");
    browser.click(".toast button");
    browser.reads(".toast", "Phone 1 · p1@x.example is in. 4D has read it; its user presses Login again.");
    until(SOON, "the row says In", || said(&browser, 1) == "In");
    assert_eq!(browser.run("return document.querySelector('.toast button').textContent"), "Undo");
    not_loaded_again(&browser);
}

#[test]
fn a_faster_colleague_is_named() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/");
    // The page is not told of it in time.
    browser.run("window.send = document.querySelector('tbody tr .primary'); window.keep = send.form.cloneNode(true)");
    let made = server.site.command_with_input(&["user", "create", "nina", "--role", "operator"], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    let nina = server.log_in("nina", PASSWORD);
    let page = nina.get("/").text();
    let own = format!("/apps/{CONTACT}/sessions/{}/status", id(2));
    Form::find(&page, &own).fill("status", "accepted").submit(&nina).status(303);
    browser
        .run("keep.hidden = true; document.querySelector('main').append(keep); keep.querySelector('.primary').click()");
    browser.reads(".toast", "nina accepted Phone 2 · p2@x.example");
    browser.reads(".toast", "4D is not connected");
    not_loaded_again(&browser);
}

/// Of 12 clicks, each after a quiet moment.
#[test]
fn accept_to_in_takes_moments() {
    const CLICKS: u32 = 12;
    let site = queue(&(1..=CLICKS).collect::<Vec<_>>());
    let four_d = FourD::of(&site);
    let server = serve(&site, &four_d.url(), &["--auto-push", "1s"]);
    let browser = at(&server, "/");
    let click = |n: u32| {
        let script = format!(
            "const row = () => document.getElementById('s-{CONTACT}/{}'), begun = performance.now();
             row().querySelector('.primary').click();
             return new Promise((done) => {{
                 const look = () => row()?.querySelector('.done b')?.textContent === 'In'
                     ? done(performance.now() - begun) : setTimeout(look, 4);
                 look();
             }})",
            id(n)
        );
        let taken = browser.run(&script).as_f64().expect("a time");
        std::thread::sleep(Duration::from_millis(1300));
        taken
    };
    let times: Vec<f64> = (1..=CLICKS).map(click).collect();
    let (p95, most) = p95(times);
    println!("Accept until the row says In: p95 {p95:.0} ms, at most {most:.0} ms");
    assert!(p95 < 4000.0, "{p95} ms, also on a busy machine");
    not_loaded_again(&browser);
}

/// How long rows take from their files to the page, in milliseconds, when so many are written with such a pause.
fn until_visible(count: u32, pause: Duration) -> (f64, f64) {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, "/");
    browser.run(
        "window.came = {}; new MutationObserver(() => document.querySelectorAll('tbody tr[id]')
             .forEach((row) => (came[row.id] ??= Date.now()))).observe(document, { childList: true, subtree: true })",
    );
    let mut written = Vec::new();
    for n in 100..100 + count {
        std::thread::sleep(pause);
        site.put(&waits(n));
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a time");
        written.push((n, now.as_secs_f64() * 1000.0));
    }
    let row = |n: u32| format!("s-{CONTACT}/{}", id(n));
    until(SOON, "the last row", || browser.run(&format!("return '{}' in came", row(99 + count))) == json!(true));
    let came = browser.run("return came");
    p95(written.iter().map(|(n, at)| came[&row(*n)].as_f64().expect("a row") - at).collect())
}

#[test]
fn a_written_file_is_a_row_in_moments() {
    for (count, pause, name) in [(10, 1000, "1 a second"), (50, 100, "10 a second")] {
        let (p95, most) = until_visible(count, Duration::from_millis(pause));
        println!("file until its row is visible, {name}: p95 {p95:.0} ms, at most {most:.0} ms");
        assert!(p95 < 4000.0, "{p95} ms, also on a busy machine");
    }
}
