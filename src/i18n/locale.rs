//! The language of a reader, and its messages.

use std::borrow::{Borrow, Cow};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use super::date_words::DateWords;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Files;

/// A language, with all its messages.
struct Language {
    code: String,
    messages: FluentBundle<FluentResource>,
    date_words: OnceLock<DateWords>,
}

impl Language {
    /// The language of this folder in `locales/`.
    fn read(code: &str) -> Self {
        let id = code.parse().unwrap_or_else(|error| {
            tracing::error!(code, %error, "no language has this code");
            LanguageIdentifier::default()
        });
        let mut messages = FluentBundle::new_concurrent(vec![id]);
        // The marks around each argument show up in titles and file names; pages use <bdi> instead.
        messages.set_use_isolating(false);
        messages.set_formatter(Some(match code {
            "de" | "pt" => |value, _| grouped(value, '.', 1000.0),
            // Four digits stand together.
            "es" => |value, _| grouped(value, '.', 10_000.0),
            "fr" => |value, _| grouped(value, NARROW_SPACE, 1000.0),
            _ => |value, _| grouped(value, ',', 1000.0),
        }));
        for path in Files::iter().filter(|path| folder_of(path) == code) {
            let text = Files::get(&path).map(|file| String::from_utf8_lossy(&file.data).into_owned());
            let file = FluentResource::try_new(text.unwrap_or_default()).unwrap_or_else(|(file, errors)| {
                tracing::error!(%path, ?errors, "a message is malformed");
                file
            });
            if let Err(errors) = messages.add_resource(file) {
                tracing::error!(%path, ?errors, "a message stands twice");
            }
        }
        Self { code: code.to_owned(), messages, date_words: OnceLock::new() }
    }

    /// The message of this key, or the attribute of `key.attribute`, with these arguments.
    fn format(&'static self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
        let pattern = match key.split_once('.') {
            Some((key, attribute)) => self.messages.get_message(key)?.get_attribute(attribute)?.value(),
            None => self.messages.get_message(key)?.value()?,
        };
        let mut errors = Vec::new();
        let text = self.messages.format_pattern(pattern, args, &mut errors);
        errors.is_empty().then_some(text)
    }
}

fn folder_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

/// Every language, by its code.
static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let paths: Vec<_> = Files::iter().collect();
    let codes: BTreeSet<&str> = paths.iter().map(|path| folder_of(path)).collect();
    codes.into_iter().map(Language::read).collect()
});

/// The language that all others fall back on.
static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::read("en"));

/// The arguments of a message, by name.
pub type Args<'a> = [(&'static str, FluentValue<'a>)];

const NARROW_SPACE: char = '\u{202f}';

/// The digits of a number in groups of three, from the least number that is grouped.
fn grouped(value: &FluentValue<'_>, separator: char, least: f64) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value >= least => {
            let digits = number.as_string();
            let mut text = String::with_capacity(digits.len() + digits.len() / 3);
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    text.push(separator);
                }
                text.push(digit);
            }
            Some(text)
        }
        _ => None,
    }
}

/// The same value without its text copied: Fluent copies it once more.
fn borrowed<'a>(value: &'a FluentValue<'_>) -> FluentValue<'a> {
    match value {
        FluentValue::String(text) => FluentValue::from(text.as_ref()),
        other => other.clone(),
    }
}

/// What stands around the name in a message that names one thing.
pub struct Sentence {
    pub before: String,
    pub after: String,
}

/// The language of one reader; English by default.
#[derive(Clone, Copy)]
pub struct Locale(&'static Language);

impl Default for Locale {
    fn default() -> Self {
        Self(&ENGLISH)
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Locale {
    /// Every language there is, by its code.
    pub fn all() -> impl Iterator<Item = Self> {
        LANGUAGES.iter().map(Self)
    }

    /// The language of this code, if there is one.
    pub fn of(code: &str) -> Option<Self> {
        Self::all().find(|locale| locale.code() == code)
    }

    /// The first of the reader's languages that there is, by the header `Accept-Language`; else English.
    pub fn from_accept_language(header: &str) -> Self {
        let mut wanted: Vec<(f32, &str)> = header
            .split(',')
            .take(32)
            .filter_map(|range| {
                let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
                let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse().ok())?;
                (weight > 0.0).then_some((weight, tag.trim()))
            })
            .collect();
        // Stable: languages of the same weight stay in the reader's order.
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.iter().find_map(|(_, tag)| Self::of_tag(tag)).unwrap_or_default()
    }

    /// The language of a tag such as `en-GB`.
    fn of_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::all().find(|locale| locale.code().eq_ignore_ascii_case(language))
    }

    /// As `lang` of a page spells it.
    pub fn code(self) -> &'static str {
        &self.0.code
    }

    /// The message of this key.
    pub fn t(self, key: &str) -> String {
        self.args(key, &[])
    }

    /// The same, not copied where it is a plain text.
    pub fn word(self, key: &str) -> Cow<'static, str> {
        self.format(key, None).unwrap_or_else(|| self.t(key).into())
    }

    /// A message that counts: `$count`.
    pub fn n(self, key: &str, count: impl Borrow<u64>) -> String {
        self.args(key, &[("count", FluentValue::from(*count.borrow()))])
    }

    /// A message that names one thing: `$name`.
    pub fn s(self, key: &str, name: impl fmt::Display) -> String {
        self.args(key, &[("name", name.to_string().into())])
    }

    /// A message that names one thing, for a page that says it of many.
    pub fn sentence(self, key: &str) -> Sentence {
        // No message holds this character.
        const GAP: char = '\u{f8ff}';
        let text = self.s(key, GAP);
        let (before, after) = text.split_once(GAP).unwrap_or((&text, ""));
        Sentence { before: before.to_owned(), after: after.to_owned() }
    }

    /// How the language writes points in time.
    pub fn date_words(self) -> &'static DateWords {
        self.0.date_words.get_or_init(|| DateWords::new(&|key, args| self.args(key, args)))
    }

    /// A number, its digits in groups.
    pub fn number(self, number: impl Borrow<u64>) -> String {
        self.n("number", number)
    }

    /// A message with these arguments.
    pub fn args(self, key: &str, args: &Args<'_>) -> String {
        self.find(key, args).unwrap_or_else(|| {
            tracing::error!(key, "no such message");
            key.to_owned()
        })
    }

    /// A message with these arguments, or `None` where no language has it.
    pub fn find(self, key: &str, args: &Args<'_>) -> Option<String> {
        let args: Option<FluentArgs<'_>> = (!args.is_empty())
            .then(|| args.iter().map(|(name, value)| (Cow::Borrowed(*name), borrowed(value))).collect());
        self.format(key, args.as_ref()).map(Cow::into_owned)
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
        self.0.format(key, args).or_else(|| ENGLISH.format(key, args))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        for header in ["", "*", "xx-XX", "en;q=0", "EN-us", ";;;q=,", "fr;q=oops"] {
            assert_eq!(Locale::from_accept_language(header).code(), "en", "{header}");
        }
        assert_eq!(Locale::from_accept_language("en;q=0.5, FR-ca").code(), "fr");
    }

    #[test]
    fn plurals_and_numbers_follow_the_language() {
        for (code, none, one, many) in [
            ("de", "0 Sitzungen", "1 Sitzung", "12.345 Sitzungen"),
            ("en", "0 sessions", "1 session", "12,345 sessions"),
            ("es", "0 sesiones", "1 sesión", "12.345 sesiones"),
            ("fr", "0 session", "1 session", "12\u{202f}345 sessions"),
            ("ja", "セッション0件", "セッション1件", "セッション12,345件"),
            ("pt", "0 sessão", "1 sessão", "12.345 sessões"),
        ] {
            let l = Locale::of(code).unwrap();
            assert_eq!([0u64, 1, 12_345].map(|count| l.n("count-sessions", count)), [none, one, many], "{code}");
        }
        assert_eq!(Locale::default().number(1_000_000u64), "1,000,000");
        assert_eq!(Locale::of("es").unwrap().number(1234u64), "1234");
    }
}
