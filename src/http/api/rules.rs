//! `/rules`: what lets devices in by itself, for owners.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{answers, body};
use crate::config::parse_network;
use crate::domain::account::{AppScope, Permission};
use crate::domain::change::Reason;
use crate::domain::rule::Conditions;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::http::extract::{Call, LARGEST_BODY, Object, whole_number};
use crate::http::failure::Answer;
use crate::services::error::Error;
use crate::services::rules::{LARGEST_ORDER, MOST_GLOBS, NewRule, Rule, RuleAction, RuleChange, WhenChange, is_glob};

/// The rules that the caller may see.
#[derive(Serialize, ToSchema)]
pub struct RuleList {
    /// In the order in which they are looked at.
    items: Vec<Rule>,
    /// How many there are.
    total: u64,
}

/// The sessions that conditions would let in.
#[derive(Serialize, ToSchema)]
pub struct RulePreview {
    /// Those that wait longest first, at most 10,000.
    items: Vec<Session>,
    /// How many there are.
    total: u64,
}

/// What must hold of a session, all of it; an empty list or `null` lets everything through.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
pub struct WhenOrder {
    /// Globs on the app id
    #[schema(schema_with = body::globs)]
    apps: Option<Vec<String>>,
    /// Globs on the e-mail or login name, in either case. Only `""` matches an empty one, and what is neither an address
    /// nor a login name matches none
    #[schema(max_items = 100, example = json!(["*@example.com"]))]
    emails: Option<Vec<String>>,
    /// The system, exactly, or its family: "Android" is "Android P" too; in either case
    #[schema(max_items = 100, example = json!(["iOS", "iPadOS"]))]
    os: Option<Vec<String>>,
    /// Globs on the app's version
    #[schema(max_items = 100, example = json!(["2.*"]))]
    app_versions: Option<Vec<String>>,
    /// Globs on the language's id or code, in either case
    #[schema(max_items = 100, example = json!(["fr", "en_*"]))]
    languages: Option<Vec<String>>,
    /// Networks or addresses of the client. An IPv4-mapped address is IPv4
    #[schema(max_items = 100, example = json!(["10.0.0.0/8"]))]
    networks: Option<Vec<String>>,
    /// Whether the device is a simulator; a file that does not say so matches neither
    simulator: Option<bool>,
    /// Whether the device is jailbroken; a file that cannot be read matches neither
    jailbroken: Option<bool>,
    /// Whether another session of the same app, in any of its folders that the rule's owner may see, and of the same device
    /// id is accepted now; without a device id neither
    known_device: Option<bool>,
}

/// A rule to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "name": "staff", "when": { "emails": ["*@example.com"] }, "note": "In the office" })))]
pub struct RuleOrder {
    /// Unique among rules, whatever its case
    #[schema(schema_with = body::name_schema)]
    name: String,
    /// Whether it is looked at from now on
    #[schema(default = true)]
    enabled: Option<bool>,
    /// The lowest is looked at first, and the first that matches counts; absent for behind the last
    #[schema(minimum = 0, maximum = 1_000_000)]
    order: Option<i64>,
    #[schema(inline)]
    when: WhenOrder,
    #[schema(nullable = false)]
    action: Option<RuleAction>,
    /// From then on it is not looked at; `null` for never
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<String>,
    /// Why there is such a rule: the journal's reason
    #[schema(max_length = 500)]
    note: Option<String>,
}

/// What to change of a rule; what is absent stays as it is, in `when` too.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "enabled": false })))]
pub struct RulePatch {
    #[schema(schema_with = body::name_schema)]
    name: Option<String>,
    #[schema(nullable = false)]
    enabled: Option<bool>,
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000)]
    order: Option<i64>,
    #[schema(inline, nullable = false)]
    when: Option<WhenOrder>,
    #[schema(nullable = false)]
    action: Option<RuleAction>,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<String>,
    #[schema(max_length = 500)]
    note: Option<String>,
}

/// Conditions to be tried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "when": { "emails": ["*@example.com"] } })))]
pub struct PreviewOrder {
    #[schema(inline)]
    when: WhenOrder,
}

/// List the rules
#[utoipa::path(get, path = "/rules", tag = "rules", operation_id = "list_rules",
    responses((status = 200, description = "The rules, in the order in which they are looked at", body = RuleList)))]
pub async fn list(call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let items = call.app.rules.list(&call.by()).await?;
    Ok(HttpResponse::Ok().json(RuleList { total: items.len() as u64, items }))
}

/// Create a rule
///
/// It acts on sessions that arrive pending, or that 4D makes pending, from now on; never on those that are pending
/// already, or that a person set pending. It reaches no further than the apps of who makes it.
#[utoipa::path(post, path = "/rules", tag = "rules", operation_id = "create_rule", request_body = RuleOrder,
    responses((status = 201, description = "The rule", body = Rule)))]
pub async fn create(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let mut given = call.json(&["application/json"], LARGEST_BODY).await?;
    let wanted = NewRule {
        name: body::name(&mut given)?,
        enabled: given.optional_flag("enabled")?.unwrap_or(true),
        order: order(&mut given)?,
        when: required_when(&mut given)?,
        expires_at: expires_at(&mut given)?.flatten(),
        note: note(&mut given)?.flatten(),
    };
    action(&mut given)?;
    given.end()?;
    let rule = call.app.rules.create(&call.by(), wanted).await?;
    Ok(answers::created(&["rules", &rule.id], &rule))
}

/// Get a rule
#[utoipa::path(get, path = "/rules/{id}", tag = "rules", operation_id = "get_rule",
    params(("id" = String, Path, description = "The rule's id")),
    responses((status = 200, description = "The rule", body = Rule)))]
pub async fn one(call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    Ok(HttpResponse::Ok().json(call.app.rules.rule(&call.by(), &call.part("id").unwrap_or_default()).await?))
}

/// Change a rule
///
/// What it lets in that it did not before, it lets in from now on alone. Whoever changes it, or saves it while it is paused,
/// becomes its owner: it lets in only where they may administer. `null` stands for *any* within `when`, for *never* in `expires_at` and for none in
/// `note`.
#[utoipa::path(patch, path = "/rules/{id}", tag = "rules", operation_id = "change_rule",
    params(("id" = String, Path, description = "The rule's id")),
    request_body(content((RulePatch = "application/json"), (RulePatch = "application/merge-patch+json"))),
    responses((status = 200, description = "The rule as it is now", body = Rule)))]
pub async fn change(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let id = call.part("id").unwrap_or_default();
    let mut given = call.json(&["application/json", "application/merge-patch+json"], LARGEST_BODY).await?;
    given.no_null(&["name", "enabled", "order", "when", "action"])?;
    let wanted = RuleChange {
        name: body::optional_name(&mut given)?,
        enabled: given.optional_flag("enabled")?,
        order: order(&mut given)?,
        when: given.take("when").map(when).transpose()?,
        expires_at: expires_at(&mut given)?,
        note: note(&mut given)?,
    };
    action(&mut given)?;
    given.end()?;
    Ok(HttpResponse::Ok().json(call.app.rules.change(&call.by(), &id, wanted).await?))
}

/// Delete a rule
///
/// What it let in stays.
#[utoipa::path(delete, path = "/rules/{id}", tag = "rules", operation_id = "delete_rule",
    params(("id" = String, Path, description = "The rule's id")),
    responses((status = 204, description = "Deleted")))]
pub async fn delete(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    call.no_body().await?;
    call.app.rules.delete(&call.by(), &call.part("id").unwrap_or_default()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Try conditions
///
/// Which of the sessions that are pending now they would let in. Nothing is changed.
#[utoipa::path(post, path = "/rules/preview", tag = "rules", operation_id = "preview_rule",
    request_body = PreviewOrder,
    responses((status = 200, description = "The sessions, those that wait longest first", body = RulePreview)))]
pub async fn preview(mut call: Call) -> Answer {
    let caller = call.require(Permission::Administer)?;
    call.changes_nothing();
    call.no_query()?;
    let mut given = call.json(&["application/json"], LARGEST_BODY).await?;
    let when = required_when(&mut given)?;
    given.end()?;
    let (items, total) = call.app.rules.preview(&caller.apps, &when)?;
    Ok(HttpResponse::Ok().json(RulePreview { items, total }))
}

fn required_when(given: &mut Object) -> Result<Conditions, Error> {
    let value = given.take("when").ok_or_else(|| given.wrong("when", "This is needed: an object, as {}."))?;
    Ok(when(value)?.apply(Conditions::default()))
}

fn when(value: Value) -> Result<WhenChange, Error> {
    let mut given = Object::of(value, "/when")?;
    let apps = texts(&mut given, "apps", is_glob)?;
    let networks = texts(&mut given, "networks", |net| parse_network(net).is_ok())?;
    let wanted = WhenChange {
        apps: apps.map(|globs| AppScope::parse(&globs).ok_or_else(|| given.wrong("apps", LIST))).transpose()?,
        emails: texts(&mut given, "emails", |glob| glob.is_empty() || is_glob(glob))?,
        os: texts(&mut given, "os", is_glob)?,
        app_versions: texts(&mut given, "app_versions", is_glob)?,
        languages: texts(&mut given, "languages", is_glob)?,
        networks: networks.map(|nets| nets.iter().filter_map(|net| parse_network(net).ok()).collect()),
        simulator: flag(&mut given, "simulator")?,
        jailbroken: flag(&mut given, "jailbroken")?,
        known_device: flag(&mut given, "known_device")?,
    };
    given.end()?;
    Ok(wanted)
}

const LIST: &str = "This must be a list of at most 100 texts, each of 1 to 255 characters, none of them a control \
    character.";

/// The texts of a key; `None` where it is absent. `null` is an empty list.
fn texts(given: &mut Object, key: &str, good: impl Fn(&str) -> bool) -> Result<Option<Vec<String>>, Error> {
    let list = match given.take(key) {
        None => return Ok(None),
        Some(Value::Null) => return Ok(Some(Vec::new())),
        Some(Value::Array(list)) if list.len() <= MOST_GLOBS => list,
        Some(_) => return Err(given.wrong(key, LIST)),
    };
    let mut texts = Vec::with_capacity(list.len());
    for (n, value) in list.into_iter().enumerate() {
        match value {
            Value::String(text) if good(&text) => texts.push(text),
            Value::String(_) if key == "networks" => {
                let what = "This is no network: give one, or an address, as 10.0.0.0/8, fd00::/8 or 192.0.2.1.";
                return Err(Error::invalid(format!("{}/{n}", given.pointer(key)), what));
            }
            _ => return Err(given.wrong(key, LIST)),
        }
    }
    Ok(Some(texts))
}

/// A boolean or `null`; the outer `None` where the key is absent.
fn flag(given: &mut Object, key: &str) -> Result<Option<Option<bool>>, Error> {
    match given.take(key) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(None)),
        Some(Value::Bool(flag)) => Ok(Some(Some(flag))),
        Some(_) => Err(given.wrong(key, "This must be true, false, or null for any.")),
    }
}

fn order(given: &mut Object) -> Result<Option<i64>, Error> {
    match given.take("order") {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let order = whole_number(&value).filter(|order| (0..=LARGEST_ORDER).contains(order));
            order.map(Some).ok_or_else(|| given.wrong("order", "This must be a whole number from 0 to 1,000,000."))
        }
    }
}

fn expires_at(given: &mut Object) -> Result<Option<Option<Timestamp>>, Error> {
    match given.take("expires_at") {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(None)),
        Some(value) => {
            let time = value.as_str().and_then(Timestamp::parse);
            let wrong = "This must be an RFC 3339 time, as 2026-11-22T21:55:00Z, or null for never.";
            time.map(|time| Some(Some(time))).ok_or_else(|| given.wrong("expires_at", wrong))
        }
    }
}

/// An empty note is none.
fn note(given: &mut Object) -> Result<Option<Option<Reason>>, Error> {
    match given.take("note") {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(None)),
        Some(value) => {
            let note = value.as_str().and_then(Reason::parse);
            let note = note.ok_or_else(|| given.wrong("note", "This must be text of at most 500 characters."))?;
            Ok(Some(Some(note).filter(|note| !note.as_str().is_empty())))
        }
    }
}

fn action(given: &mut Object) -> Result<(), Error> {
    match given.take("action") {
        None => Ok(()),
        Some(Value::String(action)) if action == "accept" => Ok(()),
        Some(_) => Err(given.wrong("action", "The only action is \"accept\".")),
    }
}
