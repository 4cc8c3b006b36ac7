//! What a session's file gives for the name of its app.

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
