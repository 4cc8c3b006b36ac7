//! Saved views: filters of the list of sessions that somebody gave a name.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::columns::{key, time, unreadable};
use super::{Database, Error};
use crate::domain::name::Name;
use crate::domain::timestamp::Timestamp;

/// A filter with a name. Its owner alone sees it.
#[derive(Clone, Debug)]
pub struct SavedView {
    pub name: Name,
    /// The keys of a list as an address has them, without a page.
    pub query: String,
    pub created_at: Timestamp,
}

/// What became of a view that was to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    New,
    /// In the place of one of this name.
    Again,
    /// The caller has as many as one may have.
    TooMany,
}

impl Database {
    /// The views of a caller, by name.
    pub async fn views(&self, owner: &str) -> Result<Vec<SavedView>, Error> {
        let rows = sqlx::query("SELECT name, query, created_at FROM saved_view WHERE owner = $1 ORDER BY name_key")
            .bind(owner)
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(view).collect()
    }

    /// A caller's view of this name, in either case.
    pub async fn view(&self, owner: &str, name: &str) -> Result<Option<SavedView>, Error> {
        let row = sqlx::query("SELECT name, query, created_at FROM saved_view WHERE owner = $1 AND name_key = $2")
            .bind(owner)
            .bind(key(name))
            .fetch_optional(self.readers())
            .await?;
        row.as_ref().map(view).transpose()
    }

    /// Saves a view, at most `most` for one caller.
    pub async fn put_view(&self, owner: &str, view: &SavedView, most: i64) -> Result<Saved, Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        let name_key = key(view.name.as_str());
        let (others, is_there): (i64, i64) = sqlx::query_as(
            "SELECT CAST(count(*) AS BIGINT), CAST(count(CASE WHEN name_key = $2 THEN 1 END) AS BIGINT)
             FROM saved_view WHERE owner = $1",
        )
        .bind(owner)
        .bind(&name_key)
        .fetch_one(&mut *tx)
        .await?;
        if is_there == 0 && others >= most {
            return Ok(Saved::TooMany);
        }
        sqlx::query(
            "INSERT INTO saved_view (owner, name_key, name, query, created_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (owner, name_key) DO UPDATE SET name = excluded.name, query = excluded.query",
        )
        .bind(owner)
        .bind(name_key)
        .bind(view.name.as_str())
        .bind(&view.query)
        .bind(view.created_at.millis())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(if is_there == 0 { Saved::New } else { Saved::Again })
    }

    /// Removes a caller's view of this name; whether there was one.
    pub async fn remove_view(&self, owner: &str, name: &str) -> Result<bool, Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        let done = sqlx::query("DELETE FROM saved_view WHERE owner = $1 AND name_key = $2")
            .bind(owner)
            .bind(key(name))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

fn view(row: &AnyRow) -> Result<SavedView, Error> {
    Ok(SavedView {
        name: Name::parse(row.try_get("name")?).ok_or_else(|| unreadable("a name that is none"))?,
        query: row.try_get("query")?,
        created_at: time(row, "created_at")?,
    })
}
