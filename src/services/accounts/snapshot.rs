//! Who each token and each login is, in memory: what a request asks for takes no database.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};

use super::LoginLimits;
use crate::domain::account::{Actor, ActorKind, Caller, Settings};
use crate::domain::timestamp::Timestamp;
use crate::store::database::accounts::{Everybody, LoginRow, SecretHash, Stamp, TokenRow, UserRow};

/// Uses within this time, in milliseconds, are noted once.
const NOTED_ONCE: i64 = 60_000;

/// What the id of a caller who is a user begins with.
pub(super) const USER: &str = "user:";

/// Everybody who may come in, as long as the stamp is this one.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// `None` where nobody can say for how long the rest is true.
    pub(super) stamp: Option<Stamp>,
    pub(super) tokens: HashMap<SecretHash, Entry>,
    pub(super) logins: HashMap<SecretHash, Entry>,
    /// Users who are not kept out, by their callers' ids.
    users: HashMap<String, (Caller, Settings)>,
}

/// What one secret gives.
#[derive(Debug)]
pub(super) struct Entry {
    /// Of the token or login.
    pub(super) id: String,
    pub(super) caller: Caller,
    ends_at: Option<Timestamp>,
    /// Ends when it is not used for so many milliseconds.
    idle: Option<i64>,
    last_used: AtomicI64,
}

impl Snapshot {
    /// A disabled user has no entry, and neither has a token or login of theirs.
    pub(super) fn new(everybody: Everybody, limits: LoginLimits) -> Self {
        let users = everybody.users.iter().filter(|user| !user.disabled);
        let users: HashMap<&str, &UserRow> = users.map(|user| (user.id.as_str(), user)).collect();
        let token = |(hash, row)| Some((hash, Entry::of_token(row, &users)?));
        let login = |(hash, row): (_, LoginRow)| {
            let user = users.get(row.user.as_str())?;
            Some((hash, Entry::of_login(row, user, limits)))
        };
        Self {
            stamp: everybody.stamp,
            tokens: everybody.tokens.into_iter().filter_map(token).collect(),
            logins: everybody.logins.into_iter().filter_map(login).collect(),
            users: users
                .values()
                .map(|user| (caller_of(user), user.settings.clone()))
                .map(|(caller, settings)| (caller.id.clone(), (caller, settings)))
                .collect(),
        }
    }

    /// The user, or the token that still gives anything, of this caller's id.
    pub(super) fn caller_by_id(&self, id: &str, now: Timestamp) -> Option<Caller> {
        let token = || self.tokens.values().find(|entry| entry.caller.id == id && entry.is_live(now));
        self.users.get(id).map(|(caller, _)| caller).or_else(|| token().map(|entry| &entry.caller)).cloned()
    }

    /// How the user of this caller's id wants to see the panel; a program has no wishes.
    pub(super) fn settings(&self, id: &str) -> Settings {
        self.users.get(id).map(|(_, settings)| settings.clone()).unwrap_or_default()
    }
}

impl Entry {
    /// The lesser of its own rights and its maker's.
    fn of_token(row: TokenRow, users: &HashMap<&str, &UserRow>) -> Option<Self> {
        let (mut role, mut apps) = (row.role, row.apps);
        if let Some(maker) = &row.maker {
            let maker = users.get(maker.as_str())?;
            role = role.min(maker.role);
            apps = apps.within(&maker.apps);
        }
        let actor = Actor { kind: ActorKind::Token, name: row.name };
        Some(Self {
            caller: Caller { id: format!("token:{}", row.id), actor, role, apps, secrets: row.secrets },
            id: row.id,
            ends_at: row.expires_at,
            idle: None,
            last_used: AtomicI64::new(row.last_used_at.map_or(i64::MIN, Timestamp::millis)),
        })
    }

    fn of_login(row: LoginRow, user: &UserRow, limits: LoginLimits) -> Self {
        Self {
            id: row.id,
            caller: caller_of(user),
            ends_at: Some(row.created_at.plus_millis(limits.absolute_millis())),
            idle: Some(limits.idle_millis()),
            last_used: AtomicI64::new(row.last_used_at.millis()),
        }
    }

    /// Whether it still gives anything.
    pub(super) fn is_live(&self, now: Timestamp) -> bool {
        let unused = now.millis().saturating_sub(self.last_used.load(Ordering::Relaxed));
        self.ends_at.is_none_or(|end| now < end) && self.idle.is_none_or(|idle| unused < idle)
    }

    /// Whether this use has to be noted: at most one a minute.
    pub(super) fn is_to_note(&self, now: Timestamp) -> bool {
        let last = self.last_used.load(Ordering::Relaxed);
        now.millis().saturating_sub(last) >= NOTED_ONCE
            && self.last_used.compare_exchange(last, now.millis(), Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// What a person may do in the browser: secrets never, whatever their role.
pub(super) fn caller_of(user: &UserRow) -> Caller {
    Caller {
        id: format!("{USER}{}", user.id),
        actor: Actor { kind: ActorKind::User, name: user.name.clone() },
        role: user.role,
        apps: user.apps.clone(),
        secrets: false,
    }
}
