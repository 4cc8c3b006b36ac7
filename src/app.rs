//! Composition root: builds every service once, for server, commands and tests.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::config::{Config, Options};
use crate::domain::address::Reach;
use crate::services::accounts::{Accounts, LoginLimits};
use crate::services::batches::Batches;
use crate::services::catalog::{self, Catalog};
use crate::services::checklist::Checklist;
use crate::services::edits::Edits;
use crate::services::error::Error;
use crate::services::events::Events;
use crate::services::idempotency::Idempotency;
use crate::services::journal::Journal;
use crate::services::links::Links;
use crate::services::push::Push;
use crate::services::push::bridge::{self, Bridge, Connection};
use crate::services::refusals::Refusals;
use crate::services::rules::Rules;
use crate::services::sealing::Keyring;
use crate::services::search::Search;
use crate::services::views::Views;
use crate::services::webhooks::Webhooks;
use crate::store::data_dir::DataDir;
use crate::store::database::{Database, Lost, Purpose};
use crate::store::folder::Folder;
use crate::store::secrets_key;
use crate::store::writer::Writer;

/// Every service of a running server.
pub struct App {
    /// What the program was started with.
    pub config: Config,
    pub folder: Arc<Folder>,
    /// The database of the data folder.
    pub database: Database,
    pub catalog: Arc<Catalog>,
    /// What happens, for those who listen.
    pub events: Arc<Events>,
    pub edits: Arc<Edits>,
    /// Batches, with or without a client that waits.
    pub batches: Arc<Batches>,
    /// What the installation needs yet.
    pub checklist: Checklist,
    /// Answers kept for a retry.
    pub idempotency: Idempotency,
    /// Tells 4D of changes.
    pub push: Arc<Push>,
    pub journal: Arc<Journal>,
    /// Finds sessions, deleted ones too.
    pub search: Search,
    /// Saved filters of the list.
    pub views: Views,
    pub accounts: Arc<Accounts>,
    /// Counts requests that were refused.
    pub refusals: Arc<Refusals>,
    /// Tells programs elsewhere of events.
    pub webhooks: Arc<Webhooks>,
    /// What lets devices in by itself.
    pub rules: Arc<Rules>,
    /// Links that let one session in, once.
    pub links: Arc<Links>,
    /// Writes session files; says how writes are guarded.
    pub writer: Arc<Writer>,
    /// Held for as long as the services work on it.
    _data_dir: DataDir,
}

impl App {
    /// Opens everything, settles what an earlier stop interrupted, and reads the folder. A folder
    /// that is away is waited for. To be called in the runtime that the services live in.
    pub async fn start(config: Config, data_dir: DataDir) -> Result<Self, Error> {
        let database = config.options.database.open(data_dir.path(), Purpose::Serve).await?;
        tokio::spawn(watch_files(database.clone()));
        tokio::spawn(database.clone().follow_accounts());
        let folder = Folder::new(config.folder.clone(), config.options.max_file_size);
        let folder = Arc::new(folder.judged_by(config.options.schema.clone()));
        let writer = Arc::new(Writer::new(folder.clone(), database.installation().to_owned()));
        let options =
            catalog::Options { rescan: config.options.rescan, poll: config.options.poll, moved: config.moved };
        let events = Events::start(database.clone()).await?;
        let catalog = Catalog::start(folder.clone(), database.clone(), events.clone(), options).await?;
        let edits = Edits::new(database.clone(), catalog.clone(), writer.clone(), folder.clone());
        match edits.settle().await {
            // What cannot be settled yet is settled once the folder is back.
            Ok(_) | Err(Error::FolderUnavailable { .. }) => {}
            Err(error) => return Err(error),
        }
        let (bridge, auto_push) = (bridge(&config.options)?, config.options.auto_push);
        let push = Push::start(database.clone(), catalog.clone(), events.clone(), bridge, auto_push).await?;
        tokio::spawn(push.clone().by_itself());
        tokio::spawn(edits.clone().upkeep());
        tokio::spawn(edits.clone().prune_now_and_then(config.options.keep_deleted));
        let options = &config.options;
        let limits = LoginLimits {
            idle: options.login_idle,
            absolute: options.login_longest,
            confirm_after: options.confirm_after,
            second_factor_from: options.second_factor_from(),
        };
        let accounts = Accounts::new(database.clone(), limits).called(options.host_names());
        let accounts = Arc::new(accounts.sealing(keyring(options, data_dir.path())?));
        reseal(&accounts).await?;
        tokio::spawn(accounts.clone().upkeep());
        let refusals = Refusals::new(database.clone());
        tokio::spawn(refusals.clone().upkeep());
        let batches = Batches::new(database.clone(), edits.clone(), accounts.clone());
        batches.settle().await?;
        let rules = Rules::new(database.clone(), accounts.clone(), catalog.clone(), edits.clone(), events.clone());
        tokio::spawn(rules.clone().work(config.options.rules_interval));
        let base = config.options.base_url(config.options.listen);
        let links = Links::new(database.clone(), accounts.clone(), catalog.clone(), edits.clone(), base);
        tokio::spawn(links.clone().settle());
        let journal = Arc::new(Journal::new(database.clone(), catalog.clone()));
        let opened = &config.options.allow_webhook_to;
        let webhooks = Webhooks::start(database.clone(), accounts.clone(), events.clone(), links.clone(), opened);
        Ok(Self {
            checklist: Checklist::new(database.clone()),
            idempotency: Idempotency::new(database.clone()),
            views: Views::new(database.clone()),
            search: Search::new(database.clone(), catalog.clone(), journal.clone()),
            journal,
            accounts,
            refusals,
            webhooks,
            rules,
            links,
            config,
            folder,
            database,
            catalog,
            events,
            edits,
            batches,
            push,
            writer,
            _data_dir: data_dir,
        })
    }

    /// Finishes what runs, waits for late writes, and closes. The end of a server.
    pub async fn stop(&self) {
        self.events.stop();
        self.edits.finish().await;
        self.push.finish().await;
        let writer = self.writer.clone();
        if let Err(error) = tokio::task::spawn_blocking(move || writer.drain()).await {
            tracing::error!(%error, "late writes were not waited for");
        }
        self.events.finish().await;
        self.webhooks.finish().await;
        self.refusals.finish().await;
        self.database.close().await;
    }
}

/// Says once that the database's files are gone; writes are refused from then on.
async fn watch_files(database: Database) {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if let Err(error) = database.check_files() {
            let file = Lost::of(&error).map(|lost| lost.path().display().to_string());
            tracing::error!(%error, file, "nothing can be changed: put the file back, or restore a backup, and start again");
            return;
        }
    }
}

/// The keys that encrypt second factors: those of the options first, then those of the data folder, which can have
/// been the only ones before.
fn keyring(options: &Options, data_dir: &Path) -> Result<Keyring, Error> {
    let named = options.secrets_keys().map_err(Error::internal)?;
    let own = match &named {
        Some(_) => secrets_key::left_in(data_dir),
        None => secrets_key::of_data_folder(data_dir).map(Some),
    };
    let all = [named, own.map_err(Error::internal)?];
    let keyring = Keyring::new(all.iter().flatten().flat_map(|keys| keys.expose()));
    keyring.ok_or_else(|| Error::internal("there is no key"))
}

async fn reseal(accounts: &Accounts) -> Result<(), Error> {
    let lost = accounts.reseal_factors().await?;
    if lost > 0 {
        tracing::error!(
            lost,
            "second factors were encrypted by a key that is not here: put the file secrets.key, or that of \
             --secrets-key-file, back. Until then, recovery codes work, and \"user reset-factors\" takes a factor away"
        );
    }
    Ok(())
}

/// The way to 4D, if the options have one.
fn bridge(options: &Options) -> Result<Option<Bridge>, Error> {
    let Some((url, secret)) = options.push().map_err(Error::internal)? else { return Ok(None) };
    let connection = Connection { url: url.to_owned(), secret };
    let reach = Reach::private(&options.allow_webhook_to);
    Bridge::within(reach, connection, bridge::PATIENCE).map(Some).map_err(Error::internal)
}
