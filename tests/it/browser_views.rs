//! A view in a real browser: its filter in the address, its language, its theme.

use std::fs::File;
use std::time::{Duration, SystemTime};

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::browser::{Browser, ENTER};
use crate::browser_axe::look;
use crate::browser_live::{SOON, at, log_in_elsewhere, queue, rows, slow, waits};
use crate::pages::page_of;
use crate::spawn::*;

fn address(browser: &Browser) -> String {
    let url = wait(browser.client().current_url()).expect("an address");
    url[url::Position::BeforePath..].to_owned()
}

#[test]
fn a_filtered_list_lives_in_its_address() {
    let site = queue(&[1, 2, 3]);
    site.put(&waits(4).status("accepted"));
    let server = site.serve();
    let browser = at(&server, "/sessions");
    browser.click(".chips a[href*='status=pending']");
    rows(&browser, &["Phone 3", "Phone 2", "Phone 1"]);
    browser.click("th.who a");
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    browser.fill("main [type=search]", &format!("phone{ENTER}"));
    until(SOON, "the search in the address", || address(&browser).contains("q=phone"));
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    let sent = address(&browser);
    for part in ["status=pending", "sort=email", "q=phone"] {
        assert!(sent.contains(part), "{part} is in {sent}");
    }

    // A colleague opens it.
    let other = Browser::start();
    other.go(&server.url(&sent));
    other.fill("#name", "olga");
    other.fill("#password", PASSWORD);
    other.click(".gate button");
    rows(&other, &["Phone 1", "Phone 2", "Phone 3"]);
    assert_eq!(address(&other), sent, "a login leads to what was asked for");
    assert_eq!(other.run("return document.querySelector('main [type=search]').value"), "phone");
    assert_eq!(other.count(".chips a[aria-current]"), 1);

    browser.click("table.sessions tbody tr:first-child .device > a");
    browser.reads("h1", "Phone 1");
    wait(browser.client().back()).expect("back");
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    assert_eq!(address(&browser), sent);
    wait(browser.client().back()).expect("back");
    until(SOON, "the list before the search", || !address(&browser).contains("q=phone"));
    rows(&browser, &["Phone 1", "Phone 2", "Phone 3"]);
    wait(browser.client().back()).expect("back");
    rows(&browser, &["Phone 3", "Phone 2", "Phone 1"]);
}

#[test]
fn search_follows_typing_and_back_skips_it() {
    let site = queue(&[1, 2, 13]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    rows(&browser, &["Phone 13", "Phone 2", "Phone 1"]);
    browser.press("f");
    browser.keys("phone 1");
    rows(&browser, &["Phone 13", "Phone 1"]);
    assert!(address(&browser).contains("q=phone+1"), "{}", address(&browser));
    browser.keys("3");
    rows(&browser, &["Phone 13"]);
    let field = browser.run("const e = document.activeElement; return [e.name, e.value, e.selectionStart]");
    assert_eq!(field, json!(["q", "phone 13", 8]), "one goes on writing");
    browser.keys("5");
    browser.reads(".empty p", "Nothing fits these filters.");
    browser
        .run("const e = document.activeElement; e.value = ''; e.dispatchEvent(new Event('input', { bubbles: true }))");
    rows(&browser, &["Phone 13", "Phone 2", "Phone 1"]);
    assert_eq!(address(&browser), "/sessions");
    browser.keys("phone 2");
    rows(&browser, &["Phone 2"]);
    // What arrives meanwhile comes into the list, and the field is left alone.
    site.put(&waits(22));
    rows(&browser, &["Phone 22", "Phone 2"]);
    assert_eq!(browser.run("return document.activeElement.value"), "phone 2");
    wait(browser.client().back()).expect("back");
    rows(&browser, &["Phone 22", "Phone 13", "Phone 2", "Phone 1"]);
    assert_eq!(browser.run("return document.querySelector('main [type=search]').value"), "");
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_failed_search_takes_nothing_from_the_typist() {
    let site = queue(&[1, 2, 13]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    let rest = || std::thread::sleep(std::time::Duration::from_millis(600));
    let field = || browser.run("const e = document.activeElement; return [e.name, e.value]");

    // One search overtakes another: one still goes back to the list.
    slow(&browser, json!([["q=pho", 900]]));
    browser.press("f");
    browser.keys("pho");
    rest();
    browser.keys("ne 1");
    rows(&browser, &["Phone 13", "Phone 1"]);
    wait(browser.client().back()).expect("back");
    rows(&browser, &["Phone 13", "Phone 2", "Phone 1"]);
    assert_eq!(address(&browser), "/sessions");
    browser.run("slowed = []");

    // What cannot be had is asked for again.
    browser.run("window.good = fetch; window.fetch = () => Promise.reject(new TypeError())");
    browser.fill("main [type=search]", "phone 2");
    rest();
    assert_eq!(field(), json!(["q", "phone 2"]));
    assert_eq!(browser.count(".toast"), 0, "nobody is told off for each letter");
    browser.run("window.fetch = good");
    rows(&browser, &["Phone 2"]);
    assert_eq!(field(), json!(["q", "phone 2"]));

    // Who presses Enter is told, and their words stay.
    browser.run("window.fetch = () => Promise.reject(new TypeError())");
    browser.fill("main [type=search]", &format!("phone 13{ENTER}"));
    until(SOON, "told", || browser.has(".toast.stays"));
    assert_eq!(field(), json!(["q", "phone 13"]));
    browser.run("window.fetch = good");
    browser.keys(ENTER);
    rows(&browser, &["Phone 13"]);
    browser.fill("main [type=search]", "phone 2");
    rows(&browser, &["Phone 2"]);

    // A filter that is chosen before the search set out is not undone by it.
    browser.keys("9");
    browser.click(".chips a[href*='status=pending']");
    until(SOON, "the filter", || address(&browser).contains("status=pending"));
    rest();
    assert!(address(&browser).contains("status=pending") && !address(&browser).contains('9'), "{}", address(&browser));
    assert_eq!(browser.run("return document.querySelector('main [type=search]').value"), "phone 2");

    // A row that is being edited stays, until Enter says that it may go.
    browser.click("tbody tr:first-child [data-edit]");
    browser.fill("#email", "half");
    browser.fill("main [type=search]", "nobody");
    rest();
    assert_eq!(browser.run("return email.value"), "half");
    browser.keys(ENTER);
    browser.reads(".empty p", "Nothing fits these filters.");
}

#[test]
fn who_goes_on_typing_after_enter_finds_what_they_typed() {
    let site = queue(&[1, 2, 13]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    slow(&browser, json!([["q=phone+1", 900]]));
    browser.press("f");
    browser.keys(&format!("phone 1{ENTER}"));
    browser.keys("3");
    rows(&browser, &["Phone 13"]);
    let field = browser.run("const e = document.activeElement; return [e.name, e.value, e.selectionStart]");
    assert_eq!(field, json!(["q", "phone 13", 8]));
    assert!(address(&browser).contains("q=phone+13"), "{}", address(&browser));
}

#[test]
fn a_search_survives_a_logout() {
    let site = queue(&[1, 2, 13]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    browser.press("f");
    browser.keys("phone 1");
    rows(&browser, &["Phone 13", "Phone 1"]);
    wait(browser.client().delete_all_cookies()).expect("no cookies");
    browser.keys("3");
    browser.reads("#live", "You are logged out. Log in");
    assert_eq!(browser.run("return document.activeElement.value"), "phone 13");
    rows(&browser, &["Phone 13", "Phone 1"]);
    log_in_elsewhere(&browser, "#live a");
    browser.run("dispatchEvent(new Event('focus'))");
    until(SOON, "heard of it", || browser.text("#live").is_empty());
    assert_eq!(browser.run("return document.querySelector('main [type=search]').value"), "phone 13");
    browser.fill("main [type=search]", &format!("phone 13{ENTER}"));
    rows(&browser, &["Phone 13"]);
}

/// By what it looks like: what means to lead somewhere or to be pressed has no use on paper.
#[test]
fn print_shows_content_without_controls() {
    let site = queue(&[1, 2]);
    site.put(&waits(3).status("accepted"));
    let server = site.serve();
    let browser = at(&server, "/sessions?limit=10");
    let on_paper = |path: &str| {
        browser.go(&server.url(path));
        let paper = json!({ "media": "print", "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        browser.devtools("Emulation.setEmulatedMedia", paper);
        browser.run(
            "const seen = (css) => [...document.querySelectorAll(css)].filter((e) => e.checkVisibility());
             return { pressed: seen('button, .button, nav.main a, input:not([type=hidden]), .toast').map((e) => e.outerHTML),
                      words: document.body.innerText, ground: getComputedStyle(document.documentElement).backgroundColor,
                      chosen: seen('main select').map((e) => e.selectedOptions[0].textContent.trim()) }",
        )
    };
    for path in ["/", "/sessions", &page_of(CONTACT, &id(1)), "/changes", "/push"] {
        let printed = on_paper(path);
        assert_eq!(printed["pressed"], json!([]), "{path}");
        assert_ne!(printed["words"].as_str().map(str::len), Some(0), "{path}");
        assert_eq!(printed["ground"], "rgb(255, 255, 255)", "{path}: ink is not wasted on a dark page");
    }
    let list = on_paper("/sessions");
    assert_eq!(list["chosen"], json!(["Accepted", "Pending", "Pending"]));
    for n in [1, 2, 3] {
        assert!(list["words"].as_str().unwrap().contains(&format!("Phone {n}")), "{list}");
    }
}

#[test]
fn forced_colours_still_show_states() {
    let site = queue(&[1, 2]);
    site.put(&waits(3).status("accepted"));
    let server = site.serve();
    let browser = at(&server, "/sessions?status=pending");
    let forced = json!({ "media": "", "features": [{ "name": "forced-colors", "value": "active" }] });
    browser.devtools("Emulation.setEmulatedMedia", forced);
    browser.click("tbody tr:first-child [name=pick]");
    let outlines = browser.run(
        "return ['.chip[aria-current]', '.chip:not([aria-current])', 'tbody tr:first-child', 'tbody tr:last-child',
                 'nav.main a[aria-current]', 'nav.main a:not([aria-current])']
            .map((css) => getComputedStyle(document.querySelector(css)).outlineStyle)",
    );
    assert_eq!(outlines, json!(["solid", "none", "solid", "none", "solid", "none"]));
    browser.go(&server.url("/"));
    let fills = browser.run(
        "return ['.ok', '.wait'].map((kind) => getComputedStyle(document.querySelector(`svg.share ${kind}`)).fill)",
    );
    assert_ne!(fills[0], fills[1], "what waits stands out of the bar");
}

/// Chooses on the page of one's account.
fn choose(browser: &Browser, server: &Server<'_>, field: &str, value: &str) {
    browser.go(&server.url("/account"));
    browser.click(&format!("#{field} option[value='{value}']"));
    browser.click("form[action='/account/settings'] button.primary");
    until(SOON, "saved", || !browser.text(".toast").is_empty());
}

/// Each language, what it says of something that was done this moment, and how it writes a day.
const WORDS_OF_TIME: [(&str, &str, &str); 6] = [
    ("de", "gerade eben", "1. März 2026"),
    ("en", "just now", "1 Mar 2026"),
    ("es", "ahora mismo", "1 mar 2026"),
    ("fr", "à l’instant", "1er mars 2026"),
    ("ja", "たった今", "2026年3月1日"),
    ("pt", "agora mesmo", "1 mar. 2026"),
];

/// When the newest change was made, in words of this language: how long ago, and by the reader's own clock.
#[track_caller]
fn told_in(code: &str, just_now: &str, browser: &Browser, server: &Server<'_>) {
    let script = "const time = document.querySelector('.journal time');
        const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
        return [time?.textContent, time?.title, clock.format(new Date(time?.dateTime))]";
    let mut changes = 0;
    eventually(SOON, || {
        changes += 1;
        let email = json!({ "email": format!("{code}{changes}@corp.example") });
        server.operator().patch(&session_path(CONTACT, &id(1)), email).status(200);
        browser.go(&server.url("/changes"));
        let told = browser.run(script);
        // On a busy machine, it was some time ago.
        let has_clock = told[1].as_str().zip(told[2].as_str()).is_some_and(|(title, clock)| title.contains(clock));
        if told[0] == just_now && has_clock { Ok(()) } else { Err(told) }
    });
}

#[test]
fn a_chosen_language_shows_on_the_next_page() {
    let site = queue(&[1]);
    site.put(&waits(2));
    // The evening before, where the server counts the days.
    let evening = SystemTime::UNIX_EPOCH + Duration::from_secs(1_772_310_607);
    let file = File::options().append(true).open(site.path(CONTACT, &id(2))).expect("the file");
    file.set_modified(evening).expect("its time");
    let server = site.serve();
    let browser = at(&server, "/account");
    browser.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": "Asia/Tokyo" }));
    let codes =
        browser.run("return [...document.querySelectorAll('#language option')].map((o) => o.value).filter(Boolean)");
    let codes: Vec<String> = serde_json::from_value(codes).expect("codes");
    assert_eq!(codes, WORDS_OF_TIME.map(|(code, ..)| code));
    look(&browser, "light", 375);
    let mut titles = Vec::new();
    for (code, just_now, day) in WORDS_OF_TIME {
        choose(&browser, &server, "language", code);
        told_in(code, just_now, &browser, &server);
        browser.go(&server.url("/sessions?sort=-device"));
        let time = browser
            .run("const { title, textContent } = document.querySelector('td.when time'); return [textContent, title]");
        assert_eq!(time[0], day);
        assert!(time[1].as_str().is_some_and(|exact| exact.starts_with(day) && exact.contains("05:30:07")), "{time}");
        let session = format!("/apps/{CONTACT}/sessions/{}", id(1));
        for path in ["/", "/sessions", &session, "/changes", "/push"] {
            browser.go(&server.url(path));
            let page = browser.run(
                "return [document.documentElement.lang, document.querySelector('h1').innerText,
                    Math.max(document.documentElement.scrollWidth, innerWidth)]",
            );
            assert_eq!(page[0], json!(code), "{path}");
            assert_eq!(page[2], 375, "{path} in {code} fits a phone");
            if path == "/" {
                titles.push(page[1].to_string());
            }
        }
    }
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), codes.len(), "{titles:?}");
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_chosen_theme_overrides_the_system() {
    let site = queue(&[1]);
    let server = site.serve();
    let browser = at(&server, "/account");
    let is_dark = || {
        let rgb = browser
            .run("return getComputedStyle(document.documentElement).backgroundColor.match(/[0-9.]+/g).map(Number)");
        let sum: f64 = rgb.as_array().expect("a colour").iter().take(3).filter_map(Value::as_f64).sum();
        sum < 200.0
    };
    for (chosen, on_light, on_dark) in [("dark", true, true), ("light", false, false), ("", false, true)] {
        look(&browser, "light", 1280);
        choose(&browser, &server, "theme", chosen);
        browser.go(&server.url("/"));
        assert!(wait(browser.client().find(Locator::Css(".queue"))).is_ok());
        assert_eq!(is_dark(), on_light, "{chosen:?} on a light system");
        look(&browser, "dark", 1280);
        assert_eq!(is_dark(), on_dark, "{chosen:?} on a dark system");
    }
    // And what is bold: who waits, or who is accepted.
    site.put(&session(CONTACT, &id(2)));
    let weights = || {
        browser.go(&server.url("/sessions"));
        browser.run(
            "const weight = (row) => getComputedStyle(row.querySelector('th a')).fontWeight;
             return Object.fromEntries([...document.querySelectorAll('.sessions tbody tr')].map((row) => [row.className, weight(row)]))",
        )
    };
    until(SOON, "bold is what waits", || weights() == json!({ "accepted": "400", "pending": "600" }));
    browser.go(&server.url("/account"));
    browser.click("[name=bold_accepted]");
    browser.click("form[action='/account/settings'] button.primary");
    until(SOON, "saved", || !browser.text(".toast").is_empty());
    until(SOON, "bold is what is accepted", || weights() == json!({ "accepted": "600", "pending": "400" }));
}

#[test]
fn a_wrong_filter_is_mended_in_place() {
    let site = queue(&[1]);
    let server = site.serve();
    server.operator().patch(&waits(1).path(), json!({ "status": "accepted" })).status(200);
    let browser = at(&server, "/changes?since=yesterday&action=set_status");
    browser.reads(".filters .wrong", "From: This is not a date.");
    let at = "return [document.activeElement.name || document.activeElement.textContent, document.querySelector('[name=since]').value]";
    assert_eq!(browser.run(at), json!(["since", "yesterday"]), "one begins there");
    // What happens meanwhile leaves the focus where it is.
    browser.run("document.querySelector('.filters .button').focus()");
    site.put(&waits(2));
    until(SOON, "a count", || wait(browser.client().title()).is_ok_and(|title| title.starts_with("(1)")));
    assert_eq!(browser.run(at), json!(["Clear the filters", "yesterday"]));
    browser.fill("[name=since]", &format!("2020-01-01{ENTER}"));
    browser.reads("table.journal tbody", "accepted");
    assert_eq!(
        browser.run("const f = document.querySelector('[name=since]'); return [f.type, f.value]"),
        json!(["date", "2020-01-01"])
    );
    assert!(!browser.has("[aria-invalid], .wrong") && address(&browser).contains("action=set_status"));
}
