//! The manual inside the program.

use std::collections::BTreeSet;

use crate::spawn::*;

/// Every link of a page.
fn links(page: &str) -> Vec<String> {
    tags(page, "a").iter().filter_map(|(_, tag)| attribute(tag, "href")).collect()
}

#[test]
fn every_link_in_the_manual_leads_somewhere() {
    let site = Site::new();
    let server = site.serve();
    let stranger = server.stranger();
    let (mut left, mut seen) = (vec!["/help".to_owned()], BTreeSet::new());
    let mut anchors = Vec::new();
    while let Some(address) = left.pop() {
        if !seen.insert(address.clone()) {
            continue;
        }
        // Who cannot log in reads it too.
        let page = stranger.get(&address).status(200).text();
        assert!(page.contains("<article class=\"prose\" lang=\"en\"><h1"), "{address}");
        for link in links(&page).into_iter().filter(|link| link.starts_with("/help") || link.starts_with('#')) {
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let path = if path.is_empty() { &address } else { path };
            if !anchor.is_empty() && anchor != "main" {
                anchors.push((path.to_owned(), anchor.to_owned()));
            }
            left.push(path.to_owned());
        }
    }
    assert!(seen.len() > 8, "{seen:?}");
    for (path, anchor) in anchors {
        let page = stranger.get(&path).status(200).text();
        assert!(page.contains(&format!(" id=\"{anchor}\"")), "{path}#{anchor}");
    }
    stranger.get("/help/none").status(404);
    stranger.get("/help/..%2frun").status(404);
}

#[test]
fn each_page_links_to_its_chapter() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.first_owner();
    for (page, chapter) in [
        ("/", "/help/sessions#who-waits"),
        ("/sessions", "/help/sessions#the-list"),
        ("/search", "/help/sessions#find-anybody"),
        ("/changes", "/help/changes"),
        ("/push", "/help/push"),
        ("/rules", "/help/automation#rules"),
        ("/webhooks", "/help/automation#webhooks"),
        ("/users", "/help/people#users"),
        ("/tokens", "/help/people#api-tokens"),
        ("/access-log", "/help/people#the-access-log"),
        ("/account", "/help/people#your-account"),
    ] {
        let links = links(&owner.get(page).status(200).text());
        assert!(links.iter().any(|link| link == chapter), "{page}: {links:?}");
    }
    assert!(links(&server.stranger().get("/login").text()).iter().any(|link| link == "/help"));
}
