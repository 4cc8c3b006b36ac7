//! What a caller must be allowed to do, as types. A handler names one and does not run without it.

use super::identity::Identity;
use crate::domain::account::Permission;
use crate::services::error::{Conflict, Error};

/// What a handler asks of its caller before anything else of the request is read.
pub trait Guard: 'static {
    /// What the caller must be allowed to do.
    const PERMISSION: Permission;

    /// Whether this caller may, now.
    fn check(identity: &Identity) -> Result<(), Error> {
        if identity.must_change_password() {
            return Err(Error::PasswordChangeNeeded);
        }
        if identity.must_enrol() {
            return Err(Error::SecondFactorNeeded);
        }
        Ok(identity.caller.require(Self::PERMISSION)?)
    }
}

pub struct Read;

impl Guard for Read {
    const PERMISSION: Permission = Permission::Read;
}

pub struct Change;

impl Guard for Change {
    const PERMISSION: Permission = Permission::Change;
}

pub struct Administer;

impl Guard for Administer {
    const PERMISSION: Permission = Permission::Administer;
}

/// Owners of all apps may.
pub struct ReadAccessLog;

impl Guard for ReadAccessLog {
    const PERMISSION: Permission = Permission::ReadAccessLog;
}

/// Callers who are held to no apps may.
pub struct ReadMetrics;

impl Guard for ReadMetrics {
    const PERMISSION: Permission = Permission::ReadMetrics;
}

/// Tokens that were given `secrets:read` may.
pub struct ReadSecrets;

impl Guard for ReadSecrets {
    const PERMISSION: Permission = Permission::ReadSecrets;
}

/// A person with a login may, also while their password must be changed.
pub struct OwnLogin;

impl Guard for OwnLogin {
    const PERMISSION: Permission = Permission::Read;

    fn check(identity: &Identity) -> Result<(), Error> {
        identity.login.as_ref().map(drop).ok_or(Error::Conflict(Conflict::TokenHasNoPassword))
    }
}
