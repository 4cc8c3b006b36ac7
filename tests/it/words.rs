//! Keeps words and pages together: no message is missing, none is left over, and no template holds a
//! word of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use strum::{IntoEnumIterator, VariantArray};

use mobile_sessions::domain::account::Permission;
use mobile_sessions::domain::change::{Action, ReasonCode};
use mobile_sessions::domain::details::Details;
use mobile_sessions::domain::event::EventKind;
use mobile_sessions::domain::push;
use mobile_sessions::domain::session::finding::{Finding, FindingKind};
use mobile_sessions::domain::webhook::FailureKind;
use mobile_sessions::i18n::Locale;
use mobile_sessions::services::accounts::{ACCESS_ACTIONS, Weakness};
use mobile_sessions::services::catalog::NoDocument;
use mobile_sessions::services::error;
use mobile_sessions::store::root::FolderChange;

fn files(folder: &str, extension: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|e| e == extension) {
            found.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(!found.is_empty(), "no {extension} in {folder}");
    found
}

/// What programs are told, in English alone.
const FOR_PROGRAMS: &str = "api.ftl";

/// One language's messages by their keys, and their attributes as `key.attribute`.
fn messages(language: &str) -> BTreeMap<String, String> {
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    let (mut message, mut entry) = (String::new(), String::new());
    let word = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    let pages =
        files(&format!("locales/{language}"), "ftl").into_iter().filter(|(path, _)| !path.ends_with(FOR_PROGRAMS));
    for (path, text) in pages {
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let pair = line.split_once(" =").or_else(|| line.strip_suffix('=').map(|name| (name, "")));
            let attribute = pair.and_then(|(name, _)| name.trim().strip_prefix('.').filter(|name| word(name)));
            let value = match pair {
                Some((name, value)) if word(name) => {
                    message = name.to_owned();
                    entry = message.clone();
                    assert!(!messages.contains_key(&entry), "{language}: {message} stands twice");
                    value
                }
                Some((_, value)) if attribute.is_some() => {
                    entry = format!("{message}.{}", attribute.unwrap());
                    value
                }
                _ => {
                    let indented = line.is_empty() || line.starts_with([' ', '}']);
                    assert!(indented, "{}: {line:?} belongs to no message", path.display());
                    line
                }
            };
            let text = messages.entry(entry.clone()).or_default();
            text.push_str(value);
            text.push('\n');
        }
    }
    messages
}

fn keys(language: &str) -> BTreeSet<String> {
    messages(language).into_keys().collect()
}

/// What a message puts in: `$name`.
fn arguments(message: &str) -> BTreeSet<&str> {
    let name = |rest: &str| rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    message.split('$').skip(1).map(|rest| &rest[..name(rest)]).collect()
}

/// Every text between double quotes.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1)
}

/// The keys that calls in a text name: `.t("…")` and its kin.
fn called(text: &str) -> impl Iterator<Item = &str> {
    [
        ".t(\"",
        ".word(\"",
        ".sentence(\"",
        ".n(\"",
        ".s(\"",
        ".args(\"",
        ".html(\"",
        ".args(\n            \"",
        ".html(\n            \"",
    ]
    .into_iter()
    .flat_map(move |call| text.split(call).skip(1))
    .filter_map(|rest| rest.split('"').next())
}

/// Errors whose reasons have messages of their own.
const TOLD_BY_REASON: [&str; 5] =
    ["forbidden", "conflict", "folder-changed", "push-failed", "push-would-drop-sessions"];

/// The keys that are put together from what the domain knows.
fn composed() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for kind in FindingKind::iter() {
        keys.extend(["", ".mend"].map(|part| format!("finding-{}{part}", <&str>::from(&kind))));
        let code = Finding::whole_file(kind).code();
        keys.extend(["", ".effect"].map(|part| format!("code-{code}{part}")));
    }
    for code in error::Code::all().map(error::Code::as_str) {
        keys.insert(format!("error-{code}"));
        if !TOLD_BY_REASON.contains(&code) {
            keys.insert(format!("error-{code}.what"));
        }
    }
    keys.extend(Permission::all().map(|permission| format!("forbidden-{}", permission.as_str())));
    keys.extend(error::Conflict::iter().map(|conflict| format!("conflict-{}", <&str>::from(conflict))));
    keys.extend(push::FailureKind::all().map(|kind| format!("push-failure-{}", kind.as_str())));
    keys.extend(FolderChange::ALL.map(|change| format!("folder-changed-{}", change.as_str())));
    keys.extend(Action::all().map(|action| format!("action-{}", action.as_str())));
    keys.extend(ReasonCode::all().map(|code| format!("reason-{}", code.as_str())));
    keys.extend(Weakness::all().map(|weakness| format!("password-{}", weakness.as_str())));
    keys.extend(
        ACCESS_ACTIONS.iter().flat_map(|action| ["access-", "access-action-"].map(|key| key.to_owned() + action)),
    );
    keys.extend(Details::NAMES.map(|name| format!("detail-{}", name.replace('_', "-"))));
    keys.extend(EventKind::all().map(|kind| format!("event-{}", kind.as_str().replace('.', "-"))));
    keys.extend(FailureKind::all().map(|kind| format!("failure-{}", kind.as_str())));
    keys.extend(NoDocument::VARIANTS.iter().map(|why| format!("no-document-{}", why.as_str())));
    keys.extend((1..=12).map(|month| format!("month-{month}")));
    for what in [
        "accept",
        "pending",
        "status",
        "no-status",
        "email",
        "no-email",
        "edit",
        "delete",
        "restore",
        "decline",
        "undecline",
        "name",
        "note",
        "no-note",
    ] {
        keys.extend(["did", "done", "again"].map(|voice| format!("{voice}-{what}")));
    }
    keys
}

#[test]
fn every_used_message_exists_and_every_message_is_used() {
    let there = keys("en");
    let mut sources = files("src/http/pages", "rs");
    sources.extend(files("templates", "html"));
    sources.extend(files("src/i18n", "rs"));
    let composed = composed();
    let missing: Vec<_> = composed.iter().filter(|key| !there.contains(*key)).collect();
    assert!(missing.is_empty(), "not in en: {missing:?}");
    let mut used = BTreeSet::new();
    for (path, text) in &sources {
        for key in called(text).filter(|key| key.contains(|c: char| c.is_ascii_alphabetic()) && !key.contains('{')) {
            assert!(there.contains(key), "{}: no message {key}", path.display());
        }
    }
    sources.extend(["domain", "services"].into_iter().flat_map(|layer| files(&format!("src/{layer}"), "rs")));
    for (_, text) in &sources {
        used.extend(literals(text).filter(|literal| there.contains(*literal)).map(str::to_owned));
    }
    // An error may tell what was kept and what to do.
    let optional = |key: &String| key.starts_with("error-") && (key.ends_with(".kept") || key.ends_with(".todo"));
    let left_over: Vec<_> =
        there.iter().filter(|key| !used.contains(*key) && !composed.contains(*key) && !optional(key)).collect();
    assert!(left_over.is_empty(), "used by nobody: {left_over:?}");
}

#[test]
fn whatever_is_not_found_has_a_name() {
    let source = files("src", "rs").into_iter().map(|(_, text)| text).collect::<String>();
    let asked = source.split("NotFound(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let asked: BTreeSet<&str> = asked.chain(["setup-link"]).collect();
    let programs = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/en/api.ftl")).unwrap();
    let named = programs.lines().filter_map(|line| line.strip_prefix("missing-")?.split(" =").next());
    assert_eq!(named.collect::<BTreeSet<_>>(), asked);
}

#[test]
fn every_language_has_the_same_messages() {
    let codes: Vec<&str> = Locale::all().map(Locale::code).collect();
    assert_eq!(codes, ["de", "en", "es", "fr", "ja", "pt"]);
    let english = messages("en");
    for code in codes {
        let other = messages(code);
        let differ: Vec<_> = keys("en").symmetric_difference(&keys(code)).cloned().collect();
        assert!(differ.is_empty(), "{code}: {differ:?}");
        for (key, message) in &other {
            assert_eq!(arguments(message), arguments(&english[key]), "{code}: what {key} puts in");
        }
    }
}

#[test]
fn no_message_is_chosen_by_a_text_put_in() {
    for code in Locale::all().map(Locale::code) {
        let by_name: Vec<String> = messages(code)
            .into_iter()
            .filter(|(_, message)| {
                let message = message.replace(' ', "");
                ["name", "day", "month", "year", "date", "time"]
                    .iter()
                    .any(|text| message.contains(&format!("${text}->")))
            })
            .map(|(key, _)| key)
            .collect();
        assert!(by_name.is_empty(), "{code}: {by_name:?} are put together without looking at the text");
    }
}

/// Messages that are the same as in English, each because the word is: names, and what all of them took over.
const SAME: [(&str, &str); 5] = [
    (
        "de",
        "access-action-exported action-set_status ago-hours ago-minutes apps brand choice-status col-app col-browser \
        col-os col-status date-time field-app-name field-app-version field-apps field-name field-system group-app \
        field-code link-address look nav-webhooks optional revoke-token simulator",
    ),
    (
        "es",
        "actor-token ago-hours ago-minutes apps brand code-named col-app count-bytes count-tokens count-webhooks \
        date-time detail-apps detail-webhook field-apps group-app nav-webhooks no revoke-token",
    ),
    (
        "fr",
        "action-set_email action-set_note ago-hours ago-minutes apps brand col-action col-actions col-app col-email \
        col-session col-sessions detail-webhook docs-types document field-app-version field-apps field-email group-app \
        field-code nav-administration nav-sessions nav-webhooks note-text notify pages rule-note rule-unit-m token-secret",
    ),
    ("ja", "brand key-name-delete"),
    (
        "pt",
        "action-set_email action-set_status actor-link actor-token ago-hours ago-minutes apps brand choice-status \
        col-app col-email col-status date-time detail-apps detail-emails detail-link detail-webhook field-apps \
        field-email group-app key-name-delete link-address nav-webhooks revoke-token",
    ),
];

#[test]
fn every_message_is_translated() {
    let english = messages("en");
    for (code, same) in SAME {
        let same: Vec<&str> = same.split_whitespace().collect();
        let other = messages(code);
        let letters = |message: &str| {
            let mut depth = 0;
            let outside = message.chars().filter(|&c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                depth == 0 && c.is_alphabetic()
            });
            outside.count() > 0 || message.contains("->")
        };
        let left: Vec<_> = other
            .iter()
            .filter(|(key, message)| english.get(*key) == Some(message) && letters(message))
            .map(|(key, _)| key.as_str())
            .filter(|key| !same.contains(key))
            .collect();
        assert!(left.is_empty(), "{code}: still English: {left:?}");
        let needless: Vec<_> = same.iter().filter(|key| english.get(**key) != other.get(**key)).collect();
        assert!(needless.is_empty(), "{code}: translated, and listed as the same: {needless:?}");
    }
}

#[test]
fn scripts_hold_no_words_of_their_own() {
    for (path, text) in files("static", "js") {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for literal in line.split(['"', '`', '\'']).skip(1).step_by(2) {
                let is_sentence = literal.split(' ').filter(|word| word.chars().all(char::is_alphabetic)).count() > 2;
                assert!(!is_sentence, "{}: {literal:?} is not translated", path.display());
            }
        }
    }
}

#[test]
fn messages_hold_no_markup() {
    for (path, text) in files("locales", "ftl") {
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            assert!(!line.replace("->", "").contains(['<', '>', '&']), "{}: {line}", path.display());
        }
    }
}

/// A template without its expressions, comments and blocks.
fn without_code(mut text: &str) -> String {
    let mut left = String::new();
    while let Some(start) = text.find("{%").into_iter().chain(text.find("{{")).chain(text.find("{#")).min() {
        left.push_str(&text[..start]);
        let end = match &text[start..start + 2] {
            "{%" => "%}",
            "{{" => "}}",
            _ => "#}",
        };
        text = text[start..].split_once(end).unwrap_or_else(|| panic!("no {end}")).1;
    }
    left + text
}

#[test]
fn templates_hold_no_words_of_their_own() {
    for (path, text) in files("templates", "html") {
        let text = without_code(&text);
        let mut rest = text.as_str();
        let letters = |text: &str| text.replace("&amp;", "").contains(char::is_alphabetic);
        while let Some((words, tag)) = rest.split_once('<') {
            assert!(!letters(words), "{}: {words:?} is not translated", path.display());
            let (tag, after) = tag.split_once('>').unwrap_or_else(|| panic!("{}: {tag:?} has no end", path.display()));
            for attribute in ["title=", "aria-label=", "placeholder=", "alt=", "data-label="] {
                for value in tag.split(&format!(" {attribute}\"")).skip(1).filter_map(|rest| rest.split('"').next()) {
                    assert!(!letters(value), "{}: {attribute}{value:?} is not translated", path.display());
                }
            }
            let inline = |word: &str| word.starts_with("style=") || word.starts_with("on") && word.contains('=');
            assert!(!tag.split_whitespace().any(inline), "{}: the policy of pages forbids {tag:?}", path.display());
            rest = after;
        }
        assert!(!letters(rest), "{}: {rest:?} is not translated", path.display());
    }
}
