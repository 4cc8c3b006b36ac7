//! What the system says of this process: `None` where it does not say it this way.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::process::{Resource, getrlimit};

/// The process right now.
pub struct Process {
    /// Memory that it holds.
    pub resident_bytes: Option<u64>,
    /// Files and connections that it has open.
    pub open_files: Option<u64>,
    /// How many it may have open.
    pub most_files: Option<u64>,
}

/// Looks at it.
pub fn look() -> Process {
    Process {
        resident_bytes: fs::read_to_string("/proc/self/status").ok().and_then(|status| resident(&status)),
        // The folder itself is open while it is read.
        open_files: fs::read_dir("/proc/self/fd").ok().map(|files| (files.count() as u64).saturating_sub(1)),
        most_files: getrlimit(Resource::Nofile).current,
    }
}

fn resident(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok()?.checked_mul(1024)
}

/// Whether the program may do whatever it likes here.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Whether every user of this machine may read a file.
pub fn is_readable_by_all(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|metadata| metadata.mode() & 0o004 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_memory_is_read() {
        assert_eq!(resident("Name:\tx\nVmRSS:\t   12 kB\n"), Some(12 * 1024));
        assert_eq!(resident("Name:\tx\n"), None);
    }
}
