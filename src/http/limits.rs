//! How many requests one caller may make, and one address without being known; what callers are told of it.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use arc_swap::ArcSwapOption;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use super::client;
use crate::services::error::Error;

/// How many callers are remembered before those who were quiet are let go.
const MANY: usize = 10_000;

type ByCaller = RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// Requests a second, by caller; shared by all workers.
pub struct Limits {
    by_caller: ArcSwapOption<ByCaller>,
    clock: DefaultClock,
}

/// What one caller may still ask for, right after a request of theirs was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Requests a second.
    quota: u32,
    remaining: u32,
    /// The request was one too many: so many seconds are to be waited for the next.
    wait: Option<u64>,
}

impl Allowance {
    /// Whether the request may go on.
    pub fn check(self) -> Result<(), Error> {
        self.wait.map_or(Ok(()), |seconds| Err(Error::TooMany { seconds }))
    }

    /// Sets `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers).
    pub fn add_headers(self, headers: &mut HeaderMap) {
        // Whatever was used up is there again within the second that the quota is for.
        let policy = format!("\"default\";q={};w=1", self.quota);
        let left = format!("\"default\";r={};t=1", self.remaining);
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

impl Limits {
    /// So many a second, and at once; 0 for any number.
    pub fn new(requests: u32) -> Self {
        let limits = Self { by_caller: ArcSwapOption::empty(), clock: DefaultClock::default() };
        limits.set(requests);
        limits
    }

    /// So many from now on; what was counted is forgotten.
    pub fn set(&self, requests: u32) {
        let limiter = |quota| Arc::new(RateLimiter::keyed(quota).with_middleware());
        self.by_caller.store(NonZeroU32::new(requests).map(|requests| limiter(Quota::per_second(requests))));
    }

    /// One more request of this caller; `None` where there is no limit.
    pub fn count(&self, caller: &str) -> Option<Allowance> {
        let limiter = self.by_caller.load();
        let limiter = limiter.as_ref()?;
        if limiter.len() > MANY {
            limiter.retain_recent();
        }
        let (quota, remaining, wait) = match limiter.check_key(&caller.to_owned()) {
            Ok(state) => (state.quota(), state.remaining_burst_capacity(), None),
            Err(until) => (until.quota(), 0, Some(until.wait_time_from(self.clock.now()).as_secs() + 1)),
        };
        Some(Allowance { quota: quota.burst_size().get(), remaining, wait })
    }

    /// One more request of somebody who is not known, from this address.
    pub fn check_address(&self, address: Option<IpAddr>) -> Result<(), Error> {
        let address = address.map_or("unknown".to_owned(), |address| client::counted(address).to_string());
        // No caller's id has a space.
        self.count(&format!("address {address}")).map_or(Ok(()), Allowance::check)
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
    fn only_callers_that_ask_too_much_are_limited() {
        let limits = Limits::new(5);
        let remaining: Vec<u32> = (0..5).map(|_| limits.count("ann").unwrap().remaining).collect();
        assert_eq!(remaining, [4, 3, 2, 1, 0]);
        let too_many = limits.count("ann").unwrap();
        assert_eq!((too_many.quota, too_many.remaining), (5, 0));
        let refused = too_many.check().unwrap_err();
        assert_eq!((refused.status(), refused.retry_after()), (429, Some(1)));
        assert!(limits.count("bob").unwrap().check().is_ok());
        assert!((0..5000).all(|_| Limits::new(0).count("ann").is_none()));
    }
}
