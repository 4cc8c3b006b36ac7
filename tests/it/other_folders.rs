//! A folder that is not the one that was served before: nothing in it is shown, nothing counts as deleted, and a person
//! decides. Other disks are in `needs_root`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::spawn::*;

const SOON: Duration = Duration::from_secs(15);

/// A server on another MobileApps folder with this site's data folder.
fn serve_other<'a>(site: &'a Site, folder: &Path, args: &[&str]) -> Server<'a> {
    let mut command = Command::new(program());
    let data = site.data();
    command.arg("serve").arg(folder).args(["--listen", "127.0.0.1:0", "--data-dir"]).arg(data).args(args);
    site.serve_command(command)
}

/// Every list and change says that the folder is another one, for this reason.
#[track_caller]
fn assert_changed(server: &Server, operator: &impl User, reason: &str) {
    let problem = operator.get("/api/v1/sessions").problem(503, "folder-changed");
    assert!(problem["detail"].as_str().unwrap().contains(reason), "{problem}");
    let ready = server.anonymous().get("/readyz").problem(503, "folder-changed");
    assert!(ready["detail"].as_str().unwrap().contains(reason), "{ready}");
    operator.get("/api/v1/apps").problem(503, "folder-changed");
    operator.get(&session_path(CONTACT, &id(1))).problem(503, "folder-changed");
    operator.post("/api/v1/refresh", json!({})).problem(503, "folder-changed");
    operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "pending" })).problem(503, "folder-changed");
    operator.delete(&session_path(CONTACT, &id(1))).problem(503, "folder-changed");
    let batch = json!({ "action": "delete", "sessions": [{ "app": CONTACT, "id": id(1) }] });
    let answer = operator.post("/api/v1/sessions/batch", batch);
    assert!(answer.status == 503 || answer.json()["failed"] == 1, "{answer:?}");
}

/// What was told from the first event on, but for the folder's own going and coming.
fn told(user: &impl User, last: &str) -> Vec<String> {
    let stream = user.request("GET", "/api/v1/events").header("last-event-id", "0").listen();
    let mut kinds = Vec::new();
    loop {
        let told = stream.next();
        let is_last = told.kind == last;
        if !told.kind.starts_with("folder.") {
            kinds.push(told.kind);
        }
        if is_last {
            return kinds;
        }
    }
}

#[test]
fn another_path_is_served_only_after_a_person_says_so() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)), session(TASKS, &id(3))]);
    let secret = site.token_with("operator", &[], false);
    assert_eq!(site.serve().stop(), Some(0));
    let other = site.temp().join("Other");
    fs::create_dir_all(other.join(CONTACT)).unwrap();
    fs::write(other.join(CONTACT).join(id(1)), session(CONTACT, &id(1)).bytes()).unwrap();
    let before = snapshot(&other);

    let server = serve_other(&site, &other, &[]);
    assert_changed(&server, &server.caller(&secret), "another path");
    assert!(server.log().contains("--moved"), "{}", server.log());
    assert_eq!(server.stop(), Some(0));
    assert_unchanged(&before, &snapshot(&other));

    // Back on its own folder, nothing has happened.
    let server = site.serve();
    let operator = server.caller(&secret);
    assert_eq!(operator.json("/api/v1/sessions")["total"], 3);
    operator.patch(&session_path(TASKS, &id(3)), json!({ "email": "at@the.end" })).status(200);
    assert_eq!(told(&operator, "session.changed"), ["session.changed"]);
    assert_eq!(server.stop(), Some(0));

    let server = serve_other(&site, &other, &["--moved"]);
    let operator = server.caller(&secret);
    assert_eq!(operator.ids("/api/v1/sessions"), [id(1)]);
    let told = told(&operator, "app.deleted");
    assert_eq!(told.iter().filter(|kind| *kind == "session.deleted").count(), 2, "{told:?}");
    assert_eq!(server.stop(), Some(0));
    // It is remembered.
    let server = serve_other(&site, &other, &[]);
    assert_eq!(server.caller(&secret).ids("/api/v1/sessions"), [id(1)]);
    assert_eq!(server.stop(), Some(0));
    let server = site.serve();
    assert_changed(&server, &server.caller(&secret), "another path");
}

#[test]
fn an_unjudged_folder_is_not_worked_on() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let secret = site.token_with("operator", &[], false);
    assert_eq!(site.serve().stop(), Some(0));
    let other = site.temp().join("Other");
    fs::rename(site.root(), &other).unwrap();
    let before = snapshot(&other);
    for _ in 0..3 {
        let server = site.serve();
        let operator = server.caller(&secret);
        let patch = || operator.patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" }));
        patch().problem(503, "folder-unavailable");
        std::os::unix::fs::symlink(&other, site.root()).unwrap();
        until(SOON, "it is judged", || {
            let answer = patch();
            assert_eq!(answer.status, 503, "{answer:?}");
            answer.json()["type"] == "/problems/folder-changed"
        });
        assert_eq!(server.stop(), Some(0));
        fs::remove_file(site.root()).unwrap();
    }
    assert_unchanged(&before, &snapshot(&other));
}

#[test]
fn a_link_or_another_spelling_leads_to_the_same_folder() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let secret = site.token_with("viewer", &[], false);
    assert_eq!(site.serve().stop(), Some(0));
    let link = site.temp().join("link");
    std::os::unix::fs::symlink(site.root(), &link).unwrap();
    for way in [link, site.temp().join("data/../MobileApps/.")] {
        let server = serve_other(&site, &way, &[]);
        assert_eq!(server.caller(&secret).ids("/api/v1/sessions"), [id(1)], "{way:?}");
        assert_eq!(server.stop(), Some(0));
    }
}

#[test]
fn an_emptied_folder_deletes_no_session() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2))]);
    let secret = site.token_with("operator", &[], false);
    let server = site.serve();
    let operator = server.caller(&secret);
    let away = site.temp().join("away");
    // While it runs, and while it does not.
    fs::rename(site.root(), &away).unwrap();
    fs::create_dir(site.root()).unwrap();
    until(SOON, "it is noticed", || {
        let answer = operator.get("/api/v1/sessions");
        assert!(answer.status == 503 || answer.json()["total"] == 2, "{answer:?}");
        answer.status == 503 && answer.json()["type"] == "/problems/folder-changed"
    });
    assert_changed(&server, &operator, "empty");
    assert_eq!(server.stop(), Some(0));
    let server = site.serve();
    let operator = server.caller(&secret);
    assert_changed(&server, &operator, "empty");
    assert_eq!(names(&site.root()), [""; 0], "nothing was made in it");

    fs::remove_dir(site.root()).unwrap();
    fs::rename(&away, site.root()).unwrap();
    until(SOON, "it is back by itself", || operator.get("/api/v1/sessions").status == 200);
    assert_eq!(operator.json("/api/v1/sessions")["total"], 2);
    server.anonymous().get("/readyz").status(200);
    operator.patch(&session_path(TASKS, &id(2)), json!({ "email": "at@the.end" })).status(200);
    assert_eq!(told(&operator, "session.changed"), ["session.changed"], "nothing else was said");
}

#[test]
fn an_owner_of_all_apps_confirms_the_folder() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(TASKS, &id(2))]);
    let server = site.serve();
    let owner = server.first_owner();
    let operator = server.operator();
    fs::rename(site.root(), site.temp().join("away")).unwrap();
    fs::create_dir(site.root()).unwrap();
    until(SOON, "it is noticed", || operator.get("/api/v1/sessions").json()["type"] == "/problems/folder-changed");
    // Where the folder is needed, and where it is not.
    let page = owner.get("/").status(503).text();
    assert!(page.contains("not the same MobileApps folder as before") && page.contains("empty"), "{page}");
    let journal = owner.get("/changes").status(200).text();
    let button = Form::button(&journal, "/folder/confirm");
    Form::to("/folder/confirm").submit(&owner).status(403);
    operator.get("/api/v1/sessions").problem(503, "folder-changed");

    assert_eq!(button.submit(&owner).status, 303);
    until(SOON, "it is taken as it is", || operator.get("/api/v1/sessions").status == 200);
    assert_eq!(operator.json("/api/v1/sessions")["total"], 0);
    let told = told(&operator, "app.deleted");
    assert_eq!(told.iter().filter(|kind| *kind == "session.deleted").count(), 2, "{told:?}");
    let log = owner.get("/access-log?action=folder_confirmed").status(200).text();
    assert!(log.contains("is the right folder") && log.contains("MobileApps"), "{log}");
    assert!(!owner.get("/").status(200).text().contains("/folder/confirm"));
    assert_eq!(server.stop(), Some(0));
    let server = site.serve();
    assert_eq!(server.operator().json("/api/v1/sessions")["total"], 0, "it is remembered");
}

#[test]
fn an_owner_of_some_apps_cannot_confirm_the_folder() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    let held = owner.post(
        "/api/v1/users",
        json!({
            "name": "held", "role": "owner", "apps": [CONTACT], "password": "correct horse battery 9"
        }),
    );
    assert_eq!(held.status, 201, "{held:?}");
    let held = server.log_in("held", "correct horse battery 9");
    fs::rename(site.root(), site.temp().join("away")).unwrap();
    fs::create_dir(site.root()).unwrap();
    until(SOON, "it is noticed", || held.get("/api/v1/sessions").json()["type"] == "/problems/folder-changed");
    let page = held.get("/changes").status(200).text();
    assert!(page.contains("not the same MobileApps folder as before") && !page.contains("/folder/confirm"), "{page}");
    // By a form with the right token all the same.
    let token = attribute(&tags(&page, "input").into_iter().find(|(_, tag)| tag.contains("csrf")).unwrap().1, "value");
    Form::to("/folder/confirm").add("csrf", &token.unwrap()).submit(&held).status(403);
    held.get("/api/v1/sessions").problem(503, "folder-changed");
}

#[test]
fn a_reset_as_4d_documents_it_is_taken() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2))]);
    let server = site.serve();
    let operator = server.operator();
    fs::remove_dir_all(site.root()).unwrap();
    until(SOON, "it is away", || operator.get("/api/v1/sessions").status == 503);
    site.put(&session(CONTACT, &id(3)));
    until(SOON, "it is back", || operator.get("/api/v1/sessions").status == 200);
    assert_eq!(operator.ids("/api/v1/sessions"), [id(3)]);
    assert_eq!(server.stop(), Some(0));
    // While nobody looked, too.
    fs::remove_dir_all(site.root()).unwrap();
    site.put(&session(TASKS, &id(4)));
    let server = site.serve();
    assert_eq!(server.operator().ids("/api/v1/sessions"), [id(4)]);
}
