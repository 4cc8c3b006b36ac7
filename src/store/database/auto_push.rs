//! Whether changes are pushed by themselves, as an owner switched it last.

use super::columns::Flag;
use super::{Database, Error};

impl Database {
    pub async fn is_auto_push_on(&self) -> Result<bool, Error> {
        let on: Option<Flag> = sqlx::query_scalar("SELECT is_on FROM auto_push").fetch_optional(self.readers()).await?;
        Ok(on.is_some_and(|Flag(on)| on))
    }

    pub async fn set_auto_push(&self, on: bool) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        sqlx::query("INSERT INTO auto_push (one, is_on) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET is_on = $1")
            .bind(Flag(on))
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}
