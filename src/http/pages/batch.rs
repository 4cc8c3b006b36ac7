//! `/batches/{id}`: how far many sessions are that are being changed, and what became of them. It can be left, and
//! come back to.

use actix_web::HttpResponse;

use super::parts::batch_result::{self, ProgressBar, Selected};
use super::parts::error::Told;
use super::parts::forms::Form;
use super::parts::page::Page;
use super::parts::redirect::see;
use crate::domain::account::Permission;
use crate::http::links::{self, Pairs};
use crate::services::batches::{BatchState, RunState};
use crate::services::edits::{BatchRequest, BatchResult};
use crate::services::error::Error;

/// How many are waited for; more are changed while a page shows how far it is.
pub const WAITED_FOR: u64 = 100;

/// Starts a batch, and goes to its page; `back` is where its form was sent from.
pub async fn start(page: &Page, request: BatchRequest, back: &str) -> Result<HttpResponse, Error> {
    let started = page.app.batches.start(page.caller()?, &page.request_id, request.into()).await?;
    let address = format!("/batches/{}", links::encode(&started.id));
    Ok(see(&Pairs::default().with("to", Some(&list_of(back))).link(&address)))
}

/// From the page of a batch, one goes back where that one leads back to.
fn list_of(back: &str) -> String {
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let to = Pairs::parse(query).get("to").map(|to| links::local(Some(to)).to_owned());
    to.filter(|_| path.starts_with("/batches/")).unwrap_or_else(|| back.to_owned())
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
        return running(page, &id, back, &state).await;
    }
    if let Some(problem) = state.read_problem()? {
        let told = Told::new(page.locale, &(&problem).into());
        let mut shown = Selected::new(page, back, told.title.clone()).await;
        shown.lead = told.help();
        return page.ok(&shown);
    }
    let result = state.read_result()?.ok_or_else(|| Error::internal("a batch without a result"))?;
    let stopped = match state.state {
        RunState::Stopped => Some(stopped(page, &result)),
        _ => state.interrupted.then(|| page.locale.t("batch-interrupted")),
    };
    let mut shown = batch_result::result(page, back, &result, stopped).await?;
    if state.interrupted {
        shown.lead.push(page.locale.t("batch-interrupted-help"));
    }
    page.ok(&shown)
}

/// How far a batch came that was stopped.
fn stopped(page: &Page, result: &BatchResult) -> String {
    let l = page.locale;
    let numbers = [("changed", l.number(result.changed).into()), ("total", l.number(result.total).into())];
    l.args("batch-stopped", &numbers)
}

/// Stops a batch, and goes to its page.
pub async fn stop(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Change)?;
        form.prove(&page.csrf)?;
        let unknown = || Error::NotFound("batch of this id");
        let id = page.part("id").ok_or_else(unknown)?;
        if !page.app.batches.stop(caller, &id).await? {
            return Err(unknown());
        }
        let address = format!("/batches/{}", links::encode(&id));
        Ok(see(&Pairs::default().with("to", Some(form.back())).link(&address)))
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn running(page: &Page, id: &str, back: &str, state: &BatchState) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let mut shown = Selected::new(page, back, l.n("batch-title", state.total)).await;
    shown.lead = vec![l.t("batch-leave")];
    let numbers = [("done", l.number(state.done).into()), ("total", l.number(state.total).into())];
    let may_stop = page.caller()?.require(Permission::Change).is_ok();
    shown.stop = may_stop.then(|| format!("/batches/{}/stop", links::encode(id)));
    shown.progress = Some(ProgressBar {
        done: state.done,
        total: state.total,
        told: if state.total == 0 { l.t("batch-looks") } else { l.args("batch-progress", &numbers) },
    });
    page.ok(&shown)
}
