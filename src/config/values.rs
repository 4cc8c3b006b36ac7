//! What an option's text means.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use ipnet::IpNet;

use crate::domain::account::Role;
use crate::domain::token::Secret;
use crate::store::secret_file;

/// The address that people use: scheme, host and port, and the path below which the panel stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    https: bool,
    authority: String,
    /// Empty at the root of the host; else it begins with a slash and ends with none.
    path: String,
}

impl PublicUrl {
    /// ```
    /// use mobile_sessions::config::PublicUrl;
    /// assert_eq!(PublicUrl::parse("https://panel.example/").unwrap().to_string(), "https://panel.example");
    /// assert!(PublicUrl::parse("panel.example").is_err());
    /// assert_eq!(PublicUrl::parse("https://4d.example/sessions/").unwrap().to_string(), "https://4d.example/sessions");
    /// assert!(PublicUrl::parse("https://4d.example/sessions?a=b").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || {
            "give scheme and host, and a path of letters, digits and - . _ ~ where there is one, as \
             https://panel.example or https://4d.example/sessions/"
                .to_owned()
        };
        let (https, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err(wrong()),
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let authority = authority.to_ascii_lowercase();
        let path = path.strip_suffix('/').unwrap_or(path).to_owned();
        let uri: actix_web::http::Uri = authority.parse().map_err(|_| wrong())?;
        let plain = uri.authority().is_some_and(|a| a.as_str() == authority) && !authority.contains('@');
        let plain = plain && path.split('/').skip(1).all(is_plain_segment);
        plain.then_some(Self { https, authority, path }).ok_or_else(wrong)
    }

    /// Scheme, host and port, as a browser's `Origin` header names them.
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.https { "https" } else { "http" }, self.authority)
    }

    /// The path below which the panel stands: empty at the root of the host, else as `/sessions`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Host and port, as a `Host` header names them.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether it begins with `https`.
    pub fn is_https(&self) -> bool {
        self.https
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.path)
    }
}

/// Whether every proxy, browser and cookie spells this part of a path in the same way.
fn is_plain_segment(segment: &str) -> bool {
    let plain = segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
    plain && !matches!(segment, "" | "." | "..")
}

pub(super) fn parse_address(text: &str) -> Result<SocketAddr, String> {
    let text = text.replace("localhost:", "127.0.0.1:");
    text.parse().map_err(|_| "give an IP address and a port, as 127.0.0.1:8080 or [::1]:8080".to_owned())
}

/// An address by http or https, without a user and without a query: nothing of it is a secret.
///
/// ```
/// use mobile_sessions::config::parse_push_url;
/// assert!(parse_push_url("https://4d.example/mobile-sessions/push").is_ok());
/// assert!(parse_push_url("https://user:password@4d.example/push").is_err());
/// ```
pub fn parse_push_url(text: &str) -> Result<String, String> {
    let wrong = || "give scheme, host and path, as https://4d.example/mobile-sessions/push".to_owned();
    let uri: actix_web::http::Uri = text.parse().map_err(|_| wrong())?;
    let authority = uri.authority().ok_or_else(wrong)?.as_str();
    if authority.contains('@') {
        return Err("leave user and password out of the address: the secret has an option of its own".to_owned());
    }
    let plain = matches!(uri.scheme_str(), Some("http" | "https")) && uri.query().is_none() && !text.contains('#');
    plain.then(|| text.to_owned()).ok_or_else(wrong)
}

pub(super) fn parse_role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "give viewer, operator or owner".to_owned())
}

/// What a header can carry.
pub(super) fn parse_secret(text: &str) -> Result<Secret<String>, String> {
    let good = !text.is_empty() && text.len() <= 1024 && text.bytes().all(|byte| byte.is_ascii_graphic());
    let secret = good.then(|| Secret::new(text.to_owned()));
    secret.ok_or_else(|| "give 1 to 1024 letters, digits and signs of ASCII, without a space".to_owned())
}

pub(super) fn read_secret(file: &Path) -> Result<Secret<String>, String> {
    let name = file.display();
    let text = secret_file::read(file)
        .map_err(|error| format!("The file {name} of --push-secret-file cannot be read: {error}."))?;
    let secret = parse_secret(text.expose());
    secret.map_err(|_| {
        format!(
            "The file {name} holds no secret: write one line into it, of letters, digits and signs, without a space."
        )
    })
}

/// A network, or one address. IPv4 that is mapped into IPv6 is IPv4.
///
/// ```
/// use mobile_sessions::config::parse_network;
/// assert_eq!(parse_network("10.1.2.3").unwrap().to_string(), "10.1.2.3/32");
/// assert!(parse_network("10.0.0.0/33").is_err());
/// ```
pub fn parse_network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let net = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    let net = net.map_err(|_| "give a network or an address, as 10.0.0.0/8, fd00::/8 or 192.0.2.1".to_owned())?;
    let mapped = match (net.addr().to_canonical(), net.prefix_len().checked_sub(96)) {
        (v4 @ IpAddr::V4(_), Some(prefix)) if net.addr().is_ipv6() => IpNet::new(v4, prefix).ok(),
        _ => None,
    };
    Ok(mapped.unwrap_or(net).trunc())
}

/// A number and `s`, `m`, `h` or `d`.
///
/// ```
/// use mobile_sessions::config::parse_duration;
/// assert_eq!(parse_duration("90d").unwrap().as_secs(), 90 * 24 * 60 * 60);
/// assert!(parse_duration("90").is_err());
/// ```
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let wrong = || "give a whole number from 1 on and s, m, h or d, as 10s or 90d".to_owned();
    let unit = text.chars().next_back().ok_or_else(wrong)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return Err(wrong()),
    };
    let number = &text[..text.len() - unit.len_utf8()];
    let number = number.bytes().all(|b| b.is_ascii_digit()).then(|| number.parse::<u32>().ok()).flatten();
    let number = number.filter(|&number| number > 0).ok_or_else(wrong)?;
    // A hundred years: what lies beyond overflows somebody's clock.
    let longest = 100 * 366 * 24 * 60 * 60;
    let total = u64::from(number).saturating_mul(seconds);
    if total > longest { Err("give at most 100 years".to_owned()) } else { Ok(Duration::from_secs(total)) }
}

/// A number of bytes, or one and `KiB` or `MiB`.
///
/// ```
/// use mobile_sessions::config::parse_size;
/// assert_eq!(parse_size("1MiB").unwrap(), 1 << 20);
/// assert!(parse_size("0").is_err());
/// ```
pub fn parse_size(text: &str) -> Result<u64, String> {
    let (number, unit) = match (text.strip_suffix("KiB"), text.strip_suffix("MiB")) {
        (Some(number), _) => (number, 1 << 10),
        (_, Some(number)) => (number, 1 << 20),
        _ => (text, 1),
    };
    let bytes = number.trim_end().parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    let sane = bytes.filter(|bytes| (1..=1 << 30).contains(bytes));
    sane.ok_or_else(|| "give a number of bytes from 1 to 1024MiB, as 1MiB, 512KiB or 65536".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_a_number_and_a_unit() {
        for (text, seconds) in [("1s", 1), ("2m", 120), ("12h", 43_200), ("14d", 1_209_600)] {
            assert_eq!(parse_duration(text).unwrap(), Duration::from_secs(seconds), "{text}");
        }
        for text in ["", "s", "0s", "-1s", "+1s", "1.5h", "1 h", "1w", "1é", "99999999999s", "4000000000d"] {
            assert!(parse_duration(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_network_is_read_in_every_spelling() {
        for (text, net) in [
            ("10.0.0.0/8", "10.0.0.0/8"),
            ("10.1.2.3/8", "10.0.0.0/8"),
            ("192.0.2.1", "192.0.2.1/32"),
            ("::1", "::1/128"),
            ("fd00::/8", "fd00::/8"),
            ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
            ("::ffff:192.0.2.1", "192.0.2.1/32"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("::/0", "::/0"),
        ] {
            assert_eq!(parse_network(text).unwrap().to_string(), net, "{text}");
        }
        for text in ["", "proxy.example", "10.0.0.0/33", "10.0.0", "10.0.0.0/-1", "::1/129"] {
            assert!(parse_network(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_public_url_is_an_origin_and_a_path() {
        assert!(
            PublicUrl::parse("https://Panel.Example:8443").is_ok_and(|url| url.authority() == "panel.example:8443")
        );
        assert!(PublicUrl::parse("http://[::1]:80").is_ok());
        for (text, origin, path) in [
            ("https://a", "https://a", ""),
            ("https://a/", "https://a", ""),
            ("http://A:1/Sub", "http://a:1", "/Sub"),
            ("https://a/4d/sessions-1.0_~/", "https://a", "/4d/sessions-1.0_~"),
        ] {
            let url = PublicUrl::parse(text).unwrap();
            assert_eq!((url.origin().as_str(), url.path()), (origin, path), "{text}");
        }
        for text in [
            "",
            "https://",
            "ftp://a",
            "https://u@a",
            "https://a?b",
            "https://a b",
            "https:///b",
            "https://a/b?c",
            "https://a/b#c",
            "https://a//",
            "https://a//b",
            "https://a/b//c",
            "https://a/..",
            "https://a/./b",
            "https://a/b c",
            "https://a/é",
            "https://a/%41",
            "https://a/b;c",
            "https://a/b\"c",
        ] {
            assert!(PublicUrl::parse(text).is_err(), "{text}");
        }
    }
}
