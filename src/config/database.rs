//! Where the database is.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::store::database::server::Server;
use crate::store::database::{Database, OpenError, Purpose};

/// The database, where it is not in the data folder.
#[derive(Clone, Debug, Default, Args)]
pub struct DatabaseOptions {
    /// Keep everything on this PostgreSQL server (15 or newer) and not in the data folder: postgres://user@host/database.
    /// The password is in the file that PGPASSFILE names, or in --database-password-file; sslmode=verify-full encrypts
    #[arg(long, global = true, env = "MOBILE_SESSIONS_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<Server>,

    /// A file that holds the database's password alone
    #[arg(
        long,
        global = true,
        env = "MOBILE_SESSIONS_DATABASE_PASSWORD_FILE",
        value_name = "FILE",
        requires = "database"
    )]
    database_password_file: Option<PathBuf>,
}

impl DatabaseOptions {
    /// The server that is named, if one is.
    pub fn server(&self) -> Option<Server> {
        let password_file = self.database_password_file.as_deref().map(std::path::absolute).and_then(Result::ok);
        self.database.clone().map(|server| server.with_password_file(password_file))
    }

    /// Opens the database of a data folder. A command finds the server that the folder remembers; who serves names it.
    pub async fn open(&self, data_dir: &Path, purpose: Purpose) -> Result<Database, OpenError> {
        let remembered = match purpose {
            Purpose::Command => Server::of_data_dir(data_dir).ok().flatten(),
            Purpose::Serve => None,
        };
        match self.server().or(remembered) {
            Some(server) => Database::connect(data_dir, &server, purpose).await,
            None => Database::open(data_dir, purpose).await,
        }
    }
}
