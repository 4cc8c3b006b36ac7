//! In which language and theme a person sees the pages.

use serde_json::json;

use crate::spawn::*;

/// What `<html>` says of itself.
fn root(page: &str) -> &str {
    let start = page.find("<html").unwrap();
    page[start..].split('>').next().unwrap()
}

#[track_caller]
fn make(site: &Site, name: &str) {
    let made = site.command_with_input(&["user", "create", name, "--role", "viewer"], PASSWORD);
    assert!(made.status.success(), "{made:?}");
}

#[track_caller]
fn make_owner(site: &Site, name: &str) {
    assert!(site.command_with_input(&["user", "create", name, "--role", "owner"], PASSWORD).status.success());
}

#[track_caller]
fn choose(user: &Cookie<'_>, language: &str, theme: &str) -> Answer {
    let page = user.get("/account").status(200).text();
    Form::find(&page, "/account/settings").fill("language", language).fill("theme", theme).submit(user)
}

#[test]
fn a_theme_applies_everywhere_until_logout() {
    let site = Site::new();
    make(&site, "olga");
    let server = site.serve();
    let owner = server.log_in("olga", PASSWORD);
    assert_eq!(root(&owner.get("/account").status(200).text()), "<html lang=\"en\"");
    let answer = choose(&owner, "en", "dark").status(303);
    assert_eq!(answer.header("location"), "/account");
    let page = owner.get("/account").status(200).text();
    assert_eq!(root(&page), "<html lang=\"en\" data-theme=\"dark\"");
    assert!(page.contains("<meta name=\"color-scheme\" content=\"dark\">") && page.contains("class=\"toast\""));
    assert!(root(&owner.get("/sessions").status(200).text()).contains("data-theme=\"dark\""));
    assert!(root(&owner.get("/apps/none").status(404).text()).contains("data-theme=\"dark\""), "an error, too");
    let login = server.stranger().get("/login").status(200).text();
    assert!(!root(&login).contains("data-theme") && login.contains("content=\"light dark\""), "{login}");
    choose(&owner, "", "").status(303);
    assert_eq!(root(&owner.get("/").status(200).text()), "<html lang=\"en\"");
}

#[test]
fn an_unknown_language_or_theme_is_marked() {
    let site = Site::new();
    make(&site, "olga");
    let server = site.serve();
    let owner = server.log_in("olga", PASSWORD);
    let page = choose(&owner, "tlh", "dark").status(422).text();
    assert!(page.contains("id=\"language-error\"") && !page.contains("id=\"theme-error\""), "{page}");
    assert!(page.contains("<option value=\"dark\" selected>"), "what was chosen is kept: {page}");
    let page = choose(&owner, "de", "sepia").status(422).text();
    assert!(page.contains("id=\"theme-error\"") && !page.contains("id=\"language-error\""), "{page}");
    assert_eq!(root(&owner.get("/").status(200).text()), "<html lang=\"en\"", "nothing was saved");
}

#[test]
fn settings_are_personal_and_survive_a_restart() {
    let site = Site::new();
    make(&site, "olga");
    let server = site.serve();
    choose(&server.log_in("olga", PASSWORD), "en", "dark").status(303);
    make(&site, "vera");
    let vera = server.log_in("vera", PASSWORD);
    assert!(!root(&vera.get("/").status(200).text()).contains("data-theme"));
    drop(server);
    let server = site.serve();
    assert!(root(&server.log_in("olga", PASSWORD).get("/").status(200).text()).contains("data-theme=\"dark\""));
}

#[test]
fn a_chosen_language_overrides_the_browsers() {
    let site = Site::new();
    make(&site, "olga");
    let server = site.serve();
    let owner = server.log_in("olga", PASSWORD);
    for language in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/locales")).unwrap() {
        let code = language.unwrap().file_name().into_string().unwrap();
        let lang = format!("<html lang=\"{code}\"");
        let answer = server.stranger().request("GET", "/login").header("accept-language", &code).send().status(200);
        assert_eq!(root(&answer.text()), lang);
        assert_eq!((answer.header("content-language"), answer.header("vary")), (&*code, "Accept-Language, Cookie"));
        choose(&owner, &code, "").status(303);
        let page =
            owner.request("GET", "/account").header("accept-language", "tlh, en;q=0.1").send().status(200).text();
        assert_eq!(root(&page), lang);
        choose(&owner, "", "").status(303);
    }
}

#[test]
fn every_page_is_in_the_readers_language() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    site.write(CONTACT, &id(2), "{");
    make_owner(&site, "olga");
    let server = site.serve();
    let owner = server.log_in("olga", PASSWORD);
    let session = session_path(CONTACT, &id(1))["/api/v1".len()..].to_owned();
    let broken = session_path(CONTACT, &id(2))["/api/v1".len()..].to_owned();
    let words = [
        ("de", "Änderungen", "Übersicht"),
        ("es", "Cambios", "Resumen"),
        ("fr", "Modifications", "Vue d’ensemble"),
        ("ja", "変更", "概要"),
        ("pt", "Alterações", "Visão geral"),
    ];
    for (code, changes, overview) in words {
        choose(&owner, code, "").status(303);
        for path in [
            "/",
            "/sessions",
            &session,
            &broken,
            "/changes",
            "/push",
            "/rules",
            "/webhooks",
            "/users",
            "/tokens",
            "/account",
            "/access-log",
        ] {
            let page = owner.get(path).status(200).text();
            assert!(root(&page).contains(&format!("lang=\"{code}\"")), "{code} {path}");
            assert!(page.contains(changes) && page.contains(overview), "{code} {path}: {page}");
            // Words that English pages have and no other language has.
            for english in ["Skip to the content", "Log out", ">Save<", "Download as CSV", "not pushed"] {
                assert!(!page.contains(english), "{code} {path}: {english}");
            }
        }
        let none = owner.get("/apps/none").status(404).text();
        assert!(root(&none).contains(&format!("lang=\"{code}\"")));
    }
}

#[test]
fn the_journal_and_the_access_log_speak_the_readers_language() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let owner = server.owner();
    let rule = json!({ "name": "staff", "when": { "emails": ["*@corp.example"], "simulator": false } });
    owner.post("/api/v1/rules", rule).status(201);
    let hook = json!({ "name": "chat", "url": "http://127.0.0.1:9/", "events": ["session.created"], "apps": [] });
    owner.post("/api/v1/webhooks", hook).status(201);
    let links = format!("{}/approval-links", session(CONTACT, &id(1)).path());
    let link = owner.post(&links, json!({ "expires_in": "1h" })).status(201).json();
    let url = link["url"].as_str().unwrap();
    Form::to(&url[url.find("/link/").unwrap()..]).submit(&server.stranger()).status(200);
    make_owner(&site, "vera");
    let reader = server.log_in("vera", PASSWORD);
    let french = |path: &str| reader.request("GET", path).header("accept-language", "fr").send().status(200).text();
    let log = french("/access-log");
    for words in [
        "e-mails\u{a0}: *@corp.example",
        "simulateur\u{a0}: non",
        "active\u{a0}: oui",
        "envoie à http://127.0.0.1:9",
        "jusqu’au ",
    ] {
        assert!(log.contains(words), "{words}: {log}");
    }
    let journal = french("/changes");
    assert!(journal.contains("utilisé depuis 127.0.0.1"), "{journal}");
    for english in ["order 1", "enabled", "expires", "made by", "used from", " by <"] {
        assert!(!log.contains(english) && !journal.contains(english), "{english}");
    }
}
