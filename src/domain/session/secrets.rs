//! Which values of a document are secrets: those that stand under a name that says so, wherever it stands, and texts
//! that a login form sent, or that are JSON, with such a name in them.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::value::RawValue;

use super::cursor::Cursor;
use super::document::Document;
use super::members::string;
use super::secret_names::is_secret_name;
use crate::domain::folding::fold;
use crate::domain::token::ConnectionToken;

/// What lies deeper is hidden whole: `serde_json` reads no deeper either.
const DEEPEST: usize = 127;
/// The most bytes that the pointers of one member of the top level have together. Beyond, it is hidden whole.
const MOST_POINTERS: usize = 64 << 10;

/// A value that is not for everybody.
pub struct SecretValue<'a> {
    /// Where it stands, as a JSON pointer.
    pub pointer: String,
    raw: &'a str,
}

impl<'a> Document<'a> {
    /// All of its secrets, in their order. A name that stands twice is there twice.
    pub fn secrets(&self) -> Vec<SecretValue<'a>> {
        let mut found = Vec::new();
        for member in self.members() {
            let name = member.name();
            let path = Path { parent: None, step: Step::Member(&name) };
            let mut search = Search::new(member.value.get());
            let is_whole = is_secret_name(&name) || search.look(&path, is_from_login(&name), DEEPEST).is_err();
            match is_whole {
                true => found.push(SecretValue { pointer: path.pointer(), raw: member.value.get() }),
                false => found.extend(search.found.into_iter().map(|(_, secret)| secret)),
            }
        }
        found
    }

    /// The file with this text in the place of every secret.
    pub fn masked(&self, mask: &str) -> Vec<u8> {
        let mask = serde_json::Value::from(mask).to_string();
        let (bytes, text) = (self.bytes(), self.whole());
        let mut masked = bytes[..bytes.len() - text.len()].to_vec();
        let mut done = 0;
        for secret in self.secrets() {
            let Range { start, end } = self.span(secret.raw);
            masked.extend_from_slice(&text.as_bytes()[done..start]);
            masked.extend_from_slice(mask.as_bytes());
            done = end;
        }
        masked.extend_from_slice(&text.as_bytes()[done..]);
        masked
    }
}

/// Where a value stands: written out for those alone that are hidden.
struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    step: Step<'p>,
}

enum Step<'p> {
    Member(&'p str),
    Item(usize),
}

impl Path<'_> {
    /// Of its pointer, at least.
    fn length(&self) -> usize {
        let own = match self.step {
            Step::Member(name) => name.len(),
            Step::Item(_) => 1,
        };
        1 + own + self.parent.map_or(0, Path::length)
    }

    fn pointer(&self) -> String {
        let step = match self.step {
            Step::Member(name) => escaped(name),
            Step::Item(place) => place.to_string(),
        };
        self.parent.map_or_else(String::new, Path::pointer) + "/" + &step
    }
}

/// There is more than can be told one by one.
struct TooMuch;

/// A look through one value.
struct Search<'a> {
    cursor: Cursor<'a>,
    /// Each with where it begins.
    found: Vec<(usize, SecretValue<'a>)>,
    length: usize,
}

impl<'a> Search<'a> {
    fn new(raw: &'a str) -> Self {
        Self { cursor: Cursor::new(raw), found: Vec::new(), length: 0 }
    }

    /// `from_login` says that the texts are what a login form sent.
    fn look(&mut self, path: &Path<'_>, from_login: bool, depth: usize) -> Result<(), TooMuch> {
        match self.cursor.peek() {
            Some(b'{' | b'[') if depth == 0 => self.hide(path),
            Some(b'{') => self.look_into_object(path, from_login, depth),
            Some(b'[') => self.look_into_array(path, from_login, depth),
            _ => {
                let start = self.cursor.at();
                let raw = self.cursor.skip();
                let is_hidden = (from_login || may_hold_json(raw))
                    && raw.starts_with('"')
                    && string(raw).is_none_or(|text| depth == 0 || holds_secret(&text, from_login, depth - 1));
                if is_hidden { self.add(path, start, raw) } else { Ok(()) }
            }
        }
    }

    fn look_into_array(&mut self, path: &Path<'_>, from_login: bool, depth: usize) -> Result<(), TooMuch> {
        // As `["password", "…"]`.
        let mut follows_name = false;
        self.cursor.enter();
        let mut place = 0;
        while self.cursor.goes_on() {
            let own = Path { parent: Some(path), step: Step::Item(place) };
            self.cursor.peek();
            let start = self.cursor.at();
            match follows_name {
                true => self.hide(&own)?,
                false => self.look(&own, from_login, depth - 1)?,
            }
            let text = string(self.cursor.since(start));
            follows_name = !follows_name && from_login && text.is_some_and(|text| names_a_secret(&text));
            place += 1;
        }
        Ok(())
    }

    fn look_into_object(&mut self, path: &Path<'_>, from_login: bool, depth: usize) -> Result<(), TooMuch> {
        let before = self.found.len();
        // As `{ "name": "password", "value": "…" }`.
        let (mut members, mut is_labelled) = (Vec::new(), false);
        self.cursor.enter();
        while self.cursor.goes_on() {
            let name = self.cursor.name();
            let own = Path { parent: Some(path), step: Step::Member(&name) };
            self.cursor.peek();
            let start = self.cursor.at();
            if is_secret_name(&name) {
                self.hide(&own)?;
            } else {
                self.look(&own, from_login || is_from_login(&name), depth - 1)?;
            }
            if from_login {
                let raw = self.cursor.since(start);
                is_labelled |= is_label(&name) && string(raw).is_some_and(|text| is_secret_name(&text));
                members.push((name, start, raw));
            }
        }
        if is_labelled {
            self.hide_all_but_labels(path, before, &members)?;
        }
        Ok(())
    }

    /// In place of what was found in the members, all of them; only in labels it stays.
    fn hide_all_but_labels(
        &mut self,
        path: &Path<'_>,
        before: usize,
        members: &[(Cow<'a, str>, usize, &'a str)],
    ) -> Result<(), TooMuch> {
        let mut found = self.found.split_off(before).into_iter().peekable();
        for (name, start, raw) in members {
            let is_label = is_label(name) && !is_secret_name(name);
            while let Some(inner) = found.next_if(|(at, _)| *at < start + raw.len()) {
                self.found.extend(is_label.then_some(inner));
            }
            if !is_label {
                self.add(&Path { parent: Some(path), step: Step::Member(name) }, *start, raw)?;
            }
        }
        Ok(())
    }

    fn hide(&mut self, path: &Path<'_>) -> Result<(), TooMuch> {
        self.cursor.peek();
        let start = self.cursor.at();
        let raw = self.cursor.skip();
        self.add(path, start, raw)
    }

    fn add(&mut self, path: &Path<'_>, start: usize, raw: &'a str) -> Result<(), TooMuch> {
        self.length += path.length();
        if self.length > MOST_POINTERS {
            return Err(TooMuch);
        }
        self.found.push((start, SecretValue { pointer: path.pointer(), raw }));
        Ok(())
    }
}

/// A name of a member that says what another one is.
fn is_label(name: &str) -> bool {
    ["name", "key", "field", "label", "header"].contains(&fold(name).as_str())
}

/// Whether a text is nothing but the name of a secret: what follows it in an array is its value.
fn names_a_secret(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-')) && is_secret_name(text)
}

/// A name in a JSON pointer, as RFC 6901 asks.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The objects that hold what an app's login form sent.
fn is_from_login(name: &str) -> bool {
    ["parameters", "userinfo"].contains(&fold(name).as_str())
}

/// Whether a text, as spelled, can be JSON or a connection token: most are neither, and are not looked at.
fn may_hold_json(raw: &str) -> bool {
    let text = raw.trim_start_matches('"').trim_start();
    text.starts_with(['{', '[', '\\']) || text.starts_with("ey")
}

/// Whether a text has a secret in it: JSON in a text, or the connection token of a session. In what a login form sent
/// also a form's pairs, or any token; and what only looks like JSON may have.
fn holds_secret(text: &str, from_login: bool, depth: usize) -> bool {
    let text = text.trim();
    let starts = |start: &str| text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    if text.starts_with(['{', '[', '"']) {
        let Ok(inner) = serde_json::from_str::<&RawValue>(text) else { return from_login };
        let mut search = Search::new(inner.get());
        let looked = search.look(&Path { parent: None, step: Step::Item(0) }, from_login, depth);
        return looked.is_err() || !search.found.is_empty();
    }
    if !from_login {
        return ConnectionToken::decode(text).is_some();
    }
    // The base64 of what begins like a JSON object, as tokens do.
    text.starts_with("eyJ") || starts("Bearer ") || starts("Basic ") || has_secret_pair(text)
}

/// As `user=a&password=b`, `PIN: 1`, `<token>`.
fn has_secret_pair(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(['=', ':', '>']).any(|(place, _)| {
        let before = text[..place].trim_end_matches(['"', '\'', ' ']);
        // Names are short; a long text is not gone through again and again.
        let name: Vec<char> = before.chars().rev().take(64).take_while(|&c| is_part(c)).collect();
        is_secret_name(&name.into_iter().rev().collect::<String>())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers(file: &str) -> Vec<String> {
        let document = Document::parse(file.as_bytes()).unwrap();
        document.secrets().into_iter().map(|secret| secret.pointer).collect()
    }

    #[test]
    fn a_secret_at_any_depth_is_hidden_whole() {
        let file = r#"{"a":[{"Token":{"x":[1]}}],"p\u0061ssword":1,"device":[{"token":null},{"id":1}],
            "PARAMETERS":{"city":"Lyon","a/b":{"~pin":0}},"userInfo":[[{"otp":true}]],"token":"a","token":"b"}"#;
        assert_eq!(
            pointers(file),
            [
                "/a/0/Token",
                "/password",
                "/device/0/token",
                "/PARAMETERS/a~1b/~0pin",
                "/userInfo/0/0/otp",
                "/token",
                "/token"
            ]
        );
        let document = Document::parse(file.as_bytes()).unwrap();
        let masked = String::from_utf8(document.masked("*")).unwrap();
        assert!(
            masked.contains(r#"[{"Token":"*"}],"p\u0061ssword":"*","device":[{"token":"*"},{"id":1}]"#),
            "{masked}"
        );
        assert!(masked.ends_with(r#""token":"*","token":"*"}"#), "{masked}");
    }

    #[test]
    fn login_form_texts_that_may_hold_secrets_are_hidden() {
        for text in [
            r#"{\"password\":\"x\"}"#,
            r#"[{\"a\":{\"pin\":1}}]"#,
            r#" {\"pass"#,
            r#"\"{\\\"token\\\":1}\""#,
            "user=a&password=b",
            "PIN: 12",
            "<token>x</token>",
            "eyJhbGciOiJub25lIn0.e30.",
            "Bearer x",
            "https://x/?token=1",
        ] {
            assert_eq!(pointers(&format!(r#"{{"userInfo":"{text}"}}"#)), ["/userInfo"], "{text}");
            assert_eq!(pointers(&format!(r#"{{"parameters":{{"a":["{text}"]}}}}"#)), ["/parameters/a/0"], "{text}");
            // Elsewhere, what is JSON and has one.
            let is_json = text.ends_with(['}', ']', '"']);
            assert_eq!(pointers(&format!(r#"{{"note":["{text}"]}}"#)).len(), usize::from(is_json), "{text}");
        }
        for text in ["Lyon", r#"{\"city\":\"Lyon\"}"#, "a=b", "12:30", "shipping: tomorrow"] {
            assert_eq!(pointers(&format!(r#"{{"userInfo":"{text}"}}"#)).len(), 0, "{text}");
        }
    }

    #[test]
    fn a_pair_of_name_and_value_is_a_member_too() {
        let file = r#"{"parameters":[{"name":"password","value":"x"},{"name":"city","value":"Lyon"}]}"#;
        assert_eq!(pointers(file), ["/parameters/0/value"]);
        assert_eq!(pointers(r#"{"parameters":{"v":["password","x"],"w":["city","Lyon"]}}"#), ["/parameters/v/1"]);
    }

    #[test]
    fn any_file_is_looked_through_in_a_moment() {
        let long = "n".repeat(1 << 19);
        let files = [
            ("items below a long name", format!(r#"{{"a":{{"{long}":[{}1]}}}}"#, "1,".repeat(1 << 18))),
            (
                "items at the bottom",
                format!(r#"{{"a":{}{}1{}}}"#, "[".repeat(126), "1,".repeat(1 << 19), "]".repeat(126)),
            ),
            ("many names", format!(r#"{{"a":{{{}"b":1}}}}"#, r#""abc":1,"#.repeat(1 << 17))),
            ("names like secrets", format!(r#"{{"userInfo":{{{}"b":1}}}}"#, r#""pinx":1,"#.repeat(1 << 17))),
            ("pairs", format!(r#"{{"userInfo":"{}"}}"#, "abc=".repeat(1 << 18))),
            (
                "labels in labels",
                format!(r#"{{"userInfo":{}1{}}}"#, r#"{"name":"pin","label":"#.repeat(120), "}".repeat(120)),
            ),
        ];
        for (what, file) in files {
            let document = Document::parse(file.as_bytes()).unwrap();
            let start = std::time::Instant::now();
            let found = document.secrets().len();
            println!("{what}: {:?}, {found} found", start.elapsed());
            // Without optimisation, on a busy machine.
            assert!(start.elapsed() < std::time::Duration::from_secs(3), "{what}: {:?}", start.elapsed());
        }
    }

    #[test]
    fn what_is_too_deep_or_too_much_is_hidden_whole() {
        let deep = format!(r#"{{"a":{}1{},"token":1}}"#, "[".repeat(100_000), "]".repeat(100_000));
        let found = pointers(&deep);
        assert_eq!((found.len(), found[0].len(), found[1].as_str()), (2, "/a".len() + 127 * "/0".len(), "/token"));
        let text = format!(r#"{{"userInfo":{}"x"{}}}"#, "[".repeat(127), "]".repeat(127));
        assert_eq!(pointers(&text).len(), 1, "a text as deep as that");
        let many = format!(r#"{{"userInfo":[{}1]}}"#, r#"{"token":1},"#.repeat(20_000));
        assert_eq!(pointers(&many), ["/userInfo"]);
    }
}
