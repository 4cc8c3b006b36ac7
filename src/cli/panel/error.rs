//! What keeps a panel from doing what it is asked, in plain words.

use std::io;
use std::time::Duration;

use reqwest::Response;
use reqwest::header::{LOCATION, RETRY_AFTER};

use super::body;
use super::url::PanelUrl;
use crate::cli::Failure;
use crate::cli::output::printable;
use crate::services::error::{Code, Problem};
use crate::services::outbound::cause;

/// How long a panel can have a command wait before it asks again.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Why there is no answer, or not the one that was wanted.
#[derive(Debug)]
pub enum PanelError {
    /// Nobody was reached: nothing was done.
    Unreachable(String),
    /// The connection broke before the answer came: what was asked for may have been done.
    Lost(String),
    /// The panel, or something in front of it, says no.
    Refused { sentence: String, status: u16, code: Option<Code>, retry_after: Option<Duration> },
}

impl PanelError {
    /// What reqwest says, sorted. Its own text is not told: it holds the address, and whatever a server wrote.
    pub fn of_request(error: &reqwest::Error, url: &PanelUrl) -> Self {
        if let Some(tls) = cause::<rustls::Error>(error) {
            return Self::Unreachable(of_tls(tls, url));
        }
        if error.is_dns() {
            return Self::Unreachable(format!("Nobody knows the host name of {url}: look at --url."));
        }
        let kind = cause::<io::Error>(error).map(io::Error::kind);
        match kind {
            Some(io::ErrorKind::ConnectionRefused) => {
                Self::Unreachable(format!("Nothing answers at {url}: look whether the panel runs, and at --url."))
            }
            _ if error.is_connect() && error.is_timeout() => {
                Self::Unreachable(format!("{url} does not answer in time: look at --url, and at what lies between."))
            }
            Some(kind) if error.is_connect() => Self::Unreachable(format!("{url} cannot be reached: {kind}.")),
            None if error.is_connect() => Self::Unreachable(format!("{url} cannot be reached: look at --url.")),
            _ => Self::Lost(format!("The connection to {url} broke before the answer came.")),
        }
    }

    /// An answer that is no success.
    pub async fn of_answer(response: Response, url: &PanelUrl) -> Self {
        let status = response.status();
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let retry_after = header(RETRY_AFTER).and_then(|seconds| seconds.parse().ok());
        let retry_after = retry_after.map(|seconds| Duration::from_secs(seconds).min(LONGEST_WAIT));
        if status.is_redirection() {
            let target = header(LOCATION).map(|target| format!(" to {}", printable(&target))).unwrap_or_default();
            let sentence = format!(
                "{url} sends elsewhere{target}, and a token goes nowhere by itself: name the panel's own --url."
            );
            return Self::Refused { sentence, status: status.as_u16(), code: None, retry_after };
        }
        let body = body::read(response).await.ok();
        let problem = body.and_then(|body| serde_json::from_slice::<Problem>(&body).ok());
        let (sentence, code) = match problem {
            Some(problem) => (of_problem(&problem), problem.code()),
            None => (
                format!(
                    "What answers at {url} is no panel of mobile-sessions, or stands in front of one: it says {status}."
                ),
                None,
            ),
        };
        Self::Refused { sentence, status: status.as_u16(), code, retry_after }
    }

    /// An answer of success that cannot be read.
    pub fn no_panel(url: &PanelUrl) -> Self {
        let sentence =
            format!("What answers at {url} is no panel of mobile-sessions, or of another version: look at --url.");
        Self::Refused { sentence, status: 200, code: None, retry_after: None }
    }

    /// How long to wait before it is asked again; `None` where that would change nothing. What was sent before may have
    /// been done: it is sent again with the same key.
    pub fn worth_another(&self, is_first: bool) -> Option<Duration> {
        const SOON: Duration = Duration::from_secs(1);
        match self {
            Self::Unreachable(_) => (!is_first).then_some(SOON),
            Self::Lost(_) => Some(SOON),
            Self::Refused { code: Some(Code::IdempotencyRunning | Code::TooManyRequests), retry_after, .. } => {
                Some(retry_after.unwrap_or(SOON))
            }
            // Of a proxy that did not wait.
            Self::Refused { status: 502..=504, code: None, .. } => Some(SOON),
            Self::Refused { .. } => None,
        }
    }

    /// Whether the panel works on it still: then it is waited for.
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Refused { code: Some(Code::IdempotencyRunning), .. })
    }

    pub fn sentence(&self) -> &str {
        match self {
            Self::Unreachable(sentence) | Self::Lost(sentence) | Self::Refused { sentence, .. } => sentence,
        }
    }
}

impl From<PanelError> for Failure {
    fn from(error: PanelError) -> Self {
        Self::new(error.sentence())
    }
}

/// The panel's own sentences, and what to do where it cannot know that.
fn of_problem(problem: &Problem) -> String {
    let mut text = problem.detail.clone();
    for error in &problem.errors {
        if !text.contains(&error.detail) {
            text += &format!(" {}: {}", error.pointer.trim_start_matches('/'), error.detail);
        }
    }
    for error in problem.push_errors.iter().flatten() {
        text += &format!(" 4D reports: {} {}, {}.", error.component, error.code, error.message);
    }
    text += match problem.code() {
        Some(Code::Unauthenticated) => " Name its file with --token-file.",
        Some(Code::PushWouldDropSessions) => " Here, that is --allow-noncompliant.",
        _ => "",
    };
    printable(&text)
}

fn of_tls(error: &rustls::Error, url: &PanelUrl) -> String {
    use rustls::CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext,
        UnknownIssuer,
    };
    match error {
        rustls::Error::InvalidCertificate(why) => match why {
            UnknownIssuer => format!(
                "The certificate of {url} is signed by nobody that this machine trusts: name the file of its authority with \
                 --ca-file."
            ),
            Expired | ExpiredContext { .. } => {
                format!("The certificate of {url} has expired: have it renewed.")
            }
            NotValidYet | NotValidYetContext { .. } => {
                format!("The certificate of {url} is not valid yet: look at the clocks of both machines.")
            }
            NotValidForName | NotValidForNameContext { .. } => {
                format!("The certificate of {url} is for another host name: name the panel by that in --url.")
            }
            why => format!("The certificate of {url} cannot be trusted: {why}."),
        },
        rustls::Error::InvalidMessage(_) => format!("{url} does not speak TLS: is it http and not https?"),
        other => format!("There is no secure connection to {url}: {other}."),
    }
}
