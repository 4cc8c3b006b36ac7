//! What an entry of the access log says of a rule, webhook, link or delivery: named values, kept as one line of JSON.
//! Pages read it again, to say it in the reader's language.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details(Map<String, Value>);

impl Details {
    /// Every name; each has a message `detail-NAME` in each language.
    pub const NAMES: [&str; 24] = [
        "order",
        "enabled",
        "apps",
        "emails",
        "os",
        "app_versions",
        "languages",
        "networks",
        "simulator",
        "jailbroken",
        "known_device",
        "declined",
        "quiet_for",
        "waiting_for",
        "action",
        "at_most",
        "url",
        "events",
        "approval_links",
        "link",
        "webhook",
        "delivery",
        "expires_at",
        "previous_until",
    ];

    /// With one more value, unless it is empty or `null`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        debug_assert!(Self::NAMES.contains(&name), "{name} has no message");
        let value = value.into();
        if !is_nothing(&value) {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// With all values of this that are neither empty nor `null`.
    #[must_use]
    pub fn with_all(mut self, values: &impl Serialize) -> Self {
        if let Ok(Value::Object(values)) = serde_json::to_value(values) {
            self.0.extend(values.into_iter().filter(|(_, value)| !is_nothing(value)));
        }
        self
    }

    /// Reads an entry's detail; `None` for one of another form.
    pub fn parse(detail: &str) -> Option<Self> {
        serde_json::from_str(detail).ok().map(Self)
    }

    /// Each name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

impl fmt::Display for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = serde_json::to_string(&self.0).map_err(|_| fmt::Error)?;
        f.write_str(&line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_read_as_they_were_written() {
        let details =
            Details::default().with("order", 1).with("apps", vec!["com.*"]).with("emails", Vec::<String>::new());
        assert_eq!(details.to_string(), r#"{"order":1,"apps":["com.*"]}"#);
        assert_eq!(Details::parse(&details.to_string()), Some(details));
        assert_eq!(Details::parse("viewer, all apps"), None);
    }
}
