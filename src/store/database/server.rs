//! A PostgreSQL server: where it is, and what the data folder remembers of that.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use url::Url;

use super::notes::{self, Notes};
use crate::domain::token::Secret;

/// The file of the data folder that says where its database is.
pub const FILE: &str = "database";

const HEAD: &str = "# The database of this data folder is there. Its password is in no file of this folder.\n";

/// Where a database on a PostgreSQL server is.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    url: Url,
    /// Holds the password.
    password_file: Option<PathBuf>,
}

/// Why an address names no database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServerError {
    #[error("this is no address such as postgres://user@host/database")]
    NoAddress,
    #[error(
        "the password does not belong into the address, where other users can see it: put it into the file that PGPASSFILE \
         names, or name a file that holds it alone with --database-password-file"
    )]
    Password,
    #[error("the address names no database: postgres://user@host/DATABASE")]
    NoDatabase,
}

/// `postgres://user@host:port/database?sslmode=…`, as PostgreSQL's own programs read it.
impl FromStr for Server {
    type Err = ServerError;

    fn from_str(address: &str) -> Result<Self, ServerError> {
        let url = Url::parse(address).map_err(|_| ServerError::NoAddress)?;
        if !["postgres", "postgresql"].contains(&url.scheme()) {
            return Err(ServerError::NoAddress);
        }
        if url.password().is_some() || url.query_pairs().any(|(key, _)| key == "password") {
            return Err(ServerError::Password);
        }
        if url.path().trim_start_matches('/').is_empty() && !url.query_pairs().any(|(key, _)| key == "dbname") {
            return Err(ServerError::NoDatabase);
        }
        Ok(Self { url, password_file: None })
    }
}

impl Server {
    /// With the password that this file holds.
    pub fn with_password_file(self, password_file: Option<PathBuf>) -> Self {
        Self { password_file, ..self }
    }

    /// The address with all that it takes to come in. `application` tells the server's administrator who it is.
    pub(super) fn address(&self, application: &str) -> io::Result<Secret<String>> {
        let mut url = self.url.clone();
        if let Some(file) = &self.password_file {
            let password = Secret::new(fs::read_to_string(file)?);
            let password = password.expose().trim_end_matches(['\r', '\n']);
            url.query_pairs_mut().append_pair("password", password);
        }
        url.query_pairs_mut().append_pair("application_name", application);
        Ok(Secret::new(url.into()))
    }

    /// The server that a data folder's database is on; `None` where it is in the folder itself.
    pub fn of_data_dir(data_dir: &Path) -> io::Result<Option<Self>> {
        let Some(notes) = Notes::read(&data_dir.join(FILE))? else { return Ok(None) };
        let server = notes.value("server").and_then(|address| address.parse::<Self>().ok());
        let server = server.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it names no server"))?;
        Ok(Some(server.with_password_file(notes.value("password-file").map(PathBuf::from))))
    }

    /// Lets the data folder remember it, for commands that are not told.
    pub(super) fn remember(&self, data_dir: &Path) -> io::Result<()> {
        if Self::of_data_dir(data_dir).is_ok_and(|found| found.as_ref() == Some(self)) {
            return Ok(());
        }
        let mut text = format!("{HEAD}server = {}\n", self.url);
        if let Some(password_file) = &self.password_file {
            text.push_str(&format!("password-file = {}\n", password_file.display()));
        }
        notes::write(data_dir, FILE, &text)
    }
}

/// Without a password, which it never holds.
impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(f)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({})", self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_password_is_refused() {
        for address in ["postgres://u:p@host/db", "postgres://u@host/db?password=p"] {
            assert_eq!(address.parse::<Server>(), Err(ServerError::Password));
        }
        for address in ["", "db", "mysql://u@host/db", "sqlite:file"] {
            assert_eq!(address.parse::<Server>(), Err(ServerError::NoAddress));
        }
        assert_eq!("postgres://u@host".parse::<Server>(), Err(ServerError::NoDatabase));
    }

    #[test]
    fn a_data_folder_remembers_its_server_without_the_password() {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        fs::write(&secret, "p@ss word\n").unwrap();
        assert_eq!(Server::of_data_dir(folder.path()).unwrap(), None);
        let server: Server = "postgres://u@host/db?sslmode=require".parse().unwrap();
        let server = server.with_password_file(Some(secret));
        server.remember(folder.path()).unwrap();
        assert_eq!(Server::of_data_dir(folder.path()).unwrap(), Some(server.clone()));
        assert!(!fs::read_to_string(folder.path().join(FILE)).unwrap().contains("p@ss"));
        let address = server.address("test").unwrap();
        assert_eq!(address.expose(), "postgres://u@host/db?sslmode=require&password=p%40ss+word&application_name=test");
    }
}
