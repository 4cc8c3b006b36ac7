//! Forms: verified before their fields are looked at, and read into a type of their own.

use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use sha2::{Digest as _, Sha256};

use super::page::Visitor;
use crate::domain::token::Secret;
use crate::http::extract;
use crate::http::failure::Failure;
use crate::http::links;
use crate::services::error::{BodyFault, CrossOrigin, Error};

/// The largest form in bytes: a page of 500 selected sessions fits ten times.
pub const LARGEST: usize = 1 << 20;
/// The field of a password that is asked for again.
pub const CONFIRM_PASSWORD: &str = "confirm_password";

/// A form of a page of this login, sent from this site.
pub struct Verified<T> {
    pub form: T,
    /// Where it was sent from.
    pub back: String,
    /// The password that was asked for again.
    pub confirmation: Option<Secret<String>>,
}

/// A form of somebody who has no login yet. That it was sent from this site is checked around every request.
pub struct Submitted<T>(pub T);

/// A form without fields of its own.
#[derive(Deserialize)]
pub struct NoFields {}

/// A form that asks first: `sure` is the answer.
#[derive(Deserialize)]
pub struct Sure {
    #[serde(default, deserialize_with = "ticked")]
    pub sure: bool,
}

/// The fields of a verified form as they were sent, for a page that lets it wait.
#[derive(Clone)]
pub struct SentFields(Rc<Vec<(String, String)>>);

impl SentFields {
    /// Of the form of this request.
    pub fn of(req: &HttpRequest) -> Option<Self> {
        req.extensions().get::<Self>().cloned()
    }

    /// All fields in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The first value of a field.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// Where the form was sent from.
    pub fn back(&self) -> &str {
        links::local(self.get("return"))
    }

    fn verify_csrf(&self, csrf: &str) -> Result<(), Error> {
        // Both are digests: how long the comparison takes says nothing of the cookie.
        let same = !csrf.is_empty() && Sha256::digest(self.get("csrf").unwrap_or_default()) == Sha256::digest(csrf);
        same.then_some(()).ok_or(Error::CrossOrigin(CrossOrigin::OtherLogin))
    }
}

impl<T: DeserializeOwned> FromRequest for Verified<T> {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let body = extract::read_body(&req, &mut payload, LARGEST).await?;
            let fields = SentFields(Rc::new(read(&body)?));
            fields.verify_csrf(&Visitor::of(&req)?.csrf())?;
            req.extensions_mut().insert(fields.clone());
            let Confirmation { confirm_password } = read(&body)?;
            let confirmation = confirm_password.map(Secret::new);
            Ok(Self { form: read(&body)?, back: fields.back().to_owned(), confirmation })
        })
    }
}

impl<T: DeserializeOwned> FromRequest for Submitted<T> {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move { Ok(Self(read(&extract::read_body(&req, &mut payload, LARGEST).await?)?)) })
    }
}

#[derive(Deserialize)]
struct Confirmation {
    confirm_password: Option<String>,
}

/// Reads a body into a type: a field that is no list stands once. Fields that the type does not have are left alone.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let form = serde_html_form::Deserializer::from_bytes(body);
    serde_path_to_error::deserialize(form).map_err(|error| BodyFault::Unreadable(error.to_string()).into())
}

/// Whether a box is ticked: it is sent once, with any value, or not at all.
pub fn ticked<'de, D: Deserializer<'de>>(field: D) -> Result<bool, D::Error> {
    String::deserialize(field).map(|_| true)
}

#[cfg(test)]
mod tests {
    use super::super::page::csrf_token;
    use super::*;

    #[test]
    fn a_form_is_taken_from_its_own_login_alone() {
        let sent = |csrf: &str| SentFields(Rc::new(vec![("csrf".into(), csrf.into())]));
        let token = csrf_token("cookie");
        assert!(sent(&token).verify_csrf(&token).is_ok());
        assert!(sent(&csrf_token("other")).verify_csrf(&token).is_err());
        assert!(sent("").verify_csrf("").is_err(), "no login");
        assert!(SentFields(Rc::default()).verify_csrf(&token).is_err());
        assert!(!token.contains("cookie"));
    }

    #[derive(Debug, Deserialize)]
    struct Sample {
        name: String,
        #[serde(default, deserialize_with = "ticked")]
        sure: bool,
        #[serde(default)]
        picks: Vec<String>,
    }

    #[test]
    fn a_missing_or_doubled_field_is_named() {
        let sample: Sample = read(b"name=a+b&picks=1&csrf=x&picks=2&sure=yes").unwrap();
        assert_eq!((sample.name.as_str(), sample.sure, sample.picks.len()), ("a b", true, 2));
        for (body, field) in [("sure=yes", "name"), ("name=a&name=a", "name"), ("name=a&sure=1&sure=1", "sure")] {
            let why = read::<Sample>(body.as_bytes()).unwrap_err();
            assert!(matches!(why, Error::MalformedBody(why) if why.message().to_string().contains(field)), "{body}");
        }
    }
}
