//! What is told on standard error. Query strings, bodies and headers never are: secrets travel there.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::LogLevel;

/// Starts telling. To be called once; later calls change nothing.
pub fn start(level: LogLevel) {
    let level = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
    // A second call, as tests make it, is refused by tracing.
    let _ = tracing_subscriber::registry()
        .with(Targets::new().with_default(level).with_target("actix_server", level.min(LevelFilter::WARN)))
        .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours).with_target(false))
        .try_init();
}
