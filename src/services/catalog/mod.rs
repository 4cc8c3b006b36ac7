//! Every session in memory, kept true by hints and rescans. Lists read no disk.

use serde::Serialize;
use utoipa::ToSchema;

use super::error::Error;
use crate::domain::account::AppScope;
use crate::domain::app_id::AppId;
use crate::domain::change::Digest;
use crate::domain::query::{Filter, Query};
use crate::domain::session::{App, Counts, Session, SessionKey};

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionPage {
    /// The sessions of this page.
    pub items: Vec<Session>,
    /// How many sessions the whole list has.
    pub total: u64,
    /// Where the next page begins; `null` on the last.
    pub next_cursor: Option<String>,
}

/// What a rescan of everything found.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Refreshed {
    /// How many files were looked at.
    pub scanned: u64,
    /// How many are new.
    pub added: u64,
    /// How many have other bytes.
    pub changed: u64,
    /// How many are gone.
    pub removed: u64,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

/// One session with its whole document, secrets left out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionDetail {
    /// The session as lists show it.
    #[serde(flatten)]
    pub session: Session,
    /// The file's whole object without the secrets; `null` where it cannot be shown.
    pub document: Option<serde_json::Value>,
    /// Why `document` is `null`.
    pub document_note: Option<String>,
    /// The JSON pointers of what was left out.
    pub redacted: Vec<String>,
    /// Of the file's bytes: the first part of the `ETag`.
    #[serde(skip)]
    #[schema(ignore)]
    pub digest: Digest,
}

/// All sessions of a MobileApps folder.
///
/// Every list fails with [`Error::FolderUnavailable`] while the folder is away.
pub struct Catalog {}

#[allow(unused_variables)]
impl Catalog {
    /// One page of a list: what the caller may see, filtered and sorted. An `app` in the filter
    /// that does not exist gives an empty list.
    pub fn list(&self, scope: &AppScope, query: &Query) -> Result<SessionPage, Error> {
        todo!()
    }

    /// The keys of all sessions that a filter lets through, by app then id.
    pub fn keys(&self, scope: &AppScope, filter: &Filter) -> Result<Vec<SessionKey>, Error> {
        todo!()
    }

    /// One session; `None` where there is none for this caller.
    pub fn session(&self, scope: &AppScope, key: &SessionKey) -> Result<Option<Session>, Error> {
        todo!()
    }

    /// One session with its document, read from disk now.
    pub async fn detail(&self, scope: &AppScope, key: &SessionKey) -> Result<Option<SessionDetail>, Error> {
        todo!()
    }

    /// The bytes of a session's file with its secrets, read from disk now.
    pub async fn file(&self, scope: &AppScope, key: &SessionKey) -> Result<Option<Vec<u8>>, Error> {
        todo!()
    }

    /// The apps a caller may see, sorted by name; those without a session too.
    pub fn apps(&self, scope: &AppScope) -> Result<Vec<App>, Error> {
        todo!()
    }

    /// One app; `None` where there is none for this caller.
    pub fn app(&self, scope: &AppScope, id: &AppId) -> Result<Option<App>, Error> {
        todo!()
    }

    /// The app's manifest, read from disk now; `None` where there is none that is a JSON object.
    pub async fn manifest(&self, scope: &AppScope, id: &AppId) -> Result<Option<serde_json::Value>, Error> {
        todo!()
    }

    /// The distinct e-mail addresses of an app, sorted, none empty.
    pub fn emails(&self, scope: &AppScope, app: &AppId) -> Result<Vec<String>, Error> {
        todo!()
    }

    /// The distinct push-notification tokens of an app, sorted, read from disk now: **secret**.
    pub async fn push_tokens(&self, scope: &AppScope, app: &AppId) -> Result<Vec<String>, Error> {
        todo!()
    }

    /// How many sessions a caller may see.
    pub fn counts(&self, scope: &AppScope) -> Result<Counts, Error> {
        todo!()
    }

    /// Reads the folder again, now, and waits until half-written files are settled.
    pub async fn refresh(&self) -> Result<Refreshed, Error> {
        todo!()
    }

    /// Looks at one session's file again: the way by which a change made here gets into lists.
    pub async fn rescan(&self, key: &SessionKey) -> Result<(), Error> {
        todo!()
    }

    /// Marks sessions as changed here and not pushed (or as pushed).
    pub fn mark_unpushed(&self, keys: &[SessionKey], unpushed: bool) {
        todo!()
    }

    /// Whether the folder can be read: `Err` says why not.
    pub fn availability(&self) -> Result<(), Error> {
        todo!()
    }

    /// Changes whenever an answer of a list can have changed.
    pub fn generation(&self) -> u64 {
        todo!()
    }
}
