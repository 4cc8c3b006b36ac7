//! The program under `tests/programs/steps.py`, which counts its system calls on a folder: at the n-th, it fails, the
//! program is killed, or another program writes.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::spawn::*;

/// By which what happens is planned.
pub struct Steps {
    socket: PathBuf,
}

/// The command that serves a site with its calls on some folders counted. What happens from the start on can be planned.
pub fn counted(site: &Site, program: &str, folders: &[&Path], plan: &[String]) -> (Command, Steps) {
    let socket = site.temp().join(format!("steps-{:x}", rand::random::<u32>()));
    let mut command = Command::new("python3");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/steps.py"));
    command.arg(&socket).args(folders).args(plan).arg("--").arg(program).args(site.serve_args());
    (command, Steps { socket })
}

/// Serves a site with its calls on some folders counted.
#[track_caller]
pub fn serve_counted<'a>(site: &'a Site, folders: &[&Path]) -> (Server<'a>, Steps) {
    let (command, steps) = counted(site, program(), folders, &[]);
    (site.serve_command(command), steps)
}

impl Steps {
    /// Counts anew, and lets things happen at some of the calls.
    pub fn plan<S: AsRef<str>>(&self, things: &[S]) {
        let things: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
        self.ask(&format!("plan {}", things.join(" ")));
    }

    /// The calls since the plan was made, each with the name of what it was on; none where the program has ended.
    pub fn calls(&self) -> Vec<String> {
        self.ask("count").split_whitespace().skip(1).map(str::to_owned).collect()
    }

    fn ask(&self, line: &str) -> String {
        let Ok(stream) = UnixStream::connect(&self.socket) else { return String::new() };
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut answer = String::new();
        // Where the program has ended, nobody answers any more.
        let _ = writeln!(&stream, "{line}").and_then(|()| BufReader::new(&stream).read_line(&mut answer).map(drop));
        answer
    }
}
