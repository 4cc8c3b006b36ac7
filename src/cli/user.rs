//! `user`: who may log in.

use std::io::{IsTerminal, Read};
use std::process::ExitCode;

use clap::Subcommand;

use super::Failure;
use super::accounts::{Opened, Place, Rights, apps, parse_user_name, print_list};
use super::output::print_table;
use crate::domain::name::UserName;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::http::api;
use crate::services::accounts::{Accounts, By, NewPassword, UserChange};
use crate::services::error::Error;

/// More is no password.
const LONGEST_INPUT: u64 = 4096;

/// Who may log in: list, create, disable and delete users, give them new passwords, and take second factors away
///
/// Works with the server running or not, and counts at once.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Create a user; the password is read from standard input, or else made up and printed once
    ///
    /// Without a password on standard input, one is made up and printed alone on standard output; the user chooses
    /// another at their first login. Before the first start of serve, this makes the data folder, and says so:
    ///
    ///   mobile-sessions user create olga --role operator
    ///   mobile-sessions user create olga --role operator < password.txt
    #[command(verbatim_doc_comment)]
    Create {
        /// 1 to 64 characters, letters and digits of one script, and spaces, . _ - @ and ' within it; unique whatever its case
        #[arg(value_parser = parse_user_name)]
        name: UserName,
        #[command(flatten)]
        rights: Rights,
    },
    /// List all users
    List {
        /// Print them as the API does
        #[arg(long)]
        json: bool,
    },
    /// Give a user a new password, read or made up as for create; end their logins, tokens and approval links, and switch
    /// off their webhooks and rules
    Password {
        /// The user
        name: String,
        /// Let the tokens, approval links, webhooks and rules go on that this user made
        #[arg(long)]
        keep_tokens: bool,
    },
    /// Keep a user out at once, with their logins and tokens
    Disable {
        /// The user
        name: String,
    },
    /// Let a disabled user in again
    Enable {
        /// The user
        name: String,
    },
    /// Take away the second factor of a user who lost the phone, and end their logins
    ResetFactors {
        /// The user
        name: String,
    },
    /// Remove a user, with their logins and tokens
    Delete {
        /// The user
        name: String,
    },
}

/// Runs the command.
pub async fn run(args: Args) -> Result<ExitCode, Failure> {
    let opened = match args.action {
        Action::Create { .. } => args.place.open_or_make().await?,
        _ => args.place.open().await?,
    };
    let done = act(&opened, args.action).await;
    opened.close(done).await?;
    Ok(ExitCode::SUCCESS)
}

async fn act(opened: &Opened, action: Action) -> Result<(), Failure> {
    let accounts = &opened.accounts;
    match action {
        Action::Create { name, rights } => {
            let scope = rights.scope()?;
            let password = password()?;
            let user = accounts.create_user(&By::cli(), name, rights.role, scope, password.clone()).await?;
            eprintln!("Created {} ({}, {}).", user.name, user.role.as_str(), apps(&user.apps));
            tell(&password);
        }
        Action::List { json: true } => print_list::<api::User, _>(accounts.users(&By::cli()).await?)?,
        Action::List { json: false } => list(opened).await?,
        Action::Password { name, keep_tokens } => {
            let password = password()?;
            let wanted = UserChange { password: Some(password.clone()), revoke: !keep_tokens, ..UserChange::default() };
            change(accounts, &name, wanted).await?;
            let (ended, off) = match keep_tokens {
                true => ("logins", ""),
                false => ("logins, tokens and approval links", ", and the user's webhooks and rules are switched off"),
            };
            eprintln!("{name} has a new password; the {ended} made with the old one have ended{off}.");
            tell(&password);
        }
        Action::Disable { name } => {
            change(accounts, &name, UserChange { disabled: Some(true), ..UserChange::default() }).await?;
            eprintln!("{name} is out; \"user enable\" lets them in again.");
        }
        Action::Enable { name } => {
            change(accounts, &name, UserChange { disabled: Some(false), ..UserChange::default() }).await?;
            eprintln!("{name} may log in again.");
        }
        Action::ResetFactors { name } => {
            match accounts.remove_factor(&By::cli(), &name).await {
                Err(Error::NotFound("second-factor")) => {
                    return Err(Failure::new(format!("{name} has no second factor: nothing was changed.")));
                }
                done => done.map_err(|error| about(&name, error))?,
            }
            eprintln!("{name} has no second factor any more, and their logins have ended.");
        }
        Action::Delete { name } => {
            accounts.delete_user(&By::cli(), &name).await.map_err(|e| about(&name, e))?;
            eprintln!("{name} is deleted, with their logins and tokens.");
        }
    }
    Ok(())
}

async fn change(accounts: &Accounts, name: &str, wanted: UserChange) -> Result<(), Failure> {
    accounts.change_user(&By::cli(), name, wanted).await.map(drop).map_err(|error| about(name, error))
}

async fn list(opened: &Opened) -> Result<(), Failure> {
    let mut rows = vec![["NAME", "ROLE", "APPS", "STATE", "SECOND FACTOR", "LAST LOGIN"].map(str::to_owned)];
    for user in opened.accounts.users(&By::cli()).await? {
        let state = if user.disabled { "disabled" } else { "enabled" };
        let last = user.last_login_at.as_ref().map_or("never".to_owned(), Timestamp::to_string);
        let factor = if user.factor_since.is_some() { "yes" } else { "no" };
        let role = user.role.as_str().to_owned();
        rows.push([user.name, role, apps(&user.apps), state.to_owned(), factor.to_owned(), last]);
    }
    print_table(&rows)
}

fn about(name: &str, error: Error) -> Failure {
    match error {
        Error::NotFound(_) => {
            Failure::new(format!("There is no user {name:?}: \"mobile-sessions user list\" names all."))
        }
        error => error.into(),
    }
}

/// The password on standard input, or one made up.
fn password() -> Result<NewPassword, Failure> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        return Ok(NewPassword::made_up()?);
    }
    let mut text = String::new();
    stdin
        .lock()
        .take(LONGEST_INPUT)
        .read_to_string(&mut text)
        .map_err(|error| Failure::new(format!("The password cannot be read from standard input: {error}.")))?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        return Ok(NewPassword::made_up()?);
    }
    if line.contains('\n') {
        return Err(Failure::new(
            "Standard input has more than one line: give the password alone. Nothing was changed.",
        ));
    }
    Ok(NewPassword::chosen(Secret::new(line.to_owned())))
}

/// The password goes alone to standard output, so that a script can take it.
fn tell(password: &NewPassword) {
    if password.is_made_up() {
        eprintln!("The password, which is shown only once; the first login asks for another:");
        println!("{}", password.secret().expose());
    }
}
