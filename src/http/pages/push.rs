//! `/push`: what 4D was not told of yet, telling it, how that ended, and how to connect 4D.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use serde::Deserialize;

use super::connect::{self, Code};
use super::parts::connection;
use super::parts::{
    Authorized, Badge, Chrome, FromTo, NoFields, Page, Verified, When, change_rows, facts, push_failure_words, rows,
    see, see_change, see_message, text, ticked,
};
use crate::domain::account::Permission;
use crate::domain::push::{Completed, PushError, PushOutcome};
use crate::domain::session::finding::Finding;
use crate::domain::session::{Session, SessionKey};
use crate::http::extract::{Change, Read, ReadAccessLog};
use crate::http::failure::Answer;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::push::{Dropped, LastTest, Named, Preview, PushState};

/// How many sessions of a kind, and errors of 4D's, are shown.
const SHOWN: usize = 50;

/// How many of a kind are shown without being asked for.
const OPEN: usize = 10;

#[derive(Template)]
#[template(path = "push.html")]
struct PushPage {
    c: Chrome,
    configured: bool,
    address: String,
    stand_in: bool,
    /// That changes are pushed by themselves.
    auto: Option<String>,
    auto_by_option: bool,
    /// Whether the caller may switch it.
    may_switch: bool,
    summary: String,
    groups: Vec<Group>,
    dropped: Option<Group>,
    /// What it may drop too.
    may_drop: Option<Group>,
    /// Why the last try of this very person came to nothing.
    refused: Option<String>,
    /// Whether the box is what is to be ticked.
    ask_leave: bool,
    last: Option<Last>,
    test: Option<(Badge, When, String)>,
    /// Whether something would be lost by a push, for certain.
    asks_leave: bool,
    new: Vec<Code>,
    old: Vec<Code>,
    secret_help: Html,
    start_line: String,
}

/// Sessions of which the same is to be said.
struct Group {
    title: String,
    help: String,
    open: bool,
    items: Vec<Item>,
    more: Option<String>,
}

/// One session: what it is called, whose it is, and what is said of it.
struct Item {
    name: String,
    href: String,
    email: String,
    app: String,
    values: Option<FromTo>,
    why: Vec<String>,
}

/// How the last push ended.
struct Last {
    badge: Badge,
    sentence: Html,
    detail: String,
    /// How many errors 4D had.
    count: usize,
    errors: Group,
}

/// Why nothing was pushed, as the page's address says it to who tried.
#[derive(Clone, Copy)]
enum Refused {
    Drops,
    OthersDrops,
    NotConnected,
    Failed,
}

impl Refused {
    const ALL: [Self; 4] = [Self::Drops, Self::OthersDrops, Self::NotConnected, Self::Failed];

    fn name(self) -> &'static str {
        match self {
            Self::Drops => "drops",
            Self::OthersDrops => "drops-of-others",
            Self::NotConnected => "not-connected",
            Self::Failed => "failed",
        }
    }

    fn of(page: &Page) -> Option<Self> {
        let why = page.query.get("refused")?;
        Self::ALL.into_iter().find(|refused| refused.name() == why)
    }

    /// To the page that says why.
    fn see(error: &Error) -> Option<HttpResponse> {
        let why = match error {
            Error::PushNotConfigured => Self::NotConnected,
            Error::PushFailed { .. } => Self::Failed,
            Error::PushWouldDrop { others: true, .. } => Self::OthersDrops,
            Error::PushWouldDrop { .. } => Self::Drops,
            _ => return None,
        };
        Some(see(&format!("/push?refused={}", why.name())))
    }

    /// In words, as long as it is so.
    fn words(self, l: Locale, state: &PushState) -> Option<String> {
        let failure = state.last.as_ref().and_then(|last| last.detail.as_ref());
        match self {
            Self::Drops => (!state.preview.noncompliant.is_empty()).then(|| l.t("push-refused")),
            Self::OthersDrops => Some(l.t("push-refused-others")),
            Self::NotConnected => (!state.configured).then(|| l.t("push-refused-unconnected")),
            Self::Failed => failure.map(|why| l.s("push-refused-failed", push_failure_words(l, why))),
        }
    }
}

#[derive(Deserialize)]
pub struct SentPush {
    /// Whether 4D may drop what does not comply.
    #[serde(default, deserialize_with = "ticked")]
    allow: bool,
    /// The change or batch that it is asked for, to be told what became of it.
    of: Option<String>,
}

/// Pushes, and goes back to where the button was pressed; or to the page that says why not.
pub async fn push(Authorized { page, .. }: Authorized<Change>, sent: Verified<SentPush>) -> Answer {
    let back = match sent.back.split('?').next() {
        // It does not say again why an earlier try was refused.
        Some("/push") => "/push",
        _ => &sent.back,
    };
    match page.app.push.push(&page.caller, &page.request_id, sent.form.allow).await {
        Ok(Completed { outcome: PushOutcome::Ok | PushOutcome::Errors, .. }) if sent.form.of.is_some() => {
            Ok(see_change(back, sent.form.of.as_deref().unwrap_or_default()))
        }
        Ok(Completed { outcome: PushOutcome::Ok, .. }) => Ok(see_message(back, "told-pushed")),
        Ok(_) if back == "/push" => Ok(see_message("/push", "told-pushed-errors")),
        Ok(_) => Ok(see_message(back, "told-pushed-errors-elsewhere")),
        Err(error) => Ok(Refused::see(&error).ok_or(error)?),
    }
}

/// Asks 4D for an answer that changes nothing.
pub async fn test(Authorized { page, .. }: Authorized<Change>, _: Verified<NoFields>) -> Answer {
    match page.app.push.test(&page.caller, &page.request_id).await {
        Ok(_) => Ok(see_message("/push", "told-push-tested")),
        Err(Error::PushFailed { .. }) => Ok(see_message("/push", "told-push-test-failed")),
        Err(error) => Ok(Refused::see(&error).ok_or(error)?),
    }
}

#[derive(Deserialize)]
pub struct SentSwitch {
    #[serde(default, deserialize_with = "ticked")]
    on: bool,
}

/// Switches automatic push on or off.
pub async fn switch(Authorized { page, .. }: Authorized<ReadAccessLog>, sent: Verified<SentSwitch>) -> Answer {
    let on = sent.form.on;
    if page.app.push.is_automatic() == on || page.app.push.is_automatic_by_option() {
        return Ok(see(&sent.back));
    }
    page.app.accounts.note_auto_push(&page.by(), on).await?;
    page.app.push.switch(on).await?;
    Ok(see_message(&sent.back, if on { "told-auto-push-on" } else { "told-auto-push-off" }))
}

pub async fn show(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let l = page.locale;
    let state = page.app.push.state(&page.caller.apps).await?;
    let address = connection::address(page.app.push.url());
    let (new, old) = connect::code(&address)?;
    let options = &page.app.config.options;
    let mut c = page.chrome("push", l.t("nav-push")).await.back_to("/push");
    // It stands below.
    c.is_warned_below = c.is_warned();
    c.push_failed = None;
    c.would_drop = None;
    let tried = Refused::of(&page);
    let refused = tried.and_then(|refused| refused.words(l, &state));
    let ask_leave = refused.is_some() && matches!(tried, Some(Refused::Drops));
    let preview = state.preview;
    let (drops, may_drop) = (preview.noncompliant.len() as u64, preview.assumed.len() as u64);
    let logged_out = l.args("push-logged-out", &[("drops", drops.into()), ("more", may_drop.into())]);
    let sessions = named_sessions(&page, &preview, state.last.as_ref()).await;
    let last = state.last.map(|last| last_row(l, &sessions, last));
    let mut groups = Vec::new();
    for (words, named, gone) in [
        (["push-refresh", "push-refresh.help"], preview.refresh, false),
        (["push-remove", "push-remove.help"], preview.remove, true),
        (["push-outside", "push-outside.help"], preview.outside, false),
    ] {
        groups.extend(group(&page, &sessions, words, named, gone).await?);
    }
    let summary = match state.unpushed {
        0 if !state.configured => l.t("push-unconnected"),
        0 if !c.in_sync => l.t("push-nothing"),
        0 => l.t("push-in-sync"),
        unpushed => l.n("push-behind", unpushed),
    };
    page.ok(&PushPage {
        c,
        configured: state.configured,
        start_line: connection::start_line(&address),
        address,
        stand_in: options.push_is_stand_in,
        auto: page.app.push.automatic().map(|quiet| l.n("push-auto", quiet.as_secs())),
        auto_by_option: page.app.push.is_automatic_by_option(),
        may_switch: page.may(Permission::ReadAccessLog) && !page.app.push.is_automatic_by_option(),
        summary,
        groups,
        asks_leave: drops > 0,
        dropped: dropped(l, &sessions, (logged_out, l.t("push-dropped-help")), preview.noncompliant),
        may_drop: dropped(l, &sessions, (l.n("push-may-drop", may_drop), l.t("push-may-drop-help")), preview.assumed),
        refused,
        ask_leave,
        last,
        test: page.app.push.last_test().map(|test| tested(l, test)),
        new,
        old,
        secret_help: l.html("connect-secret-help", &[("file", Html::code("mobile-sessions-secret.txt"))]),
    })
}

type Sessions = HashMap<SessionKey, Session>;

/// The sessions that the page may name, as far as they are there.
async fn named_sessions(page: &Page, preview: &Preview, last: Option<&Completed>) -> Sessions {
    let named = [&preview.refresh, &preview.remove, &preview.outside].into_iter().flatten();
    let named = named.filter_map(|one| SessionKey::parse(&one.app, &one.id)).take(3 * SHOWN);
    let dropped = preview.noncompliant.iter().chain(&preview.assumed);
    let dropped = dropped.filter_map(|one| SessionKey::parse(&one.app, &one.id)).take(2 * SHOWN);
    let errors = last.into_iter().flat_map(|last| &last.push_errors).take(SHOWN);
    let errors = errors.flat_map(|error| keys_in(&error.message));
    let keys: Vec<SessionKey> = named.chain(dropped).chain(errors).collect();
    page.app.catalog.sessions(&page.caller.apps, &keys).await
}

async fn group(
    page: &Page,
    sessions: &Sessions,
    [title, help]: [&str; 2],
    named: Vec<Named>,
    gone: bool,
) -> Result<Option<Group>, Error> {
    let (l, count) = (page.locale, named.len());
    let mut items = Vec::new();
    for one in named.into_iter().take(SHOWN) {
        let Some(mut item) = item(l, sessions, &one.app, &one.id, gone) else { continue };
        item.values = match &one.change {
            Some(change) if !gone => values(page, change).await?,
            _ => None,
        };
        items.push(item);
    }
    let words = (l.n(title, count as u64), l.t(help));
    Ok((count > 0).then(|| listed(l, words, items, count)))
}

fn listed(l: Locale, (title, help): (String, String), items: Vec<Item>, count: usize) -> Group {
    let more = (count > SHOWN).then(|| l.n("and-more", (count - SHOWN) as u64));
    Group { title, help, open: count <= OPEN, items, more }
}

/// What a change did to its value.
async fn values(page: &Page, change: &str) -> Result<Option<FromTo>, Error> {
    let change = page.app.journal.change(&page.caller.apps, change).await?;
    Ok(change.and_then(|change| change_rows::values(page.locale, &change)))
}

/// A session that is gone has no page, but a history.
fn item(l: Locale, sessions: &Sessions, app: &str, id: &str, gone: bool) -> Option<Item> {
    let key = SessionKey::parse(app, id)?;
    let session = sessions.get(&key);
    let href = if gone { format!("/changes?session={}", links::encode(id)) } else { links::session(&key) };
    let (name, email, app) = match session {
        Some(session) => {
            let email = rows::Row::is_readable(session).then(|| text::email_word(l, session.email.as_deref()));
            (rows::name(session).0, email.unwrap_or_default(), rows::app_name(session))
        }
        None => (text::short_id(id), String::new(), text::one_line(key.app.bundle_id()).into_owned()),
    };
    Some(Item { name, href, email, app, values: None, why: Vec::new() })
}

fn dropped(l: Locale, sessions: &Sessions, words: (String, String), all: Vec<Dropped>) -> Option<Group> {
    let count = all.len();
    let items = all.into_iter().take(SHOWN).filter_map(|one| {
        let why = whys(l, sessions, &SessionKey::parse(&one.app, &one.id)?, |finding| one.problems.contains(finding));
        Some(Item { why, ..item(l, sessions, &one.app, &one.id, false)? })
    });
    let items = items.collect();
    (count > 0).then(|| listed(l, words, items, count))
}

/// What is known of a session's file, in sentences.
fn whys(l: Locale, sessions: &Sessions, key: &SessionKey, which: impl Fn(&Finding) -> bool) -> Vec<String> {
    let problems = sessions.get(key).into_iter().flat_map(|session| &session.problems);
    problems.filter(|finding| which(finding)).map(|finding| facts::found(l, finding)).collect()
}

fn tested(l: Locale, test: LastTest) -> (Badge, When, String) {
    let when = When::new(l, test.at, Page::now());
    match test.failure {
        None => (Badge { kind: "ok", word: l.n("push-test-ok", test.duration_ms) }, when, String::new()),
        Some(why) => (Badge { kind: "bad", word: l.t("push-ended-failed") }, when, push_failure_words(l, &why)),
    }
}

fn last_row(l: Locale, sessions: &Sessions, last: Completed) -> Last {
    let (kind, word) = match last.outcome {
        PushOutcome::Ok => ("ok", "push-ended-ok"),
        PushOutcome::Errors => ("wait", "push-ended-errors"),
        PushOutcome::Failed => ("bad", "push-ended-failed"),
    };
    let (count, mut files) = (last.push_errors.len(), Vec::new());
    // Held to some apps, one is not told which files they are: there is nothing to list.
    let named = last.push_errors.iter().filter(|error| !error.message.is_empty() || error.component != "mobi");
    for error in named.take(SHOWN) {
        complained(l, sessions, error, &mut files);
    }
    let items = files.into_iter().map(|(_, item)| item).collect();
    Last {
        badge: Badge { kind, word: l.t(word) },
        sentence: l
            .html("push-last-by", &[("ago", l.past_time(last.at, Page::now())), ("actor", text::actor(l, &last.by))]),
        detail: last.detail.map(|failure| push_failure_words(l, &failure)).unwrap_or_default(),
        count,
        errors: listed(l, (l.n("push-complained", count as u64), String::new()), items, count),
    }
}

/// Adds what 4D says to the file that it says it of, or in a line of its own where none is named.
fn complained(l: Locale, sessions: &Sessions, error: &PushError, files: &mut Vec<(Option<SessionKey>, Item)>) {
    let args = [("component", error.component.as_str().into()), ("number", error.code.to_string().into())];
    let name = l.args("push-error", &args);
    let key = keys_in(&error.message).into_iter().find(|key| sessions.contains_key(key));
    let Some(item) = key.as_ref().and_then(|key| item(l, sessions, key.app.as_str(), key.id.as_str(), false)) else {
        let why = vec![text::one_line(&error.message).into_owned()];
        let none = String::new;
        return files.push((None, Item { name, href: none(), email: none(), app: none(), values: None, why }));
    };
    let at = files.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
        files.push((key.clone(), item));
        files.len() - 1
    });
    let why =
        key.map(|key| whys(l, sessions, &key, |finding| i64::from(finding.code()) == error.code)).unwrap_or_default();
    files[at].1.why.extend(if why.is_empty() {
        vec![name]
    } else {
        why.into_iter().map(|why| format!("{name}: {why}")).collect()
    });
}

/// The sessions whose files a sentence of 4D's may name: an app's folder, then a name.
fn keys_in(message: &str) -> Vec<SessionKey> {
    let parts = message.split(|c: char| c.is_whitespace() || r#"/\:"',()"#.contains(c));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.windows(2).filter_map(|pair| SessionKey::parse(pair[0], pair[1])).collect()
}
