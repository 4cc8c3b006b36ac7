//! A device's system: how it is shown, and which family of systems it belongs to.
//!
//! Android apps that were built before May 2022 write "Android P" for the system and a number, 28, for its version.

const FAMILIES: [&str; 3] = ["iOS", "iPadOS", "Android"];

/// The system as lists show and sort it, in parts: "iOS 15.4", "Android P (28)". `None` where the file names neither.
pub fn parts<'a>(os: Option<&'a str>, version: Option<&'a str>) -> Option<[&'a str; 4]> {
    match (os.unwrap_or_default().trim(), version.unwrap_or_default().trim()) {
        ("", "") => None,
        (one, "") | ("", one) => Some([one, "", "", ""]),
        // The name holds the release already.
        (os, version) if os.contains(' ') && family(Some(os), None).is_some() => Some([os, " (", version, ")"]),
        (os, version) => Some([os, " ", version, ""]),
    }
}

/// The family that a filter or a rule means by "Android": the first word of the system, or what the version says of it
/// where the system is absent.
pub fn family(os: Option<&str>, version: Option<&str>) -> Option<&'static str> {
    let is_first_word = |text: &str, family: &str| {
        let word = text.split(' ').next().unwrap_or_default();
        word.eq_ignore_ascii_case(family)
    };
    match os.map(str::trim).filter(|os| !os.is_empty()) {
        Some(os) => FAMILIES.into_iter().find(|family| is_first_word(os, family)),
        // As "29 (Android Q)".
        None => {
            let (_, inside) = version?.split_once('(')?;
            FAMILIES.into_iter().find(|family| is_first_word(inside.trim_end_matches(')'), family))
        }
    }
}

/// Whether this is the system that a filter or a rule asks for, by its name or by its family, in either case.
pub fn is(wanted: &str, os: Option<&str>, version: Option<&str>) -> bool {
    os.is_some_and(|os| os.eq_ignore_ascii_case(wanted) || !os.is_ascii() && os.to_lowercase() == wanted.to_lowercase())
        || family(os, version).is_some_and(|family| family.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_android_is_shown_whole_and_belongs_to_android() {
        for (os, version, shown, android) in [
            (Some("Android P"), Some("28"), "Android P (28)", true),
            (Some("Android"), Some("29 (Android Q)"), "Android 29 (Android Q)", true),
            (Some("android"), None, "android", true),
            (None, Some("29 (Android Q)"), "29 (Android Q)", true),
            (Some(" "), Some("11.3"), "11.3", false),
            (Some("iOS"), Some("15.4"), "iOS 15.4", false),
            (Some("Androidish"), Some("1"), "Androidish 1", false),
            (Some("Windows Phone"), Some("8"), "Windows Phone 8", false),
        ] {
            assert_eq!(parts(os, version).unwrap().concat(), shown);
            assert_eq!(is("ANDROID", os, version), android, "{shown}");
        }
        assert_eq!(parts(Some(" "), None), None);
        assert!(is("android p", Some("Android P"), None) && is("ÉOS", Some("éos"), None));
    }
}
