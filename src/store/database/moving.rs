//! Moves a database from SQLite to a PostgreSQL server: every row of every table, in one transaction.

use std::io;
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;
use sqlx::any::{AnyRow, AnyTypeInfoKind};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Column, Connection, Row, ValueRef};

use super::Database;
use super::columns::stored;
use super::engine::Engine;
use super::error::Error;
use super::migrations::migrations;
use super::opening::OpenError;
use super::postgres::{self, Purpose};
use super::server::Server;
use super::sql::Sql;

/// Tables that others refer to.
const FIRST: [&str; 3] = ["users", "webhook", "change"];
/// Tables whose rows PostgreSQL numbers by itself, and the columns of these numbers.
const NUMBERED: [(&str, &str); 3] = [("access_log", "id"), ("delivery", "number"), ("session", "number")];
/// How many values one statement takes.
const VALUES_AT_ONCE: usize = 10_000;
/// How many characters of the key of an order are kept: PostgreSQL's indexes take no long ones.
const LONGEST_KEY: usize = 401;

/// Why a database was not moved, in a sentence.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("{} is no file: name the database as sqlite:PATH. Nothing was changed.", .file.display())]
    NoFile { file: PathBuf },
    #[error("The database {server} has tables already: name an empty one. Nothing was changed.")]
    NotEmpty { server: String },
    #[error("Of the table {table}, {copied} of {all} rows arrived. Nothing was changed.")]
    Lost { table: String, copied: i64, all: i64 },
    #[error("The database was not moved to {server}: {error}. Nothing was changed.")]
    Failed { server: String, error: Error },
}

/// Copies the database of a data folder, on which no server may run, to an empty one on a server, and lets the folder
/// remember that. How many rows of which table were copied. The file is left as it is.
pub async fn migrate(data: &Path, server: &Server) -> Result<Vec<(String, i64)>, MoveError> {
    let failed = |error| MoveError::Failed { server: server.to_string(), error };
    let from = Database::open(data, Purpose::Command).await?;
    let done = async {
        let mut to = postgres::connect(server).await.map_err(failed)?;
        if has_tables(&mut to).await.map_err(failed)? {
            return Err(MoveError::NotEmpty { server: server.to_string() });
        }
        let tables = migrations(Engine::Postgres).run(&mut to).await;
        tables.map_err(|error| failed(Error::Migrate(Box::new(error))))?;
        let copied = copy_all(from.readers(), &mut to, server).await;
        if copied.is_err() {
            // The tables are new: the next try finds none.
            drop_all(&mut to).await.map_err(failed)?;
        }
        to.close().await.map_err(failed)?;
        copied
    };
    let done = done.await;
    from.close().await;
    let copied = done?;
    server.remember(data).map_err(|error| failed(Error::Io(error)))?;
    Ok(copied)
}

/// The data folder of a database that is named as `sqlite:PATH`.
pub fn data_folder(source: &str) -> Result<PathBuf, MoveError> {
    let path = source.strip_prefix("sqlite:").unwrap_or(source);
    let file = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
    let folder = file.parent().filter(|_| file.is_file()).map(std::path::absolute);
    folder.and_then(io::Result::ok).ok_or(MoveError::NoFile { file })
}

async fn has_tables(to: &mut AnyConnection) -> Result<bool, Error> {
    let any = sqlx::query("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1");
    Ok(any.fetch_optional(to).await?.is_some())
}

async fn drop_all(to: &mut AnyConnection) -> Result<(), Error> {
    let names = sqlx::query_scalar("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()");
    let names: Vec<String> = names.fetch_all(&mut *to).await?;
    let tables = format!("DROP TABLE IF EXISTS {} CASCADE", names.join(", "));
    sqlx::query(AssertSqlSafe(tables)).execute(&mut *to).await?;
    for function in ["instr(text, text)", "json_each(text)", "json_extract(text, text)"] {
        sqlx::query(AssertSqlSafe(format!("DROP FUNCTION IF EXISTS {function}"))).execute(&mut *to).await?;
    }
    Ok(())
}

async fn copy_all(from: &AnyPool, to: &mut AnyConnection, server: &Server) -> Result<Vec<(String, i64)>, MoveError> {
    let failed = |error| MoveError::Failed { server: server.to_string(), error };
    let mut tx = to.begin().await.map_err(failed)?;
    let mut copied = Vec::new();
    for table in tables(from).await.map_err(failed)? {
        copy(from, &mut tx, &table).await.map_err(failed)?;
        let count = format!("SELECT count(*) FROM {table}");
        let all: i64 = sqlx::query_scalar(AssertSqlSafe(count.clone())).fetch_one(from).await.map_err(failed)?;
        let arrived: i64 = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut *tx).await.map_err(failed)?;
        if arrived != all {
            return Err(MoveError::Lost { table, copied: arrived, all });
        }
        copied.push((table, all));
    }
    for (table, column) in NUMBERED {
        let next = format!(
            "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT coalesce(max({column}), 0) + 1 FROM {table}))"
        );
        sqlx::query(AssertSqlSafe(next)).fetch_one(&mut *tx).await.map_err(failed)?;
    }
    tx.commit().await.map_err(failed)?;
    Ok(copied)
}

/// All tables, those first that others refer to.
async fn tables(from: &AnyPool) -> Result<Vec<String>, Error> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
        AND name NOT LIKE '_sqlx%' ORDER BY name";
    let mut names: Vec<String> = sqlx::query_scalar(names).fetch_all(from).await?;
    names.sort_by_key(|name| !FIRST.contains(&name.as_str()));
    Ok(names)
}

async fn copy(from: &AnyPool, tx: &mut AnyConnection, table: &str) -> Result<(), Error> {
    // What the making of the tables put into them.
    sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *tx).await?;
    // By the first column: a token comes before those that it made.
    let select = format!("SELECT * FROM {table} ORDER BY 1");
    let mut rows = sqlx::query(AssertSqlSafe(select)).fetch(from);
    let mut some = Vec::new();
    while let Some(row) = rows.try_next().await? {
        some.push(row);
        if some.len() * some[0].columns().len() >= VALUES_AT_ONCE {
            insert(tx, table, &some).await?;
            some.clear();
        }
    }
    if some.is_empty() { Ok(()) } else { insert(tx, table, &some).await }
}

async fn insert(tx: &mut AnyConnection, table: &str, rows: &[AnyRow]) -> Result<(), Error> {
    let Some(first) = rows.first() else { return Ok(()) };
    let columns: Vec<&str> = first.columns().iter().map(Column::name).collect();
    let mut sql = Sql::new(format!("INSERT INTO {table} ({}) VALUES ", columns.join(", ")));
    for (nth, row) in rows.iter().enumerate() {
        sql.push(if nth > 0 { ", (" } else { "(" });
        for (place, name) in columns.iter().enumerate() {
            if place > 0 {
                sql.push(", ");
            }
            push_value(&mut sql, row, place, name)?;
        }
        sql.push(")");
    }
    sql.build()?.persistent(false).execute(tx).await.map(drop)
}

fn push_value(sql: &mut Sql, row: &AnyRow, place: usize, name: &str) -> Result<(), Error> {
    let value = row.try_get_raw(place)?;
    if value.is_null() {
        sql.push("NULL");
        return Ok(());
    }
    match value.type_info().kind() {
        AnyTypeInfoKind::Text => {
            let text: String = row.try_get(place)?;
            let text = if text.contains('\0') { stored(&text) } else { text };
            let length = if name.ends_with("_key") { LONGEST_KEY } else { usize::MAX };
            sql.push_bind(text.chars().take(length).collect::<String>());
        }
        AnyTypeInfoKind::Blob => {
            sql.push_bind(row.try_get::<Vec<u8>, _>(place)?);
        }
        _ => {
            sql.push_bind(row.try_get::<i64, _>(place)?);
        }
    }
    Ok(())
}
