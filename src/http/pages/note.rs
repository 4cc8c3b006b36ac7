//! `/apps/{app}/sessions/{id}/note`: what people call a device, and say of it.

use actix_web::http::StatusCode;

use super::parts::{Authorized, SentNote, Verified, Wanted, gone, see_done};
use super::session;
use crate::domain::change::Expectation;
use crate::domain::decision::{DeviceName, NoteText};
use crate::http::extract::Change;
use crate::http::failure::Answer;
use crate::services::edits::{ChangeContext, Decide};
use crate::services::error::Error;

pub async fn set(Authorized { page, .. }: Authorized<Change>, sent: Verified<SentNote>) -> Answer {
    let key = page.session_key()?;
    let (Some(name), Some(note)) = (DeviceName::parse(&sent.form.name), NoteText::parse(&sent.form.note)) else {
        let wanted = Wanted { note: Some(sent.form), ..Wanted::default() };
        return session::view(&page, &key, StatusCode::UNPROCESSABLE_ENTITY, wanted).await;
    };
    let (caller, request_id) = (page.caller.clone(), page.request_id.clone());
    let context = ChangeContext { caller, request_id, reason: None, expected: Expectation::Nothing };
    match page.app.edits.decide(context, key.clone(), Decide::Note(name, note)).await {
        Ok(changed) => Ok(see_done(&sent.back, changed.change_id.as_deref(), &key)),
        Err(Error::NotFound(_)) => gone(&page, &key, None).await,
        Err(error) => Err(error.into()),
    }
}
