//! The ways in which a request can fail, each with its arguments.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

use crate::domain::account::{Actor, Forbidden, Permission};
use crate::domain::push::{self, PushError};
use crate::domain::query::QueryError;
use crate::i18n::Message;
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

/// The ways in which a request can fail. `Display` is the detail of its [`Problem`]: what happened, what was kept, what
/// to do, in English. It never holds a secret.
#[derive(Debug)]
pub enum Error {
    Query(QueryError),
    MalformedBody(BodyFault),
    Invalid(Vec<FieldError>),
    Unauthenticated,
    InvalidToken(TokenFault),
    Forbidden(Permission),
    PasswordNeeded,
    PasswordChangeNeeded,
    SecondFactorNeeded,
    CrossOrigin(CrossOrigin),
    UnknownHost,
    /// What there is none of: the message `missing-…` names it.
    NotFound(&'static str),
    MethodNotAllowed {
        method: String,
        allow: String,
    },
    PreconditionFailed,
    Busy,
    AlreadyThere,
    ChangedSince,
    AlreadyUndone,
    NotKept,
    DuplicateKeys {
        pointer: String,
    },
    NotAnObject,
    OwnerCannotBeKept {
        run_as: String,
    },
    NotWritable {
        reason: String,
    },
    NoSpace,
    /// The file was changed, and the disk failed when that was to last. The change is in the journal, or will be.
    Unsure {
        change: Option<String>,
        reason: String,
    },
    TooManyOpenFiles,
    FolderUnavailable {
        reason: Unavailable,
    },
    StoreUnavailable {
        reason: String,
    },
    PushNotConfigured,
    PushRunning,
    /// Whoever is held to some apps is told that there are sessions in other apps, and not which.
    PushWouldDrop {
        named: Vec<String>,
        more: usize,
        others: bool,
    },
    PushFailed {
        failure: push::Failure,
        push_errors: Vec<PushError>,
    },
    TooLarge {
        limit: usize,
    },
    UnsupportedMediaType {
        expected: BodyType,
    },
    TooMany {
        seconds: u64,
    },
    TotalDiffers {
        expected: u64,
        found: u64,
    },
    BatchStopped,
    ReplayWithheld,
    IdempotencyMismatch,
    IdempotencyRunning,
    Conflict(Conflict),
    /// A fault of the program or of its own storage; the cause goes to the log alone.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// Why a body cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum BodyFault {
    CutShort,
    Late,
    NoSuchEvent,
    NoStateOfAFile,
    /// What its reader says of it.
    Unreadable(String),
}

/// What a body must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum BodyType {
    Json,
    JsonOrMergePatch,
    /// Without a `Content-Encoding`.
    Plain,
}

/// What is wrong with a token that was sent.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum TokenFault {
    Expired,
    /// There is none such now.
    Unknown,
    /// This one is limited to other networks. Who sent it is told that it is unknown.
    #[strum(serialize = "unknown")]
    Elsewhere(Actor),
}

/// Why a request seems to come from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum CrossOrigin {
    /// The browser names another site.
    OtherSite,
    /// Neither the browser nor a program names a site.
    UnknownSite,
    /// The form belongs to another login.
    OtherLogin,
}

/// What stands against a request that is fine in itself.
#[derive(Clone, Debug, PartialEq, Eq, IntoStaticStr, strum::EnumIter)]
#[strum(serialize_all = "kebab-case")]
pub enum Conflict {
    FileTooLarge,
    FileUnreadable(String),
    TooManyRules,
    TooManyViews,
    WebhookOff,
    DeliveryWaits,
    SetupLinkSpent,
    LastOwner,
    NameTaken,
    TokenHasNoPassword,
    NoFactor,
    NoFactorBegun,
    TokenExpired,
    TokenGivesMore,
    SessionAccepted,
    SessionNotPending,
    NotToBeDeclined,
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Internal(cause) => Some(cause.as_ref()),
            _ => None,
        }
    }
}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        Error::Query(error)
    }
}

impl From<BodyFault> for Error {
    fn from(fault: BodyFault) -> Self {
        Error::MalformedBody(fault)
    }
}

impl From<Conflict> for Error {
    fn from(conflict: Conflict) -> Self {
        Error::Conflict(conflict)
    }
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

impl Error {
    /// What an error of the database means, where it is no fault of the program.
    pub fn of_database(error: &database::Error) -> Option<Self> {
        if database::is_out_of_space(error) {
            return Some(Error::NoSpace);
        }
        if database::holds_nul(error) {
            return Some(Error::invalid("", Message::new("value-holds-nul")));
        }
        let reason = database::explain(error)?;
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
}
