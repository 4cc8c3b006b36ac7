//! The page of a secret that was just made. It is the answer to the form itself: nothing can show it again.

use askama::Template;

use super::chrome::Chrome;
use super::page::Page;
use super::rows;
use super::text;
use crate::domain::session::Session;
use crate::domain::token::Secret;
use crate::http::failure::Answer;
use crate::http::links;
use crate::services::accounts::{Token, User};
use crate::services::links::NewLink;

pub struct SecretPage {
    section: &'static str,
    title: String,
    lead: String,
    label: &'static str,
    secret: String,
    /// What to do with it: a title, and a command or a program.
    usage: Option<(String, String)>,
    back: String,
    back_word: &'static str,
}

#[derive(Template)]
#[template(path = "secret.html")]
struct Shown {
    c: Chrome,
    s: SecretPage,
}

/// How a receiver checks a signature.
const CHECK: &str = "from standardwebhooks.webhooks import Webhook\n\n\
                     event = Webhook(os.environ[\"WEBHOOK_SECRET\"]).verify(body, headers)";

impl SecretPage {
    /// The password that was made up for a user, under the message `title`.
    pub fn password(page: &Page, user: &User, password: &Secret<String>, title: &str) -> Self {
        Self {
            section: "users",
            title: page.locale.s(title, text::one_line(&user.name)),
            lead: page.locale.t("password-once"),
            label: "field-password",
            secret: password.expose().clone(),
            usage: None,
            back: links::user(user),
            back_word: "secret-kept",
        }
    }

    /// The new secret of a token, under the message `title`, with a line to try it by.
    pub fn token(page: &Page, token: &Token, secret: &Secret<String>, title: &str) -> Self {
        let (l, secret) = (page.locale, secret.expose());
        let line = format!("curl -H \"Authorization: Bearer {secret}\" {}/api/v1/sessions", page.base_url());
        Self {
            section: "tokens",
            title: l.s(title, text::one_line(&token.name)),
            lead: l.t("token-once"),
            label: "token-secret",
            secret: secret.clone(),
            usage: Some((l.t("token-try"), line)),
            back: "/tokens".to_owned(),
            back_word: "secret-kept",
        }
    }

    /// Codes for when the app is lost; `back` is where one goes on.
    pub fn recovery_codes(page: &Page, codes: &[Secret<String>], back: &str) -> Self {
        let codes: Vec<&str> = codes.iter().map(|code| code.expose().as_str()).collect();
        Self {
            section: "account",
            title: page.locale.t("recovery-title"),
            lead: page.locale.t("recovery-once"),
            label: "recovery-codes",
            secret: codes.join("\n"),
            usage: None,
            back: back.to_owned(),
            back_word: "recovery-kept",
        }
    }

    /// The secret of a webhook, with the lines that check signatures by it.
    pub fn webhook(page: &Page, title: String, back: String, secret: &Secret<String>) -> Self {
        Self {
            section: "webhooks",
            title,
            lead: page.locale.t("webhook-once"),
            label: "token-secret",
            secret: secret.expose().clone(),
            usage: Some((page.locale.t("webhook-check"), CHECK.to_owned())),
            back,
            back_word: "secret-kept",
        }
    }

    /// A new approval link, with how long it works.
    pub fn link(page: &Page, session: &Session, link: &NewLink) -> Self {
        Self {
            section: "sessions",
            title: page.locale.s("link-made", rows::name(session).0),
            lead: page.locale.s("link-once", page.locale.exact(link.expires_at)),
            label: "link-address",
            secret: link.url(&page.base_url()),
            usage: None,
            back: links::session(&session.key()),
            back_word: "link-kept",
        }
    }

    /// The answer; its frame is that of the page where one goes back to.
    pub async fn show(self, page: &Page) -> Answer {
        let c = page.chrome(self.section, self.title.clone()).await.back_to(self.back.clone());
        page.ok(&Shown { c, s: self })
    }
}
