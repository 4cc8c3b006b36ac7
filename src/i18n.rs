//! Every word that people read, by Fluent. A language is a folder in `locales/`; English is the one
//! that all others fall back on.

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use parking_lot::RwLock;
use time::OffsetDateTime;
use unic_langid::LanguageIdentifier;

use crate::domain::timestamp::Timestamp;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // The marks around each argument show up in titles and file names; pages use <bdi> instead.
        customise: |bundle| {
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(match bundle.locales.first().map_or("en", |locale| locale.language.as_str()) {
                "de" | "pt" => |value, _| grouped(value, '.', 1000.0),
                // Four digits stand together.
                "es" => |value, _| grouped(value, '.', 10_000.0),
                "fr" => |value, _| grouped(value, NARROW_SPACE, 1000.0),
                _ => |value, _| grouped(value, ',', 1000.0),
            }));
        },
    };
}

/// A unit in which it is told how long ago something was.
struct Unit {
    seconds: i64,
    /// So long ago, it is told in a greater unit, and at last by its date.
    end: i64,
    /// Its message alone, in a table. Many languages have other words for it within a sentence.
    ago: &'static str,
    past: &'static str,
}

static UNITS: [Unit; 4] = [
    Unit { seconds: 1, end: 60, ago: "ago-seconds", past: "past-seconds" },
    Unit { seconds: 60, end: 3600, ago: "ago-minutes", past: "past-minutes" },
    Unit { seconds: 3600, end: 86_400, ago: "ago-hours", past: "past-hours" },
    Unit { seconds: 86_400, end: 30 * 86_400, ago: "ago-days", past: "past-days" },
];

/// How long ago something was.
struct Span {
    unit: &'static Unit,
    count: u64,
}

impl Span {
    /// `None` when it is told by its date: long ago, or by a clock that is ahead.
    fn between(then: Timestamp, now: Timestamp) -> Option<Self> {
        let seconds = (now.millis() - then.millis()) / 1000;
        let unit = UNITS.iter().find(|unit| seconds < unit.end)?;
        let count = u64::try_from(seconds / unit.seconds).ok()?;
        Some(Self { unit, count })
    }
}

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

    /// A code word or a snippet.
    pub fn code(text: &str) -> Self {
        Self(format!("<code>{}</code>", escape(text)))
    }

    /// A time in words, with the exact one for whoever points at it.
    pub fn time(at: Timestamp, exact: Exact, words: &str) -> Self {
        Self(format!("<time datetime=\"{at}\" title=\"{}\">{}</time>", escape(&exact.to_string()), escape(words)))
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

/// The same value without its text copied: Fluent copies it once more.
fn lent<'a>(value: &'a FluentValue<'_>) -> FluentValue<'a> {
    match value {
        FluentValue::String(text) => FluentValue::from(text.as_ref()),
        other => other.clone(),
    }
}

/// The language of one reader.
#[derive(Clone, Copy)]
pub struct Locale(&'static Language);

/// One language, with what was said in it before: a list says the same of each row. There is an end to what can be
/// said, so it is kept for good and given out without a copy.
struct Language {
    id: &'static LanguageIdentifier,
    code: String,
    /// Messages by their key, with [`PLACES`] where texts are put in.
    said: RwLock<HashMap<String, &'static str>>,
    /// Lengths of time in words, by their unit and number.
    ago: RwLock<HashMap<(&'static str, u64), &'static str>>,
}

impl Language {
    fn new(id: &'static LanguageIdentifier) -> Self {
        Self { id, code: id.to_string(), said: RwLock::default(), ago: RwLock::default() }
    }
}

/// Every language, by its code.
static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let mut all: Vec<Language> = LOCALES.locales().map(Language::new).collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    all
});

/// The language that all others fall back on.
static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::new(LOCALES.fallback()));

/// Stand for the first text that a message puts in, the second and the third. No message holds one.
const PLACES: [char; 3] = ['\u{f8fd}', '\u{f8fe}', '\u{f8ff}'];

/// Writes a message with these texts in its places.
fn write_filled(f: &mut fmt::Formatter<'_>, message: &str, texts: &[&dyn fmt::Display]) -> fmt::Result {
    for part in message.split_inclusive(PLACES) {
        let last = part.char_indices().next_back();
        let place = last.and_then(|(at, last)| Some((at, PLACES.iter().position(|place| *place == last)?)));
        let Some((at, place)) = place else { return f.write_str(part) };
        f.write_str(&part[..at])?;
        if let Some(text) = texts.get(place) {
            text.fmt(f)?;
        }
    }
    Ok(())
}

/// A message that names one thing, written where it is needed.
pub struct Said<N> {
    message: &'static str,
    name: N,
}

impl<N: fmt::Display> fmt::Display for Said<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_filled(f, self.message, &[&self.name])
    }
}

/// A day: "22 Nov 2026".
#[derive(Clone, Copy)]
pub struct Date(Locale, OffsetDateTime);

impl Date {
    fn new(l: Locale, at: Timestamp) -> Self {
        let seconds = at.millis().div_euclid(1000);
        Self(l, OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MONTHS: [&str; 12] = [
            "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
            "month-10", "month-11", "month-12",
        ];
        let Self(l, at) = self;
        let month = l.word(MONTHS[usize::from(u8::from(at.month()) - 1)]);
        // French counts the first of a month: "1er mars".
        let day: &dyn fmt::Display = if at.day() == 1 { &l.word("day-1") } else { &at.day() };
        // As text: a year has no groups of digits.
        write_filled(f, l.message("date", &["day", "month", "year"]), &[day, &month, &at.year()])
    }
}

/// Day and time in UTC: "22 Nov 2026, 21:55:00 UTC".
#[derive(Clone, Copy)]
pub struct Exact(Date);

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(date @ Date(l, at)) = self;
        let time = format_args!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second());
        write_filled(f, l.message("date-time", &["date", "time"]), &[date, &time])
    }
}

/// The arguments of a message, by name.
pub type Args<'a> = [(&'static str, FluentValue<'a>)];

impl Default for Locale {
    fn default() -> Self {
        Self(&ENGLISH)
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.code)
    }
}

impl Locale {
    /// Every language there is, by its code.
    pub fn all() -> Vec<Self> {
        LANGUAGES.iter().map(Self).collect()
    }

    /// The language of this code, if there is one.
    pub fn of(code: &str) -> Option<Self> {
        Self::all().into_iter().find(|locale| locale.0.code == code)
    }

    /// The first of the reader's languages that there is, by the header `Accept-Language`; else English.
    ///
    /// ```
    /// use mobile_sessions::i18n::Locale;
    /// assert_eq!(Locale::from_accept_language("tlh, en-GB;q=0.8, *;q=0.1").code(), "en");
    /// ```
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
        let find = |tag: &str| {
            let language = tag.split(['-', '_']).next().unwrap_or(tag);
            LANGUAGES.iter().find(|known| known.id.language.as_str().eq_ignore_ascii_case(language)).map(Self)
        };
        wanted.iter().find_map(|(_, tag)| find(tag)).unwrap_or_default()
    }

    /// As `lang` of a page spells it.
    pub fn code(self) -> String {
        self.0.code.clone()
    }

    /// The message of this key.
    pub fn t(self, key: &str) -> String {
        self.word(key).to_owned()
    }

    /// The message of this key, without a copy.
    pub fn word(self, key: &str) -> &'static str {
        self.message(key, &[])
    }

    /// A message that counts: `$count`.
    pub fn n(self, key: &str, count: impl Borrow<u64>) -> String {
        self.args(key, &[("count", FluentValue::from(*count.borrow()))])
    }

    /// A message that names one thing: `$name`.
    pub fn s(self, key: &str, name: impl fmt::Display) -> String {
        self.naming(key, name).to_string()
    }

    /// A message that names one thing, `$name`, to be written.
    pub fn naming<N: fmt::Display>(self, key: &str, name: N) -> Said<N> {
        Said { message: self.message(key, &["name"]), name }
    }

    /// A message that puts in texts of these names and is not chosen by them, with [`PLACES`] for them.
    fn message(self, key: &str, names: &[&'static str]) -> &'static str {
        if let Some(message) = self.0.said.read().get(key) {
            return message;
        }
        let places: Vec<_> = names.iter().zip(PLACES).map(|(name, place)| (*name, place.to_string().into())).collect();
        let Some(message) = self.find(key, &places) else {
            tracing::error!(key, "no such message");
            return "";
        };
        let message: &str = Box::leak(message.into_boxed_str());
        self.0.said.write().entry(key.to_owned()).or_insert(message)
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
        let args: Option<HashMap<&str, FluentValue<'_>>> =
            (!args.is_empty()).then(|| args.iter().map(|(name, value)| (*name, lent(value))).collect());
        [self.0.id, LOCALES.fallback()]
            .into_iter()
            .find_map(|language| LOCALES.lookup_single_language(language, key, args.as_ref()).ok())
    }

    /// A message whose arguments are pieces of a page. Messages themselves hold no markup.
    pub fn html(self, key: &str, pieces: &[(&'static str, Html)]) -> Html {
        let args: Vec<_> = pieces.iter().map(|(name, piece)| (*name, FluentValue::from(piece.0.as_str()))).collect();
        Html(self.args(key, &args))
    }

    /// A number, its digits in groups.
    pub fn number(self, number: impl Borrow<u64>) -> String {
        self.n("number", *number.borrow())
    }

    /// How long ago, in the shortest words that are exact enough: "4 min".
    pub fn ago(self, then: Timestamp, now: Timestamp) -> Cow<'static, str> {
        match Span::between(then, now) {
            Some(Span { unit, count }) => self.so_many(unit.ago, count).into(),
            None => self.date(then).into(),
        }
    }

    /// So many units of time, few enough to be kept.
    fn so_many(self, unit: &'static str, count: u64) -> &'static str {
        if let Some(words) = self.0.ago.read().get(&(unit, count)) {
            return words;
        }
        let words: &str = Box::leak(self.n(unit, count).into_boxed_str());
        self.0.ago.write().entry((unit, count)).or_insert(words)
    }

    /// When it was, within a sentence: "4 min ago", "just now", "on 22 Nov 2026".
    pub fn past(self, then: Timestamp, now: Timestamp) -> Cow<'static, str> {
        match Span::between(then, now) {
            Some(Span { unit, count }) => self.so_many(unit.past, count).into(),
            None => self.s("past-date", Date::new(self, then)).into(),
        }
    }

    /// When it was, within a sentence of a page.
    pub fn past_time(self, then: Timestamp, now: Timestamp) -> Html {
        Html::time(then, self.exact(then), &self.past(then, now))
    }

    /// The day: "22 Nov 2026".
    pub fn date(self, at: Timestamp) -> String {
        Date::new(self, at).to_string()
    }

    /// Day and time in UTC: "22 Nov 2026, 21:55:00 UTC".
    pub fn exact(self, at: Timestamp) -> Exact {
        Exact(Date::new(self, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_that_there_is_wins() {
        for header in ["", "*", "xx-XX", "en;q=0", "EN-us", ";;;q=,", "fr;q=oops"] {
            assert_eq!(Locale::from_accept_language(header).code(), "en", "{header}");
        }
    }

    #[test]
    fn plurals_and_numbers_follow_the_language() {
        let en = Locale::default();
        assert_eq!(en.n("count-sessions", 1u64), "1 session");
        assert_eq!(en.n("count-sessions", 12_345u64), "12,345 sessions");
        assert_eq!(en.number(1_000_000), "1,000,000");
        assert_eq!(en.number(999), "999");
    }

    #[test]
    fn digits_are_grouped_as_each_language_does() {
        let group = |number: u64, separator, least| grouped(&FluentValue::from(number), separator, least);
        assert_eq!(group(1234, NARROW_SPACE, 1000.0).as_deref(), Some("1\u{202f}234"));
        assert_eq!(group(1_234_567, '.', 1000.0).as_deref(), Some("1.234.567"));
        assert_eq!(group(1234, '.', 10_000.0), None, "Spanish keeps four digits together");
        assert_eq!(group(12_345, '.', 10_000.0).as_deref(), Some("12.345"));
    }

    #[test]
    fn plurals_numbers_and_dates_are_those_of_each_language() {
        let now = Timestamp::parse("2026-11-22T21:55:00Z").unwrap();
        let old = Timestamp::parse("2026-03-01T21:55:00Z").unwrap();
        for (code, none, one, many, days, date) in [
            ("de", "0 Sitzungen", "1 Sitzung", "12.345 Sitzungen", "vor 3 Tagen", "am 1. März 2026"),
            ("en", "0 sessions", "1 session", "12,345 sessions", "3 days ago", "on 1 Mar 2026"),
            ("es", "0 sesiones", "1 sesión", "12.345 sesiones", "hace 3 días", "el 1 mar 2026"),
            ("fr", "0 session", "1 session", "12\u{202f}345 sessions", "il y a 3 jours", "le 1er mars 2026"),
            ("ja", "セッション0件", "セッション1件", "セッション12,345件", "3日前", "2026年3月1日"),
            ("pt", "0 sessão", "1 sessão", "12.345 sessões", "há 3 dias", "em 1 mar. 2026"),
        ] {
            let l = Locale::of(code).unwrap();
            assert_eq!([0u64, 1, 12_345].map(|count| l.n("count-sessions", count)), [none, one, many], "{code}");
            assert_eq!(l.past(now.plus_millis(-3 * 86_400_000), now), days);
            assert_eq!(l.past(old, now), date);
        }
    }

    #[test]
    fn ago_is_short_and_then_a_date() {
        let en = Locale::default();
        let now = Timestamp::parse("2026-11-22T21:55:00Z").unwrap();
        let ago = |seconds: i64| en.ago(now.plus_millis(-1000 * seconds), now);
        assert_eq!(ago(0), "just now");
        assert_eq!(ago(50), "50 s");
        assert_eq!(ago(240), "4 min");
        assert_eq!(ago(7200), "2 h");
        assert_eq!(ago(86_400 * 3), "3 days");
        assert_eq!(ago(86_400 * 31), "22 Oct 2026");
        assert_eq!(ago(-86_400), "23 Nov 2026", "a clock that is ahead");
        assert_eq!(en.exact(now).to_string(), "22 Nov 2026, 21:55:00 UTC");
        let past = |seconds: i64| en.past(now.plus_millis(-1000 * seconds), now);
        assert_eq!(past(0), "just now");
        assert_eq!(past(240), "4 min ago");
        assert_eq!(past(86_400 * 31), "on 22 Oct 2026");
        assert_eq!(past(-86_400), "on 23 Nov 2026");
    }

    #[test]
    fn what_was_said_before_is_said_the_same_of_another() {
        let en = Locale::default();
        for name in ["a", "a{ $name }b", "", "<b>"] {
            assert_eq!(en.s("accept-name", name), en.args("accept-name", &[("name", name.into())]));
            assert_eq!(en.t("accept"), en.args("accept", &[]));
        }
    }

    #[test]
    fn pieces_of_a_page_are_escaped() {
        assert_eq!(Html::name("<b>&\"'").to_string(), "<bdi>&lt;b&gt;&amp;&quot;&#39;</bdi>");
    }
}
