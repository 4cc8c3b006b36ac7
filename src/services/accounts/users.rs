//! Users: people who can log in.

use super::by::By;
use super::common::{apps_text, name_taken, new_id, now};
use super::given::{Ends, Given};
use super::model::User;
use super::own_password::{PRESENT, revoke_made_by, still_has};
use super::password::{self, NewPassword};
use super::service::Accounts;
use crate::domain::account::{AppScope, Role, Settings};
use crate::domain::name::{self, UserName};
use crate::domain::token::Secret;
use crate::i18n::Message;
use crate::services::error::{Conflict, Error};
use crate::store::database::accounts::{AccountsChange, UserRow};

/// What to change of a user; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    pub role: Option<Role>,
    /// The apps they are held to.
    pub apps: Option<AppScope>,
    /// Whether they are kept out.
    pub disabled: Option<bool>,
    pub password: Option<NewPassword>,
    /// The password they have: without it, nobody changes their own.
    pub present_password: Option<Secret<String>>,
    /// Whether another password ends the tokens and approval links that they made, too, and switches off their webhooks
    /// and rules.
    pub revoke: bool,
}

impl Accounts {
    pub async fn create_user(
        &self,
        by: &By,
        name: UserName,
        role: Role,
        apps: AppScope,
        password: NewPassword,
    ) -> Result<User, Error> {
        if role == Role::Owner {
            by.require_recent_password()?;
        }
        password::check(&password.secret, name.as_str(), &self.context)?;
        let hash = self.passwords.hash(password.secret).await?;
        let mut change = self.change_by(by).await?;
        if change.users().await?.iter().any(|user| name.looks_like(&user.name)) {
            return Err(Error::Conflict(Conflict::NameTaken));
        }
        let user = new_user(name, role, apps.within(&by.scope), password.made_up);
        change.add_user(&user, &hash).await.map_err(name_taken)?;
        change.remove_setup_secret().await?;
        change.note(&by.access("user_created", Some(&user.name)).with(described(&user))).await?;
        change.commit().await?;
        Ok(user.into())
    }

    /// The users that `by` may see, by name: whoever is held to some apps sees those held to them too.
    pub async fn users(&self, by: &By) -> Result<Vec<User>, Error> {
        let users = self.database.users().await?.into_iter();
        Ok(users.filter(|user| user.apps.is_within(&by.scope)).map(User::from).collect())
    }

    /// The user of this name, or else of this id, if `by` may see them.
    pub async fn user(&self, by: &By, name: &str) -> Result<User, Error> {
        let mut users = self.users(by).await?;
        let place = |key: &str| users.iter().position(|user| user.name.to_lowercase() == key);
        let named = place(&name.to_lowercase()).or_else(|| place(&name::compatible(name).to_lowercase()));
        let place = named.or_else(|| users.iter().position(|user| user.id == name)).ok_or(NO_USER)?;
        Ok(users.swap_remove(place))
    }

    /// The user with this name or one that looks like it, whom `by` may see.
    pub async fn user_like(&self, by: &By, name: &UserName) -> Result<Option<User>, Error> {
        Ok(self.users(by).await?.into_iter().find(|user| name.looks_like(&user.name)))
    }

    /// The user by this name and their password's hash: as it was typed, or in the form in which names are kept.
    pub(super) async fn user_and_password(&self, name: &str) -> Result<Option<(UserRow, Option<String>)>, Error> {
        // Longer texts are nobody's name, and not worth to be normalised.
        let known = self.database.user_and_password(name).await?;
        if known.is_some() || name.len() > 1024 {
            return Ok(known);
        }
        Ok(self.database.user_and_password(&name::compatible(name)).await?)
    }

    /// Whether nobody could administer all that this user can, without them.
    pub async fn is_last_owner(&self, id: &str) -> Result<bool, Error> {
        let users = self.database.users().await?;
        let without: Vec<UserRow> = users.iter().filter(|user| user.id != id).cloned().collect();
        Ok(Owners::of(&without).fall_short_of(Owners::of(&users)))
    }

    /// Changes what a user may do, or their password; ends their other logins where it does.
    pub async fn change_user(&self, by: &By, name: &str, wanted: UserChange) -> Result<User, Error> {
        let (found, present) = self.user_and_password(name).await?.ok_or(NO_USER)?;
        if !found.apps.is_within(&by.scope) {
            return Err(NO_USER);
        }
        let own = self.user_behind(by).await?.is_some_and(|id| id == found.id);
        let changes_own = own && wanted.password.is_some();
        if changes_own {
            let given = wanted
                .present_password
                .ok_or_else(|| Error::invalid(PRESENT, Message::new("value-current-password-missing")))?;
            self.verify_present(by, &found, present.clone(), given, PRESENT).await?;
        } else {
            by.require_recent_password()?;
        }
        let hash = match wanted.password {
            None => None,
            Some(NewPassword { secret, made_up }) => {
                password::check(&secret, &found.name, &self.context)?;
                Some((self.passwords.hash(secret).await?, made_up && !own))
            }
        };
        let mut change = self.change_by(by).await?;
        let before = visible(&mut change, by, &found.name).await?;
        if before.id != found.id {
            return Err(NO_USER);
        }
        if changes_own {
            still_has(&mut change, &before.id, present, PRESENT).await?;
        }
        let after = UserRow {
            role: wanted.role.unwrap_or(before.role),
            apps: before.apps.replaced(wanted.apps, &by.scope),
            disabled: wanted.disabled.unwrap_or(before.disabled),
            must_change_password: hash.as_ref().map_or(before.must_change_password, |(_, made_up)| *made_up),
            ..before.clone()
        };
        let owners = Owners::of(&change.users().await?);
        change.update_user(&after).await?;
        keep_owners(&mut change, owners).await?;
        let changed = (after.role, &after.apps, after.disabled) != (before.role, &before.apps, before.disabled);
        if changed {
            change.note(&by.access("user_changed", Some(&after.name)).with(described(&after))).await?;
        }
        if let Some((hash, must_change)) = &hash {
            change.set_password(&after.id, hash, *must_change).await?;
            change.note(&by.access("password_changed", Some(&after.name))).await?;
            if wanted.revoke {
                revoke_made_by(&mut change, by, &after.id).await?;
            }
        }
        if changed || hash.is_some() {
            change.remove_logins_of(&after.id, by.login.as_ref()).await?;
            change.commit().await?;
        }
        Ok(after.into())
    }

    /// Removes a user, with their logins and tokens.
    pub async fn delete_user(&self, by: &By, name: &str) -> Result<(), Error> {
        by.require_recent_password()?;
        let mut change = self.change_by(by).await?;
        let user = visible(&mut change, by, name).await?;
        let owners = Owners::of(&change.users().await?);
        change.remove_user(&user.id).await?;
        keep_owners(&mut change, owners).await?;
        change.note(&by.access("user_deleted", Some(&user.name))).await?;
        Ok(change.commit().await?)
    }
}

const NO_USER: Error = Error::NotFound("user-of-this-name");

async fn visible(change: &mut AccountsChange<'_>, by: &By, name: &str) -> Result<UserRow, Error> {
    change.user(name).await?.filter(|user| user.apps.is_within(&by.scope)).ok_or(NO_USER)
}

/// How many owners can log in, and how many of them are held to no app.
#[derive(Clone, Copy)]
struct Owners {
    any: usize,
    of_all: usize,
}

impl Owners {
    fn of(users: &[UserRow]) -> Self {
        let owners = || users.iter().filter(|user| user.role == Role::Owner && !user.disabled);
        Self { any: owners().count(), of_all: owners().filter(|user| user.apps.is_all()).count() }
    }

    /// Whether nobody is left of a kind that there was.
    fn fall_short_of(self, before: Self) -> bool {
        before.of_all > 0 && self.of_all == 0 || before.any > 0 && self.any == 0
    }
}

/// Refuses a change that would leave nobody to administer.
async fn keep_owners(change: &mut AccountsChange<'_>, before: Owners) -> Result<(), Error> {
    if Owners::of(&change.users().await?).fall_short_of(before) {
        return Err(Error::Conflict(Conflict::LastOwner));
    }
    Ok(())
}

fn described(user: &UserRow) -> String {
    let (role, apps, disabled) = (user.role, apps_text(&user.apps), user.disabled);
    Given { role, apps, disabled, secrets: false, networks: Vec::new(), ends: Ends::Unsaid }.to_string()
}

pub(super) fn new_user(name: UserName, role: Role, apps: AppScope, must_change_password: bool) -> UserRow {
    UserRow {
        id: new_id(),
        name: name.as_str().to_owned(),
        role,
        apps,
        disabled: false,
        must_change_password,
        factor_since: None,
        settings: Settings::default(),
        created_at: now(),
        last_login_at: None,
    }
}
