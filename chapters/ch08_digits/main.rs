//! Chapter 8: from a curve to handwriting.
//!
//! Minibatches, Adam and dropout on real digits: settings are chosen on
//! digits of their own, and the test set is looked at once, at the end.

mod figures;
mod one_run;
mod weights;

use std::io::Write;
use std::process::ExitCode;

use chapters::ch08_digits::args::Args;
use chapters::ch08_digits::mnist;
use chapters::cli::{self, Outcome};

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    if let Some(from) = &args.mnist {
        return mnist::print(out, &args, from);
    }
    let folder = args.figures.open()?;
    one_run::print(out, &args, &folder)
}
