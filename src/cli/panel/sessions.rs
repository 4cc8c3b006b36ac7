//! `sessions`: list and change the sessions of a running panel.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};

use super::client::Panel;
use super::error::PanelError;
use super::{Access, EXIT_CODES, outcome};
use crate::cli::Failure;
use crate::cli::output::{counted, print, print_json, print_table, printable};
use crate::domain::account::AppScope;
use crate::domain::query::Query;
use crate::domain::session::{App, Session, StatusClass};

/// The sessions of a running panel: list them, let devices in or keep them out, delete them
///
///   export MOBILE_SESSIONS_URL=https://panel.example MOBILE_SESSIONS_TOKEN_FILE=~/.panel-token
///   mobile-sessions sessions list --status pending
///   mobile-sessions sessions accept APP ID --reason "called in"
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    access: Access,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List all sessions that match, the one that changed last first
    #[command(after_help = LIST_HELP)]
    List(ListArgs),
    /// Let devices in. They count for 4D after the next push; their users press Login once more
    #[command(after_help = EXIT_CODES)]
    Accept(ChangeArgs),
    /// Keep devices out until somebody accepts them again
    #[command(after_help = EXIT_CODES)]
    Pending(ChangeArgs),
    /// Take devices that must stay out from the queue. For 4D they stay pending; "undo" puts them back
    #[command(after_help = EXIT_CODES)]
    Decline(ChangeArgs),
    /// Name a device, and write a note on it, for all its sessions in the app
    #[command(after_help = NOTE_HELP)]
    Note(NoteArgs),
    /// Delete sessions; "undo" brings them back
    #[command(after_help = EXIT_CODES)]
    Delete(ChangeArgs),
}

const LIST_HELP: &str = "Exit code:
  0  listed, were there any or none
  1  the panel cannot be asked, or says no: why is told on standard error
  2  the command line is wrong

Examples:
  mobile-sessions sessions list --status pending --app '*.com.example.*'
  mobile-sessions sessions list -q ipad --json | jq -r '.items[].id'";

#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Only these: accepted, pending, other; several with a comma between
    #[arg(long, value_name = "STATUS", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(StatusClass::all().map(StatusClass::as_str)))]
    status: Vec<String>,

    /// Only of apps whose id matches, as "*.com.example.*"
    #[arg(long, value_name = "GLOB", value_parser = parse_glob)]
    app: Option<AppScope>,

    /// Only with this text in device, system, e-mail, app, id, address, the device's name or its note
    #[arg(short, value_name = "TEXT")]
    q: Option<String>,

    /// Print one JSON value, with the sessions as the API shows them
    #[arg(long)]
    json: bool,
}

const NOTE_HELP: &str = "Exit code:
  0  done
  1  not done: why is told on standard error
  2  the command line is wrong

Examples:
  mobile-sessions sessions note APP ID --name 'second phone of the depot'
  mobile-sessions sessions note APP ID --name '' --note ''      takes both away";

#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true)))]
struct NoteArgs {
    /// The app's id, as list shows it
    #[arg(value_name = "APP")]
    app: String,

    /// The session's id
    #[arg(value_name = "ID")]
    id: String,

    /// What the device is called, at most 64 characters; without it, its name stays
    #[arg(long, value_name = "TEXT", group = "what")]
    name: Option<String>,

    /// What is worth knowing of it, at most 1000 characters; without it, the note stays
    #[arg(long, value_name = "TEXT", group = "what")]
    note: Option<String>,

    /// Print one JSON value: the session as the API answers it
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct ChangeArgs {
    /// The app's id, as list shows it
    #[arg(value_name = "APP")]
    app: String,

    /// The sessions' ids
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,

    /// Why, for the journal
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Print one JSON value: what became of each session, as the API answers it
    #[arg(long)]
    json: bool,
}

fn parse_glob(text: &str) -> Result<AppScope, &'static str> {
    AppScope::parse(&[text.to_owned()]).ok_or("a glob has 1 to 255 characters, as \"*.com.example.*\"")
}

/// Runs the command.
pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let panel = args.access.panel()?;
    match args.action {
        Action::List(args) => list(&panel, &args).await,
        Action::Accept(args) => {
            change(&panel, &args, json!({ "action": "set_status", "status": "accepted" }), "accepted").await
        }
        Action::Pending(args) => {
            change(&panel, &args, json!({ "action": "set_status", "status": "pending" }), "pending").await
        }
        Action::Decline(args) => change(&panel, &args, json!({ "action": "decline" }), "declined").await,
        Action::Note(args) => note(&panel, args).await,
        Action::Delete(args) => change(&panel, &args, json!({ "action": "delete" }), "deleted").await,
    }
}

async fn change(panel: &Panel, args: &ChangeArgs, mut order: Value, done: &str) -> Result<ExitCode, Failure> {
    // One that is named twice is one.
    let ids: BTreeSet<&String> = args.ids.iter().collect();
    order["sessions"] = ids.into_iter().map(|id| json!({ "app": args.app, "id": id })).collect();
    if let Some(reason) = &args.reason {
        order["reason"] = reason.as_str().into();
    }
    let answer = panel.change(&["sessions", "batch"], &order).await?;
    outcome::print_result(panel, &answer, done, args.json)
}

async fn note(panel: &Panel, args: NoteArgs) -> Result<ExitCode, Failure> {
    let NoteArgs { app, id, mut name, mut note, json } = args;
    if name.is_none() || note.is_none() {
        let session: Session = panel.read(&panel.get(&["apps", &app, "sessions", &id]).await?)?;
        let (old_name, old_note) = session.note.map(|note| (note.name, note.note)).unwrap_or_default();
        name = name.or(old_name);
        note = note.or(old_note);
    }
    let order = json!({ "name": name, "note": note });
    let (answer, change) = panel.put(&["apps", &app, "sessions", &id, "note"], &order).await?;
    if json {
        print_json(&answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    let done = if change.is_some() { "noted" } else { "unchanged" };
    print(&format!("{done:9}  {} {}\n", printable(&app), printable(&id)))?;
    if let Some(change) = change {
        eprintln!("1 noted. To take it back: mobile-sessions undo {}", printable(&change));
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(panel: &Panel, args: &ListArgs) -> Result<ExitCode, Failure> {
    let mut found = match query(panel, args).await? {
        Some(query) => all(panel, query).await?,
        None => Vec::new(),
    };
    if let Some(scope) = &args.app {
        // An id with a comma in it is several to a list's key.
        found.retain(|(_, session)| scope.allows(&session.app));
    }
    found.sort_by_key(|(_, session)| (Reverse(session.modified_at), session.key()));
    if args.json {
        let items: Vec<Value> = found.into_iter().map(|(item, _)| item).collect();
        let total = items.len();
        print_json(&json!({ "items": items, "total": total }))?;
        return Ok(ExitCode::SUCCESS);
    }
    if !found.is_empty() {
        let heads = ["STATUS", "DEVICE", "SYSTEM", "E-MAIL", "CHANGED", "APP", "ID"].map(str::to_owned);
        let rows: Vec<_> = std::iter::once(heads).chain(found.iter().map(|(_, session)| row(session))).collect();
        print_table(&rows)?;
    }
    eprintln!("{}", counted(found.len() as u64, "session"));
    Ok(ExitCode::SUCCESS)
}

/// What to search for; `None` where no app matches.
async fn query(panel: &Panel, args: &ListArgs) -> Result<Option<Value>, PanelError> {
    // By id, no session is missed or met twice while others change.
    let mut query = json!({ "sort": "id", "limit": Query::LARGEST_LIMIT });
    if !args.status.is_empty() {
        query["status"] = args.status.join(",").into();
    }
    if let Some(q) = &args.q {
        query["q"] = q.as_str().into();
    }
    if let Some(scope) = &args.app {
        let apps: Vec<App> = panel.read(&panel.get(&["apps"]).await?["items"])?;
        let apps: Vec<&str> = apps.iter().filter(|app| scope.allows(&app.id)).map(|app| app.id.as_str()).collect();
        if apps.is_empty() {
            return Ok(None);
        }
        query["app"] = apps.join(",").into();
    }
    Ok(Some(query))
}

/// Every page of a list: each session as it came, and as it is read.
async fn all(panel: &Panel, mut query: Value) -> Result<Vec<(Value, Session)>, PanelError> {
    let mut found = Vec::new();
    loop {
        let mut page = panel.search(&["sessions", "search"], &query).await?;
        let Value::Array(items) = page["items"].take() else { return Err(PanelError::no_panel(&panel.url)) };
        for item in items {
            let session = panel.read(&item)?;
            found.push((item, session));
        }
        match page["next_cursor"].take() {
            next @ Value::String(_) if next != query["cursor"] => query["cursor"] = next,
            // The same page again would have no end.
            Value::String(_) => return Err(PanelError::no_panel(&panel.url)),
            _ => return Ok(found),
        }
    }
}

fn row(session: &Session) -> [String; 7] {
    let device = session.device.as_ref();
    let mut status = session.status.clone().unwrap_or_else(|| "unreadable".to_owned());
    if session.declined.is_some() {
        status += ", declined";
    }
    if !session.compliant {
        status += ", not compliant";
    }
    if session.unpushed {
        status += ", unpushed";
    }
    [
        status,
        device.and_then(|device| device.description.clone()).unwrap_or_default(),
        device.map(|device| device.system()).unwrap_or_default(),
        session.email.clone().unwrap_or_default(),
        session.modified_at.to_string(),
        session.app.to_string(),
        session.id.to_string(),
    ]
}
