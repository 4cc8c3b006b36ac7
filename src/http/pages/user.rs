//! `/users/{name}`: what one user may do, another password, out and in again, gone.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::parts::{
    Authorized, Chrome, CreatedItems, NoFields, Page, Question, Rights, SecretPage, Sure, Verified, apps_here,
    confirm_page, rights, same_apps, see, see_message, text, ticked,
};
use super::users::new_password;
use crate::domain::account::Role;
use crate::http::extract::Administer;
use crate::http::failure::Answer;
use crate::http::links;
use crate::services::accounts::{User, UserChange};
use crate::services::error::Error;

#[derive(Template)]
#[template(path = "user.html")]
struct UserPage<'a> {
    c: Chrome,
    user: &'a User,
    name: String,
    href: String,
    myself: bool,
    last_owner: bool,
    rights: Rights,
    /// What the rights were when the form was made.
    was: String,
    password_error: Option<String>,
    /// What another password can end.
    created: CreatedItems,
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

/// The form for role and apps.
#[derive(Deserialize)]
pub struct SentRights {
    role: String,
    apps: String,
    /// What they were when the form was made.
    was: Option<String>,
}

#[derive(Deserialize)]
pub struct SentPassword {
    password: String,
    #[serde(default, deserialize_with = "ticked")]
    revoke: bool,
}

#[derive(Deserialize)]
pub struct SentState {
    pub state: State,
}

/// Whether somebody may log in, or a rule acts.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Enabled,
    Disabled,
}

pub async fn show(Authorized { page, .. }: Authorized<Administer>) -> Answer {
    view(&page, &named(&page).await?, StatusCode::OK, Wrong::default()).await
}

pub async fn set_rights(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentRights>) -> Answer {
    let user = named(&page).await?;
    let by = page.confirmed_by(&sent).await?;
    let (rights, wanted) = Rights::typed(&page, &apps_here(&page).await, &sent.form.role, &sent.form.apps);
    let wrong = Wrong { rights: Some(rights), ..Wrong::default() };
    let Some((role, globs)) = wanted else {
        return view(&page, &user, StatusCode::UNPROCESSABLE_ENTITY, wrong).await;
    };
    // What was not touched stays as another owner has made it meanwhile.
    let was = sent.form.was.unwrap_or_else(|| rights_of(&user));
    let mut was = was.lines().map(str::to_owned);
    let wanted_role = (was.next().as_deref() != Some(role.as_str())).then_some(role);
    let apps = (!same_apps(&was.collect::<Vec<_>>(), &globs)).then(|| rights::scope(&globs)).transpose()?;
    if apps.is_none() && wanted_role.is_none() {
        return Ok(see_message(&links::user(&user), "done-nothing"));
    }
    let wanted = UserChange { role: wanted_role, apps, ..UserChange::default() };
    match page.app.accounts.change_user(&by, &user.name, wanted).await {
        // Who is no owner any more may not see the page.
        Ok(_) if is_myself(&page, &user) && role < Role::Owner => Ok(see_message("/account", "told-user-changed")),
        Ok(_) => Ok(see_message(&links::user(&user), "told-user-changed")),
        Err(error) => last_owner(&page, &user, error, wrong).await,
    }
}

/// Gives the user another password.
pub async fn set_password(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentPassword>) -> Answer {
    let user = named(&page).await?;
    let by = page.confirmed_by(&sent).await?;
    if is_myself(&page, &user) {
        let wrong = Wrong { error: Some(page.locale.t("user-own-password")), ..Wrong::default() };
        return view(&page, &user, StatusCode::UNPROCESSABLE_ENTITY, wrong).await;
    }
    let password = new_password(&sent.form.password)?;
    if let Some(why) = rights::weakness(&page, password.secret(), &user.name) {
        let wrong = Wrong { password: Some(why), ..Wrong::default() };
        return view(&page, &user, StatusCode::UNPROCESSABLE_ENTITY, wrong).await;
    }
    let revoke = sent.form.revoke;
    let wanted = UserChange { password: Some(password.clone()), revoke, ..UserChange::default() };
    page.app.accounts.change_user(&by, &user.name, wanted).await?;
    if password.is_made_up() {
        return SecretPage::password(&page, &user, password.secret(), "password-of-known").show(&page).await;
    }
    Ok(see_message(&links::user(&user), "told-user-password"))
}

/// Takes the user's second factor away: they lost what it was on.
pub async fn remove_factor(Authorized { page, .. }: Authorized<Administer>, sent: Verified<NoFields>) -> Answer {
    let user = named(&page).await?;
    let by = page.confirmed_by(&sent).await?;
    page.app.accounts.remove_factor(&by, &user.name).await?;
    Ok(see_message(&links::user(&user), "told-user-factor-removed"))
}

/// Keeps the user out, or lets them in again.
pub async fn set_state(Authorized { page, .. }: Authorized<Administer>, sent: Verified<SentState>) -> Answer {
    let user = named(&page).await?;
    let by = page.confirmed_by(&sent).await?;
    let disabled = sent.form.state == State::Disabled;
    if disabled == user.disabled {
        return Ok(see_message(&links::user(&user), "done-nothing"));
    }
    let wanted = UserChange { disabled: Some(disabled), ..UserChange::default() };
    match page.app.accounts.change_user(&by, &user.name, wanted).await {
        Ok(_) if disabled && is_myself(&page, &user) => page.logged_out(see("/login")),
        Ok(_) if disabled => Ok(see_message(&links::user(&user), "told-user-disabled")),
        Ok(_) => Ok(see_message(&links::user(&user), "told-user-enabled")),
        Err(error) => last_owner(&page, &user, error, Wrong::default()).await,
    }
}

/// Deletes the user, once it is sure.
pub async fn delete(Authorized { page, .. }: Authorized<Administer>, sent: Verified<Sure>) -> Answer {
    let user = named(&page).await?;
    let by = page.confirmed_by(&sent).await?;
    if !sent.form.sure {
        return ask(&page, &user).await;
    }
    match page.app.accounts.delete_user(&by, &user.name).await {
        Ok(()) if is_myself(&page, &user) => page.logged_out(see("/login")),
        Ok(()) => Ok(see_message("/users", "told-user-deleted")),
        Err(error) => last_owner(&page, &user, error, Wrong::default()).await,
    }
}

/// Nothing brings a user back, so it is asked first, with all that goes with them.
async fn ask(page: &Page, user: &User) -> Answer {
    let l = page.locale;
    let tokens = page.app.accounts.tokens(&page.by()).await?;
    let theirs = tokens.iter().filter(|token| token.maker.as_ref() == Some(&user.id));
    let question = Question {
        fields: Vec::new(),
        section: "users",
        title: l.s("user-delete-ask", text::one_line(&user.name)),
        lead: l.t(if is_myself(page, user) { "user-delete-ask-myself" } else { "user-delete-ask-help" }),
        lines_title: l.t("user-delete-tokens"),
        lines: theirs.map(|token| text::one_line(&token.name).into_owned()).collect(),
        action: format!("{}/delete", links::user(user)),
        submit: l.t("user-delete"),
        keep: l.t("user-keep"),
        back: links::user(user),
    };
    confirm_page(page, question).await
}

/// A user's role and globs, a line each.
fn rights_of(user: &User) -> String {
    [user.role.as_str()].into_iter().chain(user.apps.iter().map(String::as_str)).collect::<Vec<_>>().join("\n")
}

/// The user whom the address names.
async fn named(page: &Page) -> Result<User, Error> {
    page.app.accounts.user(&page.by(), &page.part("name")).await
}

fn is_myself(page: &Page, user: &User) -> bool {
    page.caller.id == format!("user:{}", user.id)
}

/// What stood against a change, in the page's words if it is that nobody else is an owner.
async fn last_owner(page: &Page, user: &User, error: Error, wrong: Wrong) -> Answer {
    let last = matches!(error, Error::Conflict(_)) && page.app.accounts.is_last_owner(&user.id).await?;
    if !last {
        return Err(error.into());
    }
    let wrong = Wrong { error: Some(page.locale.t("last-owner-refused")), ..wrong };
    view(page, user, StatusCode::CONFLICT, wrong).await
}

async fn view(page: &Page, user: &User, status: StatusCode, wrong: Wrong) -> Answer {
    let name = text::one_line(&user.name).into_owned();
    let rights = match wrong.rights {
        Some(rights) => rights,
        None => Rights::new(page, &apps_here(page).await, Some(user.role), &user.apps),
    };
    let view = UserPage {
        c: page.chrome("users", name.clone()).await.back_to(links::user(user)),
        user,
        name,
        href: links::user(user),
        myself: is_myself(page, user),
        last_owner: page.app.accounts.is_last_owner(&user.id).await?,
        rights,
        was: rights_of(user),
        password_error: wrong.password,
        created: CreatedItems::by(page, &user.id).await?,
        error: wrong.error,
    };
    page.render(status, &view)
}
