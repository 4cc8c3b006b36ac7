//! What stands in the log, on standard error or in a file. Query strings, bodies and headers never do: secrets travel there.

use std::fmt;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::OnceLock;
use std::time::SystemTime;

use serde_json::{Map, Value, json};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::field::{MakeExt as _, RecordFields};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::{self, Writer};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, FormattedFields};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry, reload};

use crate::config::{LogFormat, LogLevel};
use crate::domain::printable::spelled_out;
use crate::domain::timestamp::Timestamp;
use crate::store::log_writer::{self, LogWriter};
use crate::store::os;

/// Changes the level while the program runs.
static LEVEL: OnceLock<reload::Handle<Targets, Registry>> = OnceLock::new();

/// Starts the log, on standard error or in a file. To be called once; later calls change nothing. `Err` says that the file
/// cannot be opened.
pub fn start(level: LogLevel, format: LogFormat, file: Option<&Path>) -> io::Result<()> {
    let out = file.map_or_else(|| Ok(Box::new(io::stderr()) as _), log_writer::file)?;
    if let Err(error) = log_writer::start(out, move |dropped| dropped_line(format, dropped)) {
        eprintln!("Nothing is logged: the system does not let the program start a thread: {error}.");
    }
    let (targets, handle) = reload::Layer::new(targets(level));
    let lines = tracing_subscriber::fmt::layer().with_writer(LogWriter::default).with_target(false);
    let lines = match format {
        LogFormat::Text if file.is_none() && os::is_journal(&io::stderr()) => {
            let line = format::format().with_target(false).with_ansi(false).without_time();
            lines.fmt_fields(text_fields()).event_format(JournalLine(line)).boxed()
        }
        LogFormat::Text => lines.with_ansi(file.is_none() && is_coloured()).fmt_fields(text_fields()).boxed(),
        LogFormat::Json => lines.with_ansi(false).event_format(JsonLine).fmt_fields(JsonFields).boxed(),
    };
    // A second call, as tests make it, is refused by tracing.
    if tracing_subscriber::registry().with(targets).with(lines).try_init().is_ok() {
        let _ = LEVEL.set(handle);
        std::panic::set_hook(Box::new(|panic| tracing::error!("{}", panic.to_string().replace('\n', " "))));
    }
    Ok(())
}

/// Logs from this level on.
pub fn set_level(level: LogLevel) {
    if let Some(handle) = LEVEL.get()
        && let Err(error) = handle.reload(targets(level))
    {
        tracing::warn!(%error, "the log goes on at its level");
    }
}

fn targets(level: LogLevel) -> Targets {
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
    targets.with_target("actix_http::h1", of_connections)
}

/// On a terminal, unless `NO_COLOR` is set (source: no-color.org).
fn is_coloured() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !unwanted
}

fn dropped_line(format: LogFormat, dropped: u64) -> String {
    let now = Timestamp::from(SystemTime::now());
    let message = "lines of the log were dropped: nothing took them as fast as they came";
    match format {
        LogFormat::Text => format!("{now}  WARN {message} lines={dropped}\n"),
        LogFormat::Json => {
            json!({ "time": now, "level": "WARN", "message": message, "fields": { "lines": dropped } }).to_string()
                + "\n"
        }
    }
}

/// As `name=value`. Names of folders and what other programs say hold anything: no value ends its line or steers the
/// terminal that shows it.
fn text_fields() -> impl for<'w> FormatFields<'w> + Send + Sync {
    format::debug_fn(|out, field, value| {
        let value = spelled_out(&format!("{value:?}"));
        match field.name() {
            "message" => write!(out, "{value}"),
            name => write!(out, "{name}={value}"),
        }
    })
    .delimited(" ")
}

/// A line for systemd's journal, which has times of its own and takes the level from the number in front (source:
/// sd-daemon(3)).
struct JournalLine<F>(F);

impl<S, N, F> FormatEvent<S, N> for JournalLine<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let priority = match *event.metadata().level() {
            Level::ERROR => 3,
            Level::WARN => 4,
            Level::INFO => 6,
            _ => 7,
        };
        write!(out, "<{priority}>")?;
        self.0.format_event(context, out, event)
    }
}

/// One JSON object a line.
struct JsonLine;

impl<S, N> FormatEvent<S, N> for JsonLine
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut fields = Map::new();
        for span in context.event_scope().into_iter().flat_map(|scope| scope.from_root()) {
            let extensions = span.extensions();
            let text = extensions.get::<FormattedFields<N>>().map(|formatted| formatted.fields.as_str());
            fields.extend(
                text.and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok()).unwrap_or_default(),
            );
        }
        event.record(&mut Collect(&mut fields));
        let message = fields.shift_remove("message").unwrap_or_default();
        let (time, level) = (Timestamp::from(SystemTime::now()), event.metadata().level().as_str());
        let line = json!({ "time": time, "level": level, "message": message, "fields": fields });
        writeln!(out, "{line}")
    }
}

/// A span's fields, kept as a JSON object until a line needs them.
struct JsonFields;

impl<'w> FormatFields<'w> for JsonFields {
    fn format_fields<R: RecordFields>(&self, mut out: Writer<'w>, record: R) -> fmt::Result {
        let mut fields = Map::new();
        record.record(&mut Collect(&mut fields));
        write!(out, "{}", Value::Object(fields))
    }
}

struct Collect<'a>(&'a mut Map<String, Value>);

impl Visit for Collect<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.insert(field.name().to_owned(), value.into());
    }
}
