//! A JSON value and where it stands, to be read into a type. What does not fit is refused with its place.

use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Number, Value};

use crate::domain::query::QueryError;
use crate::i18n::Message;
use crate::services::error::Error;

/// A value within a body or query.
pub struct Node {
    value: Value,
    /// A JSON pointer.
    at: String,
    nulls: Nulls,
}

/// What `null` says where an `Option` is read.
#[derive(Clone, Copy)]
enum Nulls {
    /// No more than an absent key.
    Absent,
    /// It is a value, as in a merge patch: for an `Option` within the `Option`, or for nobody.
    Values,
}

/// Why a value is not acceptable, and where it stands.
#[derive(Debug)]
pub struct Refusal {
    fault: Fault,
    /// A JSON pointer, once it is known.
    at: Option<String>,
    /// The key that is unknown or missing there.
    key: Option<String>,
}

#[derive(Debug)]
enum Fault {
    Unknown,
    Missing,
    Null,
    Not(String),
    Sentence(String),
}

/// Where a member of an object stands.
pub fn pointer(object: &str, key: &str) -> String {
    format!("{object}/{}", key.replace('~', "~0").replace('/', "~1"))
}

impl Node {
    /// A whole body or query.
    pub fn new(value: Value) -> Self {
        Self { value, at: String::new(), nulls: Nulls::Absent }
    }

    /// The whole body of a PATCH: `null` in it is refused, but where an `Option<Option<_>>` takes it.
    pub fn patch(value: Value) -> Self {
        Self { value, at: String::new(), nulls: Nulls::Values }
    }

    /// A part that stands at this pointer.
    pub fn at(value: Value, pointer: &str) -> Self {
        Self { value, at: pointer.to_owned(), nulls: Nulls::Absent }
    }

    /// Reads the value into `T`.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, Refusal> {
        T::deserialize(self)
    }
}

impl Refusal {
    /// This member of the whole is not what the message says.
    pub fn not(key: &str, expected: &'static str) -> Self {
        Self { fault: Fault::Not(Message::new(expected).into()), at: Some(pointer("", key)), key: None }
    }

    /// This member of the whole is needed.
    pub fn missing(key: &str) -> Self {
        Self { fault: Fault::Missing, at: Some(String::new()), key: Some(key.to_owned()) }
    }

    /// This member of the whole is not known.
    pub fn unknown(key: &str) -> Self {
        Self { fault: Fault::Unknown, at: Some(String::new()), key: Some(key.to_owned()) }
    }

    fn of(fault: Fault) -> Self {
        Self { fault, at: None, key: None }
    }

    fn within(mut self, at: &str) -> Self {
        self.at.get_or_insert_with(|| at.to_owned());
        self
    }

    fn pointer(&self) -> String {
        let at = self.at.as_deref().unwrap_or_default();
        self.key.as_deref().map_or_else(|| at.to_owned(), |key| pointer(at, key))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = match &self.fault {
            Fault::Unknown => Message::new("value-unknown").with("key", self.key.clone().unwrap_or_default()),
            Fault::Missing => Message::new("value-missing"),
            Fault::Null => Message::new("value-null"),
            Fault::Not(expected) => Message::new("value-not").with("expected", expected.clone()),
            Fault::Sentence(sentence) => return f.write_str(sentence),
        };
        message.fmt(f)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::invalid(refusal.pointer(), refusal.to_string())
    }
}

impl From<Refusal> for QueryError {
    fn from(refusal: Refusal) -> Self {
        let pointer = refusal.pointer();
        let key = pointer.trim_start_matches('/').replace("~1", "/").replace("~0", "~");
        match &refusal.fault {
            Fault::Unknown => QueryError::of(&key, "unknown"),
            Fault::Not(expected) => {
                let not = Message::new("query-not").with("key", key.clone()).with("expected", expected.clone());
                QueryError::new(&key, not)
            }
            _ => QueryError::new(&key, refusal.to_string()),
        }
    }
}

impl std::error::Error for Refusal {}

impl de::Error for Refusal {
    fn custom<T: fmt::Display>(sentence: T) -> Self {
        Self::of(Fault::Sentence(sentence.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match found {
            Unexpected::Unit => Self::of(Fault::Null),
            _ => Self::of(Fault::Not(plain(expected))),
        }
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(Fault::Not(plain(expected)))
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::of(Fault::Not(plain(expected)))
    }

    fn unknown_variant(_: &str, known: &'static [&'static str]) -> Self {
        Self::of(Fault::Not(Message::new("expected-one-of").with("known", known.join(", ")).into()))
    }

    fn unknown_field(key: &str, _: &'static [&'static str]) -> Self {
        Self { key: Some(key.to_owned()), ..Self::of(Fault::Unknown) }
    }

    fn missing_field(key: &'static str) -> Self {
        Self { key: Some(key.to_owned()), ..Self::of(Fault::Missing) }
    }
}

/// What is expected, in plain words also where it is serde that says so.
fn plain(expected: &dyn Expected) -> String {
    let expected = expected.to_string();
    let known = match expected.as_str() {
        "a boolean" => "expected-boolean",
        "a string" => "expected-text",
        "a sequence" => "expected-list",
        "a map" => "expected-object",
        "u64" => "expected-whole-number",
        _ => return expected,
    };
    Message::new(known).into()
}

impl<'de> Deserializer<'de> for Node {
    type Error = Refusal;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        let Self { value, at, nulls } = self;
        let read = match value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => visit_number(&number, visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => {
                let nodes =
                    items.into_iter().enumerate().map(|(n, value)| Self { value, at: format!("{at}/{n}"), nulls });
                visitor.visit_seq(SeqDeserializer::new(nodes))
            }
            Value::Object(members) => {
                let nodes = members.into_iter().map(|(key, value)| {
                    let at = pointer(&at, &key);
                    (key, Self { value, at, nulls })
                });
                visitor.visit_map(MapDeserializer::new(nodes))
            }
        };
        read.map_err(|refusal| refusal.within(&at))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match (&self.value, self.nulls) {
            (Value::Null, Nulls::Absent) => visitor.visit_none(),
            (Value::Null, Nulls::Values) => visitor.visit_some(Self { nulls: Nulls::Absent, ..self }),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Refusal> {
        let at = self.at.clone();
        visitor.visit_newtype_struct(self).map_err(|refusal| refusal.within(&at))
    }

    /// Only an object is one: serde would take a list of its values, too.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        self.deserialize_map(visitor)
    }

    /// Only an object is one: `serde_json` would take `null` for an empty map.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.value {
            Value::Object(_) => self.deserialize_any(visitor),
            _ => Err(de::Error::invalid_value(Unexpected::Other("value"), &"a map"))
                .map_err(|refusal: Refusal| refusal.within(&self.at)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        let read = match self.value {
            Value::String(text) => visitor.visit_enum(IntoDeserializer::<Refusal>::into_deserializer(text)),
            Value::Null => Err(Refusal::of(Fault::Null)),
            _ => Err(de::Error::unknown_variant("", known)),
        };
        read.map_err(|refusal| refusal.within(&self.at))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct identifier ignored_any
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Refusal> {
    match (number.as_u64(), number.as_i64()) {
        (Some(number), _) => visitor.visit_u64(number),
        (None, Some(number)) => visitor.visit_i64(number),
        (None, None) => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
    }
}

impl<'de> IntoDeserializer<'de, Refusal> for Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[allow(dead_code)]
        name: String,
        #[serde(default)]
        #[allow(dead_code)]
        items: Vec<Outer>,
    }

    #[test]
    fn null_is_no_object() {
        let refusal = Node::new(Value::Null).read::<serde_json::Map<String, Value>>().unwrap_err();
        assert_eq!(refusal.to_string(), "This must be an object.");
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
        for (value, pointer, sentence) in [
            (json!({}), "/name", "This is needed."),
            (json!([]), "", "This must be an object."),
            (json!({ "name": 5 }), "/name", "This must be text."),
            (json!({ "name": "a", "c/d": 1 }), "/c~1d", "The key \"c/d\" is not known here."),
            (json!({ "name": "a", "items": [{ "name": "b" }, ["c"]] }), "/items/1", "This must be an object."),
            (json!({ "name": "a", "items": [{ "name": true }] }), "/items/0/name", "This must be text."),
            (json!({ "name": "a", "items": [{ "x": 1 }] }), "/items/0/x", "The key \"x\" is not known here."),
        ] {
            let refusal = Node::new(value).read::<Outer>().unwrap_err();
            assert_eq!((refusal.pointer().as_str(), refusal.to_string().as_str()), (pointer, sentence));
        }
        let refusal = Node::new(json!({ "c/d": "1" })).read::<Outer>().unwrap_err();
        assert_eq!(QueryError::from(refusal), QueryError::new("c/d", "The key \"c/d\" is not known."));
    }
}
