//! `/users` and `/access-log`: who may do what, for owners.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder, Type};

use super::answers;
use super::csv::{self, cell};
use super::values::{Limit, NumberCursor, read_as};
use crate::app::App;
use crate::domain::account::{Actor, AppScope, Role};
use crate::domain::name::UserName;
use crate::domain::query::{Query as SessionQuery, QueryError};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::http::extract::{Administer, Call, Json, Query, ReadAccessLog, parse};
use crate::http::failure::Answer;
use crate::i18n::Message;
use crate::services::accounts::{self, ACCESS_ACTIONS, AccessQuery, NewPassword, UserChange};
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
    /// Since when they have a second factor; `null` without one.
    #[schema(value_type = Option<String>, format = DateTime)]
    second_factor_since: Option<Timestamp>,
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
            second_factor_since: user.factor_since,
            created_at: user.created_at,
            last_login_at: user.last_login_at,
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

/// Take away the second factor of a user
///
/// For somebody who lost what it was on. Their logins end, and the next one needs the password alone. 404 without one.
#[utoipa::path(delete, path = "/users/{name}/second-factor", tag = "access", operation_id = "remove_second_factor",
    params(("name" = String, Path, description = "The user's name")),
    responses((status = 204, description = "Taken away")))]
pub async fn remove_factor(call: Call<Administer>) -> Answer {
    call.app.accounts.remove_factor(&call.by(), &call.part("name")).await?;
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
    /// `login`, `login_failed`, `logout`, `logout_elsewhere`, `password_changed`, `factor_added`,
    /// `factor_removed`, `factor_failed`, `recovery_codes_renewed`, `recovery_code_used`, `user_created`, `user_changed`,
    /// `user_deleted`, `token_created`, `token_changed`, `token_rotated`, `token_revoked`, `webhook_created`, `webhook_changed`,
    /// `webhook_secret_rotated`, `webhook_deleted`, `rule_created`, `rule_changed`, `rule_deleted`, `link_created`,
    /// `link_revoked`, `delivery_retried`, `denied`, `token_refused`, `token_elsewhere`, `secret_read`, `exported`,
    /// `folder_confirmed`, `auto_push_on` or `auto_push_off`.
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
