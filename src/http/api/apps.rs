//! `/apps`: the apps, and what is looked up in one.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::account::Permission;
use crate::domain::session::App;
use crate::http::extract::{Call, Guard, Query, Read, ReadSecrets, address};
use crate::http::failure::Answer;
use crate::services::error::Error;

/// The apps that a caller may see.
#[derive(Serialize, ToSchema)]
pub struct AppList {
    /// By name.
    items: Vec<App>,
    /// How many there are.
    total: u64,
}

/// One app with its manifest.
#[derive(Serialize, ToSchema)]
pub struct AppDetail {
    #[serde(flatten)]
    app: App,
    /// The manifest, as it stands in the folder, without the secrets for who may not read them; `null` where there is none
    /// that is a JSON object.
    manifest: Option<serde_json::Value>,
    /// The JSON pointers of what was left out of the manifest.
    manifest_redacted: Vec<String>,
}

/// Distinct values.
#[derive(Serialize, ToSchema)]
pub struct Texts {
    /// Sorted, none of them empty.
    items: Vec<String>,
    /// How many there are.
    total: u64,
}

impl Texts {
    fn answer(items: Vec<String>) -> HttpResponse {
        HttpResponse::Ok().json(Self { total: items.len() as u64, items })
    }
}

/// Which apps.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppKeys {
    /// The full id, the bundle id, or the last part of the bundle id
    r#match: Option<String>,
    /// The team's id
    team: Option<String>,
}

impl AppKeys {
    fn take(&self, app: &App) -> bool {
        let id = &app.id;
        let names = [id.as_str(), id.bundle_id(), id.short_name()];
        self.r#match.as_ref().is_none_or(|name| names.contains(&name.as_str()))
            && self.team.as_ref().is_none_or(|team| app.team_id.as_ref() == Some(team))
    }
}

/// List the apps
///
/// Those without a session, but with a manifest, are listed too.
#[utoipa::path(get, path = "/apps", tag = "apps", operation_id = "list_apps",
    params(Query<AppKeys>),
    responses((status = 200, description = "The apps, by name", body = AppList)))]
pub async fn list(call: Call<Read>, Query(keys): Query<AppKeys>) -> Answer {
    let mut answer = call.list_answer();
    let mut items = call.app.catalog.apps(&call.caller.apps).await?;
    items.retain(|app| keys.take(app));
    Ok(answer.json(AppList { total: items.len() as u64, items }))
}

/// Get one app with its manifest
///
/// The manifest leaves out every value whose key looks like a secret, and `manifest_redacted` names them. With
/// `secrets:read` it is whole.
#[utoipa::path(get, path = "/apps/{app}", tag = "apps", operation_id = "get_app",
    params(("app" = String, Path, description = "The app's id: its folder's name")),
    responses((status = 200, description = "The app", body = AppDetail)))]
pub async fn one(call: Call<Read>) -> Answer {
    let app = find(&call).await?;
    let secrets = call.caller.require(Permission::ReadSecrets).is_ok();
    let shown = call.app.catalog.manifest(&call.caller.apps, &app.id, secrets).await?;
    if shown.tells_secrets {
        call.app.accounts.note_secret_read(&call.by(), app.id.as_str()).await?;
    }
    Ok(HttpResponse::Ok().json(AppDetail { app, manifest: shown.document, manifest_redacted: shown.redacted }))
}

/// List an app's distinct e-mail addresses
///
/// Login names too. Two that differ in letter case alone are one, spelled as most sessions have it; of spellings that
/// are as frequent, the first in order.
#[utoipa::path(get, path = "/apps/{app}/emails", tag = "apps", operation_id = "list_emails",
    params(("app" = String, Path, description = "The app's id")),
    responses((status = 200, description = "The addresses, sorted, none empty", body = Texts)))]
pub async fn emails(call: Call<Read>) -> Answer {
    let id = find(&call).await?.id;
    Ok(Texts::answer(call.app.catalog.emails(&call.caller.apps, &id).await?))
}

/// List an app's distinct push-notification tokens
///
/// They are secrets: needs a token that was given `secrets:read`.
#[utoipa::path(get, path = "/apps/{app}/push-tokens", tag = "apps", operation_id = "list_push_tokens",
    params(("app" = String, Path, description = "The app's id")),
    responses((status = 200, description = "The tokens, sorted, none empty", body = Texts)))]
pub async fn push_tokens(call: Call<ReadSecrets>) -> Answer {
    let id = find(&call).await?.id;
    let tokens = call.app.catalog.push_tokens(&call.caller.apps, &id).await?;
    call.app.accounts.note_secret_read(&call.by(), id.as_str()).await?;
    Ok(Texts::answer(tokens))
}

/// The app that the path names, if it exists for this call.caller.
pub async fn find(call: &Call<impl Guard>) -> Result<App, Error> {
    call.app
        .catalog
        .app(&call.caller.apps, &address::app_id(&call.req)?)
        .await?
        .ok_or(Error::NotFound("app-of-this-id"))
}
