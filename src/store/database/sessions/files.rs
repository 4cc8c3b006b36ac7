//! What the database knows of the files, for whoever follows the folder.

use sqlx::{AssertSqlSafe, Row};

use super::row::{FileMark, MARK};
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;
use crate::store::database::{Database, Error};

/// A session's file, as it was read last.
#[derive(Clone, Debug)]
pub struct StoredFile {
    pub key: SessionKey,
    pub mark: FileMark,
}

impl Database {
    /// All files that were there at last.
    pub async fn files(&self) -> Result<Vec<StoredFile>, Error> {
        let sql = format!("SELECT app, id, {MARK} FROM session WHERE gone_at IS NULL");
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(self.readers()).await?;
        let mut files = Vec::with_capacity(rows.len());
        for row in &rows {
            let mark = FileMark::read(row)?;
            files.extend(SessionKey::parse(row.try_get(0)?, row.try_get(1)?).map(|key| StoredFile { key, mark }));
        }
        Ok(files)
    }

    /// Whether the folder has been read before by this installation.
    pub async fn has_scanned(&self) -> Result<bool, Error> {
        Ok(sqlx::query("SELECT 1 FROM first_scan").fetch_optional(self.readers()).await?.is_some())
    }

    /// Notes that the folder has been read for the first time.
    pub async fn note_first_scan(&self, at: Timestamp) -> Result<(), Error> {
        let insert = sqlx::query("INSERT INTO first_scan (one, at) VALUES (1, $1) ON CONFLICT DO NOTHING");
        self.relaxed().await.execute(insert.bind(at.millis())).await
    }

    /// Forgets sessions that have been gone since before this time.
    pub async fn forget_gone_before(&self, time: Timestamp) -> Result<(), Error> {
        let delete = sqlx::query("DELETE FROM session WHERE gone_at < $1 AND unpushed = 0");
        self.relaxed().await.execute(delete.bind(time.millis())).await
    }
}
