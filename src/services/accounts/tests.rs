use tempfile::TempDir;

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::domain::account::{Actor, ActorKind, AppScope, Caller, Permission, Role};
use crate::domain::name::{Name, UserName};
use crate::domain::network_scope::NetworkScope;
use crate::domain::token::Secret;
use crate::store::database::{Database, Purpose};

const PASSWORD: &str = "correct horse battery";
const DAY: i64 = 24 * 60 * 60 * 1000;

/// A data folder, as several processes may open it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    async fn accounts(&self) -> Accounts {
        Accounts::new(Database::for_tests(self.0.path()).await, LoginLimits::default())
    }
}

fn name(text: &str) -> UserName {
    UserName::parse(text).unwrap()
}

fn password(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn token(text: &str, role: Role) -> NewToken {
    let name = Name::parse(text).unwrap();
    NewToken {
        name,
        role,
        apps: AppScope::all(),
        networks: NetworkScope::default(),
        expires_in: Some(3600),
        secrets: false,
    }
}

/// An owner of all apps, as whom tokens are made.
fn as_user(user: &User) -> By {
    let actor = Actor { kind: ActorKind::User, name: user.name.clone() };
    let id = format!("user:{}", user.id);
    By::caller(&Caller { id, actor, role: user.role, apps: AppScope::all(), secrets: false }, None, None)
}

fn browser(cookie: &Secret<String>) -> BrowserLogin {
    BrowserLogin { cookie: cookie.clone(), password_is_old: false, must_change_password: false, must_enrol: false }
}

fn disabled(disabled: bool) -> UserChange {
    UserChange { disabled: Some(disabled), ..UserChange::default() }
}

async fn add_user(accounts: &Accounts, text: &str, role: Role) -> User {
    accounts
        .create_user(&By::cli(), name(text), role, AppScope::all(), NewPassword::chosen(password(PASSWORD)))
        .await
        .unwrap()
}

/// A login by the password alone.
async fn log_in_from(accounts: &Accounts, name: &str, from: &Origin) -> NewLogin {
    match accounts.log_in(name, password(PASSWORD), from).await.unwrap() {
        Some(FirstStep::In(login)) => login,
        _ => panic!("{name} is not let in"),
    }
}

async fn log_in(accounts: &Accounts, name: &str) -> Secret<String> {
    log_in_from(accounts, name, &Origin::default()).await.cookie
}

async fn by_token(accounts: &Accounts, secret: &Secret<String>) -> Option<Caller> {
    accounts.caller_by_token(secret.expose(), None).await.ok()
}

async fn by_cookie(accounts: &Accounts, cookie: &Secret<String>) -> Option<Caller> {
    accounts.caller_by_cookie(cookie, None).await.unwrap().map(|(caller, _)| caller)
}

/// What stands in every file of the data folder.
fn everything_on_disk(folder: &Folder) -> Vec<u8> {
    let files = std::fs::read_dir(folder.0.path()).unwrap();
    files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn no_secret_is_on_the_disk() {
    let folder = Folder::new();
    // On SQLite, whatever else is tested: that is the disk which is read.
    let accounts =
        Accounts::new(Database::open(folder.0.path(), Purpose::Serve).await.unwrap(), LoginLimits::default());
    add_user(&accounts, "olga", Role::Owner).await;
    let cookie = log_in(&accounts, "olga").await;
    let (_, secret) = accounts.create_token(&By::cli(), token("ci", Role::Owner)).await.unwrap();
    let disk = everything_on_disk(&folder);
    let has = |text: &str| memchr::memmem::find(&disk, text.as_bytes()).is_some();
    assert!(has("olga") && has("$argon2id$"), "the search works");
    for secret in [PASSWORD, cookie.expose(), secret.expose(), &secret.expose()["mst_".len()..]] {
        assert!(!has(secret));
    }
}

#[tokio::test]
async fn a_token_revoked_elsewhere_is_refused_at_once() {
    let folder = Folder::new();
    let (server, command) = (folder.accounts().await, folder.accounts().await);
    for round in 0..50 {
        let (made, secret) =
            command.create_token(&By::cli(), token(&format!("ci {round}"), Role::Viewer)).await.unwrap();
        assert!(by_token(&server, &secret).await.is_some(), "round {round}");
        command.revoke_token(&By::cli(), &made.id).await.unwrap();
        assert!(by_token(&server, &secret).await.is_none(), "round {round}");
    }
}

#[tokio::test]
async fn nothing_is_read_from_the_database_while_nothing_changes() {
    let folder = Folder::new();
    let accounts = folder.accounts().await;
    let (_, secret) = accounts.create_token(&By::cli(), token("ci", Role::Viewer)).await.unwrap();
    by_token(&accounts, &secret).await.unwrap();
    let before = Arc::as_ptr(accounts.snapshot.read().as_ref().unwrap());
    for _ in 0..10 {
        by_token(&accounts, &secret).await.unwrap();
    }
    assert_eq!(Arc::as_ptr(accounts.snapshot.read().as_ref().unwrap()), before);
    accounts.database.close().await;
    assert!(by_token(&accounts, &secret).await.is_some(), "known without a database");
}

#[tokio::test]
async fn an_abandoned_change_changes_nothing_and_blocks_nothing() {
    let folder = Folder::new();
    let (server, other) = (folder.accounts().await, folder.accounts().await);
    let (made, secret) = server.create_token(&By::cli(), token("ci", Role::Viewer)).await.unwrap();
    by_token(&server, &secret).await.unwrap();
    let mut change = other.database.change_accounts().await.unwrap();
    assert_eq!(change.remove_token(&made.id).await.unwrap().len(), 1);
    drop(change);
    assert!(by_token(&server, &secret).await.is_some());
    server.revoke_token(&By::cli(), &made.id).await.unwrap();
    assert!(by_token(&server, &secret).await.is_none());
}

#[tokio::test]
async fn a_token_of_the_command_line_has_no_maker() {
    let folder = Folder::new();
    let accounts = folder.accounts().await;
    let (made, secret) = accounts.create_token(&By::cli(), token("ci", Role::Owner)).await.unwrap();
    let caller = by_token(&accounts, &secret).await.unwrap();
    let by = By::caller(&caller, None, None);
    assert_eq!(accounts.create_token(&by, token("child", Role::Owner)).await.unwrap().0.maker, None);
    accounts.revoke_token(&By::cli(), &made.id).await.unwrap();
    let refused = accounts.create_token(&by, token("late", Role::Owner)).await.unwrap_err();
    assert_eq!(refused.code().as_str(), "unauthenticated");
    assert!(accounts.tokens(&By::cli()).await.unwrap().is_empty(), "what it made went with it");
}

#[tokio::test]
async fn disabling_a_user_ends_logins_and_tokens_at_once() {
    let folder = Folder::new();
    let (server, command) = (folder.accounts().await, folder.accounts().await);
    add_user(&server, "root", Role::Owner).await;
    let user = add_user(&server, "olga", Role::Owner).await;
    let cookie = log_in(&server, "olga").await;
    let (_, secret) = server.create_token(&as_user(&user), token("ci", Role::Viewer)).await.unwrap();
    assert!(by_cookie(&server, &cookie).await.is_some() && by_token(&server, &secret).await.is_some());

    command.change_user(&By::cli(), "olga", disabled(true)).await.unwrap();
    assert!(by_cookie(&server, &cookie).await.is_none());
    assert!(by_token(&server, &secret).await.is_none());
    assert!(server.log_in("olga", password(PASSWORD), &Origin::default()).await.unwrap().is_none());
    let again = server.create_token(&as_user(&user), token("again", Role::Viewer)).await;
    assert_eq!(again.unwrap_err().code().as_str(), "unauthenticated");

    command.change_user(&By::cli(), "olga", disabled(false)).await.unwrap();
    assert!(by_cookie(&server, &cookie).await.is_none(), "a login that ended stays ended");
    assert!(by_token(&server, &secret).await.is_some());
}

#[tokio::test]
async fn deleting_a_user_ends_logins_and_tokens_at_once() {
    let folder = Folder::new();
    let (server, command) = (folder.accounts().await, folder.accounts().await);
    add_user(&server, "root", Role::Owner).await;
    let user = add_user(&server, "olga", Role::Operator).await;
    let cookie = log_in(&server, "olga").await;
    let (_, secret) = server.create_token(&as_user(&user), token("ci", Role::Viewer)).await.unwrap();
    command.delete_user(&By::cli(), "olga").await.unwrap();
    assert!(by_cookie(&server, &cookie).await.is_none());
    assert!(by_token(&server, &secret).await.is_none());
    assert!(server.tokens(&By::cli()).await.unwrap().is_empty());
    add_user(&server, "olga", Role::Operator).await;
    assert!(by_cookie(&server, &cookie).await.is_none(), "another person of that name");
}

#[tokio::test]
async fn a_login_ignores_the_case_of_the_name() {
    let folder = Folder::new();
    let accounts = folder.accounts().await;
    add_user(&accounts, "Olga", Role::Operator).await;
    let login = log_in_from(&accounts, "olga", &Origin::default()).await;
    let caller = by_cookie(&accounts, &login.cookie).await.unwrap();
    assert_eq!((caller.actor.kind, caller.actor.name.as_str()), (ActorKind::User, "Olga"));
    assert_eq!(caller.id, login.caller.id);
    assert!(caller.require(Permission::Change).is_ok());
    assert!(caller.require(Permission::ReadSecrets).is_err());
    assert!(accounts.users(&By::cli()).await.unwrap()[0].last_login_at.is_some());
    for (name, wrong) in [("olga", "correct horse batterY"), ("nobody", PASSWORD), ("", ""), ("olga\0", PASSWORD)] {
        assert!(accounts.log_in(name, password(wrong), &Origin::default()).await.unwrap().is_none(), "{name:?}");
    }
    accounts.log_out(&By::caller(&login.caller, None, Some(&browser(&login.cookie)))).await.unwrap();
    assert!(by_cookie(&accounts, &login.cookie).await.is_none());
}

#[tokio::test]
async fn a_login_ends_after_12_idle_hours_or_14_days() {
    let folder = Folder::new();
    let accounts = folder.accounts().await;
    add_user(&accounts, "olga", Role::Operator).await;
    let (idle, used) = (log_in(&accounts, "olga").await, log_in(&accounts, "olga").await);
    let start = now();
    let at = |cookie: &Secret<String>, time| {
        let cookie = cookie.clone();
        let accounts = &accounts;
        async move { accounts.caller_by_cookie_at(&cookie, None, time).await.unwrap().is_some() }
    };
    assert!(!at(&idle, start.plus_millis(DAY / 2)).await);
    let mut time = start;
    while time < start.plus_millis(14 * DAY - DAY / 3) {
        time = time.plus_millis(DAY / 3);
        assert!(at(&used, time).await, "{time}");
    }
    assert!(!at(&used, start.plus_millis(14 * DAY)).await);
}

#[tokio::test]
async fn the_setup_secret_creates_one_owner_and_no_other() {
    let folder = Folder::new();
    let accounts = folder.accounts().await;
    let old = accounts.new_setup_secret().await.unwrap().unwrap();
    let secret = accounts.new_setup_secret().await.unwrap().unwrap();
    assert!(!accounts.is_setup_secret(old.expose()).await.unwrap(), "a start replaces it");
    assert_eq!(
        accounts
            .set_up(old.expose(), "olga", password(PASSWORD), &Origin::default())
            .await
            .unwrap_err()
            .code()
            .as_str(),
        "conflict"
    );
    assert!(accounts.is_setup_secret(secret.expose()).await.unwrap());
    let later = now().plus_millis(logins::SETUP_MILLIS);
    assert!(!accounts.is_setup_secret_at(secret.expose(), later).await.unwrap(), "an hour later");

    let short = accounts.set_up(secret.expose(), "olga", password("short"), &Origin::default()).await.unwrap_err();
    assert_eq!(short.code().as_str(), "invalid-value");
    let login = accounts.set_up(secret.expose(), "olga", password(PASSWORD), &Origin::default()).await.unwrap();
    let caller = by_cookie(&accounts, &login.cookie).await.unwrap();
    assert_eq!((caller.role, caller.actor.name.as_str()), (Role::Owner, "olga"));

    assert!(!accounts.is_setup_secret(secret.expose()).await.unwrap());
    assert_eq!(
        accounts
            .set_up(secret.expose(), "eve", password(PASSWORD), &Origin::default())
            .await
            .unwrap_err()
            .code()
            .as_str(),
        "conflict"
    );
    assert!(accounts.new_setup_secret().await.unwrap().is_none());
    assert_eq!(accounts.users(&By::cli()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_setup_secret_used_twice_at_once_creates_one_owner() {
    let folder = Folder::new();
    let accounts = folder.accounts().await;
    let secret = accounts.new_setup_secret().await.unwrap().unwrap();
    let origin = Origin::default();
    let set_up = |name| accounts.set_up(secret.expose(), name, password(PASSWORD), &origin);
    let (first, second) = tokio::join!(set_up("olga"), set_up("eve"));
    assert!(first.is_ok() != second.is_ok());
    assert_eq!(accounts.users(&By::cli()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_first_user_by_command_ends_the_setup_link() {
    let folder = Folder::new();
    let (server, command) = (folder.accounts().await, folder.accounts().await);
    let secret = server.new_setup_secret().await.unwrap().unwrap();
    add_user(&command, "olga", Role::Owner).await;
    assert!(!server.is_setup_secret(secret.expose()).await.unwrap());
    assert!(server.set_up(secret.expose(), "eve", password(PASSWORD), &Origin::default()).await.is_err());
}

#[tokio::test]
async fn a_tokens_last_use_is_noted_once_a_minute() {
    let folder = Folder::new();
    let accounts = folder.accounts().await;
    let (_, secret) = accounts.create_token(&By::cli(), token("ci", Role::Viewer)).await.unwrap();
    let start = now();
    let used = async |millis, ip: &str| {
        let from = Some(ip.parse().unwrap());
        accounts.caller_by_token_at(secret.expose(), from, start.plus_millis(millis)).await.unwrap();
        // It is written behind the answer's back.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let token = accounts.tokens(&By::cli()).await.unwrap().remove(0);
        (token.last_used_at.map(|at| at.millis() - start.millis()), token.last_used_ip)
    };
    assert_eq!(used(0, "::ffff:192.168.5.4").await, (Some(0), Some("192.168.5.4".into())));
    assert_eq!(used(59_000, "10.0.0.1").await, (Some(0), Some("192.168.5.4".into())));
    assert_eq!(used(60_000, "10.0.0.1").await, (Some(60_000), Some("10.0.0.1".into())));
}

#[tokio::test]
async fn two_processes_can_make_the_database_at_once() {
    let folder = Folder::new();
    let opened = futures_util::future::join_all((0..4).map(|_| Database::open(folder.0.path(), Purpose::Serve))).await;
    let ids: Vec<String> = opened.into_iter().map(|database| database.unwrap().installation().to_owned()).collect();
    assert!(ids.iter().all(|id| *id == ids[0]));
}

#[tokio::test]
async fn the_access_log_names_actors_and_holds_no_secret() {
    let folder = Folder::new();
    let accounts = folder.accounts().await;
    add_user(&accounts, "olga", Role::Owner).await;
    let from =
        Origin { address: Some("192.0.2.7".parse().unwrap()), device: Some("Firefox".into()), ..Origin::default() };
    assert!(accounts.log_in("olga", password("wrong"), &from).await.unwrap().is_none());
    assert!(accounts.log_in(PASSWORD, password("olga"), &from).await.unwrap().is_none(), "the fields mistaken");
    let login = log_in_from(&accounts, "olga", &from).await;
    let olga = By::caller(&login.caller, from.address, Some(&browser(&login.cookie)));
    let (made, secret) = accounts.create_token(&olga, token("ci", Role::Viewer)).await.unwrap();
    accounts.revoke_token(&olga, &made.id).await.unwrap();
    accounts.log_out(&olga).await.unwrap();
    let query = AccessQuery { limit: 500, ..AccessQuery::default() };
    let page = accounts.access_log(&query).await.unwrap();
    let told: Vec<(&str, &str, Option<&str>)> = page
        .items
        .iter()
        .rev()
        .map(|entry| (entry.action.as_str(), entry.actor.name.as_str(), entry.subject.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("user_created", "command line", Some("olga")),
            ("login_failed", "olga", None),
            ("login_failed", "", None),
            ("login", "olga", None),
            ("token_created", "olga", Some("ci")),
            ("token_revoked", "olga", Some("ci")),
            ("logout", "olga", None),
        ]
    );
    assert!(page.items.iter().all(|entry| ACCESS_ACTIONS.contains(&entry.action.as_str())));
    let text = format!("{page:?}");
    assert!(!text.contains(PASSWORD) && !text.contains(secret.expose().as_str()) && text.contains("192.0.2.7"));
    let failed = AccessQuery { action: Some("login_failed".into()), limit: 1, ..AccessQuery::default() };
    let page = accounts.access_log(&failed).await.unwrap();
    assert_eq!((page.items.len(), page.total, page.next_cursor.is_some()), (1, 2, true));
}
