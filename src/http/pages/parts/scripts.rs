//! What scripts need of a page: which keys they listen to, and how they write a point in time.

use std::borrow::Cow;

use super::chrome::Chrome;

/// Keys, and what each does.
const KEYS: [(&str, &str); 7] = [
    ("/", "key-find"),
    ("f", "key-filter"),
    ("j", "key-next"),
    ("k", "key-previous"),
    ("o", "key-look"),
    ("r", "key-refresh"),
    ("?", "key-help"),
];

/// Those for who may change something.
const KEYS_TO_CHANGE: [(&str, &str); 6] = [
    ("x", "key-select"),
    ("a", "key-accept"),
    ("p", "key-pending"),
    ("d", "decline"),
    ("e", "key-email"),
    ("u", "key-undo"),
];

impl Chrome {
    /// The names of the months, with a bar between.
    pub fn months(&self) -> String {
        self.locale.date_words().months()
    }

    /// A day: `$d`, `$m` and `$y` stand for its parts.
    pub fn date_pattern(&self) -> String {
        self.locale.args("date", &[("day", "$d".into()), ("month", "$m".into()), ("year", "$y".into())])
    }

    /// A point in time: `$d` stands for the day, `$t` for the time, `$z` for the zone.
    pub fn date_time_pattern(&self) -> String {
        self.locale.args("date-time", &[("date", "$d".into()), ("time", "$t".into()), ("zone", "$z".into())])
    }

    /// Every key with what it does for them.
    pub fn keys(&self) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
        let change = if self.may_change { &KEYS_TO_CHANGE[..] } else { &[] };
        let mut keys: Vec<_> = KEYS.iter().chain(change).map(|(key, what)| (Cow::from(*key), self.t(what))).collect();
        if self.may_change {
            keys.push((self.t("key-name-delete"), self.t("key-delete")));
        }
        keys
    }
}
