//! What axe-core finds on every page, in both themes, narrow and wide; and that no page is wider than its window.
//!
//! `tests/run` installs axe-core below `target/node`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::gallery::{self, View, Who};

/// What WCAG 2.2 asks for at level AA, and axe's own advice beside it.
const ASKED: [&str; 7] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const WIDTHS: [u32; 2] = [360, 1280];
/// A window of 1280 pixels at 400 %, phones, at 200 %, a desk, 4K.
const FITS: [u32; 7] = [320, 360, 640, 800, 1280, 2560, 3840];

#[test]
fn axe_finds_nothing_on_any_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/node/node_modules/axe-core/axe.min.js");
    let axe =
        fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing: tests/run installs it", path.display()));
    let mut found = Vec::new();
    gallery::walk(|view, stage| {
        let browser = stage.browser;
        browser.script(&axe, vec![]);
        for theme in ["light", "dark"] {
            for width in WIDTHS {
                look(browser, theme, width);
                for violation in judge(browser, view) {
                    let fault = format!("{} {theme} {width}: {violation}", view.name);
                    eprintln!("FAULT {fault}");
                    found.push(fault);
                }
            }
        }
        if view.who != Who::Nobody && !browser.has("nav.main") {
            found.push(format!("{}: no navigation", view.name));
        }
        for width in FITS {
            look(browser, "light", width);
            for unfit in too_wide(browser, width).into_iter().chain(crushed(browser)) {
                let fault = format!("{} {width}: {unfit}", view.name);
                eprintln!("FAULT {fault}");
                found.push(fault);
            }
        }
    });
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// No page scrolls sideways on the narrowest phone, whose words are longer than English ones.
fn fits_a_phone(language: &str) {
    let mut found = Vec::new();
    gallery::walk_in(language, |view, stage| {
        let browser = stage.browser;
        look(browser, "light", 320);
        assert_eq!(browser.run("return document.documentElement.lang"), language, "{}", view.name);
        let unfit = too_wide(browser, 320).into_iter().chain(crushed(browser));
        found.extend(unfit.map(|unfit| format!("{} {language}: {unfit}", view.name)));
        look(browser, "light", 1280);
    });
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_page_fits_a_phone_in_french() {
    fits_a_phone("fr");
}

#[test]
fn every_page_fits_a_phone_in_german() {
    fits_a_phone("de");
}

#[test]
fn every_page_fits_a_phone_in_spanish() {
    fits_a_phone("es");
}

#[test]
fn every_page_fits_a_phone_in_japanese() {
    fits_a_phone("ja");
}

#[test]
fn every_page_fits_a_phone_in_portuguese() {
    fits_a_phone("pt");
}

/// The window from here on.
pub fn look(browser: &Browser, theme: &str, width: u32) {
    let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600 });
    browser.devtools("Emulation.setDeviceMetricsOverride", metrics);
    let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "", "features": features }));
    // What the bar is over, because the focus is further down, is in sight for a person who scrolls.
    browser.script("scrollTo({ top: 0, behavior: 'instant' })", vec![]);
}

fn judge(browser: &Browser, view: &View) -> Vec<String> {
    // What floats hides a part of what is below, until it is closed: it alone is judged.
    let where_ = match view.name {
        "menu-open" => json!({ "include": [".bar"] }),
        "keys-open" => json!({ "include": ["#keys"] }),
        _ => json!({ "include": ["html"] }),
    };
    // What sticks to the window's edge lies over rows until one scrolls on: it stands still while the page is judged.
    let run = "const [where, tags] = arguments;
        for (const bar of document.querySelectorAll('.selected')) bar.style.position = 'static';
        return axe.run(where, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
            .then((said) => said.violations.flatMap((rule) => rule.nodes.map((node) =>
                `${rule.id}: ${node.target.join(' ')}: ${node.html.slice(0, 200)} (${node.failureSummary.split('\\n').slice(1).map((line) => line.trim()).join('; ')})`)))";
    let said = browser.script(run, vec![where_, json!(ASKED)]);
    said.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

/// What makes a page wider than its window. A phone would make the window itself wider, so that its width is said.
fn too_wide(browser: &Browser, width: u32) -> Vec<String> {
    let ask = "const [width] = arguments, wide = document.documentElement.scrollWidth;
        if (wide <= width && innerWidth <= width) return [];
        const out = [...document.querySelectorAll('body *')].filter((e) => !e.closest('.chips') && e.getBoundingClientRect().right > width + 1);
        return ['wider than the window: ' + wide + ' ' + out.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(' | ')]";
    let said: Value = browser.script(ask, vec![json!(width)]);
    said.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

/// What is shown in a list with no room to be read in.
fn crushed(browser: &Browser) -> Vec<String> {
    let ask = "return [...document.querySelectorAll('.list tbody :is(td, th)')]
        .filter((e) => e.checkVisibility() && e.innerText.trim() && e.clientWidth < 24 && e.scrollWidth > e.clientWidth)
        .slice(0, 3).map((e) => `no room for ${e.className}: ${e.innerText}`)";
    let said: Value = browser.script(ask, vec![]);
    said.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}
