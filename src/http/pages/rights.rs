//! What forms about people and tokens have in common: a name, a role, the apps, a password.

use super::changes::Choice;
use super::forms::Form;
use super::rows;
use crate::domain::account::{AppScope, Caller, Role};
use crate::domain::token::Secret;
use crate::i18n::Locale;
use crate::services::accounts::Weakness;
use crate::services::error::Error;

const MOST_GLOBS: usize = 100;

/// The fields for role and apps, as they were or as they were typed.
pub struct Rights {
    pub roles: Vec<Choice>,
    pub role_error: Option<String>,
    pub apps: String,
    pub apps_error: Option<String>,
    pub apps_help: String,
}

/// A role and globs, both found good.
pub type Meant = (Role, Vec<String>);

impl Rights {
    /// With this role chosen, and these globs; `caller` is who fills them in.
    pub fn new(l: Locale, caller: &Caller, role: Option<Role>, globs: &[String]) -> Self {
        let choice = |one: Role| Choice {
            value: one.as_str().to_owned(),
            word: super::context::role(l, one),
            on: role == Some(one),
        };
        let help = apps_help(l, caller);
        Self {
            roles: Role::ALL.into_iter().map(choice).collect(),
            role_error: None,
            apps: globs.join("\n"),
            apps_error: None,
            apps_help: help,
        }
    }

    /// As they were typed; and what they mean, if they are good.
    pub fn typed(l: Locale, caller: &Caller, form: &Form) -> Result<(Self, Option<Meant>), Error> {
        let (role, apps) = (Role::parse(form.one("role")?), form.one("apps")?);
        let globs = globs(apps);
        let mut rights = Self::new(l, caller, role, &[]);
        rights.apps = apps.to_owned();
        rights.role_error = role.is_none().then(|| l.t("invalid-role"));
        rights.apps_error = globs.is_none().then(|| l.t("invalid-apps"));
        Ok((rights, role.zip(globs)))
    }
}

/// What is said beside a field for apps.
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
pub fn weakness(l: Locale, password: &Secret<String>, name: &str) -> Option<String> {
    Weakness::of(password, name).map(|weakness| l.t(&format!("password-{}", weakness.as_str())))
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
