//! Windows.
//!
//! Names below a folder are put behind its path, which begins with `\\?\`: no name is a device or a relative path then,
//! and paths may be long. Every handle lets other programs read, write, rename and delete.

mod access;
mod calls;

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::net::TcpStream;
use std::os::windows::ffi::OsStringExt;
use std::os::windows::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::os::windows::io::{AsRawHandle, AsSocket, FromRawHandle};
use std::path::{Path, PathBuf};
use std::ptr;

use winapi_util::file::information;
use windows_sys::Win32::Foundation::{ERROR_SHARING_VIOLATION, GENERIC_READ, GENERIC_WRITE, INVALID_HANDLE_VALUE};
use windows_sys::Win32::Storage::FileSystem::{
    FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_HIDDEN, FILE_ATTRIBUTE_NORMAL, FILE_ATTRIBUTE_NOT_CONTENT_INDEXED,
    FILE_ATTRIBUTE_READONLY, FILE_ATTRIBUTE_REPARSE_POINT, FILE_ATTRIBUTE_SYSTEM, FILE_BASIC_INFO,
    FILE_FLAG_BACKUP_SEMANTICS, FILE_FLAG_OPEN_REPARSE_POINT, FILE_READ_ATTRIBUTES, FILE_SHARE_DELETE, FILE_SHARE_READ,
    FILE_SHARE_WRITE, FileBasicInfo, GetDiskFreeSpaceExW, GetFinalPathNameByHandleW, MOVEFILE_WRITE_THROUGH,
    MoveFileExW, ReOpenFile, ReplaceFileW, SetFileInformationByHandle,
};

pub use self::access::create_private_folder;
pub use self::calls::is_exhausted;
use self::calls::{as_busy, code, done, if_there, patient, wide};
use super::kinds::{GiveError, KeptFile, Kind, Stat, Time};

/// A folder, opened. Names below it are single ones, and no link or junction is followed.
#[derive(Debug)]
pub struct Folder {
    handle: File,
    /// Where it was when it was opened, absolute and without links.
    path: PathBuf,
}

impl Folder {
    /// Opens the folder that stands at a path, through links.
    pub fn open(path: &Path) -> io::Result<Self> {
        let path = fs::canonicalize(path)?;
        let handle = OpenOptions::new().read(true).custom_flags(FILE_FLAG_BACKUP_SEMANTICS).open(&path)?;
        match handle.metadata()?.is_dir() {
            true => Ok(Self { handle, path }),
            false => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    /// Opens a folder in it; `None` where there is none.
    pub fn folder(&self, name: &str) -> io::Result<Option<Self>> {
        let Some(handle) = self.open_entry(name, OpenOptions::new().read(true))? else { return Ok(None) };
        let is_folder = Stat::of(&handle)?.kind == Kind::Folder;
        Ok(is_folder.then(|| Self { handle, path: self.path.join(name) }))
    }

    /// Its disk and number, and what the system says besides.
    pub fn look(&self) -> io::Result<((u64, u64), Metadata)> {
        Ok((Stat::of(&self.handle)?.id, self.handle.metadata()?))
    }

    /// What its file system calls itself: its serial number.
    pub fn file_system(&self) -> io::Result<u64> {
        Ok(information(&self.handle)?.volume_serial_number())
    }

    /// Calls for each name in it, and what stands there. Names that are not Unicode are passed over: no app and no
    /// session has one.
    pub fn for_each(&self, mut each: impl FnMut(&str, &dyn Fn() -> Kind)) -> io::Result<()> {
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if let Some(name) = entry.file_name().to_str() {
                each(name, &|| match entry.file_type() {
                    Ok(found) if found.is_file() => Kind::File,
                    Ok(found) if found.is_dir() => Kind::Folder,
                    _ => Kind::Other,
                });
            }
        }
        Ok(())
    }

    /// What stands under a name; `None` where nothing does.
    pub fn stat(&self, name: &str) -> io::Result<Option<Stat>> {
        let found = self.open_entry(name, OpenOptions::new().access_mode(FILE_READ_ATTRIBUTES))?;
        found.map(|file| Stat::of(&file)).transpose()
    }

    /// Opens a file to read it; `None` where nothing, or a link, stands there. It can be a folder.
    pub fn file(&self, name: &str) -> io::Result<Option<File>> {
        let file = self.open_entry(name, OpenOptions::new().read(true))?;
        Ok(file.filter(|file| Stat::of(file).is_ok_and(|stat| stat.kind != Kind::Other)))
    }

    /// Opens what stands under a name as it is spelled: Windows itself does not tell cases apart.
    fn open_entry(&self, name: &str, options: &mut OpenOptions) -> io::Result<Option<File>> {
        if !is_name(name) {
            return Ok(None);
        }
        let options = options.custom_flags(FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT);
        let opened = if_there(patient(|| options.open(self.path.join(name))))?;
        Ok(opened.filter(|file| is_spelled(file, name)))
    }

    /// Makes a file; `AlreadyExists` where the name is taken.
    pub fn create(&self, name: &str) -> io::Result<File> {
        patient(|| OpenOptions::new().read(true).write(true).create_new(true).open(self.path.join(name)))
    }

    /// Gives a file another name, in place of whatever has it.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        patient(|| fs::rename(self.path.join(from), self.path.join(to)))
    }

    /// Gives a file another name; `AlreadyExists` where somebody has it.
    #[allow(unsafe_code, reason = "the standard library renames in place of what has the name")]
    pub fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        let (from, to) = (wide(&self.path.join(from)), wide(&self.path.join(to)));
        // SAFETY: both are texts that end with a zero and live through the call.
        patient(|| done(unsafe { MoveFileExW(from.as_ptr(), to.as_ptr(), MOVEFILE_WRITE_THROUGH) }))
    }

    /// Exchanges two names: the second file's bytes and access list are replaced at once, and what was there stands under
    /// the first name a moment later; before that, under the name that [`taken_out`] gives.
    ///
    /// What is open to read cannot take another file's place: `open`, the first file, is closed meanwhile.
    pub fn exchange(&self, one: &str, other: &str, open: Option<&mut File>) -> io::Result<()> {
        let Some(open) = open else {
            self.replace(one, other)?;
            return self.remove_if_there(&superseded(one));
        };
        let id = Stat::of(open)?.id;
        let look = self.open_entry(one, OpenOptions::new().access_mode(FILE_READ_ATTRIBUTES))?;
        *open = look.ok_or(io::ErrorKind::NotFound)?;
        let exchanged = self.replace(one, other);
        *open = self.open_again(open, id, &[other, one, &superseded(one)])?;
        exchanged?;
        self.remove_if_there(&superseded(one))
    }

    /// Opens a file to read it that was open for its attributes alone, under whichever of these names it has by now.
    fn open_again(&self, open: &File, id: (u64, u64), names: &[&str]) -> io::Result<File> {
        for name in names {
            // Where another program keeps it for itself by now, reading it fails.
            if let Ok(Some(again)) = self.file(name)
                && Stat::of(&again)?.id == id
            {
                return Ok(again);
            }
        }
        patient(|| reopen(open, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE))
    }

    /// Exchanges two names where each file keeps all that belongs to it, and may be open. Nothing stands under the second
    /// name for a moment. Where another program puts a file there in that moment, it is as if that one had come after the
    /// exchange: see [`supersede`](Self::supersede).
    pub fn exchange_back(&self, one: &str, other: &str) -> io::Result<()> {
        let taken_out = taken_out(one);
        self.rename_new(other, &taken_out)?;
        match self.rename_new(one, other) {
            Ok(()) => self.rename_new(&taken_out, one),
            Err(_) => {
                self.put_back(one, other, io::ErrorKind::ResourceBusy.into())?;
                self.remove_if_there(&superseded(one))
            }
        }
    }

    #[allow(unsafe_code, reason = "the standard library does not have it")]
    fn replace(&self, one: &str, other: &str) -> io::Result<()> {
        let taken_out = taken_out(one);
        let [new, old, backup] = [one, other, &taken_out].map(|name| wide(&self.path.join(name)));
        let replaced = patient(|| {
            // SAFETY: all three are texts that end with a zero and live through the call; the others must be null.
            done(unsafe { ReplaceFileW(old.as_ptr(), new.as_ptr(), backup.as_ptr(), 0, ptr::null(), ptr::null()) })
        });
        match replaced {
            Ok(()) => self.rename_new(&taken_out, one),
            // The old file can have lost its name, and the new one not got it.
            Err(error) => match self.stat(&taken_out)? {
                Some(_) => self.put_back(one, other, error),
                None => Err(error),
            },
        }
    }

    /// After half an exchange: what was taken out gets its name back, and the error is passed on. Where another program has
    /// given that name to a file of its own meanwhile, the exchange counts as made, and that file as the one that came next.
    fn put_back(&self, one: &str, other: &str, error: io::Error) -> io::Result<()> {
        match self.rename_new(&taken_out(one), other) {
            Ok(()) => Err(error),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => self.supersede(one),
            Err(error) => Err(error),
        }
    }

    /// What was taken out gets the first name, as after any exchange. What had it stands under the name that [`superseded`]
    /// gives: another program's file has come in its place.
    fn supersede(&self, one: &str) -> io::Result<()> {
        self.rename_new(one, &superseded(one))?;
        self.rename_new(&taken_out(one), one)
    }

    fn remove_if_there(&self, name: &str) -> io::Result<()> {
        if_there(fs::remove_file(self.path.join(name))).map(drop)
    }

    pub fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name)).map_err(as_busy)
    }

    /// Makes its names last, where the system lets this program do so: NTFS keeps them in order by itself.
    pub fn sync(&self) -> io::Result<()> {
        let folder = OpenOptions::new().write(true).custom_flags(FILE_FLAG_BACKUP_SEMANTICS).open(&self.path);
        let _ = folder.and_then(|folder| folder.sync_all());
        Ok(())
    }
}

/// Where a file stands for a moment while its name is exchanged with this one.
fn taken_out(name: &str) -> String {
    format!("{name}.old.tmp")
}

/// Where a file stands, until it is removed, whose place another program has taken during an exchange.
fn superseded(name: &str) -> String {
    format!("{name}.ours.tmp")
}

/// Whether a name is one of a single entry: no path, no stream, nothing that Windows would shorten.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.ends_with(['.', ' '])
        && !name.contains(|c: char| c.is_control() || r#"<>:"/\|?*"#.contains(c))
}

/// Whether a file's name in its folder has exactly these letters.
#[allow(unsafe_code, reason = "the standard library does not have it")]
fn is_spelled(file: &File, name: &str) -> bool {
    /// The longest path that Windows has, in characters.
    const LONGEST: u32 = 1 << 15;
    let mut path = vec![0_u16; LONGEST as usize];
    // SAFETY: the handle is open, and the space is as long as is said.
    let length = unsafe { GetFinalPathNameByHandleW(file.as_raw_handle(), path.as_mut_ptr(), LONGEST, 0) };
    // A file system that does not tell has told by opening it.
    length == 0
        || Path::new(&OsString::from_wide(&path[..length as usize])).file_name().is_some_and(|found| found == name)
}

impl Stat {
    /// Of a file that is open.
    pub fn of(file: &File) -> io::Result<Self> {
        let found = information(file)?;
        let attributes = found.file_attributes() as u32;
        let modified = time(found.last_write_time().unwrap_or(0));
        let kind = match attributes {
            other if other & FILE_ATTRIBUTE_REPARSE_POINT != 0 => Kind::Other,
            folder if folder & FILE_ATTRIBUTE_DIRECTORY != 0 => Kind::Folder,
            _ => Kind::File,
        };
        // Where a file system does not number its files, a file is known by when it was made.
        let number = Some(found.file_index()).filter(|number| *number != 0).or(found.creation_time()).unwrap_or(0);
        Ok(Self {
            kind,
            size: found.file_size(),
            modified,
            changed: modified,
            id: (found.volume_serial_number(), number),
        })
    }
}

/// A number of 100 ns since 1601.
fn time(ticks: u64) -> Time {
    /// Seconds from 1601 to 1970.
    const UNTIL_1970: i64 = 11_644_473_600;
    let ticks = i64::try_from(ticks).unwrap_or(i64::MAX);
    (ticks / 10_000_000 - UNTIL_1970, ticks % 10_000_000 * 100)
}

/// Reads at a position, which the file's own follows.
pub fn read_at(file: &File, bytes: &mut [u8], position: u64) -> io::Result<usize> {
    file.seek_read(bytes, position)
}

/// Makes a file's bytes last.
pub fn sync(file: &File) -> io::Result<()> {
    reopen(file, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)?.sync_all()
}

/// Whether a program has a file open to write that has no name of its own any more.
pub fn is_open_for_writing(file: &File) -> io::Result<bool> {
    // Whoever opened the file by its name in this moment, to write, would be kept out: it must have none.
    match reopen(file, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE) {
        Ok(_) => Ok(false),
        Err(error) if code(&error) == ERROR_SHARING_VIOLATION => Ok(true),
        Err(error) => Err(error),
    }
}

/// The same file once more, with other rights.
#[allow(unsafe_code, reason = "the standard library opens files by their names alone")]
fn reopen(file: &File, access: u32, share: u32) -> io::Result<File> {
    // SAFETY: the handle is open, and what comes back is nobody else's.
    unsafe {
        let handle = ReOpenFile(file.as_raw_handle(), access, share, 0);
        if handle == INVALID_HANDLE_VALUE { Err(io::Error::last_os_error()) } else { Ok(File::from_raw_handle(handle)) }
    }
}

/// What of a file must stay when its bytes change: its attributes. [`Folder::exchange`] keeps its access list, and one that
/// is restored has what its folder gives.
#[derive(Clone, PartialEq, Eq)]
pub struct Belongings {
    attributes: u32,
}

impl Belongings {
    /// The attributes that a program can set.
    const SETTABLE: u32 =
        FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED;

    /// Those of an open file.
    pub fn of(file: &File) -> io::Result<Self> {
        Ok(Self { attributes: file.metadata()?.file_attributes() & Self::SETTABLE })
    }

    /// Those of a kept file.
    pub fn of_kept(file: &KeptFile) -> Self {
        Self { attributes: file.mode & Self::SETTABLE }
    }

    /// For a file of this user alone.
    pub fn private() -> Self {
        Self { attributes: 0 }
    }

    /// With the bytes of the file that they are of.
    pub fn keep(self, bytes: Vec<u8>) -> KeptFile {
        KeptFile { bytes, mode: self.attributes, uid: 0, gid: 0, acl: None }
    }

    /// Gives them to a file.
    #[allow(unsafe_code, reason = "the standard library sets one attribute alone")]
    pub fn give(&self, file: &File) -> Result<(), GiveError> {
        if self.attributes == 0 {
            return Ok(());
        }
        // Times of 0 stay as they are.
        let wanted = FILE_BASIC_INFO {
            CreationTime: 0,
            LastAccessTime: 0,
            LastWriteTime: 0,
            ChangeTime: 0,
            FileAttributes: self.attributes | FILE_ATTRIBUTE_NORMAL,
        };
        let size = size_of::<FILE_BASIC_INFO>() as u32;
        // SAFETY: the handle is open, and what is pointed to has the kind and size that are said.
        let set = unsafe {
            SetFileInformationByHandle(file.as_raw_handle(), FileBasicInfo, ptr::from_ref(&wanted).cast(), size)
        };
        Ok(done(set)?)
    }
}

/// Disk and number of the file or folder that stands at a path, and what the system says besides.
pub fn look_at(path: &Path) -> io::Result<((u64, u64), Metadata)> {
    let access =
        OpenOptions::new().access_mode(FILE_READ_ATTRIBUTES).custom_flags(FILE_FLAG_BACKUP_SEMANTICS).open(path);
    let file = access?;
    Ok((Stat::of(&file)?.id, file.metadata()?))
}

/// Nothing: a file's number is not given twice (NTFS counts in it), and the time that Windows has is the one of a file that
/// had the same name until a moment ago (source: *file system tunneling*).
pub fn born_at(_: &Metadata) -> Option<i64> {
    None
}

/// When anything about a file was changed last.
pub fn changed_at(found: &Metadata) -> Time {
    time(found.last_write_time())
}

/// A path as it is kept in a database or file.
pub fn path_bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

/// The path that was kept so.
pub fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// The data folder keeps others from what is in it.
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Access lists say who may use a folder, not owners.
pub fn other_owner(_: &Metadata) -> Option<u32> {
    None
}

/// What others may do is in access lists: those of the data folder are given when it is made.
pub fn open_to_others(_: &Metadata) -> Option<u32> {
    None
}

/// Files have what their folder gives.
pub fn keep_new_files_private() {}

/// Files have what their folder gives.
pub fn close_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Access lists are not looked at.
pub fn is_readable_by_all(_: &Metadata) -> bool {
    false
}

/// Access lists are not looked at: the first write tells.
pub fn may_write(_: &Path) -> bool {
    true
}

/// There is no user who may do whatever it likes.
pub fn is_root() -> bool {
    false
}

/// Services run as the system's own account, whoever owns a folder.
pub fn owner_name(_: &Path) -> io::Result<Option<String>> {
    Ok(None)
}

/// Only Linux has one.
pub fn is_journal<T>(_: &T) -> bool {
    false
}

/// How many bytes this user may still write on the disk of a folder.
#[allow(unsafe_code, reason = "the standard library does not have it")]
pub fn free_bytes(path: &Path) -> io::Result<u64> {
    let (path, mut free) = (wide(path), 0);
    // SAFETY: the text ends with a zero, and the number lives through the call.
    done(unsafe { GetDiskFreeSpaceExW(path.as_ptr(), &mut free, ptr::null_mut(), ptr::null_mut()) })?;
    Ok(free)
}

/// How many files may be open: any number.
pub fn most_open_files() -> Option<u64> {
    None
}

/// There is no such limit.
pub fn raise_file_limit() -> io::Result<()> {
    Ok(())
}

/// The same socket once more.
pub fn clone_socket(socket: &impl AsSocket) -> io::Result<TcpStream> {
    Ok(socket.as_socket().try_clone_to_owned()?.into())
}

/// Makes the names in the folder at a path last.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    Folder::open(path)?.sync()
}
