//! `/users`, `/tokens` and `/access-log`: who may do what, for owners.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::openapi::{Object, ObjectBuilder, Type};
use utoipa::{IntoParams, ToSchema};

use super::{answers, body, csv};
use crate::app::App;
use crate::config::parse_duration;
use crate::domain::account::{AppScope, Permission, Role};
use crate::domain::query::Query;
use crate::http::extract::{self, Call, LARGEST_BODY};
use crate::http::failure::Answer;
use crate::services::accounts::{
    ACCESS_ACTIONS, AccessEntry, AccessPage, AccessQuery, NewPassword, NewToken, Token, TokenChange, User, UserChange,
};
use crate::services::error::Error;

/// How long a token lives when nothing is said, in seconds: 90 days.
const TOKEN_LIFE: u64 = 90 * 24 * 60 * 60;

/// The users that the caller may see.
#[derive(Serialize, ToSchema)]
pub struct UserList {
    /// By name.
    items: Vec<User>,
    /// How many there are.
    total: u64,
}

/// The tokens that the caller may see.
#[derive(Serialize, ToSchema)]
pub struct TokenList {
    /// By name.
    items: Vec<Token>,
    /// How many there are.
    total: u64,
}

/// List the users
#[utoipa::path(get, path = "/users", tag = "access", operation_id = "list_users",
    responses((status = 200, description = "The users, by name", body = UserList)))]
pub async fn users(call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let items = call.app.accounts.users(&call.by()).await?;
    Ok(HttpResponse::Ok().json(UserList { total: items.len() as u64, items }))
}

/// A user to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "name": "olga", "role": "operator", "apps": ["*.com.contactApp.*"],
    "password": "a long and winding sentence" })))]
pub struct UserOrder {
    /// Unlike every other, whatever its case
    #[schema(schema_with = body::user_name_schema)]
    name: String,
    role: Role,
    /// Globs on the app id; empty for all apps
    #[schema(schema_with = body::globs)]
    apps: Option<Vec<String>>,
    /// At least 12 characters, and not easily guessed
    #[schema(min_length = 12, max_length = 1024)]
    password: String,
}

/// Create a user
#[utoipa::path(post, path = "/users", tag = "access", operation_id = "create_user", request_body = UserOrder,
    responses((status = 201, description = "The user", body = User,
        headers(("Location" = String, description = "The address of the user")))))]
pub async fn create_user(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let mut given = call.json(&["application/json"], LARGEST_BODY).await?;
    let name = body::user_name(&mut given)?;
    let role = body::required_role(&mut given)?;
    let apps = body::apps(&mut given)?.unwrap_or_else(AppScope::all);
    let password = NewPassword::chosen(body::required_secret(&mut given, "password")?);
    given.end()?;
    let user = call.app.accounts.create_user(&call.by(), name, role, apps, password).await?;
    Ok(answers::created(&["users", user.name.as_str()], &user))
}

/// Get a user
#[utoipa::path(get, path = "/users/{name}", tag = "access", operation_id = "get_user",
    params(("name" = String, Path, description = "The user's name")),
    responses((status = 200, description = "The user", body = User)))]
pub async fn user(call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    Ok(HttpResponse::Ok().json(call.app.accounts.user(&call.by(), &named(&call, "name")).await?))
}

/// What to change of a user; what is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "role": "viewer" })))]
pub struct UserPatch {
    #[schema(nullable = false)]
    role: Option<Role>,
    #[schema(schema_with = body::globs_or_absent)]
    apps: Option<Vec<String>>,
    /// Kept out at once, logins and tokens included
    #[schema(nullable = false)]
    disabled: Option<bool>,
    #[schema(nullable = false, min_length = 12, max_length = 1024)]
    password: Option<String>,
    /// The caller's present password: needed where they change their own
    #[schema(nullable = false)]
    current_password: Option<String>,
    /// Whether another password ends the tokens and approval links that this user made, too, and switches off their
    /// webhooks and rules
    #[schema(nullable = false, default = true)]
    revoke: Option<bool>,
}

/// Change a user
///
/// Another role, other apps or another password end the user's logins, and another password ends the tokens and approval
/// links that they made, and switches off the webhooks and rules that act with their rights, unless `revoke` is false. Nobody changes their own password without `current_password`. A
/// browser's login is refused with `password-needed` once its password was given over 15 minutes ago.
#[utoipa::path(patch, path = "/users/{name}", tag = "access", operation_id = "change_user",
    params(("name" = String, Path, description = "The user's name")), request_body = UserPatch,
    responses((status = 200, description = "The user as they are now", body = User)))]
pub async fn change_user(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let name = named(&call, "name");
    let mut given = call.json(&["application/json", "application/merge-patch+json"], LARGEST_BODY).await?;
    given.no_null(&["role", "apps", "disabled", "password", "current_password", "revoke"])?;
    let wanted = UserChange {
        role: body::role(&mut given)?,
        apps: body::apps(&mut given)?,
        disabled: given.optional_flag("disabled")?,
        password: body::secret(&mut given, "password")?.map(NewPassword::chosen),
        present_password: body::secret(&mut given, "current_password")?,
        revoke: given.optional_flag("revoke")?.unwrap_or(true),
    };
    given.end()?;
    Ok(HttpResponse::Ok().json(call.app.accounts.change_user(&call.by(), &name, wanted).await?))
}

/// Delete a user
///
/// They are out at once, logins and tokens included. The last owner cannot be deleted.
#[utoipa::path(delete, path = "/users/{name}", tag = "access", operation_id = "delete_user",
    params(("name" = String, Path, description = "The user's name")),
    responses((status = 204, description = "Deleted")))]
pub async fn delete_user(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    call.no_body().await?;
    call.app.accounts.delete_user(&call.by(), &named(&call, "name")).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// List the tokens
#[utoipa::path(get, path = "/tokens", tag = "access", operation_id = "list_tokens",
    responses((status = 200, description = "The tokens that are not revoked, by name", body = TokenList)))]
pub async fn tokens(call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let items = call.app.accounts.tokens(&call.by()).await?;
    Ok(HttpResponse::Ok().json(TokenList { total: items.len() as u64, items }))
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "name": "nightly", "role": "operator", "apps": [], "expires_in": "90d", "secrets": false })))]
pub struct TokenOrder {
    /// Unique among tokens, whatever its case
    #[schema(schema_with = body::name_schema)]
    name: String,
    role: Role,
    /// Globs on the app id; empty for all apps
    #[schema(schema_with = body::globs)]
    apps: Option<Vec<String>>,
    /// A number and `s`, `m`, `h` or `d`; `null` for ever
    #[schema(default = "90d", pattern = "^[1-9][0-9]{0,3}[smhd]$")]
    expires_in: Option<String>,
    /// Whether it may read secrets
    secrets: Option<bool>,
}

/// What to change of a token; what is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "expires_in": "90d" })))]
pub struct TokenPatch {
    #[schema(schema_with = body::name_schema)]
    name: Option<String>,
    #[schema(schema_with = body::globs_or_absent)]
    apps: Option<Vec<String>>,
    #[schema(schema_with = body::life_schema)]
    expires_in: Option<String>,
}

/// A new token with its secret, which is shown only once.
#[derive(Serialize, ToSchema)]
pub struct MadeToken {
    #[serde(flatten)]
    token: Token,
    /// What programs send: `Authorization: Bearer mst_…`
    secret: String,
}

/// Create a token
///
/// It acts with the lesser of its own rights and its maker's now. One made by a token belongs to that token's maker,
/// reads secrets only where that token does, ends when it does at the latest, and is revoked with it.
#[utoipa::path(post, path = "/tokens", tag = "access", operation_id = "create_token", request_body = TokenOrder,
    responses((status = 201, description = "The token, and its secret, which is shown only once", body = MadeToken,
        headers(("Location" = String, description = "The address of the token")))))]
pub async fn create_token(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let mut given = call.json(&["application/json"], LARGEST_BODY).await?;
    let wanted = NewToken {
        name: body::name(&mut given)?,
        role: body::required_role(&mut given)?,
        apps: body::apps(&mut given)?.unwrap_or_else(AppScope::all),
        expires_in: expires_in(&mut given)?,
        secrets: given.flag("secrets")?,
    };
    given.end()?;
    let (token, secret) = call.app.accounts.create_token(&call.by(), wanted).await?;
    let made = MadeToken { token, secret: secret.expose().clone() };
    Ok(answers::created(&["tokens", &made.token.id], &made))
}

/// Get a token, without its secret
#[utoipa::path(get, path = "/tokens/{id}", tag = "access", operation_id = "get_token",
    params(("id" = String, Path, description = "The token's id")),
    responses((status = 200, description = "The token", body = Token)))]
pub async fn token(call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    Ok(HttpResponse::Ok().json(call.app.accounts.token(&call.by(), &named(&call, "id")).await?))
}

/// Change a token
///
/// It reaches and lives no further than the token that made it, or than the one that asks.
#[utoipa::path(patch, path = "/tokens/{id}", tag = "access", operation_id = "change_token",
    params(("id" = String, Path, description = "The token's id")), request_body = TokenPatch,
    responses((status = 200, description = "The token as it is now", body = Token)))]
pub async fn change_token(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let id = named(&call, "id");
    let mut given = call.json(&["application/json", "application/merge-patch+json"], LARGEST_BODY).await?;
    given.no_null(&["name", "apps"])?;
    let wanted = TokenChange {
        name: body::optional_name(&mut given)?,
        apps: body::apps(&mut given)?,
        expires_in: if given.has("expires_in") { Some(expires_in(&mut given)?) } else { None },
    };
    given.end()?;
    Ok(HttpResponse::Ok().json(call.app.accounts.change_token(&call.by(), &id, wanted).await?))
}

/// No end only by choice: `null`.
fn expires_in(given: &mut extract::Object) -> Result<Option<u64>, Error> {
    match given.take("expires_in") {
        None => Ok(Some(TOKEN_LIFE)),
        Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => {
            let wrong = |why| given.wrong("expires_in", format!("This is no time: {why}."));
            parse_duration(&text).map(|time| Some(time.as_secs())).map_err(wrong)
        }
        Some(_) => Err(given.wrong("expires_in", "This must be a time, as \"90d\", or null for ever.")),
    }
}

/// Revoke a token
///
/// It is refused from now on, and so is every token that it made.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "access", operation_id = "revoke_token",
    params(("id" = String, Path, description = "The token's id")),
    responses((status = 204, description = "Revoked")))]
pub async fn revoke_token(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    call.no_body().await?;
    call.app.accounts.revoke_token(&call.by(), &named(&call, "id")).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn actions() -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(ACCESS_ACTIONS)).build()
}

/// The keys of the access log. [`AccessQuery`] parses them; this is their description.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "read by the API's document alone")]
pub struct AccessKeys {
    /// The exact name of who did it
    actor: Option<String>,
    /// What was done
    #[param(schema_with = actions)]
    action: Option<String>,
    /// At or after this time
    #[param(value_type = Option<String>, format = DateTime)]
    since: Option<String>,
    /// Before this time
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<String>,
    /// How many items a page has
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// `next_cursor` of the page before
    cursor: Option<String>,
}

/// List who came in, and who changed what others may do
///
/// The newest first. For owners of all apps. With `Accept: text/csv`, the whole result as CSV.
#[utoipa::path(get, path = "/access-log", tag = "access", operation_id = "list_access_log", params(AccessKeys),
    responses((status = 200, description = "One page, and a Link header to the next", content(
        (AccessPage = "application/json"), (String = "text/csv")))))]
pub async fn log(call: Call) -> Answer {
    call.require(Permission::ReadAccessLog)?;
    let query = AccessQuery::from_pairs(call.pairs()?)?;
    if csv::is_wanted(&call.req) {
        call.app.accounts.note_export(&call.by(), "access-log").await?;
        return Ok(export_log(&call.app, query));
    }
    let page = call.app.accounts.access_log(&query).await?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::VARY, "Accept"));
    if let Some(cursor) = &page.next_cursor {
        answer.insert_header((header::LINK, call.next_link(cursor)));
    }
    Ok(answer.json(page))
}

const LOG_COLUMNS: [&str; 9] =
    ["id", "at", "actor_kind", "actor_name", "action", "subject", "detail", "count", "address"];

/// The whole access log as CSV, of what is there now.
fn export_log(app: &web::Data<App>, query: AccessQuery) -> HttpResponse {
    let query = AccessQuery { limit: Query::LARGEST_LIMIT, cursor: None, ..query };
    let parts = stream::try_unfold(Some((app.accounts.clone(), query)), |rest| async {
        let Some((accounts, mut query)) = rest else { return Ok(None) };
        let page = accounts.access_log(&query).await?;
        let mut rows = csv::Rows::new();
        for entry in page.items {
            rows.push(log_cells(entry))?;
        }
        query.cursor = page.next_cursor.and_then(|cursor| cursor.parse().ok());
        let rest = query.cursor.is_some().then_some((accounts, query));
        Ok::<_, Error>(Some((rows.finish()?, rest)))
    });
    csv::answer("access-log.csv", csv::with_heads(&LOG_COLUMNS, parts))
}

fn log_cells(entry: AccessEntry) -> [String; LOG_COLUMNS.len()] {
    let AccessEntry { id, at, actor, action, subject, detail, count, address } = entry;
    let text = |value: Option<String>| value.unwrap_or_default();
    let (at, kind) = (at.to_string(), actor.kind.as_str().to_owned());
    [id, at, kind, actor.name, action, text(subject), text(detail), count.to_string(), text(address)]
}

/// A name in the path: one that is not UTF-8 is nobody's.
fn named(call: &Call, part: &str) -> String {
    call.part(part).unwrap_or_default()
}
