//! Sessions that are gone: each keeps its row for as long as what deletes take away is kept.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::lists::Apps;
use super::row::{FileMark, MARK, SHOWN, read};
use crate::domain::app_id::AppId;
use crate::domain::change::Digest;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::store::database::columns::stored;
use crate::store::database::sql::Sql;
use crate::store::database::{Database, Error};

/// A session that is gone, as it was when its file was read last.
#[derive(Clone, Debug)]
pub struct GoneSession {
    pub session: Session,
    /// When it was found to be gone.
    pub gone_at: Timestamp,
    /// The change that deleted it; `None` where another program did.
    pub change_id: Option<String>,
}

impl Database {
    /// How many sessions that are gone hold this text, and the last ones of them.
    pub async fn find_gone(&self, q: &str, apps: &Apps, limit: usize) -> Result<(u64, Vec<GoneSession>), Error> {
        let mut count = Sql::new("SELECT count(*)");
        push_matches(&mut count, q, apps);
        let count: i64 = count.build_scalar()?.fetch_one(self.readers()).await?;
        if count == 0 {
            return Ok((0, Vec::new()));
        }
        let mut sql = Sql::new(format!(
            "SELECT {SHOWN}, {MARK}, gone_at, change_id, (SELECT digest_before FROM change \
             WHERE change.id = session.change_id AND action = 'delete' AND outcome = 'done') AS deleted"
        ));
        push_matches(&mut sql, q, apps);
        sql.push(" ORDER BY gone_at DESC, app, id LIMIT ").push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
        let rows = sql.build()?.fetch_all(self.readers()).await?;
        let gone: Result<Vec<_>, Error> = rows.iter().map(gone_session).collect();
        Ok((count.cast_unsigned(), gone?))
    }

    /// The apps that have sessions which are gone.
    pub async fn apps_of_gone(&self) -> Result<Vec<AppId>, Error> {
        let apps: Vec<String> = sqlx::query_scalar("SELECT DISTINCT app FROM session WHERE gone_at IS NOT NULL")
            .fetch_all(self.readers())
            .await?;
        Ok(apps.iter().filter_map(|app| AppId::parse(app)).collect())
    }
}

fn push_matches(sql: &mut Sql, q: &str, apps: &Apps) {
    sql.push(" FROM session WHERE gone_at IS NOT NULL AND there = 0 AND instr(search, ");
    sql.push_bind(stored(q)).push(") > 0");
    if let Apps::Some(apps) = apps {
        sql.push_in(" AND app", apps.iter().map(AppId::to_string));
    }
}

/// Whoever deleted these bytes deleted the session: one that came back since, and went again, had others.
fn gone_session(row: &AnyRow) -> Result<GoneSession, Error> {
    let deleted: Option<Vec<u8>> = row.try_get("deleted")?;
    let deleted = deleted.as_deref().and_then(Digest::from_bytes).map(|digest| digest.content());
    let content = FileMark::read(row)?.content.filter(|content| *content != 0);
    let is_ours = deleted.is_some_and(|deleted| content.is_none_or(|content| content == deleted));
    let change_id: Option<String> = row.try_get("change_id")?;
    Ok(GoneSession {
        session: read(row)?,
        gone_at: Timestamp::from_millis(row.try_get("gone_at")?),
        change_id: change_id.filter(|_| is_ours),
    })
}
