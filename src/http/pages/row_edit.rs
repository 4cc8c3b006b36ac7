//! A session's e-mail, edited in its row: the list stays as it is around it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use percent_encoding::percent_decode_str;

use super::conflict::{Clash, Notice, Wanted, gone};
use super::context::{Page, see_done, see_done_at};
use super::forms::Form;
use super::links::Pairs;
use super::rows::Row;
use super::{facts, session, sessions};
use crate::domain::account::{Caller, Permission};
use crate::domain::app_id::AppId;
use crate::domain::change::{Email, Patch};
use crate::domain::session::{App, Session, SessionKey};
use crate::services::error::Error;

/// The form in the row of one session.
pub struct EmailForm {
    pub session: Session,
    /// The state of the file that it was read with.
    pub expected: String,
    /// The newest change that was made by then.
    pub newest: String,
    /// What the field holds.
    pub email: String,
    pub error: Option<String>,
    pub notice: Option<Notice>,
}

impl EmailForm {
    /// For the session that the address names, if its e-mail can be edited.
    pub async fn asked(page: &Page) -> Result<Option<Self>, Error> {
        let caller = page.caller()?;
        let named = page.query.get("edit").and_then(|named| named.rsplit_once('/'));
        let Some(key) = named.and_then(|(app, id)| SessionKey::parse(app, id)) else { return Ok(None) };
        if caller.require(Permission::Change).is_err() {
            return Ok(None);
        }
        Self::read(page, caller, &key, None, None).await
    }

    /// By the file as it is now. `wanted` is what was typed before.
    async fn read(
        page: &Page,
        caller: &Caller,
        key: &SessionKey,
        wanted: Option<&Wanted>,
        seen: Option<String>,
    ) -> Result<Option<Self>, Error> {
        let scope = &caller.apps;
        let Some(detail) = page.app.catalog.detail(scope, key).await? else { return Ok(None) };
        if !Row::is_readable(&detail.session) {
            return Ok(None);
        }
        let history = facts::history(page, scope, key).await?;
        let notice = match wanted {
            Some(wanted) => Notice::new(page, scope, &detail, &history, wanted).await?,
            None => None,
        };
        let typed = wanted.and_then(|wanted| wanted.email.clone());
        Ok(Some(Self {
            email: typed.or_else(|| detail.session.email.clone()).unwrap_or_default(),
            // What was typed with a mistake is still built on what was seen then.
            expected: seen.unwrap_or_else(|| detail.digest.short_hex()),
            newest: history.items.first().map(|change| change.id.clone()).unwrap_or_default(),
            error: wanted.and_then(|wanted| wanted.email_error.clone()),
            notice,
            session: detail.session,
        }))
    }
}

/// Saves the e-mail.
pub async fn save(mut page: Page, form: Form) -> HttpResponse {
    let answer = change(&mut page, &form).await;
    page.answer(answer).await
}

async fn change(page: &mut Page, form: &Form) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Change)?.clone();
    form.prove(&page.csrf)?;
    let key = page.session_key()?;
    let mut wanted = session::wanted(form);
    let typed = form.get("email").trim();
    wanted.email = Some(typed.to_owned());
    let Some(email) = Email::parse(typed) else {
        wanted.email_error = Some(page.locale.t("invalid-email"));
        let seen = Some(form.get("expected").to_owned());
        return again(page, form, &caller, &key, &wanted, seen, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let patch = Patch { status: None, email: Some(email) };
    let expected = session::expected(form)?;
    let changed = page.app.edits.change(&caller, &page.request_id, key.clone(), patch, None, expected).await;
    match changed {
        Ok(changed) => Ok(see_done_at(form.back(), changed.change_id.as_deref(), &key)),
        Err(Error::NotFound(_)) => gone(page, &key, Some(&wanted)).await,
        Err(Error::PreconditionFailed) => {
            let now = page.app.catalog.session(&caller.apps, &key)?;
            if now.is_some_and(|now| wanted.is_so(&now)) {
                return Ok(see_done(form.back(), None));
            }
            wanted.clash = Some(Clash::Changed);
            again(page, form, &caller, &key, &wanted, None, StatusCode::PRECONDITION_FAILED).await
        }
        Err(error) => Err(error),
    }
}

/// The list that the form stands in, with the form as it was sent.
async fn again(
    page: &mut Page,
    form: &Form,
    caller: &Caller,
    key: &SessionKey,
    wanted: &Wanted,
    seen: Option<String>,
    status: StatusCode,
) -> Result<HttpResponse, Error> {
    let Some(email) = EmailForm::read(page, caller, key, Some(wanted), seen).await? else {
        return gone(page, key, Some(wanted)).await;
    };
    let app = go_back(page, caller, form.back())?;
    sessions::show(page, app, status, Some(email)).await
}

/// Makes the page that of the list at this address.
fn go_back(page: &mut Page, caller: &Caller, address: &str) -> Result<Option<App>, Error> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let app = path.strip_prefix("/apps/").and_then(|app| percent_decode_str(app).decode_utf8().ok());
    let app = app.and_then(|app| AppId::parse(&app)).map(|id| page.app.catalog.app(&caller.apps, &id));
    let app = app.transpose()?.flatten();
    let is_list = path == "/sessions" || app.is_some();
    page.path = if is_list { path } else { "/sessions" }.to_owned();
    page.query = if is_list { Pairs::parse(query) } else { Pairs::default() };
    Ok(app)
}
