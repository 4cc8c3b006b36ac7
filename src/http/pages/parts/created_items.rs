//! What an account has made that lives on without its password: its tokens, the approval links nobody has used, and
//! the webhooks and rules that act with its rights.

use super::page::Page;
use super::rows;
use super::text;
use crate::domain::session::SessionKey;
use crate::services::error::Error;
use crate::services::links::ApprovalLink;

/// The names of what another password can end.
pub struct CreatedItems {
    pub tokens: Vec<String>,
    pub links: Vec<String>,
    pub webhooks: Vec<String>,
    pub rules: Vec<String>,
}

impl CreatedItems {
    /// By the user of this id.
    pub async fn by(page: &Page, user: &str) -> Result<Self, Error> {
        let (l, app) = (page.locale, &page.app);
        let tokens = app.accounts.tokens_made_by(user).await?;
        let callers = app.accounts.callers_of(user).await?;
        let links = app.links.made_by(&callers).await?;
        let (webhooks, rules) = (app.webhooks.acting_for(&callers).await?, app.rules.acting_for(&callers).await?);
        Ok(Self {
            tokens: tokens.iter().map(|token| line(&token.name)).collect(),
            links: links
                .iter()
                .map(|link| {
                    let date = l.exact(link.expires_at);
                    l.args("own-link", &[("device", link_device(page, link).into()), ("date", date.into())])
                })
                .collect(),
            webhooks: webhooks.iter().map(line).collect(),
            rules: rules.iter().map(line).collect(),
        })
    }

    pub fn is_empty(&self) -> bool {
        [&self.tokens, &self.links, &self.webhooks, &self.rules].into_iter().all(Vec::is_empty)
    }
}

fn line(name: impl AsRef<str>) -> String {
    text::one_line(name.as_ref()).into_owned()
}

/// The device that a link lets in.
pub fn link_device(page: &Page, link: &ApprovalLink) -> String {
    let key = SessionKey::parse(&link.app, &link.session);
    let session = key.and_then(|key| page.app.catalog.session(&page.caller.apps, &key).ok().flatten());
    session.map_or_else(|| text::short_id(&link.session), |session| rows::name(&session).0)
}
