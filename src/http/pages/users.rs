//! `/users`: who may log in, and a form for one more.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::parts::chrome::Chrome;
use super::parts::forms::Form;
use super::parts::once;
use super::parts::page::Page;
use super::parts::redirect::see_told;
use super::parts::rights::{self, Rights};
use super::parts::rows::{self, When};
use crate::domain::account::{Permission, Role};
use crate::domain::name::UserName;
use crate::domain::token::Secret;
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
    name: String,
    href: String,
    role: String,
    apps: String,
    unmatched: Option<String>,
    disabled: bool,
    myself: bool,
    last: Option<When>,
}

/// The form for a new user, as far as it was filled in.
struct NewUser {
    name: String,
    name_error: Option<String>,
    rights: Rights,
    password_error: Option<String>,
}

/// The list.
pub async fn list(page: Page) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Administer)?;
        let rights = Rights::new(&page, caller, Some(Role::Viewer), &[]);
        let new = NewUser { name: String::new(), name_error: None, rights, password_error: None };
        view(&page, StatusCode::OK, new).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Creates a user.
pub async fn create(page: Page, form: Form) -> HttpResponse {
    let answer = make(&page, &form).await;
    page.answer_to(&form, answer).await
}

async fn make(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Administer)?;
    form.prove(&page.csrf)?;
    let l = page.locale;
    let (typed, given) = (form.one("name")?.trim().to_owned(), form.one("password")?);
    let (rights, wanted) = Rights::typed(page, caller, form)?;
    let password = match given {
        "" => NewPassword::made_up()?,
        given => NewPassword::chosen(Secret::new(given.to_owned())),
    };
    let by = page.confirmed_by(form).await?;
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
        password_error: rights::weakness(page, password.secret(), &typed),
        name: typed,
        rights,
    };
    let (Some(name), Some((role, globs)), None) = (name, wanted, &new.password_error) else {
        return view(page, StatusCode::UNPROCESSABLE_ENTITY, new).await;
    };
    let scope = rights::scope(&globs)?;
    match page.app.accounts.create_user(&by, name, role, scope, password.clone()).await {
        Ok(user) if password.is_made_up() => once::password(page, &user, password.secret(), "password-of-new").await,
        Ok(user) => Ok(see_told(&links::user(&user), "user-created")),
        Err(Error::Conflict(_)) => {
            new.name_error = Some(l.t("conflict-name-taken"));
            view(page, StatusCode::CONFLICT, new).await
        }
        Err(error) => Err(error),
    }
}

async fn view(page: &Page, status: StatusCode, new: NewUser) -> Result<HttpResponse, Error> {
    let caller = page.caller()?;
    let l = page.locale;
    let users = page.app.accounts.users(&page.by()?).await?;
    let myself = |user: &User| caller.id == format!("user:{}", user.id);
    let mut c = page.chrome("users", l.t("nav-users")).await;
    c.here = "/users".to_owned();
    page.render(
        status,
        &Users {
            c,
            summary: l.n("count-users", users.len() as u64),
            users: users.iter().map(|user| row(page, user, myself(user))).collect(),
            new,
        },
    )
}

fn row(page: &Page, user: &User, myself: bool) -> UserRow {
    let l = page.locale;
    UserRow {
        name: rows::shown(&user.name).into_owned(),
        href: links::user(user),
        role: rights::role_name(l, user.role),
        apps: rights::apps_words(l, &user.apps),
        unmatched: rights::unmatched(page, &user.apps),
        disabled: user.disabled,
        myself,
        last: user.last_login_at.map(|at| When::new(l, at, Page::now())),
    }
}
