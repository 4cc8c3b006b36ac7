//! One session's document for reading, with the secrets left out.

use std::collections::{HashMap, HashSet};

use serde::{Serialize, Serializer};
use serde_json::Value;
use strum::{IntoStaticStr, VariantArray};

use crate::domain::session::document::{BYTE_ORDER_MARK, Document, Malformed};
use crate::domain::session::secrets::escaped;
use crate::i18n::Message;
use crate::store::folder::Content;

/// What stands in the place of a secret where the place is shown.
const MASK: &str = "••••••••";

/// Why a file's document cannot be shown. Programs get the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
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
    /// The reason in one word.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Serialize for NoDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Message::new(format!("document-note-{}", self.as_str())))
    }
}

/// A document as it may be shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The whole object without its secrets, if it can be given exactly.
    pub document: Option<Value>,
    /// The object for people, with masks in the places of its secrets: the nearest to it that can be shown.
    pub masked: Option<Value>,
    /// Why there is no document.
    pub note: Option<NoDocument>,
    /// The pointers of what was left out.
    pub redacted: Vec<String>,
    pub tells_secrets: bool,
}

/// Leaves the secrets out of what was read, unless the reader may see them.
pub fn show(content: &Content, with_secrets: bool) -> Shown {
    let note = |why| Shown { note: Some(why), ..Shown::default() };
    let bytes = match content {
        Content::Bytes(bytes) => bytes,
        Content::TooLarge => return note(NoDocument::TooLarge),
        Content::Unreadable(_) => return note(NoDocument::Unreadable),
    };
    let document = match Document::parse(bytes) {
        Ok(document) => document,
        Err(Malformed::NotAnObject) => return note(NoDocument::NotAnObject),
        Err(_) => return note(NoDocument::NotJson),
    };
    let mut secrets = document.secrets();
    let tells_secrets = with_secrets && !secrets.is_empty();
    if with_secrets {
        secrets.clear();
    }
    let mut redacted: Vec<String> = secrets.into_iter().map(|secret| secret.pointer).collect();
    // Of a name that stands twice, the first; those of the top level before all others.
    let mut hidden = HashSet::new();
    redacted.retain(|pointer| hidden.insert(pointer.clone()));
    redacted.sort_by_key(|pointer| pointer.matches('/').count());
    let masked = if with_secrets { document.display() } else { masked(&document) };
    let mut whole = parse(bytes).ok();
    if let Some(whole) = &mut whole {
        leave_out(whole, &Hidden::by(&redacted));
    }
    let note = whole.is_none().then_some(NoDocument::Beyond);
    Shown { document: whole, masked: Some(masked), note, redacted, tells_secrets }
}

fn masked(document: &Document<'_>) -> Value {
    let bytes = document.masked(MASK);
    // A document stays one when values in it are replaced.
    Document::parse(&bytes).map_or(Value::Null, |masked| masked.display())
}

/// The file's bytes with masks in the places of its secrets; `None` where they cannot be told from the rest.
pub fn mask(bytes: &[u8]) -> Option<Vec<u8>> {
    Document::parse(bytes).ok().map(|document| document.masked(MASK))
}

/// A manifest with its secrets, if it is a JSON object.
pub fn parse_manifest(bytes: &[u8]) -> Option<Value> {
    parse(bytes).ok().filter(Value::is_object)
}

fn parse(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes))
}

/// Hidden values, by the steps of their pointers.
#[derive(Default)]
struct Hidden<'a> {
    is_whole: bool,
    below: HashMap<&'a str, Hidden<'a>>,
}

impl<'a> Hidden<'a> {
    fn by(pointers: &'a [String]) -> Self {
        let mut root = Self::default();
        for pointer in pointers {
            let steps = pointer.split('/').skip(1);
            steps.fold(&mut root, |at, step| at.below.entry(step).or_default()).is_whole = true;
        }
        root
    }
}

/// Takes the hidden values away, in one pass. Of an array, the other values keep their places.
fn leave_out(value: &mut Value, hidden: &Hidden<'_>) {
    match value {
        Value::Object(members) => members.retain(|name, inner| match hidden.below.get(escaped(name).as_str()) {
            Some(one) if one.is_whole => false,
            Some(one) => {
                leave_out(inner, one);
                true
            }
            None => true,
        }),
        Value::Array(items) => {
            for (place, one) in &hidden.below {
                match place.parse::<usize>().ok().and_then(|place| items.get_mut(place)) {
                    Some(item) if one.is_whole => *item = Value::Null,
                    Some(item) => leave_out(item, one),
                    None => {}
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Shown {
        show(&Content::Bytes(text.as_bytes().to_vec()), false)
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
            assert!(shown.masked.is_some(), "people see the nearest to it");
        }
        let masked = shown(r#"{"a":"\ud800b","n":1e400,"token":"\ud800"}"#).masked.unwrap().to_string();
        assert_eq!(masked, format!(r#"{{"a":"{}b","n":"1e400","token":"{MASK}"}}"#, '\u{fffd}'));
    }

    #[test]
    fn in_an_array_a_secret_leaves_its_place() {
        let shown = shown(r#"{"userInfo":["a","password=b",{"~/pin":1}]}"#);
        assert_eq!(shown.document.unwrap().to_string(), r#"{"userInfo":["a",null,{}]}"#);
        assert_eq!(shown.redacted, ["/userInfo/1", "/userInfo/2/~0~1pin"]);
    }

    #[test]
    fn many_secrets_are_left_out_at_once() {
        let members: Vec<String> = (0..40_000).map(|n| format!(r#""pin{n}":1,"a{n}":{{"pin":1}}"#)).collect();
        let start = std::time::Instant::now();
        let shown = shown(&format!("{{{}}}", members.join(",")));
        assert_eq!((shown.redacted.len(), shown.document.unwrap().as_object().unwrap().len()), (80_000, 40_000));
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    }

    #[test]
    fn who_may_see_secrets_sees_all() {
        let text = r#"{"token":"a","userInfo":{"pin":1}}"#;
        let shown = show(&Content::Bytes(text.into()), true);
        assert_eq!((shown.document.unwrap().to_string(), shown.redacted.len()), (text.to_owned(), 0));
    }
}
