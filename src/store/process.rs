//! What the system says of this process: `None` where it does not say it this way.

use std::fs;

use super::os;

pub struct Process {
    /// Seconds of processor time that it took, in its own code and in the system's.
    pub cpu_seconds: Option<f64>,
    pub resident_bytes: Option<u64>,
    pub virtual_bytes: Option<u64>,
    /// Files and connections that it has open.
    pub open_files: Option<u64>,
    /// How many it may have open.
    pub most_files: Option<u64>,
}

pub fn look() -> Process {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    Process {
        cpu_seconds: fs::read_to_string("/proc/self/stat").ok().and_then(|stat| cpu(&stat)),
        resident_bytes: kilobytes(&status, "VmRSS:"),
        virtual_bytes: kilobytes(&status, "VmSize:"),
        // The folder itself is open while it is read.
        open_files: fs::read_dir("/proc/self/fd").ok().map(|files| (files.count() as u64).saturating_sub(1)),
        most_files: os::most_open_files(),
    }
}

/// How the descriptors that the system allows are shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Descriptors {
    /// How many files may be open in all.
    pub allowed: u64,
    /// How many connections may be open at once, each of two descriptors.
    pub connections: usize,
    /// How many files may be watched whose names were taken away.
    pub late_writes: usize,
    /// How many session files may be worked on at once.
    pub at_once: usize,
}

/// With fewer than this, changes and connections wait for one another.
pub const ENOUGH_DESCRIPTORS: u64 = 512;

/// What the program holds all the time, and a scan of the folder: database, watcher, listeners, folders.
const ALWAYS: usize = 40;
/// What work on one session's file takes: the root, its app, the old file, the new one, and one more.
const FOR_A_CHANGE: usize = 5;
/// More files are not watched, however many may be open.
const MOST_WATCHED: usize = 4096;

/// The shares of this process.
pub fn descriptors() -> Descriptors {
    share(os::most_open_files().unwrap_or(u64::MAX))
}

/// An eighth for changes, an eighth for late writes, the rest for connections.
fn share(allowed: u64) -> Descriptors {
    let free = usize::try_from(allowed).unwrap_or(usize::MAX).saturating_sub(ALWAYS);
    let late_writes = (free / 8).clamp(2, MOST_WATCHED);
    let at_once = (free / 8 / FOR_A_CHANGE).clamp(1, 64);
    let connections = (free.saturating_sub(late_writes + at_once * FOR_A_CHANGE) / 2).max(1);
    Descriptors { allowed, connections, late_writes, at_once }
}

/// Fields 14 and 15 (source: proc_pid_stat(5)), in hundredths of a second, whatever the kernel itself counts in.
fn cpu(stat: &str) -> Option<f64> {
    // Behind the program's name, which can hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (own, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((own + system) / 100.0)
}

fn kilobytes(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptors_are_never_shared_out_twice() {
        for allowed in [64, 128, 256, 512, 1024, 1 << 20, u64::MAX] {
            let shares = share(allowed);
            let sum =
                ALWAYS + shares.late_writes + shares.at_once * FOR_A_CHANGE + shares.connections.saturating_mul(2);
            assert!(sum as u64 <= allowed, "{shares:?}");
            assert!(shares.connections >= 4 && shares.at_once >= 1, "{shares:?}");
        }
    }

    #[test]
    fn the_line_of_memory_is_read() {
        assert_eq!(kilobytes("Name:\tx\nVmRSS:\t   12 kB\n", "VmRSS:"), Some(12 * 1024));
        assert_eq!(kilobytes("Name:\tx\n", "VmRSS:"), None);
    }

    #[test]
    fn processor_time_stands_behind_any_name() {
        assert_eq!(cpu("7 (a) b) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0"), Some(2.0));
        assert_eq!(cpu("7 (a) S 1"), None);
    }
}
