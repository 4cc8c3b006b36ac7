//! Imports run one way: `domain` <- `store` <- `services` <- `http`, `cli`, and no files import each other in a
//! circle. What stands in the source is read as text, comments left out, tests and doc tests too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with the modules of the crate that it may name.
const LAYERS: [(&str, &[&str]); 7] = [
    // Sentences are written by i18n, and points in time by both.
    ("i18n", &["i18n", "domain"]),
    ("domain", &["i18n", "domain"]),
    ("store", &["domain", "store"]),
    ("services", &["i18n", "domain", "store", "services"]),
    ("http", &["domain", "store", "services", "i18n", "config", "app", "http"]),
    ("cli", &["domain", "store", "services", "i18n", "config", "app", "telemetry", "http", "cli", "demo"]),
    ("demo", &["domain", "store", "config", "http", "demo"]),
];

/// Crates that a layer must not name: how the world outside is reached is not its business.
const FOREIGN: [(&str, &[&str]); 4] = [
    ("domain", &["actix_web", "sqlx", "tokio", "notify", "rustix", "reqwest", "clap", "tracing"]),
    ("services", &["actix_web", "sqlx", "rustix", "notify", "clap"]),
    ("http", &["sqlx", "notify"]),
    ("cli", &["sqlx", "notify", "rustix"]),
];

/// Files outside of `http` whose types still describe themselves to the API's document.
const DESCRIBED: [&str; 12] = [
    "domain/decision.rs",
    "domain/event.rs",
    "domain/push.rs",
    "domain/session/finding.rs",
    "domain/session/mod.rs",
    "services/batches.rs",
    "services/catalog/lists.rs",
    "services/catalog/refreshes.rs",
    "services/catalog/session.rs",
    "services/edits/result.rs",
    "services/error/kinds.rs",
    "services/error/problem.rs",
];

/// The standard library's doors to the outside, closed to the domain. Types that only hold a value
/// (`IpAddr`, `SystemTime`) are not: nobody can look at the clock without calling `now`.
const OUTSIDE: [&str; 5] = ["fs", "process", "env", "thread", "time::Instant"];
const CALLS: [&str; 5] = ["::now()", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs"];

fn sources(below: &Path) -> Vec<(PathBuf, String)> {
    let all = walkdir::WalkDir::new(below).into_iter().map(|entry| entry.unwrap().into_path());
    let files: Vec<_> = all.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect();
    files.into_iter().map(|path| (path.clone(), without_comments(&fs::read_to_string(path).unwrap()))).collect()
}

fn without_comments(source: &str) -> String {
    source
        .lines()
        .map(|line| if line.trim_start().starts_with("//") { "" } else { line })
        .collect::<Vec<_>>()
        .join("\n")
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every path that begins with `start` in this source, with its line: also those in braces
/// (`use crate::{app, store::folder}`).
fn paths(source: &str, start: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices(start) {
        let before = source[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '$')) {
            continue;
        }
        let line = source[..at].matches('\n').count() + 1;
        let rest = &source[at + start.len()..];
        match rest.strip_prefix('{') {
            None => found.push((line, word(rest))),
            Some(group) => {
                let mut depth = 0;
                for part in group.split_inclusive([',', '{', '}']) {
                    let name = word(part.trim_start());
                    if depth == 0 && !name.is_empty() {
                        found.push((line, name));
                    }
                    depth += part.matches('{').count();
                    match part.matches('}').count() {
                        0 => {}
                        _ if depth == 0 => break,
                        n => depth -= n,
                    }
                }
            }
        }
    }
    found
}

/// A path's first part, or its first two with `::` between.
fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect()
}

fn first(path: &str) -> &str {
    path.split(':').next().unwrap_or_default()
}

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    let mut read = 0;
    for (layer, allowed) in LAYERS {
        for (file, source) in sources(&src().join(layer)) {
            read += 1;
            for (line, path) in paths(&source, "crate::").into_iter().chain(paths(&source, "mobile_sessions::")) {
                if !allowed.contains(&first(&path)) {
                    wrong.push(format!("{}:{line}: {layer} names crate::{path}", file.display()));
                }
            }
        }
    }
    assert!(read > 50, "only {read} files were read");
    assert!(wrong.is_empty(), "imports that run against the layers:\n{}", wrong.join("\n"));
}

/// A module's name, as the path of its file without `.rs` or `/mod.rs`.
fn module(file: &Path) -> String {
    let name = file.strip_prefix(src()).unwrap().with_extension("");
    name.to_str().unwrap().trim_end_matches("/mod").to_owned()
}

/// What one `use` line names, each as a path from the top of the crate.
fn imported(tree: &str, module: &str) -> Vec<String> {
    let Some((prefix, group)) = tree.split_once('{') else { return within(tree, module).into_iter().collect() };
    let (mut names, mut depth, mut name) = (Vec::new(), 0, String::new());
    for c in group.trim_end().trim_end_matches('}').chars().chain([',']) {
        match c {
            ',' if depth == 0 => names.push(std::mem::take(&mut name)),
            c => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                name.push(c);
            }
        }
    }
    names
        .iter()
        .filter(|name| !name.trim().is_empty())
        .flat_map(|name| imported(&format!("{prefix}{}", name.trim()), module))
        .collect()
}

/// What is outside of the crate seems to stand in the module itself.
fn within(path: &str, module: &str) -> Option<String> {
    let path = path.trim().replace("::", "/");
    if let Some(path) = path.strip_prefix("crate/") {
        return Some(path.to_owned());
    }
    let (mut above, mut rest) = (Path::new(module), path.strip_prefix("self/").unwrap_or(&path));
    while let Some(path) = rest.strip_prefix("super/") {
        (above, rest) = (above.parent()?, path);
    }
    Some(above.join(rest).to_str()?.to_owned())
}

/// The modules that each module imports by its `use` lines, tests left out.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let files = sources(&src());
    let modules: BTreeSet<String> = files.iter().map(|(file, _)| module(file)).collect();
    let mut imports = BTreeMap::new();
    for (file, source) in files.iter().filter(|(file, _)| !file.ends_with("tests.rs")) {
        let own = module(file);
        let source = source.split("mod tests {").next().unwrap_or_default();
        let uses = source.split("use ").skip(1).filter_map(|rest| Some(rest.split_once(';')?.0));
        let paths = uses.flat_map(|tree| imported(tree, &own));
        let named = paths.filter_map(|path| {
            Path::new(&path).ancestors().map(|above| above.to_str().unwrap().to_owned()).find(|m| modules.contains(m))
        });
        imports.insert(own.clone(), named.filter(|module| *module != own).collect());
    }
    imports
}

/// All that a module imports, directly or through others.
fn reached(imports: &BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<String> {
    let (mut found, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(module) = next.pop() {
        let new = imports.get(module).into_iter().flatten().filter(|module| found.insert((*module).clone()));
        next.extend(new.map(String::as_str));
    }
    found
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let imports = imports();
    assert!(imports.values().map(BTreeSet::len).sum::<usize>() > 500, "few imports were found");
    let tied = |module: &&String| reached(&imports, module).contains(*module);
    let circles: Vec<&String> = imports.keys().filter(tied).collect();
    assert!(circles.is_empty(), "these stand in a circle of imports: {circles:?}");
}

#[test]
fn every_module_belongs_to_a_layer_or_to_the_composition() {
    // What stands above or beside the layers, by name: a new one is put in its place here.
    let known = ["main.rs", "lib.rs", "app.rs", "config", "telemetry.rs"];
    for entry in fs::read_dir(src()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(known.contains(&name.as_str()) || LAYERS.iter().any(|(layer, _)| *layer == name), "src/{name}");
    }
}

#[test]
fn no_layer_reaches_outside_by_itself() {
    let mut wrong = Vec::new();
    for (layer, foreign) in FOREIGN {
        for (file, source) in sources(&src().join(layer)) {
            // What tests use of the world outside is their own.
            let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let is_test = file.ends_with("tests.rs");
            let names = foreign.iter().filter(|_| !is_test);
            for name in names.filter(|name| !paths(source, &format!("{name}::")).is_empty()) {
                wrong.push(format!("{}: {layer} names {name}", file.display()));
            }
            if layer == "domain" {
                let outside =
                    |path: &str| OUTSIDE.iter().any(|door| path == *door || path.starts_with(&format!("{door}::")));
                for (line, path) in paths(source, "std::").into_iter().filter(|(_, path)| outside(path)) {
                    wrong.push(format!("{}:{line}: domain names std::{path}", file.display()));
                }
                for call in CALLS.iter().filter(|call| source.contains(**call)) {
                    wrong.push(format!("{}: domain calls {call}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn openapi_is_known_to_http_alone() {
    let named = sources(&src()).into_iter().filter(|(_, source)| source.contains("utoipa"));
    let files = named.map(|(path, _)| path.strip_prefix(src()).unwrap().to_str().unwrap().to_owned());
    let elsewhere: BTreeSet<String> = files.filter(|file| !file.starts_with("http/")).collect();
    assert_eq!(elsewhere, DESCRIBED.map(str::to_owned).into(), "files that name utoipa");
}

#[test]
fn sql_stands_in_the_store_alone() {
    let mut wrong = Vec::new();
    for (file, source) in sources(&src()) {
        if file.starts_with(src().join("store")) {
            continue;
        }
        for (n, line) in source.lines().enumerate() {
            let sql = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE FROM", "\"PRAGMA ", "\"CREATE TABLE", "sqlx"];
            if sql.iter().any(|sql| line.contains(sql)) {
                wrong.push(format!("{}:{}: {}", file.display(), n + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "SQL outside of the store:\n{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_imports_sees_what_it_must() {
    let read = |source: &str| paths(source, "crate::").into_iter().map(|(_, path)| path).collect::<Vec<_>>();
    assert_eq!(read("use crate::http::server;\nx(crate::app::App)"), ["http::server", "app::App"]);
    assert_eq!(read("use crate::{app, store::{folder, x}, http::y};"), ["app", "store::", "http::y"]);
    assert_eq!(read("use crate::{\n    app::App,\n    cli,\n};\nuse crate::domain;"), ["app::App", "cli", "domain"]);
    assert_eq!(read("mycrate::http; a::crate::http"), [""; 0]);
    assert_eq!(without_comments("a\n  // crate::http\n//! crate::http\nb"), "a\n\n\nb");
}
