//! The values that stand in bodies and queries: how each is read, what it must be, how it is described.

use std::fmt;

use ipnet::IpNet;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, Unexpected, Visitor};
use serde_json::Value;
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::config::{parse_duration, parse_network};
use crate::domain::account::AppScope;
use crate::domain::change::{Email, ExpectedState, Reason};
use crate::domain::decision::{DeviceName, NoteText};
use crate::domain::event::EventKind;
use crate::domain::name::{Name, UserName};
use crate::domain::query::{Query, Sort, SortKey};
use crate::domain::rule::RuleAction;
use crate::domain::session::StatusClass;
use crate::domain::span::Span;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::domain::webhook::{EventChoice, HookUrl, UrlProblem};
use crate::i18n::Message;
use crate::services::rules::{LARGEST_AT_MOST, LARGEST_ORDER, is_glob};

/// The most entries of any list within a body.
const MOST: usize = 100;

/// Reads a value that `parse` takes. Any other is refused: the message `expected` says what it must be.
pub fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    expected: impl Into<Message>,
    parse: impl FnOnce(&Value) -> Option<T>,
) -> Result<T, D::Error> {
    let parse = |value: &Value| parse(value).ok_or(None);
    deserializer.deserialize_newtype_struct("", Read { expected: expected.into(), parse })
}

/// As [`read`], where `parse` can name a message that says why a value is refused. Within a visitor, a refusal has its
/// place.
struct Read<P> {
    expected: Message,
    parse: P,
}

impl<'de, T, P: FnOnce(&Value) -> Result<T, Option<&'static str>>> Visitor<'de> for Read<P> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.expected, f)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value.is_null() {
            return Err(D::Error::invalid_type(Unexpected::Unit, &""));
        }
        (self.parse)(&value).map_err(|sentence| match sentence {
            Some(sentence) => D::Error::custom(Message::new(sentence)),
            None => D::Error::invalid_value(Unexpected::Other("value"), &self.expected.to_string().as_str()),
        })
    }
}

/// How a type is read: by which message says what it must be, and by what takes it.
macro_rules! read_as {
    ($type:ty, $expected:expr, $parse:expr) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::http::api::values::read(deserializer, $expected, $parse)
            }
        }
    };
}

pub(crate) use read_as;

/// The texts of a list that is not too long.
fn texts(value: &Value) -> Option<Vec<String>> {
    let items = value.as_array().filter(|items| items.len() <= MOST)?;
    items.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

fn text_schema() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

read_as!(Name, "expected-name", |value| Name::parse(value.as_str()?));

impl PartialSchema for Name {
    /// White space stands at no end, and what is not seen nowhere. What ends a line in JavaScript, or is of a higher
    /// plane, is left out: generators write such characters into regular expressions as they are.
    fn schema() -> RefOr<Schema> {
        let unseen =
            r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb";
        let pattern = format!("^[^\\s{unseen}]([^{unseen}]{{0,62}}[^\\s{unseen}])?$");
        let description = "1 to 64 characters, each of which can be seen, and no space at its ends";
        text_schema().pattern(Some(pattern)).description(Some(description)).into()
    }
}

impl ToSchema for Name {}

read_as!(UserName, "expected-user-name", |value| UserName::parse(value.as_str()?));

impl PartialSchema for UserName {
    /// Which letters are of one script is in no pattern that could be read.
    fn schema() -> RefOr<Schema> {
        let description = "Letters and digits of one script; spaces, . _ - @ and ' may stand within it";
        text_schema().min_length(Some(1)).max_length(Some(64)).description(Some(description)).into()
    }
}

impl ToSchema for UserName {}

read_as!(Email, "expected-email", |value| Email::parse(value.as_str()?));

impl PartialSchema for Email {
    fn schema() -> RefOr<Schema> {
        text_schema()
            .max_length(Some(Email::LONGEST))
            .pattern(Some(r"^[^\x00-\x1f\x7f-\x9f]*$"))
            .description(Some("An address, a login name, or `\"\"` for none"))
            .examples(["ann@example.org"])
            .into()
    }
}

impl ToSchema for Email {}

read_as!(Reason, "expected-reason", |value| Reason::parse(value.as_str()?));

read_as!(DeviceName, "expected-device-name", |value| DeviceName::parse(value.as_str()?));

read_as!(NoteText, "expected-note", |value| NoteText::parse(value.as_str()?));

// An empty list is all apps.
read_as!(AppScope, "expected-apps", |value| AppScope::parse(&texts(value)?));

impl PartialSchema for AppScope {
    fn schema() -> RefOr<Schema> {
        let glob = text_schema()
            .min_length(Some(1))
            .max_length(Some(255))
            .pattern(Some(r"^[^\x00-\x1f\x7f-\x9f]+$"))
            .examples(["*.com.example.*"]);
        let description = "Globs on the app id";
        ArrayBuilder::new().items(glob).max_items(Some(MOST)).description(Some(description)).into()
    }
}

impl ToSchema for AppScope {
    fn name() -> std::borrow::Cow<'static, str> {
        "AppGlobs".into()
    }
}

read_as!(Timestamp, "expected-time", |value| Timestamp::parse(value.as_str()?));

/// Kept from logs and errors from here on.
impl<'de> Deserialize<'de> for Secret<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Secret::new)
    }
}

impl<'de> Deserialize<'de> for HookUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parse = |value: &Value| HookUrl::parse(value.as_str().unwrap_or_default()).map_err(why_no_url);
        deserializer.deserialize_newtype_struct("", Read { expected: Message::new("expected-url"), parse })
    }
}

fn why_no_url(problem: UrlProblem) -> Option<&'static str> {
    match problem {
        UrlProblem::NoUrl => None,
        UrlProblem::Scheme => Some("value-url-scheme"),
        UrlProblem::UserInfo => Some("value-url-user"),
        UrlProblem::Fragment => Some("value-url-fragment"),
    }
}

// An empty list is all kinds.
read_as!(EventChoice, Message::new("expected-events").with("known", EventKind::names()), |value| {
    let kinds: Option<Vec<_>> = texts(value)?.iter().map(|kind| EventKind::parse(kind)).collect();
    Some(EventChoice::new(&kinds?))
});

read_as!(ExpectedState, "expected-entity-tag", |value| ExpectedState::parse(value.as_str()?));

read_as!(Sort, Message::new("expected-sort").with("known", SortKey::names()), |value| Sort::parse(value.as_str()?));

/// How long something that was made works, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Life(pub u64);

read_as!(Life, "expected-life", |value| Some(Life(parse_duration(value.as_str()?).ok()?.as_secs())));

read_as!(Span, "expected-life", |value| Some(Span::from(parse_duration(value.as_str()?).ok()?)));

impl PartialSchema for RuleAction {
    fn schema() -> RefOr<Schema> {
        let names = RuleAction::all().map(RuleAction::as_str);
        text_schema().enum_values(Some(names)).description(Some("What a rule does with a session")).into()
    }
}

impl ToSchema for RuleAction {}

/// How many sessions a rule deletes at a time.
#[derive(Clone, Copy, Debug)]
pub struct AtMost(pub u32);

read_as!(AtMost, "expected-at-most", |value| {
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
    number.filter(|number| (1..=LARGEST_AT_MOST).contains(number)).map(Self)
});

/// Globs, or exact texts, that a rule's condition holds a value against.
#[derive(Debug, Default)]
pub struct Globs(pub Vec<String>);

read_as!(Globs, "expected-globs", |value| {
    texts(value).filter(|texts| texts.iter().all(|text| is_glob(text))).map(Self)
});

/// The same where `""` stands for a session without an e-mail.
#[derive(Debug, Default)]
pub struct EmailGlobs(pub Vec<String>);

read_as!(EmailGlobs, "expected-globs", |value| {
    texts(value).filter(|texts| texts.iter().all(|text| text.is_empty() || is_glob(text))).map(Self)
});

/// The networks of a rule's condition or a token.
#[derive(Debug, Default, Deserialize)]
pub struct Networks(#[serde(deserialize_with = "networks")] pub Vec<IpNet>);

fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let networks = Vec::<Network>::deserialize(deserializer)?;
    if networks.len() > MOST {
        return Err(D::Error::invalid_length(networks.len(), &Message::new("expected-networks").to_string().as_str()));
    }
    Ok(networks.into_iter().map(|Network(network)| network).collect())
}

struct Network(IpNet);

read_as!(Network, "expected-network", |value| parse_network(value.as_str()?).ok().map(Self));

/// The place of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Order(pub i64);

read_as!(Order, "expected-order", |value| {
    value.as_i64().filter(|order| (0..=LARGEST_ORDER).contains(order)).map(Self)
});

/// How many items a page has, as a number or its digits.
#[derive(Clone, Copy, Debug)]
pub struct Limit(pub usize);

impl Default for Limit {
    fn default() -> Self {
        Self(Query::DEFAULT_LIMIT)
    }
}

read_as!(Limit, "expected-limit", |value| {
    let limit = match value {
        Value::String(digits) => digits.parse().ok()?,
        number => usize::try_from(number.as_u64()?).ok()?,
    };
    (1..=Query::LARGEST_LIMIT).contains(&limit).then_some(Self(limit))
});

/// True or false, in JSON or a query.
#[derive(Clone, Copy, Debug)]
pub struct Flag(pub bool);

read_as!(Flag, "expected-boolean", |value| match value {
    Value::Bool(flag) => Some(Self(*flag)),
    Value::String(text) => text.parse().ok().map(Self),
    _ => None,
});

/// Several classes of status, each once, with commas between.
#[derive(Debug, Default)]
pub struct StatusClasses(pub Vec<StatusClass>);

read_as!(StatusClasses, "expected-status", |value| {
    let mut classes: Vec<StatusClass> = value.as_str()?.split(',').map(StatusClass::parse).collect::<Option<_>>()?;
    classes.sort_unstable();
    classes.dedup();
    Some(Self(classes))
});

/// Where a page of a list that is numbered begins.
#[derive(Clone, Copy, Debug)]
pub struct NumberCursor(pub i64);

read_as!(NumberCursor, "expected-cursor", |value| value.as_str()?.parse().ok().map(Self));
