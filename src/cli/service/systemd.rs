//! The service on Linux: a unit of systemd.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::definition::Definition;
use super::step::{Run, Step};
use super::{DESCRIPTION, NAME};

const UNIT: &str = "/etc/systemd/system/mobile-sessions.service";
const DATA: &str = "/var/lib/mobile-sessions";
/// Before the path of the data folder, in a comment of the unit.
const DATA_MARK: &str = "# Data: ";

pub fn is_installed() -> bool {
    Path::new(UNIT).exists()
}

pub fn default_data_dir() -> PathBuf {
    DATA.into()
}

/// systemd's journal has it.
pub fn default_log_file(_: &Path) -> Option<PathBuf> {
    None
}

/// The data folder of the installed service.
pub fn data_dir() -> Option<PathBuf> {
    let unit = std::fs::read_to_string(UNIT).ok()?;
    unit.lines().find_map(|line| line.strip_prefix(DATA_MARK)).map(PathBuf::from)
}

pub fn install(definition: &Definition) -> Vec<Step> {
    let mut steps = Vec::new();
    if definition.data_dir != Path::new(DATA)
        && let Some(user) = &definition.user
    {
        let args = ["-d", "-m", "0700", "-o", user].map(OsStr::new);
        steps.push(Run::new("install", args.into_iter().chain([definition.data_dir.as_os_str()])).into());
    }
    steps.push(Step::Write { path: UNIT.into(), text: unit(definition) });
    steps.push(systemctl(&["daemon-reload"]).into());
    steps.push(systemctl(&["enable", NAME]).into());
    steps.push(systemctl(&["restart", NAME]).into());
    steps
}

pub fn uninstall() -> Vec<Step> {
    vec![
        systemctl(&["disable", "--now", NAME]).or_not().into(),
        Step::Remove { path: UNIT.into() },
        systemctl(&["daemon-reload"]).into(),
    ]
}

pub fn start() -> Vec<Step> {
    vec![systemctl(&["start", NAME]).into()]
}

pub fn stop() -> Vec<Step> {
    vec![systemctl(&["stop", NAME]).into()]
}

pub fn status() -> Run {
    systemctl(&["status", "--no-pager", NAME])
}

/// What an installation says at its end.
pub fn words(definition: &Definition) -> String {
    let Definition { user, url, data_dir, log_file, .. } = definition;
    let user = user.as_deref().unwrap_or("root");
    let (data, program) = (data_dir.display(), definition.program.display());
    let log = log_file.as_ref().map_or(format!("journalctl -u {NAME}"), |file| file.display().to_string());
    format!(
        "The service {NAME} runs as {user}, and starts with the machine. It answers on {url}.\n\
         Its data: {data}. Its log: {log}\n\
         The first owner: sudo -u {user} {program} user create NAME --role owner --data-dir {data}"
    )
}

fn systemctl(args: &[&str]) -> Run {
    Run::new("systemctl", args)
}

/// The unit: it may read everything that its user may, and write beside the data of 4D and into its own data folder alone.
fn unit(definition: &Definition) -> String {
    let Definition { folder, data_dir, .. } = definition;
    let user = definition.user.as_deref().unwrap_or("root");
    let command: Vec<String> = [definition.program.as_os_str(), OsStr::new("serve"), folder.as_os_str()]
        .into_iter()
        .chain(definition.options.iter().map(|option| option.as_os_str()))
        .map(quoted)
        .collect();
    // 4D may delete the folder and make it anew: what was opened for writing would be the old one.
    let around = folder.parent().filter(|parent| parent.parent().is_some()).unwrap_or(folder);
    let state = match data_dir == Path::new(DATA) {
        true => "StateDirectory=mobile-sessions\nStateDirectoryMode=0700".to_owned(),
        false => format!("ReadWritePaths={}", quoted(data_dir.as_os_str())),
    };
    // Root gives new files to the owner of the old ones; everybody else needs no capability.
    let capabilities = if user == "root" { "CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER" } else { "" };
    let is_at_home = [folder, data_dir].iter().any(|path| path.starts_with("/home") || path.starts_with("/root"));
    let home = if is_at_home { "read-only" } else { "yes" };
    // A port below 1024 is for whoever has this capability.
    let (capabilities, ambient) = match definition.listen.port() {
        1..1024 => (format!("{capabilities} CAP_NET_BIND_SERVICE"), "AmbientCapabilities=CAP_NET_BIND_SERVICE"),
        _ => (capabilities.to_owned(), "AmbientCapabilities="),
    };
    format!(
        "# Made by \"mobile-sessions service install\", which writes it anew; \"service uninstall\" removes it.
{DATA_MARK}{}
[Unit]
Description={DESCRIPTION}
After=network-online.target
Wants=network-online.target
RequiresMountsFor={}

[Service]
Type=notify
ExecStart={}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=2s
WatchdogSec=30s
TimeoutStopSec=60s
LimitNOFILE=65536
User={user}
{state}
ReadWritePaths={}
UMask=0077
NoNewPrivileges=yes
CapabilityBoundingSet={}
{ambient}
ProtectSystem=strict
ProtectHome={home}
PrivateTmp=yes
PrivateDevices=yes
DevicePolicy=closed
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
KeyringMode=private
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallFilter=@chown

[Install]
WantedBy=multi-user.target
",
        data_dir.display(),
        quoted(folder.as_os_str()),
        command.join(" "),
        quoted(around.as_os_str()),
        capabilities.trim(),
    )
}

/// A word as systemd takes it: in quotes, and with nothing in it that stands for something else.
fn quoted(word: &OsStr) -> String {
    let mut text = String::from("\"");
    for c in word.to_string_lossy().chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '%' | '$' => text.extend([c, c]),
            _ => text.push(c),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::super::definition::tests::definition;
    use super::*;

    #[test]
    fn a_unit_runs_serve_with_the_given_options() {
        let unit = unit(&definition());
        let start = "ExecStart=\"/opt/mobile-sessions\" \"serve\" \"/srv/4d 100%%/MobileApps\" \"--poll\" ";
        assert!(unit.contains(start), "{unit}");
        assert!(unit.contains("\nUser=fourd\n") && unit.contains("\nReadWritePaths=\"/srv/4d 100%%\"\n"), "{unit}");
    }

    #[test]
    fn a_unit_says_where_its_data_are() {
        let unit = unit(&definition());
        assert!(unit.contains("\n# Data: /var/lib/mobile-sessions\n"), "{unit}");
        assert!(unit.contains("\nStateDirectory=mobile-sessions\n"), "{unit}");
    }

    /// Where systemd is: what it thinks of the unit, from 0 (closed) to 10 (open).
    #[test]
    fn systemd_finds_the_unit_hardened() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mobile-sessions.service");
        std::fs::write(&path, unit(&definition())).unwrap();
        let judge = |args: &[&str]| std::process::Command::new("systemd-analyze").args(args).arg(&path).output();
        let Ok(judged) = judge(&["security", "--offline=true", "--no-pager"]) else {
            eprintln!("systemd-analyze is not here: the unit is not judged");
            return;
        };
        let text = String::from_utf8_lossy(&judged.stdout).into_owned();
        let level = text.lines().rev().find(|line| line.contains("Overall exposure level")).expect("a level");
        let level = level.split_whitespace().find_map(|word| word.parse::<f32>().ok()).expect("a number");
        assert!(level <= 2.5, "{text}");
    }
}
