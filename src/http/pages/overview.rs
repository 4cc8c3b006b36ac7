//! `/`: is somebody waiting, which apps are there and what are their sessions like, what was changed last.

use askama::Template;

use super::parts::{
    APPROVAL, AppRow, Authorized, ChangeRow, Checklist, Chrome, DayChart, Page, Queue, SystemChart, change_rows,
    charts, most_important, named_apps, text,
};
use super::{tokens, webhooks};
use crate::http::extract::Read;
use crate::http::failure::Answer;
use crate::i18n::Html;
use crate::services::journal::ChangeQuery;

/// How many of the latest changes.
const LATEST: usize = 8;

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    c: Chrome,
    queue: Queue,
    checklist: Option<Checklist>,
    apps: Vec<AppRow>,
    /// The way to all apps, where there are more than are shown.
    every_app: Option<String>,
    systems: SystemChart,
    days: DayChart,
    changes: Vec<ChangeRow>,
    nobody_help: Html,
    no_apps_title: String,
    no_apps: Html,
}

pub async fn overview(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let scope = &page.caller.apps;
    let (l, now) = (page.locale, Page::now());
    let queue = Queue::of(&page).await?;
    let apps = page.app.catalog.apps(scope).await?;
    let statistics = page.app.catalog.statistics(scope, now, charts::DAYS).await?;
    let latest = ChangeQuery { limit: LATEST, batch_as_one: true, ..ChangeQuery::default() };
    let latest = page.app.journal.list(scope, &latest).await?;
    let with_sessions = apps.iter().filter(|app| app.sessions.total > 0).cloned().collect();
    let (most, every_app) = most_important(l, named_apps(with_sessions));
    let mut c = page.chrome("overview", l.t("nav-sessions")).await;
    c.warning = tokens::warning(&page).await?;
    c.webhooks_off = webhooks::warning(&page).await?;
    page.ok(&Overview {
        c,
        queue,
        checklist: Checklist::of(&page).await?,
        apps: most.iter().map(|app| AppRow::new(l, app)).collect(),
        every_app,
        systems: SystemChart::new(l, &statistics.systems),
        days: DayChart::new(l, &statistics.first_seen),
        changes: change_rows::change_lines(&page, latest.items).await?,
        nobody_help: l
            .html("nobody-waiting-help", &[("line", Html::code(APPROVAL.0)), ("method", Html::code(APPROVAL.1))]),
        no_apps_title: l.t(if scope.is_all() { "no-apps" } else { "no-apps-held" }),
        no_apps: match scope.is_all() {
            true => l.html("no-apps-help", &[("folder", Html::code(&page.folder()))]),
            false => l.html("no-apps-held-help", &[("apps", Html::strong(&text::one_line(&scope.globs().join(", "))))]),
        },
    })
}
