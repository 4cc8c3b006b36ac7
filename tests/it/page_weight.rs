//! What a first visit costs: everything that the overview asks for, as it is sent, and that all of it is from here.

use std::collections::BTreeSet;

use mobile_sessions::demo::sample::{self, Sample};

use crate::spawn::*;

/// HTML, styles, scripts and icon, compressed.
const BUDGET: usize = 60_000;

#[test]
fn a_first_visit_is_under_60_kb() {
    let site = Site::new();
    sample::write(&site.root(), &Sample { apps: 3, sessions: 120, seed: 1, oddities: true }).unwrap();
    let server = site.serve();
    let owner = server.first_owner();
    let sent = |path: &str| {
        let answer = owner.request("GET", path).header("accept-encoding", "gzip").send().status(200);
        let plain = owner.get(path).status(200).text();
        (answer.body.len(), plain)
    };
    let (mut total, mut left) = (0, vec!["/".to_owned()]);
    let mut seen = BTreeSet::new();
    let mut weights = Vec::new();
    while let Some(path) = left.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let (weight, text) = sent(&path);
        total += weight;
        weights.push(format!("{weight:>6} {path}"));
        left.extend(asked_for(&path, &text));
    }
    println!("{}\n{total:>6} in all", weights.join("\n"));
    assert!(seen.iter().any(|path| path.ends_with(".css")), "{weights:?}");
    assert!(seen.iter().any(|path| path.ends_with(".js")), "{weights:?}");
    assert!(total < BUDGET, "{total} bytes: {weights:#?}");
}

/// What a browser fetches by itself for a page, a style sheet or a script: each must be of this server.
fn asked_for(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if path.ends_with(".css") {
        assert!(!text.contains("url(") && !text.contains("@import"), "{path} asks for more");
    } else if path.ends_with(".js") {
        let folder = &path[..=path.rfind('/').unwrap()];
        let imports = text.split(['"', '\'']).filter(|word| word.ends_with(".js") && !word.contains(' '));
        found.extend(imports.map(|name| match name.strip_prefix("./") {
            Some(name) => format!("{folder}{name}"),
            None => name.to_owned(),
        }));
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
