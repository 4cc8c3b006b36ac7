//! `/apps/{app}/sessions/{id}/note`: what people call a device, and say of it.

use serde::Deserialize;
use utoipa::ToSchema;

use super::decline::decide;
use super::openapi::if_match::IfMatch;
use crate::domain::decision::{DeviceName, NoteText};
use crate::domain::session::Session;
use crate::http::extract::{Call, Change, Json};
use crate::http::failure::Answer;
use crate::services::edits::Decide;

/// What a device is to be called, and what is to be said of it. Without either, nothing any more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "second phone of the depot", "note": "Ask for Nina." })))]
pub struct NoteOrder {
    /// A name for the device; `null` or `""` for none
    #[schema(value_type = Option<String>, max_length = 64, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    name: Option<DeviceName>,
    /// Anything worth knowing, on one line or several; `null` or `""` for nothing
    #[schema(value_type = Option<String>, max_length = 1000, pattern = r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f]*$")]
    note: Option<NoteText>,
}

/// Name a device and write a note on it
///
/// Both are kept outside the file, for all sessions of the device in this app, and for those that it comes back with.
/// Lists find them by `q`. Send both: what you leave out is removed.
#[utoipa::path(put, path = "/apps/{app}/sessions/{id}/note", tag = "sessions", operation_id = "set_note",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id"),
        IfMatch,
    ),
    request_body = NoteOrder,
    responses((status = 200, description = "The session as it is now", body = Session, headers(
        ("ETag" = String, description = "As GET gives it"),
        ("X-Change-Id" = String, description = "The journal's entry; absent where nothing had to be changed"),
    ))))]
pub async fn set(call: Call<Change>, Json(body): Json<NoteOrder>) -> Answer {
    let note = Decide::Note(body.name.unwrap_or_default(), body.note.unwrap_or_default());
    decide(&call, note, None).await
}
