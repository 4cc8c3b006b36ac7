//! What an installation needs before it is complete: the list on the first page of owners.

use crate::spawn::*;

/// The titles of the steps that are done, and of those that are not.
fn steps(page: &str) -> (Vec<String>, Vec<String>) {
    let list =
        page.split("aria-labelledby=\"checklist-title\"").nth(1).expect("a list").split("</section>").next().unwrap();
    let items = list.split("<li").skip(1).filter(|item| !item.contains("id=\"notify\""));
    let title = |item: &str| unescape(item.split("<h3>").nth(1).unwrap().split('<').next().unwrap());
    let (done, open): (Vec<&str>, Vec<&str>) = items.partition(|item| item.starts_with(" class=\"done\""));
    (done.into_iter().map(title).collect(), open.into_iter().map(title).collect())
}

fn has_list(user: &impl User) -> bool {
    user.get("/").status(200).text().contains("checklist-title")
}

#[test]
fn an_owner_sees_what_is_left_to_be_set_up() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/").status(200).text();
    let (done, open) = steps(&page);
    assert_eq!(done, ["Find the MobileApps folder"]);
    assert_eq!(open, ["Connect 4D", "Test the connection", "Ask for approval in 4D", "Add a colleague"]);
    for part in [
        "1 of 5 done",
        "--push-secret-file FILE",
        "$response.verify:=True",
        "href=\"/push#connect-title\"",
        "href=\"/users#new-title\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    site.put(&session(CONTACT, &id(2)).status("pending"));
    let made = site.command_with_input(&["user", "create", "vera", "--role", "operator"], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    owner.post("/api/v1/refresh", serde_json::json!({})).status(200);
    let (done, open) = steps(&owner.get("/").text());
    assert_eq!((done.len(), open), (3, vec!["Connect 4D".to_owned(), "Test the connection".to_owned()]));
    assert!(!has_list(&server.log_in("vera", PASSWORD)), "operators set up nothing");
}

#[test]
fn the_list_stays_away_once_it_was_dismissed() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/").text();
    let answer = Form::button(&page, "/checklist/dismiss").submit(&owner);
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
    let page = owner.get("/").status(200).text();
    assert!(!page.contains("checklist-title") && page.contains("The list is hidden."), "{page}");
    assert_eq!(server.stop(), Some(0));
    let server = site.serve();
    let made = site.command_with_input(&["user", "create", "olga", "--role", "owner"], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    assert!(!has_list(&server.log_in("olga", PASSWORD)), "for nobody, after a restart too");
}

#[test]
fn the_list_goes_when_all_is_done() {
    let site = Site::new();
    let mut command = std::process::Command::new(program());
    let dir = site.temp().join("demo");
    command.args(["demo", "--listen", "127.0.0.1:0", "--no-devices", "--auto-push", "1s"]);
    command.arg("--dir").arg(&dir).arg("--data-dir").arg(site.data());
    let server = site.serve_command(command);
    let owner = server.first_owner();
    let (done, open) = steps(&owner.get("/").text());
    assert!(done.iter().any(|step| step == "Push automatically"), "{done:?}");
    assert!(open.iter().any(|step| step == "Add a colleague"), "{open:?}");
    let made = site.command_with_input(&["user", "create", "vera", "--role", "operator"], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    let page = owner.get("/").text();
    if page.contains("formaction=\"/push/test\"") {
        assert_eq!(Form::button(&page, "/push/test").submit(&owner).status, 303);
    }
    assert!(!has_list(&owner), "all is done");
    assert!(!has_list(&owner));
}
