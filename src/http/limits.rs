//! How many requests one caller may make, and one address without being known.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::client;
use crate::services::error::Error;

/// How many callers are remembered before those who were quiet are let go.
const MANY: usize = 10_000;

/// Requests a second, by caller; shared by all workers.
pub struct Limits {
    by_caller: Option<DefaultKeyedRateLimiter<String>>,
    clock: DefaultClock,
}

impl Limits {
    /// So many a second, and at once; 0 for any number.
    pub fn new(requests: u32) -> Self {
        let quota = NonZeroU32::new(requests).map(Quota::per_second);
        Self { by_caller: quota.map(RateLimiter::keyed), clock: DefaultClock::default() }
    }

    /// One more request of this caller.
    pub fn check(&self, caller: &str) -> Result<(), Error> {
        let Some(limiter) = &self.by_caller else { return Ok(()) };
        if limiter.len() > MANY {
            limiter.retain_recent();
        }
        limiter.check_key(&caller.to_owned()).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            Error::TooMany { seconds: wait.as_secs() + 1 }
        })
    }

    /// One more request of somebody who is not known, from this address.
    pub fn check_address(&self, address: Option<IpAddr>) -> Result<(), Error> {
        let address = address.map_or("unknown".to_owned(), |address| client::counted(address).to_string());
        // No caller's id has a space.
        self.check(&format!("address {address}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_limited_as_a_caller_is() {
        let limits = Limits::new(2);
        let ask = |address: &str| limits.check_address(Some(address.parse().unwrap())).is_ok();
        assert!(ask("192.0.2.1") && ask("::ffff:192.0.2.1") && !ask("192.0.2.1"));
        assert!(ask("2001:db8::1") && ask("2001:db8::2:3") && !ask("2001:db8::4"), "one network");
        assert!(ask("2001:db8:0:1::1") && ask("192.0.2.2"));
        assert!(limits.check_address(None).is_ok());
    }

    #[test]
    fn who_asks_too_much_is_told_when_to_come_back_and_others_are_not() {
        let limits = Limits::new(5);
        assert!((0..5).all(|_| limits.check("ann").is_ok()));
        let refused = limits.check("ann").unwrap_err();
        assert_eq!((refused.status(), refused.retry_after()), (429, Some(1)));
        assert!(limits.check("bob").is_ok());
        assert!((0..5000).all(|_| Limits::new(0).check("ann").is_ok()));
    }
}
