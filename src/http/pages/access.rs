//! `/login`, `/logout`, `/setup`: who comes in, and who leaves.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::parts::{Chrome, NO_SETUP_LINK, NoFields, Person, Submitted, Verified, Visitor, retry_after, rights, see};
use crate::domain::name::UserName;
use crate::domain::token::Secret;
use crate::http::failure::Answer;
use crate::http::links;
use crate::services::accounts::FirstStep;
use crate::services::error::Error;

#[derive(Template)]
#[template(path = "access.html")]
struct Access {
    c: Chrome,
    heading: String,
    lead: String,
    action: &'static str,
    submit: String,
    setup: bool,
    token: String,
    next: String,
    name: String,
    error: Option<String>,
    name_error: Option<String>,
    password_error: Option<String>,
}

/// The form as it is sent.
#[derive(Deserialize)]
pub struct Credentials {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
    /// The secret of the one-time link.
    #[serde(default)]
    token: String,
}

/// The page to log in. Who is logged in goes on.
pub async fn login(visitor: Visitor) -> Answer {
    let next = links::local(visitor.query.get("next"));
    if visitor.caller.is_some() && !visitor.is_held_up() {
        return Ok(see(next));
    }
    visitor.ok(&login_page(&visitor, "", next).await)
}

/// Logs in. There is no login yet by which the form could be verified.
pub async fn log_in(visitor: Visitor, Submitted(form): Submitted<Credentials>) -> Answer {
    let next = links::local(Some(&form.next));
    let page = login_page(&visitor, &form.name, next).await;
    match visitor.app.accounts.log_in(&form.name, Secret::new(form.password), &visitor.origin()).await {
        Ok(Some(FirstStep::In(login))) => visitor.logged_in(see(next), &login),
        Ok(Some(FirstStep::CodeNeeded(half))) => {
            visitor.halfway(see(&format!("/login/code?next={}", links::encode(next))), &half)
        }
        Ok(None) => {
            let error = Some(visitor.locale.t("login-wrong"));
            visitor.render(StatusCode::UNPROCESSABLE_ENTITY, &Access { error, ..page })
        }
        Err(Error::TooMany { seconds }) => {
            let error = Some(rights::wait(visitor.locale, seconds));
            let answer = visitor.render(StatusCode::TOO_MANY_REQUESTS, &Access { error, ..page })?;
            Ok(retry_after(answer, Some(seconds)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The page to log in again, where the second step took too long or too many tries.
pub async fn expired_page(visitor: &Visitor, next: &str) -> Answer {
    let error = Some(visitor.locale.t("code-over"));
    let page = Access { error, ..login_page(visitor, "", next).await };
    visitor.render(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn login_page(visitor: &Visitor, name: &str, next: &str) -> Access {
    let l = visitor.locale;
    Access {
        c: visitor.chrome("", l.t("log-in")).await,
        heading: l.t("log-in"),
        lead: l.t("log-in-help"),
        action: "/login",
        submit: l.t("log-in"),
        setup: false,
        token: String::new(),
        next: next.to_owned(),
        name: name.to_owned(),
        error: None,
        name_error: None,
        password_error: None,
    }
}

pub async fn log_out(Person(page): Person, _: Verified<NoFields>) -> Answer {
    page.app.accounts.log_out(&page.by()).await?;
    page.logged_out(see("/login"))
}

/// The page behind the one-time link: the first owner.
pub async fn setup(visitor: Visitor) -> Answer {
    let token = visitor.query.get("token").unwrap_or_default();
    visitor.ok(&setup_page(&visitor, token, "").await?)
}

/// Creates the first owner and logs them in.
pub async fn set_up(visitor: Visitor, Submitted(form): Submitted<Credentials>) -> Answer {
    let (l, name) = (visitor.locale, form.name.trim());
    let page = setup_page(&visitor, &form.token, name).await?;
    let invalid_name = || Some(l.t("invalid-user-name"));
    if UserName::parse(name).is_none() {
        return visitor.render(StatusCode::UNPROCESSABLE_ENTITY, &Access { name_error: invalid_name(), ..page });
    }
    let password = Secret::new(form.password);
    match visitor.app.accounts.set_up(&form.token, name, password.clone(), &visitor.origin()).await {
        Ok(login) => visitor.logged_in(see("/"), &login),
        Err(Error::Invalid(errors)) => {
            let page = match errors.iter().any(|error| error.pointer == "/name") {
                true => Access { name_error: invalid_name(), ..page },
                false => Access { password_error: rights::weakness(&visitor, &password, name), ..page },
            };
            visitor.render(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

/// For a link that is good.
async fn setup_page(visitor: &Visitor, token: &str, name: &str) -> Result<Access, Error> {
    if token.is_empty() || !visitor.app.accounts.is_setup_secret(token).await? {
        return Err(Error::NotFound(NO_SETUP_LINK));
    }
    let l = visitor.locale;
    Ok(Access {
        c: visitor.chrome("", l.t("setup")).await,
        heading: l.t("setup"),
        lead: l.t("setup-help"),
        action: "/setup",
        submit: l.t("setup-submit"),
        setup: true,
        token: token.to_owned(),
        ..login_page(visitor, name, "").await
    })
}
