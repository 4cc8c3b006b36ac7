//! The ways through the panel that depend on who looks.

use super::chrome::Chrome;

/// The pages of administration: section, address and name.
const ADMINISTRATION: [(&str, &str, &str); 5] = [
    ("users", "/users", "nav-users"),
    ("tokens", "/tokens", "nav-tokens"),
    ("rules", "/rules", "nav-rules"),
    ("webhooks", "/webhooks", "nav-webhooks"),
    ("access-log", "/access-log", "nav-access-log"),
];

/// A page of the navigation.
pub struct Way {
    pub href: &'static str,
    pub word: String,
    /// Whether this is the page that is shown, or one below it.
    pub is_here: bool,
}

impl Chrome {
    /// The pages of administration that this person may see.
    pub fn administration(&self) -> Vec<Way> {
        let may_see = |section: &str| if section == "access-log" { self.reads_access_log } else { self.administers };
        let ways = ADMINISTRATION.into_iter().filter(|(section, ..)| may_see(section));
        ways.map(|(section, href, key)| Way { href, word: self.t(key).into_owned(), is_here: self.at(section) })
            .collect()
    }

    /// Whether one of them is shown.
    pub fn is_administration(&self) -> bool {
        ADMINISTRATION.iter().any(|(section, ..)| self.at(section))
    }
}
