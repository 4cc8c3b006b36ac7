//! The rules' rows. Every change of one is written together with its entry of the access log.

use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::access_log::{self, Access};
use super::accounts::AccountsChange;
use super::columns::{CALLERS_OF, Flag, flag, key, number, optional_time, scope, scope_text, time};
use super::webhooks::{OWNER, lender};
use super::{Database, Error, Turn};
use crate::domain::account::{Actor, ActorKind};
use crate::domain::change::Reason;
use crate::domain::rule::{Conditions, Rule};
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
}

impl Database {
    /// All rules, in the order in which they are looked at.
    pub async fn rules(&self) -> Result<Vec<RuleRow>, Error> {
        let rows = sqlx::query("SELECT * FROM rule ORDER BY place, name_key").fetch_all(self.readers()).await?;
        rows.iter().map(rule).collect()
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
             maker_kind, maker_name, owner_kind, owner_name, owner_caller, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
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
        .execute(&mut *self.tx)
        .await
        .map(drop)
    }

    /// Writes a rule that is there, and its owner; a name that is taken is a unique violation.
    pub async fn update(&mut self, row: &RuleRow) -> Result<(), Error> {
        let RuleRow { rule, owner, .. } = row;
        sqlx::query(
            "UPDATE rule SET name = $1, name_key = $2, enabled = $3, place = $4, apps = $5, conditions = $6, expires_at = $7,
             note = $8, since = $9, owner_kind = $10, owner_name = $11, owner_caller = $12 WHERE id = $13",
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
            },
            expires_at: optional_time(row, "expires_at")?,
            note: note.map(|note| Reason::parse(note).ok_or_else(|| unreadable("a note that is none"))).transpose()?,
            since: time(row, "since")?,
        },
        maker: Actor { kind, name: row.try_get("maker_name")? },
        owner: lender(row, OWNER)?,
        created_at: time(row, "created_at")?,
    })
}
