//! `--config FILE`: options as lines of a TOML file.
//!
//! What a line says becomes the default of its option, so that clap's own order holds for the file too: the command
//! line wins, then the environment, then the file.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command, ValueHint};
use toml::de::{DeTable, DeValue};

use super::Failure;

use crate::store::os;

/// Names the file where the command line does not.
pub const ENV: &str = "MOBILE_SESSIONS_CONFIG";

/// More is no list of options.
const LARGEST: u64 = 1 << 20;

/// The file that this command line names, or else the environment.
pub fn named(args: &[OsString]) -> Option<PathBuf> {
    let mut args = args.iter().skip(1).take_while(|arg| *arg != "--");
    while let Some(arg) = args.next() {
        if arg == "--config" {
            return args.next().map(PathBuf::from);
        }
        if let Some(path) = arg.to_str().and_then(|arg| arg.strip_prefix("--config=")) {
            return Some(path.into());
        }
    }
    std::env::var_os(ENV).filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// The program's commands, with what the file says as the defaults of their options.
///
/// One file serves every command: each takes the lines that name options of its own. A line that no command has an
/// option for is refused.
pub fn apply(mut program: Command, path: &Path, warnings: &mut Vec<String>) -> Result<Command, Failure> {
    let file = ConfigFile::read(&program, path)?;
    if let Some(fault) = file.faults.into_iter().next() {
        return Err(fault);
    }
    warnings.extend(file.warnings);
    for Line { command, option, values, .. } in file.lines {
        program = program.mut_subcommand(command, |command| with_default(command, &option, values));
    }
    Ok(program)
}

/// What a file says.
#[derive(Default)]
pub struct ConfigFile {
    pub lines: Vec<Line>,
    /// Each line that is wrong.
    pub faults: Vec<Failure>,
    pub warnings: Vec<String>,
}

/// An option of a command, as a line of the file has it. Several commands can have the option of one line.
pub struct Line {
    pub number: usize,
    pub command: String,
    pub option: Arg,
    pub values: Vec<OsString>,
}

impl ConfigFile {
    /// `Err` where it is no TOML file that can be read.
    pub fn read(program: &Command, path: &Path) -> Result<Self, Failure> {
        let (text, open_to_others) = read(path).map_err(|error| wrong(path, &format!("cannot be read: {error}.")))?;
        let table = DeTable::parse(&text).map_err(|error| {
            // Its own text shows the line, in which a secret may stand.
            let line = line_at(&text, error.span().map_or(0, |span| span.start));
            wrong(path, &format!("is not TOML, line {line}: {}.", error.message()))
        })?;
        let mut lines: Vec<_> = table.get_ref().iter().collect();
        lines.sort_by_key(|(key, _)| key.span().start);
        let mut file = Self::default();
        for (key, value) in lines {
            let (number, key) = (line_at(&text, key.span().start), key.get_ref().as_ref());
            match file.add(program, path, number, (key, value.get_ref())) {
                Ok(is_secret) if is_secret && open_to_others => file.warnings.push(readable(path, key)),
                Ok(_) => {}
                Err(what) => file.faults.push(wrong(path, &format!("is wrong in line {number}: {what}"))),
            }
        }
        Ok(file)
    }

    /// Takes a line for each command that has such an option; whether its value is a secret. `Err` says what is wrong.
    fn add(
        &mut self,
        program: &Command,
        path: &Path,
        number: usize,
        (key, value): (&str, &DeValue<'_>),
    ) -> Result<bool, String> {
        let options: Vec<Place> = all(program).filter(|place| name(&place.option) == key).collect();
        if options.is_empty() {
            return Err(unknown(program, key));
        }
        let mut has_secret = false;
        for Place { command, option } in options {
            let values = spell(&option, value).map_err(|what| format!("{key:?} takes {what}."))?;
            let values: Vec<OsString> = values.into_iter().map(|value| placed(path, &option, value)).collect();
            judge(program, &command, &option, &values).map_err(|what| format!("{key:?}: {what}."))?;
            has_secret |= is_secret(&option);
            self.lines.push(Line { number, command, option, values });
        }
        Ok(has_secret)
    }
}

fn wrong(path: &Path, what: &str) -> Failure {
    Failure::new(format!("The configuration {} {what}", path.display()))
}

fn read(path: &Path) -> Result<(String, bool), String> {
    let file = File::open(path).map_err(|error| error.kind().to_string())?;
    let metadata = file.metadata().map_err(|error| error.kind().to_string())?;
    let mut text = String::new();
    let length = file.take(LARGEST + 1).read_to_string(&mut text).map_err(|error| error.to_string())?;
    if length as u64 > LARGEST {
        return Err("it is larger than 1 MiB".to_owned());
    }
    Ok((text, os::open_to_others(&metadata).is_some()))
}

fn line_at(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// An option of a command.
pub struct Place {
    pub command: String,
    pub option: Arg,
}

/// Every option that can stand in the file: those that can stand in the environment.
pub fn all(program: &Command) -> impl Iterator<Item = Place> {
    program.get_subcommands().flat_map(|command| {
        let options = command.get_arguments().filter(|option| option.get_env().is_some());
        options.map(|option| Place { command: command.get_name().to_owned(), option: option.clone() })
    })
}

/// As on the command line, without the dashes; DIR is `dir`.
fn name(option: &Arg) -> String {
    match (option.get_long(), option.get_value_names()) {
        (Some(long), _) => long.to_owned(),
        (None, Some([name, ..])) => name.to_lowercase(),
        (None, _) => option.get_id().to_string(),
    }
}

fn unknown(program: &Command, key: &str) -> String {
    let spelled = key.to_lowercase().replace('_', "-");
    let names = all(program).map(|place| name(&place.option));
    let near = names.map(|name| (strsim::jaro(&spelled, &name), name)).filter(|(likeness, _)| *likeness > 0.7);
    match near.max_by(|one, other| one.0.total_cmp(&other.0)) {
        Some((_, near)) => format!("there is no option {key:?}: did you mean {near:?}?"),
        None => format!("there is no option {key:?}: \"mobile-sessions serve --help\" names all."),
    }
}

/// The values as the command line would have them. `Err` says what the option takes.
fn spell(option: &Arg, value: &DeValue<'_>) -> Result<Vec<String>, &'static str> {
    let many = matches!(option.get_action(), ArgAction::Append);
    let flag = matches!(option.get_action(), ArgAction::SetTrue);
    match value {
        DeValue::Boolean(on) if flag => Ok(vec![on.to_string()]),
        _ if flag => Err("true or false, without quotes"),
        DeValue::Array(values) if many => values.iter().map(|value| spell_one(value.get_ref(), many)).collect(),
        value => Ok(vec![spell_one(value, many)?]),
    }
}

fn spell_one(value: &DeValue<'_>, many: bool) -> Result<String, &'static str> {
    match value {
        DeValue::String(text) => Ok(text.to_string()),
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(number.as_str(), number.radix());
            number.map(|number| number.to_string()).map_err(|_| "a smaller number")
        }
        _ if many => Err("a text, or a list of texts: [\"…\", \"…\"]"),
        _ => Err("one value: a text in quotes, or a whole number"),
    }
}

fn readable(file: &Path, key: &str) -> String {
    let file = file.display();
    format!("{file} holds {key:?}, which is secret, and others can read it: chmod 600 {file}")
}

/// What is kept from `--help` is kept from everybody.
pub fn is_secret(option: &Arg) -> bool {
    option.is_hide_env_values_set()
}

fn is_address(option: &Arg) -> bool {
    option.get_value_names().is_some_and(|names| names.iter().any(|name| *name == "URL"))
}

/// A relative path is meant from where the file stands: so it holds wherever the program is started from.
fn placed(file: &Path, option: &Arg, value: String) -> OsString {
    let is_path = option.get_value_hint() == ValueHint::AnyPath;
    match file.parent() {
        Some(folder) if is_path => folder.join(value).into(),
        _ => value.into(),
    }
}

fn with_default(command: Command, option: &Arg, values: Vec<OsString>) -> Command {
    let hide = is_secret(option);
    command.mut_arg(option.get_id(), |arg| arg.required(false).default_values(values).hide_default_value(hide))
}

/// Whether the option's own parser takes the values, given alone on a command line. `Err` says why not.
pub fn judge(program: &Command, command: &str, option: &Arg, values: &[OsString]) -> Result<(), String> {
    let Some(alone) = program.find_subcommand(command) else { return Ok(()) };
    if matches!(option.get_action(), ArgAction::SetTrue) {
        return Ok(());
    }
    let alone = alone.clone().no_binary_name(true).subcommand_required(false);
    let alone = alone.mut_args(|arg| {
        let arg = arg.required(false).env(None).default_values(None::<&str>);
        // The one that is judged is the first without a name.
        let is_other = arg.get_long().is_none() && arg.get_id() != option.get_id();
        let name = format!("other-{}", arg.get_id());
        if is_other { arg.long(name) } else { arg }
    });
    let given = values.iter().map(|value| match option.get_long() {
        Some(long) => [OsStr::new("--"), OsStr::new(long), OsStr::new("="), value].into_iter().collect(),
        None => value.clone(),
    });
    match alone.try_get_matches_from(given) {
        Err(error) if matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) => {
            if is_secret(option) {
                return Err("this is not what the option takes".to_owned());
            }
            let rendered = error.to_string();
            let first = rendered.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
            // An address that is refused may hold a password.
            let why = if is_address(option) {
                first.split_once(">': ").map_or("no such address", |(_, why)| why)
            } else {
                first
            };
            Err(why.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program() -> Command {
        let secret = Arg::new("secret").long("push-secret").env("TEST_PUSH_SECRET").hide_env_values(true);
        let secret =
            secret.value_parser(|text: &str| if text.len() < 9 { Err("too short") } else { Ok(text.to_owned()) });
        Command::new("program").subcommand(Command::new("serve").arg(secret))
    }

    fn apply_text(text: &str) -> Result<Command, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        apply(program(), file.path(), &mut Vec::new()).map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_secret_is_taken_and_never_told() {
        let program = apply_text("push-secret = \"hunter2hunter2\"\n").unwrap();
        let matches = program.clone().get_matches_from(["program", "serve"]);
        let given = matches.subcommand_matches("serve").unwrap().get_one::<String>("secret");
        assert_eq!(given.map(String::as_str), Some("hunter2hunter2"));
        let help = program.clone().find_subcommand_mut("serve").unwrap().render_long_help().to_string();
        assert!(help.contains("push-secret") && !help.contains("hunter2"), "{help}");
        for text in [
            "push-secret = \"hunter2\"\n",
            "push-secret = [\"hunter2\"]\n",
            "push-secret = \"hunter2\n",
            "push-secret = hunter2\n",
        ] {
            let said = apply_text(text).unwrap_err();
            assert!(!said.contains("hunter2"), "{said}");
        }
    }

    #[test]
    fn a_file_with_a_secret_is_its_owners_alone() {
        assert!(readable(Path::new("/etc/panel.toml"), "push-secret").contains("chmod 600 /etc/panel.toml"));
    }

    #[test]
    fn only_the_command_line_names_the_file() {
        let named = |args: &[&str]| named(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(named(&["x", "serve", "--config", "a"]), Some("a".into()));
        assert_eq!(named(&["x", "--config=a b", "serve"]), Some("a b".into()));
        assert_eq!(named(&["x", "serve", "--", "--config", "a"]), None);
    }
}
