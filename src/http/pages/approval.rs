//! `/link/{secret}`: a page without a login that lets one session in, once. And the button that makes such a link.

use std::time::Duration;

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::parts::{
    Authorized, Chrome, NoFields, Page, Row, SecretPage, Verified, Visitor, retry_after, rights, see_message,
};
use crate::domain::session::Session;
use crate::domain::token::Secret;
use crate::http::extract::Change;
use crate::http::failure::Answer;
use crate::i18n::Locale;
use crate::services::error::Error;
use crate::services::links::{Maker, Opened, Outcome};

/// What the button on a session's page offers, and how long that is in hours.
pub const LIVES: [(&str, u64); 4] = [("1h", 1), ("8h", 8), ("1d", 24), ("7d", 7 * 24)];

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage {
    c: Chrome,
    title: String,
    lead: String,
    /// The device, where it may be shown.
    row: Option<Row>,
    /// Whether there is a button.
    waiting: bool,
}

/// Shows what the link is for. Nothing is changed: scanners of mail open links.
pub async fn open(visitor: Visitor) -> Answer {
    let opened = visitor.app.links.open(&secret(&visitor), visitor.origin().address).await;
    match opened {
        Ok(opened) => show(&visitor, opened, false),
        Err(error) => failed(&visitor, &error),
    }
}

/// Lets the device in. That the form came from here is seen by its origin; that it may, by the secret alone.
pub async fn accept(visitor: Visitor) -> Answer {
    let l = visitor.locale;
    match visitor.app.links.accept(&secret(&visitor), visitor.origin().address, &visitor.request_id).await {
        Ok(Outcome::Accepted(session)) => {
            render(&visitor, StatusCode::OK, l.t("link-accepted"), l.t("link-accepted-help"), Some(&session), false)
        }
        Ok(Outcome::Refused(opened)) => show(&visitor, opened, true),
        Err(error) => failed(&visitor, &error),
    }
}

/// Whoever comes by a link has no login: pages of errors must not lead to one, nor name the address.
fn failed(visitor: &Visitor, error: &Error) -> Answer {
    if let Error::Internal(cause) = error {
        tracing::error!(request_id = visitor.request_id, error = %cause, "an approval link failed");
    }
    let l = visitor.locale;
    let (title, lead) = match error {
        Error::TooMany { seconds } => (l.t("link-wait"), rights::wait(l, *seconds)),
        Error::FolderUnavailable { .. } => (l.t("link-later"), l.t("link-folder-away")),
        _ => (l.t("link-later"), l.t("link-failed")),
    };
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Ok(retry_after(render(visitor, status, title, lead, None, false)?, error.retry_after()))
}

fn secret(visitor: &Visitor) -> Secret<String> {
    Secret::new(visitor.part("secret"))
}

/// `pressed`: somebody wanted it to let the device in.
fn show(page: &Visitor, opened: Opened, pressed: bool) -> Answer {
    let (l, now) = (page.locale, Page::now());
    let conflict = if pressed { StatusCode::CONFLICT } else { StatusCode::OK };
    let (status, (title, lead), session) = match &opened {
        Opened::Waiting(session) => {
            let lead = if session.declined.is_some() { "link-declined-help" } else { "link-waiting-help" };
            (StatusCode::OK, (l.t("link-waiting"), l.t(lead)), Some(session))
        }
        Opened::AlreadyIn(session) => (conflict, (l.t("link-already-in"), l.t("link-already-in-help")), Some(session)),
        Opened::NotWaiting(session) => {
            (conflict, (l.t("link-not-waiting"), l.t("link-not-waiting-help")), Some(session))
        }
        Opened::Used(at) => (StatusCode::GONE, (l.t("link-used"), l.s("link-used-help", l.past(*at, now))), None),
        Opened::Expired(at) => {
            (StatusCode::GONE, (l.t("link-expired"), l.s("link-expired-help", l.past(*at, now))), None)
        }
        Opened::Gone => (StatusCode::GONE, (l.t("link-gone"), l.t("link-gone-help")), None),
        Opened::Revoked => (StatusCode::FORBIDDEN, (l.t("link-revoked"), l.t("link-revoked-help")), None),
        Opened::Unknown => (StatusCode::NOT_FOUND, (l.t("link-unknown"), l.t("link-unknown-help")), None),
    };
    let waiting = matches!(opened, Opened::Waiting(_));
    render(page, status, title, lead, session.map(|session| session.as_ref()), waiting)
}

fn render(
    page: &Visitor,
    status: StatusCode,
    title: String,
    lead: String,
    session: Option<&Session>,
    waiting: bool,
) -> Answer {
    let l = page.locale;
    page.render(
        status,
        &LinkPage {
            // Whoever is logged in sees the same as everybody else: the link's address is in no form but its own.
            c: Chrome::bare(l, title.clone()),
            title,
            lead,
            row: session.map(|session| Row::new(l, session, Page::now())),
            // Its form goes to where the page is: the secret need not stand in it.
            waiting,
        },
    )
}

/// The form as it is sent.
#[derive(Deserialize)]
pub struct SentLife {
    expires: String,
}

/// Makes a link for a session, and shows it.
pub async fn make(Authorized { page, .. }: Authorized<Change>, sent: Verified<SentLife>) -> Answer {
    let session = page.app.catalog.session(&page.caller.apps, &page.session_key()?).await?;
    let session = session.ok_or(Error::NotFound("session-of-this-id"))?;
    let life = LIVES.iter().find(|(value, _)| *value == sent.form.expires);
    let (_, hours) = life.ok_or_else(|| Error::invalid("/expires", "This is none of the times to choose from."))?;
    let maker = Maker::caller(&page.caller, page.origin().address);
    let made = page.app.links.make(&session, &maker, Duration::from_secs(hours * 60 * 60)).await?;
    SecretPage::link(&page, &session, &made).show(&page).await
}

/// The times to choose from, in words.
pub fn lives(l: Locale) -> Vec<(String, String)> {
    let lives = LIVES.iter().map(|&(value, hours)| {
        let words = if hours < 24 { l.n("life-hours", hours) } else { l.n("link-life-days", hours / 24) };
        (value.to_owned(), words)
    });
    lives.collect()
}

/// Ends a link before its time.
pub async fn revoke(Authorized { page, .. }: Authorized<Change>, sent: Verified<NoFields>) -> Answer {
    page.app.links.revoke(&page.by(), &page.part("id")).await?;
    Ok(see_message(&sent.back, "told-link-revoked"))
}
