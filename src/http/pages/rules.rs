//! `/rules`: what lets devices in by itself, and a form that is tried before it is saved.

use actix_web::http::StatusCode;
use askama::Template;

use super::parts::{
    Authorized, Chrome, Page, Question, Row, RuleAction, RuleFields, RuleForm, SentRule, Sure, Typed, Verified,
    apps_here, apps_words, confirm_page, day, rights, see_message, text,
};
use super::user::{SentState, State};
use crate::domain::account::AppScope;
use crate::domain::rule::Conditions;
use crate::domain::session::App;
use crate::http::extract::Administer;
use crate::http::failure::Answer;
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
struct RulePage<'a> {
    c: Chrome,
    rule: &'a Rule,
    name: String,
    over: bool,
    action: String,
    form: RuleForm,
    submit: String,
    preview: Option<Preview>,
}

/// One rule in the list.
struct RuleRow {
    href: String,
    over: bool,
    when: Vec<String>,
    unmatched: Option<String>,
    maker: Html,
    rule: Rule,
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
pub async fn list(Authorized { page, .. }: Authorized<Administer>) -> Answer {
    view_list(&page, StatusCode::OK, RuleForm::new(&page, &apps_here(&page).await), None).await
}

/// Creates a rule, or shows whom it would let in.
pub async fn create(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentRule>) -> Answer {
    let Typed { mut form, when, rest } = RuleForm::typed(&page, &apps_here(&page).await, &sent.form);
    if sent.form.action == RuleAction::Preview {
        // A name is not needed to try what a rule says.
        form.name_error = form.name_error.filter(|_| !form.name.is_empty());
        let (status, preview) = preview(&page, when).await?;
        return view_list(&page, status, form, preview).await;
    }
    let (Some(when), Some(RuleFields { name, enabled, order, expires_at, note })) = (when, rest) else {
        return view_list(&page, StatusCode::UNPROCESSABLE_ENTITY, form, None).await;
    };
    let when = when.apply(Conditions::default());
    let wanted = NewRule { name, enabled, order, when, expires_at, note };
    match page.app.rules.create(&page.by(), wanted).await {
        Ok(_) => Ok(see_message("/rules", "told-rule-created")),
        Err(Error::Conflict(ref why)) => {
            form.name_error = Some(conflict(page.locale, why));
            view_list(&page, StatusCode::CONFLICT, form, None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The page of one rule.
pub async fn show(Authorized { page, .. }: Authorized<Administer>) -> Answer {
    let rule = named(&page).await?;
    view(&page, &rule, StatusCode::OK, RuleForm::of(&page, &apps_here(&page).await, &rule), None).await
}

/// Changes a rule, or shows whom it would let in.
pub async fn change(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentRule>) -> Answer {
    let rule = named(&page).await?;
    let Typed { mut form, when, rest } = RuleForm::typed(&page, &apps_here(&page).await, &sent.form);
    if sent.form.action == RuleAction::Preview {
        let (status, preview) = preview(&page, when).await?;
        return view(&page, &rule, status, form, preview).await;
    }
    let (Some(when), Some(RuleFields { name, enabled, order, expires_at, note })) = (when, rest) else {
        return view(&page, &rule, StatusCode::UNPROCESSABLE_ENTITY, form, None).await;
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
    match page.app.rules.change(&page.by(), &rule.id, wanted).await {
        Ok(_) => Ok(see_message("/rules", "told-rule-changed")),
        Err(Error::Conflict(ref why)) => {
            form.name_error = Some(conflict(page.locale, why));
            view(&page, &rule, StatusCode::CONFLICT, form, None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Enables or disables a rule.
pub async fn set_state(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentState>) -> Answer {
    let (rule, enabled) = (named(&page).await?, sent.form.state == State::Enabled);
    if enabled == rule.enabled && !rule.paused {
        return Ok(see_message("/rules", "done-nothing"));
    }
    let wanted = RuleChange { enabled: Some(enabled), ..RuleChange::default() };
    page.app.rules.change(&page.by(), &rule.id, wanted).await?;
    Ok(see_message("/rules", if enabled { "told-rule-enabled" } else { "told-rule-disabled" }))
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
async fn preview(page: &Page, when: Option<WhenChange>) -> Result<(StatusCode, Option<Preview>), Error> {
    let l = page.locale;
    let Some(when) = when else { return Ok((StatusCode::UNPROCESSABLE_ENTITY, None)) };
    let when = when.apply(Conditions::default());
    let (sessions, total) = page.app.rules.preview(&page.caller.apps, &when).await?;
    let preview = Preview {
        title: l.n("rule-preview-found", total),
        rows: sessions.iter().take(SHOWN).map(|session| Row::new(l, session, Page::now())).collect(),
        list: filter(&when).filter(|_| total > 0),
        more: (total > SHOWN as u64).then(|| l.n("rule-preview-more", total - SHOWN as u64)),
    };
    Ok((StatusCode::OK, Some(preview)))
}

async fn view_list(page: &Page, status: StatusCode, form: RuleForm, preview: Option<Preview>) -> Answer {
    let l = page.locale;
    let (rules, here) = (page.app.rules.list(&page.by()).await?, apps_here(page).await);
    let view = RulesPage {
        c: page.chrome("rules", l.t("nav-rules")).await.back_to("/rules"),
        summary: l.n("count-rules", rules.len() as u64),
        rules: rules.into_iter().map(|rule| row(page, &here, rule)).collect(),
        action: "/rules".to_owned(),
        form,
        submit: l.t("rule-create"),
        preview,
    };
    page.render(status, &view)
}

async fn view(page: &Page, rule: &Rule, status: StatusCode, form: RuleForm, preview: Option<Preview>) -> Answer {
    let name = text::one_line(&rule.name).into_owned();
    let view = RulePage {
        c: page.chrome("rules", name.clone()).await.back_to(href(rule)),
        rule,
        name,
        over: is_over(rule),
        action: href(rule),
        form,
        submit: page.locale.t("save"),
        preview,
    };
    page.render(status, &view)
}

fn is_over(rule: &Rule) -> bool {
    rule.expires_at.is_some_and(|end| end <= Page::now())
}

fn row(page: &Page, here: &[App], rule: Rule) -> RuleRow {
    RuleRow {
        href: href(&rule),
        over: is_over(&rule),
        when: words(page.locale, &rule),
        unmatched: rights::unmatched(page.locale, here, &rule.when.apps),
        maker: text::actor(page.locale, &rule.made_by),
        rule,
    }
}

/// The conditions, a sentence each.
fn words(l: Locale, rule: &Rule) -> Vec<String> {
    let when = &rule.when;
    let shown = |list: &[String]| text::one_line(&list.join(", ")).into_owned();
    let emails: Vec<String> =
        when.emails.iter().map(|email| if email.is_empty() { l.t("rule-no-email") } else { email.clone() }).collect();
    let lists = [
        ("rule-when-emails", &emails),
        ("rule-when-os", &when.os),
        ("rule-when-versions", &when.app_versions),
        ("rule-when-languages", &when.languages),
        ("rule-when-networks", &when.networks),
    ];
    let mut words = vec![l.s("rule-when-apps", apps_words(l, &when.apps))];
    words.extend(lists.iter().filter(|(_, list)| !list.is_empty()).map(|(key, list)| l.s(key, shown(list))));
    words.extend(when.simulator.map(|yes| l.t(if yes { "rule-when-simulator" } else { "rule-when-no-simulator" })));
    words.extend(when.jailbroken.map(|yes| l.t(if yes { "rule-when-jailbroken" } else { "rule-when-no-jailbroken" })));
    words.extend(when.declined.filter(|declined| *declined).map(|_| l.t("rule-when-declined")));
    words.extend(when.known_device.map(|yes| l.t(if yes { "rule-when-known" } else { "rule-when-unknown" })));
    words
}
