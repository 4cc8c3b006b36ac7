//! A document as a tree of values, for a JSON Schema that asks for any of them.

use serde_json::{Map, Value};

use super::cursor::Cursor;
use super::document::Document;
use super::members::string;

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
        let whole = self.whole();
        serde_json::from_str(whole).unwrap_or_else(|_| nearest(&mut Cursor::new(whole), DEEPEST, beyond))
    }
}

fn nearest(cursor: &mut Cursor<'_>, depth: usize, beyond: fn(&str) -> Value) -> Value {
    match cursor.peek() {
        Some(b'{' | b'[') if depth == 0 => match cursor.skip().starts_with('{') {
            true => Value::Object(Map::new()),
            false => Value::Array(Vec::new()),
        },
        Some(b'{') => {
            let mut members = Map::new();
            cursor.enter();
            while cursor.goes_on() {
                members.insert(cursor.name().into_owned(), nearest(cursor, depth - 1, beyond));
            }
            Value::Object(members)
        }
        Some(b'[') => {
            let mut items = Vec::new();
            cursor.enter();
            while cursor.goes_on() {
                items.push(nearest(cursor, depth - 1, beyond));
            }
            Value::Array(items)
        }
        Some(b'"') => string(cursor.skip()).map_or(Value::Null, |text| text.into_owned().into()),
        _ => {
            let raw = cursor.skip();
            serde_json::from_str(raw).unwrap_or_else(|_| beyond(raw))
        }
    }
}
