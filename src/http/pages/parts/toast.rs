//! What was just done, as a page tells it: what became of it, and the way back or onward.

use actix_web::http::Method;

use super::change_rows::{self, Subjects};
use super::flash::Flash;
use super::page::Page;
use super::reach::Reach;
use super::related_sessions;
use super::text;
use crate::domain::account::{Caller, Permission};
use crate::domain::change::Action;
use crate::domain::session::{Session, SessionKey, Status};
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::journal::{Change, ChangeQuery};

/// How many entries of a batch are looked at for what one session replaced, or of a session for who made it what it is.
const LOOKED_AT: usize = 101;

/// What was just done, with the way back and onward.
#[derive(Default)]
pub struct Toast {
    pub text: Html,
    pub undo: Option<String>,
    /// The change of which 4D is to be told by a button.
    pub push: Option<String>,
    /// Whether 4D is to be connected first.
    pub connect: bool,
    /// By which it is asked again how far it is; empty where that is settled.
    pub again: String,
}

impl Toast {
    fn plain(text: &str) -> Self {
        Self { text: Html::text(text), ..Self::default() }
    }

    /// With the way onward of what was done by this change or batch.
    fn onward(self, reach: Reach, flash: &Flash, id: &str) -> Self {
        Self {
            push: (reach == Reach::NotYet).then(|| id.to_owned()),
            connect: reach == Reach::Unconnected,
            again: if reach.is_final() { String::new() } else { flash.to_string() },
            ..self
        }
    }
}

impl<C> Page<C> {
    /// What this page has to tell of what was just done; of a page that is read again, how far that is by now.
    pub async fn toast(&self, caller: &Caller) -> Option<Toast> {
        let flash = match *self.req.method() {
            Method::GET => self.take_flash()?,
            _ => return None,
        };
        let flash = match flash {
            Flash::Sent(request) => match self.app.journal.made_by_request(caller, &request).await.ok()? {
                Some(id) => Flash::Done { id, unchanged: 0 },
                None => Flash::Message("told-not-saved".to_owned()),
            },
            flash => flash,
        };
        let may_change = caller.require(Permission::Change).is_ok();
        let mut toast = self.told(caller, &flash).await.ok()??;
        if !may_change {
            (toast.undo, toast.push) = (None, None);
        }
        Some(toast)
    }

    async fn told(&self, caller: &Caller, flash: &Flash) -> Result<Option<Toast>, Error> {
        let l = self.locale;
        Ok(match flash {
            Flash::Message(key) => match self.app.push.last_test().and_then(|test| test.failure) {
                Some(why) if key == "told-push-test-failed" => {
                    Some(Toast::plain(&l.s(key, text::push_failure_words(l, &why))))
                }
                _ => l.find(key, &[]).map(|text| Toast::plain(&text)),
            },
            Flash::Sent(_) => None,
            Flash::AllSo { status, count } => Some(Toast::plain(&needed_no_change(l, *status, *count))),
            Flash::Already(key) => self.already(caller, key).await?,
            Flash::Done { id, unchanged } => {
                let toast = match self.app.journal.change(&caller.apps, id).await? {
                    Some(change) => Some(self.one_done(caller, flash, change).await?),
                    None => self.many_done(caller, flash, id, *unchanged).await?,
                };
                toast.map(|toast| Toast { undo: toast.undo.map(|id| undo_address(&id)), ..toast })
            }
        })
    }

    async fn one_done(&self, caller: &Caller, flash: &Flash, change: Change) -> Result<Toast, Error> {
        let l = self.locale;
        let subjects = Subjects::of(&self.app.catalog, &caller.apps, std::slice::from_ref(&change)).await;
        let device = subjects.subject(&change).strong();
        let undo = change.can_undo.then(|| change.id.clone());
        if !is_accept(&change) {
            return Ok(Toast { text: change_rows::sentence(l, "done", &change, device), undo, ..Toast::default() });
        }
        let reach = self.reach(&change, subjects.session(&change));
        Ok(Toast { text: reach.sentence(l, device), undo, ..Toast::default() }.onward(reach, flash, &change.id))
    }

    async fn many_done(
        &self,
        caller: &Caller,
        flash: &Flash,
        id: &str,
        unchanged: u64,
    ) -> Result<Option<Toast>, Error> {
        let (l, scope) = (self.locale, &caller.apps);
        let Some(batch) = self.app.journal.batch(scope, id).await? else { return Ok(None) };
        let undo = batch.can_undo.then(|| id.to_owned());
        let query = ChangeQuery { batch: Some(id.to_owned()), limit: LOOKED_AT, ..ChangeQuery::default() };
        let changes = self.app.journal.list(scope, &query).await?;
        if let Some(replaced) = related_sessions::replaced(&changes) {
            let subjects = Subjects::of(&self.app.catalog, scope, std::slice::from_ref(replaced.accepted)).await;
            let device = subjects.subject(replaced.accepted).strong();
            let olds = l.n(replaced.words(), replaced.olds);
            if replaced.is_undone {
                let text = l.html("done-replaced-back", &[("device", device), ("olds", Html::text(&olds))]);
                return Ok(Some(Toast { text, undo, ..Toast::default() }));
            }
            let reach = self.reach(replaced.accepted, subjects.session(replaced.accepted));
            let text = reach.sentence(l, device).and(&olds);
            return Ok(Some(Toast { text, undo, ..Toast::default() }.onward(reach, flash, id)));
        }
        let facts = &batch.facts;
        let accepts = facts.action == Some(Action::SetStatus) && facts.status.as_deref() == Some("accepted");
        let is_read = self.app.push.has_read_batch(id).await?;
        let reach = Reach::of(&self.app.push, is_read, true);
        let mut text = match accepts && !facts.undoes {
            true => reach.sentence_of_many(l, facts.total),
            false => change_rows::done_many(l, facts.total, Some(facts)),
        };
        if unchanged > 0 {
            let status = facts.status.as_deref().filter(|_| !facts.undoes).and_then(Status::parse);
            text = format!("{text} {}", needed_no_change(l, status, unchanged));
        }
        let toast = Toast { undo, ..Toast::plain(&text) };
        Ok(Some(if accepts && !facts.undoes { toast.onward(reach, flash, id) } else { toast }))
    }

    /// Who was faster.
    async fn already(&self, caller: &Caller, key: &SessionKey) -> Result<Option<Toast>, Error> {
        let (l, scope) = (self.locale, &caller.apps);
        let Some(session) = self.app.catalog.session(scope, key).await? else { return Ok(None) };
        let query = ChangeQuery {
            app: Some(key.app.to_string()),
            session: Some(key.id.to_string()),
            limit: 1,
            ..ChangeQuery::default()
        };
        let newest = self.app.journal.list(scope, &query).await?.items.into_iter().next();
        let is_so = |change: &Change| {
            change.after.as_ref().is_some_and(|after| after.status == session.status && after.email == session.email)
        };
        let Some(change) = newest.filter(is_so) else {
            let device = Html::strong(&super::rows::name(&session).0);
            return Ok(Some(Toast { text: l.html("already-outside", &[("device", device)]), ..Toast::default() }));
        };
        let subjects = Subjects::of(&self.app.catalog, scope, std::slice::from_ref(&change)).await;
        let what = change_rows::sentence(l, "did", &change, subjects.subject(&change).strong());
        let ago = l.past_time(change.at, Page::now());
        let text = l.html("already-by", &[("what", what), ("ago", ago)]);
        if !is_accept(&change) {
            return Ok(Some(Toast { text, ..Toast::default() }));
        }
        let reach = self.reach(&change, Some(&session));
        let toast = Toast { text: text.and(&reach.of_another(l)), ..Toast::default() };
        Ok(Some(toast.onward(reach, &Flash::Already(key.clone()), &change.id)))
    }

    fn reach(&self, change: &Change, session: Option<&Session>) -> Reach {
        let unpushed = session.is_none_or(|session| session.unpushed);
        Reach::of(&self.app.push, change.pushed_at.is_some(), unpushed)
    }
}

fn undo_address(id: &str) -> String {
    format!("/changes/{}/undo", links::encode(id))
}

/// Whether somebody was let in by it.
fn is_accept(change: &Change) -> bool {
    let after = change.after.as_ref().and_then(|after| after.status.as_deref());
    change.action == Action::SetStatus && change.undoes.is_none() && after == Some(Status::Accepted.as_str())
}

/// How many were as wanted already.
pub fn needed_no_change(l: Locale, status: Option<Status>, count: u64) -> String {
    l.n(
        match status {
            Some(Status::Accepted) => "already-accepted",
            Some(Status::Pending) => "already-pending",
            None => "result-unchanged",
        },
        count,
    )
}
