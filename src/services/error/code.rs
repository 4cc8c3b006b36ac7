//! The code of each error, which is the last part of its problem's type, and its HTTP status.

use strum::{EnumString, IntoStaticStr, VariantArray};

use super::kinds::Error;
use crate::domain::spelling::spelled;
use crate::store::root::Unavailable;

/// A stable name of what went wrong: the last part of `/problems/…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Code {
    InvalidQuery,
    MalformedBody,
    Unauthenticated,
    Forbidden,
    ReplayWithheld,
    PasswordNeeded,
    PasswordChangeNeeded,
    SecondFactorNeeded,
    CrossOrigin,
    NotFound,
    MethodNotAllowed,
    Busy,
    AlreadyThere,
    ChangedSince,
    AlreadyUndone,
    NotKept,
    OwnerCannotBeKept,
    NotWritable,
    PushNotConfigured,
    PushRunning,
    PushWouldDropSessions,
    Conflict,
    TotalDiffers,
    BatchStopped,
    IdempotencyRunning,
    PreconditionFailed,
    TooLarge,
    UnsupportedMediaType,
    UnknownHost,
    InvalidValue,
    DuplicateKeys,
    NotAnObject,
    IdempotencyMismatch,
    TooManyRequests,
    Internal,
    Unsure,
    PushFailed,
    FolderUnavailable,
    FolderChanged,
    StoreUnavailable,
    TooManyOpenFiles,
    NoSpace,
}

spelled!(Code);

impl Code {
    pub fn status(self) -> u16 {
        use Code::*;
        match self {
            InvalidQuery | MalformedBody => 400,
            Unauthenticated => 401,
            Forbidden | ReplayWithheld | PasswordNeeded | PasswordChangeNeeded | SecondFactorNeeded | CrossOrigin => {
                403
            }
            NotFound => 404,
            MethodNotAllowed => 405,
            Busy | AlreadyThere | ChangedSince | AlreadyUndone | NotKept | OwnerCannotBeKept | NotWritable => 409,
            PushNotConfigured | PushRunning | PushWouldDropSessions => 409,
            Conflict | TotalDiffers | BatchStopped | IdempotencyRunning => 409,
            PreconditionFailed => 412,
            TooLarge => 413,
            UnsupportedMediaType => 415,
            UnknownHost => 421,
            InvalidValue | DuplicateKeys | NotAnObject | IdempotencyMismatch => 422,
            TooManyRequests => 429,
            Internal | Unsure => 500,
            PushFailed => 502,
            FolderUnavailable | FolderChanged | StoreUnavailable | TooManyOpenFiles => 503,
            NoSpace => 507,
        }
    }
}

impl Error {
    pub fn code(&self) -> Code {
        match self {
            Error::Query(_) => Code::InvalidQuery,
            Error::MalformedBody(_) => Code::MalformedBody,
            Error::Invalid(_) => Code::InvalidValue,
            Error::Unauthenticated | Error::InvalidToken(_) => Code::Unauthenticated,
            Error::Forbidden(_) => Code::Forbidden,
            Error::PasswordNeeded => Code::PasswordNeeded,
            Error::PasswordChangeNeeded => Code::PasswordChangeNeeded,
            Error::SecondFactorNeeded => Code::SecondFactorNeeded,
            Error::CrossOrigin(_) => Code::CrossOrigin,
            Error::UnknownHost => Code::UnknownHost,
            Error::NotFound(_) => Code::NotFound,
            Error::MethodNotAllowed { .. } => Code::MethodNotAllowed,
            Error::PreconditionFailed => Code::PreconditionFailed,
            Error::Busy => Code::Busy,
            Error::AlreadyThere => Code::AlreadyThere,
            Error::ChangedSince => Code::ChangedSince,
            Error::AlreadyUndone => Code::AlreadyUndone,
            Error::NotKept => Code::NotKept,
            Error::DuplicateKeys { .. } => Code::DuplicateKeys,
            Error::NotAnObject => Code::NotAnObject,
            Error::OwnerCannotBeKept { .. } => Code::OwnerCannotBeKept,
            Error::NotWritable { .. } => Code::NotWritable,
            Error::NoSpace => Code::NoSpace,
            Error::Unsure { .. } => Code::Unsure,
            Error::TooManyOpenFiles => Code::TooManyOpenFiles,
            Error::FolderUnavailable { reason: Unavailable::Away(_) } => Code::FolderUnavailable,
            Error::FolderUnavailable { reason: Unavailable::Changed(_) } => Code::FolderChanged,
            Error::StoreUnavailable { .. } => Code::StoreUnavailable,
            Error::PushNotConfigured => Code::PushNotConfigured,
            Error::PushRunning => Code::PushRunning,
            Error::PushWouldDrop { .. } => Code::PushWouldDropSessions,
            Error::PushFailed { .. } => Code::PushFailed,
            Error::TooLarge { .. } => Code::TooLarge,
            Error::UnsupportedMediaType { .. } => Code::UnsupportedMediaType,
            Error::TooMany { .. } => Code::TooManyRequests,
            Error::TotalDiffers { .. } => Code::TotalDiffers,
            Error::BatchStopped => Code::BatchStopped,
            Error::ReplayWithheld => Code::ReplayWithheld,
            Error::IdempotencyMismatch => Code::IdempotencyMismatch,
            Error::IdempotencyRunning => Code::IdempotencyRunning,
            Error::Conflict(_) => Code::Conflict,
            Error::Internal(_) => Code::Internal,
        }
    }

    pub fn status(&self) -> u16 {
        self.code().status()
    }
}
