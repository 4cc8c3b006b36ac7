//! Single sessions, and what is asked of a few.

use std::collections::{HashMap, HashSet};

use sqlx::{AssertSqlSafe, Row};

use super::row::{FileMark, LIVE, MARK, SHOWN, class, hash, read};
use crate::domain::app_id::AppId;
use crate::domain::session::{Session, SessionId, SessionKey, StatusClass};
use crate::store::database::columns::{flag, text, unreadable};
use crate::store::database::journal::OF_FILES;
use crate::store::database::sql::Sql;
use crate::store::database::{Database, Error};

/// Files by their sessions, and which bytes they had.
pub type Contents = HashMap<SessionKey, u64>;

/// How many keys one statement looks for.
const AT_ONCE: usize = 500;

impl Database {
    /// One session as lists show it, and the mark of its file.
    pub async fn session(&self, key: &SessionKey) -> Result<Option<(Session, FileMark)>, Error> {
        let sql = format!("SELECT {SHOWN}, {MARK} FROM session WHERE app = $1 AND id = $2 AND {LIVE}");
        let query = sqlx::query(AssertSqlSafe(sql)).bind(key.app.to_string()).bind(key.id.to_string());
        let Some(row) = query.fetch_optional(self.readers()).await? else { return Ok(None) };
        Ok(Some((read(&row)?, FileMark::read(&row)?)))
    }

    /// Of these sessions, those that are there, with the marks of their files.
    pub async fn sessions(&self, keys: &[SessionKey]) -> Result<HashMap<SessionKey, (Session, FileMark)>, Error> {
        let mut sessions = HashMap::with_capacity(keys.len());
        for some in keys.chunks(AT_ONCE) {
            let mut sql = Sql::new(format!("SELECT {SHOWN}, {MARK} FROM session WHERE {LIVE}"));
            sql.push(" AND (app, id) IN (VALUES ");
            sql.push_pairs(some.iter().map(|key| (key.app.as_str(), key.id.as_str()))).push(")");
            for row in sql.build()?.fetch_all(self.readers()).await? {
                let session = read(&row)?;
                sessions.insert(session.key(), (session, FileMark::read(&row)?));
            }
        }
        Ok(sessions)
    }

    /// The e-mails and login names of an app's sessions, each with how many sessions spell it so; none empty.
    pub async fn emails(&self, app: &AppId) -> Result<Vec<(String, u64)>, Error> {
        let sql =
            format!("SELECT email, count(*) FROM session WHERE app = $1 AND {LIVE} AND email <> '' GROUP BY email");
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(app.as_str()).fetch_all(self.readers()).await?;
        rows.iter()
            .map(|row| Ok((text(row, 0)?.unwrap_or_default(), row.try_get::<i64, _>(1)?.cast_unsigned())))
            .collect()
    }

    /// The sessions of an app whose files hold a push-notification token.
    pub async fn with_push_token(&self, app: &AppId) -> Result<Vec<SessionId>, Error> {
        let sql = format!("SELECT id FROM session WHERE app = $1 AND {LIVE} AND push_token_hash IS NOT NULL");
        let ids: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(app.as_str()).fetch_all(self.readers()).await?;
        Ok(ids.iter().filter_map(|id| SessionId::parse(id)).collect())
    }

    /// The files in which something is found, and which bytes they have; of those that 4D does not take for certain
    /// (`refused`), or of those of which all findings are assumed. Of a file that was not read, what the file system
    /// says of it stands for its bytes.
    pub async fn noncompliant(&self, refused: bool) -> Result<Contents, Error> {
        let sql = format!(
            "SELECT app, id, {MARK} FROM session{} WHERE {LIVE} AND compliance > 0 AND compliance = $1",
            self.engine.indexed_by("session_noncompliant")
        );
        let rows =
            sqlx::query(AssertSqlSafe(sql)).bind(if refused { 2_i64 } else { 1 }).fetch_all(self.readers()).await?;
        rows.iter()
            .map(|row| {
                let key = SessionKey::parse(row.try_get(0)?, row.try_get(1)?);
                Ok((key.ok_or_else(|| unreadable("a session that is none"))?, FileMark::read(row)?.bytes()))
            })
            .collect()
    }

    /// Of these devices, by their ids in lower case, the folders in which a session of theirs is accepted.
    pub async fn accepted_devices(&self, devices: &HashSet<String>) -> Result<Vec<(String, AppId)>, Error> {
        let by_hash: HashMap<i64, &String> = devices.iter().map(|device| (hash(device), device)).collect();
        let hashes: Vec<i64> = by_hash.keys().copied().collect();
        let mut found = Vec::new();
        for some in hashes.chunks(AT_ONCE) {
            let accepted = class(StatusClass::Accepted);
            let mut sql =
                Sql::new(format!("SELECT DISTINCT same_device, app FROM session WHERE {LIVE} AND class = {accepted}"));
            sql.push_in(" AND same_device", some.iter().copied());
            for row in sql.build()?.fetch_all(self.readers()).await? {
                let device = by_hash.get(&row.try_get::<i64, _>(0)?);
                found.extend(device.zip(AppId::parse(row.try_get(1)?)).map(|(device, app)| ((*device).clone(), app)));
            }
        }
        Ok(found)
    }

    /// How many sessions there are of which something that was changed here is left to push.
    pub async fn count_left_to_push(&self) -> Result<u64, Error> {
        let count = sqlx::query_scalar("SELECT count(*) FROM session WHERE unpushed = 1");
        count.fetch_one(self.readers()).await.map(i64::cast_unsigned)
    }

    /// The sessions of which something that was changed here is left to push; those that are gone too. By app then id,
    /// each with its newest change and whether it is there.
    pub async fn left_to_push(&self) -> Result<Vec<(SessionKey, String, bool)>, Error> {
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT app, id, there, (SELECT max(change.id) FROM change WHERE change.app = session.app
             AND change.session = session.id AND pushed_at IS NULL AND outcome IS NOT NULL AND {OF_FILES})
             FROM session WHERE unpushed = 1 ORDER BY app, id"
        )))
        .fetch_all(self.readers())
        .await?;
        let mut left = Vec::with_capacity(rows.len());
        for row in &rows {
            let key = SessionKey::parse(row.try_get(0)?, row.try_get(1)?);
            let newest: Option<String> = row.try_get(3)?;
            let is_there = flag(row, 2)?;
            left.extend(key.zip(newest).map(|(key, newest)| (key, newest, is_there)));
        }
        Ok(left)
    }
}
