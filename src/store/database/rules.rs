//! The rules' rows. Every change of one is written together with its entry of the access log.

use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::access_log::{self, Access};
use super::accounts::AccountsChange;
use super::columns::{CALLERS_OF, Flag, flag, key, number, optional_time, scope, scope_text, time};
use super::sql::Sql;
use super::webhooks::{OWNER, lender};
use super::{Database, Error, Turn};
use crate::domain::account::{Actor, ActorKind};
use crate::domain::change::Reason;
use crate::domain::rule::{Conditions, Rule, RuleAction};
use crate::domain::span::Span;
use crate::domain::timestamp::Timestamp;

/// A rule, and who made it.
#[derive(Clone, Debug)]
pub struct RuleRow {
    pub rule: Rule,
    pub maker: Actor,
    /// Who made or last changed it, and the id of that caller: it lets in where they may administer now. `None` for one
    /// that was made before this was kept.
    pub owner: Option<(Actor, String)>,
    pub created_at: Timestamp,
}

/// The conditions without the apps, as they are kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    emails: Vec<String>,
    os: Vec<String>,
    app_versions: Vec<String>,
    languages: Vec<String>,
    networks: Vec<String>,
    simulator: Option<bool>,
    // Rules of versions before 0.2 do not have it.
    #[serde(default)]
    jailbroken: Option<bool>,
    known_device: Option<bool>,
    // Rules of versions before 0.3 do not have it.
    #[serde(default)]
    declined: Option<bool>,
    // In seconds. Rules of earlier versions do not have them.
    #[serde(default)]
    quiet_for: Option<u64>,
    #[serde(default)]
    waiting_for: Option<u64>,
}

impl Database {
    /// All rules, in the order in which they are looked at.
    pub async fn rules(&self) -> Result<Vec<RuleRow>, Error> {
        let rows = sqlx::query("SELECT * FROM rule ORDER BY place, name_key").fetch_all(self.readers()).await?;
        rows.iter().map(rule).collect()
    }

    /// Notes that a rule looks for what to delete, on disk: it does not look again right after a restart.
    pub async fn rule_runs(&self, id: &str, at: Timestamp) -> Result<(), Error> {
        let mut sql = Sql::new("UPDATE rule SET ran_at = ");
        sql.push_bind(at.millis()).push(" WHERE id = ").push_bind(id);
        self.durable().await.execute(sql.build()?).await
    }

    /// Begins a change of rules; without [`RulesChange::commit`] nothing is changed.
    pub async fn change_rules(&self) -> Result<RulesChange<'_>, Error> {
        let turn = self.durable().await;
        Ok(RulesChange { tx: turn.begin().await?, _turn: turn })
    }
}

/// A change of rules, whole or not at all.
pub struct RulesChange<'a> {
    // Dropped, and so rolled back, before the next writer gets its turn.
    tx: Transaction<'static, Any>,
    _turn: Turn<'a>,
}

impl RulesChange<'_> {
    /// The rule of this id.
    pub async fn rule(&mut self, id: &str) -> Result<Option<RuleRow>, Error> {
        let row = sqlx::query("SELECT * FROM rule WHERE id = $1").bind(id).fetch_optional(&mut *self.tx).await?;
        row.as_ref().map(rule).transpose()
    }

    /// All rules, in the order in which they are looked at.
    pub async fn all(&mut self) -> Result<Vec<RuleRow>, Error> {
        let rows = sqlx::query("SELECT * FROM rule ORDER BY place, name_key").fetch_all(&mut *self.tx).await?;
        rows.iter().map(rule).collect()
    }

    /// Gives a rule another place, and nothing else.
    pub async fn set_place(&mut self, id: &str, place: i64) -> Result<(), Error> {
        let update = sqlx::query("UPDATE rule SET place = $1 WHERE id = $2").bind(place).bind(id);
        update.execute(&mut *self.tx).await.map(drop)
    }

    /// How many rules there are.
    pub async fn count(&mut self) -> Result<u32, Error> {
        number(&sqlx::query("SELECT count(*) FROM rule").fetch_one(&mut *self.tx).await?, 0)
    }

    /// The place of the last rule; `None` where there is none.
    pub async fn last_place(&mut self) -> Result<Option<i64>, Error> {
        sqlx::query_scalar("SELECT max(place) FROM rule").fetch_one(&mut *self.tx).await
    }

    /// Adds a rule; a name that is taken is a unique violation.
    pub async fn add(&mut self, row: &RuleRow) -> Result<(), Error> {
        let RuleRow { rule, maker, owner, created_at } = row;
        sqlx::query(
            "INSERT INTO rule (id, name, name_key, enabled, place, apps, conditions, expires_at, note, since,
             maker_kind, maker_name, owner_kind, owner_name, owner_caller, created_at, action, at_most)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        )
        .bind(&rule.id)
        .bind(&rule.name)
        .bind(key(&rule.name))
        .bind(Flag(rule.enabled))
        .bind(rule.order)
        .bind(scope_text(&rule.when.apps)?)
        .bind(kept(&rule.when)?)
        .bind(rule.expires_at.map(Timestamp::millis))
        .bind(rule.note.as_ref().map(Reason::as_str))
        .bind(rule.since.millis())
        .bind(maker.kind.as_str())
        .bind(&maker.name)
        .bind(owner.as_ref().map(|(actor, _)| actor.kind.as_str()))
        .bind(owner.as_ref().map(|(actor, _)| actor.name.as_str()))
        .bind(owner.as_ref().map(|(_, caller)| caller.as_str()))
        .bind(created_at.millis())
        .bind(rule.action.as_str())
        .bind(rule.at_most.map(i64::from))
        .execute(&mut *self.tx)
        .await
        .map(drop)
    }

    /// Writes a rule that is there, and its owner; a name that is taken is a unique violation.
    pub async fn update(&mut self, row: &RuleRow) -> Result<(), Error> {
        let RuleRow { rule, owner, .. } = row;
        sqlx::query(
            "UPDATE rule SET name = $1, name_key = $2, enabled = $3, place = $4, apps = $5, conditions = $6, expires_at = $7,
             note = $8, since = $9, owner_kind = $10, owner_name = $11, owner_caller = $12, action = $13, at_most = $14
             WHERE id = $15",
        )
        .bind(&rule.name)
        .bind(key(&rule.name))
        .bind(Flag(rule.enabled))
        .bind(rule.order)
        .bind(scope_text(&rule.when.apps)?)
        .bind(kept(&rule.when)?)
        .bind(rule.expires_at.map(Timestamp::millis))
        .bind(rule.note.as_ref().map(Reason::as_str))
        .bind(rule.since.millis())
        .bind(owner.as_ref().map(|(actor, _)| actor.kind.as_str()))
        .bind(owner.as_ref().map(|(actor, _)| actor.name.as_str()))
        .bind(owner.as_ref().map(|(_, caller)| caller.as_str()))
        .bind(rule.action.as_str())
        .bind(rule.at_most.map(i64::from))
        .bind(&rule.id)
        .execute(&mut *self.tx)
        .await
        .map(drop)
    }

    pub async fn remove(&mut self, id: &str) -> Result<(), Error> {
        sqlx::query("DELETE FROM rule WHERE id = $1").bind(id).execute(&mut *self.tx).await.map(drop)
    }

    /// Writes an entry of the access log, with the change or not at all.
    pub async fn note(&mut self, access: &Access) -> Result<(), Error> {
        access_log::insert(&mut self.tx, access).await.map(drop)
    }

    /// Makes the change, on disk.
    pub async fn commit(self) -> Result<(), Error> {
        self.tx.commit().await
    }
}

impl AccountsChange<'_> {
    /// Switches off the rules that let in with the rights of a user, or of their tokens; their names.
    pub async fn stop_rules_of(&mut self, user: &str) -> Result<Vec<String>, Error> {
        let sql =
            format!("UPDATE rule SET enabled = 0 WHERE enabled = 1 AND owner_caller IN ({CALLERS_OF}) RETURNING name");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(user).fetch_all(&mut *self.tx).await
    }
}

fn kept(when: &Conditions) -> Result<String, Error> {
    let kept = Kept {
        emails: when.emails.clone(),
        os: when.os.clone(),
        app_versions: when.app_versions.clone(),
        languages: when.languages.clone(),
        networks: when.networks.iter().map(ToString::to_string).collect(),
        simulator: when.simulator,
        jailbroken: when.jailbroken,
        known_device: when.known_device,
        declined: when.declined,
        quiet_for: when.quiet_for.map(Span::as_secs),
        waiting_for: when.waiting_for.map(Span::as_secs),
    };
    serde_json::to_string(&kept).map_err(|error| Error::Encode(Box::new(error)))
}

/// Anything unreadable is an error: a condition that is left out lets more in.
fn rule(row: &AnyRow) -> Result<RuleRow, Error> {
    let unreadable = |what: &'static str| Error::Decode(what.into());
    let kept: Kept = serde_json::from_str(row.try_get("conditions")?).map_err(|e| Error::Decode(Box::new(e)))?;
    let networks: Result<_, _> = kept.networks.iter().map(|net| net.parse()).collect();
    let note: Option<&str> = row.try_get("note")?;
    let kind = ActorKind::parse(row.try_get("maker_kind")?).ok_or_else(|| unreadable("a maker that is none"))?;
    let at_most: Option<i64> = row.try_get("at_most")?;
    Ok(RuleRow {
        rule: Rule {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            enabled: flag(row, "enabled")?,
            order: row.try_get("place")?,
            when: Conditions {
                apps: scope(row)?,
                emails: kept.emails,
                os: kept.os,
                app_versions: kept.app_versions,
                languages: kept.languages,
                networks: networks.map_err(|_| unreadable("a network that is none"))?,
                simulator: kept.simulator,
                jailbroken: kept.jailbroken,
                known_device: kept.known_device,
                declined: kept.declined,
                quiet_for: kept.quiet_for.map(Span::from_secs),
                waiting_for: kept.waiting_for.map(Span::from_secs),
            },
            action: RuleAction::parse(row.try_get("action")?).ok_or_else(|| unreadable("an action that is none"))?,
            at_most: at_most.map(u32::try_from).transpose().map_err(|_| unreadable("a number that is none"))?,
            expires_at: optional_time(row, "expires_at")?,
            note: note.map(|note| Reason::parse(note).ok_or_else(|| unreadable("a note that is none"))).transpose()?,
            since: time(row, "since")?,
            ran_at: optional_time(row, "ran_at")?,
        },
        maker: Actor { kind, name: row.try_get("maker_name")? },
        owner: lender(row, OWNER)?,
        created_at: time(row, "created_at")?,
    })
}
