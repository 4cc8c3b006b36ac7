//! `/tokens`: what programs use the API with, for owners.

use std::time::SystemTime;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answers;
use super::values::{Life, Networks};
use crate::domain::account::{AppScope, Role};
use crate::domain::name::Name;
use crate::domain::network_scope::NetworkScope;
use crate::domain::timestamp::Timestamp;
use crate::http::extract::{Administer, Call, Json};
use crate::http::failure::Answer;
use crate::services::accounts::{self, NewToken, TokenChange};

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

/// The tokens that the caller may see.
#[derive(Serialize, ToSchema)]
pub struct TokenList {
    /// By name.
    items: Vec<Token>,
    /// How many there are.
    total: u64,
}

/// List the tokens
#[utoipa::path(get, path = "/tokens", tag = "access", operation_id = "list_tokens",
    responses((status = 200, description = "The tokens that are not revoked, by name", body = TokenList)))]
pub async fn list(call: Call<Administer>) -> Answer {
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
pub async fn create(call: Call<Administer>, Json(order): Json<TokenOrder>) -> Answer {
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
pub async fn one(call: Call<Administer>) -> Answer {
    Ok(HttpResponse::Ok().json(Token::from(call.app.accounts.token(&call.by(), &call.part("id")).await?)))
}

/// Change a token
///
/// It reaches and lives no further than the token that made it, or than the one that asks, and is used from no other
/// networks than that one.
#[utoipa::path(patch, path = "/tokens/{id}", tag = "access", operation_id = "change_token",
    params(("id" = String, Path, description = "The token's id")), request_body = TokenPatch,
    responses((status = 200, description = "The token as it is now", body = Token)))]
pub async fn change(call: Call<Administer>, Json(patch): Json<TokenPatch>) -> Answer {
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
pub async fn rotate(call: Call<Administer>, Json(rotation): Json<TokenRotation>) -> Answer {
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
pub async fn revoke(call: Call<Administer>) -> Answer {
    call.app.accounts.revoke_token(&call.by(), &call.part("id")).await?;
    Ok(HttpResponse::NoContent().finish())
}
