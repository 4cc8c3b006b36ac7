//! What gives others rights asks for the password again, once it was given a while ago: the form waits meanwhile.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::chrome::Chrome;
use super::forms::{CONFIRM_PASSWORD, SentFields, Verified};
use super::page::{Page, Visitor, retry_after};
use super::rights;
use crate::services::accounts::{By, CONFIRMATION};
use crate::services::error::Error;

/// A field that is typed again, too: passwords are not sent back.
const NEW_PASSWORD: &str = "password";

#[derive(Template)]
#[template(path = "password_prompt.html")]
struct PasswordPrompt<'a> {
    c: Chrome,
    action: &'a str,
    /// What the form that waits holds.
    fields: Vec<(&'a str, &'a str)>,
    /// Whether it holds a new password, to be typed again.
    new_password: bool,
    error: Option<String>,
    back: &'a str,
}

impl Page {
    /// Who changes accounts by this form, with the password that stands in it if it was asked for again.
    pub async fn confirmed_by<T>(&self, form: &Verified<T>) -> Result<By, Error> {
        match &form.confirmation {
            Some(password) => self.app.accounts.confirm_password(self.by(), password.clone()).await,
            None => Ok(self.by()),
        }
    }
}

/// The page that asks for the password, if the form of this request failed for want of it.
pub async fn password_prompt(visitor: &Visitor, error: &Error) -> Option<HttpResponse> {
    let (l, sent) = (visitor.locale, SentFields::of(&visitor.req)?);
    let (status, why) = match error {
        Error::PasswordNeeded => (StatusCode::FORBIDDEN, None),
        Error::Invalid(errors) if errors.iter().any(|error| error.pointer == CONFIRMATION) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Some(l.t("wrong-current-password")))
        }
        Error::TooMany { seconds } if sent.get(CONFIRM_PASSWORD).is_some() => {
            (StatusCode::TOO_MANY_REQUESTS, Some(rights::wait(l, *seconds)))
        }
        _ => return None,
    };
    let c = visitor.chrome("", l.t("confirm-title")).await.back_to(sent.back().to_owned());
    let own = ["csrf", "return", CONFIRM_PASSWORD, NEW_PASSWORD];
    let page = PasswordPrompt {
        c,
        action: &visitor.path,
        fields: sent.iter().filter(|(key, _)| !own.contains(key)).collect(),
        new_password: sent.get(NEW_PASSWORD).is_some_and(|password| !password.is_empty()),
        error: why,
        back: sent.back(),
    };
    Some(retry_after(visitor.render(status, &page).ok()?, error.retry_after()))
}
