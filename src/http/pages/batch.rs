//! `/batches/{id}`: how far many sessions are that are being changed, and what became of them. It can be left, and
//! come back to.

use actix_web::HttpResponse;

use super::context::Page;
use super::error::Told;
use super::links::{self, Pairs};
use super::selected::{self, ProgressBar, Selected};
use crate::domain::account::Permission;
use crate::services::batches::{BatchState, RunState};
use crate::services::error::Error;

/// The page of a batch, with the way back to the list.
pub fn address(id: &str, back: &str) -> String {
    Pairs::default().with("to", Some(back)).link(&format!("/batches/{}", links::encode(id)))
}

/// How far it is, or what it came to.
pub async fn show(page: Page) -> HttpResponse {
    let answer = state(&page).await;
    page.answer(answer).await
}

async fn state(page: &Page) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Read)?;
    let unknown = || Error::NotFound("batch of this id");
    let id = page.part("id").ok_or_else(unknown)?;
    let state = page.app.batches.state(caller, &id).await?.ok_or_else(unknown)?;
    let back = links::local(page.query.get("to").or(Some("/sessions")));
    if state.state == RunState::Running {
        return running(page, back, &state).await;
    }
    if let Some(problem) = state.read_problem()? {
        let told = Told::new(page.locale, &(&problem).into());
        let mut shown = Selected::new(page, back, told.title.clone()).await;
        shown.lead = told.help();
        return page.ok(&shown);
    }
    let result = state.read_result()?.ok_or_else(|| Error::internal("a batch without a result"))?;
    let stopped = state.interrupted.then(|| page.locale.t("batch-interrupted"));
    let mut shown = selected::result(page, back, &result, stopped).await?;
    if state.interrupted {
        shown.lead.push(page.locale.t("batch-interrupted-help"));
    }
    page.ok(&shown)
}

async fn running(page: &Page, back: &str, state: &BatchState) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let mut shown = Selected::new(page, back, l.n("batch-title", state.total)).await;
    shown.lead = vec![l.t("batch-leave")];
    let numbers = [("done", l.number(state.done).into()), ("total", l.number(state.total).into())];
    shown.progress = Some(ProgressBar {
        done: state.done,
        total: state.total,
        told: if state.total == 0 { l.t("batch-looks") } else { l.args("batch-progress", &numbers) },
    });
    page.ok(&shown)
}
