//! `/apps`: every app, page by page and by search.

use askama::Template;

use super::parts::{APPS_ON_A_PAGE, AppRow, Authorized, Chrome, NamedApp, Pager, named_apps, range};
use crate::http::extract::Read;
use crate::http::failure::Answer;
use crate::http::links::Pairs;

#[derive(Template)]
#[template(path = "apps.html")]
struct Apps {
    c: Chrome,
    apps: Vec<AppRow>,
    q: String,
    pager: Pager,
}

pub async fn list(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let l = page.locale;
    let q = page.query.get("q").unwrap_or_default().trim().to_owned();
    let mut apps = page.app.catalog.apps(&page.caller.apps).await?;
    apps.retain(|app| app.sessions.total > 0);
    let mut apps = named_apps(apps);
    apps.retain(|app| matches(app, &q));
    let last = apps.len().saturating_sub(1) / APPS_ON_A_PAGE;
    let asked = page.query.get("page").and_then(|number| number.parse::<usize>().ok()).unwrap_or(1);
    let at = asked.saturating_sub(1).min(last);
    let to = |at: usize| {
        let number = (at > 0).then(|| (at + 1).to_string());
        let q = Some(q.as_str()).filter(|q| !q.is_empty());
        Pairs::default().with("q", q).with("page", number.as_deref()).link("/apps")
    };
    let shown = apps.iter().skip(at * APPS_ON_A_PAGE).take(APPS_ON_A_PAGE);
    let shown: Vec<AppRow> = shown.map(|app| AppRow::new(l, app)).collect();
    let pager = Pager {
        range: range(l, (at * APPS_ON_A_PAGE) as u64, shown.len() as u64, apps.len() as u64),
        first: (at > 1).then(|| to(0)),
        previous: (at > 0).then(|| to(at - 1)),
        next: (at < last).then(|| to(at + 1)),
    };
    let c = page.chrome("sessions", l.t("apps")).await;
    page.ok(&Apps { c, apps: shown, q, pager })
}

/// By name or id, whatever the case.
fn matches(app: &NamedApp, q: &str) -> bool {
    let q = q.to_lowercase();
    app.name.to_lowercase().contains(&q) || app.ids().any(|id| id.as_str().to_lowercase().contains(&q))
}
