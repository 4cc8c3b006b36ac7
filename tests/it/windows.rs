//! What Windows alone has: files that a program keeps for itself, names that mean something else, long paths, services.
//! `tests/windows` runs these, with Wine.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use crate::spawn::*;
use crate::storm::{Manner, storm};
use crate::windows_stand_in::WindowsStandIn;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
#[ignore = "for the program for Windows: tests/windows"]
fn a_file_that_4d_keeps_for_itself_is_busy() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let user = server.operator();
    let mut stand_in = WindowsStandIn::start();
    stand_in.hold(&site.path(CONTACT, &id(1)));
    for answer in [user.patch(&file.path(), json!({ "status": "accepted" })), user.delete(&file.path())] {
        assert_eq!(answer.header("retry-after"), "1");
        answer.problem(409, "busy");
    }
    assert_eq!(site.read(CONTACT, &id(1)), file.bytes());
    // The next order ends the hold.
    stand_in.rewrite(&site.path(CONTACT, &id(1)), 0, 0, &file.clone().email("a@x.yz").bytes());
    user.patch(&file.path(), json!({ "status": "accepted" })).status(200);
    assert_eq!(site.read(CONTACT, &id(1)), file.email("a@x.yz").status("accepted").bytes());
}

#[test]
#[ignore = "for the program for Windows: tests/windows"]
fn no_name_of_a_device_a_stream_or_another_case_is_found() {
    let file = session(ANDROID, &id(0xab)).status("pending");
    let site = Site::with(std::slice::from_ref(&file));
    let server = site.serve();
    let user = server.operator();
    let before = snapshot(&site.root());
    let upper = ANDROID.to_uppercase();
    let (dot, space, stream) = (format!("{ANDROID}."), format!("{ANDROID} "), format!("{ANDROID}:x"));
    for app in ["CON", "nul.txt", "COM1", "C:", "aux", &upper, &dot, &space, &stream] {
        user.get(&app_path(app)).problem(404, "not-found");
        user.patch(&session_path(app, &id(0xab)), json!({ "status": "accepted" })).problem(404, "not-found");
    }
    let session = id(0xab);
    for name in [format!("{session}:x"), format!("{session}::$DATA"), format!("{session}."), session.to_uppercase()] {
        user.get(&session_path(ANDROID, &name)).problem(404, "not-found");
        user.delete(&session_path(ANDROID, &name)).problem(404, "not-found");
    }
    assert_unchanged(&before, &snapshot(&site.root()));
    user.patch(&file.path(), json!({ "status": "accepted" })).status(200);
}

#[test]
#[ignore = "for the program for Windows: tests/windows"]
fn a_path_over_260_characters_is_served() {
    let site = Site::new();
    let long = "a-folder-with-a-name-of-about-sixty-characters-on-a-deep-disk".to_owned();
    // Wine itself does not know where a folder is whose own path is longer.
    let folder = (0..3).fold(site.root(), |path, _| path.join(&long));
    let file = session(CONTACT, &id(1)).status("pending");
    fs::create_dir_all(folder.join(CONTACT)).unwrap();
    fs::write(folder.join(CONTACT).join(id(1)), file.bytes()).unwrap();
    let mut command = std::process::Command::new(program());
    command.arg("serve").arg(&folder).args(["--listen", "127.0.0.1:0", "--data-dir"]).arg(site.data());
    let server = site.serve_command(command);
    let user = server.operator();
    let change = user.patch(&file.path(), json!({ "status": "accepted" })).status(200).header("x-change-id").to_owned();
    user.post(&format!("/api/v1/changes/{change}/undo"), json!({})).status(200);
    let change = user.delete(&file.path()).header("x-change-id").to_owned();
    user.post(&format!("/api/v1/changes/{change}/undo"), json!({})).status(200);
    assert_eq!(fs::read(folder.join(CONTACT).join(id(1))).unwrap(), file.bytes());
}

#[test]
#[ignore = "for the program for Windows: tests/windows"]
fn a_folder_with_other_files_is_no_data_folder() {
    let site = Site::new();
    fs::create_dir(site.data()).unwrap();
    fs::write(site.data().join("letter.txt"), "of somebody's").unwrap();
    let output = site.command(&["user", "create", "ann", "--role", "viewer"]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("holds other files"), "{output:?}");
    fs::remove_file(site.data().join("letter.txt")).unwrap();
    assert!(site.command(&["user", "create", "ann", "--role", "viewer"]).status.success());
    assert!(site.command(&["user", "list"]).status.success(), "one with its own files is");
}

/// Whether a server that is no child of ours answers.
fn is_alive(address: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else { return false };
    let mut answer = String::new();
    let asked = stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    asked.and_then(|()| stream.read_to_string(&mut answer)).is_ok() && answer.starts_with("HTTP/1.1 200")
}

#[test]
#[ignore = "for the program for Windows: tests/windows"]
fn a_service_is_installed_runs_and_goes() {
    // Wine ends services when the last program that is none ends.
    let _program = WindowsStandIn::start();
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let root = site.root();
    let root = root.to_str().unwrap();
    let install = ["service", "install", root, "--listen", &address];
    let planned = site.command(&[&install[..], &["--dry-run"]].concat());
    let words = text(&planned.stdout);
    assert!(planned.status.success() && words.contains("Run sc.exe create mobile-sessions"), "{planned:?}");
    let installed = site.command(&install);
    assert!(installed.status.success(), "{installed:?}");
    let answers = || is_alive(&address);
    until(Duration::from_secs(30), "the service answers", answers);
    assert!(text(&run(&["service", "status"]).stdout).contains("RUNNING"));
    let stopped = run(&["service", "stop"]);
    assert!(stopped.status.success(), "{stopped:?}");
    assert!(!answers());
    let log = fs::read_to_string(site.data().join("log/mobile-sessions.log")).unwrap();
    assert!(log.contains("stopping: requests in hand are finished first"), "{log}");
    let gone = run(&["service", "uninstall"]);
    let words = text(&gone.stdout);
    assert!(gone.status.success() && words.contains("Its data are left in") && words.contains("data"), "{gone:?}");
    assert!(Path::new(&site.data()).join("mobile-sessions.db").is_file());
    assert!(!run(&["service", "start"]).status.success());
}

#[test]
#[ignore = "for the program for Windows: tests/windows"]
fn no_write_is_lost_in_a_short_storm() {
    for manner in [Manner::Replaces, Manner::RewritesInPlace, Manner::OpensFirst] {
        storm(manner, 60, 4);
    }
}
