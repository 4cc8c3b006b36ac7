//! Certificate and private key of the server: two files that somebody else renews.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::domain::token::Secret;

const LARGEST: u64 = 1 << 20;

#[derive(Clone, Debug)]
pub struct KeyPairFiles {
    pub cert: PathBuf,
    pub key: PathBuf,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPairBytes {
    pub cert: Vec<u8>,
    pub key: Secret<Vec<u8>>,
}

/// Which of them cannot be read, and why.
#[derive(Debug)]
pub enum Unreadable {
    Cert(io::Error),
    Key(io::Error),
}

impl KeyPairFiles {
    /// Both as they are now. Small files: reading them says more than their times.
    pub fn read(&self) -> Result<KeyPairBytes, Unreadable> {
        let cert = read(&self.cert).map_err(Unreadable::Cert)?;
        let key = read(&self.key).map_err(Unreadable::Key)?;
        Ok(KeyPairBytes { cert, key: Secret::new(key) })
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    // Opening a FIFO would wait for its writer.
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(io::Error::other("it is larger than 1 MiB")) } else { Ok(bytes) }
}
