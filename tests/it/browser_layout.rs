//! Where things stand on a page: on a phone, at a desk, on paper.

use serde_json::json;

use crate::browser::Browser;
use crate::browser_live::{SOON, at, queue, waits};
use crate::spawn::*;

/// Longer than any that the sample has.
const LONG: &str = "maximilian.oberhauser@north.example";

/// The window from here on.
pub fn size(browser: &Browser, width: u32, height: u32) {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
    browser.devtools("Emulation.setDeviceMetricsOverride", size);
}

/// Where the columns of the list begin.
fn columns(browser: &Browser) -> serde_json::Value {
    browser
        .run("return [...document.querySelectorAll('thead th')].map((th) => Math.round(th.getBoundingClientRect().x))")
}

#[test]
fn a_printed_list_shows_status_and_range() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    assert!(browser.visible(".state select") && browser.visible(".state .icon"));
    assert_eq!(browser.run("return document.querySelector('.state select').selectedOptions[0].textContent"), "Pending");
    assert!(!browser.visible(".edit .icon") && !browser.visible("form.tools") && browser.visible(".pages .dim"));
}

#[test]
fn a_phone_shows_app_and_change_on_a_line() {
    let site = queue(&[1, 2]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    size(&browser, 375, 800);
    assert!(browser.visible(".sessions td.app") && browser.visible(".sessions td.when"));
    let below = "const y = (css) => document.querySelector(css).getBoundingClientRect().y;
        return y('.sessions td.app') > y('.sessions td.who') && Math.abs(y('.sessions td.app') - y('.sessions td.when')) < 4";
    assert_eq!(browser.run(below), true);
    browser.go(&server.url("/"));
    assert!(browser.visible(".queue td.app"));
    assert_eq!(browser.run("return document.documentElement.scrollWidth <= innerWidth"), true);
}

#[test]
fn on_desktop_editing_an_email_moves_no_column() {
    let site = queue(&[1]);
    site.put(&waits(2).email(LONG));
    let server = site.serve();
    let browser = at(&server, "/sessions");
    size(&browser, 1920, 900);
    // What is cut off is wider than its place. In a line of text it would have no place of its own, and show nothing.
    let widths = "return [...document.querySelectorAll('td.who .edit bdi')].map((bdi) => [bdi.textContent,
        bdi.scrollWidth, bdi.clientWidth])";
    let widths: Vec<(String, u32, u32)> = serde_json::from_value(browser.run(widths)).expect("widths");
    assert!(widths.iter().any(|(email, ..)| email == LONG), "{widths:?}");
    assert!(widths.iter().all(|(_, whole, shown)| *shown > 0 && whole <= shown), "{widths:?}");
    assert!(browser.run("return document.querySelector('table').offsetWidth").as_u64() > Some(1400));
    size(&browser, 1280, 900);
    let before = columns(&browser);
    browser.click("tbody tr:last-child .edit");
    until(SOON, "the field", || browser.has("td.editing #email"));
    assert_eq!(columns(&browser), before);
}

#[test]
fn the_message_does_not_cover_bulk_actions() {
    let site = queue(&[1, 2, 3]);
    let server = site.serve();
    let browser = at(&server, "/sessions");
    for (width, height) in [(1280, 700), (375, 700)] {
        size(&browser, width, height);
        browser.run("document.querySelectorAll('[name=pick]:checked').forEach((box) => box.click())");
        browser.click("tbody tr:first-child .row-actions button:not(.delete)");
        until(SOON, "the toast", || browser.visible(".toast"));
        browser.run("document.querySelector('tbody tr:last-child [name=pick]').click()");
        let apart = "const [toast, bar] = ['.toast', '.selected'].map((css) => document.querySelector(css).getBoundingClientRect());
            return toast.bottom <= bar.top || toast.top >= bar.bottom";
        assert_eq!(browser.run(apart), true, "{width}");
    }
}

#[test]
fn a_devices_icon_does_not_change_the_layout() {
    let site = queue(&[1, 2]);
    site.put_aged(&waits(3).set("/device/description", "A phone that somebody gave a rather long name to"), 100);
    let server = site.serve();
    let browser = at(&server, "/");
    let sizes = "const measure = () => [...document.querySelectorAll('main, table, tbody tr')].map((e) => [e.scrollWidth, e.offsetHeight]);
        const icons = [...document.querySelectorAll('th.device > a > .icon')], now = measure();
        icons.forEach((icon) => (icon.style.display = 'none'));
        const without = measure();
        icons.forEach((icon) => (icon.style.display = ''));
        // A phone has no room for it.
        const wide = innerWidth < 640 ? 0 : 16;
        return [icons.every((icon) => icon.getBoundingClientRect().width === wide), icons.length, now, without]";
    for path in ["/", "/sessions"] {
        browser.go(&server.url(path));
        for width in [375, 1280] {
            size(&browser, width, 800);
            let seen = browser.run(sizes);
            assert_eq!((&seen[0], &seen[1]), (&json!(true), &json!(3)), "{path} {width}");
            assert_eq!(seen[2], seen[3], "{path} {width}");
        }
    }
}

/// What is cut of e-mails, and whether the page is wider than its window; with letters as wide as those of DejaVu Sans,
/// whose alphabet takes 15.4 times the size of the font.
const CUT: &str = "const probe = document.body.appendChild(document.createElement('span'));
    probe.textContent = 'abcdefghijklmnopqrstuvwxyz';
    const missing = (15.4 * parseFloat(getComputedStyle(probe).fontSize) - probe.getBoundingClientRect().width) / 26;
    probe.remove();
    document.body.style.letterSpacing = `${Math.max(missing, 0)}px`;
    const range = document.createRange();
    const cut = [...document.querySelectorAll('td.who bdi')].filter((bdi) => {
        range.selectNodeContents(bdi);
        const text = range.getBoundingClientRect();
        for (let e = bdi; e.localName !== 'tr'; e = e.parentElement) {
            const box = e.getBoundingClientRect();
            const clips = e.localName === 'td' || getComputedStyle(e).overflowX !== 'visible';
            if (clips && (text.right > box.right + 1 || text.bottom > box.bottom + 3)) return true;
        }
        return text.width === 0;
    });
    const wide = document.documentElement.scrollWidth > innerWidth;
    return [document.querySelectorAll('td.who bdi').length, cut.map((bdi) => bdi.textContent), wide]";

#[test]
fn emails_are_whole_in_every_window() {
    let site = queue(&[1]);
    site.put(&waits(2).email(LONG).set("/device/description", "Betriebsleitungsmobiltelefonersatzgerät"));
    site.put(&waits(3).email("maximilian.oberhauser-von-und-zu@subdomain.of.a.company.example"));
    let server = site.serve();
    let browser = at(&server, "/");
    for path in ["/", "/sessions", "/search?q=phone"] {
        browser.go(&server.url(path));
        for width in [320, 640, 768, 1024, 1279, 2560] {
            size(&browser, width, 800);
            let found = browser.run(CUT);
            let emails = if path.starts_with("/search") { 2 } else { 3 };
            assert_eq!(found, json!([emails, [], false]), "{path} {width}");
        }
    }
}

/// The program's style sheet is made from the one that is read and written: it has the same rules.
#[test]
fn the_packed_style_sheet_has_the_same_rules() {
    let site = queue(&[]);
    let server = site.serve();
    let browser = Browser::start();
    let packed = server.anonymous().get("/static/app.css").status(200).text();
    let written = include_str!("../../static/app.css");
    assert!(packed.len() < written.len() * 9 / 10);
    let differing = "const [one, other] = [...arguments].map((text) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(text);
            // What depends on a variable is kept as it is written.
            return [...sheet.cssRules].map((rule) => rule.cssText.replaceAll(', ', ','));
        });
        return [one.length, one.filter((rule, at) => rule !== other[at])]";
    let found = browser.script(differing, vec![json!(written), json!(packed)]);
    assert!(found[0].as_u64() > Some(300), "{found}");
    assert_eq!(found[1], json!([]));
}
