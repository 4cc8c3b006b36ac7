//! A token gets a new secret under its name, and tokens that end soon are warned of.

use super::by::By;
use super::common::now;
use super::model::Token;
use super::secrets::{digest, new_token};
use super::service::Accounts;
use super::tokens::{Life, NO_TOKEN, asking_token};
use crate::domain::account::Role;
use crate::domain::details::Details;
use crate::domain::token::Secret;
use crate::services::error::{Conflict, Error};
use crate::store::database::tokens::TokenRow;

impl Accounts {
    /// Gives a token another secret, which is told this once. The one before works for so many more seconds; with `None`
    /// it ends at once.
    pub async fn rotate_token(&self, by: &By, id: &str, grace: Option<u64>) -> Result<(Token, Secret<String>), Error> {
        let (now, secret) = (now(), new_token()?);
        let mut change = self.change_by(by).await?;
        let before = change.token(id).await?.filter(|token| token.apps.is_within(&by.scope)).ok_or(NO_TOKEN)?;
        if before.role == Role::Owner || before.secrets {
            by.require_recent_password()?;
        }
        if before.expires_at.is_some_and(|end| end <= now) {
            return Err(Error::Conflict(Conflict::TokenExpired));
        }
        if let Some(asking) = asking_token(&mut change, by, now).await?
            && gives_more(&before, &asking)
        {
            return Err(Error::Conflict(Conflict::TokenGivesMore));
        }
        let grace = grace.map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000));
        let until = grace.map(|millis| now.plus_millis(millis));
        change.set_token_secret(id, &digest(secret.expose()), until).await?;
        let details = Details::default().with("previous_until", until.map(|until| until.to_string()));
        change.note(&by.access("token_rotated", Some(&before.name)).with(details.to_string())).await?;
        let after = change.token(id).await?.ok_or(NO_TOKEN)?;
        change.commit().await?;
        Ok((after.into(), secret))
    }

    /// How many tokens end within 14 days.
    pub async fn count_ending_tokens(&self) -> Result<u64, Error> {
        Ok(self.ending_tokens().await?.len() as u64)
    }

    /// Says in the log which tokens end within 14 days.
    pub(super) async fn warn_of_ending_tokens(&self) -> Result<(), Error> {
        for token in self.ending_tokens().await? {
            let ends = token.expires_at.map(|end| end.to_string());
            tracing::warn!(token = %token.name, ends, "a token ends soon: prolong it, or make another one in its place");
        }
        Ok(())
    }

    async fn ending_tokens(&self) -> Result<Vec<Token>, Error> {
        let now = now();
        let tokens = self.database.tokens().await?.into_iter().map(Token::from);
        Ok(tokens.filter(|token| token.life(now) == Life::Short).collect())
    }
}

/// Whether the secret of this token would give more than the token that asks for it has.
fn gives_more(token: &TokenRow, asking: &TokenRow) -> bool {
    let lives_longer = asking.expires_at.is_some_and(|end| token.expires_at.is_none_or(|other| other > end));
    let differs = token.id != asking.id;
    differs && (lives_longer || (token.secrets && !asking.secrets) || !token.networks.is_within(&asking.networks))
}
