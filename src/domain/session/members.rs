//! The members of a JSON object as they are spelled, each once, in their order: doubled names too.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{self, DeserializeSeed, MapAccess, Visitor};
use serde_json::value::RawValue;

/// JSON's white space (RFC 8259, section 2).
pub(super) const WHITE_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// One member of an object: its decoded name and its value, as spelled.
#[derive(Clone, Debug)]
pub(super) struct Member<'a> {
    pub(super) name: Cow<'a, [u8]>,
    pub(super) value: &'a RawValue,
}

impl Member<'_> {
    pub(super) fn name(&self) -> String {
        text(Cow::Borrowed(&self.name)).into_owned()
    }
}

/// Decoded bytes as text. The only bytes in them that are not UTF-8 are unpaired surrogates, of three bytes each.
fn text(bytes: Cow<'_, [u8]>) -> Cow<'_, str> {
    let bytes = match bytes {
        Cow::Borrowed(bytes) => bytes,
        Cow::Owned(bytes) => return Cow::Owned(text(Cow::Borrowed(&bytes)).into_owned()),
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.utf8_chunks().fold(String::new(), |mut text, chunk| {
            text.push_str(chunk.valid());
            // The other two bytes of a surrogate are continuation bytes.
            if chunk.invalid().first().is_some_and(|&first| first >= 0xC0) {
                text.push('\u{fffd}');
            }
            text
        })),
    }
}

/// Decodes a JSON string; an unpaired surrogate becomes U+FFFD.
pub(super) fn string(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    let mut deserializer = serde_json::Deserializer::from_str(raw);
    let decoded = DecodedString.deserialize(&mut deserializer).ok()?;
    Some(text(decoded))
}

/// Those of an object's top level.
pub(super) fn members(text: &str) -> Result<Vec<Member<'_>>, serde_json::Error> {
    let mut members = Vec::with_capacity(12);
    each_member(text, |name, value| members.push(Member { name, value }))?;
    Ok(members)
}

/// The same, one after the other.
pub(super) fn each_member<'a>(
    text: &'a str,
    each: impl FnMut(Cow<'a, [u8]>, &'a RawValue),
) -> Result<(), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut visitor = MembersVisitor { each, has_controls: false };
    deserializer.deserialize_map(&mut visitor)?;
    deserializer.end()?;
    // A name is read as bytes, and so without a look for raw control characters. Escaped ones are fine.
    if visitor.has_controls { serde_json::from_str::<&RawValue>(text).map(drop) } else { Ok(()) }
}

struct MembersVisitor<F> {
    each: F,
    /// Whether a name holds a control character, raw or escaped.
    has_controls: bool,
}

impl<'de, F: FnMut(Cow<'de, [u8]>, &'de RawValue)> Visitor<'de> for &mut MembersVisitor<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while let Some(name) = map.next_key_seed(DecodedString)? {
            self.has_controls |= name.iter().any(u8::is_ascii_control);
            (self.each)(name, map.next_value()?);
        }
        Ok(())
    }
}

/// A string by its decoded bytes: unlike `str`, these can hold an unpaired surrogate.
struct DecodedString;

impl<'de> DeserializeSeed<'de> for DecodedString {
    type Value = Cow<'de, [u8]>;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_bytes(self)
    }
}

impl<'de> Visitor<'de> for DecodedString {
    type Value = Cow<'de, [u8]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_bytes<E: de::Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(bytes))
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(bytes.to_vec()))
    }
}
