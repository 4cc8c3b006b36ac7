//! A message that is said later, in a language that is not known yet.

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::FluentValue;

use super::locale::Locale;

/// A message with its arguments. `Display` says it in English, for programs and the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    key: Cow<'static, str>,
    args: Vec<(&'static str, FluentValue<'static>)>,
}

impl Message {
    /// The message of this key, or `key.attribute`.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<FluentValue<'static>>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// An attribute of the same message, with the same arguments.
    pub fn attribute(&self, name: &str) -> Self {
        Self { key: format!("{}.{name}", self.key).into(), args: self.args.clone() }
    }

    pub fn say(&self, locale: Locale) -> String {
        locale.args(&self.key, &self.args)
    }

    /// In this language, or `None` where no language has the message.
    pub fn find(&self, locale: Locale) -> Option<String> {
        locale.find(&self.key, &self.args)
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Locale::default()))
    }
}

impl From<&'static str> for Message {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

impl From<Message> for String {
    fn from(message: Message) -> Self {
        message.to_string()
    }
}
