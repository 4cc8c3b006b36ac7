//! `/changes`: the journal, and undo.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header;
use futures_util::stream;
use serde::{Deserialize, Serialize};
use ulid::Ulid;
use utoipa::ToSchema;

use super::batch;
use super::csv::{self, cell};
use super::values::{Limit, read_as};
use crate::app::App;
use crate::domain::account::{Actor, AppScope};
use crate::domain::app_id::AppId;
use crate::domain::change::{Action, Outcome, Reason, ReasonCode, Values};
use crate::domain::decision::Note;
use crate::domain::query::QueryError;
use crate::domain::session::SessionId;
use crate::domain::timestamp::Timestamp;
use crate::http::extract::{self, Call, Query, Read, parse};
use crate::http::failure::Answer;
use crate::services::batches::{BatchOrder, BatchState};
use crate::services::edits::{BatchRequest, BatchResult};
use crate::services::error::Error;
use crate::services::journal::{self, ChangeQuery, Journal};

/// One entry of the journal.
#[derive(Serialize, ToSchema)]
#[schema(examples(json!({
    "id": "01K9ZC4T8V0W3XJ5M6N7P8Q9RS", "batch_id": null, "at": "2026-11-22T22:01:07.412Z",
    "actor": { "kind": "user", "name": "olga" }, "action": "set_status", "app": "UTT7VDX8W5.com.contactApp.Contact",
    "session": "7023d9205074199d1c16fc00d24354e778137675",
    "before": { "status": "pending", "email": "ann@example.org" },
    "after": { "status": "accepted", "email": "ann@example.org" }, "reason": "called in", "reason_code": null,
    "request_id": "01K9ZC4T8TQ4D0Y2F1G3H5J7KM", "outcome": "done", "undoes": null, "undone_by": null,
    "pushed_at": null, "pushed_by": null, "can_undo": true, "device": "iPhone 13", "note_before": null,
    "note_after": null
})))]
pub struct Change {
    id: String,
    /// Shared by all entries of one batch.
    batch_id: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    actor: Actor,
    action: Action,
    /// To a session of which app.
    #[schema(value_type = String)]
    app: AppId,
    #[schema(value_type = String)]
    session: SessionId,
    before: Option<Values>,
    /// The values after; `null` for a delete.
    after: Option<Values>,
    /// Why, in the caller's words.
    #[schema(value_type = Option<String>)]
    reason: Option<Reason>,
    /// Why, where this program itself wrote the entry: what `reason` says, for programs that say it in their own words.
    reason_code: Option<ReasonCode>,
    /// The request that asked for it.
    request_id: String,
    outcome: Outcome,
    /// The change that it took back.
    undoes: Option<String>,
    /// The change that undid it.
    undone_by: Option<String>,
    /// When it was pushed to 4D.
    #[schema(value_type = Option<String>, format = DateTime)]
    pushed_at: Option<Timestamp>,
    pushed_by: Option<Actor>,
    /// Whether undo can still work: false where a value is known to be no longer what the change made it.
    can_undo: bool,
    /// What the session's device was called, also once the session is gone.
    device: Option<String>,
    /// Of `set_note`, what people had said of the device.
    note_before: Option<Note>,
    /// Of `set_note`, what they have said of it since.
    note_after: Option<Note>,
}

impl From<journal::Change> for Change {
    fn from(change: journal::Change) -> Self {
        Self {
            id: change.id,
            batch_id: change.batch_id,
            at: change.at,
            actor: change.actor,
            action: change.action,
            app: change.app,
            session: change.session,
            before: change.before,
            after: change.after,
            reason: change.reason,
            reason_code: change.reason_code,
            request_id: change.request_id,
            outcome: change.outcome,
            undoes: change.undoes,
            undone_by: change.undone_by,
            pushed_at: change.pushed_at,
            pushed_by: change.pushed_by,
            can_undo: change.can_undo,
            device: change.device,
            note_before: change.note_before,
            note_after: change.note_after,
        }
    }
}

/// One page of the journal, newest first.
#[derive(Serialize, ToSchema)]
pub struct ChangePage {
    /// The entries of this page.
    items: Vec<Change>,
    /// How many entries the whole list has.
    total: u64,
    /// Where the next page begins; `null` on the last.
    next_cursor: Option<String>,
}

impl From<journal::ChangePage> for ChangePage {
    fn from(page: journal::ChangePage) -> Self {
        Self {
            items: page.items.into_iter().map(Change::from).collect(),
            total: page.total,
            next_cursor: page.next_cursor,
        }
    }
}

/// Which changes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeKeys {
    /// The exact app id; several with a comma between
    app: Option<String>,
    /// The exact session id
    session: Option<String>,
    /// A substring, in either case, of the session's id, the device's name, a note, or an e-mail before or after
    q: Option<String>,
    /// The exact name of who made the change
    actor: Option<String>,
    #[schema(inline, nullable = false)]
    action: Option<Action>,
    /// The id of a batch
    batch_id: Option<String>,
    /// The same as `batch_id`
    batch: Option<String>,
    /// At or after this time
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
    /// Before this time
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// How many items a page has
    #[serde(default)]
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 500, default = 50)]
    limit: Limit,
    /// `next_cursor` of the page before
    #[schema(value_type = Option<String>)]
    cursor: Option<ChangeCursor>,
}

/// The id of a change.
struct ChangeCursor(Ulid);

read_as!(ChangeCursor, "expected-cursor", |value| Ulid::from_string(value.as_str()?).ok().map(Self));

impl TryFrom<ChangeKeys> for ChangeQuery {
    type Error = QueryError;

    fn try_from(keys: ChangeKeys) -> Result<Self, QueryError> {
        if keys.batch.is_some() && keys.batch_id.is_some() {
            return Err(QueryError::of("batch", "batch-twice"));
        }
        Ok(Self {
            app: keys.app,
            session: keys.session,
            actor: keys.actor,
            action: keys.action,
            batch: keys.batch.or(keys.batch_id),
            since: keys.since,
            until: keys.until,
            q: keys.q,
            batch_as_one: false,
            limit: keys.limit.0,
            cursor: keys.cursor.map(|ChangeCursor(id)| id.to_string()),
        })
    }
}

/// Reads the keys of a list of changes from an address.
pub fn change_query<K: Into<String>, V: Into<String>>(
    pairs: impl IntoIterator<Item = (K, V)>,
) -> Result<ChangeQuery, QueryError> {
    parse::<ChangeKeys>(pairs)?.try_into()
}

/// List changes
///
/// The newest first. With `Accept: text/csv`, the whole result as CSV.
#[utoipa::path(get, path = "/changes", tag = "changes", operation_id = "list_changes", params(Query<ChangeKeys>),
    responses((status = 200, description = "One page, and a Link header to the next", content(
        (ChangePage = "application/json"), (String = "text/csv")))))]
pub async fn list(call: Call<Read>, Query(keys): Query<ChangeKeys>) -> Answer {
    let query = ChangeQuery::try_from(keys)?;
    if csv::is_wanted(&call.req) {
        call.app.accounts.note_export(&call.by(), "changes").await?;
        return Ok(export(&call.app, &call.caller.apps, query));
    }
    let page = call.app.journal.list(&call.caller.apps, &query).await?;
    Ok(call.page(page.next_cursor.as_deref()).insert_header((header::VARY, "Accept")).json(ChangePage::from(page)))
}

const COLUMNS: &[csv::Column<journal::Change>] = &[
    ("id", |change| change.id.clone()),
    ("batch_id", |change| cell(change.batch_id.as_ref())),
    ("at", |change| change.at.to_string()),
    ("actor_kind", |change| change.actor.kind.as_str().to_owned()),
    ("actor_name", |change| change.actor.name.clone()),
    ("action", |change| change.action.as_str().to_owned()),
    ("app", |change| change.app.to_string()),
    ("session", |change| change.session.to_string()),
    ("before_status", |change| cell(change.before.as_ref().and_then(|values| values.status.as_ref()))),
    ("before_email", |change| cell(change.before.as_ref().and_then(|values| values.email.as_ref()))),
    ("after_status", |change| cell(change.after.as_ref().and_then(|values| values.status.as_ref()))),
    ("after_email", |change| cell(change.after.as_ref().and_then(|values| values.email.as_ref()))),
    ("reason", |change| cell(change.reason.as_ref().map(|reason| reason.as_str()))),
    ("request_id", |change| change.request_id.clone()),
    ("outcome", |change| change.outcome.as_str().to_owned()),
    ("undone_by", |change| cell(change.undone_by.as_ref())),
    ("pushed_at", |change| cell(change.pushed_at)),
    ("pushed_by_kind", |change| cell(change.pushed_by.as_ref().map(|by| by.kind.as_str()))),
    ("pushed_by_name", |change| cell(change.pushed_by.as_ref().map(|by| &by.name))),
    ("device", |change| cell(change.device.as_ref())),
    ("before_note_name", |change| cell(change.note_before.as_ref().and_then(|note| note.name.as_ref()))),
    ("before_note_text", |change| cell(change.note_before.as_ref().and_then(|note| note.note.as_ref()))),
    ("after_note_name", |change| cell(change.note_after.as_ref().and_then(|note| note.name.as_ref()))),
    ("after_note_text", |change| cell(change.note_after.as_ref().and_then(|note| note.note.as_ref()))),
];

/// What is left of the journal to write: where to go on, until there is no more.
struct Rest {
    journal: Arc<Journal>,
    scope: AppScope,
    query: ChangeQuery,
    cursor: Option<String>,
}

/// The whole journal as CSV.
pub fn export(app: &App, scope: &AppScope, query: ChangeQuery) -> HttpResponse {
    let rest = Rest { journal: app.journal.clone(), scope: scope.clone(), query, cursor: None };
    let parts = stream::try_unfold(Some(rest), |rest| async {
        let Some(mut rest) = rest else { return Ok(None) };
        let (changes, next) = rest.journal.walk(&rest.scope, &rest.query, rest.cursor.as_deref()).await?;
        let mut rows = csv::Rows::new();
        for change in changes {
            rows.push(COLUMNS, &change)?;
        }
        rest.cursor = next;
        Ok::<_, Error>(Some((rows.finish()?, rest.cursor.is_some().then_some(rest))))
    });
    csv::answer("changes.csv", csv::with_headings(COLUMNS, parts))
}

/// Get one change
#[utoipa::path(get, path = "/changes/{id}", tag = "changes", operation_id = "get_change",
    params(("id" = String, Path, description = "The change's id")),
    responses((status = 200, description = "The change", body = Change)))]
pub async fn one(call: Call<Read>) -> Answer {
    let change = call
        .app
        .journal
        .change(&call.caller.apps, &call.part("id"))
        .await?
        .ok_or(Error::NotFound("change-of-this-id"))?;
    Ok(HttpResponse::Ok().json(Change::from(change)))
}

/// Undo a change or a batch
///
/// Of a delete, the file comes back byte for byte. Of another change, the old values do, unless they were changed
/// since. What cannot be undone fails item by item. It runs to its end when the client leaves.
#[utoipa::path(post, path = "/changes/{id}/undo", tag = "changes", operation_id = "undo",
    params(
        ("id" = String, Path, description = "A change's or a batch's id"),
        ("Prefer" = Option<String>, Header, description = "respond-async: answer at once, and go on"),
    ),
    responses(
        (status = 200, description = "What became of each session", body = BatchResult),
        (status = 202, description = "The undo runs", body = BatchState, headers(
            ("Location" = String, description = "Where its state is"),
        )),
    ))]
pub async fn undo(call: Call<extract::Change>) -> Answer {
    let request = BatchRequest::Undo(call.app.edits.undoing(&call.caller, &call.part("id")).await?);
    batch::answer(&call, BatchOrder { claim: call.claim(), ..request.into() }).await
}
