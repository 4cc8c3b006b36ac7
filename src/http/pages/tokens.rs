//! `/tokens`: what programs come in with, and a form for one more.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::parts::{
    Authorized, Choice, Chrome, Page, Question, Rights, SecretPage, Sure, Verified, apps_here, confirm_page, rights,
    see_message, text, ticked,
};
use crate::domain::account::{Permission, Role};
use crate::domain::name::Name;
use crate::domain::network_scope::NetworkScope;
use crate::domain::session::App;
use crate::http::extract::Administer;
use crate::http::failure::Answer;
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
    new: NewTokenForm,
}

/// One token in the list.
struct TokenRow {
    token: Token,
    revoke: String,
    rotate: String,
    unmatched: Option<String>,
    /// The word of warning, if it ends soon or has ended.
    warning: Option<&'static str>,
    over: bool,
    maker: String,
}

/// The form for a new token, as far as it was filled in.
struct NewTokenForm {
    name: String,
    name_error: Option<String>,
    rights: Rights,
    lives: Vec<Choice>,
    life_error: Option<String>,
    secrets: bool,
    networks: String,
    networks_error: Option<String>,
}

/// The form as it is sent.
#[derive(Deserialize)]
pub struct SentToken {
    name: String,
    role: String,
    apps: String,
    expires: String,
    #[serde(default)]
    networks: String,
    #[serde(default, deserialize_with = "ticked")]
    secrets: bool,
}

pub async fn list(Authorized { page, .. }: Authorized<Administer>) -> Answer {
    let new = NewTokenForm {
        name: String::new(),
        name_error: None,
        rights: Rights::new(&page, &apps_here(&page).await, Some(Role::Viewer), &[]),
        lives: lives(page.locale, USUAL),
        life_error: None,
        secrets: false,
        networks: String::new(),
        networks_error: None,
    };
    view(&page, StatusCode::OK, new).await
}

fn lives(l: Locale, chosen: &str) -> Vec<Choice> {
    LIVES
        .map(|(value, life)| {
            let word = life.map_or_else(|| l.t("life-never"), |seconds| l.n("life-days", seconds / DAY));
            Choice::new(value, word, value == chosen)
        })
        .into()
}

/// Creates a token, and shows its secret.
pub async fn create(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentToken>) -> Answer {
    let (l, form) = (page.locale, &sent.form);
    let typed = form.name.trim().to_owned();
    let (rights, rights_wanted) = Rights::typed(&page, &apps_here(&page).await, &form.role, &form.apps);
    let (name, networks) = (Name::parse(&typed), rights::networks(&form.networks));
    let expires = LIVES.iter().find(|(value, _)| *value == form.expires);
    let mut new = NewTokenForm {
        name_error: name.is_none().then(|| l.t("invalid-name")),
        name: typed,
        rights,
        lives: lives(l, &form.expires),
        life_error: expires.is_none().then(|| l.t("invalid-life")),
        secrets: form.secrets,
        networks: form.networks.clone(),
        networks_error: networks.is_none().then(|| l.t("invalid-networks")),
    };
    let (Some(name), Some((role, globs)), Some(networks), Some((_, expires_in))) =
        (name, rights_wanted, networks, expires)
    else {
        return view(&page, StatusCode::UNPROCESSABLE_ENTITY, new).await;
    };
    let (apps, expires_in, secrets) = (rights::scope(&globs)?, *expires_in, form.secrets);
    let wanted = NewToken { name, role, apps, networks: NetworkScope::new(networks), expires_in, secrets };
    match page.app.accounts.create_token(&page.confirmed_by(&sent).await?, wanted).await {
        Ok((token, secret)) => SecretPage::token(&page, &token, &secret, "token-made").show(&page).await,
        Err(Error::Conflict(_)) => {
            new.name_error = Some(l.t("conflict-name-taken"));
            view(&page, StatusCode::CONFLICT, new).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Revokes a token, once it is sure.
pub async fn revoke(Authorized { page, .. }: Authorized<Administer>, sent: Verified<Sure>) -> Answer {
    let token = page.app.accounts.token(&page.by(), &page.part("id")).await?;
    if !sent.form.sure {
        return ask(&page, &token).await;
    }
    page.app.accounts.revoke_token(&page.by(), &token.id).await?;
    Ok(see_message("/tokens", "told-token-revoked"))
}

async fn ask(page: &Page, token: &Token) -> Answer {
    let l = page.locale;
    let lead = match token.last_used_at {
        Some(at) => l.s("token-revoke-ask-used", l.past(at, Page::now())),
        None => l.t("token-revoke-ask-unused"),
    };
    let question = Question {
        section: "tokens",
        title: l.s("token-revoke-ask", text::one_line(&token.name)),
        lead,
        action: token_href(token, "revoke"),
        submit: l.t("token-revoke"),
        keep: l.t("token-keep"),
        back: "/tokens".to_owned(),
        ..Question::default()
    };
    confirm_page(page, question).await
}

/// The address where this is done to a token.
pub fn token_href(token: &Token, action: &str) -> String {
    format!("/tokens/{}/{action}", links::encode(&token.id))
}

/// What owners are warned of on their first page: tokens that end soon.
pub async fn warning(page: &Page) -> Result<Option<Html>, Error> {
    if !page.may(Permission::Administer) {
        return Ok(None);
    }
    let (l, now) = (page.locale, Page::now());
    let mut ending = page.app.accounts.tokens(&page.by()).await?;
    ending.retain(|token| token.life(now) == Life::Short);
    ending.sort_by_key(|token| token.expires_at);
    let first = ending.first().and_then(|token| Some((Html::strong(&text::one_line(&token.name)), token.expires_at?)));
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

async fn view(page: &Page, status: StatusCode, new: NewTokenForm) -> Answer {
    let (l, by) = (page.locale, page.by());
    let (tokens, here) = (page.app.accounts.tokens(&by).await?, apps_here(page).await);
    let users = page.app.accounts.users(&by).await?;
    let makers: HashMap<&str, &str> = users.iter().map(|user| (user.id.as_str(), user.name.as_str())).collect();
    let c = page.chrome("tokens", l.t("nav-tokens")).await.back_to("/tokens");
    let summary = l.n("count-tokens", tokens.len() as u64);
    let tokens = tokens.into_iter().map(|token| row(page, &here, token, &makers)).collect();
    page.render(status, &Tokens { c, summary, tokens, new })
}

/// `makers` are the names of users by their ids.
fn row(page: &Page, here: &[App], token: Token, makers: &HashMap<&str, &str>) -> TokenRow {
    let (l, life) = (page.locale, token.life(Page::now()));
    TokenRow {
        revoke: token_href(&token, "revoke"),
        rotate: token_href(&token, "rotate"),
        unmatched: rights::unmatched(l, here, &token.apps),
        warning: match life {
            Life::Long => None,
            Life::Short => Some("token-soon"),
            Life::Over => Some("token-over"),
        },
        over: life == Life::Over,
        maker: match token.maker.as_deref().map(|id| makers.get(id)) {
            None => l.t("maker-cli"),
            Some(Some(name)) => text::one_line(name).into_owned(),
            Some(None) => l.t("maker-unseen"),
        },
        token,
    }
}
