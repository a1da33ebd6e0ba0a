//! Descent, momentum and Adam on the digits, each at the rate that the
//! validation set chooses for it.

use std::io::Write;

use chainrule::{Adam, Descent, Dropout, Momentum};
use chapters::ch08_digits::args::Args;
use chapters::ch08_digits::data::{Split, digits};
use chapters::ch08_digits::digits::Digits;
use chapters::ch08_digits::score::Score;
use chapters::ch08_digits::training::{Recipe, train};
use chapters::cli::{self, Failure, Folder, Outcome, Progress};
use chapters::spread::{Mean, mean, over_seeds};

use crate::figures;

/// The share of the velocity that momentum keeps.
const BETA: f64 = 0.9;

#[derive(Clone, Copy)]
enum Kind {
    Descent,
    Momentum,
    Adam,
}

/// Each with its name and the step sizes that are tried.
const KINDS: [(Kind, &str, [f64; 4]); 3] = [
    (Kind::Descent, "descent", [0.03, 0.1, 0.3, 1.0]),
    (Kind::Momentum, "momentum", [0.003, 0.01, 0.03, 0.1]),
    (Kind::Adam, "Adam", [0.0003, 0.001, 0.003, 0.01]),
];

/// The validation loss of each seed, before the first epoch and after each;
/// infinite from where a run diverged.
type Curves = Vec<Vec<f64>>;

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let digits = digits()?;
    let seeds: Vec<u64> = cli::seeds(args.seed, args.seeds()).collect();
    let steps = args.epochs() * args.samples.div_ceil(args.batch);
    let runs = KINDS.iter().map(|(_, _, rates)| rates.len()).sum::<usize>();
    let progress = Progress::new(runs * seeds.len() * (steps + 1));
    let mut chosen = Vec::new();
    let mut tried = Vec::new();
    for (kind, name, rates) in KINDS {
        let mut all = Vec::new();
        for rate in rates {
            let curves: Curves = over_seeds(&seeds, &progress, |seed| {
                curve(&digits, args, seed, kind, rate, &progress)
            })?;
            all.push((rate, curves));
        }
        let ends = all.iter().map(|(rate, curves)| (*rate, end(curves)));
        tried.push((name, ends.collect::<Vec<_>>()));
        let lower = |best: usize, k: usize| {
            let end = |k: usize| end(&all[k].1).mean;
            if end(k) < end(best) { k } else { best }
        };
        let best = (0..all.len()).fold(0, lower);
        let (rate, curves) = all.swap_remove(best);
        chosen.push((name, rate, means(&curves)));
    }
    drop(progress);

    writeln!(
        out,
        "{} digits, {} a step; validation loss after {} epochs, mean ± standard\n\
         error over {} seeds from {}, each with a split of its own\n",
        args.samples,
        args.batch,
        args.epochs(),
        seeds.len(),
        seeds[0]
    )?;
    for (name, ends) in &tried {
        for (rate, end) in ends {
            writeln!(out, "{:<20} {}", format!("{name} at {rate}"), cell(end))?;
        }
    }
    writeln!(out, "\nby epoch, each at its best rate\n")?;
    let names = chosen.iter().map(|(name, rate, _)| format!("{name} {rate}"));
    let names: String = names.map(|name| format!("{name:>18}")).collect();
    writeln!(out, "{:<10}{names}", "")?;
    for epoch in 0..=args.epochs() {
        let cells = chosen.iter().map(|(_, _, means)| cell(&means[epoch]));
        let cells: String = cells.map(|it| format!("{it:>18}")).collect();
        writeln!(out, "epoch {epoch:<4}{cells}")?;
    }
    let curves = chosen.into_iter().map(|(name, rate, means)| {
        let points = means.iter().enumerate();
        let points = points.map(|(epoch, it)| (epoch as f64, it.mean));
        (format!("{name}, {rate}"), points.collect())
    });
    let figure = figures::optimisers(&curves.collect::<Vec<_>>());
    folder.save_all(out, [("ch08_digits_optimisers", figure)])
}

/// The validation loss of one run.
fn curve(
    digits: &Digits,
    args: &Args,
    seed: u64,
    kind: Kind,
    rate: f64,
    progress: &Progress,
) -> Result<Vec<f64>, Failure> {
    let split = Split::new(seed, args.samples);
    let validation = digits.samples(&split.validation);
    let recipe = Recipe {
        digits,
        training: &split.training,
        batch: args.batch,
        epochs: args.epochs(),
        dropout: Dropout::NONE,
        seed,
    };
    let mut losses = Vec::new();
    let look = |_, network: &_| {
        losses.push(Score::of(network, &validation)?.loss);
        Ok(())
    };
    let ended = match kind {
        Kind::Descent => {
            train(&recipe, &mut Descent::new(rate)?, progress, look)
        }
        Kind::Momentum => {
            train(&recipe, &mut Momentum::new(rate, BETA)?, progress, look)
        }
        Kind::Adam => train(&recipe, &mut Adam::new(rate)?, progress, look),
    };
    match ended {
        Ok(_) => {}
        Err(Failure::Diverged { .. }) => {
            losses.resize(recipe.epochs + 1, f64::INFINITY)
        }
        Err(other) => return Err(other),
    }
    Ok(losses)
}

/// At each epoch, over the seeds.
fn means(curves: &Curves) -> Vec<Mean> {
    let at = |epoch: usize| curves.iter().map(move |curve| curve[epoch]);
    let epochs = 0..curves[0].len();
    epochs.map(|epoch| mean(&at(epoch).collect::<Vec<_>>())).collect()
}

fn end(curves: &Curves) -> Mean {
    let last = curves.iter().map(|curve| curve[curve.len() - 1]);
    mean(&last.collect::<Vec<_>>())
}

fn cell(mean: &Mean) -> String {
    if mean.mean.is_finite() {
        format!("{:.4} ± {:.4}", mean.mean, mean.error)
    } else {
        "diverged".to_owned()
    }
}
