//! What browsers call themselves, in words: enough to know one's own.

use super::text;
use crate::i18n::Locale;

/// What is found in the text, and the name for it. The first that is found counts: most browsers
/// also claim to be others.
const BROWSERS: [(&str, &str); 14] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("Wget/", "Wget"),
];

const SYSTEMS: [(&str, &str); 9] = [
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
    ("FreeBSD", "FreeBSD"),
];

/// A short name for a browser, and all that it said.
pub struct Device {
    pub name: String,
    pub full: String,
}

impl Device {
    /// From the header `User-Agent`.
    pub fn new(l: Locale, text: Option<&str>) -> Self {
        let text = text.unwrap_or_default();
        let find = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| text.contains(sign)).map(|n| n.1);
        let name = match (find(&BROWSERS), find(&SYSTEMS)) {
            (Some(browser), Some(system)) => {
                l.args("device-on", &[("browser", browser.into()), ("system", system.into())])
            }
            (Some(name), None) => name.to_owned(),
            (None, Some(system)) => l.s("device-unknown-on", system),
            (None, None) => l.t("device-unknown"),
        };
        Self { name, full: text::one_line(text).into_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart() {
        let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let win = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0";
        for (text, name) in [
            (format!("{mac} Version/17.4 Safari/605.1.15"), "Safari on macOS"),
            (format!("{win} Safari/537.36"), "Chrome on Windows"),
            (format!("{win} Safari/537.36 Edg/130.0.0.0"), "Edge on Windows"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0".to_owned(), "Firefox on Linux"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Mobile Safari/604.1".to_owned(),
                "Safari on iPhone",
            ),
            ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36".to_owned(), "Chrome on Android"),
            ("curl/8.5.0".to_owned(), "curl"),
            ("something (Linux)".to_owned(), "Unknown browser on Linux"),
            (String::new(), "Unknown browser"),
        ] {
            assert_eq!(Device::new(Locale::default(), Some(&text)).name, name, "{text}");
        }
        assert_eq!(Device::new(Locale::default(), None).name, "Unknown browser");
        assert_eq!(Device::new(Locale::default(), Some("a\u{202e}<b>")).full, "a\u{fffd}<b>", "the page escapes it");
    }
}
