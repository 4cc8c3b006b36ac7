//! Rules: what accepts, declines and deletes by itself. Owners make them; the worker goes by them.

mod act;
mod checks;
mod matching;
mod timed;
mod worker;

use std::sync::Arc;

use ipnet::IpNet;
use serde::Serialize;
use tokio::sync::Notify;

pub use self::checks::{LARGEST_AT_MOST, USUAL_AT_MOST, check_conditions};
use self::checks::{check, reach};
use super::accounts::{Accounts, By, name_taken, new_id, now};
use super::catalog::Catalog;
use super::edits::Edits;
use super::error::{Conflict, Error};
use super::events::Events;
use crate::domain::account::{Actor, AppScope};
use crate::domain::change::Reason;
use crate::domain::details::Details;
use crate::domain::name::Name;
use crate::domain::rule::{self, Conditions, RuleAction};
use crate::domain::span::Span;
use crate::domain::timestamp::Timestamp;
use crate::store::database::Database;
use crate::store::database::rules::RuleRow;

/// The most rules there can be: each is held against every session that arrives.
const MOST_RULES: u32 = 1000;
/// The most entries that a list of a condition has.
pub const MOST_GLOBS: usize = 100;
/// The largest place of a rule.
pub const LARGEST_ORDER: i64 = 1_000_000;
const NO_RULE: Error = Error::NotFound("rule-of-this-id");

/// What must hold of a session, all of it; an empty list or `null` lets everything through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// Globs on the app id.
    pub apps: Vec<String>,
    /// Globs on the e-mail or login name, in either case. Only `""` matches an empty one.
    pub emails: Vec<String>,
    /// The system or its family, in either case.
    pub os: Vec<String>,
    /// Globs on the app's version.
    pub app_versions: Vec<String>,
    /// Globs on the language's id or code.
    pub languages: Vec<String>,
    /// Networks of the client's address.
    pub networks: Vec<String>,
    /// Whether the device is a simulator.
    pub simulator: Option<bool>,
    /// Whether the device is jailbroken.
    pub jailbroken: Option<bool>,
    /// Whether another session of the same app, in any of its folders that the rule's owner may see, and of the same device
    /// is accepted now.
    pub known_device: Option<bool>,
    /// Whether somebody declined the session; `null`: none of those.
    pub declined: Option<bool>,
    /// For how long nobody touched the session.
    pub quiet_for: Option<Span>,
    /// For how long it has been pending.
    pub waiting_for: Option<Span>,
}

impl From<&Conditions> for When {
    fn from(when: &Conditions) -> Self {
        Self {
            apps: when.apps.globs().to_vec(),
            emails: when.emails.clone(),
            os: when.os.clone(),
            app_versions: when.app_versions.clone(),
            languages: when.languages.clone(),
            networks: when.networks.iter().map(ToString::to_string).collect(),
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
#[derive(Clone, Debug)]
pub struct Rule {
    /// Stable.
    pub id: String,
    /// Unique, whatever its case.
    pub name: String,
    /// Whether it is looked at.
    pub enabled: bool,
    /// The lowest is looked at first, and the first that matches counts.
    pub order: i64,
    /// What must hold.
    pub when: When,
    pub action: RuleAction,
    /// How many sessions it deletes at a time; `None` for other actions.
    pub at_most: Option<u32>,
    /// When it last looked for what to delete.
    pub ran_at: Option<Timestamp>,
    /// When it ends; `null` for never.
    pub expires_at: Option<Timestamp>,
    /// Why there is such a rule: the journal's reason.
    pub note: Option<Reason>,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom.
    pub made_by: Actor,
    /// Who made or last changed it: it lets in only where they may administer now. `null` for a rule of an earlier
    /// version.
    pub owner: Option<Actor>,
    /// Whether it lets nobody in because its owner is no owner any more. Another owner who saves it becomes its owner.
    pub paused: bool,
}

impl Rule {
    fn new(RuleRow { rule, maker, owner, created_at }: RuleRow, paused: bool) -> Self {
        Self {
            when: When::from(&rule.when),
            id: rule.id,
            name: rule.name,
            enabled: rule.enabled,
            order: rule.order,
            action: rule.action,
            at_most: rule.at_most,
            ran_at: rule.ran_at,
            expires_at: rule.expires_at,
            note: rule.note,
            created_at,
            made_by: maker,
            owner: owner.map(|(actor, _)| actor),
            paused,
        }
    }
}

/// What to change of conditions; `None` leaves one as it is.
#[derive(Clone, Debug, Default)]
pub struct WhenChange {
    pub apps: Option<AppScope>,
    pub emails: Option<Vec<String>>,
    pub os: Option<Vec<String>>,
    pub app_versions: Option<Vec<String>>,
    pub languages: Option<Vec<String>>,
    pub networks: Option<Vec<IpNet>>,
    pub simulator: Option<Option<bool>>,
    pub jailbroken: Option<Option<bool>>,
    pub known_device: Option<Option<bool>>,
    pub declined: Option<Option<bool>>,
    pub quiet_for: Option<Option<Span>>,
    pub waiting_for: Option<Option<Span>>,
}

impl WhenChange {
    /// The conditions as they are then.
    pub fn apply(self, when: Conditions) -> Conditions {
        Conditions {
            apps: self.apps.unwrap_or(when.apps),
            emails: self.emails.unwrap_or(when.emails),
            os: self.os.unwrap_or(when.os),
            app_versions: self.app_versions.unwrap_or(when.app_versions),
            languages: self.languages.unwrap_or(when.languages),
            networks: self.networks.unwrap_or(when.networks),
            simulator: self.simulator.unwrap_or(when.simulator),
            jailbroken: self.jailbroken.unwrap_or(when.jailbroken),
            known_device: self.known_device.unwrap_or(when.known_device),
            declined: self.declined.unwrap_or(when.declined),
            quiet_for: self.quiet_for.unwrap_or(when.quiet_for),
            waiting_for: self.waiting_for.unwrap_or(when.waiting_for),
        }
    }
}

/// A rule to be made.
#[derive(Clone, Debug)]
pub struct NewRule {
    pub name: Name,
    /// Whether it is looked at from now on; `None` for yes, unless it deletes.
    pub enabled: Option<bool>,
    /// Its place; `None` for behind the last.
    pub order: Option<i64>,
    pub when: Conditions,
    pub action: RuleAction,
    /// How many sessions it deletes at a time; `None` for the usual number.
    pub at_most: Option<u32>,
    pub expires_at: Option<Timestamp>,
    /// Why there is such a rule.
    pub note: Option<Reason>,
    /// To create a rule that deletes switched on: how many sessions it takes now, as its preview says.
    pub if_total: Option<u64>,
}

/// What to change of a rule; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct RuleChange {
    pub name: Option<Name>,
    /// Whether it is looked at.
    pub enabled: Option<bool>,
    pub order: Option<i64>,
    pub when: Option<WhenChange>,
    pub action: Option<RuleAction>,
    /// The inner `None` for the usual number.
    pub at_most: Option<Option<u32>>,
    pub expires_at: Option<Option<Timestamp>>,
    /// Why there is such a rule.
    pub note: Option<Option<Reason>>,
    /// To switch on a rule that deletes: how many sessions it takes now, as its preview says.
    pub if_total: Option<u64>,
}

/// The rules of one data folder.
pub struct Rules {
    database: Database,
    accounts: Arc<Accounts>,
    catalog: Arc<Catalog>,
    edits: Arc<Edits>,
    events: Arc<Events>,
    changed: Notify,
}

impl Rules {
    /// The rules of this database, for these sessions.
    pub fn new(
        database: Database,
        accounts: Arc<Accounts>,
        catalog: Arc<Catalog>,
        edits: Arc<Edits>,
        events: Arc<Events>,
    ) -> Arc<Self> {
        Arc::new(Self { database, accounts, catalog, edits, events, changed: Notify::new() })
    }

    /// The rules that `by` may see, in the order in which they are looked at.
    pub async fn list(&self, by: &By) -> Result<Vec<Rule>, Error> {
        let mut rules = Vec::new();
        for row in self.database.rules().await?.into_iter().filter(|row| is_visible(row, by)) {
            rules.push(self.shown(row).await?);
        }
        Ok(rules)
    }

    async fn shown(&self, row: RuleRow) -> Result<Rule, Error> {
        let paused = self.owner_scope(&row).await?.is_none();
        Ok(Rule::new(row, paused))
    }

    /// The apps that a rule's owner may administer now; `None` where they are no owner any more. A rule of an earlier
    /// version, which has none, reaches and sees its own apps.
    async fn owner_scope(&self, row: &RuleRow) -> Result<Option<AppScope>, Error> {
        let Some((_, owner)) = &row.owner else { return Ok(Some(row.rule.when.apps.clone())) };
        Ok(self.accounts.administrator(owner).await?.map(|owner| owner.apps))
    }

    /// The rules as they act now, in the order in which they are looked at, each with what its owner may see.
    async fn acting(&self) -> Result<Vec<(rule::Rule, AppScope)>, Error> {
        let mut acting = Vec::new();
        for row in self.database.rules().await? {
            if let Some(owner) = self.owner_scope(&row).await? {
                let when = Conditions { apps: row.rule.when.apps.within(&owner), ..row.rule.when };
                acting.push((rule::Rule { when, ..row.rule }, owner));
            }
        }
        Ok(acting)
    }

    /// The names of those that let in with the rights of these callers (`user:ID` or `token:ID`).
    pub async fn acting_for(&self, callers: &[String]) -> Result<Vec<String>, Error> {
        let rows = self.database.rules().await?.into_iter().filter(|row| row.rule.enabled);
        let theirs = rows.filter(|row| row.owner.as_ref().is_some_and(|(_, id)| callers.contains(id)));
        Ok(theirs.map(|row| row.rule.name).collect())
    }

    /// The rule of this id, if `by` may see it.
    pub async fn rule(&self, by: &By, id: &str) -> Result<Rule, Error> {
        self.list(by).await?.into_iter().find(|rule| rule.id == id).ok_or(NO_RULE)
    }

    /// What must hold for the rule of this id, within the apps that `by` may see.
    pub async fn conditions(&self, by: &By, id: &str) -> Result<Conditions, Error> {
        let rules = self.database.rules().await?.into_iter().filter(|row| is_visible(row, by));
        let mut rules = rules.filter(|row| row.rule.id == id);
        rules.next().map(|row| row.rule.when).ok_or(NO_RULE)
    }

    /// Creates a rule. Without a time in its conditions it acts on what arrives from now on. It reaches no further than
    /// the apps of who makes it.
    pub async fn create(&self, by: &By, wanted: NewRule) -> Result<Rule, Error> {
        let now = now();
        let mut change = self.accounts.begin(by, || self.database.change_rules()).await?;
        if change.count().await? >= MOST_RULES {
            return Err(Error::Conflict(Conflict::TooManyRules));
        }
        let order = match wanted.order {
            Some(order) => order,
            None => change.last_place().await?.map_or(1, |last| (last + 1).min(LARGEST_ORDER)),
        };
        let deletes = wanted.action == RuleAction::Delete;
        let rule = rule::Rule {
            id: new_id(),
            name: wanted.name.as_str().to_owned(),
            enabled: wanted.enabled.unwrap_or(!deletes),
            order,
            when: Conditions { apps: wanted.when.apps.within(&by.scope), ..wanted.when },
            action: wanted.action,
            at_most: wanted.at_most.or(deletes.then_some(USUAL_AT_MOST)),
            expires_at: wanted.expires_at,
            note: wanted.note,
            since: now,
            ran_at: None,
        };
        check(&rule)?;
        if deletes && rule.enabled {
            self.check_total(by, &rule, wanted.if_total).await?;
        }
        let row = RuleRow { rule, maker: by.actor.clone(), owner: by.lender(), created_at: now };
        change.add(&row).await.map_err(name_taken)?;
        change.note(&by.access("rule_created", Some(&row.rule.name)).with(described(&row.rule).to_string())).await?;
        change.commit().await?;
        self.changed.notify_one();
        self.shown(row).await
    }

    /// Changes a rule. What it lets in that it did not before, it lets in from now on alone. Whoever changes it becomes
    /// its owner, and so does whoever saves it as it is once its owner is none any more.
    pub async fn change(&self, by: &By, id: &str, wanted: RuleChange) -> Result<Rule, Error> {
        let paused = self.rule(by, id).await?.paused;
        let mut change = self.accounts.begin(by, || self.database.change_rules()).await?;
        let row = change.rule(id).await?.filter(|row| is_visible(row, by)).ok_or(NO_RULE)?;
        let before = &row.rule;
        let (enabled, if_total) = (wanted.enabled, wanted.if_total);
        let mut rule = changed(before, wanted, &by.scope);
        check(&rule)?;
        let acts_as_before = !paused && reach(&rule) == reach(before);
        if rule.action == RuleAction::Delete && rule.enabled && !acts_as_before {
            rule.enabled = enabled == Some(true);
            if rule.enabled {
                self.check_total(by, &rule, if_total).await?;
            }
        }
        if reach(&rule) != reach(before) {
            rule.since = now();
        }
        let is_new = rule != *before || paused;
        let owner = if is_new { by.lender().or(row.owner) } else { row.owner };
        let row = RuleRow { rule, owner, ..row };
        if is_new {
            change.update(&row).await.map_err(name_taken)?;
            change
                .note(&by.access("rule_changed", Some(&row.rule.name)).with(described(&row.rule).to_string()))
                .await?;
            change.commit().await?;
            self.changed.notify_one();
        } else {
            drop(change);
        }
        self.shown(row).await
    }

    /// A rule that deletes is not switched on where it takes another number of sessions than who does so has seen.
    async fn check_total(&self, by: &By, rule: &rule::Rule, if_total: Option<u64>) -> Result<(), Error> {
        let Some(expected) = if_total else { return Ok(()) };
        let (_, found) = self.preview(&by.scope, rule.action, &rule.when).await?;
        if found == expected { Ok(()) } else { Err(Error::TotalDiffers { expected, found }) }
    }

    /// Moves a rule before the one before it, or behind the next, of those that `by` may see; whether there is one.
    pub async fn shift(&self, by: &By, id: &str, up: bool) -> Result<bool, Error> {
        let mut change = self.accounts.begin(by, || self.database.change_rules()).await?;
        let mut rows = change.all().await?;
        let visible: Vec<usize> = (0..rows.len()).filter(|n| is_visible(&rows[*n], by)).collect();
        let at = visible.iter().position(|n| rows[*n].rule.id == id).ok_or(NO_RULE)?;
        let other = if up { at.checked_sub(1) } else { Some(at + 1) };
        let Some(other) = other.and_then(|other| visible.get(other)) else { return Ok(false) };
        rows.swap(visible[at], *other);
        for (place, row) in (1..).zip(&rows) {
            if row.rule.order != place {
                change.set_place(&row.rule.id, place).await?;
            }
        }
        let moved = &rows[*other].rule;
        let details = Details::default().with("order", i64::try_from(*other).unwrap_or(LARGEST_ORDER) + 1);
        change.note(&by.access("rule_changed", Some(&moved.name)).with(details.to_string())).await?;
        change.commit().await?;
        Ok(true)
    }

    /// Removes a rule. What it let in stays.
    pub async fn delete(&self, by: &By, id: &str) -> Result<(), Error> {
        let mut change = self.accounts.begin(by, || self.database.change_rules()).await?;
        let row = change.rule(id).await?.filter(|row| is_visible(row, by)).ok_or(NO_RULE)?;
        change.remove(id).await?;
        change.note(&by.access("rule_deleted", Some(&row.rule.name))).await?;
        Ok(change.commit().await?)
    }
}

/// A rule with what is wanted of it, within what `scope` may say of its apps.
fn changed(before: &rule::Rule, wanted: RuleChange, scope: &AppScope) -> rule::Rule {
    let mut rule = before.clone();
    if let Some(name) = wanted.name {
        rule.name = name.as_str().to_owned();
    }
    if let Some(mut when) = wanted.when {
        when.apps = Some(before.when.apps.replaced(when.apps, scope));
        rule.when = when.apply(rule.when);
    }
    rule.enabled = wanted.enabled.unwrap_or(rule.enabled);
    rule.order = wanted.order.unwrap_or(rule.order);
    rule.expires_at = wanted.expires_at.unwrap_or(rule.expires_at);
    rule.note = wanted.note.unwrap_or(rule.note);
    rule.action = wanted.action.unwrap_or(rule.action);
    rule.at_most = match rule.action {
        RuleAction::Delete => wanted.at_most.unwrap_or(rule.at_most).or(Some(USUAL_AT_MOST)),
        // One that deletes no more has no such number; one that is sent is refused.
        _ => wanted.at_most.flatten(),
    };
    rule
}

/// Whether a text can stand in a condition's list.
pub fn is_glob(text: &str) -> bool {
    (1..=255).contains(&text.chars().count()) && !text.contains(char::is_control)
}

/// Whoever is held to some apps sees the rules that are held to them too.
fn is_visible(row: &RuleRow, by: &By) -> bool {
    row.rule.when.apps.is_within(&by.scope)
}

/// For the access log: what the rule says.
fn described(rule: &rule::Rule) -> Details {
    let details = Details::default().with("order", rule.order).with("enabled", rule.enabled);
    let details = details.with("action", rule.action.as_str()).with("at_most", rule.at_most);
    details.with_all(&When::from(&rule.when)).with("expires_at", rule.expires_at.map(|at| at.to_string()))
}
