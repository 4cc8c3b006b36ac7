//! What the path of a request names.

use actix_web::HttpRequest;
use percent_encoding::percent_decode_str;

use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::services::error::Error;

/// A part of the path, decoded; empty, which names nothing, where it is not UTF-8.
pub fn part(req: &HttpRequest, name: &str) -> String {
    let raw = req.match_info().get(name).unwrap_or_default();
    percent_decode_str(raw).decode_utf8().map(|part| part.into_owned()).unwrap_or_default()
}

/// The app that the path names.
pub fn app_id(req: &HttpRequest) -> Result<AppId, Error> {
    AppId::parse(&part(req, "app")).ok_or(Error::NotFound("app-of-this-id"))
}

/// The session that the path names.
pub fn session_key(req: &HttpRequest) -> Result<SessionKey, Error> {
    SessionKey::parse(&part(req, "app"), &part(req, "id")).ok_or(Error::NotFound("session-of-this-id"))
}
