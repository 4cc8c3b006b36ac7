//! One thing to do to the system, which says in words what it is.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use super::Failure;

/// One thing to do to the system.
#[derive(Debug)]
#[cfg_attr(windows, allow(dead_code, reason = "Windows keeps services in no file of ours"))]
pub enum Step {
    /// Writes a file that everybody may read.
    Write {
        path: PathBuf,
        text: String,
    },
    Remove {
        path: PathBuf,
    },
    Run(Run),
}

/// A program of the system's to run.
#[derive(Debug)]
pub struct Run {
    program: &'static str,
    args: Vec<OsString>,
    /// Whether it may fail: what it is to undo may not be there.
    may_fail: bool,
}

impl Run {
    pub fn new(program: &'static str, args: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        Self { program, args: args.into_iter().map(Into::into).collect(), may_fail: false }
    }

    pub fn or_not(self) -> Self {
        Self { may_fail: true, ..self }
    }

    /// Runs it for its output, and passes its exit code on.
    pub fn run_shown(&self) -> Result<ExitCode, Failure> {
        let status = Command::new(self.program).args(&self.args).status().map_err(|error| self.not_started(&error))?;
        Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
    }

    fn perform(&self) -> Result<(), Failure> {
        let output = Command::new(self.program).args(&self.args).output().map_err(|error| self.not_started(&error))?;
        if output.status.success() || self.may_fail {
            return Ok(());
        }
        let text = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        Err(Failure::new(format!("\"{self}\" failed ({}): {said}", output.status)))
    }

    fn not_started(&self, error: &io::Error) -> Failure {
        Failure::new(format!("{} cannot be run: {error}.", self.program))
    }
}

impl Step {
    pub fn perform(&self) -> Result<(), Failure> {
        match self {
            Self::Write { path, text } => std::fs::write(path, text)
                .map_err(|error| Failure::new(format!("{} cannot be written: {error}.", path.display()))),
            Self::Remove { path } => match std::fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    Err(Failure::new(format!("{} cannot be removed: {error}.", path.display())))
                }
                _ => Ok(()),
            },
            Self::Run(run) => run.perform(),
        }
    }
}

impl From<Run> for Step {
    fn from(run: Run) -> Self {
        Self::Run(run)
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.program)?;
        for arg in &self.args {
            let arg = arg.to_string_lossy();
            match arg.contains([' ', '"']) {
                true => write!(f, " '{arg}'")?,
                false => write!(f, " {arg}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write { path, text } => {
                writeln!(f, "Write {}:", path.display())?;
                text.lines().try_for_each(|line| writeln!(f, "    {line}"))
            }
            Self::Remove { path } => write!(f, "Remove {}", path.display()),
            Self::Run(run) => write!(f, "Run {run}"),
        }
    }
}
