//! A webhook: who is told of which events, how that is signed, and when it is tried again.
//!
//! By the Standard Webhooks specification (source: github.com/standard-webhooks/standard-webhooks).

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use sha2::Sha256;
use strum::{EnumString, IntoStaticStr, VariantArray};
use url::Url;

use super::account::AppScope;
use super::event::{Event, EventKind};
use super::session::{Session, StatusClass};
use super::spelling::spelled;
use super::timestamp::Timestamp;
use super::token::Secret;
use crate::i18n::Message;

spelled!(FailureKind, SwitchedOff, DeliveryState);

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
/// What every secret begins with.
const SECRET_PREFIX: &str = "whsec_";
/// How long the secret before stays good, in milliseconds: 24 hours.
pub const SECRET_OVERLAP: i64 = 24 * 60 * 60 * 1000;
/// How long approval links in payloads work: as long as it is tried to deliver them.
pub const LINK_LIFE: Duration = Duration::from_secs(3 * 24 * HOUR);
/// How long an attempt may take.
pub const ATTEMPT_TIME: Duration = Duration::from_secs(15);
/// The longest address in bytes.
pub const LONGEST_URL: usize = 2048;

/// Where a webhook sends to: `http` or `https`, on any machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct HookUrl(String);

/// Why an address is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlProblem {
    /// It is no address at all, or longer than one is.
    NoUrl,
    /// Neither `http` nor `https`.
    Scheme,
    /// It holds a user's name or password, which logs of others would show.
    UserInfo,
    /// It has a part that is never sent.
    Fragment,
}

impl HookUrl {
    /// Any host is taken here: where it leads is checked when something is sent.
    pub fn parse(text: &str) -> Result<Self, UrlProblem> {
        // The parser would leave these out without a word.
        if text.len() > LONGEST_URL || text.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return Err(UrlProblem::NoUrl);
        }
        let url = Url::parse(text).map_err(|_| UrlProblem::NoUrl)?;
        if !["http", "https"].contains(&url.scheme()) {
            return Err(UrlProblem::Scheme);
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(UrlProblem::NoUrl);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlProblem::UserInfo);
        }
        if url.fragment().is_some() {
            return Err(UrlProblem::Fragment);
        }
        Ok(Self(text.to_owned()))
    }

    /// The whole address. Receivers put secrets into it: it is for the request and for owners alone.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a log may show of it: scheme, host and port.
    pub fn origin(&self) -> String {
        Url::parse(&self.0).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
    }
}

/// Which kinds of event are told; none chosen is all, also those that come with later versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventChoice(Vec<EventKind>);

impl EventChoice {
    /// These, each once and in the order of [`EventKind::ALL`].
    pub fn new(kinds: &[EventKind]) -> Self {
        Self(EventKind::all().filter(|kind| kinds.contains(kind)).collect())
    }

    /// The kinds; empty for all.
    pub fn kinds(&self) -> &[EventKind] {
        &self.0
    }

    /// Whether events of this kind are told, in the apps of `apps`. What is about no app is told to all.
    pub fn wants(&self, apps: &AppScope, event: &Event) -> bool {
        let chosen = self.0.is_empty() || self.0.contains(&event.kind);
        chosen && event.app.as_ref().is_none_or(|app| apps.allows(app))
    }
}

/// Whose events wait for one another: those of one session, of one app itself, of the rest.
pub fn queue(event: &Event) -> String {
    match (&event.app, &event.id) {
        (Some(app), Some(id)) => format!("{app}/{id}"),
        (Some(app), None) => format!("{app}/"),
        _ => String::new(),
    }
}

/// What is sent. Made once, so that every attempt sends the same bytes.
pub fn payload(event: &Event, session: Option<&Session>) -> Result<String, serde_json::Error> {
    body(event.kind.as_str(), event, session)
}

/// Whether an approval link may be put into it: only where a device waits.
pub fn wants_link(event: &Event, session: Option<&Session>) -> bool {
    let waits = session.is_some_and(|session| session.class() == StatusClass::Pending && session.declined.is_none());
    waits && [EventKind::SessionCreated, EventKind::SessionChanged].contains(&event.kind)
}

/// A payload with an approval link: `data.approval_link`. **Secret**, as the link is.
pub fn with_link(payload: &str, url: &str, expires_at: Timestamp) -> Result<Secret<String>, serde_json::Error> {
    let mut body: Value = serde_json::from_str(payload)?;
    if let Some(data) = body.get_mut("data").and_then(Value::as_object_mut) {
        data.insert("approval_link".to_owned(), json!({ "url": url, "expires_at": expires_at }));
    }
    serde_json::to_string(&body).map(Secret::new)
}

/// What the test of a webhook sends: an event of no kind that anybody could wait for.
pub fn test_payload(event: &Event) -> Result<String, serde_json::Error> {
    body("test", event, None)
}

fn body(kind: &str, event: &Event, session: Option<&Session>) -> Result<String, serde_json::Error> {
    let mut data = serde_json::to_value(event)?;
    data["type"] = json!(kind);
    data["session"] = serde_json::to_value(session)?;
    serde_json::to_string(&json!({ "type": kind, "timestamp": event.at, "data": data }))
}

/// A secret of these random bytes, as the receiver gets it.
pub fn secret(random: &[u8; 32]) -> Secret<String> {
    Secret::new(format!("{SECRET_PREFIX}{}", STANDARD.encode(random)))
}

/// The header `webhook-signature`: one signature by each secret that is valid. `None` for a secret that is none.
pub fn signatures(secrets: &[&Secret<String>], id: &str, seconds: i64, body: &str) -> Option<String> {
    let all: Option<Vec<String>> = secrets.iter().map(|secret| sign(secret, id, seconds, body)).collect();
    all.map(|all| all.join(" "))
}

fn sign(secret: &Secret<String>, id: &str, seconds: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.expose().strip_prefix(SECRET_PREFIX)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{seconds}.").as_bytes());
    mac.update(body.as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// The pauses before each further attempt, in seconds: soon for a restart of the receiver, three days in all.
const PAUSES: [u64; 14] = [
    5,
    30,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    6 * HOUR,
    8 * HOUR,
    12 * HOUR,
    12 * HOUR,
    12 * HOUR,
    15 * HOUR,
];
/// By which part a pause may be longer, so that many do not come at once.
const SPREAD: f64 = 0.1;
/// The longest that a receiver may ask us to wait.
const LONGEST_ASKED: Duration = Duration::from_secs(12 * HOUR);

/// How long to wait after so many failed attempts; `None` when it is given up. `chance` is from 0 to 1, `asked` what
/// the receiver said in `Retry-After`.
pub fn pause_after(failed: u32, chance: f64, asked: Option<Duration>) -> Option<Duration> {
    let pause = PAUSES.get(usize::try_from(failed).ok()?.checked_sub(1)?)?;
    let pause = Duration::from_secs(*pause).mul_f64(1.0 + SPREAD * chance.clamp(0.0, 1.0));
    Some(pause.max(asked.unwrap_or_default().min(LONGEST_ASKED)))
}

/// The longest that anything waits for its next attempt.
pub fn longest_pause() -> Duration {
    let longest = PAUSES.iter().copied().max().unwrap_or(0);
    Duration::from_secs(longest).mul_f64(1.0 + SPREAD).max(LONGEST_ASKED)
}

/// What a receiver's status says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Delivered,
    Failed(FailureKind),
    /// It wants nothing any more.
    Gone,
}

impl Verdict {
    pub fn of(status: u16) -> Self {
        match status {
            200..300 => Verdict::Delivered,
            300..400 => Verdict::Failed(FailureKind::Redirect),
            410 => Verdict::Gone,
            _ => Verdict::Failed(FailureKind::Status),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum FailureKind {
    TimedOut,
    Unreachable,
    Tls,
    /// The connection ended before an answer.
    Broken,
    /// It answered that it is elsewhere.
    Redirect,
    /// It answered with a status that is no success.
    Status,
    /// It answered 410.
    Gone,
    /// Its address is one that nothing is sent to.
    OutOfReach,
    /// No answer, for those who are not to know why.
    NoAnswer,
    /// The webhook was changed before this was sent.
    Ended,
    /// The owner of the webhook may not see this app any more.
    NotAllowed,
}

impl FailureKind {
    /// Whether it tells something of the network that this program is in.
    fn tells_of_the_network(self) -> bool {
        match self {
            FailureKind::TimedOut | FailureKind::Unreachable | FailureKind::Tls | FailureKind::Broken => true,
            FailureKind::OutOfReach | FailureKind::NoAnswer => true,
            FailureKind::Redirect | FailureKind::Status | FailureKind::Gone => false,
            FailureKind::Ended | FailureKind::NotAllowed => false,
        }
    }
}

/// Why an attempt failed, with what is known of it. It serializes to a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub kind: FailureKind,
    /// The status, or what the system says.
    pub detail: String,
}

impl Failure {
    /// As those who are held to some apps see it: one sentence for whatever is wrong with the way to the receiver, so
    /// that a webhook finds out nothing of the network that this program is in.
    #[must_use]
    pub fn for_scope(self, scope: &AppScope) -> Self {
        if scope.is_all() || !self.kind.tells_of_the_network() {
            return self;
        }
        Self { kind: FailureKind::NoAnswer, detail: String::new() }
    }
}

impl Failure {
    pub fn message(&self) -> Message {
        Message::new(format!("failure-{}", self.kind.as_str())).with("name", self.detail.clone())
    }
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.message())
    }
}

/// Why a webhook was switched off by the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SwitchedOff {
    /// Nothing could be delivered for three days.
    Failing,
    /// The receiver answered 410 Gone.
    Gone,
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DeliveryState {
    /// It is still to be delivered.
    Pending,
    /// The receiver has it.
    Delivered,
    /// It was given up.
    Failed,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::app_id::AppId;

    #[test]
    fn a_signature_is_that_of_the_specifications_example() {
        let secret = Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned());
        let (id, seconds, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(signatures(&[&secret], id, seconds, body).as_deref(), Some(expected));
        let other = super::secret(&[7; 32]);
        assert_eq!(other.expose().len(), "whsec_".len() + 44);
        let two = signatures(&[&other, &secret], id, seconds, body).unwrap();
        let parts: Vec<&str> = two.split(' ').collect();
        assert_eq!((parts.len(), parts[1]), (2, expected));
        assert_ne!(parts[0], expected);
        for none in ["whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", ""] {
            assert_eq!(signatures(&[&Secret::new(none.to_owned())], id, seconds, body), None);
        }
    }

    #[test]
    fn an_address_is_http_and_holds_no_password() {
        for good in ["http://localhost:1/", "https://[::1]/x?y=z", "http://10.0.0.1", "HTTPS://Hooks.Example/a"] {
            assert_eq!(HookUrl::parse(good).map(|url| url.as_str().to_owned()), Ok(good.to_owned()));
        }
        let long = format!("https://x.example/{}", "a".repeat(LONGEST_URL));
        for (bad, why) in [
            ("", UrlProblem::NoUrl),
            ("hooks.example/in", UrlProblem::NoUrl),
            ("https://", UrlProblem::NoUrl),
            ("https://a b.example/", UrlProblem::NoUrl),
            (" https://a.example/", UrlProblem::NoUrl),
            ("https://a.example/\n", UrlProblem::NoUrl),
            (&long, UrlProblem::NoUrl),
            ("file:///etc/passwd", UrlProblem::Scheme),
            ("javascript:alert(1)", UrlProblem::Scheme),
            ("gopher://a.example/", UrlProblem::Scheme),
            ("https://user@a.example/", UrlProblem::UserInfo),
            ("https://:secret@a.example/", UrlProblem::UserInfo),
            ("https://a.example/#top", UrlProblem::Fragment),
        ] {
            assert_eq!(HookUrl::parse(bad), Err(why), "{bad:?}");
        }
        let url = HookUrl::parse("https://hooks.example:444/T0/secret?key=secret").unwrap();
        assert_eq!(url.origin(), "https://hooks.example:444");
    }

    #[test]
    fn retry_pauses_grow_from_5_seconds_over_three_days() {
        let pauses: Vec<Duration> = (1..).map_while(|failed| pause_after(failed, 0.0, None)).collect();
        assert_eq!(pauses[0], Duration::from_secs(5));
        assert!(pauses.is_sorted());
        let (days, all) = (Duration::from_secs(72 * HOUR), pauses.iter().sum::<Duration>());
        assert!(all >= days && all < days + Duration::from_secs(HOUR), "{all:?}");
        let latest = pause_after(1, 1.0, None).unwrap();
        assert!(latest > pauses[0] && latest < Duration::from_secs(6), "{latest:?}");
        assert_eq!(pause_after(0, 0.5, None), None);
        assert_eq!(pause_after(15, 0.5, Some(Duration::from_secs(1))), None);
    }

    #[test]
    fn a_receiver_may_ask_for_a_longer_pause_within_reason() {
        let pause = |seconds| pause_after(1, 0.0, Some(Duration::from_secs(seconds))).unwrap().as_secs();
        assert_eq!([pause(0), pause(120), pause(1_000_000)], [5, 120, 12 * HOUR]);
    }

    #[test]
    fn only_chosen_events_of_chosen_apps_are_sent() {
        let at = Timestamp::from_millis(0);
        let event = |kind, app: Option<&str>| Event { app: app.and_then(AppId::parse), ..Event::new(kind, at) };
        let scope = AppScope::parse(&["com.a*".to_owned()]).unwrap();
        let some = EventChoice::new(&[EventKind::SessionDeleted, EventKind::SessionCreated, EventKind::PushCompleted]);
        assert!(some.wants(&scope, &event(EventKind::SessionCreated, Some("com.ab"))));
        assert!(!some.wants(&scope, &event(EventKind::SessionCreated, Some("com.b"))));
        assert!(!some.wants(&scope, &event(EventKind::SessionChanged, Some("com.ab"))));
        assert!(some.wants(&scope, &event(EventKind::PushCompleted, None)));
        let all = EventChoice::default();
        assert!(EventKind::all().all(|kind| all.wants(&AppScope::all(), &event(kind, None))));
    }

    #[test]
    fn a_body_has_the_events_data_and_the_session() {
        let event = Event::new(EventKind::FolderAvailable, Timestamp::from_millis(0));
        let body: serde_json::Value = serde_json::from_str(&payload(&event, None).unwrap()).unwrap();
        let expected = serde_json::json!({
            "type": "folder.available", "timestamp": "1970-01-01T00:00:00.000Z",
            "data": { "type": "folder.available", "app": null, "id": null, "status": null, "previous_status": null, "actor": null,
                      "at": "1970-01-01T00:00:00.000Z", "declined": false, "session": null }
        });
        assert_eq!(body, expected);
        let test: serde_json::Value = serde_json::from_str(&test_payload(&event).unwrap()).unwrap();
        assert_eq!((&test["type"], &test["data"]["type"]), (&serde_json::json!("test"), &serde_json::json!("test")));
    }

    #[test]
    fn every_word_of_the_database_is_read_again() {
        for kind in FailureKind::all() {
            assert_eq!(FailureKind::parse(kind.as_str()), Some(kind));
        }
        for reason in [SwitchedOff::Failing, SwitchedOff::Gone] {
            assert_eq!(SwitchedOff::parse(reason.as_str()), Some(reason));
        }
        for state in [DeliveryState::Pending, DeliveryState::Delivered, DeliveryState::Failed] {
            assert_eq!(DeliveryState::parse(state.as_str()), Some(state));
        }
        assert_eq!(Verdict::of(204), Verdict::Delivered);
        assert_eq!(Verdict::of(302), Verdict::Failed(FailureKind::Redirect));
        assert_eq!(Verdict::of(410), Verdict::Gone);
        assert_eq!(Verdict::of(199), Verdict::Failed(FailureKind::Status));
    }
}
