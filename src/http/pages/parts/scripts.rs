//! What scripts need of a page: which files they are, and which keys they listen to.

use std::borrow::Cow;

use super::chrome::Chrome;

/// The modules that `panel.js` imports: named in the page, they come together.
const MODULES: [&str; 20] = [
    "base.js",
    "copy.js",
    "edits.js",
    "find.js",
    "fold.js",
    "keys.js",
    "live.js",
    "look.js",
    "morph.js",
    "notify.js",
    "page.js",
    "pick.js",
    "poll.js",
    "quick.js",
    "rows.js",
    "rule.js",
    "search.js",
    "times.js",
    "toast.js",
    "words.js",
];

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
    /// What the page's script is made of.
    pub fn modules(&self) -> [&'static str; MODULES.len()] {
        MODULES
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_is_named() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/static");
        let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut modules: Vec<_> =
            names.filter(|name| name.ends_with(".js") && !["docs.js", "panel.js"].contains(&name.as_str())).collect();
        modules.sort();
        assert_eq!(modules, MODULES);
    }
}
