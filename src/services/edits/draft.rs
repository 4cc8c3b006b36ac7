//! What a change does to a file, found out from what stands there: each file is parsed once before it and once after.

use super::reading::{keep_settled, read_settled, stat};
use crate::domain::change::{Action, Digest, Expectation, Patch, Values};
use crate::domain::session::SessionKey;
use crate::domain::session::document::{Document, Malformed};
use crate::domain::session::fields::Fields;
use crate::domain::session::finding::Finding;
use crate::domain::session::judge::{judge, judge_document};
use crate::domain::session::splice::{self, Splice};
use crate::services::error::{Error, FieldError};
use crate::store::database::journal::Recorded;
use crate::store::folder::{Folder, Terms};
use crate::store::writer::{KeptFile, Writer};

/// What is done to the file.
pub(super) enum Step {
    /// It gets these bytes.
    Replace(Vec<u8>),
    Remove,
    Restore(KeptFile),
    /// It is not touched.
    Keep,
}

impl Step {
    /// What the file is to hold.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Step::Replace(bytes) => Some(bytes),
            Step::Restore(file) => Some(&file.bytes),
            Step::Remove | Step::Keep => None,
        }
    }
}

/// A change of a file, before it gets an id and an author.
pub(super) struct Draft {
    pub(super) action: Action,
    pub(super) step: Step,
    pub(super) splices: Vec<Splice>,
    pub(super) before: Option<Values>,
    pub(super) after: Option<Values>,
    pub(super) digest_before: Option<Digest>,
    pub(super) digest_after: Option<Digest>,
    pub(super) kept: Option<KeptFile>,
    pub(super) device: Option<String>,
    /// The message of what the caller should know.
    pub(super) note: Option<&'static str>,
}

/// A draft, or the bytes of a file that is so already.
pub(super) type Drafted = Result<Result<Draft, Vec<u8>>, Error>;

/// A file that was read, and parsed once.
struct Parsed<'a> {
    document: Document<'a>,
    fields: Fields<'a>,
    findings: Vec<Finding>,
    digest: Digest,
}

impl<'a> Parsed<'a> {
    /// A file in which a value can be changed.
    fn new(
        key: &SessionKey,
        digest: Digest,
        document: Result<Document<'a>, Malformed>,
        terms: &Terms,
    ) -> Result<Self, Error> {
        let document = document.map_err(|_| Error::NotAnObject)?;
        if let Some(pointer) = document.duplicate() {
            return Err(Error::DuplicateKeys { pointer });
        }
        let (fields, findings) = judge_document(key, &document, &terms.schema);
        Ok(Self { document, fields, findings, digest })
    }
}

pub(super) fn draft_patch(folder: &Folder, key: &SessionKey, patch: &Patch, expected: &Expectation) -> Drafted {
    let (bytes, draft) = read_settled(folder, key, |bytes, document| {
        let digest = Digest::of(bytes);
        if !expected.holds(&digest) {
            return Err(Error::PreconditionFailed);
        }
        let old = Parsed::new(key, digest, document, folder.terms())?;
        let splices = splice::splices(&old.document, patch);
        let action = match splices.as_slice() {
            [] => return Ok(None),
            [one] if one.name == "status" => Action::SetStatus,
            [_] => Action::SetEmail,
            _ => Action::Edit,
        };
        replacement(key, &old, action, splices, Some(folder.terms())).map(Some)
    })?;
    Ok(draft?.ok_or(bytes))
}

pub(super) fn draft_delete(folder: &Folder, writer: &Writer, key: &SessionKey, expected: &Expectation) -> Drafted {
    let (file, found) = keep_settled(folder, writer, key, |bytes, document| (Digest::of(bytes), journaled(document)))?;
    if !expected.holds(&found.0) {
        return Err(Error::PreconditionFailed);
    }
    Ok(Ok(removal(file, found)))
}

pub(super) fn draft_undo(folder: &Folder, writer: &Writer, key: &SessionKey, change: &Recorded) -> Drafted {
    match change.entry.action {
        Action::Delete => {
            let file = change.kept.clone().ok_or(Error::NotKept)?;
            if stat(folder, key)?.is_some() {
                return Err(Error::AlreadyThere);
            }
            Ok(Ok(restoration(file, change.entry.pushed_at.map(|_| "note-sign-in-again"))))
        }
        Action::Restore => {
            let (file, found) =
                keep_settled(folder, writer, key, |bytes, document| (Digest::of(bytes), journaled(document)))?;
            if Some(found.0) != change.entry.digest_after {
                return Err(Error::ChangedSince);
            }
            Ok(Ok(removal(file, found)))
        }
        action => {
            let (_, draft) = read_settled(folder, key, |bytes, document| {
                let old = Parsed::new(key, Digest::of(bytes), document, folder.terms())?;
                let back = splice::reverse(&old.document, &change.splices).map_err(|_| Error::ChangedSince)?;
                // What the file was before may be what 4D does not take.
                replacement(key, &old, action, back, None)
            })?;
            Ok(Ok(draft?))
        }
    }
}

/// With `terms`, a change must not add a finding: 4D would drop the session at the next push. Findings that are there
/// already do not stand against it.
fn replacement(
    key: &SessionKey,
    old: &Parsed<'_>,
    action: Action,
    splices: Vec<Splice>,
    terms: Option<&Terms>,
) -> Result<Draft, Error> {
    let new = splice::apply(&old.document, &splices).ok_or(Error::NotAnObject)?;
    let after = match terms {
        None => journaled(Document::parse(&new)).0,
        Some(terms) => {
            let (fields, mut findings) = judge(key, &new, &terms.schema);
            if new.len() as u64 > terms.limit {
                findings.push(Finding::too_large(terms.limit));
            }
            findings.retain(|finding| !old.findings.contains(finding));
            if !findings.is_empty() {
                return Err(Error::Invalid(findings.iter().map(field_error).collect()));
            }
            fields.as_ref().map(values)
        }
    };
    Ok(Draft {
        action,
        splices,
        before: Some(values(&old.fields)),
        after,
        digest_before: Some(old.digest),
        digest_after: Some(Digest::of(&new)),
        device: old.fields.device_name(),
        step: Step::Replace(new),
        kept: None,
        note: None,
    })
}

fn field_error(finding: &Finding) -> FieldError {
    FieldError::new(finding.pointer.clone().unwrap_or_default(), finding.message())
}

/// What the journal keeps of a file: its values, and what its device is called.
type Journaled = (Option<Values>, Option<String>);

fn journaled(document: Result<Document<'_>, Malformed>) -> Journaled {
    let Ok(document) = document else { return (None, None) };
    let fields = document.fields();
    (Some(values(&fields)), fields.device_name())
}

fn values(fields: &Fields<'_>) -> Values {
    let text = |field: &Option<_>| field.as_deref().map(str::to_owned);
    Values { status: text(&fields.status), email: text(&fields.email) }
}

fn removal(file: KeptFile, (digest, (before, device)): (Digest, Journaled)) -> Draft {
    Draft {
        action: Action::Delete,
        step: Step::Remove,
        splices: Vec::new(),
        before,
        after: None,
        digest_before: Some(digest),
        digest_after: None,
        device,
        kept: Some(file),
        note: None,
    }
}

/// The delete of a version of another program's that a newer one has taken the place of.
pub(super) fn delete_of(file: KeptFile) -> Draft {
    let found = (Digest::of(&file.bytes), journaled(Document::parse(&file.bytes)));
    removal(file, found)
}

fn restoration(file: KeptFile, note: Option<&'static str>) -> Draft {
    let (after, device) = journaled(Document::parse(&file.bytes));
    Draft {
        action: Action::Restore,
        splices: Vec::new(),
        before: None,
        after,
        digest_before: None,
        digest_after: Some(Digest::of(&file.bytes)),
        device,
        step: Step::Restore(file),
        kept: None,
        note,
    }
}
