//! What the system refuses to do with a file: to exchange two names, as on NFS or SMB, and to give a list of access
//! rights. The program runs under a filter of system calls that answers as such a file system does.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::spawn::*;

/// Starts the program to which these calls are refused: `renameat2=EINVAL`.
#[track_caller]
fn serve<'a>(site: &'a Site, refused: &[&str]) -> Server<'a> {
    let mut command = Command::new("python3");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/refusing.py"));
    command.args(refused).arg("--").arg(program()).args(site.serve_args());
    site.serve_command(command)
}

#[track_caller]
fn says(server: &Server<'_>, level: &str, text: &str) {
    let said = || server.log().lines().any(|line| line.contains(level) && line.contains(text));
    until(Duration::from_secs(10), text, said);
}

#[test]
fn changes_are_made_where_names_cannot_be_exchanged() {
    for error in ["EINVAL", "ENOSYS", "EOPNOTSUPP"] {
        let file = session(CONTACT, &id(1)).status("pending");
        let site = Site::with(std::slice::from_ref(&file));
        let server = serve(&site, &[&format!("renameat2={error}")]);
        says(&server, "WARN", "writes here are compared, not exclusive");
        assert_eq!(server.anonymous().json("/readyz")["writes"], "compared", "{error}");
        let operator = server.operator();
        operator.patch(&file.path(), json!({ "status": "accepted" })).status(200);
        let accepted = file.status("accepted");
        assert_eq!(site.read(CONTACT, &id(1)), accepted.bytes());
        let deleted = operator.delete(&accepted.path()).status(204).header("x-change-id").to_owned();
        assert_eq!(names(&site.root().join(CONTACT)), [""; 0]);
        operator.post(&format!("/api/v1/changes/{deleted}/undo"), json!({})).status(200);
        assert_eq!(site.read(CONTACT, &id(1)), accepted.bytes());
        assert_eq!(names(&site.root().join(CONTACT)), [id(1)], "nothing else is left there");
        assert_eq!(server.anonymous().json("/readyz")["writes"], "compared");
        assert_eq!(server.stop(), Some(0));
    }
}

#[test]
fn where_they_can_that_is_said() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    says(&server, "INFO", "writes are exclusive");
    assert_eq!(server.anonymous().json("/readyz")["writes"], "exclusive");
    // Before there is an app, nobody knows.
    let site = Site::new();
    let server = site.serve();
    says(&server, "INFO", "there is no app yet");
    assert_eq!(server.anonymous().json("/readyz")["writes"], "unknown");
}

/// Owner rw, user 1000 r, group r, mask r, others none, in version 2 of its bytes (linux/posix_acl_xattr.h).
pub fn access_list() -> Vec<u8> {
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, rights, id) in [(1, 6, u32::MAX), (2, 4, 1000), (4, 4, u32::MAX), (16, 4, u32::MAX), (32, 0, u32::MAX)] {
        list.extend(u16::to_le_bytes(tag));
        list.extend(u16::to_le_bytes(rights));
        list.extend(u32::to_le_bytes(id));
    }
    list
}

/// Where the list cannot be given to the new bytes, or what they inherit cannot be taken from them, the old ones stay.
#[test]
fn a_change_that_cannot_keep_who_has_access_is_refused() {
    let of = |n: u32| session(CONTACT, &id(n)).status("pending");
    let site = Site::with(&[of(1), of(2)]);
    let folder = site.root().join(CONTACT);
    let flags = rustix::fs::XattrFlags::empty();
    rustix::fs::setxattr(site.path(CONTACT, &id(1)), "system.posix_acl_access", &access_list(), flags).unwrap();
    for (refused, n, inherited) in [("fsetxattr=EPERM", 1, false), ("fremovexattr=EPERM", 2, true)] {
        if inherited {
            rustix::fs::setxattr(&folder, "system.posix_acl_default", &access_list(), flags).unwrap();
        }
        let server = serve(&site, &[refused]);
        let operator = server.operator();
        // The guard was tried: names came and went.
        server.anonymous().get("/readyz").status(200);
        let before = snapshot(&site.root());
        let answer = operator.patch(&of(n).path(), json!({ "status": "accepted" }));
        answer.problem(409, "owner-cannot-be-kept");
        let mut after = snapshot(&site.root());
        // A temporary file was made and taken away: the folder's time says so, and nothing else.
        after.insert(folder.clone(), before[&folder].clone());
        assert_unchanged(&before, &after);
        assert!(journal(&operator, "").is_empty(), "what was not done is not in the journal");
    }
    // Nothing else stood in the way.
    let server = site.serve();
    for n in [1, 2] {
        server.operator().patch(&of(n).path(), json!({ "status": "accepted" })).status(200);
    }
}
