//! What a request holds besides its address, as the second argument of its handler.

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::body::{LARGEST_BODY, read_json};
use super::query::{no_query, pairs, parse};
use crate::services::error::Error;

/// What a request holds besides its address, read once its caller is known to be allowed to make it.
pub trait Input: Sized {
    /// Reads and checks the query, then the body.
    fn read(req: &HttpRequest, payload: &mut Payload) -> impl Future<Output = Result<Self, Error>>;
}

/// No query, and no body but an empty object, for clients that must send one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl Input for Nothing {
    async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Self, Error> {
        no_query(req)?;
        no_body(req, payload).await?;
        Ok(Self {})
    }
}

/// A JSON object of at most `LIMIT` bytes, and no query.
pub struct Json<T, const LIMIT: usize = LARGEST_BODY>(pub T);

impl<T: DeserializeOwned, const LIMIT: usize> Input for Json<T, LIMIT> {
    async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Self, Error> {
        no_query(req)?;
        Ok(Self(read_json(req, payload, LIMIT).await?.read()?))
    }
}

/// The keys of a query, and no body.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> Input for Query<T> {
    async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Self, Error> {
        let query = parse(pairs(req.query_string())?)?;
        no_body(req, payload).await?;
        Ok(Self(query))
    }
}

/// Nobody reads the body of a GET.
async fn no_body(req: &HttpRequest, payload: &mut Payload) -> Result<(), Error> {
    if req.method() != Method::GET {
        let Nothing {} = read_json(req, payload, LARGEST_BODY).await?.read()?;
    }
    Ok(())
}
