//! The drop probability at fixed width, at a fixed number of kept units, and
//! what it does to the hidden activations.

use std::io::Write;

use chainrule::{Activation, Buffers, Dropout, forward};
use chapters::cli::{Failure, Folder, Layers, Outcome, Progress};

use crate::ending::Point;
use crate::overfit::seeds;
use crate::spread::{mean, mean_of, over_seeds};
use crate::training::{Remedy, Run, train};
use crate::{Args, DROP_PROBS, figures};

/// The units of the fixed width, and the number kept on average elsewhere.
const UNITS: usize = 50;
const KEPT: f64 = 25.0;

/// Five thousand activations a seed: a few seeds are plenty.
const MOST_SEEDS: u64 = 5;

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let progress = Progress::new(2 * DROP_PROBS.len() * args.seeds as usize);
    writeln!(
        out,
        "mean ± standard error over {} seeds, {} steps",
        args.seeds,
        args.steps()
    )?;
    let fixed = study(out, args, &progress, "units fixed", |_| UNITS)?;
    let kept = |p: f64| (KEPT / (1.0 - p)).round() as usize;
    let kept = study(out, args, &progress, "kept units fixed", kept)?;
    let spectra = sparsity(out, args, &progress)?;
    drop(progress);
    folder.save_all(
        out,
        [
            ("ch04_regularize_widths", figures::widths(&[fixed, kept])),
            ("ch04_regularize_sparsity", figures::sparsity(&spectra)),
        ],
    )
}

/// The errors at every drop probability, with so many units at each.
fn study(
    out: &mut dyn Write,
    args: &Args,
    progress: &Progress,
    title: &str,
    units: impl Fn(f64) -> usize,
) -> Result<Vec<Point>, Failure> {
    writeln!(out, "\n{title:<18}   p   units        training        held out")?;
    let mut points = Vec::new();
    for p in DROP_PROBS {
        let units = units(p);
        let runs = many(&wide(args, units), p, progress, |run| run.scores)?;
        let training = mean_of(&runs, |run| run.training);
        let held_out = mean_of(&runs, |run| run.held_out);
        writeln!(
            out,
            "{:<18} {p:>3} {units:>7} {training:>15} {held_out:>15}",
            ""
        )?;
        points.push(Point { p, held_out });
    }
    Ok(points)
}

/// Every hidden activation of rectifiers, at every drop probability.
fn sparsity(
    out: &mut dyn Write,
    args: &Args,
    progress: &Progress,
) -> Result<Vec<(f64, Vec<f64>)>, Failure> {
    let args = Args {
        activation: Activation::Relu,
        learning_rate: 0.003,
        seeds: args.seeds.min(MOST_SEEDS),
        ..wide(args, UNITS)
    };
    writeln!(
        out,
        "\nrelu at {}, {} seeds   p   mean activation   share of zeros",
        args.learning_rate, args.seeds
    )?;
    let mut spectra = Vec::new();
    for p in DROP_PROBS {
        let mut all = Vec::new();
        for hidden in many(&args, p, progress, hidden)? {
            all.extend(hidden.map_err(Failure::at(args.steps()))?);
        }
        let zeros = all.iter().filter(|a| **a == 0.0).count() as f64;
        writeln!(
            out,
            "{:<22} {p:>3} {:>17.3} {:>16.3}",
            "",
            mean(&all).mean,
            zeros / all.len() as f64
        )?;
        spectra.push((p, all));
    }
    Ok(spectra)
}

/// What is kept of a run from every seed.
fn many<T: Send>(
    args: &Args,
    p: f64,
    progress: &Progress,
    keep: impl Fn(Run) -> T + Sync,
) -> Result<Vec<T>, Failure> {
    let remedy = Remedy::Dropout(Dropout::new(p)?);
    over_seeds(&seeds(args), progress, |seed| {
        Ok(keep(train(args, seed, remedy)?))
    })
}

/// The same flags, with one hidden layer of `units`.
fn wide(args: &Args, units: usize) -> Args {
    Args { layers: Layers(vec![1, units, 1]), ..args.clone() }
}

/// Every hidden activation at the held-out points, with no unit dropped.
fn hidden(run: Run) -> Result<Vec<f64>, chainrule::Error> {
    let mut buffers = Buffers::new();
    let x = run.task.held_x.view();
    let pass =
        forward(run.network.parameters(), Activation::Relu, x, &mut buffers)?;
    Ok(pass.a(1).iter().copied().collect())
}
