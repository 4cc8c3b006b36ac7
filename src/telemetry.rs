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
    // Every client that sends nonsense is an error to it.
    let of_connections = if level >= LevelFilter::DEBUG { level } else { LevelFilter::OFF };
    let targets = Targets::new().with_default(level);
    let targets = targets.with_target("actix_server", level.min(LevelFilter::WARN));
    let targets = targets.with_target("actix_http::h1", of_connections).with_target("actix_http::h2", of_connections);
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
    // A second call, as tests make it, is refused by tracing.
    let _ = tracing_subscriber::registry()
        .with(targets)
        .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours).with_target(false))
        .try_init();
}
