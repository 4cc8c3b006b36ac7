//! Who comes in, in a real browser: from the first owner to the user they let in, out and in again.

use crate::browser::Browser;
use crate::spawn::*;

const OTHER: &str = "another horse battery";

#[track_caller]
fn log_in(browser: &Browser, name: &str, password: &str) {
    browser.fill("#name", name);
    browser.fill("#password", password);
    browser.click(".gate button");
}

/// By the menu with the name, from any page.
#[track_caller]
fn menu(browser: &Browser, item: &str) {
    browser.click(".menu summary");
    browser.click(item);
}

#[test]
fn a_new_user_chooses_a_password_and_works() {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let browser = Browser::start();
    browser.go(&server.url(&server.setup_link()));
    log_in(&browser, "owner1", "owner1-owner1");
    browser.reads("#password-error", "little more than the name");
    log_in(&browser, "owner1", PASSWORD);
    browser.reads("h1", "Nobody is waiting");

    browser.click("nav.main a[href='/users']");
    browser.fill("#name", "olga");
    browser.click("#role option[value=operator]");
    browser.click("summary:has(+ label[for=apps])");
    browser.fill("#apps", "*.Tasks");
    browser.click(".fields .primary");
    browser.reads("h1", "olga is created");
    let password = browser.text("#secret");
    assert_eq!(password.len(), 23, "{password}");
    assert!(browser.visible("button[data-copy]"), "with scripts, it can be copied at a press");
    browser.click(".secret a.button");
    browser.reads("h1", "olga");

    browser.click("nav.sub a[href='/tokens']");
    browser.fill("#name", "backup");
    browser.click("#expires option[value='30d']");
    browser.click(".fields .primary");
    browser.reads("#try", "curl -H \"Authorization: Bearer mst_");
    browser.click(".secret a.button");
    browser.reads("table tbody", "backup");
    browser.click(".row-actions button");
    browser.reads("h1", "Revoke backup?");
    browser.click(".danger.solid");
    browser.reads(".toast", "The token is revoked.");
    browser.click("nav.sub a[href='/access-log']");
    browser.reads("table tbody tr:first-child", "owner1 revoked the token backup");
    browser.reads("nav.sub [aria-current=page]", "Access log");
    menu(&browser, ".menu button[formaction='/logout']");

    log_in(&browser, "olga", "not the password");
    browser.reads("#gate-error", "Name or password is wrong.");
    browser.fill("#password", &password);
    browser.click(".gate button");
    browser.reads("h1", "Choose your own password");
    assert!(!browser.has(".menu"), "nothing else is there yet");
    browser.fill("#current", &password);
    browser.fill("#password", "123456789012");
    browser.click("form[action='/account/password'] .primary");
    browser.reads("#password-error", "a run or a repetition");
    browser.fill("#current", &password);
    browser.fill("#password", OTHER);
    browser.click("form[action='/account/password'] .primary");
    browser.reads(".toast", "Your password is changed.");
    browser.reads("h1", "No app for you yet");
    browser.click(".menu summary");
    assert!(!browser.has("a[href='/users']"), "administration is for owners");
    browser.click(".menu a[href='/account']");
    browser.reads("table tbody", "Chrome on Linux");
    server.log_in("olga", OTHER);
}

#[test]
fn other_browsers_and_disabled_users_are_logged_out() {
    let site = Site::with(&[session(CONTACT, &id(1)).status("pending")]);
    let server = site.serve();
    let (one, other) = (Browser::start(), Browser::start());
    one.go(&server.url(&server.setup_link()));
    log_in(&one, "owner1", PASSWORD);
    other.go(&server.url("/login"));
    log_in(&other, "owner1", PASSWORD);
    other.reads("h1", "is waiting");

    menu(&one, ".menu a[href='/account']");
    one.click("form[action='/account/logout-elsewhere'] button");
    one.reads(".toast", "You are logged out everywhere else.");
    other.go(&server.url("/sessions"));
    other.reads("h1", "Log in");
    one.go(&server.url("/sessions"));
    one.reads("h1", "All sessions");

    let made = site.command_with_input(&["user", "create", "olga", "--role", "operator"], PASSWORD);
    assert!(made.status.success(), "{made:?}");
    other.go(&server.url("/login"));
    log_in(&other, "olga", PASSWORD);
    other.reads("h1", "is waiting");
    assert!(site.command(&["user", "disable", "olga"]).status.success());
    let before = site.read(CONTACT, &id(1));
    // The page is still there to look at; its button does nothing any more.
    other.click("main table button.primary");
    other.reads(".toast", "You are logged out. Nothing was changed");
    other.click("#live a");
    other.reads("h1", "Log in");
    assert_eq!(site.read(CONTACT, &id(1)), before);
    log_in(&other, "olga", PASSWORD);
    other.reads("#gate-error", "Name or password is wrong.");
}
