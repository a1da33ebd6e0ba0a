//! Chapter 4: dropout inside forward and backward, and what it is good for.
//!
//! First the notebook's own task, where dropout only hurts; then a network
//! that overfits, where it is held against weight decay and early stopping.

mod ending;
mod figures;
mod late_dropout;
mod overfit;
mod own_task;
mod spirals;
mod spread;
mod training;
mod widths;

use std::io::Write;
use std::process::ExitCode;

use chapters::ch04_regularize::args::Args;
use chapters::ch04_regularize::mnist;
use chapters::cli::{self, Outcome};

fn main() -> ExitCode {
    cli::main(run)
}

/// The drop probabilities that every table of this chapter compares.
const DROP_PROBS: [f64; 5] = [0.0, 0.1, 0.2, 0.5, 0.8];

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    if let Some(from) = &args.mnist {
        return mnist::print(out, &args, from);
    }
    let folder = args.figures.open()?;
    if args.widths {
        return widths::print(out, &args, &folder);
    }
    if args.spirals {
        return spirals::print(out, &args, &folder);
    }
    own_task::print(out, &args)?;
    writeln!(out)?;
    overfit::print(out, &args, &folder)?;
    late_dropout::print(out, &args, &folder)
}
