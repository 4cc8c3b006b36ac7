//! Which addresses this program sends requests to: webhooks are chosen by people, and must not reach what they cannot.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// How far requests may go.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Whether loopback and private addresses are within it.
    private: bool,
    /// Networks that are within it whatever they are.
    opened: Vec<IpNet>,
}

/// What an address is to somebody who must not look around in this program's network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Public,
    /// On this machine or in its network.
    Private,
    /// Of one link, many machines or none; or where clouds tell a machine its secrets.
    Special,
}

/// An address that is not within reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfReach(pub IpAddr);

impl fmt::Display for OutOfReach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is an address that nothing is sent to", self.0)
    }
}

impl std::error::Error for OutOfReach {}

impl Reach {
    /// Public addresses, and these networks.
    pub fn public(opened: &[IpNet]) -> Self {
        Self { private: false, opened: opened.to_vec() }
    }

    /// Loopback and private addresses too.
    pub fn private(opened: &[IpNet]) -> Self {
        Self { private: true, opened: opened.to_vec() }
    }

    /// Whether a request may go to this address.
    pub fn check(&self, address: IpAddr) -> Result<(), OutOfReach> {
        let inner = embedded(address);
        let opened = self.opened.iter().any(|net| net.contains(&address) || net.contains(&inner));
        let within = match kind(inner) {
            Kind::Public => true,
            Kind::Private => self.private,
            Kind::Special => false,
        };
        if opened || within { Ok(()) } else { Err(OutOfReach(address)) }
    }
}

/// Addresses at which clouds tell a machine its secrets, beside those that are link-local.
const METADATA: [IpAddr; 6] = [
    // Alibaba Cloud, Oracle Cloud, Azure's wire server.
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 0, 192)),
    IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
    // Amazon EC2, Google Cloud, Scaleway.
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0x0042, 0, 0, 0, 0, 0, 0x42)),
];

fn kind(address: IpAddr) -> Kind {
    if METADATA.contains(&address) {
        return Kind::Special;
    }
    match address {
        IpAddr::V4(v4) => kind_of_v4(v4),
        IpAddr::V6(v6) => kind_of_v6(v6),
    }
}

fn kind_of_v4(v4: Ipv4Addr) -> Kind {
    match v4.octets() {
        // "This network", IETF protocol assignments, multicast, and what is reserved, broadcast among it.
        [0, ..] | [192, 0, 0, _] | [224..=255, ..] => Kind::Special,
        [169, 254, ..] => Kind::Special,
        // Carrier-grade NAT and benchmarks.
        [100, 64..=127, ..] | [198, 18..=19, ..] => Kind::Private,
        _ if v4.is_loopback() || v4.is_private() => Kind::Private,
        _ => Kind::Public,
    }
}

fn kind_of_v6(v6: Ipv6Addr) -> Kind {
    match v6.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Kind::Special,
        [0, 0, 0, 0, 0, 0, 0, 1] => Kind::Private,
        // Link-local, multicast, what is thrown away, and a network's own NAT64, whose IPv4 address nobody knows.
        [0xfe80..=0xfebf, ..] | [0xff00..=0xffff, ..] | [0x0100, 0, 0, 0, ..] | [0x0064, 0xff9b, 0x0001, ..] => {
            Kind::Special
        }
        // Unique local, and site-local of old.
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => Kind::Private,
        _ => Kind::Public,
    }
}

/// The IPv4 address that an IPv6 address leads to: mapped, compatible or translated, by NAT64, 6to4 or Teredo.
/// Any other address is its own.
fn embedded(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        IpAddr::V4(Ipv4Addr::new(a, b, c, d))
    };
    match v6.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0..=1] => address,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] => v4(high, low),
        [0x0064, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        [0x2002, high, low, ..] => v4(high, low),
        [0x2001, 0, _, _, _, _, high, low] => v4(!high, !low),
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether held owners and owners of all apps may send there.
    fn reached(text: &str, opened: &[&str]) -> (bool, bool) {
        let opened: Vec<IpNet> = opened.iter().map(|net| net.parse().unwrap()).collect();
        let address = text.parse().unwrap();
        (Reach::public(&opened).check(address).is_ok(), Reach::private(&opened).check(address).is_ok())
    }

    #[test]
    fn public_addresses_are_within_everybodys_reach() {
        for text in ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"] {
            assert_eq!(reached(text, &[]), (true, true), "{text}");
        }
    }

    #[test]
    fn private_addresses_are_within_reach_of_owners_of_all_apps() {
        for text in [
            "127.0.0.1",
            "127.9.9.9",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.7.7",
            "100.64.0.1",
            "198.18.0.1",
            "::1",
            "fc00::1",
            "fdff::1",
            "fec0::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "::ffff:0:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:0:808:808::80ff:fffe",
        ] {
            assert_eq!(reached(text, &[]), (false, true), "{text}");
        }
    }

    #[test]
    fn link_local_and_metadata_addresses_are_within_nobodys_reach() {
        for text in [
            "169.254.169.254",
            "169.254.170.2",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "0.0.0.0",
            "0.1.2.3",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "fe80::1",
            "febf::1",
            "ff02::1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "::ffff:169.254.169.254",
            "::169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::a9fe:a9fe",
            "2002:a9fe:a9fe::1",
            "2001:0:808:808::5601:5601",
        ] {
            assert_eq!(reached(text, &[]), (false, false), "{text}");
        }
    }

    #[test]
    fn what_is_opened_is_within_everybodys_reach_in_every_spelling() {
        for text in ["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"] {
            assert_eq!(reached(text, &["169.254.0.0/16"]), (true, true), "{text}");
        }
        assert_eq!(reached("fe80::1", &["10.0.0.0/8", "fe80::/10"]), (true, true));
        assert_eq!(reached("10.0.0.1", &["10.0.1.0/24"]), (false, true));
    }
}
