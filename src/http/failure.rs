//! What a handler fails with, and whether a page or a program is to hear of it.

use actix_web::error::ResponseError;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};

use crate::services::error::Error;

pub type Answer = Result<HttpResponse, Failure>;

/// What a handler fails with. The server turns it into a page or a problem document once the request is known.
#[derive(Debug)]
pub struct Failure(pub Error);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// Whether a program asks: it gets JSON whatever happens.
pub fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path == "/api" || path == "/healthz" || path == "/readyz" || path == "/metrics"
}

/// Whether a browser asks, for a page.
pub fn wants_page(req: &HttpRequest) -> bool {
    let accept = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    !is_for_programs(req.path()) && accept.is_some_and(|accept| accept.contains("text/html"))
}
