//! `token`: what programs use the API with.

use std::process::ExitCode;
use std::time::Duration;

use clap::Subcommand;
use ipnet::IpNet;

use super::Failure;
use super::accounts::{Opened, Place, Rights, apps, parse_name, print_list};
use super::output::print_table;
use crate::config::{parse_duration, parse_network};
use crate::domain::name::Name;
use crate::domain::network_scope::NetworkScope;
use crate::domain::timestamp::Timestamp;
use crate::http::api;
use crate::services::accounts::{By, NewToken, Token};

/// Tokens for programs: list, create, rotate and revoke them
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
    /// Create a token, and print it alone on standard output: it is shown this once
    ///
    ///   TOKEN=$(mobile-sessions token create backup --role viewer)
    ///   curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8080/api/v1/sessions
    #[command(verbatim_doc_comment)]
    Create {
        /// 1 to 64 characters, unique among tokens whatever their case
        #[arg(value_parser = parse_name)]
        name: Name,
        #[command(flatten)]
        rights: Rights,
        /// How long it works: a number and s, m, h or d; or never
        #[arg(long, value_name = "TIME", default_value = "90d", value_parser = parse_expiry)]
        expires: Expiry,
        /// Let it read the devices' own tokens and whole files
        #[arg(long)]
        secrets: bool,
        /// Refuse it from other addresses than those of this network or address; can be given several times [default: any]
        #[arg(long = "network", value_name = "CIDR", value_parser = parse_network)]
        networks: Vec<IpNet>,
    },
    /// List all tokens, without their secrets
    List {
        /// Print them as the API does
        #[arg(long)]
        json: bool,
    },
    /// Give a token a new secret under its name, and print it alone on standard output: it is shown this once
    Rotate {
        /// The token's id, as list shows it
        id: String,
        /// How long the secret before works too: a number and s, m, h or d [default: it ends at once]
        #[arg(long, value_name = "TIME", value_parser = parse_duration)]
        grace: Option<Duration>,
    },
    /// End a token at once
    Revoke {
        /// The token's id, as list shows it
        id: String,
    },
}

/// How long a token works; `None` for ever.
#[derive(Clone, Copy, Debug)]
struct Expiry(Option<Duration>);

fn parse_expiry(text: &str) -> Result<Expiry, String> {
    if text == "never" { Ok(Expiry(None)) } else { parse_duration(text).map(|time| Expiry(Some(time))) }
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
    match action {
        Action::Create { name, rights, expires: Expiry(expires), secrets, networks } => {
            let wanted = NewToken {
                name,
                role: rights.role,
                apps: rights.scope()?,
                expires_in: expires.map(|time| time.as_secs()),
                secrets,
                networks: NetworkScope::new(networks),
            };
            let (token, secret) = opened.accounts.create_token(&By::cli(), wanted).await?;
            let end = token.expires_at.map_or("works until it is revoked".to_owned(), |at| format!("expires {at}"));
            let role = token.role.as_str();
            eprintln!(
                "Created {} ({role}, {}, id {}); it {end}. Shown this once:",
                token.name,
                apps(&token.apps),
                token.id
            );
            println!("{}", secret.expose());
            Ok(())
        }
        Action::List { json: true } => print_list::<api::Token, _>(opened.accounts.tokens(&By::cli()).await?),
        Action::List { json: false } => list(opened).await,
        Action::Rotate { id, grace } => rotate(opened, &id, grace).await,
        Action::Revoke { id } => revoke(opened, &id).await,
    }
}

fn time(at: Option<Timestamp>) -> String {
    at.map_or("never".to_owned(), |at| at.to_string())
}

async fn list(opened: &Opened) -> Result<(), Failure> {
    let heads = ["ID", "NAME", "ROLE", "APPS", "SECRETS", "NETWORKS", "EXPIRES", "LAST USED", "FROM"];
    let mut rows = vec![heads.map(str::to_owned)];
    for token in opened.accounts.tokens(&By::cli()).await? {
        let secrets = if token.secrets { "yes" } else { "no" };
        rows.push([
            token.id,
            token.name,
            token.role.as_str().to_owned(),
            apps(&token.apps),
            secrets.to_owned(),
            if token.networks.is_empty() { "any".to_owned() } else { token.networks.join(" ") },
            time(token.expires_at),
            time(token.last_used_at),
            token.last_used_ip.unwrap_or_default(),
        ]);
    }
    print_table(&rows)
}

/// By id; and by name, since that is what people remember.
async fn find(opened: &Opened, wanted: &str) -> Result<Token, Failure> {
    let tokens = opened.accounts.tokens(&By::cli()).await?;
    let found = tokens.iter().find(|token| token.id == wanted).or(tokens.iter().find(|token| token.name == wanted));
    found
        .cloned()
        .ok_or_else(|| Failure::new(format!("There is no token {wanted:?}: \"mobile-sessions token list\" names all.")))
}

async fn rotate(opened: &Opened, wanted: &str, grace: Option<Duration>) -> Result<(), Failure> {
    let token = find(opened, wanted).await?;
    let grace = grace.map(|time| time.as_secs());
    let (token, secret) = opened.accounts.rotate_token(&By::cli(), &token.id, grace).await?;
    let before = match token.previous_secret_until {
        Some(until) => format!("the one before works until {until}"),
        None => "the one before has ended".to_owned(),
    };
    eprintln!("{} has a new secret; {before}. Shown this once:", token.name);
    println!("{}", secret.expose());
    Ok(())
}

async fn revoke(opened: &Opened, wanted: &str) -> Result<(), Failure> {
    let token = find(opened, wanted).await?;
    opened.accounts.revoke_token(&By::cli(), &token.id).await?;
    eprintln!("{} is revoked.", token.name);
    Ok(())
}
