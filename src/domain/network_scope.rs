//! The networks from which a token may be used.

use std::net::IpAddr;

use ipnet::IpNet;

/// Networks of clients' addresses; without one, any address will do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkScope(Vec<IpNet>);

impl NetworkScope {
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    pub fn is_any(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a client of this address is in one of them. One without an address is in none.
    pub fn allows(&self, address: Option<IpAddr>) -> bool {
        let address = address.map(|address| address.to_canonical());
        self.is_any() || address.is_some_and(|address| self.0.iter().any(|network| network.contains(&address)))
    }

    /// Whether this allows no address that `outer` does not.
    pub fn is_within(&self, outer: &Self) -> bool {
        let is_inside = |network: &IpNet| outer.0.iter().any(|outer| outer.contains(network));
        outer.is_any() || (!self.is_any() && self.0.iter().all(is_inside))
    }

    /// Each as text, as `10.0.0.0/8`.
    pub fn texts(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(networks: &[&str]) -> NetworkScope {
        NetworkScope::new(networks.iter().map(|network| network.parse().unwrap()).collect())
    }

    #[test]
    fn only_addresses_of_the_networks_are_allowed() {
        let office = scope(&["10.0.0.0/8", "2001:db8::/32"]);
        let allows = |address: &str| office.allows(Some(address.parse().unwrap()));
        assert!(allows("10.1.2.3") && allows("::ffff:10.1.2.3") && allows("2001:db8::7"));
        assert!(!allows("192.0.2.1") && !allows("2001:db9::7") && !office.allows(None));
        assert!(scope(&[]).allows(None), "no network is any");
    }

    #[test]
    fn a_scope_lies_within_a_wider_one() {
        let (wide, narrow) = (scope(&["10.0.0.0/8", "::/0"]), scope(&["10.1.0.0/16"]));
        assert!(narrow.is_within(&wide) && narrow.is_within(&scope(&[])) && wide.is_within(&wide));
        assert!(!wide.is_within(&narrow) && !scope(&[]).is_within(&narrow) && !scope(&["11.0.0.0/8"]).is_within(&wide));
    }
}
