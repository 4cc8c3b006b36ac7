//! What the Service Control Manager runs: the server, stopped when Windows asks for it.

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::runtime::Handle;
use tokio::sync::watch;
use windows_service::service::{ServiceAccess, ServiceControl};
use windows_service::service_control_handler::{self, ServiceControlHandlerResult};
use windows_service::service_manager::{ServiceManager, ServiceManagerAccess};
use windows_service::{define_windows_service, service_dispatcher};

use super::supervisor::{self, State};
use super::{Failure, NAME};
use crate::cli::serve;
use crate::config::Config;

/// What is to be served, until the system calls for it.
static TO_SERVE: Mutex<Option<(Config, Vec<String>, Handle)>> = Mutex::new(None);
/// How it ended.
static RESULT: Mutex<Option<Result<ExitCode, Failure>>> = Mutex::new(None);

define_windows_service!(entry, service_main);

/// Serves as a service.
pub async fn run(config: Config, warnings: Vec<String>) -> Result<ExitCode, Failure> {
    *TO_SERVE.lock() = Some((config, warnings, Handle::current()));
    let dispatched = tokio::task::spawn_blocking(|| service_dispatcher::start(NAME, entry)).await;
    if let Some(result) = RESULT.lock().take() {
        return result;
    }
    let why = match dispatched {
        Ok(Err(error)) => format!(": {error}"),
        _ => String::new(),
    };
    Err(Failure::new(format!("\"service run\" is for the Service Control Manager alone{why}. Use serve.")))
}

fn service_main(_: Vec<OsString>) {
    let Some((config, warnings, runtime)) = TO_SERVE.lock().take() else { return };
    let (ask, mut asked) = watch::channel(false);
    let handler = move |control| match control {
        ServiceControl::Stop | ServiceControl::Shutdown => {
            supervisor::tell(State::Stopping);
            // Whoever is not there any more has stopped.
            let _ = ask.send(true);
            ServiceControlHandlerResult::NoError
        }
        ServiceControl::Interrogate => ServiceControlHandlerResult::NoError,
        _ => ServiceControlHandlerResult::NotImplemented,
    };
    let Ok(handle) = service_control_handler::register(NAME, handler) else { return };
    supervisor::is_told_by(handle);
    supervisor::tell(State::Starting);
    let stop = || async move { drop(asked.wait_for(|asked| *asked).await) };
    let result = runtime.block_on(serve::serve(config, warnings, stop));
    if let Err(failure) = &result {
        tracing::error!("{failure}");
    }
    let has_failed = result.is_err();
    *RESULT.lock() = Some(result);
    crate::store::log_writer::flush();
    supervisor::tell(State::Stopped { has_failed });
}

/// The command line of the installed service.
pub fn command_line() -> Option<String> {
    let manager = ServiceManager::local_computer(None::<&str>, ServiceManagerAccess::CONNECT).ok()?;
    let service = manager.open_service(NAME, ServiceAccess::QUERY_CONFIG).ok()?;
    Some(service.query_config().ok()?.executable_path.to_string_lossy().into_owned())
}

/// How long Windows waits for the next word of a service that starts or stops.
pub const WAIT: Duration = Duration::from_secs(60);
