//! How curved the cost may be where steps have momentum, beside plain steps.

use std::io::Write;

use chainrule::{Activation, Momentum, Network, Parameters, seeded};
use chapters::cli::{self, Failure, Outcome, Progress};
use ndarray::Array2;

use crate::Args;
use crate::curvature::largest_curvature;

/// The steps that are looked at, beside the last.
const STEPS: [usize; 7] = [0, 5, 100, 300, 1000, 2000, 4000];

/// How many seeds are compared in the end.
const SEEDS: u64 = 12;

/// A run at a step: its loss, and η·λ for the largest curvature λ.
struct Place {
    step: usize,
    loss: f64,
    product: f64,
}

/// The loss and η·λ of a plain run and of one with momentum, at some steps; and
/// where η·λ ends from several seeds.
pub fn print(
    out: &mut dyn Write,
    args: &Args,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let betas = [0.0, args.momentum];
    writeln!(
        out,
        "learning rate {}, layers {:?}, momentum 0 and {}\n",
        args.learning_rate, args.layers.0, args.momentum
    )?;
    writeln!(out, "                 plain             momentum")?;
    writeln!(out, "  step       loss    η·λ       loss    η·λ")?;
    let progress = Progress::new(2 * (1 + SEEDS as usize) * args.steps);
    let tick = || progress.step();
    let looked = |step| STEPS.contains(&step) || step == args.steps;
    let [plain, with] =
        betas.map(|beta| walk(args, args.seed, beta, x, y, looked, tick));
    for (plain, with) in plain?.iter().zip(with?) {
        let row = format!(
            "{:>6} {:>10.4} {:>6.2} {:>10.4} {:>6.2}",
            plain.step, plain.loss, plain.product, with.loss, with.product
        );
        progress.suspend(|| writeln!(out, "{row}"))?;
    }
    let heads = format!(
        "\nη·λ at step {}, {SEEDS} seeds from {} on\n  \
         momentum   limit 2(1 + β)    least     most",
        args.steps, args.seed
    );
    progress.suspend(|| writeln!(out, "{heads}"))?;
    for beta in betas {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for seed in cli::seeds(args.seed, SEEDS) {
            let ends = walk(args, seed, beta, x, y, |k| k == args.steps, tick);
            let ends = ends.map_err(|it| it.of(format!("seed {seed}")))?;
            for Place { product, .. } in ends {
                (least, most) = (least.min(product), most.max(product));
            }
        }
        let limit = 2.0 * (1.0 + beta);
        let row = format!("{beta:>10} {limit:>16.2} {least:>8.2} {most:>8.2}");
        progress.suspend(|| writeln!(out, "{row}"))?;
    }
    Ok(())
}

/// Trains from a seed; returns the places at the steps that are `looked` at.
fn walk(
    args: &Args,
    seed: u64,
    beta: f64,
    x: &Array2<f64>,
    y: &Array2<f64>,
    looked: impl Fn(usize) -> bool,
    tick: impl Fn(),
) -> Result<Vec<Place>, Failure> {
    let mut rng = seeded(seed);
    let parameters = Parameters::uniform(&args.layers.0, &mut rng)?;
    let mut network = Network::new(parameters, Activation::Sigmoid);
    let mut momentum = Momentum::new(args.learning_rate, beta)?;
    let mut places = Vec::new();
    for step in 0..=args.steps {
        if looked(step) {
            let loss = network.loss(x.view(), y.view());
            let curvature = largest_curvature(network.parameters(), x, y);
            places.push(Place {
                step,
                loss: loss.map_err(Failure::at(step))?,
                product: args.learning_rate
                    * curvature.map_err(Failure::at(step))?.value,
            });
        }
        if step < args.steps {
            network
                .train_step(x.view(), y.view(), &mut momentum, &mut rng)
                .map_err(Failure::at(step))?;
            tick();
        }
    }
    Ok(places)
}
