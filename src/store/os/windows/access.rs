//! Folders that are their owner's, the administrators' and the system's alone.

use std::path::Path;
use std::{fs, io, ptr};

use windows_sys::Win32::Foundation::LocalFree;
use windows_sys::Win32::Security::Authorization::{
    ConvertStringSecurityDescriptorToSecurityDescriptorW, SDDL_REVISION_1, SE_FILE_OBJECT, SetNamedSecurityInfoW,
};
use windows_sys::Win32::Security::{
    DACL_SECURITY_INFORMATION, GetSecurityDescriptorDacl, PROTECTED_DACL_SECURITY_INFORMATION, PSECURITY_DESCRIPTOR,
    SECURITY_ATTRIBUTES,
};
use windows_sys::Win32::Storage::FileSystem::CreateDirectoryW;

use super::calls::{done, wide};

/// An access list for a folder that is its owner's, the administrators' and the system's alone.
struct PrivateList(PSECURITY_DESCRIPTOR);

#[allow(unsafe_code, reason = "the standard library gives no access list")]
impl PrivateList {
    /// Nothing is inherited from above; full access for owner, system and administrators is inherited below.
    const LIST: &str = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

    fn new() -> io::Result<Self> {
        let (text, mut descriptor) = (wide(Path::new(Self::LIST)), ptr::null_mut());
        // SAFETY: the text ends with a zero, and the pointer to what is made lives through the call.
        done(unsafe {
            ConvertStringSecurityDescriptorToSecurityDescriptorW(
                text.as_ptr(),
                SDDL_REVISION_1,
                &mut descriptor,
                ptr::null_mut(),
            )
        })?;
        Ok(Self(descriptor))
    }

    /// Makes a folder with it.
    fn make(&self, path: &Path) -> io::Result<()> {
        let attributes = SECURITY_ATTRIBUTES {
            nLength: size_of::<SECURITY_ATTRIBUTES>() as u32,
            lpSecurityDescriptor: self.0,
            bInheritHandle: 0,
        };
        // SAFETY: the text ends with a zero, and the descriptor is there until this is dropped.
        done(unsafe { CreateDirectoryW(wide(path).as_ptr(), &attributes) })
    }

    /// Gives it to a folder and to all in it.
    fn give(&self, path: &Path) -> io::Result<()> {
        let (path, mut list) = (wide(path), ptr::null_mut());
        let (mut is_there, mut is_default) = (0, 0);
        // SAFETY: the text ends with a zero; the list is a part of the descriptor, which is there until this is dropped.
        let error = unsafe {
            done(GetSecurityDescriptorDacl(self.0, &mut is_there, &mut list, &mut is_default))?;
            let parts = DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION;
            let (owner, group, audit) = (ptr::null_mut(), ptr::null_mut(), ptr::null());
            SetNamedSecurityInfoW(path.as_ptr(), SE_FILE_OBJECT, parts, owner, group, list, audit)
        };
        match error {
            0 => Ok(()),
            error => Err(io::Error::from_raw_os_error(error.cast_signed())),
        }
    }
}

#[allow(unsafe_code, reason = "the standard library gives no access list")]
impl Drop for PrivateList {
    fn drop(&mut self) {
        // SAFETY: the system allocated it, and nobody else has it.
        unsafe { LocalFree(self.0) };
    }
}

/// Makes a folder for its owner, administrators and the system alone, and those above it. What is made in it is theirs too.
/// One that is there becomes so; `is_ours` says whether that may be done to one that is not empty.
pub fn create_private_folder(path: &Path, is_ours: impl FnOnce() -> bool) -> io::Result<()> {
    let list = PrivateList::new()?;
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    match list.make(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
        made => return made,
    }
    if fs::read_dir(path)?.next().is_some() && !is_ours() {
        return Err(io::Error::new(
            io::ErrorKind::DirectoryNotEmpty,
            "it holds other files, and would be closed to everybody but administrators: name a new or empty folder",
        ));
    }
    list.give(path)
}
