//! How requests for pages reach handlers: by way of a guard, and a form by way of its proof.

use actix_web::{Handler, Route, web};

use super::forms::{Submitted, Verified};
use super::page::{Authorized, Person, Visitor};
use crate::http::extract::Guard;
use crate::http::failure::Answer;

/// A handler that shows a page. Its argument says who may see it.
pub trait Shows<Args>: Handler<Args, Output = Answer> {}

impl<F: Handler<(Authorized<P>,), Output = Answer>, P: Guard> Shows<(Authorized<P>,)> for F {}
impl<F: Handler<(Person,), Output = Answer>> Shows<(Person,)> for F {}
impl<F: Handler<(Visitor,), Output = Answer>> Shows<(Visitor,)> for F {}

/// A handler that takes a form. Whoever is logged in proves that it came from a page of theirs.
pub trait Takes<Args>: Handler<Args, Output = Answer> {}

impl<F, P: Guard, T> Takes<(Authorized<P>, Verified<T>)> for F where
    F: Handler<(Authorized<P>, Verified<T>), Output = Answer>
{
}
impl<F: Handler<(Person, Verified<T>), Output = Answer>, T> Takes<(Person, Verified<T>)> for F {}
impl<F: Handler<(Visitor, Submitted<T>), Output = Answer>, T> Takes<(Visitor, Submitted<T>)> for F {}
impl<F: Handler<(Visitor,), Output = Answer>> Takes<(Visitor,)> for F {}

/// The route of a page.
///
/// ```
/// use mobile_sessions::http::extract::Read;
/// use mobile_sessions::http::failure::Answer;
/// use mobile_sessions::http::pages::{Authorized, get};
///
/// async fn guarded(_: Authorized<Read>) -> Answer {
///     Ok(actix_web::HttpResponse::Ok().finish())
/// }
/// get(guarded);
/// ```
///
/// A handler without a guard does not compile:
///
/// ```compile_fail
/// use mobile_sessions::http::extract::Read;
/// use mobile_sessions::http::failure::Answer;
/// use mobile_sessions::http::pages::{Authorized, get};
///
/// async fn unguarded(_: actix_web::HttpRequest) -> Answer {
///     Ok(actix_web::HttpResponse::Ok().finish())
/// }
/// get(unguarded);
/// ```
pub fn get<Args>(handler: impl Shows<Args>) -> Route
where
    Args: actix_web::FromRequest + 'static,
{
    web::get().to(handler)
}

/// The route of a form.
///
/// ```
/// use mobile_sessions::http::extract::Change;
/// use mobile_sessions::http::failure::Answer;
/// use mobile_sessions::http::pages::{Authorized, NoFields, Verified, post};
///
/// async fn proved(_: Authorized<Change>, _: Verified<NoFields>) -> Answer {
///     Ok(actix_web::HttpResponse::Ok().finish())
/// }
/// post(proved);
/// ```
///
/// A handler that does not ask for the proof does not compile:
///
/// ```compile_fail
/// use mobile_sessions::http::extract::Change;
/// use mobile_sessions::http::failure::Answer;
/// use mobile_sessions::http::pages::{Authorized, NoFields, Verified, post};
///
/// async fn unproved(_: Authorized<Change>) -> Answer {
///     Ok(actix_web::HttpResponse::Ok().finish())
/// }
/// post(unproved);
/// ```
pub fn post<Args>(handler: impl Takes<Args>) -> Route
where
    Args: actix_web::FromRequest + 'static,
{
    web::post().to(handler)
}
