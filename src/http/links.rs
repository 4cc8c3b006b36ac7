//! Addresses of pages, with names from outside made safe.

use std::fmt;

use askama::filters::HtmlSafe;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::services::accounts::User;

/// Everything but what RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One part of a path, or a key or value of a query.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A key or value of a query as it was meant.
fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// A path whose parts are encoded: nothing in it is to be escaped in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(String);

impl Path {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page of an app.
    pub fn app(app: &AppId) -> Self {
        Self(self::app(app))
    }

    /// The page of a session.
    pub fn session(key: &SessionKey) -> Self {
        Self(self::session(key))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Path {}

/// The page of an app.
pub fn app(app: &AppId) -> String {
    format!("/apps/{}", encode(app.as_str()))
}

/// The page of a session.
pub fn session(key: &SessionKey) -> String {
    format!("/apps/{}/sessions/{}", encode(key.app.as_str()), encode(key.id.as_str()))
}

/// The pairs of an address's query, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// From an address's query; what is no UTF-8 is shown as such.
    pub fn parse(query: &str) -> Self {
        let pairs =
            query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self(pairs.map(|(key, value)| (decode(key), decode(value))).collect())
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// The value of a key, or the empty text.
    pub fn text(&self, key: &str) -> String {
        self.get(key).unwrap_or_default().to_owned()
    }

    /// The day of a time, as a field for a day holds it.
    pub fn day(&self, key: &str) -> String {
        self.get(key).unwrap_or_default().chars().take(10).collect()
    }

    /// The same with this key set, or without it.
    #[must_use]
    pub fn with(&self, key: &str, value: Option<&str>) -> Self {
        let mut pairs = self.without(&[key]);
        if let Some(value) = value {
            pairs.0.push((key.to_owned(), value.to_owned()));
        }
        pairs
    }

    /// The same without these keys.
    #[must_use]
    pub fn without(&self, keys: &[&str]) -> Self {
        Self(self.0.iter().filter(|(key, _)| !keys.contains(&key.as_str())).cloned().collect())
    }

    /// `path?key=value…`.
    pub fn link(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// `key=value&…`.
    pub fn query(&self) -> String {
        let pairs: Vec<_> = self.0.iter().map(|(key, value)| format!("{}={}", encode(key), encode(value))).collect();
        pairs.join("&")
    }
}

/// Where to go back to: an address of this panel, or its first page. Every address that came from outside goes through
/// here before it is put into a link, a form or a redirect: none that a browser could take for another site gets through.
pub fn local(address: Option<&str>) -> &str {
    address.filter(|address| is_local(address)).unwrap_or("/")
}

fn is_local(address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default();
    path.starts_with('/')
        && !path.contains("//")
        && !path.split('/').any(is_step)
        && address.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'#')
        && address.len() <= 4096
}

/// Whether browsers take a segment of a path for a step in it, and not for a name.
pub fn is_step(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// The page of a user. A name that is a step gives way to the id.
pub fn user(user: &User) -> String {
    let name = if is_step(&user.name) { &user.id } else { &user.name };
    format!("/users/{}", encode(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_panel_are_gone_back_to() {
        for good in ["/", "/sessions?q=a%20b", "/apps/x", "/sessions?q=//x"] {
            assert_eq!(local(Some(good)), good);
        }
        for bad in [
            "",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "/a//evil.example",
            "/.//evil.example",
            "/../evil",
            "/sessions/../../evil?q",
            "/%2e%2E/evil",
            "/.%2e/evil",
            "/./evil",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "sessions",
            "/a\r\nX: y",
            "/\t/x",
            "/é",
        ] {
            assert_eq!(local(Some(bad)), "/", "{bad:?}");
        }
        assert_eq!(local(None), "/");
    }

    #[test]
    fn a_query_says_what_it_was_given() {
        let pairs = Pairs(vec![("q".into(), "a&b=ü".into())]).with("sort", Some("-email"));
        assert_eq!(pairs.link("/sessions"), "/sessions?q=a%26b%3D%C3%BC&sort=-email");
        assert_eq!(pairs.with("q", None).query(), "sort=-email");
        assert_eq!(Pairs::parse(&pairs.query()), pairs);
        assert_eq!(Pairs::parse("q=a+b&&x").get("q"), Some("a b"));
    }
}
