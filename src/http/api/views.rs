//! `/views`: filters of the list of sessions that a caller gave a name.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answers;
use super::list_keys::session_query;
use super::values::read_as;
use crate::domain::name::Name;
use crate::domain::timestamp::Timestamp;
use crate::http::extract::{Call, Json, Read};
use crate::http::failure::Answer;
use crate::http::links::Pairs;
use crate::services::error::Error;
use crate::services::views::{SavedView, ViewName};

/// The keys of a list as an address has them, without a page; sorted, so that equal ones are equal texts.
pub struct ListQuery(String);

impl ListQuery {
    /// `None` for what no list can be asked by.
    pub fn parse(text: &str) -> Option<Self> {
        /// The longest, in bytes, with all that is percent-encoded.
        const LONGEST: usize = 4096;
        let mut pairs = Pairs::parse(text);
        if pairs.get("cursor").is_some() {
            return None;
        }
        session_query(pairs.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))).ok()?;
        pairs.0.retain(|(_, value)| !value.is_empty());
        pairs.0.sort();
        Some(Self(pairs.query())).filter(|query| query.0.len() <= LONGEST)
    }

    pub fn into_text(self) -> String {
        self.0
    }
}

read_as!(ListQuery, "expected-list-query", |value| ListQuery::parse(value.as_str()?));

/// A filter with a name.
#[derive(Serialize, ToSchema)]
pub struct View {
    /// Unique among the caller's views, whatever its case.
    name: Name,
    /// The keys of a list, as an address has them.
    #[schema(example = "email=ann%40example.org&status=pending")]
    query: String,
    /// When it was saved first.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<SavedView> for View {
    fn from(view: SavedView) -> Self {
        Self { name: view.name, query: view.query, created_at: view.created_at }
    }
}

/// The caller's saved views.
#[derive(Serialize, ToSchema)]
pub struct ViewList {
    /// By name.
    items: Vec<View>,
    /// How many there are.
    total: u64,
}

/// What a view shows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "query": "status=pending&sort=-pending_since" })))]
pub struct ViewOrder {
    /// The keys of a list as an address has them, percent-encoded, without `cursor`
    #[schema(value_type = String, max_length = 4096)]
    query: ListQuery,
}

/// List the saved views
///
/// Each user and each token has views of their own.
#[utoipa::path(get, path = "/views", tag = "sessions", operation_id = "list_views",
    responses((status = 200, description = "The caller's views, by name", body = ViewList)))]
pub async fn list(call: Call<Read>) -> Answer {
    let items: Vec<_> = call.app.views.list(&call.caller).await?.into_iter().map(View::from).collect();
    Ok(HttpResponse::Ok().json(ViewList { total: items.len() as u64, items }))
}

/// Get a saved view
#[utoipa::path(get, path = "/views/{name}", tag = "sessions", operation_id = "get_view",
    params(("name" = String, Path, description = "The view's name")),
    responses((status = 200, description = "The view", body = View)))]
pub async fn one(call: Call<Read>) -> Answer {
    Ok(HttpResponse::Ok().json(View::from(call.app.views.one(&call.caller, &call.part("name")).await?)))
}

/// Save a view
///
/// In the place of the caller's own of this name, if there is one. A caller may have 50.
#[utoipa::path(put, path = "/views/{name}", tag = "sessions", operation_id = "save_view", request_body = ViewOrder,
    params(("name" = Name, Path, description = "The view's name")),
    responses(
        (status = 200, description = "It replaced one of the same name", body = View),
        (status = 201, description = "It is new", body = View,
            headers(("Location" = String, description = "The address of the view")))))]
pub async fn put(call: Call<Read>, Json(order): Json<ViewOrder>) -> Answer {
    let name = ViewName::parse(&call.part("name")).ok_or_else(|| {
        let expected = crate::i18n::Message::new("expected-name").to_string();
        Error::invalid("/name", crate::i18n::Message::new("value-not").with("expected", expected))
    })?;
    let (view, is_new) = call.app.views.put(&call.caller, name, order.query.into_text()).await?;
    let view = View::from(view);
    Ok(match is_new {
        true => answers::created(&["views", view.name.as_str()], &view),
        false => HttpResponse::Ok().json(&view),
    })
}

/// Delete a saved view
#[utoipa::path(delete, path = "/views/{name}", tag = "sessions", operation_id = "delete_view",
    params(("name" = String, Path, description = "The view's name")),
    responses((status = 204, description = "Deleted")))]
pub async fn delete(call: Call<Read>) -> Answer {
    call.app.views.remove(&call.caller, &call.part("name")).await?;
    Ok(HttpResponse::NoContent().finish())
}
