//! `/users/{name}`: what one user may do, another password, out and in again, gone.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::parts::chrome::Chrome;
use super::parts::forms::Form;
use super::parts::made::Made;
use super::parts::once::{self, Ask};
use super::parts::page::Page;
use super::parts::redirect::{see, see_done, see_told};
use super::parts::rights::{self, Rights};
use super::parts::rows::{self, When};
use crate::domain::account::{Permission, Role};
use crate::domain::token::Secret;
use crate::http::links;
use crate::services::accounts::{By, NewPassword, User, UserChange};
use crate::services::error::Error;

#[derive(Template)]
#[template(path = "user.html")]
struct UserPage {
    c: Chrome,
    name: String,
    href: String,
    role: String,
    disabled: bool,
    myself: bool,
    last_owner: bool,
    since: When,
    last: Option<When>,
    rights: Rights,
    /// What the rights were when the form was made.
    was: String,
    password_error: Option<String>,
    /// What another password can end.
    made: Made,
    /// What was refused, where no field is at fault.
    error: Option<String>,
}

/// What is wrong with what was typed.
#[derive(Default)]
struct Wrong {
    rights: Option<Rights>,
    password: Option<String>,
    error: Option<String>,
}

/// The page.
pub async fn show(page: Page) -> HttpResponse {
    let answer = async {
        page.require(Permission::Administer)?;
        view(&page, &named(&page).await?, StatusCode::OK, Wrong::default()).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Changes role and apps.
pub async fn set_rights(page: Page, form: Form) -> HttpResponse {
    let answer = change_rights(&page, &form).await;
    page.answer_to(&form, answer).await
}

async fn change_rights(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let (by, user) = changed(page, form).await?;
    let (rights, wanted) = Rights::typed(page, page.caller()?, form)?;
    let Some((role, globs)) = wanted else {
        let wrong = Wrong { rights: Some(rights), ..Wrong::default() };
        return view(page, &user, StatusCode::UNPROCESSABLE_ENTITY, wrong).await;
    };
    // What was not touched stays as another owner has made it meanwhile.
    let was = form.all("was").next().map_or_else(|| rights_of(&user), str::to_owned);
    let mut was = was.lines();
    let wanted_role = (was.next() != Some(role.as_str())).then_some(role);
    let apps = (!was.eq(globs.iter().map(String::as_str))).then(|| rights::scope(&globs)).transpose()?;
    if apps.is_none() && wanted_role.is_none() {
        return Ok(see_done(&links::user(&user), None));
    }
    let wanted = UserChange { role: wanted_role, apps, ..UserChange::default() };
    match page.app.accounts.change_user(&by, &user.name, wanted).await {
        // Who is no owner any more may not see the page.
        Ok(_) if is_myself(page, &user) && role < Role::Owner => Ok(see_told("/account", "user-changed")),
        Ok(_) => Ok(see_told(&links::user(&user), "user-changed")),
        Err(error) => last_owner(page, &user, error, Wrong { rights: Some(rights), ..Wrong::default() }).await,
    }
}

/// Gives the user another password.
pub async fn set_password(page: Page, form: Form) -> HttpResponse {
    let answer = change_password(&page, &form).await;
    page.answer_to(&form, answer).await
}

async fn change_password(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let (by, user) = changed(page, form).await?;
    if is_myself(page, &user) {
        let wrong = Wrong { error: Some(page.locale.t("user-own-password")), ..Wrong::default() };
        return view(page, &user, StatusCode::UNPROCESSABLE_ENTITY, wrong).await;
    }
    let password = match form.one("password")? {
        "" => NewPassword::made_up()?,
        given => NewPassword::chosen(Secret::new(given.to_owned())),
    };
    let revoke = form.ticked("revoke")?;
    if let Some(why) = rights::weakness(page, password.secret(), &user.name) {
        let wrong = Wrong { password: Some(why), ..Wrong::default() };
        return view(page, &user, StatusCode::UNPROCESSABLE_ENTITY, wrong).await;
    }
    let wanted = UserChange { password: Some(password.clone()), revoke, ..UserChange::default() };
    page.app.accounts.change_user(&by, &user.name, wanted).await?;
    match password.is_made_up() {
        true => once::password(page, &user, password.secret(), "password-of-known").await,
        false => Ok(see_told(&links::user(&user), "user-password")),
    }
}

/// Keeps the user out, or lets them in again.
pub async fn set_state(page: Page, form: Form) -> HttpResponse {
    let answer = change_state(&page, &form).await;
    page.answer_to(&form, answer).await
}

async fn change_state(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let (by, user) = changed(page, form).await?;
    let disabled = match form.one("state")? {
        "disabled" => true,
        "enabled" => false,
        _ => return Err(Error::MalformedBody("the state is neither disabled nor enabled".into())),
    };
    if disabled == user.disabled {
        return Ok(see_done(&links::user(&user), None));
    }
    let wanted = UserChange { disabled: Some(disabled), ..UserChange::default() };
    match page.app.accounts.change_user(&by, &user.name, wanted).await {
        Ok(_) if disabled && is_myself(page, &user) => page.logged_out(see("/login")),
        Ok(_) => Ok(see_told(&links::user(&user), if disabled { "user-disabled" } else { "user-enabled" })),
        Err(error) => last_owner(page, &user, error, Wrong::default()).await,
    }
}

/// Deletes the user, once it is sure.
pub async fn delete(page: Page, form: Form) -> HttpResponse {
    let answer = remove(&page, &form).await;
    page.answer_to(&form, answer).await
}

async fn remove(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let (by, user) = changed(page, form).await?;
    if !form.ticked("sure")? {
        return ask(page, &user).await;
    }
    match page.app.accounts.delete_user(&by, &user.name).await {
        Ok(()) if is_myself(page, &user) => page.logged_out(see("/login")),
        Ok(()) => Ok(see_told("/users", "user-deleted")),
        Err(error) => last_owner(page, &user, error, Wrong::default()).await,
    }
}

/// Nothing brings a user back, so it is asked first, with all that goes with them.
async fn ask(page: &Page, user: &User) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let tokens = page.app.accounts.tokens(&page.by()?).await?;
    let theirs = tokens.iter().filter(|token| token.maker.as_ref() == Some(&user.id));
    once::ask(
        page,
        Ask {
            section: "users",
            title: l.s("user-delete-ask", rows::shown(&user.name)),
            lead: l.t(if is_myself(page, user) { "user-delete-ask-myself" } else { "user-delete-ask-help" }),
            lines_title: l.t("user-delete-tokens"),
            lines: theirs.map(|token| rows::shown(&token.name).into_owned()).collect(),
            action: format!("{}/delete", links::user(user)),
            submit: l.t("user-delete"),
            keep: l.t("user-keep"),
            back: links::user(user),
        },
    )
    .await
}

/// A user's role and globs, a line each.
fn rights_of(user: &User) -> String {
    [user.role.as_str()].into_iter().chain(user.apps.iter().map(String::as_str)).collect::<Vec<_>>().join("\n")
}

/// Who sent a form of a user's page, and the user whom it is to change.
async fn changed(page: &Page, form: &Form) -> Result<(By, User), Error> {
    page.require(Permission::Administer)?;
    form.prove(&page.csrf)?;
    let user = named(page).await?;
    Ok((page.confirmed_by(form).await?, user))
}

/// The user whom the address names.
async fn named(page: &Page) -> Result<User, Error> {
    page.app.accounts.user(&page.by()?, &page.part("name").unwrap_or_default()).await
}

fn is_myself(page: &Page, user: &User) -> bool {
    page.caller.as_ref().is_some_and(|caller| caller.id == format!("user:{}", user.id))
}

/// What stood against a change, in the page's words if it is that nobody else is an owner.
async fn last_owner(page: &Page, user: &User, error: Error, wrong: Wrong) -> Result<HttpResponse, Error> {
    let last = matches!(error, Error::Conflict(_)) && page.app.accounts.is_last_owner(&user.id).await?;
    if !last {
        return Err(error);
    }
    let wrong = Wrong { error: Some(page.locale.t("last-owner-refused")), ..wrong };
    view(page, user, StatusCode::CONFLICT, wrong).await
}

async fn view(page: &Page, user: &User, status: StatusCode, wrong: Wrong) -> Result<HttpResponse, Error> {
    let (l, now) = (page.locale, Page::now());
    let name = rows::shown(&user.name).into_owned();
    let as_it_is = || Ok::<_, Error>(Rights::new(page, page.caller()?, Some(user.role), &user.apps));
    let mut c = page.chrome("users", name.clone()).await;
    c.here = links::user(user);
    page.render(
        status,
        &UserPage {
            c,
            name,
            href: links::user(user),
            role: rights::role_name(l, user.role),
            disabled: user.disabled,
            myself: is_myself(page, user),
            last_owner: page.app.accounts.is_last_owner(&user.id).await?,
            since: When::new(l, user.created_at, now),
            last: user.last_login_at.map(|at| When::new(l, at, now)),
            rights: wrong.rights.map_or_else(as_it_is, Ok)?,
            was: rights_of(user),
            password_error: wrong.password,
            made: Made::by(page, &user.id).await?,
            error: wrong.error,
        },
    )
}
