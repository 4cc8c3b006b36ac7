//! The data folder: journal, users, tokens. One for each MobileApps folder and never inside it, for
//! this user alone, and for one server at a time.

use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use directories::ProjectDirs;
use sha2::{Digest, Sha256};

use super::{database, os};

/// Held by the server, which writes its process id into it.
const LOCK: &str = "serve.lock";
/// Names the MobileApps folder that the data are of: for people, who see a digest else.
const FOLDER: &str = "folder";

/// A data folder that may be used. A server's lock goes when this is dropped.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    _lock: Option<File>,
}

/// Why there is no data folder, in one sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    #[error(
        "The data folder {} would lie inside the MobileApps folder {}, which is 4D's alone: give another one with --data-dir.", .data.display(), .folder.display()
    )]
    Inside { data: PathBuf, folder: PathBuf },
    #[error(
        "The data folder {} is open to other users (mode {mode:03o}): run \"chmod 700\" on it, or give another one with --data-dir.", .data.display()
    )]
    OpenToOthers { data: PathBuf, mode: u32 },
    #[error(
        "The data folder {} belongs to the user with the id {owner}: run mobile-sessions as that user, or give another one with --data-dir.", .data.display()
    )]
    AnotherUsers { data: PathBuf, owner: u32 },
    #[error(
        "Another mobile-sessions{process} serves from the data folder {}: stop it first, or give this one another with --data-dir.", .data.display()
    )]
    Locked { data: PathBuf, process: String },
    #[error("There is no home directory to keep data in: give a data folder with --data-dir.")]
    NoHome,
    #[error(
        "No data folder has been made yet: name the MobileApps folder with --dir, or a data folder with --data-dir."
    )]
    None,
    #[error("There are several data folders: name the MobileApps folder with --dir, one of {}.", .folders.join(", "))]
    Several { folders: Vec<String> },
    #[error(
        "There is no folder {} to make the data folder in: look whether --data-dir is spelled as it is meant. Nothing was \
         changed.", .parent.display()
    )]
    NoParent { parent: PathBuf },
    #[error("The folder {} cannot be used: {error}.", .path.display())]
    Unusable { path: PathBuf, error: io::Error },
}

impl DataDir {
    /// For a server on this MobileApps folder: makes the data folder where there is none, and keeps
    /// every other server from it.
    pub fn lock(given: Option<&Path>, folder: &Path) -> Result<Self, DataDirError> {
        let path = find(given, Some(folder), &base)?;
        make(&path, Some(folder))?;
        let lock = lock(&path)?;
        Ok(Self { path, _lock: Some(lock) })
    }

    /// For a command, with a server running on it or not. Without any folder named, the only data
    /// folder there is. Changes nothing: whether it is there yet, [`DataDir::is_used`] tells.
    pub fn open(given: Option<&Path>, folder: Option<&Path>) -> Result<Self, DataDirError> {
        let path = find(given, folder, &base)?;
        match fs::metadata(&path) {
            Ok(found) => check_private(&path, &found)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(DataDirError::Unusable { path, error }),
        }
        Ok(Self { path, _lock: None })
    }

    /// Whether a server, or the first command, has kept anything in it.
    pub fn is_used(&self) -> bool {
        [database::DATABASE_FILE, database::server::FILE].iter().any(|name| self.path.join(name).is_file())
    }

    /// Makes it, if it is not there.
    pub fn make(&self, folder: Option<&Path>) -> Result<(), DataDirError> {
        make(&self.path, folder)
    }

    /// For putting a copy of its database in place, which no server may run on meanwhile. Whether it was made.
    pub fn lock_for_restore(given: Option<&Path>, folder: Option<&Path>) -> Result<(Self, bool), DataDirError> {
        let path = find(given, folder, &base)?;
        if given.is_some()
            && let Some(parent) = path.parent().filter(|parent| !parent.exists())
        {
            return Err(DataDirError::NoParent { parent: parent.to_owned() });
        }
        let is_new = !path.exists();
        make(&path, folder)?;
        let lock = lock(&path)?;
        Ok((Self { path, _lock: Some(lock) }, is_new))
    }

    /// The process that serves from it now, as " (process 123)"; `None` where none does. Changes nothing.
    pub fn server(&self) -> Option<String> {
        let mut file = File::open(self.path.join(LOCK)).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(holder(&mut file)),
            _ => None,
        }
    }

    /// Whether this user could write into it, or make it.
    pub fn may_write(&self) -> bool {
        let there = self.path.ancestors().find(|path| path.exists());
        there.is_some_and(|path| path.is_dir() && os::may_write(path))
    }

    /// Whether a file of this path would lie in the MobileApps folder that the data are of, or in another one of 4D's.
    pub fn is_in_mobile_apps(&self, file: &Path) -> bool {
        let folder = fs::read(self.path.join(FOLDER)).ok().map(os::path_of);
        let real = resolve(file).unwrap_or_else(|_| file.to_owned());
        keep_out_of_mobile_apps(&real, folder.as_deref()).is_err()
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// `Err` where this file or folder would lie in the MobileApps folder, or in another one of 4D's.
pub fn check_outside(path: &Path, folder: &Path) -> Result<(), DataDirError> {
    keep_out_of_mobile_apps(&resolve(path)?, Some(&resolve(folder)?))
}

/// `Err` where this file or folder would lie in a folder of 4D's.
pub fn check_not_4ds(path: &Path) -> Result<(), DataDirError> {
    keep_out_of_mobile_apps(&resolve(path)?, None)
}

/// Where data folders are by default.
fn base() -> Result<PathBuf, DataDirError> {
    let dirs = ProjectDirs::from("", "", "mobile-sessions").ok_or(DataDirError::NoHome)?;
    Ok(dirs.data_local_dir().to_owned())
}

/// Where the data folder is, or is to be.
fn find(
    given: Option<&Path>,
    folder: Option<&Path>,
    base: &dyn Fn() -> Result<PathBuf, DataDirError>,
) -> Result<PathBuf, DataDirError> {
    let folder = folder.map(resolve).transpose()?;
    let path = match (given, &folder) {
        (Some(given), _) => resolve(given)?,
        (None, Some(folder)) => resolve(&base()?.join(digest(folder)))?,
        (None, None) => only(&base()?)?,
    };
    keep_out_of_mobile_apps(&path, folder.as_deref())?;
    Ok(path)
}

/// Makes the data folder where there is none, and notes which MobileApps folder it is for.
fn make(path: &Path, folder: Option<&Path>) -> Result<(), DataDirError> {
    let unusable = |error| DataDirError::Unusable { path: path.to_owned(), error };
    let is_ours =
        || [FOLDER, database::DATABASE_FILE, database::server::FILE].iter().any(|name| path.join(name).is_file());
    os::create_private_folder(path, is_ours).map_err(unusable)?;
    check_private(path, &fs::metadata(path).map_err(unusable)?)?;
    match folder {
        Some(folder) => remember(path, &resolve(folder)?).map_err(unusable),
        None => Ok(()),
    }
}

/// The path without links, whether it is there already or not.
fn resolve(path: &Path) -> Result<PathBuf, DataDirError> {
    let unusable = |error| DataDirError::Unusable { path: path.to_owned(), error };
    let absolute = std::path::absolute(path).map_err(unusable)?;
    for ancestor in absolute.ancestors() {
        let real = match ancestor.canonicalize() {
            Ok(real) => real,
            // A link that leads nowhere may lead anywhere tomorrow.
            Err(error) if error.kind() == io::ErrorKind::NotFound && ancestor.symlink_metadata().is_err() => continue,
            Err(error) => return Err(unusable(error)),
        };
        let rest: PathBuf = absolute.components().skip(ancestor.components().count()).collect();
        // Behind a folder that is not there yet, nobody knows where ".." will lead.
        if rest.components().any(|part| part == Component::ParentDir) {
            return Err(unusable(io::ErrorKind::NotFound.into()));
        }
        return Ok(if rest.as_os_str().is_empty() { real } else { real.join(rest) });
    }
    Err(unusable(io::ErrorKind::NotFound.into()))
}

/// By path, and by identity where names can deceive; a folder with 4D's key is one of 4D's even
/// where nobody named it.
fn keep_out_of_mobile_apps(data: &Path, folder: Option<&Path>) -> Result<(), DataDirError> {
    let identity = |path: &Path| os::look_at(path).ok().map(|(id, _)| id);
    let target = folder.and_then(identity);
    for ancestor in data.ancestors() {
        let same = Some(ancestor) == folder || (target.is_some() && identity(ancestor) == target);
        if same || ancestor.join("key.mobileapp").is_file() {
            return Err(DataDirError::Inside { data: data.to_owned(), folder: ancestor.to_owned() });
        }
    }
    Ok(())
}

fn check_private(path: &Path, found: &Metadata) -> Result<(), DataDirError> {
    let data = path.to_owned();
    if let Some(owner) = os::other_owner(found) {
        return Err(DataDirError::AnotherUsers { data, owner });
    }
    match os::open_to_others(found) {
        Some(mode) => Err(DataDirError::OpenToOthers { data, mode }),
        None => Ok(()),
    }
}

/// What is in it is its user's alone too: a folder can be copied to where it protects nothing.
fn close_files(path: &Path) -> io::Result<()> {
    os::keep_new_files_private();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        // What goes meanwhile is open to nobody.
        let Ok(found) = entry.metadata() else { continue };
        if found.is_file()
            && os::open_to_others(&found).is_some()
            && let Err(error) = os::close_to_others(&entry.path())
        {
            tracing::warn!(%error, file = %entry.path().display(), "a file of another user is open to others");
        }
    }
    Ok(())
}

fn lock(path: &Path) -> Result<File, DataDirError> {
    let unusable = |error| DataDirError::Unusable { path: path.to_owned(), error };
    close_files(path).map_err(unusable)?;
    let name = path.join(LOCK);
    let mut file = File::options().create(true).read(true).write(true).truncate(false).open(name).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::Error(error)) => return Err(unusable(error)),
        Err(TryLockError::WouldBlock) => {
            return Err(DataDirError::Locked { data: path.to_owned(), process: holder(&mut file) });
        }
    }
    file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(unusable)?;
    Ok(file)
}

/// The process that its lock's file names.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let is_known = file.take(20).read_to_string(&mut text).is_ok() && text.trim().parse::<u32>().is_ok();
    if is_known { format!(" (process {})", text.trim()) } else { String::new() }
}

/// The name of a MobileApps folder's data folder.
fn digest(folder: &Path) -> String {
    hex::encode(&Sha256::digest(os::path_bytes(folder))[..8])
}

fn remember(path: &Path, folder: &Path) -> io::Result<()> {
    let file = path.join(FOLDER);
    let bytes = os::path_bytes(folder);
    if fs::read(&file).is_ok_and(|old| old == bytes) { Ok(()) } else { fs::write(file, bytes) }
}

/// The only data folder there is.
fn only(base: &Path) -> Result<PathBuf, DataDirError> {
    let unusable = |error| DataDirError::Unusable { path: base.to_owned(), error };
    let entries = match fs::read_dir(base) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(DataDirError::None),
        Err(error) => return Err(unusable(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(unusable)?.path();
        if let Ok(folder) = fs::read(path.join(FOLDER)) {
            found.push((String::from_utf8_lossy(&folder).into_owned(), path));
        }
    }
    match found.len() {
        0 => Err(DataDirError::None),
        1 => resolve(&found.remove(0).1),
        _ => {
            let mut folders: Vec<String> = found.into_iter().map(|(folder, _)| folder).collect();
            folders.sort();
            Err(DataDirError::Several { folders })
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use tempfile::TempDir;

    use super::*;

    /// A MobileApps folder, and room beside it.
    fn place() -> (TempDir, PathBuf) {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("MobileApps");
        fs::create_dir(&folder).unwrap();
        (place, folder)
    }

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o777
    }

    #[cfg(unix)]
    #[test]
    fn a_data_folder_is_made_for_its_user_alone() {
        let (place, folder) = place();
        let given = place.path().join("new/data");
        let data = DataDir::lock(Some(&given), &folder).unwrap();
        assert_eq!(data.path(), given.canonicalize().unwrap());
        assert_eq!(mode(&given), 0o700);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_data_folder_that_others_can_read_is_refused() {
        let (place, folder) = place();
        let given = place.path().join("data");
        fs::create_dir(&given).unwrap();
        for open in [0o750, 0o701, 0o720, 0o777] {
            fs::set_permissions(&given, fs::Permissions::from_mode(open)).unwrap();
            let refused = DataDir::lock(Some(&given), &folder).unwrap_err();
            assert!(matches!(refused, DataDirError::OpenToOthers { mode, .. } if mode == open), "{refused}");
            assert!(DataDir::open(Some(&given), None).is_err());
        }
        assert_eq!(fs::read_dir(&given).unwrap().count(), 0);
        fs::set_permissions(&given, fs::Permissions::from_mode(0o700)).unwrap();
        DataDir::lock(Some(&given), &folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_data_folder_inside_mobileapps_is_refused_by_any_path() {
        let (place, folder) = place();
        fs::create_dir(folder.join("com.a")).unwrap();
        let link = place.path().join("link");
        symlink(&folder, &link).unwrap();
        let dangling = place.path().join("dangling");
        symlink(folder.join("data"), &dangling).unwrap();
        let before = fs::read_dir(&folder).unwrap().count();
        let ways = [
            folder.clone(),
            folder.join("data"),
            folder.join("com.a/deep/data"),
            link.join("data"),
            place.path().join("none/../MobileApps/data"),
            folder.join("../MobileApps/data"),
            dangling.clone(),
            dangling.join("data"),
        ];
        for way in &ways {
            assert!(DataDir::lock(Some(way), &folder).is_err(), "{way:?}");
            assert!(DataDir::lock(Some(way), &link).is_err(), "{way:?}");
            assert!(DataDir::open(Some(way), Some(&folder)).is_err(), "{way:?}");
        }
        assert!(matches!(DataDir::lock(Some(&ways[1]), &folder), Err(DataDirError::Inside { .. })));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), before, "nothing was made there");
    }

    #[cfg(windows)]
    #[test]
    fn a_folder_with_other_files_is_not_closed_to_others() {
        let (place, folder) = place();
        let given = place.path().join("data");
        fs::create_dir(&given).unwrap();
        fs::write(given.join("letter"), "").unwrap();
        assert!(DataDir::lock(Some(&given), &folder).unwrap_err().to_string().contains("holds other files"));
        fs::remove_file(given.join("letter")).unwrap();
        drop(DataDir::lock(Some(&given), &folder).unwrap());
        DataDir::lock(Some(&given), &folder).unwrap();
    }

    #[test]
    fn a_command_makes_no_data_folder_beside_4ds_key() {
        let (_place, folder) = place();
        fs::write(folder.join("key.mobileapp"), "").unwrap();
        let refused = DataDir::open(Some(&folder.join("data")), None).unwrap_err();
        assert!(matches!(refused, DataDirError::Inside { .. }), "{refused}");
    }

    #[test]
    fn one_server_at_a_time_and_commands_beside_it() {
        let (place, folder) = place();
        let given = place.path().join("data");
        let first = DataDir::lock(Some(&given), &folder).unwrap();
        let refused = DataDir::lock(Some(&given), &folder).unwrap_err().to_string();
        assert!(refused.contains(&format!("(process {})", std::process::id())), "{refused}");
        assert!(!DataDir::open(Some(&given), None).unwrap().is_used(), "no database was made");
        drop(first);
        DataDir::lock(Some(&given), &folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn each_mobileapps_folder_has_its_own_data_folder() {
        let (place, folder) = place();
        let other = place.path().join("Other");
        fs::create_dir(&other).unwrap();
        let link = place.path().join("link");
        symlink(&folder, &link).unwrap();
        let home = place.path().join("home");
        let base = || Ok(home.clone());
        let data = |folder: &Path| {
            let path = find(None, Some(folder), &base).unwrap();
            make(&path, Some(folder)).unwrap();
            path
        };
        assert_eq!(data(&folder), data(&link));
        assert_ne!(data(&folder), data(&other));
        assert_eq!(mode(&home), 0o700);
    }

    #[test]
    fn a_command_that_names_no_folder_takes_the_only_one() {
        let (place, folder) = place();
        let home = place.path().join("home");
        let base = || Ok(home.clone());
        let used = |folder: &Path| {
            let path = find(None, Some(folder), &base).unwrap();
            make(&path, Some(folder)).unwrap();
            path
        };
        assert!(matches!(find(None, None, &base), Err(DataDirError::None)));
        let data = used(&folder);
        assert_eq!(find(None, None, &base).unwrap(), data);
        let other = place.path().join("Other");
        used(&other);
        let several = find(None, None, &base).unwrap_err().to_string();
        let other = place.path().canonicalize().unwrap().join("Other");
        assert!(several.contains(other.to_str().unwrap()), "{several}");
    }
}
