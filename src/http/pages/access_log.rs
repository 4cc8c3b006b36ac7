//! `/access-log`: who came in, who did not, and who changed what others may do.

use actix_web::http::StatusCode;
use askama::Template;
use serde_json::Value;

use super::parts::rule_words::action_name;
use super::parts::{
    Authorized, Choice, Chrome, FilterErrors, Page, Pager, Shown, When, choices, filter_errors, list_pairs, moment,
    pager, role_name, text,
};
use crate::domain::account::ActorKind;
use crate::domain::details::Details;
use crate::domain::rule::RuleAction;
use crate::domain::timestamp::Timestamp;
use crate::http::api;
use crate::http::extract::ReadAccessLog;
use crate::http::failure::Answer;
use crate::i18n::{Html, Locale};
use crate::services::accounts::{ACCESS_ACTIONS, AccessEntry, AccessPage, Ends, Given};

#[derive(Template)]
#[template(path = "access_log.html")]
struct AccessLog {
    c: Chrome,
    summary: String,
    actions: Vec<Choice>,
    actor: String,
    since: String,
    until: String,
    filtered: bool,
    wrong: FilterErrors,
    entries: Vec<Entry>,
    pager: Pager,
}

struct Entry {
    when: When,
    sentence: Html,
    failed: bool,
    given: String,
    address: String,
}

pub async fn list(Authorized { page, .. }: Authorized<ReadAccessLog>) -> Answer {
    let l = page.locale;
    let asked = list_pairs(&page.query);
    let (query, pairs, wrong) = filter_errors::read_filters(l, &asked, |pairs| {
        api::access_query(pairs.0.iter().map(|(key, value)| (key.as_str(), moment(key, value))))
    })?;
    let list = match wrong.is_empty() {
        true => page.app.accounts.access_log(&query).await?,
        false => AccessPage { items: Vec::new(), total: 0, next_cursor: None },
    };
    let entries: Vec<Entry> = list.items.iter().map(|entry| Entry::new(l, entry)).collect();
    let shown =
        Shown { limit: query.limit, count: entries.len(), total: list.total, next: list.next_cursor.as_deref() };
    let pager = pager(l, &page.query, "/access-log", &pairs, &shown);
    let actions = ACCESS_ACTIONS.into_iter().map(|action| (action, l.t(&format!("access-action-{action}"))));
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let shown = AccessLog {
        c: page.chrome("access-log", l.t("nav-access-log")).await,
        summary: if wrong.is_empty() { l.n("count-entries", list.total) } else { String::new() },
        actions: choices(actions, asked.get("action")),
        actor: pairs.text("actor"),
        since: pairs.day("since"),
        until: pairs.day("until"),
        filtered: !asked.without(&["limit", "cursor"]).0.is_empty(),
        wrong,
        entries,
        pager,
    };
    page.render(status, &shown)
}

impl Entry {
    fn new(l: Locale, entry: &AccessEntry) -> Self {
        Self {
            when: When::new(l, entry.at, Page::now()),
            sentence: sentence(l, entry),
            failed: FAILED.contains(&entry.action.as_str()),
            given: counted(l, entry.detail.as_deref().map(|detail| given(l, detail)), entry.count),
            address: entry.address.clone().unwrap_or_default(),
        }
    }
}

/// What stands out among the rest.
const FAILED: [&str; 5] = ["login_failed", "factor_failed", "denied", "token_refused", "token_elsewhere"];

/// With how often it was so, if it was more than once.
fn counted(l: Locale, detail: Option<String>, count: u64) -> String {
    let times = (count > 1).then(|| l.n("access-times", count));
    detail.into_iter().chain(times).collect::<Vec<_>>().join(" · ")
}

fn sentence(l: Locale, entry: &AccessEntry) -> Html {
    let themselves = entry.actor.kind == ActorKind::User && entry.subject.as_deref() == Some(entry.actor.name.as_str());
    let key = match entry.action.as_str() {
        "login_failed" if entry.actor.name.is_empty() => "access-login_failed-nobody".to_owned(),
        "denied" if entry.actor.name.is_empty() => "access-denied-nobody".to_owned(),
        "token_elsewhere" if entry.actor.name.is_empty() => "access-token_refused".to_owned(),
        "factor_removed" if themselves => "access-factor_removed-own".to_owned(),
        "password_changed" if themselves => "access-password_changed-own".to_owned(),
        // The first owner makes themselves.
        "user_created" if themselves => "access-user_created-own".to_owned(),
        action => format!("access-{action}"),
    };
    let subject = entry.subject.as_deref().unwrap_or_default();
    let subject = match (entry.action.as_str(), subject) {
        ("exported", "sessions") => Html::text(&l.t("access-list-sessions")),
        ("exported", "changes") => Html::text(&l.t("access-list-changes")),
        ("exported", "access-log") => Html::text(&l.t("access-list-access-log")),
        _ => Html::strong(&text::one_line(subject)),
    };
    l.html(&key, &[("actor", text::actor(l, &entry.actor)), ("subject", subject)])
}

/// What was given to the user or token, or what else the entry says, in words.
fn given(l: Locale, detail: &str) -> String {
    if let Some(details) = Details::parse(detail) {
        return details.iter().map(|(name, value)| described(l, name, value)).collect::<Vec<_>>().join(" · ");
    }
    let Some(given) = Given::parse(detail) else { return text::one_line(detail).into_owned() };
    let apps = if given.apps == Given::ALL_APPS { l.t("apps-all") } else { text::one_line(&given.apps).into_owned() };
    let mut words = vec![role_name(l, given.role), apps];
    words.extend(given.disabled.then(|| l.t("user-is-disabled")));
    words.extend(given.secrets.then(|| l.t("token-reads-secrets")));
    words.extend((!given.networks.is_empty()).then(|| l.s("token-from", given.networks.join(" "))));
    match given.ends {
        Ends::Unsaid => {}
        Ends::Never => words.push(l.t("given-no-end")),
        Ends::At(at) => words.push(l.s("given-until", l.date(at))),
    }
    words.join(" · ")
}

fn described(l: Locale, name: &str, value: &Value) -> String {
    let text = |value: &Value| match value {
        Value::Bool(true) => l.t("yes"),
        Value::Bool(false) => l.t("no"),
        Value::String(time) if name == "expires_at" => Timestamp::parse(time).map_or(time.clone(), |at| l.date(at)),
        Value::String(action) if name == "action" => {
            RuleAction::parse(action).map_or(action.clone(), |action| action_name(l, action))
        }
        // Of an e-mail, the empty text is a condition too.
        Value::String(time) if name == "previous_until" => {
            Timestamp::parse(time).map_or(time.clone(), |at| l.exact(at))
        }
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => text::one_line(text).into_owned(),
        other => other.to_string(),
    };
    let words: Vec<String> = match value {
        Value::Array(values) => values.iter().map(text).collect(),
        value => vec![text(value)],
    };
    match Details::NAMES.contains(&name) {
        true => l.s(&format!("detail-{}", name.replace('_', "-")), words.join(", ")),
        false => words.join(", "),
    }
}
