//! Approval links: of each the digest of its secret, never the secret.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::access_log::{self, Access};
use super::accounts::{SecretHash, optional_time, time};
use super::{Database, Error};
use crate::domain::account::{Actor, ActorKind};
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;

/// A link that lets one session in, once.
#[derive(Clone, Debug)]
pub struct LinkRow {
    /// A ULID.
    pub id: String,
    /// Which session.
    pub key: SessionKey,
    /// Who made it.
    pub maker: Actor,
    /// The id of the caller whose rights it has; `None` for the program itself.
    pub maker_caller: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// As the journal names it.
    pub actor_name: String,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

impl Database {
    /// Adds a link with its entry of the access log, and lets go of links that ended before this time.
    pub async fn add_link(
        &self,
        link: &LinkRow,
        hash: &SecretHash,
        access: &Access,
        ended: Timestamp,
    ) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        sqlx::query("DELETE FROM approval_link WHERE expires_at < ?").bind(ended.millis()).execute(&mut *tx).await?;
        sqlx::query(
            "INSERT INTO approval_link (id, hash, app, session, maker_kind, maker_name, maker_caller, created_at,
             expires_at, actor_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&link.id)
        .bind(hash.as_slice())
        .bind(link.key.app.as_str())
        .bind(link.key.id.as_str())
        .bind(link.maker.kind.as_str())
        .bind(&link.maker.name)
        .bind(&link.maker_caller)
        .bind(link.created_at.millis())
        .bind(link.expires_at.millis())
        .bind(&link.actor_name)
        .execute(&mut *tx)
        .await?;
        access_log::insert(&mut tx, access).await?;
        tx.commit().await
    }

    /// The link with this secret.
    pub async fn link(&self, hash: &SecretHash) -> Result<Option<LinkRow>, Error> {
        let row = sqlx::query("SELECT * FROM approval_link WHERE hash = ?").bind(hash.as_slice());
        row.fetch_optional(self.readers()).await?.as_ref().map(link).transpose()
    }

    /// Takes a link that is neither used nor ended: nobody else can from now on. `false` where it is.
    pub async fn take_link(&self, id: &str, at: Timestamp, from: Option<&str>) -> Result<bool, Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        let taken = sqlx::query(
            "UPDATE approval_link SET used_at = ?, used_from = ? WHERE id = ? AND used_at IS NULL AND expires_at > ?",
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
            Some(_) => "UPDATE approval_link SET change_id = ? WHERE id = ?",
            None => "UPDATE approval_link SET used_at = NULL, used_from = NULL, change_id = ? WHERE id = ?",
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
        const INTERRUPTED: &str = "used_at < ? AND change_id IS NULL";
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

fn link(row: &SqliteRow) -> Result<LinkRow, Error> {
    let unreadable = |what: &'static str| Error::Decode(what.into());
    let kind = ActorKind::parse(row.try_get("maker_kind")?).ok_or_else(|| unreadable("a maker that is none"))?;
    let key = SessionKey::parse(row.try_get("app")?, row.try_get("session")?);
    Ok(LinkRow {
        id: row.try_get("id")?,
        key: key.ok_or_else(|| unreadable("a session that is none"))?,
        maker: Actor { kind, name: row.try_get("maker_name")? },
        maker_caller: row.try_get("maker_caller")?,
        created_at: time(row, "created_at")?,
        expires_at: time(row, "expires_at")?,
        actor_name: row.try_get("actor_name")?,
        used_at: optional_time(row, "used_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::{Action, Outcome};
    use crate::store::database::journal::{End, Intent};

    #[tokio::test]
    async fn a_use_that_a_stop_interrupted_is_settled_by_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).await.unwrap();
        let at = Timestamp::from_millis;
        let operator = Actor { kind: ActorKind::User, name: "olga".to_owned() };
        let link = |n: u8| LinkRow {
            id: format!("link{n}"),
            key: SessionKey::parse("com.a", "0a").unwrap(),
            maker: operator.clone(),
            maker_caller: Some("user:x".to_owned()),
            created_at: at(1),
            expires_at: at(1000),
            actor_name: format!("{n} by olga"),
            used_at: None,
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
        };
        let access = Access {
            id: 0,
            at: at(1),
            actor: operator.clone(),
            action: "link_created".to_owned(),
            subject: None,
            detail: None,
            address: None,
        };
        for n in 1..=4 {
            database.add_link(&link(n), &[n; 32], &access, at(0)).await.unwrap();
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
