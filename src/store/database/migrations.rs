//! What makes the database of an earlier version one of this version: the scripts of `migrations/`, in the binary.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use super::engine::Engine;

#[derive(RustEmbed)]
#[folder = "src/store/database/migrations/sqlite/"]
struct ForSqlite;

#[derive(RustEmbed)]
#[folder = "src/store/database/migrations/postgres/"]
struct ForPostgres;

static SQLITE: LazyLock<Migrator> = LazyLock::new(read::<ForSqlite>);
static POSTGRES: LazyLock<Migrator> = LazyLock::new(read::<ForPostgres>);

/// All of an engine's, by their numbers.
pub(super) fn migrations(engine: Engine) -> &'static Migrator {
    match engine {
        Engine::Sqlite => &SQLITE,
        Engine::Postgres => &POSTGRES,
    }
}

/// The number of the schema that this program's database has: its newest migration's.
pub fn schema() -> i64 {
    SQLITE.iter().map(|migration| migration.version).max().unwrap_or_default()
}

fn read<Scripts: RustEmbed>() -> Migrator {
    Migrator::with_migrations(Scripts::iter().filter_map(|name| migration::<Scripts>(&name)).collect())
}

/// The script of a file such as `0001_installation.sql`.
fn migration<Scripts: RustEmbed>(name: &str) -> Option<Migration> {
    let (number, title) = name.strip_suffix(".sql")?.split_once('_')?;
    let sql = String::from_utf8(Scripts::get(name)?.data.into_owned()).ok()?;
    let sql = AssertSqlSafe(sql).into_sql_str();
    Some(Migration::new(number.parse().ok()?, title.replace('_', " ").into(), MigrationType::Simple, sql, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_has_a_number_of_its_own() {
        for (migrator, count) in [(&SQLITE, ForSqlite::iter().count()), (&POSTGRES, ForPostgres::iter().count())] {
            let mut numbers: Vec<i64> = migrator.iter().map(|migration| migration.version).collect();
            numbers.dedup();
            assert_eq!(numbers.len(), count);
            assert!(numbers.is_sorted());
        }
    }

    /// PostgreSQL came with version 27, whose tables one script makes.
    #[test]
    fn both_engines_come_to_the_same_version() {
        let numbers = |migrator: &Migrator| -> Vec<i64> {
            migrator.iter().map(|migration| migration.version).filter(|number| *number >= 27).collect()
        };
        assert_eq!(numbers(&SQLITE), numbers(&POSTGRES));
    }
}
