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
        serde_json::from_str(self.whole()).unwrap_or_else(|_| nearest(self.whole().trim_matches(WHITE_SPACE), DEEPEST))
    }
}

fn nearest(raw: &str, depth: usize) -> Value {
    match raw.bytes().next() {
        Some(b'{') if depth == 0 => Value::Object(Map::new()),
        Some(b'[') if depth == 0 => Value::Array(Vec::new()),
        Some(b'{') => {
            let members = members(raw).unwrap_or_default().into_iter();
            let named = members.map(|member| (member.name(), nearest(member.value.get(), depth - 1)));
            Value::Object(named.collect())
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
            Value::Array(items.into_iter().map(|item| nearest(item.get(), depth - 1)).collect())
        }
        // Half of a pair comes as three of them, one for each of its bytes.
        Some(b'"') => string(raw).map_or(Value::Null, |text| text.replace(&"\u{fffd}".repeat(3), "\u{fffd}").into()),
        Some(b'-') => serde_json::from_str(raw).unwrap_or_else(|_| f64::MIN.into()),
        _ => serde_json::from_str(raw).unwrap_or_else(|_| f64::MAX.into()),
    }
}
