//! `/rules`: what accepts, declines and deletes by itself, for owners.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answers;
use super::values::{AtMost, EmailGlobs, Globs, Networks, Order};
use crate::domain::account::{Actor, AppScope};
use crate::domain::change::Reason;
use crate::domain::name::Name;
use crate::domain::rule::{Conditions, RuleAction};
use crate::domain::session::Session;
use crate::domain::span::Span;
use crate::domain::timestamp::Timestamp;
use crate::http::extract::{Administer, Call, Json};
use crate::http::failure::Answer;
use crate::services::rules::{self, NewRule, RuleChange, WhenChange};

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
    /// For how long nobody touched the session: 4D, a person or this program.
    #[schema(value_type = Option<String>, example = "90d")]
    quiet_for: Option<Span>,
    /// For how long it has been pending.
    #[schema(value_type = Option<String>, example = "7d")]
    waiting_for: Option<Span>,
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
            quiet_for: when.quiet_for,
            waiting_for: when.waiting_for,
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
    /// How many sessions it deletes at a time; `null` for other actions.
    at_most: Option<u32>,
    /// When it last looked for what to delete; `null` for never.
    #[schema(value_type = Option<String>, format = DateTime)]
    ran_at: Option<Timestamp>,
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
    /// Who made or last changed it: it acts only where they may administer now. `null` for a rule of an earlier version.
    owner: Option<Actor>,
    /// Whether it does nothing because its owner is no owner any more. Another owner who saves it becomes its owner.
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
            action: rule.action,
            at_most: rule.at_most,
            ran_at: rule.ran_at,
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

/// The sessions that a rule would act on now.
#[derive(Serialize, ToSchema)]
pub struct RulePreview {
    /// Those that wait, or are quiet, for longest first, at most 10,000.
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
    /// For how long nobody touched the session: neither 4D nor anybody here. For a rule that deletes, at least 1h
    #[schema(value_type = Option<String>, example = "90d", pattern = "^[0-9]+[smhd]$")]
    quiet_for: Option<Option<Span>>,
    /// For how long it has been pending. With it, a rule that accepts or declines acts on whoever waits for so long, but
    /// not on those that a person set pending; for a rule that deletes, at least 1h
    #[schema(value_type = Option<String>, example = "7d", pattern = "^[0-9]+[smhd]$")]
    waiting_for: Option<Option<Span>>,
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
            quiet_for: when.quiet_for,
            waiting_for: when.waiting_for,
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
    /// Whether it is looked at from now on; absent for yes, unless it deletes
    enabled: Option<bool>,
    /// The lowest is looked at first, and the first that matches counts; absent for behind the last
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 1_000_000)]
    order: Option<Order>,
    #[schema(inline)]
    when: WhenOrder,
    /// What it does; a rule that deletes needs `quiet_for` or `waiting_for`
    #[serde(default)]
    #[schema(default = "accept")]
    action: RuleAction,
    /// How many sessions a rule deletes at a time; `null` for 100, and for other actions
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 10_000)]
    at_most: Option<AtMost>,
    /// From then on it is not looked at; `null` for never
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    /// Why there is such a rule: the journal's reason
    #[schema(value_type = Option<String>, max_length = 500)]
    note: Option<Reason>,
    /// For a rule that deletes and is switched on at once: how many sessions it takes now, as `POST /rules/preview` says.
    /// Where it takes another number by now, it is not created (409)
    if_total: Option<u64>,
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
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 10_000)]
    at_most: Option<Option<AtMost>>,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Option<Timestamp>>,
    #[schema(value_type = Option<String>, max_length = 500)]
    note: Option<Option<Reason>>,
    /// To switch on a rule that deletes: how many sessions it takes now, as `POST /rules/preview` says. Where it takes
    /// another number by now, nothing is changed (409)
    #[schema(nullable = false)]
    if_total: Option<u64>,
}

/// Conditions to be tried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "when": { "emails": ["*@example.com"] } })))]
pub struct PreviewOrder {
    #[schema(inline)]
    when: WhenOrder,
    /// What is to be done to them
    #[serde(default)]
    #[schema(default = "accept")]
    action: RuleAction,
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
/// already, or that a person set pending. With `waiting_for` it acts on those that wait for so long, whenever they came.
/// A rule that deletes takes what is quiet or waits for so long, at most `at_most` at a time, as one batch that is undone
/// as one. Unless you say `"enabled": true`, it starts switched off: try it with `POST /rules/preview` first. A rule reaches no further than
/// the apps of who makes it.
#[utoipa::path(post, path = "/rules", tag = "rules", operation_id = "create_rule", request_body = RuleOrder,
    responses((status = 201, description = "The rule", body = Rule)))]
pub async fn create(call: Call<Administer>, Json(order): Json<RuleOrder>) -> Answer {
    let wanted = NewRule {
        name: order.name,
        enabled: order.enabled,
        order: order.order.map(|Order(place)| place),
        when: order.when.into(),
        action: order.action,
        at_most: order.at_most.map(|AtMost(most)| most),
        expires_at: order.expires_at,
        note: some_note(order.note),
        if_total: order.if_total,
    };
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
/// becomes its owner: it acts only where they may administer. What changes which sessions a rule deletes switches it off,
/// unless the same request switches it on. `null` stands for *any* within `when`, for *never* in
/// `expires_at`, for none in `note` and for the usual number in `at_most`.
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
        action: patch.action,
        at_most: patch.at_most.map(|most| most.map(|AtMost(most)| most)),
        expires_at: patch.expires_at,
        note: patch.note.map(some_note),
        if_total: patch.if_total,
    };
    Ok(HttpResponse::Ok().json(Rule::from(call.app.rules.change(&call.by(), &call.part("id"), wanted).await?)))
}

/// Delete a rule
///
/// What it did stays.
#[utoipa::path(delete, path = "/rules/{id}", tag = "rules", operation_id = "delete_rule",
    params(("id" = String, Path, description = "The rule's id")),
    responses((status = 204, description = "Deleted")))]
pub async fn delete(call: Call<Administer>) -> Answer {
    call.app.rules.delete(&call.by(), &call.part("id")).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Try a rule
///
/// Which of the sessions that are pending now it would accept or decline if they arrived; with `waiting_for`, or for
/// `delete`, which it would act on now. Nothing is changed.
#[utoipa::path(post, path = "/rules/preview", tag = "rules", operation_id = "preview_rule",
    request_body = PreviewOrder,
    responses((status = 200, description = "The sessions, those first that it acts on first", body = RulePreview)))]
pub async fn preview(call: Call<Administer>, Json(order): Json<PreviewOrder>) -> Answer {
    call.changes_nothing();
    let when = Conditions::from(order.when);
    rules::check_conditions(order.action, &when)?;
    let (items, total) = call.app.rules.preview(&call.caller.apps, order.action, &when).await?;
    Ok(HttpResponse::Ok().json(RulePreview { items, total }))
}
