//! What is asked for: of one session, of many, or that changes are taken back.

use crate::domain::account::Caller;
use crate::domain::change::{Email, Expectation, Reason};
use crate::domain::decision::{DeviceName, NoteText};
use crate::domain::query::Filter;
use crate::domain::session::{SessionKey, Status};

/// Who asks for a change of one session, and on what terms.
#[derive(Clone, Debug)]
pub struct ChangeContext {
    pub caller: Caller,
    pub request_id: String,
    pub reason: Option<Reason>,
    /// The state of the file that the change is built on.
    pub expected: Expectation,
}

/// What to do to each session of a batch.
#[derive(Clone, Debug)]
pub enum BatchAction {
    SetStatus(Status),
    SetEmail(Email),
    Delete,
    Decide(Decide),
}

/// What is decided on a session beside its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decide {
    /// Not to let it in.
    Decline,
    /// To let it wait again.
    Undecline,
    /// To call its device so, and to say this of it. Both empty: nothing any more.
    Note(DeviceName, NoteText),
}

/// One session of a batch.
#[derive(Clone, Debug)]
pub struct BatchItem {
    /// As the caller named it, parsed or not: an impossible name fails as not found.
    pub app: String,
    /// As the caller named it.
    pub id: String,
    /// The state the caller has seen.
    pub expected: Expectation,
    /// For `replace`: the session to delete once this one is accepted, and its expected state.
    pub replaces: Option<(String, String, Expectation)>,
}

/// What a filter lets through, if it is as much as the caller expects.
#[derive(Clone, Debug)]
pub struct Selection {
    pub filter: Filter,
    /// How many the caller expects; where others match, nothing is done.
    pub if_total: Option<u64>,
}

/// Which sessions a batch is on.
#[derive(Clone, Debug)]
pub enum BatchTarget {
    /// These, at most 10,000.
    Sessions(Vec<BatchItem>),
    /// All that a filter lets through now.
    Filter(Box<Selection>),
    /// What a filter let through when somebody was asked, however many.
    Listed(Vec<SessionKey>),
}

impl BatchTarget {
    /// The sessions that it names, by app and id; none for a filter.
    pub fn named(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        match self {
            BatchTarget::Sessions(items) => Box::new(items.iter().map(|item| (item.app.as_str(), item.id.as_str()))),
            BatchTarget::Listed(keys) => Box::new(keys.iter().map(|key| (key.app.as_str(), key.id.as_str()))),
            BatchTarget::Filter(_) => Box::new(std::iter::empty()),
        }
    }
}

#[derive(Clone, Debug)]
pub enum BatchRequest {
    /// The same for every session.
    Each(BatchAction, BatchTarget),
    /// Accept the one, then delete the other.
    Replace(Vec<BatchItem>),
    Undo(Undoing),
}

impl BatchRequest {
    /// How many sessions it names; 0 for a filter.
    pub fn named(&self) -> u64 {
        match self {
            BatchRequest::Each(_, target) => target.named().count() as u64,
            BatchRequest::Replace(items) => items.len() as u64,
            BatchRequest::Undo(undoing) => undoing.count(),
        }
    }

    /// The filter that selects its sessions, if one does.
    pub fn filter(&self) -> Option<&Filter> {
        match self {
            BatchRequest::Each(_, BatchTarget::Filter(selection)) => Some(&selection.filter),
            _ => None,
        }
    }
}

/// What an undo is about: one change, or those of a batch that its caller may see.
#[derive(Clone, Debug)]
pub struct Undoing {
    /// The newest first, so that each meets what it left.
    pub(super) changes: Vec<(String, SessionKey)>,
    pub(super) single: bool,
}

impl Undoing {
    /// How many changes it takes back.
    pub fn count(&self) -> u64 {
        self.changes.len() as u64
    }

    /// Whether it takes back one change that is named by its own id.
    pub fn is_single(&self) -> bool {
        self.single
    }

    pub(super) fn apps(&self) -> impl Iterator<Item = &str> {
        self.changes.iter().map(|(_, key)| key.app.as_str())
    }
}
