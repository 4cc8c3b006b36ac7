//! Parses the command line, calls the library, and turns what comes back into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    mobile_sessions::cli::main()
}
