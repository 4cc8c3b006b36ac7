//! Who else has a file open: asked of the system by a lease, which it grants while nobody has.

use std::fs::File;

/// Whether a program has the file open to write; `None` where the system does not tell: the file is another user's, the
/// file system has no leases, or it is not Linux. The descriptor must be open to read alone.
#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "no crate here wraps the leases of fcntl")]
pub fn is_open_for_writing(file: &File) -> Option<bool> {
    use std::os::fd::AsRawFd;

    /// The signal that is sent instead of SIGIO, whose default is to end the program (asm-generic/fcntl.h).
    const F_SETSIG: libc::c_int = 10;

    let fd = file.as_raw_fd();
    // SAFETY: the descriptor is open for as long as it is borrowed, and these commands take numbers, no pointers.
    unsafe {
        // Who opens the file in the very moment of the lease waits for its end, and we are sent a signal: one that is
        // ignored unless somebody asks for it.
        if libc::fcntl(fd, F_SETSIG, libc::SIGURG) != 0 {
            return None;
        }
        if libc::fcntl(fd, libc::F_SETLEASE, libc::F_RDLCK) == 0 {
            libc::fcntl(fd, libc::F_SETLEASE, libc::F_UNLCK);
            return Some(false);
        }
    }
    let refused = std::io::Error::last_os_error();
    (refused.raw_os_error() == Some(libc::EAGAIN)).then_some(true)
}

/// The same of a file that nobody can open by a name any more.
#[cfg(windows)]
pub fn is_open_for_writing(file: &File) -> Option<bool> {
    super::os::is_open_for_writing(file).ok()
}

/// The same elsewhere: nobody tells.
#[cfg(not(any(target_os = "linux", windows)))]
pub fn is_open_for_writing(_: &File) -> Option<bool> {
    None
}

/// The same of a file with a name. On Windows, asking would keep those out who open it in this moment.
pub fn is_named_open_for_writing(file: &File) -> Option<bool> {
    if cfg!(windows) { None } else { is_open_for_writing(file) }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_lease_tells_writers_from_readers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let writer = File::create(&path).unwrap();
        let (ours, _reader) = (File::open(&path).unwrap(), File::open(&path).unwrap());
        assert_eq!(is_open_for_writing(&ours), Some(true));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(is_open_for_writing(&ours), Some(true), "it needs no name");
        drop(writer);
        assert_eq!(is_open_for_writing(&ours), Some(false));
    }
}
