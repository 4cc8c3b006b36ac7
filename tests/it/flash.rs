//! What was just done is told once, on the page that its form leads to.

use crate::spawn::*;

fn has_toast(answer: &Answer) -> bool {
    answer.text().contains("class=\"toast\"")
}

fn settings(page: &str) -> Form {
    Form::find(page, "/account/settings").fill("language", "").fill("theme", "dark")
}

#[test]
fn a_flash_is_told_once_on_its_page() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/account").status(200).text();
    let answer = settings(&page).submit(&owner).status(303);
    assert_eq!(answer.header("location"), "/account", "the address says nothing of it");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=60"),
        "{cookie}"
    );

    assert!(!has_toast(&owner.get("/sessions").status(200)), "another tab");
    let script = owner.request("GET", "/account").header("x-background", "true").send().status(200);
    assert!(!has_toast(&script), "nobody sees what scripts fetch");
    assert!(has_toast(&owner.get("/account").status(200)));
    assert!(!has_toast(&owner.get("/account").status(200)), "once");
}

#[test]
fn each_page_tells_of_its_own_form() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let (account, list) = (owner.get("/account").text(), owner.get("/sessions").text());
    settings(&account).submit(&owner).status(303);
    Form::button(&list, &format!("{}/status", crate::pages::page_of(CONTACT, &id(1)))).submit(&owner).status(303);
    assert!(has_toast(&owner.get("/sessions").status(200)));
    assert!(has_toast(&owner.get("/account").status(200)), "the other one has not taken it");
}
