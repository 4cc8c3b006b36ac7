//! The newest change of sessions: what rules that act after some time go by.

use std::collections::HashMap;

use sqlx::Row;

use super::columns::{time, unreadable};
use super::sql::Sql;
use super::{Database, Error};
use crate::domain::account::ActorKind;
use crate::domain::change::Values;
use crate::domain::session::{SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;

/// How many sessions one statement asks for.
const AT_ONCE: usize = 250;

/// The last that was changed, or decided, here on a session.
#[derive(Clone, Copy, Debug)]
pub struct NewestChange {
    pub at: Timestamp,
    pub by: ActorKind,
    /// Whether it left the session pending.
    pub is_pending: bool,
}

impl Database {
    /// The newest change of each of these sessions, whether its outcome is known or not. One without any is left out;
    /// sessions of the same id in other apps may be there too.
    pub async fn newest_changes(&self, keys: &[SessionKey]) -> Result<HashMap<SessionKey, NewestChange>, Error> {
        let mut newest = HashMap::new();
        for some in keys.chunks(AT_ONCE) {
            let mut sql = Sql::new(
                "SELECT app, session, at, actor_kind, after_values FROM change WHERE NOT EXISTS
                 (SELECT 1 FROM change AS later WHERE later.session = change.session AND later.app = change.app
                  AND later.id > change.id)",
            );
            // By the ids alone there is an index.
            sql.push_in(" AND session", some.iter().map(|key| key.id.as_str()));
            for row in sql.build()?.fetch_all(self.readers()).await? {
                let (app, session): (&str, &str) = (row.try_get("app")?, row.try_get("session")?);
                let after: Option<&str> = row.try_get("after_values")?;
                let after: Option<Values> =
                    after.map(serde_json::from_str).transpose().map_err(|error| Error::Decode(error.into()))?;
                let status = after.and_then(|after| after.status);
                let by = ActorKind::parse(row.try_get("actor_kind")?);
                let change = NewestChange {
                    at: time(&row, "at")?,
                    by: by.ok_or_else(|| unreadable("an actor that is none"))?,
                    is_pending: StatusClass::of(status.as_deref()) == StatusClass::Pending,
                };
                newest.extend(SessionKey::parse(app, session).map(|key| (key, change)));
            }
        }
        Ok(newest)
    }
}
