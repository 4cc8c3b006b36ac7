//! What an installation needs before it is complete: a list for owners, which ends once and for all.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use super::error::Error;
use crate::store::database::Database;

pub struct Checklist {
    database: Database,
    /// Known to have ended: nobody has to look again.
    has_ended: AtomicBool,
}

impl Checklist {
    pub fn new(database: Database) -> Self {
        Self { database, has_ended: AtomicBool::new(false) }
    }

    /// Whether somebody has dismissed the list, or all was done once.
    pub async fn has_ended(&self) -> Result<bool, Error> {
        if !self.has_ended.load(Ordering::Acquire) && self.database.has_checklist_ended().await? {
            self.has_ended.store(true, Ordering::Release);
        }
        Ok(self.has_ended.load(Ordering::Acquire))
    }

    /// Shows the list to nobody any more.
    pub async fn end(&self) -> Result<(), Error> {
        Ok(self.database.end_checklist(SystemTime::now().into()).await?)
    }
}
