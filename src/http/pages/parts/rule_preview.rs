//! What a rule would act on now, beside its form.

use super::page::Page;
use super::rows::Row;
use crate::domain::account::AppScope;
use crate::domain::rule::{Conditions, RuleAction};
use crate::http::links;
use crate::services::error::Error;

/// How many sessions a preview shows.
const SHOWN: usize = 50;

/// The sessions that a rule matches now.
pub struct Preview {
    pub title: String,
    pub rows: Vec<Row>,
    pub more: Option<String>,
    /// The same in the list of sessions, where a filter can say it.
    pub list: Option<String>,
    pub action: RuleAction,
    pub total: u64,
    /// Whether it is what somebody asked for, and is read first.
    pub begins: bool,
}

impl Preview {
    /// Whether it tells when each session was last changed, and not since when it waits.
    pub fn deletes(&self) -> bool {
        self.action == RuleAction::Delete
    }

    pub async fn of(page: &Page, action: RuleAction, when: &Conditions) -> Result<Self, Error> {
        let l = page.locale;
        let (sessions, total) = page.app.rules.preview(&page.caller.apps, action, when).await?;
        let title = if action == RuleAction::Delete { "rule-preview-deletes" } else { "rule-preview-found" };
        Ok(Self {
            title: l.n(title, total),
            rows: sessions.iter().take(SHOWN).map(|session| Row::new(l, session, Page::now())).collect(),
            more: (total > SHOWN as u64).then(|| l.n("rule-preview-more", total - SHOWN as u64)),
            list: filter(when).filter(|_| total > 0 && action == RuleAction::Accept),
            action,
            total,
            begins: true,
        })
    }
}

/// The list that shows whom conditions let in, if they are no more than an app.
fn filter(when: &Conditions) -> Option<String> {
    let pending = "/sessions?status=pending";
    let plain = Conditions { apps: AppScope::all(), ..when.clone() } == Conditions::default();
    match when.apps.globs() {
        [] => plain.then(|| pending.to_owned()),
        [app] if !app.contains(['*', '?']) => plain.then(|| format!("{pending}&app={}", links::encode(app))),
        _ => None,
    }
}
