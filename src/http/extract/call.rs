//! One request of the API, from a caller who may make it.

use std::marker::PhantomData;

use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder, web};

use super::address;
use super::facts::{ChangesNothing, Claimed, HeadAlone, Needed, RequestId};
use super::guard::Guard;
use super::identity::{Identity, identify, proof};
use crate::app::App;
use crate::domain::account::Caller;
use crate::domain::change::{Expectation, ExpectedState};
use crate::domain::query::QueryError;
use crate::http::client;
use crate::http::state::Shared;
use crate::services::accounts::{BrowserLogin, By, Proof};
use crate::services::error::Error;
use crate::services::idempotency::Claim;

/// A request that anybody may make.
pub struct Anybody(pub web::Data<App>);

/// A request from a caller whom `G` has let pass. Only [`Handler`](super::Handler) makes one.
pub struct Call<G> {
    pub app: web::Data<App>,
    /// What the workers share besides.
    pub shared: web::Data<Shared>,
    pub caller: Caller,
    pub request_id: String,
    pub req: HttpRequest,
    login: Option<BrowserLogin>,
    guard: PhantomData<G>,
}

/// Every service, from a request.
pub(super) fn services(req: &HttpRequest) -> Result<web::Data<App>, Error> {
    req.app_data::<web::Data<App>>().cloned().ok_or_else(|| Error::internal("a route without the app"))
}

fn no_tags() -> QueryError {
    QueryError::of("If-Match", "if-match")
}

/// The tags of a header, with commas between: a comma within quotes is part of a tag.
fn entity_tags(header: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let ends_tag = move |c| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    };
    header.split(ends_tag).map(str::trim)
}

impl<G: Guard> Call<G> {
    /// Asks who sent the request (401, 429), and whether they may make it (403).
    pub(super) async fn authorise(req: &HttpRequest) -> Result<Self, Error> {
        let shared = req.app_data::<web::Data<Shared>>().cloned();
        let identity = identify(req).await?.ok_or(Error::Unauthenticated)?;
        G::check(&identity)?;
        req.extensions_mut().insert(Needed(G::PERMISSION));
        let Identity { caller, login } = identity;
        Ok(Self {
            app: services(req)?,
            shared: shared.ok_or_else(|| Error::internal("a route without what workers share"))?,
            caller,
            request_id: RequestId::of(req),
            req: req.clone(),
            login,
            guard: PhantomData,
        })
    }

    /// For a request that changes nothing: few of its answers are kept for a retry.
    pub fn changes_nothing(&self) {
        self.req.extensions_mut().insert(ChangesNothing);
    }

    /// Who changes accounts, for the access log.
    pub fn by(&self) -> By {
        By::caller(&self.caller, client::address(&self.req), self.login.as_ref())
    }

    /// What showed who asks, to be checked again while an answer goes on.
    pub fn proof(&self) -> Proof {
        proof(&self.req, self.login.as_ref())
    }

    /// What the request's `Idempotency-Key` gave.
    pub fn claim(&self) -> Option<Claim> {
        self.req.extensions().get::<Claimed>().map(|claimed| claimed.0.clone())
    }

    /// Whether the client asks for the head of the answer alone.
    pub fn is_head_alone(&self) -> bool {
        self.req.extensions().contains::<HeadAlone>()
    }

    pub fn part(&self, name: &str) -> String {
        address::part(&self.req, name)
    }

    /// What `If-Match` expects.
    pub fn expectation(&self) -> Result<Expectation, Error> {
        let mut tags = Vec::new();
        let mut any = false;
        for value in self.req.headers().get_all(header::IF_MATCH) {
            any = true;
            for tag in entity_tags(value.to_str().map_err(|_| no_tags())?) {
                match tag {
                    "*" => return Ok(Expectation::Exists),
                    // A weak tag never matches strongly.
                    _ if tag.starts_with("W/") => {}
                    _ if !tag.starts_with('"') => return Err(no_tags().into()),
                    _ => tags.push(ExpectedState::parse(tag).ok_or_else(no_tags)?),
                }
            }
        }
        Ok(if any { Expectation::OneOf(tags) } else { Expectation::Nothing })
    }

    /// An answer 200 of a list. It says so where more sessions are on their way into it, because the folder is being read
    /// for the first time.
    pub fn list_answer(&self) -> HttpResponseBuilder {
        let mut answer = HttpResponse::Ok();
        if self.app.catalog.reading().is_some() {
            answer.insert_header(("x-partial", "true"));
        }
        answer
    }

    /// An answer 200 with the header `Link`, if there is a next page.
    pub fn page(&self, next_cursor: Option<&str>) -> HttpResponseBuilder {
        let mut answer = HttpResponse::Ok();
        if let Some(cursor) = next_cursor {
            answer.insert_header((header::LINK, self.next_link(cursor)));
        }
        answer
    }

    /// The value of the header `Link` for the next page: the same address with another cursor.
    pub fn next_link(&self, cursor: &str) -> String {
        let kept = self.req.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
        let cursor = format!("cursor={cursor}");
        let query: Vec<&str> = kept.chain([cursor.as_str()]).collect();
        format!("<{}?{}>; rel=\"next\"", self.req.uri().path(), query.join("&"))
    }

    /// A header's value, if it is plain text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.req.headers().get(name).and_then(|value| value.to_str().ok())
    }
}
