//! Why a push failed, in words.

use super::rows;
use crate::domain::push::Failure;
use crate::i18n::Locale;

/// Why a push failed, in words.
pub fn failure_words(l: Locale, failure: &Failure) -> String {
    let detail = rows::shown_long(&failure.detail);
    l.args(&format!("push-failure-{}", failure.kind.as_str()), &[("detail", detail.into())])
}
