//! Chapter 5: proving a backward pass, and the gallery of mistakes.
//!
//! By default the gradient of every parameter against central differences, and
//! how far a step should be; with `--bug`, a network with a mistake in it.

mod budgets;
mod exhibit;
mod figures;
mod matrix;
mod step_size;
mod table;
mod training;

use std::io::Write;
use std::process::ExitCode;

use chapters::ch05_gradient_check::args::{Args, Wanted};
use chapters::cli::{self, Outcome};

/// The losses of one mistake over time, as the book shows them.
const RECORDED: &str = include_str!(
    "../../book/measurements/ch05_gradient_check_masked_derivative.txt"
);

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    match (args.bug, &args.budgets) {
        (Some(Wanted::All), Some(budgets)) => {
            return budgets::all(out, &args, &budgets.0);
        }
        (Some(Wanted::One(bug)), Some(budgets)) => {
            return budgets::one(out, &args, &budgets.0, bug);
        }
        (Some(wanted), _) => return exhibit::print(out, &args, wanted),
        (None, _) => {}
    }
    let folder = args.figures.open()?;
    if args.redraw {
        let figure = figures::budgets(RECORDED);
        return folder.save_all(out, [("ch05_gradient_check_budgets", figure)]);
    }
    table::print(out, args.seed, args.step_size)?;
    let errors = step_size::measure(args.seed)?;
    step_size::print(out, &errors)?;
    let figure = figures::step_size(&errors);
    folder.save_all(out, [("ch05_gradient_check", figure)])
}
