//! `/apps/{app}/sessions/{id}/look`: what a person needs to decide on a session. Scripts show it beside the list.

use askama::Template;

use super::parts::{
    Authorized, ChangeRow, Chrome, Page, RelatedRow, Row, State, Subject, change_rows, facts, note_form, text,
};
use crate::domain::session::Session;
use crate::http::extract::Read;
use crate::http::failure::Answer;
use crate::i18n::Locale;
use crate::services::error::Error;
use crate::services::journal::Change;

/// How many of the latest changes.
const LATEST: usize = 5;

#[derive(Template)]
#[template(path = "look.html")]
struct Look {
    c: Chrome,
    row: Row,
    state: State,
    /// Names and values.
    told: Vec<(String, String)>,
    first_seen: text::When,
    note: Vec<String>,
    related: Vec<RelatedRow>,
    changes: Vec<ChangeRow>,
}

pub async fn show(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let (l, scope, key) = (page.locale, &page.caller.apps, page.session_key()?);
    let session = page.app.catalog.session(scope, &key).await?.ok_or(Error::NotFound("session-of-this-id"))?;
    let history = facts::history(&page, &key).await?;
    let related = page.app.catalog.related(scope, std::slice::from_ref(&session)).await?;
    let apps = page.app.catalog.apps(scope).await?;
    let now = Page::now();
    let row = Row::in_app(l, &apps, &session, now);
    let subject = |_: &Change| Subject { name: row.name.clone(), email: String::new(), href: row.href.to_string() };
    let latest = history.items.iter().take(LATEST).cloned().collect();
    let others = related.into_iter().next().unwrap_or_default().others;
    let shown = Look {
        c: page.chrome("sessions", row.name.clone()).await,
        state: facts::state(&page, &session, &history).await?,
        told: told(l, &session, &row),
        first_seen: text::When::new(l, session.first_seen_at, now),
        note: session.note.as_ref().map(note_form::lines).unwrap_or_default(),
        related: others.iter().map(|other| RelatedRow::new(l, &row, other, now)).collect(),
        changes: change_rows::change_rows(l, subject, latest),
        row,
    };
    page.ok(&shown)
}

/// What the file says of who asks to be let in, without what it does not say.
fn told(l: Locale, session: &Session, row: &Row) -> Vec<(String, String)> {
    let version = session.application.as_ref().and_then(|application| application.version.as_deref());
    let language = session.language.as_ref().and_then(|language| language.id.as_deref().or(language.code.as_deref()));
    let app = if row.team.is_empty() { row.app.clone() } else { format!("{} · {}", row.app, row.team) };
    let values = [
        ("col-os", row.system.clone()),
        ("col-app", app),
        ("app-version", text::line_or_empty(version)),
        ("col-ip", row.ip.clone()),
        ("field-language", text::line_or_empty(language)),
    ];
    values.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (l.t(name), value)).collect()
}
