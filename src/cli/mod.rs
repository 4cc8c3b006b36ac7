//! One file a command.

mod accounts;
pub mod backup;
pub mod check;
mod completions;
mod config_check;
mod config_file;
pub mod demo;
mod environment;
mod man;
mod migrate;
mod output;
mod panel;
mod reload;
mod risks;
mod secrets_key;
pub mod serve;
pub mod service;
pub mod token;
pub mod user;

use std::collections::BTreeMap;
use std::error::Error as _;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind as Usage};
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::http::signals;
use crate::services::error::Error;
use crate::store::data_dir::DataDirError;
use crate::store::database::{self, OpenError};
use crate::store::log_writer;

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
For good:  mobile-sessions service install /path/to/MobileApps
In a script:  mobile-sessions check /path/to/MobileApps
For programs:  mobile-sessions token create NAME --role operator --dir /path/to/MobileApps
Every night:  mobile-sessions backup FILE --dir /path/to/MobileApps
From elsewhere:  mobile-sessions sessions list --url https://panel.example --token-file FILE
Before a start:  mobile-sessions config check /path/to/MobileApps

\"mobile-sessions COMMAND --help\" explains a command.";

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Args),
    Service(service::Args),
    Demo(demo::Args),
    Check(check::Args),
    User(user::Args),
    Token(token::Args),
    Backup(backup::BackupArgs),
    Restore(backup::RestoreArgs),
    Migrate(migrate::MigrateArgs),
    SecretsKey(secrets_key::Args),
    Sessions(panel::sessions::Args),
    Undo(panel::undo::Args),
    Push(panel::push::Args),
    Events(panel::events::Args),
    Config(config_check::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Command {
    /// Whether it says itself what is wrong with options, or takes none.
    fn needs_no_options(&self) -> bool {
        matches!(self, Command::Config(_) | Command::Completions(_) | Command::Man(_))
    }
}

/// Runs the command that the command line names.
pub fn main() -> ExitCode {
    let Given { command, warnings, .. } = match parse() {
        Ok(given) => given,
        Err(failure) => {
            eprintln!("{failure}");
            return ExitCode::from(2);
        }
    };
    let done = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(run(command, warnings)),
        Err(error) => Err(Failure::new(format!("The system does not let the program start its threads: {error}."))),
    };
    log_writer::flush();
    done.unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::from(failure.exit_code)
    })
}

/// What the command line asks for, with what the environment and the file say.
struct Given {
    command: Command,
    /// The options of the command as they were spelled, by their names on the command line.
    spelled: BTreeMap<String, Vec<OsString>>,
    /// What is to be looked at, and stops nothing.
    warnings: Vec<String>,
}

/// Reads all of it; what is wrong with the command line, clap itself tells, and ends the program.
fn parse() -> Result<Given, Failure> {
    let args: Vec<_> = std::env::args_os().collect();
    let mut warnings = Vec::new();
    let program = match program(&args, &mut warnings) {
        Ok(program) => program,
        Err(failure) => return without_file(&args).ok_or(failure),
    };
    warnings.extend(environment::warnings(&program));
    Ok(given(program.clone().try_get_matches_from(args), warnings).unwrap_or_else(|error| error.exit()))
}

/// Reads all of it again, while the program runs. `Err` says what is wrong.
fn parse_again() -> Result<Given, Failure> {
    let args: Vec<_> = std::env::args_os().collect();
    let program = program(&args, &mut Vec::new())?;
    given(program.try_get_matches_from(args), Vec::new()).map_err(|error| Failure::new(error.to_string()))
}

/// Every command and option, with what the file says as defaults.
fn program(args: &[OsString], warnings: &mut Vec<String>) -> Result<clap::Command, Failure> {
    match config_file::named(args) {
        None => Ok(Cli::command()),
        Some(path) => config_file::apply(Cli::command(), &path, warnings),
    }
}

fn given(matches: Result<ArgMatches, clap::Error>, warnings: Vec<String>) -> Result<Given, clap::Error> {
    let matches = matches.map_err(without_address)?;
    let spelled = matches.subcommand().map(|(_, options)| spelled(options)).unwrap_or_default();
    let command = Cli::from_arg_matches(&matches)?.command;
    Ok(Given { command, spelled, warnings })
}

/// Says what is wrong with an address, and not the address: a password can be in it.
fn without_address(mut error: clap::Error) -> clap::Error {
    let is_address =
        matches!(error.get(ContextKind::InvalidArg), Some(ContextValue::String(option)) if option.contains("<URL>"));
    if is_address {
        error.insert(ContextKind::InvalidValue, ContextValue::String("…".to_owned()));
    }
    error
}

fn spelled(options: &ArgMatches) -> BTreeMap<String, Vec<OsString>> {
    let values = |id: &clap::Id| options.try_get_raw(id.as_str()).ok().flatten().into_iter().flatten();
    options.ids().map(|id| (id.as_str().replace('_', "-"), values(id).map(OsString::from).collect())).collect()
}

/// What is done whatever the file holds; help is given at once.
fn without_file(args: &[OsString]) -> Option<Given> {
    match Cli::command().try_get_matches_from(args) {
        Err(error) if matches!(error.kind(), Usage::DisplayHelp | Usage::DisplayVersion) => error.exit(),
        matches => given(matches, Vec::new()).ok().filter(|given| given.command.needs_no_options()),
    }
}

async fn run(command: Command, warnings: Vec<String>) -> Result<ExitCode, Failure> {
    // A file that may not grow any more fails a write, and does not end the program.
    signals::survive_file_size_limit();
    let tells = matches!(command, Command::Serve(_) | Command::Service(_) | Command::Demo(_));
    if !tells && !command.needs_no_options() {
        warnings.iter().for_each(|warning| eprintln!("warning: {warning}"));
    }
    match command {
        Command::Serve(args) => serve::run(args, warnings).await,
        Command::Service(args) => service::run(args, warnings).await,
        Command::Demo(args) => demo::run(args, warnings).await,
        Command::Check(args) => check::run(args).await,
        Command::User(args) => user::run(args).await,
        Command::Token(args) => token::run(args).await,
        Command::Backup(args) => backup::back_up(args).await,
        Command::Restore(args) => backup::restore(args).await,
        Command::Migrate(args) => migrate::run(args).await,
        Command::SecretsKey(args) => secrets_key::run(&args),
        Command::Sessions(args) => panel::sessions::run(args).await,
        Command::Undo(args) => panel::undo::run(args).await,
        Command::Push(args) => panel::push::run(args).await,
        Command::Events(args) => panel::events::run(args).await,
        Command::Config(args) => config_check::run(args).await,
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

/// Why a command stopped: one sentence that says what to do.
#[derive(Debug)]
pub struct Failure {
    sentence: String,
    exit_code: u8,
}

impl Failure {
    /// With this sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit_code: 1 }
    }

    /// The command line asks for nothing that can be done.
    pub fn wrong_use(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit_code: 2 }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl From<DataDirError> for Failure {
    fn from(error: DataDirError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<database::Error> for Failure {
    fn from(error: database::Error) -> Self {
        Self::new(format!("The database in the data folder cannot be used: {error}."))
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match &error {
            Error::Internal(cause) if cause.is::<OpenError>() => Self::new(cause.to_string()),
            // Here is no log to look into.
            Error::Internal(_) => Self::new(format!(
                "Nothing was changed: {}.",
                error.source().map_or(String::new(), |cause| cause.to_string())
            )),
            error => Self::new(error.to_string()),
        }
    }
}
