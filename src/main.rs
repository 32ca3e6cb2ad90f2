//! The entry point.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    waqai::cli::run(std::env::args_os()).unwrap_or_else(|error| {
        // Where standard error is closed nobody wants to know.
        let _ = writeln!(std::io::stderr(), "waqai: {}", waqai::corpus::one_line(&format!("{error:#}")));
        ExitCode::FAILURE
    })
}
