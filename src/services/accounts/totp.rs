//! One-time codes of authenticator apps (TOTP, RFC 6238: SHA-1, 6 digits, 30 seconds, as every app does), and codes for
//! whoever lost the app.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Builder, Totp};

use super::secrets::{digest, letters};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::services::error::Error;
use crate::store::database::columns::SecretHash;

/// In bytes, as RFC 4226 recommends.
const SECRET_LENGTH: usize = 20;
/// How many codes somebody gets for when the app is lost.
const RECOVERY_CODES: usize = 10;
/// In letters of 5 bits: nobody finds such a code by its digest.
const RECOVERY_LENGTH: usize = 16;
/// What is written as it is in an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// What a person's app is to have.
#[derive(Clone, Debug)]
pub struct NewFactor {
    /// The shared secret as people type it: base32, in groups of four.
    pub secret: Secret<String>,
    /// The same as an address that apps take, `otpauth://…`.
    pub address: Secret<String>,
}

pub(super) fn new_secret() -> Result<[u8; SECRET_LENGTH], Error> {
    let mut secret = [0; SECRET_LENGTH];
    getrandom::fill(&mut secret).map_err(|error| Error::internal(error.to_string()))?;
    Ok(secret)
}

fn totp(secret: &[u8]) -> Result<Totp, Error> {
    let secret = totp_rs::Secret::new(secret.into());
    Builder::new().with_secret(secret).build().map_err(|error| Error::internal(error.to_string()))
}

/// The time step whose code this is: of now, or of the one before or after it, since clocks differ.
pub(super) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<i64>, Error> {
    let seconds = u64::try_from(now.millis() / 1000).unwrap_or_default();
    Ok(totp(secret)?.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

impl NewFactor {
    /// `issuer` is the name of this panel, `account` that of the user.
    pub(super) fn new(secret: &[u8], issuer: &str, account: &str) -> Result<Self, Error> {
        let text = totp(secret)?.secret().to_base32();
        let (issuer, account) = (utf8_percent_encode(issuer, PLAIN), utf8_percent_encode(account, PLAIN));
        let address = format!("otpauth://totp/{issuer}:{account}?secret={text}&issuer={issuer}");
        let groups: Vec<String> =
            text.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        Ok(Self { secret: Secret::new(groups.join(" ")), address: Secret::new(address) })
    }
}

/// What somebody typed for a code.
pub(super) enum Typed {
    /// Of the app.
    Code(String),
    /// Of those for when the app is lost.
    Recovery(SecretHash),
}

impl Typed {
    /// However it is spaced, and in either case.
    pub(super) fn parse(text: &str, user: &str) -> Self {
        let text: String = text.chars().filter(|c| c.is_alphanumeric()).take(64).collect();
        match text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => Self::Code(text),
            false => Self::Recovery(recovery_digest(user, &text.to_lowercase())),
        }
    }
}

/// New recovery codes of a user: as they are shown, once, and as they are kept.
pub(super) fn new_recovery_codes(user: &str) -> Result<(Vec<Secret<String>>, Vec<SecretHash>), Error> {
    let mut codes = Vec::new();
    let mut digests = Vec::new();
    for _ in 0..RECOVERY_CODES {
        let code = letters(RECOVERY_LENGTH)?;
        digests.push(recovery_digest(user, &code));
        let groups: Vec<&str> = (0..RECOVERY_LENGTH).step_by(4).map(|at| &code[at..at + 4]).collect();
        codes.push(Secret::new(groups.join("-")));
    }
    Ok((codes, digests))
}

fn recovery_digest(user: &str, code: &str) -> SecretHash {
    digest(&format!("recovery code\0{user}\0{code}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, of which an app shows the last six digits.
        let secret = b"12345678901234567890";
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(step_of(secret, code, at(seconds)).unwrap(), Some(seconds / 30), "{seconds}");
            for near in [-30, 30] {
                assert_eq!(step_of(secret, code, at(seconds + near)).unwrap(), Some(seconds / 30), "{seconds}");
            }
            for far in [-90, 90].into_iter().filter(|far| seconds + far > 0) {
                assert_eq!(step_of(secret, code, at(seconds + far)).unwrap(), None, "{seconds}");
            }
        }
    }

    #[test]
    fn an_app_reads_the_address() {
        let factor = NewFactor::new(b"12345678901234567890", "mobile-sessions 4d.example", "Zoë & co").unwrap();
        assert_eq!(factor.secret.expose(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            factor.address.expose(),
            "otpauth://totp/mobile-sessions%204d.example:Zo%C3%AB%20%26%20co?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=mobile-sessions%204d.example"
        );
        assert!(!format!("{factor:?}").contains("GEZD"));
    }

    #[test]
    fn codes_are_read_however_they_are_spaced() {
        let (codes, digests) = new_recovery_codes("01").unwrap();
        assert_eq!((codes.len(), digests.len()), (RECOVERY_CODES, RECOVERY_CODES));
        let code = codes[0].expose();
        assert_eq!(code.len(), 19, "four groups of four");
        for spelled in [code.clone(), code.to_uppercase(), code.replace('-', " "), format!(" {code}\n")] {
            assert!(
                matches!(Typed::parse(&spelled, "01"), Typed::Recovery(digest) if digest == digests[0]),
                "{spelled}"
            );
        }
        assert!(!matches!(Typed::parse(code, "02"), Typed::Recovery(digest) if digest == digests[0]), "another user");
        assert!(matches!(Typed::parse(" 123 456 ", "01"), Typed::Code(code) if code == "123456"));
    }
}
