//! Pages that follow what happens, in a real browser: what changes comes by itself, and what somebody does there
//! stays.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use serde_json::{Value, json};

use crate::browser::{Browser, ENTER};
use crate::spawn::*;

pub const SOON: Duration = Duration::from_secs(15);
const NAME: &str = "olga";
const ROWS: &str = "table[data-rows] > tbody > tr";

/// The n-th session of the app, waiting.
pub fn waits(n: u32) -> SessionFile {
    let name = format!("Phone {n}");
    session(CONTACT, &id(n)).status("pending").email(&format!("p{n}@x.example")).set("/device/description", name)
}

/// A folder where these wait, the first for the longest.
pub fn queue(numbers: &[u32]) -> Site {
    let site = Site::new();
    for n in numbers {
        site.put_aged(&waits(*n), 1000 - u64::from(*n));
    }
    site
}

/// A browser of somebody who is logged in, at a page that says so if it is loaded again.
pub fn at(server: &Server<'_>, path: &str) -> Browser {
    let made = server.site.command_with_input(&["user", "create", NAME, "--role", "operator"], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    let browser = Browser::start();
    browser.go(&server.url("/login"));
    log_in(&browser);
    open(&browser, server, path);
    browser
}

fn log_in(browser: &Browser) {
    browser.fill("#name", NAME);
    browser.fill("#password", PASSWORD);
    browser.click(".gate button");
    until(SOON, "logged in", || browser.has("nav.main"));
}

/// Opens a page and waits until it hears what happens.
pub fn open(browser: &Browser, server: &Server<'_>, path: &str) {
    browser.go(&server.url(path));
    browser.run("window.same = true");
    until(SOON, "a listener", || listeners(server) > 0);
}

#[track_caller]
pub fn not_loaded_again(browser: &Browser) {
    assert_eq!(browser.run("return window.same === true"), true, "the page was loaded again");
}

fn listeners(server: &Server<'_>) -> u32 {
    let page = server.owner().get("/metrics").status(200).text();
    let line = page.lines().find_map(|line| line.strip_prefix("mobile_sessions_event_listeners "));
    line.and_then(|number| number.parse::<f64>().ok()).expect("a number") as u32
}

#[track_caller]
pub fn rows(browser: &Browser, names: &[&str]) {
    let script = format!(
        "return [...document.querySelectorAll('{ROWS}')].map((row) => row.querySelector('th bdi').textContent)"
    );
    eventually(SOON, || {
        let now = browser.run(&script);
        if now == json!(names) { Ok(()) } else { Err(now) }
    });
}

/// Points at an element, or at nothing.
pub fn point(browser: &Browser, css: Option<&str>) {
    wait(async {
        let to = match css {
            Some(css) => {
                let element = browser.client().find(Locator::Css(css)).await?;
                PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 }
            }
            None => PointerAction::MoveTo { duration: None, x: 5.0, y: 700.0 },
        };
        browser.client().perform_actions(MouseActions::new("mouse".into()).then(to)).await
    })
    .expect("the pointer moves");
}

#[test]
fn rows_and_the_title_follow_live_changes() {
    let site = Site::with(&[waits(1), session(CONTACT, &id(9))]);
    let server = site.serve();
    let browser = at(&server, "/?order=longest");
    rows(&browser, &["Phone 1"]);
    let fetched = "return performance.getEntriesByType('resource').filter((e) => e.initiatorType === 'fetch').length";
    assert_eq!(browser.run(fetched), 0, "the page is not asked for twice");
    site.put(&waits(2));
    rows(&browser, &["Phone 1", "Phone 2"]);
    browser.reads("h1", "2 devices are waiting");
    assert_eq!(wait(browser.client().title()).expect("a title"), "(2) Sessions");
    until(SOON, "told to those who do not see it", || browser.run("return said.textContent") == "New in the list: 1");
    site.put(&waits(1).status("accepted"));
    rows(&browser, &["Phone 2"]);
    std::fs::remove_file(site.path(CONTACT, &id(2))).expect("the file");
    browser.reads("h1", "Nobody is waiting");
    site.put(&waits(3));
    rows(&browser, &["Phone 3"]);
    not_loaded_again(&browser);
    assert!(browser.console().is_empty());
}

#[test]
fn who_types_while_sessions_arrive_loses_nothing() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=email");
    browser.click("tbody tr:first-child [name=pick]");
    browser.fill("main [type=search]", "phone");
    browser.run("document.activeElement.setSelectionRange(2, 4)");
    site.put(&waits(3));
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    let field = "const f = document.activeElement; return [f.name, f.value, f.selectionStart, f.selectionEnd]";
    assert_eq!(browser.run(field), json!(["q", "phone", 2, 4]));
    assert_eq!(browser.run("return document.querySelectorAll('[name=pick]:checked').length"), 1);
    browser.fill("main [type=search]", "somebody");
    browser.keys(ENTER);
    browser.reads(".empty", "Nothing fits");
    wait(browser.client().back()).expect("back");
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    not_loaded_again(&browser);

    open(&browser, &server, &format!("/apps/{CONTACT}/sessions/{}", id(1)));
    browser.fill("#email", "typed@x.example");
    site.put(&waits(1).email("other@x.example").status("accepted"));
    browser.reads("h1 + p", "Accepted");
    browser.reads(".meanwhile", "Changed meanwhile: now other@x.example");
    assert_eq!(browser.run(field).get(1), Some(&json!("typed@x.example")));
    browser.keys(ENTER);
    browser.reads(".notice", "Nothing of yours was written");
    browser.reads(".notice", "other@x.example");
    assert_eq!(browser.run("return document.activeElement.localName"), "h1");
    assert_eq!(browser.run("return email.value"), "typed@x.example");
    wait(browser.client().back()).expect("back");
    until(SOON, "the page itself", || browser.run("return email.value") == "other@x.example");
    not_loaded_again(&browser);
}

#[test]
fn a_device_is_let_in_by_keyboard_alone() {
    let site = queue(&[1, 2, 3]);
    let server = site.serve();
    let browser = at(&server, "/?order=longest");
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    let status = |n: u32| -> Value {
        let document: Value = serde_json::from_slice(&site.read(CONTACT, &id(n))).unwrap_or_default();
        document["status"].clone()
    };
    browser.press("j");
    browser.keys("j");
    browser.keys("a");
    browser.reads(".toast", "Phone 2 · p2@x.example is accepted in the file.");
    assert_eq!(status(2), "accepted");
    browser.reads("tr.let-in", "Accepted");
    assert_eq!(browser.run("return document.activeElement.textContent"), "Phone 2", "one goes on from there");
    browser.keys("j");
    browser.keys("a");
    browser.reads(".toast", "Phone 3 · p3@x.example is accepted in the file.");
    browser.keys("u");
    browser.reads(".toast", "Undone: Phone 3 · p3@x.example waits again.");
    assert_eq!((status(2), status(3)), (json!("accepted"), json!("pending")));
    assert_eq!(browser.run("return document.activeElement.textContent"), "Phone 3");
    browser.keys("?");
    assert!(browser.visible("#keys"));
    browser.click("#keys-off");
    browser.click("#keys > button");
    browser.press("j");
    browser.press("?");
    assert!(!browser.visible("#keys"), "switched off");
    not_loaded_again(&browser);
}

#[test]
fn nothing_jumps_under_the_pointer() {
    let site = queue(&[2, 4, 6]);
    let server = site.serve();
    let browser = at(&server, "/sessions?status=pending&sort=email");
    rows(&browser, &["Phone 2", "Phone 4", "Phone 6"]);
    let place = |n: u32| {
        browser.run(&format!("return document.getElementById('s-{CONTACT}/{}').getBoundingClientRect().top", id(n)))
    };
    let before = (place(2), place(4), place(6));
    browser.click("tbody tr:nth-child(2) .row-actions button");
    browser.reads(".toast", "Phone 4 · p4@x.example is accepted in the file.");
    browser.reads("tr[data-js-gone]", "Accepted");
    site.put(&waits(5));
    site.put(&waits(7));
    rows(&browser, &["Phone 2", "Phone 4", "Phone 6", "Phone 7"]);
    browser.reads(".strip", "Show what is new (1)");
    assert_eq!((place(2), place(4), place(6)), before);
    point(&browser, None);
    rows(&browser, &["Phone 2", "Phone 5", "Phone 6", "Phone 7"]);
    assert!(!browser.has(".strip") && !browser.has("[data-js-gone]"));
    point(&browser, Some("tbody tr:first-child th"));
    site.put(&waits(3));
    browser.reads(".strip", "Show what is new (1)");
    browser.click(".strip button");
    rows(&browser, &["Phone 2", "Phone 3", "Phone 5", "Phone 6", "Phone 7"]);
    browser.click(".toast button");
    rows(&browser, &["Phone 2", "Phone 3", "Phone 4", "Phone 5", "Phone 6", "Phone 7"]);
    point(&browser, Some("tbody tr:first-child th"));
    server.operator().patch(&waits(6).path(), json!({ "status": "accepted" })).status(200);
    browser.reads("tr[data-js-gone]", "Accepted · token");
    not_loaded_again(&browser);
}

#[test]
fn a_double_click_sends_once() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    browser.run(
        "const b = document.querySelector('tbody .row-actions button'); b.click(); b.click(); setTimeout(() => b.click(), 60)",
    );
    browser.reads(".toast", "is accepted in the file.");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(journal(&server.owner(), "").len(), 1);

    open(&browser, &server, &format!("/apps/{CONTACT}/sessions/{}", id(1)));
    browser.fill("#email", "typed@x.example");
    server.kill();
    browser.click(".fields .line button");
    browser.reads(".toast", "No connection: this may not have been saved.");
    assert_eq!(browser.run("return email.value"), "typed@x.example");
    not_loaded_again(&browser);
}

#[test]
fn a_hundred_changes_a_second_do_not_freeze_a_page() {
    let files: Vec<_> = (1..=50).map(waits).collect();
    let site = Site::with(&files);
    let server = site.serve();
    let browser = at(&server, "/?order=longest");
    let watch = "window.lags = []; let last = performance.now();
        setInterval(() => { const now = performance.now(); lags.push(now - last - 20); last = now }, 20)";
    browser.run(watch);
    let stop = AtomicBool::new(false);
    let clicks = std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0u32.. {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let file = &files[(n % 50) as usize];
                site.put(&file.clone().email(&format!("p{n}@x.example")));
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        let start = Instant::now();
        let mut clicks = Vec::new();
        while start.elapsed() < Duration::from_secs(4) {
            let click = Instant::now();
            browser.click(".menu summary");
            clicks.push(click.elapsed().as_millis());
            std::thread::sleep(Duration::from_millis(150));
        }
        stop.store(true, Ordering::Relaxed);
        clicks
    });
    let seen = browser.run(
        "return [Math.max(...lags), performance.getEntriesByType('resource').filter((e) => e.initiatorType === 'fetch').length]",
    );
    let (lag, fetches) = (seen[0].as_f64().unwrap_or(f64::MAX), seen[1].as_u64().unwrap_or_default());
    println!("longest pause of the page {lag:.0} ms, {fetches} pages in 4 s, clicks took {clicks:?} ms");
    assert!(lag < 1000.0, "{lag} ms");
    assert!((2..=18).contains(&fetches), "{fetches} pages in 4 s");
    not_loaded_again(&browser);
}

#[test]
fn eight_tabs_share_one_stream_and_all_follow() {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, "/?order=longest");
    let client = browser.client();
    for _ in 1..8 {
        let tab = wait(client.new_window(true)).expect("a tab");
        wait(client.switch_to_window(tab.handle)).expect("the tab");
        open(&browser, &server, "/?order=longest");
    }
    let tabs = wait(client.windows()).expect("tabs");
    assert_eq!(tabs.len(), 8);
    // The server notices that a stream was let go of when it has something to say there.
    let mut n = 0;
    until(SOON, "one stream", || {
        n += 1;
        site.put(&waits(1).email(&format!("{n}@x.example")));
        std::thread::sleep(Duration::from_millis(100));
        listeners(&server) == 1
    });
    site.put(&waits(2));
    for tab in tabs.clone() {
        wait(client.switch_to_window(tab)).expect("the tab");
        rows(&browser, &["Phone 1", "Phone 2"]);
        not_loaded_again(&browser);
    }
    // The one that has it is closed: another takes over.
    wait(client.switch_to_window(tabs[0].clone())).expect("the tab");
    wait(client.close_window()).expect("closed");
    wait(client.switch_to_window(tabs[7].clone())).expect("the tab");
    site.put(&waits(3));
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
}

#[test]
fn a_lost_stream_shows_and_heals() {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, "/?order=longest");
    server.kill();
    browser.reads("#live", "Connection lost: trying again");
    site.put(&waits(2));
    let mut args = site.serve_args();
    args[3] = server.address.clone();
    let mut command = std::process::Command::new(program());
    command.args(args);
    let _server = site.serve_command(command);
    rows(&browser, &["Phone 1", "Phone 2"]);
    until(SOON, "healed", || browser.text("#live").is_empty());
    site.put(&waits(3));
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    not_loaded_again(&browser);
}

#[test]
fn a_login_ended_elsewhere_shows_the_way_back() {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=email");
    assert!(site.command(&["user", "disable", NAME]).status.success());
    browser.reads("#live", "You are logged out. Log in");
    rows(&browser, &["Phone 1"]);
    not_loaded_again(&browser);
    browser.click("#live a");
    browser.reads("h1", "Log in");
}

#[test]
fn the_folder_goes_and_comes_back_before_ones_eyes() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=email");
    let away = site.temp().join("away");
    let ticked = "return [...document.querySelectorAll('[name=pick]:checked')].map((box) => box.value).join()";
    browser.click("tbody tr:first-child [name=pick]");
    let picked = browser.run(ticked);
    point(&browser, Some("tbody tr:first-child th"));
    std::fs::rename(site.root(), &away).expect("moved");
    browser.reads("#alarms", "The MobileApps folder is unavailable.");
    rows(&browser, &["Phone 1", "Phone 2"]);
    assert!(browser.has("main[data-js-away]") && !browser.has("[data-js-gone], .fate"), "what was known last stays");
    assert_eq!(browser.run(ticked), picked);
    browser.run("document.querySelector('tbody tr:first-child .row-actions button').click()");
    browser.reads(".toast", "Not done: the folder is away.");
    rows(&browser, &["Phone 1", "Phone 2"]);
    std::fs::rename(&away, site.root()).expect("moved back");
    until(SOON, "it is back", || !browser.has("#alarms *, main[data-js-away]"));
    rows(&browser, &["Phone 1", "Phone 2"]);
    assert_eq!(browser.run(ticked), picked);
    not_loaded_again(&browser);
}

#[test]
fn typing_survives_a_folder_that_goes_away() {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, &format!("/apps/{CONTACT}/sessions/{}", id(1)));
    let away = site.temp().join("away");
    browser.fill("#email", "typed@x.example");
    std::fs::rename(site.root(), &away).expect("moved");
    browser.reads("#alarms", "The MobileApps folder is unavailable.");
    browser.keys(ENTER);
    browser.reads(".toast", "Not saved: the folder is away. What you typed is kept.");
    assert_eq!(browser.run("return [email.value, document.activeElement.id]"), json!(["typed@x.example", "email"]));
    std::fs::rename(&away, site.root()).expect("moved back");
    until(SOON, "it is back", || !browser.has("#alarms *"));
    assert_eq!(browser.run("return email.value"), "typed@x.example");
    browser.keys(ENTER);
    browser.reads(".toast", "The e-mail of Phone 1 · p1@x.example is typed@x.example.");
    not_loaded_again(&browser);
}

/// Answers to requests whose method and address hold such a text are held back for so many ms.
pub fn slow(browser: &Browser, slowed: Value) {
    let script = "const { fetch } = window;
        window.fetch = async (address, options) => {
            const answer = await fetch(address, options);
            const asked = `${options?.method ?? 'GET'} ${address}`;
            const [, wait] = slowed.find(([part]) => asked.includes(part)) ?? [];
            if (wait) await new Promise((done) => setTimeout(done, wait));
            return answer;
        }";
    browser.run(&format!("window.slowed = {slowed}; {script}"));
}

#[test]
fn an_older_page_never_replaces_a_newer_one() {
    let site = queue(&[1, 2]);
    site.put(&session(CONTACT, &id(9)).set("/device/description", "Phone 9"));
    let server = site.serve();
    let browser = at(&server, "/sessions?sort=email");
    let filter = |status: &str| format!(".chips a[href*='status={status}']");
    let rest = Duration::from_millis(1500);
    std::thread::sleep(rest);

    // What happens while the other page is on its way.
    slow(&browser, json!([["status=accepted", 600], ["GET /sessions", 2500]]));
    browser.click(&filter("accepted"));
    site.put(&waits(3));
    rows(&browser, &["Phone 9"]);
    std::thread::sleep(2 * rest);
    rows(&browser, &["Phone 9"]);
    assert_eq!(browser.run("return location.search.includes('status=accepted')"), true);

    // Whoever thinks better of it.
    browser.run("slowed = [['status=pending', 1500]]");
    browser.click(&filter("pending"));
    browser.run("document.querySelector('.chips a[href*=\"status=accepted\"], .chips a:not([href*=status])').click()");
    std::thread::sleep(rest + rest / 2);
    assert_eq!(browser.run("return location.search.includes('status=pending')"), false);

    // A form that was sent from the page before.
    browser.run("slowed = []");
    browser.click(&filter("pending"));
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    browser.run("slowed = [['POST', 1500]]");
    browser.click("tbody tr:first-child .row-actions button");
    browser.click(&filter("accepted"));
    browser.reads(".toast", "Phone 1 · p1@x.example is accepted in the file.");
    assert_eq!(browser.run("return location.search.includes('status=accepted')"), true);
    rows(&browser, &["Phone 9", "Phone 1"]);
    assert!(browser.run("return document.querySelector('[name=filter]').value").to_string().contains("accepted"));
    not_loaded_again(&browser);
}

#[test]
fn a_tab_taking_over_the_stream_shares_missed_events() {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, "/?order=longest");
    let client = browser.client();
    // Nothing but the stream makes them look.
    let deaf = "for (const [of, kind] of [[window, 'focus'], [document, 'visibilitychange']])
            of.addEventListener(kind, (event) => event.stopImmediatePropagation(), true);";
    for _ in 1..3 {
        let tab = wait(client.new_window(true)).expect("a tab");
        wait(client.switch_to_window(tab.handle)).expect("the tab");
        open(&browser, &server, "/?order=longest");
        browser.run(deaf);
    }
    let tabs = wait(client.windows()).expect("tabs");
    std::thread::sleep(Duration::from_millis(500));
    // The next one needs its time.
    let late = "const Real = EventSource;
        window.EventSource = class {
            static OPEN = 1; static CLOSED = 2; readyState = 0; heard = [];
            constructor(address) { setTimeout(() => {
                this.real = new Real(address);
                this.real.onopen = () => { this.readyState = 1; this.onopen() };
                for (const [kind, hear] of this.heard) this.real.addEventListener(kind, hear);
            }, 2000) }
            addEventListener(...one) { this.heard.push(one) }
            close() { this.real?.close() }
        }";
    for tab in &tabs[1..] {
        wait(client.switch_to_window(tab.clone())).expect("the tab");
        browser.run(late);
    }
    wait(client.switch_to_window(tabs[0].clone())).expect("the tab");
    wait(client.close_window()).expect("closed");
    std::thread::sleep(Duration::from_millis(700));
    site.put(&waits(2));
    for tab in &tabs[1..] {
        wait(client.switch_to_window(tab.clone())).expect("the tab");
        rows(&browser, &["Phone 1", "Phone 2"]);
    }
}

#[test]
fn title_count_and_button_agree_while_rows_are_held() {
    let site = queue(&[1, 2, 3]);
    let server = site.serve();
    let browser = at(&server, "/");
    let all = "form:has(> [name=pick]) button";
    let picks = "return [...document.querySelectorAll('form > [type=hidden][name=pick]')].length";
    let says = |waiting: u32, button: &str, meant: u32| {
        browser.reads("h1", &format!("{waiting} devices are waiting"));
        browser.reads(all, button);
        assert_eq!(browser.run(picks), meant);
        assert_eq!(browser.text("nav.main .count"), waiting.to_string());
        assert_eq!(wait(browser.client().title()).expect("a title"), format!("({waiting}) Sessions"));
    };
    says(3, "Accept all 3", 3);
    point(&browser, Some("tbody tr:first-child th"));
    site.put(&waits(4));
    says(4, "Accept these 3", 3);
    browser.reads(".strip", "Show what is new (1)");
    // One that a colleague let in is none of them, though its row stays under the pointer.
    server.operator().patch(&waits(2).path(), json!({ "status": "accepted" })).status(200);
    browser.reads("tr[data-js-gone]", "Accepted · token");
    says(3, "Accept these 2", 2);
    browser.click(".strip button");
    says(3, "Accept all 3", 3);
    rows(&browser, &["Phone 4", "Phone 3", "Phone 1"]);
    not_loaded_again(&browser);
}

/// Logs in where a link leads to, which is another tab, and comes back.
pub fn log_in_elsewhere(browser: &Browser, link: &str) {
    let client = browser.client();
    let here = wait(client.window()).expect("a tab");
    browser.click(link);
    until(SOON, "another tab", || wait(client.windows()).is_ok_and(|tabs| tabs.len() == 2));
    let other = wait(client.windows()).expect("tabs").into_iter().find(|tab| *tab != here).expect("the tab");
    wait(client.switch_to_window(other)).expect("the tab");
    log_in(browser);
    wait(client.close_window()).expect("closed");
    wait(client.switch_to_window(here)).expect("the tab");
}

#[test]
fn typing_survives_a_logout() {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, &format!("/apps/{CONTACT}/sessions/{}", id(1)));
    browser.fill("#email", "typed@x.example");
    wait(browser.client().delete_all_cookies()).expect("no cookies");
    browser.keys(ENTER);
    browser.reads(".toast", "You are logged out. Nothing was changed; what you typed is still here.");
    assert_eq!(browser.run("return email.value"), "typed@x.example");
    log_in_elsewhere(&browser, ".toast p a");
    browser.run("dispatchEvent(new Event('focus'))");
    until(SOON, "heard of it", || browser.text("#live").is_empty());
    std::thread::sleep(Duration::from_millis(500));
    browser.run("email.focus()");
    browser.keys(ENTER);
    browser.reads(".toast", "The e-mail of Phone 1 · p1@x.example is typed@x.example.");
    not_loaded_again(&browser);
}

#[test]
fn one_notification_for_all_tabs_when_a_device_waits() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let browser = at(&server, "/account");
    // A browser without a screen shows none: what would be shown is kept.
    let stand_in = "window.notes = []; document.hasFocus = () => false;
        window.Notification = class { static permission = 'granted'; static requestPermission = async () => 'granted';
            constructor(title, { body }) { notes.push(`${title}: ${body}`) } }";
    let notes = || browser.run("return notes");
    browser.run(stand_in);
    site.put(&waits(2));
    until(SOON, "a count", || wait(browser.client().title()).is_ok_and(|title| title.starts_with("(1)")));
    assert_eq!(notes(), json!([]), "nobody asked for it");
    browser.click("#notify button");
    browser.reads("#notify button", "Stop telling me");
    server.operator().patch(&session(CONTACT, &id(1)).path(), json!({ "status": "pending" })).status(200);
    site.put(&waits(3));
    let told = json!([format!("A device is waiting to be let in: {CONTACT}")]);
    until(SOON, "a note, for who came of their own accord", || notes() == told);
}

#[test]
fn a_choice_is_sent_once_made() {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    // Who comes to the window gets the page anew.
    point(&browser, Some("h1"));
    until(SOON, "the window in use", || browser.run("return document.hasFocus()") == true);
    std::thread::sleep(Duration::from_millis(300));
    // As a template marks them.
    browser.run(
        "const row = document.querySelector('tbody tr'), form = one.cloneNode(true), cell = row.querySelector('.state');
         form.id = 'choice'; form.toggleAttribute('data-quick');
         form.action = row.querySelector('[formaction]').getAttribute('formaction');
         const make = (name, attributes, text) => Object.assign(form.appendChild(document.createElement(name)), attributes, { textContent: text });
         const select = make('select', { name: 'status' }, '');
         select.toggleAttribute('data-submits');
         for (const value of ['pending', 'accepted']) select.add(new Option(value, value));
         make('button', {}, 'Set').toggleAttribute('data-plain');
         cell.append(form)",
    );
    assert!(browser.visible("#choice select") && !browser.visible("#choice button"));
    browser.click("#choice option[value=accepted]");
    browser.reads(".toast", "Phone 1 · p1@x.example is accepted in the file.");
    not_loaded_again(&browser);
}
