//! Setting up a second factor: a code to scan, the first code of the app, and the recovery codes.

use actix_web::http::StatusCode;
use askama::Template;
use qrcode::{Color, QrCode};
use serde::Deserialize;

use super::parts::{
    Authorized, Chrome, NoFields, Page, Person, SecretPage, Verified, retry_after, rights, see, see_message, ticked,
};
use crate::http::extract::Read;
use crate::http::failure::Answer;
use crate::services::accounts::{By, CODE, NewFactor};
use crate::services::error::Error;

/// The page of whoever must have one before all else.
#[derive(Template)]
#[template(path = "second_factor_needed.html")]
struct Needed {
    c: Chrome,
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct Enrolment {
    c: Chrome,
    qr: Qr,
    secret: String,
    address: String,
    elsewhere: bool,
    error: Option<String>,
}

/// A code to be scanned, as a path of SVG in a square.
struct Qr {
    /// The side of the square in modules, with the margin that scanners need.
    side: usize,
    path: String,
}

#[derive(Deserialize)]
pub struct SentCode {
    code: String,
    #[serde(default, deserialize_with = "ticked")]
    elsewhere: bool,
}

#[derive(Deserialize)]
pub struct SentRemoval {
    #[serde(default, deserialize_with = "ticked")]
    elsewhere: bool,
}

pub async fn needed(Person(page): Person) -> Answer {
    if page.must_change_password {
        return Ok(see("/password"));
    }
    if !page.must_enrol() {
        return Ok(see("/account"));
    }
    let c = page.chrome("", page.locale.t("factor-needed")).await;
    page.ok(&Needed { c })
}

/// Begins: shows the code to scan.
pub async fn begin(Person(page): Person, sent: Verified<NoFields>) -> Answer {
    refuse_before_password(&page)?;
    let by = page.confirmed_by(&sent).await?;
    let factor = page.app.accounts.begin_factor(&by, &issuer(&page)).await?;
    enrolment(&page, &factor, StatusCode::OK, true, None).await
}

/// Takes the first code; shows the recovery codes.
pub async fn confirm(Person(page): Person, sent: Verified<SentCode>) -> Answer {
    refuse_before_password(&page)?;
    let (l, by) = (page.locale, page.confirmed_by(&sent).await?);
    let SentCode { code, elsewhere } = &sent.form;
    let (status, why, wait) = match page.app.accounts.confirm_factor(&by, code, *elsewhere).await {
        Ok(codes) => {
            let next = if page.must_enrol() { "/" } else { "/account" };
            return SecretPage::recovery_codes(&page, &codes, next).show(&page).await;
        }
        Err(Error::Invalid(errors)) if errors.iter().any(|error| error.pointer == CODE) => {
            (StatusCode::UNPROCESSABLE_ENTITY, l.t("code-wrong"), None)
        }
        Err(Error::TooMany { seconds }) => (StatusCode::TOO_MANY_REQUESTS, rights::wait(l, seconds), Some(seconds)),
        Err(error) => return Err(error.into()),
    };
    let factor = pending(&page, &by).await?;
    Ok(retry_after(enrolment(&page, &factor, status, *elsewhere, Some(why)).await?, wait))
}

/// Other recovery codes.
pub async fn renew_codes(Authorized { page, .. }: Authorized<Read>, sent: Verified<NoFields>) -> Answer {
    let by = page.confirmed_by(&sent).await?;
    let codes = page.app.accounts.renew_recovery_codes(&by).await?;
    SecretPage::recovery_codes(&page, &codes, "/account").show(&page).await
}

pub async fn remove(Authorized { page, .. }: Authorized<Read>, sent: Verified<SentRemoval>) -> Answer {
    let by = page.confirmed_by(&sent).await?;
    page.app.accounts.remove_own_factor(&by, sent.form.elsewhere).await?;
    Ok(see_message("/account", "told-factor-removed"))
}

fn refuse_before_password(page: &Page) -> Result<(), Error> {
    if page.must_change_password { Err(Error::PasswordChangeNeeded) } else { Ok(()) }
}

async fn pending(page: &Page, by: &By) -> Result<NewFactor, Error> {
    page.app.accounts.pending_factor(by, &issuer(page)).await
}

/// What apps call this panel: by its host, since a person can have several.
fn issuer(page: &Page) -> String {
    let url = page.base_url();
    let authority = url.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
    format!("mobile-sessions {}", authority.replace(':', " "))
}

async fn enrolment(
    page: &Page,
    factor: &NewFactor,
    status: StatusCode,
    elsewhere: bool,
    error: Option<String>,
) -> Answer {
    let back = if page.must_enrol() { "/second-factor" } else { "/account" };
    let view = Enrolment {
        c: page.chrome("account", page.locale.t("factor-set-up")).await.back_to(back),
        qr: Qr::new(factor.address.expose())?,
        secret: factor.secret.expose().clone(),
        address: factor.address.expose().clone(),
        elsewhere,
        error,
    };
    page.render(status, &view)
}

impl Qr {
    /// In modules.
    const MARGIN: usize = 4;

    fn new(text: &str) -> Result<Self, Error> {
        let code = QrCode::new(text).map_err(|error| Error::internal(error.to_string()))?;
        let width = code.width();
        let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
        let path = dark
            .map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + Self::MARGIN, at / width + Self::MARGIN))
            .collect();
        Ok(Self { side: width + 2 * Self::MARGIN, path })
    }
}
