//! Chapter 9: the same network in a framework.
//!
//! burn gets the core crate's weights and masks, and has to come to the same
//! losses; then the core gets burn's masks. The weights leave in a file, and
//! come back.

mod args;
mod compare;
mod device;
mod dropout;
mod network;
mod quotient;
mod weights;
mod widths;

use std::io::Write;
use std::process::ExitCode;

use args::Args;
use chapters::cli::{self, Failure, Outcome};
use device::Name;
use shared::task::Kind;

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let device = device::open(args.device)?;
    if args.widths {
        return widths::print(out, &args, &device);
    }
    for kind in Kind::ALL {
        compare::print(out, &args, kind, &device)?;
    }
    if args.device == Name::Wgpu {
        return Ok(()); // what follows is about 64 bits
    }
    dropout::print(out, &args, &device)?;
    weights::print(out, &args, &device)?;
    quotient::print(out, &device)?;
    Ok(())
}

/// What the framework has against something.
fn theirs(error: impl std::fmt::Display) -> Failure {
    Failure::Lost(error.to_string())
}

/// The largest difference of two rows of numbers, relative to the first.
fn worst(ours: &[f64], theirs: &[f64]) -> f64 {
    let apart = |(a, b): (&f64, &f64)| ((a - b) / a).abs();
    let apart = ours.iter().zip(theirs).map(apart);
    // A NaN is no small difference.
    apart.fold(0.0, |worst, it| if it <= worst { worst } else { it })
}

/// The largest difference of two sets of answers, relative to the largest
/// answer: one near 0 is the difference of two that are not.
fn worst_answer(ours: &[f64], theirs: &[f64]) -> f64 {
    let largest = ours.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
    let apart = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs() / largest);
    // A NaN is no small difference.
    apart.fold(0.0, |worst, it| if it <= worst { worst } else { it })
}

/// The difference as a bound that holds on every machine: its last digits are
/// the framework's, and the processor's.
fn within(worst: f64, bound: f64) -> String {
    if worst < bound {
        format!("below {bound:e}")
    } else {
        format!("{worst:e}, not below {bound:e}")
    }
}
