//! `check`: what 4D would say of every session file.

use std::fmt::Write;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::ValueHint;
use clap::builder::BoolishValueParser;

use super::Failure;
use super::output::{counted, print, printable};
use crate::config::parse_size;
use crate::domain::session::schema::Schema;
use crate::i18n::Locale;
use crate::services::catalog::{self, Item, Report};
use crate::store::folder::Folder;
use crate::store::schema_file;

/// Report the session files that 4D would refuse
///
/// Looks at every session file as the 4D command MOBILE APP REFRESH SESSIONS does, with the codes 1 to 4 that it
/// reports. Reads only: it needs no data folder, and may run beside serve and 4D.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    /// The MobileApps folder, beside the data file of the 4D server
    #[arg(value_name = "DIR", env = "MOBILE_SESSIONS_DIR")]
    folder: PathBuf,

    /// Print JSON, for programs
    #[arg(long, env = "MOBILE_SESSIONS_CHECK_JSON", value_parser = BoolishValueParser::new())]
    json: bool,

    /// Larger files are not read, and count as not compliant
    #[arg(long, env = "MOBILE_SESSIONS_MAX_FILE_SIZE", value_name = "SIZE", default_value = "1MiB",
          value_parser = parse_size)]
    max_file_size: u64,

    /// 4D's own JSON Schema (mobileSessionSchema.json) instead of a guess at it
    #[arg(long, env = "MOBILE_SESSIONS_SCHEMA", value_name = "FILE", value_parser = schema_file::load,
          value_hint = ValueHint::AnyPath)]
    schema: Option<Arc<Schema>>,
}

const HELP: &str = "Exit code:
  0  every session file is compliant
  1  some are not
  2  could not check: DIR, or one of its apps where the others are compliant

An app that cannot be read is named on standard error; the others are checked.

Examples:
  mobile-sessions check /path/to/MobileApps
  mobile-sessions check /path/to/MobileApps --json | jq -r '.items[].id'
  mobile-sessions check /path/to/MobileApps >report.txt || echo \"look into report.txt\"";

/// Runs the command. It fails with 2, since 1 says that something is not compliant.
pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let dir = args.folder.clone();
    let done = tokio::task::spawn_blocking(move || check(&args)).await;
    let done = done.unwrap_or_else(|error| Err(cannot_read(&dir, &io::Error::other(error))));
    Ok(done.unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::from(2)
    }))
}

fn check(args: &Args) -> Result<ExitCode, Failure> {
    let dir = &args.folder;
    let folder = Folder::new(dir.clone(), args.max_file_size).judged_by(args.schema.clone());
    let report = catalog::check(&folder).map_err(|error| cannot_read(dir, &error))?;
    for (app, error) in &report.unread {
        eprintln!("{} could not be checked: {}.", shown(&dir.join(app.as_str())), error.kind());
    }
    if report.apps == 0 && report.unread.is_empty() {
        eprintln!("There is no app in {}: the MobileApps folder holds a folder for each app.", shown(dir));
    }
    print(&if args.json { json(&report)? } else { text(dir, &report) })?;
    Ok(ExitCode::from(match report {
        Report { noncompliant: 1.., .. } => 1,
        Report { unread, .. } if !unread.is_empty() => 2,
        _ => 0,
    }))
}

fn cannot_read(dir: &Path, error: &io::Error) -> Failure {
    let shown = shown(dir);
    Failure::new(match error.kind() {
        ErrorKind::NotFound => {
            format!("There is no folder {shown}: name the MobileApps folder, beside the data file of the 4D server.")
        }
        ErrorKind::NotADirectory => {
            format!("{shown} is no folder: name the MobileApps folder, beside the data file of the 4D server.")
        }
        ErrorKind::PermissionDenied => {
            format!("{shown} may not be read by this user: run the check as the user that runs 4D.")
        }
        _ => format!("{shown} could not be checked: {error}."),
    })
}

fn json(report: &Report) -> Result<String, Failure> {
    let json = serde_json::to_string_pretty(report);
    json.map(|json| json + "\n").map_err(|error| Failure::new(format!("The report cannot be written: {error}.")))
}

fn text(dir: &Path, report: &Report) -> String {
    let (may_drop, drops): (Vec<&Item>, Vec<&Item>) =
        report.items.iter().partition(|item| item.problems.iter().all(|problem| problem.assumed()));
    let mut text = String::new();
    list(&mut text, dir, "These devices will be logged out at 4D's next refresh:", &drops);
    list(&mut text, dir, "These may be: 4D's schema is not public, and this is a guess at it:", &may_drop);
    text + &summary(report, drops.len(), may_drop.len())
}

fn list(text: &mut String, dir: &Path, head: &str, items: &[&Item]) {
    if items.is_empty() {
        return;
    }
    let mut line = |line: String| text.extend([line.as_str(), "\n"]);
    line(head.to_owned());
    line(String::new());
    for item in items {
        line(format!("  {}", shown(&dir.join(item.key.app.as_str()).join(item.key.id.as_str()))));
        for problem in &item.problems {
            line(format!("    {problem} (code {})", problem.code()));
        }
    }
    line(String::new());
}

fn summary(report: &Report, drops: usize, may_drop: usize) -> String {
    let (files, apps) = (counted(report.sessions, "session file"), counted(report.apps, "app"));
    let mut summary = match report.noncompliant {
        0 => format!("{files} in {apps}: all compliant"),
        wrong => format!("{files} in {apps}: {wrong} not compliant"),
    };
    if !report.unread.is_empty() {
        // Writing to a string does not fail.
        let _ = write!(summary, "; {} could not be checked", counted(report.unread.len() as u64, "app"));
    }
    summary += ".";
    let l = Locale::default();
    match (drops, may_drop) {
        (0, 0) => {}
        (0, may_drop) => summary += &format!(" {}.", l.n("push-may-drop", may_drop as u64)),
        (drops, more) => {
            let logged_out = l.args("push-logged-out", &[("drops", drops.into()), ("more", more.into())]);
            summary += &format!(" {logged_out}.");
        }
    }
    summary + "\n"
}

/// A path for a terminal.
fn shown(path: &Path) -> String {
    printable(&path.display().to_string())
}
