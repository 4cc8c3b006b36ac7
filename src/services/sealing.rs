//! What the database keeps encrypted, by XChaCha20-Poly1305: a copy of it alone does not give it.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use super::error::Error;

/// How many bytes of what is sealed are its nonce.
const NONCE: usize = 24;

/// Encrypts and decrypts by one key.
#[derive(Clone)]
pub struct Cipher(XChaCha20Poly1305);

impl Cipher {
    /// `None` for what is no key of 32 bytes.
    pub fn new(key: &[u8]) -> Option<Self> {
        XChaCha20Poly1305::new_from_slice(key).ok().map(Self)
    }

    /// `context` says what it is, and whose: it opens with the same alone.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|error| Error::internal(error.to_string()))?;
        let sealed = self.0.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: context.as_bytes() });
        let sealed = sealed.map_err(|error| Error::internal(error.to_string()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// `None` for what was sealed by another key or for another context, or changed since.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.0.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: context.as_bytes() }).ok()
    }
}

/// The keys of one installation: the first seals, and all of them open.
#[derive(Clone)]
pub struct Keyring(Vec<Cipher>);

impl Keyring {
    /// `None` without a key.
    pub fn new<'a>(keys: impl IntoIterator<Item = &'a [u8; 32]>) -> Option<Self> {
        let ciphers: Vec<Cipher> = keys.into_iter().filter_map(|key| Cipher::new(key)).collect();
        (!ciphers.is_empty()).then_some(Self(ciphers))
    }

    pub fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        self.0.first().ok_or_else(|| Error::internal("there is no key"))?.seal(context, plain)
    }

    /// What was sealed, and whether by the first key.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Option<(Vec<u8>, bool)> {
        let mut opened =
            self.0.iter().enumerate().filter_map(|(nth, key)| Some((key.open(context, sealed)?, nth == 0)));
        opened.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_by_its_key_in_its_place_alone() {
        let (old, new) = (Keyring::new([&[1; 32]]).unwrap(), Keyring::new([&[2; 32], &[1; 32]]).unwrap());
        let sealed = old.seal("totp 01", b"secret").unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_ne!(old.seal("totp 01", b"secret").unwrap(), sealed);
        assert_eq!(old.open("totp 01", &sealed), Some((b"secret".to_vec(), true)));
        assert_eq!(new.open("totp 01", &sealed), Some((b"secret".to_vec(), false)), "an older key");
        assert_eq!(old.open("totp 02", &sealed), None, "somebody else's");
        assert_eq!(old.open("totp 01", &new.seal("totp 01", b"secret").unwrap()), None);
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!((old.open("totp 01", &changed), old.open("totp 01", b"short")), (None, None));
    }
}
