//! What has to be done to one file: read it, compare, judge. Nothing is written here.

use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Edits, Supervision};
use crate::domain::account::Actor;
use crate::domain::change::{Action, Digest, Expectation, Patch, Reason, ReasonCode, Values};
use crate::domain::session::SessionKey;
use crate::domain::session::document::Document;
use crate::domain::session::finding::Finding;
use crate::domain::session::judge::judge;
use crate::domain::session::splice::{self, Splice};
use crate::services::error::{Error, FieldError};
use crate::store::database::journal::{Intent, Recorded};
use crate::store::folder::{Content, FileStat, Folder, Terms, is_exhausted, was_away, why_away};
use crate::store::writer::{KeptFile, WriteError, Writer};

/// Who asks for changes, and how the journal shall show them.
pub(super) struct Origin {
    pub(super) actor: Actor,
    pub(super) request_id: String,
    pub(super) reason: Option<Reason>,
    pub(super) batch_id: Option<String>,
    /// What may end it before its end.
    pub(super) supervision: Option<Arc<Supervision>>,
}

impl Origin {
    /// Whether these sessions may still be changed.
    pub(super) async fn may_go_on<'a>(&self, keys: impl IntoIterator<Item = &'a SessionKey>) -> bool {
        match &self.supervision {
            Some(supervision) => supervision.allows(keys).await,
            None => true,
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    /// New values.
    Patch(Patch),
    /// That the file is taken away.
    Delete,
    /// That this change is taken back.
    Undo(String),
}

/// One session, and what is asked for it.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) key: SessionKey,
    pub(super) ask: Ask,
    pub(super) expected: Expectation,
}

/// What has to be done.
pub(super) enum Plan {
    /// Nothing: the file, with these bytes, is so already.
    Unchanged(Vec<u8>),
    /// This.
    Change(Box<Planned>),
}

/// A change that can be carried out.
pub(super) struct Planned {
    pub(super) intent: Intent,
    pub(super) step: Step,
    /// The message of what the caller should know of it.
    pub(super) note: Option<&'static str>,
}

/// What is done to the file.
pub(super) enum Step {
    /// It gets these bytes.
    Replace(Vec<u8>),
    /// It is taken away.
    Remove,
    /// It is put back.
    Restore(KeptFile),
}

impl Step {
    /// What the file is to hold.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Step::Replace(bytes) => Some(bytes),
            Step::Restore(file) => Some(&file.bytes),
            Step::Remove => None,
        }
    }
}

impl Planned {
    /// How much memory it holds, roughly.
    pub(super) fn weight(&self) -> usize {
        let kept = self.intent.kept.as_ref().map_or(0, |file| file.bytes.len());
        kept + self.step.bytes().map_or(0, <[u8]>::len)
    }
}

/// What is found out of the file, before it gets an id and an author.
struct Draft {
    action: Action,
    step: Step,
    splices: Vec<Splice>,
    before: Option<Values>,
    after: Option<Values>,
    digest_before: Option<Digest>,
    digest_after: Option<Digest>,
    kept: Option<KeptFile>,
    device: Option<String>,
    note: Option<&'static str>,
}

impl Edits {
    /// Works out what has to be done, from what stands on disk now. `id` is the change's, if it
    /// has one from an attempt before.
    pub(super) async fn plan(&self, origin: &Origin, job: &Job, id: Option<&str>) -> Result<Plan, Error> {
        let (ask, undoes) = match &job.ask {
            Ask::Patch(patch) => (BlockingAsk::Patch(patch.clone()), None),
            Ask::Delete => (BlockingAsk::Delete, None),
            Ask::Undo(change) => {
                let recorded = self.undoable(change).await?;
                self.catalog.goes_on_waiting(&job.key, recorded.waited_since);
                (BlockingAsk::Undo(Box::new(recorded)), Some(change.clone()))
            }
        };
        let draft = match self.draft(job, ask).await? {
            Ok(draft) => draft,
            Err(unchanged) => return Ok(Plan::Unchanged(unchanged)),
        };
        let intent = Intent {
            id: id.map_or_else(|| self.ids.next(), str::to_owned),
            batch_id: origin.batch_id.clone(),
            at: SystemTime::now().into(),
            actor: origin.actor.clone(),
            action: draft.action,
            key: job.key.clone(),
            before: draft.before,
            after: draft.after,
            splices: draft.splices,
            digest_before: draft.digest_before,
            digest_after: draft.digest_after,
            reason: origin.reason.clone(),
            request_id: origin.request_id.clone(),
            undoes,
            kept: draft.kept,
            device: draft.device,
            waited_since: self.catalog.waits_since(&job.key),
        };
        Ok(Plan::Change(Box::new(Planned { intent, step: draft.step, note: draft.note })))
    }

    /// A session that is known and not there may be in the middle of being deleted and made again: it is waited for.
    async fn draft(&self, job: &Job, ask: BlockingAsk) -> Drafted {
        let ask = Arc::new(ask);
        let mut pauses = if self.catalog.knows(&job.key) { WHILE_ABSENT.iter() } else { [].iter() };
        loop {
            let (folder, writer, ask) = (self.folder.clone(), self.writer.clone(), ask.clone());
            let (key, expected) = (job.key.clone(), job.expected.clone());
            let descriptors = self.files.acquire().await;
            let drafted = tokio::task::spawn_blocking(move || draft(&folder, &writer, &key, &ask, &expected));
            let drafted = drafted.await.map_err(Error::internal)?;
            drop(descriptors);
            match (drafted, pauses.next()) {
                (Err(Error::NotFound(_)), Some(pause)) => tokio::time::sleep(*pause).await,
                (drafted, _) => return drafted,
            }
        }
    }

    async fn undoable(&self, change: &str) -> Result<Recorded, Error> {
        let recorded = self.database.recorded(change).await?.ok_or(Error::NotFound("change"))?;
        match recorded.entry.undone_by {
            Some(_) => Err(Error::AlreadyUndone),
            None => Ok(recorded),
        }
    }
}

enum BlockingAsk {
    Patch(Patch),
    Delete,
    Undo(Box<Recorded>),
}

/// A draft, or the bytes of a file that is so already.
type Drafted = Result<Result<Draft, Vec<u8>>, Error>;

fn draft(folder: &Folder, writer: &Writer, key: &SessionKey, ask: &BlockingAsk, expected: &Expectation) -> Drafted {
    match ask {
        BlockingAsk::Patch(patch) => draft_patch(folder, key, patch, expected),
        BlockingAsk::Delete => {
            let file = keep_settled(folder, writer, key)?;
            if !expected.holds(&Digest::of(&file.bytes)) {
                return Err(Error::PreconditionFailed);
            }
            Ok(Ok(removal(file)))
        }
        BlockingAsk::Undo(change) => draft_undo(folder, writer, key, change),
    }
}

fn draft_patch(folder: &Folder, key: &SessionKey, patch: &Patch, expected: &Expectation) -> Drafted {
    let bytes = read_settled(folder, key)?;
    if !expected.holds(&Digest::of(&bytes)) {
        return Err(Error::PreconditionFailed);
    }
    let document = parse(&bytes)?;
    let splices = splice::splices(&document, patch);
    if splices.is_empty() {
        return Ok(Err(bytes));
    }
    let action = match splices.as_slice() {
        [one] if one.name == "status" => Action::SetStatus,
        [_] => Action::SetEmail,
        _ => Action::Edit,
    };
    let draft = replacement(&bytes, action, splices)?;
    if let Step::Replace(new) = &draft.step {
        judge_change(key, &bytes, new, folder.terms())?;
    }
    Ok(Ok(draft))
}

fn draft_undo(folder: &Folder, writer: &Writer, key: &SessionKey, change: &Recorded) -> Drafted {
    match change.entry.action {
        Action::Delete => {
            let file = change.kept.clone().ok_or(Error::NotKept)?;
            if stat(folder, key)?.is_some() {
                return Err(Error::AlreadyThere);
            }
            Ok(Ok(restoration(file, change.entry.pushed_at.map(|_| "note-sign-in-again"))))
        }
        Action::Restore => {
            let file = keep_settled(folder, writer, key)?;
            if Some(Digest::of(&file.bytes)) != change.entry.digest_after {
                return Err(Error::ChangedSince);
            }
            Ok(Ok(removal(file)))
        }
        action => {
            let bytes = read_settled(folder, key)?;
            let back = splice::reverse(&parse(&bytes)?, &change.splices).map_err(|_| Error::ChangedSince)?;
            Ok(Ok(replacement(&bytes, action, back)?))
        }
    }
}

fn replacement(bytes: &[u8], action: Action, splices: Vec<Splice>) -> Result<Draft, Error> {
    let new = splice::apply(bytes, &splices).ok_or(Error::NotAnObject)?;
    let (before, device) = told(bytes);
    let (after, _) = told(&new);
    Ok(Draft {
        action,
        before,
        after,
        digest_before: Some(Digest::of(bytes)),
        digest_after: Some(Digest::of(&new)),
        device,
        step: Step::Replace(new),
        splices,
        kept: None,
        note: None,
    })
}

fn removal(file: KeptFile) -> Draft {
    let (before, device) = told(&file.bytes);
    Draft {
        action: Action::Delete,
        step: Step::Remove,
        splices: Vec::new(),
        before,
        after: None,
        digest_before: Some(Digest::of(&file.bytes)),
        digest_after: None,
        device,
        kept: Some(file),
        note: None,
    }
}

fn restoration(file: KeptFile, note: Option<&'static str>) -> Draft {
    let (after, device) = told(&file.bytes);
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

/// The entry of a version of another program's that a newer one has taken the place of: a delete, whose undo brings it
/// back.
pub(super) fn kept_aside(id: String, key: SessionKey, actor: Actor, file: KeptFile) -> Intent {
    let Draft { action, before, digest_before, device, kept, .. } = removal(file);
    Intent {
        id,
        batch_id: None,
        at: SystemTime::now().into(),
        actor,
        action,
        key,
        before,
        after: None,
        splices: Vec::new(),
        digest_before,
        digest_after: None,
        reason: Some(ReasonCode::KeptAside.into()),
        request_id: String::new(),
        undoes: None,
        kept,
        device,
        waited_since: None,
    }
}

/// What the journal tells of a file: its values, and what its device is called.
fn told(bytes: &[u8]) -> (Option<Values>, Option<String>) {
    let Ok(document) = Document::parse(bytes) else { return (None, None) };
    (Some(splice::values(&document)), document.fields().device_name())
}

/// A document in which a value can be changed.
fn parse(bytes: &[u8]) -> Result<Document<'_>, Error> {
    let document = Document::parse(bytes).map_err(|_| Error::NotAnObject)?;
    match document.duplicate() {
        Some(pointer) => Err(Error::DuplicateKeys { pointer }),
        None => Ok(document),
    }
}

/// A change must not add a finding: 4D would drop the session at the next push. Findings that are
/// there already do not stand against it.
fn judge_change(key: &SessionKey, old: &[u8], new: &[u8], terms: &Terms) -> Result<(), Error> {
    let (_, known) = judge(key, old, &terms.schema);
    let (_, mut findings) = judge(key, new, &terms.schema);
    if new.len() as u64 > terms.limit {
        findings.push(Finding::too_large(terms.limit));
    }
    findings.retain(|finding| !known.contains(finding));
    if findings.is_empty() {
        return Ok(());
    }
    let error = |finding: &Finding| FieldError::new(finding.pointer.clone().unwrap_or_default(), finding.to_string());
    Err(Error::Invalid(findings.iter().map(error).collect()))
}

/// How long a known session is waited for that is not there.
const WHILE_ABSENT: [Duration; 20] = [Duration::from_millis(20); 20];
/// How long bytes are waited for that cannot be read as JSON.
const WHILE_HALF_WRITTEN: [Duration; 4] =
    [Duration::from_millis(50), Duration::from_millis(100), Duration::from_millis(200), Duration::from_millis(400)];
/// A file that ends too soon and was changed this long ago, by clocks that need not agree, may be in the middle of being
/// written, by a program that opens it for each part.
const YOUNG: Duration = Duration::from_secs(5);

/// Reads a session's file. One that cannot be read as JSON is waited for, whatever the clock says of its age; if it is
/// still being written then, it is busy.
fn read_settled(folder: &Folder, key: &SessionKey) -> Result<Vec<u8>, Error> {
    let (bytes, is_written) = settled(|| read(folder, key), |bytes| bytes)?;
    let may_go_on = || Ok::<_, Error>(is_open(folder, key)? || (ends_too_soon(&bytes) && is_young(folder, key)?));
    if !Document::is_whole(&bytes) && (is_written || may_go_on()?) {
        return Err(Error::Busy);
    }
    Ok(bytes)
}

/// The same with all that belongs to the file, to take it away: one that nobody is seen to write can go.
fn keep_settled(folder: &Folder, writer: &Writer, key: &SessionKey) -> Result<KeptFile, Error> {
    let (file, is_written) = settled(|| keep(folder, writer, key), |file| &file.bytes)?;
    if !Document::is_whole(&file.bytes) && (is_written || is_open(folder, key)?) {
        return Err(Error::Busy);
    }
    Ok(file)
}

/// What is read at last, and whether it was seen to change.
fn settled<T>(read: impl Fn() -> Result<T, Error>, bytes: impl Fn(&T) -> &[u8]) -> Result<(T, bool), Error> {
    let mut found = read()?;
    let mut is_written = false;
    for pause in WHILE_HALF_WRITTEN {
        if Document::is_whole(bytes(&found)) {
            break;
        }
        std::thread::sleep(pause);
        let next = read()?;
        is_written |= bytes(&found) != bytes(&next);
        found = next;
    }
    Ok((found, is_written))
}

/// Whether more bytes could make it JSON.
fn ends_too_soon(bytes: &[u8]) -> bool {
    match serde_json::from_slice::<serde::de::IgnoredAny>(bytes) {
        Ok(_) => false,
        Err(error) => error.is_eof(),
    }
}

/// Whether a file was written a moment ago.
fn is_young(folder: &Folder, key: &SessionKey) -> Result<bool, Error> {
    Ok(stat(folder, key)?.is_some_and(|stat| stat.distance(SystemTime::now()) < YOUNG))
}

/// Whether a program has a file open to write.
fn is_open(folder: &Folder, key: &SessionKey) -> Result<bool, Error> {
    let open = folder.open().map_err(|error| of_root(&error))?;
    let app = open.app(&key.app).map_err(|error| of_io(folder, error))?;
    Ok(app.is_some_and(|app| app.is_open_for_writing(&key.id)))
}

fn read(folder: &Folder, key: &SessionKey) -> Result<Vec<u8>, Error> {
    let open = folder.open().map_err(|error| of_root(&error))?;
    let found = open.app(&key.app).and_then(|app| app.map_or(Ok(None), |app| app.read(&key.id)));
    match found.map_err(|error| of_io(folder, error))? {
        None => Err(Error::NotFound("session")),
        Some((_, Content::Bytes(bytes))) => Ok(bytes),
        Some((_, Content::TooLarge)) => {
            Err(Error::NotWritable { reason: format!("it is larger than the limit of {} bytes", folder.limit()) })
        }
        Some((_, Content::Unreadable(error))) => {
            Err(Error::NotWritable { reason: format!("it cannot be read: {}", error.kind()) })
        }
    }
}

fn stat(folder: &Folder, key: &SessionKey) -> Result<Option<FileStat>, Error> {
    let open = folder.open().map_err(|error| of_root(&error))?;
    let found = open.app(&key.app).and_then(|app| app.map_or(Ok(None), |app| app.stat(&key.id)));
    found.map_err(|error| of_io(folder, error))
}

fn keep(folder: &Folder, writer: &Writer, key: &SessionKey) -> Result<KeptFile, Error> {
    // The writer's "gone" can also mean that the whole folder is.
    folder.open().map_err(|error| of_root(&error))?;
    writer.keep(key).map_err(|error| of_write(folder, error))
}

/// What it means that the root cannot be opened.
fn of_root(error: &io::Error) -> Error {
    if is_exhausted(error) { Error::TooManyOpenFiles } else { unavailable(error) }
}

fn unavailable(error: &io::Error) -> Error {
    Error::FolderUnavailable { reason: why_away(error) }
}

/// What a failed write means to the caller.
pub(super) fn of_write(folder: &Folder, error: WriteError) -> Error {
    match error {
        WriteError::Gone => match folder.id() {
            Ok(_) => Error::NotFound("session"),
            Err(error) => unavailable(&error),
        },
        WriteError::Changed => Error::Busy,
        WriteError::AlreadyThere => Error::AlreadyThere,
        WriteError::OwnerCannotBeKept { run_as } => Error::OwnerCannotBeKept { run_as },
        WriteError::NoSpace => Error::NoSpace,
        WriteError::Io(error) => of_io(folder, error),
        WriteError::Unsure(error) => {
            tracing::error!(%error, "the disk failed behind a change");
            Error::Unsure { change: None, reason: error.kind().to_string() }
        }
    }
}

fn of_io(folder: &Folder, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Error::NotWritable { reason: error.kind().to_string() }
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Error::NoSpace,
        _ if is_exhausted(&error) => Error::TooManyOpenFiles,
        _ if was_away(&error) => unavailable(&error),
        _ => match folder.id() {
            Ok(_) => Error::internal(error),
            Err(error) => unavailable(&error),
        },
    }
}

/// Of the file that stands there now; `None` where there is none.
pub(super) fn current_digest(folder: &Folder, writer: &Writer, key: &SessionKey) -> Result<Option<Digest>, Error> {
    match keep(folder, writer, key) {
        Ok(file) => Ok(Some(Digest::of(&file.bytes))),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
