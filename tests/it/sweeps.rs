//! Sweeps over every step of a change: the n-th system call fails, or the program is killed there, while a stand-in for
//! 4D writes. After each, files, journal and answers agree, and nothing is lost that 4D wrote.
//!
//! The gate makes a short run; the long one is `tests/run --test it sweeps -- --ignored`.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::spawn::*;
use crate::steps::*;

/// The session in one of its versions: which one it is stands in `language.region`, which nobody but 4D changes.
fn version(n: u32, status: &str) -> SessionFile {
    session(CONTACT, &id(1)).status(status).set("/language/region", n.to_string())
}

/// The version and status of a whole file; `None` where there is none.
#[track_caller]
fn stands(site: &Site) -> Option<(u32, String)> {
    let bytes = match fs::read(site.path(CONTACT, &id(1))) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        read => read.unwrap(),
    };
    let document: Value = serde_json::from_slice(&bytes).expect("a whole file");
    let n = document["language"]["region"].as_str().unwrap().parse().unwrap();
    let status = document["status"].as_str().unwrap().to_owned();
    assert_eq!(bytes, version(n, &status).bytes(), "nothing else has changed");
    Some((n, status))
}

/// A version that the stand-in will move over the session's file.
struct Beside {
    n: u32,
    path: PathBuf,
}

impl Beside {
    /// Each version is a second younger than the one before, and all are of the past.
    fn new(site: &Site, n: u32) -> Self {
        let path = site.temp().join(format!("version-{n}"));
        fs::write(&path, version(n, "pending").bytes()).unwrap();
        set_time(&path, n);
        Self { n, path }
    }

    fn at(&self, site: &Site, call: usize) -> String {
        format!("move:{}:{}@{call}", self.path.display(), site.path(CONTACT, &id(1)).display())
    }

    fn was_written(&self) -> bool {
        !self.path.exists()
    }
}

fn set_time(path: &Path, n: u32) {
    let time = SystemTime::now() - Duration::from_secs(100) + Duration::from_secs(u64::from(n));
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

fn new_site() -> Site {
    let site = Site::with(&[version(0, "pending")]);
    set_time(&site.path(CONTACT, &id(1)), 0);
    site
}

/// What is done to the session.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Accept,
    Delete,
    Undo,
}

impl Act {
    /// Brings the site to where it can be done; the change to be undone.
    #[track_caller]
    fn prepare(self, site: &Site, user: &Token<'_>, n: u32) -> Option<String> {
        let path = site.put(&version(n, "pending"));
        set_time(&path, 0);
        user.refresh();
        (self == Act::Undo)
            .then(|| user.delete(&session_path(CONTACT, &id(1))).status(204).header("x-change-id").to_owned())
    }

    fn request(self, user: &Token<'_>, undone: Option<&str>) -> Request {
        let path = session_path(CONTACT, &id(1));
        match self {
            Act::Accept => user.request("PATCH", &path).json(json!({ "status": "accepted" })),
            Act::Delete => user.request("DELETE", &path),
            Act::Undo => user.request("POST", &format!("/api/v1/changes/{}/undo", undone.unwrap())).json(json!({})),
        }
    }

    /// What stands there when nothing was done, and when all was, in this version of 4D's.
    fn before(self, n: u32) -> Option<(u32, String)> {
        (self != Act::Undo).then(|| (n, "pending".into()))
    }

    fn after(self, n: u32) -> Option<(u32, String)> {
        match self {
            Act::Accept => Some((n, "accepted".into())),
            Act::Delete => None,
            Act::Undo => Some((n, "pending".into())),
        }
    }

    fn action(self) -> &'static str {
        match self {
            Act::Accept => "set_status",
            Act::Delete => "delete",
            Act::Undo => "restore",
        }
    }
}

#[track_caller]
fn nothing_is_left(site: &Site) {
    let left: Vec<_> = names(&site.root().join(CONTACT)).into_iter().filter(|name| *name != id(1)).collect();
    assert_eq!(left, [""; 0], "left behind");
}

/// Kills the program at the n-th call on a folder while it does something; `false` where there are fewer.
fn killed_at(act: Act, folder: fn(&Site) -> PathBuf, n: usize) -> bool {
    let site = new_site();
    let secret = site.token_with("operator", &[], false);
    let (server, steps) = serve_counted(&site, &[&folder(&site)]);
    let user = server.caller(&secret);
    let undone = act.prepare(&site, &user, 0);
    steps.plan(&[format!("kill@{n}")]);
    let answered = wait(act.request(&user, undone.as_deref()).try_send());
    let calls = steps.calls();
    let was_reached = calls.is_empty() || calls.len() >= n;
    server.kill();
    let found = stands(&site);
    assert!(found == act.before(0) || found == act.after(0), "{act:?} at {n}: {found:?}");
    let server = site.serve();
    nothing_is_left(&site);
    assert_eq!(stands(&site), found, "a start changes nothing");
    let (_, last) = journal(&server.caller(&secret), "").into_iter().next().unwrap_or_default();
    let is_in_journal = last["action"] == act.action() && last["outcome"] == "done";
    assert_eq!(is_in_journal, found == act.after(0), "{act:?} at {n}: {found:?}, and {last}");
    if let Ok(answer) = answered {
        assert!((200..300).contains(&answer.status), "{answer:?}");
        assert_eq!(found, act.after(0), "what was acknowledged is there");
    }
    was_reached
}

#[track_caller]
fn killed_everywhere(acts: &[Act], folder: fn(&Site) -> PathBuf, every: usize) {
    for &act in acts {
        let mut n = 1;
        while killed_at(act, folder, n) {
            n += every;
        }
        println!("{act:?}: killed at each of {} calls", n - 1);
        assert!(n > 10, "nothing was counted");
    }
}

fn app(site: &Site) -> PathBuf {
    site.root().join(CONTACT)
}

/// One change that another program's writes meet: before the `first`-th call on the app's folder, and before the
/// `second`-th. The calls that were made, where nobody kills the program.
fn calls_of_met_change(program: &str, first: usize, second: Option<usize>) -> Vec<String> {
    let site = new_site();
    let (command, steps) = counted(&site, program, &[&app(&site)], &[]);
    let server = site.serve_command(command);
    let user = server.operator();
    let (one, two) = (Beside::new(&site, 1), Beside::new(&site, 2));
    let mut plan = vec![one.at(&site, first)];
    plan.extend(second.map(|second| two.at(&site, second)));
    steps.plan(&plan);
    Act::Accept.request(&user, None).send().status(200);
    steps.calls()
}

/// Where, counted from 1, the calls of this name are.
fn places(calls: &[String], name: &str) -> Vec<usize> {
    let is_one = |call: &String| call.starts_with(&format!("{name}:"));
    calls.iter().enumerate().filter(|(_, call)| is_one(call)).map(|(at, _)| at + 1).collect()
}

/// What 4D wrote last has the session's name after a kill, and what else it wrote that still was there is kept.
fn killed_while_4d_writes(program: &str, writes: &[usize], kill: usize) -> Result<(), String> {
    let site = new_site();
    let secret = site.token_with("operator", &[], false);
    let (command, steps) = counted(&site, program, &[&app(&site)], &[]);
    let server = site.serve_command(command);
    let versions: Vec<Beside> = (1..=writes.len() as u32).map(|n| Beside::new(&site, n)).collect();
    let mut plan: Vec<String> = versions.iter().zip(writes).map(|(one, call)| one.at(&site, *call)).collect();
    plan.push(format!("kill@{kill}"));
    steps.plan(&plan);
    let _ = wait(Act::Accept.request(&server.caller(&secret), None).try_send());
    server.kill();
    let written = versions.iter().filter(|one| one.was_written()).map(|one| one.n).max().unwrap_or(0);
    // Whatever of 4D's bytes lie there, under whatever name.
    let lie: Vec<Vec<u8>> = names(&app(&site)).iter().map(|name| fs::read(app(&site).join(name)).unwrap()).collect();
    let server = site.serve();
    let user = server.caller(&secret);
    let found = stands(&site).ok_or("the session is gone")?;
    if found.0 != written {
        return Err(format!("version {} stands there, and 4D wrote {written} last", found.0));
    }
    let entries = journal(&user, "");
    let kept = entries.iter().find(|(_, entry)| entry["action"] == "delete" && entry["outcome"] == "overwritten");
    for one in &versions {
        let bytes = version(one.n, "pending").bytes();
        if !lie.contains(&bytes) || one.n == found.0 {
            continue;
        }
        let Some((id, _)) = kept else {
            return Err(format!("version {} was there after the kill, and is nowhere", one.n));
        };
        // It comes back where the other version makes room.
        user.delete(&session_path(CONTACT, &self::id(1))).status(204);
        user.post(&format!("/api/v1/changes/{id}/undo"), json!({})).status(200);
        if site.read(CONTACT, &self::id(1)) != bytes {
            return Err(format!("version {} was kept, and is not what comes back", one.n));
        }
    }
    // What the journal says of the change is what stood there.
    let changes = entries.iter().filter(|(_, entry)| entry["action"] == "set_status");
    let done = changes.filter(|(_, entry)| entry["outcome"] == "done").count();
    if found.1 == "accepted" && done == 0 {
        return Err("the change stands there, and is not in the journal".into());
    }
    nothing_is_left(&site);
    Ok(())
}

/// Where one exchange meets two writes: before it, right after the look at the file, and between it and the way back.
fn exchanges_that_meet_two_writes(program: &str) -> Vec<(usize, usize)> {
    let first = places(&calls_of_met_change(program, usize::MAX, None), "renameat2")[0];
    let back = places(&calls_of_met_change(program, first, None), "renameat2");
    back.into_iter().filter(|second| *second > first).take(2).map(|second| (first, second)).collect()
}

/// For each of these moments, a kill at each of the next calls. What was lost.
fn lost_on_the_way_back(program: &str) -> Vec<String> {
    let mut lost = Vec::new();
    for (first, second) in exchanges_that_meet_two_writes(program) {
        for kill in second..second + 8 {
            if let Err(what) = killed_while_4d_writes(program, &[first, second], kill) {
                lost.push(format!("4D writes at {first} and {second}, killed at {kill}: {what}"));
            }
        }
    }
    lost
}

/// The program to try: another one than the one under test can be named, to see that a sweep finds what it had wrong.
fn swept_program() -> String {
    std::env::var("SWEPT_PROGRAM").unwrap_or_else(|_| program().to_owned())
}

#[test]
fn a_kill_during_an_exchange_back_keeps_4ds_version() {
    let lost = lost_on_the_way_back(&swept_program());
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn a_kill_at_any_call_never_halves_a_change() {
    killed_everywhere(&[Act::Accept], app, 2);
}

#[test]
#[ignore = "long: some hundred starts"]
fn killed_at_any_call_anything_is_done_or_not() {
    killed_everywhere(&[Act::Accept, Act::Delete, Act::Undo], app, 1);
    killed_everywhere(&[Act::Accept, Act::Delete, Act::Undo], Site::data, 1);
}

#[test]
#[ignore = "long: some hundred starts"]
fn a_kill_while_4d_writes_loses_nothing() {
    let calls = calls_of_met_change(&swept_program(), usize::MAX, None).len();
    let mut lost = Vec::new();
    for write in 1..=calls {
        for kill in (write..calls + 12).step_by(3) {
            lost.extend(killed_while_4d_writes(&swept_program(), &[write], kill).err().map(|what| (write, kill, what)));
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

/// A site whose program was killed on the way back: both versions that 4D wrote lie there, the newer one under the
/// temporary name.
fn two_versions_left() -> (Site, String) {
    let (first, second) = exchanges_that_meet_two_writes(program())[0];
    let site = new_site();
    let secret = site.token_with("operator", &[], false);
    let (server, steps) = serve_counted(&site, &[&app(&site)]);
    let (one, two) = (Beside::new(&site, 1), Beside::new(&site, 2));
    steps.plan(&[one.at(&site, first), two.at(&site, second), format!("kill@{}", second + 1)]);
    let _ = wait(Act::Accept.request(&server.caller(&secret), None).try_send());
    drop(server);
    assert_eq!(names(&app(&site)).len(), 2, "{:?}", names(&app(&site)));
    (site, secret)
}

/// Starts the program, and ends it once it listens; whether it came so far.
fn starts(site: &Site, folder: &Path, plan: &str) -> bool {
    let (mut command, _) = counted(site, &swept_program(), &[folder], &[plan.to_owned()]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let listens = lines.any(|line| line.is_ok_and(|line| line.starts_with("listening on ")));
    child.kill().unwrap();
    child.wait().unwrap();
    listens
}

/// A site whose program was killed right before it exchanged the names: what the change makes lies there.
fn unmade_change_left() -> (Site, String) {
    let site = new_site();
    let secret = site.token_with("operator", &[], false);
    let (command, steps) = counted(&site, &swept_program(), &[&app(&site)], &[]);
    let server = site.serve_command(command);
    steps.plan(&["[renameat2]kill@1"]);
    let _ = wait(Act::Accept.request(&server.caller(&secret), None).try_send());
    drop(server);
    assert_eq!(names(&app(&site)).len(), 2, "{:?}", names(&app(&site)));
    match stands(&site) == Act::Accept.before(0) {
        true => (site, secret),
        // The call was made before the kill came.
        false => unmade_change_left(),
    }
}

#[test]
fn a_change_called_not_done_is_never_made() {
    let unlistable = (1..=4).map(|n| format!("[getdents64/:{CONTACT}]EIO@{n}"));
    let unreadable = ["[openat:.tmp]EIO@1", "[pread64:.tmp]EIO@1", "[unlinkat:.tmp]EIO@1"].map(str::to_owned);
    for plan in unlistable.chain(unreadable) {
        let (site, secret) = unmade_change_left();
        starts(&site, &app(&site), &plan);
        let (command, _) = counted(&site, &swept_program(), &[&app(&site)], &[]);
        let server = site.serve_command(command);
        assert_eq!(stands(&site), Some((0, "pending".into())), "{plan}");
        assert_eq!(journal(&server.caller(&secret), ""), [], "{plan}");
        nothing_is_left(&site);
    }
}

#[test]
fn a_late_write_into_a_removed_file_is_kept() {
    let site = new_site();
    let secret = site.token_with("operator", &[], false);
    let (command, steps) = counted(&site, &swept_program(), &[&app(&site)], &[]);
    let server = site.serve_command(command);
    let mut open = fs::File::options().write(true).open(site.path(CONTACT, &id(1))).unwrap();
    steps.plan(&["[unlinkat:.tmp]kill@1"]);
    let _ = wait(Act::Accept.request(&server.caller(&secret), None).try_send());
    drop(server);
    assert_eq!(stands(&site), Some((0, "accepted".into())));
    let (command, _) = counted(&site, &swept_program(), &[&app(&site)], &[]);
    let _server = site.serve_command(command);
    nothing_is_left(&site);
    open.set_len(0).unwrap();
    open.write_all(&version(7, "pending").bytes()).unwrap();
    drop(open);
    until(Duration::from_secs(5), "it stands there", || stands(&site) == Some((7, "pending".into())));
}

#[test]
fn a_version_between_delete_and_newer_is_kept() {
    let site = new_site();
    let secret = site.token_with("operator", &[], false);
    let (command, steps) = counted(&site, &swept_program(), &[&app(&site)], &[]);
    let server = site.serve_command(command);
    let user = server.caller(&secret);
    let (one, two) = (Beside::new(&site, 1), Beside::new(&site, 2));
    let at = |one: &Beside, call: &str| {
        format!("[{call}]move:{}:{}@1", one.path.display(), site.path(CONTACT, &id(1)).display())
    };
    steps.plan(&[at(&one, "renameat"), at(&two, "renameat2")]);
    Act::Delete.request(&user, None).send().status(204);
    assert!(one.was_written() && two.was_written(), "{:?}", steps.calls());
    assert_eq!(server.stop(), Some(0));
    let (command, _) = counted(&site, &swept_program(), &[&app(&site)], &[]);
    let server = site.serve_command(command);
    let user = server.caller(&secret);
    nothing_is_left(&site);
    let entries = journal(&user, "");
    let kept = entries.iter().find(|(_, entry)| entry["outcome"] == "overwritten").expect("the first one is kept");
    let undo = user.post(&format!("/api/v1/changes/{}/undo", kept.0), json!({})).status(200).json();
    assert_eq!(undo["changed"], 1, "{undo}");
    assert_eq!(stands(&site), Some((1, "pending".into())));
}

#[test]
fn a_rename_reported_as_failed_is_noticed() {
    for error in ["EIO", "ETIMEDOUT", "ENOTCONN"] {
        for act in [Act::Accept, Act::Delete, Act::Undo] {
            for call in ["renameat", "renameat2"] {
                let site = new_site();
                let secret = site.token_with("operator", &[], false);
                let (command, steps) = counted(&site, &swept_program(), &[&app(&site)], &[]);
                let server = site.serve_command(command);
                let user = server.caller(&secret);
                let undone = act.prepare(&site, &user, 0);
                steps.plan(&[format!("[{call}]made:{error}@1")]);
                let answer = act.request(&user, undone.as_deref()).send();
                assert!((200..300).contains(&answer.status), "{act:?}, {call}, {error}: {answer:?}");
                assert_eq!(stands(&site), act.after(0), "{act:?}, {call}, {error}");
                nothing_is_left(&site);
                let (_, last) = journal(&user, "").remove(0);
                assert_eq!((&last["action"], &last["outcome"]), (&json!(act.action()), &json!("done")), "{last}");
            }
        }
    }
}

#[track_caller]
fn both_versions_are_kept(site: &Site, secret: &str) {
    let server = site.serve();
    let user = server.caller(secret);
    assert_eq!(stands(site), Some((2, "pending".into())), "the newer one has the name");
    nothing_is_left(site);
    let entries = journal(&user, "");
    let outcomes: Vec<_> = entries.iter().map(|(_, entry)| (&entry["action"], &entry["outcome"])).collect();
    let expected = [(&json!("delete"), &json!("overwritten")), (&json!("set_status"), &json!("overwritten"))];
    assert_eq!(outcomes, expected, "the older one is kept once");
    let kept = &entries[0].1;
    assert_eq!(kept["reason_code"], "kept-aside");
    assert!(kept["reason"].as_str().unwrap().starts_with("Another program wrote this version"), "{kept}");
    // People read it in their language.
    let page =
        server.first_owner().request("GET", "/changes").header("accept-language", "fr").send().status(200).text();
    assert!(page.contains("Un autre programme a écrit cette version") && !page.contains("Another program"), "{page}");
    // Once the newer one is deleted, undo brings the older one back.
    user.delete(&session_path(CONTACT, &id(1))).status(204);
    let undo = user.post(&format!("/api/v1/changes/{}/undo", entries[0].0), json!({})).status(200).json();
    assert_eq!(undo["changed"], 1, "{undo}");
    assert_eq!(stands(site), Some((1, "pending".into())));
}

#[test]
fn the_older_of_two_versions_comes_back_by_undo() {
    let (site, secret) = two_versions_left();
    both_versions_are_kept(&site, &secret);
}

/// What a start recovers is recovered by the next one where it is killed at each call in turn, or the call fails.
fn starts_again_and_again(thing: &str, folder: fn(&Site) -> PathBuf, every: usize) {
    let (site, secret) = two_versions_left();
    let mut n = 1;
    while !starts(&site, &folder(&site), &format!("{thing}@{n}")) && n < 2000 {
        n += every;
    }
    println!("{thing}: at each of {n} calls of a start");
    assert!(n > 1, "nothing was counted");
    both_versions_are_kept(&site, &secret);
}

#[test]
fn a_start_killed_at_any_call_is_recovered() {
    starts_again_and_again("kill", app, 3);
}

#[test]
#[ignore = "long: some hundred starts"]
fn a_start_on_any_folder_is_recovered() {
    starts_again_and_again("kill", app, 1);
    starts_again_and_again("kill", Site::data, 1);
}

#[test]
#[ignore = "long: some hundred starts"]
fn whichever_call_of_a_start_fails_the_next_one_recovers() {
    for error in ["EIO", "ENOSPC", "EMFILE", "EINTR"] {
        for n in 1..60 {
            let (site, secret) = two_versions_left();
            starts(&site, &app(&site), &format!("{error}@{n}"));
            both_versions_are_kept(&site, &secret);
        }
    }
}

/// Lets the n-th call on a folder fail while something is done: whether there were so many, and whether it was done.
fn fails_at(site: &Site, user: &Token<'_>, steps: &Steps, act: Act, error: &str, n: usize) -> (bool, bool) {
    // Each time another version: what became of a change is told by the file's bytes.
    let version = u32::try_from(n).unwrap();
    let undone = act.prepare(site, user, version);
    steps.plan(&[format!("{error}@{n}")]);
    let answer = act.request(user, undone.as_deref()).send();
    let calls = steps.calls();
    steps.plan::<&str>(&[]);
    let found = stands(site);
    let what = format!("{act:?}, {error} at {n} ({}): {answer:?}; {found:?}", calls.get(n - 1).map_or("", |c| c));
    let failed = match act {
        // An undo is answered as a batch.
        Act::Undo if answer.status == 200 => answer.json()["items"][0]["problem"].clone(),
        _ if (200..300).contains(&answer.status) => Value::Null,
        _ => answer.json(),
    };
    let was_done = found == act.after(version);
    if failed.is_null() {
        assert!(was_done, "{what}");
    } else {
        let kind = failed["type"].as_str().unwrap();
        // A fault of the disk says nothing of the session.
        let wrong = ["/problems/not-found", "/problems/not-an-object", "/problems/precondition-failed"];
        assert!(!wrong.contains(&kind), "{what}");
        assert!(found == act.before(version) || (was_done && kind == "/problems/unsure"), "{what}");
    }
    nothing_is_left_but_for_what_is_unsure(site, &failed, &what);
    (calls.len() >= n, was_done)
}

#[track_caller]
fn nothing_is_left_but_for_what_is_unsure(site: &Site, failed: &Value, what: &str) {
    let left: Vec<_> = names(&app(site)).into_iter().filter(|name| *name != id(1)).collect();
    assert!(left.is_empty() || !failed.is_null(), "{what}: {left:?}");
}

/// Each call on a folder fails once, by each error; then files and journal agree, at once or after a start.
fn fail_everywhere(acts: &[Act], folder: fn(&Site) -> PathBuf, errors: &[&str], every: usize) {
    let site = new_site();
    let secret = site.token_with("operator", &[], false);
    let mut entries = 0;
    for error in errors {
        for &act in acts {
            let (server, steps) = serve_counted(&site, &[&folder(&site)]);
            let user = server.caller(&secret);
            let mut n = 1;
            loop {
                let (was_reached, was_done) = fails_at(&site, &user, &steps, act, error, n);
                entries += usize::from(was_done) + usize::from(act == Act::Undo);
                if !was_reached {
                    break;
                }
                n += every;
            }
            println!("{act:?}: {error} at each of {} calls", n - 1);
            assert!(n > 5, "nothing was counted");
            let found = stands(&site);
            assert_eq!(server.stop(), Some(0));
            let server = site.serve();
            nothing_is_left(&site);
            assert_eq!(stands(&site), found, "a start changes nothing");
            let journal = journal(&server.caller(&secret), "");
            assert_eq!(journal.len(), entries, "what was done is in the journal, and nothing else is");
            let (_, last) = &journal[0];
            assert_eq!((&last["action"], &last["outcome"]), (&json!(act.action()), &json!("done")), "{last}");
        }
    }
}

#[test]
fn a_failed_call_is_reported_as_it_happened() {
    fail_everywhere(&[Act::Accept, Act::Delete], app, &["EIO", "EMFILE"], 1);
}

#[test]
#[ignore = "long: some hundred changes"]
fn whichever_call_fails_the_answer_says_what_was_done() {
    let acts = [Act::Accept, Act::Delete, Act::Undo];
    fail_everywhere(&acts, app, &["EIO", "ENOSPC", "EMFILE", "EINTR"], 1);
    fail_everywhere(&acts, Site::data, &["EIO", "ENOSPC", "EMFILE", "EINTR"], 1);
}

#[test]
fn a_folder_that_cannot_be_synced_takes_changes() {
    for error in ["EINVAL", "EOPNOTSUPP", "ENOSYS"] {
        let site = new_site();
        let (command, steps) = counted(&site, &swept_program(), &[&site.root()], &[]);
        let server = site.serve_command(command);
        let user = server.operator();
        steps.plan(&[format!("[fsync/]{error}@*")]);
        Act::Accept.request(&user, None).send().status(200);
        let delete = Act::Delete.request(&user, None).send().status(204).header("x-change-id").to_owned();
        let undo = user.post(&format!("/api/v1/changes/{delete}/undo"), json!({})).status(200).json();
        assert_eq!(undo["changed"], 1, "{undo}");
        assert!(steps.calls().iter().any(|call| call.starts_with("fsync:")), "nothing was synced");
        assert_eq!(stands(&site), Some((0, "accepted".into())));
        let outcomes: Vec<_> = journal(&user, "").into_iter().map(|(_, entry)| entry["outcome"].clone()).collect();
        assert_eq!(outcomes, ["done", "done", "done"]);
    }
}

#[test]
fn a_change_without_a_folder_sync_is_unsure() {
    let site = new_site();
    let (server, steps) = serve_counted(&site, &[&site.root()]);
    let secret = server.operator().secret;
    steps.plan(&["[fsync/]EIO@*"]);
    let answer = Act::Accept.request(&server.caller(&secret), None).send();
    let change = answer.header("x-change-id").to_owned();
    let problem = answer.problem(500, "unsure");
    assert!(problem["detail"].as_str().unwrap().contains("Check the disk"), "{problem}");
    assert_eq!(stands(&site), Some((0, "accepted".into())), "it was made all the same");
    assert_eq!(server.stop(), Some(0));
    let server = site.serve();
    let entry = server.caller(&secret).json(&format!("/api/v1/changes/{change}"));
    assert_eq!(entry["outcome"], "done", "{entry}");
}
