//! `serve`: the panel and the API over one folder.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web;
use clap::builder::BoolishValueParser;

use super::output::print;
use super::reload::Reload;
use super::service::supervisor;
use super::{Failure, risks};
use crate::app::App;
use crate::config::{Config, Options};
use crate::http::server::{self, Around};
use crate::http::signals::{self, AskedToReload};
use crate::http::tls::Certificate;
use crate::services::error::Error;
use crate::services::measures;
use crate::store::data_dir::{self, DataDir, DataDirError};
use crate::store::process::{self, Descriptors, ENOUGH_DESCRIPTORS};
use crate::store::root::Unavailable;
use crate::store::writer::Guard;
use crate::telemetry;

/// How often a server that waits looks whether the other one has ended.
const TRY_AGAIN: Duration = Duration::from_millis(250);

/// Serve the panel and the API over a MobileApps folder
///
/// At the first start, it prints a link that creates the first owner. It stops on Ctrl-C or SIGTERM,
/// after the requests in hand.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The MobileApps folder, beside the data file of the 4D server
    #[arg(value_name = "DIR", env = "MOBILE_SESSIONS_DIR")]
    pub(super) folder: PathBuf,
    /// Say that DIR is the right folder, though it is another one than before: once after it was moved, emptied or put
    /// on another disk. What is not in it any more counts as deleted
    #[arg(long, env = "MOBILE_SESSIONS_MOVED", value_parser = BoolishValueParser::new())]
    moved: bool,
    #[command(flatten)]
    pub(super) options: Options,
}

/// Runs the command.
pub async fn run(args: Args, warnings: Vec<String>) -> Result<ExitCode, Failure> {
    let config = Config { folder: args.folder, options: args.options, moved: args.moved };
    serve(config, warnings, signals::asked_to_stop).await
}

/// Serves until the future that `stop` makes is done. It is made once all is read: until then, nothing keeps a signal
/// from ending the program at once, however long a folder on a slow network takes.
pub async fn serve<S: Future<Output = ()>>(
    mut config: Config,
    warnings: Vec<String>,
    stop: impl FnOnce() -> S,
) -> Result<ExitCode, Failure> {
    let asked_to_reload = AskedToReload::listen();
    config.folder = absolute(&config.folder)?;
    let options = &config.options;
    let certificate = check(&config.folder, options)?;
    if options.log_file.is_some() {
        // The file may lie in the data folder, which is made as one.
        DataDir::open(options.data_dir.as_deref(), Some(&config.folder))?.make(Some(&config.folder))?;
    }
    telemetry::start(options.log, options.log_format, options.log_file.as_deref()).map_err(|error| {
        let file = options.log_file.as_deref().unwrap_or(Path::new("")).display();
        Failure::new(format!("The log file {file} cannot be written: {error}."))
    })?;
    server::raise_file_limit();
    tell_descriptors();
    let waited = if options.wait { Some(wait_for_data_dir(&config).await?) } else { None };
    let listener = listen("--listen", options.listen)?;
    let listening = listener.local_addr().map_err(|error| cannot_listen("--listen", options.listen, &error))?;
    // Port 0 is some port by now.
    config.options.listen = listening;
    let options = &config.options;
    let metrics_listener =
        options.metrics_listen.map(|address| Ok::<_, Failure>((address, listen("--metrics-listen", address)?)));
    let metrics_listener = metrics_listener.transpose()?;
    measures::start();
    let risks = risks::warnings(options);
    let data_dir = match waited {
        Some(data_dir) => data_dir,
        None => lock_data_dir(&config)?,
    };
    tracing::info!(folder = %config.folder.display(), data = %data_dir.path().display(), "starting");
    warnings.iter().chain(&risks).for_each(|warning| tracing::warn!("{warning}"));
    let app = web::Data::new(App::start(config, data_dir).await?);
    tell_guard(&app).await;
    tell_push(&app);
    let stop = stop();
    let failed = |error| cannot_listen("--listen", listening, &error);
    let around = Around::new(&app.config.options, &listener).map_err(failed)?;
    let server = server::server(app.clone(), listener, certificate.as_ref(), around.clone()).map_err(failed)?;
    let metrics =
        metrics_listener.map(|(address, listener)| serve_metrics(app.clone(), address, listener)).transpose()?;
    print(&format!("listening on {}://{listening}\n", app.config.options.scheme()))?;
    if let Some((address, _)) = &metrics {
        print(&format!("metrics on http://{address}/metrics\n"))?;
    }
    if let Some(certificate) = &certificate {
        tokio::spawn(certificate.clone().watch());
    }
    tokio::spawn(Reload::new(around, certificate)?.follow(asked_to_reload));
    if let Some(secret) = app.accounts.new_setup_secret().await? {
        let base = app.config.options.base_url(listening);
        let link = format!("{base}/setup?token={}", secret.expose());
        print(&format!(
            "Nobody can log in yet. This link creates the first owner; it works once, within an hour:\n{link}\n"
        ))?;
    }
    let handle = server.handle();
    let running = tokio::spawn(server);
    supervisor::ready();
    stop.await;
    supervisor::stopping();
    tracing::info!("stopping: requests in hand are finished first");
    // Streams have no end of their own.
    app.events.stop();
    // 4D may hang: the request that waits for it, too.
    app.push.stop();
    handle.stop(true).await;
    let ended = running.await;
    if let Some((_, server)) = metrics {
        server.stop(false).await;
    }
    app.stop().await;
    match ended {
        Ok(Ok(())) => Ok(ExitCode::SUCCESS),
        Ok(Err(error)) => Err(Failure::new(format!("The server stopped: {error}."))),
        Err(error) => Err(Failure::new(format!("The server stopped: {error}."))),
    }
}

/// The data folder, as soon as no other server has it. Who waits listens nowhere: the other one may have the address.
async fn wait_for_data_dir(config: &Config) -> Result<DataDir, Failure> {
    let mut is_announced = false;
    loop {
        match lock_data_dir(config) {
            Err(DataDirError::Locked { data, process }) if !is_announced => {
                tracing::warn!(data = %data.display(), "another server{process} has the data folder: waiting until it ends");
                is_announced = true;
            }
            Err(DataDirError::Locked { .. }) => {}
            other => return Ok(other?),
        }
        tokio::time::sleep(TRY_AGAIN).await;
    }
}

fn lock_data_dir(config: &Config) -> Result<DataDir, DataDirError> {
    DataDir::lock(config.options.data_dir.as_deref(), &config.folder)
}

/// Whether these options can be served by; the certificate among them.
pub(super) fn check(folder: &Path, options: &Options) -> Result<Option<Arc<Certificate>>, Failure> {
    faults(folder, options).into_iter().next().map_or(Ok(()), Err)?;
    Certificate::load(options).map_err(Failure::new)
}

/// All that is wrong with these options by themselves; the certificate's files are not among it.
pub(super) fn faults(folder: &Path, options: &Options) -> Vec<Failure> {
    let checks = [
        options.check_listen(),
        options.check_proxy(),
        options.push().map(drop),
        options.secrets_keys().map(drop),
        options.log_file.as_deref().map_or(Ok(()), |file| check_log_file(file, folder)),
    ];
    checks.into_iter().filter_map(Result::err).map(Failure::new).collect()
}

fn check_log_file(file: &Path, folder: &Path) -> Result<(), String> {
    data_dir::check_outside(file, folder).map_err(|_| {
        let file = file.display();
        format!("The log file {file} lies in a MobileApps folder, which is 4D's alone: name another.")
    })
}

/// Whether the addresses can be listened on now.
pub(super) fn check_addresses(options: &Options) -> Result<(), Failure> {
    listen("--listen", options.listen)?;
    options.metrics_listen.map_or(Ok(()), |address| listen("--metrics-listen", address).map(drop))
}

/// Starts the server for Prometheus; where it listens, and how it is stopped.
fn serve_metrics(
    app: web::Data<App>,
    address: SocketAddr,
    listener: TcpListener,
) -> Result<(SocketAddr, ServerHandle), Failure> {
    let failed = |error| cannot_listen("--metrics-listen", address, &error);
    let listening = listener.local_addr().map_err(failed)?;
    let server = server::metrics_server(app, listener).map_err(failed)?;
    let handle = server.handle();
    tokio::spawn(server);
    Ok((listening, handle))
}

fn listen(option: &str, address: SocketAddr) -> Result<TcpListener, Failure> {
    let bound = TcpListener::bind(address).and_then(|listener| listener.set_nonblocking(true).map(|()| listener));
    bound.map_err(|error| cannot_listen(option, address, &error))
}

fn cannot_listen(option: &str, listen: SocketAddr, error: &std::io::Error) -> Failure {
    Failure::new(match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("Another program listens on {listen}: stop it, or choose another port with {option}.")
        }
        std::io::ErrorKind::PermissionDenied => {
            format!("Listening on {listen} is not allowed to this user: choose a port from 1024 on with {option}.")
        }
        std::io::ErrorKind::AddrNotAvailable => {
            format!("{listen} is no address of this machine: choose one with {option}.")
        }
        _ => format!("Listening on {listen} is not possible: {error}. Choose another address with {option}."),
    })
}

/// The folder by a path that holds wherever the program is started from.
fn absolute(folder: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(folder).map_err(|error| Failure::new(format!("{} is no path: {error}.", folder.display())))
}

fn tell_descriptors() {
    let Descriptors { allowed, connections, .. } = process::descriptors();
    if allowed < ENOUGH_DESCRIPTORS {
        tracing::warn!(
            "this process may have {allowed} files open, and needs {ENOUGH_DESCRIPTORS} (ulimit -n): it takes \
             {connections} connections at once, and changes wait for one another"
        );
    }
}

fn tell_push(app: &App) {
    let Some(url) = app.push.url() else { return };
    tracing::info!(url, by_itself = app.config.options.auto_push.is_some(), "changes can be pushed to 4D");
    let is_near = ["http://127.", "http://localhost", "http://[::1]"].iter().any(|near| url.starts_with(near));
    if url.starts_with("http://") && !is_near {
        tracing::warn!(
            "the secret for 4D crosses the network unencrypted: let 4D encrypt, and begin --push-url with https"
        );
    }
}

async fn tell_guard(app: &web::Data<App>) {
    if let Err(Error::FolderUnavailable { reason }) = app.catalog.availability() {
        let folder = app.config.folder.display();
        match reason {
            Unavailable::Away(_) => {
                tracing::warn!(%reason, "{folder} cannot be read: it is looked at every second until it can");
            }
            Unavailable::Changed(_) => tracing::warn!(
                %reason,
                "{folder} is not what was served before, so nothing is shown and nothing counts as deleted: if it is \
                 right, start with --moved once, or confirm it on the page; it is looked at every second"
            ),
        }
    }
    let writer = app.writer.clone();
    match tokio::task::spawn_blocking(move || writer.guard()).await {
        Ok(Guard::Exclusive) if app.writer.sees_who_writes() => tracing::info!(
            "writes are exclusive: while this program runs, no write of 4D's is lost, not even through a file that 4D \
             had open before a change"
        ),
        Ok(Guard::Exclusive) => tracing::info!(
            "writes are exclusive: while this program runs, no write of 4D's is lost, and through a file that 4D had \
             open before a change none that comes within a second"
        ),
        Ok(Guard::Compared) => tracing::warn!(
            "writes here are compared, not exclusive: this file system cannot exchange two names at once, so a write \
             of 4D's in the same instant could be lost"
        ),
        Ok(Guard::Unknown) => tracing::info!("how writes are guarded is seen at the first one: there is no app yet"),
        Err(error) => tracing::error!(%error, "how writes are guarded could not be tried"),
    }
}
