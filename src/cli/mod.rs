//! One file a command.

mod accounts;
pub mod check;
mod config_file;
pub mod demo;
pub mod sample;
pub mod serve;
mod stand_in;
pub mod token;
pub mod user;

use std::error::Error as _;
use std::fmt;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind as Usage;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::services::error::Error;
use crate::store::data_dir::DataDirError;
use crate::store::database;

/// A web panel and REST API over the MobileApps folder of a 4D server
///
/// Devices that open an app of a 4D server get a session, a small file in the server's MobileApps
/// folder. This program shows the sessions in the browser and by REST, lets devices in or keeps them
/// out, and writes down who did what.
#[derive(Debug, Parser)]
#[command(name = "mobile-sessions", version, after_help = FIRST_STEPS)]
struct Cli {
    /// Take options from this TOML file, as listen = "127.0.0.1:8080"; or name it in MOBILE_SESSIONS_CONFIG
    ///
    /// Each line is an option, named as on the command line; the folder DIR is dir. The command line wins, then the
    /// environment, then the file. Relative paths are meant from where the file stands.
    // Read before the command line is: what it says are defaults.
    #[arg(long = "config", global = true, value_name = "FILE")]
    _config: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

const FIRST_STEPS: &str = "To try it:  mobile-sessions demo
On a server:  mobile-sessions serve /path/to/MobileApps
In a script:  mobile-sessions check /path/to/MobileApps
For programs:  mobile-sessions token create NAME --role operator --dir /path/to/MobileApps

\"mobile-sessions COMMAND --help\" explains a command.";

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Args),
    Demo(demo::Args),
    Check(check::Args),
    User(user::Args),
    Token(token::Args),
}

/// Runs the command that the command line names.
pub fn main() -> ExitCode {
    let command = match parse() {
        Ok(command) => command,
        Err(failure) => {
            eprintln!("{failure}");
            return ExitCode::from(2);
        }
    };
    let done = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(run(command)),
        Err(error) => Err(Failure::new(format!("The system does not let the program start its threads: {error}."))),
    };
    done.unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::FAILURE
    })
}

/// What the command line asks for; what is wrong with it, clap itself tells, and ends the program.
fn parse() -> Result<Command, Failure> {
    let args: Vec<_> = std::env::args_os().collect();
    let program = match config_file::named(&args) {
        None => Cli::command(),
        Some(path) => config_file::apply(Cli::command(), &path).inspect_err(|_| help(&args))?,
    };
    let parsed = Cli::from_arg_matches(&program.get_matches_from(args));
    Ok(parsed.unwrap_or_else(|error| error.exit()).command)
}

/// Help is given whatever the file holds.
fn help(args: &[std::ffi::OsString]) {
    match Cli::command().try_get_matches_from(args) {
        Err(error) if matches!(error.kind(), Usage::DisplayHelp | Usage::DisplayVersion) => error.exit(),
        _ => {}
    }
}

async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(args) => serve::run(args).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Check(args) => check::run(args).await,
        Command::User(args) => user::run(args).await,
        Command::Token(args) => token::run(args).await,
    }
}

/// Prints to standard output. A reader that has seen enough, as `head` has, is no fault.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("Standard output cannot be written to: {error}.")))
        }
        _ => Ok(()),
    }
}

/// "1 app", "2 apps".
fn counted(number: impl Into<u64>, thing: &str) -> String {
    let number = number.into();
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// Why a command stopped: one sentence that says what to do.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// With this sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<DataDirError> for Failure {
    fn from(error: DataDirError) -> Self {
        Self(error.to_string())
    }
}

impl From<database::Error> for Failure {
    fn from(error: database::Error) -> Self {
        Self(format!("The database in the data folder cannot be used: {error}."))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match &error {
            // Here is no log to look into.
            Error::Internal(_) => Self(format!(
                "Nothing was changed: {}.",
                error.source().map_or(String::new(), |cause| cause.to_string())
            )),
            error => Self(error.to_string()),
        }
    }
}
