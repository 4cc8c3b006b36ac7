//! What forms send: read once, checked before anything is done.

use actix_web::dev::Payload;
use actix_web::error::UrlencodedError;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::LocalBoxFuture;
use sha2::{Digest as _, Sha256};

use crate::http::extract;
use crate::http::failure::Failure;
use crate::http::links;
use crate::services::error::{CrossOrigin, Error};

/// The largest form: a page of 500 selected sessions fits ten times.
pub const LARGEST: usize = 1 << 20;

/// The fields of a form, in their order; a field can stand several times.
#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    too_large: bool,
}

impl Form {
    /// The first value of a field, or the empty text.
    pub fn get(&self, key: &str) -> &str {
        self.fields.iter().find(|(k, _)| k == key).map_or("", |(_, value)| value.as_str())
    }

    /// The value of a field that a page's form has once.
    pub fn one(&self, key: &str) -> Result<&str, Error> {
        let mut values = self.fields.iter().filter(|(k, _)| k == key).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (Some(value), None) => Ok(value),
            (None, _) => Err(Error::MalformedBody(format!("the field {key} is missing").into())),
            (Some(_), Some(_)) => Err(Error::MalformedBody(format!("the field {key} stands twice").into())),
        }
    }

    /// Whether a box is ticked: it is sent once, or not at all.
    pub fn ticked(&self, key: &str) -> Result<bool, Error> {
        if self.all(key).next().is_none() { Ok(false) } else { self.one(key).map(|_| true) }
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// All fields, as they stand.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Where the form was sent from.
    pub fn back(&self) -> &str {
        links::local(self.fields.iter().find(|(key, _)| key == "return").map(|(_, value)| value.as_str()))
    }

    /// Whether the form came from a page of this login.
    pub fn prove(&self, csrf: &str) -> Result<(), Error> {
        if self.too_large {
            return Err(Error::TooLarge { limit: LARGEST });
        }
        // Both are digests: how long the comparison takes says nothing of the cookie.
        let same = !csrf.is_empty() && Sha256::digest(self.get("csrf")) == Sha256::digest(csrf);
        same.then_some(()).ok_or(Error::CrossOrigin(CrossOrigin::OtherLogin))
    }
}

/// What the forms of a login carry: made from its cookie, and no way back to it.
pub fn csrf_token(cookie: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"form");
    hash.update(cookie);
    hex::encode(&hash.finalize()[..16])
}

impl FromRequest for Form {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    /// A body that is no form is a form without fields: it fails as such, for want of its token.
    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = web::Form::<Vec<(String, String)>>::from_request(req, payload);
        let req = req.clone();
        Box::pin(async move {
            Ok(match extract::in_time(&req, form).await? {
                Ok(form) => Self { fields: form.into_inner(), too_large: false },
                Err(error) => {
                    let too_large = matches!(error.as_error(), Some(UrlencodedError::Overflow { .. }));
                    Self { fields: Vec::new(), too_large }
                }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_taken_from_its_own_login_alone() {
        let form = |csrf: &str| Form { fields: vec![("csrf".into(), csrf.into())], too_large: false };
        let token = csrf_token("cookie");
        assert!(form(&token).prove(&token).is_ok());
        assert!(form(&csrf_token("other")).prove(&token).is_err());
        assert!(form("").prove("").is_err(), "no login, no proof");
        assert!(Form::default().prove(&token).is_err());
        assert!(!token.contains("cookie"));
    }

    #[test]
    fn a_field_stands_once() {
        let field = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let form = Form { fields: vec![field("a", "1"), field("b", ""), field("a", "2")], too_large: false };
        assert!(form.one("a").is_err() && form.ticked("a").is_err());
        assert_eq!(form.one("b").ok(), Some(""));
        assert!(form.one("c").is_err());
        assert_eq!((form.ticked("b").ok(), form.ticked("c").ok()), (Some(true), Some(false)));
    }
}
