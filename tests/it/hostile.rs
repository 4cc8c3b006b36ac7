//! A folder full of what does not belong there: nothing breaks, nothing outside is touched.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::spawn::*;

/// What stands outside, where links lead to. No answer may hold it.
pub const OUTSIDE: &str = "OUTSIDE-CONTENT";

/// A folder with everything in it that was ever seen to break a program, beside two good sessions of
/// [`CONTACT`], `id(1)` and `id(2)`. The socket lives as long as what is returned.
pub fn hostile_site() -> (Site, UnixListener) {
    let site = Site::with(&[session(CONTACT, &id(1)), session(CONTACT, &id(2)).status("pending")]);
    let (root, outside) = (site.root(), site.temp().join("outside"));
    let app = root.join(CONTACT);
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("abc"), outside_session()).unwrap();
    fs::write(outside.join("manifest.json"), format!("{{\"application\":{{\"name\":\"{OUTSIDE}\"}}}}")).unwrap();

    // Links: out of the folder, within it, to nowhere, in a circle; of files, folders and manifests.
    symlink(outside.join("abc"), app.join("aa01")).unwrap();
    symlink("../../outside/abc", app.join("aa02")).unwrap();
    symlink(id(1), app.join("aa03")).unwrap();
    symlink("nowhere", app.join("aa04")).unwrap();
    symlink("aa05", app.join("aa05")).unwrap();
    symlink(&outside, app.join("aa06")).unwrap();
    symlink("/dev/zero", app.join("aa07")).unwrap();
    symlink(&outside, root.join("com.link.outside")).unwrap();
    symlink(&app, root.join("com.link.inside")).unwrap();
    symlink("..", root.join("com.link.parent")).unwrap();
    fs::create_dir(root.join("com.manifest.link")).unwrap();
    symlink(outside.join("manifest.json"), root.join("com.manifest.link/manifest.json")).unwrap();

    // No regular files.
    let fifo = |path: &Path| {
        let status = std::process::Command::new("mkfifo").arg(path).status().unwrap();
        assert!(status.success());
    };
    fifo(&app.join("bb01"));
    fifo(&root.join("com.fifo"));
    fs::create_dir_all(app.join("bb02/nested")).unwrap();
    fs::write(app.join("bb02/abc"), outside_session()).unwrap();
    // The path of a socket is short: it is made beside and moved in.
    let short = site.temp().join("s");
    let socket = UnixListener::bind(&short).unwrap();
    fs::rename(&short, app.join("bb03")).unwrap();
    fifo_manifest(&root, &fifo);

    // Content of every kind, in a session's place.
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let half = session(CONTACT, "cc03").bytes();
    let contents: [(&str, Vec<u8>); 10] = [
        ("cc01", vec![b'x'; (1 << 20) + 1]),
        ("cc02", Vec::new()),
        ("cc03", half[..half.len() / 2].to_vec()),
        ("cc04", deep.into_bytes()),
        ("cc05", b"[".repeat(100_000)),
        ("cc06", b"\xff\xfe\x00{\x00}".to_vec()),
        ("cc07", vec![0; 5000]),
        ("cc08", b"{\"status\":\"<script>alert(1)</script>\",\"email\":\"\\u0000\\u001b[31m\"}".to_vec()),
        ("cc09", format!("{{\"device\":{{\"description\":\"{}\"}}}}", "x".repeat(100_000)).into_bytes()),
        ("cc10", b"null".to_vec()),
    ];
    for (name, bytes) in &contents {
        fs::write(app.join(name), bytes).unwrap();
        age(&app.join(name), 100);
    }
    // A sparse file that claims to be larger than the disk.
    fs::File::create(app.join("cc11")).and_then(|file| file.set_len(1 << 40)).unwrap();

    // Names that differ by case.
    let upper = session(CONTACT, "ABCDEF");
    fs::write(app.join("ABCDEF"), upper.bytes()).unwrap();
    fs::write(app.join("abcdef"), session(CONTACT, "abcdef").bytes()).unwrap();
    site.put(&session(&CONTACT.to_lowercase(), &id(1)));

    // Names that no session has.
    let long = format!("{}.txt", "e".repeat(250));
    for name in [
        ".DS_Store",
        "Thumbs.db",
        "abc.json",
        "abc~",
        ".abc",
        "abc.tmp",
        "with space",
        "new\nline",
        "😀",
        "<b>x<b>",
        &long,
        "abc ",
        "xyz",
        "a-b",
    ] {
        fs::write(app.join(name), outside_session()).unwrap();
    }
    fs::write(app.join(OsStr::from_bytes(b"\xff\xfe")), b"{}").unwrap();

    // Apps of every name.
    for name in [
        "com.new\nline",
        "com.😀",
        "<script>alert(1)<script>",
        "com.with space",
        ".hidden.app",
        "a&b=c",
        "%2e%2e",
        "com.\u{202e}gnp",
    ] {
        site.put(&session(name, &id(1)));
    }
    let strange = root.join(OsStr::from_bytes(b"com.\xff"));
    fs::create_dir(&strange).unwrap();
    fs::write(strange.join("abc"), outside_session()).unwrap();
    fs::create_dir(root.join("C:")).unwrap();
    fs::write(root.join("C:").join("abc"), outside_session()).unwrap();
    for name in ["key.mobileapp", ".DS_Store", "abc", "com.file"] {
        fs::write(root.join(name), outside_session()).unwrap();
    }
    fs::create_dir(root.join("com.empty")).unwrap();
    fs::create_dir_all(root.join("com.nested/deeper/deepest")).unwrap();
    fs::write(root.join("com.nested/deeper/abc"), outside_session()).unwrap();
    (site, socket)
}

fn fifo_manifest(root: &Path, fifo: &dyn Fn(&Path)) {
    fs::create_dir(root.join("com.manifest.fifo")).unwrap();
    fifo(&root.join("com.manifest.fifo/manifest.json"));
    fs::write(root.join("com.manifest.fifo/dd01"), b"{\"status\":\"pending\"}").unwrap();
    fs::create_dir_all(root.join("com.manifest.folder/manifest.json")).unwrap();
    fs::write(root.join("com.manifest.folder/dd01"), b"{\"status\":\"pending\"}").unwrap();
}

fn outside_session() -> String {
    format!("{{\"status\":\"pending\",\"email\":\"{OUTSIDE}\",\"device\":{{\"description\":\"{OUTSIDE}\"}}}}")
}

/// All but what the program keeps for itself.
fn folder(site: &Site) -> BTreeMap<PathBuf, Seen> {
    let all = snapshot(site.temp()).into_iter();
    all.filter(|(path, _)| !path.starts_with(site.data()) && path != site.temp()).collect()
}

/// The sessions of [`CONTACT`] that a list shows.
const SHOWN: [&str; 13] =
    ["ABCDEF", "abcdef", "cc01", "cc02", "cc03", "cc04", "cc05", "cc06", "cc07", "cc08", "cc09", "cc10", "cc11"];

#[test]
fn what_is_a_session_is_shown_and_nothing_else() {
    let (site, _socket) = hostile_site();
    let server = site.serve();
    let viewer = server.viewer();
    let mut expected: Vec<String> = SHOWN.map(str::to_owned).to_vec();
    expected.extend([id(1), id(2)]);
    expected.sort();
    assert_eq!(viewer.ids(&format!("{}/sessions?sort=id&limit=500", app_path(CONTACT))), expected);
    let mut apps = viewer.ids("/api/v1/apps");
    apps.sort();
    let lower = CONTACT.to_lowercase();
    let mut wanted = vec![
        CONTACT,
        &lower,
        "com.new\nline",
        "com.😀",
        "<script>alert(1)<script>",
        "com.with space",
        ".hidden.app",
        "a&b=c",
        "%2e%2e",
        "com.\u{202e}gnp",
        "com.manifest.fifo",
        "com.manifest.folder",
    ];
    wanted.sort();
    assert_eq!(apps, wanted);
    for app in &wanted {
        let one = viewer.json(&app_path(app));
        assert_eq!(one["id"], *app);
        assert!(!one["manifest"].is_object(), "{one}");
    }
    assert_eq!(viewer.json("/api/v1/sessions")["total"], 15 + 11);
    assert_eq!(viewer.json(&session_path(CONTACT, &id(1)))["compliant"], true);
    for (name, code) in [
        ("cc01", 2),
        ("cc02", 2),
        ("cc03", 2),
        ("cc05", 2),
        ("cc06", 2),
        ("cc07", 2),
        ("cc10", 2),
        ("cc11", 2),
        ("cc08", 3),
    ] {
        let session = viewer.json(&session_path(CONTACT, name));
        assert_eq!(session["problems"][0]["code"], code, "{name}: {session}");
    }
    assert_eq!(viewer.json(&session_path(CONTACT, "cc11"))["size"], 1u64 << 40);
    // Two names that differ by case are two sessions.
    assert_eq!(viewer.json(&session_path(CONTACT, "ABCDEF"))["id"], "ABCDEF");
    assert_eq!(viewer.json(&session_path(CONTACT, "abcdef"))["compliant"], true);
}

/// The names in [`CONTACT`] that are none of a session, or lead away.
const HIDDEN: [&str; 24] = [
    "aa01",
    "aa02",
    "aa03",
    "aa04",
    "aa05",
    "aa06",
    "aa07",
    "bb01",
    "bb02",
    "bb03",
    ".DS_Store",
    "Thumbs.db",
    "abc.json",
    "abc~",
    ".abc",
    "with space",
    "new\nline",
    "😀",
    "<b>x<b>",
    "abc ",
    "xyz",
    "a-b",
    "manifest.json",
    "bb02/abc",
];

#[test]
fn reading_everything_hangs_nowhere_and_changes_nothing() {
    let (site, _socket) = hostile_site();
    let names: Vec<PathBuf> = folder(&site).into_keys().collect();
    let server = site.serve();
    // At start it tried in an app's folder how writes can be guarded: the folder's time tells.
    let before = folder(&site);
    assert!(before.keys().eq(&names), "nothing is left of it");
    let start = Instant::now();
    let reader = server.token_with("owner", &[], true);
    let mut apps: Vec<String> = reader.ids("/api/v1/apps");
    apps.extend(
        [
            "com.link.outside",
            "com.link.inside",
            "com.link.parent",
            "com.fifo",
            "com.file",
            "com.empty",
            "com.nested",
            "C:",
            "key.mobileapp",
            "com.manifest.link",
            "..",
            ".",
        ]
        .map(str::to_owned),
    );
    let mut paths = vec!["/api/v1/apps".to_owned(), "/api/v1/sessions?limit=500".to_owned(), "/api/v1/push".to_owned()];
    for app in &apps {
        let here = app_path(app);
        paths.extend([
            here.clone(),
            format!("{here}/emails"),
            format!("{here}/push-tokens"),
            format!("{here}/sessions?limit=500"),
        ]);
        for name in [&id(1), "abc", "dd01"] {
            paths.extend([session_path(app, name), format!("{}/file", session_path(app, name))]);
        }
    }
    for name in SHOWN.iter().chain(&HIDDEN) {
        paths.extend([session_path(CONTACT, name), format!("{}/file", session_path(CONTACT, name))]);
    }
    for path in &paths {
        for accept in ["application/json", "text/csv"] {
            let answer = reader.request("GET", path).header("accept", accept).send();
            assert!(answer.status < 500, "{answer:?}");
            assert!(!String::from_utf8_lossy(&answer.body).contains(OUTSIDE), "{answer:?}");
        }
    }
    for query in ["q=a", "q=%0A", "sort=device", "compliant=false", "status=other", "q=OUTSIDE-CONTENT"] {
        let list = reader.json(&format!("/api/v1/sessions?{query}"));
        assert!(query != "q=OUTSIDE-CONTENT" || list["total"] == 0);
    }
    assert!(reader.refresh()["duration_ms"].is_u64());
    assert_unchanged(&before, &folder(&site));
    assert!(start.elapsed() < Duration::from_secs(30), "it took {:?}", start.elapsed());
    assert!(!server.log().contains("panicked"), "{}", server.log());
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn what_leads_away_or_is_no_session_cannot_be_changed() {
    let (site, _socket) = hostile_site();
    let server = site.serve();
    let owner = server.token_with("owner", &[], true);
    let before = folder(&site);
    let mut targets: Vec<(&str, String)> = HIDDEN.iter().map(|name| (CONTACT, (*name).to_owned())).collect();
    for app in [
        "com.link.outside",
        "com.link.inside",
        "com.link.parent",
        "com.fifo",
        "com.file",
        "com.nested",
        "C:",
        ".",
        "..",
    ] {
        targets.extend([(app, "abc".to_owned()), (app, id(1))]);
    }
    for (app, name) in &targets {
        let path = session_path(app, name);
        // A client that tidies its paths asks for something else.
        if [".", ".."].contains(app) {
            continue;
        }
        owner.get(&path).problem(404, "not-found");
        owner.get(&format!("{path}/file")).problem(404, "not-found");
        owner.patch(&path, json!({ "status": "accepted" })).problem(404, "not-found");
        owner.delete(&path).problem(404, "not-found");
    }
    let sessions: Vec<Value> = targets.iter().map(|(app, id)| json!({ "app": app, "id": id })).collect();
    for mut body in [json!({ "action": "delete" }), json!({ "action": "set_status", "status": "accepted" })] {
        body["sessions"] = json!(sessions);
        let result = owner.post("/api/v1/sessions/batch", body).status(200).json();
        assert_eq!((&result["changed"], &result["failed"]), (&json!(0), &json!(targets.len())), "{result}");
    }
    assert_unchanged(&before, &folder(&site));
    assert_eq!(owner.json("/api/v1/changes")["total"], 0);
}

#[test]
fn changes_beside_it_work_and_touch_nothing_else() {
    let (site, _socket) = hostile_site();
    let server = site.serve();
    let operator = server.operator();
    let before = folder(&site);
    let mut ids = Vec::new();
    for app in [CONTACT, "com.new\nline", "com.😀", "<script>alert(1)<script>", "%2e%2e", "a&b=c", ".hidden.app"] {
        let answer = operator.patch(&session_path(app, &id(1)), json!({ "status": "pending" })).status(200);
        assert_eq!(answer.json()["app"], app);
        ids.push(answer.header("x-change-id").to_owned());
        assert!(site.read(app, &id(1)) == session(app, &id(1)).status("pending").bytes());
    }
    for name in ["cc01", "cc11"] {
        let answer = operator.patch(&session_path(CONTACT, name), json!({ "status": "pending" }));
        assert!([409, 422].contains(&answer.status), "{answer:?}");
        answer.problem(answer.status, answer.json()["type"].as_str().unwrap().strip_prefix("/problems/").unwrap());
    }
    for id in ids {
        operator.post(&format!("/api/v1/changes/{id}/undo"), json!({})).status(200);
    }
    // The same bytes everywhere, and no name more or less.
    let content = |all: BTreeMap<PathBuf, Seen>| -> Vec<(PathBuf, String)> {
        let told = |(path, seen): (PathBuf, Seen)| {
            let text = format!("{seen:?}");
            let content = text.split("content:").nth(1).unwrap().to_owned();
            (path, content)
        };
        all.into_iter().map(told).collect()
    };
    let (before, after) = (content(before), content(folder(&site)));
    assert!(before == after, "the folder differs");
}

#[test]
fn a_link_that_takes_a_sessions_place_is_never_followed() {
    let file = session(CONTACT, &id(1)).status("pending");
    let site = Site::with(&[file.clone(), session(CONTACT, &id(2))]);
    let outside = site.temp().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("target"), outside_session()).unwrap();
    fs::write(outside.join(id(2)), outside_session()).unwrap();
    let server = site.serve();
    let operator = server.operator();
    let made = operator.delete(&file.path()).status(204).header("x-change-id").to_owned();
    symlink(outside.join("target"), site.path(CONTACT, &id(1))).unwrap();
    let before = snapshot(&outside);
    let result = operator.post(&format!("/api/v1/changes/{made}/undo"), json!({})).status(200).json();
    assert_eq!((&result["failed"], &result["items"][0]["problem"]["status"]), (&json!(1), &json!(409)), "{result}");
    operator.patch(&file.path(), json!({ "status": "accepted" })).problem(404, "not-found");
    operator.delete(&file.path()).problem(404, "not-found");
    // The app's folder becomes a link to another one with a file of that name.
    fs::rename(site.root().join(CONTACT), site.temp().join("old")).unwrap();
    symlink(&outside, site.root().join(CONTACT)).unwrap();
    let path = session_path(CONTACT, &id(2));
    operator.patch(&path, json!({ "status": "accepted" })).problem(404, "not-found");
    operator.delete(&path).problem(404, "not-found");
    operator.get(&path).problem(404, "not-found");
    operator.refresh();
    assert_eq!(operator.json("/api/v1/sessions")["total"], 0);
    assert_unchanged(&before, &snapshot(&outside));
}

#[test]
fn a_deep_or_wide_file_is_shown_quickly() {
    let (items, deep) = ("1,".repeat(1 << 18), "[".repeat(120));
    let bottom = format!("{deep}{items}1{}", "]".repeat(120));
    let hostile = [
        ("items below a long name", format!(r#""a":{{"{}":[{items}1]}}"#, "n".repeat(1 << 18))),
        ("items at the bottom", format!(r#""a":{bottom}"#)),
        ("the same beside a number beyond a double", format!(r#""n":1e400,"a":{bottom}"#)),
        ("names from a login", format!(r#""userInfo":{{{}"b":1}}"#, r#""pinx":1,"#.repeat(1 << 16))),
    ];
    let site = Site::new();
    for (n, (_, members)) in (1..).zip(&hostile) {
        let whole = String::from_utf8(session(CONTACT, &id(n)).bytes()).unwrap();
        site.write(CONTACT, &id(n), format!("{{{members},{}", whole.trim_start().strip_prefix('{').unwrap()));
    }
    let server = site.serve();
    let viewer = server.viewer();
    for (n, (what, _)) in (1..).zip(&hostile) {
        let start = Instant::now();
        let detail = viewer.json(&session_path(CONTACT, &id(n)));
        // Without optimisation, on a busy machine: it was a minute.
        assert!(start.elapsed() < Duration::from_secs(10), "{what}: {:?}", start.elapsed());
        assert!(detail["redacted"].as_array().unwrap().contains(&json!("/token")), "{what}");
    }
}
