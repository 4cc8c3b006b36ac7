//! Which directory was served from this data folder, and a sample of what was in it.

use std::path::PathBuf;

use sqlx::Row;

use super::columns::Flag;
use super::{Database, Error};
use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::store::os;
use crate::store::root::FolderId;

/// The directory that was served, and its path without links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    pub path: PathBuf,
    pub id: FolderId,
    /// What its file system calls itself: numbers of devices are given again.
    pub file_system: u64,
}

/// Some of what was in the folder when it was looked at last.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    pub apps: Vec<AppId>,
    pub sessions: Vec<SessionKey>,
}

impl Database {
    /// The directory that was served; `None` before the first.
    pub async fn root(&self) -> Result<Option<Root>, Error> {
        let row = sqlx::query("SELECT path, device, file_system, inode, born FROM root")
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let id = FolderId {
            device: row.try_get::<i64, _>("device")?.cast_unsigned(),
            inode: row.try_get::<i64, _>("inode")?.cast_unsigned(),
            born: row.try_get("born")?,
        };
        let file_system = row.try_get::<i64, _>("file_system")?.cast_unsigned();
        Ok(Some(Root { path: os::path_of(row.try_get("path")?), id, file_system }))
    }

    /// Remembers the directory that is served from now on.
    pub async fn set_root(&self, root: &Root) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        sqlx::query(
            "INSERT INTO root (one, path, device, file_system, inode, born) VALUES (1, $1, $2, $3, $4, $5)
             ON CONFLICT (one) DO UPDATE SET path = excluded.path, device = excluded.device,
             file_system = excluded.file_system, inode = excluded.inode, born = excluded.born",
        )
        .bind(os::path_bytes(&root.path))
        .bind(root.id.device.cast_signed())
        .bind(root.file_system.cast_signed())
        .bind(root.id.inode.cast_signed())
        .bind(root.id.born)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// Whether any app or session was in the folder when it was looked at last.
    pub async fn knows_anything(&self) -> Result<bool, Error> {
        let Flag(any) = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM app WHERE listed = 1) OR EXISTS (SELECT 1 FROM session WHERE gone_at IS NULL)",
        )
        .fetch_one(self.readers())
        .await?;
        Ok(any)
    }

    /// At most so many apps, and so many sessions, of those that were in the folder, by chance.
    pub async fn sample(&self, most: u32) -> Result<Sample, Error> {
        let apps: Vec<String> = sqlx::query_scalar("SELECT app FROM app WHERE listed = 1 ORDER BY random() LIMIT $1")
            .bind(i64::from(most))
            .fetch_all(self.readers())
            .await?;
        let sessions = sqlx::query("SELECT app, id FROM session WHERE gone_at IS NULL ORDER BY random() LIMIT $1")
            .bind(i64::from(most))
            .fetch_all(self.readers())
            .await?;
        let key = |row| SessionKey::parse(Row::try_get(row, 0).ok()?, Row::try_get(row, 1).ok()?);
        Ok(Sample {
            apps: apps.iter().filter_map(|app| AppId::parse(app)).collect(),
            sessions: sessions.iter().filter_map(key).collect(),
        })
    }
}
