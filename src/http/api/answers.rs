//! What every answer of the API has, whoever gives it: an entity tag where it can be asked for again, and when to
//! come back where the work goes on.

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;

use crate::domain::change::Digest;
use crate::http::assets::matches;
use crate::http::links::encode;

/// Seconds after which it is worth to ask how far a batch is.
const ASK_AGAIN: u64 = 1;

/// An answer 201, with the address of what was made: the parts behind `/api/v1`.
pub fn created(address: &[&str], made: impl Serialize) -> HttpResponse {
    let parts: String = address.iter().map(|part| format!("/{}", encode(part))).collect();
    HttpResponse::Created().insert_header((header::LOCATION, format!("/api/v1{parts}"))).json(made)
}

/// The entity tag of an answer: a digest of its bytes, so that it changes when the caller can see a change.
pub fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", Digest::of(bytes).short_hex())
}

/// Around every handler of the API.
pub async fn finish(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let is_get = req.method() == Method::GET;
    let mut response = next.call(req).await?;
    match response.status() {
        StatusCode::OK if is_get => Ok(tagged(response)),
        StatusCode::ACCEPTED => {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(ASK_AGAIN));
            Ok(response.map_into_boxed_body())
        }
        _ => Ok(response.map_into_boxed_body()),
    }
}

/// With an entity tag, or as 304 where the caller has the same already. A stream has none: its end is not known.
fn tagged(response: ServiceResponse<impl MessageBody + 'static>) -> ServiceResponse<BoxBody> {
    let (req, response) = response.into_parts();
    let (mut response, body) = response.into_parts();
    // The head of a stream.
    if matches!(body.size(), BodySize::None | BodySize::Sized(0)) {
        return ServiceResponse::new(req, response.set_body(BoxBody::new(body)));
    }
    let bytes = match body.try_into_bytes() {
        Ok(bytes) => bytes,
        Err(body) => return ServiceResponse::new(req, response.set_body(BoxBody::new(body))),
    };
    let own = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    let tag = own.unwrap_or_else(|| etag(&bytes));
    if matches(&req, &tag) {
        let answer = not_modified(&req, &response, tag);
        return ServiceResponse::new(req, answer);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    ServiceResponse::new(req, response.set_body(BoxBody::new(bytes)))
}

/// The headers that the answer itself would have, without it.
fn not_modified(req: &HttpRequest, full: &HttpResponse<()>, tag: String) -> HttpResponse {
    let mut answer = HttpResponseBuilder::new(StatusCode::NOT_MODIFIED);
    for name in [header::VARY, header::CACHE_CONTROL, header::CONTENT_ENCODING] {
        for value in full.headers().get_all(&name) {
            answer.append_header((name.clone(), value.clone()));
        }
    }
    // The answer would be compressed, and its tag weak.
    let compressed =
        req.headers().contains_key(header::ACCEPT_ENCODING) && !full.headers().contains_key(header::CONTENT_ENCODING);
    let tag = if compressed && !tag.starts_with("W/") { format!("W/{tag}") } else { tag };
    answer.insert_header((header::ETAG, tag)).finish()
}
