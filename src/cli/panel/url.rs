//! Where a panel is.

use std::fmt;

use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// What every token begins with.
const TOKEN: &str = "mst_";

/// The address of a panel, which may stand below a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelUrl(Url);

impl PanelUrl {
    /// `Err` says what is wrong, and never what was given: it may hold a secret.
    pub fn parse(text: &str) -> Result<Self, String> {
        const WRONG: &str = "give scheme, host and path, as https://panel.example or https://host.example/sessions";
        let mut url = Url::parse(text.trim()).map_err(|_| WRONG.to_owned())?;
        let decoded = percent_decode_str(text).decode_utf8_lossy();
        if !url.username().is_empty() || url.password().is_some() || decoded.contains(TOKEN) {
            return Err(
                "leave the token out of the address: give it by --token-file, or by MOBILE_SESSIONS_TOKEN".into()
            );
        }
        let is_plain = matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none();
        if !is_plain || url.host().is_none() {
            return Err(WRONG.into());
        }
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(Self(url))
    }

    /// The address of something of the API: `parts` are what stands between slashes behind `/api/v1`.
    pub fn api(&self, parts: &[&str]) -> Url {
        let mut url = self.0.clone();
        // An address by http or https has segments.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["api", "v1"].iter().chain(parts));
        }
        url
    }

    /// Whether others on the network can read what is sent.
    pub fn is_open_to_listeners(&self) -> bool {
        let is_near = match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        self.0.scheme() == "http" && !is_near
    }
}

impl fmt::Display for PanelUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_to_the_panels_own() {
        for (url, expected) in [
            ("https://panel.example", "https://panel.example/api/v1/changes/a%2Fb"),
            ("https://host.example:8443/sessions", "https://host.example:8443/sessions/api/v1/changes/a%2Fb"),
            ("http://[::1]:8080/a/b/", "http://[::1]:8080/a/b/api/v1/changes/a%2Fb"),
        ] {
            assert_eq!(PanelUrl::parse(url).unwrap().api(&["changes", "a/b"]).as_str(), expected);
        }
    }

    #[test]
    fn an_address_with_a_secret_is_refused_and_not_repeated() {
        for url in [
            "https://mst_abc@panel.example",
            "https://user:secret@panel.example",
            "https://panel.example/?token=mst_abc",
            "https://panel.example/mst_abc",
        ] {
            let why = PanelUrl::parse(url).unwrap_err();
            assert!(why.contains("--token-file") && !why.contains("abc"), "{why}");
        }
        for url in ["", "panel.example", "ftp://panel.example", "https://", "https://a?b", "https://a#b", "file:///a"] {
            assert!(PanelUrl::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn only_other_machines_can_listen() {
        for (url, is_open) in [
            ("http://127.0.0.1:8080", false),
            ("http://localhost", false),
            ("https://panel.example", false),
            ("http://panel.example", true),
            ("http://10.0.0.1", true),
        ] {
            assert_eq!(PanelUrl::parse(url).unwrap().is_open_to_listeners(), is_open, "{url}");
        }
    }
}
