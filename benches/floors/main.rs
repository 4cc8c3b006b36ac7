//! What the program takes, each figure beside its floor measured in the same run: `cargo bench`.
//!
//! Floors do the least that any program would have to do for the same. The last column says what is
//! promised; `over` marks what this run did not keep. `cargo bench -- folder lists durable requests` takes only the
//! parts that are named.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod durable;
mod folder;
mod lists;
mod requests;
mod table;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use mobile_sessions::demo::sample::{self, Sample};
use table::Table;

/// A generated folder, and how it is laid out.
pub struct Layout {
    name: &'static str,
    pub sessions: usize,
    pub root: PathBuf,
    _temp: tempfile::TempDir,
}

impl Layout {
    fn make(name: &'static str, apps: usize, sessions: usize) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("MobileApps");
        sample::write(&root, &Sample { apps, sessions, seed: 1, oddities: false }).unwrap();
        // Files of the last two seconds are read again, and the disk has them to write.
        std::process::Command::new("sync").status().unwrap();
        std::thread::sleep(Duration::from_secs(3));
        Self { name, sessions, root, _temp: temp }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // The floor of requests runs in a process of its own, as the program does.
    if arguments.get(1).is_some_and(|argument| argument == requests::FLOOR) {
        return requests::floor_server(&arguments[2]);
    }
    let layouts = [
        Layout::make("10,000 in 10 apps", 10, 10_000),
        Layout::make("100,000 in 10 apps", 10, 100_000),
        Layout::make("100,000 in one app", 1, 100_000),
    ];
    let named: Vec<&str> = arguments[1..].iter().map(String::as_str).filter(|name| !name.starts_with('-')).collect();
    let wants = |part| named.is_empty() || named.contains(&part);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut table = Table::new();
    let changes = layouts.each_ref().map(|layout| {
        table.section(layout.name);
        if wants("folder") {
            folder::measure(&runtime, layout, &mut table);
        }
        if wants("lists") {
            lists::measure(&runtime, layout, &mut table);
        }
        let change = wants("durable").then(|| durable::measure(&runtime, layout, &mut table));
        if wants("requests") {
            requests::measure(layout, &mut table);
        }
        change
    });
    let [small, ..] = &layouts;
    for (large, larger) in layouts.iter().zip(&changes).skip(1) {
        table.section(&format!("from {} to {}", small.name, large.name));
        if wants("lists") {
            lists::compare(&runtime, small, large, &mut table);
        }
        let (Some(change), Some(larger)) = (&changes[0], larger) else { continue };
        // A disk that got slower meanwhile slows the floor as much.
        let slowed = larger.floor.as_secs_f64() / change.floor.as_secs_f64();
        let then = change.took.mul_f64(slowed);
        let ratio = larger.took.as_secs_f64() / then.as_secs_f64();
        table.ratio("one durable change, by its floor", larger.took, then, ratio, 1.5);
    }
    table.print();
}

/// The one in the middle.
pub fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The medians of two things that are done in turn, so that both meet the same machine.
pub fn medians(runs: usize, mut one: impl FnMut() -> Duration, mut other: impl FnMut() -> Duration) -> [Duration; 2] {
    let (mut first, mut second): (Vec<_>, Vec<_>) = (0..runs).map(|_| (one(), other())).unzip();
    [median(&mut first), median(&mut second)]
}

/// How long something takes.
pub fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}
