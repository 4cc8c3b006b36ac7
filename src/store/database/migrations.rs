//! What makes the database of an earlier version one of this version: the scripts of `migrations/`, in the binary.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

#[derive(RustEmbed)]
#[folder = "src/store/database/migrations/"]
struct Scripts;

/// All of them, by their numbers.
pub static MIGRATIONS: LazyLock<Migrator> =
    LazyLock::new(|| Migrator::with_migrations(Scripts::iter().filter_map(|name| migration(&name)).collect()));

/// The script of a file such as `0001_installation.sql`.
fn migration(name: &str) -> Option<Migration> {
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
        let mut numbers: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
        numbers.dedup();
        assert_eq!(numbers.len(), Scripts::iter().count());
        assert!(numbers.is_sorted());
    }
}
