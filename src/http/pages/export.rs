//! `/sessions.csv` and `/changes.csv`: a list's whole result, as the API gives it, by a plain link.

use actix_web::HttpResponse;

use super::parts::choices::moment;
use super::parts::page::Page;
use super::parts::pager::list_pairs;
use crate::domain::account::Permission;
use crate::http::api;
use crate::services::error::Error;

/// The sessions of a list with this filter and order.
pub async fn sessions(page: Page) -> HttpResponse {
    let answer = async {
        let scope = &page.require(Permission::Read)?.apps;
        let query = api::session_query(list_pairs(&page.query).0)?;
        page.app.accounts.note_export(&page.by()?, "sessions").await?;
        api::export_sessions(&page.app, scope, &query)
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// The journal with this filter.
pub async fn changes(page: Page) -> HttpResponse {
    let answer = async {
        let scope = &page.require(Permission::Read)?.apps;
        let pairs = list_pairs(&page.query).0.into_iter().map(|(key, value)| (key.clone(), moment(&key, &value)));
        let query = api::change_query(pairs)?;
        page.app.accounts.note_export(&page.by()?, "changes").await?;
        Ok::<_, Error>(api::export_changes(&page.app, scope, query))
    };
    let answer = answer.await;
    page.answer(answer).await
}
