//! A second factor: an authenticator app's codes beside the password, recovery codes, and who must have one.
//! The codes are computed here, by RFC 6238.

use std::fs;
use std::time::{Duration, SystemTime};

use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha1::Sha1;

use crate::pages::{user, words};
use crate::spawn::*;

/// What an authenticator app knows, and the time step in which it began.
pub struct App {
    secret: Vec<u8>,
    begun: u64,
}

impl App {
    /// By the key as a person types it.
    pub fn new(key: &str) -> Self {
        const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let (mut secret, mut bits, mut count) = (Vec::new(), 0_u32, 0);
        for letter in key.chars().filter(|letter| *letter != ' ') {
            bits = bits << 5 | u32::try_from(LETTERS.find(letter).expect("base32")).unwrap();
            count += 5;
            if count >= 8 {
                count -= 8;
                secret.push(u8::try_from(bits >> count & 255).unwrap());
            }
        }
        assert_eq!(secret.len(), 20, "160 bits");
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        Self { secret, begun: now.as_secs() / 30 }
    }

    /// The code so many steps after the first one. Of now and the next one, both are taken, and each but once.
    pub fn code(&self, later: u64) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.secret).unwrap();
        mac.update(&(self.begun + later).to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let at = usize::from(digest[19] & 15);
        let number = u32::from_be_bytes(digest[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }

    /// Six digits that are no code near now.
    fn wrong(&self) -> String {
        let near: Vec<String> = (0..8)
            .map(|step| self.code(step))
            .chain([App { begun: self.begun - 1, secret: self.secret.clone() }.code(0)])
            .collect();
        (0..).map(|n| format!("{n:06}")).find(|code| !near.contains(code)).unwrap()
    }
}

fn element(page: &str, id: &str) -> String {
    let rest = page.split_once(&format!("id=\"{id}\">")).unwrap_or_else(|| panic!("no {id}:\n{page}")).1;
    unescape(rest.split('<').next().unwrap())
}

/// The app that scans what the page at this address shows.
#[track_caller]
fn begin(person: &Cookie<'_>, at: &str) -> (App, String) {
    let page = person.get(at).status(200).text();
    let page = Form::find(&page, "/account/second-factor").submit(person).status(200).text();
    (App::new(&element(&page, "secret")), page)
}

#[track_caller]
fn confirm(person: &Cookie<'_>, page: &str, code: &str) -> Answer {
    Form::find(page, "/account/second-factor/confirm").fill("code", code).submit(person)
}

/// Sets up a second factor; the app has used its first code. The recovery codes.
#[track_caller]
fn set_up(person: &Cookie<'_>, at: &str) -> (App, Vec<String>) {
    let (app, page) = begin(person, at);
    let shown = confirm(person, &page, &app.code(0)).status(200).text();
    (app, element(&shown, "secret").lines().map(str::to_owned).collect())
}

/// Another browser in which the password was given, and what it shows.
#[track_caller]
fn halfway<'a>(server: &'a Server<'a>, name: &str) -> (Cookie<'a>, String) {
    let browser = server.stranger();
    let page = browser.get("/login").status(200).text();
    let answer = Form::find(&page, "/login").fill("name", name).fill("password", PASSWORD).submit(&browser).status(303);
    assert!(answer.header("location").starts_with("/login/code"), "{answer:?}");
    assert!(!answer.header("set-cookie").starts_with("login="), "{answer:?}");
    let page = browser.get(answer.header("location")).status(200).text();
    (browser, page)
}

#[track_caller]
fn enter(browser: &Cookie<'_>, page: &str, code: &str) -> Answer {
    Form::find(page, "/login/code").fill("code", code).submit(browser)
}

fn is_in(browser: &Cookie<'_>) -> bool {
    browser.get("/api/v1/me").status == 200
}

fn actions(owner: &impl User) -> Vec<String> {
    let log = owner.json("/api/v1/access-log?limit=500");
    let entries = log["items"].as_array().unwrap().iter();
    entries.map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_login_asks_for_a_code_of_the_app() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let owner = server.owner();
    let olga = user(&server, "olga", "operator", &[]);
    let elsewhere = server.log_in("olga", PASSWORD);
    let (app, page) = begin(&olga, "/account");
    let key = element(&page, "secret");
    assert!(page.contains("<svg class=\"qr\"") && page.contains("otpauth://totp/"), "{page}");
    // Nothing counts before the first code.
    assert_eq!(owner.json("/api/v1/users/olga")["second_factor_since"], json!(null));
    assert!(is_in(&server.log_in("olga", PASSWORD)));
    let refused = confirm(&olga, &page, &app.wrong()).status(422).text();
    assert_eq!(element(&refused, "secret"), element(&page, "secret"), "the app need not scan again");
    assert!(refused.contains("id=\"code-error\""));
    let shown = confirm(&olga, &page, &app.code(0)).status(200).text();
    let recovery: Vec<String> = element(&shown, "secret").lines().map(str::to_owned).collect();
    assert_eq!(recovery.len(), 10, "{recovery:?}");
    assert!(is_in(&olga) && !is_in(&elsewhere), "the other logins have ended");
    assert!(owner.json("/api/v1/users/olga")["second_factor_since"].is_string());

    let (browser, page) = halfway(&server, "olga");
    assert!(!is_in(&browser), "half way is not in");
    browser.get("/sessions").status(303);
    let refused = enter(&browser, &page, &app.wrong()).status(422).text();
    assert!(refused.contains("id=\"code-error\"") && !is_in(&browser));
    // The code that confirmed the app was used.
    enter(&browser, &page, &app.code(0)).status(422);
    let code = app.code(1);
    enter(&browser, &page, &format!(" {} {} ", &code[..3], &code[3..])).status(303);
    assert!(is_in(&browser));
    let (again, page) = halfway(&server, "olga");
    enter(&again, &page, &code).status(422);
    enter(&again, &page, &recovery[0].to_uppercase().replace('-', " ")).status(303);
    assert!(is_in(&again), "a recovery code in place of the app");
    let (third, page) = halfway(&server, "olga");
    enter(&third, &page, &recovery[0]).status(422);
    assert!(words(&olga.get("/account").text()).contains("9 recovery codes are left"));

    let log = actions(&owner);
    for action in ["factor_added", "factor_failed", "recovery_code_used"] {
        assert!(log.contains(&action.to_owned()), "{action}: {log:?}");
    }
    server.stop();
    // Neither the secret nor a recovery code is on the disk, or in the log.
    let files = fs::read_dir(site.data()).unwrap().filter_map(|file| fs::read(file.unwrap().path()).ok());
    let everything: Vec<u8> = files.flatten().chain(server.log().into_bytes()).collect();
    let is_there = |part: &[u8]| everything.windows(part.len()).any(|window| window == part);
    assert!(is_there(b"olga"));
    let texts = [recovery[1].clone(), recovery[1].replace('-', ""), key.replace(' ', ""), key];
    for part in texts.iter().map(String::as_bytes).chain([&app.secret[..]]) {
        assert!(!is_there(part), "{part:?}");
    }
}

#[test]
fn a_half_login_is_of_one_browser_and_soon_over() {
    let site = Site::new();
    let server = site.serve();
    let olga = user(&server, "olga", "viewer", &[]);
    let (app, recovery) = set_up(&olga, "/account");
    let (browser, page) = halfway(&server, "olga");
    // Another browser knows nothing of it.
    let stranger = server.stranger();
    assert_eq!(stranger.get("/login/code").status(303).header("location"), "/login");
    assert_eq!(enter(&stranger, &page, &app.code(1)).status(303).header("location"), "/login");
    assert!(!is_in(&stranger));
    // A wrong password says nothing of a second factor.
    let form = Form::find(&stranger.get("/login").text(), "/login").fill("name", "olga");
    let wrong = form.fill("password", "is not it").submit(&stranger).status(422);
    assert!(!wrong.has_header("set-cookie") && !wrong.text().contains("/login/code"));
    // Another password ends it.
    let changed = site.command_with_input(&["user", "password", "olga"], "another horse battery");
    assert!(changed.status.success(), "{changed:?}");
    enter(&browser, &page, &recovery[0]).status(422);
    assert!(!is_in(&browser));
    let back = site.command_with_input(&["user", "password", "olga"], PASSWORD);
    assert!(back.status.success(), "{back:?}");
    let otto = user(&server, "otto", "viewer", &[]);
    let (app, recovery) = set_up(&otto, "/account");
    let (browser, page) = halfway(&server, "otto");
    for n in 1..=5 {
        let answer = enter(&browser, &page, &app.wrong()).status(422).text();
        assert_eq!(answer.contains("action=\"/login\""), n == 5, "the password comes first again: {answer}");
    }
    assert_eq!(enter(&browser, &page, &recovery[1]).status(303).header("location"), "/login");
}

#[test]
fn guesses_at_codes_wait_and_a_known_browser_does_not() {
    let site = Site::new();
    let server = site.serve_with(&["--trusted-proxy", "127.0.0.1"]);
    let olga = user(&server, "olga", "viewer", &[]);
    let (app, _) = set_up(&olga, "/account");
    let mut waits = 0;
    for n in 0..3 {
        let (browser, page) = halfway(&server, "olga");
        for m in 0..4 {
            // From another address each: whoever has the password has many of them.
            let form = Form::find(&page, "/login/code").fill("code", &app.wrong());
            let answer = form.request(&browser).header("x-forwarded-for", &format!("203.0.{n}.{m}")).send();
            waits += u32::from(answer.status == 429 && answer.has_header("retry-after"));
        }
    }
    assert!(waits >= 2, "{waits} of 12");
    // The browser of olga, who logged in there before.
    let page = olga.get("/account").text();
    Form::button(&page, "/logout").submit(&olga).status(303);
    let page = olga.get("/login").status(200).text();
    Form::find(&page, "/login").fill("name", "olga").fill("password", PASSWORD).submit(&olga).status(303);
    let page = olga.get("/login/code").status(200).text();
    enter(&olga, &page, &app.code(1)).status(303);
    assert!(is_in(&olga));
}

#[test]
fn a_role_can_require_a_second_factor() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve_with(&["--require-second-factor", "operator"]);
    for (name, role) in [("vera", "viewer"), ("otto", "operator"), ("olga", "owner")] {
        let made = site.command_with_input(&["user", "create", name, "--role", role], PASSWORD);
        assert!(made.status.success(), "{made:?}");
    }
    assert!(is_in(&server.log_in("vera", PASSWORD)));
    for name in ["otto", "olga"] {
        let person = server.log_in(name, PASSWORD);
        for path in ["/", "/sessions", "/account", "/users"] {
            assert_eq!(person.get(path).status(303).header("location"), "/second-factor", "{path}");
        }
        for path in ["/api/v1/me", "/api/v1/sessions", "/api/v1/events"] {
            person.get(path).problem(403, "second-factor-needed");
        }
        let patch = person.patch(&session_path(CONTACT, &id(1)), json!({ "status": "accepted" }));
        patch.problem(403, "second-factor-needed");
        let (_, recovery) = set_up(&person, "/second-factor");
        person.get("/").status(200);
        assert_eq!(person.get("/second-factor").status(303).header("location"), "/account");
        // Whoever removes it sets up another one first of all.
        let page = person.get("/account").status(200).text();
        Form::find(&page, "/account/second-factor/remove").submit(&person).status(303);
        person.get("/").status(303);
        set_up(&person, "/second-factor");
        assert_eq!(recovery.len(), 10);
    }
    // Programs have tokens.
    server.owner().get("/api/v1/sessions").status(200);
    let refused = run(&["config", "check", site.root().to_str().unwrap(), "--require-second-factor", "viewer,boss"]);
    let said = String::from_utf8([refused.stdout, refused.stderr].concat()).unwrap();
    assert!(!refused.status.success() && said.contains("give viewer, operator or owner"), "{said}");
}

#[test]
fn owners_take_away_a_factor_that_somebody_lost() {
    let site = Site::new();
    let server = site.serve();
    let owner = user(&server, "owner", "owner", &[]);
    let olga = user(&server, "olga", "viewer", &[]);
    let path = "/api/v1/users/olga/second-factor";
    owner.delete(path).problem(404, "not-found");
    set_up(&olga, "/account");
    let page = owner.get("/users/olga").status(200).text();
    Form::find(&page, "/users/olga/second-factor/remove").submit(&owner).status(303);
    assert!(!is_in(&olga), "their logins have ended");
    let olga = server.log_in("olga", PASSWORD);
    set_up(&olga, "/account");
    server.viewer().delete(path).problem(403, "forbidden");
    server.token_with("owner", &[CONTACT], false).delete(path).problem(404, "not-found");
    server.owner().delete(path).status(204);
    let olga = server.log_in("olga", PASSWORD);
    set_up(&olga, "/account");
    let reset = || site.command(&["user", "reset-factors", "olga"]);
    assert!(reset().status.success() && !reset().status.success());
    let list = site.command(&["user", "list", "--json"]);
    assert!(String::from_utf8_lossy(&list.stdout).contains("\"second_factor_since\": null"));
    let removed = actions(&server.owner()).iter().filter(|action| *action == "factor_removed").count();
    assert_eq!(removed, 3);
}

#[test]
fn setting_up_and_removing_ask_for_the_password() {
    let site = Site::new();
    let server = site.serve_with(&["--confirm-after", "1s"]);
    let olga = user(&server, "olga", "viewer", &[]);
    let (elsewhere, begin) = (server.log_in("olga", PASSWORD), Form::to("/account/second-factor"));
    let csrf = Form::find(&olga.get("/account").text(), "/account/second-factor").field("csrf").unwrap();
    let begin = begin.fill("csrf", &csrf);
    until(Duration::from_secs(10), "the password is old", || begin.submit(&olga).status == 403);
    let asked = begin.submit(&olga).status(403).text();
    let waiting = Form::find(&asked, "/account/second-factor");
    waiting.clone().fill("confirm_password", "is not it").submit(&olga).status(422);
    let page = waiting.fill("confirm_password", PASSWORD).submit(&olga).status(200).text();
    let app = App::new(&element(&page, "secret"));
    let form = Form::find(&page, "/account/second-factor/confirm").fill("code", &app.code(0)).without("elsewhere");
    form.fill("confirm_password", PASSWORD).submit(&olga).status(200);
    assert!(is_in(&elsewhere), "they are kept unless that is wanted");
    let form = |path: &str| Form::to(&format!("/account/second-factor/{path}")).fill("csrf", &csrf);
    until(Duration::from_secs(10), "the password is old", || form("codes").submit(&olga).status == 403);
    form("remove").submit(&olga).status(403);
    form("codes").fill("confirm_password", PASSWORD).submit(&olga).status(200);
    form("remove").fill("confirm_password", PASSWORD).submit(&olga).status(303);
    assert_eq!(server.owner().json("/api/v1/users/olga")["second_factor_since"], json!(null));
}

#[test]
fn a_new_key_encrypts_the_factors_again() {
    let site = Site::new();
    let key = site.temp().join("keys");
    let key = key.to_str().unwrap();
    let new_key = || assert!(run(&["secrets-key", key]).status.success());
    let first = site.serve();
    let olga = user(&first, "olga", "viewer", &[]);
    let (app, recovery) = set_up(&olga, "/account");
    first.stop();
    assert!(site.data().join("secrets.key").is_file());
    // From the data folder's key to one that is kept elsewhere, and then to another one.
    for _ in 0..2 {
        new_key();
        let server = site.serve_with(&["--secrets-key-file", key]);
        assert!(server.log().contains("encrypted by the new key"), "{}", server.log());
        server.stop();
    }
    let newest = fs::read_to_string(key).unwrap().lines().take(2).map(|line| format!("{line}\n")).collect::<String>();
    fs::write(key, newest).unwrap();
    fs::remove_file(site.data().join("secrets.key")).unwrap();
    let server = site.serve_with(&["--secrets-key-file", key]);
    let (browser, page) = halfway(&server, "olga");
    enter(&browser, &page, &app.code(1)).status(303);
    server.stop();
    // Without its key, the app's codes are of no use, and recovery codes still let in.
    fs::remove_file(key).unwrap();
    new_key();
    let server = site.serve_with(&["--secrets-key-file", key]);
    assert!(server.log().contains("encrypted by a key that is not here"), "{}", server.log());
    let (browser, page) = halfway(&server, "olga");
    enter(&browser, &page, &app.code(2)).status(422);
    enter(&browser, &page, &recovery[0]).status(303);
    assert!(!run(&["secrets-key", site.data().join("folder").to_str().unwrap()]).status.success());
}
