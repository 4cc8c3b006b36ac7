//! Options in the environment that nobody reads: a name that is mistyped is said to be, and not passed over.

use std::collections::BTreeSet;

use clap::Command;

use super::{config_file, panel};

/// What the names of all options in the environment begin with.
const PREFIX: &str = "MOBILE_SESSIONS_";

/// A sentence for each variable that looks like an option and is none. Values may be secrets: none is in it.
pub fn warnings(program: &Command) -> Vec<String> {
    let mut known = BTreeSet::from([config_file::ENV, panel::TOKEN].map(str::to_owned));
    collect(program, &mut known);
    let given = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown: BTreeSet<String> = given.filter(|name| name.starts_with(PREFIX) && !known.contains(name)).collect();
    unknown.iter().map(|name| sentence(name, &known)).collect()
}

fn collect(command: &Command, known: &mut BTreeSet<String>) {
    let names = command.get_arguments().filter_map(|option| option.get_env()?.to_str());
    known.extend(names.map(str::to_owned));
    command.get_subcommands().for_each(|command| collect(command, known));
}

fn sentence(name: &str, known: &BTreeSet<String>) -> String {
    let known = known.iter().map(|known| (strsim::jaro(&name[PREFIX.len()..], &known[PREFIX.len()..]), known));
    let near = known.filter(|(likeness, _)| *likeness > 0.7);
    match near.max_by(|one, other| one.0.total_cmp(&other.0)) {
        Some((_, near)) => format!("{name} in the environment is no option: did you mean {near}?"),
        None => format!("{name} in the environment is no option, and nothing reads it"),
    }
}
