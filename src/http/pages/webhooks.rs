//! `/webhooks`: programs elsewhere that are told of events, and a form for one more.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::parts::choices::Choice;
use super::parts::chrome::Chrome;
use super::parts::forms::Form;
use super::parts::once;
use super::parts::page::Page;
use super::parts::rights::{self, AppsField};
use super::parts::rows::{self, Badge, When};
use crate::domain::account::{Caller, Permission};
use crate::domain::event::EventKind;
use crate::domain::name::Name;
use crate::domain::webhook::{DeliveryState, EventChoice, Failure, HookUrl, SwitchedOff, UrlProblem};
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::webhooks::{Ailing, Delivery, NewWebhook, Webhook};

#[derive(Template)]
#[template(path = "webhooks.html")]
struct Webhooks {
    c: Chrome,
    summary: String,
    webhooks: Vec<Row>,
    new: Wanted,
}

/// One webhook in the list.
struct Row {
    name: String,
    href: String,
    url: String,
    events: String,
    apps: String,
    unmatched: Option<String>,
    state: Badge,
    last: Option<(Badge, When)>,
}

/// The fields of a webhook, as they are or as they were typed.
pub struct Wanted {
    pub name: String,
    pub name_error: Option<String>,
    pub url: String,
    pub url_error: Option<String>,
    pub events: Vec<Choice>,
    pub apps: AppsField,
    pub approval_links: bool,
}

/// What was typed, found good.
pub struct Meant {
    pub name: Name,
    pub url: HookUrl,
    pub events: EventChoice,
    pub globs: Vec<String>,
    pub approval_links: bool,
}

impl Wanted {
    /// With these values; `caller` is who fills them in.
    pub fn new(page: &Page, caller: &Caller, name: &str, url: &str, kinds: &[EventKind], globs: &[String]) -> Self {
        let l = page.locale;
        let choice = |kind: EventKind| Choice {
            value: kind.as_str().to_owned(),
            word: l.t(&format!("event-{}", kind.as_str().replace('.', "-"))),
            on: kinds.contains(&kind),
        };
        Self {
            name: name.to_owned(),
            name_error: None,
            url: url.to_owned(),
            url_error: None,
            events: EventKind::all().map(choice).collect(),
            apps: AppsField::new(page, caller, globs),
            approval_links: false,
        }
    }

    /// As they were typed; and what they mean, if they are good.
    pub fn typed(page: &Page, caller: &Caller, form: &Form) -> Result<(Self, Option<Meant>), Error> {
        let l = page.locale;
        let (name, url, apps) = (form.one("name")?.trim(), form.one("url")?.trim(), form.one("apps")?);
        let kinds: Option<Vec<EventKind>> = form.all("events").map(EventKind::parse).collect();
        let kinds = kinds.ok_or_else(|| Error::MalformedBody("there is no event of such a kind".into()))?;
        let mut wanted = Self::new(page, caller, name, url, &kinds, &[]);
        wanted.approval_links = !form.get("approval_links").is_empty();
        let (name, url, globs) = (Name::parse(name), HookUrl::parse(url), wanted.apps.type_in(page, apps));
        wanted.name_error = name.is_none().then(|| l.t("invalid-name"));
        wanted.url_error = url.as_ref().err().map(|problem| url_words(l, *problem));
        let (Some(name), Ok(url), Some(globs)) = (name, url, globs) else { return Ok((wanted, None)) };
        let (events, approval_links) = (EventChoice::new(&kinds), wanted.approval_links);
        Ok((wanted, Some(Meant { name, url, events, globs, approval_links })))
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

/// The list.
pub async fn list(page: Page) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Administer)?;
        view(&page, StatusCode::OK, Wanted::new(&page, caller, "", "", &[], &[])).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Creates a webhook, and shows its secret.
pub async fn create(page: Page, form: Form) -> HttpResponse {
    let answer = make(&page, &form).await;
    page.answer_to(&form, answer).await
}

async fn make(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Administer)?;
    form.prove(&page.csrf)?;
    let l = page.locale;
    let (mut new, meant) = Wanted::typed(page, caller, form)?;
    let Some(Meant { name, url, events, globs, approval_links }) = meant else {
        return view(page, StatusCode::UNPROCESSABLE_ENTITY, new).await;
    };
    let wanted = NewWebhook { name, url, events, apps: rights::scope(&globs)?, approval_links };
    match page.app.webhooks.create(&page.confirmed_by(form).await?, wanted).await {
        Ok((webhook, secret)) => {
            let title = l.s("webhook-made", rows::shown(&webhook.name));
            once::webhook(page, title, href(&webhook), &secret).await
        }
        Err(Error::Conflict(_)) => {
            new.name_error = Some(l.t("conflict-name-taken"));
            view(page, StatusCode::CONFLICT, new).await
        }
        Err(error) => Err(error),
    }
}

/// The page of a webhook.
pub fn href(webhook: &Webhook) -> String {
    format!("/webhooks/{}", links::encode(&webhook.id))
}

async fn view(page: &Page, status: StatusCode, new: Wanted) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let webhooks = page.app.webhooks.list(&page.by()?).await?;
    let mut c = page.chrome("webhooks", l.t("nav-webhooks")).await;
    c.here = "/webhooks".to_owned();
    let summary = l.n("count-webhooks", webhooks.len() as u64);
    page.render(status, &Webhooks { c, summary, webhooks: webhooks.iter().map(|one| row(page, one)).collect(), new })
}

fn row(page: &Page, webhook: &Webhook) -> Row {
    let l = page.locale;
    Row {
        name: rows::shown(&webhook.name).into_owned(),
        href: href(webhook),
        url: rows::shown(webhook.url.as_str()).into_owned(),
        events: events_words(l, &webhook.events),
        apps: rights::apps_words(l, &webhook.apps),
        unmatched: rights::unmatched(page, &webhook.apps),
        state: state(l, webhook),
        last: webhook.last_delivery.as_ref().map(|last| (delivery_state(l, last), When::new(l, last.at, Page::now()))),
    }
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
    Failure { kind: failure.kind, detail: rows::shown(&failure.detail).into_owned() }.message().say(l)
}

/// What owners are warned of on their first page: webhooks that send nothing although no person switched them off.
pub async fn warning(page: &Page) -> Result<Option<Html>, Error> {
    if page.require(Permission::Administer).is_err() {
        return Ok(None);
    }
    let ailing = page.app.webhooks.ailing(&page.by()?).await?;
    let l = page.locale;
    let named = |key: &str, name: &str| l.html(key, &[("webhook", Html::strong(&rows::shown(name)))]);
    Ok(match &ailing[..] {
        [] => None,
        [Ailing::Off(name)] => Some(named("webhook-off", name)),
        [Ailing::Paused(name)] => Some(named("webhook-paused-warning", name)),
        many => Some(l.html("webhooks-off", &[("number", Html::text(&l.number(many.len() as u64)))])),
    })
}
