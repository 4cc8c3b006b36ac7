//! The form for an e-mail, in the row of its session.

use super::conflict::{Notice, Wanted};
use super::facts;
use super::page::Page;
use super::rows::Row;
use crate::domain::account::Permission;
use crate::domain::change::ExpectedState;
use crate::domain::session::{Session, SessionKey};
use crate::services::error::Error;

/// The form in the row of one session.
pub struct EmailForm {
    pub session: Session,
    /// The state of the file that it was read with.
    pub expected: String,
    /// The newest change that was made by then.
    pub newest: String,
    pub email: String,
    pub error: Option<String>,
    pub notice: Option<Notice>,
}

impl EmailForm {
    /// For the session that the address names, if its e-mail can be edited.
    pub async fn asked(page: &Page) -> Result<Option<Self>, Error> {
        let named = page.query.get("edit").and_then(|named| named.rsplit_once('/'));
        let Some(key) = named.and_then(|(app, id)| SessionKey::parse(app, id)) else { return Ok(None) };
        if !page.may(Permission::Change) {
            return Ok(None);
        }
        Self::read(page, &key, None, None).await
    }

    /// By the file as it is now. `wanted` is what was typed before.
    pub async fn read(
        page: &Page,
        key: &SessionKey,
        wanted: Option<&Wanted>,
        seen: Option<String>,
    ) -> Result<Option<Self>, Error> {
        let Some(detail) = page.app.catalog.detail(&page.caller.apps, key).await? else { return Ok(None) };
        if !Row::is_readable(&detail.session) {
            return Ok(None);
        }
        let history = facts::history(page, key).await?;
        let notice = match wanted {
            Some(wanted) => Notice::new(page, &detail, &history, wanted).await?,
            None => None,
        };
        let typed = wanted.and_then(|wanted| wanted.email.clone());
        Ok(Some(Self {
            email: typed.or_else(|| detail.session.email.clone()).unwrap_or_default(),
            expected: seen.unwrap_or_else(|| ExpectedState::tag(&detail.digest, detail.session.declined.as_ref())),
            newest: history.items.first().map(|change| change.id.clone()).unwrap_or_default(),
            error: wanted.and_then(|wanted| wanted.email_error.clone()),
            notice,
            session: detail.session,
        }))
    }
}
