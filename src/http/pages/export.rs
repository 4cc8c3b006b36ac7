//! `/sessions.csv` and `/changes.csv`: a list's whole result, as the API gives it, by a plain link.

use super::parts::{Authorized, list_pairs, moment};
use crate::http::api;
use crate::http::extract::Read;
use crate::http::failure::Answer;

/// The sessions of a list with this filter and order.
pub async fn sessions(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let query = api::session_query(list_pairs(&page.query).0)?;
    page.app.accounts.note_export(&page.by(), "sessions").await?;
    Ok(api::export_sessions(&page.app, &page.caller.apps, &query).await?)
}

/// The journal with this filter.
pub async fn changes(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let pairs = list_pairs(&page.query).0.into_iter().map(|(key, value)| (key.clone(), moment(&key, &value)));
    let query = api::change_query(pairs)?;
    page.app.accounts.note_export(&page.by(), "changes").await?;
    Ok(api::export_changes(&page.app, &page.caller.apps, query))
}
