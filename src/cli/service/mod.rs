//! `service`: the server as a service of the system.

mod definition;
#[cfg(any(target_os = "macos", test))]
#[cfg_attr(test, allow(dead_code, reason = "tests try what every system does"))]
mod launchd;
mod step;
pub mod supervisor;
#[cfg(any(not(any(windows, target_os = "macos")), test))]
#[cfg_attr(test, allow(dead_code, reason = "tests try what every system does"))]
mod systemd;
#[cfg(any(windows, test))]
#[cfg_attr(test, allow(dead_code, reason = "tests try what every system does"))]
mod windows;
#[cfg(windows)]
mod windows_main;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

#[cfg(target_os = "macos")]
use self::launchd as manager;
#[cfg(not(any(windows, target_os = "macos")))]
use self::systemd as manager;
#[cfg(windows)]
use self::windows as manager;
use super::output::print;
use super::{Failure, serve};
use crate::config::Options;

/// What the service is called.
const NAME: &str = "mobile-sessions";

/// What people read of it in lists of services.
const DESCRIPTION: &str = "Panel and API over the sessions of 4D mobile apps";

/// Let the system run the server: from the start of the machine on, and again after a failure
///
/// "service install DIR" takes the options of serve, checks them as serve does, and starts the service. "service
/// uninstall" takes it away and leaves its data. All but "status" need an administrator, and say with --dry-run what they
/// would do. Windows, macOS (launchd) and Linux (systemd).
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do
    #[arg(value_name = "ACTION")]
    action: Action,
    /// The MobileApps folder, for install
    #[arg(value_name = "DIR", env = "MOBILE_SESSIONS_DIR", required_if_eq("action", "install"))]
    folder: Option<PathBuf>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// The account that the service runs as, which must be able to write the session files [default: the owner of DIR; on
    /// Windows the system's own]
    #[arg(long, value_name = "USER")]
    user: Option<String>,
    #[command(flatten)]
    options: Options,
}

/// What to do with the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Action {
    /// Install and start it, or install it anew with other options.
    Install,
    /// Stop it and take it away. Its data stay.
    Uninstall,
    /// Start it.
    Start,
    /// Stop it, after the requests in hand.
    Stop,
    /// Say whether it runs.
    Status,
    /// What the system runs.
    #[cfg(windows)]
    #[value(hide = true)]
    Run,
}

/// Runs the command.
pub async fn run(args: Args, warnings: Vec<String>) -> Result<ExitCode, Failure> {
    let (action, dry_run) = (args.action, args.dry_run);
    match action {
        Action::Install => install(args),
        Action::Uninstall => {
            let data = manager::data_dir();
            let steps = manager::uninstall();
            let left = data.map_or_else(
                || "Its data are left where they are.".to_owned(),
                |data| format!("Its data are left in {}.", data.display()),
            );
            carry_out(dry_run, &steps, &format!("The service is gone. {left}"))
        }
        Action::Start => carry_out(dry_run, &manager::start(), "The service runs."),
        Action::Stop => {
            carry_out(dry_run, &manager::stop(), "The service is stopped. It starts again with the machine.")
        }
        Action::Status => manager::status().run_shown(),
        #[cfg(windows)]
        Action::Run => {
            let folder = args.folder.ok_or_else(|| Failure::new("The MobileApps folder is not named."))?;
            let config = crate::config::Config { folder, options: args.options, moved: false };
            return windows_main::run(config, warnings).await;
        }
    }
    .inspect(|_| warnings.iter().for_each(|warning| eprintln!("warning: {warning}")))
}

fn install(args: Args) -> Result<ExitCode, Failure> {
    let dry_run = args.dry_run;
    let options = &args.options;
    let folder = args.folder.ok_or_else(|| Failure::new("Name the MobileApps folder: service install DIR."))?;
    serve::check(&folder, options)?;
    if !manager::is_installed() {
        serve::check_addresses(options)?;
    }
    let definition = definition::Definition::new(&folder, options, args.user)?;
    let done = manager::words(&definition);
    carry_out(dry_run, &manager::install(&definition), &done)
}

/// Does all of it and says so, or says what it would do.
fn carry_out(dry_run: bool, steps: &[step::Step], done: &str) -> Result<ExitCode, Failure> {
    if dry_run {
        let steps: String = steps.iter().map(|step| format!("{step}\n")).collect();
        print(&format!("Nothing is done. This is what would be, in this order:\n\n{steps}\n{done}\n"))?;
    } else {
        steps.iter().try_for_each(step::Step::perform)?;
        print(&format!("{done}\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}
