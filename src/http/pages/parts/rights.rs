//! What forms about people and tokens have in common: a name, a role, the apps, a password.

use super::choices::Choice;
use super::forms::Form;
use super::many_apps;
use super::page::Page;
use super::rows;
use crate::domain::account::{AppScope, Caller, Role};
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
    pub here: Vec<AppHere>,
}

/// An app that is there.
pub struct AppHere {
    pub id: String,
    pub name: String,
}

/// A role and globs, both found good.
pub type Meant = (Role, Vec<String>);

impl Rights {
    /// With this role chosen, and these globs; `caller` is who fills them in.
    pub fn new(page: &Page, caller: &Caller, role: Option<Role>, globs: &[String]) -> Self {
        let l = page.locale;
        let choice = |one: Role| Choice {
            value: one.as_str().to_owned(),
            word: super::chrome::role(l, one),
            on: role == Some(one),
        };
        Self { roles: Role::all().map(choice).collect(), role_error: None, apps: AppsField::new(page, caller, globs) }
    }

    /// As they were typed; and what they mean, if they are good.
    pub fn typed(page: &Page, caller: &Caller, form: &Form) -> Result<(Self, Option<Meant>), Error> {
        let role = Role::parse(form.one("role")?);
        let mut rights = Self::new(page, caller, role, &[]);
        let globs = rights.apps.type_in(page, form.one("apps")?);
        rights.role_error = role.is_none().then(|| page.locale.t("invalid-role"));
        Ok((rights, role.zip(globs)))
    }
}

impl AppsField {
    /// With these globs.
    pub fn new(page: &Page, caller: &Caller, globs: &[String]) -> Self {
        let here = page.app.catalog.apps(&caller.apps).unwrap_or_default();
        let shown = |app: &App| AppHere { id: app.id.to_string(), name: rows::shown(&app.name).into_owned() };
        Self {
            value: globs.join("\n"),
            error: None,
            help: apps_help(page.locale, caller),
            unmatched: unmatched(page, globs),
            here: here.iter().take(many_apps::PAGE).map(shown).collect(),
        }
    }

    /// What was typed, and the globs that it means if it is good.
    pub fn type_in(&mut self, page: &Page, text: &str) -> Option<Vec<String>> {
        let globs = globs(text);
        self.value = text.to_owned();
        self.error = globs.is_none().then(|| page.locale.t("invalid-apps"));
        self.unmatched = globs.as_ref().and_then(|globs| unmatched(page, globs));
        globs
    }

    /// The id of an app, as an example.
    pub fn example(&self) -> &str {
        self.here.first().map_or("", |app| app.id.as_str())
    }
}

/// Which globs match no app that is there now, in words: they may be meant for one that is to come, or be mistyped.
pub fn unmatched(page: &Page, globs: &[String]) -> Option<String> {
    let caller = page.caller().ok()?;
    let here = page.app.catalog.apps(&caller.apps).ok()?;
    let lost = |glob: &&String| {
        let scope = AppScope::parse(std::slice::from_ref(*glob));
        scope.is_some_and(|scope| !here.iter().any(|app| scope.allows(&app.id)))
    };
    let lost: Vec<&str> = globs.iter().filter(lost).map(String::as_str).collect();
    (!lost.is_empty()).then(|| page.locale.s("apps-unmatched", rows::shown(&lost.join(", "))))
}

/// How apps are chosen, for this caller.
pub fn apps_help(l: Locale, caller: &Caller) -> String {
    match caller.apps.is_all() {
        true => l.t("apps-help"),
        false => l.s("apps-help-held", rows::shown(&caller.apps.globs().join(" "))),
    }
}

/// Globs, one a line; `None` where one is none.
pub fn globs(text: &str) -> Option<Vec<String>> {
    let globs: Vec<String> = text.lines().map(str::trim).filter(|glob| !glob.is_empty()).map(str::to_owned).collect();
    let fit = globs.len() <= MOST_GLOBS && !globs.iter().any(|glob| glob.contains(rows::odd));
    (fit && AppScope::parse(&globs).is_some()).then_some(globs)
}

/// The apps that globs, which were found good, stand for.
pub fn scope(globs: &[String]) -> Result<AppScope, Error> {
    AppScope::parse(globs).ok_or_else(|| Error::invalid("/apps", "A glob has 1 to 255 characters."))
}

/// Why this will not do as the password of the user of this name, in words.
pub fn weakness(page: &Page, password: &Secret<String>, name: &str) -> Option<String> {
    let weakness = page.app.accounts.weakness(password, name);
    weakness.map(|weakness| page.locale.t(&format!("password-{}", weakness.as_str())))
}

/// How long to wait, in words.
pub fn wait(l: Locale, seconds: u64) -> String {
    let wait = if seconds < 60 { l.n("wait-seconds", seconds) } else { l.n("wait-minutes", seconds.div_ceil(60)) };
    l.s("too-many-tries", wait)
}

/// The word for a role, alone.
pub fn role_name(l: Locale, role: Role) -> String {
    l.t(match role {
        Role::Viewer => "role-name-viewer",
        Role::Operator => "role-name-operator",
        Role::Owner => "role-name-owner",
    })
}

/// The apps of somebody in a list.
pub fn apps_words(l: Locale, globs: &[String]) -> String {
    if globs.is_empty() { l.t("apps-all") } else { rows::shown(&globs.join(", ")).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
