//! Pieces of a page: what is foreign in them has been escaped.

use std::fmt;

use fluent_bundle::FluentValue;

use super::locale::Locale;
use crate::domain::timestamp::Timestamp;

/// Text that stands in a page as it is: everything foreign in it has been escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Text of our own, escaped.
    pub fn text(text: &str) -> Self {
        Self(escape(text))
    }

    /// Foreign text, escaped, as an element that keeps its direction to itself.
    pub fn name(text: &str) -> Self {
        Self(format!("<bdi>{}</bdi>", escape(text)))
    }

    /// An e-mail: a long one goes on in a second line at its "@" rather than anywhere.
    pub fn email(text: &str) -> Self {
        const SHORT: usize = 20;
        let email = escape(text);
        Self(if text.len() <= SHORT { email } else { email.replacen('@', "<wbr>@", 1) })
    }

    /// Foreign text as a stressed name.
    pub fn strong(text: &str) -> Self {
        Self(format!("<b><bdi>{}</bdi></b>", escape(text)))
    }

    /// With foreign text beside it, less prominent.
    pub fn beside(self, text: &str) -> Self {
        if text.is_empty() {
            return self;
        }
        Self(format!("{} <span class=\"dim\">· <bdi>{}</bdi></span>", self.0, escape(text)))
    }

    /// With another sentence of our own behind it.
    pub fn and(self, text: &str) -> Self {
        if text.is_empty() { self } else { Self(format!("{} {}", self.0, escape(text))) }
    }

    /// A code word or a snippet.
    pub fn code(text: &str) -> Self {
        Self(format!("<code>{}</code>", escape(text)))
    }

    /// A time in words, with the exact one for whoever points at it.
    pub fn time(at: Timestamp, exact: &str, words: &str) -> Self {
        Self(format!("<time datetime=\"{at}\" title=\"{}\">{}</time>", escape(exact), escape(words)))
    }

    /// A stressed name that leads somewhere.
    pub fn link(href: &str, text: &str) -> Self {
        Self(format!("<a href=\"{}\"><bdi>{}</bdi></a>", escape(href), escape(text)))
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

impl Locale {
    /// A message whose arguments are pieces of a page. Messages themselves hold no markup.
    pub fn html(self, key: &str, pieces: &[(&'static str, Html)]) -> Html {
        let args: Vec<_> = pieces.iter().map(|(name, piece)| (*name, FluentValue::from(piece.0.as_str()))).collect();
        Html(self.args(key, &args))
    }

    /// When it was, within a sentence of a page.
    pub fn past_time(self, then: Timestamp, now: Timestamp) -> Html {
        Html::time(then, &self.exact(then), &self.past(then, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_page_are_escaped() {
        assert_eq!(Html::name("<b>&\"'").to_string(), "<bdi>&lt;b&gt;&amp;&quot;&#39;</bdi>");
        assert_eq!(Html::email("<ann@x.example>").to_string(), "&lt;ann@x.example&gt;");
        assert_eq!(Html::email("ann.long@name.example").to_string(), "ann.long<wbr>@name.example");
    }
}
