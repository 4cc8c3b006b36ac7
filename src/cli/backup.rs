//! `backup` and `restore`: a copy of the database, made while the server runs, and put back.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use super::Failure;
use super::output::print;
use crate::store::data_dir::DataDir;
use crate::store::database::backup::{self, BackupError};

/// Whose data folder.
#[derive(Clone, Debug, clap::Args)]
pub struct Place {
    /// The data folder, where serve was given one
    #[arg(long, env = "MOBILE_SESSIONS_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,

    /// The MobileApps folder that is served; not needed where there is only one
    #[arg(long, env = "MOBILE_SESSIONS_DIR", value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Copy the database to a file, with the server running or not
///
/// The copy is complete: journal, deleted sessions, users, tokens, rules, webhooks, settings. Keep it as safe as the data
/// folder: it can be read by you alone, and it holds what deleted sessions held. The MobileApps folder is not in it.
#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    /// The new file; one that exists is not written over
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Put a copy that backup made in the place of the database, while no server runs on it
///
/// The copy is checked first, and what stood in its place is kept in a folder beside it. Tokens and logins that were
/// ended since the copy was made count again.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The copy
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        Self::new(error.to_string())
    }
}

/// Runs `backup`.
pub async fn back_up(args: BackupArgs) -> Result<ExitCode, Failure> {
    let data_dir = DataDir::open(args.place.data_dir.as_deref(), args.place.dir.as_deref())?;
    let file = absolute(&args.file)?;
    if data_dir.is_in_mobile_apps(&file) {
        return Err(Failure::new(format!(
            "{} lies in a MobileApps folder, which is 4D's alone: name a file elsewhere. Nothing was written.",
            file.display()
        )));
    }
    backup::back_up(data_dir.path(), &file).await?;
    print(&format!("The database of {} is copied to {}.\n", data_dir.path().display(), file.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Runs `restore`.
pub async fn restore(args: RestoreArgs) -> Result<ExitCode, Failure> {
    let file = absolute(&args.file)?;
    if !file.is_file() {
        return Err(Failure::new(format!("There is no file {}. Nothing was changed.", file.display())));
    }
    let (data_dir, is_new) = DataDir::lock_for_restore(args.place.data_dir.as_deref(), args.place.dir.as_deref())?;
    if is_new {
        eprintln!("There was no data folder {}: it is made now.", data_dir.path().display());
    }
    let restored = backup::restore(data_dir.path(), &file, SystemTime::now().into()).await?;
    let newest = restored.newest_change.map_or(String::new(), |at| format!(" Its newest change is of {at}."));
    let aside =
        restored.aside.map_or(String::new(), |aside| format!(" What stood there is kept in {}.", aside.display()));
    print(&format!(
        "The database in {} is the copy {} now.{newest}{aside} Tokens and logins that were ended since then count again: \
         look through \"mobile-sessions token list\".\n",
        data_dir.path().display(),
        file.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn absolute(file: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(file).map_err(|error| Failure::new(format!("{} is no path: {error}.", file.display())))
}
