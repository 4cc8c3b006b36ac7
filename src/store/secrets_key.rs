//! The keys by which secrets in the database are encrypted: in a file that the options name, else in one of the data
//! folder. A line is a key, 32 bytes in hexadecimal digits; the first encrypts, and all decrypt.

use std::fs;
use std::io;
use std::path::Path;

use super::database::notes;
use super::secret_file;
use crate::domain::token::Secret;

pub type Key = [u8; 32];

/// The file's name in the data folder.
const FILE: &str = "secrets.key";
const HEAD: &str =
    "# Secrets in the database are encrypted by the first key. Keep a copy, and not beside the backups.\n";

/// The keys of a file; `None` for a file with a line that is none, or without any key.
pub fn read(file: &Path) -> io::Result<Option<Secret<Vec<Key>>>> {
    Ok(parse(secret_file::read(file)?.expose()))
}

/// The keys of a data folder. One without any gets one.
pub fn of_data_folder(folder: &Path) -> io::Result<Secret<Vec<Key>>> {
    let file = folder.join(FILE);
    if !file.try_exists()? {
        notes::write(folder, FILE, &format!("{HEAD}{}\n", hex::encode(new_key()?)))?;
    }
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, format!("{} holds no key", file.display()));
    read(&file)?.ok_or_else(wrong)
}

/// The keys of a data folder that has some: it made them before another file was named.
pub fn left_in(folder: &Path) -> io::Result<Option<Secret<Vec<Key>>>> {
    let file = folder.join(FILE);
    if file.try_exists()? { read(&file) } else { Ok(None) }
}

/// Makes a file with a new key, or puts a new key above those that it has. How many it holds now; `None` for a file that
/// holds something else, which stays as it is.
pub fn add_key(file: &Path) -> io::Result<Option<usize>> {
    let absolute = std::path::absolute(file)?;
    let before = if absolute.try_exists()? { fs::read_to_string(&absolute)? } else { String::new() };
    let known = match (before.is_empty(), parse(&before)) {
        (true, _) => 0,
        (false, Some(keys)) => keys.expose().len(),
        (false, None) => return Ok(None),
    };
    let (Some(folder), Some(name)) = (absolute.parent(), absolute.file_name().and_then(|name| name.to_str())) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it has no name"));
    };
    let kept: String = before.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    notes::write(folder, name, &format!("{HEAD}{}\n{kept}", hex::encode(new_key()?)))?;
    Ok(Some(known + 1))
}

fn new_key() -> io::Result<Key> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(key)
}

fn parse(text: &str) -> Option<Secret<Vec<Key>>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Vec<Key> = lines.map(|line| hex::decode(line).ok()?.try_into().ok()).collect::<Option<_>>()?;
    (!keys.is_empty()).then(|| Secret::new(keys))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_folder_keeps_its_key() {
        let folder = tempfile::tempdir().unwrap();
        assert!(left_in(folder.path()).unwrap().is_none());
        let first = of_data_folder(folder.path()).unwrap();
        assert_eq!((first.expose().len(), of_data_folder(folder.path()).unwrap() == first), (1, true));
        assert!(left_in(folder.path()).unwrap() == Some(first));
    }

    #[test]
    fn a_new_key_stands_above_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys");
        assert_eq!(add_key(&file).unwrap(), Some(1));
        let first = read(&file).unwrap().unwrap();
        assert_eq!(add_key(&file).unwrap(), Some(2));
        let both = read(&file).unwrap().unwrap();
        assert!(both.expose()[1] == first.expose()[0] && both.expose()[0] != both.expose()[1]);
        fs::write(&file, "no key\n").unwrap();
        assert!(add_key(&file).unwrap().is_none() && read(&file).unwrap().is_none());
        assert_eq!(fs::read_to_string(&file).unwrap(), "no key\n");
    }
}
