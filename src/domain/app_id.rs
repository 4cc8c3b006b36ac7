//! Team id and bundle id <-> the name of an app's folder.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct AppId(Arc<str>);

impl AppId {
    /// `None` for a name that could leave its folder on any platform.
    pub fn parse(name: &str) -> Option<Self> {
        is_safe_name(name).then(|| Self(name.into()))
    }

    /// The folder's name.
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
    pub fn belongs_to(&self, team: Option<&str>, application: &str) -> bool {
        let folder = self.as_str();
        match team.filter(|team| !team.is_empty()) {
            Some(team) => folder
                .strip_prefix(team)
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|bundle| bundle == application),
            None => folder.strip_prefix('.').unwrap_or(folder) == application || folder == application,
        }
    }
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

/// Whether `name` is one path component that stays in its folder, on every platform.
fn is_safe_name(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name != "."
        && name != ".."
        && !name.contains(['/', '\\', '\0'])
        && !drive
        && !is_reserved_on_windows(name)
}

fn is_reserved_on_windows(name: &str) -> bool {
    let stem = name.split(['.', ':']).next().unwrap_or(name).trim_end();
    let numbered = |prefix: &str| {
        stem.len() == 4
            && stem.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && stem.as_bytes()[3].is_ascii_digit()
    };
    ["CON", "PRN", "AUX", "NUL"].iter().any(|device| stem.eq_ignore_ascii_case(device))
        || numbered("COM")
        || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_leave_its_folder_is_no_app() {
        for name in ["", ".", "..", "a/b", "a\\b", "a\0", "C:", "c:x", "NUL", "con.txt", "LPT1", "com9.x"] {
            assert!(AppId::parse(name).is_none(), "{name:?}");
        }
        for name in ["com.example", ".com.example", "console.app", "COM.example", "ab:c", "é\n"] {
            assert!(AppId::parse(name).is_some(), "{name:?}");
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
    fn a_session_belongs_to_the_folder_of_its_team_and_application() {
        let belongs = |folder: &str, team, app| AppId::parse(folder).unwrap().belongs_to(team, app);
        assert!(belongs("UTT7VDX8W5.com.a", Some("UTT7VDX8W5"), "com.a"));
        assert!(belongs("com.a", None, "com.a"));
        assert!(belongs("com.a", Some(""), "com.a"));
        assert!(belongs(".com.a", Some(""), "com.a"));
        assert!(!belongs("UTT7VDX8W5.com.a", None, "com.a"));
        assert!(!belongs("com.a", Some("UTT7VDX8W5"), "com.a"));
        assert!(!belongs("UTT7VDX8W5.com.a", Some("UTT7VDX8W5"), "com.b"));
    }
}
