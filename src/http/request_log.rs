//! What of a request stands in the log.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// How much of a path is shown.
const LONGEST: usize = 300;
/// How often a path may be percent-encoded before it is taken for a disguise.
const LAYERS: usize = 5;
/// Our secrets are 43 characters of base64 without a break. The names of sessions are digits of base 16.
const SECRET_LENGTH: usize = 40;

/// A path as it may be shown: one short line, without what looks like a secret, however it is spelled.
pub fn shown_path(path: &str) -> Cow<'_, str> {
    let Some(decoded) = decode(path) else { return "/…".into() };
    let segments: Vec<&str> = decoded.split(['/', '\\']).filter(|segment| !segment.is_empty()).collect();
    if let Some(at) = segments.iter().position(|segment| is_link(segment))
        && at + 1 < segments.len()
    {
        return "/link/…".into();
    }
    if decoded.split(|c: char| !is_of_secret(c)).any(looks_secret) {
        return "/…".into();
    }
    one_line(path)
}

/// Without percent-encoding; `None` for what is still encoded after a few layers.
fn decode(path: &str) -> Option<String> {
    let mut text = path.to_owned();
    for _ in 0..LAYERS {
        let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        if decoded == text {
            return Some(text);
        }
        text = decoded;
    }
    None
}

/// Whether what stands behind this segment is the secret of an approval link, or was meant to be.
fn is_link(segment: &str) -> bool {
    segment.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case("link")
}

fn is_of_secret(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

fn looks_secret(word: &str) -> bool {
    word.len() >= SECRET_LENGTH && !word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn one_line(path: &str) -> Cow<'_, str> {
    if path.len() <= LONGEST && path.bytes().all(|byte| byte.is_ascii_graphic()) {
        return path.into();
    }
    let characters = path.chars().take(LONGEST);
    let mut text: String =
        characters.map(|c| if c.is_ascii_graphic() { c.to_string() } else { c.escape_unicode().to_string() }).collect();
    if path.chars().nth(LONGEST).is_some() {
        text.push('…');
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";

    #[test]
    fn no_spelling_of_a_path_shows_a_secret() {
        for path in [
            "/link/S",
            "/%6Cink/S",
            "/%256cink/S",
            "//link/S",
            "/link//S",
            "/LINK/S",
            "/link/S/more",
            "/x/link/S",
            "/link;x/S",
            "/%2flink%2fS",
            "/\\link\\S",
            "/./link/S",
            "/S",
            "/S?x",
            "/setup%3Ftoken=S",
            "/foo/S/bar",
            "/static/../link/S",
            "/%25252525252525256cink/S",
        ] {
            let path = path.replace('S', SECRET);
            let shown = shown_path(&path);
            assert!(!shown.contains(&SECRET[..10]), "{path}: {shown}");
        }
        assert_eq!(shown_path(&format!("/a/{}", SECRET.replace('q', "%71"))), "/…");
    }

    #[test]
    fn other_paths_are_logged_in_one_short_line() {
        let id = "7023d9205074199d1c16fc00d24354e778137675";
        for path in ["/", "/login", "/link", &format!("/api/v1/apps/UTT7VDX8W5.com.contactApp.Contact/sessions/{id}")] {
            assert_eq!(shown_path(path), path);
        }
        assert_eq!(shown_path("/a\u{202e}b"), "/a\\u{202e}b");
        assert!(shown_path(&"/a".repeat(5000)).chars().count() <= LONGEST + 1);
    }
}
