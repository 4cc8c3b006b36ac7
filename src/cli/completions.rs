//! `completions`: what a shell completes a command line by.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use super::output::print;
use super::{Cli, Failure};

/// Print what makes a shell complete the commands and options of this program
///
///   mobile-sessions completions bash >/etc/bash_completion.d/mobile-sessions
///   mobile-sessions completions zsh >"${fpath[1]}/_mobile-sessions"
///   mobile-sessions completions fish >~/.config/fish/completions/mobile-sessions.fish
///   mobile-sessions completions powershell >>$PROFILE
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "mobile-sessions", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
