//! The way to 4D: one request with a secret, to code that runs MOBILE APP REFRESH SESSIONS there.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use serde::{Deserialize, Serialize};

use crate::domain::push::PushError;
use crate::domain::token::Secret;

/// How long 4D may take for its answer, all of it.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How much of an answer is read.
const LONGEST: usize = 1 << 20;

/// Where 4D is, and what it is shown.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The address of the code in 4D: no user, no query.
    pub url: String,
    /// What both sides know.
    pub secret: Secret<String>,
}

/// What 4D is asked for.
#[derive(Debug, Serialize)]
pub struct Order<'a> {
    /// To find the request in both logs.
    pub request_id: &'a str,
    /// What was changed here. 4D's command takes no list: it reads all of the folder.
    pub sessions: Vec<Item<'a>>,
    /// Only answer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub test: bool,
}

/// One session that was changed here.
#[derive(Debug, Serialize)]
pub struct Item<'a> {
    /// The app.
    pub app: &'a str,
    /// The session.
    pub id: &'a str,
    /// What was done to it.
    pub action: Action,
}

/// What was done to a session.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It was changed.
    Refresh,
    /// It was deleted.
    Remove,
}

/// What 4D answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Whether the command ran without an error.
    pub success: bool,
    /// What it complained of.
    pub errors: Vec<PushError>,
}

/// Why there was no answer to be used. `Display` is for people: what happened, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant's sentence stands below")]
pub enum BridgeError {
    NoSuchHost,
    Refused,
    Unreachable(String),
    TimedOut,
    Tls(String),
    Broken,
    WrongSecret,
    Forbidden,
    NotFound,
    Redirect(u16),
    Status(u16),
    TooLong,
    NotJson,
    OtherShape(String),
}

impl fmt::Display for BridgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchHost => f.write_str("The host name in --push-url is not known: check how it is spelled."),
            Self::Refused => f.write_str(
                "4D refused the connection: nothing listens at this address and port. Start its web server, or check \
                 --push-url.",
            ),
            Self::Unreachable(why) => {
                write!(f, "4D cannot be reached ({why}): check the network and the address in --push-url.")
            }
            Self::TimedOut => f.write_str(
                "4D did not answer in time. It may be busy, or a firewall drops the request: look at 4D, and push again.",
            ),
            Self::Tls(why) => write!(
                f,
                "The encrypted connection to 4D failed ({why}). Give 4D a certificate that this machine trusts, for the \
                 host name in --push-url; or begin --push-url with http if 4D does not encrypt."
            ),
            Self::Broken => f.write_str("The connection to 4D broke before the whole answer had come: push again."),
            Self::WrongSecret => f.write_str(
                "4D knows another secret (401): put the same one into the code in 4D and into --push-secret-file.",
            ),
            Self::Forbidden => f.write_str(
                "4D forbids it (403): allow this request in On Web Authentication, or in the privileges of the project.",
            ),
            Self::NotFound => f.write_str(
                "4D has nothing at this address (404): install the code of \"Connect 4D\", restart 4D's web server, and \
                 check the path in --push-url.",
            ),
            Self::Redirect(status) => write!(
                f,
                "4D sends to another address ({status}), which is not followed: put the final address into --push-url."
            ),
            Self::Status(status) => {
                write!(f, "4D answered with status {status}: its own log says why. Look there, and push again.")
            }
            Self::TooLong => f.write_str(
                "The answer is longer than 1 MiB, so it is none of the code of \"Connect 4D\": check --push-url.",
            ),
            Self::NotJson => f.write_str(
                "The answer is not JSON, so it is none of the code of \"Connect 4D\": install it, and check --push-url.",
            ),
            Self::OtherShape(why) => write!(
                f,
                "The answer is JSON of another shape ({why}): install the code of \"Connect 4D\" as it stands there."
            ),
        }
    }
}

/// Speaks to 4D.
pub struct Bridge {
    client: Client,
    url: String,
    bearer: HeaderValue,
    secret: Secret<String>,
}

impl Bridge {
    /// Over this connection; `Err` says what about it cannot be used.
    pub fn new(connection: Connection, patience: Duration) -> Result<Self, String> {
        // Somebody else in this process may have said the same already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(Policy::none())
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
        Ok(Self { client, url: connection.url, bearer, secret: connection.secret })
    }

    /// Where 4D is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Asks 4D, and waits for its answer.
    pub async fn send(&self, order: &Order<'_>) -> Result<Reply, BridgeError> {
        let body = serde_json::to_vec(order).map_err(|error| BridgeError::OtherShape(error.to_string()))?;
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

fn check_status(status: StatusCode) -> Result<(), BridgeError> {
    Err(match status.as_u16() {
        200 => return Ok(()),
        401 => BridgeError::WrongSecret,
        403 => BridgeError::Forbidden,
        404 => BridgeError::NotFound,
        status @ 300..=399 => BridgeError::Redirect(status),
        status => BridgeError::Status(status),
    })
}

async fn read(mut response: Response) -> Result<Vec<u8>, BridgeError> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| failure(&error))? {
        if body.len() + part.len() > LONGEST {
            return Err(BridgeError::TooLong);
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

fn parse(body: &[u8]) -> Result<Reply, BridgeError> {
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
    let value: serde_json::Value = serde_json::from_slice(body).map_err(|_| BridgeError::NotJson)?;
    let answer: Answer = serde_json::from_value(value).map_err(|error| BridgeError::OtherShape(shape(&error)))?;
    let errors = answer.errors.unwrap_or_default().into_iter().map(|error| PushError {
        component: error.component_signature.unwrap_or_default(),
        code: error.err_code,
        message: error.message.unwrap_or_default(),
    });
    Ok(Reply { success: answer.success, errors: errors.collect() })
}

/// What serde says, without the values that it met: they may be anybody's.
fn shape(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.strip_prefix("missing field ") {
        Some(_) => text,
        None => "a value has another type".to_owned(),
    }
}

/// What reqwest says, sorted. Its own text is not told: it holds the address, and whatever a server wrote.
fn failure(error: &reqwest::Error) -> BridgeError {
    if error.is_timeout() {
        return BridgeError::TimedOut;
    }
    if error.is_dns() {
        return BridgeError::NoSuchHost;
    }
    if let Some(tls) = cause::<rustls::Error>(error) {
        return BridgeError::Tls(tls_words(tls));
    }
    let kind = cause::<io::Error>(error).map(io::Error::kind);
    match kind {
        Some(io::ErrorKind::ConnectionRefused) => BridgeError::Refused,
        Some(kind) if error.is_connect() => BridgeError::Unreachable(kind.to_string()),
        None if error.is_connect() => BridgeError::Unreachable("it does not connect".to_owned()),
        _ => BridgeError::Broken,
    }
}

fn tls_words(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer) => {
            "its certificate is from nobody that this machine trusts".to_owned()
        }
        rustls::Error::InvalidCertificate(why) => format!("its certificate is not good: {why}"),
        rustls::Error::InvalidMessage(_) => "what answers there does not speak TLS".to_owned(),
        other => other.to_string(),
    }
}

/// The innermost cause of this type. An `io::Error` hides what it was made of from `source`.
fn cause<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    let inner = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner as &(dyn StdError + 'static)),
        None => error.source(),
    };
    inner.and_then(cause).or_else(|| error.downcast_ref())
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
            assert_eq!(parse(text.as_bytes()), Err(BridgeError::NotJson), "{text}");
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
            let Err(BridgeError::OtherShape(why)) = parse(text.as_bytes()) else { panic!("{text}") };
            assert!(!why.contains("hunter2"), "{why}");
        }
    }

    #[test]
    fn every_failure_has_its_own_sentence_with_a_way_out() {
        use BridgeError::*;
        let all = [
            NoSuchHost,
            Refused,
            Unreachable("x".into()),
            TimedOut,
            Tls("x".into()),
            Broken,
            WrongSecret,
            Forbidden,
            NotFound,
            Redirect(302),
            Status(500),
            TooLong,
            NotJson,
            OtherShape("x".into()),
        ];
        let words: std::collections::BTreeSet<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!(words.len(), all.len());
        assert!(words.iter().all(|words| words.ends_with('.') && words.contains([':', '.'])));
    }
}
