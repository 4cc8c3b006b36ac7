//! Who else has a file open: asked of the system by a lease, which it grants while nobody has.

use std::os::fd::BorrowedFd;

/// Whether a program has the file open to write; `None` where the system does not tell: the file is another user's, the
/// file system has no leases, or it is not Linux. The descriptor must be open to read alone.
#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "no crate here wraps the leases of fcntl")]
pub fn is_open_for_writing(file: BorrowedFd<'_>) -> Option<bool> {
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

/// The same elsewhere: nobody tells.
#[cfg(not(target_os = "linux"))]
pub fn is_open_for_writing(_: BorrowedFd<'_>) -> Option<bool> {
    None
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs::File;
    use std::os::fd::AsFd;

    use super::*;

    #[test]
    fn a_lease_tells_writers_from_readers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let writer = File::create(&path).unwrap();
        let (ours, _reader) = (File::open(&path).unwrap(), File::open(&path).unwrap());
        assert_eq!(is_open_for_writing(ours.as_fd()), Some(true));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(is_open_for_writing(ours.as_fd()), Some(true), "it needs no name");
        drop(writer);
        assert_eq!(is_open_for_writing(ours.as_fd()), Some(false));
    }
}
