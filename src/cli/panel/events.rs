//! `events`: what happens, as it happens.

use std::process::ExitCode;
use std::time::Duration;

use reqwest::Response;
use serde_json::{Value, json};

use super::Access;
use super::client::Panel;
use super::error::PanelError;
use super::stream::{Message, Parser};
use crate::cli::Failure;
use crate::cli::output::{printable, try_print};
use crate::domain::event::{Event, EventKind};
use crate::domain::printable::escaped_json;
use crate::http::signals;

/// The panel sends something every 15 s: a connection that is silent for so long is broken.
const SILENCE: Duration = Duration::from_secs(45);
/// How long it waits before it connects again, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The most bytes of one event.
const LONGEST_EVENT: usize = 16 << 20;

/// Tell what happens to sessions, apps, folder and 4D, until Ctrl-C
///
/// When the connection breaks, it is made again, and what happened meanwhile is told first. "reset" says that something was
/// missed: read everything again.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    /// Only these, with commas between, as session.created,push.completed
    #[arg(long, value_name = "TYPES")]
    types: Option<String>,

    /// Print one JSON object a line, for programs
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    access: Access,
}

const HELP: &str = "Exit code:
  0  ended by Ctrl-C, or because nobody reads any more
  1  the panel cannot be asked, or says no: why is told on standard error
  2  the command line is wrong

Example:
  mobile-sessions events --types session.created --json | jq --unbuffered -r .id";

/// Runs the command.
pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let panel = args.access.panel()?;
    tokio::select! {
        done = follow(&panel, &args) => done.map(|()| ExitCode::SUCCESS),
        () = signals::asked_to_stop() => Ok(ExitCode::SUCCESS),
    }
}

/// Ends when nobody reads any more, or the panel refuses.
async fn follow(panel: &Panel, args: &Args) -> Result<(), Failure> {
    let mut parser = Parser::default();
    let mut is_known = false;
    let mut pause = FIRST_PAUSE;
    loop {
        let error = match panel.stream(args.types.as_deref(), parser.last_id.as_deref()).await {
            Ok(response) => {
                (is_known, pause) = (true, FIRST_PAUSE);
                match print_events(panel, args, &mut parser, response).await? {
                    Some(error) => error,
                    None => return Ok(()),
                }
            }
            Err(error) if is_known && may_pass(&error) => error,
            Err(error) => return Err(error.into()),
        };
        if pause == FIRST_PAUSE {
            eprintln!("{} It is tried again.", error.sentence());
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
        parser.reset();
    }
}

/// Whether a panel that answered before may answer again.
fn may_pass(error: &PanelError) -> bool {
    match error {
        PanelError::Unreachable(_) | PanelError::Lost(_) => true,
        PanelError::Refused { status, .. } => *status >= 500 || *status == 429,
    }
}

/// Prints what comes, until the connection ends; `None` when nobody reads any more.
async fn print_events(
    panel: &Panel,
    args: &Args,
    parser: &mut Parser,
    mut response: Response,
) -> Result<Option<PanelError>, Failure> {
    loop {
        let bytes = match tokio::time::timeout(SILENCE, response.chunk()).await {
            Ok(Ok(Some(bytes))) => bytes,
            Ok(Ok(None)) | Err(_) => {
                return Ok(Some(PanelError::Lost(format!("The connection to {} has ended.", panel.url))));
            }
            Ok(Err(error)) => return Ok(Some(PanelError::of_request(&error, &panel.url))),
        };
        if parser.held() > LONGEST_EVENT {
            return Err(PanelError::no_panel(&panel.url).into());
        }
        let lines: String = parser.feed(&bytes).iter().map(|message| line(message, args.json)).collect();
        if !lines.is_empty() && !try_print(&lines)? {
            return Ok(None);
        }
    }
}

fn line(message: &Message, json: bool) -> String {
    match json {
        true => format!("{}\n", escaped_json(&object(message).to_string())),
        false => format!("{}\n", words(message)),
    }
}

/// The data, which say of which type they are.
fn object(message: &Message) -> Value {
    match serde_json::from_str(&message.data) {
        Ok(Value::Object(mut object)) => {
            object.entry("type").or_insert_with(|| message.event.as_str().into());
            object.into()
        }
        _ => json!({ "type": message.event, "data": message.data }),
    }
}

fn words(message: &Message) -> String {
    let Ok(event) = serde_json::from_str::<Event>(&message.data) else {
        // Of a newer panel, or a reset, which says no more.
        let data = if message.event == "reset" { "" } else { &message.data };
        return printable(&format!("{} {data}", message.event)).trim_end().to_owned();
    };
    let mut text = format!("{}  {:18}", event.at, event.kind.as_str());
    let status = match (&event.previous_status, &event.status) {
        (Some(before), Some(now)) if before != now => format!("{before} -> {now}"),
        (Some(before), None) if event.kind == EventKind::SessionDeleted => before.clone(),
        (_, Some(now)) => now.clone(),
        _ => String::new(),
    };
    let app = event.app.map(|app| app.to_string());
    let id = event.id.map(|id| id.to_string());
    let by = event.actor.map(|actor| format!("by {actor}"));
    for part in [Some(status).filter(|status| !status.is_empty()), app, id, by].into_iter().flatten() {
        text.extend(["  ", &part]);
    }
    printable(&text)
}
