//! A document as a tree of values, for a JSON Schema that asks for any of them.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::document::Document;
use super::members::{WHITE_SPACE, members, string};

/// As deep as `serde_json` reads by itself.
const DEEPEST: usize = 127;

impl Document<'_> {
    /// The whole object. What valid JSON can hold and a `Value` cannot has the nearest one's place: a number beyond a
    /// double is the largest one, an unpaired surrogate U+FFFD, and what lies deeper than 127 levels is empty.
    pub fn tree(&self) -> Value {
        self.nearest(|raw| if raw.starts_with('-') { f64::MIN.into() } else { f64::MAX.into() })
    }

    /// The same for reading: a number beyond a double is the text of its digits.
    pub fn display(&self) -> Value {
        self.nearest(|raw| raw.into())
    }

    fn nearest(&self, beyond: fn(&str) -> Value) -> Value {
        let whole = self.whole().trim_matches(WHITE_SPACE);
        serde_json::from_str(whole).unwrap_or_else(|_| nearest(whole, DEEPEST, beyond))
    }
}

fn nearest(raw: &str, depth: usize, beyond: fn(&str) -> Value) -> Value {
    match raw.bytes().next() {
        Some(b'{') if depth == 0 => Value::Object(Map::new()),
        Some(b'[') if depth == 0 => Value::Array(Vec::new()),
        Some(b'{') => {
            let members = members(raw).unwrap_or_default().into_iter();
            let named = members.map(|member| (member.name(), nearest(member.value.get(), depth - 1, beyond)));
            Value::Object(named.collect())
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
            Value::Array(items.into_iter().map(|item| nearest(item.get(), depth - 1, beyond)).collect())
        }
        Some(b'"') => string(raw).map_or(Value::Null, |text| text.into_owned().into()),
        _ => serde_json::from_str(raw).unwrap_or_else(|_| beyond(raw)),
    }
}
