//! A secret in a file of its own.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::domain::token::Secret;

const LONGEST: u64 = 4096;

/// The text of a file, without the end of its line.
pub fn read(file: &Path) -> io::Result<Secret<String>> {
    let mut text = String::new();
    File::open(file)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(Secret::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}
