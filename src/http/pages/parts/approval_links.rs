//! The approval links that still work, for pages that list them.

use std::collections::HashMap;

use super::created_items::{link_device, linked_sessions};
use super::page::Page;
use super::text::{self, When};
use crate::domain::account::Permission;
use crate::domain::session::{Session, SessionKey};
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::links::{ApprovalLink, LinkFilter};

/// One link in a list.
pub struct LinkRow {
    /// The device it lets in, and the page of its session.
    pub session: Option<(String, String)>,
    pub app: String,
    pub maker: Html,
    /// The webhook that sent it.
    pub webhook: Option<String>,
    pub made: When,
    pub until: When,
    pub revoke: String,
    pub revoke_label: String,
}

impl LinkRow {
    fn new(l: Locale, sessions: &HashMap<SessionKey, Session>, link: &ApprovalLink) -> Self {
        let now = Page::now();
        let until = When::new(l, link.expires_at, now);
        Self {
            session: SessionKey::parse(&link.app, &link.session)
                .map(|key| (link_device(sessions, link), links::session(&key))),
            app: text::one_line(&link.app).into_owned(),
            maker: text::actor(l, &link.made_by),
            webhook: link.webhook.as_ref().map(|webhook| l.s("link-by-webhook", text::one_line(&webhook.name))),
            made: When::new(l, link.created_at, now),
            revoke_label: l.s("link-revoke-name", l.exact(link.expires_at)),
            until: When { ago: l.exact(link.expires_at), ..until },
            revoke: format!("/approval-links/{}/revoke", links::encode(&link.id)),
        }
    }
}

/// The links of one session, for those who may end them.
pub async fn of_session(page: &Page, key: &SessionKey) -> Result<Vec<LinkRow>, Error> {
    if !page.may(Permission::Change) {
        return Ok(Vec::new());
    }
    let caller = &page.caller;
    let filter =
        LinkFilter { app: Some(key.app.to_string()), session: Some(key.id.to_string()), ..LinkFilter::default() };
    Ok(list(page, page.app.links.live(&caller.apps, &filter).await?).await)
}

/// The links that act with the rights of the caller or of their tokens, for those who may end them.
pub async fn of_caller(page: &Page) -> Result<Vec<LinkRow>, Error> {
    if !page.may(Permission::Change) {
        return Ok(Vec::new());
    }
    let caller = &page.caller;
    let callers = match caller.id.strip_prefix("user:") {
        Some(user) => page.app.accounts.callers_of(user).await?,
        None => vec![caller.id.clone()],
    };
    let filter = LinkFilter { makers: Some(callers), ..LinkFilter::default() };
    Ok(list(page, page.app.links.live(&caller.apps, &filter).await?).await)
}

async fn list(page: &Page, links: Vec<ApprovalLink>) -> Vec<LinkRow> {
    let sessions = linked_sessions(page, &links).await;
    links.iter().map(|link| LinkRow::new(page.locale, &sessions, link)).collect()
}
