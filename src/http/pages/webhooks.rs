//! `/webhooks`: programs elsewhere that are told of events, and a form for one more.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::parts::{
    AppPicker, Authorized, Badge, Choice, Chrome, Page, SecretPage, Verified, When, apps_here, rights, text, ticked,
};
use crate::domain::account::Permission;
use crate::domain::event::EventKind;
use crate::domain::name::Name;
use crate::domain::session::App;
use crate::domain::webhook::{DeliveryState, EventChoice, Failure, HookUrl, SwitchedOff, UrlProblem};
use crate::http::extract::Administer;
use crate::http::failure::Answer;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::{BodyFault, Error};
use crate::services::webhooks::{Ailing, Delivery, NewWebhook, Webhook};

#[derive(Template)]
#[template(path = "webhooks.html")]
struct Webhooks {
    c: Chrome,
    summary: String,
    webhooks: Vec<Row>,
    new: WebhookForm,
}

/// One webhook in the list.
struct Row {
    webhook: Webhook,
    href: String,
    events: String,
    unmatched: Option<String>,
    state: Badge,
    last: Option<(Badge, When)>,
}

/// The fields of a webhook, as they are or as they were typed.
pub struct WebhookForm {
    pub name: String,
    pub name_error: Option<String>,
    pub url: String,
    pub url_error: Option<String>,
    pub events: Vec<Choice>,
    pub apps: AppPicker,
    pub approval_links: bool,
}

/// What was typed, found good.
pub struct WebhookFields {
    pub name: Name,
    pub url: HookUrl,
    pub events: EventChoice,
    pub globs: Vec<String>,
    pub approval_links: bool,
}

/// The form as it is sent.
#[derive(Deserialize)]
pub struct SentWebhook {
    name: String,
    url: String,
    apps: String,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default, deserialize_with = "ticked")]
    approval_links: bool,
}

impl WebhookForm {
    pub fn new(page: &Page, here: &[App], [name, url]: [&str; 2], kinds: &[EventKind], globs: &[String]) -> Self {
        let l = page.locale;
        Self {
            name: name.to_owned(),
            name_error: None,
            url: url.to_owned(),
            url_error: None,
            events: EventKind::all()
                .map(|kind| {
                    let word = l.t(&format!("event-{}", kind.as_str().replace('.', "-")));
                    Choice::new(kind.as_str(), word, kinds.contains(&kind))
                })
                .collect(),
            apps: AppPicker::new(page, here, globs),
            approval_links: false,
        }
    }

    /// As it was typed; and what it stands for, if it is good.
    pub fn typed(page: &Page, here: &[App], sent: &SentWebhook) -> Result<(Self, Option<WebhookFields>), Error> {
        let l = page.locale;
        let kinds: Option<Vec<EventKind>> = sent.events.iter().map(|kind| EventKind::parse(kind)).collect();
        let kinds = kinds.ok_or(BodyFault::NoSuchEvent)?;
        let (name, url) = (sent.name.trim(), sent.url.trim());
        let mut form = Self::new(page, here, [name, url], &kinds, &[]);
        form.approval_links = sent.approval_links;
        let (name, url, globs) = (Name::parse(name), HookUrl::parse(url), form.apps.read(page, here, &sent.apps));
        form.name_error = name.is_none().then(|| l.t("invalid-name"));
        form.url_error = url.as_ref().err().map(|problem| url_words(l, *problem));
        let (Some(name), Ok(url), Some(globs)) = (name, url, globs) else { return Ok((form, None)) };
        let (events, approval_links) = (EventChoice::new(&kinds), form.approval_links);
        Ok((form, Some(WebhookFields { name, url, events, globs, approval_links })))
    }
}

fn url_words(l: Locale, problem: UrlProblem) -> String {
    l.t(match problem {
        UrlProblem::NoUrl => "invalid-url",
        UrlProblem::Scheme => "invalid-url-scheme",
        UrlProblem::UserInfo => "invalid-url-user",
        UrlProblem::Fragment => "invalid-url-fragment",
    })
}

pub async fn list(Authorized { page, .. }: Authorized<Administer>) -> Answer {
    view(&page, StatusCode::OK, WebhookForm::new(&page, &apps_here(&page).await, ["", ""], &[], &[])).await
}

/// Creates a webhook, and shows its secret.
pub async fn create(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentWebhook>) -> Answer {
    let l = page.locale;
    let (mut new, fields) = WebhookForm::typed(&page, &apps_here(&page).await, &sent.form)?;
    let Some(WebhookFields { name, url, events, globs, approval_links }) = fields else {
        return view(&page, StatusCode::UNPROCESSABLE_ENTITY, new).await;
    };
    let wanted = NewWebhook { name, url, events, apps: rights::scope(&globs)?, approval_links };
    match page.app.webhooks.create(&page.confirmed_by(&sent).await?, wanted).await {
        Ok((webhook, secret)) => {
            let title = l.s("webhook-made", text::one_line(&webhook.name));
            SecretPage::webhook(&page, title, href(&webhook), &secret).show(&page).await
        }
        Err(Error::Conflict(_)) => {
            new.name_error = Some(l.t("conflict-name-taken"));
            view(&page, StatusCode::CONFLICT, new).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The page of a webhook.
pub fn href(webhook: &Webhook) -> String {
    format!("/webhooks/{}", links::encode(&webhook.id))
}

async fn view(page: &Page, status: StatusCode, new: WebhookForm) -> Answer {
    let l = page.locale;
    let (webhooks, here) = (page.app.webhooks.list(&page.by()).await?, apps_here(page).await);
    let c = page.chrome("webhooks", l.t("nav-webhooks")).await.back_to("/webhooks");
    let summary = l.n("count-webhooks", webhooks.len() as u64);
    let webhooks = webhooks.into_iter().map(|webhook| Row {
        href: href(&webhook),
        events: events_words(l, &webhook.events),
        unmatched: rights::unmatched(l, &here, &webhook.apps),
        state: state(l, &webhook),
        last: webhook.last_delivery.as_ref().map(|last| (delivery_state(l, last), When::new(l, last.at, Page::now()))),
        webhook,
    });
    page.render(status, &Webhooks { c, summary, webhooks: webhooks.collect(), new })
}

fn events_words(l: Locale, kinds: &[EventKind]) -> String {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    if words.is_empty() { l.t("events-all") } else { words.join(", ") }
}

/// Whether a webhook is told what happens, by shape and word.
pub fn state(l: Locale, webhook: &Webhook) -> Badge {
    let (kind, word) = match (webhook.enabled, webhook.disabled_reason) {
        (true, _) if webhook.paused => ("bad", "webhook-is-paused"),
        (true, _) if webhook.failing_since.is_some() => ("wait", "webhook-fails"),
        (true, _) => ("ok", "webhook-is-on"),
        (false, None) => ("other", "webhook-is-off"),
        (false, Some(_)) => ("bad", "webhook-is-off"),
    };
    Badge { kind, word: l.t(word) }
}

/// Why the program itself switched a webhook off, and what to do.
pub fn off_words(l: Locale, reason: SwitchedOff) -> String {
    l.t(match reason {
        SwitchedOff::Failing => "webhook-off-failing",
        SwitchedOff::Gone => "webhook-off-gone",
    })
}

/// What became of a delivery, by shape and word.
pub fn delivery_state(l: Locale, delivery: &Delivery) -> Badge {
    let (kind, word) = match delivery.state {
        DeliveryState::Pending => ("wait", "delivery-pending"),
        DeliveryState::Delivered => ("ok", "delivery-delivered"),
        DeliveryState::Failed => ("bad", "delivery-failed"),
    };
    Badge { kind, word: l.t(word) }
}

/// Why an attempt failed, in words.
pub fn failure_words(l: Locale, failure: &Failure) -> String {
    Failure { kind: failure.kind, detail: text::one_line(&failure.detail).into_owned() }.message().say(l)
}

fn named(l: Locale, key: &str, webhook: &str) -> Html {
    l.html(key, &[("webhook", Html::strong(&text::one_line(webhook)))])
}

/// What owners are warned of on their first page: webhooks that send nothing although no person switched them off.
pub async fn warning(page: &Page) -> Result<Option<Html>, Error> {
    if !page.may(Permission::Administer) {
        return Ok(None);
    }
    let ailing = page.app.webhooks.ailing(&page.by()).await?;
    let l = page.locale;
    Ok(match &ailing[..] {
        [] => None,
        [Ailing::Off(name)] => Some(named(l, "webhook-off", name)),
        [Ailing::Paused(name)] => Some(named(l, "webhook-paused-warning", name)),
        many => Some(l.html("webhooks-off", &[("number", Html::text(&l.number(many.len() as u64)))])),
    })
}
