//! What the system tells the program while it runs.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Linux and macOS both count it so.
const SIGXFSZ: i32 = 25;

/// Waits for SIGTERM or Ctrl-C. From the call on, to be made in a runtime, neither ends the program by itself.
pub fn asked_to_stop() -> impl Future<Output = ()> {
    let (terminated, interrupted) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async move {
        tokio::select! { () = received(terminated) => {}, () = received(interrupted) => {} }
    }
}

/// SIGHUP, again and again. From the call on, it ends the program no more.
pub struct AskedToReload(std::io::Result<Signal>);

impl AskedToReload {
    /// To be called in a runtime.
    pub fn listen() -> Self {
        Self(signal(SignalKind::hangup()))
    }

    /// Waits for the next.
    pub async fn next(&mut self) {
        match &mut self.0 {
            Ok(signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    }
}

/// From now on, a write beyond the limit of a file's size (`ulimit -f`) fails as one without space does: SIGXFSZ, which
/// comes before, ends the program no more. To be called in a runtime.
pub fn survive_file_size_limit() {
    // That somebody listens is enough.
    drop(signal(SignalKind::from_raw(SIGXFSZ)));
}

async fn received(signal: std::io::Result<Signal>) {
    match signal {
        Ok(mut signal) => drop(signal.recv().await),
        Err(_) => std::future::pending().await,
    }
}
