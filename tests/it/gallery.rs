//! Every page of the panel in every state that looks different: one table, which the tests of the pages' quality and
//! `tests/screenshots` go through.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::access::routes_of_the_code;
use crate::browser::Browser;
use crate::second_factor::App;
use crate::spawn::*;

/// Words that are long without a space, as they are in German.
const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const LONG_APP: &str = "UTT7VDX8W5.com.example.donaudampfschifffahrtsgesellschaft.aussendienstmitarbeiter";
/// The first app of the demo, and the name of one of ours in it.
const APP: &str = "8Q2LKX5T7M.com.acme.FieldService";

/// What a page is shown on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// The folder of the demo, with 4D's stand-in; nobody is logged in.
    Demo,
    /// A folder without an app, no bridge; the first owner is still to come, and every password is soon asked for again.
    Empty,
    /// A folder that is away.
    Away,
    /// Everybody has to have a second factor.
    Strict,
}
use Place::{Away, Demo, Empty, Strict};

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Who {
    Nobody,
    Owner,
    Viewer,
}
use Who::{Nobody, Owner, Viewer};

/// One page in one state.
pub struct View {
    pub name: &'static str,
    /// The route that answers with it.
    route: &'static str,
    pub place: Place,
    pub who: Who,
    /// Brings the browser to it.
    show: fn(&Stage),
    /// What only this page has: no other one is judged in its stead.
    has: &'static str,
}

const fn view(
    name: &'static str,
    route: &'static str,
    place: Place,
    who: Who,
    has: &'static str,
    show: fn(&Stage),
) -> View {
    View { name, route, place, who, show, has }
}

/// In the order in which they are shown: some leave something behind that the next ones are to have.
pub const VIEWS: &[View] = &[
    view("setup", "GET /setup", Empty, Nobody, "#password", |on| on.go(&on.server.setup_link())),
    view("setup-errors", "POST /setup", Empty, Nobody, "[aria-invalid]", |on| {
        let link = on.server.setup_link();
        let token = link.split_once("token=").unwrap().1;
        on.go(&link);
        on.send("/setup", json!([["token", token], ["name", "olga"], ["password", "short"]]));
    }),
    view("overview-no-apps", "GET /", Empty, Owner, "h1", |on| on.go("/")),
    view("sessions-none", "GET /sessions", Empty, Owner, "h1", |on| on.go("/sessions")),
    view("changes-none", "GET /changes", Empty, Owner, "h1", |on| on.go("/changes")),
    view("push-without-bridge", "GET /push", Empty, Owner, "h1", |on| on.go("/push")),
    view("rules-none", "GET /rules", Empty, Owner, "#value-1", |on| on.go("/rules")),
    view("webhooks-none", "GET /webhooks", Empty, Owner, "#url", |on| on.go("/webhooks")),
    view("tokens-none", "GET /tokens", Empty, Owner, "#role", |on| on.go("/tokens")),
    view("confirm-password", "POST /users", Empty, Owner, "#confirm_password", |on| {
        let user = json!([["name", "nina"], ["role", "owner"], ["apps", ""], ["password", PASSWORD]]);
        on.send_from("/users", "/users", user);
    }),
    view("login", "GET /login", Demo, Nobody, "#password", |on| on.go("/login")),
    view("login-error", "POST /login", Demo, Nobody, ".wrong", |on| {
        on.go("/login");
        on.send("/login", json!([["name", "nobody"], ["password", "is not it"]]));
    }),
    view("login-asked", "GET /sessions", Demo, Nobody, "#password", |on| on.go("/sessions")),
    view("link", "GET /link/{secret}", Demo, Nobody, "main button", |on| on.go(&on.approval_link())),
    view("link-unknown", "GET /link/{secret}", Demo, Nobody, "h1", |on| on.go("/link/none")),
    view("link-used", "POST /link/{secret}", Demo, Nobody, "h1", |on| {
        let link = on.approval_link();
        on.go(&link);
        on.send(&link, json!([]));
    }),
    view("error-404-stranger", "GET /nothing", Demo, Nobody, "h1", |on| on.go("/nothing")),
    view("docs", "GET /api/docs", Demo, Nobody, ".operation", |on| {
        on.go("/api/docs");
        on.browser.click("details:has(> #run_batch) > summary");
        on.browser.click("details:has(> #type-Session) > summary");
    }),
    view("help", "GET /help", Demo, Nobody, ".manual article", |on| on.go("/help")),
    view("choose-password", "GET /password", Demo, Nobody, "#current", |on| {
        let made = on.server.site.command(&["user", "create", "newcomer", "--role", "viewer"]);
        let password = String::from_utf8(made.stdout).unwrap();
        on.go("/login");
        on.send("/login", json!([["name", "newcomer"], ["password", password.trim()]]));
    }),
    view("overview", "GET /", Demo, Owner, ".queue", |on| on.go("/")),
    view("apps", "GET /apps", Demo, Owner, "table.apps", |on| on.go("/apps")),
    view("sessions", "GET /sessions", Demo, Owner, "table.sessions", |on| on.go("/sessions")),
    view("sessions-second-page", "GET /sessions", Demo, Owner, "[rel=prev]", |on| {
        on.go("/sessions");
        on.browser.click("[rel=next]");
    }),
    view("sessions-selected", "GET /sessions", Demo, Owner, "table.sessions", |on| {
        on.go("/sessions?status=accepted&sort=email");
        on.browser.click("tbody tr:nth-child(2) input[name=pick]");
        on.browser.click("tbody tr:nth-child(3) input[name=pick]");
    }),
    view("sessions-no-results", "GET /sessions", Demo, Owner, ".empty", |on| on.go("/sessions?q=nothing+has+this")),
    view("sessions-not-compliant", "GET /sessions", Demo, Owner, "table.sessions", |on| {
        on.go("/sessions?compliant=false");
    }),
    view("app", "GET /apps/{app}", Demo, Owner, "table.sessions", |on| on.go(&format!("/apps/{APP}"))),
    view("app-long", "GET /apps/{app}", Demo, Owner, "table.sessions", |on| on.go(&format!("/apps/{LONG_APP}"))),
    view("session", "GET /apps/{app}/sessions/{id}", Demo, Owner, ".json", |on| on.go(&page_of(APP, 1))),
    view("session-problems", "GET /apps/{app}/sessions/{id}", Demo, Owner, ".problems", |on| {
        on.go(&page_of(APP, 2));
    }),
    view("session-unreadable", "GET /apps/{app}/sessions/{id}", Demo, Owner, ".problems", |on| {
        on.go(&page_of(APP, 3));
    }),
    view("session-long", "GET /apps/{app}/sessions/{id}", Demo, Owner, ".json", |on| on.go(&page_of(LONG_APP, 4))),
    view("session-seen-before", "GET /apps/{app}/sessions/{id}", Demo, Owner, ".others button", |on| {
        on.go("/");
        on.browser.click(".queue tr:has(.second) .device > a");
    }),
    view("look", "GET /apps/{app}/sessions/{id}/look", Demo, Owner, "#look-title", |on| {
        on.go(&format!("{}/look", page_of(APP, 1)));
    }),
    view("row-edit", "GET /sessions", Demo, Owner, ".editing #email", |on| {
        on.go(&format!("/sessions?sort=email&edit={APP}/{}", id(1)));
    }),
    view("row-edit-error", "POST /apps/{app}/sessions/{id}/email-in-row", Demo, Owner, "#email[aria-invalid]", |on| {
        on.send_from("/sessions", &format!("{}/email-in-row", page_of(APP, 1)), json!([["email", "no\u{85}address"]]));
    }),
    view("session-gone", "GET /apps/{app}/sessions/{id}", Demo, Owner, "h1", |on| on.go(&page_of(APP, 99))),
    view("session-email-error", "POST /apps/{app}/sessions/{id}/email", Demo, Owner, "#email[aria-invalid]", |on| {
        on.send_from(&page_of(APP, 1), "/email", json!([["email", "no\u{85}address"], ["reason", ""]]));
    }),
    view("session-changed", "POST /apps/{app}/sessions/{id}/email", Demo, Owner, ".toast", |on| {
        on.send_from(&page_of(APP, 1), "/email", json!([["email", "new@corp.example"], ["reason", "a new address"]]));
    }),
    view("session-conflict", "POST /apps/{app}/sessions/{id}/email", Demo, Owner, ".compare", |on| {
        let old = on.server.owner().etag(APP, &id(1));
        on.server.owner().patch(&session_path(APP, &id(1)), json!({ "email": "4d@corp.example" })).status(200);
        let expected = old.trim_matches('"');
        on.send_from(&page_of(APP, 1), "/email", json!([["email", "me@corp.example"], ["expected", expected]]));
    }),
    view("row-conflict", "POST /apps/{app}/sessions/{id}/email-in-row", Demo, Owner, ".under bdi", |on| {
        let old = on.server.owner().etag(APP, &id(1));
        on.server.owner().patch(&session_path(APP, &id(1)), json!({ "email": "4d2@corp.example" })).status(200);
        let fields = json!([["email", "me@corp.example"], ["expected", old.trim_matches('"')]]);
        on.send_from("/sessions", &format!("{}/email-in-row", page_of(APP, 1)), fields);
    }),
    view("session-link-made", "POST /apps/{app}/sessions/{id}/approval-links", Demo, Owner, ".secret", |on| {
        on.send_from(&page_of(LONG_APP, 4), "/approval-links", json!([["expires", "8h"]]));
    }),
    view("session-links", "GET /apps/{app}/sessions/{id}", Demo, Owner, "[formaction^='/approval-links/']", |on| {
        on.go(&page_of(LONG_APP, 4));
    }),
    view("selected-question", "POST /sessions/selected", Demo, Owner, "main form", |on| {
        on.send_from("/sessions", "/sessions/selected", json!([["do", "delete"], ["all", "3"], ["filter", "q=a"]]));
    }),
    view("selected-result", "POST /sessions/selected", Demo, Owner, "table", |on| {
        let picks =
            json!([["do", "accept"], ["pick", format!("{APP}/{}", id(2))], ["pick", format!("{APP}/{}", id(3))]]);
        on.send_from("/sessions", "/sessions/selected", picks);
    }),
    view("selected-recount", "POST /sessions/selected", Demo, Owner, "main form", |on| {
        on.send_from("/sessions", "/sessions/selected", json!([["do", "accept"], ["all", "3"], ["filter", "q=a"]]));
    }),
    view("batch", "GET /batches/{id}", Demo, Owner, ".plain", |on| {
        // So many are not waited for; what follows finds everything as it was.
        let gone = (1000..1120).map(|n| json!(["pick", format!("{APP}/{}", id(n))]));
        let fields: Vec<Value> =
            [json!(["do", "accept"]), json!(["pick", format!("{APP}/{}", id(1))])].into_iter().chain(gone).collect();
        on.send_from("/sessions", "/sessions/selected", json!(fields));
    }),
    view("search", "GET /search", Demo, Owner, "tr.deleted [formaction$='/undo']", |on| {
        on.server.owner().delete(&session_path(APP, &id(3))).status(204);
        on.go(&format!("/search?q={}", &id(3)[..30]));
    }),
    view("search-empty", "GET /search", Demo, Owner, ".empty", |on| on.go("/search")),
    view("search-open", "GET /search", Demo, Owner, ".found tbody tr", |on| {
        on.go("/changes");
        on.browser.fill(".anybody input", "field");
    }),
    view("look-open", "GET /sessions", Demo, Owner, ".drawer[open] dl", |on| {
        on.go("/sessions?q=field");
        on.browser.press("j");
        on.browser.keys("o");
    }),
    view("changes", "GET /changes", Demo, Owner, "table", |on| on.go("/changes")),
    view("changes-no-results", "GET /changes", Demo, Owner, ".empty", |on| on.go("/changes?actor=nobody")),
    view("changes-filter-error", "GET /changes", Demo, Owner, "[name=since][aria-invalid]", |on| {
        on.go("/changes?since=yesterday&action=nothing");
    }),
    view("sessions-filter-error", "GET /sessions", Demo, Owner, "[name=status][aria-invalid]", |on| {
        on.go("/sessions?status=blue&modified_since=yesterday&q=a");
    }),
    view("push", "GET /push", Demo, Owner, "h1", |on| on.go("/push")),
    view("push-refused", "POST /push", Demo, Owner, "[aria-invalid]", |on| on.send_from("/push", "/push", json!([]))),
    view("push-done", "POST /push", Demo, Owner, "h1", |on| {
        on.send_from("/push", "/push", json!([["allow", "yes"]]));
    }),
    view("push-tested", "POST /push/test", Demo, Owner, "h1", |on| on.send_from("/push", "/push/test", json!([]))),
    view("rules-errors", "POST /rules", Demo, Owner, "#value-2[aria-invalid]", |on| {
        on.send_from("/rules", "/rules", rule("", "not an address", "save"));
    }),
    view("rules-preview", "POST /rules", Demo, Owner, "#preview", |on| {
        on.send_from("/rules", "/rules", rule("Everybody of the company", "", "preview"));
    }),
    view("rules", "GET /rules", Demo, Owner, "table", |on| {
        on.send_from("/rules", "/rules", rule("Everybody of the company", "", "save"));
    }),
    view("rule", "GET /rules/{id}", Demo, Owner, "#value-1", |on| {
        on.go("/rules");
        on.browser.click("main a[href^='/rules/']");
    }),
    view("rule-deletes", "GET /rules/{id}", Demo, Owner, "#switch-on", |on| {
        let rule = json!({ "name": "Tidy up", "action": "delete", "when": { "quiet_for": "1h" } });
        let made = on.server.owner().post("/api/v1/rules", rule).status(201).json();
        on.go(&format!("/rules/{}", made["id"].as_str().unwrap()));
    }),
    view("rule-errors", "POST /rules/{id}", Demo, Owner, "#value-2[aria-invalid]", |on| {
        on.go("/rules");
        on.browser.click("main a[href^='/rules/']");
        on.browser.reads("main", "Everybody");
        on.send("", rule("Everybody", "not an address", "save"));
    }),
    view("rule-delete", "POST /rules/{id}/delete", Demo, Owner, "main form", |on| {
        on.go("/rules");
        on.browser.click("main a[href^='/rules/']");
        on.browser.reads("main", "Everybody");
        on.send("/delete", json!([]));
    }),
    view("webhooks-errors", "POST /webhooks", Demo, Owner, "#url[aria-invalid]", |on| {
        on.send_from("/webhooks", "/webhooks", json!([["name", ""], ["url", "ftp://x"], ["apps", "**"]]));
    }),
    view("webhook-secret", "POST /webhooks", Demo, Owner, ".secret", |on| {
        // A port that nobody listens at.
        let hook = json!([
            ["name", "chat"],
            ["url", "http://127.0.0.1:9/hook"],
            ["apps", ""],
            ["events", "session.changed"],
            ["events", "app.deleted"]
        ]);
        on.send_from("/webhooks", "/webhooks", hook);
    }),
    view("webhooks", "GET /webhooks", Demo, Owner, "table", |on| on.go("/webhooks")),
    view("webhook", "GET /webhooks/{id}", Demo, Owner, "table", |on| {
        on.server.owner().patch(&session_path(APP, &id(1)), json!({ "email": "later@corp.example" })).status(200);
        until(Duration::from_secs(20), "a delivery that failed", || {
            on.go("/webhooks");
            on.browser.click("main a[href^='/webhooks/']");
            on.browser.has("main table")
        });
    }),
    view("webhook-errors", "POST /webhooks/{id}", Demo, Owner, "#url[aria-invalid]", |on| {
        on.go("/webhooks");
        on.browser.click("main a[href^='/webhooks/']");
        on.browser.reads("h1", "chat");
        on.send("", json!([["name", "chat"], ["url", "ftp://x"], ["apps", ""], ["events", "app.deleted"]]));
    }),
    view("users", "GET /users", Demo, Owner, "table", |on| on.go("/users")),
    view("users-errors", "POST /users", Demo, Owner, "[aria-invalid]", |on| {
        on.send_from("/users", "/users", json!([["name", "-"], ["role", "owner"], ["apps", "**"], ["password", "x"]]));
    }),
    view("user", "GET /users/{name}", Demo, Owner, "#role", |on| on.go("/users/vera")),
    view("user-delete", "POST /users/{name}/delete", Demo, Owner, "main form", |on| {
        on.send_from("/users/vera", "/users/vera/delete", json!([]));
    }),
    view("token-secret", "POST /tokens", Demo, Owner, ".secret", |on| {
        let token = json!([["name", "nightly"], ["role", "operator"], ["apps", "com.acme.*"], ["expires", "30d"]]);
        on.send_from("/tokens", "/tokens", token);
    }),
    view("tokens", "GET /tokens", Demo, Owner, "table", |on| on.go("/tokens")),
    view("token-rotation", "GET /tokens/{id}/rotate", Demo, Owner, "#grace", |on| {
        on.go("/tokens");
        on.browser.click("a[href$='/rotate']");
    }),
    view("tokens-errors", "POST /tokens", Demo, Owner, "[aria-invalid]", |on| {
        on.send_from(
            "/tokens",
            "/tokens",
            json!([["name", ""], ["role", "owner"], ["apps", "**"], ["expires", "30d"]]),
        );
    }),
    view("help-chapter", "GET /help/{chapter}", Demo, Owner, ".manual article", |on| on.go("/help/people")),
    view("account", "GET /account", Demo, Owner, "#password", |on| on.go("/account")),
    view("account-errors", "POST /account/password", Demo, Owner, "[aria-invalid]", |on| {
        on.send_from("/account", "/account/password", json!([["current", "wrong"], ["password", "x"]]));
    }),
    view("access-log", "GET /access-log", Demo, Owner, "table", |on| on.go("/access-log")),
    view("menu-open", "GET /", Demo, Owner, ".menu[open]", |on| {
        on.go("/");
        on.browser.click(".menu summary");
    }),
    view("keys-open", "GET /", Demo, Owner, "#keys:popover-open", |on| {
        on.go("/");
        on.browser.click(".menu summary");
        on.browser.click("[popovertarget=keys]");
    }),
    view("session-note-errors", "POST /apps/{app}/sessions/{id}/note", Demo, Owner, "#note-name-error", |on| {
        let session = format!("/apps/{APP}/sessions/{}", id(5));
        let text = "Ask Nina before you let it in.\nIts owner changes every summer.";
        on.send_from(&session, "/note", json!([["name", "second phone of the depot"], ["note", text]]));
        on.send_from(&session, "/note", json!([["name", "x".repeat(65)], ["note", "x".repeat(1001)]]));
    }),
    view("sessions-noted", "GET /sessions", Demo, Owner, "tr .called", |on| on.go("/sessions")),
    view("session-declined", "POST /apps/{app}/sessions/{id}/status", Demo, Owner, "h1 + p .badge.no", |on| {
        let session = format!("/apps/{APP}/sessions/{}", id(5));
        // A link has let it in before.
        on.send_from(&session, "/status", json!([["status", "pending"]]));
        on.send_from(&session, "/status", json!([["status", "declined"], ["reason", "a private phone"]]));
    }),
    view("look-declined", "GET /apps/{app}/sessions/{id}/look", Demo, Owner, ".look .badge.no", |on| {
        on.go(&format!("/apps/{APP}/sessions/{}/look", id(5)));
    }),
    view("sessions-declined", "GET /sessions", Demo, Owner, "tr.declined", |on| on.go("/sessions?declined=true")),
    view("error-404", "GET /nothing", Demo, Owner, "h1", |on| on.go("/nothing")),
    view("overview-viewer", "GET /", Demo, Viewer, ".queue", |on| on.go("/")),
    view("sessions-viewer", "GET /sessions", Demo, Viewer, "table.sessions", |on| on.go("/sessions")),
    view("error-403", "GET /users", Demo, Viewer, "h1", |on| on.go("/users")),
    view("overview-folder-away", "GET /", Away, Owner, "main", |on| on.go("/")),
    view("changes-folder-away", "GET /changes", Away, Owner, ".alarm", |on| on.go("/changes")),
    view("changes-folder-changed", "GET /changes", Away, Owner, ".alarm [formaction='/folder/confirm']", |on| {
        fs::create_dir_all(on.server.site.root()).unwrap();
        until(Duration::from_secs(20), "the folder is another one", || {
            on.go("/changes");
            on.browser.has(".alarm [formaction='/folder/confirm']")
        });
    }),
    view("overview-folder-changed", "GET /", Away, Owner, ".alarm button", |on| on.go("/")),
    view("second-factor-needed", "GET /second-factor", Strict, Nobody, "main form", |on| {
        people(on.server.site, &["olga"]);
        on.go("/login");
        on.send("/login", json!([["name", "olga"], ["password", PASSWORD]]));
    }),
    view("second-factor", "POST /account/second-factor", Strict, Nobody, ".qr", |on| {
        on.send("/account/second-factor", json!([]));
    }),
    view("second-factor-wrong", "POST /account/second-factor/confirm", Strict, Nobody, "#code-error", |on| {
        on.send("/account/second-factor/confirm", json!([["code", "none"]]));
    }),
    view("recovery-codes", "POST /account/second-factor/confirm", Strict, Nobody, ".secret", |on| {
        let key = on.browser.script("return document.querySelector('#secret').textContent", vec![]);
        let code = App::new(key.as_str().unwrap()).code(0);
        on.send("/account/second-factor/confirm", json!([["code", code]]));
    }),
    view("account-second-factor", "GET /account", Strict, Nobody, "[action$='/remove']", |on| on.go("/account")),
    view("login-code", "GET /login/code", Strict, Nobody, "#code", |on| {
        on.send("/logout", json!([]));
        on.send("/login", json!([["name", "olga"], ["password", PASSWORD]]));
    }),
    view("login-code-wrong", "POST /login/code", Strict, Nobody, "#code-error", |on| {
        on.send("/login/code", json!([["code", "000"]]));
    }),
];

/// Routes that answer a GET with no page, and those that no page of the panel has.
const NO_PAGES: [&str; 7] = [
    "GET /push/{file}",
    "GET /static/{path:.*}",
    "GET /problems/{code}",
    "GET /metrics",
    "GET /sessions.csv",
    "GET /changes.csv",
    "GET /apps/{app}/sessions/{id}/file",
];

fn page_of(app: &str, n: u32) -> String {
    format!("/apps/{app}/sessions/{}", id(n))
}

/// The fields of a rule's form.
fn rule(name: &str, networks: &str, what: &str) -> Value {
    json!([
        ["name", name],
        ["action", "accept"],
        ["field", "emails"],
        ["value", "*@corp.example"],
        ["field", if networks.is_empty() { "" } else { "networks" }],
        ["value", networks],
        ["apps", ""],
        ["expires", ""],
        ["note", "asked for by the field service"],
        ["enabled", "yes"],
        ["do", what]
    ])
}

/// Where pages are shown: a running program and a browser.
pub struct Stage<'a> {
    server: &'a Server<'a>,
    pub browser: &'a Browser,
}

impl Stage<'_> {
    fn go(&self, path: &str) {
        self.browser.go(&self.server.url(path));
    }

    /// Sends a form as the page in the browser would, whatever its own fields would let through. An address that is
    /// none yet goes on from that of the page.
    fn send(&self, action: &str, fields: Value) {
        let form = "const [action, fields] = arguments;
            const form = Object.assign(document.createElement('form'), { method: 'post', hidden: true });
            form.action = action.includes('/', 1) || !location.pathname.includes('/', 1) ? action : location.pathname + action;
            const add = ([name, value]) => form.append(Object.assign(document.createElement('input'), { name, value }));
            const csrf = document.querySelector('input[name=csrf]');
            if (csrf) add(['csrf', csrf.value]);
            add(['return', location.pathname + location.search]);
            fields.forEach(add);
            document.body.append(form);
            document.documentElement.dataset.left = 'yes';
            form.submit();";
        self.browser.script(form, vec![json!(action), fields]);
        until(Duration::from_secs(20), "the answer to a form", || {
            self.browser
                .script("return !document.documentElement.dataset.left && document.readyState == 'complete'", vec![])
                == true
        });
    }

    fn send_from(&self, page: &str, action: &str, fields: Value) {
        self.go(page);
        let action = if action == "/email" || action == "/approval-links" {
            format!("{page}{action}")
        } else {
            action.to_owned()
        };
        self.send(&action, fields);
    }

    /// A link for the session that waits.
    fn approval_link(&self) -> String {
        let made = self.server.owner().post(&format!("{}/approval-links", session_path(APP, &id(5))), json!({}));
        let url = made.status(201).json()["url"].as_str().unwrap().to_owned();
        url[url.find("/link/").unwrap()..].to_owned()
    }

    /// The browser is that of this person from here on.
    fn enter(&self, who: Who) {
        let (name, path) = match who {
            Nobody => return,
            Owner => ("olga", "/login"),
            Viewer => ("vera", "/login"),
        };
        self.go("/nothing");
        self.browser.devtools("Network.clearBrowserCookies", json!({}));
        self.go(path);
        self.browser.fill("#name", name);
        self.browser.fill("#password", PASSWORD);
        self.browser.click("main button");
        self.browser.reads(".bar", name);
    }
}

/// Shows every page in turn, in English, and calls `seen` on each.
pub fn walk(seen: impl FnMut(&View, &Stage)) {
    walk_in("en", seen);
}

/// Shows every page in turn, in this language, and calls `seen` on each.
pub fn walk_in(language: &str, mut seen: impl FnMut(&View, &Stage)) {
    for place in [Empty, Demo, Away, Strict] {
        let site = Site::new();
        if place == Away {
            // An empty folder is another one only where something was in it.
            site.put(&session(CONTACT, &id(1)));
        }
        let server = match place {
            Demo => demo(&site),
            Empty => site.serve_with(&["--confirm-after", "1s"]),
            Away => site.serve(),
            Strict => site.serve_with(&["--require-second-factor", "viewer"]),
        };
        let browser = Browser::start();
        browser.devtools("Network.enable", json!({}));
        browser.devtools("Network.setExtraHTTPHeaders", json!({ "headers": { "Accept-Language": language } }));
        let stage = Stage { server: &server, browser: &browser };
        let mut inside = Nobody;
        for view in VIEWS.iter().filter(|view| view.place == place) {
            if view.who != inside {
                if place == Empty || place == Away {
                    people(&site, &["olga"]);
                }
                stage.enter(view.who);
                inside = view.who;
                if place == Away {
                    fs::rename(site.root(), site.temp().join("Elsewhere")).unwrap();
                    until(Duration::from_secs(20), "the folder is away", || {
                        stage.go("/changes");
                        browser.has(".alarm")
                    });
                }
            }
            (view.show)(&stage);
            until(Duration::from_secs(20), &format!("{}: {}", view.name, view.has), || browser.has(view.has));
            seen(view, &stage);
        }
    }
}

/// Some people, by name; the first is an owner.
fn people(site: &Site, names: &[&str]) {
    for (name, role) in names.iter().zip(["owner", "viewer", "operator"]) {
        let made = site.command_with_input(&["user", "create", name, "--role", role], PASSWORD);
        assert!(made.status.success(), "{made:?}");
    }
}

/// The demo, with sessions beside its own: one of each kind that has a page of its own look.
fn demo(site: &Site) -> Server<'_> {
    let dir = site.temp().join("demo");
    let mut command = Command::new(program());
    command.args(["demo", "--listen", "127.0.0.1:0", "--no-devices", "--sessions", "120", "--max-requests", "0"]);
    command.arg("--dir").arg(&dir).arg("--data-dir").arg(site.data());
    let server = site.serve_command(command);
    let put = |file: &SessionFile, bytes: &[u8]| {
        let folder = dir.join("MobileApps").join(&file.app);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(&file.id), bytes).unwrap();
        age(&folder.join(&file.id), 260);
    };
    let good = session(APP, &id(1)).email("user2@corp.example").set("/device/description", "Nexus 5");
    let good = good.set("/device/os", "Android").set("/application/name", "Field Service");
    let bad = session(APP, &id(2)).set("/team/id", "XXXXXXXXXX").set("/application/name", "Field Service");
    let bad = bad.set("/status", "banned").set("/token", "x");
    let long = session(LONG_APP, &id(4)).status("pending").set("/device/description", LONG);
    let long = long.set("/application/name", LONG).set("/device/simulator", true);
    let long = long.email(&format!("{}@{}.example", &LONG[..60], &LONG[..30]));
    let calls =
        session(APP, &id(5)).status("pending").email("ann@corp.example").set("/application/name", "Field Service");
    for file in [&good, &bad, &long, &calls] {
        put(file, &file.bytes());
    }
    put(&session(APP, &id(3)), b"{ \"application\": { \"id\":");
    people(site, &["olga", "vera", "otto"]);
    let owner = server.owner();
    owner.refresh();
    // Something in the journal.
    owner.patch(&session_path(APP, &id(1)), json!({ "status": "pending", "reason": "on the phone" })).status(200);
    owner.patch(&session_path(APP, &id(1)), json!({ "status": "accepted" })).status(200);
    server
}

#[test]
fn every_page_is_looked_at() {
    let shown: BTreeSet<String> = VIEWS.iter().map(|view| view.route.to_owned()).collect();
    let pages = routes_of_the_code().into_iter().filter(|route| {
        route.starts_with("GET ")
            && !route.contains("/api/v1")
            && !route.ends_with("z")
            && !NO_PAGES.contains(&route.as_str())
    });
    let without: Vec<_> = pages.filter(|route| !shown.contains(route)).collect();
    assert!(without.is_empty(), "nobody looks at {without:?}");
    let names: BTreeSet<&str> = VIEWS.iter().map(|view| view.name).collect();
    assert_eq!(names.len(), VIEWS.len(), "a name stands twice");
}
