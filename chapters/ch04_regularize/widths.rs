//! The drop probability at fixed width, and at a fixed number of kept units.

use std::io::Write;

use chainrule::Dropout;
use chapters::cli::{Layers, Outcome, Progress};

use crate::overfit::seeds;
use crate::training::{Remedy, train};
use crate::{Args, DROP_PROBS};
use chapters::spread::{mean_of, over_seeds};

/// The units of the fixed width, and the number kept on average elsewhere.
const UNITS: usize = 50;
const KEPT: f64 = 25.0;

pub fn print(out: &mut dyn Write, args: &Args) -> Outcome {
    let progress = Progress::new(2 * DROP_PROBS.len() * args.seeds as usize);
    writeln!(
        out,
        "mean ± standard error over {} seeds from {}, {} steps",
        args.seeds,
        args.seed,
        args.steps()
    )?;
    study(out, args, &progress, "units fixed", |_| UNITS)?;
    let kept = |p: f64| (KEPT / (1.0 - p)).round() as usize;
    study(out, args, &progress, "kept units fixed", kept)
}

/// The errors at every drop probability, with so many units at each.
fn study(
    out: &mut dyn Write,
    args: &Args,
    progress: &Progress,
    title: &str,
    units: impl Fn(f64) -> usize,
) -> Outcome {
    writeln!(out, "\n{title:<18}   p   units        training        held out")?;
    for p in DROP_PROBS {
        let units = units(p);
        let remedy = Remedy::Dropout(Dropout::new(p)?);
        let wide = wide(args, units);
        let runs = over_seeds(&seeds(args), progress, |seed| {
            Ok(train(&wide, seed, remedy)?.scores)
        })?;
        let training = mean_of(&runs, |run| run.end().training);
        let held_out = mean_of(&runs, |run| run.end().held_out);
        writeln!(
            out,
            "{:<18} {p:>3} {units:>7} {training:>15} {held_out:>15}",
            ""
        )?;
    }
    Ok(())
}

/// The same flags, with one hidden layer of `units`.
fn wide(args: &Args, units: usize) -> Args {
    Args { layers: Layers(vec![1, units, 1]), ..args.clone() }
}
