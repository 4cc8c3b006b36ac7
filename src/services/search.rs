//! Search over all sessions that a caller may see: those that wait, the others, and those that were deleted.

use std::sync::Arc;

use super::catalog::Catalog;
use super::error::Error;
use super::journal::{Change, Journal};
use crate::domain::account::AppScope;
use crate::domain::query::{Filter, Query, Sort, SortKey};
use crate::domain::session::{Session, SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::store::database::Database;
use crate::store::database::sessions::{Apps, GoneSession};

/// What a search found, and how many there are in all.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Those that wait first, then the others; of each the last changed first.
    pub sessions: Vec<Session>,
    pub total: u64,
    /// The last deleted first.
    pub deleted: Vec<DeletedSession>,
    pub total_deleted: u64,
}

impl Results {
    /// The one session that was found, if it is one.
    pub fn only(&self) -> Option<SessionKey> {
        let mut keys = self.sessions.iter().chain(self.deleted.iter().map(|one| &one.session)).map(Session::key);
        keys.next().filter(|_| self.total + self.total_deleted == 1)
    }
}

/// A session that was deleted, as it was when its file was read last.
#[derive(Clone, Debug)]
pub struct DeletedSession {
    pub session: Session,
    pub deleted_at: Timestamp,
    /// `None` where another program deleted it.
    pub change: Option<Change>,
}

pub struct Search {
    database: Database,
    catalog: Arc<Catalog>,
    journal: Arc<Journal>,
}

impl Search {
    pub fn new(database: Database, catalog: Arc<Catalog>, journal: Arc<Journal>) -> Self {
        Self { database, catalog, journal }
    }

    /// What holds this text, in either case: at most so many sessions, and as many deleted ones.
    pub async fn find(&self, scope: &AppScope, text: &str, limit: usize) -> Result<Results, Error> {
        let q = text.trim().to_lowercase();
        if q.is_empty() {
            self.catalog.availability()?;
            return Ok(Results::default());
        }
        let (mut sessions, mut total) = (Vec::new(), 0);
        for status in [vec![StatusClass::Pending], vec![StatusClass::Accepted, StatusClass::Other]] {
            let filter = Filter { q: Some(q.clone()), status, ..Filter::default() };
            let sort = Sort { key: SortKey::Modified, descending: true };
            let page = self.catalog.list(scope, &Query { filter, sort, limit, cursor: None }).await?;
            total += page.total;
            sessions.extend(page.items);
        }
        sessions.truncate(limit);
        let apps = match scope.is_all() {
            true => Apps::All,
            false => {
                Apps::Some(self.database.apps_of_gone().await?.into_iter().filter(|app| scope.allows(app)).collect())
            }
        };
        let (total_deleted, gone) = self.database.find_gone(&q, &apps, limit).await?;
        let mut deleted = Vec::with_capacity(gone.len());
        for one in gone {
            deleted.push(self.deleted(scope, one).await?);
        }
        Ok(Results { sessions, total, deleted, total_deleted })
    }

    async fn deleted(&self, scope: &AppScope, gone: GoneSession) -> Result<DeletedSession, Error> {
        let change = match &gone.change_id {
            Some(id) => self.journal.change(scope, id).await?,
            None => None,
        };
        let deleted_at = change.as_ref().map_or(gone.gone_at, |change| change.at);
        Ok(DeletedSession { session: gone.session, deleted_at, change })
    }
}
