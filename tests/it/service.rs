//! `service`, as far as no service manager is needed, and what a service tells its manager.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use crate::spawn::*;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// What an installation would do.
fn plan(folder: &Path, options: &[&str]) -> Output {
    run(&[&["service", "install", path(folder), "--dry-run"], options].concat())
}

#[test]
fn an_installation_says_what_it_would_do() {
    let site = Site::new();
    let (root, data) = (site.root(), site.data());
    let output = plan(&root, &["--data-dir", path(&data), "--listen", "127.0.0.1:0", "--poll", "--user", "fourd"]);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    let start = format!("\"serve\" \"{}\" \"--listen=127.0.0.1:0\" \"--poll\" \"--data-dir=", root.display());
    for part in ["Nothing is done.", "User=fourd", "Type=notify", "Run systemctl daemon-reload", &start] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.contains("user create NAME --role owner"), "{said}");
    assert!(!data.exists() && !Path::new("/etc/systemd/system/mobile-sessions.service").exists());
}

#[test]
fn a_service_is_refused_what_serve_is_refused() {
    let site = Site::new();
    let root = site.root();
    let inside = root.join("data");
    let log = root.join("log.txt");
    let data = site.data();
    let near = ["--listen", "127.0.0.1:0"];
    let cases: [(&[&str], &str); 5] = [
        (&["--listen", "0.0.0.0:0"], "--behind-proxy"),
        (&["--tls-cert", "cert.pem"], "--tls-key"),
        (&["--data-dir", path(&inside)], "lie inside the MobileApps folder"),
        (&["--log-file", path(&log)], "4D's alone"),
        (&["--push-url", "http://127.0.0.1:1/", "--push-secret", "a-secret-of-4d-that-is-long"], "--push-secret-file"),
    ];
    for (options, reason) in cases {
        let listen = if options.contains(&"--listen") { &[][..] } else { &near };
        let data = if options.contains(&"--data-dir") { vec![] } else { vec!["--data-dir", path(&data)] };
        let output = plan(&root, &[listen, &data, options].concat());
        let said = text(&output.stderr);
        assert!(output.status.code() == Some(1) || output.status.code() == Some(2), "{output:?}");
        assert!(said.contains(reason), "{reason}: {said}");
    }
    let gone = site.temp().join("none");
    assert!(text(&plan(&gone, &["--listen", "127.0.0.1:0"]).stderr).contains("--user"), "nobody owns it");
    assert_eq!(fs::read_dir(&root).unwrap().count(), 0);
}

#[test]
fn systemd_hears_of_start_life_and_end() {
    let site = Site::new();
    let socket = site.temp().join("notify");
    let manager = UnixDatagram::bind(&socket).unwrap();
    manager.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut command = Command::new(program());
    command.args(site.serve_args()).env("NOTIFY_SOCKET", &socket).env("WATCHDOG_USEC", "300000");
    let server = site.serve_command(command);
    let hear = || {
        let mut bytes = [0; 256];
        let length = manager.recv(&mut bytes).expect("a message");
        text(&bytes[..length]).trim().to_owned()
    };
    assert_eq!(hear(), "READY=1");
    assert_eq!([hear(), hear()], ["WATCHDOG=1"; 2]);
    assert_eq!(server.stop(), Some(0));
    let last = std::iter::repeat_with(hear).find(|message| message != "WATCHDOG=1");
    assert_eq!(last.as_deref(), Some("STOPPING=1"));
}

#[test]
fn lines_for_the_journal_begin_with_their_priority() {
    let site = Site::new();
    let log = site.temp().join("journal");
    let file = fs::File::create(&log).unwrap();
    let found = file.metadata().unwrap();
    let mut child = Command::new(program())
        .args(site.serve_args())
        .env("JOURNAL_STREAM", format!("{}:{}", found.dev(), found.ino()))
        .stdout(Stdio::null())
        .stderr(file)
        .spawn()
        .unwrap();
    let starts = || fs::read_to_string(&log).unwrap().contains("starting");
    until(Duration::from_secs(30), "the first line", starts);
    ask_to_stop(&child);
    child.wait().unwrap();
    let all = fs::read_to_string(&log).unwrap();
    assert!(all.lines().all(|line| line.starts_with("<6>") || line.starts_with("<4>")), "{all}");
    assert!(all.contains("<6> INFO starting"), "no time, which the journal has: {all}");
}

#[test]
fn a_log_file_takes_what_standard_error_had() {
    let site = Site::new();
    let log = site.temp().join("log/panel.log");
    let server = site.serve_with(&["--log-file", path(&log)]);
    server.viewer().json("/api/v1/me");
    assert_eq!(server.stop(), Some(0));
    let all = fs::read_to_string(&log).unwrap();
    assert!(all.contains("starting") && all.contains("stopping") && !all.contains("\u{1b}["), "{all}");
    assert!(!server.log().contains("starting"), "{}", server.log());
}
