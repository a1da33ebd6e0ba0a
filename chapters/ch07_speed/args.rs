//! The flags of the chapter.

use std::path::PathBuf;

use clap::Parser;

use super::rungs::{self, Kind};
use crate::cli;

/// The same training step six ways, and how close the last comes to the limit.
#[derive(Clone, Parser)]
#[command(version, after_help = cli::EXIT_CODES)]
pub struct Args {
    /// Print only what is the same on every machine: losses and counts
    #[arg(long, conflicts_with_all = ["ladder", "instructions", "redraw", "rung", "quick", "record", "figures"])]
    pub counts: bool,

    /// Time only the rungs, without limits, growth and threads
    #[arg(long, conflicts_with_all = ["instructions", "redraw", "rung", "figures"])]
    pub ladder: bool,

    /// Count the instructions of a step instead, with valgrind
    #[arg(long, conflicts_with_all = ["redraw", "rung", "quick", "figures"])]
    pub instructions: bool,

    /// Draw the figures from the measurements that the book shows
    #[arg(long, conflicts_with_all = ["rung", "quick", "record"])]
    pub redraw: bool,

    /// Measure for a moment only: to see what it does, not how fast
    #[arg(long, conflicts_with = "rung")]
    pub quick: bool,

    /// Train with one rung and print the loss: for a profiler
    #[arg(long, value_name = "NAME", value_parser = rung, conflicts_with_all = ["record", "figures"])]
    pub rung: Option<Kind>,

    /// Steps of --rung
    #[arg(long, default_value_t = 4000, value_parser = cli::steps, allow_hyphen_values = true, requires = "rung")]
    pub steps: usize,

    /// Also write what is printed to this file, with the day and the machine
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,

    /// The Python that is asked for NumPy; without one, NumPy is not measured
    #[arg(long, value_name = "PROGRAM", default_value = "python3")]
    pub python: String,

    /// Folder that the figures are written to
    #[arg(long, value_name = "DIR", default_value = "target/figures")]
    pub figures: PathBuf,
}

/// `--rung flat`: the name of a rung.
fn rung(name: &str) -> Result<Kind, String> {
    let found = rungs::ALL.into_iter().find(|kind| kind.name == name);
    let names = || rungs::ALL.map(|kind| kind.name).join(", ");
    found.ok_or_else(|| format!("'{name}' is none of: {}", names()))
}
