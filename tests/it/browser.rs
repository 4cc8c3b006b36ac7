//! The panel in a real browser, by what a person does: once with scripts, once without.
//!
//! Chromium and its driver are those of the system (Debian: chromium, chromium-driver).

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::spawn::*;

const SOON: Duration = Duration::from_secs(20);
pub const ENTER: &str = "\u{e007}";

/// A browser of one test, ended with all its processes when dropped.
pub struct Browser {
    client: Option<Client>,
    driver: Child,
    port: u16,
    _profile: TempDir,
}

impl Browser {
    #[track_caller]
    pub fn start() -> Self {
        Self::start_with(json!({}))
    }

    /// With options of Chromium's beside those of every test.
    #[track_caller]
    pub fn start_with(mut options: Value) -> Self {
        let profile = tempfile::Builder::new().prefix("mobile-sessions-browser-").tempdir().expect("a folder");
        let driver = Command::new("chromedriver")
            .arg("--port=0")
            .env("HOME", profile.path())
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver: install chromium and chromium-driver");
        let mut browser = Self { client: None, driver, port: 0, _profile: profile };
        let port = browser.listening_on();
        browser.port = port;
        let profile = browser._profile.path().join("profile");
        options["args"] = json!([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,900",
            format!("--user-data-dir={}", profile.to_str().expect("a path")),
        ]);
        let capabilities = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
            // Certificates of tests are their own.
            "acceptInsecureCerts": true,
        });
        let capabilities = capabilities.as_object().expect("an object").clone();
        let connect = async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities).connect(&format!("http://127.0.0.1:{port}")).await
        };
        browser.client = Some(wait(connect).expect("a browser"));
        browser
    }

    /// The port that the driver says it took.
    fn listening_on(&mut self) -> u16 {
        let lines = BufReader::new(self.driver.stdout.take().expect("a pipe")).lines();
        let mut lines = lines.map_while(Result::ok);
        let started =
            lines.find_map(|line| line.split_once("started successfully on port ").map(|(_, port)| port.to_owned()));
        let port = started.expect("a driver that starts");
        // What else it says is read away, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        port.trim_end_matches('.').parse().expect("a port")
    }

    pub fn client(&self) -> &Client {
        self.client.as_ref().expect("a browser")
    }

    #[track_caller]
    pub fn go(&self, address: &str) {
        wait(self.client().goto(address)).expect("the page");
    }

    /// A command that chromedriver has beside those of the standard.
    #[track_caller]
    fn drive(&self, command: &str, body: &Value) -> Value {
        let session = wait(self.client().session_id()).expect("a session").expect("an id");
        let url = format!("http://127.0.0.1:{}/session/{session}/{command}", self.port);
        let asked = reqwest::Client::new().post(url).json(body).send();
        let mut said: Value = wait(async { asked.await?.json().await }).expect("an answer of the driver");
        said["value"].take()
    }

    /// A method of the browser's DevTools protocol.
    #[track_caller]
    pub fn devtools(&self, method: &str, parameters: Value) -> Value {
        let said = self.drive("goog/cdp/execute", &json!({ "cmd": method, "params": parameters }));
        assert!(said["error"].is_null(), "{method}: {said}");
        said
    }

    /// What a script returns; a promise is waited for. No policy of the page's holds it up.
    #[track_caller]
    pub fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        wait(self.client().execute(script, arguments)).unwrap_or_else(|error| panic!("{script:.200}: {error}"))
    }

    /// What the browser itself had to say since it was last asked, as of what its policy made it refuse.
    #[track_caller]
    pub fn console(&self) -> Vec<String> {
        let said = self.drive("se/log", &json!({ "type": "browser" }));
        let lines = said.as_array().expect("lines").iter();
        lines.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// How many elements there are.
    pub fn count(&self, css: &str) -> usize {
        wait(self.client().find_all(Locator::Css(css))).map_or(0, |all| all.len())
    }

    pub fn has(&self, css: &str) -> bool {
        wait(self.client().find(Locator::Css(css))).is_ok()
    }

    #[track_caller]
    pub fn click(&self, css: &str) {
        self.act(css, async |element| element.click().await);
    }

    /// Clicks the link with these words.
    #[track_caller]
    fn follow(&self, text: &str) {
        let link = format!("//a[starts-with(normalize-space(.), '{text}')]");
        eventually(SOON, || {
            wait(async { self.client().find(Locator::XPath(&link)).await?.click().await })
                .map_err(|e| format!("{text}: {e}"))
        });
    }

    /// Replaces what stands in a field.
    #[track_caller]
    pub fn fill(&self, css: &str, text: &str) {
        self.act(css, async |element| {
            element.clear().await?;
            element.send_keys(text).await
        });
    }

    #[track_caller]
    fn act(&self, css: &str, act: impl AsyncFn(Element) -> Result<(), CmdError>) {
        let act = async || act(self.client().find(Locator::Css(css)).await?).await;
        eventually(SOON, || wait(act()).map_err(|error| format!("{css}: {error}")));
    }

    pub fn text(&self, css: &str) -> String {
        wait(async { self.client().find(Locator::Css(css)).await?.text().await }).unwrap_or_default()
    }

    /// Waits until the text of an element holds this.
    #[track_caller]
    pub fn reads(&self, css: &str, text: &str) {
        eventually(SOON, || {
            let now = self.text(css);
            if now.contains(text) { Ok(()) } else { Err(format!("{css}: {now:?}, not {text:?}")) }
        });
    }

    pub fn visible(&self, css: &str) -> bool {
        wait(async { self.client().find(Locator::Css(css)).await?.is_displayed().await }).unwrap_or_default()
    }

    /// What a script in the page returns.
    #[track_caller]
    pub fn run(&self, script: &str) -> Value {
        wait(self.client().execute(script, Vec::new())).expect("a script")
    }

    /// Presses keys wherever the focus is.
    #[track_caller]
    pub fn keys(&self, keys: &str) {
        wait(async { self.client().active_element().await?.send_keys(keys).await }).expect("the keys");
    }

    /// Presses a key with the focus on the page itself.
    #[track_caller]
    pub fn press(&self, key: &str) {
        self.act("body", async |body| body.send_keys(key).await);
    }

    #[track_caller]
    fn rows(&self, count: usize) {
        eventually(SOON, || {
            let found =
                wait(self.client().find_all(Locator::Css("table.sessions tbody tr"))).map_or(0, |all| all.len());
            if found == count { Ok(()) } else { Err(format!("{found} rows, not {count}")) }
        });
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let close = async { tokio::time::timeout(Duration::from_secs(5), client.close()).await };
            let _ = wait(close);
        }
        let _ = kill_process_group(Pid::from_child(&self.driver), Signal::KILL);
        let _ = self.driver.wait();
    }
}

#[track_caller]
fn file_says(site: &Site, id: &str, field: &str, value: &str) {
    eventually(SOON, || {
        let bytes = fs::read(site.path(CONTACT, id)).map_err(|error| error.to_string())?;
        let document: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        if document[field] == value { Ok(()) } else { Err(document[field].to_string()) }
    });
}

fn somebody_waits() -> Site {
    Site::with(&[
        session(CONTACT, &id(1)).status("pending").email("ann@x.example").set("/device/description", "Pixel 4"),
        session(CONTACT, &id(2)).email("bob@x.example"),
        session(CONTACT, &id(3)).email("cid@x.example"),
        session(TASKS, &id(4)).email("dan@x.example"),
    ])
}

/// From the one-time link to the undo of a deletion.
fn walk(browser: &Browser, site: &Site, server: &Server<'_>) {
    let waits = id(1);
    let original = site.read(CONTACT, &waits);

    browser.go(&server.url(&server.setup_link()));
    browser.fill("#name", "owner1");
    browser.fill("#password", PASSWORD);
    browser.click(".fields button");
    browser.reads("h1", "1 device is waiting");
    assert_eq!(wait(browser.client().title()).expect("a title"), "(1) Sessions");

    browser.click(".queue .row-actions button");
    browser.reads(".toast", "Pixel 4 · ann@x.example is accepted in the file.");
    file_says(site, &waits, "status", "accepted");
    browser.reads("h1", "Nobody is waiting");
    browser.reads(".bar", "1 change not pushed");
    browser.click(".toast button");
    browser.reads("h1", "1 device is waiting");
    file_says(site, &waits, "status", "pending");
    assert_eq!(site.read(CONTACT, &waits), original);

    browser.click("nav.main a[href='/sessions']");
    browser.rows(4);
    browser.follow("E-mail");
    browser.reads("th[aria-sort=ascending]", "E-mail");
    browser.reads("table.sessions tbody tr:first-child", "ann@x.example");
    browser.follow("E-mail");
    browser.reads("th[aria-sort=descending]", "E-mail");
    browser.reads("table.sessions tbody tr:first-child", "dan@x.example");
    browser.follow("Pending");
    browser.rows(1);
    browser.follow("All ");
    browser.rows(4);
    browser.fill("main [type=search]", &format!("bob{ENTER}"));
    browser.rows(1);
    browser.reads("table.sessions tbody tr", "bob@x.example");
    assert!(browser.has("th[aria-sort=descending]"), "a search keeps the sort");
    browser.fill("main [type=search]", &format!("ann{ENTER}"));
    browser.reads("table.sessions tbody tr", "ann@x.example");

    browser.click("table.sessions tbody .device a");
    browser.reads("h1", "Pixel 4");
    browser.reads("pre.json", "\"description\": \"Pixel 4\"");
    browser.fill("#email", "not\u{85}an address");
    browser.click(".fields .line button");
    browser.reads("#email-error", "This is neither an e-mail address");
    browser.fill("#email", "new@x.example");
    browser.fill("#reason", "a new address");
    browser.click(".fields .line button");
    browser.reads(".toast", "The e-mail of Pixel 4 · ann@x.example is new@x.example.");
    file_says(site, &waits, "email", "new@x.example");
    browser.reads(".feed", "a new address");

    let edited = site.read(CONTACT, &waits);
    browser.click(".page-actions .danger");
    browser.reads(".toast", "is deleted.");
    browser.rows(2);
    assert!(!site.path(CONTACT, &waits).exists());
    browser.click("nav.main a[href='/changes']");
    browser.reads("table.journal tbody tr:first-child", "owner1 deleted");
    browser.click("table.journal tbody tr:first-child .row-actions button");
    browser.reads(".toast", "Undone: Pixel 4 · new@x.example is back.");
    assert_eq!(site.read(CONTACT, &waits), edited);
}

#[test]
fn a_person_accepts_a_device_and_undoes_it() {
    let site = somebody_waits();
    let server = site.serve();
    let browser = Browser::start();
    walk(&browser, &site, &server);

    // What scripts add: a key for the search, one box for all rows, the reader's own time.
    browser.click("nav.main a[href='/sessions']");
    browser.rows(4);
    browser.press("/");
    let focused = wait(browser.client().execute("return document.activeElement.name", Vec::new())).expect("a script");
    assert_eq!(focused, "q");
    assert!(!browser.visible(".selected"), "nothing is selected");
    browser.click("#pick-all");
    assert!(browser.visible(".selected"));
    browser.click(".selected button[value=pending]");
    browser.reads(".toast", "sessions are pending.");
    for (app, n) in [(CONTACT, 1), (CONTACT, 2), (CONTACT, 3), (TASKS, 4)] {
        let document: Value = serde_json::from_slice(&site.read(app, &id(n))).expect("JSON");
        assert_eq!(document["status"], "pending");
    }
}

#[test]
fn the_same_is_done_with_scripts_switched_off() {
    let site = somebody_waits();
    let server = site.serve();
    let browser = Browser::start_with(json!({ "prefs": { "profile.managed_default_content_settings.javascript": 2 } }));
    browser.go("data:text/html,<h1>off</h1><script>document.querySelector('h1').textContent='on'</script>");
    assert_eq!(browser.text("h1"), "off", "scripts do not run");
    walk(&browser, &site, &server);
}

#[test]
fn on_a_phone_nothing_sticks_out_of_the_screen() {
    let long = "a.very.long.address.of.somebody@subdomain.of.a.company.example";
    let site = Site::with(&[
        session(CONTACT, &id(1)).status("pending").email(long).set("/device/simulator", true),
        session(CONTACT, &id(2)).email(long).set("/device/description", "A device with a rather long name (2026)"),
        session(CONTACT, &id(3)).set("/team/id", "XXXXXXXXXX"),
    ]);
    site.write(CONTACT, &id(4), b"{ broken");
    let server = site.serve();
    let phone = json!({ "width": 360, "height": 740, "pixelRatio": 2.0, "touch": true });
    let browser = Browser::start_with(json!({ "mobileEmulation": { "deviceMetrics": phone } }));
    let fits = |path: &str| {
        browser.go(&server.url(path));
        let out = "const wide = [...document.querySelectorAll('body *')].filter((e) => !e.closest('.chips, thead, .hidden, svg, bdi'))
            .filter((e) => { const box = e.getBoundingClientRect(); return box.width && (box.right > 361 || box.left < -1) });
            return [document.documentElement.scrollWidth, wide.map((e) => e.outerHTML.slice(0, 120))]";
        let seen = wait(browser.client().execute(out, Vec::new())).expect("a script");
        assert_eq!(seen, json!([360, []]), "{path}");
        let squeezed = "return [...document.querySelectorAll('table.sessions tbody tr')].filter((row) =>
                row.offsetHeight > 160 || row.querySelector('th bdi').getBoundingClientRect().width < 20)
            .map((row) => row.innerText)";
        assert_eq!(browser.run(squeezed), json!([]), "{path}");
    };
    let link = server.setup_link();
    fits(&link);
    browser.go(&server.url(&link));
    browser.fill("#name", "owner1");
    browser.fill("#password", PASSWORD);
    browser.click(".fields button");
    browser.reads("h1", "1 device is waiting");
    browser.click(".queue .row-actions button");
    browser.reads(".toast", "is accepted in the file.");
    browser.click(".toast button");
    browser.reads("h1", "1 device is waiting");
    let page = |n: u32| format!("/apps/{CONTACT}/sessions/{}", id(n));
    for path in ["/", "/sessions", &format!("/apps/{CONTACT}"), &page(2), &page(3), &page(4), "/changes", "/nothing"] {
        fits(path);
    }
}
