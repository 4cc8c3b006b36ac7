//! One request to a receiver, and what came of it.

use std::error::Error as _;
use std::io;
use std::time::{Duration, Instant};

use ipnet::IpNet;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

use crate::domain::address::{OutOfReach, Reach};
use crate::domain::timestamp::Timestamp;
use crate::domain::webhook::{ATTEMPT_TIME, Failure, FailureKind, Verdict, signatures};
use crate::services::outbound::{ReachableAddresses, check_literal};
use crate::store::database::webhooks::WebhookRow;

/// So much of an answer is read, that its connection can be used again; all is thrown away.
const LARGEST_ANSWER: usize = 64 << 10;
/// How long the rest of an answer is waited for, after its status.
const ANSWER_TIME: Duration = Duration::from_secs(2);
/// The longest text of the system's that is kept.
const LONGEST_DETAIL: usize = 200;

pub(super) struct Sender {
    /// For webhooks of owners who are held to some apps.
    public: Way,
    /// For those of owners of all apps.
    private: Way,
}

/// How far requests go, and what sends them.
struct Way {
    reach: Reach,
    /// Or why there is none.
    client: Result<Client, Failure>,
}

/// One request to a receiver.
pub(super) struct Attempt<'a> {
    pub webhook: &'a WebhookRow,
    /// The header `webhook-id`.
    pub id: &'a str,
    pub body: &'a str,
    /// Whether it may go to loopback and private addresses.
    pub private: bool,
    /// Whether every failure without an answer takes the whole `limit`, so that its time tells nothing of the network.
    pub uniform: bool,
    /// How long it may take.
    pub limit: Duration,
}

/// What came of a request.
#[derive(Debug)]
pub(super) struct Reply {
    /// The status that was answered.
    pub status: Option<u16>,
    /// Why it is no success.
    pub failure: Option<Failure>,
    /// How long the receiver asks us to wait.
    pub retry_after: Option<Duration>,
    pub took: Duration,
}

impl Sender {
    /// `opened` are networks that every webhook may send to.
    pub fn new(opened: &[IpNet]) -> Self {
        // What another part of the program installed serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { public: Way::new(Reach::public(opened)), private: Way::new(Reach::private(opened)) }
    }

    /// Sends this, signed now by every secret that is valid.
    pub async fn send(&self, attempt: &Attempt<'_>, now: Timestamp) -> Reply {
        let begun = Instant::now();
        let way = if attempt.private { &self.private } else { &self.public };
        let answer = tokio::time::timeout(attempt.limit, way.post(attempt, now)).await;
        let late = |_| Err(Failure { kind: FailureKind::TimedOut, detail: String::new() });
        match answer.unwrap_or_else(late) {
            Ok(response) => {
                let reply = Reply { took: begun.elapsed(), ..of_response(response.status(), response.headers()) };
                // Whatever it says besides, and however that ends, the status counts.
                let _ = tokio::time::timeout(ANSWER_TIME, read(response)).await;
                reply
            }
            Err(failure) => {
                if attempt.uniform {
                    tokio::time::sleep(attempt.limit.saturating_sub(begun.elapsed())).await;
                }
                let took = if attempt.uniform { attempt.limit } else { begun.elapsed() };
                Reply { status: None, failure: Some(failure), retry_after: None, took }
            }
        }
    }
}

impl Way {
    fn new(reach: Reach) -> Self {
        let builder = || {
            Client::builder()
                .user_agent(concat!("mobile-sessions/", env!("CARGO_PKG_VERSION")))
                .redirect(Policy::none())
                // A proxy would look up names itself.
                .no_proxy()
                .dns_resolver(ReachableAddresses::new(&reach))
                .timeout(ATTEMPT_TIME)
        };
        let client = builder().build().or_else(|error| {
            let reason = failure(&error).detail;
            tracing::warn!(%reason, "webhooks are sent by plain HTTP alone: the system trusts no certificate");
            builder().tls_certs_only([]).build()
        });
        Self { client: client.map_err(|error| failure(&error)), reach }
    }

    async fn post(&self, attempt: &Attempt<'_>, now: Timestamp) -> Result<Response, Failure> {
        let Attempt { webhook, id, body, .. } = attempt;
        let url = webhook.url.as_str();
        check_literal(url, &self.reach).map_err(|error| out_of_reach(&error))?;
        let seconds = now.millis().div_euclid(1000);
        let previous = webhook.previous.as_ref().filter(|(_, until)| *until > now).map(|(secret, _)| secret);
        let secrets: Vec<_> = [Some(&webhook.secret), previous].into_iter().flatten().collect();
        let signatures = signatures(&secrets, id, seconds, body);
        let broken = || Failure { kind: FailureKind::Broken, detail: "the secret is unreadable".to_owned() };
        let request = self.client.as_ref().map_err(Clone::clone)?.post(url);
        let request = request
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", *id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", signatures.ok_or_else(broken)?)
            .body((*body).to_owned());
        request.send().await.map_err(|error| failure(&error))
    }
}

fn out_of_reach(error: &OutOfReach) -> Failure {
    Failure { kind: FailureKind::OutOfReach, detail: error.0.to_string() }
}

fn of_response(status: StatusCode, headers: &HeaderMap) -> Reply {
    let retry_after = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let asks = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&status);
    let kind = match Verdict::of(status.as_u16()) {
        Verdict::Delivered => None,
        Verdict::Failed(kind) => Some(kind),
        Verdict::Gone => Some(FailureKind::Gone),
    };
    Reply {
        status: Some(status.as_u16()),
        failure: kind.map(|kind| Failure { kind, detail: status.as_u16().to_string() }),
        retry_after: retry_after.filter(|_| asks).map(Duration::from_secs),
        took: Duration::ZERO,
    }
}

async fn read(mut response: Response) {
    let mut size = 0;
    while let Ok(Some(chunk)) = response.chunk().await {
        size += chunk.len();
        if size > LARGEST_ANSWER {
            return;
        }
    }
}

/// What the innermost cause says: it holds no address, which the outermost would.
fn failure(error: &reqwest::Error) -> Failure {
    let (mut innermost, mut tls) = (error.source(), false);
    let mut next = innermost;
    while let Some(cause) = next {
        if let Some(error) = cause.downcast_ref::<OutOfReach>() {
            return out_of_reach(error);
        }
        tls |= is_tls(cause);
        innermost = Some(cause);
        next = cause.source();
    }
    let kind = match () {
        () if error.is_timeout() => FailureKind::TimedOut,
        () if tls => FailureKind::Tls,
        () if error.is_connect() => FailureKind::Unreachable,
        () => FailureKind::Broken,
    };
    let detail = innermost.map_or_else(|| "no reason is known".to_owned(), ToString::to_string);
    let detail: String = detail.chars().filter(|c| !c.is_control()).take(LONGEST_DETAIL).collect();
    Failure { kind, detail: detail.trim_end_matches('.').to_owned() }
}

/// Whether this is an error of TLS, also one within errors of reading and writing: their `source` leaves it out.
fn is_tls(mut error: &(dyn std::error::Error + 'static)) -> bool {
    while let Some(within) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        error = within;
    }
    error.is::<rustls::Error>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_whether_and_when_to_retry() {
        let reply = |status, retry: Option<&str>| {
            let retry = retry.map(|retry| (RETRY_AFTER, retry.parse().unwrap()));
            of_response(StatusCode::from_u16(status).unwrap(), &HeaderMap::from_iter(retry))
        };
        assert!(reply(204, None).failure.is_none());
        let refused = reply(503, Some("120"));
        assert_eq!(refused.retry_after, Some(Duration::from_secs(120)));
        assert_eq!(refused.failure.unwrap().message().to_string(), "The receiver answered 503.");
        assert_eq!(reply(500, Some("120")).retry_after, None);
        assert_eq!(reply(429, Some("Wed, 21 Oct 2026 07:28:00 GMT")).retry_after, None);
        let elsewhere = reply(302, None).failure.unwrap();
        assert_eq!(
            elsewhere.message().to_string(),
            "The receiver answered 302: redirects are not followed. Give the address that it leads to."
        );
        assert_eq!(reply(410, None).failure.unwrap().kind, FailureKind::Gone);
    }
}
