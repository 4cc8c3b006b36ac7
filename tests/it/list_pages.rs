//! What can be done in the rows of a list, as a browser without JavaScript does it.

use serde_json::Value;

use crate::spawn::*;

fn list_of(app: &str) -> String {
    format!("/apps/{}", segment(app))
}

fn page_of(app: &str, id: &str) -> String {
    format!("{}/sessions/{}", list_of(app), segment(id))
}

fn on_disk(site: &Site, id: &str, pointer: &str) -> Value {
    let document: Value = serde_json::from_slice(&site.read(CONTACT, id)).expect("JSON");
    document.pointer(pointer).cloned().unwrap_or_default()
}

/// The first link of a page whose tag holds this.
#[track_caller]
fn link(page: &str, with: &str) -> String {
    let tag = tags(page, "a").into_iter().find(|(_, tag)| tag.contains(with));
    attribute(&tag.unwrap_or_else(|| panic!("no link with {with}:\n{page}")).1, "href").expect("an address")
}

#[track_caller]
fn goes_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.header("location").to_owned()
}

#[test]
fn a_status_is_set_in_its_row() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)).status("banned")]);
    let server = site.serve();
    let owner = server.first_owner();
    let list = format!("{}?sort=id", list_of(CONTACT));
    let page = owner.get(&list).status(200).text();
    assert_eq!(page.matches("<select name=\"status\"").count(), 2, "{page}");
    assert!(page.contains("<option value=\"\" selected>“banned”</option>"), "{page}");
    let form = Form::find(&page, &format!("{}/status", page_of(CONTACT, &id(1)))).fill("status", "pending");
    let to = goes_to(&form.submit(&owner));
    assert!(to.starts_with(&list), "{to}");
    assert_eq!(on_disk(&site, &id(1), "/status"), "pending");
}

#[test]
fn an_email_is_edited_in_its_row() {
    let site = Site::with(&[session(CONTACT, &id(1)).email("old@x.example"), session(CONTACT, &id(2))]);
    let server = site.serve();
    let owner = server.first_owner();
    let list = format!("{}?sort=-id", list_of(CONTACT));
    let action = format!("{}/email-in-row", page_of(CONTACT, &id(1)));
    let page = owner.get(&list).status(200).text();
    let ways = tags(&page, "a").into_iter().filter(|(_, tag)| tag.contains(" data-edit"));
    let ways: Vec<_> = ways.filter_map(|(_, tag)| attribute(&tag, "href")).collect();
    let way = ways.iter().find(|way| way.ends_with(&id(1))).expect("a way to edit");
    let editing = owner.get(way).status(200).text();
    let form = Form::find(&editing, &action);
    assert_eq!(form.field("email").as_deref(), Some("old@x.example"));
    assert_eq!(form.field("return").as_deref(), Some(list.as_str()), "back to the list as it was");

    let bad = form.clone().fill("email", "no\u{1}address").submit(&owner).status(422).text();
    assert!(bad.contains("This is neither an e-mail address") && bad.contains("aria-invalid=\"true\""), "{bad}");
    let again = Form::find(&bad, &action);
    assert_eq!(again.field("email").as_deref(), Some("no\u{1}address"), "what was typed is kept");
    assert_eq!(again.field("return").as_deref(), Some(list.as_str()));
    assert_eq!(bad.matches("<tr id=\"s-").count(), 2, "the same list");
    assert_eq!(on_disk(&site, &id(1), "/email"), "old@x.example");

    site.put(&session(CONTACT, &id(1)).email("4d@x.example"));
    let clash = again.fill("email", "mine@x.example").submit(&owner).status(412).text();
    assert!(clash.contains("4d@x.example") && clash.contains("mine@x.example"), "both values: {clash}");
    assert_eq!(on_disk(&site, &id(1), "/email"), "4d@x.example", "nothing is overwritten");
    let to = goes_to(&Form::find(&clash, &action).submit(&owner));
    assert!(to.starts_with(&list) && to.ends_with(&id(1)), "{to}");
    assert!(owner.get(&list).status(200).text().contains("class=\"toast\""));
    assert_eq!(on_disk(&site, &id(1), "/email"), "mine@x.example");
}

#[test]
fn what_one_decides_by_stands_on_a_page_of_its_own() {
    let phone = |n: u32| session(CONTACT, &id(n)).email("ann@x.example").set("/device/token", "push-SECRET-42");
    let site = Site::with(&[phone(1).status("pending"), phone(2).set("/device/id", "OTHER")]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/").status(200).text();
    let look = owner.get(&link(&page, " data-look")).status(200).text();
    for part in ["ann@x.example", "First seen", "App version", "1.0.0", "en_US", "Same e-mail as", "Address"] {
        assert!(look.contains(part), "{part}: {look}");
    }
    assert!(!look.contains("SECRET"), "{look}");
    let form = Form::find(&look, &format!("{}/status", page_of(CONTACT, &id(1)))).add("status", "accepted");
    let to = goes_to(&form.submit(&owner));
    assert!(to.starts_with(&page_of(CONTACT, &id(1))), "{to}");
    assert_eq!(on_disk(&site, &id(1), "/status"), "accepted");
    assert!(owner.get(&to).status(200).text().contains("Accepted by"));
}

#[test]
fn lists_and_journal_export_csv_with_their_filter() {
    let site =
        Site::with(&[session(CONTACT, &id(1)).status("pending"), session(CONTACT, &id(2)), session(TASKS, &id(3))]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get(&format!("{}?status=accepted&sort=id", list_of(CONTACT))).status(200).text();
    let csv = owner.get(&link(&page, " download")).status(200);
    assert!(csv.header("content-type").starts_with("text/csv"), "{csv:?}");
    let lines: Vec<String> = csv.text().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].contains(&id(2)), "{lines:?}");
    goes_to(
        &Form::find(&page, &format!("{}/status", page_of(CONTACT, &id(2)))).fill("status", "pending").submit(&owner),
    );
    let journal = owner.get("/changes?action=set_email").status(200).text();
    assert_eq!(owner.get(&link(&journal, " download")).status(200).text().lines().count(), 1);
    let journal = owner.get("/changes?action=set_status").status(200).text();
    assert_eq!(owner.get(&link(&journal, " download")).status(200).text().lines().count(), 2);
}

#[test]
fn an_empty_list_says_what_will_appear() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    assert!(owner.get("/sessions").text().contains(site.root().to_str().expect("a path")));
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let nobody = owner.get("/sessions?status=pending").text();
    assert!(nobody.contains("Nobody is waiting") && nobody.contains("$response.verify:=True"), "{nobody}");
    let other = owner.get("/sessions?simulator=false&modified_since=2020-01-02T00:00:00Z").text();
    assert!(other.contains("No simulator") && other.contains("Changed since 2 Jan 2020"), "{other}");
}

#[test]
fn a_search_says_how_many_of_all_it_found() {
    let site = Site::with(&[session(CONTACT, &id(1)).email("ann@x.example"), session(CONTACT, &id(2))]);
    let server = site.serve();
    let owner = server.first_owner();
    let summary = |path: &str| crate::pages::words(&owner.get(path).status(200).text());
    assert!(summary("/sessions?q=ann").contains("1 of 2 sessions · 0 pending"));
    assert!(summary("/sessions").contains(" 2 sessions · 0 pending"));
}

#[test]
fn a_devices_icon_is_a_phone_or_tablet() {
    let models = [
        ("iPhone 13", "iOS", "phone"),
        ("iPad Air", "iOS", "tablet"),
        ("A name that says nothing", "iPadOS", "tablet"),
        ("Galaxy Tab S8", "Android", "tablet"),
        ("Stabilo", "Android", "phone"),
    ];
    let site = Site::new();
    for (n, (model, os, _)) in (1..).zip(models) {
        let file = session(CONTACT, &id(n)).set("/device/description", model).set("/device/os", os);
        site.put(&if n == 2 { file.status("pending") } else { file });
    }
    let server = site.serve();
    let owner = server.first_owner();
    let list = owner.get("/sessions").status(200).text();
    for (n, (model, _, form)) in (1..).zip(models) {
        let own = owner.get(&page_of(CONTACT, &id(n))).status(200).text();
        for page in [&list, &own] {
            let before = page.split(&format!("<bdi>{model}</bdi>")).next().unwrap_or_default();
            let icon = format!("<use href=\"#i-{form}\"></use></svg>");
            assert!(before.ends_with(&icon), "{model}: {page}");
        }
    }
    let queue = owner.get("/").status(200).text();
    assert!(queue.contains("<use href=\"#i-tablet\"></use></svg><bdi>iPad Air</bdi>"), "{queue}");
}

/// The tag of a page's field that is marked as wrong, whose reason stands beside it.
#[track_caller]
fn marked(page: &str, name: &str) -> String {
    let fields = ["input", "select"].into_iter().flat_map(|kind| tags(page, kind)).map(|(_, tag)| tag);
    let mut fields = fields.filter(|tag| attribute(tag, "name").as_deref() == Some(name));
    let (field, more) = (fields.next().unwrap_or_else(|| panic!("no field {name}:\n{page}")), fields.next());
    assert!(more.is_none(), "one field {name}:\n{page}");
    let why = attribute(&field, "aria-describedby").unwrap_or_default();
    assert!(field.contains("aria-invalid=\"true\"") && page.contains(&format!("id=\"{why}\"")), "{field}:\n{page}");
    field
}

#[test]
fn a_wrong_filter_is_marked_and_kept() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending"), session(CONTACT, &id(2))]);
    let server = site.serve();
    let owner = server.first_owner();
    owner.patch(&session(CONTACT, &id(1)).path(), serde_json::json!({ "status": "accepted" })).status(200);
    let wrong = [
        ("/changes", "since", "yesterday", "This is not a date. Write it as 2026-12-31"),
        ("/changes", "until", "2026-13-01", "This is not a date."),
        ("/changes", "limit", "many", "This list does not know this value."),
        ("/access-log", "since", "yesterday", "This is not a date."),
        ("/access-log", "limit", "0", "This list does not know this value."),
        ("/sessions", "status", "blue", "This list does not know this value."),
        ("/sessions", "compliant", "perhaps", "This list does not know this value."),
        ("/sessions", "modified_since", "<yesterday>", "This is not a date."),
        (&list_of(CONTACT), "sort", "colour", "This list does not know this value."),
    ];
    for (path, name, value, why) in wrong {
        let answer = owner.get(&format!("{path}?{name}={}", segment(value))).status(400);
        crate::pages::assert_sound(&answer);
        let page = answer.text();
        let field = marked(&page, name);
        assert_eq!(attribute(&field, "value").as_deref(), Some(value), "{path}: what was typed is kept");
        assert!(field.contains("autofocus"), "{field}");
        assert!(crate::pages::words(&page).contains(why), "{path} {name}: {page}");
        assert!(!page.contains("<table") && !page.contains("class=\"empty\""), "no list in its place: {page}");
        assert!(!page.contains(" download"), "nor a file of it: {page}");
    }
    for (path, action) in [("/changes", "explode"), ("/access-log", "explode")] {
        let page = owner.get(&format!("{path}?action={action}&actor=ann")).status(400).text();
        marked(&page, "action");
        assert!(page.contains(&format!("<option value=\"{action}\" selected>")), "{page}");
        assert!(page.contains("name=\"actor\" value=\"ann\""), "the others are kept too: {page}");
    }
    let both = owner.get("/sessions?status=blue&limit=many&q=ann&sort=email").status(400).text();
    assert!(marked(&both, "status").contains("autofocus") && !marked(&both, "limit").contains("autofocus"));
    assert!(both.contains("value=\"ann\"") && both.contains("name=\"sort\" value=\"email\""), "{both}");
    // A day is understood where it is asked for.
    let since = owner.get("/sessions?modified_since=2020-01-01").status(200).text();
    assert!(since.contains(&id(1)) && since.contains(&id(2)), "{since}");
    assert!(!owner.get("/sessions?modified_before=2020-01-01").status(200).text().contains(&id(1)));
}
