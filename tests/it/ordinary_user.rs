//! The program as a user who may not do everything: `nobody` where the tests run as root, else whoever runs them.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::spawn::*;

pub const NOBODY: u32 = 65_534;

pub struct OrdinaryUser<'a> {
    site: &'a Site,
    program: PathBuf,
    is_other: bool,
}

impl<'a> OrdinaryUser<'a> {
    /// Opens the way to the site's folders, and to a copy of the program, to that user.
    pub fn of(site: &'a Site) -> Self {
        mode(site.temp(), 0o755);
        let copy = site.temp().join("program");
        // By another process: a file that this one has open for writing, each child of another test has open too for a
        // moment, and cannot be run meanwhile.
        assert!(Command::new("cp").arg(program()).arg(&copy).status().unwrap().success(), "cp");
        mode(&copy, 0o755);
        Self { site, program: copy, is_other: rustix::process::geteuid().is_root() }
    }

    /// Makes what lies there that user's own.
    pub fn give(&self, path: &Path) {
        for entry in walkdir::WalkDir::new(path).into_iter().filter(|_| self.is_other) {
            chown(entry.unwrap().path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        if self.is_other {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    /// Serves the site from a data folder of that user's, with a token of an operator.
    #[track_caller]
    pub fn serve(&self) -> (Server<'a>, String) {
        let data = self.site.data();
        fs::create_dir(&data).unwrap();
        mode(&data, 0o700);
        self.give(&data);
        let mut create = self.command();
        let made = create.args(["token", "create", "theirs", "--role", "operator", "--data-dir"]).arg(data).output();
        let made = made.unwrap();
        assert!(made.status.success(), "{made:?}");
        let secret = String::from_utf8(made.stdout).unwrap().trim_end().to_owned();
        (self.serve_again(), secret)
    }

    /// From the data folder that is there.
    #[track_caller]
    pub fn serve_again(&self) -> Server<'a> {
        let mut command = self.command();
        command.args(self.site.serve_args());
        self.site.serve_command(command)
    }
}

pub fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
