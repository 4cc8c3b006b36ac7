//! `Idempotency-Key`, for every POST and PATCH of the API: the request is made once, and a retry gets its answer.

use actix_web::body::{BodySize, BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};
use percent_encoding::percent_decode_str;
use tracing::Instrument;

use super::api::{batch, openapi};
use super::extract::{self, ChangesNothing, Claimed, Identity, Needed};
use super::failure::Failure;
use crate::app::App;
use crate::domain::account::{Caller, Permission};
use crate::domain::query::QueryError;
use crate::services::edits::BatchResult;
use crate::services::error::Error;
use crate::services::idempotency::{Claim, Fingerprint, Head, KeptAnswer, KeyedRequest, Met, Sight};

const KEY: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The one operation whose body may be larger than others.
const BATCH: &str = "/api/v1/sessions/batch";

/// Around the API. Who is not known is refused by the handler, before anything of the request is looked at.
pub async fn honour(
    mut req: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let is_kept = matches!(*req.method(), Method::POST | Method::PATCH)
        && req.headers().contains_key(KEY)
        && req.match_pattern().is_some_and(|pattern| openapi::has_operation(req.method(), &pattern));
    let app = req.app_data::<web::Data<App>>().cloned().filter(|_| is_kept);
    let identity = if app.is_some() { extract::who(req.request()).await.ok().flatten() } else { None };
    let (Some(app), Some(identity)) = (app, identity) else { return next.call(req).await };
    let keyed = match keyed_request(&mut req, &identity).await {
        Ok(keyed) => keyed,
        Err(error) => return Ok(req.error_response(Failure(error))),
    };
    let (claim, running) = match app.idempotency.claim(&keyed).await {
        Ok(Met::Free(claim, running)) => (claim, running),
        Ok(Met::Answered(kept)) => {
            return Ok(match replay(&app, &identity.caller, kept).await {
                Ok(answer) => req.into_response(answer),
                Err(error) => req.error_response(Failure(error)),
            });
        }
        Err(error) => return Ok(req.error_response(Failure(error))),
    };
    req.extensions_mut().insert(Claimed(claim.clone()));
    // In a task of its own: when the client leaves, the answer is kept all the same.
    let made = async move {
        let _running = running;
        let response = match next.call(req).await {
            Ok(response) => response,
            Err(error) => {
                app.idempotency.fail(&keyed, &claim, error.as_response_error().status_code().is_client_error()).await;
                return Err(error);
            }
        };
        keep(&app, &keyed, &claim, &identity.caller, response).await
    };
    actix_web::rt::spawn(made.in_current_span()).await.map_err(actix_web::error::ErrorInternalServerError)?
}

/// Reads the body, and puts it back for the handler.
async fn keyed_request(req: &mut ServiceRequest, identity: &Identity) -> Result<KeyedRequest, Error> {
    let mut payload = req.take_payload();
    let is_batch = req.match_pattern().as_deref() == Some(BATCH) && identity.caller.require(Permission::Change).is_ok();
    let limit = if is_batch { batch::LARGEST_BODY } else { extract::LARGEST_BODY };
    let body = extract::read_body(req.request(), &mut payload, limit).await?;
    req.set_payload(Payload::from(body.clone()));
    let mut keys = req.headers().get_all(KEY);
    let key = keys.next().filter(|_| keys.next().is_none()).and_then(|key| key.to_str().ok()).unwrap_or_default();
    let address = req.uri().path_and_query().map_or("", |address| address.as_str());
    let request = Fingerprint { method: req.method().as_str(), address, body: &body };
    let keyed =
        KeyedRequest::new(&identity.caller, &extract::proof(req.request(), identity.login.as_ref()), key, &request);
    keyed.ok_or_else(|| QueryError::of("Idempotency-Key", "idempotency-key").into())
}

/// Keeps the answer of a request that succeeded. What failed is tried again by a retry.
async fn keep(
    app: &App,
    keyed: &KeyedRequest,
    claim: &Claim,
    caller: &Caller,
    response: ServiceResponse<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let status = response.status();
    if !status.is_success() || matches!(response.response().body().size(), BodySize::Stream) {
        app.idempotency.fail(keyed, claim, status.is_client_error()).await;
        return Ok(response);
    }
    let (request, response) = response.into_parts();
    let (response, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(actix_web::error::ErrorInternalServerError)?;
    let head = head(&request, &response, caller);
    let reads = request.extensions().contains::<ChangesNothing>();
    app.idempotency.keep(keyed, &KeptAnswer { head, body: body.to_vec() }, reads).await;
    Ok(ServiceResponse::new(request, response.set_body(body).map_into_boxed_body()))
}

fn head(request: &HttpRequest, response: &HttpResponse<()>, caller: &Caller) -> Head {
    let needed = request.extensions().get::<Needed>().map_or(Permission::Change, |needed| needed.0);
    let app = request.match_info().get("app").and_then(|app| percent_decode_str(app).decode_utf8().ok());
    let text =
        |(name, value): (&HeaderName, &HeaderValue)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()));
    Head {
        status: response.status().as_u16(),
        headers: response.headers().iter().filter_map(text).collect(),
        app: app.map(|app| app.into_owned()),
        ..Head::of(caller, needed)
    }
}

/// The answer as this caller may see it now.
async fn replay(app: &App, caller: &Caller, kept: KeptAnswer) -> Result<HttpResponse, Error> {
    let KeptAnswer { head, body } = kept;
    let body = match head.sight(caller)? {
        Sight::Whole => body,
        Sight::Narrowed => narrowed(app, caller, &head, &body).await?,
    };
    let mut answer = HttpResponse::build(StatusCode::from_u16(head.status).unwrap_or(StatusCode::OK));
    for (name, value) in &head.headers {
        answer.append_header((name.as_str(), value.as_str()));
    }
    answer.insert_header((REPLAYED, "true"));
    Ok(answer.body(body))
}

/// Of batches, what is of the caller's apps; all else is not shown.
async fn narrowed(app: &App, caller: &Caller, head: &Head, body: &[u8]) -> Result<Vec<u8>, Error> {
    if let Ok(result) = serde_json::from_slice::<BatchResult>(body) {
        return serde_json::to_vec(&result.within(&caller.apps)).map_err(Error::internal);
    }
    let location = head.headers.iter().find(|(name, _)| name == "location").map(|(_, value)| value.as_str());
    let batch = location.and_then(|location| location.strip_prefix("/api/v1/batches/"));
    let state = match batch {
        Some(id) => app.batches.state(caller, id).await?,
        None => None,
    };
    serde_json::to_vec(&state.ok_or(Error::ReplayWithheld)?).map_err(Error::internal)
}
