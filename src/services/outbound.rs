//! Requests to addresses that people choose: they go only where they may, whatever a host name leads to.

use std::error::Error as StdError;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::domain::address::{OutOfReach, Reach};

/// Looks up host names, and leaves out addresses that are out of reach. It is asked at each connection, so a name that
/// leads elsewhere later is no way around it.
pub(super) struct ReachableAddresses(Arc<Reach>);

impl ReachableAddresses {
    pub fn new(reach: &Reach) -> Arc<Self> {
        Arc::new(Self(Arc::new(reach.clone())))
    }
}

impl Resolve for ReachableAddresses {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let mut refused = None;
            let mut reachable = Vec::with_capacity(found.len());
            for address in found {
                match reach.check(address.ip()) {
                    Ok(()) => reachable.push(address),
                    Err(out_of_reach) => refused = Some(out_of_reach),
                }
            }
            match refused {
                Some(out_of_reach) if reachable.is_empty() => Err(out_of_reach.into()),
                _ => Ok(Box::new(reachable.into_iter()) as Addrs),
            }
        })
    }
}

/// Checks an address that stands in a URL in place of a name: nobody looks that up.
pub(super) fn check_literal(url: &str, reach: &Reach) -> Result<(), OutOfReach> {
    let parsed = Url::parse(url);
    let address = match parsed.as_ref().ok().and_then(Url::host) {
        Some(Host::Ipv4(v4)) => IpAddr::V4(v4),
        Some(Host::Ipv6(v6)) => IpAddr::V6(v6),
        Some(Host::Domain(_)) | None => return Ok(()),
    };
    reach.check(address)
}

/// The innermost cause of this type. An `io::Error` hides what it was made of from `source`.
pub fn cause<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    let inner = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner as &(dyn StdError + 'static)),
        None => error.source(),
    };
    inner.and_then(cause).or_else(|| error.downcast_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_checked_in_every_spelling() {
        let reach = Reach::public(&[]);
        for host in [
            "127.0.0.1",
            "127.0.0.1.",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "127.1",
            "0",
            "%31%32%37.0.0.1",
            "①②⑦.0.0.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::127.0.0.1]",
        ] {
            assert!(check_literal(&format!("http://{host}:8080/x"), &reach).is_err(), "{host}");
        }
        assert!(check_literal("http://8.8.8.8/", &reach).is_ok());
        assert!(check_literal("http://localhost/", &reach).is_ok(), "a name is looked up");
    }

    #[tokio::test]
    async fn only_owners_of_all_apps_reach_this_machine() {
        let lookup = async |reach: Reach| ReachableAddresses::new(&reach).resolve("localhost".parse().unwrap()).await;
        assert!(lookup(Reach::public(&[])).await.is_err_and(|error| error.is::<OutOfReach>()));
        assert!(lookup(Reach::private(&[])).await.is_ok_and(|mut found| found.all(|one| one.ip().is_loopback())));
    }
}
