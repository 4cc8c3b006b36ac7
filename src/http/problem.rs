//! Errors as answers: `application/problem+json` for programs, a page for browsers.

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::assets::asset_url;
use super::base_path;
use super::extract::LARGEST_BODY;
use super::failure::{Answer, wants_page};
use super::pages;
use crate::i18n::Locale;
use crate::services::error::{BodyFault, Code, Error};
use crate::services::measures;

/// An error as an answer to this request.
pub fn render(error: &Error, req: &HttpRequest, request_id: &str) -> HttpResponse {
    if let Error::Internal(cause) = error {
        tracing::error!(request_id, cause = %chain(cause.as_ref()), "a request failed");
    }
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_server_error() {
        measures::fault(error.code().as_str());
    }
    let mut answer = HttpResponse::build(status);
    if let Some(seconds) = error.retry_after() {
        answer.insert_header((header::RETRY_AFTER, seconds));
    }
    match error {
        Error::Unauthenticated => {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        Error::InvalidToken(fault) => {
            let why = fault.message().to_string();
            let why = why.trim_end_matches('.');
            let challenge = format!("Bearer error=\"invalid_token\", error_description=\"{why}\"");
            answer.insert_header((header::WWW_AUTHENTICATE, challenge));
        }
        Error::MethodNotAllowed { allow, .. } => {
            answer.insert_header((header::ALLOW, allow.as_str()));
        }
        Error::Unsure { change: Some(change), .. } => {
            answer.insert_header(("X-Change-Id", change.as_str()));
        }
        _ => {}
    }
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    if wants_page(req)
        && let Some(body) = pages::error_page(error, req, request_id)
    {
        return answer.content_type("text/html; charset=utf-8").body(body);
    }
    let body = serde_json::to_vec(&error.problem(request_id)).unwrap_or_default();
    answer.content_type("application/problem+json").body(body)
}

/// What actix itself answered with an error status, as our error.
pub fn from_bare(status: StatusCode, method: &Method, allow: Option<&str>) -> Error {
    match status {
        StatusCode::NOT_FOUND => Error::NotFound("address"),
        StatusCode::METHOD_NOT_ALLOWED => Error::MethodNotAllowed {
            method: method.to_string(),
            // HEAD is answered wherever GET is.
            allow: allow.unwrap_or_default().replace("GET", "GET, HEAD"),
        },
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { limit: LARGEST_BODY },
        status if status.is_client_error() => {
            BodyFault::Unreadable(status.canonical_reason().unwrap_or_default().to_lowercase()).into()
        }
        status => Error::internal(format!("an answer with status {status}")),
    }
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// One kind of problem, for the people who write programs.
#[derive(Template)]
#[template(path = "problem_help.html")]
struct ProblemPage {
    l: Locale,
    css: String,
    title: String,
    status: u16,
    help: String,
}

/// `GET /problems/{code}`: what a problem's `type` resolves to.
pub async fn explain(req: HttpRequest) -> Answer {
    let code = req.match_info().get("code").and_then(Code::parse).ok_or(Error::NotFound("problem-of-this-name"))?;
    let page = ProblemPage {
        l: Locale::default(),
        css: asset_url("app.css"),
        title: code.title(),
        status: code.status(),
        help: code.help().unwrap_or_default(),
    };
    let body = base_path::page(&page, &req)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body))
}
