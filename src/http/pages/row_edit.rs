//! A session's e-mail, edited in its row: the list stays as it is around it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use percent_encoding::percent_decode_str;

use super::parts::conflict::{Clash, Wanted, gone};
use super::parts::email_form::EmailForm;
use super::parts::forms::Form;
use super::parts::page::Page;
use super::parts::redirect::{see_done, see_done_at};
use super::{session, sessions};
use crate::domain::account::{Caller, Permission};
use crate::domain::app_id::AppId;
use crate::domain::change::{Email, Patch};
use crate::domain::session::{App, SessionKey};
use crate::http::links::Pairs;
use crate::services::error::Error;

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
    let context = session::context(page, &caller, None, session::expected(form)?);
    let changed = page.app.edits.change(context, key.clone(), patch).await;
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
