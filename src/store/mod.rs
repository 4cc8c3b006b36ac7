//! The only code that touches a disk or a database.

pub mod data_dir;
pub mod database;
pub mod folder;
pub mod key_pair;
mod lease;
pub mod log_writer;
pub mod memory;
pub mod os;
pub mod process;
pub mod root;
pub mod schema_file;
pub mod secret_file;
pub mod secrets_key;
pub mod watcher;
pub mod writer;
