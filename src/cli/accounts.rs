//! What `user` and `token` share: where the accounts are, and how lists are printed.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Failure, print};
use crate::domain::account::{AppScope, Name, Role};
use crate::services::accounts::{Accounts, LoginLimits};
use crate::store::data_dir::DataDir;
use crate::store::database::Database;

/// Where the accounts are.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// The data folder, where serve was given one
    #[arg(long, global = true, env = "MOBILE_SESSIONS_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,

    /// The MobileApps folder that is served; not needed where there is only one
    #[arg(long, global = true, env = "MOBILE_SESSIONS_DIR", value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Place {
    /// Opens the accounts, with a server running on them or not.
    pub(super) async fn open(&self) -> Result<Opened, Failure> {
        let data_dir = DataDir::open(self.data_dir.as_deref(), self.dir.as_deref())?;
        let database = Database::open(data_dir.path()).await?;
        Ok(Opened { accounts: Accounts::new(database.clone(), LoginLimits::default()), database })
    }
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
        let wrong = || {
            Failure::new(
                "An app glob has 1 to 255 characters, none of them a control character, as \"*.com.example.*\": nothing was made.",
            )
        };
        AppScope::parse(&self.apps).ok_or_else(wrong)
    }
}

fn role_parser() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::as_str))
        .try_map(|text| Role::parse(&text).ok_or("give viewer, operator or owner"))
}

/// Reads a name from the command line.
pub(super) fn parse_name(text: &str) -> Result<Name, &'static str> {
    Name::parse(text).ok_or("a name has 1 to 64 characters, and no space at its ends")
}

/// The apps of a user or token in a list.
pub(super) fn apps(globs: &[String]) -> String {
    if globs.is_empty() { "all apps".to_owned() } else { globs.join(" ") }
}

/// Prints rows in columns, the first row being their heads.
pub(super) fn print_table<const N: usize>(rows: &[[String; N]]) -> Result<(), Failure> {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |row: &[String; N]| {
        let line: String = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}  ")).collect();
        format!("{}\n", line.trim_end())
    };
    print(&rows.iter().map(line).collect::<String>())
}
