//! The service on Windows: made known to the Service Control Manager by `sc.exe`, started and stopped by `net.exe`, which
//! wait.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::definition::Definition;
use super::step::{Run, Step};
use super::{DESCRIPTION, NAME};

#[cfg(windows)]
pub fn is_installed() -> bool {
    super::windows_main::command_line().is_some()
}

/// The data folder of the installed service.
#[cfg(windows)]
pub fn data_dir() -> Option<PathBuf> {
    data_dir_in(&super::windows_main::command_line()?)
}

pub fn default_data_dir() -> PathBuf {
    let all_users = std::env::var_os("ProgramData").unwrap_or_else(|| r"C:\ProgramData".into());
    PathBuf::from(all_users).join(NAME)
}

/// A service has no standard error.
pub fn default_log_file(data_dir: &Path) -> Option<PathBuf> {
    Some(data_dir.join("log").join("mobile-sessions.log"))
}

pub fn install(definition: &Definition) -> Vec<Step> {
    let mut create = vec![OsString::from("create"), NAME.into(), "binPath=".into(), command(definition).into()];
    create.extend(["start=", "auto", "DisplayName=", "Mobile Sessions"].map(OsString::from));
    if let Some(user) = &definition.user {
        create.extend(["obj=".into(), OsString::from(user)]);
    }
    let restarts = "restart/2000/restart/10000/restart/60000";
    vec![
        Run::new("net.exe", ["stop", NAME]).or_not().into(),
        Run::new("sc.exe", ["delete", NAME]).or_not().into(),
        Run::new("sc.exe", create).into(),
        Run::new("sc.exe", ["description", NAME, DESCRIPTION]).or_not().into(),
        Run::new("sc.exe", ["failure", NAME, "reset=", "86400", "actions=", restarts]).or_not().into(),
        Run::new("sc.exe", ["failureflag", NAME, "1"]).or_not().into(),
        Run::new("net.exe", ["start", NAME]).into(),
    ]
}

pub fn uninstall() -> Vec<Step> {
    vec![Run::new("net.exe", ["stop", NAME]).or_not().into(), Run::new("sc.exe", ["delete", NAME]).into()]
}

pub fn start() -> Vec<Step> {
    vec![Run::new("net.exe", ["start", NAME]).into()]
}

pub fn stop() -> Vec<Step> {
    vec![Run::new("net.exe", ["stop", NAME]).into()]
}

pub fn status() -> Run {
    Run::new("sc.exe", ["query", NAME])
}

/// What an installation says at its end.
pub fn words(definition: &Definition) -> String {
    let Definition { user, url, data_dir, log_file, .. } = definition;
    let user = user.as_deref().unwrap_or("LocalSystem");
    let (data, program) = (data_dir.display(), definition.program.display());
    let log = log_file.as_ref().map_or(String::new(), |file| format!(" Its log: {}", file.display()));
    format!(
        "The service {NAME} runs as {user}, and starts with the machine. It answers on {url}.\n\
         Its data: {data}.{log}\n\
         The first owner, as an administrator: \"{program}\" user create NAME --role owner --data-dir \"{data}\""
    )
}

/// What the service runs, as one command line.
fn command(definition: &Definition) -> String {
    let words = ["service", "run"].map(OsStr::new);
    let words = [definition.program.as_os_str()].into_iter().chain(words).chain([definition.folder.as_os_str()]);
    let words = words.chain(definition.options.iter().map(|option| option.as_os_str()));
    words.map(|word| quoted(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

/// A word as `CommandLineToArgvW` takes it back: in quotes, before which backslashes count double.
fn quoted(word: &str) -> String {
    let mut text = String::from("\"");
    let mut backslashes = 0;
    for c in word.chars() {
        match c {
            '\\' => backslashes += 1,
            '"' => {
                text.extend(std::iter::repeat_n('\\', backslashes + 1));
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        text.push(c);
    }
    text.extend(std::iter::repeat_n('\\', backslashes));
    text.push('"');
    text
}

/// The data folder that such a command line names.
fn data_dir_in(command: &str) -> Option<PathBuf> {
    let (_, rest) = command.split_once("\"--data-dir=")?;
    rest.split_once('"').map(|(path, _)| path.into())
}

#[cfg(test)]
mod tests {
    use super::super::definition::tests::definition;
    use super::*;

    #[test]
    fn a_service_runs_with_the_given_options() {
        let mut definition = definition();
        definition.program = r"C:\Program Files\mobile-sessions.exe".into();
        let command = command(&definition);
        let start = r#""C:\Program Files\mobile-sessions.exe" "service" "run" "/srv/4d 100%/MobileApps" "--poll""#;
        assert!(command.starts_with(start), "{command}");
        assert_eq!(data_dir_in(&command), Some(definition.data_dir));
    }

    #[test]
    fn words_of_a_command_line_keep_backslashes_and_quotes() {
        let cases = [(r"C:\a b\", r#""C:\a b\\""#), (r#"a"b"#, r#""a\"b""#), (r#"a\"b"#, r#""a\\\"b""#)];
        for (word, expected) in cases {
            assert_eq!(quoted(word), expected);
        }
    }
}
