//! Who a request came from, and by which name the server was called: as the connection shows it, or
//! as a proxy says that is trusted to (`--trusted-proxy`). `Forwarded` is never read.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use actix_web::http::Uri;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, web};
use ipnet::IpNet;
use parking_lot::Mutex;

use crate::app::App;
use crate::config::Options;

/// The client's address of a request: wherever an address is noted or counted, this one is.
pub fn address(req: &HttpRequest) -> Option<IpAddr> {
    let app = req.app_data::<web::Data<App>>()?;
    address_of(req.peer_addr(), req.headers(), &app.config.options)
}

/// Whether the browser that sent a request came through TLS, to this server or to a proxy in front.
pub fn is_https(req: &HttpRequest, options: &Options) -> bool {
    options.is_https() || Called::of(req.peer_addr(), req.uri(), req.headers(), options).https == Some(true)
}

/// Whether this is one of the proxies that are believed.
pub fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    let address = address.to_canonical();
    trusted.iter().any(|net| net.contains(&address))
}

/// Whether who connects from here is believed as a proxy.
pub fn is_proxy(peer: IpAddr, options: &Options) -> bool {
    options.proxy_is_anyone || is_trusted(peer, &options.trusted_proxies)
}

/// What is counted as one client: a host has a whole /64 of IPv6 to itself.
pub fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
        v4 => v4,
    }
}

fn address_of(peer: Option<SocketAddr>, headers: &HeaderMap, options: &Options) -> Option<IpAddr> {
    let mut address = peer?.ip().to_canonical();
    let mut hops = forwarded(headers, "x-forwarded-for");
    let mut is_believed = is_proxy(address, options);
    // What stands on the right was added by the hop before; the first that is not trusted may have
    // invented all that stands left of it.
    while is_believed && let Some(hop) = hops.pop().and_then(parse_address) {
        address = hop;
        is_believed = is_trusted(hop, &options.trusted_proxies);
    }
    Some(address)
}

/// The parts of a list that may stand in several headers.
fn forwarded<'a>(headers: &'a HeaderMap, name: &str) -> Vec<&'a str> {
    // What is no text hides what stands left of it.
    let values = headers.get_all(name).map(|value| value.to_str().unwrap_or_default());
    values.flat_map(|value| value.split(',')).map(str::trim).collect()
}

/// An address, or one with a port, as some proxies write it.
fn parse_address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let parsed = bare.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()));
    parsed.ok().map(|address| address.to_canonical())
}

/// How the server was called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Called<'a> {
    /// Host and port; `None` where the request names none, or two.
    pub authority: Option<&'a str>,
    /// Whether a trusted proxy was spoken to through TLS; `None` where none says so.
    pub https: Option<bool>,
}

impl<'a> Called<'a> {
    /// By a request of this peer.
    pub fn of(peer: Option<SocketAddr>, uri: &'a Uri, headers: &'a HeaderMap, options: &Options) -> Self {
        let own = Self { authority: own_authority(uri, headers), https: None };
        if !peer.is_some_and(|peer| is_proxy(peer.ip(), options)) {
            return own;
        }
        let last = |name: &str| forwarded(headers, name).pop();
        let https = last("x-forwarded-proto").map(|scheme| scheme.eq_ignore_ascii_case("https"));
        Self { authority: last("x-forwarded-host").or(own.authority), https }
    }
}

/// The host that the request itself names: in `Host`, and in its target where that is a whole address. Where it names
/// both, they are the same.
fn own_authority<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    let mut hosts = headers.get_all(header::HOST);
    let authority = uri.authority().map(|authority| authority.as_str());
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => {
            let host = host.to_str().ok()?;
            authority.is_none_or(|authority| authority.eq_ignore_ascii_case(host)).then_some(host)
        }
        (None, _) => authority,
        _ => None,
    }
}

/// What a proxy says of whom it asks for.
const FORWARDED: [&str; 5] = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];
/// How many addresses are remembered.
const MOST_STRANGERS: usize = 1000;

/// Who spoke as a proxy and is none that is believed: each is named once, so that a proxy nobody named is noticed.
#[derive(Default)]
pub struct Strangers(Mutex<HashSet<IpAddr>>);

impl Strangers {
    pub fn note(&self, peer: Option<SocketAddr>, headers: &HeaderMap, options: &Options) {
        let Some(header) = FORWARDED.into_iter().find(|name| headers.contains_key(*name)) else { return };
        let Some(peer) = peer.map(|peer| peer.ip().to_canonical()).filter(|peer| !is_proxy(*peer, options)) else {
            return;
        };
        let mut known = self.0.lock();
        if known.len() < MOST_STRANGERS && known.insert(counted(peer)) {
            drop(known);
            tracing::warn!(
                client = %peer,
                header,
                "what this address says of whom it asks for is not believed: if it is your proxy, name it with \
                 --trusted-proxy"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::parse_network;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(name.parse().unwrap(), value.parse().unwrap());
        }
        map
    }

    fn trusting(texts: &[&str]) -> Options {
        let trusted_proxies = texts.iter().map(|text| parse_network(text).unwrap()).collect();
        Options { trusted_proxies, ..Options::default() }
    }

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let pairs: Vec<_> = forwarded.iter().map(|value| ("x-forwarded-for", *value)).collect();
        let peer = SocketAddr::new(peer.parse().unwrap(), 1);
        address_of(Some(peer), &headers(&pairs), &trusting(trusted)).unwrap().to_string()
    }

    #[test]
    fn nobody_is_believed_who_is_not_trusted() {
        assert_eq!(seen("192.0.2.1", &["203.0.113.9"], &[]), "192.0.2.1");
        assert_eq!(seen("192.0.2.1", &["203.0.113.9"], &["10.0.0.0/8"]), "192.0.2.1");
        assert_eq!(seen("::ffff:192.0.2.1", &["203.0.113.9"], &[]), "192.0.2.1");
    }

    #[test]
    fn the_rightmost_address_that_is_not_trusted_is_the_clients() {
        let trusted = ["10.0.0.0/8", "::1"];
        for (forwarded, client) in [
            (&["203.0.113.9"][..], "203.0.113.9"),
            (&["1.1.1.1, 203.0.113.9"], "203.0.113.9"),
            (&["1.1.1.1, 203.0.113.9, 10.0.0.7"], "203.0.113.9"),
            (&["1.1.1.1", "203.0.113.9 ,10.0.0.7"], "203.0.113.9"),
            (&["203.0.113.9:4711"], "203.0.113.9"),
            (&["[2001:db8::1]:4711"], "2001:db8::1"),
            (&["[2001:db8::1]"], "2001:db8::1"),
            (&["::ffff:203.0.113.9"], "203.0.113.9"),
            (&["10.0.0.8, 10.0.0.7"], "10.0.0.8"),
            (&["1.1.1.1, nonsense"], "10.0.0.1"),
            (&["1.1.1.1, , 10.0.0.7"], "10.0.0.7"),
            (&[""], "10.0.0.1"),
            (&[], "10.0.0.1"),
        ] {
            assert_eq!(seen("10.0.0.1", forwarded, &trusted), client, "{forwarded:?}");
        }
        assert_eq!(seen("::1", &["203.0.113.9"], &trusted), "203.0.113.9");
        assert_eq!(seen("::ffff:10.0.0.1", &["203.0.113.9"], &trusted), "203.0.113.9");
    }

    #[test]
    fn any_proxy_is_believed_for_its_own_entry_only() {
        let options = Options { proxy_is_anyone: true, ..trusting(&["10.0.0.0/8"]) };
        let seen =
            |value: &str| address_of("192.0.2.1:1".parse().ok(), &headers(&[("x-forwarded-for", value)]), &options);
        assert_eq!(seen("8.8.8.8, 203.0.113.9"), "203.0.113.9".parse().ok());
        assert_eq!(seen("8.8.8.8, 203.0.113.9, 10.0.0.7"), "203.0.113.9".parse().ok());
        assert_eq!(seen("nonsense"), "192.0.2.1".parse().ok());
    }

    #[test]
    fn the_name_a_trusted_proxy_was_called_by_counts() {
        let called = |trusted: &[&str]| {
            let all = headers(&[
                ("host", "inside:8080"),
                ("x-forwarded-host", "evil.example, panel.example"),
                ("x-forwarded-proto", "https"),
                ("forwarded", "host=evil.example;proto=http"),
            ]);
            let (peer, uri) = ("10.0.0.1:1".parse().ok(), Uri::from_static("/"));
            let called = Called::of(peer, &uri, &all, &trusting(trusted));
            (called.authority.map(str::to_owned), called.https)
        };
        assert_eq!(called(&[]), (Some("inside:8080".into()), None));
        assert_eq!(called(&["10.0.0.0/8"]), (Some("panel.example".into()), Some(true)));
    }

    #[test]
    fn an_absolute_request_target_names_the_same_host() {
        let authority = |uri: &'static str, pairs: &[(&str, &str)]| {
            let (uri, headers) = (Uri::from_static(uri), headers(pairs));
            own_authority(&uri, &headers).map(str::to_owned)
        };
        assert_eq!(authority("https://panel.example/x", &[]), Some("panel.example".into()));
        assert_eq!(authority("https://panel.example/x", &[("host", "Panel.example")]), Some("Panel.example".into()));
        assert_eq!(authority("https://panel.example/x", &[("host", "evil.example")]), None);
        assert_eq!(authority("/x", &[("host", "a"), ("host", "a")]), None);
        assert_eq!(authority("/x", &[]), None);
    }
}
