//! What the writer keeps of a file on Unix besides its bytes, and what it takes for none.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use super::error::WriteError;
use super::file::{OpenFile, Temporary};
use super::tests::{APP, ID, Place, both_ways, key};
use crate::domain::change::Digest;

#[test]
fn a_replaced_file_keeps_its_mode_and_leaves_nothing() {
    both_ways(|place| {
        place.put(b"old");
        fs::set_permissions(place.file(), fs::Permissions::from_mode(0o640)).unwrap();
        place.replace(b"old", b"new").unwrap();
        assert_eq!(fs::read(place.file()).unwrap(), b"new");
        assert_eq!(fs::metadata(place.file()).unwrap().mode() & 0o7777, 0o640);
        assert_eq!(place.names(), [ID]);
    });
}

#[test]
fn a_list_of_access_rights_stays() {
    // On 200 users, it is larger than most.
    for users in [1, 200] {
        let place = Place::new();
        place.put(b"old");
        let acl = acl(users);
        set_attribute(&place.file(), "system.posix_acl_access", &acl);
        place.replace(b"old", b"new").unwrap();
        let kept = place.writer.keep(&key()).unwrap();
        assert_eq!(kept.acl, Some(acl));
        place.writer.remove(&key(), &Digest::of(b"new")).unwrap();
        place.writer.restore(&key(), &kept).unwrap();
        assert!(place.writer.keep(&key()).unwrap() == kept);
    }
}

#[test]
fn inherited_rights_are_not_added_to_a_file() {
    let place = Place::new();
    place.put(b"old");
    fs::set_permissions(place.file(), fs::Permissions::from_mode(0o640)).unwrap();
    let kept = place.writer.keep(&key()).unwrap();
    set_attribute(&place.root.path().join(APP), "system.posix_acl_default", &acl(1));
    let other = place.root.path().join(APP).join("other");
    fs::write(&other, b"").unwrap();
    assert!(rustix::fs::getxattr(&other, "system.posix_acl_access", &mut [0; 1024]).is_ok(), "nothing is inherited");
    fs::remove_file(other).unwrap();
    let has_none = || {
        let now = place.writer.keep(&key()).unwrap();
        assert_eq!((now.mode, now.acl), (0o640, None));
    };
    place.replace(b"old", b"new").unwrap();
    has_none();
    place.writer.remove(&key(), &Digest::of(b"new")).unwrap();
    place.writer.restore(&key(), &kept).unwrap();
    has_none();
}

/// A list for so many users: owner rw, each r, group r, mask r, others none, in version 2 of its bytes (man 5 acl,
/// linux/posix_acl_xattr.h).
fn acl(users: u32) -> Vec<u8> {
    let mut acl = 2_u32.to_le_bytes().to_vec();
    let users = (0..users).map(|n| (2, 4, 1000 + n));
    let others = [(4, 4, u32::MAX), (16, 4, u32::MAX), (32, 0, u32::MAX)];
    for (tag, rights, id) in [(1, 6, u32::MAX)].into_iter().chain(users).chain(others) {
        acl.extend(u16::to_le_bytes(tag));
        acl.extend(u16::to_le_bytes(rights));
        acl.extend(u32::to_le_bytes(id));
    }
    acl
}

fn set_attribute(path: &Path, name: &str, value: &[u8]) {
    rustix::fs::setxattr(path, name, value, rustix::fs::XattrFlags::empty()).unwrap();
}

#[test]
fn nothing_is_written_through_a_link_or_into_a_pipe() {
    let place = Place::new();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join(ID), b"old").unwrap();
    symlink(outside.path().join(ID), place.file()).unwrap();
    assert!(matches!(place.replace(b"old", b"new"), Err(WriteError::Gone)));
    assert!(matches!(place.writer.remove(&key(), &Digest::of(b"old")), Err(WriteError::Gone)));
    fs::remove_file(place.file()).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        place.file(),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .unwrap();
    assert!(matches!(place.replace(b"old", b"new"), Err(WriteError::Gone)));
    fs::remove_file(place.file()).unwrap();
    fs::remove_dir(place.root.path().join(APP)).unwrap();
    symlink(outside.path(), place.root.path().join(APP)).unwrap();
    assert!(matches!(place.replace(b"old", b"new"), Err(WriteError::Gone)));
    assert_eq!(fs::read(outside.path().join(ID)).unwrap(), b"old");
}

#[test]
fn what_the_disk_says_to_syncing_new_bytes_is_heard() {
    let place = Place::new();
    let temporary = Temporary::reserve(&place.writer.core.app(&key()).unwrap(), "any");
    // No pipe can be synced.
    let (_read, write) = std::io::pipe().unwrap();
    let said = temporary.sync(&OpenFile::of(std::os::fd::OwnedFd::from(write).into()).unwrap());
    assert_eq!(said.map_err(|error| error.raw_os_error()), Err(Some(rustix::io::Errno::INVAL.raw_os_error())));
}
