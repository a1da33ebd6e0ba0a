//! How curved the cost is along the way, against what the step size allows.

use std::io::Write;

use chainrule::{
    Activation, Buffers, Error, Momentum, Network, Parameters, backward,
    forward, seeded,
};
use chapters::cli::{self, Failure, Outcome, Progress};
use ndarray::Array2;

use crate::Args;

/// The steps of the default run that are looked at: the start, the first
/// calm, the late spike, the end.
const STEPS: [usize; 9] = [0, 5, 100, 300, 358, 400, 1000, 2000, 4000];

/// How many seeds are compared with and without momentum.
const SEEDS: u64 = 12;

/// The loss and η·λ, for the largest curvature λ, at some steps; with momentum,
/// also the limit that η·λ has there, and where it ends from several seeds.
pub fn print(
    out: &mut dyn Write,
    args: &Args,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let Args { learning_rate: eta, momentum: beta, .. } = *args;
    writeln!(out, "learning rate {eta}, layers {:?}", args.layers.0)?;
    if beta > 0.0 {
        writeln!(out, "momentum {beta}, limit 2(1 + β) = {:.2}", limit(beta))?;
    }
    writeln!(out, "\n  step         loss   rate × curvature")?;
    walk(args, args.seed, beta, x, y, |step, loss, here| {
        if STEPS.contains(&step) || step == args.steps {
            let product = eta * largest_curvature(here, x, y)?;
            writeln!(out, "{step:>6} {loss:>12.6} {product:>18.2}")?;
        }
        Ok(())
    })?;
    if beta > 0.0 { compare(out, args, x, y) } else { Ok(()) }
}

/// What η·λ has to stay below on a parabola.
fn limit(beta: f64) -> f64 {
    2.0 * (1.0 + beta)
}

/// The least and the largest η·λ in the end, from several seeds, without
/// momentum and with it.
fn compare(
    out: &mut dyn Write,
    args: &Args,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let (eta, steps) = (args.learning_rate, args.steps);
    writeln!(out, "\nat step {steps}, {SEEDS} seeds from {} on", args.seed)?;
    writeln!(out, "  momentum   limit    least     most")?;
    let progress = Progress::new(2 * SEEDS as usize * steps);
    for beta in [0.0, args.momentum] {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for seed in cli::seeds(args.seed, SEEDS) {
            walk(args, seed, beta, x, y, |step, _, here| {
                progress.step();
                if step == steps {
                    let product = eta * largest_curvature(here, x, y)?;
                    (least, most) = (least.min(product), most.max(product));
                }
                Ok(())
            })
            .map_err(|failure| failure.of(format!("seed {seed}")))?;
        }
        let limit = limit(beta);
        let row = format!("{beta:>10} {limit:>7.2} {least:>8.2} {most:>8.2}");
        progress.suspend(|| writeln!(out, "{row}"))?;
    }
    Ok(())
}

/// Trains from a seed, and shows each step's loss and where it starts from.
fn walk(
    args: &Args,
    seed: u64,
    beta: f64,
    x: &Array2<f64>,
    y: &Array2<f64>,
    mut each: impl FnMut(usize, f64, &Parameters) -> Outcome,
) -> Outcome {
    let mut rng = seeded(seed);
    let parameters = Parameters::uniform(&args.layers.0, &mut rng)?;
    let mut network = Network::new(parameters, Activation::Sigmoid);
    let mut optimiser = Momentum::new(args.learning_rate, beta)?;
    for step in 0..=args.steps {
        let here = network.parameters().clone();
        let loss = network
            .train_step(x.view(), y.view(), &mut optimiser, &mut rng)
            .map_err(Failure::at(step))?;
        each(step, loss, &here).map_err(|failure| match failure {
            Failure::Input(error) => Failure::at(step)(error),
            other => other,
        })?;
    }
    Ok(())
}

/// The largest curvature of the cost in any direction: the eigenvalue of
/// largest size of its matrix of second derivatives H, by power iteration. The
/// product H·v is a difference of two gradients.
// ANCHOR: curvature
fn largest_curvature(
    parameters: &Parameters,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<f64, Error> {
    const H: f64 = 1e-5;
    let mut v = vec![1.0; parameters.count()];
    let mut curvature = 0.0;
    for _ in 0..200 {
        let length: f64 = v.iter().fold(0.0, |sum, v| sum + v * v);
        v.iter_mut().for_each(|v| *v /= length.sqrt());
        let above = gradient(parameters, &v, H, x, y)?;
        let below = gradient(parameters, &v, -H, x, y)?;
        let slopes = above.iter().zip(&below);
        let product: Vec<_> =
            slopes.map(|(a, b)| (a - b) / (2.0 * H)).collect();
        curvature = v.iter().zip(&product).fold(0.0, |sum, (v, p)| sum + v * p);
        v = product;
    }
    Ok(curvature)
}
// ANCHOR_END: curvature

/// Every entry of the gradient, at the parameters moved by `by` along `v`.
fn gradient(
    parameters: &Parameters,
    v: &[f64],
    by: f64,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<Vec<f64>, Error> {
    let mut moved = parameters.clone();
    for (parameter, v) in moved.values_mut().zip(v) {
        *parameter += by * v;
    }
    let mut buffers = Buffers::new();
    let pass = forward(&moved, Activation::Sigmoid, x.view(), &mut buffers)?;
    Ok(backward(pass, y.view())?.values().collect())
}
