//! Standard error or a file, written by a thread of its own: nobody who logs waits for who reads the log.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

use file_rotate::compression::Compression;
use file_rotate::suffix::AppendCount;
use file_rotate::{ContentLimit, FileRotate};

use super::os;

/// A log file that has grown beyond this many bytes gets a number, and a new one is begun.
const LARGEST_FILE: usize = 10 << 20;
/// How many numbered files are kept: the newest has the number 1.
const KEPT_FILES: usize = 5;

/// How many lines wait to be written; what comes on top is dropped and counted.
const WAITING: usize = 4096;
/// How long the end of the program waits for the lines that are left.
const LAST_WAIT: Duration = Duration::from_millis(500);
const TRY_EVERY: Duration = Duration::from_millis(10);

static QUEUE: OnceLock<SyncSender<Message>> = OnceLock::new();
/// Lines that were dropped since that was last said.
static DROPPED: AtomicU64 = AtomicU64::new(0);
/// Lines that were dropped since the program began.
static DROPPED_IN_ALL: AtomicU64 = AtomicU64::new(0);

enum Message {
    Line(Vec<u8>),
    /// Answered once all lines before it are written.
    Flush(SyncSender<()>),
}

/// A file for the log, with older ones beside it; its folder is made where there is none.
pub fn file(path: &Path) -> io::Result<Box<dyn Write + Send>> {
    let mut options = File::options();
    os::private(options.read(true).create(true).append(true));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // What rotates it says nothing of a file that cannot be opened.
    options.open(path)?;
    let (suffix, limit) = (AppendCount::new(KEPT_FILES), ContentLimit::BytesSurpassed(LARGEST_FILE));
    Ok(Box::new(FileRotate::new(path, suffix, limit, Compression::None, Some(options))))
}

/// Starts the thread. `sentence` makes the line that says how many were dropped. A later call changes nothing.
pub fn start(out: Box<dyn Write + Send>, sentence: impl Fn(u64) -> String + Send + 'static) -> io::Result<()> {
    let (queue, messages) = sync_channel(WAITING);
    if QUEUE.set(queue).is_err() {
        return Ok(());
    }
    std::thread::Builder::new().name("log".to_owned()).spawn(move || write_all(&messages, out, &sentence)).map(drop)
}

fn write_all(messages: &Receiver<Message>, mut out: Box<dyn Write + Send>, sentence: &dyn Fn(u64) -> String) {
    for message in messages {
        match message {
            Message::Flush(done) => drop(done.try_send(())),
            Message::Line(line) => {
                let dropped = DROPPED.swap(0, Ordering::Relaxed);
                if dropped > 0 && out.write_all(sentence(dropped).as_bytes()).is_err() {
                    DROPPED.fetch_add(dropped, Ordering::Relaxed);
                }
                if out.write_all(&line).is_err() {
                    count_dropped();
                }
            }
        }
    }
}

fn count_dropped() {
    DROPPED.fetch_add(1, Ordering::Relaxed);
    DROPPED_IN_ALL.fetch_add(1, Ordering::Relaxed);
}

/// How many lines were dropped since the program began.
pub fn dropped() -> u64 {
    DROPPED_IN_ALL.load(Ordering::Relaxed)
}

/// Waits, not for long, until what was logged so far is written. The end of the program.
pub fn flush() {
    let Some(queue) = QUEUE.get() else { return };
    let (done, is_done) = sync_channel(1);
    let begun = Instant::now();
    let mut message = Message::Flush(done);
    while let Err(TrySendError::Full(again)) = queue.try_send(message) {
        if begun.elapsed() > LAST_WAIT {
            return;
        }
        message = again;
        std::thread::sleep(TRY_EVERY);
    }
    let _ = is_done.recv_timeout(LAST_WAIT.saturating_sub(begun.elapsed()));
}

/// Takes one line at each write, and never waits.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogWriter;

impl Write for LogWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let taken = QUEUE.get().is_some_and(|queue| queue.try_send(Message::Line(line.to_vec())).is_ok());
        if !taken {
            count_dropped();
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
