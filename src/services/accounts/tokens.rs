//! Tokens: what programs show who they are by.

use super::*;

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Its name.
    pub name: Name,
    /// What it may do.
    pub role: Role,
    /// The apps it is held to.
    pub apps: AppScope,
    /// How long it lives, in seconds; `None` for ever.
    pub expires_in: Option<u64>,
    /// Whether `secrets:read` is given.
    pub secrets: bool,
    /// The id of the user who makes it; `None` for the command line.
    pub maker: Option<String>,
}

/// How far a token is from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It has no end, or a far one.
    Long,
    /// It ends within 14 days.
    Short,
    /// It has ended.
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
    /// To whom a token belongs that this caller makes: [`NewToken::maker`].
    pub async fn maker(&self, caller: &Caller) -> Result<Option<String>, Error> {
        match caller.id.split_once(':') {
            Some(("user", id)) => Ok(Some(id.to_owned())),
            Some(("token", id)) => self.database.maker_of_token(id).await?.ok_or(Error::Unauthenticated),
            _ => Err(Error::Unauthenticated),
        }
    }

    /// Creates a token; its secret is told this once.
    pub async fn create_token(&self, by: &By, token: NewToken) -> Result<(Token, Secret<String>), Error> {
        let now = now();
        let expires_at = token.expires_in.map(|seconds| expiry(now, seconds)).transpose()?;
        let secret = new_token()?;
        let row = TokenRow {
            id: new_id(),
            name: token.name.as_str().to_owned(),
            role: token.role,
            apps: token.apps.within(&by.scope),
            secrets: token.secrets,
            maker: token.maker,
            created_at: now,
            expires_at,
            last_used_at: None,
            last_used_ip: None,
        };
        let mut change = self.database.change_accounts().await?;
        if let Some(maker) = &row.maker
            && !change.is_enabled(maker).await?
        {
            return Err(Error::Unauthenticated);
        }
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
        self.tokens(by).await?.into_iter().find(|token| token.id == id).ok_or(NO_TOKEN)
    }

    /// Ends a token at once.
    pub async fn revoke_token(&self, by: &By, id: &str) -> Result<(), Error> {
        let token = self.token(by, id).await?;
        let mut change = self.database.change_accounts().await?;
        if !change.remove_token(id).await? {
            return Err(NO_TOKEN);
        }
        change.note(&by.access("token_revoked", Some(&token.name))).await?;
        Ok(change.commit().await?)
    }
}

const NO_TOKEN: Error = Error::NotFound("token of this id");

fn expiry(now: Timestamp, seconds: u64) -> Result<Timestamp, Error> {
    if seconds == 0 {
        return Err(Error::invalid("/expires_in", "A token must live for at least a second."));
    }
    Ok(now.plus_millis(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000)))
}

/// For the access log.
fn described(token: &TokenRow) -> String {
    let ends = token.expires_at.map_or(Ends::Never, Ends::At);
    let (role, apps, secrets) = (token.role, apps_text(&token.apps), token.secrets);
    Given { role, apps, disabled: false, secrets, ends }.to_string()
}
