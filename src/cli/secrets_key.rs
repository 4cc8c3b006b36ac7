//! `secrets-key`: the file by which secrets in the database are encrypted.

use std::path::PathBuf;
use std::process::ExitCode;

use super::Failure;
use crate::store::secrets_key;

/// Make a key for --secrets-key-file, or put a new one above those that the file has
///
/// serve encrypts second factors by the first key and reads those of all. To change the key, run this and start serve
/// again: it then encrypts all by the new key, and the lines below can go. Keep a copy of the file, not beside backups.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file; it is for this user alone
    file: PathBuf,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let file = args.file.display();
    match secrets_key::add_key(&args.file) {
        Ok(Some(1)) => eprintln!("{file} has a key: name it with --secrets-key-file, and keep a copy."),
        Ok(Some(_)) => eprintln!("{file} has a new key: start serve again, then delete the lines below it."),
        Ok(None) => return Err(Failure::new(format!("{file} holds something else than keys: nothing was changed."))),
        Err(error) => return Err(Failure::new(format!("{file} cannot be written: {error}."))),
    }
    Ok(ExitCode::SUCCESS)
}
