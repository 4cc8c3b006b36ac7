//! Pictures of every page, for people to look at: `tests/screenshots`.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::browser::Browser;
use crate::browser_axe::look;
use crate::gallery;

#[test]
#[ignore = "makes pictures; nothing is proven"]
fn screenshots() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    gallery::walk(|view, stage| {
        for theme in ["light", "dark"] {
            for width in [375, 1280] {
                look(stage.browser, theme, width);
                shoot(stage.browser, dir.join(format!("{}-{theme}-{width}.png", view.name)));
            }
        }
        if ["overview", "sessions-selected", "session-problems"].contains(&view.name) {
            look(stage.browser, "light", 3840);
            shoot(stage.browser, dir.join(format!("{}-4k.png", view.name)));
            look(stage.browser, "light", 1280);
            let forced = json!([{ "name": "forced-colors", "value": "active" }]);
            stage.browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "", "features": forced }));
            shoot(stage.browser, dir.join(format!("{}-forced-colours.png", view.name)));
            stage.browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print", "features": [] }));
            shoot(stage.browser, dir.join(format!("{}-print.png", view.name)));
        }
    });
}

/// The window, or as much of the page below it as a person scrolls through.
fn shoot(browser: &Browser, path: PathBuf) {
    let height = browser.script("return Math.min(document.documentElement.scrollHeight, 2400)", vec![]);
    let width = browser.script("return innerWidth", vec![]);
    let phone = width.as_u64().unwrap() < 600;
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
    browser.devtools("Emulation.setDeviceMetricsOverride", metrics);
    let picture = browser.devtools("Page.captureScreenshot", json!({ "format": "png" }));
    fs::write(path, STANDARD.decode(picture["data"].as_str().unwrap()).unwrap()).unwrap();
}
