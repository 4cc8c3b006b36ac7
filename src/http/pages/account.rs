//! `/account`: what everybody may see and change of themselves.

use std::iter;

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::parts::{
    Authorized, Choice, Chrome, CreatedItems, Device, LinkRow, NoFields, Page, Person, Verified, approval_links,
    chrome, retry_after, rights, see, see_message, text, ticked,
};
use crate::domain::account::{Settings, Theme};
use crate::domain::token::Secret;
use crate::http::extract::Read;
use crate::http::failure::Answer;
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
    bold_accepted: bool,
    wrong: Wrong,
    /// Since when there is a second factor, and how many recovery codes are left.
    factor: Option<(String, u64)>,
    logins: Vec<(Login, Device)>,
    elsewhere: u64,
    live_links: Vec<LinkRow>,
    links_of_all: bool,
    /// What another password can end, and each token by itself.
    created: CreatedItems,
    tokens: Vec<Token>,
}

/// The page where a password that was made up is replaced, and nothing else is to be had.
#[derive(Template)]
#[template(path = "password.html")]
struct ChoosePassword {
    c: Chrome,
    name: String,
    created: CreatedItems,
    wrong: Wrong,
}

/// What is wrong with what was chosen or typed, in words.
#[derive(Default)]
struct Wrong {
    language: Option<String>,
    theme: Option<String>,
    current: Option<String>,
    password: Option<String>,
}

/// Of both, the empty text is the browser's or the system's.
#[derive(Deserialize)]
pub struct SentSettings {
    language: String,
    theme: String,
    #[serde(default, deserialize_with = "ticked")]
    bold_accepted: bool,
}

#[derive(Deserialize)]
pub struct SentPassword {
    current: String,
    password: String,
    #[serde(default, deserialize_with = "ticked")]
    revoke: bool,
}

pub async fn show(Authorized { page, .. }: Authorized<Read>) -> Answer {
    view(&page, StatusCode::OK, &page.settings, Wrong::default()).await
}

/// Another language or theme, which counts from the next page on.
pub async fn set_settings(Authorized { page, .. }: Authorized<Read>, sent: Verified<SentSettings>) -> Answer {
    let SentSettings { language, theme, bold_accepted } = sent.form;
    let settings = Settings {
        language: Locale::of(&language).map(|locale| locale.code().to_owned()),
        theme: Theme::parse(&theme),
        bold_accepted,
        ..page.settings.clone()
    };
    let no_such_choice = page.locale.t("no-such-choice");
    let mut wrong = Wrong::default();
    if !language.is_empty() && settings.language.is_none() {
        wrong.language = Some(no_such_choice.clone());
    }
    if !theme.is_empty() && settings.theme.is_none() {
        wrong.theme = Some(no_such_choice);
    }
    if wrong.language.is_some() || wrong.theme.is_some() {
        return view(&page, StatusCode::UNPROCESSABLE_ENTITY, &settings, wrong).await;
    }
    page.app.accounts.set_settings(&page.caller, &settings).await?;
    Ok(see_message("/account", "told-settings"))
}

fn languages(l: Locale, settings: &Settings) -> Vec<Choice> {
    let browsers = Choice::new("", l.t("language-browser"), settings.language.is_none());
    // Each by its own name: who reads no other has to find it.
    let each = Locale::all().map(|language| {
        let on = settings.language.as_deref() == Some(language.code());
        Choice::new(language.code(), language.t("language-name"), on)
    });
    iter::once(browsers).chain(each).collect()
}

fn themes(l: Locale, settings: &Settings) -> Vec<Choice> {
    let systems = Choice::new("", l.t("theme-system"), settings.theme.is_none());
    let words = [(Theme::Light, "theme-light"), (Theme::Dark, "theme-dark")];
    let each = words.map(|(theme, word)| Choice::new(theme.as_str(), l.t(word), settings.theme == Some(theme)));
    iter::once(systems).chain(each).collect()
}

pub async fn set_password(Person(page): Person, sent: Verified<SentPassword>) -> Answer {
    let l = page.locale;
    let SentPassword { current, password, revoke } = sent.form;
    let (current, password) = (Secret::new(current), Secret::new(password));
    match page.app.accounts.change_own_password(&page.by(), current, password.clone(), revoke).await {
        Ok(()) => {
            let next = if page.must_change_password { "/" } else { "/account" };
            Ok(see_message(next, "told-own-password"))
        }
        Err(Error::Invalid(errors)) => {
            let mut wrong = Wrong::default();
            if errors.iter().any(|error| error.pointer == "/current_password") {
                wrong.current = Some(l.t("wrong-current-password"));
            } else {
                let weakness = rights::weakness(&page, &password, &page.caller.actor.name);
                wrong.password = Some(weakness.unwrap_or_else(|| l.t("password-same")));
            }
            refused(&page, StatusCode::UNPROCESSABLE_ENTITY, wrong).await
        }
        Err(Error::TooMany { seconds }) => {
            let wrong = Wrong { current: Some(rights::wait(l, seconds)), ..Wrong::default() };
            Ok(retry_after(refused(&page, StatusCode::TOO_MANY_REQUESTS, wrong).await?, Some(seconds)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form of another password with what is wrong in it, where it was sent from.
async fn refused(page: &Page, status: StatusCode, wrong: Wrong) -> Answer {
    match page.must_change_password {
        true => choose(page, status, wrong).await,
        false => view(page, status, &page.settings, wrong).await,
    }
}

/// The page for whoever came in by a password that was made up.
pub async fn choose_password(Person(page): Person) -> Answer {
    match page.must_change_password {
        true => choose(&page, StatusCode::OK, Wrong::default()).await,
        false => Ok(see("/account")),
    }
}

async fn choose(page: &Page, status: StatusCode, wrong: Wrong) -> Answer {
    let view = ChoosePassword {
        c: page.chrome("", page.locale.t("choose-password")).await,
        name: text::one_line(&page.caller.actor.name).into_owned(),
        created: CreatedItems::by(page, user_id(&page.caller.id)).await?,
        wrong,
    };
    page.render(status, &view)
}

/// The id of the user in the id of a caller; of a token, nobody's.
fn user_id(caller: &str) -> &str {
    caller.strip_prefix("user:").unwrap_or_default()
}

/// Ends a token of one's own, whatever one's role.
pub async fn revoke_token(Authorized { page, .. }: Authorized<Read>, _: Verified<NoFields>) -> Answer {
    page.app.accounts.revoke_own_token(&page.by(), &page.part("id")).await?;
    Ok(see_message("/account", "told-token-revoked"))
}

pub async fn log_out_elsewhere(Authorized { page, .. }: Authorized<Read>, _: Verified<NoFields>) -> Answer {
    page.app.accounts.log_out_elsewhere(&page.by()).await?;
    Ok(see_message("/account", "told-elsewhere"))
}

/// Of whoever has a second factor.
async fn factor(page: &Page) -> Result<Option<(String, u64)>, Error> {
    let accounts = &page.app.accounts;
    let Some(since) = accounts.factor_since(&page.by()).await? else { return Ok(None) };
    Ok(Some((page.locale.date(since), accounts.recovery_codes_left(&page.by()).await?)))
}

async fn view(page: &Page, status: StatusCode, settings: &Settings, wrong: Wrong) -> Answer {
    let (l, caller) = (page.locale, &page.caller);
    let logins = page.app.accounts.logins(&page.by()).await?;
    let view = Account {
        c: page.chrome("account", l.t("nav-account")).await.back_to("/account"),
        name: text::one_line(&caller.actor.name).into_owned(),
        role: chrome::role(l, caller.role),
        apps: chrome::apps_words(l, caller.apps.globs()),
        person: page.login.is_some(),
        languages: languages(l, settings),
        themes: themes(l, settings),
        bold_accepted: settings.bold_accepted,
        wrong,
        factor: factor(page).await?,
        elsewhere: logins.iter().filter(|login| !login.current).count() as u64,
        created: CreatedItems::by(page, user_id(&caller.id)).await?,
        tokens: page.app.accounts.own_tokens(&page.by()).await?,
        logins: logins
            .into_iter()
            .map(|login| {
                let device = Device::new(l, login.device.as_deref());
                (login, device)
            })
            .collect(),
        live_links: approval_links::of_caller(page).await?,
        links_of_all: true,
    };
    page.render(status, &view)
}
