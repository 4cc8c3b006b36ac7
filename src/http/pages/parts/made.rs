//! What an account made that lives on without its password: its tokens, the approval links nobody has used, and the
//! webhooks and rules that act with its rights.

use super::page::Page;
use super::rows;
use crate::domain::session::SessionKey;
use crate::services::accounts::Token;
use crate::services::error::Error;
use crate::services::links::ApprovalLink;

/// The names of what another password can end.
pub struct Made {
    pub tokens: Vec<String>,
    pub links: Vec<String>,
    pub webhooks: Vec<String>,
    pub rules: Vec<String>,
}

impl Made {
    /// By the user of this id.
    pub async fn by(page: &Page, user: &str) -> Result<Self, Error> {
        let tokens = page.app.accounts.tokens_made_by(user).await?;
        let callers = page.app.accounts.callers_of(user).await?;
        let links = page.app.links.made_by(&callers).await?;
        let shown = |names: Vec<String>| names.iter().map(|name| rows::shown(name).into_owned()).collect();
        Ok(Self {
            tokens: tokens.iter().map(token_name).collect(),
            links: links.iter().map(|link| link_name(page, link)).collect(),
            webhooks: shown(page.app.webhooks.acting_for(&callers).await?),
            rules: shown(page.app.rules.acting_for(&callers).await?),
        })
    }

    pub fn is_empty(&self) -> bool {
        [&self.tokens, &self.links, &self.webhooks, &self.rules].into_iter().all(Vec::is_empty)
    }
}

pub fn token_name(token: &Token) -> String {
    rows::shown(&token.name).into_owned()
}

/// The device that a link lets in, and until when.
fn link_name(page: &Page, link: &ApprovalLink) -> String {
    let (l, device) = (page.locale, link_device(page, link));
    l.args("own-link", &[("device", device.into()), ("date", l.exact(link.expires_at).to_string().into())])
}

/// The device that a link lets in.
pub fn link_device(page: &Page, link: &ApprovalLink) -> String {
    let apps = page.person().ok().map(|caller| &caller.apps);
    let key = SessionKey::parse(&link.app, &link.session);
    let session = key.zip(apps).and_then(|(key, apps)| page.app.catalog.session(apps, &key).ok().flatten());
    session.map_or_else(|| rows::short_id(&link.session), |session| rows::name(&session).0)
}
