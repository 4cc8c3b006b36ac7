//! Wrong passwords: who tries too often has to wait, and nobody else.
//!
//! Tries are counted by account and address together, and by address alone. So whoever guesses at
//! somebody's password from elsewhere never keeps them out. In a browser where that user has logged in before, and for
//! whoever is logged in already, tries are counted by themselves: others at the same address, as behind a proxy, do not
//! hold them up.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use crate::services::error::Error;
use crate::store::database::columns::SecretHash;

/// So many tries are free: people mistype.
const FREE_BY_ACCOUNT: u32 = 5;
/// Many people can share an address.
const FREE_BY_ADDRESS: u32 = 30;
const LONGEST_BY_ACCOUNT: Duration = Duration::from_secs(5 * 60);
const LONGEST_BY_ADDRESS: Duration = Duration::from_secs(30);
/// After so long without a try, they are forgotten.
const REMEMBERED: Duration = Duration::from_secs(60 * 60);
/// How many are remembered; then those who waited long enough are let go early.
const MANY: usize = 50_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Network(Option<IpAddr>);

impl Network {
    /// Whoever has one IPv6 address has all of its /64.
    fn of(address: Option<IpAddr>) -> Self {
        Self(address.map(|address| match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
            v4 => v4,
        }))
    }
}

type Account = [u8; 32];

/// Whose tries a try is counted among.
#[derive(Clone, Debug)]
pub(super) struct Guess {
    account: Account,
    network: Network,
    /// Whether it counts for everybody at this address, too.
    by_address: bool,
}

impl Guess {
    /// By somebody at this address, at the password of this name.
    pub(super) fn by_name(name: &str, address: Option<IpAddr>) -> Self {
        Self { account: account(&name.to_lowercase()), network: Network::of(address), by_address: true }
    }

    /// In a browser where the user of this id has logged in before.
    pub(super) fn in_known_browser(user: &str, browser: &SecretHash) -> Self {
        Self::alone(&format!("\0browser {user} {}", hex::encode(browser)))
    }

    /// At the code of the user of this id, by somebody who has the password.
    pub(super) fn at_code(user: &str) -> Self {
        Self::alone(&format!("\0code {user}"))
    }

    /// The same in a browser where the user has logged in before.
    pub(super) fn at_code_in_known_browser(user: &str, browser: &SecretHash) -> Self {
        Self::alone(&format!("\0code {user} {}", hex::encode(browser)))
    }

    /// At their own password, by the user of this id, who is logged in.
    pub(super) fn at_own(user: &str) -> Self {
        Self::alone(&format!("\0own {user}"))
    }

    /// No user has a name with a control character.
    fn alone(key: &str) -> Self {
        Self { account: account(key), network: Network(None), by_address: false }
    }
}

/// Tries since the last success.
#[derive(Clone, Copy)]
struct Tries {
    count: u32,
    last: Instant,
}

impl Tries {
    /// How long the next try has to wait: each wait is twice the one before.
    fn wait(&self, free: u32, longest: Duration, now: Instant) -> Duration {
        let Some(over) = self.count.checked_sub(free) else { return Duration::ZERO };
        let delay = Duration::from_secs(1 << over.min(20)).min(longest);
        (self.last + delay).saturating_duration_since(now)
    }
}

#[derive(Default)]
struct Table {
    by_account: HashMap<(Account, Network), Tries>,
    by_address: HashMap<Network, Tries>,
}

#[derive(Default)]
pub(super) struct Attempts(Mutex<Table>);

impl Attempts {
    /// One more try, which counts as wrong until [`Attempts::succeeded`]: so those that run at the
    /// same time count too.
    pub(super) fn begin(&self, guess: &Guess) -> Result<(), Error> {
        self.begin_at(guess, Instant::now())
    }

    fn begin_at(&self, guess: &Guess, now: Instant) -> Result<(), Error> {
        let (key, network) = ((guess.account, guess.network), guess.network);
        let mut table = self.0.lock();
        table.forget(now);
        let recent = |tries: &&Tries| now.saturating_duration_since(tries.last) < REMEMBERED;
        let by_account = table.by_account.get(&key).filter(recent).copied();
        let by_address = table.by_address.get(&network).filter(|_| guess.by_address).filter(recent).copied();
        let wait = by_account.map_or(Duration::ZERO, |tries| tries.wait(FREE_BY_ACCOUNT, LONGEST_BY_ACCOUNT, now));
        let wait =
            wait.max(by_address.map_or(Duration::ZERO, |tries| tries.wait(FREE_BY_ADDRESS, LONGEST_BY_ADDRESS, now)));
        if !wait.is_zero() {
            return Err(Error::TooMany { seconds: wait.as_secs() + 1 });
        }
        let one_more = |tries: Option<Tries>| Tries { count: tries.map_or(1, |tries| tries.count + 1), last: now };
        table.by_account.insert(key, one_more(by_account));
        if guess.by_address {
            table.by_address.insert(network, one_more(by_address));
        }
        Ok(())
    }

    pub(super) fn succeeded(&self, guess: &Guess) {
        let mut table = self.0.lock();
        table.by_account.remove(&(guess.account, guess.network));
        // Of the address, only this try is taken back: an own account does not pay for others' tries.
        if let Some(tries) = table.by_address.get_mut(&guess.network).filter(|_| guess.by_address) {
            tries.count = tries.count.saturating_sub(1);
        }
    }
}

impl Table {
    fn forget(&mut self, now: Instant) {
        if self.by_account.len() + self.by_address.len() < MANY {
            return;
        }
        for remembered in [REMEMBERED, LONGEST_BY_ACCOUNT, Duration::ZERO] {
            self.by_account.retain(|_, tries| now.saturating_duration_since(tries.last) < remembered);
            self.by_address.retain(|_, tries| now.saturating_duration_since(tries.last) < remembered);
            if self.by_account.len() + self.by_address.len() < MANY {
                return;
            }
        }
    }
}

/// Names are of any length; a digest is not.
fn account(name: &str) -> Account {
    Sha256::digest(name.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn a_guesser_waits_longer_and_longer_and_others_do_not() {
        let attempts = Attempts::default();
        let start = Instant::now();
        let mut now = start;
        let mut got_through = 0;
        let mut asked = 0;
        while now < start + Duration::from_secs(24 * 60 * 60) {
            asked += 1;
            got_through += u32::from(attempts.begin_at(&Guess::by_name("Olga", ip("192.0.2.1")), now).is_ok());
            now += Duration::from_secs(7);
        }
        assert!(got_through < 24 * 60 * 60 / 300 + 20, "{got_through} of {asked} in a day");
        assert!(attempts.begin_at(&Guess::by_name("olga", ip("192.0.2.1")), now).is_err());
        assert!(attempts.begin_at(&Guess::by_name("olga", ip("198.51.100.7")), now).is_ok(), "the owner is elsewhere");
        attempts.succeeded(&Guess::by_name("olga", ip("198.51.100.7")));
    }

    #[test]
    fn who_tries_many_names_from_one_address_waits_too() {
        let attempts = Attempts::default();
        let now = Instant::now();
        let tries = (0..1000)
            .filter(|n| attempts.begin_at(&Guess::by_name(&format!("user{n}"), ip("2001:db8::1")), now).is_ok());
        assert_eq!(tries.count(), FREE_BY_ADDRESS as usize);
        assert!(attempts.begin_at(&Guess::by_name("olga", ip("2001:db8::ffff")), now).is_err(), "the same network");
        assert!(attempts.begin_at(&Guess::by_name("olga", ip("2001:db8:0:1::1")), now).is_ok());
        let later = now + LONGEST_BY_ADDRESS;
        assert!(attempts.begin_at(&Guess::by_name("olga", ip("2001:db8::1")), later).is_ok());
    }

    #[test]
    fn the_right_password_forgets_wrong_ones() {
        let attempts = Attempts::default();
        for _ in 0..200 {
            for _ in 0..FREE_BY_ACCOUNT - 1 {
                attempts.begin(&Guess::by_name("olga", ip("192.0.2.1"))).unwrap();
            }
            attempts.succeeded(&Guess::by_name("olga", ip("192.0.2.1")));
            let mut table = attempts.0.lock();
            table.by_address.clear();
        }
    }

    #[test]
    fn a_known_browser_waits_for_its_own_tries_alone() {
        let attempts = Attempts::default();
        let now = Instant::now();
        let known = Guess::in_known_browser("1", &[7; 32]);
        while attempts.begin_at(&Guess::by_name("olga", ip("192.0.2.1")), now).is_ok() {}
        let tries = (0..100).filter(|_| attempts.begin_at(&known, now).is_ok()).count();
        assert_eq!(tries, FREE_BY_ACCOUNT as usize);
        assert!(attempts.begin_at(&Guess::in_known_browser("2", &[7; 32]), now).is_ok(), "another user there");
        assert!(attempts.begin_at(&Guess::by_name("vera", ip("192.0.2.1")), now).is_ok(), "nobody else pays");
    }

    #[test]
    fn memory_has_a_limit() {
        let attempts = Attempts::default();
        let now = Instant::now();
        for n in 0..2 * MANY as u128 {
            let address = IpAddr::V6(((0x2001_0db8_u128 << 96) + (n << 64)).into());
            attempts.begin_at(&Guess::by_name("olga", Some(address)), now).unwrap();
        }
        let table = attempts.0.lock();
        assert!(table.by_account.len() + table.by_address.len() <= MANY);
    }
}
