//! What a service is to be: which program it runs, with which options, and as whom.

use std::ffi::{OsStr, OsString};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, CommandFactory};

use super::super::{Cli, config_file, program};
use super::{Failure, manager};
use crate::config::Options;
use crate::store::data_dir;
use crate::store::os;

/// A service to install.
#[derive(Debug)]
pub struct Definition {
    /// This program.
    pub program: PathBuf,
    /// Its options, with absolute paths; `--data-dir` and, where there is one, `--log-file` are among them.
    pub options: Vec<OsString>,
    /// The MobileApps folder.
    pub folder: PathBuf,
    pub data_dir: PathBuf,
    /// `None` where the system keeps the log.
    pub log_file: Option<PathBuf>,
    /// `None` for the system's own account.
    pub user: Option<String>,
    /// Where it will listen.
    #[cfg_attr(any(windows, target_os = "macos"), allow(dead_code, reason = "a unit of systemd alone names rights"))]
    pub listen: SocketAddr,
    /// What stands in front of a path in a link.
    pub url: String,
}

impl Definition {
    /// A service with these options, as they were given to this process.
    pub fn new(folder: &Path, options: &Options, user: Option<String>) -> Result<Self, Failure> {
        if options.push_secret.is_some() {
            return Err(Failure::new(
                "A service's command line can be read by others: put the secret for 4D into a file, and name that by \
                 --push-secret-file.",
            ));
        }
        let folder = absolute(folder)?;
        let user = match user {
            Some(user) => Some(user),
            None => os::owner_name(&folder).map_err(|error| {
                Failure::new(format!(
                    "Who owns {} is not known: {error}. Say by --user who the service is to run as.",
                    folder.display()
                ))
            })?,
        };
        let data_dir = options.data_dir.as_deref().map_or_else(manager::default_data_dir, Path::to_owned);
        let data_dir = absolute(&data_dir)?;
        data_dir::check_outside(&data_dir, &folder)?;
        let log_file = options.log_file.as_deref().map(absolute).transpose()?;
        let log_file = log_file.or_else(|| manager::default_log_file(&data_dir));
        let mut given = given_options()?;
        given.push(assigned("data-dir", data_dir.as_os_str()));
        given.extend(log_file.as_ref().map(|file| assigned("log-file", file.as_os_str())));
        let program = std::env::current_exe()
            .map_err(|error| Failure::new(format!("Where this program stands is not known: {error}.")))?;
        let (listen, url) = (options.listen, options.base_url(options.listen));
        Ok(Self { program, options: given, folder, data_dir, log_file, user, listen, url })
    }
}

/// The options of this process that the service is to have too, but for the folders that are always said.
fn given_options() -> Result<Vec<OsString>, Failure> {
    let args: Vec<_> = std::env::args_os().collect();
    let matches = program(&args, &mut Vec::new())?.try_get_matches_from(&args);
    let matches = matches.map_err(|error| Failure::new(error.to_string()))?;
    let mut given = Vec::new();
    if let Some(file) = config_file::named(&args) {
        given.push(assigned("config", absolute(&file)?.as_os_str()));
    }
    let cli = Cli::command();
    let Some((name, matches)) = matches.subcommand() else { return Ok(given) };
    let options = cli.find_subcommand(name).into_iter().flat_map(clap::Command::get_arguments);
    for option in options.filter(|option| option.get_env().is_some()) {
        given.extend(spelled(option, matches)?);
    }
    Ok(given)
}

/// An option as it was given by the command line or the environment.
fn spelled(option: &Arg, matches: &ArgMatches) -> Result<Vec<OsString>, Failure> {
    let (id, Some(long)) = (option.get_id().as_str(), option.get_long()) else { return Ok(Vec::new()) };
    let is_given = matches!(matches.value_source(id), Some(ValueSource::CommandLine | ValueSource::EnvVariable));
    if !is_given || ["data-dir", "log-file"].contains(&long) {
        return Ok(Vec::new());
    }
    if matches!(option.get_action(), ArgAction::SetTrue) {
        return Ok(matches.get_flag(id).then(|| format!("--{long}").into()).into_iter().collect());
    }
    let is_path = option.get_value_names().is_some_and(|names| names.iter().any(|name| *name == "FILE"));
    let values = matches.get_raw(id).into_iter().flatten();
    values
        .map(|value| match is_path {
            true => Ok(assigned(long, absolute(Path::new(value))?.as_os_str())),
            false => Ok(assigned(long, value)),
        })
        .collect()
}

fn assigned(option: &str, value: &OsStr) -> OsString {
    let mut text = OsString::from(format!("--{option}="));
    text.push(value);
    text
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(|error| Failure::new(format!("{} is no path: {error}.", path.display())))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// One that every system's tests use.
    pub fn definition() -> Definition {
        let options = ["--poll", "--data-dir=/var/lib/mobile-sessions"];
        Definition {
            program: "/opt/mobile-sessions".into(),
            options: options.map(OsString::from).to_vec(),
            folder: "/srv/4d 100%/MobileApps".into(),
            data_dir: "/var/lib/mobile-sessions".into(),
            log_file: None,
            user: Some("fourd".into()),
            listen: ([127, 0, 0, 1], 8080).into(),
            url: "http://127.0.0.1:8080".into(),
        }
    }
}
