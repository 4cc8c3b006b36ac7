//! What gives others rights asks for the password again, once it was given a while ago: the form waits meanwhile.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::chrome::Chrome;
use super::forms::Form;
use super::page::Page;
use super::rights;
use crate::domain::token::Secret;
use crate::services::accounts::{By, CONFIRMATION};
use crate::services::error::Error;

/// The field of the password that is asked for again.
const FIELD: &str = "confirm_password";
/// A field that is typed again, too: passwords are not sent back.
const NEW_PASSWORD: &str = "password";

#[derive(Template)]
#[template(path = "confirm.html")]
struct Confirm<'a> {
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
    pub async fn confirmed_by(&self, form: &Form) -> Result<By, Error> {
        let by = self.by()?;
        if form.all(FIELD).next().is_none() {
            return Ok(by);
        }
        let password = Secret::new(form.one(FIELD)?.to_owned());
        self.app.accounts.confirm_password(by, password).await
    }

    /// The answer of a handler to this form; where the password is needed again, the page that asks for it.
    pub async fn answer_to(&self, form: &Form, result: Result<HttpResponse, Error>) -> HttpResponse {
        let l = self.locale;
        let asked = match result {
            Err(Error::PasswordNeeded) => self.ask_password(form, StatusCode::FORBIDDEN, None).await,
            Err(Error::Invalid(errors)) if errors.iter().any(|error| error.pointer == CONFIRMATION) => {
                let why = l.t("wrong-current-password");
                self.ask_password(form, StatusCode::UNPROCESSABLE_ENTITY, Some(why)).await
            }
            Err(Error::TooMany { seconds }) if form.all(FIELD).next().is_some() => {
                let why = rights::wait(l, seconds);
                let asked = self.ask_password(form, StatusCode::TOO_MANY_REQUESTS, Some(why)).await;
                asked.map(|mut answer| {
                    answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
                    answer
                })
            }
            result => result,
        };
        self.answer(asked).await
    }

    async fn ask_password(
        &self,
        form: &Form,
        status: StatusCode,
        error: Option<String>,
    ) -> Result<HttpResponse, Error> {
        let mut c = self.chrome("", self.locale.t("confirm-title")).await;
        c.here = form.back().to_owned();
        let own = ["csrf", "return", FIELD, NEW_PASSWORD];
        self.render(
            status,
            &Confirm {
                c,
                action: &self.path,
                fields: form.fields().filter(|(key, _)| !own.contains(key)).collect(),
                new_password: !form.get(NEW_PASSWORD).is_empty(),
                error,
                back: form.back(),
            },
        )
    }
}
