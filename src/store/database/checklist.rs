//! Whether the list of what an installation needs has ended.

use super::columns::Flag;
use super::{Database, Error};
use crate::domain::timestamp::Timestamp;

impl Database {
    pub async fn has_checklist_ended(&self) -> Result<bool, Error> {
        let Flag(ended) =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM checklist)").fetch_one(self.readers()).await?;
        Ok(ended)
    }

    pub async fn end_checklist(&self, now: Timestamp) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        sqlx::query("INSERT INTO checklist (one, ended_at) VALUES (1, $1) ON CONFLICT (one) DO NOTHING")
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}
