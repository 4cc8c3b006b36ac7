//! What an installation needs before it is complete, as owners of all apps see it on the first page.

use super::connection;
use super::page::Page;
use super::text::Badge;
use crate::domain::account::Permission;
use crate::domain::change::Action;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::journal::ChangeQuery;

/// The line by which a 4D developer lets devices wait, and the method that it stands in.
pub const APPROVAL: (&str, &str) = ("$response.verify:=True", "On Mobile App Authentication");

pub struct Checklist {
    pub progress: String,
    pub steps: Vec<Step>,
}

pub struct Step {
    /// The key of its title, and its id.
    pub name: &'static str,
    pub is_done: bool,
    pub badge: Badge,
    pub title: String,
    pub help: Option<Html>,
    /// To be copied.
    pub line: Option<String>,
    /// Where it is done, and the words for it.
    pub link: Option<(&'static str, String)>,
    /// Where a button leads, the field that it sends, and its words.
    pub button: Option<(&'static str, &'static str, String)>,
}

impl Step {
    fn new(l: Locale, name: &'static str, is_done: bool) -> Self {
        let (kind, word) = if is_done { ("ok", "step-done") } else { ("other", "step-open") };
        Self {
            name,
            is_done,
            badge: Badge { kind, word: l.t(word) },
            title: l.t(name),
            help: None,
            line: None,
            link: None,
            button: None,
        }
    }

    fn explained(self, help: &str) -> Self {
        Self { help: Some(Html::text(help)), ..self }
    }
}

impl Checklist {
    /// What is left to be done; `None` for who cannot do it, or once all was done.
    pub async fn of(page: &Page) -> Result<Option<Self>, Error> {
        let checklist = &page.app.checklist;
        if !page.may(Permission::ReadAccessLog) || checklist.has_ended().await? {
            return Ok(None);
        }
        let steps = steps(page).await?;
        let done = steps.iter().filter(|step| step.is_done).count();
        if done == steps.len() {
            checklist.end().await?;
            return Ok(None);
        }
        let l = page.locale;
        let counts = [("done", l.number(done as u64).into()), ("all", l.number(steps.len() as u64).into())];
        Ok(Some(Self { progress: l.args("checklist-progress", &counts), steps }))
    }
}

async fn steps(page: &Page) -> Result<Vec<Step>, Error> {
    let (l, app) = (page.locale, &page.app);
    let (line, method) = APPROVAL;
    let folder = app.catalog.availability().is_ok();
    let is_connected = app.push.is_configured();
    let was_tested = app.push.was_answered() || app.push.last_test().is_some_and(|test| test.failure.is_none());
    let colleagues = app.accounts.users(&page.by()).await?.len() > 1;
    let mut steps = vec![
        Step::new(l, "step-folder", folder).explained(&l.t("step-folder-help")),
        Step {
            line: Some(connection::start_line(&connection::address(app.push.url()))),
            link: Some(("/push#connect-title", l.t("connect"))),
            ..Step::new(l, "step-connect", is_connected).explained(&l.t("step-connect-help"))
        },
        Step {
            button: is_connected.then(|| ("/push/test", "test", l.t("connect-test"))),
            ..Step::new(l, "step-test", is_connected && was_tested).explained(&l.t("connect-test-help"))
        },
    ];
    if is_connected {
        let automatic = Step::new(l, "step-automatic", app.push.is_automatic()).explained(&l.t("step-automatic-help"));
        steps.push(Step { button: Some(("/push/auto", "on", l.t("auto-push-on"))), ..automatic });
    }
    steps.push(Step {
        help: Some(l.html("step-approval-help", &[("method", Html::code(method))])),
        line: Some(line.to_owned()),
        ..Step::new(l, "step-approval", somebody_has_waited(page).await?)
    });
    let link = Some(("/users#new-title", l.t("user-new")));
    steps.push(Step { link, ..Step::new(l, "step-colleague", colleagues).explained(&l.t("step-colleague-help")) });
    Ok(steps)
}

/// Whether 4D has asked for approval: a device waits, or was let in here.
async fn somebody_has_waited(page: &Page) -> Result<bool, Error> {
    let all = &page.caller.apps;
    let waiting = page.app.catalog.counts(all).await.map_or(0, |counts| counts.pending);
    let changes = ChangeQuery { action: Some(Action::SetStatus), limit: 1, ..ChangeQuery::default() };
    Ok(waiting > 0 || !page.app.journal.list(all, &changes).await?.items.is_empty())
}
