//! What a first visit costs: everything that the overview and the list ask for, as it is sent, and that all of it is from
//! here.

use std::collections::BTreeMap;

use mobile_sessions::demo::sample::{self, Sample};

use crate::spawn::*;

/// HTML, styles, scripts and icon, compressed.
const BUDGET: usize = 45_000;
/// Of one page, with the stream of events.
const MOST_REQUESTS: usize = 6;

#[test]
fn a_first_visit_is_six_requests_and_45_kb() {
    let site = Site::new();
    sample::write(&site.root(), &Sample { apps: 3, sessions: 120, seed: 1, oddities: true }).unwrap();
    let server = site.serve();
    let owner = server.first_owner();
    for page in ["/", "/sessions"] {
        let mut weights = BTreeMap::from([("/api/v1/events".to_owned(), 0)]);
        let mut left = vec![page.to_owned()];
        while let Some(path) = left.pop() {
            if weights.contains_key(&path) {
                continue;
            }
            let packed = owner.request("GET", &path).header("accept-encoding", "gzip").send().status(200);
            left.extend(asked_for(&path, &owner.get(&path).status(200).text()));
            weights.insert(path, packed.body.len());
        }
        for end in [".css", ".js", ".svg"] {
            assert_eq!(weights.keys().filter(|path| path.ends_with(end)).count(), 1, "{weights:?}");
        }
        let total: usize = weights.values().sum();
        println!("{page}: {} requests, {total} bytes: {weights:#?}", weights.len());
        assert!(weights.len() <= MOST_REQUESTS, "{weights:?}");
        assert!(total <= BUDGET, "{total} bytes: {weights:#?}");
    }
}

/// What a browser fetches by itself for a page, a style sheet or a script: each must be of this server.
fn asked_for(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if path.ends_with(".css") {
        assert!(!text.contains("url(") && !text.contains("@import"), "{path} asks for more");
    } else if path.ends_with(".js") {
        assert!(!text.contains("import ") && !text.contains("import{"), "{path} asks for more");
    } else if !path.ends_with(".svg") {
        for (name, attribute_name) in [("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src")] {
            found.extend(tags(text, name).iter().filter_map(|(_, tag)| attribute(tag, attribute_name)));
        }
    }
    for address in &found {
        assert!(address.starts_with('/') && !address.starts_with("//"), "{path} asks {address}");
    }
    found
}
