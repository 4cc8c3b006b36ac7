//! The command line: what every command prints, refuses, and exits with.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use mobile_sessions::domain::token::ConnectionToken;
use serde_json::{Value, json};

use crate::ordinary_user::OrdinaryUser;
use crate::spawn::*;

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Standard output of a command that must work.
#[track_caller]
fn printed(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    stdout(output)
}

/// What a command says that must fail with this code: one sentence, and nothing on standard output.
#[track_caller]
fn refusal(output: &Output, code: i32) -> String {
    let said = stderr(output);
    assert_eq!((output.status.code(), stdout(output).as_str()), (Some(code), ""), "{said}");
    let sentence = said.strip_suffix(".\n").unwrap_or_else(|| panic!("no sentence: {said:?}"));
    assert!(!sentence.contains('\n') && sentence.len() > 20, "not one sentence: {said:?}");
    said
}

/// What clap says to a wrong command line.
#[track_caller]
fn usage_error(args: &[&str], names: &str) {
    let output = run(args);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{args:?}");
    let said = stderr(&output);
    assert!(said.contains(names), "{args:?}: {said}");
}

fn check(site: &Site, more: &[&str]) -> Output {
    let root = site.root();
    run(&[&["check", path(&root)], more].concat())
}

fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// One file with each of 4D's codes, in two apps, and a compliant one.
fn broken_site() -> Site {
    let token = ConnectionToken::encode("com.contactApp.Contact", &id(9), "UTT7VDX8W5");
    let site = Site::with(&[
        session(CONTACT, &id(1)),
        session(TASKS, "5")
            .set("/application/id", "com.x")
            .set("/token", ConnectionToken::encode("com.x", "5", "UTT7VDX8W5")),
        session(CONTACT, "3").without("/status").set("/email", 5),
        session(CONTACT, "4").set("/token", token),
    ]);
    site.put(&SessionFile { id: "1".into(), ..session(CONTACT, "1a") });
    site.write(CONTACT, "2", "{ \"status\": ");
    age(&site.path(CONTACT, "2"), 60);
    site
}

#[test]
fn check_reports_each_code_as_json() {
    let output = check(&broken_site(), &["--json"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""));
    let problem = |code: u8, title: &str, detail: &str, pointer: Option<&str>| json!({ "code": code, "title": title, "detail": detail, "pointer": pointer, "assumed": code == 3 });
    let location = "The file is in the wrong place";
    let schema = "The file does not match the schema of sessions";
    let expected = json!({
        "apps": 2,
        "sessions": 6,
        "noncompliant": 5,
        "items": [
            { "app": CONTACT, "id": "1", "problems": [problem(1, location,
                "The file’s name does not match the session id in the file.",
                Some("/session/id"))] },
            { "app": CONTACT, "id": "2", "problems": [problem(2, "The file is not well-formed JSON",
                "The file is not JSON: reading stopped at line 1, column 12.", None)] },
            { "app": CONTACT, "id": "3", "problems": [
                problem(3, schema, "The value /status is missing.", Some("/status")),
                problem(3, schema, "The value /email is not of type string.", Some("/email")),
            ] },
            { "app": CONTACT, "id": "4", "problems": [problem(4, "The connection token does not match the content",
                "The connection token names another value than the one at /session/id.", Some("/session/id"))] },
            { "app": TASKS, "id": "5", "problems": [problem(1, location,
                "The folder’s name does not match the team id and bundle id in the file.",
                Some("/application/id"))] },
        ],
    });
    let mut found = report(&output);
    // The order of findings of one code is the schema's.
    found["items"][2]["problems"].as_array_mut().unwrap().sort_by_key(|problem| problem["pointer"] == "/email");
    assert_eq!(found, expected);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&found), ["apps", "sessions", "noncompliant", "items"]);
    assert_eq!(keys(&found["items"][0]), ["app", "id", "problems"]);
}

#[test]
fn check_names_file_problem_and_effect() {
    let site = broken_site();
    let output = check(&site, &[]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""));
    let text = stdout(&output);
    for file in [(CONTACT, "1"), (CONTACT, "2"), (CONTACT, "3"), (CONTACT, "4"), (TASKS, "5")] {
        assert!(text.contains(&format!("  {}\n", path(&site.path(file.0, file.1)))), "{text}");
    }
    assert!(!text.contains(&id(1)), "{text}");
    let (sure, guessed) = text.split_once("These may be: 4D's schema").unwrap();
    assert!(sure.contains("These devices will be logged out at 4D's next refresh:"), "{text}");
    assert!(sure.contains("The connection token names another value than the one at /session/id. (code 4)"), "{text}");
    assert!(guessed.contains("The value /status is missing. (code 3)") && !sure.contains("(code 3)"), "{text}");
    assert!(
        text.ends_with(
            "\n\n6 session files in 2 apps: 5 not compliant. 4 devices will be logged out, 1 more may be.\n"
        ),
        "{text}"
    );
    assert!(!text.contains("eyJ"), "no token is printed: {text}");
}

#[test]
fn check_exits_0_where_all_is_compliant() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(ANDROID, &id(2)).status("pending")]);
    site.write("com.manifest.alone", "manifest.json", "{}");
    assert_eq!(printed(&check(&site, &[])), "2 session files in 3 apps: all compliant.\n");
    let found = check(&site, &["--json"]);
    assert_eq!(report(&found), json!({ "apps": 3, "sessions": 2, "noncompliant": 0, "items": [] }));
    assert_eq!(found.status.code(), Some(0));
}

#[test]
fn check_says_when_a_folder_holds_no_app() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    for wrong in [site.root().join(CONTACT), site.temp().to_owned()] {
        let output = run(&["check", path(&wrong), "--json"]);
        assert_eq!(report(&output), json!({ "apps": 0, "sessions": 0, "noncompliant": 0, "items": [] }));
        assert!(stderr(&output).contains("There is no app in"), "{output:?}");
        assert_eq!(output.status.code(), Some(0), "a folder that was reset is compliant");
    }
}

#[test]
fn check_exits_2_where_it_could_not_check() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let missing = site.temp().join("none");
    assert!(refusal(&run(&["check", path(&missing)]), 2).contains("There is no folder"));
    assert!(refusal(&run(&["check", path(&missing), "--json"]), 2).contains(path(&missing)));
    assert!(refusal(&run(&["check", path(&site.path(CONTACT, &id(1)))]), 2).contains("is no folder"));
    usage_error(&["check"], "<DIR>");
    usage_error(&["check", path(&missing), "--jsno"], "--json");
    usage_error(&["check", path(&missing), "--max-file-size", "big"], "1MiB");
    let user = owner_of(&site);
    closed(&site.root(), &mut |_| {
        assert!(
            refusal(&user.command().args(["check", path(&site.root())]).output().unwrap(), 2)
                .contains("may not be read")
        );
    });
}

/// Whose all of it is, and who may not read what is closed to all: root may.
fn owner_of(site: &Site) -> OrdinaryUser<'_> {
    let user = OrdinaryUser::of(site);
    user.give(site.temp());
    user
}

/// While `then` runs, nobody but root may look into this folder.
fn closed(folder: &Path, then: &mut dyn FnMut(&Path)) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o000)).unwrap();
    then(folder);
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn check_fails_when_an_app_cannot_be_read() {
    let site = Site::with(&[session(CONTACT, &id(1)), session(ANDROID, &id(2))]);
    let args = ["check", path(&site.root()), "--json"].map(str::to_owned);
    let user = owner_of(&site);
    let run = || user.command().args(&args).output().unwrap();
    closed(&site.root().join(ANDROID), &mut |app| {
        let output = run();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(stderr(&output).contains(path(app)) && stderr(&output).contains("permission denied"), "{output:?}");
        assert_eq!(report(&output), json!({ "apps": 1, "sessions": 1, "noncompliant": 0, "items": [] }));
    });
    site.put_aged(&session(CONTACT, "ab").without("/token"), 60);
    closed(&site.root().join(ANDROID), &mut |_| {
        let output = run();
        assert_eq!((output.status.code(), &report(&output)["noncompliant"]), (Some(1), &json!(1)), "{output:?}");
    });
}

#[test]
fn check_changes_nothing_and_follows_nothing() {
    let site = broken_site();
    let outside = site.temp().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("abcd"), "{").unwrap();
    symlink(&outside, site.root().join("com.link")).unwrap();
    symlink(outside.join("abcd"), site.root().join(CONTACT).join("abcd")).unwrap();
    site.write(CONTACT, ".DS_Store", "x");
    fs::create_dir(site.root().join(CONTACT).join("ffff")).unwrap();
    fs::write(site.root().join("key.mobileapp"), "key").unwrap();
    let before = snapshot(site.temp());
    let output = check(&site, &["--json"]);
    assert_eq!(report(&output)["sessions"], 6);
    assert_unchanged(&before, &snapshot(site.temp()));
}

#[test]
fn check_reads_a_half_written_file_again_before_it_counts() {
    let site = Site::new();
    let file = session(CONTACT, &id(1));
    site.write(CONTACT, &id(1), "{ \"appl");
    let start = Instant::now();
    assert_eq!(check(&site, &[]).status.code(), Some(1));
    assert!(start.elapsed() >= Duration::from_millis(200), "it was waited for");
    site.write(CONTACT, &id(1), "{ \"appl");
    let root = site.root();
    let child = Command::new(program()).args(["check", path(&root)]).stdout(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(30));
    site.put(&file);
    assert_eq!(printed(&child.wait_with_output().unwrap()), "1 session file in 1 app: all compliant.\n");
}

#[test]
fn check_takes_the_size_limit_of_serve() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let output = check(&site, &["--json", "--max-file-size", "100"]);
    let problems = &report(&output)["items"][0]["problems"];
    assert_eq!(problems[0]["detail"], "The file is larger than the limit of 100 bytes and was not read.");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn check_ends_quietly_when_nobody_reads_on() {
    let site = Site::new();
    for n in 0..2000 {
        site.put_aged(&session(CONTACT, &id(n)).without("/token"), 60);
    }
    let mut child = Command::new(program())
        .args(["check", path(&site.root())])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""));
}

#[test]
fn a_demo_goes_on_when_nobody_reads_what_it_prints() {
    let site = Site::new();
    let mut child = demo_command(&[], site.temp()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none(), "it has ended");
    ask_to_stop(&child);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn check_shows_a_hostile_name_without_its_escape_sequences() {
    let site = Site::new();
    site.put_aged(&session("com.\x1b[31mred\n", &id(1)).without("/token"), 60);
    let text = stdout(&check(&site, &[]));
    assert!(text.contains("com.\\u{1b}[31mred\\u{a}/"), "{text}");
    assert!(!text.contains('\x1b'), "{text}");
}

fn demo_command(args: &[&str], temporary: &Path) -> Command {
    let mut command = Command::new(program());
    command.args(["demo", "--listen", "127.0.0.1:0"]).args(args).env("TMPDIR", temporary);
    command
}

/// The sample folder that a demo says it has made.
#[track_caller]
fn sample_of(server: &Server<'_>) -> PathBuf {
    let log = server.log();
    let line = log.lines().find_map(|line| line.trim().strip_prefix("sample: "));
    PathBuf::from(line.unwrap_or_else(|| panic!("no sample is named: {log}")))
}

/// A demo that is stopped as soon as it listens; what `check` found meanwhile.
fn demo(site: &Site, args: &[&str]) -> Value {
    let server = site.serve_command(demo_command(args, site.temp()));
    let found = run(&["check", path(&sample_of(&server)), "--json"]);
    assert_eq!(server.stop(), Some(0));
    report(&found)
}

#[test]
fn demo_serves_the_requested_number_of_sessions() {
    let site = Site::new();
    let server = site.serve_command(demo_command(&["--apps", "5", "--sessions", "60"], site.temp()));
    let folder = sample_of(&server);
    assert_eq!(folder.file_name().unwrap(), "MobileApps");
    let said = server.log();
    assert!(said.contains("5 apps with 60 sessions") && said.contains("4 not compliant"), "{said}");
    assert!(said.contains("It is removed when this program stops"), "{said}");
    assert!(server.setup_link().starts_with("/setup?token="));
    let found = report(&run(&["check", path(&folder), "--json"]));
    assert_eq!((&found["apps"], &found["sessions"], &found["noncompliant"]), (&json!(5), &json!(60), &json!(4)));
    let problems = found["items"].as_array().unwrap().iter().flat_map(|item| item["problems"].as_array().unwrap());
    let mut codes: Vec<_> = problems.map(|problem| problem["code"].as_u64().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, [1, 2, 3, 4]);
    let apps = names(&folder);
    assert!(apps.iter().any(|name| name.starts_with(".com.")), "{apps:?}");
    assert!(apps.contains(&"key.mobileapp".to_owned()), "{apps:?}");
    assert!(names(&folder.parent().unwrap().join("data")).contains(&"serve.lock".to_owned()));
}

#[test]
fn a_temporary_demo_folder_is_gone_after_sigterm() {
    let site = Site::new();
    let temporary = site.temp().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let server = site.serve_command(demo_command(&[], &temporary));
    assert!(sample_of(&server).starts_with(&temporary));
    assert_eq!(server.stop(), Some(0));
    assert_eq!(names(&temporary), [""; 0]);
}

#[test]
fn a_signal_during_a_demos_start_leaves_nothing() {
    let site = Site::new();
    let temporary = site.temp().join("tmp");
    fs::create_dir(&temporary).unwrap();
    for delay in [0, 5, 20, 60, 120] {
        let mut command = demo_command(&["--sessions", "1000"], &temporary);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        ask_to_stop(&child);
        child.wait().unwrap();
        assert_eq!(names(&temporary), [""; 0], "after {delay} ms");
    }
}

#[test]
fn a_demo_that_cannot_listen_leaves_nothing_behind() {
    let site = Site::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output =
        Command::new(program()).args(["demo", "--listen", &address]).env("TMPDIR", site.temp()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("Another program listens on"), "{output:?}");
    assert_eq!(names(site.temp()), ["MobileApps"]);
}

#[test]
fn a_temporary_demo_keeps_a_data_folder_that_was_named() {
    let site = Site::new();
    let temporary = site.temp().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let data = site.data();
    let server = site.serve_command(demo_command(&["--data-dir", path(&data)], &temporary));
    assert_eq!(server.stop(), Some(0));
    assert_eq!(names(&temporary), [""; 0]);
    assert!(data.join("serve.lock").exists());
}

/// The paths and bytes of all files below a folder.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

#[test]
fn the_seed_decides_the_files() {
    let site = Site::new();
    let made = ["a", "b", "c"].map(|name| site.temp().join(name));
    for (dir, seed) in made.iter().zip(["7", "7", "8"]) {
        demo(&site, &["--dir", path(dir), "--seed", seed]);
    }
    let [a, b, c] = made.map(|dir| contents(&dir.join("MobileApps")));
    assert!(a.len() > 40);
    assert_eq!(a, b);
    assert_ne!(a, c);
}

#[test]
fn demo_reuses_the_folder_of_an_earlier_demo() {
    let site = Site::new();
    let dir = site.temp().join("new/demo");
    assert_eq!(demo(&site, &["--dir", path(&dir)])["sessions"], 40);
    let sample = dir.join("MobileApps");
    let first = fs::read_dir(&sample).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap();
    fs::write(first.join("abcdef"), "{}").unwrap();
    let before = contents(&sample);
    assert_eq!(demo(&site, &["--dir", path(&dir), "--sessions", "90"])["sessions"], 41);
    assert!(before == contents(&sample), "not a byte is another one");
}

#[test]
fn demo_refuses_folders_that_no_demo_made() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    fs::write(site.root().join("key.mobileapp"), "key").unwrap();
    fs::create_dir(site.data()).unwrap();
    symlink(site.root().join(CONTACT), site.temp().join("link")).unwrap();
    let before = snapshot(site.temp());
    let foreign = [site.temp().to_owned(), site.root(), site.root().join("new"), site.temp().join("link/new")];
    for dir in foreign {
        let said = refusal(&run(&["demo", "--listen", "127.0.0.1:0", "--dir", path(&dir)]), 1);
        assert!(said.contains("--dir"), "{said}");
    }
    let file = site.path(CONTACT, &id(1));
    refusal(&run(&["demo", "--listen", "127.0.0.1:0", "--dir", path(&file)]), 1);
    assert_unchanged(&before, &snapshot(site.temp()));
    let empty = site.temp().join("empty");
    fs::create_dir(&empty).unwrap();
    assert_eq!(demo(&site, &["--dir", path(&empty), "--apps", "1", "--sessions", "1"])["sessions"], 1);
}

#[test]
fn demo_has_bounds_that_it_names() {
    for (option, value, names) in [
        ("--apps", "0", "1..=100"),
        ("--apps", "101", "1..=100"),
        ("--sessions", "0", "1..=100000"),
        ("--sessions", "100001", "1..=100000"),
        ("--sessions", "many", "--sessions"),
        ("--seed", "-1", "-1"),
    ] {
        usage_error(&["demo", option, value], names);
    }
    let said = refusal(&run(&["demo", "--apps", "9", "--sessions", "8"]), 1);
    assert!(said.contains("--sessions 9"), "{said}");
    let said = refusal(&run(&["demo", "--listen", "0.0.0.0:0"]), 1);
    assert!(said.contains("--insecure"), "{said}");
}

/// Serve as it must not start.
#[track_caller]
fn refused_serve(site: &Site, more: &[&str]) -> String {
    let args = site.serve_args();
    let args: Vec<&str> = args.iter().map(String::as_str).chain(more.iter().copied()).collect();
    let output = run(&args);
    // Above the sentence stands the log.
    let said = stderr(&output);
    let sentence = said.lines().last().unwrap_or_default().to_owned();
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(1), ""), "{said}");
    assert!(sentence.ends_with('.'), "{said}");
    sentence
}

#[test]
fn serve_refuses_a_port_in_use() {
    let site = Site::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let root = site.root();
    let data = site.data();
    let output = run(&["serve", path(&root), "--data-dir", path(&data), "--listen", &address]);
    let said = refusal(&output, 1);
    assert!(said.contains(&address) && said.contains("--listen"), "{said}");
    assert!(!data.exists(), "nothing was made");
}

#[test]
fn serve_refuses_a_data_folder_that_another_serves_from() {
    let site = Site::new();
    let server = site.serve();
    let said = refused_serve(&site, &[]);
    assert!(said.contains(&server.pid().to_string()) && said.contains("--data-dir"), "{said}");
    drop(server);
    site.serve();
}

#[test]
fn serve_refuses_a_data_folder_inside_the_mobileapps_folder() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let before = snapshot(&site.root());
    let root = site.root();
    for inside in [site.root(), site.root().join("data"), site.root().join(CONTACT).join("data")] {
        let output = run(&["serve", path(&root), "--listen", "127.0.0.1:0", "--data-dir", path(&inside)]);
        let said = refusal(&output, 1);
        assert!(said.contains("4D's alone") && said.contains("--data-dir"), "{said}");
    }
    assert_unchanged(&before, &snapshot(&site.root()));
}

#[test]
fn serve_listens_beyond_this_machine_only_on_request() {
    let site = Site::new();
    let root = site.root();
    let data = site.data();
    let open = ["serve", path(&root), "--data-dir", path(&data), "--listen", "0.0.0.0:0"];
    let said = refusal(&run(&open), 1);
    assert!(said.contains("--behind-proxy") && said.contains("--insecure"), "{said}");
    let allowed: [&[&str]; 3] =
        [&["--insecure"], &["--behind-proxy", "--trusted-proxy", "10.0.0.7"], &["--behind-proxy", "--proxy-is-anyone"]];
    for allowed in allowed {
        let mut command = Command::new(program());
        command.args(open).args(allowed);
        assert_eq!(site.serve_command(command).stop(), Some(0), "{allowed:?}");
    }
}

#[test]
fn an_unknown_option_or_command_is_named_and_exits_2() {
    usage_error(&["serve", "/tmp", "--colour"], "--colour");
    usage_error(&["serve"], "<DIR>");
    usage_error(&["serve", "/tmp", "--listen", "8080"], "127.0.0.1:8080");
    usage_error(&["serve", "/tmp", "--rescan", "soon"], "10s");
    usage_error(&["surve"], "serve");
    usage_error(&["user", "create", "ann", "--role", "king"], "operator");
    usage_error(&["user", "create", " ann", "--role", "viewer"], "64 characters");
    usage_error(&["token", "create", "t", "--role", "viewer", "--expires", "90"], "90d");
}

#[test]
fn sigterm_and_ctrl_c_exit_0() {
    let site = Site::new();
    assert_eq!(site.serve().stop(), Some(0));
    assert_eq!(site.serve().stop_by(rustix::process::Signal::INT), Some(0));
}

#[test]
fn user_create_prints_a_password_it_made_up_alone() {
    let site = Site::new();
    let output = site.command(&["user", "create", "Ann", "--role", "operator", "--app", "*.com.contactApp.*"]);
    let password = printed(&output);
    let word = password.strip_suffix('\n').unwrap();
    assert!(word.len() >= 20 && !word.contains(char::is_whitespace), "{password:?}");
    assert!(stderr(&output).contains("Created Ann (operator, *.com.contactApp.*)"), "{output:?}");
    let list = printed(&site.command(&["user", "list"]));
    let rows: Vec<Vec<&str>> = list.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["NAME", "ROLE", "APPS", "STATE", "SECOND", "FACTOR", "LAST", "LOGIN"]);
    assert_eq!(rows[1], ["Ann", "operator", "*.com.contactApp.*", "enabled", "no", "never"]);
    assert!(!list.contains(word));
}

#[test]
fn user_reads_a_password_from_standard_input_and_prints_none() {
    let site = Site::new();
    let create = ["user", "create", "ann", "--role", "viewer"];
    assert_eq!(printed(&site.command_with_input(&create, &format!("{PASSWORD}\n"))), "");
    assert_eq!(printed(&site.command_with_input(&["user", "password", "ann"], "another good one\r\n")), "");
    assert_ne!(printed(&site.command(&["user", "password", "ann"])), "", "without one, it is made up");
    let bob = ["user", "create", "bob", "--role", "viewer"];
    assert!(refusal(&site.command_with_input(&bob, "two\nlines\n"), 1).contains("more than one line"));
    assert_eq!(site.command_with_input(&bob, "short\n").status.code(), Some(1));
    assert!(!printed(&site.command(&["user", "list"])).contains("bob"), "nothing was made");
}

#[test]
fn user_disable_enable_and_delete_are_seen_in_the_list() {
    let site = Site::new();
    for name in ["ann", "bob"] {
        printed(&site.command(&["user", "create", name, "--role", "owner"]));
    }
    let row = |name: &str| {
        let list = printed(&site.command(&["user", "list"]));
        list.lines().find(|line| line.starts_with(name)).map(str::to_owned)
    };
    printed(&site.command(&["user", "disable", "ann"]));
    assert!(row("ann").unwrap().contains("disabled"));
    printed(&site.command(&["user", "enable", "ann"]));
    assert!(row("ann").unwrap().contains("enabled"));
    printed(&site.command(&["user", "delete", "ann"]));
    assert_eq!(row("ann"), None);
    assert!(row("bob").is_some());
}

#[test]
fn user_says_in_one_sentence_what_cannot_be() {
    let site = Site::new();
    printed(&site.command(&["user", "create", "ann", "--role", "viewer"]));
    refusal(&site.command(&["user", "create", "ANN", "--role", "viewer"]), 1);
    for action in ["password", "disable", "enable", "delete"] {
        let said = refusal(&site.command(&["user", action, "nobody"]), 1);
        assert!(said.contains("\"nobody\"") && said.contains("user list"), "{said}");
    }
    let said = refusal(&site.command(&["user", "create", "bob", "--role", "viewer", "--app", ""]), 1);
    assert!(said.contains("glob"), "{said}");
}

#[test]
fn token_create_prints_only_the_token() {
    let site = Site::new();
    let create = ["token", "create", "backup", "--role", "viewer", "--app", CONTACT, "--expires", "never", "--secrets"];
    let output = site.command(&create);
    let secret = printed(&output);
    assert!(secret.starts_with("mst_") && secret.lines().count() == 1, "{secret:?}");
    let list = printed(&site.command(&["token", "list"]));
    let rows: Vec<Vec<&str>> = list.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["ID", "NAME", "ROLE", "APPS", "SECRETS", "NETWORKS", "EXPIRES", "LAST", "USED", "FROM"]);
    assert_eq!(rows[1][1..], ["backup", "viewer", CONTACT, "yes", "any", "never", "never"]);
    assert!(!list.contains(secret.trim()), "{list}");
    refusal(&site.command(&["token", "create", "Backup", "--role", "viewer"]), 1);
}

#[test]
fn token_revoke_takes_an_id_or_a_name() {
    let site = Site::new();
    for name in ["a", "b", "c"] {
        printed(&site.command(&["token", "create", name, "--role", "viewer"]));
    }
    let list = || printed(&site.command(&["token", "list"]));
    let first = list().lines().nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    printed(&site.command(&["token", "revoke", &first]));
    assert!(!list().contains(&first));
    printed(&site.command(&["token", "revoke", "c"]));
    assert_eq!(list().lines().count(), 2);
    let said = refusal(&site.command(&["token", "revoke", &first]), 1);
    assert!(said.contains("token list"), "{said}");
}

#[test]
fn user_and_token_work_while_the_server_runs() {
    let site = Site::new();
    let server = site.serve();
    printed(&site.command(&["user", "create", "ann", "--role", "owner"]));
    printed(&site.command(&["token", "create", "t", "--role", "viewer"]));
    assert!(printed(&site.command(&["user", "list"])).contains("ann"));
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn user_names_a_missing_data_folder() {
    let site = Site::new();
    let home = site.temp().join("home");
    let output = Command::new(program())
        .args(["user", "list"])
        .env("HOME", &home)
        .env_remove("XDG_DATA_HOME")
        .env_remove("MOBILE_SESSIONS_DATA_DIR")
        .output()
        .unwrap();
    let said = refusal(&output, 1);
    assert!(said.contains("--data-dir"), "{said}");
}

#[test]
fn a_mistyped_data_folder_makes_nothing() {
    let site = Site::new();
    let typo = site.temp().join("dtaa");
    fs::DirBuilder::new().mode(0o700).create(site.data()).unwrap();
    let commands: [&[&str]; 7] = [
        &["user", "list"],
        &["user", "password", "ann"],
        &["user", "disable", "ann"],
        &["user", "enable", "ann"],
        &["user", "delete", "ann"],
        &["token", "list", "--json"],
        &["token", "revoke", "ci"],
    ];
    for command in commands {
        let said = refusal(&run(&[command, &["--data-dir", path(&typo)]].concat()), 1);
        assert!(said.contains(path(&typo)) && said.contains("--data-dir") && said.contains("serve"), "{said}");
        assert!(!typo.exists(), "{command:?} made it");
        // A folder that is there, and was never served from, is none either.
        let said = refusal(&site.command(command), 1);
        assert!(said.contains(path(&site.data())), "{said}");
        assert_eq!(names(&site.data()), [""; 0], "{command:?}");
    }
    site.serve().stop();
    let before = contents(&site.data());
    let elsewhere = site.temp().join("Elsewhere");
    for (command, code) in [(commands[0], 0), (commands[1], 1), (commands[5], 0), (commands[6], 1)] {
        let output = site.command(&[command, &["--dir", path(&elsewhere)]].concat());
        assert_eq!(output.status.code(), Some(code), "{output:?}");
    }
    let folder = |contents: &[(PathBuf, Vec<u8>)]| contents.iter().find(|(name, _)| name.ends_with("folder")).cloned();
    assert_eq!(folder(&contents(&site.data())), folder(&before), "what it is the data of is not written anew");
}

/// A command of somebody with this home, who names the MobileApps folder.
fn at_home(site: &Site, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(program());
    command.args(args).env("HOME", site.temp().join("home")).env_remove("XDG_DATA_HOME");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn serve_finds_users_created_before_the_first_start() {
    let site = Site::new();
    let root = site.root();
    let dir = ["--dir", path(&root)];
    let typo = site.temp().join("MobilApps");
    for create in [["user", "create", "ann"], ["token", "create", "ci"]] {
        let args = [&create[..], &["--role", "owner", "--dir", path(&typo)]].concat();
        let said = refusal(&at_home(&site, &args, PASSWORD), 1);
        assert!(said.contains(path(&typo)), "{said}");
    }
    assert!(!site.temp().join("home").exists());
    let list = at_home(&site, &[&["user", "list"][..], &dir].concat(), "");
    assert!(refusal(&list, 1).contains(path(&root)));
    assert!(!site.temp().join("home").exists());
    let made = at_home(&site, &[&["user", "create", "ann", "--role", "owner"][..], &dir].concat(), PASSWORD);
    assert!(made.status.success() && stderr(&made).contains("Made a new data folder"), "{made:?}");
    let token = at_home(&site, &[&["token", "create", "ci", "--role", "viewer"][..], &dir].concat(), "");
    assert!(token.status.success() && !stderr(&token).contains("Made a new"), "{token:?}");
    let mut command = Command::new(program());
    command.args(["serve", path(&root), "--listen", "127.0.0.1:0"]);
    command.env("HOME", site.temp().join("home")).env_remove("XDG_DATA_HOME");
    let server = site.serve_command(command);
    server.log_in("ann", PASSWORD);
    server.caller(stdout(&token).trim()).get("/api/v1/me").status(200);
}

#[test]
fn a_named_new_data_folder_is_made() {
    let site = Site::new();
    for (kind, role) in [("user", "owner"), ("token", "viewer")] {
        let named = site.temp().join(format!("new data of a {kind}"));
        let made = run_with_input(&[kind, "create", "ann", "--role", role, "--data-dir", path(&named)], PASSWORD);
        assert!(made.status.success(), "{made:?}");
        let said = stderr(&made);
        assert!(said.contains("Made a new data folder") && said.contains(path(&named)), "{said}");
    }
}

#[test]
fn lists_are_printed_as_the_api_answers_them() {
    let site = Site::new();
    let server = site.serve();
    let owner = server.first_owner();
    printed(&site.command(&["token", "create", "ci", "--role", "viewer", "--expires", "never"]));
    for (what, answer) in [("user", owner.json("/api/v1/users")), ("token", owner.json("/api/v1/tokens"))] {
        let list: Value = serde_json::from_str(&printed(&site.command(&[what, "list", "--json"]))).unwrap();
        assert_eq!(list, answer);
    }
}

#[test]
fn help_of_every_command_names_its_options() {
    let serving = ["--listen", "--data-dir", "--public-url", "--host", "--rescan", "--poll", "--keep-deleted"];
    let limits = ["--max-file-size", "--max-requests", "--behind-proxy", "--proxy-is-anyone", "--insecure", "--log"];
    let serve = [&serving[..], &limits[..]].concat();
    let demo = [&serve[..], &["--apps", "--sessions", "--seed", "--dir", "Examples:"]].concat();
    let place = ["--data-dir", "--dir"];
    let cases: [(&[&str], &[&str]); 13] = [
        (&[], &["serve", "demo", "check", "user", "token", "To try it:"]),
        (&["serve"], &[&["<DIR>", "MOBILE_SESSIONS_DIR"], &serve[..]].concat()),
        (&["demo"], &demo),
        (&["check"], &["<DIR>", "--json", "--max-file-size", "Exit code:", "Examples:"]),
        (&["user"], &["create", "list", "password", "disable", "enable", "delete"]),
        (&["user", "create"], &[&["<NAME>", "--role", "--app", "viewer"], &place[..]].concat()),
        (&["user", "list"], &[&["--json"], &place[..]].concat()),
        (&["user", "password"], &[&["<NAME>", "--keep-tokens"], &place[..]].concat()),
        (&["user", "delete"], &[&["<NAME>"], &place[..]].concat()),
        (&["token"], &["create", "list", "revoke"]),
        (&["token", "create"], &[&["<NAME>", "--role", "--app", "--expires", "--secrets"], &place[..]].concat()),
        (&["token", "list"], &[&["--json"], &place[..]].concat()),
        (&["token", "revoke"], &[&["<ID>"], &place[..]].concat()),
    ];
    for (command, names) in cases {
        let help = printed(&run(&[command, &["--help"]].concat()));
        for name in names {
            assert!(help.contains(name), "{command:?} --help does not name {name}:\n{help}");
        }
    }
    assert!(printed(&run(&["--version"])).starts_with("mobile-sessions "));
}
