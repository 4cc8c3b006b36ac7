//! The way to 4D: one request with a secret, to code that runs MOBILE APP REFRESH SESSIONS there.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use serde::{Deserialize, Serialize};

use crate::domain::address::{OutOfReach, Reach};
use crate::domain::push::{Failure, FailureKind, PushError};
use crate::domain::token::Secret;
use crate::services::outbound::{ReachableAddresses, cause, check_literal};

/// How long 4D may take for its answer, all of it.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How much of an answer is read.
const LONGEST: usize = 1 << 20;

/// Where 4D is, and what it is shown.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The address of the code in 4D: no user, no query.
    pub url: String,
    pub secret: Secret<String>,
}

/// What 4D is asked for.
#[derive(Debug, Serialize)]
pub struct Order<'a> {
    /// To find the request in both logs.
    pub request_id: &'a str,
    /// What was changed here. 4D's command takes no list: it reads all of the folder.
    pub sessions: Vec<Item<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
}

/// One session that was changed here.
#[derive(Debug, Serialize)]
pub struct Item<'a> {
    pub app: &'a str,
    pub id: &'a str,
    /// What was done to it.
    pub action: Action,
}

/// What was done to a session.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Refresh,
    Remove,
}

/// What 4D answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Whether the command ran without an error.
    pub success: bool,
    pub errors: Vec<PushError>,
}

/// Speaks to 4D.
pub struct Bridge {
    client: Client,
    /// 4D often runs on this very machine; nobody but who starts the program chooses its address.
    reach: Reach,
    url: String,
    bearer: HeaderValue,
    secret: Secret<String>,
}

impl Bridge {
    /// Over this connection; `Err` says what about it cannot be used.
    pub fn new(connection: Connection, patience: Duration) -> Result<Self, String> {
        Self::within(Reach::private(&[]), connection, patience)
    }

    /// The same, to addresses within this reach.
    pub fn within(reach: Reach, connection: Connection, patience: Duration) -> Result<Self, String> {
        // Somebody else in this process may have said the same already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(Policy::none())
            .dns_resolver(ReachableAddresses::new(&reach))
            .timeout(patience)
            // The secret goes to 4D alone.
            .no_proxy()
            .referer(false)
            .user_agent(concat!("mobile-sessions/", env!("CARGO_PKG_VERSION")))
            .build();
        let client = client.map_err(|error| format!("Nothing can be sent to 4D: {}.", innermost(&error)))?;
        let bearer = HeaderValue::from_str(&format!("Bearer {}", connection.secret.expose()));
        let mut bearer = bearer.map_err(|_| "The secret holds characters that no header can carry.".to_owned())?;
        bearer.set_sensitive(true);
        Ok(Self { client, reach, url: connection.url, bearer, secret: connection.secret })
    }

    /// Where 4D is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Asks 4D, and waits for its answer.
    pub async fn send(&self, order: &Order<'_>) -> Result<Reply, Failure> {
        check_literal(&self.url, &self.reach).map_err(|error| FailureKind::Unreachable.with(error.to_string()))?;
        let body = serde_json::to_vec(order).map_err(|_| FailureKind::OtherType)?;
        let request = self.client.post(&self.url).header(AUTHORIZATION, self.bearer.clone());
        let request = request.header(CONTENT_TYPE, "application/json").body(body);
        let response = request.send().await.map_err(|error| failure(&error))?;
        check_status(response.status())?;
        parse(&read(response).await?).map(|reply| self.without_secret(reply))
    }

    /// Whatever 4D says, it does not get the secret printed here.
    fn without_secret(&self, mut reply: Reply) -> Reply {
        for error in &mut reply.errors {
            for text in [&mut error.message, &mut error.component] {
                *text = text.replace(self.secret.expose(), "…");
            }
        }
        reply
    }
}

fn check_status(status: StatusCode) -> Result<(), Failure> {
    Err(match status.as_u16() {
        200 => return Ok(()),
        401 => FailureKind::WrongSecret.into(),
        403 => FailureKind::Forbidden.into(),
        404 => FailureKind::NotFound.into(),
        status @ 300..=399 => FailureKind::Redirect.with(status.to_string()),
        status => FailureKind::Status.with(status.to_string()),
    })
}

async fn read(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| failure(&error))? {
        if body.len() + part.len() > LONGEST {
            return Err(FailureKind::TooLong.into());
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

fn parse(body: &[u8]) -> Result<Reply, Failure> {
    /// As 4D's `Last errors` names them.
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Reported {
        err_code: i64,
        component_signature: Option<String>,
        message: Option<String>,
    }
    #[derive(Deserialize)]
    struct Answer {
        success: bool,
        /// `Last errors` is null where there is none.
        errors: Option<Vec<Reported>>,
    }
    // 4D before v19 R2 may put a byte-order mark in front.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let value: serde_json::Value = serde_json::from_slice(body).map_err(|_| FailureKind::NotJson)?;
    let answer: Answer = serde_json::from_value(value).map_err(|error| shape(&error))?;
    let errors = answer.errors.unwrap_or_default().into_iter().map(|error| PushError {
        component: error.component_signature.unwrap_or_default(),
        code: error.err_code,
        message: error.message.unwrap_or_default(),
    });
    Ok(Reply { success: answer.success, errors: errors.collect() })
}

/// What serde says, without the values that it met: they may be anybody's.
fn shape(error: &serde_json::Error) -> Failure {
    let text = error.to_string();
    match text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        Some(field) => FailureKind::MissingField.with(field),
        None => FailureKind::OtherType.into(),
    }
}

/// What reqwest says, sorted. Its own text is not told: it holds the address, and whatever a server wrote.
fn failure(error: &reqwest::Error) -> Failure {
    if error.is_timeout() {
        return FailureKind::TimedOut.into();
    }
    if let Some(out_of_reach) = cause::<OutOfReach>(error) {
        return FailureKind::Unreachable.with(out_of_reach.to_string());
    }
    if error.is_dns() {
        return FailureKind::NoSuchHost.into();
    }
    if let Some(tls) = cause::<rustls::Error>(error) {
        return tls_failure(tls);
    }
    let kind = cause::<io::Error>(error).map(io::Error::kind);
    match kind {
        Some(io::ErrorKind::ConnectionRefused) => FailureKind::Refused.into(),
        Some(kind) if error.is_connect() => FailureKind::Unreachable.with(kind.to_string()),
        None if error.is_connect() => FailureKind::NotConnecting.into(),
        _ => FailureKind::Broken.into(),
    }
}

fn tls_failure(error: &rustls::Error) -> Failure {
    match error {
        rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer) => FailureKind::UnknownIssuer.into(),
        rustls::Error::InvalidCertificate(why) => FailureKind::BadCertificate.with(why.to_string()),
        rustls::Error::InvalidMessage(_) => FailureKind::NoTls.into(),
        other => FailureKind::Tls.with(other.to_string()),
    }
}

fn innermost(error: &(dyn StdError + 'static)) -> String {
    let mut error = error;
    while let Some(inner) = error.source() {
        error = inner;
    }
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_4d_writes_it() {
        let reply = |text: &str| parse(text.as_bytes());
        let ok = Reply { success: true, errors: Vec::new() };
        for text in [r#"{"success":true,"errors":[]}"#, r#"{"success":true,"errors":null}"#, r#"{"success":true}"#] {
            assert_eq!(reply(text), Ok(ok.clone()), "{text}");
        }
        assert_eq!(parse(b"\xef\xbb\xbf{\"success\":true,\"more\":1}"), Ok(ok));
        let error = r#"{"success":false,"errors":[{"errCode":1,"componentSignature":"mobi","message":"m","x":0},
            {"errCode":-43}]}"#;
        let errors = reply(error).unwrap().errors;
        assert_eq!((errors[0].component.as_str(), errors[0].code, errors[0].message.as_str()), ("mobi", 1, "m"));
        assert_eq!((errors[1].component.as_str(), errors[1].code), ("", -43));
    }

    #[test]
    fn what_is_no_answer_is_told_apart() {
        for text in ["", "<html>", "{", "{}x", "success"] {
            assert_eq!(parse(text.as_bytes()), Err(FailureKind::NotJson.into()), "{text}");
        }
        for text in [
            "{}",
            "[]",
            "null",
            "5",
            r#"{"success":"yes"}"#,
            r#"{"success":true,"errors":{}}"#,
            r#"{"success":true,"errors":[{}]}"#,
            r#"{"success":true,"errors":["hunter2"]}"#,
        ] {
            let Err(why) = parse(text.as_bytes()) else { panic!("{text}") };
            assert!(matches!(why.kind, FailureKind::MissingField | FailureKind::OtherType), "{text}: {why:?}");
            assert!(!why.detail.contains("hunter2"), "{why:?}");
        }
    }
}
