//! The flags of the chapter.

use std::path::PathBuf;

use clap::Parser;

use super::rungs::{self, Kind};
use crate::cli::{self, Figures};

const EXAMPLES: &str = "
  cargo run --release --bin ch07_speed
      every measurement; some minutes
  cargo run --release --bin ch07_speed -- --ladder --quick
      the rungs alone, for a moment
  cargo run --release --bin ch07_speed -- --rung fused --steps 100000
      one rung, for a profiler
  cargo run --bin ch07_speed -- --counts
      what is the same on every machine";

/// What runs no rung alone. Clap asks for no `--rung` where one is refused.
const NO_RUNG: [&str; 9] = [
    "answers",
    "counts",
    "ladder",
    "instructions",
    "redraw",
    "quick",
    "record",
    "python",
    "figures",
];

/// The same training step seven ways, and how close each comes to the limit.
#[derive(Clone, Parser)]
#[command(name = "ch07_speed", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// Print only what is the same on every machine: losses and counts
    #[arg(long, conflicts_with_all = ["ladder", "instructions", "redraw", "rung", "quick", "record", "python", "figures"])]
    pub counts: bool,

    /// Time only the rungs, without limits, growth and threads
    #[arg(long, conflicts_with_all = ["instructions", "redraw", "rung", "figures"])]
    pub ladder: bool,

    /// Count the instructions of a step instead, with valgrind
    #[arg(long, conflicts_with_all = ["redraw", "rung", "quick", "python", "figures"])]
    pub instructions: bool,

    /// Draw the figures from the measurements that the book shows
    #[arg(long, conflicts_with_all = ["rung", "quick", "record", "python"])]
    pub redraw: bool,

    /// Print the numbers in the answers to the exercises, from the
    /// measurements that the book shows
    #[arg(long, conflicts_with_all = ["counts", "ladder", "instructions", "redraw", "rung", "quick", "record", "python", "figures"])]
    pub answers: bool,

    /// Measure for a moment only: to see what it does, not how fast
    #[arg(long, conflicts_with = "rung")]
    pub quick: bool,

    /// Train with one rung and print the loss: for a profiler
    #[arg(long, value_name = "NAME", value_parser = rung, conflicts_with_all = ["record", "python", "figures"])]
    pub rung: Option<Kind>,

    /// Steps of --rung
    #[arg(long, default_value_t = 4000, value_parser = cli::steps, requires = "rung", conflicts_with_all = NO_RUNG)]
    pub steps: usize,

    /// Also write what is printed to this file, with the day and the machine
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,

    /// The Python that is asked for NumPy; without one, NumPy is not measured
    #[arg(long, value_name = "PROGRAM", default_value = "python3")]
    pub python: String,

    /// Where the figures go.
    #[command(flatten)]
    pub figures: Figures,
}

impl cli::Flags for Args {}

/// `--rung flat`: the name of a rung.
fn rung(name: &str) -> Result<Kind, String> {
    let found = rungs::ALL.into_iter().find(|kind| kind.name == name);
    let names = rungs::ALL.map(|kind| kind.name).join(", ");
    cli::accept(name, found, format!("one of {names}"))
}
