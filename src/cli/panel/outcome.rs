//! Prints what became of each session.

use std::process::ExitCode;

use serde_json::Value;

use super::client::Panel;
use crate::cli::Failure;
use crate::cli::output::{print, print_json, printable};
use crate::services::edits::{BatchResult, ItemOutcome, ItemResult};

/// Prints a batch's answer: each session on standard output, all of them together on standard error. `done` is what was
/// done to those that were changed.
pub fn print_result(panel: &Panel, answer: &Value, done: &str, json: bool) -> Result<ExitCode, Failure> {
    let result: BatchResult = panel.read(answer)?;
    if json {
        print_json(answer)?;
    } else {
        let lines: String = result.items.iter().map(|item| line(item, done)).collect();
        print(&lines)?;
        eprintln!("{}", summary(&result, done));
    }
    Ok(if result.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn line(item: &ItemResult, done: &str) -> String {
    let outcome = match item.outcome {
        ItemOutcome::Changed => done,
        ItemOutcome::Unchanged => "unchanged",
        ItemOutcome::Failed => "failed",
    };
    let why = item.problem.as_ref().map(|problem| &problem.detail).or(item.note.as_ref());
    let why = why.map(|why| format!("  {}", printable(why))).unwrap_or_default();
    format!("{outcome:9}  {} {}{why}\n", printable(&item.app), printable(&item.id))
}

fn summary(result: &BatchResult, done: &str) -> String {
    let parts = [(result.changed, done), (result.unchanged, "unchanged"), (result.failed, "failed")];
    let parts: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect();
    match &result.change_id {
        Some(id) => format!("{}. To take it back: mobile-sessions undo {}", parts.join(", "), printable(id)),
        None => format!("{}.", parts.join(", ")),
    }
}
