//! Chapter 8: from a curve to handwriting.
//!
//! Minibatches, Adam and dropout on real digits: settings are chosen on
//! digits of their own, and the test set is looked at once, at the end.

mod bowl;
mod calibration;
mod earns;
mod figures;
mod mistakes;
mod noise;
mod one_run;
mod optimisers;

use std::io::Write;
use std::process::ExitCode;

use chapters::ch08_digits::args::Args;
use chapters::ch08_digits::mnist;
use chapters::cli::{self, Folder, Outcome};
use chapters::record;

fn main() -> ExitCode {
    cli::main(run)
}

/// What the book shows of `--earns` and of `--calibration`, as this program
/// recorded it.
const EARNS: &str =
    include_str!("../../book/measurements/ch08_digits_earns.txt");
const CALIBRATION: &str =
    include_str!("../../book/measurements/ch08_digits_calibration.txt");

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    if let Some(from) = &args.mnist {
        return mnist::print(out, &args, from);
    }
    let folder = args.figures.open()?;
    // After the folder, which may be made where the record would be.
    record::keep(out, "ch08_digits", args.record.as_ref(), |out| {
        print(out, &args, &folder)
    })
}

fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    if args.noise {
        return noise::print(out, args, folder);
    }
    if args.optimisers {
        return optimisers::print(out, args, folder);
    }
    if args.bowl {
        return bowl::print(out, folder);
    }
    if args.earns {
        return earns::print(out, args, folder);
    }
    if args.calibration {
        return calibration::print(out, args, folder);
    }
    if args.mistakes {
        return mistakes::print(out, args, folder);
    }
    if args.redraw {
        earns::draw(out, EARNS, folder)?;
        return calibration::draw(out, CALIBRATION, folder);
    }
    one_run::print(out, args, folder)
}
