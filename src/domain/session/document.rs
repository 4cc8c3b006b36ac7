//! The exact bytes of a session's file: where each value stands, and the splice that changes one.
//!
//! Nothing is reformatted: a splice keeps every byte outside the value it changes. Parsing is
//! strict about RFC 8259 and lenient about what 4D's unknown fields may hold: numbers beyond a
//! double, unpaired surrogate escapes and any depth (none of which `serde_json::Value` takes).

use std::borrow::Cow;
use std::ops::Range;

use serde_json::value::RawValue;

use super::fields::Fields;
use super::known::{KnownFields, Shape};
use super::members::{Member, WHITE_SPACE, members, string};

/// UTF-8's byte-order mark, which 4D wrote before v19 R2.
pub const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Why bytes are not a JSON object. Lines and columns count from 1; a column is in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// No bytes, or white space alone: often a file that is being written.
    Empty,
    /// The first byte that is not UTF-8.
    NotUtf8 {
        /// Counted from 0.
        offset: usize,
    },
    /// Not JSON by RFC 8259.
    NotJson {
        /// The line on which reading stopped.
        line: usize,
        /// The column in that line.
        column: usize,
    },
    NotAnObject,
}

/// A JSON object with the place of every member of its top level.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    bytes: &'a [u8],
    text: &'a str,
    members: Vec<Member<'a>>,
    known: KnownFields<'a>,
}

impl<'a> Document<'a> {
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let body = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let text = std::str::from_utf8(body)
            .map_err(|e| Malformed::NotUtf8 { offset: bytes.len() - body.len() + e.valid_up_to() })?;
        let members = members(text).map_err(|_| why_malformed(text))?;
        let known = KnownFields::among(&members);
        Ok(Self { bytes, text, members, known })
    }

    /// Whether a whole file of JSON stands there, as nothing that is half-written does.
    pub fn is_whole(bytes: &[u8]) -> bool {
        matches!(Document::parse(bytes), Ok(_) | Err(Malformed::NotAnObject))
    }

    /// All of it, without a byte-order mark.
    pub(super) fn whole(&self) -> &'a str {
        self.text
    }

    /// All of its bytes.
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The members of the top level, in their order.
    pub(super) fn members(&self) -> &[Member<'a>] {
        &self.members
    }

    /// The value of a member of the top level, as spelled. Of a doubled name, the last.
    pub fn value(&self, name: &str) -> Option<&'a str> {
        find(&self.members, name).map(RawValue::get)
    }

    /// The text of a member of the top level, if it is a string.
    pub fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.value(name).and_then(string)
    }

    /// The JSON pointer of the first known field that stands twice, if any.
    pub fn duplicate(&self) -> Option<String> {
        self.known.duplicate()
    }

    pub fn fields(&self) -> Fields<'a> {
        self.known.read()
    }

    /// The types of the known values.
    pub fn shape(&self) -> Shape {
        self.known.shape()
    }

    /// The file with this member of the top level replaced (added, where it is absent) by `value`,
    /// which must be the JSON spelling of a value; or without it, for `None`.
    ///
    /// Taking away what was added by this function gives the old bytes back.
    ///
    /// ```
    /// use mobile_sessions::domain::session::document::Document;
    /// let file = b"{\r\t\"status\" : \"pending\"\r}";
    /// let changed = Document::parse(file).unwrap().with("status", Some("\"accepted\""));
    /// assert_eq!(changed, b"{\r\t\"status\" : \"accepted\"\r}");
    /// ```
    pub fn with(&self, name: &str, value: Option<&str>) -> Vec<u8> {
        let place = self.members.iter().rposition(|member| member.name == name.as_bytes());
        match (place, value) {
            (Some(place), Some(value)) => self.splice(self.value_span(place), value),
            (Some(place), None) => self.splice(self.member_span(place), ""),
            (None, Some(value)) => self.insert(name, value),
            (None, None) => self.bytes.to_vec(),
        }
    }

    fn splice(&self, span: Range<usize>, new: &str) -> Vec<u8> {
        let start = self.bytes.len() - self.text.len();
        let mut bytes = Vec::with_capacity(self.bytes.len() + new.len());
        bytes.extend_from_slice(&self.bytes[..start + span.start]);
        bytes.extend_from_slice(new.as_bytes());
        bytes.extend_from_slice(&self.bytes[start + span.end..]);
        bytes
    }

    /// Behind the last member, spelled with that member's white space.
    fn insert(&self, name: &str, value: &str) -> Vec<u8> {
        let name = serde_json::Value::from(name);
        let Some(last) = self.members.len().checked_sub(1) else {
            let inside = self.opening() + 1;
            return self.splice(inside..inside, &format!("{name}:{value}"));
        };
        let name_span = self.name_span(last);
        let before = &self.text[self.name_gap(last)];
        let colon = &self.text[name_span.end..self.value_span(last).start];
        let end = self.value_span(last).end;
        self.splice(end..end, &format!(",{before}{name}{colon}{value}"))
    }

    /// The member with the comma and white space that go with it.
    fn member_span(&self, place: usize) -> Range<usize> {
        let value = self.value_span(place);
        match (place.checked_sub(1), place + 1 < self.members.len()) {
            (Some(previous), _) => self.value_span(previous).end..value.end,
            (None, true) => self.name_span(0).start..self.name_span(1).start,
            (None, false) => self.opening() + 1..value.end,
        }
    }

    fn value_span(&self, place: usize) -> Range<usize> {
        self.span(self.members[place].value.get())
    }

    /// Where a value stands in the text, as it was borrowed from it.
    pub(super) fn span(&self, raw: &str) -> Range<usize> {
        let start = raw.as_ptr() as usize - self.text.as_ptr() as usize;
        start..start + raw.len()
    }

    /// The white space right before a member's name.
    fn name_gap(&self, place: usize) -> Range<usize> {
        let from = match place.checked_sub(1) {
            Some(previous) => {
                let end = self.value_span(previous).end;
                end + self.text[end..].find(',').map_or(0, |comma| comma + 1)
            }
            None => self.opening() + 1,
        };
        let gap = self.text[from..].len() - self.text[from..].trim_start_matches(WHITE_SPACE).len();
        from..from + gap
    }

    /// A member's name with its quotes.
    fn name_span(&self, place: usize) -> Range<usize> {
        let start = self.name_gap(place).end;
        let mut escaped = false;
        let inside = self.text.as_bytes()[start + 1..].iter().position(|&byte| match byte {
            _ if escaped => {
                escaped = false;
                false
            }
            b'\\' => {
                escaped = true;
                false
            }
            byte => byte == b'"',
        });
        start..start + 1 + inside.map_or(0, |length| length + 1)
    }

    fn opening(&self) -> usize {
        self.text.find('{').unwrap_or(0)
    }
}

fn find<'a>(members: &[Member<'a>], name: &str) -> Option<&'a RawValue> {
    members.iter().rfind(|member| *member.name == *name.as_bytes()).map(|member| member.value)
}

fn why_malformed(text: &str) -> Malformed {
    if text.trim_matches(WHITE_SPACE).is_empty() {
        return Malformed::Empty;
    }
    match serde_json::from_str::<&RawValue>(text) {
        Err(error) => Malformed::NotJson { line: error.line(), column: error.column() },
        Ok(_) => Malformed::NotAnObject,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn with(file: &str, name: &str, value: Option<&str>) -> String {
        String::from_utf8(Document::parse(file.as_bytes()).unwrap().with(name, value)).unwrap()
    }

    #[test]
    fn a_key_spelled_with_an_escape_is_still_that_key() {
        let file = r#"{"st\u0061tus":"pending","a":1}"#;
        assert_eq!(with(file, "status", Some("\"accepted\"")), r#"{"st\u0061tus":"accepted","a":1}"#);
    }

    #[test]
    fn a_status_inside_another_object_is_not_the_status() {
        let file = r#"{"userInfo":{"status":"x"}}"#;
        assert_eq!(Document::parse(file.as_bytes()).unwrap().text("status"), None);
        assert_eq!(with(file, "status", Some("\"p\"")), r#"{"userInfo":{"status":"x"},"status":"p"}"#);
    }

    #[test]
    fn what_was_added_is_taken_away_without_a_trace() {
        for file in [
            "{}",
            "{ }",
            "\u{feff}{\r\n\t\"a\" : 1\r\n}\r\n",
            "{\"a\":1,\r\t\"b\\\"\": [ ] }",
            "  {  \"a\":1 , \"b\":2 } ",
        ] {
            let added = with(file, "status", Some("\"pending\""));
            assert_eq!(Document::parse(added.as_bytes()).unwrap().text("status").unwrap(), "pending", "{added}");
            assert_eq!(with(&added, "status", None), file);
        }
    }

    #[test]
    fn an_added_member_takes_the_spelling_of_its_neighbour() {
        let file = "{\n\t\"a\" : 1,\n\t\"b\" : 2\n}";
        assert_eq!(with(file, "status", Some("3")), "{\n\t\"a\" : 1,\n\t\"b\" : 2,\n\t\"status\" : 3\n}");
    }

    #[test]
    fn a_first_or_middle_member_can_be_taken_away() {
        assert_eq!(with(r#"{ "status":1, "b":2 }"#, "status", None), r#"{ "b":2 }"#);
        assert_eq!(with(r#"{"a":1,"status":1,"b":2}"#, "status", None), r#"{"a":1,"b":2}"#);
    }

    #[test]
    fn valid_json_that_a_value_cannot_hold_is_read() {
        let deep = format!(r#"{{"status":"pending","x":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        for file in [
            r#"{"status":"pending","x":1e400}"#,
            r#"{"status":"pending","x":"\ud800"}"#,
            r#"{"status":"pending","\ud800":1}"#,
            &deep,
        ] {
            let document = Document::parse(file.as_bytes()).unwrap();
            assert_eq!(document.text("status").unwrap(), "pending");
        }
    }

    #[test]
    fn what_is_not_an_object_says_why() {
        let why = |bytes: &[u8]| Document::parse(bytes).unwrap_err();
        assert_eq!(why(b""), Malformed::Empty);
        assert_eq!(why(b"\xEF\xBB\xBF \r\n"), Malformed::Empty);
        assert_eq!(why(b"{\"a\":\xff}"), Malformed::NotUtf8 { offset: 5 });
        assert_eq!(why(b"\xEF\xBB\xBF\xff"), Malformed::NotUtf8 { offset: 3 });
        assert_eq!(why(b"[]"), Malformed::NotAnObject);
        assert_eq!(why(b"\"x\""), Malformed::NotAnObject);
        assert!(matches!(why(b"{\"a\":1"), Malformed::NotJson { line: 1, .. }));
        assert!(matches!(why(b"{} x"), Malformed::NotJson { .. }));
        assert!(matches!(why(b"{'a':1}"), Malformed::NotJson { .. }));
        assert!(matches!(why(b"{\"a\":NaN}"), Malformed::NotJson { .. }));
        assert!(matches!(why(b"{\"a\":1,}"), Malformed::NotJson { .. }));
        assert!(matches!(why(b"{\"a\":\"\x01\"}"), Malformed::NotJson { .. }));
    }

    #[test]
    fn a_raw_control_character_in_a_string_is_no_json() {
        for control in (0..0x20_u8).map(char::from) {
            for file in [
                "{`a~b`:1}",
                "{`a`:`~`}",
                "{`x`:{`~`:1}}",
                "{`x`:[{`y`:`a~`}]}",
                "{`\\u0061~`:1}",
                "{`device`:{`~id`:1}}",
            ] {
                let file = file.replace('`', "\"");
                let raw = file.replace('~', &control.to_string());
                assert!(matches!(Document::parse(raw.as_bytes()), Err(Malformed::NotJson { .. })), "{raw:?}");
                let escaped = file.replace('~', &format!("\\u{:04x}", u32::from(control)));
                assert!(Document::parse(escaped.as_bytes()).is_ok(), "{escaped}");
            }
        }
        assert!(Document::parse("{\"a\u{7f}\u{85}\":1}".as_bytes()).is_ok(), "JSON allows the others");
    }

    #[test]
    fn half_of_a_surrogate_pair_is_read_as_one_sign() {
        let file = r#"{"email":"a\ud83d\ud83d","status":"\ud83d\ude00\udc00","send":"���"}"#;
        let document = Document::parse(file.as_bytes()).unwrap();
        assert_eq!(document.text("email").unwrap(), "a\u{fffd}\u{fffd}");
        assert_eq!(document.text("status").unwrap(), "😀\u{fffd}");
        assert_eq!(document.text("send").unwrap(), "���");
    }

    /// Valid JSON in any spelling: white space, escapes, numbers and nesting as they come.
    pub(in crate::domain) mod any_document {
        use proptest::collection::vec;
        use proptest::prelude::*;
        use proptest::sample::select;

        use super::*;

        fn gap() -> impl Strategy<Value = String> {
            "[ \t\r\n]{0,2}"
        }

        fn text() -> impl Strategy<Value = String> {
            let part = prop_oneof![
                "[a-z{}:, \u{e9}\u{1f600}]{1,4}",
                select(vec!["\\\"", "\\\\", "\\n", "\\/", "\\u0041", "\\ud83d\\ude00", "\\ud800", "\\udc00"])
                    .prop_map(str::to_owned),
            ];
            vec(part, 0..4).prop_map(|parts| format!("\"{}\"", parts.concat()))
        }

        fn value() -> impl Strategy<Value = String> {
            let plain = prop_oneof![
                text(),
                "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?",
                select(vec!["true", "false", "null"]).prop_map(str::to_owned),
            ];
            plain.prop_recursive(4, 24, 4, |inner| {
                let item = (gap(), inner.clone(), gap()).prop_map(|(a, value, b)| format!("{a}{value}{b}"));
                prop_oneof![
                    vec(item, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
                    vec(member(text(), inner), 0..4).prop_map(|members| format!("{{{}}}", members.join(","))),
                ]
            })
        }

        fn member(
            name: impl Strategy<Value = String>,
            value: impl Strategy<Value = String>,
        ) -> impl Strategy<Value = String> {
            (gap(), name, gap(), gap(), value, gap())
                .prop_map(|(a, name, b, c, value, d)| format!("{a}{name}{b}:{c}{value}{d}"))
        }

        /// With known names among them, doubled now and then, spelled plainly or not.
        pub fn file() -> impl Strategy<Value = String> {
            let known = select(vec!["\"status\"", "\"st\\u0061tus\"", "\"email\"", "\"device\"", "\"token\"", "\"x\""]);
            let name = prop_oneof![2 => known.prop_map(str::to_owned), 3 => text()];
            let mark = select(vec!["", "\u{feff}"]);
            (mark, gap(), vec(member(name, value()), 0..6), gap(), gap()).prop_map(|(mark, a, members, inside, b)| {
                let inside = if members.is_empty() { inside } else { members.join(",") };
                format!("{mark}{a}{{{inside}}}{b}")
            })
        }

        /// Every member but the last of this name, as spelled.
        fn others(file: &[u8], name: &str) -> Vec<(Vec<u8>, String)> {
            let document = Document::parse(file).unwrap();
            let last = document.members.iter().rposition(|member| *member.name == *name.as_bytes());
            let members = document.members.iter().enumerate().filter(|(place, _)| Some(*place) != last);
            members.map(|(_, member)| (member.name.to_vec(), member.value.get().to_owned())).collect()
        }

        proptest! {
            #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

            #[test]
            fn a_change_touches_the_value_and_nothing_else(
                file in file(),
                name in select(vec!["status", "email"]),
                new in value(),
            ) {
                let old = Document::parse(file.as_bytes()).unwrap();
                let changed = old.with(name, Some(&new));
                let now = Document::parse(&changed).unwrap();
                prop_assert_eq!(now.value(name), Some(new.as_str()));
                prop_assert_eq!(others(&changed, name), others(file.as_bytes(), name));
                if let Some(was) = old.value(name) {
                    let start = was.as_ptr() as usize - file.as_ptr() as usize;
                    let expected = [&file[..start], &new, &file[start + was.len()..]].concat();
                    prop_assert_eq!(changed, expected.into_bytes());
                } else {
                    // One place got longer: what stands before and behind it is as it was.
                    let added = changed.len() - file.len();
                    let same = file.bytes().zip(&changed).take_while(|(one, other)| one == *other).count();
                    prop_assert!((0..=same).rev().any(|at| file.as_bytes()[at..] == changed[at + added..]));
                    prop_assert_eq!(now.with(name, None), file.into_bytes(), "taken away, it leaves no trace");
                }
            }

            #[test]
            fn the_parser_agrees_with_serde_json_on_objects(
                file in file(),
                at in any::<prop::sample::Index>(),
                put in prop_oneof!["[\0-\x1f]", "[\"\\\\{}:,u0]", ".{0,2}"],
            ) {
                let body = file.trim_start_matches('\u{feff}');
                let places: Vec<usize> = body.char_indices().map(|(place, _)| place).collect();
                let mut text = body.to_owned();
                text.insert_str(*at.get(&places), &put);
                let json = text.strip_prefix('\u{feff}').unwrap_or(&text);
                let oracle = serde_json::from_str::<&RawValue>(json).is_ok_and(|raw| raw.get().starts_with('{'));
                prop_assert_eq!(Document::parse(text.as_bytes()).is_ok(), oracle, "{:?}", text);
            }

            #[test]
            fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..80)) {
                look_at(&bytes);
            }

            #[test]
            fn a_document_with_foreign_bytes_is_read_or_refused(
                file in file(),
                at in any::<prop::sample::Index>(),
                cut in 0..4_usize,
                put in vec(any::<u8>(), 0..4),
            ) {
                let mut bytes = file.into_bytes();
                let at = at.index(bytes.len());
                let end = (at + cut).min(bytes.len());
                bytes.splice(at..end, put);
                look_at(&bytes);
                look_at(&bytes[..at]);
            }
        }

        /// Does all that can be done with bytes.
        fn look_at(bytes: &[u8]) {
            let Ok(document) = Document::parse(bytes) else { return };
            let _ = (document.fields(), document.shape().outline(), document.duplicate());
            for name in ["status", "email", "\u{0}\""] {
                let with = document.with(name, Some("{\"a\":[]}"));
                assert_eq!(Document::parse(&with).unwrap().value(name), Some("{\"a\":[]}"));
                assert!(Document::parse(&document.with(name, None)).is_ok());
            }
        }
    }
}
