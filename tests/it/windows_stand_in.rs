//! A stand-in for 4D that writes files through Windows' own file system (`tests/programs/stand_in.c`).

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running stand-in; ended when dropped.
pub struct WindowsStandIn {
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl WindowsStandIn {
    pub fn start() -> Self {
        let program = std::env::var("TESTED_STAND_IN").expect("tests/windows names it");
        let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let orders = child.stdin.take().expect("a pipe");
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, orders, answers }
    }

    /// Moves a new file, made beside, over the one at a path; how often the system refused it first.
    pub fn replace(&mut self, path: &Path, beside: &Path, bytes: &[u8]) -> u64 {
        let paths = format!("{}|{}", path.display(), beside.display());
        self.order("replace", (0, 0), &paths, bytes)
    }

    /// Empties the file and writes so many bytes, and after so many microseconds the rest.
    pub fn rewrite(&mut self, path: &Path, cut: usize, pause: u128, bytes: &[u8]) -> u64 {
        self.order("rewrite", (cut, pause), &path.display().to_string(), bytes)
    }

    /// Opens the file, and empties and writes it after so many microseconds.
    pub fn open_first(&mut self, path: &Path, pause: u128, bytes: &[u8]) -> u64 {
        self.order("open", (0, pause), &path.display().to_string(), bytes)
    }

    /// Keeps the file for itself until the next order.
    pub fn hold(&mut self, path: &Path) {
        self.order("hold", (0, 0), &path.display().to_string(), b"");
    }

    fn order(&mut self, order: &str, (cut, pause): (usize, u128), paths: &str, bytes: &[u8]) -> u64 {
        writeln!(self.orders, "{order} {} {cut} {pause} {paths}", bytes.len()).expect("it takes orders");
        self.orders.write_all(bytes).and_then(|()| self.orders.flush()).expect("it takes orders");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("an answer");
        let refusals = answer.trim().strip_prefix("done ").and_then(|number| number.parse().ok());
        refusals.unwrap_or_else(|| panic!("the stand-in says {answer:?}"))
    }
}

impl Drop for WindowsStandIn {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
