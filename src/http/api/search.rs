//! `/search`: sessions by what is known of them, whatever has become of them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::values::Limit;
use crate::domain::account::Actor;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::http::extract::{Call, Query, Read};
use crate::http::failure::Answer;
use crate::services::search::{self, Results};

/// What to search for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindKeys {
    /// A substring, in either case, of device, system, version, e-mail, app name or id, session id, device id, ip, or of
    /// what people call the device and say of it (nothing is found without it)
    q: Option<String>,
    /// How many sessions, and how many deleted ones, the answer has
    #[serde(default)]
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 500, default = 50)]
    limit: Limit,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct SearchResults {
    /// Those that wait first, then the others; of each the last changed first.
    items: Vec<Session>,
    /// How many there are, without the deleted ones.
    total: u64,
    /// Those that were deleted.
    deleted: DeletedSessions,
}

/// Sessions that were deleted, for as long as what deletes take away is kept.
#[derive(Serialize, ToSchema)]
pub struct DeletedSessions {
    /// The last deleted first.
    items: Vec<DeletedSession>,
    /// How many there are.
    total: u64,
}

/// A session that was deleted.
#[derive(Serialize, ToSchema)]
pub struct DeletedSession {
    /// As it was when its file was read last.
    session: Session,
    #[schema(value_type = String, format = DateTime)]
    deleted_at: Timestamp,
    /// Who deleted it; `null` where another program did.
    deleted_by: Option<Actor>,
    /// The change that deleted it: to be undone by `POST /changes/{id}/undo`.
    change_id: Option<String>,
    /// Whether undo can bring it back.
    can_restore: bool,
}

impl From<search::DeletedSession> for DeletedSession {
    fn from(deleted: search::DeletedSession) -> Self {
        let search::DeletedSession { session, deleted_at, change } = deleted;
        Self {
            session,
            deleted_at,
            can_restore: change.as_ref().is_some_and(|change| change.can_undo),
            change_id: change.as_ref().map(|change| change.id.clone()),
            deleted_by: change.map(|change| change.actor),
        }
    }
}

impl From<Results> for SearchResults {
    fn from(results: Results) -> Self {
        let deleted = results.deleted.into_iter().map(DeletedSession::from).collect();
        Self {
            items: results.sessions,
            total: results.total,
            deleted: DeletedSessions { items: deleted, total: results.total_deleted },
        }
    }
}

/// Find sessions, deleted ones too
///
/// To walk through all that are there, list the sessions with the same `q`.
#[utoipa::path(get, path = "/search", tag = "sessions", operation_id = "find_sessions", params(Query<FindKeys>),
    responses((status = 200, description = "What was found", body = SearchResults)))]
pub async fn find(call: Call<Read>, Query(keys): Query<FindKeys>) -> Answer {
    let mut answer = call.list_answer();
    let results = call.app.search.find(&call.caller.apps, keys.q.as_deref().unwrap_or_default(), keys.limit.0).await?;
    Ok(answer.json(SearchResults::from(results)))
}
