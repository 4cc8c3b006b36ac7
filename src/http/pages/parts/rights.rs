//! What forms about people and tokens have in common: a name, a role, the apps, a password.

use ipnet::IpNet;

use super::app_picker::AppPicker;
use super::choices::{APPS_ON_A_PAGE, Choice};
pub use super::globs::{globs, unmatched};
use super::page::Page;
use super::text;
use crate::config::parse_network;
use crate::domain::account::{AppScope, Role};
use crate::domain::session::App;
use crate::domain::token::Secret;
use crate::i18n::Locale;
use crate::services::error::Error;

const MOST_NETWORKS: usize = 100;

/// The fields for role and apps, as they were or as they were typed.
pub struct Rights {
    pub roles: Vec<Choice>,
    pub role_error: Option<String>,
    pub apps: AppPicker,
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
        let apps = AppPicker::new(page, here, globs);
        Self { roles: roles.collect(), role_error: None, apps }
    }

    /// As they were typed; and the role and globs, if they are good.
    pub fn typed(page: &Page, here: &[App], role: &str, apps: &str) -> (Self, Option<(Role, Vec<String>)>) {
        let role = Role::parse(role);
        let mut rights = Self::new(page, here, role, &[]);
        let globs = rights.apps.read(page, here, apps);
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

/// Networks, one a line; `None` where one is none.
pub fn networks(text: &str) -> Option<Vec<IpNet>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let networks: Option<Vec<IpNet>> = lines.map(|line| parse_network(line).ok()).collect();
    networks.filter(|networks| networks.len() <= MOST_NETWORKS)
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
}
