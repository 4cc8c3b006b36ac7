//! Approval links: of each the digest of its secret, never the secret.

use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Row, Transaction};

use super::access_log::{self, Access};
use super::accounts::AccountsChange;
use super::columns::{CALLERS_OF, SecretHash, optional_time, time};
use super::{Database, Error};
use crate::domain::account::{Actor, ActorKind};
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;

/// A link that lets one session in, once.
#[derive(Clone, Debug)]
pub struct LinkRow {
    /// A ULID.
    pub id: String,
    pub key: SessionKey,
    pub maker: Actor,
    /// The id of the caller whose rights it has; `None` for the program itself.
    pub maker_caller: Option<String>,
    /// The webhook that had it made: its id, and its name then.
    pub webhook: Option<(String, String)>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// As the journal names it.
    pub actor_name: String,
    pub used_at: Option<Timestamp>,
    /// When it was ended before its time.
    pub revoked_at: Option<Timestamp>,
}

/// A link that was just made, with all that is written down of it.
#[derive(Debug)]
pub struct NewLinkRow {
    pub link: LinkRow,
    /// The digest of its secret.
    pub hash: SecretHash,
    /// Its entry of the access log.
    pub access: Access,
    /// Links that ended before this time are let go.
    pub ended: Timestamp,
}

#[derive(Clone, Debug, Default)]
pub struct LinkFilter {
    pub id: Option<String>,
    pub app: Option<String>,
    /// Of sessions with this id.
    pub session: Option<String>,
    /// With the rights of one of these callers.
    pub makers: Option<Vec<String>>,
}

/// What was neither used nor revoked.
const LIVE: &str = "used_at IS NULL AND revoked_at IS NULL";

impl Database {
    /// Adds a link with its entry of the access log.
    pub async fn add_link(&self, new: &NewLinkRow) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        insert(&mut tx, new).await?;
        tx.commit().await
    }

    /// The links that work still, the newest first.
    pub async fn live_links(&self, filter: &LinkFilter, now: Timestamp) -> Result<Vec<LinkRow>, Error> {
        let sql = format!(
            "SELECT * FROM approval_link WHERE ($1 IS NULL OR id = $1) AND ($2 IS NULL OR app = $2)
             AND ($3 IS NULL OR session = $3)
             AND ($4 IS NULL OR maker_caller IN (SELECT value FROM json_each($4))) AND {LIVE} AND expires_at > $5 ORDER BY id DESC"
        );
        let makers = filter.makers.as_ref().map(|makers| serde_json::json!(makers).to_string());
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(&filter.id)
            .bind(&filter.app)
            .bind(&filter.session)
            .bind(makers)
            .bind(now.millis())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(link).collect()
    }

    /// Ends links before their time, each with its entry of the access log; how many worked until now.
    pub async fn revoke_links(&self, links: &[(String, Access)], now: Timestamp) -> Result<u64, Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        let mut revoked = 0;
        for (id, access) in links {
            let sql = format!("UPDATE approval_link SET revoked_at = $1 WHERE id = $2 AND {LIVE} AND expires_at > $1");
            let done = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(now.millis()).bind(id);
            if done.execute(&mut *tx).await?.rows_affected() > 0 {
                revoked += 1;
                access_log::insert(&mut tx, access).await?;
            }
        }
        tx.commit().await?;
        Ok(revoked)
    }

    /// The link with this secret.
    pub async fn link(&self, hash: &SecretHash) -> Result<Option<LinkRow>, Error> {
        let row = sqlx::query("SELECT * FROM approval_link WHERE hash = $1").bind(hash.as_slice());
        row.fetch_optional(self.readers()).await?.as_ref().map(link).transpose()
    }

    /// The link of this id, whatever became of it.
    pub async fn link_by_id(&self, id: &str) -> Result<Option<LinkRow>, Error> {
        let row = sqlx::query("SELECT * FROM approval_link WHERE id = $1").bind(id);
        row.fetch_optional(self.readers()).await?.as_ref().map(link).transpose()
    }

    /// Takes a link that is neither used nor ended: nobody else can from now on. `false` where it is.
    pub async fn take_link(&self, id: &str, at: Timestamp, from: Option<&str>) -> Result<bool, Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        let taken = sqlx::query(
            "UPDATE approval_link SET used_at = $1, used_from = $2
             WHERE id = $3 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $4",
        )
        .bind(at.millis())
        .bind(from)
        .bind(id)
        .bind(at.millis())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(taken.rows_affected() > 0)
    }

    /// Notes what a link that was taken did; without a change it is given back.
    pub async fn end_link_use(&self, id: &str, change: Option<&str>) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        let sql = match change {
            Some(_) => "UPDATE approval_link SET change_id = $1 WHERE id = $2",
            None => "UPDATE approval_link SET used_at = NULL, used_from = NULL, change_id = $1 WHERE id = $2",
        };
        sqlx::query(sql).bind(change).bind(id).execute(&mut *tx).await?;
        tx.commit().await
    }

    /// What became of links that were taken before this time and whose use a stop of the program interrupted: the
    /// journal knows. Those that came to nothing are given back. Whether all are settled: a change that is open itself
    /// is waited for.
    pub async fn settle_links(&self, before: Timestamp) -> Result<bool, Error> {
        const ITS_CHANGE: &str = "FROM change WHERE change.session = approval_link.session
            AND change.app = approval_link.app AND actor_kind = 'link' AND change.actor_name = approval_link.actor_name";
        const INTERRUPTED: &str = "used_at < $1 AND change_id IS NULL";
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        let known = format!(
            "UPDATE approval_link SET change_id = (SELECT id {ITS_CHANGE} AND outcome IS NOT NULL) WHERE {INTERRUPTED}"
        );
        let lost = format!(
            "UPDATE approval_link SET used_at = NULL, used_from = NULL
             WHERE {INTERRUPTED} AND NOT EXISTS (SELECT 1 {ITS_CHANGE})"
        );
        let left = format!("SELECT count(*) FROM approval_link WHERE {INTERRUPTED}");
        for sql in [known, lost] {
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(before.millis()).execute(&mut *tx).await?;
        }
        let left: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(left)).bind(before.millis()).fetch_one(&mut *tx).await?;
        tx.commit().await?;
        Ok(left == 0)
    }
}

impl AccountsChange<'_> {
    /// Ends the links that act with the rights of a user, or of their tokens; for which sessions they were.
    pub async fn revoke_links_of(&mut self, user: &str, now: Timestamp) -> Result<Vec<SessionKey>, Error> {
        let sql = format!(
            "UPDATE approval_link SET revoked_at = $2 WHERE {LIVE} AND expires_at > $2
             AND maker_caller IN ({CALLERS_OF}) RETURNING *"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(user).bind(now.millis());
        query.fetch_all(&mut *self.tx).await?.iter().map(|row| Ok(link(row)?.key)).collect()
    }
}

/// Adds a link within a transaction.
pub(super) async fn insert(tx: &mut Transaction<'_, Any>, new: &NewLinkRow) -> Result<(), Error> {
    let NewLinkRow { link, hash, access, ended } = new;
    sqlx::query("DELETE FROM approval_link WHERE expires_at < $1").bind(ended.millis()).execute(&mut **tx).await?;
    let (webhook, webhook_name) = link.webhook.as_ref().map(|(id, name)| (id, name)).unzip();
    sqlx::query(
        "INSERT INTO approval_link (id, hash, app, session, maker_kind, maker_name, maker_caller, webhook,
         webhook_name, created_at, expires_at, actor_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(&link.id)
    .bind(hash.as_slice())
    .bind(link.key.app.as_str())
    .bind(link.key.id.as_str())
    .bind(link.maker.kind.as_str())
    .bind(&link.maker.name)
    .bind(&link.maker_caller)
    .bind(webhook)
    .bind(webhook_name)
    .bind(link.created_at.millis())
    .bind(link.expires_at.millis())
    .bind(&link.actor_name)
    .execute(&mut **tx)
    .await?;
    access_log::insert(tx, access).await.map(drop)
}

/// Ends what a webhook has sent out of links, within a transaction.
pub(super) async fn revoke_of_webhook(tx: &mut AnyConnection, webhook: &str, now: Timestamp) -> Result<(), Error> {
    let sql = format!("UPDATE approval_link SET revoked_at = $1 WHERE webhook = $2 AND {LIVE} AND expires_at > $1");
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(now.millis()).bind(webhook);
    query.execute(tx).await.map(drop)
}

fn link(row: &AnyRow) -> Result<LinkRow, Error> {
    let unreadable = |what: &'static str| Error::Decode(what.into());
    let kind = ActorKind::parse(row.try_get("maker_kind")?).ok_or_else(|| unreadable("a maker that is none"))?;
    let key = SessionKey::parse(row.try_get("app")?, row.try_get("session")?);
    let webhook: Option<String> = row.try_get("webhook")?;
    Ok(LinkRow {
        id: row.try_get("id")?,
        key: key.ok_or_else(|| unreadable("a session that is none"))?,
        maker: Actor { kind, name: row.try_get("maker_name")? },
        maker_caller: row.try_get("maker_caller")?,
        webhook: webhook.zip(row.try_get("webhook_name")?),
        created_at: time(row, "created_at")?,
        expires_at: time(row, "expires_at")?,
        actor_name: row.try_get("actor_name")?,
        used_at: optional_time(row, "used_at")?,
        revoked_at: optional_time(row, "revoked_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Action, Outcome};
    use crate::store::database::journal::{End, Intent};

    #[tokio::test]
    async fn an_interrupted_use_is_settled_by_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::for_tests(folder.path()).await;
        let at = Timestamp::from_millis;
        let operator = Actor { kind: ActorKind::User, name: "olga".to_owned() };
        let link = |n: u8| LinkRow {
            id: format!("link{n}"),
            key: SessionKey::parse("com.a", "0a").unwrap(),
            maker: operator.clone(),
            maker_caller: Some("user:x".to_owned()),
            webhook: None,
            created_at: at(1),
            expires_at: at(1000),
            actor_name: format!("{n} by olga"),
            used_at: None,
            revoked_at: None,
        };
        let intent = |n: u8| Intent {
            id: format!("change{n}"),
            batch_id: None,
            at: at(5),
            actor: Actor { kind: ActorKind::Link, name: format!("{n} by olga") },
            action: Action::SetStatus,
            key: link(n).key,
            before: None,
            after: None,
            splices: Vec::new(),
            digest_before: None,
            digest_after: None,
            reason: None,
            request_id: String::new(),
            undoes: None,
            kept: None,
            device: None,
            waited_since: None,
            decision_before: None,
            decision_after: None,
        };
        let access = Access {
            id: 0,
            at: at(1),
            actor: operator.clone(),
            action: "link_created".to_owned(),
            subject: None,
            detail: None,
            count: 1,
            address: None,
        };
        for n in 1..=4 {
            let new = NewLinkRow { link: link(n), hash: [n; 32], access: access.clone(), ended: at(0) };
            database.add_link(&new).await.unwrap();
            assert!(database.take_link(&link(n).id, at(5), Some("::1")).await.unwrap());
            assert!(!database.take_link(&link(n).id, at(6), None).await.unwrap(), "it is taken");
        }
        // The first let in, of the second nobody knows yet, the third came to nothing; the fourth is used just now.
        database.begin_changes(&[intent(1), intent(2)]).await.unwrap();
        database.end_changes(&[(intent(1).id, End::Outcome(Outcome::Done))]).await.unwrap();
        database.end_link_use(&link(4).id, None).await.unwrap();
        assert!(database.take_link(&link(4).id, at(50), None).await.unwrap());
        let used = async |n: u8| database.link(&[n; 32]).await.unwrap().unwrap().used_at.is_some();
        assert!(!database.settle_links(at(50)).await.unwrap());
        assert_eq!([used(1).await, used(2).await, used(3).await, used(4).await], [true, true, false, true]);
        database.end_changes(&[(intent(2).id, End::NotDone)]).await.unwrap();
        assert!(database.settle_links(at(50)).await.unwrap());
        assert_eq!([used(1).await, used(2).await, used(3).await, used(4).await], [true, false, false, true]);
        assert!(!database.take_link(&link(2).id, at(1000), None).await.unwrap(), "it has ended");
    }
}
