//! What the system tells the program while it runs.

#[cfg(unix)]
pub use self::unix::{AskedToReload, asked_to_stop, survive_file_size_limit};
#[cfg(windows)]
pub use self::windows::{AskedToReload, asked_to_stop, survive_file_size_limit};

#[cfg(unix)]
mod unix {
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

        pub async fn next(&mut self) {
            match &mut self.0 {
                Ok(signal) => drop(signal.recv().await),
                Err(_) => std::future::pending().await,
            }
        }
    }

    /// From now on, a write beyond the limit of a file's size (`ulimit -f`) fails as one without space does: SIGXFSZ,
    /// which comes before, ends the program no more. To be called in a runtime.
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
}

#[cfg(windows)]
mod windows {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_shutdown};

    /// Waits for Ctrl-C or Ctrl-Break, or until the console is closed or the machine shut down. From the call on, to be
    /// made in a runtime, none of them ends the program by itself.
    pub fn asked_to_stop() -> impl Future<Output = ()> {
        let (c, brk, close, shutdown) = (ctrl_c(), ctrl_break(), ctrl_close(), ctrl_shutdown());
        async move {
            let (Ok(mut c), Ok(mut brk), Ok(mut close), Ok(mut shutdown)) = (c, brk, close, shutdown) else {
                return std::future::pending().await;
            };
            tokio::select! {
                _ = c.recv() => {}
                _ = brk.recv() => {}
                _ = close.recv() => {}
                _ = shutdown.recv() => {}
            }
        }
    }

    /// Windows has no signal for it.
    pub struct AskedToReload;

    impl AskedToReload {
        pub fn listen() -> Self {
            Self
        }

        pub async fn next(&mut self) {
            std::future::pending().await
        }
    }

    /// There is no such limit.
    pub fn survive_file_size_limit() {}
}
