//! `/apps/{app}/sessions/{id}/device`: the device as the file has it. A page for those who follow the link; the JSON
//! alone for what shows it beside the list.

use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;

use super::parts::{Authorized, Chrome, Page, Row};
use crate::http::extract::Read;
use crate::http::failure::Answer;
use crate::http::links;
use crate::services::error::Error;

/// Beside the JSON, what of it is not as it is in the file: percent-encoded, in the reader's language.
const NOTE: &str = "X-Document-Note";

#[derive(Template)]
#[template(path = "device.html")]
struct DevicePage {
    c: Chrome,
    row: Row,
    title: String,
    device: String,
    /// What of it is not as it is in the file.
    note: String,
}

/// The device, with its secret masked.
pub async fn show(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let key = page.session_key()?;
    let detail = page.app.catalog.detail(&page.caller.apps, &key).await?;
    let detail = detail.ok_or(Error::NotFound("session-of-this-id"))?;
    let device = detail.masked.as_ref().and_then(|document| document.get("device"));
    let device = device.ok_or(Error::NotFound("device"))?;
    let note =
        detail.document_note.map(|why| page.locale.t(&format!("no-document-{}", why.as_str()))).unwrap_or_default();
    let device = serde_json::to_string_pretty(device).map_err(Error::internal)?;
    if !page.wants_page() {
        let mut answer = HttpResponse::Ok();
        if !note.is_empty() {
            answer.insert_header((NOTE, links::encode(&note)));
        }
        return Ok(answer
            .content_type("application/json")
            .insert_header((header::VARY, "Accept, Cookie"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(device));
    }
    let apps = page.app.catalog.apps(&page.caller.apps).await?;
    let row = Row::in_app(page.locale, &apps, &detail.session, Page::now());
    let title = page.locale.s("device-of", &row.name);
    page.ok(&DevicePage { c: page.chrome("sessions", title.clone()).await, row, title, device, note })
}
