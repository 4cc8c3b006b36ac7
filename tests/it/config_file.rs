//! `--config FILE`: options as lines of a TOML file, behind the command line and the environment.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::spawn::*;

/// A configuration beside the folders of this test.
fn write(site: &Site, text: &str) -> PathBuf {
    let path = site.temp().join("panel.toml");
    fs::write(&path, text).unwrap();
    path
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// `serve` as the file says it, with no option but the file itself.
fn serve<'a>(site: &'a Site, text: &str, env: &[(&str, &str)], args: &[&str]) -> Server<'a> {
    let mut command = Command::new(program());
    command.args(["serve", "--config", path(&write(site, text))]).args(args).envs(env.iter().copied());
    site.serve_command(command)
}

const BASE: &str = "dir = \"MobileApps\"\ndata-dir = \"data\"\nlisten = \"127.0.0.1:0\"\n";

/// What `serve` says that must not start for what its file holds: one sentence, and nothing is made.
#[track_caller]
fn refused(site: &Site, text: &str) -> String {
    let file = write(site, text);
    let output = run(&["serve", "--config", path(&file)]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{said}");
    assert!(said.contains(path(&file)) && said.trim_end().lines().count() == 1, "{said}");
    assert!(!site.data().exists(), "nothing was made");
    said
}

#[test]
fn every_option_can_be_a_line_of_the_file() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = serve(
        &site,
        &format!(
            "# The panel of the office.\n{BASE}public-url = \"http://panel.example\"\nhost = [\"one.example\", \
             \"two.example\"]\nrescan = \"5s\"\npoll = true\nkeep-deleted = \"30d\"\nmax-file-size = 65536\nlogin-idle \
             = \"1h\"\nlogin-longest = \"2h\"\nmax-requests = 0\nmax-connections = 64\nkeep-alive = \"20s\"\n\
             trusted-proxy = \"10.0.0.0/8\"\nallow-webhook-to = [\"10.1.0.0/16\", \"fd00::/8\"]\nbehind-proxy = false\nproxy-is-anyone = false\nplain-http-proxy = false\n\
             insecure = false\nlog = \"debug\"\nlog-format = \"text\"\n"
        ),
        &[],
        &[],
    );
    assert!(site.data().exists(), "a relative path is meant from the file");
    for (host, status) in [("one.example", 200), ("two.example", 200), ("panel.example", 200), ("six.example", 421)] {
        let answer = server.viewer().request("GET", "/api/v1/sessions").header("host", host).send();
        assert_eq!(answer.status == 200, status == 200, "{host}: {answer:?}");
    }
    assert!(server.log().contains("http://panel.example/setup"), "{}", server.log());
    until(std::time::Duration::from_secs(5), "a line of debugging", || server.log().contains("DEBUG"));
}

#[test]
fn the_command_line_wins_then_the_environment_then_the_file() {
    let site = Site::new();
    let file = format!("{BASE}public-url = \"http://file.example\"\nhost = [\"list.example\"]\n");
    let env = [("MOBILE_SESSIONS_PUBLIC_URL", "http://env.example")];
    for (env, args, wins) in [
        (&[][..], &[][..], "http://file.example/setup"),
        (&env, &[], "http://env.example/setup"),
        (&env, &["--public-url", "http://line.example"], "http://line.example/setup"),
        (&[], &["--public-url", "http://line.example"], "http://line.example/setup"),
    ] {
        let server = serve(&site, &file, env, args);
        until(std::time::Duration::from_secs(5), wins, || server.log().contains(wins));
    }
}

#[test]
fn an_unknown_option_is_refused_with_a_suggestion() {
    let site = Site::new();
    let near = refused(&site, &format!("{BASE}lisen = \"127.0.0.1:1\"\n"));
    assert!(near.contains("line 4") && near.contains("\"lisen\"") && near.contains("\"listen\""), "{near}");
    let underscore = refused(&site, "data_dir = \"data\"\n");
    assert!(underscore.contains("\"data_dir\"") && underscore.contains("did you mean \"data-dir\"?"), "{underscore}");
    for (text, named) in [
        ("colour = 1\n", "\"colour\""),
        ("config = \"other.toml\"\n", "\"config\""),
        ("help = true\n", "\"help\""),
        ("[serve]\nlisten = \"127.0.0.1:1\"\n", "\"serve\""),
    ] {
        let said = refused(&site, text);
        assert!(said.contains(named), "{said}");
    }
}

#[test]
fn a_value_that_is_none_is_refused_by_name() {
    let site = Site::new();
    for (text, named) in [
        ("listen = 8080\n", "\"listen\""),
        ("listen = true\n", "a text in quotes"),
        ("listen = [\"127.0.0.1:1\"]\n", "one value"),
        ("rescan = \"soon\"\n", "10s or 90d"),
        ("rescan = 10.5\n", "\"rescan\""),
        ("poll = \"yes\"\n", "true or false"),
        ("host = [1.5]\n", "a list of texts"),
        ("log = \"loud\"\n", "debug"),
        ("max-requests = -1\n", "\"max-requests\""),
        ("max-requests = 99999999999999999999\n", "a smaller number"),
        ("listen = { port = 1 }\n", "\"listen\""),
        // Of another command: the file is judged whole.
        ("apps = 0\n", "1..=100"),
        ("listen = \n", "line 1"),
        ("listen = \"a\"\nlisten = \"b\"\n", "line 2"),
    ] {
        let said = refused(&site, text);
        assert!(said.contains(named), "{text}: {said}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let site = Site::new();
    for missing in [site.temp().join("missing.toml"), site.root()] {
        let output = run(&["serve", "--config", path(&missing)]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(said.contains(path(&missing)) && said.contains("cannot be read"), "{said}");
    }
    let help = run(&["serve", "--config", path(&site.temp().join("missing.toml")), "--help"]);
    assert!(help.status.success() && String::from_utf8(help.stdout).unwrap().contains("--config"), "help is given");
}

#[test]
fn one_file_serves_every_command() {
    let site = Site::with(&[session(CONTACT, &id(1)).without("/status")]);
    let file = write(&site, &format!("{BASE}json = true\nseed = 7\n"));
    let mut create = Command::new(program());
    create.args(["token", "create", "nightly", "--role", "viewer"]).env("MOBILE_SESSIONS_CONFIG", &file);
    let created: Output = create.output().unwrap();
    let secret = String::from_utf8(created.stdout.clone()).unwrap();
    assert!(secret.starts_with("mst_"), "{created:?}");
    let list = run(&["token", "--config", path(&file), "list"]);
    assert!(String::from_utf8(list.stdout).unwrap().contains("nightly"));
    let server = serve(&site, &fs::read_to_string(&file).unwrap(), &[], &[]);
    assert_eq!(server.caller(secret.trim()).json("/api/v1/sessions")["total"], 1);
    let report = run(&["check", &format!("--config={}", path(&file))]);
    assert_eq!(report.status.code(), Some(1), "{report:?}");
    assert_eq!(serde_json::from_slice::<Value>(&report.stdout).unwrap()["noncompliant"], 1);
}

#[test]
fn a_file_with_no_secret_may_be_read_by_all() {
    let site = Site::new();
    let server = serve(&site, BASE, &[], &[]);
    fs::set_permissions(site.temp().join("panel.toml"), fs::Permissions::from_mode(0o644)).unwrap();
    assert!(!server.log().contains("warning"), "{}", server.log());
}
