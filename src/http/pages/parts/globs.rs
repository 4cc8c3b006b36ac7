//! Globs for apps as forms have them: one a line.

use super::text;
use crate::domain::account::AppScope;
use crate::domain::session::App;
use crate::i18n::Locale;

const MOST_GLOBS: usize = 100;

/// Which globs match no app that is there now, in words: they may be meant for one that is to come, or be mistyped.
pub fn unmatched(l: Locale, here: &[App], globs: &[String]) -> Option<String> {
    let lost = globs.iter().filter(|glob| {
        let scope = AppScope::parse(std::slice::from_ref(*glob));
        scope.is_some_and(|scope| !here.iter().any(|app| scope.allows(&app.id)))
    });
    let lost: Vec<&str> = lost.map(String::as_str).collect();
    (!lost.is_empty()).then(|| l.s("apps-unmatched", text::one_line(&lost.join(", "))))
}

/// Globs, one a line; `None` where one is none.
pub fn globs(text: &str) -> Option<Vec<String>> {
    let globs: Vec<String> = text.lines().map(str::trim).filter(|glob| !glob.is_empty()).map(str::to_owned).collect();
    let fit = globs.len() <= MOST_GLOBS && !globs.iter().any(|glob| glob.contains(text::is_unprintable));
    (fit && AppScope::parse(&globs).is_some()).then_some(globs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_stand_one_a_line() {
        assert_eq!(globs(" com.* \r\n\r\nUTT?.x\n"), Some(vec!["com.*".to_owned(), "UTT?.x".to_owned()]));
        assert_eq!(globs(" \n "), Some(Vec::new()));
        let many = "a\n".repeat(MOST_GLOBS + 1);
        for bad in ["a\0b", "a\u{202e}b", &"a".repeat(256), &many] {
            assert_eq!(globs(bad), None, "{bad:?}");
        }
    }
}
