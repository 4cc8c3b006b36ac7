//! `/rules`: what accepts, declines and deletes by itself, and a form that is tried before it is saved.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::parts::rule_words::sentence;
use super::parts::{
    Authorized, Chrome, Page, Preview, Purpose, Question, RuleFields, RuleForm, SentRule, Sure, Typed, Verified,
    apps_here, confirm_page, day, rights, see_message, text,
};
use super::user::State;
use crate::domain::rule::{Conditions, RuleAction};
use crate::domain::session::App;
use crate::http::extract::Administer;
use crate::http::failure::Answer;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::{Conflict, Error};
use crate::services::rules::{NewRule, Rule, RuleChange, WhenChange};

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
    /// A rule that is not saved yet is not switched on.
    to_switch_on: Option<u64>,
}

#[derive(Template)]
#[template(path = "rule.html")]
struct RulePage<'a> {
    c: Chrome,
    rule: &'a Rule,
    name: String,
    says: String,
    over: bool,
    action: String,
    form: RuleForm,
    submit: String,
    preview: Option<Preview>,
    /// How many sessions the rule takes now, where it can be switched on with them in view.
    to_switch_on: Option<u64>,
    /// That it is another number than when somebody switched it on.
    recounted: Option<String>,
}

/// One rule in the list.
struct RuleRow {
    href: String,
    over: bool,
    says: String,
    unmatched: Option<String>,
    maker: Html,
    is_first: bool,
    is_last: bool,
    /// Whether it is switched on where one sees what it takes.
    is_tried_first: bool,
    rule: Rule,
}

/// What the page of a rule shows beside the rule.
struct Shown {
    status: StatusCode,
    form: RuleForm,
    preview: Option<Preview>,
    to_switch_on: Option<u64>,
    recounted: Option<String>,
}

/// That a rule is switched on or off; on, with so many sessions in view.
#[derive(Deserialize)]
pub struct SentState {
    state: State,
    total: Option<u64>,
}

/// Whether a rule goes up or down.
#[derive(Deserialize)]
pub struct SentPlace {
    to: Direction,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Up,
    Down,
}

/// The list, with a form for one more.
pub async fn list(Authorized { page, .. }: Authorized<Administer>) -> Answer {
    view_list(&page, StatusCode::OK, RuleForm::new(&page, &apps_here(&page).await), None).await
}

/// Creates a rule, or shows what it would act on.
pub async fn create(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentRule>) -> Answer {
    let Typed { mut form, action, when, rest } = RuleForm::typed(&page, &apps_here(&page).await, &sent.form);
    if sent.form.purpose != Purpose::Save {
        // A name is not needed to try what a rule says.
        form.name_error = form.name_error.filter(|_| !form.name.is_empty());
        let (status, preview) = tried(&page, sent.form.purpose, action, when).await?;
        return view_list(&page, status, form, preview).await;
    }
    let (Some(when), Some(RuleFields { name, enabled, at_most, expires_at, note })) = (when, rest) else {
        return view_list(&page, StatusCode::UNPROCESSABLE_ENTITY, form, None).await;
    };
    let when = when.apply(Conditions::default());
    let wanted = NewRule { name, enabled, order: None, when, action, at_most, expires_at, note, if_total: None };
    match page.app.rules.create(&page.by(), wanted).await {
        Ok(rule) => Ok(saved(&rule, "told-rule-created")),
        Err(Error::Conflict(ref why)) => {
            form.name_error = Some(conflict(page.locale, why));
            view_list(&page, StatusCode::CONFLICT, form, None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The page of one rule, with what it would act on now.
pub async fn show(Authorized { page, .. }: Authorized<Administer>) -> Answer {
    let rule = named(&page).await?;
    let preview = Preview { begins: false, ..preview_of(&page, &rule).await? };
    let form = RuleForm::of(&page, &apps_here(&page).await, &rule);
    let to_switch_on = to_switch_on(&rule, &preview);
    view(&page, &rule, Shown { preview: Some(preview), to_switch_on, ..Shown::of(StatusCode::OK, form) }).await
}

/// Changes a rule, or shows what it would act on.
pub async fn change(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentRule>) -> Answer {
    let rule = named(&page).await?;
    let Typed { mut form, action, when, rest } = RuleForm::typed(&page, &apps_here(&page).await, &sent.form);
    if sent.form.purpose != Purpose::Save {
        let (status, preview) = tried(&page, sent.form.purpose, action, when).await?;
        return view(&page, &rule, Shown { preview, ..Shown::of(status, form) }).await;
    }
    let (Some(when), Some(RuleFields { name, enabled, at_most, expires_at, note })) = (when, rest) else {
        return view(&page, &rule, Shown::of(StatusCode::UNPROCESSABLE_ENTITY, form)).await;
    };
    // The field shows a day: a time within it that was not touched stays.
    let same_day = rule.expires_at.map(day) == expires_at.map(day);
    let wanted = RuleChange {
        name: Some(name),
        enabled,
        when: Some(when),
        action: Some(action),
        at_most: Some(at_most),
        expires_at: (!same_day).then_some(expires_at),
        note: Some(note),
        ..RuleChange::default()
    };
    match page.app.rules.change(&page.by(), &rule.id, wanted).await {
        Ok(rule) => Ok(saved(&rule, "told-rule-changed")),
        Err(Error::Conflict(ref why)) => {
            form.name_error = Some(conflict(page.locale, why));
            view(&page, &rule, Shown::of(StatusCode::CONFLICT, form)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Enables or disables a rule. One that deletes is enabled by whoever sees what it takes now.
pub async fn set_state(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentState>) -> Answer {
    let (rule, enabled) = (named(&page).await?, sent.form.state == State::Enabled);
    if enabled == rule.enabled && !rule.paused {
        return Ok(see_message("/rules", "done-nothing"));
    }
    let if_total = sent.form.total;
    if enabled && rule.action == RuleAction::Delete && if_total.is_none() {
        return Ok(see_message(&href(&rule), "told-rule-off"));
    }
    let wanted = RuleChange { enabled: Some(enabled), if_total, ..RuleChange::default() };
    match page.app.rules.change(&page.by(), &rule.id, wanted).await {
        Ok(rule) if enabled => Ok(see_message("/rules", acts_from_now(&rule, "told-rule-enabled"))),
        Ok(_) => Ok(see_message("/rules", "told-rule-disabled")),
        Err(Error::TotalDiffers { .. }) => {
            let preview = preview_of(&page, &rule).await?;
            let recounted = Some(page.locale.t("rule-recounted"));
            let form = RuleForm::of(&page, &apps_here(&page).await, &rule);
            let to_switch_on = to_switch_on(&rule, &preview);
            let preview = Some(preview);
            let shown = Shown { preview, to_switch_on, recounted, ..Shown::of(StatusCode::CONFLICT, form) };
            view(&page, &rule, shown).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Moves a rule before the one before it, or behind the next.
pub async fn place(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentPlace>) -> Answer {
    let rule = named(&page).await?;
    let moved = page.app.rules.shift(&page.by(), &rule.id, sent.form.to == Direction::Up).await?;
    Ok(see_message("/rules", if moved { "told-rule-moved" } else { "done-nothing" }))
}

/// Deletes a rule, once it is sure.
pub async fn delete(Authorized { page, .. }: Authorized<Administer>, sent: Verified<Sure>) -> Answer {
    let rule = named(&page).await?;
    if !sent.form.sure {
        return ask(&page, &rule).await;
    }
    page.app.rules.delete(&page.by(), &rule.id).await?;
    Ok(see_message("/rules", "told-rule-deleted"))
}

async fn ask(page: &Page, rule: &Rule) -> Answer {
    let l = page.locale;
    let question = Question {
        section: "rules",
        title: l.s("rule-delete-ask", text::one_line(&rule.name)),
        lead: l.t("rule-delete-help"),
        action: format!("{}/delete", href(rule)),
        submit: l.t("rule-delete"),
        keep: l.t("rule-keep"),
        back: href(rule),
        ..Question::default()
    };
    confirm_page(page, question).await
}

/// The rule that the address names.
async fn named(page: &Page) -> Result<Rule, Error> {
    page.app.rules.rule(&page.by(), &page.part("id")).await
}

fn href(rule: &Rule) -> String {
    format!("/rules/{}", links::encode(&rule.id))
}

/// Where one goes on from a rule that was saved: one that deletes is looked at before it is switched on.
fn saved(rule: &Rule, told: &'static str) -> HttpResponse {
    if rule.action == RuleAction::Delete && !rule.enabled {
        return see_message(&href(rule), "told-rule-off");
    }
    see_message("/rules", acts_from_now(rule, told))
}

/// What is told of a rule; of one that waits for a time, not that it acts on arrivals.
fn acts_from_now(rule: &Rule, told: &'static str) -> &'static str {
    let is_timed = rule.when.quiet_for.is_some() || rule.when.waiting_for.is_some();
    if is_timed { "told-rule-timed" } else { told }
}

/// What stands against it, where the name is.
fn conflict(l: Locale, why: &Conflict) -> String {
    match why {
        Conflict::NameTaken => l.t("conflict-name-taken"),
        other => other.message().say(l),
    }
}

/// What conditions that were typed match now, if they are good. Of a form that gets or loses a row, nothing is shown.
async fn tried(
    page: &Page,
    purpose: Purpose,
    action: RuleAction,
    when: Option<WhenChange>,
) -> Result<(StatusCode, Option<Preview>), Error> {
    match (purpose, when) {
        (Purpose::Add | Purpose::Remove(_), _) => Ok((StatusCode::OK, None)),
        (_, None) => Ok((StatusCode::UNPROCESSABLE_ENTITY, None)),
        (_, Some(when)) => {
            let preview = Preview::of(page, action, &when.apply(Conditions::default())).await?;
            Ok((StatusCode::OK, Some(preview)))
        }
    }
}

/// What a rule matches now.
async fn preview_of(page: &Page, rule: &Rule) -> Result<Preview, Error> {
    let conditions = page.app.rules.conditions(&page.by(), &rule.id).await?;
    Preview::of(page, rule.action, &conditions).await
}

fn to_switch_on(rule: &Rule, preview: &Preview) -> Option<u64> {
    (rule.action == RuleAction::Delete && (!rule.enabled || rule.paused)).then_some(preview.total)
}

async fn view_list(page: &Page, status: StatusCode, form: RuleForm, preview: Option<Preview>) -> Answer {
    let l = page.locale;
    let (rules, here) = (page.app.rules.list(&page.by()).await?, apps_here(page).await);
    let last = rules.len().saturating_sub(1);
    let rows = rules.into_iter().enumerate();
    let view = RulesPage {
        c: page.chrome("rules", l.t("nav-rules")).await.back_to("/rules"),
        summary: l.n("count-rules", rows.len() as u64),
        rules: rows
            .map(|(n, rule)| RuleRow { is_first: n == 0, is_last: n == last, ..row(page, &here, rule) })
            .collect(),
        action: "/rules".to_owned(),
        form,
        submit: l.t("rule-create"),
        preview,
        to_switch_on: None,
    };
    page.render(status, &view)
}

impl Shown {
    fn of(status: StatusCode, form: RuleForm) -> Self {
        Self { status, form, preview: None, to_switch_on: None, recounted: None }
    }
}

async fn view(page: &Page, rule: &Rule, shown: Shown) -> Answer {
    let name = text::one_line(&rule.name).into_owned();
    let view = RulePage {
        c: page.chrome("rules", name.clone()).await.back_to(href(rule)),
        rule,
        name,
        says: sentence(page.locale, rule),
        over: is_over(rule),
        action: href(rule),
        form: shown.form,
        submit: page.locale.t("save"),
        preview: shown.preview,
        to_switch_on: shown.to_switch_on,
        recounted: shown.recounted,
    };
    page.render(shown.status, &view)
}

fn is_over(rule: &Rule) -> bool {
    rule.expires_at.is_some_and(|end| end <= Page::now())
}

fn row(page: &Page, here: &[App], rule: Rule) -> RuleRow {
    RuleRow {
        href: href(&rule),
        over: is_over(&rule),
        says: sentence(page.locale, &rule),
        unmatched: rights::unmatched(page.locale, here, &rule.when.apps),
        maker: text::actor(page.locale, &rule.made_by),
        is_first: false,
        is_last: false,
        is_tried_first: rule.action == RuleAction::Delete && !rule.enabled,
        rule,
    }
}
