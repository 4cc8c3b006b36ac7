//! Which values of a document are secrets: those that stand under a name that says so, wherever it stands, and texts
//! that a login form sent with such a name in them.

use std::ops::Range;

use serde_json::value::RawValue;

use super::document::Document;
use super::members::{WHITE_SPACE, members, string};
use crate::domain::folding::fold;

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
            let pointer = format!("/{}", escaped(&name));
            let mut search = Search::default();
            let is_whole = is_secret_name(&name)
                || search.look(&pointer, member.value.get(), is_from_login(&name), DEEPEST).is_err();
            match is_whole {
                true => found.push(SecretValue { pointer, raw: member.value.get() }),
                false => found.extend(search.found),
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

/// There is more than can be told one by one.
struct TooMuch;

#[derive(Default)]
struct Search<'a> {
    found: Vec<SecretValue<'a>>,
    length: usize,
}

impl<'a> Search<'a> {
    /// `from_login` says that the texts are what a login form sent.
    fn look(&mut self, pointer: &str, raw: &'a str, from_login: bool, depth: usize) -> Result<(), TooMuch> {
        match raw.bytes().next() {
            Some(b'{' | b'[') if depth == 0 => self.hide(pointer.to_owned(), raw),
            Some(b'{') => self.look_into_object(pointer, raw, from_login, depth),
            Some(b'[') => {
                let items: Vec<&'a RawValue> = serde_json::from_str(raw).unwrap_or_default();
                let mut numbered = items.into_iter().enumerate();
                numbered
                    .try_for_each(|(n, item)| self.look(&format!("{pointer}/{n}"), item.get(), from_login, depth - 1))
            }
            Some(b'"') if from_login && string(raw).is_none_or(|text| holds_secret(&text, depth - 1)) => {
                self.hide(pointer.to_owned(), raw)
            }
            _ => Ok(()),
        }
    }

    fn look_into_object(&mut self, pointer: &str, raw: &'a str, from_login: bool, depth: usize) -> Result<(), TooMuch> {
        let members = members(raw).unwrap_or_default();
        // As `{ "name": "password", "value": "…" }`.
        let is_label = |name: &str| ["name", "key", "field", "label", "header"].contains(&fold(name).as_str());
        let is_labelled = from_login
            && members.iter().any(|member| {
                is_label(&member.name()) && string(member.value.get()).is_some_and(|text| is_secret_name(&text))
            });
        for member in members {
            let name = member.name();
            let pointer = format!("{pointer}/{}", escaped(&name));
            let raw = member.value.get();
            if is_secret_name(&name) || is_labelled && !is_label(&name) {
                self.hide(pointer, raw)?;
            } else {
                self.look(&pointer, raw, from_login || is_from_login(&name), depth - 1)?;
            }
        }
        Ok(())
    }

    fn hide(&mut self, pointer: String, raw: &'a str) -> Result<(), TooMuch> {
        self.length += pointer.len();
        self.found.push(SecretValue { pointer, raw });
        if self.length > MOST_POINTERS { Err(TooMuch) } else { Ok(()) }
    }
}

/// A name in a JSON pointer, as RFC 6901 asks.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The objects that hold what an app's login form sent.
fn is_from_login(name: &str) -> bool {
    ["parameters", "userinfo"].contains(&fold(name).as_str())
}

/// Whether a text has a secret in it: JSON in a text, a form's pairs, or a token. What only looks like JSON may have.
fn holds_secret(text: &str, depth: usize) -> bool {
    let text = text.trim();
    let starts = |start: &str| text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    if text.starts_with(['{', '[', '"']) {
        let Ok(inner) = serde_json::from_str::<&RawValue>(text) else { return true };
        let mut search = Search::default();
        let looked = search.look("", inner.get().trim_matches(WHITE_SPACE), true, depth);
        return looked.is_err() || !search.found.is_empty();
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

/// Names that are secrets as one of the words of a name: `userPin`, and not `shipping`.
const WORDS: [&str; 14] =
    ["pass", "pin", "pins", "otp", "totp", "hotp", "auth", "creds", "psw", "mdp", "cvv", "cvc", "senha", "puk"];
/// Names that are secrets wherever they stand in a name without its marks: `x-api-key`, `MYPASSWORD`.
const PARTS: [&str; 26] = [
    "password",
    "passwd",
    "passwort",
    "passcode",
    "passphrase",
    "kennwort",
    "motdepasse",
    "contrasena",
    "pwd",
    "token",
    "secret",
    "credential",
    "apikey",
    "privatekey",
    "sessionkey",
    "accesskey",
    "signingkey",
    "encryptionkey",
    "cookie",
    "bearer",
    "jwt",
    "pincode",
    "authoriz",
    "authoris",
    "sessionid",
    "sessid",
];

/// Whether a name says that its value is a secret, in any case and whatever stands between its words.
///
/// ```
/// use mobile_sessions::domain::session::secrets::is_secret_name;
/// assert!(["Token", "user_password", "apiKey", "PINCode"].into_iter().all(is_secret_name));
/// assert!(!["city", "shipping", "compass", "secretary"].into_iter().any(is_secret_name));
/// ```
pub fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let squashed = words.concat().replace("secretar", "");
    words.iter().any(|word| WORDS.contains(&word.as_str())) || PARTS.iter().any(|part| squashed.contains(part))
}

/// The words of a name in `camelCase`, `snake_case` or `kebab-case`, folded.
fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (n, &c) in chars.iter().enumerate() {
        let before = n.checked_sub(1).map(|n| chars[n]);
        let next_is_lower = chars.get(n + 1).is_some_and(|next| next.is_lowercase());
        let begins = before.is_some_and(|before| {
            c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && next_is_lower)
                || c.is_numeric() != before.is_numeric()
        });
        if begins || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric() || !c.is_ascii()) {
            word.push(c);
        }
    }
    words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers(file: &str) -> Vec<String> {
        let document = Document::parse(file.as_bytes()).unwrap();
        document.secrets().into_iter().map(|secret| secret.pointer).collect()
    }

    #[test]
    fn names_that_look_like_a_secret_are_told_from_those_that_do_not() {
        for name in [
            "password",
            "Password",
            "PASSWD",
            "pwd",
            "userPwd",
            "pass",
            "my_pass",
            "token",
            "accessToken",
            "ACCESS_TOKEN",
            "secret",
            "client-secret",
            "api_key",
            "API-Key",
            "apikey",
            "X-Api-Key",
            "authorization",
            "Authorisation",
            "auth",
            "credentials",
            "pin",
            "PIN",
            "pinCode",
            "userPIN",
            "otp",
            "OTPCode",
            "privateKey",
            "PRIVATE KEY",
            "jwt",
            "myJWT",
            "cookie",
            "Set-Cookie",
            "sessionKey",
            "session key",
            "pássword",
            "ｐａｓｓｗｏｒｄ",
            "pin2",
            "mot de passe",
            "Contraseña",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "city",
            "shipping",
            "pinned",
            "opinion",
            "compass",
            "passenger",
            "bypass",
            "secretary",
            "author",
            "session",
            "id",
            "key",
            "keyboard",
            "email",
            "login",
            "",
            "_",
            "status",
            "version",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn a_secret_is_found_at_any_depth_and_its_whole_value_goes() {
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
    fn texts_from_a_login_form_are_hidden_when_a_secret_is_in_them_or_may_be() {
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
            assert_eq!(pointers(&format!(r#"{{"note":"{text}"}}"#)).len(), 0, "{text}");
        }
        for text in ["Lyon", r#"{\"city\":\"Lyon\"}"#, "a=b", "12:30", "shipping: tomorrow"] {
            assert_eq!(pointers(&format!(r#"{{"userInfo":"{text}"}}"#)).len(), 0, "{text}");
        }
    }

    #[test]
    fn a_pair_of_name_and_value_is_a_member_too() {
        let file = r#"{"parameters":[{"name":"password","value":"x"},{"name":"city","value":"Lyon"}]}"#;
        assert_eq!(pointers(file), ["/parameters/0/value"]);
    }

    #[test]
    fn what_is_too_deep_or_too_much_is_hidden_whole() {
        let deep = format!(r#"{{"a":{}1{},"token":1}}"#, "[".repeat(100_000), "]".repeat(100_000));
        let found = pointers(&deep);
        assert_eq!((found.len(), found[0].len(), found[1].as_str()), (2, "/a".len() + 127 * "/0".len(), "/token"));
        let many = format!(r#"{{"userInfo":[{}1]}}"#, r#"{"token":1},"#.repeat(20_000));
        assert_eq!(pointers(&many), ["/userInfo"]);
    }
}
