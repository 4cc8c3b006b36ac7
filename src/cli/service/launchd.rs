//! The service on macOS: a daemon of launchd.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::definition::Definition;
use super::step::{Run, Step};
use super::{DESCRIPTION, NAME};

const PLIST: &str = "/Library/LaunchDaemons/mobile-sessions.plist";
const DATA: &str = "/Library/Application Support/mobile-sessions";
const TARGET: &str = "system/mobile-sessions";
/// Before the path of the data folder, in a comment of the file.
const DATA_MARK: &str = "<!-- Data: ";

pub fn is_installed() -> bool {
    Path::new(PLIST).exists()
}

pub fn default_data_dir() -> PathBuf {
    DATA.into()
}

/// launchd keeps none.
pub fn default_log_file(data_dir: &Path) -> Option<PathBuf> {
    Some(data_dir.join("log/mobile-sessions.log"))
}

/// The data folder of the installed service.
pub fn data_dir() -> Option<PathBuf> {
    let text = std::fs::read_to_string(PLIST).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(DATA_MARK))?;
    Some(line.strip_suffix(" -->")?.into())
}

pub fn install(definition: &Definition) -> Vec<Step> {
    let user = definition.user.as_deref().unwrap_or("root");
    let args = ["-d", "-m", "0700", "-o", user].map(OsStr::new);
    vec![
        Run::new("install", args.into_iter().chain([definition.data_dir.as_os_str()])).into(),
        launchctl(&["bootout", TARGET]).or_not().into(),
        Step::Write { path: PLIST.into(), text: plist(definition) },
        launchctl(&["bootstrap", "system", PLIST]).into(),
    ]
}

pub fn uninstall() -> Vec<Step> {
    vec![launchctl(&["bootout", TARGET]).or_not().into(), Step::Remove { path: PLIST.into() }]
}

pub fn start() -> Vec<Step> {
    vec![launchctl(&["kickstart", TARGET]).into()]
}

/// It ends with 0 then, after which launchd does not start it again.
pub fn stop() -> Vec<Step> {
    vec![launchctl(&["kill", "SIGTERM", TARGET]).into()]
}

pub fn status() -> Run {
    launchctl(&["print", TARGET])
}

/// What an installation says at its end.
pub fn words(definition: &Definition) -> String {
    let Definition { user, url, data_dir, log_file, .. } = definition;
    let user = user.as_deref().unwrap_or("root");
    let (data, program) = (data_dir.display(), definition.program.display());
    let log = log_file.as_ref().map_or(String::new(), |file| format!(" Its log: {}", file.display()));
    format!(
        "The service {NAME} runs as {user}, and starts with the machine. It answers on {url}.\n\
         Its data: {data}.{log}\n\
         The first owner: sudo -u {user} \"{program}\" user create NAME --role owner --data-dir \"{data}\""
    )
}

fn launchctl(args: &[&str]) -> Run {
    Run::new("launchctl", args)
}

fn plist(definition: &Definition) -> String {
    let words = [definition.program.as_os_str(), OsStr::new("serve"), definition.folder.as_os_str()]
        .into_iter()
        .chain(definition.options.iter().map(|option| option.as_os_str()));
    let words: String = words.map(|word| format!("        <string>{}</string>\n", escaped(word))).collect();
    let user = definition.user.as_deref().map_or(String::new(), |user| {
        format!("    <key>UserName</key>\n    <string>{}</string>\n", escaped(OsStr::new(user)))
    });
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- {DESCRIPTION}. Made by "mobile-sessions service install". -->
{DATA_MARK}{} -->
<plist version="1.0">
<dict>
    <key>Label</key>
    <string>{NAME}</string>
    <key>ProgramArguments</key>
    <array>
{words}    </array>
{user}    <key>RunAtLoad</key>
    <true/>
    <key>KeepAlive</key>
    <dict>
        <key>SuccessfulExit</key>
        <false/>
    </dict>
    <key>ExitTimeOut</key>
    <integer>60</integer>
    <key>Umask</key>
    <integer>63</integer>
    <key>SoftResourceLimits</key>
    <dict>
        <key>NumberOfFiles</key>
        <integer>65536</integer>
    </dict>
</dict>
</plist>
"#,
        definition.data_dir.display()
    )
}

fn escaped(word: &OsStr) -> String {
    word.to_string_lossy().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::definition::tests::definition;
    use super::*;

    #[test]
    fn a_daemon_runs_serve_with_the_given_options() {
        let mut definition = definition();
        definition.folder = "/Users/a & b/MobileApps".into();
        let plist = plist(&definition);
        let words = "<string>serve</string>\n        <string>/Users/a &amp; b/MobileApps</string>\n";
        assert!(plist.contains(words) && plist.contains("<string>--poll</string>"), "{plist}");
        assert!(plist.contains("<key>UserName</key>\n    <string>fourd</string>"), "{plist}");
        assert!(plist.contains("\n<!-- Data: /var/lib/mobile-sessions -->\n"), "{plist}");
    }

    #[test]
    fn an_uninstallation_leaves_the_data() {
        let steps: Vec<String> = uninstall().iter().map(Step::to_string).collect();
        let plist = "Remove /Library/LaunchDaemons/mobile-sessions.plist";
        assert_eq!(steps, ["Run launchctl bootout system/mobile-sessions", plist]);
    }
}
