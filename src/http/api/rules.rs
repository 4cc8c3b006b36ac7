//! `/rules`: what lets devices in by itself, for owners.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answers;
use super::values::{EmailGlobs, Globs, Networks, Order};
use crate::domain::account::{Actor, AppScope};
use crate::domain::change::Reason;
use crate::domain::name::Name;
use crate::domain::rule::Conditions;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::http::extract::{Administer, Call, Json};
use crate::http::failure::Answer;
use crate::services::rules::{self, NewRule, RuleChange, WhenChange};

/// What a rule does.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleAction {
    /// It accepts the session.
    Accept,
}

/// What must hold of a session, all of it; an empty list or `null` lets everything through.
#[derive(Serialize, ToSchema)]
pub struct When {
    /// Globs on the app id.
    apps: Vec<String>,
    /// Globs on the e-mail or login name, in either case. Only `""` matches an empty one.
    emails: Vec<String>,
    /// The system or its family, in either case.
    os: Vec<String>,
    /// Globs on the app's version.
    app_versions: Vec<String>,
    /// Globs on the language's id or code.
    languages: Vec<String>,
    /// Networks of the client's address.
    networks: Vec<String>,
    /// Whether the device is a simulator.
    simulator: Option<bool>,
    /// Whether the device is jailbroken.
    jailbroken: Option<bool>,
    /// Whether another session of the same app, in any of its folders that the rule's owner may see, and of the same device
    /// is accepted now.
    known_device: Option<bool>,
    /// Whether somebody declined the session; `null`: none of those is meant.
    declined: Option<bool>,
}

impl From<rules::When> for When {
    fn from(when: rules::When) -> Self {
        Self {
            apps: when.apps,
            emails: when.emails,
            os: when.os,
            app_versions: when.app_versions,
            languages: when.languages,
            networks: when.networks,
            simulator: when.simulator,
            jailbroken: when.jailbroken,
            known_device: when.known_device,
            declined: when.declined,
        }
    }
}

/// A rule as owners see it.
#[derive(Serialize, ToSchema)]
pub struct Rule {
    /// Stable.
    id: String,
    /// Unique, whatever its case.
    name: String,
    /// Whether it is looked at.
    enabled: bool,
    /// The lowest is looked at first, and the first that matches counts.
    order: i64,
    /// What must hold.
    when: When,
    /// What it does.
    action: RuleAction,
    /// When it ends; `null` for never.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    /// Why there is such a rule: the journal's reason.
    #[schema(value_type = Option<String>)]
    note: Option<Reason>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// By whom.
    made_by: Actor,
    /// Who made or last changed it: it lets in only where they may administer now. `null` for a rule of an earlier
    /// version.
    owner: Option<Actor>,
    /// Whether it lets nobody in because its owner is no owner any more. Another owner who saves it becomes its owner.
    paused: bool,
}

impl From<rules::Rule> for Rule {
    fn from(rule: rules::Rule) -> Self {
        Self {
            id: rule.id,
            name: rule.name,
            enabled: rule.enabled,
            order: rule.order,
            when: rule.when.into(),
            action: RuleAction::Accept,
            expires_at: rule.expires_at,
            note: rule.note,
            created_at: rule.created_at,
            made_by: rule.made_by,
            owner: rule.owner,
            paused: rule.paused,
        }
    }
}

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
pub struct WhenOrder {
    /// Globs on the app id
    apps: Option<Option<AppScope>>,
    /// Globs on the e-mail or login name, in either case. Only `""` matches an empty one, and what is neither an address
    /// nor a login name matches none
    #[schema(value_type = Option<Vec<String>>, max_items = 100, example = json!(["*@example.com"]))]
    emails: Option<Option<EmailGlobs>>,
    /// The system, exactly, or its family: "Android" is "Android P" too; in either case
    #[schema(value_type = Option<Vec<String>>, max_items = 100, example = json!(["iOS", "iPadOS"]))]
    os: Option<Option<Globs>>,
    /// Globs on the app's version
    #[schema(value_type = Option<Vec<String>>, max_items = 100, example = json!(["2.*"]))]
    app_versions: Option<Option<Globs>>,
    /// Globs on the language's id or code, in either case
    #[schema(value_type = Option<Vec<String>>, max_items = 100, example = json!(["fr", "en_*"]))]
    languages: Option<Option<Globs>>,
    /// Networks or addresses of the client. An IPv4-mapped address is IPv4
    #[schema(value_type = Option<Vec<String>>, max_items = 100, example = json!(["10.0.0.0/8"]))]
    networks: Option<Option<Networks>>,
    /// Whether the device is a simulator; a file that does not say so matches neither
    simulator: Option<Option<bool>>,
    /// Whether the device is jailbroken; a file that cannot be read matches neither
    jailbroken: Option<Option<bool>>,
    /// Whether another session of the same app, in any of its folders that the rule's owner may see, and of the same device
    /// id is accepted now; without a device id neither
    known_device: Option<Option<bool>>,
    /// Whether somebody declined the session; `null`: none of those is meant
    declined: Option<Option<bool>>,
}

impl From<WhenOrder> for WhenChange {
    fn from(when: WhenOrder) -> Self {
        Self {
            apps: when.apps.map(Option::unwrap_or_default),
            emails: when.emails.map(|globs| globs.unwrap_or_default().0),
            os: when.os.map(|globs| globs.unwrap_or_default().0),
            app_versions: when.app_versions.map(|globs| globs.unwrap_or_default().0),
            languages: when.languages.map(|globs| globs.unwrap_or_default().0),
            networks: when.networks.map(|networks| networks.unwrap_or_default().0),
            simulator: when.simulator,
            jailbroken: when.jailbroken,
            known_device: when.known_device,
            declined: when.declined,
        }
    }
}

impl From<WhenOrder> for Conditions {
    fn from(when: WhenOrder) -> Self {
        WhenChange::from(when).apply(Self::default())
    }
}

/// A rule to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "staff", "when": { "emails": ["*@example.com"] }, "note": "In the office" })))]
pub struct RuleOrder {
    /// Unique among rules, whatever its case
    name: Name,
    /// Whether it is looked at from now on
    #[schema(default = true)]
    enabled: Option<bool>,
    /// The lowest is looked at first, and the first that matches counts; absent for behind the last
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 1_000_000)]
    order: Option<Order>,
    #[schema(inline)]
    when: WhenOrder,
    #[serde(default = "accept")]
    action: RuleAction,
    /// From then on it is not looked at; `null` for never
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    /// Why there is such a rule: the journal's reason
    #[schema(value_type = Option<String>, max_length = 500)]
    note: Option<Reason>,
}

fn accept() -> RuleAction {
    RuleAction::Accept
}

/// What to change of a rule; what is absent stays as it is, in `when` too.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "enabled": false })))]
pub struct RulePatch {
    #[schema(nullable = false)]
    name: Option<Name>,
    #[schema(nullable = false)]
    enabled: Option<bool>,
    #[schema(value_type = Option<i64>, nullable = false, minimum = 0, maximum = 1_000_000)]
    order: Option<Order>,
    #[schema(inline, nullable = false)]
    when: Option<WhenOrder>,
    #[schema(nullable = false)]
    action: Option<RuleAction>,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Option<Timestamp>>,
    #[schema(value_type = Option<String>, max_length = 500)]
    note: Option<Option<Reason>>,
}

/// Conditions to be tried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "when": { "emails": ["*@example.com"] } })))]
pub struct PreviewOrder {
    #[schema(inline)]
    when: WhenOrder,
}

/// An empty note is none.
fn some_note(note: Option<Reason>) -> Option<Reason> {
    note.filter(|note| !note.as_str().is_empty())
}

/// List the rules
#[utoipa::path(get, path = "/rules", tag = "rules", operation_id = "list_rules",
    responses((status = 200, description = "The rules, in the order in which they are looked at", body = RuleList)))]
pub async fn list(call: Call<Administer>) -> Answer {
    let items: Vec<Rule> = call.app.rules.list(&call.by()).await?.into_iter().map(Rule::from).collect();
    Ok(HttpResponse::Ok().json(RuleList { total: items.len() as u64, items }))
}

/// Create a rule
///
/// It acts on sessions that arrive pending, or that 4D makes pending, from now on; never on those that are pending
/// already, or that a person set pending. It reaches no further than the apps of who makes it.
#[utoipa::path(post, path = "/rules", tag = "rules", operation_id = "create_rule", request_body = RuleOrder,
    responses((status = 201, description = "The rule", body = Rule)))]
pub async fn create(call: Call<Administer>, Json(order): Json<RuleOrder>) -> Answer {
    let wanted = NewRule {
        name: order.name,
        enabled: order.enabled.unwrap_or(true),
        order: order.order.map(|Order(place)| place),
        when: order.when.into(),
        expires_at: order.expires_at,
        note: some_note(order.note),
    };
    let RuleAction::Accept = order.action;
    let rule = Rule::from(call.app.rules.create(&call.by(), wanted).await?);
    Ok(answers::created(&["rules", &rule.id], &rule))
}

/// Get a rule
#[utoipa::path(get, path = "/rules/{id}", tag = "rules", operation_id = "get_rule",
    params(("id" = String, Path, description = "The rule's id")),
    responses((status = 200, description = "The rule", body = Rule)))]
pub async fn one(call: Call<Administer>) -> Answer {
    Ok(HttpResponse::Ok().json(Rule::from(call.app.rules.rule(&call.by(), &call.part("id")).await?)))
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
pub async fn change(call: Call<Administer>, Json(patch): Json<RulePatch>) -> Answer {
    let wanted = RuleChange {
        name: patch.name,
        enabled: patch.enabled,
        order: patch.order.map(|Order(place)| place),
        when: patch.when.map(WhenChange::from),
        expires_at: patch.expires_at,
        note: patch.note.map(some_note),
    };
    let (Some(RuleAction::Accept) | None) = patch.action;
    Ok(HttpResponse::Ok().json(Rule::from(call.app.rules.change(&call.by(), &call.part("id"), wanted).await?)))
}

/// Delete a rule
///
/// What it let in stays.
#[utoipa::path(delete, path = "/rules/{id}", tag = "rules", operation_id = "delete_rule",
    params(("id" = String, Path, description = "The rule's id")),
    responses((status = 204, description = "Deleted")))]
pub async fn delete(call: Call<Administer>) -> Answer {
    call.app.rules.delete(&call.by(), &call.part("id")).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Try conditions
///
/// Which of the sessions that are pending now they would let in. Nothing is changed.
#[utoipa::path(post, path = "/rules/preview", tag = "rules", operation_id = "preview_rule",
    request_body = PreviewOrder,
    responses((status = 200, description = "The sessions, those that wait longest first", body = RulePreview)))]
pub async fn preview(call: Call<Administer>, Json(order): Json<PreviewOrder>) -> Answer {
    call.changes_nothing();
    let (items, total) = call.app.rules.preview(&call.caller.apps, &order.when.into()).await?;
    Ok(HttpResponse::Ok().json(RulePreview { items, total }))
}
