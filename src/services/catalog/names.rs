//! What an app's sessions call it.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::record::Record;

/// The names that an app's sessions give, and how many sessions give each.
#[derive(Clone, Debug, Default)]
pub struct Names {
    counts: HashMap<Box<str>, u64>,
    /// How many sessions give a bare version in the place of a name.
    versions: u64,
}

impl Names {
    /// Counts a session in, or out again.
    pub fn count(&mut self, record: &Record, by: i64) {
        let Some(name) = name_of(record) else { return };
        if is_bare_version(name) {
            self.versions = self.versions.saturating_add_signed(by);
            return;
        }
        let count = self.counts.entry(name.into()).or_default();
        *count = count.saturating_add_signed(by);
        if *count == 0 {
            self.counts.remove(name);
        }
    }

    /// The commonest name, if some session gives a bare version: then the latest is not to be trusted.
    pub fn instead_of_version(&self) -> Option<Option<&str>> {
        let commonest =
            || self.counts.iter().min_by_key(|(name, count)| (Reverse(**count), *name)).map(|(name, _)| &**name);
        (self.versions > 0).then(commonest)
    }
}

/// The app's name as a session gives it.
pub fn name_of(record: &Record) -> Option<&str> {
    record.application_name().map(str::trim).filter(|name| !name.is_empty())
}

/// Whether this is a version and no name: Android apps that were built before May 2022 write "1.0" there, or "1.0-beta".
/// A game can be called "2048".
pub fn is_bare_version(name: &str) -> bool {
    const LARGEST_NUMBER: usize = 3;
    let name = name.trim();
    let number = name.strip_prefix(['v', 'V']).unwrap_or(name);
    // What stands behind the numbers of a version (semver.org).
    let (number, suffix) = number.split_once(['-', '+']).unwrap_or((number, ""));
    let parts: Vec<&str> = number.split('.').collect();
    let are_numbers = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_suffix = suffix.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte));
    are_numbers && is_suffix && (parts.len() > 1 || suffix.is_empty() && number.len() <= LARGEST_NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_told_from_a_name() {
        for version in ["1.0", "1.1", "1", "v2.0.1", " 10.4.0.12 ", "1.0-beta", "1.0.0-rc.1+5"] {
            assert!(is_bare_version(version), "{version}");
        }
        for name in ["Depot", "2048", "1.", "1.x", "v", "", "1.0 Depot", "7-Eleven", "3.14-é"] {
            assert!(!is_bare_version(name), "{name}");
        }
    }
}
