//! `/events`: what happens, as it happens.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use futures_util::stream;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{Interval, MissedTickBehavior, interval};
use utoipa::ToSchema;

use super::values::read_as;
use crate::app::App;
use crate::domain::account::Caller;
use crate::domain::app_id::AppId;
use crate::domain::event::{Event, EventKind};
use crate::domain::query::QueryError;
use crate::http::extract::{Call, Query, Read};
use crate::http::failure::Answer;
use crate::i18n::Message;
use crate::services::accounts::Proof;
use crate::services::error::Error;
use crate::services::events::Told;

/// How often a listener's rights are looked at while nothing happens.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// A listener's rights are good for so long while things happen.
const RIGHTS_HOLD: Duration = Duration::from_millis(200);
/// A comment is sent after so many looks at nothing, so that proxies keep the connection.
const HEARTBEAT: u32 = 15;
/// How many bytes are put together before they are sent.
const PIECE: usize = 16 << 10;

/// Which events.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventKeys {
    /// The exact app id: only what happens there, and to the folder and 4D
    #[schema(value_type = Option<String>)]
    app: Option<EventApp>,
    /// Only these kinds of event, with commas between them; `reset` comes all the same
    #[schema(example = "session.created,session.deleted")]
    types: Option<String>,
    /// As `Last-Event-ID`, which comes first, for who cannot send it: the number of the last event that was got
    #[schema(value_type = Option<u64>)]
    after: Option<EventNumber>,
}

struct EventApp(AppId);

struct EventNumber(u64);

read_as!(EventNumber, "expected-whole-number", |value| match value {
    Value::String(digits) => digits.parse().ok().map(Self),
    number => number.as_u64().map(Self),
});
read_as!(EventApp, "expected-app", |value| AppId::parse(value.as_str()?).map(Self));

/// Listen to what happens
///
/// A stream of server-sent events that has no end: `session.created`, `session.changed`, `session.deleted`, `session.declined`, `session.undeclined`, `session.noted`,
/// `app.created`, `app.deleted`, `folder.unavailable`, `folder.available`, `push.completed`; `reset` says that
/// something was missed, so that everything is to be read again. A comment comes every 15 s. A listener that is too
/// slow is cut, and goes on with `Last-Event-ID`. `types` chooses among them.
#[utoipa::path(get, path = "/events", tag = "events", operation_id = "listen", 
    params(Query<EventKeys>, ("Last-Event-ID" = Option<String>, Header, description = "The `id` of the last event that was got: \
        what was missed comes first, or one `reset` where that is not known any more")),
    responses((status = 200, description = "The stream; the data of each event is an object like this", content(
        (Event = "text/event-stream")))))]
pub async fn listen(call: Call<Read>, Query(keys): Query<EventKeys>) -> Answer {
    let types = keys.types.map(|types| kinds(&types)).transpose()?;
    let wanted = Wanted { app: keys.app.map(|EventApp(app)| app), types };
    let after = last_event_id(&call).or(keys.after.map(|EventNumber(number)| number));
    let mut answer = HttpResponse::Ok();
    answer.content_type("text/event-stream");
    // Not compressed: an event is not to wait for the next one. Nor in proxies that would gather some.
    answer.insert_header((header::CONTENT_ENCODING, "identity")).insert_header(("X-Accel-Buffering", "no"));
    if call.is_head_alone() {
        return Ok(answer.finish());
    }
    let listener = Listener::new(&call, wanted, after);
    let pieces = stream::unfold(listener, |mut listener| async move {
        let piece = listener.piece().await?;
        Some((Ok::<_, Error>(piece), listener))
    });
    Ok(answer.streaming(Box::pin(pieces)))
}

/// What is no number of ours is one that nobody knows: browsers give up for good on an answer that is no stream.
fn last_event_id(call: &Call<Read>) -> Option<u64> {
    let number = call.header("last-event-id").filter(|number| !number.is_empty())?;
    Some(number.parse().unwrap_or(u64::MAX))
}

fn kind(name: &str) -> Result<EventKind, QueryError> {
    EventKind::parse(name).ok_or_else(|| {
        let message = Message::new("query-no-event").with("name", name.to_owned()).with("known", EventKind::names());
        QueryError::new("types", message)
    })
}

/// Kinds of event, with commas between them.
fn kinds(types: &str) -> Result<Vec<EventKind>, QueryError> {
    types.split(',').map(str::trim).map(kind).collect()
}

/// What a listener wants to hear.
struct Wanted {
    /// Of this app, beside what is of none.
    app: Option<AppId>,
    /// Of these kinds.
    types: Option<Vec<EventKind>>,
}

impl Wanted {
    fn has(&self, event: &Event) -> bool {
        let is_of_app = self.app.is_none() || event.app.is_none() || self.app == event.app;
        is_of_app && self.types.as_ref().is_none_or(|types| types.contains(&event.kind))
    }
}

struct Listener {
    services: web::Data<App>,
    caller: Caller,
    proof: Proof,
    wanted: Wanted,
    /// To be sent before all else.
    greeting: Option<String>,
    missed: VecDeque<Arc<Told>>,
    next: Receiver<Arc<Told>>,
    ticks: Interval,
    /// How many ticks nothing was sent.
    quiet: u32,
    checked: Instant,
}

impl Listener {
    fn new(call: &Call<Read>, wanted: Wanted, after: Option<u64>) -> Self {
        let listening = call.app.events.listen(after);
        let kind = if listening.missed.is_some() { "" } else { "event: reset\ndata: {\"type\":\"reset\"}\n" };
        let mut ticks = interval(LOOK_AGAIN);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            services: call.app.clone(),
            proof: call.proof(),
            caller: call.caller.clone(),
            wanted,
            // With the number, who is cut before anything happens knows from where to go on.
            greeting: Some(match after {
                Some(after) if listening.missed.is_some() => format!("id: {after}\n\n"),
                _ => format!("{kind}id: {}\n\n", listening.newest),
            }),
            missed: listening.missed.unwrap_or_default().into(),
            next: listening.next,
            ticks,
            quiet: 0,
            checked: Instant::now(),
        }
    }

    /// The next bytes to send; `None` at the end: of the program, of the listener's rights, or of its turn because
    /// it was too slow.
    async fn piece(&mut self) -> Option<web::Bytes> {
        let mut piece = self.greeting.take().unwrap_or_default();
        while piece.is_empty() {
            if let Some(told) = self.missed.pop_front() {
                self.add(&mut piece, &told);
                continue;
            }
            let services = self.services.clone();
            tokio::select! {
                () = services.events.stopping() => return None,
                told = self.next.recv() => match told {
                    Ok(told) => self.add(&mut piece, &told),
                    Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
                },
                _ = self.ticks.tick() => {
                    self.quiet += 1;
                    if self.quiet >= HEARTBEAT {
                        piece.push_str(":\n\n");
                    }
                    if !self.still_may_listen().await {
                        return None;
                    }
                }
            }
        }
        self.gather(&mut piece)?;
        if self.checked.elapsed() > RIGHTS_HOLD && !self.still_may_listen().await {
            return None;
        }
        self.quiet = 0;
        Some(piece.into())
    }

    /// What else is there goes along.
    fn gather(&mut self, piece: &mut String) -> Option<()> {
        while piece.len() < PIECE {
            let told = match self.missed.pop_front() {
                Some(told) => told,
                None => match self.next.try_recv() {
                    Ok(told) => told,
                    Err(TryRecvError::Empty) => return Some(()),
                    Err(TryRecvError::Lagged(_) | TryRecvError::Closed) => return None,
                },
            };
            self.add(piece, &told);
        }
        Some(())
    }

    fn add(&self, piece: &mut String, told: &Told) {
        let may_see = told.event.app.as_ref().is_none_or(|app| self.caller.apps.allows(app));
        if !may_see || !self.wanted.has(&told.event) {
            return;
        }
        // An event is made of texts and numbers: it can be written.
        let data = serde_json::to_string(&told.event).unwrap_or_default();
        let kind = told.event.kind.as_str();
        piece.push_str(&format!("id: {}\nevent: {kind}\ndata: {data}\n\n", told.number));
    }

    /// Where that cannot be looked up, they are asked to come again.
    async fn still_may_listen(&mut self) -> bool {
        self.checked = Instant::now();
        match self.services.accounts.still(&self.proof, &self.caller).await {
            Ok(still) => still,
            Err(error) => {
                tracing::warn!(%error, "whether a listener still may listen cannot be looked up");
                false
            }
        }
    }
}
