//! Who may do what: users, tokens, roles, and the apps they are held to.

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use wildmatch::WildMatch;

use super::app_id::AppId;
use super::spelling::spelled;

spelled!(Role, Theme, ListColumn, Permission, ActorKind);

/// What a user or token may do. The order is that of their power.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    Viewer,
    /// Reads, changes, deletes, undoes, pushes.
    Operator,
    /// All, and users, tokens and settings.
    Owner,
}

/// How a person wants to see the panel; `None` for as the browser has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The code of a language, as `fr`.
    pub language: Option<String>,
    pub theme: Option<Theme>,
    /// Of the list of sessions, beside those that it always has; `None` for the usual ones that there is room for.
    pub columns: Option<Vec<ListColumn>>,
    /// Accepted sessions are bold in lists, as in the desktop tool, rather than those that wait.
    pub bold_accepted: bool,
}

/// A column of the list of sessions that one can do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum ListColumn {
    App,
    Ip,
    AppVersion,
    Language,
    FirstSeen,
}

impl ListColumn {
    /// Those that are shown to whoever has not chosen.
    pub const USUAL: [Self; 2] = [Self::App, Self::Ip];

    /// Those of a text with a comma between; one of a newer version is left out.
    pub fn parse_all(text: &str) -> Vec<Self> {
        text.split(',').filter_map(Self::parse).collect()
    }
}

/// How the panel is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Theme {
    Light,
    Dark,
}

/// What the type of a handler asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Permission {
    /// See sessions, apps and the journal; refresh.
    Read,
    Change,
    Administer,
    /// The access log: it names everybody, and has no app by which it could be held.
    ReadAccessLog,
    /// What is measured: it counts all apps.
    ReadMetrics,
    /// Tokens and files with their secrets.
    ReadSecrets,
}

/// The apps a caller is held to: `*` and `?` globs on the app id; no glob means all apps. One that
/// is held within another scope has a list of globs for each, and an app must pass all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppScope(Vec<Vec<String>>);

impl AppScope {
    pub fn all() -> Self {
        Self::default()
    }

    /// `None` for a glob that is empty, longer than a name can be, or has a control character.
    pub fn parse(globs: &[String]) -> Option<Self> {
        if globs.iter().any(|glob| glob.contains(char::is_control)) {
            return None;
        }
        if globs.is_empty() { Some(Self::all()) } else { Self::from_lists(vec![globs.to_vec()]) }
    }

    /// The reverse of [`AppScope::lists`]; `None` for an empty list or a glob that is none.
    pub fn from_lists(lists: Vec<Vec<String>>) -> Option<Self> {
        let good = |glob: &String| !glob.is_empty() && glob.len() <= 255;
        lists.iter().all(|globs| !globs.is_empty() && globs.iter().all(good)).then_some(Self(lists))
    }

    /// Lists of globs: an app must match one glob of each.
    pub fn lists(&self) -> &[Vec<String>] {
        &self.0
    }

    /// The caller's own globs, for people to read; empty for all apps.
    pub fn globs(&self) -> &[String] {
        self.0.first().map_or(&[], Vec::as_slice)
    }

    /// The apps that both this and `outer` allow.
    pub fn within(&self, outer: &AppScope) -> Self {
        let mut lists = self.0.clone();
        lists.extend(outer.0.iter().filter(|globs| !self.0.contains(globs)).cloned());
        Self(lists)
    }

    /// What somebody within `outer` puts in the place of this. Globs that are those that were read stay as they are:
    /// there can be more lists than the one that is shown.
    pub fn replaced(&self, wanted: Option<AppScope>, outer: &AppScope) -> Self {
        match wanted {
            Some(wanted) if wanted.globs() != self.globs() => wanted.within(outer),
            _ => self.clone(),
        }
    }

    /// Whether this allows nothing that `outer` does not, by the lists of both.
    pub fn is_within(&self, outer: &AppScope) -> bool {
        outer.0.iter().all(|globs| self.0.contains(globs))
    }

    /// Whether this is every app.
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this app exists for the caller.
    pub fn allows(&self, app: &AppId) -> bool {
        self.0.iter().all(|globs| globs.iter().any(|glob| glob_matches(glob, app.as_str())))
    }
}

/// `*` stands for any characters, `?` for one; all else for itself.
pub fn glob_matches(glob: &str, text: &str) -> bool {
    WildMatch::new(glob).matches(text)
}

/// What kind of actor made a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ActorKind {
    /// A person in the browser.
    User,
    /// A program with a token.
    Token,
    Rule,
    Link,
    Cli,
}

/// Who made a change, as the journal shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// The user's or token's name.
    pub name: String,
}

impl fmt::Display for Actor {
    /// For the log: `token:approvals`. A name with a space in it stands in quotes, so that it ends where it ends.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | '+'));
        match plain {
            true => write!(f, "{}:{}", self.kind.as_str(), self.name),
            false => write!(f, "{}:{:?}", self.kind.as_str(), self.name),
        }
    }
}

/// Who asks, and what they may do: from a token or a login.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Stable and unique per user or token; idempotency keys and limits go by it.
    pub id: String,
    /// As the journal names them.
    pub actor: Actor,
    pub role: Role,
    /// The apps that exist for them.
    pub apps: AppScope,
    /// Whether `secrets:read` was given.
    pub secrets: bool,
}

/// A caller asked for what their role does not give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forbidden(pub Permission);

impl Caller {
    /// Whether the caller may do this.
    pub fn require(&self, permission: Permission) -> Result<(), Forbidden> {
        let allowed = match permission {
            Permission::Read => true,
            Permission::Change => self.role >= Role::Operator,
            Permission::Administer => self.role >= Role::Owner,
            Permission::ReadAccessLog => self.role >= Role::Owner && self.apps.is_all(),
            Permission::ReadMetrics => self.apps.is_all(),
            Permission::ReadSecrets => self.secrets,
        };
        if allowed { Ok(()) } else { Err(Forbidden(permission)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_holds_to_its_globs() {
        let scope = AppScope::parse(&["UTT*.com.?.Contact".into(), "com.x".into()]).unwrap();
        let allows = |app: &str| scope.allows(&AppId::parse(app).unwrap());
        assert!(allows("UTT7VDX8W5.com.a.Contact"));
        assert!(allows("com.x"));
        assert!(!allows("com.xy"));
        assert!(!allows("UTT7VDX8W5.com.ab.Contact"));
        assert!(AppScope::all().allows(&AppId::parse("anything").unwrap()));
        for bad in ["", "a\0b", "a*\n", "\u{7f}"] {
            assert!(AppScope::parse(&["com.x".into(), bad.into()]).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn a_scope_within_another_allows_what_both_allow() {
        let own = AppScope::parse(&["com.*".into()]).unwrap();
        let outer = AppScope::parse(&["*.a".into(), "*.b".into()]).unwrap();
        let both = own.within(&outer);
        let allowed = |app: &str| both.allows(&AppId::parse(app).unwrap());
        assert!(allowed("com.a") && allowed("com.b"));
        assert!(!allowed("com.c") && !allowed("org.a"));
        assert_eq!(both.globs(), ["com.*"]);
        assert_eq!(AppScope::all().within(&own), own);
        assert_eq!(own.within(&AppScope::all()), own);
        assert_eq!(both.within(&outer), both);
        assert!(both.is_within(&outer) && both.is_within(&own) && both.is_within(&AppScope::all()));
        assert!(!own.is_within(&outer) && !AppScope::all().is_within(&own));
        assert_eq!(AppScope::from_lists(both.lists().to_vec()), Some(both));
        assert!(AppScope::from_lists(vec![Vec::new()]).is_none(), "an empty list would allow nothing, or all");
    }

    #[test]
    fn an_actors_name_cannot_forge_a_field_of_the_log() {
        let logged = |name: &str| Actor { kind: ActorKind::Token, name: name.into() }.to_string();
        assert_eq!(logged("approvals"), "token:approvals");
        assert_eq!(logged("a status=200"), "token:\"a status=200\"");
    }

    #[test]
    fn globs_with_many_stars_end() {
        assert!(glob_matches("*a*b*c*", "xxaxxbxxcxx"));
        assert!(!glob_matches(&"*a".repeat(40), &"a".repeat(39)));
        assert!(glob_matches("**", ""));
    }
}
