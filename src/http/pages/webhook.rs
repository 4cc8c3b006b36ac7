//! `/webhooks/{id}`: one webhook, what it was told, and all that can be done with it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::parts::chrome::Chrome;
use super::parts::forms::Form;
use super::parts::once::{self, Ask};
use super::parts::page::Page;
use super::parts::pager::{list_pairs, walk};
use super::parts::redirect::{see_done, see_told};
use super::parts::rights;
use super::parts::rows::{self, Badge, When};
use super::webhooks::{self, Meant, Wanted, href};
use crate::domain::account::Permission;
use crate::domain::session::SessionKey;
use crate::domain::webhook::DeliveryState;
use crate::http::api;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::webhooks::{Delivery, TestResult, Webhook, WebhookChange};

/// How many deliveries are shown at once: what can be done stands below them.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "webhook.html")]
struct WebhookPage {
    c: Chrome,
    name: String,
    href: String,
    state: Badge,
    on: bool,
    /// Why it is off, where the program itself switched it off.
    off: Option<String>,
    /// Whose rights it has.
    owner: Option<Html>,
    failing: Option<When>,
    /// What came of a test: whether it was taken, and the words.
    tested: Option<(bool, String)>,
    url: String,
    made: When,
    both_until: Option<When>,
    pending: u64,
    deliveries: Vec<Row>,
    range: String,
    first: Option<String>,
    previous: Option<String>,
    next: Option<String>,
    fields: Wanted,
}

/// One delivery.
struct Row {
    event: String,
    /// The session it is about: its short name, and its page.
    session: Option<(String, String)>,
    app: String,
    state: Badge,
    attempts: u64,
    answer: String,
    at: When,
    next: Option<When>,
    retry: Option<String>,
    retry_label: String,
}

/// What a page shows besides the webhook as it is.
#[derive(Default)]
struct More {
    fields: Option<Wanted>,
    tested: Option<TestResult>,
}

/// The page.
pub async fn show(page: Page) -> HttpResponse {
    let answer = async {
        page.require(Permission::Administer)?;
        view(&page, &named(&page).await?, StatusCode::OK, More::default()).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Changes name, address, events and apps.
pub async fn change(page: Page, form: Form) -> HttpResponse {
    let answer = set(&page, &form).await;
    page.answer_to(&form, answer).await
}

async fn set(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let webhook = changed(page, form).await?;
    let l = page.locale;
    let (mut fields, meant) = Wanted::typed(page, page.caller()?, form)?;
    let Some(Meant { name, url, events, globs, approval_links }) = meant else {
        let more = More { fields: Some(fields), ..More::default() };
        return view(page, &webhook, StatusCode::UNPROCESSABLE_ENTITY, more).await;
    };
    // What was not touched stays as it is: it can be held by more than the globs that are shown.
    let apps = (globs != webhook.apps).then(|| rights::scope(&globs)).transpose()?;
    let same = name.as_str() == webhook.name && url == webhook.url && events.kinds() == webhook.events;
    let same_links = approval_links == webhook.approval_links;
    if apps.is_none() && same && same_links && !webhook.paused {
        return Ok(see_done(&href(&webhook), None));
    }
    let wanted = WebhookChange {
        name: Some(name),
        url: Some(url),
        events: Some(events),
        apps,
        approval_links: Some(approval_links),
        ..WebhookChange::default()
    };
    match page.app.webhooks.change(&page.confirmed_by(form).await?, &webhook.id, wanted).await {
        Ok(_) => Ok(see_told(&href(&webhook), "webhook-changed")),
        Err(Error::Conflict(_)) => {
            fields.name_error = Some(l.t("conflict-name-taken"));
            view(page, &webhook, StatusCode::CONFLICT, More { fields: Some(fields), ..More::default() }).await
        }
        Err(error) => Err(error),
    }
}

/// Switches it on or off.
pub async fn set_state(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let webhook = changed(&page, &form).await?;
        let (on, told) = match form.one("state")? {
            "on" => (true, "webhook-on"),
            "off" => (false, "webhook-off"),
            _ => return Err(Error::MalformedBody("the state is neither on nor off".into())),
        };
        let wanted = WebhookChange { enabled: Some(on), ..WebhookChange::default() };
        page.app.webhooks.change(&page.by()?, &webhook.id, wanted).await?;
        Ok(see_told(&href(&webhook), told))
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Gives it a new secret, and shows it.
pub async fn rotate(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let webhook = changed(&page, &form).await?;
        let wanted = WebhookChange { rotate_secret: true, ..WebhookChange::default() };
        let (webhook, secret) = page.app.webhooks.change(&page.by()?, &webhook.id, wanted).await?;
        let secret = secret.ok_or_else(|| Error::internal("a new secret that is none"))?;
        let title = page.locale.s("webhook-rotated", rows::shown(&webhook.name));
        once::webhook(&page, title, href(&webhook), &secret).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Sends a test, and tells what came of it.
pub async fn test(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let webhook = changed(&page, &form).await?;
        let tested = page.app.webhooks.test(&page.by()?, &webhook.id).await?;
        view(&page, &webhook, StatusCode::OK, More { tested: Some(tested), ..More::default() }).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Delivers something again, now.
pub async fn retry(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let webhook = changed(&page, &form).await?;
        let delivery = page.part("delivery").unwrap_or_default();
        page.app.webhooks.retry(&page.by()?, &webhook.id, &delivery).await?;
        Ok(see_told(&href(&webhook), "delivery-retried"))
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Deletes it, once it is sure.
pub async fn delete(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let webhook = changed(&page, &form).await?;
        if !form.ticked("sure")? {
            return ask(&page, &webhook).await;
        }
        page.app.webhooks.delete(&page.by()?, &webhook.id).await?;
        Ok(see_told("/webhooks", "webhook-deleted"))
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn ask(page: &Page, webhook: &Webhook) -> Result<HttpResponse, Error> {
    let l = page.locale;
    once::ask(
        page,
        Ask {
            section: "webhooks",
            title: l.s("webhook-delete-ask", rows::shown(&webhook.name)),
            lead: l.n("webhook-delete-ask-help", webhook.pending),
            lines_title: String::new(),
            lines: Vec::new(),
            action: format!("{}/delete", href(webhook)),
            submit: l.t("webhook-delete"),
            keep: l.t("webhook-keep"),
            back: href(webhook),
        },
    )
    .await
}

/// The webhook that a form of its page is to change.
async fn changed(page: &Page, form: &Form) -> Result<Webhook, Error> {
    page.require(Permission::Administer)?;
    form.prove(&page.csrf)?;
    named(page).await
}

/// The webhook that the address names.
async fn named(page: &Page) -> Result<Webhook, Error> {
    page.app.webhooks.one(&page.by()?, &page.part("id").unwrap_or_default()).await
}

async fn view(page: &Page, webhook: &Webhook, status: StatusCode, more: More) -> Result<HttpResponse, Error> {
    let (l, now) = (page.locale, Page::now());
    let pairs = list_pairs(&page.query);
    let mut query = api::delivery_query(pairs.0.iter().map(|(key, value)| (key.clone(), value.clone())))?;
    if pairs.get("limit").is_none() {
        query.limit = SHOWN;
    }
    let list = page.app.webhooks.deliveries(&page.by()?, &webhook.id, &query).await?;
    let walk = walk(&page.query, &href(webhook), &pairs, list.next_cursor.as_deref(), query.limit);
    let caller = page.caller()?;
    let as_it_is = || Wanted {
        approval_links: webhook.approval_links,
        ..Wanted::new(page, caller, &webhook.name, webhook.url.as_str(), &webhook.events, &webhook.apps)
    };
    let name = rows::shown(&webhook.name).into_owned();
    let mut c = page.chrome("webhooks", name.clone()).await;
    c.here = href(webhook);
    let deliveries: Vec<Row> = list.items.iter().map(|delivery| row(l, webhook, delivery)).collect();
    page.render(
        status,
        &WebhookPage {
            c,
            name,
            href: href(webhook),
            state: webhooks::state(l, webhook),
            on: webhook.enabled,
            off: match webhook.disabled_reason {
                Some(reason) => Some(webhooks::off_words(l, reason)),
                None => webhook.paused.then(|| l.t("webhook-paused")),
            },
            owner: webhook.owner.as_ref().map(|owner| rows::actor(l, owner)),
            failing: webhook.failing_since.filter(|_| webhook.enabled).map(|since| When::new(l, since, now)),
            tested: more.tested.map(|tested| tested_words(l, &tested)),
            url: rows::shown(webhook.url.as_str()).into_owned(),
            made: When::new(l, webhook.created_at, now),
            both_until: webhook.previous_secret_until.map(|at| When::new(l, at, now)),
            pending: webhook.pending,
            range: l.args(
                "range",
                &[
                    ("from", (walk.before + 1).into()),
                    ("to", (walk.before + deliveries.len() as u64).into()),
                    ("total", list.total.into()),
                ],
            ),
            deliveries,
            first: walk.first,
            previous: walk.previous,
            next: walk.next,
            fields: more.fields.unwrap_or_else(as_it_is),
        },
    )
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

fn row(l: Locale, webhook: &Webhook, delivery: &Delivery) -> Row {
    let now = Page::now();
    let key = delivery.app.as_ref().zip(delivery.session.as_ref());
    let key = key.and_then(|(app, session)| SessionKey::parse(app, session));
    let answer = match (&delivery.error, delivery.status_code) {
        (Some(failure), _) => webhooks::failure_words(l, failure),
        (None, Some(status)) => status.to_string(),
        (None, None) => String::new(),
    };
    // One that waits for an earlier one follows it by itself.
    let waits = delivery.state == DeliveryState::Pending && delivery.next_attempt_at.is_none();
    Row {
        event: delivery.event.clone(),
        session: key.map(|key| (rows::short_id(key.id.as_str()), links::session(&key))),
        app: rows::shown(delivery.app.as_deref().unwrap_or_default()).into_owned(),
        state: webhooks::delivery_state(l, delivery),
        attempts: u64::from(delivery.attempts),
        answer,
        at: When::new(l, delivery.at, now),
        next: delivery
            .next_attempt_at
            .filter(|_| webhook.enabled)
            .map(|at| When { ago: l.exact(at), ..When::new(l, at, now) }),
        retry: (webhook.enabled && !waits)
            .then(|| format!("{}/deliveries/{}/retry", href(webhook), links::encode(&delivery.id))),
        retry_label: l.s("delivery-retry-name", &delivery.event),
    }
}
