//! Goes through the text of valid JSON once, value by value, however deep it is and whatever numbers and texts it holds.

use std::borrow::Cow;

use super::members::string;

/// A place in the text.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Where it is, in bytes.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The text from there up to where it is now.
    pub(super) fn since(&self, start: usize) -> &'a str {
        &self.text[start..self.at]
    }

    /// The first byte of the next value, name or end of an array or object.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b':') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// Goes into the array or object that is next.
    pub(super) fn enter(&mut self) {
        self.at += 1;
    }

    /// Whether there is more in the array or object; otherwise goes out of it.
    pub(super) fn goes_on(&mut self) -> bool {
        match self.peek() {
            None => false,
            Some(b'}' | b']') => {
                self.at += 1;
                false
            }
            Some(_) => true,
        }
    }

    /// Passes over a member's name; it is decoded.
    pub(super) fn name(&mut self) -> Cow<'a, str> {
        string(self.skip()).unwrap_or_default()
    }

    /// Passes over the next value, which is given as it is spelled.
    pub(super) fn skip(&mut self) -> &'a str {
        let first = self.peek();
        let start = self.at;
        match first {
            Some(b'"') => self.skip_string(),
            Some(b'{' | b'[') => self.skip_nested(),
            _ => {
                let rest = &self.text[start..];
                self.at += rest.find([',', '}', ']', ' ', '\t', '\n', '\r']).unwrap_or(rest.len());
            }
        }
        self.since(start)
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(found) = memchr::memchr2(b'"', b'\\', &self.text.as_bytes()[self.at..]) {
            let is_end = self.text.as_bytes()[self.at + found] == b'"';
            self.at += found + if is_end { 1 } else { 2 };
            if is_end {
                return;
            }
        }
        self.at = self.text.len();
    }

    fn skip_nested(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'"' => {
                    self.skip_string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_is_passed_over_as_it_is_spelled() {
        let mut cursor = Cursor::new(r#" { "a\u0062" : [1, {"]":"}\"\\"}] , "c":-1e5,"d" : "\\" } "#);
        assert_eq!(cursor.peek(), Some(b'{'));
        cursor.enter();
        assert!(cursor.goes_on());
        assert_eq!((cursor.name(), cursor.skip()), ("ab".into(), r#"[1, {"]":"}\"\\"}]"#));
        assert!(cursor.goes_on());
        assert_eq!((cursor.name(), cursor.skip()), ("c".into(), "-1e5"));
        assert!(cursor.goes_on());
        assert_eq!((cursor.name(), cursor.skip()), ("d".into(), r#""\\""#));
        assert!(!cursor.goes_on());
        assert_eq!(cursor.peek(), None);
    }
}
