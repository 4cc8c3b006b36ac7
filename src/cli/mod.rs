//! One file a command.

mod accounts;
pub mod token;
pub mod user;

use std::error::Error as _;
use std::fmt;

use crate::services::error::Error;
use crate::store::data_dir::DataDirError;
use crate::store::database;

/// Why a command stopped: one sentence that says what to do.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// With this sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<DataDirError> for Failure {
    fn from(error: DataDirError) -> Self {
        Self(error.to_string())
    }
}

impl From<database::Error> for Failure {
    fn from(error: database::Error) -> Self {
        Self(format!("The database in the data folder cannot be used: {error}."))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match &error {
            // Here is no log to look into.
            Error::Internal(_) => Self(format!(
                "Nothing was changed: {}.",
                error.source().map_or(String::new(), |cause| cause.to_string())
            )),
            error => Self(error.to_string()),
        }
    }
}
