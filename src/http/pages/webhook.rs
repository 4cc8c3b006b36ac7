//! `/webhooks/{id}`: one webhook, what it was told, and all that can be done with it.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::parts::{
    Authorized, Badge, Chrome, NoFields, Page, Pager, Question, SecretPage, Shown, Sure, Verified, When, apps_here,
    confirm_page, list_pairs, pager, rights, same_apps, see_message, text,
};
use super::webhooks::{self, SentWebhook, WebhookFields, WebhookForm, href};
use crate::domain::session::SessionKey;
use crate::domain::webhook::DeliveryState;
use crate::http::api;
use crate::http::extract::Administer;
use crate::http::failure::Answer;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::webhooks::{Delivery, TestResult, Webhook, WebhookChange};

/// How many deliveries are shown at once: what can be done stands below them.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "webhook.html")]
struct WebhookPage<'a> {
    c: Chrome,
    webhook: &'a Webhook,
    name: String,
    href: String,
    state: Badge,
    /// Why it sends nothing, where the program itself stopped it.
    off: Option<String>,
    owner: Option<Html>,
    /// What came of a test: whether it was taken, and the words.
    tested: Option<(bool, String)>,
    deliveries: Vec<Row<'a>>,
    pager: Pager,
    fields: WebhookForm,
}

struct Row<'a> {
    delivery: &'a Delivery,
    /// The session it is about: its short name, and its page.
    session: Option<(String, String)>,
    state: Badge,
    answer: String,
    next: Option<When>,
    retry: Option<String>,
}

/// What a page shows besides the webhook as it is.
#[derive(Default)]
struct More {
    fields: Option<WebhookForm>,
    tested: Option<TestResult>,
}

#[derive(Deserialize)]
pub struct SentState {
    state: State,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum State {
    On,
    Off,
}

pub async fn show(Authorized { page, .. }: Authorized<Administer>) -> Answer {
    view(&page, &named(&page).await?, StatusCode::OK, More::default()).await
}

/// Changes name, address, events and apps.
pub async fn change(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentWebhook>) -> Answer {
    let webhook = named(&page).await?;
    let (mut form, fields) = WebhookForm::typed(&page, &apps_here(&page).await, &sent.form)?;
    let Some(WebhookFields { name, url, events, globs, approval_links }) = fields else {
        let more = More { fields: Some(form), ..More::default() };
        return view(&page, &webhook, StatusCode::UNPROCESSABLE_ENTITY, more).await;
    };
    // What was not touched stays as it is: it can be held by more than the globs that are shown.
    let apps = (!same_apps(&globs, &webhook.apps)).then(|| rights::scope(&globs)).transpose()?;
    let same = name.as_str() == webhook.name && url == webhook.url && events.kinds() == webhook.events;
    let same_links = approval_links == webhook.approval_links;
    if apps.is_none() && same && same_links && !webhook.paused {
        return Ok(see_message(&href(&webhook), "done-nothing"));
    }
    let wanted = WebhookChange {
        name: Some(name),
        url: Some(url),
        events: Some(events),
        apps,
        approval_links: Some(approval_links),
        ..WebhookChange::default()
    };
    match page.app.webhooks.change(&page.confirmed_by(&sent).await?, &webhook.id, wanted).await {
        Ok(_) => Ok(see_message(&href(&webhook), "told-webhook-changed")),
        Err(Error::Conflict(_)) => {
            form.name_error = Some(page.locale.t("conflict-name-taken"));
            view(&page, &webhook, StatusCode::CONFLICT, More { fields: Some(form), ..More::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Switches it on or off.
pub async fn set_state(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentState>) -> Answer {
    let (webhook, on) = (named(&page).await?, sent.form.state == State::On);
    let wanted = WebhookChange { enabled: Some(on), ..WebhookChange::default() };
    page.app.webhooks.change(&page.by(), &webhook.id, wanted).await?;
    Ok(see_message(&href(&webhook), if on { "told-webhook-on" } else { "told-webhook-off" }))
}

/// Gives it a new secret, and shows it.
pub async fn rotate(Authorized { page, .. }: Authorized<Administer>, _: Verified<NoFields>) -> Answer {
    let wanted = WebhookChange { rotate_secret: true, ..WebhookChange::default() };
    let (webhook, secret) = page.app.webhooks.change(&page.by(), &named(&page).await?.id, wanted).await?;
    let secret = secret.ok_or_else(|| Error::internal("a new secret that is none"))?;
    let title = page.locale.s("webhook-rotated", text::one_line(&webhook.name));
    SecretPage::webhook(&page, title, href(&webhook), &secret).show(&page).await
}

/// Sends a test, and tells what came of it.
pub async fn test(Authorized { page, .. }: Authorized<Administer>, _: Verified<NoFields>) -> Answer {
    let webhook = named(&page).await?;
    let tested = page.app.webhooks.test(&page.by(), &webhook.id).await?;
    view(&page, &webhook, StatusCode::OK, More { tested: Some(tested), ..More::default() }).await
}

pub async fn retry(Authorized { page, .. }: Authorized<Administer>, _: Verified<NoFields>) -> Answer {
    let webhook = named(&page).await?;
    page.app.webhooks.retry(&page.by(), &webhook.id, &page.part("delivery")).await?;
    Ok(see_message(&href(&webhook), "told-delivery-retried"))
}

/// Deletes it, once it is sure.
pub async fn delete(Authorized { page, .. }: Authorized<Administer>, sent: Verified<Sure>) -> Answer {
    let webhook = named(&page).await?;
    if !sent.form.sure {
        return ask(&page, &webhook).await;
    }
    page.app.webhooks.delete(&page.by(), &webhook.id).await?;
    Ok(see_message("/webhooks", "told-webhook-deleted"))
}

async fn ask(page: &Page, webhook: &Webhook) -> Answer {
    let l = page.locale;
    let question = Question {
        section: "webhooks",
        title: l.s("webhook-delete-ask", text::one_line(&webhook.name)),
        lead: l.n("webhook-delete-ask-help", webhook.pending),
        action: format!("{}/delete", href(webhook)),
        submit: l.t("webhook-delete"),
        keep: l.t("webhook-keep"),
        back: href(webhook),
        ..Question::default()
    };
    confirm_page(page, question).await
}

/// The webhook that the address names.
async fn named(page: &Page) -> Result<Webhook, Error> {
    page.app.webhooks.one(&page.by(), &page.part("id")).await
}

async fn view(page: &Page, webhook: &Webhook, status: StatusCode, more: More) -> Answer {
    let l = page.locale;
    let pairs = list_pairs(&page.query);
    let mut query = api::delivery_query(pairs.0.iter().map(|(key, value)| (key.clone(), value.clone())))?;
    if pairs.get("limit").is_none() {
        query.limit = SHOWN;
    }
    let list = page.app.webhooks.deliveries(&page.by(), &webhook.id, &query).await?;
    let (count, total) = (list.items.len(), list.total);
    let shown = Shown { limit: query.limit, count, total, next: list.next_cursor.as_deref() };
    let name = text::one_line(&webhook.name).into_owned();
    let fields = match more.fields {
        Some(fields) => fields,
        None => WebhookForm {
            approval_links: webhook.approval_links,
            ..WebhookForm::new(
                page,
                &apps_here(page).await,
                [&webhook.name, webhook.url.as_str()],
                &webhook.events,
                &webhook.apps,
            )
        },
    };
    let view = WebhookPage {
        c: page.chrome("webhooks", name.clone()).await.back_to(href(webhook)),
        webhook,
        name,
        href: href(webhook),
        state: webhooks::state(l, webhook),
        off: match webhook.disabled_reason {
            Some(reason) => Some(webhooks::off_words(l, reason)),
            None => webhook.paused.then(|| l.t("webhook-paused")),
        },
        owner: webhook.owner.as_ref().map(|owner| text::actor(l, owner)),
        tested: more.tested.map(|tested| tested_words(l, &tested)),
        pager: pager(l, &page.query, &href(webhook), &pairs, &shown),
        deliveries: list.items.iter().map(|delivery| row(l, webhook, delivery)).collect(),
        fields,
    };
    page.render(status, &view)
}

fn tested_words(l: Locale, tested: &TestResult) -> (bool, String) {
    let took = tested.duration_ms;
    match &tested.error {
        None => {
            let status = tested.status_code.unwrap_or_default().to_string();
            (true, l.args("webhook-tested", &[("status", status.into()), ("count", took.into())]))
        }
        Some(failure) => (false, l.s("webhook-tested-failed", webhooks::failure_words(l, failure))),
    }
}

fn row<'a>(l: Locale, webhook: &Webhook, delivery: &'a Delivery) -> Row<'a> {
    let key = delivery.app.as_ref().zip(delivery.session.as_ref());
    let key = key.and_then(|(app, session)| SessionKey::parse(app, session));
    // One that waits for an earlier one follows it by itself.
    let waits = delivery.state == DeliveryState::Pending && delivery.next_attempt_at.is_none();
    let next = delivery.next_attempt_at.filter(|_| webhook.enabled);
    let retry = format!("{}/deliveries/{}/retry", href(webhook), links::encode(&delivery.id));
    Row {
        delivery,
        session: key.map(|key| (text::short_id(key.id.as_str()), links::session(&key))),
        state: webhooks::delivery_state(l, delivery),
        answer: match (&delivery.error, delivery.status_code) {
            (Some(failure), _) => webhooks::failure_words(l, failure),
            (None, Some(status)) => status.to_string(),
            (None, None) => String::new(),
        },
        next: next.map(|at| When { ago: l.exact(at), ..When::new(l, at, Page::now()) }),
        retry: (webhook.enabled && !waits).then_some(retry),
    }
}
