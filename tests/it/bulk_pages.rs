//! Many sessions at once, as a browser without JavaScript changes them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::pages::words;
use crate::spawn::*;

const SOON: Duration = Duration::from_secs(60);

fn on_disk(site: &Site, n: u32) -> Value {
    let document: Value = serde_json::from_slice(&site.read(CONTACT, &id(n))).expect("JSON");
    document["status"].clone()
}

fn waiting(count: u32) -> Site {
    Site::with(&(1..=count).map(|n| session(CONTACT, &id(n)).status("pending")).collect::<Vec<_>>())
}

#[track_caller]
fn goes_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.header("location").to_owned()
}

fn heading(page: &str) -> String {
    let text = page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next());
    text.unwrap_or_else(|| panic!("no heading: {page}")).to_owned()
}

/// The page of a batch once it has ended.
#[track_caller]
fn ended(user: &impl User, address: &str) -> String {
    let mut page = String::new();
    until(SOON, "the batch's end", || {
        page = user.get(address).status(200).text();
        !page.contains("<progress")
    });
    page
}

/// The form of the list's buttons, for all that match.
fn all(page: &str, action: &str) -> Form {
    Form::find(page, "/sessions/selected").fill("do", action).all_that_match(page)
}

fn undo(page: &str) -> Option<Form> {
    let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
    let mut buttons = tags(main, "button").into_iter().filter_map(|(_, tag)| attribute(&tag, "formaction"));
    buttons.find(|action| action.ends_with("/undo")).map(|action| Form::button(page, &action))
}

/// The undo of what is told.
#[track_caller]
fn toast_undo(page: &str) -> Form {
    let undo = tags(page, "button").into_iter().filter_map(|(_, tag)| attribute(&tag, "formaction"));
    Form::button(page, &undo.into_iter().find(|action| action.ends_with("/undo")).expect("an undo"))
}

fn person<'a>(server: &'a Server<'a>, name: &str, role: &str) -> Cookie<'a> {
    let made = server.site.command_with_input(&["user", "create", name, "--role", role], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    server.log_in(name, PASSWORD)
}

#[test]
fn a_large_batch_shows_progress_and_is_undone() {
    const MANY: u32 = 2_000;
    let site = waiting(MANY);
    let server = site.serve();
    let owner = server.first_owner();
    let [olga, otto] = ["olga", "otto"].map(|name| person(&server, name, "operator"));
    let list = "/sessions?status=pending&sort=-id";
    let address = goes_to(&all(&olga.get(list).status(200).text(), "accept").submit(&olga));
    assert!(address.starts_with("/batches/"), "{address}");
    let first = olga.get(&address).status(200).text();
    assert!(first.contains("<progress") && first.contains("http-equiv=\"refresh\""), "{first}");
    assert!(first.contains("You can leave this page"), "{first}");
    assert_eq!(olga.get(list).status(200).status, 200, "meanwhile, one does something else");
    otto.get(&address).status(404);
    let end = ended(&olga, &address);
    assert_eq!(heading(&end), "2,000 sessions are accepted.");
    assert!(!end.contains("http-equiv=\"refresh\""), "it has come to rest: {end}");
    assert!(end.contains("href=\"/sessions?status=pending&#38;sort=-id\""), "the list as it was: {end}");
    assert!(owner.get(&address).status(200).text().contains("2,000 sessions are accepted."));
    otto.get(&address).status(404);
    assert_eq!((on_disk(&site, 1), on_disk(&site, MANY)), ("accepted".into(), "accepted".into()));

    let back = goes_to(&undo(&end).expect("an undo").submit(&olga));
    assert!(back.starts_with("/batches/"), "{back}");
    let first = olga.get(&back).status(200).text();
    assert!(first.contains("<progress") && first.contains("http-equiv=\"refresh\""), "{first}");
    let undone = ended(&olga, &back);
    assert_eq!(heading(&undone), "Undone: 2,000 sessions are pending.");
    assert!(undone.contains("href=\"/sessions?status=pending&#38;sort=-id\""), "the list as it was: {undone}");
    assert_eq!((on_disk(&site, 1), on_disk(&site, MANY)), ("pending".into(), "pending".into()));
    let before = olga.get(&address).status(200).text();
    assert!(before.contains("It was undone.") && undo(&before).is_none(), "{before}");
}

#[test]
fn a_large_undo_shows_progress_and_is_undone() {
    const MANY: u32 = 300;
    let site = waiting(MANY);
    let server = site.serve();
    let owner = server.first_owner();
    let accepted = goes_to(&all(&owner.get("/sessions").status(200).text(), "accept").submit(&owner));
    ended(&owner, &accepted);
    let changes = owner.get("/changes").status(200).text();
    // Somebody else has decided on one of them since.
    site.put(&session(CONTACT, &id(7)).status("banned"));
    server.owner().refresh();
    let address = goes_to(&undo(&changes).expect("an undo").submit(&owner));
    assert!(address.starts_with("/batches/") && address.ends_with("to=%2Fchanges"), "{address}");
    let end = ended(&owner, &address);
    assert_eq!(heading(&end), "1 of 300 could not be changed");
    assert!(end.contains(&format!("href=\"/apps/{CONTACT}/sessions/{}\"", id(7))), "{end}");
    let as_it_was = |n: &u32| site.read(CONTACT, &id(*n)) == session(CONTACT, &id(*n)).status("pending").bytes();
    assert_eq!((1..=MANY).filter(|n| !as_it_was(n)).collect::<Vec<_>>(), [7]);
    let entries = journal(&owner, "");
    let (undone, first) = entries.split_at(MANY as usize - 1);
    assert_eq!(first.len(), MANY as usize);
    let of: Vec<&Value> =
        first.iter().filter(|(_, entry)| !entry["undone_by"].is_null()).map(|(_, e)| &e["id"]).collect();
    let by: Vec<&Value> = undone.iter().rev().map(|(_, entry)| &entry["undoes"]).collect();
    assert_eq!(of.iter().collect::<std::collections::HashSet<_>>(), by.iter().collect(), "each takes back its own");

    let back = goes_to(&undo(&end).expect("the undo of it").submit(&owner));
    assert_eq!(heading(&ended(&owner, &back)), "Undone: 299 sessions are accepted.");
    assert!((1..=MANY).filter(|n| *n != 7).all(|n| on_disk(&site, n) == "accepted"));
}

#[test]
fn failures_of_a_batch_are_named_with_reasons() {
    let site = waiting(120);
    site.write(CONTACT, &id(500), b"[]");
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions").status(200).text();
    let address = goes_to(&all(&page, "accept").submit(&owner));
    let end = ended(&owner, &address);
    assert_eq!(heading(&end), "1 of 121 could not be changed");
    assert!(end.contains("120 sessions were changed."), "{end}");
    assert!(end.contains("Nothing in this file can be changed"), "{end}");
    assert!(end.contains(&format!("href=\"/apps/{CONTACT}/sessions/{}\"", id(500))), "{end}");
    assert!(undo(&end).is_some(), "{end}");
    // Come to later, after a restart too.
    drop(server);
    let server = site.serve();
    let again = server.log_in("owner1", PASSWORD).get(&address).status(200).text();
    assert_eq!(heading(&again), "1 of 121 could not be changed");
}

#[test]
fn all_results_ask_again_when_more_match() {
    let site = waiting(12);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions?status=pending&limit=5").status(200).text();
    site.put(&session(CONTACT, &id(13)).status("pending"));
    server.owner().refresh();
    let asked = all(&page, "accept").submit(&owner).status(200).text();
    assert_eq!(heading(&asked), "Accept 13 sessions?");
    assert!(asked.contains("there were 12 when the page was shown, and now there are 13"), "{asked}");
    assert_eq!(on_disk(&site, 1), "pending");
    let to = goes_to(&Form::find(&asked, "/sessions/selected").submit(&owner));
    assert_eq!(to, "/sessions?status=pending&limit=5");
    let list = owner.get(&to).status(200).text();
    assert!(list.contains("13 sessions are accepted"), "{list}");
    assert!((1..=13).all(|n| on_disk(&site, n) == "accepted"));

    let page = owner.get("/sessions?limit=5").status(200).text();
    site.put(&session(CONTACT, &id(14)));
    server.owner().refresh();
    let asked = all(&page, "pending").submit(&owner).status(200).text();
    assert_eq!(heading(&asked), "Set 14 sessions to pending?");
    goes_to(&Form::find(&asked, "/sessions/selected").submit(&owner));
    assert!((1..=14).all(|n| on_disk(&site, n) == "pending"));
}

#[test]
fn all_results_ask_again_when_other_sessions_match() {
    let site = waiting(8);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions?status=pending&limit=5").status(200).text();
    let asked = all(&page, "delete").submit(&owner).status(200).text();
    assert_eq!(heading(&asked), "Delete 8 sessions?");
    // One does not wait any more, and another one does: as many as before.
    site.put(&session(CONTACT, &id(1)));
    site.put(&session(CONTACT, &id(9)).status("pending").email("late@x.example"));
    server.owner().refresh();
    let again = Form::find(&asked, "/sessions/selected").submit(&owner).status(200).text();
    assert_eq!(heading(&again), "Delete 8 sessions?");
    assert!(again.contains("these are not the sessions you saw"), "{again}");
    assert!(again.contains("late@x.example"), "who came since is shown: {again}");
    assert!((1..=9).all(|n| site.path(CONTACT, &id(n)).exists()), "nothing was deleted");
    let to = goes_to(&Form::find(&again, "/sessions/selected").submit(&owner));
    assert!(words(&owner.get(&to).status(200).text()).contains("8 sessions are deleted."));
    assert_eq!(names(&site.root().join(CONTACT)), [id(1)]);

    // The same where the number alone would be what was asked for before: no number stands for an answer.
    let page = owner.get("/sessions").status(200).text();
    let form = Form::find(&page, "/sessions/selected").fill("do", "delete").fill("all", "1").fill("sure", "1");
    let asked = form.submit(&owner).status(200).text();
    assert_eq!(heading(&asked), "Delete 1 session?");
    assert!(site.path(CONTACT, &id(1)).exists());
}

#[test]
fn all_results_ask_about_later_arrivals_first() {
    let site = waiting(8);
    let mut server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions?status=pending&limit=5").status(200).text();
    // One does not wait any more, and another one does: as many as before.
    site.put(&session(CONTACT, &id(1)));
    site.put(&session(CONTACT, &id(9)).status("pending").email("late@x.example"));
    server.owner().refresh();
    let asked = all(&page, "accept").submit(&owner).status(200).text();
    assert_eq!(heading(&asked), "Accept 8 sessions?");
    assert!(asked.contains("these are not the sessions you saw"), "{asked}");
    assert!(asked.contains("1 of them was not shown: it stands first."), "{asked}");
    let rows = asked.split("<tbody>").nth(1).and_then(|rest| rest.split("</tr>").next()).expect("a row");
    assert!(rows.contains("late@x.example"), "{asked}");
    assert!((2..=9).all(|n| on_disk(&site, n) == "pending"), "nothing was changed");
    // The answer is about those that were asked about: who comes meanwhile goes on waiting, and stops nobody.
    site.put(&session(CONTACT, &id(10)).status("pending"));
    let secret = server.owner().secret.clone();
    server.caller(&secret).refresh();
    let done = Form::find(&asked, "/sessions/selected");
    let to = goes_to(&done.submit(&owner));
    assert!(words(&owner.get(&to).status(200).text()).contains("8 sessions are accepted in their files."));
    assert!((2..=9).all(|n| on_disk(&site, n) == "accepted"));
    assert_eq!(on_disk(&site, 10), "pending");

    // One that waits again, and was not shown, is no other case; nor is a restart in between.
    for n in 11..=20 {
        site.put(&session(CONTACT, &id(n)).status("pending"));
    }
    server.caller(&secret).refresh();
    let page = owner.get("/sessions?status=pending&limit=5").status(200).text();
    site.put(&session(CONTACT, &id(20)));
    drop(server);
    site.put(&session(CONTACT, &id(2)).status("pending"));
    server = site.serve();
    let owner = server.log_in("owner1", PASSWORD);
    let fresh = owner.get("/sessions?status=pending&limit=5").status(200).text();
    let proof = Form::find(&fresh, "/sessions/selected").field("csrf").expect("a token");
    let asked = all(&page, "accept").fill("csrf", &proof).submit(&owner).status(200).text();
    assert!(asked.contains("1 of them was not shown: it stands first."), "{asked}");
    assert_eq!((on_disk(&site, 2), on_disk(&site, 11)), ("pending".into(), "pending".into()));
}

#[test]
fn all_results_ask_nothing_when_some_are_gone() {
    let site = waiting(9);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions?status=pending&limit=5").status(200).text();
    site.put(&session(CONTACT, &id(1)));
    std::fs::remove_file(site.path(CONTACT, &id(2))).expect("it is deleted");
    // What 4D writes into one that waits makes it no other.
    site.put(&session(CONTACT, &id(3)).status("pending").set("/device/version", "17.0"));
    server.owner().refresh();
    let to = goes_to(&all(&page, "accept").submit(&owner));
    assert!(words(&owner.get(&to).status(200).text()).contains("7 sessions are accepted in their files."));
    assert!((3..=9).all(|n| on_disk(&site, n) == "accepted"));

    // Where those that are so already are shown too, and one of them came since.
    let page = owner.get("/sessions?limit=5").status(200).text();
    site.put(&session(CONTACT, &id(4)).status("pending"));
    site.put(&session(CONTACT, &id(5)).status("pending"));
    site.put(&session(CONTACT, &id(10)).status("pending"));
    std::fs::remove_file(site.path(CONTACT, &id(6))).expect("it is deleted");
    server.owner().refresh();
    goes_to(&all(&page, "pending").submit(&owner));
    assert!([1, 3, 4, 5, 7, 8, 9, 10].into_iter().all(|n| on_disk(&site, n) == "pending"));
}

#[test]
fn one_that_came_to_match_a_search_was_not_shown() {
    let files: Vec<_> = (1..=8).map(|n| session(CONTACT, &id(n)).status("pending").email("a@shown.example")).collect();
    let site = Site::with(&files);
    site.put(&session(CONTACT, &id(9)).status("pending").email("b@other.example"));
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions?status=pending&q=shown.example&limit=5").status(200).text();
    std::fs::remove_file(site.path(CONTACT, &id(1))).expect("it is deleted");
    site.put(&session(CONTACT, &id(9)).status("pending").email("b@shown.example"));
    server.owner().refresh();
    let asked = all(&page, "accept").submit(&owner).status(200).text();
    assert_eq!(heading(&asked), "Accept 8 sessions?");
    assert!(asked.contains("1 of them was not shown: it stands first."), "{asked}");
    assert!((2..=9).all(|n| on_disk(&site, n) == "pending"), "nothing was changed");
}

#[test]
fn before_many_are_deleted_it_is_shown_who_they_are() {
    let site = waiting(2);
    site.put(&session(CONTACT, &id(3)).email("sofia@x.example").set("/application/name", "Field Service"));
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions").status(200).text();
    let form = [1, 3].iter().fold(Form::find(&page, "/sessions/selected").fill("do", "delete"), |form, n| {
        form.add("pick", &format!("{CONTACT}/{}", id(*n)))
    });
    let asked = words(&form.submit(&owner).status(200).text());
    assert!(asked.contains("Device E-mail App Status Last change"), "{asked}");
    assert!(asked.contains("iPhone X sofia@x.example Field Service Accepted"), "{asked}");
    assert!(asked.contains("iPhone X guest Contact Pending"), "{asked}");
}

#[test]
fn a_batch_says_what_changed_and_what_did_not() {
    let site = waiting(3);
    site.put(&session(CONTACT, &id(4)));
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions").status(200).text();
    let picks = |action: &str, numbers: &[u32]| {
        numbers.iter().fold(Form::find(&page, "/sessions/selected").fill("do", action), |form, n| {
            form.add("pick", &format!("{CONTACT}/{}", id(*n)))
        })
    };
    let told = |form: &Form| owner.get(&goes_to(&form.submit(&owner))).status(200).text();
    let done = told(&picks("accept", &[1, 2, 4]));
    assert!(words(&done).contains("runs the refresh in 4D. 1 was already accepted. Connect Undo"), "{done}");
    let back = told(&toast_undo(&done));
    assert!(words(&back).contains("Undone: 2 sessions are pending. Undo"), "{back}");
    let asked = picks("delete", &[1, 2]).submit(&owner).status(200).text();
    let done = told(&Form::find(&asked, "/sessions/selected"));
    assert!(words(&done).contains("2 sessions are deleted. Undo"), "{done}");
    let back = told(&toast_undo(&done));
    assert!(words(&back).contains("Undone: 2 sessions are restored. Undo"), "{back}");
}

#[test]
fn a_batch_is_undoable_while_any_part_is() {
    let site = waiting(60);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions?status=pending").status(200).text();
    let to = goes_to(&all(&page, "accept").submit(&owner));
    let newest: Vec<String> = journal(&owner, "").into_iter().take(55).map(|(id, _)| id).collect();
    for change in &newest {
        owner.request("POST", &format!("/api/v1/changes/{change}/undo")).send().status(200);
    }
    let told = owner.get(&to).status(200).text();
    assert!(words(&told).contains("60 sessions are accepted in their files."), "{told}");
}

#[test]
fn the_journal_shows_a_batch_as_one_line_that_opens() {
    let site = waiting(60);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions?status=pending").status(200).text();
    goes_to(&all(&page, "accept").submit(&owner));
    let email = json!({ "email": "ann@x.example" });
    server.owner().patch(&session_path(CONTACT, &id(3)), email).status(200);
    let closed = owner.get("/changes").status(200).text();
    assert_eq!(closed.matches("<tr id=").count(), 2, "{closed}");
    assert!(words(&closed).contains("owner1 accepted 60 sessions"), "{closed}");
    let way = |page: &str, part: &str| {
        let (_, tag) = tags(page, "a").into_iter().find(|(_, tag)| tag.contains(part)).expect("a way");
        attribute(&tag, "href").expect("an address")
    };
    let open = owner.get(way(&closed, "open=").split('#').next().expect("a path")).status(200).text();
    assert_eq!(open.matches("<tr id=").count(), 52, "{open}");
    assert!(words(&open).contains("Show as one line") && !words(&closed).contains("Show as one line"), "{open}");
    let whole = owner.get(&way(&open, "/changes?batch=")).status(200).text();
    assert!(words(&whole).contains("60 changes") && whole.matches("<tr id=").count() == 50, "{whole}");
    for page in [&closed, &open, &whole] {
        assert_eq!(words(page).matches("Undo all 60").count(), 1, "{page}");
    }
    // Who looks for one session sees its own changes.
    let one = owner.get(&format!("/changes?q={}", id(3))).status(200).text();
    assert_eq!(one.matches("<tr id=").count(), 2, "{one}");
    let undo = tags(&whole, "button").into_iter().filter_map(|(_, tag)| attribute(&tag, "formaction"));
    let all = undo.into_iter().find(|action| action.starts_with("/changes/")).expect("an undo");
    goes_to(&Form::button(&whole, &all).submit(&owner));
    assert!((1..=60).all(|n| on_disk(&site, n) == "pending"));
    assert!(words(&owner.get("/changes").status(200).text()).contains("undid a change of 60 sessions"));
}

#[test]
fn a_batch_page_hides_sessions_no_longer_visible() {
    let site = waiting(120);
    site.write(TASKS, &id(500), b"[]");
    site.write(CONTACT, &id(501), b"[]");
    let server = site.serve();
    let owner = server.first_owner();
    let olga = person(&server, "olga", "operator");
    let page = olga.get("/sessions").status(200).text();
    let address = goes_to(&all(&page, "accept").submit(&olga));
    let end = ended(&olga, &address);
    assert!(end.contains(&id(500)) && end.contains(&id(501)), "{end}");
    let held = owner.request("PATCH", "/api/v1/users/olga").json(serde_json::json!({ "apps": [CONTACT] })).send();
    held.status(200);
    let olga = server.log_in("olga", PASSWORD);
    let later = olga.get(&address).status(200).text();
    assert!(!later.contains(&id(500)) && !later.contains(TASKS) && later.contains(&id(501)), "{later}");
}

#[test]
fn a_phone_shows_how_many_are_changed() {
    let site = waiting(12);
    let server = site.serve();
    person(&server, "olga", "operator");
    let browser = Browser::start();
    browser.go(&server.url("/login"));
    browser.fill("#name", "olga");
    browser.fill("#password", PASSWORD);
    browser.click(".fields button");
    browser.reads("h1", "12 devices");
    browser.devtools(
        "Emulation.setDeviceMetricsOverride",
        serde_json::json!({ "width": 360, "height": 700, "deviceScaleFactor": 1, "mobile": true }),
    );
    browser.go(&server.url("/sessions?limit=5"));
    browser.click("tbody tr:first-child [name=pick]");
    assert!(browser.visible(".selected .picked") && !browser.visible(".selected .every"));
    let count = "return getComputedStyle(document.querySelector('.picked'), '::after').content";
    assert!(browser.run(count).as_str().is_some_and(|content| content.contains("counter(picked)")));
    browser.click("[name=all]");
    assert!(!browser.visible(".selected .picked") && browser.visible(".selected .every"));
    assert_eq!(browser.text(".selected .every"), "With all 12 that match");
}

#[test]
fn the_browser_shows_the_progress_of_an_undo() {
    const MANY: u32 = 3_000;
    let site = waiting(MANY);
    let server = site.serve();
    let owner = server.first_owner();
    person(&server, "olga", "operator");
    let accepted = goes_to(&all(&owner.get("/sessions").status(200).text(), "accept").submit(&owner));
    ended(&owner, &accepted);
    let browser = Browser::start();
    browser.go(&server.url("/login?next=/changes"));
    browser.fill("#name", "olga");
    browser.fill("#password", PASSWORD);
    browser.click(".fields button");
    browser.reads("h1", "Changes");
    browser.click("tbody tr:first-child .row-actions button");
    until(SOON, "how far it is", || browser.has("main progress[value]"));
    assert!(browser.text("main").contains("You can leave this page"), "{}", browser.text("main"));
    let path = browser.run("return location.pathname");
    assert!(path.as_str().is_some_and(|path| path.starts_with("/batches/")), "{path}");
    until(SOON, "its end", || !browser.has("main progress"));
    browser.reads("h1", "Undone: 3,000 sessions are pending.");
    assert!(!browser.has(".toast .wrong, .toasts .wrong"), "nothing is told off: {}", browser.text("body"));
    assert!((1..=MANY).all(|n| on_disk(&site, n) == "pending"));
}

#[test]
fn one_selected_session_is_deleted_and_restored() {
    let site = waiting(2);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions").status(200).text();
    let form =
        Form::find(&page, "/sessions/selected").fill("do", "delete").add("pick", &format!("{CONTACT}/{}", id(1)));
    let to = goes_to(&form.submit(&owner));
    assert!(!site.path(CONTACT, &id(1)).exists());
    let told = owner.get(&to).status(200).text();
    let undo = tags(&told, "button").into_iter().filter_map(|(_, tag)| attribute(&tag, "formaction"));
    let undo = undo.into_iter().find(|action| action.ends_with("/undo")).expect("an undo");
    goes_to(&Form::button(&told, &undo).submit(&owner));
    assert!(site.path(CONTACT, &id(1)).exists());
}

#[test]
fn changing_the_app_keeps_filter_and_sort() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2)).set("/application/name", "Tasks")]);
    site.write("com.manifest.alone", "manifest.json", b"{}");
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions?sort=-email&q=x.example").status(200).text();
    assert!(page.contains(">Tasks</option>"), "{page}");
    assert!(!page.contains("com.manifest.alone"), "an app without a session is left out");
    let ways = [("sort", "-email"), ("q", "x.example")];
    assert!(ways.iter().all(|(key, value)| page.contains(&format!("name=\"{key}\" value=\"{value}\""))), "{page}");
    let to = goes_to(&owner.get(&format!("/sessions?sort=-email&q=x.example&app={TASKS}")));
    assert_eq!(to, format!("/apps/{TASKS}?sort=-email&q=x.example"));
    let there = owner.get(&to).status(200).text();
    assert!(there.contains(&format!("<option value=\"{TASKS}\" selected>")), "{there}");
    owner.get("/sessions?app=&sort=-email").status(200);
    owner.get("/sessions?app=com.none").status(200);
}

#[test]
fn changes_name_sessions_by_device_and_email() {
    let pixel = |n: u32, email: &str| session(CONTACT, &id(n)).email(email).set("/device/description", "Pixel 8");
    let site = Site::with(&[
        pixel(1, "sofia@x.example").status("pending"),
        pixel(2, "").without("/device/description"),
        pixel(3, ""),
    ]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions").status(200).text();
    let own = |n: u32| format!("/apps/{}/sessions/{}", segment(CONTACT), id(n));
    let done = |form: &Form| owner.get(&goes_to(&form.submit(&owner))).status(200).text();
    let accept = Form::button(&page, &format!("{}/status", own(1))).fill("status", "accepted");
    let told = done(&accept);
    assert!(words(&told).contains("Pixel 8 · sofia@x.example is accepted in the file."), "{told}");
    let back = done(&toast_undo(&told));
    assert!(words(&back).contains("Undone: Pixel 8 · sofia@x.example waits again. Undo"), "{back}");
    for n in [1, 2] {
        goes_to(&Form::button(&page, &format!("{}/delete", own(n))).submit(&owner));
    }
    for path in ["/changes", "/"] {
        let text = words(&owner.get(path).status(200).text());
        assert!(text.contains("owner1 deleted Pixel 8 · sofia@x.example"), "{path}: {text}");
        assert!(text.contains("owner1 undid: Pixel 8 · sofia@x.example waits again"), "{path}: {text}");
        assert!(text.contains("owner1 deleted 11.3"), "without a model, by its system: {path}: {text}");
    }
    let csv = owner.get("/changes.csv").status(200).text();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].contains(",pushed_by_name,device,") && lines[2].contains(",Pixel 8,"), "{csv}");
}
