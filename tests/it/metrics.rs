//! `/metrics`: what is measured, as Prometheus reads it.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

use serde_json::json;

use crate::push::{self, FourD};
use crate::receiver::*;
use crate::spawn::*;

/// Every sample by its name and labels. Panics at a line that Prometheus would not take.
#[track_caller]
fn samples(text: &str) -> BTreeMap<String, f64> {
    let mut all = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no sample: {line}"));
        let value = value.parse().unwrap_or_else(|_| panic!("no number: {line}"));
        assert!(all.insert(name.to_owned(), value).is_none(), "{name} stands twice");
    }
    all
}

fn site() -> Site {
    Site::with(&[
        session(CONTACT, &id(1)),
        session(CONTACT, &id(2)).status("pending"),
        session(TASKS, &id(3)).status("banned"),
        session(TASKS, &id(4)).without("/token"),
    ])
}

#[test]
fn a_token_of_any_role_reads_what_is_measured() {
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    let operator = server.operator();
    operator.patch(&session_path(CONTACT, &id(2)), json!({ "status": "accepted" })).status(200);
    viewer.get(&session_path(CONTACT, &id(1))).status(200);
    viewer.get("/api/v1/none").status(404);
    let failed = Form::to("/login").fill("name", "nobody").fill("password", "wrong wrong wrong");
    failed.submit(&server.stranger());
    let answer = viewer.get("/metrics").status(200);
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let text = answer.text();
    let all = samples(&text);
    for (name, value) in [
        ("mobile_sessions_folder_available", 1.0),
        ("mobile_sessions_apps", 2.0),
        ("mobile_sessions_sessions{status=\"accepted\"}", 3.0),
        ("mobile_sessions_sessions{status=\"pending\"}", 0.0),
        ("mobile_sessions_sessions{status=\"other\"}", 1.0),
        ("mobile_sessions_sessions_noncompliant", 1.0),
        ("mobile_sessions_sessions_unpushed", 1.0),
        ("mobile_sessions_event_listeners", 0.0),
        ("mobile_sessions_changes_total{action=\"set_status\",outcome=\"done\"}", 1.0),
        ("mobile_sessions_logins_total{outcome=\"failed\"}", 1.0),
        (
            "mobile_sessions_http_requests_total{method=\"GET\",route=\"/api/v1/apps/{app}/sessions/{id}\",status=\"200\"}",
            1.0,
        ),
        (
            "mobile_sessions_http_requests_total{method=\"PATCH\",route=\"/api/v1/apps/{app}/sessions/{id}\",status=\"200\"}",
            1.0,
        ),
        ("mobile_sessions_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"}", 1.0),
        (
            "mobile_sessions_http_request_duration_seconds_count{method=\"PATCH\",route=\"/api/v1/apps/{app}/sessions/{id}\"}",
            1.0,
        ),
        ("mobile_sessions_push_last_outcome{outcome=\"ok\"}", 0.0),
        ("mobile_sessions_webhook_deliveries{state=\"pending\"}", 0.0),
        ("mobile_sessions_rule_actions_total{action=\"delete\",outcome=\"done\"}", 0.0),
        ("mobile_sessions_oldest_pending_age_seconds", 0.0),
        ("mobile_sessions_database_duration_seconds_count{operation=\"read\"}", 1.0),
    ] {
        assert_eq!(all.get(name), Some(&value), "{name}: {text}");
    }
    for positive in [
        "mobile_sessions_folder_scans_total{outcome=\"done\"}",
        "mobile_sessions_folder_scan_duration_seconds_count",
        "process_cpu_seconds_total",
        "process_virtual_memory_bytes",
        "process_resident_memory_bytes",
        "process_open_fds",
        "process_max_fds",
        "process_start_time_seconds",
    ] {
        assert!(all.get(positive).is_some_and(|value| *value > 0.0), "{positive}: {text}");
    }
    assert!(all["mobile_sessions_push_last_timestamp_seconds"].is_nan(), "{text}");
    let version = viewer.json("/api/v1/version");
    let build = format!(
        "mobile_sessions_build_info{{version=\"{}\",commit=\"{}\"}}",
        version["version"].as_str().unwrap(),
        version["commit"].as_str().unwrap_or_default()
    );
    assert_eq!(all.get(&build), Some(&1.0), "{text}");
    assert!(!text.contains(CONTACT) && !text.contains(&id(1)), "no app or session is a label");
}

#[test]
fn pushes_rules_webhooks_and_waits_are_measured() {
    let site = Site::new();
    site.put_aged(&session(TASKS, &id(1)).status("pending"), 7200);
    let four_d = FourD::of(&site);
    let server = push::serve(&site, &four_d.url(), &[]);
    let owner = server.owner();
    let all = || samples(&owner.get("/metrics").status(200).text());
    let waited = all()["mobile_sessions_oldest_pending_age_seconds"];
    assert!((7200.0..7800.0).contains(&waited), "{waited}");
    let receiver = Receiver::answering(|_| Reply::Status(500));
    owner.post("/api/v1/webhooks", json!({ "name": "fails", "url": receiver.url })).status(201);
    owner.post("/api/v1/rules", json!({ "name": "all of it", "when": { "apps": [CONTACT] } })).status(201);
    site.put(&session(CONTACT, &id(2)).status("pending"));
    until(Duration::from_secs(20), "rule and webhook", || {
        let all = all();
        all["mobile_sessions_rule_actions_total{action=\"accept\",outcome=\"done\"}"] == 1.0
            && all["mobile_sessions_webhook_attempts_total{outcome=\"failed\"}"] >= 1.0
            && all["mobile_sessions_webhook_deliveries{state=\"pending\"}"] >= 1.0
    });
    let before = all();
    assert!(before["mobile_sessions_push_last_timestamp_seconds"].is_nan());
    owner.post("/api/v1/push", json!({})).status(200);
    let after = all();
    assert_eq!(after["mobile_sessions_pushes_total{outcome=\"ok\"}"], 1.0);
    assert_eq!(after["mobile_sessions_push_last_outcome{outcome=\"ok\"}"], 1.0);
    assert_eq!(after["mobile_sessions_push_last_outcome{outcome=\"failed\"}"], 0.0);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64();
    assert!((now - after["mobile_sessions_push_last_timestamp_seconds"]).abs() < 600.0);
    assert!(after["process_cpu_seconds_total"] >= before["process_cpu_seconds_total"]);
}

#[test]
fn every_measure_is_named_and_explained_as_prometheus_asks() {
    let site = site();
    let server = site.serve();
    let text = server.viewer().get("/metrics").status(200).text();
    let kinds: BTreeMap<&str, &str> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' ')).collect();
    assert!(kinds.len() > 10, "{text}");
    for (name, kind) in kinds {
        assert!(name.starts_with("mobile_sessions_") || name.starts_with("process_"), "{name}");
        assert!(text.contains(&format!("# HELP {name} ")), "{name} is not explained");
        assert_eq!(name.ends_with("_total"), kind == "counter", "{name} is a {kind}");
        assert_eq!(name.contains("duration"), kind == "histogram", "{name} is a {kind}");
        assert!(kind != "histogram" || name.ends_with("_seconds"), "{name} has no unit");
    }
}

#[test]
fn metrics_are_refused_to_callers_of_some_apps() {
    let site = site();
    let server = site.serve();
    server.anonymous().get("/metrics").problem(401, "unauthenticated");
    for role in ["viewer", "owner"] {
        server.token_with(role, &["*.com.contactApp.*"], true).get("/metrics").problem(403, "forbidden");
    }
    server.viewer().get("/metrics?x=1").problem(400, "invalid-query");
    server.viewer().post("/metrics", json!({})).problem(405, "method-not-allowed");
    assert_eq!(server.viewer().head("/metrics").status(200).body.len(), 0);
}

#[test]
fn the_metrics_listener_serves_only_metrics() {
    let site = site();
    let server = site.serve_with(&["--metrics-listen", "127.0.0.1:0"]);
    let mut address = String::new();
    until(Duration::from_secs(5), "it says where", || {
        let log = server.log();
        let line = log.lines().find_map(|line| line.strip_prefix("metrics on http://")?.strip_suffix("/metrics"));
        address = line.unwrap_or_default().to_owned();
        !address.is_empty()
    });
    let ask = |path: &str, host: &str| {
        wait(async {
            let url = format!("http://{address}{path}");
            let answer = reqwest::Client::new().get(url).header("host", host).send().await.unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        })
    };
    let (status, text) = ask("/metrics", &address);
    assert_eq!((status, samples(&text)["mobile_sessions_apps"]), (200, 2.0));
    for path in ["/", "/healthz", "/api/v1/sessions", "/login", "/static/app.css", "/metrics/x"] {
        assert_eq!(ask(path, &address).0, 404, "{path}");
    }
    assert_eq!(ask("/metrics", "evil.example").0, 421, "no page of another site reads it");
    server.anonymous().get("/metrics").problem(401, "unauthenticated");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_listener_that_others_could_reach_is_refused() {
    let site = Site::new();
    let args = site.serve_args();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let output = run(&[args.as_slice(), &["--metrics-listen", "0.0.0.0:0"]].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("--metrics-listen") && said.contains("--insecure"), "{said}");
    let server = site.serve_with(&["--metrics-listen", "0.0.0.0:0", "--insecure"]);
    assert!(server.log().contains("listening on"));
}

#[test]
fn while_the_folder_is_away_nothing_is_claimed_of_it() {
    let site = site();
    let server = site.serve();
    let viewer = server.viewer();
    fs::rename(site.root(), site.temp().join("away")).unwrap();
    until(Duration::from_secs(10), "it is noticed", || {
        let all = samples(&viewer.get("/metrics").status(200).text());
        all["mobile_sessions_folder_available"] == 0.0 && all["mobile_sessions_sessions{status=\"pending\"}"].is_nan()
    });
    viewer.get("/api/v1/sessions").problem(503, "folder-unavailable");
    let all = samples(&viewer.get("/metrics").status(200).text());
    assert!(all["mobile_sessions_faults_total{code=\"folder-unavailable\"}"] >= 1.0);
    fs::rename(site.temp().join("away"), site.root()).unwrap();
    until(Duration::from_secs(10), "it is back", || {
        samples(&viewer.get("/metrics").status(200).text())["mobile_sessions_apps"] == 2.0
    });
}
