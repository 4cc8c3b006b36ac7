//! Who comes in and who does not: every route for every kind of caller, guessing, bad input, and that
//! every promise of `SECURITY.md` has its test.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::spawn::*;

const OTHER: &str = "another horse battery";

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq)]
enum May {
    Anybody,
    Read,
    Secrets,
    Change,
    Owner,
    OwnerOfAll,
    ReadOfAll,
}
use May::{Anybody, Change, Owner, OwnerOfAll, Read, ReadOfAll, Secrets};

/// What a request is about: it does not exist for a caller who is held to other apps.
#[derive(Clone, Copy, Debug, PartialEq)]
enum About {
    /// Nothing in particular, or whatever the caller may see.
    All,
    /// An app, a session or a change of it.
    App,
    /// A user, token or webhook of all apps.
    Account,
}
use About::{Account, All, App};

/// A route, a request that works there for those who may, and the answers they get.
struct Row {
    route: &'static str,
    may: May,
    about: About,
    body: &'static str,
    answers: &'static [u16],
}

const fn row(route: &'static str, may: May, about: About, body: &'static str, answers: &'static [u16]) -> Row {
    Row { route, may, about, body, answers }
}

macro_rules! rule_fields {
    () => {
        "order=&apps=&emails=&os=&app_versions=&languages=&networks=&simulator=any&known_device=any&expires=&note="
    };
}

/// Every route there is, in an order in which each can work. A route that is missing here fails the test.
const ROWS: &[Row] = &[
    row("GET /healthz", Anybody, All, "", &[200]),
    row("GET /readyz", Anybody, All, "", &[200]),
    row("GET /problems/{code}", Anybody, All, "", &[200]),
    row("GET /static/{path:.*}", Anybody, All, "", &[200]),
    row("GET /api/v1/openapi.json", Anybody, All, "", &[200]),
    row("GET /api/docs", Anybody, All, "", &[200]),
    row("GET /help", Anybody, All, "", &[200]),
    row("GET /help/{chapter}", Anybody, All, "", &[200]),
    row("GET /metrics", ReadOfAll, All, "", &[200]),
    row("GET /api/v1/me", Read, All, "", &[200]),
    row("GET /api/v1/version", Read, All, "", &[200]),
    row("GET /api/v1/apps", Read, All, "", &[200]),
    row("GET /api/v1/apps/{app}", Read, App, "", &[200]),
    row("GET /api/v1/apps/{app}/emails", Read, App, "", &[200]),
    row("GET /api/v1/apps/{app}/push-tokens", Secrets, App, "", &[200]),
    row("GET /api/v1/apps/{app}/sessions", Read, App, "", &[200]),
    row("GET /api/v1/apps/{app}/sessions/{id}", Read, App, "", &[200]),
    row("GET /api/v1/apps/{app}/sessions/{id}/file", Secrets, App, "", &[200]),
    row("PUT /api/v1/views/{name}", Read, All, r#"{ "query": "status=pending" }"#, &[200, 201]),
    row("GET /api/v1/views", Read, All, "", &[200]),
    row("GET /api/v1/views/{name}", Read, All, "", &[200, 404]),
    row("DELETE /api/v1/views/{name}", Read, All, "", &[204, 404]),
    row("GET /api/v1/search", Read, All, "", &[200]),
    row("GET /api/v1/sessions", Read, All, "", &[200]),
    row("POST /api/v1/sessions/search", Read, All, "{}", &[200]),
    row("POST /api/v1/refresh", Read, All, "", &[200]),
    row("GET /api/v1/changes", Read, All, "", &[200]),
    row("GET /api/v1/changes/{id}", Read, App, "", &[200]),
    row("GET /api/v1/events", Read, All, "", &[200]),
    row("GET /api/v1/push", Read, All, "", &[200]),
    row("GET /api/v1/batches/{id}", Read, All, "", &[404]),
    row("DELETE /api/v1/batches/{id}", Change, All, "", &[404]),
    row("PATCH /api/v1/apps/{app}/sessions/{id}", Change, App, r#"{ "status": "pending" }"#, &[200]),
    row("POST /api/v1/changes/{id}/undo", Change, App, "{}", &[200]),
    row(
        "POST /api/v1/sessions/batch",
        Change,
        All,
        r#"{ "action": "set_email", "email": "b@x.example", "sessions": [{ "app": "{app}", "id": "{id}" }] }"#,
        &[200],
    ),
    row("POST /api/v1/apps/{app}/sessions/{id}/decline", Change, App, r#"{ "reason": "no" }"#, &[200]),
    row("DELETE /api/v1/apps/{app}/sessions/{id}/decline", Change, App, "", &[200]),
    row("PUT /api/v1/apps/{app}/sessions/{id}/note", Change, App, r#"{ "name": "depot" }"#, &[200]),
    row("POST /api/v1/push", Change, All, "{}", &[409]),
    row("POST /api/v1/apps/{app}/sessions/{id}/approval-links", Change, App, r#"{ "expires_in": "1h" }"#, &[201]),
    row("GET /api/v1/approval-links", Change, All, "", &[200]),
    row("GET /api/v1/approval-links/{id}", Change, App, "", &[200]),
    row("DELETE /api/v1/approval-links/{id}", Change, App, "", &[204]),
    row("POST /api/v1/push/test", Change, All, "", &[409]),
    row("DELETE /api/v1/apps/{app}/sessions/{id}", Change, App, "", &[204]),
    row(
        "PUT /api/v1/me/password",
        Read,
        All,
        r#"{ "current_password": "{password}", "password": "{other}" }"#,
        // A token has none.
        &[204, 409],
    ),
    row("GET /api/v1/users", Owner, All, "", &[200]),
    row(
        "POST /api/v1/users",
        Owner,
        All,
        r#"{ "name": "new api user {n}", "role": "owner", "apps": [], "password": "{other}" }"#,
        &[201],
    ),
    row("GET /api/v1/users/{name}", Owner, Account, "", &[200]),
    row("PATCH /api/v1/users/{name}", Owner, Account, r#"{ "role": "operator", "disabled": true }"#, &[200]),
    row("DELETE /api/v1/users/{name}/second-factor", Owner, Account, "", &[404]),
    row("DELETE /api/v1/users/{name}", Owner, Account, "", &[204]),
    row("GET /api/v1/tokens", Owner, All, "", &[200]),
    row(
        "POST /api/v1/tokens",
        Owner,
        All,
        r#"{ "name": "new api token {n}", "role": "owner", "apps": [], "expires_in": null, "secrets": true }"#,
        &[201],
    ),
    row("GET /api/v1/tokens/{id}", Owner, Account, "", &[200]),
    row("PATCH /api/v1/tokens/{id}", Owner, Account, r#"{ "expires_in": "30d" }"#, &[200]),
    row("POST /api/v1/tokens/{id}/rotate", Owner, Account, r#"{ "grace": "1h" }"#, &[201]),
    row("DELETE /api/v1/tokens/{id}", Owner, Account, "", &[204]),
    row("GET /api/v1/access-log", OwnerOfAll, All, "", &[200]),
    row("GET /api/v1/webhooks", Owner, All, "", &[200]),
    row(
        "POST /api/v1/webhooks",
        Owner,
        All,
        r#"{ "name": "new api webhook {n}", "url": "http://127.0.0.1:9/", "events": ["app.deleted"] }"#,
        &[201],
    ),
    row("GET /api/v1/webhooks/{id}", Owner, Account, "", &[200]),
    row("PATCH /api/v1/webhooks/{id}", Owner, Account, r#"{ "events": ["app.deleted"] }"#, &[200]),
    row("GET /api/v1/webhooks/{id}/deliveries", Owner, Account, "", &[200]),
    row("POST /api/v1/webhooks/{id}/deliveries/{delivery}/retry", Owner, Account, "", &[200]),
    row("POST /api/v1/webhooks/{id}/test", Owner, Account, "", &[200]),
    row("DELETE /api/v1/webhooks/{id}", Owner, Account, "", &[204]),
    row("GET /api/v1/rules", Owner, All, "", &[200]),
    row("POST /api/v1/rules", Owner, All, r#"{ "name": "new api rule {n}", "enabled": false, "when": {} }"#, &[201]),
    row("POST /api/v1/rules/preview", Owner, All, r#"{ "when": {} }"#, &[200]),
    row("GET /api/v1/rules/{id}", Owner, Account, "", &[200]),
    row("PATCH /api/v1/rules/{id}", Owner, Account, r#"{ "note": "x" }"#, &[200]),
    row("DELETE /api/v1/rules/{id}", Owner, Account, "", &[204]),
    // The pages.
    row("GET /login", Anybody, All, "", &[200, 303]),
    // Nobody has given a password in this browser.
    row("GET /login/code", Anybody, All, "", &[303]),
    row("POST /login/code", Anybody, All, "code=000000", &[303]),
    row("GET /setup", Anybody, All, "", &[404]),
    row("POST /setup", Anybody, All, "token=x&name=eve&password={other}", &[404]),
    row("GET /", Read, All, "", &[200]),
    row("GET /search", Read, All, "", &[200]),
    row("GET /sessions", Read, All, "", &[200]),
    row("GET /batches/{id}", Read, All, "", &[404]),
    row("GET /apps/{app}", Read, App, "", &[200]),
    row("GET /apps/{app}/sessions/{id}", Read, App, "", &[200]),
    row("GET /apps/{app}/sessions/{id}/file", Read, App, "", &[200]),
    row("GET /apps/{app}/sessions/{id}/look", Read, App, "", &[200]),
    row("GET /sessions.csv", Read, All, "", &[200]),
    row("GET /changes.csv", Read, All, "", &[200]),
    row("GET /changes", Read, All, "", &[200]),
    row("GET /push", Read, All, "", &[200]),
    row("GET /push/{file}", Read, All, "", &[200]),
    row("GET /account", Read, All, "", &[200]),
    row("GET /apps", Read, All, "", &[200]),
    row("GET /password", Anybody, All, "", &[303]),
    row("GET /second-factor", Anybody, All, "", &[303]),
    row("POST /refresh", Read, All, "", &[303]),
    row("POST /views", Read, All, "name=view+{n}&query=status%3Dpending", &[303]),
    row("POST /views/{name}/delete", Read, All, "", &[404]),
    row("POST /account/columns", Read, All, "column=ip", &[303]),
    row("POST /batches/{id}/stop", Change, All, "", &[404]),
    row("POST /folder/confirm", OwnerOfAll, All, "", &[303]),
    row("POST /checklist/dismiss", OwnerOfAll, All, "", &[303]),
    row("POST /push", Change, All, "", &[303]),
    row("POST /push/test", Change, All, "", &[303]),
    row("POST /push/auto", OwnerOfAll, All, "on=yes", &[303]),
    row("POST /changes/{id}/undo", Change, App, "", &[303]),
    row("POST /apps/{app}/sessions/{id}/status", Change, App, "status=pending", &[303]),
    row("POST /apps/{app}/sessions/{id}/email", Change, App, "email=c%40x.example", &[303]),
    row("POST /apps/{app}/sessions/{id}/note", Change, App, "name=depot&note=", &[303]),
    row("POST /apps/{app}/sessions/{id}/email-in-row", Change, App, "email=e%40x.example", &[303]),
    row("POST /apps/{app}/sessions/{id}/approval-links", Change, App, "expires=1h", &[200]),
    row("POST /approval-links/{id}/revoke", Change, App, "", &[303]),
    // Held to other apps, one is told that there are no such sessions.
    row("POST /sessions/selected", Change, All, "do=accept&pick={app}%2F{id}", &[303, 200]),
    // There is no such older session.
    row("POST /apps/{app}/sessions/{id}/replace", Change, App, "old=ab~0000000000000000", &[409]),
    row("POST /apps/{app}/sessions/{id}/delete", Change, App, "", &[303]),
    // Its session is let in already.
    row("GET /link/{secret}", Anybody, All, "", &[200]),
    row("POST /link/{secret}", Anybody, All, "", &[409]),
    row("GET /rules", Owner, All, "", &[200]),
    row("POST /rules", Owner, All, concat!("name=new+rule+{n}&do=save&", rule_fields!()), &[303]),
    row("GET /rules/{id}", Owner, Account, "", &[200]),
    row("POST /rules/{id}", Owner, Account, concat!("name=changed+{n}&do=save&", rule_fields!()), &[303]),
    row("POST /rules/{id}/state", Owner, Account, "state=enabled", &[303]),
    row("POST /rules/{id}/move", Owner, Account, "to=up", &[303]),
    row("POST /rules/{id}/delete", Owner, Account, "sure=yes", &[303]),
    row("GET /users", Owner, All, "", &[200]),
    row("POST /users", Owner, All, "name=new+user+{n}&role=owner&apps=&password={other}", &[303]),
    row("GET /users/{name}", Owner, Account, "", &[200]),
    row("POST /users/{name}", Owner, Account, "role=operator&apps=", &[303]),
    row("POST /users/{name}/password", Owner, Account, "password={other}", &[303]),
    row("POST /users/{name}/second-factor/remove", Owner, Account, "", &[404]),
    row("POST /users/{name}/state", Owner, Account, "state=disabled", &[303]),
    row("POST /users/{name}/delete", Owner, Account, "sure=yes", &[303]),
    row("GET /tokens", Owner, All, "", &[200]),
    row("POST /tokens", Owner, All, "name=new+token+{n}&role=owner&apps=&expires=never", &[200]),
    row("GET /tokens/{id}/rotate", Owner, Account, "", &[200]),
    row("POST /tokens/{id}/rotate", Owner, Account, "grace=1h", &[200]),
    row("POST /tokens/{id}/revoke", Owner, Account, "sure=yes", &[303]),
    row("GET /access-log", OwnerOfAll, All, "", &[200]),
    row("GET /webhooks", Owner, All, "", &[200]),
    row(
        "POST /webhooks",
        Owner,
        All,
        "name=new+hook+{n}&url=http%3A%2F%2F127.0.0.1%3A9&events=app.deleted&apps=",
        &[200],
    ),
    row("GET /webhooks/{id}", Owner, Account, "", &[200]),
    row(
        "POST /webhooks/{id}",
        Owner,
        Account,
        "name=hook+{n}&url=http%3A%2F%2F127.0.0.1%3A9&events=app.deleted&apps=",
        &[303],
    ),
    row("POST /webhooks/{id}/deliveries/{delivery}/retry", Owner, Account, "", &[303]),
    row("POST /webhooks/{id}/state", Owner, Account, "state=off", &[303]),
    row("POST /webhooks/{id}/secret", Owner, Account, "", &[200]),
    row("POST /webhooks/{id}/test", Owner, Account, "", &[200]),
    row("POST /webhooks/{id}/delete", Owner, Account, "sure=yes", &[303]),
    row("POST /account/settings", Read, All, "language=&theme=dark", &[303]),
    row("POST /account/second-factor", Read, All, "", &[200]),
    row("POST /account/second-factor/confirm", Read, All, "code=none", &[422]),
    // There is none.
    row("POST /account/second-factor/codes", Read, All, "", &[409]),
    row("POST /account/second-factor/remove", Read, All, "", &[409]),
    row("POST /account/password", Read, All, "current={other}&password={password}", &[303]),
    // It is somebody else's.
    row("POST /account/tokens/{id}/revoke", Read, All, "", &[404]),
    row("POST /account/logout-elsewhere", Read, All, "", &[303]),
    row("POST /logout", Read, All, "", &[303]),
    // It ends the login that the browser had.
    row("POST /login", Anybody, All, "name=door&password={password}", &[303]),
];

impl Row {
    fn method(&self) -> &'static str {
        self.route.split(' ').next().unwrap()
    }

    fn path(&self) -> &'static str {
        self.route.split(' ').nth(1).unwrap()
    }

    fn is_api(&self) -> bool {
        self.path().starts_with("/api/") || ["/healthz", "/readyz", "/metrics"].contains(&self.path())
    }

    fn is_safe(&self) -> bool {
        self.method() == "GET"
    }
}

/// Every route that the program's own maps of addresses have.
pub fn routes_of_the_code() -> BTreeSet<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http");
    let maps = ["api/mod.rs", "pages/mod.rs", "routes.rs"];
    let mut routes = BTreeSet::new();
    for file in walkdir::WalkDir::new(&src).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file()) {
        let name = file.path().strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
        let source = fs::read_to_string(file.path()).unwrap();
        // Another server: it stands for 4D, and asks for the bridge's secret alone.
        if name == "stand_in.rs" {
            continue;
        }
        if !maps.contains(&name.as_str()) {
            let own = source.contains("web::resource(") && name != "extract/handler.rs";
            assert!(!own, "{name} has routes of its own: read them here too");
            continue;
        }
        // Handlers of pages have guards, and so have those of the API.
        assert!(name != "pages/mod.rs" || !source.contains(".to("), "{name}");
        assert!(name != "api/mod.rs" || !source.contains("web::resource("), "{name}");
        assert_eq!(source.matches("resource(").count(), source.matches("resource(\"").count(), "{name}");
        let (mut before, mut count) = (source.split("resource(\"").next().unwrap().to_owned(), 0);
        for found in source.split("resource(\"").skip(1) {
            let (path, rest) = found.split_once('"').unwrap();
            let prefix = if before.contains("web::scope(\"/api/v1\")") { "/api/v1" } else { "" };
            let methods = ["get", "post", "put", "patch", "delete"];
            for method in methods
                .iter()
                .filter(|m| [".{}(", ".route({}("].iter().any(|form| rest.contains(&form.replace("{}", m))))
            {
                routes.insert(format!("{} {prefix}{path}", method.to_uppercase()));
                count += 1;
            }
            before.push_str(found);
        }
        assert!(count > 1, "{name}");
    }
    routes
}

/// How a caller shows who it is.
enum Proof {
    Nothing,
    Token(String),
    Login { cookie: String, csrf: String },
}

struct Caller {
    what: String,
    proof: Proof,
    /// `None` for nobody who is known.
    role: Option<&'static str>,
    held: bool,
    secrets: bool,
    /// What another site makes the browser say.
    foreign: &'static [(&'static str, &'static str)],
    /// Which sessions and accounts it asks for.
    victim: u32,
}

/// What a caller gets.
#[derive(Debug, PartialEq)]
enum Expected {
    Unknown,
    Forbidden,
    Absent,
    Answered,
}

impl Caller {
    fn expects(&self, row: &Row) -> Expected {
        let role = self.role.unwrap_or_default();
        let may = match row.may {
            Anybody | Read => true,
            Secrets => self.secrets,
            Change => role != "viewer",
            Owner => role == "owner",
            OwnerOfAll => role == "owner" && !self.held,
            ReadOfAll => !self.held,
        };
        // A form is taken from a page of this login alone, and a token has none.
        let no_form = !row.is_api() && !row.is_safe() && matches!(self.proof, Proof::Token(_));
        match row.may {
            _ if !self.foreign.is_empty() && !row.is_safe() => Expected::Forbidden,
            Anybody => Expected::Answered,
            _ if self.role.is_none() => Expected::Unknown,
            _ if !may || no_form => Expected::Forbidden,
            _ if self.held && row.about != All => Expected::Absent,
            _ => Expected::Answered,
        }
    }
}

/// The cookie of a login, and the token of its forms.
#[track_caller]
fn log_in(server: &Server<'_>, name: &str) -> Proof {
    let form = Form::to("/login").fill("name", name).fill("password", PASSWORD);
    let answer = form.submit(&server.anonymous()).status(303);
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    let account = server.anonymous().request("GET", "/account").header("cookie", &cookie).send().status(200).text();
    let csrf = Form::find(&account, "/account/password").field("csrf").unwrap();
    Proof::Login { cookie, csrf }
}

#[track_caller]
fn user(site: &Site, name: &str, role: &str, globs: &[&str]) {
    let mut args = vec!["user", "create", name, "--role", role];
    globs.iter().for_each(|glob| args.extend(["--app", glob]));
    let made = site.command_with_input(&args, PASSWORD);
    assert!(made.status.success(), "{made:?}");
}

/// What the callers ask for: each number has a session, a change of it, a user, a token, a webhook and what that was to
/// be told, a rule and two approval links for the API, and another of each for the pages. Those of 0 are there to the end.
struct Victims(BTreeMap<(u32, bool), [String; 9]>);

const VICTIMS: u32 = 8;

impl Victims {
    fn file(n: u32, api: bool) -> SessionFile {
        session(CONTACT, &id(if api { n } else { 100 + n }))
            .status("pending")
            .set("/device/token", "p")
            .email("a@x.example")
    }

    fn new(owner: &impl User) -> Self {
        let make = |n: u32, api: bool| {
            let file = Self::file(n, api);
            let changed = owner.patch(&file.path(), json!({ "email": "d@x.example" })).status(200);
            let name = format!("victim {n} {api}");
            // Nobody listens there.
            let webhook = json!({ "name": name, "url": "http://127.0.0.1:9/", "events": ["app.created"] });
            let webhook = owner.post("/api/v1/webhooks", webhook).status(201).json();
            let webhook = webhook["id"].as_str().unwrap().to_owned();
            let person = json!({ "name": name, "role": "viewer", "apps": [], "password": PASSWORD });
            owner.post("/api/v1/users", person).status(201);
            let token = owner.post("/api/v1/tokens", json!({ "name": name, "role": "viewer" })).status(201).json();
            let token = token["id"].as_str().unwrap().to_owned();
            let rule = json!({ "name": name, "enabled": false, "when": {} });
            let rule = owner.post("/api/v1/rules", rule).status(201).json()["id"].as_str().unwrap().to_owned();
            let link = format!("{}/approval-links", session_path(TASKS, &id(1)));
            let link = owner.post(&link, json!({})).status(201).json()["url"].as_str().unwrap().to_owned();
            let secret = link.rsplit_once('/').unwrap().1.to_owned();
            let link = owner.post(&format!("{}/approval-links", file.path()), json!({})).status(201).json();
            let link = link["id"].as_str().unwrap().to_owned();
            [file.id, changed.header("x-change-id").to_owned(), name, token, webhook, String::new(), rule, secret, link]
        };
        let all = (0..VICTIMS).flat_map(|n| [(n, true), (n, false)]);
        let mut all: BTreeMap<_, _> = all.map(|(n, api)| ((n, api), make(n, api))).collect();
        owner.patch(&session_path(TASKS, &id(1)), json!({ "status": "accepted" })).status(200);
        let site = owner.server().site;
        site.put(&session(ANDROID, &id(1)));
        for [_, _, _, _, webhook, delivery, _, _, _] in all.values_mut() {
            until(Duration::from_secs(10), "there is something to deliver", || {
                let list = owner.json(&format!("/api/v1/webhooks/{webhook}/deliveries"));
                *delivery = list["items"][0]["id"].as_str().unwrap_or_default().to_owned();
                !delivery.is_empty()
            });
        }
        Self(all)
    }

    fn ask(&self, server: &Server<'_>, caller: &Caller, row: &Row, number: usize) -> Answer {
        let [session, change, name, token, webhook, delivery, rule, secret, link] =
            &self.0[&(caller.victim, row.is_api())];
        let id = match row.path() {
            path if path.contains("/changes/") => change,
            path if path.contains("/tokens/") => token,
            path if path.contains("/webhooks/") => webhook,
            path if path.contains("/rules/") => rule,
            path if path.contains("/approval-links/{id}") => link,
            _ => session,
        };
        let fill = |text: &str, encode: &dyn Fn(&str) -> String| {
            [
                ("{app}", CONTACT),
                ("{id}", id),
                ("{name}", name),
                ("{delivery}", delivery),
                ("{secret}", secret),
                ("{file}", "HTTPHandlers.json"),
                ("{code}", "not-found"),
                ("{chapter}", "people"),
                ("{path:.*}", "app.css"),
                ("{n}", &number.to_string()),
                ("{password}", PASSWORD),
                ("{other}", OTHER),
            ]
            .iter()
            .fold(text.to_owned(), |text, (part, value)| text.replace(part, &encode(value)))
        };
        let mut request = server.anonymous().request(row.method(), &fill(row.path(), &segment));
        let mut csrf = "";
        let own = server.url("");
        match &caller.proof {
            Proof::Nothing => {}
            Proof::Token(secret) => request = request.header("authorization", &format!("Bearer {secret}")),
            Proof::Login { cookie, csrf: own } => {
                csrf = own;
                request = request.header("cookie", cookie).header("sec-fetch-site", "same-origin");
            }
        }
        if row.is_api() {
            if !row.body.is_empty() {
                request = request.json(fill(row.body, &str::to_owned).parse().unwrap());
            }
        } else {
            request = request.header("accept", "text/html").header("origin", &own);
            if !row.is_safe() {
                request = request
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(format!("csrf={csrf}&{}", fill(row.body, &segment)));
            }
        }
        if !caller.foreign.is_empty() {
            request = request.header("sec-fetch-site", "").header("origin", "");
        }
        caller.foreign.iter().fold(request, |request, (name, value)| request.header(name, value)).send()
    }
}

/// All users, tokens and webhooks, without what looking or time changes.
fn accounts(owner: &impl User) -> Vec<Value> {
    let lists = ["/api/v1/users", "/api/v1/tokens", "/api/v1/webhooks", "/api/v1/rules"]
        .map(|path| owner.json(path)["items"].take());
    let mut items: Vec<Value> = lists.into_iter().flat_map(|list| list.as_array().unwrap().clone()).collect();
    for item in &mut items {
        let item = item.as_object_mut().unwrap();
        item.retain(|key, _| !key.starts_with("last_") && !["pending", "failing_since"].contains(&key.as_str()));
    }
    items
}

/// Of every kind there is one.
fn callers(server: &Server<'_>) -> Vec<Caller> {
    let site = server.site;
    let caller =
        |what: String, proof| Caller { what, proof, role: None, held: false, secrets: false, foreign: &[], victim: 0 };
    let secret = |body: Value| server.owner().post("/api/v1/tokens", body).status(201).json();
    let expired = secret(json!({ "name": "expired", "role": "owner", "secrets": true, "expires_in": "1s" }));
    let revoked = secret(json!({ "name": "revoked", "role": "owner", "secrets": true }));
    let of = |made: &Value| made["secret"].as_str().unwrap().to_owned();
    let me = |secret: &str| server.caller(secret).get("/api/v1/me").status;
    // It was good, and known as such.
    assert_eq!(me(&of(&revoked)), 200);
    server.owner().delete(&format!("/api/v1/tokens/{}", revoked["id"].as_str().unwrap())).status(204);
    until(Duration::from_secs(10), "it expires", || me(&of(&expired)) == 401);
    let mut all = vec![
        caller("nobody".into(), Proof::Nothing),
        caller("an expired token".into(), Proof::Token(of(&expired))),
        caller("a revoked token".into(), Proof::Token(of(&revoked))),
        caller("a made-up login".into(), Proof::Login { cookie: "login=made-up".into(), csrf: "made-up".into() }),
    ];
    let mut victim = 0;
    for held in [false, true] {
        let globs: &[&str] = if held { &[TASKS, "com.other.*"] } else { &[] };
        for (role, secrets) in [("viewer", false), ("viewer", true), ("operator", false), ("owner", false)] {
            victim += u32::from(!held);
            let token = Proof::Token(server.token_with(role, globs, secrets).secret);
            let what = format!("{role} by a token, secrets {secrets}, held {held}");
            let victim = if held { 0 } else { victim };
            all.push(Caller { role: Some(role), held, secrets, victim, ..caller(what, token) });
        }
        for role in ["viewer", "operator", "owner"] {
            victim += u32::from(!held);
            let name = format!("{role} held {held}");
            user(site, &name, role, globs);
            let login = log_in(server, &name);
            let victim = if held { 0 } else { victim };
            all.push(Caller { role: Some(role), held, victim, ..caller(format!("{name} by a login"), login) });
        }
    }
    assert!(victim < VICTIMS);
    const FOREIGN: [&[(&str, &str)]; 3] = [
        &[("sec-fetch-site", "cross-site"), ("origin", "http://evil.example")],
        &[("sec-fetch-site", "cross-site")],
        &[("origin", "http://evil.example")],
    ];
    for (n, foreign) in FOREIGN.into_iter().enumerate() {
        let name = format!("lured {n}");
        user(site, &name, "owner", &[]);
        let login = log_in(server, &name);
        all.push(Caller { role: Some("owner"), foreign, ..caller(format!("owner, {foreign:?}"), login) });
    }
    all
}

#[test]
fn every_route_answers_every_caller_as_listed() {
    let mut files: Vec<_> = (0..VICTIMS).flat_map(|n| [Victims::file(n, true), Victims::file(n, false)]).collect();
    files.push(session(TASKS, &id(1)).status("pending"));
    let site = Site::with(&files);
    user(&site, "door", "viewer", &[]);
    let server = site.serve();
    let owner = server.owner();

    let rows: BTreeSet<String> = ROWS.iter().map(|row| row.route.to_owned()).collect();
    assert_eq!(rows.len(), ROWS.len(), "a row stands twice");
    let code = routes_of_the_code();
    let api = server.anonymous().json("/api/v1/openapi.json");
    let documented = api["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        item.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    let routes: BTreeSet<String> = code.into_iter().chain(documented).collect();
    let without: Vec<_> = routes.difference(&rows).collect();
    assert!(without.is_empty(), "nothing says who may use {without:?}");
    let gone: Vec<_> = rows.difference(&routes).collect();
    assert!(gone.is_empty(), "no route is {gone:?}");

    let victims = Victims::new(&owner);
    for (number, caller) in callers(&server).iter().enumerate() {
        let accounts_before = accounts(&owner);
        let (answered, refused): (Vec<_>, Vec<_>) =
            ROWS.iter().partition(|row| caller.expects(row) == Expected::Answered);
        let before = snapshot(&site.root());
        for row in refused {
            let answer = victims.ask(&server, caller, row, number);
            let what = format!("{}: {}: {answer:?}", caller.what, row.route);
            match caller.expects(row) {
                Expected::Unknown if row.is_api() => drop(answer.problem(401, "unauthenticated")),
                Expected::Unknown => {
                    assert_eq!(answer.status, 303, "{what}");
                    assert!(answer.header("location").starts_with("/login"), "{what}");
                }
                Expected::Absent if row.is_api() => drop(answer.problem(404, "not-found")),
                Expected::Absent => assert_eq!(answer.status, 404, "{what}"),
                _ => assert_eq!(answer.status, 403, "{what}"),
            }
            assert!(!answer.has_header("set-cookie"), "{what}");
            assert_unchanged(&before, &snapshot(&site.root()));
        }
        assert_eq!(accounts(&owner), accounts_before, "{}", caller.what);
        for row in answered {
            let before = snapshot(&site.root());
            let answer = victims.ask(&server, caller, row, number);
            let what = format!("{}: {}: {answer:?}", caller.what, row.route);
            assert!(row.answers.contains(&answer.status), "{what}");
            let leaves = row.route == "POST /logout" || row.route == "GET /login" || row.may == Anybody;
            let location = answer.headers.get("location").and_then(|value| value.to_str().ok()).unwrap_or_default();
            assert!(leaves || !location.starts_with("/login"), "{what}");
            if row.may != Change || caller.held {
                assert_unchanged(&before, &snapshot(&site.root()));
            }
        }
    }
}

// Guessing

/// The median, in milliseconds.
fn median(mut times: Vec<Duration>) -> u128 {
    times.sort_unstable();
    times[times.len() / 2].as_millis()
}

fn login_from(server: &Server<'_>, address: &str, name: &str, password: &str) -> Request {
    let form = Form::to("/login").fill("name", name).fill("password", password);
    form.request(&server.anonymous()).header("x-forwarded-for", address)
}

#[test]
fn ten_thousand_wrong_passwords_keep_nobody_else_waiting() {
    const ADDRESSES: usize = 50;
    const AT_ONCE: usize = 16;
    let site = Site::with(&[session(CONTACT, &id(1))]);
    user(&site, "olga", "owner", &[]);
    user(&site, "vera", "viewer", &[]);
    // Only what guards passwords is to hold them back here.
    let server = site.serve_with(&["--trusted-proxy", "127.0.0.1", "--max-requests", "0"]);
    let vera = login_from(&server, "198.51.100.1", "vera", PASSWORD).send().status(303);
    let vera = vera.header("set-cookie").split(';').next().unwrap().to_owned();
    let look = || {
        let begun = Instant::now();
        let page = server.anonymous().request("GET", "/").header("cookie", &vera).header("accept", "text/html");
        page.header("x-forwarded-for", "198.51.100.1").send().status(200);
        begun.elapsed()
    };
    let guess = |n: usize| {
        let address = format!("203.0.113.{}", n % ADDRESSES);
        login_from(&server, &address, "Olga", &format!("wrong password {n}"))
    };
    let (tried, waits) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (next, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mut times = Vec::new();
    let mut let_in = Vec::new();
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= 10_000 {
                        break;
                    }
                    let answer = guess(n).send();
                    assert!(!answer.has_header("set-cookie"), "{answer:?}");
                    match answer.status {
                        422 => tried.fetch_add(1, Ordering::Relaxed),
                        429 => waits.fetch_add(1, Ordering::Relaxed),
                        _ => panic!("{answer:?}"),
                    };
                }
                ended.fetch_add(1, Ordering::Relaxed);
            });
        }
        while ended.load(Ordering::Relaxed) < AT_ONCE {
            let done = next.load(Ordering::Relaxed);
            times.push(look());
            if let_in.len() < 5 {
                let begun = Instant::now();
                let answer = login_from(&server, "198.51.100.2", "olga", PASSWORD).send().status(303);
                assert!(answer.has_header("set-cookie"));
                let_in.push(begun.elapsed());
            }
            // So the looks are spread evenly over the guesses.
            while next.load(Ordering::Relaxed) < done + 20 && ended.load(Ordering::Relaxed) < AT_ONCE {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    });
    let (tried, waits) = (tried.into_inner(), waits.into_inner());
    assert_eq!(tried + waits, 10_000);
    // Five are free, and the waits double: who has guessed all the while got through a few times more.
    assert!(tried <= ADDRESSES * 12, "{tried} passwords were tried");
    assert!(!let_in.is_empty(), "the guesses were over before anybody looked");
    assert!(let_in.iter().all(|time| *time < Duration::from_secs(5)), "the owner waits: {let_in:?}");
    assert!(median(times.clone()) < 250, "others wait: {} ms of {}", median(times.clone()), times.len());
    login_from(&server, "198.51.100.2", "OLGA", PASSWORD).send().status(303);
    // Nothing that was typed is written down.
    assert!(!server.log().contains("wrong password"));
    let names = server.owner().json("/api/v1/users");
    assert_eq!(names["total"], 2);
}

#[test]
fn an_unknown_name_is_refused_as_a_wrong_password() {
    let site = Site::new();
    user(&site, "olga", "owner", &[]);
    user(&site, "gone", "owner", &[]);
    assert!(site.command(&["user", "disable", "gone"]).status.success());
    let server = site.serve_with(&["--trusted-proxy", "127.0.0.1"]);
    let mut times: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    let mut pages = BTreeSet::new();
    for n in 0..21 {
        for name in ["olga", "nobody", "gone"] {
            let request = login_from(&server, &format!("203.0.113.{n}"), name, "a wrong password");
            let begun = Instant::now();
            let answer = request.send().status(422);
            times.entry(name).or_default().push(begun.elapsed());
            pages.insert(answer.text().replace(&format!("value=\"{name}\""), ""));
        }
    }
    assert_eq!(pages.len(), 1, "the answers differ: {pages:?}");
    let times: Vec<u128> = times.into_values().map(median).collect();
    let (least, most) = (times.iter().min().unwrap(), times.iter().max().unwrap());
    assert!(*most <= least * 2, "{times:?} ms");
}

// Bad input

/// One field of a body: values that are none.
type Bad = (&'static str, Vec<Value>);

fn not_text() -> Vec<Value> {
    vec![json!(5), json!(true), json!([]), json!({}), json!(["text"])]
}

/// What is no name, password, role or time.
fn bad(field: &'static str) -> Bad {
    let mut values = not_text();
    let huge = json!("x".repeat(50_000));
    let more = match field {
        "name" => ["", " ", " a", "a ", "a\0b", "a\nb", "a\u{202e}b", "a\u{200b}b", "\u{feff}a", "a\u{2028}b"]
            .iter()
            .map(|text| json!(text))
            .chain([json!("x".repeat(65)), json!(null), huge])
            .collect(),
        "role" => vec![json!(""), json!("Owner"), json!("owner\0"), json!("\u{ff4f}wner"), json!(null), huge],
        "apps" => {
            values = vec![json!(5), json!(true), json!("a*"), json!({}), json!({ "0": "a*" })];
            let many = json!(vec!["a*"; 101]);
            vec![json!([5]), json!([null]), json!([[]]), json!([""]), json!(["a\0b"]), json!(["a*", "b\nc"]), many]
                .into_iter()
                .chain([json!(["x".repeat(256)]), json!([huge])])
                .collect()
        }
        "password" => vec![json!(""), json!("short"), json!("has a \0 within it"), json!(null), huge],
        "current_password" => vec![json!(null)],
        "expires_in" => ["", "90", "d", "0d", "-1d", "1.5d", "90d\0", "\u{0669}0d", "99999999999d", "90 d", "90D"]
            .iter()
            .map(|text| json!(text))
            .chain([huge])
            .collect(),
        "url" => {
            ["", "x", "ftp://a.example/", "http://a b/", "http://u@a.example/", "http://a.example/#x", "http://a\0b/"]
                .iter()
                .map(|text| json!(text))
                .chain([json!(null), huge])
                .collect()
        }
        "events" => {
            values = vec![json!(5), json!(true), json!("app.created"), json!({})];
            let many = json!(vec!["app.created"; 101]);
            vec![json!([5]), json!([null]), json!([""]), json!(["app.created\0"]), json!(["App.created"]), many]
        }
        "disabled" | "secrets" | "dry_run" | "enabled" | "rotate_secret" => {
            values = vec![json!(5), json!("true"), json!([]), json!({})];
            vec![]
        }
        _ => unreachable!("{field}"),
    };
    values.extend(more);
    (field, values)
}

/// Method, address, a good body, its fields, and which of them must be there.
type Bodies<'a> = (&'a str, &'a str, &'a Value, &'a [&'static str], &'a [&'a str]);

/// A body as a client writes it that sends one of its fields twice.
fn doubled(body: &Value, field: &str) -> String {
    let text = body.to_string();
    format!("{},{}:{}}}", &text[..text.len() - 1], json!(field), body[field])
}

#[test]
fn an_invalid_body_is_refused_by_field() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    user(&site, "olga", "owner", &[]);
    user(&site, "vera", "viewer", &["a*"]);
    let server = site.serve();
    let owner = server.owner();
    let Proof::Login { cookie, .. } = log_in(&server, "olga") else { unreachable!() };
    let hook = json!({ "name": "hook", "url": "http://127.0.0.1:9/", "events": ["app.created"] });
    let hook = owner.post("/api/v1/webhooks", hook).status(201).json();
    let hook = format!("/api/v1/webhooks/{}", hook["id"].as_str().unwrap());
    let before = (accounts(&owner), snapshot(&site.root()));
    let ask = |method: &str, path: &str| {
        let request = server.anonymous().request(method, path).header("cookie", &cookie);
        request.header("sec-fetch-site", "same-origin")
    };
    let user_body = json!({ "name": "eve", "role": "viewer", "apps": ["a*"], "password": OTHER });
    let patch_body = json!({ "role": "operator", "apps": [], "disabled": false, "password": OTHER });
    let token_body = json!({ "name": "eve", "role": "viewer", "apps": ["a*"], "expires_in": "1d", "secrets": true });
    let own_body = json!({ "current_password": PASSWORD, "password": OTHER });
    let hook_body = json!({ "name": "eve", "url": "http://127.0.0.1:9/", "events": [], "apps": ["a*"] });
    let mut hook_patch = hook_body.clone();
    (hook_patch["name"], hook_patch["enabled"], hook_patch["rotate_secret"]) = (json!("x"), json!(false), json!(true));
    let token = owner.post("/api/v1/tokens", json!({ "name": "ci", "role": "viewer" })).status(201).json();
    let token = format!("/api/v1/tokens/{}", token["id"].as_str().unwrap());
    let token_patch = json!({ "name": "cd", "apps": ["a*"], "expires_in": "1d" });
    let before = (accounts(&owner), before.1);
    let table: [Bodies<'_>; 7] = [
        ("POST", "/api/v1/users", &user_body, &["name", "role", "apps", "password"], &["name", "role", "password"]),
        ("PATCH", "/api/v1/users/vera", &patch_body, &["role", "apps", "disabled", "password"], &[]),
        ("PATCH", &token, &token_patch, &["name", "apps", "expires_in"], &[]),
        ("POST", "/api/v1/tokens", &token_body, &["name", "role", "apps", "expires_in", "secrets"], &["name", "role"]),
        ("POST", "/api/v1/webhooks", &hook_body, &["name", "url", "events", "apps"], &["name", "url"]),
        ("PATCH", &hook, &hook_patch, &["name", "url", "events", "apps", "enabled", "rotate_secret"], &[]),
        ("PUT", "/api/v1/me/password", &own_body, &["current_password", "password"], &["current_password", "password"]),
    ];
    for (method, path, good, fields, needed) in table {
        for (field, values) in fields.iter().map(|field| bad(field)) {
            let pointer = format!("/{field}");
            for value in values {
                let mut body = good.clone();
                body[field] = value.clone();
                let answer = ask(method, path).json(body).send();
                assert_eq!(answer.status, 422, "{path} with {field} = {:.60}: {answer:?}", value.to_string());
                answer.problem_at(422, "invalid-value", &pointer);
            }
            if needed.contains(&field) {
                let mut body = good.clone();
                body.as_object_mut().unwrap().remove(field);
                ask(method, path).json(body).send().problem_at(422, "invalid-value", &pointer);
            }
            let twice = ask(method, path).json(json!({})).body(doubled(good, field));
            twice.send().problem(400, "malformed-body");
            // Half of a character beyond the first plane.
            let half = doubled(good, field).replace('}', r#","x":"\ud800"}"#);
            ask(method, path).json(json!({})).body(half).send().problem(400, "malformed-body");
        }
        let mut body = good.clone();
        body["colour\0"] = json!("red");
        ask(method, path).json(body).send().problem_at(422, "invalid-value", "/colour\0");
        for wrong in [json!([]), json!(null), json!("x"), json!(1e300)] {
            ask(method, path).json(wrong).send().problem(422, "invalid-value");
        }
        for text in [&b"\xff{}"[..], b"{\"name\":\"\xc3\"}", b"{}{}", b"{\0}", b"\xef\xbb\xbf{}"] {
            ask(method, path).json(json!({})).body(text).send().problem(400, "malformed-body");
        }
        let over = json!({ "name": "x".repeat(70_000) });
        ask(method, path).json(over).send().problem(413, "too-large");
        let query = ask(method, &format!("{path}?x=1")).json(good.clone()).send();
        query.problem_at(400, "invalid-query", "/x");
    }
    let sessions = json!([{ "app": CONTACT, "id": id(1) }]);
    let batch = json!({ "action": "delete", "sessions": sessions, "reason": "x", "dry_run": false });
    let search = json!({ "q": "x", "limit": 5, "sort": "id" });
    for (path, good) in [("/api/v1/sessions/batch", &batch), ("/api/v1/sessions/search", &search)] {
        for field in good.as_object().unwrap().keys() {
            ask("POST", path).json(json!({})).body(doubled(good, field)).send().problem(400, "malformed-body");
        }
    }
    for (field, value) in [
        ("action", json!("delete\0")),
        ("action", json!("x".repeat(50_000))),
        ("action", json!(null)),
        ("sessions", json!("all")),
        ("sessions", json!([null])),
        ("reason", json!("x".repeat(50_000))),
        ("dry_run", json!(1)),
    ] {
        let mut body = batch.clone();
        body[field] = value;
        let problem = ask("POST", "/api/v1/sessions/batch").json(body).send().problem(422, "invalid-value");
        let pointer = problem["errors"][0]["pointer"].as_str().unwrap().to_owned();
        assert!(pointer.starts_with(&format!("/{field}")), "{problem}");
    }
    // An id with a NUL or odd characters is nobody's.
    for id in ["a\0b", "..", "\u{202e}", "x/../y", &"x".repeat(5_000)] {
        let mut body = batch.clone();
        body["sessions"][0]["id"] = json!(id);
        let result = ask("POST", "/api/v1/sessions/batch").json(body).send().status(200).json();
        assert_eq!(result["items"][0]["problem"]["status"], 404, "{result}");
    }
    assert_eq!(accounts(&owner), before.0);
    assert_unchanged(&before.1, &snapshot(&site.root()));
    log_in(&server, "vera");
    // As they were, all would have worked.
    for (method, path, good, ..) in table {
        let answer = ask(method, path).json(good.clone()).send();
        assert!(answer.status < 300, "{answer:?}");
    }
}

#[test]
fn hostile_login_forms_let_nobody_in() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve_with(&["--trusted-proxy", "127.0.0.1"]);
    let link = server.setup_link();
    let token = link.rsplit_once("token=").unwrap().1.to_owned();
    let before = snapshot(&site.root());
    let (huge, mut address) = ("x".repeat(200_000), 0_u8);
    let odd = ["", "\0", "a\0b", "\u{202e}", "\u{feff}", "' OR 1=1 --", "<script>", "%00", "\u{10ffff}", &huge];
    let mut send = |form: &Form| {
        address += 1;
        form.request(&server.anonymous()).header("x-forwarded-for", &format!("203.0.113.{address}")).send()
    };
    let setup = Form::to("/setup").fill("token", &token).fill("name", "olga").fill("password", PASSWORD);
    for value in odd {
        let answer = send(&setup.clone().fill("token", value));
        assert!([404, 413].contains(&answer.status), "{answer:?}");
        let answer = send(&setup.clone().fill("password", value));
        assert_eq!(answer.status, 422, "{answer:?}");
        if value != "' OR 1=1 --" && value != "<script>" && value != "%00" && value != "\u{10ffff}" {
            assert_eq!(send(&setup.clone().fill("name", value)).status, 422);
        }
    }
    for field in ["token", "name", "password"] {
        let answer = send(&setup.clone().without(field));
        assert!([404, 422].contains(&answer.status), "{answer:?}");
    }
    assert_eq!(server.owner().json("/api/v1/users")["total"], 0);
    assert_eq!(send(&setup).status, 303, "as it was, it works");
    let login = Form::to("/login").fill("name", "olga").fill("password", PASSWORD);
    for value in odd {
        for field in ["name", "password"] {
            let answer = send(&login.clone().fill(field, value));
            assert_eq!(answer.status, 422, "{answer:?}");
            assert!(!answer.has_header("set-cookie"), "{answer:?}");
        }
    }
    for field in ["name", "password"] {
        assert_eq!(send(&login.clone().without(field)).status, 422);
    }
    for next in
        ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/\r\nX-A: b", "\0", &huge]
    {
        let answer = send(&login.clone().fill("next", next)).status(303);
        let to = answer.header("location");
        assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'), "{next:.40}: {to}");
        assert!(!answer.has_header("x-a"));
    }
    assert_unchanged(&before, &snapshot(&site.root()));
}

// SECURITY.md

#[test]
fn every_test_that_security_md_names_is_there() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(top.join("SECURITY.md")).unwrap();
    let mut count = 0;
    for (line, words) in text.lines().enumerate().map(|(n, line)| (n + 1, line.split('`').skip(1).step_by(2))) {
        for (file, name) in words.filter_map(|word| word.split_once("::")) {
            let path = ["tests/it", "src"].map(|folder| top.join(folder).join(format!("{file}.rs")));
            let path = path.into_iter().find(|path| path.is_file());
            let source = fs::read_to_string(path.unwrap_or_else(|| panic!("line {line}: no file {file}"))).unwrap();
            let at = source.find(&format!("fn {name}(")).unwrap_or_else(|| panic!("line {line}: no {file}::{name}"));
            let above =
                source[..at].lines().rev().take(4).any(|line| line.contains("#[test]") || line.contains("::test]"));
            let in_macro = source.contains("proptest!");
            assert!(above || in_macro, "line {line}: {file}::{name} is no test");
            count += 1;
        }
    }
    assert!(count >= 60, "only {count} tests");
    // Each promise has one.
    for (n, line) in text.lines().enumerate().filter(|(_, line)| line.starts_with("* ")) {
        let promised = text.lines().take(n).filter(|line| line.starts_with("## ")).last();
        let open = promised.is_some_and(|chapter| chapter.contains("not covered"));
        assert!(open || line.contains("::"), "line {}: a promise without a test: {line}", n + 1);
    }
}
