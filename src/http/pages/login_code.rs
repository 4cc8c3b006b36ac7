//! `/login/code`: the second step of a login, for whoever has a second factor.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::access::expired_page;
use super::parts::{Chrome, Submitted, Visitor, retry_after, rights, see};
use crate::http::failure::Answer;
use crate::http::links;
use crate::services::accounts::SecondStep;
use crate::services::error::Error;

#[derive(Template)]
#[template(path = "login_code.html")]
struct LoginCode {
    c: Chrome,
    next: String,
    error: Option<String>,
}

#[derive(Deserialize)]
pub struct SentCode {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

pub async fn show(visitor: Visitor) -> Answer {
    if visitor.half_login().is_none() {
        return Ok(see("/login"));
    }
    let next = links::local(visitor.query.get("next")).to_owned();
    visitor.ok(&code_page(&visitor, next, None).await)
}

/// Logs in. There is no login yet by which the form could be verified: its cookie came with the right password.
pub async fn log_in(visitor: Visitor, Submitted(form): Submitted<SentCode>) -> Answer {
    let l = visitor.locale;
    let next = links::local(Some(&form.next)).to_owned();
    let Some(half) = visitor.half_login() else { return Ok(see("/login")) };
    match visitor.app.accounts.log_in_by_code(&half, &form.code, &visitor.origin()).await {
        Ok(SecondStep::In(login)) => visitor.forget_half_login(visitor.logged_in(see(&next), &login)?),
        Ok(SecondStep::Wrong) => {
            let page = code_page(&visitor, next, Some(l.t("code-wrong"))).await;
            visitor.render(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Ok(SecondStep::Over) => visitor.forget_half_login(expired_page(&visitor, &next).await?),
        Err(Error::TooMany { seconds }) => {
            let page = code_page(&visitor, next, Some(rights::wait(l, seconds))).await;
            Ok(retry_after(visitor.render(StatusCode::TOO_MANY_REQUESTS, &page)?, Some(seconds)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn code_page(visitor: &Visitor, next: String, error: Option<String>) -> LoginCode {
    LoginCode { c: visitor.chrome("", visitor.locale.t("code-title")).await, next, error }
}
