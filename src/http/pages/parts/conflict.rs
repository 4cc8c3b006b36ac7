//! What somebody else did meanwhile: who, what and when, both values, and the way to one's own after all.

use actix_web::http::StatusCode;
use askama::Template;

use super::change_rows::{self, ChangeRow, Subject};
use super::chrome::Chrome;
use super::error::Comparison;
use super::facts;
use super::note_form::SentNote;
use super::page::Page;
use super::rows;
use super::text::{self, short_id};
use crate::domain::change::{Action, Values};
use crate::domain::session::{Session, SessionKey, Status};
use crate::http::failure::Answer;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::catalog::SessionDetail;
use crate::services::error::Error;
use crate::services::journal::{Change, ChangePage};

/// A file's time can be this much later than that of the change that wrote it, in milliseconds.
const WRITING: i64 = 2000;

/// What somebody typed and wants, as far as it came.
#[derive(Default)]
pub struct Wanted {
    pub status: Option<Status>,
    pub email: Option<String>,
    pub reason: String,
    /// Whether other sessions shall make room.
    pub replaces: bool,
    /// Whether it shall be declined, or wait again.
    pub decides: bool,
    /// The newest change that the page showed; `None` where it showed none of them.
    pub seen: Option<String>,
    pub email_error: Option<String>,
    pub reason_error: Option<String>,
    pub status_error: Option<String>,
    /// What was to be noted of the device, and will not do.
    pub note: Option<SentNote>,
    pub clash: Option<Clash>,
}

/// What stood in the way.
pub enum Clash {
    /// The session is not as it was seen.
    Changed,
    /// The one to be replaced is not. The other was accepted by the change of this id, if it was.
    Old(SessionKey, Option<String>),
}

/// What is told of it on the session's page.
pub struct Notice {
    pub title: String,
    pub who: Vec<Html>,
    pub compare: Vec<Comparison>,
    pub help: String,
    /// The button that does it after all.
    pub own: Option<Own>,
    /// Takes back what was done of it.
    pub undo: Option<String>,
}

/// A form of its own: the page's other form goes by its first button, and that must stay the one for the e-mail.
pub struct Own {
    pub action: String,
    pub name: &'static str,
    pub value: String,
    pub word: String,
}

#[derive(Template)]
#[template(path = "gone.html")]
struct Gone {
    c: Chrome,
    name: String,
    who: Vec<Html>,
    compare: Vec<Comparison>,
    undo: Option<String>,
    list_href: String,
    changes: Vec<ChangeRow>,
}

impl Wanted {
    /// The values as they are and as they were wanted.
    fn compare(&self, l: Locale, session: Option<&Session>) -> Vec<Comparison> {
        let email = session.map(|session| text::email_word(l, session.email.as_deref()));
        let email = self.email.as_deref().map(|wanted| Comparison {
            field: l.t("col-email"),
            now: email.unwrap_or_else(|| l.t("conflict-gone")),
            yours: text::email_word(l, Some(wanted)),
        });
        let wanted = match (self.status, &email) {
            (Some(status), _) => Some(text::status_word(l, Some(status.as_str()))),
            (None, Some(_)) => None,
            (None, None) => Some(l.t("delete")),
        };
        let status = session.map(|session| text::status_word(l, session.status.as_deref()));
        let status = wanted.map(|yours| Comparison {
            field: l.t("col-status"),
            now: status.unwrap_or_else(|| l.t("conflict-gone")),
            yours,
        });
        status.into_iter().chain(email).collect()
    }

    /// Whether the session is so already: somebody did the same.
    pub fn is_so(&self, session: &Session) -> bool {
        let status = self.status.map(|status| session.status.as_deref() == Some(status.as_str()));
        let email = self.email.as_deref().map(|email| session.email.as_deref() == Some(email));
        (status.is_some() || email.is_some()) && status != Some(false) && email != Some(false)
    }

    fn own(&self, l: Locale, key: &SessionKey) -> Own {
        let (path, name, value) = match (self.status, &self.email) {
            (Some(status), _) => ("status", "status", status.as_str()),
            (None, Some(email)) => ("email", "email", email.as_str()),
            (None, None) => ("delete", "", ""),
        };
        let word = if path == "delete" { "conflict-own-delete" } else { "conflict-own" };
        Own { action: format!("{}/{path}", links::session(key)), name, value: value.to_owned(), word: l.t(word) }
    }
}

impl Notice {
    /// What is said on the page of a session whose change met another.
    pub async fn new(
        page: &Page,
        detail: &SessionDetail,
        history: &ChangePage,
        wanted: &Wanted,
    ) -> Result<Option<Self>, Error> {
        let l = page.locale;
        let session = &detail.session;
        Ok(match &wanted.clash {
            None => None,
            Some(Clash::Changed) => {
                let mut who = meanwhile(l, session, &history.items, wanted.seen.as_deref());
                who.push(Html::text(&l.t("conflict-nothing-written")));
                let sets_values = !wanted.replaces && !wanted.decides;
                let help = match (wanted.replaces, wanted.decides) {
                    (true, _) => "conflict-help-replace",
                    (_, true) => "conflict-not-to-be-declined",
                    _ => "conflict-help",
                };
                Some(Self {
                    title: l.t("conflict-title"),
                    who,
                    compare: if sets_values { wanted.compare(l, Some(session)) } else { Vec::new() },
                    help: l.t(help),
                    own: sets_values.then(|| wanted.own(l, &session.key())),
                    undo: None,
                })
            }
            Some(Clash::Old(old, accepted)) => Some(Self::of_old(page, old, accepted.as_deref()).await?),
        })
    }

    /// The session that should have been replaced is another now, or gone.
    async fn of_old(page: &Page, old: &SessionKey, accepted: Option<&str>) -> Result<Self, Error> {
        let l = page.locale;
        let session = page.app.catalog.session(&page.caller.apps, old).await?;
        let history = facts::history(page, old).await?;
        let mut who = match &session {
            Some(session) => meanwhile(l, session, &history.items, None),
            None => vec![deletion(l, &name_of(None, old), &history.items)],
        };
        who.push(Html::text(&l.t(match accepted {
            Some(_) => "replace-half-done",
            None => "conflict-nothing-written",
        })));
        let now = session.as_ref().map_or_else(
            || l.t("conflict-gone"),
            |session| {
                let email = text::email_word(l, session.email.as_deref());
                format!("{}, {email}", text::status_word(l, session.status.as_deref()))
            },
        );
        let line = Comparison { field: l.t("seen-old"), now, yours: l.t("delete") };
        Ok(Self {
            title: l.t("conflict-title-old"),
            who,
            compare: vec![line],
            help: l.t(if session.is_some() { "conflict-help-replace" } else { "conflict-help-alone" }),
            own: None,
            undo: accepted.map(|id| format!("/changes/{}/undo", links::encode(id))),
        })
    }
}

fn name_of(session: Option<&Session>, key: &SessionKey) -> String {
    session.map_or_else(|| short_id(key.id.as_str()), |session| rows::name(session).0)
}

/// What was done to a session since the change `seen`, the oldest first. Without one, the last change alone, if it
/// made the session what it is. What the journal does not explain was done by 4D, or by somebody at the files.
pub fn meanwhile(l: Locale, session: &Session, changes: &[Change], seen: Option<&str>) -> Vec<Html> {
    let explains = |change: &&Change| {
        let same = |after: &Values| after.status == session.status && after.email == session.email;
        change.after.as_ref().is_some_and(same) && session.modified_at.millis() <= change.at.millis() + WRITING
    };
    let explained = changes.first().as_ref().is_some_and(explains);
    let newer = match seen {
        Some(seen) => changes.iter().take_while(|change| change.id.as_str() > seen).count(),
        None => usize::from(explained),
    };
    let subject = Html::strong(&rows::name(session).0);
    let mut who: Vec<Html> =
        changes[..newer].iter().rev().map(|change| past_change(l, change, subject.clone())).collect();
    if newer == 0 || !explained {
        let ago = l.past(session.modified_at, Page::now());
        let key = if newer == 0 { "conflict-by-outside" } else { "conflict-outside-too" };
        who.push(Html::text(&l.s(key, ago)));
    }
    who
}

fn past_change(l: Locale, change: &Change, subject: Html) -> Html {
    let ago = l.past_time(change.at, Page::now());
    l.html("conflict-did", &[("what", change_rows::sentence(l, "did", change, subject)), ("ago", ago)])
}

/// Who deleted what is not there any more.
fn deletion(l: Locale, name: &str, changes: &[Change]) -> Html {
    match changes.first().filter(|change| change.action == Action::Delete) {
        Some(change) => past_change(l, change, Html::strong(name)),
        None => Html::text(&l.t("gone-outside")),
    }
}

/// What is told of a session that is gone, and of what somebody still wanted of it. One that was never changed here
/// is as if it had never been.
pub async fn gone(page: &Page, key: &SessionKey, wanted: Option<&Wanted>) -> Answer {
    let l = page.locale;
    let history = facts::history(page, key).await?;
    let Some(last) = history.items.first() else { return Err(Error::NotFound("session-of-this-id").into()) };
    let name = short_id(key.id.as_str());
    let subject = |_: &Change| Subject { name: name.clone(), email: String::new(), href: links::session(key) };
    let mut who = vec![deletion(l, &name, &history.items)];
    if wanted.is_some() {
        who.push(Html::text(&l.t("conflict-nothing-written")));
    }
    let c = page.chrome("sessions", l.s("gone-title", &name)).await.back_to(links::session(key));
    let can_undo = c.may_change && last.action == Action::Delete && last.can_undo;
    let compare = wanted.filter(|wanted| !wanted.replaces).map(|wanted| wanted.compare(l, None));
    page.render(
        StatusCode::NOT_FOUND,
        &Gone {
            who,
            compare: compare.unwrap_or_default(),
            undo: can_undo.then(|| format!("/changes/{}/undo", last.id)),
            list_href: list_of(page, key).await?,
            changes: change_rows::change_rows(l, subject, history.items),
            name: name.clone(),
            c,
        },
    )
}

/// The list that a session is in, or was: an app may have gone with its last session.
pub async fn list_of(page: &Page, key: &SessionKey) -> Result<String, Error> {
    let app = page.app.catalog.app(&page.caller.apps, &key.app).await?;
    Ok(app.map_or_else(|| "/sessions".to_owned(), |app| links::app(&app.id)))
}
