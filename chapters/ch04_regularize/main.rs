//! Chapter 4: dropout inside forward and backward, and what it is good for.
//!
//! First the notebook's own task, where dropout only hurts; then a network
//! that overfits, where it is held against weight decay and early stopping.

mod budgets;
mod depth;
mod ending;
mod figures;
mod late_dropout;
mod overfit;
mod own_task;
mod quiet;
mod ridge;
mod spirals;
mod training;
mod validation;
mod widths;

use std::io::Write;
use std::process::ExitCode;

use chapters::ch04_regularize::args::Args;
use chapters::cli::{self, Folder, Outcome};
use chapters::record;

fn main() -> ExitCode {
    cli::main(run)
}

/// The drop probabilities that every table of this chapter compares.
const DROP_PROBS: [f64; 5] = [0.0, 0.1, 0.2, 0.5, 0.8];

/// What the book shows of `--budgets`, as this program recorded it.
const RECORDED: &str =
    include_str!("../../book/measurements/ch04_regularize_budgets.txt");

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let folder = args.figures.open()?;
    if args.redraw {
        return budgets::draw(out, RECORDED, &folder);
    }
    // After the folder, which may be made where the record would be.
    record::keep(out, "ch04_regularize", args.record.as_ref(), |out| {
        print(out, &args, &folder)
    })
}

fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    if args.widths {
        return widths::print(out, args);
    }
    if args.spirals {
        return spirals::print(out, args, folder);
    }
    if args.budgets {
        return budgets::print(out, args, folder);
    }
    if args.theory {
        ridge::print(out, args)?;
        depth::print(out, args)?;
        return quiet::print(out, args, folder);
    }
    own_task::print(out, args)?;
    writeln!(out)?;
    overfit::print(out, args, folder)?;
    late_dropout::print(out, args, folder)
}
