//! `/users`, `/tokens` and `/access-log`: who may do what, for owners.

use std::time::SystemTime;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder, Type};

use super::answers;
use super::csv::{self, cell};
use super::values::{Life, Limit, Networks, NumberCursor, read_as};
use crate::app::App;
use crate::domain::account::{Actor, AppScope, Role};
use crate::domain::name::{Name, UserName};
use crate::domain::network_scope::NetworkScope;
use crate::domain::query::{Query as SessionQuery, QueryError};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::http::extract::{Administer, Call, Json, Query, ReadAccessLog, parse};
use crate::http::failure::Answer;
use crate::i18n::Message;
use crate::services::accounts::{self, ACCESS_ACTIONS, AccessQuery, NewPassword, NewToken, TokenChange, UserChange};
use crate::services::error::Error;

/// A user as owners see them.
#[derive(Serialize, ToSchema)]
pub struct User {
    /// Stable.
    id: String,
    /// Unique.
    name: String,
    /// What they may do.
    role: Role,
    /// The apps they are held to; empty for all.
    apps: Vec<String>,
    /// Whether they are kept out.
    disabled: bool,
    /// Whether they must choose another password at their next login, since the program made theirs up.
    must_change_password: bool,
    /// When the user was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When they last logged in.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_login_at: Option<Timestamp>,
}

impl From<accounts::User> for User {
    fn from(user: accounts::User) -> Self {
        Self {
            id: user.id,
            name: user.name,
            role: user.role,
            apps: user.apps,
            disabled: user.disabled,
            must_change_password: user.must_change_password,
            created_at: user.created_at,
            last_login_at: user.last_login_at,
        }
    }
}

/// A token as owners see it: never with its secret.
#[derive(Serialize, ToSchema)]
pub struct Token {
    /// Stable.
    id: String,
    /// Unique among the tokens that are not revoked.
    name: String,
    /// What it may do.
    role: Role,
    /// The apps it is held to; empty for all.
    apps: Vec<String>,
    /// Whether `secrets:read` was given.
    secrets: bool,
    /// The networks it may be used from; empty for any.
    networks: Vec<String>,
    /// The id of the token that made it, with which it is revoked; `null` for one that no token made.
    made_by_token: Option<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it ends; `null` for never.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    /// Whether it ends within 14 days.
    expires_soon: bool,
    /// Until when the secret before works too; `null` when there is none.
    #[schema(value_type = Option<String>, format = DateTime)]
    previous_secret_until: Option<Timestamp>,
    /// When it was last used.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Timestamp>,
    /// From which address.
    last_used_ip: Option<String>,
}

impl From<accounts::Token> for Token {
    fn from(token: accounts::Token) -> Self {
        Self {
            expires_soon: token.life(SystemTime::now().into()) == accounts::Life::Short,
            previous_secret_until: token.previous_secret_until,
            networks: token.networks,
            id: token.id,
            name: token.name,
            role: token.role,
            apps: token.apps,
            secrets: token.secrets,
            made_by_token: token.made_by_token,
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_at: token.last_used_at,
            last_used_ip: token.last_used_ip,
        }
    }
}

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
pub async fn users(call: Call<Administer>) -> Answer {
    let items: Vec<_> = call.app.accounts.users(&call.by()).await?.into_iter().map(User::from).collect();
    Ok(HttpResponse::Ok().json(UserList { total: items.len() as u64, items }))
}

/// A user to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "olga", "role": "operator", "apps": ["*.com.contactApp.*"],
    "password": "a long and winding sentence" })))]
pub struct UserOrder {
    /// Unlike every other, whatever its case
    name: UserName,
    role: Role,
    /// Globs on the app id; empty for all apps
    apps: Option<AppScope>,
    /// At least 12 characters, and not easily guessed
    #[schema(value_type = String, min_length = 12, max_length = 1024)]
    password: Secret<String>,
}

/// Create a user
#[utoipa::path(post, path = "/users", tag = "access", operation_id = "create_user", request_body = UserOrder,
    responses((status = 201, description = "The user", body = User,
        headers(("Location" = String, description = "The address of the user")))))]
pub async fn create_user(call: Call<Administer>, Json(order): Json<UserOrder>) -> Answer {
    let UserOrder { name, role, apps, password } = order;
    let (apps, password) = (apps.unwrap_or_default(), NewPassword::chosen(password));
    let user = User::from(call.app.accounts.create_user(&call.by(), name, role, apps, password).await?);
    Ok(answers::created(&["users", user.name.as_str()], &user))
}

/// Get a user
#[utoipa::path(get, path = "/users/{name}", tag = "access", operation_id = "get_user",
    params(("name" = String, Path, description = "The user's name")),
    responses((status = 200, description = "The user", body = User)))]
pub async fn user(call: Call<Administer>) -> Answer {
    Ok(HttpResponse::Ok().json(User::from(call.app.accounts.user(&call.by(), &call.part("name")).await?)))
}

/// What to change of a user; what is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "role": "viewer" })))]
pub struct UserPatch {
    #[schema(nullable = false)]
    role: Option<Role>,
    #[schema(nullable = false)]
    apps: Option<AppScope>,
    /// Kept out at once, logins and tokens included
    #[schema(nullable = false)]
    disabled: Option<bool>,
    #[schema(value_type = Option<String>, nullable = false, min_length = 12, max_length = 1024)]
    password: Option<Secret<String>>,
    /// The caller's present password: needed where they change their own
    #[schema(value_type = Option<String>, nullable = false)]
    current_password: Option<Secret<String>>,
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
pub async fn change_user(call: Call<Administer>, Json(patch): Json<UserPatch>) -> Answer {
    let wanted = UserChange {
        role: patch.role,
        apps: patch.apps,
        disabled: patch.disabled,
        password: patch.password.map(NewPassword::chosen),
        present_password: patch.current_password,
        revoke: patch.revoke.unwrap_or(true),
    };
    Ok(HttpResponse::Ok()
        .json(User::from(call.app.accounts.change_user(&call.by(), &call.part("name"), wanted).await?)))
}

/// Delete a user
///
/// They are out at once, logins and tokens included. The last owner cannot be deleted.
#[utoipa::path(delete, path = "/users/{name}", tag = "access", operation_id = "delete_user",
    params(("name" = String, Path, description = "The user's name")),
    responses((status = 204, description = "Deleted")))]
pub async fn delete_user(call: Call<Administer>) -> Answer {
    call.app.accounts.delete_user(&call.by(), &call.part("name")).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// List the tokens
#[utoipa::path(get, path = "/tokens", tag = "access", operation_id = "list_tokens",
    responses((status = 200, description = "The tokens that are not revoked, by name", body = TokenList)))]
pub async fn tokens(call: Call<Administer>) -> Answer {
    let items: Vec<_> = call.app.accounts.tokens(&call.by()).await?.into_iter().map(Token::from).collect();
    Ok(HttpResponse::Ok().json(TokenList { total: items.len() as u64, items }))
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "nightly", "role": "operator", "apps": [], "expires_in": "90d", "secrets": false })))]
pub struct TokenOrder {
    /// Unique among tokens, whatever its case
    name: Name,
    role: Role,
    /// Globs on the app id; empty for all apps
    apps: Option<AppScope>,
    /// A number and `s`, `m`, `h` or `d`; `null` for ever
    #[serde(default = "token_life")]
    #[schema(value_type = Option<String>, default = "90d", pattern = "^[1-9][0-9]{0,3}[smhd]$", required = false)]
    expires_in: Option<Life>,
    /// Whether it may read secrets
    secrets: Option<bool>,
    /// Networks or addresses that it may be used from; empty for any
    #[schema(value_type = Vec<String>, max_items = 100, example = json!(["10.0.0.0/8"]), required = false)]
    networks: Option<Networks>,
}

fn network_scope(networks: Option<Networks>) -> Option<NetworkScope> {
    networks.map(|Networks(networks)| NetworkScope::new(networks))
}

/// A token ends unless it is made to work for ever.
fn token_life() -> Option<Life> {
    Some(Life(90 * 24 * 60 * 60))
}

/// What to change of a token; what is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "expires_in": "90d" })))]
pub struct TokenPatch {
    #[schema(nullable = false)]
    name: Option<Name>,
    #[schema(nullable = false)]
    apps: Option<AppScope>,
    /// A number and `s`, `m`, `h` or `d`, from now on; `null` for ever
    #[schema(value_type = Option<String>, pattern = "^[1-9][0-9]{0,3}[smhd]$", example = "90d")]
    expires_in: Option<Option<Life>>,
    /// Networks or addresses that it may be used from; empty for any
    #[schema(value_type = Option<Vec<String>>, nullable = false, max_items = 100, example = json!(["10.0.0.0/8"]))]
    networks: Option<Networks>,
}

/// How a token gets a new secret.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "grace": "1h" })))]
pub struct TokenRotation {
    /// For how long the secret before works too: a number and `s`, `m`, `h` or `d`; `null` for not at all
    #[schema(value_type = Option<String>, pattern = "^[1-9][0-9]{0,3}[smhd]$", example = "1h")]
    grace: Option<Life>,
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
/// reads secrets only where that token does, ends when it does at the latest, is used from its networks alone, and is
/// revoked with it. From elsewhere than `networks`, a token is refused as one that there is not.
#[utoipa::path(post, path = "/tokens", tag = "access", operation_id = "create_token", request_body = TokenOrder,
    responses((status = 201, description = "The token, and its secret, which is shown only once", body = MadeToken,
        headers(("Location" = String, description = "The address of the token")))))]
pub async fn create_token(call: Call<Administer>, Json(order): Json<TokenOrder>) -> Answer {
    let wanted = NewToken {
        name: order.name,
        role: order.role,
        apps: order.apps.unwrap_or_default(),
        expires_in: order.expires_in.map(|Life(seconds)| seconds),
        secrets: order.secrets.unwrap_or_default(),
        networks: network_scope(order.networks).unwrap_or_default(),
    };
    let (token, secret) = call.app.accounts.create_token(&call.by(), wanted).await?;
    let made = MadeToken { token: token.into(), secret: secret.expose().clone() };
    Ok(answers::created(&["tokens", &made.token.id], &made))
}

/// Get a token, without its secret
#[utoipa::path(get, path = "/tokens/{id}", tag = "access", operation_id = "get_token",
    params(("id" = String, Path, description = "The token's id")),
    responses((status = 200, description = "The token", body = Token)))]
pub async fn token(call: Call<Administer>) -> Answer {
    Ok(HttpResponse::Ok().json(Token::from(call.app.accounts.token(&call.by(), &call.part("id")).await?)))
}

/// Change a token
///
/// It reaches and lives no further than the token that made it, or than the one that asks, and is used from no other
/// networks than that one.
#[utoipa::path(patch, path = "/tokens/{id}", tag = "access", operation_id = "change_token",
    params(("id" = String, Path, description = "The token's id")), request_body = TokenPatch,
    responses((status = 200, description = "The token as it is now", body = Token)))]
pub async fn change_token(call: Call<Administer>, Json(patch): Json<TokenPatch>) -> Answer {
    let wanted = TokenChange {
        name: patch.name,
        apps: patch.apps,
        expires_in: patch.expires_in.map(|life| life.map(|Life(seconds)| seconds)),
        networks: network_scope(patch.networks),
    };
    Ok(HttpResponse::Ok()
        .json(Token::from(call.app.accounts.change_token(&call.by(), &call.part("id"), wanted).await?)))
}

/// Give a token a new secret
///
/// Name, id and rights stay. The secret before works for `grace`, and ends at once without it, as does an earlier one
/// that still worked. A token that has expired is refused. A token that asks gets no secret that gives more than it has.
#[utoipa::path(post, path = "/tokens/{id}/rotate", tag = "access", operation_id = "rotate_token",
    params(("id" = String, Path, description = "The token's id")), request_body = TokenRotation,
    responses((status = 201, description = "The token, and its new secret, which is shown only once", body = MadeToken,
        headers(("Location" = String, description = "The address of the token")))))]
pub async fn rotate_token(call: Call<Administer>, Json(rotation): Json<TokenRotation>) -> Answer {
    let grace = rotation.grace.map(|Life(seconds)| seconds);
    let (token, secret) = call.app.accounts.rotate_token(&call.by(), &call.part("id"), grace).await?;
    let made = MadeToken { token: token.into(), secret: secret.expose().clone() };
    Ok(answers::created(&["tokens", &made.token.id], &made))
}

/// Revoke a token
///
/// It is refused from now on, and so is every token that it made.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "access", operation_id = "revoke_token",
    params(("id" = String, Path, description = "The token's id")),
    responses((status = 204, description = "Revoked")))]
pub async fn revoke_token(call: Call<Administer>) -> Answer {
    call.app.accounts.revoke_token(&call.by(), &call.part("id")).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn actions() -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(ACCESS_ACTIONS)).build()
}

/// One entry of the access log.
#[derive(Serialize, ToSchema)]
pub struct AccessEntry {
    /// In the order in which things happened.
    id: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who; the name is empty where a login failed and nobody has the name that was given.
    actor: Actor,
    /// `login`, `login_failed`, `logout`, `logout_elsewhere`, `password_changed`, `user_created`, `user_changed`,
    /// `user_deleted`, `token_created`, `token_changed`, `token_rotated`, `token_revoked`, `webhook_created`, `webhook_changed`,
    /// `webhook_secret_rotated`, `webhook_deleted`, `rule_created`, `rule_changed`, `rule_deleted`, `link_created`,
    /// `link_revoked`, `delivery_retried`, `denied`, `token_refused`, `token_elsewhere`, `secret_read`, `exported` or `folder_confirmed`.
    action: String,
    /// The user, token, webhook, rule, session or folder it was done to; the app or session whose secrets were read; the
    /// list that was exported.
    subject: Option<String>,
    /// What was given to them, or what a rule says; the request that was refused.
    detail: Option<String>,
    /// How often: what one caller was refused, the secrets of one app or session that they read, and one list that they
    /// exported, are one entry within a minute. Of what was refused, `detail` names the first.
    count: u64,
    /// The client's address; `null` for the command line.
    address: Option<String>,
}

impl From<accounts::AccessEntry> for AccessEntry {
    fn from(entry: accounts::AccessEntry) -> Self {
        Self {
            id: entry.id,
            at: entry.at,
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            detail: entry.detail,
            count: entry.count,
            address: entry.address,
        }
    }
}

/// One page of the access log, newest first.
#[derive(Serialize, ToSchema)]
pub struct AccessPage {
    /// The entries of this page.
    items: Vec<AccessEntry>,
    /// How many entries the whole list has.
    total: u64,
    /// Where the next page begins; `null` on the last.
    next_cursor: Option<String>,
}

impl From<accounts::AccessPage> for AccessPage {
    fn from(page: accounts::AccessPage) -> Self {
        Self {
            items: page.items.into_iter().map(AccessEntry::from).collect(),
            total: page.total,
            next_cursor: page.next_cursor,
        }
    }
}

/// Which entries of the access log.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessKeys {
    /// The exact name of who did it
    actor: Option<String>,
    /// What was done
    #[schema(schema_with = actions)]
    action: Option<AccessAction>,
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
    cursor: Option<NumberCursor>,
}

/// One of [`ACCESS_ACTIONS`].
struct AccessAction(String);

read_as!(AccessAction, Message::new("expected-one-of").with("known", ACCESS_ACTIONS.join(", ")), |value| {
    value.as_str().filter(|action| ACCESS_ACTIONS.contains(action)).map(|action| Self(action.to_owned()))
});

impl From<AccessKeys> for AccessQuery {
    fn from(keys: AccessKeys) -> Self {
        Self {
            actor: keys.actor,
            action: keys.action.map(|AccessAction(action)| action),
            since: keys.since,
            until: keys.until,
            limit: keys.limit.0,
            cursor: keys.cursor.map(|NumberCursor(number)| number),
        }
    }
}

/// Reads the keys of a list of the access log from an address.
pub fn access_query<K: Into<String>, V: Into<String>>(
    pairs: impl IntoIterator<Item = (K, V)>,
) -> Result<AccessQuery, QueryError> {
    Ok(parse::<AccessKeys>(pairs)?.into())
}

/// List who came in, and who changed what others may do
///
/// The newest first. For owners of all apps. With `Accept: text/csv`, the whole result as CSV.
#[utoipa::path(get, path = "/access-log", tag = "access", operation_id = "list_access_log", params(Query<AccessKeys>),
    responses((status = 200, description = "One page, and a Link header to the next", content(
        (AccessPage = "application/json"), (String = "text/csv")))))]
pub async fn log(call: Call<ReadAccessLog>, Query(keys): Query<AccessKeys>) -> Answer {
    let query = AccessQuery::from(keys);
    if csv::is_wanted(&call.req) {
        call.app.accounts.note_export(&call.by(), "access-log").await?;
        return Ok(export_log(&call.app, query));
    }
    let page = call.app.accounts.access_log(&query).await?;
    Ok(call.page(page.next_cursor.as_deref()).insert_header((header::VARY, "Accept")).json(AccessPage::from(page)))
}

const LOG_COLUMNS: &[csv::Column<accounts::AccessEntry>] = &[
    ("id", |entry| entry.id.clone()),
    ("at", |entry| entry.at.to_string()),
    ("actor_kind", |entry| entry.actor.kind.as_str().to_owned()),
    ("actor_name", |entry| entry.actor.name.clone()),
    ("action", |entry| entry.action.clone()),
    ("subject", |entry| cell(entry.subject.as_ref())),
    ("detail", |entry| cell(entry.detail.as_ref())),
    ("count", |entry| entry.count.to_string()),
    ("address", |entry| cell(entry.address.as_ref())),
];

/// The whole access log as CSV, of what is there now.
fn export_log(app: &web::Data<App>, query: AccessQuery) -> HttpResponse {
    let query = AccessQuery { limit: SessionQuery::LARGEST_LIMIT, cursor: None, ..query };
    let parts = stream::try_unfold(Some((app.accounts.clone(), query)), |rest| async {
        let Some((accounts, mut query)) = rest else { return Ok(None) };
        let page = accounts.access_log(&query).await?;
        let mut rows = csv::Rows::new();
        for entry in page.items {
            rows.push(LOG_COLUMNS, &entry)?;
        }
        query.cursor = page.next_cursor.and_then(|cursor| cursor.parse().ok());
        let rest = query.cursor.is_some().then_some((accounts, query));
        Ok::<_, Error>(Some((rows.finish()?, rest)))
    });
    csv::answer("access-log.csv", csv::with_headings(LOG_COLUMNS, parts))
}
