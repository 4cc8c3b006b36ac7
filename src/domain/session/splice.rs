//! What a change does to a document, value by value, in a form that can be taken back.

use serde::{Deserialize, Serialize};

use super::document::Document;
use crate::domain::change::Patch;

/// One value of a document's top level that was changed: JSON spellings, `None` for an absent value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Splice {
    pub name: String,
    /// Its value before, as the file spelled it.
    pub old: Option<String>,
    pub new: Option<String>,
}

/// A value is no longer what a change made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedSince;

/// What a patch has to change in this document: nothing where the values are so already.
pub fn splices(document: &Document<'_>, patch: &Patch) -> Vec<Splice> {
    let wanted = [
        ("status", patch.status.map(|status| status.as_str())),
        ("email", patch.email.as_ref().map(|email| email.as_str())),
    ];
    let mut splices = Vec::new();
    for (name, value) in wanted {
        let Some(value) = value else { continue };
        if document.text(name).as_deref() != Some(value) {
            let new = serde_json::Value::from(value).to_string();
            splices.push(Splice {
                name: name.to_owned(),
                old: document.value(name).map(str::to_owned),
                new: Some(new),
            });
        }
    }
    splices
}

/// What takes a change back: its old values where the document still has its new ones.
pub fn reverse(document: &Document<'_>, made: &[Splice]) -> Result<Vec<Splice>, ChangedSince> {
    let back = |splice: &Splice| {
        let now = document.value(&splice.name);
        if !same(now, splice.new.as_deref()) {
            return Err(ChangedSince);
        }
        Ok(Splice { name: splice.name.clone(), old: now.map(str::to_owned), new: splice.old.clone() })
    };
    // The other way round: of two values that were added, the last goes first.
    made.iter().rev().map(back).collect()
}

/// The file with these changes.
pub fn apply(document: &Document<'_>, splices: &[Splice]) -> Option<Vec<u8>> {
    let Some((first, rest)) = splices.split_first() else { return Some(document.bytes().to_vec()) };
    let mut bytes = document.with(&first.name, first.new.as_deref());
    for splice in rest {
        bytes = Document::parse(&bytes).ok()?.with(&splice.name, splice.new.as_deref());
    }
    Some(bytes)
}

/// Puts these changes on top of what another program wrote meanwhile. Where it changed the same
/// value, its value stays; and so does a file that cannot be read.
pub fn merge(bytes: &[u8], splices: &[Splice]) -> Vec<u8> {
    let Ok(document) = Document::parse(bytes) else { return bytes.to_vec() };
    if document.duplicate().is_some() {
        return bytes.to_vec();
    }
    let still_old: Vec<Splice> =
        splices.iter().filter(|splice| same(document.value(&splice.name), splice.old.as_deref())).cloned().collect();
    apply(&document, &still_old).unwrap_or_else(|| bytes.to_vec())
}

/// Whether two spellings say the same text, or are the same.
fn same(one: Option<&str>, other: Option<&str>) -> bool {
    let text = |raw: &str| serde_json::from_str::<String>(raw).ok();
    match (one, other) {
        (Some(one), Some(other)) if one != other => text(one).is_some_and(|one| text(other) == Some(one)),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::change::Email;
    use crate::domain::session::Status;
    use crate::domain::session::document::tests::any_document;

    fn patch(status: Option<Status>, email: Option<&str>) -> Patch {
        Patch { status, email: email.map(|email| Email::parse(email).unwrap()) }
    }

    fn apply(file: &[u8], splices: &[Splice]) -> Option<Vec<u8>> {
        super::apply(&Document::parse(file).unwrap(), splices)
    }

    fn plan(file: &[u8], patch: &Patch) -> Vec<Splice> {
        splices(&Document::parse(file).unwrap(), patch)
    }

    #[test]
    fn what_is_so_already_is_not_changed() {
        let file = br#"{"status":"accep\u0074ed","email":""}"#;
        assert_eq!(plan(file, &patch(Some(Status::Accepted), Some(""))), []);
        assert_eq!(plan(file, &Patch::default()), []);
        assert_eq!(plan(br#"{"email":null}"#, &patch(None, Some(""))).len(), 1, "null is not the empty text");
    }

    #[test]
    fn taking_back_two_added_values_leaves_no_trace() {
        for file in ["{}", "\u{feff}{\r\n\t\"a\" : [1]\r\n}\r\n", "{ \"email\": 5 }"] {
            let made = plan(file.as_bytes(), &patch(Some(Status::Pending), Some("a@b.c")));
            let changed = apply(file.as_bytes(), &made).unwrap();
            let back = reverse(&Document::parse(&changed).unwrap(), &made).unwrap();
            assert_eq!(apply(&changed, &back).unwrap(), file.as_bytes(), "{file}");
        }
    }

    #[test]
    fn a_value_that_is_another_now_is_not_taken_back() {
        let made = plan(br#"{"status":"pending"}"#, &patch(Some(Status::Accepted), None));
        let reverse_of = |now: &str| reverse(&Document::parse(now.as_bytes()).unwrap(), &made);
        assert_eq!(reverse_of(r#"{"status":"banned"}"#), Err(ChangedSince));
        assert_eq!(reverse_of("{}"), Err(ChangedSince));
        assert!(reverse_of(r#"{"x":1, "status" : "accepte\u0064"}"#).is_ok(), "spelled otherwise, the same text");
    }

    #[test]
    fn a_late_write_keeps_its_values_and_gains_ours() {
        let ours = plan(br#"{"status":"pending","n":1}"#, &patch(Some(Status::Accepted), None));
        let merged = |late: &str| String::from_utf8(merge(late.as_bytes(), &ours)).unwrap();
        assert_eq!(merged(r#"{"n":2,"status":"pending"}"#), r#"{"n":2,"status":"accepted"}"#);
        assert_eq!(merged(r#"{"n":2,"status":"banned"}"#), r#"{"n":2,"status":"banned"}"#);
        assert_eq!(merged(r#"{"n":2,"status":"acc"#), r#"{"n":2,"status":"acc"#);
        let twice = r#"{"status":"pending","status":"pending"}"#;
        assert_eq!(merged(twice), twice);
    }

    proptest! {
        #[test]
        fn merging_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let ours = plan(b"{}", &patch(Some(Status::Accepted), Some("")));
            let _ = merge(&bytes, &ours);
        }

        #[test]
        fn every_change_can_be_taken_back_to_the_byte(
            status in proptest::option::of("\"(accepted|pending|x|\\\\u0061)\"|5|null"),
            email in proptest::option::of("\"[a-z@\\\\\\\\u0-9]{0,1}\"|[1-9]|\\{\\}"),
            gap in "[ \t\r\n]{0,3}",
            accept in any::<bool>(),
        ) {
            let mut members = vec![format!("{gap}\"other\"{gap}:{gap}1e400")];
            members.extend(status.map(|raw| format!("{gap}\"status\":{gap}{raw}{gap}")));
            members.extend(email.map(|raw| format!("\"email\"{gap}: {raw}")));
            let file = format!("{{{}{gap}}}", members.join(","));
            prop_assume!(Document::parse(file.as_bytes()).is_ok());
            let wanted = patch(Some(if accept { Status::Accepted } else { Status::Pending }), Some("n@e.w"));
            let made = plan(file.as_bytes(), &wanted);
            let changed = apply(file.as_bytes(), &made).unwrap();
            let back = reverse(&Document::parse(&changed).unwrap(), &made).unwrap();
            prop_assert_eq!(apply(&changed, &back).unwrap(), file.as_bytes());
        }

        #[test]
        fn undo_gives_any_document_its_bytes_back(
            file in any_document::file(),
            accept in proptest::option::of(any::<bool>()),
            email in proptest::option::of("[a-z]{1,3}@[a-z]{1,3}\\.[a-z]{2}"),
        ) {
            let document = Document::parse(file.as_bytes()).unwrap();
            prop_assume!(document.duplicate().is_none());
            let status = accept.map(|accept| if accept { Status::Accepted } else { Status::Pending });
            let made = plan(file.as_bytes(), &patch(status, email.as_deref()));
            let changed = apply(file.as_bytes(), &made).unwrap();
            let now = Document::parse(&changed).unwrap();
            for (name, wanted) in [("status", status.map(Status::as_str)), ("email", email.as_deref())] {
                match wanted {
                    Some(wanted) => prop_assert_eq!(now.text(name).unwrap(), wanted),
                    None => prop_assert_eq!(now.value(name), document.value(name)),
                }
            }
            let back = reverse(&now, &made).unwrap();
            prop_assert_eq!(apply(&changed, &back).unwrap(), file.as_bytes());
            // And the undo of the undo.
            let again = reverse(&document, &back).unwrap();
            prop_assert_eq!(apply(file.as_bytes(), &again).unwrap(), changed);
        }
    }
}
