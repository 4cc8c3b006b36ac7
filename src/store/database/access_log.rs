//! The access log's rows.

use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::columns::stored;
use super::sql::Sql;
use super::{Database, Error};
use crate::domain::account::{Actor, ActorKind};
use crate::domain::timestamp::Timestamp;

#[derive(Clone, Debug)]
pub struct Access {
    /// In the order in which things happened; given when it is written.
    pub id: i64,
    pub at: Timestamp,
    pub actor: Actor,
    pub action: String,
    /// To which user or token.
    pub subject: Option<String>,
    /// What was given to them.
    pub detail: Option<String>,
    pub count: u64,
    pub address: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct AccessFilter {
    /// By the actor of this name.
    pub actor: Option<String>,
    pub action: Option<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

impl Database {
    /// Writes what changed nothing: a login that failed, something that was read. The entry's id.
    pub async fn note_access(&self, access: &Access) -> Result<i64, Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        let id = insert(&mut tx, access).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The same, where it is one more in the entry of what this caller did from this time on, if there is one.
    pub async fn note_access_again(&self, access: &Access, since: Timestamp) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        let counted = sqlx::query(
            "UPDATE access_log SET count = count + 1 WHERE id = (SELECT max(id) FROM access_log WHERE at > $1
             AND actor_kind = $2 AND actor_name = $3 AND action = $4 AND subject IS NOT DISTINCT FROM $5
             AND address IS NOT DISTINCT FROM $6)",
        )
        .bind(since.millis())
        .bind(access.actor.kind.as_str())
        .bind(&access.actor.name)
        .bind(&access.action)
        .bind(&access.subject)
        .bind(&access.address)
        .execute(&mut *tx)
        .await?;
        if counted.rows_affected() == 0 {
            insert(&mut tx, access).await?;
        }
        tx.commit().await
    }

    /// Says how often it was so what an entry is about.
    pub async fn set_access_count(&self, id: i64, count: u64) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        turn.execute(sqlx::query("UPDATE access_log SET count = $1 WHERE id = $2").bind(count).bind(id)).await
    }

    /// The newest entries first, from behind the one with this id on.
    pub async fn accesses(
        &self,
        filter: &AccessFilter,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Access>, Error> {
        let mut query = Sql::new("SELECT * FROM access_log WHERE 1 = 1");
        narrow(&mut query, filter);
        if let Some(after) = after {
            query.push(" AND id < ").push_bind(after);
        }
        query.push(" ORDER BY id DESC LIMIT ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
        query.build()?.fetch_all(self.readers()).await?.iter().map(access).collect()
    }

    /// How many entries there are.
    pub async fn count_accesses(&self, filter: &AccessFilter) -> Result<u64, Error> {
        let mut query = Sql::new("SELECT COUNT(*) FROM access_log WHERE 1 = 1");
        narrow(&mut query, filter);
        let count: i64 = query.build_scalar()?.fetch_one(self.readers()).await?;
        Ok(count.unsigned_abs())
    }

    /// Removes entries older than this.
    pub async fn prune_accesses(&self, before: Timestamp) -> Result<u64, Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        let done = sqlx::query("DELETE FROM access_log WHERE at < $1").bind(before.millis()).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(done.rows_affected())
    }
}

fn narrow(query: &mut Sql, filter: &AccessFilter) {
    if let Some(actor) = &filter.actor {
        query.push(" AND actor_name = ").push_bind(stored(actor));
    }
    if let Some(action) = &filter.action {
        query.push(" AND action = ").push_bind(stored(action));
    }
    if let Some(since) = filter.since {
        query.push(" AND at >= ").push_bind(since.millis());
    }
    if let Some(until) = filter.until {
        query.push(" AND at < ").push_bind(until.millis());
    }
}

/// Writes an entry within a change. Its id.
pub(super) async fn insert(tx: &mut Transaction<'_, Any>, access: &Access) -> Result<i64, Error> {
    sqlx::query_scalar(
        "INSERT INTO access_log (at, actor_kind, actor_name, action, subject, detail, address)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
    )
    .bind(access.at.millis())
    .bind(access.actor.kind.as_str())
    .bind(&access.actor.name)
    .bind(&access.action)
    .bind(&access.subject)
    .bind(&access.detail)
    .bind(&access.address)
    .fetch_one(&mut **tx)
    .await
}

fn access(row: &AnyRow) -> Result<Access, Error> {
    let kind =
        ActorKind::parse(row.try_get("actor_kind")?).ok_or_else(|| Error::Decode("an actor that is none".into()))?;
    Ok(Access {
        id: row.try_get("id")?,
        at: Timestamp::from_millis(row.try_get("at")?),
        actor: Actor { kind, name: row.try_get("actor_name")? },
        action: row.try_get("action")?,
        subject: row.try_get("subject")?,
        detail: row.try_get("detail")?,
        count: row.try_get::<i64, _>("count")?.unsigned_abs(),
        address: row.try_get("address")?,
    })
}
