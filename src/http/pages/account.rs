//! `/account`: what everybody may see and change of themselves.

use std::iter;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::parts::choices::Choice;
use super::parts::chrome::{self, Chrome};
use super::parts::devices::Device;
use super::parts::forms::Form;
use super::parts::live_links::{self, LinkRow};
use super::parts::made::{self, Made};
use super::parts::page::Page;
use super::parts::redirect::{see, see_told};
use super::parts::rights;
use super::parts::rows::{self, When};
use crate::domain::account::{Permission, Settings, Theme};
use crate::domain::token::Secret;
use crate::i18n::Locale;
use crate::services::accounts::{Login, Token};
use crate::services::error::Error;

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    c: Chrome,
    name: String,
    role: String,
    apps: String,
    /// A program with a token has neither password nor logins.
    person: bool,
    languages: Vec<Choice>,
    themes: Vec<Choice>,
    wrong: Wrong,
    logins: Vec<LoginRow>,
    elsewhere: u64,
    live_links: Vec<LinkRow>,
    links_of_all: bool,
    /// What another password can end, and each by itself.
    made: Made,
    own: Vec<OwnRow>,
}

/// A token of this account.
struct OwnRow {
    name: String,
    ends: Option<When>,
    used: Option<When>,
    revoke: String,
    revoke_label: String,
}

/// The page where a password that was made up is replaced, and nothing else is to be had.
#[derive(Template)]
#[template(path = "password.html")]
struct ChoosePassword {
    c: Chrome,
    name: String,
    made: Made,
    current: Option<String>,
    password: Option<String>,
}

/// What is wrong with what was chosen or typed, in words.
#[derive(Default)]
struct Wrong {
    language: Option<String>,
    theme: Option<String>,
    current: Option<String>,
    password: Option<String>,
}

/// One login in the list.
struct LoginRow {
    device: Device,
    used: When,
    made: When,
    address: String,
    current: bool,
}

/// The page.
pub async fn show(page: Page) -> HttpResponse {
    let answer = view(&page, StatusCode::OK, &page.settings, Wrong::default()).await;
    page.answer(answer).await
}

/// Another language or theme, which counts from the next page on.
pub async fn set_settings(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Read)?;
        form.prove(&page.csrf)?;
        let (language, theme) = (form.one("language")?, form.one("theme")?);
        let settings = Settings { language: Locale::of(language).map(Locale::code), theme: Theme::parse(theme) };
        // Nothing chosen is the browser's, or the system's.
        let none_such =
            |given: &str, known: bool| (!given.is_empty() && !known).then(|| page.locale.t("no-such-choice"));
        let wrong = Wrong {
            language: none_such(language, settings.language.is_some()),
            theme: none_such(theme, settings.theme.is_some()),
            ..Wrong::default()
        };
        if wrong.language.is_some() || wrong.theme.is_some() {
            return view(&page, StatusCode::UNPROCESSABLE_ENTITY, &settings, wrong).await;
        }
        page.app.accounts.set_settings(caller, &settings).await?;
        Ok(see_told("/account", "settings"))
    };
    let answer = answer.await;
    page.answer(answer).await
}

fn languages(l: Locale, settings: &Settings) -> Vec<Choice> {
    let browsers = Choice { value: String::new(), word: l.t("language-browser"), on: settings.language.is_none() };
    let each = Locale::all().map(|language| Choice {
        on: settings.language.as_deref() == Some(&language.code()),
        value: language.code(),
        // Each by its own name: who reads no other has to find it.
        word: language.t("language-name"),
    });
    iter::once(browsers).chain(each).collect()
}

fn themes(l: Locale, settings: &Settings) -> Vec<Choice> {
    let systems = Choice { value: String::new(), word: l.t("theme-system"), on: settings.theme.is_none() };
    let each = Theme::all().map(|theme| Choice {
        value: theme.as_str().to_owned(),
        word: l.t(match theme {
            Theme::Light => "theme-light",
            Theme::Dark => "theme-dark",
        }),
        on: settings.theme == Some(theme),
    });
    iter::once(systems).chain(each).collect()
}

/// Gives oneself another password.
pub async fn set_password(page: Page, form: Form) -> HttpResponse {
    let answer = change_password(&page, &form).await;
    page.answer(answer).await
}

async fn change_password(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let caller = page.person()?;
    form.prove(&page.csrf)?;
    let l = page.locale;
    let secret = |field: &str| Ok::<_, Error>(Secret::new(form.one(field)?.to_owned()));
    let (current, password) = (secret("current")?, secret("password")?);
    let by = page.by_caller(caller);
    match page.app.accounts.change_own_password(&by, current, password.clone(), form.ticked("revoke")?).await {
        Ok(()) if page.locked.is_some() => Ok(see_told("/", "own-password")),
        Ok(()) => Ok(see_told("/account", "own-password")),
        Err(Error::Invalid(errors)) => {
            let is_current = errors.iter().any(|error| error.pointer == "/current_password");
            let weakness = rights::weakness(page, &password, &caller.actor.name);
            let wrong = Wrong {
                current: is_current.then(|| l.t("wrong-current-password")),
                password: (!is_current).then(|| weakness.unwrap_or_else(|| l.t("password-same"))),
                ..Wrong::default()
            };
            refused(page, StatusCode::UNPROCESSABLE_ENTITY, wrong).await
        }
        Err(Error::TooMany { seconds }) => {
            let wrong = Wrong { current: Some(rights::wait(l, seconds)), ..Wrong::default() };
            let mut answer = refused(page, StatusCode::TOO_MANY_REQUESTS, wrong).await?;
            answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
            Ok(answer)
        }
        Err(error) => Err(error),
    }
}

/// The form of another password with what is wrong in it, where it was sent from.
async fn refused(page: &Page, status: StatusCode, wrong: Wrong) -> Result<HttpResponse, Error> {
    match page.locked {
        Some(_) => choose(page, status, wrong).await,
        None => view(page, status, &page.settings, wrong).await,
    }
}

/// The page for whoever came in by a password that was made up.
pub async fn choose_password(page: Page) -> HttpResponse {
    let answer = match page.locked {
        Some(_) => choose(&page, StatusCode::OK, Wrong::default()).await,
        None => Ok(see("/account")),
    };
    page.answer(answer).await
}

async fn choose(page: &Page, status: StatusCode, wrong: Wrong) -> Result<HttpResponse, Error> {
    let caller = page.person()?;
    page.render(
        status,
        &ChoosePassword {
            c: page.chrome("", page.locale.t("choose-password")).await,
            name: rows::shown(&caller.actor.name).into_owned(),
            made: Made::by(page, user_id(&caller.id)).await?,
            current: wrong.current,
            password: wrong.password,
        },
    )
}

/// The id of the user in the id of a caller; of a token, nobody's.
fn user_id(caller: &str) -> &str {
    caller.strip_prefix("user:").unwrap_or_default()
}

/// Ends a token of one's own, whatever one's role.
pub async fn revoke_token(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        page.require(Permission::Read)?;
        form.prove(&page.csrf)?;
        page.app.accounts.revoke_own_token(&page.by()?, &page.part("id").unwrap_or_default()).await?;
        Ok(see_told("/account", "token-revoked"))
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Ends every other login.
pub async fn log_out_elsewhere(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let by = page.by()?;
        form.prove(&page.csrf)?;
        page.app.accounts.log_out_elsewhere(&by).await?;
        Ok(see_told("/account", "elsewhere"))
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn view(page: &Page, status: StatusCode, settings: &Settings, wrong: Wrong) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Read)?;
    let l = page.locale;
    let logins = page.app.accounts.logins(&page.by()?).await?;
    let tokens = page.app.accounts.own_tokens(&page.by()?).await?;
    let mut c = page.chrome("account", l.t("nav-account")).await;
    c.here = "/account".to_owned();
    page.render(
        status,
        &Account {
            c,
            name: rows::shown(&caller.actor.name).into_owned(),
            role: chrome::role(l, caller.role),
            apps: rights::apps_words(l, caller.apps.globs()),
            person: page.login.is_some(),
            languages: languages(l, settings),
            themes: themes(l, settings),
            wrong,
            elsewhere: logins.iter().filter(|login| !login.current).count() as u64,
            made: Made::by(page, user_id(&caller.id)).await?,
            own: tokens.iter().map(|token| token_row(page, token)).collect(),
            logins: logins.into_iter().map(|login| row(page, login)).collect(),
            live_links: live_links::of_caller(page).await?,
            links_of_all: true,
        },
    )
}

fn token_row(page: &Page, token: &Token) -> OwnRow {
    let (l, now) = (page.locale, Page::now());
    let name = made::token_name(token);
    OwnRow {
        ends: token.expires_at.map(|at| When { ago: l.date(at), ..When::new(l, at, now) }),
        used: token.last_used_at.map(|at| When::new(l, at, now)),
        revoke: format!("/account/tokens/{}/revoke", token.id),
        revoke_label: l.s("token-revoke-name", &name),
        name,
    }
}

fn row(page: &Page, login: Login) -> LoginRow {
    let (l, now) = (page.locale, Page::now());
    LoginRow {
        device: Device::new(l, login.device.as_deref()),
        used: When::new(l, login.last_used_at, now),
        made: When::new(l, login.created_at, now),
        address: login.last_used_ip.unwrap_or_default(),
        current: login.current,
    }
}
