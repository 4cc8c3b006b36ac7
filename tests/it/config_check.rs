//! `config check`: which options are in force, from where, and what is wrong with them. `completions` and `man` beside it.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::spawn::*;

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// What it prints, on both streams; it must end with this code.
#[track_caller]
fn check(code: i32, args: &[&str], env: &[(&str, &str)]) -> (String, String) {
    let mut command = Command::new(program());
    command.args(["config", "check"]).args(args).envs(env.iter().copied());
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{stdout}{stderr}");
    (stdout, stderr)
}

fn file(site: &Site, text: &str) -> PathBuf {
    let path = site.temp().join("panel.toml");
    fs::write(&path, text).unwrap();
    path
}

/// The row of this option.
#[track_caller]
fn row<'a>(report: &'a str, option: &str) -> Vec<&'a str> {
    let row = report.lines().find(|line| line.split_whitespace().next() == Some(option));
    row.unwrap_or_else(|| panic!("no row of {option}: {report}"))
        .split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect()
}

#[test]
fn each_option_is_shown_with_where_it_comes_from() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(ANDROID, &id(2))]);
    let text = "dir = \"MobileApps\"\ndata-dir = \"data\"\nlisten = \"127.0.0.1:1\"\nhost = [\"a.example\", \
                \"b.example\"]\npush-url = \"http://127.0.0.1:9/push\"\npush-secret = \"hunter2hunter2\"\n";
    let file = file(&site, text);
    let env = [("MOBILE_SESSIONS_LISTEN", "127.0.0.1:2"), ("MOBILE_SESSIONS_RESCAN", "5s")];
    let (report, said) = check(0, &["--config", path(&file), "--listen", "127.0.0.1:0", "--poll"], &env);
    let line = |number| format!("{}, line {number}", path(&file));
    assert_eq!(row(&report, "DIR"), ["DIR", path(&site.root()), &line(1)]);
    assert_eq!(row(&report, "--listen"), ["--listen", "127.0.0.1:0", "command line"]);
    assert_eq!(row(&report, "--poll"), ["--poll", "true", "command line"]);
    assert_eq!(row(&report, "--rescan"), ["--rescan", "5s", "MOBILE_SESSIONS_RESCAN in the environment"]);
    assert_eq!(row(&report, "--host"), ["--host", "a.example, b.example", &line(4)]);
    assert_eq!(row(&report, "--push-secret"), ["--push-secret", "(secret)", &line(6)]);
    assert_eq!(row(&report, "--keep-deleted"), ["--keep-deleted", "90d", "default"]);
    for sentence in [
        "with 2 apps.",
        "It listens on a free port of 127.0.0.1, for this machine alone.",
        "which the first start makes.",
        "pushed to 4D at http://127.0.0.1:9/push when somebody asks for it.",
        "The log goes to standard error, as text.",
    ] {
        assert!(report.contains(sentence), "{sentence}: {report}");
    }
    assert!(said.contains("chmod 600"), "a file with a secret that others can read: {said}");
    assert!(!format!("{report}{said}").contains("hunter2"));
}

#[test]
fn every_fault_is_named_with_where_it_comes_from() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let file = file(&site, "rescan = \"soon\"\nlisen = \"x\"\nlog = \"loud\"\n");
    let env = [
        ("MOBILE_SESSIONS_POLL", "perhaps"),
        ("MOBILE_SESSIONS_KEEP_DELETED", "-1d"),
        ("MOBILE_SESSIONS_LISTN", "127.0.0.1:1"),
        ("MOBILE_SESSIONS_PUSH_SECRET", "hunter2 hunter2"),
    ];
    let root = site.root();
    let args = [path(&root), "--config", path(&file), "--max-requests", "many"];
    let args = [args.as_slice(), &["--push-url", "https://user:hunter2@4d.example/push"]].concat();
    let (report, said) = check(1, &args, &env);
    for (option, source) in [
        ("line 1", "10s or 90d"),
        ("\"lisen\"", "line 2"),
        ("line 3", "debug"),
        ("--poll", "MOBILE_SESSIONS_POLL"),
        ("--keep-deleted", "MOBILE_SESSIONS_KEEP_DELETED"),
        ("MOBILE_SESSIONS_LISTN", "did you mean MOBILE_SESSIONS_LISTEN?"),
        ("--push-secret", "MOBILE_SESSIONS_PUSH_SECRET"),
        ("--max-requests", "command line"),
        ("--push-url", "command line"),
    ] {
        assert!(said.lines().any(|line| line.contains(option) && line.contains(source)), "{option}, {source}: {said}");
    }
    assert_eq!(said.lines().count(), 9, "{said}");
    assert!(!format!("{report}{said}").contains("hunter2"), "{report}{said}");
    assert!(!site.data().exists());
}

#[test]
fn what_does_not_go_together_is_named() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let (root, data) = (site.root(), site.data());
    let no_schema = site.write(CONTACT, "key.txt", "no JSON");
    let place = [path(&root), "--data-dir", path(&data)];
    let (_, said) = check(
        1,
        &[place.as_slice(), &["--listen", "0.0.0.0:0", "--tls-key", "none", "--auto-push", "1s"]].concat(),
        &[],
    );
    for named in ["--insecure", "--tls-cert", "--push-url"] {
        assert!(said.contains(named), "{named}: {said}");
    }
    let (_, said) = check(1, &["--data-dir", path(&data)], &[]);
    assert!(said.contains("MOBILE_SESSIONS_DIR"), "{said}");
    let (_, said) = check(1, &[path(&root), "--data-dir", path(&root.join("data"))], &[]);
    assert!(said.contains("4D's alone"), "{said}");
    let (_, said) =
        check(1, &[path(&site.temp().join("none")), "--data-dir", path(&data), "--listen", "127.0.0.1:0"], &[]);
    assert!(said.contains("There is no folder"), "{said}");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (_, said) = check(1, &[place.as_slice(), &["--listen", &address]].concat(), &[]);
    assert!(said.contains("Another program listens on"), "{said}");
    let (_, said) =
        check(1, &[place.as_slice(), &["--listen", "127.0.0.1:0", "--schema", path(&no_schema)]].concat(), &[]);
    assert!(said.contains("--schema"), "{said}");
    let (_, said) = check(2, &[place.as_slice(), &["--lissten", "127.0.0.1:0"]].concat(), &[]);
    assert!(said.contains("--listen"), "{said}");
}

#[test]
fn a_check_changes_nothing_with_a_server_and_without() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let args = site.serve_args();
    let args: Vec<&str> = args.iter().map(String::as_str).skip(1).collect();
    let before = snapshot(site.temp());
    check(0, &args, &[]);
    assert_unchanged(&before, &snapshot(site.temp()));
    let server = site.serve();
    let listening = server.address.clone();
    let (root, data) = (site.root(), site.data());
    let (report, said) = check(0, &[path(&root), "--data-dir", path(&data), "--listen", &listening], &[]);
    assert!(said.contains(&format!("a server (process {})", server.pid())) || is_windows(), "{report}{said}");
    assert_eq!(server.stop(), Some(0));
    let before = snapshot(site.temp());
    let (_, said) = check(0, &args, &[]);
    assert!(!said.contains("a server"), "{said}");
    assert_unchanged(&before, &snapshot(site.temp()));
}

#[test]
fn a_database_that_serve_would_refuse_is_named() {
    let site = Site::with(&[session(CONTACT, &id(1))]).keep_in(None);
    site.token_with("viewer", &[], false);
    let database = site.data().join("mobile-sessions.db");
    fs::write(&database, "").unwrap();
    let (_, said) = check(1, &[path(&site.root()), "--data-dir", path(&site.data()), "--listen", "127.0.0.1:0"], &[]);
    assert!(said.contains(path(&database)) && said.contains("empty"), "{said}");
}

#[test]
fn completions_name_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&["completions", shell]);
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{shell}");
        for word in ["serve", "sessions", "config", "listen", "allow-noncompliant"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(run(&["completions", "tcsh"]).status.code(), Some(2));
}

#[test]
fn man_writes_a_page_for_each_command() {
    let site = Site::new();
    let folder = site.temp().join("new/man1");
    let output = run(&["man", path(&folder)]);
    assert!(output.status.success(), "{output:?}");
    for command in ["", "-serve", "-check", "-config-check", "-sessions-accept", "-user-create", "-undo", "-man"] {
        let page = fs::read_to_string(folder.join(format!("mobile-sessions{command}.1"))).unwrap();
        assert!(page.contains(".SH NAME") && page.contains(".TH"), "{command}: {page}");
    }
    let count = fs::read_dir(&folder).unwrap().count();
    assert!(String::from_utf8(output.stdout).unwrap().starts_with(&format!("{count} pages in ")), "{count}");
    fs::write(site.root().join("key.mobileapp"), "key").unwrap();
    let output = run(&["man", path(&site.root().join("man"))]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!site.root().join("man").exists());
}
