//! Passwords: what is one, and argon2id off the async threads.

use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::token::Secret;
use crate::services::error::Error;

/// In characters.
const SHORTEST: usize = 12;
/// In bytes: longer ones cost time, and nobody types them.
const LONGEST: usize = 1024;

/// Verified for a user that does not exist, so that the answer takes as long. No password has a
/// hash of zeroes; the parameters are those of [`argon2id`].
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// 19 MiB, 2 passes, 1 lane: what OWASP recommends, and the library's default.
fn argon2id() -> Argon2<'static> {
    Argon2::default()
}

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than 12 characters.
    Short,
    /// More than 1,024 bytes.
    Long,
    /// A character that no keyboard types.
    Control,
    /// The name and a few characters.
    Name,
    /// One of those that are tried first.
    Common,
    /// Each character follows from those before.
    Run,
}

impl Weakness {
    /// Every reason, in the order in which they are looked for.
    pub const ALL: [Weakness; 6] =
        [Weakness::Short, Weakness::Long, Weakness::Control, Weakness::Name, Weakness::Common, Weakness::Run];

    /// What is wrong with a password of the user of this name, if anything.
    pub fn of(password: &Secret<String>, name: &str) -> Option<Self> {
        let text = password.expose();
        Self::ALL.into_iter().find(|weakness| match weakness {
            Weakness::Short => text.chars().count() < SHORTEST,
            Weakness::Long => text.len() > LONGEST,
            Weakness::Control => text.chars().any(char::is_control),
            Weakness::Name => is_name(text, name),
            Weakness::Common => is_common(text),
            Weakness::Run => is_run_or_repetition(text),
        })
    }

    /// A stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Weakness::Short => "short",
            Weakness::Long => "long",
            Weakness::Control => "control",
            Weakness::Name => "name",
            Weakness::Common => "common",
            Weakness::Run => "run",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Weakness::Short => "The password must have at least 12 characters.",
            Weakness::Long => "The password must have at most 1024 bytes.",
            Weakness::Control => "The password must not have control characters, which nobody can type.",
            Weakness::Name => "The password must be more than the name and a few characters.",
            Weakness::Common => "This is one of the passwords that are tried first: choose another.",
            Weakness::Run => "The password must not be a run or a repetition, as 123456789012 or aaaaaaaaaaaa.",
        }
    }
}

/// Refuses what is too easily guessed.
pub(super) fn check(password: &Secret<String>, name: &str) -> Result<(), Error> {
    match Weakness::of(password, name) {
        None => Ok(()),
        Some(weakness) => Err(Error::invalid("/password", weakness.sentence())),
    }
}

/// Those of the 10,000 first of Django's list of common passwords that are long enough to be taken.
fn is_common(text: &str) -> bool {
    include_str!("common_passwords.txt").lines().any(|common| common == text.trim().to_lowercase())
}

/// Whether little is left of it without the name.
fn is_name(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    text.contains(&name) && text.replace(&name, "").trim().chars().count() < SHORTEST / 2
}

/// Whether every character follows from the one before, or the whole from its beginning.
fn is_run_or_repetition(text: &str) -> bool {
    let letters: Vec<char> = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    // Of what has no letters or digits, a repetition is looked for in the characters as they are.
    let letters = if letters.is_empty() { text.chars().collect() } else { letters };
    let follows = |step: i32| letters.windows(2).all(|pair| follows(pair[0], pair[1], step));
    let repeats = |period: usize| (period..letters.len()).all(|n| letters[n] == letters[n - period]);
    follows(1) || follows(-1) || (1..=letters.len() / 2).any(repeats)
}

/// 9 is followed by 0, z by a.
fn follows(one: char, other: char, step: i32) -> bool {
    let place = |c: char, first: char, count: i32| {
        let place = u32::from(c).checked_sub(u32::from(first)).and_then(|place| i32::try_from(place).ok())?;
        (place < count).then_some(place)
    };
    [('0', 10), ('a', 26)].into_iter().any(|(first, count)| {
        let places = place(one, first, count).zip(place(other, first, count));
        places.is_some_and(|(one, other)| (one + step).rem_euclid(count) == other)
    })
}

/// Hashes and verifies, as many at once as there are processors: each takes 19 MiB.
#[derive(Debug)]
pub(super) struct Passwords {
    turns: Arc<Semaphore>,
}

impl Passwords {
    pub(super) fn new() -> Self {
        let turns = available_parallelism().map_or(1, usize::from);
        Self { turns: Arc::new(Semaphore::new(turns)) }
    }

    /// The hash of a new password.
    pub(super) async fn hash(&self, password: Secret<String>) -> Result<String, Error> {
        self.run(move || {
            let hash =
                argon2id().hash_password(password.expose().as_bytes()).map_err(|e| Error::internal(e.to_string()))?;
            Ok(hash.to_string())
        })
        .await?
    }

    /// Whether this is the password; takes as long when there is no hash.
    pub(super) async fn verify(&self, password: Secret<String>, hash: Option<String>) -> Result<bool, Error> {
        if password.expose().len() > LONGEST {
            return Ok(false);
        }
        self.run(move || {
            let hash = hash.as_deref().unwrap_or(NOBODY);
            argon2id().verify_password(password.expose().as_bytes(), hash).is_ok()
        })
        .await
    }

    /// The turn goes with the work: a caller that leaves makes no room for another.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let turn: OwnedSemaphorePermit = self.turns.clone().acquire_owned().await.map_err(Error::internal)?;
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await.map_err(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    #[test]
    fn a_password_is_long_enough_and_not_the_name() {
        assert!(check(&secret("elevenchars"), "bob").is_err());
        assert!(check(&secret("zwölf Zeichen"), "bob").is_ok());
        assert!(check(&secret("zwölf\0Zeichen"), "bob").is_err(), "nobody can type it");
        assert!(check(&secret("MaximilianMuster"), "maximilianmuster").is_err());
        assert!(check(&secret("MaximilianMuster12"), "maximilianmuster").is_err());
        assert!(check(&secret("bob has a red bicycle"), "bob").is_ok());
        let long = |length| (0..).map(|n| format!("{n} ")).take(1000).collect::<String>()[..length].to_owned();
        assert!(check(&secret(&long(LONGEST)), "bob").is_ok());
        assert!(check(&secret(&long(LONGEST + 1)), "bob").is_err());
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for easy in [
            "123456789012",
            "aaaaaaaaaaaa",
            "one one one one",
            "ONE-one-One-one",
            "zyxwvutsrqponm",
            "210987654321",
            "abcdefghijklm",
            "abcabcabcabca",
            "passwordpassword",
            "!!!!!!!!!!!!!",
            "qwerty123456",
            "Qwerty123456",
            "1qaz2wsx3edc",
        ] {
            assert!(check(&secret(easy), "bob").is_err(), "{easy}");
        }
        for good in ["correct horse battery", "one two three four", "1234567890ab", "zwölf Zeichen"] {
            assert!(check(&secret(good), "bob").is_ok(), "{good}");
        }
    }

    #[tokio::test]
    async fn a_password_is_kept_as_argon2id_and_known_again() {
        let passwords = Passwords::new();
        let hash = passwords.hash(secret("correct horse battery")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify(secret("correct horse battery"), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify(secret("correct horse batterY"), Some(hash)).await.unwrap());
        assert!(!passwords.verify(secret("correct horse battery"), Some("no hash".into())).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_takes_as_long_as_somebody() {
        let passwords = Passwords::new();
        let hash = passwords.hash(secret("correct horse battery")).await.unwrap();
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..9 {
            for (times, hash) in times.iter_mut().zip([Some(hash.clone()), None]) {
                let started = std::time::Instant::now();
                assert!(!passwords.verify(secret("a wrong password"), hash).await.unwrap());
                times.push(started.elapsed().as_secs_f64());
            }
        }
        let [somebody, nobody] = times.map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[4]
        });
        assert!(nobody > somebody * 0.5 && nobody < somebody * 2.0, "{somebody} s and {nobody} s");
    }
}
