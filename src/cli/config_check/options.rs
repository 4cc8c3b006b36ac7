//! The options of `serve` as they are given, and from where.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use clap::builder::{BoolishValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, CommandFactory, FromArgMatches};

use crate::cli::config_file::{self, ConfigFile, is_secret};
use crate::cli::{Cli, Failure, environment, serve};

/// The options of `serve` on the command line of another command: nothing of them is judged.
#[derive(Clone, Debug)]
pub struct Spelled(ArgMatches);

impl Args for Spelled {
    fn augment_args(command: Command) -> Command {
        let serve = serve::Args::augment_args(Command::new("serve"));
        command.args(serve.get_arguments().map(unjudged))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Spelled {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self(matches.clone()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0 = matches.clone();
        Ok(())
    }
}

/// An option that takes any text, and that nothing but the command line gives a value.
fn unjudged(option: &Arg) -> Arg {
    let mut arg = Arg::new(option.get_id().clone()).action(option.get_action().clone());
    if let Some(long) = option.get_long() {
        arg = arg.long(long.to_owned());
    }
    if let Some(names) = option.get_value_names() {
        arg = arg.value_names(names.iter().cloned());
    }
    if !is_switch(option) {
        arg = arg.value_parser(clap::value_parser!(OsString)).value_hint(option.get_value_hint());
    }
    if let Some(help) = option.get_long_help() {
        arg = arg.long_help(help.clone());
    }
    arg.help(option.get_help().cloned().unwrap_or_default())
}

fn is_switch(option: &Arg) -> bool {
    matches!(option.get_action(), ArgAction::SetTrue)
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    CommandLine,
    /// This variable.
    Environment(String),
    /// This line of this file.
    File(PathBuf, usize),
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::CommandLine => f.write_str("command line"),
            Source::Environment(name) => write!(f, "{name} in the environment"),
            Source::File(file, line) => write!(f, "{}, line {line}", file.display()),
            Source::Default => f.write_str("default"),
        }
    }
}

/// An option that has a value.
#[derive(Debug)]
pub struct InForce {
    /// As on the command line; DIR for the folder.
    pub name: String,
    /// `None` for a secret.
    pub value: Option<String>,
    pub source: Source,
}

/// All that is given, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Found {
    pub options: Vec<InForce>,
    pub faults: Vec<Failure>,
    pub warnings: Vec<String>,
}

impl Found {
    /// Reads command line, environment and file, and judges each value by itself.
    pub fn gather(spelled: &Spelled) -> Self {
        let program = Cli::command();
        let mut found = Self::default();
        let args: Vec<OsString> = std::env::args_os().collect();
        let path = config_file::named(&args);
        let file = path.as_deref().map(|path| found.file(&program, path)).unwrap_or_default();
        found.faults.extend(environment::warnings(&program).into_iter().map(|unknown| match unknown.ends_with('?') {
            true => Failure::new(unknown),
            false => Failure::new(format!("{unknown}.")),
        }));
        let options = config_file::all(&program).filter(|place| place.command == "serve");
        for option in options.map(|place| place.option) {
            let from_file =
                file.lines.iter().find(|line| line.command == "serve" && line.option.get_id() == option.get_id());
            let from_file = path.as_ref().zip(from_file);
            let from_file =
                from_file.map(|(path, line)| (Source::File(path.clone(), line.number), line.values.clone()));
            let on_line = on_command_line(spelled, &option);
            let in_environment = in_environment(&option);
            let default = option.get_default_values().iter().map(|value| value.to_os_string()).collect::<Vec<_>>();
            let default = Some((Source::Default, default)).filter(|(_, values)| !values.is_empty());
            if let Some((source, values)) = on_line.or(in_environment).or(from_file).or(default) {
                found.add(&program, &option, source, &values);
            }
        }
        found
    }

    fn file(&mut self, program: &Command, path: &Path) -> ConfigFile {
        let mut file = ConfigFile::read(program, path).unwrap_or_else(|failure| {
            self.faults.push(failure);
            ConfigFile::default()
        });
        self.faults.append(&mut file.faults);
        self.warnings.append(&mut file.warnings);
        file
    }

    /// Takes a value, if its option does.
    fn add(&mut self, program: &Command, option: &Arg, source: Source, values: &[OsString]) {
        let name = option.get_long().map_or_else(|| "DIR".to_owned(), |long| format!("--{long}"));
        if let Err(why) = judge(program, option, values) {
            self.faults.push(Failure::new(format!("{name}, from {source}: {why}.")));
            return;
        }
        let text = values.iter().map(|value| value.to_string_lossy()).collect::<Vec<_>>().join(", ");
        let is_off = is_switch(option) && source == Source::Default;
        if !is_off {
            let value = (!is_secret(option)).then_some(text);
            self.options.push(InForce { name, value, source });
        }
    }

    /// All of it as `serve` reads it; what does not go together is a fault.
    pub fn parse(&mut self, spelled: &Spelled) -> Option<serve::Args> {
        let parsed = self.program().and_then(|program| {
            let matches = program.try_get_matches_from(spelled.command_line());
            let matches = matches.map_err(|error| failure(&error))?;
            let serve = matches.subcommand_matches("serve").map(serve::Args::from_arg_matches);
            serve.transpose().map_err(|error| failure(&error))
        });
        parsed.unwrap_or_else(|failure| {
            self.faults.push(failure);
            None
        })
    }

    fn program(&self) -> Result<Command, Failure> {
        let args: Vec<OsString> = std::env::args_os().collect();
        crate::cli::program(&args, &mut Vec::new())
    }
}

impl Spelled {
    /// The command line of `serve` with these options.
    fn command_line(&self) -> Vec<OsString> {
        let program = Cli::command();
        let mut line = vec![OsString::from("mobile-sessions"), "serve".into()];
        let mut folder = Vec::new();
        for option in config_file::all(&program).filter(|place| place.command == "serve").map(|place| place.option) {
            let Some((_, values)) = on_command_line(self, &option) else { continue };
            match option.get_long() {
                None => folder.extend(values),
                Some(long) if is_switch(&option) => line.push(format!("--{long}").into()),
                Some(long) => line.extend(values.iter().map(|value| {
                    let mut text = OsString::from(format!("--{long}="));
                    text.push(value);
                    text
                })),
            }
        }
        line.push("--".into());
        line.extend(folder);
        line
    }
}

fn on_command_line(spelled: &Spelled, option: &Arg) -> Option<(Source, Vec<OsString>)> {
    let id = option.get_id().as_str();
    let is_given = spelled.0.value_source(id) == Some(ValueSource::CommandLine);
    let values = spelled.0.get_raw(id).into_iter().flatten().map(OsString::from).collect();
    is_given.then_some((Source::CommandLine, values))
}

fn in_environment(option: &Arg) -> Option<(Source, Vec<OsString>)> {
    let name = option.get_env()?;
    let value = std::env::var_os(name)?;
    Some((Source::Environment(name.to_string_lossy().into_owned()), vec![value]))
}

/// Whether the option takes these values. `Err` says why not.
fn judge(program: &Command, option: &Arg, values: &[OsString]) -> Result<(), String> {
    let Some(value) = values.first().filter(|_| is_switch(option)) else {
        return config_file::judge(program, "serve", option, values);
    };
    let judged = BoolishValueParser::new().parse_ref(program, None, value);
    judged.map(drop).map_err(|_| "this takes true or false".to_owned())
}

/// What clap says of options that do not go together, in one sentence.
fn failure(error: &clap::Error) -> Failure {
    let rendered = error.to_string();
    let first = rendered.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
    let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
    match error.kind() {
        ErrorKind::MissingRequiredArgument if first.contains("<DIR>") => Failure::new(
            "The MobileApps folder is not given: name it on the command line, in MOBILE_SESSIONS_DIR, or as dir in the file.",
        ),
        _ => Failure::new(format!("{first}.")),
    }
}
