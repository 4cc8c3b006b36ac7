//! Users: people who can log in.

use super::*;

/// What to change of a user; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    /// What they may do.
    pub role: Option<Role>,
    /// The apps they are held to.
    pub apps: Option<AppScope>,
    /// Whether they are kept out.
    pub disabled: Option<bool>,
    /// Another password.
    pub password: Option<Secret<String>>,
}

impl Accounts {
    /// Creates a user.
    pub async fn create_user(
        &self,
        by: &By,
        name: Name,
        role: Role,
        apps: AppScope,
        password: Secret<String>,
    ) -> Result<User, Error> {
        password::check(&password, name.as_str())?;
        let hash = self.passwords.hash(password).await?;
        let user = new_user(name, role, apps.within(&by.scope));
        let mut change = self.database.change_accounts().await?;
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
        let key = name.to_lowercase();
        let named = users.iter().position(|user| user.name.to_lowercase() == key);
        let place = named.or_else(|| users.iter().position(|user| user.id == name)).ok_or(NO_USER)?;
        Ok(users.swap_remove(place))
    }

    /// Whether nobody could administer without this user.
    pub async fn is_last_owner(&self, id: &str) -> Result<bool, Error> {
        let users = self.database.users().await?;
        let mut owners = users.iter().filter(|user| user.role == Role::Owner && !user.disabled);
        Ok(owners.next().is_some_and(|owner| owner.id == id) && owners.next().is_none())
    }

    /// Changes what a user may do, or their password; ends their other logins where it does.
    pub async fn change_user(&self, by: &By, name: &str, wanted: UserChange) -> Result<User, Error> {
        let hash = match wanted.password {
            None => None,
            Some(password) => {
                password::check(&password, name)?;
                self.database.user_and_password(name).await?.ok_or(NO_USER)?;
                Some(self.passwords.hash(password).await?)
            }
        };
        let mut change = self.database.change_accounts().await?;
        let before = visible(&mut change, by, name).await?;
        let after = UserRow {
            role: wanted.role.unwrap_or(before.role),
            apps: wanted.apps.map_or_else(|| before.apps.clone(), |apps| apps.within(&by.scope)),
            disabled: wanted.disabled.unwrap_or(before.disabled),
            ..before.clone()
        };
        let owners = change.owners().await?;
        change.update_user(&after).await?;
        keep_an_owner(&mut change, owners).await?;
        let changed = (after.role, &after.apps, after.disabled) != (before.role, &before.apps, before.disabled);
        if changed {
            change.note(&by.access("user_changed", Some(&after.name)).with(described(&after))).await?;
        }
        if let Some(hash) = &hash {
            change.set_password(&after.id, hash).await?;
            change.note(&by.access("password_changed", Some(&after.name))).await?;
        }
        if changed || hash.is_some() {
            change.remove_logins_of(&after.id, by.login.as_ref()).await?;
            change.commit().await?;
        }
        Ok(after.into())
    }

    /// Removes a user, with their logins and tokens.
    pub async fn delete_user(&self, by: &By, name: &str) -> Result<(), Error> {
        let mut change = self.database.change_accounts().await?;
        let user = visible(&mut change, by, name).await?;
        let owners = change.owners().await?;
        change.remove_user(&user.id).await?;
        keep_an_owner(&mut change, owners).await?;
        change.note(&by.access("user_deleted", Some(&user.name))).await?;
        Ok(change.commit().await?)
    }
}

const NO_USER: Error = Error::NotFound("user of this name");

async fn visible(change: &mut AccountsChange<'_>, by: &By, name: &str) -> Result<UserRow, Error> {
    change.user(name).await?.filter(|user| user.apps.is_within(&by.scope)).ok_or(NO_USER)
}

/// Refuses a change that would leave nobody to administer.
async fn keep_an_owner(change: &mut AccountsChange<'_>, owners_before: i64) -> Result<(), Error> {
    if owners_before > 0 && change.owners().await? == 0 {
        return Err(Error::Conflict(Conflict::LastOwner));
    }
    Ok(())
}

/// For the access log.
fn described(user: &UserRow) -> String {
    let (role, apps, disabled) = (user.role, apps_text(&user.apps), user.disabled);
    Given { role, apps, disabled, secrets: false, ends: Ends::Unsaid }.to_string()
}
