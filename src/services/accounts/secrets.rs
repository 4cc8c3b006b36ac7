//! Secrets that this program makes: 256 random bits, kept as their SHA-256 alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::domain::token::Secret;
use crate::services::error::Error;
use crate::store::database::columns::SecretHash;

/// What every token begins with, so that people and scanners know one when they see it.
const TOKEN_PREFIX: &str = "mst_";

pub(super) fn new_token() -> Result<Secret<String>, Error> {
    Ok(Secret::new(format!("{TOKEN_PREFIX}{}", random()?)))
}

/// A new secret for a cookie or a link.
pub(in crate::services) fn new_secret() -> Result<Secret<String>, Error> {
    Ok(Secret::new(random()?))
}

fn random() -> Result<String, Error> {
    let mut bits = [0; 32];
    getrandom::fill(&mut bits).map_err(|e| Error::internal(e.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bits))
}

/// A password for somebody who gave none: 100 random bits in letters and digits that are not mistaken for one another.
pub(super) fn made_up_password() -> Result<Secret<String>, Error> {
    let letters = letters(20)?;
    let groups: Vec<&str> = (0..letters.len()).step_by(5).map(|at| &letters[at..at + 5]).collect();
    Ok(Secret::new(groups.join("-")))
}

/// So many random letters and digits that are not mistaken for one another, of 5 bits each.
pub(super) fn letters(count: usize) -> Result<String, Error> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bits = vec![0; count];
    getrandom::fill(&mut bits).map_err(|e| Error::internal(e.to_string()))?;
    Ok(bits.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}

/// As the database keeps it. No salt and no delay: there is nothing to guess in 256 random bits.
pub(in crate::services) fn digest(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}
