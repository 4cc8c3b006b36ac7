//! What handlers are given: who asks, by which request, for what.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::failure::Failure;
use super::limits::Allowance;
use super::state::Shared;
use super::{client, connections, security};
use crate::app::App;
use crate::domain::account::{Actor, Caller, Permission};
use crate::domain::app_id::AppId;
use crate::domain::change::{Expectation, ExpectedBytes};
use crate::domain::query::QueryError;
use crate::domain::session::SessionKey;
use crate::domain::token::Secret;
use crate::services::accounts::{BrowserLogin, By, Proof};
use crate::services::error::{Error, FieldError};
use crate::services::idempotency::Claim;

/// The largest body in bytes, but for a batch's.
pub const LARGEST_BODY: usize = 64 << 10;
/// How long a client may take to send its body.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The id of a request: in the log, in the journal, and in the header `X-Request-Id`.
#[derive(Clone, Debug)]
pub struct RequestId(
    /// A ULID, or what the client sent as its own id.
    pub String,
);

impl RequestId {
    /// The id of this request.
    pub fn of(req: &HttpRequest) -> String {
        req.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
    }
}

/// Whom a request is from, for those who come behind its handler; `None` for nobody who is known. Where a handler asks
/// nobody, a request has none of it.
#[derive(Clone, Debug)]
pub struct Identified(
    /// Who it is.
    pub Option<Actor>,
);

/// Who asks, and the login that says so, if it is one.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Who asks.
    pub caller: Caller,
    /// `None` for a token.
    pub login: Option<BrowserLogin>,
}

impl Identity {
    /// Whether another password comes before everything else.
    pub fn must_change_password(&self) -> bool {
        self.login.as_ref().is_some_and(|login| login.must_change_password)
    }
}

/// That a known caller sent a request, and what they may still ask for; `None` where there is no limit.
#[derive(Clone, Copy, Debug)]
pub struct Counted(pub Option<Allowance>);

/// Who sent this request; `None` for nobody who is known. A token that is not good is not made good
/// by a cookie. Fails for callers who ask too often; whose proof is not good is counted by address, as
/// who brings none is around every request.
pub async fn identify(req: &HttpRequest) -> Result<Option<Identity>, Error> {
    let identity = who(req).await;
    if let Ok(_) | Err(Error::InvalidToken(_)) = &identity {
        let known = identity.as_ref().ok().and_then(Option::as_ref);
        req.extensions_mut().insert(Identified(known.map(|identity| identity.caller.actor.clone())));
    }
    let (Some(app), Some(shared)) = (req.app_data::<web::Data<App>>(), req.app_data::<web::Data<Shared>>()) else {
        return identity;
    };
    match &identity {
        Ok(Some(identity)) => {
            let allowance = shared.limits.count(&identity.caller.id);
            req.extensions_mut().insert(Counted(allowance));
            allowance.map_or(Ok(()), Allowance::check)?;
        }
        Ok(None) | Err(Error::InvalidToken(_)) if security::has_credentials(req, &app.config.options) => {
            shared.limits.check_address(client::address(req))?;
        }
        _ => {}
    }
    identity
}

/// The same without counting it.
pub async fn who(req: &HttpRequest) -> Result<Option<Identity>, Error> {
    let Some(app) = req.app_data::<web::Data<App>>() else { return Ok(None) };
    if req.headers().contains_key(header::AUTHORIZATION) {
        let Some(token) = security::bearer(req.headers()) else { return Ok(None) };
        let caller = app.accounts.caller_by_token(token, client::address(req)).await?;
        return Ok(Some(Identity { caller, login: None }));
    }
    let Some(cookie) = security::cookie(req, &app.config.options) else { return Ok(None) };
    let found = app.accounts.caller_by_cookie(&cookie, client::address(req)).await?;
    Ok(found.map(|(caller, login)| Identity { caller, login: Some(login) }))
}

/// That a request asks for the head of an answer alone; its method says GET by then.
#[derive(Clone, Copy, Debug)]
pub struct HeadAlone;

/// What the `Idempotency-Key` of a request gave, for its handler.
#[derive(Clone, Debug)]
pub struct Claimed(
    /// The right to make it.
    pub Claim,
);

/// What a handler has asked its caller for.
#[derive(Clone, Copy, Debug)]
pub struct Needed(
    /// A permission.
    pub Permission,
);

/// That a POST or PATCH changes nothing.
#[derive(Clone, Copy, Debug)]
pub struct ChangesNothing;

/// Reads a body, if it comes in time. Who is late is not waited for any longer.
pub async fn in_time<T>(req: &HttpRequest, read: impl Future<Output = T>) -> Result<T, Error> {
    tokio::time::timeout(BODY_TIME, read).await.map_err(|_| {
        connections::give_up(req);
        Error::MalformedBody("it did not arrive within 30 s".into())
    })
}

/// One request of the API, from somebody who is known: anybody else gets 401 before anything of the
/// request is looked at.
pub struct Call {
    /// Every service.
    pub app: web::Data<App>,
    /// What the workers share besides.
    pub shared: web::Data<Shared>,
    /// Who asks. Handlers get it by [`Call::require`].
    caller: Caller,
    login: Option<BrowserLogin>,
    /// For log and journal.
    pub request_id: String,
    /// The request itself.
    pub req: HttpRequest,
    payload: Payload,
}

impl FromRequest for Call {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let app = req.app_data::<web::Data<App>>().cloned();
            let app = app.ok_or_else(|| Error::internal("a route without the app"))?;
            let shared = req.app_data::<web::Data<Shared>>().cloned();
            let shared = shared.ok_or_else(|| Error::internal("a route without what workers share"))?;
            let identity = identify(&req).await?.ok_or(Error::Unauthenticated)?;
            let Identity { caller, login } = identity;
            Ok(Self { app, shared, caller, login, request_id: RequestId::of(&req), req, payload })
        })
    }
}

impl Call {
    /// The first line of every handler: who asks, if they may do this.
    pub fn require(&self, permission: Permission) -> Result<Caller, Error> {
        if self.login.as_ref().is_some_and(|login| login.must_change_password) {
            return Err(Error::PasswordChangeNeeded);
        }
        self.caller.require(permission)?;
        self.req.extensions_mut().insert(Needed(permission));
        Ok(self.caller.clone())
    }

    /// For a request that changes nothing: few of its answers are kept for a retry.
    pub fn changes_nothing(&self) {
        self.req.extensions_mut().insert(ChangesNothing);
    }

    /// Whether a person asks, from a browser; for what a login may do whose password was made up.
    pub fn is_login(&self) -> bool {
        self.login.is_some()
    }

    /// Who changes accounts, for those that may.
    pub fn by(&self) -> By {
        By::caller(&self.caller, client::address(&self.req), self.login.as_ref())
    }

    /// What showed who asks, to be looked at again while an answer goes on.
    pub fn proof(&self) -> Proof {
        proof(&self.req, self.login.as_ref())
    }

    /// What the request's `Idempotency-Key` gave.
    pub fn claim(&self) -> Option<Claim> {
        self.req.extensions().get::<Claimed>().map(|claimed| claimed.0.clone())
    }

    /// Whether only the head of the answer is asked for.
    pub fn is_head_alone(&self) -> bool {
        self.req.extensions().contains::<HeadAlone>()
    }

    /// The pairs of the query, decoded.
    pub fn pairs(&self) -> Result<Vec<(String, String)>, Error> {
        Ok(pairs(self.req.query_string())?)
    }

    /// For routes that take no query.
    pub fn no_query(&self) -> Result<(), Error> {
        self.only(&[]).map(drop)
    }

    /// The values of these keys; another key, or one that stands twice, is refused by name.
    pub fn only<const N: usize>(&self, keys: &[&str; N]) -> Result<[Option<String>; N], Error> {
        let mut values = [const { None }; N];
        for (key, value) in self.pairs()? {
            let Some(place) = keys.iter().position(|known| *known == key) else {
                return Err(QueryError::new(&key, format!("The key \"{key}\" is not known.")).into());
            };
            if values[place].replace(value).is_some() {
                return Err(QueryError::new(&key, format!("The key \"{key}\" stands twice.")).into());
            }
        }
        Ok(values)
    }

    /// A part of the path, decoded. Bytes that are not UTF-8 name nothing that is listed.
    pub fn part(&self, name: &str) -> Option<String> {
        let raw = self.req.match_info().get(name)?;
        percent_decode_str(raw).decode_utf8().ok().map(|part| part.into_owned())
    }

    /// The app that the path names.
    pub fn app_id(&self) -> Result<AppId, Error> {
        self.part("app").and_then(|app| AppId::parse(&app)).ok_or(Error::NotFound("app of this id"))
    }

    /// The session that the path names.
    pub fn session_key(&self) -> Result<SessionKey, Error> {
        let key = self.part("app").zip(self.part("id")).and_then(|(app, id)| SessionKey::parse(&app, &id));
        key.ok_or(Error::NotFound("session of this id"))
    }

    /// What `If-Match` expects.
    pub fn expectation(&self) -> Result<Expectation, Error> {
        let wrong = || QueryError::new("If-Match", "The header If-Match is no list of entity tags.");
        let mut tags = Vec::new();
        let mut any = false;
        for value in self.req.headers().get_all(header::IF_MATCH) {
            any = true;
            for tag in value.to_str().map_err(|_| wrong())?.split(',').map(str::trim) {
                match tag {
                    "*" => return Ok(Expectation::Exists),
                    // A weak tag never matches strongly.
                    _ if tag.starts_with("W/") => {}
                    _ if !tag.starts_with('"') => return Err(wrong().into()),
                    _ => tags.push(ExpectedBytes::parse(tag).ok_or_else(wrong)?),
                }
            }
        }
        Ok(if any { Expectation::OneOf(tags) } else { Expectation::Nothing })
    }

    /// What the header `Link` says of the next page: the same address with another cursor.
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

    /// The body, at most so many bytes.
    pub async fn body(&mut self, limit: usize) -> Result<web::Bytes, Error> {
        read_body(&self.req, &mut self.payload, limit).await
    }

    /// The body as a JSON object. `types` are the media types taken; a body of no type is JSON, too. One that is empty
    /// is absent, whatever its type, and an object without a key: whether any is needed is told by what asks for it.
    pub async fn json(&mut self, types: &'static [&'static str], limit: usize) -> Result<Object, Error> {
        let body = self.body(limit).await?;
        if body.is_empty() {
            return Ok(Object::default());
        }
        if !is_of_type(&self.req, types) {
            return Err(unsupported(types));
        }
        object(&body)
    }

    /// For routes that take no body: an empty one, or an empty object from clients that must send one.
    pub async fn no_body(&mut self) -> Result<(), Error> {
        self.json(&["application/json"], LARGEST_BODY).await?.end()
    }
}

/// Whether a body is of one of these media types, in UTF-8, or no type is said.
fn is_of_type(req: &HttpRequest, types: &[&str]) -> bool {
    let Some(given) = req.headers().get(header::CONTENT_TYPE) else { return true };
    let mut parts = given.to_str().unwrap_or("?").split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let is_utf8 = parts.filter_map(|parameter| parameter.split_once('=')).all(|(name, value)| {
        !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    is_utf8 && types.iter().any(|known| essence.eq_ignore_ascii_case(known))
}

fn unsupported(types: &[&str]) -> Error {
    let expected = match types.len() {
        1 => "application/json, in UTF-8",
        _ => "application/json or application/merge-patch+json, in UTF-8",
    };
    Error::UnsupportedMediaType { expected }
}

/// What shows who asks: the login's cookie, else the token.
pub fn proof(req: &HttpRequest, login: Option<&BrowserLogin>) -> Proof {
    match login {
        Some(login) => Proof::Login(login.cookie.clone()),
        None => Proof::Token(Secret::new(security::bearer(req.headers()).unwrap_or_default().to_owned())),
    }
}

/// A request's body, at most so many bytes.
pub async fn read_body(req: &HttpRequest, payload: &mut Payload, limit: usize) -> Result<web::Bytes, Error> {
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    let length = header("content-length").and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > limit) {
        return Err(Error::TooLarge { limit });
    }
    let read = async {
        let mut body = web::BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| Error::MalformedBody("it ended before its time".into()))?;
            if body.len() + chunk.len() > limit {
                return Err(Error::TooLarge { limit });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    };
    in_time(req, read).await?
}

/// The pairs of a query string or form, decoded.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>, QueryError> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8().map(|text| text.into_owned())
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let key = decode(key).map_err(|_| QueryError::new("", "A key of the query is not UTF-8."))?;
        let value = decode(value);
        let value = value.map_err(|_| QueryError::new(&key, format!("The value of \"{key}\" is not UTF-8.")))?;
        Ok((key, value))
    });
    pairs.collect()
}

/// A JSON object that was sent, of which every key must be asked for.
#[derive(Debug, Default)]
pub struct Object {
    members: Map<String, Value>,
    /// Where the object stands, as a JSON pointer.
    at: String,
}

fn object(body: &[u8]) -> Result<Object, Error> {
    let malformed = |error: serde_json::Error| Error::MalformedBody(error.to_string().into());
    let Strict(value) = serde_json::from_slice(body).map_err(malformed)?;
    Object::of(value, "")
}

impl Object {
    /// A value as an object.
    pub fn of(value: Value, at: &str) -> Result<Self, Error> {
        match value {
            Value::Object(members) => Ok(Self { members, at: at.to_owned() }),
            _ => Err(Error::invalid(at, "This must be an object.")),
        }
    }

    /// The value of a key, which is now asked for.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        self.members.shift_remove(key)
    }

    /// That none of these keys is `null`: in a change that stands for nothing, where nothing else is said of it.
    pub fn no_null(&self, keys: &[&str]) -> Result<(), Error> {
        let null = keys.iter().filter(|key| self.members.get(**key).is_some_and(Value::is_null));
        let why = "This must not be null: leave the key out to keep the value.";
        let errors: Vec<_> = null.map(|key| FieldError::new(self.pointer(key), why)).collect();
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }

    /// Whether a key is there that was not asked for yet.
    pub fn has(&self, key: &str) -> bool {
        self.members.contains_key(key)
    }

    /// Where a member stands.
    pub fn pointer(&self, key: &str) -> String {
        format!("{}/{}", self.at, key.replace('~', "~0").replace('/', "~1"))
    }

    /// The text of a key; `None` where it is absent or `null`.
    pub fn text(&mut self, key: &str) -> Result<Option<String>, Error> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong(key, "This must be text.")),
        }
    }

    /// The text of a key that must be there.
    pub fn required_text(&mut self, key: &str) -> Result<String, Error> {
        self.text(key)?.ok_or_else(|| self.wrong(key, "This is needed, as text."))
    }

    /// The boolean of a key; false where it is absent or `null`.
    pub fn flag(&mut self, key: &str) -> Result<bool, Error> {
        Ok(self.optional_flag(key)?.unwrap_or_default())
    }

    /// The boolean of a key; `None` where it is absent or `null`.
    pub fn optional_flag(&mut self, key: &str) -> Result<Option<bool>, Error> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(_) => Err(self.wrong(key, "This must be true or false.")),
        }
    }

    /// That the value of a key is not acceptable.
    pub fn wrong(&self, key: &str, detail: impl Into<String>) -> Error {
        Error::invalid(self.pointer(key), detail)
    }

    /// All keys that were not asked for, as they are.
    pub fn rest(self) -> Map<String, Value> {
        self.members
    }

    /// Refuses keys that nobody asked for.
    pub fn end(self) -> Result<(), Error> {
        match self.members.keys().next() {
            None => Ok(()),
            Some(key) => Err(self.wrong(key, format!("The key \"{key}\" is not known here."))),
        }
    }
}

/// A number without a fraction: 5.0 is one too (JSON Schema).
pub fn whole_number(value: &Value) -> Option<i64> {
    // Up to where every whole number has a double of its own.
    let whole = value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9.0e15);
    value.as_i64().or(whole.map(|number| number as i64))
}

/// A JSON value in which no key stands twice: which one would be meant is not known.
struct Strict(Value);

impl<'de> serde::Deserialize<'de> for Strict {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> serde::de::Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            all.push(item);
        }
        Ok(all.into())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some((key, Strict(value))) = members.next_entry::<String, Strict>()? {
            if all.contains_key(&key) {
                return Err(serde::de::Error::custom(format!("the key \"{key}\" stands twice")));
            }
            all.insert(key, value);
        }
        Ok(all.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded_or_refused() {
        assert_eq!(
            pairs("a=b+c&&d=%C3%A9&e").unwrap(),
            [("a", "b c"), ("d", "é"), ("e", "")].map(|(k, v)| (k.into(), v.into()))
        );
        assert_eq!(pairs("a=%FF").unwrap_err().key, "a");
    }

    #[test]
    fn a_body_with_a_key_twice_is_malformed() {
        let code = |body: &str| object(body.as_bytes()).unwrap_err().code().as_str();
        assert_eq!(code(r#"{"a":1,"a":1}"#), "malformed-body");
        assert_eq!(code(r#"{"a":[{"b":1,"\u0062":1}]}"#), "malformed-body");
        assert_eq!(code("{"), "malformed-body");
        assert_eq!(code(&"[".repeat(100_000)), "malformed-body");
        assert_eq!(code("[]"), "invalid-value");
        assert_eq!(code("\u{feff}{}"), "malformed-body");
    }

    #[test]
    fn every_key_must_be_asked_for() {
        let mut body = object(br#"{"a":"x","b":true,"c/d":null}"#).unwrap();
        assert_eq!(body.text("a").unwrap().as_deref(), Some("x"));
        assert!(body.flag("b").unwrap());
        assert!(matches!(body.end(), Err(Error::Invalid(errors)) if errors[0].pointer == "/c~1d"));
    }
}
