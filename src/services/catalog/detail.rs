//! One session's document for reading, with the secrets left out.

use serde_json::Value;

use crate::domain::document::BYTE_ORDER_MARK;
use crate::store::folder::Content;

/// The pointers of the values that no document shows.
const SECRETS: [&str; 2] = ["/token", "/device/token"];

/// A document as it may be shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The whole object without its secrets.
    pub document: Option<Value>,
    /// Why there is none.
    pub note: Option<String>,
    /// The pointers of what was left out.
    pub redacted: Vec<String>,
}

/// Leaves the secrets out of what was read.
pub fn show(content: &Content) -> Shown {
    let note = |why: &str| Shown { note: Some(why.to_owned()), ..Shown::default() };
    let bytes = match content {
        Content::Bytes(bytes) => bytes,
        Content::TooLarge => return note("The file is larger than the limit and was not read."),
        Content::Unreadable(_) => return note("The file cannot be read."),
    };
    match parse(bytes) {
        Err(error) if error.is_eof() || error.is_syntax() && !beyond(bytes) => note("The file is not JSON."),
        Err(_) => note(
            "The file holds a number, text or nesting that is valid JSON but beyond what can be shown here. \
             Download it to see it.",
        ),
        Ok(mut document @ Value::Object(_)) => {
            let redacted = SECRETS.iter().filter(|pointer| take(&mut document, pointer)).map(|p| (*p).to_owned());
            let redacted = redacted.collect();
            Shown { document: Some(document), note: None, redacted }
        }
        Ok(_) => note("The file is JSON but not an object."),
    }
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
    crate::domain::document::Document::parse(bytes).is_ok()
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
        assert_eq!(shown.redacted, ["/token", "/device/token"]);
    }

    #[test]
    fn what_cannot_be_shown_says_why() {
        assert_eq!(shown("{").note.unwrap(), "The file is not JSON.");
        assert_eq!(shown("[]").note.unwrap(), "The file is JSON but not an object.");
        for text in
            [r#"{"a":1e400}"#, r#"{"a":"\ud800"}"#, &format!(r#"{{"a":{}{}}}"#, "[".repeat(200), "]".repeat(200))]
        {
            let shown = shown(text);
            assert_eq!(shown.document, None);
            assert!(shown.note.unwrap().contains("beyond"), "{text}");
        }
    }
}
