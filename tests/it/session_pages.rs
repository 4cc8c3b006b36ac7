//! The queue of the first page and the page of one session: who was seen before, one session in another's place, and
//! what is said when two people and 4D are at the same session.

use std::fs;

use serde_json::{Value, json};

use crate::pages::*;
use crate::spawn::*;

/// A session of a device and an e-mail.
fn of(app: &str, n: u32, device: &str, email: &str) -> SessionFile {
    session(app, &id(n)).set("/device/id", device).email(email)
}

/// A minute, an hour, a day, in seconds.
const DAY: u64 = 24 * 60 * 60;

/// A contact whose phone has signed in again: the old session is accepted, the new one waits.
fn again() -> Site {
    let site = Site::new();
    let old = of(CONTACT, 1, "D-1", "ann@x.example").set("/device/description", "Old name");
    site.put_aged(&old, 3 * DAY);
    site.put_aged(&of(CONTACT, 2, " d-1 ", "ANN@x.example").status("pending"), 600);
    site
}

/// What the page of a session offers to put it in the place of an old one.
#[track_caller]
fn replace_form(page: &str, id_new: &str) -> Form {
    let address = format!("{}/replace", page_of(CONTACT, id_new));
    // The other button replaces all old ones, after a question.
    let others = page.rsplit_once("id=\"seen-title\"").map_or(page, |(_, others)| others);
    let old = tags(others, "button").into_iter().find(|(_, tag)| tag.contains(&format!("formaction=\"{address}\"")));
    let old = old.unwrap_or_else(|| panic!("nothing to replace:\n{page}")).1;
    Form::find(page, &format!("{}/email", page_of(CONTACT, id_new)))
        .at(&address)
        .fill("old", &unescape(&attribute(&old, "value").expect("an old session")))
}

/// The form of the question that a row of the queue asks.
#[track_caller]
fn question(user: &impl User, id_new: &str) -> Form {
    let address = format!("{}/replace", page_of(CONTACT, id_new));
    let asked = Form::button(&user.get("/").text(), &address).submit(user).status(200);
    assert_sound(&asked);
    Form::find(&asked.text(), &address)
}

// Seen before

#[test]
fn seen_before_shows_the_other_sessions_status() {
    let site = again();
    site.put_aged(&of(CONTACT, 3, "D-3", "bob@x.example").status("pending"), 500);
    site.put_aged(&of(CONTACT, 4, "D-4", " Bob@X.example").status("banned").set("/device/description", "Tablet"), DAY);
    // Nothing that is empty is alike, and another app is another world.
    site.put_aged(&of(CONTACT, 5, "", "").status("pending"), 400);
    site.put_aged(&of(CONTACT, 6, " ", " "), 400);
    site.put_aged(&of(TASKS, 7, "D-1", "bob@x.example").status("pending"), 300);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/").status(200);
    assert_sound(&page);
    let page = page.text();
    let says = |n: u32| words(&row(&page, &id(n)));
    assert!(says(2).contains("Known device · 1 accepted"), "{}", says(2));
    assert!(says(3).contains("Known e-mail · none of 1 accepted"), "{}", says(3));
    for n in [5, 7] {
        assert!(!says(n).contains("Known"), "{}", says(n));
    }
    assert!(row(&page, &id(2)).contains(&format!("{}#seen-title", page_of(CONTACT, &id(2)))), "it leads there");

    let own = owner.get(&page_of(CONTACT, &id(2))).status(200);
    assert_sound(&own);
    assert!(
        words(&own.text()).contains("Same device and e-mail as Old name : accepted, changed 3 days ago"),
        "{own:?}"
    );
    let old = words(&owner.get(&page_of(CONTACT, &id(1))).text());
    assert!(old.contains("Same device and e-mail as iPhone X : pending, changed 10 min ago"), "{old}");
    assert!(!old.contains("delete the old one"), "the newer one does not make room: {old}");
    let alone = words(&owner.get(&page_of(CONTACT, &id(6))).text());
    assert!(alone.contains("No other session in this app has this device or this e-mail"), "{alone}");

    // It follows what happens.
    fs::remove_file(site.path(CONTACT, &id(1))).unwrap();
    site.put(&of(CONTACT, 4, "D-4", "else@x.example"));
    refresh(&owner);
    let page = owner.get("/").text();
    assert!(!words(&page).contains("Known"), "{page}");
}

#[test]
fn seen_before_prefers_accepted_and_latest_sessions() {
    let site = Site::new();
    site.put_aged(&of(CONTACT, 1, "D-1", "").status("pending"), 60);
    for n in 2..=12 {
        let file = of(CONTACT, n, "D-1", "").set("/device/description", format!("Phone {n}"));
        site.put_aged(&if n % 2 == 0 { file } else { file.status("pending") }, u64::from(n) * DAY);
    }
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get(&page_of(CONTACT, &id(1))).text();
    let seen: Vec<String> = tags(&page, "button")
        .iter()
        .filter_map(|(_, tag)| attribute(tag, "aria-label").filter(|_| tag.contains("/replace\"")))
        .map(|label| label.rsplit(' ').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(seen, ["2", "4", "6", "8", "10", "12", "3", "5"], "accepted first, then the last changed");
    let all = follow_link(&owner, &page, "All 12 sessions of this device");
    assert_eq!(rows(&all).len(), 12);
    assert!(words(&row(&owner.get("/").text(), &id(1))).contains("Known device · 6 accepted, 5 more"));
}

// One in the other's place

#[test]
fn replacing_an_old_session_undoes_as_one() {
    let site = again();
    let server = site.serve();
    let owner = server.first_owner();
    let before = [1, 2].map(|n| site.read(CONTACT, &id(n)));
    let done = send(&owner, &question(&owner, &id(2)));
    let told = words(&done);
    assert!(told.contains("iPhone X · ANN@x.example is accepted in the file. 4D is not connected"), "{told}");
    assert!(told.contains("The old session is deleted. Connect Undo"), "{told}");
    assert!(told.contains("Nobody is waiting"), "back on the first page: {told}");
    let stays = words(&row(&done, &id(2)));
    assert!(stays.contains("Accepted") && stays.contains("Undo") && !stays.contains("Accept "), "{stays}");
    assert_eq!(on_disk(&site, CONTACT, &id(2), "/status"), "accepted");
    assert!(!site.path(CONTACT, &id(1)).exists());

    let back = send(&owner, &toast_undo(&done));
    assert!(
        words(&back).contains("iPhone X · ANN@x.example is pending again. The old session is back. Undo"),
        "{back}"
    );
    assert_eq!([1, 2].map(|n| site.read(CONTACT, &id(n))), before, "byte for byte");
    assert_eq!(rows(&back), [id(2)]);
    send(&owner, &toast_undo(&back));
    assert!(!site.path(CONTACT, &id(1)).exists(), "the undo is undone");
}

#[test]
fn replacing_on_a_sessions_page_takes_a_reason() {
    let site = again();
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(2));
    let form = replace_form(&owner.get(&own).text(), &id(2));
    let before = snapshot(&site.root());
    let long = "x".repeat(501);
    let bad = form.clone().fill("reason", &long).submit(&owner).status(422);
    assert_sound(&bad);
    assert!(words(&bad.text()).contains("This has 501 characters") && bad.text().contains(&long), "{bad:?}");
    for odd in ["", "..~0", "ab", &format!("{}~x", id(1)), "../1~0000000000000000"] {
        assert_sound(&form.clone().fill("old", odd).submit(&owner).status(422));
    }
    let itself = form.field("old").unwrap().replace(&id(1), &id(2));
    assert_sound(&form.clone().fill("old", &itself).submit(&owner).status(422));
    assert_unchanged(&before, &snapshot(&site.root()));
    let done = send(&owner, &form.fill("reason", "a new phone"));
    assert!(words(&done).contains("The old session is deleted. Connect Undo"), "{done}");
    assert!(words(&done).contains("owner1 accepted iPhone X a new phone"), "{done}");
    let changes = journal(&owner, "");
    assert_eq!(changes.len(), 2);
    assert!(changes.iter().all(|(_, change)| change["reason"] == "a new phone"), "{changes:?}");
}

#[test]
fn replacing_keeps_an_old_session_changed_meanwhile() {
    let site = again();
    let server = site.serve();
    let owner = server.first_owner();
    let olga = user(&server, "olga", "operator", &[]);
    let form = question(&owner, &id(2));
    let (old, new) = (page_of(CONTACT, &id(1)), page_of(CONTACT, &id(2)));
    let email = Form::find(&olga.get(&old).text(), &format!("{old}/email"));
    send(&olga, &email.fill("email", "olgas@x.example"));
    let before = snapshot(&site.root());
    let refused = form.submit(&owner).status(412);
    assert_sound(&refused);
    let text = words(&refused.text());
    for part in [
        "The old session was changed since you looked",
        "olga set the e-mail of Old name to olgas@x.example, just now.",
        "Nothing of yours was written",
        "The old session Accepted, olgas@x.example Delete",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_unchanged(&before, &snapshot(&site.root()));

    // 4D is somebody too.
    let form = replace_form(&refused.text(), &id(2));
    site.put(&of(CONTACT, 1, "D-1", "4d@x.example"));
    let refused = form.submit(&owner).status(412);
    assert!(
        words(&refused.text()).contains("changed outside this panel, by 4D or by somebody who edited the file"),
        "{refused:?}"
    );
    assert!(site.path(CONTACT, &id(1)).exists());

    // Who has seen it can do it after all.
    refresh(&owner);
    send(&owner, &replace_form(&owner.get(&new).text(), &id(2)));
    assert!(!site.path(CONTACT, &id(1)).exists());
}

#[test]
fn replacing_stops_when_either_session_changed() {
    let site = again();
    let server = site.serve();
    let owner = server.first_owner();
    let olga = user(&server, "olga", "operator", &[]);
    let (old, new) = (page_of(CONTACT, &id(1)), page_of(CONTACT, &id(2)));
    let form = replace_form(&owner.get(&new).text(), &id(2));
    let email = Form::find(&olga.get(&new).text(), &format!("{new}/email"));
    send(&olga, &email.fill("email", "olgas@x.example"));
    let refused = form.submit(&owner).status(412);
    let text = words(&refused.text());
    assert!(text.contains("The session was changed since you loaded this page"), "{text}");
    assert!(text.contains("olga set the e-mail of iPhone X to olgas@x.example"), "{text}");
    assert!(site.path(CONTACT, &id(1)).exists());
    assert_eq!(on_disk(&site, CONTACT, &id(2), "/status"), "pending");

    let form = replace_form(&refused.text(), &id(2));
    send(&olga, &Form::button(&olga.get(&old).text(), &format!("{old}/delete")));
    let refused = form.submit(&owner).status(409);
    assert_sound(&refused);
    let text = words(&refused.text());
    assert!(text.contains("olga deleted") && text.contains("There is nothing left to replace"), "{text}");
    assert_eq!(on_disk(&site, CONTACT, &id(2), "/status"), "pending");
}

#[test]
fn a_viewer_sees_seen_before_without_buttons() {
    let site = again();
    let server = site.serve();
    let owner = server.first_owner();
    let viewer = user(&server, "vera", "viewer", &[]);
    for path in ["/", &page_of(CONTACT, &id(2))] {
        let page = viewer.get(path).status(200).text();
        let said = words(&page);
        assert!(said.contains("Same device and e-mail as Old name") || said.contains("Known device"), "{page}");
        assert!(!page.contains("/replace"), "{page}");
    }
    let form = question(&owner, &id(2));
    let csrf = Form::find(&viewer.get("/account").text(), "/account/password").field("csrf").unwrap();
    form.fill("csrf", &csrf).submit(&viewer).status(403);
    assert!(site.path(CONTACT, &id(1)).exists());
}

// The queue

#[test]
fn the_queue_spans_all_apps_newest_first_or_last() {
    let site = Site::new();
    for n in 1..=53 {
        let app = if n % 2 == 0 { CONTACT } else { TASKS };
        site.put_aged(&of(app, n, &format!("D-{n}"), "").status("pending"), 10_000 - u64::from(n) * 60);
    }
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get("/").status(200).text();
    assert_eq!(rows(&page), (4..=53).rev().map(id).collect::<Vec<_>>(), "who came last stands first");
    assert_eq!(rows(&follow_link(&owner, &page, "All 53 that wait"))[..2], [id(53), id(52)]);
    let page = follow_link(&owner, &page, "Longest waiting");
    assert_eq!(title(&page), "(53) Sessions");
    assert_eq!(rows(&page), (1..=50).map(id).collect::<Vec<_>>(), "the oldest first");
    assert_eq!(rows(&follow_link(&owner, &page, "All 53 that wait"))[..2], [id(1), id(2)]);
    let one = Form::find(&page, &format!("{}/status", page_of(TASKS, &id(1)))).fill("status", "accepted");
    let page = send(&owner, &one);
    assert_eq!(title(&page), "(52) Sessions");
    assert_eq!(rows(&page), (1..=51).map(id).collect::<Vec<_>>(), "it keeps its row, in the order that was chosen");
    assert!(words(&row(&page, &id(1))).contains("Accepted"), "{page}");
    assert!(page.contains("Accept these 50"), "{page}");
    let page = send(&owner, &Form::find(&page, "/sessions/selected"));
    assert_eq!(rows(&page), [id(1), id(52), id(53)], "those that were shown, and no others");
}

#[test]
fn the_queue_tags_what_4d_will_not_take() {
    let site = Site::with(&[of(CONTACT, 1, "D-1", "").status("pending").set("/token", "nonsense")]);
    let server = site.serve();
    let owner = server.first_owner();
    let text = words(&row(&owner.get("/").text(), &id(1)));
    assert!(text.contains("1 problem"), "{text}");
    assert!(!text.contains("At the next push"), "one tag, and the sentence on the session's page: {text}");
    let own = follow_link(&owner, &owner.get("/").text(), "1 problem");
    assert!(words(&own).contains("At the next push, 4D refuses the file and removes the session"), "{own}");
}

// One session

#[test]
fn a_session_says_who_set_its_status() {
    let site = Site::new();
    site.put_aged(&of(CONTACT, 1, "D-1", "").status("pending"), 3 * DAY);
    let server = site.serve();
    let owner = server.first_owner();
    let olga = user(&server, "olga", "operator", &[]);
    let own = page_of(CONTACT, &id(1));
    let text = words(&owner.get(&own).text());
    assert!(text.contains("Set by 4D, or somebody who edited the file, 3 days ago."), "{text}");
    assert!(text.contains("Push No change made here is waiting for a push"), "{text}");
    send(&olga, &Form::button(&olga.get(&own).text(), &format!("{own}/status")));
    // Other changes do not hide it, however many.
    for n in 0..25 {
        let form = Form::find(&owner.get(&own).text(), &format!("{own}/email"));
        send(&owner, &form.fill("email", &format!("u{n}@x.example")));
    }
    let text = words(&owner.get(&own).text());
    assert!(text.contains("Set by Accepted by olga,"), "{text}");
    assert!(text.contains("Push Not pushed: 4D goes by what it has in memory"), "{text}");
    // What somebody at the files wrote was done by nobody here.
    site.put(&of(CONTACT, 1, "D-1", "").status("banned"));
    refresh(&owner);
    let text = words(&owner.get(&own).text());
    assert!(text.contains("Set by 4D, or somebody who edited the file."), "{text}");
}

#[test]
fn ids_path_and_addresses_can_be_copied() {
    let site = Site::with(&[of(CONTACT, 1, "D-1", "ann@x.example")]);
    let server = site.serve();
    let owner = server.first_owner();
    let page = owner.get(&page_of(CONTACT, &id(1))).text();
    let copied: Vec<String> = tags(&page, "button")
        .iter()
        .filter_map(|(_, tag)| attribute(tag, "data-copy"))
        .map(|id| {
            let element = page.split_once(&format!("id=\"{id}\">")).unwrap_or_else(|| panic!("no {id}: {page}")).1;
            unescape(element.split('<').next().unwrap_or_default())
        })
        .collect();
    let path = site.path(CONTACT, &id(1)).display().to_string();
    for value in ["D-1", "192.168.5.4", "ann@x.example", "com.contactApp.Contact", "UTT7VDX8W5", &id(1), &path] {
        assert!(copied.iter().any(|copied| copied == value), "{value}: {copied:?}");
    }
}

#[test]
fn a_download_masks_only_secrets() {
    let site = Site::new();
    let file = "\u{feff}{\r\n\t\"status\":\"pending\", \"tok\\u0065n\" : \"SECRET-1\",\"n\":1e400,\r\n\t\"device\":{\"token\":\
                \"SECRET-2\",\"id\":\"x\"}, \"token\":[\"SECRET-3\"],\"device\":{\"id\":1,\"token\":\"SECRET-4\"}}\r\n";
    site.write(CONTACT, &id(1), file);
    site.write(CONTACT, &id(2), "{ \"token\": \"SECRET-5\", ");
    let server = site.serve();
    server.first_owner();
    let viewer = user(&server, "vera", "viewer", &[]);
    let page = viewer.get(&page_of(CONTACT, &id(1))).status(200);
    assert_sound(&page);
    let to = format!("{}/file", page_of(CONTACT, &id(1)));
    assert_eq!(link(&page.text(), "Download the file"), Some(to.clone()));
    let answer = viewer.get(&to).status(200);
    assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{}\"", id(1)));
    assert_eq!(answer.header("cache-control"), "no-store");
    let mask = "\"••••••••\"";
    let expected = file
        .replace("\"SECRET-1\"", mask)
        .replace("\"SECRET-2\"", mask)
        .replace("[\"SECRET-3\"]", mask)
        .replace("\"SECRET-4\"", mask);
    assert_eq!(answer.text(), expected);

    let broken = viewer.get(&page_of(CONTACT, &id(2))).status(200).text();
    assert!(link(&broken, "Download the file").is_none(), "{broken}");
    assert!(words(&broken).contains("The secrets in this file cannot be told from the rest"), "{broken}");
    let refused = viewer.get(&format!("{}/file", page_of(CONTACT, &id(2)))).status(403);
    assert_sound(&refused);
    for page in [&broken, &refused.text()] {
        assert!(!page.contains("SECRET"), "{page}");
    }
    viewer.get(&format!("{}/file", page_of(CONTACT, &id(3)))).status(404);
}

#[test]
fn a_missing_document_has_its_reason() {
    let site = Site::new();
    site.write(CONTACT, &id(1), "{ broken");
    site.write(CONTACT, &id(2), "[1]");
    site.write(CONTACT, &id(3), "{\"status\":\"pending\",\"n\":1e400}");
    let server = site.serve();
    let owner = server.first_owner();
    let token = server.viewer();
    for (n, people, programs) in [
        (1, "The file is not JSON, so there is no document to show.", "The file is not JSON."),
        (2, "The file is JSON, but not an object in braces.", "The file is JSON but not an object."),
        (
            3,
            "more than can be shown here. Download it to see it.",
            "The file holds a number, text or nesting that is valid JSON but beyond what can be shown here. Download it \
             to see it.",
        ),
    ] {
        let page = words(&owner.get(&page_of(CONTACT, &id(n))).text());
        assert!(page.contains(people), "{page}");
        let detail = token.get(&session_path(CONTACT, &id(n))).status(200).json();
        assert_eq!((&detail["document"], &detail["document_note"]), (&Value::Null, &json!(programs)));
    }
}

// Two people and 4D

/// The form of a session's page by which it gets another e-mail.
fn email_form(user: &Cookie<'_>, own: &str, email: &str) -> Form {
    Form::find(&user.get(own).text(), &format!("{own}/email")).fill("email", email)
}

/// A site, two people, and the page of one session as each of them has it before the other.
#[track_caller]
fn status_form(user: &impl User, own: &str, status: &str) -> Form {
    Form::find(&user.get(own).text(), &format!("{own}/email")).at(&format!("{own}/status")).fill("status", status)
}

#[test]
fn a_conflict_says_who_was_first() {
    let site = Site::with(&[of(CONTACT, 1, "D-1", "").status("banned")]);
    let server = site.serve();
    let owner = server.first_owner();
    let olga = user(&server, "olga", "operator", &[]);
    let own = page_of(CONTACT, &id(1));
    let mine = status_form(&owner, &own, "pending").fill("reason", "why not");
    send(&olga, &status_form(&olga, &own, "accepted"));
    let refused = mine.submit(&owner).status(412);
    assert_sound(&refused);
    let text = words(&refused.text());
    for part in ["olga accepted iPhone X, just now.", "Nothing of yours was written", "Status Accepted Pending"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/status"), "accepted");
    let after_all = Form::find(&refused.text(), &format!("{own}/status"));
    assert_eq!(after_all.field("reason").as_deref(), Some("why not"), "what was typed is kept");
    let done = send(&owner, &after_all);
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/status"), "pending");
    assert!(words(&done).contains("owner1 set iPhone X to pending why not"), "{done}");
    assert!(words(&done).contains("olga accepted iPhone X"), "nobody's change is lost: {done}");

    // Two who want the same have it.
    let [mine, theirs] = [status_form(&owner, &own, "accepted"), status_form(&olga, &own, "accepted")];
    send(&olga, &theirs);
    let same = send(&owner, &mine);
    assert!(words(&same).contains("olga accepted iPhone X just now. 4D is not connected"), "{same}");
    assert!(words(&same).contains("Accepted by olga,"), "{same}");
}

#[test]
fn several_changes_meanwhile_are_all_told_and_so_is_4d() {
    let site = Site::with(&[of(CONTACT, 1, "D-1", "old@x.example").status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let olga = user(&server, "olga", "operator", &[]);
    let own = page_of(CONTACT, &id(1));
    let email = |user: &Cookie<'_>, email: &str| email_form(user, &own, email);
    // What was there before is not news.
    send(&olga, &email(&olga, "before@x.example"));
    let mine = email(&owner, "mine@x.example");
    send(&olga, &status_form(&olga, &own, "accepted"));
    send(&olga, &email(&olga, "theirs@x.example"));
    let refused = mine.submit(&owner).status(412);
    let notice = refused.text();
    let notice = words(notice.split_once("class=\"notice").unwrap().1.split("</section>").next().unwrap());
    let told = "olga accepted iPhone X, just now. olga set the e-mail of iPhone X to theirs@x.example, just now.";
    assert!(notice.contains(told), "{notice}");
    assert!(!notice.contains("before@x.example") && !notice.contains("outside this panel"), "{notice}");
    assert!(notice.contains("E-mail theirs@x.example mine@x.example"), "{notice}");
    assert_eq!(Form::find(&refused.text(), &format!("{own}/email")).field("email").as_deref(), Some("mine@x.example"));

    let mine = email(&owner, "mine@x.example");
    send(&olga, &email(&olga, "again@x.example"));
    site.put(&of(CONTACT, 1, "D-1", "4d@x.example").status("pending"));
    let refused = mine.submit(&owner).status(412);
    let text = words(&refused.text());
    assert!(text.contains("olga set the e-mail of iPhone X to again@x.example, just now."), "{text}");
    assert!(text.contains("The file was also written outside this panel, by 4D"), "{text}");
    assert!(text.contains("E-mail 4d@x.example mine@x.example"), "{text}");
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/email"), "4d@x.example", "4D's write is kept");
}

#[test]
fn deleting_a_changed_session_asks_once() {
    let site = Site::with(&[of(CONTACT, 1, "D-1", "old@x.example").status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let olga = user(&server, "olga", "operator", &[]);
    let own = page_of(CONTACT, &id(1));
    let delete = Form::button(&owner.get(&own).text(), &format!("{own}/delete")).fill("reason", "lost");
    send(&olga, &status_form(&olga, &own, "accepted"));
    let refused = delete.submit(&owner).status(412);
    assert_sound(&refused);
    let text = words(&refused.text());
    assert!(text.contains("olga accepted iPhone X, just now.") && text.contains("Status Accepted Delete"), "{text}");
    assert!(site.path(CONTACT, &id(1)).exists());
    let after_all = Form::find(&refused.text(), &format!("{own}/delete"));
    let list = send(&owner, &after_all);
    assert!(words(&list).contains("is deleted. Undo"), "{list}");
    assert!(!site.path(CONTACT, &id(1)).exists());
}

#[test]
fn changing_what_somebody_deleted_says_who_and_offers_it_back() {
    let site = Site::with(&[of(CONTACT, 1, "D-1", "old@x.example").status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let olga = user(&server, "olga", "operator", &[]);
    let own = page_of(CONTACT, &id(1));
    let bytes = site.read(CONTACT, &id(1));
    let page = owner.get(&own).text();
    let mine = Form::find(&page, &format!("{own}/email")).fill("email", "mine@x.example");
    send(&olga, &Form::button(&olga.get(&own).text(), &format!("{own}/delete")).fill("reason", "lost phone"));
    let gone = mine.submit(&owner).status(404);
    assert_sound(&gone);
    let text = words(&gone.text());
    for part in ["is deleted", "olga deleted", "just now.", "Nothing of yours was written", "lost phone"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains("E-mail deleted mine@x.example"), "both values: {text}");
    // The same for who comes by the address, as long as it is not there.
    let looked = owner.get(&own).status(404);
    assert_sound(&looked);
    let undo = tags(&looked.text(), "button")
        .into_iter()
        .find_map(|(_, tag)| attribute(&tag, "formaction").filter(|action| action.ends_with("/undo")))
        .expect("an undo");
    let back = send(&owner, &Form::button(&looked.text(), &undo));
    assert!(words(&back).contains("Undone: iPhone X"), "{back}");
    assert_eq!(site.read(CONTACT, &id(1)), bytes);
    assert!(words(&back).contains("Restored by owner1,"), "{back}");

    // Who may change nothing reads it and has no button; who may not see the app knows of nothing.
    send(&olga, &Form::button(&olga.get(&own).text(), &format!("{own}/delete")));
    let viewer = user(&server, "vera", "viewer", &[]).get(&own).status(404).text();
    assert!(words(&viewer).contains("olga deleted") && !viewer.contains("/undo"), "{viewer}");
    let held = user(&server, "hans", "operator", &[TASKS]);
    let never = |page: String, n: u32| words(&page).replace(&id(n), "N");
    let [gone, unknown] = [1, 9].map(|n| {
        let page = held.get(&page_of(CONTACT, &id(n))).status(404).text();
        let request = page.split_once("<code>").unwrap().1.split("</code>").next().unwrap().to_owned();
        never(page.replace(&request, "R"), n)
    });
    assert_eq!(gone, unknown);
}

#[test]
fn a_session_deleted_by_4d_is_explained() {
    let site = Site::with(&[of(CONTACT, 1, "D-1", "").status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    send(&owner, &status_form(&owner, &own, "accepted"));
    let mine = status_form(&owner, &own, "pending");
    fs::remove_file(site.path(CONTACT, &id(1))).unwrap();
    let gone = mine.submit(&owner).status(404);
    assert_sound(&gone);
    let text = words(&gone.text());
    assert!(text.contains("It was deleted outside this panel, by 4D or by somebody in the folder."), "{text}");
    assert!(text.contains("Status deleted Pending"), "{text}");
}

#[test]
fn a_refused_undo_leads_to_the_session() {
    let site = Site::with(&[of(CONTACT, 1, "D-1", "old@x.example").status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let olga = user(&server, "olga", "operator", &[]);
    let own = page_of(CONTACT, &id(1));
    let email = |user: &Cookie<'_>, email: &str| email_form(user, &own, email);
    let changed = send(&owner, &email(&owner, "mine@x.example"));
    send(&olga, &email(&olga, "theirs@x.example"));
    let refused = toast_undo(&changed).submit(&owner).status(409);
    assert_sound(&refused);
    let text = words(&refused.text());
    assert!(text.contains("olga set the e-mail of iPhone X to theirs@x.example, just now."), "{text}");
    assert!(text.contains("E-mail theirs@x.example old@x.example"), "{text}");
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/email"), "theirs@x.example");
    let session = follow_link(&owner, &refused.text(), "Look at the session, to set the old value anyway");
    send(&owner, &Form::find(&session, &format!("{own}/email")).fill("email", "old@x.example"));
    assert_eq!(on_disk(&site, CONTACT, &id(1), "/email"), "old@x.example");
}

#[test]
fn a_form_with_an_invalid_digest_changes_nothing() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.first_owner();
    let own = page_of(CONTACT, &id(1));
    let page = owner.get(&own).status(200).text();
    let bytes = site.read(CONTACT, &id(1));
    for deed in ["status", "email", "delete"] {
        let form = Form::button(&page, &format!("{own}/status")).sent_to(&format!("{own}/{deed}"));
        for unreadable in ["", "\"", "two words"] {
            form.clone().fill("expected", unreadable).fill("status", "accepted").submit(&owner).status(400);
            assert_eq!(site.read(CONTACT, &id(1)), bytes, "{deed} {unreadable:?}");
        }
    }
    let csrf = Form::button(&page, "/logout").field("csrf").expect("a token");
    Form::to(&format!("{own}/status")).fill("csrf", &csrf).fill("status", "accepted").submit(&owner).status(303);
}
