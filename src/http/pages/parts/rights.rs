//! What forms about people and tokens have in common: a name, a role, the apps, a password.

use ipnet::IpNet;

use super::choices::{APPS_ON_A_PAGE, Choice};
use super::page::Page;
use super::text;
use crate::config::parse_network;
use crate::domain::account::{AppScope, Role};
use crate::domain::session::App;
use crate::domain::token::Secret;
use crate::i18n::Locale;
use crate::services::error::Error;

const MOST_GLOBS: usize = 100;

/// The fields for role and apps, as they were or as they were typed.
pub struct Rights {
    pub roles: Vec<Choice>,
    pub role_error: Option<String>,
    pub apps: AppsField,
}

/// The field for apps, with those that are there to be named.
pub struct AppsField {
    pub value: String,
    pub error: Option<String>,
    pub help: String,
    /// That lines match no app now.
    pub unmatched: Option<String>,
    pub here: Vec<App>,
}

impl Rights {
    /// With this role chosen, and these globs.
    pub fn new(page: &Page, here: &[App], role: Option<Role>, globs: &[String]) -> Self {
        let roles =
            Role::all().map(|one| Choice::new(one.as_str(), super::chrome::role(page.locale, one), role == Some(one)));
        let apps = AppsField::new(page, here, globs);
        Self { roles: roles.collect(), role_error: None, apps }
    }

    /// As they were typed; and the role and globs, if they are good.
    pub fn typed(page: &Page, here: &[App], role: &str, apps: &str) -> (Self, Option<(Role, Vec<String>)>) {
        let role = Role::parse(role);
        let mut rights = Self::new(page, here, role, &[]);
        let globs = rights.apps.read(page.locale, here, apps);
        rights.role_error = role.is_none().then(|| page.locale.t("invalid-role"));
        (rights, role.zip(globs))
    }
}

impl AppsField {
    /// `here` are the apps that the caller may name: see [`apps_here`].
    pub fn new(page: &Page, here: &[App], globs: &[String]) -> Self {
        let (l, scope) = (page.locale, &page.caller.apps);
        Self {
            value: globs.join("\n"),
            error: None,
            help: match scope.is_all() {
                true => l.t("apps-help"),
                false => l.s("apps-help-held", text::one_line(&scope.globs().join(" "))),
            },
            unmatched: unmatched(l, here, globs),
            here: here.iter().take(APPS_ON_A_PAGE).cloned().collect(),
        }
    }

    /// Takes what was typed; gives the globs that it stands for if it is good.
    pub fn read(&mut self, l: Locale, here: &[App], text: &str) -> Option<Vec<String>> {
        let globs = globs(text);
        self.value = text.to_owned();
        self.error = globs.is_none().then(|| l.t("invalid-apps"));
        self.unmatched = globs.as_ref().and_then(|globs| unmatched(l, here, globs));
        globs
    }

    /// The id of an app, as an example.
    pub fn example(&self) -> &str {
        self.here.first().map_or("", |app| app.id.as_str())
    }
}

/// The apps that the caller may see; none while nobody can tell.
pub async fn apps_here(page: &Page) -> Vec<App> {
    page.app.catalog.apps(&page.caller.apps).await.unwrap_or_default()
}

/// Which globs match no app that is there now, in words: they may be meant for one that is to come, or be mistyped.
pub fn unmatched(l: Locale, here: &[App], globs: &[String]) -> Option<String> {
    let lost = globs.iter().filter(|glob| {
        let scope = AppScope::parse(std::slice::from_ref(*glob));
        scope.is_some_and(|scope| !here.iter().any(|app| scope.allows(&app.id)))
    });
    let lost: Vec<&str> = lost.map(String::as_str).collect();
    (!lost.is_empty()).then(|| l.s("apps-unmatched", text::one_line(&lost.join(", "))))
}

/// Globs, one a line; `None` where one is none.
pub fn globs(text: &str) -> Option<Vec<String>> {
    let globs: Vec<String> = text.lines().map(str::trim).filter(|glob| !glob.is_empty()).map(str::to_owned).collect();
    let fit = globs.len() <= MOST_GLOBS && !globs.iter().any(|glob| glob.contains(text::is_unprintable));
    (fit && AppScope::parse(&globs).is_some()).then_some(globs)
}

/// Networks, one a line; `None` where one is none.
pub fn networks(text: &str) -> Option<Vec<IpNet>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let networks: Option<Vec<IpNet>> = lines.map(|line| parse_network(line).ok()).collect();
    networks.filter(|networks| networks.len() <= MOST_GLOBS)
}

/// The apps that globs, which were found good, stand for.
pub fn scope(globs: &[String]) -> Result<AppScope, Error> {
    AppScope::parse(globs).ok_or_else(|| Error::invalid("/apps", "A glob has 1 to 255 characters."))
}

/// Why this will not do as the password of the user of this name, in words.
pub fn weakness<C>(page: &Page<C>, password: &Secret<String>, name: &str) -> Option<String> {
    let weakness = page.app.accounts.weakness(password, name);
    weakness.map(|weakness| page.locale.t(&format!("password-{}", weakness.as_str())))
}

/// How long to wait, in words.
pub fn wait(l: Locale, seconds: u64) -> String {
    let wait = if seconds < 60 { l.n("wait-seconds", seconds) } else { l.n("wait-minutes", seconds.div_ceil(60)) };
    l.s("too-many-tries", wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_stand_one_a_line() {
        let read = networks(" 10.1.2.3/8 \r\n\n::1\n").unwrap();
        assert_eq!(read.iter().map(ToString::to_string).collect::<Vec<_>>(), ["10.0.0.0/8", "::1/128"]);
        assert_eq!((networks("\n"), networks("10.0.0.0/8, ::1")), (Some(Vec::new()), None));
    }

    #[test]
    fn globs_stand_one_a_line() {
        assert_eq!(globs(" com.* \r\n\r\nUTT?.x\n"), Some(vec!["com.*".to_owned(), "UTT?.x".to_owned()]));
        assert_eq!(globs(" \n "), Some(Vec::new()));
        let many = "a\n".repeat(MOST_GLOBS + 1);
        for bad in ["a\0b", "a\u{202e}b", &"a".repeat(256), &many] {
            assert_eq!(globs(bad), None, "{bad:?}");
        }
    }
}
