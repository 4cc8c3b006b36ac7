//! What is measured, for Prometheus: every name stands here, once.
//!
//! There is one recorder for the program, as there is one program. Until it is started nothing is kept, so that tests
//! of parts need none.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::error::Code;
use crate::domain::change::Action;
use crate::domain::push::PushOutcome;
use crate::domain::rule::RuleAction;
use crate::domain::session::Counts;
use crate::domain::timestamp::Timestamp;
use crate::store::database::measured::Measured;
use crate::store::{log_writer, process};

const REQUESTS: &str = "mobile_sessions_http_requests_total";
const REQUEST_TIME: &str = "mobile_sessions_http_request_duration_seconds";
const FAULTS: &str = "mobile_sessions_faults_total";
const APPS: &str = "mobile_sessions_apps";
const SESSIONS: &str = "mobile_sessions_sessions";
const NONCOMPLIANT: &str = "mobile_sessions_sessions_noncompliant";
const UNPUSHED: &str = "mobile_sessions_sessions_unpushed";
const AVAILABLE: &str = "mobile_sessions_folder_available";
const SCANS: &str = "mobile_sessions_folder_scans_total";
const SCAN_TIME: &str = "mobile_sessions_folder_scan_duration_seconds";
const CHANGES: &str = "mobile_sessions_changes_total";
const LOGINS: &str = "mobile_sessions_logins_total";
const ENDING_TOKENS: &str = "mobile_sessions_tokens_ending";
const PUSHES: &str = "mobile_sessions_pushes_total";
const LAST_PUSH: &str = "mobile_sessions_push_last_timestamp_seconds";
const LAST_PUSH_OUTCOME: &str = "mobile_sessions_push_last_outcome";
const RULES: &str = "mobile_sessions_rule_actions_total";
const DELIVERIES: &str = "mobile_sessions_webhook_deliveries";
const ATTEMPTS: &str = "mobile_sessions_webhook_attempts_total";
const OLDEST_PENDING: &str = "mobile_sessions_oldest_pending_age_seconds";
const DATABASE_TIME: &str = "mobile_sessions_database_duration_seconds";
const LISTENERS: &str = "mobile_sessions_event_listeners";
const LOG_DROPPED: &str = "mobile_sessions_log_lines_dropped_total";
const BUILD: &str = "mobile_sessions_build_info";
const CPU: &str = "process_cpu_seconds_total";
const VIRTUAL: &str = "process_virtual_memory_bytes";
const RESIDENT: &str = "process_resident_memory_bytes";
const OPEN_FILES: &str = "process_open_fds";
const MOST_FILES: &str = "process_max_fds";
const START: &str = "process_start_time_seconds";

/// Upper bounds in seconds, for answers from memory as for scans of a slow folder.
const BUCKETS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// What was kept of a histogram is put together this often, asked for or not.
const UPKEEP: Duration = Duration::from_secs(5);

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts measuring. To be called in a runtime; a later call changes nothing.
pub fn start() {
    let builder = PrometheusBuilder::new().set_buckets(&BUCKETS).unwrap_or_else(|_| PrometheusBuilder::new());
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        return;
    }
    describe();
    begin_at_nothing();
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION"), "commit" => env!("COMMIT")).set(1.0);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    gauge!(START).set(now.as_secs_f64());
    let _ = HANDLE.set(handle.clone());
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            handle.run_upkeep();
        }
    });
}

/// What did not happen yet is 0, and not unknown: the first time is an increase.
fn begin_at_nothing() {
    for done in [true, false] {
        for counted in [SCANS, LOGINS, ATTEMPTS] {
            counter!(counted, "outcome" => outcome(done)).absolute(0);
        }
        for action in Action::all() {
            counter!(CHANGES, "action" => action.as_str(), "outcome" => outcome(done)).absolute(0);
        }
        for action in RuleAction::all() {
            counter!(RULES, "action" => action.as_str(), "outcome" => outcome(done)).absolute(0);
        }
    }
    for outcome in PushOutcome::all() {
        counter!(PUSHES, "outcome" => outcome.as_str()).absolute(0);
    }
    for code in Code::all().filter(|code| code.status() >= 500) {
        counter!(FAULTS, "code" => code.as_str()).absolute(0);
    }
}

fn describe() {
    describe_counter!(REQUESTS, "Requests that were answered, by method, route and status");
    describe_histogram!(REQUEST_TIME, "Time until an answer began, by method and route");
    describe_counter!(FAULTS, "Requests that failed by a fault here, of the disk or of 4D, by code");
    describe_gauge!(APPS, "Apps in the folder");
    describe_gauge!(SESSIONS, "Session files by status; other is an unknown status or a file that cannot be read");
    describe_gauge!(NONCOMPLIANT, "Session files that 4D would report a problem of");
    describe_gauge!(UNPUSHED, "Sessions with changes that were not pushed to 4D");
    describe_gauge!(AVAILABLE, "Whether the MobileApps folder can be read");
    describe_counter!(SCANS, "Scans of the folder, by outcome");
    describe_histogram!(SCAN_TIME, "Time that a scan of the folder took");
    describe_counter!(CHANGES, "Changes of sessions through this program, by action and outcome");
    describe_counter!(LOGINS, "Logins by password, by outcome");
    describe_gauge!(ENDING_TOKENS, "Tokens that end within 14 days");
    describe_counter!(PUSHES, "Pushes to 4D, by outcome");
    describe_gauge!(LAST_PUSH, "When the last push began, in seconds since 1970; NaN before the first");
    describe_gauge!(LAST_PUSH_OUTCOME, "How the last push ended: 1 for its outcome, 0 for the others");
    describe_counter!(RULES, "Sessions that rules accepted, declined or deleted, or could not, by action and outcome");
    describe_gauge!(DELIVERIES, "Deliveries to webhooks: pending ones, and failed ones as long as they are kept");
    describe_counter!(ATTEMPTS, "Requests to webhooks, by outcome");
    describe_gauge!(OLDEST_PENDING, "For how long the session waits that waits longest; 0 when none does");
    describe_histogram!(
        DATABASE_TIME,
        "Time that a question to the database took, or a write down to the disk: one of each whenever this is read"
    );
    describe_gauge!(LISTENERS, "Open event streams");
    describe_counter!(LOG_DROPPED, "Lines of the log that were dropped, because nobody read standard error");
    describe_gauge!(BUILD, "The version that runs, and its commit");
    describe_gauge!(VIRTUAL, "Address space that the process has");
    describe_gauge!(RESIDENT, "Memory that the process holds");
    describe_gauge!(OPEN_FILES, "Files and connections that the process has open");
    describe_gauge!(MOST_FILES, "How many it may have open");
    describe_gauge!(START, "When the process started, in seconds since 1970");
}

/// A request was answered. `route` is the route's pattern: an address would be another label for each session.
pub fn request(method: &str, route: Option<String>, status: u16, took: Duration) {
    const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    let method = METHODS.into_iter().find(|known| *known == method).unwrap_or("other");
    let route = route.unwrap_or_else(|| "none".to_owned());
    counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status.to_string()).increment(1);
    histogram!(REQUEST_TIME, "method" => method, "route" => route).record(took);
}

/// A request failed by a fault that is not the client's.
pub fn fault(code: &'static str) {
    counter!(FAULTS, "code" => code).increment(1);
}

/// The folder was scanned, or could not be.
pub fn scan(took: Duration, done: bool) {
    counter!(SCANS, "outcome" => outcome(done)).increment(1);
    if done {
        histogram!(SCAN_TIME).record(took);
    }
}

/// A change of a session was carried out, or could not be.
pub fn change(action: &'static str, done: bool) {
    counter!(CHANGES, "action" => action, "outcome" => outcome(done)).increment(1);
}

/// Somebody tried to log in.
pub fn login(done: bool) {
    counter!(LOGINS, "outcome" => outcome(done)).increment(1);
}

/// A push came to its end.
pub fn push(outcome: PushOutcome) {
    counter!(PUSHES, "outcome" => outcome.as_str()).increment(1);
}

/// Rules accepted, declined or deleted so many sessions, or could not.
pub fn rule(action: RuleAction, sessions: u64, done: bool) {
    counter!(RULES, "action" => action.as_str(), "outcome" => outcome(done)).increment(sessions);
}

/// A webhook was told, or could not be.
pub fn delivery_attempt(done: bool) {
    counter!(ATTEMPTS, "outcome" => outcome(done)).increment(1);
}

/// A write down to the database's disk was made.
pub fn database_write(took: Duration) {
    histogram!(DATABASE_TIME, "operation" => "write").record(took);
}

fn outcome(done: bool) -> &'static str {
    if done { "done" } else { "failed" }
}

/// What is so right now.
pub struct Now {
    /// How many apps there are, and their sessions; `None` while the folder is away.
    pub folder: Option<(usize, Counts)>,
    /// How many sessions have changes that were not pushed.
    pub unpushed: u64,
    /// How many tokens end within 14 days; `None` where the database does not answer.
    pub ending_tokens: Option<u64>,
    /// How many event streams are open.
    pub listeners: usize,
    /// What the database says; `None` where it does not answer.
    pub database: Option<Measured>,
    /// When the last push began, and how it ended.
    pub last_push: Option<(Timestamp, PushOutcome)>,
    pub at: Timestamp,
}

/// All that was measured, as Prometheus reads it; what is so right now is asked for.
pub fn render(now: &Now) -> String {
    // While the folder is away nobody knows.
    let known = |number: fn(&(usize, Counts)) -> u64| now.folder.as_ref().map_or(f64::NAN, |all| number(all) as f64);
    gauge!(AVAILABLE).set(if now.folder.is_some() { 1.0 } else { 0.0 });
    gauge!(APPS).set(known(|all| all.0 as u64));
    gauge!(SESSIONS, "status" => "accepted").set(known(|all| all.1.accepted));
    gauge!(SESSIONS, "status" => "pending").set(known(|all| all.1.pending));
    gauge!(SESSIONS, "status" => "other").set(known(|all| all.1.other));
    gauge!(NONCOMPLIANT).set(known(|all| all.1.noncompliant));
    gauge!(UNPUSHED).set(now.unpushed as f64);
    gauge!(ENDING_TOKENS).set(now.ending_tokens.map_or(f64::NAN, |tokens| tokens as f64));
    gauge!(LISTENERS).set(now.listeners as f64);
    counter!(LOG_DROPPED).absolute(log_writer::dropped());
    note_push(now);
    note_database(now);
    let cpu = note_process();
    HANDLE.get().map(PrometheusHandle::render).unwrap_or_default() + &cpu
}

fn note_push(now: &Now) {
    gauge!(LAST_PUSH).set(now.last_push.map_or(f64::NAN, |(at, _)| at.millis() as f64 / 1000.0));
    for outcome in PushOutcome::all() {
        let is_last = now.last_push.is_some_and(|(_, last)| last == outcome);
        gauge!(LAST_PUSH_OUTCOME, "outcome" => outcome.as_str()).set(if is_last { 1.0 } else { 0.0 });
    }
}

fn note_database(now: &Now) {
    let known = |number: fn(&Measured) -> u64| now.database.as_ref().map_or(f64::NAN, |all| number(all) as f64);
    gauge!(DELIVERIES, "state" => "pending").set(known(|all| all.deliveries_pending));
    gauge!(DELIVERIES, "state" => "failed").set(known(|all| all.deliveries_failed));
    // While the folder is away nobody knows.
    let waiting = now.database.as_ref().filter(|_| now.folder.is_some());
    let age = |since: Timestamp| now.at.millis().saturating_sub(since.millis()).max(0) as f64 / 1000.0;
    gauge!(OLDEST_PENDING).set(waiting.map_or(f64::NAN, |all| all.pending_since.map_or(0.0, age)));
    if let Some(measured) = &now.database {
        histogram!(DATABASE_TIME, "operation" => "read").record(measured.took);
    }
}

/// Gives what the recorder cannot hold: a counter of parts of a second.
fn note_process() -> String {
    let process = process::look();
    let measured = [
        (RESIDENT, process.resident_bytes),
        (VIRTUAL, process.virtual_bytes),
        (OPEN_FILES, process.open_files),
        (MOST_FILES, process.most_files),
    ];
    for (name, value) in measured {
        if let Some(value) = value {
            gauge!(name).set(value as f64);
        }
    }
    let help = "Processor time that the process took";
    let line = |cpu| format!("# HELP {CPU} {help}\n# TYPE {CPU} counter\n{CPU} {cpu}\n");
    process.cpu_seconds.map(line).unwrap_or_default()
}
