//! One session's document for reading, with the secrets left out.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::domain::document::{BYTE_ORDER_MARK, Document};
use crate::store::folder::Content;

/// The pointers of the values that no document shows.
const SECRETS: [&str; 2] = ["/token", "/device/token"];

/// What stands in the place of a secret where the place is shown.
const MASK: &str = "••••••••";

/// Why a file's document cannot be shown. Programs get the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDocument {
    /// Larger than what is read.
    TooLarge,
    /// The system refuses to read it.
    Unreadable,
    /// Not JSON.
    NotJson,
    /// JSON, but more than can be shown.
    Beyond,
    /// JSON, and no object.
    NotAnObject,
}

impl NoDocument {
    /// Every reason.
    pub const ALL: [NoDocument; 5] = [Self::TooLarge, Self::Unreadable, Self::NotJson, Self::Beyond, Self::NotAnObject];

    /// The reason in one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Unreadable => "unreadable",
            Self::NotJson => "not-json",
            Self::Beyond => "beyond",
            Self::NotAnObject => "not-an-object",
        }
    }
}

impl fmt::Display for NoDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "The file is larger than the limit and was not read.",
            Self::Unreadable => "The file cannot be read.",
            Self::NotJson => "The file is not JSON.",
            Self::Beyond => {
                "The file holds a number, text or nesting that is valid JSON but beyond what can be shown here. \
                 Download it to see it."
            }
            Self::NotAnObject => "The file is JSON but not an object.",
        })
    }
}

impl Serialize for NoDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A document as it may be shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The whole object without its secrets.
    pub document: Option<Value>,
    /// The same with masks in the places of its secrets.
    pub masked: Option<Value>,
    /// Why there is none.
    pub note: Option<NoDocument>,
    /// The pointers of what was left out.
    pub redacted: Vec<String>,
}

/// Leaves the secrets out of what was read.
pub fn show(content: &Content) -> Shown {
    let note = |why| Shown { note: Some(why), ..Shown::default() };
    let bytes = match content {
        Content::Bytes(bytes) => bytes,
        Content::TooLarge => return note(NoDocument::TooLarge),
        Content::Unreadable(_) => return note(NoDocument::Unreadable),
    };
    match parse(bytes) {
        Err(error) if error.is_eof() || error.is_syntax() && !beyond(bytes) => note(NoDocument::NotJson),
        Err(_) => note(NoDocument::Beyond),
        Ok(mut document @ Value::Object(_)) => {
            let mut masked = document.clone();
            for pointer in SECRETS {
                if let Some(secret) = masked.pointer_mut(pointer) {
                    *secret = MASK.into();
                }
            }
            let redacted = SECRETS.iter().filter(|pointer| take(&mut document, pointer)).map(|p| (*p).to_owned());
            let redacted = redacted.collect();
            Shown { document: Some(document), masked: Some(masked), note: None, redacted }
        }
        Ok(_) => note(NoDocument::NotAnObject),
    }
}

/// The file's bytes with masks in the places of its secrets; `None` where they cannot be told from the rest.
pub fn mask(bytes: &[u8]) -> Option<Vec<u8>> {
    Document::parse(bytes).ok().map(|document| document.masked(MASK))
}

/// A manifest, if it is a JSON object.
pub fn parse_manifest(bytes: &[u8]) -> Option<Value> {
    parse(bytes).ok().filter(Value::is_object)
}

fn parse(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes))
}

/// Whether this is JSON all the same: more than a `Value` can hold.
fn beyond(bytes: &[u8]) -> bool {
    Document::parse(bytes).is_ok()
}

fn take(document: &mut Value, pointer: &str) -> bool {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return false };
    match document.pointer_mut(parent) {
        Some(Value::Object(parent)) => parent.shift_remove(name).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Shown {
        show(&Content::Bytes(text.as_bytes().to_vec()))
    }

    #[test]
    fn secrets_are_left_out_however_they_are_spelled() {
        let shown = shown("\u{feff}{\"b\":1,\"t\\u006fken\":\"x\",\"device\":{\"token\":\"y\",\"id\":\"z\"},\"a\":2}");
        assert_eq!(shown.document.unwrap().to_string(), r#"{"b":1,"device":{"id":"z"},"a":2}"#);
        let masked = shown.masked.unwrap().to_string();
        assert_eq!(masked, format!(r#"{{"b":1,"token":"{MASK}","device":{{"token":"{MASK}","id":"z"}},"a":2}}"#));
        assert_eq!(shown.redacted, ["/token", "/device/token"]);
    }

    #[test]
    fn what_cannot_be_shown_says_why() {
        assert_eq!(shown("{").note, Some(NoDocument::NotJson));
        assert_eq!(shown("[]").note, Some(NoDocument::NotAnObject));
        for text in
            [r#"{"a":1e400}"#, r#"{"a":"\ud800"}"#, &format!(r#"{{"a":{}{}}}"#, "[".repeat(200), "]".repeat(200))]
        {
            let shown = shown(text);
            assert_eq!(shown.document, None);
            assert_eq!(shown.note, Some(NoDocument::Beyond), "{text}");
        }
    }
}
