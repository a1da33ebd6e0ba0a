//! The band over several seeds: for several drop probabilities, and for other
//! networks.

use std::io::Write;

use chainrule::{Activation, Dropout};
use chapters::cli::{Failure, Folder, Layers, Outcome, Progress};

use crate::regions::{self, Region};
use crate::setting::{Setting, rows, table};
use crate::{Args, figures, seeds, train};

const DROP_PROBS: [f64; 4] = [0.05, 0.1, 0.2, 0.5];

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let mut settings = Vec::new();
    for p in DROP_PROBS {
        let args = Args { drop_prob: Dropout::new(p)?, ..args.clone() };
        settings.push((format!("p = {p}"), args));
    }
    let half = settings.len();
    let tanh = Args { activation: Activation::Tanh, ..args.clone() };
    settings.push(("tanh".to_owned(), tanh));
    let layers = Layers(vec![1, 100, 1]);
    let shallow = Args { layers, ..args.clone() };
    settings.push(("one layer".to_owned(), shallow));

    let runs = settings.len() * args.seeds as usize;
    let progress = Progress::new(runs * args.steps);
    let measured = settings
        .into_iter()
        .map(|(name, setting)| {
            let runs = seeds::each(&setting, |args| {
                let tick = || progress.step();
                let (task, network, mut rng) = train(args, tick)?;
                regions::measure(args, &task, &network, &mut rng)
            })?;
            Ok(Setting { name, runs })
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    drop(progress);

    writeln!(
        out,
        "mean ± standard deviation over {} seeds, {} steps, T = {}",
        args.seeds, args.steps, args.passes
    )?;
    let mut print = |title, key, digits, of: fn(&Region) -> f64| {
        writeln!(out, "\n{title}")?;
        let (first, others) = measured.split_at(half);
        table(out, key, first, digits, of)?;
        writeln!(out)?;
        rows(out, key, others, digits, of)
    };
    print("width s of the band", "width", 3, |r| r.width)?;
    print("error of μ", "error", 3, |r| r.error)?;
    print("truth inside μ ± 2s, %", "truth", 0, |r| 100.0 * r.truth)?;
    print("samples inside μ ± 2s, %", "fresh", 0, |r| 100.0 * r.fresh)?;
    print("samples inside μ ± 2√(s² + σ²), %", "noise", 0, |r| {
        100.0 * r.fresh_with_noise
    })?;
    let probabilities = DROP_PROBS.into_iter().zip(&measured).collect();
    let figure = figures::widths(probabilities);
    folder.save_all(out, [("ch06_uncertainty_drop_prob", figure)])
}
