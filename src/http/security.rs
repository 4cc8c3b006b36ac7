//! What protects a browser's login: cookie, origin, host, headers.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration as CookieTime;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::base_path::BasePath;
use super::client::{self, Called};
use super::failure::is_for_programs;
use crate::config::Options;
use crate::domain::token::Secret;
use crate::services::accounts::HALFWAY;
use crate::services::error::{BodyType, CrossOrigin, Error};

/// Nothing is allowed but what the panel serves itself, and nothing inline.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Headers of every answer that does not say otherwise itself.
const HEADERS: [(&str, &str); 8] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    // Not no-referrer: with it, browsers send "Origin: null" with our own forms.
    ("referrer-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), \
         payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
    ("x-frame-options", "DENY"),
];

/// Sets the headers of every answer.
pub fn add_headers(headers: &mut HeaderMap, https: bool) {
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

/// The cookie of a login.
const LOGIN: &str = "login";
/// The cookie between the two steps of a login.
const HALF_LOGIN: &str = "half-login";
/// The cookie by which a browser is known in which somebody has logged in before.
const BROWSER: &str = "browser";
/// How long browsers keep it: the longest that they allow.
const BROWSER_TIME: CookieTime = CookieTime::days(400);

/// The full name of a cookie. Where browsers allow it, the name itself binds the cookie to this host, or, below a path
/// of a host that others share, to HTTPS.
fn cookie_name(req: &HttpRequest, options: &Options, name: &str) -> String {
    match (client::is_https(req, options), BasePath::new(options).is_root()) {
        (true, true) => format!("__Host-{name}"),
        (true, false) => format!("__Secure-{name}"),
        (false, _) => name.to_owned(),
    }
}

/// A cookie of ours that this request makes a browser keep for so long.
pub fn own_cookie(
    req: &HttpRequest,
    options: &Options,
    name: String,
    value: String,
    max_age: CookieTime,
) -> Cookie<'static> {
    Cookie::build(name, value)
        .path(BasePath::new(options).of_cookies().to_owned())
        .http_only(true)
        .secure(client::is_https(req, options))
        .same_site(SameSite::Lax)
        .max_age(max_age)
        .finish()
}

/// The cookie that a browser keeps for a login that it made by this request.
pub fn login_cookie(req: &HttpRequest, options: &Options, secret: &Secret<String>) -> Cookie<'static> {
    let max_age = CookieTime::try_from(options.login_longest).unwrap_or(CookieTime::days(14));
    own_cookie(req, options, cookie_name(req, options, LOGIN), secret.expose().clone(), max_age)
}

/// The cookie that makes a browser forget a login.
pub fn ended_cookie(req: &HttpRequest, options: &Options) -> Cookie<'static> {
    let mut cookie = login_cookie(req, options, &Secret::new(String::new()));
    cookie.make_removal();
    cookie
}

/// The cookie that a browser keeps beyond its login.
pub fn browser_cookie(req: &HttpRequest, options: &Options, secret: &Secret<String>) -> Cookie<'static> {
    own_cookie(req, options, cookie_name(req, options, BROWSER), secret.expose().clone(), BROWSER_TIME)
}

/// The cookie of [`browser_cookie`], if the request has one.
pub fn browser(req: &HttpRequest, options: &Options) -> Option<Secret<String>> {
    req.cookie(&cookie_name(req, options, BROWSER)).map(|cookie| Secret::new(cookie.value().to_owned()))
}

/// The cookie that a browser keeps until the code of its login is typed.
pub fn half_login_cookie(req: &HttpRequest, options: &Options, secret: &Secret<String>) -> Cookie<'static> {
    let max_age = CookieTime::try_from(HALFWAY).unwrap_or(CookieTime::minutes(5));
    own_cookie(req, options, cookie_name(req, options, HALF_LOGIN), secret.expose().clone(), max_age)
}

/// The cookie of [`half_login_cookie`], if the request has one.
pub fn half_login(req: &HttpRequest, options: &Options) -> Option<Secret<String>> {
    req.cookie(&cookie_name(req, options, HALF_LOGIN)).map(|cookie| Secret::new(cookie.value().to_owned()))
}

/// The host names that are answered to, against DNS rebinding.
#[derive(Clone, Debug)]
pub struct Hosts {
    names: Vec<String>,
    any_address: bool,
}

impl Hosts {
    /// The loopback names, the address listened on, `--public-url` and `--host`.
    pub fn new(options: &Options, listening: SocketAddr) -> Self {
        let mut names: Vec<String> = options.hosts.iter().map(|name| host_of(name)).collect();
        names.extend(options.public_url.as_ref().map(|url| host_of(url.authority())));
        names.push("localhost".to_owned());
        names.push(listening.ip().to_string());
        // An address in `Host` was typed, not resolved: no rebinding is in it. So where all addresses
        // of the machine are listened on, all of them are answered to.
        Self { names, any_address: listening.ip().is_unspecified() }
    }

    fn answers_to(&self, authority: &str) -> bool {
        let host = host_of(authority);
        match host.parse::<IpAddr>() {
            Ok(ip) => ip.is_loopback() || self.any_address || self.names.contains(&ip.to_string()),
            Err(_) => self.names.contains(&host),
        }
    }
}

/// The host of `host`, `host:port`, `[v6]` or `[v6]:port`, in lower case, without brackets.
fn host_of(authority: &str) -> String {
    let host = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((v6, _)) => v6,
        None if authority.matches(':').count() > 1 => authority,
        None => authority.split(':').next().unwrap_or(authority),
    };
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

/// Refuses requests that name a host which is not ours. Health checks name what they like.
pub fn check_host(hosts: &Hosts, path: &str, called: Called<'_>) -> Result<(), Error> {
    if is_health_check(path) {
        return Ok(());
    }
    let known = called.authority.is_some_and(|authority| hosts.answers_to(authority));
    known.then_some(()).ok_or(Error::UnknownHost)
}

/// Whether this is asked by those who watch over the program.
pub fn is_health_check(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz")
}

/// Whether a path may be asked for as often as one likes: health checks, and what pages are made of.
pub fn is_free(path: &str) -> bool {
    is_health_check(path) || path.starts_with("/static/")
}

/// The token that a request shows, truly or not. What a browser adds by itself, as a password that it remembers for a
/// site (`Basic`), is none.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Whether a request shows, truly or not, who sent it.
pub fn has_credentials(req: &HttpRequest, options: &Options) -> bool {
    bearer(req.headers()).is_some() || cookie(req, options).is_some()
}

/// Refuses a body that is packed: what it would be unpacked nobody knows before.
pub fn check_encoding(headers: &HeaderMap) -> Result<(), Error> {
    let mut values = headers.get_all(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap_or("?"));
    let plain = values.all(|value| {
        value.split(',').map(str::trim).all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case("identity"))
    });
    plain.then_some(()).ok_or(Error::UnsupportedMediaType { expected: BodyType::Plain })
}

/// Refuses what another site makes a browser send: every request that is not safe, unless it shows the API a token,
/// which no browser adds by itself.
pub fn check_origin(
    method: &Method,
    path: &str,
    headers: &HeaderMap,
    called: Called<'_>,
    options: &Options,
) -> Result<(), Error> {
    // However many slashes it begins with, it leads to no page.
    let path = if path.starts_with("//api/") { &path[1..] } else { path };
    let by_token = is_for_programs(path) && bearer(headers).is_some();
    // A program without token or cookie gets 401 instead: it cannot do anything.
    let anonymous_program = is_for_programs(path) && !headers.contains_key(header::COOKIE);
    if method.is_safe() || by_token || anonymous_program {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (text("sec-fetch-site"), text("origin")) {
        (Some("same-origin" | "none"), _) => Ok(()),
        (Some(_), _) => Err(Error::CrossOrigin(CrossOrigin::OtherSite)),
        (None, Some(origin)) if is_own_origin(origin, called, options) => Ok(()),
        (None, Some(_)) => Err(Error::CrossOrigin(CrossOrigin::OtherSite)),
        (None, None) => Err(Error::CrossOrigin(CrossOrigin::UnknownSite)),
    }
}

fn is_own_origin(origin: &str, called: Called<'_>, options: &Options) -> bool {
    let origin = origin.to_ascii_lowercase();
    if options.public_url.as_ref().is_some_and(|url| url.origin() == origin) {
        return true;
    }
    let Some(host) = called.authority.map(str::to_ascii_lowercase) else { return false };
    // A default port is left out of both, or of one by an untidy client.
    let same = |scheme: &str, port: &str| {
        let short = |text: &str| text.strip_suffix(port).unwrap_or(text).to_owned();
        origin.strip_prefix(scheme).is_some_and(|authority| short(authority) == short(&host))
    };
    let (http, https) = match called.https {
        Some(https) => (!https, https),
        None if options.has_tls() => (false, true),
        None => (true, options.is_https() || options.behind_proxy),
    };
    http && same("http://", ":80") || https && same("https://", ":443")
}

/// Scheme, host and port by which a browser that sends a form reaches us, if it says so and they are ours.
pub fn own_origin(req: &HttpRequest, options: &Options) -> Option<String> {
    let origin = req.headers().get(header::ORIGIN)?.to_str().ok()?;
    // It is shown within a line to be pasted into a shell.
    let plain = origin.bytes().all(|b| b.is_ascii_alphanumeric() || b".:/-[]".contains(&b));
    let called = Called::of(req.peer_addr(), req.uri(), req.headers(), options);
    (plain && is_own_origin(origin, called, options)).then(|| origin.to_owned())
}

/// The login's cookie, if the request has one.
pub fn cookie(req: &HttpRequest, options: &Options) -> Option<Secret<String>> {
    req.cookie(&cookie_name(req, options, LOGIN)).map(|cookie| Secret::new(cookie.value().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(name.parse().unwrap(), value.parse().unwrap());
        }
        map
    }

    fn by(host: &str) -> Called<'_> {
        Called { authority: Some(host), https: None }
    }

    fn host_is_ours(listen: &str, host: &str) -> bool {
        let options = Options {
            public_url: Some("https://panel.example").map(|url| crate::config::PublicUrl::parse(url).unwrap()),
            hosts: vec!["Other.example".into()],
            ..Options::default()
        };
        let hosts = Hosts::new(&options, listen.parse().unwrap());
        check_host(&hosts, "/", by(host)).is_ok()
    }

    #[test]
    fn only_our_own_host_names_are_answered() {
        for host in [
            "localhost:8080",
            "127.0.0.1",
            "127.1.2.3:1",
            "[::1]:80",
            "panel.example",
            "OTHER.example:99",
            "localhost.",
        ] {
            assert!(host_is_ours("192.0.2.1:80", host), "{host}");
        }
        assert!(host_is_ours("192.0.2.1:80", "192.0.2.1:80"));
        for host in ["evil.example", "192.0.2.2", "", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]"] {
            assert!(!host_is_ours("192.0.2.1:80", host), "{host}");
        }
        assert!(host_is_ours("0.0.0.0:80", "192.0.2.2"));
        assert!(!host_is_ours("0.0.0.0:80", "evil.example"));
    }

    #[test]
    fn no_host_is_refused_and_health_checks_are_not() {
        let hosts = Hosts::new(&Options::default(), "127.0.0.1:80".parse().unwrap());
        assert!(check_host(&hosts, "/", Called::default()).is_err());
        assert!(check_host(&hosts, "/readyz", by("evil.example")).is_ok());
    }

    #[test]
    fn another_site_cannot_make_a_browser_change_anything() {
        let allowed = |path: &'static str, pairs: &[(&str, &str)]| {
            let called = by("localhost:8080");
            check_origin(&Method::POST, path, &headers(pairs), called, &Options::default()).is_ok()
        };
        let cookie = ("cookie", "login=x");
        assert!(allowed("/login", &[("sec-fetch-site", "same-origin")]));
        assert!(allowed("/login", &[cookie, ("origin", "http://localhost:8080")]));
        assert!(allowed("/api/v1/refresh", &[("authorization", "Bearer x"), ("origin", "http://evil.example")]));
        assert!(allowed("/api/v1/refresh", &[]), "no cookie: 401 follows");
        for scheme in ["Basic eDp5", "Digest x", "Bearer", "Bearer ", "", "Negotiate x", "mst_x"] {
            let (with, origin) = (("authorization", scheme), ("origin", "http://evil.example"));
            assert!(!allowed("/login", &[with, origin]) && !allowed("/link/x", &[with]), "{scheme}");
            assert!(!allowed("/api/v1/refresh", &[with, cookie, origin]), "{scheme}");
        }
        assert!(!allowed("/login", &[("authorization", "Bearer mst_x"), ("origin", "http://evil.example")]));
        for site in ["cross-site", "same-site", "?"] {
            let own = ("origin", "http://localhost:8080");
            assert!(!allowed("/login", &[("sec-fetch-site", site), own]), "{site}");
        }
        for origin in ["null", "http://localhost", "http://localhost:80801", "https://localhost:8080", "http://evil"] {
            assert!(!allowed("/api/v1/refresh", &[cookie, ("origin", origin)]), "{origin}");
        }
        assert!(!allowed("/api/v1/refresh", &[cookie]));
        assert!(!allowed("/login", &[]));
    }

    #[test]
    fn a_packed_body_is_refused_however_its_packing_is_spelled() {
        let taken = |values: &[&str]| {
            let pairs: Vec<_> = values.iter().map(|value| ("content-encoding", *value)).collect();
            check_encoding(&headers(&pairs)).is_ok()
        };
        assert!(taken(&[]) && taken(&["identity"]) && taken(&["Identity"]) && taken(&[""]));
        for values in
            [&["gzip"][..], &["GZIP"], &["identity, gzip"], &["identity", "br"], &["deflate"], &["x-gzip"], &["zstd"]]
        {
            assert!(!taken(values), "{values:?}");
        }
    }

    #[test]
    fn an_origin_is_ours_by_its_scheme_too() {
        let ours = |origin: &str, https: Option<bool>, tls: bool| {
            let file = tls.then(|| "f".into());
            let options = Options { tls_cert: file.clone(), tls_key: file, ..Options::default() };
            let called = Called { authority: Some("panel.example"), https };
            is_own_origin(origin, called, &options)
        };
        assert!(ours("http://panel.example", None, false) && !ours("https://panel.example", None, false));
        assert!(ours("https://panel.example", None, true) && !ours("http://panel.example", None, true));
        assert!(ours("https://panel.example", Some(true), false) && !ours("http://panel.example", Some(true), false));
        assert!(ours("http://panel.example", Some(false), false) && !ours("https://panel.example", Some(false), false));
    }
}
