//! `/tokens/{id}/rotate`: a new secret for a token, under its name.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::parts::{Authorized, Choice, Chrome, Page, SecretPage, Verified, text};
use super::tokens::token_href;
use crate::http::extract::Administer;
use crate::http::failure::Answer;
use crate::i18n::Locale;
use crate::services::accounts::Token;

const HOUR: u64 = 60 * 60;
/// For how long the secret before may work too, in seconds; `None` for not at all.
const GRACES: [(&str, Option<u64>); 4] =
    [("none", None), ("1h", Some(HOUR)), ("24h", Some(24 * HOUR)), ("7d", Some(7 * 24 * HOUR))];

#[derive(Template)]
#[template(path = "token_rotation.html")]
struct Rotation {
    c: Chrome,
    title: String,
    action: String,
    graces: Vec<Choice>,
    error: Option<String>,
}

#[derive(Deserialize)]
pub struct SentRotation {
    grace: String,
}

pub async fn show(Authorized { page, .. }: Authorized<Administer>) -> Answer {
    let token = page.app.accounts.token(&page.by(), &page.part("id")).await?;
    view(&page, &token, StatusCode::OK, None).await
}

/// Makes the new secret, and shows it.
pub async fn rotate(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentRotation>) -> Answer {
    let token = page.app.accounts.token(&page.by(), &page.part("id")).await?;
    let Some((_, grace)) = GRACES.iter().find(|(value, _)| *value == sent.form.grace) else {
        let error = Some(page.locale.t("invalid-grace"));
        return view(&page, &token, StatusCode::UNPROCESSABLE_ENTITY, error).await;
    };
    let by = page.confirmed_by(&sent).await?;
    let (token, secret) = page.app.accounts.rotate_token(&by, &token.id, *grace).await?;
    SecretPage::token(&page, &token, &secret, "token-rotated").show(&page).await
}

async fn view(page: &Page, token: &Token, status: StatusCode, error: Option<String>) -> Answer {
    let title = page.locale.s("token-rotate-name", text::one_line(&token.name));
    let view = Rotation {
        c: page.chrome("tokens", title.clone()).await.back_to("/tokens"),
        title,
        action: token_href(token, "rotate"),
        graces: GRACES.map(|(value, grace)| Choice::new(value, word(page.locale, grace), value == "none")).into(),
        error,
    };
    page.render(status, &view)
}

fn word(l: Locale, grace: Option<u64>) -> String {
    match grace.map(|seconds| seconds / HOUR) {
        None => l.t("grace-none"),
        Some(hours) if hours > 24 => l.n("grace-days", hours / 24),
        Some(hours) => l.n("grace-hours", hours),
    }
}
