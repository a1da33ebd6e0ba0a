//! Chapter 5: proving a backward pass, and the gallery of mistakes.
//!
//! By default the gradient of every parameter against central differences, and
//! how far a step should be; with `--bug`, a network with a mistake in it.

mod exhibit;
mod figures;
mod step_size;
mod table;

use std::io::Write;
use std::process::ExitCode;

use chapters::ch05_gradient_check::args::Args;
use chapters::cli::{self, Outcome};

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    if let Some(wanted) = args.bug {
        return exhibit::print(out, &args, wanted);
    }
    let folder = args.figures.open()?;
    table::print(out, args.seed, args.step_size)?;
    let errors = step_size::measure(args.seed)?;
    step_size::print(out, &errors)?;
    let figure = figures::step_size(&errors);
    folder.save_all(out, [("ch05_gradient_check", figure)])
}
