//! `/rules`: what lets devices in by itself, and a form that is tried before it is saved.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::parts::chrome::Chrome;
use super::parts::forms::Form;
use super::parts::once::{self, Ask};
use super::parts::page::Page;
use super::parts::redirect::{see_done, see_told};
use super::parts::rights;
use super::parts::rows::{self, Row, When};
use super::parts::rule_form::{Meant, RuleForm, Typed, day};
use crate::domain::account::{AppScope, Permission};
use crate::domain::rule::Conditions;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::{Conflict, Error};
use crate::services::rules::{NewRule, Rule, RuleChange, WhenChange};

/// How many sessions a preview shows.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "rules.html")]
struct RulesPage {
    c: Chrome,
    summary: String,
    rules: Vec<RuleRow>,
    action: String,
    form: RuleForm,
    submit: String,
    preview: Option<Preview>,
}

#[derive(Template)]
#[template(path = "rule.html")]
struct RulePage {
    c: Chrome,
    name: String,
    href: String,
    enabled: bool,
    over: bool,
    paused: bool,
    action: String,
    form: RuleForm,
    submit: String,
    preview: Option<Preview>,
}

/// One rule in the list.
struct RuleRow {
    name: String,
    href: String,
    order: i64,
    enabled: bool,
    over: bool,
    paused: bool,
    when: Vec<String>,
    unmatched: Option<String>,
    note: String,
    expires: Option<When>,
    maker: Html,
    made: When,
    enable_label: String,
    disable_label: String,
}

/// Who would be let in.
struct Preview {
    title: String,
    rows: Vec<Row>,
    more: Option<String>,
    /// The same in the list of sessions, where a filter can say it.
    list: Option<String>,
}

/// The list, with a form for one more.
pub async fn list(page: Page) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Administer)?;
        view_list(&page, StatusCode::OK, RuleForm::new(&page, caller), None).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Creates a rule, or shows whom it would let in.
pub async fn create(page: Page, form: Form) -> HttpResponse {
    let answer = make(&page, &form).await;
    page.answer(answer).await
}

async fn make(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Administer)?;
    form.prove(&page.csrf)?;
    let Typed { form: mut typed, when, rest } = RuleForm::typed(page, caller, form)?;
    if is_preview(form)? {
        // A name is not needed to try what a rule says.
        typed.name_error = typed.name_error.filter(|_| !typed.name.is_empty());
        let (status, preview) = preview(page, when)?;
        return view_list(page, status, typed, preview).await;
    }
    let (Some(when), Some(Meant { name, enabled, order, expires_at, note })) = (when, rest) else {
        return view_list(page, StatusCode::UNPROCESSABLE_ENTITY, typed, None).await;
    };
    let when = when.apply(Conditions::default());
    let wanted = NewRule { name, enabled, order, when, expires_at, note };
    match page.app.rules.create(&page.by()?, wanted).await {
        Ok(_) => Ok(see_told("/rules", "rule-created")),
        Err(Error::Conflict(ref why)) => {
            typed.name_error = Some(conflict(page.locale, why));
            view_list(page, StatusCode::CONFLICT, typed, None).await
        }
        Err(error) => Err(error),
    }
}

/// The page of one rule.
pub async fn show(page: Page) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Administer)?;
        let rule = named(&page).await?;
        view(&page, &rule, StatusCode::OK, RuleForm::of(&page, caller, &rule), None).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Changes a rule, or shows whom it would let in.
pub async fn change(page: Page, form: Form) -> HttpResponse {
    let answer = save(&page, &form).await;
    page.answer(answer).await
}

async fn save(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Administer)?;
    form.prove(&page.csrf)?;
    let rule = named(page).await?;
    let Typed { form: mut typed, when, rest } = RuleForm::typed(page, caller, form)?;
    if is_preview(form)? {
        let (status, preview) = preview(page, when)?;
        return view(page, &rule, status, typed, preview).await;
    }
    let (Some(when), Some(Meant { name, enabled, order, expires_at, note })) = (when, rest) else {
        return view(page, &rule, StatusCode::UNPROCESSABLE_ENTITY, typed, None).await;
    };
    // The field shows a day: a time within it that was not touched stays.
    let same_day = rule.expires_at.map(day) == expires_at.map(day);
    let wanted = RuleChange {
        name: Some(name),
        enabled: Some(enabled),
        order,
        when: Some(when),
        expires_at: (!same_day).then_some(expires_at),
        note: Some(note),
    };
    match page.app.rules.change(&page.by()?, &rule.id, wanted).await {
        Ok(_) => Ok(see_told("/rules", "rule-changed")),
        Err(Error::Conflict(ref why)) => {
            typed.name_error = Some(conflict(page.locale, why));
            view(page, &rule, StatusCode::CONFLICT, typed, None).await
        }
        Err(error) => Err(error),
    }
}

/// Enables or disables a rule.
pub async fn set_state(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        page.require(Permission::Administer)?;
        form.prove(&page.csrf)?;
        let rule = named(&page).await?;
        let enabled = match form.one("state")? {
            "enabled" => true,
            "disabled" => false,
            _ => return Err(Error::MalformedBody("the state is neither disabled nor enabled".into())),
        };
        if enabled == rule.enabled && !rule.paused {
            return Ok(see_done("/rules", None));
        }
        let wanted = RuleChange { enabled: Some(enabled), ..RuleChange::default() };
        page.app.rules.change(&page.by()?, &rule.id, wanted).await?;
        Ok(see_told("/rules", if enabled { "rule-enabled" } else { "rule-disabled" }))
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Deletes a rule, once it is sure.
pub async fn delete(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        page.require(Permission::Administer)?;
        form.prove(&page.csrf)?;
        let rule = named(&page).await?;
        if !form.ticked("sure")? {
            return ask(&page, &rule).await;
        }
        page.app.rules.delete(&page.by()?, &rule.id).await?;
        Ok(see_told("/rules", "rule-deleted"))
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn ask(page: &Page, rule: &Rule) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let ask = Ask {
        section: "rules",
        title: l.s("rule-delete-ask", rows::shown(&rule.name)),
        lead: l.t("rule-delete-help"),
        lines_title: String::new(),
        lines: Vec::new(),
        action: format!("{}/delete", href(rule)),
        submit: l.t("rule-delete"),
        keep: l.t("rule-keep"),
        back: href(rule),
    };
    once::ask(page, ask).await
}

/// The rule that the address names.
async fn named(page: &Page) -> Result<Rule, Error> {
    page.app.rules.rule(&page.by()?, &page.part("id").unwrap_or_default()).await
}

fn href(rule: &Rule) -> String {
    format!("/rules/{}", links::encode(&rule.id))
}

fn is_preview(form: &Form) -> Result<bool, Error> {
    match form.one("do")? {
        "preview" => Ok(true),
        "save" => Ok(false),
        _ => Err(Error::MalformedBody("it is neither to be saved nor to be tried".into())),
    }
}

/// What stands against it, where the name is.
fn conflict(l: Locale, why: &Conflict) -> String {
    match why {
        Conflict::NameTaken => l.t("conflict-name-taken"),
        other => other.message().say(l),
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

/// Whom conditions would let in now, if they are good.
fn preview(page: &Page, when: Option<WhenChange>) -> Result<(StatusCode, Option<Preview>), Error> {
    let l = page.locale;
    let Some(when) = when else { return Ok((StatusCode::UNPROCESSABLE_ENTITY, None)) };
    let when = when.apply(Conditions::default());
    let (sessions, total) = page.app.rules.preview(&page.caller()?.apps, &when)?;
    let preview = Preview {
        title: l.n("rule-preview-found", total),
        rows: sessions.iter().take(SHOWN).map(|session| Row::new(l, session, Page::now())).collect(),
        list: filter(&when).filter(|_| total > 0),
        more: (total > SHOWN as u64).then(|| l.n("rule-preview-more", total - SHOWN as u64)),
    };
    Ok((StatusCode::OK, Some(preview)))
}

async fn view_list(
    page: &Page,
    status: StatusCode,
    form: RuleForm,
    preview: Option<Preview>,
) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let rules = page.app.rules.list(&page.by()?).await?;
    let mut c = page.chrome("rules", l.t("nav-rules")).await;
    c.here = "/rules".to_owned();
    page.render(
        status,
        &RulesPage {
            c,
            summary: l.n("count-rules", rules.len() as u64),
            rules: rules.iter().map(|rule| row(page, rule)).collect(),
            action: "/rules".to_owned(),
            form,
            submit: l.t("rule-create"),
            preview,
        },
    )
}

async fn view(
    page: &Page,
    rule: &Rule,
    status: StatusCode,
    form: RuleForm,
    preview: Option<Preview>,
) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let name = rows::shown(&rule.name).into_owned();
    let mut c = page.chrome("rules", name.clone()).await;
    c.here = href(rule);
    page.render(
        status,
        &RulePage {
            c,
            name,
            href: href(rule),
            enabled: rule.enabled,
            over: is_over(rule),
            paused: rule.paused,
            action: href(rule),
            form,
            submit: l.t("save"),
            preview,
        },
    )
}

fn is_over(rule: &Rule) -> bool {
    rule.expires_at.is_some_and(|end| end <= Page::now())
}

fn row(page: &Page, rule: &Rule) -> RuleRow {
    let (l, now) = (page.locale, Page::now());
    let name = rows::shown(&rule.name).into_owned();
    RuleRow {
        href: href(rule),
        order: rule.order,
        enabled: rule.enabled,
        over: is_over(rule),
        paused: rule.paused,
        when: words(l, rule),
        unmatched: rights::unmatched(page, &rule.when.apps),
        note: rule.note.as_ref().map(|note| rows::shown(note.as_str()).into_owned()).unwrap_or_default(),
        expires: rule.expires_at.map(|at| When { ago: l.date(at), ..When::new(l, at, now) }),
        maker: rows::actor(l, &rule.made_by),
        made: When::new(l, rule.created_at, now),
        enable_label: l.s("rule-enable-name", &name),
        disable_label: l.s("rule-disable-name", &name),
        name,
    }
}

/// The conditions, a sentence each.
fn words(l: Locale, rule: &Rule) -> Vec<String> {
    let when = &rule.when;
    let shown = |list: &[String]| rows::shown(&list.join(", ")).into_owned();
    let emails: Vec<String> =
        when.emails.iter().map(|email| if email.is_empty() { l.t("rule-no-email") } else { email.clone() }).collect();
    let lists = [
        ("rule-when-emails", &emails),
        ("rule-when-os", &when.os),
        ("rule-when-versions", &when.app_versions),
        ("rule-when-languages", &when.languages),
        ("rule-when-networks", &when.networks),
    ];
    let mut words = vec![l.s("rule-when-apps", rights::apps_words(l, &when.apps))];
    words.extend(lists.iter().filter(|(_, list)| !list.is_empty()).map(|(key, list)| l.s(key, shown(list))));
    words.extend(when.simulator.map(|yes| l.t(if yes { "rule-when-simulator" } else { "rule-when-no-simulator" })));
    words.extend(when.jailbroken.map(|yes| l.t(if yes { "rule-when-jailbroken" } else { "rule-when-no-jailbroken" })));
    words.extend(when.known_device.map(|yes| l.t(if yes { "rule-when-known" } else { "rule-when-unknown" })));
    words
}
