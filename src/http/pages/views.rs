//! `/views`: saving the list that is shown, and choosing its columns.

use serde::Deserialize;

use super::parts::{Authorized, NoFields, Verified, see, see_message};
use crate::domain::account::ListColumn;
use crate::http::api::ListQuery;
use crate::http::extract::Read;
use crate::http::failure::Answer;
use crate::i18n::Message;
use crate::services::error::Error;
use crate::services::views::ViewName;

#[derive(Deserialize)]
pub struct SentView {
    name: String,
    query: String,
}

#[derive(Deserialize)]
pub struct SentColumns {
    #[serde(default)]
    column: Vec<String>,
}

/// Saves what the list shows, in the place of a view of the same name.
pub async fn save(Authorized { page, .. }: Authorized<Read>, sent: Verified<SentView>) -> Answer {
    let SentView { name, query } = sent.form;
    let name = ViewName::parse(name.trim()).ok_or_else(|| Error::invalid("/name", Message::new("view-name-wrong")))?;
    let query = ListQuery::parse(&query).ok_or(Error::NotFound("address"))?;
    let (view, _) = page.app.views.put(&page.caller, name, query.into_text()).await?;
    Ok(see_message(&format!("/sessions?{}", view.query), "told-view-saved"))
}

/// Deletes a view. The list stays as it is.
pub async fn delete(Authorized { page, .. }: Authorized<Read>, sent: Verified<NoFields>) -> Answer {
    page.app.views.remove(&page.caller, &page.part("name")).await?;
    Ok(see_message(&sent.back, "told-view-deleted"))
}

/// Chooses the columns of the list.
pub async fn set_columns(Authorized { page, .. }: Authorized<Read>, sent: Verified<SentColumns>) -> Answer {
    let columns: Vec<ListColumn> = sent.form.column.iter().filter_map(|column| ListColumn::parse(column)).collect();
    page.app.accounts.set_columns(&page.caller, &columns).await?;
    Ok(see(&sent.back))
}
