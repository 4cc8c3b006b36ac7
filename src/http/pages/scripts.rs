//! What scripts need of a page: which files they are, and which keys they listen to.

use super::context::Chrome;

/// The modules that `panel.js` imports: named in the page, they come together.
const MODULES: [&str; 15] = [
    "copy.js",
    "edits.js",
    "fold.js",
    "keys.js",
    "live.js",
    "morph.js",
    "notify.js",
    "page.js",
    "peek.js",
    "pick.js",
    "quick.js",
    "rows.js",
    "times.js",
    "toast.js",
    "words.js",
];

/// Keys, and what each does.
const KEYS: [(&str, &str); 10] = [
    ("/", "key-search"),
    ("j", "key-next"),
    ("k", "key-previous"),
    ("x", "key-select"),
    ("a", "key-accept"),
    ("p", "key-pending"),
    ("e", "key-email"),
    ("u", "key-undo"),
    ("r", "key-refresh"),
    ("?", "key-help"),
];

impl Chrome {
    /// What the page's script is made of.
    pub fn modules(&self) -> [&'static str; MODULES.len()] {
        MODULES
    }

    /// Every key with what it does.
    pub fn keys(&self) -> Vec<(String, String)> {
        let delete = (self.t("key-name-delete"), self.t("key-delete"));
        let letters = KEYS.iter().map(|(key, what)| ((*key).to_owned(), self.t(what)));
        letters.chain([delete]).collect()
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
