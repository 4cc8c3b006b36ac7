//! `man`: a manual page for each command.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::CommandFactory;

use super::output::{counted, print};
use super::{Cli, Failure};
use crate::store::data_dir;

/// Write a manual page for each command into a folder
///
/// The folder is made where there is none; pages of these names in it are written anew:
///
///   mobile-sessions man /usr/local/share/man/man1
///   man mobile-sessions-serve
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let folder = &args.folder;
    let shown = folder.display();
    data_dir::check_not_4ds(folder).map_err(|_| {
        Failure::new(format!(
            "{shown} lies in a MobileApps folder, which is 4D's alone: name another. Nothing was written."
        ))
    })?;
    let pages =
        write(folder).map_err(|error| Failure::new(format!("Nothing can be written into {shown}: {error}.")))?;
    print(&format!("{} in {shown}.\n", counted(pages, "page")))?;
    Ok(ExitCode::SUCCESS)
}

/// How many pages were written.
fn write(folder: &Path) -> io::Result<u64> {
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Cli::command(), folder)?;
    let mut program = Cli::command();
    program.build();
    Ok(pages(&program))
}

fn pages(command: &clap::Command) -> u64 {
    let shown = command.get_subcommands().filter(|command| command.get_name() != "help" && !command.is_hide_set());
    1 + shown.map(pages).sum::<u64>()
}
