//! `/login`, `/logout`, `/setup`: who comes in, and who leaves.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::parts::chrome::Chrome;
use super::parts::error::NO_SETUP_LINK;
use super::parts::forms::Form;
use super::parts::page::Page;
use super::parts::redirect::see;
use super::parts::rights;
use crate::domain::name::UserName;
use crate::domain::token::Secret;
use crate::http::links;
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

/// What is wrong with what was typed.
#[derive(Default)]
struct Wrong {
    error: Option<String>,
    name: Option<String>,
    password: Option<String>,
}

/// The page to log in. Who is logged in goes on.
pub async fn login(page: Page) -> HttpResponse {
    let next = links::local(page.query.get("next"));
    if page.caller.is_some() {
        return see(next);
    }
    let answer = login_page(&page, StatusCode::OK, "", next, Wrong::default()).await;
    page.answer(answer).await
}

/// Logs in. That the form came from here is seen by its origin: there is no login yet to prove.
pub async fn log_in(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let next = links::local(Some(form.get("next")));
        let password = Secret::new(form.get("password").to_owned());
        let again = |status, why| {
            let wrong = Wrong { error: Some(why), ..Wrong::default() };
            login_page(&page, status, form.get("name"), next, wrong)
        };
        match page.app.accounts.log_in(form.get("name"), password, &page.origin()).await {
            Ok(Some(login)) => page.logged_in(see(next), &login),
            Ok(None) => again(StatusCode::UNPROCESSABLE_ENTITY, page.locale.t("login-wrong")).await,
            Err(Error::TooMany { seconds }) => {
                let why = rights::wait(page.locale, seconds);
                let mut answer = again(StatusCode::TOO_MANY_REQUESTS, why).await?;
                answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
                Ok(answer)
            }
            Err(error) => Err(error),
        }
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn login_page(
    page: &Page,
    status: StatusCode,
    name: &str,
    next: &str,
    wrong: Wrong,
) -> Result<HttpResponse, Error> {
    let l = page.locale;
    page.render(
        status,
        &Access {
            c: page.chrome("", l.t("log-in")).await,
            heading: l.t("log-in"),
            lead: l.t("log-in-help"),
            action: "/login",
            submit: l.t("log-in"),
            setup: false,
            token: String::new(),
            next: next.to_owned(),
            name: name.to_owned(),
            error: wrong.error,
            name_error: wrong.name,
            password_error: wrong.password,
        },
    )
}

/// Logs out.
pub async fn log_out(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let by = page.by_caller(page.person()?);
        form.prove(&page.csrf)?;
        page.app.accounts.log_out(&by).await?;
        page.logged_out(see("/login"))
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// The page behind the one-time link: the first owner.
pub async fn setup(page: Page) -> HttpResponse {
    let answer = async {
        let token = page.query.get("token").unwrap_or_default();
        check_token(&page, token).await?;
        setup_page(&page, StatusCode::OK, token, "", Wrong::default()).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Creates the first owner and logs them in.
pub async fn set_up(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let (token, name) = (form.get("token"), form.get("name").trim());
        check_token(&page, token).await?;
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        if UserName::parse(name).is_none() {
            let wrong = Wrong { name: Some(page.locale.t("invalid-user-name")), ..Wrong::default() };
            return setup_page(&page, unprocessable, token, name, wrong).await;
        }
        let password = Secret::new(form.get("password").to_owned());
        match page.app.accounts.set_up(token, name, password.clone(), &page.origin()).await {
            Ok(login) => page.logged_in(see("/"), &login),
            Err(Error::Invalid(errors)) => {
                let of_name = errors.iter().any(|error| error.pointer == "/name");
                let wrong = Wrong {
                    error: None,
                    name: of_name.then(|| page.locale.t("invalid-user-name")),
                    password: rights::weakness(&page, &password, name).filter(|_| !of_name),
                };
                setup_page(&page, unprocessable, token, name, wrong).await
            }
            Err(error) => Err(error),
        }
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn check_token(page: &Page, token: &str) -> Result<(), Error> {
    let good = !token.is_empty() && page.app.accounts.is_setup_secret(token).await?;
    good.then_some(()).ok_or(Error::NotFound(NO_SETUP_LINK))
}

async fn setup_page(
    page: &Page,
    status: StatusCode,
    token: &str,
    name: &str,
    wrong: Wrong,
) -> Result<HttpResponse, Error> {
    let l = page.locale;
    page.render(
        status,
        &Access {
            c: page.chrome("", l.t("setup")).await,
            heading: l.t("setup"),
            lead: l.t("setup-help"),
            action: "/setup",
            submit: l.t("setup-submit"),
            setup: true,
            token: token.to_owned(),
            next: String::new(),
            name: name.to_owned(),
            error: wrong.error,
            name_error: wrong.name,
            password_error: wrong.password,
        },
    )
}
