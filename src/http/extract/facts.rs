//! What middleware and handlers tell each other about a request, in its extensions.

use actix_web::{HttpMessage, HttpRequest};

use crate::domain::account::{Actor, Permission};
use crate::http::limits::Allowance;
use crate::services::idempotency::Claim;

/// The id of a request in the log, the journal and the header `X-Request-Id`: a ULID, or what the client sent.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

impl RequestId {
    /// Empty where the server has not given one.
    pub fn of(req: &HttpRequest) -> String {
        req.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
    }
}

/// Who sent a request; `None` for a stranger. Absent where nobody has asked.
#[derive(Clone, Debug)]
pub struct Identified(pub Option<Actor>);

/// That a token was used from outside of the networks that it is limited to.
#[derive(Clone, Copy, Debug)]
pub struct Elsewhere;

/// That a known caller's request was counted, and how many are left; `None` where there is no limit.
#[derive(Clone, Copy, Debug)]
pub struct Counted(pub Option<Allowance>);

/// That the client asks for the head of an answer alone: the method says GET by then.
#[derive(Clone, Copy, Debug)]
pub struct HeadAlone;

/// The right to make a request that has an `Idempotency-Key`.
#[derive(Clone, Debug)]
pub struct Claimed(pub Claim);

/// The permission that the handler has asked for.
#[derive(Clone, Copy, Debug)]
pub struct Needed(pub Permission);

/// That a POST or PATCH changes nothing: few of its answers are kept for a retry.
#[derive(Clone, Copy, Debug)]
pub struct ChangesNothing;
