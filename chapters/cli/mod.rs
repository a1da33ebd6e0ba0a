//! The chapters' command line: the same flags, the same errors, the same exits.
//!
//! Results go to stdout, progress and errors to stderr. Exit code 0 is a
//! result, 1 a run that diverged or an output that failed, 2 a value that makes
//! no sense.

mod failure;
mod flags;
mod folder;
mod progress;
mod terminal;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, error::ErrorKind};

pub use failure::Failure;
pub use flags::{
    Figures, Layers, above_zero, accept, drop_prob, seed, seeds, signed, steps,
    whole,
};
pub use folder::{Folder, FolderError};
pub use progress::Progress;
pub use terminal::plot;

/// What a chapter's `run` returns.
pub type Outcome = Result<(), Failure>;

/// The end of every `--help`: what a reader would type, and the exit codes.
pub fn after_help(examples: &str) -> String {
    format!(
        "Examples:{examples}\n\n\
         Results go to stdout, progress and errors to stderr.\n\
         Exit code 0: a result; 1: the run diverged; 2: a value that makes no sense."
    )
}

/// Reads the flags, runs the chapter, and turns any failure into one line on
/// stderr and an exit code.
pub fn main<A: Parser>(run: fn(A, &mut dyn Write) -> Outcome) -> ExitCode {
    let arguments = match A::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return explain(&error),
    };
    let mut out = io::stdout().lock();
    match run(arguments, &mut out).and_then(|()| Ok(out.flush()?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Help and version as clap prints them; an error as one line.
fn explain(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        // Nothing is left to do if help cannot be printed.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    tell(&one_line(error));
    ExitCode::from(2)
}

/// What clap says in several lines, without the usage below it.
pub fn one_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let telling = text
        .lines()
        .map(str::trim)
        .take_while(|line| !line.starts_with("Usage:"));
    let lines: Vec<_> = telling
        .filter(|l| !l.is_empty() && !l.starts_with("For more"))
        .collect();
    lines.join("; ").replace(":;", ":")
}

/// One line on stderr; if nobody can read it, the exit code has to do.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
