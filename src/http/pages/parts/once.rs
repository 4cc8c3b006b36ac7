//! What is shown once: a secret that was just made, and the question before what cannot be undone.

use actix_web::HttpResponse;
use askama::Template;

use super::chrome::Chrome;
use super::page::Page;
use super::rows;
use crate::domain::session::Session;
use crate::domain::token::Secret;
use crate::http::links;
use crate::services::accounts::{Token, User};
use crate::services::error::Error;
use crate::services::links::NewLink;

#[derive(Template)]
#[template(path = "secret.html")]
struct SecretPage {
    c: Chrome,
    title: String,
    lead: String,
    label: String,
    secret: String,
    /// What to do with it: a title, and a command or a program.
    try_it: Option<(String, String)>,
    back: String,
    back_word: String,
}

/// The frame of a page that answers a form: it is that of the page where one goes back to.
async fn frame(page: &Page, section: &'static str, title: &str, back: &str) -> Chrome {
    let mut c = page.chrome(section, title).await;
    c.here = back.to_owned();
    c
}

/// The password that was made up for somebody; `told` is the message over it. The answer to the form itself:
/// nothing can show it again.
pub async fn password(page: &Page, user: &User, password: &Secret<String>, told: &str) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let title = l.s(told, rows::shown(&user.name));
    page.ok(&SecretPage {
        c: frame(page, "users", &title, &links::user(user)).await,
        title,
        lead: l.t("password-once"),
        label: l.t("field-password"),
        secret: password.expose().clone(),
        try_it: None,
        back: links::user(user),
        back_word: l.t("secret-kept"),
    })
}

/// The secret of a new token, with a line to try it by.
pub async fn token(page: &Page, token: &Token, secret: &Secret<String>) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let (title, secret) = (l.s("token-made", rows::shown(&token.name)), secret.expose());
    page.ok(&SecretPage {
        c: frame(page, "tokens", &title, "/tokens").await,
        title,
        lead: l.t("token-once"),
        label: l.t("token-secret"),
        try_it: Some((
            l.t("token-try"),
            format!("curl -H \"Authorization: Bearer {secret}\" {}/api/v1/sessions", page.base_url()),
        )),
        secret: secret.clone(),
        back: "/tokens".to_owned(),
        back_word: l.t("secret-kept"),
    })
}

/// How a receiver checks a signature.
const CHECK: &str = "from standardwebhooks.webhooks import Webhook\n\n\
                     event = Webhook(os.environ[\"WEBHOOK_SECRET\"]).verify(body, headers)";

/// The secret of a webhook, under this title, with the lines that check signatures by it.
pub async fn webhook(page: &Page, title: String, back: String, secret: &Secret<String>) -> Result<HttpResponse, Error> {
    let l = page.locale;
    page.ok(&SecretPage {
        c: frame(page, "webhooks", &title, &back).await,
        title,
        lead: l.t("webhook-once"),
        label: l.t("token-secret"),
        secret: secret.expose().clone(),
        try_it: Some((l.t("webhook-check"), CHECK.to_owned())),
        back,
        back_word: l.t("secret-kept"),
    })
}

/// A new approval link, with how long it works.
pub async fn link(page: &Page, session: &Session, link: &NewLink) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let title = l.s("link-made", rows::name(session).0);
    page.ok(&SecretPage {
        c: frame(page, "sessions", &title, &links::session(&session.key())).await,
        title,
        lead: l.s("link-once", l.exact(link.expires_at)),
        label: l.t("link-address"),
        secret: link.url(&page.base_url()),
        try_it: None,
        back: links::session(&session.key()),
        back_word: l.t("link-kept"),
    })
}

/// The question before something is done that cannot be undone.
pub struct Ask {
    pub section: &'static str,
    pub title: String,
    pub lead: String,
    pub lines_title: String,
    pub lines: Vec<String>,
    pub action: String,
    pub submit: String,
    pub keep: String,
    pub back: String,
}

#[derive(Template)]
#[template(path = "ask.html")]
struct AskPage {
    c: Chrome,
    ask: Ask,
}

/// The page of the question: its form says `sure`.
pub async fn ask(page: &Page, ask: Ask) -> Result<HttpResponse, Error> {
    let mut c = page.chrome(ask.section, ask.title.clone()).await;
    c.here = ask.back.clone();
    page.ok(&AskPage { c, ask })
}
