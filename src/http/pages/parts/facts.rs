//! What is known of one session, laid out for reading: its file, its problems, how it stands.

use super::page::Page;
use super::rows::Row;
use super::text::{self, When};
use crate::domain::change::Action;
use crate::domain::session::finding::Finding;
use crate::domain::session::{Session, SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::journal::{Change, ChangePage, ChangeQuery};

/// How many entries of its history a session shows.
const HISTORY: usize = 20;

/// A finding: what was found, what 4D does about it, how to mend it.
pub struct Problem {
    pub title: String,
    pub found: String,
    pub effect: String,
    pub mend: String,
    pub assumed: bool,
}

pub struct Group {
    pub title: String,
    pub fields: Vec<Field>,
}

/// One value of a session.
pub struct Field {
    pub name: String,
    pub value: String,
    /// What is read of a value that fills the page, as ids of some KB.
    pub short: Option<String>,
    pub when: Option<When>,
    pub absent: String,
    pub mono: bool,
    /// The element that holds the value, where it is worth a button that copies it.
    pub copy: Option<&'static str>,
}

/// How a session stands: who made it so, and whether 4D knows.
pub struct State {
    pub by: Html,
    /// Why it was declined.
    pub reason: String,
    pub push: Html,
}

/// The latest changes of a session.
pub async fn history(page: &Page, key: &SessionKey) -> Result<ChangePage, Error> {
    page.app.journal.list(&page.caller.apps, &ChangeQuery { limit: HISTORY, ..of_session(key) }).await
}

fn of_session(key: &SessionKey) -> ChangeQuery {
    ChangeQuery { app: Some(key.app.to_string()), session: Some(key.id.to_string()), ..ChangeQuery::default() }
}

fn sets_status(change: &Change) -> bool {
    let [before, after] = [&change.before, &change.after].map(|values| values.as_ref()?.status.as_deref());
    change.after.is_some() && before != after
}

/// Who made the session what it is, as far as the journal knows, and what of it was pushed.
pub async fn state(page: &Page, session: &Session, history: &ChangePage) -> Result<State, Error> {
    let push = push_state(page, session, history).await;
    let (l, now) = (page.locale, Page::now());
    if let Some(declined) = &session.declined {
        let ago = l.past_time(declined.at, now);
        let by = l.html("state-declined-by", &[("actor", text::actor(l, &declined.by)), ("ago", ago)]);
        return Ok(State { by, reason: text::line_or_empty(declined.reason.as_deref()), push });
    }
    let scope = &page.caller.apps;
    let mut set = history.items.iter().find(|change| sets_status(change)).cloned();
    if set.is_none() && history.next_cursor.is_some() {
        // Longer ago than the history shows.
        for action in [Action::SetStatus, Action::Edit, Action::Restore] {
            let query = ChangeQuery { action: Some(action), limit: 1, ..of_session(&session.key()) };
            let found = page.app.journal.list(scope, &query).await?.items.into_iter().find(sets_status);
            set = set.into_iter().chain(found).max_by(|one, other| one.id.cmp(&other.id));
        }
    }
    let set = set.filter(|change| change.after.as_ref().is_some_and(|after| after.status == session.status));
    let by = match set {
        Some(change) => {
            let key = match (change.action, session.class()) {
                (Action::Restore, _) => "state-restored-by",
                (_, StatusClass::Accepted) => "state-accepted-by",
                (_, StatusClass::Pending) => "state-pending-by",
                (_, StatusClass::Other) => "state-other-by",
            };
            let ago = l.past_time(change.at, now);
            l.html(key, &[("actor", text::actor(l, &change.actor)), ("ago", ago)])
        }
        None => match session.pending_since {
            Some(since) => l.html("state-pending-outside", &[("ago", l.past_time(since, now))]),
            None => Html::text(&l.t(match session.class() {
                StatusClass::Accepted => "state-accepted-outside",
                _ => "state-other-outside",
            })),
        },
    };
    Ok(State { by, reason: String::new(), push })
}

async fn push_state(page: &Page, session: &Session, history: &ChangePage) -> Html {
    let l = page.locale;
    if page.app.push.was_refused(&session.key()).await
        && let Some(last) = page.app.push.last(&page.caller.apps)
    {
        return l.html("push-state-refused", &[("ago", l.past_time(last.at, Page::now()))]);
    }
    if session.unpushed {
        return Html::text(&l.t("push-state-behind"));
    }
    let pushed = history.items.iter().find_map(|change| Some((change.pushed_at?, change.pushed_by.as_ref())));
    match pushed {
        Some((at, by)) => {
            let ago = l.past_time(at, Page::now());
            match by {
                Some(by) => l.html("push-state-pushed-by", &[("actor", text::actor(l, by)), ("ago", ago)]),
                None => l.html("push-state-pushed", &[("ago", ago)]),
            }
        }
        None => Html::text(&l.t("push-state-none")),
    }
}

/// What was found, in a sentence.
pub fn found(l: Locale, finding: &Finding) -> String {
    finding.message().say(l)
}

/// A finding: what was found, what 4D does about it, how to mend it.
pub fn problem(l: Locale, finding: &Finding) -> Problem {
    let (title, found) = (finding.title(), finding.message());
    // A schema's finding is a guess too, of something that 4D would not take.
    let is_case_aside = finding.assumed() && matches!(finding.code(), 1 | 4);
    let effect = if is_case_aside { l.t("case-aside-effect") } else { title.attribute("effect").say(l) };
    let mend = if is_case_aside { l.t("case-aside-mend") } else { found.attribute("mend").say(l) };
    let title = l.args("code-named", &[("title", title.say(l).into()), ("code", u64::from(finding.code()).into())]);
    Problem { title, found: found.say(l), effect, mend, assumed: finding.assumed() }
}

impl Field {
    fn plain(l: Locale, name: &str, value: Option<&str>) -> Self {
        Self {
            name: l.t(name),
            value: text::one_line(value.unwrap_or_default().trim()).into_owned(),
            short: None,
            when: None,
            absent: l.t("not-given"),
            mono: false,
            copy: None,
        }
    }

    /// What is copied is whole, however long it is.
    fn code(l: Locale, name: &'static str, value: Option<&str>) -> Self {
        let value = text::whole_line(value.unwrap_or_default().trim());
        Self { short: shortened(&value), value, mono: true, copy: Some(name), ..Self::plain(l, name, None) }
    }

    fn time(l: Locale, name: &str, at: Timestamp) -> Self {
        Self { when: Some(When::new(l, at, Page::now())), ..Self::plain(l, name, None) }
    }
}

fn yes_no(l: Locale, yes: bool) -> String {
    l.t(if yes { "yes" } else { "no" })
}

/// The beginning and the end of a long value.
fn shortened(value: &str) -> Option<String> {
    const LONGEST: usize = 512;
    const ENDS: [usize; 2] = [48, 12];
    let length = value.chars().count();
    let end: String = value.chars().skip(length.saturating_sub(ENDS[1])).collect();
    (length > LONGEST).then(|| format!("{}…{end}", value.chars().take(ENDS[0]).collect::<String>()))
}

/// Every known field of the file, in the order people ask for them.
pub fn groups(l: Locale, page: &Page, session: &Session) -> Vec<Group> {
    let device = session.device.as_ref();
    let application = session.application.as_ref();
    let language = session.language.as_ref();
    let simulator = device.and_then(|device| device.simulator).map(|yes| yes_no(l, yes));
    let jailbroken = device.map(|device| yes_no(l, device.jailbroken));
    let push_token = device.map(|device| yes_no(l, device.has_push_token));
    let system = device.map(|device| device.system());
    let email = Field { mono: false, ..Field::code(l, "col-email", session.email.as_deref()) };
    let email = if Row::is_readable(session) { Field { absent: l.t("guest"), ..email } } else { email };
    let language = language.and_then(|language| language.id.clone().or_else(|| language.code.clone()));
    let path = page.app.config.folder.join(session.app.as_str()).join(session.id.as_str()).display().to_string();
    let size = l.n("count-bytes", session.size);
    let file = vec![
        Field::code(l, "field-session-id", Some(session.id.as_str())),
        Field::code(l, "field-path", Some(&path)),
        Field::plain(l, "field-size", Some(&size)),
        Field::time(l, "field-modified", session.modified_at),
        Field::time(l, "field-first-seen", session.first_seen_at),
    ];
    vec![
        Group {
            title: l.t("group-device"),
            fields: vec![
                Field::plain(l, "field-model", device.and_then(|device| device.description.as_deref())),
                Field::plain(l, "field-system", system.as_deref()),
                Field::code(l, "field-device-id", device.and_then(|device| device.id.as_deref())),
                Field::plain(l, "simulator", simulator.as_deref()),
                Field::plain(l, "jailbroken", jailbroken.as_deref()),
                Field::plain(l, "field-push-token", push_token.as_deref()),
                Field::code(l, "col-ip", session.ip.as_deref()),
                Field::plain(l, "field-language", language.as_deref()),
                email,
            ],
        },
        Group {
            title: l.t("group-app"),
            fields: vec![
                Field::plain(l, "field-app-name", application.and_then(|application| application.name.as_deref())),
                Field::plain(
                    l,
                    "field-app-version",
                    application.and_then(|application| application.version.as_deref()),
                ),
                Field::code(l, "field-app-id", application.and_then(|application| application.id.as_deref())),
                Field::code(l, "field-team-id", session.team.as_ref().and_then(|team| team.id.as_deref())),
            ],
        },
        Group { title: l.t("group-file"), fields: file },
    ]
}
