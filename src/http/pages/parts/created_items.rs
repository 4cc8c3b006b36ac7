//! What an account has made that lives on without its password: its tokens, the approval links nobody has used, and
//! the webhooks and rules that act with its rights.

use std::collections::HashMap;

use super::page::Page;
use super::rows;
use super::text;
use crate::domain::session::{Session, SessionKey};
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
        let sessions = linked_sessions(page, &links).await;
        Ok(Self {
            tokens: tokens.iter().map(|token| line(&token.name)).collect(),
            links: links
                .iter()
                .map(|link| {
                    let (device, date) = (link_device(&sessions, link), l.exact(link.expires_at));
                    l.args("own-link", &[("device", device.into()), ("date", date.into())])
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

/// The sessions that links are for, as far as they are there.
pub async fn linked_sessions(page: &Page, links: &[ApprovalLink]) -> HashMap<SessionKey, Session> {
    let keys: Vec<SessionKey> = links.iter().filter_map(|link| SessionKey::parse(&link.app, &link.session)).collect();
    page.app.catalog.sessions(&page.caller.apps, &keys).await
}

/// The device that a link lets in.
pub fn link_device(sessions: &HashMap<SessionKey, Session>, link: &ApprovalLink) -> String {
    let session = SessionKey::parse(&link.app, &link.session).and_then(|key| sessions.get(&key));
    session.map_or_else(|| text::short_id(&link.session), |session| rows::name(session).0)
}
