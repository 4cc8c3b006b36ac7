//! Tokens: what programs show who they are by.

use super::by::By;
use super::common::{apps_text, name_taken, new_id, now};
use super::given::{Ends, Given};
use super::model::Token;
use super::secrets::{digest, new_token};
use super::service::Accounts;
use super::snapshot::earlier;
use crate::domain::account::{AppScope, Role};
use crate::domain::name::Name;
use crate::domain::network_scope::NetworkScope;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::i18n::Message;
use crate::services::error::{Error, TokenFault};
use crate::store::database::accounts::AccountsChange;
use crate::store::database::tokens::TokenRow;

/// A token to be made. It belongs to who makes it, or to the user of the token that does.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub name: Name,
    pub role: Role,
    /// The apps it is held to.
    pub apps: AppScope,
    /// The networks it may be used from.
    pub networks: NetworkScope,
    /// How long it lives, in seconds; `None` for ever.
    pub expires_in: Option<u64>,
    /// Whether `secrets:read` is given.
    pub secrets: bool,
}

/// What to change of a token; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct TokenChange {
    pub name: Option<Name>,
    /// The apps it is held to.
    pub apps: Option<AppScope>,
    /// The networks it may be used from.
    pub networks: Option<NetworkScope>,
    /// How long it lives from now on, in seconds; `Some(None)` for ever.
    pub expires_in: Option<Option<u64>>,
}

/// How far a token is from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It has no end, or a far one.
    Long,
    /// It ends within 14 days.
    Short,
    Over,
}

/// In milliseconds: so long before its end a token is warned of.
const SHORT_LIFE: i64 = 14 * 24 * 60 * 60 * 1000;

impl Token {
    /// How far it is from its end.
    pub fn life(&self, now: Timestamp) -> Life {
        match self.expires_at {
            Some(end) if end <= now => Life::Over,
            Some(end) if end <= now.plus_millis(SHORT_LIFE) => Life::Short,
            _ => Life::Long,
        }
    }
}

impl Accounts {
    /// Creates a token; its secret is told this once. One that a token makes reads secrets, lives, and is used from
    /// elsewhere no more than that one.
    pub async fn create_token(&self, by: &By, token: NewToken) -> Result<(Token, Secret<String>), Error> {
        if token.role == Role::Owner || token.secrets {
            by.require_recent_password()?;
        }
        let now = now();
        let expires_at = expiry(now, token.expires_in)?;
        let secret = new_token()?;
        let mut change = self.change_by(by).await?;
        let parent = asking_token(&mut change, by, now).await?;
        let limits = parent.as_ref().map(|parent| &parent.networks);
        let maker = match &parent {
            Some(parent) => parent.maker.clone(),
            None => by.user().map(str::to_owned),
        };
        if let Some(maker) = &maker
            && !change.is_enabled(maker).await?
        {
            return Err(Error::Unauthenticated);
        }
        let row = TokenRow {
            id: new_id(),
            name: token.name.as_str().to_owned(),
            role: token.role,
            apps: token.apps.within(&by.scope),
            networks: limited(token.networks, limits)?,
            secrets: token.secrets && parent.as_ref().is_none_or(|parent| parent.secrets),
            maker,
            created_at: now,
            expires_at: earlier(expires_at, parent.as_ref().and_then(|parent| parent.expires_at)),
            parent: parent.map(|parent| parent.id),
            last_used_at: None,
            last_used_ip: None,
            previous: None,
        };
        change.add_token(&row, &digest(secret.expose())).await.map_err(name_taken)?;
        change.note(&by.access("token_created", Some(&row.name)).with(described(&row))).await?;
        change.commit().await?;
        Ok((row.into(), secret))
    }

    /// The tokens that are not revoked and that `by` may see, by name.
    pub async fn tokens(&self, by: &By) -> Result<Vec<Token>, Error> {
        let tokens = self.database.tokens().await?.into_iter();
        Ok(tokens.filter(|token| token.apps.is_within(&by.scope)).map(Token::from).collect())
    }

    /// The token of this id, if `by` may see it.
    pub async fn token(&self, by: &By, id: &str) -> Result<Token, Error> {
        let token = self.database.token(id).await?.filter(|token| token.apps.is_within(&by.scope));
        token.map(Token::from).ok_or(NO_TOKEN)
    }

    /// Changes a token's name, apps, networks or end. It reaches and lives no further than the token that made it, or that asks.
    pub async fn change_token(&self, by: &By, id: &str, wanted: TokenChange) -> Result<Token, Error> {
        let now = now();
        let mut change = self.change_by(by).await?;
        let before = change.token(id).await?.filter(|token| token.apps.is_within(&by.scope)).ok_or(NO_TOKEN)?;
        if before.role == Role::Owner || before.secrets {
            by.require_recent_password()?;
        }
        let mut after = before.clone();
        if let Some(name) = wanted.name {
            name.as_str().clone_into(&mut after.name);
        }
        after.apps = before.apps.replaced(wanted.apps, &by.scope);
        let asking = asking_token(&mut change, by, now).await?;
        if let Some(networks) = wanted.networks.filter(|networks| *networks != before.networks) {
            after.networks = limited(networks, asking.as_ref().map(|asking| &asking.networks))?;
        }
        // `null` for what has no end changes nothing, whoever asks.
        let expires_in = wanted.expires_in.filter(|life| (*life, before.expires_at) != (None, None));
        if let Some(expires_in) = expires_in {
            after.expires_at = expiry(now, expires_in)?;
            if let Some(asking) = &asking {
                after.expires_at = earlier(after.expires_at, asking.expires_at);
            }
            if let Some(parent) = &before.parent {
                let parent = change.token(parent).await?.ok_or(NO_TOKEN)?;
                after.expires_at = earlier(after.expires_at, parent.expires_at);
            }
        }
        let fields =
            |token: &TokenRow| (token.name.clone(), token.apps.clone(), token.networks.clone(), token.expires_at);
        if fields(&after) != fields(&before) {
            change.update_token(&after).await.map_err(name_taken)?;
            change.note(&by.access("token_changed", Some(&after.name)).with(described(&after))).await?;
            change.commit().await?;
        }
        Ok(after.into())
    }

    /// Ends a token at once, and all that it made.
    pub async fn revoke_token(&self, by: &By, id: &str) -> Result<(), Error> {
        let token = self.token(by, id).await?;
        self.remove_token(by, &token.id).await
    }

    pub(super) async fn remove_token(&self, by: &By, id: &str) -> Result<(), Error> {
        let mut change = self.change_by(by).await?;
        let gone = change.remove_token(id).await?;
        if gone.is_empty() {
            return Err(NO_TOKEN);
        }
        for token in gone {
            change.note(&by.access("token_revoked", Some(&token.name))).await?;
        }
        Ok(change.commit().await?)
    }
}

pub(super) const NO_TOKEN: Error = Error::NotFound("token-of-this-id");

/// The token that asks, which must still be good.
pub(super) async fn asking_token(
    change: &mut AccountsChange<'_>,
    by: &By,
    now: Timestamp,
) -> Result<Option<TokenRow>, Error> {
    let Some(id) = by.token() else { return Ok(None) };
    let parent = change.token(id).await?.ok_or(Error::InvalidToken(TokenFault::Unknown))?;
    match parent.expires_at {
        Some(end) if end <= now => Err(Error::InvalidToken(TokenFault::Expired)),
        _ => Ok(Some(parent)),
    }
}

/// The networks of a token that one with these limits makes or changes: without any named, the same.
fn limited(wanted: NetworkScope, limits: Option<&NetworkScope>) -> Result<NetworkScope, Error> {
    match limits {
        Some(limits) if wanted.is_any() => Ok(limits.clone()),
        Some(limits) if !wanted.is_within(limits) => {
            Err(Error::invalid("/networks", Message::new("value-networks-beyond")))
        }
        _ => Ok(wanted),
    }
}

/// When a token ends that lives for so many seconds from now on.
fn expiry(now: Timestamp, seconds: Option<u64>) -> Result<Option<Timestamp>, Error> {
    match seconds {
        None => Ok(None),
        Some(0) => Err(Error::invalid("/expires_in", Message::new("value-token-too-short"))),
        Some(seconds) => {
            let millis = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000);
            Ok(Some(now.plus_millis(millis)))
        }
    }
}

pub(super) fn described(token: &TokenRow) -> String {
    let ends = token.expires_at.map_or(Ends::Never, Ends::At);
    let (role, apps, secrets) = (token.role, apps_text(&token.apps), token.secrets);
    Given { role, apps, disabled: false, secrets, networks: token.networks.texts(), ends }.to_string()
}
