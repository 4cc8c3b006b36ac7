//! What `user` and `token` share: where the accounts are, and how lists are printed.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use super::Failure;
use super::output::print_json;
use crate::config::DatabaseOptions;
use crate::domain::account::{AppScope, Role};
use crate::domain::name::{Name, UserName};
use crate::services::accounts::{Accounts, LoginLimits};
use crate::store::data_dir::DataDir;
use crate::store::database::{Database, Purpose};

/// Where the accounts are.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// The data folder, where serve was given one
    #[arg(long, global = true, env = "MOBILE_SESSIONS_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,

    /// The MobileApps folder that is served; not needed where there is only one
    #[arg(long, global = true, env = "MOBILE_SESSIONS_DIR", value_name = "DIR")]
    dir: Option<PathBuf>,

    #[command(flatten)]
    database: DatabaseOptions,
}

impl Place {
    /// Opens the accounts, with a server running on them or not. Makes nothing.
    pub(super) async fn open(&self) -> Result<Opened, Failure> {
        let data_dir = DataDir::open(self.data_dir.as_deref(), self.dir.as_deref())?;
        if !data_dir.is_used() {
            return Err(self.unused(&data_dir));
        }
        self.opened(&data_dir).await
    }

    /// The same, for what is created before the first start: makes the data folder where there is none, and says so.
    pub(super) async fn open_or_make(&self) -> Result<Opened, Failure> {
        let data_dir = DataDir::open(self.data_dir.as_deref(), self.dir.as_deref())?;
        if data_dir.is_used() {
            return self.opened(&data_dir).await;
        }
        if let Some(dir) = self.dir.as_deref().filter(|dir| !dir.is_dir()) {
            return Err(no_folder(dir));
        }
        data_dir.make(self.dir.as_deref())?;
        let path = data_dir.path().display();
        eprintln!(
            "Made a new data folder: {path}. It counts for \"mobile-sessions serve\" with the same folder alone."
        );
        self.opened(&data_dir).await
    }

    async fn opened(&self, data_dir: &DataDir) -> Result<Opened, Failure> {
        let database = self.database.open(data_dir.path(), Purpose::Command).await?;
        Ok(Opened { accounts: Accounts::new(database.clone(), LoginLimits::default()), database })
    }

    fn unused(&self, data_dir: &DataDir) -> Failure {
        let path = data_dir.path().display();
        match (&self.data_dir, &self.dir) {
            (None, Some(dir)) if !dir.is_dir() => no_folder(dir),
            (None, Some(dir)) => Failure::new(format!(
                "Nothing has served {} yet, so there is no data folder for it: start \"mobile-sessions serve\" on it \
                 first, or name the folder that is served with --dir. Nothing was made.",
                dir.display()
            )),
            _ => Failure::new(format!(
                "There is no data of mobile-sessions in {path}: check --data-dir, or start \"mobile-sessions serve\" with \
                 it first. Nothing was made."
            )),
        }
    }
}

fn no_folder(dir: &Path) -> Failure {
    Failure::new(format!(
        "There is no folder {}: name the MobileApps folder with --dir. Nothing was made.",
        dir.display()
    ))
}

/// The accounts, to be closed at the end.
pub(super) struct Opened {
    pub(super) accounts: Accounts,
    database: Database,
}

impl Opened {
    /// Leaves nothing open, whatever came of the command.
    pub(super) async fn close<T>(self, done: Result<T, Failure>) -> Result<T, Failure> {
        self.database.close().await;
        done
    }
}

/// What a new user or token may do.
#[derive(Clone, Debug, Args)]
pub struct Rights {
    /// What they may do: viewer reads, operator changes sessions too, owner does all
    #[arg(long, value_parser = role_parser())]
    pub(super) role: Role,

    /// Hold them to the apps whose id matches, as "*.com.example.*"; can be given several times [default: all]
    #[arg(long = "app", value_name = "GLOB")]
    apps: Vec<String>,
}

impl Rights {
    pub(super) fn scope(&self) -> Result<AppScope, Failure> {
        AppScope::parse(&self.apps).ok_or_else(|| {
            Failure::new(
                "An app glob has 1 to 255 characters, none of them a control character, as \"*.com.example.*\": nothing was made.",
            )
        })
    }
}

fn role_parser() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::all().map(Role::as_str))
        .try_map(|text| Role::parse(&text).ok_or("give viewer, operator or owner"))
}

/// Reads a token's name from the command line.
pub(super) fn parse_name(text: &str) -> Result<Name, &'static str> {
    Name::parse(text).ok_or("a name has 1 to 64 characters, each of which can be seen, and no space at its ends")
}

/// Reads a user's name from the command line.
pub(super) fn parse_user_name(text: &str) -> Result<UserName, &'static str> {
    const WRONG: &str =
        "a name has 1 to 64 characters, letters and digits of one script; spaces, . _ - @ and ' may stand within it";
    UserName::parse(text).ok_or(WRONG)
}

/// Prints a list as the API answers it.
pub(super) fn print_list<T: Serialize, I: Into<T>>(items: Vec<I>) -> Result<(), Failure> {
    let items: Vec<T> = items.into_iter().map(Into::into).collect();
    print_json(&serde_json::json!({ "items": items, "total": items.len() }))
}

/// The apps of a user or token in a list.
pub(super) fn apps(globs: &[String]) -> String {
    if globs.is_empty() { "all apps".to_owned() } else { globs.join(" ") }
}
