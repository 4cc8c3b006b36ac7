//! What is measured, for Prometheus: every name stands here, once.
//!
//! There is one recorder for the program, as there is one program. Until it is started nothing is kept, so that tests
//! of parts need none.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::domain::session::Counts;
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
const LISTENERS: &str = "mobile_sessions_event_listeners";
const LOG_DROPPED: &str = "mobile_sessions_log_lines_dropped_total";
const BUILD: &str = "mobile_sessions_build_info";
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
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
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
    describe_gauge!(LISTENERS, "Open event streams");
    describe_counter!(LOG_DROPPED, "Lines of the log that were dropped, because nobody read standard error");
    describe_gauge!(BUILD, "The version that runs");
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

fn outcome(done: bool) -> &'static str {
    if done { "done" } else { "failed" }
}

/// What is so right now.
pub struct Now {
    /// How many apps there are, and their sessions; `None` while the folder is away.
    pub folder: Option<(usize, Counts)>,
    /// How many sessions have changes that were not pushed.
    pub unpushed: u64,
    /// How many event streams are open.
    pub listeners: usize,
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
    gauge!(LISTENERS).set(now.listeners as f64);
    counter!(LOG_DROPPED).absolute(log_writer::dropped());
    let process = process::look();
    let measured =
        [(RESIDENT, process.resident_bytes), (OPEN_FILES, process.open_files), (MOST_FILES, process.most_files)];
    for (name, value) in measured {
        if let Some(value) = value {
            gauge!(name).set(value as f64);
        }
    }
    HANDLE.get().map(PrometheusHandle::render).unwrap_or_default()
}
