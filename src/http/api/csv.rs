//! Lists as CSV: the whole result, row by row as it is read.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::stream::{self, BoxStream, StreamExt};
use unicode_normalization::UnicodeNormalization as _;

use crate::domain::name::is_visible;
use crate::services::error::Error;

/// Whether the client asks for CSV rather than JSON: it names it and, if it names both, weighs it more or names it first.
pub fn is_wanted(req: &HttpRequest) -> bool {
    let accept = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // What is not named weighs less than anything.
    weight(accept, "text/csv").is_some_and(|csv| weight(accept, "application/json").is_none_or(|json| csv > json))
}

/// How much a media type is wanted; of two that weigh the same, the one that is named first weighs more.
fn weight(accept: &str, wanted: &str) -> Option<(f32, std::cmp::Reverse<usize>)> {
    accept.split(',').enumerate().find_map(|(place, range)| {
        let mut parts = range.split(';').map(str::trim);
        parts.next().filter(|name| name.eq_ignore_ascii_case(wanted))?;
        let q = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        (q > 0.0).then_some((q, std::cmp::Reverse(place)))
    })
}

/// A column: its heading, and its cell in an item's row.
pub type Column<T> = (&'static str, fn(&T) -> String);

/// A cell, empty for no value.
pub fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The rows of one part of a list.
pub struct Rows(csv::Writer<Vec<u8>>);

impl Rows {
    pub fn new() -> Self {
        Self(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new()))
    }

    pub fn push<T>(&mut self, columns: &[Column<T>], item: &T) -> Result<(), Error> {
        self.write(columns.iter().map(|(_, cell)| cell(item)))
    }

    fn write<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<(), Error> {
        self.0.write_record(cells.into_iter().map(|cell| harmless(cell.as_ref()))).map_err(Error::internal)
    }

    /// The bytes of all rows.
    pub fn finish(self) -> Result<web::Bytes, Error> {
        let bytes = self.0.into_inner().map_err(|error| Error::internal(error.into_error()))?;
        Ok(bytes.into())
    }
}

/// Whether a character is one of these, or a wide, small or raised form of it.
fn is_form_of(c: char, any: &str) -> bool {
    any.contains(c) || !c.is_ascii() && c.nfkc().any(|plain| any.contains(plain))
}

/// What a spreadsheet begins a formula with.
const FORMULA: &str = "=+-@\u{2212}";
/// What one may take for the end of a cell, whatever this file uses.
const SEPARATORS: &str = ",;|\t\r\n\x0b\x0c\u{85}\u{2028}\u{2029}";

/// A cell that no spreadsheet takes for a formula, by whatever separator it reads the file: such a text has an
/// apostrophe in front. Control characters are shown as signs.
fn harmless(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len() + 1);
    // Where the apostrophe goes, as long as what follows could begin a formula.
    let mut start = Some(0);
    if cell.starts_with(['\t', '\r', '\n']) {
        safe.push('\'');
    }
    for c in cell.chars() {
        if is_form_of(c, FORMULA)
            && let Some(start) = start
        {
            safe.insert(start, '\'');
        }
        safe.push(visible(c));
        if is_form_of(c, SEPARATORS) {
            start = Some(safe.len());
        } else if !is_passed_over(c) {
            start = None;
        }
    }
    safe
}

/// Whether a spreadsheet may look behind it for the beginning of a cell.
fn is_passed_over(c: char) -> bool {
    c == ' ' || !is_visible(c) || is_form_of(c, "\"'`\u{b4}‘’‚“”„«»‹›")
}

/// Unicode's sign for a control character, but for those that end lines.
fn visible(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '\u{2421}',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// An answer of these parts. A fault on the way ends the connection, so that half a list is never
/// taken for a whole one.
pub fn answer(name: &str, parts: BoxStream<'static, Result<web::Bytes, Error>>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::VARY, "Accept"))
        .streaming(parts)
}

/// A stream that begins with the headings.
pub fn with_headings<T>(
    columns: &[Column<T>],
    rest: impl stream::Stream<Item = Result<web::Bytes, Error>> + Send + 'static,
) -> BoxStream<'static, Result<web::Bytes, Error>> {
    let mut rows = Rows::new();
    let first = rows.write(columns.iter().map(|(heading, _)| heading)).and_then(|()| rows.finish());
    stream::once(async { first }).chain(rest).boxed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_escaped() {
        let mut rows = Rows::new();
        rows.write(["=1+1", "+1", "-1", "@x", "a=b", "", "a,\"b\"\n"]).unwrap();
        let bytes = rows.finish().unwrap();
        assert_eq!(bytes, "'=1+1,'+1,'-1,'@x,a=b,,\"a,\"\"b\"\"\n\"\r\n".as_bytes());
    }

    #[test]
    fn no_text_is_a_formula_by_any_separator() {
        for (cell, safe) in [
            ("＝1+1", "'＝1+1"),
            ("\n=1", "'\n'=1"),
            ("\tx", "'\tx"),
            (" =1", "' =1"),
            ("a;=1", "a;'=1"),
            ("a, -1", "a,' -1"),
            ("a\r\n@x", "a\r\n'@x"),
            ("\"=1\"", "'\"=1\""),
            ("a;\"＋1", "a;'\"＋1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("\0=1", "'\u{2400}=1"),
            ("a\x1bb\u{9b}c\x7f", "a\u{241b}b\u{fffd}c\u{2421}"),
            ("a=b", "a=b"),
            ("2026-11-29T14:00:00Z", "2026-11-29T14:00:00Z"),
            ("a b-c; d", "a b-c; d"),
        ] {
            assert_eq!(harmless(cell), safe, "{cell:?}");
        }
    }

    #[test]
    fn csv_is_given_to_those_who_ask_for_it() {
        let wanted = |accept: &str| {
            is_wanted(&actix_web::test::TestRequest::default().insert_header(("accept", accept)).to_http_request())
        };
        for accept in [
            "text/csv",
            "Text/CSV; q=0.9",
            "text/html, text/csv",
            "text/csv, application/json",
            "application/json;q=0.5, text/csv",
        ] {
            assert!(wanted(accept), "{accept}");
        }
        for accept in [
            "",
            "*/*",
            "application/json",
            "application/json, text/csv",
            "text/csv;q=0.5, application/json",
            "text/csv;q=0",
            "text/csvx",
        ] {
            assert!(!wanted(accept), "{accept}");
        }
    }
}
