//! A session's e-mail, edited in its row: the list stays as it is around it.

use actix_web::http::StatusCode;
use percent_encoding::percent_decode_str;

use super::parts::{Authorized, Clash, EmailForm, NamedApp, Page, Verified, Wanted, gone, see_done, see_done_at};
use super::session::Edit;
use super::sessions;
use crate::domain::app_id::AppId;
use crate::domain::change::{Email, Patch};
use crate::domain::session::SessionKey;
use crate::http::extract::Change;
use crate::http::failure::Answer;
use crate::http::links::Pairs;
use crate::services::error::Error;

pub async fn save(Authorized { mut page, .. }: Authorized<Change>, sent: Verified<Edit>) -> Answer {
    let key = page.session_key()?;
    let typed = sent.form.email.trim();
    let mut wanted = Wanted { email: Some(typed.to_owned()), ..sent.form.wanted() };
    let Some(email) = Email::parse(typed) else {
        wanted.email_error = Some(page.locale.t("invalid-email"));
        // What was typed with a mistake is still built on what was seen then.
        let seen = sent.form.expected.clone();
        return again(&mut page, &sent.back, &key, &wanted, seen).await;
    };
    let patch = Patch { status: None, email: Some(email) };
    match page.app.edits.change(sent.form.context(&page, None)?, key.clone(), patch).await {
        Ok(changed) => Ok(see_done_at(&sent.back, changed.change_id.as_deref(), &key)),
        Err(Error::NotFound(_)) => gone(&page, &key, Some(&wanted)).await,
        Err(Error::PreconditionFailed) => {
            let now = page.app.catalog.session(&page.caller.apps, &key).await?;
            if now.is_some_and(|now| wanted.is_so(&now)) {
                return Ok(see_done(&sent.back, None, &key));
            }
            wanted.clash = Some(Clash::Changed);
            again(&mut page, &sent.back, &key, &wanted, None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The list that the form stands in, with the form as it was sent.
async fn again(page: &mut Page, back: &str, key: &SessionKey, wanted: &Wanted, seen: Option<String>) -> Answer {
    let Some(email) = EmailForm::read(page, key, Some(wanted), seen).await? else {
        return gone(page, key, Some(wanted)).await;
    };
    let app = go_back(page, back).await?;
    let status = match wanted.clash {
        Some(_) => StatusCode::PRECONDITION_FAILED,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    sessions::show(page, app, status, Some(email)).await
}

/// Makes the page that of the list at this address.
async fn go_back(page: &mut Page, address: &str) -> Result<Option<NamedApp>, Error> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let app = path.strip_prefix("/apps/").and_then(|app| percent_decode_str(app).decode_utf8().ok());
    let app = match app.and_then(|app| AppId::parse(&app)) {
        Some(id) => page.app.catalog.app(&page.caller.apps, &id).await?,
        None => None,
    };
    let is_list = path == "/sessions" || app.is_some();
    page.path = if is_list { path } else { "/sessions" }.to_owned();
    page.query = if is_list { Pairs::parse(query) } else { Pairs::default() };
    match app {
        Some(app) => Ok(Some(NamedApp::folder(app))),
        None => sessions::named_app(page).await,
    }
}
