//! Temporary files that nobody works on any more.

use super::file::{MAYBE_EXCHANGED, NEVER_EXCHANGED};
use crate::domain::app_id::AppId;
use crate::domain::change::Digest;
use crate::domain::session::document::Document;
use crate::domain::session::{SessionId, SessionKey};

/// A temporary file that nobody works on any more.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Leftover {
    pub(super) app: AppId,
    pub(super) name: String,
}

impl Leftover {
    /// The parts of its name: installation, run, a random number, session, the digest of our bytes.
    fn part(&self, place: usize) -> Option<&str> {
        let stem = self.name.strip_suffix(NEVER_EXCHANGED).or_else(|| self.name.strip_suffix(MAYBE_EXCHANGED))?;
        stem.split('-').nth(place)
    }

    /// The session that it belongs to, as far as its name says so.
    pub fn session(&self) -> Option<SessionKey> {
        Some(SessionKey { app: self.app.clone(), id: SessionId::parse(self.part(3)?)? })
    }

    /// Whether its name says that these are our bytes.
    pub fn is_ours(&self, digest: &Digest) -> bool {
        self.part(4) == Some(&digest.short_hex())
    }

    /// The same by what is in it: an older version of this program did not put the session into the name.
    pub fn session_of(&self, bytes: &[u8]) -> Option<SessionKey> {
        let document = Document::parse(bytes).ok()?;
        let id = SessionId::parse(document.fields().session_id.as_deref()?)?;
        Some(SessionKey { app: self.app.clone(), id })
    }

    pub fn name(&self) -> &str {
        &self.name
    }
}
