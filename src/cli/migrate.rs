//! `migrate`: moves an installation from SQLite to a PostgreSQL server.

use std::path::PathBuf;
use std::process::ExitCode;

use super::Failure;
use super::output::{counted, print};
use crate::store::data_dir::DataDir;
use crate::store::database::moving::{self, MoveError};
use crate::store::database::server::Server;

/// Move the database from the data folder to a PostgreSQL server, while no server runs on it
///
/// Every row is copied, and the rows are counted on both sides. The file is left as it is; from then on the data folder
/// remembers where its database is. Start the server with --database and the same address.
#[derive(Debug, clap::Args)]
pub struct MigrateArgs {
    /// The database in the data folder: sqlite:DATA_FOLDER/mobile-sessions.db
    #[arg(long, value_name = "sqlite:FILE")]
    from: String,

    /// The empty database: postgres://user@host/database. The password is in the file that PGPASSFILE names, or in
    /// --database-password-file
    #[arg(long, value_name = "URL")]
    to: Server,

    /// A file that holds the database's password alone
    #[arg(long, env = "MOBILE_SESSIONS_DATABASE_PASSWORD_FILE", value_name = "FILE")]
    database_password_file: Option<PathBuf>,
}

impl From<MoveError> for Failure {
    fn from(error: MoveError) -> Self {
        Self::new(error.to_string())
    }
}

/// Runs `migrate`.
pub async fn run(args: MigrateArgs) -> Result<ExitCode, Failure> {
    let data = moving::data_folder(&args.from)?;
    let (_lock, _) = DataDir::lock_for_restore(Some(&data), None)?;
    let password_file = args.database_password_file.as_deref().map(std::path::absolute).transpose();
    let password_file =
        password_file.map_err(|error| Failure::new(format!("The password file is no path: {error}.")))?;
    let server = args.to.with_password_file(password_file);
    let copied = moving::migrate(&data, &server).await?;
    for (table, rows) in &copied {
        print(&format!("{table}: {}\n", counted(rows.unsigned_abs(), "row")))?;
    }
    print(&format!(
        "The database of {} is {server} now: start the server with --database and this address. The file {} is left as \
         it was; remove it when you do not need it any more.\n",
        data.display(),
        data.join(crate::store::database::DATABASE_FILE).display()
    ))?;
    Ok(ExitCode::SUCCESS)
}
