//! How requests reach handlers: by way of a guard, and no other.

use actix_web::dev::{AppService, HttpServiceFactory, Payload};
use actix_web::{HttpRequest, Route, web};

use super::call::{Anybody, Call, services};
use super::guard::Guard;
use super::input::{Input, Nothing};
use crate::http::failure::Answer;

/// A function that answers requests. Its first argument says who may make them, [`Call`] with a [`Guard`] or
/// [`Anybody`]; its second, if there is one, what the query or the body holds. Without the second, both must be empty.
pub trait Handler<Args>: Clone + 'static {
    /// Authenticates (401), authorises (403), reads the query (400), then the body, then answers.
    fn handle(self, req: HttpRequest, payload: Payload) -> impl Future<Output = Answer>;
}

impl<F, R> Handler<Anybody> for F
where
    F: Fn(Anybody) -> R + Clone + 'static,
    R: Future<Output = Answer>,
{
    async fn handle(self, req: HttpRequest, _: Payload) -> Answer {
        self(Anybody(services(&req)?)).await
    }
}

impl<F, G, R> Handler<Call<G>> for F
where
    F: Fn(Call<G>) -> R + Clone + 'static,
    G: Guard,
    R: Future<Output = Answer>,
{
    async fn handle(self, req: HttpRequest, mut payload: Payload) -> Answer {
        let call = Call::authorise(&req).await?;
        Nothing::read(&req, &mut payload).await?;
        self(call).await
    }
}

impl<F, G, I, R> Handler<(Call<G>, I)> for F
where
    F: Fn(Call<G>, I) -> R + Clone + 'static,
    G: Guard,
    I: Input,
    R: Future<Output = Answer>,
{
    async fn handle(self, req: HttpRequest, mut payload: Payload) -> Answer {
        let call = Call::authorise(&req).await?;
        let input = I::read(&req, &mut payload).await?;
        self(call, input).await
    }
}

/// An address whose handlers all have a guard.
///
/// ```
/// use mobile_sessions::http::extract::{Call, Read, resource};
/// use mobile_sessions::http::failure::Answer;
///
/// async fn guarded(_: Call<Read>) -> Answer {
///     Ok(actix_web::HttpResponse::Ok().finish())
/// }
/// resource("/").get(guarded);
/// ```
///
/// A handler without a guard does not compile:
///
/// ```compile_fail
/// use mobile_sessions::http::extract::{Call, Read, resource};
/// use mobile_sessions::http::failure::Answer;
///
/// async fn unguarded(_: actix_web::HttpRequest) -> Answer {
///     Ok(actix_web::HttpResponse::Ok().finish())
/// }
/// resource("/").get(unguarded);
/// ```
pub struct Resource(actix_web::Resource);

/// The resource at this address.
pub fn resource(path: &str) -> Resource {
    Resource(web::resource(path))
}

impl Resource {
    pub fn get<Args: 'static>(self, handler: impl Handler<Args>) -> Self {
        self.route(web::get(), handler)
    }

    pub fn post<Args: 'static>(self, handler: impl Handler<Args>) -> Self {
        self.route(web::post(), handler)
    }

    pub fn put<Args: 'static>(self, handler: impl Handler<Args>) -> Self {
        self.route(web::put(), handler)
    }

    pub fn patch<Args: 'static>(self, handler: impl Handler<Args>) -> Self {
        self.route(web::patch(), handler)
    }

    pub fn delete<Args: 'static>(self, handler: impl Handler<Args>) -> Self {
        self.route(web::delete(), handler)
    }

    fn route<Args: 'static>(self, route: Route, handler: impl Handler<Args>) -> Self {
        Self(self.0.route(
            route.to(move |req: HttpRequest, payload: web::Payload| handler.clone().handle(req, payload.into_inner())),
        ))
    }
}

impl HttpServiceFactory for Resource {
    fn register(self, config: &mut AppService) {
        self.0.register(config);
    }
}
