//! What `serve` meets when it starts: looked at, and left as it is.

use std::io;
use std::path::{Path, PathBuf};

use crate::cli::{Failure, risks, serve};
use crate::config::Options;
use crate::http::tls::Certificate;
use crate::store::data_dir::DataDir;
use crate::store::database::Database;
use crate::store::folder::Folder;
use crate::store::os;

/// What was found.
#[derive(Debug, Default)]
pub struct Checked {
    pub faults: Vec<Failure>,
    pub warnings: Vec<String>,
    /// How many apps the folder holds; `None` where it cannot be read.
    pub apps: Option<usize>,
    /// Where the data folder is or will be.
    pub data_dir: Option<PathBuf>,
    /// Whether it is there.
    pub is_used: bool,
    /// The process that serves from it now.
    pub server: Option<String>,
}

/// Checks all of it.
pub async fn check(serve: &serve::Args) -> Checked {
    let mut checked = Checked { warnings: risks::warnings(&serve.options), ..Checked::default() };
    checked.faults = serve::faults(&serve.folder, &serve.options);
    checked.faults.extend(Certificate::load(&serve.options).err().map(Failure::new));
    checked.folder(&serve.folder, &serve.options);
    checked.data_dir(&serve.folder, &serve.options).await;
    match &checked.server {
        // The address is that server's own, most likely.
        Some(process) => checked.warnings.push(format!(
            "a server{process} runs on this data folder now, so the addresses to listen on are not tried"
        )),
        None => checked.faults.extend(serve::check_addresses(&serve.options).err()),
    }
    checked.log_file(&serve.options);
    checked
}

impl Checked {
    fn folder(&mut self, path: &Path, options: &Options) {
        let folder = Folder::new(path.to_owned(), options.max_file_size);
        match folder.open_untrusted().and_then(|open| open.apps()) {
            Ok(apps) => self.apps = Some(apps.len()),
            Err(error) => self.faults.push(Failure::new(unreadable(path, &error))),
        }
        if self.apps == Some(0) {
            let shown = path.display();
            self.warnings
                .push(format!("there is no app in {shown}: the MobileApps folder holds a folder for each app"));
        }
    }

    async fn data_dir(&mut self, folder: &Path, options: &Options) {
        let found = DataDir::open(options.data_dir.as_deref(), Some(folder));
        let data_dir = match found {
            Ok(data_dir) => data_dir,
            Err(error) => return self.faults.push(error.into()),
        };
        let path = data_dir.path().to_owned();
        if !data_dir.may_write() {
            self.faults.push(Failure::new(format!(
                "The data folder {} cannot be written by this user: give another one with --data-dir, or run as its owner.",
                path.display()
            )));
        }
        self.server = data_dir.server();
        self.is_used = data_dir.is_used();
        let server = options.database.server();
        // What serves now has opened it.
        if (self.is_used && self.server.is_none()) || server.is_some() {
            self.faults.extend(Database::try_out(&path, server.as_ref()).await.err().map(Failure::from));
        }
        self.data_dir = Some(path);
    }

    fn log_file(&mut self, options: &Options) {
        let Some(file) = &options.log_file else { return };
        let parent = std::path::absolute(file).ok().and_then(|file| file.parent().map(Path::to_owned));
        let writable = match (file.exists(), parent) {
            (true, _) => file.is_file() && os::may_write(file),
            // The data folder is made first.
            (false, Some(parent)) => {
                self.data_dir.as_ref() == Some(&parent) || (parent.is_dir() && os::may_write(&parent))
            }
            (false, None) => false,
        };
        if !writable {
            let file = file.display();
            self.faults
                .push(Failure::new(format!("The log file {file} cannot be written by this user: name another.")));
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    let shown = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => {
            format!("There is no folder {shown}: serve would wait for it. Name the MobileApps folder of the 4D server.")
        }
        io::ErrorKind::NotADirectory => format!("{shown} is no folder: name the MobileApps folder of the 4D server."),
        io::ErrorKind::PermissionDenied => {
            format!("{shown} may not be read by this user: run serve as the user that owns the session files.")
        }
        _ => format!("{shown} cannot be read: {error}."),
    }
}
