//! A MobileApps folder that goes away while many work in it.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::dice::Dice;
use crate::spawn::*;

/// The folder is moved away, emptied and made again while many change what is in it. Whatever that
/// meets is answered with success or with what was met, and nobody makes a folder but the test.
#[test]
fn a_vanished_folder_is_never_recreated() {
    const CYCLES: u64 = 100;
    let site = Site::new();
    let put_all = || (0..40).for_each(|n| drop(site.put(&session([CONTACT, TASKS][n as usize % 2], &id(n)))));
    put_all();
    let server = site.serve_with(&["--max-requests", "1000000", "--log", "error"]);
    let secret = server.operator().secret;
    let done = AtomicBool::new(false);
    let met: [AtomicU64; 600] = std::array::from_fn(|_| AtomicU64::new(0));
    let allowed = |status: u64| (200..300).contains(&status) || matches!(status, 404 | 409 | 503);
    let client = |seed: u64| {
        let mut dice = Dice::new(seed);
        let user = server.caller(&secret);
        while !done.load(Ordering::SeqCst) {
            let n = dice.below(40) as u32;
            let app_of = |n: u32| [CONTACT, TASKS][n as usize % 2];
            let path = session_path(app_of(n), &id(n));
            let email = json!({ "email": format!("n{}@x.yz", dice.throw()) });
            let item = |n: u32| json!({ "app": app_of(n), "id": id(n) });
            let answer = match dice.below(8) {
                0 => user.get(&path),
                1 => user.delete(&path),
                2 => user.post(
                    "/api/v1/sessions/batch",
                    json!({ "action": "set_email", "email": email["email"], "sessions": (n..n + 5).map(item).collect::<Vec<_>>() }),
                ),
                3 => user.post("/api/v1/refresh", json!({})),
                4 => {
                    let last = user.get("/api/v1/changes?limit=1").status(200).json();
                    match last["items"][0]["id"].as_str() {
                        Some(last) => user.post(&format!("/api/v1/changes/{last}/undo"), json!({})),
                        None => continue,
                    }
                }
                _ => user.patch(&path, email),
            };
            assert!(allowed(answer.status.into()), "{answer:?}");
            met[answer.status as usize].fetch_add(1, Ordering::Relaxed);
            if answer.status == 200
                && let Some(items) = answer.json()["items"].as_array()
            {
                for problem in items.iter().map(|item| &item["problem"]).filter(|problem| !problem.is_null()) {
                    assert!(allowed(problem["status"].as_u64().unwrap()), "{problem}");
                }
            }
        }
    };
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..4).map(|seed| scope.spawn(move || client(seed))).collect();
        let mut dice = Dice::new(7);
        let away = site.temp().join("away");
        let mut failed = None;
        for cycle in 0..CYCLES {
            if clients.iter().any(|client| client.is_finished()) {
                break;
            }
            std::thread::sleep(dice.pause(Duration::from_millis(120)));
            let app = site.root().join(CONTACT);
            match cycle % 3 {
                0 => {
                    fs::rename(site.root(), &away).unwrap();
                    std::thread::sleep(dice.pause(Duration::from_millis(60)));
                    fs::rename(&away, site.root()).unwrap();
                }
                1 => {
                    remove(&site.root());
                    std::thread::sleep(dice.pause(Duration::from_millis(60)));
                    assert!(!site.root().exists(), "somebody made the folder again");
                    fs::create_dir(site.root()).unwrap();
                    std::thread::sleep(dice.pause(Duration::from_millis(30)));
                    assert_eq!(names(&site.root()), [""; 0], "something was made in the folder");
                }
                _ => {
                    remove(&app);
                    std::thread::sleep(dice.pause(Duration::from_millis(60)));
                    assert!(!app.exists(), "somebody made an app's folder again");
                }
            }
            put_all();
        }
        done.store(true, Ordering::SeqCst);
        for client in clients {
            failed = failed.or(client.join().err());
        }
        if let Some(failure) = failed {
            std::panic::resume_unwind(failure);
        }
    });
    let met: Vec<_> = met.iter().enumerate().map(|(status, n)| (status, n.load(Ordering::Relaxed))).collect();
    let met: Vec<_> = met.into_iter().filter(|(_, n)| *n > 0).collect();
    println!("{CYCLES} times away: {met:?}");
    for wanted in [200, 204, 404, 503] {
        assert!(met.iter().any(|(status, _)| *status == wanted), "{wanted} was never met: {met:?}");
    }
    assert_eq!(names(&site.root()), [CONTACT, TASKS]);
    for app in [CONTACT, TASKS] {
        let names = names(&site.root().join(app));
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_hexdigit())), "left behind: {names:?}");
    }
    // It goes on as if nothing had been, once it has seen that the folder is back: within a second.
    put_all();
    let user = server.caller(&secret);
    until(Duration::from_secs(5), "the folder is available", || user.post("/api/v1/refresh", json!({})).status == 200);
    user.patch(&session_path(CONTACT, &id(0)), json!({ "email": "at@the.end" })).status(200);
    assert_eq!(server.stop(), Some(0));
}

/// With all that is in it; what comes into it meanwhile too.
fn remove(folder: &Path) {
    until(Duration::from_secs(5), "the folder can be removed", || {
        fs::remove_dir_all(folder).is_ok() || !folder.exists()
    });
}
