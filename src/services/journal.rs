//! The journal as people and programs read it.

use serde::Serialize;
use utoipa::ToSchema;

use super::error::Error;
use crate::domain::account::{Actor, AppScope};
use crate::domain::app_id::AppId;
use crate::domain::change::{Action, Outcome, Reason, Values};
use crate::domain::query::QueryError;
use crate::domain::session::SessionId;
use crate::domain::timestamp::Timestamp;
use crate::store::database::Database;

/// One entry of the journal.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Change {
    /// A ULID.
    pub id: String,
    /// Shared by all entries of one batch.
    pub batch_id: Option<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who made it.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
    /// To a session of which app.
    #[schema(value_type = String)]
    pub app: AppId,
    /// To which session.
    #[schema(value_type = String)]
    pub session: SessionId,
    /// The values before.
    pub before: Option<Values>,
    /// The values after; `null` for a delete.
    pub after: Option<Values>,
    /// Why, in the caller's words.
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
    /// The request that asked for it.
    pub request_id: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The change that undid it.
    pub undone_by: Option<String>,
    /// When it was pushed to 4D.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub pushed_at: Option<Timestamp>,
    /// Whether undo can still work.
    pub can_undo: bool,
}

/// One page of the journal, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangePage {
    /// The entries of this page.
    pub items: Vec<Change>,
    /// How many entries the whole list has.
    pub total: u64,
    /// Where the next page begins; `null` on the last.
    pub next_cursor: Option<String>,
}

/// Which entries of the journal.
#[derive(Clone, Debug, Default)]
pub struct ChangeQuery {
    /// Of this app.
    pub app: Option<String>,
    /// Of this session.
    pub session: Option<String>,
    /// By the actor of this name.
    pub actor: Option<String>,
    /// With this action.
    pub action: Option<Action>,
    /// At or after.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// 1 to 500.
    pub limit: usize,
    /// The id after which the page begins.
    pub cursor: Option<String>,
}

impl ChangeQuery {
    /// Parses the pairs of a URL's query, as [`crate::domain::query::Query::from_pairs`] does.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, QueryError> {
        let _ = pairs;
        todo!()
    }
}

/// Reads the journal.
pub struct Journal {
    #[allow(dead_code)]
    database: Database,
}

#[allow(unused_variables)]
impl Journal {
    /// The journal of this database.
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// One page of what a caller may see.
    pub async fn list(&self, scope: &AppScope, query: &ChangeQuery) -> Result<ChangePage, Error> {
        todo!()
    }

    /// One entry; `None` where there is none for this caller.
    pub async fn change(&self, scope: &AppScope, id: &str) -> Result<Option<Change>, Error> {
        todo!()
    }
}
