//! `/`: is somebody waiting, which apps are there and what are their sessions like, what was changed last.

use actix_web::HttpResponse;
use askama::Template;

use super::parts::charts::{self, AppChart, DayChart, SystemChart};
use super::parts::chrome::Chrome;
use super::parts::page::Page;
use super::parts::queue::Queue;
use super::parts::rows;
use super::parts::rows::{AppRow, ChangeRow, Subject};
use super::{tokens, webhooks};
use crate::domain::account::Permission;
use crate::i18n::Html;
use crate::services::error::Error;
use crate::services::journal::{Change, ChangeQuery};

/// How many of the latest changes.
const LATEST: usize = 8;

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    c: Chrome,
    queue: Queue,
    apps: Vec<AppRow>,
    /// The way to all apps, where there are more than are shown.
    every_app: Option<String>,
    by_app: AppChart,
    systems: SystemChart,
    days: DayChart,
    changes: Vec<ChangeRow>,
    nobody_help: Html,
    no_apps_title: String,
    no_apps: Html,
}

/// The first page.
pub async fn overview(page: Page) -> HttpResponse {
    let answer = show(&page).await;
    page.answer(answer).await
}

async fn show(page: &Page) -> Result<HttpResponse, Error> {
    let scope = &page.require(Permission::Read)?.apps;
    let (l, now) = (page.locale, Page::now());
    let queue = Queue::of(page, scope)?;
    let apps = page.app.catalog.apps(scope)?;
    let statistics = page.app.catalog.statistics(scope, now, charts::DAYS)?;
    let latest = ChangeQuery { limit: LATEST, ..ChangeQuery::default() };
    let latest = page.app.journal.list(scope, &latest).await?;
    let subject = |change: &Change| Subject::of(&page.app.catalog, scope, change);
    let with_sessions = apps.iter().filter(|app| app.sessions.total > 0).cloned().collect();
    let (most, every_app) = super::parts::many_apps::most_important(l, with_sessions);
    let mut c = page.chrome("overview", l.t("nav-sessions")).await;
    c.warning = tokens::warning(page).await?;
    c.webhooks_off = webhooks::warning(page).await?;
    page.ok(&Overview {
        c,
        queue,
        by_app: AppChart::new(l, &apps),
        apps: most.iter().map(AppRow::new).collect(),
        every_app,
        systems: SystemChart::new(l, &statistics.systems),
        days: DayChart::new(l, &statistics.first_seen),
        changes: latest.items.iter().map(|change| ChangeRow::new(l, change, &subject(change), now)).collect(),
        nobody_help: l.html(
            "nobody-waiting-help",
            &[("line", Html::code("$response.verify:=True")), ("method", Html::code("On Mobile App Authentication"))],
        ),
        no_apps_title: l.t(if scope.is_all() { "no-apps" } else { "no-apps-held" }),
        no_apps: match scope.is_all() {
            true => l.html("no-apps-help", &[("folder", Html::code(&page.folder()))]),
            false => l.html("no-apps-held-help", &[("apps", Html::strong(&rows::shown(&scope.globs().join(", "))))]),
        },
    })
}
