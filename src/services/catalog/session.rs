//! One session: as lists show it, and with its whole document, read from disk now.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use super::blocking::{now, off_thread};
use super::detail::{self, NoDocument};
use super::reading;
use super::service::Catalog;
use crate::domain::account::{AppScope, Permission};
use crate::domain::app_id::AppId;
use crate::domain::change::{Digest, FileState, Values};
use crate::domain::decision::Decision;
use crate::domain::session::document::Document;
use crate::domain::session::{Session, SessionId, SessionKey};
use crate::domain::token::Secret;
use crate::services::error::{Conflict, Error};
use crate::store::database::sessions::FileMark;
use crate::store::folder::{AppFolder, Content, is_exhausted};

/// One session with its whole document, secrets left out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionDetail {
    /// The session as lists show it.
    #[serde(flatten)]
    pub session: Session,
    /// The file's whole object, without the secrets for who may not read them; `null` where it cannot be shown.
    pub document: Option<serde_json::Value>,
    /// Why `document` is `null`.
    #[schema(value_type = Option<String>)]
    pub document_note: Option<NoDocument>,
    /// The JSON pointers of what was left out.
    pub redacted: Vec<String>,
    /// Whether `document` holds secrets.
    #[serde(skip)]
    #[schema(ignore)]
    pub tells_secrets: bool,
    /// Of the file's bytes: the first part of the `ETag`.
    #[serde(skip)]
    #[schema(ignore)]
    pub digest: Digest,
    /// The document for people, with masks in the places of its secrets: the nearest to it that can be shown.
    #[serde(skip)]
    #[schema(ignore)]
    pub masked: Option<serde_json::Value>,
}

impl SessionDetail {
    /// A large document is not looked through where requests are answered.
    async fn new(session: Session, digest: Digest, content: Content, with_secrets: bool) -> Result<Self, Error> {
        const LARGE: usize = 32 << 10;
        let shown = match &content {
            Content::Bytes(bytes) if bytes.len() > LARGE => {
                let show = move || detail::show(&content, with_secrets);
                tokio::task::spawn_blocking(show).await.map_err(Error::internal)?
            }
            small => detail::show(small, with_secrets),
        };
        let detail::Shown { document, masked, note, redacted, tells_secrets } = shown;
        Ok(Self { session, document, masked, document_note: note, redacted, tells_secrets, digest })
    }
}

impl Catalog {
    /// One session; `None` where there is none for this caller.
    pub async fn session(&self, scope: &AppScope, key: &SessionKey) -> Result<Option<Session>, Error> {
        self.availability()?;
        if !scope.allows(&key.app) {
            return Ok(None);
        }
        Ok(self.database.session(key).await?.map(|(session, _)| session))
    }

    /// Of these sessions, those that are there for this caller; none where nobody can tell.
    pub async fn sessions(&self, scope: &AppScope, keys: &[SessionKey]) -> HashMap<SessionKey, Session> {
        let visible: Vec<SessionKey> = keys.iter().filter(|key| scope.allows(&key.app)).cloned().collect();
        if visible.is_empty() || self.availability().is_err() {
            return HashMap::new();
        }
        let found = self.database.sessions(&visible).await.unwrap_or_default();
        found.into_iter().map(|(key, (session, _))| (key, session)).collect()
    }

    /// A session as it was when these bytes were written, whatever stands there by now.
    pub async fn session_as_written(&self, key: &SessionKey, bytes: &[u8]) -> Result<Session, Error> {
        if let Some((session, mark)) = self.database.session(key).await?
            && mark.content == Some(Digest::of(bytes).content())
        {
            return Ok(session);
        }
        let reading = reading::of_written(key, bytes, now(), self.folder.terms());
        Ok(self.database.as_if_read(now(), reading).await?)
    }

    /// What [`Catalog::detail_for`] would have shown of bytes that were written, whatever stands there by now.
    pub async fn detail_as_written(
        session: Session,
        bytes: Vec<u8>,
        with_secrets: bool,
    ) -> Result<SessionDetail, Error> {
        let digest = Digest::of(&bytes);
        SessionDetail::new(session, digest, Content::Bytes(bytes), with_secrets).await
    }

    /// One session with its document, read from disk now.
    pub async fn detail(self: &Arc<Self>, scope: &AppScope, key: &SessionKey) -> Result<Option<SessionDetail>, Error> {
        self.detail_for(scope, key, false).await
    }

    /// The same, with the secrets for who may see them.
    pub async fn detail_for(
        self: &Arc<Self>,
        scope: &AppScope,
        key: &SessionKey,
        with_secrets: bool,
    ) -> Result<Option<SessionDetail>, Error> {
        let Some(content) = self.content(scope, key).await? else { return Ok(None) };
        let Some(session) = self.session(scope, key).await? else { return Ok(None) };
        let digest = match &content {
            Content::Bytes(bytes) => Digest::of(bytes),
            // No bytes to go by: what is known of the file stands for them.
            _ => Digest::of(format!("{} {}", session.size, session.modified_at).as_bytes()),
        };
        SessionDetail::new(session, digest, content, with_secrets).await.map(Some)
    }

    /// One session as its file says it now, and the digest of those bytes; `None` where there is none, or where it
    /// changes all the while.
    pub async fn session_now(self: &Arc<Self>, key: &SessionKey) -> Result<Option<(Session, Digest)>, Error> {
        const TRIES: usize = 3;
        for _ in 0..TRIES {
            let Some(Content::Bytes(bytes)) = self.content(&AppScope::all(), key).await? else { return Ok(None) };
            let digest = Digest::of(&bytes);
            let Some((session, mark)) = self.database.session(key).await? else { continue };
            if mark.content == Some(digest.content()) {
                return Ok(Some((session, digest)));
            }
        }
        Ok(None)
    }

    /// The bytes of a session's file with its secrets, read from disk now.
    pub async fn file(self: &Arc<Self>, scope: &AppScope, key: &SessionKey) -> Result<Option<Vec<u8>>, Error> {
        match self.content(scope, key).await? {
            None => Ok(None),
            Some(Content::Bytes(bytes)) => Ok(Some(bytes)),
            Some(Content::TooLarge) => Err(Error::Conflict(Conflict::FileTooLarge)),
            Some(Content::Unreadable(error)) => {
                Err(Error::Conflict(Conflict::FileUnreadable(error.kind().to_string())))
            }
        }
    }

    /// The same bytes with masks in the places of the secrets: they are in no page. Where the secrets cannot be told
    /// from the rest, it is for those alone who may read them.
    pub async fn masked_file(self: &Arc<Self>, scope: &AppScope, key: &SessionKey) -> Result<Option<Vec<u8>>, Error> {
        let Some(bytes) = self.file(scope, key).await? else { return Ok(None) };
        detail::mask(&bytes).map(Some).ok_or(Error::Forbidden(Permission::ReadSecrets))
    }

    /// The app's manifest, read from disk now; without a document where there is none that is a JSON object.
    pub async fn manifest(&self, scope: &AppScope, id: &AppId, with_secrets: bool) -> Result<detail::Shown, Error> {
        if self.app(scope, id).await?.is_none() {
            return Ok(detail::Shown::default());
        }
        let (folder, id) = (self.folder.clone(), id.clone());
        let manifest = off_thread(move || {
            let manifest = folder.open()?.app(&id).and_then(|app| app.map_or(Ok(None), |app| app.manifest()));
            // One that cannot be read is as good as none.
            manifest.or_else(|error| if is_exhausted(&error) { Err(error) } else { Ok(None) })
        });
        let manifest = manifest.await.map_err(|error| self.gone(&error))?;
        Ok(manifest.map(|bytes| detail::show(&Content::Bytes(bytes), with_secrets)).unwrap_or_default())
    }

    /// The distinct push-notification tokens of an app, sorted, read from disk now: **secret**.
    pub async fn push_tokens(&self, scope: &AppScope, app: &AppId) -> Result<Vec<String>, Error> {
        self.availability()?;
        let ids = if scope.allows(app) { self.database.with_push_token(app).await? } else { Vec::new() };
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (folder, app) = (self.folder.clone(), app.clone());
        let tokens = off_thread(move || {
            let Some(app) = folder.open()?.app(&app)? else { return Ok(BTreeSet::new()) };
            ids.iter().filter_map(|id| push_token(&app, id).transpose()).collect()
        });
        Ok(tokens.await.map_err(|error| self.gone(&error))?.into_iter().collect())
    }

    /// Whether 4D would take a session's file; `None` when there is none.
    pub async fn compliance(&self, key: &SessionKey) -> Result<Option<bool>, Error> {
        Ok(self.session(&AppScope::all(), key).await?.map(|session| session.compliant))
    }

    /// Which bytes a session's file has that 4D would certainly not take.
    pub async fn refused_content(&self, key: &SessionKey) -> Option<u64> {
        let (session, mark) = self.database.session(key).await.ok()??;
        session.problems.iter().any(|finding| !finding.assumed()).then(|| mark.bytes())
    }

    /// What these sessions' files hold of what changes change, where they are there.
    pub async fn file_states(&self, keys: &[SessionKey]) -> Result<HashMap<SessionKey, FileState>, Error> {
        self.availability()?;
        let found = self.database.sessions(keys).await?.into_iter();
        let state = |session: Session, mark: FileMark| FileState {
            content: mark.content.unwrap_or(0),
            values: Values { status: session.status, email: session.email },
            declined: session.declined.map(Decision::Declined),
            note: session.note.map(Decision::Note),
        };
        Ok(found.map(|(key, (session, mark))| (key, state(session, mark))).collect())
    }
}

fn push_token(app: &AppFolder, id: &SessionId) -> io::Result<Option<String>> {
    let Some((_, Content::Bytes(bytes))) = app.read(id)? else { return Ok(None) };
    let Ok(document) = Document::parse(&bytes) else { return Ok(None) };
    Ok(document.fields().push_token.as_ref().map(Secret::expose).map(|token| token.clone().into_owned()))
}
