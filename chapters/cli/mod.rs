//! The chapters' command line: the same flags, the same errors, the same exits.
//!
//! Results go to stdout, progress and errors to stderr. Exit code 0 is a
//! result, 1 a run that diverged or an output that failed, 2 a value that makes
//! no sense.

mod closed;
mod failure;
mod flags;
mod folder;
mod progress;
mod shown;
mod terminal;
mod whole;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;
use clap::parser::ValueSource;

pub use failure::Failure;
pub use flags::{
    Figures, Layers, above_zero, accept, drop_prob, momentum, seed, seeds,
    signed, steps, whole,
};
pub use folder::Folder;
pub use progress::Progress;
pub use shown::shown;
pub use terminal::plot;
pub use whole::{Unwritable, Whole};

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

/// The flags of a chapter.
pub trait Flags: Parser {
    /// What is wrong with values that are right one by one, as the flag and
    /// the reason; `given` says whether a flag, by its id, was typed.
    ///
    /// # Errors
    /// The line that refuses them.
    fn together(&self, _given: &dyn Fn(&str) -> bool) -> Result<(), String> {
        Ok(())
    }
}

/// Reads the flags; the first word is the program's.
///
/// # Errors
/// What clap has against them, or [`Flags::together`]; and `--help`.
pub fn read<A: Flags>(words: &[OsString]) -> Result<A, clap::Error> {
    let escaped =
        |word: &OsString| OsString::from(shown(&word.to_string_lossy()));
    parse(words).map_err(|error| {
        // The line is about the words as it can show them.
        let words: Vec<_> = words.iter().map(escaped).collect();
        parse::<A>(&words).err().unwrap_or(error)
    })
}

fn parse<A: Flags>(words: &[OsString]) -> Result<A, clap::Error> {
    let mut command = A::command();
    let matches = command.try_get_matches_from_mut(words)?;
    let args = A::from_arg_matches(&matches)?;
    let typed =
        |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let wrong = |line| command.error(ErrorKind::ArgumentConflict, line);
    args.together(&typed).map_err(wrong)?;
    Ok(args)
}

/// Reads the flags, runs the chapter, and turns any failure into one line on
/// stderr and an exit code.
pub fn main<A: Flags>(run: fn(A, &mut dyn Write) -> Outcome) -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let arguments = match read(&words) {
        Ok(arguments) => arguments,
        Err(error) => return explain(&error),
    };
    let mut out = io::stdout().lock();
    let ran = closed::refuse().map_err(Failure::from);
    let ran = ran.and_then(|()| run(arguments, &mut out));
    succeed(ran.and_then(|()| Ok(out.flush()?)))
}

fn succeed(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Help and version as clap prints them; an error as one line.
fn explain(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let printed = closed::refuse()
            .and_then(|()| error.print())
            .and_then(|()| io::stdout().flush());
        return succeed(printed.map_err(Failure::from));
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
    let _ = writeln!(io::stderr(), "{}", shown(line));
}
