//! `config check`: what `serve` would say of its options, before it is started.

mod checks;
mod options;
mod words;

use std::process::ExitCode;

use clap::Subcommand;

use self::options::{Found, Spelled};
use super::Failure;
use super::output::print;

/// Look at the options of serve before it is started
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Say which options serve would go by, where each comes from, and what is wrong with them
    ///
    /// Takes the options of serve, from the command line, the environment and the file of --config. Checks what serve
    /// checks: the folder, the data folder and its database, the certificate, the schema, the addresses. It makes and changes
    /// nothing, and may run beside a server. Secrets are not shown.
    #[command(after_help = HELP)]
    Check(Spelled),
}

const HELP: &str = "Exit code:
  0  serve can be started with these options
  1  it cannot, or it would not do what is meant: each reason is named on standard error
  2  the command line is wrong

Examples:
  mobile-sessions config check /path/to/MobileApps
  mobile-sessions config check --config panel.toml && systemctl restart mobile-sessions";

/// Runs the command.
pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let Action::Check(spelled) = args.action;
    let mut found = Found::gather(&spelled);
    let serve = if found.faults.is_empty() { found.parse(&spelled) } else { None };
    let mut report = words::options(&found.options);
    let mut warnings = std::mem::take(&mut found.warnings);
    if let Some(serve) = serve {
        let checked = checks::check(&serve).await;
        report += &words::effects(&serve, &checked);
        found.faults.extend(checked.faults);
        warnings.extend(checked.warnings);
    }
    print(&report)?;
    warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
    found.faults.iter().for_each(|fault| eprintln!("{fault}"));
    Ok(if found.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
