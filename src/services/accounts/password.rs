//! Passwords: what is one, and argon2id off the async threads.

use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use strum::{EnumString, IntoStaticStr, VariantArray};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zxcvbn::feedback::{Feedback, Warning};
use zxcvbn::{Entropy, Score, zxcvbn};

use super::secrets::made_up_password;
use crate::domain::spelling::spelled;
use crate::domain::token::Secret;
use crate::i18n::Message;
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

/// A password that somebody is to have.
#[derive(Clone, Debug)]
pub struct NewPassword {
    pub(super) secret: Secret<String>,
    /// Whether the program made it up: its user chooses another at their next login.
    pub(super) made_up: bool,
}

impl NewPassword {
    /// One that a person chose.
    pub fn chosen(secret: Secret<String>) -> Self {
        Self { secret, made_up: false }
    }

    pub fn made_up() -> Result<Self, Error> {
        Ok(Self { secret: made_up_password()?, made_up: true })
    }

    /// To be shown once, where it was made up; and to be judged.
    pub fn secret(&self) -> &Secret<String> {
        &self.secret
    }

    /// Whether the program made it up.
    pub fn is_made_up(&self) -> bool {
        self.made_up
    }
}

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Weakness {
    /// Fewer than 12 characters.
    Short,
    /// More than 1,024 bytes.
    Long,
    /// A character that no keyboard types.
    Control,
    /// Easy to guess, and made of a name that everybody here knows.
    Name,
    /// Easy to guess: one of those that are tried first, or nearly.
    Common,
    /// Easy to guess: a run, a repetition, or keys that lie side by side.
    Run,
    /// Easy to guess in another way.
    Guessable,
}

spelled!(Weakness);

impl Weakness {
    /// What is wrong with a password of the user of this name, if anything. `context` are more words that everybody
    /// there knows.
    pub fn of(password: &Secret<String>, name: &str, context: &[String]) -> Option<Self> {
        let text = password.expose();
        if text.len() > LONGEST {
            return Some(Weakness::Long);
        }
        if text.chars().any(char::is_control) {
            return Some(Weakness::Control);
        }
        if text.chars().count() < SHORTEST {
            return Some(Weakness::Short);
        }
        let (known, years) = (known_words(name, context), recent_years());
        let inputs: Vec<&str> = known.iter().chain(&years).map(String::as_str).collect();
        let strength = zxcvbn(text, &inputs);
        if is_guessable(&strength) {
            return Some(Self::why(text, &known, strength.feedback()));
        }
        // Names and years with signs between them have many parts, and are soon guessed all the same.
        let text = text.to_lowercase();
        let rest = without(&text, known.iter().chain(&years));
        let is_weak = rest.len() < text.len() && is_guessable(&zxcvbn(&rest, &inputs));
        is_weak.then(|| Self::why(&text, &known, None))
    }

    /// Why a password is easy to guess.
    fn why(text: &str, known: &[String], feedback: Option<&Feedback>) -> Self {
        let text = text.to_lowercase();
        if known.iter().any(|word| text.contains(word.as_str())) {
            return Weakness::Name;
        }
        if text.chars().all(|c| c.is_ascii_digit()) {
            return Weakness::Run;
        }
        match feedback.and_then(Feedback::warning) {
            Some(
                Warning::ThisIsATop10Password
                | Warning::ThisIsATop100Password
                | Warning::ThisIsACommonPassword
                | Warning::ThisIsSimilarToACommonlyUsedPassword,
            ) => Weakness::Common,
            Some(
                Warning::StraightRowsOfKeysAreEasyToGuess
                | Warning::ShortKeyboardPatternsAreEasyToGuess
                | Warning::RepeatsLikeAaaAreEasyToGuess
                | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
                | Warning::SequencesLikeAbcAreEasyToGuess,
            ) => Weakness::Run,
            _ => Weakness::Guessable,
        }
    }
}

/// The program's own names, and 4D's.
const PRODUCT: [&str; 6] =
    ["mobile-sessions", "mobile sessions", "mobilesessions", "mobileapps", "sessions", "4d server"];

/// Years as people put them into passwords. zxcvbn itself knows those until 2019.
fn recent_years() -> Vec<String> {
    (2020..2050).map(|year: u32| year.to_string()).collect()
}

/// Whether it takes too few guesses. Any three parts, as a word, a year and a sign, count as 100 million, which are
/// enough for 3 of 4 points: more than these are asked for.
fn is_guessable(strength: &Entropy) -> bool {
    const FEWEST: u64 = 1_000_000_000;
    strength.score() < Score::Three || strength.guesses() < FEWEST
}

/// What is left of a text without these words, and without the signs around them.
fn without<'a>(text: &str, words: impl Iterator<Item = &'a String>) -> String {
    let mut longest_first: Vec<&String> = words.collect();
    longest_first.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = longest_first.into_iter().fold(text.to_owned(), |text, word| text.replace(word.as_str(), ""));
    rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The names that everybody knows who meets this panel, whole and in parts, in lower case. Shorter parts than three
/// letters are in every password.
fn known_words(name: &str, context: &[String]) -> Vec<String> {
    let whole = PRODUCT.into_iter().chain(context.iter().map(String::as_str)).chain([name]).map(str::to_lowercase);
    let mut words: Vec<String> = whole.collect();
    let parts = words.iter().flat_map(|word| word.split(|c: char| !c.is_alphanumeric())).map(str::to_owned);
    words.extend(parts.collect::<Vec<_>>());
    words.retain(|word| word.chars().count() >= 3);
    words.sort_unstable();
    words.dedup();
    words
}

/// Refuses what is too easily guessed.
pub(super) fn check(password: &Secret<String>, name: &str, context: &[String]) -> Result<(), Error> {
    match Weakness::of(password, name, context) {
        None => Ok(()),
        Some(weakness) => Err(Error::invalid("/password", Message::new(format!("password-{}", weakness.as_str())))),
    }
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

    fn weakness(text: &str) -> Option<Weakness> {
        Weakness::of(&secret(text), "maximilian", &["panel.acme-tools.example".to_owned()])
    }

    #[test]
    fn a_password_has_a_length_and_typeable_characters() {
        assert_eq!(weakness("elevenchars"), Some(Weakness::Short));
        assert_eq!(weakness("zwölf\0Zeichen"), Some(Weakness::Control));
        let long = |length| (0..).map(|n| format!("{n} ")).take(1000).collect::<String>()[..length].to_owned();
        assert_eq!(weakness(&long(LONGEST)), None);
        assert_eq!(weakness(&long(LONGEST + 1)), Some(Weakness::Long));
    }

    #[test]
    fn what_is_easily_guessed_is_refused() {
        for (easy, why) in [
            ("letmein12345", Weakness::Common),
            ("Password123!", Weakness::Common),
            ("passwordpassword", Weakness::Run),
            ("Summer2026!!", Weakness::Guessable),
            ("mobile-sessions", Weakness::Name),
            ("MobileSessions1!", Weakness::Name),
            ("Maximilian2026", Weakness::Name),
            ("maximilian1234", Weakness::Name),
            ("acme-tools-2026", Weakness::Name),
            ("123456789012", Weakness::Run),
            ("aaaaaaaaaaaa", Weakness::Run),
            ("zyxwvutsrqponm", Weakness::Run),
            ("abcabcabcabca", Weakness::Run),
            ("qwertyuiop12", Weakness::Common),
            ("Sommer2026!!", Weakness::Guessable),
            ("Welcome2026!!", Weakness::Guessable),
            ("password-password1", Weakness::Guessable),
            ("            ", Weakness::Run),
        ] {
            let found = weakness(easy);
            assert_eq!(found, Some(why), "{easy}");
        }
        for good in
            ["correct horse battery", "another horse battery", "a long and winding sentence", "zwölf Kähne im Nebel"]
        {
            assert_eq!(weakness(good), None, "{good}");
        }
        assert_eq!(Weakness::of(NewPassword::made_up().unwrap().secret(), "olga", &[]), None);
    }

    #[test]
    fn the_longest_password_is_judged_at_once() {
        let started = std::time::Instant::now();
        for text in ["aA1@".repeat(256), "qwertyuiop".repeat(102), "p@ssw0rd ".repeat(113)] {
            weakness(&text);
        }
        assert!(started.elapsed() < std::time::Duration::from_secs(3), "{:?}", started.elapsed());
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
