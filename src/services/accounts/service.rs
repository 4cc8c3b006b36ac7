//! The service: what its parts share, and what is true now.

use std::sync::Arc;

use parking_lot::RwLock;

use super::attempts::Attempts;
use super::half_logins::HalfLogins;
use super::model::LoginLimits;
use super::password::{Passwords, Weakness};
use super::snapshot::Snapshot;
use crate::domain::token::Secret;
use crate::services::error::Error;
use crate::services::sealing::Keyring;
use crate::store::database::Database;

/// Users, tokens and logins of one data folder.
pub struct Accounts {
    pub(super) database: Database,
    pub(super) limits: LoginLimits,
    pub(super) passwords: Passwords,
    /// Words that everybody here knows, which make a poor password.
    pub(super) context: Vec<String>,
    pub(super) attempts: Attempts,
    pub(super) half_logins: HalfLogins,
    /// What encrypts second factors; none for commands, which read none.
    pub(super) keyring: Option<Keyring>,
    pub(super) snapshot: RwLock<Option<Arc<Snapshot>>>,
    /// One reader of the database at a time: the others wait and take what it read.
    pub(super) reading: tokio::sync::Mutex<()>,
}

impl Accounts {
    /// The accounts of this database.
    pub fn new(database: Database, limits: LoginLimits) -> Self {
        Self {
            database,
            limits,
            passwords: Passwords::new(),
            context: Vec::new(),
            attempts: Attempts::default(),
            half_logins: HalfLogins::default(),
            keyring: None,
            snapshot: RwLock::new(None),
            reading: tokio::sync::Mutex::new(()),
        }
    }

    /// With the names by which this server is called: passwords are not made of them.
    pub fn called(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.context.extend(names);
        self
    }

    /// With the keys that encrypt second factors.
    pub fn sealing(mut self, keyring: Keyring) -> Self {
        self.keyring = Some(keyring);
        self
    }

    /// What is wrong with this as the password of the user of this name, if anything.
    pub fn weakness(&self, password: &Secret<String>, name: &str) -> Option<Weakness> {
        Weakness::of(password, name, &self.context)
    }

    /// What is true now: read again only when the stamp says that something changed.
    pub(super) async fn snapshot(&self) -> Result<Arc<Snapshot>, Error> {
        if let Some(current) = self.current()? {
            return Ok(current);
        }
        let _reading = self.reading.lock().await;
        if let Some(current) = self.current()? {
            return Ok(current);
        }
        let before = self.snapshot.read().clone();
        let fresh = Arc::new(Snapshot::new(self.database.everybody().await?, self.limits, before.as_deref()));
        *self.snapshot.write() = Some(fresh.clone());
        Ok(fresh)
    }

    fn current(&self) -> Result<Option<Arc<Snapshot>>, Error> {
        let stamp = self.database.accounts_stamp()?;
        let snapshot = self.snapshot.read();
        Ok(snapshot.as_ref().filter(|snapshot| snapshot.stamp == Some(stamp)).cloned())
    }
}
