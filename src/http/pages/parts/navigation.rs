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

/// The chapter of the manual for each section, and the place in it.
pub const HELP: [(&str, &str); 12] = [
    ("overview", "sessions#who-waits"),
    ("sessions", "sessions#the-list"),
    ("search", "sessions#find-anybody"),
    ("changes", "changes"),
    ("push", "push"),
    ("rules", "automation#rules"),
    ("webhooks", "automation#webhooks"),
    ("users", "people#users"),
    ("tokens", "people#api-tokens"),
    ("access-log", "people#the-access-log"),
    ("account", "people#your-account"),
    ("docs", "programs"),
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

    /// The chapter of the manual that explains this page.
    pub fn help(&self) -> String {
        let chapter = HELP.iter().find(|(section, _)| self.at(section)).map(|(_, chapter)| format!("/{chapter}"));
        format!("/help{}", chapter.unwrap_or_default())
    }

    /// Whether one of them is shown.
    pub fn is_administration(&self) -> bool {
        ADMINISTRATION.iter().any(|(section, ..)| self.at(section))
    }
}
