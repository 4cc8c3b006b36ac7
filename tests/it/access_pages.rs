//! The pages of people and programs, as a browser without JavaScript meets them.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use crate::spawn::*;

const OTHER: &str = "another horse battery";
const CHOSEN: &str = "four lazy walruses knit";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Mobile/15E148 Safari/604.1";
const OWNER_PAGES: [&str; 3] = ["/users", "/tokens", "/access-log"];

/// A user made on the command line, logged in.
#[track_caller]
fn person<'a>(server: &'a Server<'a>, name: &str, role: &str, globs: &[&str]) -> Cookie<'a> {
    let mut args = vec!["user", "create", name, "--role", role];
    globs.iter().for_each(|glob| args.extend(["--app", glob]));
    let made = server.site.command_with_input(&args, PASSWORD);
    assert!(made.status.success(), "{made:?}");
    server.log_in(name, PASSWORD)
}

/// Logs in with a browser that calls itself so.
#[track_caller]
fn log_in_as<'a>(server: &'a Server<'a>, name: &str, password: &str, browser: &str) -> Cookie<'a> {
    let user = server.stranger();
    let page = user.get("/login").status(200).text();
    let form = Form::find(&page, "/login").fill("name", name).fill("password", password);
    form.request(&user).header("user-agent", browser).send().status(303);
    user
}

/// Replaces a password that was made up, as the first login asks for.
#[track_caller]
fn choose_password(user: &impl User, made_up: &str) {
    assert_eq!(user.get("/").status(303).header("location"), "/password");
    let form = Form::find(&page(user, "/password"), "/account/password");
    form.fill("current", made_up).fill("password", CHOSEN).submit(user).status(303);
}

/// A page that must be there and in order.
#[track_caller]
fn page(user: &impl User, path: &str) -> String {
    checked(&user.get(path).status(200))
}

/// The text of an answer whose page is in order: one heading, every field named, nothing inline.
#[track_caller]
fn checked(answer: &Answer) -> String {
    let page = answer.text();
    assert_eq!(answer.header("cache-control"), "no-store", "{answer:?}");
    assert_eq!(page.matches("<h1").count(), 1, "{page}");
    let tags: Vec<&str> = page.split('<').skip(1).filter_map(|tag| tag.split('>').next()).collect();
    let value = |tag: &str, name: &str| {
        let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(tag[start..].split('"').next().unwrap_or_default().to_owned())
    };
    let all: Vec<String> = tags.iter().filter_map(|tag| value(tag, "id")).collect();
    let ids: BTreeSet<&String> = all.iter().collect();
    assert_eq!(ids.len(), all.len(), "an id stands twice: {all:?}");
    let labelled: BTreeSet<String> =
        tags.iter().filter(|t| t.starts_with("label")).filter_map(|t| value(t, "for")).collect();
    let mut within_label = false;
    for tag in &tags {
        within_label = tag.starts_with("label") || within_label && !tag.starts_with("/label");
        assert!(!tag.contains(" style=") && !tag.contains(" onclick=") && *tag != "script", "inline: {tag}");
        for key in ["aria-describedby", "aria-labelledby"] {
            let named = value(tag, key).unwrap_or_default();
            assert!(named.split_whitespace().all(|id| ids.contains(&id.to_owned())), "{key} leads nowhere: {tag}");
        }
        assert!(!tag.contains(" aria-invalid") || tag.contains("-error"), "an error without words: {tag}");
        let field = ["input ", "select ", "textarea "].iter().any(|name| tag.starts_with(name));
        let hidden = tag.contains("type=\"hidden\"") || tag.ends_with(" hidden");
        let own = value(tag, "id").is_some_and(|id| labelled.contains(&id)) || tag.contains("aria-label");
        assert!(!field || hidden || own || within_label, "a field without a label: {tag}");
    }
    page
}

/// What a page says, without its tags.
fn words(page: &str) -> String {
    let text = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    unescape(&text.collect::<String>())
}

#[track_caller]
fn says(page: &str, what: &str) {
    assert!(words(page).contains(what), "does not say {what:?}:\n{page}");
}

#[track_caller]
fn says_not(page: &str, what: &str) {
    assert!(!words(page).contains(what), "says {what:?}:\n{page}");
}

/// Follows a 303; its page.
#[track_caller]
fn follow(user: &impl User, answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    page(user, answer.header("location"))
}

/// The form for a new user, filled in.
#[track_caller]
fn new_user(owner: &impl User, name: &str, role: &str, apps: &str, password: &str) -> Form {
    let form = Form::find(&page(owner, "/users"), "/users");
    form.fill("name", name).fill("role", role).fill("apps", apps).fill("password", password)
}

#[track_caller]
fn new_token(owner: &impl User, name: &str, role: &str, apps: &str, expires: &str) -> Form {
    let form = Form::find(&page(owner, "/tokens"), "/tokens");
    form.fill("name", name).fill("role", role).fill("apps", apps).fill("expires", expires)
}

/// What stands in the element of this id.
#[track_caller]
fn element(page: &str, id: &str) -> String {
    let start = page.find(&format!(" id=\"{id}\">")).unwrap_or_else(|| panic!("no {id}:\n{page}"));
    let rest = &page[start..];
    unescape(rest[rest.find('>').unwrap() + 1..].split('<').next().unwrap())
}

/// The words below the field of this name that is in error.
#[track_caller]
fn wrong(page: &str, field: &str) -> String {
    let start = page.find(&format!("id=\"{field}-error\">")).unwrap_or_else(|| panic!("no error of {field}:\n{page}"));
    words(&format!("<p {}", page[start..].split("</p>").next().unwrap()))
}

fn users(owner: &impl User) -> Value {
    owner.json("/api/v1/users")
}

/// The row of a list that begins with this name.
#[track_caller]
fn row(page: &str, name: &str) -> String {
    let mut rows = page.split("<tr").skip(1);
    let row = rows.find(|row| unescape(row).contains(&format!("<bdi>{name}</bdi>")));
    words(row.unwrap_or_else(|| panic!("no row of {name}:\n{page}")).split("</tr>").next().unwrap())
}

/// The sentences of the access log, newest first.
fn log_of(owner: &impl User, query: &str) -> Vec<String> {
    let page = page(owner, &format!("/access-log{query}"));
    let heads = page.split("<th scope=\"row\"").skip(1);
    heads.map(|head| words(&format!("<{}", head.split("</th>").next().unwrap())).trim().to_owned()).collect()
}

#[test]
fn an_account_shows_oneself_and_ones_logins() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let _owner = server.first_owner();
    let _ = person(&server, "vera", "viewer", &["*.Contact"]);
    let here = log_in_as(&server, "vera", PASSWORD, FIREFOX);
    let phone = log_in_as(&server, "vera", PASSWORD, SAFARI);
    let html = page(&here, "/account");
    for what in
        ["vera", "Viewer: reads", "*.Contact", "Firefox on Linux", "Safari on iPhone", "Unknown browser", "127.0.0.1"]
    {
        says(&html, what);
    }
    assert!(html.contains(&format!("title=\"{FIREFOX}\"")), "the full text is in the title");
    let ours = html.split("<tr").find(|row| row.contains("this one")).unwrap();
    assert!(ours.contains("Firefox on Linux") && html.matches("this one").count() == 1, "{html}");
    assert!(html.contains("href=\"/account\"") && page(&here, "/").contains("href=\"/account\""));

    let answer = Form::find(&html, "/account/logout-elsewhere").submit(&here);
    let html = follow(&here, &answer);
    says(&html, "You are logged out everywhere else.");
    says_not(&html, "Safari on iPhone");
    assert!(!html.contains("/account/logout-elsewhere"), "nothing is left to end");
    assert_eq!(phone.get("/").status(303).header("location"), "/login?next=%2F");
}

#[test]
fn ones_own_password_is_changed_with_words_for_every_reason() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let other = server.log_in("owner1", PASSWORD);
    let submit = |current: &str, password: &str| {
        let form = Form::find(&page(&owner, "/account"), "/account/password");
        form.fill("current", current).fill("password", password).submit(&owner)
    };
    for (password, why) in [
        ("elevenchars", "too short"),
        (&"long ".repeat(300), "too long"),
        ("with a \0 in it", "no keyboard can type"),
        ("owner1-owner1", "little more than the name"),
        ("passwordpassword", "a repetition"),
        ("qwerty123456", "everybody tries first"),
        ("210987654321", "a run or a repetition"),
        ("zyxwvutsrqponm", "a run or a repetition"),
    ] {
        let answer = submit(PASSWORD, password).status(422);
        let html = checked(&answer);
        says(&html, why);
        assert!(
            html.contains("id=\"password\" name=\"password\" type=\"password\"") && html.contains("password-error")
        );
        assert!(!html.contains(password) && !html.contains(PASSWORD), "what was typed is not sent back: {html}");
    }
    let html = checked(&submit("a wrong password", OTHER).status(422));
    says(&html, "This is not your password.");
    assert!(html.contains("current-error") && !html.contains("password-error"), "the field is marked");
    server.log_in("owner1", PASSWORD);

    let html = follow(&owner, &submit(PASSWORD, OTHER));
    says(&html, "Your password is changed.");
    other.get("/").status(303);
    server.log_in("owner1", OTHER);
    assert_eq!(log_of(&owner, "?action=password_changed"), ["owner1 changed their own password"]);
    for text in [PASSWORD, OTHER, "elevenchars", "qwerty123456"] {
        assert!(!server.log().contains(text), "{}", server.log());
    }
    // Who sits at an open browser may guess as little as anybody.
    let mut answer = submit("a wrong password", OTHER);
    for _ in 0..20 {
        if answer.status == 429 {
            break;
        }
        answer = submit("a wrong password", OTHER);
    }
    says(&checked(&answer.clone().status(429)), "wait");
    assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
}

#[test]
fn a_user_gets_a_chosen_or_generated_password() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let html = follow(&owner, &new_user(&owner, "olga", "operator", "com.*\r\n*.Contact\r\n", OTHER).submit(&owner));
    says(&html, "The user is created");
    assert!(html.contains("com.*\n*.Contact</textarea>"), "the globs stand one a line: {html}");
    server.log_in("olga", OTHER);

    let answer = new_user(&owner, "vera", "viewer", "", "").submit(&owner).status(200);
    let html = checked(&answer);
    let password = element(&html, "secret");
    assert_eq!(password.len(), 23, "{password}");
    says(&html, "vera is created");
    let vera = server.log_in("vera", &password);
    choose_password(&vera, &password);
    says(&page(&vera, "/account"), "all apps");

    let list = page(&owner, "/users");
    says(&list, "3 users");
    for (name, what) in [("olga", "Operatorcom.*, *.Contact"), ("vera", "Viewerall apps"), ("owner1", "you")] {
        assert!(row(&list, name).replace('\n', "").contains(what), "{name}: {}", row(&list, name));
    }
    assert!(row(&list, "olga").contains("just now") || row(&list, "olga").contains(" s"), "{}", row(&list, "olga"));
    for path in ["/users", "/users/vera", "/access-log", "/"] {
        assert!(!owner.get(path).text().contains(&password), "{path} shows the password again");
    }
    assert!(!server.log().contains(&password) && !server.log().contains(OTHER));
    assert_eq!(
        log_of(&owner, "?action=user_created")[..2],
        ["owner1 created the user vera", "owner1 created the user olga"]
    );

    // The page was loaded again: the browser sends the form once more.
    let again = checked(&new_user(&owner, "VERA", "owner", "a*", "").submit(&owner).status(409));
    says(&again, "Somebody has this name already.");
    assert!(again.contains("value=\"VERA\"") && again.contains("a*</textarea>") && !again.contains("id=\"secret\""));
    assert!(again.contains("<option value=\"owner\" selected>"), "what was chosen is kept: {again}");
    server.log_in("vera", CHOSEN);
}

#[test]
fn what_a_user_may_do_is_changed() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let olga = person(&server, "Olga Ö.x", "viewer", &[]);
    let href = format!("/users/{}", segment("Olga Ö.x"));
    assert!(page(&owner, "/users").contains(&href), "names of any kind are linked");
    let submit = |action: &str, fields: &[(&str, &str)]| {
        let form = Form::find(&page(&owner, &href), &format!("{href}{action}"));
        fields.iter().fold(form, |form, (key, value)| form.fill(key, value)).submit(&owner)
    };
    let html = follow(&owner, &submit("", &[("role", "operator"), ("apps", CONTACT)]));
    says(&html, "What the user may do is changed.");
    olga.get("/").status(303);
    let olga = server.log_in("olga ö.X", PASSWORD);
    says(&page(&olga, "/account"), "Operator: reads and changes");
    let html = follow(&owner, &submit("", &[("role", "operator"), ("apps", CONTACT)]));
    says(&html, "Nothing was changed: these values were set already.");
    olga.get("/").status(200);

    // Out: at the next look at any page, with words at the login.
    follow(&owner, &submit("/state", &[("state", "disabled")]));
    assert_eq!(olga.get("/sessions").status(303).header("location"), "/login?next=%2Fsessions");
    let login =
        Form::find(&page(&server.stranger(), "/login"), "/login").fill("name", "Olga Ö.x").fill("password", PASSWORD);
    login.submit(&server.stranger()).status(422);
    let html = page(&owner, &href);
    says(&html, "disabled");
    says(&html, "They may log in again, and the tokens they made work again.");
    says(&follow(&owner, &submit("/state", &[("state", "enabled")])), "The user may log in again.");
    olga.get("/sessions").status(303);
    let olga = server.log_in("Olga Ö.x", PASSWORD);

    says(&follow(&owner, &submit("/password", &[("password", OTHER)])), "The user has a new password.");
    olga.get("/").status(303);
    server.log_in("Olga Ö.x", OTHER);
    let weak = checked(&submit("/password", &[("password", "olga ö.x 1234")]).status(422));
    says(&weak, "little more than the name");
    let made = checked(&submit("/password", &[("password", "")]).status(200));
    let password = element(&made, "secret");
    let olga = server.log_in("Olga Ö.x", &password);
    choose_password(&olga, &password);
    assert!(!owner.get(&href).text().contains(&password) && !server.log().contains(&password));

    let asked = checked(&submit("/delete", &[]).status(200));
    says(&asked, "Delete Olga Ö.x?");
    says(&asked, "Their logins end at once, and so do the tokens they made.");
    olga.get("/").status(200);
    let gone = follow(&owner, &Form::find(&asked, &format!("{href}/delete")).submit(&owner));
    says(&gone, "The user is deleted");
    says_not(&gone, "Olga");
    olga.get("/").status(303);
    owner.get(&href).status(404);
    let log = log_of(&owner, "?actor=owner1");
    for what in ["deleted the user Olga Ö.x", "gave Olga Ö.x a new password", "changed what the user Olga Ö.x may do"]
    {
        assert!(log.iter().any(|line| line == &format!("owner1 {what}")), "{what}: {log:?}");
    }
    let changed = words(&page(&owner, "/access-log?action=user_changed"));
    assert!(changed.contains("Operator · UTT7VDX8W5.com.contactApp.Contact · disabled"), "{changed}");
}

#[test]
fn the_last_owner_stays() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let html = page(&owner, "/users/owner1");
    says(&html, "This is the last owner.");
    says(&html, "The last owner can be neither disabled nor deleted");
    assert!(!html.contains("/users/owner1/delete") && !html.contains("/users/owner1/state"), "{html}");
    let rights = Form::find(&html, "/users/owner1");
    let refused = checked(&rights.clone().fill("role", "viewer").fill("apps", "").submit(&owner).status(409));
    says(&refused, "Nothing was changed: this is the last owner");
    // As from a page of before.
    let _second = person(&server, "second", "owner", &[]);
    let html = page(&owner, "/users/owner1");
    let (state, delete) = (Form::find(&html, "/users/owner1/state"), Form::find(&html, "/users/owner1/delete"));
    let deleted = Form::find(&page(&owner, "/users/second"), "/users/second/delete").fill("sure", "yes");
    deleted.submit(&owner).status(303);
    let state = state.fill("state", "disabled").submit(&owner).status(409);
    says(&checked(&state), "Nothing was changed: this is the last owner");
    let delete = delete.fill("sure", "yes").submit(&owner).status(409);
    says(&checked(&delete), "Nothing was changed: this is the last owner");
    assert_eq!(users(&owner)["items"][0]["role"], "owner");

    // With a second one, the first may go, even by themselves.
    let second = person(&server, "third", "owner", &[]);
    let step_down = rights.fill("role", "viewer").fill("apps", "").submit(&owner);
    says(&follow(&owner, &step_down), "What the user may do is changed.");
    owner.get("/users").status(403);
    let delete = Form::find(&page(&second, "/users/owner1"), "/users/owner1/delete").fill("sure", "yes");
    delete.submit(&second).status(303);
    owner.get("/").status(303);
}

#[test]
fn an_owner_who_ends_themselves_is_at_the_login() {
    let site = Site::new();
    let server = site.serve();
    let first = server.first_owner();
    let second = person(&server, "second", "owner", &[]);
    let form = Form::find(&page(&second, "/users/second"), "/users/second/state").fill("state", "disabled");
    assert_eq!(form.submit(&second).status(303).header("location"), "/login");
    second.get("/").status(303);
    let third = person(&server, "third", "owner", &[]);
    let asked = Form::find(&page(&third, "/users/third"), "/users/third/delete").submit(&third).status(200);
    says(&checked(&asked), "This is you.");
    let gone = Form::find(&asked.text(), "/users/third/delete").submit(&third).status(303);
    assert_eq!(gone.header("location"), "/login");
    assert!(page(&first, "/users/second").contains("/users/second/state"));
}

#[test]
fn a_token_is_made_shown_once_and_revoked() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    says(&page(&owner, "/tokens"), "There is none yet.");
    let form = new_token(&owner, "backup <b>", "viewer", "*.Contact", "30d").add("secrets", "yes");
    let answer = form.submit(&owner).status(200);
    let html = checked(&answer);
    let secret = element(&html, "secret");
    assert!(secret.starts_with("mst_") && html.contains("data-copy=\"secret\"") && html.contains(" hidden>"), "{html}");
    let line = element(&html, "try");
    assert_eq!(line, format!("curl -H \"Authorization: Bearer {secret}\" {}", server.url("/api/v1/sessions")));
    let mut bearer = server.anonymous().request("GET", "/api/v1/me");
    bearer = bearer.header("authorization", &format!("Bearer {secret}"));
    let me = bearer.send().status(200).json();
    assert_eq!((&me["role"], &me["secrets"]), (&Value::from("viewer"), &Value::from(true)));

    let list = page(&owner, "/tokens");
    let line = row(&list, "backup <b>");
    for what in ["reads secrets", "Viewer", "*.Contact", "owner1"] {
        assert!(line.contains(what), "{what}: {line}");
    }
    assert!(!line.contains("soon"), "{line}");
    until(Duration::from_secs(5), "the last use", || row(&page(&owner, "/tokens"), "backup <b>").contains("127.0.0.1"));
    for path in ["/tokens", "/access-log", "/", "/users"] {
        assert!(!owner.get(path).text().contains("mst_"), "{path} shows the secret again");
    }
    assert!(!server.log().contains(&secret));
    assert_eq!(log_of(&owner, "?action=token_created"), ["owner1 created the token backup <b>"]);
    says(&page(&owner, "/access-log?action=token_created"), "Viewer · *.Contact · reads secrets · until");
    says(&page(&owner, "/"), "Nobody is waiting");
    says_not(&page(&owner, "/"), "expires");

    let taken = checked(&new_token(&owner, "BACKUP <b>", "owner", "", "never").submit(&owner).status(409));
    says(&taken, "Somebody has this name already.");
    assert!(taken.contains("<option value=\"never\" selected>") && taken.contains("<option value=\"owner\" selected>"));
    let forever = new_token(&owner, "forever", "operator", "", "never").submit(&owner).status(200);
    assert!(element(&forever.text(), "secret").starts_with("mst_"));
    assert!(row(&page(&owner, "/tokens"), "forever").contains("never"));

    let items = owner.json("/api/v1/tokens");
    let id = items["items"][0]["id"].as_str().unwrap().to_owned();
    let action = format!("/tokens/{id}/revoke");
    let asked = Form::button(&list, &action).submit(&owner).status(200);
    says(&checked(&asked), "Revoke backup <b>?");
    says(&asked.text(), "cannot be undone");
    assert_eq!(owner.json("/api/v1/tokens")["total"], 2);
    let html = follow(&owner, &Form::find(&asked.text(), &action).submit(&owner));
    says(&html, "The token is revoked.");
    says_not(&html, "backup");
    let bearer = server.anonymous().request("GET", "/api/v1/me");
    bearer.header("authorization", &format!("Bearer {secret}")).send().status(401);
    assert_eq!(log_of(&owner, "?action=token_revoked"), ["owner1 revoked the token backup <b>"]);
    Form::find(&asked.text(), &action).submit(&owner).status(404);
}

#[test]
fn owners_are_warned_of_tokens_that_end_soon() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    for (name, expires) in [("short", "13d"), ("blink", "1s"), ("shorter", "2d")] {
        let made = site.command(&["token", "create", name, "--role", "viewer", "--expires", expires]);
        assert!(made.status.success(), "{made:?}");
        if name == "short" {
            says(&page(&owner, "/"), "The token short expires on");
        }
    }
    until(Duration::from_secs(5), "expired", || row(&page(&owner, "/tokens"), "blink").contains("expired"));
    let list = page(&owner, "/tokens");
    assert!(row(&list, "short").contains("soon") && row(&list, "short").contains("the command line"), "{list}");
    let html = page(&owner, "/");
    says(&html, "2 tokens expire within 14 days, the first of them shorter on");
    assert!(html.contains("<a href=\"/tokens\">Make new ones in time</a>"));
    says_not(&page(&person(&server, "olga", "operator", &[]), "/"), "14 days");
    let held = person(&server, "held", "owner", &["com.*"]);
    says_not(&page(&held, "/"), "14 days");
}

#[test]
fn pages_of_owners_are_closed_to_others_and_not_linked() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let home = page(&owner, "/");
    let secret = site.token_with("viewer", &[], false);
    let token = &owner.json("/api/v1/tokens")["items"][0];
    let before = (users(&owner), token.clone());
    assert!(home.contains("href=\"/users\""));
    let administration = page(&owner, "/users");
    assert!(OWNER_PAGES.iter().all(|path| administration.contains(&format!("href=\"{path}\""))));
    for role in ["viewer", "operator"] {
        let user = person(&server, role, role, &[]);
        let own = page(&user, "/account");
        for path in OWNER_PAGES.into_iter().chain(["/users/owner1"]) {
            let answer = user.get(path).status(403);
            says(&checked(&answer), "You may not do this");
            assert!(!own.contains(&format!("href=\"{path}\"")), "{role}: {own}");
            assert!(!page(&user, "/").contains(&format!("href=\"{path}\"")), "{role}");
        }
        let csrf = Form::find(&own, "/account/password").without("current").without("password");
        let revoke = format!("/tokens/{}/revoke", token["id"].as_str().unwrap());
        for path in [
            "/users",
            "/tokens",
            "/users/owner1",
            "/users/owner1/password",
            "/users/owner1/state",
            "/users/owner1/delete",
            &revoke,
        ] {
            // The proof of one's own login, and all that the form could have.
            let fields = [("name", "eve"), ("role", "owner"), ("apps", ""), ("password", OTHER), ("expires", "never")];
            let form = fields.iter().chain(&[("state", "disabled"), ("sure", "yes")]);
            let form = form.fold(csrf.clone(), |form, (key, value)| form.fill(key, value));
            form.sent_to(path).submit(&user).status(403);
        }
    }
    let stranger = server.stranger();
    for path in OWNER_PAGES.into_iter().chain(["/account", "/users/owner1"]) {
        let answer = stranger.get(path).status(303);
        assert_eq!(answer.header("location"), format!("/login?next={}", segment(path)));
    }
    let after = users(&owner);
    assert_eq!(after["total"], 3);
    assert_eq!(
        (&after["items"][1]["name"], owner.json("/api/v1/tokens")["total"].as_u64()),
        (&before.0["items"][0]["name"], Some(1))
    );
    let bearer = server.anonymous().request("GET", "/account").header("authorization", &format!("Bearer {secret}"));
    let html = bearer.header("accept", "text/html").send().status(200);
    assert!(!checked(&html).contains("/account/password"), "a token has no password");
}

#[test]
fn an_owner_of_some_apps_stays_within_them() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(ANDROID, &id(2))]);
    let server = site.serve();
    let owner = server.first_owner();
    let held = person(&server, "held", "owner", &["UTT*"]);
    let made = site.command(&["token", "create", "outside", "--role", "viewer"]);
    assert!(made.status.success());
    let html = page(&held, "/users");
    says(&html, "1 user");
    says_not(&html, "owner1");
    says(&html, "All that you may see (UTT*)");
    says_not(&page(&held, "/tokens"), "outside");
    held.get("/users/owner1").status(404);
    let answer = held.get("/access-log").status(403);
    says(&checked(&answer), "for all apps");
    assert!(!html.contains("href=\"/access-log\"") && html.contains("href=\"/tokens\""));

    follow(&held, &new_user(&held, "olga", "operator", "", OTHER).submit(&held));
    let olga = server.log_in("olga", OTHER);
    assert_eq!(olga.json("/api/v1/apps")["total"], 1, "held as their maker is");
    let token = new_token(&held, "inside", "viewer", "*", "90d").submit(&held).status(200);
    let secret = element(&token.text(), "secret");
    let apps = server.anonymous().request("GET", "/api/v1/apps").header("authorization", &format!("Bearer {secret}"));
    assert_eq!(apps.send().status(200).json()["total"], 1);
    assert!(row(&page(&held, "/tokens"), "inside").contains("held"));
    assert!(row(&page(&owner, "/tokens"), "inside").contains("held"));

    // One changed by an owner of all apps in role alone is held as before.
    let held_user = new_user(&held, "vera", "viewer", "*", OTHER).submit(&held);
    assert_eq!(held_user.status, 303);
    let form = Form::find(&page(&owner, "/users/vera"), "/users/vera").fill("role", "operator").fill("apps", "*");
    form.submit(&owner).status(303);
    assert_eq!(server.log_in("vera", OTHER).json("/api/v1/apps")["total"], 1);

    // A token of an owner who is outside: made by somebody who is not named.
    let made = new_token(&owner, "theirs", "viewer", "UTT*", "90d").submit(&owner);
    assert_eq!(made.status, 200);
    let line = row(&page(&held, "/tokens"), "theirs");
    assert!(line.contains("an owner of other apps") && !line.contains("owner1"), "{line}");
}

#[test]
fn the_access_log_has_filters_and_pages() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    assert_eq!(log_of(&owner, ""), ["owner1 logged in", "owner1 became the first owner"]);
    let stranger = server.stranger();
    for name in ["owner1", PASSWORD] {
        let form = Form::find(&page(&stranger, "/login"), "/login").fill("name", name).fill("password", "no password");
        form.submit(&stranger).status(422);
    }
    let failed = log_of(&owner, "?action=login_failed");
    assert_eq!(
        failed,
        ["Somebody tried to log in with a name that does not exist", "Somebody gave a wrong password for owner1"]
    );
    assert!(!owner.get("/access-log").text().contains(PASSWORD), "a password in the field of the name");
    let vera = person(&server, "vera", "viewer", &[]);
    Form::button(&page(&vera, "/"), "/logout").submit(&vera).status(303);
    assert_eq!(log_of(&owner, "?actor=vera"), ["vera logged out", "vera logged in"]);
    assert_eq!(log_of(&owner, "?action=user_created&actor=command+line"), ["the command line created the user vera"]);
    assert_eq!(log_of(&owner, "?since=2020-01-01&until=2020-01-02"), [""; 0]);
    let today = &owner.json("/api/v1/access-log")["items"][0]["at"].as_str().unwrap()[..10].to_owned();
    assert_eq!(log_of(&owner, &format!("?since={today}&until={today}&actor=vera")).len(), 2, "the day itself counts");

    let all = log_of(&owner, "");
    let mut walked = Vec::new();
    let mut path = "/access-log?limit=3".to_owned();
    loop {
        walked.extend(log_of(&owner, path.trim_start_matches("/access-log")));
        let html = page(&owner, &path);
        let Some((_, next)) = html.split_once("rel=\"next\" href=\"") else { break };
        path = unescape(next.split('"').next().unwrap());
    }
    assert_eq!(walked, all);
    for query in ["?cursor=x", "?x=y"] {
        let answer = owner.get(&format!("/access-log{query}")).status(400);
        says(&checked(&answer), "This address is not understood");
    }
    let html = page(&owner, "/access-log?actor=%3Cb%3E%00&action=");
    says(&html, "Nothing fits these filters.");
}

#[test]
fn too_many_tries_show_the_wait_at_login() {
    let site = Site::new();
    let server = site.serve();
    let _owner = server.first_owner();
    let stranger = server.stranger();
    let form = Form::find(&page(&stranger, "/login?next=%2Fsessions"), "/login");
    let form = form.fill("name", "owner1").fill("password", "not the password");
    let mut answer = form.submit(&stranger);
    for _ in 0..20 {
        if answer.status == 429 {
            break;
        }
        says(&checked(&answer.clone().status(422)), "Name or password is wrong.");
        answer = form.submit(&stranger);
    }
    let html = checked(&answer.clone().status(429));
    says(&html, "Too many wrong passwords. Your password was not checked this time: wait ");
    says(&html, " second");
    assert!(html.contains("value=\"owner1\"") && html.contains("name=\"next\" value=\"/sessions\""), "{html}");
    assert!(!html.contains("not the password"));
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    std::thread::sleep(Duration::from_secs(wait));
    let form = Form::find(&html, "/login").fill("password", PASSWORD);
    assert_eq!(form.submit(&stranger).status(303).header("location"), "/sessions");
}

#[test]
fn the_first_owner_sees_which_rule_was_broken() {
    let site = Site::new();
    let server = site.serve();
    let stranger = server.stranger();
    let html = page(&stranger, &server.setup_link());
    says(&html, "At least 12 characters that are not easy to guess");
    let form = Form::find(&html, "/setup").fill("name", "olga");
    for (password, why) in [
        ("short", "too short"),
        ("olgaolgaolga", "little more than the name"),
        ("1qaz2wsx3edc", "everybody tries first"),
        ("aaaaaaaaaaaaaa", "a run or a repetition"),
    ] {
        let html = checked(&form.clone().fill("password", password).submit(&stranger).status(422));
        assert!(wrong(&html, "password").contains(why), "{password}: {}", wrong(&html, "password"));
        assert!(html.contains("value=\"olga\"") && !html.contains(&format!("value=\"{password}\"")));
        assert!(html.contains("aria-describedby=\"password-error password-help\""), "{html}");
    }
    let html =
        checked(&form.clone().fill("name", "o\u{202e}lga").fill("password", PASSWORD).submit(&stranger).status(422));
    says(&html, "A name has 1 to 64 characters");
    form.fill("password", PASSWORD).submit(&stranger).status(303);
}

#[test]
fn a_form_that_is_not_in_order_changes_nothing() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let _olga = person(&server, "olga", "operator", &[]);
    let before = (users(&owner), owner.json("/api/v1/tokens"));
    let huge = "x".repeat(100_000);
    let many = "a*\n".repeat(101);
    let bad: [(&str, Vec<String>); 5] = [
        (
            "name",
            vec![
                "".into(),
                " ".into(),
                "a\0b".into(),
                "a\nb".into(),
                "a\u{202e}b".into(),
                "a\u{200b}b".into(),
                huge.clone(),
            ],
        ),
        ("role", vec!["".into(), "admin".into(), "Owner".into(), "owner\0".into(), huge.clone()]),
        ("apps", vec!["a\0b".into(), "a\u{202e}b".into(), "x".repeat(256), huge.clone(), many]),
        ("password", vec!["short".into(), "has a \0 within it".into(), huge.clone()]),
        ("expires", vec!["".into(), "1d".into(), "90d\0".into(), huge]),
    ];
    let user = new_user(&owner, "eve", "viewer", "a*", OTHER);
    let token = new_token(&owner, "eve", "viewer", "a*", "90d");
    let rights = Form::find(&page(&owner, "/users/olga"), "/users/olga").fill("role", "viewer").fill("apps", "a*");
    let password = Form::find(&page(&owner, "/users/olga"), "/users/olga/password").fill("password", OTHER);
    let own =
        Form::find(&page(&owner, "/account"), "/account/password").fill("current", PASSWORD).fill("password", OTHER);
    for (what, form) in
        [("user", &user), ("token", &token), ("rights", &rights), ("password", &password), ("own", &own)]
    {
        for (field, values) in bad.iter().filter(|(field, _)| form.has(field)) {
            for value in values {
                let answer = form.clone().fill(field, value).submit(&owner);
                assert_eq!(answer.status, 422, "{what} with {field} = {:.40?}: {answer:?}", value);
                let html = checked(&answer);
                assert!(html.contains(&format!("{field}-error")), "{what}: {field} is not marked: {html}");
            }
            for form in [form.clone().without(field), form.clone().add(field, "viewer")] {
                let answer = form.submit(&owner).status(400);
                says(&checked(&answer), "The form could not be read");
            }
        }
        let over = form.clone().fill("padding", &"x".repeat(2 << 20)).submit(&owner);
        says(&checked(&over.status(413)), "That is too much at once");
        form.clone().fill("csrf", "0123456789abcdef").submit(&owner).status(403);
        form.clone().without("csrf").submit(&owner).status(403);
    }
    token.clone().add("secrets", "yes").add("secrets", "yes").submit(&owner).status(400);
    let html = page(&owner, "/users/olga");
    for value in ["", "gone", "disabled\0"] {
        Form::find(&html, "/users/olga/state").fill("state", value).submit(&owner).status(400);
    }
    Form::find(&html, "/users/olga/delete").add("sure", "1").add("sure", "1").submit(&owner).status(400);
    for path in ["/users/nobody", "/users/%00", "/users/%ff", "/users/olga%2f", "/users/a%E2%80%AEb"] {
        says(&checked(&owner.get(path).status(404)), "Not here");
        rights.clone().sent_to(path).submit(&owner).status(404);
    }
    let after = (users(&owner), owner.json("/api/v1/tokens"));
    assert_eq!(after, before);
    server.log_in("olga", PASSWORD);
    server.log_in("owner1", PASSWORD);
    // As it was, each would have worked.
    user.submit(&owner).status(303);
    token.submit(&owner).status(200);
    rights.submit(&owner).status(303);
}

#[test]
fn a_name_that_is_an_address_by_half_is_refused() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    for name in ["..", ".", "a%2Fb?c#d", "a/b"] {
        let html = checked(&new_user(&owner, name, "viewer", "", OTHER).submit(&owner).status(422));
        assert!(wrong(&html, "name").contains("letters and digits of one script"), "{html}");
    }
    assert_eq!(users(&owner)["total"], 1);
}

#[test]
fn a_pattern_without_an_app_is_taken_with_warning() {
    let site = Site::with(&[session(CONTACT, &id(1)).set("/application/name", "Warehouse")]);
    let server = site.serve();
    let owner = server.first_owner();
    // The panel shows names; ids are what counts, and stand beside them.
    let form = page(&owner, "/users");
    assert!(form.contains(&format!("Warehouse</bdi> <code class=\"dim\"><bdi>{CONTACT}")), "{form}");
    assert!(form.contains(&format!("name=\"app\" value=\"{CONTACT}\"")), "{form}");
    let lost = "Not here now: Warehouse. No app matches it.";
    let made =
        follow(&owner, &new_user(&owner, "wanda", "viewer", &format!("Warehouse\n{CONTACT}*"), OTHER).submit(&owner));
    says(&made, lost);
    assert!(row(&page(&owner, "/users"), "wanda").contains(lost));
    new_token(&owner, "ci", "viewer", "Warehouse", "30d").submit(&owner).status(200);
    assert!(row(&page(&owner, "/tokens"), "ci").contains(lost));
    let hook =
        Form::find(&page(&owner, "/webhooks"), "/webhooks").fill("name", "chat").fill("url", "http://127.0.0.1:9/");
    hook.fill("apps", "Warehouse").submit(&owner).status(200);
    assert!(row(&page(&owner, "/webhooks"), "chat").contains(lost));
    let rule = Form::find(&page(&owner, "/rules"), "/rules").fill("name", "staff").fill("do", "save");
    let rules = follow(&owner, &rule.fill("apps", "Warehouse").submit(&owner));
    says(&rules, lost);
    // What matches is no matter.
    new_token(&owner, "good", "viewer", "*", "30d").submit(&owner).status(200);
    assert!(!row(&page(&owner, "/tokens"), "good").contains("Not here"));
    // Who sees nothing because of it is told why.
    follow(&owner, &new_user(&owner, "willi", "viewer", "Warehouse", OTHER).submit(&owner));
    let willi = server.log_in("willi", OTHER);
    let home = page(&willi, "/");
    says(&home, "You may see: Warehouse. There is no such app here now.");
    says_not(&home, "No apps yet");
}

#[test]
fn a_taken_name_and_weak_password_show_together() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let refused = checked(&new_user(&owner, "owner1", "viewer", "", "short").submit(&owner).status(422));
    assert!(wrong(&refused, "name").contains("Somebody has this name already"));
    assert!(!wrong(&refused, "password").is_empty());
}

#[test]
fn the_page_of_a_new_secret_keeps_its_navigation() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    let token = new_token(&owner, "ci", "viewer", "", "30d").submit(&owner).status(200).text();
    let user = new_user(&owner, "vera", "viewer", "", "").submit(&owner).status(200).text();
    for (page, back) in [(token, "/tokens"), (user, "/users/vera")] {
        assert!(page.contains(&format!("name=\"return\" value=\"{back}\"")), "{page}");
        assert!(!page.contains("href=\"/\" aria-current"), "{page}");
    }
}
