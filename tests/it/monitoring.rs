//! The dashboard and the alerts of `packages`: they ask for what the program measures, and fire when they should.
//!
//! `tests/run` installs promtool, which judges the alerts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

use crate::programs::works;
use crate::spawn::*;

static PACKAGES: LazyLock<PathBuf> = LazyLock::new(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("packages"));

fn read(name: &str) -> String {
    fs::read_to_string(PACKAGES.join(name)).unwrap()
}

/// The names of metrics in a text.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let ours = words.filter(|word| word.starts_with("mobile_sessions_") || word.starts_with("process_"));
    ours.map(str::to_owned).collect()
}

/// The names that a running program exposes.
fn exposed() -> BTreeSet<String> {
    let site = Site::with(&[session(CONTACT, &id(1))]);
    let server = site.serve();
    let viewer = server.viewer();
    viewer.get("/metrics").status(200);
    let text = viewer.get("/metrics").status(200).text();
    let samples = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    samples.filter_map(|line| line.split(['{', ' ']).next()).map(str::to_owned).collect()
}

#[test]
fn dashboard_alerts_and_manual_name_only_what_is_measured() {
    let exposed = exposed();
    for file in ["grafana/dashboard.json", "prometheus/alerts.yml", "prometheus/alerts_test.yml"] {
        let asked = names(&read(file));
        let unknown: Vec<_> = asked.difference(&exposed).collect();
        assert!(asked.len() > 8 && unknown.is_empty(), "{file} asks for {unknown:?}, of {exposed:#?}");
    }
    let manual = fs::read_to_string(PACKAGES.parent().unwrap().join("manual/monitoring.md")).unwrap();
    let explained = names(&manual);
    let of_histogram = ["_bucket", "_sum", "_count"];
    for name in &exposed {
        let base = of_histogram.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        assert!(explained.contains(name) || explained.contains(base), "the manual does not explain {name}");
    }
}

#[test]
fn every_panel_of_the_dashboard_asks_its_data_source() {
    let dashboard: Value = serde_json::from_str(&read("grafana/dashboard.json")).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    assert!(panels.len() >= 15);
    let mut ids = BTreeSet::new();
    for panel in panels {
        assert!(ids.insert(panel["id"].as_u64().unwrap()), "{panel}");
        assert_eq!(panel["datasource"]["uid"], "${datasource}", "{panel}");
        let targets = panel["targets"].as_array().unwrap();
        assert!(
            !targets.is_empty() && targets.iter().all(|target| !names(target["expr"].as_str().unwrap()).is_empty())
        );
    }
}

fn promtool(args: &[&str]) {
    let mut command = Command::new("promtool");
    command.args(args).current_dir(PACKAGES.join("prometheus"));
    works(command);
}

#[test]
fn prometheus_takes_the_alerts() {
    promtool(&["check", "rules", "alerts.yml"]);
}

#[test]
fn each_alert_fires_when_it_should() {
    promtool(&["test", "rules", "alerts_test.yml"]);
    let tests = read("prometheus/alerts_test.yml");
    let alerts = read("prometheus/alerts.yml");
    for alert in alerts.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")) {
        assert!(tests.contains(&format!("alertname: {alert}\n        exp_alerts:")), "{alert} is not tried");
    }
}
