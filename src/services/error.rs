//! Everything that can go wrong, once: code, status, title, and what to do.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::account::{Forbidden, Permission};
use crate::domain::push::{self, PushError};
use crate::domain::query::QueryError;
use crate::store::database::{self, OpenError};
use crate::store::root::Unavailable;

/// One value of the input that is not acceptable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// Where it stands, as a JSON pointer.
    pub pointer: String,
    /// What is wrong with it, in a sentence.
    pub detail: String,
}

impl FieldError {
    /// An error at this pointer.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

/// The ways in which a request can fail. `Display` is the sentence for people: what happened, what
/// was kept, what to do. It never holds a secret.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's sentence stands above it")]
pub enum Error {
    #[error("{0}")]
    Query(#[from] QueryError),
    #[error("The request body cannot be read: {0}.")]
    MalformedBody(Cow<'static, str>),
    #[error("{}", .0.first().map_or("The request is not acceptable.", |e| &e.detail))]
    Invalid(Vec<FieldError>),
    #[error("This needs a token (\"Authorization: Bearer mst_…\") or a login.")]
    Unauthenticated,
    #[error("{}", .0.sentence())]
    InvalidToken(TokenFault),
    #[error("{}", forbidden_detail(*.0))]
    Forbidden(Permission),
    #[error(
        "The password of this login was given too long ago for this: nothing was changed. Log in again in the panel, or send a token."
    )]
    PasswordNeeded,
    #[error(
        "The password of this login was made up: choose another one first, in the panel or by PUT /api/v1/me/password."
    )]
    PasswordChangeNeeded,
    #[error("{0}")]
    CrossOrigin(&'static str),
    #[error("This server does not answer to the host name in this request. If it should, start it with --host NAME.")]
    UnknownHost,
    #[error("There is no {0} here.")]
    NotFound(&'static str),
    #[error("This address does not take {method}; it takes {allow}.")]
    MethodNotAllowed { method: String, allow: String },
    #[error("The file was changed since it was read: nothing was written. Read it again and decide anew.")]
    PreconditionFailed,
    #[error("Another program is writing this file: nothing was written. Try again in a moment.")]
    Busy,
    #[error("A file of this name is there again: it was kept, and nothing was restored.")]
    AlreadyThere,
    #[error("The value is no longer what the change made it: it was kept, and nothing was undone.")]
    ChangedSince,
    #[error("This change has been undone already.")]
    AlreadyUndone,
    #[error("What this change took away is not kept any more, so it cannot be undone.")]
    NotKept,
    #[error(
        "The key {pointer} stands twice in this file. Which one 4D reads is not known, so nothing was written. Repair the file first."
    )]
    DuplicateKeys { pointer: String },
    #[error("This file is not a JSON object, so no value in it can be changed. It can be deleted.")]
    NotAnObject,
    #[error("The owner or mode of this file cannot be kept, so nothing was written. Run mobile-sessions as {run_as}.")]
    OwnerCannotBeKept { run_as: String },
    #[error("The file may not be written: {reason}. Nothing was changed.")]
    NotWritable { reason: String },
    #[error("There is no space left on the disk. Nothing was changed.")]
    NoSpace,
    /// The file was changed, and the disk failed when that was to last. The change is in the journal, or will be.
    #[error(
        "The file has the new content, but the disk failed before it could be made permanent ({reason}): after a power \
         failure the old content may be back. The journal shows within half a minute what was done. Check the disk."
    )]
    Unsure { change: Option<String>, reason: String },
    #[error("This program may not open any more files at the moment. Nothing was changed. Try again in a moment.")]
    TooManyOpenFiles,
    #[error("{}", unavailable_detail(.reason))]
    FolderUnavailable { reason: Unavailable },
    #[error("The program's own database cannot be written: {reason}. Nothing was changed.")]
    StoreUnavailable { reason: String },
    #[error("No connection to 4D is configured, so nothing was pushed.")]
    PushNotConfigured,
    #[error(
        "A push is running, and the next one waits for it: it tells 4D of everything that was changed until it begins."
    )]
    PushRunning,
    #[error("{}", would_drop_detail(.named, *.more, *.others))]
    PushWouldDrop { named: Vec<String>, more: usize, others: bool },
    #[error("{failure} Nothing counts as pushed.")]
    PushFailed { failure: push::Failure, push_errors: Vec<PushError> },
    #[error("The body is larger than {limit} bytes.")]
    TooLarge { limit: usize },
    #[error("The body must be {expected}.")]
    UnsupportedMediaType { expected: &'static str },
    #[error("Too many requests. Try again in {seconds} s.")]
    TooMany { seconds: u64 },
    #[error("{found} sessions match, not {expected}: nothing was changed. Look at the list, and decide anew.")]
    TotalDiffers { expected: u64, found: u64 },
    #[error("The batch was stopped before this session had its turn: it was left as it is.")]
    BatchStopped,
    #[error("Your rights have changed since the first answer to this Idempotency-Key, so it is not shown again.")]
    ReplayWithheld,
    #[error("This Idempotency-Key was used with another request. Use a new key.")]
    IdempotencyMismatch,
    #[error("The first request with this Idempotency-Key is still running. Try again in a moment.")]
    IdempotencyRunning,
    #[error("{0}")]
    Conflict(#[from] Conflict),
    /// A fault of the program or of its own storage; the cause goes to the log alone.
    #[error(
        "The program could not finish this because of a fault on its side. Its log says more, under this request's id."
    )]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What is wrong with a token that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFault {
    /// It worked once.
    Expired,
    /// There is none such now.
    Unknown,
}

impl TokenFault {
    /// In a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            TokenFault::Expired => "The token has expired.",
            TokenFault::Unknown => "The token is unknown or was revoked.",
        }
    }
}

/// What stands against a request that is fine in itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's sentence stands above it")]
pub enum Conflict {
    #[error("The file is larger than the limit and is not read.")]
    FileTooLarge,
    #[error("The file cannot be read: {0}.")]
    FileUnreadable(String),
    #[error("There are 1,000 rules already: nothing was created. Delete some first.")]
    TooManyRules,
    #[error("The webhook is switched off, so nothing was sent. Switch it on first.")]
    WebhookOff,
    #[error("An earlier delivery of the same session comes first: this one follows it by itself.")]
    DeliveryWaits,
    #[error(
        "This link works once, for one hour, and only the one printed last: no user was created. Start the program again for a new one."
    )]
    SetupLinkSpent,
    #[error("This is the last owner: nothing was changed. Make somebody else an owner first.")]
    LastOwner,
    #[error("This name is taken: nothing was changed. Choose another.")]
    NameTaken,
    #[error("A token has no password: log in as its user.")]
    TokenHasNoPassword,
    #[error("The session is accepted already, so no approval link was made: it needs none.")]
    SessionAccepted,
    #[error("The session does not wait for approval, so no approval link was made. Set its status to pending first.")]
    SessionNotPending,
}

impl Conflict {
    /// Every conflict by its name; details are empty.
    pub const ALL: [Conflict; 11] = [
        Conflict::FileTooLarge,
        Conflict::FileUnreadable(String::new()),
        Conflict::TooManyRules,
        Conflict::WebhookOff,
        Conflict::DeliveryWaits,
        Conflict::SetupLinkSpent,
        Conflict::LastOwner,
        Conflict::NameTaken,
        Conflict::TokenHasNoPassword,
        Conflict::SessionAccepted,
        Conflict::SessionNotPending,
    ];

    /// A stable name.
    pub fn as_str(&self) -> &'static str {
        match self {
            Conflict::FileTooLarge => "file-too-large",
            Conflict::FileUnreadable(_) => "file-unreadable",
            Conflict::TooManyRules => "too-many-rules",
            Conflict::WebhookOff => "webhook-off",
            Conflict::DeliveryWaits => "delivery-waits",
            Conflict::SetupLinkSpent => "setup-link-spent",
            Conflict::LastOwner => "last-owner",
            Conflict::NameTaken => "name-taken",
            Conflict::TokenHasNoPassword => "token-has-no-password",
            Conflict::SessionAccepted => "session-accepted",
            Conflict::SessionNotPending => "session-not-pending",
        }
    }

    /// What the system says of it.
    pub fn detail(&self) -> &str {
        match self {
            Conflict::FileUnreadable(why) => why,
            _ => "",
        }
    }
}

fn forbidden_detail(permission: Permission) -> &'static str {
    match permission {
        Permission::Read => "This is not for this caller.",
        Permission::Change => "Changing sessions needs the role operator or owner.",
        Permission::Administer => "This needs the role owner.",
        Permission::ReadAccessLog => "This needs the role owner, and for all apps.",
        Permission::ReadMetrics => "This counts all apps, so it is not for those who are held to some.",
        Permission::ReadSecrets => "This needs a token that was given secrets:read.",
    }
}

fn unavailable_detail(reason: &Unavailable) -> String {
    match reason {
        Unavailable::Away(reason) => format!(
            "The MobileApps folder is not available: {reason}. It is looked at every second; try again when it is back."
        ),
        Unavailable::Changed(change) => format!(
            "The MobileApps folder is not the one that was served before: {change}. Nothing counts as deleted. An owner \
             confirms that it is the right one, or the right one is put back."
        ),
    }
}

/// Who is held to some apps is not told of others, but that there are some.
fn would_drop_detail(named: &[String], more: usize, others: bool) -> String {
    let mut sessions = if named.is_empty() { "none in your apps".to_owned() } else { named.join(", ") };
    if more > 0 {
        sessions.push_str(&format!(", {more} more"));
    }
    if others {
        sessions.push_str(" and others in other apps");
    }
    let way = match (named.is_empty(), others) {
        (_, true) => "Ask somebody who may see all apps to mend the files, or to allow it.",
        _ => "Mend or delete the files, or push with \"allow_noncompliant\": true.",
    };
    format!(
        "Nothing was pushed: 4D would drop these sessions, whose files it does not take, and log their devices out: \
         {sessions}. {way}"
    )
}

impl From<Forbidden> for Error {
    fn from(Forbidden(permission): Forbidden) -> Self {
        Error::Forbidden(permission)
    }
}

impl From<OpenError> for Error {
    fn from(error: OpenError) -> Self {
        Error::internal(error)
    }
}

impl From<database::Error> for Error {
    fn from(error: database::Error) -> Self {
        Error::of_database(&error).unwrap_or_else(|| Error::internal(error))
    }
}

/// One row of the table: code, HTTP status, title.
type Row = (&'static str, u16, &'static str);

/// Every code with its status, title, and the help that its page at `/problems/CODE` gives.
pub const HELP: &[(&str, u16, &str, &str)] = &[
    (
        "invalid-query",
        400,
        "The query cannot be understood",
        "The detail names the key or value. The API documentation lists what each list takes.",
    ),
    (
        "malformed-body",
        400,
        "The request body cannot be read",
        "Send JSON in UTF-8 with the header Content-Type: application/json.",
    ),
    (
        "unauthenticated",
        401,
        "Not logged in",
        "Send a token that is neither expired nor revoked, or log in in the browser.",
    ),
    ("forbidden", 403, "Not allowed", "Ask an owner for a role or token that may do this."),
    (
        "replay-withheld",
        403,
        "The first answer is not shown again",
        "It was for somebody with other rights, or for another login. The request was not made again.",
    ),
    (
        "password-needed",
        403,
        "Enter your password again",
        "What gives others rights needs a password that was given a short while ago (--confirm-after). Log in again in \
         the panel, or send a token.",
    ),
    (
        "password-change-needed",
        403,
        "Another password is needed first",
        "This password was made up for you. Choose your own in the panel, or by PUT /api/v1/me/password.",
    ),
    (
        "cross-origin",
        403,
        "The request came from another site",
        "Send requests with a login from the panel's own pages alone; programs use a token.",
    ),
    ("not-found", 404, "Not found", "It may have been deleted, or lie outside what this caller may see."),
    ("method-not-allowed", 405, "Method not allowed", "The header Allow names the methods of this address."),
    (
        "busy",
        409,
        "Another program is writing this file",
        "The file was half-written, or kept changing, for as long as was waited. Nothing was written. Send the request \
         again after the time in Retry-After.",
    ),
    (
        "already-there",
        409,
        "There is a file of this name again",
        "The file that is there was kept. Delete it first if the old one shall come back.",
    ),
    (
        "changed-since",
        409,
        "Changed since",
        "Somebody changed the value after the change that you want to undo. It was kept. Set the value you want.",
    ),
    ("already-undone", 409, "Undone already", "Undo the undo to have the change back."),
    ("not-kept", 409, "Not kept any more", "Deleted files are kept for a limited time (--keep-deleted)."),
    (
        "owner-cannot-be-kept",
        409,
        "Owner, group or mode cannot be kept",
        "Nothing was written. Run mobile-sessions as the user that owns the files, as the detail names it.",
    ),
    (
        "not-writable",
        409,
        "The file may not be written",
        "Nothing was changed. Give the user that mobile-sessions runs as the right to write in the folder.",
    ),
    (
        "push-not-configured",
        409,
        "No connection to 4D is configured",
        "Changes are in the files; run MOBILE APP REFRESH SESSIONS in 4D to make them count, or connect 4D: /push shows how.",
    ),
    (
        "push-running",
        409,
        "A push is running, and another waits",
        "The one that waits tells 4D of your changes as well. GET /push says how it ended; push again after the time in \
         Retry-After if something is left.",
    ),
    (
        "push-would-drop-sessions",
        409,
        "4D would drop sessions at this push",
        "4D logs out the devices whose files it does not take. Mend or delete the files, or allow it: push with \
         allow_noncompliant. A caller who is held to some apps cannot allow it for others.",
    ),
    ("conflict", 409, "Conflict", "The detail says what stands against it."),
    (
        "total-differs",
        409,
        "The number of matching sessions has changed",
        "Nothing was changed. The filter selects more or fewer sessions than if_total says: list them, then send the \
         number that you mean.",
    ),
    (
        "batch-stopped",
        409,
        "The batch was stopped",
        "Somebody stopped it, or its caller lost the right to it. Sessions that had their turn before are changed; this \
         one is not.",
    ),
    ("idempotency-running", 409, "The first request is still running", "Try again in a moment to get its answer."),
    (
        "precondition-failed",
        412,
        "Changed since it was read",
        "Nothing was written. Read it again, and send the new ETag.",
    ),
    ("too-large", 413, "The body is too large", "Send less at once; a batch takes at most 10,000 sessions."),
    ("unsupported-media-type", 415, "Unsupported media type", "The detail names the type to send."),
    (
        "unknown-host",
        421,
        "Not a host name of this server",
        "Open the panel by the address it was started with. --host NAME adds one more name.",
    ),
    (
        "invalid-value",
        422,
        "A value is not acceptable",
        "The list of errors names each value and what is wrong with it.",
    ),
    ("duplicate-keys", 422, "A known key stands twice", "Nothing was written. Repair the file: keep one of the two."),
    (
        "not-an-object",
        422,
        "The file is not a JSON object",
        "It can be looked at and deleted, but nothing in it can be changed.",
    ),
    ("idempotency-mismatch", 422, "The Idempotency-Key was used before", "Use a new key for a new request."),
    ("too-many-requests", 429, "Too many requests", "The header Retry-After says how many seconds to wait."),
    ("internal", 500, "A fault in mobile-sessions", "The log says more, under the request's id."),
    (
        "unsure",
        500,
        "The disk failed while the change was being made",
        "The change is in the file and, under the id in X-Change-Id, in the journal; whether it outlives a power failure \
         is not known. Check the disk before you go on.",
    ),
    (
        "push-failed",
        502,
        "4D did not take the push",
        "Everything stays as not pushed. The detail says what happened; push_errors holds what 4D reported.",
    ),
    (
        "folder-unavailable",
        503,
        "The MobileApps folder is unavailable",
        "It is looked at every second, and lists come back with it. Check the disk or network share.",
    ),
    (
        "folder-changed",
        503,
        "This is not the same MobileApps folder as before",
        "Nothing is shown, and nothing counts as deleted. Mount the right disk or share: lists come back by themselves. \
         If this folder is the right one, an owner confirms it in the panel, or you start the program with --moved once.",
    ),
    (
        "store-unavailable",
        503,
        "The database cannot be written",
        "Nothing can be changed until it can. Check the disk and the rights of the data folder.",
    ),
    (
        "too-many-open-files",
        503,
        "Too many files are open",
        "Nothing was changed. Try again. If it happens often, start mobile-sessions with a higher limit of open files: it \
         says at its start how many it needs.",
    ),
    ("no-space", 507, "No space left on the disk", "Nothing was changed. Free space, and try again."),
];

/// The code of what had no turn before its batch was stopped.
const STOPPED: &str = "batch-stopped";

impl Problem {
    /// Whether it says that a batch was stopped.
    pub fn is_of_a_stop(&self) -> bool {
        self.kind.rsplit('/').next() == Some(STOPPED)
    }
}

impl Error {
    /// What an error of the database means, where it is no fault of the program.
    pub fn of_database(error: &database::Error) -> Option<Self> {
        if database::is_out_of_space(error) {
            return Some(Error::NoSpace);
        }
        let reason = database::trouble(error)?;
        tracing::error!(%error, "the database cannot be used");
        Some(Error::StoreUnavailable { reason })
    }

    /// A fault of the program; the cause goes to the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Error::Internal(cause.into())
    }

    /// One value that is not acceptable.
    pub fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Error::Invalid(vec![FieldError::new(pointer, detail)])
    }

    /// A stable name: the last part of `/problems/…`.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Query(_) => "invalid-query",
            Error::MalformedBody(_) => "malformed-body",
            Error::Invalid(_) => "invalid-value",
            Error::Unauthenticated | Error::InvalidToken(_) => "unauthenticated",
            Error::Forbidden(_) => "forbidden",
            Error::PasswordNeeded => "password-needed",
            Error::PasswordChangeNeeded => "password-change-needed",
            Error::CrossOrigin(_) => "cross-origin",
            Error::UnknownHost => "unknown-host",
            Error::NotFound(_) => "not-found",
            Error::MethodNotAllowed { .. } => "method-not-allowed",
            Error::PreconditionFailed => "precondition-failed",
            Error::Busy => "busy",
            Error::AlreadyThere => "already-there",
            Error::ChangedSince => "changed-since",
            Error::AlreadyUndone => "already-undone",
            Error::NotKept => "not-kept",
            Error::DuplicateKeys { .. } => "duplicate-keys",
            Error::NotAnObject => "not-an-object",
            Error::OwnerCannotBeKept { .. } => "owner-cannot-be-kept",
            Error::NotWritable { .. } => "not-writable",
            Error::NoSpace => "no-space",
            Error::Unsure { .. } => "unsure",
            Error::TooManyOpenFiles => "too-many-open-files",
            Error::FolderUnavailable { reason: Unavailable::Away(_) } => "folder-unavailable",
            Error::FolderUnavailable { reason: Unavailable::Changed(_) } => "folder-changed",
            Error::StoreUnavailable { .. } => "store-unavailable",
            Error::PushNotConfigured => "push-not-configured",
            Error::PushRunning => "push-running",
            Error::PushWouldDrop { .. } => "push-would-drop-sessions",
            Error::PushFailed { .. } => "push-failed",
            Error::TooLarge { .. } => "too-large",
            Error::UnsupportedMediaType { .. } => "unsupported-media-type",
            Error::TooMany { .. } => "too-many-requests",
            Error::TotalDiffers { .. } => "total-differs",
            Error::BatchStopped => STOPPED,
            Error::ReplayWithheld => "replay-withheld",
            Error::IdempotencyMismatch => "idempotency-mismatch",
            Error::IdempotencyRunning => "idempotency-running",
            Error::Conflict(_) => "conflict",
            Error::Internal(_) => "internal",
        }
    }

    fn row(&self) -> Row {
        let code = self.code();
        HELP.iter()
            .find(|row| row.0 == code)
            .map_or((code, 500, "A fault in mobile-sessions"), |&(code, status, title, _)| (code, status, title))
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.row().1
    }

    /// The title of the code, the same for every occurrence.
    pub fn title(&self) -> &'static str {
        self.row().2
    }

    /// Seconds after which it is worth to try again.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Error::TooMany { seconds } => Some(*seconds),
            Error::PushRunning => Some(5),
            Error::FolderUnavailable { .. } | Error::StoreUnavailable { .. } => Some(1),
            Error::Busy | Error::TooManyOpenFiles | Error::IdempotencyRunning => Some(1),
            _ => None,
        }
    }

    /// The error as `application/problem+json` shows it.
    pub fn problem(&self, request_id: &str) -> Problem {
        let errors = match self {
            Error::Invalid(errors) => errors.clone(),
            Error::Query(error) => {
                let key = error.key.replace('~', "~0").replace('/', "~1");
                vec![FieldError::new(format!("/{key}"), &error.detail)]
            }
            _ => Vec::new(),
        };
        Problem {
            kind: format!("/problems/{}", self.code()),
            title: self.title().into(),
            status: self.status(),
            detail: self.to_string(),
            request_id: request_id.to_owned(),
            errors,
            push_errors: match self {
                Error::PushFailed { push_errors, .. } => Some(push_errors.clone()),
                _ => None,
            },
        }
    }
}

/// An error as programs see it (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(examples(json!({
    "type": "/problems/precondition-failed", "title": "Changed since it was read", "status": 412,
    "detail": "The file was changed since it was read: nothing was written. Read it again and decide anew.",
    "request_id": "01K9ZC4T8TQ4D0Y2F1G3H5J7KM", "errors": [], "push_errors": null
})))]
pub struct Problem {
    /// A stable relative URI that resolves to a page which explains it.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same for every occurrence of the type.
    pub title: Cow<'static, str>,
    /// The HTTP status.
    pub status: u16,
    /// What happened, what was kept, what to do.
    pub detail: String,
    /// To find the request in the log.
    pub request_id: String,
    /// Each value of the input that is not acceptable.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// What 4D reported, where a push failed.
    pub push_errors: Option<Vec<PushError>>,
}

impl Problem {
    /// The last part of its type, as [`Error::code`] gives it.
    pub fn code(&self) -> &str {
        self.kind.rsplit('/').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::root::FolderChange;

    #[test]
    fn every_error_has_its_row_in_the_table() {
        let errors = [
            Error::Query(QueryError::new("x", "y")),
            Error::MalformedBody("x".into()),
            Error::Invalid(Vec::new()),
            Error::Unauthenticated,
            Error::Forbidden(Permission::Read),
            Error::PasswordNeeded,
            Error::PasswordChangeNeeded,
            Error::CrossOrigin("x"),
            Error::UnknownHost,
            Error::NotFound("x"),
            Error::MethodNotAllowed { method: String::new(), allow: String::new() },
            Error::PreconditionFailed,
            Error::Busy,
            Error::Unsure { change: None, reason: String::new() },
            Error::TooManyOpenFiles,
            Error::AlreadyThere,
            Error::ChangedSince,
            Error::AlreadyUndone,
            Error::NotKept,
            Error::DuplicateKeys { pointer: String::new() },
            Error::NotAnObject,
            Error::OwnerCannotBeKept { run_as: String::new() },
            Error::NotWritable { reason: String::new() },
            Error::NoSpace,
            Error::FolderUnavailable { reason: Unavailable::Away(String::new()) },
            Error::FolderUnavailable { reason: Unavailable::Changed(FolderChange::Empty) },
            Error::StoreUnavailable { reason: String::new() },
            Error::PushNotConfigured,
            Error::PushRunning,
            Error::PushWouldDrop { named: Vec::new(), more: 0, others: true },
            Error::PushFailed { failure: push::FailureKind::Refused.into(), push_errors: Vec::new() },
            Error::TooLarge { limit: 1 },
            Error::UnsupportedMediaType { expected: "x" },
            Error::TooMany { seconds: 1 },
            Error::TotalDiffers { expected: 1, found: 2 },
            Error::BatchStopped,
            Error::ReplayWithheld,
            Error::IdempotencyMismatch,
            Error::IdempotencyRunning,
            Error::Conflict(Conflict::NameTaken),
            Error::internal("x"),
        ];
        for error in &errors {
            assert!(HELP.iter().any(|row| row.0 == error.code()), "{error:?}");
        }
        assert_eq!(HELP.len(), errors.len(), "a row without an error");
    }
}
