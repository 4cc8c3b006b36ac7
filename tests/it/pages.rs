//! The pages, used as a browser without JavaScript uses them: links are followed, forms are filled in
//! and sent, and what is asserted is what a person reads and what the files hold.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use serde_json::Value;

use crate::spawn::*;

const SOON: Duration = Duration::from_secs(10);
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The page of a session.
pub fn page_of(app: &str, id: &str) -> String {
    format!("/apps/{}/sessions/{}", segment(app), segment(id))
}

/// The page of an app.
pub fn list_of(app: &str) -> String {
    format!("/apps/{}", segment(app))
}

/// What stands between header and toasts.
fn content(page: &str) -> &str {
    page.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).expect("a main part").0
}

/// What a person reads: without tags, white space run together.
pub fn words(page: &str) -> String {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let mut text = String::new();
    for piece in body.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        text.push(' ');
    }
    unescape(&text).split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" ,", ",")
}

/// The ids of a list's rows, in their order.
pub fn rows(page: &str) -> Vec<String> {
    let names = page.split("<tr id=\"s-").skip(1).filter_map(|row| row.split('"').next());
    names.filter_map(|name| name.rsplit('/').next().map(str::to_owned)).collect()
}

/// One row of a list.
#[track_caller]
pub fn row(page: &str, id: &str) -> String {
    let mut all = page.split_inclusive("</tr>").filter_map(|row| row.split_once("<tr id=\"s-"));
    let row = all.find(|(_, row)| row.split('"').next().is_some_and(|name| name.ends_with(id)));
    row.unwrap_or_else(|| panic!("no row {id}:\n{page}")).1.to_owned()
}

/// Where the link with these words leads.
pub fn link(page: &str, text: &str) -> Option<String> {
    tags(page, "a").into_iter().find_map(|(at, tag)| {
        let inside = page[at + tag.len()..].split("</a>").next().unwrap_or_default();
        let said = words(inside);
        (said == text || said.starts_with(&format!("{text} "))).then(|| attribute(&tag, "href")).flatten()
    })
}

#[track_caller]
pub fn follow_link(user: &impl User, page: &str, text: &str) -> String {
    let href = link(page, text).unwrap_or_else(|| panic!("no link {text:?}:\n{page}"));
    user.get(&href).status(200).text()
}

/// The address that a form's answer sends to.
#[track_caller]
pub fn goes_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.header("location").to_owned()
}

/// Sends a form that must work, and looks at the page that it leads to.
#[track_caller]
pub fn send(user: &impl User, form: &Form) -> String {
    let to = goes_to(&form.submit(user));
    user.get(&to).status(200).text()
}

/// Reads the folder again, by the list's button.
#[track_caller]
pub fn refresh(user: &impl User) {
    let page = user.get("/sessions").status(200).text();
    send(user, &Form::button(&page, "/refresh"));
}

/// A value in a session's file.
pub fn on_disk(site: &Site, app: &str, id: &str, pointer: &str) -> Value {
    let document: Value = serde_json::from_slice(&site.read(app, id)).expect("JSON");
    document.pointer(pointer).cloned().unwrap_or_default()
}

/// A user made on the command line and logged in.
#[track_caller]
pub fn user<'a>(server: &'a Server<'_>, name: &str, role: &str, apps: &[&str]) -> Cookie<'a> {
    let mut args = vec!["user", "create", name, "--role", role];
    for glob in apps {
        args.extend(["--app", glob]);
    }
    let made = server.site.command_with_input(&args, PASSWORD);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    server.log_in(name, PASSWORD)
}

/// What every page must hold to.
#[track_caller]
pub fn assert_sound(answer: &Answer) {
    let page = answer.text();
    assert!(answer.header("content-type").starts_with("text/html"), "{answer:?}");
    assert_eq!(answer.header("content-security-policy"), POLICY);
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(page.contains("<html lang=\"en\">"), "no language: {answer:?}");
    assert_eq!(tags(&page, "h1").len(), 1, "one h1: {answer:?}");
    assert!(!title(&page).is_empty(), "a title: {answer:?}");
    assert!(tags(&page, "style").is_empty(), "an inline style sheet: {answer:?}");
    for (at, tag) in tags(&page, "script") {
        let inside = page[at + tag.len()..].split("</script>").next().unwrap_or_default();
        assert!(attribute(&tag, "src").is_some() && inside.is_empty(), "an inline script: {tag}");
    }
    for tag in page.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        // Values out of the way, what is left are the names of attributes.
        let names = tag.split('"').step_by(2).flat_map(str::split_whitespace);
        for name in names {
            assert!(!name.starts_with("on") && !name.starts_with("style"), "an inline attribute: {tag}");
        }
        assert!(!tag.contains("javascript:"), "{tag}");
    }
    let mut ids = BTreeSet::new();
    for tag in page.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        if let Some(id) = attribute(tag, "id") {
            assert!(ids.insert(id), "an id twice: {tag}");
        }
    }
}

pub fn title(page: &str) -> String {
    let rest = page.split_once("<title>").map_or("", |(_, rest)| rest);
    unescape(rest.split("</title>").next().unwrap_or_default())
}

// Coming in and leaving

#[test]
fn the_setup_link_creates_one_owner_once() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let visitor = server.stranger();
    let link = server.setup_link();
    let answer = visitor.get(&link).status(200);
    assert_sound(&answer);
    let form = Form::find(&answer.text(), "/setup");
    for (name, password, why) in [
        ("owner1", "short", "at least 12 characters"),
        ("owner1owner1", "owner1owner1", "little more than the name"),
        (" ", PASSWORD, "1 to 64 characters"),
    ] {
        let again = form.clone().fill("name", name).fill("password", password).submit(&visitor).status(422);
        assert_sound(&again);
        assert!(words(&again.text()).contains(why), "{again:?}");
        let sent_back = tags(&again.text(), "input")
            .iter()
            .any(|(_, tag)| tag.contains("type=\"password\"") && attribute(tag, "value").is_some());
        assert!(!sent_back, "a password is not sent back");
        assert_eq!(Form::find(&again.text(), "/setup"), form.clone().fill("name", name.trim()));
    }
    let answer = form.clone().fill("name", "owner1").fill("password", PASSWORD).submit(&visitor);
    assert_eq!(goes_to(&answer), "/");
    let overview = visitor.get("/").status(200).text();
    assert!(overview.contains("owner1") && overview.contains("Owner"), "{overview}");

    let second = server.stranger();
    let used = second.get(&link).status(404);
    assert_sound(&used);
    form.fill("name", "owner2").fill("password", PASSWORD).submit(&second).status(404);
    second.get("/setup").status(404);
    second.get("/setup?token=").status(404);
    let users = String::from_utf8(site.command(&["user", "list"]).stdout).expect("text");
    assert!(users.contains("owner1") && !users.contains("owner2"), "{users}");
    server.stop();
    let server = site.serve();
    assert!(!server.log().contains("/setup?token="), "no link once there is an owner");
}

#[test]
fn a_wrong_login_keeps_the_name() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    user(&server, "olga", "operator", &[]);
    let visitor = server.stranger();
    let wanted = format!("{}?status=pending", list_of(CONTACT));
    let login = goes_to(&visitor.get(&wanted));
    assert!(login.starts_with("/login?next="), "{login}");
    let answer = visitor.get(&login).status(200);
    assert_sound(&answer);
    let form = Form::find(&answer.text(), "/login");
    for (name, password) in [("olga", "wrong wrong wrong"), ("nobody", PASSWORD), ("", ""), ("olga", "")] {
        let again = form.clone().fill("name", name).fill("password", password).submit(&visitor).status(422);
        assert_sound(&again);
        assert!(words(&again.text()).contains("Name or password is wrong"), "{again:?}");
        assert_eq!(Form::find(&again.text(), "/login"), form.clone().fill("name", name));
        assert!(!again.has_header("set-cookie"), "{again:?}");
    }
    let answer = form.fill("name", "olga").fill("password", PASSWORD).submit(&visitor);
    assert_eq!(goes_to(&answer), wanted);
    let cookie = answer.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(goes_to(&visitor.get("/login")), "/", "who is logged in goes on");
}

#[test]
fn a_login_leads_to_no_other_site() {
    let site = Site::new();
    let server = site.serve();
    user(&server, "olga", "viewer", &[]);
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let visitor = server.stranger();
        let page = visitor.get(&format!("/login?next={}", segment(next))).status(200).text();
        let form = Form::find(&page, "/login").fill("name", "olga").fill("password", PASSWORD);
        assert_eq!(goes_to(&form.clone().submit(&visitor)), "/", "{next}");
        let visitor = server.stranger();
        assert_eq!(goes_to(&form.fill("next", next).submit(&visitor)), "/", "{next}");
    }
}

#[test]
fn logging_out_ends_every_copy_of_the_cookie() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    user(&server, "olga", "viewer", &[]);
    let visitor = server.stranger();
    let page = visitor.get("/login").text();
    let answer = Form::find(&page, "/login").fill("name", "olga").fill("password", PASSWORD).submit(&visitor);
    let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let copy = || server.anonymous().request("GET", "/").header("cookie", &cookie).send();
    copy().status(200);
    let page = visitor.get("/").status(200).text();
    let answer = Form::button(&page, "/logout").submit(&visitor);
    assert_eq!(goes_to(&answer), "/login");
    assert_eq!(goes_to(&visitor.get("/")), "/login?next=%2F");
    copy().status(303);
}

#[test]
fn every_other_page_asks_a_stranger_to_log_in() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let stranger = server.stranger();
    let own = page_of(CONTACT, &id(1));
    let none = page_of("com.none", &id(1));
    for path in ["/", "/sessions", &list_of(CONTACT), &list_of("com.none"), &own, &none, "/changes"] {
        let to = goes_to(&stranger.get(path));
        assert_eq!(to, format!("/login?next={}", segment(path)));
    }
    let posts = [
        format!("{own}/status"),
        format!("{own}/email"),
        format!("{own}/delete"),
        "/sessions/selected".to_owned(),
        "/changes/1/undo".to_owned(),
        "/refresh".to_owned(),
        "/logout".to_owned(),
    ];
    let before = snapshot(&site.root());
    for path in posts {
        let to = goes_to(&Form::to(&path).fill("status", "pending").submit(&stranger));
        assert!(to.starts_with("/login"), "{path}: {to}");
    }
    assert_unchanged(&before, &snapshot(&site.root()));
    for path in ["/login", "/problems/not-found", "/static/app.css", "/static/panel.js"] {
        stranger.get(path).status(200);
    }
    assert_sound(&stranger.get("/problems/not-found"));
    let page = stranger.get("/login").text();
    let assets = tags(&page, "link").into_iter().filter_map(|(_, tag)| attribute(&tag, "href"));
    for asset in assets.chain(tags(&page, "script").into_iter().filter_map(|(_, tag)| attribute(&tag, "src"))) {
        assert!(stranger.get(&asset).status(200).header("cache-control").contains("immutable"), "{asset}");
    }
}

// Lists

#[test]
fn the_overview_shows_the_queue_and_app_counts() {
    let site = Site::new();
    site.put_aged(&session(CONTACT, &id(1)).status("pending").email("new@x.example"), 60);
    site.put_aged(&session(TASKS, &id(2)).status("pending").set("/application/name", "Tasks"), 600);
    site.put(&session(CONTACT, &id(3)));
    site.write(CONTACT, &id(4), b"{ broken");
    site.write("com.manifest.alone", "manifest.json", b"{}");
    let server = site.serve();
    let owner = server.first_owner();
    let answer = owner.get("/").status(200);
    assert_sound(&answer);
    let page = answer.text();
    assert_eq!(title(&page), "(2) Sessions");
    assert_eq!(rows(&page), [id(1), id(2)], "who came last stands first");
    let text = words(&page);
    assert!(text.contains("2 devices are waiting"), "{text}");
    assert!(text.contains(&format!("Contact {CONTACT} 1 1 3")), "accepted, pending, all: {text}");
    assert!(!text.contains("com.manifest.alone"), "an app without a session is left out: {text}");
    owner.get(&list_of("com.manifest.alone")).status(200);

    let all = Form::find(&page, "/sessions/selected");
    let page = send(&owner, &all);
    assert!(words(&page).contains("Nobody is waiting") && words(&page).contains("2 sessions are accepted"), "{page}");
    assert_eq!(title(&page), "Sessions");
    for (app, n) in [(CONTACT, 1), (TASKS, 2)] {
        assert_eq!(on_disk(&site, app, &id(n), "/status"), "accepted");
    }
}

#[test]
fn empty_pages_say_what_will_appear() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let answer = owner.get("/").status(200);
    assert_sound(&answer);
    let text = words(&answer.text());
    assert!(text.contains("No apps yet") && text.contains(site.root().to_str().expect("a path")), "{text}");
    assert_sound(&owner.get("/sessions").status(200));
    assert!(words(&owner.get("/changes").text()).contains("Nothing has been changed here yet"));
    site.put(&session(CONTACT, &id(1)));
    refresh(&owner);
    let text = words(&owner.get("/").text());
    assert!(text.contains("Nobody is waiting") && text.contains("$response.verify:=True"), "{text}");
}

#[test]
fn a_list_shows_the_columns_and_sorts_both_ways() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).set("/device/description", "Alpha").email("z@x.example"),
        session(CONTACT, &id(2)).set("/device/description", "bravo").email("a@x.example").status("pending"),
        session(CONTACT, &id(3)).set("/device/description", "Charlie").set("/device/os", "iOS").status("banned"),
        session(TASKS, &id(4)).set("/device/description", "Delta").set("/device/simulator", true),
    ]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get(&list_of(CONTACT)).status(200).text();
    assert!(words(&page).contains(&format!("{CONTACT} · 3 sessions · 1 pending")), "{page}");
    let text = words(&row(&page, &id(3)));
    assert!(text.contains("Charlie “banned” Accepted Pending Set iOS 11.3 guest 192.168.5.4"), "{text}");
    let by_device = follow_link(&owner, &page, "Device");
    assert_eq!(rows(&by_device), [id(1), id(2), id(3)]);
    assert!(by_device.contains("aria-sort=\"ascending\""));
    let back = follow_link(&owner, &by_device, "Device");
    assert_eq!(rows(&back), [id(3), id(2), id(1)]);
    assert!(back.contains("aria-sort=\"descending\""));
    let by_email = follow_link(&owner, &page, "E-mail");
    assert_eq!(rows(&by_email), [id(3), id(2), id(1)]);
    for head in ["Status", "System", "Last change"] {
        let once = rows(&follow_link(&owner, &page, head));
        assert_eq!(once.len(), 3, "{head}");
    }
    let all = owner.get("/sessions").status(200).text();
    assert_eq!(rows(&all).len(), 4);
    assert!(words(&row(&all, &id(4))).contains("Delta Simulator Accepted"), "{}", row(&all, &id(4)));
    let by_app = follow_link(&owner, &all, "App");
    assert_eq!(rows(&by_app).last(), Some(&id(4)));
}

#[test]
fn chips_and_search_narrow_a_list_and_keep_each_other() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).email("ann@x.example"),
        session(CONTACT, &id(2)).email("ann@x.example").status("pending"),
        session(CONTACT, &id(3)).email("bob@x.example").status("pending"),
        session(CONTACT, &id(4)).status("banned"),
    ]);
    site.put_aged(&session(CONTACT, &id(5)).email("old@x.example"), 100 * 86_400);
    site.write(CONTACT, &id(6), b"{ broken");
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get(&format!("{}?sort=email", list_of(CONTACT))).status(200).text();
    let chip = |page: &str, name: &str| rows(&follow_link(&owner, page, name));
    assert_eq!(chip(&page, "Pending"), [id(2), id(3)]);
    assert_eq!(chip(&page, "Accepted"), [id(1), id(5)]);
    assert_eq!(chip(&page, "With problems"), [id(6)]);
    assert_eq!(chip(&page, "Quiet for 90 days"), [id(5)]);
    assert_eq!(chip(&page, "Other").len(), 2);
    let nothing = follow_link(&owner, &page, "Not pushed");
    assert!(words(&nothing).contains("Nothing fits these filters"), "{nothing}");
    assert_eq!(rows(&follow_link(&owner, &nothing, "Clear the filters")).len(), 6);

    let pending = follow_link(&owner, &page, "Pending");
    let form = tags(&pending, "form").into_iter().find(|(_, tag)| tag.contains("class=\"tools\"")).expect("a search");
    let hidden = &pending[form.0..pending[form.0..].find("</form>").map_or(pending.len(), |end| form.0 + end)];
    let sent: Vec<String> = tags(hidden, "input")
        .into_iter()
        .filter_map(|(_, tag)| Some((attribute(&tag, "name")?, attribute(&tag, "value").unwrap_or_default())))
        .map(|(name, value)| if name == "q" { "q=ann".to_owned() } else { format!("{name}={}", segment(&value)) })
        .collect();
    let found = owner.get(&format!("{}?{}", list_of(CONTACT), sent.join("&"))).status(200).text();
    assert_eq!(rows(&found), [id(2)], "the filter is kept: {sent:?}");
    assert_eq!(rows(&follow_link(&owner, &found, "All")), [id(2), id(1)], "the search is kept");
    assert!(found.contains("value=\"ann\""), "what was searched for stays in the field");

    let odd = owner.get("/sessions?colour=red").status(400);
    assert_sound(&odd);
    assert!(words(&odd.text()).contains("colour"), "it names the key: {odd:?}");
    assert_eq!(rows(&follow_link(&owner, &odd.text(), "Clear the filters")).len(), 6);
}

/// Twelve sessions that sort by their e-mail.
fn twelve() -> Site {
    let files: Vec<_> = (1..=12).map(|n| session(CONTACT, &id(n)).email(&format!("u{n:02}@x.example"))).collect();
    Site::with(&files)
}

fn ids(numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
    numbers.into_iter().map(id).collect()
}

#[test]
fn pages_of_a_list_lead_on_and_back() {
    let site = twelve();
    let server = site.serve();
    let owner = server.first_owner();
    let address = format!("{}?sort=email&limit=5", list_of(CONTACT));
    let one = owner.get(&address).status(200).text();
    assert_eq!(rows(&one), ids(1..=5));
    assert!(words(&one).contains("1–5 of 12") && link(&one, "Previous").is_none(), "{one}");
    let two = follow_link(&owner, &one, "Next");
    assert_eq!(rows(&two), ids(6..=10));
    assert!(words(&two).contains("6–10 of 12"));
    let three = follow_link(&owner, &two, "Next");
    assert_eq!(rows(&three), ids(11..=12));
    assert!(words(&three).contains("11–12 of 12") && link(&three, "Next").is_none());
    assert_eq!(rows(&follow_link(&owner, &three, "Previous")), ids(6..=10));
    assert_eq!(rows(&follow_link(&owner, &three, "First")), ids(1..=5));
    let back = follow_link(&owner, &follow_link(&owner, &three, "Previous"), "Previous");
    assert_eq!(rows(&back), ids(1..=5));
    // A sort begins at the first page again.
    assert_eq!(rows(&follow_link(&owner, &two, "E-mail")), ids((8..=12).rev()));
}

#[test]
fn a_change_returns_to_the_same_list() {
    let site = twelve();
    let server = site.serve();
    let owner = server.first_owner();
    let one = owner.get(&format!("{}?status=accepted&sort=email&limit=5", list_of(CONTACT))).text();
    let address = link(&one, "Next").expect("a second page");
    let two = owner.get(&address).text();
    let after = send(&owner, &Form::button(&two, &format!("{}/status", page_of(CONTACT, &id(7)))));
    assert_eq!(rows(&after), ids([6, 8, 9, 10, 11]), "the same page, sort and filter");
    assert!(words(&after).contains("is pending. Undo"), "{after}");
    assert_eq!(on_disk(&site, CONTACT, &id(7), "/status"), "pending");
    let undo = tags(&after, "button")
        .into_iter()
        .find_map(|(_, tag)| attribute(&tag, "formaction").filter(|a| a.contains("/undo")));
    let undone = send(&owner, &Form::button(&after, &undo.expect("an undo")));
    assert_eq!(rows(&undone), ids(6..=10));
    assert!(link(&undone, "Previous").is_some());
}

#[test]
fn an_emptied_page_leads_to_the_previous_one() {
    let site = twelve();
    let server = site.serve();
    let owner = server.first_owner();
    let one = owner.get(&format!("{}?sort=email&limit=5", list_of(CONTACT))).text();
    let three = follow_link(&owner, &follow_link(&owner, &one, "Next"), "Next");
    let form = Form::find(&three, "/sessions/selected").fill("do", "delete").without("all");
    let asked = form.add("pick", &format!("{CONTACT}/{}", id(11))).add("pick", &format!("{CONTACT}/{}", id(12)));
    let asked = asked.submit(&owner).status(200).text();
    let mut to = goes_to(&Form::find(&asked, "/sessions/selected").submit(&owner));
    let mut answer = owner.get(&to);
    for _ in 0..3 {
        if answer.status != 303 {
            break;
        }
        to = goes_to(&answer);
        answer = owner.get(&to);
    }
    let page = answer.status(200).text();
    assert_eq!(rows(&page), ids(6..=10), "{to}");
    assert!(words(&page).contains("2 sessions are deleted. Undo"), "what was done is still told: {page}");
}

// One session

#[test]
fn no_page_shows_a_secret_of_a_file() {
    let file = session(CONTACT, &id(1))
        .email("ann@x.example")
        .set("/device/token", "push-SECRET-42")
        .set("/userInfo", serde_json::json!({ "floor": 3 }));
    let secret = file.document["token"].as_str().expect("a token").to_owned();
    let site = Site::with(&[file]);
    // A file with a finding at its token shows none either.
    let odd = session(CONTACT, &id(2)).set("/token", "bad-SECRET-43");
    site.put(&odd);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    let answer = owner.get(&own).status(200);
    assert_sound(&answer);
    let page = answer.text();
    assert!(title(&page).contains("iPhone X"), "{page}");
    let text = words(&page);
    for part in [
        "Model iPhone X",
        "System 11.3",
        "E-mail ann@x.example",
        "Address 192.168.5.4",
        "Push notifications yes",
        "Bundle id com.contactApp.Contact",
        "Version 1.0.0",
        "Team UTT7VDX8W5",
        "en_US",
        "These secrets are masked: /token /device/token",
        "Nobody has changed this session here",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let path = site.path(CONTACT, &id(1));
    assert!(text.contains(path.to_str().expect("a path")), "{text}");
    let document = page.split_once("<pre").and_then(|(_, rest)| rest.split_once('>')).expect("a document").1;
    let document = unescape(document.split("</pre>").next().unwrap_or_default());
    assert!(document.starts_with("{\n  \"application\": {\n    \"id\""), "formatted, in the file's order: {document}");
    let shown: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(shown["userInfo"]["floor"], 3);
    assert_eq!((&shown["token"], &shown["device"]["token"]), (&"••••••••".into(), &"••••••••".into()));

    let changed = send(&owner, &Form::find(&page, &format!("{own}/email")).fill("email", "new@x.example"));
    let deleted = send(&owner, &Form::button(&changed, &format!("{own}/delete")));
    let mut pages = vec![page, changed, deleted];
    for path in ["/", "/sessions", &format!("/sessions?q={}", segment(&secret)), &list_of(CONTACT), "/changes"] {
        pages.push(owner.get(path).status(200).text().replace(&format!("value=\"{secret}\""), ""));
    }
    pages.push(owner.get(&page_of(CONTACT, &id(2))).status(200).text());
    for page in &pages {
        for secret in [&secret as &str, "push-SECRET-42", "bad-SECRET-43"] {
            let leaks = page.contains(secret) && !page.contains(&format!("q={}", segment(secret)));
            assert!(!leaks, "{secret}: {page}");
        }
    }
    assert!(rows(&pages[5]).is_empty(), "a search does not find secrets");
    for secret in [&secret as &str, "push-SECRET-42", "bad-SECRET-43"] {
        assert!(!server.log().contains(secret), "{}", server.log());
    }
}

#[test]
fn a_change_its_undo_and_redo_have_reasons() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending").email("old@x.example")]);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    let original = site.read(CONTACT, &id(1));
    let page = owner.get(&own).text();
    let accepted =
        send(&owner, &Form::button(&page, &format!("{own}/status")).fill("reason", "it is Ann's <new> phone"));
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/status"), "accepted");
    let text = words(&accepted);
    assert!(text.contains("iPhone X · old@x.example is accepted in the file. 4D is not connected"), "{text}");
    assert!(text.contains("owner1 accepted iPhone X it is Ann's <new> phone"), "{text}");
    assert!(text.contains("1 change not pushed"), "{text}");

    let email = Form::find(&accepted, &format!("{own}/email")).fill("email", "new@x.example");
    let changed = send(&owner, &email);
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/email"), "new@x.example");
    assert!(words(&changed).contains("The e-mail of iPhone X · old@x.example is new@x.example. Undo"), "{changed}");
    let same = Form::find(&changed, &format!("{own}/email"));
    assert!(
        words(&send(&owner, &same))
            .contains("owner1 set the e-mail of iPhone X · old@x.example to new@x.example just now.")
    );

    let undone = send(&owner, &toast_undo(&changed));
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/email"), "old@x.example");
    let again = send(&owner, &toast_undo(&undone));
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/email"), "new@x.example", "the undo is undone");
    send(&owner, &toast_undo(&again));
    // The first change is undone from the journal.
    let journal = owner.get("/changes").text();
    let first = tags(&journal, "button")
        .into_iter()
        .filter_map(|(_, tag)| attribute(&tag, "formaction").filter(|action| action.ends_with("/undo")))
        .next_back()
        .expect("the oldest change");
    send(&owner, &Form::button(&journal, &first));
    assert_eq!(site.read(CONTACT, &id(1)), original, "byte for byte what it was");
    let journal = words(&owner.get("/changes").text());
    assert!(journal.contains("old@x.example to new@x.example") && !journal.contains("Pending →"), "{journal}");
    assert!(journal.contains("undone"), "{journal}");
}

/// The undo that is offered for what was just done.
#[track_caller]
pub fn toast_undo(page: &str) -> Form {
    let toast = page.split_once("<div class=\"toast\"").unwrap_or_else(|| panic!("nothing was done:\n{page}")).1;
    let mut ways = tags(toast, "button").into_iter().filter_map(|(_, button)| attribute(&button, "formaction"));
    let undo = ways.find(|way| way.ends_with("/undo")).unwrap_or_else(|| panic!("no undo:\n{page}"));
    Form::button(page, &undo)
}

#[test]
fn a_deleted_session_comes_back_byte_for_byte() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2))]);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    let bytes = site.read(CONTACT, &id(1));
    let page = owner.get(&own).text();
    let list = send(&owner, &Form::button(&page, &format!("{own}/delete")).fill("reason", "lost phone"));
    assert_eq!(rows(&list), [id(2)], "on to the app: the session's page is gone");
    assert!(words(&list).contains("is deleted. Undo"), "{list}");
    assert!(!site.path(CONTACT, &id(1)).exists());
    let gone = owner.get(&own).status(404);
    assert_sound(&gone);
    let restored = send(&owner, &toast_undo(&list));
    assert_eq!(rows(&restored).len(), 2);
    assert_eq!(site.read(CONTACT, &id(1)), bytes);
    let deleted = send(&owner, &toast_undo(&restored));
    assert_eq!(rows(&deleted), [id(2)], "the undo is undone");
    let journal = owner.get("/changes").text();
    assert!(words(&journal).contains("owner1 deleted"), "{journal}");
    assert!(words(&journal).contains("lost phone"), "{journal}");
    site.write(CONTACT, &id(1), &bytes);
    refresh(&owner);
    let refused = toast_undo(&deleted).submit(&owner).status(409);
    assert_sound(&refused);
    assert!(words(&refused.text()).contains("There is a file of this name again"), "{refused:?}");
}

#[test]
fn bad_input_is_kept_with_the_reason() {
    let site = Site::with(&[session(CONTACT, &id(1)).email("old@x.example")]);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    let form = Form::find(&owner.get(&own).text(), &format!("{own}/email"));
    let before = snapshot(&site.root());
    let bad = form.clone().fill("email", "no\u{1}\"address\"").fill("reason", "why").submit(&owner).status(422);
    assert_sound(&bad);
    assert!(words(&bad.text()).contains("This is neither an e-mail address"), "{bad:?}");
    let again = Form::find(&bad.text(), &format!("{own}/email"));
    assert_eq!(again, form.clone().fill("email", "no\u{1}\"address\"").fill("reason", "why"));
    assert!(bad.text().contains("aria-invalid=\"true\" aria-describedby=\"email-error\""), "{bad:?}");
    let long = "x".repeat(501);
    for path in ["email", "status", "delete"] {
        let form = form.clone().at(&format!("{own}/{path}")).fill("status", "pending").fill("reason", &long);
        let bad = form.submit(&owner).status(422);
        assert!(words(&bad.text()).contains("This has 501 characters"), "{bad:?}");
        assert!(bad.text().contains(&long), "what was typed is still there");
    }
    for (status, told) in [("banned", "“banned” cannot be set"), ("", "No status cannot be set")] {
        let typed = form.clone().at(&format!("{own}/status")).fill("status", status).fill("reason", "why");
        let odd = typed.submit(&owner).status(422);
        assert_sound(&odd);
        let (page, told) = (odd.text(), format!("Choose one of these: {told}."));
        assert!(words(&page).contains(&told), "{odd:?}");
        assert!(page.contains("aria-describedby=\"status-error\"") && page.contains("id=\"status-error\""), "{odd:?}");
        assert_eq!(Form::find(&page, &format!("{own}/email")).field("reason").as_deref(), Some("why"));
    }
    assert_unchanged(&before, &snapshot(&site.root()));
    assert!(words(&owner.get("/changes").text()).contains("Nothing has been changed here yet"));
}

#[test]
fn what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten() {
    let site = Site::with(&[session(CONTACT, &id(1)).email("old@x.example")]);
    let server = site.serve();
    let owner = server.first_owner();
    let other = user(&server, "olga", "operator", &[]);
    let own = page_of(CONTACT, &id(1));
    let mine = Form::find(&owner.get(&own).text(), &format!("{own}/email")).fill("email", "mine@x.example");
    let theirs = Form::find(&other.get(&own).text(), &format!("{own}/email")).fill("email", "theirs@x.example");
    send(&other, &theirs);
    let conflict = mine.submit(&owner).status(412);
    assert_sound(&conflict);
    let text = words(&conflict.text());
    assert!(text.contains("The session was changed since you loaded this page"), "{text}");
    assert!(
        text.contains("olga set the e-mail of iPhone X to theirs@x.example, just now. Nothing of yours was written"),
        "{text}"
    );
    assert!(text.contains("E-mail theirs@x.example mine@x.example"), "both values: {text}");
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/email"), "theirs@x.example");
    // Who has seen it can set it after all.
    send(&owner, &Form::find(&conflict.text(), &format!("{own}/email")));
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/email"), "mine@x.example");

    let form = Form::find(&owner.get(&own).text(), &format!("{own}/email"));
    site.put(&session(CONTACT, &id(1)).email("4d@x.example").status("pending"));
    let outside = form.fill("email", "again@x.example").submit(&owner).status(412);
    assert!(words(&outside.text()).contains("changed outside this panel"), "{outside:?}");
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/email"), "4d@x.example");
}

#[test]
fn a_refused_undo_shows_both_values() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    let page = owner.get(&own).text();
    let accepted = send(&owner, &Form::button(&page, &format!("{own}/status")));
    site.put(&session(CONTACT, &id(1)).status("banned"));
    refresh(&owner);
    let refused = toast_undo(&accepted).submit(&owner).status(409);
    assert_sound(&refused);
    assert!(words(&refused.text()).contains("Status “banned” Pending"), "{refused:?}");
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/status"), "banned");
}

// Many at once

#[test]
fn selected_rows_change_with_one_undo() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).status("pending"),
        session(CONTACT, &id(2)).status("pending"),
        session(TASKS, &id(3)).status("pending"),
        session(TASKS, &id(4)),
    ]);
    let server = site.serve();
    let owner = server.first_owner();
    let pick = |page: &str, what: &str| {
        let mut form = Form::find(page, "/sessions/selected").fill("do", what);
        for (_, tag) in tags(page, "input").into_iter().filter(|(_, tag)| tag.contains("form=\"selected\"")) {
            let value = attribute(&tag, "value").expect("a value");
            if value.ends_with(&id(1)) || value.ends_with(&id(3)) {
                form = form.add("pick", &value);
            }
        }
        form
    };
    let statuses =
        || [(CONTACT, 1), (CONTACT, 2), (TASKS, 3), (TASKS, 4)].map(|(app, n)| on_disk(&site, app, &id(n), "/status"));
    let page = owner.get("/sessions?sort=id").text();
    let accepted = send(&owner, &pick(&page, "accept"));
    assert_eq!(statuses(), ["accepted", "pending", "accepted", "accepted"]);
    assert!(words(&accepted).contains("2 sessions are accepted in their files. 4D is not connected"), "{accepted}");
    let undone = send(&owner, &toast_undo(&accepted));
    assert_eq!(statuses(), ["pending", "pending", "pending", "accepted"]);
    let redone = send(&owner, &toast_undo(&undone));
    assert_eq!(statuses(), ["accepted", "pending", "accepted", "accepted"]);
    send(&owner, &pick(&redone, "pending"));
    assert_eq!(statuses(), ["pending", "pending", "pending", "accepted"]);

    let asked = pick(&redone, "delete").submit(&owner).status(200);
    assert_sound(&asked);
    assert!(words(&asked.text()).contains("Delete 2 sessions?"), "{asked:?}");
    assert!(site.path(CONTACT, &id(1)).exists(), "nothing is deleted before it is answered");
    let back = link(&asked.text(), "Keep them").expect("a way back");
    assert!(back.contains("sort=id"), "{back}");
    let deleted = send(&owner, &Form::find(&asked.text(), "/sessions/selected"));
    assert_eq!(rows(&deleted).len(), 2);
    assert!(!site.path(CONTACT, &id(1)).exists() && !site.path(TASKS, &id(3)).exists());
    send(&owner, &toast_undo(&deleted));
    assert!(site.path(CONTACT, &id(1)).exists() && site.path(TASKS, &id(3)).exists());

    let nothing = Form::find(&redone, "/sessions/selected").fill("do", "accept");
    assert!(words(&send(&owner, &nothing)).contains("so nothing was changed"));
    nothing.fill("do", "explode").add("pick", "x/y").submit(&owner).status(422);
}

#[test]
fn all_that_match_are_changed_and_no_others() {
    let files: Vec<_> = (1..=12)
        .map(|n| {
            session(if n > 10 { TASKS } else { CONTACT }, &id(n)).status("pending").email(&format!("u{}@x", n % 2))
        })
        .collect();
    let site = Site::with(&files);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get(&format!("{}?q=u1%40x&limit=2", list_of(CONTACT))).text();
    assert!(words(&page).contains("all 5 that match"), "{page}");
    let form = Form::find(&page, "/sessions/selected").fill("do", "accept").all_that_match(&page);
    let after = send(&owner, &form);
    assert!(words(&after).contains("5 sessions are accepted"), "{after}");
    for n in 1..=12 {
        let app = if n > 10 { TASKS } else { CONTACT };
        let expected = if n % 2 == 1 && n <= 10 { "accepted" } else { "pending" };
        assert_eq!(on_disk(&site, app, &id(n), "/status"), expected, "{n}");
    }
    let asked = form.fill("do", "delete").submit(&owner).status(200).text();
    assert!(words(&asked).contains("Delete 5 sessions?"), "{asked}");
    // One more comes to match before the question is answered: it is asked again.
    site.put(&session(CONTACT, &id(13)).email("u1@x"));
    refresh(&owner);
    let again = Form::find(&asked, "/sessions/selected").submit(&owner).status(200).text();
    assert!(words(&again).contains("Delete 6 sessions?"), "{again}");
    send(&owner, &Form::find(&again, "/sessions/selected"));
    assert_eq!(names(&site.root().join(CONTACT)).len(), 5);
    assert_eq!(names(&site.root().join(TASKS)).len(), 2);
}

#[test]
fn failures_among_selected_rows_are_named() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    site.write(CONTACT, &id(2), b"[]");
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get(&list_of(CONTACT)).text();
    let form = Form::find(&page, "/sessions/selected").fill("do", "accept");
    let form = form.add("pick", &format!("{CONTACT}/{}", id(1))).add("pick", &format!("{CONTACT}/{}", id(2)));
    let answer = form.submit(&owner).status(200);
    assert_sound(&answer);
    let text = words(&answer.text());
    assert!(text.contains("1 of 2 could not be changed"), "{text}");
    assert!(text.contains("Nothing in this file can be changed"), "{text}");
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/status"), "accepted");
    let undo = tags(&answer.text(), "button")
        .into_iter()
        .find_map(|(_, tag)| attribute(&tag, "formaction").filter(|action| action.ends_with("/undo")));
    send(&owner, &Form::button(&answer.text(), &undo.expect("an undo")));
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/status"), "pending");
}

// The journal

#[test]
fn the_journal_is_filtered_by_app_action_actor_and_day() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(TASKS, &id(2)).status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let olga = user(&server, "olga", "operator", &[]);
    let accept = |who: &Cookie<'_>, app: &str, n: u32| {
        let page = who.get(&page_of(app, &id(n))).text();
        send(who, &Form::button(&page, &format!("{}/status", page_of(app, &id(n)))));
    };
    accept(&owner, CONTACT, 1);
    accept(&olga, TASKS, 2);
    let own = page_of(TASKS, &id(2));
    send(&olga, &Form::find(&olga.get(&own).text(), &format!("{own}/email")).fill("email", "new@x.example"));
    let answer = owner.get("/changes").status(200);
    assert_sound(&answer);
    assert!(words(&answer.text()).contains("Changes 3 changes"), "{answer:?}");
    let count = |query: &str| {
        let answer = owner.get(&format!("/changes?{query}")).status(200);
        assert_sound(&answer);
        words(&answer.text()).split("Changes ").nth(2).and_then(|text| text.split(' ').next()?.parse::<u32>().ok())
    };
    assert_eq!(count(&format!("app={TASKS}&action=&actor=&since=&until=")), Some(2));
    assert_eq!(count("actor=olga"), Some(2));
    assert_eq!(count("actor=owner1"), Some(1));
    assert_eq!(count("action=set_email"), Some(1));
    assert_eq!(count("action=delete"), Some(0));
    assert_eq!(count("since=2020-01-01"), Some(3));
    assert_eq!(count("until=2020-01-01"), Some(0));
    assert_eq!(count(&format!("app={CONTACT}&session={}", id(1))), Some(1));
    let newest = owner.get("/changes?limit=2").text();
    let older = follow_link(&owner, &newest, "Older");
    assert!(words(&older).contains("3–3 of 3") && words(&older).contains("owner1 accepted"), "{older}");
    assert!(words(&follow_link(&owner, &older, "Newer")).contains("1–2 of 3"));
    let odd = owner.get("/changes?colour=red").status(400);
    assert_sound(&odd);
    assert!(words(&owner.get("/changes?actor=nobody").text()).contains("Nothing fits these filters"));
}

// Who may do what

#[test]
fn a_form_that_is_not_of_this_login_is_refused() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let other = user(&server, "olga", "operator", &[]);
    let own = page_of(CONTACT, &id(1));
    let page = owner.get(&own).text();
    let accepted = format!("{own}/status");
    let good = Form::button(&page, &accepted);
    let foreign = Form::button(&other.get(&own).text(), &accepted);
    let before = snapshot(&site.root());
    let refused = |answer: Answer| {
        let answer = answer.status(403);
        assert_sound(&answer);
        assert!(words(&answer.text()).contains("Nothing was changed"), "{answer:?}");
    };
    assert!(good.has("csrf"));
    let email = format!("{own}/email");
    let delete = format!("{own}/delete");
    for action in [&accepted, &email, &delete, "/sessions/selected", "/changes/1/undo", "/refresh", "/logout"] {
        refused(good.clone().at(action).without("csrf").submit(&owner));
        refused(good.clone().at(action).fill("csrf", "0123456789abcdef").submit(&owner));
    }
    refused(foreign.submit(&owner));
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("sec-fetch-site", "other")]
    {
        refused(good.request(&owner).header(name, value).send());
    }
    for origin in ["https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1", ""] {
        refused(good.request(&owner).header("sec-fetch-site", "").header("origin", origin).send());
    }
    let login = Form::find(&server.stranger().get("/login").text(), "/login");
    let login = login.fill("name", "olga").fill("password", PASSWORD);
    let foreign = login.request(&server.stranger()).header("sec-fetch-site", "cross-site").send();
    assert!(!foreign.has_header("set-cookie"), "{foreign:?}");
    refused(foreign);
    let json = owner.request("POST", &accepted).json(serde_json::json!({ "status": "accepted" })).send();
    refused(json);
    assert_unchanged(&before, &snapshot(&site.root()));
    owner.get("/").status(200);
    // By its origin alone, as browsers without Sec-Fetch-Site send it, the good form works.
    let answer = good.request(&owner).header("sec-fetch-site", "").send();
    goes_to(&answer);
}

#[test]
fn a_viewer_sees_no_buttons_for_changes_and_is_refused() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(CONTACT, &id(2)).status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    send(&owner, &Form::button(&owner.get(&own).text(), &format!("{own}/status")));
    let viewer = user(&server, "vic", "viewer", &[]);
    let mut token = String::new();
    for path in ["/", "/sessions", &list_of(CONTACT), &own, "/changes"] {
        let answer = viewer.get(path).status(200);
        assert_sound(&answer);
        let page = answer.text();
        let actions = tags(&page, "button").into_iter().filter_map(|(_, tag)| attribute(&tag, "formaction"));
        let actions: Vec<_> = actions.filter(|action| action != "/logout" && action != "/refresh").collect();
        assert_eq!(actions, [""; 0], "{path}");
        let posts = tags(&page, "form").into_iter().filter(|(_, tag)| tag.contains("method=\"post\""));
        let posts = posts.filter_map(|(_, tag)| attribute(&tag, "action"));
        // How they see lists is their own business.
        let mut posts = posts.filter(|action| action != "/views" && action != "/account/columns");
        assert_eq!(posts.next(), None, "{path}: {page}");
        let boxes = tags(content(&page), "input").into_iter().filter(|(_, tag)| tag.contains("type=\"checkbox\""));
        assert!(boxes.map(|(_, tag)| attribute(&tag, "name")).all(|name| name.as_deref() == Some("column")), "{path}");
        token = Form::button(&page, "/logout").field("csrf").expect("a token");
    }
    let before = snapshot(&site.root());
    let change = viewer_change(&viewer);
    for path in [format!("{own}/status"), format!("{own}/email"), format!("{own}/delete")] {
        let form = Form::to(&path).fill("csrf", &token).fill("status", "pending").fill("email", "x@x.example");
        let answer = form.submit(&viewer).status(403);
        assert_sound(&answer);
        assert!(words(&answer.text()).contains("You may not do this"), "{answer:?}");
    }
    let selected = Form::to("/sessions/selected").fill("csrf", &token).fill("do", "delete").fill("sure", "1");
    selected.add("pick", &format!("{CONTACT}/{}", id(1))).submit(&viewer).status(403);
    Form::to(&change).fill("csrf", &token).submit(&viewer).status(403);
    assert_unchanged(&before, &snapshot(&site.root()));
    send(&viewer, &Form::to("/refresh").fill("csrf", &token).fill("return", "/sessions"));
}

/// The address that undoes the only change, which a viewer is not shown: made from the session's history.
fn viewer_change(viewer: &Cookie<'_>) -> String {
    let server = viewer.server();
    let olga = user(server, "olga", "operator", &[]);
    let journal = olga.get("/changes").text();
    tags(&journal, "button")
        .into_iter()
        .find_map(|(_, tag)| attribute(&tag, "formaction").filter(|action| action.ends_with("/undo")))
        .expect("an undo")
}

#[test]
fn pages_show_only_apps_of_the_reader() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).status("pending"),
        session(TASKS, &id(2)).status("pending").set("/application/name", "Hidden"),
        session(ANDROID, &id(3)).status("pending").set("/application/name", "Hidden"),
    ]);
    let server = site.serve();
    let owner = server.first_owner();
    let secret = page_of(TASKS, &id(2));
    send(&owner, &Form::button(&owner.get(&secret).text(), &format!("{secret}/status")).fill("reason", "Hidden"));
    let held = user(&server, "held", "operator", &["*.Contact"]);
    for path in ["/", "/sessions", "/changes", &list_of(CONTACT), &page_of(CONTACT, &id(1))] {
        let answer = held.get(path).status(200);
        assert_sound(&answer);
        let page = answer.text();
        for hidden in ["Hidden", TASKS, ANDROID, &id(2), &id(3)] {
            assert!(!page.contains(hidden), "{path} shows {hidden}: {page}");
        }
        assert!(title(&page).starts_with("(1) "), "{}", title(&page));
        assert!(!words(&page).contains("not pushed"), "another app's change is not counted: {page}");
    }
    assert!(words(&held.get("/changes").text()).contains("Nothing has been changed here yet"));
    for path in [list_of(TASKS), secret.clone(), page_of(ANDROID, &id(3))] {
        held.get(&path).status(404);
    }
    let undo = viewer_change(&owner);
    let token = Form::button(&held.get("/").text(), "/logout").field("csrf").expect("a token");
    let before = snapshot(&site.root());
    Form::to(&format!("{secret}/delete")).fill("csrf", &token).submit(&held).status(404);
    Form::to(&undo).fill("csrf", &token).submit(&held).status(404);
    assert_unchanged(&before, &snapshot(&site.root()));
    // All that match are those that exist for them.
    let page = held.get("/sessions").text();
    let form = Form::find(&page, "/sessions/selected").fill("do", "accept").fill("all", "1");
    let asked = form.submit(&held).status(200).text();
    assert!(words(&asked).contains("Accept 1 session?"), "a number alone says not which: {asked}");
    assert!(words(&asked).contains("these may not be the sessions you saw"), "{asked}");
    send(&held, &Form::find(&asked, "/sessions/selected"));
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/status"), "accepted");
    assert_eq!(on_disk(&site, ANDROID, &id(3), "/status"), "pending");
}

// What files hold, and what the folder does

#[test]
fn hostile_names_and_values_are_shown_as_text() {
    let evil = "<script>alert('x')</script>\"'&<img src=x onerror=alert(1)>";
    let app = "com.a<b>&\"'.evil";
    let mut file = session(CONTACT, &id(1))
        .status("pending")
        .email(evil)
        .set("/device/description", evil)
        .set("/device/os", evil)
        .set("/device/id", evil)
        .set("/application/name", evil)
        .set("/application/version", evil)
        .set("/session/ip", evil)
        .set("/language/id", evil)
        .set("/userInfo", evil);
    let site = Site::with(&[file.clone()]);
    file.app = app.to_owned();
    site.put(&file);
    site.put(&session(CONTACT, &id(2)).status(evil));
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    let form = Form::button(&owner.get(&own).text(), &format!("{own}/status"));
    let done = send(&owner, &form.fill("reason", evil));
    let there = owner.get(&list_of(app)).status(200).text();
    assert!(words(&there).contains(evil), "shown as it is: {there}");
    let query = segment(evil);
    let mut answers = vec![];
    for path in [
        "/",
        "/sessions",
        "/changes",
        &list_of(CONTACT),
        &list_of(app),
        &own,
        &page_of(app, &id(1)),
        &page_of(CONTACT, &id(2)),
        &format!("/sessions?q={query}"),
        &format!("/sessions?email={query}"),
        &format!("/changes?actor={query}"),
        &format!("/changes?app={query}&session={query}"),
    ] {
        answers.push(owner.get(path).status(200));
    }
    answers.push(owner.get(&format!("/sessions?{query}=1")).status(400));
    answers.push(owner.get(&format!("/sessions?status={query}")).status(400));
    answers.push(owner.get(&format!("/apps/{query}")).status(404));
    answers.push(owner.get(&format!("/{query}")).status(404));
    let form = Form::find(&owner.get(&own).text(), &format!("{own}/email"));
    answers.push(form.fill("email", &format!("{evil}\u{1}")).submit(&owner).status(422));
    for answer in &answers {
        assert_sound(answer);
        let page = answer.text();
        assert!(!page.contains("<script>") && !page.contains("<img"), "{answer:?}");
        assert_eq!(tags(&page, "script").len(), 1, "{answer:?}");
    }
    assert!(!done.contains("<script>") && !done.contains("<img"), "{done}");
}

#[test]
fn a_folder_that_goes_away_is_said_and_comes_back() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    let form = Form::button(&owner.get(&own).text(), &format!("{own}/status"));
    let away = site.temp().join("away");
    fs::rename(site.root(), &away).expect("moved");
    until(SOON, "503 for the list", || owner.get("/sessions").status == 503);
    for path in ["/", "/sessions", &list_of(CONTACT), &own] {
        let answer = owner.get(path).status(503);
        assert_sound(&answer);
        assert!(words(&answer.text()).contains("The MobileApps folder is unavailable"), "{answer:?}");
        assert!(answer.header("retry-after").parse::<u32>().is_ok());
    }
    let refused = form.submit(&owner).status(503);
    assert_sound(&refused);
    let journal = owner.get("/changes").status(200);
    assert_sound(&journal);
    assert!(words(&journal.text()).contains("The MobileApps folder is unavailable"), "{journal:?}");
    assert!(!site.root().exists(), "it is not made again");
    fs::rename(&away, site.root()).expect("moved back");
    until(SOON, "the list again", || owner.get("/sessions").status == 200);
    let page = owner.get("/").status(200).text();
    assert_eq!(rows(&page), [id(1)]);
    assert!(!words(&page).contains("unavailable"), "{page}");
}

#[test]
fn a_noncompliant_file_is_marked_and_explained() {
    let site = Site::with(&[
        session(CONTACT, &id(1)).set("/team/id", "XXXXXXXXXX"),
        session(CONTACT, &id(3)).set("/email", 5),
        session(CONTACT, &id(4)).set("/token", "nonsense"),
    ]);
    site.write(CONTACT, &id(2), b"{\n  \"status\": broken");
    let server = site.serve();
    let owner = server.first_owner();
    let list = owner.get(&format!("{}?sort=id", list_of(CONTACT))).text();
    assert!(words(&list).contains("4 with problems"), "{list}");
    let text = words(&row(&list, &id(1)));
    assert!(text.contains("problem"), "{text}");
    assert!(words(&row(&list, &id(2))).contains("Not readable"), "{list}");
    let explained = |n: u32| {
        let answer = owner.get(&page_of(CONTACT, &id(n))).status(200);
        assert_sound(&answer);
        words(content(&answer.text()))
    };
    let place = explained(1);
    assert!(place.contains("The file is in the wrong place (error 1)"), "{place}");
    assert!(place.contains("What 4D does At the next push, 4D removes the session from memory"), "{place}");
    assert!(place.contains("How to mend it Move the file into the folder of its own app"), "{place}");
    let broken = explained(2);
    assert!(broken.contains("The file is not well-formed JSON (error 2)"), "{broken}");
    assert!(broken.contains("line 2, column"), "{broken}");
    assert!(!broken.contains("guest") && !broken.contains("Accept "), "nothing in it can be changed: {broken}");
    let schema = explained(3);
    assert!(schema.contains("(error 3)") && schema.contains("assumed"), "{schema}");
    let token = explained(4);
    assert!(token.contains("(error 4)") && !token.contains("nonsense"), "{token}");
    // It can be deleted, and its status can be set where it is an object.
    let own = page_of(CONTACT, &id(2));
    let page = owner.get(&own).text();
    send(&owner, &Form::button(&page, &format!("{own}/delete")));
    assert!(!site.path(CONTACT, &id(2)).exists());
    let own = page_of(CONTACT, &id(4));
    send(&owner, &Form::button(&owner.get(&own).text(), &format!("{own}/status")));
    assert_eq!(on_disk(&site, CONTACT, &id(4), "/status"), "pending");
}

#[test]
fn an_unknown_address_is_a_page_that_leads_back() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let missing = page_of(CONTACT, &id(9));
    for path in ["/nothing", "/static/nothing.js", "/problems/nothing", &missing, "/apps/com.none", "/apps/..%2f.."] {
        let answer = owner.get(path).status(404);
        assert_sound(&answer);
        assert!(tags(&answer.text(), "a").iter().any(|(_, tag)| tag.contains("href=\"/\"")), "{answer:?}");
    }
    assert!(words(&owner.get("/nothing").text()).contains("owner1"), "who is logged in keeps the navigation");
    let anonymous = server.stranger().get("/nothing").status(404);
    assert_sound(&anonymous);
    let wrong = owner.get("/sessions/selected").status(405);
    assert_sound(&wrong);
    assert_eq!(wrong.header("allow"), "POST");
    let answer = owner.head("/sessions").status(200);
    assert!(answer.body.is_empty(), "{answer:?}");
}

#[test]
fn words_follow_the_reader_and_titles_count_who_waits() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(CONTACT, &id(2)).status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    for (path, name) in [
        ("/", "Sessions"),
        ("/sessions", "All sessions"),
        (&list_of(CONTACT), "Contact"),
        (&own, "iPhone X"),
        ("/changes", "Changes"),
        ("/nothing", "Not here"),
    ] {
        let page = owner.get(path).text();
        assert_eq!(title(&page), format!("(2) {name}"), "{path}");
    }
    let odd = owner.request("GET", "/").header("accept-language", "tlh, *;q=0.1").send().status(200);
    assert_eq!(odd.header("content-language"), "en");
}

#[test]
fn a_missing_folder_is_named_and_leads_to_changes() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let held = user(&server, "held", "operator", &[CONTACT]);
    fs::rename(site.root(), site.temp().join("away")).unwrap();
    until(Duration::from_secs(10), "the folder is away", || owner.get("/").status == 503);
    let page = owner.get("/").text();
    let main = &page[page.find("<main").unwrap()..];
    assert!(unescape(main).contains(&site.root().display().to_string()), "{main}");
    assert!(
        main.contains("comes back with it by itself") && main.contains("class=\"button\" href=\"/changes\""),
        "{main}"
    );
    assert!(!main.contains("class=\"button\" href=\"/\""), "{main}");
    owner.get("/changes").status(200);
    let page = held.get("/").status(503).text();
    assert!(!unescape(&page).contains(&site.root().display().to_string()), "paths are for owners: {page}");
}
