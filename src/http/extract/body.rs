//! Bodies: in time, not too large, JSON, and nothing in them that is not known.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;
use serde_json::Map;

use super::node::Node;
use super::strict;
use crate::http::connections;
use crate::services::error::{BodyFault, BodyType, Error};

/// The largest body in bytes, but for a batch's.
pub const LARGEST_BODY: usize = 64 << 10;
/// How long a client may take to send its body.
const BODY_TIME: Duration = Duration::from_secs(30);
const JSON: &str = "application/json";
/// RFC 7396; every PATCH takes it.
const MERGE_PATCH: &str = "application/merge-patch+json";

/// The body as JSON. A body without a type is JSON, too; an empty one is absent, whatever its type, and an object
/// without a key.
pub async fn read_json(req: &HttpRequest, payload: &mut Payload, limit: usize) -> Result<Node, Error> {
    let body = read_body(req, payload, limit).await?;
    if body.is_empty() {
        return Ok(Node::new(Map::new().into()));
    }
    let is_patch = *req.method() == Method::PATCH;
    let (types, expected): (&[&str], _) = match is_patch {
        true => (&[JSON, MERGE_PATCH], BodyType::JsonOrMergePatch),
        false => (&[JSON], BodyType::Json),
    };
    if !is_of_type(req, types) {
        return Err(Error::UnsupportedMediaType { expected });
    }
    let value = strict::parse(&body).map_err(|error| BodyFault::Unreadable(error.to_string()))?;
    Ok(if is_patch { Node::patch(value) } else { Node::new(value) })
}

/// Whether a body is of one of these media types, in UTF-8, or says no type.
fn is_of_type(req: &HttpRequest, types: &[&str]) -> bool {
    let Some(content_type) = req.headers().get(header::CONTENT_TYPE) else { return true };
    let mut parts = content_type.to_str().unwrap_or("?").split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let is_utf8 = parts.filter_map(|parameter| parameter.split_once('=')).all(|(name, value)| {
        !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    is_utf8 && types.iter().any(|known| essence.eq_ignore_ascii_case(known))
}

/// A body of at most so many bytes.
pub async fn read_body(req: &HttpRequest, payload: &mut Payload, limit: usize) -> Result<web::Bytes, Error> {
    let length = req.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > limit) {
        return Err(Error::TooLarge { limit });
    }
    let read = async {
        let mut body = web::BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| BodyFault::CutShort)?;
            if body.len() + chunk.len() > limit {
                return Err(Error::TooLarge { limit });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    };
    in_time(req, read).await?
}

/// Reads a body, if it comes in time; the connection of a client who is late is cut.
pub async fn in_time<T>(req: &HttpRequest, read: impl Future<Output = T>) -> Result<T, Error> {
    tokio::time::timeout(BODY_TIME, read).await.map_err(|_| {
        connections::give_up(req);
        BodyFault::Late.into()
    })
}
