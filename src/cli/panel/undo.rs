//! `undo`: takes a change, or a batch of them, back.

use std::process::ExitCode;

use serde_json::json;

use super::{Access, EXIT_CODES, outcome};
use crate::cli::Failure;

/// Take back a change, or all changes of a batch, of a running panel
///
/// A deleted session's file comes back byte for byte; another change's old values do, unless they were changed since.
/// "sessions accept" and the like tell the id; so does the journal.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub struct Args {
    /// The id of the change or the batch
    #[arg(value_name = "CHANGE")]
    change: String,

    /// Print one JSON value: what became of each session, as the API answers it
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    access: Access,
}

/// Runs the command.
pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let panel = args.access.panel()?;
    let answer = panel.change(&["changes", &args.change, "undo"], &json!({})).await?;
    outcome::print_result(&panel, &answer, "undone", args.json)
}
