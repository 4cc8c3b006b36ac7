//! Team id and bundle id <-> the name of an app's folder.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::folding::alike;

/// The longest name a folder or file can have on the file systems 4D runs on, in bytes.
pub(super) const LONGEST_NAME: usize = 255;

/// The name of an app's folder, verbatim: `team id + "." + bundle id`, or the bundle id alone
/// (source: the *4D Mobile App Server* component).
///
/// A value of this type is one path component that stays inside the folder it is joined to.
///
/// ```
/// use mobile_sessions::domain::app_id::AppId;
/// let app = AppId::parse("UTT7VDX8W5.com.contactApp.Contact").unwrap();
/// assert_eq!(app.team_id(), Some("UTT7VDX8W5"));
/// assert_eq!(app.bundle_id(), "com.contactApp.Contact");
/// assert!(AppId::parse("..").is_none());
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct AppId(Arc<str>);

impl TryFrom<String> for AppId {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name).ok_or("no app's id")
    }
}

impl AppId {
    /// `None` for a name that could leave its folder, or that this platform has no folder for.
    pub fn parse(name: &str) -> Option<Self> {
        let exists = !cfg!(windows) || exists_on_windows(name);
        (is_safe_name(name) && exists).then(|| Self(name.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The Apple team, 10 upper-case letters or digits; `None` without one.
    pub fn team_id(&self) -> Option<&str> {
        split(&self.0).0
    }

    /// The bundle id: what stands behind the team id.
    pub fn bundle_id(&self) -> &str {
        split(&self.0).1
    }

    /// The last part of the bundle id, by which *4D Mobile App Server* also finds an app.
    pub fn short_name(&self) -> &str {
        let bundle = self.bundle_id();
        bundle.rsplit('.').next().unwrap_or(bundle)
    }

    /// Whether a session of this team and application belongs into this folder.
    ///
    /// An empty team may still have been concatenated, which leaves a leading dot
    /// (source: the *4D Mobile App* component).
    pub fn belongs_to(&self, team: Option<&str>, application: &str) -> Belongs {
        let team = team.unwrap_or_default();
        let concatenated = format!("{team}.{application}");
        let folders = [concatenated.as_str(), application];
        let folders = if team.is_empty() { &folders[..] } else { &folders[..1] };
        match self.as_str() {
            folder if folders.contains(&folder) => Belongs::Exactly,
            folder if folders.iter().any(|one| alike(one, folder)) => Belongs::CaseAside,
            _ => Belongs::Not,
        }
    }
}

/// How a session stands to a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belongs {
    Exactly,
    /// By a name that differs in letter case or accents alone, which 4D probably takes.
    CaseAside,
    Not,
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

fn split(folder: &str) -> (Option<&str>, &str) {
    match folder.split_once('.') {
        // An empty team, or the placeholder that callers of the component use for it.
        Some(("" | "___", bundle)) if !bundle.is_empty() => (None, bundle),
        Some((team, bundle)) if is_team_id(team) && !bundle.is_empty() => (Some(team), bundle),
        _ => (None, folder),
    }
}

fn is_team_id(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Whether `name` is one path component that stays in its folder.
fn is_safe_name(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name != "."
        && name != ".."
        && !name.contains(['/', '\\', '\0'])
        && !drive
}

/// Whether Windows has a folder of this name, and not a device, a stream or another folder in its place. Elsewhere
/// such a folder is one like any other: bundle ids begin with "con." or "aux." too.
fn exists_on_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let is_numbered = |prefix: &str| {
        let number = stem.get(..3).filter(|start| start.eq_ignore_ascii_case(prefix)).map(|_| &stem[3..]);
        number.is_some_and(|number| {
            matches!(number, "\u{b9}" | "\u{b2}" | "\u{b3}")
                || number.len() == 1 && number.as_bytes()[0].is_ascii_digit()
        })
    };
    let is_device = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].iter().any(|one| stem.eq_ignore_ascii_case(one));
    !is_device
        && !is_numbered("COM")
        && !is_numbered("LPT")
        && !name.ends_with(['.', ' '])
        && !name.contains(|c: char| c.is_ascii_control() || "<>:\"|?*".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_leave_its_folder_is_no_app() {
        for name in ["", ".", "..", "a/b", "a\\b", "a\0", "C:", "c:x"] {
            assert!(!is_safe_name(name), "{name:?}");
        }
        for name in ["com.example", ".com.example", "con.example", "NUL", "ab:c", "é\n", "com.a. "] {
            assert!(is_safe_name(name), "{name:?}");
        }
    }

    #[test]
    fn windows_has_no_folder_of_a_reserved_name() {
        for name in [
            "NUL",
            "con.txt",
            "LPT1",
            "com9.x",
            "COM\u{b9}.x",
            "conin$",
            "con .x",
            "com.a.",
            "com.a ",
            "ab:c",
            "a?",
            "é\n",
        ] {
            assert!(!exists_on_windows(name), "{name:?}");
        }
        for name in ["com.example", ".com.example", "console.app", "COM.example", "com10.x", "lptx", "é"] {
            assert!(exists_on_windows(name), "{name:?}");
        }
    }

    #[test]
    fn team_and_bundle_are_told_apart() {
        let cases = [
            ("UTT7VDX8W5.com.a.B", Some("UTT7VDX8W5"), "com.a.B", "B"),
            ("com.a.B", None, "com.a.B", "B"),
            (".com.a.B", None, "com.a.B", "B"),
            ("___.com.a.B", None, "com.a.B", "B"),
            ("utt7vdx8w5.com", None, "utt7vdx8w5.com", "com"),
            ("UTT7VDX8W5.", None, "UTT7VDX8W5.", ""),
            ("single", None, "single", "single"),
        ];
        for (folder, team, bundle, short) in cases {
            let app = AppId::parse(folder).unwrap();
            assert_eq!((app.team_id(), app.bundle_id(), app.short_name()), (team, bundle, short), "{folder}");
        }
    }

    #[test]
    fn a_session_belongs_in_the_folder_of_its_app() {
        let belongs = |folder: &str, team, app| AppId::parse(folder).unwrap().belongs_to(team, app);
        for (folder, team, app) in [
            ("UTT7VDX8W5.com.a", Some("UTT7VDX8W5"), "com.a"),
            ("com.a", None, "com.a"),
            ("com.a", Some(""), "com.a"),
            (".com.a", Some(""), "com.a"),
        ] {
            assert_eq!(belongs(folder, team, app), Belongs::Exactly, "{folder}");
            assert_eq!(belongs(&folder.replace("com", "Cóm"), team, app), Belongs::CaseAside, "{folder}");
        }
        for (folder, team, app) in [
            ("UTT7VDX8W5.com.a", None, "com.a"),
            ("com.a", Some("UTT7VDX8W5"), "com.a"),
            ("UTT7VDX8W5.com.a", Some("UTT7VDX8W5"), "com.b"),
        ] {
            assert_eq!(belongs(folder, team, app), Belongs::Not, "{folder}");
        }
    }
}
