//! Foreign text made fit for a page, and the words for what is shown most.

use std::borrow::Cow;

use askama::filters::HtmlSafe;

use crate::domain::account::{Actor, ActorKind};
pub use crate::domain::printable::is_unprintable;
use crate::domain::push;
use crate::domain::timestamp::Timestamp;
use crate::i18n::{Html, Locale};
use crate::services::links::LINK_BY;

/// A point in time for reading.
pub struct When {
    pub iso: Timestamp,
    pub exact: String,
    pub ago: String,
}

/// Digits and marks that mean nothing to a page.
impl HtmlSafe for Timestamp {}

impl When {
    pub fn new(l: Locale, at: Timestamp, now: Timestamp) -> Self {
        Self { iso: at, exact: l.exact(at), ago: l.ago(at, now) }
    }
}

/// A status: its shape and its word.
pub struct Badge {
    pub kind: &'static str,
    pub word: String,
}

/// Foreign text made fit for one line: control characters are shown as such, marks that turn the
/// direction of what follows are taken out, and what is endless ends.
pub fn one_line(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    if text.len() <= LONGEST && !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut line: String = text.chars().take(LONGEST).map(|c| if is_unprintable(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    Cow::Owned(line)
}

/// The same for a sentence, which may be longer than a name.
pub fn long_line(text: &str) -> String {
    whole_line(text).chars().take(1000).collect()
}

/// The same to its end, however long it is.
pub fn whole_line(text: &str) -> String {
    text.chars().map(|c| if is_unprintable(c) { '\u{fffd}' } else { c }).collect()
}

pub fn line_or_empty(text: Option<&str>) -> String {
    one_line(text.unwrap_or_default().trim()).into_owned()
}

/// The first characters of an id, enough to tell it from its neighbours.
pub fn short_id(id: &str) -> String {
    if id.len() <= 12 { id.to_owned() } else { format!("{}…{}", &id[..6], &id[id.len() - 4..]) }
}

pub fn actor(l: Locale, actor: &Actor) -> Html {
    let name = Html::strong(&one_line(&actor.name));
    let kind = match actor.kind {
        ActorKind::User => return name,
        ActorKind::Link if actor.name.contains(LINK_BY) => {
            let (link, maker) = actor.name.split_once(LINK_BY).unwrap_or_default();
            let pieces = [("name", Html::strong(&one_line(link))), ("maker", Html::strong(&one_line(maker)))];
            return l.html("actor-link-by", &pieces);
        }
        ActorKind::Token => "actor-token",
        ActorKind::Rule => "actor-rule",
        ActorKind::Link => "actor-link",
        ActorKind::Cli => "actor-cli",
    };
    l.html(kind, &[("name", name)])
}

/// The word for a status as the file spells it.
pub fn status_word(l: Locale, status: Option<&str>) -> String {
    match status {
        Some("accepted") => l.t("status-accepted"),
        Some("pending") => l.t("status-pending"),
        Some(other) => l.s("status-unknown", one_line(other)),
        None => l.t("status-none"),
    }
}

/// The word for an e-mail as the file spells it.
pub fn email_word(l: Locale, email: Option<&str>) -> String {
    match email {
        Some(email) if !email.is_empty() => one_line(email).into_owned(),
        _ => l.t("guest"),
    }
}

/// Why a push failed, in words.
pub fn push_failure_words(l: Locale, failure: &push::Failure) -> String {
    shortened(failure).message().say(l)
}

/// The same failure, with no more of what the other side says than fits a page.
pub fn shortened(failure: &push::Failure) -> push::Failure {
    failure.kind.with(long_line(&failure.detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_one_short_line() {
        assert_eq!(one_line("iPhone 13"), "iPhone 13");
        assert_eq!(one_line("a\nb\u{202e}c\0"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(one_line(&"ü".repeat(500)).chars().count(), 201);
    }

    #[test]
    fn an_id_is_shortened_only_when_it_is_long() {
        assert_eq!(short_id("70ab"), "70ab");
        assert_eq!(short_id("7023d9205074199d1c16fc00d24354e778137675"), "7023d9…7675");
    }
}
