//! The service manager that started this program, where one did: it is told when the server answers, that it still does,
//! and that it stops.

#[cfg(target_os = "linux")]
pub use self::systemd::{ready, stopping};
#[cfg(windows)]
pub use self::windows::{State, is_told_by, ready, stopping, tell};

#[cfg(target_os = "linux")]
mod systemd {
    use std::time::Duration;

    use sd_notify::NotifyState;

    /// The server answers. From now on systemd hears of it all the time, where it wants to.
    pub fn ready() {
        tell(NotifyState::Ready);
        if let Some(limit) = sd_notify::watchdog_enabled() {
            tokio::spawn(keep_awake(limit / 3));
        }
    }

    /// The server takes no more requests.
    pub fn stopping() {
        tell(NotifyState::Stopping);
    }

    /// While tasks are run, this one is.
    async fn keep_awake(every: Duration) {
        let mut ticks = tokio::time::interval(every);
        loop {
            ticks.tick().await;
            tell(NotifyState::Watchdog);
        }
    }

    /// Nothing where systemd did not start this program.
    fn tell(state: NotifyState<'_>) {
        if let Err(error) = sd_notify::notify(&[state]) {
            tracing::warn!(%error, "systemd cannot be told of this program");
        }
    }
}

#[cfg(windows)]
mod windows {
    use std::sync::OnceLock;
    use std::time::Duration;

    use windows_service::service::{ServiceControlAccept, ServiceExitCode, ServiceState, ServiceStatus, ServiceType};
    use windows_service::service_control_handler::ServiceStatusHandle;

    use super::super::windows_main::WAIT;

    static MANAGER: OnceLock<ServiceStatusHandle> = OnceLock::new();

    /// How far the service is.
    #[derive(Clone, Copy, Debug)]
    pub enum State {
        Starting,
        Running,
        Stopping,
        Stopped { has_failed: bool },
    }

    /// From now on, this is told.
    pub fn is_told_by(manager: ServiceStatusHandle) {
        let _ = MANAGER.set(manager);
    }

    /// The server answers.
    pub fn ready() {
        tell(State::Running);
    }

    /// The server takes no more requests.
    pub fn stopping() {
        tell(State::Stopping);
    }

    /// Nothing where no service manager started this program.
    pub fn tell(state: State) {
        let Some(manager) = MANAGER.get() else { return };
        let (current_state, accepted, wait_hint) = match state {
            State::Starting => (ServiceState::StartPending, ServiceControlAccept::empty(), WAIT),
            State::Running => {
                (ServiceState::Running, ServiceControlAccept::STOP | ServiceControlAccept::SHUTDOWN, Duration::ZERO)
            }
            State::Stopping => (ServiceState::StopPending, ServiceControlAccept::empty(), WAIT),
            State::Stopped { .. } => (ServiceState::Stopped, ServiceControlAccept::empty(), Duration::ZERO),
        };
        let has_failed = matches!(state, State::Stopped { has_failed: true });
        let status = ServiceStatus {
            service_type: ServiceType::OWN_PROCESS,
            current_state,
            controls_accepted: accepted,
            exit_code: if has_failed { ServiceExitCode::ServiceSpecific(1) } else { ServiceExitCode::NO_ERROR },
            checkpoint: 0,
            wait_hint,
            process_id: None,
        };
        if let Err(error) = manager.set_service_status(status) {
            tracing::warn!(%error, "the Service Control Manager cannot be told of this program");
        }
    }
}

/// launchd asks nothing.
#[cfg(not(any(target_os = "linux", windows)))]
pub fn ready() {}

/// launchd asks nothing.
#[cfg(not(any(target_os = "linux", windows)))]
pub fn stopping() {}
