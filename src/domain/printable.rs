//! Text that others wrote, for one line of a page, a terminal or the log.

/// What does not belong into a line: control characters, and marks that end it or turn the direction of what follows.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}')
}

/// The same text with such characters spelled out, as `\u{1b}`.
///
/// ```
/// use mobile_sessions::domain::printable::spelled_out;
/// assert_eq!(spelled_out("a\u{1b}[2Jb\u{202e}c"), "a\\u{1b}[2Jb\\u{202e}c");
/// ```
pub fn spelled_out(text: &str) -> String {
    text.chars().map(|c| if is_unprintable(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

/// JSON with such characters as JSON escapes them. They stand in its strings alone: it is the same value.
///
/// ```
/// use mobile_sessions::domain::printable::escaped_json;
/// assert_eq!(escaped_json("{\n\"a\":\"\u{9b}\"}"), "{\n\"a\":\"\\u009b\"}");
/// ```
pub fn escaped_json(json: &str) -> String {
    let escape =
        |c: char| if is_unprintable(c) && c != '\n' { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    json.chars().map(escape).collect()
}
