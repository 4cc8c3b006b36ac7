//! How sessions spread over systems, and over the days on which they were first seen.

use std::collections::HashMap;

use sqlx::Row;

use super::lists::Apps;
use super::row::LIVE;
use crate::domain::app_id::AppId;
use crate::domain::timestamp::Timestamp;
use crate::store::database::columns::text;
use crate::store::database::sql::Sql;
use crate::store::database::{Database, Error};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// What sessions are like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// How many sessions run on which system, the most frequent first; without a name, those that say none.
    pub systems: Vec<(String, u64)>,
    /// The start of each day in UTC, the oldest first, and how many of the sessions were first seen on it.
    pub first_seen: Vec<(Timestamp, u64)>,
}

impl Database {
    /// How many sessions of these apps are of a jailbroken device.
    pub async fn count_jailbroken(&self, apps: &Apps) -> Result<u64, Error> {
        let mut sql =
            over(&format!("SELECT count(*) FROM session{}", self.engine.indexed_by("session_jailbroken")), apps);
        sql.push(" AND jailbroken = 1");
        Ok(sql.build_scalar::<i64>()?.fetch_one(self.readers()).await?.cast_unsigned())
    }

    /// What the sessions of these apps are like; first seen over so many days, of which `now` is the last.
    pub async fn statistics(&self, apps: &Apps, now: Timestamp, days: i64) -> Result<Statistics, Error> {
        let mut sql =
            over(&format!("SELECT system, count(*) FROM session{}", self.covered_by("session_systems")), apps);
        sql.push(" GROUP BY system ORDER BY count(*) DESC, system");
        let rows = sql.build()?.fetch_all(self.readers()).await?;
        let systems =
            rows.iter().map(|row| Ok((text(row, 0)?.unwrap_or_default(), row.try_get::<i64, _>(1)?.cast_unsigned())));
        let systems = systems.collect::<Result<_, Error>>()?;
        let today = now.millis().div_euclid(DAY);
        let first = today - days + 1;
        let index = self.covered_by("session_order_first_seen");
        let mut sql = over(&format!("SELECT first_seen / {DAY}, count(*) FROM session{index}"), apps);
        sql.push(" AND first_seen >= ").push_bind(first * DAY).push(" GROUP BY 1");
        let rows = sql.build()?.fetch_all(self.readers()).await?;
        let by_day = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get::<i64, _>(1)?.cast_unsigned())));
        let by_day: HashMap<i64, u64> = by_day.collect::<Result<_, Error>>()?;
        let on = |day| (Timestamp::from_millis(day * DAY), by_day.get(&day).copied().unwrap_or(0));
        Ok(Statistics { systems, first_seen: (first..=today).map(on).collect() })
    }
}

fn over(select: &str, apps: &Apps) -> Sql {
    let mut sql = Sql::new(format!("{select} WHERE {LIVE}"));
    if let Apps::Some(apps) = apps {
        sql.push_in(" AND app", apps.iter().map(AppId::to_string));
    }
    sql
}
