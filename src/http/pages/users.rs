//! `/users`: who may log in, and a form for one more.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::parts::{Authorized, Chrome, Page, Rights, SecretPage, Verified, apps_here, rights, see_message};
use crate::domain::account::Role;
use crate::domain::name::UserName;
use crate::domain::token::Secret;
use crate::http::extract::Administer;
use crate::http::failure::Answer;
use crate::http::links;
use crate::services::accounts::{NewPassword, User};
use crate::services::error::Error;

#[derive(Template)]
#[template(path = "users.html")]
struct Users {
    c: Chrome,
    summary: String,
    users: Vec<UserRow>,
    new: NewUser,
}

/// One user in the list.
struct UserRow {
    user: User,
    href: String,
    unmatched: Option<String>,
    myself: bool,
}

/// The form for a new user, as far as it was filled in.
struct NewUser {
    name: String,
    name_error: Option<String>,
    rights: Rights,
    password_error: Option<String>,
}

/// The form as it is sent.
#[derive(Deserialize)]
pub struct SentUser {
    name: String,
    role: String,
    apps: String,
    password: String,
}

pub async fn list(Authorized { page, .. }: Authorized<Administer>) -> Answer {
    let rights = Rights::new(&page, &apps_here(&page).await, Some(Role::Viewer), &[]);
    let new = NewUser { name: String::new(), name_error: None, rights, password_error: None };
    view(&page, StatusCode::OK, new).await
}

pub async fn create(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentUser>) -> Answer {
    let (l, form) = (page.locale, &sent.form);
    let typed = form.name.trim().to_owned();
    let (rights, wanted) = Rights::typed(&page, &apps_here(&page).await, &form.role, &form.apps);
    let password = new_password(&form.password)?;
    let by = page.confirmed_by(&sent).await?;
    let name = UserName::parse(&typed);
    // All that is wrong is told at once.
    let taken = match &name {
        Some(name) => page.app.accounts.user_like(&by, name).await?.is_some(),
        None => false,
    };
    let mut new = NewUser {
        name_error: match taken {
            true => Some(l.t("conflict-name-taken")),
            false => name.is_none().then(|| l.t("invalid-user-name")),
        },
        password_error: rights::weakness(&page, password.secret(), &typed),
        name: typed,
        rights,
    };
    let (Some(name), Some((role, globs)), None) = (name, wanted, &new.password_error) else {
        return view(&page, StatusCode::UNPROCESSABLE_ENTITY, new).await;
    };
    let scope = rights::scope(&globs)?;
    match page.app.accounts.create_user(&by, name, role, scope, password.clone()).await {
        Ok(user) if password.is_made_up() => {
            SecretPage::password(&page, &user, password.secret(), "password-of-new").show(&page).await
        }
        Ok(user) => Ok(see_message(&links::user(&user), "told-user-created")),
        Err(Error::Conflict(_)) => {
            new.name_error = Some(l.t("conflict-name-taken"));
            view(&page, StatusCode::CONFLICT, new).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The password that was chosen for somebody; without one, it is made up.
pub fn new_password(given: &str) -> Result<NewPassword, Error> {
    match given {
        "" => NewPassword::made_up(),
        given => Ok(NewPassword::chosen(Secret::new(given.to_owned()))),
    }
}

async fn view(page: &Page, status: StatusCode, new: NewUser) -> Answer {
    let l = page.locale;
    let (users, here) = (page.app.accounts.users(&page.by()).await?, apps_here(page).await);
    let c = page.chrome("users", l.t("nav-users")).await.back_to("/users");
    let summary = l.n("count-users", users.len() as u64);
    let users = users.into_iter().map(|user| UserRow {
        href: links::user(&user),
        unmatched: rights::unmatched(l, &here, &user.apps),
        myself: page.caller.id == format!("user:{}", user.id),
        user,
    });
    page.render(status, &Users { c, summary, users: users.collect(), new })
}
