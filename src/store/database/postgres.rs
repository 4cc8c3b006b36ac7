//! Opens the database on a PostgreSQL server.

use std::path::Path;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, ConnectOptions, Connection, Row};

use super::columns::flag;
use super::engine::Engine;
use super::error::Error;
use super::marker::DATABASE_FILE;
use super::migrations::{migrations, schema};
use super::opening::{OpenError, Opened};
use super::server::Server;

/// For what a database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To serve: one program at a time, and others wait for it to end.
    Serve,
    /// For a command, with a server running or not.
    Command,
}

/// How long a request waits for a connection.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many connections read at once.
const READERS: u32 = 6;
/// How often a program that waits looks whether the other one still runs.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// Whose lock is tried: one for each schema of a database.
const SERVE_LOCK: &str = "SELECT pg_try_advisory_lock(1836016243, hashtext(current_schema()))";
/// Who holds it.
const HOLDER: &str = "SELECT coalesce(application_name, '') FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND pg_locks.classid = 1836016243 AND granted LIMIT 1";

/// Says what `open` would refuse, and changes nothing.
pub(super) async fn try_out(data: &Path, server: &Server) -> Result<(), OpenError> {
    let failed = |error| OpenError::Server { server: server.to_string(), error };
    refuse_second(data, server)?;
    let mut connection = connect(server).await.map_err(failed)?;
    refuse_newer(&mut connection, server).await?;
    connection.close().await.map_err(failed)
}

/// A data folder that has a database of its own is moved by hand.
fn refuse_second(data: &Path, server: &Server) -> Result<(), OpenError> {
    if data.join(DATABASE_FILE).exists() && Server::of_data_dir(data).is_ok_and(|server| server.is_none()) {
        return Err(OpenError::TwoDatabases { data: data.to_owned(), server: server.to_string() });
    }
    Ok(())
}

pub(super) async fn open(data: &Path, server: &Server, purpose: Purpose) -> Result<Opened, OpenError> {
    let failed = |error| OpenError::Server { server: server.to_string(), error };
    refuse_second(data, server)?;
    let options = options(server).map_err(failed)?;
    let mut connection = connect(server).await.map_err(failed)?;
    if purpose == Purpose::Serve {
        wait_for_others(&mut connection, server).await.map_err(failed)?;
    }
    refuse_newer(&mut connection, server).await?;
    let migrate = migrations(Engine::Postgres).run(&mut connection).await;
    migrate.map_err(|error| failed(Error::Migrate(Box::new(error))))?;
    let installation = installation(&mut connection).await.map_err(failed)?;
    server.remember(data).map_err(|error| failed(Error::Io(error)))?;
    // The lock goes with this connection; the one that writes takes it next.
    connection.close().await.map_err(failed)?;
    let writer = pool(1, purpose).connect_with(options.clone()).await.map_err(failed)?;
    let readers = pool(READERS, Purpose::Command).connect_with(options).await.map_err(failed)?;
    Ok(Opened { durable: writer.clone(), relaxed: writer, readers, installation })
}

/// One connection.
pub(super) async fn connect(server: &Server) -> Result<AnyConnection, Error> {
    sqlx::any::install_default_drivers();
    AnyConnection::connect_with(&options(server)?).await
}

fn options(server: &Server) -> Result<AnyConnectOptions, Error> {
    let host = hostname();
    let address = server.address(&format!("mobile-sessions {} {host}", std::process::id())).map_err(Error::Io)?;
    // Whoever reads the error has the address before them; this one holds the password.
    let url = url::Url::parse(address.expose()).map_err(|_| Error::Configuration("the address is none".into()))?;
    Ok(AnyConnectOptions::from_url(&url)?.disable_statement_logging())
}

fn hostname() -> String {
    let from_system = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let name = from_system.or_else(|| std::env::var("COMPUTERNAME").ok()).or_else(|| std::env::var("HOSTNAME").ok());
    name.map(|name| format!("on {}", name.trim())).unwrap_or_default()
}

/// Connections that are looked at before they are used: the server may have been stopped meanwhile. Who serves writes
/// through one that holds the lock, so that nobody writes who has lost it.
fn pool(connections: u32, purpose: Purpose) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                sqlx::query("SET lock_timeout = '5s'").execute(&mut *connection).await?;
                if purpose == Purpose::Serve && !take_lock(connection).await? {
                    return Err(super::error::locked_out());
                }
                Ok(())
            })
        })
}

async fn take_lock(connection: &mut AnyConnection) -> Result<bool, Error> {
    flag(&sqlx::query(SERVE_LOCK).fetch_one(connection).await?, 0)
}

/// Takes the lock of who serves, once nobody else has it.
async fn wait_for_others(connection: &mut AnyConnection, server: &Server) -> Result<(), Error> {
    let mut said = false;
    while !take_lock(connection).await? {
        if !std::mem::replace(&mut said, true) {
            let holder = sqlx::query(HOLDER).fetch_optional(&mut *connection).await?;
            let holder = holder.map(|row| row.try_get::<String, _>(0)).transpose()?;
            eprintln!(
                "Waiting for another mobile-sessions ({}) that serves with the database {server}. This one takes over when \
                 that one ends.",
                holder.as_deref().map_or("unknown", |name| name.trim_start_matches("mobile-sessions").trim())
            );
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(())
}

/// Tables that this version does not know are left as they are.
async fn refuse_newer(connection: &mut AnyConnection, server: &Server) -> Result<(), OpenError> {
    let failed = |error| OpenError::Server { server: server.to_string(), error };
    let has_tables =
        sqlx::query("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_sqlx_migrations'");
    if has_tables.fetch_optional(&mut *connection).await.map_err(failed)?.is_none() {
        return Ok(());
    }
    let theirs = sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations");
    let (theirs, ours): (i64, i64) = (theirs.fetch_one(connection).await.map_err(failed)?, schema());
    if theirs > ours {
        return Err(OpenError::NewerServer { server: server.to_string(), theirs, ours });
    }
    Ok(())
}

/// The installation's id, made with the tables.
async fn installation(connection: &mut AnyConnection) -> Result<String, Error> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|error| Error::Io(std::io::Error::other(error)))?;
    sqlx::query("INSERT INTO installation (one, id, program) VALUES (1, $1, $2) ON CONFLICT (one) DO UPDATE SET program = excluded.program")
        .bind(hex::encode(random))
        .bind(env!("CARGO_PKG_VERSION"))
        .execute(&mut *connection)
        .await?;
    sqlx::query_scalar("SELECT id FROM installation").fetch_one(connection).await
}
