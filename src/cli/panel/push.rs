//! `push`: has 4D read what was changed.

use std::process::ExitCode;

use serde_json::json;

use super::Access;
use crate::cli::Failure;
use crate::cli::output::{print, print_json, printable};
use crate::domain::push::PushOutcome;
use crate::http::api::CompletedPush;

/// Have 4D read the folder, so that what was changed counts there
///
/// A push is of all apps. Where 4D would drop sessions by it, whose files it does not take, nothing is pushed.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    /// Push although 4D will drop sessions, and log their devices out
    #[arg(long)]
    allow_noncompliant: bool,

    /// Print one JSON value: how the push ended, as the API answers it
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    access: Access,
}

const HELP: &str = "Exit code:
  0  4D has read the folder; what it says of files that it does not take is told on standard error
  1  it has not, or nobody knows: why is told on standard error, and everything stays unpushed
  2  the command line is wrong";

/// Runs the command.
pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let panel = args.access.panel()?;
    let answer = panel.change(&["push"], &json!({ "allow_noncompliant": args.allow_noncompliant })).await?;
    let push: CompletedPush = panel.read(&answer)?;
    for error in &push.push_errors {
        let (component, message) = (printable(&error.component), printable(&error.message));
        eprintln!("4D reports: {component} {}, {message}", error.code);
    }
    if args.json {
        print_json(&answer)?;
    } else {
        print(&format!("{} ({} ms).\n", words(push.outcome), push.duration_ms))?;
    }
    Ok(if push.outcome == PushOutcome::Failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn words(outcome: PushOutcome) -> &'static str {
    match outcome {
        PushOutcome::Ok => "4D has read the folder",
        PushOutcome::Errors => "4D has read the folder, except for files that it does not take",
        PushOutcome::Failed => "4D has not read the folder",
    }
}
