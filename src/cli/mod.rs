//! One file a command.

mod accounts;
pub mod check;
pub mod demo;
pub mod sample;
pub mod serve;
mod stand_in;
pub mod token;
pub mod user;

use std::error::Error as _;
use std::fmt;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    let command = Cli::parse().command;
    let done = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(run(command)),
        Err(error) => Err(Failure::new(format!("The system does not let the program start its threads: {error}."))),
    };
    done.unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::FAILURE
    })
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
