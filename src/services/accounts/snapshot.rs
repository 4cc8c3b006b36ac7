//! Who each token and each login is, in memory: what a request asks for takes no database.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicI64, Ordering};

use super::common::{MINUTE, USER};
use super::model::LoginLimits;
use crate::domain::account::{Actor, ActorKind, AppScope, Caller, Role, Settings};
use crate::domain::network_scope::NetworkScope;
use crate::domain::timestamp::Timestamp;
use crate::store::database::accounts::{LoginRow, UserRow};
use crate::store::database::columns::SecretHash;
use crate::store::database::everybody::Everybody;
use crate::store::database::stamp::Stamp;
use crate::store::database::tokens::TokenRow;

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
    /// When the password was last given; of a token, when it was made.
    pub(super) password_at: Timestamp,
    /// Whether another password comes before everything else.
    pub(super) must_change_password: bool,
    /// Whether a second factor does.
    pub(super) must_enrol: bool,
    /// Of a token, the networks that it is limited to, and those of the tokens it was made by.
    networks: Vec<NetworkScope>,
    ends_at: Option<Timestamp>,
    /// Ends when it is not used for so many milliseconds.
    idle: Option<i64>,
    last_used: AtomicI64,
    /// The last use that was written down, and how often one is, in milliseconds.
    noted: AtomicI64,
    noted_every: i64,
}

impl Snapshot {
    /// A disabled user has no entry, and neither has a token or login of theirs. `before` knows of uses that are not
    /// written down yet.
    pub(super) fn new(everybody: Everybody, limits: LoginLimits, before: Option<&Self>) -> Self {
        let users = everybody.users.iter().filter(|user| !user.disabled);
        let users: HashMap<&str, &UserRow> = users.map(|user| (user.id.as_str(), user)).collect();
        let made: HashMap<&str, &TokenRow> = everybody.tokens.iter().map(|(_, row)| (row.id.as_str(), row)).collect();
        let tokens =
            everybody.tokens.iter().flat_map(|(hash, row)| Entry::of_token(*hash, row, &made, &users)).collect();
        let login = |(hash, row): (_, LoginRow)| {
            let user = users.get(row.user.as_str())?;
            Some((hash, Entry::of_login(row, user, limits)))
        };
        let logins: HashMap<SecretHash, Entry> = everybody.logins.into_iter().filter_map(login).collect();
        for (hash, entry) in &logins {
            if let Some(old) = before.and_then(|before| before.logins.get(hash)) {
                entry.keep(old);
            }
        }
        Self {
            stamp: everybody.stamp,
            tokens,
            logins,
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
    /// What a token's secret gives, of this digest; and the one before, as long as it works too.
    fn of_token(
        hash: SecretHash,
        row: &TokenRow,
        made: &HashMap<&str, &TokenRow>,
        users: &HashMap<&str, &UserRow>,
    ) -> Vec<(SecretHash, Self)> {
        let Some(rights) = Rights::of_token(row, made, users) else { return Vec::new() };
        let previous = row.previous.map(|(hash, until)| {
            let ends_at = earlier(rights.ends_at, Some(until));
            (hash, Self::with_rights(row, Rights { ends_at, ..rights.clone() }))
        });
        [Some((hash, Self::with_rights(row, rights))), previous].into_iter().flatten().collect()
    }

    fn with_rights(row: &TokenRow, rights: Rights) -> Self {
        let Rights { role, apps, secrets, networks, ends_at } = rights;
        let actor = Actor { kind: ActorKind::Token, name: row.name.clone() };
        let used = row.last_used_at.map_or(i64::MIN, Timestamp::millis);
        Self {
            id: row.id.clone(),
            caller: Caller { id: format!("token:{}", row.id), actor, role, apps, secrets },
            password_at: row.created_at,
            must_change_password: false,
            must_enrol: false,
            networks,
            ends_at,
            idle: None,
            last_used: AtomicI64::new(used),
            noted: AtomicI64::new(used),
            noted_every: MINUTE,
        }
    }

    fn of_login(row: LoginRow, user: &UserRow, limits: LoginLimits) -> Self {
        Self {
            id: row.id,
            caller: caller_of(user),
            password_at: row.password_at,
            must_change_password: user.must_change_password,
            must_enrol: user.factor_since.is_none() && limits.second_factor_from.is_some_and(|from| user.role >= from),
            networks: Vec::new(),
            ends_at: Some(row.created_at.plus_millis(limits.absolute_millis())),
            idle: Some(limits.idle_millis()),
            last_used: AtomicI64::new(row.last_used_at.millis()),
            noted: AtomicI64::new(row.last_used_at.millis()),
            noted_every: limits.noted_every(),
        }
    }

    /// Takes over what an older entry of the same login knows of its use.
    fn keep(&self, old: &Self) {
        self.last_used.fetch_max(old.last_used.load(Ordering::Relaxed), Ordering::Relaxed);
        self.noted.fetch_max(old.noted.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Whether it still gives anything.
    pub(super) fn is_live(&self, now: Timestamp) -> bool {
        let unused = now.millis().saturating_sub(self.last_used.load(Ordering::Relaxed));
        self.ends_at.is_none_or(|end| now < end) && self.idle.is_none_or(|idle| unused < idle)
    }

    /// Whether it may be used from this address.
    pub(super) fn allows(&self, address: Option<IpAddr>) -> bool {
        self.networks.iter().all(|networks| networks.allows(address))
    }

    /// Marks a use; whether it has to be written down.
    pub(super) fn use_at(&self, now: Timestamp) -> bool {
        self.last_used.fetch_max(now.millis(), Ordering::Relaxed);
        let noted = self.noted.load(Ordering::Relaxed);
        now.millis().saturating_sub(noted) >= self.noted_every
            && self.noted.compare_exchange(noted, now.millis(), Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// What a token gives: the least of its own rights, of those of the tokens it was made by, and of its user's.
#[derive(Clone)]
struct Rights {
    role: Role,
    apps: AppScope,
    secrets: bool,
    networks: Vec<NetworkScope>,
    ends_at: Option<Timestamp>,
}

impl Rights {
    /// `None` where its user is kept out, or a token it was made by is gone.
    fn of_token(row: &TokenRow, made: &HashMap<&str, &TokenRow>, users: &HashMap<&str, &UserRow>) -> Option<Self> {
        let apps = row.apps.clone();
        let networks = vec![row.networks.clone()];
        let mut rights = Self { role: row.role, apps, secrets: row.secrets, networks, ends_at: row.expires_at };
        let mut parent = row.parent.as_deref();
        while let Some(id) = parent {
            let above = made.get(id)?;
            rights.role = rights.role.min(above.role);
            rights.apps = rights.apps.within(&above.apps);
            rights.secrets &= above.secrets;
            rights.networks.push(above.networks.clone());
            rights.ends_at = earlier(rights.ends_at, above.expires_at);
            parent = above.parent.as_deref();
        }
        if let Some(maker) = &row.maker {
            let maker = users.get(maker.as_str())?;
            rights.role = rights.role.min(maker.role);
            rights.apps = rights.apps.within(&maker.apps);
        }
        Some(rights)
    }
}

/// The earlier of two ends, where `None` is never.
pub(super) fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
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
