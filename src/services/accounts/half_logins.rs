//! Between the two steps of a login: the password was right, and the code is still to come. One browser has each, by a
//! cookie; memory alone knows of them, for a few minutes.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::attempts::Guess;
use super::secrets::digest;
use crate::domain::token::Secret;
use crate::store::database::columns::SecretHash;

/// How long the code may take.
pub const HALFWAY: Duration = Duration::from_secs(5 * 60);
/// After so many wrong codes, the password comes first again.
const MOST_WRONG: u32 = 5;
/// How many a user has at once: each took the right password.
const MOST_OF_USER: usize = 5;

#[derive(Clone)]
pub(super) struct HalfLogin {
    /// The user's id.
    pub(super) user: String,
    /// The hash of the password that was right.
    pub(super) password: String,
    /// How the try of the password counts.
    pub(super) guess: Guess,
    until: Instant,
    wrong: u32,
}

impl HalfLogin {
    pub(super) fn new(user: String, password: String, guess: Guess) -> Self {
        Self { user, password, guess, until: Instant::now() + HALFWAY, wrong: 0 }
    }
}

#[derive(Default)]
pub(super) struct HalfLogins(Mutex<HashMap<SecretHash, HalfLogin>>);

impl HalfLogins {
    pub(super) fn add(&self, cookie: &Secret<String>, half: HalfLogin) {
        let (now, mut all) = (Instant::now(), self.0.lock());
        all.retain(|_, half| half.until > now);
        let mut own: Vec<_> =
            all.iter().filter(|(_, other)| other.user == half.user).map(|(key, other)| (other.until, *key)).collect();
        own.sort_unstable();
        for (_, key) in own.iter().rev().skip(MOST_OF_USER - 1) {
            all.remove(key);
        }
        all.insert(digest(cookie.expose()), half);
    }

    /// The one of this cookie, if it is not over.
    pub(super) fn get(&self, key: &SecretHash) -> Option<HalfLogin> {
        self.0.lock().get(key).filter(|half| half.until > Instant::now()).cloned()
    }

    pub(super) fn remove(&self, key: &SecretHash) {
        self.0.lock().remove(key);
    }

    /// One more wrong code; whether it was the last that is taken.
    pub(super) fn note_wrong(&self, key: &SecretHash) -> bool {
        let mut all = self.0.lock();
        let Some(half) = all.get_mut(key) else { return true };
        half.wrong += 1;
        let is_over = half.wrong >= MOST_WRONG;
        if is_over {
            all.remove(key);
        }
        is_over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookie(n: usize) -> Secret<String> {
        Secret::new(n.to_string())
    }

    fn half(user: &str) -> HalfLogin {
        HalfLogin::new(user.to_owned(), "hash".to_owned(), Guess::at_code(user))
    }

    #[test]
    fn a_half_login_ends_by_time_and_by_wrong_codes() {
        let halves = HalfLogins::default();
        let key = digest(cookie(1).expose());
        halves.add(&cookie(1), half("1"));
        assert!(halves.get(&key).is_some());
        let wrong: Vec<bool> = (0..MOST_WRONG).map(|_| halves.note_wrong(&key)).collect();
        assert_eq!(wrong, [false, false, false, false, true]);
        assert!(halves.get(&key).is_none());
        halves.add(&cookie(1), HalfLogin { until: Instant::now(), ..half("1") });
        assert!(halves.get(&key).is_none(), "it took too long");
    }

    #[test]
    fn a_user_has_few_half_logins() {
        let halves = HalfLogins::default();
        for n in 0..100 {
            halves.add(&cookie(n), half(if n == 0 { "other" } else { "1" }));
        }
        assert_eq!(halves.0.lock().len(), MOST_OF_USER + 1);
        for n in [0, 99, 98] {
            assert!(halves.get(&digest(cookie(n).expose())).is_some(), "{n}");
        }
    }
}
