//! Why a push failed, in words.

use super::text;
use crate::domain::push::Failure;
use crate::i18n::Locale;

/// Why a push failed, in words.
pub fn failure_words(l: Locale, failure: &Failure) -> String {
    shortened(failure).message().say(l)
}

/// The same failure, with no more of what the other side says than fits a page.
pub fn shortened(failure: &Failure) -> Failure {
    failure.kind.with(text::long_line(&failure.detail))
}
