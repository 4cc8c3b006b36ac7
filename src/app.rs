//! Composition root: builds every service once, for server, commands and tests.

use std::sync::Arc;

use crate::config::Config;
use crate::services::accounts::Accounts;
use crate::services::batches::Batches;
use crate::services::catalog::Catalog;
use crate::services::edits::Edits;
use crate::services::journal::Journal;
use crate::store::database::Database;
use crate::store::folder::Folder;
use crate::store::writer::Writer;

/// Every service of a running server.
pub struct App {
    /// What the program was started with.
    pub config: Config,
    /// The MobileApps folder.
    pub folder: Arc<Folder>,
    /// The database of the data folder.
    pub database: Database,
    /// Every session in memory.
    pub catalog: Arc<Catalog>,
    /// Changes sessions.
    pub edits: Arc<Edits>,
    /// Batches that run on without their client, and answers kept for a retry.
    pub batches: Arc<Batches>,
    /// Reads the journal.
    pub journal: Arc<Journal>,
    /// Users, tokens, logins.
    pub accounts: Arc<Accounts>,
    /// Writes session files; says how writes are guarded.
    pub writer: Arc<Writer>,
}
