//! What was given to a user or token, as the access log keeps it: one line, which is read again here.

use std::fmt;

use ipnet::IpNet;

use crate::domain::account::Role;
use crate::domain::timestamp::Timestamp;

/// What a user or token was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub role: Role,
    /// The globs of the apps they are held to, or `all apps`.
    pub apps: String,
    /// Whether they are kept out.
    pub disabled: bool,
    /// Whether `secrets:read` was given.
    pub secrets: bool,
    /// The networks that a token is limited to.
    pub networks: Vec<String>,
    pub ends: Ends,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    Unsaid,
    Never,
    At(Timestamp),
}

const DISABLED: &str = ", disabled";
const SECRETS: &str = ", secrets";
const FROM: &str = ", from ";
const NEVER: &str = ", never expires";
const EXPIRES: &str = ", expires ";

impl Given {
    /// What stands in place of globs where there are none.
    pub const ALL_APPS: &str = "all apps";

    /// Reads an entry's detail; `None` for one that says something else.
    pub fn parse(detail: &str) -> Option<Self> {
        let (detail, ends) = Ends::cut(detail);
        let (detail, networks) = networks(detail);
        let (detail, secrets) = cut(detail, SECRETS);
        let (detail, disabled) = cut(detail, DISABLED);
        let (role, apps) = detail.split_once(", ")?;
        Some(Self { role: Role::parse(role)?, apps: apps.to_owned(), disabled, secrets, networks, ends })
    }
}

impl Ends {
    fn cut(detail: &str) -> (&str, Self) {
        if let (detail, true) = cut(detail, NEVER) {
            return (detail, Ends::Never);
        }
        let end = detail.rsplit_once(EXPIRES).and_then(|(rest, at)| Some((rest, Timestamp::parse(at)?)));
        end.map_or((detail, Ends::Unsaid), |(rest, at)| (rest, Ends::At(at)))
    }
}

fn networks(detail: &str) -> (&str, Vec<String>) {
    let is_all = |texts: &str| texts.split(' ').all(|text| text.parse::<IpNet>().is_ok());
    match detail.rsplit_once(FROM).filter(|(_, texts)| is_all(texts)) {
        Some((rest, texts)) => (rest, texts.split(' ').map(str::to_owned).collect()),
        None => (detail, Vec::new()),
    }
}

fn cut<'a>(text: &'a str, end: &str) -> (&'a str, bool) {
    text.strip_suffix(end).map_or((text, false), |rest| (rest, true))
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.role.as_str(), self.apps)?;
        f.write_str(if self.disabled { DISABLED } else { "" })?;
        f.write_str(if self.secrets { SECRETS } else { "" })?;
        if !self.networks.is_empty() {
            write!(f, "{FROM}{}", self.networks.join(" "))?;
        }
        match self.ends {
            Ends::Unsaid => Ok(()),
            Ends::Never => f.write_str(NEVER),
            Ends::At(at) => write!(f, "{EXPIRES}{at}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let at = Timestamp::from_millis(1_800_000_000_123);
        for ends in [Ends::Unsaid, Ends::Never, Ends::At(at)] {
            for (disabled, secrets) in [(false, false), (true, false), (false, true), (true, true)] {
                for apps in [Given::ALL_APPS, "com.* UTT?.x", "a, b", "a, from b"] {
                    for networks in [vec![], vec!["10.0.0.0/8".to_owned(), "2001:db8::/32".to_owned()]] {
                        let apps = apps.to_owned();
                        let given = Given { role: Role::Operator, apps, disabled, secrets, networks, ends };
                        assert_eq!(Given::parse(&given.to_string()), Some(given));
                    }
                }
            }
        }
        let (role, apps, networks) = (Role::Viewer, "com.*".to_owned(), Vec::new());
        let text = Given { role, apps, disabled: false, secrets: true, networks, ends: Ends::Never };
        assert_eq!(text.to_string(), "viewer, com.*, secrets, never expires");
        assert_eq!(Given::parse("nothing of this kind"), None);
    }
}
