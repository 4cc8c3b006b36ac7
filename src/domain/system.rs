//! A device's system: how it is shown, and which family of systems it belongs to.
//!
//! Android apps that were built before May 2022 write "Android P" for the system and a number, 28, for its version.

const FAMILIES: [&str; 3] = ["iOS", "iPadOS", "Android"];

/// Android's releases by their API levels, and the letters that its versions had before they had numbers.
const ANDROID: [(u32, &str, &str); 16] = [
    (21, "L", "5.0"),
    (22, "", "5.1"),
    (23, "M", "6"),
    (24, "N", "7.0"),
    (25, "", "7.1"),
    (26, "O", "8.0"),
    (27, "", "8.1"),
    (28, "P", "9"),
    (29, "Q", "10"),
    (30, "R", "11"),
    (31, "S", "12"),
    (32, "", "12L"),
    (33, "T", "13"),
    (34, "U", "14"),
    (35, "V", "15"),
    (36, "Baklava", "16"),
];

/// The system as people say it, and as lists show and sort it: "iOS 15.4", "Android 13". `None` where the file names
/// neither system nor version.
pub fn shown(os: Option<&str>, version: Option<&str>) -> Option<String> {
    let (os, version) = (os.unwrap_or_default().trim(), version.unwrap_or_default().trim());
    if family(Some(os).filter(|os| !os.is_empty()), Some(version)) == Some("Android")
        && let Some(release) = android_release(os, version)
    {
        return Some(format!("Android {release}"));
    }
    match (os, version) {
        ("", "") => None,
        (one, "") | ("", one) => Some(one.to_owned()),
        // The name holds the release already.
        (os, version) if os.contains(' ') && family(Some(os), None).is_some() => Some(format!("{os} ({version})")),
        (os, version) => Some(format!("{os} {version}")),
    }
}

/// The release that "Android P" and "28", or "Android" and "33 (Android T)", stand for: by the API level, or else by the
/// letter.
fn android_release(os: &str, version: &str) -> Option<&'static str> {
    let number = version.split(' ').next().and_then(|number| number.parse::<u32>().ok());
    let by_level = ANDROID.iter().find(|(level, ..)| Some(*level) == number);
    let is_letter = |letter: &str, text: &str| !letter.is_empty() && text.split_whitespace().nth(1) == Some(letter);
    let by_letter = ANDROID.iter().find(|(_, letter, _)| is_letter(letter, os));
    by_level.or(by_letter).map(|(.., release)| *release)
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
    fn an_android_is_shown_by_its_release_and_belongs_to_android() {
        for (os, version, words, android) in [
            (Some("Android P"), Some("28"), "Android 9", true),
            (Some("Android P"), None, "Android 9", true),
            (Some("Android"), Some("29 (Android Q)"), "Android 10", true),
            (Some("Android"), Some("33"), "Android 13", true),
            (Some("Android"), Some("13"), "Android 13", true),
            (Some("Android"), Some("99 (Android Z)"), "Android 99 (Android Z)", true),
            (Some("android"), None, "android", true),
            (None, Some("29 (Android Q)"), "Android 10", true),
            (Some(" "), Some("11.3"), "11.3", false),
            (Some("iOS"), Some("15.4"), "iOS 15.4", false),
            (Some("Androidish"), Some("1"), "Androidish 1", false),
            (Some("Windows Phone"), Some("8"), "Windows Phone 8", false),
        ] {
            assert_eq!(shown(os, version).as_deref(), Some(words));
            assert_eq!(is("ANDROID", os, version), android, "{words}");
        }
        assert_eq!(shown(Some(" "), None), None);
        assert!(is("android p", Some("Android P"), None) && is("ÉOS", Some("éos"), None));
    }
}
