//! The fields that are read from a session's file, wherever it also holds others.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::fields::Fields;
use super::members::{Member, each_member, string};
use crate::domain::token::Secret;

/// The fields that are read from a file, by the object they stand in.
const KNOWN: [(&str, &[&str]); 9] = [
    ("application", &["id", "name", "version"]),
    ("team", &["id"]),
    ("language", &["id", "code", "region"]),
    ("email", &[]),
    ("device", &["id", "description", "os", "version", "simulator", "token", "jb"]),
    ("send", &[]),
    ("session", &["id", "ip"]),
    ("status", &[]),
    ("token", &[]),
];
/// How many known fields an object has at most.
const MOST_FIELDS: usize = 7;
const _: () = {
    let mut place = 0;
    while place < KNOWN.len() {
        assert!(KNOWN[place].1.len() <= MOST_FIELDS);
        place += 1;
    }
};

/// A known name: its value, of a doubled name the last.
#[derive(Clone, Copy, Debug, Default)]
struct Slot<'a> {
    value: Option<&'a RawValue>,
    doubled: bool,
}

impl<'a> Slot<'a> {
    fn put(&mut self, value: &'a RawValue) {
        self.doubled = self.value.replace(value).is_some();
    }

    fn text(&self) -> Option<Cow<'a, str>> {
        self.value.and_then(|raw| string(raw.get()))
    }

    /// The same of a version, which older Android apps write as a number: its spelling.
    fn version(&self) -> Option<Cow<'a, str>> {
        let raw = self.value?.get();
        if raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) { Some(Cow::Borrowed(raw)) } else { string(raw) }
    }

    fn flag(&self) -> Option<bool> {
        match self.value?.get() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }
}

/// A known name of the top level, and those in its object.
#[derive(Clone, Copy, Debug, Default)]
struct Known<'a> {
    own: Slot<'a>,
    fields: [Slot<'a>; MOST_FIELDS],
}

impl<'a> Known<'a> {
    fn look_inside(&mut self, fields: &[&str]) {
        let Some(raw) = self.own.value.map(RawValue::get).filter(|raw| raw.starts_with('{')) else { return };
        // It is a part of what was read, so it can be read.
        let _ = each_member(raw, |name, value| {
            if let Some(place) = fields.iter().position(|field| *name == *field.as_bytes()) {
                self.fields[place].put(value);
            }
        });
    }
}

/// The known fields of one file, each found once.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownFields<'a>(
    /// By the place of the name in [`KNOWN`].
    [Known<'a>; KNOWN.len()],
);

impl<'a> KnownFields<'a> {
    /// Those among the members of a file's top level.
    pub(super) fn among(members: &[Member<'a>]) -> Self {
        let mut known = [Known::default(); KNOWN.len()];
        for member in members {
            if let Some(place) = KNOWN.iter().position(|(name, _)| *member.name == *name.as_bytes()) {
                known[place].own.put(member.value);
            }
        }
        for (known, (_, fields)) in known.iter_mut().zip(KNOWN).filter(|(_, (_, fields))| !fields.is_empty()) {
            known.look_inside(fields);
        }
        Self(known)
    }

    /// The JSON pointer of the first known field that stands twice, if any.
    pub(super) fn duplicate(&self) -> Option<String> {
        KNOWN.iter().zip(&self.0).find_map(|((name, fields), known)| {
            if known.own.doubled {
                return Some(format!("/{name}"));
            }
            let (field, _) = fields.iter().zip(&known.fields).find(|(_, slot)| slot.doubled)?;
            Some(format!("/{name}/{field}"))
        })
    }

    pub(super) fn read(&self) -> Fields<'a> {
        // In the order of `KNOWN`.
        let [application, team, language, email, device, _, session, status, token] = &self.0;
        let [application_id, application_name, application_version, ..] = &application.fields;
        let [language_id, language_code, language_region, ..] = &language.fields;
        let [device_id, description, os, version, simulator, push_token, jailbroken] = &device.fields;
        let [session_id, ip, ..] = &session.fields;
        Fields {
            application_id: application_id.text(),
            application_name: application_name.version(),
            application_version: application_version.version(),
            team_id: team.fields[0].text(),
            language_id: language_id.text(),
            language_code: language_code.text(),
            language_region: language_region.text(),
            email: email.own.text(),
            device_id: device_id.text(),
            device_description: description.text(),
            device_os: os.text(),
            device_version: version.version(),
            simulator: simulator.flag(),
            jailbroken: jailbroken.flag() == Some(true),
            push_token: push_token.text().filter(|token| !token.is_empty()).map(Secret::new),
            session_id: session_id.text(),
            ip: ip.text(),
            status: status.own.text(),
            token: token.own.text().map(Secret::new),
        }
    }

    /// The types of the known values.
    pub(super) fn shape(&self) -> Shape {
        let mut shape = 0;
        let mut push = |raw: Option<&RawValue>| {
            let kind = match raw.and_then(|raw| raw.get().bytes().next()) {
                None => 0,
                Some(b'"') => 1,
                Some(b't' | b'f') => 2,
                Some(b'n') => 3,
                Some(b'{') => 4,
                Some(b'[') => 5,
                Some(_) => 6,
            };
            shape = shape << 3 | kind;
        };
        for ((_, fields), known) in KNOWN.iter().zip(&self.0) {
            push(known.own.value);
            known.fields[..fields.len()].iter().for_each(|slot| push(slot.value));
        }
        Shape(shape)
    }
}

/// The types of all known values of a document, three bits each. Most files have one of a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape(u128);

impl Shape {
    /// A document of this shape, for a JSON Schema that asks for types alone: every text in it is
    /// empty, every number 0. No secret is in it, and what no `Value` could hold has its place.
    pub fn outline(self) -> serde_json::Value {
        use serde_json::Value;
        let mut place = KNOWN.iter().map(|(_, fields)| 1 + fields.len()).sum::<usize>() * 3;
        let mut next = || {
            place -= 3;
            match self.0 >> place & 7 {
                1 => Some(Value::String(String::new())),
                2 => Some(Value::Bool(false)),
                3 => Some(Value::Null),
                4 => Some(Value::Object(serde_json::Map::new())),
                5 => Some(Value::Array(Vec::new())),
                6 => Some(Value::from(0)),
                _ => None,
            }
        };
        let mut outline = serde_json::Map::new();
        for (name, fields) in KNOWN {
            let mut value = next();
            for field in fields {
                if let (Some(inner), Some(Value::Object(object))) = (next(), &mut value) {
                    object.insert((*field).to_owned(), inner);
                }
            }
            outline.extend(value.map(|value| (name.to_owned(), value)));
        }
        Value::Object(outline)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::session::document::Document;

    #[test]
    fn a_shape_keeps_the_types_and_nothing_else() {
        let file =
            r#"{"token":"secret","status":1e400,"device":{"id":null,"simulator":true,"x":1},"email":[1],"team":"t"}"#;
        assert_eq!(
            Document::parse(file.as_bytes()).unwrap().shape().outline(),
            serde_json::json!({
                "token": "", "status": 0, "device": { "id": null, "simulator": false }, "email": [], "team": "",
            })
        );
        assert_eq!(Document::parse(b"{}").unwrap().shape().outline(), serde_json::json!({}));
    }

    #[test]
    fn a_numeric_version_is_read_as_spelled() {
        let version = |raw: &str| {
            let file = format!(r#"{{"device":{{"version":{raw}}},"application":{{"version":{raw}}}}}"#);
            let document = Document::parse(file.as_bytes()).unwrap();
            let fields = document.fields();
            assert_eq!(fields.device_version, fields.application_version);
            fields.device_version.map(|text| text.into_owned())
        };
        for raw in ["28", "1.10", "-1", "1e400", "0"] {
            assert_eq!(version(raw).as_deref(), Some(raw));
        }
        assert_eq!(version(r#""15.4""#).as_deref(), Some("15.4"));
        for raw in ["true", "null", "[28]", "{}"] {
            assert_eq!(version(raw), None);
        }
    }

    #[test]
    fn a_doubled_known_key_is_found_wherever_it_stands() {
        let duplicate = |file: &str| Document::parse(file.as_bytes()).unwrap().duplicate();
        assert_eq!(duplicate(r#"{"status":"a","st\u0061tus":"b"}"#).as_deref(), Some("/status"));
        assert_eq!(duplicate(r#"{"device":{"id":1,"id":2}}"#).as_deref(), Some("/device/id"));
        assert_eq!(duplicate(r#"{"x":1,"x":2,"userInfo":{"id":1,"id":2}}"#), None);
    }
}
