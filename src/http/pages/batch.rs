//! `/batches/{id}`: how far many sessions are that are being changed, and what became of them. It can be left, and
//! come back to.

use super::parts::{Authorized, ErrorText, NoFields, Page, ProgressBar, Selected, Verified, batch_result, see};
use crate::domain::account::Permission;
use crate::http::extract::{Change, Read};
use crate::http::failure::Answer;
use crate::http::links::{self, Pairs};
use crate::services::batches::{BatchState, RunState};
use crate::services::edits::{BatchRequest, BatchResult};
use crate::services::error::Error;

const UNKNOWN: Error = Error::NotFound("batch-of-this-id");
/// How many are waited for; more are changed while a page shows how far it is.
pub const WAITED_FOR: u64 = 100;

/// Starts a batch, and goes to its page; `back` is where its form was sent from.
pub async fn start(page: &Page, request: BatchRequest, back: &str) -> Answer {
    let started = page.app.batches.start(&page.caller, &page.request_id, request.into()).await?;
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
pub async fn show(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let id = page.part("id");
    let state = page.app.batches.state(&page.caller, &id).await?.ok_or(UNKNOWN)?;
    let back = links::local(page.query.get("to").or(Some("/sessions")));
    if state.state == RunState::Running {
        return running(&page, &id, back, &state).await;
    }
    if let Some(problem) = state.read_problem()? {
        let text = ErrorText::new(page.locale, &(&problem).into());
        let mut shown = Selected::new(&page, back, text.title.clone()).await;
        shown.lead = text.help();
        return page.ok(&shown);
    }
    let result = state.read_result()?.ok_or_else(|| Error::internal("a batch without a result"))?;
    let stopped = match state.state {
        RunState::Stopped => Some(stopped(&page, &result)),
        _ => state.interrupted.then(|| page.locale.t("batch-interrupted")),
    };
    let mut shown = batch_result::result(&page, back, &result, stopped).await?;
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
pub async fn stop(Authorized { page, .. }: Authorized<Change>, form: Verified<NoFields>) -> Answer {
    let id = page.part("id");
    if !page.app.batches.stop(&page.caller, &id).await? {
        return Err(UNKNOWN.into());
    }
    let address = format!("/batches/{}", links::encode(&id));
    Ok(see(&Pairs::default().with("to", Some(&form.back)).link(&address)))
}

async fn running(page: &Page, id: &str, back: &str, state: &BatchState) -> Answer {
    let l = page.locale;
    let mut shown = Selected::new(page, back, l.n("batch-title", state.total)).await;
    shown.lead = vec![l.t("batch-leave")];
    let numbers = [("done", l.number(state.done).into()), ("total", l.number(state.total).into())];
    let may_stop = page.may(Permission::Change);
    shown.stop = may_stop.then(|| format!("/batches/{}/stop", links::encode(id)));
    shown.progress = Some(ProgressBar {
        done: state.done,
        total: state.total,
        text: if state.total == 0 { l.t("batch-looks") } else { l.args("batch-progress", &numbers) },
    });
    page.ok(&shown)
}
