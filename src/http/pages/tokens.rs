//! `/tokens`: what programs come in with, and a form for one more.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::parts::choices::Choice;
use super::parts::chrome::Chrome;
use super::parts::forms::Form;
use super::parts::once::{self, Ask};
use super::parts::page::Page;
use super::parts::redirect::see_told;
use super::parts::rights::{self, Rights};
use super::parts::rows::{self, When};
use crate::domain::account::{Permission, Role};
use crate::domain::name::Name;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::accounts::{Life, NewToken, Token};
use crate::services::error::Error;

const DAY: u64 = 24 * 60 * 60;
/// What a form offers, and how long that is in seconds; `None` for no end, which nobody gets unasked.
const LIVES: [(&str, Option<u64>); 4] =
    [("30d", Some(30 * DAY)), ("90d", Some(90 * DAY)), ("365d", Some(365 * DAY)), ("never", None)];
const USUAL: &str = "90d";

#[derive(Template)]
#[template(path = "tokens.html")]
struct Tokens {
    c: Chrome,
    summary: String,
    tokens: Vec<TokenRow>,
    new: Wanted,
}

/// One token in the list.
struct TokenRow {
    name: String,
    href: String,
    role: String,
    apps: String,
    unmatched: Option<String>,
    secrets: bool,
    expires: Option<When>,
    /// The word of warning, if it ends soon or has ended.
    warning: Option<String>,
    over: bool,
    used: Option<When>,
    address: String,
    maker: String,
    revoke_label: String,
}

/// The form for a new token, as far as it was filled in.
struct Wanted {
    name: String,
    name_error: Option<String>,
    rights: Rights,
    lives: Vec<Choice>,
    life_error: Option<String>,
    secrets: bool,
}

/// The list.
pub async fn list(page: Page) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Administer)?;
        let l = page.locale;
        let new = Wanted {
            name: String::new(),
            name_error: None,
            rights: Rights::new(&page, caller, Some(Role::Viewer), &[]),
            lives: lives(l, USUAL),
            life_error: None,
            secrets: false,
        };
        view(&page, StatusCode::OK, new).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

fn lives(l: Locale, chosen: &str) -> Vec<Choice> {
    let choice = |(value, life): (&str, Option<u64>)| Choice {
        value: value.to_owned(),
        word: life.map_or_else(|| l.t("life-never"), |seconds| l.n("life-days", seconds / DAY)),
        on: value == chosen,
    };
    LIVES.into_iter().map(choice).collect()
}

/// Creates a token, and shows its secret.
pub async fn create(page: Page, form: Form) -> HttpResponse {
    let answer = make(&page, &form).await;
    page.answer_to(&form, answer).await
}

async fn make(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Administer)?;
    form.prove(&page.csrf)?;
    let l = page.locale;
    let (typed, life, secrets) = (form.one("name")?.trim().to_owned(), form.one("expires")?, form.ticked("secrets")?);
    let (rights, rights_wanted) = Rights::typed(page, caller, form)?;
    let (name, expires) = (Name::parse(&typed), LIVES.iter().find(|(value, _)| *value == life));
    let mut new = Wanted {
        name_error: name.is_none().then(|| l.t("invalid-name")),
        name: typed,
        rights,
        lives: lives(l, life),
        life_error: expires.is_none().then(|| l.t("invalid-life")),
        secrets,
    };
    let (Some(name), Some((role, globs)), Some((_, expires_in))) = (name, rights_wanted, expires) else {
        return view(page, StatusCode::UNPROCESSABLE_ENTITY, new).await;
    };
    let wanted = NewToken { name, role, apps: rights::scope(&globs)?, expires_in: *expires_in, secrets };
    match page.app.accounts.create_token(&page.confirmed_by(form).await?, wanted).await {
        Ok((token, secret)) => once::token(page, &token, &secret).await,
        Err(Error::Conflict(_)) => {
            new.name_error = Some(l.t("conflict-name-taken"));
            view(page, StatusCode::CONFLICT, new).await
        }
        Err(error) => Err(error),
    }
}

/// Revokes a token, once it is sure.
pub async fn revoke(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        page.require(Permission::Administer)?;
        form.prove(&page.csrf)?;
        let (by, id) = (page.by()?, page.part("id").unwrap_or_default());
        let token = page.app.accounts.token(&by, &id).await?;
        if !form.ticked("sure")? {
            return ask(&page, &token).await;
        }
        page.app.accounts.revoke_token(&by, &token.id).await?;
        Ok(see_told("/tokens", "token-revoked"))
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn ask(page: &Page, token: &Token) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let lead = match token.last_used_at {
        Some(at) => l.s("token-revoke-ask-used", l.past(at, Page::now())),
        None => l.t("token-revoke-ask-unused"),
    };
    once::ask(
        page,
        Ask {
            section: "tokens",
            title: l.s("token-revoke-ask", rows::shown(&token.name)),
            lead,
            lines_title: String::new(),
            lines: Vec::new(),
            action: revoke_href(token),
            submit: l.t("token-revoke"),
            keep: l.t("token-keep"),
            back: "/tokens".to_owned(),
        },
    )
    .await
}

fn revoke_href(token: &Token) -> String {
    format!("/tokens/{}/revoke", links::encode(&token.id))
}

/// What owners are warned of on their first page: tokens that end soon.
pub async fn warning(page: &Page) -> Result<Option<Html>, Error> {
    if page.require(Permission::Administer).is_err() {
        return Ok(None);
    }
    let (l, now) = (page.locale, Page::now());
    let mut ending = page.app.accounts.tokens(&page.by()?).await?;
    ending.retain(|token| token.life(now) == Life::Short);
    ending.sort_by_key(|token| token.expires_at);
    let first = ending.first().and_then(|token| Some((Html::strong(&rows::shown(&token.name)), token.expires_at?)));
    Ok(first.map(|(name, at)| {
        let date = Html::text(&l.date(at));
        match ending.len() {
            1 => l.html("token-ends", &[("token", name), ("date", date)]),
            count => {
                let count = Html::text(&l.number(count as u64));
                l.html("tokens-end", &[("number", count), ("token", name), ("date", date)])
            }
        }
    }))
}

async fn view(page: &Page, status: StatusCode, new: Wanted) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let by = page.by()?;
    let tokens = page.app.accounts.tokens(&by).await?;
    let users = page.app.accounts.users(&by).await?;
    let makers: HashMap<&str, &str> = users.iter().map(|user| (user.id.as_str(), user.name.as_str())).collect();
    let maker = |token: &Token| match &token.maker {
        None => l.t("maker-cli"),
        Some(id) => match makers.get(id.as_str()) {
            Some(name) => rows::shown(name).into_owned(),
            None => l.t("maker-unseen"),
        },
    };
    let mut c = page.chrome("tokens", l.t("nav-tokens")).await;
    c.here = "/tokens".to_owned();
    page.render(
        status,
        &Tokens {
            c,
            summary: l.n("count-tokens", tokens.len() as u64),
            tokens: tokens.iter().map(|token| row(page, token, maker(token))).collect(),
            new,
        },
    )
}

fn row(page: &Page, token: &Token, maker: String) -> TokenRow {
    let (l, now) = (page.locale, Page::now());
    let life = token.life(now);
    let name = rows::shown(&token.name).into_owned();
    TokenRow {
        href: revoke_href(token),
        role: rights::role_name(l, token.role),
        apps: rights::apps_words(l, &token.apps),
        unmatched: rights::unmatched(page, &token.apps),
        secrets: token.secrets,
        expires: token.expires_at.map(|at| When { ago: l.date(at), ..When::new(l, at, now) }),
        warning: match life {
            Life::Long => None,
            Life::Short => Some(l.t("token-soon")),
            Life::Over => Some(l.t("token-over")),
        },
        over: life == Life::Over,
        used: token.last_used_at.map(|at| When::new(l, at, now)),
        address: token.last_used_ip.clone().unwrap_or_default(),
        maker,
        revoke_label: l.s("token-revoke-name", &name),
        name,
    }
}
