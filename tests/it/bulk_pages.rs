//! Many sessions at once, as a browser without JavaScript changes them.

use std::time::Duration;

use serde_json::Value;

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
fn all(page: &str, deed: &str, count: u32) -> Form {
    Form::find(page, "/sessions/selected").fill("do", deed).fill("all", &count.to_string())
}

fn undo(page: &str) -> Option<Form> {
    let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
    let mut buttons = tags(main, "button").into_iter().filter_map(|(_, tag)| attribute(&tag, "formaction"));
    buttons.find(|action| action.ends_with("/undo")).map(|action| Form::button(page, &action))
}

fn person<'a>(server: &'a Server<'a>, name: &str, role: &str) -> Cookie<'a> {
    let made = server.site.command_with_input(&["user", "create", name, "--role", role], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    server.log_in(name, PASSWORD)
}

#[test]
fn many_are_changed_while_a_page_shows_how_far_they_are_and_all_of_it_is_undone() {
    const MANY: u32 = 2_000;
    let site = waiting(MANY);
    let server = site.serve();
    let owner = server.first_owner();
    let [olga, otto] = ["olga", "otto"].map(|name| person(&server, name, "operator"));
    let list = "/sessions?status=pending&sort=-id";
    let address = goes_to(&all(&olga.get(list).status(200).text(), "accept", MANY).submit(&olga));
    assert!(address.starts_with("/batches/"), "{address}");
    let first = olga.get(&address).status(200).text();
    assert!(first.contains("<progress") && first.contains("http-equiv=\"refresh\""), "{first}");
    assert!(first.contains("You can leave this page"), "{first}");
    assert_eq!(olga.get(list).status(200).status, 200, "meanwhile, one does something else");
    otto.get(&address).status(404);
    let end = ended(&olga, &address);
    assert_eq!(heading(&end), "2,000 sessions are changed.");
    assert!(!end.contains("http-equiv=\"refresh\""), "it has come to rest: {end}");
    assert!(end.contains("href=\"/sessions?status=pending&#38;sort=-id\""), "the list as it was: {end}");
    assert!(owner.get(&address).status(200).text().contains("2,000 sessions are changed."));
    otto.get(&address).status(404);
    assert_eq!((on_disk(&site, 1), on_disk(&site, MANY)), ("accepted".into(), "accepted".into()));

    let back = goes_to(&undo(&end).expect("an undo").submit(&olga));
    let undone = olga.get(&back).status(200).text();
    assert!(undone.contains("It was undone.") && undo(&undone).is_none(), "{undone}");
    assert_eq!((on_disk(&site, 1), on_disk(&site, MANY)), ("pending".into(), "pending".into()));
}

#[test]
fn what_could_not_be_changed_of_many_is_named_with_the_reason_and_a_way_to_it() {
    let site = waiting(120);
    site.write(CONTACT, &id(500), b"[]");
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions").status(200).text();
    let address = goes_to(&all(&page, "accept", 121).submit(&owner));
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
fn all_that_match_is_asked_again_when_there_are_more_than_the_page_showed() {
    let site = waiting(12);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions?status=pending&limit=5").status(200).text();
    site.put(&session(CONTACT, &id(13)).status("pending"));
    server.owner().refresh();
    let asked = all(&page, "accept", 12).submit(&owner).status(200).text();
    assert_eq!(heading(&asked), "Accept 13 sessions?");
    assert!(asked.contains("there were 12 when the page was shown, and now there are 13"), "{asked}");
    assert_eq!(on_disk(&site, 1), "pending");
    let to = goes_to(&Form::find(&asked, "/sessions/selected").submit(&owner));
    assert!(to.starts_with("/sessions?status=pending&limit=5&done="), "{to}");
    assert!((1..=13).all(|n| on_disk(&site, n) == "accepted"));

    let page = owner.get("/sessions?limit=5").status(200).text();
    let asked = all(&page, "pending", 12).submit(&owner).status(200).text();
    assert_eq!(heading(&asked), "Set 13 sessions to pending?");
    goes_to(&Form::find(&asked, "/sessions/selected").submit(&owner));
    assert!((1..=13).all(|n| on_disk(&site, n) == "pending"));
}

#[test]
fn one_that_is_selected_is_deleted_at_once_and_comes_back_by_undo() {
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
fn one_goes_from_app_to_app_with_the_same_filter_and_sort() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2)).set("/application/name", "Tasks")]);
    site.write("com.manifest.alone", "manifest.json", b"{}");
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/sessions?sort=-email&q=x.example").status(200).text();
    assert!(page.contains(&format!(">Tasks ({TASKS})</option>")), "{page}");
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
