//! `/apps`: every app, page by page and by search.

use actix_web::HttpResponse;
use askama::Template;

use super::parts::chrome::Chrome;
use super::parts::many_apps::PAGE;
use super::parts::page::Page;
use super::parts::rows::AppRow;
use crate::domain::account::Permission;
use crate::domain::session::App;
use crate::http::links::Pairs;
use crate::services::error::Error;

#[derive(Template)]
#[template(path = "apps.html")]
struct Apps {
    c: Chrome,
    apps: Vec<AppRow>,
    q: String,
    range: String,
    first: Option<String>,
    previous: Option<String>,
    next: Option<String>,
}

/// The list.
pub async fn list(page: Page) -> HttpResponse {
    let answer = show(&page).await;
    page.answer(answer).await
}

async fn show(page: &Page) -> Result<HttpResponse, Error> {
    let scope = &page.require(Permission::Read)?.apps;
    let l = page.locale;
    let q = page.query.get("q").unwrap_or_default().trim().to_owned();
    let mut apps = page.app.catalog.apps(scope)?;
    apps.retain(|app| app.sessions.total > 0 && matches(app, &q));
    let last = apps.len().saturating_sub(1) / PAGE;
    let asked = page.query.get("page").and_then(|number| number.parse::<usize>().ok()).unwrap_or(1);
    let at = asked.saturating_sub(1).min(last);
    let to = |at: usize| {
        let number = (at > 0).then(|| (at + 1).to_string());
        let q = Some(q.as_str()).filter(|q| !q.is_empty());
        Pairs::default().with("q", q).with("page", number.as_deref()).link("/apps")
    };
    let shown: Vec<AppRow> = apps.iter().skip(at * PAGE).take(PAGE).map(AppRow::new).collect();
    page.ok(&Apps {
        c: page.chrome("sessions", l.t("apps")).await,
        range: l.args(
            "range",
            &[
                ("from", ((at * PAGE + 1) as u64).into()),
                ("to", ((at * PAGE + shown.len()) as u64).into()),
                ("total", (apps.len() as u64).into()),
            ],
        ),
        apps: shown,
        first: (at > 1).then(|| to(0)),
        previous: (at > 0).then(|| to(at - 1)),
        next: (at < last).then(|| to(at + 1)),
        q,
    })
}

/// By name or id, whatever the case.
fn matches(app: &App, q: &str) -> bool {
    let q = q.to_lowercase();
    app.name.to_lowercase().contains(&q) || app.id.as_str().to_lowercase().contains(&q)
}
