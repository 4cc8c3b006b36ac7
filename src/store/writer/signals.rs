//! Tells at once that one of the files is written into whose names we have taken away.

#[cfg(not(target_os = "linux"))]
use std::fs::File;
#[cfg(not(target_os = "linux"))]
use std::time::Duration;

#[cfg(target_os = "linux")]
pub use self::inotify::Signals;

/// Looks that are not told anything: they come at their time.
#[cfg(not(target_os = "linux"))]
#[derive(Default)]
pub struct Signals;

#[cfg(not(target_os = "linux"))]
impl Signals {
    pub fn watch(&self, _: &File) -> Option<i32> {
        None
    }

    pub fn forget(&self, _: i32) {}

    /// Waits for so long; no file is named.
    pub fn wait(&self, longest: Duration) -> Vec<i32> {
        std::thread::sleep(longest);
        Vec::new()
    }
}

#[cfg(target_os = "linux")]
mod inotify {
    use std::fs::File;
    use std::mem::MaybeUninit;
    use std::os::fd::{AsRawFd, OwnedFd};
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::inotify::{CreateFlags, Reader, WatchFlags, add_watch, init, remove_watch};

    /// Watches files by their descriptors: they have no names.
    pub struct Signals {
        inotify: Option<OwnedFd>,
    }

    impl Default for Signals {
        fn default() -> Self {
            let inotify = init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC);
            let failed = |error: &rustix::io::Errno| tracing::debug!(%error, "late writes are looked for now and then");
            Self { inotify: inotify.inspect_err(failed).ok() }
        }
    }

    impl Signals {
        /// Watches an open file; `None` where that is not possible.
        pub fn watch(&self, file: &File) -> Option<i32> {
            let path = format!("/proc/self/fd/{}", file.as_raw_fd());
            add_watch(self.inotify.as_ref()?, path, WatchFlags::MODIFY | WatchFlags::CLOSE_WRITE).ok()
        }

        pub fn forget(&self, watch: i32) {
            if let Some(inotify) = &self.inotify {
                // It went by itself if the file is gone.
                let _ = remove_watch(inotify, watch);
            }
        }

        /// Waits until any file is written into or closed by who wrote, but no longer than this; which ones it was.
        pub fn wait(&self, longest: Duration) -> Vec<i32> {
            let mut written = Vec::new();
            let Some(inotify) = &self.inotify else {
                std::thread::sleep(longest);
                return written;
            };
            let longest = Timespec::try_from(longest).unwrap_or_default();
            let mut files = [PollFd::new(inotify, PollFlags::IN)];
            if matches!(poll(&mut files, Some(&longest)), Ok(1..)) {
                let mut space = [MaybeUninit::uninit(); 4096];
                let mut events = Reader::new(inotify, &mut space);
                while let Ok(event) = events.next() {
                    written.push(event.wd());
                }
            }
            written
        }
    }
}
